import { speaksOfS3 } from '../calls/gate.js';
import { linkedFile } from '../calls/linked-modules.js';
import type { Facts, ModuleFact, WriterFact } from '../facts/facts.js';
import type { Warning } from '../facts/project-finding.js';
import { byPath } from './by-path.js';
import { freshWritesIn } from './fresh-writes.js';
import { hashOf } from './hash.js';
import { linkerOf, type DraftLinks, type Linker } from './linker.js';
import type { ModuleGraph } from './module-graph.js';
import { readingOf, type ModuleReading } from './module-reading.js';
import { linkPackages } from './package-links.js';
import type { ParsedFiles } from './parsed-files.js';
import { codeEnding, type SourceTree } from './source-tree.js';

/** What the code of a project tells of S3. */
export interface CodeFacts extends Pick<Facts, 'buckets' | 'modules' | 'links' | 'packages' | 'wrappers' | 'writers'> {
  /** The files that touch S3, themselves or by what they import: the ones to be checked. */
  readonly files: readonly string[];
  readonly warnings: readonly Warning[];
}

/** How far S3 is followed from a wrapper to its callers: a wrapper of a wrapper is the last. */
const rounds = 3;

/** What builds keys for the last of them is read in one more, with what makes its ids. */
const roundsOfNames = 1;

/**
 * @param tree the files
 * @param graph how they import one another; asked only where some file touches S3
 * @param parsed the files, parsed on demand
 * @param known facts of other packages, for what is imported from there
 * @returns what they tell of S3, every file with what it imports in view
 */
export async function codeFacts(tree: SourceTree, graph: () => ModuleGraph, parsedFiles: () => Promise<ParsedFiles>, known: Pick<Facts, 'modules' | 'links' | 'packages'>): Promise<CodeFacts> {
  const modules: Record<string, ModuleFact> = { ...known.modules };
  const links: DraftLinks = structuredClone(known.links);
  const readings = new Map<string, ModuleReading>();
  const wanted = new Map<string, Set<string>>();
  const warnings: Warning[] = [];

  const touching = tree.files.filter((file) => codeEnding.test(file) && !isTest(file) && speaksOfS3(tree.read(file) ?? ''));
  const buildsOnOthers = Object.keys(known.packages).length > 0;
  const parsed = touching.length > 0 || buildsOnOthers ? await parsedFiles() : null;
  const linked = parsed && buildsOnOthers ? linkPackages({ tree, parsed, graph }, known.packages, links) : null;
  let linker: Linker | null = null;
  let fresh: readonly string[] = [...new Set([...touching, ...(linked?.dependents ?? [])])].filter((file) => !isTest(file)).sort(byPath);
  for (let round = 0; parsed && round < rounds + roundsOfNames && fresh.length > 0; round++) {
    const shown: string[] = [];
    const needy: string[] = [];
    for (const file of fresh) {
      const sourceCode = parsed.at(file);
      if ('message' in sourceCode) {
        warn(warnings, sourceCode);
        continue;
      }
      const reading = readOrWarn(warnings, file, () => readingOf(file, linkedFile(file, sourceCode, { modules, links }, parsed.parser), wanted.get(file) ?? new Set()));
      if (!reading) continue;
      const before = readings.get(file);
      readings.set(file, reading);
      if (reading.needs.length > 0) needy.push(file);
      if (Object.keys(reading.code).length === 0 || JSON.stringify(before?.code) === JSON.stringify(reading.code)) continue;
      modules[file] = { hash: hashOf(tree.read(file) ?? ''), code: reading.code, fresh: {} };
      if (reading.names.length > 0 || reading.lends.length > 0) shown.push(file);
    }
    if ((shown.length === 0 && needy.length === 0) || round === rounds + roundsOfNames - 1) break;
    linker ??= linkerOf(links, graph(), (file) => tree.read(file) ?? '');
    for (const file of needy) linker.need(file, readings.get(file)?.needs ?? [], wanted);
    for (const file of round < rounds - 1 ? shown : []) {
      const { names = [], methods = [], lends = [] } = readings.get(file) ?? {};
      if (names.length > 0) linker.show(file, names, methods);
      linker.lend(file, lends);
    }
    // What is needed is read before those who need it.
    fresh = linker.changed().filter((file) => !isTest(file)).sort((one, other) => Number(wanted.has(other)) - Number(wanted.has(one)));
  }
  const own = ([path]: readonly [string, unknown]): boolean => !path.startsWith('../');
  return {
    modules: withFreshWrites(modules, readings),
    links,
    buckets: [...readings.values()].flatMap(({ buckets }) => buckets),
    wrappers: [...readings.values()].flatMap(({ wrappers }) => wrappers).sort((one, other) => byPath(one.module, other.module) || one.line - other.line),
    writers: [...readings.values()].flatMap(({ writers }) => writers).sort(byPlace),
    packages: merged(linker?.packages() ?? {}, linked?.packages ?? {}),
    files: [...new Set([...touching, ...Object.entries(links).filter(own).map(([path]) => path)])].filter((file) => !isTest(file)).sort(byPath),
    warnings,
  };
}

/** What packages give out of their own, and of what they import. */
const merged = (own: Facts['packages'], passedOn: Facts['packages']): Facts['packages'] =>
  Object.fromEntries([...new Set([...Object.keys(own), ...Object.keys(passedOn)])].sort(byPath).map((specifier) => [specifier, Object.fromEntries(Object.entries({ ...passedOn[specifier], ...own[specifier] }).sort(([one], [other]) => byPath(one, other)))]));

/** A file is told of once, though each round may read it again. */
function warn(warnings: Warning[], warning: Warning): void {
  if (warnings.every(({ file }) => file !== warning.file)) warnings.push(warning);
}

/** What goes wrong in one file does not take the others with it. */
function readOrWarn(warnings: Warning[], file: string, read: () => ModuleReading): ModuleReading | null {
  try {
    return read();
  } catch (error) {
    warn(warnings, { file, line: null, message: `It could not be read as a part of the project (${error instanceof Error ? error.message : String(error)}), so nothing is followed through it. Please report this.` });
    return null;
  }
}

/** The order of writers, by where they stand. */
export const byPlace = (one: WriterFact, other: WriterFact): number => byPath(one.at.file, other.at.file) || one.at.line - other.at.line || one.at.column - other.at.column;

/** Tests write where nobody else does, and fake what they call. */
export const isTest = (file: string): boolean => /(?:^|\/)(?:tests?|__tests__|__mocks__|specs?|e2e|fixtures?|mocks?)\/|\.(?:test|spec|e2e|stories|mock)\.[cm]?[jt]sx?$/.test(file);

/** Marks the writes of each module whose every caller brings about a fresh key. */
function withFreshWrites(modules: Readonly<Record<string, ModuleFact>>, readings: ReadonlyMap<string, ModuleReading>): Record<string, ModuleFact> {
  const fresh = freshWritesIn(new Map([...readings].map(([file, { given }]) => [file, given])));
  return Object.fromEntries(
    Object.entries(modules)
      .sort(([one], [other]) => byPath(one, other))
      .map(([path, fact]) => [path, { ...fact, fresh: fresh.get(path) ?? {} }]),
  );
}
