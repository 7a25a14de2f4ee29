import { noCachedEtag } from '../../src/rules/no-cached-etag.js';
import { ruleTester } from '../rule-tester.js';

ruleTester.run('no-cached-etag', noCachedEtag as never, {
  valid: [
    {
      name: 'the entries are kept beside their ETag, in one field: both are of one version, and a conflict drops both',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Index {
  private loaded: { entries: Record<string, string>; etag?: string } | null = null;
  constructor(private readonly client: S3Client) {}
  async load(): Promise<void> {
    const current = await this.client.send(new GetObjectCommand({ Bucket: 'exports', Key: 'index.json' }));
    this.loaded = { entries: JSON.parse(await current.Body!.transformToString()), etag: current.ETag };
  }
  async save(name: string, value: string): Promise<void> {
    if (!this.loaded) throw new Error('Load first.');
    const entries = { ...this.loaded.entries, [name]: value };
    await this.client.send(new PutObjectCommand({ Bucket: 'exports', Key: 'index.json', Body: JSON.stringify(entries), IfMatch: this.loaded.etag }));
  }
}
`,
    },
    {
      name: 'ETag and body come from one read in the same function',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function setPrice(client, bucket, sku, price) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'prices.json' }));
  const prices = JSON.parse(await current.Body.transformToString());
  prices[sku] = price;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'prices.json', Body: JSON.stringify(prices), IfMatch: current.ETag }));
}
`,
    },
    {
      name: 'the ETag is destructured from the read of this operation, with a better name',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function addTag(Bucket: string, Key: string, tag: string): Promise<void> {
  const { Body, ETag: etag } = await s3.getObject({ Bucket, Key });
  const tags: string[] = JSON.parse(await Body!.transformToString());
  await s3.putObject({ Bucket, Key, Body: JSON.stringify([...tags, tag]), IfMatch: etag });
}
`,
    },
    {
      name: 'a promise chain hands the response of its own read to the write',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.touch = (Bucket, Key) =>
  s3.getObject({ Bucket, Key }).then((current) =>
    current.Body.transformToString().then((text) => s3.putObject({ Bucket, Key, Body: text + '\\n', IfMatch: current.ETag })),
  );
`,
    },
    {
      name: 'a function of the file reads for this operation and returns the ETag with the data',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function load(bucket: string, key: string) {
  const response = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return { members: JSON.parse(await response.Body!.transformToString()), etag: response.ETag };
}
export async function addMember(bucket: string, key: string, member: string): Promise<void> {
  const { members, etag } = await load(bucket, key);
  members.push(member);
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(members), IfMatch: etag }));
}
`,
    },
    {
      name: 'a local variable that the read of this operation sets in a try',
      code: `
import { HeadObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
export async function removeIfUnchanged(client, Bucket, Key) {
  let etag;
  try {
    const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
    etag = head.ETag;
  } catch (error) {
    if (error.name === 'NotFound') return;
    throw error;
  }
  await client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: etag }));
}
`,
    },
    {
      name: 'a local variable that each attempt of a retry reads anew',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function increment(client, Bucket, Key) {
  let etag;
  for (let attempt = 0; attempt < 5; attempt++) {
    const current = await client.send(new GetObjectCommand({ Bucket, Key }));
    etag = current.ETag;
    const next = Number(await current.Body.transformToString()) + 1;
    try {
      return await client.send(new PutObjectCommand({ Bucket, Key, Body: String(next), IfMatch: etag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
  throw new Error('busy');
}
`,
    },
    {
      name: 'the caller hands the ETag in: it knows which read it belongs to',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
export async function saveDraft(client, bucket: string, key: string, text: string, etag: string): Promise<void> {
  await new Upload({ client, params: { Bucket: bucket, Key: key, Body: text, IfMatch: etag } }).done();
}
`,
    },
    {
      name: 'the ETag travels inside the document that the caller hands in',
      code: `
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
interface Draft { text: string; meta: { etag: string } }
export class Drafts {
  constructor(private readonly client: S3Client, private readonly bucket: string) {}
  async save(key: string, { text, meta: { etag } }: Draft): Promise<void> {
    await this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: text, IfMatch: etag }));
  }
}
`,
    },
    {
      name: 'the If-Match header of the HTTP request: its sender has seen that version',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function PUT(request: Request): Promise<Response> {
  const etag = request.headers.get('if-match') ?? undefined;
  await client.send(new PutObjectCommand({ Bucket: 'wiki', Key: 'page.md', Body: await request.text(), IfMatch: etag }));
  return new Response(null, { status: 204 });
}
`,
    },
    {
      name: 'a query parameter is read with get() too, and is no cache',
      code: `
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function DELETE(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  await client.send(new DeleteObjectCommand({ Bucket: 'wiki', Key: 'page.md', IfMatch: searchParams.get('etag') ?? '*' }));
  return new Response(null, { status: 204 });
}
`,
    },
    {
      name: 'the event of a Lambda function carries the ETag of the client that edited',
      code: `
const { PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const client = new S3Client({});
exports.handler = async (event) => {
  const { text, etag } = JSON.parse(event.body);
  await client.send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key: 'note.txt', Body: text, IfMatch: etag }));
  return { statusCode: 204 };
};
`,
    },
    {
      name: 'a map of versions that the caller hands in belongs to the caller',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(client, bucket: string, pages: Map<string, string>, etags: ReadonlyMap<string, string>) {
  for (const [key, page] of pages) {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: page, IfMatch: etags.get(key) }));
  }
}
`,
    },
    {
      name: 'a field that the same method sets from a read before it writes',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Counter {
  private etag: string | undefined;
  constructor(private readonly client: S3Client, private readonly bucket: string) {}
  async increment(): Promise<void> {
    const current = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: 'count' }));
    this.etag = current.ETag;
    const next = Number(await current.Body!.transformToString()) + 1;
    await this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: 'count', Body: String(next), IfMatch: this.etag }));
  }
}
`,
    },
    {
      name: 'a field that a private read sets anew in the same method before it writes',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Counter {
  #etag: string | undefined;
  constructor(private readonly client: S3Client, private readonly bucket: string) {}
  async #read(): Promise<number> {
    const current = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: 'count' }));
    this.#etag = current.ETag;
    return Number(await current.Body!.transformToString());
  }
  async increment(): Promise<void> {
    const count = await this.#read();
    await this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: 'count', Body: String(count + 1), IfMatch: this.#etag }));
  }
}
`,
    },
    {
      name: 'a lease renews and releases with the ETag of its own write: a fencing token',
      code: `
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Lease {
  private token: string | undefined;
  constructor(private readonly client: S3Client, private readonly bucket: string, private readonly key: string) {}
  async acquire(owner: string): Promise<void> {
    const { ETag } = await this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: this.key, Body: owner, IfNoneMatch: '*' }));
    this.token = ETag;
  }
  async renew(owner: string): Promise<void> {
    const renewed = await this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: this.key, Body: owner, IfMatch: this.token }));
    this.token = renewed.ETag;
  }
  async release(): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: this.key, IfMatch: this.token }));
    this.token = undefined;
  }
}
`,
    },
    {
      name: 'the fencing token of the one lock of a process, in a variable of its module',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
let token;
exports.lock = async (owner) => {
  const written = await s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' });
  token = written.ETag;
};
exports.unlock = async () => {
  await s3.deleteObject({ Bucket: 'locks', Key: 'nightly', IfMatch: token });
};
`,
    },
    {
      name: 'the fencing tokens of many locks, by key',
      code: `
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Locks {
  private readonly tokens = new Map<string, string>();
  constructor(private readonly client: S3Client) {}
  async lock(key: string, owner: string): Promise<void> {
    const written = await this.client.send(new PutObjectCommand({ Bucket: 'locks', Key: key, Body: owner, IfNoneMatch: '*' }));
    this.tokens.set(key, written.ETag!);
  }
  async unlock(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: 'locks', Key: key, IfMatch: this.tokens.get(key) }));
    this.tokens.delete(key);
  }
}
`,
    },
    {
      name: 'a map made anew for each operation and filled by its reads',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function upgradeAll(client, bucket: string, keys: string[]): Promise<void> {
  const etags = new Map<string, string>();
  const pages = new Map<string, string>();
  for (const key of keys) {
    const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    etags.set(key, current.ETag);
    pages.set(key, upgrade(await current.Body.transformToString()));
  }
  for (const [key, page] of pages) {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: page, IfMatch: etags.get(key) }));
  }
}
`,
    },
    {
      name: 'a map of the listing that this cleanup made',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function sweep(Bucket: string, expired: string[]): Promise<void> {
  const listed = await s3.listObjectsV2({ Bucket, Prefix: 'tmp/' });
  const etags = new Map((listed.Contents ?? []).map((object) => [object.Key, object.ETag]));
  for (const Key of expired) await s3.deleteObject({ Bucket, Key, IfMatch: etags.get(Key) });
}
`,
    },
    {
      name: 'rows of a listing are deleted with the ETag that the listing gave',
      code: `
import { DeleteObjectsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
export async function empty(client, Bucket: string): Promise<void> {
  const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'tmp/' }));
  const Objects = page.Contents.map(({ Key, ETag }) => ({ Key, ETag }));
  await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
}
`,
    },
    {
      name: 'IfNoneMatch "*" is a literal, and names no version',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const create = (client, key, body) => client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: body, IfNoneMatch: '*' }));
`,
    },
    {
      name: 'IfMatch "*" of a delete only says that the object must be there',
      code: `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, key) => client.send(new DeleteObjectCommand({ Bucket: 'photos', Key: key, IfMatch: '*' }));
`,
    },
    {
      name: 'a cached ETag on a read saves a download: nothing is overwritten',
      code: `
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const etags = new Map<string, string>();
const bodies = new Map<string, string>();
export async function cachedRead(key: string): Promise<string> {
  try {
    const fresh = await client.send(new GetObjectCommand({ Bucket: 'wiki', Key: key, IfNoneMatch: etags.get(key) }));
    etags.set(key, fresh.ETag!);
    bodies.set(key, await fresh.Body!.transformToString());
  } catch (error) {
    if (error.$metadata?.httpStatusCode !== 304) throw error;
  }
  return bodies.get(key)!;
}
`,
    },
    {
      name: 'CopySourceIfMatch guards the source of a copy and is no precondition of the write',
      code: `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
const released = '"9bb58f26192e4ba00f01e2e7b136bbd8"';
export const install = (client, key) =>
  client.send(new CopyObjectCommand({ Bucket: 'live', Key: key, CopySource: 'dist/' + key, CopySourceIfMatch: released, IfNoneMatch: '*' }));
`,
    },
    {
      name: 'Redis tells which object is meant; its ETag is read here',
      code: `
import Redis from 'ioredis';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
const redis = new Redis();
export async function append(client, room: string, line: string): Promise<void> {
  const key = await redis.get('room:' + room);
  const current = await client.send(new GetObjectCommand({ Bucket: 'chats', Key: key }));
  const log = await current.Body.transformToString();
  await client.send(new PutObjectCommand({ Bucket: 'chats', Key: key, Body: log + line, IfMatch: current.ETag }));
}
`,
    },
    {
      name: 'the client is memoised, the read is not',
      code: `
import memoize from 'lodash/memoize';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const clientOf = memoize((region: string) => new S3Client({ region }));
export async function append(region: string, Bucket: string, Key: string, line: string): Promise<void> {
  const current = await clientOf(region).send(new GetObjectCommand({ Bucket, Key }));
  const log = await current.Body!.transformToString();
  await clientOf(region).send(new PutObjectCommand({ Bucket, Key, Body: log + line, IfMatch: current.ETag }));
}
`,
    },
    {
      name: 'React state holds the text; the ETag is read when it is saved',
      code: `
import { useState } from 'react';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export function useNotes(client, Bucket: string, Key: string) {
  const [line, setLine] = useState('');
  const append = async () => {
    const current = await client.send(new GetObjectCommand({ Bucket, Key }));
    const notes = await current.Body.transformToString();
    await client.send(new PutObjectCommand({ Bucket, Key, Body: notes + line, IfMatch: current.ETag }));
  };
  return { line, setLine, append };
}
`,
    },
    {
      name: 'a script: its whole module is one operation',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const current = await client.send(new GetObjectCommand({ Bucket: 'site', Key: 'sitemap.xml' }));
const sitemap = await current.Body.transformToString();
await client.send(new PutObjectCommand({ Bucket: 'site', Key: 'sitemap.xml', Body: rewrite(sitemap), IfMatch: current.ETag }));
`,
    },
    {
      name: 'a repository of another file that returns the document with its ETag: nothing says that it caches',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { documents } from './documents.js';
export async function rename(client, key: string, title: string): Promise<void> {
  const document = await documents.get(key);
  document.body.title = title;
  await client.send(new PutObjectCommand({ Bucket: 'documents', Key: key, Body: JSON.stringify(document.body), IfMatch: document.etag }));
}
`,
    },
    {
      name: 'minio: the stat of this operation gives the ETag of the header',
      code: `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export async function replace(key: string, body: Buffer): Promise<void> {
  const { etag } = await minio.statObject('photos', key);
  await minio.putObject('photos', key, body, body.length, { 'If-Match': etag });
}
`,
    },
    {
      name: 'CloudFront has an IfMatch too; it is no write to S3',
      code: `
import { UpdateDistributionCommand } from '@aws-sdk/client-cloudfront';
import { PutObjectCommand } from '@aws-sdk/client-s3';
const pinned = 'E2QWRUHEXAMPLE';
export async function publish(cloudfront, client, Id, DistributionConfig, key, body) {
  await client.send(new PutObjectCommand({ Bucket: 'site', Key: key, Body: body, IfNoneMatch: '*' }));
  await cloudfront.send(new UpdateDistributionCommand({ Id, DistributionConfig, IfMatch: pinned }));
}
`,
    },
    {
      name: 'a field that the method has read anew, written from a callback of the same method',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { traced } from './tracing.js';
export class Counter {
  private etag: string | undefined;
  constructor(private readonly client: S3Client, private readonly bucket: string) {}
  async increment(): Promise<void> {
    const current = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: 'count' }));
    this.etag = current.ETag;
    const next = Number(await current.Body!.transformToString()) + 1;
    await traced('increment', () =>
      this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: 'count', Body: String(next), IfMatch: this.etag })),
    );
  }
}
`,
    },
    {
      name: 'a private method reads for this operation and returns the ETag',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Settings {
  constructor(private readonly client: S3Client) {}
  private async get(key: string) {
    const { Body, ETag } = await this.client.send(new GetObjectCommand({ Bucket: 'settings', Key: key }));
    return { text: await Body!.transformToString(), etag: ETag };
  }
  async append(key: string, line: string): Promise<void> {
    const current = await this.get(key);
    await this.client.send(new PutObjectCommand({ Bucket: 'settings', Key: key, Body: current.text + line, IfMatch: current.etag }));
  }
}
`,
    },
    {
      name: 'a function of the file makes the map of versions anew for this operation',
      code: `
import { HeadObjectCommand, DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function versionsOf(keys: string[]): Promise<Map<string, string>> {
  const versions = new Map<string, string>();
  for (const key of keys) {
    const head = await client.send(new HeadObjectCommand({ Bucket: 'tmp', Key: key }));
    versions.set(key, head.ETag!);
  }
  return versions;
}
export async function sweep(keys: string[]): Promise<void> {
  const versions = await versionsOf(keys);
  for (const key of keys) {
    await client.send(new DeleteObjectCommand({ Bucket: 'tmp', Key: key, IfMatch: versions.get(key) }));
  }
}
`,
    },
    {
      name: 'another service answers with the document and its ETag: an HTTP get is no cache',
      code: `
import axios from 'axios';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function approve(client, id: string): Promise<void> {
  const { data } = await axios.get('https://drafts.example.com/' + id);
  await client.send(new PutObjectCommand({ Bucket: 'approved', Key: id, Body: data.text, IfMatch: data.etag }));
}
`,
    },
    {
      name: 'a map of the service is filled by the read of the same method, and asked in it',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Pages {
  private readonly etags = new Map<string, string>();
  constructor(private readonly client: S3Client) {}
  async edit(key: string, change: (text: string) => string): Promise<void> {
    const page = await this.client.send(new GetObjectCommand({ Bucket: 'wiki', Key: key }));
    this.etags.set(key, page.ETag!);
    const text = change(await page.Body!.transformToString());
    await this.client.send(new PutObjectCommand({ Bucket: 'wiki', Key: key, Body: text, IfMatch: this.etags.get(key) }));
  }
}
`,
    },
    {
      name: 'a map of the module is set from the HEAD of this cleanup before it is asked',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
const seen = new Map();
exports.expire = async (Bucket, Key, now) => {
  const head = await s3.headObject({ Bucket, Key });
  seen.set(Key, head.ETag);
  if (head.LastModified > now) return;
  await s3.deleteObject({ Bucket, Key, IfMatch: seen.get(Key) });
};
`,
    },
    {
      name: 'the tokens of locks that a function of the file creates',
      code: `
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const held = new Map<string, string>();
async function create(key: string): Promise<string> {
  const { ETag } = await client.send(new PutObjectCommand({ Bucket: 'locks', Key: key, Body: 'held', IfNoneMatch: '*' }));
  return ETag!;
}
export async function lock(key: string): Promise<void> {
  held.set(key, await create(key));
}
export async function unlock(key: string): Promise<void> {
  const etag = held.get(key);
  if (etag) await client.send(new DeleteObjectCommand({ Bucket: 'locks', Key: key, IfMatch: etag }));
}
`,
    },
  ],
  invalid: [
    {
      name: 'one variable of the module for everybody: a later load gives an old body a new ETag',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
let settingsETag: string | undefined;
export async function load(client: S3Client, bucket: string) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'settings.json' }));
  settingsETag = current.ETag;
  return JSON.parse(await current.Body!.transformToString());
}
export async function save(client: S3Client, bucket: string, settings: object): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'settings.json', Body: JSON.stringify(settings), IfMatch: settingsETag }));
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'settingsETag', holder: 'the state of this module', object: '"settings.json" in bucket "${bucket}"' },
          line: 10,
          suggestions: [],
        },
      ],
    },
    {
      name: 'CommonJS, promises: the module keeps the ETag without its quotes',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
let lastETag = null;
exports.load = (Bucket, Key) =>
  s3.headObject({ Bucket, Key }).then((head) => {
    lastETag = head.ETag;
  });
exports.save = (Bucket, Key, Body) => s3.putObject({ Bucket, Key, Body, IfMatch: lastETag.replace(/"/g, '') });
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'lastETag', holder: 'the state of this module', object: '"${Key}" in bucket "${Bucket}"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'a constant object of the module whose member is kept between operations',
      code: `
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
const client = new S3Client({});
const state: { etag?: string } = {};
export async function open(bucket: string) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'board.json' }));
  state.etag = current.ETag;
  return current.Body!.transformToString();
}
export async function save(bucket: string, board: string): Promise<void> {
  await new Upload({ client, params: { Bucket: bucket, Key: 'board.json', Body: board, IfMatch: state.etag } }).done();
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'state.etag', holder: 'the state of this module', object: '"board.json" in bucket "${bucket}"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'a read when the module loads is older than every request that writes with it',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const start = await client.send(new HeadObjectCommand({ Bucket: 'site', Key: 'feed.xml' }));
export async function publish(feed: string): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: 'site', Key: 'feed.xml', Body: feed, IfMatch: start.ETag }));
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'start.ETag', holder: 'the state of this module', object: '"feed.xml" in bucket "site"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'a field of a service: two requests share one instance',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class PriceList {
  private etag: string | undefined;
  constructor(private readonly client: S3Client, private readonly bucket: string) {}
  async load() {
    const current = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: 'prices.json' }));
    this.etag = current.ETag;
    return JSON.parse(await current.Body!.transformToString());
  }
  async save(prices: Record<string, number>): Promise<void> {
    await this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: 'prices.json', Body: JSON.stringify(prices), IfMatch: this.etag }));
  }
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'this.etag', holder: 'a field of the instance', object: '"prices.json" in bucket "${this.bucket}"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'a private field that a destructured read fills; a delete with it may hit a newer object',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
class Session {
  #etag = null;
  constructor() {
    this.s3 = new S3({});
  }
  async open(Key) {
    const { Body, ETag } = await this.s3.getObject({ Bucket: 'sessions', Key });
    this.#etag = ETag;
    return Body.transformToString();
  }
  async end(Key) {
    await this.s3.deleteObject({ Bucket: 'sessions', Key, IfMatch: this.#etag });
  }
}
module.exports = { Session };
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'this.#etag', holder: 'a field of the instance', object: '"${Key}" in bucket "sessions"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'a field that is set only after the write holds the ETag of the time before',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Board {
  private etag: string | undefined;
  constructor(private readonly client: S3Client) {}
  async replace(board: string): Promise<string> {
    await this.client.send(new PutObjectCommand({ Bucket: 'boards', Key: 'main', Body: board, IfMatch: this.etag }));
    const stored = await this.client.send(new GetObjectCommand({ Bucket: 'boards', Key: 'main' }));
    this.etag = stored.ETag;
    return stored.Body!.transformToString();
  }
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'this.etag', holder: 'a field of the instance', object: '"main" in bucket "boards"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'a static is shared by all instances',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Manifest {
  static etag: string | undefined;
  static async refresh(client: S3Client): Promise<void> {
    const head = await client.send(new HeadObjectCommand({ Bucket: 'releases', Key: 'manifest.json' }));
    Manifest.etag = head.ETag;
  }
  static async publish(client: S3Client, manifest: string): Promise<void> {
    await client.send(new PutObjectCommand({ Bucket: 'releases', Key: 'manifest.json', Body: manifest, IfMatch: Manifest.etag }));
  }
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'Manifest.etag', holder: 'the state of this module', object: '"manifest.json" in bucket "releases"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'a map of the module, though the read of this operation has the right ETag',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const etags = new Map<string, string>();
export const remember = (key: string, etag: string) => etags.set(key, etag);
export async function addMember(Bucket: string, Key: string, member: string): Promise<void> {
  const current = await s3.getObject({ Bucket, Key });
  const members: string[] = JSON.parse(await current.Body!.transformToString());
  members.push(member);
  await s3.putObject({ Bucket, Key, Body: JSON.stringify(members), IfMatch: etags.get(Key) });
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'etags.get(Key)', holder: 'a map that outlives the operation', object: '"${Key}" in bucket "${Bucket}"' },
          suggestions: [
            {
              messageId: 'useReadETag',
              data: { line: '7' },
              output: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const etags = new Map<string, string>();
export const remember = (key: string, etag: string) => etags.set(key, etag);
export async function addMember(Bucket: string, Key: string, member: string): Promise<void> {
  const current = await s3.getObject({ Bucket, Key });
  const members: string[] = JSON.parse(await current.Body!.transformToString());
  members.push(member);
  await s3.putObject({ Bucket, Key, Body: JSON.stringify(members), IfMatch: current.ETag });
}
`,
            },
          ],
        },
      ],
    },
    {
      name: 'a map that is a field of the service; the suggestion takes the ETag out of the destructured read',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Wiki {
  private readonly etags = new Map<string, string>();
  constructor(private readonly client: S3Client) {}
  async open(key: string): Promise<string> {
    const page = await this.client.send(new GetObjectCommand({ Bucket: 'wiki', Key: key }));
    this.etags.set(key, page.ETag!);
    return page.Body!.transformToString();
  }
  async append(key: string, line: string): Promise<void> {
    const { Body } = await this.client.send(new GetObjectCommand({ Bucket: 'wiki', Key: key }));
    const text = await Body!.transformToString();
    await this.client.send(new PutObjectCommand({ Bucket: 'wiki', Key: key, Body: text + line, IfMatch: this.etags.get(key) }));
  }
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'this.etags.get(key)', holder: 'a map that outlives the operation', object: '"${key}" in bucket "wiki"' },
          suggestions: [
            {
              messageId: 'useReadETag',
              data: { line: '12' },
              output: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Wiki {
  private readonly etags = new Map<string, string>();
  constructor(private readonly client: S3Client) {}
  async open(key: string): Promise<string> {
    const page = await this.client.send(new GetObjectCommand({ Bucket: 'wiki', Key: key }));
    this.etags.set(key, page.ETag!);
    return page.Body!.transformToString();
  }
  async append(key: string, line: string): Promise<void> {
    const { Body, ETag } = await this.client.send(new GetObjectCommand({ Bucket: 'wiki', Key: key }));
    const text = await Body!.transformToString();
    await this.client.send(new PutObjectCommand({ Bucket: 'wiki', Key: key, Body: text + line, IfMatch: ETag }));
  }
}
`,
            },
          ],
        },
      ],
    },
    {
      name: 'a map of the service that is set only after the write holds the ETag of the time before',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Pages {
  private readonly etags = new Map<string, string>();
  constructor(private readonly client: S3Client) {}
  async save(key: string, text: string): Promise<void> {
    await this.client.send(new PutObjectCommand({ Bucket: 'wiki', Key: key, Body: text, IfMatch: this.etags.get(key) }));
    const head = await this.client.send(new HeadObjectCommand({ Bucket: 'wiki', Key: key }));
    this.etags.set(key, head.ETag!);
  }
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'this.etags.get(key)', holder: 'a map that outlives the operation', object: '"${key}" in bucket "wiki"' },
          line: 7,
          suggestions: [],
        },
      ],
    },
    {
      name: 'a WeakMap by tenant outlives each of the tenant\'s requests',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const versions = new WeakMap<object, string>();
export async function load(client: S3Client, tenant: { bucket: string }) {
  const current = await client.send(new GetObjectCommand({ Bucket: tenant.bucket, Key: 'plan.json' }));
  versions.set(tenant, current.ETag!);
  return current.Body!.transformToString();
}
export async function save(client: S3Client, tenant: { bucket: string }, plan: string): Promise<void> {
  const etag = versions.get(tenant);
  await client.send(new PutObjectCommand({ Bucket: tenant.bucket, Key: 'plan.json', Body: plan, IfMatch: etag }));
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'versions.get(tenant)', holder: 'a map that outlives the operation', object: '"plan.json" in bucket "${tenant.bucket}"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'an LRU cache made in the constructor',
      code: `
const { LRUCache } = require('lru-cache');
const { HeadObjectCommand, PutObjectCommand } = require('@aws-sdk/client-s3');
class Thumbnails {
  constructor(client) {
    this.client = client;
    this.cache = new LRUCache({ max: 500 });
  }
  async look(Key) {
    const head = await this.client.send(new HeadObjectCommand({ Bucket: 'thumbs', Key }));
    this.cache.set(Key, head.ETag);
  }
  async replace(Key, Body) {
    await this.client.send(new PutObjectCommand({ Bucket: 'thumbs', Key, Body, IfMatch: this.cache.get(Key) }));
  }
}
module.exports = Thumbnails;
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'this.cache.get(Key)', holder: 'a store', object: '"${Key}" in bucket "thumbs"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'Redis holds the ETag that some process has seen last',
      code: `
import Redis from 'ioredis';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const redis = new Redis(process.env.REDIS_URL!);
export async function save(client: S3Client, id: string, page: string): Promise<void> {
  const etag = await redis.get(\`etag:\${id}\`);
  await client.send(new PutObjectCommand({ Bucket: 'wiki', Key: \`\${id}.md\`, Body: page, IfMatch: etag! }));
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'redis.get(`etag:${id}`)', holder: 'a store', object: '"${id}.md" in bucket "wiki"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'a hash of node-redis, handed to minio as a header',
      code: `
import { createClient } from 'redis';
import { Client } from 'minio';
const redis = createClient();
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export async function save(key: string, body: Buffer): Promise<void> {
  const etag = await redis.hGet('etags', key);
  await minio.putObject('photos', key, body, body.length, { 'If-Match': etag });
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: "redis.hGet('etags', key)", holder: 'a store', object: '"${key}" in bucket "photos"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'a row of DynamoDB remembers an ETag of any age',
      code: `
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { CopyObjectCommand, S3Client } from '@aws-sdk/client-s3';
const table = DynamoDBDocument.from(new DynamoDB({}));
export async function promote(client: S3Client, id: string): Promise<void> {
  const { Item } = await table.get({ TableName: 'versions', Key: { id } });
  await client.send(new CopyObjectCommand({ Bucket: 'live', Key: id, CopySource: \`staging/\${id}\`, IfMatch: Item!.etag }));
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: "table.get({ TableName: 'versions', Key: { id } })", holder: 'a store', object: '"${id}" in bucket "live"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'localStorage outlives the page that read the object',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function saveNote(client, text) {
  await client.send(new PutObjectCommand({ Bucket: 'notes', Key: 'today.txt', Body: text, IfMatch: localStorage.getItem('note-etag') ?? undefined }));
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: "localStorage.getItem('note-etag')", holder: "the browser's storage", object: '"today.txt" in bucket "notes"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'sessionStorage, through a function of the file',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const etagOf = (key) => sessionStorage.getItem('etag/' + key);
export const save = (key, text) => s3.putObject({ Bucket: 'notes', Key: key, Body: text, IfMatch: etagOf(key) });
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: "sessionStorage.getItem('etag/' + key)", holder: "the browser's storage", object: '"${key}" in bucket "notes"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'an environment variable is as old as the deployment',
      code: `
const { CompleteMultipartUploadCommand } = require('@aws-sdk/client-s3');
exports.finish = (client, UploadId, Parts) =>
  client.send(new CompleteMultipartUploadCommand({ Bucket: 'dumps', Key: 'db.tar', UploadId, MultipartUpload: { Parts }, IfMatch: process.env.DUMP_ETAG }));
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'process.env.DUMP_ETAG', holder: 'the environment', object: '"db.tar" in bucket "dumps"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'an ETag written into the source matches one version, once',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
const known = '"9bb58f26192e4ba00f01e2e7b136bbd8"';
export const save = (client, body) => client.send(new PutObjectCommand({ Bucket: 'site', Key: 'robots.txt', Body: body, IfMatch: known }));
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: `'"9bb58f26192e4ba00f01e2e7b136bbd8"'`, holder: 'the source code', object: '"robots.txt" in bucket "site"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'a literal in the call itself; the read that stands above it has the true one',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function append(client, line) {
  const current = await client.send(new GetObjectCommand({ Bucket: 'site', Key: 'log.txt' }));
  const log = await current.Body.transformToString();
  await client.send(new PutObjectCommand({ Bucket: 'site', Key: 'log.txt', Body: log + line, IfMatch: '"abc"' }));
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: `'"abc"'`, holder: 'the source code', object: '"log.txt" in bucket "site"' },
          suggestions: [
            {
              messageId: 'useReadETag',
              data: { line: '4' },
              output: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function append(client, line) {
  const current = await client.send(new GetObjectCommand({ Bucket: 'site', Key: 'log.txt' }));
  const log = await current.Body.transformToString();
  await client.send(new PutObjectCommand({ Bucket: 'site', Key: 'log.txt', Body: log + line, IfMatch: current.ETag }));
}
`,
            },
          ],
        },
      ],
    },
    {
      name: 'a read of another object offers no ETag: nothing is suggested',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
const etags = new Map();
export const remember = (key, etag) => etags.set(key, etag);
export async function publish(client, key) {
  const template = await client.send(new GetObjectCommand({ Bucket: 'templates', Key: key }));
  await client.send(new PutObjectCommand({ Bucket: 'site', Key: key, Body: template.Body, IfMatch: etags.get(key) }));
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'etags.get(key)', holder: 'a map that outlives the operation', object: '"${key}" in bucket "site"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'lodash memoises the HEAD: every later call gets the first answer',
      code: `
import { memoize } from 'lodash';
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const etagOf = memoize(async (key: string) => (await client.send(new HeadObjectCommand({ Bucket: 'site', Key: key }))).ETag);
export async function save(key: string, body: string): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: 'site', Key: key, Body: body, IfMatch: await etagOf(key) }));
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'etagOf(key)', holder: 'a memoised function', object: '"${key}" in bucket "site"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'a whole memoised read: its ETag is as old as its body is not',
      code: `
const _ = require('lodash');
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
const look = _.memoize((Key) => s3.headObject({ Bucket: 'site', Key }));
exports.save = async (Key, Body) => {
  const { ETag } = await look(Key);
  await s3.putObject({ Bucket: 'site', Key, Body, IfMatch: ETag });
};
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'look(Key)', holder: 'a memoised function', object: '"${Key}" in bucket "site"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'React state keeps the ETag over many renders and saves',
      code: `
import { useState } from 'react';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
export function useNote(client: S3Client, Key: string) {
  const [etag, setEtag] = useState<string>();
  const load = async () => {
    const current = await client.send(new GetObjectCommand({ Bucket: 'notes', Key }));
    setEtag(current.ETag);
    return current.Body!.transformToString();
  };
  const save = (text: string) => client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body: text, IfMatch: etag }));
  return { load, save };
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'useState<string>()', holder: 'the state of a component', object: '"${Key}" in bucket "notes"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'a React ref keeps it just as long',
      code: `
import * as React from 'react';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export function useNote(client, Key) {
  const etag = React.useRef();
  const load = async () => {
    const current = await client.send(new GetObjectCommand({ Bucket: 'notes', Key }));
    etag.current = current.ETag;
    return current.Body.transformToString();
  };
  const save = (text) => client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body: text, IfMatch: etag.current }));
  return { load, save };
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'React.useRef()', holder: 'the state of a component', object: '"${Key}" in bucket "notes"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'a query cache answers with what it fetched some time ago',
      code: `
import { useQuery } from '@tanstack/react-query';
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export function useAvatar(client, Key) {
  const { data } = useQuery({ queryKey: [Key], queryFn: () => client.send(new HeadObjectCommand({ Bucket: 'avatars', Key })) });
  return (image) => client.send(new PutObjectCommand({ Bucket: 'avatars', Key, Body: image, IfMatch: data.ETag }));
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'useQuery({ queryKey: [Key], queryFn: () => clie…', holder: 'the state of a component', object: '"${Key}" in bucket "avatars"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'a rename that is guarded by a kept ETag of its destination',
      code: `
import { HeadObjectCommand, RenameObjectCommand, S3Client } from '@aws-sdk/client-s3';
let target: string | undefined;
export async function prepare(client: S3Client): Promise<void> {
  target = (await client.send(new HeadObjectCommand({ Bucket: 'logs--use1-az4--x-s3', Key: 'current.log' }))).ETag;
}
export async function rotate(client: S3Client): Promise<void> {
  await client.send(
    new RenameObjectCommand({ Bucket: 'logs--use1-az4--x-s3', Key: 'current.log', RenameSource: 'next.log', DestinationIfMatch: target }),
  );
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'target', holder: 'the state of this module', object: '"current.log" in bucket "logs--use1-az4--x-s3"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'an input that is built step by step and ends with a kept ETag',
      code: `
import { HeadObjectCommand, PutObjectCommand, type PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
const seen = new Map<string, string>();
export async function look(client: S3Client, key: string): Promise<void> {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'site', Key: key }));
  seen.set(key, head.ETag!);
}
export async function save(client: S3Client, key: string, body: string): Promise<void> {
  const input: PutObjectCommandInput = { Bucket: 'site', Key: key, Body: body };
  input.IfMatch = seen.get(key);
  await client.send(new PutObjectCommand(input));
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'seen.get(key)', holder: 'a map that outlives the operation', object: '"${key}" in bucket "site"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'the whole response is kept in a field',
      code: `
import { GetObjectCommand, PutObjectCommand, type GetObjectCommandOutput, S3Client } from '@aws-sdk/client-s3';
export class Editor {
  private current: GetObjectCommandOutput | undefined;
  constructor(private readonly client: S3Client) {}
  async open(key: string): Promise<string> {
    this.current = await this.client.send(new GetObjectCommand({ Bucket: 'wiki', Key: key }));
    return this.current.Body!.transformToString();
  }
  async save(key: string, page: string): Promise<void> {
    await this.client.send(new PutObjectCommand({ Bucket: 'wiki', Key: key, Body: page, IfMatch: this.current!.ETag }));
  }
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'this.current!.ETag', holder: 'a field of the instance', object: '"${key}" in bucket "wiki"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'a cache of one entry: a variable of the module that holds body and ETag',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
let cache = null;
exports.load = async () => {
  const current = await s3.getObject({ Bucket: 'config', Key: 'flags.json' });
  cache = { flags: JSON.parse(await current.Body.transformToString()), etag: current.ETag };
  return cache.flags;
};
exports.save = async (flags) => {
  await s3.putObject({ Bucket: 'config', Key: 'flags.json', Body: JSON.stringify(flags), IfMatch: cache.etag });
};
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'cache.etag', holder: 'the state of this module', object: '"flags.json" in bucket "config"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'a plain object of the module used as a map',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
const etags = {};
exports.load = async (Key) => {
  const { Body, ETag } = await s3.getObject({ Bucket: 'config', Key });
  etags[Key] = ETag;
  return Body.transformToString();
};
exports.save = (Key, Body) => s3.putObject({ Bucket: 'config', Key, Body, IfMatch: etags[Key] });
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'etags[Key]', holder: 'the state of this module', object: '"${Key}" in bucket "config"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'a map of entries, each with body and ETag',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const cache = new Map<string, { text: string; etag: string }>();
export async function load(client: S3Client, key: string): Promise<string> {
  const current = await client.send(new GetObjectCommand({ Bucket: 'wiki', Key: key }));
  const text = await current.Body!.transformToString();
  cache.set(key, { text, etag: current.ETag! });
  return text;
}
export async function save(client: S3Client, key: string, text: string): Promise<void> {
  const cached = cache.get(key);
  if (!cached) throw new Error('load it first');
  await client.send(new PutObjectCommand({ Bucket: 'wiki', Key: key, Body: text, IfMatch: cached.etag }));
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'cache.get(key)', holder: 'a map that outlives the operation', object: '"${key}" in bucket "wiki"' },
          suggestions: [],
        },
      ],
    },
    {
      name: 'a React context hands the same ETag to every component',
      code: `
import { useContext } from 'react';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { NoteContext } from './note-context.js';
export function useSave(client, Key) {
  const { etag } = useContext(NoteContext);
  return (text) => client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body: text, IfMatch: etag }));
}
`,
      errors: [
        {
          messageId: 'cachedETag',
          data: { name: 'useContext(NoteContext)', holder: 'the state of a component', object: '"${Key}" in bucket "notes"' },
          suggestions: [],
        },
      ],
    },
  ],
});
