import { requireMultipartCleanup } from '../../src/rules/require-multipart-cleanup.js';
import { ruleTester } from '../rule-tester.js';

/** A script, as CommonJS is parsed. */
const script = { languageOptions: { parserOptions: { sourceType: 'script' } } } as const;

ruleTester.run('require-multipart-cleanup', requireMultipartCleanup as never, {
  valid: [
    {
      name: 'it is aborted in a catch',
      code: `
import { AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function store(key: string, send) {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: 'videos', Key: key }));
  try {
    await client.send(new CompleteMultipartUploadCommand({ Bucket: 'videos', Key: key, UploadId, MultipartUpload: { Parts: await send(UploadId) } }));
  } catch (error) {
    await client.send(new AbortMultipartUploadCommand({ Bucket: 'videos', Key: key, UploadId }));
    throw error;
  }
}
`,
    },
    {
      name: 'it is aborted in a finally unless it was completed',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(Key: string, Body: string) {
  let UploadId: string | undefined;
  let completed = false;
  try {
    UploadId = (await s3.createMultipartUpload({ Bucket: 'videos', Key })).UploadId;
    const { ETag } = await s3.uploadPart({ Bucket: 'videos', Key, UploadId, PartNumber: 1, Body });
    await s3.completeMultipartUpload({ Bucket: 'videos', Key, UploadId, MultipartUpload: { Parts: [{ ETag, PartNumber: 1 }] } });
    completed = true;
  } finally {
    if (!completed) await s3.abortMultipartUpload({ Bucket: 'videos', Key, UploadId });
  }
}
`,
    },
    {
      name: 'the second function of then aborts',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const store = (Key: string, Parts) =>
  s3.createMultipartUpload({ Bucket: 'videos', Key }).then(({ UploadId }) =>
    s3.completeMultipartUpload({ Bucket: 'videos', Key, UploadId, MultipartUpload: { Parts } }).then(
      (done) => done.ETag,
      () => s3.abortMultipartUpload({ Bucket: 'videos', Key, UploadId }),
    ),
  );
`,
    },
    {
      name: 'a function of the file that aborts is handed to catch',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(Key: string, Parts) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  const abort = () => s3.abortMultipartUpload({ Bucket: 'videos', Key, UploadId });
  await s3.completeMultipartUpload({ Bucket: 'videos', Key, UploadId, MultipartUpload: { Parts } }).catch(abort);
}
`,
    },
    {
      name: 'the error branch of a callback aborts',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.store = (body, done) => {
  s3.createMultipartUpload({ Bucket: 'videos', Key: 'intro.mp4' }, (error, created) => {
    if (error) return done(error);
    const target = { Bucket: 'videos', Key: 'intro.mp4', UploadId: created.UploadId };
    s3.uploadPart({ ...target, PartNumber: 1, Body: body }, (failure, part) => {
      if (failure) return s3.abortMultipartUpload(target, () => done(failure));
      s3.completeMultipartUpload({ ...target, MultipartUpload: { Parts: [{ ETag: part.ETag, PartNumber: 1 }] } }, done);
    });
  });
};
`,
      ...script,
    },
    {
      name: 'parts are settled, and failures are looked at',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(Key: string, chunks: Buffer[]) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  const sent = await Promise.allSettled(chunks.map((Body, index) => s3.uploadPart({ Bucket: 'videos', Key, UploadId, PartNumber: index + 1, Body })));
  if (sent.some(({ status }) => status === 'rejected')) {
    await s3.abortMultipartUpload({ Bucket: 'videos', Key, UploadId });
    throw new Error('parts failed');
  }
  await s3.completeMultipartUpload({ Bucket: 'videos', Key, UploadId });
}
`,
    },
    {
      name: 'the caller in the file aborts',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const running = { id: '' };
async function transfer(Key: string, Body: string) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  running.id = UploadId!;
  await s3.uploadPart({ Bucket: 'videos', Key, UploadId, PartNumber: 1, Body });
  await s3.completeMultipartUpload({ Bucket: 'videos', Key, UploadId });
}
export async function store(Key: string, Body: string) {
  try {
    await transfer(Key, Body);
  } catch (error) {
    await cleanUp(Key);
    throw error;
  }
}
const cleanUp = (Key: string) => s3.abortMultipartUpload({ Bucket: 'videos', Key, UploadId: running.id });
`,
    },
    {
      name: 'an error event of the stream aborts',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(Key: string, source) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  source.on('error', () => s3.abortMultipartUpload({ Bucket: 'videos', Key, UploadId }));
  source.on('end', () => s3.completeMultipartUpload({ Bucket: 'videos', Key, UploadId }));
}
`,
    },
    {
      name: 'minio aborts',
      code: `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export async function store(parts) {
  const id = await minio.initiateNewMultipartUpload('videos', 'intro.mp4', {});
  try {
    await minio.completeMultipartUpload('videos', 'intro.mp4', id, parts);
  } catch (error) {
    await minio.abortMultipartUpload('videos', 'intro.mp4', id);
    throw error;
  }
}
`,
    },
    {
      name: 'the id is returned: the caller can abort',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function start(Key: string) {
  const created = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  if (!created.UploadId) throw new Error('S3 gave no id');
  return { key: created.Key, uploadId: created.UploadId };
}
`,
    },
    {
      name: 'the whole answer is returned',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.start = (Key) => s3.createMultipartUpload({ Bucket: 'videos', Key });
`,
      ...script,
    },
    {
      name: 'the id is sent to the browser, which uploads the parts',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function start(request, response) {
  const { UploadId: uploadId, Key: key } = await s3.createMultipartUpload({ Bucket: 'videos', Key: request.body.key });
  response.json({ uploadId, key });
}
`,
    },
    {
      name: 'the id is stored in a database',
      code: `
import { S3 } from '@aws-sdk/client-s3';
import { db } from './db';
const s3 = new S3({});
export async function start(Key: string) {
  const created = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  await db.uploads.insert({ key: Key, uploadId: created.UploadId });
}
`,
    },
    {
      name: 'the id is stored in an object of its own, as resumable servers do',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function start(Key: string) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  await s3.putObject({ Bucket: 'videos', Key: \`\${Key}.info\`, Body: JSON.stringify({ UploadId }), IfNoneMatch: '*' });
}
`,
    },
    {
      name: 'the id is kept in a map of the module',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const uploads = new Map<string, string>();
export async function start(Key: string) {
  const created = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  uploads.set(Key, created.UploadId!);
}
`,
    },
    {
      name: 'the id is kept in something that was handed in',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function start(session) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key: session.key });
  session.upload.id = UploadId;
}
`,
    },
    {
      name: 'a class keeps the id in a field and can abort',
      code: `
import { AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, S3Client } from '@aws-sdk/client-s3';
export class Recorder {
  private id?: string;
  constructor(private readonly client: S3Client) {}
  async open() {
    this.id = (await this.client.send(new CreateMultipartUploadCommand({ Bucket: 'videos', Key: 'live.mp4' }))).UploadId;
  }
  close = () => this.client.send(new CompleteMultipartUploadCommand({ Bucket: 'videos', Key: 'live.mp4', UploadId: this.id }));
  discard = () => this.client.send(new AbortMultipartUploadCommand({ Bucket: 'videos', Key: 'live.mp4', UploadId: this.id }));
}
`,
    },
    {
      name: 'URLs for the parts carry the id away',
      code: `
import { CreateMultipartUploadCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
const client = new S3Client({});
export async function start(Key: string, count: number) {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: 'videos', Key }));
  return Promise.all(
    Array.from({ length: count }, (_, index) => getSignedUrl(client, new UploadPartCommand({ Bucket: 'videos', Key, UploadId, PartNumber: index + 1 }))),
  );
}
`,
    },
    {
      name: 'functions that know the id are returned',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function open(Key: string) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  let PartNumber = 0;
  return { write: (Body: Buffer) => s3.uploadPart({ Bucket: 'videos', Key, UploadId, PartNumber: ++PartNumber, Body }) };
}
`,
    },
    {
      name: 'a stream that knows the id is returned',
      code: `
import { Writable } from 'node:stream';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function open(Key: string) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  const stream = new Writable({
    write(Body, _encoding, done) {
      s3.uploadPart({ Bucket: 'videos', Key, UploadId, PartNumber: 1, Body }).then(() => done(), done);
    },
  });
  return stream;
}
`,
    },
    {
      name: 'a function of another file aborts',
      code: `
import { S3 } from '@aws-sdk/client-s3';
import { discard } from './discard';
const s3 = new S3({});
export async function store(Key: string, Parts) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  try {
    await s3.completeMultipartUpload({ Bucket: 'videos', Key, UploadId, MultipartUpload: { Parts } });
  } catch (error) {
    await discard('videos', Key, UploadId);
    throw error;
  }
}
`,
    },
    {
      name: 'only the other file completes, and may abort',
      code: `
import { S3 } from '@aws-sdk/client-s3';
import { finish } from './finish';
const s3 = new S3({});
export async function store(Key: string, Body: string) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  const { ETag } = await s3.uploadPart({ Bucket: 'videos', Key, UploadId, PartNumber: 1, Body });
  await finish(Key, UploadId, [ETag]);
}
`,
    },
    {
      name: 'the command is built and sent somewhere else',
      code: `
import { CreateMultipartUploadCommand } from '@aws-sdk/client-s3';
export const commandFor = (Key: string) => new CreateMultipartUploadCommand({ Bucket: 'videos', Key });
`,
    },
    {
      name: 'a request of v2 that is not sent here',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.requestFor = (Key) => s3.createMultipartUpload({ Bucket: 'videos', Key });
`,
      ...script,
    },
    {
      name: 'lib-storage aborts by itself',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
export const store = (client, Body) => new Upload({ client, params: { Bucket: 'videos', Key: 'intro.mp4', Body } }).done();
`,
    },
    {
      name: 'lib-storage is told to abort',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
export const store = (client, Body) => new Upload({ client, params: { Bucket: 'videos', Key: 'intro.mp4', Body }, leavePartsOnError: false }).done();
`,
    },
    {
      name: 'the caller decides whether parts are left',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
export const store = (client, Body, leavePartsOnError) => new Upload({ client, params: { Bucket: 'videos', Key: 'intro.mp4', Body }, leavePartsOnError }).done();
`,
    },
    {
      name: 'parts are left to resume: the id is kept',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
export async function store(client, Body, remember) {
  const upload = new Upload({ client, params: { Bucket: 'videos', Key: 'intro.mp4', Body }, leavePartsOnError: true });
  try {
    await upload.done();
  } catch (error) {
    await remember(upload.uploadId);
    throw error;
  }
}
`,
    },
    {
      name: 'parts are left, and a job of the file lists and aborts them',
      code: `
import { AbortMultipartUploadCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
export const store = (client, Body) => new Upload({ client, params: { Bucket: 'videos', Key: 'intro.mp4', Body }, leavePartsOnError: true }).done();
export async function sweep(client) {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: 'videos' }));
  for (const { Key, UploadId } of Uploads) await client.send(new AbortMultipartUploadCommand({ Bucket: 'videos', Key, UploadId }));
}
`,
    },
    {
      name: 'parts are left by an upload that is handed to the caller',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
export function begin(client, Body) {
  const upload = new Upload({ client, params: { Bucket: 'videos', Key: 'intro.mp4', Body }, leavePartsOnError: true });
  void upload.done();
  return upload;
}
`,
    },
    {
      name: 'in a route, a catch aborts',
      code: `
import { S3 } from '@aws-sdk/client-s3';
import { app } from './app';
const s3 = new S3({});
app.post('/videos', async (request, response) => {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key: 'intro.mp4' });
  try {
    await s3.completeMultipartUpload({ Bucket: 'videos', Key: 'intro.mp4', UploadId });
  } catch {
    await s3.abortMultipartUpload({ Bucket: 'videos', Key: 'intro.mp4', UploadId });
  }
  response.end();
});
`,
    },
    {
      name: 'the abort is deferred as soon as the upload is there',
      code: `
import { S3 } from '@aws-sdk/client-s3';
import { Scope } from './scope';
const s3 = new S3({});
export async function store(Key: string, scope: Scope, send) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  scope.onFailure(() => s3.abortMultipartUpload({ Bucket: 'videos', Key, UploadId }));
  await s3.completeMultipartUpload({ Bucket: 'videos', Key, UploadId, MultipartUpload: { Parts: await send() } });
}
`,
    },
  ],
  invalid: [
    {
      name: 'parts are sent and the upload is completed, and nothing aborts it',
      code: `
import { CompleteMultipartUploadCommand, CreateMultipartUploadCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function store(bucket: string, key: string, chunks: Buffer[]): Promise<void> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: key }));
  const parts = await Promise.all(
    chunks.map(async (Body, index) => {
      const { ETag } = await client.send(new UploadPartCommand({ Bucket: bucket, Key: key, UploadId, PartNumber: index + 1, Body }));
      return { ETag, PartNumber: index + 1 };
    }),
  );
  await client.send(new CompleteMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId, MultipartUpload: { Parts: parts } }));
}
`,
      errors: [{ messageId: 'abandonedUpload', data: { object: '"${key}" in bucket "${bucket}"' }, line: 5 }],
    },
    {
      name: 'a log line is no place where the id can be found again',
      code: `
import { CreateMultipartUploadCommand as Create, CompleteMultipartUploadCommand as Complete, S3Client } from '@aws-sdk/client-s3';
import { logger } from './logger';
const client = new S3Client({});
export async function store(key: string, send: (n: number) => Promise<string>) {
  const created = await client.send(new Create({ Bucket: 'videos', Key: key }));
  logger.info({ uploadId: created.UploadId }, 'created');
  console.log(\`upload \${created.UploadId}\`);
  const ETag = await send(1);
  await client.send(new Complete({ Bucket: 'videos', Key: key, UploadId: created.UploadId, MultipartUpload: { Parts: [{ ETag, PartNumber: 1 }] } }));
  return created.Key;
}
`,
      errors: [{ messageId: 'abandonedUpload', data: { object: '"${key}" in bucket "videos"' }, line: 6 }],
    },
    {
      name: 'the id stays in a local object',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(key: string, Body: string) {
  const state: { id?: string } = {};
  const created = await s3.createMultipartUpload({ Bucket: 'videos', Key: key });
  state.id = created.UploadId;
  const { ETag } = await s3.uploadPart({ Bucket: 'videos', Key: key, UploadId: state.id, PartNumber: 1, Body });
  await s3.completeMultipartUpload({ Bucket: 'videos', Key: key, UploadId: state.id, MultipartUpload: { Parts: [{ ETag, PartNumber: 1 }] } });
}
`,
      errors: [{ messageId: 'abandonedUpload', data: { object: '"${key}" in bucket "videos"' }, line: 6 }],
    },
    {
      name: 'a function of the file that sends the parts does not abort either',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
async function sendAll(key: string, UploadId: string, chunks: Buffer[]) {
  for (const [index, Body] of chunks.entries()) await s3.uploadPart({ Bucket: 'videos', Key: key, UploadId, PartNumber: index + 1, Body });
  return s3.listParts({ Bucket: 'videos', Key: key, UploadId });
}
export async function store(key: string, chunks: Buffer[]) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key: key });
  const { Parts } = await sendAll(key, UploadId!, chunks);
  await s3.completeMultipartUpload({ Bucket: 'videos', Key: key, UploadId, MultipartUpload: { Parts } });
}
`,
      errors: [{ messageId: 'abandonedUpload', data: { object: '"${key}" in bucket "videos"' }, line: 9 }],
    },
    {
      name: 'a catch that only logs aborts nothing',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(key: string, send) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key: key });
  try {
    await s3.completeMultipartUpload({ Bucket: 'videos', Key: key, UploadId, MultipartUpload: { Parts: await send() } });
  } catch (error) {
    console.error(error);
  }
}
`,
      errors: [{ messageId: 'abandonedUpload', data: { object: '"${key}" in bucket "videos"' }, line: 5 }],
    },
    {
      name: 'it is aborted when there is nothing to send, and not when sending fails',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(key: string, chunks: Buffer[], send) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key: key });
  if (chunks.length === 0) {
    await s3.abortMultipartUpload({ Bucket: 'videos', Key: key, UploadId });
    return;
  }
  await s3.completeMultipartUpload({ Bucket: 'videos', Key: key, UploadId, MultipartUpload: { Parts: await send() } });
}
`,
      errors: [{ messageId: 'abandonedUpload', data: { object: '"${key}" in bucket "videos"' }, line: 5 }],
    },
    {
      name: 'the create is retried, and what follows it is not looked after',
      code: `
import { CompleteMultipartUploadCommand, CreateMultipartUploadCommand, S3Client } from '@aws-sdk/client-s3';
import pRetry from 'p-retry';
const client = new S3Client({});
export async function store(key: string, Parts) {
  const created = await pRetry(() => client.send(new CreateMultipartUploadCommand({ Bucket: 'videos', Key: key })));
  if (!created.UploadId) throw new Error(\`S3 gave no id: \${created.UploadId}\`);
  await client.send(new CompleteMultipartUploadCommand({ Bucket: 'videos', Key: key, UploadId: created.UploadId, MultipartUpload: { Parts } }));
}
`,
      errors: [{ messageId: 'abandonedUpload', data: { object: '"${key}" in bucket "videos"' }, line: 6 }],
    },
    {
      name: 'a script without a function',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key: 'intro.mp4' });
const { ETag } = await s3.uploadPart({ Bucket: 'videos', Key: 'intro.mp4', UploadId, PartNumber: 1, Body: process.stdin });
await s3.completeMultipartUpload({ Bucket: 'videos', Key: 'intro.mp4', UploadId, MultipartUpload: { Parts: [{ ETag, PartNumber: 1 }] } });
`,
      errors: [{ messageId: 'abandonedUpload', data: { object: '"intro.mp4" in bucket "videos"' }, line: 4 }],
    },
    {
      name: 'callbacks of aws-sdk v2 that only hand the error on',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.store = (body, done) => {
  s3.createMultipartUpload({ Bucket: 'videos', Key: 'intro.mp4' }, (error, created) => {
    if (error) return done(error);
    s3.uploadPart({ Bucket: 'videos', Key: 'intro.mp4', UploadId: created.UploadId, PartNumber: 1, Body: body }, (failure, part) => {
      if (failure) return done(failure);
      s3.completeMultipartUpload({ Bucket: 'videos', Key: 'intro.mp4', UploadId: created.UploadId, MultipartUpload: { Parts: [{ ETag: part.ETag, PartNumber: 1 }] } }, done);
    });
  });
};
`,
      ...script,
      errors: [{ messageId: 'abandonedUpload', data: { object: '"intro.mp4" in bucket "videos"' }, line: 5 }],
    },
    {
      name: 'a promise chain of aws-sdk v2',
      code: `
const { S3 } = require('aws-sdk');
const s3 = new S3();
exports.store = (Body) =>
  s3
    .createMultipartUpload({ Bucket: 'videos', Key: 'intro.mp4' })
    .promise()
    .then(({ UploadId }) =>
      s3
        .uploadPart({ Bucket: 'videos', Key: 'intro.mp4', UploadId, PartNumber: 1, Body })
        .promise()
        .then(({ ETag }) => s3.completeMultipartUpload({ Bucket: 'videos', Key: 'intro.mp4', UploadId, MultipartUpload: { Parts: [{ ETag, PartNumber: 1 }] } }).promise()),
    );
`,
      ...script,
      errors: [{ messageId: 'abandonedUpload', data: { object: '"intro.mp4" in bucket "videos"' }, line: 5 }],
    },
    {
      name: 'minio',
      code: `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export async function store(body: Buffer) {
  const uploadID = await minio.initiateNewMultipartUpload('videos', 'intro.mp4', {});
  const part = await minio.uploadPart({ bucketName: 'videos', objectName: 'intro.mp4', uploadID, partNumber: 1, headers: {} }, body);
  await minio.completeMultipartUpload('videos', 'intro.mp4', uploadID, [part]);
}
`,
      errors: [{ messageId: 'abandonedUpload', data: { object: '"intro.mp4" in bucket "videos"' }, line: 5 }],
    },
    {
      name: 'the id goes out and comes back to be completed, and nothing here can abort it',
      code: `
import { S3 } from '@aws-sdk/client-s3';
import { sign, verify } from './tokens';
const s3 = new S3({});
export async function start(key: string) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key: key });
  return sign({ key, id: UploadId });
}
export async function finish(token: string, Parts) {
  const { key, id } = verify(token);
  await s3.completeMultipartUpload({ Bucket: 'videos', Key: key, UploadId: id, MultipartUpload: { Parts } });
}
`,
      errors: [{ messageId: 'unabortableUpload', data: { object: '"${key}" in bucket "videos"' }, line: 6 }],
    },
    {
      name: 'a class keeps the id in a field and never aborts',
      code: `
import { CompleteMultipartUploadCommand, CreateMultipartUploadCommand, S3Client } from '@aws-sdk/client-s3';
export class Recorder {
  private id?: string;
  constructor(private readonly client: S3Client) {}
  async open() {
    const created = await this.client.send(new CreateMultipartUploadCommand({ Bucket: 'videos', Key: 'live.mp4' }));
    this.id = created.UploadId;
  }
  async close(Parts) {
    await this.client.send(new CompleteMultipartUploadCommand({ Bucket: 'videos', Key: 'live.mp4', UploadId: this.id, MultipartUpload: { Parts } }));
  }
}
`,
      errors: [{ messageId: 'unabortableUpload', data: { object: '"live.mp4" in bucket "videos"' }, line: 7 }],
    },
    {
      name: 'lib-storage is told to leave the parts',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
export const store = (client, Body) =>
  new Upload({
    client,
    params: { Bucket: 'videos', Key: 'intro.mp4', Body },
    leavePartsOnError: true,
  }).done();
`,
      errors: [{ messageId: 'leftParts', data: { object: '"intro.mp4" in bucket "videos"' }, line: 7 }],
    },
    {
      name: 'the options of lib-storage stand in a variable',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
export async function store(client, Body, onProgress) {
  const options = { client, params: { Bucket: 'videos', Key: 'intro.mp4', Body }, leavePartsOnError: true };
  const upload = new Upload(options);
  upload.on('httpUploadProgress', onProgress);
  await upload.done();
}
`,
      errors: [{ messageId: 'leftParts', data: { object: '"intro.mp4" in bucket "videos"' }, line: 4 }],
    },
    {
      name: 'the options of v2\'s upload',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.store = (Body) => s3.upload({ Bucket: 'videos', Key: 'intro.mp4', Body }, { leavePartsOnError: true, partSize: 10485760 }).promise();
`,
      ...script,
      errors: [{ messageId: 'leftParts', data: { object: '"intro.mp4" in bucket "videos"' }, line: 4 }],
    },
    {
      name: 'in a route, it is aborted only when there is nothing to send',
      code: `
import { S3 } from '@aws-sdk/client-s3';
import { app } from './app';
const s3 = new S3({});
app.post('/videos', async (request, response) => {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key: 'intro.mp4' });
  if (request.body.chunks.length === 0) {
    await s3.abortMultipartUpload({ Bucket: 'videos', Key: 'intro.mp4', UploadId });
    return response.end();
  }
  await s3.completeMultipartUpload({ Bucket: 'videos', Key: 'intro.mp4', UploadId });
  response.end();
});
`,
      errors: [{ messageId: 'abandonedUpload', data: { object: '"intro.mp4" in bucket "videos"' }, line: 6 }],
    },
    {
      name: 'a button that cancels aborts the request, and the parts stay',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
export async function store(client, Body, button) {
  const upload = new Upload({ client, params: { Bucket: 'videos', Key: 'intro.mp4', Body }, leavePartsOnError: true });
  const abortUpload = () => upload.abort();
  button.addEventListener('click', abortUpload);
  await upload.done();
}
`,
      errors: [{ messageId: 'leftParts', data: { object: '"intro.mp4" in bucket "videos"' }, line: 4 }],
    },
  ],
});
