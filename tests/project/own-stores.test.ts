import { describe, expect, it } from 'vitest';

import { findingsIn, type Files } from '../checked-project.js';

/**
 * Classes and modules of the project whose methods are called as those of S3, with the input of S3. What they do stands in
 * their code: it is not told from the shape of a call.
 */

/** What is reported, by file and message: `notes.ts blindOverwrite`. */
const reported = async (files: Files): Promise<readonly string[]> => (await findingsIn(files)).map(({ path, messageId }) => `${path} ${String(messageId)}`).sort();

/** Sends it elsewhere: there is no S3 in it. */
const posts = "async putObject(params) { return fetch('https://example.org', { method: 'POST', body: JSON.stringify(params) }); }";
const input = "{ Bucket: 'notes', Key: 'settings.json', Body: body }";
const saves = (store: string): string => `export const save = (body) => ${store}.putObject(${input});\n`;
const savesInClass = (type: string): string => `export class Notes {\n  constructor(private readonly store: ${type}) {}\n  save(body) { return this.store.putObject(${input}); }\n}\n`;
const commonJs = (text: string): string => text.replace('export const save', 'exports.save');

describe('a store of the project that has nothing to do with S3', () => {
  it.each<[string, Files]>([
    ['a class with a static method', { 'files.ts': `export default class Files { static ${posts} }`, 'notes.ts': `import Files from './files';\n${saves('Files')}` }],
    ['an instance', { 'files.ts': `export class Files { ${posts} }`, 'notes.ts': `import { Files } from './files';\nconst files = new Files();\n${saves('files')}` }],
    ['an instance that is exported', { 'files.ts': `class Files { ${posts} }\nexport const files = new Files();`, 'notes.ts': `import { files } from './files';\n${saves('files')}` }],
    ['an object', { 'files.ts': `export const files = { ${posts} };`, 'notes.ts': `import { files } from './files';\n${saves('files')}` }],
    ['what a function makes', { 'files.ts': `class Files { ${posts} }\nexport const getFiles = () => new Files();`, 'notes.ts': `import { getFiles } from './files';\n${saves('getFiles()')}` }],
    ['a module as a whole', { 'files.ts': `export ${posts.replace('putObject', 'function putObject')}`, 'notes.ts': `import * as files from './files';\n${saves('files')}` }],
    ['a barrel before it', { 'store/files.ts': `export class Files { static ${posts} }`, 'store/index.ts': "export * from './files';", 'notes.ts': `import { Files } from './store';\n${saves('Files')}` }],
    ['a field by its type', { 'files.ts': `export class Files { ${posts} }`, 'notes.ts': `import { Files } from './files';\n${savesInClass('Files')}` }],
    ['a field by a type that is imported as one', { 'files.ts': `export class Files { ${posts} }`, 'notes.ts': `import type { Files } from './files';\n${savesInClass('Files')}` }],
    ['a field by the type of what it stands in', { 'files.ts': `export class Files { ${posts} }`, 'notes.ts': `import type { Files } from './files';\nexport const save = ({ files }: { files: Files }, body) => files.putObject(${input});\n` }],
    ['a dynamic import', { 'files.ts': `export class Files { static ${posts} }`, 'notes.ts': `export const save = async (body) => {\n  const { Files } = await import('./files');\n  return Files.putObject(${input});\n};\n` }],
    ['CommonJS that exports a class', { 'files.js': `class Files { static ${posts} }\nmodule.exports = Files;`, 'notes.js': `const Files = require('./files');\n${commonJs(saves('Files'))}` }],
    ['CommonJS that exports it among others', { 'files.js': `class Files { static ${posts} }\nmodule.exports = { Files };`, 'notes.js': `const { Files } = require('./files');\n${commonJs(saves('Files'))}` }],
    ['CommonJS that exports it by name', { 'files.js': `class Files { static ${posts} }\nexports.Files = Files;`, 'notes.js': `const all = require('./files');\n${commonJs(saves('all.Files'))}` }],
    ['CommonJS that exports an instance', { 'files.js': `class Files { ${posts} }\nmodule.exports = new Files();`, 'notes.js': `const files = require('./files');\n${commonJs(saves('files'))}` }],
    ['CommonJS that exports a function', { 'files.js': "exports.putObject = async (params) => fetch('https://example.org', { body: JSON.stringify(params) });", 'notes.js': `const files = require('./files');\n${commonJs(saves('files'))}` }],
    ['CommonJS, asked where it is used', { 'files.js': `class Files { static ${posts} }\nmodule.exports = Files;`, 'notes.js': commonJs(saves("require('./files')")) }],
    ['one that signs', { 'files.js': 'class Files { static getSignedUrl(name, params) { return `https://example.org/${name}`; } }\nmodule.exports = Files;', 'notes.js': "const Files = require('./files');\nexports.url = () => Files.getSignedUrl('putObject', { Bucket: 'notes', Key: 'all.json' });\n" }],
    ['one whose name speaks of minio', { 'minio.ts': "export class MinioFiles { async putObject(bucket, key, body) { return fetch(`https://example.org/${bucket}/${key}`, { body }); } }", 'notes.ts': "import type { MinioFiles } from './minio';\nexport const save = (files: MinioFiles, body) => files.putObject('notes', 'all.json', body);\n" }],
  ])('%s', async (_, files) => {
    expect(await reported(files)).toEqual([]);
  });
});

describe('a store of the project whose input cannot be followed', () => {
  const client = "import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';\nconst s3 = new S3Client({});\n";
  const required = "const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');\nconst s3 = new S3Client({});\n";
  const upload = 'async upload(params) { return s3.send(new PutObjectCommand(await completed(params))); }';
  const call = (store: string): string => saves(store).replace('putObject', 'upload');
  it.each<[string, Files]>([
    ['a class', { 'files.ts': `${client}export class Files { static ${upload} }`, 'notes.ts': `import { Files } from './files';\n${call('Files')}` }],
    ['a field by its type', { 'files.ts': `${client}export class Files { ${upload} }`, 'notes.ts': `import { Files } from './files';\n${savesInClass('Files').replace('putObject', 'upload')}` }],
    ['CommonJS', { 'files.js': `${required}class Files { static ${upload} }\nmodule.exports = Files;`, 'notes.js': `const Files = require('./files');\n${commonJs(call('Files'))}` }],
  ])('is no client of aws-sdk v2: %s', async (_, files) => {
    expect(await reported(files)).toEqual([]);
  });
});

describe('what is still known by the shape of its call', () => {
  it.each<[string, Files, string]>([
    ['a module that is not there', { 'notes.ts': `import { s3 } from './s3';\n${saves('s3')}` }, 'notes.ts blindOverwrite'],
    ['a client that a container gives', { 's3.js': "const container = require('./container');\nmodule.exports = container.get('s3');", 'notes.js': `const s3 = require('./s3');\n${commonJs(saves('s3'))}` }, 'notes.js blindOverwrite'],
    ['a client of v2 that CommonJS exports', { 's3.js': "const AWS = require('aws-sdk');\nmodule.exports = new AWS.S3();", 'notes.js': `const s3 = require('./s3');\n${commonJs(saves('s3'))}` }, 'notes.js blindOverwriteV2'],
    ['an interface: what implements it is not known', { 'store.ts': 'export interface Store { putObject(input: unknown): Promise<void> }', 'notes.ts': `import type { Store } from './store';\n${savesInClass('Store')}` }, 'notes.ts blindOverwrite'],
    ['an upload that is sent as v2 sends it', { 'notes.ts': `import s3 from './s3';\n${saves('s3').replace('putObject', 'upload').replace(');', ').promise();')}` }, 'notes.ts blindOverwriteV2'],
  ])('%s', async (_, files, expected) => {
    expect(await reported(files)).toEqual([expected]);
  });

  it('a store of the project that passes its input on is told where it is called', async () => {
    const files = {
      'files.js': "const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');\nconst s3 = new S3Client({});\nclass Files { static async upload(params) { return s3.send(new PutObjectCommand(params)); } }\nmodule.exports = Files;",
      'notes.js': `const Files = require('./files');\n${commonJs(saves('Files').replace('putObject', 'upload'))}`,
    };
    expect(await reported(files)).toEqual(['notes.js blindOverwriteThrough']);
  });
});
