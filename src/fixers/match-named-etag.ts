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
    const names = sourceCode.getDeclaredVariables(owner).filter((variable) => variable.defs[0]?.type === 'Parameter').map((variable) => variable.name);
    const name = names.find((parameter) => namesETag.test(parameter));
    const edit = name === undefined ? null : addMatch(call, `IfMatch: ${name}`, sourceCode);
    if (name !== undefined && edit) return { name, edit };
  }
  return null;
}
