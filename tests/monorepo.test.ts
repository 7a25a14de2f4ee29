import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { check } from '../src/check/check.js';
import { Obstacle } from '../src/check/obstacle.js';
import { buildFacts } from '../src/check/read-project.js';
import { run } from '../src/cli/run.js';

const repository = fileURLToPath(new URL('..', import.meta.url));
const example = join(repository, 'examples', 'monorepo');
const temporary: string[] = [];
afterAll(() => temporary.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 's3lint-monorepo-'));
  temporary.push(folder);
  return folder;
}

interface Result {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly line: number; readonly message: string }[];
}

/** `apps/api/src/albums.ts:12 s3/no-lost-update` */
const told = (results: readonly Result[], root: string): readonly string[] =>
  results.flatMap(({ filePath, messages }) => messages.map(({ ruleId, line }) => `${relative(root, filePath)}:${String(line)} ${String(ruleId)}`)).sort();

const findings = [
  // The wrapper reads and writes in another package, without a condition.
  'apps/api/src/albums.ts:12 s3/no-lost-update',
  // The infrastructure writes the same object.
  'apps/api/src/front-page.ts:5 s3/multiple-writers',
  'apps/api/src/front-page.ts:5 s3/no-blind-overwrite',
  // The infrastructure turns versioning on.
  'apps/api/src/photos.ts:7 s3/require-version-id-on-delete',
  'packages/infrastructure/src/seed.ts:5 s3/no-blind-overwrite',
  'packages/storage/src/documents.ts:12 s3/no-blind-overwrite',
];

describe('examples/monorepo', () => {
  const root = join(temporaryFolder(), 'photos');
  const environment = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TURBO_'))),
    PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
    // Nothing leaves this machine.
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    NO_UPDATE_NOTIFIER: '1',
    npm_config_update_notifier: 'false',
    TURBO_CACHE: 'local:rw',
    TURBO_RUN_SUMMARY: 'true',
  };
  const git = (...words: readonly string[]): string => execFileSync('git', ['-c', 'user.name=s3lint', '-c', 'user.email=s3lint@localhost', ...words], { cwd: root, encoding: 'utf8' });

  beforeAll(() => {
    cpSync(example, root, { recursive: true });
    mkdirSync(join(root, 'node_modules', '.bin'), { recursive: true });
    const s3lint = join(repository, 'dist', 'cli', 's3lint.js');
    expect(existsSync(s3lint), 'npm run build comes first').toBe(true);
    writeFileSync(join(root, 'node_modules', '.bin', 's3lint'), `#!/bin/sh\nexec "${process.execPath}" "${s3lint}" "$@"\n`, { mode: 0o755 });
    symlinkSync(repository, join(root, 'node_modules', 'eslint-plugin-s3'));
    for (const name of ['@typescript-eslint', 'turbo', '@turbo', '.bin/turbo']) symlinkSync(join(repository, 'node_modules', name), join(root, 'node_modules', name));
    lock('0.1.0');
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'The example');
  });

  /** What `npm install` would write, as far as Turborepo asks: the packages, and the version of what checks them. */
  function lock(version: string): void {
    const packages = { 'packages/storage': '@photos/storage', 'packages/infrastructure': '@photos/infrastructure', 'apps/api': '@photos/api' };
    const manifest = (folder: string): Record<string, unknown> => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Record<string, unknown>;
    const { name, workspaces } = manifest('.');
    const own = Object.entries(packages).flatMap(([folder, known]) => [
      [folder, { name: known, version: '1.0.0' }],
      [`node_modules/${known}`, { resolved: folder, link: true }],
    ]);
    const installed = [['node_modules/eslint-plugin-s3', { version, dev: true, integrity: `sha512-${version}` }]];
    const top = ['', { name, workspaces, devDependencies: { 'eslint-plugin-s3': '^0.1.0' } }];
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ name, lockfileVersion: 3, requires: true, packages: Object.fromEntries([top, ...own, ...installed]) as unknown }));
  }

  /** The tasks that ran, and those that came from the cache. */
  interface Ran {
    readonly executed: readonly string[];
    readonly cached: readonly string[];
  }

  async function turbo(): Promise<Ran> {
    const runs = join(root, '.turbo', 'runs');
    const before = new Set(existsSync(runs) ? readdirSync(runs) : []);
    await promisify(execFile)('npm', ['run', '--silent', 's3'], { cwd: root, env: environment });
    const [summary = expect.fail('Turborepo has written no summary')] = readdirSync(runs).filter((file) => !before.has(file));
    const { tasks } = JSON.parse(readFileSync(join(runs, summary), 'utf8')) as { readonly tasks: readonly { readonly taskId: string; readonly cache: { readonly status: string } }[] };
    const which = (status: string): readonly string[] => tasks.filter(({ cache }) => cache.status === status).map(({ taskId }) => taskId).sort();
    return { executed: which('MISS'), cached: which('HIT') };
  }

  const tasksOf = (...packages: readonly string[]): readonly string[] => packages.flatMap((name) => [`@photos/${name}#s3:check`, `@photos/${name}#s3:facts`]).sort();
  const all = tasksOf('api', 'infrastructure', 'storage');
  const packages = ['apps/api', 'packages/infrastructure', 'packages/storage'];
  const reported = (): readonly string[] => told(packages.flatMap((folder) => JSON.parse(readFileSync(join(root, folder, '.s3lint', 'findings.json'), 'utf8')) as Result[]), root);

  it('is checked package by package, and a second run takes all of it from the cache', { timeout: 300_000 }, async () => {
    expect(await turbo()).toEqual({ executed: all, cached: [] });
    expect(reported()).toEqual(findings);
    for (const folder of packages) rmSync(join(root, folder, '.s3lint'), { recursive: true });
    expect(await turbo()).toEqual({ executed: [], cached: all });
    expect(reported()).toEqual(findings);
  });

  it('tells the same when it is read as a whole, with no configuration', async () => {
    const { report } = await check({ root });
    expect(told(report.results, root)).toEqual(findings);
    expect(report.warnings).toEqual([]);
  });

  it('tells the plugin what the other packages hold', async () => {
    const results = await new ESLint({ cwd: join(root, 'apps', 'api') }).lintFiles('src');
    expect(told(results, root)).toEqual(findings.filter((finding) => finding.startsWith('apps/api/') && !finding.includes('multiple-writers')));
  });

  it('a change of the wrapper runs its own tasks and those of its dependents', { timeout: 300_000 }, async () => {
    const wrapper = join(root, 'packages', 'storage', 'src', 'documents.ts');
    writeFileSync(wrapper, readFileSync(wrapper, 'utf8').replace('Body: JSON.stringify(document)', "Body: JSON.stringify(document), IfNoneMatch: '*'"));
    expect(await turbo()).toEqual({ executed: tasksOf('api', 'storage'), cached: tasksOf('infrastructure') });
    // It only creates now, so nothing that it is called for overwrites.
    expect(reported()).toEqual(['apps/api/src/photos.ts:7 s3/require-version-id-on-delete', 'packages/infrastructure/src/seed.ts:5 s3/no-blind-overwrite']);
  });

  it('a change of the application runs its own tasks', { timeout: 300_000 }, async () => {
    appendFileSync(join(root, 'apps', 'api', 'src', 'photos.ts'), '\nexport const kept = true;\n');
    expect(await turbo()).toEqual({ executed: tasksOf('api'), cached: tasksOf('infrastructure', 'storage') });
  });

  it('a change of what is not read runs nothing', { timeout: 300_000 }, async () => {
    writeFileSync(join(root, 'packages', 'storage', 'README.md'), '# Storage\n');
    writeFileSync(join(root, 'packages', 'storage', 'src', 'documents.test.ts'), 'export {};\n');
    expect(await turbo()).toEqual({ executed: [], cached: all });
  });

  it('another version of s3lint runs everything', async () => {
    const cachedOf = async (): Promise<readonly string[]> => {
      const { stdout } = await promisify(execFile)('turbo', ['run', 's3:facts', 's3:check', '--dry=json'], { cwd: root, env: environment });
      const { tasks } = JSON.parse(stdout) as { readonly tasks: readonly { readonly taskId: string; readonly cache: { readonly status: string } }[] };
      return tasks.filter(({ cache }) => cache.status === 'HIT').map(({ taskId }) => taskId).sort();
    };
    expect(await cachedOf()).toEqual(all);
    lock('0.1.1');
    expect(await cachedOf()).toEqual([]);
  });

  it('the page on monorepos shows its files, and commands that work in it', { timeout: 300_000 }, () => {
    const page = readFileSync(join(repository, 'docs', 'monorepos.md'), 'utf8');
    const blocks = [...page.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(([, language = '', file = '', text = '']) => ({ language, file, text }));
    const shown = blocks.filter(({ file }) => file !== '' && !file.endsWith('facts.json'));
    expect(shown.map(({ file }) => file)).toEqual(['apps/api/package.json', 'turbo.json', 'apps/api/eslint.config.js']);
    for (const { file, text } of shown) {
      const real = readFileSync(join(example, file), 'utf8');
      if (file.endsWith('.json')) expect(JSON.parse(real)).toMatchObject(JSON.parse(text) as object);
      else expect(text).toBe(real);
    }
    git('checkout', '--quiet', '--', '.');
    const commands = blocks.filter(({ language }) => language === 'bash').flatMap(({ text }) => text.trim().split('\n'));
    expect(commands.length).toBeGreaterThan(3);
    for (const command of commands) {
      // What they find makes some of them end with 1; what cannot run ends with 2 or more.
      const { status, stderr } = spawnSync('sh', ['-c', command.replaceAll('npx ', '')], { cwd: root, env: environment, encoding: 'utf8' });
      expect(status, `${command}\n${stderr}`).toBeLessThanOrEqual(1);
    }
    const excerpts = blocks.filter(({ file }) => file.endsWith('facts.json'));
    expect(excerpts.length).toBe(2);
    for (const { file, text } of excerpts) expect(JSON.parse(readFileSync(join(root, file), 'utf8'))).toMatchObject(JSON.parse(text) as object);
  });
});

/** Writes packages into a folder: files by their paths from it. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const factsOf = (root: string, folder: string): string => join(root, folder, '.s3lint', 'facts.json');

async function writeFacts(root: string, folder: string, ...from: readonly string[]): Promise<void> {
  const { facts } = await buildFacts({ root: join(root, folder), from: from.map((other) => factsOf(root, other)) });
  mkdirSync(dirname(factsOf(root, folder)), { recursive: true });
  writeFileSync(factsOf(root, folder), JSON.stringify(facts));
}

const checked = async (root: string, folder: string, ...from: readonly string[]): Promise<readonly string[]> =>
  told((await check({ root: join(root, folder), from: from.map((other) => factsOf(root, other)) })).report.results, root);

const storage: Readonly<Record<string, string>> = {
  'storage/package.json': '{ "name": "@acme/storage", "exports": { ".": "./dist/index.js", "./json": "./dist/json.js" } }',
  'storage/src/index.ts': "export * from './json';",
  'storage/src/json.ts': `import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export const getJson = async (key: string) => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'documents', Key: key }));
  return JSON.parse((await Body?.transformToString()) ?? '{}');
};
export const putJson = (key: string, value: unknown) => client.send(new PutObjectCommand({ Bucket: 'documents', Key: key, Body: JSON.stringify(value) }));
`,
};

describe('a package that builds on another sees through it', () => {
  const situations: readonly { readonly why: string; readonly app: string; readonly beside?: Readonly<Record<string, string>> }[] = [
    { why: 'names, as they are', app: "import { getJson, putJson } from '@acme/storage';\nexport const rename = async (key, name) => {\n  const album = await getJson(key);\n  await putJson(key, { ...album, name });\n};" },
    { why: 'names that are given others', app: "import { getJson as load, putJson as save } from '@acme/storage/json';\nexport const rename = async (key, name) => {\n  const album = await load(key);\n  await save(key, { ...album, name });\n};" },
    { why: 'all names under one', app: "import * as storage from '@acme/storage';\nexport const rename = async (key, name) => {\n  const album = await storage.getJson(key);\n  await storage.putJson(key, { ...album, name });\n};" },
    { why: 'what CommonJS requires', app: "const { getJson, putJson } = require('@acme/storage');\nexports.rename = async (key, name) => {\n  const album = await getJson(key);\n  await putJson(key, { ...album, name });\n};" },
    {
      why: 'what a module of its own passes on',
      app: "import { load, putJson } from './storage';\nexport const rename = async (key, name) => {\n  const album = await load(key);\n  await putJson(key, { ...album, name });\n};",
      beside: { 'app/src/storage.ts': "export { getJson as load } from '@acme/storage';\nexport * from './more';", 'app/src/more.ts': "import { putJson } from '@acme/storage';\nexport { putJson };" },
    },
    {
      why: 'what modules pass on that give out one another',
      app: "import { here } from './here';\nexport const rename = async (key, name) => {\n  const album = await here.getJson(key);\n  await here.putJson(key, { ...album, name });\n};",
      beside: { 'app/src/here.ts': "export * as there from './there';\nexport * as here from '@acme/storage';", 'app/src/there.ts': "export * as here from './here';" },
    },
    {
      why: 'what a module of its own passes on as a whole',
      app: "import { storage } from './storage';\nexport const rename = async (key, name) => {\n  const album = await storage.getJson(key);\n  await storage.putJson(key, { ...album, name });\n};",
      beside: { 'app/src/storage.ts': "export * as storage from '@acme/storage';" },
    },
  ];

  it.each(situations)('$why', async ({ app, beside = {} }) => {
    const root = folderOf({ ...storage, 'app/package.json': '{ "name": "@acme/app" }', 'app/src/albums.ts': app, ...beside });
    await writeFacts(root, 'storage');
    expect(await checked(root, 'app', 'storage')).toEqual(['app/src/albums.ts:4 s3/no-lost-update']);
    // The same without the texts of the other package: a build may have fetched nothing but its facts.
    rmSync(join(root, 'storage', 'src'), { recursive: true });
    expect(await checked(root, 'app', 'storage')).toEqual(['app/src/albums.ts:4 s3/no-lost-update']);
    expect(await checked(root, 'app')).toEqual([]);
  });

  const albums = {
    'albums/package.json': '{ "name": "@acme/albums", "main": "src/index.ts" }',
    'albums/src/index.ts': "import { getJson, putJson } from '@acme/storage';\nexport { getJson as readAny } from '@acme/storage';\nexport const load = (id) => getJson(`albums/${id}.json`);\nexport const save = (id, album) => putJson(`albums/${id}.json`, album);",
  };

  it('by way of a package between them, whose facts hold what they stand on', async () => {
    const app = "import { load, save } from '@acme/albums';\nexport const rename = async (id, name) => {\n  const album = await load(id);\n  await save(id, { ...album, name });\n};";
    const root = folderOf({ ...storage, ...albums, 'app/src/rename.ts': app });
    await writeFacts(root, 'storage');
    await writeFacts(root, 'albums', 'storage');
    expect(await checked(root, 'app', 'albums')).toEqual(['app/src/rename.ts:4 s3/no-lost-update']);
  });

  it('what a package passes on of another, its facts give out by both names', async () => {
    const app = "import { readAny } from '@acme/albums';\nimport { putJson } from '@acme/storage';\nexport const rename = async (key, name) => {\n  const album = await readAny(key);\n  await putJson(key, { ...album, name });\n};";
    const root = folderOf({ ...storage, ...albums, 'app/src/rename.ts': app });
    await writeFacts(root, 'storage');
    await writeFacts(root, 'albums', 'storage');
    expect(await checked(root, 'app', 'albums', 'storage')).toEqual(['app/src/rename.ts:5 s3/no-lost-update']);
  });

  it('its tests write where nobody else does', async () => {
    const root = folderOf({ ...storage, 'app/src/a.test.ts': "import { putJson } from '@acme/storage';\nawait putJson('settings.json', {});", 'app/src/b.ts': "import { putJson } from '@acme/storage';\nexport const set = (value) => putJson('settings.json', value);" });
    await writeFacts(root, 'storage');
    expect(await checked(root, 'app', 'storage')).toEqual(['app/src/b.ts:2 s3/no-blind-overwrite']);
  });
});

describe('what several packages tell', () => {
  const seeds = (name: string): Record<string, string> => ({ [`${name}/src/seed.ts`]: "import { putJson } from '@acme/storage';\nexport const seed = () => putJson('settings.json', {});" });

  it('two packages that write one object are told where the second builds on the first, once', async () => {
    const root = folderOf({ ...storage, ...seeds('one'), ...seeds('two') });
    await writeFacts(root, 'storage');
    await writeFacts(root, 'one', 'storage');
    expect(await checked(root, 'one', 'storage')).toEqual(['one/src/seed.ts:2 s3/no-blind-overwrite']);
    expect(await checked(root, 'two', 'storage', 'one')).toEqual(['two/src/seed.ts:2 s3/multiple-writers', 'two/src/seed.ts:2 s3/no-blind-overwrite']);
  });

  it('a package that builds on two packages hears of a third, which both build on, once', async () => {
    const bucket = "import { Bucket } from 'aws-cdk-lib/aws-s3';\nimport { Stack } from 'aws-cdk-lib';\nexport class Documents extends Stack {\n  constructor(scope, id) {\n    super(scope, id);\n    new Bucket(this, 'Documents', { bucketName: 'documents', versioned: true });\n  }\n}";
    const root = folderOf({ ...storage, 'storage/src/stack.ts': bucket, ...seeds('one'), ...seeds('two'), 'three/src/index.ts': 'export {};' });
    await writeFacts(root, 'storage');
    await writeFacts(root, 'one', 'storage');
    await writeFacts(root, 'two', 'storage');
    const { facts } = await buildFacts({ root: join(root, 'three'), from: ['one', 'two'].map((name) => factsOf(root, name)) });
    expect(facts.buckets.map(({ at, versioning }) => `${at.file} ${versioning}`)).toEqual(['../storage/src/stack.ts enabled']);
    expect(facts.writers.map(({ at }) => at.file)).toEqual(['../one/src/seed.ts', '../storage/src/json.ts', '../two/src/seed.ts']);
  });

  it('what is wrong with a bucket is told in the package that declares it, and not in those that build on it', async () => {
    const template = `Resources:
  Documents:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration: { Status: Enabled }
      ReplicationConfiguration:
        Role: arn:aws:iam::123456789012:role/replication
        Rules: [{ Status: Enabled, Prefix: '', Destination: { Bucket: arn:aws:s3:::copy } }]
      LifecycleConfiguration:
        Rules: [{ Status: Enabled, Prefix: '', ExpirationInDays: 30 }]
`;
    const root = folderOf({ 'stack/template.yaml': template, 'app/src/index.ts': 'export {};' });
    await writeFacts(root, 'stack');
    expect((await checked(root, 'stack')).join()).toContain('s3/replication-lifecycle-overlap');
    expect(await checked(root, 'app', 'stack')).toEqual([]);
  });

  it('a package alone does not know that its callers give keys of their own', async () => {
    const root = folderOf({ ...storage, 'app/package.json': '{ "name": "@acme/app" }', 'app/src/upload.ts': "import { randomUUID } from 'node:crypto';\nimport { putJson } from '@acme/storage';\nexport const upload = (value) => putJson(`uploads/${randomUUID()}.json`, value);" });
    await writeFacts(root, 'storage');
    expect(await checked(root, 'storage')).toEqual(['storage/src/json.ts:7 s3/no-blind-overwrite']);
    expect(await checked(root, 'app', 'storage')).toEqual([]);
    expect(await checked(root, '.')).toEqual([]);
  });

  it('who calls the function that writes an object is not a second writer of it', async () => {
    const root = folderOf({
      ...storage,
      'carts/package.json': '{ "name": "@acme/carts", "main": "src/index.ts" }',
      'carts/src/index.ts': "import { getJson, putJson } from '@acme/storage';\nexport const load = (user) => getJson(`carts/${user}.json`);\nexport const save = (user, cart) => putJson(`carts/${user}.json`, cart);",
      'apps/shop/src/empty.ts': "import { putJson } from '@acme/storage';\nexport const empty = (user) => putJson(`carts/${user}.json`, []);",
      'app/src/add.ts': "import { load, save } from '@acme/carts';\nexport const add = async (user, item) => {\n  const cart = await load(user);\n  await save(user, [...cart, item]);\n};",
    });
    await writeFacts(root, 'storage');
    await writeFacts(root, 'carts', 'storage');
    expect(await checked(root, 'app', 'carts')).toEqual(['app/src/add.ts:4 s3/no-lost-update']);
    expect((await checked(root, '.')).filter((finding) => finding.includes('multiple-writers'))).toEqual(['apps/shop/src/empty.ts:2 s3/multiple-writers']);
    // Nor where both are known by their facts alone: this makes two, and not three.
    await writeFacts(root, 'app', 'carts');
    const { report } = await check({ root: join(root, 'apps/shop'), from: [factsOf(root, 'storage'), factsOf(root, 'app')] });
    expect(report.results.flatMap(({ messages }) => messages.map(({ message }) => message)).find((message) => message.includes('places write'))).toContain('2 places write "carts/*.json" in bucket "documents" with no condition (src/empty.ts:2, ../../carts/src/index.ts:3)');
  });

  it('facts hold no path of the machine that built them, and are the same in every checkout', async () => {
    const built = async (): Promise<string> => {
      const root = folderOf({ ...storage, ...seeds('one') });
      await writeFacts(root, 'storage');
      await writeFacts(root, 'one', 'storage');
      return readFileSync(factsOf(root, 'one'), 'utf8');
    };
    const facts = await built();
    expect(facts).not.toContain(tmpdir());
    expect(facts).toContain('../storage/src/json.ts#putJson');
    expect(await built()).toBe(facts);
  });
});

describe('facts that cannot be used stop s3lint, with the file and the remedy', () => {
  const situations: readonly { readonly why: string; readonly spoil: (file: string, root: string) => void; readonly told: RegExp }[] = [
    { why: 'there are none', spoil: (file) => rmSync(file), told: /^There are no facts at `.*storage\/.s3lint\/facts\.json`\. Run `s3lint facts`/ },
    { why: 'they are no JSON', spoil: (file) => writeFileSync(file, '{'), told: /facts\.json` are broken: they are no JSON that can be read\. Run `s3lint facts`/ },
    { why: 'another version wrote them', spoil: (file) => writeFileSync(file, '{ "version": 0 }'), told: /facts\.json` are outdated: they are of version 0/ },
    { why: 'the package has changed since', spoil: (_file, root) => appendFileSync(join(root, 'storage/src/json.ts'), '// changed'), told: /facts\.json` are outdated: `src\/json\.ts` has changed since\. Run `s3lint facts` in .*storage/ },
  ];

  it.each(situations)('$why', async ({ spoil, told }) => {
    const root = folderOf({ ...storage, 'app/src/index.ts': "import { putJson } from '@acme/storage';" });
    await writeFacts(root, 'storage');
    spoil(factsOf(root, 'storage'), root);
    await expect(check({ root: join(root, 'app'), from: [factsOf(root, 'storage')] })).rejects.toThrow(told);
    await expect(check({ root: join(root, 'app'), from: [factsOf(root, 'storage')] })).rejects.toBeInstanceOf(Obstacle);
  });
});

it.each(['facts.json', 'out/s3.json', '.s3lint/facts.json', 'storage/.s3lint/facts.json'])('facts of another folder, written to %s, are understood from there', async (output) => {
  const root = folderOf({ ...storage, 'app/src/albums.ts': "import { putJson } from '@acme/storage';\nexport const set = (value) => putJson('settings.json', value);" });
  const said: string[] = [];
  expect(await run(['facts', join(root, 'storage'), '-o', join(root, output)], { out: (text) => said.push(text), error: (text) => said.push(text), isWatched: false })).toBe(0);
  expect(said.join('')).toBe('');
  const { report, facts } = await check({ root: join(root, 'app'), from: [join(root, output)] });
  expect(told(report.results, root)).toEqual(['app/src/albums.ts:2 s3/no-blind-overwrite']);
  expect(Object.keys(facts.modules)).toContain('../storage/src/json.ts');
});
