import { preferEtagPrecondition } from '../../src/rules/prefer-etag-precondition.js';
import { ruleTester } from '../rule-tester.js';

/** A script, as CommonJS is parsed. */
const script = { languageOptions: { parserOptions: { sourceType: 'script' } } } as const;

/** In a source, `‹…|…›` is what stands there, and what the suggestion makes of it. */
const before = (source: string): string => source.replace(/‹([^|›]*)\|[^›]*›/g, '$1');
const after = (source: string): string => source.replace(/‹[^|›]*\|([^›]*)›/g, '$1');

type MessageId = 'timedCondition' | 'timedSource' | 'directoryBucketTime' | 'droppedTime';

interface Told {
  readonly time: string;
  readonly etag: string;
  readonly object: string;
  readonly operation?: string;
}

/** A condition by time; the response that is suggested was given on that line. */
const timed = (messageId: MessageId, at: number, data: Told, source: string, line?: string) => ({
  code: before(source),
  errors: [
    {
      messageId,
      data: { ...data },
      line: at,
      suggestions: line === undefined ? null : ([{ messageId: 'useETag', data: { line, etag: data.etag }, output: after(source) }] as const),
    },
  ],
});

const since = (object: string): Told => ({ time: 'IfUnmodifiedSince', etag: 'IfMatch', object });
const copied = (object: string): Told => ({ time: 'CopySourceIfUnmodifiedSince', etag: 'CopySourceIfMatch', object });

ruleTester.run('prefer-etag-precondition', preferEtagPrecondition as never, {
  valid: [
    {
      name: 'a download in ranges that is pinned by the ETag',
      code: `
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function download(client, key, size) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'videos', Key: key }));
  for (let start = 0; start < head.ContentLength; start += size) {
    await client.send(new GetObjectCommand({ Bucket: 'videos', Key: key, Range: \`bytes=\${start}-\${start + size - 1}\`, IfMatch: head.ETag }));
  }
}
`,
    },
    {
      name: 'a time beside the ETag: S3 goes by the ETag',
      code: `
import { GetObjectCommand } from '@aws-sdk/client-s3';
export const get = (client, key, etag, time) => client.send(new GetObjectCommand({ Bucket: 'videos', Key: key, IfMatch: etag, IfUnmodifiedSince: time }));
`,
    },
    {
      name: 'an ETag that is set where there is one',
      code: `
import { GetObjectCommand } from '@aws-sdk/client-s3';
export const get = (client, key, etag, time) =>
  client.send(new GetObjectCommand({ Bucket: 'videos', Key: key, IfUnmodifiedSince: time, ...(etag && { IfMatch: etag }) }));
`,
    },
    {
      name: 'options of the caller, which may hold the ETag',
      code: `
import { GetObjectCommand } from '@aws-sdk/client-s3';
export const get = (client, key, time, options) => client.send(new GetObjectCommand({ Bucket: 'videos', Key: key, IfUnmodifiedSince: time, ...options }));
`,
    },
    {
      name: 'a cache that asks for what is newer: that is no guard',
      code: `
import { GetObjectCommand } from '@aws-sdk/client-s3';
export const refresh = (client, key, cachedAt) => client.send(new GetObjectCommand({ Bucket: 'pages', Key: key, IfModifiedSince: cachedAt }));
`,
    },
    {
      name: 'a cache that asks by ETag',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const refresh = (key, etag) => s3.getObject({ Bucket: 'pages', Key: key, IfNoneMatch: etag });
`,
    },
    {
      name: 'a condition that is switched off',
      code: `
import { HeadObjectCommand } from '@aws-sdk/client-s3';
export const look = (client, key) => client.send(new HeadObjectCommand({ Bucket: 'videos', Key: key, IfUnmodifiedSince: undefined }));
`,
    },
    {
      name: 'a copy whose source is pinned by the ETag',
      code: `
import { CopyObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function archive(client, key) {
  const { ETag } = await client.send(new HeadObjectCommand({ Bucket: 'inbox', Key: key }));
  await client.send(new CopyObjectCommand({ Bucket: 'archive', Key: key, CopySource: \`inbox/\${key}\`, CopySourceIfMatch: ETag, IfNoneMatch: '*' }));
}
`,
    },
    {
      name: 'a lock that is released by its own ETag',
      code: `
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function withLock(client, key, run) {
  const lock = await client.send(new PutObjectCommand({ Bucket: 'locks', Key: key, Body: '', IfNoneMatch: '*' }));
  try {
    return await run();
  } finally {
    await client.send(new DeleteObjectCommand({ Bucket: 'locks', Key: key, IfMatch: lock.ETag }));
  }
}
`,
    },
    {
      name: 'listed rows that are deleted by their ETags',
      code: `
import { DeleteObjectsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
export async function sweep(client, prefix) {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'tmp', Prefix: prefix }));
  await client.send(new DeleteObjectsCommand({ Bucket: 'tmp', Delete: { Objects: Contents.map(({ Key, ETag }) => ({ Key, ETag })) } }));
}
`,
    },
    {
      name: 'the size of a directory-bucket object is no time',
      code: `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, key, size) => client.send(new DeleteObjectCommand({ Bucket: 'scratch--use1-az4--x-s3', Key: key, IfMatchSize: size }));
`,
    },
    {
      name: 'an upload that is aborted by its time has no ETag yet',
      code: `
import { AbortMultipartUploadCommand } from '@aws-sdk/client-s3';
export const abort = (client, key, UploadId, started) =>
  client.send(new AbortMultipartUploadCommand({ Bucket: 'scratch--use1-az4--x-s3', Key: key, UploadId, IfMatchInitiatedTime: started }));
`,
    },
    {
      name: 'listed objects are compared by their times, and nothing is sent',
      code: `
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
export async function newerThan(client, time) {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'inbox' }));
  return Contents.filter((row) => row.LastModified > time).map((row) => row.Key);
}
`,
    },
    {
      name: 'a request of another service with a property of that name',
      code: `
import { S3 } from '@aws-sdk/client-s3';
import { BlobClient } from '@azure/storage-blob';
export const s3 = new S3({});
export const read = (blob: BlobClient, time: Date) => blob.download(0, undefined, { conditions: { IfUnmodifiedSince: time } });
`,
    },
    {
      name: 'aws-sdk v2 refuses the parameter, and its writes take no ETag',
      code: `
import { S3 } from 'aws-sdk';
const s3 = new S3();
export const put = (key, body, time) => s3.putObject({ Bucket: 'notes', Key: key, Body: body, IfUnmodifiedSince: time }).promise();
`,
    },
    {
      name: 'minio copies a source that is pinned by the ETag',
      code: `
import { Client, CopyConditions } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export async function copy(from, to, etag, time) {
  const conditions = new CopyConditions();
  conditions.setUnmodified(time);
  conditions.setMatchETag(etag);
  await minio.copyObject('photos', to, '/photos/' + from, conditions);
}
`,
    },
    {
      name: 'minio copies what has changed since: that is no guard',
      code: `
import { Client, CopyConditions } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export async function copyNew(from, to, time) {
  const conditions = new CopyConditions();
  conditions.setModified(time);
  await minio.copyObject('photos', to, '/photos/' + from, conditions);
}
`,
    },
  ],
  invalid: [
    {
      name: 'ranges of a download that are held together by a time',
      ...timed(
        'timedCondition',
        6,
        since('"${key}" in bucket "videos"'),
        `
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function download(client, key, ranges) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'videos', Key: key }));
  for (const Range of ranges) {
    await client.send(new GetObjectCommand({ Bucket: 'videos', Key: key, Range, ‹IfUnmodifiedSince|IfMatch›: ‹head.LastModified|head.ETag› }));
  }
}
`,
        '4',
      ),
    },
    {
      name: 'the response is destructured: its ETag is taken along',
      ...timed(
        'timedCondition',
        6,
        since('"${key}" in bucket "videos"'),
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function read(key: string) {
  const { ContentLength, LastModified‹|, ETag› } = await s3.headObject({ Bucket: 'videos', Key: key });
  const part = await s3.getObject({ Bucket: 'videos', Key: key, Range: \`bytes=0-\${ContentLength! >> 1}\`, ‹IfUnmodifiedSince|IfMatch›: ‹LastModified|ETag› });
  return part.Body;
}
`,
        '5',
      ),
    },
    {
      name: 'the time went through a name of its own, under the very name of the condition',
      ...timed(
        'timedCondition',
        6,
        since('"a.mp4" in bucket "videos"'),
        `
import { GetObjectCommand as Get, HeadObjectCommand as Head, S3Client } from '@aws-sdk/client-s3';
export async function read(client: S3Client) {
  const head = await client.send(new Head({ Bucket: 'videos', Key: 'a.mp4' }));
  const IfUnmodifiedSince = head.LastModified;
  return client.send(new Get({ Bucket: 'videos', Key: 'a.mp4', ‹IfUnmodifiedSince|IfMatch: head.ETag› }));
}
`,
        '4',
      ),
    },
    {
      name: 'a time of the caller: there is no ETag to offer',
      ...timed(
        'timedCondition',
        3,
        since('"${key}" in bucket "videos"'),
        `
import { HeadObjectCommand } from '@aws-sdk/client-s3';
export const isUnchanged = (client, key, time) => client.send(new HeadObjectCommand({ Bucket: 'videos', Key: key, IfUnmodifiedSince: time }));
`,
      ),
    },
    {
      name: 'an object that was given the time alone has no ETag',
      ...timed(
        'timedCondition',
        6,
        since('"a" in bucket "videos"'),
        `
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function read(client) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'videos', Key: 'a' }));
  const known = { LastModified: head.LastModified };
  return client.send(new GetObjectCommand({ Bucket: 'videos', Key: 'a', ‹IfUnmodifiedSince|IfMatch›: ‹known.LastModified|head.ETag› }));
}
`,
        '4',
      ),
    },
    {
      name: 'set on the input after it was made, where one knows a time',
      ...timed(
        'timedCondition',
        6,
        since('"a" in bucket "videos"'),
        `
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function read(client, checked) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'videos', Key: 'a' }));
  const input = { Bucket: 'videos', Key: 'a' };
  if (checked) input.‹IfUnmodifiedSince|IfMatch› = ‹head.LastModified|head.ETag›;
  return client.send(new GetObjectCommand(input));
}
`,
        '4',
      ),
    },
    {
      name: 'one input that two reads send is told of once',
      ...timed(
        'timedCondition',
        3,
        since('"a" in bucket "videos"'),
        `
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
const input = { Bucket: 'videos', Key: 'a', IfUnmodifiedSince: new Date(0) };
export const look = (client) => client.send(new HeadObjectCommand(input));
export const read = (client) => client.send(new GetObjectCommand(input));
`,
      ),
    },
    {
      name: 'a signed download that ends with the next change of the second',
      ...timed(
        'timedCondition',
        5,
        since('"${key}" in bucket "videos"'),
        `
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
export const link = (client, key, time) =>
  getSignedUrl(client, new GetObjectCommand({ Bucket: 'videos', Key: key, IfUnmodifiedSince: time }), { expiresIn: 60 });
`,
      ),
    },
    {
      name: 'the source of a copy',
      ...timed(
        'timedSource',
        9,
        copied('"${key}" in bucket "archive"'),
        `
import { CopyObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function archive(client, key) {
  const source = await client.send(new HeadObjectCommand({ Bucket: 'inbox', Key: key }));
  await client.send(new CopyObjectCommand({
    Bucket: 'archive',
    Key: key,
    CopySource: \`inbox/\${key}\`,
    ‹CopySourceIfUnmodifiedSince|CopySourceIfMatch›: /* as it was */ ‹source.LastModified|source.ETag›, // not newer
    IfNoneMatch: '*',
  }));
}
`,
        '4',
      ),
    },
    {
      name: 'the source of the parts of a large copy',
      ...timed(
        'timedSource',
        4,
        copied('"${key}" in bucket "archive"'),
        `
import { UploadPartCopyCommand } from '@aws-sdk/client-s3';
export const copyPart = (client, key, part, time) =>
  client.send(new UploadPartCopyCommand({ Bucket: 'archive', Key: key, ...part, CopySource: 'inbox/' + key, CopySourceIfMatch: undefined, CopySourceIfUnmodifiedSince: time }));
`,
      ),
    },
    {
      name: 'a delete of directory buckets by time',
      ...timed(
        'directoryBucketTime',
        5,
        { time: 'IfMatchLastModifiedTime', etag: 'IfMatch', object: '"${key}" in bucket "locks"' },
        `
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function release(client, key) {
  const lock = await client.send(new HeadObjectCommand({ Bucket: 'locks', Key: key }));
  await client.send(new DeleteObjectCommand({ Bucket: 'locks', Key: key, ‹IfMatchLastModifiedTime|IfMatch›: ‹lock.LastModified!|lock.ETag› }));
}
`,
        '4',
      ),
    },
    {
      name: 'entries of a delete by time',
      ...timed(
        'directoryBucketTime',
        5,
        { time: 'LastModifiedTime', etag: 'ETag', object: 'an object in bucket "tmp"' },
        `
import { DeleteObjectsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
export async function sweep(client, prefix) {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'tmp', Prefix: prefix }));
  const Objects = Contents.map((row) => ({ Key: row.Key, LastModifiedTime: row.LastModified }));
  await client.send(new DeleteObjectsCommand({ Bucket: 'tmp', Delete: { Objects } }));
}
`,
      ),
    },
    {
      name: 'an entry whose ETag was read along with its time',
      ...timed(
        'directoryBucketTime',
        6,
        { time: 'LastModifiedTime', etag: 'ETag', object: 'an object in bucket "tmp"' },
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function remove(key) {
  const { LastModified‹|, ETag› } = await s3.headObject({ Bucket: 'tmp', Key: key });
  await s3.deleteObjects({ Bucket: 'tmp', Delete: { Objects: [{ Key: key, ‹LastModifiedTime: LastModified|ETag› }] } });
}
`,
        '5',
      ),
    },
    {
      name: 'the target of a rename',
      ...timed(
        'timedCondition',
        4,
        { time: 'DestinationIfUnmodifiedSince', etag: 'DestinationIfMatch', object: '"current.json" in bucket "state--use1-az4--x-s3"' },
        `
import { RenameObjectCommand } from '@aws-sdk/client-s3';
export const publish = (client, draft, time) =>
  client.send(new RenameObjectCommand({ Bucket: 'state--use1-az4--x-s3', Key: 'current.json', RenameSource: draft, DestinationIfUnmodifiedSince: time }));
`,
      ),
    },
    {
      name: 'the source of a rename',
      ...timed(
        'timedSource',
        4,
        { time: 'SourceIfUnmodifiedSince', etag: 'SourceIfMatch', object: '"current.json" in bucket "state--use1-az4--x-s3"' },
        `
import { RenameObjectCommand } from '@aws-sdk/client-s3';
export const publish = (client, draft, time) =>
  client.send(new RenameObjectCommand({ Bucket: 'state--use1-az4--x-s3', Key: 'current.json', RenameSource: draft, SourceIfUnmodifiedSince: time }));
`,
      ),
    },
    {
      name: 'a put takes no time at all, so nothing is sent',
      ...timed(
        'droppedTime',
        5,
        { ...since('"${key}" in bucket "notes"'), operation: 'PutObject' },
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export const save = (client: S3Client, key: string, body: string, readAt: Date) => {
  const input = { Bucket: 'notes', Key: key, Body: body };
  return client.send(new PutObjectCommand({ ...input, IfUnmodifiedSince: readAt }));
};
`,
      ),
    },
    {
      name: 'an upload of lib-storage takes no time either, and the ETag of a look before it would guard nothing',
      ...timed(
        'droppedTime',
        6,
        { ...since('"${key}" in bucket "notes"'), operation: 'PutObject' },
        `
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
export async function save(client, key, stream) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'notes', Key: key }));
  await new Upload({ client, params: { Bucket: 'notes', Key: key, Body: stream, IfUnmodifiedSince: head.LastModified } }).done();
}
`,
      ),
    },
    {
      name: 'a delete by the time of reads, which it does not take',
      ...timed(
        'droppedTime',
        5,
        { ...since('"${key}" in bucket "locks"'), operation: 'DeleteObject' },
        `
import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
export async function release(client, key, owner) {
  const lock = await client.send(new GetObjectCommand({ Bucket: 'locks', Key: key }));
  await client.send(new DeleteObjectCommand({ Bucket: 'locks', Key: key, ‹IfUnmodifiedSince|IfMatch›: ‹lock.LastModified|lock.ETag› }));
}
`,
        '4',
      ),
    },
    {
      name: 'a read of aws-sdk v2 in CommonJS',
      ...timed(
        'timedCondition',
        6,
        since('"${key}" in bucket "videos"'),
        `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.read = async (key) => {
  const head = await s3.headObject({ Bucket: 'videos', Key: key }).promise();
  return s3.getObject({ Bucket: 'videos', Key: key, ‹IfUnmodifiedSince|IfMatch›: ‹head.LastModified|head.ETag› }).promise();
};
`,
        '5',
      ),
      ...script,
    },
    {
      name: 'the source of a copy of aws-sdk v2',
      ...timed(
        'timedSource',
        4,
        copied('"${key}" in bucket "archive"'),
        `
import S3 from 'aws-sdk/clients/s3';
const s3 = new S3({ params: { Bucket: 'archive' } });
export const archive = (key, time, done) => s3.copyObject({ Key: key, CopySource: 'inbox/' + key, CopySourceIfUnmodifiedSince: time }, done);
`,
      ),
    },
    {
      name: 'a client that another file lends',
      ...timed(
        'timedCondition',
        3,
        since('"${key}" in bucket "${bucket}"'),
        `
import { s3 } from './clients.js';
export const read = (bucket, key, time) => s3.getObject({ Bucket: bucket, Key: key, IfUnmodifiedSince: time });
`,
      ),
    },
    {
      name: 'a condition of minio by time',
      ...timed(
        'timedSource',
        7,
        { time: 'setUnmodified', etag: 'setMatchETag', object: '"${to}" in bucket "photos"' },
        `
import { Client, CopyConditions } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export async function copy(from, to) {
  const stat = await minio.statObject('photos', from);
  const conditions = new CopyConditions();
  conditions.‹setUnmodified|setMatchETag›(‹stat.lastModified|stat.etag›);
  await minio.copyObject('photos', to, '/photos/' + from, conditions);
}
`,
        '5',
      ),
    },
    {
      name: 'options of minio with a time',
      ...timed(
        'timedSource',
        5,
        { time: 'MatchUnmodifiedSince', etag: 'MatchETag', object: 'the object' },
        `
const Minio = require('minio');
const minio = new Minio.Client({ endPoint: 'localhost' });
exports.copy = (from, target, time) => {
  const source = new Minio.CopySourceOptions({ Bucket: 'photos', Object: from, MatchUnmodifiedSince: time });
  return minio.copyObject(source, target);
};
`,
      ),
      ...script,
    },
  ],
});
