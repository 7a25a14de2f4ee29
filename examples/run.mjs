// Shows what the plugin finds in examples/unsafe-app, and how much of it --fix mends; then what only a look at all packages
// of examples/monorepo shows. No file is changed.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { analyze } from 'eslint-plugin-s3/analyzer';

const root = fileURLToPath(new URL('..', import.meta.url));
const cwd = path.join(root, 'examples', 'unsafe-app');

try {
  await main();
} catch (error) {
  console.error(`The example could not be linted: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

async function main() {
  const eslint = new ESLint({ cwd });
  const results = await lint(eslint);
  const found = findings(results);
  if (found.length === 0) throw new Error('no findings, but the app is full of them. Is the plugin built?');

  const formatter = await eslint.loadFormatter('stylish');
  console.log(await formatter.format(results));
  console.log(`Findings per rule: ${perRule(found)}.`);

  const left = findings(await lint(new ESLint({ cwd, fix: true })));
  console.log(`With --fix: ${found.length - left.length} of ${found.length} mended, ${left.length} left for you.\n`);

  console.log('And what `npx s3lint` finds in examples/monorepo, where the wrapper, its caller and the bucket are in different packages:');
  const { report } = await analyze({ root: path.join(root, 'examples', 'monorepo') });
  if (findings(report.results).length === 0) throw new Error('no findings in examples/monorepo, but it has some.');
  console.log(await formatter.format(report.results.map(fromRoot)));
}

/** Lints the app, with paths relative to the root. Throws when ESLint could not do its work. */
async function lint(eslint) {
  const results = await eslint.lintFiles(['src']);
  const shown = results.map(fromRoot);
  for (const { filePath, messages } of shown) {
    const broken = messages.find(({ fatal, ruleId }) => fatal || ruleId === null);
    if (broken) throw new Error(`${filePath}:${broken.line ?? 0}: ${broken.message}`);
  }
  return shown;
}

function fromRoot(result) {
  return { ...result, filePath: path.relative(root, result.filePath) };
}

function findings(results) {
  return results.flatMap(({ messages }) => messages);
}

function perRule(messages) {
  const counts = new Map();
  for (const { ruleId } of messages) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([rule, count]) => `${rule} ${count}`).join(', ');
}
