import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { check } from '../../src/check/check.js';

const root = mkdtempSync(join(tmpdir(), 'changed-writer-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const git = (...parameters: readonly string[]): string => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...parameters], { cwd: root, encoding: 'utf8' });
const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const writer = (name: string): string => `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const s3 = new S3Client({});
export const ${name} = (body: string) => s3.send(new PutObjectCommand({ Bucket: 'app', Key: 'state/current.json', Body: body }));
`;

describe('multiple-writers in a pull request', () => {
  it('stands at the writer that came with it, and leads to the other', async () => {
    write('src/a.ts', writer('publish'));
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-qm', 'one writer');
    write('src/b.ts', writer('reset'));
    const { report } = await check({ root, changedSince: 'main' });
    const found = report.results.flatMap(({ filePath, messages }) => messages.filter(({ ruleId }) => ruleId === 's3/multiple-writers').map(({ line, related }) => ({ file: filePath.slice(root.length + 1), line, related: related?.map(({ file }) => file) })));
    expect(found).toEqual([{ file: 'src/b.ts', line: 3, related: ['src/a.ts'] }]);
  });

  it('stands at the first of them otherwise', async () => {
    const { report } = await check({ root });
    expect(report.results.flatMap(({ filePath, messages }) => messages.filter(({ ruleId }) => ruleId === 's3/multiple-writers').map(() => filePath.slice(root.length + 1)))).toEqual(['src/a.ts']);
  });
});
