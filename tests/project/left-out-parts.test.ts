import { describe, expect, it } from 'vitest';

import { markedPlaces, placesOf, type Files } from '../checked-project.js';

/**
 * A part that the object of a call lacks is `undefined` for that call, as an argument is that is left out: the id that the
 * function makes in its place is fresh. `✗` marks a line where `no-blind-overwrite` reports; one without is silent.
 */

const sdk = `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { randomUUID } from 'node:crypto';
const client = new S3Client({});
`;
const writes = 'await client.send(new PutObjectCommand({ Bucket: \'b\', Key: `${id}/${name}`, Body: body }));';
/** All in one line, for it is told where the request stands. */
const put = (parameters: string, before = ''): string => `${sdk}export const put = async (${parameters}) => { ${before} ${writes} };`;
const reported = (text: string): string => `${text} // ✗`;
const uses = (...calls: readonly string[]): string => ["import { put } from './put.js';", ...calls.map((call, index) => `export const use${String(index)} = (name, body, more) => ${call}`)].join('\n');

const inside = '{ name, id, body }';
const makes = 'if (!id) { id = randomUUID(); }';
const lacking = 'put({ name, body });';

describe('a part of an argument that a call leaves out', () => {
  it.each<[string, Files]>([
    ['is made where it is missing', { 'put.js': put(inside, makes), 'use.js': uses(lacking) }],
    ['is asked for by its type', { 'put.js': put(inside, 'if (id === undefined) id = randomUUID();'), 'use.js': uses(lacking) }],
    ['is assigned where it is nothing', { 'put.js': put(inside, 'id ??= randomUUID();'), 'use.js': uses(lacking) }],
    ['is assigned where it is empty', { 'put.js': put(inside, 'id ||= randomUUID();'), 'use.js': uses(lacking) }],
    ['has a default', { 'put.js': put('{ name, id = randomUUID(), body }'), 'use.js': uses(lacking) }],
    ['has a default, and the whole has one', { 'put.js': put('name, body, { id = randomUUID() } = {}'), 'use.js': uses('put(name, body);', 'put(name, body, {});') }],
    ['has a default in the body', { 'put.js': put('options', 'const { name, body, id = randomUUID() } = options;'), 'use.js': uses(lacking) }],
    ['is read in the body', { 'put.js': put('options', `let { name, body, id } = options; ${makes}`), 'use.js': uses(lacking) }],
    ['is handed over as nothing', { 'put.js': put(inside, makes), 'use.js': uses('put({ name, body, id: undefined });', 'put({ name, body, id: null });') }],
    ['lies deeper', { 'put.js': put('{ name, body, options: { id } }', makes), 'use.js': uses('put({ name, body, options: {} });') }],
    ['in an object that has a name', { 'put.js': put(inside, makes), 'use.js': uses('{ const file = { name, body }; return put(file); }') }],
    ['in the file itself', { 'a.js': `${put(inside, makes).replace('export ', '')}\nexport const hook = (name, body) => ${lacking}` }],
    ['with a default in the file itself', { 'a.js': `${put('{ name, body, id = randomUUID() }').replace('export ', '')}\nexport const hook = (name, body) => ${lacking}` }],
    ['is handed on by what lies between', { 'put.js': `${put(inside, makes).replaceAll('put =', 'store =').replace('export ', '')}\nexport const put = ({ name, id, body }) => store({ name, id, body });`, 'use.js': uses(lacking) }],
  ])('%s', async (_, files) => {
    expect(await placesOf('no-blind-overwrite', files)).toEqual([]);
  });

  it.each<[string, Files]>([
    ['another caller passes one: it alone is told, and the put', { 'put.js': reported(put(inside, makes)), 'use.js': uses(lacking, 'put({ name, body, id: name }); // ✗') }],
    ['another caller passes one in the place of a default', { 'put.js': reported(put('{ name, id = randomUUID(), body }')), 'use.js': uses(lacking, "put({ name, body, id: 'all' }); // ✗") }],
    ['`null` is no reason for a default', { 'put.js': reported(put('{ name, id = randomUUID(), body }')), 'use.js': uses('put({ name, body, id: null }); // ✗') }],
    ['what stands in is the same for all', { 'put.js': reported(put(inside, "if (!id) { id = 'all'; }")), 'use.js': uses('put({ name, body }); // ✗') }],
    ['what stands in is made once for the process', { 'put.js': reported(put(inside, 'id ??= process;').replace('export', 'const process = randomUUID(); export')), 'use.js': uses('put({ name, body }); // ✗') }],
    ['a default of the whole holds it', { 'put.js': reported(put("name, body, { id } = { id: 'all' }", makes)), 'use.js': uses('put(name, body); // ✗') }],
    ['it is there before it is asked for', { 'put.js': reported(put(inside, `id = name; ${makes}`)), 'use.js': uses('put({ name, body }); // ✗') }],
    ['the rest of the object may hold it, or not: the put alone', { 'put.js': reported(put(inside, makes)), 'use.js': uses('put({ name, body, ...more });') }],
    ['it is set after the object is made', { 'put.js': reported(put(inside, makes)), 'use.js': uses('{ const file = { name, body }; file.id = name; return put(file); } // ✗') }],
    ['it is made for the first turn of a loop alone', { 'put.js': reported(put('{ names, id, body }', 'for (const name of names) { if (!id) id = randomUUID(); id = name;').replace('};', '} };')), 'use.js': '' }],
  ])('is told where %s', async (_, files) => {
    expect(await placesOf('no-blind-overwrite', files)).toEqual(markedPlaces(files));
  });
});
