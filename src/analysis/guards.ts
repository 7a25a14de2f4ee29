import type { TSESTree } from '@typescript-eslint/utils';

import type { Frame, Place } from '../calls/frames.js';
import { endsProgram, isFunction, isLoop, methodName, walk, type Node, type SourceCode } from '../calls/syntax.js';
import { callsRunBy } from './run-calls.js';
import type { CallPlace } from './same-object.js';

/** What decides whether a place is reached. */
export type Guard =
  /**
   * It is reached when the test is true, or false; null where either way leads there. `alone`: no other guard had a say
   * in it.
   */
  | { readonly kind: 'test'; readonly test: Place; readonly outcome: boolean | null; readonly alone: boolean }
  /** It is reached when one of these calls failed, or only when none did. */
  | { readonly kind: 'attempt'; readonly calls: readonly CallPlace[]; readonly failed: boolean; readonly alone: boolean };

/**
 * @param node a place in a function
 * @param frame the chain of calls it is seen from
 * @param sourceCode its file
 * @returns the tests and attempts between it and the start of the outermost function, nearest first
 */
export function guardsOf(node: Node, frame: Frame | null, sourceCode: SourceCode): readonly Guard[] {
  const guards: Guard[] = [];
  let child = node;
  let open = frame;
  for (let outer = node.parent; outer; child = outer, outer = outer.parent) {
    guards.push(...guardsBetween(outer, child, open, sourceCode));
    if (isFunction(outer) && open?.function === outer) {
      guards.push(...guardsOf(open.call, open.caller, sourceCode));
      return guards;
    }
    if (isFunction(outer)) open = leave(outer, open);
  }
  return guards;
}

/** A callback runs in the frame of the function that it is written in. */
const leave = (node: Node, frame: Frame | null): Frame | null => (frame?.function === node ? frame.caller : frame);

function guardsBetween(outer: Node, child: Node, frame: Frame | null, sourceCode: SourceCode): Guard[] {
  const test = (node: Node, outcome: boolean | null): Guard[] => [{ kind: 'test', test: { node, frame }, outcome, alone: true }];
  const attempt = (node: Node, failed: boolean): Guard[] => [{ kind: 'attempt', calls: callsRunBy(node, frame, sourceCode), failed, alone: true }];
  switch (outer.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return child === outer.test ? [] : test(outer.test, child === outer.consequent);
    case 'LogicalExpression':
      if (child !== outer.right) return [];
      return test(outer.left, outer.operator === '??' ? null : outer.operator === '&&');
    case 'SwitchStatement':
      return child === outer.discriminant ? [] : test(outer.discriminant, null);
    case 'CatchClause':
      return attempt(outer.parent.block, true);
    case 'CallExpression':
      return isFunction(child) && callsOnFailure(outer, child) ? attempt(outer.callee, true) : [];
    case 'BlockStatement':
    case 'Program':
    case 'SwitchCase': {
      const statements: readonly Node[] = outer.type === 'SwitchCase' ? outer.consequent : outer.body;
      return statements.slice(0, Math.max(0, statements.indexOf(child))).flatMap((statement) => guardsOfLeaving(statement, frame, sourceCode));
    }
    default:
      return [];
  }
}

/** `.catch(f)`, and the second function of `.then(f, f)`. */
const callsOnFailure = (call: TSESTree.CallExpression, handler: Node): boolean =>
  methodName(call) === 'catch' || (methodName(call) === 'then' && call.arguments[1] === handler);

/** An earlier statement that can end the way: what follows it is reached when the way out was not taken. */
function guardsOfLeaving(statement: Node, frame: Frame | null, sourceCode: SourceCode): Guard[] {
  const attempt = (node: Node, failed: boolean, alone = true): Guard => ({ kind: 'attempt', calls: callsRunBy(node, frame, sourceCode), failed, alone });
  if (statement.type === 'IfStatement') {
    const { test, consequent, alternate } = statement;
    const leaves = alwaysLeaves(consequent) ? false : alternate && alwaysLeaves(alternate) ? true : null;
    return leaves === null ? testsOfLeaving(statement, frame, sourceCode, false) : [{ kind: 'test', test: { node: test, frame }, outcome: leaves, alone: true }];
  }
  if (statement.type !== 'TryStatement') return [];
  const { block, handler } = statement;
  if (handler && alwaysLeaves(handler.body)) return [attempt(block, false), ...testsOfLeaving(block, frame, sourceCode, true)];
  const ways = waysOut(block, sourceCode);
  return [
    ...(ways.length > 0 ? [attempt(block, true, alwaysLeaves(block))] : []),
    ...testsOfLeaving(block, frame, sourceCode, true),
    // What a handler throws on keeps from failing, and not from succeeding.
    ...(handler ? testsOfLeaving(handler.body, frame, sourceCode, false) : []),
  ];
}

/** The tests that stand around the ways out of a statement; a lone one is known to have kept its way closed. */
function testsOfLeaving(statement: Node, frame: Frame | null, sourceCode: SourceCode, sure: boolean): Guard[] {
  return waysOut(statement, sourceCode).flatMap((way) => {
    const tests: Extract<Guard, { kind: 'test' }>[] = [];
    for (let outer = way.parent, child = way; outer && child !== statement; child = outer, outer = outer.parent) {
      if (outer.type === 'IfStatement') tests.push({ kind: 'test', test: { node: outer.test, frame }, outcome: child !== outer.consequent, alone: sure });
    }
    return tests.length === 1 ? tests : tests.map((test) => ({ ...test, outcome: null, alone: false }));
  });
}

/** Where a statement returns, throws, goes on with the next turn, or ends the program. */
function waysOut(statement: Node, sourceCode: SourceCode): readonly Node[] {
  const ways: Node[] = [];
  walk(statement, sourceCode, (node) => {
    if (isFunction(node) || isLoop(node)) return false;
    if (isWayOut(node)) ways.push(node);
    return undefined;
  });
  return ways;
}

const isWayOut = (node: Node): boolean => /^(?:Return|Throw|Continue|Break)Statement$/.test(node.type) || (node.type === 'ExpressionStatement' && endsProgram(node.expression));

/** Whether a statement cannot be passed. */
export function alwaysLeaves(node: Node): boolean {
  switch (node.type) {
    case 'BlockStatement':
      return node.body.some(alwaysLeaves);
    case 'IfStatement':
      return node.alternate !== null && alwaysLeaves(node.consequent) && alwaysLeaves(node.alternate);
    default:
      return isWayOut(node);
  }
}
