import { describe, expect, it } from 'vitest';

import { lint } from '../lint.js';

/** Keys that somebody gives back: a callback that an unknown function runs, and objects that are spelt out. */
const client = `import { randomUUID } from 'node:crypto';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { cache, tracer } from 'elsewhere';
const client = new S3Client({});
`;
const put = (key: string): string => `await client.send(new PutObjectCommand({ Bucket: 'b', Key: ${key}, Body: body }))`;

const reports = (code: string): number => lint(client + code, { rules: { 's3/no-blind-overwrite': 'error' } }).length;

const save = (statements: string, key: string): string => `export async function save(body, name) { ${statements} ${put(key)}; }`;

describe('a key that is given back', () => {
  it.each<[string, string]>([
    ['by what traces its making', save("const key = await tracer.trace('name', async () => `a-${randomUUID()}`);", 'key')],
    ['within an object, by what traces its making', save("const made = await tracer.trace('name', async () => ({ key: randomUUID() }));", 'made.key')],
    ['within an object, by a function of the file that is traced', `const make = async () => tracer.trace('name', async () => { const file = randomUUID(); return { file, body: 1 }; });\n${save('const made = await make();', '`x/${made.file}`')}`],
    ['in an object, after a first value that nobody sees', save("let file = ''; file = randomUUID(); const made = { file };", 'made.file')],
    ['in an object that a function gives back, after a first value', `const make = (long) => { let file = ''; if (long) file = randomUUID() + 'l'; else file = randomUUID(); return { file }; };\n${save('const { file } = make(name);', 'file')}`],
  ])('is fresh: %s', (_name, code) => {
    expect(reports(code)).toBe(0);
  });

  it.each<[string, string]>([
    ['by what may remember the first one', save("const key = await cache.wrap('key', () => randomUUID());", 'key')],
    ['by a callback that gives back a name on one of its ways', save("const key = await tracer.trace('name', () => { if (name) return name; return randomUUID(); });", 'key')],
    ['in another part of the object', save("const made = await tracer.trace('name', async () => ({ id: randomUUID(), key: name }));", 'made.key')],
    ['in an object whose part is written to', save('const made = { file: randomUUID() }; made.file = name;', 'made.file')],
  ])('is not: %s', (_name, code) => {
    expect(reports(code)).toBe(1);
  });
});
