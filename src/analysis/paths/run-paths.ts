import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, memberPath, unreadable, type Variable } from '../../calls/bindings.js';
import { s3CallAt } from '../../calls/s3-calls.js';
import { contains, enclosingFunction, methodName, propertyName, unwrap, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import { evaluate } from './expressions.js';
import { TooManyPaths, type Machine, type Outcome } from './machine.js';
import { relevanceOf } from './relevance.js';
import { merged, signatureOf, start, withAnswer, withAssignment, type State } from './state.js';
import { inSequence } from './statements.js';
import { decide, split } from './tests.js';
import { given, memberOf, nothing, unknown, type Value } from './value.js';

/** Marks the places of names that no file declares, such as `process.env.BUCKET`. */
const everywhere = 'global';

const maximumSteps = 5_000;
const maximumStates = 128;
const maximumDepth = 6;

/**
 * Follows every path that reaches a call.
 *
 * @param target the call
 * @param input an expression that the call is given
 * @param starts where the ways to it begin: the call itself, or calls of the functions that lead to it
 * @param sourceCode its file
 * @returns what `input` is when the call is reached, with its path, for each path; null where there are too many
 */
export function pathsTo(target: Node, input: Node, starts: readonly Node[], sourceCode: SourceCode): readonly Outcome[] | null {
  const bindings = bindingsOf(sourceCode);
  const relevance = relevanceOf(target, input, sourceCode);
  const arrivals: Outcome[] = [];
  const running: FunctionNode[] = [];
  const collectors: Map<string, State>[] = [];
  const numbers = new Map<Variable, string>();
  const byPlace = new Map<string, Variable>();
  const places = new Map<Node, string | null>();
  let steps = 0;

  const numberOf = (variable: Variable): string => {
    const known = numbers.get(variable) ?? `${variable.name}#${numbers.size}`;
    numbers.set(variable, known);
    byPlace.set(known, variable);
    return known;
  };

  const machine: Machine = {
    sourceCode,
    bindings,
    target,
    loops: [],
    isRelevant,
    matters: (node) => relevance.matters(node),
    arrive(state) {
      arrivals.push(...machine.evaluate(input, state).map((outcome) => ({ ...outcome, value: resolved(outcome.value, outcome.state) })));
      machine.step(arrivals.length);
    },
    evaluate: (node, state) => evaluate(machine, node, state),
    decide: (test, state) => decide(machine, test, state),
    split: (node, value, state) => split(machine, node, value, state),
    bind: (pattern, value, state) => bind(pattern, value, state),
    run: (statement, state) => inSequence(machine, [statement], [state]),
    enter,
    isOpen: (called) => running.includes(called) || running.length >= maximumDepth,
    placeOf,
    resolve: resolved,
    leave,
    fail(state) {
      const failed = collectors.at(-1);
      const known = failed?.get(signatureOf(state));
      failed?.set(signatureOf(state), known ? merged(known, state) : state);
    },
    attempt(work) {
      const failed = new Map<string, State>();
      collectors.push(failed);
      const result = work();
      collectors.pop();
      return { result, failed: [...failed.values()] };
    },
    step(states = 1) {
      if (++steps > maximumSteps || states > maximumStates) throw new TooManyPaths();
    },
  };

  function placeOf(node: Node): string | null {
    const known = places.get(node);
    if (known !== undefined) return known;
    const place = findPlace(node);
    places.set(node, place);
    return place;
  }

  function findPlace(outer: Node): string | null {
    const node = unwrap(outer);
    if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return null;
    const path = memberPath(node);
    if (!path || path.path.includes(unreadable)) return null;
    const { root } = path;
    if (root.type === 'ThisExpression') return ['this', ...path.path].join('.');
    if (root.type !== 'Identifier') return null;
    const variable = bindings.variableOf(root);
    return [variable ? numberOf(variable) : `${root.name}#${everywhere}`, ...path.path].join('.');
  }

  function isRelevant(place: string): boolean {
    const root = place.split('.')[0] ?? '';
    const variable = byPlace.get(root);
    return root === 'this' || root.endsWith(`#${everywhere}`) || (variable !== undefined && relevance.variables.has(variable));
  }

  function resolved(value: Value, state: State): Value {
    if (value.kind === 'object') {
      return { ...value, properties: new Map([...value.properties].map(([name, held]) => [name, resolved(held, state)])) };
    }
    const now = (value.kind === 'given' || value.kind === 'unknown') && value.place !== null ? state.values.get(value.place) : undefined;
    return now ?? value;
  }

  function bind(outer: Node, value: Value, state: State): readonly State[] {
    const pattern = unwrap(outer);
    switch (pattern.type) {
      case 'Identifier': {
        const place = placeOf(pattern);
        if (place === null || (value.kind !== 'present' && !isRelevant(place))) return [state];
        if (value.kind === 'given' && isText(pattern)) return [withAssignment(state, place, { kind: 'present', from: 'given' })];
        return [withAssignment(state, place, (value.kind === 'given' || value.kind === 'unknown') && value.place === null ? { ...value, place } : value)];
      }
      case 'MemberExpression':
        return [bindMember(pattern, value, state)];
      case 'AssignmentPattern':
        if (value.kind === 'nothing' && value.as === 'undefined') return machine.evaluate(pattern.right, state).flatMap((after) => bind(pattern.left, after.value, after.state));
        return bind(pattern.left, value, state);
      case 'TSParameterProperty':
        return bind(pattern.parameter, value, state);
      case 'ObjectPattern':
      case 'ArrayPattern':
        if (value.kind === 'nothing' && value.as !== 'false' && value.as !== 'empty') {
          machine.fail(state);
          return [];
        }
        return bindParts(pattern, value, state);
      default:
        return [state];
    }
  }

  /** What a function is called with is known in it, whether or not it counts outside. */
  function bindParameter(parameter: Node, value: Value, state: State): readonly State[] {
    const place = parameter.type === 'Identifier' ? placeOf(parameter) : null;
    return place === null ? bind(parameter, value, state) : [withAssignment(state, place, value)];
  }

  function bindParts(pattern: TSESTree.ObjectPattern | TSESTree.ArrayPattern, value: Value, state: State): readonly State[] {
    const parts: readonly { readonly target: Node; readonly value: Value }[] =
      pattern.type === 'ArrayPattern'
        ? pattern.elements.flatMap((element, index) => (element ? [{ target: element, value: memberOf(value, String(index), element) }] : []))
        : pattern.properties.map((property) =>
            // The rest of a response still is one.
            property.type === 'RestElement' ? { target: property.argument, value } : { target: property.value, value: memberOf(value, propertyName(property), property) },
          );
    return parts.reduce<readonly State[]>((states, part) => states.flatMap((before) => bind(part.target, part.value, before)), [state]);
  }

  /** `input.IfMatch = etag` changes the object that the path knows. */
  function bindMember(node: TSESTree.MemberExpression, value: Value, state: State): State {
    const object = placeOf(node.object);
    const held = object === null ? undefined : state.values.get(object);
    if (object !== null && held?.kind === 'object') {
      const name = propertyName(node);
      const properties = new Map(held.properties);
      if (name !== null) properties.set(name, value);
      return withAssignment(state, object, { ...held, properties, open: held.open || name === null });
    }
    const place = placeOf(node);
    return place === null ? state : withAssignment(state, place, value);
  }

  function enter(called: FunctionNode, args: readonly Value[] | null, state: State): readonly Outcome[] {
    if (machine.isOpen(called)) return [{ value: unknown, state }];
    const entered = called.params.reduce<readonly State[]>(
      (states, parameter, index) =>
        states.flatMap((before) => (parameter.type === 'RestElement' ? [before] : bindParameter(parameter, args ? (args[index] ?? nothing(parameter)) : unknown, before))),
      [state],
    );
    running.push(called);
    const { result: outcomes, failed } = machine.attempt(() => entered.flatMap((at) => outcomesOf(called, at)));
    running.pop();
    for (const at of failed) machine.fail(leave(called, at));
    return outcomes.map((outcome) => ({ value: resolved(outcome.value, outcome.state), state: leave(called, outcome.state) }));
  }

  function outcomesOf(called: FunctionNode, state: State): readonly Outcome[] {
    if (called.body.type !== 'BlockStatement') return machine.evaluate(called.body, state);
    const ends = inSequence(machine, called.body.body, [state]);
    return [...ends.returns, ...ends.next.map((at) => ({ value: nothing(endOf(called)), state: at }))];
  }

  function leave(block: Node, state: State): State {
    const isOwn = (place: string): boolean => {
      const scope = byPlace.get(place.split('.', 1)[0] ?? '')?.scope.block;
      return scope !== undefined && scope.type !== 'Program' && contains(block, scope);
    };
    const own = [...state.values.keys()].filter(isOwn);
    if (own.length === 0) return state;
    const values = new Map(state.values);
    for (const place of own) values.delete(place);
    return { ...state, values };
  }

  function startFrom(root: FunctionNode | null): void {
    // Who starts here is another caller than who starts elsewhere.
    const first = withAnswer(start, 'start', root ? String(root.range[0]) : 'file', 'caller');
    machine.attempt(() => {
      if (!root) return void inSequence(machine, sourceCode.ast.body, [first]);
      running.push(root);
      const states = root.params.reduce<readonly State[]>((before, parameter) => before.flatMap((state) => (parameter.type === 'RestElement' ? [state] : bind(parameter, given, state))), [first]);
      for (const state of states) outcomesOf(root, state);
      running.pop();
    });
  }

  try {
    // What nothing on the way can change is looked at where it stands.
    const atOnce = evaluate(machine, input, start);
    if (atOnce.length === 1 && atOnce.every(({ value }) => isSettled(value))) return atOnce.map((outcome) => ({ ...outcome, value: resolved(outcome.value, outcome.state) }));
    for (const root of new Set(starts.map((place) => rootOf(place, relevance.variables, sourceCode)))) {
      const before = arrivals.length;
      startFrom(root);
      // A function that is handed out, and called by nobody here, is started from outside too.
      const own = enclosingFunction(target);
      if (arrivals.length === before && own && own !== root && (!root || contains(root, target))) startFrom(own);
    }
  } catch (error) {
    if (error instanceof TooManyPaths) return null;
    throw error;
  }
  return arrivals;
}

/** Where a function ends without an answer: in a catch that goes on, or at its end. */
function endOf(called: FunctionNode): Node {
  const last = called.body.type === 'BlockStatement' ? called.body.body.at(-1) : null;
  return last?.type === 'TryStatement' && last.handler ? last.handler : called;
}

/** Whether the signature of a function says that a parameter is a text, and never left out. */
const isText = ({ optional, typeAnnotation }: TSESTree.Identifier): boolean => !optional && typeAnnotation?.typeAnnotation.type === 'TSStringKeyword';

/** Whether nothing that happens before could change what a value is. */
function isSettled(value: Value): boolean {
  if (value.kind === 'object') return !value.open && [...value.properties.values()].every(isSettled);
  return value.kind === 'given' || value.kind === 'unknown' ? value.place === null : value.kind !== 'nothing';
}

/** The function to start from: the innermost around a place that everything that counts is declared in. */
function rootOf(place: Node, variables: ReadonlySet<Variable>, sourceCode: SourceCode): FunctionNode | null {
  let root = enclosingFunction(place);
  for (let outer = root && enclosingFunction(root); outer; outer = enclosingFunction(outer)) {
    const isNeeded = [...variables].some(({ scope }) => root !== null && contains(scope.block, place) && scope.block !== root && !contains(root, scope.block) && scope.block.type !== 'Program');
    if (isNeeded || (root && isAnswered(root, sourceCode))) root = outer;
  }
  return root;
}

/** `.then((current) => …)`, `s3.headObject(input, (error, head) => …)`: what it is called with is an answer. */
const isAnswered = ({ parent }: FunctionNode, sourceCode: SourceCode): boolean =>
  parent.type === 'CallExpression' && (/^(?:then|catch|finally)$/.test(methodName(parent) ?? '') || s3CallAt(parent, sourceCode) !== null);
