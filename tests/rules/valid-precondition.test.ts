import { validPrecondition } from '../../src/rules/valid-precondition.js';
import { readMarks } from '../marked.js';
import { ruleTester } from '../rule-tester.js';

/** A script, as CommonJS is parsed. */
const script = { languageOptions: { parserOptions: { sourceType: 'script' } } } as const;

type MessageId = 'notAStar' | 'starAsETag' | 'bothConditions' | 'ignoredCondition' | 'ignoredByUpload' | 'refusedByClient' | 'lostOnMultipart' | 'wrongName';

/** A report at `▸`. */
const wrong = (messageId: MessageId, data: Readonly<Record<string, string>>, source: string) => {
  const { code, mended, at } = readMarks(source);
  return { code, output: mended, errors: [{ messageId, data, ...at('▸') }] };
};

const notAStar = (object: string, source: string) => wrong('notAStar', { object }, source);
const starAsETag = (object: string, source: string) => wrong('starAsETag', { object }, source);
const bothConditions = (object: string, source: string) => wrong('bothConditions', { object }, source);
const ignoredCondition = (operation: string, name: string, remedy: string, source: string) => wrong('ignoredCondition', { operation, name, remedy }, source);
const ignoredByUpload = (name: string, object: string, source: string) => wrong('ignoredByUpload', { name, object }, source);
const refusedByClient = (operation: string, name: string, source: string) => wrong('refusedByClient', { operation, name }, source);
const lostOnMultipart = (name: string, object: string, source: string) => wrong('lostOnMultipart', { name, object }, source);
const wrongName = (operation: string, name: string, right: string, object: string, source: string) => wrong('wrongName', { operation, name, right, object }, source);

const sendOnCompletion = 'Send it with CompleteMultipartUpload, the only step that takes one';
const remove = 'Remove it';
const matchVersion = 'Send `IfMatch` with the ETag of the version that you mean';
const matchEntries = 'Put the `ETag` into each entry of `Delete.Objects`';

ruleTester.run('valid-precondition', validPrecondition as never, {
  valid: [
    {
      name: "IfNoneMatch '*' creates, IfMatch with an ETag replaces",
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const create = (client, Key, Body) => client.send(new PutObjectCommand({ Bucket: 'photos', Key, Body, IfNoneMatch: '*' }));
export const replace = (client, Key, Body, etag) => client.send(new PutObjectCommand({ Bucket: 'photos', Key, Body, IfMatch: etag }));
`,
    },
    {
      name: 'a star in other quotes, or under a name, is a star',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const absent = '*';
export async function create(Bucket: string, Body: string): Promise<void> {
  await s3.putObject({ Bucket, Key: 'a', Body, IfNoneMatch: "*" });
  await s3.putObject({ Bucket, Key: 'b', Body, IfNoneMatch: \`*\` });
  await s3.putObject({ Bucket, Key: 'c', Body, IfNoneMatch: absent });
}
`,
    },
    {
      name: 'a star, or no condition at all',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const put = (client, Bucket, Key, Body, { overwrite }) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, IfNoneMatch: overwrite ? undefined : '*' }));
`,
    },
    {
      name: 'a caller hands the value in: it may well be a star',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
interface Conditions { ifMatch?: string; ifNoneMatch?: string }
export const put = (client: S3Client, Bucket: string, Key: string, Body: string, { ifMatch, ifNoneMatch }: Conditions) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: ifMatch, IfNoneMatch: ifNoneMatch }));
`,
    },
    {
      name: 'on a read, IfNoneMatch with an ETag asks for what has changed',
      code: `
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function refresh(client, Bucket, Key) {
  const { ETag } = await client.send(new HeadObjectCommand({ Bucket, Key }));
  await client.send(new GetObjectCommand({ Bucket, Key, IfNoneMatch: ETag }));
  await client.send(new HeadObjectCommand({ Bucket, Key, IfNoneMatch: '"9bb58f26192e4ba00f01e2e7b136bbd8"' }));
}
`,
    },
    {
      name: "on a read, IfMatch '*' and both headers are legal",
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.read = (Bucket, Key, seen) => s3.getObject({ Bucket, Key, IfMatch: '*', IfNoneMatch: seen });
`,
      ...script,
    },
    {
      name: "IfMatch '*' of a delete says that the object must be there",
      code: `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, Bucket, Key) => client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: '*' }));
`,
    },
    {
      name: 'a delete on a directory bucket can match by time and size too',
      code: `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, Bucket, Key, seen) =>
  client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: seen.ETag, IfMatchLastModifiedTime: seen.LastModified, IfMatchSize: seen.Size }));
`,
    },
    {
      name: 'each entry of DeleteObjects carries the ETag that it was listed with',
      code: `
import { DeleteObjectsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
export async function sweep(client, Bucket) {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'tmp/' }));
  await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: Contents.map(({ Key, ETag }) => ({ Key, ETag })) } }));
}
`,
    },
    {
      name: 'one of the two headers, as the object is there or not',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const save = (Bucket: string, Key: string, Body: string, etag?: string) =>
  s3.putObject({ Bucket, Key, Body, ...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' }) });
`,
    },
    {
      name: 'both headers stand there, and one of them is always unset',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const save = (client, Bucket, Key, Body, etag) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: etag, IfNoneMatch: etag ? undefined : '*' }));
`,
    },
    {
      name: 'one of two assignments runs',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Bucket, Key, Body, etag) {
  const input = { Bucket, Key, Body };
  if (etag) input.IfMatch = etag;
  else input.IfNoneMatch = '*';
  await client.send(new PutObjectCommand(input));
}
`,
    },
    {
      name: 'two spreads of which one is empty',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const putBlob = (client, Bucket, Key, Body, previous) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, ...(previous && { IfMatch: previous }), ...(previous === null && { IfNoneMatch: '*' }) }));
`,
    },
    {
      name: 'two options of the caller, each under a test of its own: who calls keeps them apart',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const put = (Bucket, Key, Body, options) =>
  s3.putObject({
    Bucket,
    Key,
    Body,
    ...(options.ifMatch ? { IfMatch: options.ifMatch } : {}),
    ...(options.createOnly ? { IfNoneMatch: '*' } : {}),
  });
`,
    },
    {
      name: 'two options that are assigned one after the other',
      code: `
import { PutObjectCommand, S3Client, type PutObjectCommandInput } from '@aws-sdk/client-s3';
export async function put(client: S3Client, Key: string, Body: string, options: { etag?: string; onlyIfNew?: boolean } = {}): Promise<void> {
  const input: PutObjectCommandInput = { Bucket: 'notes', Key, Body };
  if (options.etag) input.IfMatch = options.etag;
  if (options.onlyIfNew) input.IfNoneMatch = '*';
  await client.send(new PutObjectCommand(input));
}
`,
    },
    {
      name: 'two options that are refused together',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
export async function store(client, Bucket, Key, Body, { etag, onlyIfNew } = {}) {
  if (etag && onlyIfNew) throw new TypeError('An object that is new has no ETag.');
  await new Upload({ client, params: { Bucket, Key, Body, IfMatch: etag, IfNoneMatch: onlyIfNew ? '*' : undefined } }).done();
}
`,
    },
    {
      name: 'a mode is one thing or the other: of two spreads only one is sent',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function put(client: S3Client, Bucket: string, Key: string, Body: string, mode: 'create' | 'update', etag?: string): Promise<void> {
  await client.send(
    new PutObjectCommand({ Bucket, Key, Body, ...(mode === 'update' && { IfMatch: etag }), ...(mode === 'create' && { IfNoneMatch: '*' }) }),
  );
}
`,
    },
    {
      name: 'the kind of a precondition chooses the header of a copy',
      code: `
import { CopyObjectCommand, S3Client } from '@aws-sdk/client-s3';
type Precondition = { type: 'match'; etag: string } | { type: 'absent' };
export async function copy(client: S3Client, Bucket: string, CopySource: string, Key: string, target: Precondition): Promise<void> {
  await client.send(
    new CopyObjectCommand({
      Bucket,
      Key,
      CopySource,
      IfMatch: target.type === 'match' ? target.etag : undefined,
      IfNoneMatch: target.type === 'absent' ? '*' : undefined,
    }),
  );
}
`,
    },
    {
      name: 'version nought is a create, and every other version an update',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.put = (Bucket, Key, Body, version, etag) =>
  s3.putObject({ Bucket, Key, Body, ...(version === 0 ? { IfNoneMatch: '*' } : {}), ...(version > 0 ? { IfMatch: etag } : {}) });
`,
      ...script,
    },
    {
      name: 'a plan is a create or an update: the two tests exclude each other',
      code: `
import { S3, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import { planFor } from './plan.js';
const s3 = new S3({});
export async function apply(Bucket: string, Key: string, Body: string): Promise<void> {
  const plan = await planFor(Key);
  const input: PutObjectCommandInput = { Bucket, Key, Body };
  if (plan.kind === 'create') input.IfNoneMatch = '*';
  if (plan.kind === 'update') input.IfMatch = plan.etag;
  await s3.putObject(input);
}
`,
    },
    {
      name: 'a text is an ETag, and an object says that nothing is there',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export const put = (client: S3Client, Bucket: string, Key: string, Body: string, previous: string | { absent: true }) =>
  client.send(
    new PutObjectCommand({
      Bucket,
      Key,
      Body,
      IfMatch: typeof previous === 'string' ? previous : undefined,
      IfNoneMatch: typeof previous === 'object' ? '*' : undefined,
    }),
  );
`,
    },
    {
      name: 'a mode chooses the header in a switch',
      code: `
import { PutObjectCommand, PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
type Mode = { kind: 'create' } | { kind: 'replace'; etag: string } | { kind: 'any' };
export async function write(client: S3Client, Bucket: string, Key: string, Body: string, mode: Mode): Promise<void> {
  const input: PutObjectCommandInput = { Bucket, Key, Body };
  switch (mode.kind) {
    case 'create':
      input.IfNoneMatch = '*';
      break;
    case 'replace':
      input.IfMatch = mode.etag;
      break;
    default:
  }
  await client.send(new PutObjectCommand(input));
}
`,
    },
    {
      name: 'the condition of an earlier write is taken out before the next one is set',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function createThenReplace(Bucket, Key, first, second) {
  const input = { Bucket, Key, Body: first, IfNoneMatch: '*' };
  const created = await s3.putObject(input);
  delete input.IfNoneMatch;
  input.Body = second;
  input.IfMatch = created.ETag;
  await s3.putObject(input);
}
`,
    },
    {
      name: 'the completion is the step of a multipart upload that takes the condition',
      code: `
import { CompleteMultipartUploadCommand, CreateMultipartUploadCommand, UploadPartCommand } from '@aws-sdk/client-s3';
export async function store(client, Bucket, Key, Body) {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const { ETag } = await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body }));
  await client.send(
    new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] }, IfNoneMatch: '*' }),
  );
}
`,
    },
    {
      name: 'lib-storage takes the condition among its params',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
export const store = (client, Bucket, Key, Body) =>
  new Upload({ client, params: { Bucket, Key, Body, IfNoneMatch: '*' }, queueSize: 2, partSize: 8_388_608, leavePartsOnError: false }).done();
`,
    },
    {
      name: 'a copy guards its source and its target by headers of their own',
      code: `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
export const move = (client, Bucket, Key, source, target) =>
  client.send(new CopyObjectCommand({ Bucket, Key, CopySource: Bucket + '/' + source.Key, CopySourceIfMatch: source.ETag, CopySourceIfNoneMatch: source.old, IfMatch: target.ETag }));
`,
    },
    {
      name: 'a rename guards its target by headers of their own',
      code: `
import { RenameObjectCommand } from '@aws-sdk/client-s3';
export const rename = (client, Bucket, Key, RenameSource, etag) =>
  client.send(new RenameObjectCommand({ Bucket, Key, RenameSource, SourceIfMatch: etag, DestinationIfNoneMatch: '*' }));
`,
    },
    {
      name: 'Cloudflare R2 takes an ETag in IfNoneMatch',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({ region: 'auto', endpoint: \`https://\${process.env.ACCOUNT_ID}.r2.cloudflarestorage.com\` });
export const putChanged = (Key: string, Body: string, etag: string) =>
  client.send(new PutObjectCommand({ Bucket: 'site', Key, Body, IfNoneMatch: '"9bb58f26192e4ba00f01e2e7b136bbd8"' }));
`,
    },
    {
      name: 'aws-sdk v2 knows IfNoneMatch on puts, and the conditions of the source on copies',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.create = (Key, Body) => s3.putObject({ Bucket: 'photos', Key, Body, IfNoneMatch: '*' }).promise();
exports.upload = (Key, Body) => s3.upload({ Bucket: 'photos', Key, Body, IfNoneMatch: '*' }).promise();
exports.copy = (Key, CopySource, etag) => s3.copyObject({ Bucket: 'photos', Key, CopySource, CopySourceIfMatch: etag }).promise();
exports.read = (Key, etag) => s3.getObject({ Bucket: 'photos', Key, IfMatch: etag }).promise();
`,
      ...script,
    },
    {
      name: 'a client of another file may be the one that knows IfMatch',
      code: `
import { s3 } from './clients.js';
export const replace = (Bucket, Key, Body, etag) => s3.putObject({ Bucket, Key, Body, IfMatch: etag });
`,
    },
    {
      name: 'aws-sdk v2 sets the header in a hook of the request',
      code: `
import S3 from 'aws-sdk/clients/s3';
const s3 = new S3();
export function replace(Key: string, Body: string, etag: string) {
  const request = s3.putObject({ Bucket: 'photos', Key, Body });
  request.on('build', () => {
    request.httpRequest.headers['If-Match'] = etag;
  });
  return request.promise();
}
`,
    },
    {
      name: 'minio takes the headers among the metadata, in any case of letters',
      code: `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export const create = (key: string, body: Buffer) => minio.putObject('photos', key, body, body.length, { 'if-none-match': '*' });
export const replace = (key: string, body: Buffer, etag: string) => minio.putObject('photos', key, body, body.length, { 'If-Match': etag });
`,
    },
    {
      name: 'minio: a stream whose size is said can go in one request',
      code: `
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export async function create(key: string, path: string): Promise<void> {
  const { size } = await stat(path);
  await minio.putObject('photos', key, createReadStream(path), size, { 'If-None-Match': '*' });
}
`,
    },
    {
      name: 'minio: a stream without a condition has none to lose',
      code: `
import { createReadStream } from 'node:fs';
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export const store = (key: string, path: string) => minio.putObject('photos', key, createReadStream(path), undefined, { 'Content-Type': 'image/png' });
`,
    },
    {
      name: 'custom metadata may be called anything',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const put = (client, Bucket, Key, Body, etag) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, Metadata: { ifMatch: etag, 'if-none-match': 'never' }, IfNoneMatch: '*' }));
`,
    },
    {
      name: 'an interface of the project has names of its own, and maps them',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Store {
  constructor(private readonly client: S3Client, private readonly bucket: string) {}
  async put(Key: string, Body: string, { ifMatch, ifNoneMatch }: { ifMatch?: string; ifNoneMatch?: '*' } = {}): Promise<void> {
    await this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key, Body, IfMatch: ifMatch, IfNoneMatch: ifNoneMatch }));
  }
  create = (key: string, body: string) => this.put(key, body, { ifNoneMatch: '*' });
  replace = (key: string, body: string, etag: string) => this.put(key, body, { ifMatch: etag });
}
`,
    },
    {
      name: 'headers of a plain HTTP request are called what HTTP calls them',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
export async function create(client, Bucket, Key, body) {
  const url = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key, IfNoneMatch: '*' }), { expiresIn: 60 });
  await fetch(url, { method: 'PUT', body, headers: { 'If-None-Match': '*' } });
}
`,
    },
    {
      name: 'the HTTP headers of a request are read, and handed on under the right names',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function PUT(request: Request): Promise<Response> {
  const etag = request.headers.get('If-Match') ?? undefined;
  await client.send(new PutObjectCommand({ Bucket: 'wiki', Key: 'page.md', Body: await request.text(), IfMatch: etag }));
  return new Response(null, { status: 204, headers: { 'If-Match': '*' } });
}
`,
    },
    {
      name: 'IfMatch of CloudFront is no condition of S3',
      code: `
import { UpdateDistributionCommand } from '@aws-sdk/client-cloudfront';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(cloudfront, client, Id, DistributionConfig, Key, Body) {
  await client.send(new PutObjectCommand({ Bucket: 'site', Key, Body, IfNoneMatch: '*' }));
  await cloudfront.send(new UpdateDistributionCommand({ Id, DistributionConfig, IfMatch: '*' }));
}
`,
    },
    {
      name: 'an append to an object of a directory bucket',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const append = (client, Bucket, Key, Body, size) => client.send(new PutObjectCommand({ Bucket, Key, Body, WriteOffsetBytes: size }));
`,
    },
    {
      name: 'what is spread into the input is not seen',
      code: `
import { CreateMultipartUploadCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function store(client, Bucket, Key, Body, options) {
  await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ...options.create }));
  await client.send(new PutObjectCommand({ Bucket, Key, Body, IfNoneMatch: '*', ...options.put }));
}
`,
    },
    {
      name: 'an input of its own for each step of the upload',
      code: `
import { CompleteMultipartUploadCommand, CreateMultipartUploadCommand } from '@aws-sdk/client-s3';
export async function store(client, Bucket, Key, parts) {
  const target = { Bucket, Key };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(target));
  await client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts: await parts(UploadId) }, IfNoneMatch: '*' }));
}
`,
    },
  ],
  invalid: [
    // IfNoneMatch other than a star
    {
      name: 'S3 has no write that runs unless the object has this ETag',
      ...notAStar(
        '"${Key}" in bucket "photos"',
        `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function putChanged(client: S3Client, Key: string, Body: Buffer): Promise<void> {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'photos', Key }));
  await client.send(▸new PutObjectCommand({ Bucket: 'photos', Key, Body, IfNoneMatch: head.ETag }));
}
`,
      ),
    },
    {
      name: 'the ETag of a read, in shorthand',
      ...notAStar(
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function putChanged(Bucket, Key, Body) {
  const { ETag: IfNoneMatch } = await s3.headObject({ Bucket, Key });
  await ▸s3.putObject({ Bucket, Key, Body, IfNoneMatch });
}
`,
      ),
    },
    {
      name: 'a literal ETag',
      ...notAStar(
        '"logo.svg" in bucket "site"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const put = (client, Body) =>
  client.send(▸new PutObjectCommand({ Bucket: 'site', Key: 'logo.svg', Body, IfNoneMatch: «'"9bb58f26192e4ba00f01e2e7b136bbd8"'→'*'» }));
`,
      ),
    },
    {
      name: 'a star in quotes of its own, as ETags have them',
      ...notAStar(
        '"${Key}" in bucket "${Bucket}"',
        `
import { CopyObjectCommand as Copy } from '@aws-sdk/client-s3';
export const copy = (client, Bucket, Key, CopySource) => client.send(▸new Copy({ Bucket, Key, CopySource, IfNoneMatch: «'"*"'→'*'» }));
`,
      ),
    },
    {
      name: 'a word for a star',
      ...notAStar(
        '"${key}" in bucket "backups"',
        `
import { Upload } from '@aws-sdk/lib-storage';
export const store = (client, key, body) => ▸new Upload({ client, params: { Bucket: 'backups', Key: key, Body: body, IfNoneMatch: «'any'→'*'» } }).done();
`,
      ),
    },
    {
      name: 'true is no star, and no string that could be mended blindly',
      ...notAStar(
        '"${Key}" in bucket "${Bucket}"',
        `
const { PutObjectCommand } = require('@aws-sdk/client-s3');
exports.create = (client, Bucket, Key, Body) => client.send(▸new PutObjectCommand({ Bucket, Key, Body, IfNoneMatch: true }));
`,
      ),
      ...script,
    },
    {
      name: 'a literal under a name may be used elsewhere',
      ...notAStar(
        '"logo.svg" in bucket "site"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
const released = '"9bb58f26192e4ba00f01e2e7b136bbd8"';
export const put = (client, Body) => client.send(▸new PutObjectCommand({ Bucket: 'site', Key: 'logo.svg', Body, IfNoneMatch: released }));
`,
      ),
    },
    {
      name: 'the completion of a multipart upload',
      ...notAStar(
        '"${Key}" in bucket "${Bucket}"',
        `
import { CompleteMultipartUploadCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function complete(client, Bucket, Key, UploadId, Parts) {
  const { ETag } = await client.send(new HeadObjectCommand({ Bucket, Key }));
  await client.send(▸new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, IfNoneMatch: ETag }));
}
`,
      ),
    },
    {
      name: 'an assignment after the input was made',
      ...notAStar(
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function put(Bucket, Key, Body) {
  const input = { Bucket, Key, Body };
  input.IfNoneMatch = «'"0"'→'*'»;
  await ▸s3.putObject(input);
}
`,
      ),
    },
    {
      name: 'aws-sdk v2 sends it, and S3 refuses it four times',
      ...notAStar(
        '"${Key}" in bucket "photos"',
        `
import AWS from 'aws-sdk';
const s3 = new AWS.S3();
export async function putChanged(Key: string, Body: string): Promise<void> {
  const head = await s3.headObject({ Bucket: 'photos', Key }).promise();
  await ▸s3.putObject({ Bucket: 'photos', Key, Body, IfNoneMatch: head.ETag }).promise();
}
`,
      ),
    },
    {
      name: 'minio sends it as a header',
      ...notAStar(
        '"${key}" in bucket "photos"',
        `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export const create = (key: string, body: Buffer) => ▸minio.putObject('photos', key, body, body.length, { 'If-None-Match': «'none'→'*'» });
`,
      ),
    },
    {
      name: 'the target of a rename',
      ...notAStar(
        '"${Key}" in bucket "${Bucket}"',
        `
import { RenameObjectCommand } from '@aws-sdk/client-s3';
export const rename = (client, Bucket, Key, RenameSource) =>
  client.send(▸new RenameObjectCommand({ Bucket, Key, RenameSource, DestinationIfNoneMatch: «'"0"'→'*'» }));
`,
      ),
    },

    // IfMatch: '*'
    {
      name: 'a star names no version, so every version is overwritten',
      ...starAsETag(
        '"${Key}" in bucket "${Bucket}"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const replace = (client, Bucket, Key, Body) => client.send(▸new PutObjectCommand({ Bucket, Key, Body, IfMatch: '*' }));
`,
      ),
    },
    {
      name: 'a star under a name, in an upload',
      ...starAsETag(
        '"${Key}" in bucket "videos"',
        `
import { Upload } from '@aws-sdk/lib-storage';
import type { S3Client } from '@aws-sdk/client-s3';
const any = '*';
export const store = (client: S3Client, Key: string, Body: Buffer) => ▸new Upload({ client, params: { Bucket: 'videos', Key, Body, IfMatch: any } }).done();
`,
      ),
    },
    {
      name: 'a star on the target of a copy',
      ...starAsETag(
        '"latest.zip" in bucket "releases"',
        `
const s3 = require('@aws-sdk/client-s3');
const client = new s3.S3({});
exports.promote = (CopySource) => ▸client.copyObject({ Bucket: 'releases', Key: 'latest.zip', CopySource, IfMatch: '*' });
`,
      ),
      ...script,
    },
    {
      name: 'minio: a star as the header',
      ...starAsETag(
        '"${key}" in bucket "photos"',
        `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export const replace = (key: string, body: Buffer) => ▸minio.putObject('photos', key, body, body.length, { 'If-Match': '*' });
`,
      ),
    },

    // both headers
    {
      name: 'IfMatch wants the object to be there, IfNoneMatch wants it not to be',
      ...bothConditions(
        '"${Key}" in bucket "${Bucket}"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const put = (client, Bucket, Key, Body, etag) => client.send(▸new PutObjectCommand({ Bucket, Key, Body, IfMatch: etag, IfNoneMatch: '*' }));
`,
      ),
    },
    {
      name: 'in the other order the later one is IfMatch',
      ...bothConditions(
        '"${Key}" in bucket "${Bucket}"',
        `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function append(client: S3Client, Bucket: string, Key: string, line: string): Promise<void> {
  const current = await client.send(new GetObjectCommand({ Bucket, Key }));
  const text = await current.Body!.transformToString();
  await client.send(▸new PutObjectCommand({ Bucket, Key, Body: text + line, IfNoneMatch: '*', IfMatch: current.ETag }));
}
`,
      ),
    },
    {
      name: 'one is in a spread constant, the other beside it',
      ...bothConditions(
        '"${Key}" in bucket "app"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const createOnly = { Bucket: 'app', IfNoneMatch: '*' };
export async function save(Key, Body) {
  const { ETag } = await s3.headObject({ Bucket: 'app', Key });
  await ▸s3.putObject({ ...createOnly, Key, Body, IfMatch: ETag });
}
`,
      ),
    },
    {
      name: 'one is assigned to an input that has the other',
      ...bothConditions(
        '"${Key}" in bucket "${Bucket}"',
        `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Bucket, Key, Body) {
  const input = { Bucket, Key, Body, IfNoneMatch: '*' };
  const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
  input.IfMatch = head.ETag;
  await client.send(▸new PutObjectCommand(input));
}
`,
      ),
    },
    {
      name: 'on one path of two both are sent',
      ...bothConditions(
        '"${Key}" in bucket "${Bucket}"',
        `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Bucket, Key, Body) {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key })).catch(() => undefined);
  const input = { Bucket, Key, Body, IfNoneMatch: '*' };
  if (head) {
    input.IfMatch = head.ETag;
  }
  await client.send(▸new PutObjectCommand(input));
}
`,
      ),
    },
    {
      name: 'the star is sent in any case, and an option adds an ETag to it',
      ...bothConditions(
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const put = (Bucket: string, Key: string, Body: string, etag?: string) =>
  ▸s3.putObject({ Bucket, Key, Body, IfNoneMatch: '*', ...(etag && { IfMatch: etag }) });
`,
      ),
    },
    {
      name: 'the ETag of a read is sent in any case, and a flag adds a star to it',
      ...bothConditions(
        '"${Key}" in bucket "${Bucket}"',
        `
const { GetObjectCommand, PutObjectCommand } = require('@aws-sdk/client-s3');
exports.append = async (client, Bucket, Key, line, { createOnly }) => {
  const current = await client.send(new GetObjectCommand({ Bucket, Key }));
  const input = { Bucket, Key, Body: (await current.Body.transformToString()) + line, IfMatch: current.ETag };
  if (createOnly) input.IfNoneMatch = '*';
  await client.send(▸new PutObjectCommand(input));
};
`,
      ),
      ...script,
    },
    {
      name: 'a caller in the file asks for both at once',
      ...bothConditions(
        '"${Key}" in bucket "notes"',
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function put(Key: string, Body: string, options: { etag?: string; onlyIfNew?: boolean }): Promise<void> {
  await client.send(▸new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: options.etag, IfNoneMatch: options.onlyIfNew ? '*' : undefined }));
}
export const replace = (key: string, text: string, etag: string) => put(key, text, { etag, onlyIfNew: true });
`,
      ),
    },
    {
      name: 'both in the params of an upload',
      ...bothConditions(
        '"${Key}" in bucket "${Bucket}"',
        `
import { Upload } from '@aws-sdk/lib-storage';
export const store = (client, Bucket, Key, Body, etag) => ▸new Upload({ client, params: { Bucket, Key, Body, IfMatch: etag, IfNoneMatch: '*' } }).done();
`,
      ),
    },
    {
      name: 'minio: both headers',
      ...bothConditions(
        '"${key}" in bucket "photos"',
        `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export const put = (key: string, body: Buffer, etag: string) =>
  ▸minio.putObject('photos', key, body, body.length, { 'If-Match': etag, 'If-None-Match': '*' });
`,
      ),
    },

    // operations that take no condition
    {
      name: 'starting a multipart upload takes no condition: its completion does',
      ...ignoredCondition(
        'CreateMultipartUpload',
        'IfNoneMatch',
        sendOnCompletion,
        `
import { CreateMultipartUploadCommand } from '@aws-sdk/client-s3';
export const start = (client, Bucket, Key) => client.send(▸new CreateMultipartUploadCommand({ Bucket, Key, IfNoneMatch: '*' }));
`,
      ),
    },
    {
      name: 'an ETag at the start of a multipart upload, in CommonJS',
      ...ignoredCondition(
        'CreateMultipartUpload',
        'IfMatch',
        sendOnCompletion,
        `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.start = async (Bucket, Key) => {
  const { ETag } = await s3.headObject({ Bucket, Key });
  return ▸s3.createMultipartUpload({ Bucket, Key, IfMatch: ETag });
};
`,
      ),
      ...script,
    },
    {
      name: 'a part takes no condition',
      ...ignoredCondition(
        'UploadPart',
        'IfMatch',
        sendOnCompletion,
        `
import { UploadPartCommand, type S3Client } from '@aws-sdk/client-s3';
export const part = (client: S3Client, Bucket: string, Key: string, UploadId: string, PartNumber: number, Body: Buffer, etag: string) =>
  client.send(▸new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, IfMatch: etag }));
`,
      ),
    },
    {
      name: 'a bucket is created by its name alone',
      ...ignoredCondition(
        'CreateBucket',
        'IfNoneMatch',
        remove,
        `
import { CreateBucketCommand } from '@aws-sdk/client-s3';
export const create = (client, Bucket) => client.send(▸new CreateBucketCommand({ Bucket, IfNoneMatch: '*' }));
`,
      ),
    },
    {
      name: 'a bucket has no ETag to match when it is deleted',
      ...ignoredCondition(
        'DeleteBucket',
        'IfMatch',
        remove,
        `
import { DeleteBucketCommand } from '@aws-sdk/client-s3';
export const drop = (client, Bucket) => client.send(▸new DeleteBucketCommand({ Bucket, IfMatch: '*' }));
`,
      ),
    },
    {
      name: 'the versioning of a bucket is put without a condition',
      ...ignoredCondition(
        'PutBucketVersioning',
        'IfMatch',
        remove,
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const enable = (Bucket, etag) => ▸s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled' }, IfMatch: etag });
`,
      ),
    },
    {
      name: 'a delete knows IfMatch and no IfNoneMatch',
      ...ignoredCondition(
        'DeleteObject',
        'IfNoneMatch',
        matchVersion,
        `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export const remove = (client, Bucket, Key, newest) => client.send(▸new DeleteObjectCommand({ Bucket, Key, IfNoneMatch: newest }));
`,
      ),
    },
    {
      name: 'DeleteObjects has no condition for the whole request',
      ...ignoredCondition(
        'DeleteObjects',
        'IfMatch',
        matchEntries,
        `
import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
export const removeBoth = (client, Bucket, etag) =>
  client.send(▸new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }] }, IfMatch: etag }));
`,
      ),
    },
    {
      name: 'an entry of DeleteObjects calls it ETag',
      ...ignoredCondition(
        'DeleteObjects',
        'IfMatch',
        matchEntries,
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const removeBoth = (Bucket: string, etag: string) =>
  ▸s3.deleteObjects({ Bucket, Delete: { Objects: [{ Key: 'a', ETag: etag }, { Key: 'b', IfMatch: etag }] } });
`,
      ),
    },
    {
      name: 'Upload looks for the condition among its params',
      ...ignoredByUpload(
        'IfNoneMatch',
        '"${Key}" in bucket "${Bucket}"',
        `
import { Upload } from '@aws-sdk/lib-storage';
export const store = (client, Bucket, Key, Body) => ▸new Upload({ client, params: { Bucket, Key, Body }, IfNoneMatch: '*' }).done();
`,
      ),
    },
    {
      name: 'an ETag beside the params of Upload',
      ...ignoredByUpload(
        'IfMatch',
        '"report.pdf" in bucket "reports"',
        `
const { Upload } = require('@aws-sdk/lib-storage');
exports.store = async (client, Body, etag) => {
  const upload = ▸new Upload({
    client,
    params: { Bucket: 'reports', Key: 'report.pdf', Body },
    IfMatch: etag,
  });
  await upload.done();
};
`,
      ),
      ...script,
    },

    // aws-sdk v2
    {
      name: 'aws-sdk v2 has no IfMatch on a put',
      ...refusedByClient(
        'PutObject',
        'IfMatch',
        `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.replace = (Key, Body, etag) => ▸s3.putObject({ Bucket: 'photos', Key, Body, IfMatch: etag }).promise();
`,
      ),
      ...script,
    },
    {
      name: 'aws-sdk v2 has no IfMatch on an upload',
      ...refusedByClient(
        'PutObject',
        'IfMatch',
        `
import S3 from 'aws-sdk/clients/s3';
const s3 = new S3();
export const replace = (Key: string, Body: Buffer, etag: string) => ▸s3.upload({ Bucket: 'photos', Key, Body, IfMatch: etag }).promise();
`,
      ),
    },
    {
      name: 'aws-sdk v2 has no IfMatch on a delete',
      ...refusedByClient(
        'DeleteObject',
        'IfMatch',
        `
import AWS from 'aws-sdk';
const s3 = new AWS.S3();
export async function release(Key) {
  const { ETag } = await s3.headObject({ Bucket: 'locks', Key }).promise();
  await ▸s3.deleteObject({ Bucket: 'locks', Key, IfMatch: ETag }).promise();
}
`,
      ),
    },
    {
      name: 'aws-sdk v2 has no condition on the target of a copy',
      ...refusedByClient(
        'CopyObject',
        'IfNoneMatch',
        `
import { S3 } from 'aws-sdk';
const s3 = new S3();
export const copy = (Key: string, CopySource: string) => ▸s3.copyObject({ Bucket: 'photos', Key, CopySource, IfNoneMatch: '*' }).promise();
`,
      ),
    },
    {
      name: 'aws-sdk v2 has no ETag on the target of a copy',
      ...refusedByClient(
        'CopyObject',
        'IfMatch',
        `
import { S3 } from 'aws-sdk';
const s3 = new S3();
export const copy = (Key: string, CopySource: string, etag: string) => ▸s3.copyObject({ Bucket: 'photos', Key, CopySource, IfMatch: etag }).promise();
`,
      ),
    },

    // minio's multipart uploads
    {
      name: 'minio uploads a stream of unknown size in parts, and completes it without the condition',
      ...lostOnMultipart(
        'If-None-Match',
        '"${key}" in bucket "videos"',
        `
import { createReadStream } from 'node:fs';
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export const create = (key: string, path: string) => ▸minio.putObject('videos', key, createReadStream(path), undefined, { 'If-None-Match': '*' });
`,
      ),
    },
    {
      name: 'minio: a stream made of chunks, with the metadata in place of the size',
      ...lostOnMultipart(
        'If-Match',
        '"${key}" in bucket "videos"',
        `
const { Readable } = require('node:stream');
const { Client } = require('minio');
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
exports.replace = async (key, chunks, etag) => {
  const body = Readable.from(chunks);
  await ▸minio.putObject('videos', key, body, { 'If-Match': etag });
};
`,
      ),
      ...script,
    },

    // names that are not conditions
    {
      name: 'the SDK knows IfNoneMatch, and drops every other spelling',
      ...wrongName(
        'PutObject',
        'ifNoneMatch',
        'IfNoneMatch',
        '"${Key}" in bucket "${Bucket}"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const create = (client, Bucket, Key, Body) => client.send(▸new PutObjectCommand({ Bucket, Key, Body, «ifNoneMatch→IfNoneMatch»: '*' }));
`,
      ),
    },
    {
      name: 'the name of the HTTP header is not the name of the property',
      ...wrongName(
        'PutObject',
        'If-None-Match',
        'IfNoneMatch',
        '"${Key}" in bucket "${Bucket}"',
        `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.create = (Bucket, Key, Body) => ▸s3.putObject({ Bucket, Key, Body, «'If-None-Match'→IfNoneMatch»: '*' });
`,
      ),
      ...script,
    },
    {
      name: 'a missing e',
      ...wrongName(
        'PutObject',
        'IfNonMatch',
        'IfNoneMatch',
        '"${key}" in bucket "backups"',
        `
import { Upload } from '@aws-sdk/lib-storage';
import type { S3Client } from '@aws-sdk/client-s3';
export const store = (client: S3Client, key: string, body: Buffer) =>
  ▸new Upload({ client, params: { Bucket: 'backups', Key: key, Body: body, «IfNonMatch→IfNoneMatch»: '*' } }).done();
`,
      ),
    },
    {
      name: 'a client of another file drops it, whichever SDK it is of',
      ...wrongName(
        'PutObject',
        'ifNoneMatch',
        'IfNoneMatch',
        '"${Key}" in bucket "${Bucket}"',
        `
import { s3 } from './clients.js';
export const create = (Bucket, Key, Body) => ▸s3.putObject({ Bucket, Key, Body, «ifNoneMatch→IfNoneMatch»: '*' });
`,
      ),
    },
    {
      name: 'a shorthand has to say its name again',
      ...wrongName(
        'PutObject',
        'ifMatch',
        'IfMatch',
        '"${Key}" in bucket "${Bucket}"',
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export const replace = (client: S3Client, Bucket: string, Key: string, Body: string, ifMatch: string) =>
  client.send(▸new PutObjectCommand({ Bucket, Key, Body, «ifMatch→IfMatch: ifMatch» }));
`,
      ),
    },
    {
      name: 'a delete with a condition that is not sent',
      ...wrongName(
        'DeleteObject',
        'If-Match',
        'IfMatch',
        '"lock" in bucket "${this.bucket}"',
        `
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Lock {
  constructor(private readonly client: S3Client, private readonly bucket: string) {}
  async release(etag: string): Promise<void> {
    await this.client.send(▸new DeleteObjectCommand({ Bucket: this.bucket, Key: 'lock', «'If-Match'→IfMatch»: etag }));
  }
}
`,
      ),
    },
    {
      name: 'the target of a copy',
      ...wrongName(
        'CopyObject',
        'ifNoneMatch',
        'IfNoneMatch',
        '"${Key}" in bucket "${Bucket}"',
        `
import * as aws from '@aws-sdk/client-s3';
export const copy = (client, Bucket, Key, CopySource) => client.send(▸new aws.CopyObjectCommand({ Bucket, Key, CopySource, «ifNoneMatch→IfNoneMatch»: '*' }));
`,
      ),
    },
    {
      name: 'the completion of an upload',
      ...wrongName(
        'CompleteMultipartUpload',
        'ifmatch',
        'IfMatch',
        '"${Key}" in bucket "${Bucket}"',
        `
import { CompleteMultipartUploadCommand } from '@aws-sdk/client-s3';
export const complete = (client, Bucket, Key, UploadId, Parts, etag) =>
  client.send(▸new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, «ifmatch→IfMatch»: etag }));
`,
      ),
    },
    {
      name: 'an assignment to a name that is not sent',
      ...wrongName(
        'PutObject',
        'ifMatch',
        'IfMatch',
        '"${Key}" in bucket "${Bucket}"',
        `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function append(client, Bucket, Key, line) {
  const current = await client.send(new GetObjectCommand({ Bucket, Key }));
  const input = { Bucket, Key, Body: (await current.Body.transformToString()) + line };
  input.«ifMatch→IfMatch» = current.ETag;
  await client.send(▸new PutObjectCommand(input));
}
`,
      ),
    },
    {
      name: 'the right name is there already: two of it would be one too many',
      ...wrongName(
        'PutObject',
        'ifMatch',
        'IfMatch',
        '"${Key}" in bucket "${Bucket}"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const replace = (client, Bucket, Key, Body, etag) => client.send(▸new PutObjectCommand({ Bucket, Key, Body, IfMatch: etag, ifMatch: etag }));
`,
      ),
    },
    {
      name: 'a rename calls the condition of its target otherwise',
      ...wrongName(
        'RenameObject',
        'IfMatch',
        'DestinationIfMatch',
        '"${Key}" in bucket "${Bucket}"',
        `
import { RenameObjectCommand } from '@aws-sdk/client-s3';
export const rename = (client, Bucket, Key, RenameSource, etag) =>
  client.send(▸new RenameObjectCommand({ Bucket, Key, RenameSource, «IfMatch→DestinationIfMatch»: etag }));
`,
      ),
    },
    {
      name: 'a rename that must not replace anything',
      ...wrongName(
        'RenameObject',
        'IfNoneMatch',
        'DestinationIfNoneMatch',
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const rename = (Bucket: string, Key: string, RenameSource: string) => ▸s3.renameObject({ Bucket, Key, RenameSource, «IfNoneMatch→DestinationIfNoneMatch»: '*' });
`,
      ),
    },
    {
      name: 'minio stores IfMatch as metadata: the header has a hyphen',
      ...wrongName(
        'PutObject',
        'IfMatch',
        'If-Match',
        '"${key}" in bucket "photos"',
        `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export const replace = (key: string, body: Buffer, etag: string) => ▸minio.putObject('photos', key, body, body.length, { «IfMatch→'If-Match'»: etag });
`,
      ),
    },
    {
      name: 'minio stores IfNoneMatch as metadata',
      ...wrongName(
        'PutObject',
        'IfNoneMatch',
        'If-None-Match',
        '"${key}" in bucket "photos"',
        `
const Minio = require('minio');
const minio = new Minio.Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
exports.create = (key, text) => ▸minio.putObject('photos', key, text, text.length, { 'Content-Type': 'text/plain', «IfNoneMatch→'If-None-Match'»: '*' });
`,
      ),
      ...script,
    },
  ],
});
