import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { hashOf } from '../project/code-facts.js';
import type { FileState } from '../project/list-files.js';
import { sourceTree, type ListedTree } from '../project/source-tree.js';
import { check, type Check, type CheckOptions } from './check.js';
import type { FileResult } from '../report/report.js';
import { describedRules, tool } from './described-rules.js';

/** A check that is kept for the next run, and what it was made of. */
interface Kept {
  /** The version and the options that it was made with. */
  readonly question: string;
  /** The SDKs that were installed: what they send decides what is advised. */
  readonly sdks: readonly string[];
  /** Every file of the project; for those that were read, what they were. */
  readonly files: Readonly<Record<string, (FileState & { readonly hash: string | null }) | null>>;
  readonly check: Pick<Check, 'facts' | 'stats'> & { readonly results: Check['report']['results']; readonly warnings: Check['report']['warnings'] };
}

/**
 * Checks a project, or takes the last check for the answer where nothing that it read has changed since: by time and
 * length, and where those differ by content, so that a fresh clone with a cache of another one is as good.
 *
 * @param options as for `check`; what looks at a part of the project, or mends it, is always made anew
 * @returns as `check` does
 * @throws {Obstacle} as `check` does
 */
export async function keptCheck(options: CheckOptions): Promise<Check> {
  const { paths = [], rules = 'recommended', fix = false, from = [], changedSince } = options;
  if (paths.length > 0 || rules === 'eslint.config' || fix || changedSince !== undefined) return check(options);
  const root = resolve(options.root ?? '.');
  const question = JSON.stringify([tool.version, process.version, rules, options.facts ?? true, from.map((file) => (existsSync(file) ? hashOf(readFileSync(file, 'utf8')) : file))]);
  const file = keptFile(root);
  const kept = read(file);
  if (kept?.question === question) {
    const started = performance.now();
    const tree = sourceTree(root);
    if (isUnchanged(kept, tree)) return revived(kept, tree, rules, performance.now() - started);
  }
  const made = await check(options);
  keep(file, question, made);
  return made;
}

/** Beside what other tools keep; in the user's own cache where the project has no place for that. */
function keptFile(root: string): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const folder = existsSync(join(root, 'node_modules')) ? join(root, 'node_modules', '.cache', 's3lint') : join(cache, 's3lint', hashOf(root).slice(0, 16));
  return join(folder, 'check.json');
}

/** The version of the SDK that each package of the project has. */
const sdksOf = ({ root, files }: ListedTree): readonly string[] =>
  files.filter((file) => /(?:^|\/)package\.json$/.test(file)).flatMap((file) => {
    const manifest = join(root, dirname(file), 'node_modules', '@aws-sdk', 'client-s3', 'package.json');
    return existsSync(manifest) ? hashOf(readFileSync(manifest, 'utf8')) : [];
  });

function read(file: string): Kept | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Kept;
  } catch {
    return null;
  }
}

function isUnchanged({ files, sdks }: Kept, tree: ListedTree): boolean {
  if (Object.keys(files).length !== tree.files.length || sdks.join() !== sdksOf(tree).join()) return false;
  return tree.files.every((path) => {
    const before = files[path];
    if (before === undefined) return false;
    const now = tree.states.get(path);
    // What could not be read may be readable now, and looks the same from outside.
    if (before === null || (before.hash !== null && before.size === now?.size && before.modified === now.modified)) return true;
    return before.size === now?.size && before.hash === textHash(tree.read(path));
  });
}

const textHash = (text: string | null): string | null => (text === null ? null : hashOf(text));

function revived({ check: { facts, stats, results, warnings } }: Kept, tree: ListedTree, rules: 'recommended' | 'strict', took: number): Check {
  return {
    report: {
      root: tree.root,
      results: results.map((result) => {
        const filePath = join(tree.root, result.filePath);
        const source = tree.read(result.filePath);
        return { ...result, filePath, ...(source === null ? {} : { source }) };
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

/** The texts stand in the project. */
const withoutText = (result: FileResult): FileResult => Object.fromEntries(Object.entries(result).filter(([name]) => name !== 'source')) as unknown as FileResult;

/** What cannot be kept is made again: a full disk is no reason to fail. */
function keep(file: string, question: string, { report, facts, stats, tree }: Check): void {
  const texts = tree.texts();
  const stateOf = (path: string): Kept['files'][string] => {
    const state = tree.states.get(path);
    return state && texts.has(path) ? { ...state, hash: textHash(texts.get(path) ?? null) } : null;
  };
  const kept: Kept = {
    question,
    sdks: sdksOf(tree),
    files: Object.fromEntries(tree.files.map((path) => [path, stateOf(path)])),
    check: { facts, stats, warnings: report.warnings, results: report.results.map((result) => ({ ...withoutText(result), filePath: result.filePath.slice(tree.root.length + 1) })) },
  };
  const draft = `${file}.${String(process.pid)}`;
  const isKept = attempt(() => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, JSON.stringify(kept));
    renameSync(draft, file);
  });
  if (!isKept) attempt(() => rmSync(draft, { force: true }));
}

function attempt(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
