import { inputShape, type S3Call } from '../../calls/s3-call.js';
import type { SourceCode } from '../../calls/syntax.js';
import type { Conflict } from '../../s3/conflict-names.js';
import { preconditionOf } from '../precondition.js';

/** Conflicts that one operation alone answers with. */
const ofOneOperation: Readonly<Record<string, string>> = {
  BucketAlreadyExists: 'CreateBucket',
  BucketAlreadyOwnedByYou: 'CreateBucket',
  BucketNotEmpty: 'DeleteBucket',
};

/**
 * Whether S3 can answer a call with a conflict. A 412 needs a condition in the request, and so does
 * `ConditionalRequestConflict`. A bare 409 and `OperationAborted` need none: stores answer plain writes of one object at
 * the same time with them.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 *
 * @param call a call
 * @param conflict the name of a conflict, or its status
 * @param sourceCode its file
 * @returns false only where it is known that S3 cannot
 */
export function canAnswerWith(call: S3Call, conflict: Conflict['name'] | Conflict['status'], sourceCode: SourceCode): boolean {
  if (conflict === 409 || conflict === 'OperationAborted' || call.client === 'lent') return true;
  const only = typeof conflict === 'string' ? ofOneOperation[conflict] : undefined;
  if (only !== undefined) return call.operation.name === only;
  const { effect, name } = call.operation;
  if (effect === 'write' || effect === 'delete') return preconditionOf(call, null, sourceCode).kind !== 'absent' || isConditional(call, sourceCode);
  if (conflict === 'ConditionalRequestConflict' && effect !== 'configure') return false;
  return !/Buckets?$|^List/.test(name) && isConditional(call, sourceCode);
}

/** Whether any condition is in the input, or may be: those of reads and of the source of a copy too. */
function isConditional(call: S3Call, sourceCode: SourceCode): boolean {
  // minio's conditions of a copy are its last argument.
  if (call.client === 'minio' && call.operation.name === 'CopyObject') return true;
  const shape = inputShape(call, null, sourceCode);
  return (shape.open !== null && shape.open !== 'typed') || [...shape.properties.keys()].some((name) => /If-?[A-Z]|-if-|^if[A-Z-]|Condition|WriteOffset/.test(name));
}

/** The operation that alone answers with a conflict; null where a condition is what it needs. */
export const onlyOperationOf = (conflict: string): string | null => ofOneOperation[conflict] ?? null;
