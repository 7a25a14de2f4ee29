import { noCheckThenWrite } from '../../src/rules/no-check-then-write.js';
import { ruleTester } from '../rule-tester.js';

ruleTester.run('no-check-then-write', noCheckThenWrite as never, {
  valid: [
    {
      name: 'a variable that outlives the try is set before the read in it: the read decided nothing of it',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function main(client, event) {
  let method;
  try {
    method = event.method;
    if (method === 'GET') {
      const read = await client.send(new GetObjectCommand({ Bucket: 'b', Key: event.name }));
      return await read.Body.transformToString();
    }
    if (method === 'POST') {
      await client.send(new PutObjectCommand({ Bucket: 'b', Key: event.name, Body: event.body }));
    }
    return 'stored';
  } catch (error) {
    return 'failed';
  }
}
`,
    },
    {
      name: 'a test of something else stands in the try of the read: how the try ends decides nothing that stands within it',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(client, deploy, report, body) {
  try {
    const before = await client.send(new GetObjectCommand({ Bucket: 'b', Key: 'state.json' }));
    console.log(before.ETag);
    const failed = await deploy();
    if (failed) throw new Error(failed);
    await client.send(new PutObjectCommand({ Bucket: 'b', Key: 'state.json', Body: body }));
  } catch (error) {
    await report(error);
  }
}
`,
    },
    {
      name: 'a tag that holds another version is no missing object: a create would never replace it',
      code: `
import { GetObjectTaggingCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function sync(client, bucket, key, asset, body) {
  let version;
  try {
    const { TagSet } = await client.send(new GetObjectTaggingCommand({ Bucket: bucket, Key: key }));
    version = TagSet.find((tag) => tag.Key === 'name')?.Value;
  } catch {}
  if (version !== asset.name) await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, Tagging: 'name=' + asset.name }));
}
`,
    },
    {
      name: 'the check saves work, and S3 itself refuses the second create',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function createOnce(client, bucket, key, body) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).catch(() => null);
  if (head) return;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, IfNoneMatch: '*' }));
}
`,
    },
    {
      name: 'the write goes to the version that the check saw',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function replace(bucket, key, body) {
  const head = await s3.headObject({ Bucket: bucket, Key: key });
  if (head.ContentLength === 0) {
    await s3.putObject({ Bucket: bucket, Key: key, Body: body, IfMatch: head.ETag });
  }
}
`,
    },
    {
      name: 'a conflict of the create is looked into afterwards: no check decides on it',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function createOnce(client, bucket, key, body) {
  try {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, IfNoneMatch: '*' }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    return client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  }
}
`,
    },
    {
      name: 'the check is of another key, such as a marker for the whole run',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function storeUnlessStopped(client, bucket, key, body) {
  const stop = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'STOP' })).catch(() => null);
  if (stop) return;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
}
`,
    },
    {
      name: 'the same key in another bucket tells nothing of this one',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function restore(key, body) {
  const archived = await s3.headObject({ Bucket: 'archive', Key: key }).catch(() => null);
  if (!archived) await s3.putObject({ Bucket: 'live', Key: key, Body: body });
}
`,
    },
    {
      name: 'the source of a copy has to be there; the target is not asked for',
      code: `
import { CopyObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function backUp(client, bucket, key) {
  const source = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).catch(() => null);
  if (!source) return;
  await client.send(new CopyObjectCommand({ Bucket: bucket, Key: \`backup/\${key}\`, CopySource: \`\${bucket}/\${key}\` }));
}
`,
    },
    {
      name: 'the check is only logged and decides nothing',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function store(client, bucket, key, body) {
  const before = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).catch(() => undefined);
  console.log('was there before:', before !== undefined);
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
}
`,
    },
    {
      name: 'the check comes after the write, to see what became of it',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.store = async (bucket, key, body) => {
  await s3.upload({ Bucket: bucket, Key: key, Body: body }).promise();
  const { ContentLength } = await s3.headObject({ Bucket: bucket, Key: key }).promise();
  if (ContentLength !== body.length) throw new Error('stored in part');
};
`,
    },
    {
      name: 'an object that must be there is replaced: this is no create, and IfNoneMatch would always fail',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function replace(client, bucket, key, body) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).catch(() => null);
  if (!head) throw new Error('nothing to replace');
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
}
`,
    },
    {
      name: 'what the object holds decides: that is an update, and no-lost-update tells it',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(client, bucket, key, manifest) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const stored = JSON.parse(await current.Body.transformToString());
  if (stored.version < manifest.version) {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(manifest) }));
  }
}
`,
    },
    {
      name: 'a key that is new for every write meets nobody, however many are listed',
      code: `
import { randomUUID } from 'node:crypto';
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
export async function store(client, bucket, body) {
  const listed = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'parts/' }));
  const key = \`parts/\${listed.Contents.length + 1}-\${randomUUID()}\`;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
}
`,
    },
    {
      name: 'a listing of other keys is a quota, and not a check of this object',
      code: `
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
export async function store(client, bucket, name, body) {
  const listed = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'uploads/' }));
  if (listed.KeyCount >= 100) throw new Error('too many uploads');
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: \`uploads/\${name}\`, Body: body }));
}
`,
    },
    {
      name: 'the bucket was checked, and not the object',
      code: `
import { Client } from 'minio';
export async function store(client: Client, bucket: string, key: string, body: Buffer) {
  if (!(await client.bucketExists(bucket))) throw new Error('no such bucket');
  await client.putObject(bucket, key, body);
}
`,
    },
    {
      name: 'the input comes from outside and may hold a condition',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(input) {
  const head = await s3.headObject({ Bucket: input.Bucket, Key: input.Key }).catch(() => null);
  if (!head) await s3.putObject(input);
}
`,
    },
    {
      name: 'the settings say that thumbnails may be made twice',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function thumbnail(client, bucket, id, make) {
  const key = \`thumbnails/\${id}.webp\`;
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).catch(() => null);
  if (!head) await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: await make(id) }));
}
`,
      settings: { s3: { objects: [{ key: 'thumbnails/**', write: 'overwrite' }] } },
    },
    {
      name: 'minio sends the create-only header',
      code: `
import { Client } from 'minio';
export async function createOnce(client: Client, bucket: string, key: string, body: Buffer) {
  try {
    await client.statObject(bucket, key);
  } catch {
    await client.putObject(bucket, key, body, body.length, { 'If-None-Match': '*' });
  }
}
`,
    },
    {
      name: 'a bucket is created without a look',
      code: `
import { BucketAlreadyOwnedByYou, CreateBucketCommand } from '@aws-sdk/client-s3';
export async function ensureBucket(client, bucket) {
  try {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  } catch (error) {
    if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
  }
}
`,
    },
    {
      name: 'after a HeadBucket the conflict of the create is still handled by name',
      code: `
import { CreateBucketCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
export async function ensureBucket(client, bucket) {
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
  } catch {
    try {
      await client.send(new CreateBucketCommand({ Bucket: bucket }));
    } catch (error) {
      if (error.name !== 'BucketAlreadyOwnedByYou') throw error;
    }
  }
}
`,
    },
    {
      name: 'v2: the catch of the create knows the conflict by its code',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
const isOurs = (error) => error.code === 'BucketAlreadyOwnedByYou';
exports.ensureBucket = async (bucket) => {
  const { Buckets } = await s3.listBuckets().promise();
  if (Buckets.some(({ Name }) => Name === bucket)) return;
  await s3.createBucket({ Bucket: bucket }).promise().catch((error) => {
    if (!isOurs(error)) throw error;
  });
};
`,
    },
    {
      name: 'a helper that throws where the HeadBucket fails never says "missing": nothing is created behind it',
      code: `
import { CreateBucketCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
export async function ensureBucket(client, name) {
  if (!(await bucketExists(client, name))) await client.send(new CreateBucketCommand({ Bucket: name }));
}
async function bucketExists(client, name) {
  try {
    await client.send(new HeadBucketCommand({ Bucket: name }));
    return true;
  } catch (error) {
    if (error.name === 'NotFound') throw new Error('no such bucket');
    throw error;
  }
}
`,
    },
    {
      name: 'the bucket that was checked is not the one that is created',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function addLogBucket(bucket: string) {
  const head = await s3.headBucket({ Bucket: bucket }).catch(() => null);
  if (head) await s3.createBucket({ Bucket: \`\${bucket}-logs\` });
}
`,
    },
  ],
  invalid: [
    {
      name: 'a flag that outlives the try tells how the try ended',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(client, body) {
  let found = false;
  try {
    await client.send(new GetObjectCommand({ Bucket: 'b', Key: 'state.json' }));
    found = true;
  } catch (error) {
    console.log(error);
  }
  if (!found) await client.send(new PutObjectCommand({ Bucket: 'b', Key: 'state.json', Body: body }));
}
`,
      errors: [{ messageId: 'checkThenWrite', line: 11 }],
      output: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(client, body) {
  let found = false;
  try {
    await client.send(new GetObjectCommand({ Bucket: 'b', Key: 'state.json' }));
    found = true;
  } catch (error) {
    console.log(error);
  }
  if (!found) await client.send(new PutObjectCommand({ Bucket: 'b', Key: 'state.json', Body: body, IfNoneMatch: '*' }));
}
`,
    },
    {
      name: 'the program ends where the object is there',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const there = await client.send(new HeadObjectCommand({ Bucket: 'config', Key: 'config.zip' })).then(() => true, () => false);
if (there) {
  process.exit(0);
}
await client.send(new PutObjectCommand({ Bucket: 'config', Key: 'config.zip', Body: 'zip' }));
`,
      output: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const there = await client.send(new HeadObjectCommand({ Bucket: 'config', Key: 'config.zip' })).then(() => true, () => false);
if (there) {
  process.exit(0);
}
await client.send(new PutObjectCommand({ Bucket: 'config', Key: 'config.zip', Body: 'zip', IfNoneMatch: '*' }));
`,
      errors: [{ messageId: 'checkThenWrite', line: 8 }],
    },
    {
      name: 'a write that others call without looking: a condition would refuse what they replace',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function put(key, body) {
  await client.send(new PutObjectCommand({ Bucket: 'images', Key: key, Body: body }));
}
export async function thumbnail(key, body) {
  const there = await client.send(new HeadObjectCommand({ Bucket: 'images', Key: key })).then(() => true, () => false);
  if (!there) await put(key, body);
}
`,
      output: null,
      errors: [{ messageId: 'checkThenWrite', line: 5 }],
    },
    {
      name: 'two callers of a private write, of which one does not look',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const put = (key, body) => client.send(new PutObjectCommand({ Bucket: 'images', Key: key, Body: body }));
export async function thumbnail(key, body) {
  const there = await client.send(new HeadObjectCommand({ Bucket: 'images', Key: key })).then(() => true, () => false);
  if (!there) await put(key, body);
}
export const avatar = (user, body) => put(user, body);
`,
      output: null,
      errors: [{ messageId: 'checkThenWrite', line: 4 }],
    },
    {
      name: 'a private write that only the one who looks calls',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const put = (key, body) => client.send(new PutObjectCommand({ Bucket: 'images', Key: key, Body: body }));
export async function thumbnail(key, body) {
  const there = await client.send(new HeadObjectCommand({ Bucket: 'images', Key: key })).then(() => true, () => false);
  if (!there) await put(key, body);
}
`,
      output: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const put = (key, body) => client.send(new PutObjectCommand({ Bucket: 'images', Key: key, Body: body, IfNoneMatch: '*' }));
export async function thumbnail(key, body) {
  const there = await client.send(new HeadObjectCommand({ Bucket: 'images', Key: key })).then(() => true, () => false);
  if (!there) await put(key, body);
}
`,
      errors: [{ messageId: 'checkThenWrite', line: 4 }],
    },
    {
      name: 'a cache that is filled where the read found nothing: what is written is made anew',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
async function load(client, Key) {
  try {
    const response = await client.send(new GetObjectCommand({ Bucket: 'cache', Key }));
    return await response.Body.transformToString();
  } catch (error) {
    if (error.name === 'NoSuchKey') return null;
    throw error;
  }
}
export async function summaryOf(client, Key, summarize) {
  let summary = await load(client, Key);
  if (!summary) {
    summary = await summarize();
    await client.send(new PutObjectCommand({ Bucket: 'cache', Key, Body: summary }));
  }
  return summary;
}
`,
      output: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
async function load(client, Key) {
  try {
    const response = await client.send(new GetObjectCommand({ Bucket: 'cache', Key }));
    return await response.Body.transformToString();
  } catch (error) {
    if (error.name === 'NoSuchKey') return null;
    throw error;
  }
}
export async function summaryOf(client, Key, summarize) {
  let summary = await load(client, Key);
  if (!summary) {
    summary = await summarize();
    await client.send(new PutObjectCommand({ Bucket: 'cache', Key, Body: summary, IfNoneMatch: '*' }));
  }
  return summary;
}
`,
      errors: [{ messageId: 'checkThenWrite', data: { object: '"${Key}" in bucket "cache"', line: '5' }, line: 16, column: 23 }],
    },
    {
      name: 'a helper asks HEAD and answers with a boolean',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function exists(key: string): Promise<boolean> {
  try {
    await client.send(new HeadObjectCommand({ Bucket: 'names', Key: key }));
    return true;
  } catch (error) {
    if ((error as Error).name === 'NotFound') return false;
    throw error;
  }
}
export async function reserve(name: string, owner: string) {
  if (!(await exists(name))) {
    await client.send(new PutObjectCommand({ Bucket: 'names', Key: name, Body: owner }));
  }
}
`,
      output: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function exists(key: string): Promise<boolean> {
  try {
    await client.send(new HeadObjectCommand({ Bucket: 'names', Key: key }));
    return true;
  } catch (error) {
    if ((error as Error).name === 'NotFound') return false;
    throw error;
  }
}
export async function reserve(name: string, owner: string) {
  if (!(await exists(name))) {
    await client.send(new PutObjectCommand({ Bucket: 'names', Key: name, Body: owner, IfNoneMatch: '*' }));
  }
}
`,
      errors: [{ messageId: 'checkThenWrite', data: { object: '"${name}" in bucket "names"', line: '6' }, line: 15 }],
    },
    {
      name: 'the answer of the helper is kept, and an early return leaves the create',
      code: `
import { GetObjectAttributesCommand, PutObjectCommand } from '@aws-sdk/client-s3';
const isThere = (client, key) =>
  client.send(new GetObjectAttributesCommand({ Bucket: 'names', Key: key, ObjectAttributes: ['ETag'] })).then(
    () => true,
    () => false,
  );
export async function reserve(client, name, owner) {
  const taken = await isThere(client, name);
  if (taken) return false;
  await client.send(new PutObjectCommand({ Bucket: 'names', Key: name, Body: owner }));
  return true;
}
`,
      output: `
import { GetObjectAttributesCommand, PutObjectCommand } from '@aws-sdk/client-s3';
const isThere = (client, key) =>
  client.send(new GetObjectAttributesCommand({ Bucket: 'names', Key: key, ObjectAttributes: ['ETag'] })).then(
    () => true,
    () => false,
  );
export async function reserve(client, name, owner) {
  const taken = await isThere(client, name);
  if (taken) return false;
  await client.send(new PutObjectCommand({ Bucket: 'names', Key: name, Body: owner, IfNoneMatch: '*' }));
  return true;
}
`,
      errors: [{ messageId: 'checkThenWrite', data: { object: '"${name}" in bucket "names"', line: '4' }, line: 11 }],
    },
    {
      name: 'any failure of the HEAD, a 403 or a timeout too, is taken for a missing object',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function seed(client, bucket, key, body) {
  try {
    await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  } catch {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  }
}
`,
      output: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function seed(client, bucket, key, body) {
  try {
    await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  } catch {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, IfNoneMatch: '*' }));
  }
}
`,
      errors: [{ messageId: 'checkThenWrite', data: { object: '"${key}" in bucket "${bucket}"', line: '5' } }],
    },
    {
      name: 'the HEAD returns when it succeeds, and what follows the try creates',
      code: `
import { HeadObjectCommand, NotFound, PutObjectCommand } from '@aws-sdk/client-s3';
export async function seed(client, bucket, key, body) {
  try {
    return await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
  return client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: body, // the defaults
    }),
  );
}
`,
      output: `
import { HeadObjectCommand, NotFound, PutObjectCommand } from '@aws-sdk/client-s3';
export async function seed(client, bucket, key, body) {
  try {
    return await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
  return client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: body, // the defaults
      IfNoneMatch: '*',
    }),
  );
}
`,
      errors: [{ messageId: 'checkThenWrite', data: { object: '"${key}" in bucket "${bucket}"', line: '5' }, line: 10 }],
    },
    {
      name: 'the catch of the HEAD gives null, and null means create',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function seed(bucket: string, key: string, body: string) {
  const head = await s3.headObject({ Bucket: bucket, Key: key }).catch(() => null);
  if (head === null) await s3.putObject({ Bucket: bucket, Key: key, Body: body });
}
`,
      output: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function seed(bucket: string, key: string, body: string) {
  const head = await s3.headObject({ Bucket: bucket, Key: key }).catch(() => null);
  if (head === null) await s3.putObject({ Bucket: bucket, Key: key, Body: body, IfNoneMatch: '*' });
}
`,
      errors: [{ messageId: 'checkThenWrite', data: { object: '"${key}" in bucket "${bucket}"', line: '5' } }],
    },
    {
      name: 'a flag is set in the try and in the catch',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
module.exports.seed = async (bucket, key, body) => {
  let found = false;
  try {
    await s3.headObject({ Bucket: bucket, Key: key });
    found = true;
  } catch (error) {
    if (error.$metadata.httpStatusCode !== 404) throw error;
  }
  return found || s3.putObject({ Bucket: bucket, Key: key, Body: body });
};
`,
      output: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
module.exports.seed = async (bucket, key, body) => {
  let found = false;
  try {
    await s3.headObject({ Bucket: bucket, Key: key });
    found = true;
  } catch (error) {
    if (error.$metadata.httpStatusCode !== 404) throw error;
  }
  return found || s3.putObject({ Bucket: bucket, Key: key, Body: body, IfNoneMatch: '*' });
};
`,
      filename: 'file.cjs',
      errors: [{ messageId: 'checkThenWrite', data: { object: '"${key}" in bucket "${bucket}"', line: '7' }, line: 12 }],
    },
    {
      name: 'the catch of the HEAD sets a flag from within its function',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function seed(bucket: string, key: string, body: string) {
  let missing = false;
  await s3.headObject({ Bucket: bucket, Key: key }).catch(() => {
    missing = true;
  });
  if (missing) await s3.putObject({ Bucket: bucket, Key: key, Body: body });
}
`,
      output: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function seed(bucket: string, key: string, body: string) {
  let missing = false;
  await s3.headObject({ Bucket: bucket, Key: key }).catch(() => {
    missing = true;
  });
  if (missing) await s3.putObject({ Bucket: bucket, Key: key, Body: body, IfNoneMatch: '*' });
}
`,
      errors: [{ messageId: 'checkThenWrite', data: { object: '"${key}" in bucket "${bucket}"', line: '6' } }],
    },
    {
      name: 'the failure of the HEAD is the way to the create, in one chain',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export const seed = (client, bucket, key, body) =>
  client
    .send(new HeadObjectCommand({ Bucket: bucket, Key: key }))
    .catch(() => client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body })));
`,
      output: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export const seed = (client, bucket, key, body) =>
  client
    .send(new HeadObjectCommand({ Bucket: bucket, Key: key }))
    .catch(() => client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, IfNoneMatch: '*' })));
`,
      errors: [{ messageId: 'checkThenWrite', data: { object: '"${key}" in bucket "${bucket}"', line: '5' } }],
    },
    {
      name: 'a GET is used only to see whether the object is there',
      code: `
import { GetObjectCommand, NoSuchKey, PutObjectCommand } from '@aws-sdk/client-s3';
export async function seed(client, bucket, key, body) {
  try {
    await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  } catch (error) {
    if (!(error instanceof NoSuchKey)) throw error;
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  }
}
`,
      output: `
import { GetObjectCommand, NoSuchKey, PutObjectCommand } from '@aws-sdk/client-s3';
export async function seed(client, bucket, key, body) {
  try {
    await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  } catch (error) {
    if (!(error instanceof NoSuchKey)) throw error;
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, IfNoneMatch: '*' }));
  }
}
`,
      errors: [{ messageId: 'checkThenWrite', data: { object: '"${key}" in bucket "${bucket}"', line: '5' } }],
    },
    {
      name: 'a listing by the very key finds nothing',
      code: `
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
export async function seed(client, bucket, key, body) {
  const { KeyCount } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key, MaxKeys: 1 }));
  if (KeyCount === 0) {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  }
}
`,
      output: `
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
export async function seed(client, bucket, key, body) {
  const { KeyCount } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key, MaxKeys: 1 }));
  if (KeyCount === 0) {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, IfNoneMatch: '*' }));
  }
}
`,
      errors: [{ messageId: 'checkThenWrite', data: { object: '"${key}" in bucket "${bucket}"', line: '4' } }],
    },
    {
      name: 'the first free name is looked for: two writers find the same one',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function storeUnderFreeName(client, bucket, name, body) {
  for (let copy = 1; copy <= 99; copy += 1) {
    const key = \`\${name} (\${copy})\`;
    const taken = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).then(() => true, () => false);
    if (taken) continue;
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
    return key;
  }
}
`,
      output: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function storeUnderFreeName(client, bucket, name, body) {
  for (let copy = 1; copy <= 99; copy += 1) {
    const key = \`\${name} (\${copy})\`;
    const taken = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).then(() => true, () => false);
    if (taken) continue;
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, IfNoneMatch: '*' }));
    return key;
  }
}
`,
      errors: [{ messageId: 'checkThenWrite', data: { object: '"${name} (${copy})" in bucket "${bucket}"', line: '6' } }],
    },
    {
      name: 'the largest listed number plus one: two writers work out the same number',
      code: `
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
export async function addMigration(client, sql) {
  const listed = await client.send(new ListObjectsV2Command({ Bucket: 'db', Prefix: 'migrations/' }));
  const numbers = listed.Contents.map(({ Key }) => Number(Key.split('/')[1]));
  const next = Math.max(0, ...numbers) + 1;
  await client.send(new PutObjectCommand({ Bucket: 'db', Key: \`migrations/\${next}\`, Body: sql }));
}
`,
      output: `
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
export async function addMigration(client, sql) {
  const listed = await client.send(new ListObjectsV2Command({ Bucket: 'db', Prefix: 'migrations/' }));
  const numbers = listed.Contents.map(({ Key }) => Number(Key.split('/')[1]));
  const next = Math.max(0, ...numbers) + 1;
  await client.send(new PutObjectCommand({ Bucket: 'db', Key: \`migrations/\${next}\`, Body: sql, IfNoneMatch: '*' }));
}
`,
      errors: [{ messageId: 'nextKey', data: { object: '"migrations/${next}" in bucket "db"', line: '4' } }],
    },
    {
      name: 'v2: the number of listed objects is the next index',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.append = async (bucket, event) => {
  const { Contents } = await s3.listObjectsV2({ Bucket: bucket, Prefix: 'events/' }).promise();
  const index = Contents.length;
  await s3.putObject({ Bucket: bucket, Key: 'events/' + index, Body: event }).promise();
};
`,
      output: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.append = async (bucket, event) => {
  const { Contents } = await s3.listObjectsV2({ Bucket: bucket, Prefix: 'events/' }).promise();
  const index = Contents.length;
  await s3.putObject({ Bucket: bucket, Key: 'events/' + index, Body: event, IfNoneMatch: '*' }).promise();
};
`,
      filename: 'file.cjs',
      errors: [{ messageId: 'nextKey', data: { object: '"events/${index}" in bucket "${bucket}"', line: '5' } }],
    },
    {
      name: 'v2 with callbacks: the error of the HEAD leads to the put',
      code: `
var AWS = require('aws-sdk');
var s3 = new AWS.S3();
exports.seed = function (bucket, key, body, callback) {
  s3.headObject({ Bucket: bucket, Key: key }, function (error) {
    if (error && error.code === 'NotFound') {
      s3.putObject({ Bucket: bucket, Key: key, Body: body }, callback);
    } else {
      callback(error);
    }
  });
};
`,
      output: `
var AWS = require('aws-sdk');
var s3 = new AWS.S3();
exports.seed = function (bucket, key, body, callback) {
  s3.headObject({ Bucket: bucket, Key: key }, function (error) {
    if (error && error.code === 'NotFound') {
      s3.putObject({ Bucket: bucket, Key: key, Body: body, IfNoneMatch: '*' }, callback);
    } else {
      callback(error);
    }
  });
};
`,
      filename: 'file.cjs',
      errors: [{ messageId: 'checkThenWrite', data: { object: '"${key}" in bucket "${bucket}"', line: '5' } }],
    },
    {
      name: 'v2 with promises: its managed upload can be create-only too',
      code: `
import S3 from 'aws-sdk/clients/s3';
const s3 = new S3();
const params = { Bucket: 'avatars', Key: 'default.png' };
export async function seed(body: Buffer) {
  try {
    await s3.headObject(params).promise();
  } catch {
    await s3.upload({ ...params, Body: body }).promise();
  }
}
`,
      output: `
import S3 from 'aws-sdk/clients/s3';
const s3 = new S3();
const params = { Bucket: 'avatars', Key: 'default.png' };
export async function seed(body: Buffer) {
  try {
    await s3.headObject(params).promise();
  } catch {
    await s3.upload({ ...params, Body: body, IfNoneMatch: '*' }).promise();
  }
}
`,
      errors: [{ messageId: 'checkThenWrite', data: { object: '"default.png" in bucket "avatars"', line: '7' } }],
    },
    {
      name: 'Upload sends the condition with its last request',
      code: `
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
export async function importOnce(client, bucket, key, body) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).catch(() => undefined);
  if (head) return;
  const params = { Bucket: bucket, Key: key, Body: body };
  await new Upload({ client, params }).done();
}
`,
      output: `
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
export async function importOnce(client, bucket, key, body) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).catch(() => undefined);
  if (head) return;
  const params = { Bucket: bucket, Key: key, Body: body };
  await new Upload({ client, params: { ...params, IfNoneMatch: '*' } }).done();
}
`,
      errors: [{ messageId: 'checkThenWrite', data: { object: '"${key}" in bucket "${bucket}"', line: '5' }, line: 8 }],
    },
    {
      name: 'a copy: the target is looked for, and then overwritten',
      code: `
import { CopyObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function copyOnce(client, bucket, from, to) {
  try {
    await client.send(new HeadObjectCommand({ Bucket: bucket, Key: to }));
    return;
  } catch {}
  await client.send(new CopyObjectCommand({ Bucket: bucket, Key: to, CopySource: \`\${bucket}/\${from}\` }));
}
`,
      output: `
import { CopyObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
export async function copyOnce(client, bucket, from, to) {
  try {
    await client.send(new HeadObjectCommand({ Bucket: bucket, Key: to }));
    return;
  } catch {}
  await client.send(new CopyObjectCommand({ Bucket: bucket, Key: to, CopySource: \`\${bucket}/\${from}\`, IfNoneMatch: '*' }));
}
`,
      errors: [{ messageId: 'checkThenWrite', data: { object: '"${to}" in bucket "${bucket}"', line: '5' } }],
    },
    {
      name: 'a private method of the class makes the check',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Names {
  constructor(private readonly client: S3Client) {}
  async reserve(name: string) {
    if (await this.#has(name)) throw new Error('taken');
    await this.client.send(new PutObjectCommand({ Bucket: 'names', Key: name }));
  }
  async #has(key: string) {
    try {
      const head = await this.client.send(new HeadObjectCommand({ Bucket: 'names', Key: key }));
      return head.$metadata.httpStatusCode === 200;
    } catch {
      return false;
    }
  }
}
`,
      output: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Names {
  constructor(private readonly client: S3Client) {}
  async reserve(name: string) {
    if (await this.#has(name)) throw new Error('taken');
    await this.client.send(new PutObjectCommand({ Bucket: 'names', Key: name, IfNoneMatch: '*' }));
  }
  async #has(key: string) {
    try {
      const head = await this.client.send(new HeadObjectCommand({ Bucket: 'names', Key: key }));
      return head.$metadata.httpStatusCode === 200;
    } catch {
      return false;
    }
  }
}
`,
      errors: [{ messageId: 'checkThenWrite', data: { object: '"${name}" in bucket "names"', line: '11' }, line: 7 }],
    },
    {
      name: 'a URL signed after the check overwrites whenever it is used; its uploader would have to send the header',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
export async function uploadUrl(client, bucket, key) {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).catch(() => null);
  if (head) throw new Error('already uploaded');
  return getSignedUrl(client, new PutObjectCommand({ Bucket: bucket, Key: key }), { expiresIn: 300 });
}
`,
      output: null,
      errors: [{ messageId: 'checkThenWrite', data: { object: '"${key}" in bucket "${bucket}"', line: '5' }, line: 7 }],
    },
    {
      name: 'minio: a missing stat leads to the put of a buffer',
      code: `
import { Client } from 'minio';
export async function seed(client: Client, bucket: string, key: string, text: string) {
  const body = Buffer.from(text);
  try {
    await client.statObject(bucket, key);
  } catch (error) {
    if ((error as { code?: string }).code !== 'NotFound') throw error;
    await client.putObject(bucket, key, body);
  }
}
`,
      output: `
import { Client } from 'minio';
export async function seed(client: Client, bucket: string, key: string, text: string) {
  const body = Buffer.from(text);
  try {
    await client.statObject(bucket, key);
  } catch (error) {
    if ((error as { code?: string }).code !== 'NotFound') throw error;
    await client.putObject(bucket, key, body, { 'If-None-Match': '*' });
  }
}
`,
      errors: [{ messageId: 'checkThenWriteMinio', data: { object: '"${key}" in bucket "${bucket}"', line: '6' } }],
    },
    {
      name: 'minio: a bucket that is missing now may be there at once',
      code: `
import { Client } from 'minio';
export async function ensureBucket(client: Client, bucket: string) {
  const exists = await client.bucketExists(bucket);
  if (!exists) await client.makeBucket(bucket, 'eu-central-1');
}
`,
      output: null,
      errors: [{ messageId: 'checkThenCreateBucket', data: { bucket: 'bucket "${bucket}"', line: '4' } }],
    },
    {
      name: 'a HeadBucket that fails for any reason leads to CreateBucket',
      code: `
import { CreateBucketCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
export async function ensureBucket(client) {
  try {
    await client.send(new HeadBucketCommand({ Bucket: 'invoices' }));
  } catch {
    await client.send(new CreateBucketCommand({ Bucket: 'invoices' }));
  }
}
`,
      output: null,
      errors: [{ messageId: 'checkThenCreateBucket', data: { bucket: 'bucket "invoices"', line: '5' }, line: 7 }],
    },
    {
      name: 'a helper that says "missing" where the HeadBucket fails leads to CreateBucket',
      code: `
import { CreateBucketCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
export async function ensureBucket(client, name) {
  if (!(await bucketExists(client, name))) await client.send(new CreateBucketCommand({ Bucket: name }));
}
async function bucketExists(client, name) {
  try {
    await client.send(new HeadBucketCommand({ Bucket: name }));
    return true;
  } catch (error) {
    if (error.name === 'NotFound') return false;
    throw error;
  }
}
`,
      output: null,
      errors: [{ messageId: 'checkThenCreateBucket', line: 4, data: { bucket: 'bucket "${name}"', line: '8' } }],
    },
    {
      name: 'the own buckets are listed, and the missing one is created',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function ensureBucket(bucket: string) {
  const { Buckets = [] } = await s3.listBuckets({});
  if (Buckets.some(({ Name }) => Name === bucket)) return;
  await s3.createBucket({ Bucket: bucket });
}
`,
      output: null,
      errors: [{ messageId: 'checkThenCreateBucket', data: { bucket: 'bucket "${bucket}"', line: '5' } }],
    },
    {
      name: 'only BucketAlreadyExists is handled: that bucket is somebody else\'s, and the own one still throws',
      code: `
import { CreateBucketCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
export async function ensureBucket(client, bucket) {
  const head = await client.send(new HeadBucketCommand({ Bucket: bucket })).catch(() => null);
  if (head) return;
  try {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  } catch (error) {
    if (error.name !== 'BucketAlreadyExists') throw error;
  }
}
`,
      output: null,
      errors: [{ messageId: 'checkThenCreateBucket', data: { bucket: 'bucket "${bucket}"', line: '4' }, line: 7 }],
    },
    {
      name: 'v2 with callbacks: HEAD, then create',
      code: `
var AWS = require('aws-sdk');
var s3 = new AWS.S3();
exports.ensureBucket = function (bucket, callback) {
  s3.headBucket({ Bucket: bucket }, function (error) {
    if (!error) return callback();
    s3.createBucket({ Bucket: bucket }, callback);
  });
};
`,
      output: null,
      filename: 'file.cjs',
      errors: [{ messageId: 'checkThenCreateBucket', data: { bucket: 'bucket "${bucket}"', line: '5' }, line: 7 }],
    },
  ],
});
