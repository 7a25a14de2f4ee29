import { join, resolve, sep } from 'node:path';

import type { Facts } from '../facts/facts.js';
import type { ProjectFinding } from '../facts/project-finding.js';
import { byPath } from '../project/by-path.js';
import { changedFiles } from '../project/changed-files.js';
import { parsedFiles, type ParsedFiles } from '../project/parsed-files.js';
import { sourceTree, type SourceTree } from '../project/source-tree.js';
import type { FileResult, Message, Report } from '../report/report.js';
import { describedRules, tool } from './described-rules.js';
import { knownPackages, Obstacle } from './known-packages.js';
import { lint, resultOf } from './lint.js';
import { lintAsConfigured } from './lint-as-configured.js';
import { projectFacts, type ProjectFacts } from './project-facts.js';
import { projectRules } from './project-rules.js';

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
  const root = resolve(options.root ?? '.');
  const { paths = [], rules = 'recommended', fix = false, onProgress = () => undefined } = options;
  const isWanted = wantedBy(root, paths, options.changedSince);
  const started = performance.now();
  const { tree, parsed, project } = await readProject(root, options.from ?? [], onProgress);
  const read = performance.now();
  const alone = options.facts === false;
  const files = project.files.filter((file) => isWanted(join(root, file)));
  const given = alone ? [] : project.findings;
  const linted =
    rules === 'eslint.config'
      ? await lintAsConfigured(files, root, alone ? null : project.facts, fix)
      : files.length > 0
        ? lint(files, tree, await parsed(), alone ? null : project.facts, given, { config: rules, fix, onProgress })
        : [];
  const results = [...linted, ...resultsOf(given, new Set(files), tree)].filter(({ filePath }) => isWanted(filePath));
  return {
    report: {
      root,
      results: withRelated(results, given, root).sort((one, other) => byPath(one.filePath, other.filePath)),
      rules: describedRules(rules === 'strict' ? 'strict' : 'recommended'),
      warnings: project.warnings,
      tool,
    },
    facts: project.facts,
    stats: statsOf(tree, files.length, project, { factsTook: read - started, rulesTook: performance.now() - read }),
  };
}

/** What is known of a project, without any rule. */
export interface BuiltFacts {
  readonly facts: Facts;
  readonly warnings: Report['warnings'];
}

/**
 * @param options `root`: the folder of the project; `from`: facts of packages that it builds on
 * @returns the facts of the project, and what could not be read
 * @throws {Obstacle} as `check` does
 */
export async function buildFacts({ root = '.', from = [] }: Pick<CheckOptions, 'root' | 'from'> = {}): Promise<BuiltFacts> {
  const { project } = await readProject(resolve(root), from, () => undefined);
  return { facts: project.facts, warnings: project.warnings };
}

/** A project, read. */
export interface ReadProject {
  readonly tree: SourceTree;
  readonly parsed: () => Promise<ParsedFiles>;
  readonly project: ProjectFacts;
}

export async function readProject(root: string, from: readonly string[], onProgress: NonNullable<CheckOptions['onProgress']>): Promise<ReadProject> {
  const known = knownPackages(from, root);
  onProgress('reading', 0, 1);
  const tree = sourceTree(root);
  let files: Promise<ParsedFiles> | undefined;
  const parsed = (): Promise<ParsedFiles> => (files ??= parsedFiles(tree));
  const project = await projectFacts(tree, parsed, known);
  onProgress('reading', 1, 1);
  if (tree.files.length === 0) throw new Obstacle(`There is nothing to read in ${root}: name a folder that holds a project, or look at what git ignores there.`);
  const unread = new Set(project.warnings.map(({ file }) => file));
  if (tree.files.every((file) => unread.has(file))) throw new Obstacle(`Nothing in ${root} could be read: ${project.warnings[0]?.message ?? 'look at the permissions of its files'}`);
  return { tree, parsed, project };
}

/** Which findings are asked for: by path, and by change. */
function wantedBy(root: string, paths: readonly string[], changedSince: string | null | undefined): (file: string) => boolean {
  const whole = paths.map((path) => resolve(path));
  const changed = changedSince === undefined ? null : changedFiles(root, changedSince);
  if (changed && 'message' in changed) throw new Obstacle(changed.message);
  const changedPaths = changed && new Set([...changed].map((file) => join(root, file)));
  return (file) => (whole.length === 0 || whole.some((path) => file === path || file.startsWith(path.endsWith(sep) ? path : `${path}${sep}`))) && (changedPaths?.has(file) ?? true);
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
