import { callersOf } from '../../calls/callers.js';
import { calledFunctions } from '../../calls/called-functions.js';
import { enter, framesDeep, isOpen, type Frame } from '../../calls/frames.js';
import { s3CallAt } from '../../calls/s3-calls.js';
import { childrenOf, contains, enclosingFunction, isFunction, methodName, type CallLike, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import { mentionsError, type Truth } from '../trails/error-test.js';
import type { EndedTrail } from '../trails/trail.js';
import { retryCallsOf } from '../retries/retry-call.js';
import { callsRunBy } from '../run-calls.js';
import type { CallPlace } from '../same-object.js';
import { truthOnTrail } from './truth-on-trail.js';

/** An S3 call that is sent on a trail. */
export interface SentCall {
  readonly place: CallPlace;
  /** The outermost call that leads to it, in the code that the trail ran; its own `send` where nothing stands between. */
  readonly at: CallLike;
}

const maximumFrames = 3;

/**
 * @param trail the way of a conflict, or of a success
 * @param reader a function that the guarded call, or what led to it, stands in; null for the module
 * @param sourceCode the file
 * @returns the writes and deletes that the trail sends behind it, and what it reads beside them, as they are seen from that function
 */
export function callsBehind(trail: EndedTrail, reader: FunctionNode | null, sourceCode: SourceCode): readonly SentCall[] {
  // `.catch((error) => put())` has no statement of its own.
  const bodies = trail.handlers.filter((handler) => handler.type !== 'BlockStatement' && isFunction(handler.parent ?? handler));
  const steps = trail.steps.filter((step) => !contains(step, trail.failed));
  return [...steps, ...bodies].filter((root) => mayStore(root, sourceCode)).flatMap((root) =>
    framesOf(root, reader, sourceCode).flatMap((frame) => sentBy(root, frame, trail, sourceCode)),
  );
}

/** Whether a step may run a write or delete at all: most do not, and are not looked at for each trail. */
const mayStore = (root: Node, sourceCode: SourceCode): boolean =>
  callsRunBy(root, null, sourceCode).some(({ call }) => /^(?:write|delete)$/.test(call.operation.effect)) || retryCallsOf(sourceCode).some(({ runs }) => runs.some((node) => contains(root, node)));

/** How a step is seen from a function: as part of it, or through the calls by which it hands over to another. */
function framesOf(root: Node, reader: FunctionNode | null, sourceCode: SourceCode): readonly (Frame | null)[] {
  const owner = enclosingFunction(root);
  if (owner === reader || !owner || (reader && (contains(reader, owner) || contains(owner, reader)))) return [null];
  const callers = callersOf(owner, sourceCode).filter((call) => contains(reader ?? sourceCode.ast, call));
  return callers.length > 0 ? callers.map((call) => enter(owner, call, null)) : [null];
}

function sentBy(root: Node, outermost: Frame | null, trail: EndedTrail, sourceCode: SourceCode): readonly SentCall[] {
  const sent: SentCall[] = [];

  const walkInto = (node: Node, frame: Frame | null, at: CallLike | null): void => {
    // What handles a failure here is not run: another failure has trails of its own.
    if (node.type === 'CatchClause') return;
    if (node.type === 'ConditionalExpression' || node.type === 'IfStatement') {
      const truth = chosen(node.test, trail, sourceCode);
      walkInto(node.test, frame, at);
      if (truth !== false && truth !== 'unsure') walkInto(node.consequent, frame, at);
      if (truth !== true && truth !== 'unsure' && node.alternate) walkInto(node.alternate, frame, at);
      return;
    }
    if (node.type === 'LogicalExpression' && node.operator !== '??') {
      const truth = chosen(node.left, trail, sourceCode);
      walkInto(node.left, frame, at);
      if (truth === 'either' || truth === (node.operator === '&&')) walkInto(node.right, frame, at);
      return;
    }
    if (isFunction(node) && !isRunWhereItStands(node)) return;
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      // A call that the trail came out of is over.
      if (trail.held.has(node)) return;
      found(node, frame, at);
    }
    for (const child of childrenOf(node, sourceCode)) walkInto(child, frame, at);
  };

  const found = (node: CallLike, frame: Frame | null, at: CallLike | null): void => {
    const call = s3CallAt(node, sourceCode);
    if (call) {
      if (!call.presigned && (call.sentBy.length > 0 ? call.sentBy.includes(node) : node.type === 'CallExpression')) sent.push({ place: { call, frame }, at: at ?? node });
      return;
    }
    if (framesDeep(frame) >= maximumFrames) return;
    for (const called of calledFunctions(node, frame, sourceCode)) {
      if (!isOpen(frame, called) && !called.generator) walkInto(called.body, enter(called, node, frame), at ?? node);
    }
    for (const { runs, repeated } of retryCallsOf(sourceCode)) {
      if (runs.includes(node)) for (const code of repeated) walkInto(code.body, frame, at);
    }
  };

  // A handler's own body is a function's.
  walkInto(root, outermost, null);
  return sent;
}

/** Which way a test goes on a trail; `unsure` where it asks the error something that is not understood. */
const chosen = (test: Node, trail: EndedTrail, sourceCode: SourceCode): Truth => (mentionsError(test, trail, sourceCode) ? truthOnTrail(test, trail, sourceCode) : 'either');

/** A function that is run by what it is handed to, whatever comes: not one that handles failures, events or answers of people. */
function isRunWhereItStands(node: FunctionNode): boolean {
  const { parent } = node;
  if (parent.type === 'NewExpression') return parent.callee.type === 'Identifier' && parent.callee.name === 'Promise';
  if (parent.type !== 'CallExpression') return false;
  if (parent.callee === node) return true;
  if (parent.callee.type === 'Identifier') return /^(?:setTimeout|setImmediate|queueMicrotask)$/.test(parent.callee.name) && parent.arguments[0] === node;
  return parent.arguments[0] === node && /^(?:then|finally|map|flatMap|forEach|nextTick)$/.test(methodName(parent) ?? '');
}
