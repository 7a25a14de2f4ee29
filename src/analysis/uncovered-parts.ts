import type { TSESTree } from '@typescript-eslint/utils';

import { originsOf } from '../calls/origins.js';
import { inputProperty, type S3Call } from '../calls/s3-call.js';
import { s3CallsOf } from '../calls/s3-calls.js';
import { contains, enclosingFunction, isFunction, methodName, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';
import { derivationOf } from './derivation.js';

/**
 * The parts of an upload whose failure passes by what would abort it: they are sent before the `try` that does.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
 */

/**
 * @param create a CreateMultipartUpload
 * @param covered the pieces of code whose failure aborts the upload
 * @param sourceCode its file
 * @returns whether a part of that very upload is sent in the same function, outside of all of them, and its failure ends
 *   the function
 */
export function leavesPartUncovered(create: S3Call, covered: readonly Node[], sourceCode: SourceCode): boolean {
  const body = waitingFunction(create.node)?.body ?? sourceCode.ast;
  // What covers more than this function is around a call of it, and sees to all that it does.
  if (!covered.every((piece) => contains(body, piece))) return false;
  return s3CallsOf(sourceCode).some(
    (part) =>
      isPart(part) &&
      contains(body, part.node) &&
      part.node.range[0] > create.node.range[0] &&
      !covered.some((piece) => contains(piece, part.node)) &&
      isPartOf(part, create, sourceCode) &&
      !mayBeSeenTo(part.node, sourceCode) &&
      failureOf(part, nearestAround(part.node, create.node), sourceCode) === 'thrown',
  );
}

/** Whether the `try` around a part has a handler that speaks of cleaning up, by something that cannot be looked into. */
function mayBeSeenTo(part: Node, sourceCode: SourceCode): boolean {
  for (let inner = part, outer: Node | undefined = inner.parent; outer; inner = outer, outer = outer.parent) {
    if (outer.type !== 'TryStatement' || inner !== outer.block) continue;
    if ([outer.handler, outer.finalizer].some((piece) => piece && /abort|clean|discard|cancel|roll_?back|undo|dispose/i.test(sourceCode.getText(piece)))) return true;
  }
  return false;
}

/** The smallest piece of code that holds both. */
function nearestAround(node: Node, other: Node): Node {
  let outer = node;
  while (outer.parent && !contains(outer, other)) outer = outer.parent;
  return outer;
}

export const isPart = ({ operation, presigned }: S3Call): boolean => !presigned && (operation.name === 'UploadPart' || operation.name === 'UploadPartCopy');

/** Whether a part goes to an upload: its `UploadId` is that of the create's answer. */
function isPartOf(part: S3Call, create: S3Call, sourceCode: SourceCode): boolean {
  const id = inputProperty(part, 'UploadId', null, sourceCode);
  return id.kind === 'known' && id.values.every((value) => derivationOf(value, 'value', sourceCode).calls.some(({ call }) => call === create));
}

/** The function that waits for a call: `retry(() => client.send(…))` is waited for around it. */
export function waitingFunction(node: Node): FunctionNode | null {
  let owner = enclosingFunction(node);
  while (owner?.type === 'ArrowFunctionExpression' && owner.body.type !== 'BlockStatement' && owner.parent.type === 'CallExpression' && owner.parent.callee !== owner) owner = enclosingFunction(owner);
  return owner;
}

/** Methods whose callbacks run as a part of the call: where one fails, the call does. */
const runsCallback = /^(?:map|flatMap|forEach|reduce|from)$/;

/**
 * What becomes of the failure of a call within a piece of a function.
 *
 * `thrown`: it is waited for there and ends the piece. `caught`: a handler goes on. `unknown`: it is not waited for there,
 * or by something that may see to it.
 */
export function failureOf(call: S3Call, piece: Node, sourceCode: SourceCode): 'thrown' | 'caught' | 'unknown' {
  const owner = enclosingFunction(piece);
  let awaited = false;
  for (let inner: Node = call.sentBy[0] ?? call.node, outer: Node | undefined = inner.parent; outer && inner !== piece; inner = outer, outer = outer.parent) {
    const isOwn = enclosingFunction(outer) === owner;
    if (outer.type === 'AwaitExpression' && isOwn) awaited = true;
    // A callback that returns has not failed; a function that returns does not come to what follows.
    if (outer.type === 'TryStatement' && inner === outer.block && outer.handler && !endsBy(isOwn ? /^(?:Return|Throw)Statement$/ : /^ThrowStatement$/, outer.handler.body)) return 'caught';
    const method = methodName(outer);
    if (outer.type === 'CallExpression' && (inner === outer.callee ? isHandled(outer, sourceCode) : method === 'allSettled')) return 'caught';
    if (isFunction(inner) && !(outer.type === 'CallExpression' && (inner === outer.callee || runsCallback.test(method ?? '')))) return 'unknown';
  }
  return awaited ? 'thrown' : 'unknown';
}

/** `.catch(f)`, and `.then(f, f)`. */
function isHandled(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const handlers = call.arguments.filter((argument) => originsOf({ node: argument, frame: null }, sourceCode).some(({ node }) => isFunction(node)));
  return methodName(call) === 'catch' || (methodName(call) === 'then' && handlers.length > 1);
}

/** Whether a block always ends by such a statement. One that goes on, or takes the next turn of a loop, does not. */
function endsBy(way: RegExp, node: Node): boolean {
  switch (node.type) {
    case 'BlockStatement':
      return node.body.some((statement) => endsBy(way, statement));
    case 'IfStatement':
      return node.alternate !== null && endsBy(way, node.consequent) && endsBy(way, node.alternate);
    default:
      return way.test(node.type);
  }
}
