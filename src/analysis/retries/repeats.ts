import { getOrMake, perFile } from '../../calls/per-file.js';
import type { S3Call } from '../../calls/s3-call.js';
import { calledFunctions, functionsAt } from '../../calls/called-functions.js';
import { originsOf } from '../../calls/origins.js';
import { contains, isFunction, isLoop, walk, type CallLike, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import { retryCallsOf, type RetryCall, type RetryDecider } from './retry-call.js';
import { answersTo, conflictTrailsOf, successTrailsOf } from '../trails/conflict-trails.js';
import { instanceOf } from '../trails/error-test.js';
import type { Answer, EndedTrail } from '../trails/trail.js';

type Loop = Extract<Node, { type: 'WhileStatement' | 'DoWhileStatement' | 'ForStatement' | 'ForOfStatement' | 'ForInStatement' }>;

/** What sends a write again after a conflict. What stands in `region` is run anew each time, what stands outside is not. */
export type Repeat = { readonly region: Node; readonly trail: EndedTrail } & (
  | { readonly kind: 'loop'; readonly node: Loop }
  | { readonly kind: 'recursion' | 'timer'; readonly node: CallLike; readonly repeated: FunctionNode }
  | { readonly kind: 'library'; readonly node: Node; readonly retry: RetryCall }
);

/**
 * @param call a call that can conflict
 * @param answer the error that S3 answers with: a conflict, or another one to hold against it
 * @param sourceCode the file
 * @returns what sends it again after that, each with the trail that leads there. Work on other items, and workers that go
 *   on when they succeeded, are none.
 */
export function repeatsAfter(call: S3Call, answer: Answer, sourceCode: SourceCode): readonly Repeat[] {
  const ofCall = getOrMake(knownRepeats(sourceCode), call, () => new Map<string, readonly Repeat[]>());
  return getOrMake(ofCall, `${answer.name} ${answer.status}`, () => findRepeats(call, answer, sourceCode));
}

const knownRepeats = perFile(() => new Map<S3Call, Map<string, readonly Repeat[]>>());

function findRepeats(call: S3Call, answer: Answer, sourceCode: SourceCode): readonly Repeat[] {
  return conflictTrailsOf(call, answer, 'callers', sourceCode).flatMap((trail): readonly Repeat[] => {
    const again = trail.steps.flatMap((step) => repeatedIn(step, trail, sourceCode));
    if (again.length > 0) return again;
    const { end } = trail;
    if (end.kind === 'again' && isLoop(end.loop) && leavesOnSuccess(call, end.loop, sourceCode)) return [{ kind: 'loop', node: end.loop, region: end.loop.body, trail }];
    return retryCallsOf(sourceCode).flatMap((retry) => {
      const region = regionOf(retry, trail, call, sourceCode);
      return region && lets(retry, trail, sourceCode) ? [{ kind: 'library', node: retry.node, retry, region, trail }] : [];
    });
  });
}

/** What a library runs again when a trail ends as it does; null where it does not run again. */
function regionOf(retry: RetryCall, trail: EndedTrail, call: S3Call, sourceCode: SourceCode): Node | null {
  const { end } = trail;
  const region = retry.repeated.find((repeated) => contains(repeated, trail.failed) || (end.kind === 'leaves' && end.from === repeated)) ?? null;
  if (retry.client) return end.kind === 'leaves' && isSentBy(call, retry.client, sourceCode) ? trail.failed : null;
  if (retry.again.kind === 'asked') {
    const { by } = retry.again;
    const asked = end.kind === 'told' || end.kind === 'lost' ? by.some((node) => contains(end.node, node) || contains(node, end.node)) : trail.steps.some((step) => by.some((node) => contains(step, node)));
    return asked ? region : null;
  }
  const { except } = retry.again;
  const ended = except.some((node) => (trail.failure.kind === 'own' && trail.failure.made === node) || trail.steps.some((step) => contains(step, node)));
  return end.kind === 'leaves' && end.from === region && !ended ? region : null;
}

const isSentBy = (call: S3Call, client: Node, sourceCode: SourceCode): boolean => call.receivers.some((receiver) => originsOf({ node: receiver, frame: null }, sourceCode).some(({ node }) => node === client));

const lets = (retry: RetryCall, trail: EndedTrail, sourceCode: SourceCode): boolean => !(retry.attempts.kind === 'limited' && retry.attempts.most === 1) && retry.deciders.every((decider) => letsThrough(decider, trail, sourceCode));

/** Whether what is asked after a failure is sure to let this one through. */
function letsThrough(decider: RetryDecider, trail: EndedTrail, sourceCode: SourceCode): boolean {
  switch (decider.kind) {
    case 'unseen':
      return false;
    case 'any':
      return decider.of.some((one) => letsThrough(one, trail, sourceCode));
    case 'class':
      return instanceOf(decider.class, trail, sourceCode) === true && (decider.predicate === null || letsThrough(decider.predicate, trail, sourceCode));
    case 'function': {
      const answers = answersTo(decider.function, decider.error, trail, sourceCode);
      if (answers.length === 0) return false;
      if (decider.ends === 'by throwing' || decider.ends === 'by failing') return answers.every(({ ended }) => ended.end.kind === 'returns');
      return answers.some(({ truth }) => truth === 'either' || truth === (decider.ends === 'when false')) && answers.every(({ truth }) => truth !== 'unsure');
    }
  }
}

/** Who retries stops when it worked; who goes on to other work does not, but ends when there is no more. */
const leavesOnSuccess = (call: S3Call, loop: Loop, sourceCode: SourceCode): boolean =>
  successTrailsOf(call, sourceCode).some(({ end, exhausted }) => end.kind !== 'lost' && !exhausted.includes(loop) && !(end.kind === 'again' && contains(loop, end.loop)));

/** A function with the write in it that is called again on the trail, at once or by a timer. */
function repeatedIn(step: Node, trail: EndedTrail, sourceCode: SourceCode): readonly Repeat[] {
  const found: Repeat[] = [];
  if (contains(step, trail.failed)) return found;
  walk(step, sourceCode, (node) => {
    if (node.type !== 'CallExpression') return;
    const handed = isTimer(node) ? node.arguments[0] : null;
    const called = handed && !isFunction(handed) ? functionsAt(handed, sourceCode) : calledFunctions(node, null, sourceCode);
    for (const repeated of called) {
      if (contains(repeated, node) && [trail.failed, ...trail.handlers].some((place) => contains(repeated, place))) found.push({ kind: handed || isInTimer(node, repeated) ? 'timer' : 'recursion', node, repeated, region: repeated, trail });
    }
  });
  return found;
}

const isTimer = (node: Node): boolean => node.type === 'CallExpression' && node.callee.type === 'Identifier' && /^set(?:Timeout|Immediate)$/.test(node.callee.name);

function isInTimer(node: Node, repeated: Node): boolean {
  for (let outer = node.parent; outer && outer !== repeated; outer = outer.parent) if (isTimer(outer)) return true;
  return false;
}
