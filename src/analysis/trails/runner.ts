import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, type Bindings } from '../../calls/bindings.js';
import { calledFunctions } from '../../calls/called-functions.js';
import { contains, isFunction, isLoop, unwrap, walk, type CallLike, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import { truthOf, valueOf, type Asks, type Truth } from './error-test.js';
import type { End, EndedTrail, Trail } from './trail.js';

/** The limits of one run: what is longer is lost. */
const maximumSteps = 1_500;
const maximumEnds = 96;
const maximumEntered = 4;

/** What runs the trails of one failure, and gathers how they end. */
export interface Runner extends Steps {
  readonly sourceCode: SourceCode;
  readonly bindings: Bindings;
  /** The call that failed: what is run of it again is a retry. */
  readonly failed: Node;
  /** How far up a trail goes: to the end of the function where the error is caught, or on with its callers. */
  readonly reach: 'function' | 'callers';
  readonly ends: EndedTrail[];
  /** Counts a step; false where there were too many. */
  readonly step: () => boolean;
  readonly end: (trail: Trail, end: End) => void;
  readonly truth: (test: Node, trail: Trail) => Truth;
  /** The name or status that an expression reads from the error; null where it reads neither. */
  readonly value: (node: Node, trail: Trail) => string | null;
}

/** The steps of a trail. They call one another, from two modules. */
export interface Steps {
  readonly run: (statement: Node, trail: Trail) => void;
  readonly conclude: (from: FunctionNode, trail: Trail) => void;
  readonly behind: (statement: Node, trail: Trail) => void;
  readonly again: (loop: Node, trail: Trail) => void;
  readonly raise: (at: Node, trail: Trail) => void;
  readonly leave: (from: FunctionNode | null, trail: Trail) => void;
  readonly answer: (from: FunctionNode | null, value: Node | null, trail: Trail) => void;
  /** Runs a function with what a call hands it, and goes on behind `backTo`; where that is null, the trail ends with the function. */
  readonly enter: (called: FunctionNode, given: CallLike | 'error', backTo: CallLike | null, trail: Trail) => void;
}

/**
 * @param failed the call that failed
 * @param reach how far up to go
 * @param sourceCode the file
 * @param stepsOf what binds the steps to a runner
 */
export function makeRunner(failed: Node, reach: Runner['reach'], sourceCode: SourceCode, stepsOf: (runner: () => Runner) => Steps): Runner {
  let steps = 0;
  const ends: EndedTrail[] = [];
  /** A predicate runs by itself: its answers are what it returns. */
  const answersOf = (asked: FunctionNode, call: CallLike, trail: Trail): { by: Runner; answers: readonly (EndedTrail | null)[] } | null => {
    if (trail.entered.length >= maximumEntered || trail.entered.some((entered) => entered.function === asked)) return null;
    const by = makeRunner(failed, 'function', sourceCode, stepsOf);
    by.enter(asked, call, null, { ...trail, steps: [], decisions: [], begun: [] });
    return { by, answers: by.ends.flatMap((ended) => (ended.end.kind === 'leaves' ? [] : [ended.end.kind === 'returns' ? ended : null])) };
  };
  const only = <Answer>(answers: readonly Answer[], otherwise: Answer): Answer => {
    const [first = otherwise, ...others] = answers;
    return others.every((answer) => answer === first) ? first : otherwise;
  };
  const asks: Asks = {
    truth(asked, call, trail) {
      const ran = answersOf(asked, call, trail);
      return ran ? only<Truth>(ran.answers.map((ended) => (ended?.end.kind !== 'returns' ? 'unsure' : ended.end.value ? ran.by.truth(ended.end.value, ended) : false)), 'unsure') : 'unsure';
    },
    value(asked, call, trail) {
      const ran = answersOf(asked, call, trail);
      return ran ? only(ran.answers.map((ended) => (ended?.end.kind === 'returns' && ended.end.value ? ran.by.value(ended.end.value, ended) : null)), null) : null;
    },
  };
  const runner: Runner = {
    sourceCode,
    bindings: bindingsOf(sourceCode),
    failed,
    reach,
    ends,
    step: () => (steps += 1) <= maximumSteps && ends.length < maximumEnds,
    end: (trail, end) => {
      ends.push({ ...trail, end });
    },
    truth: (test, trail) => truthOf(test, trail, asks, sourceCode),
    value: (node, trail) => valueOf(node, trail, asks, sourceCode),
    ...stepsOf(() => runner),
  };
  return runner;
}

/** The loop or switch that a `break` or `continue` is about. */
export function targetOf(statement: TSESTree.BreakStatement | TSESTree.ContinueStatement): Node | null {
  for (let outer: Node | undefined = statement.parent; outer && !isFunction(outer); outer = outer.parent) {
    if (statement.label) {
      if (outer.type === 'LabeledStatement' && outer.label.name === statement.label.name) return outer.body;
    } else if (isLoop(outer) || (outer.type === 'SwitchStatement' && statement.type === 'BreakStatement')) {
      return outer;
    }
  }
  return null;
}

/** The functions of the file that a call runs, but for the one with the write in it: that is a retry, and not followed. */
export const enterable = (runner: Runner, call: CallLike, trail: Trail): readonly FunctionNode[] =>
  trail.entered.length >= maximumEntered
    ? []
    : calledFunctions(call, null, runner.sourceCode).filter((called) => !contains(called, runner.failed) && !called.generator && trail.entered.every((entered) => entered.function !== called));

/** The calls of an expression, those within functions left out. */
export function callsWithin(node: Node, sourceCode: SourceCode): readonly CallLike[] {
  const calls: CallLike[] = [];
  walk(node, sourceCode, (inner) => {
    if (inner !== node && isFunction(inner)) return false;
    if (inner.type === 'CallExpression' || inner.type === 'NewExpression') calls.push(inner);
    return undefined;
  });
  return calls;
}

/** The statement that an expression stands in; the function where it is the whole body of one. */
export function statementAround(node: Node): Node | null {
  for (let outer = node as Node | undefined; outer; outer = outer.parent) {
    if (outer.type.endsWith('Statement') || outer.type === 'VariableDeclaration' || outer.type === 'ExportNamedDeclaration' || outer.type === 'ExportDefaultDeclaration') return outer;
    if (outer !== node && isFunction(outer)) return outer;
    if (outer.type === 'PropertyDefinition' || outer.type === 'Program') return null;
  }
  return null;
}

/** Code that only tells people: it hands nothing back to the program. */
export const onlyLogs = (callee: Node, sourceCode: SourceCode): boolean => {
  const text = sourceCode.getText(unwrap(callee));
  return logs.test(text) || notes.test(text);
};

const logs = /^(?:\w+[.?]+)*_?(?:console|log(?:ger|ging)?|winston|pino|bunyan|debug|sentry|tracer|span|newrelic|datadog|metrics?)\b/i;
const notes = /(?:^|\.)_?(?:log[A-Z_]?\w*|debug|info|warn(?:ing)?|trace|verbose|print\w*|captureException|captureMessage|recordException|addBreadcrumb|noticeError|addMetric)$/;
