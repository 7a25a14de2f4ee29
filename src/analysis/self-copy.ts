import { contextsOf } from '../calls/callers.js';
import type { Node, SourceCode } from '../calls/syntax.js';
import { copiesOntoItself } from './copy-source.js';
import { preconditionOf } from './precondition.js';
import type { CallPlace } from './same-object.js';

/**
 * @param write a blind write
 * @param node where it is told
 * @param sourceCode the file that is looked at
 * @returns the write as one copies an object onto itself with it; told at the write itself, that may be any of its
 *   callers that sends no condition: one is enough for a create-only condition to be refused each time
 */
export function selfCopyOf(write: CallPlace, node: Node, sourceCode: SourceCode): CallPlace | null {
  const { call } = write;
  const blind = contextsOf(call.node, sourceCode).filter((frame) => preconditionOf(call, frame, sourceCode).kind === 'absent');
  const places = node === call.node ? blind.map((frame) => ({ call, frame })) : [write];
  return places.find((place) => copiesOntoItself(place, sourceCode)) ?? null;
}
