import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Check } from '../../src/check/check.js';
import { keptCheck } from '../../src/check/kept-check.js';

let root = '';
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const kept = (): string => join(root, 'node_modules/.cache/s3lint/check.json');

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kept-check-'));
  write('node_modules/@aws-sdk/client-s3/package.json', '{ "version": "3.1169.0" }');
  write('package.json', '{}');
  write('src/app.ts', put('state.json'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const put = (key: string): string => `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export const save = (body: string) => new S3Client({}).send(new PutObjectCommand({ Bucket: 'app', Key: '${key}', Body: body }));
`;

const isKept = ({ stats }: Check): boolean => stats.rulesTook === 0;
const told = ({ report }: Check): readonly string[] => report.results.flatMap(({ messages }) => messages.map(({ message }) => message));

describe('the check of a project', () => {
  it('is taken again where nothing has changed, text and all', async () => {
    const first = await keptCheck({ root });
    const second = await keptCheck({ root });
    expect([isKept(first), isKept(second)]).toEqual([false, true]);
    expect(second.report).toEqual(JSON.parse(JSON.stringify(first.report)));
    expect(second.facts).toEqual(first.facts);
  });

  it('is as good for a fresh clone: the times differ, the texts do not', async () => {
    await keptCheck({ root });
    utimesSync(join(root, 'src/app.ts'), new Date(0), new Date(0));
    expect(isKept(await keptCheck({ root }))).toBe(true);
  });

  it('is made anew when a file has changed', async () => {
    await keptCheck({ root });
    write('src/app.ts', put('other.json'));
    const found = await keptCheck({ root });
    expect(isKept(found)).toBe(false);
    expect(told(found)[0]).toContain('"other.json"');
  });

  it.each([
    ['a file came', () => write('src/new.ts', put('new.json'))],
    ['a file went', () => rmSync(join(root, 'src/app.ts'))],
    ['another SDK was installed, which may send what the old one dropped', () => write('node_modules/@aws-sdk/client-s3/package.json', '{ "version": "3.600.0" }')],
    ['what was kept is broken', () => writeFileSync(kept(), '{')],
  ])('is made anew when %s', async (_, change) => {
    await keptCheck({ root });
    change();
    expect(isKept(await keptCheck({ root }))).toBe(false);
  });

  it('is made anew with other rules', async () => {
    await keptCheck({ root });
    expect(isKept(await keptCheck({ root, rules: 'strict' }))).toBe(false);
  });
});
