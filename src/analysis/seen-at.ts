import { isLeftForLater } from '../calls/left-for-later.js';
import { contextsOf } from '../calls/callers.js';
import { isOwn, modulePathOf } from '../calls/linked-source.js';
import type { S3Call } from '../calls/s3-call.js';
import type { Node, SourceCode } from '../calls/syntax.js';
import type { Client } from '../calls/s3-call.js';
import type { CallPlace } from './same-object.js';

/**
 * @param place an S3 call, seen from a chain of calls
 * @param sourceCode the file that is looked at
 * @returns where the file has it: the call itself, or the call that leads to it into another module; the call itself too
 *   where none in the file does
 */
export function seenAt({ call, frame }: CallPlace, sourceCode: SourceCode): Node {
  if (isOwn(call.node, sourceCode)) return call.node;
  for (let open = frame, inner: Node = call.node; open && !isLeftForLater(inner, open.function, sourceCode); inner = open.call, open = open.caller) {
    if (isOwn(open.call, sourceCode)) return open.call;
  }
  return call.node;
}

/** What leads from the file into another module, as the source names it: `storage.put`; null where a call stands in the file itself. */
export function wrapperOf({ call }: CallPlace, at: Node, sourceCode: SourceCode): string | null {
  if (isOwn(call.node, sourceCode)) return null;
  const callee = at.type === 'CallExpression' || at.type === 'NewExpression' ? sourceCode.getText(at.callee).replace(/\s+/g, ' ').replace(/ ?(\??\.) ?/g, '$1') : 'the function';
  return callee.length <= 60 ? callee : `${callee.slice(0, 57)}…`;
}

/** What stands in the way of a condition on a write through a client; empty where nothing does. */
export function throughClient(client: Client): string {
  if (client === 'v2') return ' (by `@aws-sdk/client-s3`: aws-sdk v2 cannot)';
  return client === 'minio' ? ' (as a header among the metadata, with a body that goes in one request)' : '';
}

/** An S3 call, and where the file has it. */
export interface SeenCall {
  readonly place: CallPlace;
  readonly node: Node;
}

/**
 * @param call an S3 call
 * @param within a part of the file: the block of a `try`, a loop
 * @param sourceCode the file that is looked at
 * @returns where that part leads to the call; the call itself where it stands in the file; null where nothing there does
 */
export function seenWithin(call: S3Call, within: (node: Node) => boolean, sourceCode: SourceCode): SeenCall | null {
  if (isOwn(call.node, sourceCode)) return { place: { call, frame: null }, node: call.node };
  const seen = contextsOf(call.node, sourceCode).map((frame): SeenCall => ({ place: { call, frame }, node: seenAt({ call, frame }, sourceCode) }));
  return seen.find(({ node }) => isOwn(node, sourceCode) && within(node)) ?? null;
}

/** How a message names the line of a node: `12`, or `12 of src/storage.ts` in another module. */
export function lineOf(node: Node): string {
  const line = String(node.loc.start.line);
  const path = modulePathOf(node);
  return path === null ? line : `${line} of \`${path}\``;
}

/** The line where the file has an S3 call. */
export const lineSeen = (place: CallPlace, sourceCode: SourceCode): string => lineOf(seenAt(place, sourceCode));
