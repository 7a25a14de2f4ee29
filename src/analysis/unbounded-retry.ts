import type { TSESTree } from '@typescript-eslint/utils';

import { calledFunctions, originsOf } from '../calls/origins.js';
import type { S3Call } from '../calls/s3-call.js';
import { s3CallsOf } from '../calls/s3-calls.js';
import { contains, isFalsyLiteral, isFunction, isLoop, methodName, unwrap, walk, type CallLike, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';
import { bucketConflicts, objectConflicts, type Conflict } from '../s3/conflict-names.js';
import { conflictPath, reaches, type ConflictPath } from './conflict-path.js';
import { endlessOption } from './endless-option.js';
import { alwaysLeaves } from './guards.js';
import { isBoundedLoop, isBoundedRecursion, loopAround, type RetryLoop } from './retry-bounds.js';
import { answersForBucket, canConflict, writeWithin } from './write-within.js';

/** What repeats a conflicting write for ever. */
export type UnboundedRetry =
  | { readonly kind: 'loop'; readonly node: RetryLoop; readonly write: S3Call }
  | { readonly kind: 'recursion' | 'timer'; readonly node: CallLike; readonly write: S3Call }
  | { readonly kind: 'option'; readonly node: Node; readonly write: S3Call };

/**
 * @param sourceCode a file
 * @returns what repeats a write that can conflict, with nothing that ends it
 */
export function unboundedRetriesOf(sourceCode: SourceCode): readonly UnboundedRetry[] {
  const found: UnboundedRetry[] = [];
  if (!s3CallsOf(sourceCode).some((call) => canConflict(call, sourceCode))) return found;
  walk(sourceCode.ast, sourceCode, (node) => {
    if (isLoop(node) && node.type !== 'ForOfStatement' && node.type !== 'ForInStatement') {
      const write = isBoundedLoop(node, sourceCode) ? null : retriedBy(node, sourceCode);
      if (write) found.push({ kind: 'loop', node, write });
    }
    if (node.type === 'CallExpression') {
      const again = repeatedCall(node, sourceCode) ?? endlessOption(node, sourceCode);
      if (again) found.push(again);
    }
  });
  return found;
}

/** What a handler does with each conflict that a write can answer with. */
function pathsOf(body: Node, error: Node | null, write: S3Call, sourceCode: SourceCode): readonly ConflictPath[] {
  const conflicts: readonly Conflict[] = answersForBucket(write) ? bucketConflicts : objectConflicts;
  return conflicts.map((conflict) => conflictPath(body, error, conflict, sourceCode));
}

/** The write that a loop tries again after a conflict. A worker goes on to other work when it succeeds; who retries stops. */
function retriedBy(loop: RetryLoop, sourceCode: SourceCode): S3Call | null {
  const asked = loop.test && askedWrite(loop.test, sourceCode);
  if (asked) return asked;
  const found: S3Call[] = [];
  walk(loop.body, sourceCode, (node) => {
    if (isFunction(node) || found.length > 0) return false;
    if (node.type === 'TryStatement' && node.handler && loopAround(node) === loop) {
      const write = writeWithin(node.block, sourceCode);
      const { body, param } = node.handler;
      const again = write && pathsOf(body, param, write, sourceCode).some((path) => path.continues || (path.passes && !leavesBehind(node, loop)));
      if (again && stopsOnSuccess(loop, node)) found.push(write);
    }
    const caught = node.type === 'CallExpression' && methodName(node) === 'catch' ? caughtWrite(node, loop, sourceCode) : null;
    if (caught) found.push(caught);
    return undefined;
  });
  return found[0] ?? null;
}

/** `while (!(await tryLock()))`, where the function answers false on a conflict. */
function askedWrite(test: Node, sourceCode: SourceCode): S3Call | null {
  const node = unwrap(test);
  const call = node.type === 'UnaryExpression' && node.operator === '!' ? unwrap(node.argument) : null;
  if (call?.type !== 'CallExpression') return null;
  for (const called of calledFunctions(call, null, sourceCode)) {
    const answers: S3Call[] = [];
    walk(called.body, sourceCode, (inner) => {
      if (inner.type !== 'TryStatement' || !inner.handler) return;
      const write = writeWithin(inner.block, sourceCode);
      const { body, param } = inner.handler;
      if (write && pathsOf(body, param, write, sourceCode).some(({ returns }) => returns.some((value) => value === null || isFalsyLiteral(value)))) answers.push(write);
    });
    if (answers[0]) return answers[0];
  }
  return null;
}

/** `held = await put().catch(() => null)` in `while (!held)`. */
function caughtWrite(call: TSESTree.CallExpression, loop: RetryLoop, sourceCode: SourceCode): S3Call | null {
  const [handler] = call.arguments;
  const write = handler && isFunction(handler) ? writeWithin(call.callee, sourceCode) : null;
  if (!write || !handler || !isFunction(handler) || !loop.test) return null;
  const answersNothing = pathsOf(handler.body, handler.params[0] ?? null, write, sourceCode).some(
    ({ returns, passes }) => passes || returns.some((value) => value === null || isFalsyLiteral(value)),
  );
  let outer: Node = call;
  while (outer.parent && outer.parent.type !== 'AssignmentExpression' && !outer.parent.type.endsWith('Statement')) outer = outer.parent;
  const target = outer.parent?.type === 'AssignmentExpression' ? outer.parent.left : null;
  const test = unwrap(loop.test);
  return answersNothing && target?.type === 'Identifier' && test.type === 'UnaryExpression' && sourceCode.getText(test.argument) === target.name ? write : null;
}

/** Whether what follows a try in its loop leaves the loop whatever happens. */
function leavesBehind(attempt: TSESTree.TryStatement, loop: RetryLoop): boolean {
  const block = attempt.parent;
  return block.type === 'BlockStatement' && block === loop.body && block.body.slice(block.body.indexOf(attempt) + 1).some(alwaysLeaves);
}

/** Whether the loop ends once the attempt worked: a return or break in it or behind it, or what the loop tests is set in it. */
function stopsOnSuccess(loop: RetryLoop, attempt: TSESTree.TryStatement): boolean {
  const body = loop.body.type === 'BlockStatement' ? loop.body.body : [loop.body];
  if (leavesLoop(attempt.block) || body.some((statement) => statement.range[0] > attempt.range[1] && leavesLoop(statement))) return true;
  const { test } = loop;
  return test ? setsTest(test, attempt) : false;
}

function leavesLoop(node: Node): boolean {
  switch (node.type) {
    case 'ReturnStatement':
    case 'BreakStatement':
      return true;
    case 'BlockStatement':
      return node.body.some(leavesLoop);
    case 'IfStatement':
      return leavesLoop(node.consequent) || (node.alternate !== null && leavesLoop(node.alternate));
    case 'TryStatement':
      return leavesLoop(node.block);
    default:
      return false;
  }
}

/** Whether an attempt assigns what the loop's test looks at. */
function setsTest(test: Node, attempt: TSESTree.TryStatement): boolean {
  const names = test.type === 'Identifier' ? [test.name] : test.type === 'UnaryExpression' && test.argument.type === 'Identifier' ? [test.argument.name] : [];
  const assigns = (node: Node): boolean => {
    if (node.type === 'BlockStatement') return node.body.some(assigns);
    const assigned = node.type === 'ExpressionStatement' && node.expression.type === 'AssignmentExpression' ? node.expression.left : null;
    return assigned?.type === 'Identifier' && names.includes(assigned.name);
  };
  return assigns(attempt.block);
}

/** A function that calls itself, or has itself called by a timer, where its own write has failed. */
function repeatedCall(node: TSESTree.CallExpression, sourceCode: SourceCode): UnboundedRetry | null {
  const timer = isTimer(node);
  const handed = timer ? node.arguments[0] : null;
  const called = handed && !isFunction(handed) ? functionsAt(handed, sourceCode) : calledFunctions(node, null, sourceCode);
  for (const repeated of called) {
    const failure = contains(repeated, node) ? failureAround(node, repeated) : null;
    const write = failure && writeWithin(failure.attempted, sourceCode);
    if (!failure || !write || isBoundedRecursion(node, repeated, sourceCode)) continue;
    if (!pathsOf(failure.body, failure.error, write, sourceCode).some((path) => reaches(path, node))) continue;
    return { kind: timer || inTimer(node, repeated) ? 'timer' : 'recursion', node, write };
  }
  return null;
}

const isTimer = (node: TSESTree.CallExpression): boolean => node.callee.type === 'Identifier' && /^set(?:Timeout|Immediate)$/.test(node.callee.name);

function functionsAt(node: Node, sourceCode: SourceCode): readonly FunctionNode[] {
  return originsOf({ node, frame: null }, sourceCode).flatMap((origin) => (isFunction(origin.node) && origin.path.length === 0 ? [origin.node] : []));
}

function inTimer(node: Node, repeated: Node): boolean {
  for (let outer = node.parent; outer && outer !== repeated; outer = outer.parent) if (outer.type === 'CallExpression' && isTimer(outer)) return true;
  return false;
}

interface Failure {
  readonly attempted: Node;
  readonly body: Node;
  readonly error: Node | null;
}

/** The handler that a repeated call stands in, and what it caught. */
function failureAround(node: Node, repeated: Node): Failure | null {
  for (let outer = node.parent, child: Node = node; outer && outer !== repeated; child = outer, outer = outer.parent) {
    if (outer.type === 'CatchClause') return { attempted: outer.parent.block, body: outer.body, error: outer.param };
    if (outer.type === 'CallExpression' && methodName(outer) === 'catch' && isFunction(child)) {
      return { attempted: outer.callee, body: child.body, error: child.params[0] ?? null };
    }
  }
  return null;
}

