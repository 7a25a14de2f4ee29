import type { S3Call } from '../../calls/s3-call.js';
import { calledFunctions } from '../../calls/called-functions.js';
import { originsOf } from '../../calls/origins.js';
import { unwrap, walk, type Node, type SourceCode } from '../../calls/syntax.js';
import { answersTo, conflictTrailsOf } from '../trails/conflict-trails.js';
import type { Repeat } from './repeats.js';
import type { Answer, EndedTrail } from '../trails/trail.js';
import type { RetryDecider } from './retry-call.js';

/** The part of a test that lets an error through to a retry. */
export interface LettingTest {
  readonly node: Node;
  /** Whether it means the error by its name; else it takes every error of its status. */
  readonly by: 'name' | 'status';
}

/**
 * @param call the call that failed
 * @param answer the error that S3 answered with
 * @param repeat what sends it again after that
 * @param other an error that is not sent again, to hold against it
 * @param sourceCode the file
 * @returns the test that told the one error from the other; null where none names the error or its status
 */
export function lettingTestOf(call: S3Call, answer: Answer, repeat: Repeat, other: Answer, sourceCode: SourceCode): LettingTest | null {
  const others = conflictTrailsOf(call, other, 'callers', sourceCode);
  const tests = [...testsBetween([repeat.trail], others), ...(repeat.kind === 'library' ? repeat.retry.deciders.flatMap((decider) => askedTests(decider, repeat.trail, others, sourceCode)) : [])];
  for (const test of tests.reverse()) {
    for (const by of ['name', 'status'] as const) {
      const node = partsOf(test).find((part) => speaksOf(part, by === 'name' ? answer.name : String(answer.status), sourceCode));
      if (node) return { node, by };
    }
  }
  return null;
}

/** The tests on some trails that went another way, or either way, on others. */
function testsBetween(trails: readonly EndedTrail[], others: readonly EndedTrail[]): Node[] {
  const otherwise = others.flatMap(({ decisions }) => decisions);
  return trails.flatMap(({ decisions, steps }) => [
    ...decisions.filter(({ test, truth }) => !otherwise.some((decision) => decision.test === test && decision.truth === truth)).map(({ test }) => test),
    // `error.name !== 'PreconditionFailed' || attempt > 5` is decided for other errors alone.
    ...steps.filter((step) => otherwise.some(({ test }) => test === step) && !decisions.some(({ test }) => test === step)),
  ]);
}

/** The tests of a function that a library asks, its answer among them. */
function askedTests(decider: RetryDecider, trail: EndedTrail, others: readonly EndedTrail[], sourceCode: SourceCode): readonly Node[] {
  switch (decider.kind) {
    case 'function': {
      const answered = answersTo(decider.function, decider.error, trail, sourceCode).map(({ ended }) => ended);
      const otherwise = others.slice(0, 1).flatMap((one) => answersTo(decider.function, decider.error, one, sourceCode)).map(({ ended }) => ended);
      return [...testsBetween(answered, otherwise), ...answered.flatMap(({ end }) => (end.kind === 'returns' && end.value ? [end.value] : []))];
    }
    case 'class':
      return [decider.class, ...(decider.predicate ? askedTests(decider.predicate, trail, others, sourceCode) : [])];
    case 'any':
      return decider.of.flatMap((one) => askedTests(one, trail, others, sourceCode));
    case 'unseen':
      return [];
  }
}

/** What a test is put together of, by `||`, `&&`, `!` and casts. */
function partsOf(test: Node): readonly Node[] {
  const inner = unwrap(test);
  if (inner.type === 'LogicalExpression') return [...partsOf(inner.left), ...partsOf(inner.right)];
  if (inner.type === 'UnaryExpression' && inner.operator === '!') return partsOf(inner.argument);
  return [inner];
}

const maximumDepth = 3;

/** Whether a test has a word in it, in its own text or in that of the constants and predicates of the file that it uses. */
function speaksOf(test: Node, word: string, sourceCode: SourceCode, depth = 0): boolean {
  if (new RegExp(`\\b${word}\\b`).test(sourceCode.getText(test))) return true;
  if (depth >= maximumDepth) return false;
  let speaks = false;
  walk(test, sourceCode, (node) => {
    if (speaks) return false;
    if (node.type === 'CallExpression') speaks ||= calledFunctions(node, null, sourceCode).some((called) => speaksOf(called.body, word, sourceCode, depth + 1));
    if (node.type === 'Identifier' || node.type === 'MemberExpression') {
      speaks ||= originsOf({ node, frame: null }, sourceCode).some((origin) => origin.node !== node && /^(?:Literal|ArrayExpression|NewExpression|BinaryExpression|LogicalExpression|CallExpression)$/.test(origin.node.type) && speaksOf(origin.node, word, sourceCode, depth + 1));
    }
    return !speaks;
  });
  return speaks;
}
