import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { losing, s3lint, temporaryProject, write, type Ran } from './temporary-project.js';

/** What is found whatever lies beside it. */
const sound = { 'src/carts.ts': losing('carts') };

/** Runs in a project with something bad in it: what is sound is read all the same. */
async function besideSound(files: Readonly<Record<string, string | Uint8Array>>): Promise<readonly string[]> {
  return warningsOf(await s3lint(temporaryProject({ ...sound, ...files })));
}

function warningsOf({ code, out, error }: Ran): readonly string[] {
  expect(out).toMatch(/9:\d+ +error .* s3\/no-lost-update\n/);
  expect({ code, error }).toEqual({ code: 1, error: '' });
  return (out.split('\nNot read in full:\n')[1] ?? '').split('\n').filter((line) => line !== '').map((line) => line.trim());
}

const bucket = 'Resources:\n  Shop:\n    Type: AWS::S3::Bucket\n';

describe('one warning names the file, the line and what follows, and the rest is read', () => {
  it.each<readonly [string, string, string | Uint8Array, RegExp]>([
    ['code that does not parse', 'src/broken.ts', "import { S3Client } from '@aws-sdk/client-s3';\n\nconst client = new S3Client({;\n", /^src\/broken\.ts:3 .*does not parse.*its S3 calls are not checked/],
    ['JavaScript that does not parse', 'src/broken.js', "const { S3Client } = require('@aws-sdk/client-s3');\n\nconst client = new S3Client({;\n", /^src\/broken\.js:3 .*does not parse/],
    ['a binary with the name of code', 'src/binary.ts', Buffer.concat([Buffer.from("import '@aws-sdk/client-s3';"), Buffer.alloc(64)]), /^src\/binary\.ts .*binary.*not analysed/],
    ['code in UTF-16', 'src/utf16.ts', Buffer.from(`\uFEFF${losing('utf16')}`, 'utf16le'), /^src\/utf16\.ts .*not in UTF-8.*not analysed/],
    ['a bundle of 5 MB', 'src/bundle.js', `import { S3Client } from '@aws-sdk/client-s3';\n${'// padding\n'.repeat(500_000)}`, /^src\/bundle\.js .*5\.\d MB.*not analysed/],
    ['a tsconfig that is broken', 'tsconfig.json', '{ "compilerOptions": {\n  "paths": [\n', /^tsconfig\.json:\d+ .*not valid JSON/],
    ['a template in broken YAML', 'template.yaml', `${bucket}   Properties: [\n`, /^template\.yaml:\d+ .*its buckets stay unknown/],
    ['a template in broken JSON', 'stack.template.json', '{ "Resources": { "Shop": { "Type": "AWS::S3::Bucket", } }', /^stack\.template\.json:\d+ .*its buckets stay unknown/],
    ['a workflow in broken YAML', '.github/workflows/deploy.yml', 'on: push\njobs:\n  deploy:\n    steps:\n      - run: aws s3api put-object --bucket shop --key a\n     - run: x\n', /^\.github\/workflows\/deploy\.yml:\d+ /],
    ['broken Terraform', 'infra/main.tf', 'resource "aws_s3_bucket" "shop" {\n  bucket = \n', /^infra\/main\.tf:\d+ .*stays? unknown/],
  ])('%s', async (_, path, text, expected) => {
    const warnings = await besideSound({ [path]: text });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(expected);
  });

  it('several bad files are told one by one', async () => {
    const broken = "import '@aws-sdk/client-s3';\nlet x = ;\n";
    expect(await besideSound({ 'src/a.ts': broken, 'src/b.ts': broken, 'template.yaml': `${bucket} x: [` })).toHaveLength(3);
  });

  it.skipIf(process.platform === 'win32')('a file and a folder that may not be read', async () => {
    const root = temporaryProject({ ...sound, 'src/locked.ts': losing('locked'), 'locked/carts.ts': losing('locked') });
    open(root, 0o755);
    chmodSync(join(root, 'src/locked.ts'), 0);
    chmodSync(join(root, 'locked'), 0);
    const warnings = warningsOf(await asNobody(() => s3lint(root)));
    chmodSync(join(root, 'locked'), 0o700);
    expect(warnings).toHaveLength(2);
    expect(warnings).toContainEqual(expect.stringMatching(/^locked .*cannot be read \(EACCES\).*not analysed/));
    expect(warnings).toContainEqual(expect.stringMatching(/^src\/locked\.ts .*cannot be read \(EACCES\).*not analysed/));
  });

  it.each(['json', 'sarif=out.sarif'])('they are told on standard error where --format %s does not show them', async (format) => {
    const { code, error } = await s3lint(temporaryProject({ ...sound, 'src/broken.ts': "import '@aws-sdk/client-s3';\nlet x = ;\n" }), '--format', format);
    expect(code).toBe(1);
    expect(error).toMatch(/^src\/broken\.ts:2: .*does not parse.*\n$/);
  });

  it('facts tells them too, and is written', async () => {
    const { code, error } = await s3lint(temporaryProject({ ...sound, 'src/broken.ts': "import '@aws-sdk/client-s3';\nlet x = ;\n" }), 'facts');
    expect(code).toBe(0);
    expect(error).toMatch(/^src\/broken\.ts:2: .*does not parse.*\n$/);
  });
});

describe('what is odd and no reason for a warning', () => {
  it('broken code that has nothing to do with S3', async () => {
    expect(await besideSound({ 'src/broken.ts': 'let x = ;\n', 'data.json': '{', 'notes.yaml': 'a: [', 'logo.ts': Buffer.from([0, 1, 2]) })).toEqual(expect.not.arrayContaining([expect.stringMatching(/broken|data|notes/)]));
  });

  it.skipIf(process.platform === 'win32')('a loop of links, and a link to nowhere', async () => {
    const root = temporaryProject(sound);
    symlinkSync('..', join(root, 'src/loop'));
    symlinkSync('self', join(root, 'src/self'));
    symlinkSync('gone.ts', join(root, 'src/none.ts'));
    expect(warningsOf(await s3lint(root))).toEqual([]);
  });

  it('a byte order mark and foreign line ends: findings stand where they stand without', async () => {
    const [plain, foreign] = [losing('carts'), `\uFEFF${losing('carts').replaceAll('\n', '\r\n')}`];
    const found = async (text: string): Promise<unknown> => {
      const { out } = await s3lint(temporaryProject({ 'src/carts.ts': text }), '--format', 'json');
      return (JSON.parse(out) as readonly { readonly messages: readonly Record<string, unknown>[] }[]).flatMap(({ messages }) => messages.map(({ line, column, endLine, endColumn, message }) => ({ line, column, endLine, endColumn, message })));
    };
    expect(await found(plain)).toHaveLength(1);
    expect(await found(foreign)).toEqual(await found(plain));
  });

  it('names that are patterns in other programs', async () => {
    const root = temporaryProject({ 'src/[id]/{carts}*.ts': losing('carts') });
    expect((await s3lint(root)).code).toBe(1);
    expect((await s3lint(root, 'src/[id]')).code).toBe(1);
  });
});

describe('where nothing could be read, "nothing found" would be a lie: exit 2', () => {
  const failure = async (root: string, ...argv: readonly string[]): Promise<string> => {
    const { code, out, error } = await s3lint(root, ...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toMatch(/[^\n]\n$/);
    expect(error).not.toContain('    at ');
    return error;
  };

  it('an empty folder', async () => {
    expect(await failure(temporaryProject({}))).toContain('There is nothing to read in');
    expect(await failure(temporaryProject({}), 'facts')).toContain('There is nothing to read in');
  });

  it('a project whose every file is broken, each with its line', async () => {
    const root = temporaryProject({ 'a.ts': "import '@aws-sdk/client-s3';\nlet x = ;\n", 'template.yaml': `${bucket} x: [` });
    const error = await failure(root);
    expect(error).toMatch(/^a\.ts:2: .*does not parse/m);
    expect(error).toMatch(/^template\.yaml:\d+: .*broken/m);
    await failure(root, 'facts');
  });

  it('a path whose every file is broken, though the rest is sound', async () => {
    const root = temporaryProject({ ...sound, 'other/broken.ts': "import '@aws-sdk/client-s3';\nlet x = ;\n" });
    expect(await failure(root, 'other')).toContain('other/broken.ts:2: ');
    expect((await s3lint(root, 'other', 'src')).code).toBe(1);
  });

  it('a project whose every file that touches S3 is broken, though others are sound: nothing of them is asked for', async () => {
    const broken = { 'src/a.ts': "import '@aws-sdk/client-s3';\nlet x = ;\n", 'src/names.ts': 'export const name = 1;\n' };
    expect(await failure(temporaryProject(broken))).toContain('src/a.ts:2: ');
    expect((await s3lint(temporaryProject({ ...broken, 'template.yaml': bucket }))).code).toBe(0);
    expect((await s3lint(temporaryProject({ 'src/names.ts': 'export const name = 1;\n', 'src/other.ts': 'let x = ;\n' }))).code).toBe(0);
  });

  it('Terraform of which a part is read is read', async () => {
    const { code, out } = await s3lint(temporaryProject({ 'main.tf': 'resource "aws_s3_bucket" "shop" {\n  bucket = "shop"\n}\n\nresource "aws_s3_bucket" "other" {\n  bucket = \n}\n' }));
    expect(code).toBe(0);
    expect(out).toContain('main.tf:');
  });

  it('a path that is not there, or lies outside, or is empty', async () => {
    const root = temporaryProject({ 'shop/carts.ts': losing('carts'), 'other/carts.ts': losing('other') });
    expect(await failure(join(root, 'shop'), 'src')).toBe('There is no `src` here: name a file or a folder of the project.\n');
    expect(await failure(join(root, 'shop'), '../other')).toContain('`../other` lies outside of this folder');
    expect(await failure(join(root, 'shop'), '')).toContain('A path is empty');
    if (process.platform !== 'win32') {
      symlinkSync('../other', join(root, 'shop/link'));
      expect(await failure(join(root, 'shop'), 'link')).toContain('`link` lies outside of this folder');
    }
  });

  it('a root of facts that is not there, or is no folder', async () => {
    const root = temporaryProject(sound);
    expect(await failure(root, 'facts', 'none')).toContain('none');
    expect(await failure(root, 'facts', 'src/carts.ts')).toContain('carts.ts');
  });

  it('facts that are broken, outdated or missing, with the remedy', async () => {
    const root = temporaryProject({ 'shop/carts.ts': losing('carts'), 'broken.json': '{', 'old.json': '{"version":0}' });
    const shop = join(root, 'shop');
    expect(await failure(shop, '--from', '../broken.json')).toMatch(/`\.\.\/broken\.json` are broken.*Run `s3lint facts`/);
    expect(await failure(shop, '--from', '../old.json')).toMatch(/`\.\.\/old\.json` are outdated.*Run `s3lint facts`/);
    expect(await failure(shop, '--from', '../none.json')).toMatch(/no facts at `\.\.\/none\.json`.*Run `s3lint facts`/);
  });
});

it('a path that git ignores is said to be left out: a check of it finds nothing', async () => {
  const root = temporaryProject({ ...sound, '.gitignore': 'dist/\n', 'dist/carts.js': losing('dist') });
  mkdirSync(join(root, 'empty'));
  const { code, out } = await s3lint(root, 'dist', 'empty');
  expect(code).toBe(0);
  expect(out).toContain('  dist  Nothing here is read: ');
  expect(out).toContain('  empty  Nothing here is read: ');
});

it.skipIf(process.platform === 'win32')('a fix that cannot be written is told, the others are written, and the run has failed', async () => {
  const root = temporaryProject({ 'shut/carts.ts': losing('carts') });
  write(root, 'open/lists.ts', losing('lists'));
  open(root, 0o777);
  chmodSync(join(root, 'open'), 0o777);
  chmodSync(join(root, 'shut'), 0o555);
  const { code, error } = await asNobody(() => s3lint(root, '--fix'));
  expect(code).toBe(2);
  expect(error).toMatch(/^`.*shut\/carts\.ts` could not be written \(permission denied\).*\n$/);
  expect((await s3lint(root, 'open')).code).toBe(0);
  expect((await s3lint(root, 'shut')).code).toBe(1);
});

/** Temporary folders are shut to others. */
function open(root: string, mode: number): void {
  chmodSync(dirname(root), 0o755);
  chmodSync(root, mode);
}

/** The superuser may read and write everything. */
async function asNobody<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
