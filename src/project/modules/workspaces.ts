import { dirname, join } from 'node:path/posix';

import { parse } from 'yaml';

import type { Warning } from '../../facts/project-finding.js';
import { matchesGlob } from '../../facts/glob.js';
import type { SourceTree } from '../source-tree.js';
import { isJson, textsIn, type Json, type ReadJson } from './json-files.js';

export interface Package {
  /** From the root of the project; `.` for the root. */
  readonly folder: string;
  readonly name: string | null;
  readonly manifest: Json;
}

export interface Workspaces {
  /** Every package that has a name. */
  readonly named: readonly Package[];
  /** The package that a folder belongs to. */
  readonly around: (folder: string) => Package | null;
  /** The package of the project that a name means in a folder; null for those that are installed. */
  readonly find: (folder: string, name: string) => Package | null;
}

/**
 * @param tree the project
 * @param files its files
 * @param readJson reads a file of it
 * @param warn is told of a file that is broken
 * @returns its packages. A name means a member of the same workspace; where there is none, what `file:`, `link:` and
 *   `portal:` name, or the only package of that name
 */
export function workspaces(tree: SourceTree, files: ReadonlySet<string>, readJson: ReadJson, warn: (warning: Warning) => void): Workspaces {
  const packages = new Map(
    tree.files.filter((file) => /(?:^|\/)package\.json$/.test(file)).flatMap((file): [string, Package][] => {
      const manifest = readJson(file, 'imports of this package by its name are not followed');
      return manifest ? [[dirname(file), { folder: dirname(file), name: typeof manifest.name === 'string' ? manifest.name : null, manifest }]] : [];
    }),
  );
  const named = [...packages.values()].filter(({ name }) => name !== null);
  const globsOfPnpm = (file: string): readonly string[] => (files.has(file) ? pnpmGlobs(file, tree, warn) : []);
  const roots = [...packages.values()]
    .flatMap((root) => {
      const globs = globsOf(root, globsOfPnpm);
      return globs.length > 0 ? [{ folder: root.folder, members: byName(named.filter(({ folder }) => folder !== root.folder && isMember(folder, root.folder, globs))) }] : [];
    })
    .sort((one, other) => other.folder.length - one.folder.length);
  const all = byName(named);

  const around = (folder: string): Package | null => packages.get(folder) ?? (folder === '.' ? null : around(dirname(folder)));
  return {
    named,
    around,
    find: (folder, name) => {
      const own = around(folder);
      const linked = linkedBy(own, name);
      if (linked !== null) return packages.get(linked) ?? null;
      const candidates = all.get(name);
      if (!candidates) return null;
      const enclosing = roots.filter((root) => isBelow(folder, root.folder));
      const [member] = enclosing.flatMap(({ members }) => members.get(name) ?? []);
      if (member) return member;
      // A package may ask itself by name if it has `exports`; else an installed one of the same name is meant.
      if (own?.name === name) return own.manifest.exports === undefined ? null : own;
      return enclosing.length === 0 && candidates.length === 1 ? (candidates[0] ?? null) : null;
    },
  };
}

function byName(packages: readonly Package[]): ReadonlyMap<string, readonly Package[]> {
  const found = new Map<string, Package[]>();
  for (const one of packages) found.set(one.name ?? '', [...(found.get(one.name ?? '') ?? []), one]);
  return found;
}

/** `workspaces` of npm, Yarn and Bun (https://docs.npmjs.com/cli/using-npm/workspaces); https://pnpm.io/pnpm-workspace_yaml */
function globsOf({ folder, manifest }: Package, globsOfPnpm: (file: string) => readonly string[]): readonly string[] {
  const { workspaces: declared } = manifest;
  const globs = [...textsIn(declared), ...(isJson(declared) ? textsIn(declared.packages) : []), ...globsOfPnpm(join(folder, 'pnpm-workspace.yaml'))];
  return globs.map((glob) => glob.replace(/^(!?)\.?\//, '$1').replace(/\/+$/, ''));
}

function pnpmGlobs(file: string, tree: SourceTree, warn: (warning: Warning) => void): readonly string[] {
  const text = tree.read(file);
  if (text === null) return [];
  try {
    const content: unknown = parse(text);
    return isJson(content) ? textsIn(content.packages) : [];
  } catch {
    warn({ file, line: null, message: `${file} is not valid YAML, so imports of the packages that it lists are not followed.` });
    return [];
  }
}

const isBelow = (folder: string, root: string): boolean => root === '.' || folder === root || folder.startsWith(`${root}/`);

function isMember(folder: string, root: string, globs: readonly string[]): boolean {
  if (!isBelow(folder, root)) return false;
  const path = root === '.' ? folder : folder.slice(root.length + 1);
  const matches = (glob: string): boolean => matchesGlob(glob, [path]);
  return globs.some((glob) => !glob.startsWith('!') && matches(glob)) && !globs.some((glob) => glob.startsWith('!') && matches(glob.slice(1)));
}

/** The folder that a dependency is linked to. */
function linkedBy(own: Package | null, name: string): string | null {
  if (!own) return null;
  for (const key of ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']) {
    const range = isJson(own.manifest[key]) ? own.manifest[key][name] : undefined;
    const path = typeof range === 'string' ? /^(?:file|link|portal):(.+)$/.exec(range)?.[1] : undefined;
    if (path !== undefined) return join(own.folder, path).replace(/\/$/, '');
  }
  return null;
}
