import { requireConflictHandling } from '../../src/rules/require-conflict-handling.js';
import { readMarks } from '../marked.js';
import { ruleTester } from '../rule-tester.js';

/** A case with `▸` before the write that is reported. */
function reported(name: string, source: string, object: string, messageId: 'thrown' | 'uncaught' | 'floating' = 'thrown') {
  const { code, at } = readMarks(source);
  return { name, code, errors: [{ messageId, data: { object }, ...at('▸') }] };
}

ruleTester.run('require-conflict-handling', requireConflictHandling as never, {
  valid: [
    {
      name: 'the conflict is an answer, other errors are thrown on',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function create(Key: string, Body: string): Promise<'created' | 'exists'> {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'receipts', Key, Body, IfNoneMatch: '*' }));
    return 'created';
  } catch (error) {
    if (error.$metadata?.httpStatusCode === 412 || error.name === 'PreconditionFailed') return 'exists';
    throw error;
  }
}
`,
    },
    {
      name: 'the conflict is thrown on as an error of the program',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
class Changed extends Error {}
export async function save(client, Key, Body, etag) {
  try {
    return await client.send(new PutObjectCommand({ Bucket: 'docs', Key, Body, IfMatch: etag }));
  } catch (error) {
    throw error.name === 'PreconditionFailed' ? new Changed() : error;
  }
}
`,
    },
    {
      name: 'a catch that throws on looked at it: nothing more is asked',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function save(Key: string, Body: string, etag: string): Promise<void> {
  try {
    await s3.putObject({ Bucket: 'docs', Key, Body, IfMatch: etag });
  } catch (error) {
    console.error('not saved', Key);
    throw error;
  }
}
`,
    },
    {
      name: 'one function sends all commands, and makes conflicts into an error of its own',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export function createReportStore(bucket) {
  const s3 = new S3Client({ region: 'auto' });
  const send = async (command) => {
    try {
      return await s3.send(command);
    } catch (error) {
      if (error.$metadata?.httpStatusCode === 412) throw new Error('The report changed.');
      throw error;
    }
  };
  return {
    async put(key, body, etag) {
      const result = await send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, IfMatch: etag }));
      return { etag: result.ETag };
    },
  };
}
`,
    },
    {
      name: 'the caller in the file handles it',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const put = (Key: string, Body: string, etag: string) => client.send(new PutObjectCommand({ Bucket: 'docs', Key, Body, IfMatch: etag }));
export async function save(Key: string, Body: string, etag: string): Promise<boolean> {
  try {
    await put(Key, Body, etag);
    return true;
  } catch {
    return false;
  }
}
`,
    },
    {
      name: 'one of two callers handles it: the file knows of conflicts',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Locks {
  constructor(private readonly client: S3Client) {}
  async create(Key: string): Promise<void> {
    await this.client.send(new PutObjectCommand({ Bucket: 'locks', Key, Body: '', IfNoneMatch: '*' }));
  }
  async tryCreate(key: string): Promise<boolean> {
    try {
      await this.create(key);
      return true;
    } catch {
      return false;
    }
  }
}
`,
    },
    {
      name: 'main().catch(…) at the end of a script',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function main() {
  await client.send(new PutObjectCommand({ Bucket: 'releases', Key: 'v1.tgz', Body: '', IfNoneMatch: '*' }));
}
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
`,
    },
    {
      name: 'a try around the commands of a script',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function publish() {
  await client.send(new PutObjectCommand({ Bucket: 'releases', Key: 'v1.tgz', Body: '', IfNoneMatch: '*' }));
}
async function collect() {}
try {
  if (process.argv[2] === 'publish') await publish();
  else await collect();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
`,
    },
    {
      name: '.catch and the second function of .then',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.create = (Key, Body) => s3.putObject({ Bucket: 'docs', Key, Body, IfNoneMatch: '*' }).catch(() => null);
exports.update = (Key, Body, etag) => s3.putObject({ Bucket: 'docs', Key, Body, IfMatch: etag }).then(() => 'saved', () => 'changed');
`,
    },
    {
      name: 'an exported function whose JSDoc says what it throws',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
/**
 * Stores a release for ever.
 *
 * @param version its version
 * @throws S3ServiceException with status 412 where the version is there already
 */
export async function release(version: string, Body: Uint8Array): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: 'releases', Key: version, Body, IfNoneMatch: '*' }));
}
`,
    },
    {
      name: 'an arrow function with JSDoc before its const',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
/** @throws {Error} PreconditionFailed, when somebody else has saved */
export const save = (client, Key, Body, etag) => client.send(new PutObjectCommand({ Bucket: 'docs', Key, Body, IfMatch: etag }));
`,
    },
    {
      name: 'a method whose JSDoc says what it throws',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Documents {
  constructor(private readonly client: S3Client) {}
  /**
   * @throws when the ETag is not that of the current version
   */
  async put(Key: string, Body: string, etag: string): Promise<void> {
    await this.client.send(new PutObjectCommand({ Bucket: 'docs', Key, Body, IfMatch: etag }));
  }
}
`,
    },
    {
      name: 'the JSDoc stands before the overloads',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
/** @throws on a conflict */
export function save(key: string, body: string, etag: string): Promise<void>;
export function save(key: string, body: Uint8Array, etag: string): Promise<void>;
export async function save(Key: string, Body: string | Uint8Array, etag: string): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: 'docs', Key, Body, IfMatch: etag }));
}
`,
    },
    {
      name: 'a helper that only a documented function calls',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
async function put(client, Key, Body) {
  await client.send(new PutObjectCommand({ Bucket: 'docs', Key, Body, IfNoneMatch: '*' }));
}
/** @throws where the key is taken */
export async function create(client, key, body) {
  await put(client, key, JSON.stringify(body));
}
`,
    },
    {
      name: 'a sentence of the JSDoc tells of the conflict',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
/** Renews the lease. Rejects with PreconditionFailed when another owner has taken it. */
export async function renew(client, Key, owner, etag) {
  await client.send(new PutObjectCommand({ Bucket: 'leases', Key, Body: owner, IfMatch: etag }));
}
`,
    },
    {
      name: 'a route of a web framework: its error middleware answers',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import express from 'express';
const client = new S3Client({});
const app = express();
app.put('/notes/:id', async (request, response) => {
  await client.send(new PutObjectCommand({ Bucket: 'notes', Key: request.params.id, Body: request.body, IfMatch: request.get('if-match') }));
  response.sendStatus(204);
});
`,
    },
    {
      name: 'a named handler that is handed to a router',
      code: `
const { PutObjectCommand } = require('@aws-sdk/client-s3');
const router = require('express').Router();
async function create(request, response) {
  await request.s3.send(new PutObjectCommand({ Bucket: 'notes', Key: request.params.id, Body: request.body, IfNoneMatch: '*' }));
  response.sendStatus(201);
}
router.post('/notes/:id', create);
module.exports = router;
`,
    },
    {
      name: 'a Lambda handler in middy, whose middleware makes errors into answers',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import middy from '@middy/core';
const client = new S3Client({});
export const handler = middy(async (event) => {
  await client.send(new PutObjectCommand({ Bucket: 'notes', Key: event.id, Body: event.body, IfNoneMatch: '*' }));
});
`,
    },
    {
      name: 'a definition object that a framework is handed',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { mutation } from './server.js';
export const storePhoto = mutation({
  args: {},
  handler: async (context, args) => {
    await context.s3.send(new PutObjectCommand({ Bucket: 'photos', Key: args.key, Body: args.body, IfNoneMatch: '*' }));
  },
});
`,
    },
    {
      name: 'a controller whose decorators say who calls it',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Controller, Put } from '@nestjs/common';
@Controller('notes')
export class Notes {
  constructor(private readonly client: S3Client) {}
  @Put(':id')
  async save(id: string, body: string, etag: string): Promise<void> {
    await this.client.send(new PutObjectCommand({ Bucket: 'notes', Key: id, Body: body, IfMatch: etag }));
  }
}
`,
    },
    {
      name: 'a command of a framework that catches what run() throws',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Command } from '@oclif/core';
export default class Publish extends Command {
  async run(): Promise<void> {
    const client = new S3Client({});
    await client.send(new PutObjectCommand({ Bucket: 'releases', Key: 'v1.tgz', Body: '', IfNoneMatch: '*' }));
  }
}
`,
    },
    {
      name: 'tests say what they expect of a conflict',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const put = (Body: string) => client.send(new PutObjectCommand({ Bucket: 'test', Key: 'once.txt', Body, IfNoneMatch: '*' }));
describe('create-only', () => {
  it('refuses an existing key', async () => {
    await put('first');
    await expect(put('second')).rejects.toThrow();
  });
});
`,
    },
    {
      name: 'p-retry asks about the error',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import pRetry from 'p-retry';
export const create = (client, Key, Body) =>
  pRetry(() => client.send(new PutObjectCommand({ Bucket: 'docs', Key, Body, IfNoneMatch: '*' })), {
    shouldRetry: (error) => error.name === 'ConditionalRequestConflict',
  });
`,
    },
    {
      name: 'the client has a retry strategy that looks at conflicts',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { StandardRetryStrategy } from '@smithy/util-retry';
class Patient extends StandardRetryStrategy {
  async refreshRetryTokenForRetry(token, info) {
    if (info.error.name === 'ConditionalRequestConflict') return token;
    return super.refreshRetryTokenForRetry(token, info);
  }
}
const client = new S3Client({ retryStrategy: new Patient(3) });
export const create = (Key, Body) => client.send(new PutObjectCommand({ Bucket: 'docs', Key, Body, IfNoneMatch: '*' }));
`,
    },
    {
      name: 'errors as values: a pair of the answer and the error',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { tryFn } from './try-fn.js';
export async function save(client, Key, Body, etag) {
  const [ok, error] = await tryFn(() => client.send(new PutObjectCommand({ Bucket: 'docs', Key, Body, IfMatch: etag })));
  return ok ? null : error;
}
`,
    },
    {
      name: 'neverthrow',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { ResultAsync } from 'neverthrow';
export const save = (client, Key, Body, etag) =>
  ResultAsync.fromPromise(client.send(new PutObjectCommand({ Bucket: 'docs', Key, Body, IfMatch: etag })), (error) => error);
`,
    },
    {
      name: 'Effect',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { Effect } from 'effect';
export const save = (client, Key, Body) =>
  Effect.tryPromise({
    try: () => client.send(new PutObjectCommand({ Bucket: 'docs', Key, Body, IfNoneMatch: '*' })),
    catch: (cause) => cause,
  }).pipe(Effect.catchTag('ObjectExists', () => Effect.succeed(null)));
`,
    },
    {
      name: 'Promise.allSettled gives failures as values',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function seed(client, rows) {
  const results = await Promise.allSettled(rows.map((row) => client.send(new PutObjectCommand({ Bucket: 'rows', Key: row.id, Body: row.text, IfNoneMatch: '*' }))));
  return results.filter((result) => result.status === 'rejected').length;
}
`,
    },
    {
      name: 'Promise.all in a try',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function seed(client, rows) {
  try {
    await Promise.all(rows.map(async (row) => {
      await client.send(new PutObjectCommand({ Bucket: 'rows', Key: row.id, Body: row.text, IfNoneMatch: '*' }));
    }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
  }
}
`,
    },
    {
      name: 'a wrapper with an optional condition: who asks for it handles its conflict',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Storage {
  constructor(private readonly client: S3Client, private readonly bucket: string) {}
  async put(key: string, body: Uint8Array, options: { ifMatch?: string; ifNoneMatch?: string } = {}): Promise<string | undefined> {
    const result = await this.client.send(
      new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: body, IfMatch: options.ifMatch, IfNoneMatch: options.ifNoneMatch }),
    );
    return result.ETag;
  }
}
`,
    },
    {
      name: 'a wrapper that spreads a condition where it is given one',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function put(client, Key, Body, { immutable = false } = {}) {
  const input = { Bucket: 'artifacts', Key, Body };
  await client.send(new PutObjectCommand(immutable ? { ...input } : input));
}
export async function writeDoc(client, Key, Body, etag) {
  await client.send(new PutObjectCommand({ Bucket: 'docs', Key, Body, ...(etag && { IfMatch: etag }) }));
}
`,
    },
    {
      name: 'a key of its own meets nobody',
      code: `
import { randomUUID } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const store = (client, Body) => client.send(new PutObjectCommand({ Bucket: 'uploads', Key: randomUUID(), Body, IfNoneMatch: '*' }));
`,
    },
    {
      name: 'a presigned URL: its conflict meets whoever uploads',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
export const offer = (client, Key) => getSignedUrl(client, new PutObjectCommand({ Bucket: 'uploads', Key, IfNoneMatch: '*' }));
`,
    },
    {
      name: 'a write without a condition has no conflict',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const store = (client, Key, Body) => client.send(new PutObjectCommand({ Bucket: 'uploads', Key, Body }));
`,
    },
    {
      name: 'aws-sdk v2: the callback is handed the error',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.create = (Key, Body, done) => {
  s3.putObject({ Bucket: 'docs', Key, Body, IfNoneMatch: '*' }, (error, data) => done(error, data));
};
`,
    },
    {
      name: 'minio in a try',
      code: `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export async function create(name: string, body: string): Promise<boolean> {
  try {
    await minio.putObject('docs', name, body, body.length, { 'If-None-Match': '*' });
    return true;
  } catch (error) {
    return false;
  }
}
`,
    },
    {
      name: 'a handler of the browser is handed to the page',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { useCallback } from 'react';
const client = new S3Client({});
export const useSave = (key, etag) => useCallback(async (text) => {
  await client.send(new PutObjectCommand({ Bucket: 'notes', Key: key, Body: text, IfMatch: etag }));
}, [key, etag]);
`,
    },
  ],
  invalid: [
    reported(
      'an exported function without a catch and without @throws',
      `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function save(Key: string, Body: string, etag: string): Promise<void> {
  await client.send(▸new PutObjectCommand({ Bucket: 'docs', Key, Body, IfMatch: etag }));
}
`,
      '"${Key}" in bucket "docs"',
    ),
    reported(
      'its JSDoc tells of everything but the conflict',
      `
import { PutObjectCommand } from '@aws-sdk/client-s3';
/**
 * Uploads a document.
 *
 * @param key where to
 * @returns nothing
 */
export async function upload(client, key, body) {
  await client.send(▸new PutObjectCommand({ Bucket: 'docs', Key: key, Body: body, IfNoneMatch: '*' }));
}
`,
      '"${key}" in bucket "docs"',
    ),
    reported(
      'methods of a store that hand a promise out',
      `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
class Store {
  #client;
  #bucket;
  constructor(bucket, { client = new S3Client() }) {
    this.#client = client;
    this.#bucket = bucket;
  }
  createObject(key, body) {
    return this.#send(▸new PutObjectCommand({ Bucket: this.#bucket, Key: key, Body: body, IfNoneMatch: '*' }));
  }
  async #send(command) {
    const response = await this.#client.send(command);
    return response.ETag;
  }
}
export default function createStore(bucket, options) {
  return new Store(bucket, options);
}
`,
      '"${key}" in bucket "${this.#bucket}"',
    ),
    reported(
      'a factory that gives back an object with methods',
      `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export function createStore(client, bucket) {
  return {
    async create(key, body) {
      await client.send(▸new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, IfNoneMatch: '*' }));
    },
  };
}
`,
      '"${key}" in bucket "${bucket}"',
    ),
    reported(
      'try with finally alone handles nothing',
      `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function save(Key: string, Body: string, etag: string): Promise<void> {
  try {
    await ▸s3.putObject({ Bucket: 'docs', Key, Body, IfMatch: etag });
  } finally {
    console.log('done');
  }
}
`,
      '"${Key}" in bucket "docs"',
    ),
    reported(
      'return without await leaves the try behind',
      `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export function save(Key: string, Body: string, etag: string) {
  try {
    return ▸s3.putObject({ Bucket: 'docs', Key, Body, IfMatch: etag });
  } catch {
    return null;
  }
}
`,
      '"${Key}" in bucket "docs"',
    ),
    reported(
      'a helper, its caller, and nobody who catches',
      `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const put = (Key: string, Body: string) => client.send(▸new PutObjectCommand({ Bucket: 'docs', Key, Body, IfNoneMatch: '*' }));
export async function publish(pages: Map<string, string>): Promise<void> {
  for (const [key, body] of pages) await put(key, body);
}
`,
      '"${Key}" in bucket "docs"',
    ),
    reported(
      'CommonJS',
      `
const { CopyObjectCommand } = require('@aws-sdk/client-s3');
module.exports = {
  rename: async (client, from, to) => {
    await client.send(▸new CopyObjectCommand({ Bucket: 'docs', CopySource: 'docs/' + from, Key: to, IfNoneMatch: '*' }));
  },
};
`,
      '"${to}" in bucket "docs"',
    ),
    reported(
      'a Lambda handler: the race is answered with an error of the runtime',
      `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export const handler = async (event) => {
  await client.send(▸new PutObjectCommand({ Bucket: 'notes', Key: event.pathParameters.id, Body: event.body, IfNoneMatch: '*' }));
  return { statusCode: 201 };
};
`,
      '"${event.pathParameters.id}" in bucket "notes"',
    ),
    reported(
      'the completion of a multipart upload',
      `
import { CompleteMultipartUploadCommand } from '@aws-sdk/client-s3';
export async function finish(client, Key, UploadId, MultipartUpload) {
  await client.send(▸new CompleteMultipartUploadCommand({ Bucket: 'media', Key, UploadId, MultipartUpload, IfNoneMatch: '*' }));
}
`,
      '"${Key}" in bucket "media"',
    ),
    reported(
      'Upload of lib-storage',
      `
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
const client = new S3Client({});
export async function store(Key: string, Body: ReadableStream): Promise<void> {
  const upload = ▸new Upload({ client, params: { Bucket: 'media', Key, Body, IfNoneMatch: '*' } });
  await upload.done();
}
`,
      '"${Key}" in bucket "media"',
    ),
    reported(
      'minio',
      `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export async function create(name: string, body: string): Promise<void> {
  await ▸minio.putObject('docs', name, body, body.length, { 'If-None-Match': '*' });
}
`,
      '"${name}" in bucket "docs"',
    ),
    reported(
      'aws-sdk v2 with a promise',
      `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.create = async (Key, Body) => {
  await ▸s3.putObject({ Bucket: 'docs', Key, Body, IfNoneMatch: '*' }).promise();
};
`,
      '"${Key}" in bucket "docs"',
    ),
    reported(
      'a script that ends with the conflict',
      `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
await client.send(▸new PutObjectCommand({ Bucket: 'releases', Key: 'v1.tgz', Body: '', IfNoneMatch: '*' }));
`,
      '"v1.tgz" in bucket "releases"',
      'uncaught',
    ),
    reported(
      'nobody waits for the write',
      `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export function remember(Key: string, Body: string, etag: string): void {
  void client.send(▸new PutObjectCommand({ Bucket: 'state', Key, Body, IfMatch: etag }));
}
`,
      '"${Key}" in bucket "state"',
      'floating',
    ),
    reported(
      'nobody waits for main()',
      `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function main() {
  await client.send(▸new PutObjectCommand({ Bucket: 'releases', Key: 'v1.tgz', Body: '', IfNoneMatch: '*' }));
}
main();
`,
      '"v1.tgz" in bucket "releases"',
      'floating',
    ),
    reported(
      'forEach lets the promises go',
      `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export function seed(client, rows) {
  rows.forEach(async (row) => {
    await client.send(▸new PutObjectCommand({ Bucket: 'rows', Key: row.id, Body: row.text, IfNoneMatch: '*' }));
  });
}
`,
      '"${row.id}" in bucket "rows"',
    ),
    reported(
      'the release of a lock that another has taken over',
      `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function acquire(client, Key) {
  const { ETag } = await client.send(new PutObjectCommand({ Bucket: 'locks', Key, Body: 'held' }));
  return {
    release: async (body) => {
      await client.send(▸new PutObjectCommand({ Bucket: 'locks', Key, Body: body, IfMatch: ETag }));
    },
  };
}
`,
      '"${Key}" in bucket "locks"',
    ),
  ],
});
