import { noComputedEtag } from '../../src/rules/no-computed-etag.js';
import { readMarks } from '../marked.js';
import { ruleTester } from '../rule-tester.js';

/** A script, as CommonJS is parsed. */
const script = { languageOptions: { parserOptions: { sourceType: 'script' } } } as const;

/** A condition at `▸` whose value is the hash of `①`. */
const condition = (messageId: 'computedCondition' | 'computedConditionMinio' | 'computedNoneMatch', header: string, object: string, source: string) => {
  const { code, at } = readMarks(source);
  return { code, errors: [{ messageId, data: { header, object, line: String(at('①').line) }, ...at('▸') }] };
};

/** A comparison at `▸` with the hash of `①`. */
const compares = (source: string) => {
  const { code, at } = readMarks(source);
  return { code, errors: [{ messageId: 'computedComparison', data: { line: String(at('①').line) }, ...at('▸') }] };
};

ruleTester.run('no-computed-etag', noComputedEtag as never, {
  valid: [
    {
      name: 'the ETag of the read is the one that S3 compares',
      code: `
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function remove(client, Key) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'photos', Key }));
  await client.send(new DeleteObjectCommand({ Bucket: 'photos', Key, IfMatch: head.ETag }));
}
`,
    },
    {
      name: 'Content-MD5 is there to be computed: S3 checks the body on arrival with it',
      code: `
import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const put = (client, Key, Body, etag) =>
  client.send(new PutObjectCommand({ Bucket: 'photos', Key, Body, IfMatch: etag, ContentMD5: createHash('md5').update(Body).digest('base64') }));
`,
    },
    {
      name: 'checksum headers are hashes of the body by contract',
      code: `
import { createHash } from 'node:crypto';
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function putOnce(client, Key, Body) {
  const sum = createHash('sha256').update(Body).digest('base64');
  const head = await client.send(new HeadObjectCommand({ Bucket: 'photos', Key, ChecksumMode: 'ENABLED' }));
  if (head.ChecksumSHA256 === sum) return head.ETag;
  return client.send(new PutObjectCommand({ Bucket: 'photos', Key, Body, ChecksumSHA256: sum, IfMatch: head.ETag }));
}
`,
    },
    {
      name: 'a hash kept in the metadata by its author is compared with its like',
      code: `
import { createHash } from 'node:crypto';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
export async function isCurrent(client, Key, body) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'photos', Key }));
  console.log(head.ETag);
  return head.Metadata.md5 === createHash('md5').update(body).digest('hex');
}
`,
    },
    {
      name: 'one field of a row is not the other',
      code: `
import md5 from 'md5';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
async function look(client, Key) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'photos', Key }));
  return { etag: head.ETag, sum: head.Metadata.sum };
}
export async function isCurrent(client, Key, body) {
  const row = await look(client, Key);
  return row.sum === md5(body);
}
`,
    },
    {
      name: "the ETag of one's own HTTP answers is one's own affair",
      code: `
import { createHash } from 'node:crypto';
import { GetObjectCommand } from '@aws-sdk/client-s3';
export async function serve(client, req, res) {
  const object = await client.send(new GetObjectCommand({ Bucket: 'pages', Key: req.path }));
  const body = await object.Body.transformToString();
  const etag = createHash('sha1').update(body).digest('hex');
  if (req.headers['if-none-match'] === etag || req.headers.ETag === etag) return res.status(304).end();
  res.setHeader('ETag', etag);
  res.end(body);
}
`,
    },
    {
      name: 'a server that answers with a hash, and takes the header from a function',
      code: `
const etag = require('etag');
const { S3 } = require('aws-sdk');
const s3 = new S3();
exports.serve = async (req, res) => {
  const { Body } = await s3.getObject({ Bucket: 'pages', Key: req.path }).promise();
  const { headers } = req;
  if (headers.etag === etag(Body) || req.get('If-None-Match') === etag(Body)) return res.sendStatus(304);
  res.send(Body);
};
`,
      ...script,
    },
    {
      name: 'two hashes are compared: the index of what was uploaded last',
      code: `
import { createHash } from 'crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
const hash = (body) => createHash('md5').update(body).digest('hex');
export async function sync(client, index, Key, Body) {
  const sum = hash(Body);
  if (index[Key] === sum || hash(index.etag) === sum) return;
  await client.send(new PutObjectCommand({ Bucket: 'site', Key, Body }));
}
`,
    },
    {
      name: 'two ETags of S3 are compared, one of a cache that is keyed by a hash',
      code: `
import { createHash } from 'crypto';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
const seen = {};
export async function hasChanged(client, url) {
  const id = createHash('sha1').update(url).digest('hex');
  const head = await client.send(new HeadObjectCommand({ Bucket: 'pages', Key: id }));
  const changed = seen[id] !== head.ETag;
  seen[id] = head.ETag;
  return changed;
}
`,
    },
    {
      name: 'what a map holds under a hash is no hash',
      code: `
import md5 from 'md5';
import { PutObjectCommand } from '@aws-sdk/client-s3';
const etags = new Map();
export async function save(client, path, Body) {
  const { ETag } = await client.send(new PutObjectCommand({ Bucket: 'pages', Key: path, Body, IfMatch: etags.get(md5(path)) }));
  etags.set(md5(path), ETag);
}
`,
    },
    {
      name: 'what a helper of another file finds under a hash is no hash',
      code: `
import md5 from 'md5';
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { loadETag } from './index-file';
export async function save(client, path, Body) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'pages', Key: path }));
  const known = await loadETag(md5(path));
  if (known !== head.ETag) throw new Error('changed');
  await client.send(new PutObjectCommand({ Bucket: 'pages', Key: path, Body, IfMatch: known }));
}
`,
    },
    {
      name: 'the ETag of an entry that was hashed for the key only',
      code: `
import { createHash } from 'crypto';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
const idOf = (key) => createHash('md5').update(key).digest('hex');
export async function changed(client, known) {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'photos' }));
  return Contents.filter((row) => known[idOf(row.Key)] !== row.ETag);
}
`,
    },
    {
      name: 'what may be an ETag or a hash is not known for either',
      code: `
import { createHash } from 'crypto';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
export async function isCurrent(client, Key, body, remote) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'photos', Key }));
  const version = remote ? head.ETag : createHash('md5').update(body).digest('hex');
  return head.ETag === version;
}
`,
    },
    {
      name: 'an ETag that is asked for its kind',
      code: `
import { createHash } from 'crypto';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
export async function kindOf(client, Key, body) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'photos', Key }));
  if (head.ETag === undefined || head.ETag === '' || head.ETag.length === 34) return 'simple';
  return createHash('md5').update(body).digest('hex');
}
`,
    },
    {
      name: 'a create-only write under a hashed key',
      code: `
import { createHash } from 'crypto';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const store = (Body) => s3.putObject({ Bucket: 'blobs', Key: createHash('sha256').update(Body).digest('hex'), Body, IfNoneMatch: '*' });
`,
    },
    {
      name: 'aws-sdk v2 throws on the condition of a delete: another rule tells of it',
      code: `
const md5 = require('md5');
const { S3 } = require('aws-sdk');
const s3 = new S3();
exports.remove = (body) => s3.deleteObject({ Bucket: 'blobs', Key: 'a', IfMatch: md5(body) }).promise();
`,
      ...script,
    },
    {
      name: 'a hash function of nobody knows where',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const store = (hash, Key, Body) => s3.putObject({ Bucket: 'blobs', Key, Body, IfMatch: hash(Body) });
`,
    },
    {
      name: 'a map of the ETags that one file keeps, and the hash of another question',
      code: `
const { Client } = require('minio');
const { createHash } = require('crypto');
const client = new Client({});
exports.look = async (name, password, stored) => {
  const stat = await client.statObject('avatars', name);
  const allowed = stored === createHash('sha256').update(password).digest('hex');
  return allowed ? stat.etag : null;
};
`,
      ...script,
    },
  ],
  invalid: [
    {
      name: 'the MD5 of the body as IfMatch: S3 has another ETag for what went up in parts',
      ...condition(
        'computedCondition',
        'IfMatch',
        '"${Key}" in bucket "photos"',
        `
import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function replace(client, Key, before, Body) {
  const etag = ①createHash('md5').update(before).digest('hex');
  await client.send(▸new PutObjectCommand({ Bucket: 'photos', Key, Body, IfMatch: \`"\${etag}"\` }));
}
`,
      ),
    },
    {
      name: 'a delete that is guarded by a hash, in CommonJS with the aggregated client',
      ...condition(
        'computedCondition',
        'IfMatch',
        '"a.json" in bucket "state"',
        `
const crypto = require('crypto');
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
const md5 = (text) => ①crypto.createHash('md5').update(text).digest('hex');
exports.remove = (text) => ▸s3.deleteObject({ Bucket: 'state', Key: 'a.json', IfMatch: '"' + md5(text) + '"' });
`,
      ),
      ...script,
    },
    {
      name: 'a read that asks whether the local copy is still good',
      ...condition(
        'computedCondition',
        'IfNoneMatch',
        '"${Key}" in bucket "photos"',
        `
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { md5OfFile as sumOf } from '../files/checksums';
export async function refresh(client, Key: string, path: string): Promise<void> {
  const local = await ①sumOf(path);
  await client.send(▸new GetObjectCommand({ Bucket: 'photos', Key, IfNoneMatch: local }));
}
`,
      ),
    },
    {
      name: 'the source of a copy is guarded by a hash',
      ...condition(
        'computedCondition',
        'CopySourceIfMatch',
        '"${key}" in bucket "archive"',
        `
import { S3 } from 'aws-sdk';
import SparkMD5 from 'spark-md5';
const s3 = new S3();
export const archive = (key: string, text: string) =>
  ▸s3.copyObject({ Bucket: 'archive', Key: key, CopySource: 'live/' + key, CopySourceIfMatch: ①SparkMD5.hash(text) }).promise();
`,
      ),
    },
    {
      name: 'S3 has no "write unless it has this hash"',
      ...condition(
        'computedNoneMatch',
        'IfNoneMatch',
        '"${Key}" in bucket "site"',
        `
import { createHash } from 'crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import normalizeETag from './normalizeETag';
export async function publish(client, Key, Body) {
  const entries = new Map();
  const entry = entries.get(Key) || {};
  entry['self'] = { ETag: ①createHash('md5').update(Body).digest('hex') };
  const { ETag } = entries.get(Key)['self'];
  await client.send(▸new PutObjectCommand({ Bucket: 'site', Key, Body, IfNoneMatch: normalizeETag(ETag) }));
}
`,
      ),
    },
    {
      name: 'an upload of lib-storage, which goes in parts by design',
      ...condition(
        'computedCondition',
        'IfMatch',
        '"${Key}" in bucket "videos"',
        `
import { createHash } from 'crypto';
import { Upload } from '@aws-sdk/lib-storage';
import { S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export const replace = (Key, old, Body) =>
  ▸new Upload({ client, params: { Bucket: 'videos', Key, Body, IfMatch: ①createHash('md5').update(old).digest('hex') } }).done();
`,
      ),
    },
    {
      name: 'minio sends the header among the metadata',
      ...condition(
        'computedConditionMinio',
        'IfMatch',
        '"${name}" in bucket "avatars"',
        `
import { createHash } from 'crypto';
import { Client } from 'minio';
const client = new Client({});
export const replace = (name, old, body) =>
  ▸client.putObject('avatars', name, body, body.length, { 'If-Match': ①createHash('md5').update(old).digest('hex') });
`,
      ),
    },
    {
      name: 'the platform digests, and the bytes are spelt as hex',
      ...condition(
        'computedCondition',
        'IfMatch',
        '"${Key}" in bucket "photos"',
        `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
async function sum(body) {
  const bytes = await ①crypto.subtle.digest('SHA-256', body);
  return Array.from(new Uint8Array(bytes)).map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
export const remove = async (client, Key, body) => client.send(▸new DeleteObjectCommand({ Bucket: 'photos', Key, IfMatch: await sum(body) }));
`,
      ),
    },
    {
      name: 'a sync that compares the ETag of a HEAD with the MD5 of the file',
      ...compares(`
import { createHash } from 'crypto';
import { readFile } from 'fs/promises';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
export async function isCurrent(client, Key, path) {
  const { ETag } = await client.send(new HeadObjectCommand({ Bucket: 'site', Key }));
  return ▸ETag === \`"\${①createHash('md5').update(await readFile(path)).digest('hex')}"\`;
}
`),
    },
    {
      name: 'a listing becomes a map of ETags, and a stream is piped through the hash',
      ...compares(`
import S3 from 'aws-sdk/clients/s3';
import { createHash } from 'crypto';
import { createReadStream } from 'fs';
import collect from 'stream-to-promise';
const s3 = new S3();
export async function changed(files) {
  const { Contents = [] } = await s3.listObjectsV2({ Bucket: 'site' }).promise();
  const etags = Contents.reduce((all: any, row) => {
    all[row.Key!] = row.ETag;
    return all;
  }, {});
  const result = [];
  for (const file of files) {
    const sum = await ①collect(createReadStream(file.path).pipe(createHash('md5').setEncoding('hex')));
    if (▸etags[file.key] !== '"' + sum + '"') result.push(file);
  }
  return result;
}
`),
    },
    {
      name: 'a Map made of the rows of a listing, and a promise of a hash',
      ...compares(`
import { createHash } from 'crypto';
import { createReadStream } from 'fs';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
const sumOf = (path) =>
  new Promise((resolve, reject) => {
    const hash = createHash('md5');
    createReadStream(path).on('data', (chunk) => hash.update(chunk)).on('end', () => resolve(①hash.digest('hex'))).on('error', reject);
  });
export async function changed(client, files) {
  const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: 'site' }));
  const remote = new Map(Contents.map(({ Key, ETag }) => [Key, ETag.replaceAll('"', '')]));
  const result = [];
  for (const { key, path } of files) if (▸remote.get(key) != (await sumOf(path))) result.push(key);
  return result;
}
`),
    },
    {
      name: 'a callback is handed the response, and fills in for a missing one',
      ...compares(`
var crypto = require('crypto');
var { S3 } = require('@aws-sdk/client-s3');
var client = new S3({});
function md5(buffer) {
  return ①crypto.createHash('md5').update(buffer).digest('hex');
}
exports.publish = function (file, done) {
  var etag;
  etag = '"' + md5(file.contents) + '"';
  client.headObject({ Bucket: 'site', Key: file.path }, function (error, res) {
    res = res || {};
    var same = !file.force && ▸res.ETag === etag;
    done(error, same);
  });
};
`),
      ...script,
    },
    {
      name: 'the check after an upload fails as soon as the bucket is encrypted with a KMS key',
      ...compares(`
import { createHash } from 'crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function put(client, Key: string, Body: Buffer): Promise<void> {
  const md5 = ①createHash('md5').update(Body).digest('hex');
  const response = await client.send(new PutObjectCommand({ Bucket: 'photos', Key, Body }));
  if (▸JSON.parse(response.ETag!) !== md5) throw new Error('broken on the way');
}
`),
    },
    {
      name: 'the ETag of a statObject of minio',
      ...compares(`
const { Client } = require('minio');
const md5 = require('md5');
const minio = new Client({});
exports.isCurrent = async (name, body) => {
  const stat = await minio.statObject('avatars', name);
  return ▸stat.etag == ①md5(body);
};
`),
      ...script,
    },
    {
      name: 'the comparison stands in a helper of the file that is handed both',
      ...compares(`
import { createHash } from 'crypto';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
function same(one: string | undefined, other: string): boolean {
  return ▸one === other;
}
export async function isCurrent(client, Key: string, body: Buffer): Promise<boolean> {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'site', Key }));
  return same(head.ETag, ①createHash('md5').update(body).digest('hex'));
}
`),
    },
    {
      name: 'a row of a listing is sought by hash',
      ...compares(`
import { hashFile } from '../hashing.js';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
export async function find(client, path) {
  const hash = ①hashFile(path);
  const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: 'blobs' }));
  return Contents.find((row) => ▸row.ETag === hash);
}
`),
    },
  ],
});
