import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, unreadable } from '../calls/bindings.js';
import { contains, enclosingFunction, isFunction, methodName, unwrap, walk, type CallLike, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';

/** What ends a repetition sooner or later: a count, a clock, an abort. */

export type RetryLoop = TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForStatement;

/** Whether anything bounds a loop, in its test or on a way out of it. */
export function isBoundedLoop(loop: RetryLoop, sourceCode: SourceCode): boolean {
  if (loop.test && bounds(loop.test, sourceCode)) return true;
  return some(loop.body, sourceCode, (node) => {
    if (node.type === 'IfStatement') return [node.consequent, node.alternate].some((branch) => branch && leaves(branch, sourceCode)) && bounds(node.test, sourceCode);
    if (node.type === 'CallExpression') return methodName(node) === 'throwIfAborted';
    return node.type === 'Property' && node.key.type === 'Identifier' && /^(?:abort)?signal$/i.test(node.key.name) && enclosingFunction(node) === enclosingFunction(loop);
  });
}

/** Whether anything bounds a function that calls itself: an argument that is worked out anew, or a test on its way. */
export function isBoundedRecursion(call: CallLike, repeated: FunctionNode, sourceCode: SourceCode): boolean {
  if (call.arguments.some((argument) => some(argument, sourceCode, (node) => counts(node, sourceCode)))) return true;
  if (call.arguments.some((argument, index) => isLast(argument, repeated.params[index], repeated, sourceCode))) return true;
  return some(repeated.body, sourceCode, (node) => (node.type === 'IfStatement' || node.type === 'ConditionalExpression') && bounds(node.test, sourceCode));
}

/** `if (isConflict(error) && !isRetry) return save(input, true)`: the call hands on a literal that the function tests for. */
function isLast(argument: Node, parameter: Node | undefined, repeated: FunctionNode, sourceCode: SourceCode): boolean {
  const name = parameter?.type === 'AssignmentPattern' ? parameter.left : parameter;
  if (unwrap(argument).type !== 'Literal' || name?.type !== 'Identifier') return false;
  const { variableOf } = bindingsOf(sourceCode);
  return some(repeated.body, sourceCode, (node) => {
    const isTest = node.type === 'IfStatement' || node.type === 'ConditionalExpression' || node.type === 'LogicalExpression';
    const test = node.type === 'LogicalExpression' ? node : isTest ? node.test : null;
    return test !== null && some(test, sourceCode, (inner) => inner.type === 'Identifier' && variableOf(inner) === variableOf(name));
  });
}

/** `attempt + 1`, `--left`, `delays.slice(1)`, `delays.shift()`, the rest of a list. */
function counts(node: Node, sourceCode: SourceCode): boolean {
  if (node.type === 'UpdateExpression') return true;
  if (node.type === 'BinaryExpression' && /^[-+]$/.test(node.operator)) return ![node.left, node.right].some((side) => side.type === 'TemplateLiteral' || (side.type === 'Literal' && typeof side.value === 'string'));
  if (node.type === 'CallExpression') return /^(?:slice|shift|pop)$/.test(methodName(node) ?? '');
  const bindings = bindingsOf(sourceCode);
  const variable = node.type === 'Identifier' ? bindings.variableOf(node) : null;
  return (variable ? bindings.definitionsOf(variable) : []).some(
    (definition) =>
      ((definition.kind === 'value' || definition.kind === 'parameter') && definition.path.includes(unreadable)) ||
      (definition.kind === 'value' && definition.value.type === 'CallExpression' && counts(definition.value, sourceCode)),
  );
}

/** A comparison of order, a count, a clock, an abort: what ends by itself. */
function bounds(test: Node, sourceCode: SourceCode): boolean {
  return some(test, sourceCode, (node) => {
    // `status >= 500` compares kinds of errors and counts nothing.
    if (node.type === 'BinaryExpression' && /^[<>]=?$/.test(node.operator)) return !/status/i.test(sourceCode.getText(node));
    if (node.type === 'MemberExpression') return sourceCode.getText(node).endsWith('.aborted');
    return node.type === 'Identifier' && (isCounter(node, sourceCode) || counts(node, sourceCode));
  });
}

/** A variable that is counted up or down. */
function isCounter(node: Node, sourceCode: SourceCode): boolean {
  const variable = bindingsOf(sourceCode).variableOf(node);
  return (variable?.references ?? []).some(({ identifier }) => {
    const { parent } = identifier;
    return parent.type === 'UpdateExpression' || (parent.type === 'AssignmentExpression' && parent.left === identifier && /^[-+]=$/.test(parent.operator));
  });
}

const leaves = (branch: Node, sourceCode: SourceCode): boolean => some(branch, sourceCode, (node) => /^(?:Return|Throw|Break|Continue)Statement$/.test(node.type), true);

function some(root: Node, sourceCode: SourceCode, test: (node: Node) => boolean, withoutFunctions = false): boolean {
  let found = false;
  walk(root, sourceCode, (node) => {
    if (withoutFunctions && isFunction(node)) return false;
    found ||= test(node);
    return !found;
  });
  return found;
}

/** The nearest loop around a node, in the same function. */
export function loopAround(node: Node): Node | null {
  for (let outer = node.parent; outer && !isFunction(outer); outer = outer.parent) if (/^(?:For|While|DoWhile)\w*Statement$/.test(outer.type) && contains(outer, node)) return outer;
  return null;
}
