import { describe, expect, it } from 'vitest';

import type { BucketFact } from '../../src/facts/bucket-fact.js';
import type { Reading } from '../../src/project/infrastructure/reader.js';
import { sst } from '../../src/project/infrastructure/sst.js';

/** The texts of a project by path; only what passes both gates is read, as in the analyzer. */
async function readAll(texts: Readonly<Record<string, string>>): Promise<Reading> {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }));
  return sst.read(files.filter((file) => sst.mayRead(file.path) && sst.wants(file)));
}

async function onlyBucket(texts: Readonly<Record<string, string>>): Promise<BucketFact> {
  const { buckets, warnings } = await readAll(texts);
  expect(warnings).toEqual([]);
  expect(buckets).toHaveLength(1);
  return buckets[0] as BucketFact;
}

/** The `sst.config.ts` of version 3. */
const config = (statements: string): Promise<BucketFact> => onlyBucket({ 'sst.config.ts': `export default $config({ app(input) { return { name: 'a', home: 'aws' }; }, async run() {\n${statements}\n} });` });

/** A stack of version 2. */
const stack = (statements: string): Promise<BucketFact> => onlyBucket({ 'stacks/Storage.ts': `import { Bucket, Function, StackContext } from 'sst/constructs';\nimport { unseen } from './unseen';\nexport function Storage({ stack, app }: StackContext) {\n${statements}\n}` });

describe('the gate', () => {
  it.each([
    { name: 'infrastructure of version 3, which imports nothing', path: 'infra/storage.ts', text: "export const uploads = new sst.aws.Bucket('Uploads');", wanted: true },
    { name: 'its configuration', path: 'sst.config.ts', text: "export default $config({ async run() { await import('./infra/storage'); } });", wanted: true },
    { name: 'resources of its provider', path: 'infra/api.ts', text: "new aws.lambda.Function('F', {});", wanted: true },
    { name: 'a stack of version 2', path: 'stacks/Api.ts', text: "import { Function } from 'sst/constructs';", wanted: true },
    { name: 'code that looks its bucket up', path: 'src/api.ts', text: "import { Resource } from 'sst'; Resource.Uploads.name;", wanted: false },
    { name: 'code of the AWS SDK 2', path: 'src/api.ts', text: "const s3 = new aws.S3(); new aws.DynamoDB.DocumentClient(); s3.putObject({ Bucket: 'a' });", wanted: false },
    { name: 'a Pulumi program', path: 'index.ts', text: "import * as aws from '@pulumi/aws'; new aws.s3.Bucket('a');", wanted: false },
  ])('wants: $name: $wanted', ({ path, text, wanted }) => {
    expect(sst.wants({ path, text })).toBe(wanted);
  });
});

describe('a bucket of version 3', () => {
  it.each([
    { name: 'is not versioned by default', args: '', versioning: 'disabled' },
    { name: 'is versioned where it says so', args: ', { versioning: true }', versioning: 'enabled' },
    { name: 'is not known where something decides', args: ", { versioning: $app.stage === 'prod' }", versioning: 'unknown' },
    { name: 'is not known where its versioning is transformed', args: ", { versioning: true, transform: { versioning: { versioningConfiguration: { status: 'Suspended' } } } }", versioning: 'unknown' },
    { name: 'is not known where a function may change the bucket below', args: ', { transform: { bucket: (args) => { args.objectLockEnabled = true; } } }', versioning: 'unknown' },
    { name: 'is not touched by a transformation that says nothing of it', args: ", { transform: { bucket: { tags: { a: 'b' } } } }", versioning: 'disabled' },
    { name: 'is versioned where the bucket below has object lock', args: ', { transform: { bucket: { objectLockEnabled: true } } }', versioning: 'enabled' },
  ])('$name', async ({ args, versioning }) => {
    expect(await config(`new sst.aws.Bucket('Uploads'${args});`)).toMatchObject({ declaredBy: 'sst', id: 'Uploads', versioning });
  });

  it('may be changed by a transformation of all buckets', async () => {
    expect((await config("$transform(sst.aws.Bucket, (args) => { args.versioning = true; });\nnew sst.aws.Bucket('Uploads');")).versioning).toBe('unknown');
    expect((await config("$transform(sst.aws.Function, (args) => { args.memory = '1 GB'; });\nnew sst.aws.Bucket('Uploads');")).versioning).toBe('disabled');
  });

  it('gets its versioning from a resource of its own', async () => {
    const text = "const bucket = new sst.aws.Bucket('Uploads');\nnew aws.s3.BucketVersioningV2('V', { bucket: bucket.name, versioningConfiguration: { status: 'Enabled' } });";
    expect((await config(text)).versioning).toBe('enabled');
  });

  it.each([
    { name: 'is made up by SST', args: '', expected: null },
    { name: 'is set by a transformation', args: ", { transform: { bucket: { bucket: 'uploads' } } }", expected: ['uploads'] },
    { name: 'may be set by a function', args: ', { transform: { bucket: (args) => { args.bucket = "uploads"; } } }', expected: [null] },
  ])('has a name that $name', async ({ args, expected }) => {
    expect((await config(`new sst.aws.Bucket('Uploads'${args});`)).name).toEqual(expected);
  });

  it('has lifecycle rules', async () => {
    const { lifecycle } = await config("new sst.aws.Bucket('Uploads', { lifecycle: [{ prefix: 'tmp/', expiresIn: '30 days' }, { expiresAt: '2030-01-01' }, { enabled: false, expiresIn: '1 day' }] });");
    expect(lifecycle.map(({ prefix, actions }) => ({ prefix, actions }))).toEqual([
      { prefix: 'tmp/', actions: ['expiration'] },
      { prefix: '', actions: ['expiration'] },
    ]);
  });

  it('is known by its name alone where another stage has it', async () => {
    expect(await config("const bucket = sst.aws.Bucket.get('Uploads', 'app-dev-uploads');\nnew sst.aws.Function('F', { link: [bucket] });")).toMatchObject({
      id: 'Uploads',
      name: ['app-dev-uploads'],
      versioning: 'unknown',
      environment: ['SST_RESOURCE_Uploads'],
    });
  });

  it('may be a resource of the provider, which needs no import', async () => {
    expect(await config("const bucket = new aws.s3.BucketV2('Uploads', { bucket: 'uploads' });\nnew sst.aws.Function('F', { environment: { UPLOADS: bucket.bucket } });")).toMatchObject({ declaredBy: 'sst', name: ['uploads'], environment: ['UPLOADS'] });
  });

  it('is not a class of that name', async () => {
    const { buckets } = await readAll({ 'sst.config.ts': "const sst = require('./mine'); new sst.aws.Bucket('Uploads');" });
    expect(buckets).toEqual([]);
  });
});

describe('the environment of version 3', () => {
  it.each([
    { name: 'has a variable for each link', text: "new sst.aws.Function('F', { link: [bucket] });", environment: ['SST_RESOURCE_Uploads'] },
    { name: 'has one for a shared list of links', text: "const link = [bucket, other]; new sst.aws.Nextjs('Web', { link });", environment: ['SST_RESOURCE_Uploads'] },
    { name: 'has one for a link of a route', text: "api.route('GET /', { handler: 'a.handler', link: [bucket] });", environment: ['SST_RESOURCE_Uploads'] },
    { name: 'carries the name itself', text: "new sst.aws.Function('F', { environment: { UPLOADS: bucket.name } });", environment: ['UPLOADS'] },
    { name: 'carries the name of the bucket below', text: "new sst.aws.Function('F', { environment: { UPLOADS: bucket.nodes.bucket.id } });", environment: ['UPLOADS'] },
    { name: 'has none for a bucket that nothing is linked to', text: 'bucket.subscribe("a.handler");', environment: [] },
  ])('$name', async ({ text, environment }) => {
    expect((await config(`const bucket = new sst.aws.Bucket('Uploads');\n${text}`)).environment).toEqual(environment);
  });

  it('is followed from file to file', async () => {
    const bucket = await onlyBucket({
      'sst.config.ts': "export default $config({ async run() { const storage = await import('./infra/storage'); new sst.aws.Function('F', { environment: { UPLOADS: storage.uploads.name } }); } });",
      'infra/storage.ts': "export const uploads = new sst.aws.Bucket('Uploads');",
      'infra/api.ts': "import { uploads } from './storage'; export const api = new sst.aws.ApiGatewayV2('Api', { link: [uploads] }); // sst.aws",
    });
    expect(bucket.environment).toEqual(['SST_RESOURCE_Uploads', 'UPLOADS']);
  });
});

describe('a bucket of version 2', () => {
  it.each([
    { name: 'is not versioned by default', props: '{}', versioning: 'disabled' },
    { name: 'is versioned by the props of the construct below', props: '{ cdk: { bucket: { versioned: true } } }', versioning: 'enabled' },
    { name: 'is not known where those come from elsewhere', props: '{ cdk: { bucket: unseen } }', versioning: 'unknown' },
  ])('$name', async ({ props, versioning }) => {
    expect(await stack(`new Bucket(stack, 'Uploads', ${props});`)).toMatchObject({ declaredBy: 'sst', id: 'Uploads', versioning });
  });

  it.each([
    { name: 'its own', props: "{ name: 'uploads' }" },
    { name: 'that of the construct below', props: "{ name: 'other', cdk: { bucket: { bucketName: 'uploads' } } }" },
  ])('has a name: $name', async ({ props }) => {
    expect((await stack(`new Bucket(stack, 'Uploads', ${props});`)).name).toEqual(['uploads']);
  });

  it('is what a construct of CDK is', async () => {
    const text = "import { Bucket } from 'sst/constructs'; import * as s3 from 'aws-cdk-lib/aws-s3';\nexport function Storage({ stack }) { new Bucket(stack, 'Uploads', { cdk: { bucket: new s3.Bucket(stack, 'Below', { versioned: true, bucketName: 'uploads' }) } }); }";
    expect(await onlyBucket({ 'stacks/Storage.ts': text })).toMatchObject({ id: 'Uploads', name: ['uploads'], versioning: 'enabled' });
  });

  it.each([
    { name: 'by what it is bound to', text: "new Function(stack, 'F', { bind: [bucket] });", environment: ['SST_Bucket_bucketName_my_uploads'] },
    { name: 'by a later binding', text: "const f = new Function(stack, 'F', {}); f.bind([bucket]);", environment: ['SST_Bucket_bucketName_my_uploads'] },
    { name: 'by its name', text: "new Function(stack, 'F', { environment: { UPLOADS: bucket.bucketName } });", environment: ['UPLOADS'] },
    { name: 'by the name of the construct below', text: "new Function(stack, 'F', { environment: { UPLOADS: bucket.cdk.bucket.bucketName } });", environment: ['UPLOADS'] },
    { name: 'for all functions of the app', text: 'app.addDefaultFunctionEnv({ UPLOADS: bucket.bucketName });', environment: ['UPLOADS'] },
  ])('is known to code $name', async ({ text, environment }) => {
    expect((await stack(`const bucket = new Bucket(stack, 'my-uploads');\n${text}`)).environment).toEqual(environment);
  });

  it('is handed from stack to stack', async () => {
    const bucket = await onlyBucket({
      'stacks/Storage.ts': "import { Bucket } from 'sst/constructs';\nexport function Storage({ stack }) { const uploads = new Bucket(stack, 'Uploads'); return { uploads }; }",
      'stacks/Api.ts': "import { use, Function } from 'sst/constructs';\nimport { Storage } from './Storage';\nexport function Api({ stack }) { const { uploads } = use(Storage); new Function(stack, 'F', { environment: { UPLOADS: uploads.bucketName } }); }",
    });
    expect(bucket.environment).toEqual(['UPLOADS']);
  });
});

it('warns of a syntax error, leaves the file out, and reads the others', async () => {
  const { buckets, warnings } = await readAll({ 'infra/a.ts': "new sst.aws.Bucket('A');\n}\n", 'infra/b.ts': "new sst.aws.Bucket('B');" });
  expect(warnings).toMatchObject([{ file: 'infra/a.ts', line: 2 }]);
  expect(buckets.map(({ id }) => id)).toEqual(['B']);
});
