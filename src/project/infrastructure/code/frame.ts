import type { Node } from 'ts-morph';

import type { Lazy, Made, Value } from './value.js';

/**
 * One run of a function, or one instance of a class. A construct that is made twice declares two buckets, and what is
 * handed to the one is not handed to the other: every expression is read in the frame of the function that it stands in.
 */
export interface Frame {
  /** The function or class. */
  readonly owner: Node;
  readonly key: string;
  /** The frame around it: of the function or class that the owner is written in; null for the file itself. */
  readonly outer: Frame | null;
  readonly arguments: Arguments;
  /** What `this` is, in the frame of a class. */
  readonly instance: Made | null;
  /** How many calls led here. */
  readonly depth: number;
}

export interface Arguments {
  readonly given: readonly Lazy[];
  /** Whether these are all: a spread, or a caller that is not seen, leaves it open. */
  readonly whole: boolean;
}

export const unseenArguments: Arguments = { given: [], whole: false };

/**
 * @param values what a call hands over
 * @param index which of them, from 0
 * @param unseen what stands for an argument that cannot be read
 * @returns what it may be; nothing where it was left out
 */
export function argumentAt(values: Arguments, index: number, unseen: () => Value): readonly Value[] {
  const given = values.given[index];
  if (given) return given();
  return [values.whole ? { kind: 'nothing' } : unseen()];
}
