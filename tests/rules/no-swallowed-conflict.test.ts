import { noSwallowedConflict } from '../../src/rules/no-swallowed-conflict.js';
import { readMarks } from '../marked.js';
import { ruleTester } from '../rule-tester.js';

const v3 = `import { CopyObjectCommand, GetObjectCommand, PutObjectCommand, S3, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
const client = new S3Client({});
`;
const buckets = `import { BucketAlreadyExists, BucketAlreadyOwnedByYou, CreateBucketCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
`;

const valid = (name: string, code: string) => ({ name, code });

type MessageId = 'swallowedConflict' | 'gaveUpInSilence' | 'foreignBucket';

/** `▸` stands before the call that is reported, `①` before what the message names the line of. */
const invalid = (name: string, messageId: MessageId, named: string, source: string) => {
  const { code, at } = readMarks(source);
  const data = messageId === 'foreignBucket' ? { bucket: named } : { object: named, line: String(at('①').line) };
  return { name, code, errors: [{ messageId, data, ...at('▸') }] };
};

ruleTester.run('no-swallowed-conflict', noSwallowedConflict as never, {
  valid: [
    valid('the conflict is thrown on', `${v3}
export async function rename(Bucket, Key, name) {
  const current = await client.send(new GetObjectCommand({ Bucket, Key }));
  try {
    await client.send(new PutObjectCommand({ Bucket, Key, Body: name, IfMatch: current.ETag }));
  } catch (error) {
    console.error('not renamed', error);
    throw error;
  }
}`),
    valid('another error takes the place of a 412, the rest is thrown on', `${v3}
class StateChanged extends Error {}
export async function saveState(Key: string, state: unknown, etag: string): Promise<string> {
  try {
    const saved = await client.send(new PutObjectCommand({ Bucket: 'states', Key, Body: JSON.stringify(state), IfMatch: etag }));
    return saved.ETag!;
  } catch (error) {
    if ((error as { name: string }).name === 'PreconditionFailed') throw new StateChanged(Key, { cause: error });
    throw error;
  }
}`),
    valid('true when the lease was renewed, false when somebody else has it', `${v3}
export class Leases {
  async renew(Key: string, until: number, etag: string): Promise<boolean> {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'leases', Key, Body: String(until), IfMatch: etag }));
      return true;
    } catch (error) {
      if (error instanceof S3ServiceException && ['NoSuchKey', 'PreconditionFailed'].includes(error.name)) return false;
      throw error;
    }
  }
}`),
    valid('the new ETag on success, undefined on a conflict', `${v3}
async function updateLock(Key, info, etag) {
  try {
    const response = await client.send(new PutObjectCommand({ Bucket: 'locks', Key, Body: JSON.stringify(info), IfMatch: etag }));
    return response.ETag?.replace(/"/g, '');
  } catch (error) {
    if (error.$metadata?.httpStatusCode === 412) return undefined;
    throw error;
  }
}
exports.take = (key, owner, etag) => updateLock(key, { owner }, etag);`),
    valid('two words for the two outcomes', `${v3}
export async function putSnapshot(Body: Buffer, etag: string | null): Promise<'ok' | 'conflict'> {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'snapshots', Key: 'app.sqlite', Body, ...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' }) }));
    return 'ok';
  } catch (err: unknown) {
    const e = err as { name?: string; $metadata?: { httpStatusCode?: number } };
    if (e.$metadata?.httpStatusCode === 412 || e.name === 'PreconditionFailed') return 'conflict';
    throw err;
  }
}`),
    valid('a result object with the status of S3', `${v3}
export async function putDocument(env, Key, Body, etag) {
  try {
    const resp = await client.send(new PutObjectCommand({ Bucket: env.bucket, Key, Body, IfMatch: etag }));
    return { status: resp.$metadata.httpStatusCode };
  } catch (e) {
    const status = e.$metadata?.httpStatusCode || 500;
    if (status >= 500) console.error('put failed', e);
    return { status };
  }
}`),
    valid('a create that takes 412 for "already there"', `${v3}
export async function ensureIndex(Bucket: string, Body: string): Promise<void> {
  try {
    await client.send(new PutObjectCommand({ Bucket, Key: 'index.json', Body, IfNoneMatch: '*' }));
  } catch (error) {
    if ((error as S3ServiceException).$metadata?.httpStatusCode !== 412) throw error;
  }
}`),
    valid('a create with an empty catch', `${v3}
export async function putOnce(Key, Body) {
  try { await client.send(new PutObjectCommand({ Bucket: 'b', Key, Body, IfNoneMatch: '*' })); } catch {}
}`),
    valid('a write without a condition has no conflict', `${v3}
export async function put(Key, Body) {
  try { await client.send(new PutObjectCommand({ Bucket: 'b', Key, Body })); } catch (error) { console.error(error); }
}`),
    valid('a condition that the code does not show', `${v3}
export async function put(Key, Body, options) {
  try { await client.send(new PutObjectCommand({ Bucket: 'b', Key, Body, ...options })); } catch (error) { console.error(error); }
}`),
    valid('only the source of a copy is guarded, by a condition of a read', `${v3}
export async function publish(Key, etag) {
  try { await client.send(new CopyObjectCommand({ Bucket: 'b', Key, CopySource: 'drafts/a', CopySourceIfMatch: etag })); } catch (error) { console.error(error); }
}`),
    valid('a conditional delete left the object of somebody else alone', `import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function release(Key, etag) {
  try { await client.send(new DeleteObjectCommand({ Bucket: 'locks', Key, IfMatch: etag })); } catch {}
}`),
    valid('a lock that somebody else took is not given back', `${v3}
export async function releaseLock(Key, etag) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'locks', Key, Body: '{"locked":false}', IfMatch: etag }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
  }
}`),
    valid('the winner is read in place of what was to be stored', `${v3}
export async function settle(Bucket, Key, plan, etag) {
  try {
    await client.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(plan), IfMatch: etag }));
  } catch (error) {
    const winner = await client.send(new GetObjectCommand({ Bucket, Key }));
    console.warn('lost against', winner.ETag);
  }
}`),
    valid('a counted loop throws behind its last attempt', `${v3}
export async function count(Bucket: string, Key: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    const next = Number(await Body!.transformToString()) + 1;
    try {
      await client.send(new PutObjectCommand({ Bucket, Key, Body: String(next), IfMatch: ETag }));
      return;
    } catch (error) {
      if ((error as Error).name !== 'PreconditionFailed') throw error;
    }
  }
  throw new Error(\`\${Key} is too busy\`);
}`),
    valid('a counted loop answers null when it gives up, and the number when it does not', `${v3}
export async function count(Bucket: string, Key: string): Promise<number | null> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    const next = Number(await Body!.transformToString()) + 1;
    try {
      await client.send(new PutObjectCommand({ Bucket, Key, Body: String(next), IfMatch: ETag }));
      return next;
    } catch (error) {
      console.warn('again', attempt, error);
    }
  }
  return null;
}`),
    valid('the last error of the attempts is kept and thrown', `${v3}
export async function append(Bucket, Key, line) {
  let lastError;
  for (let attempt = 0; attempt < 3; attempt++) {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    try {
      await client.send(new PutObjectCommand({ Bucket, Key, Body: (await Body.transformToString()) + line, IfMatch: ETag }));
      return;
    } catch (error) {
      lastError = error;
      await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
    }
  }
  throw lastError;
}`),
    valid('a flag that only a success sets is answered', `${v3}
export async function touch(Key: string, etag: string): Promise<boolean> {
  let saved = false;
  try {
    await client.send(new PutObjectCommand({ Bucket: 'b', Key, Body: '', IfMatch: etag }));
    saved = true;
  } catch (error) {
    console.warn(error);
  }
  return saved;
}`),
    valid('a field holds the ETag of what is stored: who reads it sees that nothing was', `${v3}
export class Document {
  etag?: string;
  async flush(Key: string, Body: string): Promise<void> {
    try {
      const stored = await client.send(new PutObjectCommand({ Bucket: 'docs', Key, Body, IfMatch: this.etag }));
      this.etag = stored.ETag;
    } catch (error) {
      console.error('not flushed', error);
    }
  }
}`),
    valid('a field that the handler sets', `${v3}
export class Document {
  private loaded = true;
  async flush(Key: string, Body: string, etag: string): Promise<void> {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'docs', Key, Body, IfMatch: etag }));
    } catch {
      this.loaded = false;
    }
  }
}`),
    valid('the keys that were stored are gathered', `${v3}
export async function storeAll(rows) {
  const stored = [];
  for (const { Key, Body, etag } of rows) {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'rows', Key, Body, IfMatch: etag }));
      stored.push(Key);
    } catch (error) {
      console.error(Key, error);
    }
  }
  return stored;
}`),
    valid('the failures are gathered', `${v3}
export async function storeAll(rows, failures) {
  for (const { Key, Body, etag } of rows) {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'rows', Key, Body, IfMatch: etag }));
    } catch (error) {
      failures.push({ Key, error });
    }
  }
}`),
    valid('failures are counted and answered', `${v3}
export async function storeAll(rows) {
  let failed = 0;
  for (const { Key, Body, etag } of rows) {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'rows', Key, Body, IfMatch: etag }));
    } catch (error) {
      failed += 1;
      console.error(Key, error);
    }
  }
  return { failed };
}`),
    valid('an HTTP answer in the handler', `${v3}
export function routes(app) {
  app.put('/notes/:id', async (req, res) => {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'notes', Key: req.params.id, Body: req.body, IfMatch: req.get('If-Match') }));
      res.status(204).end();
    } catch (error) {
      console.error(error);
      res.status(409).end();
    }
  });
}`),
    valid('the answer of a Lambda says so', `${v3}
export const handler = async (event) => {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'notes', Key: event.id, Body: event.body, IfMatch: event.headers['if-match'] }));
    return { statusCode: 204 };
  } catch (error) {
    console.error(error);
    return { statusCode: 412 };
  }
};`),
    valid('a metric of conflicts that somebody watches', `${v3}
import { putMetric } from './metrics.js';
export async function tick(Key, state, etag) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'states', Key, Body: state, IfMatch: etag }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    console.warn('the next tick reads again');
    await putMetric('StateConflict', 1);
  }
}`),
    valid('a component shows the error', `${v3}
import { useState } from 'react';
export function useSave(Key: string, etag: string) {
  const [problem, setProblem] = useState('');
  const save = async (Body: string) => {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body, IfMatch: etag }));
    } catch (error) {
      console.error(error);
      setProblem('Somebody else has changed this page.');
    }
  };
  return { save, problem };
}`),
    valid('null from .catch is looked at', `${v3}
export async function save(Key, Body, etag) {
  const saved = await client.send(new PutObjectCommand({ Bucket: 'b', Key, Body, IfMatch: etag })).catch(() => null);
  return { conflict: saved === null };
}`),
    valid('.catch answers another value than the write', `${v3}
export const save = (Key, Body, etag) => client.send(new PutObjectCommand({ Bucket: 'b', Key, Body, IfMatch: etag })).catch(() => undefined);`),
    valid('.catch hands the error to a callback', `${v3}
export function save(Key, Body, etag, done) {
  client.send(new PutObjectCommand({ Bucket: 'b', Key, Body, IfMatch: etag })).then(() => done(), (error) => done(error));
}`),
    valid('Promise.allSettled, and the results are read', `${v3}
export async function saveAll(rows) {
  const results = await Promise.allSettled(rows.map(({ Key, Body, etag }) => client.send(new PutObjectCommand({ Bucket: 'b', Key, Body, IfMatch: etag }))));
  return results.filter(({ status }) => status === 'rejected').length;
}`),
    valid('nobody waits for the promise, and nobody catches it', `${v3}
export function save(Key, Body, etag) {
  void client.send(new PutObjectCommand({ Bucket: 'b', Key, Body, IfMatch: etag }));
}`),
    valid('a pair of error and result', `${v3}
import to from 'await-to-js';
export async function save(Key, Body, etag) {
  const [error] = await to(client.send(new PutObjectCommand({ Bucket: 'b', Key, Body, IfMatch: etag })));
  if (error) throw error;
}`),
    valid('an option decides whether it is thrown', `${v3}
export async function save(Key, Body, etag, quiet) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'b', Key, Body, IfMatch: etag }));
  } catch (error) {
    if (!quiet) throw error;
  }
}`),
    valid('a test of the error that another file answers', `${v3}
import { isFatal } from './errors.js';
export async function save(Key, Body, etag) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'b', Key, Body, IfMatch: etag }));
  } catch (error) {
    if (isFatal(error)) throw error;
  }
}`),
    valid('a handler of another file is handed the error', `${v3}
import { report } from './report.js';
export async function save(Key, Body, etag) {
  await client.send(new PutObjectCommand({ Bucket: 'b', Key, Body, IfMatch: etag })).catch((error) => report(error));
}`),
    valid('a wrapper is called again with a fresh ETag', `${v3}
export class Ledger {
  private put(Key: string, Body: string, etag: string) {
    return client.send(new PutObjectCommand({ Bucket: 'ledger', Key, Body, IfMatch: etag }));
  }
  async save(Key: string, Body: string, etag: string, latest: () => Promise<string>): Promise<void> {
    try {
      await this.put(Key, Body, etag);
    } catch (error) {
      console.warn('once more', error);
      await this.put(Key, Body, await latest());
    }
  }
}`),
    valid('a wrapper is called again behind its promise', `${v3}
const put = (Key, Body, etag) => client.send(new PutObjectCommand({ Bucket: 'ledger', Key, Body, IfMatch: etag }));
export async function save(Key, Body, tagOf): Promise<void> {
  await put(Key, Body, await tagOf(Key)).catch(async () => put(Key, Body, await tagOf(Key)));
}`),
    valid('a worker reads again in its next turn', `${v3}
export async function work(Key: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: 'queue', Key }));
    try {
      await client.send(new PutObjectCommand({ Bucket: 'queue', Key, Body: (await Body!.transformToString()).slice(1), IfMatch: ETag }));
    } catch (error) {
      console.warn(error);
    }
  }
}`),
    valid('a timer reads again each time', `${v3}
export function start(Key) {
  setInterval(async () => {
    try {
      const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: 'stats', Key }));
      await client.send(new PutObjectCommand({ Bucket: 'stats', Key, Body: fold(await Body.transformToString()), IfMatch: ETag }));
    } catch (error) {
      console.warn(error);
    }
  }, 60_000);
}`),
    valid('an object that nobody else writes', `${v3}
import { randomUUID } from 'node:crypto';
export async function log(Body, etag) {
  try { await client.send(new PutObjectCommand({ Bucket: 'logs', Key: randomUUID(), Body, IfMatch: etag })); } catch {}
}`),
    valid('a script prints the error where people see it', `${v3}
try {
  await client.send(new PutObjectCommand({ Bucket: 'b', Key: 'config.json', Body: '{}', IfMatch: process.argv[2] }));
} catch (error) {
  console.error(error);
}`),
    valid('a script ends with an exit code', `${v3}
async function main() {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'b', Key: 'config.json', Body: '{}', IfMatch: process.argv[2] }));
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}
await main();`),
    valid('the answer is sent by what hangs on the promise: without it there is none', `${v3}
export function routes(app) {
  app.put('/notes/:id', (req, res) => {
    client
      .send(new PutObjectCommand({ Bucket: 'notes', Key: req.params.id, Body: req.body, IfMatch: req.get('If-Match') }))
      .then(() => res.sendStatus(204))
      .catch((error) => console.error(error));
  });
}`),
    valid('a flag that only the kept promise sets', `${v3}
export async function save(Key, Body, etag) {
  let saved = false;
  await client.send(new PutObjectCommand({ Bucket: 'b', Key, Body, IfMatch: etag })).then(() => { saved = true; }, console.error);
  return saved;
}`),
    valid('a lock is given back when the work is done, whatever comes', `${v3}
export async function withLock(Key, etag, work) {
  try {
    return await work();
  } finally {
    await client.send(new PutObjectCommand({ Bucket: 'locks', Key, Body: 'free', IfMatch: etag })).catch(() => {});
  }
}`),
    valid('a test provokes the conflict', `${v3}
it('refuses an old ETag', async () => {
  await client.send(new PutObjectCommand({ Bucket: 'test', Key: 'a', Body: '', IfMatch: '"old"' })).catch(() => {});
  expect(await read('a')).toBe('new');
});`),
    valid('a callback that passes the error on', `import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export function save(Key, Body, IfMatch, done) {
  s3.putObject({ Bucket: 'b', Key, Body, IfMatch }, (error) => {
    if (error) return done(error);
    done();
  });
}`),

    // BucketAlreadyExists
    valid('only a bucket of one\'s own passes', `${buckets}
const client = new S3Client({});
export async function ensure(Bucket) {
  try {
    await client.send(new CreateBucketCommand({ Bucket }));
  } catch (error) {
    if (error.name !== 'BucketAlreadyOwnedByYou') throw error;
  }
}`),
    valid('the bucket of another account is an error of its own', `${buckets}
const client = new S3Client({});
export async function ensure(Bucket: string): Promise<void> {
  try {
    await client.send(new CreateBucketCommand({ Bucket }));
  } catch (error) {
    const { name } = error as Error;
    if (name === 'BucketAlreadyOwnedByYou') console.info('there already');
    else if (name === 'BucketAlreadyExists') throw new Error(\`\${Bucket} belongs to another account\`);
    else throw error;
  }
}`),
    valid('both are refused: the name is taken', `${buckets}
const client = new S3Client({});
export async function allocate(Bucket) {
  try {
    await client.send(new CreateBucketCommand({ Bucket }));
  } catch (err) {
    if (['BucketAlreadyOwnedByYou', 'BucketAlreadyExists'].includes(err.name)) throw new RangeError('taken', { cause: err });
    throw err;
  }
}`),
    valid('a catch of everything does not single it out', `${buckets}
const client = new S3Client({});
export async function ensure(Bucket) {
  await client.send(new CreateBucketCommand({ Bucket })).catch(() => {});
}`),
    valid('an emulator of one\'s own', `${buckets}
export async function createTestBucket(Bucket: string): Promise<S3Client> {
  const client = new S3Client({ region: 'us-east-1', endpoint: 'http://localhost:9000', forcePathStyle: true });
  try {
    await client.send(new CreateBucketCommand({ Bucket }));
  } catch (error: unknown) {
    const err = error as { name?: string };
    if (err.name !== 'BucketAlreadyOwnedByYou' && err.name !== 'BucketAlreadyExists') throw error;
  }
  return client;
}`),
    valid('a store with paths in place of host names', `${buckets}
const open = (config) => new S3Client({ endpoint: config.endpoint, forcePathStyle: config.forcePathStyle });
export async function ensure(config) {
  const client = open(config);
  try {
    await client.send(new CreateBucketCommand({ Bucket: config.bucket }));
  } catch (error) {
    if (error.name !== 'BucketAlreadyOwnedByYou' && error.name !== 'BucketAlreadyExists') throw error;
  }
}`),
    valid('a set-up of tests', `${buckets}
import { client } from './client.js';
beforeAll(async () => {
  try {
    await client.send(new CreateBucketCommand({ Bucket: 'test' }));
  } catch (error) {
    if (error.name !== 'BucketAlreadyExists') throw error;
  }
});`),
    valid('minio: a server of one\'s own', `import { Client } from 'minio';
const minio = new Client({ endPoint: process.env.STORE_HOST, accessKey: '', secretKey: '' });
export async function ensure(bucket) {
  try {
    await minio.makeBucket(bucket);
  } catch (error) {
    if (error.code !== 'BucketAlreadyOwnedByYou' && error.code !== 'BucketAlreadyExists') throw error;
  }
}`),
    valid('who owns it is asked afterwards', `${buckets}
const client = new S3Client({});
export async function ensure(Bucket, account) {
  try {
    await client.send(new CreateBucketCommand({ Bucket }));
  } catch (error) {
    if (error.name !== 'BucketAlreadyOwnedByYou' && error.name !== 'BucketAlreadyExists') throw error;
  }
  await client.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: account }));
}`),
    valid('another name is tried', `${buckets}
const client = new S3Client({});
export async function ensure(base) {
  let taken = false;
  try {
    await client.send(new CreateBucketCommand({ Bucket: base }));
  } catch (error) {
    if (error.name !== 'BucketAlreadyExists') throw error;
    taken = true;
  }
  return taken ? create(base + '-2') : base;
}`),
  ],
  invalid: [
    invalid('an empty catch', 'swallowedConflict', '"${Key}" in bucket "profiles"', `${v3}
export async function rename(Key, name) {
  const current = await client.send(new GetObjectCommand({ Bucket: 'profiles', Key }));
  const profile = JSON.parse(await current.Body.transformToString());
  try {
    await client.send(▸new PutObjectCommand({ Bucket: 'profiles', Key, Body: JSON.stringify({ ...profile, name }), IfMatch: current.ETag }));
  } ①catch {}
}`),
    invalid('a catch that logs, in TypeScript', 'swallowedConflict', '"counter" in bucket "visits"', `${v3}
import { logger } from './logger.js';
export async function count(): Promise<void> {
  try {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: 'visits', Key: 'counter' }));
    const next = Number(await Body!.transformToString()) + 1;
    await client.send(▸new PutObjectCommand({ Bucket: 'visits', Key: 'counter', Body: String(next), IfMatch: ETag }));
    logger.info('counted', next);
  } ①catch (error: unknown) {
    const message = error instanceof Error ? error.message : String(error);
    logger.error(\`not counted: \${message}\`);
  }
}`),
    invalid('success and failure answer the same', 'swallowedConflict', '"counter" in bucket "visits"', `${v3}
export async function count(next, etag) {
  try {
    await client.send(▸new PutObjectCommand({ Bucket: 'visits', Key: 'counter', Body: next, IfMatch: etag }));
  } ①catch (error) {
    console.error(error);
  }
  return { ok: true };
}`),
    invalid('both answer by a return of their own, in the same words', 'swallowedConflict', '"counter" in bucket "visits"', `${v3}
exports.handler = async (event) => {
  try {
    await client.send(▸new PutObjectCommand({ Bucket: 'visits', Key: 'counter', Body: event.body, IfMatch: event.etag }));
    return { statusCode: 200 };
  } ①catch (error) {
    console.log(error);
    return { statusCode: 200 };
  }
};`),
    invalid('the client of the route hears of success', 'swallowedConflict', '"${req.params.id}" in bucket "notes"', `${v3}
export function routes(app) {
  app.put('/notes/:id', async (req, res) => {
    try {
      await client.send(▸new PutObjectCommand({ Bucket: 'notes', Key: req.params.id, Body: req.body, IfMatch: req.get('If-Match') }));
    } ①catch (error) {
      console.error(error);
    }
    res.status(204).end();
  });
}`),
    invalid('412 alone is passed over, and nothing says so', 'swallowedConflict', '"${Key}" in bucket "pages"', `${v3}
export async function savePage(Key: string, html: string, etag: string): Promise<void> {
  try {
    await client.send(▸new PutObjectCommand({ Bucket: 'pages', Key, Body: html, IfMatch: etag }));
  } ①catch (error) {
    if (error instanceof S3ServiceException && error.name === 'PreconditionFailed') {
      console.warn('somebody else was faster');
      return;
    }
    throw error;
  }
}`),
    invalid('a 409 alone is passed over', 'swallowedConflict', '"${Key}" in bucket "pages"', `${v3}
export async function savePage(Key, html, etag) {
  try {
    await client.send(▸new PutObjectCommand({ Bucket: 'pages', Key, Body: html, IfMatch: etag }));
  } ①catch (error) {
    if (error.name !== 'ConditionalRequestConflict') throw error;
  }
}`),
    invalid('.catch with an empty function', 'swallowedConflict', '"${Key}" in bucket "pages"', `${v3}
export async function savePage(Key, html, etag) {
  await client.send(▸new PutObjectCommand({ Bucket: 'pages', Key, Body: html, IfMatch: etag })).catch(①() => {});
}`),
    invalid('.catch(console.error)', 'swallowedConflict', '"${Key}" in bucket "pages"', `${v3}
export function savePage(Key, html, etag) {
  void client.send(▸new PutObjectCommand({ Bucket: 'pages', Key, Body: html, IfMatch: etag })).catch(①console.error);
}`),
    invalid('.then with a second function', 'swallowedConflict', '"${Key}" in bucket "pages"', `${v3}
export async function savePage(Key, html, etag) {
  await client.send(▸new PutObjectCommand({ Bucket: 'pages', Key, Body: html, IfMatch: etag })).then(
    () => console.log('stored'),
    ①(error) => console.log('not stored', error),
  );
}`),
    invalid('a promise of nothing is answered either way', 'swallowedConflict', '"${Key}" in bucket "pages"', `${v3}
export const savePage = (Key, html, etag) =>
  client.send(▸new PutObjectCommand({ Bucket: 'pages', Key, Body: html, IfMatch: etag })).then(() => {}).catch(①(error) => console.warn(error));`),
    invalid('the aggregated client', 'swallowedConflict', '"state.json" in bucket "${Bucket}"', `import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function save(Bucket: string, Body: string, IfMatch: string): Promise<void> {
  try {
    await ▸s3.putObject({ Bucket, Key: 'state.json', Body, IfMatch });
  } ①catch (error) {
    console.error(error);
  }
}`),
    invalid('a callback of the aggregated client', 'swallowedConflict', '"state.json" in bucket "b"', `import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export function save(Body, IfMatch) {
  ▸s3.putObject({ Bucket: 'b', Key: 'state.json', Body, IfMatch }, ①(err, data) => {
    if (err) console.log(err, err.stack);
    else console.log(data);
  });
}`),
    invalid('Upload of lib-storage', 'swallowedConflict', '"film.mp4" in bucket "media"', `import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
export async function replace(Body, etag) {
  const upload = ▸new Upload({ client: new S3Client({}), params: { Bucket: 'media', Key: 'film.mp4', Body, IfMatch: etag } });
  try {
    await upload.done();
  } ①catch (error) {
    console.error(error);
  }
}`),
    invalid('minio', 'swallowedConflict', '"state.json" in bucket "b"', `import { Client } from 'minio';
const minio = new Client({ endPoint: 'store', accessKey: '', secretKey: '' });
export async function save(body, etag) {
  try {
    await ▸minio.putObject('b', 'state.json', body, body.length, { 'If-Match': etag });
  } ①catch (error) {
    console.error(error);
  }
}`),
    invalid('the catch of a caller in the file', 'swallowedConflict', '"list.json" in bucket "shop"', `${v3}
class Lists {
  async #store(list, etag) {
    await client.send(▸new PutObjectCommand({ Bucket: 'shop', Key: 'list.json', Body: JSON.stringify(list), IfMatch: etag }));
  }
  async add(item) {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: 'shop', Key: 'list.json' }));
    const list = JSON.parse(await Body.transformToString());
    try {
      await this.#store([...list, item], ETag);
    } ①catch (error) {
      console.error('not added', error);
    }
  }
}
export const lists = new Lists();`),
    invalid('a wrapper that stores another object behind it', 'swallowedConflict', '"${Key}" in bucket "shop"', `${v3}
const put = (Key: string, Body: string, etag: string) => client.send(▸new PutObjectCommand({ Bucket: 'shop', Key, Body, IfMatch: etag }));
export async function saveBoth(list: string, index: string, etags: string[]): Promise<void> {
  try {
    await put('list.json', list, etags[0]!);
  } ①catch (error) {
    console.error(error);
  }
  await put('index.json', index, etags[1]!);
}`),
    invalid('only other failures are tried again', 'swallowedConflict', '"${Key}" in bucket "shop"', `${v3}
const put = (Key: string, Body: string, etag: string) => client.send(▸new PutObjectCommand({ Bucket: 'shop', Key, Body, IfMatch: etag }));
export async function save(Key: string, Body: string, etag: string): Promise<void> {
  try {
    await put(Key, Body, etag);
  } ①catch (error) {
    if ((error as Error).name === 'PreconditionFailed') return;
    await put(Key, Body, etag);
  }
}`),
    invalid('a helper of the file that logs', 'swallowedConflict', '"list.json" in bucket "shop"', `${v3}
const tell = (error) => console.error('not stored', error);
export async function store(list, etag) {
  try {
    await client.send(▸new PutObjectCommand({ Bucket: 'shop', Key: 'list.json', Body: JSON.stringify(list), IfMatch: etag }));
  } ①catch (error) {
    tell(error);
  }
}`),
    invalid('one item of many is lost', 'swallowedConflict', '"${Key}" in bucket "rows"', `${v3}
export async function storeAll(rows: readonly { Key: string; Body: string; etag: string }[]): Promise<void> {
  for (const { Key, Body, etag } of rows) {
    try {
      await client.send(▸new PutObjectCommand({ Bucket: 'rows', Key, Body, IfMatch: etag }));
    } ①catch (error) {
      console.error(\`\${Key} was not stored\`, error);
      continue;
    }
    console.log(\`\${Key} was stored\`);
  }
}`),
    invalid('each of many at once', 'swallowedConflict', '"${Key}" in bucket "rows"', `${v3}
export async function storeAll(rows) {
  await Promise.all(rows.map(async ({ Key, Body, etag }) => {
    try {
      await client.send(▸new PutObjectCommand({ Bucket: 'rows', Key, Body, IfMatch: etag }));
    } ①catch (error) {
      console.error(error);
    }
  }));
}`),
    invalid('a heartbeat that does not notice that the lease is gone', 'swallowedConflict', '"lease" in bucket "locks"', `${v3}
export function keep(etag: string): NodeJS.Timeout {
  return setInterval(() => {
    client.send(▸new PutObjectCommand({ Bucket: 'locks', Key: 'lease', Body: String(Date.now()), IfMatch: etag })).catch(①() => {});
  }, 10_000);
}`),
    invalid('a counted loop gives up without a word', 'gaveUpInSilence', '"counter" in bucket "visits"', `${v3}
export async function count() {
  ①for (let attempt = 0; attempt < 5; attempt++) {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: 'visits', Key: 'counter' }));
    const next = Number(await Body.transformToString()) + 1;
    try {
      await client.send(▸new PutObjectCommand({ Bucket: 'visits', Key: 'counter', Body: String(next), IfMatch: ETag }));
      return;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
    }
  }
}`),
    invalid('a counted loop gives up with a line in the log', 'gaveUpInSilence', '"counter" in bucket "visits"', `${v3}
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
export async function count(): Promise<void> {
  let left = 5;
  ①while (left > 0) {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: 'visits', Key: 'counter' }));
    const next = Number(await Body!.transformToString()) + 1;
    try {
      await client.send(▸new PutObjectCommand({ Bucket: 'visits', Key: 'counter', Body: String(next), IfMatch: ETag }));
      break;
    } catch (error) {
      left--;
      console.warn('again', left, error);
      await sleep(200);
    }
  }
}`),
    invalid('a retry of the file gives up without a word', 'gaveUpInSilence', '"counter" in bucket "visits"', `${v3}
async function attempts(work) {
  ①for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await work();
    } catch (error) {
      console.warn(error);
    }
  }
}
export async function count(next, etag) {
  await attempts(() => client.send(▸new PutObjectCommand({ Bucket: 'visits', Key: 'counter', Body: next, IfMatch: etag })));
}`),

    invalid('a cache of the program is mended, and nobody hears of it', 'swallowedConflict', '"menu" in bucket "site"', `${v3}
import { purge } from './cdn.js';
export async function publish(menu, etag) {
  try {
    await client.send(▸new PutObjectCommand({ Bucket: 'site', Key: 'menu', Body: menu, IfMatch: etag }));
    await purge('/menu');
  } ①catch (error) {
    console.error(error);
  }
}`),
    invalid('a switch over the errors', 'swallowedConflict', '"menu" in bucket "site"', `${v3}
export async function publish(menu: string, etag: string): Promise<void> {
  try {
    await client.send(▸new PutObjectCommand({ Bucket: 'site', Key: 'menu', Body: menu, IfMatch: etag }));
  } ①catch (error) {
    switch ((error as Error).name) {
      case 'PreconditionFailed':
        break;
      default:
        throw error;
    }
  }
}`),
    invalid('the state is only logged', 'swallowedConflict', '"menu" in bucket "site"', `${v3}
export async function publish(menu, etag) {
  let state = 'stored';
  try {
    await client.send(▸new PutObjectCommand({ Bucket: 'site', Key: 'menu', Body: menu, ...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' }) }));
  } ①catch (error) {
    state = 'failed';
  }
  console.log({ state });
}`),
    invalid('a function that calls itself gives up', 'swallowedConflict', '"menu" in bucket "site"', `${v3}
export async function publish(menu, attempt = 0) {
  const current = await client.send(new GetObjectCommand({ Bucket: 'site', Key: 'menu' }));
  try {
    await client.send(▸new PutObjectCommand({ Bucket: 'site', Key: 'menu', Body: menu, IfMatch: current.ETag }));
  } ①catch (error) {
    if (attempt < 3) return publish(menu, attempt + 1);
    console.error('given up', error);
  }
}`),

    // BucketAlreadyExists
    invalid('the promise of the bucket is kept for all', 'foreignBucket', 'bucket "uploads"', `${buckets}
const client = new S3Client({});
let made: Promise<void> | undefined;
export const bucket = (): Promise<void> =>
  (made ??= (async () => {
    try {
      await client.send(new CreateBucketCommand({ Bucket: 'uploads' }));
    } catch (error) {
      if (▸!['BucketAlreadyOwnedByYou', 'BucketAlreadyExists'].includes((error as Error).name)) throw error;
    }
  })());`),
    invalid('a foreign bucket passes beside one\'s own', 'foreignBucket', 'bucket "${Bucket}"', `${buckets}
const client = new S3Client({});
export async function ensure(Bucket) {
  try {
    await client.send(new CreateBucketCommand({ Bucket }));
  } catch (error) {
    if (▸error.name !== 'BucketAlreadyOwnedByYou' && error.name !== 'BucketAlreadyExists') throw error;
  }
}`),
    invalid('it is remembered as if it were made', 'foreignBucket', 'bucket "${bucket}"', `${buckets}
export class Adapter {
  #client = new S3Client({});
  #hasBucket = false;
  async createBucket(bucket: string): Promise<void> {
    if (this.#hasBucket) return;
    try {
      await this.#client.send(new HeadBucketCommand({ Bucket: bucket }));
      this.#hasBucket = true;
    } catch (error) {
      if ((error as Error).name !== 'NotFound') throw error;
      try {
        await this.#client.send(new CreateBucketCommand({ Bucket: bucket }));
        this.#hasBucket = true;
      } catch (creation) {
        const { name } = creation as Error;
        if (▸name === 'BucketAlreadyExists' || name === 'BucketAlreadyOwnedByYou') {
          this.#hasBucket = true;
        } else {
          throw creation;
        }
      }
    }
  }
}`),
    invalid('by class', 'foreignBucket', 'bucket "app-templates"', `${buckets}
const client = new S3Client({});
export async function deploy() {
  try {
    await client.send(new CreateBucketCommand({ Bucket: 'app-templates' }));
    console.info('made');
  } catch (error) {
    if (▸error instanceof BucketAlreadyOwnedByYou || error instanceof BucketAlreadyExists) {
      console.info('there already');
    } else {
      console.error('no bucket', error);
      throw error;
    }
  }
}`),
    invalid('every 409', 'foreignBucket', 'bucket "${Bucket}"', `${buckets}
const client = new S3Client({});
export async function ensure(Bucket) {
  try {
    await client.send(new CreateBucketCommand({ Bucket }));
  } catch (error) {
    if (▸error.$metadata?.httpStatusCode === 409) return;
    throw error;
  }
}`),
    invalid('true against false', 'foreignBucket', 'bucket "${Bucket}"', `${buckets}
const client = new S3Client({});
export async function ensure(Bucket) {
  try {
    await client.send(new CreateBucketCommand({ Bucket }));
    return true;
  } catch (error) {
    if (▸error.name === 'BucketAlreadyExists' || error.name === 'BucketAlreadyOwnedByYou') {
      console.warn('there already');
      return true;
    }
    console.error(error);
    return false;
  }
}`),
    invalid('aws-sdk v2 with a callback', 'foreignBucket', 'bucket "${Bucket}"', `const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.ensure = (Bucket, done) => {
  s3.createBucket({ Bucket }, (error) => {
    if (▸error && error.code !== 'BucketAlreadyExists' && error.code !== 'BucketAlreadyOwnedByYou') return done(error);
    done();
  });
};`),
    invalid('aws-sdk v2 with a promise', 'foreignBucket', 'bucket "${Bucket}"', `const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.ensure = async (Bucket) => {
  await s3.createBucket({ Bucket }).promise().catch((error) => {
    if (▸error.statusCode !== 409) throw error;
  });
};`),
  ],
});
