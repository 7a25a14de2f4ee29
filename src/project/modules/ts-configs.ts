import { basename, dirname, join } from 'node:path/posix';

import { getOrMake } from '../../calls/per-file.js';
import { isJson, textsIn, type ReadJson } from './json-files.js';

/** What a `tsconfig.json` says of modules, with what it extends. All paths are from the root of the project. */
export interface TsConfig {
  /** Null where no aliases are set. */
  readonly paths: Aliases | null;
  readonly baseUrl: string | null;
  readonly rootDir: string | null;
  /** Where compiled files and declarations go. */
  readonly outDirs: readonly string[];
  /** The configs of a solution, which has no files of its own. */
  readonly references: readonly string[];
}

/** `paths`, taken apart once: a config is asked thousands of times. */
interface Aliases {
  readonly exact: ReadonlyMap<string, readonly string[]>;
  /** `@app/*`: longest prefix first, which is the order in which they are preferred. */
  readonly patterns: readonly { readonly prefix: string; readonly suffix: string; readonly targets: readonly string[] }[];
}

export interface TsConfigs {
  /** Those that may speak for the files of a folder: the nearest, those that it refers to, then those further up. */
  readonly speakingFor: (folder: string) => readonly TsConfig[];
  /** Those that stand in a folder, whatever they are called. */
  readonly in: (folder: string) => readonly TsConfig[];
}

const nothing: TsConfig = { paths: null, baseUrl: null, rootDir: null, outDirs: [], references: [] };

/**
 * @param files the files of the project
 * @param readJson reads one of them
 * @param packageFile the file that a specifier means in a package of the workspace: a config may extend that of a package
 * @returns the configs of the project, each read once, when it is first asked for. `jsconfig.json` counts too
 */
export function tsConfigs(files: ReadonlySet<string>, readJson: ReadJson, packageFile: (folder: string, specifier: string) => string | null): TsConfigs {
  const known = new Map<string, TsConfig>();
  const speaking = new Map<string, readonly TsConfig[]>();
  const standing = new Map<string, readonly TsConfig[]>();
  const byFolder = new Map<string, string[]>();
  for (const file of files) if (/(?:^|\/)(?:ts|js)config[\w.-]*\.json$/.test(file)) getOrMake(byFolder, dirname(file), () => []).push(file);

  const extended = (from: string, specifier: string): string | null => {
    const base = specifier.startsWith('.') ? join(dirname(from), specifier) : null;
    const candidates = base === null ? [packageFile(dirname(from), specifier), packageFile(dirname(from), `${specifier}.json`), packageFile(dirname(from), `${specifier}/tsconfig.json`)] : [base, `${base}.json`, `${base}/tsconfig.json`];
    return candidates.find((candidate) => candidate !== null && files.has(candidate)) ?? null;
  };

  const read = (path: string, leaf: string, seen: readonly string[]): TsConfig => {
    const json = readJson(path, 'the aliases and folders that it sets may be missing');
    if (!json) return nothing;
    const parents = (typeof json.extends === 'string' ? [json.extends] : textsIn(json.extends)).map((specifier) => extended(path, specifier));
    const inherited = parents
      .filter((parent) => parent !== null && !seen.includes(parent))
      .map((parent) => read(parent ?? '', leaf, [...seen, path]))
      .reduce((all, one) => ({ ...all, ...one, paths: one.paths ?? all.paths, baseUrl: one.baseUrl ?? all.baseUrl, rootDir: one.rootDir ?? all.rootDir, outDirs: one.outDirs.length > 0 ? one.outDirs : all.outDirs }), nothing);
    const options = isJson(json.compilerOptions) ? json.compilerOptions : {};
    const folder = dirname(path);
    // A template of TypeScript 5.5: the folder of the config that extends this one.
    const place = (value: unknown, from = folder): string | null =>
      typeof value === 'string' ? (value.startsWith('${configDir}') ? join(dirname(leaf), value.slice('${configDir}'.length)) : join(from, value)).replace(/\/$/, '') : null;
    const baseUrl = place(options.baseUrl);
    const outDirs = [options.outDir, options.declarationDir].map((value) => place(value)).filter((value) => value !== null);
    return {
      paths: isJson(options.paths)
        ? aliasesOf(Object.entries(options.paths).map(([pattern, targets]) => [pattern, textsIn(targets).map((target) => place(target, baseUrl ?? inherited.baseUrl ?? folder) ?? '')]))
        : inherited.paths,
      baseUrl: baseUrl ?? inherited.baseUrl,
      rootDir: place(options.rootDir) ?? inherited.rootDir,
      outDirs: outDirs.length > 0 ? outDirs : inherited.outDirs,
      references: Array.isArray(json.references)
        ? json.references.flatMap((reference: unknown) => {
            const target = isJson(reference) ? place(reference.path) : null;
            return target === null ? [] : [target, `${target}/tsconfig.json`].filter((candidate) => files.has(candidate));
          })
        : [],
    };
  };
  const config = (path: string): TsConfig => getOrMake(known, path, () => read(path, path, [path]));

  const speakingFor = (folder: string): readonly TsConfig[] =>
    getOrMake(speaking, folder, () => {
      const here = byFolder.get(folder) ?? [];
      const path = ['tsconfig.json', 'jsconfig.json'].flatMap((name) => here.find((file) => basename(file) === name) ?? [])[0];
      const nearest = path === undefined ? [] : [config(path), ...config(path).references.filter((reference) => dirname(reference) === folder).map(config)];
      return folder === '.' ? nearest : [...nearest, ...speakingFor(dirname(folder))];
    });

  return {
    speakingFor,
    // The plainest name first: tsconfig.json before tsconfig.build.json.
    in: (folder) => getOrMake(standing, folder, () => [...(byFolder.get(folder) ?? [])].sort((one, other) => basename(one).length - basename(other).length).map(config)),
  };
}

function aliasesOf(paths: readonly (readonly [pattern: string, targets: readonly string[]])[]): Aliases | null {
  const patterns = paths.flatMap(([pattern, targets]) => {
    const [prefix = '', suffix, ...more] = pattern.split('*');
    return suffix === undefined || more.length > 0 ? [] : [{ prefix, suffix, targets }];
  });
  return paths.length === 0 ? null : { exact: new Map(paths), patterns: patterns.sort((one, other) => other.prefix.length - one.prefix.length) };
}

/**
 * @param config a config
 * @param specifier a specifier that is not relative
 * @returns the paths that it may mean by `paths` and `baseUrl`, in the order in which TypeScript tries them
 *   (https://www.typescriptlang.org/tsconfig/#paths)
 */
export function aliasTargets({ paths, baseUrl }: TsConfig, specifier: string): readonly string[] {
  const exact = specifier.includes('*') ? undefined : paths?.exact.get(specifier);
  const fromBase = baseUrl === null ? [] : [join(baseUrl, specifier)];
  if (exact) return [...exact, ...fromBase];
  const best = paths?.patterns.find(({ prefix, suffix }) => specifier.length >= prefix.length + suffix.length && specifier.startsWith(prefix) && specifier.endsWith(suffix));
  if (!best) return fromBase;
  const rest = specifier.slice(best.prefix.length, specifier.length - best.suffix.length);
  return [...best.targets.map((target) => join(target.replace('*', () => rest))), ...fromBase];
}
