import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';

/**
 * The SDK that an install would give, where there has been none: a check of a pull request often reads a bare checkout.
 *
 * Lock files are searched as text, or as JSON, and of each no more is kept than its lines on one package: a YAML parser
 * takes seconds for what a large project locks.
 */

/** Who asks a lock file. */
interface Asker {
  /** The folders from the file to the lock file, as paths from the lock file: `['apps/web/src', 'apps/web', 'apps', '']`. */
  readonly folders: readonly string[];
  readonly declared: Declared | null;
}

/** The nearest package that names the SDK among its dependencies. */
interface Declared {
  readonly name: string | null;
  readonly range: string;
}

/** What a lock file answers; null where it does not say. */
type Lock = (asker: Asker) => string | null;

const readers: Readonly<Record<string, (text: string, sdk: string) => Lock>> = {
  'npm-shrinkwrap.json': npmLock,
  'package-lock.json': npmLock,
  'pnpm-lock.yaml': pnpmLock,
  'yarn.lock': yarnLock,
  'bun.lock': bunLock,
};

/** Lock files by package and path. Owner: this module; they live as long as the process, as what is installed does. */
const locks = new Map<string, Lock>();

const unknown: Lock = () => null;

/** In bytes: what is longer is not read. */
const longest = 64 * 2 ** 20;

/**
 * @param sdk the name of a package
 * @param folder the folder of a file that is linted
 * @returns the version of it that is locked for it, or that its package or one above overrides or names without a range;
 *   null where none says, or two lock files disagree. Nothing is thrown
 */
export function lockedSdk(sdk: string, folder: string): string | null {
  const above = foldersAbove(folder);
  const declared = above.map((one) => declaredIn(one, sdk)).find((found) => found !== null) ?? null;
  for (const [index, top] of above.entries()) {
    const folders = above.slice(0, index + 1).map((inner) => relative(top, inner).split(sep).join('/'));
    const versions = new Set(lockFilesIn(top).flatMap((file) => lockAt(file, sdk)({ folders, declared }) ?? []));
    if (versions.size > 0) return versions.size === 1 ? ([...versions][0] ?? null) : null;
  }
  const overriding = above.map((one) => overridingIn(one, sdk)).find((found) => found !== null);
  return versionIn((overriding ?? declared?.range)?.replace(/^=/, ''));
}

/** The lock files that stand in a folder, as paths. */
export const lockFilesIn = (folder: string): readonly string[] => Object.keys(readers).map((name) => join(folder, name)).filter((path) => existsSync(path));

/** The folder above another; null where its repository ends. What stands above a repository is not of its project. */
export function folderAbove(folder: string): string | null {
  const parent = dirname(folder);
  return parent === folder || existsSync(join(folder, '.git')) ? null : parent;
}

/** A folder and those above it, as far as its repository reaches. */
export function foldersAbove(folder: string): readonly string[] {
  const above = folderAbove(folder);
  return above === null ? [folder] : [folder, ...foldersAbove(above)];
}

function lockAt(path: string, sdk: string): Lock {
  const question = `${sdk}\n${path}`;
  const known = locks.get(question);
  if (known) return known;
  const lock = read(path, sdk);
  locks.set(question, lock);
  return lock;
}

/** A lock file that is broken says nothing. */
function read(path: string, sdk: string): Lock {
  try {
    if (statSync(path).size > longest) return unknown;
    const text = readFileSync(path, 'utf8');
    return text.includes(sdk) ? (readers[basename(path)]?.(text, sdk) ?? unknown) : unknown;
  } catch {
    return unknown;
  }
}

function declaredIn(folder: string, sdk: string): Declared | null {
  const manifest = manifestIn(folder);
  const range = ['dependencies', 'devDependencies', 'optionalDependencies'].map((kind) => recordOf(manifest[kind])[sdk]).find((given) => typeof given === 'string');
  return range === undefined ? null : { name: typeof manifest['name'] === 'string' ? manifest['name'] : null, range };
}

/**
 * https://docs.npmjs.com/cli/configuring-npm/package-json#overrides
 * https://classic.yarnpkg.com/en/docs/selective-version-resolutions
 * https://pnpm.io/9.x/package_json#pnpmoverrides
 */
function overridingIn(folder: string, sdk: string): string | null {
  const { overrides, resolutions, pnpm } = manifestIn(folder);
  return [overrides, resolutions, recordOf(pnpm)['overrides']].map((all) => recordOf(all)[sdk]).find((given) => typeof given === 'string') ?? null;
}

function manifestIn(folder: string): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  } catch {
    return {};
  }
}

/** npm: each package by the folder that it is installed in; before npm 7 only those of the root are sure. https://docs.npmjs.com/cli/configuring-npm/package-lock-json */
function npmLock(text: string, sdk: string): Lock {
  const lock = recordOf(JSON.parse(text));
  const suffix = `node_modules/${sdk}`;
  const installed = 'packages' in lock ? recordOf(lock['packages']) : { [suffix]: recordOf(lock['dependencies'])[sdk] };
  const found = Object.entries(installed).filter(([path, entry]) => path.endsWith(suffix) && entry !== undefined);
  return nearest(new Map(found.map(([path, entry]) => [path.slice(0, -suffix.length).replace(/\/$/, ''), versionIn(recordOf(entry)['version'])])));
}

/** pnpm: what each folder with a manifest depends on, before all packages. Without a workspace that folder is the root alone. */
function pnpmLock(text: string, sdk: string): Lock {
  const versions = new Map<string, string | null>();
  let [section, importer, group, isOpen] = ['', '', '', false];
  for (const line of text.split(/\r?\n/)) {
    const [, indent = '', single, double, plain, value = ''] = /^( *)(?:'([^']+)'|"([^"]+)"|([^\s:'"]+)): *(.*)$/.exec(line) ?? [];
    const key = single ?? double ?? plain;
    if (key === undefined) continue;
    if (indent === '') [section, importer, group] = [key, '', key];
    else if (section === 'importers' && indent.length === 2) importer = key === '.' ? '' : key;
    else if (section === 'importers' && indent.length === 4) group = key;
    if (/^(?:packages|snapshots)$/.test(section)) break;
    if (key === sdk && /^(?:d|devD|optionalD)ependencies$/.test(group)) {
      if (value !== '') versions.set(importer, versionIn(value));
      isOpen = value === '';
    } else if (isOpen && key === 'version') {
      versions.set(importer, versionIn(value));
      isOpen = false;
    } else if (key !== 'specifier') isOpen = false;
  }
  return nearest(versions);
}

/** Yarn: each package by the ranges that led to it, `"@aws-sdk/client-s3@^3.1.0", …:`, since Yarn 2 with `npm:` before them. */
function yarnLock(text: string, sdk: string): Lock {
  const entries = [...text.matchAll(new RegExp(`^"?${sdk}@(.*):\\r?\\n +version:? "?([^"\\s]+)`, 'gm'))].map(([, ranges = '', version]) => ({
    ranges: ranges.split(',').map((range) => plainRange(range.replaceAll('"', '').trim().replace(`${sdk}@`, ''))),
    version: versionIn(version),
  }));
  const versions = new Set(entries.map(({ version }) => version));
  return ({ declared }) => entries.find(({ ranges }) => declared !== null && ranges.includes(plainRange(declared.range)))?.version ?? (versions.size === 1 ? ([...versions][0] ?? null) : null);
}

const plainRange = (range: string): string => range.replace(/^npm:/, '');

/** Bun: each package by its name, and behind the name of a package of the workspace that has another version. https://bun.com/docs/install/lockfile */
function bunLock(text: string, sdk: string): Lock {
  const versions = new Map([...text.matchAll(new RegExp(`^\\s*"(?:([^"]+)/)?${sdk}": *\\["${sdk}@([^"]+)"`, 'gm'))].map(([, owner = '', version]) => [owner, versionIn(version)]));
  return ({ declared }) => versions.get(declared?.name ?? '') ?? versions.get('') ?? null;
}

/** As Node searches: the nearest folder that has the package wins. */
const nearest = (versions: ReadonlyMap<string, string | null>): Lock => ({ folders }) => versions.get(folders.find((folder) => versions.has(folder)) ?? '') ?? null;

/** The three numbers that a version begins with: pnpm writes those of peers behind it. A range or the path of a link is none. */
const versionIn = (version: unknown): string | null => (typeof version === 'string' ? (/^'?(\d+\.\d+\.\d+)(?!\d|\s+-|\s*\|)/.exec(version)?.[1] ?? null) : null);

const recordOf = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {});
