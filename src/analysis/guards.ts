import type { TSESTree } from '@typescript-eslint/utils';

import type { Frame, Place } from '../calls/origins.js';
import { isFunction, methodName, type Node, type SourceCode } from '../calls/syntax.js';
import { callsWithin } from './derivation.js';

/** What decides whether a place is reached. */
export type Guard =
  /** It is reached when the test is true, or false; null where either way leads there. */
  | { readonly kind: 'test'; readonly test: Place; readonly outcome: boolean | null }
  /** It is reached when one of these calls failed, or only when none did. */
  | { readonly kind: 'attempt'; readonly calls: readonly Place[]; readonly failed: boolean };

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
  const test = (node: Node, outcome: boolean | null): Guard[] => [{ kind: 'test', test: { node, frame }, outcome }];
  const attempt = (node: Node, failed = true): Guard[] => [{ kind: 'attempt', calls: callsWithin(node, frame, sourceCode), failed }];
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
      return attempt(outer.parent.block);
    case 'CallExpression':
      return isFunction(child) && callsOnFailure(outer, child) ? attempt(outer.callee) : [];
    case 'BlockStatement':
    case 'Program':
    case 'SwitchCase': {
      const statements: readonly Node[] = outer.type === 'SwitchCase' ? outer.consequent : outer.body;
      return statements.slice(0, Math.max(0, statements.indexOf(child))).flatMap((statement) => {
        if (statement.type === 'IfStatement') {
          if (leaves(statement.consequent)) return test(statement.test, false);
          return statement.alternate !== null && leaves(statement.alternate) ? test(statement.test, true) : [];
        }
        if (statement.type === 'TryStatement') {
          if (leaves(statement.block)) return attempt(statement.block);
          return statement.handler !== null && leaves(statement.handler.body) ? attempt(statement.block, false) : [];
        }
        return [];
      });
    }
    default:
      return [];
  }
}

/** `.catch(f)`, and the second function of `.then(f, f)`. */
const callsOnFailure = (call: TSESTree.CallExpression, handler: Node): boolean =>
  methodName(call) === 'catch' || (methodName(call) === 'then' && call.arguments[1] === handler);

/** Whether a statement can end the way to what follows it: it returns, throws, or goes on with the next turn. */
function leaves(statement: Node): boolean {
  switch (statement.type) {
    case 'ReturnStatement':
    case 'ThrowStatement':
    case 'ContinueStatement':
    case 'BreakStatement':
      return true;
    case 'BlockStatement':
      return statement.body.some(leaves);
    case 'IfStatement':
      return leaves(statement.consequent) || (statement.alternate !== null && leaves(statement.alternate));
    default:
      return false;
  }
}
