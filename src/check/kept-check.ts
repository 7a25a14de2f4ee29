import { join, resolve } from 'node:path';

import { sourceTree, type ListedTree } from '../project/source-tree.js';
import type { FileResult, Report } from '../report/report.js';
import { checkTree, type Check, type CheckOptions } from './check.js';
import { describedRules } from './described-rules.js';
import { keptAnswers } from './kept-answers.js';
import { questionOf } from './read-project.js';
import { tool } from './tool.js';

/** What of a check is not known without it. */
interface KeptCheck extends Pick<Check, 'facts' | 'stats'> {
  /** Without texts, which stand in the project, and with paths from its root. */
  readonly results: readonly FileResult[];
  readonly warnings: Report['warnings'];
}

/**
 * Checks a project, or takes the last check for the answer where nothing that it read has changed since. What looks at a part
 * of the project, or mends it, takes the last facts, and runs the rules anew.
 *
 * @param options as for `check`
 * @returns as `check` does
 * @throws {Obstacle} as `check` does
 */
export async function keptCheck(options: CheckOptions): Promise<Check> {
  const { paths = [], rules = 'recommended', fix = false, from = [], changedSince } = options;
  const started = performance.now();
  const tree = sourceTree(resolve(options.root ?? '.'));
  const answers = keptAnswers(tree);
  if (paths.length > 0 || rules === 'eslint.config' || fix || changedSince !== undefined) return checkTree(tree, options, answers);
  const question = questionOf('check', from, rules, options.facts ?? true);
  const kept = answers.get(question) as KeptCheck | null;
  if (kept) return revived(kept, tree, rules, performance.now() - started);
  const made = await checkTree(tree, options, answers);
  answers.keep(question, keptPartOf(made));
  return made;
}

const keptPartOf = ({ report: { results, warnings }, facts, stats, tree }: Check): KeptCheck => ({
  facts,
  stats,
  warnings,
  results: results.map((result) => ({ ...withoutText(result), filePath: result.filePath.slice(tree.root.length + 1) })),
});

const withoutText = (result: FileResult): FileResult => Object.fromEntries(Object.entries(result).filter(([name]) => name !== 'source')) as unknown as FileResult;

function revived({ facts, stats, results, warnings }: KeptCheck, tree: ListedTree, rules: 'recommended' | 'strict', took: number): Check {
  return {
    report: {
      root: tree.root,
      results: results.map((result) => {
        const source = tree.read(result.filePath);
        return { ...result, filePath: join(tree.root, result.filePath), ...(source === null ? {} : { source }) };
      }),
      rules: describedRules(rules),
      warnings,
      tool,
    },
    facts,
    tree,
    stats: { ...stats, factsTook: took, rulesTook: 0 },
  };
}
