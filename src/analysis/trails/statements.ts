import type { TSESTree } from '@typescript-eslint/utils';

import { enclosingFunction, endsProgram, isFunction, isLoop, literalText, methodName, unwrap, type FunctionNode, type Node } from '../../calls/syntax.js';
import { isError, mentionsError } from './error-test.js';
import { callsWithin, enterable, onlyLogs, targetOf, type Runner } from './runner.js';
import { passed, withHeld, withStep, type Trail } from './trail.js';
import { handsErrorOn, heldBy } from './hand-on.js';

/**
 * Runs a statement on a trail, and what follows it.
 *
 * A failure of anything else than the write is not thought of: other handlers have their own trails.
 */
export function run(runner: Runner, node: Node, trail: Trail): void {
  if (!runner.step()) return runner.end(trail, { kind: 'lost', node });
  const next = (after: Trail): void => runner.behind(node, after);
  switch (node.type) {
    case 'BlockStatement': {
      const [first] = node.body;
      return first ? run(runner, first, trail) : next(trail);
    }
    case 'LabeledStatement':
      return run(runner, node.body, trail);
    case 'TryStatement':
      return run(runner, node.block, trail);
    case 'IfStatement':
      return branch(runner, node.test, withStep(trail, node.test), (truth, after) => {
        const way = truth ? node.consequent : node.alternate;
        if (way) run(runner, way, after);
        else next(after);
      });
    case 'SwitchStatement':
      return choose(runner, node, withStep(trail, node.discriminant));
    case 'ReturnStatement':
      return node.argument ? evaluate(runner, node.argument, withStep(trail, node), (value, after) => giveBack(runner, enclosingFunction(node), value, after)) : runner.answer(enclosingFunction(node), null, withStep(trail, node));
    case 'ThrowStatement':
      return evaluate(runner, node.argument, withStep(trail, node), (value, after) => {
        throwOn(runner, node, value, after);
      });
    case 'BreakStatement': {
      const target = targetOf(node);
      return target ? runner.behind(target, trail) : runner.end(trail, { kind: 'lost', node });
    }
    case 'ContinueStatement': {
      const target = targetOf(node);
      return target ? runner.again(target, trail) : runner.end(trail, { kind: 'lost', node });
    }
    case 'ForStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
      return begin(runner, node, trail);
    case 'ExpressionStatement':
      return evaluate(runner, node.expression, withStep(trail, node), (_, after) => {
        next(after);
      });
    case 'VariableDeclaration':
      return declare(runner, node, withStep(trail, node), 0);
    case 'ExportNamedDeclaration':
      return node.declaration ? run(runner, node.declaration, trail) : next(trail);
    default:
      return next(trail);
  }
}

/** Goes both ways of a test, or the one that the error decides. */
function branch(runner: Runner, test: Node, trail: Trail, go: (truth: boolean, trail: Trail) => void): void {
  const truth = runner.truth(test, trail);
  if (truth === 'unsure') return runner.end(trail, { kind: 'lost', node: test });
  if (truth === 'either') {
    go(true, trail);
    go(false, trail);
    return;
  }
  go(truth, mentionsError(test, trail, runner.sourceCode) ? { ...trail, decisions: [...trail.decisions, { test, truth }] } : trail);
}

/** Evaluates an expression: what it tells, enters or sets, and which of its branches it is. */
function evaluate(runner: Runner, outer: Node, trail: Trail, next: (value: Node, trail: Trail) => void): void {
  const node = unwrap(outer);
  if (node.type === 'ConditionalExpression') {
    return branch(runner, node.test, trail, (truth, after) => {
      evaluate(runner, truth ? node.consequent : node.alternate, after, next);
    });
  }
  if (node.type === 'LogicalExpression' && node.operator !== '??') {
    return branch(runner, node.left, trail, (truth, after) => {
      if (truth === (node.operator === '&&')) evaluate(runner, node.right, after, next);
      else next(node.left, after);
    });
  }
  if (node.type === 'UnaryExpression' && node.operator === 'void') return evaluate(runner, node.argument, trail, next);
  if (node.type === 'AssignmentExpression') {
    return evaluate(runner, node.right, trail, (value, after) => {
      next(value, assigned(runner, node, value, after));
    });
  }
  for (const call of callsWithin(node, runner.sourceCode)) {
    if (trail.held.has(call)) continue;
    if (endsProgram(call)) return runner.end(trail, { kind: 'exits', node: call });
    const isHandedError = call.arguments.some((argument) => isError(argument, trail, runner.sourceCode));
    const called = isHandedError && !onlyLogs(call.callee, runner.sourceCode) ? enterable(runner, call, trail) : [];
    if (called.length > 0) {
      for (const entered of called) runner.enter(entered, call, call, trail);
      return;
    }
  }
  const told = handsErrorOn(runner, node, trail);
  if (told && !isRejection(told)) return runner.end(trail, { kind: 'told', node: told });
  next(node, trail);
}

/** `Promise.reject(error)` */
const isRejection = (node: Node): node is TSESTree.CallExpression => node.type === 'CallExpression' && methodName(node) === 'reject' && node.callee.type === 'MemberExpression' && node.callee.object.type === 'Identifier' && node.callee.object.name === 'Promise';

function assigned(runner: Runner, { left, right, operator }: TSESTree.AssignmentExpression, value: Node, trail: Trail): Trail {
  const variable = left.type === 'Identifier' ? runner.bindings.variableOf(left) : null;
  if (!variable) return trail;
  return withHeld(trail, variable, operator === '=' ? (heldBy(runner, unwrap(right) === value ? right : value, trail) ?? passed) : passed);
}

function declare(runner: Runner, node: TSESTree.VariableDeclaration, trail: Trail, index: number): void {
  const declarator = node.declarations[index];
  if (!declarator) return runner.behind(node, trail);
  const { id, init } = declarator;
  if (!init) return declare(runner, node, trail, index + 1);
  evaluate(runner, init, trail, (value, after) => {
    const variable = id.type === 'Identifier' ? runner.bindings.variableOf(id) : null;
    const held = variable && heldBy(runner, value, after);
    declare(runner, node, held ? withHeld(after, variable, held) : after, index + 1);
  });
}

/** A function answers with a value; a promise that is rejected leaves it behind its tries. */
function giveBack(runner: Runner, from: FunctionNode | null, value: Node, trail: Trail): void {
  if (!isRejection(value)) return runner.answer(from, value, trail);
  const [reason] = value.arguments;
  runner.leave(from, reason ? thrownBy(runner, reason, trail) : trail);
}

/** Runs a function that is one expression: `(error) => (isConflict(error) ? null : Promise.reject(error))`. */
export function conclude(runner: Runner, from: FunctionNode, trail: Trail): void {
  evaluate(runner, from.body, withStep(trail, from.body), (value, after) => {
    giveBack(runner, from, value, after);
  });
}

const throwOn = (runner: Runner, node: Node, value: Node, trail: Trail): void => {
  runner.raise(node, thrownBy(runner, value, trail));
};

/** The error itself goes on, or one that the program made in its place. */
function thrownBy(runner: Runner, value: Node, trail: Trail): Trail {
  if (isError(value, trail, runner.sourceCode)) return trail;
  const made = unwrap(value);
  const held = new Map([...trail.held].filter(([, { kind }]) => kind === 'truth' || kind === 'passed'));
  return { ...trail, held, failure: { kind: 'own', made: made.type === 'NewExpression' ? made : null } };
}

/** The cases of a switch that the error leads to. */
function choose(runner: Runner, node: TSESTree.SwitchStatement, trail: Trail): void {
  const start = (from: TSESTree.SwitchCase | undefined, after: Trail): void => {
    const cases = from ? node.cases.slice(node.cases.indexOf(from)) : [];
    const first = cases.flatMap((branch) => branch.consequent)[0];
    if (first) run(runner, first, after);
    else runner.behind(node, after);
  };
  const fallback = node.cases.find((branch) => !branch.test);
  const asked = unwrap(node.discriminant);
  const actual = runner.value(asked, trail);
  if (actual !== null) {
    const taken = node.cases.find((branch) => branch.test && literalText(unwrap(branch.test)) === actual);
    return start(taken ?? fallback, { ...trail, decisions: [...trail.decisions, { test: taken?.test ?? node.discriminant, truth: true }] });
  }
  if (asked.type === 'Literal' && asked.value === true) return chooseFirstTrue(runner, node.cases.filter((branch) => branch.test), trail, (taken, after) => {
    start(taken ?? fallback, after);
  });
  if (mentionsError(asked, trail, runner.sourceCode)) return runner.end(trail, { kind: 'lost', node: asked });
  for (const branch of node.cases) start(branch, trail);
  if (!fallback) runner.behind(node, trail);
}

/** `switch (true) { case isConflict(error): … }` */
function chooseFirstTrue(runner: Runner, cases: readonly TSESTree.SwitchCase[], trail: Trail, go: (taken: TSESTree.SwitchCase | null, trail: Trail) => void): void {
  const [first, ...others] = cases;
  if (!first?.test) {
    go(null, trail);
    return;
  }
  branch(runner, first.test, trail, (truth, after) => {
    if (truth) go(first, after);
    else chooseFirstTrue(runner, others, after, go);
  });
}

type Loop = TSESTree.ForStatement | TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForOfStatement | TSESTree.ForInStatement;

/** A loop that is begun on the way is run once, or not at all. */
function begin(runner: Runner, node: Loop, trail: Trail): void {
  const begun = { ...trail, begun: [...trail.begun, node] };
  if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') {
    run(runner, node.body, withStep(begun, node.right));
    runner.behind(node, trail);
    return;
  }
  if (node.type === 'DoWhileStatement' || !node.test) return run(runner, node.body, begun);
  branch(runner, node.test, withStep(begun, node.test), (truth, after) => {
    if (truth) run(runner, node.body, after);
    else runner.behind(node, after);
  });
}

/**
 * The turn of a loop is over. The next one ends the trail where the write stands in the loop: what comes then is a new
 * attempt. Where the loop may end, the trail goes on behind it too.
 */
export function again(runner: Runner, loop: Node, trail: Trail): void {
  if (trail.begun.includes(loop)) return runner.behind(loop, trail);
  const test = loop.type === 'ForStatement' || loop.type === 'WhileStatement' || loop.type === 'DoWhileStatement' ? loop.test : null;
  const truth = test ? runner.truth(test, trail) : isLoop(loop) && (loop.type === 'ForOfStatement' || loop.type === 'ForInStatement') ? 'either' : true;
  if (truth !== false) runner.end(trail, { kind: 'again', loop });
  if (truth !== true) runner.behind(loop, truth === false ? trail : { ...trail, exhausted: [...trail.exhausted, loop] });
}

/** What follows a statement when it is done. */
export function behind(runner: Runner, node: Node, trail: Trail): void {
  const { parent } = node;
  if (!parent) return runner.end(trail, { kind: 'returns', from: null, value: null, held: null });
  switch (parent.type) {
    case 'Program':
    case 'BlockStatement': {
      const statements: readonly Node[] = parent.body;
      const following = statements[statements.indexOf(node) + 1];
      return following ? run(runner, following, trail) : behind(runner, parent, trail);
    }
    case 'SwitchCase': {
      const rest = [...parent.consequent.slice(parent.consequent.indexOf(node as TSESTree.Statement) + 1), ...parent.parent.cases.slice(parent.parent.cases.indexOf(parent) + 1).flatMap((branch) => branch.consequent)];
      const [following] = rest;
      return following ? run(runner, following, trail) : behind(runner, parent.parent, trail);
    }
    case 'TryStatement':
      return parent.finalizer && parent.finalizer !== node ? run(runner, parent.finalizer, trail) : behind(runner, parent, trail);
    case 'CatchClause':
      return parent.parent.finalizer ? run(runner, parent.parent.finalizer, trail) : behind(runner, parent.parent, trail);
    case 'ForStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
      return again(runner, parent, trail);
    default:
      return isFunction(parent) ? runner.answer(parent, null, trail) : behind(runner, parent, trail);
  }
}
