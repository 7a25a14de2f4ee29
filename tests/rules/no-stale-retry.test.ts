import { noStaleRetry } from '../../src/rules/no-stale-retry.js';
import { readMarks } from '../marked.js';
import { ruleTester } from '../rule-tester.js';

const v3 = `import { S3Client, GetObjectCommand, HeadObjectCommand, PutObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
const client = new S3Client({});
`;

interface Stale {
  readonly name: string;
  /** `▸` before the write, `①` before where the ETag comes from, `②` before the retry. */
  readonly source: string;
  /** `"${Key}" in bucket "notes"`, where nothing else is said. */
  readonly object?: string;
  readonly status?: '409' | '412';
  readonly messageId?: 'staleDelete';
}

const stale: readonly Stale[] = [
  {
    name: 'a counted loop around the write, and the read before it',
    object: '"${Key}" in bucket "${Bucket}"',
    source: `${v3}export async function rename(Bucket, Key, title) {
  const current = await client.send(①new GetObjectCommand({ Bucket, Key }));
  const page = JSON.parse(await current.Body.transformToString());
  ②for (let attempt = 0; attempt < 5; attempt++) {
    try {
      return await client.send(▸new PutObjectCommand({ Bucket, Key, Body: JSON.stringify({ ...page, title }), IfMatch: current.ETag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
  }
  throw new Error('busy');
}
`,
  },
  {
    name: 'the ETag taken out of the response before the loop',
    source: `${v3}export async function rename(Key: string, change: (text: string) => string): Promise<void> {
  const { Body, ETag } = await client.send(①new GetObjectCommand({ Bucket: 'pages', Key }));
  const text = change(await Body!.transformToString());
  let attempts = 0;
  ②while (true) {
    try {
      await client.send(▸new PutObjectCommand({ Bucket: 'pages', Key, Body: text, IfMatch: ETag }));
      return;
    } catch (error) {
      attempts += 1;
      if ((error as Error).name !== 'PreconditionFailed' || attempts > 3) throw error;
    }
  }
}
`,
    object: '"${Key}" in bucket "pages"',
  },
  {
    name: 'the ETag of a parameter: the caller read once',
    source: `import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function save(Key: string, Body: string, ①etag: string): Promise<boolean> {
  ②for (const delay of [0, 100, 400]) {
    await new Promise((resolve) => setTimeout(resolve, delay));
    try {
      await ▸s3.putObject({ Bucket: 'notes', Key, Body, IfMatch: etag });
      return true;
    } catch (error) {
      if (error.$metadata?.httpStatusCode !== 412) throw error;
    }
  }
  return false;
}
`,
  },
  {
    name: 'any failure is tried again, the conflict among them',
    source: `${v3}export async function save(Key, Body, ①etag) {
  ②for (let i = 0; i < 3; i++) {
    try {
      return await client.send(▸new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: etag }));
    } catch (error) {
      console.warn('attempt failed', i, error);
    }
  }
}
`,
  },
  {
    name: 'a read inside the loop that gives the body, and not the ETag',
    source: `${v3}export async function merge(Key, mine) {
  const { ETag } = await client.send(①new HeadObjectCommand({ Bucket: 'docs', Key }));
  ②for (let i = 0; i < 3; i++) {
    const now = await client.send(new GetObjectCommand({ Bucket: 'docs', Key }));
    const theirs = JSON.parse(await now.Body.transformToString());
    try {
      return await client.send(▸new PutObjectCommand({ Bucket: 'docs', Key, Body: JSON.stringify({ ...theirs, ...mine }), IfMatch: ETag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    object: '"${Key}" in bucket "docs"',
  },
  {
    name: 'recursion that hands the same ETag on',
    source: `${v3}export async function save(Key, Body, ①etag, attempt = 0) {
  try {
    await client.send(▸new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: etag }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed' || attempt > 4) throw error;
    await ②save(Key, Body, etag, attempt + 1);
  }
}
`,
  },
  {
    name: 'recursion of a method that hands its options on',
    source: `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Notes {
  constructor(private readonly client: S3Client) {}
  async save(Key: string, Body: string, ①options: { etag: string; retries: number }): Promise<void> {
    try {
      await this.client.send(▸new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: options.etag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed' || options.retries === 0) throw error;
      return ②this.save(Key, Body, { ...options, retries: options.retries - 1 });
    }
  }
}
`,
  },
  {
    name: 'a timer that calls with the same arguments',
    source: `${v3}function save(Key, Body, ①etag, left) {
  client.send(▸new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: etag })).catch((error) => {
    if (error.name === 'PreconditionFailed' && left > 0) setTimeout(() => ②save(Key, Body, etag, left - 1), 500);
  });
}
exports.save = save;
`,
  },
  {
    name: 'a function of the file that retries what it is handed',
    source: `${v3}async function withRetry(run) {
  ②for (let i = 0; i < 3; i++) {
    try {
      return await run();
    } catch (error) {
      if (i === 2) throw error;
    }
  }
}
export async function append(Key, line) {
  const log = await client.send(①new GetObjectCommand({ Bucket: 'logs', Key }));
  const text = await log.Body.transformToString();
  await withRetry(() => client.send(▸new PutObjectCommand({ Bucket: 'logs', Key, Body: text + line, IfMatch: log.ETag })));
}
`,
    object: '"${Key}" in bucket "logs"',
  },
  {
    name: 'the write in a function of its own, called in the loop with the ETag from before it',
    source: `${v3}const put = (Key, Body, ETag) => client.send(▸new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: ETag }));
export async function save(key, body) {
  const { ETag } = await client.send(①new HeadObjectCommand({ Bucket: 'notes', Key: key }));
  ②for (let i = 0; i < 3; i++) {
    try {
      return await put(key, body, ETag);
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
  },
  {
    name: 'a command made once and sent again',
    source: `${v3}export async function save(Key, Body, ①etag) {
  const command = ▸new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: etag });
  ②for (let i = 0; i < 3; i++) {
    try {
      return await client.send(command);
    } catch (error) {
      if (error.$metadata?.httpStatusCode !== 412) throw error;
    }
  }
}
`,
  },
  {
    name: 'quotes put around the same ETag',
    source: `${v3}const quoted = (etag) => \`"\${etag}"\`;
export async function save(Key, Body, ①etag) {
  ②for (let i = 0; i < 3; i++) {
    try {
      return await client.send(▸new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: quoted(etag.replaceAll('"', '')) }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
  },
  {
    name: 'p-retry around the write alone',
    source: `${v3}import pRetry from 'p-retry';
export async function append(Key, line) {
  const log = await client.send(①new GetObjectCommand({ Bucket: 'logs', Key }));
  const text = await log.Body.transformToString();
  await ②pRetry(() => client.send(▸new PutObjectCommand({ Bucket: 'logs', Key, Body: text + line, IfMatch: log.ETag })), { retries: 5 });
}
`,
    object: '"${Key}" in bucket "logs"',
  },
  {
    name: 'async-retry that bails on other errors alone',
    source: `${v3}import retry from 'async-retry';
export const save = (Key: string, Body: string, ①ETag: string) =>
  ②retry(async (bail) => {
    try {
      return await client.send(▸new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: ETag }));
    } catch (error) {
      if (error.name === 'PreconditionFailed') throw error;
      bail(error);
    }
  }, { retries: 3 });
`,
  },
  {
    name: 'a 409 of an update: AWS has the ETag read again',
    source: `${v3}export async function save(Key, Body, ①etag) {
  ②for (let i = 0; i < 3; i++) {
    try {
      return await client.send(▸new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: etag }));
    } catch (error) {
      if (error.name !== 'ConditionalRequestConflict') throw error;
    }
  }
}
`,
    status: '409',
  },
  {
    name: 'a delete',
    source: `${v3}export async function remove(Key) {
  const job = await client.send(①new HeadObjectCommand({ Bucket: 'jobs', Key }));
  let done = false;
  ②for (let i = 0; i < 3 && !done; i++) {
    try {
      await client.send(▸new DeleteObjectCommand({ Bucket: 'jobs', Key, IfMatch: job.ETag }));
      done = true;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    object: '"${Key}" in bucket "jobs"',
    messageId: 'staleDelete',
  },
  {
    name: 'one delete of many, with the ETag of the listing',
    object: '"${Key}" in bucket "${Bucket}"',
    source: `${v3}import { ListObjectsV2Command } from '@aws-sdk/client-s3';
export async function sweep(Bucket) {
  const { Contents = [] } = await client.send(①new ListObjectsV2Command({ Bucket }));
  for (const { Key, ETag } of Contents) {
    ②for (let i = 0; i < 3; i++) {
      try {
        await client.send(▸new DeleteObjectCommand({ Bucket, Key, IfMatch: ETag }));
        break;
      } catch (error) {
        if (error.name !== 'PreconditionFailed') throw error;
      }
    }
  }
}
`,
    messageId: 'staleDelete',
  },
  {
    name: 'minio: the header of a put',
    object: '"${key}" in bucket "notes"',
    source: `import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost', accessKey: 'a', secretKey: 'b' });
export async function save(key: string, body: string): Promise<void> {
  const { etag } = await ①minio.statObject('notes', key);
  ②for (let i = 0; i < 3; i++) {
    try {
      await ▸minio.putObject('notes', key, body, undefined, { 'If-Match': etag });
      return;
    } catch (error) {
      if (error.code !== 'PreconditionFailed') throw error;
    }
  }
}
`,
  },
  {
    name: 'lib-storage: an upload is made anew, with the old ETag',
    source: `import { Upload } from '@aws-sdk/lib-storage';
import { S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function save(Key: string, Body: Buffer, ①IfMatch: string): Promise<void> {
  ②for (let i = 0; i < 3; i++) {
    try {
      await ▸new Upload({ client, params: { Bucket: 'films', Key, Body, IfMatch } }).done();
      return;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    object: '"${Key}" in bucket "films"',
  },
  {
    name: 'a field that only the constructor sets',
    source: `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Draft {
  constructor(private readonly client: S3Client, private readonly key: string, ①private readonly etag: string) {}
  async save(body: string): Promise<void> {
    ②for (let i = 0; i < 3; i++) {
      try {
        await this.client.send(▸new PutObjectCommand({ Bucket: 'drafts', Key: this.key, Body: body, IfMatch: this.etag }));
        return;
      } catch (error) {
        if (error.name !== 'PreconditionFailed') throw error;
      }
    }
  }
}
`,
    object: '"${this.key}" in bucket "drafts"',
  },
  {
    name: 'a strategy of the client that accepts 412',
    source: `import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
const client = ②new S3Client({
  retryStrategy: {
    mode: 'own',
    async acquireInitialRetryToken() { return { getRetryCount: () => 0, getRetryDelay: () => 0 }; },
    async refreshRetryTokenForRetry(token, { error }) {
      if (error.$metadata?.httpStatusCode !== 412) throw error;
      return { getRetryCount: () => token.getRetryCount() + 1, getRetryDelay: () => 100 };
    },
    recordSuccess() {},
  },
});
export const save = (Key, Body, ①ETag) => client.send(▸new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: ETag }));
`,
  },
  {
    name: 'lib-storage: an upload that has a name, and is told to be done',
    source: `import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
const client = new S3Client({});
export async function store(Key, Body, ①etag) {
  ②for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const upload = ▸new Upload({ client, params: { Bucket: 'notes', Key, Body, IfMatch: etag } });
      return await upload.done();
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
  },
  {
    name: 'a change from outside is handed the text, and not what holds the ETag',
    source: `${v3}
export async function edit(Key, change) {
  const current = await client.send(①new GetObjectCommand({ Bucket: 'notes', Key }));
  const text = await current.Body.transformToString();
  ②for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(▸new PutObjectCommand({ Bucket: 'notes', Key, Body: change(text), IfMatch: current.ETag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
  },
];

ruleTester.run('no-stale-retry', noStaleRetry as never, {
  valid: [
    {
      name: 'each attempt reads again',
      code: `${v3}
export async function increment(Bucket, Key) {
  for (let attempt = 0; attempt < 5; attempt++) {
    const current = await client.send(new GetObjectCommand({ Bucket, Key }));
    const next = Number(await current.Body.transformToString()) + 1;
    try {
      return await client.send(new PutObjectCommand({ Bucket, Key, Body: String(next), IfMatch: current.ETag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
  throw new Error('busy');
}
`,
    },
    {
      name: 'a function of the file reads in each attempt',
      code: `${v3}
async function load(Key) {
  const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: 'pages', Key }));
  return { page: JSON.parse(await Body.transformToString()), etag: ETag };
}
const store = (Key, page, etag) => client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body: JSON.stringify(page), IfMatch: etag }));
export async function update(key, change) {
  for (let attempt = 0; attempt < 5; attempt++) {
    const { page, etag } = await load(key);
    try {
      return await store(key, change(page), etag);
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'a function of another file reads in each attempt',
      code: `${v3}
import { loadManifest } from './manifest.js';
export async function update(key, change) {
  let left = 5;
  while (left-- > 0) {
    const manifest = await loadManifest(key);
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'm', Key: key, Body: change(manifest.body), IfMatch: manifest.etag }));
    } catch (error) {
      if (error.$metadata?.httpStatusCode !== 412) throw error;
    }
  }
}
`,
    },
    {
      name: 'the handler reads the new ETag for the next attempt',
      code: `${v3}
export async function save(Bucket, Key, body, etag) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket, Key, Body: body, IfMatch: etag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
      etag = head.ETag;
    }
  }
}
`,
    },
    {
      name: 'the handler puts the new ETag into the input',
      code: `${v3}
export async function save(Bucket, Key, body, etag) {
  const input = { Bucket, Key, Body: body, IfMatch: etag };
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new PutObjectCommand(input));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      input.IfMatch = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
    }
  }
}
`,
    },
    {
      name: 'the handler puts the new ETag into the command',
      code: `${v3}
export async function save(Bucket, Key, body, etag) {
  const command = new PutObjectCommand({ Bucket, Key, Body: body, IfMatch: etag });
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(command);
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      command.input.IfMatch = (await client.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
    }
  }
}
`,
    },
    {
      name: 'the handler brings the document up to date, ETag and all',
      code: `${v3}
import { reload } from './documents.js';
export async function save(doc) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'docs', Key: doc.key, Body: doc.text, IfMatch: doc.etag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      await reload(doc);
    }
  }
}
`,
    },
    {
      name: 'the document is handed on within an object',
      code: `${v3}
import { bringUpToDate } from './documents.js';
export async function save(doc) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'docs', Key: doc.key, Body: doc.text, IfMatch: doc.etag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      await bringUpToDate({ doc, attempt });
    }
  }
}
`,
    },
    {
      name: 'a function of the file puts the new ETag into the document',
      code: `${v3}
async function renewed(doc) {
  doc.etag = (await client.send(new HeadObjectCommand({ Bucket: 'docs', Key: doc.key }))).ETag;
  return true;
}
export async function save(doc) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'docs', Key: doc.key, Body: doc.text, IfMatch: doc.etag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed' || !(await renewed(doc))) throw error;
    }
  }
}
`,
    },
    {
      name: 'the document reloads itself',
      code: `${v3}
export async function save(doc) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'docs', Key: doc.key, Body: doc.text, IfMatch: doc.etag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      await doc.refresh();
    }
  }
}
`,
    },
    {
      name: 'recursion that reads first',
      code: `${v3}
export async function writeEntry(Bucket, Key, entry, attempt = 0) {
  let text = '';
  let etag;
  try {
    const found = await client.send(new GetObjectCommand({ Bucket, Key }));
    text = await found.Body.transformToString();
    etag = found.ETag;
  } catch (error) {
    if (error.name !== 'NoSuchKey') throw error;
  }
  const input = { Bucket, Key, Body: text + entry };
  if (etag) input.IfMatch = etag;
  try {
    return await client.send(new PutObjectCommand(input));
  } catch (error) {
    if (error.$metadata?.httpStatusCode === 412 && attempt < 6) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * 2 ** attempt));
      return writeEntry(Bucket, Key, entry, attempt + 1);
    }
    throw error;
  }
}
`,
    },
    {
      name: 'recursion that hands the new ETag on',
      code: `${v3}
export async function save(Key, Body, etag, attempt = 0) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: etag }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed' || attempt > 4) throw error;
    const now = await client.send(new HeadObjectCommand({ Bucket: 'notes', Key }));
    await save(Key, Body, now.ETag, attempt + 1);
  }
}
`,
    },
    {
      name: 'recursion that leaves the ETag to its default: a read',
      code: `${v3}
const etagOf = async (Key) => (await client.send(new HeadObjectCommand({ Bucket: 'notes', Key }))).ETag;
export async function save(Key, Body, etag = etagOf(Key)) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: await etag }));
  } catch (error) {
    if (error.name !== 'PreconditionFailed') throw error;
    await save(Key, Body);
  }
}
`,
    },
    {
      name: 'the whole read-modify-write is handed to p-retry',
      code: `${v3}
import pRetry from 'p-retry';
export const increment = (Bucket, Key) =>
  pRetry(async () => {
    const current = await client.send(new GetObjectCommand({ Bucket, Key }));
    const next = Number(await current.Body.transformToString()) + 1;
    await client.send(new PutObjectCommand({ Bucket, Key, Body: String(next), IfMatch: current.ETag }));
  }, { retries: 5 });
`,
    },
    {
      name: 'the hook of p-retry reads again between two attempts',
      code: `${v3}
import pRetry from 'p-retry';
export async function save(Bucket, Key, body) {
  let { ETag } = await client.send(new HeadObjectCommand({ Bucket, Key }));
  await pRetry(() => client.send(new PutObjectCommand({ Bucket, Key, Body: body, IfMatch: ETag })), {
    retries: 5,
    onFailedAttempt: async () => {
      ({ ETag } = await client.send(new HeadObjectCommand({ Bucket, Key })));
    },
  });
}
`,
    },
    {
      name: 'p-retry is told not to repeat a conflict',
      code: `${v3}
import pRetry, { AbortError } from 'p-retry';
export const save = (Key, Body, ETag) =>
  pRetry(async () => {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: ETag }));
    } catch (error) {
      if (error.name === 'PreconditionFailed' || error.name === 'ConditionalRequestConflict') throw new AbortError(error);
      throw error;
    }
  });
`,
    },
    {
      name: 'shouldRetry lets no conflict through',
      code: `${v3}
import pRetry from 'p-retry';
export const save = (Key, Body, ETag) =>
  pRetry(() => client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: ETag })), {
    retries: 5,
    shouldRetry: ({ error }) => ![409, 412].includes(error.$metadata?.httpStatusCode),
  });
`,
    },
    {
      name: 'async-retry bails on a conflict',
      code: `${v3}
import retry from 'async-retry';
export const save = (Key, Body, ETag) =>
  retry(async (bail) => {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: ETag }));
    } catch (error) {
      if (error.$metadata?.httpStatusCode === 412 || error.$metadata?.httpStatusCode === 409) return bail(error);
      throw error;
    }
  });
`,
    },
    {
      name: 'only throttling is tried again',
      code: `${v3}
export async function save(Key, Body, etag) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: etag }));
    } catch (error) {
      if (error.name !== 'SlowDown') throw error;
    }
  }
}
`,
    },
    {
      name: 'a conflict leaves the loop, other failures are tried again',
      code: `${v3}
export async function save(Key, Body, etag) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: etag }));
    } catch (error) {
      if ([409, 412].includes(error.$metadata?.httpStatusCode)) return null;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
`,
    },
    {
      name: 'a create is no update: its 409 is tried again as it is',
      code: `${v3}
export async function create(Key, Body) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      if (error.name !== 'ConditionalRequestConflict') throw error;
    }
  }
}
`,
    },
    {
      name: 'a heartbeat keeps the ETag of its own last write',
      code: `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Lease {
  private etag = '';
  constructor(private readonly client: S3Client, private readonly key: string) {}
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const { ETag } = await this.client.send(new PutObjectCommand({ Bucket: 'locks', Key: this.key, Body: String(Date.now()), IfMatch: this.etag }));
        this.etag = ETag!;
      } catch (error) {
        console.warn('renewal failed', error);
      }
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}
`,
    },
    {
      name: 'the field is read again by a method of the class',
      code: `import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Draft {
  private etag?: string;
  constructor(private readonly client: S3Client, private readonly key: string) {}
  private async load() {
    const { ETag } = await this.client.send(new HeadObjectCommand({ Bucket: 'drafts', Key: this.key }));
    this.etag = ETag;
  }
  async save(body: string) {
    await this.load();
    for (let i = 0; i < 3; i++) {
      try {
        return await this.client.send(new PutObjectCommand({ Bucket: 'drafts', Key: this.key, Body: body, IfMatch: this.etag }));
      } catch (error) {
        if (error.name !== 'PreconditionFailed') throw error;
        await this.load();
      }
    }
  }
}
`,
    },
    {
      name: 'an index that is loaded again by name after a conflict',
      code: `import { PutObjectCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class ExportIndex {
  private cached: { etag?: string; entries: Map<string, string> } | null = null;
  constructor(private readonly client: S3Client, private readonly retries: number) {}
  private async load() {
    if (this.cached) return this.cached;
    const { Body, ETag } = await this.client.send(new GetObjectCommand({ Bucket: 'state', Key: 'index.json' }));
    this.cached = { etag: ETag, entries: new Map(JSON.parse(await Body!.transformToString())) };
    return this.cached;
  }
  async update(change: (entries: Map<string, string>) => void) {
    for (let attempt = 0; attempt < this.retries; attempt++) {
      const index = await this.load();
      change(index.entries);
      try {
        await this.client.send(new PutObjectCommand({ Bucket: 'state', Key: 'index.json', Body: JSON.stringify([...index.entries]), IfMatch: index.etag }));
        return;
      } catch (error) {
        if (error.name !== 'PreconditionFailed') throw error;
        this.cached = null;
      }
    }
  }
}
`,
    },
    {
      name: 'an ETag from a map that somebody else keeps',
      code: `${v3}
export async function save(etags, Key, Body) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: etags.get(Key) }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'the attempt looks first whether the ETag is still the one that it knows',
      code: `${v3}
export async function save(Key, Body, etag) {
  for (let attempt = 0; attempt < 3; attempt++) {
    const head = await client.send(new HeadObjectCommand({ Bucket: 'notes', Key }));
    if (head.ETag !== etag) throw new Error('changed by somebody else');
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: etag }));
    } catch (error) {
      if (error.name !== 'ConditionalRequestConflict' && error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'the second attempt has no condition: another rule looks at that',
      code: `${v3}
export async function save(Key, Body, etag) {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: attempt === 0 ? etag : undefined }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'a loop over objects goes on to the next, with its own ETag',
      code: `${v3}
export async function touch(rows) {
  for (const { Key, ETag } of rows) {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body: '', IfMatch: ETag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'the outer loop reads again, the inner one tries throttling again',
      code: `${v3}
async function patiently(run) {
  for (let i = 0; ; i++) {
    try {
      return await run();
    } catch (error) {
      if (error.$metadata?.httpStatusCode !== 503 || i === 3) throw error;
    }
  }
}
export async function update(Key, change) {
  for (let attempt = 0; attempt < 5; attempt++) {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: 'notes', Key }));
    const text = change(await Body.transformToString());
    try {
      return await patiently(() => client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body: text, IfMatch: ETag })));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'a variable that a listener changes may be another in each attempt',
      code: `${v3}
export function keep(Key, events, etag) {
  events.on('changed', (event) => {
    etag = event.etag;
  });
  return async (Body) => {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        return await client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: etag }));
      } catch (error) {
        if (error.name !== 'PreconditionFailed') throw error;
      }
    }
  };
}
`,
    },
    {
      name: 'a predicate of another file that is not understood',
      code: `${v3}
import { isRetryable } from './errors.js';
export async function save(Key, Body, etag) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: etag }));
    } catch (error) {
      if (!isRetryable(error)) throw error;
    }
  }
}
`,
    },
    {
      name: 'an index that is created when it is missing, and read in each attempt',
      code: `${v3}
export async function addEntry(bucket, key, entry) {
  for (let attempt = 0; attempt < 4; attempt++) {
    let index = { entries: [] };
    let etag = null;
    try {
      const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      index = JSON.parse(await answer.Body.transformToString());
      etag = answer.ETag;
    } catch (error) {
      if (error.name !== 'NoSuchKey') console.warn('not read', error.message);
    }
    index.entries.push(entry);
    try {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(index), ...(etag && { IfMatch: etag }) }));
      return;
    } catch (error) {
      if (error.name === 'PreconditionFailed' && attempt < 3) {
        await new Promise((resolve) => setTimeout(resolve, 200 * (attempt + 1)));
        continue;
      }
      throw error;
    }
  }
}
`,
    },
    {
      name: 'a cache with its ETag, loaded by a function of the file, and one try around all of it',
      code: `${v3}
async function loadCache(bucket, key) {
  try {
    const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return { ...JSON.parse(await answer.Body.transformToString()), etag: answer.ETag };
  } catch {
    return { links: [], etag: null };
  }
}
export async function mergeLinks(bucket, key, links, maxRetries = 3) {
  for (let attempt = 0; attempt < maxRetries; attempt += 1) {
    try {
      const cache = await loadCache(bucket, key);
      const params = { Bucket: bucket, Key: key, Body: JSON.stringify([...cache.links, ...links]) };
      if (cache.etag) params.IfMatch = cache.etag;
      await client.send(new PutObjectCommand(params));
      return;
    } catch (error) {
      if (error.name === 'PreconditionFailed' && attempt < maxRetries - 1) continue;
      throw error;
    }
  }
}
`,
    },
    {
      name: 'a timer that starts over with the read',
      code: `${v3}
export class Registry {
  async associate(key, name, attempts = 0) {
    try {
      const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: 'registry', Key: key }));
      const names = JSON.parse(await Body.transformToString());
      await client.send(new PutObjectCommand({ Bucket: 'registry', Key: key, Body: JSON.stringify([...names, name]), IfMatch: ETag }));
    } catch (error) {
      if (error.$metadata.httpStatusCode !== 412 || attempts > 5) throw error;
      setTimeout(() => this.associate(key, name, attempts + 1), 3000);
    }
  }
}
`,
    },
    {
      name: 'a method of the file retries what it is handed, which reads and writes',
      code: `import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Events {
  constructor(private readonly client: S3Client) {}
  private async withConflictRetry<T>(work: () => Promise<T>): Promise<T> {
    let last: unknown;
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        return await work();
      } catch (error) {
        if ((error as Error).name !== 'PreconditionFailed') throw error;
        last = error;
      }
    }
    throw last;
  }
  append(key: string, event: object) {
    return this.withConflictRetry(async () => {
      const current = await this.client.send(new GetObjectCommand({ Bucket: 'events', Key: key }));
      const events = [...JSON.parse(await current.Body!.transformToString()), event];
      await this.client.send(new PutObjectCommand({ Bucket: 'events', Key: key, Body: JSON.stringify(events), IfMatch: current.ETag }));
    });
  }
}
`,
    },
    {
      name: 'a callback from outside may put another ETag into what it was given',
      code: `${v3}
export async function save(doc, onConflict) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'docs', Key: doc.key, Body: doc.text, IfMatch: doc.etag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
      await onConflict();
    }
  }
}
`,
    },
    {
      name: 'what is sent when somebody hands in a new ETag is theirs to know',
      code: `${v3}
export function session(Key, ask) {
  let etag;
  const refresh = async () => {
    etag = (await client.send(new HeadObjectCommand({ Bucket: 'docs', Key }))).ETag;
  };
  return {
    refresh,
    async save(Body) {
      for (let attempt = 0; attempt < 3; attempt++) {
        try {
          return await client.send(new PutObjectCommand({ Bucket: 'docs', Key, Body, IfMatch: etag }));
        } catch (error) {
          if (error.name !== 'PreconditionFailed') throw error;
          await ask({ refresh });
        }
      }
    },
  };
}
`,
    },
    {
      name: 'who lost one job of a list goes on to the next',
      code: `${v3}
export async function claim(jobs, worker) {
  for (const job of jobs) {
    try {
      await client.send(new PutObjectCommand({ Bucket: 'jobs', Key: job.key, Body: worker, IfMatch: job.etag }));
      return job;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
  return null;
}
`,
    },
    {
      name: 'who lost one job goes on to the next by its index',
      code: `${v3}
export async function claim(jobs, worker) {
  for (let i = 0; i < jobs.length; i++) {
    const job = jobs[i];
    try {
      await client.send(new PutObjectCommand({ Bucket: 'jobs', Key: job.key, Body: worker, IfMatch: job.etag }));
      return job;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
  return null;
}
`,
    },
    {
      name: 'rows of a page, each with its own ETag, until one is free',
      code: `${v3}
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
export async function takeOne(Bucket) {
  const { Contents } = await client.send(new ListObjectsV2Command({ Bucket }));
  let index = 0;
  while (index < Contents.length) {
    const { Key, ETag } = Contents[index++];
    try {
      await client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: ETag }));
      return Key;
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'the SDK itself tries no 412 again',
      code: `import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
const client = new S3Client({ maxAttempts: 5 });
export const save = (Key, Body, ETag) => client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body, IfMatch: ETag }));
`,
    },
    {
      name: 'aws-sdk v2 knows no IfMatch on a write, and a read again is none',
      code: `import AWS from 'aws-sdk';
const s3 = new AWS.S3();
export async function load(Key, etag) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await s3.getObject({ Bucket: 'notes', Key, IfMatch: etag }).promise();
    } catch (error) {
      if (error.code !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
    {
      name: 'a change from outside is handed what holds the ETag, and may bring it up to date',
      code: `${v3}
export async function edit(Key, merge) {
  const current = await client.send(new GetObjectCommand({ Bucket: 'notes', Key }));
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await merge(current);
      return await client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body: current.text, IfMatch: current.ETag }));
    } catch (error) {
      if (error.name !== 'PreconditionFailed') throw error;
    }
  }
}
`,
    },
  ],
  invalid: stale.map(({ name, source, object = '"${Key}" in bucket "notes"', status = '412', messageId = 'staleRetry' }) => {
    const { code, at } = readMarks(source);
    const data = { object, status, retry: String(at('②').line), etag: String(at('①').line) };
    return { name, code, errors: [{ messageId, data, ...at('▸') }] };
  }),
});
