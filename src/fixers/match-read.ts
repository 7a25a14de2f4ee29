import type { CallPlace } from '../analysis/same-object.js';
import type { Node, SourceCode } from '../calls/syntax.js';
import { addMatch, type Edit } from './add-condition.js';
import { boundResponse } from './bound-response.js';

/**
 * Guards a write with the ETag of the read that its body derives from.
 *
 * Where the read may have failed on the way, an object that was not there must still not be overwritten: then the
 * write is create-only. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 *
 * @returns the edit; null where the response is not at hand at the write, or the client cannot send `IfMatch`
 */
export function matchRead(write: CallPlace, read: CallPlace, reported: Node, sourceCode: SourceCode): Edit {
  // A presigned URL with a condition needs an uploader that sends the header: that is no edit of this line alone.
  if (write.call.presigned || reported !== write.call.node || read.frame !== write.frame) return null;
  const response = boundResponse(read.call, 'ETag', write.call.node, sourceCode);
  if (!response) return null;
  const { expression, optional } = response;
  const property = optional
    ? `...(${expression.replace('.', '?.')} ? { IfMatch: ${expression} } : { IfNoneMatch: '*' })`
    : expression === 'IfMatch'
      ? expression
      : `IfMatch: ${expression}`;
  const add = addMatch(write.call, property, sourceCode);
  return add && ((fixer) => [...response.edit(fixer), ...add(fixer)]);
}
