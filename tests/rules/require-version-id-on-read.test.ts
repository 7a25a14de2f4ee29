import { requireVersionIdOnRead } from '../../src/rules/require-version-id-on-read.js';
import { ruleTester } from '../rule-tester.js';

/** Settings of the project about its buckets. */
const declaring = (...buckets: readonly { name: string; versioned: boolean }[]) => ({ settings: { s3: { buckets } } });

const versionedAudit = declaring({ name: 'audit-*', versioned: true });
const versionedContracts = declaring({ name: 'env:CONTRACTS_BUCKET', versioned: true });

/** A script, as CommonJS is parsed. */
const script = { languageOptions: { parserOptions: { sourceType: 'script' } } } as const;

type MessageId = 'unpinnedRead' | 'unpinnedReadMinio' | 'unpinnedSource' | 'unpinnedSourceMinio';

/** A read of an object on one line, in a file that writes to its bucket on another. */
const unpinned = (messageId: MessageId, object: string, at: number, write: number, code: string) => ({
  code,
  errors: [{ messageId, data: { object, line: String(write) }, line: at }],
});

ruleTester.run('require-version-id-on-read', requireVersionIdOnRead as never, {
  valid: [
    {
      name: 'the read says which version it means',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export const read = (client, key, VersionId) => client.send(new GetObjectCommand({ Bucket: 'audit-log', Key: key, VersionId }));
export const write = (client, key, body) => client.send(new PutObjectCommand({ Bucket: 'audit-log', Key: key, Body: body }));
`,
      ...versionedAudit,
    },
    {
      name: 'the ETag pins the version as well',
      code: `
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function read(client, key, Range) {
  const head = await client.send(new HeadObjectCommand({ Bucket: 'audit-log', Key: key }));
  return client.send(new GetObjectCommand({ Bucket: 'audit-log', Key: key, Range, IfMatch: head.ETag }));
}
export const write = (client, key, body) => client.send(new PutObjectCommand({ Bucket: 'audit-log', Key: key, Body: body }));
`,
      ...versionedAudit,
    },
    {
      name: 'nothing is known of the bucket',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const read = (bucket, key) => s3.getObject({ Bucket: bucket, Key: key });
export const write = (bucket, key, body) => s3.putObject({ Bucket: bucket, Key: key, Body: body });
`,
    },
    {
      name: 'the bucket keeps no versions',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const read = (key) => s3.getObject({ Bucket: 'audit-scratch', Key: key });
export const write = (key, body) => s3.putObject({ Bucket: 'audit-scratch', Key: key, Body: body });
`,
      ...declaring({ name: 'audit-scratch', versioned: false }, { name: 'audit-*', versioned: true }),
    },
    {
      name: 'suspended versioning is no versioning',
      code: `
import { GetObjectCommand, PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
await client.send(new PutBucketVersioningCommand({ Bucket: 'scratch', VersioningConfiguration: { Status: 'Suspended' } }));
await client.send(new PutObjectCommand({ Bucket: 'scratch', Key: key, Body: body }));
await client.send(new GetObjectCommand({ Bucket: 'scratch', Key: key }));
`,
    },
    {
      name: 'the file only reads: a viewer shows what is current',
      code: `
import { GetObjectCommand } from '@aws-sdk/client-s3';
export const read = (client, key) => client.send(new GetObjectCommand({ Bucket: 'audit-log', Key: key }));
`,
      ...versionedAudit,
    },
    {
      name: 'the file writes to another bucket: an export',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function exportTo(client, target, key) {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'audit-log', Key: key }));
  await client.send(new PutObjectCommand({ Bucket: target, Key: key, Body }));
}
`,
      ...versionedAudit,
    },
    {
      name: 'the file only deletes from the bucket',
      code: `
import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
export const read = (client, key) => client.send(new GetObjectCommand({ Bucket: 'audit-log', Key: key }));
export const remove = (client, key, version) => client.send(new DeleteObjectCommand({ Bucket: 'audit-log', Key: key, VersionId: version }));
`,
      ...versionedAudit,
    },
    {
      name: 'a compare and swap: the ETag of the read guards the write',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function add(client, key, entry) {
  const current = await client.send(new GetObjectCommand({ Bucket: 'audit-log', Key: key }));
  const entries = JSON.parse(await current.Body.transformToString());
  await client.send(new PutObjectCommand({ Bucket: 'audit-log', Key: key, Body: JSON.stringify([...entries, entry]), IfMatch: current.ETag }));
}
`,
      ...versionedAudit,
    },
    {
      name: 'a compare and swap or create, by way of a helper',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
async function load(client, key) {
  try {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: 'audit-log', Key: key }));
    return { entries: JSON.parse(await Body.transformToString()), etag: ETag };
  } catch (error) {
    if (error.name === 'NoSuchKey') return { entries: [], etag: null };
    throw error;
  }
}
export async function add(client, key, entry) {
  const { entries, etag } = await load(client, key);
  const condition = etag ? { IfMatch: etag } : { IfNoneMatch: '*' };
  await client.send(new PutObjectCommand({ Bucket: 'audit-log', Key: key, Body: JSON.stringify([...entries, entry]), ...condition }));
}
`,
      ...versionedAudit,
    },
    {
      name: 'a store that hands out the ETag, and takes it back for the write',
      code: `
import { S3 } from '@aws-sdk/client-s3';
export class Documents {
  private readonly s3 = new S3({});
  async load(key: string) {
    const current = await this.s3.getObject({ Bucket: 'audit-documents', Key: key });
    return { text: await current.Body!.transformToString(), etag: current.ETag! };
  }
  async save(key: string, text: string, etag: string) {
    await this.s3.putObject({ Bucket: 'audit-documents', Key: key, Body: text, IfMatch: etag });
  }
}
`,
      ...versionedAudit,
    },
    {
      name: 'the first range tells the ETag that pins the others',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function download(client, key, ranges) {
  const first = await client.send(new GetObjectCommand({ Bucket: 'audit-log', Key: key, Range: 'bytes=0-1023' }));
  return [first, ...(await Promise.all(ranges.map((Range) => client.send(new GetObjectCommand({ Bucket: 'audit-log', Key: key, Range, IfMatch: first.ETag })))))];
}
export const write = (client, key, body) => client.send(new PutObjectCommand({ Bucket: 'audit-log', Key: key, Body: body }));
`,
      ...versionedAudit,
    },
    {
      name: 'the version that was read is taken down',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function sign(client, key) {
  const { Body, VersionId } = await client.send(new GetObjectCommand({ Bucket: 'audit-contracts', Key: key }));
  await client.send(new PutObjectCommand({ Bucket: 'audit-contracts', Key: \`\${key}.signature\`, Body: await signatureOf(Body), Metadata: { version: VersionId }, IfNoneMatch: '*' }));
}
`,
      ...versionedAudit,
    },
    {
      name: 'a cache wants the current version, if it is another',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export const refresh = (client, key, etag) => client.send(new GetObjectCommand({ Bucket: 'audit-log', Key: key, IfNoneMatch: etag }));
export const write = (client, key, body) => client.send(new PutObjectCommand({ Bucket: 'audit-log', Key: key, Body: body }));
`,
      ...versionedAudit,
    },
    {
      name: 'the caller may have said which version',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export const read = (client, key, options) => client.send(new GetObjectCommand({ Bucket: 'audit-log', Key: key, ...options }));
export const write = (client, key, body) => client.send(new PutObjectCommand({ Bucket: 'audit-log', Key: key, Body: body }));
`,
      ...versionedAudit,
    },
    {
      name: 'a look at the object reads no version of its body',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export const sizeOf = (client, key) => client.send(new HeadObjectCommand({ Bucket: 'audit-log', Key: key }));
export const write = (client, key, body) => client.send(new PutObjectCommand({ Bucket: 'audit-log', Key: key, Body: body }));
`,
      ...versionedAudit,
    },
    {
      name: 'a signed download shows what is current when it is used',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
export const link = (client, key) => getSignedUrl(client, new GetObjectCommand({ Bucket: 'audit-log', Key: key }));
export const write = (client, key, body) => client.send(new PutObjectCommand({ Bucket: 'audit-log', Key: key, Body: body }));
`,
      ...versionedAudit,
    },
    {
      name: 'a download that a method of the adapter signs',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { presign } from './presign.js';
export class Adapter {
  async linkTo(key) {
    const command = new GetObjectCommand({ Bucket: 'audit-log', Key: key });
    return presign(this.client, command, { expiresIn: 60 });
  }
  write(key, body) {
    return this.client.send(new PutObjectCommand({ Bucket: 'audit-log', Key: key, Body: body }));
  }
}
`,
      ...versionedAudit,
    },
    {
      name: 'an old version is brought back by a copy',
      code: `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
export const restore = (client, key, version) =>
  client.send(new CopyObjectCommand({ Bucket: 'audit-log', Key: key, CopySource: \`audit-log/\${encodeURIComponent(key)}?versionId=\${version}\` }));
export const undo = (client, key, version) =>
  client.send(new CopyObjectCommand({ Bucket: 'audit-log', Key: key, CopySource: 'audit-log/' + key + (version ? '?versionId=' + version : '') }));
`,
      ...versionedAudit,
    },
    {
      name: 'the source of a copy is pinned by its ETag',
      code: `
import { CopyObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(client, key) {
  const draft = await client.send(new HeadObjectCommand({ Bucket: 'audit-drafts', Key: key }));
  await client.send(new CopyObjectCommand({ Bucket: 'public', Key: key, CopySource: 'audit-drafts/' + key, CopySourceIfMatch: draft.ETag }));
}
export const save = (client, key, body) => client.send(new PutObjectCommand({ Bucket: 'audit-drafts', Key: key, Body: body }));
`,
      ...versionedAudit,
    },
    {
      name: 'new metadata by a copy onto itself, guarded by the ETag of the target',
      code: `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
export const tag = (client, key, etag, Metadata) =>
  client.send(new CopyObjectCommand({ Bucket: 'audit-log', Key: key, CopySource: \`audit-log/\${key}\`, MetadataDirective: 'REPLACE', Metadata, IfMatch: etag }));
`,
      ...versionedAudit,
    },
    {
      name: 'a source of which the bucket cannot be told',
      code: `
import { CopyObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export const copy = (client, source, key) => client.send(new CopyObjectCommand({ Bucket: 'audit-log', Key: key, CopySource: source }));
export const write = (client, key, body) => client.send(new PutObjectCommand({ Bucket: 'audit-log', Key: key, Body: body }));
`,
      ...versionedAudit,
    },
    {
      name: 'a copy out of a bucket that the file does not write',
      code: `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
export const copy = (client, key) => client.send(new CopyObjectCommand({ Bucket: 'public', Key: key, CopySource: 'audit-log/' + key }));
`,
      ...versionedAudit,
    },
    {
      name: 'a copy within the bucket, and no other write: nothing here changes its source',
      code: `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
export const duplicate = (client, key) =>
  client.send(new CopyObjectCommand({ Bucket: 'audit-log', Key: 'copy-of-' + key, CopySource: 'audit-log/' + key, IfNoneMatch: '*' }));
`,
      ...versionedAudit,
    },
    {
      name: 'minio with a version',
      code: `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export const read = (key, versionId) => minio.getObject('audit-log', key, { versionId });
export const save = (key, path, versionId) => minio.fGetObject('audit-log', key, path, { versionId });
export const write = (key, body) => minio.putObject('audit-log', key, body);
`,
      ...versionedAudit,
    },
    {
      name: 'minio with options of the caller',
      code: `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export const read = (key, options) => minio.getObject('audit-log', key, options);
export const write = (key, body) => minio.putObject('audit-log', key, body);
`,
      ...versionedAudit,
    },
    {
      name: 'a copy of minio with conditions',
      code: `
import { Client, CopyConditions } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export const copy = (key, conditions: CopyConditions) => minio.copyObject('public', key, '/audit-log/' + key, conditions);
export const write = (key, body) => minio.putObject('audit-log', key, body);
`,
      ...versionedAudit,
    },
    {
      name: 'the file writes another object of the bucket: an index is read, and a log is written',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export const index = (client) => client.send(new GetObjectCommand({ Bucket: 'audit-log', Key: 'index.json' }));
export const log = (client, day, Body) => client.send(new PutObjectCommand({ Bucket: 'audit-log', Key: 'log/' + day, Body }));
`,
      ...versionedAudit,
    },
    {
      name: 'two literal keys that differ',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const settings = () => s3.getObject({ Bucket: 'audit-log', Key: 'settings.json' });
export const report = (Body) => s3.putObject({ Bucket: 'audit-log', Key: 'report.json', Body });
`,
      ...versionedAudit,
    },
    {
      name: 'keys that end differently: a picture is read, and its thumbnail is written beside it',
      code: `
const { S3 } = require('aws-sdk');
const s3 = new S3();
exports.picture = (id) => s3.getObject({ Bucket: 'audit-pictures', Key: \`\${id}.jpg\` }).promise();
exports.shrink = (id, Body) => s3.putObject({ Bucket: 'audit-pictures', Key: \`\${id}.thumb.png\`, Body }).promise();
`,
      ...script,
      ...versionedAudit,
    },
    {
      name: 'a store with a prefix has its manifest apart from its blobs',
      code: `
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
export class Blobs {
  constructor(private readonly client: S3Client, private readonly prefix: string) {}
  manifest() {
    return this.client.send(new GetObjectCommand({ Bucket: 'audit-blobs', Key: \`\${this.prefix}/manifest.json\` }));
  }
  async add(name: string, Body: Buffer) {
    await new Upload({ client: this.client, params: { Bucket: 'audit-blobs', Key: \`\${this.prefix}/blobs/\${name}\`, Body } }).done();
  }
}
`,
      ...versionedAudit,
    },
    {
      name: 'a private function writes what its callers in the file name, and none names what is read',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
const put = (client, Key, Body) => client.send(new PutObjectCommand({ Bucket: 'audit-log', Key, Body }));
export const report = (client, text) => put(client, 'report.txt', text);
export const sums = (client, text) => put(client, 'sums.txt', text);
export const schema = (client) => client.send(new GetObjectCommand({ Bucket: 'audit-log', Key: 'schema.json' }));
`,
      ...versionedAudit,
    },
    {
      name: 'each write has a key of its own, so no object has a second version',
      code: `
import { randomUUID } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function store(client, Body) {
  const Key = \`receipts/\${randomUUID()}.pdf\`;
  await client.send(new PutObjectCommand({ Bucket: 'audit-log', Key, Body }));
  return Key;
}
export const read = (client, Key) => client.send(new GetObjectCommand({ Bucket: 'audit-log', Key }));
`,
      ...versionedAudit,
    },
    {
      name: 'a read back of what was just stored under a key of its own',
      code: `
import { v4 as uuid } from 'uuid';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function probe(log) {
  const Key = 'probe-' + uuid();
  await s3.putObject({ Bucket: 'audit-log', Key, Body: 'probe' });
  return (await s3.getObject({ Bucket: 'audit-log', Key })).ETag;
}
export const save = (Key, Body) => s3.putObject({ Bucket: 'audit-log', Key, Body });
`,
      ...versionedAudit,
    },
    {
      name: 'objects are named by their content: each write of a key stores the same bytes',
      code: `
import { createHash } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Blobs {
  constructor(private readonly client: S3Client) {}
  async put(content: Buffer): Promise<string> {
    const digest = createHash('sha256').update(content).digest('hex');
    await this.client.send(new PutObjectCommand({ Bucket: 'audit-blobs', Key: \`blobs/\${digest}\`, Body: content }));
    return digest;
  }
  get(digest: string) {
    return this.client.send(new GetObjectCommand({ Bucket: 'audit-blobs', Key: \`blobs/\${digest}\` }));
  }
}
`,
      ...versionedAudit,
    },
    {
      name: 'a copy out of a part that only this operation knows',
      code: `
import { randomUUID } from 'node:crypto';
import { CopyObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(client, Key, Body) {
  const part = \`parts/\${randomUUID()}\`;
  await client.send(new PutObjectCommand({ Bucket: 'audit-site', Key: part, Body }));
  await client.send(new CopyObjectCommand({ Bucket: 'public', Key, CopySource: \`audit-site/\${part}\` }));
}
export const save = (client, Key, Body) => client.send(new PutObjectCommand({ Bucket: 'audit-site', Key, Body }));
`,
      ...versionedAudit,
    },
    {
      name: 'a copy out of a folder that the file does not write to',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const publish = (name) => s3.copyObject({ Bucket: 'audit-site', Key: 'live/' + name, CopySource: 'audit-site/drafts/' + name });
export const log = (name, Body) => s3.putObject({ Bucket: 'audit-site', Key: 'logs/' + name, Body });
`,
      ...versionedAudit,
    },
    {
      name: 'a command that is handed out, and sent by somebody else if at all',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export const commandFor = (Key) => new GetObjectCommand({ Bucket: 'audit-log', Key });
export const write = (client, Key, Body) => client.send(new PutObjectCommand({ Bucket: 'audit-log', Key, Body }));
`,
      ...versionedAudit,
    },
    {
      name: 'a command that goes to a function of another file, which makes a link of it',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { linkFor } from './links.js';
export function share(client, Key) {
  const command = new GetObjectCommand({ Bucket: 'audit-log', Key });
  return linkFor(client, command);
}
export const write = (client, Key, Body) => client.send(new PutObjectCommand({ Bucket: 'audit-log', Key, Body }));
`,
      ...versionedAudit,
    },
  ],
  invalid: [
    {
      name: 'a read of what the file itself replaces',
      ...unpinned(
        'unpinnedRead',
        '"${key}" in bucket "audit-log"',
        3,
        4,
        `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export const read = (client, key) => client.send(new GetObjectCommand({ Bucket: 'audit-log', Key: key }));
export const write = (client, key, body) => client.send(new PutObjectCommand({ Bucket: 'audit-log', Key: key, Body: body }));
`,
      ),
      ...versionedAudit,
    },
    {
      name: 'of several writes to the bucket, the one of the very same key is named',
      ...unpinned(
        'unpinnedRead',
        '"state.json" in bucket "audit-log"',
        5,
        6,
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const save = (Key, Body) => s3.putObject({ Bucket: 'audit-log', Key, Body });
export const state = () => s3.getObject({ Bucket: 'audit-log', Key: 'state.json' });
export const reset = (Body) => s3.putObject({ Bucket: 'audit-log', Key: 'state.json', Body });
`,
      ),
      ...versionedAudit,
    },
    {
      name: 'a write that may be of the same key, behind one that cannot be',
      ...unpinned(
        'unpinnedRead',
        '"reports/${id}.json" in bucket "audit-log"',
        5,
        6,
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const log = (day, Body) => s3.putObject({ Bucket: 'audit-log', Key: \`log/\${day}\`, Body });
export const report = (id) => s3.getObject({ Bucket: 'audit-log', Key: \`reports/\${id}.json\` });
export const save = (folder, Body) => s3.putObject({ Bucket: 'audit-log', Key: \`\${folder}/latest.json\`, Body });
`,
      ),
      ...versionedAudit,
    },
    {
      name: 'one caller of a private function writes what is read',
      ...unpinned(
        'unpinnedRead',
        '"schema.json" in bucket "audit-log"',
        6,
        3,
        `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
const put = (client, Key, Body) => client.send(new PutObjectCommand({ Bucket: 'audit-log', Key, Body }));
export const report = (client, text) => put(client, 'report.txt', text);
export const replace = (client, text) => put(client, 'schema.json', text);
export const schema = (client) => client.send(new GetObjectCommand({ Bucket: 'audit-log', Key: 'schema.json' }));
`,
      ),
      ...versionedAudit,
    },
    {
      name: 'a method of the file sends the command',
      ...unpinned(
        'unpinnedRead',
        '"${key}" in bucket "audit-log"',
        8,
        11,
        `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Store {
  constructor(private readonly client: S3Client) {}
  private run(command) {
    return this.client.send(command);
  }
  get(key: string) { return this.run(new GetObjectCommand({ Bucket: 'audit-log', Key: key })); }
  put(key: string, body: string) {
    return this.client.send(
      new PutObjectCommand({ Bucket: 'audit-log', Key: key, Body: body }),
    );
  }
}
`,
      ),
      ...versionedAudit,
    },
    {
      name: 'an update that nothing guards',
      ...unpinned(
        'unpinnedRead',
        '"${key}" in bucket "audit-log"',
        5,
        7,
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function add(key, entry) {
  const { Body } = await s3.getObject({ Bucket: 'audit-log', Key: key });
  const entries = JSON.parse(await Body.transformToString());
  await s3.putObject({ Bucket: 'audit-log', Key: key, Body: JSON.stringify([...entries, entry]) });
}
`,
      ),
      ...versionedAudit,
    },
    {
      name: 'the ETag goes into a log, and guards nothing',
      ...unpinned(
        'unpinnedRead',
        '"${key}" in bucket "audit-log"',
        4,
        9,
        `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function read(client, key) {
  const current = await client.send(new GetObjectCommand({ Bucket: 'audit-log', Key: key }));
  console.log(current.ETag);
  return current.Body;
}
export const write = (client, key, body) =>
  client.send(new PutObjectCommand({ Bucket: 'audit-log', Key: key, Body: body }));
`,
      ),
      ...versionedAudit,
    },
    {
      name: 'ranges that may be of several versions',
      ...unpinned(
        'unpinnedRead',
        '"${id}.mp4" in bucket "${process.env.CONTRACTS_BUCKET}"',
        8,
        11,
        `
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
export class Videos {
  private readonly bucket = process.env.CONTRACTS_BUCKET!;
  constructor(private readonly client: S3Client) {}
  async part(id: string, range: string) {
    return this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: \`\${id}.mp4\`, Range: range }));
  }
  async save(id: string, stream: ReadableStream) {
    await new Upload({ client: this.client, params: { Bucket: this.bucket, Key: \`\${id}.mp4\`, Body: stream } }).done();
  }
}
`,
      ),
      ...versionedContracts,
    },
    {
      name: 'the file turns versioning on by itself',
      ...unpinned(
        'unpinnedRead',
        '"a" in bucket "contracts"',
        5,
        4,
        `
import { GetObjectCommand as Get, PutBucketVersioningCommand, PutObjectCommand as Put } from '@aws-sdk/client-s3';
await client.send(new PutBucketVersioningCommand({ Bucket: 'contracts', VersioningConfiguration: { Status: 'Enabled' } }));
await client.send(new Put({ Bucket: 'contracts', Key: 'a', Body: body }));
await client.send(new Get({ Bucket: 'contracts', Key: 'a', VersionId: undefined }));
`,
      ),
    },
    {
      name: 'the compare and swap is of another read',
      ...unpinned(
        'unpinnedRead',
        '"schema.json" in bucket "audit-log"',
        5,
        6,
        `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function migrate(client, key) {
  const current = await client.send(new GetObjectCommand({ Bucket: 'audit-log', Key: key }));
  const { Body: schema } = await client.send(new GetObjectCommand({ Bucket: 'audit-log', Key: 'schema.json' }));
  await client.send(new PutObjectCommand({ Bucket: 'audit-log', Key: key, Body: await convert(current.Body, schema), IfMatch: current.ETag }));
}
`,
      ),
      ...versionedAudit,
    },
    {
      name: 'a copy of what is current, out of a bucket that the file writes',
      ...unpinned(
        'unpinnedSource',
        '"${key}" in bucket "audit-drafts"',
        3,
        4,
        `
import { CopyObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export const publish = (client, key) => client.send(new CopyObjectCommand({ Bucket: 'public', Key: key, CopySource: \`audit-drafts/\${key}\` }));
export const save = (client, key, body) => client.send(new PutObjectCommand({ Bucket: 'audit-drafts', Key: key, Body: body }));
`,
      ),
      ...versionedAudit,
    },
    {
      name: 'a source that is encoded as a whole, with a slash before it',
      ...unpinned(
        'unpinnedSource',
        '"${id}.pdf" in bucket "${process.env.CONTRACTS_BUCKET}"',
        6,
        8,
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const bucket = process.env.CONTRACTS_BUCKET;
export const publish = (id) =>
  s3.copyObject({ Bucket: 'public', Key: id + '.pdf', CopySource: encodeURI(\`/\${bucket}/\${id}.pdf\`) });
export const save = (id, Body) =>
  s3.putObject({ Bucket: bucket, Key: id + '.pdf', Body });
`,
      ),
      ...versionedContracts,
    },
    {
      name: 'new metadata by a copy of an object onto itself, which is a write of its own',
      ...unpinned(
        'unpinnedSource',
        '"${key}" in bucket "audit-log"',
        4,
        4,
        `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
export const tag = (client, key, Metadata) =>
  client.send(new CopyObjectCommand({ Bucket: 'audit-log', Key: key, CopySource: \`audit-log/\${key}\`, MetadataDirective: 'REPLACE', Metadata }));
`,
      ),
      ...versionedAudit,
    },
    {
      name: 'aws-sdk v2 in CommonJS, with the bucket of the client',
      ...unpinned(
        'unpinnedRead',
        '"${key}" in bucket "audit-log"',
        4,
        5,
        `
const AWS = require('aws-sdk');
const s3 = new AWS.S3({ params: { Bucket: 'audit-log' } });
exports.read = (key) => s3.getObject({ Key: key }).promise();
exports.write = (key, body) => s3.upload({ Key: key, Body: body }).promise();
`,
      ),
      ...script,
      ...versionedAudit,
    },
    {
      name: 'a client that another file lends',
      ...unpinned(
        'unpinnedRead',
        '"${key}" in bucket "audit-log"',
        3,
        4,
        `
import { s3 } from './clients.js';
export const read = (key) => s3.getObject({ Bucket: 'audit-log', Key: key });
export const write = (key, body) => s3.putObject({ Bucket: 'audit-log', Key: key, Body: body });
`,
      ),
      ...versionedAudit,
    },
    {
      name: 'minio without a version',
      ...unpinned(
        'unpinnedReadMinio',
        '"${key}" in bucket "audit-log"',
        4,
        5,
        `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export const read = (key) => minio.getObject('audit-log', key);
export const write = (key, body) => minio.putObject('audit-log', key, body);
`,
      ),
      ...versionedAudit,
    },
    {
      name: 'minio 7 with a callback',
      ...unpinned(
        'unpinnedReadMinio',
        '"${key}" in bucket "audit-log"',
        4,
        5,
        `
const Minio = require('minio');
const minio = new Minio.Client({ endPoint: 'localhost' });
exports.read = (key, done) => minio.getObject('audit-log', key, (error, stream) => done(error, stream));
exports.write = (key, path) => minio.fPutObject('audit-log', key, path);
`,
      ),
      ...script,
      ...versionedAudit,
    },
    {
      name: 'a copy of minio',
      ...unpinned(
        'unpinnedSourceMinio',
        '"${key}" in bucket "audit-log"',
        4,
        5,
        `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export const publish = (key) => minio.copyObject('public', key, '/audit-log/' + key);
export const write = (key, body) => minio.putObject('audit-log', key, body);
`,
      ),
      ...versionedAudit,
    },
  ],
});
