import { noTerminalConflictRetry } from '../../src/rules/no-terminal-conflict-retry.js';
import { readMarks } from '../marked.js';
import { ruleTester } from '../rule-tester.js';

const v3 = `import { S3Client, PutObjectCommand, GetObjectCommand, HeadObjectCommand, DeleteObjectCommand, ListObjectsV2Command, DeleteObjectsCommand, CreateBucketCommand, DeleteBucketCommand, BucketAlreadyExists, BucketAlreadyOwnedByYou } from '@aws-sdk/client-s3';
const client = new S3Client({});
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
`;

const onlyConflict = '`ConditionalRequestConflict`';
const onlyAborted = '`OperationAborted`';

/** The data of the messages, by conflict. */
const created = { conflict: 'PreconditionFailed', why: '"${Key}" in bucket "reports" is there already', remedy: 'Take that for the answer or choose another key', passing: onlyConflict };
const foreign = { conflict: 'BucketAlreadyExists', why: 'bucket "${Bucket}" belongs to another account', remedy: 'Choose another name', passing: onlyAborted };
const owned = { conflict: 'BucketAlreadyOwnedByYou', why: 'bucket "${Bucket}" is yours already', remedy: 'Take that for success', passing: onlyAborted };
const full = { conflict: 'BucketNotEmpty', why: 'nothing empties bucket "${Bucket}" between the attempts', remedy: 'Delete its objects and versions in each attempt', passing: onlyAborted };
const state = { conflict: 'InvalidBucketState', why: 'the way that bucket "${Bucket}" is set up rules it out', remedy: 'Change that first', passing: onlyAborted };
const bothNames = { conflicts: '`BucketAlreadyExists` and `BucketAlreadyOwnedByYou`', passing: onlyAborted };

interface Terminal {
  readonly name: string;
  /** `▸` before the test, `②` before the retry. */
  readonly source: string;
  readonly messageId?: 'terminalConflicts' | 'terminalStatus';
  readonly data: Readonly<Record<string, string>>;
}

const terminal: readonly Terminal[] = [
  {
    name: 'both conflicts of a create are tried again, and only one of them passes',
    source: `${v3}export async function publish(Key, Body) {
  ②for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      if (▸error.name === 'PreconditionFailed' || error.name === 'ConditionalRequestConflict') continue;
      throw error;
    }
  }
  throw new Error('gave up');
}
`,
    data: created,
  },
  {
    name: 'all but a 412 is thrown on, with a count beside it',
    source: `${v3}export async function publish(Key, Body) {
  let attempts = 0;
  ②while (true) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      attempts += 1;
      if (▸error.$metadata?.httpStatusCode !== 412 || attempts > 5) throw error;
      await pause(100);
    }
  }
}
`,
    data: created,
  },
  {
    name: 'a list of statuses',
    source: `${v3}export async function publish(Key: string, Body: string): Promise<void> {
  let left = 3;
  ②while (left-- > 0) {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' }));
      return;
    } catch (error) {
      if (!▸[409, 412, 500, 503].includes(error.$metadata?.httpStatusCode)) throw error;
    }
  }
}
`,
    data: created,
  },
  {
    name: 'a predicate of the file',
    source: `${v3}const retryable = new Set(['PreconditionFailed', 'ConditionalRequestConflict', 'SlowDown']);
const isRetryable = (error) => retryable.has(error.name);
export async function publish(Key, Body) {
  ②for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      if (!▸isRetryable(error)) throw error;
    }
  }
}
`,
    data: created,
  },
  {
    name: 'a case of a switch',
    source: `${v3}export async function publish(Key, Body) {
  ②for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      switch (error.name) {
        case ▸'PreconditionFailed':
          await pause(200);
          break;
        default:
          throw error;
      }
    }
  }
}
`,
    data: created,
  },
  {
    name: 'recursion of a method',
    source: `import { S3 } from '@aws-sdk/client-s3';
export class Reports {
  private readonly s3 = new S3({});
  async publish(Key: string, Body: string, attempt = 0): Promise<void> {
    try {
      await this.s3.putObject({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' });
    } catch (error) {
      if (▸error.name === 'PreconditionFailed' && attempt < 3) return ②this.publish(Key, Body, attempt + 1);
      throw error;
    }
  }
}
`,
    data: created,
  },
  {
    name: 'shouldRetry of p-retry',
    source: `${v3}import pRetry from 'p-retry';
export const publish = (Key, Body) =>
  ②pRetry(() => client.send(new PutObjectCommand({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' })), {
    retries: 4,
    shouldRetry: ({ error }) => ▸[409, 412].includes(error.$metadata?.httpStatusCode),
  });
`,
    data: created,
  },
  {
    name: 'async-retry bails on all but a conflict',
    source: `${v3}import retry from 'async-retry';
export const publish = (Key, Body) =>
  ②retry(async (bail) => {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      if (▸error.name === 'PreconditionFailed') throw error;
      bail(error);
    }
  });
`,
    data: created,
  },
  {
    name: 'an upload of lib-storage',
    source: `import { Upload } from '@aws-sdk/lib-storage';
import { S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function publish(Key: string, Body: Buffer): Promise<void> {
  ②for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await new Upload({ client, params: { Bucket: 'reports', Key, Body, IfNoneMatch: '*' } }).done();
      return;
    } catch (error) {
      if (▸error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    data: created,
  },
  {
    name: 'aws-sdk v2: a create by code',
    source: `const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.publish = async (Key, Body) => {
  ②for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await s3.putObject({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' }).promise();
    } catch (error) {
      if (▸error.code !== 'PreconditionFailed') throw error;
    }
  }
};
`,
    data: created,
  },
  {
    name: 'minio: the header of a create',
    source: `import { Client } from 'minio';
const minio = new Client({ endPoint: 'play.min.io', accessKey: 'a', secretKey: 'b' });
export async function publish(Key: string, body: string): Promise<void> {
  ②for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await minio.putObject('reports', Key, body, undefined, { 'If-None-Match': '*' });
      return;
    } catch (error) {
      if (▸error.code !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    data: created,
  },
  {
    name: 'a read of another object beside the create changes nothing',
    source: `${v3}export async function publish(Key, Body) {
  ②for (let attempt = 0; attempt < 3; attempt++) {
    const template = await client.send(new GetObjectCommand({ Bucket: 'templates', Key: 'report.html' }));
    const page = (await template.Body.transformToString()).replace('%', Body);
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'reports', Key, Body: page, IfNoneMatch: '*' }));
    } catch (error) {
      if (▸error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    data: created,
  },
  {
    name: 'a bucket name that is taken, by class',
    source: `${v3}export async function ensureBucket(Bucket) {
  ②for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new CreateBucketCommand({ Bucket }));
    } catch (error) {
      if (!(▸error instanceof BucketAlreadyExists)) throw error;
      await pause(1000);
    }
  }
}
`,
    data: foreign,
  },
  {
    name: 'a bucket of one\'s own',
    source: `${v3}export async function ensureBucket(Bucket) {
  ②for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new CreateBucketCommand({ Bucket }));
    } catch (error) {
      if (error.name === 'OperationAborted' || ▸error.name === 'BucketAlreadyOwnedByYou') continue;
      throw error;
    }
  }
}
`,
    data: owned,
  },
  {
    name: 'a list of names of a bucket that is there',
    source: `${v3}export async function ensureBucket(Bucket) {
  ②for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new CreateBucketCommand({ Bucket }));
    } catch (error) {
      if (!▸['BucketAlreadyExists', 'BucketAlreadyOwnedByYou', 'OperationAborted'].includes(error.name)) throw error;
    }
  }
}
`,
    messageId: 'terminalConflicts',
    data: bothNames,
  },
  {
    name: 'any 409 of CreateBucket',
    source: `${v3}export async function ensureBucket(Bucket) {
  ②for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new CreateBucketCommand({ Bucket }));
    } catch (error) {
      if (▸error.$metadata?.httpStatusCode !== 409) throw error;
      await pause(1000 * 2 ** attempt);
    }
  }
}
`,
    messageId: 'terminalStatus',
    data: bothNames,
  },
  {
    name: 'a list of statuses with every 409 in it',
    source: `${v3}import { CreateBucketCommand } from '@aws-sdk/client-s3';
export async function ensureBucket(Bucket) {
  ②for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(new CreateBucketCommand({ Bucket }));
    } catch (error) {
      if (!▸[400, 409, 503].includes(error.$metadata?.httpStatusCode)) throw error;
    }
  }
  throw new Error('gave up');
}
`,
    messageId: 'terminalStatus',
    data: bothNames,
  },
  {
    name: 'aws-sdk v2: any 409 of createBucket, by a timer',
    source: `const AWS = require('aws-sdk');
const s3 = new AWS.S3();
function ensureBucket(Bucket, done) {
  s3.createBucket({ Bucket }, (error) => {
    if (error && ▸error.statusCode === 409) {
      setTimeout(() => ②ensureBucket(Bucket, done), 1000);
      return;
    }
    done(error);
  });
}
module.exports = ensureBucket;
`,
    messageId: 'terminalStatus',
    data: bothNames,
  },
  {
    name: 'minio: makeBucket',
    source: `import { Client } from 'minio';
const minio = new Client({ endPoint: 'play.min.io', accessKey: 'a', secretKey: 'b' });
export async function ensureBucket(Bucket: string): Promise<void> {
  let left = 5;
  ②while (left-- > 0) {
    try {
      await minio.makeBucket(Bucket);
      return;
    } catch (error) {
      if (▸error.code !== 'BucketAlreadyOwnedByYou') throw error;
    }
  }
}
`,
    data: owned,
  },
  {
    name: 'a bucket that was emptied once, before the attempts',
    source: `${v3}export async function dropBucket(Bucket) {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
  for (const { Key } of Contents) await client.send(new DeleteObjectCommand({ Bucket, Key }));
  ②for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(new DeleteBucketCommand({ Bucket }));
    } catch (error) {
      if (▸error.name !== 'BucketNotEmpty') throw error;
      await pause(2000);
    }
  }
}
`,
    data: full,
  },
  {
    name: 'any 409 of DeleteBucket',
    source: `${v3}export async function dropBucket(Bucket) {
  ②for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(new DeleteBucketCommand({ Bucket }));
    } catch (error) {
      if (▸error.$metadata?.httpStatusCode !== 409) throw error;
      await pause(2000);
    }
  }
}
`,
    messageId: 'terminalStatus',
    data: { conflicts: '`BucketNotEmpty`', passing: onlyAborted },
  },
  {
    name: 'versioning that Object Lock does not let go',
    source: `${v3}import { PutBucketVersioningCommand } from '@aws-sdk/client-s3';
export async function suspend(Bucket) {
  ②for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }));
    } catch (error) {
      if (error.name !== 'OperationAborted' && ▸error.name !== 'InvalidBucketState') throw error;
      await pause(2000);
    }
  }
}
`,
    data: state,
  },
];

ruleTester.run('no-terminal-conflict-retry', noTerminalConflictRetry as never, {
  valid: [
    {
      name: 'a create tried again on ConditionalRequestConflict alone',
      code: `${v3}
export async function publish(Key, Body) {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'ConditionalRequestConflict') throw error;
    }
  }
}
`,
    },
    {
      name: 'the 409 of a create is no 412',
      code: `${v3}
export async function publish(Key, Body) {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.$metadata?.httpStatusCode !== 409) throw error;
    }
  }
}
`,
    },
    {
      name: 'the object that is there is the answer',
      code: `${v3}
export async function publish(Key, Body) {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' }));
      return true;
    } catch (error) {
      if (error.name === 'PreconditionFailed') return false;
      if (error.name !== 'ConditionalRequestConflict') throw error;
    }
  }
}
`,
    },
    {
      name: 'a catch that tries again after anything singles nothing out',
      code: `${v3}
export async function publish(Key, Body) {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      console.warn(error.name === 'PreconditionFailed' ? 'there already' : 'failed', error);
      await pause(500);
    }
  }
}
`,
    },
    {
      name: 'a name that counts up until one is free',
      code: `${v3}
export async function store(slug, Body) {
  for (let n = 0; n < 100; n++) {
    const Key = n === 0 ? slug : \`\${slug}-\${n}\`;
    try {
      await client.send(new PutObjectCommand({ Bucket: 'uploads', Key, Body, IfNoneMatch: '*' }));
      return Key;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'a counter outside of the loop that the handler counts up',
      code: `${v3}
export async function append(log, Body) {
  let sequence = log.last + 1;
  while (true) {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'wal', Key: \`\${log.name}/\${String(sequence).padStart(8, '0')}\`, Body, IfNoneMatch: '*' }));
      return sequence;
    } catch (error) {
      if (error.$metadata?.httpStatusCode !== 412) throw error;
      sequence++;
    }
  }
}
`,
    },
    {
      name: 'a counter in steps of its own, in the head of the loop',
      code: `${v3}
export async function store(slug, Body) {
  for (let n = 1; n <= 100; n += 1) {
    const Key = \`\${slug}-\${n}.html\`;
    try {
      await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body, IfNoneMatch: '*' }));
      return Key;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'a name that grows with each attempt',
      code: `${v3}
export async function store(name, Body) {
  let Key = name;
  while (Key.length < 200) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      Key = Key + '~';
    }
  }
}
`,
    },
    {
      name: 'a sequence in a field that the handler counts up',
      code: `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Log {
  private sequence = 0;
  constructor(private readonly client: S3Client) {}
  async append(body: string): Promise<void> {
    for (;;) {
      try {
        await this.client.send(new PutObjectCommand({ Bucket: 'wal', Key: \`log/\${this.sequence}\`, Body: body, IfNoneMatch: '*' }));
        return;
      } catch (error) {
        if (error.name !== 'PreconditionFailed') throw error;
        this.sequence++;
      }
    }
  }
}
`,
    },
    {
      name: 'a version in an object that the handler counts up',
      code: `${v3}
export async function commit(table, Body) {
  for (let attempt = 0; attempt < 10; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'tables', Key: \`\${table.name}/v\${table.version + 1}.json\`, Body, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed' && error.name !== 'ConditionalRequestConflict') throw error;
      table.version += 1;
    }
  }
}
`,
    },
    {
      name: 'recursion with the next number',
      code: `${v3}
export async function commit(version, Body) {
  try {
    return await client.send(new PutObjectCommand({ Bucket: 'tables', Key: \`v\${version}.json\`, Body, IfNoneMatch: '*' }));
  } catch (error) {
    if (error.$metadata?.httpStatusCode !== 412) throw error;
    return commit(version + 1, Body);
  }
}
`,
    },
    {
      name: 'the first free seat of a list',
      code: `${v3}
export async function takeSeat(seats, who) {
  for (const seat of seats) {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'seats', Key: seat.key, Body: who, IfNoneMatch: '*' }));
      return seat;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'the first free seat by its number',
      code: `${v3}
export async function takeSeat(seats, who) {
  for (let i = 0; i < seats.length; i++) {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'seats', Key: seats[i], Body: who, IfNoneMatch: '*' }));
      return seats[i];
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'the rest of a list is handed on',
      code: `${v3}
export async function takeSeat([seat, ...others], who) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'seats', Key: seat, Body: who, IfNoneMatch: '*' }));
    return seat;
  } catch (error) {
    if (error.name === 'PreconditionFailed' && others.length > 0) return takeSeat(others, who);
    throw error;
  }
}
`,
    },
    {
      name: 'the first bucket name that is free',
      code: `${v3}
export async function makeBucket(names) {
  for (const Bucket of names) {
    try {
      await client.send(new CreateBucketCommand({ Bucket }));
      return Bucket;
    } catch (error) {
      if (error.name !== 'BucketAlreadyExists') throw error;
    }
  }
}
`,
    },
    {
      name: 'a fresh id for each attempt',
      code: `${v3}
import { nanoid } from 'nanoid';
export async function shorten(url) {
  for (let attempt = 0; attempt < 5; attempt++) {
    const id = nanoid(6);
    try {
      await client.send(new PutObjectCommand({ Bucket: 'links', Key: id, Body: url, IfNoneMatch: '*' }));
      return id;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'read, create if missing, else update: the next attempt finds the object',
      code: `${v3}
export async function addGuest(Key, guest) {
  for (let attempt = 0; attempt < 5; attempt++) {
    const current = await client.send(new GetObjectCommand({ Bucket: 'guests', Key })).catch(() => null);
    try {
      if (current) {
        const text = await current.Body.transformToString();
        return await client.send(new PutObjectCommand({ Bucket: 'guests', Key, Body: text + guest, IfMatch: current.ETag }));
      }
      return await client.send(new PutObjectCommand({ Bucket: 'guests', Key, Body: guest, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'a function of another file reads in each attempt',
      code: `${v3}
import { getObject } from './get.js';
export async function putWithHistory(env, ctx, update, attempt = 0) {
  const current = await getObject(env, ctx);
  if (current.status === 404) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: ctx.bucket, Key: ctx.key, Body: update, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.$metadata?.httpStatusCode === 412 && attempt < 5) return putWithHistory(env, ctx, update, attempt + 1);
      throw error;
    }
  }
  return client.send(new PutObjectCommand({ Bucket: ctx.bucket, Key: ctx.key, Body: update, IfMatch: current.etag }));
}
`,
    },
    {
      name: 'one input for both: the ETag or a create',
      code: `${v3}
export async function save(Key, Body, etag) {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body, ...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' }) }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'a lock: its holder deletes it',
      code: `import { S3Client, PutObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export class Gate {
  constructor(private readonly client: S3Client, private readonly bucket: string) {}
  async enter(name: string, retries = 50) {
    for (let i = 0; i < retries; i++) {
      try {
        await this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: \`gates/\${name}\`, Body: '', IfNoneMatch: '*' }));
        return true;
      } catch (error) {
        if (error.name !== 'PreconditionFailed') throw error;
        await sleep(100);
      }
    }
    return false;
  }
  leave(name: string) {
    return this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: \`gates/\${name}\` }));
  }
}
`,
    },
    {
      name: 'a lock by its name, released in another file',
      code: `${v3}
export async function acquireLock(Key, owner) {
  for (let attempt = 0; attempt < 30; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'state', Key, Body: owner, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      await pause(1000);
    }
  }
}
`,
    },
    {
      name: 'a lock by its key',
      code: `${v3}
export async function enter(owner) {
  for (let attempt = 0; attempt < 30; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'state', Key: 'deploy.lock', Body: owner, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      await pause(1000);
    }
  }
}
`,
    },
    {
      name: 'a wait until a deadline for who is there to go away',
      code: `${v3}
export async function takeTurn(Key, who, timeout) {
  const deadline = Date.now() + timeout;
  while (Date.now() < deadline) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'turns', Key, Body: who, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      await pause(1000);
    }
  }
}
`,
    },
    {
      name: 'the handler looks how old the object is',
      code: `${v3}
export async function takeTurn(Key, who) {
  for (let attempt = 0; attempt < 10; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'turns', Key, Body: who, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      const { LastModified } = await client.send(new HeadObjectCommand({ Bucket: 'turns', Key }));
      if (Date.now() - LastModified.getTime() < 60_000) throw new Error('busy');
    }
  }
}
`,
    },
    {
      name: 'the handler asks a method of another class to clean up',
      code: `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Janitor } from './janitor.js';
export class Turns {
  constructor(private readonly client: S3Client, private readonly janitor: Janitor) {}
  async take(key: string) {
    for (let attempt = 0; attempt < 10; attempt++) {
      try {
        return await this.client.send(new PutObjectCommand({ Bucket: 'turns', Key: key, Body: '', IfNoneMatch: '*' }));
      } catch (error) {
        if (error.name !== 'PreconditionFailed') throw error;
        await this.janitor.sweep(key);
      }
    }
  }
}
`,
    },
    {
      name: 'the next file, not the same one again',
      code: `${v3}
export async function seed(files) {
  for (const { Key, Body } of files) {
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
      name: 'a 412 of an update: no-stale-retry looks at that',
      code: `${v3}
export async function save(Key, Body, etag) {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: etag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'a predicate of another file is not known to mean a 412',
      code: `${v3}
import { isConflict } from './errors.js';
export async function publish(Key, Body) {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }
}
`,
    },
    {
      name: 'p-retry is told that a 412 is the end',
      code: `${v3}
import pRetry, { AbortError } from 'p-retry';
export const publish = (Key, Body) =>
  pRetry(async () => {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name === 'PreconditionFailed') throw new AbortError(error);
      throw error;
    }
  });
`,
    },
    {
      name: 'OperationAborted of CreateBucket goes away',
      code: `${v3}
export async function ensureBucket(Bucket) {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(new CreateBucketCommand({ Bucket }));
    } catch (error) {
      if (error.name !== 'OperationAborted') throw error;
      await pause(1000 * 2 ** attempt);
    }
  }
}
`,
    },
    {
      name: 'the names that never go away are looked at before the status',
      code: `${v3}
export async function ensureBucket(Bucket) {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(new CreateBucketCommand({ Bucket }));
    } catch (error) {
      if (error instanceof BucketAlreadyOwnedByYou) return;
      if (error instanceof BucketAlreadyExists) throw error;
      if (error.$metadata?.httpStatusCode !== 409) throw error;
      await pause(1000 * 2 ** attempt);
    }
  }
}
`,
    },
    {
      name: 'another bucket name after BucketAlreadyExists',
      code: `${v3}
import { randomUUID } from 'node:crypto';
export async function makeBucket(prefix) {
  for (let attempt = 0; attempt < 5; attempt++) {
    const Bucket = \`\${prefix}-\${randomUUID().slice(0, 8)}\`;
    try {
      await client.send(new CreateBucketCommand({ Bucket }));
      return Bucket;
    } catch (error) {
      if (!(error instanceof BucketAlreadyExists)) throw error;
    }
  }
}
`,
    },
    {
      name: 'a bucket that is deleted and made anew takes its time',
      code: `${v3}
export async function reset(Bucket) {
  await client.send(new DeleteBucketCommand({ Bucket }));
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      return await client.send(new CreateBucketCommand({ Bucket }));
    } catch (error) {
      if (error.$metadata?.httpStatusCode !== 409) throw error;
      await pause(5000);
    }
  }
}
`,
    },
    {
      name: 'each attempt empties the bucket first',
      code: `${v3}
export async function dropBucket(Bucket) {
  for (let attempt = 0; attempt < 5; attempt++) {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
    if (Contents.length > 0) await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: Contents.map(({ Key }) => ({ Key })) } }));
    try {
      return await client.send(new DeleteBucketCommand({ Bucket }));
    } catch (error) {
      if (error.name !== 'BucketNotEmpty') throw error;
    }
  }
}
`,
    },
    {
      name: 'the handler empties the bucket by a function of the file',
      code: `${v3}
async function emptyBucket(Bucket) {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
  for (const { Key } of Contents) await client.send(new DeleteObjectCommand({ Bucket, Key }));
}
export async function dropBucket(Bucket, left = 3) {
  try {
    await client.send(new DeleteBucketCommand({ Bucket }));
  } catch (error) {
    if (error.name !== 'BucketNotEmpty' || left === 0) throw error;
    await emptyBucket(Bucket);
    await dropBucket(Bucket, left - 1);
  }
}
`,
    },
    {
      name: 'the handler empties the bucket by a function of another file',
      code: `${v3}
import { emptyBucket } from './empty.js';
export async function dropBucket(Bucket) {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(new DeleteBucketCommand({ Bucket }));
    } catch (error) {
      if (error.name !== 'BucketNotEmpty') throw error;
      await emptyBucket(client, Bucket);
    }
  }
}
`,
    },
    {
      name: 'buckets of a list: the next one, not the same again',
      code: `${v3}
export async function dropBuckets(buckets) {
  for (const Bucket of buckets) {
    try {
      await client.send(new DeleteBucketCommand({ Bucket }));
    } catch (error) {
      if (error.name === 'BucketNotEmpty') continue;
      throw error;
    }
  }
}
`,
    },
    {
      name: 'a server that is starting is asked again after any failure, but for a name that is taken',
      code: `${v3}
import { bucketExists, verify } from './health.js';
export async function initialize(Bucket, log) {
  for (;;) {
    try {
      if (!(await bucketExists(client, Bucket))) await client.send(new CreateBucketCommand({ Bucket }));
      if (await verify(client)) return;
    } catch (error) {
      if (error instanceof BucketAlreadyExists) throw new Error('not available');
      log.warn(error);
      await pause(3000);
    }
  }
}
`,
    },
    {
      name: 'a wait for who is there to go away, until somebody stops it',
      code: `${v3}
const state = { draining: false };
export const drain = () => { state.draining = true; };
export async function own(Key, Body) {
  while (!state.draining) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'owners', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
    await pause(1000);
  }
}
`,
    },
  ],
  invalid: terminal.map(({ name, source, messageId = 'terminalConflict', data }) => {
    const { code, at } = readMarks(source);
    return { name, code, errors: [{ messageId, data: { ...data, retry: String(at('②').line) }, ...at('▸') }] };
  }),
});
