/**
 * Does the package work as users get it: packed, installed from the registry's neighbours, on every ESLint?
 *
 *   node scripts/packed.mjs [eslint versions…]      default: 9 10      e.g. node scripts/packed.mjs 8.57 10.15
 *
 * The tests import from the source folder and so cannot see a file that is missing from the tarball, a dependency
 * that only the developer has, or a rule that needs a newer ESLint. This script packs the project, installs the
 * tarball beside each ESLint in a temporary folder, and there lints and fixes a copy of examples/unsafe-app.
 * It needs the npm registry. One line a version; exit 1 and a sentence for each thing that is wrong.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const EXAMPLE = join(ROOT, 'examples', 'unsafe-app');

/** Written out, not read from the package: a rule that got lost on the way must be missed. */
const RULES = [
  'no-blind-overwrite',
  'no-cached-etag',
  'no-check-then-delete',
  'no-check-then-write',
  'no-computed-etag',
  'no-concurrent-writes-to-same-key',
  'no-conflict-message-matching',
  'no-dead-conflict-check',
  'no-lost-update',
  'no-optional-precondition',
  'no-stale-retry',
  'no-swallowed-conflict',
  'no-terminal-conflict-retry',
  'no-unbounded-conflict-retry',
  'no-unconditional-fallback',
  'no-unrelated-etag',
  'require-multipart-cleanup',
  'require-version-id-on-delete',
  'valid-precondition',
];

/** Rules of `strict` alone, which the example does not turn on. */
const STRICT_RULES = ['no-governance-bypass', 'prefer-etag-precondition', 'require-conflict-backoff', 'require-conflict-handling', 'require-version-id-on-read'];

/** What loading the plugin must not load: each costs an editor more than all rules together. */
const HEAVY = ['typescript', 'ts-morph', '@typescript-eslint/parser'];

/** Used only where the example brings no eslint.config of its own. */
const CONFIG = `import parser from '@typescript-eslint/parser';
import s3 from 'eslint-plugin-s3';

export default [
  s3.configs.recommended,
  {
    files: ['**/*.{js,mjs,cjs,ts,mts,cts}'],
    languageOptions: { parser },
    settings: { s3: { buckets: [{ name: '*', versioned: true }] } },
  },
];
`;

/** Something is wrong with the package; the message is all that the reader needs. */
class PackageProblem extends Error {}

/**
 * Runs a command to its end; gives back what it printed.
 * When it ends with a status not in `accepted`, throws with the sentence `failure` and what the command said.
 */
function run(folder, failure, [command, ...args], { env = {}, accepted = [0] } = {}) {
  const done = spawnSync(command, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    shell: process.platform === 'win32', // npm and npx are .cmd files there
  });
  if (done.error) throw new PackageProblem(`"${command}" could not be run: ${done.error.message}`);
  if (!accepted.includes(done.status)) {
    const said = `${done.stderr}\n${done.stdout}`.trim().slice(0, 2000);
    throw new PackageProblem(`${failure} ("${command}" ended with ${done.status ?? done.signal}):\n${said}`);
  }
  return done.stdout;
}

/** Packs the project (npm builds it first, by `prepack`) and gives back the path of the tarball. */
function pack(folder) {
  run(ROOT, 'The project cannot be packed', ['npm', 'pack', '--pack-destination', folder]);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new PackageProblem('"npm pack" left no tarball.');
  return join(folder, tarball);
}

/** The list is read from the tarball itself, not from what npm says it packed. */
function checkContents(tarball) {
  const files = run(dirname(tarball), 'The tarball cannot be read', ['tar', '-tzf', basename(tarball)])
    .trim()
    .split(/\r?\n/u)
    .map((path) => path.replace(/^package\//u, ''));
  const beside = ['README.md', 'LICENSE', 'CHANGELOG.md', 'package.json'];
  // s3lint prints the pages.
  const alien = files.filter((path) => !/^(?:dist|docs)\//u.test(path) && !beside.includes(path));
  if (alien.length > 0) throw new PackageProblem(`The tarball holds what users do not need: ${alien.join(', ')}.`);
  const missing = [...beside, 'dist/index.js', 'dist/index.d.ts', 'dist/analyzer.js', 'dist/analyzer.d.ts', 'dist/cli/s3lint.js', 'docs/rules/no-lost-update.md'].filter((path) => !files.includes(path));
  if (missing.length > 0) throw new PackageProblem(`The tarball lacks ${missing.join(', ')}.`);
  return files.length;
}

/** A project of a user: the example, this ESLint, the parser, and the plugin from the tarball. */
function install(folder, version, tarball) {
  mkdirSync(folder);
  const left = ['node_modules', 'package.json', 'package-lock.json']; // of the example; this project has its own
  cpSync(EXAMPLE, folder, { recursive: true, filter: (path) => !left.includes(basename(path)) });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'unsafe-app', private: true, type: 'module' }));
  if (!readdirSync(folder).some((name) => /^eslint\.config\.[cm]?[jt]s$/u.test(name))) {
    writeFileSync(join(folder, 'eslint.config.js'), CONFIG);
  }
  // Without --force or --legacy-peer-deps: a peer range that leaves this ESLint out stops the installation.
  const packages = [tarball, `eslint@${version}`, '@typescript-eslint/parser', 'typescript@~6.0'];
  const command = ['npm', 'install', '--no-audit', '--no-fund', '--loglevel=error', ...packages];
  run(folder, `The tarball cannot be installed beside eslint@${version}`, command);
  return JSON.parse(readFileSync(join(folder, 'node_modules', 'eslint', 'package.json'), 'utf8')).version;
}

/** Lints the project (1 is "there are findings"; 2, a crash, throws). */
function lint(folder, version, ...options) {
  const env = version.startsWith('8.') ? { ESLINT_USE_FLAT_CONFIG: 'true' } : {};
  // --no: the ESLint of this project, or none; never one that npx fetches.
  const command = ['npx', '--no', '--', 'eslint', '.', '--format', 'json', ...options];
  const results = JSON.parse(run(folder, 'ESLint could not do its work', command, { env, accepted: [0, 1] }));
  for (const { filePath, messages } of results) {
    const fatal = messages.find((message) => message.fatal);
    if (fatal) {
      const place = `${relative(folder, filePath)}:${fatal.line ?? 1}`;
      throw new PackageProblem(`${place} cannot be linted${options.includes('--fix') ? ' after --fix' : ''}: ${fatal.message}`);
    }
  }
  return results;
}

/** How often each rule reported. Throws when one of them never did. */
function countByRule(results) {
  const counts = Object.fromEntries(RULES.map((rule) => [rule, 0]));
  for (const { ruleId } of results.flatMap((result) => result.messages)) {
    const rule = ruleId?.replace(/^s3\//u, '');
    if (rule in counts) counts[rule] += 1;
  }
  const silent = RULES.filter((rule) => counts[rule] === 0);
  if (silent.length > 0) throw new PackageProblem(`No report at all in examples/unsafe-app of ${silent.join(', ')}.`);
  return counts;
}

/** Path → text of the files of the project that ESLint might have changed. */
function snapshot(folder, texts = new Map()) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'node_modules') snapshot(path, texts);
    else if (entry.isFile()) texts.set(path, readFileSync(path, 'utf8'));
  }
  return texts;
}

/** Fixes the project twice. Gives back how many conditions the first run wrote; the second must find nothing to do. */
function checkFix(folder, version) {
  const before = snapshot(folder);
  lint(folder, version, '--fix');
  const once = snapshot(folder);
  lint(folder, version, '--fix');
  const twice = snapshot(folder);

  const changed = [...twice].filter(([path, text]) => once.get(path) !== text).map(([path]) => relative(folder, path));
  if (changed.length > 0) throw new PackageProblem(`A second --fix changes ${changed.join(', ')} again.`);

  const inserted = {};
  for (const property of ['IfMatch', 'IfNoneMatch']) {
    const count = (texts) => [...texts.values()].join('\n').match(new RegExp(`\\b${property}\\b`, 'gu'))?.length ?? 0;
    inserted[property] = count(once) - count(before);
    if (inserted[property] <= 0) throw new PackageProblem(`--fix inserted no ${property} in examples/unsafe-app.`);
  }
  return inserted;
}

/**
 * The files that a fresh process runs when it imports `specifiers`, and the names of the plugin's rules.
 *
 * V8 is asked, not Node: with NODE_V8_COVERAGE it lists every script that it ran. So it is all one whether a file
 * came by `import`, `require`, `import()` or `createRequire`, in this thread or another. `require.cache` knows no ES
 * modules; the hooks of `module.register` miss most of what CommonJS modules require of one another; and
 * `module.registerHooks`, which sees both, is not there on Node 20.
 */
function load(folder, specifiers) {
  const coverage = mkdtempSync(join(folder, 'node_modules', '.coverage-'));
  const script = join(coverage, 'load.mjs');
  writeFileSync(
    script,
    `const { default: plugin } = await import('eslint-plugin-s3');
    for (const specifier of ${JSON.stringify(specifiers)}) await import(specifier);
    console.log(JSON.stringify(Object.keys(plugin.rules)));`,
  );
  const env = { NODE_V8_COVERAGE: coverage };
  const rules = JSON.parse(run(folder, 'The installed plugin cannot be imported', [process.execPath, script], { env }));
  const files = readdirSync(coverage)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => JSON.parse(readFileSync(join(coverage, name), 'utf8')).result)
    .map(({ url }) => url)
    .filter((url) => url.startsWith('file:') && !url.endsWith('/load.mjs'));
  return { rules, files };
}

const packagesAmong = (names, files) => names.filter((name) => files.some((url) => url.includes(`/node_modules/${name}/`)));

/** Gives back how many files loading the plugin loads. */
function checkLoad(folder) {
  const { rules, files } = load(folder, []);
  const listed = [...RULES, ...STRICT_RULES];
  const different = [...listed.filter((rule) => !rules.includes(rule)), ...rules.filter((rule) => !listed.includes(rule))];
  if (different.length > 0) {
    throw new PackageProblem(`The packed plugin and RULES in scripts/packed.mjs do not agree on ${different.join(', ')}.`);
  }
  const heavy = packagesAmong(HEAVY, files);
  if (heavy.length > 0) throw new PackageProblem(`Importing the plugin loads ${heavy.join(' and ')}.`);

  // Would it have been seen? The plugin is an ES module, the parser is imported CommonJS, and it requires typescript.
  const control = ['eslint-plugin-s3', '@typescript-eslint/parser', 'typescript'];
  const { files: known } = load(folder, ['@typescript-eslint/parser']);
  const unseen = control.filter((name) => !packagesAmong([name], known).length);
  if (unseen.length > 0) throw new PackageProblem(`The check of what is loaded is blind: it does not see ${unseen.join(', ')}.`);
  return files.length;
}

/** Gives back how many findings the installed s3lint has in the example, which it also explains. */
function checkAnalyzer(folder) {
  const s3lint = [process.execPath, join('node_modules', 'eslint-plugin-s3', 'dist', 'cli', 's3lint.js')];
  const page = run(folder, 'The installed s3lint cannot explain a rule', [...s3lint, 'explain', 'no-lost-update']);
  if (!page.includes('WHAT IT FINDS')) throw new PackageProblem('The installed s3lint does not find the page of a rule.');
  const results = JSON.parse(run(folder, 'The installed s3lint cannot check the example', [...s3lint, '--no-cache', '--format', 'json'], { accepted: [1] }));
  const found = results.flatMap(({ messages }) => messages).length;
  if (found === 0) throw new PackageProblem('The installed s3lint finds nothing in the example.');
  return found;
}

/** Everything for one ESLint. Gives back its line. */
function check(folder, version, tarball) {
  const installed = install(folder, version, tarball);
  const modules = checkLoad(folder);
  const counts = countByRule(lint(folder, installed));
  const found = checkAnalyzer(folder);
  const inserted = checkFix(folder, installed);
  return [
    `ESLint ${installed}: ${RULES.map((rule) => `${rule} ${counts[rule]}`).join(', ')}`,
    `s3lint ${found}`,
    `--fix wrote ${inserted.IfMatch} IfMatch and ${inserted.IfNoneMatch} IfNoneMatch, again: nothing`,
    `importing it loads ${modules} files, none of ${HEAVY.join(', ')}`,
  ].join('; ');
}

/**
 * Gives back what `work` gives back. A problem of the package is printed and makes the exit code 1, and the next
 * piece of work goes on; anything else is a bug of this script and is thrown.
 */
function attempt(label, work) {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof PackageProblem)) throw error;
    console.error(`${label}: ${error.message}`);
    process.exitCode = 1;
    return undefined;
  }
}

const versions = process.argv.length > 2 ? process.argv.slice(2) : ['9', '10'];
const odd = versions.find((version) => !/^\d+(\.\d+){0,2}$/u.test(version));
if (odd !== undefined) {
  console.error(`"${odd}" is no ESLint version; write e.g. node scripts/packed.mjs 8.57 9 10`);
  process.exit(1);
}
if (!existsSync(EXAMPLE)) {
  console.error('There is no examples/unsafe-app to lint.');
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 's3-packed-'));
try {
  const tarball = attempt('npm pack', () => pack(folder));
  if (tarball) {
    attempt('tarball', () => {
      console.log(`${basename(tarball)}: ${checkContents(tarball)} files, dist and what belongs beside it`);
    });
    for (const version of versions) {
      attempt(`ESLint ${version}`, () => {
        console.log(check(join(folder, `eslint-${version}`), version, tarball));
      });
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
