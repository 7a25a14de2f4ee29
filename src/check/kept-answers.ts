import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

import { factsVersion } from '../facts/facts.js';
import { foldersAbove, lockFilesIn } from '../facts/locked-sdk.js';
import { hashOf } from '../project/hash.js';
import type { FileState } from '../project/list-files.js';
import type { ListedTree } from '../project/source-tree.js';
import { tool } from './tool.js';

/** Answers about a project that are kept for the next run, and taken again where nothing that it read has changed since. */
export interface KeptAnswers {
  /** The answer to a question, as it was kept; null where there is none that still holds. */
  readonly get: (question: string) => unknown;
  /** Keeps an answer, which has to go through JSON as it is. What cannot be kept is made again: a full disk is no reason to fail. */
  readonly keep: (question: string, answer: unknown) => void;
}

/** What stands in the file. */
interface Kept {
  /** The versions of s3lint, of its facts, and of what runs it. */
  readonly by: string;
  /** The SDKs that were installed or locked: what they send decides what is advised. */
  readonly sdks: readonly string[];
  /** Every file of the project; for those that were read, what they were. */
  readonly files: Readonly<Record<string, (FileState & { readonly hash: string | null }) | null>>;
  readonly answers: Readonly<Record<string, unknown>>;
}

const by = `${tool.version} ${String(factsVersion)} ${process.version}`;

/**
 * A file is the same by time and length, and where those differ by content, so that a fresh clone with a cache of another one
 * is as good.
 *
 * @param tree the project
 * @returns what is kept of it
 */
export function keptAnswers(tree: ListedTree): KeptAnswers {
  const file = keptFile(tree.root);
  const sdks = sdksOf(tree);
  const before = read(file);
  const still = before?.by === by && before.sdks.join() === sdks.join() && isUnchanged(before.files, tree) ? before : null;
  const answers: Record<string, unknown> = { ...still?.answers };
  const stateOf = (path: string): Kept['files'][string] => {
    const [state, texts] = [tree.states.get(path), tree.texts()];
    return state && texts.has(path) ? { ...state, hash: textHash(texts.get(path) ?? null) } : (still?.files[path] ?? null);
  };
  return {
    get: (question) => answers[question] ?? null,
    keep: (question, answer) => {
      answers[question] = answer;
      write(file, { by, sdks, files: Object.fromEntries(tree.files.map((path) => [path, stateOf(path)])), answers });
    },
  };
}

/** Answers that are kept in memory alone. */
export function answersOfOneRun(): KeptAnswers {
  const answers = new Map<string, unknown>();
  return { get: (question) => answers.get(question) ?? null, keep: (question, answer) => void answers.set(question, answer) };
}

/** Beside what other tools keep; in the user's own cache where the project has no place for that. */
function keptFile(root: string): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const folder = existsSync(join(root, 'node_modules')) ? join(root, 'node_modules', '.cache', 's3lint') : join(cache, 's3lint', hashOf(root).slice(0, 16));
  return join(folder, 'kept.json');
}

/** What says which SDK each package of the project has: what is installed, else what is locked, else what is named. */
function sdksOf({ root, files }: ListedTree): readonly string[] {
  const manifests = files.filter((file) => /(?:^|\/)package\.json$/.test(file)).map((file) => join(root, file));
  const folders = [...new Set([...manifests.map((file) => dirname(file)), ...foldersAbove(root)])];
  const installed = folders.flatMap((folder) => ['@aws-sdk/client-s3', 'aws-sdk'].map((sdk) => join(folder, 'node_modules', sdk, 'package.json'))).filter((file) => existsSync(file));
  const telling = [...installed, ...folders.flatMap(lockFilesIn)];
  return (telling.length > 0 ? telling : manifests).map((file) => hashOf(textAt(file)));
}

function textAt(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function read(file: string): Kept | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Kept;
  } catch {
    return null;
  }
}

function isUnchanged(files: Kept['files'], tree: ListedTree): boolean {
  if (Object.keys(files).length !== tree.files.length) return false;
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

/** Whole or not at all: another run may read it at any time. */
function write(file: string, kept: Kept): void {
  const draft = `${file}.${String(process.pid)}`;
  const isWritten = attempt(() => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, JSON.stringify(kept));
    renameSync(draft, file);
  });
  if (!isWritten) attempt(() => rmSync(draft, { force: true }));
}

function attempt(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
