import { calledFunctions } from '../calls/origins.js';
import type { S3Call } from '../calls/s3-call.js';
import { s3CallsOf } from '../calls/s3-calls.js';
import { contains, walk, type Node, type SourceCode } from '../calls/syntax.js';
import { preconditionOf } from './precondition.js';

const maximumDepth = 2;

/** Whether the conflicts of a call are those of a bucket. */
export const answersForBucket = (call: S3Call): boolean => call.operation.effect === 'create-bucket' || call.operation.name === 'DeleteBucket';

/** A write or delete with a condition answers 409 or 412; creating and deleting buckets answers 409 without one. */
export function canConflict(call: S3Call, sourceCode: SourceCode): boolean {
  const { effect } = call.operation;
  if (answersForBucket(call)) return true;
  return (effect === 'write' || effect === 'delete') && !call.presigned && preconditionOf(call, null, sourceCode).kind !== 'absent';
}

/** The conflicting write that runs somewhere within a node, by way of functions of the file too; null where none does. */
export function writeWithin(node: Node, sourceCode: SourceCode, depth = 0): S3Call | null {
  const direct = s3CallsOf(sourceCode).find((call) => [call.node, ...call.sentBy].some((at) => contains(node, at)) && canConflict(call, sourceCode));
  if (direct || depth > maximumDepth) return direct ?? null;
  const found: S3Call[] = [];
  walk(node, sourceCode, (inner) => {
    if (found.length > 0) return false;
    if (inner.type !== 'CallExpression') return undefined;
    for (const called of calledFunctions(inner, null, sourceCode)) {
      const write = contains(called, node) ? null : writeWithin(called.body, sourceCode, depth + 1);
      if (write) found.push(write);
    }
    return undefined;
  });
  return found[0] ?? null;
}
