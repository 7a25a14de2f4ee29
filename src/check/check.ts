import { join, relative, resolve, sep } from 'node:path';

import type { Facts } from '../facts/facts.js';
import type { ProjectFinding, Warning } from '../facts/project-finding.js';
import { byPath } from '../project/by-path.js';
import { isTest } from '../project/code-facts.js';
import { changedFiles } from '../project/changed-files.js';
import { sourceTree, type ListedTree, type SourceTree } from '../project/source-tree.js';
import type { FileResult, Message, Report } from '../report/report.js';
import { describedRules } from './described-rules.js';
import { resultOf } from './file-result.js';
import { Obstacle } from './obstacle.js';
import type { KeptAnswers } from './kept-answers.js';
import type { Linted } from './lint.js';
import type { ProjectFacts } from './project-facts.js';
import { projectRules } from './project-rules.js';
import { hasToBeChecked, hasToBeRead, readProject } from './read-project.js';
import { tool } from './tool.js';

export interface CheckOptions {
  /** The folder of the project; the working directory where it is left out. */
  readonly root?: string;
  /** Only findings in these files and folders; facts are of the whole project all the same. */
  readonly paths?: readonly string[];
  /** Which rules run; `eslint.config` for those that the project's own configuration turns on. */
  readonly rules?: 'recommended' | 'strict' | 'eslint.config';
  /** Whether the results hold texts with the fixes applied. Nothing is written. */
  readonly fix?: boolean;
  /** Whether the project is looked at as a whole; otherwise each file by itself. */
  readonly facts?: boolean;
  /** Facts of packages that this one builds on, from the working directory. */
  readonly from?: readonly string[];
  /** Only findings in files that differ from where the work left this commit; `null` for the main branch. */
  readonly changedSince?: string | null;
  /** Told what is being done, and how much of it is done: for people who wait. */
  readonly onProgress?: (step: string, done: number, of: number) => void;
}

export interface Check {
  readonly report: Report;
  readonly facts: Facts;
  readonly stats: Stats;
  /** The project as it was read. */
  readonly tree: ListedTree;
}

/** What was read, and how long it took. */
export interface Stats {
  readonly files: number;
  /** Those that touch S3, themselves or by what they import. */
  readonly checked: number;
  readonly buckets: number;
  readonly wrappers: number;
  readonly writers: number;
  /** Milliseconds. */
  readonly factsTook: number;
  readonly rulesTook: number;
}

/**
 * Checks a project.
 *
 * @param options what to check, and how
 * @returns what was found, and what is known of the project
 * @throws {Obstacle} when nothing can be read, facts of other packages are missing or outdated, or git knows no such base
 */
export async function check(options: CheckOptions = {}): Promise<Check> {
  return checkTree(sourceTree(resolve(options.root ?? '.')), options, null);
}

/**
 * @param tree the project
 * @param options as for `check`; `root` is that of the tree
 * @param kept what is known of the project from the last run; null to read it anew
 * @returns as `check` does
 */
export async function checkTree(tree: ListedTree, options: CheckOptions, kept: KeptAnswers | null): Promise<Check> {
  const { root } = tree;
  const { paths = [], rules = 'recommended', fix = false, onProgress = () => undefined } = options;
  const isNamed = within(paths);
  const isChanged = changedSince(root, options.changedSince);
  const isWanted = (file: string): boolean => isNamed(file) && isChanged(file);
  const started = performance.now();
  const { parsed, project } = await readProject(tree, options.from ?? [], kept, onProgress);
  const read = performance.now();
  hasToBeRead(tree.files.filter((file) => isNamed(join(root, file))), project);
  const facts = options.facts === false ? null : project.facts;
  const files = project.files.filter((file) => isWanted(join(root, file)));
  const given = facts === null ? [] : project.findings.map((finding) => seenFromChange(finding, (file) => isWanted(join(root, file))));
  // ESLint is loaded where there is something to check.
  const linted: Linted =
    files.length === 0
      ? { results: [], warnings: [] }
      : rules === 'eslint.config'
        ? await (await import('./lint-as-configured.js')).lintAsConfigured(files, project.files, tree, facts, fix)
        : (await import('./lint.js')).lint(files, tree, await parsed(), facts, given, { config: rules, fix, onProgress });
  // What fails while a project is read fails the rules too: they say what follows for the file.
  const warnings = [...project.warnings.filter(({ file }) => linted.warnings.every((later) => later.file !== file)), ...linted.warnings];
  if (files.length > 0 && linted.results.length === 0) hasToBeChecked(project.files.filter((file) => isNamed(join(root, file))), { ...project, warnings });
  const results = merged([...linted.results, ...resultsOf(given, new Set(rules === 'eslint.config' ? [] : files), tree)]).filter(({ filePath }) => isWanted(filePath));
  return {
    report: {
      root,
      results: withRelated(results, given, root).sort((one, other) => byPath(one.filePath, other.filePath)),
      rules: describedRules(rules === 'strict' ? 'strict' : 'recommended'),
      warnings: [...warnings, ...unlisted(paths, tree)],
      tool,
    },
    facts: project.facts,
    tree,
    stats: statsOf(tree, files.length, project, { factsTook: read - started, rulesTook: performance.now() - read }),
  };
}

/** Whether a file is in one of the paths; without any, every file is. */
function within(paths: readonly string[]): (file: string) => boolean {
  const whole = paths.map((path) => resolve(path));
  return (file) => whole.length === 0 || whole.some((path) => file === path || file.startsWith(path.endsWith(sep) ? path : `${path}${sep}`));
}

/** Paths that name nothing of what is read: who gave them is told, as nothing can be found there. */
const unlisted = (paths: readonly string[], { root, files }: SourceTree): readonly Warning[] =>
  paths
    .filter((path) => !files.some((file) => !isTest(file) && within([path])(join(root, file))))
    .map((path) => ({
      file: relative(root, resolve(path)).split(sep).join('/') || '.',
      line: null,
      message: files.some((file) => within([path])(join(root, file))) ? 'Tests are not checked: what they write, nobody else does.' : 'Nothing here is read: git ignores it, it is empty, or it is what nobody writes by hand.',
    }));

function changedSince(root: string, base: string | null | undefined): (file: string) => boolean {
  if (base === undefined) return () => true;
  const changed = changedFiles(root, base);
  if ('message' in changed) throw new Obstacle(changed.message);
  const paths = new Set([...changed].map((file) => join(root, file)));
  return (file) => paths.has(file);
}

/** A finding of several places is told at one that is asked for, where the first is not: the second writer of a key came with this change. */
function seenFromChange(finding: ProjectFinding, isWanted: (file: string) => boolean): ProjectFinding {
  const { at, related, rule } = finding;
  const other = rule === 'multiple-writers' && !isWanted(at.file) ? related.find(({ file }) => isWanted(file)) : undefined;
  if (!other) return finding;
  const { message, ...place } = other;
  return { ...finding, at: place, related: [{ ...at, message }, ...related.filter((one) => one !== other)] };
}

/** Results of files that no rule runs on: templates, workflows, Terraform. */
function resultsOf(findings: readonly ProjectFinding[], linted: ReadonlySet<string>, { root, read }: SourceTree): readonly FileResult[] {
  const byFile = new Map<string, Message[]>();
  for (const { rule, messageId, message, at, related } of findings) {
    if (linted.has(at.file)) continue;
    const severity = projectRules[rule].severity === 'error' ? 2 : 1;
    const found: Message = { ruleId: `s3/${rule}`, severity, message, messageId, line: at.line, column: at.column, endLine: at.endLine, endColumn: at.endColumn, related };
    byFile.set(at.file, [...(byFile.get(at.file) ?? []), found]);
  }
  return [...byFile].map(([path, messages]) => {
    const source = read(path);
    return { ...resultOf(join(root, path), messages, []), ...(source === null ? {} : { source }) };
  });
}

/** One result for each file, whoever found what is in it. */
function merged(results: readonly FileResult[]): readonly FileResult[] {
  const byFile = new Map<string, FileResult>();
  for (const result of results) {
    const before = byFile.get(result.filePath);
    const messages = [...(before?.messages ?? []), ...result.messages].sort((one, other) => one.line - other.line || one.column - other.column);
    byFile.set(result.filePath, before ? { ...before, ...resultOf(result.filePath, messages, before.suppressedMessages) } : result);
  }
  return [...byFile.values()];
}

/** Findings of the project that a rule has told again in code lead to their other places still. */
function withRelated(results: readonly FileResult[], findings: readonly ProjectFinding[], root: string): FileResult[] {
  return results.map((result) => ({
    ...result,
    messages: result.messages.map((message): Message => {
      if (message.related) return message;
      const found = findings.find(({ rule, at }) => message.ruleId === `s3/${rule}` && result.filePath === join(root, at.file) && message.line === at.line && message.column === at.column);
      return found ? { ...message, messageId: found.messageId, related: found.related } : message;
    }),
  }));
}

const statsOf = (tree: SourceTree, checked: number, { facts }: ProjectFacts, took: Pick<Stats, 'factsTook' | 'rulesTook'>): Stats => ({
  files: tree.files.length,
  checked,
  buckets: facts.buckets.length,
  wrappers: facts.wrappers.length,
  writers: facts.writers.length,
  ...took,
});
