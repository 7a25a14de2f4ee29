import type { S3Call } from '../../calls/s3-call.js';
import type { SourceCode } from '../../calls/syntax.js';
import { conflictsOfOperation, type Conflict } from '../../s3/conflict-names.js';
import { preconditionOf } from '../precondition.js';

/** Whether the conflicts of a call are those of a bucket. */
export const answersForBucket = (call: S3Call): boolean => call.operation.effect === 'create-bucket' || call.operation.name === 'DeleteBucket';

/** The conflicts that a call can fail with. DeleteObjects does not fail: it names them in its answer. */
export const conflictsOf = (call: S3Call): readonly Conflict[] => (call.operation.name === 'DeleteObjects' ? [] : conflictsOfOperation(call.operation.name));

/** A write or delete with a condition answers 409 or 412; creating and deleting buckets answers 409 without one. */
export function canConflict(call: S3Call, sourceCode: SourceCode): boolean {
  const { effect } = call.operation;
  if (answersForBucket(call)) return true;
  return (effect === 'write' || effect === 'delete') && !call.presigned && preconditionOf(call, null, sourceCode).kind !== 'absent';
}
