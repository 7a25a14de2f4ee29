import { describe, expect, it } from 'vitest';

import { findingsIn, markedPlaces, type Files } from '../checked-project.js';

/**
 * Wrappers that spread what their callers add to a request. Who leaves it out sends what stands in for it, and no condition
 * where that has none; the wrapper itself says nothing, for any caller may give one. `✗` marks what is reported.
 */

const sdk = "import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3'; const client = new S3Client({});";
const writes = "await client.send(new PutObjectCommand({ Bucket: 'data', Key: key, Body: body, ...extras }));";
const save = (parameters: string): string => `${sdk}
export async function save(${parameters}) { ${writes} }
`;
const uses = (...calls: readonly string[]): string => ["import { save } from './save.js';", ...calls.map((call, index) => `export const use${String(index)} = (name, body, more) => ${call}`)].join('\n');

describe('a wrapper whose caller leaves out what is spread', () => {
  it.each<[string, Files]>([
    [
      'an empty object stands in; what others give is read where they give it',
      {
        'save.js': save('key, body, extras = {}'),
        'use.js': uses('save(`logs/${name}`, body); // ✗', "save(`files/${name}`, body, { ContentType: 'text/plain' }); // ✗", "save(`once/${name}`, body, { IfNoneMatch: '*' });", 'save(`any/${name}`, body, more);'),
      },
    ],
    ['nothing stands in', { 'save.ts': save('key: string, body: string, extras?: object'), 'use.js': uses('save(`logs/${name}`, body); // ✗', 'save(`any/${name}`, body, more);') }],
    ['what stands in is a create', { 'save.js': save("key, body, extras = { IfNoneMatch: '*' }"), 'use.js': uses('save(`logs/${name}`, body);', 'save(`logs/${name}`, body, undefined);', "save(`logs/${name}`, body, { ACL: 'private' }); // ✗") }],
    [
      'one of several options',
      { 'save.js': save('key, body, { extras } = {}'), 'use.js': uses('save(`logs/${name}`, body); // ✗', 'save(`files/${name}`, body, {}); // ✗', "save(`once/${name}`, body, { extras: { IfNoneMatch: '*' } });", 'save(`any/${name}`, body, more);') },
    ],
    [
      'one of several options, in the place of which a create stands',
      { 'save.js': save("key, body, { extras = { IfNoneMatch: '*' } } = {}"), 'use.js': uses('save(`logs/${name}`, body);', 'save(`logs/${name}`, body, {});', 'save(`logs/${name}`, body, { extras: {} }); // ✗') },
    ],
    [
      'a method of a class in CommonJS',
      {
        'store.js': `const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
class Store {
  constructor(bucket) { this.bucket = bucket; this.client = new S3Client({}); }
  async put(body, key, extras = {}) { return this.client.send(new PutObjectCommand({ Body: body, Bucket: this.bucket, Key: key, ...extras })); }
}
module.exports = { Store };`,
        'use.js': `const { Store } = require('./store');
const store = new Store('data');
exports.log = (body, name) => store.put(body, \`logs/\${name}\`); // ✗
exports.once = (body, name) => store.put(body, \`once/\${name}\`, { IfNoneMatch: '*' });`,
      },
    ],
    [
      'in the file itself',
      {
        'save.js': `${save('key, body, extras = {}')}
export const log = (name, body) => save(\`logs/\${name}\`, body); // ✗
export const once = (name, body) => save(\`once/\${name}\`, body, { IfNoneMatch: '*' });`,
      },
    ],
    ['the wrapper sets a condition itself where it is left out', { 'save.js': `${sdk}\nexport async function save(key, body, extras = {}) { extras.IfNoneMatch = '*'; ${writes} }`, 'use.js': uses('save(`logs/${name}`, body);') }],
    ['the rest of the arguments may hold it', { 'save.js': save('key, body, extras'), 'use.js': uses('save(`any/${name}`, ...more);') }],
    ['the rest of the parameters is a list', { 'save.js': save('key, body, ...extras'), 'use.js': uses('save(`any/${name}`, body);') }],
    [
      'what stands between the two may add it',
      {
        'save.js': save('key, body, extras = {}'),
        'use.js': `import { save } from './save.js';
import { creating } from 'creating';
const create = creating(save);
const guarded = (fn) => (...rest) => fn(...rest, { IfNoneMatch: '*' });
const put = guarded(save);
const bound = save.bind(null, 'logs/today');
export const one = (name, body) => create(\`logs/\${name}\`, body);
export const two = (name, body) => put(\`logs/\${name}\`, body);
export const three = (body, more) => bound(body, more);`,
      },
    ],
  ])('%s', async (_, files) => {
    const found = (await findingsIn(files)).map(({ place, rule }) => `${place} ${rule}`);
    expect(found.sort()).toEqual(markedPlaces(files).map((place) => `${place} no-blind-overwrite`).sort());
  });
});
