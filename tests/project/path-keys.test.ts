import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { check } from '../../src/check/check.js';

/**
 * Keys that other modules take apart and put together with `node:path`. What is expected stands in the projects: `✗`
 * marks a line where `no-lost-update` reports; one without is silent.
 */
type Files = Readonly<Record<string, string>>;

const folder = realpathSync(mkdtempSync(join(tmpdir(), 's3-path-keys-')));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

let projects = 0;

async function lostUpdatesOf(files: Files): Promise<readonly string[]> {
  const root = join(folder, String(projects++));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const { report } = await check({ root, rules: 'recommended' });
  expect(report.warnings).toEqual([]);
  return report.results.flatMap(({ filePath, messages }) => messages.filter(({ ruleId }) => ruleId === 's3/no-lost-update').map(({ line }) => `${relative(root, filePath)}:${String(line)}`)).sort();
}

const marked = (files: Files): readonly string[] =>
  Object.entries(files)
    .flatMap(([path, text]) => text.split('\n').flatMap((line, index) => (line.includes('✗') ? [`${path}:${String(index + 1)}`] : [])))
    .sort();

const silent = (text: string): string => text.replaceAll(' // ✗', '');

/** A file that writes back what it read, under a key that it makes of the first. */
const rewrite = (imports: string, key: string): string => `import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
${imports}
export async function rewrite(client, key, other) {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'scenes', Key: key }));
  const scene = (await Body.transformToString()).trim();
  await client.send(new PutObjectCommand({ Bucket: 'scenes', Key: ${key}, Body: scene })); // ✗
}
`;
const partsOf = "import path from 'node:path';\nexport const partsOf = (key) => path.parse(key);\n";
const beside = "import { dirname, join } from 'node:path';\nexport const beside = (key, name) => join(dirname(key), name);\n";
const nameOf = "import { basename } from 'node:path';\nexport const nameOf = (key) => basename(key);\n";
const names = "import { beside } from './beside';\nimport { nameOf } from './name-of';";

describe('a key that another module takes apart or puts together', () => {
  it.each<{ readonly situation: string; readonly files: Files }>([
    { situation: 'another module takes it apart, and all of it is put together', files: { 'parts.ts': partsOf, 'main.ts': rewrite("import { join } from 'node:path';\nimport { partsOf } from './parts';", 'join(partsOf(key).dir, partsOf(key).base)') } },
    { situation: 'the folder is that of another key', files: { 'parts.ts': partsOf, 'main.ts': silent(rewrite("import { join } from 'node:path';\nimport { partsOf } from './parts';", 'join(partsOf(other).dir, partsOf(key).base)')) } },
    { situation: 'one module takes the folder, another the name', files: { 'beside.ts': beside, 'name-of.ts': nameOf, 'main.ts': rewrite(names, 'beside(key, nameOf(key))') } },
    { situation: 'the name is that of another key', files: { 'beside.ts': beside, 'name-of.ts': nameOf, 'main.ts': silent(rewrite(names, 'beside(key, nameOf(other))')) } },
    { situation: 'something else is written beside it', files: { 'beside.ts': beside, 'main.ts': silent(rewrite("import { beside } from './beside';", "beside(key, 'index.json')")) } },
  ])('$situation', async ({ files }) => {
    expect(await lostUpdatesOf(files)).toEqual(marked(files));
  });
});
