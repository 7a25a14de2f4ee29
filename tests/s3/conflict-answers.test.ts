/* eslint-disable s3/no-cached-etag -- No version is meant: the server answers what the test tells it. */
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { statusOf, type S3ConflictCode } from '../../src/s3/conflicts.js';
import { answeringServer, errorAnswer, type Answer, type AnsweringServer } from './answering-server.js';

/** What docs/conflicts.md says of the installed SDK, with its own retries on. */
let server: AnsweringServer;
let client: S3Client;
let answers: (Answer | 'lost')[] = [];
let requests = 0;

beforeAll(async () => {
  server = await answeringServer(() => {
    requests += 1;
    return (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 200 };
  });
  client = new S3Client(server.config);
});

afterAll(async () => {
  client.destroy();
  await server.close();
});

/** The error of a request; the last answer is given as often as it is asked for. */
async function errorOf(send: () => Promise<unknown>, ...given: (Answer | 'lost')[]): Promise<{ name: string; status: number | undefined; attempts: number | undefined; requests: number }> {
  answers = given;
  requests = 0;
  const error: unknown = await send().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof S3ServiceException)) throw new Error('The SDK threw no service exception.', { cause: error });
  return { name: error.name, status: error.$metadata.httpStatusCode, attempts: error.$metadata.attempts, requests };
}

const object = { Bucket: 'photos', Key: 'album.json' };
const etag = '"0f343b0931126a20f133d67c2b018a3b"';
const upload = { ...object, UploadId: 'upload', MultipartUpload: { Parts: [{ ETag: etag, PartNumber: 1 }] } };
const put = (): Promise<unknown> => client.send(new PutObjectCommand({ ...object, Body: '[]', IfMatch: etag }));
const complete = (): Promise<unknown> => client.send(new CompleteMultipartUploadCommand({ ...upload, IfMatch: etag }));
const copy = (): Promise<unknown> => client.send(new CopyObjectCommand({ ...object, CopySource: 'photos/old.json', IfMatch: etag }));

it.each<{ name: string; send: () => Promise<unknown>; code: S3ConflictCode }>([
  { name: 'a write with an old ETag', send: put, code: 'PreconditionFailed' },
  { name: 'a write beside a delete', send: put, code: 'ConditionalRequestConflict' },
  { name: 'a write of what was deleted', send: put, code: 'NoSuchKey' },
  { name: 'a write with a condition that S3 does not know', send: put, code: 'NotImplemented' },
  { name: 'an append that lost the race', send: () => client.send(new PutObjectCommand({ ...object, Body: 'x', WriteOffsetBytes: 3 })), code: 'InvalidWriteOffset' },
  { name: 'the end of an upload that is gone', send: complete, code: 'NoSuchUpload' },
  { name: 'the end of an upload beside a delete', send: complete, code: 'ConditionalRequestConflict' },
  { name: 'an abort of an upload that is gone', send: () => client.send(new AbortMultipartUploadCommand(upload)), code: 'NoSuchUpload' },
  { name: 'a delete with an old ETag', send: () => client.send(new DeleteObjectCommand({ ...object, IfMatch: etag })), code: 'PreconditionFailed' },
  { name: 'a bucket of a name that was just deleted', send: () => client.send(new CreateBucketCommand({ Bucket: 'photos' })), code: 'OperationAborted' },
  { name: 'a bucket that is somebody else’s', send: () => client.send(new CreateBucketCommand({ Bucket: 'photos' })), code: 'BucketAlreadyExists' },
  { name: 'a bucket that is there', send: () => client.send(new CreateBucketCommand({ Bucket: 'photos' })), code: 'BucketAlreadyOwnedByYou' },
  { name: 'the deletion of a bucket that is in use', send: () => client.send(new DeleteBucketCommand({ Bucket: 'photos' })), code: 'BucketNotEmpty' },
])('asks once for $name: $code', async ({ send, code }) => {
  const status = statusOf(code);
  expect(await errorOf(send, errorAnswer(status, code))).toEqual({ name: code, status, attempts: 1, requests: 1 });
});

it.each([409, 412, 304])('has no name for an answer with %i and no body, as every HEAD gets', async (status) => {
  const head = (): Promise<unknown> => client.send(new HeadObjectCommand({ ...object, IfMatch: etag }));
  expect(await errorOf(head, { status })).toEqual({ name: 'Unknown', status, attempts: 1, requests: 1 });
  expect(await errorOf(put, { status })).toEqual({ name: 'Unknown', status, attempts: 1, requests: 1 });
});

it('throws for a read whose object has not changed', async () => {
  const get = (): Promise<unknown> => client.send(new GetObjectCommand({ ...object, IfNoneMatch: etag }));
  expect(await errorOf(get, { status: 304 })).toEqual({ name: 'Unknown', status: 304, attempts: 1, requests: 1 });
});

it.each<{ name: string; send: () => Promise<unknown>; code: S3ConflictCode }>([
  { name: 'the end of an upload', send: complete, code: 'PreconditionFailed' },
  { name: 'a copy', send: copy, code: 'ConditionalRequestConflict' },
])('makes 503 of an error in the 200 of $name, and asks three times', async ({ send, code }) => {
  expect(await errorOf(send, { ...errorAnswer(200, code) })).toEqual({ name: code, status: 503, attempts: 3, requests: 3 });
});

it.each<{ name: string; first: Answer | 'lost' }>([
  { name: 'is lost with its connection', first: 'lost' },
  { name: 'is a 500', first: errorAnswer(500, 'InternalError') },
])('meets its own write where the first answer $name', async ({ first }) => {
  expect(await errorOf(put, first, errorAnswer(412, 'PreconditionFailed'))).toEqual({ name: 'PreconditionFailed', status: 412, attempts: 2, requests: 2 });
});

it('throws nothing where DeleteObjects could not delete', async () => {
  answers = [{ status: 200, body: '<DeleteResult><Error><Key>album.json</Key><Code>PreconditionFailed</Code></Error></DeleteResult>' }];
  const result = await client.send(new DeleteObjectsCommand({ Bucket: 'photos', Delete: { Objects: [{ Key: 'album.json', ETag: etag }] } }));
  expect(result.Errors).toEqual([{ Key: 'album.json', Code: 'PreconditionFailed' }]);
});
