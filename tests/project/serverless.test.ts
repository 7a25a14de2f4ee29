import { describe, expect, it } from 'vitest';

import type { BucketFact } from '../../src/facts/bucket-fact.js';
import type { Reading } from '../../src/project/infrastructure/reader.js';
import { serverless } from '../../src/project/infrastructure/serverless.js';

/** The texts of a project by path; only what passes both gates is read, as in the analyzer. */
async function readAll(texts: Readonly<Record<string, string>>): Promise<Reading> {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }));
  return serverless.read(files.filter((file) => serverless.mayRead(file.path) && serverless.wants(file)));
}

/** The one bucket of a service; `rest` stands at its top level. */
async function onlyBucket(rest: string, others: Readonly<Record<string, string>> = {}): Promise<BucketFact> {
  const { buckets, warnings } = await readAll({ 'serverless.yml': `service: shop\n${rest.includes('provider:') ? '' : 'provider:\n  name: aws\n'}${rest}`, ...others });
  expect(warnings).toEqual([]);
  expect(buckets).toHaveLength(1);
  return buckets[0] as BucketFact;
}

const bucketNamed = (name: string): string => `resources:\n  Resources:\n    Uploads:\n      Type: AWS::S3::Bucket\n      Properties:\n        BucketName: ${name}\n`;

describe('wants', () => {
  it.each([
    { name: 'a service', path: 'serverless.yml', text: 'service: shop\nprovider:\n  name: aws\n' },
    { name: 'a service in JSON', path: 'api/serverless.json', text: '{ "service": "shop",\n "provider": {} }' },
    { name: 'a service under another name', path: 'serverless.prod.yml', text: 'service: shop\nprovider:\n  name: aws\n' },
    { name: 'resources that a service may include', path: 'resources/storage.yml', text: 'Uploads:\n  Type: AWS::S3::Bucket\n' },
    { name: 'values that a service may include', path: 'config/custom.yml', text: 'bucket: ${self:service}-uploads\n' },
  ])('$name', ({ path, text }) => {
    expect(serverless.mayRead(path)).toBe(true);
    expect(serverless.wants({ path, text })).toBe(true);
  });

  it.each([
    { name: 'a workflow', path: 'deploy.yml', text: 'env:\n  A: ${{ secrets.A }}\nservice: x\n' },
    { name: 'a file of compose', path: 'compose.yml', text: 'services:\n  a:\n    image: ${IMAGE:-a}\n' },
    { name: 'a service of something else', path: 'service.yml', text: 'service: shop\nprovider: x\n' },
  ])('not: $name', ({ path, text }) => {
    expect(serverless.wants({ path, text })).toBe(false);
  });
});

describe('a bucket is declared', () => {
  it('in the resources, at its logical id', async () => {
    expect(await onlyBucket(`${bucketNamed('uploads')}        VersioningConfiguration: { Status: Enabled }\n`)).toEqual({
      declaredBy: 'serverless',
      at: { file: 'serverless.yml', line: 6, column: 5, endLine: 6, endColumn: 12 },
      id: 'Uploads',
      name: ['uploads'],
      environment: [],
      versioning: 'enabled',
      objectLock: 'disabled',
      replication: [],
      lifecycle: [],
    });
  });

  it('in one of several lists of resources', async () => {
    const { id } = await onlyBucket('resources:\n  - Outputs: {}\n  - Resources: { Table: { Type: AWS::DynamoDB::Table } }\n  - Resources:\n      Uploads: { Type: AWS::S3::Bucket }\n');
    expect(id).toBe('Uploads');
  });

  it('in a file that is included, and stands there', async () => {
    const { at, name } = await onlyBucket('custom:\n  suffix: eu\nresources:\n  Resources: ${file(resources/storage.yml)}\n', {
      'resources/storage.yml': 'Uploads:\n  Type: AWS::S3::Bucket\n  Properties:\n    BucketName: uploads-${self:custom.suffix}\n',
    });
    expect(at).toEqual({ file: 'resources/storage.yml', line: 1, column: 1, endLine: 1, endColumn: 8 });
    expect(name).toEqual(['uploads-eu']);
  });

  it('in a part of a file that is included', async () => {
    const { name } = await onlyBucket('resources:\n  Resources:\n    Uploads: ${file(./storage.json):buckets.uploads}\n', {
      'storage.json': '{ "buckets": { "uploads": { "Type": "AWS::S3::Bucket", "Properties": { "BucketName": "uploads" } } } }',
    });
    expect(name).toEqual(['uploads']);
  });

  it('and extended', async () => {
    const { versioning, name, at } = await onlyBucket(`${bucketNamed('uploads')}  extensions:\n    Uploads:\n      Properties:\n        VersioningConfiguration: { Status: Enabled }\n`);
    expect({ versioning, name, line: at.line }).toEqual({ versioning: 'enabled', name: ['uploads'], line: 6 });
  });

  it('not where it is included by a path that was not given', async () => {
    const { buckets, warnings } = await readAll({ 'serverless.yml': 'service: a\nprovider: {}\nresources: ${file(gone.yml)}\n' });
    expect({ buckets, warnings }).toEqual({ buckets: [], warnings: [] });
  });

  it('not in resources that no service includes: those are for other readers', async () => {
    const { buckets } = await readAll({ 'template.yml': 'Resources:\n  A:\n    Type: AWS::S3::Bucket\n' });
    expect(buckets).toEqual([]);
  });
});

describe('an S3 event', () => {
  const event = (s3: string, rest = ''): string => `functions:\n  resize:\n    handler: a.b\n    environment: { PHOTOS: photos }\n    events:\n      - s3: ${s3}\n${rest}`;

  it('makes its bucket, without versions, and its name is the one that the function is given', async () => {
    const { id, name, versioning, environment, at } = await onlyBucket(event('photos'));
    expect({ id, name, versioning, environment, line: at.line }).toEqual({ id: 'S3BucketPhotos', name: ['photos'], versioning: 'disabled', environment: ['PHOTOS'], line: 9 });
  });

  it('makes one that the provider configures', async () => {
    const { name, versioning } = await onlyBucket(`provider:\n  name: aws\n  s3:\n    photos: { name: all-photos, versioningConfiguration: { Status: Enabled } }\n${event('{ bucket: photos }')}`);
    expect({ name, versioning }).toEqual({ name: ['all-photos'], versioning: 'enabled' });
  });

  it('makes one that the resources change', async () => {
    const { versioning, name } = await onlyBucket(event('photos', 'resources:\n  Resources:\n    S3BucketPhotos:\n      Type: AWS::S3::Bucket\n      Properties: { VersioningConfiguration: { Status: Enabled } }\n'));
    expect({ versioning, name }).toEqual({ versioning: 'enabled', name: ['photos'] });
  });

  it('makes one at its own place, wherever its name is written', async () => {
    const { name, at } = await onlyBucket(`custom:\n  bucket: photos\n${event('{ bucket: "${self:custom.bucket}", existing: false }')}`);
    expect({ name, line: at.line }).toEqual({ name: ['photos'], line: 11 });
  });

  it('makes one where two functions listen to it', async () => {
    const { id } = await onlyBucket(event('photos', '  index:\n    handler: c.d\n    events:\n      - s3: { bucket: photos, event: "s3:ObjectRemoved:*" }\n'));
    expect(id).toBe('S3BucketPhotos');
  });

  it('makes no second one where the resources have its name', async () => {
    expect((await onlyBucket(`${event('uploads')}${bucketNamed('uploads')}`)).id).toBe('Uploads');
  });

  it('makes none where there is one', async () => {
    const { buckets } = await readAll({ 'serverless.yml': `service: a\nprovider: {}\n${event('{ bucket: photos, existing: true }')}` });
    expect(buckets).toEqual([]);
  });
});

describe('a name', () => {
  it.each([
    { name: 'is a value of the file', given: '${self:custom.bucket}', expected: ['up-', 'x'].join('') },
    { name: 'is the service', given: '${self:service}-uploads', expected: 'shop-uploads' },
    { name: 'is a value by way of another', given: '${self:custom.chain}', expected: 'up-x' },
    { name: 'is found under a value', given: '${self:custom.names.${self:custom.which}}', expected: 'eu-uploads' },
    { name: 'falls back where a value is missing', given: "${self:custom.gone, 'fallback'}", expected: 'fallback' },
    { name: 'falls back to a variable', given: '${self:custom.gone, self:custom.bucket}', expected: 'up-x' },
    { name: 'falls back to a variable in braces', given: '${self:custom.gone, ${self:custom.bucket}}', expected: 'up-x' },
  ])('$name', async ({ given, expected }) => {
    const custom = 'custom:\n  bucket: up-${self:custom.end}\n  end: x\n  chain: ${self:custom.bucket}\n  which: eu\n  names: { eu: eu-uploads }\n';
    expect((await onlyBucket(`${custom}${bucketNamed(given)}`)).name).toEqual([expected]);
  });

  it.each<{ readonly name: string; readonly given: string; readonly expected: readonly (string | null)[] }>([
    { name: 'has a hole for an option, though it has a default', given: "up-${opt:stage, 'dev'}", expected: ['up-', null] },
    { name: 'has a hole for the stage, which an option overrides', given: 'up-${self:provider.stage}', expected: ['up-', null] },
    { name: 'has a hole for the environment of the deployment', given: '${env:BUCKET}', expected: [null] },
    { name: 'has a hole for code', given: 'up-${file(./names.js):bucket}-x', expected: ['up-', null, '-x'] },
    { name: 'has a hole where an address is not known', given: '${self:custom.names.${opt:stage}}', expected: [null] },
    { name: 'is not known where values lead to one another', given: '${self:custom.one}', expected: [null] },
    { name: 'leaves to CloudFormation what is its own', given: '!Sub up-${AWS::AccountId}-${self:custom.end}', expected: ['up-', null, '-x'] },
  ])('$name', async ({ given, expected }) => {
    const provider = 'provider:\n  name: aws\n  stage: dev\ncustom:\n  end: x\n  names: { dev: a }\n  one: ${self:custom.two}\n  two: ${self:custom.one}\n';
    expect((await onlyBucket(`${provider}${bucketNamed(given)}`)).name).toEqual(expected);
  });
});

describe('an environment variable carries the name of a bucket', () => {
  it.each([
    { name: 'for all functions, by Ref', rest: 'provider:\n  name: aws\n  environment: { UPLOADS: !Ref Uploads }\n' },
    { name: 'for one function, by the same literal', rest: 'functions:\n  f: { handler: a, environment: { UPLOADS: shop-dev } }\n', bucket: 'shop-dev' },
    { name: 'by a value that both use', rest: 'custom:\n  bucket: a-${opt:stage, "dev"}\nprovider:\n  name: aws\n  environment: { UPLOADS: "${self:custom.bucket}" }\n', bucket: '${self:custom.bucket}' },
    { name: 'by the value of the variable itself', rest: "provider:\n  name: aws\n  environment: { UPLOADS: \"up-${opt:stage, 'dev'}\" }\n", bucket: '${self:provider.environment.UPLOADS}' },
    { name: 'by the same option', rest: 'functions:\n  f: { handler: a, environment: { UPLOADS: "up-${opt:stage,self:custom.stage}" } }\n', bucket: 'up-${opt:stage, self:custom.stage}' },
    { name: 'for a function in a list', rest: 'functions:\n  - f: { handler: a, environment: { UPLOADS: { Ref: Uploads } } }\n' },
    { name: 'in a function among the resources', rest: '', bucket: 'u\n    Own:\n      Type: AWS::Lambda::Function\n      Properties: { Environment: { Variables: { UPLOADS: u } } }' },
  ])('$name', async ({ rest, bucket }) => {
    expect((await onlyBucket(`${rest}${bucketNamed(bucket ?? 'uploads')}`)).environment).toEqual(['UPLOADS']);
  });

  it('not by another option', async () => {
    const rest = 'functions:\n  f: { handler: a, environment: { UPLOADS: "up-${opt:region}" } }\n';
    expect((await onlyBucket(`${rest}${bucketNamed('up-${opt:stage}')}`)).environment).toEqual([]);
  });

  it('not by the option of another service', async () => {
    const { buckets } = await readAll({
      'a/serverless.yml': `service: a\nprovider: {}\n${bucketNamed('up-${opt:stage}')}`,
      'b/serverless.yml': 'service: b\nprovider:\n  environment: { UPLOADS: "up-${opt:stage}" }\n',
    });
    expect(buckets[0]?.environment).toEqual([]);
  });

  it('in another service that imports it', async () => {
    const { buckets } = await readAll({
      'a/serverless.yml': `service: a\nprovider: {}\n${bucketNamed('up-${opt:stage}')}  Outputs:\n    Name: { Value: !Ref Uploads, Export: { Name: uploads-name } }\n`,
      'b/serverless.yml': 'service: b\nprovider:\n  environment: { UPLOADS: !ImportValue uploads-name }\n',
    });
    expect(buckets[0]?.environment).toEqual(['UPLOADS']);
  });
});

describe('bad input', () => {
  it('is one warning for a service; the others are read', async () => {
    const { buckets, warnings } = await readAll({ 'a/serverless.yml': 'service: a\nprovider:\n  name: [aws\nx: 1\n', 'b/serverless.yml': `service: b\nprovider: {}\n${bucketNamed('b')}` });
    expect(buckets.map(({ id }) => id)).toEqual(['Uploads']);
    expect(warnings.map(({ file, line }) => ({ file, line }))).toEqual([{ file: 'a/serverless.yml', line: 3 }]);
  });

  it('is one warning for a file that is included twice', async () => {
    const { buckets, warnings } = await readAll({
      'serverless.yml': `service: a\nprovider: {}\ncustom: \${file(broken.yml)}\nother: \${file(broken.yml)}\n${bucketNamed('${self:custom.x}')}`,
      'broken.yml': 'a: ${self:service}\n b: [\n',
    });
    expect(buckets.map(({ name }) => name)).toEqual([[null]]);
    expect(warnings.map(({ file }) => file)).toEqual(['broken.yml']);
  });

  it.each([
    { name: 'a service within itself', custom: 'custom: ${self:}\n' },
    { name: 'a file within itself', custom: 'custom: ${file(serverless.yml)}\n' },
    { name: 'texts that multiply', custom: `custom:\n  l0: ha\n${Array.from({ length: 40 }, (_, level) => `  l${level + 1}: "\${self:custom.l${level}}\${self:custom.l${level}}"\n`).join('')}  x: \${self:custom.l40}\n` },
    { name: 'an open brace', custom: 'custom: "${self:custom.${self:x"\n' },
    { name: 'functions that are none', custom: 'functions: [null, 3, { a: null, b: [] }]\n' },
  ])('throws nothing: $name', async ({ custom }) => {
    expect((await onlyBucket(`${custom}${bucketNamed('a-${self:custom.x}')}`)).id).toBe('Uploads');
  });
});
