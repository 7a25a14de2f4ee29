import { noBlindOverwrite } from '../../src/rules/no-blind-overwrite.js';
import { ruleTester } from '../rule-tester.js';

/** In a source, `«…»` is what the fix or the suggestion adds. */
const before = (source: string): string => source.replace(/«[^»]*»/g, '');
const after = (source: string): string => source.replace(/[«»]/g, '');

type Finding = 'blindOverwrite' | 'unguardedTarget' | 'copyOntoItself' | 'presignedOverwrite' | 'presignedCompletion' | 'presignedWithoutCondition' | 'blindOverwriteV2' | 'blindOverwriteMinio' | 'blindReplace' | 'blindCopyV2' | 'unguardedTargetV2' | 'copyOntoItselfV2' | 'copyOntoItselfMinio';

/** A write that is reported; where the source has an addition, it is suggested as create-only. */
const reported = (messageId: Finding, object: string, source: string) => ({
  code: before(source),
  errors: [
    {
      messageId,
      data: { object },
      suggestions: source.includes('«') ? ([{ messageId: 'createOnly', output: after(source) }] as const) : null,
    },
  ],
});

/** What a client can send decides what the message advises. */
const blindIn = (source: string) => (/['"]aws-sdk/.test(source) ? (source.includes('copyObject') ? 'blindCopyV2' : 'blindOverwriteV2') : /['"]minio['"]/.test(source) ? 'blindOverwriteMinio' : 'blindOverwrite');

const blind = (object: string, source: string) => reported(blindIn(source), object, source);

/** A blind write that `--fix` makes create-only; nothing is left to suggest. */
const mended = (source: string) => ({
  code: before(source),
  output: after(source),
  errors: [{ messageId: blindIn(source), suggestions: null }] as const,
});

/** A script, as CommonJS is parsed. */
const script = { languageOptions: { parserOptions: { sourceType: 'script' } } } as const;

const fixing = { options: [{ fix: 'create-only' }] };

/** Settings of the project about its objects. */
const declaring = (...objects: readonly { bucket?: string; key?: string; write: 'overwrite' | 'create-only' | 'compare-and-swap' }[]) => ({
  settings: { s3: { objects } },
});

/** What makes a new id at each call: where it comes from, and how it is called. */
const idMakers = [
  ['the global crypto', '', 'crypto.randomUUID()'],
  ['node:crypto, randomUUID', `import { randomUUID } from 'node:crypto';`, 'randomUUID()'],
  ['crypto, randomBytes', `import crypto from 'crypto';`, `crypto.randomBytes(16).toString('hex')`],
  ['uuid, random', `import { v4 as uuid } from 'uuid';`, 'uuid()'],
  ['uuid, time-ordered', `import * as uuid from 'uuid';`, 'uuid.v7()'],
  ['ulid', `import { ulid } from 'ulid';`, 'ulid()'],
  ['nanoid', `import { nanoid } from 'nanoid';`, 'nanoid(12)'],
  ['cuid2', `import { createId } from '@paralleldrive/cuid2';`, 'createId()'],
  ['uniqid', `import uniqid from 'uniqid';`, `uniqid('EXPORTS/', '-export.zip')`],
  ['uniqid, within a process', `import { process as id } from 'uniqid';`, 'id()'],
  ['slugid', `import slugid from 'slugid';`, 'slugid.nice()'],
  ['ksuid', `import KSUID from 'ksuid';`, 'KSUID.randomSync().string'],
  ['an ObjectId of mongodb', `import { ObjectId } from 'mongodb';`, 'new ObjectId().toHexString()'],
  ['an ObjectId of mongoose', `import { Types } from 'mongoose';`, 'new Types.ObjectId().toString()'],
] as const;

ruleTester.run('no-blind-overwrite: conditions', noBlindOverwrite as never, {
  valid: [
    {
      name: 'a signed URL whose checksum is made of the digest that names the object: S3 refuses any other body',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
const client = new S3Client({});
export const uploadUrl = (digest: Buffer): Promise<string> =>
  getSignedUrl(client, new PutObjectCommand({ Bucket: 'blobs', Key: \`blobs/\${digest.toString('hex')}\`, ChecksumSHA256: digest.toString('base64') }));
`,
    },
    {
      name: 'a content id, by the hash of the very body',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { CID } from 'multiformats/cid';
import { sha256 } from 'multiformats/hashes/sha2';
export async function store(client, bytes) {
  const cid = CID.createV1(0x55, await sha256.digest(bytes));
  await client.send(new PutObjectCommand({ Bucket: 'blobs', Key: cid.toString(), Body: bytes }));
}
`,
    },
    {
      name: 'created once: S3 refuses the second put',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
await client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: body, IfNoneMatch: '*' }));
`,
    },
    {
      name: 'replaces only the version that the caller has seen',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const save = (client, key, Body, IfMatch) => client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body, IfMatch }));
`,
    },
    {
      name: 'a null check does not make an ETag less of a condition',
      code: `
import { PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
export const save = (client, key: string, body: string, etag?: string) =>
  client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: body, IfMatch: etag! } satisfies PutObjectCommandInput));
`,
    },
    {
      name: 'the condition is assigned after the input was made',
      code: `
import { PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
export async function save(client, key: string, body: string, etag: string) {
  const input: PutObjectCommandInput = { Bucket: 'photos', Key: key, Body: body };
  input.IfMatch = etag;
  await client.send(new PutObjectCommand(input));
}
`,
    },
    {
      name: 'the condition is assigned in a branch: whether it may be unset is asked by another rule',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, key, body, etag) {
  const input = { Bucket: 'photos', Key: key, Body: body };
  if (etag) {
    input.IfMatch = etag;
  }
  await client.send(new PutObjectCommand(input));
}
`,
    },
    {
      name: 'a spread that may add the condition',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const save = (client, key, body, etag) =>
  client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: body, ...(etag && { IfMatch: etag }) }));
`,
    },
    {
      name: 'a spread that covers the update and the create',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const save = (client, key, body, etag) =>
  client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: body, ...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' }) }));
`,
    },
    {
      name: 'the caller decides to force the write',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const save = (client, key, body, etag, force) =>
  client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: body, IfMatch: force ? undefined : etag }));
`,
    },
    {
      name: 'a frozen constant that carries the condition, spread below another spread',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
const createOnly = Object.freeze({ IfNoneMatch: '*' } as const);
const defaults = { Bucket: 'photos', ...createOnly };
export const save = (client, key, body) => client.send(new PutObjectCommand({ ...defaults, Key: key, Body: body }));
`,
    },
    {
      name: 'Object.assign lays the condition over the input',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, key, body) {
  const input = Object.assign({ Bucket: 'photos', Key: key }, { Body: body });
  Object.assign(input, { IfNoneMatch: '*' });
  await client.send(new PutObjectCommand(input));
}
`,
    },
    {
      name: 'a function of the file builds the guarded input',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
function createInput(key, body) {
  return { Bucket: 'photos', Key: key, Body: body, IfNoneMatch: '*' };
}
export const save = (client, key, body) => client.send(new PutObjectCommand(createInput(key, body)));
`,
    },
    {
      name: 'a private method builds the guarded input',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Photos {
  readonly #client = new S3Client({});
  #input(key: string, body: Uint8Array, etag: string) {
    return { Bucket: 'photos', Key: key, Body: body, IfMatch: etag };
  }
  async save(key: string, body: Uint8Array, etag: string) {
    await this.#client.send(new PutObjectCommand({ ...this.#input(key, body, etag), ContentType: 'image/png' }));
  }
}
`,
    },
    {
      name: 'the condition is an enum constant',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
enum Existing { None = '*' }
export const save = (client, key: string, body: string) =>
  client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: body, IfNoneMatch: Existing.None }));
`,
    },
    {
      name: 'a misspelt condition is not sent, which valid-precondition says',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
await client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: body, ifNoneMatch: '*' }));
`,
    },
    {
      name: 'the name of the header in place of the property',
      code: `
import { S3 } from '@aws-sdk/client-s3';
await new S3({}).putObject({ Bucket: 'photos', Key: key, Body: body, 'If-Match': etag });
`,
    },
    {
      name: 'a copy whose target must not be there yet',
      code: `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
await client.send(new CopyObjectCommand({ Bucket: 'photos', Key: target, CopySource: source, CopySourceIfMatch: etag, IfNoneMatch: '*' }));
`,
    },
    {
      name: 'a multipart upload whose completion is guarded',
      code: `
import { CompleteMultipartUploadCommand } from '@aws-sdk/client-s3';
await client.send(new CompleteMultipartUploadCommand({ Bucket: 'videos', Key: key, UploadId: id, MultipartUpload: { Parts: parts }, IfMatch: etag }));
`,
    },
    {
      name: 'a rename guards its destination under a name of its own',
      code: `
import { RenameObjectCommand } from '@aws-sdk/client-s3';
await client.send(new RenameObjectCommand({ Bucket: 'logs--use1-az4--x-s3', Key: 'today.log', RenameSource: 'new.log', DestinationIfNoneMatch: '*' }));
`,
    },
    {
      name: 'an append at a known offset fails when somebody else appended first',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
await client.send(new PutObjectCommand({ Bucket: 'logs--use1-az4--x-s3', Key: 'today.log', Body: line, WriteOffsetBytes: size }));
`,
    },
    {
      name: 'an Upload sends the condition of its params in one part and in many',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
await new Upload({ client, params: { Bucket: 'videos', Key: key, Body: stream, IfNoneMatch: '*' }, queueSize: 4 }).done();
`,
    },
    {
      name: 'upload of aws-sdk v2 takes IfNoneMatch',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.save = (key, body) => s3.upload({ Bucket: 'videos', Key: key, Body: body, IfNoneMatch: '*' }).promise();
`,
      ...script,
    },
    {
      name: 'minio sends the header among the metadata, with the size left out',
      code: `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
await minio.putObject('photos', key, 'text', { 'if-none-match': '*' });
`,
    },
    {
      name: 'minio sends the header among the metadata, behind the size',
      code: `
import * as Minio from 'minio';
const minio = new Minio.Client({ endPoint: 'localhost' });
await minio.putObject('photos', key, buffer, buffer.length, { 'Content-Type': 'image/png', 'If-Match': etag });
`,
    },
    {
      name: 'the URL is signed with the condition, and the uploader has to send it',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
export const uploadUrl = (client, key) =>
  getSignedUrl(client, new PutObjectCommand({ Bucket: 'photos', Key: key, IfNoneMatch: '*' }), { expiresIn: 900 });
`,
    },
    {
      name: 'each caller of a private wrapper brings its own condition',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const put = (input) => client.send(new PutObjectCommand(input));
export const create = (key, body) => put({ Bucket: 'photos', Key: key, Body: body, IfNoneMatch: '*' });
export const update = (key, body, etag) => put({ Bucket: 'photos', Key: key, Body: body, IfMatch: etag });
`,
    },
  ],
  invalid: [
    {
      name: 'a put with no condition',
      ...blind(
        '"${key}" in bucket "photos"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
await client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: body«, IfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'an input in a variable is spread, not changed',
      ...blind(
        '"index.html" in bucket "site"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(client, html) {
  const input = { Bucket: 'site', Key: 'index.html' };
  input.Body = html;
  input['ContentType'] = 'text/html';
  await client.send(new PutObjectCommand(«{ ...»input«, IfNoneMatch: '*' }»));
}
`,
      ),
    },
    {
      name: 'assignments in branches, none of which is a condition',
      ...blind(
        '"${key}" in bucket "site"',
        `
import { PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
export async function publish(client, key: string, body: string, immutable: boolean) {
  const input: PutObjectCommandInput = { Bucket: 'site', Key: key, Body: body };
  if (immutable) input.CacheControl = 'immutable';
  else input.CacheControl = 'no-cache';
  await client.send(new PutObjectCommand(«{ ...»input«, IfNoneMatch: '*' }»));
}
`,
      ),
    },
    {
      name: 'spreads of constants and of conditional literals, all known',
      ...blind(
        '"${key}" in bucket "site"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
const target = { Bucket: 'site' } as const;
const defaults = Object.freeze({ ...target, CacheControl: 'no-cache' });
export const publish = (client, key, body, type, tags) =>
  client.send(new PutObjectCommand({ ...defaults, Key: key, Body: body, ...(type && { ContentType: type }), ...(tags ? { Tagging: tags } : {})«, IfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'Object.assign of known objects',
      ...blind(
        '"${key}" in bucket "site"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(client, key, body) {
  const input = Object.assign({}, { Bucket: 'site', Key: key }, { Body: body });
  await client.send(new PutObjectCommand(«{ ...»input«, IfNoneMatch: '*' }»));
}
`,
      ),
    },
    {
      name: 'a function of the file that builds the input without a condition',
      ...blind(
        '"pages/${page}.html" in bucket "site"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
const inputFor = (page) => ({ Bucket: 'site', Key: \`pages/\${page}.html\` });
export const publish = (client, page, html) => client.send(new PutObjectCommand({ ...inputFor(page), Body: html«, IfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'a method of the class that builds the input without a condition',
      ...blind(
        '"${page}.html" in bucket "site"',
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Site {
  constructor(private readonly client: S3Client) {}
  private inputFor(page: string) {
    return { Bucket: 'site', Key: page + '.html' };
  }
  publish(page: string, Body: string) {
    return this.client.send(new PutObjectCommand({ ...this.inputFor(page), Body«, IfNoneMatch: '*'» }));
  }
}
`,
      ),
    },
    {
      name: 'a type says nothing about what is sent',
      ...blind(
        '"${key}" in bucket "site"',
        `
import { PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
export const publish = (client, key: string, body: string) =>
  client.send(new PutObjectCommand({ Bucket: 'site', Key: key!, Body: body as string«, IfNoneMatch: '*'» } satisfies PutObjectCommandInput));
`,
      ),
    },
    {
      name: 'bucket and key are enum constants: the input is known whole',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
enum Bucket { Site = 'site' }
enum Page { Home = 'index.html' }
export const publish = (client, body: string) => client.send(new PutObjectCommand({ Bucket: Bucket.Site, Key: Page.Home, Body: body }));
`,
      errors: [
        {
          messageId: 'blindOverwrite',
          suggestions: [
            {
              messageId: 'createOnly',
              output: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
enum Bucket { Site = 'site' }
enum Page { Home = 'index.html' }
export const publish = (client, body: string) => client.send(new PutObjectCommand({ Bucket: Bucket.Site, Key: Page.Home, Body: body, IfNoneMatch: '*' }));
`,
            },
          ],
        },
      ],
    },
    {
      name: 'a condition taken away again',
      ...blind(
        '"${key}" in bucket "site"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(client, key, body) {
  const input = { Bucket: 'site', Key: key, Body: body, IfNoneMatch: '*' };
  delete input.IfNoneMatch;
  await client.send(new PutObjectCommand(«{ ...»input«, IfNoneMatch: '*' }»));
}
`,
      ),
    },
    {
      name: 'a private wrapper is judged call by call: the second call is blind',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const put = (input) => client.send(new PutObjectCommand(input));
export const create = (key, body) => put({ Bucket: 'photos', Key: key, Body: body, IfNoneMatch: '*' });
export const replace = (key, body) => put({ Bucket: 'photos', Key: key, Body: body });
`,
      errors: [{ messageId: 'blindOverwrite', data: { object: '"${key}" in bucket "photos"' }, line: 6, suggestions: null }],
    },
  ],
});

ruleTester.run('no-blind-overwrite: unknown inputs', noBlindOverwrite as never, {
  valid: [
    {
      name: 'the input is a parameter: the caller may have set the condition',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const put = (client, input) => client.send(new PutObjectCommand(input));
`,
    },
    {
      name: 'a spread of options that the caller hands in',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const put = (client, key, body, options = {}) => client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: body, ...options }));
`,
    },
    {
      name: 'the rest of a destructured parameter',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const put = ({ key, body, ...rest }) => s3.putObject({ Bucket: 'photos', Key: key, Body: body, ...rest });
`,
    },
    {
      name: 'a spread of an object of another file',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { uploadDefaults } from './upload-defaults.js';
await client.send(new PutObjectCommand({ ...uploadDefaults, Key: key, Body: body }));
`,
    },
    {
      name: 'the input is built in another file',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { inputFor } from './inputs.js';
await client.send(new PutObjectCommand(inputFor('photos', key)));
`,
    },
    {
      name: 'a computed property may be the condition',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const put = (client, key, body, condition, value) =>
  client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: body, [condition]: value }));
`,
    },
    {
      name: 'a computed assignment may be the condition',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function put(client, key, body, headers) {
  const input = { Bucket: 'photos', Key: key, Body: body };
  for (const [name, value] of Object.entries(headers)) input[name] = value;
  await client.send(new PutObjectCommand(input));
}
`,
    },
    {
      name: 'Object.assign of options that the caller hands in',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
export const upload = (client, key, body, extra) =>
  new Upload({ client, params: Object.assign({ Bucket: 'photos', Key: key, Body: body }, extra) }).done();
`,
    },
    {
      name: 'a condition comes from one branch of a spread that cannot be read',
      code: `
import { S3 } from 'aws-sdk';
const s3 = new S3();
export const put = (key, body, options) =>
  s3.putObject({ Bucket: 'photos', Key: key, Body: body, ...(options ? options.params : {}) }).promise();
`,
    },
    {
      name: 'the metadata of a minio put comes from the caller',
      code: `
import { Client } from 'minio';
export const put = (minio: Client, key: string, body: Buffer, metadata: Record<string, string>) =>
  minio.putObject('photos', key, body, body.length, metadata);
`,
    },
    {
      name: 'middleware of the client sets If-Match on every put',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
client.middlewareStack.add(
  (next) => async (args) => {
    args.request.headers['If-Match'] = await versions.current();
    return next(args);
  },
  { step: 'build' },
);
export const save = (key, body) => client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: body }));
`,
    },
    {
      name: 'middleware of a client in a field sets If-None-Match',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Archive {
  private readonly client = new S3Client({});
  constructor() {
    this.client.middlewareStack.add((next) => (args: any) => {
      args.request.headers['if-none-match'] = '*';
      return next(args);
    }, { step: 'build' });
  }
  store(key: string, body: string) {
    return this.client.send(new PutObjectCommand({ Bucket: 'archive', Key: key, Body: body }));
  }
}
`,
    },
    {
      name: 'middleware in a function of its own sets If-Match',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const guard = (next) => (args) => {
  args.request.headers['if-match'] = versions.get(args.input.Key);
  return next(args);
};
s3.middlewareStack.add(guard, { step: 'build' });
export const save = (key, body) => s3.putObject({ Bucket: 'photos', Key: key, Body: body });
`,
    },
    {
      name: 'a hook on the request sets If-Match, the only way of aws-sdk v2 to guard an update',
      code: `
import AWS from 'aws-sdk';
const s3 = new AWS.S3();
export function save(key, body, etag) {
  const request = s3.putObject({ Bucket: 'photos', Key: key, Body: body });
  request.on('build', () => {
    request.httpRequest.headers['If-Match'] = etag;
  });
  return request.promise();
}
`,
    },
    {
      name: 'commands of another package are not those of S3',
      code: `
import { S3Client } from '@aws-sdk/client-s3';
import { PutObjectCommand } from './editor/commands.js';
editor.run(new PutObjectCommand({ Bucket: 'photos', Key: 'a.png' }));
`,
    },
  ],
  invalid: [
    {
      name: 'middleware that has nothing to do with conditions',
      ...blind(
        '"${key}" in bucket "photos"',
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
client.middlewareStack.add((next) => (args) => {
  args.request.headers['x-trace-id'] = trace();
  return next(args);
}, { step: 'build' });
export const save = (key, body) => client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: body«, IfNoneMatch: '*'» }));
`,
      ),
    },
  ],
});

ruleTester.run('no-blind-overwrite: clients and operations', noBlindOverwrite as never, {
  valid: [
    {
      name: 'a read-modify-write is the finding of no-lost-update',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function add(client, item) {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'app', Key: 'cart.json' }));
  const cart = JSON.parse(await Body.transformToString());
  cart.push(item);
  await client.send(new PutObjectCommand({ Bucket: 'app', Key: 'cart.json', Body: JSON.stringify(cart) }));
}
`,
    },
    {
      name: 'a check before the create is the finding of no-check-then-write',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function create(client, key, body) {
  try {
    await client.send(new HeadObjectCommand({ Bucket: 'app', Key: key }));
  } catch (error) {
    if (error.name !== 'NotFound') throw error;
    await client.send(new PutObjectCommand({ Bucket: 'app', Key: key, Body: body }));
  }
}
`,
    },
    {
      name: 'reads, deletes and the steps before the completion overwrite nothing',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
await s3.headObject({ Bucket: 'videos', Key: key });
await s3.deleteObject({ Bucket: 'videos', Key: key });
const { UploadId } = await s3.createMultipartUpload({ Bucket: 'videos', Key: key });
await s3.uploadPart({ Bucket: 'videos', Key: key, UploadId, PartNumber: 1, Body: part });
`,
    },
    {
      name: 'a presigned GET writes nothing',
      code: `
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
export const downloadUrl = (client, key) => getSignedUrl(client, new GetObjectCommand({ Bucket: 'photos', Key: key }));
`,
    },
    {
      name: 'a presigned PUT to a key of its own: an upload can only meet itself',
      code: `
import { randomUUID } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
export const uploadUrl = (client) => getSignedUrl(client, new PutObjectCommand({ Bucket: 'photos', Key: randomUUID() + '.png' }));
`,
    },
  ],
  invalid: [
    {
      name: 'the aggregated client, in a promise chain',
      ...blind(
        '"feeds/${id}.xml" in bucket "site"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({ region: 'eu-central-1' });
export const publish = (id, render) =>
  render(id).then((xml) => s3.putObject({ Bucket: 'site', Key: \`feeds/\${id}.xml\`, Body: xml«, IfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'commands by require',
      ...blind(
        '"${name}" in bucket "${process.env.BACKUPS}"',
        `
const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
const client = new S3Client({});
module.exports.backup = async (name, dump) => {
  await client.send(new PutObjectCommand({ Bucket: process.env.BACKUPS, Key: name, Body: dump«, IfNoneMatch: '*'» }));
};
`,
      ),
      ...script,
    },
    {
      name: 'a command by way of a namespace and a variable',
      ...blind(
        '"index.html" in bucket "site"',
        `
import * as s3 from '@aws-sdk/client-s3';
const command = new s3.PutObjectCommand({ Bucket: 'site', Key: 'index.html', Body: html«, IfNoneMatch: '*'» });
await client.send(command);
`,
      ),
    },
    {
      name: 'neither bucket nor key can be told',
      ...blind(
        'the object',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
const input = { Body: body };
await client.send(new PutObjectCommand(«{ ...»input«, IfNoneMatch: '*' }»));
`,
      ),
    },
    {
      name: 'the completion of a multipart upload puts the object in place',
      ...blind(
        '"${key}" in bucket "videos"',
        `
import { CompleteMultipartUploadCommand } from '@aws-sdk/client-s3';
export const complete = (client, key, UploadId, Parts) =>
  client.send(new CompleteMultipartUploadCommand({ Bucket: 'videos', Key: key, UploadId, MultipartUpload: { Parts }«, IfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'a rename replaces what is there under the new name; SourceIfMatch guards the old one',
      ...blind(
        '"today.log" in bucket "logs--use1-az4--x-s3"',
        `
import { RenameObjectCommand } from '@aws-sdk/client-s3';
await client.send(new RenameObjectCommand({ Bucket: 'logs--use1-az4--x-s3', Key: 'today.log', RenameSource: 'new.log', SourceIfMatch: etag«, DestinationIfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'an Upload of a stream',
      ...blind(
        '"videos/${name}.mp4" in bucket "${bucket}"',
        `
import { Upload } from '@aws-sdk/lib-storage';
export async function store(client, bucket, name, stream) {
  const upload = new Upload({ client, params: { Bucket: bucket, Key: \`videos/\${name}.mp4\`, Body: stream«, IfNoneMatch: '*'» } });
  upload.on('httpUploadProgress', console.log);
  await upload.done();
}
`,
      ),
    },
    {
      name: 'putObject of aws-sdk v2 with a callback',
      ...blind(
        '"${key}" in bucket "photos"',
        `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.save = (key, body, done) => s3.putObject({ Bucket: 'photos', Key: key, Body: body«, IfNoneMatch: '*'» }, done);
`,
      ),
      ...script,
    },
    {
      name: 'aws-sdk v2 takes the bucket from the client',
      ...blind(
        '"${key}" in bucket "photos"',
        `
import S3 from 'aws-sdk/clients/s3';
const s3 = new S3({ params: { Bucket: 'photos' } });
export const save = (key, body) => s3.putObject({ Key: key, Body: body«, IfNoneMatch: '*'» }).promise();
`,
      ),
    },
    {
      name: 'a managed upload of aws-sdk v2',
      ...blind(
        '"${key}" in bucket "videos"',
        `
import AWS from 'aws-sdk';
export const store = (key, stream) => new AWS.S3.ManagedUpload({ params: { Bucket: 'videos', Key: key, Body: stream«, IfNoneMatch: '*'» } }).promise();
`,
      ),
    },
    {
      name: 'copyObject of aws-sdk v2 has no condition for its target',
      ...blind(
        '"${key}" in bucket "archive"',
        `
import { S3 } from 'aws-sdk';
const s3 = new S3();
export const archive = (key: string) => s3.copyObject({ Bucket: 'archive', Key: key, CopySource: 'inbox/' + key }).promise();
`,
      ),
    },
    {
      name: 'minio with text: the header goes along in its one request',
      ...blind(
        '"config.json" in bucket "app"',
        `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export const save = (config) => minio.putObject('app', 'config.json', JSON.stringify(config)«, { 'If-None-Match': '*' }»);
`,
      ),
    },
    {
      name: 'minio with a stream: a multipart upload would lose the header on the way',
      ...blind(
        '"${key}" in bucket "videos"',
        `
import { createReadStream } from 'node:fs';
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export const store = (key, file) => minio.putObject('videos', key, createReadStream(file));
`,
      ),
    },
    {
      name: 'minio with a file, which may be sent in parts',
      ...blind(
        '"${key}" in bucket "videos"',
        `
const Minio = require('minio');
const minio = new Minio.Client({ endPoint: 'localhost' });
exports.store = (key, file) => minio.fPutObject('videos', key, file, { 'Content-Type': 'video/mp4' });
`,
      ),
      ...script,
    },
    {
      name: 'minio metadata that holds no condition, from a stream of the caller',
      ...blind(
        '"${key}" in bucket "photos"',
        `
import { Client } from 'minio';
export const save = (minio: Client, key: string, body: NodeJS.ReadableStream) => minio.putObject('photos', key, body, 10, { 'x-amz-meta-owner': 'me' });
`,
      ),
    },
    {
      name: 'a class that lends its client',
      ...blind(
        '"${id}.json" in bucket "${this.bucket}"',
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Orders {
  constructor(private readonly s3: S3Client, private readonly bucket: string) {}
  async save(id: string, order: object): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket: this.bucket, Key: \`\${id}.json\`, Body: JSON.stringify(order)«, IfNoneMatch: '*'» }));
  }
}
`,
      ),
    },
    {
      name: 'a copy to another key',
      ...blind(
        '"archive/${id}" in bucket "docs"',
        `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
export const archive = (client, id) =>
  client.send(new CopyObjectCommand({ Bucket: 'docs', Key: \`archive/\${id}\`, CopySource: \`docs/inbox/\${id}\`«, IfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'CopySourceIfMatch guards what is copied and not what is replaced',
      ...reported(
        'unguardedTarget',
        '"archive/${id}" in bucket "docs"',
        `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
export const archive = (client, id, version) =>
  client.send(new CopyObjectCommand({ Bucket: 'docs', Key: \`archive/\${id}\`, CopySource: \`docs/inbox/\${id}\`, CopySourceIfMatch: version«, IfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'a copy onto itself to change the metadata: create-only could never succeed',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const setType = (bucket, key, type, etag) =>
  s3.copyObject({ Bucket: bucket, Key: key, CopySource: \`\${bucket}/\${key}\`, ContentType: type, MetadataDirective: 'REPLACE' });
`,
      errors: [
        {
          messageId: 'copyOntoItself',
          data: { object: '"${key}" in bucket "${bucket}"' },
          suggestions: [
            {
              messageId: 'matchETag',
              data: { etag: 'etag' },
              output: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const setType = (bucket, key, type, etag) =>
  s3.copyObject({ Bucket: bucket, Key: key, CopySource: \`\${bucket}/\${key}\`, ContentType: type, MetadataDirective: 'REPLACE', IfMatch: etag });
`,
            },
          ],
        },
      ],
    },
    {
      name: 'a copy onto itself in aws-sdk v2, which cannot guard it',
      ...reported(
        'copyOntoItselfV2',
        '"index.html" in bucket "site"',
        `
import { S3 } from 'aws-sdk';
await new S3().copyObject({ Bucket: 'site', Key: 'index.html', CopySource: '/site/index.html', MetadataDirective: 'REPLACE' }).promise();
`,
      ),
    },
    {
      name: 'a copy onto itself whose source is encoded, as S3 asks for',
      ...reported(
        'copyOntoItselfV2',
        '"${key}" in bucket "${bucket}"',
        `
import { S3 } from 'aws-sdk';
const s3 = new S3();
export const touch = (bucket, key, type) =>
  s3.copyObject({ Bucket: bucket, Key: key, CopySource: \`\${bucket}/\${encodeURIComponent(key)}\`, ContentType: type, MetadataDirective: 'REPLACE' }).promise();
`,
      ),
    },
    {
      name: 'a copy of an old version onto the object is one onto itself: what is there cannot be created',
      ...reported(
        'copyOntoItself',
        '"${key}" in bucket "${bucket}"',
        `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
export const restore = (client, bucket, key, version) =>
  client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: \`\${bucket}/\${key}?versionId=\${version}\` }));
`,
      ),
    },
    {
      name: 'the version in a sum',
      ...reported(
        'copyOntoItself',
        '"${key}" in bucket "${bucket}"',
        `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
export const restore = (client, bucket, key, version) =>
  client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: '/' + bucket + '/' + encodeURIComponent(key) + '?versionId=' + version }));
`,
      ),
    },
    {
      name: 'the version behind the encoded source',
      ...reported(
        'copyOntoItself',
        '"${key}" in bucket "${bucket}"',
        `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
export const restore = (client, bucket, key, version) =>
  client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: \`\${encodeURI(\`\${bucket}/\${key}\`)}?versionId=\${version}\` }));
`,
      ),
    },
    {
      name: 'a version that may be left out',
      ...reported(
        'copyOntoItself',
        '"${key}" in bucket "${bucket}"',
        `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
export const restore = (client, bucket, key, version) =>
  client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: \`\${bucket}/\${key}\${version ? \`?versionId=\${version}\` : ''}\` }));
`,
      ),
    },
    {
      name: 'a source with a version or one without',
      ...reported(
        'copyOntoItself',
        '"${key}" in bucket "${bucket}"',
        `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
export const restore = (client, bucket, key, version) =>
  client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: version ? \`\${bucket}/\${key}?versionId=\${version}\` : \`\${bucket}/\${key}\` }));
`,
      ),
    },
    {
      name: 'an old version in aws-sdk v2',
      ...reported(
        'copyOntoItselfV2',
        '"${key}" in bucket "${bucket}"',
        `
import { S3 } from 'aws-sdk';
const s3 = new S3();
export const restore = (bucket, key, version) => s3.copyObject({ Bucket: bucket, Key: key, CopySource: \`\${bucket}/\${key}?versionId=\${version}\` }).promise();
`,
      ),
    },
    {
      name: 'an old version in minio, which takes the headers of the target in an object of its own',
      ...reported(
        'copyOntoItselfMinio',
        '"${key}" in bucket "${bucket}"',
        `
import { Client } from 'minio';
const client = new Client({});
export const restore = (bucket, key, version) => client.copyObject(bucket, key, \`/\${bucket}/\${key}?versionId=\${version}\`, null);
`,
      ),
    },
    {
      name: 'a function of the file that its caller lets copy onto itself',
      ...reported(
        'copyOntoItself',
        '"${target}" in bucket "docs"',
        `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
async function copy(client, { source, target, metadata }) {
  await client.send(new CopyObjectCommand({ Bucket: 'docs', Key: target, CopySource: \`docs/\${source}\`, Metadata: metadata, MetadataDirective: 'REPLACE' }));
}
export const mark = (client, path) => copy(client, { source: path, target: path, metadata: { seen: 'yes' } });
`,
      ),
    },
    {
      name: 'one of two callers copies onto itself: create-only would break that one',
      ...reported(
        'copyOntoItself',
        '"${target}" in bucket "docs"',
        `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
async function copy(client, source, target) {
  await client.send(new CopyObjectCommand({ Bucket: 'docs', Key: target, CopySource: \`docs/\${source}\` }));
}
export const archive = (client, path) => copy(client, path, \`archive/\${path}\`);
export const restore = (client, path, version) => copy(client, \`\${path}?versionId=\${version}\`, path);
`,
      ),
    },
    {
      name: 'the condition on the source guards no target, and create-only could never succeed',
      ...reported(
        'copyOntoItself',
        '"${key}" in bucket "${bucket}"',
        `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
export const touch = (client, bucket, key, seen) =>
  client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: \`\${bucket}/\${key}\`, CopySourceIfMatch: read(seen), MetadataDirective: 'REPLACE' }));
`,
      ),
    },
    {
      name: 'a HEAD that lacks a mark decides on a copy onto itself, and not on a create',
      ...reported(
        'copyOntoItself',
        '"${key}" in bucket "${bucket}"',
        `
import { CopyObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function mark(client, bucket, key) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  if (!head.Metadata?.seen) await client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: \`\${bucket}/\${key}\`, Metadata: { seen: 'yes' }, MetadataDirective: 'REPLACE' }));
}
`,
      ),
    },
    {
      name: 'an old version of another object: a copy like any other',
      ...reported(
        'blindOverwrite',
        '"${key}" in bucket "${bucket}"',
        `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
export const restore = (client, bucket, key, version) =>
  client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: \`\${bucket}/backup/\${key}?versionId=\${version}\`«, IfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'what follows the key is no version: the source is another object',
      ...reported(
        'blindOverwrite',
        '"${key}" in bucket "${bucket}"',
        `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
export const copy = (client, bucket, key, suffix) =>
  client.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: \`\${bucket}/\${key}\${suffix ? \`-\${suffix}\` : ''}\`«, IfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'the callers of a function of the file copy to other keys alone',
      ...reported(
        'blindOverwrite',
        '"archive/…" in bucket "docs"',
        `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
async function copy(client, source, target) {
  await client.send(new CopyObjectCommand({ Bucket: 'docs', Key: target, CopySource: \`docs/\${source}\`«, IfNoneMatch: '*'» }));
}
export const archive = (client, path) => copy(client, path, \`archive/\${path}\`);
`,
      ),
    },
    {
      name: 'a presigned PUT can be used until it expires',
      ...reported(
        'presignedOverwrite',
        '"avatars/${userId}.png" in bucket "photos"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
export const uploadUrl = (client, userId) =>
  getSignedUrl(client, new PutObjectCommand({ Bucket: 'photos', Key: \`avatars/\${userId}.png\`«, IfNoneMatch: '*'» }), { expiresIn: 900 });
`,
      ),
    },
    {
      name: 'the presigned end of an upload: it runs once, and what another writer stored meanwhile is gone',
      ...reported(
        'presignedCompletion',
        '"${key}" in bucket "photos"',
        `
import { CompleteMultipartUploadCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
export const completeUrl = (client, key, id, parts) =>
  getSignedUrl(client, new CompleteMultipartUploadCommand({ Bucket: 'photos', Key: key, UploadId: id, MultipartUpload: { Parts: parts }«, IfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'a presigned PUT whose command is made first',
      ...reported(
        'presignedOverwrite',
        '"${key}" in bucket "photos"',
        `
const { PutObjectCommand } = require('@aws-sdk/client-s3');
const { getSignedUrl } = require('@aws-sdk/s3-request-presigner');
exports.uploadUrl = async (client, key) => {
  const command = new PutObjectCommand({ Bucket: 'photos', Key: key«, IfNoneMatch: '*'» });
  return getSignedUrl(client, command, { expiresIn: 60 });
};
`,
      ),
      ...script,
    },
    {
      name: 'a presigned PUT of aws-sdk v2',
      ...reported(
        'presignedOverwrite',
        '"${key}" in bucket "photos"',
        `
import AWS from 'aws-sdk';
const s3 = new AWS.S3({ signatureVersion: 'v4' });
export const uploadUrl = (key) => s3.getSignedUrlPromise('putObject', { Bucket: 'photos', Key: key, Expires: 900«, IfNoneMatch: '*'» });
`,
      ),
    },
    {
      name: 'a presigned PUT of aws-sdk v2 by callback',
      ...reported(
        'presignedOverwrite',
        '"${key}" in bucket "photos"',
        `
import { S3 } from 'aws-sdk';
const s3 = new S3({ signatureVersion: 'v4' });
export const uploadUrl = (key, done) => s3.getSignedUrl('putObject', { Bucket: 'photos', Key: key«, IfNoneMatch: '*'» }, done);
`,
      ),
    },
    {
      name: 'a presigned PUT of minio, which cannot sign a condition',
      ...reported(
        'presignedWithoutCondition',
        '"${key}" in bucket "photos"',
        `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export const uploadUrl = (key) => minio.presignedPutObject('photos', key, 900);
`,
      ),
    },
  ],
});

/** Lists of which each item has an id of its own: the items, and what is run for each of them. */
const itemsWithIds: readonly (readonly [name: string, list: string, each: (put: string) => string, key: string])[] = [
  ['mapped, and mapped again', 'parts.map((data) => ({ id: randomUUID(), data }))', (put) => `await Promise.all(files.map((file) => ${put}));`, 'file.id'],
  ['mapped, one after the other', 'parts.map((data) => ({ id: randomUUID(), data }))', (put) => `for (const file of files) await ${put};`, 'file.id'],
  ['mapped, taken apart in a loop', 'parts.map((data) => ({ id: randomUUID(), data }))', (put) => `for (const { id } of files) await ${put};`, 'id'],
  ['mapped, with a position', 'parts.map((data) => ({ id: randomUUID(), data }))', (put) => `for (const [index, file] of files.entries()) await ${put};`, 'file.id'],
  ['taken by position', 'parts.map((data) => ({ id: randomUUID(), data }))', (put) => `for (let index = 0; index < files.length; index++) await ${put};`, 'files[index].id'],
  ['forEach', 'parts.map((data) => ({ id: randomUUID(), data }))', (put) => `files.forEach(async ({ id }) => { await ${put}; });`, 'id'],
  ['pMap', 'parts.map((data) => ({ id: randomUUID(), data }))', (put) => `await pMap(files, async (file) => { await ${put}; }, { concurrency: 4 });`, 'file.id'],
  ['texts', 'parts.map(() => randomUUID())', (put) => `for (const name of files) await ${put};`, 'name'],
  ['Array.from', 'Array.from({ length: parts.length }, () => randomUUID())', (put) => `for (const name of files) await ${put};`, 'name'],
  ['filtered and cut', 'parts.map((data) => ({ id: randomUUID(), data })).filter(({ data }) => data).slice(0, 10)', (put) => `for (const file of files) await ${put};`, 'file.id'],
  ['made asynchronously', 'await Promise.all(parts.map(async (data) => ({ id: randomUUID(), data: await data })))', (put) => `for (const file of files) await ${put};`, 'file.id'],
  ['made by a helper', 'parts.map((data) => row(data))', (put) => `for (const file of files) await ${put};`, 'file.id'],
  ['made by a helper that is handed over', 'parts.map(row)', (put) => `for (const file of files) await ${put};`, 'file.id'],
  ['mapped from such a list', 'parts.map((data) => ({ id: randomUUID(), data })).map(({ id }) => ({ key: `in/${id}` }))', (put) => `for (const file of files) await ${put};`, 'file.key'],
  ['written out', '[{ id: randomUUID() }, { id: randomUUID() }]', (put) => `for (const file of files) await ${put};`, 'file.id'],
  ['of two lists', '[...parts.map(() => randomUUID()), randomUUID()].concat(parts.map(() => randomUUID()))', (put) => `for (const name of files) await ${put};`, 'name'],
  ['pushed', '[]; for (const data of parts) files.push({ id: randomUUID(), data })', (put) => `for (const file of files) await ${put};`, 'file.id'],
  ['one id, and names below it', 'parts.map((data) => ({ key: `${upload}/${data.name}` }))', (put) => `for (const file of files) await ${put};`, 'file.key'],
];

/** Lists whose items share what their key is read from. */
const itemsWithoutIds: typeof itemsWithIds = [
  ['the id is made before the items', 'parts.map((data) => ({ id: upload, data }))', (put) => `for (const file of files) await ${put};`, 'file.id'],
  ['the id is made before the items, in an object', 'parts.map((data) => ({ id: job.id, data }))', (put) => `for (const file of files) await ${put};`, 'file.id'],
  ['the id is made before the items, and put below a constant', 'parts.map((data) => ({ key: `${upload}/data.json`, data }))', (put) => `for (const file of files) await ${put};`, 'file.key'],
  ['the id is made before the items are pushed', '[]; for (const data of parts) files.push({ id: upload, data })', (put) => `for (const file of files) await ${put};`, 'file.id'],
  ['the key is another property', 'parts.map((data) => ({ id: randomUUID(), name: data.name }))', (put) => `await Promise.all(files.map((file) => ${put}));`, 'file.name'],
  ['one of the items has a name for all', '[...parts.map(() => ({ id: randomUUID() })), { id: "latest" }]', (put) => `for (const file of files) await ${put};`, 'file.id'],
  ['what is pushed last has a name for all', '[]; for (const data of parts) files.push({ id: randomUUID(), data }); files.push({ id: "latest" })', (put) => `for (const file of files) await ${put};`, 'file.id'],
  ['the items are changed', 'parts.map((data) => ({ id: randomUUID(), data }))', (put) => `for (const file of files) { file.id = file.data.name; await ${put}; }`, 'file.id'],
  ['filled with one id', 'new Array(3).fill(randomUUID())', (put) => `for (const name of files) await ${put};`, 'name'],
  ['the items come from elsewhere', 'await load(randomUUID())', (put) => `for (const file of files) await ${put};`, 'file.id'],
  ['nothing is known of the items', 'parts.filter((part) => part.id)', (put) => `for (const file of files) await ${put};`, 'file.id'],
  ['the position alone', 'parts.map((data) => ({ id: randomUUID(), data }))', (put) => `for (const [index, file] of files.entries()) await ${put};`, 'index'],
];

const storing = (list: string, each: (put: string) => string, key: string, condition = ''): string => `
import { randomUUID } from 'node:crypto';
import pMap from 'p-map';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { load } from 'some-store';
const row = (data) => ({ id: randomUUID(), data });
export async function store(client, parts) {
  const upload = randomUUID();
  const job = { id: randomUUID() };
  const files = ${list};
  ${each(`client.send(new PutObjectCommand({ Bucket: 'uploads', Key: \`in/\${${key}}.bin\`, Body: 'x'${condition} }))`)}
}
`;

const timed = (time: string, condition = ''): string => `
import { PutObjectCommand } from '@aws-sdk/client-s3';
const pad = (part) => (part < 10 ? '0' + part : String(part));
export function log(client, at) {
  const now = new Date();
  return client.send(new PutObjectCommand({ Bucket: 'logs', Key: \`\${${time}}.txt\`, Body: 'x'${condition} }));
}
`;

ruleTester.run('no-blind-overwrite: unique keys', noBlindOverwrite as never, {
  valid: [
    ...idMakers.map(([name, importing, expression]) => ({
      name: `a new id for every write: ${name}`,
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
${importing}
export const store = (client, body) => client.send(new PutObjectCommand({ Bucket: 'uploads', Key: \`in/\${${expression}}.bin\`, Body: body }));
`,
    })),
    {
      name: 'an id by require, joined with plus',
      code: `
const { PutObjectCommand } = require('@aws-sdk/client-s3');
const { v4: uuidv4 } = require('uuid');
exports.store = (client, body) => client.send(new PutObjectCommand({ Bucket: 'uploads', Key: 'in/' + uuidv4() + '.bin', Body: body }));
`,
      ...script,
    },
    {
      name: 'an id joined by path.join',
      code: `
import path from 'node:path';
import { Upload } from '@aws-sdk/lib-storage';
import { ulid } from 'ulid';
export const store = (client, folder, body) =>
  new Upload({ client, params: { Bucket: 'uploads', Key: path.join(folder, ulid()), Body: body } }).done();
`,
    },
    {
      name: 'an id in a variable that the function gives back',
      code: `
import { randomUUID } from 'node:crypto';
import { S3 } from 'aws-sdk';
const s3 = new S3();
export async function store(userId: string, body: Buffer) {
  const id = randomUUID();
  const key = ['users', userId, id].join('/');
  await s3.upload({ Bucket: 'uploads', Key: key, Body: body }).promise();
  return id;
}
`,
    },
    {
      name: 'a helper of the file makes the key',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { nanoid } from 'nanoid';
function keyFor(name) {
  const id = nanoid();
  return \`uploads/\${id}/\${name}\`;
}
export const store = (client, name, body) => client.send(new PutObjectCommand({ Bucket: 'uploads', Key: keyFor(name), Body: body }));
`,
    },
    {
      name: 'the only caller of a private function makes the id',
      code: `
import { randomUUID } from 'node:crypto';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
async function put(id, body) {
  await s3.putObject({ Bucket: 'uploads', Key: \`in/\${id}\`, Body: body });
}
export async function store(body) {
  const id = randomUUID();
  await put(id, body);
  return id;
}
`,
    },
    {
      name: 'the caller of a private method makes the id',
      code: `
import { Client } from 'minio';
import { createId } from '@paralleldrive/cuid2';
export class Uploads {
  constructor(private readonly minio: Client) {}
  private put(id: string, body: string) {
    return this.minio.putObject('uploads', id + '.txt', body);
  }
  async store(body: string) {
    await this.put(createId(), body);
  }
}
`,
    },
    {
      name: 'the id of a record that is made for this write',
      code: `
import { randomUUID } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function store(client, event) {
  const record = { id: randomUUID(), event };
  await client.send(new PutObjectCommand({ Bucket: 'events', Key: record.id, Body: JSON.stringify(record) }));
}
`,
    },
    {
      name: 'a hash of the very body: who meets here writes the same bytes',
      code: `
import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function store(client, body) {
  const digest = createHash('sha256').update(body).digest('hex');
  await client.send(new PutObjectCommand({ Bucket: 'blobs', Key: \`sha256/\${digest}\`, Body: body }));
}
`,
    },
    {
      name: 'a helper of the file hashes the very body',
      code: `
const crypto = require('crypto');
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
const sha256 = (data) => crypto.createHash('sha256').update(data).digest('hex');
exports.store = async (record) => {
  const body = JSON.stringify(record);
  await s3.putObject({ Bucket: 'blobs', Key: sha256(body), Body: body });
};
`,
      ...script,
    },
    ...itemsWithIds.map(([name, list, each, key]) => ({
      name: `each item of a list has an id of its own: ${name}`,
      code: storing(list, each, key),
    })),
    ...[
      ['all parts of it', "`${now.getFullYear()}-${now.getMonth() + 1}-${now.getDate()}T${now.getHours()}${now.getMinutes()}${now.getSeconds()}.${now.getMilliseconds()}`"],
      ['all parts of it, padded', "[now.getUTCFullYear(), pad(now.getUTCMonth() + 1), ('0' + now.getUTCDate()).slice(-2), String(now.getUTCHours()).padStart(2, '0'), pad(now.getUTCMinutes()), pad(now.getUTCSeconds()), now.getUTCMilliseconds()].join('')"],
      ['getTime', 'now.getTime()'],
      ['valueOf', 'now.valueOf().toString()'],
      ['a number', '+now'],
      ['of another date', 'new Date(Date.now()).toISOString()'],
      ['performance.now', 'performance.now()'],
      ['process.hrtime', "process.hrtime().join('-')"],
      ['process.hrtime.bigint', 'process.hrtime.bigint().toString(36)'],
    ].map(([name, time]) => ({
      name: `a clock to the millisecond is reported in strict only: ${String(name)}`,
      code: timed(String(time)),
    })),
    {
      name: 'a key of millisecond grain is reported in strict only',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const log = (client, line) => client.send(new PutObjectCommand({ Bucket: 'logs', Key: \`log-\${Date.now()}.txt\`, Body: line }));
`,
    },
    {
      name: 'the time as text still holds its milliseconds',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function log(line) {
  const now = new Date().toISOString();
  await s3.putObject({ Bucket: 'logs', Key: now + '.txt', Body: line });
}
`,
    },
  ],
  invalid: [
    {
      name: 'an id made once per process: the second write meets the first',
      ...blind(
        '"dumps/${instance}" in bucket "uploads"',
        `
import { randomUUID } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
const instance = randomUUID();
export const dump = (client, body) => client.send(new PutObjectCommand({ Bucket: 'uploads', Key: \`dumps/\${instance}\`, Body: body«, IfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'a parameter that is only called uuid',
      ...blind(
        '"${uuid}.json" in bucket "uploads"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const store = (client, uuid, body) => client.send(new PutObjectCommand({ Bucket: 'uploads', Key: \`\${uuid}.json\`, Body: body«, IfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'a function of the file that is only called uuid',
      ...blind(
        '"state.json" in bucket "uploads"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
const uuid = () => 'state.json';
export const store = (client, body) => client.send(new PutObjectCommand({ Bucket: 'uploads', Key: uuid(), Body: body«, IfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'a uuid of a name is the same for the same name',
      ...blind(
        '"${uuid(userId, namespace)}" in bucket "profiles"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { v5 as uuid } from 'uuid';
export const store = (client, namespace, userId, body) => client.send(new PutObjectCommand({ Bucket: 'profiles', Key: uuid(userId, namespace), Body: body«, IfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'an ObjectId of a given text is that text again',
      ...blind(
        '"${new ObjectId(userId).toHexString()}" in bucket "profiles"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { ObjectId } from 'mongodb';
export const store = (client, userId, body) => client.send(new PutObjectCommand({ Bucket: 'profiles', Key: new ObjectId(userId).toHexString(), Body: body«, IfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'an id is made only where the caller brings none',
      ...blind(
        '"uploads/${id ?? randomUUID()}" in bucket "uploads"',
        `
import { randomUUID } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const store = (client, body, id) => client.send(new PutObjectCommand({ Bucket: 'uploads', Key: \`uploads/\${id ?? randomUUID()}\`, Body: body«, IfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'the id of a user is not new for every write',
      ...blind(
        '"avatars/${user.id}.png" in bucket "photos"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const store = (client, user, body) => client.send(new PutObjectCommand({ Bucket: 'photos', Key: \`avatars/\${user.id}.png\`, Body: body«, IfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'a hash of something else than the body: two bodies can meet',
      ...blind(
        '"${key}" in bucket "pages"',
        `
import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function store(client, url, body) {
  const key = createHash('sha256').update(url).digest('hex');
  await client.send(new PutObjectCommand({ Bucket: 'pages', Key: key, Body: body«, IfNoneMatch: '*'» }));
}
`,
      ),
    },
    {
      name: 'strict: two writers can share a millisecond',
      ...blind(
        '"log-${Date.now()}.txt" in bucket "logs"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const log = (client, line) => client.send(new PutObjectCommand({ Bucket: 'logs', Key: \`log-\${Date.now()}.txt\`, Body: line«, IfNoneMatch: '*'» }));
`,
      ),
      options: [{ reportTimestampKeys: true }],
    },
    ...itemsWithoutIds.map(([name, list, each, key]) => ({
      name: `items of a list share a key: ${name}`,
      code: storing(list, each, key),
      errors: [{ messageId: 'blindOverwrite' as const, suggestions: [{ messageId: 'createOnly' as const, output: storing(list, each, key, ", IfNoneMatch: '*'") }] }],
    })),
    ...[
      ['no milliseconds', "`${now.getFullYear()}-${now.getMonth() + 1}-${now.getDate()}T${now.getHours()}${now.getMinutes()}${now.getSeconds()}`"],
      ['no seconds', "`${now.getFullYear()}-${now.getMonth() + 1}-${now.getDate()}T${now.getHours()}${now.getMinutes()}.${now.getMilliseconds()}`"],
      ['milliseconds alone', 'now.getMilliseconds()'],
      ['all parts of a time that is handed in', "`${at.getFullYear()}-${at.getMonth() + 1}-${at.getDate()}T${at.getHours()}${at.getMinutes()}${at.getSeconds()}.${at.getMilliseconds()}`"],
      ['all parts of a time that is handed in as text', 'new Date(at).toISOString()'],
      ['the last digits of it', 'String(now.getTime()).slice(-6)'],
      ['one of its two numbers', 'process.hrtime()[0]'],
    ].map(([name, time]) => ({
      name: `not all of a clock: ${String(name)}`,
      code: timed(String(time)),
      errors: [{ messageId: 'blindOverwrite' as const, suggestions: [{ messageId: 'createOnly' as const, output: timed(String(time), ", IfNoneMatch: '*'") }] }],
    })),
    {
      name: 'a time of seconds is shared by all writers of that second',
      ...blind(
        '"${Math.floor(Date.now() / 1000)}.txt" in bucket "logs"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const log = (client, line) => client.send(new PutObjectCommand({ Bucket: 'logs', Key: \`\${Math.floor(Date.now() / 1000)}.txt\`, Body: line«, IfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'a date is shared by all writers of that day',
      ...blind(
        '"backups/${new Date().toISOString().slice(0, 10)}.sql" in bucket "logs"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const backup = (client, dump) => client.send(new PutObjectCommand({ Bucket: 'logs', Key: \`backups/\${new Date().toISOString().slice(0, 10)}.sql\`, Body: dump«, IfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'a year is shared by all writers of that year',
      ...blind(
        '"reports/${new Date().getFullYear()}.json" in bucket "logs"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const report = (client, body) => client.send(new PutObjectCommand({ Bucket: 'logs', Key: \`reports/\${new Date().getFullYear()}.json\`, Body: body«, IfNoneMatch: '*'» }));
`,
      ),
    },
    {
      name: 'the time at which the process began is one for all its writes',
      ...blind(
        '"runs/${startedAt}.json" in bucket "logs"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
const startedAt = Date.now();
export const report = (client, body) => client.send(new PutObjectCommand({ Bucket: 'logs', Key: \`runs/\${startedAt}.json\`, Body: body«, IfNoneMatch: '*'» }));
`,
      ),
    },
  ],
});

ruleTester.run('no-blind-overwrite: settings', noBlindOverwrite as never, {
  valid: [
    {
      name: 'a cache may be replaced; the part of the key that is not known is anywhere below it',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const cache = (client, path, html) => client.send(new PutObjectCommand({ Bucket: 'site', Key: \`cache/\${path}.html\`, Body: html }));
`,
      ...declaring({ key: 'cache/**', write: 'overwrite' }),
    },
    {
      name: 'a whole bucket of build output, with minio',
      code: `
import { Client } from 'minio';
export const publish = (minio: Client, name: string, file: string) => minio.fPutObject('build-output', name, file);
`,
      ...declaring({ bucket: 'build-*', write: 'overwrite' }),
    },
    {
      name: 'the first match wins: previews may be replaced though releases may not',
      code: `
import { S3 } from 'aws-sdk';
export const publish = (s3: S3, body: Buffer) => s3.putObject({ Bucket: 'dist', Key: 'releases/preview.tgz', Body: body }).promise();
`,
      ...declaring({ key: 'releases/preview.tgz', write: 'overwrite' }, { key: 'releases/*', write: 'create-only' }),
    },
    {
      name: 'a bucket by the environment variable that names it',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
const { CACHE_BUCKET } = process.env;
export const cache = (client, key, body) => new Upload({ client, params: { Bucket: CACHE_BUCKET, Key: key, Body: body } }).done();
`,
      ...declaring({ bucket: 'env:CACHE_BUCKET', write: 'overwrite' }),
    },
    {
      name: 'the option mends blind writes, not declared ones',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
await client.send(new PutObjectCommand({ Bucket: 'site', Key: 'latest.json', Body: body }));
`,
      ...fixing,
      ...declaring({ key: 'latest.json', write: 'overwrite' }),
    },
  ],
  invalid: [
    {
      name: 'releases are written once',
      ...mended(`
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const publish = (client, version, archive) =>
  client.send(new PutObjectCommand({ Bucket: 'dist', Key: \`releases/\${version}.tgz\`, Body: archive«, IfNoneMatch: '*'» }));
`),
      ...declaring({ key: 'releases/**', write: 'create-only' }, { write: 'overwrite' }),
    },
    {
      name: 'written once in the bucket of an environment variable',
      ...mended(`
import { S3 } from '@aws-sdk/client-s3';
export class Ledger {
  private readonly s3 = new S3({});
  private readonly bucket = process.env.LEDGER_BUCKET!;
  append(entry: string, body: string) {
    return this.s3.putObject({ Bucket: this.bucket, Key: entry, Body: body«, IfNoneMatch: '*'» });
  }
}
`),
      ...declaring({ bucket: 'env:LEDGER_BUCKET', write: 'create-only' }),
    },
    {
      name: 'state may be replaced, but only the version that was seen: no fix can know it',
      ...reported(
        'blindReplace',
        '"state/${id}.json" in bucket "app"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const save = (client, id, body) => client.send(new PutObjectCommand({ Bucket: 'app', Key: \`state/\${id}.json\`, Body: body }));
`,
      ),
      ...declaring({ key: 'state/**', write: 'compare-and-swap' }),
    },
    {
      name: 'one star stays within a segment, and the page may hold a slash',
      ...blind(
        '"cache/${page}" in bucket "site"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const cache = (client, page, html) => client.send(new PutObjectCommand({ Bucket: 'site', Key: \`cache/\${page}\`, Body: html«, IfNoneMatch: '*'» }));
`,
      ),
      ...declaring({ key: 'cache/*', write: 'overwrite' }),
    },
    {
      name: 'a key whose beginning is not known may lie outside of the cache',
      ...blind(
        '"${folder}/index.html" in bucket "site"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const cache = (client, folder, html) => client.send(new PutObjectCommand({ Bucket: 'site', Key: folder + '/index.html', Body: html«, IfNoneMatch: '*'» }));
`,
      ),
      ...declaring({ key: 'cache/**', write: 'overwrite' }),
    },
    {
      name: 'the bucket of another environment variable',
      ...blind(
        '"${key}" in bucket "${process.env.DATA_BUCKET}"',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const save = (client, key, body) => client.send(new PutObjectCommand({ Bucket: process.env.DATA_BUCKET, Key: key, Body: body«, IfNoneMatch: '*'» }));
`,
      ),
      ...declaring({ bucket: 'env:CACHE_BUCKET', write: 'overwrite' }),
    },
  ],
});

ruleTester.run('no-blind-overwrite: suggestions and fixes', noBlindOverwrite as never, {
  valid: [
    {
      name: 'a guarded write needs no fix',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const save = (client, key, body, etag) => client.send(new PutObjectCommand({ Bucket: 'app', Key: key, Body: body, IfMatch: etag }));
`,
      ...fixing,
    },
  ],
  invalid: [
    {
      name: 'the caller hands in the ETag: create, or replace that version',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, key, body, etag) {
  await client.send(new PutObjectCommand({ Bucket: 'app', Key: key, Body: body }));
}
`,
      errors: [
        {
          messageId: 'blindOverwrite',
          data: { object: '"${key}" in bucket "app"' },
          suggestions: [
            {
              messageId: 'createOnly',
              output: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, key, body, etag) {
  await client.send(new PutObjectCommand({ Bucket: 'app', Key: key, Body: body, IfNoneMatch: '*' }));
}
`,
            },
            {
              messageId: 'matchETag',
              data: { etag: 'etag' },
              output: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, key, body, etag) {
  await client.send(new PutObjectCommand({ Bucket: 'app', Key: key, Body: body, IfMatch: etag }));
}
`,
            },
          ],
        },
      ],
    },
    {
      name: 'the ETag is one of the named options of an Upload',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
export async function save(client, { key, body, expectedETag }) {
  await new Upload({ client, params: { Bucket: 'app', Key: key, Body: body } }).done();
}
`,
      errors: [
        {
          messageId: 'blindOverwrite',
          data: { object: '"${key}" in bucket "app"' },
          suggestions: [
            {
              messageId: 'createOnly',
              output: `
import { Upload } from '@aws-sdk/lib-storage';
export async function save(client, { key, body, expectedETag }) {
  await new Upload({ client, params: { Bucket: 'app', Key: key, Body: body, IfNoneMatch: '*' } }).done();
}
`,
            },
            {
              messageId: 'matchETag',
              data: { etag: 'expectedETag' },
              output: `
import { Upload } from '@aws-sdk/lib-storage';
export async function save(client, { key, body, expectedETag }) {
  await new Upload({ client, params: { Bucket: 'app', Key: key, Body: body, IfMatch: expectedETag } }).done();
}
`,
            },
          ],
        },
      ],
    },
    {
      name: 'aws-sdk v2 cannot send an ETag with a put',
      ...blind(
        '"${key}" in bucket "app"',
        `
import { S3 } from 'aws-sdk';
const s3 = new S3();
export const save = (key: string, body: string, etag: string) => s3.putObject({ Bucket: 'app', Key: key, Body: body«, IfNoneMatch: '*'» }).promise();
`,
      ),
    },
    {
      name: 'fix: one line',
      ...mended(`
import { PutObjectCommand } from '@aws-sdk/client-s3';
await client.send(new PutObjectCommand({ Bucket: 'app', Key: 'a.json', Body: body«, IfNoneMatch: '*'» }));
`),
      ...fixing,
    },
    {
      name: 'fix: one line that ends with a comma',
      ...mended(`
import { PutObjectCommand } from '@aws-sdk/client-s3';
await client.send(new PutObjectCommand({ Bucket: 'app', Key: 'a.json', Body: body,« IfNoneMatch: '*',» }));
`),
      ...fixing,
    },
    {
      name: 'fix: many lines',
      ...mended(`
import { PutObjectCommand } from '@aws-sdk/client-s3';
await client.send(
  new PutObjectCommand({
    Bucket: 'app',
    Key: 'a.json',
    Body: body«,
    IfNoneMatch: '*'»
  }),
);
`),
      ...fixing,
    },
    {
      name: 'fix: many lines, indented by tabs, with a trailing comma',
      ...mended(`
import { PutObjectCommand } from '@aws-sdk/client-s3';
await client.send(
\tnew PutObjectCommand({
\t\tBucket: 'app',
\t\tKey: 'a.json',
\t\tBody: body,«
\t\tIfNoneMatch: '*',»
\t}),
);
`),
      ...fixing,
    },
    {
      name: 'fix: a comment behind the last property stays with it',
      ...mended(`
import { PutObjectCommand } from '@aws-sdk/client-s3';
await client.send(
  new PutObjectCommand({
    Bucket: 'app',
    Key: 'a.json',
    Body: body«,» // gzipped by the caller«
    IfNoneMatch: '*'»
  }),
);
`),
      ...fixing,
    },
    {
      name: 'fix: a comment behind the trailing comma stays with the last property',
      ...mended(`
import { PutObjectCommand } from '@aws-sdk/client-s3';
await client.send(
  new PutObjectCommand({
    Bucket: 'app', // one for all tenants
    Key: 'a.json',
    Body: body, /* gzipped by the caller */«
    IfNoneMatch: '*',»
  }),
);
`),
      ...fixing,
    },
    {
      name: 'fix: an input in a variable is spread',
      ...mended(`
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, key, body) {
  const input = { Bucket: 'app', Key: key, Body: body };
  await client.send(new PutObjectCommand(«{ ...»input«, IfNoneMatch: '*' }»));
}
`),
      ...fixing,
    },
    {
      name: 'fix: an input in a variable is spread together with its non-null assertion',
      ...mended(`
import { PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
export async function save(client, key: string, body: string) {
  let input: PutObjectCommandInput | undefined;
  input = { Bucket: 'app', Key: key, Body: body };
  await client.send(new PutObjectCommand(«{ ...»input!«, IfNoneMatch: '*' }»));
}
`),
      ...fixing,
    },
    {
      name: 'fix: behind the spreads, so that none of them lies over it',
      ...mended(`
import { PutObjectCommand } from '@aws-sdk/client-s3';
const target = { Bucket: 'app' };
export const save = (client, key, body, tags) => client.send(new PutObjectCommand({ Key: key, Body: body, ...target, ...(tags && { Tagging: tags })«, IfNoneMatch: '*'» }));
`),
      ...fixing,
    },
    {
      name: 'fix: the params of an Upload',
      ...mended(`
import { Upload } from '@aws-sdk/lib-storage';
await new Upload({
  client,
  params: {
    Bucket: 'videos',
    Key: key,
    Body: stream,«
    IfNoneMatch: '*',»
  },
  partSize: 10 * 1024 * 1024,
}).done();
`),
      ...fixing,
    },
    {
      name: 'fix: the params of an Upload in a variable',
      ...mended(`
import { Upload } from '@aws-sdk/lib-storage';
const input = { Bucket: 'videos', Key: key, Body: stream };
await new Upload({ client, params: «{ ...»input«, IfNoneMatch: '*' }» }).done();
`),
      ...fixing,
    },
    {
      name: 'fix: the params of an Upload in a variable of that name',
      ...mended(`
import { Upload } from '@aws-sdk/lib-storage';
const params = { Bucket: 'videos', Key: key, Body: stream };
await new Upload({ client, params«: { ...params, IfNoneMatch: '*' }» }).done();
`),
      ...fixing,
    },
    {
      name: 'fix: upload of aws-sdk v2, with a callback',
      ...mended(`
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.save = (key, body, done) => s3.upload({ Bucket: 'videos', Key: key, Body: body«, IfNoneMatch: '*'» }, { partSize: 1e7 }, done);
`),
      ...fixing,
      ...script,
    },
    {
      name: 'fix: an empty input, whose bucket and key the client of aws-sdk v2 gives',
      ...mended(`
import { S3 } from 'aws-sdk';
const lock = new S3({ params: { Bucket: 'app', Key: 'lock' } });
await lock.putObject({« IfNoneMatch: '*' »}).promise();
`),
      ...fixing,
    },
    {
      name: 'fix: minio takes the header as metadata behind the size',
      ...mended(`
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
const body = Buffer.from('hello');
await minio.putObject('app', 'hello.txt', body, body.length«, { 'If-None-Match': '*' }»);
`),
      ...fixing,
    },
    {
      name: 'fix: minio takes the header among the metadata that is there',
      ...mended(`
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
await minio.putObject('app', 'hello.txt', 'hello', { 'Content-Type': 'text/plain'«, 'If-None-Match': '*'» });
`),
      ...fixing,
    },
    {
      name: 'fix: minio never on a stream, whose parts would be completed without the header',
      ...blind(
        '"${key}" in bucket "videos"',
        `
import { createReadStream } from 'node:fs';
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export const store = (key, file, size) => minio.putObject('videos', key, createReadStream(file), size, { 'Content-Type': 'video/mp4' });
`,
      ),
      ...fixing,
    },
    {
      name: 'fix: two blind writes of one file, each in its place',
      code: `
import { CopyObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(client, version, page) {
  await client.send(new CopyObjectCommand({ Bucket: 'site', Key: 'previous.html', CopySource: 'site/index.html' }));
  await client.send(new PutObjectCommand({ Bucket: 'site', Key: version + '.html', Body: page }));
}
`,
      output: `
import { CopyObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(client, version, page) {
  await client.send(new CopyObjectCommand({ Bucket: 'site', Key: 'previous.html', CopySource: 'site/index.html', IfNoneMatch: '*' }));
  await client.send(new PutObjectCommand({ Bucket: 'site', Key: version + '.html', Body: page, IfNoneMatch: '*' }));
}
`,
      errors: [
        { messageId: 'blindOverwrite', data: { object: '"previous.html" in bucket "site"' }, line: 4 },
        { messageId: 'blindOverwrite', data: { object: '"${version}.html" in bucket "site"' }, line: 5 },
      ],
      ...fixing,
    },
  ],
});
