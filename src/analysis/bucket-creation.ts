import { calledFunctions } from '../calls/called-functions.js';
import type { Frame } from '../calls/frames.js';
import { contextsOf } from '../calls/callers.js';
import type { S3Call } from '../calls/s3-call.js';
import { contains, isFunction, methodName, walk, type Node, type SourceCode } from '../calls/syntax.js';
import { decisionOn, type Decision } from './deciding-checks.js';

/**
 * @param call a CreateBucket
 * @param sourceCode its file
 * @returns the check that decides whether it runs; null where there is none, or where the answer of the create itself
 *   is understood: a create that tells `BucketAlreadyOwnedByYou` apart needs no check
 */
export function uncheckedCreation(call: S3Call, sourceCode: SourceCode): Decision | null {
  for (const frame of contextsOf(call.node, sourceCode)) {
    const decision = decisionOn({ call, frame }, sourceCode);
    if (decision && !handlesOwnBucket(call.node, frame, sourceCode)) return decision;
  }
  return null;
}

/** Whether a failure of this place is looked at for `BucketAlreadyOwnedByYou`, here or in a caller. */
function handlesOwnBucket(node: Node, frame: Frame | null, sourceCode: SourceCode): boolean {
  let open = frame;
  for (let outer: Node | undefined = node.parent; outer; outer = outer.parent) {
    if (outer.type === 'TryStatement' && outer.handler && contains(outer.block, node) && names(outer.handler, sourceCode)) return true;
    if (outer.type === 'CallExpression' && methodName(outer) === 'catch' && outer.arguments[0] && names(outer.arguments[0], sourceCode)) return true;
    if (isFunction(outer) && open?.function === outer) {
      if (handlesOwnBucket(open.call, open.caller, sourceCode)) return true;
      open = open.caller;
    }
  }
  return false;
}

const ownBucket = /BucketAlreadyOwnedByYou/;

/** Whether a handler, or a function of the file that it calls, speaks of the error. */
function names(handler: Node, sourceCode: SourceCode): boolean {
  if (ownBucket.test(sourceCode.getText(handler))) return true;
  let found = false;
  walk(handler, sourceCode, (node) => {
    if (node.type === 'CallExpression') found ||= calledFunctions(node, null, sourceCode).some((called) => ownBucket.test(sourceCode.getText(called)));
  });
  return found;
}
