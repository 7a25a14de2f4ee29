import type { Variable } from '../calls/bindings.js';
import type { S3Call } from '../calls/s3-call.js';
import { enclosingFunction, type SourceCode } from '../calls/syntax.js';
import { addMatch, type Edit } from './add-condition.js';
import { isSeen } from './bound-response.js';

/** A parameter that the caller hands in for this very purpose: `etag`, `ifMatch`, `expectedETag`. */
const namesETag = /^(?:if_?match|(?:(?:current|expected|previous|prev|old|last|known|base|original)_?)?e_?tag)$/i;

/**
 * Guards a write with an ETag that its function was given.
 *
 * @param call a write
 * @returns the parameter's name and the edit; null where the function has no such parameter
 */
export function matchNamedETag(call: S3Call, sourceCode: SourceCode): { name: string; edit: NonNullable<Edit> } | null {
  for (let owner = enclosingFunction(call.node); owner; owner = enclosingFunction(owner)) {
    const parameters = sourceCode.getDeclaredVariables(owner).filter((variable) => variable.defs[0]?.type === 'Parameter');
    const name = parameters.find((variable) => namesETag.test(variable.name) && isText(variable) && isSeen(variable, call.node, sourceCode))?.name;
    const edit = name === undefined ? null : addMatch(call, `IfMatch: ${name}`, sourceCode);
    if (name !== undefined && edit) return { name, edit };
  }
  return null;
}

/** A parameter with no type, or a plain string: what may be null or a flag is no condition as it stands. */
function isText(variable: Variable): boolean {
  const annotation = variable.identifiers[0]?.typeAnnotation?.typeAnnotation;
  return !annotation || annotation.type === 'TSStringKeyword';
}
