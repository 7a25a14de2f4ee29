import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { check } from '../../src/check/check.js';

/**
 * Projects of several files, each checked from end to end. What is expected stands in them: `✗` and the names of the
 * rules that report the line. A line without is not reported.
 */
type Files = Readonly<Record<string, string>>;

const folder = realpathSync(mkdtempSync(join(tmpdir(), 's3-wrappers-')));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

let projects = 0;

async function findingsIn(files: Files, rules: 'recommended' | 'strict'): Promise<readonly string[]> {
  const root = join(folder, String(projects++));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const { report } = await check({ root, rules });
  expect(report.warnings).toEqual([]);
  return report.results.flatMap(({ filePath, messages }) => messages.map(({ line, ruleId }) => `${relative(root, filePath)}:${String(line)} ${String(ruleId).replace('s3/', '')}`)).sort();
}

const marked = (files: Files): readonly string[] =>
  Object.entries(files)
    .flatMap(([path, text]) => text.split('\n').flatMap((line, index) => [...(line.split('✗')[1] ?? '').matchAll(/[a-z]+-[a-z-]+/g)].map(([rule]) => `${path}:${String(index + 1)} ${rule}`)))
    .sort();

async function expectMarked(files: Files, rules: 'recommended' | 'strict' = 'recommended'): Promise<void> {
  expect(await findingsIn(files, rules)).toEqual(marked(files));
}

/** What a module begins with that speaks to S3, and the requests that wrappers send. */
const sdk = "import { S3Client, PutObjectCommand, GetObjectCommand, HeadObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3'; const client = new S3Client({});";
const oldSdk = "const { S3Client, PutObjectCommand, GetObjectCommand } = require('@aws-sdk/client-s3'); const client = new S3Client({});";
const reads = (input = "Bucket: 'data', Key: key"): string => `return (await client.send(new GetObjectCommand({ ${input} }))).Body.transformToString();`;
const writes = (input = "Bucket: 'data', Key: key"): string => `await client.send(new PutObjectCommand({ ${input}, Body: body }));`;
const blind = '// ✗ no-blind-overwrite';
const lost = '// ✗ no-lost-update';

const functions = `${sdk}
export async function get(key) { ${reads()} }
export async function put(key, body) { ${writes()} } ${blind}
`;
const methods = `
  async get(key) { ${reads()} }
  async put(key, body) { ${writes()} } ${blind}
`;
const storage = `${sdk}
export class Storage {${methods}}
`;
const object = `${sdk}
export const storage = {
  async get(key) { ${reads()} },
  async put(key, body) { ${writes()} }, ${blind}
};
`;
const injected = `${sdk.replace(' const client = new S3Client({});', '')}
export class Storage {
  constructor(private readonly client: S3Client, private readonly bucket: string) {}
  async get(key) { ${reads("Bucket: this.bucket, Key: key").replaceAll('client.send', 'this.client.send')} }
  async put(key, body) { ${writes("Bucket: this.bucket, Key: key").replaceAll('client.send', 'this.client.send')} } ${blind}
}
`;
/** Who uses a class that is handed in: a class of its own. */
const service = (fields: string, at = 'this.storage.'): string => `export class Notes {
  ${fields}
  async append(line) {
    const text = await ${at}get('notes.txt');
    await ${at}put('notes.txt', text + line); ${lost}
  }
}
`;
/** The same in a function. */
const append = (at = '', before = ''): string => `export async function append(line) {
  ${before}
  const text = await ${at}get('notes.txt');
  await ${at}put('notes.txt', text + line); ${lost}
}
`;

interface Way {
  readonly way: string;
  readonly files: Files;
}

/** How a file comes by the wrappers that it calls. */
const ways: readonly Way[] = [
  { way: 'functions', files: { 's3.ts': functions, 'notes.ts': `import { get, put } from './s3';\n${append()}` } },
  { way: 'functions under other names', files: { 's3.ts': functions, 'notes.ts': `import { get as load, put as save } from './s3';\n${append().replaceAll('await get', 'await load').replaceAll('await put', 'await save')}` } },
  {
    way: 'arrow functions',
    files: { 's3.ts': `${sdk}\nexport const get = async (key) => { ${reads()} };\nexport const put = async (key, body) => { ${writes()} }; ${blind}\n`, 'notes.ts': `import { get, put } from './s3';\n${append()}` },
  },
  {
    way: 'functions exported in a list at the end',
    files: { 's3.ts': `${functions.replaceAll('export ', '')}export { get, put as store };\n`, 'notes.ts': `import { get, store } from './s3';\n${append().replace('await put', 'await store')}` },
  },
  { way: 'methods of an instance made in the function', files: { 's3.ts': storage, 'notes.ts': `import { Storage } from './s3';\n${append('storage.', 'const storage = new Storage();')}` } },
  { way: 'methods of an instance made at the top', files: { 's3.ts': storage, 'notes.ts': `import { Storage } from './s3';\nconst storage = new Storage();\n${append('storage.')}` } },
  { way: 'fields that hold functions', files: { 's3.ts': `${sdk}\nexport class Storage {\n  get = async (key) => { ${reads()} };\n  put = async (key, body) => { ${writes()} }; ${blind}\n}\n`, 'notes.ts': `import { Storage } from './s3';\nconst storage = new Storage();\n${append('storage.')}` } },
  { way: 'static methods', files: { 's3.ts': storage.replaceAll('async ', 'static async '), 'notes.ts': `import { Storage } from './s3';\n${append('Storage.')}` } },
  { way: 'an object', files: { 's3.ts': object, 'notes.ts': `import { storage } from './s3';\n${append('storage.')}` } },
  { way: 'an object, taken apart', files: { 's3.ts': object, 'notes.ts': `import { storage } from './s3';\nconst { get, put } = storage;\n${append()}` } },
  { way: 'an object of functions by their names', files: { 's3.ts': `${functions.replaceAll('export ', '')}export const storage = { get, put };\n`, 'notes.ts': `import { storage } from './s3';\n${append('storage.')}` } },
  {
    way: 'an object of objects',
    files: { 's3.ts': object.replace('export const storage = {', 'export const storage = { json: {').replace('\n};', '\n} };'), 'notes.ts': `import { storage } from './s3';\n${append('storage.json.')}` },
  },
  {
    way: 'a factory that gives back an object',
    files: { 's3.ts': `${sdk}\nexport function createStorage() {\n  return {${methods.replace("} // ✗", "}, // ✗").replace("transformToString(); }", "transformToString(); },")}  };\n}\n`, 'notes.ts': `import { createStorage } from './s3';\nconst storage = createStorage();\n${append('storage.')}` },
  },
  {
    way: 'a factory that is given the client',
    files: {
      's3.ts': `${sdk.replace(' const client = new S3Client({});', '')}\nexport const createStorage = (client: S3Client, bucket: string) => ({\n  async get(key) { ${reads('Bucket: bucket, Key: key')} },\n  async put(key, body) { ${writes('Bucket: bucket, Key: key')} }, ${blind}\n});\n`,
      'notes.ts': `import { S3Client } from '@aws-sdk/client-s3';\nimport { createStorage } from './s3';\nconst storage = createStorage(new S3Client({}), 'data');\n${append('storage.')}`,
    },
  },
  { way: 'a factory that gives back an instance', files: { 's3.ts': `${storage}export const createStorage = () => new Storage();\n`, 'notes.ts': `import { createStorage } from './s3';\n${append('storage.', 'const storage = createStorage();')}` } },
  { way: 'a factory that is waited for', files: { 's3.ts': `${storage}export async function connect() { return new Storage(); }\n`, 'notes.ts': `import { connect } from './s3';\n${append('storage.', 'const storage = await connect();')}` } },
  { way: 'an instance that is made when it is first asked for', files: { 's3.ts': `${storage}let only: Storage | undefined;\nexport function getStorage() { return (only ??= new Storage()); }\n`, 'notes.ts': `import { getStorage } from './s3';\n${append('getStorage().')}` } },
  { way: 'the one instance of a class', files: { 's3.ts': storage.replace('export class Storage {', 'export class Storage {\n  private static only: Storage;\n  static get instance() { return (this.only ??= new Storage()); }'), 'notes.ts': `import { Storage } from './s3';\n${append('Storage.instance.')}` } },
  {
    way: 'the one instance of a class, by a method',
    files: { 's3.ts': storage.replace('export class Storage {', 'export class Storage {\n  private static only: Storage;\n  static getInstance() { if (!Storage.only) Storage.only = new Storage(); return Storage.only; }'), 'notes.ts': `import { Storage } from './s3';\n${append('Storage.getInstance().')}` },
  },
  { way: 'functions that are given the client first', files: {
    's3.ts': `${sdk.replace(' const client = new S3Client({});', '')}\nexport const get = (client: S3Client) => async (key) => { ${reads()} };\nexport const put = (client: S3Client) => async (key, body) => { ${writes()} }; ${blind}\n`,
    'notes.ts': `import { S3Client } from '@aws-sdk/client-s3';\nimport { get, put } from './s3';\nconst client = new S3Client({});\n${append().replace('get(', 'get(client)(').replace('put(', 'put(client)(')}`,
  } },
  { way: 'functions made once for a client', files: {
    's3.ts': `${sdk.replace(' const client = new S3Client({});', '')}\nexport const getFrom = (client: S3Client) => async (key) => { ${reads()} };\nexport const putTo = (client: S3Client) => async (key, body) => { ${writes()} }; ${blind}\n`,
    'notes.ts': `import { S3Client } from '@aws-sdk/client-s3';\nimport { getFrom, putTo } from './s3';\nconst client = new S3Client({});\nconst get = getFrom(client);\nconst put = putTo(client);\n${append()}`,
  } },
  { way: 'functions made for a client in a third file', files: {
    's3.ts': `import { S3Client, PutObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';\nexport const getFrom = (client: S3Client) => async (key) => { ${reads()} };\nexport const putTo = (client: S3Client) => async (key, body) => { ${writes()} }; ${blind}\n`,
    'data.ts': "import { S3Client } from '@aws-sdk/client-s3';\nimport { getFrom, putTo } from './s3';\nconst client = new S3Client({});\nexport const get = getFrom(client);\nexport const put = putTo(client);\n",
    'notes.ts': `import { get, put } from './data';\n${append()}`,
  } },
  { way: 'a default export', files: { 's3.ts': storage.replace('export class', 'export default class'), 'notes.ts': `import Anything from './s3';\nconst storage = new Anything();\n${append('storage.')}` } },
  { way: 'a default export that is an object', files: { 's3.ts': `${functions.replaceAll('export ', '')}export default { get, put };\n`, 'notes.ts': `import storage from './s3';\n${append('storage.')}` } },
  { way: 'a default export that is an instance', files: { 's3.ts': `${storage}export default new Storage();\n`, 'notes.ts': `import storage from './s3';\n${append('storage.')}` } },
  { way: 'default functions of two modules', files: { 'get.ts': `${sdk}\nexport default async function (key) { ${reads()} }\n`, 'put.ts': `${sdk}\nexport default async (key, body) => { ${writes()} }; ${blind}\n`, 'notes.ts': `import get from './get';\nimport put from './put';\n${append()}` } },
  { way: 'a namespace', files: { 's3.ts': functions, 'notes.ts': `import * as s3 from './s3';\n${append('s3.')}` } },
  { way: 'a barrel', files: { 's3.ts': functions, 'index.ts': "export * from './s3';\n", 'notes.ts': `import { get, put } from '.';\n${append()}` } },
  { way: 'a barrel of barrels', files: { 'lib/aws/s3.ts': functions, 'lib/aws/index.ts': "export * from './s3';\n", 'lib/index.ts': "export * from './aws';\n", 'notes.ts': `import { get, put } from './lib';\n${append()}` } },
  { way: 'a barrel, as a namespace', files: { 's3.ts': functions, 'lib.ts': "export * from './s3';\n", 'notes.ts': `import * as lib from './lib';\n${append('lib.')}` } },
  { way: 'a barrel that gives other names', files: { 's3.ts': functions, 'lib.ts': "export { get as load, put as save } from './s3';\n", 'notes.ts': `import { load, save } from './lib';\n${append().replaceAll('await get', 'await load').replaceAll('await put', 'await save')}` } },
  { way: 'a barrel that imports, and exports then', files: { 's3.ts': functions, 'lib.ts': "import { get, put } from './s3';\nexport { get, put };\n", 'notes.ts': `import { get, put } from './lib';\n${append()}` } },
  { way: 'a barrel that gives out a namespace', files: { 's3.ts': functions, 'lib.ts': "export * as s3 from './s3';\n", 'notes.ts': `import { s3 } from './lib';\n${append('s3.')}` } },
  { way: 'a barrel that gives a default a name', files: { 's3.ts': storage.replace('export class', 'export default class'), 'lib.ts': "export { default as Storage } from './s3';\n", 'notes.ts': `import { Storage } from './lib';\nconst storage = new Storage();\n${append('storage.')}` } },
  { way: 'paths of tsconfig.json', files: { 'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@lib/*": ["src/lib/*"] } } }', 'src/lib/s3.ts': functions, 'src/notes.ts': `import { get, put } from '@lib/s3';\n${append()}` } },
  { way: '.js in the specifier of a .ts file', files: { 'src/s3.ts': functions, 'src/notes.ts': `import { get, put } from './s3.js';\n${append()}` } },
  {
    way: 'another package of the workspace',
    files: {
      'package.json': '{ "workspaces": ["packages/*"] }',
      'packages/storage/package.json': '{ "name": "@acme/storage", "exports": { ".": { "types": "./dist/index.d.ts", "import": "./dist/index.js" } } }',
      'packages/storage/src/index.ts': "export * from './s3.js';\n",
      'packages/storage/src/s3.ts': functions,
      'packages/notes/package.json': '{ "name": "notes", "dependencies": { "@acme/storage": "workspace:*" } }',
      'packages/notes/src/notes.ts': `import { get, put } from '@acme/storage';\n${append()}`,
    },
  },
  { way: 'module.exports', files: { 's3.js': `${oldSdk}\n${functions.split('\n').slice(1).join('\n').replaceAll('export ', '')}module.exports = { get, put };\n`, 'notes.js': `const { get, put } = require('./s3');\n${append().replace('export ', '')}module.exports = append;\n` } },
  { way: 'module.exports as a whole', files: { 's3.js': `${oldSdk}\n${functions.split('\n').slice(1).join('\n').replaceAll('export ', '')}module.exports = { get, put };\n`, 'notes.js': `const s3 = require('./s3');\n${append('s3.').replace('export ', '')}module.exports = append;\n` } },
  { way: 'exports by name', files: { 's3.js': `${oldSdk}\nexports.get = async (key) => { ${reads()} };\nexports.put = async function (key, body) { ${writes()} }; ${blind}\n`, 'notes.js': `const { get, put } = require('./s3');\n${append().replace('export ', '')}module.exports = append;\n` } },
  { way: 'a class of module.exports', files: { 's3.js': `${oldSdk}\nclass Storage {${methods}}\nmodule.exports = Storage;\n`, 'notes.js': `const Storage = require('./s3');\nconst storage = new Storage();\n${append('storage.').replace('export ', '')}module.exports = append;\n` } },
  { way: 'a class among module.exports', files: { 's3.js': `${oldSdk}\nclass Storage {${methods}}\nmodule.exports = { Storage };\n`, 'notes.js': `const { Storage } = require('./s3');\nconst storage = new Storage();\n${append('storage.').replace('export ', '')}module.exports = append;\n` } },
  { way: 'an instance as module.exports', files: { 's3.js': `${oldSdk}\nclass Storage {${methods}}\nmodule.exports = new Storage();\n`, 'notes.js': `const storage = require('./s3');\n${append('storage.').replace('export ', '')}module.exports = append;\n` } },
  { way: 'import = require', files: { 's3.ts': functions, 'notes.ts': `import s3 = require('./s3');\n${append('s3.')}` } },
  { way: 'a dynamic import', files: { 's3.ts': functions, 'notes.ts': append('', "const { get, put } = await import('./s3');") } },
  { way: 'a dynamic import as a whole', files: { 's3.ts': functions, 'notes.ts': append('s3.', "const s3 = await import('./s3');") } },
  { way: 'JavaScript modules', files: { 's3.mjs': functions, 'notes.mjs': `import { get, put } from './s3.mjs';\n${append()}` } },
  { way: 'a component', files: { 's3.tsx': functions, 'notes.tsx': `import { get, put } from './s3';\n${append()}export const Notes = () => <form action={append} />;\n` } },
  { way: 'a class to build on', files: { 's3.ts': storage, 'notes.ts': `import { Storage } from './s3';\n${service('', 'this.').replace('class Notes', 'class Notes extends Storage')}` } },
  { way: 'a class to build on, two files away', files: { 's3.ts': storage, 'json.ts': "import { Storage } from './s3';\nexport class Json extends Storage {\n  parse(text) { return JSON.parse(text); }\n}\n", 'notes.ts': `import { Json } from './json';\nconst storage = new Json();\n${append('storage.')}` } },
  { way: 'super', files: { 's3.ts': storage, 'notes.ts': `import { Storage } from './s3';\n${service('', 'super.').replace('class Notes', 'class Notes extends Storage')}` } },
  { way: 'a parameter property', files: { 's3.ts': storage, 'notes.ts': `import { Storage } from './s3';\n${service('constructor(private readonly storage: Storage) {}')}` } },
  { way: 'a field that is typed and assigned', files: { 's3.ts': storage, 'notes.ts': `import type { Storage } from './s3';\n${service('private storage: Storage;\n  constructor(storage: Storage) { this.storage = storage; }')}` } },
  { way: 'a field that is made', files: { 's3.ts': storage, 'notes.js': `import { Storage } from './s3';\n${service('constructor() { this.storage = new Storage(); }')}` } },
  { way: 'a private field', files: { 's3.ts': storage, 'notes.ts': `import { Storage } from './s3';\n${service('#storage = new Storage();', 'this.#storage.')}` } },
  { way: 'a default of the constructor', files: { 's3.ts': storage, 'notes.js': `import { Storage } from './s3';\n${service('constructor(storage = new Storage()) { this.storage = storage; }')}` } },
  { way: 'dependencies in an object', files: { 's3.ts': storage, 'notes.ts': `import type { Storage } from './s3';\ninterface Dependencies { readonly storage: Storage }\n${service('constructor(private readonly deps: Dependencies) {}', 'this.deps.storage.')}` } },
  { way: 'a parameter of the function', files: { 's3.ts': storage, 'notes.ts': `import type { Storage } from './s3';\n${append('storage.').replace('append(line)', 'append(storage: Storage, line: string)')}` } },
  { way: 'Nest', files: { 's3.ts': `import { Injectable } from '@nestjs/common';\n${storage.replace('export class', '@Injectable()\nexport class')}`, 'notes.ts': `import { Injectable } from '@nestjs/common';\nimport { Storage } from './s3';\n@Injectable()\n${service('constructor(private readonly storage: Storage) {}')}` } },
  { way: 'a service of Angular', files: { 's3.ts': storage, 'notes.ts': `import { inject } from '@angular/core';\nimport { Storage } from './s3';\n${service('private readonly storage = inject(Storage);')}` } },
  {
    way: 'an interface, with another implementation beside',
    files: {
      'store.ts': 'export interface Store { get(key: string): Promise<string>; put(key: string, body: string): Promise<void> }\n',
      's3.ts': `import type { Store } from './store';\n${storage.replace('class Storage', 'class Storage implements Store')}`,
      'disk.ts': "import { readFile, writeFile } from 'node:fs/promises';\nimport type { Store } from './store';\nexport class Disk implements Store {\n  async get(key) { return readFile(key, 'utf8'); }\n  async put(key, body) { await writeFile(key, body); }\n}\n",
      'notes.ts': `import type { Store } from './store';\n${service('constructor(private readonly storage: Store) {}')}`,
    },
  },
  {
    way: 'an abstract class',
    files: {
      'store.ts': 'export abstract class Store { abstract get(key: string): Promise<string>; abstract put(key: string, body: string): Promise<void> }\n',
      's3.ts': `import { Store } from './store';\n${storage.replace('class Storage', 'class Storage extends Store')}`,
      'notes.ts': `import { Store } from './store';\n${service('constructor(private readonly storage: Store) {}')}`,
    },
  },
  { way: 'an instance that a third file makes', files: { 's3.ts': storage, 'container.ts': "import { Storage } from './s3';\nexport const storage = new Storage();\n", 'notes.ts': `import { storage } from './container';\n${append('storage.')}` } },
  { way: 'a container of a third file', files: { 's3.ts': storage, 'container.ts': "import { Storage } from './s3';\nexport const services = { storage: new Storage() };\n", 'notes.ts': `import { services } from './container';\n${append('services.storage.')}` } },
  { way: 'a client and a bucket of the class', files: { 's3.ts': injected, 'notes.ts': `import { S3Client } from '@aws-sdk/client-s3';\nimport { Storage } from './s3';\nconst storage = new Storage(new S3Client({}), 'data');\n${append('storage.')}` } },
  { way: 'a bucket of a third file', files: { 'config.ts': "export const config = { bucket: process.env.DATA_BUCKET ?? 'data' };\n", 's3.ts': `import { config } from './config';\n${functions.replaceAll("'data'", 'config.bucket')}`, 'notes.ts': `import { get, put } from './s3';\n${append()}` } },
  { way: 'a key of a third file', files: { 's3.ts': functions, 'keys.ts': "export const notesKey = 'notes.txt';\n", 'notes.ts': `import { notesKey } from './keys';\nimport { get, put } from './s3';\n${append().replaceAll("'notes.txt'", 'notesKey')}` } },
  { way: 'a builder of keys in a third file', files: { 's3.ts': functions, 'keys.ts': 'export const keyOf = (user: string) => `notes/${user}.txt`;\n', 'notes.ts': `import { keyOf } from './keys';\nimport { get, put } from './s3';\n${append().replaceAll("'notes.txt'", 'keyOf(line.user)')}` } },
  { way: 'a wrapper of wrappers', files: { 's3.ts': functions, 'json.ts': "import { get, put } from './s3';\nexport const load = async (name) => JSON.parse(await get(`${name}.json`));\nexport const save = (name, value) => put(`${name}.json`, JSON.stringify(value)); " + blind + '\n', 'notes.ts': "import { load, save } from './json';\nexport async function append(line) {\n  const notes = await load('notes.txt');\n  notes.push(line);\n  await save('notes.txt', notes); " + lost + '\n}\n' } },
  { way: 'one options object', files: { 's3.ts': functions.replace('get(key)', 'get({ key })').replace('put(key, body)', 'put({ key, body })'), 'notes.ts': `import { get, put } from './s3';\n${append().replace("get('notes.txt')", "get({ key: 'notes.txt' })").replace("put('notes.txt', text + line)", "put({ key: 'notes.txt', body: text + line })")}` } },
];

describe('reads and writes of one object through wrappers lose updates, whatever the way to them', () => {
  it.each(ways)('$way', async ({ files }) => {
    await expectMarked(files);
  });
});

describe('by the same ways, what is written to another object loses none', () => {
  it.each(ways)('$way', async ({ files }) => {
    const elsewhere = Object.entries(files).map(([path, text]) => [path, text.replace(/^.*no-lost-update$/gm, (line) => line.replace(/(?:'notes\.txt'|notesKey|keyOf\([^)]*\))/, "'summary.txt'").replace(lost, blind))] as const);
    const changed = Object.fromEntries(elsewhere);
    expect(changed).not.toEqual(files);
    await expectMarked(changed);
  });
});
