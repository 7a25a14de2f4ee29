import { noUnconditionalFallback } from '../../src/rules/no-unconditional-fallback.js';
import { readMarks } from '../marked.js';
import { ruleTester } from '../rule-tester.js';

/** A case with `▸` before what is reported and `①` before the guarded call that was refused. */
function reported(name: string, source: string, object: string, messageId: 'overwrites' | 'deletes' = 'overwrites') {
  const { code, at } = readMarks(source);
  return { name, code, errors: [{ messageId, data: { object, line: String(at('①').line) }, ...at('▸') }] };
}

ruleTester.run('no-unconditional-fallback', noUnconditionalFallback as never, {
  valid: [
    {
      name: 'a conflict that is thrown on: the caller decides',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Key, Body, etag) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'docs', Key, Body, IfMatch: etag }));
  } catch (error) {
    if (error.name === 'PreconditionFailed') throw new Error('Somebody else saved this document.', { cause: error });
    throw error;
  }
}
`,
    },
    {
      name: 'a second attempt with the ETag of a new read',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function addTag(Key: string, tag: string, etag: string, tags: string[]): Promise<void> {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'tags', Key, Body: JSON.stringify([...tags, tag]), IfMatch: etag }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    const current = await client.send(new GetObjectCommand({ Bucket: 'tags', Key }));
    const merged = [...JSON.parse(await current.Body!.transformToString()), tag];
    await client.send(new PutObjectCommand({ Bucket: 'tags', Key, Body: JSON.stringify(merged), IfMatch: current.ETag }));
  }
}
`,
    },
    {
      name: 'an upsert that falls back from create to a guarded update',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function upsert(Key: string, Body: string) {
  try {
    return await client.send(new PutObjectCommand({ Bucket: 'profiles', Key, Body, IfNoneMatch: '*' }));
  } catch (error) {
    if (error.$metadata?.httpStatusCode !== 412) throw error;
    const { ETag } = await client.send(new HeadObjectCommand({ Bucket: 'profiles', Key }));
    return client.send(new PutObjectCommand({ Bucket: 'profiles', Key, Body, IfMatch: ETag }));
  }
}
`,
    },
    {
      name: 'the loser goes into a conflict copy',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function sync(Key: string, Body: Uint8Array, etag: string): Promise<void> {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'vault', Key, Body, IfMatch: etag }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    await client.send(new PutObjectCommand({ Bucket: 'vault', Key: \`\${Key}.conflict\`, Body }));
  }
}
`,
    },
    {
      name: 'a conflict copy whose key takes the name of the first',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.store = async (name, Body, etag) => {
  let Key = 'notes/' + name;
  try {
    await s3.putObject({ Bucket: 'vault', Key, Body, IfMatch: etag });
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    Key = 'notes/' + name + ' (conflict ' + Date.now() + ')';
    await s3.putObject({ Bucket: 'vault', Key, Body });
  }
};
`,
    },
    {
      name: 'the refused version goes into another bucket',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function publish(Key: string, Body: string, etag: string): Promise<void> {
  try {
    await s3.putObject({ Bucket: 'site', Key, Body, IfMatch: etag });
  } catch (error) {
    if (error.name === 'PreconditionFailed') await s3.putObject({ Bucket: 'rejected', Key, Body });
    else throw error;
  }
}
`,
    },
    {
      name: 'a store that knows no conditions answers 501, and only then it is written without',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function create(client, Bucket, Key, Body) {
  try {
    await client.send(new PutObjectCommand({ Bucket, Key, Body, IfNoneMatch: '*' }));
  } catch (error) {
    if (error.name === 'NotImplemented' || error.$metadata?.httpStatusCode === 501) {
      await client.send(new PutObjectCommand({ Bucket, Key, Body }));
      return;
    }
    throw error;
  }
}
`,
    },
    {
      name: 'the object is gone (404 of an IfMatch write): it is created anew, conflicts are thrown on first',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const isConflict = (error) => error.name === 'PreconditionFailed' || error.name === 'ConditionalRequestConflict';
export async function save(Key: string, Body: string, etag: string): Promise<void> {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'drafts', Key, Body, IfMatch: etag }));
  } catch (error) {
    if (isConflict(error)) throw error;
    await client.send(new PutObjectCommand({ Bucket: 'drafts', Key, Body }));
  }
}
`,
    },
    {
      name: 'only a failure of the network is tried again by another way',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Key, Body, etag) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'drafts', Key, Body, IfMatch: etag }));
  } catch (error) {
    switch (error.name) {
      case 'TimeoutError':
        await client.send(new PutObjectCommand({ Bucket: 'drafts', Key, Body }));
        break;
      default:
        throw error;
    }
  }
}
`,
    },
    {
      name: 'a predicate of another file that is not known may mean anything',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { lacksConditions } from './stores.js';
export async function create(client, Bucket, Key, Body) {
  try {
    await client.send(new PutObjectCommand({ Bucket, Key, Body, IfNoneMatch: '*' }));
  } catch (error) {
    if (!lacksConditions(error)) throw error;
    await client.send(new PutObjectCommand({ Bucket, Key, Body }));
  }
}
`,
    },
    {
      name: 'the caller allowed it by a parameter',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function upload(client, Key, Body, overwrite) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'media', Key, Body, IfNoneMatch: '*' }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed' || !overwrite) throw error;
    await client.send(new PutObjectCommand({ Bucket: 'media', Key, Body }));
  }
}
`,
    },
    {
      name: 'the caller allowed it by a parameter, and the function calls itself once',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Key, Body, etag, force, mayOverwrite) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'drafts', Key, Body, ...(force ? {} : { IfMatch: etag }) }));
  } catch (error) {
    if (error.name === 'PreconditionFailed' && !force && mayOverwrite) return save(client, Key, Body, etag, true, false);
    throw error;
  }
}
`,
    },
    {
      name: 'the caller allowed it by an option',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function upload(Key: string, Body: Buffer, options: { force?: boolean } = {}): Promise<void> {
  await s3.putObject({ Bucket: 'media', Key, Body, IfNoneMatch: '*' }).catch(async (error) => {
    if (error.name === 'PreconditionFailed' && options.force) return s3.putObject({ Bucket: 'media', Key, Body });
    throw error;
  });
}
`,
    },
    {
      name: 'an option of the class allows it',
      code: `
import { CopyObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Mover {
  constructor(private readonly client: S3Client, private readonly options: { onExisting: 'replace' | 'fail' }) {}
  async move(CopySource: string, Key: string): Promise<void> {
    const input = { Bucket: 'archive', CopySource, Key };
    try {
      await this.client.send(new CopyObjectCommand({ ...input, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name === 'PreconditionFailed' && this.options.onExisting === 'replace') {
        await this.client.send(new CopyObjectCommand(input));
        return;
      }
      throw error;
    }
  }
}
`,
    },
    {
      name: 'a move that may replace what is there, a copy that may not: the caller says which',
      code: `
import { CopyObjectCommand, S3Client } from '@aws-sdk/client-s3';
export const copyFile = async (config, Bucket, CopySource, Key, isRename) => {
  const input = { Bucket, CopySource, Key };
  try {
    const client = new S3Client(config);
    client.middlewareStack.add((next) => async (args) => {
      args.request.headers['if-none-match'] = '*';
      return next(args);
    }, { step: 'build' });
    return await client.send(new CopyObjectCommand(input));
  } catch (error) {
    if (error.$metadata?.httpStatusCode === 412) {
      if (!isRename) return { status: 412 };
      const client = new S3Client(config);
      return client.send(new CopyObjectCommand(input));
    }
    throw error;
  }
};
`,
    },
    {
      name: 'the environment or the command line allows it',
      code: `
import { parseArgs } from 'node:util';
import { PutObjectCommand } from '@aws-sdk/client-s3';
const { values } = parseArgs({ options: { force: { type: 'boolean' } } });
const mayOverwrite = process.env.OVERWRITE === 'true';
export async function deploy(client, Key, Body, etag) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'site', Key, Body, IfMatch: etag }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    if (mayOverwrite) await client.send(new PutObjectCommand({ Bucket: 'site', Key, Body }));
    else if (values.force) await client.send(new PutObjectCommand({ Bucket: 'site', Key, Body }));
    else if (process.argv.includes('--force')) await client.send(new PutObjectCommand({ Bucket: 'site', Key, Body }));
    else if (globalThis.confirm('Overwrite?')) await client.send(new PutObjectCommand({ Bucket: 'site', Key, Body }));
    else throw error;
  }
}
`,
    },
    {
      name: 'a result that does not say which error it was may be that of a store without conditions',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
async function tryPut(client, Key, Body) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'site', Key, Body, IfNoneMatch: '*' }));
    return { status: 200 };
  } catch (error) {
    return { status: error.$metadata?.httpStatusCode ?? 500 };
  }
}
export async function publish(client, key, body) {
  const result = await tryPut(client, key, body);
  if (result.status === 501) await client.send(new PutObjectCommand({ Bucket: 'site', Key: key, Body: body }));
}
`,
    },
    {
      name: 'a person was asked',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { confirm } from '@inquirer/prompts';
export async function deploy(client, Key, Body, etag) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'site', Key, Body, IfMatch: etag }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    const sure = await confirm({ message: 'Somebody else has deployed. Overwrite?' });
    if (!sure) return;
    await client.send(new PutObjectCommand({ Bucket: 'site', Key, Body }));
  }
}
`,
    },
    {
      name: 'a person was shown the other version and asked, in a function of the file',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { select } from '@clack/prompts';
async function mayOverwrite(theirs) {
  const answer = await select({ message: theirs, options: [{ value: 'mine' }, { value: 'theirs' }] });
  return answer === 'mine';
}
export async function deploy(client, Key, Body, etag) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'site', Key, Body, IfMatch: etag }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    const current = await client.send(new GetObjectCommand({ Bucket: 'site', Key }));
    if (await mayOverwrite(await current.Body.transformToString())) {
      await client.send(new PutObjectCommand({ Bucket: 'site', Key, Body }));
    }
  }
}
`,
    },
    {
      name: 'a dialog of the browser asks, and its button overwrites',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { dialog } from './dialog.js';
export async function save(client, Key, Body, etag) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'drafts', Key, Body, IfMatch: etag }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    dialog.open({ title: 'Changed elsewhere', onOverwrite: () => client.send(new PutObjectCommand({ Bucket: 'drafts', Key, Body })) });
  }
}
`,
    },
    {
      name: 'the object is ensured first, and written after a success as well',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function register(Bucket: string, row: string): Promise<void> {
  try {
    await s3.putObject({ Bucket, Key: 'index.csv', Body: 'id,name', IfNoneMatch: '*' });
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
  }
  await s3.putObject({ Bucket, Key: 'index.csv', Body: row });
}
`,
    },
    {
      name: 'the lock is there already, and the work behind it writes another object',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function lock(name: string): Promise<boolean> {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'jobs', Key: \`\${name}.lock\`, Body: '', IfNoneMatch: '*' }));
    return true;
  } catch (error) {
    if (error.name === 'PreconditionFailed') return false;
    throw error;
  }
}
export async function run(name: string): Promise<void> {
  if (!(await lock(name))) {
    await client.send(new PutObjectCommand({ Bucket: 'jobs', Key: \`\${name}.skipped\`, Body: new Date().toISOString() }));
  }
}
`,
    },
    {
      name: 'a stale lock is deleted, and the lock created anew under the same guard',
      code: `
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Locks {
  constructor(private readonly client: S3Client, private readonly Bucket: string) {}
  async acquire(Key: string, owner: string): Promise<boolean> {
    try {
      await this.client.send(new PutObjectCommand({ Bucket: this.Bucket, Key, Body: owner, IfNoneMatch: '*' }));
      return true;
    } catch (error) {
      if (error.name !== 'PreconditionFailed' || !(await this.isStale(Key))) return false;
      await this.client.send(new DeleteObjectCommand({ Bucket: this.Bucket, Key }));
      try {
        await this.client.send(new PutObjectCommand({ Bucket: this.Bucket, Key, Body: owner, IfNoneMatch: '*' }));
        return true;
      } catch {
        return false;
      }
    }
  }
  private async isStale(Key: string): Promise<boolean> {
    return Key.startsWith('old/');
  }
}
`,
    },
    {
      name: 'what is written back from the read is the business of no-lost-update',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function addTag(Key: string, tag: string, etag: string): Promise<void> {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'tags', Key, Body: tag, IfMatch: etag }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    const current = await client.send(new GetObjectCommand({ Bucket: 'tags', Key }));
    const tags = await current.Body!.transformToString();
    await client.send(new PutObjectCommand({ Bucket: 'tags', Key, Body: tags + tag }));
  }
}
`,
    },
    {
      name: 'the settings allow this object to be overwritten',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function publish(Body: string): Promise<void> {
  try {
    await s3.putObject({ Bucket: 'site', Key: 'status.json', Body, IfNoneMatch: '*' });
  } catch {
    await s3.putObject({ Bucket: 'site', Key: 'status.json', Body });
  }
}
`,
      settings: { s3: { objects: [{ bucket: 'site', key: 'status.json', write: 'overwrite' }] } },
    },
    {
      name: 'an input that is not seen may carry its own condition',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { inputFor } from './inputs.js';
export async function save(client, Key, Body, etag) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'drafts', Key, Body, IfMatch: etag }));
  } catch {
    await client.send(new PutObjectCommand({ Bucket: 'drafts', Key, ...inputFor(Body) }));
  }
}
`,
    },
    {
      name: 'a wrapper that hands its condition on is called with the new ETag',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const put = (Key: string, Body: string, IfMatch?: string) => client.send(new PutObjectCommand({ Bucket: 'drafts', Key, Body, IfMatch }));
export async function save(Key: string, Body: string, etag: string, merge: (etag: string) => Promise<string>): Promise<void> {
  try {
    await put(Key, Body, etag);
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    const { ETag } = await client.send(new HeadObjectCommand({ Bucket: 'drafts', Key }));
    await put(Key, await merge(ETag!), ETag);
  }
}
`,
    },
    {
      name: 'a presigned URL is handed out: nothing is written here',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
export async function offer(client, Key, Body) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'media', Key, Body, IfNoneMatch: '*' }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    return getSignedUrl(client, new PutObjectCommand({ Bucket: 'media', Key }));
  }
}
`,
    },
    {
      name: 'a loop that takes the ETag anew in each turn',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function increment(client, Bucket, Key) {
  let etag;
  for (let attempt = 0; attempt < 5; attempt++) {
    const current = await client.send(new GetObjectCommand({ Bucket, Key }));
    etag = current.ETag;
    try {
      return await client.send(new PutObjectCommand({ Bucket, Key, Body: await current.Body.transformToString() + '1', IfMatch: etag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      etag = undefined;
    }
  }
}
`,
    },
    {
      name: 'both headers by turns: when the ETag is cleared, the write is a create',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function save(Key: string, Body: string, known?: string) {
  let etag = known;
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await s3.putObject({ Bucket: 'drafts', Key, Body, IfMatch: etag, IfNoneMatch: etag ? undefined : '*' });
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      etag = undefined;
    }
  }
}
`,
    },
    {
      name: 'the listener of an event overwrites when it is told to',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { bus } from './bus.js';
export async function save(client, Key, Body, etag) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'drafts', Key, Body, IfMatch: etag }));
  } catch (error) {
    bus.once('overwrite', () => client.send(new PutObjectCommand({ Bucket: 'drafts', Key, Body })));
    bus.emit('conflict', Key);
  }
}
`,
    },
    {
      name: 'minio: the refused create is followed by the upload of another name',
      code: `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export async function store(name: string, body: string): Promise<void> {
  try {
    await minio.putObject('docs', name, body, body.length, { 'If-None-Match': '*' });
  } catch (error) {
    if (error.code !== 'PreconditionFailed') throw error;
    await minio.putObject('docs', \`copy of \${name}\`, body);
  }
}
`,
    },
    {
      name: 'a conditional delete that is refused leaves the object alone',
      code: `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export async function release(client, Key, etag) {
  try {
    await client.send(new DeleteObjectCommand({ Bucket: 'locks', Key, IfMatch: etag }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
  }
}
`,
    },
    {
      name: 'a store that refuses the header (400 or 501) gets the swap without it, conflicts are tried again',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
const isPreconditionFailed = (error) => error.name === 'PreconditionFailed' || error.$metadata?.httpStatusCode === 412 || /precondition/i.test(error.message ?? '');
export async function swap(client, Bucket, update) {
  for (let attempt = 1; attempt <= 6; attempt++) {
    const current = await client.send(new GetObjectCommand({ Bucket, Key: 'latest.json' }));
    const input = { Bucket, Key: 'latest.json', Body: JSON.stringify(update(current)) };
    if (current.ETag) input.IfMatch = current.ETag;
    else input.IfNoneMatch = '*';
    try {
      return await client.send(new PutObjectCommand(input));
    } catch (error) {
      if (isPreconditionFailed(error)) continue;
      if (error.$metadata?.httpStatusCode !== 400 && error.$metadata?.httpStatusCode !== 501) throw error;
      return client.send(new PutObjectCommand({ Bucket, Key: 'latest.json', Body: JSON.stringify(update(current)) }));
    }
  }
}
`,
    },
    {
      name: 'the object that is there is compared, and nothing is written over it',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function putOrReuse(Key: string, Body: Uint8Array, sha256: string): Promise<'uploaded' | 'reused'> {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'images', Key, Body, IfNoneMatch: '*', Metadata: { sha256 } }));
    return 'uploaded';
  } catch (error) {
    if (error.$metadata?.httpStatusCode !== 412 && error.name !== 'PreconditionFailed') throw error;
  }
  const existing = await client.send(new HeadObjectCommand({ Bucket: 'images', Key }));
  if (existing.Metadata?.sha256 !== sha256) throw new Error(\`\${Key} holds something else.\`);
  return 'reused';
}
`,
    },
    {
      name: 'the next epoch is claimed under another key',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Epochs {
  constructor(private readonly client: S3Client, private readonly bucket: string) {}
  async claim(partition: number): Promise<number> {
    let candidate = 1;
    for (;;) {
      try {
        await this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: this.keyFor(partition, candidate), Body: '', IfNoneMatch: '*' }));
        return candidate;
      } catch (error) {
        if (error.name !== 'PreconditionFailed') throw error;
        candidate = Math.max(candidate + 1, 2);
      }
    }
  }
  private keyFor(partition: number, epoch: number): string {
    return \`claims/\${partition}/epoch-\${epoch}.json\`;
  }
}
`,
    },
    {
      name: 'an option of the store says that an immutable object may be there already',
      code: `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function put(client, Bucket, Key, Body, { immutable = false } = {}) {
  try {
    await client.send(new PutObjectCommand({ Bucket, Key, Body, ...(immutable ? { IfNoneMatch: '*' } : {}) }));
    return 'created';
  } catch (error) {
    if (!immutable || error.name !== 'PreconditionFailed') throw error;
    const existing = await client.send(new HeadObjectCommand({ Bucket, Key }));
    if (Number(existing.ContentLength) !== Body.length) throw new Error('holds something else');
    return 'existing';
  }
}
`,
    },
    {
      name: 'the loop ends with a success too, and the write behind it belongs to both',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(client, Bucket, Body) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await client.send(new PutObjectCommand({ Bucket, Key: 'site/state.json', Body, IfNoneMatch: '*' }));
      break;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
  await client.send(new PutObjectCommand({ Bucket, Key: 'site/state.json', Body: 'done' }));
}
`,
    },
  ],
  invalid: [
    reported(
      'a catch for the conflict overwrites what the other writer stored',
      `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function save(Key: string, Body: string, etag: string): Promise<void> {
  try {
    await client.send(①new PutObjectCommand({ Bucket: 'drafts', Key, Body, IfMatch: etag }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    await client.send(▸new PutObjectCommand({ Bucket: 'drafts', Key, Body }));
  }
}
`,
      '"${Key}" in bucket "drafts"',
    ),
    reported(
      'a catch of anything: a conflict runs into it too',
      `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.publish = async (Body) => {
  try {
    await ①s3.putObject({ Bucket: 'site', Key: 'index.html', Body, IfNoneMatch: '*' });
  } catch (error) {
    console.warn('first attempt failed', error);
    await ▸s3.putObject({ Bucket: 'site', Key: 'index.html', Body });
  }
};
`,
      '"index.html" in bucket "site"',
    ),
    reported(
      '.catch of a promise',
      `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const publish = (Body: string) =>
  ①s3.putObject({ Bucket: 'site', Key: 'index.html', Body, IfNoneMatch: '*' }).catch(() => ▸s3.putObject({ Bucket: 'site', Key: 'index.html', Body }));
`,
      '"index.html" in bucket "site"',
    ),
    reported(
      '.catch with a ternary on the status',
      `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const publish = (Body: string) =>
  ①s3.putObject({ Bucket: 'site', Key: 'index.html', Body, IfNoneMatch: '*' }).catch((error) =>
    error.$metadata.httpStatusCode === 412 ? ▸s3.putObject({ Bucket: 'site', Key: 'index.html', Body }) : Promise.reject(error),
  );
`,
      '"index.html" in bucket "site"',
    ),
    reported(
      'the second function of .then',
      `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export function save(client, Key, Body, etag) {
  return client.send(①new PutObjectCommand({ Bucket: 'drafts', Key, Body, IfMatch: etag })).then(
    () => true,
    async (error) => {
      if (error.name === 'PreconditionFailed') await client.send(▸new PutObjectCommand({ Bucket: 'drafts', Key, Body }));
      return false;
    },
  );
}
`,
      '"${Key}" in bucket "drafts"',
    ),
    reported(
      'the attempts are used up, and the last one goes without the guard',
      `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Bucket, Key, Body, maxAttempts = 3) {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const { ETag } = await client.send(new HeadObjectCommand({ Bucket, Key }));
    try {
      return await client.send(①new PutObjectCommand({ Bucket, Key, Body, IfMatch: ETag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
  return client.send(▸new PutObjectCommand({ Bucket, Key, Body }));
}
`,
      '"${Key}" in bucket "${Bucket}"',
    ),
    reported(
      'the counter in the catch decides for the blind write',
      `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Key, Body, currentETag) {
  let attempts = 0;
  for (;;) {
    try {
      return await client.send(①new PutObjectCommand({ Bucket: 'drafts', Key, Body, IfMatch: await currentETag(Key) }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      attempts += 1;
      if (attempts > 5) return client.send(▸new PutObjectCommand({ Bucket: 'drafts', Key, Body }));
    }
  }
}
`,
      '"${Key}" in bucket "drafts"',
    ),
    reported(
      'a result tells of the conflict, and the caller overwrites',
      `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function tryCreate(Key: string, Body: string): Promise<boolean> {
  try {
    await client.send(①new PutObjectCommand({ Bucket: 'profiles', Key, Body, IfNoneMatch: '*' }));
    return true;
  } catch (error) {
    if (error.name === 'PreconditionFailed') return false;
    throw error;
  }
}
export async function upsert(Key: string, Body: string): Promise<void> {
  if (!(await tryCreate(Key, Body))) {
    await client.send(▸new PutObjectCommand({ Bucket: 'profiles', Key, Body }));
  }
}
`,
      '"${Key}" in bucket "profiles"',
    ),
    reported(
      'a flag that stays false leads to the blind write',
      `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(Key: string, Body: string, etag: string): Promise<void> {
  let saved = false;
  try {
    await ①s3.putObject({ Bucket: 'drafts', Key, Body, IfMatch: etag });
    saved = true;
  } catch (error) {
    console.error(error);
  }
  if (!saved) await ▸s3.putObject({ Bucket: 'drafts', Key, Body });
}
`,
      '"${Key}" in bucket "drafts"',
    ),
    reported(
      'a helper that takes the condition is called without it',
      `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const put = (Key: string, Body: string, IfMatch?: string) => client.send(①new PutObjectCommand({ Bucket: 'drafts', Key, Body, IfMatch }));
export async function save(Key: string, Body: string, etag: string): Promise<void> {
  try {
    await put(Key, Body, etag);
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    await ▸put(Key, Body);
  }
}
`,
      '"${Key}" in bucket "drafts"',
    ),
    reported(
      'a method whose options leave the condition out',
      `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Drafts {
  constructor(private readonly client: S3Client) {}
  private async put(Key: string, Body: string, options: { etag?: string } = {}): Promise<void> {
    await this.client.send(①new PutObjectCommand({ Bucket: 'drafts', Key, Body, ...(options.etag ? { IfMatch: options.etag } : {}) }));
  }
  async save(key: string, body: string, etag: string): Promise<void> {
    try {
      await this.put(key, body, { etag });
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      await ▸this.put(key, body);
    }
  }
}
`,
      '"${key}" in bucket "drafts"',
    ),
    reported(
      'the function calls itself by force',
      `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Key, Body, etag, force = false) {
  try {
    await client.send(①new PutObjectCommand({ Bucket: 'drafts', Key, Body, ...(force ? {} : { IfMatch: etag }) }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    return ▸save(client, Key, Body, etag, true);
  }
}
`,
      '"${Key}" in bucket "drafts"',
    ),
    reported(
      'the option is left out of a pattern that has a default of its own',
      `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Key: string, Body: string, etag: string, { force }: { force?: boolean } = {}) {
  try {
    await client.send(①new PutObjectCommand({ Bucket: 'drafts', Key, Body, IfMatch: force ? undefined : etag }));
  } catch (error: any) {
    if (error.name !== 'PreconditionFailed') throw error;
    return ▸save(client, Key, Body, etag, { force: true });
  }
}
`,
      '"${Key}" in bucket "drafts"',
    ),
    reported(
      'the function calls itself by force, once',
      `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Key, Body, etag, force) {
  try {
    await client.send(①new PutObjectCommand({ Bucket: 'drafts', Key, Body, ...(force ? {} : { IfMatch: etag }) }));
  } catch (error) {
    if (error.name === 'PreconditionFailed' && !force) return ▸save(client, Key, Body, etag, true);
    throw error;
  }
}
`,
      '"${Key}" in bucket "drafts"',
    ),
    reported(
      'the function calls itself with an option',
      `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function save(Key: string, Body: string, { etag, force }: { etag?: string; force?: boolean }): Promise<void> {
  try {
    await ①s3.putObject({ Bucket: 'drafts', Key, Body, IfMatch: force ? undefined : etag });
  } catch (error) {
    if (error.name === 'PreconditionFailed') return ▸save(Key, Body, { force: true });
    throw error;
  }
}
`,
      '"${Key}" in bucket "drafts"',
    ),
    reported(
      'a handler of the file writes without a condition',
      `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function overwrite(Key: string, Body: string) {
  await client.send(▸new PutObjectCommand({ Bucket: 'drafts', Key, Body }));
}
export async function save(Key: string, Body: string, etag: string): Promise<void> {
  try {
    await client.send(①new PutObjectCommand({ Bucket: 'drafts', Key, Body, IfMatch: etag }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    await overwrite(Key, Body);
  }
}
`,
      '"${Key}" in bucket "drafts"',
    ),
    reported(
      'the object is read again, and its answer is thrown away',
      `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Key, Body, etag) {
  try {
    await client.send(①new PutObjectCommand({ Bucket: 'drafts', Key, Body, IfMatch: etag }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    const theirs = await client.send(new GetObjectCommand({ Bucket: 'drafts', Key }));
    console.warn('overwriting', theirs.LastModified);
    await client.send(▸new PutObjectCommand({ Bucket: 'drafts', Key, Body }));
  }
}
`,
      '"${Key}" in bucket "drafts"',
    ),
    reported(
      'a lost completion is uploaded in one piece, without the guard',
      `
import { CompleteMultipartUploadCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function finish(client, Key, UploadId, MultipartUpload, Body) {
  try {
    await client.send(①new CompleteMultipartUploadCommand({ Bucket: 'media', Key, UploadId, MultipartUpload, IfNoneMatch: '*' }));
  } catch (error) {
    if (error.name !== 'ConditionalRequestConflict') throw error;
    await client.send(▸new PutObjectCommand({ Bucket: 'media', Key, Body }));
  }
}
`,
      '"${Key}" in bucket "media"',
    ),
    reported(
      'a copy onto a name that is taken copies over it',
      `
import { CopyObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function rename(from: string, to: string): Promise<void> {
  const input = { Bucket: 'docs', CopySource: \`docs/\${from}\`, Key: to };
  try {
    await client.send(①new CopyObjectCommand({ ...input, IfNoneMatch: '*' }));
  } catch (error) {
    if (error.$metadata?.httpStatusCode !== 412) throw error;
    await client.send(▸new CopyObjectCommand(input));
  }
}
`,
      '"${to}" in bucket "docs"',
    ),
    reported(
      'Upload of lib-storage',
      `
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
const client = new S3Client({});
export async function store(Key: string, Body: ReadableStream, again: ReadableStream): Promise<void> {
  try {
    await ①new Upload({ client, params: { Bucket: 'media', Key, Body, IfNoneMatch: '*' } }).done();
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    await ▸new Upload({ client, params: { Bucket: 'media', Key, Body: again } }).done();
  }
}
`,
      '"${Key}" in bucket "media"',
    ),
    reported(
      'minio',
      `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export async function store(name: string, body: string): Promise<void> {
  try {
    await ①minio.putObject('docs', name, body, body.length, { 'If-None-Match': '*' });
  } catch (error) {
    if (error.code !== 'PreconditionFailed') throw error;
    await ▸minio.putObject('docs', name, body);
  }
}
`,
      '"${name}" in bucket "docs"',
    ),
    reported(
      'aws-sdk v2 with a callback',
      `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.create = (Key, Body, done) => {
  ①s3.putObject({ Bucket: 'docs', Key, Body, IfNoneMatch: '*' }, (error) => {
    if (error && error.code === 'PreconditionFailed') {
      ▸s3.putObject({ Bucket: 'docs', Key, Body }, done);
      return;
    }
    done(error);
  });
};
`,
      '"${Key}" in bucket "docs"',
    ),
    reported(
      'a library is told to retry the write without the guard',
      `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import pRetry from 'p-retry';
export async function save(client, Key, Body, etag) {
  try {
    await client.send(①new PutObjectCommand({ Bucket: 'drafts', Key, Body, IfMatch: etag }));
  } catch {
    await pRetry(() => client.send(▸new PutObjectCommand({ Bucket: 'drafts', Key, Body })), { retries: 3 });
  }
}
`,
      '"${Key}" in bucket "drafts"',
    ),
    reported(
      'a guarded delete is followed by one that is not',
      `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export async function release(client, Key, etag) {
  try {
    await client.send(①new DeleteObjectCommand({ Bucket: 'locks', Key, IfMatch: etag }));
  } catch {
    await client.send(▸new DeleteObjectCommand({ Bucket: 'locks', Key }));
  }
}
`,
      '"${Key}" in bucket "locks"',
      'deletes',
    ),
    reported(
      'a stale lock is taken over without the guard: two of them win',
      `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { isStale } from './leases.js';
const client = new S3Client({});
export async function acquire(Key: string, owner: string): Promise<boolean> {
  const putLock = (conditional: boolean) =>
    client.send(①new PutObjectCommand({ Bucket: 'locks', Key, Body: owner, ...(conditional ? { IfNoneMatch: '*' } : {}) }));
  try {
    await putLock(true);
    return true;
  } catch (error) {
    if (error.name !== 'PreconditionFailed' && error.name !== 'ConditionalRequestConflict') throw error;
    const current = await client.send(new GetObjectCommand({ Bucket: 'locks', Key }));
    if (!isStale(JSON.parse(await current.Body!.transformToString()))) return false;
    await ▸putLock(false);
    return true;
  }
}
`,
      '"${Key}" in bucket "locks"',
    ),
    reported(
      'when all turns have met a conflict, the writer of the file is called with null',
      `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function load(bucket: string) {
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'entries.json' }));
  return { entries: JSON.parse(await current.Body!.transformToString()), etag: current.ETag };
}
async function write(bucket: string, entries: string[], etag: string | null | undefined) {
  const params: PutObjectCommandInput = { Bucket: bucket, Key: 'entries.json', Body: JSON.stringify(entries) };
  if (etag) params.IfMatch = etag;
  await client.send(①new PutObjectCommand(params));
}
export async function add(bucket: string, entry: string): Promise<void> {
  for (let n = 0; n < 3; n++) {
    const { entries, etag } = await load(bucket);
    try {
      await write(bucket, [...entries, entry], etag);
      return;
    } catch (error) {
      if (error.name === 'PreconditionFailed') continue;
      throw error;
    }
  }
  const { entries } = await load(bucket);
  await ▸write(bucket, [...entries, entry], null);
}
`,
      '"entries.json" in bucket "${bucket}"',
    ),
    reported(
      'the condition is deleted from the input',
      `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Key, Body, etag) {
  const input = { Bucket: 'drafts', Key, Body, IfMatch: etag };
  try {
    await client.send(①new PutObjectCommand(input));
  } catch (error) {
    if (error.$metadata?.httpStatusCode !== 412) throw error;
    delete input.IfMatch;
    await client.send(▸new PutObjectCommand(input));
  }
}
`,
      '"${Key}" in bucket "drafts"',
    ),
    {
      name: 'the ETag is cleared for the next turn',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Key, Body, known) {
  let etag = known;
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'drafts', Key, Body, IfMatch: etag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      etag = undefined;
    }
  }
}
`,
      errors: [{ messageId: 'clearsCondition', data: { object: '"${Key}" in bucket "drafts"', line: '7' }, line: 7, column: 32 }],
    },
    {
      name: 'the next turn goes by force',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function save(Key: string, Body: string, etag: string) {
  let force = false;
  while (true) {
    try {
      return await s3.putObject({ Bucket: 'drafts', Key, Body, ...(force ? {} : { IfMatch: etag }) });
    } catch (error) {
      if (error.name !== 'PreconditionFailed' || force) throw error;
      force = true;
    }
  }
}
`,
      errors: [{ messageId: 'clearsCondition', data: { object: '"${Key}" in bucket "drafts"', line: '8' }, line: 8, column: 20 }],
    },
  ],
});
