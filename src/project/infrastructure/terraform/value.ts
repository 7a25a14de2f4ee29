import { createHash } from 'node:crypto';

import type { PartialText } from '../../../facts/glob.js';

/**
 * What an expression of Terraform is known to be. Much is known only when it is applied; an unknown value keeps an
 * identity, so that two uses of the same unknown (`var.stage` of one module) are seen to be equal.
 */
export type Value =
  | { readonly kind: 'literal'; readonly value: number | boolean | null }
  /** Normal form: neighbouring strings are one, and a text that is nothing but one value is that value. */
  | { readonly kind: 'text'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'list'; readonly elements: readonly Value[]; readonly rest: Rest | null }
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, Value>; readonly rest: Rest | null }
  /** What `jsonencode` made. */
  | { readonly kind: 'json'; readonly value: Value }
  /** The name of a bucket. */
  | BucketName
  /** Something that is asked for its members: `var`, `module.x`, a resource. */
  | { readonly kind: 'holder'; readonly id: string | null; readonly member: (key: string) => Value }
  | Unknown
  /** What Terraform would stop at, such as a member that an object does not have; `try` goes on to its next argument. */
  | { readonly kind: 'error' };

/** Further elements, of which it is not known how many there are: the value that each has, and what decides which there are. */
export interface Rest {
  readonly value: Value;
  readonly extent: string | null;
}

export interface Unknown {
  readonly kind: 'unknown';
  /** Equal identities stand for equal values; null is equal to nothing. */
  readonly id: string | null;
  /** The buckets whose name it is one of; null where it may be anything. */
  readonly among: readonly DeclaredName[] | null;
}

export interface BucketName {
  readonly kind: 'bucket';
  readonly bucket: DeclaredName;
}

/** A declared bucket, as far as a reference to it tells. */
export interface DeclaredName {
  /** One for each bucket of the project. */
  readonly id: string;
  /** The text that it is called by; null where the declaration gives no name. Lazy, for names may be made of names. */
  readonly name: () => Value | null;
}

export type Piece = string | BucketName | Unknown | Extract<Value, { readonly kind: 'json' }>;

export const absent: Value = { kind: 'literal', value: null };
export const error: Value = { kind: 'error' };
export const noEntries: Value = { kind: 'object', entries: new Map(), rest: null };
export const unknown = (id: string | null): Unknown => ({ kind: 'unknown', id, among: null });
export const literal = (value: number | boolean | null): Value => ({ kind: 'literal', value });
export const textOf = (text: string): Value => ({ kind: 'text', pieces: [text] });

/** Texts and lists that double with each local that they go through are given up before they fill the memory. */
export const sizeLimit = 10_000;

/** @returns the values, one after the other, as one text */
export function joined(values: readonly (string | Value)[]): Value {
  const pieces: Piece[] = [];
  const add = (piece: Piece): void => {
    const last = pieces.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
    else if (piece !== '') pieces.push(piece);
  };
  for (const value of values) {
    if (typeof value === 'string') add(value);
    else if (value.kind === 'error' || isNull(value)) return error;
    else piecesOf(value).forEach(add);
  }
  if (pieces.length > sizeLimit || pieces.some((piece) => typeof piece === 'string' && piece.length > sizeLimit * 100)) return unknown(null);
  const [only] = pieces;
  return only !== undefined && typeof only !== 'string' && pieces.length === 1 ? only : { kind: 'text', pieces: only === undefined ? [''] : pieces };
}

/** @returns a value as it stands in a text: a hole where that is not known */
export function piecesOf(value: Value): readonly Piece[] {
  if (value.kind === 'text') return value.pieces;
  if (value.kind === 'bucket' || value.kind === 'json' || value.kind === 'unknown') return [value];
  if (value.kind === 'literal' && value.value !== null) return [String(value.value)];
  return [unknown(identityOf(value))];
}

/** @returns the text where all of it is known, else null */
export function knownText(value: Value): string | null {
  if (value.kind === 'literal') return value.value === null ? null : String(value.value);
  const only = value.kind === 'text' && value.pieces.length === 1 ? value.pieces[0] : null;
  return typeof only === 'string' ? only : null;
}

/** @returns whether it is true; null where that is not known. Terraform takes `"true"` for true. */
export function truthOf(value: Value): boolean | null {
  if (value.kind === 'literal' && typeof value.value === 'boolean') return value.value;
  const text = knownText(value);
  return text === 'true' ? true : text === 'false' ? false : null;
}

export const isNull = (value: Value): boolean => value.kind === 'literal' && value.value === null;

/**
 * @returns a text that equal values share; null where nothing can be told to be equal to it. A bucket's name stands for
 *   what the bucket is called by, so that its literal name and a reference to it are equal.
 */
export function identityOf(value: Value): string | null {
  switch (value.kind) {
    case 'literal':
      // Terraform converts between texts, numbers and booleans wherever one of them is wanted.
      return JSON.stringify(value.value === null ? null : String(value.value));
    case 'text':
      return all(value.pieces.map((piece) => (typeof piece === 'string' ? JSON.stringify(piece) : identityOf(piece))), (pieces) => pieces.join('+'));
    case 'list':
      return collectionIdentity(value.elements, value.rest, '[');
    case 'object': {
      const keys = JSON.stringify([...value.entries.keys()]);
      return collectionIdentity([...value.entries.values()], value.rest, keys);
    }
    case 'json':
      return all([identityOf(value.value)], ([inner]) => `json(${inner ?? ''})`);
    case 'bucket': {
      const name = value.bucket.name();
      return name ? (identityOf(name) ?? `bucket(${value.bucket.id})`) : `bucket(${value.bucket.id})`;
    }
    case 'holder':
    case 'unknown':
      return value.id;
    case 'error':
      return null;
  }
}

function collectionIdentity(elements: readonly Value[], rest: Rest | null, opening: string): string | null {
  const inside = rest ? [...elements.map(identityOf), rest.extent, identityOf(rest.value)] : elements.map(identityOf);
  return all(inside, (known) => `${opening}${known.join(',')}]`);
}

/** @returns the identity of what is made of values that are known by theirs; null as soon as one is not */
export const derived = (from: string, values: readonly Value[]): Unknown => unknown(all(values.map(identityOf), (known) => `${from}(${known.join(',')})`));

function all(identities: readonly (string | null)[], made: (known: readonly string[]) => string): string | null {
  const known = identities.filter((identity) => identity !== null);
  return known.length === identities.length ? shortened(made(known)) : null;
}

/** An identity may be made of the same one many times over: what is long is told by its digest. */
const shortened = (identity: string): string => (identity.length > 400 ? createHash('sha256').update(identity).digest('hex') : identity);

/** @returns the text as the facts have it: names of buckets spelled out, null for what is not known */
export function partialText(value: Value): PartialText {
  const parts: (string | null)[] = [];
  for (const piece of spelledOut(value)) {
    const part = typeof piece === 'string' ? piece : null;
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== null || last !== null) parts.push(part);
  }
  return parts;
}

function spelledOut(value: Value): readonly Piece[] {
  return piecesOf(value).flatMap((piece) => {
    if (typeof piece === 'string' || piece.kind !== 'bucket') return [piece];
    const name = piece.bucket.name();
    return name ? spelledOut(name) : [unknown(null)];
  });
}

/** @returns whether two texts can be the same one: their known beginnings and ends do not contradict each other */
export function mayBeEqual(one: PartialText, other: PartialText): boolean {
  if (one.every((part) => part !== null) && other.every((part) => part !== null)) return one.join('') === other.join('');
  const agree = (first: string | null | undefined, second: string | null | undefined, side: 'startsWith' | 'endsWith'): boolean => {
    const [a, b] = [first ?? '', second ?? ''];
    return a[side](b) || b[side](a);
  };
  return agree(one[0], other[0], 'startsWith') && agree(one.at(-1), other.at(-1), 'endsWith');
}
