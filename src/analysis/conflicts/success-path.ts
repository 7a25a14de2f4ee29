import type { S3Call } from '../../calls/s3-call.js';
import { contains, enclosingFunction, isFunction, isNothing, type CallLike, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import { successTrailsOf } from '../trails/conflict-trails.js';
import type { EndedTrail } from '../trails/trail.js';

/** What a function does when the call works, to hold against what it does when the call fails. */
export interface SuccessPath {
  /** What is run, up to where the function answers. */
  readonly steps: ReadonlySet<Node>;
  /** What it answers; null for nothing. */
  readonly answers: readonly (Node | null)[];
  /** Loops that take another turn after a success: they work on items, or go on until somebody stops them. */
  readonly turns: ReadonlySet<Node>;
}

/**
 * @param call a call that may fail
 * @param failed where it is sent
 * @param from the function that catches the failure, or what that was handed to; null for the module
 * @param sourceCode the file
 * @returns what the function does when the call works; null where it cannot be followed there
 */
export function successPathOf(call: S3Call, failed: Node, from: FunctionNode | null, sourceCode: SourceCode): SuccessPath | null {
  const passing = [call, ...handedOver(call, failed, from, sourceCode)]
    .flatMap((place) => successTrailsOf(place, sourceCode))
    .filter((trail) => trail.steps.some((step) => enclosingFunction(step) === from));
  const within = passing.map((trail) => ({ trail, steps: trail.steps.slice(0, trail.steps.findLastIndex((step) => isWithin(step, from)) + 1) }));
  if (from && from.body.type !== 'BlockStatement') return { steps: new Set(within.flatMap(({ steps }) => steps)), answers: [answeredBy([], from)], turns: new Set() };
  if (within.length === 0 || within.some(({ trail: { end } }) => end.kind === 'lost' && end.node !== from && isWithin(end.node, from))) return null;
  return {
    steps: new Set(within.flatMap(({ steps }) => steps)),
    answers: within.flatMap(({ trail, steps }) => (endsWithin(trail, from) ? [] : [answeredBy(steps, from)])),
    turns: new Set(within.flatMap(({ trail }) => (trail.end.kind === 'again' ? [trail.end.loop] : []))),
  };
}

const isWithin = (node: Node, from: FunctionNode | null): boolean => from === null || contains(from, node);

/** The same call at the place where a function with it in is handed to another: `withRetry(() => client.send(command))`. */
function handedOver(call: S3Call, failed: Node, from: FunctionNode | null, sourceCode: SourceCode): readonly S3Call[] {
  if (enclosingFunction(failed) === from || !isWithin(failed, from)) return [];
  let outermost: CallLike | null = null;
  for (let outer: Node | undefined = failed; outer && outer !== from; outer = outer.parent) {
    if ((outer.type === 'CallExpression' || outer.type === 'NewExpression') && enclosingFunction(outer) === from) outermost = outer;
  }
  return outermost ? [handed(call, outermost, sourceCode)] : [];
}

/** Owner: this module; one for each place, so that its trails are run once. */
const handedCalls = new WeakMap<SourceCode['ast'], Map<Node, S3Call>>();

function handed(call: S3Call, at: CallLike, { ast }: SourceCode): S3Call {
  const known = handedCalls.get(ast) ?? new Map<Node, S3Call>();
  handedCalls.set(ast, known);
  const place = known.get(at) ?? { ...call, sentBy: [at] };
  known.set(at, place);
  return place;
}

/** Whether a trail stops before the function answers: it takes another turn, or throws. */
const endsWithin = ({ end }: EndedTrail, from: FunctionNode | null): boolean =>
  (end.kind === 'again' && isWithin(end.loop, from)) || end.kind === 'exits' || (end.kind === 'leaves' && end.from === from);

/** What a function that runs these steps answers; null for nothing. */
export function answeredBy(steps: readonly Node[], from: FunctionNode | null): Node | null {
  if (from && from.body.type !== 'BlockStatement') return from.body;
  const last = steps.findLast((step) => enclosingFunction(step) === from);
  return last?.type === 'ReturnStatement' && last.argument && !isNothing(last.argument) ? last.argument : null;
}

/** Whether a function answers nothing: it has no `return` with a value. */
export function answersNothing(node: Node, returns: readonly Node[]): boolean {
  if (!isFunction(node)) return false;
  return node.body.type === 'BlockStatement' ? returns.every(isNothing) : isNothing(node.body);
}
