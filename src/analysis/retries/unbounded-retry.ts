import type { S3Call } from '../../calls/s3-call.js';
import { s3CallsOf } from '../../calls/s3-calls.js';
import type { CallLike, Node, SourceCode } from '../../calls/syntax.js';
import { namesAnother } from './between-attempts.js';
import { repeatsAfter, type Repeat } from './repeats.js';
import { isBoundedLoop, isBoundedRecursion, type RetryLoop } from './retry-bounds.js';
import { runAnewBy } from './run-anew.js';
import { startsOverAnyway } from './started-over.js';
import { answersForBucket, canConflict, conflictsOf } from '../conflicts/conflicting-call.js';

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
      const retry = withoutEnd(repeat, write, sourceCode);
      if (!retry || found.has(retry.node) || namesAnother(write, repeat, sourceCode) || startsOverAnyway(repeat, write, sourceCode)) continue;
      found.set(retry.node, retry);
    }
  }
  return [...found.values()].sort((one, other) => one.node.range[0] - other.node.range[0]);
}

function withoutEnd(repeat: Repeat, write: S3Call, sourceCode: SourceCode): UnboundedRetry | null {
  switch (repeat.kind) {
    case 'loop': {
      const { node } = repeat;
      // Lists end.
      if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') return null;
      return isBoundedLoop(node, runAnewBy(repeat, sourceCode), sourceCode) ? null : { kind: 'loop', node, write };
    }
    case 'recursion':
    case 'timer':
      return isBoundedRecursion(repeat.node, repeat.repeated, runAnewBy(repeat, sourceCode), sourceCode) ? null : { kind: repeat.kind, node: repeat.node, write };
    case 'library':
      return repeat.retry.attempts.kind === 'endless' ? { kind: 'option', node: repeat.retry.attempts.node, write } : null;
  }
}
