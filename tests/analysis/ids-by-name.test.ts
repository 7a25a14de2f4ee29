import { describe, expect, it } from 'vitest';

import { lint } from '../lint.js';

/** Ids that are made first and kept by name, in an object or a Map, and then read one by one. */
const client = `import { randomUUID } from 'node:crypto';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const put = (key, body) => client.send(new PutObjectCommand({ Bucket: 'b', Key: key, Body: body }));
`;
const reports = (code: string): number => lint(client + code, { rules: { 's3/no-blind-overwrite': 'error' } }).length;
const save = (statements: string): string => `export async function save(names, body) {\n${statements}\n}`;

const filled = 'const ids = {}; for (const name of names) ids[name] = randomUUID();';
const mapped = 'const ids = new Map(); for (const name of names) ids.set(name, randomUUID());';

describe('an id that is kept by name', () => {
  it.each<[string, string]>([
    ['read for each name of the object', save(`${filled} for (const name in ids) await put(\`x/\${ids[name]}\`, body);`)],
    ['read for each of its keys', save(`${filled} for (const name of Object.keys(ids)) await put(\`x/\${ids[name]}\`, body);`)],
    ['read for each of the names', save(`${filled} await Promise.all(names.map((name) => put(ids[name], body)));`)],
    ['made once for each name', save('const ids = {}; for (const name of names) { let id = ids[name]; if (!id) { id = randomUUID(); ids[name] = id; } } for (const name in ids) await put(ids[name], body);')],
    ['as values', save(`${filled} for (const id of Object.values(ids)) await put(id, body);`)],
    ['as entries', save(`${filled} for (const [name, id] of Object.entries(ids)) await put(\`\${name}/\${id}\`, body);`)],
    ['in an object that is spelt out', save("const ids = { one: randomUUID(), two: randomUUID() }; for (const name in ids) await put(ids[name], body);")],
    ['of an object that a function gives back', `const idsOf = (names) => { ${filled} return ids; };\n${save('const ids = idsOf(names); for (const name in ids) await put(ids[name], body);')}`],
    ['in a Map', save(`${mapped} for (const name of names) await put(ids.get(name), body);`)],
    ['in a Map, each of it', save(`${mapped} for (const [name, id] of ids) await put(\`\${name}/\${id}\`, body);`)],
    ['in a Map, as entries that are mapped', save(`${mapped} const rows = Array.from(ids.entries()).map(([name, id]) => ({ name, id })); for (const row of rows) await put(row.id, body);`)],
    ['in a Map, as values', save(`${mapped} for (const id of ids.values()) await put(id, body);`)],
    ['within objects of a Map', save('const rows = new Map(); for (const name of names) rows.set(name, { name, id: randomUUID() }); for (const name of names) { const row = rows.get(name); await put(`x/${row.id}`, body); }')],
  ])('is fresh: %s', (_name, code) => {
    expect(reports(code)).toBe(0);
  });

  it.each<[string, string]>([
    ['read where it is made: the name may come again', save('const ids = {}; for (const name of names) { ids[name] ??= randomUUID(); await put(ids[name], body); }')],
    ['read where a Map is filled', save('const ids = new Map(); for (const name of names) { if (!ids.has(name)) ids.set(name, randomUUID()); await put(ids.get(name), body); }')],
    ['kept for the next time', `const ids = new Map(); export const note = (name) => { ids.set(name, randomUUID()); };\n${save('for (const name of names) await put(ids.get(name), body);')}`],
    ['kept by who made the function that writes', 'export const saver = (names) => { const ids = {}; for (const name of names) ids[name] = randomUUID(); return (name, body) => put(ids[name], body); };'],
    ['beside one that is not fresh', save(`${filled} ids.last = names[0]; for (const name in ids) await put(ids[name], body);`)],
    ['in an object that had names', save(`const ids = { first: names[0] }; for (const name of names) ids[name] = randomUUID(); for (const name in ids) await put(ids[name], body);`)],
    ['by a name that is written', save(`${filled} for (const name of names) await put(ids.first, body);`)],
    ['in a Map that was given', 'export async function save(names, body, ids) { for (const name of names) ids.set(name, randomUUID()); for (const name of names) await put(ids.get(name), body); }'],
  ])('is not: %s', (_name, code) => {
    expect(reports(code)).toBe(1);
  });
});
