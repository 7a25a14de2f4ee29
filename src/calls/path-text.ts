import { posix } from 'node:path';

import type { Place } from './frames.js';
import { identityOf, join, knownExtension, sameText, type Hole, type PathPart, type Piece, type Text } from './pieces.js';

/**
 * What `node:path` makes of texts. S3 takes a key letter by letter: `a/../b` and `a//b` are keys of their own, and where
 * a program has its paths put right before it sends them, it is the path put right that names the object.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */

/** `path.join(…)`, and `path.normalize(…)` of one: empty parts are left out, and what is left is put right. */
export function joinedPath(parts: readonly Text[]): Text {
  const filled = parts.filter((part) => part.some((piece) => piece !== ''));
  return filled.length > 0 ? putRight(join(filled.flatMap((part, index) => (index === 0 ? part : ['/', ...part])))) : ['.'];
}

/** `path.resolve(…)`; null where it starts in the folder of the process, or where a part may be a start of its own. */
export function resolvedPath(parts: readonly Text[]): Text | null {
  const start = parts.findLastIndex(([first]) => typeof first !== 'string' || first.startsWith('/'));
  const [first] = parts[start] ?? [];
  if (typeof first !== 'string') return null;
  const path = joinedPath(parts.slice(start));
  const end = path.at(-1);
  return typeof end === 'string' && end.length > 1 && end.endsWith('/') ? [...path.slice(0, -1), end.slice(0, -1)] : path;
}

/** `path.dirname(…)` */
export function dirnameOf(path: Text, said: readonly Place[]): Text {
  const known = wholeOf(path);
  return known === null ? partOf(path, 'dir', said) : [posix.dirname(known)];
}

/** `path.basename(…)`, with an ending to take off or none; null where that ending need not be the one that the path has. */
export function basenameOf(path: Text, ending: Text | undefined, said: readonly Place[]): Text | null {
  if (!ending) return partOf(path, 'base', said);
  const base = wholeOf(partOf(path, 'base', said));
  const known = wholeOf(ending);
  if (base !== null && known !== null) return [posix.basename(base, known)];
  return sameText(ending, partOf(path, 'ext', said)) ? partOf(path, 'name', said) : null;
}

/**
 * `path.format(…)`. Releases of Node differ in whether they put a dot before an extension that has none.
 *
 * @param parts what it is given, an empty text for what it is not
 * @returns the path; null where it may be with or without a dot
 */
export function formattedPath({ dir, root, base, name, ext }: Readonly<Record<'root' | PathPart['name'], Text>>): Text | null {
  const isEmpty = (text: Text): boolean => wholeOf(text) === '';
  const [dot] = ext;
  const hasDot = typeof dot === 'string' ? dot.startsWith('.') : dot?.part?.name === 'ext';
  if (isEmpty(base) && !isEmpty(ext) && !hasDot) return null;
  const file = isEmpty(base) ? [...name, ...ext] : base;
  if (isEmpty(dir)) return join([...root, ...file]);
  return join(sameText(dir, root) ? [...dir, ...file] : [...dir, '/', ...file]);
}

/** `path.parse(…).root`: of a path whose start is not known, it is taken for none, as no key has one. */
export function rootOf([first]: Text): Text {
  return [typeof first === 'string' && first.startsWith('/') ? '/' : ''];
}

/**
 * @param path a path
 * @param name what is taken from it
 * @param said expressions that stand for it
 * @returns the part in the words of the path, where the path says enough; else a hole that knows what it is a part of
 */
export function partOf(path: Text, name: PathPart['name'], said: readonly Place[]): Text {
  const known = wholeOf(path);
  if (known !== null) return [posix.parse(known)[name]];
  const end = path.at(-1);
  if (typeof end === 'string' && end.endsWith('/')) return partOf(join([...path.slice(0, -1), end.replace(/\/+$/, '')]), name, said);
  const slash = typeof end === 'string' ? end.lastIndexOf('/') : -1;
  if (typeof end === 'string' && slash >= 0) return name === 'dir' ? join([...path.slice(0, -1), end.slice(0, slash)]) : [posix.parse(end.slice(slash + 1))[name]];
  const extension = name === 'ext' ? knownExtension(path) : null;
  if (extension !== null) return [extension];
  const identity = identityOf(path);
  return [{ identity: identity && `path.${name}(${identity})`, said, environment: null, part: { name, of: path } }];
}

/** A text that is known whole. */
function wholeOf(text: Text): string | null {
  const pieces = text.filter((piece) => typeof piece === 'string');
  return pieces.length === text.length ? pieces.join('') : null;
}

/** What lies between two slashes; `cut` where `..` took its last segment away, and it is not known how many it has. */
interface Stretch {
  readonly pieces: readonly Piece[];
  readonly cut: boolean;
}

/** A path without `.`, `..` and empty segments. */
function putRight(path: Text): Text {
  const segments = segmentsOf(path);
  const isAbsolute = segments.length > 1 && segments[0]?.length === 0;
  const isFolder = segments.length > 1 && segments.at(-1)?.length === 0;
  const kept: Stretch[] = [];
  for (const pieces of segments) {
    const [first] = pieces;
    const isDots = pieces.length <= 1 && (first === undefined || first === '.' || first === '..');
    const above = kept.at(-1);
    if (!isDots) kept.push({ pieces, cut: false });
    else if (first !== '..') continue;
    else if (above ? above.pieces[0] === '..' && above.pieces.length === 1 : !isAbsolute) kept.push({ pieces, cut: false });
    else if (above) {
      kept.pop();
      if (wholeOf(above.pieces) === null) kept.push({ pieces: above.cut ? [aboveHole(above.pieces)] : above.pieces, cut: true });
    }
  }
  if (kept.length === 0) return [isAbsolute ? '/' : isFolder ? './' : '.'];
  const right = kept.flatMap(({ pieces, cut }, index) => {
    const isEnd = index === kept.length - 1 && !isFolder;
    if (cut) return isEnd ? partOf(pieces, 'dir', []) : [aboveHole(pieces)];
    return isEnd ? pieces : [...pieces, '/'];
  });
  return join(isAbsolute ? ['/', ...right] : right);
}

function segmentsOf(path: Text): readonly (readonly Piece[])[] {
  const segments: Piece[][] = [[]];
  for (const piece of path) {
    const [first = '', ...others] = typeof piece === 'string' ? piece.split('/') : [piece];
    if (first !== '') segments.at(-1)?.push(first);
    segments.push(...others.map((part) => (part === '' ? [] : [part])));
  }
  return segments;
}

/** What a stretch leaves in front of what follows: the folders above its last segment with their slash, or nothing. */
function aboveHole(stretch: Text): Hole {
  const identity = identityOf(stretch);
  return { identity: identity && `path.above(${identity})`, said: [], environment: null, part: null };
}
