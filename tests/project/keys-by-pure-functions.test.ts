import { describe, expect, it } from 'vitest';

import { findingsIn, markedPlaces, type Files } from '../checked-project.js';

/**
 * A key that a function of the project makes, once for the read and once for the write. A line with `✗` is a lost update,
 * and no other.
 */

const sdk = `import { S3Client, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
const s3 = new S3Client({});
const read = async (b, k) => JSON.parse(await (await s3.send(new GetObjectCommand({ Bucket: b, Key: k }))).Body.transformToString());
`;

/** Reads under one key and writes what was read under another, or what is said to be the same. */
const update = (before: string, key: string, { after = key, between = '', mark = '' } = {}): string => `${sdk}${before}
export async function update(t, a, other) {
  const data = await read('b', ${key});
  data.n++; ${between}
  await s3.send(new PutObjectCommand({ Bucket: 'b', Key: ${after}, Body: JSON.stringify(data) })); ${mark}
}
`;
const lost = { mark: '// ✗' };

/** A class whose methods read, write and choose the bucket. */
const store = (members: string, mark = ''): string => `${sdk}export class Store {
  ${members}
  async update(t, a) {
    const data = await read(this.bucketOf(t, a), a);
    data.n++;
    await s3.send(new PutObjectCommand({ Bucket: this.bucketOf(t, a), Key: a, Body: JSON.stringify(data) })); ${mark}
  }
}
`;

const chosen = 'const keyOf = (t, a) => (t === "C" ? `c/${a}` : `d/${a}`);';
const inModule = (text: string, name = 'keyOf'): Files => ({ 'keys.js': text, 'a.js': update(`import { ${name} } from './keys.js';`, `${name}(t, a)`, lost) });
const notInModule = (text: string): Files => ({ 'keys.js': text, 'a.js': update("import { keyOf } from './keys.js';", 'keyOf(t, a)') });

const situations: readonly (readonly [why: string, files: Files])[] = [
  ['the two sides of a choice come from the same arguments', { 'a.js': update(chosen, 'keyOf(t, a)', lost) }],
  ['so do two returns', { 'a.js': update('function keyOf(t, a) { if (t === "C") { return `c/${a}`; } return `d/${a}`; }', 'keyOf(t, a)', lost) }],
  ['and a name with another one to fall back on', { 'a.js': update('const keyOf = (p, a) => p.first?.name ?? p.second.name + a;', 'keyOf(t, a)', lost) }],
  ['a choice may be a part of the key', { 'a.js': update('const keyOf = (t, a) => `${t === "C" ? "c" : "d"}/${a}`;', 'keyOf(t, a)', lost) }],
  ['a constant holds the key, and the function is asked again', { 'a.js': update(chosen, 'keyOf(t, a)', { ...lost, between: 'const key = keyOf(t, a);', after: 'key' }) }],
  ['a list of its own is put together', { 'a.js': update('const keyOf = (t, a) => { const parts = [t]; if (a) parts.push(a); else return t; return parts.join("/"); };', 'keyOf(t, a)', lost) }],
  ['one pure function asks another, and a table', { 'a.js': update('const folders = { C: "c" };\nconst folderOf = (t) => folders[t] ?? t.trim().toLowerCase();\nconst keyOf = (t, a) => t ? `${folderOf(t)}/${a}` : a;', 'keyOf(t, a)', lost) }],
  ['the environment does not change', { 'a.js': update('const keyOf = (t, a) => (process.env.STAGE === t ? `c/${a}` : `d/${a}`);', 'keyOf(t, a)', lost) }],
  ['what is said on the console is no part of the key', { 'a.js': update('const keyOf = (t, a) => { console.log(t); if (t) return `c/${a}`; return a; };', 'keyOf(t, a)', lost) }],
  ['the function is imported', inModule('export const keyOf = (t, a) => (t === "C" ? `c/${a}` : `d/${a}`);')],
  ['it asks an enum of a third module', { 'kind.ts': 'export enum Kind { C = "C" }\n', 'keys.ts': 'import { Kind } from "./kind";\nexport const keyOf = (t: string, a: string) => (t === Kind.C ? `c/${a}` : `d/${a}`);', 'a.ts': update("import { keyOf } from './keys';", 'keyOf(t, a)', lost) }],
  ['a method chooses', { 'a.js': store('bucketOf(t, a) { return t?.name ?? a; }', '// ✗') }],
  ['by a field that the constructor sets', { 'a.js': store('constructor(live) { this.live = live; }\n  bucketOf(t, a) { return t ? this.live : a; }', '// ✗') }],
  ['the read and the write stand in methods of their own', {
    'a.js': `${sdk}export class Store {
  keyOf(t, a) { if (t === 'C') { return \`c/\${a}\`; } return \`d/\${a}\`; }
  async load(t, a) { return read('b', this.keyOf(t, a)); }
  async #save(t, a, data) { await s3.send(new PutObjectCommand({ Bucket: 'b', Key: this.keyOf(t, a), Body: JSON.stringify(data) })); } // ✗
  async update(request) { const data = await this.load(request.t, request.a); data.n++; await this.#save(request.t, request.a, data); }
}
`,
  }],

  ['other arguments make another key', { 'a.js': update(chosen, 'keyOf(t, a)', { after: 'keyOf(t, other)' }) }],
  ['another function makes another key', { 'a.js': update(`${chosen}\nconst backupOf = (t, a) => (t === "C" ? \`e/\${a}\` : \`f/\${a}\`);`, 'keyOf(t, a)', { after: 'backupOf(t, a)' }) }],
  ['an argument is given another value in between', { 'a.js': update(chosen, 'keyOf(t, a)', { between: 'a = other;' }) }],
  ['a part of an argument is', { 'a.js': update('const keyOf = (t, a) => (t.old ? `c/${t.name}` : `d/${a}`);', 'keyOf(t, a)', { between: 't.name = other;' }) }],
  ['ids are drawn', { 'a.js': update('import { randomUUID } from "node:crypto";\nconst keyOf = (t, a) => (t === "C" ? `c/${a}/${randomUUID()}` : `d/${a}`);', 'keyOf(t, a)') }],
  ['by a package that nobody reads', { 'a.js': update('import { nanoid } from "nanoid";\nconst keyOf = (t, a) => (t === "C" ? `c/${nanoid()}` : `d/${a}`);', 'keyOf(t, a)') }],
  ['and handed on', { 'a.js': update('import { nanoid } from "nanoid";\nconst keyOf = (t, a) => (t === "C" ? t.map(nanoid).join("/") : `d/${a}`);', 'keyOf(t, a)') }],
  ['a clock is read', { 'a.js': update('const keyOf = (t, a) => (t === "C" ? `c/${new Date().toISOString()}` : `d/${a}`);', 'keyOf(t, a)') }],
  ['or stands for an argument that is left out', { 'a.js': update('const keyOf = (t, a, at = Date.now()) => (t === "C" ? `c/${at}` : `d/${a}`);', 'keyOf(t, a)') }],
  ['a dice decides', { 'a.js': update('const keyOf = (t, a) => (Math.random() > 0.5 ? `c/${a}` : `d/${a}`);', 'keyOf(t, a)') }],
  ['a counter is kept', { 'a.js': update('let count = 0;\nconst keyOf = (t, a) => (t === "C" ? `c/${++count}` : `d/${a}`);', 'keyOf(t, a)') }],
  ['a variable is read that others write', { 'a.js': update('let folder = "c";\nexport const enter = (name) => { folder = name; };\nconst keyOf = (t, a) => (t === "C" ? `${folder}/${a}` : `d/${a}`);', 'keyOf(t, a)') }],
  ['a list is read that others fill', { 'a.js': update('const folders = [];\nexport const enter = (name) => { folders.push(name); };\nconst keyOf = (t, a) => (folders.includes(t) ? `c/${a}` : `d/${a}`);', 'keyOf(t, a)') }],
  ['somebody is waited for', { 'a.js': update('const keyOf = async (t, a) => ((await t.load()) ? `c/${a}` : `d/${a}`);', 'await keyOf(t, a)') }],
  ['the helper of the function does so', { 'a.js': update('const stamp = () => Date.now();\nconst keyOf = (t, a) => (t === "C" ? `c/${stamp()}` : `d/${a}`);', 'keyOf(t, a)') }],
  ['functions that call one another are all looked at', { 'a.js': update('const one = (t, a) => (t ? two(t, a) : a);\nconst two = (t, a) => (a ? one(a, t) : `${Date.now()}`);', 'two(t, a)') }],
  ['an imported function counts', notInModule('let count = 0;\nexport const keyOf = (t, a) => (t === "C" ? `c/${count++}` : `d/${a}`);')],
  ['a method reads a field that another one writes', { 'a.js': store('live = "x";\n  use(live) { this.live = live; }\n  bucketOf(t, a) { return t ? this.live : a; }') }],
  ['a method counts', { 'a.js': store('count = 0;\n  bucketOf(t, a) { this.count++; return t ? `x${this.count}` : a; }') }],
];

describe('a key of a function that chooses', () => {
  it.each(situations)('%s', async (_why, files) => {
    const errors = (await findingsIn(files)).filter(({ rule }) => rule === 'no-lost-update');
    expect(errors.map(({ place }) => place).sort()).toEqual(markedPlaces(files));
  });
});
