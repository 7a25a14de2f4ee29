import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ESLint, type Linter } from 'eslint';

import type { Facts } from '../facts/facts.js';
import type { Warning } from '../facts/project-finding.js';
import type { SourceTree } from '../project/source-tree.js';
import type { FileResult } from '../report/report.js';
import { resultOf } from './file-result.js';
import { Obstacle } from './obstacle.js';
import { failureIn, type Linted } from './lint.js';

/**
 * Runs the project's own ESLint configuration over files, with what is known of the project.
 *
 * Its plugin may be another copy of this package, so the facts go there as a file, as they do in an editor.
 *
 * @param files their paths, relative to the root; at least one
 * @param touching all files of the project that touch S3: the rules have to be on for one of them, if not for one of `files`
 * @param tree the project
 * @param facts what is known of it; null to look at each file by itself
 * @param fix whether the results hold fixed texts
 * @returns a result for each file that the configuration does not ignore, with the messages of this plugin's rules alone
 * @throws {Obstacle} when the configuration cannot be loaded, or turns none of the rules on
 */
export async function lintAsConfigured(files: readonly string[], touching: readonly string[], tree: SourceTree, facts: Facts | null, fix: boolean): Promise<Linted> {
  const { root } = tree;
  const folder = mkdtempSync(join(tmpdir(), 's3lint-'));
  try {
    // Paths in facts are relative to the folder above `.s3lint`, or to their own: they are told from the root here.
    const file = join(folder, 'facts.json');
    if (facts) writeFileSync(file, JSON.stringify({ ...facts, root }));
    const eslint = new ESLint({
      cwd: root,
      fix: fix && isOurs,
      errorOnUnmatchedPattern: false,
      warnIgnored: false,
      ...(facts ? { overrideConfig: { settings: { s3: { facts: file } } } } : {}),
      // Rules of others cost time, and may fail. ESLint 8 knows no such option and refuses it.
      ...(Number.parseInt(ESLint.version, 10) >= 9 ? { ruleFilter: isOurs } : {}),
    });
    if (!(await turnsOn(eslint, touching, root))) throw new Obstacle("The project's own ESLint configuration turns none of this plugin's rules on for code that touches S3. Add `s3.configs.recommended` to it, or run s3lint without --eslint-config.");
    const results: FileResult[] = [];
    const warnings: Warning[] = [];
    // One by one: a rule that fails on one file would lose all others.
    for (const path of files) {
      const linted = await eslint.lintFiles([join(root, path)]).catch((error: unknown) => {
        warnings.push(failureIn(path, error));
        return [];
      });
      for (const result of linted) {
        const broken = result.messages.find(({ fatal }) => fatal);
        if (broken) warnings.push(notLinted(path, broken));
        else results.push(ourPartOf(result, tree.read(path) ?? ''));
      }
    }
    return { results, warnings };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const isOurs = ({ ruleId }: { readonly ruleId: string | null }): boolean => ruleId?.startsWith('s3/') ?? false;

async function turnsOn(eslint: ESLint, touching: readonly string[], root: string): Promise<boolean> {
  for (const path of touching) {
    const config = (await configOf(eslint, join(root, path))) as { readonly rules?: Readonly<Record<string, unknown>> } | undefined;
    const isOn = ([ruleId, entry]: readonly [string, unknown]): boolean => isOurs({ ruleId }) && ![0, 'off'].includes((Array.isArray(entry) ? entry[0] : entry) as never);
    if (Object.entries(config?.rules ?? {}).some(isOn)) return true;
  }
  return false;
}

async function configOf(eslint: ESLint, path: string): Promise<unknown> {
  try {
    return await eslint.calculateConfigForFile(path);
  } catch (error) {
    throw new Obstacle(`The project's own ESLint configuration cannot be used (${error instanceof Error ? (error.message.split('\n')[0] ?? '').replace(/\.$/, '') : String(error)}). Mend it, or run s3lint without --eslint-config.`);
  }
}

/** Its parser is not the one that read the file here, or none for its language. */
const notLinted = (file: string, { line, message }: Linter.LintMessage): Warning => ({
  file,
  line,
  message: `It does not parse as the project's own ESLint configuration has it (${message.replace(/^Parsing error: /, '').replace(/\.$/, '')}), so its S3 calls are not checked.`,
});

const ourPartOf = ({ filePath, messages, suppressedMessages, output }: ESLint.LintResult, text: string): FileResult => ({
  ...resultOf(filePath, messages.filter(isOurs), suppressedMessages.filter(isOurs)),
  source: output ?? text,
  ...(output === undefined ? {} : { original: text, output }),
});
