import { calledFunctions, originsOf } from '../calls/origins.js';
import type { S3Call } from '../calls/s3-call.js';
import { s3CallsOf } from '../calls/s3-calls.js';
import { contains, walk, type CallLike, type Node, type SourceCode } from '../calls/syntax.js';
import { namesAnother } from './between-attempts.js';
import { successTrailsOf } from './conflicts/conflict-trails.js';
import { repeatsAfter, type Repeat } from './conflicts/repeats.js';
import { isTimer } from './pause-call.js';
import { isBoundedLoop, isBoundedRecursion, type RetryLoop } from './retry-bounds.js';
import { answersForBucket, canConflict, conflictsOf } from './write-within.js';

/** What repeats a conflicting write for ever. */
export type UnboundedRetry =
  | { readonly kind: 'loop'; readonly node: RetryLoop; readonly write: S3Call }
  | { readonly kind: 'recursion' | 'timer'; readonly node: CallLike; readonly write: S3Call }
  | { readonly kind: 'option'; readonly node: Node; readonly write: S3Call };

/**
 * @param sourceCode a file
 * @returns what repeats a write that can conflict, with nothing that ends it, in source order
 */
export function unboundedRetriesOf(sourceCode: SourceCode): readonly UnboundedRetry[] {
  const found = new Map<Node, UnboundedRetry>();
  for (const write of s3CallsOf(sourceCode)) {
    if (!canConflict(write, sourceCode)) continue;
    const conflicts = conflictsOf(write).map((conflict) => repeatsAfter(write, conflict, sourceCode));
    for (const repeat of conflicts.flat()) {
      // A library that is told to end on one conflict was thought about.
      if (repeat.kind === 'library' && !answersForBucket(write) && !conflicts.every((repeats) => repeats.some(({ node }) => node === repeat.node))) continue;
      if (namesAnother(write, repeat, sourceCode) || goesOnAnyway(repeat, write, sourceCode)) continue;
      const retry = withoutEnd(repeat, write, sourceCode);
      if (retry && !found.has(retry.node)) found.set(retry.node, retry);
    }
  }
  return [...found.values()].sort((one, other) => one.node.range[0] - other.node.range[0]);
}

/** A heartbeat, a job by the clock: a function that starts itself over when the write succeeded, too, is no retry of it. */
function goesOnAnyway(repeat: Repeat, write: S3Call, sourceCode: SourceCode): boolean {
  if (repeat.kind !== 'recursion' && repeat.kind !== 'timer') return false;
  const startsOver = (node: Node): boolean => {
    if (node.type !== 'CallExpression') return false;
    const [handed] = node.arguments;
    const started = isTimer(node, sourceCode) && handed ? originsOf({ node: handed, frame: null }, sourceCode).map(({ node: named }) => named) : calledFunctions(node, null, sourceCode);
    return started.includes(repeat.repeated);
  };
  return successTrailsOf(write, sourceCode).some(({ steps, failed }) =>
    steps.some((step) => {
      let found = false;
      if (!contains(step, failed)) walk(step, sourceCode, (node) => !(found ||= startsOver(node)));
      return found;
    }),
  );
}

function withoutEnd(repeat: Repeat, write: S3Call, sourceCode: SourceCode): UnboundedRetry | null {
  switch (repeat.kind) {
    case 'loop': {
      const { node } = repeat;
      // Lists end.
      if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') return null;
      return isBoundedLoop(node, sourceCode) ? null : { kind: 'loop', node, write };
    }
    case 'recursion':
    case 'timer':
      return isBoundedRecursion(repeat.node, repeat.repeated, sourceCode) ? null : { kind: repeat.kind, node: repeat.node, write };
    case 'library':
      return repeat.retry.attempts.kind === 'endless' ? { kind: 'option', node: repeat.retry.attempts.node, write } : null;
  }
}
