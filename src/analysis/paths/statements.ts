import type { TSESTree } from '@typescript-eslint/utils';

import type { Variable } from '../../calls/bindings.js';
import { contains, literalText, unwrap, walk, type Node } from '../../calls/syntax.js';
import { alwaysLeaves } from '../guards.js';
import type { Ends, Machine } from './machine.js';
import { variablesIn } from './relevance.js';
import { afterTurn, distinct, signatureOf, withAnswer, withoutValue, withValue, type State } from './state.js';
import { given, isGiven, nothing, set, unknown, type Value } from './value.js';

const passing = (next: readonly State[]): Ends => ({ next, returns: [], breaks: [], continues: [] });

/** Both ends, where one statement or the other ran. */
const together = (ends: readonly Ends[]): Ends => ({
  next: ends.flatMap((end) => end.next),
  returns: ends.flatMap((end) => end.returns),
  breaks: ends.flatMap((end) => end.breaks),
  continues: ends.flatMap((end) => end.continues),
});

/**
 * @param statement a statement
 * @param state the path that reaches it
 * @returns how it ends, on each path
 */
export function run(machine: Machine, statement: Node, state: State): Ends {
  machine.step();
  switch (statement.type) {
    case 'BlockStatement':
    case 'StaticBlock':
      return leave(machine, statement, inSequence(machine, statement.body, [state]));
    case 'ExpressionStatement':
      if (!machine.matters(statement.expression)) return passedOver(machine, state);
      return passing(machine.evaluate(statement.expression, state).map((after) => after.state));
    case 'VariableDeclaration':
      return passing(statement.declarations.reduce<readonly State[]>((states, declarator) => states.flatMap((before) => declare(machine, declarator, before)), [state]));
    case 'IfStatement':
      return choose(machine, statement, state);
    case 'SwitchStatement':
      return switched(machine, statement, state);
    case 'ReturnStatement':
      return { ...passing([]), returns: statement.argument ? machine.evaluate(statement.argument, state) : [{ value: nothing(statement), state }] };
    case 'ThrowStatement':
      for (const after of machine.evaluate(statement.argument, state)) machine.fail(after.state);
      return passing([]);
    case 'BreakStatement':
      return { ...passing([]), breaks: [{ label: statement.label?.name ?? null, state }] };
    case 'ContinueStatement':
      return { ...passing([]), continues: [{ label: statement.label?.name ?? null, state }] };
    case 'LabeledStatement': {
      const { breaks, ...ends } = run(machine, statement.body, state);
      const isOwn = ({ label }: { readonly label: string | null }): boolean => label === statement.label.name;
      return { ...ends, next: [...ends.next, ...breaks.filter(isOwn).map((end) => end.state)], breaks: breaks.filter((end) => !isOwn(end)) };
    }
    case 'TryStatement':
      return tried(machine, statement, state);
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
      return repeated(machine, statement, state);
    case 'ExportNamedDeclaration':
      return statement.declaration ? run(machine, statement.declaration, state) : passing([state]);
    default:
      return passing([state]);
  }
}

/** What a block knew of its own variables is forgotten behind it. */
function leave(machine: Machine, block: Node, ends: Ends): Ends {
  const without = <End extends { readonly state: State }>(end: End): End => ({ ...end, state: machine.leave(block, end.state) });
  return {
    next: distinct(ends.next.map((state) => machine.leave(block, state))),
    returns: ends.returns.map(({ value, state }) => ({ value: machine.resolve(value, state), state: machine.leave(block, state) })),
    breaks: ends.breaks.map(without),
    continues: ends.continues.map(without),
  };
}

/** What makes no difference may still throw. */
function passedOver(machine: Machine, state: State): Ends {
  machine.fail(state);
  return passing([state]);
}

export function inSequence(machine: Machine, statements: readonly Node[], states: readonly State[]): Ends {
  let ends = passing(states);
  for (const statement of statements) {
    const before = distinct(ends.next);
    machine.step(before.length);
    const after = together(before.map((state) => run(machine, statement, state)));
    ends = { ...together([{ ...ends, next: [] }, after]), next: after.next };
  }
  return ends;
}

function declare(machine: Machine, declarator: TSESTree.VariableDeclarator, state: State): readonly State[] {
  if (!machine.matters(declarator)) return passedOver(machine, state).next;
  if (!declarator.init) return machine.bind(declarator.id, nothing(declarator), state);
  return machine.evaluate(declarator.init, state).flatMap(({ value, state: at }) => machine.bind(declarator.id, value, at));
}

function choose(machine: Machine, { test, consequent, alternate }: TSESTree.IfStatement, state: State): Ends {
  if (!machine.matters(consequent) && !(alternate && machine.matters(alternate))) {
    // Neither way makes a difference, but for what the test itself does.
    if (!machine.matters(test)) return passedOver(machine, state);
    const after = machine.decide(test, state).map((branch) => branch.state);
    return passing(distinct(after));
  }
  const branches = machine.decide(test, state);
  const ways = [true, false].map((truth) => {
    const taken = truth ? consequent : alternate;
    const reached = distinct(branches.filter((branch) => branch.truth === truth).map((branch) => branch.state));
    return taken ? together(reached.map((at) => run(machine, taken, at))) : passing(reached);
  });
  const counted = [consequent, alternate].some((branch) => branch && alwaysLeaves(branch)) ? machine.loops.find((loop) => names(machine, test, loop.counters)) : undefined;
  // `if (attempt === last) throw error;`: what goes on from there is not in the last turn.
  if (counted) {
    const marked = ({ label, state: at }: Ends['continues'][number]): Ends['continues'][number] => ({ label, state: withValue(at, counted.mark, set) });
    for (const [index, way] of ways.entries()) ways[index] = { ...way, next: way.next.map((at) => withValue(at, counted.mark, set)), continues: way.continues.map(marked) };
  }
  return { ...together(ways), next: distinct(ways.flatMap((way) => way.next)) };
}

function switched(machine: Machine, { discriminant, cases }: TSESTree.SwitchStatement, state: State): Ends {
  const ways: Ends[] = [];
  for (const { value, state: at } of machine.evaluate(discriminant, state)) {
    const question = `switch ${discriminant.range[0]}`;
    const text = value.kind === 'text' ? value.text : null;
    const matching = text === null ? -1 : cases.findIndex((branch) => branch.test && literalText(unwrap(branch.test)) === text);
    const hasDefault = cases.some((branch) => branch.test === null);
    for (const [index] of cases.entries()) {
      if (matching >= 0 && index !== matching) continue;
      const entered = isGiven(value) ? withAnswer(at, question, String(index), 'caller') : at;
      ways.push(inSequence(machine, cases.slice(index).flatMap((branch) => branch.consequent), [entered]));
    }
    if (matching < 0 && !hasDefault) ways.push(passing([isGiven(value) ? withAnswer(at, question, 'none', 'caller') : at]));
  }
  const closed = ways.map(leaveLoop);
  return { ...together(closed), next: distinct(closed.flatMap((way) => way.next)) };
}

/** What breaks out of a loop or switch goes on behind it. */
function leaveLoop(ends: Ends): Ends {
  const isOwn = ({ label }: { readonly label: string | null }): boolean => label === null;
  return { ...ends, next: [...ends.next, ...ends.breaks.filter(isOwn).map((end) => end.state)], breaks: ends.breaks.filter((end) => !isOwn(end)) };
}

function tried(machine: Machine, { block, handler, finalizer }: Pick<TSESTree.TryStatement, 'block' | 'handler' | 'finalizer'>, state: State): Ends {
  if (finalizer) return finished(machine, finalizer, () => tried(machine, { block, handler, finalizer: null }, state));
  const { result, failed } = machine.attempt(() => run(machine, block, state));
  const thrown = distinct(failed);
  const ways: Ends[] = [result];
  if (handler) {
    const caught = thrown.map((at) => machine.leave(block, at)).flatMap((at) => (handler.param ? machine.bind(handler.param, { kind: 'present', from: 'unknown' }, at) : [at]));
    ways.push(leave(machine, handler, together(distinct(caught).map((at) => run(machine, handler.body, at)))));
  } else {
    for (const at of thrown) machine.fail(at);
  }
  return { ...together(ways), next: distinct(ways.flatMap((way) => way.next)) };
}

/** A `finally` is run on every way out, and each way goes on behind it as it was. */
function finished(machine: Machine, finalizer: Node, work: () => Ends): Ends {
  const { result, failed } = machine.attempt(work);
  const after = <End extends { readonly state: State }>(ends: readonly End[], done: Ends[]): readonly End[] =>
    ends.flatMap((end) => {
      const last = run(machine, finalizer, end.state);
      done.push({ ...last, next: [] });
      return last.next.map((state) => ({ ...end, state }));
    });
  const left: Ends[] = [];
  for (const { state } of after(failed.map((state) => ({ state })), left)) machine.fail(state);
  const next = after(distinct(result.next).map((state) => ({ state })), left).map(({ state }) => state);
  const ends: Ends = { next, returns: after(result.returns, left), breaks: after(result.breaks, left), continues: after(result.continues, left) };
  return together([ends, ...left]);
}

type Loop = TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForStatement | TSESTree.ForOfStatement | TSESTree.ForInStatement;

const maximumTurns = 3;

function repeated(machine: Machine, loop: Loop, state: State): Ends {
  let collected = passing([]);
  let entering: readonly State[] = loop.type === 'ForStatement' && loop.init ? startOf(machine, loop.init, state) : [state];
  if (loop.type === 'ForOfStatement' || loop.type === 'ForInStatement') entering = entering.flatMap((at) => machine.evaluate(loop.right, at).map((after) => after.state));
  // A loop that is written with a counter is meant to run; over a list that may be empty it may not.
  if (!runsOnce(machine, loop)) {
    collected = { ...collected, next: leaving(machine, loop, entering) };
  }
  const isOwn = ({ label }: { readonly label: string | null }): boolean => label === null || (loop.parent.type === 'LabeledStatement' && label === loop.parent.label.name);
  const known = new Set<string>();
  const mark = `turn of ${loop.range[0]}`;
  machine.loops.push({ mark, counters: countersOf(machine, loop) });
  let turning = entering;
  for (let turn = 0; turn < maximumTurns && turning.length > 0; turn++) {
    for (const at of turning) known.add(signatureOf(at));
    const ends = together(turning.flatMap((at) => enterTurn(machine, loop, at)).map((at) => run(machine, loop.body, at)));
    const again = distinct([...ends.next, ...ends.continues.filter(isOwn).map((end) => end.state)].map((at) => afterTurn(machine.leave(loop, at), state)));
    collected = together([
      collected,
      { ...leaveLoop({ ...ends, next: [] }), continues: ends.continues.filter((end) => !isOwn(end)) },
      passing(leaving(machine, loop, again.filter((at) => !at.values.has(mark)))),
    ]);
    machine.step(again.length);
    turning = distinct(again.map((at) => withoutValue(at, mark))).filter((at) => !known.has(signatureOf(at)));
  }
  machine.loops.pop();
  return { ...collected, next: distinct(collected.next) };
}

/** What a loop counts its turns by: what its test asks and its turns change, or the element of the turn. */
function countersOf(machine: Machine, loop: Loop): ReadonlySet<Variable> {
  if (loop.type === 'ForOfStatement' || loop.type === 'ForInStatement') return new Set(variablesIn(loop.left, machine.sourceCode));
  const changes = (variable: Variable): boolean => machine.bindings.definitionsOf(variable).some(({ node }) => contains(loop, node));
  return new Set(loop.test ? variablesIn(loop.test, machine.sourceCode).filter(changes) : []);
}

/** Whether a loop runs at least once, as far as it can be told: a counter starts where it may, a list that is spelt out has items. */
function runsOnce(machine: Machine, loop: Loop): boolean {
  if (loop.type === 'ForOfStatement') return loop.right.type === 'ArrayExpression' && loop.right.elements.length > 0;
  if (loop.type !== 'WhileStatement') return loop.type !== 'ForInStatement';
  const counters = countersOf(machine, loop);
  let counts = false;
  walk(loop, machine.sourceCode, (node) => {
    const changed = node.type === 'UpdateExpression' ? node.argument : node.type === 'AssignmentExpression' && /^[-+]=$/.test(node.operator) ? node.left : null;
    const variable = changed && machine.bindings.variableOf(changed);
    counts ||= variable !== null && counters.has(variable);
    return !counts;
  });
  return counts;
}

/** Whether a test asks for one of some variables, by way of a constant too: `const isLast = attempt === last`. */
function names(machine: Machine, test: Node, variables: ReadonlySet<Variable>): boolean {
  return variablesIn(test, machine.sourceCode).some((variable) => {
    const [definition, ...others] = machine.bindings.definitionsOf(variable);
    return variables.has(variable) || (definition?.kind === 'value' && others.length === 0 && variablesIn(definition.value, machine.sourceCode).some((name) => variables.has(name)));
  });
}

function startOf(machine: Machine, init: Node, state: State): readonly State[] {
  return init.type === 'VariableDeclaration' ? run(machine, init, state).next : machine.evaluate(init, state).map((after) => after.state);
}

/** The paths on which a loop is left by its test. */
function leaving(machine: Machine, loop: Loop, states: readonly State[]): readonly State[] {
  if (loop.type === 'ForOfStatement' || loop.type === 'ForInStatement') return states;
  const { test } = loop;
  if (!test || (test.type === 'Literal' && test.value === true)) return [];
  return distinct(states.flatMap((at) => machine.decide(test, at).flatMap((branch) => (branch.truth ? [] : [branch.state]))));
}

/** The paths on which a turn begins. */
function enterTurn(machine: Machine, loop: Loop, state: State): readonly State[] {
  if (loop.type === 'ForOfStatement' || loop.type === 'ForInStatement') {
    const target = loop.left.type === 'VariableDeclaration' ? loop.left.declarations[0].id : loop.left;
    const list = machine.evaluate(loop.right, state)[0]?.value;
    const element: Value = list?.kind === 'given' ? given : unknown;
    return machine.bind(target, element, state);
  }
  const { test } = loop;
  if (loop.type === 'DoWhileStatement' || !test) return [state];
  return machine.decide(test, state).flatMap((branch) => (branch.truth ? [branch.state] : []));
}
