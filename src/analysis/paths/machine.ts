import type { Bindings, Variable } from '../../calls/bindings.js';
import type { FunctionNode, Node, SourceCode } from '../../calls/syntax.js';
import type { State } from './state.js';
import type { Value } from './value.js';

/** A value, and the path on which an expression has it. */
export interface Outcome {
  readonly value: Value;
  readonly state: State;
}

/** One answer of a test, and the path on which it gives it. */
export interface Branch extends Outcome {
  readonly truth: boolean;
}

/** A loop, and the variables that tell which turn it is. */
export interface Counted {
  readonly mark: string;
  readonly counters: ReadonlySet<Variable>;
}

/** How a statement ends, on each path. What it throws goes to `fail`. */
export interface Ends {
  readonly next: readonly State[];
  readonly returns: readonly Outcome[];
  readonly breaks: readonly { readonly label: string | null; readonly state: State }[];
  readonly continues: readonly { readonly label: string | null; readonly state: State }[];
}

/**
 * Runs a function without its data: each path is followed on its own, and a value is only what decides whether a header
 * is sent. The parts call each other through this.
 */
export interface Machine {
  readonly sourceCode: SourceCode;
  readonly bindings: Bindings;
  /** The call whose input is asked for. */
  readonly target: Node;
  /** Told of each path that reaches the target. */
  arrive(state: State): void;
  /** Whether what a place holds has a say in what the input of the target holds. */
  isRelevant(place: string): boolean;
  /** Whether running a piece of code could make a difference to it. */
  matters(node: Node): boolean;
  /** The loops that are running, outermost first, and what counts their turns. */
  readonly loops: Counted[];
  evaluate(node: Node, state: State): readonly Outcome[];
  decide(test: Node, state: State): readonly Branch[];
  /** Both answers to a question that is open; the place that was asked for is known afterwards. */
  split(node: Node, value: Value, state: State): readonly Branch[];
  bind(target: Node, value: Value, state: State): readonly State[];
  run(statement: Node, state: State): Ends;
  /** Runs a function; `args` is null where nothing is known of what it is given. */
  enter(called: FunctionNode, args: readonly Value[] | null, state: State): readonly Outcome[];
  isOpen(called: FunctionNode): boolean;
  placeOf(node: Node): string | null;
  /** What is known of a value that was read from a place, by now. */
  resolve(value: Value, state: State): Value;
  /** Forgets the variables of a block or function that a path has left. */
  leave(block: Node, state: State): State;
  /** A path that leaves by an exception. */
  fail(state: State): void;
  /** Runs something, and gives the paths that left it by an exception. */
  attempt<Result>(work: () => Result): { readonly result: Result; readonly failed: readonly State[] };
  /** @throws TooManyPaths */
  step(states?: number): void;
}

/** There are more paths than can be followed: nothing is said. */
export class TooManyPaths extends Error {}
