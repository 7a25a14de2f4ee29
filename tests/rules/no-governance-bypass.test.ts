import { noGovernanceBypass } from '../../src/rules/no-governance-bypass.js';
import { ruleTester } from '../rule-tester.js';

/** A script, as CommonJS is parsed. */
const script = { languageOptions: { parserOptions: { sourceType: 'script' } } } as const;

/** What minio calls the header. */
const optionIn = (code: string): string => (/['"]minio['"]/.test(code) ? 'governanceBypass' : 'BypassGovernanceRetention');

const bypasses = (messageId: 'deletesRetained' | 'liftsRetention', object: string, line: number, code: string) => ({
  code,
  errors: [{ messageId, data: { object, option: optionIn(code) }, line }],
});

const bypassesSome = (bucket: string, line: number, code: string) => ({
  code,
  errors: [{ messageId: 'deletesSomeRetained' as const, data: { bucket, option: optionIn(code) }, line }],
});

ruleTester.run('no-governance-bypass', noGovernanceBypass as never, {
  valid: [
    {
      name: 'a delete of one version, which S3 refuses while it is locked',
      code: `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, key, version) => client.send(new DeleteObjectCommand({ Bucket: 'records', Key: key, VersionId: version }));
`,
    },
    {
      name: 'the header is spelt out and off',
      code: `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, key) => client.send(new DeleteObjectCommand({ Bucket: 'records', Key: key, BypassGovernanceRetention: false }));
`,
    },
    {
      name: 'the header is left unset',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const remove = (key) => s3.deleteObject({ Bucket: 'records', Key: key, BypassGovernanceRetention: undefined });
`,
    },
    {
      name: 'a wrapper that leaves it to its caller',
      code: `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, key, { force }) =>
  client.send(new DeleteObjectCommand({ Bucket: 'records', Key: key, BypassGovernanceRetention: force }));
`,
    },
    {
      name: 'a wrapper whose default its caller can change',
      code: `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, key, bypass = true) =>
  client.send(new DeleteObjectCommand({ Bucket: 'records', Key: key, BypassGovernanceRetention: bypass }));
`,
    },
    {
      name: 'a choice that is made at run time',
      code: `
import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
export const removeAll = (client, Objects, role) =>
  client.send(new DeleteObjectsCommand({ Bucket: 'records', Delete: { Objects }, BypassGovernanceRetention: role === 'auditor' }));
`,
    },
    {
      name: 'a command-line switch',
      code: `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
const bypass = process.argv.includes('--bypass') ? true : undefined;
await client.send(new DeleteObjectCommand({ Bucket: 'records', Key: key, BypassGovernanceRetention: bypass }));
`,
    },
    {
      name: 'a command-line switch, looked for in the input itself',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const args = process.argv.slice(2);
await s3.deleteObject({ Bucket: 'records', Key: key, BypassGovernanceRetention: args.includes('--bypass') ? true : undefined });
`,
    },
    {
      name: 'a choice between what the caller says and nothing',
      code: `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, key, options) =>
  client.send(new DeleteObjectCommand({ Bucket: 'records', Key: key, BypassGovernanceRetention: options ? options.bypass : undefined }));
`,
    },
    {
      name: 'a choice between false and nothing',
      code: `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, key, isOld) =>
  client.send(new DeleteObjectCommand({ Bucket: 'records', Key: key, BypassGovernanceRetention: isOld ? undefined : false }));
`,
    },
    {
      name: 'options of another file, of which nothing is known',
      code: `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { deleteOptions } from './options.js';
export const remove = (client, key) => client.send(new DeleteObjectCommand({ Bucket: 'records', Key: key, ...deleteOptions }));
`,
    },
    {
      name: 'a retention that is extended',
      code: `
import { PutObjectRetentionCommand } from '@aws-sdk/client-s3';
export const extend = (client, key, until) =>
  client.send(new PutObjectRetentionCommand({ Bucket: 'records', Key: key, Retention: { Mode: 'GOVERNANCE', RetainUntilDate: until } }));
`,
    },
    {
      name: 'an object that is stored under a retention',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const store = (client, key, body, until) =>
  client.send(new PutObjectCommand({ Bucket: 'records', Key: key, Body: body, ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: until }));
`,
    },
    {
      name: 'an operation that does not take the header',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const store = (client, key, body) => client.send(new PutObjectCommand({ Bucket: 'records', Key: key, Body: body, BypassGovernanceRetention: true }));
`,
    },
    {
      name: 'an entry of a delete does not take it either',
      code: `
import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
export const removeAll = (client, keys) =>
  client.send(new DeleteObjectsCommand({ Bucket: 'records', Delete: { Objects: keys.map((Key) => ({ Key, BypassGovernanceRetention: true })) } }));
`,
    },
    {
      name: 'a command that is only expected in a test',
      code: `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
expect(sent).toHaveBeenCalledWith(new DeleteObjectCommand({ Bucket: 'records', Key: 'a', BypassGovernanceRetention: true }));
`,
    },
    {
      name: 'a policy that speaks of the permission',
      code: `
import { S3 } from '@aws-sdk/client-s3';
export const s3 = new S3({});
export const policy = { Effect: 'Deny', Action: 's3:BypassGovernanceRetention', Resource: '*', BypassGovernanceRetention: true };
`,
    },
    {
      name: 'minio without the option',
      code: `
import { Client } from 'minio';
export const remove = (minio: Client, key: string, versionId: string) => minio.removeObject('records', key, { versionId, governanceBypass: false });
`,
    },
    {
      name: 'minio extends a retention',
      code: `
import { Client } from 'minio';
export const extend = (minio: Client, key: string, until: string) => minio.putObjectRetention('records', key, { mode: 'GOVERNANCE', retainUntilDate: until });
`,
    },
  ],
  invalid: [
    {
      name: 'a delete that a retention does not stop',
      ...bypasses(
        'deletesRetained',
        '"${key}" in bucket "records"',
        6,
        `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, key) => client.send(new DeleteObjectCommand({
  Bucket: 'records',
  Key: key,
  BypassGovernanceRetention: true,
}));
`,
      ),
    },
    {
      name: 'a delete of one version, in the aggregated client and TypeScript',
      ...bypasses(
        'deletesRetained',
        '"${id}.pdf" in bucket "records"',
        6,
        `
import { S3 } from '@aws-sdk/client-s3';
export class Records {
  private readonly s3 = new S3({});
  async remove(id: string, version: string): Promise<void> {
    await this.s3.deleteObject({ Bucket: 'records', Key: \`\${id}.pdf\`, VersionId: version, BypassGovernanceRetention: true as boolean });
  }
}
`,
      ),
    },
    {
      name: 'several objects in one request',
      ...bypassesSome(
        'bucket "records"',
        4,
        `
import { DeleteObjectsCommand as DeleteMany } from '@aws-sdk/client-s3';
export const removeAll = (client, Objects) =>
  client.send(new DeleteMany({ Bucket: 'records', Delete: { Objects }, BypassGovernanceRetention: true }));
`,
      ),
    },
    {
      name: 'a retention that is shortened',
      ...bypasses(
        'liftsRetention',
        '"${key}" in bucket "records"',
        4,
        `
import { PutObjectRetentionCommand } from '@aws-sdk/client-s3';
export const release = (client, key) =>
  client.send(new PutObjectRetentionCommand({ Bucket: 'records', Key: key, Retention: {}, BypassGovernanceRetention: true }));
`,
      ),
    },
    {
      name: 'by way of a constant',
      ...bypasses(
        'deletesRetained',
        '"${key}" in bucket "records"',
        5,
        `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
const force = true;
export const remove = (client, key) =>
  client.send(new DeleteObjectCommand({ Bucket: 'records', Key: key, BypassGovernanceRetention: force }));
`,
      ),
    },
    {
      name: 'by way of options that are spread: reported where they say so',
      ...bypasses(
        'deletesRetained',
        '"${key}" in bucket "records"',
        3,
        `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
const options = { BypassGovernanceRetention: true };
export const remove = (client, key) => client.send(new DeleteObjectCommand({ Bucket: 'records', Key: key, ...options }));
`,
      ),
    },
    {
      name: 'options that two deletes share are told of once',
      ...bypasses(
        'deletesRetained',
        '"${key}" in bucket "records"',
        4,
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const options = { BypassGovernanceRetention: true };
export const remove = (key) => s3.deleteObject({ Bucket: 'records', Key: key, ...options });
export const removeDraft = (key) => s3.deleteObject({ Bucket: 'drafts', Key: key, ...options });
`,
      ),
    },
    {
      name: 'beside a spread of which nothing is known, and behind it',
      ...bypasses(
        'deletesRetained',
        '"${key}" in bucket "records"',
        3,
        `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, key, rest) => client.send(new DeleteObjectCommand({ ...rest, Bucket: 'records', Key: key, BypassGovernanceRetention: true }));
`,
      ),
    },
    {
      name: 'set on some path: there the lock does not hold',
      ...bypasses(
        'deletesRetained',
        '"${key}" in bucket "records"',
        5,
        `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, key, isAdmin) => {
  const input = { Bucket: 'records', Key: key };
  if (isAdmin) input.BypassGovernanceRetention = true;
  return client.send(new DeleteObjectCommand(input));
};
`,
      ),
    },
    {
      name: 'locked objects are the very ones that the header is sent for',
      ...bypasses(
        'deletesRetained',
        '"${key}" in bucket "records"',
        8,
        `
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function remove(client, key) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'records', Key: key }));
  const locked = head.ObjectLockMode === 'GOVERNANCE';
  await client.send(new DeleteObjectCommand({
    Bucket: 'records', Key: key, VersionId: head.VersionId,
    BypassGovernanceRetention: locked ? true : undefined,
  }));
}
`,
      ),
    },
    {
      name: 'a choice that a constant stands for, with the header in its second branch',
      ...bypasses(
        'deletesRetained',
        '"${key}" in bucket "records"',
        5,
        `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
const bypass = process.env.KEEP_LOCKS ? undefined : true;
export const remove = (client, key) =>
  client.send(new DeleteObjectCommand({ Bucket: 'records', Key: key, BypassGovernanceRetention: bypass }));
`,
      ),
    },
    {
      name: 'the same choice as a spread',
      ...bypasses(
        'deletesRetained',
        '"${key}" in bucket "records"',
        4,
        `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, key, locked) =>
  client.send(new DeleteObjectCommand({ Bucket: 'records', Key: key, ...(locked ? { BypassGovernanceRetention: true } : {}) }));
`,
      ),
    },
    {
      name: 'a choice of which one branch is the header, with minio',
      ...bypasses(
        'deletesRetained',
        '"${key}" in bucket "records"',
        3,
        `
import { Client } from 'minio';
export const remove = (minio: Client, key: string, locked: boolean) => minio.removeObject('records', key, { governanceBypass: locked ? true : false });
`,
      ),
    },
    {
      name: 'a signed delete',
      ...bypasses(
        'deletesRetained',
        '"${key}" in bucket "records"',
        4,
        `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
export const link = (client, key) => getSignedUrl(client, new DeleteObjectCommand({ Bucket: 'records', Key: key, BypassGovernanceRetention: true }));
`,
      ),
    },
    {
      name: 'aws-sdk v2 in CommonJS',
      ...bypasses(
        'deletesRetained',
        '"${key}" in bucket "records"',
        4,
        `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.remove = (key) => s3.deleteObject({ Bucket: 'records', Key: key, BypassGovernanceRetention: true }).promise();
`,
      ),
      ...script,
    },
    {
      name: 'several objects with aws-sdk v2',
      ...bypassesSome(
        'bucket "${process.env.RECORDS}"',
        4,
        `
import S3 from 'aws-sdk/clients/s3';
const s3 = new S3({ params: { Bucket: process.env.RECORDS } });
export const removeAll = (Objects, done) => s3.deleteObjects({ Delete: { Objects }, BypassGovernanceRetention: true }, done);
`,
      ),
    },
    {
      name: 'a client that another file lends',
      ...bypasses(
        'liftsRetention',
        '"${key}" in bucket "${bucket}"',
        3,
        `
import { s3 } from './clients.js';
export const release = (bucket, key, Retention) => s3.putObjectRetention({ Bucket: bucket, Key: key, Retention, BypassGovernanceRetention: true });
`,
      ),
    },
    {
      name: 'minio deletes',
      ...bypasses(
        'deletesRetained',
        '"${key}" in bucket "records"',
        4,
        `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export const remove = (key) => minio.removeObject('records', key, { governanceBypass: true });
`,
      ),
    },
    {
      name: 'minio lifts a retention',
      ...bypasses(
        'liftsRetention',
        '"${key}" in bucket "records"',
        4,
        `
const { Client } = require('minio');
const minio = new Client({ endPoint: 'localhost' });
exports.release = (key) => minio.putObjectRetention('records', key, { governanceBypass: true });
`,
      ),
      ...script,
    },
  ],
});
