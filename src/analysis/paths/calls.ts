
import { calledFunctions } from '../../calls/called-functions.js';
import { originsOf } from '../../calls/origins.js';
import type { S3Call } from '../../calls/s3-call.js';
import { s3CallAt } from '../../calls/s3-calls.js';
import { endsProgram, isFunction, methodName, unwrap, walk, type CallLike, type FunctionNode, type Node } from '../../calls/syntax.js';
import { inTurn, laidOver } from './expressions.js';
import type { Machine, Outcome } from './machine.js';
import { asserts, mayNeverReturn, tells } from './relevance.js';
import { withAssignment, type State } from './state.js';
import { given as fromOutside, isGiven, nothing, set, unknown, type Value } from './value.js';

/** Methods of texts whose answer is a text too. */
const textMethods = /^(?:replace|replaceAll|trim|trimStart|trimEnd|toString|toLowerCase|toUpperCase|slice|substring|normalize|valueOf|concat)$/;

/**
 * @param node a call
 * @param state the path on which it is made
 * @returns what it may answer, each with its path; what it throws goes to `fail`
 */
export function call(machine: Machine, node: CallLike, state: State): readonly Outcome[] {
  if (node === machine.target) machine.arrive(state);
  const callee = unwrap(node.callee);
  const method = methodName(node);
  if (callee.type === 'MemberExpression' && (method === 'then' || method === 'catch' || method === 'finally')) return chained(machine, node, callee.object, method, state);
  const functions = functionsOf(machine, node);
  const s3 = functions.length === 0 ? s3CallAt(node, machine.sourceCode) : null;
  // `new Upload(…).done()`: what it is called on is made before.
  const made = (functions.length > 0 || s3) && callee.type === 'MemberExpression' && machine.matters(callee.object) ? inTurn(machine, [callee.object], state) : [state];
  const given = made.flatMap((before) => argumentsOf(machine, node, before));
  if (functions.length > 0) return given.flatMap(({ values, state: at }) => functions.flatMap((called) => machine.enter(called, values, at)));
  return given.flatMap(({ values, state: at }): readonly Outcome[] => {
    machine.fail(at);
    return s3 ? answered(machine, node, s3, at) : answerOf(machine, node, callee, method, values, at);
  });
}

/** The functions of the file that a call runs, but for those that are running already. */
function functionsOf(machine: Machine, node: CallLike): readonly FunctionNode[] {
  if (node.type === 'NewExpression') return [];
  return calledFunctions(node, null, machine.sourceCode).filter((called) => !called.generator && !machine.isOpen(called));
}

interface Arguments {
  readonly values: readonly Value[];
  readonly state: State;
}

/** Evaluates the arguments; functions among them are run where the call runs them. */
function argumentsOf(machine: Machine, node: CallLike, state: State): readonly Arguments[] {
  let given: readonly Arguments[] = [{ values: [], state }];
  for (const argument of node.arguments) {
    given = given.flatMap(({ values, state: at }) => {
      if (isFunction(argument)) return [{ values: [...values, set], state: at }];
      const spread = argument.type === 'SpreadElement';
      return machine.evaluate(spread ? argument.argument : argument, at).map((after) => ({ values: [...values, spread ? unknown : after.value], state: after.state }));
    });
  }
  return given;
}

/** An S3 call answers, or calls back with an error or an answer. */
function answered(machine: Machine, node: CallLike, s3: S3Call, state: State): readonly Outcome[] {
  const value: Value = s3.presigned || (node.type === 'NewExpression' && s3.client !== 'v2') ? set : s3.operation.effect === 'list' ? unknown : { kind: 'response', call: s3 };
  const callback = node.arguments.find((argument) => isFunction(argument));
  if (!callback || node.type === 'NewExpression') return [{ value, state }];
  machine.attempt(() => machine.enter(callback, [nothing(node, 'null'), value], state));
  machine.attempt(() => machine.enter(callback, [set, nothing(node)], state));
  return [{ value, state }];
}

function answerOf(machine: Machine, node: CallLike, callee: Node, method: string | null, values: readonly Value[], state: State): readonly Outcome[] {
  const only = (value: Value): readonly Outcome[] => [{ value, state }];
  const [first] = values;
  if (callee.type === 'Identifier' && machine.bindings.isGlobal(callee)) {
    const [argument] = node.arguments;
    if (callee.name === 'Boolean' && argument) return machine.decide(argument, state).map((branch) => ({ value: branch.truth ? set : nothing(node, 'false'), state: branch.state }));
    // `String(undefined)` is a text.
    if (callee.name === 'String') return only(set);
  }
  if (asserts.test(machine.sourceCode.getText(callee))) {
    const [argument] = node.arguments;
    return argument ? machine.decide(argument, state).flatMap((branch) => (branch.truth ? [{ value: unknown, state: branch.state }] : [])) : only(unknown);
  }
  if (callee.type === 'MemberExpression') {
    if (endsProgram(node)) return [];
    if (machine.bindings.isGlobal(callee.object)) {
      if (method === 'all' && first) return only(first.kind === 'list' ? first : unknown);
      if (method === 'freeze' && first) return only(first);
      if (method === 'assign' && first) return assigned(machine, node, values, state);
    }
    return machine.evaluate(callee.object, state).flatMap(({ value, state: at }): readonly Outcome[] => {
      if (value.kind === 'nothing' && value.as !== 'empty' && value.as !== 'false') {
        return hasOptional(callee) ? [{ value: nothing(value.cause), state: at }] : failed(machine, at);
      }
      if (method === 'promise' && value.kind === 'response') return [{ value, state: at }];
      if (method !== null && textMethods.test(method)) {
        if (value.kind === 'set' || value.kind === 'text') return [{ value: set, state: at }];
        if (value.kind === 'nothing') return [{ value, state: at }];
        if (callee.optional && (value.kind === 'unknown' || value.kind === 'given')) {
          return machine.split(callee.object, value, at).map((branch) => ({ value: branch.truth ? branch.value : nothing(node), state: branch.state }));
        }
        if (value.kind === 'present' || value.kind === 'unknown' || value.kind === 'given') return [{ value, state: at }];
      }
      return ranWith(machine, node, at);
    });
  }
  return ranWith(machine, node, state);
}

const failed = (machine: Machine, state: State): readonly Outcome[] => {
  machine.fail(state);
  return [];
};

const hasOptional = (node: Node): boolean => (node.type === 'MemberExpression' && (node.optional || hasOptional(node.object))) || (node.type === 'CallExpression' && (node.optional || hasOptional(node.callee)));

/** `Object.assign(input, { IfMatch })` changes its first argument. */
function assigned(machine: Machine, node: CallLike, values: readonly Value[], state: State): readonly Outcome[] {
  const [first, ...over] = values;
  const [target] = node.arguments;
  if (first?.kind !== 'object' || !target) return [{ value: unknown, state }];
  const value = over.reduce<Value>((below, above) => (below.kind === 'object' ? laidOver(below, above) : below), first);
  const isName = target.type === 'Identifier';
  return (isName ? machine.bind(target, value, state) : [state]).map((after) => ({ value, state: after }));
}

/** A call of something that is not seen: it may run the functions that it is given, or not, and may change its objects. */
function ranWith(machine: Machine, node: CallLike, state: State): readonly Outcome[] {
  if (mayNeverReturn(node, machine.sourceCode)) return [];
  if (judges(node) && !node.arguments.some((argument) => isFunction(argument))) {
    return handedOn(machine, node, judged(machine, node, state)).map((after) => ({ value: isOfGiven(machine, node, after) ? fromOutside : unknown, state: after }));
  }
  const callbacks = node.arguments.filter((argument) => isFunction(argument));
  let states: readonly State[] = handedOn(machine, node, state);
  let answers: readonly Outcome[] = [];
  for (const callback of callbacks) {
    if (!machine.matters(callback) && callbacks.length > 1) continue;
    const ran = states.flatMap((before) => machine.enter(callback, null, before));
    if (callbacks.length === 1) answers = ran.filter(({ value }) => value.kind === 'response');
    // `await retry(async () => { … })` runs what it is given, or throws; `rows.forEach(…)` may not.
    const runs = node.parent.type === 'AwaitExpression' && !isIteration(node);
    if (machine.matters(callback)) states = [...(runs ? [] : states), ...ran.map((after) => after.state)];
  }
  // `retry(() => client.send(command))` answers with what it runs.
  if (answers.length > 0 && !isIteration(node)) return answers;
  return states.map((after) => ({ value: isOfGiven(machine, node, after) ? fromOutside : unknown, state: after }));
}

/** `if (isDefined(etag))`, `checkETag(etag);`: a function that is not seen may have looked. */
function judges(node: CallLike): boolean {
  let outer: Node = node;
  while (outer.parent && /^(?:Unary|Logical|Chain|Await)Expression$/.test(outer.parent.type)) outer = outer.parent;
  const { parent } = outer;
  return parent?.type === 'ExpressionStatement' || ((parent?.type === 'IfStatement' || parent?.type === 'ConditionalExpression') && parent.test === outer);
}

/** What a function that is not seen was asked about, and what is unset, may be set where it lets pass. */
function judged(machine: Machine, node: CallLike, state: State): State {
  let after = state;
  if (tells.test(machine.sourceCode.getText(node.callee))) return after;
  for (const argument of node.arguments.filter((given) => !isFunction(given))) {
    walk(argument, machine.sourceCode, (inner) => {
      const place = inner.type === 'Identifier' || inner.type === 'MemberExpression' ? machine.placeOf(inner) : null;
      if (place !== null && machine.isRelevant(place) && after.values.get(place)?.kind === 'nothing') after = withAssignment(after, place, unknown);
      return !isFunction(inner);
    });
  }
  return after;
}

/** `key.endsWith('.html')`: what is made, at once, of nothing but what was given. */
function isOfGiven(machine: Machine, outer: Node, state: State): boolean {
  if (outer.type === 'AwaitExpression' || outer.parent?.type === 'AwaitExpression') return false;
  const node = unwrap(outer);
  if (node.type !== 'CallExpression') return false;
  const callee = unwrap(node.callee);
  const asked = [...node.arguments, ...(callee.type === 'MemberExpression' && !machine.bindings.isGlobal(callee.object) ? [callee.object] : [])];
  const values = asked.map((argument) => {
    const place = machine.placeOf(argument);
    if (place === null) return argument.type === 'Literal' ? set : unknown;
    return state.values.get(place) ?? machine.evaluate(argument, state)[0]?.value ?? unknown;
  });
  return values.some(isGiven) && values.every((value) => value.kind !== 'unknown' && value.kind !== 'response' && !(value.kind === 'present' && value.from === 'unknown'));
}

const isIteration = (node: CallLike): boolean => /^(?:map|flatMap|filter|forEach|find|reduce|some|every|sort)$/.test(methodName(node) ?? '');

/** `withCondition(input)`: a function that is not seen may put anything into an object, if that is all that it is called for. */
function handedOn(machine: Machine, node: CallLike, state: State): readonly State[] {
  if (node.parent.type !== 'ExpressionStatement' && node.parent.type !== 'AwaitExpression') return [state];
  const callee = unwrap(node.callee);
  if (callee.type !== 'Identifier' || tells.test(callee.name)) return [state];
  return node.arguments.reduce<readonly State[]>(
    (states, argument) =>
      states.flatMap((before) => {
        const place = argument.type === 'Identifier' ? machine.placeOf(argument) : null;
        const held = place === null ? undefined : before.values.get(place);
        return held?.kind === 'object' ? machine.bind(argument, { ...held, open: true }, before) : [before];
      }),
    [state],
  );
}

/** `.then(f, g)`, `.catch(f)` and `.finally(f)`. */
function chained(machine: Machine, node: CallLike, object: Node, method: string, state: State): readonly Outcome[] {
  const { result, failed: thrown } = machine.attempt(() => machine.evaluate(object, state));
  const [first, second] = node.arguments;
  const onSuccess = method === 'then' ? first : undefined;
  const onFailure = method === 'catch' ? first : method === 'then' ? second : undefined;
  const well = onSuccess ? result.flatMap((outcome) => handled(machine, onSuccess, [outcome.value], outcome.state)) : result;
  if (!onFailure) {
    for (const at of thrown) machine.fail(at);
    const last = method === 'finally' && first ? first : null;
    return last ? well.flatMap((outcome) => handled(machine, last, [], outcome.state).map((after) => ({ ...outcome, state: after.state }))) : well;
  }
  return [...well, ...thrown.flatMap((at) => handled(machine, onFailure, [{ kind: 'present', from: 'unknown' }], at))];
}

function handled(machine: Machine, handler: Node, values: readonly Value[], state: State): readonly Outcome[] {
  const functions = isFunction(handler) ? [handler] : originsOf({ node: handler, frame: null }, machine.sourceCode).flatMap(({ node, path }) => (isFunction(node) && path.length === 0 ? [node] : []));
  const runnable = functions.filter((called) => !machine.isOpen(called));
  if (runnable.length > 0) return runnable.flatMap((called) => machine.enter(called, values, state));
  // `.catch(toHttpError)`: it is not seen, and may always throw.
  if (values[0]?.kind === 'present' && !isFunction(handler) && !/ignore|noop|swallow/i.test(machine.sourceCode.getText(handler))) return [];
  return inTurn(machine, isFunction(handler) ? [] : [handler], state).map((after) => ({ value: unknown, state: after }));
}

