import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, memberPath, unreadable } from '../../calls/bindings.js';
import { calledFunctions } from '../../calls/called-functions.js';
import { contains, enclosingFunction, isFunction, methodName, propertyName, unwrap, walk, type CallLike, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import type { RunAnew } from './run-anew.js';

/** What ends a repetition sooner or later: a count, a clock, an abort. */

export type RetryLoop = TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForStatement;

/** Whether anything bounds a loop, in its test or on a way out of it. */
export function isBoundedLoop(loop: RetryLoop, anew: RunAnew, sourceCode: SourceCode): boolean {
  if (loop.test && (bounds(loop.test, sourceCode) || asksToStop(loop.test, anew, sourceCode))) return true;
  return some(loop.body, sourceCode, (node) => {
    if (isWayOut(node, anew, sourceCode)) return true;
    if (node.type === 'IfStatement') return [node.consequent, node.alternate].some((branch) => branch && leaves(branch, sourceCode)) && bounds(node.test, sourceCode);
    if (node.type === 'CallExpression') return methodName(node) === 'throwIfAborted';
    return node.type === 'Property' && node.key.type === 'Identifier' && /^(?:abort)?signal$/i.test(node.key.name) && enclosingFunction(node) === enclosingFunction(loop);
  });
}

/** Whether anything bounds a function that calls itself: an argument that is worked out anew, or a test on its way. */
export function isBoundedRecursion(call: CallLike, repeated: FunctionNode, anew: RunAnew, sourceCode: SourceCode): boolean {
  if (call.arguments.some((argument) => some(argument, sourceCode, (node) => counts(node, sourceCode)))) return true;
  if (call.arguments.some((argument, index) => isLast(argument, repeated.params[index], repeated, sourceCode))) return true;
  return some(repeated.body, sourceCode, (node) => isWayOut(node, anew, sourceCode) || ((node.type === 'IfStatement' || node.type === 'ConditionalExpression') && bounds(node.test, sourceCode)));
}

/** `if (this.stopped) return` */
const isWayOut = (node: Node, anew: RunAnew, sourceCode: SourceCode): boolean => node.type === 'IfStatement' && some(node.consequent, sourceCode, (inner) => /^(?:Return|Throw|Break)Statement$/.test(inner.type), true) && asksToStop(node.test, anew, sourceCode);

/** Whether a piece of code looks if it is to end. */
export const looksForStop = (piece: Node, anew: RunAnew, sourceCode: SourceCode): boolean =>
  some(piece, sourceCode, (node) => isWayOut(node, anew, sourceCode) || ((node.type === 'WhileStatement' || node.type === 'DoWhileStatement') && asksToStop(node.test, anew, sourceCode)));

/** Names of what tells from outside that it is to end. */
const namesStop = /abort|cancel|stop|clos(?:ed|ing)|shut|dispos|destroy|expired|timedOut|terminat|quit|running|alive/i;

/** Whether a test asks for something that others set while the attempts go on: `while (!this.stopped)`, `if (token.isCancelled)`. */
function asksToStop(test: Node, anew: RunAnew, sourceCode: SourceCode): boolean {
  const asked = unwrap(test);
  switch (asked.type) {
    case 'UnaryExpression':
      return asksToStop(asked.argument, anew, sourceCode);
    case 'LogicalExpression':
      return asksToStop(asked.left, anew, sourceCode) || asksToStop(asked.right, anew, sourceCode);
    case 'Identifier':
      return isSetElsewhere(asked, anew, sourceCode);
    case 'MemberExpression': {
      const path = memberPath(asked);
      if (path?.root.type === 'ThisExpression') return isOwnSetElsewhere(asked, anew, sourceCode);
      if (path && isMemberSetElsewhere(asked, path.root, anew, sourceCode)) return true;
      return isFromOutside(path?.root ?? asked, anew, sourceCode) && namesStop.test(propertyName(asked) ?? '');
    }
    case 'CallExpression':
      return namesStop.test(methodName(asked) ?? sourceCode.getText(asked.callee)) && !anew.pieces.some((piece) => isFunction(piece) && calledFunctions(asked, null, sourceCode).includes(piece) && contains(piece, test));
    default:
      return false;
  }
}

/** A variable that is set by a function which is not run by the attempts: a timer, a listener. */
function isSetElsewhere(name: Node, { holds }: RunAnew, sourceCode: SourceCode): boolean {
  const variable = bindingsOf(sourceCode).variableOf(name);
  return (variable?.references ?? []).some((reference) => {
    const setter = reference.isWrite() && reference.init !== true ? enclosingFunction(reference.identifier) : null;
    return setter !== null && !contains(setter, name) && !holds(reference.identifier);
  });
}

/** `state.draining`, which another function sets. */
function isMemberSetElsewhere(member: Node, root: Node, { holds }: RunAnew, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  const variable = root.type === 'Identifier' ? bindings.variableOf(root) : null;
  return (variable ? bindings.memberWritesOf(variable) : []).some(({ node, path }) => {
    const setter = enclosingFunction(node);
    return path.at(-1) === memberPath(member)?.path.at(-1) && setter !== null && !contains(setter, member) && !holds(node);
  });
}

/** A field that is set by a method which is not run by the attempts: `stop() { this.stopped = true; }`. */
function isOwnSetElsewhere(field: Node, { holds }: RunAnew, sourceCode: SourceCode): boolean {
  const text = sourceCode.getText(field);
  return some(sourceCode.ast, sourceCode, (node) => {
    if (node.type !== 'AssignmentExpression' || sourceCode.getText(node.left) !== text || holds(node)) return false;
    const setter = enclosingFunction(node);
    return setter !== null && !contains(setter, field) && !(setter.parent.type === 'MethodDefinition' && setter.parent.kind === 'constructor');
  });
}

/** Whether a name is that of a parameter, import or variable from before the attempts. */
function isFromOutside(name: Node, { holds }: RunAnew, sourceCode: SourceCode): boolean {
  const definitions = name.type === 'Identifier' ? bindingsOf(sourceCode).definitionsAt(name) : [];
  return definitions.length > 0 && definitions.every((definition) => !holds(definition.node) || definition.kind === 'parameter');
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
