import type { TSESTree } from '@typescript-eslint/utils';

import type { Variable } from '../../calls/bindings.js';
import type { CallLike, FunctionNode, Node } from '../../calls/syntax.js';
import type { Library } from '../conflicts/error-facet.js';

/** What S3 answers: a conflict, or another error to hold against it. */
export interface Answer {
  readonly name: string;
  readonly status: number;
}

/** The error that travels; `library` is null where it may be that of several. */
export type Failure =
  | { readonly kind: 's3'; readonly answer: Answer; readonly library: Library | null }
  /** One that the program made on the way, in place of S3's; null where it is not seen how. */
  | { readonly kind: 'own'; readonly made: TSESTree.NewExpression | null };

/** What a name, or a call that was left, stands for on a trail. */
export type Held =
  | { readonly kind: 'error' }
  /** A property of the error: `catch ({ name })`. */
  | { readonly kind: 'facet'; readonly path: readonly string[] }
  | { readonly kind: 'truth'; readonly truth: boolean }
  /** An object that has the error under a path: p-retry's `{ error, attemptNumber }`. */
  | { readonly kind: 'holder'; readonly path: readonly string[] }
  /** A text or number of the source that a function was handed: `hasName(error, 'PreconditionFailed')`. */
  | { readonly kind: 'text'; readonly text: string }
  /** Something that the trail does not know. */
  | { readonly kind: 'passed' };

export const passed: Held = { kind: 'passed' };

/** A function that the trail entered by a call, to which it goes back; a predicate is only asked, and has none. */
export interface Entered {
  readonly function: FunctionNode;
  readonly call: CallLike | null;
}

/** A test that was decided by what the error is. */
export interface Decision {
  readonly test: Node;
  readonly truth: boolean;
}

/** The way of a conflict through a program: what is run after a write failed with it. */
export interface Trail {
  /** The call that failed. */
  readonly failed: Node;
  readonly failure: Failure;
  readonly held: ReadonlyMap<Variable | Node, Held>;
  /** What was run, in order: simple statements and the tests of the others. */
  readonly steps: readonly Node[];
  readonly decisions: readonly Decision[];
  /** The handlers that caught it, the body of each. */
  readonly handlers: readonly Node[];
  /** Loops that were begun on the way. */
  readonly begun: readonly Node[];
  /** Loops of which the turns are used up. */
  readonly exhausted: readonly Node[];
  readonly entered: readonly Entered[];
  /** How many callers were gone up to. */
  readonly height: number;
}

/** Where a trail ends. */
export type End =
  /** The error, or another in its place, leaves the file or the function that is its last one in the file. */
  | { readonly kind: 'leaves'; readonly from: FunctionNode | null }
  /** Somebody was handed the error: a callback, a promise's `reject`, a function that is not seen. */
  | { readonly kind: 'told'; readonly node: Node }
  /** A function answers; `value` is null where it answers nothing, `held` is what is known of the value. */
  | { readonly kind: 'returns'; readonly from: FunctionNode | null; readonly value: Node | null; readonly held: Held | null }
  /** A loop that the write stands in takes another turn. */
  | { readonly kind: 'again'; readonly loop: Node }
  /** Nobody waits for the promise. */
  | { readonly kind: 'floats'; readonly node: Node }
  /** The program ends. */
  | { readonly kind: 'exits'; readonly node: Node }
  /** It goes where it cannot be followed. */
  | { readonly kind: 'lost'; readonly node: Node };

export interface EndedTrail extends Trail {
  readonly end: End;
}

export const trailOf = (failed: Node, failure: Failure): Trail => ({ failed, failure, held: new Map(), steps: [], decisions: [], handlers: [], begun: [], exhausted: [], entered: [], height: 0 });

export const withHeld = (trail: Trail, key: Variable | Node, held: Held | null): Trail => {
  const all = new Map(trail.held);
  if (held) all.set(key, held);
  else all.delete(key);
  return { ...trail, held: all };
};

export const withStep = (trail: Trail, step: Node): Trail => ({ ...trail, steps: [...trail.steps, step] });
