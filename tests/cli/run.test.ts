import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

import { beforeAll, describe, expect, it } from 'vitest';

import { explain } from '../../src/cli/explain.js';
import { formatNames } from '../../src/report/formats.js';
import { blind, losing, mended, program, repository, s3lint, temporaryProject, write } from './temporary-project.js';

const text = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');

/** `src/carts.ts:9 s3/no-lost-update`, of a run with `--format json`. */
const told = (out: string, root: string): readonly string[] =>
  (JSON.parse(out) as readonly { readonly filePath: string; readonly messages: readonly { readonly line: number; readonly ruleId: string }[] }[]).flatMap(({ filePath, messages }) =>
    messages.map(({ line, ruleId }) => `${filePath.slice(root.length + 1)}:${String(line)} ${ruleId}`),
  );

describe('the exit code', () => {
  it('is 0 for a project without any S3, and nothing is said', async () => {
    expect(await s3lint(temporaryProject({ 'src/sum.ts': 'export const sum = (one: number, other: number) => one + other;\n' }))).toEqual({ code: 0, out: '', error: '' });
  });

  it('is 0 for S3 code that nothing is wrong with', async () => {
    expect(await s3lint(temporaryProject({ 'src/carts.ts': mended('carts') }))).toEqual({ code: 0, out: '', error: '' });
  });

  it('is 0 for warnings, which are shown', async () => {
    const { code, out } = await s3lint(temporaryProject({ 'src/notes.ts': blind('notes') }));
    expect(code).toBe(0);
    expect(out).toMatch(/6:\d+ +warning .* s3\/no-blind-overwrite\n/);
  });

  it('is 1 for errors', async () => {
    const { code, out, error } = await s3lint(temporaryProject({ 'src/carts.ts': losing('carts') }));
    expect(code).toBe(1);
    expect(out).toMatch(/9:\d+ +error .* s3\/no-lost-update\n/);
    expect(error).toBe('');
  });

  it('is 1 for more warnings than are allowed, and says so, as --quiet shows none of them', async () => {
    const root = temporaryProject({ 'src/notes.ts': blind('notes'), 'src/news.ts': blind('news') });
    expect((await s3lint(root, '--max-warnings', '2')).code).toBe(0);
    expect(await s3lint(root, '--max-warnings', '1', '--quiet')).toEqual({ code: 1, out: '', error: '2 warnings, where --max-warnings allows 1.\n' });
  });

  it('is 1 for errors that --quiet leaves, without the warnings', async () => {
    const root = temporaryProject({ 'src/carts.ts': losing('carts'), 'src/notes.ts': blind('notes') });
    const { code, out } = await s3lint(root, '--quiet', '--format', 'json');
    expect(code).toBe(1);
    expect(told(out, root)).toEqual(['src/carts.ts:9 s3/no-lost-update']);
  });

  it('is 2 for a flag, a format or a command that there is not, with the nearest one', async () => {
    const root = temporaryProject({ 'src/carts.ts': losing('carts') });
    expect(await s3lint(root, '--fux')).toEqual({ code: 2, out: '', error: 'There is no flag `--fux`: did you mean `--fix`?\n' });
    expect((await s3lint(root, '--format', 'sariff')).error).toContain('did you mean `--format sarif`?');
    expect((await s3lint(root, 'fatcs')).error).toContain('did you mean `s3lint facts`?');
    expect((await s3lint(root, 'explain', 'no-lost-updat')).error).toContain('did you mean `no-lost-update`');
  });
});

describe('the formats', () => {
  const root = temporaryProject({ 'src/carts.ts': losing('carts') });

  it.each(formatNames)('%s goes to standard output, or whole into a file', async (format) => {
    const shown = await s3lint(root, '--format', format);
    const written = await s3lint(root, '--format', `${format}=reports/s3.${format}`);
    expect(shown.code).toBe(1);
    expect(shown.out).toContain('s3/no-lost-update');
    expect(written).toEqual({ code: 1, out: '', error: '' });
    expect(text(root, `reports/s3.${format}`)).toBe(shown.out);
  });

  it('may be several, with one for standard output', async () => {
    const { code, out } = await s3lint(root, '--format', 'github', '--format', 'json=reports/both.json', '--format', 'sarif=reports/both.sarif');
    expect(code).toBe(1);
    expect(out).toMatch(/^::error file=src\/carts\.ts,line=9/);
    expect(told(text(root, 'reports/both.json'), root)).toEqual(['src/carts.ts:9 s3/no-lost-update']);
    expect(JSON.parse(text(root, 'reports/both.sarif'))).toHaveProperty('version', '2.1.0');
  });

  it('of two for standard output neither could be read: that is misuse', async () => {
    expect((await s3lint(root, '--format', 'json', '--format', 'sarif')).code).toBe(2);
  });

  it('a report that cannot be written is a failure, not a finding', async () => {
    const { code, error } = await s3lint(root, '--format', 'json=src');
    expect(code).toBe(2);
    expect(error).toContain('`src` could not be written (it is a folder)');
  });
});

describe('--fix', () => {
  it('writes what is mended and nothing else, and a second run changes nothing', async () => {
    const root = temporaryProject({ 'src/carts.ts': losing('carts'), 'src/notes.ts': blind('notes') });
    expect((await s3lint(root, '--fix')).code).toBe(0);
    expect(text(root, 'src/carts.ts')).toBe(mended('carts'));
    expect(text(root, 'src/notes.ts')).toBe(blind('notes'));
    const { mtimeMs } = statSync(join(root, 'src/carts.ts'));
    expect((await s3lint(root, '--fix')).code).toBe(0);
    expect(statSync(join(root, 'src/carts.ts')).mtimeMs).toBe(mtimeMs);
    expect(readdirSync(join(root, 'src')).sort()).toEqual(['carts.ts', 'notes.ts']);
  });

  it('leaves a byte order mark and line ends as they are', async () => {
    const foreign = (code: string): string => `\uFEFF${code.replaceAll('\n', '\r\n')}`;
    const root = temporaryProject({ 'src/carts.ts': foreign(losing('carts')) });
    expect((await s3lint(root, '--fix')).code).toBe(0);
    expect(text(root, 'src/carts.ts')).toBe(foreign(mended('carts')));
  });

  it.skipIf(process.platform === 'win32')('mends a file behind a link where it is', async () => {
    const root = temporaryProject({ 'src/carts.ts': losing('carts') });
    symlinkSync('src', join(root, 'link'));
    expect((await s3lint(root, '--fix', 'link')).code).toBe(0);
    expect(text(root, 'src/carts.ts')).toBe(mended('carts'));
  });

  it('mends paths that were named, and no others', async () => {
    const root = temporaryProject({ 'src/carts.ts': losing('carts'), 'src/lists.ts': losing('lists') });
    expect((await s3lint(root, '--fix', 'src/lists.ts')).code).toBe(0);
    expect(text(root, 'src/carts.ts')).toBe(losing('carts'));
    expect(text(root, 'src/lists.ts')).toBe(mended('lists'));
  });
});

describe('--fix-dry-run', () => {
  const files = {
    'src/carts.ts': losing('carts'),
    'src/crlf.ts': losing('crlf').replaceAll('\n', '\r\n'),
    'src/mark.ts': `\uFEFF${losing('mark')}`,
    'src/no line end.ts': losing('end').trimEnd(),
    'src/größe.ts': losing('size'),
  };

  it.each([
    ['in a repository', '.'],
    ['in a folder of it', 'packages/shop'],
  ])('prints a diff that git takes %s, and writes nothing', async (_, folder) => {
    const repository = temporaryProject(Object.fromEntries(Object.entries(files).map(([path, code]) => [join(folder, path), code])));
    execFileSync('git', ['init', '-q'], { cwd: repository });
    const root = join(repository, folder);
    const { code, out } = await s3lint(root, '--fix-dry-run', '--format', 'json=/dev/null');
    expect(code).toBe(0);
    for (const [path, before] of Object.entries(files)) expect(text(root, path)).toBe(before);
    execFileSync('git', ['apply', '--whitespace=nowarn'], { cwd: root, input: out });
    for (const [path, before] of Object.entries(files)) expect(text(root, path)).toBe(before.replace(' }));\r\n}', ', IfMatch: current.ETag }));\r\n}').replace('item]) }', 'item]), IfMatch: current.ETag }'));
  });
});

describe('--changed', () => {
  const git = (root: string, ...words: readonly string[]): string => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words], { cwd: root, encoding: 'utf8' });

  it('shows findings in files that differ from the base, committed or not', async () => {
    const root = temporaryProject({ 'src/old.ts': losing('old'), 'src/carts.ts': mended('carts') });
    git(root, 'init', '-q', '-b', 'main');
    git(root, 'add', '-A');
    git(root, 'commit', '-q', '-m', 'first');
    expect((await s3lint(root, '--changed', 'main')).code).toBe(0);
    git(root, 'checkout', '-q', '-b', 'work');
    write(root, 'src/carts.ts', losing('carts'));
    git(root, 'commit', '-q', '-a', '-m', 'second');
    write(root, 'src/new.ts', losing('new'));
    const { code, out } = await s3lint(root, '--format', 'json', '--changed');
    expect(code).toBe(1);
    expect(told(out, root)).toEqual(['src/carts.ts:9 s3/no-lost-update', 'src/new.ts:9 s3/no-lost-update']);
    expect(told((await s3lint(root, '--format', 'json', 'src/new.ts', '--changed', 'main')).out, root)).toEqual(['src/new.ts:9 s3/no-lost-update']);
  });

  it('is a failure where the base is not known, or there is no git: nothing would be found', async () => {
    const root = temporaryProject({ 'src/old.ts': losing('old') });
    expect(await s3lint(root, '--changed')).toMatchObject({ code: 2, out: '', error: expect.stringContaining('Changed files are known by git only') as string });
    git(root, 'init', '-q', '-b', 'main');
    git(root, 'add', '-A');
    git(root, 'commit', '-q', '-m', 'first');
    expect(await s3lint(root, '--changed', 'release')).toMatchObject({ code: 2, out: '', error: expect.stringContaining("no commit named 'release'") as string });
  });
});

describe('which rules run', () => {
  /** Only facts tell that the second file reads and writes S3. */
  const files = {
    'src/store.ts': [
      "import { S3 } from '@aws-sdk/client-s3';",
      '',
      'const s3 = new S3({});',
      '',
      "export const load = async (name: string) => (await s3.getObject({ Bucket: 'shop', Key: `notes/${name}.json` })).Body?.transformToString();",
      "export const save = (name: string, Body: string) => s3.putObject({ Bucket: 'shop', Key: `notes/${name}.json`, Body });",
      '',
    ].join('\n'),
    'src/append.ts': "import { load, save } from './store.js';\n\nexport const append = async (name: string, line: string) => {\n  const text = await load(name);\n  await save(name, `${text}\\n${line}`);\n};\n",
  };
  const blindly = 'src/store.ts:6 s3/no-blind-overwrite';
  const found = ['src/append.ts:5 s3/no-lost-update', blindly];
  const findings = async (root: string, ...argv: readonly string[]): Promise<readonly string[]> => told((await s3lint(root, '--format', 'json', ...argv)).out, root);

  it('--no-facts looks at each file by itself, where nothing tells that this is S3', async () => {
    const root = temporaryProject(files);
    expect(await findings(root)).toEqual(found);
    expect(await findings(root, '--no-facts')).toEqual([blindly]);
  });

  it('--config strict runs rules that recommended leaves out, and none of its own is missing', async () => {
    const root = temporaryProject({ 'src/notes.ts': blind('notes'), 'src/delete.ts': "import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';\n\nexport const remove = (Key: string) => new S3Client({}).send(new DeleteObjectCommand({ Bucket: 'shop', Key, BypassGovernanceRetention: true }));\n" });
    const recommended = await findings(root);
    const strict = await findings(root, '--config', 'strict');
    expect(recommended).toEqual(['src/notes.ts:6 s3/no-blind-overwrite']);
    expect(strict).toEqual(expect.arrayContaining([...recommended]));
    expect(strict.length).toBeGreaterThan(recommended.length);
  });

  it('a comment that silences a rule, and says why, is a suppression in SARIF; comments may speak of rules that nobody knows', async () => {
    const root = temporaryProject({ 'src/notes.ts': blind('notes', '// eslint-disable-next-line no-such/rule, s3/no-blind-overwrite -- one writer'), 'src/news.ts': `/* eslint no-such/rule: "error" */\n// eslint-disable-next-line also-unknown\n${blind('news')}` });
    const { code, out } = await s3lint(root, '--format', 'sarif');
    expect(code).toBe(0);
    const results = (JSON.parse(out) as { readonly runs: readonly { readonly results: readonly { readonly ruleId: string; readonly suppressions?: unknown }[] }[] }).runs.flatMap((one) => one.results);
    expect(results.map(({ ruleId, suppressions }) => [ruleId, suppressions])).toEqual([
      ['s3/no-blind-overwrite', []],
      ['s3/no-blind-overwrite', [{ kind: 'inSource', justification: 'one writer' }]],
    ]);
  });

  describe('--eslint-config', () => {
    const plugin = pathToFileURL(join(repository, 'dist', 'index.js')).href;
    const parser = pathToFileURL(join(repository, 'node_modules', '@typescript-eslint', 'parser', 'dist', 'index.js')).href;
    const config = (...entries: readonly string[]): string => `import s3 from '${plugin}';\nimport * as parser from '${parser}';\n\nexport default [{ files: ['**/*.ts'], languageOptions: { parser } }, ${entries.join(', ')}];\n`;

    beforeAll(() => expect(existsSync(program), 'npm run build comes first').toBe(true));

    it('runs the rules that are on there, with what is known of the project', async () => {
      const root = temporaryProject({ ...files, 'eslint.config.mjs': config("{ plugins: { s3 }, rules: { 's3/no-lost-update': 'warn', 'no-undef': 'error' } }") });
      expect(await findings(root, '--eslint-config')).toEqual(['src/append.ts:5 s3/no-lost-update']);
      expect((await s3lint(root, '--eslint-config')).code).toBe(0);
      expect(await findings(root, '--eslint-config', '--no-facts')).toEqual([]);
    });

    it('keeps the settings of the project beside the facts', async () => {
      const root = temporaryProject({ ...files, 'src/archive.ts': blind('archive'), 'eslint.config.mjs': config('s3.configs.recommended', "{ settings: { s3: { objects: [{ key: 'archive/**', write: 'overwrite' }] } } }") });
      expect(await findings(root, '--eslint-config')).toEqual(found);
    });

    it('fixes what is ours, and leaves what other rules would fix', async () => {
      const quotes = losing('carts').replace("'shop'", '"shop"');
      const root = temporaryProject({ 'src/carts.ts': `var unused = 1;\n${quotes}`, 'eslint.config.mjs': config('s3.configs.recommended', "{ rules: { 'no-var': 'error' } }") });
      const { out } = await s3lint(root, '--eslint-config', '--fix-dry-run');
      expect(out).toContain('+  await client.send(new PutObjectCommand');
      expect((await s3lint(root, '--eslint-config', '--fix')).code).toBe(0);
      expect(text(root, 'src/carts.ts')).toBe(`var unused = 1;\n${mended('carts').replace("'shop'", '"shop"')}`);
    });

    it('does not overwrite what an editor has stored since the project was read', async () => {
      // Its configuration is loaded after that, and stands in for the editor.
      const edited = "import { appendFileSync } from 'node:fs';\nappendFileSync(new URL('src/carts.ts', import.meta.url), '// edited\\n');\n";
      const root = temporaryProject({ 'src/carts.ts': losing('carts'), 'src/lists.ts': losing('lists'), 'eslint.config.mjs': `${edited}${config('s3.configs.recommended')}` });
      const { code, error } = await s3lint(root, '--eslint-config', '--fix');
      expect({ code, error }).toEqual({ code: 2, error: '`src/carts.ts` has changed since it was read, so it is not fixed. Run s3lint again.\n' });
      expect(text(root, 'src/carts.ts')).toBe(`${losing('carts')}// edited\n`);
      expect(text(root, 'src/lists.ts')).toBe(mended('lists'));
    });

    it('a file that a rule of ours fails on, or that its parser cannot read, is told, and the others are checked', async () => {
      const root = temporaryProject({
        'src/carts.ts': losing('carts'),
        'src/types.js': losing('types'),
        'src/fails.ts': losing('fails'),
        'eslint.config.mjs': config(
          "{ plugins: { s3: { ...s3, rules: { ...s3.rules, fail: { create: () => { throw new Error('no such thing.'); } } } } }, rules: { 's3/no-lost-update': 'error' } }",
          "{ files: ['**/fails.ts'], rules: { 's3/fail': 'error' } }",
        ),
      });
      const { code, out, error } = await s3lint(root, '--eslint-config', '--format', 'json');
      expect(code).toBe(1);
      expect(told(out, root)).toEqual(['src/carts.ts:9 s3/no-lost-update']);
      expect(error.split('\n').sort()).toEqual(['', expect.stringMatching(/^src\/fails\.ts: .*\(.*no such thing\), so no S3 call in this file is checked\.$/), expect.stringMatching(/^src\/types\.js:5: It does not parse as .*, so its S3 calls are not checked\.$/)]);
    });

    it('what could not be read is told once, whoever fails on it', async () => {
      const root = temporaryProject({ 'src/carts.ts': losing('carts'), 'src/broken.ts': "import '@aws-sdk/client-s3';\nlet x = ;\n", 'eslint.config.mjs': config('s3.configs.recommended') });
      const { code, error } = await s3lint(root, '--eslint-config', '--format', 'json');
      expect(code).toBe(1);
      expect(error).toMatch(/^src\/broken\.ts:2: .*\n$/);
    });

    it('where our rules fail on every file that touches S3, nothing is checked', async () => {
      const root = temporaryProject({
        'src/carts.ts': losing('carts'),
        'eslint.config.mjs': config("{ plugins: { s3: { ...s3, rules: { fail: { create: () => { throw new Error('no such thing.'); } } } } }, rules: { 's3/fail': 'error' } }"),
      });
      const { code, out, error } = await s3lint(root, '--eslint-config');
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(error).toContain('src/carts.ts: ');
    });

    it('a rule of others that fails is none of our business', async () => {
      const others = "{ plugins: { others: { rules: { fail: { create: () => { throw new Error('no such thing.'); } } } } }, rules: { 'others/fail': 'error' } }";
      const root = temporaryProject({ 'src/carts.ts': losing('carts'), 'eslint.config.mjs': config('s3.configs.recommended', others) });
      expect(await findings(root, '--eslint-config')).toEqual(['src/carts.ts:9 s3/no-lost-update']);
    });

    it('leaves out what is ignored there', async () => {
      const root = temporaryProject({ 'src/carts.ts': losing('carts'), 'src/notes.ts': blind('notes'), 'eslint.config.mjs': config('s3.configs.recommended', "{ ignores: ['src/carts.ts'] }") });
      expect(await findings(root, '--eslint-config')).toEqual(['src/notes.ts:6 s3/no-blind-overwrite']);
      expect(await findings(root, '--eslint-config', 'src/carts.ts')).toEqual([]);
    });

    it.each([
      ['none is there', {}],
      ['it is broken', { 'eslint.config.mjs': 'export default [' }],
      ['it turns no rule of ours on', { 'eslint.config.mjs': config("{ rules: { 'no-var': 'error', 's3/no-lost-update': 'off' }, plugins: { s3 } }") }],
    ])('is a failure where %s: nothing would be found', async (_, given) => {
      const { code, out, error } = await s3lint(temporaryProject({ 'src/carts.ts': losing('carts'), ...given }), '--eslint-config');
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(error).toMatch(/^The project's own ESLint configuration .*run s3lint without --eslint-config\.\n$/);
    });
  });
});

describe('what is asked beside', () => {
  it('--stats says what was read, beside the report', async () => {
    const { out, error } = await s3lint(temporaryProject({ 'src/carts.ts': mended('carts'), 'src/sum.ts': 'export {};\n' }), '--stats');
    expect(out).toBe('');
    expect(error).toMatch(/^2 files, of which 1 touch S3; 0 buckets, \d+ wrappers, 1 writers\.\nFacts took \d+\.\d\d s, rules \d+\.\d\d s\.\n$/);
  });

  it('--explain-silence says what is reported, what a comment silences, and what is not looked at', async () => {
    const root = temporaryProject({
      'src/carts.ts': losing('carts'),
      'src/mended.ts': mended('lists'),
      'src/notes.ts': blind('notes', '// eslint-disable-next-line s3/no-blind-overwrite -- one writer'),
      'src/broken.ts': "import { S3Client } from '@aws-sdk/client-s3';\nnew S3Client({;\n",
      'tests/carts.ts': losing('tests'),
      'template.yaml': 'Resources: {}\n',
    });
    const why = async (place: string): Promise<string> => (await s3lint(root, '--explain-silence', place)).out;
    expect(await why('src/carts.ts:9')).toMatch(/^s3\/no-lost-update is reported here: /);
    expect(await why('src/mended.ts:9')).toBe('PutObject of "lists/${user}.json" in bucket "shop" is seen here: it carries a condition.\n');
    expect(await why('src/notes.ts:6')).toMatch(/^A comment silences s3\/no-blind-overwrite here \(one writer\): /);
    expect(await why('src/carts.ts:1')).toContain('No S3 call is recognised on this line');
    expect(await why('src/broken.ts:2')).toContain('does not parse');
    expect(await why('tests/carts.ts:9')).toBe('Tests are not checked: they write where nobody else does.\n');
    expect(await why('template.yaml:1')).toBe('Nothing is found here, in what is no code.\n');
    expect(await s3lint(root, '--explain-silence', 'src/none.ts:1')).toMatchObject({ code: 2, out: '' });
  });

  it('explain prints what is known of a code', async () => {
    expect(await s3lint(temporaryProject({}), 'explain', '412')).toEqual({ code: 0, out: explain('412')?.text, error: '' });
  });

  it('facts are written where -o says, the same each time, and tell of the folder they are of', async () => {
    const root = temporaryProject({ 'packages/shop/src/carts.ts': losing('carts') });
    expect(await s3lint(root, 'facts', 'packages/shop', '-o', 'out/shop.json')).toEqual({ code: 0, out: '', error: '' });
    const facts = text(root, 'out/shop.json');
    expect(JSON.parse(facts)).toMatchObject({ version: 2, root: '../packages/shop', writers: [{ at: { file: 'src/carts.ts' } }] });
    expect(facts).not.toContain(root);
    await s3lint(root, 'facts', 'packages/shop', '-o', 'out/shop.json');
    expect(text(root, 'out/shop.json')).toBe(facts);
  });

  it('facts are of one folder: of two, one would be left out', async () => {
    expect(await s3lint(temporaryProject({ 'a/a.ts': '', 'b/b.ts': '' }), 'facts', 'a', 'b')).toMatchObject({ code: 2, error: expect.stringContaining('of one folder') as string });
  });
});

describe('the program', () => {
  beforeAll(() => expect(existsSync(program), 'npm run build comes first').toBe(true));
  const folders = Array.from({ length: 60 }, (_, index) => `list${String(index)}`);
  const many = Object.fromEntries(folders.map((folder) => [`src/${folder}.ts`, losing(folder)]));
  const leftBeside = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('.s3lint-')) : []);

  it('ends in quiet, with its exit code, when who reads it has seen enough', async () => {
    const child = spawn(process.execPath, [program, '--format', 'sarif'], { cwd: temporaryProject(many), stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    const errors = child.stderr.toArray();
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(Buffer.concat((await errors) as Buffer[]).toString()).toBe('');
  });

  it.skipIf(process.platform !== 'linux')('fails where its output is lost', async () => {
    const root = temporaryProject({ 'src/carts.ts': losing('carts') });
    const child = spawn('/bin/sh', ['-c', '"$0" "$1" > /dev/full', process.execPath, program], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
    const errors = child.stderr.toArray();
    expect(await once(child, 'close')).toEqual([2, null]);
    expect(Buffer.concat((await errors) as Buffer[]).toString()).toContain('Standard output could not be written to (ENOSPC).');
  });

  /** Ends it at the first sight of a file that is being written. */
  async function interruptedIn(folder: string, root: string, ...argv: readonly string[]): Promise<unknown> {
    const child = spawn(process.execPath, [program, ...argv], { cwd: root, stdio: 'ignore' });
    const ended = once(child, 'exit');
    while (leftBeside(join(root, folder)).length === 0 && child.exitCode === null) await turn();
    child.kill('SIGINT');
    return (await ended)[1];
  }

  it.skipIf(process.platform === 'win32')('interrupted in --fix, leaves each file as it was or mended, and nothing beside', async () => {
    const root = temporaryProject(many);
    expect(await interruptedIn('src', root, '--fix')).toBe('SIGINT');
    const texts = folders.map((folder) => text(root, `src/${folder}.ts`));
    expect(texts.filter((code, index) => code !== losing(folders[index] ?? '') && code !== mended(folders[index] ?? ''))).toEqual([]);
    expect(texts.filter((code, index) => code === losing(folders[index] ?? ''))).not.toEqual([]);
    expect(leftBeside(join(root, 'src'))).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('interrupted in facts, leaves whole facts or none, and nothing beside', async () => {
    const root = temporaryProject(many);
    await interruptedIn('.s3lint', root, 'facts');
    const files = existsSync(join(root, '.s3lint')) ? readdirSync(join(root, '.s3lint')) : [];
    expect(files.filter((name) => name !== 'facts.json')).toEqual([]);
    for (const name of files) expect(JSON.parse(text(root, `.s3lint/${name}`))).toHaveProperty('version');
  });

  it('is found behind a link, as npm makes one', async () => {
    const root = temporaryProject({ 'src/carts.ts': losing('carts') });
    symlinkSync(realpathSync(program), join(root, 's3lint'));
    const child = spawn(process.execPath, [join(root, 's3lint'), '--quiet', '--format', 'json'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    const out = child.stdout.toArray();
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(told(Buffer.concat((await out) as Buffer[]).toString(), root)).toEqual(['src/carts.ts:9 s3/no-lost-update']);
  });
});
