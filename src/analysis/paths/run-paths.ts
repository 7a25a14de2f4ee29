import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, memberPath, unreadable, type Variable } from '../../calls/bindings.js';
import { contains, enclosingFunction, isFunction, propertyName, unwrap, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import { evaluate } from './expressions.js';
import { TooManyPaths, type Machine, type Outcome } from './machine.js';
import { relevanceOf } from './relevance.js';
import { start, withAssignment, type State } from './state.js';
import { inSequence } from './statements.js';
import { decide, split } from './tests.js';
import { given, memberOf, nothing, set, unknown, type Value } from './value.js';

const maximumSteps = 20_000;
const maximumStates = 128;
const maximumDepth = 6;

/**
 * Follows every path that reaches a call.
 *
 * @param target the call
 * @param input an expression that the call is given
 * @param roots the functions that are started from outside and lead to it; null for the file itself
 * @param sourceCode its file
 * @returns what `input` is when the call is reached, with its path, for each path; null where there are too many
 */
export function pathsTo(target: Node, input: Node, roots: readonly (FunctionNode | null)[], sourceCode: SourceCode): readonly Outcome[] | null {
  const bindings = bindingsOf(sourceCode);
  const relevance = relevanceOf(target, input, sourceCode);
  const arrivals: Outcome[] = [];
  const running: FunctionNode[] = [];
  const collectors: State[][] = [];
  const numbers = new Map<Variable, string>();
  const byPlace = new Map<string, Variable>();
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
      collectors.at(-1)?.push(state);
    },
    attempt(work) {
      const failed: State[] = [];
      collectors.push(failed);
      const result = work();
      collectors.pop();
      return { result, failed };
    },
    step(states = 1) {
      if (++steps > maximumSteps || states > maximumStates) throw new TooManyPaths();
    },
  };

  function placeOf(outer: Node): string | null {
    const node = unwrap(outer);
    if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return null;
    const path = memberPath(node);
    if (!path || path.path.includes(unreadable)) return null;
    const { root } = path;
    if (root.type === 'ThisExpression') return ['this', ...path.path].join('.');
    const variable = root.type === 'Identifier' ? bindings.variableOf(root) : null;
    return variable ? [numberOf(variable), ...path.path].join('.') : null;
  }

  function isRelevant(place: string): boolean {
    const root = place.split('.')[0] ?? '';
    const variable = byPlace.get(root);
    return root === 'this' || (variable !== undefined && relevance.isRelevant(variable));
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
        if (value.kind === 'given' && isText(pattern)) return [withAssignment(state, place, set)];
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
        states.flatMap((before) => (parameter.type === 'RestElement' ? [before] : bind(parameter, args ? (args[index] ?? nothing(parameter)) : unknown, before))),
      [state],
    );
    running.push(called);
    const outcomes = entered.flatMap((at) => outcomesOf(called, at));
    running.pop();
    return outcomes.map((outcome) => ({ value: resolved(outcome.value, outcome.state), state: leave(called, outcome.state) }));
  }

  function outcomesOf(called: FunctionNode, state: State): readonly Outcome[] {
    if (called.body.type !== 'BlockStatement') return machine.evaluate(called.body, state);
    const ends = inSequence(machine, called.body.body, [state]);
    return [...ends.returns, ...ends.next.map((at) => ({ value: nothing(endOf(called)), state: at }))];
  }

  function leave(block: Node, state: State): State {
    const isOwn = (place: string): boolean => {
      const scope = byPlace.get(place.split('.')[0] ?? '')?.scope.block;
      return scope !== undefined && scope.type !== 'Program' && contains(block, scope);
    };
    const values = [...state.values].filter(([place]) => !isOwn(place));
    return values.length === state.values.size ? state : { ...state, values: new Map(values) };
  }

  function startFrom(root: FunctionNode | null): void {
    machine.attempt(() => {
      if (!root) return void inSequence(machine, sourceCode.ast.body, [start]);
      running.push(root);
      const states = root.params.reduce<readonly State[]>((before, parameter) => before.flatMap((state) => (parameter.type === 'RestElement' ? [state] : bind(parameter, given, state))), [start]);
      for (const state of states) outcomesOf(root, state);
      running.pop();
    });
  }

  try {
    for (const root of roots) {
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

/** The outermost function around a place. */
export function outermostFunction(node: Node): FunctionNode | null {
  let outermost: FunctionNode | null = null;
  for (let outer = node.parent; outer; outer = outer.parent) if (isFunction(outer)) outermost = outer;
  return outermost;
}
