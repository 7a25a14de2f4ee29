import { originsOf } from '../../calls/origins.js';
import { isFunction, unwrap, walk, type CallLike, type Node } from '../../calls/syntax.js';
import { heldOf, isError } from './error-test.js';
import { callsWithin, onlyLogs, type Runner } from './runner.js';
import type { Held, Trail } from './trail.js';

/** Whether an expression hands the error to somebody. */
export function handsErrorOn(runner: Runner, node: Node, trail: Trail): Node | null {
  for (const call of callsWithin(node, runner.sourceCode)) {
    if (onlyLogs(call.callee, runner.sourceCode) || isLooking(call, runner)) continue;
    if (call.arguments.some((argument) => carriesError(runner, argument, trail))) return call;
  }
  return null;
}

/** `String(error)`, `new ConflictError(error.message)`: nobody is told yet. */
const isLooking = (call: CallLike, runner: Runner): boolean =>
  call.type === 'NewExpression' || (unwrap(call.callee).type === 'Identifier' && runner.bindings.isGlobal(unwrap(call.callee)) && /^(?:String|Number|Boolean)$/.test(runner.sourceCode.getText(call.callee))) || originsOf({ node: call.callee, frame: null }, runner.sourceCode).some(({ node }) => isFunction(node));

function carriesError(runner: Runner, argument: Node, trail: Trail): boolean {
  let found = false;
  walk(argument, runner.sourceCode, (inner) => {
    if (inner.type === 'Identifier') found ||= isError(inner, trail, runner.sourceCode);
    return !found && !isFunction(inner);
  });
  return found;
}

/** What a value is, as far as the trail knows. */
export function heldBy(runner: Runner, value: Node | null, trail: Trail): Held | null {
  if (!value) return { kind: 'truth', truth: false };
  const held = heldOf(value, trail, runner.sourceCode);
  if (held) return held;
  const truth = runner.truth(value, trail);
  return typeof truth === 'boolean' ? { kind: 'truth', truth } : null;
}
