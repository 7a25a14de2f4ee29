import { describe, expect, it } from 'vitest';

import { lint } from '../lint.js';

/** Keys that hold what `Math.random` draws: the functions around, the key, and whether two writes may share it. */
const client = `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const letters = 'abcdefghijklmnopqrstuvwxyz';
`;
const put = (key: string): string => `client.send(new PutObjectCommand({ Bucket: 'b', Key: ${key}, Body: body }))`;

const reports = (code: string): number => lint(client + code, { rules: { 's3/no-blind-overwrite': 'error' } }).length;

describe('keys that are drawn', () => {
  it.each<[string, string, string]>([
    ['a letter for each turn', `function id(length) { let text = ''; for (let i = 0; i < length; i++) text += letters.charAt(Math.floor(Math.random() * letters.length)); return text; }`, "id(8) + '.txt'"],
    ['a letter for each turn, by way of a constant', `const id = () => { let text = ''; let i = 8; while (i--) { const at = (Math.random() * 36) | 0; text = text + letters[at]; } return text; };`, '`${id()}/a`'],
    ['a letter for each item of a list', '', `Array.from({ length: 8 }, () => letters[Math.floor(Math.random() * 26)]).join('')`],
    ['a digit for each place of a pattern', '', `'xxxx-xxxx'.replace(/x/g, () => Math.floor(Math.random() * 16).toString(16))`],
    ['the whole of it, in digits and letters', '', `Math.random().toString(36).slice(2) + '.txt'`],
    ['the whole of it, behind a clock', '', '`${Date.now()}-${Math.random()}`'],
    ['one of a billion', '', `'x-' + Math.floor(Math.random() * 1e12)`],
    ['one of 2 ** 32', '', `'x-' + ((Math.random() * 2 ** 32) >>> 0)`],
  ])('%s', (_name, around, key) => {
    expect(reports(`${around}\nexport const save = (body) => ${put(key)};`)).toBe(0);
  });

  it.each<[string, string]>([
    ['one of sixteen', `export const save = (body) => ${put("'shard-' + Math.floor(Math.random() * 16)")};`],
    ['one of the letters', `export const save = (body) => ${put('letters[Math.floor(Math.random() * letters.length)]')};`],
    ['one of four, in each turn of a loop that writes', `export async function save(bodies) { for (const body of bodies) await ${put('`s/${Math.floor(Math.random() * 4)}`')}; }`],
    ['one of four, named in a loop that waits for the write', `const write = (key, body) => ${put('key')};\nexport async function save(bodies) { for (const body of bodies) { const key = 's/' + Math.floor(Math.random() * 4); await write(key, body); } }`],
    ['two names, shuffled', `export const save = (body) => ${put("['x', 'y'].sort(() => Math.random() - 0.5)[0]")};`],
    ['a method of that name that is no draw of the language', `const Math = { random: () => 4 };\nexport const save = (body) => ${put('Math.random().toString(36)')};`],
    ['an empty text to which nothing is drawn', `export function save(body, name) { let key = ''; key += name; return ${put('key')}; }`],
  ])('not enough: %s', (_name, code) => {
    expect(reports(code)).toBe(1);
  });
});
