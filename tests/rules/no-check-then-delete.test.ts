import { noCheckThenDelete } from '../../src/rules/no-check-then-delete.js';
import { readMarks } from '../marked.js';
import { ruleTester } from '../rule-tester.js';

/** A script, as CommonJS is parsed. */
const script = { languageOptions: { parserOptions: { sourceType: 'script' } } } as const;

type MessageId =
  | 'checkThenDelete'
  | 'checkThenDeleteLent'
  | 'checkThenDeleteV2'
  | 'checkThenDeleteMinio'
  | 'copyThenDelete'
  | 'copyThenDeleteLent'
  | 'copyThenDeleteV2'
  | 'copyThenDeleteMinio'
  | 'downloadThenDelete'
  | 'downloadThenDeleteLent'
  | 'downloadThenDeleteV2'
  | 'downloadThenDeleteMinio';

/** A delete at `▸` that relies on what `①` read or copied. */
const reported = (messageId: MessageId, object: string, source: string) => {
  const { code, mended, at } = readMarks(source);
  return { code, output: mended, errors: [{ messageId, data: { object, line: String(at('①').line) }, ...at('▸') }] };
};

const check = (object: string, source: string) => reported('checkThenDelete', object, source);
const copy = (object: string, source: string) => reported('copyThenDelete', object, source);
const download = (object: string, source: string) => reported('downloadThenDelete', object, source);

ruleTester.run('no-check-then-delete', noCheckThenDelete as never, {
  valid: [
    {
      name: 'the delete is good for the version that was read alone',
      code: `
import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
export async function sweep(client, Key) {
  const current = await client.send(new GetObjectCommand({ Bucket: 'locks', Key }));
  const lock = JSON.parse(await current.Body.transformToString());
  if (lock.expires < Date.now()) await client.send(new DeleteObjectCommand({ Bucket: 'locks', Key, IfMatch: current.ETag }));
}
`,
    },
    {
      name: 'the version that was read is named',
      code: `
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function sweep(client, Key, limit) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'logs', Key }));
  if (head.LastModified < limit) await client.send(new DeleteObjectCommand({ Bucket: 'logs', Key, VersionId: head.VersionId }));
}
`,
    },
    {
      name: 'the time of the last change is a condition in a directory bucket',
      code: `
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function sweep(client, Key, limit) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'logs', Key }));
  if (head.LastModified < limit) await client.send(new DeleteObjectCommand({ Bucket: 'logs', Key, IfMatchLastModifiedTime: head.LastModified }));
}
`,
    },
    {
      name: 'mere existence before a delete: what is gone is gone',
      code: `
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function remove(client, Key) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'photos', Key }));
  if (!head || !head.ETag) return false;
  await client.send(new DeleteObjectCommand({ Bucket: 'photos', Key }));
  return true;
}
`,
    },
    {
      name: 'an adapter that answers 404 before it deletes',
      code: `
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
class Store {
  constructor(private client, private bucket: string) {}
  async exists(key: string): Promise<boolean> {
    try {
      const head = await this.client.send(new HeadObjectCommand({ Bucket: this.bucket, Key: key }));
      return head.$metadata.httpStatusCode === 200;
    } catch (error) {
      if (error.name === 'NotFound') return false;
      throw error;
    }
  }
  async remove(key: string): Promise<void> {
    if (!(await this.exists(key))) throw new Error('404');
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }
}
export default Store;
`,
    },
    {
      name: 'a body is there, or is not',
      code: `
import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
export async function take(client, Key) {
  const response = await client.send(new GetObjectCommand({ Bucket: 'inbox', Key }));
  if (!response.Body) throw new Error('empty');
  const text = await response.Body.transformToString();
  if (text.length === 0) return null;
  await client.send(new DeleteObjectCommand({ Bucket: 'inbox', Key }));
  return text;
}
`,
    },
    {
      name: 'a library is asked whether there is a response',
      code: `
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { isNil } from 'lodash';
export async function remove(client, Key) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'photos', Key }));
  if (isNil(head) || !Boolean(head)) return;
  await client.send(new DeleteObjectCommand({ Bucket: 'photos', Key }));
}
`,
    },
    {
      name: 'a helper for retries gives back the response, and its body is asked for',
      code: `
import pRetry from 'p-retry';
import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
export async function take(client, Key) {
  const response = await pRetry(() => client.send(new GetObjectCommand({ Bucket: 'inbox', Key })), { retries: 2 });
  if (!response.Body || response.ContentLength === 0) return;
  await client.send(new DeleteObjectCommand({ Bucket: 'inbox', Key }));
}
`,
    },
    {
      name: 'a queue: the message is worked on, and then deleted whatever it said',
      code: `
import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
export async function work(client, Key, run) {
  const message = await client.send(new GetObjectCommand({ Bucket: 'queue', Key }));
  await run(JSON.parse(await message.Body.transformToString()));
  await client.send(new DeleteObjectCommand({ Bucket: 'queue', Key }));
}
`,
    },
    {
      name: 'listed rows: the listing says how old they are, and there is nothing read to match',
      code: `
import { DeleteObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
export async function expire(client, limit) {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'logs', Prefix: 'old/' }));
  for (const row of Contents) {
    if (row.LastModified < limit) await client.send(new DeleteObjectCommand({ Bucket: 'logs', Key: row.Key }));
  }
}
`,
    },
    {
      name: 'a bulk delete of listed rows has its conditions in each entry',
      code: `
import { DeleteObjectsCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
export async function purge(client, limit) {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'logs' }));
  const old = Contents.filter((row) => row.LastModified < limit).map(({ Key }) => ({ Key }));
  await client.send(new DeleteObjectsCommand({ Bucket: 'logs', Delete: { Objects: old } }));
}
`,
    },
    {
      name: 'what was read is another object: a manifest says which blob nobody needs',
      code: `
import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
export async function collect(client, blob) {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'store', Key: 'manifest.json' }));
  const manifest = JSON.parse(await Body.transformToString());
  if (manifest.unused.includes(blob)) await client.send(new DeleteObjectCommand({ Bucket: 'store', Key: blob }));
}
`,
    },
    {
      name: 'what decides is the caller, and the read is only logged',
      code: `
import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
export async function remove(client, Key, { force }) {
  const current = await client.send(new GetObjectCommand({ Bucket: 'state', Key }));
  console.log(await current.Body.transformToString());
  if (force === 'yes') await client.send(new DeleteObjectCommand({ Bucket: 'state', Key }));
}
`,
    },
    {
      name: 'what comes with the input may be a condition',
      code: `
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function sweep(client, Key, limit, options) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'logs', Key }));
  if (head.LastModified < limit) await client.send(new DeleteObjectCommand({ Bucket: 'logs', Key, ...options }));
}
`,
    },
    {
      name: 'a middleware of the client sends the condition',
      code: `
import { DeleteObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
client.middlewareStack.add((next) => (args) => { args.request.headers['If-Match'] = tag; return next(args); }, { step: 'build' });
export async function sweep(Key, limit) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'logs', Key }));
  if (head.LastModified < limit) await client.send(new DeleteObjectCommand({ Bucket: 'logs', Key }));
}
`,
    },
    {
      name: 'an object that its project lets everybody overwrite',
      code: `
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function expire(client, Key, limit) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'cache-eu', Key }));
  if (head.LastModified < limit) await client.send(new DeleteObjectCommand({ Bucket: 'cache-eu', Key }));
}
`,
      settings: { s3: { objects: [{ bucket: 'cache-*', write: 'overwrite' }] } },
    },
    {
      name: 'a renaming is one step for S3',
      code: `
import { DeleteObjectCommand, RenameObjectCommand } from '@aws-sdk/client-s3';
export async function move(client, from, to) {
  await client.send(new RenameObjectCommand({ Bucket: 'fast--use1-az4--x-s3', Key: to, RenameSource: 'fast--use1-az4--x-s3/' + from, DestinationIfNoneMatch: '*' }));
  await client.send(new DeleteObjectCommand({ Bucket: 'fast--use1-az4--x-s3', Key: from }));
}
`,
    },
    {
      name: 'a copy under a key that nobody else knows',
      code: `
import { randomUUID } from 'node:crypto';
import { CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
export async function publish(client, Key, stage) {
  const part = \`parts/\${randomUUID()}\`;
  await stage(part);
  await client.send(new CopyObjectCommand({ Bucket: 'site', Key, CopySource: \`site/\${part}\` }));
  await client.send(new DeleteObjectCommand({ Bucket: 'site', Key: part }));
}
`,
    },
    {
      name: 'a temporary object that this very function put there',
      code: `
import { CopyObjectCommand, DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(client, Key, Body) {
  const part = Key + '.part';
  await client.send(new PutObjectCommand({ Bucket: 'site', Key: part, Body }));
  await client.send(new CopyObjectCommand({ Bucket: 'site', Key, CopySource: 'site/' + part }));
  await client.send(new DeleteObjectCommand({ Bucket: 'site', Key: part }));
}
`,
    },
    {
      name: 'the copy is of a version that is named, and the delete is of another object',
      code: `
import { CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
export async function restore(client, Key, version) {
  await client.send(new CopyObjectCommand({ Bucket: 'docs', Key, CopySource: \`docs/\${Key}?versionId=\${version}\` }));
  await client.send(new DeleteObjectCommand({ Bucket: 'docs', Key: Key + '.draft' }));
}
`,
    },
    {
      name: 'a move whose delete is good for the copied version alone',
      code: `
import { CopyObjectCommand, DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function move(client, from, to) {
  const { ETag } = await client.send(new HeadObjectCommand({ Bucket: 'docs', Key: from }));
  await client.send(new CopyObjectCommand({ Bucket: 'docs', Key: to, CopySource: \`docs/\${from}\`, CopySourceIfMatch: ETag }));
  await client.send(new DeleteObjectCommand({ Bucket: 'docs', Key: from, IfMatch: ETag }));
}
`,
    },
    {
      name: 'one or the other: a request either copies or deletes',
      code: `
import { CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
export async function act(client, kind, from, to) {
  if (kind === 'copy') {
    await client.send(new CopyObjectCommand({ Bucket: 'docs', Key: to, CopySource: \`docs/\${from}\` }));
    return 'copied';
  }
  await client.send(new DeleteObjectCommand({ Bucket: 'docs', Key: from }));
  return 'deleted';
}
export async function react(client, kind, from, to) {
  switch (kind) {
    case 'copy':
      await client.send(new CopyObjectCommand({ Bucket: 'docs', Key: to, CopySource: \`docs/\${from}\` }));
      break;
    case 'delete':
      await client.send(new DeleteObjectCommand({ Bucket: 'docs', Key: from }));
  }
}
`,
    },
    {
      name: 'a test of a test file copies, and the next one deletes',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
describe('the store', () => {
  const from = 'a.txt';
  it('copies', async () => {
    await s3.copyObject({ Bucket: 'docs', Key: 'b.txt', CopySource: \`docs/\${from}\` });
  });
  it('deletes', async () => {
    await s3.deleteObject({ Bucket: 'docs', Key: from });
  });
});
`,
    },
    {
      name: 'a copy that failed is no copy',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function keepOrDrop(from, to) {
  try {
    await s3.copyObject({ Bucket: 'docs', Key: to, CopySource: \`docs/\${from}\` });
  } catch {
    await s3.deleteObject({ Bucket: 'docs', Key: from });
  }
}
`,
    },
    {
      name: 'the target is cleared before the copy',
      code: `
import { CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
export async function replace(client, from, to) {
  await client.send(new DeleteObjectCommand({ Bucket: 'docs', Key: from }));
  await client.send(new CopyObjectCommand({ Bucket: 'docs', Key: from, CopySource: \`docs/\${from}\` }));
  await client.send(new DeleteObjectCommand({ Bucket: 'docs', Key: to }));
}
`,
    },
    {
      name: 'two methods that a caller elsewhere may call in any order',
      code: `
import { CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
export class Store {
  constructor(private client, private bucket: string) {}
  async copy(key: string, to: string): Promise<void> {
    await this.client.send(new CopyObjectCommand({ Bucket: this.bucket, Key: to, CopySource: \`\${this.bucket}/\${key}\` }));
  }
  async remove(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }
}
`,
    },
    {
      name: 'an existing helper of another file is asked, and it tells nothing here',
      code: `
const { Client } = require('minio');
const { has } = require('./index-of-objects');
const client = new Client({});
exports.remove = async (name) => {
  if (await has(name)) await client.removeObject('avatars', name);
};
`,
      ...script,
    },
    {
      name: 'minio deletes the version that it looked at',
      code: `
const { Client } = require('minio');
const client = new Client({});
exports.expire = async (name, limit) => {
  const stat = await client.statObject('avatars', name);
  if (stat.lastModified < limit) await client.removeObject('avatars', name, { versionId: stat.versionId });
};
`,
      ...script,
    },
    {
      name: 'a worker stores what it makes of a message, and deletes the message: nothing was copied',
      code: `
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { render } from './render';
export async function work(client, Key) {
  const message = await client.send(new GetObjectCommand({ Bucket: 'queue', Key }));
  const page = render(JSON.parse(await message.Body.transformToString()));
  await client.send(new PutObjectCommand({ Bucket: 'site', Key: 'index.html', Body: page }));
  await client.send(new DeleteObjectCommand({ Bucket: 'queue', Key }));
}
`,
    },
    {
      name: 'a picture is made smaller by a library, and the upload is deleted',
      code: `
import sharp from 'sharp';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function shrink(Key) {
  const { Body } = await s3.getObject({ Bucket: 'uploads', Key });
  const small = await sharp(await Body.transformToByteArray()).resize(64).toBuffer();
  await s3.putObject({ Bucket: 'pictures', Key, Body: small });
  await s3.deleteObject({ Bucket: 'uploads', Key });
}
`,
    },
    {
      name: 'a promise chain whose delete stands in the handler of a failed copy',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const keep = (from, to) =>
  s3
    .getObject({ Bucket: 'docs', Key: from })
    .then((data) => s3.putObject({ Bucket: 'docs', Key: to, Body: data.Body }))
    .catch(() => s3.deleteObject({ Bucket: 'docs', Key: from }));
`,
    },
    {
      name: 'a part of a record is stored elsewhere',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function split(Key) {
  const { Body } = await s3.getObject({ Bucket: 'jobs', Key });
  const job = JSON.parse(await Body.transformToString());
  await s3.putObject({ Bucket: 'jobs', Key: Key + '.log', Body: JSON.stringify(job.log) });
  await s3.deleteObject({ Bucket: 'jobs', Key });
}
`,
    },
    {
      name: 'a move by download, good for the version that was read alone',
      code: `
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function move(client, from, to) {
  const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: 'docs', Key: from }));
  await client.send(new PutObjectCommand({ Bucket: 'docs', Key: to, Body: await Body.transformToByteArray(), IfNoneMatch: '*' }));
  await client.send(new DeleteObjectCommand({ Bucket: 'docs', Key: from, IfMatch: ETag }));
}
`,
    },
    {
      name: 'what was stored elsewhere is the body of another object',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function replaceBy(template, from, to) {
  const { Body } = await s3.getObject({ Bucket: 'docs', Key: template });
  await s3.putObject({ Bucket: 'docs', Key: to, Body: await Body.transformToString() });
  await s3.deleteObject({ Bucket: 'docs', Key: from });
}
`,
    },
    {
      name: 'a staged object that this function put there, read back and stored in its place',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function publish(Key, Body) {
  const staged = Key + '.staged';
  await s3.putObject({ Bucket: 'site', Key: staged, Body });
  const back = await s3.getObject({ Bucket: 'site', Key: staged });
  await s3.putObject({ Bucket: 'site', Key, Body: await back.Body.transformToByteArray() });
  await s3.deleteObject({ Bucket: 'site', Key: staged });
}
`,
    },
    {
      name: 'a range of an object goes elsewhere, which is no move',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function keepHead(from, to) {
  const { Body } = await s3.getObject({ Bucket: 'logs', Key: from, Range: 'bytes=0-1023' });
  await s3.putObject({ Bucket: 'logs', Key: to, Body: await Body.transformToByteArray() });
  await s3.deleteObject({ Bucket: 'logs', Key: from });
}
`,
    },
    {
      name: 'the old name is deleted where the copy of it was not made',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function keepOrDrop(from, to, keep) {
  const { Body } = await s3.getObject({ Bucket: 'docs', Key: from });
  if (keep) await s3.putObject({ Bucket: 'docs', Key: to, Body });
  else await s3.deleteObject({ Bucket: 'docs', Key: from });
}
`,
    },
    {
      name: 'parts of another object are copied',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function append(Key, part, UploadId) {
  await s3.uploadPartCopy({ Bucket: 'logs', Key, UploadId, PartNumber: 1, CopySource: 'logs/' + Key });
  await s3.deleteObject({ Bucket: 'logs', Key: part });
}
`,
    },
  ],
  invalid: [
    {
      name: 'an expired lock that its owner renews before it is swept away',
      ...check(
        '"locks/${name}" in bucket "state"',
        `
import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
export async function sweep(client, name) {
  const Key = \`locks/\${name}\`;
  const current = await client.send(①new GetObjectCommand({ Bucket: 'state', Key }));
  const lock = JSON.parse(await current.Body.transformToString());
  if (lock.expires > Date.now()) return false;
  await client.send(▸new DeleteObjectCommand({ Bucket: 'state', Key«→, IfMatch: current.ETag» }));
  return true;
}
`,
      ),
    },
    {
      name: 'a destructured response is asked for its ETag too',
      ...check(
        '"${Key}" in bucket "state"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function release(Key: string, owner: string): Promise<void> {
  const { Metadata«→, ETag» } = await ①s3.headObject({ Bucket: 'state', Key });
  if (Metadata?.owner === owner) await ▸s3.deleteObject({ Bucket: 'state', Key«→, IfMatch: ETag» });
}
`,
      ),
    },
    {
      name: 'a record that says of itself that it is done, and is replaced by the next one',
      ...check(
        '"job.json" in bucket "jobs"',
        `
const { DeleteObjectCommand, GetObjectCommand } = require('@aws-sdk/client-s3');
exports.clean = async (client) => {
  const response = await client.send(①new GetObjectCommand({ Bucket: 'jobs', Key: 'job.json' }));
  const job = JSON.parse(await response.Body.transformToString());
  if (job.released) await client.send(▸new DeleteObjectCommand({ Bucket: 'jobs', Key: 'job.json'«→, IfMatch: response.ETag» }));
};
`,
      ),
      ...script,
    },
    {
      name: 'a reader gives the record or nothing, and the flag is compared',
      ...check(
        '"jobs/${id}" in bucket "jobs"',
        `
import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
async function load(client, Key) {
  try {
    const response = await client.send(①new GetObjectCommand({ Bucket: 'jobs', Key }));
    return JSON.parse(await response.Body.transformToString());
  } catch {
    return null;
  }
}
export async function clean(client, id) {
  const job = await load(client, \`jobs/\${id}\`);
  if (!job) return;
  if (job.done === true) await client.send(▸new DeleteObjectCommand({ Bucket: 'jobs', Key: \`jobs/\${id}\` }));
}
`,
      ),
    },
    {
      name: 'nobody holds the semaphore any more',
      ...check(
        '"${Key}" in bucket "state"',
        `
import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import { parse } from 'yaml';
export async function close(client, Key) {
  const { Body«→, ETag» } = await client.send(①new GetObjectCommand({ Bucket: 'state', Key }));
  const { holders } = parse(await Body.transformToString());
  if (holders.length === 0) await client.send(▸new DeleteObjectCommand({ Bucket: 'state', Key«→, IfMatch: ETag» }));
}
`,
      ),
    },
    {
      name: 'a mark in the metadata decides',
      ...check(
        '"${Key}" in bucket "uploads"',
        `
import { DeleteObjectCommand as Delete, HeadObjectCommand as Head } from '@aws-sdk/client-s3';
export async function discard(client, Key) {
  const head = await client.send(①new Head({ Bucket: 'uploads', Key }));
  if (!head.Metadata.draft) return;
  await client.send(▸new Delete({ Bucket: 'uploads', Key«→, IfMatch: head.ETag» }));
}
`,
      ),
    },
    {
      name: 'a method of the class reads and judges; there is no response here to match',
      ...check(
        '"${this.prefix}${name}.json" in bucket "${this.bucket}"',
        `
import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
export class Mutex {
  constructor(private client, private bucket: string, private prefix: string, private me: string) {}
  private keyOf(name: string): string {
    return \`\${this.prefix}\${name}.json\`;
  }
  private async load(name: string): Promise<{ lock: any }> {
    const response = await this.client.send(①new GetObjectCommand({ Bucket: this.bucket, Key: this.keyOf(name) }));
    return { lock: JSON.parse(await response.Body.transformToString()) };
  }
  async isMine(name: string): Promise<boolean> {
    const { lock } = await this.load(name);
    return lock.held && lock.owner === this.me;
  }
  async release(name: string, force = false): Promise<void> {
    if (!force) {
      try {
        const mine = await this.isMine(name);
        if (!mine) return;
      } catch {}
    }
    const key = this.keyOf(name);
    await this.client.send(▸new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }
}
`,
      ),
    },
    {
      name: 'stale locks of a listing, each read before it is deleted',
      ...check(
        '"${item.Key}" in bucket "locks"',
        `
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
export async function cleanUp(client, limit) {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'locks' }));
  for (const item of Contents) {
    const found = await client.send(①new GetObjectCommand({ Bucket: 'locks', Key: item.Key }));
    const lock = JSON.parse(await found.Body.transformToString());
    const stale = lock.held && lock.since < limit;
    if (stale) {
      await client.send(
        ▸new DeleteObjectCommand({
          Bucket: 'locks',
          Key: item.Key,«→
          IfMatch: found.ETag,»
        }),
      );
    }
  }
}
`,
      ),
    },
    {
      name: 'the read may have failed: what to match then is for the author',
      ...check(
        '"${Key}" in bucket "logs"',
        `
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function expire(client, Key, limit) {
  let head;
  try {
    head = await client.send(①new HeadObjectCommand({ Bucket: 'logs', Key }));
  } catch {}
  if (head?.LastModified < limit) await client.send(▸new DeleteObjectCommand({ Bucket: 'logs', Key }));
}
`,
      ),
    },
    {
      name: 'the delete stands in a function that gets the key from here',
      ...check(
        '"${key}" in bucket "sessions"',
        `
import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
const drop = (client, Key) => client.send(new DeleteObjectCommand({ Bucket: 'sessions', Key }));
export async function logOut(client, key, user) {
  const response = await client.send(①new GetObjectCommand({ Bucket: 'sessions', Key: key }));
  const session = JSON.parse(await response.Body.transformToString());
  if (session.user === user) await ▸drop(client, key);
}
`,
      ),
    },
    {
      name: 'aws-sdk v2 can name a version only',
      ...reported(
        'checkThenDeleteV2',
        '"${Key}" in bucket "logs"',
        `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.expire = async (Key, limit) => {
  const head = await ①s3.headObject({ Bucket: 'logs', Key }).promise();
  if (head.LastModified < limit) await ▸s3.deleteObject({ Bucket: 'logs', Key }).promise();
};
`,
      ),
      ...script,
    },
    {
      name: 'a callback of aws-sdk v2 judges what it is handed',
      ...reported(
        'checkThenDeleteV2',
        '"${Key}" in bucket "logs"',
        `
import S3 from 'aws-sdk/clients/s3';
const s3 = new S3();
export function expire(Key: string, limit: Date): void {
  ①s3.getObject({ Bucket: 'logs', Key }, (error, data) => {
    if (error) return;
    if (JSON.parse(String(data.Body)).expired) ▸s3.deleteObject({ Bucket: 'logs', Key }, console.log);
  });
}
`,
      ),
    },
    {
      name: 'minio can name a version only',
      ...reported(
        'checkThenDeleteMinio',
        '"${name}" in bucket "avatars"',
        `
import { Client } from 'minio';
const client = new Client({});
export async function expire(name: string, limit: Date): Promise<void> {
  const stat = await ①client.statObject('avatars', name);
  if (stat.lastModified < limit) await ▸client.removeObject('avatars', name);
}
`,
      ),
    },
    {
      name: 'a client of another file may be of either version',
      ...reported(
        'checkThenDeleteLent',
        '"${Key}" in bucket "logs"',
        `
import { s3 } from './clients';
export async function expire(Key, limit) {
  const head = await ①s3.headObject({ Bucket: 'logs', Key });
  if (head.LastModified < limit) await ▸s3.deleteObject({ Bucket: 'logs', Key });
}
`,
      ),
    },
    {
      name: 'a move in two steps loses what is stored between them',
      ...copy(
        '"${from}" in bucket "docs"',
        `
import { CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
export async function move(client, from, to) {
  await client.send(①new CopyObjectCommand({ Bucket: 'docs', Key: to, CopySource: \`docs/\${from}\` }));
  await client.send(▸new DeleteObjectCommand({ Bucket: 'docs', Key: from }));
}
`,
      ),
    },
    {
      name: 'the source is encoded for the header, its slashes kept',
      ...copy(
        '"${from}" in bucket "${bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const encode = (key: string): string => key.split('/').map(encodeURIComponent).join('/');
export async function move(bucket: string, from: string, to: string): Promise<void> {
  await ①s3.copyObject({ Bucket: bucket, Key: to, CopySource: \`/\${bucket}/\${encode(from)}\`, IfNoneMatch: '*' });
  await ▸s3.deleteObject({ Bucket: bucket, Key: from });
}
`,
      ),
    },
    {
      name: 'the source is encoded as a whole, and its slashes are put back',
      ...copy(
        '"${from}" in bucket "${bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function move(bucket: string, from: string, to: string): Promise<void> {
  await ①s3.copyObject({ Bucket: bucket, Key: to, CopySource: \`\${bucket}/\${encodeURIComponent(from).replace(/%2F/g, '/')}\`, IfNoneMatch: '*' });
  await ▸s3.deleteObject({ Bucket: bucket, Key: from });
}
`,
      ),
    },
    {
      name: 'the source is encoded as a whole; the guard of the copy does not guard the delete',
      ...copy(
        '"${from}" in bucket "${process.env.BUCKET}"',
        `
import { CopyObjectCommand, DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
const Bucket = process.env.BUCKET;
export async function move(client, from, to) {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key: from }));
  const CopySource = encodeURI(\`\${Bucket}/\${from}\`);
  await client.send(①new CopyObjectCommand({ Bucket, Key: to, CopySource, CopySourceIfMatch: head.ETag }));
  await client.send(▸new DeleteObjectCommand({ Bucket, Key: from }));
}
`,
      ),
    },
    {
      name: 'an adapter moves by its own methods',
      ...copy(
        '"${source}" in bucket "${this.bucket}"',
        `
import { CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
export class Store {
  constructor(private client, private bucket: string) {}
  async copy(from: string, to: string): Promise<void> {
    await this.client.send(①new CopyObjectCommand({ Bucket: this.bucket, Key: to, CopySource: \`\${this.bucket}/\${from}\` }));
  }
  async remove(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }
  async move(source: string, destination: string): Promise<void> {
    await this.copy(source, destination);
    await ▸this.remove(source);
  }
}
`,
      ),
    },
    {
      name: 'every row of a folder is moved',
      ...reported(
        'copyThenDeleteV2',
        '"${row.Key}" in bucket "docs"',
        `
const { S3 } = require('aws-sdk');
const s3 = new S3();
exports.rename = async (from, to) => {
  const { Contents } = await s3.listObjectsV2({ Bucket: 'docs', Prefix: from }).promise();
  for (const row of Contents) {
    await ①s3.copyObject({ Bucket: 'docs', Key: row.Key.replace(from, to), CopySource: 'docs/' + row.Key }).promise();
    await ▸s3.deleteObject({ Bucket: 'docs', Key: row.Key }).promise();
  }
};
`,
      ),
      ...script,
    },
    {
      name: 'the delete in the callback of the copy, through a client of another file',
      ...reported(
        'copyThenDeleteLent',
        '"${from}" in bucket "${process.env.SPACE}"',
        `
import s3 from '../clients/s3';
export function move(from, to) {
  const Bucket = process.env.SPACE;
  const params = { Bucket, CopySource: \`/\${Bucket}/\${from}\`, Key: to };
  ①s3.copyObject(params, (error) => {
    if (error) console.error(error);
    else ▸s3.deleteObject({ Bucket, Key: from }, console.log);
  });
}
`,
      ),
    },
    {
      name: 'a copy that is tried again, and waited for, comes before the delete',
      ...copy(
        '"${from}" in bucket "docs"',
        `
import { CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
import pRetry from 'p-retry';
export async function move(client, from, to) {
  await pRetry(() => client.send(①new CopyObjectCommand({ Bucket: 'docs', Key: to, CopySource: \`docs/\${encodeURIComponent(from)}\` })), { retries: 3 });
  await client.send(▸new DeleteObjectCommand({ Bucket: 'docs', Key: from }));
}
`,
      ),
    },
    {
      name: 'minio copies and removes by position',
      ...reported(
        'copyThenDeleteMinio',
        '"${from}" in bucket "${bucket}"',
        `
import { Client } from 'minio';
const client = new Client({});
export async function move(bucket: string, from: string, to: string): Promise<void> {
  await ①client.copyObject(bucket, to, \`/\${bucket}/\${from}\`);
  await ▸client.removeObject(bucket, from);
}
`,
      ),
    },
    {
      name: 'a large object is moved by a copy of its parts',
      ...copy(
        '"${from}" in bucket "docs"',
        `
import { CompleteMultipartUploadCommand, CreateMultipartUploadCommand, DeleteObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3';
export async function move(client, from, to, ranges) {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: 'docs', Key: to }));
  const parts = await Promise.all(ranges.map(async (CopySourceRange, index) => {
    const copied = await client.send(①new UploadPartCopyCommand({ Bucket: 'docs', Key: to, UploadId, PartNumber: index + 1, CopySource: \`docs/\${from}\`, CopySourceRange }));
    return { ETag: copied.CopyPartResult.ETag, PartNumber: index + 1 };
  }));
  await client.send(new CompleteMultipartUploadCommand({ Bucket: 'docs', Key: to, UploadId, MultipartUpload: { Parts: parts } }));
  await client.send(▸new DeleteObjectCommand({ Bucket: 'docs', Key: from }));
}
`,
      ),
    },
    {
      name: 'a move by way of the program: the ETag of the read is at hand',
      ...download(
        '"${from}" in bucket "docs"',
        `
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function move(client, from, to) {
  const current = await client.send(new GetObjectCommand({ Bucket: 'docs', Key: from }));
  const bytes = await current.Body.transformToByteArray();
  await client.send(①new PutObjectCommand({ Bucket: 'docs', Key: to, Body: bytes, ContentType: current.ContentType }));
  await client.send(▸new DeleteObjectCommand({ Bucket: 'docs', Key: from«→, IfMatch: current.ETag» }));
}
`,
      ),
    },
    {
      name: 'a record whose content decides that it is moved: what another writer stores is lost by the move',
      ...download(
        '"${from}" in bucket "docs"',
        `
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function finish(client, from, to) {
  const current = await client.send(new GetObjectCommand({ Bucket: 'docs', Key: from }));
  const job = JSON.parse(await current.Body.transformToString());
  if (job.state === 'done') {
    await client.send(①new PutObjectCommand({ Bucket: 'docs', Key: to, Body: JSON.stringify(job) }));
    await client.send(▸new DeleteObjectCommand({ Bucket: 'docs', Key: from«→, IfMatch: current.ETag» }));
  }
}
`,
      ),
    },
    {
      name: 'a record whose content decides that it is deleted, of which only a part is kept: it is no move',
      ...check(
        '"${from}" in bucket "docs"',
        `
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function finish(client, from, to) {
  const current = await client.send(①new GetObjectCommand({ Bucket: 'docs', Key: from }));
  const job = JSON.parse(await current.Body.transformToString());
  if (job.state === 'done') {
    await client.send(new PutObjectCommand({ Bucket: 'docs', Key: to, Body: String(job.steps.length) }));
    await client.send(▸new DeleteObjectCommand({ Bucket: 'docs', Key: from«→, IfMatch: current.ETag» }));
  }
}
`,
      ),
    },
    {
      name: 'a record is marked and archived, and its destructured response is asked for the ETag',
      ...download(
        '"jobs/${id}.json" in bucket "jobs"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function archive(id: string): Promise<void> {
  const { Body«→, ETag» } = await s3.getObject({ Bucket: 'jobs', Key: \`jobs/\${id}.json\` });
  const job = JSON.parse(await Body!.transformToString());
  await ①s3.putObject({ Bucket: 'jobs', Key: \`archive/\${id}.json\`, Body: JSON.stringify({ ...job, archivedAt: Date.now() }) });
  await ▸s3.deleteObject({ Bucket: 'jobs', Key: \`jobs/\${id}.json\`«→, IfMatch: ETag» });
}
`,
      ),
    },
    {
      name: 'a stream of another file\'s making goes to an upload of another bucket',
      ...download(
        '"${Key}" in bucket "inbox"',
        `
import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { streamToBuffer } from './streams';
export async function take(client, Key) {
  const response = await client.send(new GetObjectCommand({ Bucket: 'inbox', Key }));
  const upload = ①new Upload({ client, params: { Bucket: 'store', Key, Body: await streamToBuffer(response.Body) } });
  await upload.done();
  await client.send(▸new DeleteObjectCommand({ Bucket: 'inbox', Key«→, IfMatch: response.ETag» }));
}
`,
      ),
    },
    {
      name: 'the read stands in a function of the file, and its response stays there',
      ...download(
        '"${from}" in bucket "docs"',
        `
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
async function load(client, Key) {
  const response = await client.send(new GetObjectCommand({ Bucket: 'docs', Key }));
  return response.Body.transformToString();
}
export async function rename(client, from, to) {
  const text = await load(client, from);
  await client.send(①new PutObjectCommand({ Bucket: 'docs', Key: to, Body: text }));
  await client.send(▸new DeleteObjectCommand({ Bucket: 'docs', Key: from }));
}
`,
      ),
    },
    {
      name: 'methods of an adapter read, store and delete',
      ...download(
        '"${source}" in bucket "${this.bucket}"',
        `
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export class Store {
  constructor(private client, private bucket: string) {}
  private async readBytes(key: string) {
    const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
    return Body.transformToByteArray();
  }
  private async write(key: string, bytes: Uint8Array) {
    await this.client.send(①new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: bytes }));
  }
  private async remove(key: string) {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }
  async move(source: string, destination: string): Promise<void> {
    await this.write(destination, await this.readBytes(source));
    await ▸this.remove(source);
  }
}
`,
      ),
    },
    {
      name: 'aws-sdk v2 moves by download, and can name a version only',
      ...reported(
        'downloadThenDeleteV2',
        '"${from}" in bucket "docs"',
        `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.move = async (from, to) => {
  const { Body } = await s3.getObject({ Bucket: 'docs', Key: from }).promise();
  await ①s3.upload({ Bucket: 'docs', Key: to, Body }).promise();
  await ▸s3.deleteObject({ Bucket: 'docs', Key: from }).promise();
};
`,
      ),
      ...script,
    },
    {
      name: 'a promise chain: each step runs when those before it have succeeded',
      ...reported(
        'downloadThenDeleteV2',
        '"${from}" in bucket "docs"',
        `
const { S3 } = require('aws-sdk');
const s3 = new S3();
exports.move = (from, to) =>
  s3
    .getObject({ Bucket: 'docs', Key: from })
    .promise()
    .then((data) => ①s3.putObject({ Bucket: 'docs', Key: to, Body: data.Body }).promise())
    .then(() => ▸s3.deleteObject({ Bucket: 'docs', Key: from }).promise());
`,
      ),
      ...script,
    },
    {
      name: 'callbacks through a client of another file',
      ...reported(
        'downloadThenDeleteLent',
        '"${from}" in bucket "docs"',
        `
import s3 from '../clients/s3';
export function move(from, to, done) {
  s3.getObject({ Bucket: 'docs', Key: from }, (error, data) => {
    if (error) return done(error);
    ①s3.putObject({ Bucket: 'docs', Key: to, Body: data.Body }, (failure) => {
      if (failure) return done(failure);
      ▸s3.deleteObject({ Bucket: 'docs', Key: from }, done);
    });
  });
}
`,
      ),
    },
    {
      name: 'minio hands the stream over',
      ...reported(
        'downloadThenDeleteMinio',
        '"${from}" in bucket "${bucket}"',
        `
import { Client } from 'minio';
const client = new Client({});
export async function move(bucket: string, from: string, to: string): Promise<void> {
  const stream = await client.getObject(bucket, from);
  await ①client.putObject(bucket, to, stream);
  await ▸client.removeObject(bucket, from);
}
`,
      ),
    },
  ],
});
