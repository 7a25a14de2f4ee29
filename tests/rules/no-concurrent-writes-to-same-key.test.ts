import { noConcurrentWritesToSameKey } from '../../src/rules/no-concurrent-writes-to-same-key.js';
import { ruleTester } from '../rule-tester.js';

/** A script, as CommonJS is parsed. */
const script = { languageOptions: { parserOptions: { sourceType: 'script' } } } as const;

ruleTester.run('no-concurrent-writes-to-same-key', noConcurrentWritesToSameKey as never, {
  valid: [
    {
      name: 'a key of its own for each item',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export const store = (users: User[]) =>
  Promise.all(users.map((user) => client.send(new PutObjectCommand({ Bucket: 'users', Key: \`users/\${user.id}.json\`, Body: JSON.stringify(user) }))));
`,
    },
    {
      name: 'a function of the file puts the key together from the item',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const keyOf = (user) => \`users/\${user.id}.json\`;
async function save(user) {
  await s3.putObject({ Bucket: 'users', Key: keyOf(user), Body: JSON.stringify(user) });
}
export const store = (users) => Promise.all(users.map((user) => save(user)));
`,
    },
    {
      name: 'entries give key and body',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const publish = (pages) => Promise.all(Object.entries(pages).map(([Key, Body]) => s3.putObject({ Bucket: 'site', Key, Body })));
`,
    },
    {
      name: 'a loop that waits for each write',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function store(rows: string[]) {
  for (const row of rows) await client.send(new PutObjectCommand({ Bucket: 'rows', Key: 'row.json', Body: row }));
}
`,
    },
    {
      name: 'a loop over a stream that waits for each write',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(rows) {
  for await (const row of rows) {
    const stored = await s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row });
    console.log(stored.ETag);
  }
}
`,
    },
    {
      name: 'reduce chains the writes',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const store = (rows) => rows.reduce((before, row) => before.then(() => s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row })), Promise.resolve());
`,
    },
    {
      name: 'a chain in a variable: each write waits for the last',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export function store(rows) {
  let chain = Promise.resolve();
  for (const row of rows) {
    chain = chain.then(() => s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row }));
  }
  return chain;
}
`,
    },
    {
      name: 'the loop awaits the last write before it starts the next',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(rows) {
  let last;
  for (const row of rows) {
    await last;
    last = s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row });
  }
  await last;
}
`,
    },
    {
      name: 'what is pushed in a turn is awaited in that turn',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(rows) {
  for (const row of rows) {
    const pending = [];
    pending.push(s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row }), row.ready());
    await Promise.all(pending);
  }
}
`,
    },
    {
      name: 'p-map, one at a time',
      code: `
import pMap from 'p-map';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const store = (rows) => pMap(rows, async (row) => s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row }), { concurrency: 1 });
`,
    },
    {
      name: 'p-map, as many at a time as the caller says',
      code: `
import pMap from 'p-map';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const store = (rows, concurrency) => pMap(rows, async (row) => s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row }), { concurrency });
`,
    },
    {
      name: 'p-limit, one at a time',
      code: `
import pLimit from 'p-limit';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const limit = pLimit(1);
export const store = (rows) => Promise.all(rows.map((row) => limit(() => s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row }))));
`,
    },
    {
      name: 'eachSeries of async waits',
      code: `
const async = require('async');
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.store = (rows, done) => async.eachSeries(rows, (row, next) => s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row }, next), done);
`,
      ...script,
    },
    {
      name: 'eachLimit of async, one at a time',
      code: `
const { eachLimit } = require('async');
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.store = (rows, done) => eachLimit(rows, 1, (row, next) => s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row }, next), done);
`,
      ...script,
    },
    {
      name: 'a mutex lets one in at a time',
      code: `
import { Mutex } from 'async-mutex';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const mutex = new Mutex();
export const store = (rows) => Promise.all(rows.map((row) => mutex.runExclusive(() => s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row }))));
`,
    },
    {
      name: 'a lock is taken before the write',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const store = (rows, lock) =>
  Promise.all(
    rows.map(async (row) => {
      const release = await lock.acquire();
      try {
        await s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row });
      } finally {
        release();
      }
    }),
  );
`,
    },
    {
      name: 'the write is conditional: the second one fails',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const claim = (workers) => Promise.allSettled(workers.map((worker) => s3.putObject({ Bucket: 'locks', Key: 'leader', Body: worker, IfNoneMatch: '*' })));
`,
    },
    {
      name: 'the caller may have set a condition',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const store = (rows, options) => Promise.all(rows.map((row) => s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row, ...options })));
`,
    },
    {
      name: 'a unique key for each write',
      code: `
import { randomUUID } from 'node:crypto';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const store = (rows) => Promise.all(rows.map((row) => s3.putObject({ Bucket: 'rows', Key: \`rows/\${randomUUID()}.json\`, Body: row })));
`,
    },
    {
      name: 'a time is in the key',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const store = (rows) => Promise.all(rows.map((row) => s3.putObject({ Bucket: 'rows', Key: \`rows/\${Date.now()}.json\`, Body: row })));
`,
    },
    {
      name: 'a counter is in the key',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
let count = 0;
const nextKey = () => {
  count += 1;
  return \`part-\${count}\`;
};
export const store = (rows) => Promise.all(rows.map((row) => s3.putObject({ Bucket: 'rows', Key: nextKey(), Body: row })));
`,
    },
    {
      name: 'a function of another file may give another key each time',
      code: `
import { S3 } from '@aws-sdk/client-s3';
import { keyFor } from './keys';
const s3 = new S3({});
export const store = (rows, tenant) => Promise.all(rows.map((row) => s3.putObject({ Bucket: 'rows', Key: keyFor(tenant), Body: row })));
`,
    },
    {
      name: 'the key is part of what was fetched',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const mirror = (urls) =>
  Promise.all(urls.map((url) => fetch(url).then((response) => response.json()).then((page) => s3.putObject({ Bucket: 'mirror', Key: page.path, Body: page.text }))));
`,
    },
    {
      name: 'one bucket for each region',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const deploy = (regions, Body) => Promise.all(regions.map((region) => s3.putObject({ Bucket: \`site-\${region}\`, Key: 'index.html', Body })));
`,
    },
    {
      name: 'one client for each region stores in buckets of its own',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export const deploy = (regions, Body) =>
  Promise.all(
    regions.map(async (region) => {
      const client = new S3Client({ region });
      await client.send(new PutObjectCommand({ Bucket: 'site', Key: 'index.html', Body }));
    }),
  );
`,
    },
    {
      name: 'one object for each item, with a key of its own',
      code: `
import { S3 } from '@aws-sdk/client-s3';
class Document {
  private readonly s3 = new S3({});
  constructor(private readonly key: string) {}
  async save(body: string) {
    await this.s3.putObject({ Bucket: 'docs', Key: this.key, Body: body });
  }
}
export const store = (pages) => Promise.all(pages.map((page) => new Document(page.key).save(page.body)));
`,
    },
    {
      name: 'only the last iteration writes the summary',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const store = (rows) =>
  Promise.all(
    rows.map(async (row, index) => {
      await row.process();
      if (index === rows.length - 1) await s3.putObject({ Bucket: 'rows', Key: 'summary.json', Body: row });
    }),
  );
`,
    },
    {
      name: 'only the main file is stored under the fixed name',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const store = (files) =>
  Promise.all(
    files.map(async (file) => {
      if (!file.isMain) return;
      await s3.putObject({ Bucket: 'site', Key: 'index.html', Body: file.body });
    }),
  );
`,
    },
    {
      name: 'a flag lets the first one write',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(rows) {
  let written = false;
  await Promise.all(
    rows.map(async (row) => {
      if (written) return;
      written = true;
      await s3.putObject({ Bucket: 'rows', Key: 'first.json', Body: row });
    }),
  );
}
`,
    },
    {
      name: 'the loop ends with its first write',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export function store(rows) {
  for (const row of rows) {
    if (row.ready) {
      s3.putObject({ Bucket: 'rows', Key: 'first.json', Body: row.body }).catch(console.error);
      break;
    }
  }
}
`,
    },
    {
      name: 'a retry loop returns with the write',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(body: string) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: body });
    } catch (error) {
      console.warn(error);
    }
  }
}
`,
    },
    {
      name: 'a heartbeat sleeps between its writes',
      code: `
import { S3 } from '@aws-sdk/client-s3';
import { setTimeout as sleep } from 'node:timers/promises';
const s3 = new S3({});
export async function beat(worker) {
  while (worker.running) {
    s3.putObject({ Bucket: 'workers', Key: 'alive', Body: worker.id }).catch(console.error);
    await sleep(30_000);
  }
}
`,
    },
    {
      name: 'a list of one',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const store = (row: string) => Promise.all([row].map((body) => s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: body })));
`,
    },
    {
      name: 'a stream waits for its own iterations',
      code: `
import { Readable } from 'node:stream';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const store = (rows) =>
  Readable.from(rows).forEach(async (row) => {
    await s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row });
  });
`,
    },
    {
      name: 'nothing is sent: the URLs are signed',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
const client = new S3Client({});
export const sign = (users) => Promise.all(users.map(() => getSignedUrl(client, new PutObjectCommand({ Bucket: 'drop', Key: 'inbox' }))));
`,
    },
    {
      name: 'the commands are built together and sent one by one',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function store(rows) {
  const commands = rows.map((Body) => new PutObjectCommand({ Bucket: 'rows', Key: 'row.json', Body }));
  for (const command of commands) await client.send(command);
}
`,
    },
    {
      name: 'the parts of one multipart upload are meant to be sent at the same time',
      code: `
import { S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
const client = new S3Client({});
export const send = (parts, UploadId) =>
  Promise.all(parts.map((Body, index) => client.send(new UploadPartCommand({ Bucket: 'videos', Key: 'current.mp4', UploadId, PartNumber: index + 1, Body }))));
`,
    },
    {
      name: 'two objects in one Promise.all',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const save = (key: string, body: string) => s3.putObject({ Bucket: 'docs', Key: key, Body: body });
export const store = (page: string, index: string) => Promise.all([save('page.html', page), save('index.html', index)]);
`,
    },
    {
      name: 'two writes of one Promise.all exclude each other',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const store = (draft, final) =>
  Promise.all([
    draft && s3.putObject({ Bucket: 'docs', Key: 'doc.json', Body: draft }),
    !draft && s3.putObject({ Bucket: 'docs', Key: 'doc.json', Body: final }),
  ]);
`,
    },
    {
      name: 'the first write is finished before the list is put together',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(draft, final, notify) {
  const first = await s3.putObject({ Bucket: 'docs', Key: 'doc.json', Body: draft });
  await Promise.all([notify(first), s3.putObject({ Bucket: 'docs', Key: 'doc.json', Body: final })]);
}
`,
    },
    {
      name: 'a timer: nothing says that one write meets the next',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const start = (snapshot) => setInterval(() => s3.putObject({ Bucket: 'metrics', Key: 'now.json', Body: snapshot() }), 60_000);
`,
    },
    {
      name: 'four workers take jobs from one queue, each with a key of its own',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function drain(queue) {
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      while (queue.length > 0) {
        const job = queue.pop();
        await s3.putObject({ Bucket: 'jobs', Key: job.key, Body: job.body });
      }
    }),
  );
}
`,
    },
    {
      name: 'the input is one object, whose key each turn sets anew',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.store = (files) => {
  const params = { Bucket: 'site', Key: '', Body: '' };
  files.forEach((file) => {
    params.Key = file.name;
    params.Body = file.body;
    s3.putObject(params, console.log);
  });
};
`,
      ...script,
    },
    {
      name: 'a variable outside the loop is set to the key of each turn',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export function store(files) {
  let key;
  for (const file of files) {
    key = \`files/\${file.name}\`;
    s3.putObject({ Bucket: 'site', Key: key, Body: file.body }).catch(console.error);
  }
}
`,
    },
    {
      name: 'a sync tool: walk, compare, upload what changed',
      code: `
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import pLimit from 'p-limit';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function sync(client: S3Client, root: string, paths: string[], remote: Map<string, string>, prefix: string) {
  const limit = pLimit(10);
  await Promise.all(
    paths.map((path) =>
      limit(async () => {
        const key = join(prefix, relative(root, path)).replace(/\\\\/g, '/');
        if (remote.has(key)) return;
        await client.send(new PutObjectCommand({ Bucket: 'site', Key: key, Body: await readFile(path) }));
      }),
    ),
  );
}
`,
    },
    {
      name: 'a cache flushes its entries',
      code: `
import { S3 } from '@aws-sdk/client-s3';
export class Cache {
  private readonly s3 = new S3({});
  private readonly entries = new Map<string, string>();
  async flush() {
    await Promise.all([...this.entries].map(async ([name, value]) => this.write(name, value)));
    this.entries.clear();
  }
  private write(name: string, value: string) {
    return this.s3.putObject({ Bucket: 'cache', Key: \`\${this.prefix()}/\${name}\`, Body: value });
  }
  private prefix() {
    return 'entries';
  }
}
`,
    },
    {
      name: 'image variants, each under its size',
      code: `
import { S3 } from '@aws-sdk/client-s3';
import sharp from 'sharp';
const s3 = new S3({});
const sizes = { small: 100, large: 1000 };
export const store = (id: string, image: Buffer) =>
  Promise.all(
    Object.keys(sizes).map(async (size) => {
      const Body = await sharp(image).resize(sizes[size]).toBuffer();
      return s3.putObject({ Bucket: 'images', Key: \`\${id}/\${size}.webp\`, Body });
    }),
  );
`,
    },
    {
      name: 'bluebird, one at a time',
      code: `
import Bluebird from 'bluebird';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const store = (rows) => Bluebird.map(rows, (row) => s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row }), { concurrency: 1 });
`,
    },
    {
      name: 'the settings say that this object may be overwritten',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const warm = (pages) => Promise.all(pages.map((page) => s3.putObject({ Bucket: 'cache-pages', Key: 'latest.html', Body: page })));
`,
      settings: { s3: { objects: [{ bucket: 'cache-*', write: 'overwrite' }] } },
    },
  ],
  invalid: [
    {
      name: 'every user is stored under the same key at the same time',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function exportUsers(users: User[]): Promise<void> {
  await Promise.all(
    users.map(async (user) => {
      await client.send(new PutObjectCommand({ Bucket: 'exports', Key: 'users.json', Body: JSON.stringify(user) }));
    }),
  );
}
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"users.json" in bucket "exports"', line: '6' }, line: 7 }],
    },
    {
      name: 'the write stands in a function of the file, which is given one key for all',
      code: `
import { PutObjectCommand as Put, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
async function save(key: string, value: unknown) {
  await client.send(new Put({ Bucket: 'exports', Key: key, Body: JSON.stringify(value) }));
}
export const exportUsers = (users: User[]) => Promise.all(users.map((user) => save('users.json', user)));
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"users.json" in bucket "exports"', line: '7' }, line: 5 }],
    },
    {
      name: 'the options that a function of the file is given name one key for all',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
async function save({ key, body }) {
  await s3.putObject({ Bucket: 'exports', Key: key, Body: body });
}
export async function exportAll(reports) {
  await Promise.allSettled(reports.map((report) => save({ key: 'report.json', body: report })));
}
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"report.json" in bucket "exports"', line: '8' }, line: 5 }],
    },
    {
      name: 'the function that writes is handed to map by its name',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
async function save(row) {
  await s3.putObject({ Bucket: 'exports', Key: 'latest.json', Body: row });
}
export const saveAll = (rows) => Promise.all(rows.map(save));
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"latest.json" in bucket "exports"', line: '7' }, line: 5 }],
    },
    {
      name: 'a method is called for each item, and its key is a field of the one object',
      code: `
import { S3 } from '@aws-sdk/client-s3';
export class StateStore {
  private readonly s3 = new S3({});
  constructor(private readonly bucket: string, private readonly key: string) {}
  async saveAll(states: string[]) {
    await Promise.all(states.map((state) => this.save(state)));
  }
  async save(state: string) {
    await this.s3.putObject({ Bucket: this.bucket, Key: this.key, Body: state });
  }
}
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"${this.key}" in bucket "${this.bucket}"', line: '7' }, line: 10 }],
    },
    {
      name: 'a method is handed to map with the object that it belongs to',
      code: `
import { S3 } from '@aws-sdk/client-s3';
export class StateStore {
  private readonly s3 = new S3({});
  async saveAll(states: string[]) {
    await Promise.all(states.map(this.save, this));
  }
  async save(state: string) {
    await this.s3.putObject({ Bucket: 'states', Key: 'state.json', Body: state });
  }
}
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"state.json" in bucket "states"', line: '6' }, line: 9 }],
    },
    {
      name: 'the key is put together in each iteration, of what is the same in all',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function index(tenant: string, pages: string[]) {
  await Promise.all(
    pages.map(async (page) => {
      const Key = \`tenants/\${tenant.toLowerCase()}/index.json\`;
      await s3.putObject({ Bucket: process.env.SITE_BUCKET!, Key, Body: page });
    }),
  );
}
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"tenants/${tenant.toLowerCase()}/index.json" in bucket "${process.env.SITE_BUCKET}"', line: '6' }, line: 8 }],
    },
    {
      name: 'the key belongs to the outer loop, and the inner iterations overlap',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function collect(users) {
  for (const user of users) {
    await Promise.all(user.files.map((file) => s3.putObject({ Bucket: 'mail', Key: \`\${user.id}/files.json\`, Body: file })));
  }
}
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"${user.id}/files.json" in bucket "mail"', line: '6' }, line: 6 }],
    },
    {
      name: 'what could not be fetched is skipped, and the rest meets',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function mirror(urls: string[]) {
  await Promise.all(
    urls.map(async (url) => {
      const response = await fetch(url);
      if (!response.ok) return;
      await s3.putObject({ Bucket: 'mirror', Key: 'page.html', Body: await response.text() });
    }),
  );
}
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"page.html" in bucket "mirror"', line: '6' }, line: 9 }],
    },
    {
      name: 'promises are pushed in a loop and awaited behind it',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function flush(batches) {
  const pending = [];
  for (const batch of batches) {
    pending.push(s3.putObject({ Bucket: 'events', Key: 'batch.json', Body: batch }));
  }
  await Promise.all(pending);
}
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"batch.json" in bucket "events"', line: '6' }, line: 7 }],
    },
    {
      name: 'the mapped array is a variable before it is awaited',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.flush = async (batches) => {
  const uploads = batches.map((batch) => s3.upload({ Bucket: 'events', Key: 'batch.json', Body: batch }).promise());
  await Promise.all(uploads);
};
`,
      ...script,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"batch.json" in bucket "events"', line: '5' }, line: 5 }],
    },
    {
      name: 'a promise chain in each iteration ends in the write',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const mirror = (urls: string[]) =>
  Promise.race(
    urls.map((url) =>
      fetch(url)
        .then((response) => response.text())
        .then((Body) => s3.putObject({ Bucket: 'mirror', Key: 'page.html', Body })),
    ),
  );
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"page.html" in bucket "mirror"', line: '6' }, line: 9 }],
    },
    {
      name: 'Array.from starts each write as it goes along',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const fill = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => s3.putObject({ Bucket: 'load', Key: 'probe', Body: String(index) })));
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"probe" in bucket "load"', line: '5' }, line: 5 }],
    },
    {
      name: 'flatMap starts several writes for each item',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const saveAll = (pages) => Promise.all(pages.flatMap((page) => [s3.putObject({ Bucket: 'site', Key: 'sitemap.xml', Body: page.map }), page.ready]));
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"sitemap.xml" in bucket "site"', line: '4' }, line: 4 }],
    },
    {
      name: 'forEach does not wait for an async function',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export function saveAll(rows) {
  rows.forEach(async (row) => {
    await s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row });
  });
}
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"row.json" in bucket "rows"', line: '5' }, line: 6 }],
    },
    {
      name: 'callbacks of aws-sdk v2 do not hold a forEach up',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.saveAll = (rows) => {
  rows.forEach((row) => {
    s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row }, (error) => {
      if (error) throw error;
    });
  });
};
`,
      ...script,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"row.json" in bucket "rows"', line: '5' }, line: 6 }],
    },
    {
      name: 'a promise is made of the callback, and all of them are awaited together',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.saveAll = (rows) =>
  Promise.all(
    rows.map(
      (row) =>
        new Promise((resolve, reject) => {
          s3.upload({ Bucket: 'rows', Key: 'row.json', Body: row }, (error) => (error ? reject(error) : resolve()));
        }),
    ),
  );
`,
      ...script,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"row.json" in bucket "rows"', line: '6' }, line: 9 }],
    },
    {
      name: 'the loop goes on while the write is under way',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export function saveAll(rows) {
  for (const row of rows) {
    s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row }).catch(console.error);
  }
}
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"row.json" in bucket "rows"', line: '5' }, line: 6 }],
    },
    {
      name: 'a while loop that voids its writes',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export function drain(queue: string[]) {
  while (queue.length > 0) {
    void s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: queue.shift() });
  }
}
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"row.json" in bucket "rows"', line: '5' }, line: 6 }],
    },
    {
      name: 'an async function of the file is called in a loop and not awaited',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
async function report(progress: number) {
  await s3.putObject({ Bucket: 'jobs', Key: 'progress.json', Body: String(progress) });
}
export async function work(steps) {
  for (const step of steps) {
    await step.run();
    report(step.number);
  }
}
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"progress.json" in bucket "jobs"', line: '8' }, line: 5 }],
    },
    {
      name: 'the command is built once and sent for each item',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function touch(users: string[], body: string) {
  const command = new PutObjectCommand({ Bucket: 'marks', Key: 'touched', Body: body });
  await Promise.all(users.map(() => client.send(command)));
}
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"touched" in bucket "marks"', line: '6' }, line: 5 }],
    },
    {
      name: 'lib-storage uploads overlap like any write',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
export async function store(client, videos) {
  await Promise.all(
    videos.map(async (video) => {
      const upload = new Upload({ client, params: { Bucket: 'videos', Key: 'current.mp4', Body: video } });
      await upload.done();
    }),
  );
}
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"current.mp4" in bucket "videos"', line: '5' }, line: 6 }],
    },
    {
      name: 'copies to one target overlap like any write',
      code: `
import { CopyObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export const promote = (sources: string[]) =>
  Promise.all(sources.map((source) => client.send(new CopyObjectCommand({ Bucket: 'site', Key: 'current.html', CopySource: source }))));
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"current.html" in bucket "site"', line: '5' }, line: 5 }],
    },
    {
      name: 'minio',
      code: `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export const store = (rows: string[]) => Promise.all(rows.map((row) => minio.putObject('rows', 'row.json', row)));
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"row.json" in bucket "rows"', line: '4' }, line: 4 }],
    },
    {
      name: 'a client that comes from another file',
      code: `
import { s3 } from './clients';
export const store = (rows: string[]) => Promise.all(rows.map((row) => s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row })));
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"row.json" in bucket "rows"', line: '3' }, line: 3 }],
    },
    {
      name: 'p-map with four at a time',
      code: `
import pMap from 'p-map';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const store = (rows) => pMap(rows, async (row) => s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row }), { concurrency: 4 });
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"row.json" in bucket "rows"', line: '5' }, line: 5 }],
    },
    {
      name: 'p-map takes all at once where nothing is said',
      code: `
const pMap = require('p-map');
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.store = (rows) => pMap(rows, (row) => s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row }));
`,
      ...script,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"row.json" in bucket "rows"', line: '5' }, line: 5 }],
    },
    {
      name: 'p-all runs the functions that map made',
      code: `
import pAll from 'p-all';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const store = (rows) => pAll(rows.map((row) => () => s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row })));
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"row.json" in bucket "rows"', line: '5' }, line: 5 }],
    },
    {
      name: 'p-limit lets five run at a time',
      code: `
import pLimit from 'p-limit';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const limit = pLimit(5);
export const store = (rows) => Promise.all(rows.map((row) => limit(() => s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row }))));
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"row.json" in bucket "rows"', line: '6' }, line: 6 }],
    },
    {
      name: 'a queue of two takes what the loop adds',
      code: `
import PQueue from 'p-queue';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const queue = new PQueue({ concurrency: 2 });
export async function store(rows) {
  for (const row of rows) {
    void queue.add(() => s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row }));
  }
  await queue.onIdle();
}
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"row.json" in bucket "rows"', line: '7' }, line: 8 }],
    },
    {
      name: 'async.each starts all',
      code: `
const async = require('async');
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.store = (rows, done) => async.each(rows, (row, next) => s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row }, next), done);
`,
      ...script,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"row.json" in bucket "rows"', line: '5' }, line: 5 }],
    },
    {
      name: 'eachLimit of async with eight at a time',
      code: `
import eachLimit from 'async/eachLimit';
import { S3 } from 'aws-sdk';
const s3 = new S3();
export const store = (rows, done) => eachLimit(rows, 8, (row, next) => s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row }, next), done);
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"row.json" in bucket "rows"', line: '5' }, line: 5 }],
    },
    {
      name: 'map of bluebird',
      code: `
import Promise from 'bluebird';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const store = (rows) => Promise.map(rows, (row) => s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row }));
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"row.json" in bucket "rows"', line: '5' }, line: 5 }],
    },
    {
      name: 'forEach of lodash',
      code: `
import _ from 'lodash';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export function store(rows) {
  _.forEach(rows, async (row) => {
    await s3.putObject({ Bucket: 'rows', Key: 'row.json', Body: row });
  });
}
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"row.json" in bucket "rows"', line: '6' }, line: 7 }],
    },
    {
      name: 'two writes of one object in one Promise.all',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const store = (draft: string, final: string) =>
  Promise.all([
    s3.putObject({ Bucket: 'docs', Key: 'doc.json', Body: draft }),
    s3.putObject({ Bucket: 'docs', Key: 'doc.json', Body: final }),
  ]);
`,
      errors: [{ messageId: 'concurrentPair', data: { object: '"doc.json" in bucket "docs"', line: '6' }, line: 7 }],
    },
    {
      name: 'two writes of one object by a function of the file',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const save = (key: string, body: string) => s3.putObject({ Bucket: 'docs', Key: key, Body: body });
export const store = (id: string, draft: string, final: string) =>
  Promise.all([
    save(\`\${id}.json\`, draft),
    save(\`\${id}.json\`, final),
  ]);
`,
      errors: [{ messageId: 'concurrentPair', data: { object: '"${id}.json" in bucket "docs"', line: '7' }, line: 8 }],
    },
    {
      name: 'both writes are started before they are awaited together',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export async function store(draft: string, final: string) {
  const first = client.send(new PutObjectCommand({ Bucket: 'docs', Key: 'doc.json', Body: draft }));
  const second = client.send(new PutObjectCommand({ Bucket: 'docs', Key: 'doc.json', Body: final }));
  await Promise.all([first, second]);
}
`,
      errors: [{ messageId: 'concurrentPair', data: { object: '"doc.json" in bucket "docs"', line: '5' }, line: 6 }],
    },
    {
      name: 'promises are kept by their index',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function flush(batches) {
  const pending = [];
  for (let index = 0; index < batches.length; index++) {
    pending[index] = s3.putObject({ Bucket: 'events', Key: 'batch.json', Body: batches[index] });
  }
  await Promise.all(pending);
}
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"batch.json" in bucket "events"', line: '6' }, line: 7 }],
    },
    {
      name: 'four workers take jobs from one queue, and all write one object',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function drain(queue: string[]) {
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      while (queue.length > 0) {
        const job = queue.pop();
        await s3.putObject({ Bucket: 'jobs', Key: 'last.json', Body: job });
      }
    }),
  );
}
`,
      errors: [{ messageId: 'concurrentWrites', data: { object: '"last.json" in bucket "jobs"', line: '6' }, line: 9 }],
    },
  ],
});
