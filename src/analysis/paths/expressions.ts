import type { TSESTree } from '@typescript-eslint/utils';

import { memberPath } from '../../calls/bindings.js';
import { childrenOf, enclosingFunction, isNothing, propertyName, unwrap, walk, type Node } from '../../calls/syntax.js';
import { call } from './calls.js';
import type { Machine, Outcome } from './machine.js';
import { withAssignment, type State } from './state.js';
import { isOtherInput, mayHoldCondition } from './relevance.js';
import { given, memberOf, nothing, set, truthOf, unknown, type Value } from './value.js';

/**
 * @param outer an expression
 * @param state the path on which it is evaluated
 * @returns the values it may have, each with its path
 */
export function evaluate(machine: Machine, outer: Node, state: State): readonly Outcome[] {
  machine.step();
  const node = unwrap(outer);
  const place = machine.placeOf(node);
  const known = place === null ? undefined : state.values.get(place);
  if (known) return [{ value: machine.resolve(known, state), state }];
  const only = (value: Value): readonly Outcome[] => [{ value, state }];
  switch (node.type) {
    case 'Literal':
      return only(valueOfLiteral(node));
    case 'TemplateLiteral':
      if (node.expressions.length === 0) return only(textOr(node, node.quasis[0]?.value.cooked ?? ''));
      return inTurn(machine, node.expressions, state).map((after) => ({ value: set, state: after }));
    case 'Identifier':
      return only(valueOfName(machine, node, state));
    case 'ThisExpression':
      return only(given);
    case 'MemberExpression':
      return member(machine, node, state);
    case 'ConditionalExpression':
      return machine.decide(node.test, state).flatMap((branch) => machine.evaluate(branch.truth ? node.consequent : node.alternate, branch.state));
    case 'LogicalExpression':
      return logical(machine, node.operator, node, state);
    case 'AssignmentExpression':
      return assignment(machine, node, state);
    case 'ObjectExpression':
      return object(machine, node, state);
    case 'ArrayExpression':
      return list(machine, node, state);
    case 'CallExpression':
    case 'NewExpression':
      return call(machine, node, state);
    case 'UnaryExpression':
      if (node.operator === '!') return asFlag(machine, node, state);
      if (node.operator === 'void') return only(nothing(node));
      if (node.operator === 'delete') return remove(machine, node.argument, state);
      return machine.evaluate(node.argument, state).map((after) => ({ ...after, value: node.operator === 'typeof' ? set : unknown }));
    case 'BinaryExpression':
      if (/^(?:[!=]==?|[<>]=?|in|instanceof)$/.test(node.operator)) return asFlag(machine, node, state);
      return inTurn(machine, [node.left, node.right], state).map((after) => ({ value: node.operator === '+' ? set : unknown, state: after }));
    case 'SequenceExpression': {
      const last = node.expressions.at(-1);
      const before = inTurn(machine, node.expressions.slice(0, -1), state);
      return last ? before.flatMap((after) => machine.evaluate(last, after)) : [];
    }
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return kept(machine, node, state);
    default:
      if (!machine.matters(node)) return only(unknown);
      return inTurn(machine, childrenOf(node, machine.sourceCode), state).map((after) => ({ value: unknown, state: after }));
  }
}

/** Evaluates one expression after the other; what they are is not asked for. */
export function inTurn(machine: Machine, nodes: readonly Node[], state: State): readonly State[] {
  return nodes.reduce<readonly State[]>((states, node) => states.flatMap((before) => machine.evaluate(node, before).map((after) => after.state)), [state]);
}

function valueOfLiteral(node: TSESTree.Literal): Value {
  if (isNothing(node)) return nothing(node, 'null');
  if (typeof node.value === 'string') return textOr(node, node.value);
  return 'regex' in node || 'bigint' in node || node.value ? set : nothing(node, 'false');
}

const textOr = (node: Node, text: string): Value => (text === '' ? nothing(node, 'empty') : { kind: 'text', text });

function valueOfName(machine: Machine, node: TSESTree.Identifier, state: State): Value {
  if (isNothing(node)) return nothing(node);
  const { bindings } = machine;
  const variable = bindings.variableOf(node);
  const [definition, ...others] = bindings.definitionsAt(node);
  const place = machine.placeOf(node);
  if (others.length === 0 && comesFromOutside(machine, node)) return { kind: 'given', place };
  // A constant of the file, read where its own function is not run.
  const constant = definition?.kind === 'value' && others.length === 0 && definition.path.length === 0 && variable && bindings.memberWritesOf(variable).length === 0 ? unwrap(definition.value) : null;
  if (constant && /^(?:Literal|TemplateLiteral|ObjectExpression)$/.test(constant.type)) {
    const [only, ...more] = machine.evaluate(constant, state);
    if (only && more.length === 0) return only.value;
  }
  return { kind: 'unknown', place };
}

/** A parameter, and what another file or the environment says: it is decided there. */
function comesFromOutside(machine: Machine, node: Node, depth = 0): boolean {
  const { bindings } = machine;
  const [definition] = bindings.definitionsAt(node);
  if (!definition) return node.type === 'Identifier' && node.name === 'process';
  if (definition.kind === 'parameter' || definition.kind === 'import') return true;
  const value = depth < 3 ? bindings.plainValueOf(node) : null;
  if (!value || enclosingFunction(value)) return false;
  const names: Node[] = [];
  walk(value, machine.sourceCode, (inner) => {
    if (inner.type === 'MemberExpression' && !inner.computed) names.push(inner.object);
    else if (inner.type === 'Identifier') names.push(inner);
    return inner.type !== 'MemberExpression';
  });
  return names.length > 0 && names.every((name) => comesFromOutside(machine, memberPath(name)?.root ?? name, depth + 1));
}

function member(machine: Machine, node: TSESTree.MemberExpression, state: State): readonly Outcome[] {
  const name = propertyName(node);
  const place = machine.placeOf(node);
  // `Mode.Create`
  if (machine.bindings.definitionsAt(node.object)[0]?.node.type === 'TSEnumDeclaration') return [{ value: set, state }];
  const held = (value: Value, at: State): readonly Outcome[] => {
    const known = place === null ? undefined : at.values.get(place);
    const read = known ? machine.resolve(known, at) : memberOf(value, name, node);
    return [{ value: read.kind === 'given' || read.kind === 'unknown' ? { ...read, place } : read, state: at }];
  };
  return machine.evaluate(node.object, state).flatMap(({ value, state: at }): readonly Outcome[] => {
    if (value.kind === 'nothing' && value.as !== 'empty' && value.as !== 'false') {
      if (isShortCut(node)) return [{ value: nothing(value.cause), state: at }];
      // Reading a member of nothing throws.
      machine.fail(at);
      return [];
    }
    if (!node.optional || truthOf(value) !== null) return held(value, at);
    return machine.split(node.object, value, at).flatMap((branch) => (branch.truth ? held(branch.value, branch.state) : [{ value: nothing(node), state: branch.state }]));
  });
}

/** Whether a chain gives `undefined` where what it begins with is not there: `a?.b.c`. */
function isShortCut(node: Node): boolean {
  for (let inner: Node = node; inner.type === 'MemberExpression' || inner.type === 'CallExpression'; inner = inner.type === 'MemberExpression' ? inner.object : inner.callee) {
    if (inner.optional) return true;
  }
  return false;
}

function logical(machine: Machine, operator: '&&' | '||' | '??', node: TSESTree.LogicalExpression | TSESTree.AssignmentExpression, state: State): readonly Outcome[] {
  if (operator !== '??') {
    const goesOn = operator === '&&';
    return machine.decide(node.left, state).flatMap((branch) => {
      if (branch.truth === goesOn) return machine.evaluate(node.right, branch.state);
      return [{ value: goesOn && branch.value.kind !== 'nothing' ? nothing(node, 'any') : branch.value, state: branch.state }];
    });
  }
  return machine.evaluate(node.left, state).flatMap(({ value, state: at }): readonly Outcome[] => {
    const truth = truthOf(value);
    if (truth === true || (value.kind === 'nothing' && (value.as === 'empty' || value.as === 'false'))) return [{ value, state: at }];
    if (truth === false) return machine.evaluate(node.right, at);
    return machine.split(node.left, value, at).flatMap((branch) => (branch.truth ? [{ value: branch.value, state: branch.state }] : machine.evaluate(node.right, branch.state)));
  });
}

function assignment(machine: Machine, node: TSESTree.AssignmentExpression, state: State): readonly Outcome[] {
  const assign = ({ value, state: at }: Outcome): readonly Outcome[] => machine.bind(node.left, value, at).map((after) => ({ value, state: after }));
  switch (node.operator) {
    case '=':
      return machine.evaluate(node.right, state).flatMap(assign);
    case '&&=':
    case '||=':
    case '??=':
      return logical(machine, node.operator === '&&=' ? '&&' : node.operator === '||=' ? '||' : '??', node, state).flatMap(assign);
    default:
      return machine.evaluate(node.right, state).flatMap((after) => assign({ value: unknown, state: after.state }));
  }
}

function object(machine: Machine, node: TSESTree.ObjectExpression, state: State): readonly Outcome[] {
  let outcomes: readonly Outcome[] = [{ value: { kind: 'object', properties: new Map(), open: false }, state }];
  for (const property of node.properties) {
    outcomes = outcomes.flatMap((before): readonly Outcome[] => {
      if (before.value.kind !== 'object') return [before];
      const made = before.value;
      if (property.type === 'SpreadElement') {
        if (!mayHoldCondition(property.argument) && !machine.matters(property.argument)) return [before];
        return machine.evaluate(property.argument, before.state).map((after) => ({ value: laidOver(made, after.value), state: after.state }));
      }
      const name = propertyName(property);
      if (name !== null && isOtherInput(name) && !machine.matters(property.value)) return [{ value: { ...made, properties: new Map(made.properties).set(name, unknown) }, state: before.state }];
      return machine.evaluate(property.value, before.state).map((after) => ({
        value: name === null ? { ...made, open: true } : { ...made, properties: new Map(made.properties).set(name, after.value) },
        state: after.state,
      }));
    });
  }
  return outcomes;
}

/** `{ ...below, ...over }`. What is falsy spreads nothing. */
export function laidOver(below: Extract<Value, { kind: 'object' }>, over: Value): Value {
  if (over.kind === 'nothing') return below;
  if (over.kind !== 'object') return { ...below, open: true };
  return { kind: 'object', properties: new Map([...below.properties, ...over.properties]), open: below.open || over.open };
}

function list(machine: Machine, node: TSESTree.ArrayExpression, state: State): readonly Outcome[] {
  let lists: readonly { readonly items: readonly Value[]; readonly state: State }[] = [{ items: [], state }];
  for (const element of node.elements) {
    lists = lists.flatMap((before) =>
      (element ? machine.evaluate(element.type === 'SpreadElement' ? element.argument : element, before.state) : [{ value: unknown, state: before.state }]).map((after) => ({
        items: [...before.items, after.value],
        state: after.state,
      })),
    );
  }
  const isRead = node.elements.every((element) => element !== null && element.type !== 'SpreadElement');
  return lists.map(({ items, state: after }) => ({ value: isRead ? { kind: 'list', items } : set, state: after }));
}

const asFlag = (machine: Machine, node: Node, state: State): readonly Outcome[] =>
  machine.decide(node, state).map((branch) => ({ value: branch.truth ? set : nothing(node, 'false'), state: branch.state }));

/** `delete input.IfMatch` */
function remove(machine: Machine, node: Node, state: State): readonly Outcome[] {
  return machine.bind(node, nothing(node), state).map((after) => ({ value: set, state: after }));
}

/** A function that is kept and not called here: it may run at any time, when what it closes over has changed. */
function kept(machine: Machine, node: TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression, state: State): readonly Outcome[] {
  if (machine.matters(node) && !machine.isOpen(node)) {
    const { bindings } = machine;
    let later = state;
    for (const scope of machine.sourceCode.scopeManager?.acquire(node)?.through ?? []) {
      const variable = scope.resolved;
      const place = variable && bindings.definitionsOf(variable).length > 1 ? machine.placeOf(scope.identifier) : null;
      if (place !== null) later = withAssignment(later, place, unknown);
    }
    machine.attempt(() => machine.enter(node, null, later));
  }
  return [{ value: set, state }];
}
