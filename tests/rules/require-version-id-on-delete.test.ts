import { requireVersionIdOnDelete } from '../../src/rules/require-version-id-on-delete.js';
import { ruleTester } from '../rule-tester.js';

/** Settings of the project about its buckets. */
const declaring = (...buckets: readonly { name: string; versioned: boolean }[]) => ({ settings: { s3: { buckets } } });

const versionedAudit = declaring({ name: 'audit-*', versioned: true });
const versionedContracts = declaring({ name: 'env:CONTRACTS_BUCKET', versioned: true });

/** A script, as CommonJS is parsed. */
const script = { languageOptions: { parserOptions: { sourceType: 'script' } } } as const;

/** In a source, `«…»` is what the suggestion adds. */
const before = (source: string): string => source.replace(/«[^»]*»/g, '');
const after = (source: string): string => source.replace(/[«»]/g, '');

/** How a client without `IfMatch` on deletes names the version; null where it has `IfMatch`. */
const versionIn = (source: string): string | null => (/['"]aws-sdk/.test(source) ? 'VersionId' : /['"]minio['"]/.test(source) ? 'versionId' : null);

/** A delete that only hides the object; the version that is suggested was answered on that line. */
const hides = (object: string, source: string, line?: string) => ({
  code: before(source),
  errors: [
    {
      ...(versionIn(source) === null ? ({ messageId: 'deleteMarker', data: { object } } as const) : ({ messageId: 'deleteMarkerByVersion', data: { object, version: versionIn(source) } } as const)),
      suggestions: line === undefined ? null : ([{ messageId: 'addVersionId', data: { line }, output: after(source) }] as const),
    },
  ],
});

/** A delete of several objects that only hides some. */
const hidesSome = (bucket: string, code: string) => ({
  code,
  errors: [
    versionIn(code) === null
      ? ({ messageId: 'deleteMarkers', data: { bucket }, suggestions: null } as const)
      : ({ messageId: 'deleteMarkersByVersion', data: { bucket, version: versionIn(code) }, suggestions: null } as const),
  ],
});

ruleTester.run('require-version-id-on-delete', requireVersionIdOnDelete as never, {
  valid: [
    {
      name: 'the delete says which version it means',
      code: `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, key, VersionId) => client.send(new DeleteObjectCommand({ Bucket: 'audit-log', Key: key, VersionId }));
`,
      ...versionedAudit,
    },
    {
      name: 'a marker only on top of what was seen',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const hide = (key, etag) => s3.deleteObject({ Bucket: 'audit-log', Key: key, IfMatch: etag });
`,
      ...versionedAudit,
    },
    {
      name: 'nothing is known of the bucket',
      code: `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, bucket, key) => client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
`,
    },
    {
      name: 'the bucket is not the one that is declared',
      code: `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, key) => client.send(new DeleteObjectCommand({ Bucket: process.env.UPLOADS_BUCKET, Key: key }));
`,
      ...versionedContracts,
    },
    {
      name: 'the bucket keeps no versions: the first match wins',
      code: `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
await client.send(new DeleteObjectCommand({ Bucket: 'audit-scratch', Key: key }));
`,
      ...declaring({ name: 'audit-scratch', versioned: false }, { name: 'audit-*', versioned: true }),
    },
    {
      name: 'a trash can, where markers are the plan',
      code: `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
await client.send(new DeleteObjectCommand({ Bucket: 'audit-log', Key: key }));
`,
      options: [{ allowDeleteMarkers: true }],
      ...versionedAudit,
    },
    {
      name: 'suspended versioning is no versioning',
      code: `
import { DeleteObjectCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
await client.send(new PutBucketVersioningCommand({ Bucket: 'scratch', VersioningConfiguration: { Status: 'Suspended' } }));
await client.send(new DeleteObjectCommand({ Bucket: 'scratch', Key: key }));
`,
    },
    {
      name: 'the file turns versioning on for another bucket',
      code: `
import { DeleteObjectCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
await client.send(new PutBucketVersioningCommand({ Bucket: 'contracts', VersioningConfiguration: { Status: 'Enabled' } }));
await client.send(new DeleteObjectCommand({ Bucket: 'scratch', Key: key }));
`,
    },
    {
      name: 'the caller may have said which version',
      code: `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, key, options) => client.send(new DeleteObjectCommand({ Bucket: 'audit-log', Key: key, ...options }));
`,
      ...versionedAudit,
    },
    {
      name: 'every entry names its version or the ETag that it was seen with',
      code: `
import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
export const removeBoth = (client, version, etag) =>
  client.send(new DeleteObjectsCommand({ Bucket: 'audit-log', Delete: { Objects: [{ Key: 'a', VersionId: version }, { Key: 'b', ETag: etag }] } }));
`,
      ...versionedAudit,
    },
    {
      name: 'the listed versions, each by its id',
      code: `
import { DeleteObjectsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
export async function purge(client, prefix) {
  const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: 'audit-log', Prefix: prefix }));
  const Objects = Versions.map(({ Key, VersionId }) => ({ Key, VersionId }));
  await client.send(new DeleteObjectsCommand({ Bucket: 'audit-log', Delete: { Objects } }));
}
`,
      ...versionedAudit,
    },
    {
      name: 'the entries come from the caller',
      code: `
import { S3 } from 'aws-sdk';
const s3 = new S3();
export const removeAll = (entries) => s3.deleteObjects({ Bucket: 'audit-log', Delete: { Objects: entries } }).promise();
`,
      ...versionedAudit,
    },
    {
      name: 'deleteObject of aws-sdk v2 with a version',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.remove = (Key, VersionId) => s3.deleteObject({ Bucket: 'audit-log', Key, VersionId }).promise();
`,
      ...script,
      ...versionedAudit,
    },
    {
      name: 'minio takes the version as an option',
      code: `
import { Client } from 'minio';
export const remove = (minio: Client, key: string, versionId: string) => minio.removeObject('audit-log', key, { versionId });
`,
      ...versionedAudit,
    },
  ],
  invalid: [
    {
      name: 'a delete in a versioned bucket only hides the object',
      ...hides(
        '"${key}" in bucket "audit-log"',
        `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, key) => client.send(new DeleteObjectCommand({ Bucket: 'audit-log', Key: key }));
`,
      ),
      ...versionedAudit,
    },
    {
      name: 'the name of a bucket never holds a slash, so the star covers every stage',
      ...hides(
        '"${key}" in bucket "audit-${stage}"',
        `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, stage, key) => client.send(new DeleteObjectCommand({ Bucket: \`audit-\${stage}\`, Key: key }));
`,
      ),
      ...versionedAudit,
    },
    {
      name: 'the bucket of an environment variable, in a field',
      ...hides(
        '"${id}.pdf" in bucket "${process.env.CONTRACTS_BUCKET}"',
        `
import { S3 } from '@aws-sdk/client-s3';
export class Contracts {
  private readonly s3 = new S3({});
  private readonly bucket = process.env.CONTRACTS_BUCKET!;
  async remove(id: string): Promise<void> {
    await this.s3.deleteObject({ Bucket: this.bucket, Key: \`\${id}.pdf\` });
  }
}
`,
      ),
      ...versionedContracts,
    },
    {
      name: 'the file turns versioning on by itself',
      ...hides(
        '"${id}.pdf" in bucket "contracts"',
        `
import { DeleteObjectCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
const bucket = 'contracts';
export const setUp = (client) =>
  client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }));
export const remove = (client, id) => client.send(new DeleteObjectCommand({ Bucket: bucket, Key: id + '.pdf' }));
`,
      ),
    },
    {
      name: 'the file turns versioning on by the constant of the SDK',
      ...hides(
        '"${key}" in bucket "contracts"',
        `
import { BucketVersioningStatus, S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
await s3.putBucketVersioning({ Bucket: 'contracts', VersioningConfiguration: { Status: BucketVersioningStatus.Enabled } });
await s3.deleteObject({ Bucket: 'contracts', Key: key });
`,
      ),
    },
    {
      name: 'aws-sdk v2 turns versioning on and deletes',
      ...hides(
        '"${key}" in bucket "contracts"',
        `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.setUp = () => s3.putBucketVersioning({ Bucket: 'contracts', VersioningConfiguration: { Status: 'Enabled' } }).promise();
exports.remove = (key, done) => s3.deleteObject({ Bucket: 'contracts', Key: key }, done);
`,
      ),
      ...script,
    },
    {
      name: 'minio without a version',
      ...hides(
        '"${key}" in bucket "audit-log"',
        `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export const remove = (key) => minio.removeObject('audit-log', key);
`,
      ),
      ...versionedAudit,
    },
    {
      name: 'minio with options, none of which is the version',
      ...hides(
        '"${key}" in bucket "audit-log"',
        `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export const remove = (key) => minio.removeObject('audit-log', key, { governanceBypass: true });
`,
      ),
      ...versionedAudit,
    },
    {
      name: 'minio deletes several objects by name',
      ...hidesSome(
        'bucket "audit-log"',
        `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export const removeBoth = () => minio.removeObjects('audit-log', ['a.txt', 'b.txt']);
`,
      ),
      ...versionedAudit,
    },
    {
      name: 'one entry of several names no version',
      ...hidesSome(
        'bucket "audit-log"',
        `
import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
export const removeBoth = (client, version) =>
  client.send(new DeleteObjectsCommand({ Bucket: 'audit-log', Delete: { Objects: [{ Key: 'a', VersionId: version }, { Key: 'b' }] } }));
`,
      ),
      ...versionedAudit,
    },
    {
      name: 'entries made of keys alone',
      ...hidesSome(
        'bucket "audit-log"',
        `
import { S3 } from 'aws-sdk';
const s3 = new S3();
export const removeAll = (keys: string[]) =>
  s3.deleteObjects({ Bucket: 'audit-log', Delete: { Objects: keys.map((Key) => ({ Key })), Quiet: true } }).promise();
`,
      ),
      ...versionedAudit,
    },
    {
      name: 'listed rows are current objects, whose keys name no version',
      ...hidesSome(
        'bucket "audit-log"',
        `
import { DeleteObjectsCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
export async function empty(client) {
  const objects = [];
  for await (const page of paginateListObjectsV2({ client }, { Bucket: 'audit-log' })) {
    for (const { Key } of page.Contents ?? []) objects.push({ Key });
  }
  await client.send(new DeleteObjectsCommand({ Bucket: 'audit-log', Delete: { Objects: objects } }));
}
`,
      ),
      ...versionedAudit,
    },
    {
      name: 'the version that was looked at is at hand',
      ...hides(
        '"${key}" in bucket "audit-log"',
        `
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function removeExpired(client, key, now) {
  const current = await client.send(new HeadObjectCommand({ Bucket: 'audit-log', Key: key }));
  if (current.LastModified > now) return;
  await client.send(new DeleteObjectCommand({ Bucket: 'audit-log', Key: key«, VersionId: current.VersionId» }));
}
`,
        '4',
      ),
      ...versionedAudit,
    },
    {
      name: 'the read is destructured: its version is taken along',
      ...hides(
        '"${key}" in bucket "audit-log"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function take(key) {
  const { Body«, VersionId» } = await s3.getObject({ Bucket: 'audit-log', Key: key });
  const text = await Body.transformToString();
  await s3.deleteObject({
    Bucket: 'audit-log',
    Key: key,«
    VersionId,»
  });
  return text;
}
`,
        '5',
      ),
      ...versionedAudit,
    },
    {
      name: 'the version of the own put is at hand',
      ...hides(
        '"probe" in bucket "audit-log"',
        `
import { S3 } from 'aws-sdk';
const s3 = new S3();
export async function probe() {
  const stored = await s3.putObject({ Bucket: 'audit-log', Key: 'probe', Body: '' }).promise();
  await s3.deleteObject({ Bucket: 'audit-log', Key: 'probe'«, VersionId: stored.VersionId» }).promise();
}
`,
        '5',
      ),
      ...versionedAudit,
    },
    {
      name: 'the version at hand is that of another object',
      ...hides(
        '"${oldKey}" in bucket "audit-log"',
        `
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function move(client, oldKey, newKey, body) {
  const stored = await client.send(new PutObjectCommand({ Bucket: 'audit-log', Key: newKey, Body: body, IfNoneMatch: '*' }));
  await client.send(new DeleteObjectCommand({ Bucket: 'audit-log', Key: oldKey }));
  return stored.VersionId;
}
`,
      ),
      ...versionedAudit,
    },
  ],
});
