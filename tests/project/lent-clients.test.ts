import { describe, expect, it } from 'vitest';

import { findingsIn, type Files } from '../checked-project.js';

/**
 * Clients that are made in one file and used in another. aws-sdk v2 knows no `IfMatch`, minio sends conditions as
 * headers: which advice is right depends on a line that the file of the call does not have.
 */

/** What is reported, by file and message: `store.ts blindOverwriteV2`. */
const reported = async (files: Files): Promise<readonly string[]> => (await findingsIn(files)).map(({ path, messageId }) => `${path} ${String(messageId)}`).sort();

const v2 = "import AWS from 'aws-sdk';\n";
/** A callback: nothing but the client says that this is aws-sdk v2. */
const puts = (client: string): string => `export const store = (id, body, done) => ${client}.putObject({ Bucket: 'data', Key: id, Body: body }, done);\n`;

describe('a client of aws-sdk v2 that another file makes is one of v2', () => {
  it.each<[string, Files]>([
    ['it is exported where it is made', { 'config.ts': `${v2}export const s3 = new AWS.S3({});`, 'store.ts': `import { s3 } from './config';\n${puts('s3')}` }],
    ['it is exported below', { 'config.ts': `${v2}const s3 = new AWS.S3({});\nexport { s3 };`, 'store.ts': `import { s3 } from './config';\n${puts('s3')}` }],
    ['it is exported under another name', { 'config.ts': `${v2}const made = new AWS.S3({});\nexport { made as s3 };`, 'store.ts': `import { s3 as bucket } from './config';\n${puts('bucket')}` }],
    ['it is the default export', { 'config.ts': `${v2}export default new AWS.S3({});`, 'store.ts': `import s3 from './config';\n${puts('s3')}` }],
    ['it is the default export by name', { 'config.ts': `${v2}const s3 = new AWS.S3({});\nexport default s3;`, 'store.ts': `import s3 from './config';\n${puts('s3')}` }],
    ['it is what the module is', { 'config.ts': `${v2}const s3 = new AWS.S3({});\nexport = s3;`, 'store.ts': `import s3 from './config';\n${puts('s3')}` }],
    ['CommonJS exports it', { 'config.js': "const AWS = require('aws-sdk');\nmodule.exports = new AWS.S3({});", 'store.js': `const s3 = require('./config');\n${puts('s3').replace('export const store', 'exports.store')}` }],
    ['CommonJS exports it among others', { 'config.js': "const AWS = require('aws-sdk');\nconst s3 = new AWS.S3({});\nmodule.exports = { s3, region: 'x' };", 'store.js': `const { s3 } = require('./config');\n${puts('s3').replace('export const store', 'exports.store')}` }],
    ['CommonJS exports it by name', { 'config.js': "const { S3 } = require('aws-sdk');\nexports.s3 = new S3({});", 'store.js': `const config = require('./config');\n${puts('config.s3').replace('export const store', 'exports.store')}` }],
    ['an exported object has it', { 'config.ts': `${v2}export const config = { s3: new AWS.S3(), port: 80 };`, 'store.ts': `import { config } from './config';\n${puts('config.s3')}` }],
    ['a part of an exported object has it', { 'config.ts': `${v2}const s3 = new AWS.S3();\nconst aws = { s3 };\nexport const config = { aws };`, 'store.ts': `import { config } from './config';\nconst { s3 } = config.aws;\n${puts('s3')}` }],
    ['an object with an interface has it', { 'config.ts': `${v2}interface Config { s3: AWS.S3 }\nconst config: Config = { s3: new AWS.S3() };\nexport = config;`, 'store.ts': `import { s3 } from './config';\n${puts('s3')}` }],
    ['only the interface tells', { 'config.ts': `${v2}export interface Deps { s3: AWS.S3 }`, 'store.ts': `import type { Deps } from './config';\nexport const store = ({ s3 }: Deps, id, body, done) => s3.putObject({ Bucket: 'data', Key: id, Body: body }, done);` }],
    ['an alias of its type', { 'config.ts': `${v2}export type Client = AWS.S3;`, 'store.ts': `import { Client } from './config';\nexport const store = (s3: Client, id, body, done) => s3.putObject({ Bucket: 'data', Key: id, Body: body }, done);` }],
    ['a function makes it', { 'config.ts': `${v2}export const getClient = () => new AWS.S3({});`, 'store.ts': `import { getClient } from './config';\nconst client = getClient();\n${puts('client')}` }],
    ['a function makes it once', { 'config.ts': `${v2}let s3;\nexport function getClient() { if (!s3) s3 = new AWS.S3({}); return s3; }`, 'store.ts': `import { getClient } from './config';\n${puts('getClient()')}` }],
    ['a function sets it, and it is exported', { 'config.ts': `${v2}export let s3: unknown;\nexport function init() { s3 = new AWS.S3({}); }`, 'store.ts': `import { s3 } from './config';\n${puts('s3')}` }],
    ['it is a field of a class', { 'config.ts': `${v2}export class Clients { s3 = new AWS.S3({}); }`, 'store.ts': `import { Clients } from './config';\nconst clients = new Clients();\n${puts('clients.s3')}` }],
    ['it is a static field of a class', { 'config.ts': `${v2}export class Clients { static readonly s3 = new AWS.S3({}); }`, 'store.ts': `import { Clients } from './config';\n${puts('Clients.s3')}` }],
    ['a constructor sets it', { 'config.ts': `${v2}export class Clients { constructor() { this.s3 = new AWS.S3({}); } }`, 'store.ts': `import { Clients } from './config';\n${puts('new Clients().s3')}` }],
    ['it is a field of a class that sends requests too', { 'config.ts': `${v2}export class Clients { s3 = new AWS.S3({}); list(name) { return this.s3.listObjectsV2({ Bucket: name, Prefix: 'p' }).promise(); } }`, 'store.ts': `import { Clients } from './config';\nexport const store = (clients: Clients, id, body, done) => clients.s3.putObject({ Bucket: 'data', Key: id, Body: body }, done);` }],
    ['an instance of a class with it is exported', { 'config.ts': `${v2}class Clients { s3 = new AWS.S3({}); }\nexport const clients = new Clients();`, 'store.ts': `import { clients } from './config';\n${puts('clients.s3')}` }],
    ['a class is built on it', { 'config.ts': `${v2}export class Bucket extends AWS.S3 {}`, 'store.ts': `import { Bucket } from './config';\nconst bucket = new Bucket();\n${puts('bucket')}` }],
    ['it is traced', { 'config.ts': `${v2}import AWSXRay from 'aws-xray-sdk';\nexport const s3 = AWSXRay.captureAWSClient(new AWS.S3());`, 'store.ts': `import { s3 } from './config';\n${puts('s3')}` }],
    ['a barrel hands it on', { 'aws/s3.ts': `${v2}export const s3 = new AWS.S3({});`, 'aws/index.ts': "export * from './s3';", 'store.ts': `import { s3 } from './aws';\n${puts('s3')}` }],
    ['another file makes it a part of its own', { 'aws.ts': `${v2}export const makeClient = () => new AWS.S3({});`, 'config.ts': "import { makeClient } from './aws';\nexport const s3 = makeClient();", 'store.ts': `import { s3 } from './config';\n${puts('s3')}` }],
    ['another file takes it out of an object', { 'aws.ts': `${v2}export const clients = { s3: new AWS.S3({}) };`, 'config.ts': "import { clients } from './aws';\nexport const s3 = clients.s3;", 'store.ts': `import { s3 } from './config';\n${puts('s3')}` }],
  ])('%s', async (_, files) => {
    expect(await reported(files)).toEqual([expect.stringMatching(/^store\.\w+ blindOverwriteV2$/)]);
  });

  it('and so say those who call what uses it', async () => {
    const files = {
      'config.ts': `${v2}export const s3 = new AWS.S3({});`,
      'store.ts': `import { s3 } from './config';\nexport const get = (id) => s3.getObject({ Bucket: 'data', Key: id }).promise();\nexport const put = (id, body) => s3.putObject({ Bucket: 'data', Key: id, Body: body }).promise();`,
      'count.ts': "import { get, put } from './store';\nexport async function count(id) { const read = await get(id); const n = JSON.parse(read.Body.toString()); n.count++; await put(id, JSON.stringify(n)); }",
    };
    expect(await reported(files)).toEqual(['count.ts lostUpdateThrough', 'store.ts blindOverwriteV2']);
  });
});

describe('a client of minio under a name that does not say so', () => {
  const minio = "import * as Minio from 'minio';\n";
  const positional = (client: string): string => `export const store = async (id, body) => { await ${client}.putObject('data', id, body); };\n`;
  it.each<[string, Files]>([
    ['it is exported where it is made', { 'config.ts': `${minio}export const mc = new Minio.Client({});`, 'store.ts': `import { mc } from './config';\n${positional('mc')}` }],
    ['an exported object has it', { 'config.ts': `${minio}const mc = new Minio.Client({});\nexport const config = { mc };`, 'store.ts': `import { config } from './config';\n${positional('config.mc')}` }],
    ['an alias of its type', { 'config.ts': `${minio}export type Store = Minio.Client;`, 'store.ts': `import { Store } from './config';\nexport const store = async (mc: Store, id, body) => { await mc.putObject('data', id, body); };` }],
    ['by way of another file', { 'clients.ts': `${minio}export const clients = { mc: new Minio.Client({}) };`, 'config.ts': "import { clients } from './clients';\nexport const mc = clients.mc;", 'store.ts': `import { mc } from './config';\n${positional('mc')}` }],
  ])('%s', async (_, files) => {
    expect(await reported(files)).toEqual(['store.ts blindOverwriteMinio']);
  });
});

describe('the aggregated client of v3', () => {
  it('takes a condition on a delete, which a client that nobody knows may not', async () => {
    const store = "import { s3 } from './config';\nexport async function release(id, me) {\n  const lock = await s3.getObject({ Bucket: 'data', Key: 'lock' });\n  if (lock.Metadata.owner === me) await s3.deleteObject({ Bucket: 'data', Key: 'lock' });\n}";
    const known = await reported({ 'config.ts': "import { S3 } from '@aws-sdk/client-s3';\nexport const s3 = new S3({});", 'store.ts': store });
    const unknown = await reported({ 'store.ts': store });
    expect([known, unknown]).toEqual([['store.ts checkThenDelete'], ['store.ts checkThenDeleteLent']]);
  });

  it('sends what a middleware sets where it is made', async () => {
    const client = "import { S3Client } from '@aws-sdk/client-s3';\nexport const client = new S3Client({});\n";
    const store = "import { PutObjectCommand } from '@aws-sdk/client-s3';\nimport { client } from './config';\nexport const store = (id, body) => client.send(new PutObjectCommand({ Bucket: 'data', Key: id, Body: body }));";
    const adds = "client.middlewareStack.add((next) => (args) => { args.request.headers['If-None-Match'] = '*'; return next(args); }, { step: 'build' });";
    expect(await reported({ 'config.ts': client, 'store.ts': store })).toEqual(['store.ts blindOverwrite']);
    expect(await reported({ 'config.ts': client + adds, 'store.ts': store })).toEqual([]);
  });
});

describe('what is known to be of another library is none of S3', () => {
  it.each<[string, Files]>([
    ['a store with the same methods and inputs', { 'config.ts': "import Cos from 'cos-nodejs-sdk-v5';\nexport const cos = new Cos({});", 'store.ts': `import { cos } from './config';\n${puts('cos')}` }],
    ['one that a function of a package makes', { 'config.ts': "import { createStore } from 'object-store';\nexport const s3 = createStore({});", 'store.ts': `import { s3 } from './config';\n${puts('s3')}` }],
    ['one in an exported object', { 'config.ts': "import Cos from 'cos-nodejs-sdk-v5';\nexport const config = { s3: new Cos({}) };", 'store.ts': `import { config } from './config';\n${puts('config.s3')}` }],
    ['one beside a client of S3', { 'config.ts': `${v2}import Cos from 'cos-nodejs-sdk-v5';\nexport const s3 = new AWS.S3();\nexport const cos = new Cos({});`, 'store.ts': `import { cos } from './config';\n${puts('cos')}` }],
    ['a bucket of Google', { 'config.ts': "import { Storage } from '@google-cloud/storage';\nexport const bucket = new Storage().bucket('minio');", 'store.ts': "import { bucket } from './config';\nexport const store = (path) => bucket.upload(path, { destination: 'Bucket' });" }],
    ['a database', { 'config.ts': "import { Db } from 'objectdb';\nexport const db = new Db();", 'store.ts': "import { db } from './config';\nexport const store = async (id, body) => { await db.putObject('data', id, body); };" }],
    ['a database beside a client of minio', { 'config.ts': "import * as Minio from 'minio';\nimport { Db } from 'objectdb';\nexport const config = { mc: new Minio.Client({}), db: new Db() };", 'store.ts': "import { config } from './config';\nexport const store = async (id, body) => { await config.db.putObject('data', id, body); };" }],
  ])('%s', async (_, files) => {
    expect(await reported(files)).toEqual([]);
  });

  it.each<[string, string]>([
    ['a container gives it', "import { container } from './container';\nexport const s3 = container.get('s3');"],
    ['a client goes into it', "import AWS from 'aws-sdk';\nimport { traced } from 'tracer';\nexport const s3 = traced(new AWS.S3());"],
    ['it is a part of what is loaded', "import { load } from 'loader';\nexport const config = { ...load() };\nexport const s3 = config.s3;"],
  ])('but not where it is unclear: %s', async (_, config) => {
    expect(await reported({ 'config.ts': config, 'store.ts': `import { s3 } from './config';\n${puts('s3')}` })).toEqual(['store.ts blindOverwrite']);
  });
});

describe('what lends a client is cheap', () => {
  it('is not looked for in files that only import its module', async () => {
    const files = { 'config.ts': `${v2}export const config = { s3: new AWS.S3(), port: 80 };`, 'server.ts': "import { config } from './config';\nconst broken = ;\nlisten(config.port);" };
    expect(await reported(files)).toEqual([]);
  });

  it('is not found in a module that uses a client and gives out something else', async () => {
    const files = { 'worker.ts': `${v2}const s3 = new AWS.S3();\nexport function work() { s3.listBuckets(); }`, 'main.ts': "import { work } from './worker';\nconst broken = ;\nwork(); process.getObject();" };
    expect(await reported(files)).toEqual([]);
  });
});
