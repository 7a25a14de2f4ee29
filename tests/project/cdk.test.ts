import { describe, expect, it } from 'vitest';

import type { BucketFact } from '../../src/facts/bucket-fact.js';
import { cdk } from '../../src/project/infrastructure/cdk.js';
import type { Reading } from '../../src/project/infrastructure/reader.js';

/** The texts of a project by path; only what passes both gates is read, as in the analyzer. */
async function readAll(texts: Readonly<Record<string, string>>): Promise<Reading> {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }));
  return cdk.read(files.filter((file) => cdk.mayRead(file.path) && cdk.wants(file)));
}

async function onlyBucket(texts: Readonly<Record<string, string>>): Promise<BucketFact> {
  const { buckets, warnings } = await readAll(texts);
  expect(warnings).toEqual([]);
  expect(buckets).toHaveLength(1);
  return buckets[0] as BucketFact;
}

/** A stack whose constructor holds these statements. */
const stack = (statements: string): string => `
import { Duration, Stack, StackProps, Fn } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { unseen } from './unseen';
export class TheStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    ${statements}
  }
}`;

const inStack = (statements: string): Promise<BucketFact> => onlyBucket({ 'lib/stack.ts': stack(statements) });

const withProps = (props: string): Promise<BucketFact> => inStack(`new s3.Bucket(this, 'Uploads', ${props});`);

describe('the gate', () => {
  it.each([
    { path: 'lib/stack.ts', reads: true },
    { path: 'lib/stack.js', reads: true },
    { path: 'bin/app.mts', reads: true },
    { path: 'lib/stack.d.ts', reads: false },
    { path: 'test/stack.test.ts', reads: false },
    { path: 'cdk.out/App.template.json', reads: false },
    { path: 'node_modules/constructs/index.js', reads: false },
  ])('$path: $reads', ({ path, reads }) => {
    expect(cdk.mayRead(path)).toBe(reads);
  });

  it.each([
    { name: 'version 2', text: "import { Stack } from 'aws-cdk-lib';", wanted: true },
    { name: 'version 1', text: "import { Bucket } from '@aws-cdk/aws-s3';", wanted: true },
    { name: 'a stack of SST 2, which hands its buckets on', text: "import { Function } from 'sst/constructs';", wanted: true },
    { name: 'code that runs on S3', text: "import { S3Client } from '@aws-sdk/client-s3';", wanted: false },
  ])('wants: $name: $wanted', ({ text, wanted }) => {
    expect(cdk.wants({ path: 'a.ts', text })).toBe(wanted);
  });

  it('reads nothing where no file has a bucket', async () => {
    expect(await readAll({ 'a.ts': "import { Stack } from 'aws-cdk-lib'; class A extends Stack { " })).toEqual({ buckets: [], findings: [], warnings: [] });
  });
});

describe('the ways to import', () => {
  it.each([
    { name: 'the namespace of its module', text: "import * as s3 from 'aws-cdk-lib/aws-s3'; new s3.Bucket(app, 'Uploads');" },
    { name: 'the class', text: "import { Bucket } from 'aws-cdk-lib/aws-s3'; new Bucket(app, 'Uploads');" },
    { name: 'the class under another name', text: "import { Bucket as B } from 'aws-cdk-lib/aws-s3'; new B(app, 'Uploads');" },
    { name: 'the module of the library', text: "import { aws_s3 } from 'aws-cdk-lib'; new aws_s3.Bucket(app, 'Uploads');" },
    { name: 'the module of the library under another name', text: "import { aws_s3 as s3 } from 'aws-cdk-lib'; new s3.Bucket(app, 'Uploads');" },
    { name: 'the library', text: "import * as cdk from 'aws-cdk-lib'; new cdk.aws_s3.Bucket(app, 'Uploads');" },
    { name: 'version 1', text: "import * as s3 from '@aws-cdk/aws-s3'; new s3.Bucket(app, 'Uploads');" },
    { name: 'require', text: "const s3 = require('aws-cdk-lib/aws-s3'); new s3.Bucket(app, 'Uploads');" },
    { name: 'require, taken apart', text: "const { Bucket } = require('aws-cdk-lib/aws-s3'); new Bucket(app, 'Uploads');" },
    { name: 'import = require', text: "import s3 = require('aws-cdk-lib/aws-s3'); new s3.Bucket(app, 'Uploads');" },
  ])('$name', async ({ text }) => {
    expect(await onlyBucket({ 'app.ts': text })).toMatchObject({ declaredBy: 'cdk', id: 'Uploads', name: null, versioning: 'disabled', objectLock: 'disabled', environment: [], replication: [], lifecycle: [] });
  });

  it.each([
    { name: 'a class of that name of another package', text: "import { Bucket } from 'leaky'; import 'aws-cdk-lib'; new Bucket(app, 'Uploads');" },
    { name: 'a local variable that hides the import', text: "import * as s3 from 'aws-cdk-lib/aws-s3'; function f(s3) { new s3.Bucket(1, 'Uploads'); }" },
    { name: 'another construct of the module', text: "import * as s3 from 'aws-cdk-lib/aws-s3'; new s3.BucketPolicy(app, 'Uploads');" },
  ])('no bucket: $name', async ({ text }) => {
    expect((await readAll({ 'app.ts': text })).buckets).toEqual([]);
  });
});

it('says where the bucket is made', async () => {
  const { at } = await onlyBucket({ 'app.ts': "import * as s3 from 'aws-cdk-lib/aws-s3';\n\n  new s3.Bucket(app, 'Uploads');" });
  expect(at).toEqual({ file: 'app.ts', line: 3, column: 3, endLine: 3, endColumn: 16 });
});

describe('versioning', () => {
  it.each([
    { name: 'is off by default', props: '{}', versioning: 'disabled' },
    { name: 'is turned on', props: '{ versioned: true }', versioning: 'enabled' },
    { name: 'is turned off', props: '{ versioned: false }', versioning: 'disabled' },
    { name: 'comes with object lock', props: '{ objectLockEnabled: true }', versioning: 'enabled' },
    { name: 'comes with a default retention, which turns object lock on', props: '{ objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(7)) }', versioning: 'enabled' },
    { name: 'is not known of a parameter', props: 'props', versioning: 'unknown' },
    { name: 'is not known where what is spread may turn it on', props: '{ ...props }', versioning: 'unknown' },
    { name: 'is not known where what is spread later may turn it off', props: '{ versioned: true, ...unseen }', versioning: 'unknown' },
    { name: 'is known where it is written after the spread', props: '{ ...unseen, versioned: true }', versioning: 'enabled' },
    { name: 'is known of a spread that is read', props: '{ ...{ versioned: true } }', versioning: 'enabled' },
    { name: 'is not touched by a spread that only sometimes is, and says nothing of it', props: '{ versioned: true, ...(unseen && { bucketName: "a" }) }', versioning: 'enabled' },
    { name: 'is known below fifty spreads that only sometimes are', props: `{ versioned: true, ${Array.from({ length: 50 }, (_, i) => `...(unseen.has(${String(i)}) ? { bucketName: "a${String(i)}" } : {})`).join(', ')} }`, versioning: 'enabled' },
    { name: 'is not known where a test decides', props: '{ versioned: unseen === "prod" }', versioning: 'unknown' },
    { name: 'is known where both branches say the same', props: '{ versioned: unseen ? true : true }', versioning: 'enabled' },
    { name: 'is not known where the branches differ', props: '{ versioned: unseen ? true : false }', versioning: 'unknown' },
    { name: 'is not known under a computed key', props: '{ [unseen]: true }', versioning: 'unknown' },
  ])('$name', async ({ props, versioning }) => {
    expect((await withProps(props)).versioning).toBe(versioning);
  });

  it.each([
    { name: 'props in a variable', statements: "const bucketProps = { versioned: true }; new s3.Bucket(this, 'Uploads', bucketProps);" },
    { name: 'a property that is set on the props before', statements: "const bucketProps: s3.BucketProps = { versioned: true }; bucketProps.versioned = true; new s3.Bucket(this, 'Uploads', bucketProps);" },
    { name: 'the props of a function', statements: "const secure = (extra) => ({ ...extra, versioned: true }); new s3.Bucket(this, 'Uploads', secure(props));" },
    { name: 'the resource below the construct, by the escape hatch', statements: "const b = new s3.Bucket(this, 'Uploads'); const cfn = b.node.defaultChild as s3.CfnBucket; cfn.versioningConfiguration = { status: 'Enabled' };" },
    { name: 'an override of its property', statements: "const b = new s3.Bucket(this, 'Uploads'); (b.node.defaultChild as s3.CfnBucket).addPropertyOverride('VersioningConfiguration.Status', 'Enabled');" },
  ])('is turned on: $name', async ({ statements }) => {
    expect((await inStack(statements)).versioning).toBe('enabled');
  });

  it('may be turned on by a property that is set in a branch', async () => {
    const text = "const bucketProps: s3.BucketProps = {}; if (unseen) bucketProps.versioned = true; new s3.Bucket(this, 'Uploads', bucketProps);";
    expect((await inStack(text)).versioning).toBe('unknown');
  });

  it('may be turned on for any bucket through a resource that cannot be told', async () => {
    const text = "new s3.Bucket(this, 'Uploads'); unseen.bucket.node.defaultChild.versioningConfiguration = { status: 'Enabled' };";
    expect((await inStack(text)).versioning).toBe('unknown');
  });

  it.each([
    { status: "'Enabled'", versioning: 'enabled' },
    { status: "'Suspended'", versioning: 'suspended' },
    { status: 'unseen', versioning: 'unknown' },
  ])('of the plain resource: $status', async ({ status, versioning }) => {
    expect(await inStack(`new s3.CfnBucket(this, 'Uploads', { bucketName: 'uploads', versioningConfiguration: { status: ${status} } });`)).toMatchObject({ name: ['uploads'], versioning });
  });

  it('of the plain resource is off by default, and unknown behind an intrinsic', async () => {
    expect((await inStack("new s3.CfnBucket(this, 'Uploads');")).versioning).toBe('disabled');
    expect((await inStack("new s3.CfnBucket(this, 'Uploads', { versioningConfiguration: Fn.conditionIf('C', { status: 'Enabled' }, 'x') as any });")).versioning).toBe('unknown');
  });
});

describe('object lock', () => {
  it.each([
    { name: 'left out', props: '{}', objectLock: 'disabled' },
    { name: 'turned on', props: '{ objectLockEnabled: true }', objectLock: 'enabled' },
    { name: 'left to something that is not known', props: '{ objectLockEnabled: unseen }', objectLock: 'unknown' },
  ])('$name', async ({ props, objectLock }) => {
    expect((await withProps(props)).objectLock).toBe(objectLock);
  });
});

describe('the name', () => {
  it.each([
    { name: 'is not given', bucketName: 'undefined', expected: null },
    { name: 'is written out', bucketName: "'uploads'", expected: ['uploads'] },
    { name: 'is known in part', bucketName: '`uploads-${unseen}-eu`', expected: ['uploads-', null, '-eu'] },
    { name: 'is joined', bucketName: "'uploads-' + this.account", expected: ['uploads-', null] },
    { name: 'is lower-cased in part', bucketName: '`Uploads-${this.region}`.toLowerCase()', expected: ['uploads-', null] },
    { name: 'is known to a deployment only', bucketName: 'unseen', expected: [null] },
    { name: 'is one of two', bucketName: "unseen ? 'a' : 'b'", expected: [null] },
  ])('$name', async ({ bucketName, expected }) => {
    expect((await withProps(`{ bucketName: ${bucketName} }`)).name).toEqual(expected);
  });

  it.each([
    { name: 'a constant of another file', other: "export const uploads = 'uploads'; // for aws-cdk-lib", use: "import { uploads } from './names';", bucketName: 'uploads' },
    { name: 'a default export', other: "export default { uploads: 'uploads' }; // for aws-cdk-lib", use: "import names from './names';", bucketName: 'names.uploads' },
    { name: 'a namespace', other: "export const uploads = 'uploads'; // for aws-cdk-lib", use: "import * as names from './names.js';", bucketName: 'names.uploads' },
    { name: 'a static property', other: "export class Names { static readonly uploads = 'uploads'; } // for aws-cdk-lib", use: "import { Names } from './names';", bucketName: 'Names.uploads' },
    { name: 'a function', other: "export function nameOf(what: string) { return `${what}s`; } // for aws-cdk-lib", use: "import { nameOf } from './names';", bucketName: "nameOf('upload')" },
    { name: 'CommonJS', other: "module.exports = { uploads: 'uploads' }; // for aws-cdk-lib", use: "const { uploads } = require('./names');", bucketName: 'uploads' },
  ])('comes from $name', async ({ other, use, bucketName }) => {
    const text = `import * as s3 from 'aws-cdk-lib/aws-s3';\n${use}\nnew s3.Bucket(app, 'Uploads', { bucketName: ${bucketName} });`;
    expect((await onlyBucket({ 'lib/app.ts': text, 'lib/names.ts': other })).name).toEqual(['uploads']);
  });

  it('comes through a file that exports it again', async () => {
    const text = "import * as s3 from 'aws-cdk-lib/aws-s3';\nimport { uploads } from '../names';\nnew s3.Bucket(app, 'Uploads', { bucketName: uploads });";
    const names = { 'names/index.ts': "export * from './other'; export * from './all'; // aws-cdk-lib", 'names/all.ts': "export const uploads = 'uploads'; // aws-cdk-lib", 'names/other.ts': "export const downloads = 'downloads'; // aws-cdk-lib" };
    expect((await onlyBucket({ 'lib/app.ts': text, ...names })).name).toEqual(['uploads']);
  });
});

describe('rules', () => {
  it('reads lifecycle rules that are switched on', async () => {
    const { lifecycle } = await withProps(`{ lifecycleRules: [
      { prefix: 'tmp/', expiration: Duration.days(1) },
      { transitions: [{ storageClass: s3.StorageClass.GLACIER, transitionAfter: Duration.days(90) }], noncurrentVersionExpiration: Duration.days(30), noncurrentVersionTransitions: [{}] },
      { abortIncompleteMultipartUploadAfter: Duration.days(7), enabled: true },
      { enabled: false, expiration: Duration.days(1) },
      { enabled: unseen, expiration: Duration.days(1) },
      { tagFilters: { a: 'b' }, expiration: Duration.days(1) },
      { prefix: unseen, expirationDate: new Date() , expiration: Duration.days(2) },
      { expiration: unseen },
    ] }`);
    expect(lifecycle.map(({ prefix, actions }) => ({ prefix, actions }))).toEqual([
      { prefix: 'tmp/', actions: ['expiration'] },
      { prefix: '', actions: ['transition', 'noncurrent-expiration', 'noncurrent-transition'] },
      { prefix: '', actions: ['abort-upload'] },
      // Which of the keys have the tag is not known.
      { prefix: null, actions: ['expiration'] },
      { prefix: null, actions: ['expiration'] },
    ]);
    expect(lifecycle[0]?.at).toMatchObject({ file: 'lib/stack.ts', line: 11, column: 7 });
  });

  it('reads rules that are added later, and rules that a list is mapped to', async () => {
    const { lifecycle } = await inStack(`
      const bucket = new s3.Bucket(this, 'Uploads', { lifecycleRules: ['a/', 'b/'].map((prefix) => ({ prefix, expiration: Duration.days(1) })) });
      bucket.addLifecycleRule({ prefix: 'c/', expiration: Duration.days(1) });`);
    expect(lifecycle.map(({ prefix }) => prefix)).toEqual(['a/', 'b/', 'c/']);
  });

  it('reads the replication of constructs and of resources', async () => {
    const l2 = await withProps("{ versioned: true, replicationRules: [{ destination: unseen }, { destination: unseen, filter: { prefix: 'logs/' } }, { destination: unseen, filter: { prefix: 'a', tags: [] } }] }");
    expect(l2.replication.map(({ prefix }) => prefix)).toEqual(['', 'logs/', null]);
    const l1 = await inStack(`new s3.CfnBucket(this, 'Uploads', {
      replicationConfiguration: { role: 'r', rules: [{ status: 'Enabled', prefix: 'a/' }, { status: 'Enabled', filter: { and: { prefix: 'b/', tagFilters: [] } } }, { status: 'Disabled' }] },
      lifecycleConfiguration: { rules: [{ status: 'Enabled', expirationInDays: 1 }, { status: 'Enabled', expiredObjectDeleteMarker: true }] },
    });`);
    expect(l1.replication.map(({ prefix }) => prefix)).toEqual(['a/', null]);
    expect(l1.lifecycle.map(({ prefix, actions }) => ({ prefix, actions }))).toEqual([{ prefix: '', actions: ['expiration'] }]);
  });

  it('reads the replication that the escape hatch adds, for the bucket that it leads to', async () => {
    const { buckets } = await readAll({
      'lib/stack.ts': stack(`
        const source = new s3.Bucket(this, 'Source', { versioned: true });
        const target = new s3.Bucket(this, 'Target', { versioned: true });
        const cfn = source.node.defaultChild as s3.CfnBucket;
        cfn.replicationConfiguration = { role: 'r', rules: [{ status: 'Enabled', filter: { prefix: 'images/' }, destination: { bucket: target.bucketArn } }] };`),
    });
    expect(buckets.map(({ id, replication }) => [id, replication.map(({ prefix }) => prefix)])).toEqual([['Source', ['images/']], ['Target', []]]);
  });
});

describe('buckets that are declared elsewhere', () => {
  it.each([
    { name: 'by name', call: "s3.Bucket.fromBucketName(this, 'Uploads', 'uploads')", expected: ['uploads'] },
    { name: 'by ARN', call: "s3.Bucket.fromBucketArn(this, 'Uploads', 'arn:aws:s3:::uploads')", expected: ['uploads'] },
    { name: 'by an ARN that is known in part', call: "s3.Bucket.fromBucketArn(this, 'Uploads', `arn:aws-cn:s3:::uploads-${unseen}`)", expected: ['uploads-', null] },
    { name: 'by an ARN that is not known', call: "s3.Bucket.fromBucketArn(this, 'Uploads', unseen)", expected: [null] },
    { name: 'by attributes', call: "s3.Bucket.fromBucketAttributes(this, 'Uploads', { bucketArn: 'arn:aws:s3:::uploads' })", expected: ['uploads'] },
  ])('$name', async ({ call, expected }) => {
    expect(await inStack(`const bucket = ${call}; new lambda.Function(this, 'F', { environment: { UPLOADS: bucket.bucketName } });`)).toMatchObject({
      id: 'Uploads',
      name: expected,
      versioning: 'unknown',
      objectLock: 'unknown',
      environment: ['UPLOADS'],
    });
  });

  it('are the bucket that their name is taken from', async () => {
    const { buckets } = await readAll({
      'lib/stack.ts': stack(`
        const bucket = new s3.Bucket(this, 'Uploads', { versioned: true });
        const again = s3.Bucket.fromBucketName(this, 'Again', bucket.bucketName);
        new lambda.Function(this, 'F', { environment: { UPLOADS: again.bucketName } });`),
    });
    expect(buckets.map(({ id, versioning, environment }) => [id, versioning, environment])).toEqual([
      ['Uploads', 'enabled', ['UPLOADS']],
      ['Again', 'unknown', ['UPLOADS']],
    ]);
  });
});

describe('the environment', () => {
  it.each([
    { name: 'of a function', statements: "new lambda.Function(this, 'F', { environment: { UPLOADS: bucket.bucketName, OTHER: 'x' } });" },
    { name: 'of a function of the project’s own kind', statements: "new MyFunction(this, 'F', { environment: { UPLOADS: bucket.bucketName } });" },
    { name: 'added later', statements: "const f = new lambda.Function(this, 'F', {}); f.addEnvironment('UPLOADS', bucket.bucketName);" },
    { name: 'of a container', statements: "task.addContainer('C', { environment: { UPLOADS: bucket.bucketName } });" },
    { name: 'of a build', statements: "new codebuild.Project(this, 'P', { environmentVariables: { UPLOADS: { value: bucket.bucketName } } });" },
    { name: 'of a plain function resource', statements: "new lambda.CfnFunction(this, 'F', { environment: { variables: { UPLOADS: bucket.bucketName } } });" },
    { name: 'in a shared constant', statements: "const environment = { UPLOADS: bucket.bucketName }; new lambda.Function(this, 'F', { environment });" },
    { name: 'in a constant that is spread', statements: "const shared = { UPLOADS: bucket.bucketName }; new lambda.Function(this, 'F', { environment: { ...shared, ...unseen } });" },
    { name: 'that is filled step by step', statements: "const environment: any = {}; environment.UPLOADS = bucket.bucketName; new lambda.Function(this, 'F', { environment });" },
    { name: 'in common props', statements: "const common = { environment: { UPLOADS: bucket.bucketName } }; new lambda.Function(this, 'F', { ...common });" },
    { name: 'of a function that is made by a function', statements: "const make = (id: string, environment: any) => new lambda.Function(this, id, { environment }); make('F', { UPLOADS: bucket.bucketName });" },
    { name: 'of a function that is made for each of a list', statements: "for (const value of [bucket.bucketName]) new lambda.Function(this, 'F', { environment: { UPLOADS: value } });" },
    { name: 'by way of a template', statements: "new lambda.Function(this, 'F', { environment: { UPLOADS: `${bucket.bucketName}` } });" },
    { name: 'by way of a variable', statements: "const { bucketName } = bucket; new lambda.Function(this, 'F', { environment: { UPLOADS: bucketName } });" },
  ])('$name', async ({ statements }) => {
    expect((await inStack(`const bucket = new s3.Bucket(this, 'Uploads'); ${statements}`)).environment).toEqual(['UPLOADS']);
  });

  it.each([
    { name: 'a URL that only holds the name', value: '`s3://${bucket.bucketName}/in`' },
    { name: 'the ARN', value: 'bucket.bucketArn' },
    { name: 'a property of something else', value: 'unseen.bucketName' },
  ])('is not named by $name', async ({ value }) => {
    expect((await inStack(`const bucket = new s3.Bucket(this, 'Uploads'); new lambda.Function(this, 'F', { environment: { UPLOADS: ${value} } });`)).environment).toEqual([]);
  });

  it('may be given the text that the bucket is named by', async () => {
    const text = "const name = `uploads-${this.account}`; new s3.Bucket(this, 'Uploads', { bucketName: name }); new lambda.Function(this, 'F', { environment: { UPLOADS: `uploads-${this.account}`, OTHER: `uploads-${this.region}` } });";
    expect((await inStack(text)).environment).toEqual(['UPLOADS']);
  });

  const storage = `
    import { Stack } from 'aws-cdk-lib';
    import { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
    export class StorageStack extends Stack {
      readonly uploads: Bucket;
      private readonly own = new Bucket(this, 'Own');
      constructor(scope, id) { super(scope, id); this.uploads = new Bucket(this, 'Uploads', { versioned: true }); }
      get archive(): IBucket { return this.own; }
    }`;
  const api = `
    import { Stack, StackProps } from 'aws-cdk-lib';
    import { Function } from 'aws-cdk-lib/aws-lambda';
    interface ApiProps extends StackProps { bucket: IBucket }
    export class ApiStack extends Stack {
      constructor(scope, id, private readonly props: ApiProps) {
        super(scope, id, props);
        this.make();
        new Function(this, 'Read', { environment: { READ: props.bucket.bucketName } });
      }
      private make() { return new Function(this, 'Write', { environment: { WRITE: this.props.bucket.bucketName } }); }
    }`;
  const carried = async (app: string): Promise<Record<string, readonly string[]>> => {
    const { buckets } = await readAll({ 'lib/storage.ts': storage, 'lib/api.ts': api, 'bin/app.ts': `import { App } from 'aws-cdk-lib'; import { StorageStack } from '../lib/storage'; import { ApiStack } from '../lib/api';\nconst app = new App();\n${app}` });
    return Object.fromEntries(buckets.map(({ id, environment }) => [id, environment]));
  };

  it('is followed from the stack that makes a bucket to the stack that is handed it', async () => {
    expect(await carried("const storage = new StorageStack(app, 'S'); new ApiStack(app, 'A', { bucket: storage.uploads });")).toEqual({ Uploads: ['READ', 'WRITE'], Own: [] });
    expect(await carried("const storage = new StorageStack(app, 'S'); const { archive } = storage; new ApiStack(app, 'A', { bucket: archive });")).toEqual({ Uploads: [], Own: ['READ', 'WRITE'] });
  });

  it('is told apart for two stacks of one class', async () => {
    const both = "const storage = new StorageStack(app, 'S'); new ApiStack(app, 'A', { bucket: storage.uploads }); new ApiStack(app, 'B', { bucket: storage.archive });";
    expect(await carried(both)).toEqual({ Uploads: ['READ', 'WRITE'], Own: ['READ', 'WRITE'] });
  });

  it('is not known of a stack that nobody is seen to make', async () => {
    expect(await carried("new StorageStack(app, 'S');")).toEqual({ Uploads: [], Own: [] });
  });
});

describe('constructs of the project’s own', () => {
  const safeBucket = `
    import * as s3 from 'aws-cdk-lib/aws-s3';
    export class SafeBucket extends s3.Bucket {
      constructor(scope, id: string, props: s3.BucketProps = {}) { super(scope, id, { versioned: true, ...props, enforceSSL: true }); }
    }
    export class PlainBucket extends SafeBucket {}`;

  it('are read through when they extend the bucket', async () => {
    const { buckets } = await readAll({
      'lib/safe.ts': safeBucket,
      'lib/app.ts': `import { SafeBucket, PlainBucket } from './safe'; import { Function } from 'aws-cdk-lib/aws-lambda';
        const a = new SafeBucket(app, 'A');
        new SafeBucket(app, 'B', { versioned: false, bucketName: 'b' });
        new SafeBucket(app, 'C', unseen);
        new PlainBucket(app, 'D');
        new Function(app, 'F', { environment: { A: a.bucketName } });`,
    });
    expect(buckets.map(({ id, name, versioning, environment, at }) => [id, name, versioning, environment, at.file])).toEqual([
      ['A', null, 'enabled', ['A'], 'lib/app.ts'],
      ['B', ['b'], 'disabled', [], 'lib/app.ts'],
      ['C', [null], 'unknown', [], 'lib/app.ts'],
      ['D', null, 'enabled', [], 'lib/app.ts'],
    ]);
  });

  it('are one bucket for each time that they are made', async () => {
    const { buckets } = await readAll({
      'lib/store.ts': `
        import * as s3 from 'aws-cdk-lib/aws-s3'; import { Construct } from 'constructs';
        export class Store extends Construct {
          bucket: s3.Bucket;
          constructor(scope, id, { name, versioned = true }: Props) { super(scope, id); this.bucket = new s3.Bucket(this, 'Bucket', { bucketName: name, versioned }); }
        }`,
      'lib/app.ts': `
        import { Store } from './store'; import { Function } from 'aws-cdk-lib/aws-lambda';
        const a = new Store(app, 'A', { name: 'a' });
        const b = new Store(app, 'B', { name: 'b', versioned: false });
        new Function(app, 'F', { environment: { A: a.bucket.bucketName, B: b.bucket.bucketName } });`,
    });
    expect(buckets.map(({ id, name, versioning, environment, at }) => [id, name, versioning, environment, at.line])).toEqual([
      ['Bucket', ['a'], 'enabled', ['A'], 5],
      ['Bucket', ['b'], 'disabled', ['B'], 5],
    ]);
  });

  it('are one fact where nothing tells two stages apart', async () => {
    const { buckets } = await readAll({ 'lib/stack.ts': stack("new s3.Bucket(this, 'Uploads', { versioned: true });"), 'bin/app.ts': "import { App } from 'aws-cdk-lib'; import { TheStack } from '../lib/stack'; const app = new App(); new TheStack(app, 'dev', {}); new TheStack(app, 'prod', {});" });
    expect(buckets).toHaveLength(1);
  });

  it('come out of functions', async () => {
    const { buckets } = await readAll({
      'lib/app.ts': `
        import * as s3 from 'aws-cdk-lib/aws-s3'; import { Function } from 'aws-cdk-lib/aws-lambda';
        function bucketFor(name: string) { return { bucket: new s3.Bucket(app, name, { bucketName: \`my-\${name}\` }) }; }
        const { bucket } = bucketFor('a');
        const other = bucketFor('b').bucket;
        new Function(app, 'F', { environment: { A: bucket.bucketName, B: other.bucketName } });`,
    });
    expect(buckets.map(({ id, name, environment }) => [id, name, environment])).toEqual([
      ['a', ['my-a'], ['A']],
      ['b', ['my-b'], ['B']],
    ]);
  });
});

describe('code that leads nowhere', () => {
  it('warns of a syntax error, leaves the file out, and reads the others', async () => {
    const { buckets, warnings } = await readAll({ 'lib/a.ts': "import * as s3 from 'aws-cdk-lib/aws-s3';\nnew s3.Bucket(app, 'A');\nconst = ;\n", 'lib/b.ts': "import * as s3 from 'aws-cdk-lib/aws-s3';\nnew s3.Bucket(app, 'B');" });
    expect(warnings).toEqual([{ file: 'lib/a.ts', line: 3, message: 'The file has a syntax error here and is not read: buckets that it declares stay unknown.' }]);
    expect(buckets.map(({ id }) => id)).toEqual(['B']);
  });

  it('does not throw at a text that only looks like code', async () => {
    expect(await readAll({ 'lib/template.ts': "import { Bucket } from name; // aws-cdk-lib\nexport { a } from name; export * from name;\nnew Bucket(this, 'A');", 'lib/other.ts': "import { a } from './template'; // aws-cdk-lib\nnew a.Bucket();" })).toMatchObject({ buckets: [], warnings: [] });
    const { warnings } = await readAll({ 'lib/template.ts': "import { Bucket } from 'aws-cdk-lib';\nimport {{ name }} from '{{ file }}';\nclass extends { constructor( }\nnew Bucket(this, `${" });
    expect(warnings).toMatchObject([{ file: 'lib/template.ts', line: 2 }]);
  });

  it.each([
    { name: 'a value that is made of itself', text: "let name = 'a'; name = name + name; new s3.Bucket(app, 'Uploads', { bucketName: name });" },
    { name: 'a function that calls itself', text: 'function f(n) { return f(n) + f(n - 1); } new s3.Bucket(app, "Uploads", { bucketName: f(3) });' },
    { name: 'a class that makes itself', text: "class A { constructor(n) { this.inner = new A(n); this.name = this.inner.name; } } new s3.Bucket(app, 'Uploads', { bucketName: new A(1).name });" },
    { name: 'a class that extends itself', text: "class A extends B {} class B extends A {} new B(); new s3.Bucket(app, 'Uploads', { bucketName: new A().name });" },
    { name: 'a file that exports itself', text: "export * from './app'; import { other } from './app'; new s3.Bucket(app, 'Uploads', { bucketName: other });" },
    { name: 'an object that spreads itself', text: "const o = { ...o }; new s3.Bucket(app, 'Uploads', { bucketName: o.name });" },
  ])('ends: $name', async ({ text }) => {
    expect((await onlyBucket({ 'app.ts': `import * as s3 from 'aws-cdk-lib/aws-s3';\n${text}` })).name).toContain(null);
  });
});
