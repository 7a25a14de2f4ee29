import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { afterAll, describe, expect, it } from 'vitest';

import { installedSdk, isOlder } from '../../src/facts/installed-sdk.js';
import plugin from '../../src/index.js';
import { firstVersionOf } from '../../src/s3/first-versions.js';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A project on disk: the texts of its files, by path. */
function project(files: Readonly<Record<string, string>> = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 's3-sdk-')));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const manifestPath = 'node_modules/@aws-sdk/client-s3/package.json';
const manifest = (version: unknown): string => JSON.stringify({ name: '@aws-sdk/client-s3', version });
const projectWith = (version: string): string => project({ [manifestPath]: manifest(version) });

describe('the version that a file would load', () => {
  it('stands in the nearest node_modules above it', () => {
    const root = projectWith('3.600.0');
    expect(installedSdk('@aws-sdk/client-s3', join(root, 'src/storage/photos.ts'), root)).toBe('3.600.0');
  });

  it('is that of its own package in a monorepo, and else that of the root', () => {
    const root = project({ [manifestPath]: manifest('3.919.0'), [`packages/old/${manifestPath}`]: manifest('3.100.0'), 'packages/new/package.json': '{}' });
    expect(installedSdk('@aws-sdk/client-s3', join(root, 'packages/old/src/a.ts'), root)).toBe('3.100.0');
    expect(installedSdk('@aws-sdk/client-s3', join(root, 'packages/new/src/a.ts'), root)).toBe('3.919.0');
    expect(installedSdk('@aws-sdk/client-s3', join(root, 'scripts/a.ts'), root)).toBe('3.919.0');
  });

  it('is found through the links that pnpm makes', () => {
    const root = project({ 'node_modules/.pnpm/client-s3@3.700.0/package.json': manifest('3.700.0') });
    mkdirSync(join(root, 'node_modules/@aws-sdk'));
    symlinkSync(join(root, 'node_modules/.pnpm/client-s3@3.700.0'), join(root, 'node_modules/@aws-sdk/client-s3'));
    expect(installedSdk('@aws-sdk/client-s3', join(root, 'a.ts'), root)).toBe('3.700.0');
  });

  it('is not that of a project around the repository, as it is not what is locked there', () => {
    const root = project({ [manifestPath]: manifest('3.700.0'), 'checkout/.git/HEAD': '', 'checkout/src/a.ts': '', 'folder/src/a.ts': '' });
    expect(installedSdk('@aws-sdk/client-s3', join(root, 'checkout/src/a.ts'), root)).toBeNull();
    expect(installedSdk('@aws-sdk/client-s3', join(root, 'folder/src/a.ts'), root)).toBe('3.700.0');
  });

  it('is that beside the repository itself', () => {
    const root = project({ [manifestPath]: manifest('3.700.0'), '.git/HEAD': '' });
    expect(installedSdk('@aws-sdk/client-s3', join(root, 'src/a.ts'), root)).toBe('3.700.0');
  });

  it.each(['a.ts', 'src/a.ts', '<input>', '<text>', 'README.md/0_0.ts'])('is looked for from the working folder for %s', (filename) => {
    expect(installedSdk('@aws-sdk/client-s3', filename, projectWith('3.650.0'))).toBe('3.650.0');
  });

  it('is not known where none is installed', () => {
    expect(installedSdk('@aws-sdk/client-s3', 'a.ts', project({ '.git/HEAD': '' }))).toBeNull();
  });

  it.each([
    { name: 'no JSON', text: '{ "version": ' },
    { name: 'empty', text: '' },
    { name: 'null', text: 'null' },
    { name: 'a list', text: '["3.700.0"]' },
    { name: 'without a version', text: '{}' },
    { name: 'with a number for a version', text: manifest(3.7) },
    { name: 'with a range for a version', text: manifest('workspace:*') },
  ])('is not known where the manifest is broken, and those above do not count: $name', ({ text }) => {
    const root = project({ [manifestPath]: manifest('3.700.0'), [`app/${manifestPath}`]: text });
    expect(installedSdk('@aws-sdk/client-s3', join(root, 'app/a.ts'), root)).toBeNull();
  });

  it('is not known where the manifest is a folder', () => {
    expect(installedSdk('@aws-sdk/client-s3', 'a.ts', project({ [`${manifestPath}/README.md`]: '' }))).toBeNull();
  });

  it('goes on above a node_modules that is a file', () => {
    const root = project({ [manifestPath]: manifest('3.700.0'), 'app/node_modules': '' });
    expect(installedSdk('@aws-sdk/client-s3', join(root, 'app/a.ts'), root)).toBe('3.700.0');
  });

  it('is read once for each root', () => {
    const root = projectWith('3.600.0');
    expect(installedSdk('@aws-sdk/client-s3', 'src/a.ts', root)).toBe('3.600.0');
    writeFileSync(join(root, manifestPath), manifest('3.700.0'));
    expect(installedSdk('@aws-sdk/client-s3', 'src/b.ts', root)).toBe('3.600.0');
    expect(installedSdk('@aws-sdk/client-s3', 'lib/deep/c.ts', root)).toBe('3.600.0');
  });
});

describe('which version is older', () => {
  it.each([
    { version: '3.699.0', other: '3.700.0', older: true },
    { version: '3.99.0', other: '3.635.0', older: true },
    { version: '2.1693.0', other: '3.635.0', older: true },
    { version: '3.635.0', other: '3.635.1', older: true },
    { version: '3.700.0', other: '3.700.0', older: false },
    { version: '3.1169.0', other: '3.919.0', older: false },
    { version: '4.0.0', other: '3.919.0', older: false },
    { version: '3.700.0-beta.1', other: '3.700.0', older: false },
  ])('$version before $other: $older', ({ version, other, older }) => {
    expect(isOlder(version, other)).toBe(older);
  });
});

describe('the first version of a condition', () => {
  it.each([
    { operation: 'PutObject', condition: 'IfNoneMatch', first: '3.635.0' },
    { operation: 'PutObject', condition: 'IfMatch', first: '3.700.0' },
    { operation: 'CompleteMultipartUpload', condition: 'IfNoneMatch', first: '3.635.0' },
    { operation: 'CompleteMultipartUpload', condition: 'IfMatch', first: '3.700.0' },
    { operation: 'CopyObject', condition: 'IfNoneMatch', first: '3.919.0' },
    { operation: 'DeleteObject', condition: 'IfMatch', first: '3.698.0' },
    { operation: 'DeleteObjects', condition: 'ETag', first: '3.698.0' },
    { operation: 'RenameObject', condition: 'DestinationIfNoneMatch', first: null },
    { operation: 'GetObject', condition: 'IfMatch', first: null },
  ] as const)('$condition of $operation: $first', ({ operation, condition, first }) => {
    expect(firstVersionOf('@aws-sdk/client-s3', operation, condition)).toBe(first);
  });

  it.each([
    { operation: 'PutObject', condition: 'IfNoneMatch', first: '2.1679.0' },
    { operation: 'CompleteMultipartUpload', condition: 'IfNoneMatch', first: '2.1679.0' },
    { operation: 'PutObject', condition: 'IfMatch', first: null },
    { operation: 'CopyObject', condition: 'IfNoneMatch', first: null },
  ] as const)('$condition of $operation in aws-sdk v2: $first', ({ operation, condition, first }) => {
    expect(firstVersionOf('aws-sdk', operation, condition)).toBe(first);
  });
});

/** What a rule says of a file of a project, and what it offers. */
function lintIn(root: string, code: string, rule: string, options: object = {}): { id: string; message: string; offers: readonly string[] }[] {
  const config: Linter.Config = { files: ['**/*.ts'], languageOptions: { parser }, plugins: { s3: plugin }, rules: { [`s3/${rule}`]: ['error', ...(Object.keys(options).length > 0 ? [options] : [])] } };
  const messages = new Linter({ configType: 'flat', cwd: root }).verify(code, [config], { filename: join(root, 'file.ts') });
  return messages.map(({ messageId = '', message, fix, suggestions = [] }) => ({ id: messageId, message, offers: [...(fix ? ['fix'] : []), ...suggestions.map((suggestion) => suggestion.messageId ?? '')] }));
}

const update = `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function addTag(client, key, tag) {
  const current = await client.send(new GetObjectCommand({ Bucket: 'photos', Key: key }));
  const tags = JSON.parse(await current.Body.transformToString());
  await client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: JSON.stringify([...tags, tag]) }));
}
`;

const create = `
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function create(client, key, body) {
  try {
    await client.send(new HeadObjectCommand({ Bucket: 'photos', Key: key }));
  } catch (error) {
    if (error.name !== 'NotFound') throw error;
    await client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: body }));
  }
}
`;

const replace = `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const replace = (client, key, body, etag) => client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: body }));
`;

const copy = `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const copy = (from, to) => s3.copyObject({ Bucket: 'photos', Key: to, CopySource: 'photos/' + from });
`;

const upload = `
import { Upload } from '@aws-sdk/lib-storage';
export const save = (client, key, stream) => new Upload({ client, params: { Bucket: 'photos', Key: key, Body: stream } }).done();
`;

const cached = `
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
let etag;
export async function load(client) {
  etag = (await client.send(new HeadObjectCommand({ Bucket: 'photos', Key: 'index' }))).ETag;
}
export async function add(client, photo) {
  const current = await client.send(new GetObjectCommand({ Bucket: 'photos', Key: 'index' }));
  const photos = JSON.parse(await current.Body.transformToString());
  await client.send(new PutObjectCommand({ Bucket: 'photos', Key: 'index', Body: JSON.stringify([...photos, photo]), IfMatch: etag }));
}
`;

describe('advice that the installed SDK cannot follow', () => {
  it.each([
    { name: 'an update with IfMatch', code: update, rule: 'no-lost-update', version: '3.699.0', id: 'lostUpdateWithOldSdk', condition: 'IfMatch', first: '3.700.0' },
    { name: 'a create with IfNoneMatch', code: create, rule: 'no-check-then-write', version: '3.633.0', id: 'checkThenWriteWithOldSdk', condition: 'IfNoneMatch', first: '3.635.0' },
    { name: 'a put with neither of the conditions', code: replace, rule: 'no-blind-overwrite', version: '3.600.0', id: 'blindOverwriteWithOldSdk', condition: 'IfNoneMatch` and `IfMatch', first: '3.700.0' },
    { name: 'a put with one of the conditions alone', code: replace, rule: 'no-blind-overwrite', version: '3.689.0', id: 'blindOverwriteWithOldSdk', condition: 'IfMatch', first: '3.700.0' },
    { name: 'a copy, whose target was guarded last', code: copy, rule: 'no-blind-overwrite', version: '3.918.0', id: 'blindOverwriteWithOldSdk', condition: 'IfNoneMatch` and `IfMatch', first: '3.919.0' },
    { name: 'an upload of lib-storage', code: upload, rule: 'no-blind-overwrite', version: '3.600.0', id: 'blindOverwriteWithOldSdk', condition: 'IfNoneMatch` and `IfMatch', first: '3.700.0' },
    { name: 'an automatic fix of the user', code: replace, rule: 'no-blind-overwrite', options: { fix: 'create-only' }, version: '3.600.0', id: 'blindOverwriteWithOldSdk', condition: 'IfNoneMatch', first: '3.635.0' },
    { name: 'an ETag that was kept', code: cached, rule: 'no-cached-etag', version: '3.650.0', id: 'cachedETagWithOldSdk', condition: 'IfMatch', first: '3.700.0' },
  ])('is given without an edit, and says what to update to: $name', ({ code, rule, options, version, id, condition, first }) => {
    const [report, ...others] = lintIn(projectWith(version), code, rule, options);
    expect(others).toEqual([]);
    expect(report?.id).toBe(id);
    expect(report?.offers).toEqual([]);
    const sentence = `The installed \`@aws-sdk/client-s3\` ${version} drops \`${condition}\` without an error: update it to ${first} or newer first.`;
    const [plain] = lintIn(projectWith('3.1169.0'), code, rule, options);
    expect(report?.message).toBe(`${plain?.message ?? ''} ${sentence}`);
  });

  it.each([
    { name: 'an update with IfMatch', code: update, rule: 'no-lost-update', version: '3.700.0', id: 'lostUpdate', offers: ['fix'] },
    { name: 'a create with IfNoneMatch, before IfMatch', code: create, rule: 'no-check-then-write', version: '3.635.0', id: 'checkThenWrite', offers: ['fix'] },
    { name: 'a put with both conditions', code: replace, rule: 'no-blind-overwrite', version: '3.700.0', id: 'blindOverwrite', offers: ['createOnly', 'matchETag'] },
    { name: 'a copy', code: copy, rule: 'no-blind-overwrite', version: '3.919.0', id: 'blindOverwrite', offers: ['createOnly'] },
    { name: 'an ETag that was kept', code: cached, rule: 'no-cached-etag', version: '3.700.0', id: 'cachedETag', offers: ['useReadETag'] },
  ])('is given in full where it can: $name', ({ code, rule, version, id, offers }) => {
    expect(lintIn(projectWith(version), code, rule)).toMatchObject([{ id, offers }]);
  });

  it('is given in full where no SDK is known', () => {
    expect(lintIn(project(), update, 'no-lost-update')).toMatchObject([{ id: 'lostUpdate', offers: ['fix'] }]);
    expect(lintIn(project({ [manifestPath]: '{' }), update, 'no-lost-update')).toMatchObject([{ id: 'lostUpdate', offers: ['fix'] }]);
  });

  it('is asked where there is a finding alone: other files cost nothing', () => {
    const root = projectWith('3.600.0');
    expect(lintIn(root, update.replace('Body: ', 'IfMatch: current.ETag, Body: '), 'no-lost-update')).toEqual([]);
    // What was not read before is read now.
    writeFileSync(join(root, manifestPath), manifest('3.700.0'));
    expect(lintIn(root, update, 'no-lost-update')).toMatchObject([{ id: 'lostUpdate' }]);
  });

  it('is that of each package of a monorepo', () => {
    const root = project({ [manifestPath]: manifest('3.919.0'), [`packages/old/${manifestPath}`]: manifest('3.600.0') });
    expect([root, join(root, 'packages/old')].map((folder) => lintIn(folder, update, 'no-lost-update').map(({ id }) => id))).toEqual([['lostUpdate'], ['lostUpdateWithOldSdk']]);
  });

  const v2 = `import { S3 } from 'aws-sdk'; const s3 = new S3(); export const put = (key, body) => s3.putObject({ Bucket: 'photos', Key: key, Body: body }).promise();`;
  const v2With = (version: string): string => project({ [manifestPath]: manifest('3.600.0'), 'node_modules/aws-sdk/package.json': JSON.stringify({ name: 'aws-sdk', version }) });

  it('is asked of the SDK that sends it: aws-sdk v2 has versions of its own', () => {
    expect(lintIn(v2With('2.1679.0'), v2, 'no-blind-overwrite')).toMatchObject([{ id: 'blindOverwriteV2', offers: ['createOnly'] }]);
  });

  it('says that an older aws-sdk v2 refuses the request', () => {
    const [report] = lintIn(v2With('2.1678.0'), v2, 'no-blind-overwrite');
    expect(report).toMatchObject({ id: 'blindOverwriteV2WithOldSdk', offers: [] });
    expect(report?.message).toContain('The installed `aws-sdk` 2.1678.0 throws `UnexpectedParameter` for `IfNoneMatch`: update it to 2.1679.0 or newer first.');
  });

  it.each([
    ['`upload` of an older aws-sdk v2', v2.replace('putObject', 'upload')],
    ['its `ManagedUpload`', v2.replace(/s3\.putObject\((.*)\)\.promise/, 'new S3.ManagedUpload({ params: $1 }).promise')],
  ])('says that %s drops the condition', (_, code) => {
    expect(lintIn(v2With('2.1678.0'), code, 'no-blind-overwrite').map(({ message }) => message)).toEqual([expect.stringContaining('The installed `aws-sdk` 2.1678.0 drops `IfNoneMatch` without an error: update it to 2.1679.0 or newer first.')]);
  });

  it('is missing where a condition is in the code already, and no header goes out', () => {
    const guarded = update.replace('Body: ', 'IfMatch: current.ETag, Body: ');
    const [report, ...others] = lintIn(projectWith('3.699.0'), guarded, 'valid-precondition');
    expect(others).toEqual([]);
    expect(report).toMatchObject({ id: 'notSentYetWithOldSdk', offers: [] });
    expect(report?.message).toBe(
      '`IfMatch` is not sent with PutObject here, so nothing guards "${key}" in bucket "photos". Keep it for an SDK that sends it. The installed `@aws-sdk/client-s3` 3.699.0 drops `IfMatch` without an error: update it to 3.700.0 or newer first.',
    );
    expect(lintIn(projectWith('3.700.0'), guarded, 'valid-precondition')).toEqual([]);
    expect(lintIn(project(), guarded, 'valid-precondition')).toEqual([]);
  });

  it('is not made worse by a suggestion', () => {
    const optional = update.replace('new GetObjectCommand({ Bucket: \'photos\', Key: key }))', 'new GetObjectCommand({ Bucket: \'photos\', Key: key })).catch(() => undefined)').replace('current.Body.transformToString()', "current?.Body.transformToString() ?? '[]'").replace('Body: ', 'IfMatch: current?.ETag, Body: ');
    expect(lintIn(projectWith('3.600.0'), optional, 'no-optional-precondition')).toMatchObject([{ id: 'optionalPrecondition', offers: [] }]);
    expect(lintIn(projectWith('3.700.0'), optional, 'no-optional-precondition')).toMatchObject([{ id: 'optionalPrecondition', offers: ['addOtherBranch'] }]);
  });
});
