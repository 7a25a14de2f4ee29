import type { TSESTree } from '@typescript-eslint/utils';

import { callersOf, isPrivate } from '../../calls/callers.js';
import { functionsAt } from '../../calls/called-functions.js';
import { entitiesOf } from '../../calls/entities.js';
import { takersOf } from '../../calls/takers.js';
import { contains, enclosingFunction, isFunction, isLoop, literalText, methodName, propertyName, unwrap, type CallLike, type FunctionNode, type Node } from '../../calls/syntax.js';
import { isError } from './error-test.js';
import { heldBy } from './hand-on.js';
import { onlyLogs, statementAround, type Runner } from './runner.js';
import { passed, withHeld, withStep, type Held, type Trail } from './trail.js';

const maximumHeight = 3;

/**
 * A call fails with the error of the trail, at once or by way of its promise: it goes to what stands around the call.
 *
 * @param node the call, or what stands for its promise
 */
export function failAt(runner: Runner, node: Node, trail: Trail): void {
  if (!runner.step()) return runner.end(trail, { kind: 'lost', node });
  const { parent } = node;
  switch (parent?.type) {
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSTypeAssertion':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'ConditionalExpression':
    case 'LogicalExpression':
    case 'SequenceExpression':
    case 'ArrayExpression':
    case 'SpreadElement':
      return failAt(runner, parent, trail);
    case 'AwaitExpression':
    case 'YieldExpression':
      return raise(runner, parent, trail);
    case 'MemberExpression':
      return parent.object === node && parent.parent.type === 'CallExpression' && parent.parent.callee === parent ? chained(runner, parent.parent, propertyName(parent), trail) : runner.end(trail, { kind: 'lost', node });
    case 'CallExpression':
      return failsWithIt(runner, parent) ? failAt(runner, parent, trail) : runner.end(trail, { kind: 'lost', node });
    case 'ReturnStatement':
      // What is returned without `await` fails behind the function, not in its try.
      return leave(runner, enclosingFunction(node), trail);
    case 'ArrowFunctionExpression':
      return leave(runner, parent, trail);
    case 'VariableDeclarator':
      return failWhereAwaited(runner, parent.id, trail);
    case 'AssignmentExpression':
      return failWhereAwaited(runner, parent.left, trail);
    case 'ExpressionStatement':
      return runner.end(trail, { kind: 'floats', node });
    case 'UnaryExpression':
      return runner.end(trail, { kind: parent.operator === 'void' ? 'floats' : 'lost', node });
    default:
      return runner.end(trail, { kind: 'lost', node });
  }
}

/** `Promise.all(…)`, and rxjs's `from(…)`: they fail when what they are given fails. */
function failsWithIt(runner: Runner, { callee }: TSESTree.CallExpression): boolean {
  if (callee.type === 'MemberExpression' && runner.bindings.isGlobal(callee.object)) return /^(?:all|race|any|resolve)$/.test(propertyName(callee) ?? '');
  return entitiesOf({ node: callee, frame: null }, runner.sourceCode).some(({ module, path }) => module === 'rxjs' && path[0] === 'from');
}

/** `const saved = client.send(command); …; await saved;` */
function failWhereAwaited(runner: Runner, name: Node, trail: Trail): void {
  const variable = name.type === 'Identifier' ? runner.bindings.variableOf(name) : null;
  const uses = (variable?.references ?? []).filter((reference) => reference.isRead()).map((reference) => reference.identifier);
  if (uses.length === 0) return runner.end(trail, { kind: variable ? 'floats' : 'lost', node: name });
  for (const use of uses) failAt(runner, use, trail);
}

/** `.then(f, g)`, `.catch(f)` and `.finally(f)` */
function chained(runner: Runner, call: TSESTree.CallExpression, method: string | null, trail: Trail): void {
  const [first, second] = call.arguments;
  switch (method) {
    case 'then':
      return second ? handled(runner, second, call, trail) : failAt(runner, call, trail);
    case 'catch':
      return first ? handled(runner, first, call, trail) : failAt(runner, call, trail);
    case 'finally':
    case 'promise':
      return failAt(runner, call, trail);
    default:
      return runner.end(trail, { kind: 'lost', node: call });
  }
}

/** A function is handed the error of a promise; what it answers is what the chain gives. */
function handled(runner: Runner, handler: Node, call: TSESTree.CallExpression, trail: Trail): void {
  const functions = functionsAt(handler, runner.sourceCode).filter((called) => !contains(called, runner.failed));
  if (functions.length > 0) {
    for (const called of functions) enter(runner, called, 'error', call, { ...trail, handlers: [...trail.handlers, called.body] });
    return;
  }
  // `.catch(console.error)`
  if (handler.type === 'MemberExpression' && onlyLogs(handler, runner.sourceCode)) {
    return yieldAt(runner, call, null, withStep({ ...trail, handlers: [...trail.handlers, handler] }, handler));
  }
  runner.end(trail, { kind: 'told', node: handler });
}

/** Runs a function with what a call hands it, or with the error first, and goes on behind `backTo`. */
export function enter(runner: Runner, called: FunctionNode, given: CallLike | 'error', backTo: CallLike | null, trail: Trail): void {
  if (!runner.step()) return runner.end(trail, { kind: 'lost', node: called });
  const inner = called.params.reduce<Trail>(
    (after, parameter, index) => {
      if (given === 'error') return index === 0 ? withError(runner, parameter, after) : after;
      const argument = given.arguments[index];
      return argument ? handedOver(runner, parameter, argument, after) : after;
    },
    { ...trail, entered: [...trail.entered, { function: called, call: backTo }] },
  );
  if (called.body.type === 'BlockStatement') runner.run(called.body, inner);
  else runner.conclude(called, inner);
}

/** A parameter is given the error, or a text or truth that stands in the source. */
function handedOver(runner: Runner, parameter: Node, argument: Node, trail: Trail): Trail {
  if (isError(argument, trail, runner.sourceCode)) return withError(runner, parameter, trail);
  const variable = parameter.type === 'Identifier' ? runner.bindings.variableOf(parameter) : null;
  const literal = unwrap(argument);
  const text = literalText(literal);
  if (variable && text !== null) return withHeld(trail, variable, { kind: 'text', text });
  return variable && literal.type === 'Literal' && typeof literal.value === 'boolean' ? withHeld(trail, variable, { kind: 'truth', truth: literal.value }) : trail;
}

/** Where a pattern stands to the error: what is read from the error to get at it, or from it to get at the error. */
type Standing = { readonly of: readonly string[] } | { readonly under: readonly string[] };

/** Gives a name, or the names of a pattern, the error. */
export function withError(runner: Runner, pattern: Node, trail: Trail, standing: Standing = { of: [] }): Trail {
  switch (pattern.type) {
    case 'Identifier': {
      const variable = runner.bindings.variableOf(pattern);
      return variable ? withHeld(trail, variable, heldAt(standing)) : trail;
    }
    case 'AssignmentPattern':
      return withError(runner, pattern.left, trail, standing);
    case 'ObjectPattern':
      return pattern.properties.reduce((after, property) => (property.type === 'RestElement' ? after : withError(runner, property.value, after, below(standing, propertyName(property) ?? '*'))), trail);
    default:
      return trail;
  }
}

function heldAt(standing: Standing): Held {
  if ('under' in standing) return standing.under.length === 0 ? { kind: 'error' } : { kind: 'holder', path: standing.under };
  return standing.of.length === 0 ? { kind: 'error' } : { kind: 'facet', path: standing.of };
}

function below(standing: Standing, name: string): Standing {
  if ('of' in standing) return { of: [...standing.of, name] };
  const [first, ...rest] = standing.under;
  return first === undefined ? { of: [name] } : { under: first === name ? rest : ['*', ...standing.under] };
}

/** An error is thrown at a place: the nearest handler of the function catches it. */
export function raise(runner: Runner, node: Node, trail: Trail): void {
  for (let child = node, outer = node.parent; outer; child = outer, outer = outer.parent) {
    if (outer.type === 'TryStatement' && outer.block === child && outer.handler) {
      const { body, param } = outer.handler;
      const caught = { ...trail, handlers: [...trail.handlers, body] };
      return runner.run(body, param ? withError(runner, param, caught) : caught);
    }
    if (isFunction(outer)) return leave(runner, outer, trail);
  }
  runner.end(trail, { kind: 'leaves', from: null });
}

/** An error leaves a function: it fails where the function was called. */
export function leave(runner: Runner, from: FunctionNode | null, trail: Trail): void {
  if (!from) return runner.end(trail, { kind: 'leaves', from });
  const last = trail.entered.at(-1);
  if (last?.function === from) {
    const outside = { ...trail, entered: trail.entered.slice(0, -1) };
    return last.call ? failAt(runner, last.call, outside) : runner.end(outside, { kind: 'leaves', from });
  }
  if (trail.height >= maximumHeight) return runner.end(trail, { kind: 'lost', node: from });
  const higher = { ...trail, height: trail.height + 1 };
  const callers = callersOf(from, runner.sourceCode);
  for (const call of callers) failAt(runner, call, higher);
  const takers = takersOf(from, null, runner.sourceCode);
  for (const taker of takers) failAt(runner, taker.call, { ...higher, entered: [...higher.entered, { function: taker.function, call: taker.handing }] });
  if (takers.length > 0 || (callers.length > 0 && isPrivate(from, runner.bindings))) return;
  const call = from.parent;
  const waits = call.type === 'CallExpression' && call.callee !== from && /^(?:map|flatMap|then)$/.test(methodName(call) ?? '');
  if (waits) return failAt(runner, call, higher);
  const effect = effectOf(runner, from);
  if (effect?.parent?.type === 'YieldExpression') return raise(runner, effect.parent, higher);
  runner.end(trail, { kind: 'leaves', from });
}

/** `yield* Effect.tryPromise(() => put())`, and `{ try: () => put(), catch: … }`: the effect that a promise was made into. */
function effectOf(runner: Runner, from: FunctionNode): Node | null {
  const given = from.parent.type === 'Property' && propertyName(from.parent) === 'try' ? from.parent.parent : from;
  const call = given.parent;
  if (call.type !== 'CallExpression' || call.arguments[0] !== given) return null;
  return entitiesOf({ node: call.callee, frame: null }, runner.sourceCode).some(({ module, path }) => /^effect(?:\/Effect)?$/.test(module) && /^(?:Effect\.)?(?:tryPromise|promise)$/.test(path.join('.'))) ? call : null;
}

/** A function answers: the trail goes on behind the call by which it was entered. */
export function answer(runner: Runner, from: FunctionNode | null, value: Node | null, trail: Trail): void {
  const held = heldBy(runner, value, trail);
  const last = trail.entered.at(-1);
  if (from && last?.function === from) {
    const outside = { ...trail, entered: trail.entered.slice(0, -1) };
    return last.call ? yieldAt(runner, last.call, held, outside) : runner.end(outside, { kind: 'returns', from, value, held });
  }
  if (runner.reach === 'callers' && from && trail.height < maximumHeight) {
    const callers = callersOf(from, runner.sourceCode);
    for (const call of callers) yieldAt(runner, call, held, { ...trail, height: trail.height + 1 });
    if (callers.length > 0 && isPrivate(from, runner.bindings)) return;
  }
  runner.end(trail, { kind: 'returns', from, value, held });
}

/** A call gives a value: what stands around it goes on. */
function yieldAt(runner: Runner, call: CallLike, held: Held | null, trail: Trail): void {
  const statement = statementAround(call);
  const known = withHeld(trail, call, held ?? passed);
  if (!statement) return runner.end(known, { kind: 'lost', node: call });
  if (isFunction(statement)) return runner.conclude(statement, known);
  if (isLoop(statement)) {
    if ((statement.type === 'WhileStatement' || statement.type === 'DoWhileStatement') && contains(statement.test, call)) return runner.again(statement, known);
    return runner.end(known, { kind: 'lost', node: call });
  }
  runner.run(statement, known);
}

/** A call does not fail: its promise, and what hangs on that, goes on. */
export function succeedAt(runner: Runner, node: CallLike, trail: Trail): void {
  let outer: CallLike = node;
  for (;;) {
    const member = wrappedInPlace(outer).parent;
    if (member?.type !== 'MemberExpression' || member.parent.type !== 'CallExpression' || !/^(?:then|catch|finally|promise)$/.test(propertyName(member) ?? '')) break;
    outer = member.parent;
  }
  yieldAt(runner, outer, { kind: 'truth', truth: true }, trail);
}

function wrappedInPlace(node: Node): Node {
  return node.parent?.type === 'ChainExpression' ? node.parent : node;
}

/** A callback of an S3 call is handed the error first: `s3.putObject(input, (error, data) => …)`. */
export function failWithCallback(runner: Runner, call: CallLike, trail: Trail): boolean {
  const callback = call.arguments.at(-1);
  const functions = callback ? functionsAt(callback, runner.sourceCode) : [];
  for (const called of functions) enter(runner, called, 'error', null, { ...trail, handlers: [...trail.handlers, called.body] });
  return functions.length > 0;
}
