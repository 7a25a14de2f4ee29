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
    {
      name: 'a probe of permissions aborts at once, and its catch answers no',
      code: `
import { AbortMultipartUploadCommand, CreateMultipartUploadCommand, S3Client } from '@aws-sdk/client-s3';
export async function mayUpload(client: S3Client, Bucket: string): Promise<boolean> {
  try {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'probe' }));
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key: 'probe', UploadId }));
    return true;
  } catch {
    return false;
  }
}
`,
    },
    {
      name: 'a probe that closes its client, and aborts only where there is an id',
      code: `
import { S3 } from '@aws-sdk/client-s3';
export async function mayUpload(config, Bucket) {
  const s3 = new S3(config);
  try {
    const created = await s3.createMultipartUpload({ Bucket, Key: 'probe' });
    if (created.UploadId) await s3.abortMultipartUpload({ Bucket, Key: 'probe', UploadId: created.UploadId });
    return true;
  } catch (error) {
    console.warn(error);
    return false;
  } finally {
    s3.destroy();
  }
}
`,
    },
    {
      name: 'a probe sends a part, whose failure is caught before the abort',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function probe(Bucket) {
  const can = { create: false, send: false };
  try {
    const { UploadId } = await s3.createMultipartUpload({ Bucket, Key: 'probe' });
    can.create = true;
    try {
      await s3.uploadPart({ Bucket, Key: 'probe', UploadId, PartNumber: 1, Body: 'x' });
      can.send = true;
    } catch {}
    await s3.listParts({ Bucket, Key: 'probe', UploadId }).catch(() => null);
    await s3.abortMultipartUpload({ Bucket, Key: 'probe', UploadId });
  } catch {}
  return can;
}
`,
    },
    {
      name: 'a probe whose one part fails stores nothing, and says no',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function mayUpload(Bucket) {
  try {
    const { UploadId } = await s3.createMultipartUpload({ Bucket, Key: 'probe' });
    await s3.uploadPart({ Bucket, Key: 'probe', UploadId, PartNumber: 1, Body: 'x' });
    await s3.abortMultipartUpload({ Bucket, Key: 'probe', UploadId });
    return true;
  } catch {
    return false;
  }
}
`,
    },
    {
      name: 'the functions that create and abort stand in the file, one is called after the other',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
const open = async (Key) => (await s3.createMultipartUpload({ Bucket: 'videos', Key }).promise()).UploadId;
const discard = (Key, UploadId) => s3.abortMultipartUpload({ Bucket: 'videos', Key, UploadId }).promise();
async function check(Key) {
  const id = await open(Key);
  await discard(Key, id);
}
check('probe').catch(console.error);
`,
      ...script,
    },
    {
      name: 'then takes the id, and aborts',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const probe = (Bucket) =>
  s3.createMultipartUpload({ Bucket, Key: 'probe' }).then(({ UploadId }) => s3.abortMultipartUpload({ Bucket, Key: 'probe', UploadId }));
`,
    },
    {
      name: 'parts are sent by a function of another file: what their failure does is seen there',
      code: `
import { S3 } from '@aws-sdk/client-s3';
import { sendParts } from './parts';
const s3 = new S3({});
export async function store(Key, chunks) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  const Parts = await sendParts(s3, Key, UploadId, chunks);
  try {
    await s3.completeMultipartUpload({ Bucket: 'videos', Key, UploadId, MultipartUpload: { Parts } });
  } catch (error) {
    await s3.abortMultipartUpload({ Bucket: 'videos', Key, UploadId });
    throw error;
  }
}
`,
    },
    {
      name: 'parts are on their way before the try, and waited for in it',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(Key, chunks) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  const sent = chunks.map((Body, index) => s3.uploadPart({ Bucket: 'videos', Key, UploadId, PartNumber: index + 1, Body }));
  try {
    const parts = await Promise.all(sent);
    await s3.completeMultipartUpload({ Bucket: 'videos', Key, UploadId, MultipartUpload: { Parts: parts.map(({ ETag }, index) => ({ ETag, PartNumber: index + 1 })) } });
  } catch (error) {
    await s3.abortMultipartUpload({ Bucket: 'videos', Key, UploadId });
    throw error;
  }
}
`,
    },
    {
      name: 'a part that fails before the try is sent again, and then left out',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(Key, chunks) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  const Parts = [];
  for (const [index, Body] of chunks.entries()) {
    try {
      Parts.push({ ...(await s3.uploadPart({ Bucket: 'videos', Key, UploadId, PartNumber: index + 1, Body })), PartNumber: index + 1 });
    } catch (error) {
      console.warn(error);
    }
  }
  try {
    await s3.completeMultipartUpload({ Bucket: 'videos', Key, UploadId, MultipartUpload: { Parts } });
  } catch (error) {
    await s3.abortMultipartUpload({ Bucket: 'videos', Key, UploadId });
    throw error;
  }
}
`,
    },
    {
      name: 'parts stand before the try, and the caller in the file aborts whatever fails',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
async function transfer(state, Body) {
  const { Key } = state;
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  state.id = UploadId;
  await s3.uploadPart({ Bucket: 'videos', Key, UploadId, PartNumber: 1, Body });
  try {
    await s3.completeMultipartUpload({ Bucket: 'videos', Key, UploadId });
  } catch (error) {
    await s3.abortMultipartUpload({ Bucket: 'videos', Key, UploadId });
    throw error;
  }
}
export async function store(Key, Body) {
  const state = { Key, id: null };
  await transfer(state, Body).catch(async (error) => {
    if (state.id) await s3.abortMultipartUpload({ Bucket: 'videos', Key, UploadId: state.id });
    throw error;
  });
}
`,
    },
    {
      name: 'parts stand before the try, in one whose handler leaves it to another file to clean up',
      code: `
import { S3 } from '@aws-sdk/client-s3';
import { cleanUp } from './clean-up';
const s3 = new S3({});
export async function store(Key, Body) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  try {
    await s3.uploadPart({ Bucket: 'videos', Key, UploadId, PartNumber: 1, Body });
  } catch (error) {
    await cleanUp(Key);
    throw error;
  }
  try {
    await s3.completeMultipartUpload({ Bucket: 'videos', Key, UploadId });
  } catch (error) {
    await s3.abortMultipartUpload({ Bucket: 'videos', Key, UploadId });
    throw error;
  }
}
`,
    },
    {
      name: 'the part before the try is of another upload, whose id was handed in',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(Key, older, Body) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  await s3.uploadPart({ Bucket: 'videos', Key, UploadId: older, PartNumber: 2, Body });
  try {
    await s3.uploadPart({ Bucket: 'videos', Key, UploadId, PartNumber: 1, Body });
    await s3.completeMultipartUpload({ Bucket: 'videos', Key, UploadId });
  } catch (error) {
    await s3.abortMultipartUpload({ Bucket: 'videos', Key, UploadId });
    throw error;
  }
}
`,
    },
    {
      name: 'a private function makes an upload that leaves its parts, and its caller keeps the id',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
const begin = (client, Body) => new Upload({ client, params: { Bucket: 'videos', Key: 'intro.mp4', Body }, leavePartsOnError: true });
export async function store(client, Body, remember) {
  const upload = begin(client, Body);
  await upload.done().catch(() => remember(upload.uploadId));
}
`,
    },
    {
      name: 'another file may call the function that makes an upload, and keep the id',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
export const begin = (client, Body) => new Upload({ client, params: { Bucket: 'videos', Key: 'intro.mp4', Body }, leavePartsOnError: true });
export const store = (client, Body) => begin(client, Body).done();
`,
    },
  ],
  invalid: [
    {
      name: 'a part fails before the try, and only a failed completion aborts',
      code: `
import { AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
export async function store(client: S3Client, Key: string, chunks: Buffer[]): Promise<void> {
  const target = { Bucket: 'videos', Key };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(target));
  const Parts = [];
  for (const [index, Body] of chunks.entries()) {
    const { ETag } = await client.send(new UploadPartCommand({ ...target, UploadId, PartNumber: index + 1, Body }));
    Parts.push({ ETag, PartNumber: index + 1 });
  }
  try {
    await client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
  } catch (error) {
    await client.send(new AbortMultipartUploadCommand({ ...target, UploadId }));
    throw error;
  }
}
`,
      errors: [{ messageId: 'abandonedUpload', data: { object: '"${Key}" in bucket "videos"' }, line: 5 }],
    },
    {
      name: 'parts that are sent together before the try, in a function that logs what fails',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.store = async (Key, chunks) => {
  try {
    const created = await s3.createMultipartUpload({ Bucket: 'videos', Key });
    const id = created.UploadId;
    const parts = await Promise.all(chunks.map(async (Body, index) => {
      const { ETag } = await s3.uploadPart({ Bucket: 'videos', Key, UploadId: id, PartNumber: index + 1, Body });
      return { ETag, PartNumber: index + 1 };
    }));
    try {
      await s3.completeMultipartUpload({ Bucket: 'videos', Key, UploadId: id, MultipartUpload: { Parts: parts } });
    } catch (error) {
      await s3.abortMultipartUpload({ Bucket: 'videos', Key, UploadId: id });
    }
  } catch (error) {
    console.error(error);
  }
};
`,
      ...script,
      errors: [{ messageId: 'abandonedUpload', data: { object: '"${Key}" in bucket "videos"' }, line: 6 }],
    },
    {
      name: 'parts of a copy with aws-sdk v2, and an abort that is handed to the completion',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.copy = async (Key, CopySource) => {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key }).promise();
  const { CopyPartResult } = await s3.uploadPartCopy({ Bucket: 'videos', Key, UploadId, PartNumber: 1, CopySource }).promise();
  await s3
    .completeMultipartUpload({ Bucket: 'videos', Key, UploadId, MultipartUpload: { Parts: [{ ETag: CopyPartResult.ETag, PartNumber: 1 }] } })
    .promise()
    .catch(() => s3.abortMultipartUpload({ Bucket: 'videos', Key, UploadId }).promise());
};
`,
      ...script,
      errors: [{ messageId: 'abandonedUpload', data: { object: '"${Key}" in bucket "videos"' }, line: 5 }],
    },
    {
      name: 'a finally aborts unless it was completed, and the parts stand before its try',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(Key: string, stream: AsyncIterable<Buffer>) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  let PartNumber = 0;
  for await (const Body of stream) await s3.uploadPart({ Bucket: 'videos', Key, UploadId, PartNumber: ++PartNumber, Body });
  let completed = false;
  try {
    await s3.completeMultipartUpload({ Bucket: 'videos', Key, UploadId });
    completed = true;
  } finally {
    if (!completed) await s3.abortMultipartUpload({ Bucket: 'videos', Key, UploadId });
  }
}
`,
      errors: [{ messageId: 'abandonedUpload', data: { object: '"${Key}" in bucket "videos"' }, line: 5 }],
    },
    {
      name: 'a part that fails skips the abort behind it',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function measure(Key: string, Body: Buffer) {
  const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key });
  const part = await s3.uploadPart({ Bucket: 'videos', Key, UploadId, PartNumber: 1, Body });
  await s3.abortMultipartUpload({ Bucket: 'videos', Key, UploadId });
  return part.ETag;
}
`,
      errors: [{ messageId: 'abandonedUpload', data: { object: '"${Key}" in bucket "videos"' }, line: 5 }],
    },
    {
      name: 'the second part fails, the first one stays: the catch answers no, and aborts nothing',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function measure(Key: string, chunks: Buffer[]) {
  try {
    const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key });
    for (const [index, Body] of chunks.entries()) {
      await s3.uploadPart({ Bucket: 'videos', Key, UploadId, PartNumber: index + 1, Body });
    }
    await s3.abortMultipartUpload({ Bucket: 'videos', Key, UploadId });
    return true;
  } catch {
    return false;
  }
}
`,
      errors: [{ messageId: 'abandonedUpload', data: { object: '"${Key}" in bucket "videos"' }, line: 6 }],
    },
    {
      name: 'a private function makes an upload that leaves its parts, and all who call it only wait',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
export class Videos {
  constructor(private readonly client) {}
  private begin(Body) {
    const upload = new Upload({ client: this.client, params: { Bucket: 'videos', Key: 'intro.mp4', Body }, leavePartsOnError: true });
    upload.on('httpUploadProgress', console.log);
    return upload;
  }
  async store(Body) {
    await this.begin(Body).done();
  }
  async replace(Body) {
    const upload = this.begin(Body);
    return upload.done();
  }
}
`,
      errors: [{ messageId: 'leftParts', data: { object: '"intro.mp4" in bucket "videos"' }, line: 6 }],
    },
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
