import { describe, expect, it } from 'vitest';

import { findingsIn, markedPlaces, type Files } from '../checked-project.js';

/** Projects of several files, each checked from end to end. A line with `✗` is reported, and no other. */

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
    const errors = (await findingsIn(files)).filter(({ severity }) => severity === 2);
    expect(errors.map(({ place }) => place).sort()).toEqual(markedPlaces(files));
  });
});
