import type { TSESTree } from '@typescript-eslint/utils';

import type { Frame, Place } from '../calls/origins.js';
import { isFunction, methodName, type Node, type SourceCode } from '../calls/syntax.js';
import { callsWithin } from './derivation.js';

/** What decides whether a place is reached. */
export type Guard =
  | { readonly kind: 'test'; readonly test: Place }
  /** It runs when this failed, or only when it did not. */
  | { readonly kind: 'attempt'; readonly calls: readonly Place[] };

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
  const test = (node: Node): Guard[] => [{ kind: 'test', test: { node, frame } }];
  const attempt = (node: Node): Guard[] => [{ kind: 'attempt', calls: callsWithin(node, frame, sourceCode) }];
  switch (outer.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return child === outer.test ? [] : test(outer.test);
    case 'LogicalExpression':
      return child === outer.right ? test(outer.left) : [];
    case 'SwitchStatement':
      return child === outer.discriminant ? [] : test(outer.discriminant);
    case 'CatchClause':
      return attempt(outer.parent.block);
    case 'CallExpression':
      return isFunction(child) && callsOnFailure(outer, child) ? attempt(outer.callee) : [];
    case 'BlockStatement':
    case 'Program':
    case 'SwitchCase': {
      const statements: readonly Node[] = outer.type === 'SwitchCase' ? outer.consequent : outer.body;
      return statements.slice(0, Math.max(0, statements.indexOf(child))).flatMap((statement) => {
        if (statement.type === 'IfStatement' && (leaves(statement.consequent) || (statement.alternate !== null && leaves(statement.alternate)))) {
          return test(statement.test);
        }
        if (statement.type === 'TryStatement' && (leaves(statement.block) || (statement.handler !== null && leaves(statement.handler.body)))) {
          return attempt(statement.block);
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
