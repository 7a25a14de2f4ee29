import type { S3Call } from '../calls/s3-call.js';
import { enclosingFunction, type SourceCode } from '../calls/syntax.js';
import { addMatch, type Edit } from './add-condition.js';

/** A parameter that the caller hands in for this very purpose: `etag`, `ifMatch`, `expectedETag`. */
const namesETag = /^(?:if_?match|(?:[a-z]+_?)?e_?tag)$/i;

/**
 * Guards a write with an ETag that its function was given.
 *
 * @param call a write
 * @returns the parameter's name and the edit; null where the function has no such parameter
 */
export function matchNamedETag(call: S3Call, sourceCode: SourceCode): { name: string; edit: NonNullable<Edit> } | null {
  for (let owner = enclosingFunction(call.node); owner; owner = enclosingFunction(owner)) {
    for (const parameter of owner.params) {
      if (parameter.type !== 'Identifier' || !namesETag.test(parameter.name)) continue;
      const edit = addMatch(call, `IfMatch: ${parameter.name}`, sourceCode);
      return edit && { name: parameter.name, edit };
    }
  }
  return null;
}
