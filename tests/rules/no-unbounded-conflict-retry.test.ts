import { noUnboundedConflictRetry } from '../../src/rules/no-unbounded-conflict-retry.js';
import { ruleTester } from '../rule-tester.js';

ruleTester.run('no-unbounded-conflict-retry', noUnboundedConflictRetry as never, {
  valid: [
    {
      name: 'one more attempt, and the call says that it is the last',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function rename(client, Key, name, isRetry = false) {
  const current = await client.send(new GetObjectCommand({ Bucket: 'users', Key }));
  const user = JSON.parse(await current.Body.transformToString());
  try {
    await client.send(new PutObjectCommand({ Bucket: 'users', Key, Body: JSON.stringify({ ...user, name }), IfMatch: current.ETag }));
  } catch (error) {
    if (error.name === 'PreconditionFailed' && !isRetry) return rename(client, Key, name, true);
    throw error;
  }
}
`,
    },
    {
      name: 'the bound stands beside the test of the conflict that goes on',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function claim(client, Key, Body) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'jobs', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      if (attempt < 4 && error.name === 'ConditionalRequestConflict') continue;
      throw error;
    }
  }
}
`,
    },
    {
      name: 'a counted loop that throws when its attempts are used up',
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
      name: 'a counter that counts down in the test of the loop',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function create(Key: string, Body: string): Promise<boolean> {
  let left = 3;
  while (left-- > 0) {
    try {
      await s3.putObject({ Bucket: 'jobs', Key, Body, IfNoneMatch: '*' });
      return true;
    } catch (error) {
      if (error.name !== 'ConditionalRequestConflict') throw error;
    }
  }
  return false;
}
`,
    },
    {
      name: 'an endless head, and a counter in the catch that throws',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function increment(client, Bucket, Key) {
  let attempts = 0;
  while (true) {
    const current = await client.send(new GetObjectCommand({ Bucket, Key }));
    const next = Number(await current.Body.transformToString()) + 1;
    try {
      return await client.send(new PutObjectCommand({ Bucket, Key, Body: String(next), IfMatch: current.ETag }));
    } catch (error) {
      attempts += 1;
      if (error.$metadata?.httpStatusCode !== 412 || attempts >= 5) throw error;
    }
  }
}
`,
    },
    {
      name: 'for with a counter and no test: the throw inside ends it',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.append = async (Bucket, Key, line) => {
  for (let attempt = 1; ; attempt++) {
    const { Body, ETag } = await s3.getObject({ Bucket, Key });
    const text = await Body.transformToString();
    try {
      return await s3.putObject({ Bucket, Key, Body: text + line, IfMatch: ETag });
    } catch (error) {
      if (attempt === 8) throw error;
    }
  }
};
`,
    },
    {
      name: 'do-while that runs until it is saved or its retries are used up',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function rename(Bucket: string, Key: string, title: string): Promise<boolean> {
  let saved = false;
  let retries = 0;
  do {
    const { Body, ETag } = await s3.getObject({ Bucket, Key });
    const page = JSON.parse(await Body!.transformToString());
    try {
      await s3.putObject({ Bucket, Key, Body: JSON.stringify({ ...page, title }), IfMatch: ETag });
      saved = true;
    } catch {
      retries++;
    }
  } while (!saved && retries < 10);
  return saved;
}
`,
    },
    {
      name: 'a deadline in the head of the loop',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function lock(client, owner) {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('no lock within thirty seconds');
}
`,
    },
    {
      name: 'a deadline on the way out of an endless loop',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function lock(client, owner, timeout) {
  const start = performance.now();
  for (;;) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      if (performance.now() - start > timeout) throw new Error('no lock in time');
    }
  }
}
`,
    },
    {
      name: 'the caller\'s AbortSignal in the head of the loop',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function increment(client, Bucket, Key, signal: AbortSignal) {
  while (!signal.aborted) {
    const current = await client.send(new GetObjectCommand({ Bucket, Key }));
    const next = Number(await current.Body.transformToString()) + 1;
    try {
      return await client.send(new PutObjectCommand({ Bucket, Key, Body: String(next), IfMatch: current.ETag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
  throw signal.reason;
}
`,
    },
    {
      name: 'throwIfAborted before each attempt',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function lock(client, owner, signal: AbortSignal) {
  while (true) {
    signal.throwIfAborted();
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'the signal travels with the request: an abort throws, and all but conflicts are thrown on',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function increment(client, Bucket, Key, abortSignal: AbortSignal) {
  while (true) {
    const current = await client.send(new GetObjectCommand({ Bucket, Key }), { abortSignal });
    const next = Number(await current.Body.transformToString()) + 1;
    try {
      return await client.send(new PutObjectCommand({ Bucket, Key, Body: String(next), IfMatch: current.ETag }), { abortSignal });
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'a catch that throws a conflict on retries nothing',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function create(client, Key, Body) {
  while (true) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'photos', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      throw new Error('not stored', { cause: error });
    }
  }
}
`,
    },
    {
      name: 'only SlowDown is tried again; a conflict is thrown on',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function create(client, Key, Body) {
  while (true) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'photos', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'SlowDown') throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}
`,
    },
    {
      name: 'only 503 is tried again, by a function of the file that knows throttling',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
const isThrottled = (error) => error.$metadata?.httpStatusCode === 503 || error.name === 'TooManyRequestsException';
export async function append(client, Bucket, Key, line) {
  for (;;) {
    const current = await client.send(new GetObjectCommand({ Bucket, Key }));
    const text = await current.Body.transformToString();
    try {
      return await client.send(new PutObjectCommand({ Bucket, Key, Body: text + line, IfMatch: current.ETag }));
    } catch (error) {
      if (isThrottled(error)) continue;
      throw error;
    }
  }
}
`,
    },
    {
      name: 'a conflict is an answer: it leaves the loop, other failures are tried again',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function claim(client, Key, owner) {
  while (true) {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'jobs', Key, Body: owner, IfNoneMatch: '*' }));
      return true;
    } catch (error) {
      if (error.name === 'PreconditionFailed' || error.name === 'ConditionalRequestConflict') return false;
    }
  }
}
`,
    },
    {
      name: 'an unconditional put cannot conflict: S3 lets the last writer win',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function store(client, Key, Body) {
  while (true) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'photos', Key, Body }));
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}
`,
    },
    {
      name: 'a loop over keys goes on to the next object',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function seed(client, files: Map<string, string>) {
  for (const [Key, Body] of files) {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'site', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name === 'PreconditionFailed') continue;
      throw error;
    }
  }
}
`,
    },
    {
      name: 'a loop over an index goes on to the next object too',
      code: `
const { PutObjectCommand } = require('@aws-sdk/client-s3');
exports.seed = async (client, files) => {
  let index = 0;
  while (index < files.length) {
    const { Key, Body } = files[index++];
    try {
      await client.send(new PutObjectCommand({ Bucket: 'site', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
};
`,
    },
    {
      name: 'a list of delays bounds the attempts',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function lock(client, owner) {
  for (const delay of [0, 200, 800, 3200]) {
    await new Promise((resolve) => setTimeout(resolve, delay));
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
  throw new Error('locked');
}
`,
    },
    {
      name: 'a worker whose failed job leaves the loop',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function work(client, queue) {
  while (true) {
    const job = await queue.take();
    await client.send(new PutObjectCommand({ Bucket: 'results', Key: job.id, Body: job.result, IfNoneMatch: '*' }));
  }
}
`,
    },
    {
      name: 'a worker that goes on with the next job when somebody else has stored this one',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function work(client, queue) {
  for (;;) {
    const job = await queue.take();
    try {
      await client.send(new PutObjectCommand({ Bucket: 'results', Key: job.id, Body: job.result, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      console.log('done by another worker', job.id);
    }
  }
}
`,
    },
    {
      name: 'pages of a listing: the loop ends with the last page',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function sweep(Bucket: string): Promise<void> {
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.listObjectsV2({ Bucket, Prefix: 'tmp/', ContinuationToken });
    for (const { Key, ETag } of page.Contents ?? []) {
      try {
        await s3.deleteObject({ Bucket, Key, IfMatch: ETag });
      } catch (error) {
        if (error.$metadata?.httpStatusCode !== 412) throw error;
      }
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
}
`,
    },
    {
      name: 'the loop polls for an object; the write comes after it and once',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function acknowledge(client, Bucket, Key) {
  let ready;
  while (!ready) {
    try {
      ready = await client.send(new HeadObjectCommand({ Bucket, Key }));
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  await client.send(new PutObjectCommand({ Bucket, Key: Key + '.seen', Body: '', IfNoneMatch: '*' }));
}
`,
    },
    {
      name: 'recursion that hands on one attempt more, and throws at the last',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function addVote(Bucket: string, Key: string, option: string, attempt = 1): Promise<void> {
  const { Body, ETag } = await s3.getObject({ Bucket, Key });
  const votes = JSON.parse(await Body!.transformToString());
  votes[option] = (votes[option] ?? 0) + 1;
  try {
    await s3.putObject({ Bucket, Key, Body: JSON.stringify(votes), IfMatch: ETag });
  } catch (error) {
    if (error.name !== 'PreconditionFailed' || attempt >= 5) throw error;
    await addVote(Bucket, Key, option, attempt + 1);
  }
}
`,
    },
    {
      name: 'recursion of a method that counts its retries down in an options object',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Locks {
  constructor(private readonly client: S3Client) {}
  async lock(key: string, { retries = 3 } = {}): Promise<void> {
    try {
      await this.client.send(new PutObjectCommand({ Bucket: 'locks', Key: key, Body: '', IfNoneMatch: '*' }));
    } catch (error) {
      if (retries === 0) throw error;
      return this.lock(key, { retries: retries - 1 });
    }
  }
}
`,
    },
    {
      name: 'recursion into folders is no retry',
      code: `
import { readdir, readFile } from 'node:fs/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function upload(client, folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = folder + '/' + entry.name;
    if (entry.isDirectory()) {
      await upload(client, path);
      continue;
    }
    try {
      await client.send(new PutObjectCommand({ Bucket: 'site', Key: path, Body: await readFile(path), IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'a timer that counts its attempts',
      code: `
const { PutObjectCommand } = require('@aws-sdk/client-s3');
function lock(client, owner, attempt) {
  client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' })).catch((error) => {
    if (error.name !== 'PreconditionFailed' || attempt > 10) throw error;
    setTimeout(() => lock(client, owner, attempt + 1), 500);
  });
}
exports.lock = (client, owner) => lock(client, owner, 1);
`,
    },
    {
      name: 'a heartbeat renews its lease by a timer, and ends with the first failure',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function heartbeat(client, owner: string, etag: string): Promise<void> {
  const renewed = await client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfMatch: etag }));
  setTimeout(() => void heartbeat(client, owner, renewed.ETag), 10_000);
}
`,
    },
    {
      name: 'p-retry stops by itself after ten retries',
      code: `
import pRetry from 'p-retry';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const create = (client, Key, Body) => pRetry(() => client.send(new PutObjectCommand({ Bucket: 'jobs', Key, Body, IfNoneMatch: '*' })));
`,
    },
    {
      name: 'p-retry for ever, within a maximum of time',
      code: `
import pRetry from 'p-retry';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const create = (client, Key, Body) =>
  pRetry(() => client.send(new PutObjectCommand({ Bucket: 'jobs', Key, Body, IfNoneMatch: '*' })), { forever: true, maxRetryTime: 60_000 });
`,
    },
    {
      name: 'p-retry without a count, until the caller aborts',
      code: `
import pRetry from 'p-retry';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const create = (client, Key, Body, signal: AbortSignal) =>
  pRetry(() => client.send(new PutObjectCommand({ Bucket: 'jobs', Key, Body, IfNoneMatch: '*' })), { retries: Infinity, signal });
`,
    },
    {
      name: 'p-retry for ever around a read: no write, no conflict',
      code: `
import pRetry from 'p-retry';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function copy(client, Key) {
  const source = await pRetry(() => client.send(new GetObjectCommand({ Bucket: 'inbox', Key })), { forever: true });
  await client.send(new PutObjectCommand({ Bucket: 'archive', Key, Body: source.Body, IfNoneMatch: '*' }));
}
`,
    },
    {
      name: 'async-retry with a number of retries',
      code: `
const retry = require('async-retry');
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.create = (Key, Body) => retry(() => s3.putObject({ Bucket: 'jobs', Key, Body, IfNoneMatch: '*' }), { retries: 3 });
`,
    },
    {
      name: 'exponential-backoff makes ten attempts where nothing is said',
      code: `
import { backOff } from 'exponential-backoff';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const create = (client, Key, Body) => backOff(() => client.send(new PutObjectCommand({ Bucket: 'jobs', Key, Body, IfNoneMatch: '*' })), { jitter: 'full' });
`,
    },
    {
      name: 'ts-retry-promise retries "INFINITELY" within the sixty seconds that it allows by default',
      code: `
import { retry } from 'ts-retry-promise';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const create = (client, Key, Body) =>
  retry(() => client.send(new PutObjectCommand({ Bucket: 'jobs', Key, Body, IfNoneMatch: '*' })), { retries: 'INFINITELY' });
`,
    },
    {
      name: 'a cockatiel policy with a number of attempts',
      code: `
import { ExponentialBackoff, handleAll, retry } from 'cockatiel';
import { PutObjectCommand } from '@aws-sdk/client-s3';
const policy = retry(handleAll, { maxAttempts: 4, backoff: new ExponentialBackoff() });
export const create = (client, Key, Body) => policy.execute(() => client.send(new PutObjectCommand({ Bucket: 'jobs', Key, Body, IfNoneMatch: '*' })));
`,
    },
    {
      name: 'rxjs retries three times',
      code: `
import { defer, retry } from 'rxjs';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const create = (client, Key, Body) =>
  defer(() => client.send(new PutObjectCommand({ Bucket: 'jobs', Key, Body, IfNoneMatch: '*' }))).pipe(retry({ count: 3, delay: 500 }));
`,
    },
    {
      name: 'maxAttempts of the SDK does not retry 409 and 412 at all',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({ maxAttempts: Infinity });
export const create = (Key: string, Body: string) => client.send(new PutObjectCommand({ Bucket: 'jobs', Key, Body, IfNoneMatch: '*' }));
`,
    },
    {
      name: 'an endless loop that retries conflicts of another service',
      code: `
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(dynamo, client, Key, Body, version) {
  await client.send(new PutObjectCommand({ Bucket: 'site', Key, Body, IfNoneMatch: '*' }));
  while (true) {
    try {
      return await dynamo.send(new UpdateItemCommand(version(Key)));
    } catch (error) {
      if (error.name !== 'TransactionConflictException') throw error;
    }
  }
}
`,
    },
    {
      name: 'a predicate of another file decides: whether it lets a conflict through is not known',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { isRetryable } from './errors.js';
export async function lock(client, owner) {
  while (true) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }));
    } catch (error) {
      if (!isRetryable(error)) throw error;
    }
  }
}
`,
    },
    {
      name: 'the delays are used up one by one, then the conflict is thrown',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function lock(client, owner) {
  const delays = [100, 400, 1600];
  while (true) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }));
    } catch (error) {
      const delay = delays.shift();
      if (delay === undefined) throw error;
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
}
`,
    },
    {
      name: 'recursion with one delay less each time',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function lock(client, owner, [delay, ...later] = [100, 400, 1600]) {
  try {
    return await client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }));
  } catch (error) {
    if (delay === undefined) throw error;
    await new Promise((resolve) => setTimeout(resolve, delay));
    return lock(client, owner, later);
  }
}
`,
    },
    {
      name: 'a method that starts over once the missing bucket is there: no conflict comes to the call',
      code: `
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Archive {
  constructor(private readonly client: S3Client, private readonly bucket: string) {}
  async add(key: string, body: string): Promise<void> {
    try {
      await this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: body, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'NoSuchBucket') throw error;
      await this.client.send(new CreateBucketCommand({ Bucket: this.bucket }));
      await this.add(key, body);
    }
  }
}
`,
    },
    {
      name: 'p-retry for ever around an unconditional put: nothing can conflict',
      code: `
import pRetry from 'p-retry';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const store = (client, Key, Body) => pRetry(() => client.send(new PutObjectCommand({ Bucket: 'photos', Key, Body })), { forever: true });
`,
    },
    {
      name: 'p-retry for ever, for throttling alone',
      code: `
import pRetry from 'p-retry';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const create = (client, Key, Body) =>
  pRetry(() => client.send(new PutObjectCommand({ Bucket: 'jobs', Key, Body, IfNoneMatch: '*' })), {
    forever: true,
    shouldRetry: (error) => error.name === 'SlowDown',
  });
`,
    },
    {
      name: 'a conflict aborts p-retry, other failures are tried again',
      code: `
import pRetry, { AbortError } from 'p-retry';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const create = (client, Key, Body) =>
  pRetry(
    async () => {
      try {
        await client.send(new PutObjectCommand({ Bucket: 'jobs', Key, Body, IfNoneMatch: '*' }));
      } catch (error) {
        if (error.name === 'PreconditionFailed') throw new AbortError(error);
        throw error;
      }
    },
    { forever: true },
  );
`,
    },
    {
      name: 'the number of retries is the caller\'s',
      code: `
import pRetry from 'p-retry';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const create = (client, Key, Body, retries: number) =>
  pRetry(() => client.send(new PutObjectCommand({ Bucket: 'jobs', Key, Body, IfNoneMatch: '*' })), { retries });
`,
    },
    {
      name: 'a time-out around the endless policy of cockatiel bounds it',
      code: `
import { ExponentialBackoff, handleAll, retry, timeout, TimeoutStrategy, wrap } from 'cockatiel';
import { PutObjectCommand } from '@aws-sdk/client-s3';
const policy = wrap(timeout(30_000, TimeoutStrategy.Aggressive), retry(handleAll, { backoff: new ExponentialBackoff() }));
export const create = (client, Key, Body) => policy.execute(() => client.send(new PutObjectCommand({ Bucket: 'jobs', Key, Body, IfNoneMatch: '*' })));
`,
    },
    {
      name: 'a time-out behind retry() of rxjs bounds it',
      code: `
import { defer, retry, timeout } from 'rxjs';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const create = (client, Key, Body) =>
  defer(() => client.send(new PutObjectCommand({ Bucket: 'jobs', Key, Body, IfNoneMatch: '*' }))).pipe(retry({ delay: 500 }), timeout(30_000));
`,
    },
    {
      name: 'a schedule of Effect with a number of recurrences',
      code: `
import { Effect, Schedule } from 'effect';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const create = (client, Key, Body) =>
  Effect.tryPromise(() => client.send(new PutObjectCommand({ Bucket: 'jobs', Key, Body, IfNoneMatch: '*' }))).pipe(
    Effect.retry(Schedule.intersect(Schedule.exponential('100 millis'), Schedule.recurs(5))),
  );
`,
    },
    {
      name: 'a lock is asked for until somebody stops the instance',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export class Lock {
  stopped = false;
  constructor(client, Key) { this.client = client; this.Key = Key; }
  async acquire(Body) {
    while (!this.stopped) {
      try {
        return await this.client.send(new PutObjectCommand({ Bucket: 'locks', Key: this.Key, Body, IfNoneMatch: '*' }));
      } catch (error) {
        if (error.name !== 'PreconditionFailed') throw error;
      }
      await pause(Math.random() * 1000);
    }
  }
  stop() { this.stopped = true; }
}
`,
    },
    {
      name: 'a timer says when the time is over',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function acquire(client, Key, Body, limit) {
  let expired = false;
  setTimeout(() => { expired = true; }, limit);
  while (!expired) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'locks', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
  throw new Error('held');
}
`,
    },
    {
      name: 'the token of the caller and the state of the module say when to stop',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
const state = { draining: false };
export const drain = () => { state.draining = true; };
export async function acquire(client, Key, Body, token) {
  for (;;) {
    if (state.draining) return;
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'locks', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
export async function wait(client, Key, Body, token) {
  while (!token.isCancellationRequested) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'locks', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'a number that is counted up until its object is free: each attempt names another one',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function append(client, Body) {
  let n = 0;
  while (true) {
    const Key = \`log/\${String(n).padStart(8, '0')}\`;
    try {
      await client.send(new PutObjectCommand({ Bucket: 'log', Key, Body, IfNoneMatch: '*' }));
      return n;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      n += 1;
    }
  }
}
`,
    },
    {
      name: 'a function that calls itself makes a new id',
      code: `
import { randomUUID } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function create(client, Body) {
  const id = randomUUID();
  try {
    await client.send(new PutObjectCommand({ Bucket: 'records', Key: id, Body, IfNoneMatch: '*' }));
    return id;
  } catch (error) {
    if (error.name === 'PreconditionFailed') return create(client, Body);
    throw error;
  }
}
`,
    },
    {
      name: 'a heartbeat goes on by its timer, whether the last beat was stored or not',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export function heartbeat(client, Key, Body, etag) {
  const beat = async () => {
    try {
      etag = (await client.send(new PutObjectCommand({ Bucket: 'leases', Key, Body, IfMatch: etag }))).ETag;
      setTimeout(beat, 5000);
    } catch (error) {
      if (error.name === 'PreconditionFailed') return;
      setTimeout(beat, 1000);
    }
  };
  setTimeout(beat, 5000);
}
`,
    },
  ],
  invalid: [
    {
      name: 'while (true) that goes on after every 412: under contention it never ends',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function countVisit(client, Bucket, Key) {
  while (true) {
    const current = await client.send(new GetObjectCommand({ Bucket, Key }));
    const visits = Number(await current.Body.transformToString()) + 1;
    try {
      await client.send(new PutObjectCommand({ Bucket, Key, Body: String(visits), IfMatch: current.ETag }));
      return visits;
    } catch (error) {
      if (error.name === 'PreconditionFailed') continue;
      throw error;
    }
  }
}
`,
      errors: [
        {
          messageId: 'unboundedLoop',
          data: { object: '"${Key}" in bucket "${Bucket}"' },
          line: 4,
          suggestions: [
            {
              messageId: 'countLoop',
              data: { attempts: '5' },
              output: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function countVisit(client, Bucket, Key) {
  for (let attempt = 0; attempt < 5; attempt++) {
    const current = await client.send(new GetObjectCommand({ Bucket, Key }));
    const visits = Number(await current.Body.transformToString()) + 1;
    try {
      await client.send(new PutObjectCommand({ Bucket, Key, Body: String(visits), IfMatch: current.ETag }));
      return visits;
    } catch (error) {
      if (error.name === 'PreconditionFailed') continue;
      throw error;
    }
  }
  throw new Error('Conflicts did not end after 5 attempts.');
}
`,
            },
          ],
        },
      ],
    },
    {
      name: 'for (;;) that swallows everything: a create finds the same object each time',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function lock(owner: string): Promise<void> {
  for (;;) {
    try {
      await s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
`,
      errors: [
        {
          messageId: 'unboundedLoop',
          data: { object: '"nightly" in bucket "locks"' },
          line: 5,
          suggestions: [
            {
              messageId: 'countLoop',
              data: { attempts: '5' },
              output: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function lock(owner: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      await s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
  throw new Error('Conflicts did not end after 5 attempts.');
}
`,
            },
          ],
        },
      ],
    },
    {
      name: 'a loop that breaks on success: no throw can be put behind it, so nothing is suggested',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function append(Bucket: string, Key: string, line: string): Promise<void> {
  while (true) {
    const { Body, ETag } = await s3.getObject({ Bucket, Key });
    const text = await Body!.transformToString();
    try {
      await s3.putObject({ Bucket, Key, Body: text + line, IfMatch: ETag });
      break;
    } catch (error) {
      if (error.$metadata?.httpStatusCode !== 412) throw error;
    }
  }
}
`,
      errors: [{ messageId: 'unboundedLoop', data: { object: '"${Key}" in bucket "${Bucket}"' }, line: 5, suggestions: [] }],
    },
    {
      name: 'do-while until it is saved, whatever the failure',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
export async function replace(client, Key, bytes) {
  let saved = false;
  do {
    const head = await client.send(new HeadObjectCommand({ Bucket: 'videos', Key }));
    try {
      await new Upload({ client, params: { Bucket: 'videos', Key, Body: bytes, IfMatch: head.ETag } }).done();
      saved = true;
    } catch (error) {
      console.warn(error);
    }
  } while (!saved);
}
`,
      errors: [{ messageId: 'unboundedLoop', data: { object: '"${Key}" in bucket "videos"' }, line: 6, suggestions: [] }],
    },
    {
      name: 'a counter that is only logged ends nothing',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function lock(client, owner) {
  let tries = 0;
  let held = false;
  while (!held) {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }));
      held = true;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      console.log('still locked', ++tries);
    }
  }
}
`,
      errors: [{ messageId: 'unboundedLoop', data: { object: '"nightly" in bucket "locks"' }, line: 6, suggestions: [] }],
    },
    {
      name: 'a growing delay is no bound',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.lock = async (owner) => {
  let delay = 100;
  while (true) {
    try {
      return await s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' });
    } catch (error) {
      if (error.name !== 'PreconditionFailed' && error.name !== 'ConditionalRequestConflict') throw error;
      await new Promise((resolve) => setTimeout(resolve, delay));
      delay = Math.min(delay * 2, 5000);
    }
  }
};
`,
      errors: [
        {
          messageId: 'unboundedLoop',
          data: { object: '"nightly" in bucket "locks"' },
          line: 6,
          suggestions: [
            {
              messageId: 'countLoop',
              data: { attempts: '5' },
              output: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.lock = async (owner) => {
  let delay = 100;
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' });
    } catch (error) {
      if (error.name !== 'PreconditionFailed' && error.name !== 'ConditionalRequestConflict') throw error;
      await new Promise((resolve) => setTimeout(resolve, delay));
      delay = Math.min(delay * 2, 5000);
    }
  }
  throw new Error('Conflicts did not end after 5 attempts.');
};
`,
            },
          ],
        },
      ],
    },
    {
      name: 'a function of the file tells conflicts, and private methods read and write',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const lostRace = (error) => [409, 412].includes(error.$metadata?.httpStatusCode);
export class Tally {
  constructor(private readonly client: S3Client, private readonly bucket: string) {}
  async add(amount: number): Promise<void> {
    let done = false;
    while (!done) {
      const { total, etag } = await this.read();
      try {
        await this.write(total + amount, etag);
        done = true;
      } catch (error) {
        if (!lostRace(error)) throw error;
      }
    }
  }
  private async read() {
    const { Body, ETag } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: 'tally' }));
    return { total: Number(await Body!.transformToString()), etag: ETag };
  }
  private async write(total: number, etag: string | undefined): Promise<void> {
    await this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: 'tally', Body: String(total), IfMatch: etag }));
  }
}
`,
      errors: [{ messageId: 'unboundedLoop', data: { object: '"tally" in bucket "${this.bucket}"' }, line: 8, suggestions: [] }],
    },
    {
      name: 'instanceof S3ServiceException lets every answer of S3 through, conflicts too',
      code: `
import { DeleteObjectCommand, HeadObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
export async function remove(client, Bucket, Key) {
  let gone = false;
  while (!gone) {
    const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
    try {
      await client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: head.ETag }));
      gone = true;
    } catch (error) {
      if (!(error instanceof S3ServiceException)) throw error;
    }
  }
}
`,
      errors: [{ messageId: 'unboundedLoop', data: { object: '"${Key}" in bucket "${Bucket}"' }, line: 5, suggestions: [] }],
    },
    {
      name: 'a 409 by instanceof: the bucket belongs to somebody else in every round',
      code: `
import { BucketAlreadyExists, CreateBucketCommand } from '@aws-sdk/client-s3';
export async function create(client, Bucket) {
  let created = false;
  while (!created) {
    try {
      await client.send(new CreateBucketCommand({ Bucket }));
      created = true;
    } catch (error) {
      if (!(error instanceof BucketAlreadyExists)) throw error;
    }
  }
}
`,
      errors: [{ messageId: 'unboundedLoop', data: { object: 'bucket "${Bucket}"' }, line: 5, suggestions: [] }],
    },
    {
      name: 'a deleted bucket name answers OperationAborted for an hour or more',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
async function recreate(Bucket) {
  await s3.deleteBucket({ Bucket });
  let created = false;
  while (!created) {
    try {
      await s3.createBucket({ Bucket });
      created = true;
    } catch (error) {
      if (error.name !== 'OperationAborted') throw error;
      await new Promise((resolve) => setTimeout(resolve, 5000));
    }
  }
}
module.exports = { recreate };
`,
      errors: [{ messageId: 'unboundedLoop', data: { object: 'bucket "${Bucket}"' }, line: 7, suggestions: [] }],
    },
    {
      name: 'aws-sdk v2: the create-only put is tried again on 409 and 412 for ever',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.lock = async (owner) => {
  let held = false;
  while (!held) {
    try {
      await s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }).promise();
      held = true;
    } catch (error) {
      if (error.statusCode !== 409 && error.statusCode !== 412) throw error;
    }
  }
};
`,
      errors: [{ messageId: 'unboundedLoop', data: { object: '"nightly" in bucket "locks"' }, line: 6, suggestions: [] }],
    },
    {
      name: 'minio: the condition is a header and the conflict a code',
      code: `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export async function replace(key: string, body: Buffer): Promise<void> {
  let saved = false;
  while (!saved) {
    const { etag } = await minio.statObject('photos', key);
    try {
      await minio.putObject('photos', key, body, body.length, { 'If-Match': etag });
      saved = true;
    } catch (error) {
      if (error.code !== 'PreconditionFailed') throw error;
    }
  }
}
`,
      errors: [{ messageId: 'unboundedLoop', data: { object: '"${key}" in bucket "photos"' }, line: 6, suggestions: [] }],
    },
    {
      name: 'a try-lock of the file answers false on 412, and the loop asks for ever',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
async function tryLock(client, owner) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }));
    return true;
  } catch (error) {
    if (error.name === 'PreconditionFailed') return false;
    throw error;
  }
}
export async function lock(client, owner) {
  while (!(await tryLock(client, owner))) {
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
`,
      errors: [{ messageId: 'unboundedLoop', data: { object: '"nightly" in bucket "locks"' }, line: 13, suggestions: [] }],
    },
    {
      name: 'a catch on the promise makes every failure a null, and the loop starts over',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.lock = async (owner) => {
  let held = null;
  while (!held) {
    held = await s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }).catch(() => null);
  }
  return held.ETag;
};
`,
      errors: [{ messageId: 'unboundedLoop', data: { object: '"nightly" in bucket "locks"' }, line: 6, suggestions: [] }],
    },
    {
      name: 'a function that calls itself after a conflict, with the same arguments',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function addVote(Bucket: string, Key: string, option: string): Promise<void> {
  const { Body, ETag } = await s3.getObject({ Bucket, Key });
  const votes = JSON.parse(await Body!.transformToString());
  votes[option] = (votes[option] ?? 0) + 1;
  try {
    await s3.putObject({ Bucket, Key, Body: JSON.stringify(votes), IfMatch: ETag });
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    await addVote(Bucket, Key, option);
  }
}
`,
      errors: [{ messageId: 'unboundedRecursion', data: { object: '"${Key}" in bucket "${Bucket}"' }, line: 12, suggestions: [] }],
    },
    {
      name: 'a method that calls itself where its write failed with 412',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Guests {
  constructor(private readonly client: S3Client) {}
  async add(guest: string): Promise<string[]> {
    const current = await this.client.send(new GetObjectCommand({ Bucket: 'party', Key: 'guests.json' }));
    const guests: string[] = [...JSON.parse(await current.Body!.transformToString()), guest];
    try {
      await this.client.send(new PutObjectCommand({ Bucket: 'party', Key: 'guests.json', Body: JSON.stringify(guests), IfMatch: current.ETag }));
      return guests;
    } catch (error) {
      if (error.$metadata?.httpStatusCode === 412) return this.add(guest);
      throw error;
    }
  }
}
`,
      errors: [{ messageId: 'unboundedRecursion', data: { object: '"guests.json" in bucket "party"' }, line: 12, suggestions: [] }],
    },
    {
      name: 'a promise chain whose catch starts over',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
function lock(owner) {
  return s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }).catch((error) => {
    if (error.name === 'PreconditionFailed') return lock(owner);
    throw error;
  });
}
module.exports = { lock };
`,
      errors: [{ messageId: 'unboundedRecursion', data: { object: '"nightly" in bucket "locks"' }, line: 6, suggestions: [] }],
    },
    {
      name: 'setTimeout that schedules the same function again after any failure',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function announce(client, host) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'cluster', Key: 'leader', Body: host, IfNoneMatch: '*' }));
  } catch {
    setTimeout(announce, 1000, client, host);
  }
}
`,
      errors: [{ messageId: 'unboundedTimer', data: { object: '"leader" in bucket "cluster"' }, line: 7, suggestions: [] }],
    },
    {
      name: 'setTimeout with a callback that calls the method again',
      code: `
const { PutObjectCommand } = require('@aws-sdk/client-s3');
class Election {
  constructor(client, host) {
    this.client = client;
    this.host = host;
  }
  async run() {
    try {
      await this.client.send(new PutObjectCommand({ Bucket: 'cluster', Key: 'leader', Body: this.host, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      setTimeout(() => this.run(), 1000);
    }
  }
}
module.exports = Election;
`,
      errors: [{ messageId: 'unboundedTimer', data: { object: '"leader" in bucket "cluster"' }, line: 13, suggestions: [] }],
    },
    {
      name: 'p-retry that was told to go on for ever',
      code: `
import pRetry from 'p-retry';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function addGuest(client, Bucket, Key, guest) {
  await pRetry(
    async () => {
      const current = await client.send(new GetObjectCommand({ Bucket, Key }));
      const guests = JSON.parse(await current.Body.transformToString());
      guests.push(guest);
      await client.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(guests), IfMatch: current.ETag }));
    },
    { forever: true },
  );
}
`,
      errors: [{ messageId: 'unboundedOption', data: { object: '"${Key}" in bucket "${Bucket}"' }, line: 12, suggestions: [] }],
    },
    {
      name: 'p-retry with an infinite count, around a function of the file',
      code: `
import pRetry from 'p-retry';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function claim(Key: string): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: 'jobs', Key, Body: '', IfNoneMatch: '*' }));
}
export const wait = (Key: string) => pRetry(() => claim(Key), { retries: Infinity, factor: 1.5 });
`,
      errors: [{ messageId: 'unboundedOption', data: { object: '"${Key}" in bucket "jobs"' }, line: 8, suggestions: [] }],
    },
    {
      name: 'async-retry for ever, options in a constant',
      code: `
const retry = require('async-retry');
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
const options = { forever: true, minTimeout: 100 };
exports.lock = (owner) => retry(() => s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }), options);
`,
      errors: [{ messageId: 'unboundedOption', data: { object: '"nightly" in bucket "locks"' }, suggestions: [] }],
    },
    {
      name: 'an operation of retry that is created for ever',
      code: `
const retry = require('retry');
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.lock = (owner, done) => {
  const operation = retry.operation({ forever: true });
  operation.attempt(() => {
    s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }).then(
      () => done(null),
      (error) => operation.retry(error) || done(error),
    );
  });
};
`,
      errors: [{ messageId: 'unboundedOption', data: { object: '"nightly" in bucket "locks"' }, line: 6, suggestions: [] }],
    },
    {
      name: 'promise-retry for ever',
      code: `
const promiseRetry = require('promise-retry');
const { PutObjectCommand } = require('@aws-sdk/client-s3');
exports.lock = (client, owner) =>
  promiseRetry(
    (again) => client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' })).catch(again),
    { forever: true },
  );
`,
      errors: [{ messageId: 'unboundedOption', data: { object: '"nightly" in bucket "locks"' }, line: 7, suggestions: [] }],
    },
    {
      name: 'exponential-backoff with an infinite number of attempts',
      code: `
import { backOff } from 'exponential-backoff';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const lock = (client, owner) =>
  backOff(() => client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' })), {
    numOfAttempts: Number.POSITIVE_INFINITY,
  });
`,
      errors: [{ messageId: 'unboundedOption', data: { object: '"nightly" in bucket "locks"' }, line: 6, suggestions: [] }],
    },
    {
      name: 'ts-retry-promise with neither a count nor a time-out',
      code: `
import { retry } from 'ts-retry-promise';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const lock = (client, owner) =>
  retry(() => client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' })), {
    retries: 'INFINITELY',
    timeout: 'INFINITELY',
  });
`,
      errors: [{ messageId: 'unboundedOption', data: { object: '"nightly" in bucket "locks"' }, suggestions: [] }],
    },
    {
      name: 'cockatiel retries without limit where maxAttempts is not given',
      code: `
import { ExponentialBackoff, handleAll, retry } from 'cockatiel';
import { PutObjectCommand } from '@aws-sdk/client-s3';
const policy = retry(handleAll, { backoff: new ExponentialBackoff() });
export const lock = (client, owner) =>
  policy.execute(() => client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' })));
`,
      errors: [{ messageId: 'unboundedOption', data: { object: '"nightly" in bucket "locks"' }, suggestions: [] }],
    },
    {
      name: 'retry() of rxjs counts to Infinity',
      code: `
import { from, defer } from 'rxjs';
import { retry } from 'rxjs/operators';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const lock = (client, owner) =>
  defer(() => from(client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' })))).pipe(retry());
`,
      errors: [{ messageId: 'unboundedOption', data: { object: '"nightly" in bucket "locks"' }, suggestions: [] }],
    },
    {
      name: 'a delay alone does not bound retry of rxjs',
      code: `
import { defer, retry } from 'rxjs';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const lock = (client, owner) =>
  defer(() => client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }))).pipe(retry({ delay: 1000 }));
`,
      errors: [{ messageId: 'unboundedOption', data: { object: '"nightly" in bucket "locks"' }, suggestions: [] }],
    },
    {
      name: 'a generator of Effect, with a schedule that repeats for ever',
      code: `
import { Effect, Schedule } from 'effect';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const lock = (client, owner) =>
  Effect.gen(function* () {
    yield* Effect.tryPromise(() => client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' })));
    return owner;
  }).pipe(Effect.retry(Schedule.exponential('50 millis')));
`,
      errors: [{ messageId: 'unboundedOption', data: { object: '"nightly" in bucket "locks"' }, suggestions: [] }],
    },
    {
      name: 'a schedule of Effect that repeats for ever',
      code: `
import { Effect, Schedule } from 'effect';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const lock = (client, owner) =>
  Effect.tryPromise(() => client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }))).pipe(
    Effect.retry(Schedule.exponential('100 millis')),
  );
`,
      errors: [{ messageId: 'unboundedOption', data: { object: '"nightly" in bucket "locks"' }, suggestions: [] }],
    },
    {
      name: 'the next number of a listing is one that all writers come to',
      code: `
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
export async function append(client, Body) {
  do {
    const { KeyCount } = await client.send(new ListObjectsV2Command({ Bucket: 'log' }));
    const n = KeyCount + 1;
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'log', Key: String(n), Body, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  } while (true);
}
`,
      errors: [{ messageId: 'unboundedLoop', line: 4 }],
    },
    {
      name: 'the attempt itself says that it is done: nobody else ends the loop',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function acquire(client, Key, Body) {
  let acquired = false;
  const attempt = async () => {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'locks', Key, Body, IfNoneMatch: '*' }));
      acquired = true;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  };
  while (!acquired) await attempt();
}
`,
      errors: [{ messageId: 'unboundedLoop', line: 13 }],
    },
    {
      name: 'who is called from outside has not started itself over',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
async function save(client, Key, Body) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'votes', Key, Body, IfNoneMatch: '*' }));
  } catch (error) {
    if (error.name !== 'ConditionalRequestConflict') throw error;
    await save(client, Key, Body);
  }
}
export async function main(client) {
  await save(client, 'a', 'b');
}
`,
      errors: [{ messageId: 'unboundedRecursion', line: 8 }],
    },
    {
      name: 'a delay of rxjs that grows with the attempts, and never gives up',
      code: `
import { defer, retry, timer } from 'rxjs';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const create = (client, Key, Body) =>
  defer(() => client.send(new PutObjectCommand({ Bucket: 'jobs', Key, Body, IfNoneMatch: '*' }))).pipe(
    retry({ delay: (error, n) => timer(50 * 2 ** n) }),
  );
`,
      errors: [{ messageId: 'unboundedOption', line: 6 }],
    },
  ],
});
