import { noUnrelatedEtag } from '../../src/rules/no-unrelated-etag.js';
import { readMarks } from '../marked.js';
import { ruleTester } from '../rule-tester.js';

/** A script, as CommonJS is parsed. */
const script = { languageOptions: { parserOptions: { sourceType: 'script' } } } as const;

/** The body comes from the read at `①`, and the ETag (`▸`) from the later one at `②`. */
const unrelated = (object: string, source: string) => {
  const { code, mended, at } = readMarks(source);
  return {
    code,
    output: mended,
    errors: [{ messageId: 'unrelatedETag', data: { bodyLine: String(at('①').line), etagLine: String(at('②').line), object }, ...at('▸') } as const],
  };
};

/** The body was made outside, and the ETag (`▸`) is read at `②`, right before the write. */
const headThenPut = (object: string, source: string) => {
  const { code, at } = readMarks(source);
  return { code, output: null, errors: [{ messageId: 'headThenPut', data: { etagLine: String(at('②').line), object }, ...at('▸') } as const] };
};

ruleTester.run('no-unrelated-etag', noUnrelatedEtag as never, {
  valid: [
    {
      name: 'body and ETag come from one response',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function addTag(client, Bucket, Key, tag) {
  const current = await client.send(new GetObjectCommand({ Bucket, Key }));
  const tags = JSON.parse(await current.Body.transformToString());
  tags.push(tag);
  await client.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(tags), IfMatch: current.ETag }));
}
`,
    },
    {
      name: 'body and ETag of one response, destructured and renamed',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function append(Bucket: string, Key: string, line: string): Promise<void> {
  const { Body, ETag: version } = await s3.getObject({ Bucket, Key });
  const text = await Body!.transformToString();
  await s3.putObject({ Bucket, Key, Body: text + line, IfMatch: version });
}
`,
    },
    {
      name: 'a function of the file returns the data with its ETag',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
async function load(Bucket, Key) {
  const response = await s3.getObject({ Bucket, Key });
  return { members: JSON.parse(await response.Body.transformToString()), etag: response.ETag };
}
exports.join = async (Bucket, Key, member) => {
  const { members, etag } = await load(Bucket, Key);
  await s3.putObject({ Bucket, Key, Body: JSON.stringify([...members, member]), IfMatch: etag });
};
`,
      ...script,
    },
    {
      name: 'the read is itself guarded by the ETag of the HEAD',
      code: `
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function compact(client: S3Client, Bucket: string, Key: string): Promise<void> {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
  const current = await client.send(new GetObjectCommand({ Bucket, Key, IfMatch: head.ETag }));
  const lines = (await current.Body!.transformToString()).split('\\n');
  await client.send(new PutObjectCommand({ Bucket, Key, Body: [...new Set(lines)].join('\\n'), IfMatch: head.ETag }));
}
`,
    },
    {
      name: 'a guarded read after the one that the body comes from shows that nothing came between',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function append(Bucket, Key, line) {
  const current = await s3.getObject({ Bucket, Key });
  const text = await current.Body.transformToString();
  const head = await s3.headObject({ Bucket, Key, IfMatch: current.ETag });
  await s3.putObject({ Bucket, Key, Body: text + line, IfMatch: head.ETag });
}
`,
    },
    {
      name: 'an ETag that is older than the body can only fail more often',
      code: `
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function append(client, Bucket, Key, line) {
  const { ETag } = await client.send(new HeadObjectCommand({ Bucket, Key }));
  const current = await client.send(new GetObjectCommand({ Bucket, Key }));
  const text = await current.Body.transformToString();
  await client.send(new PutObjectCommand({ Bucket, Key, Body: text + line, IfMatch: ETag }));
}
`,
    },
    {
      name: 'the ETag of a listing is older than the read of the row',
      code: `
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { upgrade } from './upgrade.js';
export async function upgradeAll(client, Bucket) {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'pages/' }));
  for (const { Key, ETag } of Contents) {
    const page = await client.send(new GetObjectCommand({ Bucket, Key }));
    await client.send(new PutObjectCommand({ Bucket, Key, Body: upgrade(await page.Body.transformToString()), IfMatch: ETag }));
  }
}
`,
    },
    {
      name: 'the caller hands in both, as it read them together',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
import type { S3Client } from '@aws-sdk/client-s3';
export const saveDraft = (client: S3Client, Bucket: string, Key: string, text: string, etag: string) =>
  new Upload({ client, params: { Bucket, Key, Body: text, IfMatch: etag } }).done();
`,
    },
    {
      name: 'the draft of the caller carries its ETag',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
interface Draft { text: string; etag: string }
export class Drafts {
  constructor(private readonly client: S3Client, private readonly bucket: string) {}
  save = (Key: string, draft: Draft) => this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key, Body: draft.text, IfMatch: draft.etag }));
}
`,
    },
    {
      name: 'the HEAD is compared with the version that the caller has seen',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function save(client: S3Client, Bucket: string, Key: string, text: string, seen: string): Promise<void> {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
  if (head.ETag !== seen) throw new Error('somebody else has edited ' + Key);
  await client.send(new PutObjectCommand({ Bucket, Key, Body: text, IfMatch: head.ETag }));
}
`,
    },
    {
      name: 'the HEAD is compared with the If-Match header of the HTTP request',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function PUT(request) {
  const { ETag } = await s3.headObject({ Bucket: 'wiki', Key: 'page.md' });
  if (request.headers.get('if-match') === ETag) {
    await s3.putObject({ Bucket: 'wiki', Key: 'page.md', Body: await request.text(), IfMatch: ETag });
    return new Response(null, { status: 204 });
  }
  return new Response(null, { status: 412 });
}
`,
    },
    {
      name: 'put if newer: the HEAD says what the put replaces, and its ETag holds it to that',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(client, Bucket, Key, manifest) {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
  if (Number(head.Metadata.version) >= manifest.version) return;
  await client.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(manifest), Metadata: { version: String(manifest.version) }, IfMatch: head.ETag }));
}
`,
    },
    {
      name: 'a lock is taken over only where what was read has expired',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Lock {
  constructor(private readonly client: S3Client, private readonly bucket: string, private readonly key: string) {}
  async takeOver(owner: string): Promise<boolean> {
    const current = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: this.key }));
    const lock = JSON.parse(await current.Body!.transformToString());
    if (lock.expires > Date.now()) return false;
    const next = { owner, expires: Date.now() + 30_000 };
    await this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: this.key, Body: JSON.stringify(next), IfMatch: current.ETag }));
    return true;
  }
}
`,
    },
    {
      name: 'a sync puts what differs, and only over what it has compared',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function sync(Bucket: string, Key: string, file: { body: Buffer; size: number; mtime: Date }): Promise<void> {
  const head = await s3.headObject({ Bucket, Key });
  if (head.ContentLength !== file.size || head.LastModified! < file.mtime) {
    await s3.putObject({ Bucket, Key, Body: file.body, IfMatch: head.ETag });
  }
}
`,
    },
    {
      name: 'the write takes the metadata along from the same HEAD',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function replaceBody(client, Bucket, Key, Body) {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
  await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: head.ContentType, Metadata: { ...head.Metadata, edited: 'yes' }, IfMatch: head.ETag }));
}
`,
    },
    {
      name: 'GET and HEAD start together: nobody knows which of them is older',
      code: `
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function append(client, Bucket, Key, line) {
  const [current, head] = await Promise.all([
    client.send(new GetObjectCommand({ Bucket, Key })),
    client.send(new HeadObjectCommand({ Bucket, Key })),
  ]);
  await client.send(new PutObjectCommand({ Bucket, Key, Body: (await current.Body.transformToString()) + line, IfMatch: head.ETag }));
}
`,
    },
    {
      name: 'nobody knows what the body of another file is made from',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { render } from './render.js';
export async function publish(client, Bucket, Key) {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
  await client.send(new PutObjectCommand({ Bucket, Key, Body: await render(), IfMatch: head.ETag }));
}
`,
    },
    {
      name: 'a body made from what the HEAD said comes from that very version',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function count(client, Bucket, Key) {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
  const visits = Number(head.Metadata.visits) + 1;
  await client.send(new PutObjectCommand({ Bucket, Key, Body: String(visits), Metadata: { visits: String(visits) }, IfMatch: head.ETag }));
}
`,
    },
    {
      name: 'the token of a lease is the ETag of its own write',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function hold(client: S3Client, Bucket: string, Key: string, owner: string, work: () => Promise<string>): Promise<void> {
  const taken = await client.send(new PutObjectCommand({ Bucket, Key, Body: owner, IfNoneMatch: '*' }));
  const result = await work();
  await client.send(new PutObjectCommand({ Bucket, Key, Body: result, IfMatch: taken.ETag }));
}
`,
    },
    {
      name: 'each attempt reads anew, and takes body and ETag from that read',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function increment(client, Bucket, Key) {
  for (let attempt = 0; attempt < 5; attempt++) {
    const current = await client.send(new GetObjectCommand({ Bucket, Key }));
    const next = Number(await current.Body.transformToString()) + 1;
    try {
      return await client.send(new PutObjectCommand({ Bucket, Key, Body: String(next), IfMatch: current.ETag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
  throw new Error('busy');
}
`,
    },
    {
      name: 'a retry sets the text and the ETag together',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function append(Bucket: string, Key: string, line: string): Promise<void> {
  let current = await s3.getObject({ Bucket, Key });
  let text = await current.Body!.transformToString();
  try {
    await s3.putObject({ Bucket, Key, Body: text + line, IfMatch: current.ETag });
  } catch (error) {
    if ((error as Error).name !== 'PreconditionFailed') throw error;
    current = await s3.getObject({ Bucket, Key });
    text = await current.Body!.transformToString();
    await s3.putObject({ Bucket, Key, Body: text + line, IfMatch: current.ETag });
  }
}
`,
    },
    {
      name: 'the HEAD is of another object, whose ETag guards its own copy',
      code: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function edit(client, Bucket, Key, line) {
  const backup = await client.send(new HeadObjectCommand({ Bucket, Key: Key + '.bak' }));
  const current = await client.send(new GetObjectCommand({ Bucket, Key }));
  const text = await current.Body.transformToString();
  await client.send(new CopyObjectCommand({ Bucket, Key: Key + '.bak', CopySource: Bucket + '/' + Key, IfMatch: backup.ETag }));
  await client.send(new PutObjectCommand({ Bucket, Key, Body: text + line, IfMatch: current.ETag }));
}
`,
    },
    {
      name: 'a copy has no body: the target is as it was seen',
      code: `
import { CopyObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function promote(client, Bucket, Key, CopySource) {
  const target = await client.send(new HeadObjectCommand({ Bucket, Key }));
  await client.send(new CopyObjectCommand({ Bucket, Key, CopySource, IfMatch: target.ETag }));
}
`,
    },
    {
      name: 'a delete has no body either',
      code: `
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function remove(client, Bucket, Key) {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
  await client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: head.ETag }));
}
`,
    },
    {
      name: 'a create is guarded by no ETag at all',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function copyOnce(client, Bucket, Key, Body) {
  const other = await client.send(new HeadObjectCommand({ Bucket, Key: 'template' }));
  await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: other.ContentType, IfNoneMatch: '*' }));
}
`,
    },
    {
      name: 'minio: stat first, then read',
      code: `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export async function append(key: string, line: string): Promise<void> {
  const { etag } = await minio.statObject('logs', key);
  let text = '';
  for await (const chunk of await minio.getObject('logs', key)) text += chunk;
  await minio.putObject('logs', key, text + line, undefined, { 'If-Match': etag });
}
`,
    },
    {
      name: 'what was read is merged into a shared document, and that is stored',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as Y from 'yjs';
export async function persist(client: S3Client, Bucket: string, Key: string, doc: Y.Doc): Promise<void> {
  const stored = await client.send(new GetObjectCommand({ Bucket, Key }));
  Y.applyUpdate(doc, await stored.Body!.transformToByteArray());
  await client.send(new PutObjectCommand({ Bucket, Key, Body: Y.encodeStateAsUpdate(doc), IfMatch: stored.ETag }));
}
`,
    },
    {
      name: 'an index of another file loads what was read and writes itself out',
      code: `
import { S3 } from '@aws-sdk/client-s3';
import { SearchIndex } from './search-index.js';
const s3 = new S3({});
export async function add(Bucket, Key, page) {
  const { Body, ETag } = await s3.getObject({ Bucket, Key });
  const index = new SearchIndex();
  index.load(await Body.transformToString());
  index.add(page);
  await s3.putObject({ Bucket, Key, Body: index.serialize(), IfMatch: ETag });
}
`,
    },
    {
      name: 'a database file goes to the disk, is changed there, and comes back',
      code: `
import { readFile, writeFile } from 'node:fs/promises';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function withDatabase(client: S3Client, Key: string, path: string, work: (path: string) => Promise<void>): Promise<void> {
  const stored = await client.send(new GetObjectCommand({ Bucket: 'databases', Key }));
  await writeFile(path, await stored.Body!.transformToByteArray());
  await work(path);
  await client.send(new PutObjectCommand({ Bucket: 'databases', Key, Body: await readFile(path), IfMatch: stored.ETag }));
}
`,
    },
    {
      name: 'a rule of another file compares what was read with what is to be stored',
      code: `
import { S3 } from '@aws-sdk/client-s3';
import { assertNewer } from './versions.js';
const s3 = new S3({});
export async function save(Bucket: string, Key: string, document: { version: number }): Promise<void> {
  const stored = await s3.getObject({ Bucket, Key });
  assertNewer(JSON.parse(await stored.Body!.transformToString()), document);
  await s3.putObject({ Bucket, Key, Body: JSON.stringify(document), IfMatch: stored.ETag });
}
`,
    },
    {
      name: 'a function of the file merges what was read into what is to be stored',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
function mergeInto(target, source) {
  for (const name of Object.keys(source)) target[name] ??= source[name];
}
export async function save(Bucket, Key, settings) {
  const stored = await s3.getObject({ Bucket, Key });
  mergeInto(settings, JSON.parse(await stored.Body.transformToString()));
  await s3.putObject({ Bucket, Key, Body: JSON.stringify(settings), IfMatch: stored.ETag });
}
`,
    },
    {
      name: 'what was read is kept as a backup before it is replaced: nothing is lost',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function push(client: S3Client, Bucket: string, Key: string, next: string): Promise<void> {
  const stored = await client.send(new GetObjectCommand({ Bucket, Key }));
  const text = await stored.Body!.transformToString();
  await client.send(new PutObjectCommand({ Bucket, Key: Key + '.backup.' + stored.ETag, Body: text, IfNoneMatch: '*' }));
  await client.send(new PutObjectCommand({ Bucket, Key, Body: next, IfMatch: stored.ETag }));
}
`,
    },
    {
      name: 'the user sees the difference and agrees',
      code: `
import { confirm } from '@inquirer/prompts';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { printDifference } from './difference.js';
export async function push(client: S3Client, Bucket: string, Key: string, local: string): Promise<void> {
  const stored = await client.send(new GetObjectCommand({ Bucket, Key }));
  printDifference(await stored.Body!.transformToString(), local);
  if (!(await confirm({ message: 'Replace it?' }))) return;
  await client.send(new PutObjectCommand({ Bucket, Key, Body: local, IfMatch: stored.ETag }));
}
`,
    },
    {
      name: 'a function hands the text to its callback together with the way to save it',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function edit(Bucket, Key, callback) {
  const stored = await s3.getObject({ Bucket, Key });
  await callback(await stored.Body.transformToString(), (next) => s3.putObject({ Bucket, Key, Body: next, IfMatch: stored.ETag }));
}
`,
    },
    {
      name: 'an open document is returned with its text and a way to save it',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function open(client: S3Client, Bucket: string, Key: string) {
  const stored = await client.send(new GetObjectCommand({ Bucket, Key }));
  return {
    text: await stored.Body!.transformToString(),
    save: (text: string) => client.send(new PutObjectCommand({ Bucket, Key, Body: text, IfMatch: stored.ETag })),
  };
}
`,
    },
    {
      name: 'two functions of one editor: one opens and keeps the ETag, the other saves what the user has made since',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.editorOf = (Bucket, Key) => {
  let etag;
  return {
    async open() {
      etag = (await s3.headObject({ Bucket, Key })).ETag;
    },
    async save(text) {
      if (!etag) throw new Error('not open');
      await s3.putObject({ Bucket, Key, Body: text, IfMatch: etag });
      etag = undefined;
    },
  };
};
`,
      ...script,
    },
    {
      name: 'a row of the database is loaded after the HEAD, so it is not older than what it replaces',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { db } from './db.js';
export async function exportOrder(client: S3Client, id: string): Promise<void> {
  const Key = id + '.json';
  const head = await client.send(new HeadObjectCommand({ Bucket: 'orders', Key }));
  const order = await db.orders.find(id);
  await client.send(new PutObjectCommand({ Bucket: 'orders', Key, Body: JSON.stringify(order), IfMatch: head.ETag }));
}
`,
    },
    {
      name: 'a mirror fetches the page after the HEAD of its copy',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function mirror(url, Key) {
  const { ETag } = await s3.headObject({ Bucket: 'mirror', Key });
  const response = await fetch(url);
  await s3.putObject({ Bucket: 'mirror', Key, Body: Buffer.from(await response.arrayBuffer()), IfMatch: ETag });
}
`,
    },
    {
      name: 'minio: a file of the disk is read after the stat of its copy',
      code: `
import { readFile } from 'node:fs/promises';
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export async function backUp(path: string, key: string): Promise<void> {
  const { etag } = await minio.statObject('backups', key);
  const body = await readFile(path);
  await minio.putObject('backups', key, body, body.length, { 'If-Match': etag });
}
`,
    },
  ],
  invalid: [
    {
      name: 'get, modify, head, put: what was stored before the HEAD is overwritten',
      ...unrelated(
        '"prices.json" in bucket "${Bucket}"',
        `
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function setPrice(client, Bucket, sku, price) {
  const current = await client.send(new ①GetObjectCommand({ Bucket, Key: 'prices.json' }));
  const prices = JSON.parse(await current.Body.transformToString());
  prices[sku] = price;
  const head = await client.send(new ②HeadObjectCommand({ Bucket, Key: 'prices.json' }));
  await client.send(▸new PutObjectCommand({ Bucket, Key: 'prices.json', Body: JSON.stringify(prices), IfMatch: «head.ETag→current.ETag» }));
}
`,
      ),
    },
    {
      name: 'the response of the GET is destructured: its ETag is taken along',
      ...unrelated(
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function append(Bucket: string, Key: string, line: string): Promise<void> {
  const { Body«→, ETag» } = await ①s3.getObject({ Bucket, Key });
  const text = await Body!.transformToString();
  const head = await ②s3.headObject({ Bucket, Key });
  await ▸s3.putObject({ Bucket, Key, Body: text + line, IfMatch: «head.ETag→ETag» });
}
`,
      ),
    },
    {
      name: 'the ETag of the GET has a name already',
      ...unrelated(
        '"${Key}" in bucket "${Bucket}"',
        `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.append = async (Bucket, Key, line) => {
  const { Body, ETag: readETag } = await ①s3.getObject({ Bucket, Key });
  const text = await Body.transformToString();
  console.log('read', readETag);
  const { ETag } = await ②s3.headObject({ Bucket, Key });
  await ▸s3.putObject({ Bucket, Key, Body: text + line, IfMatch: «ETag→readETag» });
};
`,
      ),
      ...script,
    },
    {
      name: 'the condition is a shorthand',
      ...unrelated(
        '"${Key}" in bucket "${Bucket}"',
        `
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function append(client: S3Client, Bucket: string, Key: string, line: string): Promise<void> {
  const current = await client.send(new ①GetObjectCommand({ Bucket, Key }));
  const text = await current.Body!.transformToString();
  const { ETag: IfMatch } = await client.send(new ②HeadObjectCommand({ Bucket, Key }));
  await client.send(▸new PutObjectCommand({ Bucket, Key, Body: text + line, «IfMatch→IfMatch: current.ETag» }));
}
`,
      ),
    },
    {
      name: 'a second GET, read for its ETag alone',
      ...unrelated(
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 as Storage } from '@aws-sdk/client-s3';
const s3 = new Storage({});
export async function edit(Bucket: string, Key: string, change: (text: string) => string): Promise<void> {
  const read = await ①s3.getObject({ Bucket, Key });
  const changed = change(await read.Body!.transformToString());
  const latest = await ②s3.getObject({ Bucket, Key });
  await ▸s3.putObject({ Bucket, Key, Body: changed, IfMatch: «latest.ETag!→read.ETag» });
}
`,
      ),
    },
    {
      name: 'a function of the file reads the latest ETag',
      ...unrelated(
        '"${Key}" in bucket "${Bucket}"',
        `
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
async function latestETag(client, Bucket, Key) {
  const head = await client.send(new ②HeadObjectCommand({ Bucket, Key }));
  return head.ETag;
}
export async function append(client, Bucket, Key, line) {
  const current = await client.send(new ①GetObjectCommand({ Bucket, Key }));
  const text = await current.Body.transformToString();
  const etag = await latestETag(client, Bucket, Key);
  await client.send(▸new PutObjectCommand({ Bucket, Key, Body: text + line, IfMatch: «etag→current.ETag» }));
}
`,
      ),
    },
    {
      name: 'methods of the class: one reads the body, another the ETag; the right response is bound nowhere near',
      ...unrelated(
        '"settings.json" in bucket "${this.bucket}"',
        `
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Settings {
  constructor(private readonly client: S3Client, private readonly bucket: string) {}
  async set(name: string, value: string): Promise<void> {
    const settings = await this.read();
    settings[name] = value;
    const etag = await this.etag();
    await this.client.send(▸new PutObjectCommand({ Bucket: this.bucket, Key: 'settings.json', Body: JSON.stringify(settings), IfMatch: etag }));
  }
  private async read(): Promise<Record<string, string>> {
    const { Body } = await this.client.send(new ①GetObjectCommand({ Bucket: this.bucket, Key: 'settings.json' }));
    return JSON.parse(await Body!.transformToString());
  }
  private async etag(): Promise<string | undefined> {
    return (await this.client.send(new ②HeadObjectCommand({ Bucket: this.bucket, Key: 'settings.json' }))).ETag;
  }
}
`,
      ),
    },
    {
      name: 'the response of the GET has no name',
      ...unrelated(
        '"${Key}" in bucket "${Bucket}"',
        `
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function append(client, Bucket, Key, line) {
  const text = await (await client.send(new ①GetObjectCommand({ Bucket, Key }))).Body.transformToString();
  const head = await client.send(new ②HeadObjectCommand({ Bucket, Key }));
  await client.send(▸new PutObjectCommand({ Bucket, Key, Body: text + line, IfMatch: head.ETag }));
}
`,
      ),
    },
    {
      name: 'the input is made before and the condition assigned',
      ...unrelated(
        '"${Key}" in bucket "${Bucket}"',
        `
import * as aws from '@aws-sdk/client-s3';
export async function append(client, Bucket, Key, line) {
  const current = await client.send(new ①aws.GetObjectCommand({ Bucket, Key }));
  const input = { Bucket, Key, Body: (await current.Body.transformToString()) + line };
  const head = await client.send(new ②aws.HeadObjectCommand({ Bucket, Key }));
  input.IfMatch = «head.ETag→current.ETag»;
  await client.send(▸new aws.PutObjectCommand(input));
}
`,
      ),
    },
    {
      name: 'the HEAD stands inside the command that writes',
      ...unrelated(
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function append(Bucket, Key, line) {
  const current = await ①s3.getObject({ Bucket, Key });
  const text = await current.Body.transformToString();
  await ▸s3.putObject({ Bucket, Key, Body: text + line, IfMatch: «(await ②s3.headObject({ Bucket, Key })).ETag→current.ETag» });
}
`,
      ),
    },
    {
      name: 'lib-storage uploads what was read first and matched last',
      ...unrelated(
        '"${key}" in bucket "videos"',
        `
import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { transcode } from './transcode.js';
export async function convert(client: S3Client, key: string): Promise<void> {
  const source = await client.send(new ①GetObjectCommand({ Bucket: 'videos', Key: key }));
  const video = transcode(await source.Body!.transformToByteArray());
  const { ETag } = await client.send(new ②HeadObjectCommand({ Bucket: 'videos', Key: key }));
  await ▸new Upload({ client, params: { Bucket: 'videos', Key: key, Body: video, IfMatch: «ETag→source.ETag» } }).done();
}
`,
      ),
    },
    {
      name: 'a client of another file that takes promises',
      ...unrelated(
        '"${Key}" in bucket "${Bucket}"',
        `
import { s3 } from './clients.js';
export async function append(Bucket, Key, line) {
  const current = await ①s3.getObject({ Bucket, Key });
  const text = await current.Body.transformToString();
  const head = await ②s3.headObject({ Bucket, Key });
  await ▸s3.putObject({ Bucket, Key, Body: text + line, IfMatch: «head.ETag→current.ETag» });
}
`,
      ),
    },
    {
      name: 'minio: get, stat, put',
      ...unrelated(
        '"${key}" in bucket "logs"',
        `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export async function append(key: string, line: string): Promise<void> {
  let text = '';
  for await (const chunk of await ①minio.getObject('logs', key)) text += chunk;
  const { etag } = await ②minio.statObject('logs', key);
  await ▸minio.putObject('logs', key, text + line, undefined, { 'If-Match': etag });
}
`,
      ),
    },
    {
      name: 'a retry reads the ETag anew and sends the old body with it',
      ...unrelated(
        '"${Key}" in bucket "${Bucket}"',
        `
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function append(client, Bucket, Key, line) {
  const current = await client.send(new ①GetObjectCommand({ Bucket, Key }));
  const text = await current.Body.transformToString();
  for (let attempt = 0; attempt < 5; attempt++) {
    const head = await client.send(new ②HeadObjectCommand({ Bucket, Key }));
    try {
      return await client.send(▸new PutObjectCommand({ Bucket, Key, Body: text + line, IfMatch: head.ETag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
  throw new Error('busy');
}
`,
      ),
    },
    {
      name: 'head, then put: the edit of the caller may be older than the HEAD',
      ...headThenPut(
        '"${Key}" in bucket "${Bucket}"',
        `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function save(client: S3Client, Bucket: string, Key: string, text: string): Promise<void> {
  const head = await client.send(new ②HeadObjectCommand({ Bucket, Key }));
  await client.send(▸new PutObjectCommand({ Bucket, Key, Body: text, IfMatch: head.ETag }));
}
`,
      ),
    },
    {
      name: 'a GET whose ETag alone is used does no better',
      ...headThenPut(
        '"${Key}" in bucket "${Bucket}"',
        `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.save = async (Bucket, Key, settings) => {
  const { ETag: etag } = await ②s3.getObject({ Bucket, Key });
  await ▸s3.putObject({ Bucket, Key, Body: JSON.stringify(settings, null, 2), IfMatch: etag });
};
`,
      ),
      ...script,
    },
    {
      name: 'the body of the HTTP request was made in a browser, minutes ago',
      ...headThenPut(
        '"page.md" in bucket "wiki"',
        `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function PUT(request: Request): Promise<Response> {
  const text = await request.text();
  const { ETag } = await client.send(new ②HeadObjectCommand({ Bucket: 'wiki', Key: 'page.md' }));
  await client.send(▸new PutObjectCommand({ Bucket: 'wiki', Key: 'page.md', Body: text, IfMatch: ETag }));
  return new Response(null, { status: 204 });
}
`,
      ),
    },
    {
      name: 'a function of the file gives the ETag right before the write',
      ...headThenPut(
        '"${Key}" in bucket "${Bucket}"',
        `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
const etagOf = async (client, Bucket, Key) => (await client.send(new ②HeadObjectCommand({ Bucket, Key }))).ETag;
export async function save(client, Bucket, Key, document) {
  const etag = await etagOf(client, Bucket, Key);
  await client.send(▸new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(document), IfMatch: etag }));
}
`,
      ),
    },
    {
      name: 'a function of the file gives the ETag inside the very input',
      ...headThenPut(
        '"${key}" in bucket "notes"',
        `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function tagOf(key: string): Promise<string | undefined> {
  return (await client.send(new ②HeadObjectCommand({ Bucket: 'notes', Key: key }))).ETag;
}
export async function save(key: string, text: string): Promise<void> {
  await client.send(▸new PutObjectCommand({ Bucket: 'notes', Key: key, Body: text, IfMatch: await tagOf(key) }));
}
`,
      ),
    },
    {
      name: 'a method of the class gives the ETag inside the very input',
      ...headThenPut(
        '"${key}" in bucket "${this.bucket}"',
        `
const { S3 } = require('@aws-sdk/client-s3');
exports.Notes = class {
  constructor(bucket) {
    this.bucket = bucket;
    this.s3 = new S3({});
  }
  async save(key, note) {
    await ▸this.s3.putObject({ Bucket: this.bucket, Key: key, Body: JSON.stringify(note), IfMatch: await this.tagOf(key) });
  }
  async tagOf(key) {
    const { ETag } = await ②this.s3.headObject({ Bucket: this.bucket, Key: key });
    return ETag;
  }
};
`,
      ),
      ...script,
    },
    {
      name: 'a function of the file answers with the whole HEAD, inside the very input',
      ...headThenPut(
        '"${Key}" in bucket "${Bucket}"',
        `
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
const headOf = (client, Bucket, Key) => client.send(new ②HeadObjectCommand({ Bucket, Key }));
export async function store(client, Bucket, Key, Body) {
  await ▸new Upload({ client, params: { Bucket, Key, Body, IfMatch: (await headOf(client, Bucket, Key)).ETag } }).done();
}
`,
      ),
    },
    {
      name: 'the HEAD is told of and used for nothing else',
      ...headThenPut(
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function save(Bucket: string, Key: string, text: string): Promise<void> {
  const head = await ②s3.headObject({ Bucket, Key });
  console.log('replacing', head);
  await ▸s3.putObject({ Bucket, Key, Body: text, IfMatch: head.ETag });
}
`,
      ),
    },
    {
      name: 'a function of the file saves the text of the caller with the ETag of a HEAD',
      ...headThenPut(
        '"${key}" in bucket "notes"',
        `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function save(key: string, text: string, etag?: string): Promise<void> {
  await client.send(▸new PutObjectCommand({ Bucket: 'notes', Key: key, Body: text, IfMatch: etag }));
}
export async function replace(key: string, text: string): Promise<void> {
  const head = await client.send(new ②HeadObjectCommand({ Bucket: 'notes', Key: key }));
  return save(key, text, head.ETag);
}
`,
      ),
    },
    {
      name: 'get, modify, head, and a function of the file that puts',
      ...unrelated(
        '"${key}" in bucket "notes"',
        `
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function save(key: string, text: string, etag?: string): Promise<void> {
  await client.send(▸new PutObjectCommand({ Bucket: 'notes', Key: key, Body: text, IfMatch: etag }));
}
export async function append(key: string, line: string): Promise<void> {
  const note = await client.send(new ①GetObjectCommand({ Bucket: 'notes', Key: key }));
  const text = await note.Body!.transformToString();
  const head = await client.send(new ②HeadObjectCommand({ Bucket: 'notes', Key: key }));
  await save(key, text + line, head.ETag);
}
`,
      ),
    },
    {
      name: 'a row of the database that was loaded before the HEAD may be older than what it replaces',
      ...headThenPut(
        '"${id}.json" in bucket "orders"',
        `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { db } from './db.js';
export async function exportOrder(client, id) {
  const order = await db.orders.find(id);
  const Key = id + '.json';
  const head = await client.send(new ②HeadObjectCommand({ Bucket: 'orders', Key }));
  await client.send(▸new PutObjectCommand({ Bucket: 'orders', Key, Body: JSON.stringify(order), IfMatch: head.ETag }));
}
`,
      ),
    },
    {
      name: 'a method of a repository heads what it is about to replace',
      ...headThenPut(
        '"documents/${document.id}.json" in bucket "${this.bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
export class Documents {
  private readonly s3 = new S3({});
  constructor(private readonly bucket: string) {}
  async save(document: { id: string; title: string }): Promise<void> {
    const head = await ②this.s3.headObject({ Bucket: this.bucket, Key: \`documents/\${document.id}.json\` });
    await ▸this.s3.putObject({ Bucket: this.bucket, Key: \`documents/\${document.id}.json\`, Body: JSON.stringify(document), IfMatch: head.ETag });
  }
}
`,
      ),
    },
    {
      name: 'an upload of what the caller gives, over what a HEAD has just seen',
      ...headThenPut(
        '"${key}" in bucket "videos"',
        `
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
export async function store(client: S3Client, key: string, video: Uint8Array): Promise<void> {
  const head = await client.send(new ②HeadObjectCommand({ Bucket: 'videos', Key: key }));
  await ▸new Upload({ client, params: { Bucket: 'videos', Key: key, Body: video, IfMatch: head.ETag } }).done();
}
`,
      ),
    },
    {
      name: 'a test of mere existence does not tie the body to what was read',
      ...headThenPut(
        '"${Key}" in bucket "${Bucket}"',
        `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function replace(client, Bucket, Key, body) {
  const head = await client.send(new ②HeadObjectCommand({ Bucket, Key })).catch(() => undefined);
  if (!head) throw new Error('there is no ' + Key);
  await client.send(▸new PutObjectCommand({ Bucket, Key, Body: body, IfMatch: head.ETag }));
}
`,
      ),
    },
    {
      name: 'minio: stat, then put',
      ...headThenPut(
        '"${key}" in bucket "photos"',
        `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export async function replace(key: string, body: Buffer): Promise<void> {
  const { etag } = await ②minio.statObject('photos', key);
  await ▸minio.putObject('photos', key, body, body.length, { 'If-Match': etag });
}
`,
      ),
    },
  ],
});
