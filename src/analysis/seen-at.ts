import { isOwn, modulePathOf } from '../calls/linked-source.js';
import type { Node, SourceCode } from '../calls/syntax.js';
import type { CallPlace } from './same-object.js';

/**
 * @param place an S3 call, seen from a chain of calls
 * @param sourceCode the file that is looked at
 * @returns where the file has it: the call itself, or the call that leads to it into another module; the call itself too
 *   where none in the file does
 */
export function seenAt({ call, frame }: CallPlace, sourceCode: SourceCode): Node {
  if (isOwn(call.node, sourceCode)) return call.node;
  for (let open = frame; open; open = open.caller) if (isOwn(open.call, sourceCode)) return open.call;
  return call.node;
}

/** How a message names the line of a node: `12`, or `12 of src/storage.ts` in another module. */
export function lineOf(node: Node): string {
  const line = String(node.loc.start.line);
  const path = modulePathOf(node);
  return path === null ? line : `${line} of \`${path}\``;
}

/** The line where the file has an S3 call. */
export const lineSeen = (place: CallPlace, sourceCode: SourceCode): string => lineOf(seenAt(place, sourceCode));
