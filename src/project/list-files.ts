import { lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { dirname } from 'node:path/posix';

import ignore, { type Ignore } from 'ignore';

import type { Warning } from '../facts/project-finding.js';
import { git, pathsIn } from './git.js';

type Warn = (warning: Warning) => void;

/** What is never listed, tracked or not: nobody writes it by hand, or it only declares. */
const foreign = /(?:^|\/)(?:node_modules|\.git|\.s3lint)\/|\.min\.[cm]?js$|\.d\.[cm]?ts$/;

/**
 * Lists a project: where git knows the root, what it tracks and what it does not ignore; else what the `.gitignore` files
 * leave. The templates that the CDK wrote (`cdk.out`) are wanted though git ignores them.
 * Symbolic links are not followed, and submodules are projects of their own.
 *
 * @param root the folder of the project, absolute
 * @param paths what to list, absolute or from the root; empty for all of it. A file that is named is listed even if git
 *   ignores it
 * @param warn is told of each path and folder that cannot be listed
 * @returns the state of each file, by its path from the root with forward slashes, in the order of the paths
 */
export function listFiles(root: string, paths: readonly string[], warn: Warn): ReadonlyMap<string, FileState> {
  const files = new Map<string, FileState>();
  if (stateOf(root)?.isDirectory() !== true) {
    warn({ file: '.', line: null, message: `${root} is not a folder, so nothing is analysed.` });
    return files;
  }
  const asked = paths.map((path) => askedAt(root, path, warn)).filter((place) => place !== null);
  const within = (path: string): boolean => paths.length === 0 || asked.some((place) => place.path === '' || path === place.path || path.startsWith(`${place.path}/`));
  const leadsTo = (folder: string): boolean => within(folder) || asked.some((place) => place.path.startsWith(`${folder}/`));
  const add = (path: string): void => {
    const state = reading(path, () => lstatSync(join(root, path)), warn);
    if (state?.isFile() === true) files.set(path, { size: state.size, modified: state.mtimeMs });
  };

  for (const path of byGit(root) ?? byWalk(root, leadsTo, warn)) {
    if (within(path) && !foreign.test(path)) add(path);
  }
  for (const place of asked) if (place.kind === 'file') add(place.path);
  for (const path of templatesOf(root, [...files.keys()], warn)) if (within(path)) add(path);
  return new Map([...files].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What a file is taken to be the same by, as long as it does not change. */
export interface FileState {
  /** In bytes. */
  readonly size: number;
  /** When it was written last, in milliseconds. */
  readonly modified: number;
}

interface Asked {
  readonly kind: 'file' | 'folder';
  readonly path: string;
}

function askedAt(root: string, path: string, warn: Warn): Asked | null {
  const fromRoot = relative(root, resolve(root, path)).split(sep).join('/');
  const refuse = (reason: string): null => {
    warn({ file: path, line: null, message: `${path} ${reason}, so it is not analysed.` });
    return null;
  };
  if (fromRoot === '..' || fromRoot.startsWith('../') || isAbsolute(fromRoot)) return refuse(`lies outside of ${root}`);
  const state = stateOf(resolve(root, path));
  if (state === null) return refuse('does not exist or cannot be reached');
  if (state.isSymbolicLink()) return refuse('is a symbolic link, and links are not followed');
  if (state.isDirectory()) return { kind: 'folder', path: fromRoot };
  return state.isFile() ? { kind: 'file', path: fromRoot } : refuse('is neither a file nor a folder');
}

/** Null where git does not know the root: outside a work tree, or in a folder that is ignored as a whole. */
function byGit(root: string): readonly string[] | null {
  const answer = git(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  const paths = answer.kind === 'output' ? [...new Set(pathsIn(answer.text))] : [];
  if (paths.length === 0) return null;
  // A folder that was replaced by a link since it was tracked would lead out of the root.
  const linked = new Map<string, boolean>([['.', false]]);
  const isLinked = (folder: string): boolean => {
    const known = linked.get(folder);
    if (known !== undefined) return known;
    const answer = isLinked(dirname(folder)) || stateOf(join(root, folder))?.isSymbolicLink() === true;
    linked.set(folder, answer);
    return answer;
  };
  return paths.filter((path) => !path.endsWith('/') && !isLinked(dirname(path)));
}

interface Patterns {
  readonly folder: string;
  readonly matcher: Ignore;
}

function byWalk(root: string, leadsTo: (folder: string) => boolean, warn: Warn): readonly string[] {
  const found: string[] = [];
  const walk = (folder: string, outer: readonly Patterns[]): void => {
    const entries = entriesOf(root, folder, warn);
    const own = entries.some((entry) => entry.name === '.gitignore' && entry.isFile()) ? patternsOf(root, folder, warn) : null;
    const patterns = own === null ? outer : [own, ...outer];
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== 'node_modules' && entry.name !== '.git' && leadsTo(path) && !isIgnored(`${path}/`, patterns)) walk(path, patterns);
      } else if (entry.isFile() && !isIgnored(path, patterns)) found.push(path);
    }
  };
  walk('', []);
  return found;
}

/** The deepest `.gitignore` that says something of a path decides (https://git-scm.com/docs/gitignore). */
function isIgnored(path: string, patterns: readonly Patterns[]): boolean {
  for (const { folder, matcher } of patterns) {
    const { ignored, unignored } = matcher.test(folder === '' ? path : path.slice(folder.length + 1));
    if (ignored || unignored) return ignored;
  }
  return false;
}

function patternsOf(root: string, folder: string, warn: Warn): Patterns | null {
  const file = folder === '' ? '.gitignore' : `${folder}/.gitignore`;
  const text = reading(file, () => readFileSync(join(root, file), 'utf8'), warn, 'files that it ignores are analysed too');
  return text === null ? null : { folder, matcher: ignore().add(text) };
}

/** The synthesized templates of each package (https://docs.aws.amazon.com/cdk/v2/guide/deploy.html). */
function templatesOf(root: string, files: readonly string[], warn: Warn): readonly string[] {
  const packages = new Set(['.', ...files.filter((file) => /(?:^|\/)(?:cdk|package)\.json$/.test(file)).map(dirname)]);
  const templatesIn = (folder: string): readonly string[] =>
    entriesOf(root, folder, warn).flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : templatesIn(path);
      return entry.isFile() && path.endsWith('.template.json') ? [path] : [];
    });
  return [...packages]
    .map((folder) => (folder === '.' ? 'cdk.out' : `${folder}/cdk.out`))
    .filter((folder) => stateOf(join(root, folder))?.isDirectory() === true)
    .flatMap(templatesIn);
}

const entriesOf = (root: string, folder: string, warn: Warn): ReturnType<typeof directory> =>
  reading(folder === '' ? '.' : folder, () => directory(join(root, folder)), warn, 'what is in it is not analysed') ?? [];

const directory = (path: string) => readdirSync(path, { withFileTypes: true });

/** What a read of the disk gives; null where it fails, which is a warning unless the file is simply gone. */
function reading<Result>(file: string, read: () => Result, warn: Warn, consequence = 'it is not analysed'): Result | null {
  try {
    return read();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') warn({ file, line: null, message: `${file} cannot be read (${code}), so ${consequence}.` });
    return null;
  }
}

function stateOf(path: string): Stats | null {
  try {
    return lstatSync(path);
  } catch {
    return null;
  }
}
