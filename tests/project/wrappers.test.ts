import { describe, expect, it } from 'vitest';

import { findingsIn, markedLines, type Files, type Rules } from '../checked-project.js';

/**
 * Projects of several files, each checked from end to end. What is expected stands in them: `✗` and the names of the
 * rules that report the line. A line without is not reported.
 */

async function expectMarked(files: Files, rules: Rules = 'recommended'): Promise<void> {
  const found = (await findingsIn(files, rules)).map(({ place, rule }) => `${place} ${rule}`);
  const marked = markedLines(files).flatMap(({ place, line }) => [...(line.split('✗')[1] ?? '').matchAll(/[a-z]+-[a-z-]+/g)].map(([rule]) => `${place} ${rule}`));
  expect(found.sort()).toEqual(marked.sort());
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
  { way: 'a field that a container sets', files: { 's3.ts': storage, 'notes.ts': `import { Inject } from '@midwayjs/core';\nimport { Storage } from './s3';\n${service('@Inject()\n  private storage: Storage;')}` } },
  { way: 'a type that is imported where it stands', files: { 's3.ts': storage, 'notes.ts': service("constructor(private readonly storage: import('./s3').Storage) {}") } },
  { way: 'a field of the class to build on', files: { 's3.ts': storage, 'base.ts': "import { Storage } from './s3';\nexport class Base {\n  constructor(protected readonly storage: Storage) {}\n}\n", 'notes.ts': `import { Base } from './base';\n${service('').replace('class Notes', 'class Notes extends Base')}` } },
  { way: 'a field that the class to build on makes', files: { 's3.ts': storage, 'base.ts': "import { Storage } from './s3';\nexport class Base {\n  protected storage = new Storage();\n}\n", 'notes.ts': `import { Base } from './base';\n${service('').replace('class Notes', 'class Notes extends Base')}` } },
  { way: 'Nest', files: { 's3.ts': `import { Injectable } from '@nestjs/common';\n${storage.replace('export class', '@Injectable()\nexport class')}`, 'notes.ts': `import { Injectable } from '@nestjs/common';\nimport { Storage } from './s3';\n@Injectable()\n${service('constructor(private readonly storage: Storage) {}')}` } },
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
  { way: 'one options object', files: { 's3.ts': functions.replace('get(key)', 'get({ key })').replace('put(key, body)', 'put({ key, body })'), 'notes.ts': `import { get, put } from './s3';\n${append().replace("get('notes.txt')", "get({ key: 'notes.txt' })").replace("put('notes.txt', text + line)", "put({ key: 'notes.txt', body: text + line })")}` } },
  { way: 'functions that are wrapped', files: { 's3.ts': `import { cache } from 'react';\n${sdk}\nexport const get = cache(async (key) => { ${reads()} });\nexport const put = cache(async (key, body) => { ${writes()} }); ${blind}\n`, 'notes.ts': `import { get, put } from './s3';\n${append()}` } },
  {
    way: 'functions that are wrapped by one of the project',
    files: {
      'traced.ts': 'export const traced = (name, run) => async (...rest) => { console.time(name); return run(...rest); };\n',
      's3.ts': `import { traced } from './traced';\n${functions.replaceAll('export ', '').replaceAll('function ', 'function s3_')}export const get = traced('get', s3_get);\nexport const put = traced('put', s3_put);\n`,
      'notes.ts': `import { get, put } from './s3';\n${append()}`,
    },
  },
  { way: 'functions that are wrapped where they are called', files: { 's3.ts': functions, 'notes.ts': `import { log } from 'log';\nimport { get, put } from './s3';\n${append().replace('get(', 'log.wrap(get)(').replace('put(', 'log.wrap(put)(')}` } },
  { way: 'what a factory returns, as a type', files: { 's3.ts': `${sdk}\nexport const createStorage = () => ({${methods.replace('} // ✗', '}, // ✗').replace('transformToString(); }', 'transformToString(); },')}});\n`, 'notes.ts': `import type { createStorage } from './s3';\n${service('constructor(private readonly storage: ReturnType<typeof createStorage>) {}')}` } },
  {
    way: 'a context that is made in a third file',
    files: {
      's3.ts': storage,
      'context.ts': "import { Storage } from './s3';\nexport async function createContext() {\n  return { storage: new Storage() };\n}\nexport type Context = Awaited<ReturnType<typeof createContext>>;\n",
      'notes.ts': `import type { Context } from './context';\n${append('context.storage.').replace('append(line)', 'append(context: Context, line: string)')}`,
    },
  },
  { way: 'dependencies of a third file', files: { 's3.ts': storage, 'deps.ts': "import type { Storage } from './s3';\nexport interface Dependencies { readonly storage: Storage }\n", 'notes.ts': `import type { Dependencies } from './deps';\n${service('constructor(private readonly deps: Dependencies) {}', 'this.deps.storage.')}` } },
  { way: 'a type with a bound', files: { 's3.ts': storage, 'notes.ts': `import type { Storage } from './s3';\n${service('constructor(private readonly storage: Kind) {}').replace('class Notes', 'class Notes<Kind extends Storage>')}` } },
  { way: 'a container that is asked for the class', files: { 's3.ts': storage, 'notes.ts': `import { container } from 'tsyringe';\nimport { Storage } from './s3';\n${append('storage.', 'const storage = container.resolve(Storage);')}` } },
  { way: 'a field that is injected', files: { 's3.ts': storage, 'notes.ts': `import { inject } from '@angular/core';\nimport { Storage } from './s3';\n${service('private storage = inject(Storage);')}` } },
  { way: 'one of several drivers', files: { 's3.ts': storage, 'drivers.ts': "import { Storage } from './s3';\nconst drivers = { s3: new Storage(), none: null };\nexport const driverOf = (kind) => drivers[kind];\n", 'notes.ts': `import { driverOf } from './drivers';\n${append('driverOf(line.kind).')}` } },
  { way: 'a getter of an object', files: { 's3.ts': `${storage}export const services = { get storage() { return new Storage(); } };\n`, 'notes.ts': `import { services } from './s3';\n${append('services.storage.')}` } },
  { way: 'a factory in a third file', files: { 's3.ts': storage, 'make.ts': "import { Storage } from './s3';\nexport const getStorage = () => new Storage();\n", 'notes.ts': `import { getStorage } from './make';\n${append('storage.', 'const storage = getStorage();')}` } },
  { way: 'what a factory gives back, taken apart where it is exported', files: { 's3.ts': `${sdk}\nconst createStorage = () => ({${methods.replace('} // ✗', '}, // ✗').replace('transformToString(); }', 'transformToString(); },')}});\nexport const { get, put } = createStorage();\n`, 'notes.ts': `import { get, put } from './s3';\n${append()}` } },
  {
    way: 'a function that is handed the instance',
    files: { 's3.ts': `${storage}export const withStorage = (run) => run(new Storage());\n`, 'notes.ts': `import { withStorage } from './s3';\n${append('storage.', 'return withStorage(async (storage) => {').replace(/\}\n$/, '});\n}\n')}` },
  },
  {
    way: 'an interface that an object has',
    files: {
      'store.ts': 'export interface Store { get(key: string): Promise<string>; put(key: string, body: string): Promise<void> }\n',
      's3.ts': `import type { Store } from './store';\n${object.replace('const storage =', 'const storage: Store =')}`,
      'notes.ts': `import type { Store } from './store';\n${service('constructor(private readonly storage: Store) {}')}`,
    },
  },
  {
    way: 'an interface that a factory returns',
    files: {
      'store.ts': 'export interface Store { get(key: string): Promise<string>; put(key: string, body: string): Promise<void> }\n',
      's3.ts': `import type { Store } from './store';\n${sdk}\nexport async function createStore(): Promise<Store> {\n  return {${methods.replace('} // ✗', '}, // ✗').replace('transformToString(); }', 'transformToString(); },')}  };\n}\n`,
      'notes.ts': `import type { Store } from './store';\n${service('constructor(private readonly storage: Store) {}')}`,
    },
  },
  {
    way: 'an interface, and dependencies that have one, in a third file',
    files: {
      'ports.ts': 'export interface Store { get(key: string): Promise<string>; put(key: string, body: string): Promise<void> }\nexport interface Ports { readonly storage: Store }\n',
      's3.ts': `import type { Store } from './ports';\n${storage.replace('class Storage', 'class Storage implements Store')}`,
      'notes.ts': `import type { Ports } from './ports';\n${service('constructor(private readonly ports: Ports) {}', 'this.ports.storage.')}`,
    },
  },
  {
    way: 'an interface of the file that uses it',
    files: {
      's3.ts': `import type { Store } from './notes';\n${storage.replace('class Storage', 'class Storage implements Store')}`,
      'notes.ts': `export interface Store { get(key: string): Promise<string>; put(key: string, body: string): Promise<void> }\n${service('constructor(private readonly storage: Store) {}')}`,
    },
  },
  {
    way: 'a service of Effect',
    files: {
      's3.ts': `import { Effect } from 'effect';\n${sdk}\nexport class Storage extends Effect.Service<Storage>()('Storage', { effect: Effect.gen(function* () {\n  return {\n    get: (key) => Effect.tryPromise(async () => { ${reads()} }),\n    put: (key, body) => Effect.tryPromise(async () => { ${writes()} }), ${blind}\n  };\n}) }) {}\n`,
      'notes.ts': `import { Effect } from 'effect';\nimport { Storage } from './s3';\nexport const append = (line) => Effect.gen(function* () {\n  const storage = yield* Storage;\n  const text = yield* storage.get('notes.txt');\n  yield* storage.put('notes.txt', text + line); ${lost}\n});\n`,
    },
  },
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

const etagged = `${sdk}
export async function getWithEtag(key) { const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: 'data', Key: key })); return { text: await Body.transformToString(), etag: ETag }; }
export async function etagOf(key) { return (await client.send(new HeadObjectCommand({ Bucket: 'data', Key: key }))).ETag; }
export async function replace(key, body, etag) { await client.send(new PutObjectCommand({ Bucket: 'data', Key: key, Body: body, IfMatch: etag })); }
export async function create(key, body) { await client.send(new PutObjectCommand({ Bucket: 'data', Key: key, Body: body, IfNoneMatch: '*' })); }
`;
/** A condition as an option: who leaves it out writes blindly. */
const optional = `${sdk}
export async function get(key) { ${reads()} }
export async function getWithEtag(key) { const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: 'data', Key: key })); return { text: await Body.transformToString(), etag: ETag }; }
export async function put(key, body, options = {}) { await client.send(new PutObjectCommand({ Bucket: 'data', Key: key, Body: body, IfMatch: options.ifMatch })); }
`;

describe('what a caller gives a write, and what it learns of a read', () => {
  it.each<{ readonly situation: string; readonly files: Files }>([
    {
      situation: 'the layers of a write: the module in between gives the object its name, and is told',
      files: {
        's3.ts': functions,
        'json.ts': `import { get, put } from './s3';\nexport const load = async (name) => JSON.parse(await get(\`\${name}.json\`));\nexport const save = (name, value) => put(\`\${name}.json\`, JSON.stringify(value)); ${blind}\n`,
        'notes.ts': `import { load, save } from './json';\nexport async function append(line) {\n  const notes = await load('notes');\n  notes.push(line);\n  await save('notes', notes); ${lost}\n}\nexport const reset = () => save('notes', []);\n`,
      },
    },
    {
      situation: 'a read-modify-write that another module holds whole is told there, and not at each of its callers',
      files: { 's3.ts': `${sdk}\nexport async function update(key, change) {\n  const current = await client.send(new GetObjectCommand({ Bucket: 'data', Key: key }));\n  const body = change(await current.Body.transformToString());\n  await client.send(new PutObjectCommand({ Bucket: 'data', Key: key, Body: body })); ${lost}\n}\n`, 'notes.ts': "import { update } from './s3';\nexport const append = (line) => update('notes.txt', (text) => text + line);\n" },
    },
    {
      situation: 'read by one module and written by another',
      files: { 'get.ts': `${sdk}\nexport async function get(key) { ${reads()} }\n`, 'put.ts': `${sdk}\nexport async function put(key, body) { ${writes()} } ${blind}\n`, 'notes.ts': `import { get } from './get';\nimport { put } from './put';\n${append()}` },
    },
    { situation: 'read here and written by a wrapper', files: { 's3.ts': functions, 'notes.ts': `${sdk}\nimport { put } from './s3';\nexport async function append(line) {\n  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'data', Key: 'notes.txt' }));\n  await put('notes.txt', (await Body.transformToString()) + line); ${lost}\n}\n` } },
    { situation: 'read by a wrapper and written here', files: { 's3.ts': functions, 'notes.ts': `${sdk}\nimport { get } from './s3';\nexport async function append(line) {\n  const body = (await get('notes.txt')) + line;\n  ${writes("Bucket: 'data', Key: 'notes.txt'")} ${lost}\n}\n` } },
    { situation: 'read by a wrapper and written here, in another bucket', files: { 's3.ts': functions, 'notes.ts': `${sdk}\nimport { get } from './s3';\nexport async function append(line) {\n  const body = (await get('notes.txt')) + line;\n  ${writes("Bucket: 'archive', Key: 'notes.txt'")} ${blind}\n}\n` } },
    { situation: 'two instances with two buckets: nothing is written back', files: { 's3.ts': injected, 'notes.ts': `import { S3Client } from '@aws-sdk/client-s3';\nimport { Storage } from './s3';\nconst client = new S3Client({});\nconst live = new Storage(client, 'live');\nconst archive = new Storage(client, 'archive');\nexport async function keep(id) {\n  await archive.put(\`notes/\${id}\`, await live.get(\`notes/\${id}\`)); ${blind}\n}\n` } },
    { situation: 'two instances with one bucket', files: { 's3.ts': injected, 'notes.ts': `import { S3Client } from '@aws-sdk/client-s3';\nimport { Storage } from './s3';\nconst client = new S3Client({});\nconst source = new Storage(client, 'live');\nconst target = new Storage(client, 'live');\nexport async function append(id, line) {\n  await target.put(\`notes/\${id}\`, (await source.get(\`notes/\${id}\`)) + line); ${lost}\n}\n` } },
    { situation: 'body and ETag of one read, and a write that sends the ETag', files: { 's3.ts': etagged, 'notes.ts': "import { getWithEtag, replace } from './s3';\nexport async function append(line) {\n  const { text, etag } = await getWithEtag('notes.txt');\n  await replace('notes.txt', text + line, etag);\n}\n" } },
    { situation: 'a create-only wrapper', files: { 's3.ts': etagged, 'notes.ts': "import { create } from './s3';\nexport const add = (id, body) => create(`notes/${id}`, body);\n" } },
    { situation: 'a condition as an option: given', files: { 's3.ts': optional, 'notes.ts': "import { getWithEtag, put } from './s3';\nexport async function append(line) {\n  const { text, etag } = await getWithEtag('notes.txt');\n  await put('notes.txt', text + line, { ifMatch: etag });\n}\n" } },
    { situation: 'a condition as an option: left out', files: { 's3.ts': optional, 'notes.ts': `import { get, put } from './s3';\n${append()}` } },
    { situation: 'a condition as an option: left out of the options', files: { 's3.ts': optional, 'notes.ts': `import { get, put } from './s3';\n${append().replace('text + line', 'text + line, { tags: 1 }')}` } },
    { situation: 'a condition as an option: undefined', files: { 's3.ts': optional, 'notes.ts': `import { get, put } from './s3';\n${append().replace('text + line', 'text + line, { ifMatch: undefined }')}` } },
    { situation: 'a condition as a parameter: left out', files: { 's3.ts': etagged, 'notes.ts': `import { getWithEtag, replace } from './s3';\nexport async function append(line) {\n  const { text } = await getWithEtag('notes.txt');\n  await replace('notes.txt', text + line); ${lost}\n}\n` } },
  ])('$situation', async ({ files }) => {
    await expectMarked(files);
  });
});

const checks = `${sdk}
export async function exists(key) { try { await client.send(new HeadObjectCommand({ Bucket: 'data', Key: key })); return true; } catch { return false; } }
export async function getOrNull(key) { try { const { Body } = await client.send(new GetObjectCommand({ Bucket: 'data', Key: key })); return await Body.transformToString(); } catch (error) { if (error.name === 'NoSuchKey') return null; throw error; } }
export async function put(key, body) { ${writes()} } ${blind}
export async function remove(key) { await client.send(new DeleteObjectCommand({ Bucket: 'data', Key: key })); }
`;

describe('checks through wrappers', () => {
  it.each<{ readonly situation: string; readonly app: string }>([
    { situation: 'a create after a check', app: "import { exists, put } from './s3';\nexport async function add(id, body) {\n  if (await exists(`notes/${id}`)) throw new Error('taken');\n  await put(`notes/${id}`, body); // ✗ no-check-then-write\n}" },
    { situation: 'a create of another object', app: `import { exists, put } from './s3';\nexport async function add(id, body) {\n  if (await exists(\`locks/\${id}\`)) throw new Error('locked');\n  await put(\`notes/\${id}\`, body); ${blind}\n}` },
    { situation: 'a create where nothing was read', app: "import { getOrNull, put } from './s3';\nexport async function ensure(id) {\n  const current = await getOrNull(`notes/${id}`);\n  if (current === null) await put(`notes/${id}`, '[]'); // ✗ no-check-then-write\n}" },
    { situation: 'a check in a function of its own', app: "import { exists, put } from './s3';\nconst isFree = async (key) => !(await exists(key));\nexport async function add(id, body) {\n  const key = `notes/${id}`;\n  if (await isFree(key)) await put(key, body); // ✗ no-check-then-write\n}" },
    { situation: 'a lock that is given back by who read that it is his', app: "import { getOrNull, remove } from './s3';\nexport async function release(owner) {\n  const lock = await getOrNull('lock.json');\n  if (lock !== null && JSON.parse(lock).owner === owner) await remove('lock.json'); // ✗ no-check-then-delete\n}" },
    { situation: 'a delete of another object', app: "import { getOrNull, remove } from './s3';\nexport async function release(owner) {\n  const lock = await getOrNull('lock.json');\n  if (lock !== null && JSON.parse(lock).owner === owner) await remove(`work/${owner}.json`);\n}" },
    { situation: 'a delete of what is only seen to be there', app: "import { exists, remove } from './s3';\nexport async function clear(id) {\n  if (await exists(`notes/${id}`)) await remove(`notes/${id}`);\n}" },
    { situation: 'a check that decides nothing', app: `import { exists, put } from './s3';\nexport async function save(id, body) {\n  console.log(await exists(\`notes/\${id}\`));\n  await put(\`notes/\${id}\`, body); ${blind}\n}` },
  ])('$situation', async ({ app }) => {
    await expectMarked({ 's3.ts': checks, 'notes.ts': app });
  });
});

describe('keys of their own', () => {
  const ids = "import { randomUUID } from 'node:crypto';\nexport const newId = () => randomUUID();\nexport const keyOf = (folder) => `${folder}/${newId()}.json`;\n";
  it.each<{ readonly situation: string; readonly files: Files }>([
    { situation: 'a key of its own from every caller: the wrapper overwrites nothing either', files: { 's3.ts': functions.replace(` ${blind}`, ''), 'ids.ts': ids, 'a.ts': "import { put } from './s3';\nimport { newId } from './ids';\nexport const add = (body) => put(`notes/${newId()}`, body);\n", 'b.ts': "import { randomUUID } from 'node:crypto';\nimport { put } from './s3';\nexport const add = (body) => put(randomUUID(), body);\n" } },
    { situation: 'all callers but one', files: { 's3.ts': functions, 'ids.ts': ids, 'a.ts': "import { put } from './s3';\nimport { keyOf } from './ids';\nexport const add = (body) => put(keyOf('notes'), body);\n", 'b.ts': `import { put } from './s3';\nexport const save = (body) => put('notes.json', body); ${blind}\n` } },
    { situation: 'the id is made by a builder of a builder', files: { 's3.ts': functions.replace(` ${blind}`, ''), 'ids.ts': ids, 'keys.ts': "import { newId } from './ids';\nexport const noteKey = (user) => `notes/${user}/${newId()}`;\n", 'a.ts': "import { put } from './s3';\nimport { noteKey } from './keys';\nexport const add = (user, body) => put(noteKey(user), body);\n" } },
    { situation: 'the id is made in a static method', files: { 's3.ts': functions.replace(` ${blind}`, ''), 'ids.ts': "import { nanoid } from 'nanoid';\nexport class Ids {\n  static next() { return nanoid(); }\n}\n", 'a.ts': "import { put } from './s3';\nimport { Ids } from './ids';\nexport const add = (body) => put(Ids.next(), body);\n" } },
    { situation: 'the id is made once, when the module is loaded', files: { 's3.ts': functions, 'ids.ts': "import { randomUUID } from 'node:crypto';\nexport const session = randomUUID();\n", 'a.ts': `import { put } from './s3';\nimport { session } from './ids';\nexport const save = (body) => put(\`sessions/\${session}\`, body); ${blind}\n` } },
    { situation: 'the wrapper makes the id itself', files: { 's3.ts': `${sdk}\nimport { randomUUID } from 'node:crypto';\nexport async function add(folder, body) { ${writes("Bucket: 'data', Key: `${folder}/${randomUUID()}`")} }\n`, 'a.ts': "import { add } from './s3';\nexport const addNote = (body) => add('notes', body);\n" } },
    { situation: 'a wrapper that nobody calls may be called by anybody', files: { 's3.ts': functions } },
    { situation: 'a wrapper whose callers are tests alone', files: { 's3.ts': functions, 's3.test.ts': "import { randomUUID } from 'node:crypto';\nimport { put } from './s3';\nput(randomUUID(), '');\n" } },
    { situation: 'a caller that hands the wrapper on as a value may give it any key', files: { 's3.ts': functions, 'a.ts': "import { randomUUID } from 'node:crypto';\nimport { put } from './s3';\nexport const add = (body) => put(randomUUID(), body);\n", 'b.ts': "import { put } from './s3';\nimport { register } from 'some-queue';\nregister('save', put);\n" } },
    { situation: 'a barrel calls nobody', files: { 's3.ts': functions.replace(` ${blind}`, ''), 'index.ts': "export * from './s3';\n", 'a.ts': "import { randomUUID } from 'node:crypto';\nimport { put } from './index';\nexport const add = (body) => put(randomUUID(), body);\n" } },
  ])('$situation', async ({ files }) => {
    await expectMarked(files);
  });
});

/** Whoever calls these decides what becomes of a conflict. */
const guarded = `${sdk}
export async function load(key) { const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: 'data', Key: key })); return { notes: JSON.parse(await Body.transformToString()), etag: ETag }; }
export async function save(key, notes, etag) { await client.send(new PutObjectCommand({ Bucket: 'data', Key: key, Body: JSON.stringify(notes), IfMatch: etag })); }
export async function create(key, notes) { await client.send(new PutObjectCommand({ Bucket: 'data', Key: key, Body: JSON.stringify(notes), IfNoneMatch: '*' })); }
`;
const attempt = "const { notes, etag } = await load('notes.json'); notes.push(line);";

describe('conflicts of a wrapper end with its callers', () => {
  it.each<{ readonly situation: string; readonly app: string; readonly rules?: 'strict'; readonly wrapper?: string }>([
    { situation: 'an empty catch', app: `import { load, save } from './s3';\nexport async function append(line) {\n  ${attempt}\n  try {\n    await save('notes.json', notes, etag); // ✗ no-swallowed-conflict\n  } catch {}\n}` },
    { situation: 'a catch that logs', app: `import { load, save } from './s3';\nexport async function append(line) {\n  ${attempt}\n  await save('notes.json', notes, etag).catch(console.error); // ✗ no-swallowed-conflict\n}` },
    { situation: 'two callers, one of which swallows', app: `import { load, save } from './s3';\nexport async function append(line) {\n  ${attempt}\n  await save('notes.json', notes, etag);\n}\nexport async function clear() {\n  const { etag } = await load('notes.json');\n  try {\n    await save('notes.json', [], etag); // ✗ no-swallowed-conflict\n  } catch (error) {\n    console.error(error);\n  }\n}` },
    { situation: 'a catch that throws on', app: `import { load, save } from './s3';\nexport async function append(line) {\n  ${attempt}\n  try {\n    await save('notes.json', notes, etag);\n  } catch (error) {\n    throw new Error('not stored', { cause: error });\n  }\n}` },
    { situation: 'a catch that tells', app: `import { load, save } from './s3';\nexport async function append(line) {\n  ${attempt}\n  try {\n    await save('notes.json', notes, etag);\n    return true;\n  } catch {\n    return false;\n  }\n}` },
    { situation: 'a create that finds the object there', app: "import { create } from './s3';\nexport async function ensure() {\n  try {\n    await create('notes.json', []);\n  } catch (error) {\n    if (error.name !== 'PreconditionFailed') throw error;\n  }\n}" },
    { situation: 'an empty catch around something else', app: `import { load, save } from './s3';\nexport async function append(line) {\n  ${attempt}\n  try {\n    await fetch('/hook');\n  } catch {}\n  await save('notes.json', notes, etag);\n}` },
    { situation: 'a wrapper that swallows is told where it stands, and not at its callers', wrapper: guarded.replace('export async function save(key, notes, etag) { await', 'export async function save(key, notes, etag) { try { await').replace('IfMatch: etag })); }', 'IfMatch: etag })); } catch {} } // ✗ no-swallowed-conflict'), app: `import { load, save } from './s3';\nexport async function append(line) {\n  ${attempt}\n  await save('notes.json', notes, etag);\n}` },
    { situation: 'a loop without end', app: `import { load, save } from './s3';\nexport async function append(line) {\n  for (;;) { // ✗ no-unbounded-conflict-retry\n    try {\n      ${attempt}\n      return await save('notes.json', notes, etag);\n    } catch (error) {\n      if (error.name !== 'PreconditionFailed') throw error;\n    }\n  }\n}` },
    { situation: 'a call of itself without end', app: `import { load, save } from './s3';\nexport async function append(line) {\n  ${attempt}\n  try {\n    await save('notes.json', notes, etag);\n  } catch (error) {\n    if (error.name !== 'PreconditionFailed') throw error;\n    return append(line); // ✗ no-unbounded-conflict-retry\n  }\n}` },
    { situation: 'a loop that counts', app: `import { load, save } from './s3';\nexport async function append(line) {\n  for (let attempt = 0; attempt < 5; attempt++) {\n    try {\n      ${attempt}\n      return await save('notes.json', notes, etag);\n    } catch (error) {\n      if (error.name !== 'PreconditionFailed') throw error;\n    }\n  }\n  throw new Error('too many writers');\n}` },
    { situation: 'a loop that gives up in silence', app: `import { load, save } from './s3';\nexport async function append(line) {\n  for (let attempt = 0; attempt < 5; attempt++) {\n    try {\n      ${attempt}\n      await save('notes.json', notes, etag); // ✗ no-swallowed-conflict\n      return;\n    } catch (error) {\n      if (error.name !== 'PreconditionFailed') throw error;\n    }\n  }\n}` },
    { situation: 'a library that is told to try for ever', app: `import pRetry from 'p-retry';\nimport { load, save } from './s3';\nexport const append = (line) => pRetry(async () => {\n  ${attempt}\n  await save('notes.json', notes, etag);\n}, { forever: true }); // ✗ no-unbounded-conflict-retry` },
    { situation: 'the old ETag, again and again', app: `import pRetry from 'p-retry';\nimport { load, save } from './s3';\nexport async function append(line) {\n  ${attempt}\n  await pRetry(() => save('notes.json', notes, etag), { retries: 3 }); // ✗ no-stale-retry\n}` },
    { situation: 'the old ETag, in a loop', app: `import { load, save } from './s3';\nexport async function append(line) {\n  ${attempt}\n  for (let attempt = 0; attempt < 3; attempt++) {\n    try {\n      return await save('notes.json', notes, etag); // ✗ no-stale-retry\n    } catch (error) {\n      if (error.name !== 'PreconditionFailed') throw error;\n    }\n  }\n  throw new Error('too many writers');\n}` },
    { situation: 'a library whose every attempt reads anew', app: `import pRetry from 'p-retry';\nimport { load, save } from './s3';\nexport const append = (line) => pRetry(async () => {\n  ${attempt}\n  await save('notes.json', notes, etag);\n}, { retries: 3 });` },
    { situation: 'a create that is tried again though the object is there', app: "import { create } from './s3';\nexport async function add(id) {\n  for (let attempt = 0; attempt < 3; attempt++) {\n    try {\n      return await create(`notes/${id}`, []);\n    } catch (error) {\n      if (error.name !== 'PreconditionFailed') throw error; // ✗ no-terminal-conflict-retry\n    }\n  }\n  throw new Error('not created');\n}" },
    { situation: 'attempts without a pause', rules: 'strict', app: `import { load, save } from './s3';\n/** @throws when there are too many writers */\nexport async function append(line) {\n  for (let attempt = 0; attempt < 5; attempt++) { // ✗ require-conflict-backoff\n    try {\n      ${attempt}\n      return await save('notes.json', notes, etag);\n    } catch (error) {\n      if (error.name !== 'PreconditionFailed') throw error;\n    }\n  }\n  throw new Error('too many writers');\n}` },
    { situation: 'attempts with a pause of a third file', rules: 'strict', app: `import { load, save } from './s3';\nimport { pause } from './pause';\n/** @throws when there are too many writers */\nexport async function append(line) {\n  for (let attempt = 0; attempt < 5; attempt++) {\n    try {\n      ${attempt}\n      return await save('notes.json', notes, etag);\n    } catch (error) {\n      if (error.name !== 'PreconditionFailed') throw error;\n      await pause(attempt);\n    }\n  }\n  throw new Error('too many writers');\n}` },
    { situation: 'a test of the message', app: `import { load, save } from './s3';\nexport async function append(line) {\n  ${attempt}\n  try {\n    await save('notes.json', notes, etag);\n  } catch (error) {\n    if (error.message.includes('PreconditionFailed')) return 'conflict'; // ✗ no-conflict-message-matching\n    throw error;\n  }\n}` },
    { situation: 'a write without the condition after a conflict', wrapper: guarded.replace('notes, etag) {', 'notes, etag?) {'), app: `import { load, save } from './s3';\nexport async function append(line) {\n  ${attempt}\n  try {\n    await save('notes.json', notes, etag);\n  } catch (error) {\n    if (error.name !== 'PreconditionFailed') throw error;\n    await save('notes.json', notes); ${lost}\n  }\n}` },
  ])('$situation', async ({ app, rules, wrapper }) => {
    await expectMarked({ 's3.ts': rules === 'strict' ? `${sdk}\n${guarded.split('\n').slice(1).map((line) => line.replace(/^export/, '/** @throws on a conflict */ export').replace(/(?<=IfMatch: etag.*)$/, ' // ✗ no-optional-precondition')).join('\n')}` : (wrapper ?? guarded), 'pause.ts': 'export const pause = (attempt) => new Promise((resolve) => setTimeout(resolve, 2 ** attempt * 100 * Math.random()));\n', 'notes.ts': app }, rules);
  });
});

/** Two implementations on S3 of one class, and who is given either. */
const twoStores = {
  'store.ts': 'export abstract class Store { abstract put(key: string, body: string): Promise<void>; abstract sign(key: string): Promise<string> }\n',
  's3.ts': `import { getSignedUrl } from '@aws-sdk/s3-request-presigner';\nimport { Store } from './store';\n${sdk}\nexport class S3Store extends Store {\n  async put(key, body) { ${writes()} } ${blind}\n  async sign(key) { return getSignedUrl(client, new PutObjectCommand({ Bucket: 'data', Key: key })); } ${blind}\n}\n`,
  'minio.ts': `import { Client } from 'minio';\nimport { Store } from './store';\nconst minio = new Client({ endPoint: 'localhost', accessKey: '', secretKey: '' });\nexport class MinioStore extends Store {\n  async put(key, body) { await minio.putObject('data', key, body); } ${blind}\n  async sign(key) { return minio.presignedPutObject('data', key); } ${blind}\n}\n`,
  'avatars.ts': `import type { Store } from './store';\nexport class Avatars {\n  constructor(private readonly store: Store) {}\n  save(user, body) { return this.store.put(\`avatars/\${user}\`, body); } ${blind}\n  link(user) { return this.store.sign(\`avatars/\${user}\`); } ${blind}\n}\n`,
};

describe('a call on an interface', () => {
  it('is told once, however many implementations it leads to', async () => {
    await expectMarked(twoStores);
  });

  it('is told of as what it is: a URL can be used again', async () => {
    const signed = Object.entries(twoStores).filter(([path]) => path !== 'minio.ts');
    const told = (await findingsIn(Object.fromEntries(signed))).filter(({ path }) => path === 'avatars.ts');
    expect(told.map(({ messageId }) => messageId)).toEqual(['blindOverwriteThrough', 'presignedOverwriteThrough']);
  });
});
