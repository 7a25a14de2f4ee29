import { join } from 'node:path/posix';

import { isJson, type Json } from './json-files.js';
import type { Probe } from './probe.js';
import type { TsConfig } from './ts-configs.js';
import type { Package } from './workspaces.js';

/**
 * What a package says a subpath is: files as it publishes them, which are often not there before it is built.
 *
 * @param manifest its `package.json`
 * @param subpath `.` for the package itself, else from its folder: `./sub`
 * @returns paths from its folder, in the order in which they are preferred; none where its `exports` keep the subpath
 *   to itself (https://nodejs.org/api/packages.html#package-entry-points)
 */
export function publishedAs(manifest: Json, subpath: string): readonly string[] {
  const { exports } = manifest;
  if (exports !== undefined && exports !== null) return targetsOf(isSubpathMap(exports) ? exports : { '.': exports }, subpath);
  if (subpath !== '.') return [subpath];
  return [...mainsOf(manifest), 'index'];
}

/**
 * @param manifest a `package.json` without `exports`, or that of a folder inside a package
 * @returns what it names as its main module, from its folder, source before what is built of it
 */
export const mainsOf = (manifest: Json): readonly string[] =>
  ['source', 'module', 'main', 'types', 'typings'].flatMap((key) => (typeof manifest[key] === 'string' ? [manifest[key]] : []));

const isSubpathMap = (exports: unknown): exports is Json => isJson(exports) && Object.keys(exports).some((key) => key.startsWith('.'));

/**
 * @param map `exports` or `imports` of a package
 * @param key a subpath, or a specifier that begins with `#`
 * @returns what it may stand for under any condition
 */
export function targetsOf(map: Json, key: string): readonly string[] {
  if (key in map) return leavesOf(map[key]);
  const matching = Object.keys(map)
    .filter((pattern) => pattern.includes('*'))
    .map((pattern) => ({ pattern, prefix: pattern.slice(0, pattern.indexOf('*')), suffix: pattern.slice(pattern.indexOf('*') + 1) }))
    .filter(({ prefix, suffix }) => key.startsWith(prefix) && key.endsWith(suffix) && key.length >= prefix.length + suffix.length)
    .sort((one, other) => other.prefix.length - one.prefix.length);
  const [best] = matching;
  if (!best) return [];
  const rest = key.slice(best.prefix.length, key.length - best.suffix.length);
  return leavesOf(map[best.pattern]).map((leaf) => leaf.replaceAll('*', () => rest));
}

function leavesOf(target: unknown): readonly string[] {
  if (typeof target === 'string') return [target];
  if (Array.isArray(target)) return target.flatMap(leavesOf);
  return isJson(target) ? Object.values(target).flatMap(leavesOf) : [];
}

/** Folders that are built, not written. */
const built = /^(?:dist|build|out|output|esm|cjs|es|types|module|node|browser|commonjs|production|development)$/;

/** Where source is kept. */
const sources = ['src', 'source', 'lib', ''];

/**
 * From what a package publishes back to what its authors wrote: `dist/index.js` is made of `src/index.ts`.
 *
 * @param owner the package
 * @param published paths from its folder, the preferred first
 * @param configs its `tsconfig.json` files: they say what is compiled to where
 * @param find looks up a path
 * @returns the source file; null where nothing fits
 */
export function sourceOf({ folder }: Package, published: readonly string[], configs: readonly TsConfig[], find: Probe): string | null {
  for (const path of published.map((item) => join(item))) {
    const isBuilt = built.test(path.split('/')[0] ?? '');
    const written = isBuilt ? null : find(join(folder, path));
    if (written !== null) return written;
    const stem = path.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '');
    for (const candidate of sourceCandidates(folder, stem, configs)) {
      const found = find(candidate);
      if (found !== null) return found;
    }
    const committed = isBuilt ? find(join(folder, path)) : null;
    if (committed !== null) return committed;
  }
  return null;
}

function sourceCandidates(folder: string, stem: string, configs: readonly TsConfig[]): readonly string[] {
  const path = join(folder, stem);
  const compiled = configs.flatMap(({ outDirs, rootDir }) =>
    outDirs
      .filter((outDir) => path.startsWith(`${outDir}/`))
      // Without a rootDir it is the folder that all sources share.
      .flatMap((outDir) => (rootDir === null ? ['src', ''].map((base) => join(folder, base)) : [rootDir]).map((base) => join(base, path.slice(outDir.length + 1)))),
  );
  const segments = stem.split('/').slice(1);
  const stripped = [segments];
  for (let rest = segments; rest.length > 1 && built.test(rest[0] ?? ''); ) stripped.push((rest = rest.slice(1)));
  const guessed = stem.includes('/') ? stripped.flatMap((rest) => sources.map((base) => join(folder, base, ...rest))) : [join(folder, 'src', stem)];
  return [...compiled, ...guessed];
}
