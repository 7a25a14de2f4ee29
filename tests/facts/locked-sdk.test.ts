import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { afterAll, describe, expect, it } from 'vitest';

import { installedSdk } from '../../src/facts/installed-sdk.js';
import { lockedSdk } from '../../src/facts/locked-sdk.js';
import plugin from '../../src/index.js';

/**
 * A pull-request check often reads a checkout in which nothing is installed. Which conditions the SDK would send is then known
 * by the lock file alone.
 */
type Files = Readonly<Record<string, string>>;

const folder = realpathSync(mkdtempSync(join(tmpdir(), 's3-locked-')));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

let projects = 0;

/** A checkout on disk. It ends at its `.git`: what stands above it is none of it. */
function checkout(files: Files): string {
  const root = join(folder, String(projects++));
  for (const [path, text] of Object.entries({ '.git/HEAD': '', ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const json = (value: unknown): string => JSON.stringify(value);
const depends = (range: string, name = 'app'): string => json({ name, dependencies: { '@aws-sdk/client-s3': range } });
const npm = (packages: Readonly<Record<string, unknown>>): string => json({ lockfileVersion: 3, packages });
const sdkIn = (path: string, version: string): Record<string, unknown> => ({ [`${path}node_modules/@aws-sdk/client-s3`]: { version } });

const yarn1 = `# yarn lockfile v1


"@aws-sdk/client-s3@^3.100.0", "@aws-sdk/client-s3@^3.540.0":
  version "3.540.0"
  resolved "https://registry.yarnpkg.com/@aws-sdk/client-s3/-/client-s3-3.540.0.tgz#abc"

"@aws-sdk/client-s3@^3.700.0":
  version "3.800.0"

"@aws-sdk/client-sqs@^3.1.0":
  version "3.999.0"
`;
const berry = `__metadata:
  version: 8

"@aws-sdk/client-s3@npm:^3.100.0, @aws-sdk/client-s3@npm:^3.540.0":
  version: 3.540.0
  resolution: "@aws-sdk/client-s3@npm:3.540.0"

"@aws-sdk/client-s3@npm:^3.700.0":
  version: 3.800.0
  resolution: "@aws-sdk/client-s3@npm:3.800.0"
`;
const pnpm = `lockfileVersion: '9.0'

catalogs:
  default:
    '@aws-sdk/client-s3':
      specifier: ^3.1.0
      version: 3.1.0

importers:

  .:
    devDependencies:
      typescript:
        specifier: ^5.0.0
        version: 5.4.2

  packages/old:
    dependencies:
      '@aws-sdk/client-s3':
        specifier: ^3.540.0
        version: 3.540.0(aws-crt@1.21.1)
      zod:
        specifier: ^3.22.0
        version: 3.22.4

  packages/new:
    dependencies:
      '@aws-sdk/client-sqs':
        specifier: ^3.1.0
        version: 3.1.0
      '@aws-sdk/client-s3':
        specifier: ^3.700.0
        version: 3.800.0

  packages/linked:
    dependencies:
      '@aws-sdk/client-s3':
        specifier: workspace:*
        version: link:../client-s3

packages:

  '@aws-sdk/client-s3@3.540.0':
    resolution: {integrity: sha512-a}
`;
const bun = `{
  "lockfileVersion": 1,
  "packages": {
    "@aws-sdk/client-s3": ["@aws-sdk/client-s3@3.800.0", "", { "dependencies": { "tslib": "^2.6.2" } }, "sha512-a"],

    "old/@aws-sdk/client-s3": ["@aws-sdk/client-s3@3.540.0", "", {}, "sha512-b"],
  }
}
`;

describe('the version that an install would give', () => {
  it.each<[string, Files, string, string]>([
    ['npm 7 and later', { 'package-lock.json': npm(sdkIn('', '3.540.0')) }, 'src', '3.540.0'],
    ['npm, to a package that has one of its own', { 'package-lock.json': npm({ ...sdkIn('', '3.800.0'), ...sdkIn('packages/old/', '3.540.0') }) }, 'packages/old/src', '3.540.0'],
    ['npm, to its neighbour, which has that of the root', { 'package-lock.json': npm({ ...sdkIn('', '3.800.0'), ...sdkIn('packages/old/', '3.540.0') }) }, 'packages/new/src', '3.800.0'],
    ['npm, beside what a dependency has for itself', { 'package-lock.json': npm({ ...sdkIn('', '3.800.0'), ...sdkIn('node_modules/uploader/', '3.100.0') }) }, '', '3.800.0'],
    ['npm 5 and 6', { 'package-lock.json': json({ lockfileVersion: 1, dependencies: { '@aws-sdk/client-s3': { version: '3.540.0', dependencies: {} } } }) }, 'src', '3.540.0'],
    ['a shrinkwrap', { 'npm-shrinkwrap.json': npm(sdkIn('', '3.540.0')) }, 'src', '3.540.0'],
    ['Yarn 1, by the range of the package', { 'yarn.lock': yarn1, 'package.json': depends('^3.540.0') }, 'src', '3.540.0'],
    ['Yarn 1, by the range of the nearest package', { 'yarn.lock': yarn1, 'package.json': depends('^3.540.0'), 'packages/new/package.json': depends('^3.700.0') }, 'packages/new/src', '3.800.0'],
    ['Yarn 1, with the line ends of Windows', { 'yarn.lock': yarn1.replaceAll('\n', '\r\n'), 'package.json': depends('^3.540.0') }, 'src', '3.540.0'],
    ['Yarn 2 and later', { 'yarn.lock': berry, 'package.json': depends('^3.100.0') }, 'src', '3.540.0'],
    ['Yarn 2 and later, where the package says npm', { 'yarn.lock': berry, 'package.json': depends('npm:^3.700.0') }, 'src', '3.800.0'],
    ['Yarn, where there is but one', { 'yarn.lock': yarn1.slice(0, yarn1.indexOf('"@aws-sdk/client-s3@^3.700.0"')), 'package.json': depends('catalog:') }, 'src', '3.540.0'],
    ['pnpm 9', { 'pnpm-lock.yaml': pnpm }, 'packages/old/src', '3.540.0'],
    ['pnpm 9, to the neighbour', { 'pnpm-lock.yaml': pnpm }, 'packages/new/src', '3.800.0'],
    ['pnpm 8, without a workspace', { 'pnpm-lock.yaml': "lockfileVersion: '6.0'\n\ndependencies:\n  '@aws-sdk/client-s3':\n    specifier: ^3.500.0\n    version: 3.540.0\n\npackages:\n\n  /@aws-sdk/client-s3@3.1.0:\n    dev: false\n" }, 'src', '3.540.0'],
    ['pnpm 7', { 'pnpm-lock.yaml': "lockfileVersion: 5.4\n\nspecifiers:\n  '@aws-sdk/client-s3': ^3.500.0\n\ndependencies:\n  '@aws-sdk/client-s3': 3.540.0_aws-crt@1.12.0\n\npackages:\n" }, 'src', '3.540.0'],
    ['pnpm 7, with a workspace', { 'pnpm-lock.yaml': "lockfileVersion: 5.4\n\nimporters:\n\n  .:\n    specifiers: {}\n\n  app:\n    specifiers:\n      '@aws-sdk/client-s3': ^3.500.0\n    dependencies:\n      '@aws-sdk/client-s3': 3.540.0\n\npackages:\n" }, 'app/src', '3.540.0'],
    ['Bun', { 'bun.lock': bun, 'package.json': depends('^3.700.0') }, 'src', '3.800.0'],
    ['Bun, to a package that has one of its own', { 'bun.lock': bun, 'packages/old/package.json': depends('^3.540.0', 'old') }, 'packages/old/src', '3.540.0'],
    ['a lock file above one that does not have it', { 'package-lock.json': npm(sdkIn('', '3.540.0')), 'lambda/package-lock.json': npm({}) }, 'lambda', '3.540.0'],
    ['two lock files that agree', { 'package-lock.json': npm(sdkIn('', '3.540.0')), 'bun.lock': bun.replace('3.800.0', '3.540.0') }, '', '3.540.0'],
    ['a package that names no range, without a lock file', { 'package.json': depends('3.540.0') }, 'src', '3.540.0'],
    ['overrides of npm, without a lock file', { 'package.json': json({ overrides: { '@aws-sdk/client-s3': '3.540.0' } }), 'app/package.json': depends('^3.1.0') }, 'app/src', '3.540.0'],
    ['resolutions of Yarn, without a lock file', { 'package.json': json({ resolutions: { '@aws-sdk/client-s3': '3.540.0' }, dependencies: { '@aws-sdk/client-s3': '*' } }) }, 'src', '3.540.0'],
    ['overrides of pnpm, without a lock file', { 'package.json': json({ pnpm: { overrides: { '@aws-sdk/client-s3': '3.540.0' } }, dependencies: { '@aws-sdk/client-s3': '3.1.0' } }) }, 'src', '3.540.0'],
    ['a lock file, whatever is overridden since', { 'package-lock.json': npm(sdkIn('', '3.540.0')), 'package.json': json({ overrides: { '@aws-sdk/client-s3': '3.1.0' } }) }, '', '3.540.0'],
  ])('is told by %s', (_, files, from, version) => {
    expect(lockedSdk('@aws-sdk/client-s3', join(checkout(files), from))).toBe(version);
  });

  it.each<[string, Files, string]>([
    ['there is no lock file', {}, 'src'],
    ['a range says what may come', { 'package.json': depends('^3.540.0') }, 'src'],
    ['a range of two ends begins with a version', { 'package.json': depends('3.540.0 - 3.900.0') }, 'src'],
    ['the lock file is broken', { 'package-lock.json': `${npm(sdkIn('', '3.540.0'))}<<<<<<< HEAD` }, 'src'],
    ['the lock file is no object', { 'package-lock.json': '"@aws-sdk/client-s3"' }, 'src'],
    ['its packages are none', { 'package-lock.json': '{"packages":"@aws-sdk/client-s3"}' }, 'src'],
    ['the lock file is a folder', { 'yarn.lock/README.md': '' }, 'src'],
    ['npm links to a folder', { 'package-lock.json': npm({ 'node_modules/@aws-sdk/client-s3': { resolved: 'packages/client-s3', link: true } }) }, 'src'],
    ['npm has it for a dependency alone', { 'package-lock.json': npm(sdkIn('node_modules/uploader/', '3.540.0')) }, 'src'],
    ['Yarn has several, and no range says which', { 'yarn.lock': yarn1, 'package.json': depends('catalog:') }, 'src'],
    ['pnpm links to a folder', { 'pnpm-lock.yaml': pnpm }, 'packages/linked/src'],
    ['pnpm has it for others alone', { 'pnpm-lock.yaml': pnpm }, 'scripts'],
    ['the lock file of pnpm is in conflict', { 'pnpm-lock.yaml': "<<<<<<< HEAD\n'@aws-sdk/client-s3': : {\n=======\n" }, 'src'],
    ['Bun has it for a dependency alone', { 'bun.lock': bun.replace(/^ {4}"@aws.*$/m, '') }, 'src'],
    ['two lock files disagree', { 'package-lock.json': npm(sdkIn('', '3.540.0')), 'bun.lock': bun }, ''],
    ['it is another client of the SDK', { 'package-lock.json': npm({ 'node_modules/@aws-sdk/client-s3-control': { version: '3.540.0' }, 'node_modules/@acme/aws-sdk/client-s3': { version: '3.540.0' } }) }, ''],
    ['it is locked above the repository', { 'package-lock.json': npm(sdkIn('', '3.540.0')), 'inner/.git/HEAD': '' }, 'inner/src'],
  ])('is not known where %s', (_, files, from) => {
    expect(lockedSdk('@aws-sdk/client-s3', join(checkout(files), from))).toBeNull();
  });

  it('is not looked for in a lock file of more than 64 MiB', () => {
    const root = checkout({ 'package-lock.json': npm(sdkIn('', '3.540.0')) + ' '.repeat(64 * 2 ** 20) });
    expect(lockedSdk('@aws-sdk/client-s3', root)).toBeNull();
  });

  it('is found soon in a long lock file', () => {
    const others = Array.from({ length: 50_000 }, (_, index) => `  package-${String(index)}@1.0.0:\n    resolution: {integrity: sha512-${String(index)}}\n`).join('');
    const root = checkout({ 'pnpm-lock.yaml': pnpm + others, 'yarn.lock': berry + others.replaceAll('  package', 'package'), 'package.json': depends('^3.540.0') });
    const started = performance.now();
    expect(lockedSdk('@aws-sdk/client-s3', join(root, 'packages/old'))).toBe('3.540.0');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('what is installed', () => {
  const manifest = 'node_modules/@aws-sdk/client-s3/package.json';

  it('goes before what is locked', () => {
    const root = checkout({ [manifest]: '{ "version": "3.700.0" }', 'package-lock.json': npm(sdkIn('', '3.540.0')) });
    expect(installedSdk('@aws-sdk/client-s3', 'src/a.ts', root)).toBe('3.700.0');
  });

  it('goes before it even where its version cannot be read', () => {
    const root = checkout({ [manifest]: '{', 'package-lock.json': npm(sdkIn('', '3.540.0')) });
    expect(installedSdk('@aws-sdk/client-s3', 'src/a.ts', root)).toBeNull();
  });

  it('is what is locked, where nothing is installed; a lock file is read once', () => {
    const root = checkout({ 'package-lock.json': npm(sdkIn('', '3.540.0')) });
    expect(installedSdk('@aws-sdk/client-s3', 'src/a.ts', root)).toBe('3.540.0');
    writeFileSync(join(root, 'package-lock.json'), npm(sdkIn('', '3.800.0')));
    expect(['src/b.ts', 'lib/deep/c.ts'].map((file) => installedSdk('@aws-sdk/client-s3', file, root))).toEqual(['3.540.0', '3.540.0']);
  });
});

describe('advice', () => {
  const put = "import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';\nexport const save = (Body) => new S3Client({}).send(new PutObjectCommand({ Bucket: 'notes', Key: 'all.json', Body }));\n";
  const told = (version: string): string[] => {
    const root = checkout({ 'package-lock.json': npm(sdkIn('', version)) });
    const config: Linter.Config = { files: ['**/*.ts'], languageOptions: { parser }, plugins: { s3: plugin }, rules: { 's3/no-blind-overwrite': 'error' } };
    return new Linter({ configType: 'flat', cwd: root }).verify(put, [config], { filename: join(root, 'src/notes.ts') }).map(({ messageId }) => messageId ?? '');
  };

  it('says first to update an SDK that drops the condition', () => {
    expect(told('3.540.0')).toEqual(['blindOverwriteWithOldSdk']);
  });

  it('needs no update where the SDK sends it', () => {
    expect(told('3.800.0')).toEqual(['blindOverwrite']);
  });
});

describe('aws-sdk v2 in a lock file', () => {
  const v3 = { 'node_modules/@aws-sdk/client-s3': { version: '3.540.0' } };
  it.each<{ readonly name: string; readonly files: Files }>([
    { name: 'npm', files: { 'package-lock.json': npm({ ...v3, 'node_modules/aws-sdk': { version: '2.1354.0' } }) } },
    { name: 'pnpm', files: { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      '@aws-sdk/client-s3':\n        specifier: ^3.1.0\n        version: 3.540.0\n      aws-sdk:\n        specifier: ^2.1.0\n        version: 2.1354.0\n" } },
    { name: 'Yarn', files: { 'yarn.lock': `${yarn1}\naws-sdk@^2.1.0:\n  version "2.1354.0"\n` } },
    { name: 'Bun', files: { 'bun.lock': '{\n  "packages": {\n    "@aws-sdk/client-s3": ["@aws-sdk/client-s3@3.540.0", "", {}, "sha512-x"],\n    "aws-sdk": ["aws-sdk@2.1354.0", "", {}, "sha512-y"],\n  }\n}\n' } },
    { name: 'none, but the package names it', files: { 'package.json': json({ name: 'app', dependencies: { '@aws-sdk/client-s3': '3.540.0', 'aws-sdk': '2.1354.0' } }) } },
  ])('$name', ({ files }) => {
    expect(lockedSdk('aws-sdk', checkout(files))).toBe('2.1354.0');
  });
});
