import { copiesOntoItself } from '../analysis/copy-source.js';
import { sameObject, type CallPlace } from '../analysis/same-object.js';
import { contextsOf } from '../calls/callers.js';
import { inputShape } from '../calls/s3-call.js';
import { s3CallsOf } from '../calls/s3-calls.js';
import type { Node, SourceCode } from '../calls/syntax.js';
import { addMatch, type Edit } from './add-condition.js';
import { boundResponse } from './bound-response.js';

/**
 * Guards a write with the ETag of the read that its body derives from, or a delete with that of the read that decided it.
 *
 * Where the read may have failed on the way, an object that was not there must still not be overwritten: then the
 * write is create-only. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 * A delete and a copy of an object onto itself have no such other half, so there it is left to its author.
 *
 * @returns the edit; null where the response is not at hand at the write, or the client cannot send `IfMatch`
 */
export function matchRead(write: CallPlace, read: CallPlace, reported: Node, sourceCode: SourceCode): Edit {
  const { call } = write;
  const edited = call.input.kind === 'object' ? call.input.node : null;
  // A presigned URL with a condition needs an uploader that sends the header: that is no edit of this line alone.
  if (call.presigned || !edited || reported !== call.node || read.frame !== write.frame) return null;
  // A read of an old version answers with the ETag of that one, and after another write the ETag is another.
  if (inputShape(read.call, read.frame, sourceCode).properties.has('VersionId') || isChangedBetween(read, write, sourceCode)) return null;
  // For another caller the read is of another object, whose ETag would be refused for good.
  if (!contextsOf(call.node, sourceCode).every((frame) => sameObject({ call, frame }, { call: read.call, frame }, sourceCode))) return null;
  const response = boundResponse(read.call, 'ETag', edited, sourceCode);
  if (!response) return null;
  const { expression, optional } = response;
  if (optional && (call.operation.effect === 'delete' || copiesOntoItself(write, sourceCode))) return null;
  const property = optional ? `...(${expression.replace('.', '?.')} ? { IfMatch: ${expression} } : { IfNoneMatch: '*' })` : `IfMatch: ${expression}`;
  const add = addMatch(call, property, sourceCode);
  return add && ((fixer) => [...response.edit(fixer), ...add(fixer)]);
}

/** Whether another write or delete of the same object stands between a read and a write. */
function isChangedBetween(read: CallPlace, write: CallPlace, sourceCode: SourceCode): boolean {
  return s3CallsOf(sourceCode).some(
    (call) =>
      (call.operation.effect === 'write' || call.operation.effect === 'delete') &&
      call.node.range[0] > read.call.node.range[0] &&
      call.node.range[0] < write.call.node.range[0] &&
      sameObject(write, { call, frame: write.frame }, sourceCode),
  );
}
