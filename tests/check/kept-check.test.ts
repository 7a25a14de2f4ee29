import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Check } from '../../src/check/check.js';
import { keptCheck } from '../../src/check/kept-check.js';
import { Obstacle } from '../../src/check/obstacle.js';
import { buildFacts, keptFacts } from '../../src/check/read-project.js';
import { factsVersion } from '../../src/facts/facts.js';

let root = '';
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const kept = (): string => join(root, 'node_modules/.cache/s3lint/kept.json');

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
    ['another SDK was locked, for what has none installed', () => write('yarn.lock', '"@aws-sdk/client-s3@^3.1.0":\n  version "3.600.0"\n')],
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

  it('leaves the facts for those who look at a part, or mend it', async () => {
    await keptCheck({ root });
    const part = await keptCheck({ root, paths: [join(root, 'src')] });
    expect(told(part)[0]).toContain('"state.json"');
    expect([...part.tree.texts().keys()]).toEqual(['src/app.ts']);
  });

  it('is kept for each set of rules', async () => {
    for (const rules of ['recommended', 'strict'] as const) await keptCheck({ root, rules });
    for (const rules of ['recommended', 'strict'] as const) expect(isKept(await keptCheck({ root, rules }))).toBe(true);
  });
});

describe('the facts of a project', () => {
  it('are taken again where nothing has changed, also those of a check', async () => {
    await keptCheck({ root });
    writeFileSync(kept(), readFileSync(kept(), 'utf8').replaceAll('state.json', 'kept.json'));
    const { facts } = await keptFacts(root, []);
    expect(facts.writers.map(({ key }) => key)).toEqual(['kept.json']);
    expect((await buildFacts({ root })).facts.writers.map(({ key }) => key)).toEqual(['state.json']);
  });

  it('are built anew when a file has changed', async () => {
    await keptFacts(root, []);
    write('src/app.ts', put('other.json'));
    expect((await keptFacts(root, [])).facts.writers.map(({ key }) => key)).toEqual(['other.json']);
  });

  it('are built anew when facts that they stand on have changed', async () => {
    const from = join(root, 'facts-of-others.json');
    const others = { version: factsVersion, buckets: [], modules: {}, links: {}, packages: {}, wrappers: [], writers: [] };
    writeFileSync(from, JSON.stringify(others));
    await keptFacts(root, [from]);
    writeFileSync(from, JSON.stringify({ ...others, version: 0 }));
    await expect(keptFacts(root, [from])).rejects.toThrow(Obstacle);
  });
});
