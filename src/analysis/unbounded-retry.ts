import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from '../calls/bindings.js';
import { calledFunctions, entityOf, originsOf } from '../calls/origins.js';
import type { S3Call } from '../calls/s3-call.js';
import { s3CallsOf } from '../calls/s3-calls.js';
import { propertyOf, shapeOf } from '../calls/shapes.js';
import { contains, enclosingFunction, isFunction, isLoop, methodName, runsIn, unwrap, walk, type CallLike, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';
import { retryLibraries, type RetryLibrary } from '../s3/retry-libraries.js';
import { speaksOfConflict } from '../s3/conflict-names.js';
import { preconditionOf } from './precondition.js';

/** What repeats a conflicting write for ever. */
export type UnboundedRetry =
  | { readonly kind: 'loop'; readonly node: TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForStatement; readonly write: S3Call }
  | { readonly kind: 'recursion'; readonly node: CallLike; readonly write: S3Call }
  | { readonly kind: 'timer'; readonly node: CallLike; readonly write: S3Call }
  | { readonly kind: 'option'; readonly node: Node; readonly write: S3Call };

/**
 * @param sourceCode a file
 * @returns what repeats a write that can conflict, with nothing that ends it
 */
export function unboundedRetriesOf(sourceCode: SourceCode): readonly UnboundedRetry[] {
  const writes = s3CallsOf(sourceCode).filter((call) => canConflict(call, sourceCode));
  if (writes.length === 0) return [];
  const found: UnboundedRetry[] = [];
  walk(sourceCode.ast, sourceCode, (node) => {
    if (isLoop(node) && node.type !== 'ForOfStatement' && node.type !== 'ForInStatement') {
      const write = retriedBy(node, writes, sourceCode);
      if (write) found.push({ kind: 'loop', node, write });
    }
    if (node.type === 'CallExpression') {
      const again = repeatedCall(node, writes, sourceCode) ?? endlessLibraryCall(node, writes, sourceCode);
      if (again) found.push(again);
    }
  });
  return found;
}

/** A write or delete with a condition answers 409 or 412; creating and deleting buckets answers 409 without one. */
function canConflict(call: S3Call, sourceCode: SourceCode): boolean {
  const { effect, name } = call.operation;
  if (effect === 'create-bucket' || name === 'DeleteBucket') return true;
  return (effect === 'write' || effect === 'delete') && !call.presigned && preconditionOf(call, null, sourceCode).kind !== 'absent';
}

/** The write that runs somewhere within a node, by way of functions of the file too. */
function writeWithin(node: Node, writes: readonly S3Call[], sourceCode: SourceCode, depth = 0): S3Call | null {
  const direct = writes.find((write) => [write.node, ...write.sentBy].some((at) => contains(node, at)));
  if (direct || depth > 2) return direct ?? null;
  let found: S3Call | null = null;
  walk(node, sourceCode, (inner) => {
    if (found) return false;
    if (inner.type === 'CallExpression') {
      for (const called of calledFunctions(inner, null, sourceCode)) {
        if (!contains(called, node)) found ??= writeWithin(called.body, writes, sourceCode, depth + 1);
      }
    }
    return undefined;
  });
  return found;
}

function retriedBy(loop: TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForStatement, writes: readonly S3Call[], sourceCode: SourceCode): S3Call | null {
  if (isBounded(loop, sourceCode)) return null;
  for (const attempt of attemptsIn(loop, sourceCode)) {
    const write = writeWithin(attempt.block, writes, sourceCode);
    // A worker goes on to other work when it succeeds; who retries stops.
    if (write && attempt.handler && goesOnAfterConflict(attempt.handler, write, sourceCode) && stopsOnSuccess(loop, attempt)) return write;
  }
  return null;
}

function attemptsIn(loop: Node, sourceCode: SourceCode): TSESTree.TryStatement[] {
  const attempts: TSESTree.TryStatement[] = [];
  walk(loop, sourceCode, (node) => {
    if (node.type === 'TryStatement' && runsIn(node, loop)) attempts.push(node);
  });
  return attempts;
}

/** Whether a handler lets a conflict go on to the next turn. */
function goesOnAfterConflict(handler: TSESTree.CatchClause, write: S3Call, sourceCode: SourceCode): boolean {
  const { body } = handler;
  if (alwaysLeaves(body) && !hasContinue(body, sourceCode)) return false;
  const tests: string[] = [];
  walk(body, sourceCode, (node) => {
    if (node.type === 'IfStatement') tests.push(textWithHelpers(node.test, sourceCode));
    if (node.type === 'SwitchStatement') tests.push(sourceCode.getText(node));
  });
  // Who tests for nothing retries on anything; who tests for other errors alone does not retry a conflict.
  return tests.length === 0 || tests.some(speaksOfConflict) || (write.operation.effect === 'create-bucket' && tests.length === 0);
}

/** The text of a test, with that of the functions of the file that it asks. */
function textWithHelpers(test: Node, sourceCode: SourceCode): string {
  const texts = [sourceCode.getText(test)];
  walk(test, sourceCode, (node) => {
    if (node.type === 'CallExpression') texts.push(...calledFunctions(node, null, sourceCode).map((called) => sourceCode.getText(called)));
  });
  return texts.join('\n');
}

/** Whether a block cannot be passed: its last word is a return, throw or break. */
function alwaysLeaves(node: Node): boolean {
  switch (node.type) {
    case 'ReturnStatement':
    case 'ThrowStatement':
    case 'BreakStatement':
      return true;
    case 'BlockStatement':
      return node.body.some(alwaysLeaves);
    case 'IfStatement':
      return node.alternate !== null && alwaysLeaves(node.consequent) && alwaysLeaves(node.alternate);
    default:
      return false;
  }
}

function hasContinue(node: Node, sourceCode: SourceCode): boolean {
  let found = false;
  walk(node, sourceCode, (inner) => {
    if (isFunction(inner)) return false;
    if (inner.type === 'ContinueStatement') found = true;
    return undefined;
  });
  return found;
}

/** Whether the loop ends once the attempt worked: a return or break in it or behind it, or a flag that the loop tests. */
function stopsOnSuccess(loop: TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForStatement, attempt: TSESTree.TryStatement): boolean {
  if (!isEndless(loop)) return true;
  const leaves = (node: Node): boolean => {
    switch (node.type) {
      case 'ReturnStatement':
      case 'BreakStatement':
        return true;
      case 'BlockStatement':
        return node.body.some(leaves);
      case 'IfStatement':
        return leaves(node.consequent) || (node.alternate !== null && leaves(node.alternate));
      case 'TryStatement':
        return leaves(node.block);
      default:
        return false;
    }
  };
  const body = loop.body.type === 'BlockStatement' ? loop.body.body : [loop.body];
  return leaves(attempt.block) || body.some((statement) => statement.range[0] > attempt.range[1] && leaves(statement));
}

const isEndless = (loop: TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForStatement): boolean =>
  !loop.test || (loop.test.type === 'Literal' && Boolean(loop.test.value));

/** Whether anything counts, watches the clock or listens for an abort, in a loop's test or on a way out of it. */
function isBounded(loop: TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForStatement, sourceCode: SourceCode): boolean {
  if (loop.test && bounds(loop.test, sourceCode)) return true;
  let bounded = false;
  walk(loop.body, sourceCode, (node) => {
    if (node.type === 'IfStatement' && (leavesLoop(node.consequent, sourceCode) || (node.alternate && leavesLoop(node.alternate, sourceCode))) && bounds(node.test, sourceCode)) bounded = true;
    if (node.type === 'CallExpression' && methodName(node) === 'throwIfAborted') bounded = true;
    if (node.type === 'Property' && node.key.type === 'Identifier' && /^(?:abort)?signal$/i.test(node.key.name) && enclosingFunction(node) === enclosingFunction(loop)) bounded = true;
  });
  return bounded;
}

function leavesLoop(node: Node, sourceCode: SourceCode): boolean {
  let found = false;
  walk(node, sourceCode, (inner) => {
    if (isFunction(inner)) return false;
    if (/^(?:Return|Throw|Break)Statement$/.test(inner.type)) found = true;
    return undefined;
  });
  return found;
}

/** A comparison of order, a count, a clock, an abort: what ends by itself sooner or later. */
function bounds(test: Node, sourceCode: SourceCode): boolean {
  let found = false;
  walk(test, sourceCode, (node) => {
    if (node.type === 'BinaryExpression' && /^[<>]=?$/.test(node.operator)) found ||= !speaksOfStatus(sourceCode.getText(node));
    if (node.type === 'UpdateExpression') found = true;
    if (node.type === 'BinaryExpression' && /^[!=]==?$/.test(node.operator)) found ||= [node.left, node.right].some((side) => isCounter(side, sourceCode));
    if (node.type === 'MemberExpression' && /\.aborted$/.test(sourceCode.getText(node))) found = true;
    if (node.type === 'Identifier' && isCounter(node, sourceCode)) found = true;
  });
  return found;
}

/** `status >= 500` compares kinds of errors and counts nothing. */
const speaksOfStatus = (text: string): boolean => /status/i.test(text);

/** A variable that is counted up or down. */
function isCounter(node: Node, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  const variable = node.type === 'Identifier' ? bindings.variableOf(node) : null;
  return (variable?.references ?? []).some(({ identifier }) => {
    const { parent } = identifier;
    return parent.type === 'UpdateExpression' || (parent.type === 'AssignmentExpression' && parent.left === identifier && /^[-+]=$/.test(parent.operator));
  });
}

/** A function that calls itself, or has itself called by a timer, where its own write has failed. */
function repeatedCall(node: TSESTree.CallExpression, writes: readonly S3Call[], sourceCode: SourceCode): UnboundedRetry | null {
  const timer = node.callee.type === 'Identifier' && /^set(?:Timeout|Immediate)$/.test(node.callee.name);
  const handed = timer ? node.arguments[0] : null;
  const called = handed && !isFunction(handed) ? functionsAt(handed, sourceCode) : calledFunctions(node, null, sourceCode);
  for (const repeated of called) {
    if (!contains(repeated, node)) continue;
    const failure = failureAround(node, repeated, sourceCode);
    const write = failure && writeWithin(failure.attempted, writes, sourceCode);
    if (!write || !failure.speaks || isCounted(node, repeated, sourceCode)) continue;
    const scheduled = timer || inTimer(node, repeated);
    return { kind: scheduled ? 'timer' : 'recursion', node, write };
  }
  return null;
}

function functionsAt(node: Node, sourceCode: SourceCode): readonly FunctionNode[] {
  return originsOf({ node, frame: null }, sourceCode).flatMap((origin) => (isFunction(origin.node) && origin.path.length === 0 ? [origin.node] : []));
}

function inTimer(node: Node, repeated: Node): boolean {
  for (let outer = node.parent; outer && outer !== repeated; outer = outer.parent) {
    if (outer.type === 'CallExpression' && outer.callee.type === 'Identifier' && /^set(?:Timeout|Immediate)$/.test(outer.callee.name)) return true;
  }
  return false;
}

/** The catch that a repeated call stands in, what it caught, and whether a conflict comes to the call. */
function failureAround(node: Node, repeated: Node, sourceCode: SourceCode): { attempted: Node; speaks: boolean } | null {
  const tests: string[] = [];
  for (let outer = node.parent, child: Node = node; outer && outer !== repeated; child = outer, outer = outer.parent) {
    if (outer.type === 'IfStatement' && child !== outer.test) tests.push(textWithHelpers(outer.test, sourceCode));
    if (outer.type === 'ConditionalExpression' && child !== outer.test) tests.push(textWithHelpers(outer.test, sourceCode));
    const speaks = tests.length === 0 || tests.some(speaksOfConflict);
    if (outer.type === 'CatchClause') return { attempted: outer.parent.block, speaks };
    if (outer.type === 'CallExpression' && methodName(outer) === 'catch' && isFunction(child)) return { attempted: outer.callee, speaks };
  }
  return null;
}

/** Whether something counts or watches the clock: an argument that is worked out anew, or a test before the call. */
function isCounted(node: Node, repeated: FunctionNode, sourceCode: SourceCode): boolean {
  const call = node.type === 'CallExpression' ? node : null;
  const counted = (call?.arguments ?? []).some((argument) => {
    let found = false;
    walk(argument, sourceCode, (inner) => {
      if (inner.type === 'UpdateExpression' || (inner.type === 'BinaryExpression' && /^[-+]$/.test(inner.operator))) found = true;
      if (inner.type === 'ObjectExpression' && inner.properties.some((property) => property.type === 'Property' && unwrap(property.value).type === 'BinaryExpression')) found = true;
    });
    return found;
  });
  if (counted) return true;
  let bounded = false;
  walk(repeated.body, sourceCode, (inner) => {
    if ((inner.type === 'IfStatement' || inner.type === 'ConditionalExpression') && bounds(inner.test, sourceCode)) bounded = true;
  });
  return bounded;
}

/** A retry library that was told, or left, to go on for ever. */
function endlessLibraryCall(node: TSESTree.CallExpression, writes: readonly S3Call[], sourceCode: SourceCode): UnboundedRetry | null {
  for (const origin of originsOf({ node: node.callee, frame: null }, sourceCode)) {
    const entity = entityOf(origin);
    const library = entity && Object.hasOwn(retryLibraries, entity.module) ? retryLibraries[entity.module] : undefined;
    if (!entity || !library?.functions.includes(entity.path.join('.'))) continue;
    const endless = endlessOption(node, library, sourceCode);
    const write = endless && writeWithin(scopeOfRetry(node, entity.module, sourceCode), writes, sourceCode);
    if (endless && write) return { kind: 'option', node: endless, write };
  }
  return null;
}

/** What a policy is used for stands elsewhere in the function; what a function is given stands in the call. */
function scopeOfRetry(node: Node, module: string, sourceCode: SourceCode): Node {
  if (!/^(?:cockatiel|rxjs|retry)/.test(module)) return node;
  return enclosingFunction(node) ?? sourceCode.ast;
}

function endlessOption(node: TSESTree.CallExpression, library: RetryLibrary, sourceCode: SourceCode): Node | null {
  const shapes = node.arguments.filter((argument) => !isFunction(argument)).map((argument) => shapeOf({ node: argument, frame: null }, sourceCode));
  const options = shapes.filter((shape) => shape.properties.size > 0);
  const value = (name: string): Node | null => {
    for (const shape of options) {
      const property = propertyOf(shape, name);
      if (property.kind === 'known') return property.values[0]?.node ?? null;
    }
    return null;
  };
  const isEndlessCount = (count: Node): boolean => /^(?:Infinity|Number\.POSITIVE_INFINITY|Number\.MAX_SAFE_INTEGER|['"]INFINITELY['"])$/.test(sourceCode.getText(unwrap(count)));
  if (library.bounds.some((name) => { const bound = value(name); return bound !== null && !isEndlessCount(bound); })) return null;
  for (const name of library.endless) {
    const flag = value(name);
    if (flag?.type === 'Literal' && flag.value === true) return flag.parent;
  }
  for (const name of library.counts) {
    const count = value(name);
    // ts-retry-promise has a time-out of its own, which bounds too.
    if (count && isEndlessCount(count)) return library.bounds.includes('timeout') && value('timeout') === null ? null : (count.parent ?? count);
    if (count) return null;
  }
  const said = node.arguments.some((argument) => !isFunction(argument) && unwrap(argument).type === 'Literal');
  const known = shapes.every((shape) => shape.open === null || shape.properties.size > 0 || shape.open === 'imported');
  return library.endlessByDefault && !said && known ? node : null;
}
