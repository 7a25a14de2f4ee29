import { closeSync, linkSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync, lstatSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { writeFile, WriteError } from '../../src/cli/write-file.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 's3lint-write-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('writes a new file, and the folders on the way to it', () => {
  writeFile(join(folder, 'reports/today/out.sarif'), '{}\n');
  expect(readFileSync(join(folder, 'reports/today/out.sarif'), 'utf8')).toBe('{}\n');
  expect(readdirSync(join(folder, 'reports/today'))).toEqual(['out.sarif']);
});

it('puts the whole new text in place of the old one at once: who reads the old one reads it to its end', () => {
  const path = join(folder, 'facts.json');
  writeFileSync(path, 'old text');
  linkSync(path, join(folder, 'old.json'));
  const reading = openSync(path, 'r');
  writeFile(path, 'new');
  expect(readFileSync(reading, 'utf8')).toBe('old text');
  closeSync(reading);
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(readFileSync(join(folder, 'old.json'), 'utf8')).toBe('old text');
  expect(readdirSync(folder).sort()).toEqual(['facts.json', 'old.json']);
});

it.skipIf(process.platform === 'win32')('keeps who may read a file that was there', () => {
  const path = join(folder, 'facts.json');
  writeFileSync(path, 'old');
  chmodSync(path, 0o640);
  writeFile(path, 'new');
  expect(statSync(path).mode & 0o777).toBe(0o640);
});

it.skipIf(process.platform === 'win32')('follows a link to a file, and leaves the link', () => {
  mkdirSync(join(folder, 'shared'));
  writeFileSync(join(folder, 'shared/facts.json'), 'old');
  symlinkSync('shared/facts.json', join(folder, 'facts.json'));
  writeFile(join(folder, 'facts.json'), 'new');
  expect(lstatSync(join(folder, 'facts.json')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, 'shared/facts.json'), 'utf8')).toBe('new');
});

it.skipIf(process.platform === 'win32')('writes to a device as it is', () => {
  writeFile('/dev/null', 'text');
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});

it('takes a name that is as long as a name can be', () => {
  const name = `${'n'.repeat(250)}.json`;
  writeFile(join(folder, name), '{}');
  expect(readdirSync(folder)).toEqual([name]);
});

it.each([
  { name: 'a folder', path: 'folder', reason: 'it is a folder' },
  { name: 'a folder that is not there, after all was written beside it', path: 'reports/', reason: 'a part of its path is no folder' },
  { name: 'a file below a file', path: 'file/out.json', reason: 'a part of its path is no folder' },
])('leaves nothing behind where it fails: $name', ({ path, reason }) => {
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'file'), 'old');
  const failed = (): void => writeFile(`${folder}/${path}`, 'text');
  expect(failed).toThrow(WriteError);
  expect(failed).toThrow(reason);
  expect(failed).toThrow('Choose a file that you may write to');
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['file', 'folder']);
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('old');
});
