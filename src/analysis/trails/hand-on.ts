import { originsOf } from '../../calls/origins.js';
import { isFunction, propertyName, unwrap, walk, type CallLike, type Node } from '../../calls/syntax.js';
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

/** `String(error)`, `names.includes(error.name)`, `new ConflictError(error.message)`: nobody is told yet. */
function isLooking(call: CallLike, runner: Runner): boolean {
  if (call.type === 'NewExpression') return true;
  const callee = unwrap(call.callee);
  if (callee.type === 'MemberExpression' && looks.test(propertyName(callee) ?? '')) return true;
  if (callee.type === 'Identifier' && runner.bindings.isGlobal(callee)) return /^(?:String|Number|Boolean)$/.test(callee.name);
  return originsOf({ node: callee, frame: null }, runner.sourceCode).some(({ node }) => isFunction(node));
}

const looks = /^(?:includes|has|indexOf|startsWith|endsWith|test|exec|match|some|every|find|toString|toLowerCase|is[A-Z]\w*)$/;

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
