import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import type { Facts } from '../facts/facts.js';
import type { Warning } from '../facts/project-finding.js';
import { hashOf } from '../project/hash.js';
import type { ParsedFiles } from '../project/parsed-files.js';
import { sourceTree, type ListedTree } from '../project/source-tree.js';
import { keptAnswers, type KeptAnswers } from './kept-answers.js';
import { knownPackages } from './known-packages.js';
import { Obstacle } from './obstacle.js';
import type { ProjectFacts } from './project-facts.js';

/** What is known of a project, without any rule. */
export interface BuiltFacts {
  readonly facts: Facts;
  readonly warnings: readonly Warning[];
}

/**
 * @param options `root`: the folder of the project; `from`: facts of packages that it builds on
 * @returns the facts of the project, and what could not be read
 * @throws {Obstacle} as `check` does
 */
export async function buildFacts({ root = '.', from = [] }: { readonly root?: string; readonly from?: readonly string[] } = {}): Promise<BuiltFacts> {
  return factsOf(sourceTree(resolve(root)), from, null);
}

/**
 * @param root the folder of the project
 * @param from facts of packages that it builds on
 * @returns as `buildFacts` does; those of the last run where nothing that they were made of has changed since
 * @throws {Obstacle} as `check` does
 */
export async function keptFacts(root: string, from: readonly string[]): Promise<BuiltFacts> {
  const tree = sourceTree(resolve(root));
  return factsOf(tree, from, keptAnswers(tree));
}

async function factsOf(tree: ListedTree, from: readonly string[], kept: KeptAnswers | null): Promise<BuiltFacts> {
  const { project } = await readProject(tree, from, kept, () => undefined);
  return { facts: project.facts, warnings: project.warnings };
}

/** A project, read. */
export interface ReadProject {
  readonly parsed: () => Promise<ParsedFiles>;
  readonly project: ProjectFacts;
}

/**
 * @param tree a project
 * @param from facts of packages that it builds on
 * @param kept what is known of it from the last run; null to read it anew
 * @param onProgress is told when reading begins and ends
 * @returns the project
 * @throws {Obstacle} when nothing can be read, or facts of other packages are missing or outdated
 */
export async function readProject(tree: ListedTree, from: readonly string[], kept: KeptAnswers | null, onProgress: (step: string, done: number, of: number) => void): Promise<ReadProject> {
  onProgress('reading', 0, 1);
  let files: Promise<ParsedFiles> | undefined;
  const parsed = async (): Promise<ParsedFiles> => (files ??= (await import('../project/parsed-files.js')).parsedFiles(tree));
  const question = questionOf('project', from);
  const known = (kept?.get(question) ?? null) as ProjectFacts | null;
  const project = known ?? (await (await import('./project-facts.js')).projectFacts(tree, parsed, knownPackages(from, tree.root)));
  onProgress('reading', 1, 1);
  if (tree.files.length === 0) throw new Obstacle(`There is nothing to read in ${tree.root}: name a folder that holds a project, or look at what git ignores there.`);
  hasToBeRead(tree.files, project);
  if (!known) kept?.keep(question, project);
  return { parsed, project };
}

/** What is asked of a project, with all that decides the answer beside its own files: facts of others count by content. */
export const questionOf = (name: string, from: readonly string[], ...options: readonly unknown[]): string =>
  JSON.stringify([name, ...options, from.map((file) => (existsSync(file) ? hashOf(readFileSync(file, 'utf8')) : file))]);

/** Where each file has its warning and none has told anything, "nothing found" would be said of what nobody has seen. */
export function hasToBeRead(files: readonly string[], { facts, findings, warnings }: ProjectFacts): void {
  const told = new Set([...Object.keys(facts.modules), ...[...facts.buckets, ...findings].map(({ at }) => at.file)]);
  if (files.some((file) => told.has(file))) return;
  hasNotOnlyWarnings(files, warnings);
}

/**
 * The same of the rules: what they fail on is not checked, though something may be known of it.
 *
 * @param files the code that touches S3
 * @param project what is known of the project, with the warnings of the rules
 * @throws {Obstacle} where each of them has its warning, and nothing else of the project tells of S3
 */
export function hasToBeChecked(files: readonly string[], { facts, findings, warnings }: ProjectFacts): void {
  if (facts.buckets.length === 0 && findings.length === 0) hasNotOnlyWarnings(files, warnings);
}

function hasNotOnlyWarnings(files: readonly string[], warnings: readonly Warning[]): void {
  const about = new Map(warnings.map((warning) => [warning.file, warning]));
  if (files.length === 0 || !files.every((file) => about.has(file))) return;
  const lines = files.flatMap((file) => about.get(file) ?? []).slice(0, 10).map(({ file, line, message }) => `${file}${line === null ? '' : `:${String(line)}`}: ${message}`);
  throw new Obstacle(`Nothing that was asked for could be read:\n${lines.join('\n')}`);
}
