import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ESLint } from 'eslint';

import type { Facts } from '../facts/facts.js';
import type { FileResult } from '../report/report.js';
import { Obstacle } from './known-packages.js';

/**
 * Runs the project's own ESLint configuration over files, with what is known of the project.
 *
 * Its plugin may be another copy of this package, so the facts go there as a file, as they do in an editor.
 *
 * @param files their paths, relative to the root
 * @param root the folder of the project
 * @param facts what is known of it; null to look at each file by itself
 * @param fix whether the results hold fixed texts
 * @returns a result for each file, with the messages of this plugin's rules alone
 * @throws {Obstacle} when the configuration cannot be loaded, or turns none of the rules on
 */
export async function lintAsConfigured(files: readonly string[], root: string, facts: Facts | null, fix: boolean): Promise<readonly FileResult[]> {
  if (files.length === 0) return [];
  const folder = mkdtempSync(join(tmpdir(), 's3lint-'));
  try {
    // Paths in facts are relative to the folder above `.s3lint`, or to their own: they are told from the root here.
    const file = join(folder, 'facts.json');
    if (facts) writeFileSync(file, JSON.stringify({ ...facts, root }));
    const eslint = new ESLint({ cwd: root, fix, errorOnUnmatchedPattern: false, warnIgnored: false, ...(facts ? { overrideConfig: { settings: { s3: { facts: file } } } } : {}) });
    const results = await eslint.lintFiles(files.map((path) => join(root, path)));
    const ours = ({ ruleId }: { readonly ruleId: string | null }): boolean => ruleId?.startsWith('s3/') ?? false;
    return results.map((result) => {
      const messages = result.messages.filter(ours);
      const count = (severity: 1 | 2): number => messages.filter((message) => message.severity === severity).length;
      return { ...result, messages, suppressedMessages: result.suppressedMessages.filter(ours), errorCount: count(2), warningCount: count(1), fatalErrorCount: 0, usedDeprecatedRules: [] } as unknown as FileResult;
    });
  } catch (error) {
    throw new Obstacle(`The project's own ESLint configuration cannot be used (${error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error)}). Mend it, or run s3lint without --eslint-config.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
