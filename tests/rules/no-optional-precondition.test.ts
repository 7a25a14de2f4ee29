import { noOptionalPrecondition } from '../../src/rules/no-optional-precondition.js';
import { readMarks } from '../marked.js';
import { ruleTester } from '../rule-tester.js';

/** A script, as CommonJS is parsed. */
const script = { languageOptions: { parserOptions: { sourceType: 'script' } } } as const;

const unset = (messageId: 'optionalPrecondition' | 'optionalPreconditionOnDelete', object: string, source: string, header: string) => {
  const { code, mended, at } = readMarks(source);
  return {
    code,
    errors: [
      {
        messageId,
        data: { header, line: String(at('①').line), object },
        ...at('▸'),
        suggestions: mended === null ? null : ([{ messageId: 'addOtherBranch', output: mended }] as const),
      },
    ],
  };
};

/** A write whose condition (`▸`) may be unset, because of `①`. */
const blindAtTimes = (object: string, source: string, header = 'IfMatch') => unset('optionalPrecondition', object, source, header);

/** A delete whose condition (`▸`) may be unset, because of `①`. */
const deletesAtTimes = (object: string, source: string) => unset('optionalPreconditionOnDelete', object, source, 'IfMatch');

ruleTester.run('no-optional-precondition', noOptionalPrecondition as never, {
  valid: [
    {
      name: 'the ETag of a read that must have succeeded: S3 always sends one, though the type says optional',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function setPrice(client: S3Client, Bucket: string, Key: string, sku: string, price: number): Promise<void> {
  const current = await client.send(new GetObjectCommand({ Bucket, Key }));
  const prices = JSON.parse(await current.Body!.transformToString());
  prices[sku] = price;
  await client.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(prices), IfMatch: current.ETag }));
}
`,
    },
    {
      name: 'a needless ?. on a response that must be there',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function append(Bucket, Key, line) {
  const response = await s3.getObject({ Bucket, Key });
  const text = await response?.Body?.transformToString();
  await s3.putObject({ Bucket, Key, Body: text + line, IfMatch: response?.ETag });
}
`,
    },
    {
      name: 'a needless test of an ETag that every answer of S3 has',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function append(client, Bucket, Key, line) {
  const response = await client.send(new GetObjectCommand({ Bucket, Key }));
  const input = { Bucket, Key, Body: (await response.Body.transformToString()) + line };
  if (response.ETag) input.IfMatch = response.ETag;
  await client.send(new PutObjectCommand(input));
}
`,
    },
    {
      name: 'a needless conditional spread of an ETag that every answer of S3 has',
      code: `
import { HeadObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
export async function expire(client, Bucket, Key, now) {
  const { ETag, LastModified } = await client.send(new HeadObjectCommand({ Bucket, Key }));
  if (LastModified > now) return;
  await client.send(new DeleteObjectCommand({ Bucket, Key, ...(ETag && { IfMatch: ETag }) }));
}
`,
    },
    {
      name: 'a non-null assertion on the ETag of a read',
      code: `
import { CopyObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function touch(client: S3Client, Bucket: string, Key: string): Promise<void> {
  const { ETag: etag } = await client.send(new HeadObjectCommand({ Bucket, Key }));
  await client.send(new CopyObjectCommand({ Bucket, Key, CopySource: Bucket + '/' + Key, MetadataDirective: 'REPLACE', IfMatch: etag! }));
}
`,
    },
    {
      name: 'an early return where there is no ETag',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function replaceExisting(client, Bucket, Key, Body) {
  let etag;
  try {
    etag = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
  } catch {}
  if (!etag) return false;
  await client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: etag }));
  return true;
}
`,
    },
    {
      name: 'an early throw where the read found nothing',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function replaceExisting(Bucket: string, Key: string, Body: string): Promise<void> {
  const head = await s3.headObject({ Bucket, Key }).catch(() => undefined);
  if (head === undefined) {
    throw new Error('There is nothing to replace.');
  }
  await s3.putObject({ Bucket, Key, Body, IfMatch: head.ETag });
}
`,
    },
    {
      name: 'a loop goes on with the next object where there is no ETag',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function sweep(Bucket: string, keys: string[], etags: ReadonlyMap<string, string>): Promise<void> {
  for (const Key of keys) {
    const etag = etags.get(Key);
    if (!etag) continue;
    await s3.deleteObject({ Bucket, Key, IfMatch: etag });
  }
}
`,
    },
    {
      name: 'the delete stands inside the test of its ETag',
      code: `
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function remove(client, Bucket, Key) {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key })).catch(() => null);
  if (head?.ETag) {
    await client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: head.ETag }));
  }
}
`,
    },
    {
      name: 'a catch that always throws leaves no path without an ETag',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function replace(client, Bucket, Key, Body) {
  let etag;
  try {
    const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
    etag = head.ETag;
  } catch (error) {
    throw new Error('cannot read ' + Key, { cause: error });
  }
  await client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: etag }));
}
`,
    },
    {
      name: 'a catch that creates the object by itself and returns',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function count(client: S3Client, Bucket: string, Key: string): Promise<void> {
  let etag: string | undefined;
  let next = 1;
  try {
    const current = await client.send(new GetObjectCommand({ Bucket, Key }));
    next = Number(await current.Body!.transformToString()) + 1;
    etag = current.ETag;
  } catch (error) {
    if ((error as Error).name !== 'NoSuchKey') throw error;
    await client.send(new PutObjectCommand({ Bucket, Key, Body: '1', IfNoneMatch: '*' }));
    return;
  }
  await client.send(new PutObjectCommand({ Bucket, Key, Body: String(next), IfMatch: etag }));
}
`,
    },
    {
      name: 'a catch that creates the object and goes on with the ETag of its own write',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function acquire(client: S3Client, Bucket: string, Key: string, owner: string): Promise<void> {
  let etag: string | undefined;
  try {
    const created = await client.send(new PutObjectCommand({ Bucket, Key, Body: '{}', IfNoneMatch: '*' }));
    etag = created.ETag;
  } catch (error) {
    if ((error as { name: string }).name !== 'PreconditionFailed') throw error;
    const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
    etag = head.ETag;
  }
  await client.send(new PutObjectCommand({ Bucket, Key, Body: owner, IfMatch: etag }));
}
`,
    },
    {
      name: 'a method of the class that always throws ends the catch',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Settings {
  constructor(private readonly client: S3Client, private readonly bucket: string) {}
  async set(key: string, name: string, value: string): Promise<void> {
    let etag: string | undefined;
    let settings: Record<string, string> = {};
    try {
      const current = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      settings = JSON.parse(await current.Body!.transformToString());
      etag = current.ETag;
    } catch (error) {
      this.fail(error, 'reading', key);
    }
    settings[name] = value;
    await this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: JSON.stringify(settings), IfMatch: etag }));
  }
  private fail(error: unknown, doing: string, key: string): never {
    throw new Error(doing + ' ' + key, { cause: error });
  }
}
`,
    },
    {
      name: 'a function of the file that always throws, in .catch',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
function fail(error) {
  console.error(error);
  throw error;
}
exports.replace = async (Bucket, Key, Body) => {
  const head = await s3.headObject({ Bucket, Key }).catch(fail);
  await s3.putObject({ Bucket, Key, Body, IfMatch: head.ETag });
};
`,
      ...script,
    },
    {
      name: 'an assertion that the ETag is there',
      code: `
import assert from 'node:assert';
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function replace(client, Bucket, Key, Body) {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key })).catch(() => undefined);
  const etag = head?.ETag;
  assert(etag);
  await client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: etag }));
}
`,
    },
    {
      name: 'both branches: a choice between two conditions is spread',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function append(client: S3Client, Bucket: string, Key: string, line: string): Promise<void> {
  let text = '';
  let etag: string | undefined;
  try {
    const current = await client.send(new GetObjectCommand({ Bucket, Key }));
    text = await current.Body!.transformToString();
    etag = current.ETag;
  } catch (error) {
    if ((error as { name: string }).name !== 'NoSuchKey') throw error;
  }
  await client.send(new PutObjectCommand({ Bucket, Key, Body: text + line, ...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' }) }));
}
`,
    },
    {
      name: 'both branches: a choice between two conditions has a name',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function save(Bucket, Key, Body) {
  const head = await s3.headObject({ Bucket, Key }).catch(() => null);
  const condition = head === null ? { IfNoneMatch: '*' } : { IfMatch: head.ETag };
  await s3.putObject({ Bucket, Key, Body, ...condition });
}
`,
    },
    {
      name: 'both branches: IfNoneMatch is sent exactly where the ETag is unset',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Bucket, Key, Body) {
  let etag;
  try {
    etag = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
  } catch (error) {
    if (error.name !== 'NotFound') throw error;
  }
  await client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: etag, IfNoneMatch: etag ? undefined : '*' }));
}
`,
    },
    {
      name: 'both branches: two spreads that cover each other',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
import { S3Client, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function save(client: S3Client, Bucket: string, Key: string, Body: Buffer): Promise<void> {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key })).catch(() => undefined);
  const etag = head?.ETag;
  const params = { Bucket, Key, Body, ...(etag && { IfMatch: etag }), ...(!etag && { IfNoneMatch: '*' }) };
  await new Upload({ client, params }).done();
}
`,
    },
    {
      name: 'both branches: one of two assignments runs in any case',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function append(client, Bucket, Key, line) {
  const current = await client.send(new GetObjectCommand({ Bucket, Key })).catch(() => undefined);
  const input = { Bucket, Key, Body: current ? (await current.Body.transformToString()) + line : line };
  if (current) {
    input.IfMatch = current.ETag;
  } else {
    input.IfNoneMatch = '*';
  }
  await client.send(new PutObjectCommand(input));
}
`,
    },
    {
      name: 'both branches: a flag is set together with the ETag',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Bucket, Key, Body) {
  let exists = false;
  let etag;
  try {
    const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
    etag = head.ETag;
    exists = true;
  } catch (error) {
    if (error.$metadata?.httpStatusCode !== 404) throw error;
  }
  await client.send(new PutObjectCommand({ Bucket, Key, Body, ...(exists ? { IfMatch: etag } : { IfNoneMatch: '*' }) }));
}
`,
    },
    {
      name: 'both branches: two writes, each with its condition',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function save(Bucket: string, Key: string, Body: string): Promise<void> {
  const head = await s3.headObject({ Bucket, Key }).catch(() => undefined);
  if (head) {
    await s3.putObject({ Bucket, Key, Body, IfMatch: head.ETag });
  } else {
    await s3.putObject({ Bucket, Key, Body, IfNoneMatch: '*' });
  }
}
`,
    },
    {
      name: 'the create is written first and returns; what follows has an ETag',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function append(client, Bucket, Key, line) {
  const current = await client.send(new GetObjectCommand({ Bucket, Key })).catch(() => null);
  if (!current) {
    return client.send(new PutObjectCommand({ Bucket, Key, Body: line, IfNoneMatch: '*' }));
  }
  const text = await current.Body.transformToString();
  return client.send(new PutObjectCommand({ Bucket, Key, Body: text + line, IfMatch: current.ETag }));
}
`,
    },
    {
      name: 'the other branch is a write of its own without a condition: no-blind-overwrite speaks of it',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function save(Bucket, Key, Body) {
  const head = await s3.headObject({ Bucket, Key }).catch(() => undefined);
  if (head) await s3.putObject({ Bucket, Key, Body, IfMatch: head.ETag });
  else await s3.putObject({ Bucket, Key, Body });
}
`,
    },
    {
      name: 'a parameter passed straight on: the caller decides',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export const put = (client: S3Client, Bucket: string, Key: string, Body: string, etag?: string) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: etag }));
`,
    },
    {
      name: 'a parameter that is tested: the caller decides still',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function put(client, Bucket, Key, Body, etag) {
  const input = { Bucket, Key, Body };
  if (etag) input.IfMatch = etag;
  await client.send(new PutObjectCommand(input));
}
`,
    },
    {
      name: 'an option of the function: the caller decides',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
interface Options { expect?: { etag?: string } }
export async function put(Bucket: string, Key: string, Body: Uint8Array, options?: Options): Promise<void> {
  await s3.putObject({ Bucket, Key, Body, IfMatch: options?.expect?.etag });
}
`,
    },
    {
      name: 'a destructured option in a conditional spread: the caller decides',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
export function store({ client, bucket, key, body, etag }) {
  return new Upload({ client, params: { Bucket: bucket, Key: key, Body: body, ...(etag && { IfMatch: etag }) } }).done();
}
`,
    },
    {
      name: 'a parameter says that the write is forced',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(client, Bucket, Key, edit, force) {
  const current = await client.send(new GetObjectCommand({ Bucket, Key }));
  const next = edit(await current.Body.transformToString());
  await client.send(new PutObjectCommand({ Bucket, Key, Body: next, IfMatch: force ? undefined : current.ETag }));
}
`,
    },
    {
      name: 'a parameter chooses between create and overwrite',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function upload(client: S3Client, Bucket: string, Key: string, Body: Buffer, { overwrite = false } = {}): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket, Key, Body, ...(overwrite ? {} : { IfNoneMatch: '*' }) }));
}
`,
    },
    {
      name: 'a field of the instance: whoever made it decides',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Writer {
  constructor(private readonly client: S3Client, private readonly options: { bucket: string; etag?: string; createOnly?: boolean }) {}
  async write(Key: string, Body: string): Promise<void> {
    await this.client.send(
      new PutObjectCommand({ Bucket: this.options.bucket, Key, Body, IfMatch: this.options.etag, ...(this.options.createOnly && { IfNoneMatch: '*' }) }),
    );
  }
}
`,
    },
    {
      name: 'the If-Match header of the HTTP request: its sender decides',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function PUT(request: Request): Promise<Response> {
  const etag = request.headers.get('if-match') ?? undefined;
  await client.send(new PutObjectCommand({ Bucket: 'wiki', Key: 'page.md', Body: await request.text(), IfMatch: etag }));
  return new Response(null, { status: 204 });
}
`,
    },
    {
      name: 'a previous ETag of null means a create, undefined means any: a protocol with the caller',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function putBlob(client, Bucket, Key, Body, previous) {
  await client.send(
    new PutObjectCommand({ Bucket, Key, Body, ...(previous && { IfMatch: previous }), ...(previous === null && { IfNoneMatch: '*' }) }),
  );
}
`,
    },
    {
      name: 'nobody knows what else is spread into the input',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Bucket, Key, Body, extra) {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key })).catch(() => undefined);
  await client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: head?.ETag, ...extra }));
}
`,
    },
    {
      name: 'a function of another file may always answer with an ETag',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { currentETag } from './versions.js';
export async function save(client, Bucket, Key, Body) {
  const etag = await currentETag(Bucket, Key);
  await client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: etag }));
}
`,
    },
    {
      name: 'a function of the file that answers with an ETag or throws',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
async function etagOf(client: S3Client, Bucket: string, Key: string): Promise<string | undefined> {
  try {
    const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
    return head.ETag;
  } catch (error) {
    throw new Error('There is no ' + Key, { cause: error });
  }
}
export async function save(client: S3Client, Bucket: string, Key: string, Body: string): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: await etagOf(client, Bucket, Key) }));
}
`,
    },
    {
      name: 'the one caller in the file passes the ETag of a read that succeeded',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
function put(Bucket, Key, Body, etag) {
  return s3.putObject({ Bucket, Key, Body, IfMatch: etag });
}
exports.append = async (Bucket, Key, line) => {
  const current = await s3.getObject({ Bucket, Key });
  await put(Bucket, Key, (await current.Body.transformToString()) + line, current.ETag);
};
`,
      ...script,
    },
    {
      name: 'each attempt of a retry reads before it writes',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function increment(client, Bucket, Key) {
  let etag;
  for (let attempt = 0; attempt < 5; attempt++) {
    const current = await client.send(new GetObjectCommand({ Bucket, Key }));
    etag = current.ETag;
    const next = Number(await current.Body.transformToString()) + 1;
    try {
      return await client.send(new PutObjectCommand({ Bucket, Key, Body: String(next), IfMatch: etag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
  throw new Error('busy');
}
`,
    },
    {
      name: 'a loop without an end is left only with an ETag',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { setTimeout } from 'node:timers/promises';
export async function replaceWhenThere(client, Bucket, Key, Body) {
  let etag;
  while (true) {
    try {
      etag = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
      break;
    } catch {
      await setTimeout(1000);
    }
  }
  await client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: etag }));
}
`,
    },
    {
      name: 'an unset condition on a read only downloads again what did not change',
      code: `
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function refresh(client, Bucket, Key) {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key })).catch(() => undefined);
  return client.send(new GetObjectCommand({ Bucket, Key, IfNoneMatch: head?.ETag }));
}
`,
    },
    {
      name: 'CopySourceIfMatch guards the source and is no precondition of the write',
      code: `
import { CopyObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function install(client, Bucket, Key, CopySource) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'dist', Key })).catch(() => undefined);
  await client.send(new CopyObjectCommand({ Bucket, Key, CopySource, CopySourceIfMatch: head?.ETag, IfNoneMatch: '*' }));
}
`,
    },
    {
      name: 'a delete that must at least find something: "*" stands in for the ETag',
      code: `
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function remove(client, Bucket, Key) {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key })).catch(() => undefined);
  await client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: head?.ETag ?? '*' }));
}
`,
    },
    {
      name: 'aws-sdk v2: a create is a create on every path',
      code: `
import AWS from 'aws-sdk';
const s3 = new AWS.S3();
export async function create(Key: string, Body: string): Promise<void> {
  const head = await s3.headObject({ Bucket: 'photos', Key }).promise().catch(() => undefined);
  if (head) return;
  await s3.putObject({ Bucket: 'photos', Key, Body, IfNoneMatch: '*' }).promise();
}
`,
    },
    {
      name: 'minio: the stat must have succeeded',
      code: `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export async function replace(key: string, body: Buffer): Promise<void> {
  const stat = await minio.statObject('photos', key);
  await minio.putObject('photos', key, body, body.length, { 'If-Match': stat.etag });
}
`,
    },
    {
      name: 'minio: both headers, one in each case',
      code: `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export async function save(key: string, text: string): Promise<void> {
  const stat = await minio.statObject('photos', key).catch(() => undefined);
  await minio.putObject('photos', key, Buffer.from(text), text.length, stat ? { 'If-Match': stat.etag } : { 'If-None-Match': '*' });
}
`,
    },
    {
      name: 'IfMatch of CloudFront is no condition of S3',
      code: `
import { GetDistributionConfigCommand, UpdateDistributionCommand } from '@aws-sdk/client-cloudfront';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(cloudfront, client, Id, Key, Body) {
  const current = await cloudfront.send(new GetDistributionConfigCommand({ Id })).catch(() => undefined);
  await client.send(new PutObjectCommand({ Bucket: 'site', Key, Body, IfNoneMatch: '*' }));
  await cloudfront.send(new UpdateDistributionCommand({ Id, DistributionConfig: current?.DistributionConfig, IfMatch: current?.ETag }));
}
`,
    },
    {
      name: 'both branches: a function of the file makes the condition',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const conditionOf = (etag: string | undefined) => (etag ? { IfMatch: etag } : { IfNoneMatch: '*' });
export async function save(Bucket: string, Key: string, Body: string): Promise<void> {
  const head = await s3.headObject({ Bucket, Key }).catch(() => undefined);
  await s3.putObject({ Bucket, Key, Body, ...conditionOf(head?.ETag) });
}
`,
    },
    {
      name: 'both branches: a function of the file tells what it has found, and each case is written on its own',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
async function find(Bucket, Key) {
  try {
    const head = await s3.headObject({ Bucket, Key });
    return { kind: 'found', etag: head.ETag };
  } catch (error) {
    if (error.name === 'NotFound') return { kind: 'missing' };
    throw error;
  }
}
export async function save(Bucket, Key, Body) {
  const found = await find(Bucket, Key);
  switch (found.kind) {
    case 'missing':
      return s3.putObject({ Bucket, Key, Body, IfNoneMatch: '*' });
    case 'found':
      return s3.putObject({ Bucket, Key, Body, IfMatch: found.etag });
  }
}
`,
    },
    {
      name: 'a finally catches nothing: the failure goes on',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function replace(client, Bucket, Key, Body) {
  let etag;
  console.time(Key);
  try {
    etag = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
  } finally {
    console.timeEnd(Key);
  }
  await client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: etag }));
}
`,
    },
    {
      name: 'the write stands in the try itself, behind the read',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function tryToReplace(client, Bucket, Key, Body) {
  let etag;
  try {
    etag = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
    await client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: etag }));
  } catch (error) {
    console.error(etag ? 'changed meanwhile' : 'not there', error);
  }
}
`,
    },
    {
      name: 'a retry library runs the read until it succeeds, or throws',
      code: `
import pRetry from 'p-retry';
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function replace(client: S3Client, Bucket: string, Key: string, Body: string): Promise<void> {
  let etag: string | undefined;
  await pRetry(async () => {
    etag = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
  }, { retries: 3 });
  await client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: etag }));
}
`,
    },
    {
      name: 'an invariant of a library throws where there is no ETag',
      code: `
import invariant from 'tiny-invariant';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function replace(Bucket: string, Key: string, Body: string): Promise<void> {
  const head = await s3.headObject({ Bucket, Key }).catch(() => undefined);
  invariant(head, 'nothing to replace');
  await s3.putObject({ Bucket, Key, Body, IfMatch: head.ETag });
}
`,
    },
    {
      name: 'a script ends where there is nothing to replace',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const head = await s3.headObject({ Bucket: 'site', Key: 'sitemap.xml' }).catch(() => undefined);
if (!head) {
  console.error('There is no sitemap.');
  process.exit(1);
}
await s3.putObject({ Bucket: 'site', Key: 'sitemap.xml', Body: process.argv[2], IfMatch: head.ETag });
`,
    },
    {
      name: 'what a function of another file does with the error is not known: it may always throw',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { rethrowAsHttpError } from './errors.js';
export async function replace(client, Bucket, Key, Body) {
  let etag;
  try {
    etag = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
  } catch (error) {
    rethrowAsHttpError(error);
  }
  await client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: etag }));
}
`,
    },
    {
      name: 'what an inherited method does with the error is not known either',
      code: `
import { S3 } from '@aws-sdk/client-s3';
import { StorageDriver } from './storage-driver.js';
export class S3Driver extends StorageDriver {
  private readonly s3 = new S3({});
  async replace(Bucket: string, Key: string, Body: string): Promise<void> {
    let etag: string | undefined;
    try {
      etag = (await this.s3.headObject({ Bucket, Key })).ETag;
    } catch (error) {
      this.handleError(error, Key);
    }
    await this.s3.putObject({ Bucket, Key, Body, IfMatch: etag });
  }
}
`,
    },
    {
      name: 'the configuration says whether the store knows conditions',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { config } from './config.js';
export async function create(client, Bucket, Key, Body) {
  await client.send(new PutObjectCommand({ Bucket, Key, Body, ...(config.conditionalWrites && { IfNoneMatch: '*' }) }));
}
`,
    },
    {
      name: 'the environment says whether the store knows conditions',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const hasConditions = process.env.S3_CONDITIONS === '1';
export const create = (Bucket: string, Key: string, Body: string) => s3.putObject({ Bucket, Key, Body, ...(hasConditions ? { IfNoneMatch: '*' } : {}) });
`,
    },
    {
      name: 'a deployment creates hashed files once, and replaces pages: the key that was handed in decides',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function deploy(client: S3Client, Bucket: string, files: ReadonlyMap<string, Buffer>): Promise<void> {
  for (const [Key, Body] of files) {
    const isPage = Key.endsWith('.html');
    await client.send(new PutObjectCommand({ Bucket, Key, Body, ...(isPage ? {} : { IfNoneMatch: '*' }) }));
  }
}
`,
    },
    {
      name: 'an exported function passes its ETag on, though a function of the file calls it with the ETag of a read: other callers decide',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function putPage(key: string, html: string, etag?: string): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: 'wiki', Key: key, Body: html, IfMatch: etag }));
}
export async function stamp(key: string, date: string): Promise<void> {
  const page = await client.send(new GetObjectCommand({ Bucket: 'wiki', Key: key }));
  await putPage(key, (await page.Body!.transformToString()) + date, page.ETag);
}
`,
    },
    {
      name: 'a public method takes an ETag from whoever has one, and another method of the class has one',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
exports.Notes = class {
  constructor(bucket) {
    this.bucket = bucket;
    this.s3 = new S3({});
  }
  async save(key, text, ifMatch) {
    await this.s3.putObject({ Bucket: this.bucket, Key: key, Body: text, IfMatch: ifMatch });
  }
  async append(key, line) {
    const note = await this.s3.getObject({ Bucket: this.bucket, Key: key });
    await this.save(key, (await note.Body.transformToString()) + line, note.ETag);
  }
};
`,
      ...script,
    },
    {
      name: 'an exported object has a method for all, and another method of it has an ETag',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export const files = {
  put: (Key: string, Body: string, etag?: string) => client.send(new PutObjectCommand({ Bucket: 'files', Key, Body, IfMatch: etag })),
  async append(Key: string, line: string): Promise<void> {
    const file = await client.send(new GetObjectCommand({ Bucket: 'files', Key }));
    await files.put(Key, (await file.Body!.transformToString()) + line, file.ETag);
  },
};
`,
    },
    {
      name: 'a retry takes over the ETag of a fresh read; the first attempt sends what the caller gave, or nothing',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function update(Bucket: string, Key: string, change: (text: string) => string, text: string, etag?: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await s3.putObject({ Bucket, Key, Body: change(text), IfMatch: etag });
      return;
    } catch (error) {
      if ((error as Error).name !== 'PreconditionFailed') throw error;
      const current = await s3.getObject({ Bucket, Key });
      etag = current.ETag;
      text = await current.Body!.transformToString();
    }
  }
  throw new Error('busy');
}
`,
    },
    {
      name: 'one caller in the file creates and another replaces: each says so with a literal',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function put(key: string, text: string, overwrite: boolean): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: 'notes', Key: key, Body: text, ...(overwrite ? {} : { IfNoneMatch: '*' }) }));
}
export const create = (key: string, text: string) => put(key, text, false);
export const replace = (key: string, text: string) => put(key, text, true);
`,
    },
    {
      name: 'a caller in the file leaves the ETag out: that is a wish to overwrite',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function putState(key: string, state: object, etag?: string): Promise<void> {
  await s3.putObject({ Bucket: 'games', Key: key, Body: JSON.stringify(state), IfMatch: etag });
}
export const reset = (key: string) => putState(key, {});
`,
    },
    {
      name: 'a caller in the file asks for more than the default of an option',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
export async function store(client, Key, Body, { overwrite = true } = {}) {
  await new Upload({ client, params: { Bucket: 'videos', Key, Body, IfNoneMatch: overwrite ? undefined : '*' } }).done();
}
export const publish = (client, Key, Body) => store(client, Key, Body, { overwrite: false });
`,
    },
    {
      name: 'minio: a flag of the function chooses the headers, and a caller in the file sets it',
      code: `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export async function put(key: string, body: string, createOnly = false): Promise<void> {
  await minio.putObject('notes', key, body, body.length, createOnly ? { 'If-None-Match': '*' } : {});
}
export const claim = (key: string) => put(key, 'claimed', true);
`,
    },
    {
      name: 'a mode that the signature requires says whether the write is a create',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const put = (Bucket: string, Key: string, Body: string, mode: string) =>
  s3.putObject({ Bucket, Key, Body, IfNoneMatch: mode === 'create' ? '*' : undefined });
`,
    },
    {
      name: 'the mode has a name of its own before it chooses',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function put(Bucket: string, Key: string, Body: string, mode: string): Promise<void> {
  const createOnly = mode !== 'overwrite';
  await s3.putObject({ Bucket, Key, Body, ...(createOnly && { IfNoneMatch: '*' }) });
}
`,
    },
    {
      name: 'an enum of the file names the modes',
      code: `
import { CopyObjectCommand, S3Client } from '@aws-sdk/client-s3';
enum Mode { Create, Replace }
export async function copy(client: S3Client, Bucket: string, from: string, Key: string, mode: Mode): Promise<void> {
  const input = { Bucket, Key, CopySource: Bucket + '/' + from };
  await client.send(new CopyObjectCommand({ ...input, IfNoneMatch: mode === Mode.Create ? '*' : undefined }));
}
`,
    },
    {
      name: 'the prefix of the key says what is written once: who hands the key in decides',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function put(client: S3Client, Bucket: string, Key: string, Body: string): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket, Key, Body, ...(Key.startsWith('immutable/') ? { IfNoneMatch: '*' } : {}) }));
}
`,
    },
    {
      name: 'one key of the file is replaced, all others are created',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const index = 'index.json';
export async function put(Bucket: string, Key: string, Body: string): Promise<void> {
  await s3.putObject({ Bucket, Key, Body, IfNoneMatch: Key === index ? undefined : '*' });
}
`,
    },
    {
      name: 'a counted retry of the read throws in its last turn, so behind it there is an ETag',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const maxAttempts = 4;
export async function replace(client: S3Client, Bucket: string, Key: string, Body: string): Promise<void> {
  let etag: string | undefined;
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    try {
      etag = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
      break;
    } catch (error) {
      if (attempt === maxAttempts) throw error;
    }
  }
  await client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: etag }));
}
`,
    },
    {
      name: 'the last turn of a retry that counts from nought, or an error that no retry mends',
      code: `
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { setTimeout } from 'node:timers/promises';
export async function remove(client, Bucket, Key, limit = 3) {
  let etag;
  for (let attempt = 0; attempt < limit; attempt++) {
    try {
      etag = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
      break;
    } catch (error) {
      if (error.name === 'NotFound' || attempt >= limit - 1) throw error;
      await setTimeout(100 * 2 ** attempt * Math.random());
    }
  }
  await client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: etag }));
}
`,
    },
    {
      name: 'all turns but the last go on, and the last one throws',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function replace(Bucket, Key, Body, limit) {
  let etag;
  for (let attempt = 0; attempt < limit; attempt++) {
    try {
      etag = (await s3.headObject({ Bucket, Key })).ETag;
      break;
    } catch (error) {
      if (attempt < limit - 1) continue;
      throw error;
    }
  }
  await s3.putObject({ Bucket, Key, Body, IfMatch: etag });
}
`,
    },
    {
      name: 'the last turn of a retry has a name',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function replace(Bucket: string, Key: string, Body: string): Promise<void> {
  let etag: string | undefined;
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      ({ ETag: etag } = await s3.headObject({ Bucket, Key }));
      break;
    } catch (error) {
      const isLast = attempt === 4;
      if (isLast) throw error;
    }
  }
  await s3.putObject({ Bucket, Key, Body, IfMatch: etag });
}
`,
    },
    {
      name: 'a retry that counts down throws when no try is left',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.replace = async (Bucket, Key, Body, tries = 3) => {
  let etag;
  while (tries--) {
    try {
      etag = (await s3.headObject({ Bucket, Key })).ETag;
      break;
    } catch (error) {
      if (!tries) throw error;
    }
  }
  await s3.putObject({ Bucket, Key, Body, IfMatch: etag });
};
`,
      ...script,
    },
    {
      name: 'a retry goes through a list of delays, and behind the last of them it throws',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { setTimeout } from 'node:timers/promises';
export async function replace(client: S3Client, Bucket: string, Key: string, Body: string): Promise<void> {
  let etag: string | undefined;
  for (const delay of [100, 400, 1600, null]) {
    try {
      etag = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
      break;
    } catch (error) {
      if (delay === null) throw error;
      await setTimeout(delay * Math.random());
    }
  }
  await client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: etag }));
}
`,
    },
    {
      name: 'each key has three tries: a missing object goes on with the next key, any other failure ends it all',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function touch(Bucket: string, keys: string[]): Promise<void> {
  next: for (const Key of keys) {
    let etag: string | undefined;
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        etag = (await s3.headObject({ Bucket, Key })).ETag;
        break;
      } catch (error) {
        if ((error as Error).name === 'NotFound') continue next;
        if (attempt === 2) throw error;
      }
    }
    await s3.copyObject({ Bucket, Key, CopySource: Bucket + '/' + Key, MetadataDirective: 'REPLACE', IfMatch: etag });
  }
}
`,
    },
    {
      name: 'a type predicate of the file lets only an ETag pass',
      code: `
import { CompleteMultipartUploadCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
const isETag = (value: string | undefined): value is string => typeof value === 'string' && value.length > 0;
export async function complete(client: S3Client, Bucket: string, Key: string, UploadId: string, Parts: { ETag: string; PartNumber: number }[]) {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key })).catch(() => undefined);
  const etag = head?.ETag;
  if (!isETag(etag)) throw new Error('There is nothing to replace.');
  return client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, IfMatch: etag }));
}
`,
    },
    {
      name: 'an assertion function of the file throws where the read found nothing',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
function assertFound<T>(value: T, message: string): asserts value is NonNullable<T> {
  if (value === undefined || value === null) throw new Error(message);
}
export async function replace(Bucket: string, Key: string, Body: string): Promise<void> {
  let etag: string | undefined;
  try {
    ({ ETag: etag } = await s3.headObject({ Bucket, Key }));
  } catch (error) {
    if ((error as Error).name !== 'NotFound') throw error;
  }
  assertFound(etag, 'no ' + Key);
  await s3.putObject({ Bucket, Key, Body, IfMatch: etag });
}
`,
    },
    {
      name: 'a guard of another file was asked about the ETag: it may have looked',
      code: `
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { isDefined } from './guards.js';
export async function remove(client, Bucket, Key) {
  const etag = (await client.send(new HeadObjectCommand({ Bucket, Key })).catch(() => undefined))?.ETag;
  if (!isDefined(etag)) return false;
  await client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: etag }));
  return true;
}
`,
    },
    {
      name: 'a check of another file was handed the ETag: it may have thrown',
      code: `
import { S3 } from '@aws-sdk/client-s3';
import { checkETag } from './checks.js';
const s3 = new S3({});
export async function replace(Bucket: string, Key: string, Body: string): Promise<void> {
  let etag: string | undefined;
  try {
    etag = (await s3.headObject({ Bucket, Key })).ETag;
  } catch (error) {
    if ((error as Error).name !== 'NotFound') throw error;
  }
  checkETag(etag);
  await s3.putObject({ Bucket, Key, Body, IfMatch: etag });
}
`,
    },
    {
      name: 'a method of the lease throws where it is not held',
      code: `
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Lease {
  private etag: string | undefined;
  constructor(private readonly client: S3Client, private readonly key: string) {}
  async acquire(owner: string): Promise<void> {
    const { ETag } = await this.client.send(new PutObjectCommand({ Bucket: 'leases', Key: this.key, Body: owner, IfNoneMatch: '*' }));
    this.etag = ETag;
  }
  async release(): Promise<void> {
    this.assertHeld();
    await this.client.send(new DeleteObjectCommand({ Bucket: 'leases', Key: this.key, IfMatch: this.etag }));
    this.etag = undefined;
  }
  private assertHeld(): void {
    if (!this.etag) throw new Error('The lease is not held.');
  }
}
`,
    },
    {
      name: 'what was found is known by the property that it has',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function replace(client: S3Client, Bucket: string, Key: string, Body: string): Promise<void> {
  const found = await client.send(new HeadObjectCommand({ Bucket, Key })).then(
    (head) => ({ etag: head.ETag }),
    (error: unknown) => ({ error }),
  );
  if (!('etag' in found)) throw found.error;
  await client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: found.etag }));
}
`,
    },
    {
      name: 'a condition that was not found is a create',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Bucket, Key, Body) {
  const condition = {};
  try {
    condition.IfMatch = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
  } catch (error) {
    if (error.name !== 'NotFound') throw error;
  }
  if (!('IfMatch' in condition)) condition.IfNoneMatch = '*';
  await client.send(new PutObjectCommand({ Bucket, Key, Body, ...condition }));
}
`,
    },
    {
      name: 'an empty ETag stands for a missing object, and is asked for by its length',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function replace(Bucket, Key, Body) {
  const head = await s3.headObject({ Bucket, Key }).catch(() => undefined);
  const etag = head?.ETag ?? '';
  if (etag.length === 0) return;
  await s3.putObject({ Bucket, Key, Body, IfMatch: etag });
}
`,
    },
    {
      name: 'only what looks like an ETag gets past a regular expression',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function replace(client, Bucket, Key, Body) {
  let etag;
  try {
    etag = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
  } catch {}
  if (!/^"[0-9a-f-]+"$/.test(etag ?? '')) throw new Error('no ETag of ' + Key);
  await client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: etag }));
}
`,
    },
    {
      name: 'behind a comparison the ETag is the one that the caller has seen',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function save(client: S3Client, Bucket: string, Key: string, Body: string, expected: string): Promise<void> {
  let etag: string | undefined;
  try {
    etag = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
  } catch (error) {
    if ((error as Error).name !== 'NotFound') throw error;
  }
  if (etag !== expected) throw new Error('Somebody else has changed ' + Key);
  await client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: etag }));
}
`,
    },
    {
      name: 'Next.js throws for a page that is not there',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { notFound } from 'next/navigation';
const client = new S3Client({});
export async function rename(slug: string, title: string): Promise<void> {
  let etag: string | undefined;
  try {
    etag = (await client.send(new HeadObjectCommand({ Bucket: 'pages', Key: slug }))).ETag;
  } catch {
    notFound();
  }
  await client.send(new PutObjectCommand({ Bucket: 'pages', Key: slug, Body: title, IfMatch: etag }));
}
`,
    },
    {
      name: 'a handler of another file makes an HTTP error of the failure, and may always throw it',
      code: `
import { S3 } from '@aws-sdk/client-s3';
import { toHttpError } from './errors.js';
const s3 = new S3({});
export async function replace(Bucket: string, Key: string, Body: string): Promise<void> {
  const head = await s3.headObject({ Bucket, Key }).catch(toHttpError);
  await s3.putObject({ Bucket, Key, Body, IfMatch: head?.ETag });
}
`,
    },
    {
      name: 'the same by way of an arrow function',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { rethrow } from './errors.js';
export async function replace(client, Bucket, Key, Body) {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key })).catch((error) => rethrow(error));
  await client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: head?.ETag }));
}
`,
    },
    {
      name: 'Koa answers with 404 and throws',
      code: `
import { DeleteObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function remove(ctx) {
  const Key = ctx.params.key;
  let etag;
  try {
    etag = (await client.send(new HeadObjectCommand({ Bucket: 'files', Key }))).ETag;
  } catch {
    ctx.throw(404);
  }
  await client.send(new DeleteObjectCommand({ Bucket: 'files', Key, IfMatch: etag }));
}
`,
    },
    {
      name: 'two tests that exclude each other set one condition each',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Bucket, Key, Body) {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key })).catch(() => undefined);
  const kind = head ? 'update' : 'create';
  const input = { Bucket, Key, Body };
  if (kind === 'create') input.IfNoneMatch = '*';
  if (kind === 'update') input.IfMatch = head.ETag;
  await client.send(new PutObjectCommand(input));
}
`,
    },
    {
      name: 'a plan of another file is a create, or else an update',
      code: `
import { S3 } from '@aws-sdk/client-s3';
import { planFor } from './plan.js';
const s3 = new S3({});
export async function apply(Bucket: string, Key: string, Body: string): Promise<void> {
  const plan = await planFor(Key);
  const condition = plan.kind === 'create' ? { IfNoneMatch: '*' } : { IfMatch: plan.etag };
  await s3.putObject({ Bucket, Key, Body, ...condition });
}
`,
    },
    {
      name: 'a switch has a case for each member of the union that the caller chooses from',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function save(client: S3Client, Bucket: string, Key: string, Body: string, mode: 'create' | 'update'): Promise<void> {
  let condition: { IfMatch?: string | undefined; IfNoneMatch?: string } = {};
  switch (mode) {
    case 'create':
      condition = { IfNoneMatch: '*' };
      break;
    case 'update':
      condition = { IfMatch: (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag };
      break;
  }
  await client.send(new PutObjectCommand({ Bucket, Key, Body, ...condition }));
}
`,
    },
    {
      name: 'the create stands before the try whose finally deletes with its ETag',
      code: `
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function withLock(client: S3Client, Bucket: string, Key: string, work: () => Promise<void>): Promise<void> {
  const { ETag } = await client.send(new PutObjectCommand({ Bucket, Key, Body: 'held', IfNoneMatch: '*' }));
  try {
    await work();
  } finally {
    await client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: ETag }));
  }
}
`,
    },
    {
      name: 'a finally deletes only where the create has given it an ETag',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function withLock(Bucket, Key, work) {
  let etag;
  try {
    etag = (await s3.putObject({ Bucket, Key, Body: 'held', IfNoneMatch: '*' })).ETag;
    await work();
  } finally {
    if (etag) await s3.deleteObject({ Bucket, Key, IfMatch: etag });
  }
}
`,
    },
    {
      name: 'a condition that is always undefined is none: no-blind-overwrite speaks of it',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const put = (Bucket, Key, Body) => s3.putObject({ Bucket, Key, Body, IfMatch: undefined });
`,
    },
    {
      name: 'checkParameters: an ETag that the signature requires is there',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export const save = (client: S3Client, Bucket: string, Key: string, Body: string, etag: string) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch: etag }));
`,
      options: [{ checkParameters: true }],
    },
    {
      name: 'checkParameters: a parameter that is guarded before',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function save(Bucket, Key, Body, etag) {
  if (!etag) throw new TypeError('etag is required');
  await s3.putObject({ Bucket, Key, Body, IfMatch: etag });
}
`,
      options: [{ checkParameters: true }],
    },
    {
      name: 'checkParameters: both cases of a parameter are covered',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function save(Bucket: string, Key: string, Body: string, etag?: string): Promise<void> {
  await s3.putObject({ Bucket, Key, Body, ...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' }) });
}
`,
      options: [{ checkParameters: true }],
    },
  ],
  invalid: [
    {
      name: 'an empty catch leaves the ETag unset: the update is guarded, the create is blind',
      ...blindAtTimes(
        '"settings.json" in bucket "app"',
        `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function save(client: S3Client, Body: string): Promise<void> {
  let ①etag: string | undefined;
  try {
    etag = (await client.send(new HeadObjectCommand({ Bucket: 'app', Key: 'settings.json' }))).ETag;
  } catch {}
  await client.send(▸new PutObjectCommand({ Bucket: 'app', Key: 'settings.json', Body, «IfMatch: etag→...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' })» }));
}
`,
      ),
    },
    {
      name: 'a catch that lets a 404 through, and the assignment of the condition that is left out then',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function writeEntry(client, Bucket, Key, entry) {
  let text = '';
  let ①etag;
  try {
    const response = await client.send(new GetObjectCommand({ Bucket, Key }));
    text = await response.Body.transformToString();
    etag = response.ETag;
  } catch (error) {
    if (error.name !== 'NoSuchKey') throw error;
  }
  const input = { Bucket, Key, Body: text + entry };
  if (etag) input.IfMatch = etag;«→ else input.IfNoneMatch = '*';»
  await client.send(▸new PutObjectCommand(input));
}
`,
      ),
    },
    {
      name: 'the same in a block',
      ...blindAtTimes(
        '"${key}" in bucket "journal"',
        `
import { GetObjectCommand, PutObjectCommand, PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
export async function append(client: S3Client, key: string, line: string): Promise<void> {
  let ①current;
  try {
    current = await client.send(new GetObjectCommand({ Bucket: 'journal', Key: key }));
  } catch (error) {
    console.warn('no journal yet', error);
  }
  const text = current ? await current.Body!.transformToString() : '';
  const input: PutObjectCommandInput = { Bucket: 'journal', Key: key, Body: text + line };
  if (current) {
    input.IfMatch = current.ETag;
  }«→ else {
    input.IfNoneMatch = '*';
  }»
  await client.send(▸new PutObjectCommand(input));
}
`,
      ),
    },
    {
      name: '.catch(() => undefined) takes every failure for a missing object',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function save(Bucket, Key, Body) {
  const head = await s3.headObject({ Bucket, Key }).①catch(() => undefined);
  await ▸s3.putObject({ Bucket, Key, Body, «IfMatch: head?.ETag→...(head?.ETag ? { IfMatch: head.ETag } : { IfNoneMatch: '*' })» });
}
`,
      ),
    },
    {
      name: '.catch(() => null) and a spread of nothing',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function append(client, Bucket, Key, line) {
  const current = await client.send(new GetObjectCommand({ Bucket, Key })).①catch(() => null);
  const text = current ? await current.Body.transformToString() : '';
  await client.send(▸new PutObjectCommand({ Bucket, Key, Body: text + line, «...(current && { IfMatch: current.ETag })→...(current ? { IfMatch: current.ETag } : { IfNoneMatch: '*' })» }));
}
`,
      ),
    },
    {
      name: 'a conditional spread of a variable that the catch leaves at null',
      ...blindAtTimes(
        '"index.json" in bucket "${Bucket}"',
        `
import { HeadObjectCommand as Head, PutObjectCommand as Put } from '@aws-sdk/client-s3';
export async function save(client, Bucket, Body) {
  let ①etag = null;
  try {
    const { ETag } = await client.send(new Head({ Bucket, Key: 'index.json' }));
    etag = ETag;
  } catch (error) {
    if (error.$metadata?.httpStatusCode !== 404) throw error;
  }
  await client.send(▸new Put({ Bucket, Key: 'index.json', Body, «...(etag && { IfMatch: etag })→...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' })» }));
}
`,
      ),
    },
    {
      name: 'the other side of a spread choice is an empty object',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import * as aws from '@aws-sdk/client-s3';
const s3 = new aws.S3({});
export async function save(Bucket: string, Key: string, Body: string): Promise<void> {
  let ①etag: string | undefined;
  try {
    etag = (await s3.headObject({ Bucket, Key })).ETag;
  } catch {
    // the object is new
  }
  await ▸s3.putObject({ Bucket, Key, Body, «...(etag ? { IfMatch: etag } : {})→...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' })» });
}
`,
      ),
    },
    {
      name: 'an empty string is no ETag',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Bucket, Key, Body) {
  let ①etag = '';
  try {
    etag = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
  } catch {}
  await client.send(▸new PutObjectCommand({ Bucket, Key, Body, «IfMatch: etag→...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' })» }));
}
`,
      ),
    },
    {
      name: 'a choice whose other side is undefined',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function save(client: S3Client, Bucket: string, Key: string, Body: string): Promise<void> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: Key }));
  const row = Contents.find((object) => object.Key === Key);
  await client.send(▸new PutObjectCommand({ Bucket, Key, Body, «IfMatch: ①row ? row.ETag : undefined→...(row ? { IfMatch: row.ETag } : { IfNoneMatch: '*' })» }));
}
`,
      ),
    },
    {
      name: '?. on a row that the listing may not have',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function save(Bucket, Key, Body) {
  const listed = await s3.listObjectsV2({ Bucket, Prefix: Key });
  const rows = listed.Contents ?? [];
  const row = rows.find((object) => object.Key === Key);
  await ▸s3.putObject({ Bucket, Key, Body, «IfMatch: ①row?.ETag→...(row?.ETag ? { IfMatch: row.ETag } : { IfNoneMatch: '*' })» });
}
`,
      ),
    },
    {
      name: 'Promise.allSettled: the read may have been rejected',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
import { render } from './render.js';
const s3 = new S3({});
export async function publish(Bucket: string, Key: string): Promise<void> {
  const [head, page] = await Promise.allSettled([s3.headObject({ Bucket, Key }), render(Key)]);
  if (page.status === 'rejected') throw page.reason;
  await ▸s3.putObject({ Bucket, Key, Body: page.value, «IfMatch: ①head.status === 'fulfilled' ? head.value.ETag : undefined→...(head.status === 'fulfilled' ? { IfMatch: head.value.ETag } : { IfNoneMatch: '*' })» });
}
`,
      ),
    },
    {
      name: 'a function of the file that answers with undefined on a 404',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
async function etagOf(client, Bucket, Key) {
  try {
    const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
    return head.ETag;
  } catch (error) {
    if (error.name === 'NotFound') ①return undefined;
    throw error;
  }
}
export async function save(client, Bucket, Key, Body) {
  const etag = await etagOf(client, Bucket, Key);
  await client.send(▸new PutObjectCommand({ Bucket, Key, Body, «IfMatch: etag→...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' })» }));
}
`,
      ),
    },
    {
      name: 'a method of the class that answers with null on a 404',
      ...blindAtTimes(
        '"${key}" in bucket "${this.bucket}"',
        `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Catalogue {
  constructor(private readonly client: S3Client, private readonly bucket: string) {}
  private async read(key: string) {
    try {
      const response = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      return { items: JSON.parse(await response.Body!.transformToString()), etag: response.ETag };
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') ①return null;
      throw error;
    }
  }
  async add(key: string, item: string): Promise<void> {
    const catalogue = await this.read(key);
    const items = [...(catalogue?.items ?? []), item];
    await this.client.send(▸new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: JSON.stringify(items), «IfMatch: catalogue?.etag→...(catalogue?.etag ? { IfMatch: catalogue.etag } : { IfNoneMatch: '*' })» }));
  }
}
`,
      ),
    },
    {
      name: 'a function of the file without a return on the way of the 404',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
const etagOf = async (Bucket, Key) => {
  try {
    return (await s3.headObject({ Bucket, Key })).ETag;
  } ①catch (error) {
    console.debug(error);
  }
};
exports.save = async (Bucket, Key, Body) => {
  const etag = await etagOf(Bucket, Key);
  await ▸s3.putObject({ Bucket, Key, Body, «IfMatch: etag→...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' })» });
};
`,
      ),
      ...script,
    },
    {
      name: 'the code itself says that the row of a listing may be missing',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
export async function sync(client, Bucket, pages) {
  const listed = await client.send(new ListObjectsV2Command({ Bucket }));
  const etags = new Map(listed.Contents.map((row) => [row.Key, row.ETag]));
  for (const [Key, Body] of pages) {
    const etag = etags.get(Key);
    const input = { Bucket, Key, Body };
    if (①etag) input.IfMatch = etag;«→ else input.IfNoneMatch = '*';»
    await client.send(▸new PutObjectCommand(input));
  }
}
`,
      ),
    },
    {
      name: 'the code itself gives undefined as the default',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function put(Bucket: string, Key: string, Body: string): Promise<void> {
  const listed = await s3.listObjectsV2({ Bucket, Prefix: Key });
  const etags = new Map(listed.Contents!.map((row) => [row.Key, row.ETag]));
  const etag = ①etags.get(Key) ?? undefined;
  await ▸s3.putObject({ Bucket, Key, Body, «IfMatch: etag→...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' })» });
}
`,
      ),
    },
    {
      name: 'a caller in the file passes a variable that may be unset into the function that writes',
      ...blindAtTimes(
        '"${key}" in bucket "state"',
        `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function put(key: string, body: string, etag?: string): Promise<void> {
  await client.send(▸new PutObjectCommand({ Bucket: 'state', Key: key, Body: body, «IfMatch: etag→...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' })» }));
}
export async function update(key: string, edit: (text: string) => string): Promise<void> {
  let text = '';
  let ①etag: string | undefined;
  try {
    const current = await client.send(new GetObjectCommand({ Bucket: 'state', Key: key }));
    text = await current.Body!.transformToString();
    etag = current.ETag;
  } catch (error) {
    if ((error as Error).name !== 'NoSuchKey') throw error;
  }
  await put(key, edit(text), etag);
}
`,
      ),
    },
    {
      name: 'a loop may end without having found the row',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { PutObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
export async function replace(client, Bucket, Key, Body) {
  let ①etag;
  for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix: Key })) {
    for (const row of page.Contents ?? []) {
      if (row.Key === Key) etag = row.ETag;
    }
  }
  await client.send(▸new PutObjectCommand({ Bucket, Key, Body, «IfMatch: etag→...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' })» }));
}
`,
      ),
    },
    {
      name: 'a bounded loop may give up and go on',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function replace(client, Bucket, Key, Body) {
  let ①etag;
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      etag = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
      break;
    } catch {}
  }
  await client.send(▸new PutObjectCommand({ Bucket, Key, Body, «IfMatch: etag→...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' })» }));
}
`,
      ),
    },
    {
      name: 'lib-storage sends the condition with each way of uploading, and drops it unset with each',
      ...blindAtTimes(
        '"${key}" in bucket "videos"',
        `
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { Readable } from 'node:stream';
export async function store(client: S3Client, key: string, body: Readable): Promise<void> {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'videos', Key: key })).①catch(() => undefined);
  const upload = ▸new Upload({ client, params: { Bucket: 'videos', Key: key, Body: body, «IfMatch: head?.ETag→...(head?.ETag ? { IfMatch: head.ETag } : { IfNoneMatch: '*' })» } });
  await upload.done();
}
`,
      ),
    },
    {
      name: 'the completion of a multipart upload',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { CompleteMultipartUploadCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function complete(client, Bucket, Key, UploadId, Parts) {
  let ①etag;
  try {
    etag = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
  } catch {}
  await client.send(▸new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, «IfMatch: etag→...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' })» }));
}
`,
      ),
    },
    {
      name: 'the target of a copy',
      ...blindAtTimes(
        '"latest.zip" in bucket "releases"',
        `
const aws = require('@aws-sdk/client-s3');
exports.promote = async (client, version) => {
  const latest = await client.send(new aws.HeadObjectCommand({ Bucket: 'releases', Key: 'latest.zip' })).①catch(() => null);
  await client.send(
    ▸new aws.CopyObjectCommand({
      Bucket: 'releases',
      Key: 'latest.zip',
      CopySource: 'releases/' + version + '.zip',
      «IfMatch: latest?.ETag→...(latest?.ETag ? { IfMatch: latest.ETag } : { IfNoneMatch: '*' })»,
    }),
  );
};
`,
      ),
      ...script,
    },
    {
      name: 'the target of a rename has a condition of its own name',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { HeadObjectCommand, RenameObjectCommand } from '@aws-sdk/client-s3';
export async function rename(client, Bucket, Key, RenameSource) {
  let ①etag;
  try {
    etag = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
  } catch {}
  await client.send(▸new RenameObjectCommand({ Bucket, Key, RenameSource, «DestinationIfMatch: etag→...(etag ? { DestinationIfMatch: etag } : { DestinationIfNoneMatch: '*' })» }));
}
`,
        'DestinationIfMatch',
      ),
    },
    {
      name: 'where the object is there, IfNoneMatch is left out and nothing takes its place',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Bucket, Key, Body) {
  let exists = true;
  try {
    await client.send(new HeadObjectCommand({ Bucket, Key }));
  } catch {
    exists = false;
  }
  await client.send(▸new PutObjectCommand({ Bucket, Key, Body, IfNoneMatch: ①exists ? undefined : '*' }));
}
`,
        'IfNoneMatch',
      ),
    },
    {
      name: 'the input names the other header, though it sends none: that is no edit of one line',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function save(Bucket, Key, Body) {
  let ①etag;
  try {
    etag = (await s3.headObject({ Bucket, Key })).ETag;
  } catch {}
  await ▸s3.putObject({ Bucket, Key, Body, IfMatch: etag, IfNoneMatch: undefined });
}
`,
      ),
    },
    {
      name: 'two places that may set the condition: the last of them is reported, and an else there might send both',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { forced } from './flags.js';
export async function save(client, Bucket, Key, Body) {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key })).①catch(() => undefined);
  const input = { Bucket, Key, Body };
  if (forced.has(Key)) input.IfMatch = forced.get(Key);
  if (head) input.IfMatch = head.ETag;
  await client.send(▸new PutObjectCommand(input));
}
`,
      ),
    },
    {
      name: 'a read inside the value is not sent twice by a suggestion',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const save = async (Bucket: string, Key: string, Body: string) =>
  ▸s3.putObject({ Bucket, Key, Body, IfMatch: (await s3.headObject({ Bucket, Key }).①catch(() => null))?.ETag });
`,
      ),
    },
    {
      name: 'aws-sdk v2 drops an unset IfNoneMatch as well',
      ...blindAtTimes(
        '"${Key}" in bucket "photos"',
        `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.save = async (Key, Body) => {
  const head = await s3.headObject({ Bucket: 'photos', Key }).promise().catch(() => null);
  await ▸s3.putObject({ Bucket: 'photos', Key, Body, IfNoneMatch: ①head ? undefined : '*' }).promise();
};
`,
        'IfNoneMatch',
      ),
      ...script,
    },
    {
      name: 'minio leaves an unset header out',
      ...blindAtTimes(
        '"${key}" in bucket "photos"',
        `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export async function save(key: string, text: string): Promise<void> {
  let ①etag: string | undefined;
  try {
    etag = (await minio.statObject('photos', key)).etag;
  } catch {}
  await ▸minio.putObject('photos', key, Buffer.from(text), text.length, { 'If-Match': etag });
}
`,
        'If-Match',
      ),
    },
    {
      name: 'a protocol of null and undefined that a caller in the file does not keep: a new object has neither header',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
async function putBlob(client, Bucket, Key, Body, previous) {
  await client.send(
    ▸new PutObjectCommand({
      Bucket,
      Key,
      Body,
      ...(previous && { IfMatch: previous }),
      ...(previous === null && { IfNoneMatch: '*' }),
    }),
  );
}
export async function store(client, Bucket, Key, Body) {
  let ①current;
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: Key }));
  for (const row of Contents) {
    if (row.Key === Key) current = row.ETag;
  }
  await putBlob(client, Bucket, Key, Body, current);
}
`,
      ),
    },
    {
      name: 'a client of another file may be either SDK: both drop what is unset, and only one could send the suggestion',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { s3 } from './clients.js';
export async function save(Bucket, Key, Body) {
  const head = await s3.headObject({ Bucket, Key }).①catch(() => undefined);
  await ▸s3.putObject({ Bucket, Key, Body, IfMatch: head?.ETag });
}
`,
      ),
    },
    {
      name: 'a logger of another file does not throw',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { logger } from './logger.js';
export async function save(client, Bucket, Key, Body) {
  let ①etag;
  try {
    etag = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
  } catch (error) {
    logger.warn({ error, Key }, 'new object');
  }
  await client.send(▸new PutObjectCommand({ Bucket, Key, Body, «IfMatch: etag→...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' })» }));
}
`,
      ),
    },
    {
      name: 'a function of the file makes a condition for one case: an edit inside that case would not cover the other',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const conditionOf = (etag) => (①etag ? { IfMatch: etag } : {});
export async function save(Bucket, Key, Body) {
  const head = await s3.headObject({ Bucket, Key }).catch(() => undefined);
  await ▸s3.putObject({ Bucket, Key, Body, ...conditionOf(head?.ETag) });
}
`,
      ),
    },
    {
      name: 'a named condition for one case',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function save(Bucket: string, Key: string, Body: string): Promise<void> {
  const head = await s3.headObject({ Bucket, Key }).①catch(() => undefined);
  const condition = head ? { IfMatch: head.ETag } : undefined;
  await ▸s3.putObject({ Bucket, Key, Body, ...condition });
}
`,
      ),
    },
    {
      name: 'a choice between two whole inputs, of which one has no condition',
      ...blindAtTimes(
        'the object',
        `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Bucket, Key, Body) {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key })).①catch(() => undefined);
  const input = head ? { Bucket, Key, Body, IfMatch: head.ETag } : { Bucket, Key, Body };
  await client.send(▸new PutObjectCommand(input));
}
`,
      ),
    },
    {
      name: 'a delete that takes whatever is there where the read failed',
      ...deletesAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { DeleteObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function release(client: S3Client, Bucket: string, Key: string): Promise<void> {
  const lock = await client.send(new HeadObjectCommand({ Bucket, Key })).①catch(() => undefined);
  await client.send(▸new DeleteObjectCommand({ Bucket, Key, IfMatch: lock?.ETag }));
}
`,
      ),
    },
    {
      name: 'a delete with the condition only where the catch did not fall through',
      ...deletesAtTimes(
        '"lock" in bucket "${this.bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
export class Lock {
  private readonly s3 = new S3({});
  constructor(private readonly bucket: string) {}
  async release(): Promise<void> {
    let ①etag: string | undefined;
    try {
      etag = (await this.s3.getObject({ Bucket: this.bucket, Key: 'lock' })).ETag;
    } catch (error) {
      console.error(error);
    }
    await ▸this.s3.deleteObject({ Bucket: this.bucket, Key: 'lock', ...(etag && { IfMatch: etag }) });
  }
}
`,
      ),
    },
    {
      name: 'a function of the file hands an exported one an ETag that may be unset',
      ...blindAtTimes(
        '"${key}" in bucket "wiki"',
        `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function putPage(key: string, html: string, etag?: string): Promise<void> {
  await client.send(▸new PutObjectCommand({ Bucket: 'wiki', Key: key, Body: html, «IfMatch: etag→...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' })» }));
}
export async function publish(key: string, html: string): Promise<void> {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'wiki', Key: key })).①catch(() => undefined);
  await putPage(key, html, head?.ETag);
}
`,
      ),
    },
    {
      name: 'the last turn of a retry is told of and not thrown: behind it there may be no ETag',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function replace(client: S3Client, Bucket: string, Key: string, Body: string, limit = 3): Promise<void> {
  let ①etag: string | undefined;
  for (let attempt = 0; attempt < limit; attempt++) {
    try {
      etag = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
      break;
    } catch (error) {
      if (attempt === limit - 1) console.error(error);
    }
  }
  await client.send(▸new PutObjectCommand({ Bucket, Key, Body, «IfMatch: etag→...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' })» }));
}
`,
      ),
    },
    {
      name: 'a retry that counts down and throws nothing',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function replace(Bucket, Key, Body) {
  let ①etag;
  let tries = 3;
  while (tries > 0) {
    try {
      etag = (await s3.headObject({ Bucket, Key })).ETag;
      break;
    } catch {
      tries--;
    }
  }
  await ▸s3.putObject({ Bucket, Key, Body, «IfMatch: etag→...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' })» });
}
`,
      ),
    },
    {
      name: 'a retry throws only what it would not try again: behind the last turn there may be no ETag',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
import { setTimeout } from 'node:timers/promises';
import { isTransient } from './errors.js';
const s3 = new S3({});
export async function replace(Bucket, Key, Body) {
  let ①etag;
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      etag = (await s3.headObject({ Bucket, Key })).ETag;
      break;
    } catch (error) {
      if (!isTransient(error)) throw error;
      await setTimeout(100 * 2 ** attempt * Math.random());
    }
  }
  await ▸s3.putObject({ Bucket, Key, Body, «IfMatch: etag→...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' })» });
}
`,
      ),
    },
    {
      name: 'telling of an ETag is no guard',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { logger } from './logger.js';
export async function replace(client, Bucket, Key, Body) {
  let ①etag;
  try {
    etag = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
  } catch {}
  logger.info(etag);
  await client.send(▸new PutObjectCommand({ Bucket, Key, Body, «IfMatch: etag→...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' })» }));
}
`,
      ),
    },
    {
      name: 'a predicate of the file that lets a missing ETag pass is no guard',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const isWeak = (etag: string | undefined): boolean => etag !== undefined && etag.startsWith('W/');
export async function replace(Bucket: string, Key: string, Body: string): Promise<void> {
  const head = await s3.headObject({ Bucket, Key }).①catch(() => undefined);
  const etag = head?.ETag;
  if (isWeak(etag)) throw new Error('weak ETag');
  await ▸s3.putObject({ Bucket, Key, Body, «IfMatch: etag→...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' })» });
}
`,
      ),
    },
    {
      name: 'a create that fails leaves the ETag unset, and the finally deletes the lock of whoever has it',
      ...deletesAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function withLock(client: S3Client, Bucket: string, Key: string, work: () => Promise<void>): Promise<void> {
  let ①etag: string | undefined;
  try {
    const lock = await client.send(new PutObjectCommand({ Bucket, Key, Body: 'held', IfNoneMatch: '*' }));
    etag = lock.ETag;
    await work();
  } finally {
    await client.send(▸new DeleteObjectCommand({ Bucket, Key, IfMatch: etag }));
  }
}
`,
      ),
    },
    {
      name: 'the same with a catch between that throws again',
      ...deletesAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.withLock = async (Bucket, Key, work) => {
  let etag = ①null;
  try {
    ({ ETag: etag } = await s3.putObject({ Bucket, Key, Body: 'held', IfNoneMatch: '*' }));
    await work();
  } catch (error) {
    console.error(error);
    throw error;
  } finally {
    await ▸s3.deleteObject({ Bucket, Key, IfMatch: etag });
  }
};
`,
      ),
      ...script,
    },
    {
      name: 'a finally runs on the way out before the create too',
      ...deletesAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
import { isPaused } from './schedule.js';
const s3 = new S3({});
export async function withLock(Bucket: string, Key: string, work: () => Promise<string>): Promise<string | null> {
  let ①etag: string | undefined;
  try {
    if (await isPaused()) return null;
    etag = (await s3.putObject({ Bucket, Key, Body: 'held', IfNoneMatch: '*' })).ETag;
    return await work();
  } finally {
    await ▸s3.deleteObject({ Bucket, Key, IfMatch: etag });
  }
}
`,
      ),
    },
    {
      name: 'a return in a finally swallows the failure of the read',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
async function etagOf(client, Bucket, Key) {
  let ①etag;
  try {
    etag = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
  } finally {
    return etag;
  }
}
export async function replace(client, Bucket, Key, Body) {
  const previous = await etagOf(client, Bucket, Key);
  await client.send(▸new PutObjectCommand({ Bucket, Key, Body, «IfMatch: previous→...(previous ? { IfMatch: previous } : { IfNoneMatch: '*' })» }));
}
`,
      ),
    },
    {
      name: 'a callback takes the ETag where there is no error, and writes with and without one',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export function save(Bucket, Key, Body, done) {
  s3.headObject({ Bucket, Key }, (err, data) => {
    let ①etag;
    if (!err) etag = data.ETag;
    ▸s3.putObject({ Bucket, Key, Body, «IfMatch: etag→...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' })» }, done);
  });
}
`,
      ),
    },
    {
      name: 'a callback adds the condition to the input where there is no error',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.save = (Bucket, Key, Body, done) => {
  s3.headObject({ Bucket, Key }, function (err, data) {
    const input = { Bucket, Key, Body };
    if (①!err) input.IfMatch = data.ETag;«→ else input.IfNoneMatch = '*';»
    ▸s3.putObject(input, done);
  });
};
`,
      ),
      ...script,
    },
    {
      name: 'aws-sdk v2: a callback makes a create of any error, and of no error a blind write',
      ...blindAtTimes(
        '"${Key}" in bucket "notes"',
        `
import AWS from 'aws-sdk';
const s3 = new AWS.S3();
export function save(Key, Body, done) {
  s3.headObject({ Bucket: 'notes', Key }, (①err) => {
    const input = { Bucket: 'notes', Key, Body };
    if (err) input.IfNoneMatch = '*';
    ▸s3.putObject(input, done);
  });
}
`,
        'IfNoneMatch',
      ),
    },
    {
      name: 'many optional properties beside the condition do not hide it',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Headers } from './headers.js';
export async function replace(client: S3Client, Bucket: string, Key: string, Body: string, headers: Headers): Promise<void> {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key })).①catch(() => undefined);
  await client.send(
    ▸new PutObjectCommand({
      Bucket,
      Key,
      Body,
      ...(headers.acl && { ACL: headers.acl }),
      ...(headers.cacheControl && { CacheControl: headers.cacheControl }),
      ...(headers.disposition && { ContentDisposition: headers.disposition }),
      ...(headers.encoding && { ContentEncoding: headers.encoding }),
      ...(headers.language && { ContentLanguage: headers.language }),
      ...(headers.type && { ContentType: headers.type }),
      ...(headers.expires && { Expires: headers.expires }),
      ...(headers.metadata && { Metadata: headers.metadata }),
      ...(headers.encryption && { ServerSideEncryption: headers.encryption }),
      ...(headers.storageClass && { StorageClass: headers.storageClass }),
      ...(headers.redirect && { WebsiteRedirectLocation: headers.redirect }),
      ...(headers.tagging && { Tagging: headers.tagging }),
      ...(head «&&→?» { IfMatch: head.ETag }«→ : { IfNoneMatch: '*' }»),
    }),
  );
}
`,
      ),
    },
    {
      name: 'checkParameters: a caller may leave the ETag out',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function put(client: S3Client, Bucket: string, Key: string, Body: string, ①etag?: string): Promise<void> {
  await client.send(▸new PutObjectCommand({ Bucket, Key, Body, «IfMatch: etag→...(etag ? { IfMatch: etag } : { IfNoneMatch: '*' })» }));
}
`,
      ),
      options: [{ checkParameters: true }],
    },
    {
      name: 'checkParameters: nothing says that a caller in JavaScript gives the ETag',
      ...blindAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.put = async (Bucket, Key, Body, etag) => {
  const input = { Bucket, Key, Body };
  if (①etag) input.IfMatch = etag;«→ else input.IfNoneMatch = '*';»
  await ▸s3.putObject(input);
};
`,
      ),
      options: [{ checkParameters: true }],
      ...script,
    },
    {
      name: 'checkParameters: an option of the delete',
      ...deletesAtTimes(
        '"${Key}" in bucket "${Bucket}"',
        `
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function remove(client: S3Client, Bucket: string, Key: string, ①options: { etag?: string } = {}): Promise<void> {
  await client.send(▸new DeleteObjectCommand({ Bucket, Key, IfMatch: options.etag }));
}
`,
      ),
      options: [{ checkParameters: true }],
    },
  ],
});
