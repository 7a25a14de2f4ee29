import { calledFunctions } from '../../calls/called-functions.js';
import { originsOf } from '../../calls/origins.js';
import type { S3Call } from '../../calls/s3-call.js';
import { contains, walk, type Node, type SourceCode } from '../../calls/syntax.js';
import { successTrailsOf } from '../trails/conflict-trails.js';
import type { Repeat } from './repeats.js';
import { isTimer } from './pause-call.js';

/**
 * @param repeat what sends a write again after a conflict
 * @param write the write
 * @param sourceCode the file
 * @returns whether a function calls itself or sets its timer again when the write succeeded, too: a heartbeat or a job by
 *   the clock is no retry
 */
export function startsOverAnyway(repeat: Repeat, write: S3Call, sourceCode: SourceCode): boolean {
  if (repeat.kind !== 'recursion' && repeat.kind !== 'timer') return false;
  return successTrailsOf(write, sourceCode).some(({ steps, failed }) =>
    steps.some((step) => {
      let found = false;
      // What calls the function from outside has started it, and does not start it over.
      if (contains(step, failed) || !contains(repeat.repeated, step)) return found;
      walk(step, sourceCode, (node) => {
        found ||= startedBy(node, sourceCode).includes(repeat.repeated);
        return !found;
      });
      return found;
    }),
  );
}

/** The functions that a call runs, at once or by a timer. */
function startedBy(call: Node, sourceCode: SourceCode): readonly Node[] {
  if (call.type !== 'CallExpression') return [];
  const [handed] = call.arguments;
  return isTimer(call, sourceCode) && handed ? originsOf({ node: handed, frame: null }, sourceCode).map(({ node }) => node) : calledFunctions(call, null, sourceCode);
}
