import { describe, expect, it } from 'vitest';

import { lint } from '../lint.js';

/** Keys that are put together in steps: what is added to a text or an array on every way to the write is a part of the key. */
const client = `import { createHash, randomUUID } from 'node:crypto';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
`;
const put = (key: string, body = 'body'): string => `client.send(new PutObjectCommand({ Bucket: 'b', Key: ${key}, Body: ${body} }))`;

const reports = (code: string): number => lint(client + code, { rules: { 's3/no-blind-overwrite': 'error' } }).length;

/** A function that makes the key of a write; it is called with `given`. */
const keyMadeBy = (statements: string, given = ''): string => `const keyOf = (options) => { ${statements} };\nexport const save = (body, name) => ${put(`keyOf(${given})`)};`;

describe('a key that is put together in steps', () => {
  it.each<[string, string]>([
    ['an id is pushed', keyMadeBy(`const parts = ['x']; parts.push(randomUUID()); return parts.join('/');`)],
    ['a name is pushed behind the id', keyMadeBy(`const parts = ['x']; parts.push('y', randomUUID()); parts.push(options.name); return parts.join('/');`, '{ name }')],
    ['where the write stands', `export function save(body) { const parts = ['x']; parts.push(randomUUID()); return ${put("parts.join('/')")}; }`],
    ['an id is put in front', keyMadeBy(`const parts = ['x']; parts.unshift(randomUUID()); return parts.join('/');`)],
    ['an id is put at an index', keyMadeBy(`const parts = ['x']; parts[1] = randomUUID(); return parts.join('/');`)],
    ['an id is put at the end', keyMadeBy(`const parts = ['x']; parts[parts.length] = randomUUID(); return parts.join('/');`)],
    ['an id is added to a text', keyMadeBy(`let key = 'x/'; key += randomUUID(); return key;`)],
    ['an id is added before an ending', keyMadeBy(`let key = 'x/'; key += randomUUID(); key += '.' + options.ending; return key;`, `{ ending: name }`)],
    ['a text is made anew of itself and an id', keyMadeBy(`let key = 'x'; key = [key, randomUUID()].join('/'); key = key + '.txt'; return key;`)],
    ['an id is added in both branches', keyMadeBy(`let key = 'x/'; if (options.flat) { key += randomUUID(); } else { key += options.folder; key += '/' + randomUUID(); } return key;`, '{ folder: name }')],
    ['an id is pushed where the other branch throws', keyMadeBy(`const parts = ['x']; if (options.name) parts.push(randomUUID()); else throw new Error('no name'); return parts.join('/');`, '{ name }')],
    ['an id is pushed where the other branch has left', keyMadeBy(`const parts = ['x']; if (!options.name) { return randomUUID(); } else { parts.push(randomUUID()); } return parts.join('/');`, '{ name }')],
    ['an id is added by either side of a choice', keyMadeBy(`let key = 'x/'; options.flat ? (key += randomUUID()) : (key += 'y/' + randomUUID()); return key;`, '{ flat: name }')],
    ['the caller gives the id that an if asks for', keyMadeBy(`const parts = ['x']; if (options.sub) { parts.push('subs'); parts.push(options.sub); } parts.push(options.name); return parts.join('/');`, '{ sub: randomUUID(), name }')],
    ['the caller says yes', `const keyOf = (unique) => { let key = 'x'; if (unique) key += randomUUID(); return key; };\nexport const save = (body) => ${put('keyOf(true)')};`],
    ['every case of a switch adds an id', keyMadeBy(`let key = 'x/'; switch (options.kind) { case 'a': key += 'a'; case 'b': key += randomUUID(); break; default: key += 'z' + randomUUID(); } return key;`, '{ kind: name }')],
    ['each turn of a loop', keyMadeBy(`const parts = []; for (let i = 0; i < 4; i++) parts.push(randomUUID()); return parts.join('-');`)],
    ['for each item of a list', keyMadeBy(`let key = 'x'; ['a', 'b'].forEach((part) => { key += part + randomUUID(); }); return key;`)],
    ['in a block of its own', keyMadeBy(`let key = 'x'; { key += randomUUID(); } return key;`)],
    ['in an attempt that is ended by its failure', keyMadeBy(`let key = 'x'; try { key += randomUUID(); } catch (error) { throw new Error('none'); } return key;`)],
    ['before a callback that writes', `export function save(body, retry) { const parts = ['x']; parts.push(randomUUID()); return retry(() => ${put("parts.join('/')")}); }`],
    ['a parameter that is added to', `function save(body, key) { key += '.txt'; return ${put('key')}; }\nexport const store = (body) => save(body, randomUUID());`],
    ['an empty text that each branch fills', keyMadeBy(`let id = ''; if (options.long) id = randomUUID(); else id = randomUUID().slice(0, 12); return 'x/' + id;`, '{ long: name }')],
    ['a key that is named again in a loop', keyMadeBy(`let key = randomUUID(); for (const part of options.parts) key = key + part; return key;`, '{ parts: [name] }')],
    ['a time is pushed', keyMadeBy(`const parts = ['x']; parts.push(\`e_\${new Date().toISOString()}.zip\`); return parts.join('/');`)],
  ])('is fresh: %s', (_name, code) => {
    expect(reports(code)).toBe(0);
  });

  it.each<[string, string]>([
    ['a name is pushed', keyMadeBy(`const parts = ['x']; parts.push(options.name); return parts.join('/');`, '{ name }')],
    ['an id is pushed when the key is made already', keyMadeBy(`const parts = ['x']; const key = parts.join('/'); parts.push(randomUUID()); return key;`)],
    ['an id is pushed to another list', keyMadeBy(`const parts = ['x']; const others = []; others.push(randomUUID()); return parts.join('/');`)],
    ['an id is added and the text begun anew', keyMadeBy(`let key = 'x/'; key += randomUUID(); key = 'y/'; return key;`)],
    ['an id is added, and the text begun anew under an if', keyMadeBy(`let key = 'x/'; key += randomUUID(); if (options.name) key = options.name; return key;`, '{ name }')],
    ['an id is pushed under an if', keyMadeBy(`const parts = ['x']; if (options.unique) parts.push(randomUUID()); return parts.join('/');`, '{ unique: name }')],
    ['an id is added to an empty text under an if', keyMadeBy(`let id = ''; if (options.unique) id += randomUUID(); return 'x/' + id;`, '{ unique: name }')],
    ['an id is pushed in one branch', keyMadeBy(`const parts = ['x']; if (options.unique) parts.push(randomUUID()); else parts.push('y'); return parts.join('/');`, '{ unique: name }')],
    ['an id is pushed behind &&', keyMadeBy(`const parts = ['x']; options.unique && parts.push(randomUUID()); return parts.join('/');`, '{ unique: name }')],
    ['the caller says no', `const keyOf = (unique) => { let key = 'x'; if (unique) key += randomUUID(); return key; };\nexport const save = (body) => ${put('keyOf(false)')};`],
    ['the caller leaves out what an if asks for', keyMadeBy(`const parts = ['x']; if (options.sub) parts.push(options.sub); parts.push(options.name); return parts.join('/');`, '{ name }')],
    ['one case of a switch adds none', keyMadeBy(`let key = 'x/'; switch (options.kind) { case 'a': key += 'a'; break; default: key += randomUUID(); } return key;`, '{ kind: name }')],
    ['a switch without a default', keyMadeBy(`let key = 'x/'; switch (options.kind) { case 'a': key += randomUUID(); break; } return key;`, '{ kind: name }')],
    ['in an attempt that may fail before', keyMadeBy(`let key = 'x'; try { check(options); key += randomUUID(); } catch (error) { console.log(error); } return key;`, '{ name }')],
    ['in a function that may not be called', keyMadeBy(`let key = 'x'; const more = () => { key += randomUUID(); }; return key;`)],
    ['an id of the process is pushed', `const id = randomUUID();\n${keyMadeBy(`const parts = ['x']; parts.push(id); return parts.join('/');`)}`],
    ['an id that is pushed once for the process', `const parts = ['x'];\nparts.push(randomUUID());\nexport const save = (body) => ${put("parts.join('/')")};`],
    ['a list that the write does not see to its end', `export function save(body) { const parts = ['x']; const done = ${put("parts.join('/')")}; parts.push(randomUUID()); return done; }`],
  ])('is shared: %s', (_name, code) => {
    expect(reports(code)).toBe(1);
  });
});

describe('a key that holds a hash', () => {
  const sha = (value: string): string => `createHash('sha256').update(${value}).digest('hex')`;
  const body = (statements: string, key: string, value: string): string => `export async function save(info, load, owner) { ${statements} return ${put(key, value)}; }`;

  it.each<[string, string]>([
    ['of a property that is the body', body(`const id = ${sha('info.template')};`, '`t/${id}`', 'info.template')],
    ['of a property that is set before', body(`const made = {}; made.template = await load(); const id = ${sha('made.template')};`, '`t/${id}`', 'made.template')],
    ['that is fed', body(`const hash = createHash('sha256'); hash.update(info.template); const id = hash.digest('hex');`, '`t/${id}`', 'info.template')],
    ['that is kept beside the body', body(`const made = {}; made.template = await load(); made.id = ${sha('made.template')};`, '`t/${made.id}`', 'made.template')],
    ['of a property that has a name of its own', body(`const { template } = info; const id = ${sha('template')};`, '`t/${id}`', 'info.template')],
    ['of a property, which is encoded', body(`const id = ${sha('JSON.stringify(info.rows)')};`, '`t/${id}`', 'JSON.stringify(info.rows)')],
    ['of what is packed afterwards', body(`let text = await load(); const id = ${sha('text')}; text = gzipSync(text);`, '`t/${id}`', 'text')],
    ['of what is packed afterwards with what the key tells', body(`let text = await load(); const id = ${sha('text')}; text = JSON.stringify({ text, owner });`, '`${owner}/${id}`', 'text')],
    ['of what was changed before', body(`let text = await load(); text = JSON.stringify({ text, owner }); const id = ${sha('text')};`, '`t/${id}`', 'text')],
    ['of a property beside which another is set', body(`const id = ${sha('info.template')}; info.owner = owner;`, '`t/${id}`', 'info.template')],
  ])('of the body: %s', (_name, code) => {
    expect(reports(code)).toBe(0);
  });

  it.each<[string, string]>([
    ['what another value comes into afterwards', body(`let text = await load(); const id = ${sha('text')}; text = JSON.stringify({ text, owner });`, '`t/${id}`', 'text')],
    ['what another value comes into after a function has hashed it', `const sum = (text) => ${sha('text')};\n${body(`let text = await load(); const id = sum(text); text = JSON.stringify({ text, owner });`, '`t/${id}`', 'text')}`],
    ['what a time comes into afterwards', body(`let text = await load(); const id = ${sha('text')}; text = text + Date.now();`, '`t/${id}`', 'text')],
    ['what is read anew afterwards', body(`let text = await load(); const id = ${sha('text')}; text = await load();`, '`t/${id}`', 'text')],
    ['a property that is set anew afterwards', body(`const id = ${sha('info.template')}; info.template = owner;`, '`t/${id}`', 'info.template')],
    ['an object that is replaced afterwards', body(`const id = ${sha('info.template')}; info = owner;`, '`t/${id}`', 'info.template')],
    ['another property', body(`const id = ${sha('info.name')};`, '`t/${id}`', 'info.template')],
    ['the property of another object', body(`const id = ${sha('info.template')};`, '`t/${id}`', 'owner.template')],
  ])('of something else: %s', (_name, code) => {
    expect(reports(code)).toBe(1);
  });
});

describe('a key that holds a column of a row', () => {
  const row = (query: string, column: string): string => `import { pool, sql, db } from './db.js';\nexport async function save(body, name, id) { ${query} return ${put(`\`sub/\${${column}}/\${name}\``)}; }`;

  it.each<[string, string]>([
    ['a number of a sequence', row("const { rows } = await pool.query(`SELECT nextval('sub_id_seq')::integer AS id`);", 'rows[0].id')],
    ['a number of a sequence that has no other name', row(`const answer = await pool.query("select nextval('sub_id_seq')");`, 'answer.rows[0].nextval')],
    ['the id of a new row', row("const { rows } = await pool.query('INSERT INTO sub (name) VALUES ($1) RETURNING id', [name]);", 'rows[0].id')],
    ['the id of a new row, by another name', row("const { rows: [made] } = await pool.query('INSERT INTO sub (name) VALUES ($1) RETURNING sub.id::text AS \"subId\", name', [name]);", 'made.subId')],
    ['the id of a new row, of all that is in it', row("const made = await db.one({ text: 'INSERT INTO sub (name) VALUES ($1) RETURNING *', values: [name] });", 'made.id')],
    ['the id of a new row, or of none', row("const { rows } = await pool.query('INSERT INTO sub (name) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id', [name]);", 'rows[0].id')],
    ['a tagged text', row('const [made] = await sql`INSERT INTO sub (name) VALUES (${name}) RETURNING id`;', 'made.id')],
    ['a tagged text that is handed on', row('const made = await pool.one(sql`INSERT INTO sub (name) VALUES (${name}) RETURNING id`);', 'made.id')],
    ['a statement that is prepared', row("const made = db.prepare('INSERT INTO sub (name) VALUES (?) RETURNING id').get(name);", 'made.id')],
    ['a text that has a name', row("const text = 'INSERT INTO sub (name) VALUES ($1) RETURNING id'; const { rows } = await pool.query(text, [name]);", 'rows[0].id')],
    ['a query by way of a function', `import { pool } from './db.js';\nconst first = async (text, values) => (await pool.query(text, values)).rows[0];\nexport async function save(body) { const made = await first('INSERT INTO sub DEFAULT VALUES RETURNING id'); return ${put('`sub/${made.id}`')}; }`],
    ['an id that the statement draws', row("const { rows } = await pool.query('INSERT INTO sub (name, id) VALUES ($1, gen_random_uuid()) RETURNING id', [name]);", 'rows[0].id')],
    ['each of the new rows', row("const { rows } = await pool.query('INSERT INTO sub (name) SELECT name FROM old RETURNING id'); for (const made of rows)", 'made.id')],
  ])('that was just drawn: %s', (_name, code) => {
    expect(reports(code)).toBe(0);
  });

  it.each<[string, string]>([
    ['a row that is there', row("const { rows } = await pool.query('SELECT id FROM sub WHERE name = $1', [name]);", 'rows[0].id')],
    ['the number that a sequence has', row("const { rows } = await pool.query(`SELECT currval('sub_id_seq') AS id`);", 'rows[0].id')],
    ['the next number, counted', row("const { rows } = await pool.query('SELECT max(id) + 1 AS id FROM sub');", 'rows[0].id')],
    ['another column beside a number of a sequence', row("const { rows } = await pool.query(`SELECT nextval('sub_id_seq') AS id, kind FROM sub`);", 'rows[0].kind')],
    ['another column of a new row', row("const { rows } = await pool.query('INSERT INTO sub (name) VALUES ($1) RETURNING id, name', [name]);", 'rows[0].name')],
    ['an id that a new row is given', row("const { rows } = await pool.query('INSERT INTO sub (id, name) VALUES ($1, $2) RETURNING id', [id, name]);", 'rows[0].id')],
    ['the id of another row that a new one is given', row("const { rows } = await pool.query('INSERT INTO sub (user_id) VALUES ($1) RETURNING id, user_id', [id]);", 'rows[0].user_id')],
    ['the id of a row that was there or not', row("const { rows } = await pool.query('INSERT INTO sub (name) VALUES ($1) ON CONFLICT (name) DO UPDATE SET seen = now() RETURNING id', [name]);", 'rows[0].id')],
    ['the id of a row that is changed', row("const { rows } = await pool.query('UPDATE sub SET name = $1 RETURNING id', [name]);", 'rows[0].id')],
    ['a statement that nobody sees', row("const { rows } = await pool.query(name);", 'rows[0].id')],
    ['one of two statements', row("const { rows } = await pool.query(id ? 'SELECT id FROM sub' : 'INSERT INTO sub DEFAULT VALUES RETURNING id');", 'rows[0].id')],
  ])('that may be shared: %s', (_name, code) => {
    expect(reports(code)).toBe(1);
  });
});
