import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { check } from '../../src/check/check.js';

/** Projects of several files, each checked from end to end. A line with `✗` is reported, and no other. */
type Files = Readonly<Record<string, string>>;

const folder = realpathSync(mkdtempSync(join(tmpdir(), 's3-same-text-')));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

let projects = 0;

async function findingsIn(files: Files): Promise<readonly string[]> {
  const root = join(folder, String(projects++));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const { report } = await check({ root });
  expect(report.warnings).toEqual([]);
  return report.results.flatMap(({ filePath, messages }) => messages.filter(({ severity }) => severity === 2).map(({ line }) => `${relative(root, filePath)}:${String(line)}`)).sort();
}

const marked = (files: Files): readonly string[] =>
  Object.entries(files)
    .flatMap(([path, text]) => text.split('\n').flatMap((line, index) => (line.includes('✗') ? [`${path}:${String(index + 1)}`] : [])))
    .sort();

const sdk = "const { S3Client, HeadObjectCommand, PutObjectCommand } = require('@aws-sdk/client-s3');\nconst client = new S3Client({});";
const store = `${sdk}
exports.head = ({ key }) => client.send(new HeadObjectCommand({ Bucket: 'data', Key: key }));
exports.put = ({ key, body }) => client.send(new PutObjectCommand({ Bucket: 'data', Key: key, Body: body }));
`;
const path = "exports.join = (...parts) => parts.join('/');\nexports.plain = (folder, name) => folder.concat('/', name).normalize();\n";
const create = (checked: string, written: string, before = '', mark = ''): string => `const { head, put } = require('./store');
${before}
exports.create = async (request, other, body) => {
  const data = { key: request.name, type: 'text/plain' };
  try { await head(${checked}); throw new Error('taken'); } catch (error) {
    if (error.$metadata?.httpStatusCode !== 404) throw error;
    await put(${written}); ${mark}
  }
};
`;
const taken = '// ✗';

const situations: readonly { readonly name: string; readonly files: Files }[] = [
  { name: 'a key out of what is spread is the key of the object that is spread', files: { 'store.js': store, 'a.js': create('{ key: request.name }', '{ ...data, body }', '', taken) } },
  { name: 'and so it is where that object is handed in', files: { 'store.js': store, 'a.js': create('{ key: other.key }', '{ ...other, body }', '', taken) } },
  { name: 'what two objects may give is neither of them', files: { 'store.js': store, 'a.js': create('{ key: other.key }', '{ ...request, ...other, body }') } },
  { name: 'what is spread over by another name may be another key', files: { 'store.js': store, 'a.js': create('{ key: other.key }', '{ ...other, [request.field]: 1, body }') } },
  {
    name: 'one function of a module is one under both names that CommonJS has for it',
    files: {
      'store.js': store, 'path.js': path,
      'a.js': create("{ key: path.plain('in', request.name) }", "{ key: plain('in', request.name), body }", "const path = require('./path');\nconst { plain } = require('./path');", taken),
    },
  },
  {
    name: 'two functions of a module make two keys',
    files: {
      'store.js': store, 'path.js': path,
      'a.js': create("{ key: path.join('in', request.name) }", "{ key: plain('in', request.name), body }", "const path = require('./path');\nconst { plain } = require('./path');"),
    },
  },
  {
    name: 'a list of equal arguments makes the same key',
    files: { 'store.js': store, 'path.js': path, 'a.js': create('{ key: join(request.folder, request.name) }', '{ key: join(request.folder, request.name), body }', "const { join } = require('./path');", taken) },
  },
  {
    name: 'a list of other arguments makes another key',
    files: { 'store.js': store, 'path.js': path, 'a.js': create('{ key: join(request.folder, request.name) }', '{ key: join(request.folder, request.title), body }', "const { join } = require('./path');") },
  },
];

describe('the same key, spelled in two ways in two files', () => {
  it.each(situations)('$name', async ({ files }) => {
    expect(await findingsIn(files)).toEqual(marked(files));
  });
});
