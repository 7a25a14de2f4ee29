import { requireConflictBackoff } from '../../src/rules/require-conflict-backoff.js';
import { readMarks } from '../marked.js';
import { ruleTester } from '../rule-tester.js';

/** A retry (`▸`) that comes back at once, or after the same pause each time, to an object. */
const hasty = (messageId: 'retriesAtOnce' | 'retriesInStep', object: string, source: string) => {
  const { code, at } = readMarks(source);
  return { code, errors: [{ messageId, data: { object }, ...at('▸') } as const] };
};

ruleTester.run('require-conflict-backoff', requireConflictBackoff as never, {
  valid: [
    {
      name: 'a pause that doubles and has chance in it',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { setTimeout as pause } from 'node:timers/promises';
export async function increment(client: S3Client, Bucket: string, Key: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const current = await client.send(new GetObjectCommand({ Bucket, Key }));
    const next = Number(await current.Body!.transformToString()) + 1;
    try {
      await client.send(new PutObjectCommand({ Bucket, Key, Body: String(next), IfMatch: current.ETag }));
      return;
    } catch (error) {
      if ((error as Error).name !== 'PreconditionFailed') throw error;
      await pause(Math.random() * 100 * 2 ** attempt);
    }
  }
  throw new Error('busy');
}
`,
    },
    {
      name: 'a small pause of chance alone keeps writers out of step',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export class Stats {
  async add(line) {
    const tries = 5;
    for (let attempt = 0; attempt < tries; attempt++) {
      try {
        const response = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: this.key }));
        const stats = JSON.parse(await response.Body.transformToString());
        stats.lines.unshift(line);
        await this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: this.key, Body: JSON.stringify(stats), IfMatch: response.ETag }));
        return;
      } catch (error) {
        if (error.name === 'PreconditionFailed' && attempt < tries - 1) {
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 100));
          continue;
        }
        throw error;
      }
    }
  }
}
`,
    },
    {
      name: 'a pause that doubles up to a limit, without chance: the writers are at different attempts',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function register(client, Bucket, Key, address) {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
      const registry = JSON.parse(await Body.transformToString());
      await client.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify({ ...registry, address }), IfMatch: ETag }));
      return;
    } catch (error) {
      if (error.name === 'PreconditionFailed' && attempt < 4) {
        const backoffMs = Math.min(1000 * Math.pow(2, attempt), 5000);
        await new Promise((resolve) => setTimeout(resolve, backoffMs));
        continue;
      }
      throw error;
    }
  }
}
`,
    },
    {
      name: 'a pause that grows in even steps',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Locker {
  constructor(private readonly client: S3Client, private readonly retryDelayMs = 500) {}
  async lock(id: string, signal: AbortSignal): Promise<void> {
    for (let attempt = 0; attempt < 10 && !signal.aborted; attempt++) {
      try {
        await this.client.send(new PutObjectCommand({ Bucket: 'uploads', Key: \`\${id}.lock\`, Body: '', IfNoneMatch: '*' }));
        return;
      } catch (error) {
        if ((error as Error).name !== 'PreconditionFailed') throw error;
      }
      await this.sleep(this.retryDelayMs * (attempt + 1), signal);
    }
    throw new Error('locked');
  }
  private sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const timeout = setTimeout(resolve, ms);
      signal.addEventListener('abort', () => { clearTimeout(timeout); reject(signal.reason); });
    });
  }
}
`,
    },
    {
      name: 'a pause that is worked out in another function of the file',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
const computeBackoff = (attempt, base, most) => {
  const grown = Math.min(base * Math.pow(2, Math.max(attempt - 1, 0)), most);
  return grown + Math.floor(Math.random() * Math.max(base / 2, 1));
};
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export async function acquire(client, Key, options) {
  let attempt = 0;
  const start = Date.now();
  while (Date.now() - start < options.timeout) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'locks', Key, Body: options.owner, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
    attempt += 1;
    const delay = computeBackoff(attempt, options.retryDelay, options.maxRetryDelay);
    await sleep(delay);
  }
  return null;
}
`,
    },
    {
      name: 'a delay that is doubled after each pause',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const LONGEST = 5000;
export async function lock(owner: string): Promise<void> {
  let delay = 50;
  for (let left = 8; left > 0; left -= 1) {
    try {
      await s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' });
      return;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      await new Promise((resolve) => setTimeout(resolve, delay));
      delay = Math.min(delay * 2, LONGEST);
    }
  }
  throw new Error('locked');
}
`,
    },
    {
      name: 'a list of delays, by the number of the attempt',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const { setTimeout: sleep } = require('timers/promises');
const s3 = new S3({});
const DELAYS = [50, 200, 800, 3200];
exports.append = async (Bucket, Key, line) => {
  for (let attempt = 0; attempt < DELAYS.length; attempt++) {
    const { Body, ETag } = await s3.getObject({ Bucket, Key });
    const text = await Body.transformToString();
    try {
      return await s3.putObject({ Bucket, Key, Body: text + line, IfMatch: ETag });
    } catch (error) {
      if (error.$metadata?.httpStatusCode !== 412) throw error;
      await sleep(DELAYS[attempt]);
    }
  }
  throw new Error('busy');
};
`,
    },
    {
      name: 'a loop over the delays themselves',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
export async function append(Bucket: string, Key: string, line: string): Promise<void> {
  for (const ms of [50, 150, 450]) {
    const { Body, ETag } = await s3.getObject({ Bucket, Key });
    try {
      await s3.putObject({ Bucket, Key, Body: (await Body!.transformToString()) + line, IfMatch: ETag });
      return;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      await wait(ms);
    }
  }
  throw new Error('busy');
}
`,
    },
    {
      name: 'the pause stands before the next attempt, not behind the failed one',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { sleep, backoff } from './time.js';
export async function increment(client, Bucket, Key) {
  for (let attempt = 0; attempt < 5; attempt++) {
    if (attempt > 0) await sleep(backoff(attempt));
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    try {
      return await client.send(new PutObjectCommand({ Bucket, Key, Body: String(Number(await Body.transformToString()) + 1), IfMatch: ETag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
  throw new Error('busy');
}
`,
    },
    {
      name: 'a pause of another file that takes the attempt: it is not seen what it makes of it',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { backOff } from './retry.js';
export async function increment(client, Bucket, Key) {
  for (let attempt = 0; attempt < 5; attempt++) {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    try {
      return await client.send(new PutObjectCommand({ Bucket, Key, Body: String(Number(await Body.transformToString()) + 1), IfMatch: ETag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
    await backOff();
  }
  throw new Error('busy');
}
`,
    },
    {
      name: 'a turn in a queue is waited for: the writers come one after the other',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { turnstile } from './turnstile.js';
export async function increment(client, Bucket, Key) {
  for (let attempt = 0; attempt < 5; attempt++) {
    const release = await turnstile.acquire(Key);
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    try {
      return await client.send(new PutObjectCommand({ Bucket, Key, Body: String(Number(await Body.transformToString()) + 1), IfMatch: ETag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    } finally {
      release();
    }
  }
  throw new Error('busy');
}
`,
    },
    {
      name: 'the holder of the lock tells when it is released',
      code: `
import { once } from 'node:events';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function lock(client, released, owner) {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
    await once(released, 'nightly');
  }
}
`,
    },
    {
      name: 'woken by an event, or by the clock if none comes',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function lock(client, released, owner) {
  for (let attempt = 0; attempt < 10; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
    await new Promise((resolve) => {
      released.once('nightly', resolve);
      setTimeout(resolve, 5000);
    });
  }
}
`,
    },
    {
      name: 'a short name with a number behind it: each attempt writes another key',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function publish(client: S3Client, slug: string, page: string): Promise<string> {
  for (let n = 1; n <= 20; n++) {
    const Key = n === 1 ? \`pages/\${slug}\` : \`pages/\${slug}-\${n}\`;
    try {
      await client.send(new PutObjectCommand({ Bucket: 'site', Key, Body: page, IfNoneMatch: '*' }));
      return Key;
    } catch (error) {
      if ((error as Error).name !== 'PreconditionFailed') throw error;
    }
  }
  throw new Error('no free name');
}
`,
    },
    {
      name: 'a new random id for each attempt',
      code: `
import { randomUUID } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function invite(client, body) {
  for (let attempt = 0; attempt < 5; attempt++) {
    const code = randomUUID().slice(0, 6);
    try {
      await client.send(new PutObjectCommand({ Bucket: 'invites', Key: code, Body: body, IfNoneMatch: '*' }));
      return code;
    } catch (error) {
      if (error.name === 'PreconditionFailed') continue;
      throw error;
    }
  }
}
`,
    },
    {
      name: 'the next number of a listing: it is another one after a conflict',
      code: `
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
export async function addVersion(client, prefix, body) {
  for (let attempt = 0; attempt < 5; attempt++) {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'schemas', Prefix: prefix }));
    const version = Contents.length + 1;
    try {
      await client.send(new PutObjectCommand({ Bucket: 'schemas', Key: \`\${prefix}/\${version}.json\`, Body: body, IfNoneMatch: '*' }));
      return version;
    } catch (error) {
      if (error.$metadata?.httpStatusCode !== 412) throw error;
    }
  }
}
`,
    },
    {
      name: 'jobs of a list: who lost one goes on to the next',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function claim(client, jobs, worker) {
  for (const job of jobs) {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'jobs', Key: job.key, Body: JSON.stringify({ ...job, worker }), IfMatch: job.etag }));
      return job;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
  return null;
}
`,
    },
    {
      name: 'jobs that are taken from a list, in a counted loop',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function claim(client, jobs, worker) {
  while (jobs.length > 0) {
    const job = jobs.shift();
    try {
      await client.send(new PutObjectCommand({ Bucket: 'jobs', Key: job.key, Body: worker, IfMatch: job.etag }));
      return job;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
  return null;
}
`,
    },
    {
      name: 'the stores of several regions, each tried once',
      code: `
import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
const regions = ['eu-west-1', 'us-east-1'];
export async function store(Key, Body) {
  for (let n = 0; n < regions.length; n++) {
    const client = new S3Client({ region: regions[n] });
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'drops', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      console.warn(error);
    }
  }
  throw new Error('no region took it');
}
`,
    },
    {
      name: 'a loop without an end belongs to another rule',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function lock(client, owner) {
  while (true) {
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
      name: 'the conflict is not tried again, only a throttled request is',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Key, Body, etag) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body, IfMatch: etag }));
    } catch (error) {
      if (error.name !== 'SlowDown') throw error;
    }
  }
}
`,
    },
    {
      name: 'a write without a condition has no conflict: this retries failures of the network',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Key, Body) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body }));
    } catch (error) {
      if (attempt === 2) throw error;
    }
  }
}
`,
    },
    {
      name: 'an input that is not seen, and a retry that does not tell conflicts from other failures',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, input) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new PutObjectCommand(input));
    } catch (error) {
      if (attempt === 2) throw error;
    }
  }
}
`,
    },
    {
      name: 'a helper of another file retries, with pauses that are not seen',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { withRetry } from './retry.js';
export const create = (client, Key, Body) =>
  withRetry(() => client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body, IfNoneMatch: '*' })), { attempts: 4 });
`,
    },
    {
      name: 'p-retry doubles its delay',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import pRetry from 'p-retry';
export const add = (client, Bucket, Key, guest) =>
  pRetry(async () => {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    const guests = JSON.parse(await Body.transformToString());
    await client.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify([...guests, guest]), IfMatch: ETag }));
  }, { retries: 4 });
`,
    },
    {
      name: 'async-retry has chance in its delays unless it is told not to',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import retry from 'async-retry';
export const add = (client, Bucket, Key, guest) =>
  retry(async () => {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    const guests = JSON.parse(await Body.transformToString());
    await client.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify([...guests, guest]), IfMatch: ETag }));
  }, { retries: 4, factor: 1, minTimeout: 200 });
`,
    },
    {
      name: 'the number of attempts of a library is not seen: it may be one',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { retry } from 'ts-retry-promise';
export const create = (client, Key, Body, retries) =>
  retry(() => client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body, IfNoneMatch: '*' })), { retries, delay: 100 });
`,
    },
    {
      name: 'a library without delay, and code that waits for its turn by itself',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { handleAll, retry } from 'cockatiel';
import { limiter } from './limiter.js';
const policy = retry(handleAll, { maxAttempts: 5 });
export const touch = (client, Bucket, Key) =>
  policy.execute(async () => {
    await limiter.removeTokens(1);
    const { ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'touched', IfMatch: ETag }));
  });
`,
    },
    {
      name: 'recursion that hands on a longer delay',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export async function append(client, Bucket, Key, line, left = 5, delay = 100) {
  const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
  try {
    await client.send(new PutObjectCommand({ Bucket, Key, Body: (await Body.transformToString()) + line, IfMatch: ETag }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed' || left === 0) throw error;
    await sleep(delay);
    await append(client, Bucket, Key, line, left - 1, delay * 2);
  }
}
`,
    },
    {
      name: 'recursion after a random pause of milliseconds, as a log of changes is written',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
async function writeEntry(client, Bucket, Key, entry, attempt = 0) {
  const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
  const text = await Body.transformToString();
  const input = { Bucket, Key, Body: text + entry };
  if (ETag) input.IfMatch = ETag;
  try {
    const response = await client.send(new PutObjectCommand(input));
    return { status: response.$metadata.httpStatusCode };
  } catch (error) {
    if (error?.$metadata?.httpStatusCode === 412 && attempt < 6) {
      const delay = Math.random() * 50 * 2 ** attempt;
      await new Promise((r) => {
        setTimeout(r, delay);
      });
      return writeEntry(client, Bucket, Key, entry, attempt + 1);
    }
    throw error;
  }
}
export { writeEntry };
`,
    },
    {
      name: 'a timer that starts the next attempt later each time',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
function create(params, attempt, done) {
  s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: params.owner, IfNoneMatch: '*' }, (error) => {
    if (!error) return done(null);
    if (error.code !== 'PreconditionFailed' || attempt > 5) return done(error);
    setTimeout(() => create(params, attempt + 1, done), 100 * 2 ** attempt);
  });
}
module.exports = create;
`,
    },
    {
      name: 'a helper of the file that retries with chance in its pauses',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
async function withRetry(run, { tries = 5, base = 50 } = {}) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= tries) throw error;
      await new Promise((resolve) => setTimeout(resolve, base * attempt + base * Math.random()));
    }
  }
}
export const touch = (client, Bucket, Key) =>
  withRetry(async () => {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    await client.send(new PutObjectCommand({ Bucket, Key, Body: await Body.transformToString(), IfMatch: ETag }));
  });
`,
    },
    {
      name: 'the delay is an option that may be a function of the attempt',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export async function touch(client, Bucket, Key, options) {
  for (let attempt = 0; attempt < options.attempts; attempt++) {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    try {
      return await client.send(new PutObjectCommand({ Bucket, Key, Body: await Body.transformToString(), IfMatch: ETag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      await sleep(options.delay(attempt));
    }
  }
}
`,
    },
    {
      name: 'the delay lies between two numbers',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { sleep } from './time.js';
export async function lock(client, owner) {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      await sleep(1000, 3000);
    }
  }
}
`,
    },
    {
      name: 'Effect: an exponential schedule with jitter',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { Effect, Schedule } from 'effect';
export const touch = (client, Bucket, Key) =>
  Effect.tryPromise(async () => {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    await client.send(new PutObjectCommand({ Bucket, Key, Body: await Body.transformToString(), IfMatch: ETag }));
  }).pipe(Effect.retry(Schedule.exponential('50 millis').pipe(Schedule.jittered, Schedule.intersect(Schedule.recurs(5)))));
`,
    },
    {
      name: 'a bucket that is still being deleted is asked for at even times: there are no other writers',
      code: `
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { setTimeout } from 'node:timers/promises';
export async function create(client, Bucket) {
  for (let attempt = 0; attempt < 60; attempt++) {
    try {
      return await client.send(new CreateBucketCommand({ Bucket }));
    } catch (error) {
      if (error.name !== 'OperationAborted') throw error;
      await setTimeout(10_000);
    }
  }
  throw new Error('still being deleted');
}
`,
    },
    {
      name: 'emptied and deleted again: what stood in the way is gone',
      code: `
import { DeleteBucketCommand } from '@aws-sdk/client-s3';
import { empty } from './empty.js';
export async function remove(client, Bucket) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new DeleteBucketCommand({ Bucket }));
    } catch (error) {
      if (error.name !== 'BucketNotEmpty') throw error;
      await empty(client, Bucket);
    }
  }
}
`,
    },
    {
      name: 'one more attempt, and no loop',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function append(client, Bucket, Key, line) {
  const once = async () => {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    await client.send(new PutObjectCommand({ Bucket, Key, Body: (await Body.transformToString()) + line, IfMatch: ETag }));
  };
  try {
    await once();
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    await once();
  }
}
`,
    },
    {
      name: 'batches for one index: a lost one is kept for later, and the next one goes on',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function flush(client, batches, signal) {
  const failed = [];
  for (const batch of batches) {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: 'search', Key: 'index.json' }));
    const index = JSON.parse(await Body.transformToString());
    try {
      await client.send(new PutObjectCommand({ Bucket: 'search', Key: 'index.json', Body: JSON.stringify([...index, ...batch]), IfMatch: ETag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      failed.push(batch);
      continue;
    }
    if (signal.aborted) return failed;
  }
  return failed;
}
`,
    },
    {
      name: 'a function that is not seen stands in the promise between two attempts',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { later } from './later.js';
export function lock(client, owner, attempt = 0) {
  return client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' })).catch((error) => {
    if (error.name !== 'PreconditionFailed' || attempt > 9) throw error;
    return Promise.resolve().then(later).then(() => lock(client, owner, attempt + 1));
  });
}
`,
    },
    {
      name: 'each writer draws its own delay before its first attempt',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function lockWithin(client, owner, delay) {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
    await sleep(delay);
  }
}
export const lock = (client, owner) => lockWithin(client, owner, 500 + Math.random() * 500);
`,
    },
    {
      name: 'a random number of node:crypto',
      code: `
import { randomInt } from 'node:crypto';
import { scheduler } from 'node:timers/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function lock(client, owner) {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
    await scheduler.wait(randomInt(100, 900));
  }
}
`,
    },
    {
      name: 'a promise of somebody else is waited for',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function lock(client, owner, holder) {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      await holder.done;
    }
  }
}
`,
    },
    {
      name: 'asks whether the lock is gone, as often as it takes, before it tries again',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const isHeld = (client) => client.send(new HeadObjectCommand({ Bucket: 'locks', Key: 'nightly' })).then(() => true, () => false);
export async function lock(client, owner) {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      while (await isHeld(client)) await sleep(1000);
    }
  }
}
`,
    },
    {
      name: 'a conflict goes on at once, and a rarer one after a random pause',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export async function increment(client, Bucket, Key) {
  for (let attempt = 0; attempt < 5; attempt++) {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    try {
      return await client.send(new PutObjectCommand({ Bucket, Key, Body: String(Number(await Body.transformToString()) + 1), IfMatch: ETag }));
    } catch (error) {
      if (error.name === 'PreconditionFailed') continue;
      if (error.name !== 'ConditionalRequestConflict') throw error;
      await sleep(Math.random() * 1000);
    }
  }
  throw new Error('busy');
}
`,
    },
    {
      name: 'the name of a file depends on the attempt that a helper of the file counts',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
async function attempts(run, most) {
  for (let n = 0; n < most; n++) {
    try {
      return await run(n);
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
export const store = (client, name, Body) => attempts((n) => client.send(new PutObjectCommand({ Bucket: 'files', Key: n ? \`\${name} (\${n})\` : name, Body, IfNoneMatch: '*' })), 10);
`,
    },
    {
      name: 'recursion with the next number in the name',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function store(client, name, Body, n = 0) {
  const Key = n ? \`\${name}-\${n}\` : name;
  try {
    await client.send(new PutObjectCommand({ Bucket: 'files', Key, Body, IfNoneMatch: '*' }));
    return Key;
  } catch (error) {
    if (error.name !== 'PreconditionFailed' || n > 20) throw error;
    return store(client, name, Body, n + 1);
  }
}
`,
    },
    {
      name: 'the ETag is waited for in the input of the write, for a time that is not seen',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Key, Body, nextETag) {
  for (let attempts = 0; attempts < 5; attempts++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'drafts', Key, Body, IfMatch: await nextETag(Key) }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'a function of another file reads the object, or whatever else it does',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { loadState } from './load-state.js';
export async function add(client, Bucket, item) {
  for (let attempt = 0; attempt < 3; attempt++) {
    const { items, etag } = await loadState(Bucket);
    try {
      return await client.send(new PutObjectCommand({ Bucket, Key: 'state.json', Body: JSON.stringify([...items, item]), IfMatch: etag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
  throw new Error('busy');
}
`,
    },
    {
      name: 'a function of another file is handed the client, to wait until the object is another one',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { waitForChange } from './changes.js';
export async function add(client, Bucket, item) {
  for (let attempt = 0; attempt < 3; attempt++) {
    const { items, etag } = await waitForChange(client, Bucket);
    try {
      return await client.send(new PutObjectCommand({ Bucket, Key: 'state.json', Body: JSON.stringify([...items, item]), IfMatch: etag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
  throw new Error('busy');
}
`,
    },
    {
      name: 'a heartbeat that somebody stops goes on by its timer, whether the last beat was stored or not',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export function heartbeat(client: S3Client, Key: string, Body: string, etag?: string) {
  let stopped = false;
  async function beat(): Promise<void> {
    if (stopped) return;
    try {
      etag = (await client.send(new PutObjectCommand({ Bucket: 'leases', Key, Body, IfMatch: etag }))).ETag;
    } catch (error) {
      if ((error as Error).name === 'PreconditionFailed') return;
    }
    setTimeout(beat, 5000);
  }
  void beat();
  return () => { stopped = true; };
}
`,
    },
  ],
  invalid: [
    {
      name: 'a counted loop reads again and writes again at once',
      ...hasty('retriesAtOnce', '"${Key}" in bucket "${Bucket}"', `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function increment(client: S3Client, Bucket: string, Key: string): Promise<void> {
  ▸for (let attempt = 0; attempt < 5; attempt++) {
    const current = await client.send(new GetObjectCommand({ Bucket, Key }));
    const next = Number(await current.Body!.transformToString()) + 1;
    try {
      await client.send(new PutObjectCommand({ Bucket, Key, Body: String(next), IfMatch: current.ETag }));
      return;
    } catch (error) {
      if ((error as Error).name !== 'PreconditionFailed') throw error;
    }
  }
  throw new Error('busy');
}
`),
    },
    {
      name: 'a lock that is asked for every five seconds',
      ...hasty('retriesInStep', '"${key}" in bucket "${bucket}"', `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const defaultConditional = async (latest) => !JSON.parse(await latest.Body.transformToString()).locked;
export class Lock {
  constructor(private client: S3Client) {}
  async acquire(props: { bucket: string; key: string; maxAttempts?: number; timeout?: number; conditional?: (latest: unknown) => Promise<boolean> }) {
    const { bucket, key } = props;
    let attempt = props.maxAttempts ?? 5;
    const timeout = props.timeout ?? 5000;
    const conditional = props.conditional ?? defaultConditional;
    ▸while (attempt-- > 0) {
      const latest = await this.client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (!await conditional(latest)) {
        await new Promise((r) => setTimeout(r, timeout));
        continue;
      }
      try {
        return await this.client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: '{"locked":true}', IfMatch: latest.ETag }));
      } catch (error) {
        if (error instanceof Error && 'name' in error && error.name === 'PreconditionFailed') {
          await new Promise((r) => setTimeout(r, timeout));
          continue;
        }
        throw error;
      }
    }
    throw new Error('not acquired');
  }
}
`),
    },
    {
      name: 'sold seats: the loop goes on at once until its attempts are used up',
      ...hasty('retriesAtOnce', '"registrations/${eventId}.json" in bucket "${bucket}"', `
const { GetObjectCommand, PutObjectCommand } = require('@aws-sdk/client-s3');
const MAX_RETRIES = 3;
exports.register = async (client, bucket, eventId, registration) => {
  ▸for (let attempt = 1; attempt <= MAX_RETRIES; attempt++) {
    const response = await client.send(new GetObjectCommand({ Bucket: bucket, Key: \`registrations/\${eventId}.json\` }));
    const data = JSON.parse(await response.Body.transformToString());
    const etag = response.ETag;
    data.registrations.push(registration);
    const params = { Bucket: bucket, Key: \`registrations/\${eventId}.json\`, Body: JSON.stringify(data) };
    if (etag) params.IfMatch = etag;
    try {
      await client.send(new PutObjectCommand(params));
    } catch (error) {
      if (error.$metadata?.httpStatusCode === 412 && attempt < MAX_RETRIES) {
        console.warn(\`conflict for \${eventId}, attempt \${attempt}\`);
        continue;
      }
      throw error;
    }
    return data;
  }
};
`),
    },
    {
      name: 'functions of the file read and write, and the loop waits for nothing else',
      ...hasty('retriesAtOnce', '"feeds/${slug}.json" in bucket "feeds"', `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function load(slug: string) {
  const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: 'feeds', Key: \`feeds/\${slug}.json\` }));
  return { feed: JSON.parse(await Body!.transformToString()), etag: ETag };
}
async function save(slug: string, feed: object, etag?: string) {
  await client.send(new PutObjectCommand({ Bucket: 'feeds', Key: \`feeds/\${slug}.json\`, Body: JSON.stringify(feed), IfMatch: etag }));
}
export async function add(slug: string, item: object): Promise<void> {
  ▸for (let attempt = 1; attempt <= 3; attempt++) {
    const { feed, etag } = await load(slug);
    feed.items.unshift(item);
    try {
      await save(slug, feed, etag);
      break;
    } catch (error: any) {
      if (error.name === 'PreconditionFailed' && attempt < 3) continue;
      throw error;
    }
  }
}
`),
    },
    {
      name: 'the caller\'s change of the object is work and no pause',
      ...hasty('retriesAtOnce', '"${key}" in bucket "state"', `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function update<T>(key: string, change: (current: T) => Promise<T>): Promise<T> {
  let attempts = 0;
  ▸while (attempts < 10) {
    attempts++;
    const { Body, ETag } = await s3.getObject({ Bucket: 'state', Key: key });
    const next = await change(JSON.parse(await Body!.transformToString()) as T);
    try {
      await s3.putObject({ Bucket: 'state', Key: key, Body: JSON.stringify(next), IfMatch: ETag });
      return next;
    } catch (error) {
      if (error.$metadata?.httpStatusCode !== 412) throw error;
    }
  }
  throw new Error('busy');
}
`),
    },
    {
      name: 'a function of another file is handed the client: it reads, and does not wait',
      ...hasty('retriesAtOnce', '"state.json" in bucket "${Bucket}"', `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { loadState } from './load-state.js';
export async function add(client: S3Client, Bucket: string, item: string): Promise<void> {
  ▸for (let attempt = 0; attempt < 3; attempt++) {
    const { items, etag } = await loadState(client, Bucket);
    try {
      await client.send(new PutObjectCommand({ Bucket, Key: 'state.json', Body: JSON.stringify([...items, item]), IfMatch: etag }));
      return;
    } catch (error) {
      if ((error as Error).name !== 'PreconditionFailed') throw error;
    }
  }
  throw new Error('busy');
}
`),
    },
    {
      name: 'setImmediate lets other code run, but does not keep writers apart',
      ...hasty('retriesAtOnce', '"nightly" in bucket "locks"', `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function lock(owner) {
  ▸for (let left = 8; left > 0; left -= 1) {
    try {
      return await s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' });
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
`),
    },
    {
      name: 'a pause of the settings is the same each time',
      ...hasty('retriesInStep', '"nightly" in bucket "locks"', `
import { S3 } from '@aws-sdk/client-s3';
import { RETRY_DELAY_MS } from './settings.js';
import { sleep } from './time.js';
const s3 = new S3({});
export async function lock(owner: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  ▸while (Date.now() < deadline) {
    try {
      await s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' });
      return;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
    await sleep(RETRY_DELAY_MS);
  }
  throw new Error('locked');
}
`),
    },
    {
      name: 'a method of the class pauses, for as long as its constructor was told',
      ...hasty('retriesInStep', '"${key}" in bucket "${this.bucket}"', `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Mutex {
  private readonly interval: number;
  constructor(private client: S3Client, private bucket: string, options: { interval?: number }) {
    this.interval = options.interval ?? 250;
  }
  async lock(key: string): Promise<boolean> {
    ▸for (let attempt = 0; attempt < 40; attempt++) {
      if (await this.tryLock(key)) return true;
      await this.pause();
    }
    return false;
  }
  private async tryLock(key: string): Promise<boolean> {
    try {
      await this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: '', IfNoneMatch: '*' }));
      return true;
    } catch (error) {
      if ((error as Error).name === 'PreconditionFailed') return false;
      throw error;
    }
  }
  private async pause(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.interval));
  }
}
`),
    },
    {
      name: 'lib-storage: the pause stands before the next attempt, and is the same each time',
      ...hasty('retriesInStep', '"${Key}" in bucket "videos"', `
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import delay from 'delay';
export async function replace(client, Key, bytes) {
  ▸for (let attempt = 0; attempt < 4; attempt++) {
    if (attempt > 0) await delay(1000);
    const head = await client.send(new HeadObjectCommand({ Bucket: 'videos', Key }));
    try {
      return await new Upload({ client, params: { Bucket: 'videos', Key, Body: bytes, IfMatch: head.ETag } }).done();
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`),
    },
    {
      name: 'aws-sdk v2: a lock that is asked for again at once',
      ...hasty('retriesAtOnce', '"nightly" in bucket "locks"', `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.lock = async (owner) => {
  let tries = 5;
  ▸while (tries > 0) {
    try {
      return await s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }).promise();
    } catch (error) {
      if (error.code !== 'PreconditionFailed') throw error;
      tries -= 1;
    }
  }
};
`),
    },
    {
      name: 'minio: a create that is tried again every second',
      ...hasty('retriesInStep', '"nightly" in bucket "locks"', `
import { Client } from 'minio';
import { setTimeout as wait } from 'node:timers/promises';
const client = new Client({ endPoint: 'store' });
export async function lock(owner) {
  ▸for (let attempt = 0; attempt < 10; attempt++) {
    try {
      return await client.putObject('locks', 'nightly', owner, owner.length, { 'If-None-Match': '*' });
    } catch (error) {
      if (error.code !== 'PreconditionFailed') throw error;
      await wait(1000);
    }
  }
}
`),
    },
    {
      name: 'recursion with a count, at once',
      ...hasty('retriesAtOnce', '"${Key}" in bucket "${Bucket}"', `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function append(client, Bucket, Key, line, left = 5) {
  const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
  try {
    await client.send(new PutObjectCommand({ Bucket, Key, Body: (await Body.transformToString()) + line, IfMatch: ETag }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed' || left === 0) throw error;
    await ▸append(client, Bucket, Key, line, left - 1);
  }
}
`),
    },
    {
      name: 'recursion that hands the same delay on',
      ...hasty('retriesInStep', '"${Key}" in bucket "${Bucket}"', `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export async function append(client, Bucket, Key, line, left, delay) {
  const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
  try {
    await client.send(new PutObjectCommand({ Bucket, Key, Body: (await Body.transformToString()) + line, IfMatch: ETag }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed' || left === 0) throw error;
    await sleep(delay);
    await ▸append(client, Bucket, Key, line, left - 1, delay);
  }
}
`),
    },
    {
      name: 'a promise behind a pause of the same length',
      ...hasty('retriesInStep', '"nightly" in bucket "locks"', `
import { PutObjectCommand } from '@aws-sdk/client-s3';
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export function lock(client, owner, attempt = 0) {
  return client.send(new PutObjectCommand({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' })).catch((error) => {
    if (error.name !== 'PreconditionFailed' || attempt > 9) throw error;
    return sleep(500).then(() => ▸lock(client, owner, attempt + 1));
  });
}
`),
    },
    {
      name: 'a timer of the same length each time',
      ...hasty('retriesInStep', '"nightly" in bucket "locks"', `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
function lock(owner, attempt, done) {
  s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }, (error) => {
    if (!error) return done(null);
    if (error.code !== 'PreconditionFailed' || attempt > 5) return done(error);
    setTimeout(() => ▸lock(owner, attempt + 1, done), 1000);
  });
}
module.exports = lock;
`),
    },
    {
      name: 'a helper of the file retries anything, with the same pause',
      ...hasty('retriesInStep', '"${Key}" in bucket "${Bucket}"', `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
async function withRetry(run, tries = 5, pause = 100) {
  ▸for (let attempt = 1; attempt <= tries; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt === tries) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
export const touch = (client, Bucket, Key) =>
  withRetry(async () => {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    await client.send(new PutObjectCommand({ Bucket, Key, Body: await Body.transformToString(), IfMatch: ETag }));
  });
`),
    },
    {
      name: 'a conditional delete that is tried again at once',
      ...hasty('retriesAtOnce', '"${Key}" in bucket "${Bucket}"', `
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function remove(client, Bucket, Key) {
  ▸for (let attempt = 0; attempt < 3; attempt++) {
    const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
    try {
      return await client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: head.ETag }));
    } catch (error) {
      if (error.$metadata?.httpStatusCode !== 412) throw error;
    }
  }
}
`),
    },
    {
      name: 'p-retry with its delay taken away',
      ...hasty('retriesAtOnce', '"${Key}" in bucket "${Bucket}"', `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import pRetry from 'p-retry';
export const add = (client, Bucket, Key, guest) =>
  ▸pRetry(async () => {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    const guests = JSON.parse(await Body.transformToString());
    await client.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify([...guests, guest]), IfMatch: ETag }));
  }, { retries: 4, minTimeout: 0 });
`),
    },
    {
      name: 'p-retry with a factor of one',
      ...hasty('retriesInStep', '"${Key}" in bucket "${Bucket}"', `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import pRetry from 'p-retry';
export const add = (client, Bucket, Key, guest) =>
  ▸pRetry(async () => {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    const guests = JSON.parse(await Body.transformToString());
    await client.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify([...guests, guest]), IfMatch: ETag }));
  }, { retries: 4, factor: 1, minTimeout: 200 });
`),
    },
    {
      name: 'cockatiel waits for nothing where no backoff is given',
      ...hasty('retriesAtOnce', '"${Key}" in bucket "${Bucket}"', `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { handleAll, retry } from 'cockatiel';
const policy = ▸retry(handleAll, { maxAttempts: 5 });
export const touch = (client, Bucket, Key) =>
  policy.execute(async () => {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    await client.send(new PutObjectCommand({ Bucket, Key, Body: await Body.transformToString(), IfMatch: ETag }));
  });
`),
    },
    {
      name: 'Effect: five times, without a schedule',
      ...hasty('retriesAtOnce', '"${Key}" in bucket "${Bucket}"', `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { Effect } from 'effect';
export const touch = (client, Bucket, Key) =>
  Effect.tryPromise(async () => {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    await client.send(new PutObjectCommand({ Bucket, Key, Body: await Body.transformToString(), IfMatch: ETag }));
  }).pipe(▸Effect.retry({ times: 5 }));
`),
    },
    {
      name: 'a bucket that is still being deleted is asked for at once, until the attempts are used up',
      ...hasty('retriesAtOnce', 'bucket "${Bucket}"', `
import { CreateBucketCommand } from '@aws-sdk/client-s3';
export async function create(client, Bucket) {
  ▸for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(new CreateBucketCommand({ Bucket }));
    } catch (error) {
      if (error.name !== 'OperationAborted') throw error;
    }
  }
}
`),
    },
    {
      name: 'a promise of setTimeout by any name',
      ...hasty('retriesInStep', '"nightly" in bucket "locks"', `
const { promisify } = require('util');
const { S3 } = require('@aws-sdk/client-s3');
const later = promisify(setTimeout);
const s3 = new S3({});
exports.lock = async (owner) => {
  ▸for (let attempt = 0; attempt < 20; attempt++) {
    try {
      return await s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' });
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      await later(300);
    }
  }
};
`),
    },
    {
      name: 'a pause of a library by another name, in a loop over numbers',
      ...hasty('retriesInStep', '"nightly" in bucket "locks"', `
import { S3 } from '@aws-sdk/client-s3';
import { delay as rest } from 'es-toolkit';
const s3 = new S3({});
export async function lock(owner: string): Promise<boolean> {
  ▸for (const attempt of [1, 2, 3, 4]) {
    try {
      await s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' });
      return true;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      console.warn('attempt', attempt, 'lost');
      await rest(300);
    }
  }
  return false;
}
`),
    },
    {
      name: 'a delay that is the same on either way',
      ...hasty('retriesInStep', '"nightly" in bucket "locks"', `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function lock(owner: string, patient: boolean): Promise<void> {
  const interval = patient ? 5_000 : Math.max(100, Number(process.env.LOCK_INTERVAL));
  ▸for (let left = 10; left > 0; left--) {
    try {
      await s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' });
      return;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
    if (left > 1) await Bun.sleep(interval);
  }
  throw new Error('locked');
}
`),
    },
    {
      name: 'a pause of no length',
      ...hasty('retriesAtOnce', '"nightly" in bucket "locks"', `
import { S3 } from '@aws-sdk/client-s3';
import { setTimeout as sleep } from 'timers/promises';
const s3 = new S3({});
export async function lock(owner: string): Promise<void> {
  ▸for (let left = 10; left > 0; left--) {
    try {
      await s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' });
      return;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
    await sleep(0);
  }
  throw new Error('locked');
}
`),
    },
    {
      name: 'do-while: the next attempt follows at once',
      ...hasty('retriesAtOnce', '"pages/${id}.json" in bucket "pages"', `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function rename(id: string, title: string): Promise<boolean> {
  let saved = false;
  let retries = 0;
  ▸do {
    const { Body, ETag } = await s3.getObject({ Bucket: 'pages', Key: \`pages/\${id}.json\` });
    const page = JSON.parse(await Body!.transformToString());
    try {
      await s3.putObject({ Bucket: 'pages', Key: \`pages/\${id}.json\`, Body: JSON.stringify({ ...page, title }), IfMatch: ETag });
      saved = true;
    } catch {
      retries++;
    }
  } while (!saved && retries < 10);
  return saved;
}
`),
    },
    {
      name: 'a callback of aws-sdk v2 that starts over',
      ...hasty('retriesAtOnce', '"nightly" in bucket "locks"', `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
function lock(owner, left, done) {
  s3.putObject({ Bucket: 'locks', Key: 'nightly', Body: owner, IfNoneMatch: '*' }, (error, data) => {
    if (error && error.code === 'PreconditionFailed' && left > 0) return ▸lock(owner, left - 1, done);
    done(error, data);
  });
}
module.exports = lock;
`),
    },
    {
      name: 'a pause that is as long as its default says',
      ...hasty('retriesInStep', '"${Key}" in bucket "state"', `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const sleep = (ms = 100) => new Promise((resolve) => setTimeout(resolve, ms));
export async function increment(client: S3Client, Key: string) {
  ▸for (let attempt = 0; attempt < 5; attempt++) {
    const current = await client.send(new GetObjectCommand({ Bucket: 'state', Key }));
    const next = Number(await current.Body!.transformToString()) + 1;
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'state', Key, Body: String(next), IfMatch: current.ETag }));
    } catch (error) {
      if ((error as Error).name !== 'PreconditionFailed') throw error;
      await sleep();
    }
  }
}
`),
    },
  ],
});
