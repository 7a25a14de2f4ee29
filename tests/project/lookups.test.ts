import { describe, expect, it } from 'vitest';

import { findingsIn, markedPlaces, type Files } from '../checked-project.js';

/** Parts of tables and choices that are spelled twice. A line with `✗` is a lost update, and no other. */

const sdk = "import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';\nconst s3 = new S3Client({});";
const table = 'const buckets = { A: process.env.A_BUCKET, B: process.env.B_BUCKET };';
const update = (read: string, written: string, before = table, between = '', mark = ''): string => `${sdk}
${before}
export const update = async (type, other, id, changes) => {
  const response = await s3.send(new GetObjectCommand({ Bucket: ${read}, Key: id }));
  const data = JSON.parse(await response.Body.transformToString());
  ${between}
  await s3.send(new PutObjectCommand({ Bucket: ${written}, Key: id, Body: JSON.stringify({ ...data, ...changes }) })); ${mark}
};
`;
const lost = '// ✗';
const wrappers = (bucket: string, before: string): string => `${sdk}
${before}
export const get = async (type, id) => {
  const bucket = ${bucket};
  const response = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: id }));
  return JSON.parse(await response.Body.transformToString());
};
export const put = async (type, id, data) => {
  const bucket = ${bucket};
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: id, Body: JSON.stringify(data) }));
};
`;
const user = (written: string, mark = ''): string => `import { get, put } from './store';
export async function update(type, other, id, changes) {
  const data = await get(type, id);
  await put(${written}, id, { ...data, ...changes }); ${mark}
}
`;

const situations: readonly { readonly name: string; readonly files: Files }[] = [
  { name: 'one part of one table', files: { 'a.js': update('buckets[type]', 'buckets[type]', table, '', lost) } },
  { name: 'two parts of one table', files: { 'a.js': update('buckets[type]', 'buckets[other]') } },
  { name: 'one part of two tables', files: { 'a.js': update('buckets[type]', 'archive[type]', `${table}\nconst archive = { A: 'a', B: 'b' };`) } },
  { name: 'a table whose parts are written', files: { 'a.js': update('buckets[type]', 'buckets[type]', table, 'buckets[other] = changes.bucket;') } },
  { name: 'a list that is filled', files: { 'a.js': update('names[type]', 'names[type]', "const names = ['a'];", 'names.unshift(changes.name);') } },
  { name: 'a table that a function is given, which may write it', files: { 'a.js': update('buckets[type]', 'buckets[type]', table, 'refresh(buckets);') } },
  { name: 'an index that is written in between', files: { 'a.js': update('buckets[type]', 'buckets[type]', table, 'type = other;') } },
  { name: 'an index that a loop changes in between', files: { 'a.js': update('buckets[type]', 'buckets[type]', table, 'while (changes[type]) type++;') } },
  { name: 'an index that is drawn', files: { 'a.js': update('buckets[Math.random()]', 'buckets[Math.random()]') } },
  { name: 'an environment variable that the caller names', files: { 'a.js': update('process.env[type]', 'process.env[type]', '', '', lost) } },
  { name: 'a constant for one side of it', files: { 'a.js': update('buckets[type]', 'bucket', table, 'const bucket = buckets[type];', lost) } },
  { name: 'the same choice', files: { 'a.js': update("type === 'x' ? 'a' : 'b'", "type === 'x' ? 'a' : 'b'", '', '', lost) } },
  { name: 'the same choice by several things', files: { 'a.js': update("!type && other > 2 ? 'a' : 'b'", "!type && other > 2 ? 'a' : 'b'", '', '', lost) } },
  { name: 'another question', files: { 'a.js': update("type === 'x' ? 'a' : 'b'", "type === 'y' ? 'a' : 'b'", '') } },
  { name: 'another answer', files: { 'a.js': update("type === 'x' ? 'a' : 'b'", "type === 'x' ? 'b' : 'a'", '') } },
  { name: 'a choice that is drawn', files: { 'a.js': update("Math.random() > 0.5 ? 'a' : 'b'", "Math.random() > 0.5 ? 'a' : 'b'", '') } },
  { name: 'a choice that each run of a helper draws', files: { 'a.js': update('pick()', 'pick()', "const pick = () => { const first = Math.random() > 0.5; return first ? 'a' : 'b'; };") } },
  { name: 'two wrappers that look the same part up', files: { 'store.js': wrappers('buckets[type]', table), 'use.js': user('type', lost) } },
  { name: 'two wrappers that are asked for two parts', files: { 'store.js': wrappers('buckets[type]', table), 'use.js': user('other') } },
  { name: 'two wrappers with a table of another module', files: { 'tables.js': `export ${table}\n`, 'store.js': wrappers('buckets[type]', "import { buckets } from './tables';"), 'use.js': user('type', lost) } },
  { name: 'two wrappers that choose by what they are given', files: { 'store.js': wrappers("type === 'x' ? 'a' : 'b'", ''), 'use.js': user('type', lost) } },
  { name: 'and are given two things', files: { 'store.js': wrappers("type === 'x' ? 'a' : 'b'", ''), 'use.js': user('other') } },
];

describe('a bucket that is looked up or chosen twice', () => {
  it.each(situations)('$name', async ({ files }) => {
    const found = (await findingsIn(files)).filter(({ rule }) => rule === 'no-lost-update');
    expect(found.map(({ place }) => place).sort()).toEqual(markedPlaces(files));
  });
});

describe('the name of a bucket that has several values', () => {
  it.each([
    { name: 'a text or an environment variable', value: "process.env.LOCAL ? 'local' : process.env.BRANCH", said: 'db-${branch}-wp' },
    { name: 'an environment variable, or its default', value: "process.env.BRANCH ?? 'main'", said: 'db-${process.env.BRANCH}-wp' },
    { name: 'an environment variable, or its default, as a choice', value: "process.env.BRANCH ? process.env.BRANCH : 'main'", said: 'db-${process.env.BRANCH}-wp' },
  ])('$name', async ({ value, said }) => {
    const files = { 'a.js': `${sdk}\nconst branch = ${value};\nexport const put = (id, body) => s3.send(new PutObjectCommand({ Bucket: \`db-\${branch}-wp\`, Key: id, Body: body }));\n` };
    const [found] = await findingsIn(files);
    expect(found?.message).toContain(`in bucket "${said}"`);
  });
});
