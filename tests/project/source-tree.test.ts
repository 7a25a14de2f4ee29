import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { changedFiles } from '../../src/project/changed-files.js';
import { sourceTree } from '../../src/project/source-tree.js';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function write(root: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** A project on disk that git does not know. */
function folder(files: Readonly<Record<string, string | Buffer>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 's3-tree-')));
  folders.push(root);
  write(root, files);
  return root;
}

/** Commits must not depend on what the machine has set up. */
const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', '-c', 'core.hooksPath=/dev/null'];
const git = (root: string, ...args: readonly string[]): string => execFileSync('git', [...author, ...args], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** A project whose files are committed. */
function repository(files: Readonly<Record<string, string | Buffer>>): string {
  const root = folder(files);
  git(root, 'init', '-q', '-b', 'main');
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '-m', 'first', '--allow-empty');
  return root;
}

const project = {
  '.gitignore': 'dist/\n*.log\n!keep.log\n/config.json\n',
  'src/a.ts': '',
  'src/types.d.ts': '',
  'src/vendor.min.js': '',
  'src/config.json': '{}',
  'config.json': '{}',
  'dist/index.js': '',
  'packages/one/.gitignore': 'generated\n!debug.log\n',
  'packages/one/generated/client.ts': '',
  'packages/one/build/index.js': '',
  'packages/one/debug.log': '',
  'error.log': '',
  'keep.log': '',
  'node_modules/lib/index.js': '',
  'infra/main.tf': '',
};

const listed = ['.gitignore', 'infra/main.tf', 'keep.log', 'packages/one/.gitignore', 'packages/one/build/index.js', 'packages/one/debug.log', 'src/a.ts', 'src/config.json'];

describe('the files of a project', () => {
  it.each([
    { name: 'as git lists them', make: repository },
    { name: 'as .gitignore files say, where there is no git', make: folder },
  ])('are those that are not ignored, without bundles, declarations and installed packages: $name', ({ make }) => {
    const root = make(project);
    const tree = sourceTree(root);
    expect(tree.root).toBe(root);
    expect(tree.files).toEqual(listed);
    expect(tree.warnings()).toEqual([]);
  });

  it('leave out what is tracked and never written by hand', () => {
    const root = repository({ 'a.ts': '' });
    write(root, { 'node_modules/lib/index.js': '', 'b.min.mjs': '', 'c.d.mts': '' });
    git(root, 'add', '-f', '-A');
    expect(sourceTree(root).files).toEqual(['a.ts']);
  });

  it('are those on disk: a new file counts before it is tracked, a deleted one no more', () => {
    const root = repository({ 'a.ts': '', 'b.ts': '' });
    rmSync(join(root, 'a.ts'));
    write(root, { 'new file.ts': '', 'ümlaut.ts': '' });
    expect(sourceTree(root).files).toEqual(['b.ts', 'new file.ts', 'ümlaut.ts']);
  });

  it('are named from the root, though the repository begins above it', () => {
    const root = repository({ 'packages/a/src/a.ts': '', 'packages/b/b.ts': '' });
    expect(sourceTree(join(root, 'packages/a')).files).toEqual(['src/a.ts']);
  });

  it('are walked through where git ignores the root itself: it was meant to be analysed', () => {
    const root = repository({ '.gitignore': 'scratch/\n', 'scratch/a.ts': '', 'b.ts': '' });
    expect(sourceTree(join(root, 'scratch')).files).toEqual(['a.ts']);
  });

  it('leave out repositories inside the repository, which are projects of their own', () => {
    const root = repository({ 'a.ts': '' });
    write(root, { 'vendor/lib/b.ts': '' });
    git(join(root, 'vendor/lib'), 'init', '-q');
    git(join(root, 'vendor/lib'), 'add', '-A');
    git(join(root, 'vendor/lib'), 'commit', '-q', '-m', 'first');
    expect(sourceTree(root).files).toEqual(['a.ts']);
    git(root, 'add', 'vendor/lib');
    expect(sourceTree(root).files).toEqual(['a.ts']);
  });

  it.each([
    { name: 'with git', make: repository },
    { name: 'without git', make: folder },
  ])('never lie behind symbolic links, which may lead out of the root or round in a circle: $name', ({ make }) => {
    const outside = folder({ 'secret.ts': '' });
    const root = make({ 'a.ts': '' });
    symlinkSync(outside, join(root, 'outside'));
    symlinkSync(join(outside, 'secret.ts'), join(root, 'secret.ts'));
    symlinkSync(root, join(root, 'circle'));
    expect(sourceTree(root).files).toEqual(['a.ts']);
  });

  it('never lie behind a folder that became a link after it was tracked', () => {
    const outside = folder({ 'a.ts': 'secret' });
    const root = repository({ 'src/deep/a.ts': '', 'b.ts': '' });
    rmSync(join(root, 'src'), { recursive: true });
    mkdirSync(join(root, 'src'));
    symlinkSync(outside, join(root, 'src/deep'));
    expect(sourceTree(root).files).toEqual(['b.ts']);
  });

  it('include the templates that the CDK wrote, which git ignores, for they say how buckets will be', () => {
    const root = repository({ '.gitignore': 'cdk.out\n', 'cdk.json': '{}', 'packages/infra/package.json': '{}', 'packages/infra/src/a.ts': '' });
    write(root, {
      'cdk.out/App.template.json': '{}',
      'cdk.out/assembly-Prod/Stack.template.json': '{}',
      'cdk.out/manifest.json': '{}',
      'cdk.out/asset.1/index.js': '',
      'packages/infra/cdk.out/Infra.template.json': '{}',
      'packages/infra/src/cdk.out/No.template.json': '{}',
    });
    expect(sourceTree(root).files.filter((file) => file.includes('cdk.out'))).toEqual([
      'cdk.out/App.template.json',
      'cdk.out/assembly-Prod/Stack.template.json',
      'packages/infra/cdk.out/Infra.template.json',
    ]);
  });

  it('can be narrowed to files and folders; a file that is named is wanted even if git ignores it', () => {
    const root = repository(project);
    expect(sourceTree(root, { paths: ['src', './packages/one/'] }).files).toEqual(listed.filter((file) => /^(?:src|packages)\//.test(file)));
    expect(sourceTree(root, { paths: [join(root, 'src/a.ts'), 'dist/index.js'] }).files).toEqual(['dist/index.js', 'src/a.ts']);
    expect(sourceTree(root, { paths: ['.'] }).files).toEqual(listed);
    expect(sourceTree(folder(project), { paths: ['packages/one'] }).files).toEqual(listed.filter((file) => file.startsWith('packages/')));
  });

  it('do not include a folder whose name only begins as that of one that was asked for', () => {
    expect(sourceTree(folder({ 'src/a.ts': '', 'src-old/a.ts': '' }), { paths: ['src'] }).files).toEqual(['src/a.ts']);
  });

  it.each([
    { path: 'missing.ts', reason: 'does not exist' },
    { path: '../elsewhere', reason: 'lies outside' },
    { path: '/', reason: 'lies outside' },
    { path: 'link.ts', reason: 'symbolic link' },
  ])('are the rest where one path cannot be taken, which is one warning: $path', ({ path, reason }) => {
    const root = folder({ 'src/a.ts': '' });
    symlinkSync(join(root, 'src/a.ts'), join(root, 'link.ts'));
    const tree = sourceTree(root, { paths: ['src', path] });
    expect(tree.files).toEqual(['src/a.ts']);
    expect(tree.warnings()).toEqual([{ file: path, line: null, message: expect.stringContaining(reason) as string }]);
  });

  it('never include a pipe, which would be waited for without end', () => {
    const root = folder({ 'a.ts': '' });
    execFileSync('mkfifo', [join(root, 'pipe.ts')]);
    const tree = sourceTree(root, { paths: ['a.ts', 'pipe.ts'] });
    expect(tree.files).toEqual(['a.ts']);
    expect(tree.warnings()).toMatchObject([{ file: 'pipe.ts' }]);
    expect(sourceTree(root).files).toEqual(['a.ts']);
  });

  // The administrator may list everything.
  if (process.getuid !== undefined && process.getuid() !== 0) {
    it('leave out a folder that may not be listed, which is a warning', () => {
      const root = folder({ 'a.ts': '', 'locked/b.ts': '' });
      execFileSync('chmod', ['000', join(root, 'locked')]);
      const tree = sourceTree(root);
      expect(tree.files).toEqual(['a.ts']);
      expect(tree.warnings()).toMatchObject([{ file: 'locked', message: expect.stringContaining('EACCES') as string }]);
      execFileSync('chmod', ['700', join(root, 'locked')]);
    });
  }

  it('are none where the root is not a folder', () => {
    const root = folder({ 'a.ts': '' });
    for (const wrong of [join(root, 'missing'), join(root, 'a.ts')]) {
      const tree = sourceTree(wrong);
      expect(tree.files).toEqual([]);
      expect(tree.warnings()).toMatchObject([{ file: '.', message: expect.stringContaining('not a folder') as string }]);
    }
  });
});

const megabyte = 1 << 20;
const padding = (size: number): string => '// padding\n'.repeat(Math.ceil(size / 11));

describe('the text of a file', () => {
  it('is read once', () => {
    const root = folder({ 'a.ts': 'one' });
    const tree = sourceTree(root);
    expect(tree.read('a.ts')).toBe('one');
    write(root, { 'a.ts': 'two' });
    expect(tree.read('a.ts')).toBe('one');
  });

  it('keeps its byte order mark: a fix that is written back must not lose it', () => {
    expect(sourceTree(folder({ 'a.ts': '\uFEFFlet a' })).read('a.ts')).toBe('\uFEFFlet a');
  });

  it.each([
    { name: 'a bundle that holds the SDK', file: 'bundle.js', content: `require("@aws-sdk/client-s3")\n${padding(megabyte)}`, warned: '1.0 MB' },
    { name: 'a bundle without S3, which is left out in silence', file: 'bundle.js', content: padding(megabyte), warned: null },
    { name: 'a huge bundle, of which only the first 5 MB are looked at', file: 'bundle.js', content: `${padding(5 * megabyte)}aws-sdk`, warned: null },
    { name: 'a huge template', file: 'a.template.json', content: `"AWS::S3::Bucket"${padding(5 * megabyte)}`, warned: '5.0 MB' },
    { name: 'code that is binary', file: 'a.js', content: Buffer.from([0x6c, 0, 0x65, 0, 0x74, 0]), warned: 'binary' },
    { name: 'an image', file: 'a.png', content: Buffer.from([0x89, 0x50, 0, 0]), warned: null },
  ])('is not given of $name', ({ file, content, warned }) => {
    const tree = sourceTree(folder({ [file]: content }));
    expect(tree.read(file)).toBeNull();
    expect(tree.read(file)).toBeNull();
    expect(tree.warnings()).toEqual(warned === null ? [] : [{ file, line: null, message: expect.stringContaining(warned) as string }]);
  });

  it('is given of a template of two megabytes: CloudFormation writes them in one line', () => {
    expect(sourceTree(folder({ 'a.template.json': padding(2 * megabyte) })).read('a.template.json')).not.toBeNull();
  });

  it('is not given of what is no file of the project, which is a warning once', () => {
    const tree = sourceTree(folder({ 'a.ts': '', 'node_modules/lib/index.js': '' }));
    expect(tree.read('../outside.ts')).toBeNull();
    expect(tree.read('../outside.ts')).toBeNull();
    expect(tree.read('node_modules/lib/index.js')).toBeNull();
    expect(tree.warnings().map(({ file }) => file)).toEqual(['../outside.ts', 'node_modules/lib/index.js']);
  });

  it('is not given of a file that went away meanwhile, which is a warning', () => {
    const root = folder({ 'a.ts': '', 'b.ts': '' });
    const tree = sourceTree(root);
    rmSync(join(root, 'a.ts'));
    expect(tree.read('a.ts')).toBeNull();
    expect(tree.read('b.ts')).toBe('');
    expect(tree.warnings()).toMatchObject([{ file: 'a.ts', message: expect.stringContaining('ENOENT') as string }]);
  });
});

describe('changed files', () => {
  const branched = (): string => {
    const root = repository({ '.gitignore': '*.log\n', 'a.ts': '1', 'b.ts': '1', 'gone.ts': '1', 'packages/one/c.ts': '1', 'same.ts': '1', 'main.ts': '1' });
    git(root, 'checkout', '-q', '-b', 'work');
    write(root, { 'a.ts': '2' });
    git(root, 'commit', '-q', '-a', '-m', 'second');
    git(root, 'checkout', '-q', 'main');
    write(root, { 'main.ts': '2' });
    git(root, 'commit', '-q', '-a', '-m', 'third');
    git(root, 'checkout', '-q', 'work');
    write(root, { 'b.ts': '2', 'packages/one/c.ts': '2', 'packages/one/new one.ts': '', 'a.log': '' });
    git(root, 'add', 'b.ts');
    rmSync(join(root, 'gone.ts'));
    return root;
  };

  it.each([null, 'main'])('are those that were committed, staged, changed and made since work left %s', (base) => {
    const changed = changedFiles(branched(), base);
    expect(changed instanceof Set && [...changed].sort()).toEqual(['a.ts', 'b.ts', 'packages/one/c.ts', 'packages/one/new one.ts']);
  });

  it('are named from the root, and lie below it', () => {
    const changed = changedFiles(join(branched(), 'packages/one'), 'main');
    expect(changed instanceof Set && [...changed].sort()).toEqual(['c.ts', 'new one.ts']);
  });

  it.each([
    { name: 'a base that is not there', make: branched, base: 'origin/release', said: "no commit named 'origin/release'" },
    { name: 'a base that looks like an option', make: branched, base: '--output=a.ts', said: "no commit named '--output=a.ts'" },
    { name: 'no git', make: () => folder({ 'a.ts': '' }), base: null, said: 'known by git only' },
    {
      name: 'no usual base',
      make: () => {
        const root = branched();
        git(root, 'branch', '-D', 'main');
        return root;
      },
      base: null,
      said: 'None of the usual bases',
    },
    {
      name: 'a history that was cut off',
      make: () => {
        const root = branched();
        git(root, 'checkout', '-q', '--orphan', 'other');
        git(root, 'commit', '-q', '-a', '-m', 'unrelated');
        return root;
      },
      base: 'main',
      said: 'fetch-depth: 0',
    },
  ])('are not known with $name, and the answer says why', ({ make, base, said }) => {
    expect(changedFiles(make(), base)).toEqual({ kind: 'problem', message: expect.stringContaining(said) as string });
  });
});
