import type { TSESTree } from '@typescript-eslint/utils';

import { isNothing, literalText, propertyName, unwrap, walk, type Node } from '../../calls/syntax.js';
import type { Branch, Machine } from './machine.js';
import { withAnswer, withValue, type State } from './state.js';
import { given, isGiven, nothing, set, truthOf, type Value } from './value.js';

/**
 * @param outer a test
 * @param state the path on which it is asked
 * @returns the answers it may give, each with its path
 */
export function decide(machine: Machine, outer: Node, state: State): readonly Branch[] {
  const node = unwrap(outer);
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    return machine.decide(node.argument, state).map(({ truth, state: at }) => ({ truth: !truth, value: truth ? nothing(node, 'false') : set, state: at }));
  }
  if (node.type === 'LogicalExpression' && node.operator !== '??') {
    const goesOn = node.operator === '&&';
    return machine.decide(node.left, state).flatMap((branch) => (branch.truth === goesOn ? machine.decide(node.right, branch.state) : [branch]));
  }
  if (node.type === 'BinaryExpression') return compare(machine, node, state);
  return machine.evaluate(node, state).flatMap(({ value, state: at }): readonly Branch[] => {
    const truth = value.kind !== 'nothing' && node.type === 'MemberExpression' && propertyName(node) === 'length' ? lengthTruth(machine, node.object, at) : truthOf(value);
    return truth === null ? machine.split(node, value, at) : [{ truth, value, state: at }];
  });
}

/** Whether a text that is known has a length; null where it is not. */
function lengthTruth(machine: Machine, node: Node, state: State): boolean | null {
  const [only, ...others] = machine.evaluate(node, state);
  if (!only || others.length > 0) return null;
  return only.value.kind === 'text' ? true : only.value.kind === 'nothing' && only.value.as === 'empty' ? false : null;
}

function compare(machine: Machine, node: TSESTree.BinaryExpression, state: State): readonly Branch[] {
  const equality = /^[!=]==?$/.exec(node.operator)?.[0] ?? null;
  // `etag.length > 0`, `etag.length === 0`
  const measured = unwrap(node.left);
  if (measured.type === 'MemberExpression' && propertyName(measured) === 'length' && literalText(unwrap(node.right)) === '0' && !/^[<]|>=/.test(node.operator)) {
    const [only] = machine.evaluate(measured.object, state);
    const truth = lengthTruth(machine, measured.object, state);
    if (only && truth !== null) {
      const answer = node.operator === '>' || node.operator.startsWith('!') ? truth : !truth;
      return [{ truth: answer, value: answer ? set : nothing(node, 'false'), state: only.state }];
    }
  }
  if (equality !== null) {
    const [left, right] = [node.left, node.right].map((side) => unwrap(side));
    for (const [asked, literal] of [[left, right], [right, left]]) {
      if (!asked || !literal) continue;
      const flip = equality.startsWith('!');
      const branches = isNothing(literal) || literalText(literal) === '' ? isNothingLike(machine, asked, literal, equality, state) : typeTest(machine, asked, literal, state);
      if (branches) return branches.map((branch) => (flip ? { ...branch, truth: !branch.truth } : branch));
    }
  }
  if (node.operator === 'in') {
    const known = heldIn(machine, node, state);
    if (known) return known;
  }
  const isNot = equality?.startsWith('!') ?? false;
  const question = equality === null ? undefined : questionOf(machine, [node.left, node.right]);
  return machine.evaluate(node.left, state).flatMap((left) =>
    machine.evaluate(node.right, left.state).flatMap((right): readonly Branch[] => {
      const sides = [left.value, right.value];
      if (equality !== null && left.value.kind === 'text' && right.value.kind === 'text') {
        const truth = (left.value.text === right.value.text) !== isNot;
        return [{ truth, value: truth ? set : nothing(node, 'false'), state: right.state }];
      }
      const byCaller = sides.every((side) => side.kind !== 'unknown' && side.kind !== 'response') && sides.some(isGiven);
      const branches = ask(machine, node, byCaller, right.state, question).map((branch) => (branch.truth && equality !== null ? equalled(machine, [node.left, node.right], sides, branch) : branch));
      return isNot ? branches.map((branch) => ({ ...branch, truth: !branch.truth })) : branches;
    }),
  );
}

/** `'etag' in found`, where it is known what was found. */
function heldIn(machine: Machine, node: TSESTree.BinaryExpression, state: State): readonly Branch[] | null {
  const name = literalText(unwrap(node.left));
  const objects = machine.evaluate(node.right, state);
  if (name === null || !objects.every(({ value }) => value.kind === 'object' && !value.open)) return null;
  return objects.map(({ value, state: at }) => {
    const truth = value.kind === 'object' && value.properties.has(name);
    return { truth, value: truth ? set : nothing(node, 'false'), state: at };
  });
}

/** What two equal values are: the text that one is, or what the caller wishes for. */
function equalled(machine: Machine, nodes: readonly Node[], sides: readonly Value[], branch: Branch): Branch {
  for (const [index, side] of sides.entries()) {
    const node = nodes[index];
    const other = sides[1 - index];
    const place = node ? ((side.kind === 'given' || side.kind === 'unknown' ? side.place : null) ?? machine.placeOf(node)) : null;
    if (place === null || !other || !machine.isRelevant(place)) continue;
    const told: Value | null = other.kind === 'text' && (side.kind === 'given' || side.kind === 'unknown') ? other : side.kind === 'nothing' && isGiven(other) ? given : null;
    if (told) return { ...branch, state: withValue(branch.state, place, told) };
  }
  return branch;
}

/** `x === undefined`, `x == null`, `x !== ''` */
function isNothingLike(machine: Machine, asked: Node, literal: Node, operator: string, state: State): readonly Branch[] {
  const loose = operator === '==' || operator === '!=';
  const as = literalText(literal) === '' ? 'empty' : literal.type === 'Literal' ? 'null' : 'undefined';
  const answer = (truth: boolean, value: Value, at: State): Branch => ({ truth, value, state: at });
  return machine.evaluate(asked, state).flatMap(({ value, state: at }): readonly Branch[] => {
    if (value.kind === 'nothing' && value.as !== 'any') {
      const same = value.as === as || (loose && as !== 'empty' && (value.as === 'null' || value.as === 'undefined'));
      return [answer(same, value, at)];
    }
    if (truthOf(value) === true) return [answer(false, value, at)];
    const place = machine.placeOf(asked);
    const byCaller = isGiven(value);
    return ask(machine, asked, byCaller, at, `${place ?? questionOf(machine, [asked])} ${loose ? 'nullish' : as}`).map((branch) => {
      // What is not null may still be undefined.
      if (!branch.truth && as !== 'undefined' && !loose) return branch;
      const told: Value = branch.truth ? nothing(asked, loose ? 'any' : as) : value.kind === 'nothing' ? set : { kind: 'present', from: byCaller ? 'given' : 'unknown' };
      return { ...branch, value: told, state: place === null || !machine.isRelevant(place) ? branch.state : withValue(branch.state, place, told) };
    });
  });
}

/** `typeof x === 'string'` */
function typeTest(machine: Machine, asked: Node, literal: Node, state: State): readonly Branch[] | null {
  const type = literalText(literal);
  if (asked.type !== 'UnaryExpression' || asked.operator !== 'typeof' || type === null) return null;
  if (type === 'undefined') return machine.decide(asked.argument, state).map((branch) => ({ ...branch, truth: !branch.truth }));
  return machine.evaluate(asked.argument, state).flatMap(({ value, state: at }): readonly Branch[] => {
    const known = typeOf(value);
    if (known !== null) return [{ truth: known === type, value, state: at }];
    const place = machine.placeOf(asked.argument);
    return ask(machine, asked, isGiven(value), at, `${place ?? questionOf(machine, [asked])} ${type}`).map((branch) => {
      // What is no text may still be there.
      const told: Value = branch.truth ? { kind: 'present', from: isGiven(value) ? 'given' : 'unknown' } : value;
      return { ...branch, value: told, state: branch.truth && place !== null && machine.isRelevant(place) ? withValue(branch.state, place, told) : branch.state };
    });
  });
}

function typeOf(value: Value): string | null {
  switch (value.kind) {
    case 'nothing':
      return value.as === 'any' ? null : { undefined: 'undefined', null: 'object', empty: 'string', false: 'boolean' }[value.as];
    case 'set':
    case 'text':
      return 'string';
    case 'object':
    case 'response':
    case 'list':
      return 'object';
    default:
      return null;
  }
}

/** Both answers to a question that is open; the place that was asked for is known afterwards. */
export function split(machine: Machine, node: Node, value: Value, state: State): readonly Branch[] {
  const byCaller = isGiven(value);
  const place = (value.kind === 'given' || value.kind === 'unknown' ? value.place : null) ?? machine.placeOf(node);
  return ask(machine, node, byCaller, state, place ?? undefined).map((branch) => {
    const told: Value = branch.truth ? { kind: 'present', from: isGiven(value) ? 'given' : 'unknown' } : { ...nothing(node, 'any'), ...(isGiven(value) ? { isGiven: true } : {}) };
    return { ...branch, value: told, state: place === null || !machine.isRelevant(place) ? branch.state : withValue(branch.state, place, told) };
  });
}

/** Asks a question, or gives the answer that it had before on this path. */
function ask(machine: Machine, node: Node, byCaller: boolean, state: State, about?: string): readonly Branch[] {
  const question = about ?? questionOf(machine, [node]);
  const before = state.answers.get(question)?.outcomes ?? [];
  return [true, false]
    .filter((truth) => before.length !== 1 || before[0] === String(truth))
    .map((truth) => {
      // Nobody asks again what is asked at one place only.
      const isKept = byCaller || !question.includes('at ');
      return { truth, value: truth ? set : nothing(node, 'any'), state: isKept ? withAnswer(state, question, String(truth), byCaller ? 'caller' : 'program') : state };
    });
}

/** The source of a question that has one answer in a function; anywhere else, the same source is another question. */
function questionOf(machine: Machine, nodes: readonly Node[]): string {
  let hasOneAnswer = true;
  for (const node of nodes) {
    walk(node, machine.sourceCode, (inner) => {
      if (/^(?:Call|New|Assignment|Update|Await|Yield)/.test(inner.type)) hasOneAnswer = false;
      if (inner.type === 'Identifier' && machine.bindings.definitionsAt(inner).length > 1) hasOneAnswer = false;
      return hasOneAnswer;
    });
  }
  return nodes.map((node) => (hasOneAnswer ? machine.sourceCode.getText(node) : `at ${node.range[0]}`)).sort().join(' = ');
}
