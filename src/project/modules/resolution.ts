import { dirname, join } from 'node:path/posix';

import { getOrMake } from '../../calls/per-file.js';
import type { Warning } from '../../facts/project-finding.js';
import type { SourceTree } from '../source-tree.js';
import { isJson, jsonFiles } from './json-files.js';
import { mainsOf, publishedAs, sourceOf, targetsOf } from './package-entries.js';
import { probe } from './probe.js';
import { aliasTargets, tsConfigs, type TsConfig, type TsConfigs } from './ts-configs.js';
import type { TypeScript } from './type-script.js';
import { workspaces, type Package, type Workspaces } from './workspaces.js';

export interface Resolution {
  readonly resolve: (importer: string, specifier: string) => string | null;
  readonly packages: Workspaces;
  /** The file that other packages are given for a subpath of a package, `.` for itself. */
  readonly entryOf: (owner: Package, subpath: string) => string | null;
}

/**
 * Finds the files that specifiers mean, by the names of the project's files alone: nothing is looked up on disk, so that
 * tens of thousands of specifiers take less than a tenth of a second. TypeScript's own resolver was left aside because it cannot
 * know packages that are not yet built and linked, which is how most monorepos are checked.
 *
 * @param tree the project
 * @param typescript reads its configs
 * @param warn is told of each manifest and config that is broken
 * @returns resolves a specifier; null for packages from outside, and for what is not there
 */
export function resolution(tree: SourceTree, typescript: TypeScript, warn: (warning: Warning) => void): Resolution {
  const files = new Set(tree.files);
  const readJson = jsonFiles(tree, typescript, warn);
  const packages = workspaces(tree, files, readJson, warn);
  const find = probe(files, (folder) => mainsOf(packages.around(folder)?.manifest ?? {}).map((main) => join(folder, main).replace(/\/$/, '')));

  const first = (candidates: readonly string[]): string | null => {
    for (const candidate of candidates) {
      const found = find(candidate);
      if (found !== null) return found;
    }
    return null;
  };
  const findEntry = (owner: Package, subpath: string, configsIn: (folder: string) => readonly TsConfig[]): string | null => {
    const found = sourceOf(owner, publishedAs(owner.manifest, subpath), configsIn(owner.folder), find);
    // A bundle has a name of its own, and is still made of the usual entry.
    return found ?? (subpath === '.' ? first([join(owner.folder, 'src/index'), join(owner.folder, 'index')]) : null);
  };
  const entries = new Map<Package, Map<string, string | null>>();
  const ofPackage = (folder: string, specifier: string, configsIn: (folder: string) => readonly TsConfig[]): string | null => {
    const [, name, subpath = ''] = /^((?:@[^/]+\/)?[^/@.#][^/]*)(\/.+)?$/.exec(specifier) ?? [];
    const owner = name === undefined ? null : packages.find(folder, name);
    return owner && getOrMake(getOrMake(entries, owner, () => new Map<string, string | null>()), subpath, () => findEntry(owner, `.${subpath}`, configsIn));
  };
  const configs: TsConfigs = tsConfigs(files, readJson, (folder, specifier) => ofPackage(folder, specifier, () => []));

  const internal = (folder: string, specifier: string): string | null => {
    const owner = packages.around(folder);
    if (!owner || !isJson(owner.manifest.imports)) return null;
    const targets = targetsOf(owner.manifest.imports, specifier);
    return sourceOf(owner, targets.filter((target) => target.startsWith('.')), configs.in(owner.folder), find);
  };
  const aliases = new Map<TsConfig, Map<string, string | null>>();
  const byAlias = (config: TsConfig, specifier: string): string | null => getOrMake(getOrMake(aliases, config, () => new Map<string, string | null>()), specifier, () => first(aliasTargets(config, specifier)));

  const look = (folder: string, specifier: string): string | null => {
    const [path = ''] = specifier.split('?');
    if (/^\.\.?(?:\/|$)/.test(path)) return find(join(folder, path).replace(/\/$/, ''));
    if (path.startsWith('/') || path.includes(':')) return null;
    const inside = path.startsWith('#') ? internal(folder, path) : null;
    if (inside !== null) return inside;
    const [nearest, ...others] = configs.speakingFor(folder);
    // A bundler may know aliases of a config that TypeScript would not ask, but they never stand before a package.
    return (nearest && byAlias(nearest, path)) ?? ofPackage(folder, path, configs.in) ?? others.map((config) => byAlias(config, path)).find((found) => found !== null) ?? null;
  };

  /** The folder whose manifest or config speaks for a folder: from all below it, a package or an alias means the same. */
  const spokenFor = new Map<string, string>();
  const speaker = (folder: string): string =>
    getOrMake(spokenFor, folder, () => (folder === '.' || files.has(`${folder}/package.json`) || configs.in(folder).length > 0 ? folder : speaker(dirname(folder))));

  const known = new Map<string, Map<string, string | null>>();
  return {
    packages,
    entryOf: (owner, subpath) => findEntry(owner, subpath, configs.in),
    resolve: (importer, specifier) => {
      const folder = specifier.startsWith('.') ? dirname(importer) : speaker(dirname(importer));
      return getOrMake(getOrMake(known, folder, () => new Map<string, string | null>()), specifier, () => look(folder, specifier));
    },
  };
}
