import { describe, expect, it } from 'vitest';

import type { BucketFact } from '../../src/facts/bucket-fact.js';
import { cloudFormation } from '../../src/project/infrastructure/cloudformation.js';
import type { Reading } from '../../src/project/infrastructure/reader.js';

/** The texts of a project by path; only what passes both gates is read, as in the analyzer. */
async function readAll(texts: Readonly<Record<string, string>>): Promise<Reading> {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }));
  return cloudFormation.read(files.filter((file) => cloudFormation.mayRead(file.path) && cloudFormation.wants(file)));
}

async function onlyBucket(text: string): Promise<BucketFact> {
  const { buckets, warnings } = await readAll({ 'template.yaml': text });
  expect(warnings).toEqual([]);
  expect(buckets).toHaveLength(1);
  return buckets[0] as BucketFact;
}

/** A template with one bucket; the properties are indented as they stand. */
const withProperties = (properties: string, rest = ''): Promise<BucketFact> =>
  onlyBucket(`Resources:\n  Uploads:\n    Type: AWS::S3::Bucket\n    Properties:\n${properties.replace(/^/gm, '      ')}\n${rest}`);

/** The bucket, and a function that is given a variable. */
const withVariable = async (value: string, bucketName = ''): Promise<readonly string[]> => {
  const text = `
Parameters:
  Stage: { Type: String, Default: dev }
  Other: { Type: String }
Resources:
  Uploads:
    Type: AWS::S3::Bucket
    Properties:
      AccessControl: Private
      ${bucketName}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          UPLOADS: ${value}
`;
  return (await onlyBucket(text)).environment;
};

describe('wants', () => {
  it.each([
    { name: 'a template that declares a bucket', path: 'template.yaml', text: 'Resources:\n  A:\n    Type: AWS::S3::Bucket\n' },
    { name: 'the same in JSON, on one line', path: 'stack.json', text: '{"Resources":{"A":{"Type":"AWS::S3::Bucket"}}}' },
    { name: 'what the CDK writes, though git ignores it', path: 'cdk.out/App.template.json', text: '{\n "Resources": {\n  "A": {\n   "Type": "AWS::S3::Bucket"\n}}}' },
    { name: 'a function of SAM that may be given a name', path: 'app.yml', text: "Resources:\n  F:\n    Type: 'AWS::Serverless::Function'\n    Properties:\n      Environment: {}\n" },
    { name: 'a stack of stacks', path: 'root.template', text: 'Resources:\n  A:\n    Type: AWS::CloudFormation::Stack\n' },
  ])('$name', ({ path, text }) => {
    expect(cloudFormation.mayRead(path)).toBe(true);
    expect(cloudFormation.wants({ path, text })).toBe(true);
  });

  it.each([
    { name: 'a workflow that mentions buckets', path: 'ci.yml', text: 'jobs:\n  a:\n    steps:\n      - run: echo AWS::S3::Bucket\n' },
    { name: 'a list of resource types', path: 'types.json', text: '{"ResourceTypes":{"AWS::S3::Bucket":{}}}' },
    { name: 'a fragment of a Serverless service: its variables are no text', path: 'resources.yml', text: 'Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: ${self:custom.name}\n' },
    { name: 'Kubernetes', path: 'deployment.yaml', text: 'kind: Deployment\nspec:\n  resources: {}\n' },
  ])('not: $name', ({ path, text }) => {
    expect(cloudFormation.wants({ path, text })).toBe(false);
  });

  it.each(['src/a.ts', 'package.json', 'package-lock.json', 'tsconfig.json', 'pnpm-lock.yaml', '.github/workflows/ci.yml'])('never opens %s', (path) => {
    expect(cloudFormation.mayRead(path)).toBe(false);
  });
});

describe('the declaration', () => {
  it('stands at its logical id, in YAML', async () => {
    const { at, id, declaredBy } = await onlyBucket('Resources:\n  # photos\n  Uploads:\n    Type: AWS::S3::Bucket\n');
    expect({ at, id, declaredBy }).toEqual({ at: { file: 'template.yaml', line: 3, column: 3, endLine: 3, endColumn: 10 }, id: 'Uploads', declaredBy: 'cloudformation' });
  });

  it('stands at its logical id, in JSON with tabs', async () => {
    const { buckets } = await readAll({ 'cdk.out/App.template.json': '{\n\t"Resources": {\n\t\t"UploadsF3A1": { "Type": "AWS::S3::Bucket" }\n\t}\n}' });
    expect(buckets[0]?.at).toEqual({ file: 'cdk.out/App.template.json', line: 3, column: 3, endLine: 3, endColumn: 16 });
  });

  it('is one for each bucket, whatever else there is', async () => {
    const { buckets } = await readAll({ 'a.yaml': 'Resources:\n  A: { Type: AWS::S3::Bucket }\n  P: { Type: AWS::S3::BucketPolicy }\n  B: { Type: AWS::S3::Bucket }\n' });
    expect(buckets.map(({ id }) => id)).toEqual(['A', 'B']);
  });

  it('may come from an anchor and a merge', async () => {
    const { buckets } = await readAll({
      'a.yaml': 'Base: &base\n  Type: AWS::S3::Bucket\n  Properties: &kept\n    VersioningConfiguration: { Status: Enabled }\nResources:\n  A: *base\n  B:\n    <<: *base\n    Properties:\n      <<: *kept\n      BucketName: b\n',
    });
    expect(buckets.map(({ id, name, versioning, at }) => ({ id, name, versioning, line: at.line }))).toEqual([
      { id: 'A', name: null, versioning: 'enabled', line: 6 },
      { id: 'B', name: ['b'], versioning: 'enabled', line: 7 },
    ]);
  });
});

it('is read as AWS reads it where a key stands twice: the last counts', async () => {
  expect((await withProperties('BucketName: one\nBucketName: two')).name).toEqual(['two']);
});

it('takes a merged value from the first mapping that has it', async () => {
  const { name } = await onlyBucket('A: &a { BucketName: one }\nB: &b { BucketName: two }\nResources:\n  Uploads:\n    Type: AWS::S3::Bucket\n    Properties:\n      <<: [*a, *b]\n');
  expect(name).toEqual(['one']);
});

describe('the name', () => {
  it.each([
    { name: 'is made up by the deployment', properties: 'AccessControl: Private', expected: null },
    { name: 'is a literal', properties: 'BucketName: my-uploads', expected: ['my-uploads'] },
    { name: 'is taken as it is written, not as a number', properties: 'BucketName: 0123', expected: ['0123'] },
    { name: 'has a hole for the account', properties: "BucketName: !Sub 'uploads-${AWS::AccountId}-eu'", expected: ['uploads-', null, '-eu'] },
    { name: 'has known variables of Sub', properties: "BucketName: !Sub ['${A}-${B}', { A: up, B: !Ref Stage }]", expected: ['up-', null] },
    { name: 'keeps an escaped variable of Sub', properties: "BucketName: !Sub 'a${!Stage}'", expected: ['a${Stage}'] },
    { name: 'is joined', properties: "BucketName: !Join ['-', [up, loads, !Ref AWS::Region]]", expected: ['up-loads-', null] },
    { name: 'is joined in the long form', properties: "BucketName: { 'Fn::Join': ['', [a, { Ref: 'AWS::Region' }, b]] }", expected: ['a', null, 'b'] },
    { name: 'is selected from a list', properties: 'BucketName: !Select [1, [a, b]]', expected: ['b'] },
    { name: 'stands in a map', properties: 'BucketName: !FindInMap [Names, eu, uploads]', expected: ['eu-uploads'] },
    { name: 'stands in a map under a key that is not known', properties: 'BucketName: !FindInMap [Names, !Ref AWS::Region, uploads]', expected: [null] },
    { name: 'is a parameter, whose default a deployment may override', properties: 'BucketName: !Ref Stage', expected: [null] },
    { name: 'is a parameter that allows one value', properties: 'BucketName: !Ref Fixed', expected: ['fixed'] },
    { name: 'depends on a condition', properties: 'BucketName: !If [Prod, prod-uploads, dev-uploads]', expected: [null] },
    { name: 'is the same in both cases', properties: 'BucketName: !If [Prod, uploads, uploads]', expected: ['uploads'] },
    { name: 'may be given or not', properties: 'BucketName: !If [Prod, uploads, !Ref AWS::NoValue]', expected: [null] },
    { name: 'is not given in the end', properties: 'BucketName: !Ref AWS::NoValue', expected: null },
    { name: 'is looked up by the deployment', properties: "BucketName: 'x-{{resolve:ssm:/bucket:1}}'", expected: ['x-', null] },
    { name: 'comes from another stack', properties: 'BucketName: !ImportValue uploads-name', expected: [null] },
    { name: 'is made by a function that is not known', properties: 'BucketName: !Base64 uploads', expected: [null] },
  ])('$name', async ({ properties, expected }) => {
    const rest = "Parameters:\n  Stage: { Type: String, Default: dev }\n  Fixed: { Type: String, Default: fixed, AllowedValues: [fixed] }\nMappings:\n  Names: { eu: { uploads: eu-uploads } }\n";
    expect((await withProperties(properties, rest)).name).toEqual(expected);
  });
});

it('has a name that follows from that of another bucket', async () => {
  const names = async (given: string): Promise<readonly unknown[]> =>
    (await readAll({ 'a.yaml': `Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: ${given}\n  B:\n    Type: AWS::S3::Bucket\n    Properties: { BucketName: !Sub '\${A}-thumbs' }\n` })).buckets.map(({ name }) => name);
  expect(await names('{ BucketName: photos }')).toEqual([['photos'], ['photos-thumbs']]);
  expect(await names('{}')).toEqual([null, [null, '-thumbs']]);
});

describe('versioning', () => {
  it.each<{ readonly name: string; readonly properties: string; readonly expected: BucketFact['versioning'] }>([
    { name: 'is off unless it is turned on', properties: 'BucketName: a', expected: 'disabled' },
    { name: 'is on', properties: 'VersioningConfiguration:\n  Status: Enabled', expected: 'enabled' },
    { name: 'is suspended', properties: 'VersioningConfiguration:\n  Status: Suspended', expected: 'suspended' },
    { name: 'is left to a parameter', properties: 'VersioningConfiguration:\n  Status: !Ref Versioning', expected: 'unknown' },
    { name: 'is left to a condition', properties: 'VersioningConfiguration: !If [Prod, { Status: Enabled }, !Ref AWS::NoValue]', expected: 'unknown' },
    { name: 'is on in both cases', properties: 'VersioningConfiguration:\n  Status: !If [Prod, Enabled, Enabled]', expected: 'enabled' },
    { name: 'is not configured in the end', properties: 'VersioningConfiguration: !Ref AWS::NoValue', expected: 'disabled' },
    { name: 'may be in what is included', properties: "Fn::Transform: { Name: AWS::Include, Parameters: { Location: s3://a/b.yaml } }\nBucketName: a", expected: 'unknown' },
    { name: 'is on with Object Lock, which needs it', properties: 'ObjectLockEnabled: true', expected: 'enabled' },
  ])('$name', async ({ properties, expected }) => {
    expect((await withProperties(properties)).versioning).toBe(expected);
  });

  it('is off where a bucket has no properties', async () => {
    expect((await onlyBucket('Resources:\n  A:\n    Type: AWS::S3::Bucket\n')).versioning).toBe('disabled');
  });

  it('is not known where the properties are not known', async () => {
    expect((await onlyBucket("Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: !FindInMap [All, a, b]\n")).versioning).toBe('unknown');
  });
});

describe('Object Lock', () => {
  it.each<{ readonly name: string; readonly properties: string; readonly expected: BucketFact['objectLock'] }>([
    { name: 'is off unless it is turned on', properties: 'BucketName: a', expected: 'disabled' },
    { name: 'is turned on by a string too', properties: "ObjectLockEnabled: 'true'", expected: 'enabled' },
    { name: 'is turned off', properties: 'ObjectLockEnabled: false', expected: 'disabled' },
    { name: 'is turned on by its configuration', properties: 'ObjectLockConfiguration:\n  ObjectLockEnabled: Enabled', expected: 'enabled' },
    { name: 'is left to a parameter', properties: 'ObjectLockEnabled: !Ref Lock', expected: 'unknown' },
  ])('$name', async ({ properties, expected }) => {
    expect((await withProperties(properties)).objectLock).toBe(expected);
  });
});

describe('replication', () => {
  it.each<{ readonly name: string; readonly rule: string; readonly expected: readonly (string | null)[] }>([
    { name: 'is for all keys', rule: "{ Status: Enabled, Prefix: '' }", expected: [''] },
    { name: 'is for a prefix', rule: '{ Status: Enabled, Prefix: photos/ }', expected: ['photos/'] },
    { name: 'is for a prefix in a filter', rule: '{ Status: Enabled, Filter: { Prefix: photos/ } }', expected: ['photos/'] },
    { name: 'is for all keys, by an empty filter', rule: '{ Status: Enabled, Filter: {} }', expected: [''] },
    { name: 'is for a prefix beside nothing else', rule: '{ Status: Enabled, Filter: { And: { Prefix: photos/ } } }', expected: ['photos/'] },
    { name: 'is for a tag, which keys do not tell', rule: '{ Status: Enabled, Filter: { TagFilter: { Key: a, Value: b } } }', expected: [null] },
    { name: 'is for a prefix and a tag', rule: '{ Status: Enabled, Filter: { And: { Prefix: photos/, TagFilters: [{ Key: a, Value: b }] } } }', expected: [null] },
    { name: 'is for a prefix that is not known', rule: '{ Status: Enabled, Prefix: !Ref Prefix }', expected: [null] },
    { name: 'is off', rule: '{ Status: Disabled, Prefix: photos/ }', expected: [] },
    { name: 'may be off', rule: '{ Status: !Ref Status, Prefix: photos/ }', expected: [] },
    { name: 'may not be there', rule: '!If [Prod, { Status: Enabled }, !Ref AWS::NoValue]', expected: [] },
  ])('$name', async ({ rule, expected }) => {
    const { replication } = await withProperties(`ReplicationConfiguration:\n  Role: arn\n  Rules:\n    - ${rule}`);
    expect(replication.map(({ prefix }) => prefix)).toEqual(expected);
  });
});

describe('lifecycle', () => {
  it.each<{ readonly name: string; readonly rule: string; readonly expected: readonly unknown[] }>([
    { name: 'expires', rule: '{ Status: Enabled, ExpirationInDays: 3 }', expected: [['', ['expiration']]] },
    { name: 'expires on a day', rule: "{ Status: Enabled, Prefix: tmp/, ExpirationDate: '2030-01-01' }", expected: [['tmp/', ['expiration']]] },
    { name: 'moves', rule: '{ Status: Enabled, Transitions: [{ StorageClass: GLACIER, TransitionInDays: 1 }] }', expected: [['', ['transition']]] },
    { name: 'moves, in the old form', rule: '{ Status: Enabled, Transition: { StorageClass: GLACIER, TransitionInDays: 1 } }', expected: [['', ['transition']]] },
    { name: 'expires and moves old versions', rule: '{ Status: Enabled, NoncurrentVersionExpiration: { NoncurrentDays: 1 }, NoncurrentVersionTransitions: [{ StorageClass: GLACIER, TransitionInDays: 1 }] }', expected: [['', ['noncurrent-expiration', 'noncurrent-transition']]] },
    { name: 'expires old versions, in the old form', rule: '{ Status: Enabled, NoncurrentVersionExpirationInDays: 1 }', expected: [['', ['noncurrent-expiration']]] },
    { name: 'aborts uploads', rule: '{ Status: Enabled, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }', expected: [['', ['abort-upload']]] },
    { name: 'removes markers that hide nothing, which expires no object', rule: '{ Status: Enabled, ExpiredObjectDeleteMarker: true }', expected: [['', []]] },
    { name: 'may not expire', rule: '{ Status: Enabled, ExpirationInDays: !If [Prod, !Ref AWS::NoValue, 3] }', expected: [['', []]] },
    { name: 'is for a tag, which keys do not tell', rule: '{ Status: Enabled, TagFilters: [{ Key: a, Value: b }], ExpirationInDays: 3 }', expected: [[null, ['expiration']]] },
    { name: 'is for small objects, which keys do not tell', rule: '{ Status: Enabled, ObjectSizeLessThan: 100, ExpirationInDays: 3 }', expected: [[null, ['expiration']]] },
    { name: 'is off', rule: '{ Status: Disabled, ExpirationInDays: 3 }', expected: [] },
  ])('$name', async ({ rule, expected }) => {
    const { lifecycle } = await withProperties(`LifecycleConfiguration:\n  Rules:\n    - ${rule}`);
    expect(lifecycle.map(({ prefix, actions }) => [prefix, actions])).toEqual(expected);
  });

  it('has each rule at its own place, without what follows it', async () => {
    const { lifecycle } = await withProperties('LifecycleConfiguration:\n  Rules:\n    - Status: Enabled\n      ExpirationInDays: 3\n\n    # old ones\n    - Status: Enabled\n      Prefix: a');
    expect(lifecycle.map(({ at }) => [at.line, at.column, at.endLine, at.endColumn])).toEqual([
      [7, 13, 8, 32],
      [11, 13, 12, 22],
    ]);
  });
});

describe('an environment variable carries the name of a bucket', () => {
  it.each([
    { name: 'by Ref', value: '!Ref Uploads' },
    { name: 'by Sub', value: "!Sub '${Uploads}'" },
    { name: 'by Join', value: "!Join ['', [!Ref Uploads]]" },
    { name: 'as the same literal', value: 'my-uploads', bucketName: 'BucketName: my-uploads' },
    { name: 'as the same text with the same parameter', value: "!Sub 'up-${Stage}'", bucketName: "BucketName: !Join ['-', [up, !Ref Stage]]" },
    { name: 'as the same expression', value: '!If [Prod, !Ref Stage, x]', bucketName: 'BucketName: !If [Prod, !Ref Stage, x]' },
  ])('$name', async ({ value, bucketName }) => {
    expect(await withVariable(value, bucketName)).toEqual(['UPLOADS']);
  });

  it.each([
    { name: 'the name is part of a text', value: "!Sub 's3://${Uploads}'" },
    { name: 'it is its ARN', value: '!GetAtt Uploads.Arn' },
    { name: 'it holds another parameter', value: "!Sub 'up-${Other}'", bucketName: "BucketName: !Sub 'up-${Stage}'" },
    { name: 'it may hold another name as well', value: '!If [Prod, !Ref Uploads, !Ref Other]' },
    { name: 'it only sounds like it', value: 'Uploads' },
    { name: 'neither is known at all', value: '!Base64 [null]', bucketName: 'BucketName: !Base64 [null]' },
  ])('not where $name', async ({ value, bucketName }) => {
    expect(await withVariable(value, bucketName)).toEqual([]);
  });

  it('in the globals of SAM and in each kind of resource', async () => {
    const { environment } = await onlyBucket(`
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Environment: { Variables: { GLOBAL: !Ref Uploads } }
Resources:
  Uploads: { Type: AWS::S3::Bucket }
  Sam:
    Type: AWS::Serverless::Function
    Properties: { Environment: { Variables: { SAM: !Ref Uploads } } }
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: { ContainerDefinitions: [{ Environment: [{ Name: CONTAINER, Value: !Ref Uploads }, { Name: OTHER, Value: x }] }] }
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: { EnvironmentVariables: [{ Name: BUILD, Value: !Ref Uploads }, { Name: STORED, Type: PARAMETER_STORE, Value: !Ref Uploads }] }
  Site:
    Type: AWS::Amplify::App
    Properties: { EnvironmentVariables: [{ Name: SITE, Value: !Ref Uploads }] }
`);
    expect(environment).toEqual(['BUILD', 'CONTAINER', 'GLOBAL', 'SAM', 'SITE']);
  });

  it('when a condition chooses between two buckets, for both', async () => {
    const { buckets } = await readAll({
      'a.yaml': 'Resources:\n  A: { Type: AWS::S3::Bucket }\n  B: { Type: AWS::S3::Bucket }\n  F:\n    Type: AWS::Lambda::Function\n    Properties: { Environment: { Variables: { BUCKET: !If [Prod, !Ref A, !Ref B] } } }\n',
    });
    expect(buckets.map(({ environment }) => environment)).toEqual([['BUCKET'], ['BUCKET']]);
  });
});

describe('across templates', () => {
  const storage = (exported: string): string =>
    `Resources:\n  Uploads: { Type: AWS::S3::Bucket }\nOutputs:\n  Name:\n    Value: !Ref Uploads\n    Export: { Name: ${exported} }\n`;
  const code = (value: string): string => `Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: { Environment: { Variables: { UPLOADS: ${value} } } }\n`;

  it('an import carries what another template exports', async () => {
    const { buckets } = await readAll({ 'storage.yaml': storage('uploads-name'), 'api.yaml': code('!ImportValue uploads-name') });
    expect(buckets[0]?.environment).toEqual(['UPLOADS']);
  });

  it('an import from one of two exports of that name is not known', async () => {
    const { buckets } = await readAll({ 'eu.yaml': storage('uploads-name'), 'us.yaml': storage('uploads-name'), 'api.yaml': code('!ImportValue uploads-name') });
    expect(buckets.map(({ environment }) => environment)).toEqual([[], []]);
  });

  it('an export whose name only a deployment knows is not guessed', async () => {
    const { buckets } = await readAll({ 'storage.yaml': storage("!Sub '${AWS::StackName}-uploads'"), 'api.yaml': code("!ImportValue storage-uploads") });
    expect(buckets[0]?.environment).toEqual([]);
  });

  it('a literal name is the same everywhere', async () => {
    const { buckets } = await readAll({ 'storage.yaml': 'Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: { BucketName: my-uploads }\n', 'api.yaml': code('my-uploads') });
    expect(buckets[0]?.environment).toEqual(['UPLOADS']);
  });

  it('a parameter of one template is not that of another', async () => {
    const { buckets } = await readAll({ 'storage.yaml': "Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: { BucketName: !Ref Name }\n", 'api.yaml': code('!Ref Name') });
    expect(buckets[0]?.environment).toEqual([]);
  });

  it('nested stacks pass a name from one to the other', async () => {
    const { buckets } = await readAll({
      'root.yaml': `Resources:
  Storage:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: ./stacks/storage.yaml }
  Api:
    Type: AWS::Serverless::Application
    Properties: { Location: stacks/api.yaml, Parameters: { Bucket: !GetAtt Storage.Outputs.Name } }
`,
      'stacks/storage.yaml': storage("!Sub '${AWS::StackName}-name'"),
      'stacks/api.yaml': code('!Ref Bucket'),
    });
    expect(buckets.map(({ id, environment }) => ({ id, environment }))).toEqual([{ id: 'Uploads', environment: ['UPLOADS'] }]);
  });

  it('a template that a Serverless service includes is read with the service only', async () => {
    const { buckets } = await readAll({
      'serverless.yml': 'service: a\nprovider:\n  name: aws\nresources: ${file(./storage.yml)}\n',
      'storage.yml': storage('uploads-name'),
      'other.yml': storage('others'),
    });
    expect(buckets.map(({ at }) => at.file)).toEqual(['other.yml']);
  });
});

describe('bad input', () => {
  it('is one warning that names file, line and consequence; the rest is read', async () => {
    const { buckets, warnings } = await readAll({
      'broken.yaml': 'Resources:\n  A:\n    Type: AWS::S3::Bucket\n   Properties: {}\n',
      'whole.yaml': 'Resources:\n  B: { Type: AWS::S3::Bucket }\n',
    });
    expect(buckets.map(({ id }) => id)).toEqual(['B']);
    expect(warnings).toEqual([{ file: 'broken.yaml', line: 4, message: expect.stringMatching(/^The template is broken \(.+\), so `broken\.yaml` is not read: its buckets stay unknown\.$/) as string }]);
  });

  it.each([
    { name: 'an alias within its own anchor', text: 'Resources: &r\n  A:\n    Type: AWS::S3::Bucket\n    Properties: *r\n' },
    { name: 'buckets that are named after one another', text: 'Resources:\n  A: { Type: AWS::S3::Bucket, Properties: { BucketName: !Ref B } }\n  B: { Type: AWS::S3::Bucket, Properties: { BucketName: !Ref A } }\n' },
    { name: 'rules that are none', text: 'Resources:\n  A: { Type: AWS::S3::Bucket, Properties: { LifecycleConfiguration: { Rules: [null, 3, x] }, ReplicationConfiguration: [] } }\n' },
    { name: 'functions without arguments', text: "Resources:\n  A: { Type: AWS::S3::Bucket, Properties: { BucketName: !Join , VersioningConfiguration: !If [], Tags: !Sub [] } }\n" },
    { name: 'nothing at all', text: 'Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties:\n' },
    { name: 'nested stacks that pass a name in a circle', text: 'Resources:\n  B: { Type: AWS::S3::Bucket, Properties: { BucketName: !Ref P } }\n  A: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: a.yaml, Parameters: { P: !Sub "${P}${P}" } } }\n' },
  ])('throws nothing: $name', async ({ text }) => {
    expect((await readAll({ 'a.yaml': text })).buckets.length).toBeGreaterThan(0);
  });

  it('is one warning where it is nested too deeply to be read', async () => {
    const { buckets, warnings } = await readAll({ 'deep.json': `{"Resources":{"A":{"Type":"AWS::S3::Bucket","Properties":${'['.repeat(20_000)}${']'.repeat(20_000)}}}}` });
    expect(buckets).toEqual([]);
    expect(warnings).toEqual([{ file: 'deep.json', line: 1, message: 'The template is nested too deeply, so `deep.json` is not read: its buckets stay unknown.' }]);
  });

  it.each([
    { name: 'a list of lists', level: (below: string) => `[${Array.from({ length: 9 }, () => below).join(', ')}]`, use: '!Foo [*l30]' },
    { name: 'a text of texts', level: (below: string) => `!Join ['', [${below}, ${below}]]`, use: "!Join ['', [*l30]]" },
    { name: 'a condition in a condition', level: (below: string) => `!If [A, ${below}, ${below}]`, use: '!If [B, *l30, *l30]' },
  ])('is read in time where aliases multiply: $name', async ({ level, use }) => {
    const levels = Array.from({ length: 30 }, (_, index) => `L${index + 1}: &l${index + 1} ${level(`*l${index}`)}`);
    const text = `L0: &l0 x\n${levels.join('\n')}\nResources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: ${use}\n      Environment: { A: ${use} }\n`;
    const start = performance.now();
    expect((await readAll({ 'a.yaml': text })).buckets).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
