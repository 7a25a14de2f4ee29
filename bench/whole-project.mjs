// Time and memory of s3lint on a project, beside ESLint's bare parse of the same files in the same run.
// usage: node bench/whole-project.mjs DIR   (after `npm run build`)
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(process.argv[2] ?? '.');
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 's3lint-bench-'));

/** What every child tells at its end. */
const telling = "process.on('exit', () => process.stderr.write(`\\n@${process.resourceUsage().maxRSS}`));";

const bare = join(folder, 'bare.mjs');
writeFileSync(
  bare,
  `${telling}
const { sourceTree } = await import(${JSON.stringify(pathToFileURL(at('build/project/source-tree.js')).href)});
const { Linter } = await import(${JSON.stringify(import.meta.resolve('eslint'))});
const { createRequire } = await import('node:module');
const parser = createRequire(${JSON.stringify(at('package.json'))})('@typescript-eslint/parser');
const tree = sourceTree(${JSON.stringify(root)});
const linter = new Linter({ configType: 'flat', cwd: ${JSON.stringify(root)} });
let files = 0;
for (const file of tree.files) {
  if (!/\\.[cm]?[jt]sx?$/.test(file)) continue;
  const text = tree.read(file);
  if (text === null) continue;
  files++;
  const parserOptions = { ecmaFeatures: { jsx: !/\\.[mc]?ts$/.test(file) } };
  linter.verify(text, [{ files: ['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'], languageOptions: { parser, parserOptions } }], { filename: file, allowInlineConfig: false });
}
console.log(files);
`,
);
const told = join(folder, 'told.mjs');
writeFileSync(told, telling);

function run(name, args) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  const took = performance.now() - started;
  if (status !== 0 && status !== 1) throw new Error(`${name}: exit ${status}: ${stderr}`);
  return { took, memory: Number(stderr.slice(stderr.lastIndexOf('@') + 1)) / 1024, stdout };
}

const s3lint = (...args) => ['--import', pathToFileURL(told).href, at('dist/cli/s3lint.js'), '--format', `json=${join(folder, 'out.json')}`, ...args];
const parse = run('bare parse', [bare]);
const files = Number(parse.stdout);
const say = (name, { took, memory }) => console.log(`${name.padEnd(34)} ${(took / 1000).toFixed(2).padStart(7)} s ${(took / parse.took).toFixed(3).padStart(7)} × ${memory.toFixed(0).padStart(6)} MiB`);
console.log(`${root}: ${files} code files`);
say('ESLint, parser only', parse);
say('s3lint, nothing kept', run('cold', s3lint('--no-cache')));
run('warm-up', s3lint());
say('s3lint, nothing changed', run('kept', s3lint()));
const factsArguments = ['--import', pathToFileURL(told).href, at('dist/cli/s3lint.js'), 'facts', '-o', join(folder, 'facts.json')];
for (const [name, flags] of [['facts, nothing kept', ['--no-cache']], ['facts, nothing changed', []]]) {
  const facts = run(name, [...factsArguments, ...flags]);
  say(`s3lint ${name}`, facts);
  console.log(`  for each 1,000 files: ${(facts.took / files).toFixed(2)} s, ${((1000 * facts.memory) / files).toFixed(0)} MiB`);
}
rmSync(folder, { recursive: true, force: true });
