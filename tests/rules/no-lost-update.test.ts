import { noLostUpdate } from '../../src/rules/no-lost-update.js';
import { ruleTester } from '../rule-tester.js';

ruleTester.run('no-lost-update', noLostUpdate as never, {
  valid: [
    {
      name: 'the name alone in the folder of what was read: a copy of the object beside it',
      code: `
import PATH from 'node:path';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function rename(client, bucket, key, name) {
  const { dir, base, ext } = PATH.parse(key);
  const read = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const scene = JSON.parse(await read.Body.transformToString());
  scene.name = name;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: PATH.join(dir, PATH.basename(key, ext)), Body: JSON.stringify(scene) }));
}
`,
    },
    {
      name: '`..` leads from the folder of what was read into another',
      code: `
import PATH from 'node:path';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function rename(client, bucket, key, name) {
  const { dir, base, ext } = PATH.parse(key);
  const read = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const scene = JSON.parse(await read.Body.transformToString());
  scene.name = name;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: PATH.join(dir, '..', base), Body: JSON.stringify(scene) }));
}
`,
    },
    {
      name: 'another server answers: the headers of the request name what was read, and the answer holds none of it',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function mirror(client, url) {
  const kept = await client.send(new GetObjectCommand({ Bucket: 'b', Key: 'page.html' }));
  const page = await fetch(url, { headers: { 'If-None-Match': kept.Metadata.etag } });
  await client.send(new PutObjectCommand({ Bucket: 'b', Key: 'page.html', Body: await page.text() }));
}
`,
    },
    {
      name: 'what a caller says goes before the environment: two callers, two buckets',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function copyOver(client, from, to) {
  const source = from || process.env.BUCKET;
  const target = to ?? process.env.BUCKET;
  const { Body } = await client.send(new GetObjectCommand({ Bucket: source, Key: 'state.json' }));
  await client.send(new PutObjectCommand({ Bucket: target, Key: 'state.json', Body: await Body.transformToString() }));
}
export async function copyByDefault(client, from = process.env.BUCKET, to = process.env.BUCKET) {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: from, Key: 'state.json' }));
  await client.send(new PutObjectCommand({ Bucket: to, Key: 'state.json', Body: await Body.transformToString() }));
}
`,
    },
    {
      name: 'S3 compares the ETag of the read while it writes',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function addGuest(client, bucket, key, guest) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const guests = JSON.parse(await current.Body.transformToString());
  guests.push(guest);
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(guests), IfMatch: current.ETag }));
}
`,
    },
    {
      name: 'an object that may be missing: the update and the create have a condition each',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function addGuest(client, bucket, key, guest) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key })).catch(() => undefined);
  const guests = current ? JSON.parse(await current.Body.transformToString()) : [];
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: JSON.stringify([...guests, guest]),
      ...(current?.ETag ? { IfMatch: current.ETag } : { IfNoneMatch: '*' }),
    }),
  );
}
`,
    },
    {
      name: 'the caller decides by a parameter whether the condition is sent',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function rewrite(client, bucket, key, change, force) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const body = change(await current.Body.transformToString());
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, IfMatch: force ? undefined : current.ETag }));
}
`,
    },
    {
      name: 'a misspelt condition shows intent and is told by valid-precondition',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function trim(client, bucket, key) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const text = await current.Body.transformToString();
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text.trim(), ifMatch: current.ETag }));
}
`,
    },
    {
      name: 'an append fails by itself when the size is another',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function repeat(client, bucket, key) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const bytes = await current.Body.transformToByteArray();
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, WriteOffsetBytes: bytes.length }));
}
`,
    },
    {
      name: 'middleware of the client sets If-Match: nobody knows what the input sends',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
client.middlewareStack.add((next) => (args) => {
  args.request.headers['If-Match'] = etags.get(args.request.path);
  return next(args);
}, { step: 'build' });
export async function trim(bucket, key) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const text = await current.Body.transformToString();
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text.trim() }));
}
`,
    },
    {
      name: 'the input comes from outside and may hold a condition',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function trim(client, object) {
  const current = await client.send(new GetObjectCommand({ Bucket: object.Bucket, Key: object.Key }));
  const text = await current.Body.transformToString();
  await client.send(new PutObjectCommand({ ...object, Body: text.trim() }));
}
`,
    },
    {
      name: 'the body comes from another key: nothing of the target was read',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function compress(client, bucket, key) {
  const source = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const bytes = gzip(await source.Body.transformToByteArray());
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: \`\${key}.gz\`, Body: bytes }));
}
`,
    },
    {
      name: 'the same key in another bucket is another object',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function publish(key) {
  const draft = await s3.getObject({ Bucket: 'drafts', Key: key });
  const page = JSON.parse(await draft.Body.transformToString());
  page.published = true;
  await s3.putObject({ Bucket: 'site', Key: key, Body: JSON.stringify(page) });
}
`,
    },
    {
      name: 'two keys from outside cannot be compared, so they are not the same object',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.move = async (bucket, from, to) => {
  const { Body } = await s3.getObject({ Bucket: bucket, Key: from }).promise();
  await s3.putObject({ Bucket: bucket, Key: to, Body }).promise();
};
`,
    },
    {
      name: 'v2 with callbacks: each part has a key of its own',
      code: `
var AWS = require('aws-sdk');
var s3 = new AWS.S3();
exports.handler = function (event, context, callback) {
  s3.getObject({ Bucket: 'uploads', Key: event.key }, function (error, data) {
    if (error) return callback(error);
    s3.putObject({ Bucket: 'uploads', Key: 'thumbnails/' + event.key, Body: shrink(data.Body) }, callback);
  });
};
`,
    },
    {
      name: 'what was read is only logged: the body comes from outside',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function replace(client, bucket, key, body) {
  const before = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  console.log('replacing', before.LastModified, await before.Body.transformToString());
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
}
`,
    },
    {
      name: 'the read comes after the write, to verify what was stored',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function store(client, bucket, key, text) {
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text }));
  const stored = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  if ((await stored.Body.transformToString()) !== text) throw new Error('not what was sent');
}
`,
    },
    {
      name: 'a pointer names the key that is written; the pointer itself stays',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function storeInCurrent(client, bucket, body) {
  const pointer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'current' }));
  const folder = await pointer.Body.transformToString();
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: \`\${folder}/data.json\`, Body: body }));
}
`,
    },
    {
      name: 'a read used only to see if the object is there is a check, and not an update',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function seed(client, bucket, key, defaults) {
  try {
    await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  } catch {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: defaults }));
  }
}
`,
    },
    {
      name: 'the settings say that this object may be overwritten',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function countHit(client, bucket) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'cache/hits' }));
  const hits = Number(await current.Body.transformToString()) + 1;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'cache/hits', Body: String(hits) }));
}
`,
      settings: { s3: { objects: [{ key: 'cache/**', write: 'overwrite' }] } },
    },
    {
      name: 'minio sends the condition as a header; an ETag older than the body is safe',
      code: `
import { text } from 'node:stream/consumers';
import { Client } from 'minio';
export async function trim(client: Client, bucket: string, key: string) {
  const { etag } = await client.statObject(bucket, key);
  const body = (await text(await client.getObject(bucket, key))).trim();
  await client.putObject(bucket, key, body, body.length, { 'If-Match': etag });
}
`,
    },
    {
      name: 'the metadata of another object',
      code: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, bucket, key, body) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: \`template/\${key}\` }));
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, Metadata: { ...head.Metadata } }));
}
`,
    },
    {
      name: 'the metadata of a HEAD is tested and logged, and not put back',
      code: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, bucket, key, body) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  console.log(head.Metadata);
  const mark = head.Metadata.draft ? 'draft' : 'final';
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, Metadata: { mark } }));
}
`,
    },
    {
      name: 'the content type of a HEAD is what no writer merges',
      code: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, bucket, key, body, owner) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: head.ContentType, Metadata: { owner } }));
}
`,
    },
    {
      name: 'the size that a HEAD tells is none of its metadata',
      code: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, bucket, key, body) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, Metadata: { former: String(head.ContentLength) } }));
}
`,
    },
    {
      name: 'a copy keeps the metadata of its source unless it replaces it',
      code: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, bucket, key, body) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  await client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: \`\${bucket}/\${key}\`, Metadata: { ...head.Metadata, seen: 'yes' }, MetadataDirective: 'COPY' }));
}
`,
    },
    {
      name: 'the same where nothing is said: COPY is the default',
      code: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, bucket, key, body) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  await client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: \`\${bucket}/\${key}\`, Metadata: { ...head.Metadata, seen: 'yes' } }));
}
`,
    },
    {
      name: 'the metadata of an old version is brought back with it, whatever is stored now',
      code: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, bucket, key, version) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: version }));
  await client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: \`\${bucket}/\${key}?versionId=\${version}\`, Metadata: { ...head.Metadata, restored: 'yes' }, MetadataDirective: 'REPLACE' }));
}
`,
    },
    {
      name: 'a copy to another key takes the metadata of its source along',
      code: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, bucket, key, source) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: source }));
  await client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: \`\${bucket}/\${source}\`, Metadata: { ...head.Metadata, moved: 'yes' }, MetadataDirective: 'REPLACE' }));
}
`,
    },
    {
      name: 'S3 compares the ETag of the HEAD whose metadata is merged',
      code: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, bucket, key, body) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, Metadata: { ...head.Metadata, seen: 'yes' }, IfMatch: head.ETag }));
}
`,
    },
  ],
  invalid: [
    {
      name: 'a module calls what it gives out by way of its exports',
      code: `
const { GetObjectCommand, PutObjectCommand } = require('@aws-sdk/client-s3');
exports.read = async (client) => {
  const current = await client.send(new GetObjectCommand({ Bucket: 'b', Key: 'list.json' }));
  return JSON.parse(await current.Body.transformToString());
};
exports.add = async (client, item) => {
  const list = await module.exports.read(client);
  await client.send(new PutObjectCommand({ Bucket: 'b', Key: 'list.json', Body: JSON.stringify([...list, item]) }));
};
`,
      errors: [{ messageId: 'lostUpdate', line: 9 }],
      output: null,
    },
    {
      name: 'the folder and the name of a key, put together again, are the key',
      code: `
import PATH from 'node:path';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function rename(client, bucket, key, name) {
  const { dir, base, ext } = PATH.parse(key);
  const read = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const scene = JSON.parse(await read.Body.transformToString());
  scene.name = name;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: PATH.join(dir, base), Body: JSON.stringify(scene) }));
}
`,
      errors: [{ messageId: 'lostUpdate', line: 9, data: { object: '"${key}" in bucket "${bucket}"', line: '6' } }],
      output: `
import PATH from 'node:path';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function rename(client, bucket, key, name) {
  const { dir, base, ext } = PATH.parse(key);
  const read = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const scene = JSON.parse(await read.Body.transformToString());
  scene.name = name;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: PATH.join(dir, base), Body: JSON.stringify(scene), IfMatch: read.ETag }));
}
`,
    },
    {
      name: 'one of two callers reads from another bucket: the ETag of that object would be refused for good, so nothing is edited',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
async function step(client, from, key) {
  const read = await client.send(new GetObjectCommand({ Bucket: from, Key: key }));
  await client.send(new PutObjectCommand({ Bucket: 'out', Key: key, Body: await read.Body.transformToString() }));
}
export async function run(client, key) {
  await step(client, 'in', key);
  await step(client, 'out', key);
}
`,
      errors: [{ messageId: 'lostUpdate', line: 5 }],
      output: null,
    },
    {
      name: 'another server is given what was read, and answers with something made of it',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function render(client, url) {
  const kept = await client.send(new GetObjectCommand({ Bucket: 'b', Key: 'page.html' }));
  const page = await fetch(url, { method: 'POST', body: await kept.Body.transformToString(), headers: { accept: 'text/html' } });
  await client.send(new PutObjectCommand({ Bucket: 'b', Key: 'page.html', Body: await page.text() }));
}
`,
      errors: [{ messageId: 'lostUpdate', line: 6 }],
      output: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function render(client, url) {
  const kept = await client.send(new GetObjectCommand({ Bucket: 'b', Key: 'page.html' }));
  const page = await fetch(url, { method: 'POST', body: await kept.Body.transformToString(), headers: { accept: 'text/html' } });
  await client.send(new PutObjectCommand({ Bucket: 'b', Key: 'page.html', Body: await page.text(), IfMatch: kept.ETag }));
}
`,
    },
    {
      name: 'a variable of the environment with a fixed default is one bucket, whoever reads it',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
const bucket = process.env.BUCKET ?? 'live';
export async function add(client, line) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'log.txt' }));
  const text = await current.Body.transformToString();
  await client.send(new PutObjectCommand({ Bucket: process.env.BUCKET || 'live', Key: 'log.txt', Body: text + line }));
}
`,
      output: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
const bucket = process.env.BUCKET ?? 'live';
export async function add(client, line) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'log.txt' }));
  const text = await current.Body.transformToString();
  await client.send(new PutObjectCommand({ Bucket: process.env.BUCKET || 'live', Key: 'log.txt', Body: text + line, IfMatch: current.ETag }));
}
`,
      errors: [{ messageId: 'lostUpdate', line: 7 }],
    },
    {
      name: 'a parsed value is changed and written back',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
const Bucket = 'shop';
export async function addStock(client, sku, pieces) {
  const current = await client.send(new GetObjectCommand({ Bucket, Key: 'stock.json' }));
  const stock = JSON.parse(await current.Body.transformToString());
  stock[sku] = pieces;
  await client.send(new PutObjectCommand({ Bucket, Key: 'stock.json', Body: JSON.stringify(stock) }));
}
`,
      output: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
const Bucket = 'shop';
export async function addStock(client, sku, pieces) {
  const current = await client.send(new GetObjectCommand({ Bucket, Key: 'stock.json' }));
  const stock = JSON.parse(await current.Body.transformToString());
  stock[sku] = pieces;
  await client.send(new PutObjectCommand({ Bucket, Key: 'stock.json', Body: JSON.stringify(stock), IfMatch: current.ETag }));
}
`,
      errors: [{ messageId: 'lostUpdate', data: { object: '"stock.json" in bucket "shop"', line: '5' }, line: 8 }],
    },
    {
      name: 'only the body is taken from the response: its ETag is there to be taken too',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function appendLine(bucket: string, key: string, line: string) {
  const { Body } = await s3.getObject({ Bucket: bucket, Key: key });
  const text = await Body!.transformToString();
  await s3.putObject({
    Bucket: bucket,
    Key: key,
    Body: text + line,
  });
}
`,
      output: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function appendLine(bucket: string, key: string, line: string) {
  const { Body, ETag } = await s3.getObject({ Bucket: bucket, Key: key });
  const text = await Body!.transformToString();
  await s3.putObject({
    Bucket: bucket,
    Key: key,
    Body: text + line,
    IfMatch: ETag,
  });
}
`,
      errors: [{ messageId: 'lostUpdate', data: { object: '"${key}" in bucket "${bucket}"', line: '5' } }],
    },
    {
      name: 'the ETag was taken along under another name, and then forgotten',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function appendLine(bucket: string, key: string, line: string) {
  const { Body: stream, ETag: version } = await s3.getObject({ Bucket: bucket, Key: key });
  await s3.putObject({ Bucket: bucket, Key: key, Body: [await stream!.transformToString(), line].join('\\n') });
  return version;
}
`,
      output: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function appendLine(bucket: string, key: string, line: string) {
  const { Body: stream, ETag: version } = await s3.getObject({ Bucket: bucket, Key: key });
  await s3.putObject({ Bucket: bucket, Key: key, Body: [await stream!.transformToString(), line].join('\\n'), IfMatch: version });
  return version;
}
`,
      errors: [{ messageId: 'lostUpdate', data: { object: '"${key}" in bucket "${bucket}"', line: '5' } }],
    },
    {
      name: 'the chunks of the body are collected, parsed, pushed to and written back',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function addTodo(client, bucket, key, todo) {
  const response = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const chunks = [];
  for await (const chunk of response.Body) {
    chunks.push(chunk);
  }
  const todos = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  todos.push(todo);
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(todos) }));
}
`,
      output: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function addTodo(client, bucket, key, todo) {
  const response = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const chunks = [];
  for await (const chunk of response.Body) {
    chunks.push(chunk);
  }
  const todos = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  todos.push(todo);
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(todos), IfMatch: response.ETag }));
}
`,
      errors: [{ messageId: 'lostUpdate', data: { object: '"${key}" in bucket "${bucket}"', line: '4' } }],
    },
    {
      name: 'a helper turns the stream to a string with events and a promise',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Readable } from 'node:stream';
const streamToString = (stream: Readable): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
    stream.on('error', reject);
    stream.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
export async function addUser(client, bucket: string, user: string) {
  const data = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'users.csv' }));
  const rows = await streamToString(data.Body as Readable);
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'users.csv', Body: \`\${rows}\${user}\` }));
}
`,
      output: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Readable } from 'node:stream';
const streamToString = (stream: Readable): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
    stream.on('error', reject);
    stream.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
export async function addUser(client, bucket: string, user: string) {
  const data = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'users.csv' }));
  const rows = await streamToString(data.Body as Readable);
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'users.csv', Body: \`\${rows}\${user}\`, IfMatch: data.ETag }));
}
`,
      errors: [{ messageId: 'lostUpdate', data: { object: '"users.csv" in bucket "${bucket}"', line: '12' }, line: 14 }],
    },
    {
      name: 'a new object is filled property by property with what was read',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function normalise(client, bucket, key) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const prices = JSON.parse(await current.Body.transformToString());
  const rounded = {};
  for (const [sku, price] of Object.entries(prices)) {
    rounded[sku] = Math.round(price);
  }
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(rounded) }));
}
`,
      output: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function normalise(client, bucket, key) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const prices = JSON.parse(await current.Body.transformToString());
  const rounded = {};
  for (const [sku, price] of Object.entries(prices)) {
    rounded[sku] = Math.round(price);
  }
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(rounded), IfMatch: current.ETag }));
}
`,
      errors: [{ messageId: 'lostUpdate', data: { object: '"${key}" in bucket "${bucket}"', line: '4' } }],
    },
    {
      name: 'another library parses and prints what was read',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { parse, stringify } from 'yaml';
export async function enable(client, bucket, key, feature) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const features = parse(await current.Body.transformToString());
  const changed = { ...features, [feature]: true };
  const input = { Bucket: bucket, Key: key, Body: stringify(changed) };
  await client.send(new PutObjectCommand(input));
}
`,
      output: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { parse, stringify } from 'yaml';
export async function enable(client, bucket, key, feature) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const features = parse(await current.Body.transformToString());
  const changed = { ...features, [feature]: true };
  const input = { Bucket: bucket, Key: key, Body: stringify(changed) };
  await client.send(new PutObjectCommand({ ...input, IfMatch: current.ETag }));
}
`,
      errors: [{ messageId: 'lostUpdate', data: { object: '"${key}" in bucket "${bucket}"', line: '5' } }],
    },
    {
      name: 'an image is turned and put back under its key, spelt once as a constant and once as text',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import sharp from 'sharp';
const LOGO = 'brand/logo.png';
export async function turnLogo(client, bucket) {
  const logo = await client.send(new GetObjectCommand({ Bucket: bucket, Key: LOGO }));
  const turned = await sharp(await logo.Body.transformToByteArray()).rotate(90).toBuffer();
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'brand/logo.png', Body: turned }));
}
`,
      output: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import sharp from 'sharp';
const LOGO = 'brand/logo.png';
export async function turnLogo(client, bucket) {
  const logo = await client.send(new GetObjectCommand({ Bucket: bucket, Key: LOGO }));
  const turned = await sharp(await logo.Body.transformToByteArray()).rotate(90).toBuffer();
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'brand/logo.png', Body: turned, IfMatch: logo.ETag }));
}
`,
      errors: [{ messageId: 'lostUpdate', data: { object: '"brand/logo.png" in bucket "${bucket}"', line: '6' } }],
    },
    {
      name: 'the read runs beside others in Promise.all, and its response has a name',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function addRate(client, bucket, key, fetchRate) {
  const [current, rate] = await Promise.all([
    client.send(new GetObjectCommand({ Bucket: bucket, Key: key })),
    fetchRate(),
  ]);
  const rates = JSON.parse(await current.Body.transformToString());
  rates.push(rate);
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(rates) }));
}
`,
      output: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function addRate(client, bucket, key, fetchRate) {
  const [current, rate] = await Promise.all([
    client.send(new GetObjectCommand({ Bucket: bucket, Key: key })),
    fetchRate(),
  ]);
  const rates = JSON.parse(await current.Body.transformToString());
  rates.push(rate);
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(rates), IfMatch: current.ETag }));
}
`,
      errors: [{ messageId: 'lostUpdate', data: { object: '"${key}" in bucket "${bucket}"', line: '5' } }],
    },
    {
      name: 'the read may fail, and then the object may be missing: both cases need a condition',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function addTag(client, bucket, key, tag) {
  let current;
  try {
    current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  } catch {}
  const tags = current ? JSON.parse(await current.Body.transformToString()) : [];
  tags.push(tag);
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(tags) }));
}
`,
      output: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function addTag(client, bucket, key, tag) {
  let current;
  try {
    current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  } catch {}
  const tags = current ? JSON.parse(await current.Body.transformToString()) : [];
  tags.push(tag);
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(tags), ...(current?.ETag ? { IfMatch: current.ETag } : { IfNoneMatch: '*' }) }));
}
`,
      errors: [{ messageId: 'lostUpdate', data: { object: '"${key}" in bucket "${bucket}"', line: '6' } }],
    },
    {
      name: 'the catch of the read gives null for a missing object',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function countVisit(bucket: string) {
  const current = await s3.getObject({ Bucket: bucket, Key: 'visits' }).catch(() => null);
  const visits = current ? Number(await current.Body!.transformToString()) : 0;
  await s3.putObject({ Bucket: bucket, Key: 'visits', Body: String(visits + 1) });
}
`,
      output: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function countVisit(bucket: string) {
  const current = await s3.getObject({ Bucket: bucket, Key: 'visits' }).catch(() => null);
  const visits = current ? Number(await current.Body!.transformToString()) : 0;
  await s3.putObject({ Bucket: bucket, Key: 'visits', Body: String(visits + 1), ...(current?.ETag ? { IfMatch: current.ETag } : { IfNoneMatch: '*' }) });
}
`,
      errors: [{ messageId: 'lostUpdate', data: { object: '"visits" in bucket "${bucket}"', line: '5' } }],
    },
    {
      name: 'only a condition on the write guards: IfNoneMatch on the read saves a download',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function trim(client, bucket, key, known) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, IfNoneMatch: known }));
  const text = await current.Body.transformToString();
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text.trim() }));
}
`,
      output: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function trim(client, bucket, key, known) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, IfNoneMatch: known }));
  const text = await current.Body.transformToString();
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text.trim(), IfMatch: current.ETag }));
}
`,
      errors: [{ messageId: 'lostUpdate', data: { object: '"${key}" in bucket "${bucket}"', line: '4' } }],
    },
    {
      name: 'Upload overwrites like a put, in one part or in many',
      code: `
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { createGzip } from 'node:zlib';
export async function compressInPlace(client, bucket, key) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const upload = new Upload({
    client,
    params: { Bucket: bucket, Key: key, Body: current.Body.pipe(createGzip()), ContentEncoding: 'gzip' },
  });
  await upload.done();
}
`,
      output: `
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { createGzip } from 'node:zlib';
export async function compressInPlace(client, bucket, key) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const upload = new Upload({
    client,
    params: { Bucket: bucket, Key: key, Body: current.Body.pipe(createGzip()), ContentEncoding: 'gzip', IfMatch: current.ETag },
  });
  await upload.done();
}
`,
      errors: [{ messageId: 'lostUpdate', data: { object: '"${key}" in bucket "${bucket}"', line: '6' }, line: 7 }],
    },
    {
      name: 'a script with top-level await races with its next run',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const object = { Bucket: 'builds', Key: 'number.txt' };
const last = await client.send(new GetObjectCommand(object));
const next = Number.parseInt(await last.Body.transformToString(), 10) + 1;
await client.send(new PutObjectCommand({ ...object, Body: String(next) }));
`,
      output: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const object = { Bucket: 'builds', Key: 'number.txt' };
const last = await client.send(new GetObjectCommand(object));
const next = Number.parseInt(await last.Body.transformToString(), 10) + 1;
await client.send(new PutObjectCommand({ ...object, Body: String(next), IfMatch: last.ETag }));
`,
      errors: [{ messageId: 'lostUpdate', data: { object: '"number.txt" in bucket "builds"', line: '5' } }],
    },
    {
      name: 'CommonJS and the aggregated class: the same race',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
module.exports.rename = async (id, name) => {
  const profile = await s3.getObject({ Bucket: process.env.PROFILES, Key: \`users/\${id}.json\` });
  const user = await new Response(profile.Body).json();
  Object.assign(user, { name });
  await s3.putObject({ Bucket: process.env.PROFILES, Key: \`users/\${id}.json\`, Body: JSON.stringify(user) });
};
`,
      output: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
module.exports.rename = async (id, name) => {
  const profile = await s3.getObject({ Bucket: process.env.PROFILES, Key: \`users/\${id}.json\` });
  const user = await new Response(profile.Body).json();
  Object.assign(user, { name });
  await s3.putObject({ Bucket: process.env.PROFILES, Key: \`users/\${id}.json\`, Body: JSON.stringify(user), IfMatch: profile.ETag });
};
`,
      filename: 'file.cjs',
      errors: [{ messageId: 'lostUpdate', data: { object: '"users/${id}.json" in bucket "${process.env.PROFILES}"', line: '5' } }],
    },
    {
      name: 'each listed object is rewritten in its turn, and each may have changed since its read',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function trimAll(bucket: string) {
  const { Contents = [] } = await s3.listObjectsV2({ Bucket: bucket });
  for (const { Key } of Contents) {
    const current = await s3.getObject({ Bucket: bucket, Key });
    await s3.putObject({ Bucket: bucket, Key, Body: (await current.Body!.transformToString()).trim() });
  }
}
`,
      output: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function trimAll(bucket: string) {
  const { Contents = [] } = await s3.listObjectsV2({ Bucket: bucket });
  for (const { Key } of Contents) {
    const current = await s3.getObject({ Bucket: bucket, Key });
    await s3.putObject({ Bucket: bucket, Key, Body: (await current.Body!.transformToString()).trim(), IfMatch: current.ETag });
  }
}
`,
      errors: [{ messageId: 'lostUpdate', data: { object: '"${Key}" in bucket "${bucket}"', line: '7' } }],
    },
    {
      name: 'the response is the parameter of then, and the write stands inside',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export const shout = (client, bucket, key) =>
  client.send(new GetObjectCommand({ Bucket: bucket, Key: key })).then(async (current) => {
    const text = await current.Body.transformToString();
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text.toUpperCase() }));
  });
`,
      output: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export const shout = (client, bucket, key) =>
  client.send(new GetObjectCommand({ Bucket: bucket, Key: key })).then(async (current) => {
    const text = await current.Body.transformToString();
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text.toUpperCase(), IfMatch: current.ETag }));
  });
`,
      errors: [{ messageId: 'lostUpdate', data: { object: '"${key}" in bucket "${bucket}"', line: '4' } }],
    },
    {
      name: 'a chain of then hands on the text alone: the ETag does not reach the write',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export function shout(client, bucket, key) {
  return client
    .send(new GetObjectCommand({ Bucket: bucket, Key: key }))
    .then((current) => current.Body.transformToString())
    .then((text) => client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text.toUpperCase() })));
}
`,
      output: null,
      errors: [{ messageId: 'lostUpdate', data: { object: '"${key}" in bucket "${bucket}"', line: '5' }, line: 7 }],
    },
    {
      name: 'the callback of the aggregated class is given the response, and an error in its place: no fix is sure',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export function shout(bucket, key, done) {
  s3.getObject({ Bucket: bucket, Key: key }, async (error, data) => {
    if (error) return done(error);
    const text = await data.Body.transformToString();
    s3.putObject({ Bucket: bucket, Key: key, Body: text.toUpperCase() }, done);
  });
}
`,
      output: null,
      errors: [{ messageId: 'lostUpdate', data: { object: '"${key}" in bucket "${bucket}"', line: '5' } }],
    },
    {
      name: 'v2 with callbacks: no IfMatch can be sent from there',
      code: `
var AWS = require('aws-sdk');
var s3 = new AWS.S3();
exports.handler = function (event, context, callback) {
  var params = { Bucket: 'polls', Key: 'votes.json' };
  s3.getObject(params, function (error, data) {
    if (error) return callback(error);
    var votes = JSON.parse(data.Body.toString());
    votes[event.option] += 1;
    s3.putObject({ Bucket: 'polls', Key: 'votes.json', Body: JSON.stringify(votes) }, callback);
  });
};
`,
      output: null,
      filename: 'file.cjs',
      errors: [
        {
          messageId: 'lostUpdateV2',
          data: { object: '"votes.json" in bucket "polls"', line: '6' },
          line: 10,
        },
      ],
    },
    {
      name: 'v2 with promises, and its managed upload',
      code: `
import S3 from 'aws-sdk/clients/s3';
const s3 = new S3();
export async function sign(bucket: string, key: string, name: string) {
  const { Body } = await s3.getObject({ Bucket: bucket, Key: key }).promise();
  const names = Body!.toString('utf-8').split('\\n');
  names.push(name);
  await s3.upload({ Bucket: bucket, Key: key, Body: names.join('\\n') }).promise();
}
`,
      output: null,
      errors: [
        {
          messageId: 'lostUpdateV2',
          data: { object: '"${key}" in bucket "${bucket}"', line: '5' },
          line: 8,
        },
      ],
    },
    {
      name: 'minio gives a stream without an ETag: reported, and nothing at hand to send',
      code: `
import { Client } from 'minio';
import type { Readable } from 'node:stream';
async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
export async function addRow(client: Client, row: string) {
  const stream = await client.getObject('reports', 'rows.csv');
  const rows = (await readAll(stream)).toString();
  await client.putObject('reports', 'rows.csv', rows + row);
}
`,
      output: null,
      errors: [{ messageId: 'lostUpdateMinio', data: { object: '"rows.csv" in bucket "reports"', line: '10' }, line: 12 }],
    },
    {
      name: 'minio with events: the body is put together in data and written in end',
      code: `
const Minio = require('minio');
const client = new Minio.Client({ endPoint: 'localhost' });
exports.addRow = async (row) => {
  const stream = await client.getObject('reports', 'rows.csv');
  let rows = '';
  stream.on('data', (chunk) => {
    rows += chunk;
  });
  stream.on('end', () => client.putObject('reports', 'rows.csv', rows + row));
};
`,
      output: null,
      filename: 'file.cjs',
      errors: [{ messageId: 'lostUpdateMinio', data: { object: '"rows.csv" in bucket "reports"', line: '5' }, line: 10 }],
    },
    {
      name: 'functions of the file read and write: their caller joins them, and the put is where the condition is missing',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function load() {
  const response = await client.send(new GetObjectCommand({ Bucket: 'album', Key: 'index.json' }));
  return JSON.parse(await response.Body.transformToString());
}
async function save(index) {
  await client.send(new PutObjectCommand({ Bucket: 'album', Key: 'index.json', Body: JSON.stringify(index) }));
}
export async function addPhoto(photo) {
  const index = await load();
  index.photos.push(photo);
  await save(index);
}
`,
      output: null,
      errors: [{ messageId: 'lostUpdate', data: { object: '"index.json" in bucket "album"', line: '5' }, line: 9 }],
    },
    {
      name: 'private methods of a class read and write its object',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Settings {
  readonly #client = new S3Client({});
  constructor(private readonly bucket: string) {}
  async set(name: string, value: string) {
    const settings = await this.read();
    settings[name] = value;
    await this.write(settings);
  }
  private async read(): Promise<Record<string, string>> {
    const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.bucket, Key: 'settings.json' }));
    return JSON.parse(await Body!.transformToString());
  }
  private async write(settings: Record<string, string>) {
    await this.#client.send(new PutObjectCommand({ Bucket: this.bucket, Key: 'settings.json', Body: JSON.stringify(settings) }));
  }
}
`,
      output: null,
      errors: [{ messageId: 'lostUpdate', data: { object: '"settings.json" in bucket "${this.bucket}"', line: '12' }, line: 16 }],
    },
    {
      name: 'a class of the file is handed to another by its constructor',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export class Store {
  async read(key: string) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: 'shop', Key: key }));
    return JSON.parse(await Body!.transformToString());
  }
  async write(key: string, value: unknown) {
    await client.send(new PutObjectCommand({ Bucket: 'shop', Key: key, Body: JSON.stringify(value) }));
  }
}
export class Counter {
  constructor(private readonly store: Store) {}
  async count(key: string) {
    const counter = await this.store.read(key);
    counter.n++;
    await this.store.write(key, counter);
  }
}
`,
      output: null,
      errors: [{ messageId: 'lostUpdate', data: { object: '"${key}" in bucket "shop"', line: '6' }, line: 10 }],
    },
    {
      name: 'a closure keeps the key; only the text leaves the inner read',
      code: `
import { S3 } from '@aws-sdk/client-s3';
export function journal(bucket: string, key: string) {
  const s3 = new S3({});
  const read = async () => {
    const response = await s3.getObject({ Bucket: bucket, Key: key });
    return response.Body!.transformToString();
  };
  return {
    read,
    append: async (line: string) => {
      const text = await read();
      await s3.putObject({ Bucket: bucket, Key: key, Body: \`\${text}\\n\${line}\` });
    },
  };
}
`,
      output: null,
      errors: [{ messageId: 'lostUpdate', data: { object: '"${key}" in bucket "${bucket}"', line: '6' }, line: 13 }],
    },
    {
      name: 'put if newer: an even newer version may come between the comparison and the put',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(client, bucket, key, manifest) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const stored = JSON.parse(await current.Body.transformToString());
  if (manifest.version > stored.version) {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(manifest) }));
  }
}
`,
      output: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(client, bucket, key, manifest) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const stored = JSON.parse(await current.Body.transformToString());
  if (manifest.version > stored.version) {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(manifest), IfMatch: current.ETag }));
  }
}
`,
      errors: [{ messageId: 'lostDecision', data: { object: '"${key}" in bucket "${bucket}"', line: '4' }, line: 7 }],
    },
    {
      name: 'an early throw on an unexpected time is a decision on what was read',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function replace(bucket: string, key: string, body: string, editedAt: Date) {
  const current = await s3.getObject({ Bucket: bucket, Key: key });
  if (current.LastModified!.getTime() > editedAt.getTime()) {
    throw new Error('somebody else was faster');
  }
  await s3.putObject({ Bucket: bucket, Key: key, Body: body });
}
`,
      output: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function replace(bucket: string, key: string, body: string, editedAt: Date) {
  const current = await s3.getObject({ Bucket: bucket, Key: key });
  if (current.LastModified!.getTime() > editedAt.getTime()) {
    throw new Error('somebody else was faster');
  }
  await s3.putObject({ Bucket: bucket, Key: key, Body: body, IfMatch: current.ETag });
}
`,
      errors: [{ messageId: 'lostDecision', data: { object: '"${key}" in bucket "${bucket}"', line: '5' } }],
    },
    {
      name: 'metadata of a HEAD, merged and put back by a copy onto itself: what another writer put there is lost',
      code: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, bucket, key, body) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  await client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: \`\${bucket}/\${key}\`, Metadata: { ...head.Metadata, seen: 'yes' }, MetadataDirective: 'REPLACE' }));
}
`,
      output: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, bucket, key, body) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  await client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: \`\${bucket}/\${key}\`, Metadata: { ...head.Metadata, seen: 'yes' }, MetadataDirective: 'REPLACE', IfMatch: head.ETag }));
}
`,
      errors: [{ messageId: 'lostUpdate', line: 5, data: { object: '"${key}" in bucket "${bucket}"', line: '4' } }],
    },
    {
      name: 'the same beside a new body',
      code: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, bucket, key, body) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, Metadata: { ...head.Metadata, seen: 'yes' } }));
}
`,
      output: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, bucket, key, body) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, Metadata: { ...head.Metadata, seen: 'yes' }, IfMatch: head.ETag }));
}
`,
      errors: [{ messageId: 'lostUpdate', line: 5, data: { object: '"${key}" in bucket "${bucket}"', line: '4' } }],
    },
    {
      name: 'metadata of a GET whose body is not put back',
      code: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, bucket, key, body) {
  const { Metadata, ETag } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, Metadata: { count: String(Number(Metadata.count) + 1) } }));
}
`,
      output: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, bucket, key, body) {
  const { Metadata, ETag } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, Metadata: { count: String(Number(Metadata.count) + 1) }, IfMatch: ETag }));
}
`,
      errors: [{ messageId: 'lostUpdate', line: 5, data: { object: '"${key}" in bucket "${bucket}"', line: '4' } }],
    },
    {
      name: 'metadata of a HEAD that is changed in a variable',
      code: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, bucket, key, body) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  const metadata = head.Metadata ?? {};
  metadata.seen = 'yes';
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, Metadata: metadata }));
}
`,
      output: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, bucket, key, body) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  const metadata = head.Metadata ?? {};
  metadata.seen = 'yes';
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, Metadata: metadata, IfMatch: head.ETag }));
}
`,
      errors: [{ messageId: 'lostUpdate', line: 7, data: { object: '"${key}" in bucket "${bucket}"', line: '4' } }],
    },
    {
      name: 'functions of the file take the metadata of a HEAD and merge it',
      code: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
async function look(client, bucket, key) {
  const { Metadata, ContentType } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  return { metadata: Metadata, type: ContentType };
}
const withMark = (metadata) => ({ ...metadata, seen: 'yes' });
export async function save(client, bucket, key, body) {
  const { metadata } = await look(client, bucket, key);
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, Metadata: withMark(metadata) }));
}
`,
      output: null,
      errors: [{ messageId: 'lostUpdate', line: 10, data: { object: '"${key}" in bucket "${bucket}"', line: '4' } }],
    },
    {
      name: 'metadata of what is stored now, put onto an old version of the body',
      code: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, bucket, key, version) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  await client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: \`\${bucket}/\${key}?versionId=\${version}\`, Metadata: { ...head.Metadata, restored: 'yes' }, MetadataDirective: 'REPLACE' }));
}
`,
      output: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, bucket, key, version) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  await client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: \`\${bucket}/\${key}?versionId=\${version}\`, Metadata: { ...head.Metadata, restored: 'yes' }, MetadataDirective: 'REPLACE', IfMatch: head.ETag }));
}
`,
      errors: [{ messageId: 'lostUpdate', line: 5, data: { object: '"${key}" in bucket "${bucket}"', line: '4' } }],
    },
    {
      name: 'a HEAD that may fail: a copy onto itself can create nothing, so nothing is edited',
      code: `
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, bucket, key, body) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).catch(() => undefined);
  await client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: \`\${bucket}/\${key}\`, Metadata: { ...head?.Metadata, seen: 'yes' }, MetadataDirective: 'REPLACE' }));
}
`,
      output: null,
      errors: [{ messageId: 'lostUpdate', line: 5, data: { object: '"${key}" in bucket "${bucket}"', line: '4' } }],
    },
    {
      name: 'metadata in aws-sdk v2, which cannot guard it',
      code: `
import { S3 } from 'aws-sdk';
const s3 = new S3();
export function mark(bucket, key, done) {
  s3.headObject({ Bucket: bucket, Key: key }, (error, head) => {
    if (error) return done(error);
    s3.copyObject({ Bucket: bucket, Key: key, CopySource: \`\${bucket}/\${key}\`, Metadata: { ...head.Metadata, seen: 'yes' }, MetadataDirective: 'REPLACE' }, done);
  });
}
`,
      output: null,
      errors: [{ messageId: 'lostUpdateV2', line: 7, data: { object: '"${key}" in bucket "${bucket}"', line: '5' } }],
    },
  ],
});
