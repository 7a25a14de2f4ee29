import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { folderAbove, lockedSdk } from './locked-sdk.js';

type Installed = { readonly version: string | null } | 'missing';

/**
 * What each folder would load, and what is locked for it. Owner: this module; they live as long as the process, so an editor
 * has to be told of an update by restarting its lint server.
 */
const installed = new Map<string, Installed>();
const locked = new Map<string, string | null>();

/** One package in one folder. */
const questionOf = (sdk: string, folder: string): string => `${sdk}\n${folder}`;

/**
 * @param sdk the name of the package
 * @param filename the file that is linted, as ESLint names it: a path, or `<input>`
 * @param cwd the folder that a relative name starts from
 * @returns the version of it that the file would load, such as `3.700.0`: the one that is installed, or, in a
 *   checkout without any, the one that is locked; null where neither is known. Nothing is thrown.
 */
export function installedSdk(sdk: string, filename: string, cwd: string): string | null {
  const folder = dirname(resolve(cwd, filename));
  const found = installedFor(sdk, folder);
  if (found !== 'missing') return found.version;
  const known = locked.get(questionOf(sdk, folder));
  if (known !== undefined) return known;
  const version = lockedSdk(sdk, folder);
  locked.set(questionOf(sdk, folder), version);
  return version;
}

/** The nearest `node_modules` that has the package wins, as in Node's own search, as far as the repository reaches. */
function installedFor(sdk: string, folder: string): Installed {
  const known = installed.get(questionOf(sdk, folder));
  if (known !== undefined) return known;
  const manifest = read(join(folder, 'node_modules', sdk, 'package.json'));
  const above = manifest === 'missing' ? folderAbove(folder) : null;
  const found = above === null ? manifest : installedFor(sdk, above);
  installed.set(questionOf(sdk, folder), found);
  return found;
}

function read(path: string): Installed {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : null;
    return { version: typeof version === 'string' && numbers.test(version) ? version : null };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    // A manifest that is there and cannot be read still hides those above it.
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : { version: null };
  }
}

const numbers = /^(\d+)\.(\d+)\.(\d+)/;

/**
 * @param version a version that begins with three numbers
 * @param other another
 * @returns whether it was published before the other; a prerelease counts as its release
 */
export function isOlder(version: string, other: string): boolean {
  const [one, two] = [version, other].map((text) => numbers.exec(text)?.slice(1).map(Number) ?? []);
  for (const [index, number] of (one ?? []).entries()) {
    const difference = number - (two?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
