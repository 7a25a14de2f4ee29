import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

import { factsVersion, type Facts } from './facts.js';

/** Facts, and the folder that their paths are relative to; or what is wrong with them, in one sentence with the remedy. */
export type LoadedFacts = { readonly facts: Facts; readonly root: string } | { readonly problem: string };

interface Kept {
  readonly modified: number;
  readonly loaded: LoadedFacts;
}

/** Facts by file, read again when the file changes. Owner: this module; they live as long as the process. */
const kept = new Map<string, Kept>();

/**
 * @param file the path of a facts file
 * @param from the folder that a relative path is meant from
 * @returns the facts, or a sentence that says why there are none; nothing is thrown
 */
export function loadFacts(file: string, from: string): LoadedFacts {
  const path = resolve(from, file);
  const before = kept.get(path);
  // What a program handed over is no file.
  if (before?.modified === Infinity) return before.loaded;
  let modified: number;
  try {
    modified = statSync(path).mtimeMs;
  } catch {
    return { problem: `There are no facts at \`${file}\`. Run \`s3lint facts\`, or correct the path.` };
  }
  if (before?.modified === modified) return before.loaded;
  const loaded = read(path, file);
  kept.set(path, { modified, loaded });
  return loaded;
}

/**
 * Hands over facts that need not be read: the analyzer has just built them.
 *
 * @param path the absolute path that `settings.s3.facts` will name
 * @param facts the facts
 * @param root the folder that their paths are relative to
 */
export function handOver(path: string, facts: Facts, root: string): void {
  kept.set(path, { modified: Infinity, loaded: { facts, root } });
}

function read(path: string, file: string): LoadedFacts {
  let facts: unknown;
  try {
    facts = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { problem: `The facts at \`${file}\` are broken: they are no JSON that can be read. Run \`s3lint facts\` to build them again.` };
  }
  const problem = problemOf(facts);
  if (problem !== null) return { problem: `The facts at \`${file}\` ${problem}. Run \`s3lint facts\` to build them again.` };
  return { facts: facts as Facts, root: resolve(folderOf(path), (facts as Facts).root ?? '.') };
}

/**
 * @param path the absolute path of a facts file
 * @returns the folder that its paths are relative to, unless its `root` names another: the one above `.s3lint`, or its own
 */
export function folderOf(path: string): string {
  const folder = dirname(path);
  return basename(folder) === '.s3lint' ? dirname(folder) : folder;
}

function problemOf(facts: unknown): string | null {
  if (typeof facts !== 'object' || facts === null || !('version' in facts)) return 'are broken: they have no `version`';
  if (facts.version !== factsVersion) return `are outdated: they are of version ${String(facts.version)}, and this is version ${String(factsVersion)}`;
  if ('root' in facts && typeof facts.root !== 'string') return 'are broken: their `root` is no path';
  const missing = (['buckets', 'modules', 'links', 'packages', 'wrappers', 'writers'] as const).find((part) => typeof (facts as Record<string, unknown>)[part] !== 'object');
  return missing ? `are broken: they have no \`${missing}\`` : null;
}
