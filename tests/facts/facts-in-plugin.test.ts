import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { buildFacts } from '../../src/check/read-project.js';
import { factsVersion } from '../../src/facts/facts.js';
import plugin from '../../src/index.js';

/** What an editor sees: the plugin alone, with facts that `s3lint facts` wrote. */
const root = mkdtempSync(join(tmpdir(), 'facts-in-plugin-'));
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
afterAll(() => rmSync(root, { recursive: true, force: true }));

const storage = `import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const s3 = new S3Client({});
export async function load(key: string) {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'app', Key: key }));
  return JSON.parse(await Body!.transformToString());
}
export async function save(key: string, value: unknown) {
  await s3.send(new PutObjectCommand({ Bucket: 'app', Key: key, Body: JSON.stringify(value) }));
}
`;
const caller = `import { load, save } from './storage';
export async function count() {
  const state = await load('state.json');
  state.count++;
  await save('state.json', state);
}
`;

async function lint(facts: string, file: string): Promise<readonly string[]> {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: [{ files: ['**/*.ts'], languageOptions: { parser }, plugins: { s3: plugin }, rules: plugin.configs.recommended.rules, settings: { s3: { facts } } }],
  });
  const [result] = await eslint.lintFiles([join(root, file)]);
  return (result?.messages ?? []).map(({ line, ruleId, message }) => `${String(line)} ${String(ruleId)}: ${message}`);
}

beforeAll(async () => {
  write('src/storage.ts', storage);
  write('src/count.ts', caller);
  const { facts } = await buildFacts({ root });
  write('.s3lint/facts.json', JSON.stringify(facts));
});

describe('settings.s3.facts', () => {
  it('lets the plugin see a lost update through functions of another file', async () => {
    expect(await lint('.s3lint/facts.json', 'src/count.ts')).toEqual([
      '5 s3/no-lost-update: This writes "state.json" in bucket "app" back from what line 3 read, so whatever another writer stored in between is lost. Let `save` take the ETag of that read and send it as `IfMatch`, and on a 412 read again before you retry.',
    ]);
  });

  it('holds no path of the machine that it was built on', async () => {
    const { facts } = await buildFacts({ root });
    expect(JSON.stringify(facts)).not.toContain(root);
  });

  it('is the same however often it is built', async () => {
    const [one, other] = [await buildFacts({ root }), await buildFacts({ root })];
    expect(JSON.stringify(one.facts)).toBe(JSON.stringify(other.facts));
  });

  it('that are missing are told once, on the first call of a file, and the rules go on without them', async () => {
    const found = await lint('nowhere/facts.json', 'src/storage.ts');
    expect(found.filter((line) => line.includes('nowhere/facts.json'))).toEqual([expect.stringMatching(/^4 s3\/[\w-]+: There are no facts at `nowhere\/facts\.json`\. Run `s3lint facts`, or correct the path\./)]);
    expect(found.some((line) => line.startsWith('8 s3/no-blind-overwrite'))).toBe(true);
  });

  it('that are broken are told with the remedy', async () => {
    write('broken.json', '{ "version": ');
    expect(await lint('broken.json', 'src/storage.ts')).toContainEqual(expect.stringContaining('The facts at `broken.json` are broken: they are no JSON that can be read. Run `s3lint facts` to build them again.'));
  });

  it('of another version are told as outdated', async () => {
    write('old.json', JSON.stringify({ version: factsVersion - 1 }));
    expect(await lint('old.json', 'src/storage.ts')).toContainEqual(expect.stringContaining('are outdated'));
  });

  it('cost a file that imports nothing of S3 nothing', async () => {
    write('src/other.ts', 'export const one = 1;\n');
    expect(await lint('nowhere/facts.json', 'src/other.ts')).toEqual([]);
  });
});
