import type { Place } from '../../calls/frames.js';
import { inputProperty, type S3Call } from '../../calls/s3-call.js';
import { s3CallsOf } from '../../calls/s3-calls.js';
import { contains, isNothing, isFunction, unwrap, walk, type Node, type SourceCode } from '../../calls/syntax.js';
import { conditionKindOf } from '../../s3/conflicts.js';
import { objectConflicts } from '../../s3/conflict-names.js';
import { repeatsAfter, type Repeat } from './repeats.js';
import { acrossAttempts, variesAcross } from './each-attempt.js';
import { isFilledAnew } from './filled-anew.js';
import { framesWithin, runAnewBy, type RunAnew } from './run-anew.js';
import { seenWithin, type SeenCall } from '../seen-at.js';
import { textOriginsOf } from '../text-origins.js';

/** A retry that sends the ETag again which S3 has just refused. */
export interface StaleRetry {
  /** The write or delete, where the file has it. */
  readonly seen: SeenCall;
  readonly repeat: Repeat;
  /** The read that the ETag is of; where that is not seen, where it comes in. */
  readonly from: Node;
  readonly status: number;
}

const matching = ['IfMatch', 'DestinationIfMatch'];

/**
 * @param call a write or delete
 * @param sourceCode its file
 * @returns the retry after a conflict that sends its ETag again; null where there is none, or where an attempt may have
 *   another one. After a 409 as after a 412 AWS has the ETag read again:
 *   https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function staleRetryOf(call: S3Call, sourceCode: SourceCode): StaleRetry | null {
  const condition = call.presigned ? undefined : matching.find((name) => conditionKindOf(call.operation.name, name) === 'match' && inputProperty(call, name, null, sourceCode).kind === 'known');
  if (condition === undefined) return null;
  for (const conflict of [...objectConflicts].sort((one, other) => other.status - one.status)) {
    for (const repeat of repeatsAfter(call, conflict, sourceCode)) {
      const from = repeatsAtAll(repeat) ? sentAgain(call, condition, repeat, sourceCode) : null;
      const seen = from && seenWithin(call, runAnewBy(repeat, sourceCode).holds, sourceCode);
      if (seen) return { seen, repeat, from, status: conflict.status };
    }
  }
  return null;
}

/** A library that is told to make one attempt repeats nothing. */
const repeatsAtAll = (repeat: Repeat): boolean => repeat.kind !== 'library' || repeat.retry.attempts.kind !== 'limited' || repeat.retry.attempts.most !== 1;

/** Where the ETag comes in that all attempts send; null where one may send another, or none. */
function sentAgain(call: S3Call, condition: string, repeat: Repeat, sourceCode: SourceCode): Node | null {
  const anew = runAnewBy(repeat, sourceCode);
  const input = call.input.kind === 'object' ? call.input.node : call.input.headers;
  if (comparesETags(anew, sourceCode) || [call.node, ...(input ? [input] : [])].some((node) => isFilledAnew(node, anew, sourceCode))) return null;
  const places: Place[] = [];
  for (const frame of framesWithin(call.node, anew, sourceCode)) {
    const property = inputProperty(call, condition, frame, sourceCode);
    if (property.kind !== 'known' || (!property.always && dependsOnAttempt(property.node, anew, sourceCode))) return null;
    for (const value of property.values) {
      const across = acrossAttempts(value, repeat, anew, sourceCode);
      if (across.kind === 'may differ') return null;
      places.push(...across.from);
    }
  }
  if (places.some(({ node }) => node.type === 'Literal' && node.value === '*')) return null;
  const [first] = places;
  return first ? readBehind(first, sourceCode) : null;
}

/** Whether a condition is left out by a test that may be another in each attempt: `attempt === 0 ? { IfMatch } : {}`. */
function dependsOnAttempt(set: Node, anew: RunAnew, sourceCode: SourceCode): boolean {
  for (let outer = set.parent, child: Node = set; outer && !isFunction(outer) && anew.holds(outer); child = outer, outer = outer.parent) {
    const test = outer.type === 'IfStatement' || outer.type === 'ConditionalExpression' ? outer.test : outer.type === 'LogicalExpression' && child === outer.right ? outer.left : null;
    if (test && child !== test && variesAcross(test, anew, sourceCode)) return true;
  }
  return false;
}

/** Whether an attempt looks if the ETag is still the one that it knows: then it is not sent blindly. */
function comparesETags({ pieces }: RunAnew, sourceCode: SourceCode): boolean {
  let compares = false;
  for (const piece of pieces) {
    walk(piece, sourceCode, (node) => {
      if (node.type !== 'BinaryExpression' || !/^[!=]==?$/.test(node.operator)) return;
      const sides = [unwrap(node.left), unwrap(node.right)];
      compares ||= sides.every((side) => side.type !== 'Literal' && !isNothing(side)) && sides.some((side) => /e_?tag/i.test(sourceCode.getText(side)));
    });
  }
  return compares;
}

/** The S3 call that an ETag was read by; else the parameter, or whatever it comes from. */
function readBehind(place: Place, sourceCode: SourceCode): Node {
  const origins = textOriginsOf(place, sourceCode);
  const read = s3CallsOf(sourceCode).find((call) => origins.some(({ node }) => [call.node, ...call.sentBy].some((at) => at === node || contains(node, at))));
  return read?.node ?? origins[0]?.node ?? place.node;
}
