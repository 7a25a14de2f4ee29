import { describe, expect, it } from 'vitest';

import { checkedProject, findingsIn, markedLines, type Files } from '../checked-project.js';

/**
 * What messages call the object that they speak of. A message stands at a place, and who reads it there knows the names of
 * that place alone. What is expected stands behind `✗`, once for each finding of the line.
 */

/** The object of a message: `"a.json" in bucket "b"`, `an object in bucket "b"`, `"a.json"`, `the object`. */
const objectIn = (message: string): string => /"[^"]*" in bucket "[^"]*"|an object in bucket "[^"]*"|"[^"]*"|the object/.exec(message)?.[0] ?? message;

const marked = (files: Files): readonly string[] => markedLines(files).flatMap(({ place, line }) => line.split('✗').slice(1).map((object) => `${place} ${object.trim()}`)).sort();

const sdk = "import { S3Client, CopyObjectCommand, DeleteObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'; const client = new S3Client({});";
const put = (input: string): string => `await client.send(new PutObjectCommand({ ${input}, Body: body }));`;

describe('what a message calls the object that a wrapper writes', () => {
  it.each<[string, Files]>([
    [
      'the argument of the caller, which has another variable of the name of the parameter',
      {
        'assets.ts': `${sdk}
export async function save({ user, id, body }: { user: string; id: string; body: string }) {
  ${put("Bucket: 'assets', Key: `${user}/${id}`")} // ✗ "\${user}/\${id}" in bucket "assets"
}`,
        'upload.ts': `import { save } from './assets.js';
export async function upload(user: { id: string }, row: { id: string }, body: string) {
  const id = crypto.randomUUID();
  await save({ user: user.id, id: row.id, body }); // ✗ "\${user.id}/\${row.id}" in bucket "assets"
  return id;
}`,
      },
    ],
    [
      'properties of what the caller hands in as a whole, and of literals that it keeps in a constant',
      {
        'store.ts': `${sdk}
export async function write(input: { at: { bucket: string; key: string }; body: string }) {
  const { body } = input;
  ${put('Bucket: input.at.bucket, Key: input.at.key')} // ✗ "\${input.at.key}" in bucket "\${input.at.bucket}"
}`,
        'main.ts': `import { write } from './store.js';
declare function placeOf(name: string): { bucket: string; key: string };
export async function main(config: { bucket: string }, name: string, body: string) {
  const place = placeOf(name);
  await write({ at: place, body }); // ✗ "\${place.key}" in bucket "\${place.bucket}"
  const target = { bucket: config.bucket, key: name };
  await write({ at: target, body }); // ✗ "\${name}" in bucket "\${target.bucket}"
}`,
      },
    ],
    [
      'two callers of one write give it two keys: the write is named as it names itself, in whatever file they stand',
      {
        'store.ts': `${sdk}
const inbox = process.env.INBOX;
export async function store(body: string) {
  await write(inbox, 'current.zip', body);
  await write(process.env.OUTBOX, 'meta.json', body);
}
async function write(bucket: string | undefined, key: string, body: string) {
  ${put('Bucket: bucket, Key: key')} // ✗ "\${key}" in bucket "\${bucket}"
}
async function writeAlone(bucket: string | undefined, key: string, body: string) {
  ${put('Bucket: bucket, Key: key')} // ✗ "alone.json" in bucket "\${process.env.INBOX}"
}
export const alone = (body: string) => writeAlone(inbox, 'alone.json', body);
`,
      },
    ],
    [
      'two callers of which one makes its key anew: the other one is named',
      {
        'store.ts': `${sdk}
import { randomUUID } from 'node:crypto';
async function write(key: string, body: string) {
  ${put("Bucket: 'b', Key: key")} // ✗ "index.json" in bucket "b"
}
export const add = (body: string) => write('items/' + randomUUID(), body);
export const list = (body: string) => write('index.json', body);
`,
      },
    ],
    [
      'two writes behind one call, which would be told in the same words',
      {
        'store.ts': `${sdk}
async function copy(target: { Bucket: string; Key: string }, body: string) {
  try {
    ${put('...target')}
  } catch {
    ${put('...target')}
  }
}
export const run = (id: string, body: string) => copy({ Bucket: 'b', Key: 'data/' + id }, body); // ✗ "data/\${id}" in bucket "b"
`,
      },
    ],
    [
      'nothing is told to who hands its own parameter on as it is: who made it named the key',
      {
        'store.ts': `${sdk}
export async function write(input: { tmp: string; bucket: string }, body: string) {
  ${put("Bucket: input.bucket, Key: input.tmp + '/1'")} // ✗ "\${input.tmp}/1" in bucket "\${input.bucket}"
}`,
        'step.ts': `import { write } from './store.js';
export const step = (config: { tmp: string; bucket: string }, body: string) => write(config, body);
export const first = (config: { tmp: string; bucket: string }, body: string) => write({ bucket: config.bucket, tmp: config.tmp }, body); // ✗ "\${config.tmp}/1" in bucket "\${config.bucket}"
`,
      },
    ],
    [
      'nothing is told to who names no key: a row of the loop between the two has no name elsewhere',
      {
        'rows.ts': `${sdk}
export async function writeAll(props: { config: { bucket: string }; rows: { path: string; body: string }[] }) {
  for (const row of props.rows) await writeOne({ key: row.path, bucket: props.config.bucket, body: row.body });
}
async function writeOne(props: { key: string; bucket: string; body: string }) {
  const { body } = props;
  ${put('Bucket: props.bucket, Key: props.key')} // ✗ "\${props.key}" in bucket "\${props.bucket}"
}`,
        'main.ts': `import { writeAll } from './rows.js';
export async function main(props: { region: string }, chosen: { bucket: string }, rows: { path: string; body: string }[]) {
  await writeAll({ config: chosen, rows });
  console.log(props.region);
}`,
      },
    ],
    [
      'fields of an instance by what the caller made it of, and by nothing where that is not seen',
      {
        'store.ts': `${sdk}
export class Store {
  constructor(private readonly bucket: string, private readonly folder: string) {}
  async has(name: string) { try { await client.send(new HeadObjectCommand({ Bucket: this.bucket, Key: \`\${this.folder}/\${name}\` })); return true; } catch (error) { if ((error as Error).name === 'NotFound') return false; throw error; } }
  async put(name: string, body: string) {
    ${put('Bucket: this.bucket, Key: `${this.folder}/${name}`')} // ✗ "\${this.folder}/\${name}" in bucket "\${this.bucket}"
  }
}`,
        'main.ts': `import { Store } from './store.js';
export async function main(bucket: string, user: { id: string }, body: string) {
  const store = new Store(bucket, 'users');
  if (await store.has(user.id)) return;
  await store.put(user.id, body); // ✗ "users/\${user.id}" in bucket "\${bucket}"
}
export async function given(store: Store, user: { id: string }, body: string) {
  if (await store.has(user.id)) return;
  await store.put(user.id, body); // ✗ "…/\${user.id}"
}`,
      },
    ],
    [
      'a constant of another module by its value, and not at all where that is not known',
      {
        'constants.ts': "export const prefix = 'reports';\nexport const region = regionOf(process.argv);\ndeclare function regionOf(given: string[]): string;",
        'keys.ts': "import { prefix, region } from './constants.js';\nexport const reportOf = (id: string) => `${prefix}/${id}.json`;\nexport const regionalOf = (id: string) => `${region}/${id}.json`;",
        'main.ts': `import { region } from './constants.js';
import { reportOf, regionalOf } from './keys.js';
${sdk}
export async function report(user: { id: string }, body: string) {
  ${put("Bucket: 'reports', Key: reportOf(user.id)")} // ✗ "reports/\${user.id}.json" in bucket "reports"
  ${put("Bucket: 'reports', Key: regionalOf(user.id)")} // ✗ "…/\${user.id}.json" in bucket "reports"
  ${put("Bucket: 'reports', Key: `${region}/all.json`")} // ✗ "\${region}/all.json" in bucket "reports"
}`,
      },
    ],
    [
      'the parameter where the message stands at the call of S3, and the argument where it stands at the caller',
      {
        'main.ts': `${sdk}
async function write(name: string, body: string) {
  ${put("Bucket: 'data', Key: `${name}.json`")} // ✗ "\${name}.json" in bucket "data"
}
export const save = (user: { id: string }, body: string) => write(user.id, body);
const send = (input: { Bucket: string; Key: string; Body: string }) => client.send(new PutObjectCommand(input));
export const store = (user: { id: string }, body: string) => send({ Bucket: 'data', Key: \`\${user.id}.txt\`, Body: body }); // ✗ "\${user.id}.txt" in bucket "data"
async function remove(name: string) { await client.send(new DeleteObjectCommand({ Bucket: 'data', Key: name })); }
export async function move(from: string, to: string) {
  await client.send(new CopyObjectCommand({ Bucket: 'archive', Key: to, CopySource: \`data/\${from}\` })); // ✗ "\${to}" in bucket "archive"
  await remove(from); // ✗ "\${from}" in bucket "data"
}`,
      },
    ],
    [
      'a field of the instance that the method is called on, where that is `this`',
      {
        'main.ts': `${sdk}
export class Store {
  constructor(private readonly bucket: string) {}
  async remove(key: string) { await client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key })); }
  async rename(from: string, to: string) {
    await client.send(new CopyObjectCommand({ Bucket: this.bucket, Key: to, CopySource: \`\${this.bucket}/\${from}\` })); // ✗ "\${to}" in bucket "\${this.bucket}"
    await this.remove(from); // ✗ "\${from}" in bucket "\${this.bucket}"
  }
}`,
      },
    ],
  ])('%s', async (_name, files) => {
    const named = (await findingsIn(files, 'strict')).map(({ place, message }) => `${place} ${objectIn(message)}`);
    expect(named.sort()).toEqual(marked(files));
  });
});

describe('environment variables', () => {
  const removes = (bucket: string, more = ''): string => `${sdk}\n${more}\nexport const remove = async (key: string) => { await client.send(new DeleteObjectCommand({ Bucket: ${bucket}, Key: key })); };`;
  const stack = {
    'lib/stack.ts': `import { Stack, aws_lambda as lambda, aws_s3 as s3 } from 'aws-cdk-lib';
export class Stats extends Stack {
  constructor(scope: any, id: string) {
    super(scope, id);
    const bucket = new s3.Bucket(this, 'Stats', { versioned: true });
    new lambda.Function(this, 'Remove', { runtime: lambda.Runtime.NODEJS_20_X, handler: 'remove.remove', code: lambda.Code.fromAsset('src'), environment: { STATS_BUCKET: bucket.bucketName } });
  }
}`,
  };
  const helper = (read: string): string => `export function requireEnv(name: string): string {\n  const value = ${read};\n  if (!value) throw new Error(name);\n  return value;\n}`;
  const imports = "import { requireEnv } from './env.js';";

  it.each<[string, Files]>([
    ['a helper of another module', { 'env.ts': helper('process.env[name]'), 'remove.ts': removes("requireEnv('STATS_BUCKET')", imports) }],
    ['a helper that imports the environment', { 'env.ts': `import { env } from 'node:process';\n${helper('env[name]')}`, 'remove.ts': removes("requireEnv('STATS_BUCKET')", imports) }],
    ['a constant of a helper, in a module between', { 'env.ts': helper('process.env[name]'), 'config.ts': `${imports}\nexport const bucket = requireEnv('STATS_BUCKET');`, 'remove.ts': removes('bucket', "import { bucket } from './config.js';") }],
    ['a name that is a constant of another module', { 'names.ts': "export const NAME = 'STATS_BUCKET';", 'remove.ts': removes('process.env[NAME]', "import { NAME } from './names.js';") }],
  ])('tell that the bucket keeps versions: %s', async (_name, files) => {
    const messages = await findingsIn({ ...stack, ...files }, 'strict');
    expect(messages.map(({ ruleId }) => ruleId)).toEqual(['s3/require-version-id-on-delete']);
    expect(messages[0]?.message).toContain('"${key}" in bucket "${process.env.STATS_BUCKET}"');
  });

  it.each<[string, Files]>([
    ['a helper that reads them from elsewhere', { 'env.ts': `import { settings } from './settings.js';\n${helper('settings[name]')}`, 'settings.ts': 'export const settings: Record<string, string> = load();\ndeclare function load(): Record<string, string>;', 'remove.ts': removes("requireEnv('STATS_BUCKET')", imports) }],
    ['a helper that puts something before the name', { 'env.ts': helper('process.env[`OLD_${name}`]'), 'remove.ts': removes("requireEnv('STATS_BUCKET')", imports) }],
    ['a name that is not known', { 'remove.ts': removes('process.env[process.argv[2]!]') }],
    ['another variable', { 'env.ts': helper('process.env[name]'), 'remove.ts': removes("requireEnv('OTHER_BUCKET')", imports) }],
  ])('do not: %s', async (_name, files) => {
    expect(await findingsIn({ ...stack, ...files }, 'strict')).toEqual([]);
  });

  it('name the bucket that several places write, in the words of the other rules', async () => {
    const writer = (name: string): string => `${sdk}\n${imports}\nexport async function ${name}(id: string, body: string) {\n  ${put("Bucket: requireEnv('CATALOG'), Key: `${process.env.STAGE}/${id}.json`")}\n}`;
    const found = await findingsIn({ 'env.ts': helper('process.env[name]'), 'a.ts': writer('a'), 'b.ts': writer('b') }, 'strict');
    expect(found.filter(({ ruleId }) => ruleId === 's3/multiple-writers').map(({ message }) => objectIn(message))).toEqual(['"${process.env.STAGE}/*.json" in bucket "${process.env.CATALOG}"']);
  });
});

describe('facts of a wrapper', () => {
  it('say bucket and key in the words of the function, and nothing that it does not have', async () => {
    const { facts } = await checkedProject({
      'rows.ts': `${sdk}
export async function writeAll(props: { bucket: string; rows: { path: string }[] }) { for (const row of props.rows) await writeOne({ key: row.path, bucket: props.bucket }); }
async function writeOne(props: { key: string; bucket: string }) { await client.send(new PutObjectCommand({ Bucket: props.bucket, Key: props.key, Body: '' })); }`,
      'main.ts': "import { writeAll } from './rows.js';\nexport const main = (chosen: string, rows: { path: string }[]) => writeAll({ bucket: chosen, rows });",
    }, 'strict');
    expect(facts.wrappers.map(({ name, effects }) => [name, ...effects.map(({ bucket, key }) => [bucket, key])])).toEqual([
      ['main', ['${chosen}', null]],
      ['writeAll', ['${props.bucket}', '${row.path}']],
    ]);
  });
});
