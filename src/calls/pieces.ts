import type { Place } from './frames.js';

/**
 * A text as far as the source tells: pieces that are known, and holes.
 *
 * A hole that stands for the same value wherever it occurs (a constant, a parameter, a property path, an environment
 * variable) has an identity, and two texts with the same pieces and identities name the same thing.
 */

export interface Hole {
  /** Equal identities stand for equal values; null where nothing can be said. */
  readonly identity: string | null;
  /** Expressions that stand for it, the one that it is named by first: which of them can be said depends on the place. */
  readonly said: readonly Place[];
  /** The environment variable that it is read from. */
  readonly environment: string | null;
  /** What it is a part of, where it is what `node:path` takes from a path. */
  readonly part: PathPart | null;
}

/** A part of a path in the words of `path.parse`: `dir`/`base`, and the base is `name` and `ext`. */
export interface PathPart {
  readonly name: 'dir' | 'base' | 'name' | 'ext';
  readonly of: Text;
}

export type Piece = string | Hole;
export type Text = readonly Piece[];

/** Puts adjacent known pieces together, and the parts of a path where they meet again: `${dir}/${base}` is the path. */
export function join(pieces: readonly Piece[]): Text {
  const strung: Piece[] = [];
  for (const piece of pieces) append(strung, piece);
  const joined: Piece[] = [];
  for (const piece of strung) {
    const met = metBy(joined, piece);
    if (met) joined.length -= met.taken;
    for (const part of met ? met.whole : [piece]) append(joined, part);
  }
  return joined.length > 0 ? joined : [''];
}

function append(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1);
  if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
  else if (piece !== '') pieces.push(piece);
}

/**
 * The path whose last part a piece is, where all that is before that part stands before the piece, and how many pieces
 * that is. A key has a slash in it, but neither before it nor two in a row: only then are its parts all of it.
 */
function metBy(before: readonly Piece[], piece: Piece): { readonly taken: number; readonly whole: readonly Piece[] } | null {
  const ofBase = pathOf(piece, 'base');
  if (ofBase) return standsIn(before, ofBase) ? { taken: 2, whole: ofBase } : null;
  const ofName = pathOf(before.at(-1), 'name');
  if (!ofName || !standsIn(before.slice(0, -1), ofName)) return null;
  const ofExtension = pathOf(piece, 'ext');
  if (ofExtension) return sameText(ofExtension, ofName) ? { taken: 3, whole: ofName } : null;
  const extension = knownExtension(ofName);
  return extension !== null && typeof piece === 'string' && piece.startsWith(extension) ? { taken: 3, whole: [...ofName, piece.slice(extension.length)] } : null;
}

/** Whether pieces end with the folder of a path, and a slash. */
function standsIn(pieces: readonly Piece[], path: Text): boolean {
  const folder = pathOf(pieces.at(-2), 'dir');
  return pieces.at(-1) === '/' && folder !== null && sameText(folder, path);
}

/** The path that a piece is a certain part of. */
const pathOf = (piece: Piece | undefined, name: PathPart['name']): Text | null =>
  piece !== undefined && typeof piece !== 'string' && piece.part?.name === name ? piece.part.of : null;

/** What a path is known to end with from its last dot on; null where there is no dot behind its last hole. */
export function knownExtension(path: Text): string | null {
  const end = path.at(-1);
  const dot = typeof end === 'string' && !end.includes('/') ? end.lastIndexOf('.') : -1;
  return typeof end === 'string' && dot >= 0 ? end.slice(dot) : null;
}

/** Whether two texts name the same thing. What cannot be compared is not the same. */
export function sameText(one: Text, other: Text): boolean {
  return (
    one.length === other.length &&
    one.every((piece, index) => {
      const twin = other[index];
      if (typeof piece === 'string' || twin === undefined || typeof twin === 'string') return piece === twin;
      return piece.identity !== null && piece.identity === twin.identity;
    })
  );
}

/** Calls of calls of calls have names that double in length: what is longer nobody has spelled twice. */
const longest = 4000;

/** One identity for several pieces; null where one of them has none. */
export function identityOf(pieces: readonly Piece[]): string | null {
  const parts = pieces.map((piece) => (typeof piece === 'string' ? JSON.stringify(piece) : piece.identity));
  const identity = parts.includes(null) ? null : parts.join('+');
  return identity !== null && identity.length <= longest ? identity : null;
}
