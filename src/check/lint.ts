import { join } from 'node:path';

import { Linter, type Rule } from 'eslint';

import { modulePathOf } from '../calls/linked-source.js';
import { handOver } from '../facts/load-facts.js';
import type { ProjectFinding, Warning } from '../facts/project-finding.js';
import plugin from '../index.js';
import type { ParsedFiles } from '../project/parsed-files.js';
import type { SourceTree } from '../project/source-tree.js';
import type { Facts } from '../facts/facts.js';
import type { FileResult, Message } from '../report/report.js';
import { relatedNodesOf } from '../rule/related-nodes.js';
import { resultOf } from './file-result.js';
import { projectRules } from './project-rules.js';

/** Which rules run, and what fixes do. */
export interface LintOptions {
  readonly config: 'recommended' | 'strict';
  readonly fix: boolean;
  readonly onProgress: (step: string, done: number, of: number) => void;
}

/** What the rules say of files. */
export interface Linted {
  /** One for each file that the rules could be run on. */
  readonly results: readonly FileResult[];
  /** One for each file that they could not be run on. */
  readonly warnings: readonly Warning[];
}

/**
 * Runs the rules over files with all that is known of their project.
 *
 * @param files their paths in the tree
 * @param tree the project
 * @param parsed its code
 * @param facts what is known of it; null to look at each file by itself
 * @param findings what was found in the project as a whole: those in code can be disabled by comment like any other
 * @param options which rules, and whether to fix
 * @returns a result for each file, as ESLint gives it; a rule that fails loses the file that it fails on, and no other
 */
export function lint(files: readonly string[], tree: SourceTree, parsed: ParsedFiles, facts: Facts | null, findings: readonly ProjectFinding[], options: LintOptions): Linted {
  const linter = new Linter({ configType: 'flat', cwd: tree.root });
  const handed = join(tree.root, '.s3lint', 'handed-over.json');
  if (facts) handOver(handed, facts, tree.root);
  const config: Linter.Config = {
    files: ['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'],
    languageOptions: { parser: parsed.parser, sourceType: 'module' },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    plugins: { s3: { ...plugin, rules: { ...plugin.rules, ...presetRules(findings) } } },
    rules: { ...plugin.configs[options.config].rules, ...Object.fromEntries(Object.entries(projectRules).map(([name, { severity }]) => [`s3/${name}`, severity])) },
    settings: { s3: facts ? { facts: handed } : {} },
  };
  const check = (path: string): FileResult | null => {
    const text = tree.read(path);
    const file = parsed.at(path);
    if (text === null || 'message' in file) return null;
    const filename = join(tree.root, path);
    const jsx = { ...config, languageOptions: { ...config.languageOptions, parserOptions: { ecmaFeatures: { jsx: !/\.[mc]?ts$/.test(path) } } } };
    const fixed = options.fix ? linter.verifyAndFix(text, [jsx], { filename }) : null;
    const found = (fixed?.messages ?? linter.verify(file as never, [jsx], { filename })).filter(isOurs);
    const messages = found.map((message) => withRelated(message, path, linter.getSourceCode().ast));
    const suppressed = (linter as unknown as { getSuppressedMessages: () => Linter.SuppressedLintMessage[] }).getSuppressedMessages().filter(isOurs);
    return { ...resultOf(filename, messages, suppressed), source: fixed?.output ?? text, ...(fixed?.fixed ? { original: text, output: fixed.output } : {}) };
  };
  const results: FileResult[] = [];
  const warnings: Warning[] = [];
  for (const [index, path] of files.entries()) {
    options.onProgress('checking', index, files.length);
    try {
      const result = check(path);
      if (result) results.push(result);
    } catch (error) {
      warnings.push(failureIn(path, error));
    }
  }
  return { results, warnings };
}

/**
 * @param file relative to the root
 * @param error what a rule threw: ESLint adds the place and the rule to its message
 * @returns a warning that says what is not checked
 */
export function failureIn(file: string, error: unknown): Warning {
  const [reason = '', ...more] = (error instanceof Error ? error.message : String(error)).split('\n');
  const line = /^Occurred while linting .*:(\d+)$/m.exec(more.join('\n'))?.[1];
  const rule = /^Rule: "(.+)"$/m.exec(more.join('\n'))?.[1];
  const what = rule === undefined ? 'ESLint failed on this file' : `The rule ${rule} failed here, which is a mistake in it`;
  return { file, line: line === undefined ? null : Number(line), message: `${what} (${reason.replace(/\.$/, '')}), so no S3 call in this file is checked.` };
}

/** Comments of the project may speak of rules that do not run here. */
const isOurs = ({ ruleId }: Linter.LintMessage): boolean => ruleId?.startsWith('s3/') ?? false;

/** A message with the places that it speaks of. */
function withRelated(message: Linter.LintMessage, path: string, ast: object): Message {
  const told = relatedNodesOf(ast).find(({ rule, at }) => rule === message.ruleId && at.line === message.line && at.column === message.column - 1);
  if (!told) return message;
  const related = told.nodes.map(({ node, message: text }) => {
    const { start, end } = node.loc;
    return { file: modulePathOf(node) ?? path, line: start.line, column: start.column + 1, endLine: end.line, endColumn: end.column + 1, message: text };
  });
  return { ...message, related };
}

/** Rules that report what is found already. */
function presetRules(findings: readonly ProjectFinding[]): Record<string, Rule.RuleModule> {
  return Object.fromEntries(
    Object.keys(projectRules).map((name) => [
      name,
      {
        meta: { type: 'problem', schema: [] },
        create(context) {
          const found = findings.filter(({ rule, at }) => rule === name && context.filename === join(context.cwd, at.file));
          return {
            Program() {
              for (const { at, message } of found) {
                context.report({ loc: { start: { line: at.line, column: at.column - 1 }, end: { line: at.endLine, column: at.endColumn - 1 } }, message: message.replace(/\{\{/g, '{ {') });
              }
            },
          };
        },
      } satisfies Rule.RuleModule,
    ]),
  );
}
