import { describe, expect, it } from 'vitest';

import type { BucketFact } from '../../src/facts/bucket-fact.js';
import { pulumi } from '../../src/project/infrastructure/pulumi.js';
import type { Reading } from '../../src/project/infrastructure/reader.js';

/** The texts of a project by path; only what passes both gates is read, as in the analyzer. */
async function readAll(texts: Readonly<Record<string, string>>): Promise<Reading> {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }));
  return pulumi.read(files.filter((file) => pulumi.mayRead(file.path) && pulumi.wants(file)));
}

async function onlyBucket(text: string): Promise<BucketFact> {
  const { buckets, warnings } = await readAll({ 'index.ts': text });
  expect(warnings).toEqual([]);
  expect(buckets).toHaveLength(1);
  return buckets[0] as BucketFact;
}

const program = (statements: string): Promise<BucketFact> => onlyBucket(`import * as pulumi from '@pulumi/pulumi';\nimport * as aws from '@pulumi/aws';\nimport * as native from '@pulumi/aws-native';\n${statements}`);

const withArgs = (args: string): Promise<BucketFact> => program(`new aws.s3.Bucket('uploads', ${args});`);

describe('the gate', () => {
  it.each([
    { name: 'a program', text: "import * as aws from '@pulumi/aws';", wanted: true },
    { name: 'code that runs on S3', text: "import { S3Client } from '@aws-sdk/client-s3';", wanted: false },
  ])('wants: $name: $wanted', ({ text, wanted }) => {
    expect(pulumi.wants({ path: 'index.ts', text })).toBe(wanted);
  });
});

describe('the ways to import', () => {
  it.each([
    { name: 'the provider', text: "import * as aws from '@pulumi/aws'; new aws.s3.Bucket('uploads');" },
    { name: 'its second kind of bucket', text: "import * as aws from '@pulumi/aws'; new aws.s3.BucketV2('uploads');" },
    { name: 'the service', text: "import { s3 } from '@pulumi/aws'; new s3.Bucket('uploads');" },
    { name: 'the module of the service', text: "import * as s3 from '@pulumi/aws/s3'; new s3.Bucket('uploads');" },
    { name: 'the class', text: "import { Bucket } from '@pulumi/aws/s3'; new Bucket('uploads');" },
    { name: 'the native provider', text: "import * as native from '@pulumi/aws-native'; new native.s3.Bucket('uploads');" },
    { name: 'require', text: "const aws = require('@pulumi/aws'); new aws.s3.Bucket('uploads');" },
  ])('$name', async ({ text }) => {
    expect(await onlyBucket(text)).toMatchObject({ declaredBy: 'pulumi', id: 'uploads', name: null, versioning: 'disabled', objectLock: 'disabled' });
  });

  it.each([
    { name: 'a bucket of another cloud', text: "import * as gcp from '@pulumi/gcp'; new gcp.storage.Bucket('uploads');" },
    { name: 'an object in a bucket', text: "import * as aws from '@pulumi/aws'; new aws.s3.BucketObject('uploads');" },
    { name: 'a `get` of something else', text: "import * as aws from '@pulumi/aws'; const Bucket = new Map(); Bucket.get('uploads'); aws.ec2.Vpc.get('Bucket', 'x');" },
  ])('no bucket: $name', async ({ text }) => {
    expect((await readAll({ 'index.ts': text })).buckets).toEqual([]);
  });
});

describe('the name', () => {
  it.each([
    { name: 'is made up by Pulumi', args: '{}', expected: null },
    { name: 'is written out', args: "{ bucket: 'uploads' }", expected: ['uploads'] },
    { name: 'is known in part', args: '{ bucket: `uploads-${pulumi.getStack()}` }', expected: ['uploads-', null] },
    { name: 'is joined of outputs', args: '{ bucket: pulumi.interpolate`uploads-${pulumi.getStack()}` }', expected: ['uploads-', null] },
    { name: 'is joined by a function', args: "{ bucket: pulumi.concat('uploads-', new pulumi.Config().require('x')) }", expected: ['uploads-', null] },
    { name: 'starts with a prefix', args: "{ bucketPrefix: 'uploads-' }", expected: ['uploads-', null] },
  ])('$name', async ({ args, expected }) => {
    expect((await withArgs(args)).name).toEqual(expected);
  });

  it('of the native provider has a word of its own', async () => {
    expect((await program("new native.s3.Bucket('uploads', { bucketName: 'native' });")).name).toEqual(['native']);
  });
});

describe('versioning', () => {
  it.each([
    { name: 'is off by default', args: '{}', versioning: 'disabled' },
    { name: 'is turned on', args: '{ versioning: { enabled: true } }', versioning: 'enabled' },
    { name: 'is turned off', args: '{ versioning: { enabled: false } }', versioning: 'disabled' },
    { name: 'comes with object lock', args: "{ objectLockConfiguration: { objectLockEnabled: 'Enabled' } }", versioning: 'enabled' },
    { name: 'comes with object lock that a later configuration needs', args: '{ objectLockEnabled: true }', versioning: 'enabled' },
    { name: 'is left to the configuration of a stack', args: "{ versioning: { enabled: new pulumi.Config().requireBoolean('versioned') } }", versioning: 'unknown' },
  ])('$name', async ({ args, versioning }) => {
    expect((await withArgs(args)).versioning).toBe(versioning);
  });

  it.each([
    { name: 'in words', status: "'Enabled'", versioning: 'enabled' },
    { name: 'by its constant', status: 'native.s3.BucketVersioningConfigurationStatus.Enabled', versioning: 'enabled' },
    { name: 'as suspended', status: 'native.s3.BucketVersioningConfigurationStatus.Suspended', versioning: 'suspended' },
  ])('of the native provider is given $name', async ({ status, versioning }) => {
    expect((await program(`new native.s3.Bucket('uploads', { versioningConfiguration: { status: ${status} } });`)).versioning).toBe(versioning);
  });

  it.each([
    { type: 'BucketVersioning', bucket: 'bucket.id', status: 'Enabled', versioning: 'enabled' },
    { type: 'BucketVersioningV2', bucket: 'bucket.bucket', status: 'Suspended', versioning: 'suspended' },
    { type: 'BucketVersioning', bucket: "'uploads-by-name'", status: 'Enabled', versioning: 'enabled' },
    // It may be this very bucket.
    { type: 'BucketVersioning', bucket: 'new pulumi.Config().require("bucket")', status: 'Enabled', versioning: 'unknown' },
  ])('is set by a $type of $bucket: $versioning', async ({ type, bucket, status, versioning }) => {
    expect((await program(`const bucket = new aws.s3.Bucket('uploads', { bucket: 'uploads-by-name' });\nnew aws.s3.${type}('v', { bucket: ${bucket}, versioningConfiguration: { status: '${status}' } });`)).versioning).toBe(versioning);
  });

  it('of another bucket is not its own', async () => {
    const { buckets } = await readAll({ 'index.ts': "import * as aws from '@pulumi/aws'; const a = new aws.s3.Bucket('a'); const b = new aws.s3.Bucket('b'); new aws.s3.BucketVersioning('v', { bucket: b.id, versioningConfiguration: { status: 'Enabled' } });" });
    expect(buckets.map(({ id, versioning }) => [id, versioning])).toEqual([
      ['a', 'disabled'],
      ['b', 'enabled'],
    ]);
  });
});

describe('rules', () => {
  it('are read from the bucket', async () => {
    const { lifecycle, replication } = await withArgs(`{
      lifecycleRules: [
        { enabled: true, prefix: 'tmp/', expiration: { days: 1 }, noncurrentVersionExpiration: { days: 1 } },
        { enabled: true, transitions: [{ days: 30, storageClass: 'GLACIER' }], abortIncompleteMultipartUploadDays: 7 },
        { enabled: true, expiration: { expiredObjectDeleteMarker: true } },
        { enabled: false, expiration: { days: 1 } },
      ],
      replicationConfiguration: { role: 'r', rules: [{ status: 'Enabled', prefix: 'a/' }, { status: 'Enabled', filter: { prefix: 'b/' } }, { status: 'Disabled' }] },
    }`);
    expect(lifecycle.map(({ prefix, actions }) => ({ prefix, actions }))).toEqual([
      { prefix: 'tmp/', actions: ['expiration', 'noncurrent-expiration'] },
      { prefix: '', actions: ['transition', 'abort-upload'] },
    ]);
    expect(replication.map(({ prefix }) => prefix)).toEqual(['a/', 'b/']);
  });

  it('are read from resources of their own', async () => {
    const bucket = await program(`
      const bucket = new aws.s3.Bucket('uploads');
      new aws.s3.BucketLifecycleConfiguration('l', { bucket: bucket.id, rules: [{ id: 'a', status: 'Enabled', filter: { prefix: 'logs/' }, expiration: { days: 30 } }] });
      new aws.s3.BucketReplicationConfig('r', { bucket: bucket.id, rules: [{ status: 'Enabled', filter: {} }] });
      new aws.s3.BucketObjectLockConfiguration('o', { bucket: bucket.id, rule: {} });`);
    expect(bucket.lifecycle).toMatchObject([{ prefix: 'logs/', actions: ['expiration'] }]);
    expect(bucket.replication).toMatchObject([{ prefix: '' }]);
    expect(bucket).toMatchObject({ objectLock: 'enabled', versioning: 'enabled' });
  });
});

describe('the environment', () => {
  it.each([
    { name: 'of a function, by id', statements: "new aws.lambda.Function('f', { environment: { variables: { UPLOADS: bucket.id } } });" },
    { name: 'of a function, by name', statements: "new aws.lambda.Function('f', { environment: { variables: { UPLOADS: bucket.bucket } } });" },
    { name: 'of a callback function', statements: "new aws.lambda.CallbackFunction('f', { environment: { variables: { UPLOADS: pulumi.interpolate`${bucket.id}` } } });" },
    { name: 'of containers', statements: "new awsx.ecs.FargateService('s', { taskDefinitionArgs: { container: { environment: [{ name: 'UPLOADS', value: bucket.id }] } } });" },
    { name: 'of containers in JSON', statements: "new aws.ecs.TaskDefinition('t', { containerDefinitions: bucket.id.apply((name) => JSON.stringify([{ environment: [{ name: 'UPLOADS', value: name }] }])) });" },
    { name: 'of containers in JSON, of several outputs', statements: "new aws.ecs.TaskDefinition('t', { containerDefinitions: pulumi.all([other.url, bucket.id]).apply(([url, name]) => JSON.stringify([{ environment: [{ name: 'URL', value: url }, { name: 'UPLOADS', value: name }] }])) });" },
  ])('$name', async ({ statements }) => {
    expect((await program(`const bucket = new aws.s3.Bucket('uploads');\n${statements}`)).environment).toEqual(['UPLOADS']);
  });

  it('is followed through a component', async () => {
    const { buckets } = await readAll({
      'store.ts': `
        import * as pulumi from '@pulumi/pulumi'; import * as aws from '@pulumi/aws';
        export class Store extends pulumi.ComponentResource {
          public readonly name: pulumi.Output<string>;
          constructor(name: string, args: { versioned?: boolean }, opts?: any) {
            super('my:Store', name, {}, opts);
            const bucket = new aws.s3.Bucket(\`\${name}-bucket\`, { versioning: { enabled: args.versioned ?? false } }, { parent: this });
            this.name = bucket.id;
          }
        }`,
      'index.ts': `
        import * as aws from '@pulumi/aws'; import { Store } from './store';
        const a = new Store('a', { versioned: true });
        const b = new Store('b', {});
        new aws.lambda.Function('f', { environment: { variables: { A: a.name, B: b.name } } });`,
    });
    expect(buckets.map(({ id, versioning, environment }) => [id, versioning, environment])).toEqual([
      ['a-bucket', 'enabled', ['A']],
      ['b-bucket', 'disabled', ['B']],
    ]);
  });
});

it.each([
  { name: 'as a resource', call: "aws.s3.Bucket.get('again', 'uploads')", id: 'again' },
  { name: 'as data', call: "aws.s3.getBucketOutput({ bucket: 'uploads' })", id: 'uploads' },
])('knows only the name of a bucket that is looked up $name', async ({ call, id }) => {
  expect(await program(`const bucket = ${call};\nnew aws.lambda.Function('f', { environment: { variables: { UPLOADS: bucket.id } } });`)).toMatchObject({ id, name: ['uploads'], versioning: 'unknown', environment: ['UPLOADS'] });
});
