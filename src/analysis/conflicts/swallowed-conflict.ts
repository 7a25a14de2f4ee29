import { bindingsOf } from '../../calls/bindings.js';
import { callersOf } from '../../calls/callers.js';
import { calledFunctions } from '../../calls/called-functions.js';
import { inputShape, type S3Call } from '../../calls/s3-call.js';
import { calledName, contains, enclosingFunction, isFunction, isLoop, isNothing, literalText, methodName, propertyName, unwrap, type CallLike, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import { objectConflicts } from '../../s3/conflict-names.js';
import { conflictTrailsOf } from '../trails/conflict-trails.js';
import { mentionsError } from '../trails/error-test.js';
import { callsWithin, onlyLogs } from '../trails/runner.js';
import type { EndedTrail } from '../trails/trail.js';
import { callsLeft, isValueSeen, succeedsInSilence } from './missed-success.js';
import { isInTest } from './private-store.js';
import { callsRunBy } from '../run-calls.js';
import { seenWithin, type SeenCall } from '../seen-at.js';
import { answeredBy, answersNothing, successPathOf, type SuccessPath } from './success-path.js';
import { isSeen, tracesOf } from './traces.js';
import { freshnessOf } from '../unique-key.js';

/** A conflict that nobody learns of. */
export interface SwallowedConflict extends Silence {
  /** The write, where the file has it. */
  readonly seen: SeenCall;
}

interface Silence {
  /** A handler lets it pass; or a loop that tries again gives up, and goes on as if the object were stored. */
  readonly kind: 'passed over' | 'gave up';
  readonly at: Node;
}

/**
 * @param call a write
 * @param sourceCode the file
 * @returns where a conflict of it ends without a trace, once for each place where the file has the write; none where it
 *   does not, or where the code does not tell. That a create finds an object (`IfNoneMatch: '*'`) is an answer, and no loss.
 */
export function swallowedConflictsOf(call: S3Call, sourceCode: SourceCode): readonly SwallowedConflict[] {
  const found = new Map<Node, SwallowedConflict>();
  if (call.presigned || isInTest(call.node) || !isGuardedByMatch(call, sourceCode)) return [];
  for (const conflict of objectConflicts) {
    const trails = conflictTrailsOf(call, conflict, 'function', sourceCode);
    for (const handler of new Set(trails.flatMap(({ handlers }) => handlers.slice(-1)))) {
      const ways = trails.filter(({ handlers }) => handlers.includes(handler)).filter((trail) => !triesAgain(trail, sourceCode));
      const swallowed = ways.map((trail) => swallowedOn(trail, handler, call, sourceCode));
      const [first] = swallowed;
      const attempt = first && attemptedUnder(first.at);
      const seen = attempt && seenWithin(call, (node) => contains(attempt, node), sourceCode);
      if (!seen || found.has(seen.node) || !swallowed.every((silence) => silence !== null)) continue;
      if (freshnessOf(call, seen.place.frame, sourceCode) !== 'unique') found.set(seen.node, { ...first, seen });
    }
  }
  return [...found.values()];
}

/** What runs under a handler: the block of its `try`, the promise that it was chained to; a loop that tries again as a whole. */
function attemptedUnder(at: Node): Node {
  if (at.type === 'CatchClause') return at.parent.block;
  for (let outer: Node | undefined = at; outer && !isLoop(outer); outer = outer.parent) if (outer.type === 'CallExpression') return outer;
  return at;
}

/** Whether the write asks for what was read to be there still: only then a conflict means that a change is lost. */
function isGuardedByMatch(call: S3Call, sourceCode: SourceCode): boolean {
  const { properties } = inputShape(call, null, sourceCode);
  const asks = (name: string): boolean => properties.get(name)?.values.some(({ node }) => !isNothing(node) && literalText(node) !== '*') ?? false;
  return call.operation.preconditions.some((name) => /IfMatch$|Since$/.test(name) && asks(name));
}

/** A turn of a loop, or a call of a function with the write in it, sends the write again. */
function triesAgain({ end, steps, failed, handlers, held }: EndedTrail, sourceCode: SourceCode): boolean {
  if (end.kind === 'again') return true;
  // `catch { await this.put(key, body, await this.etagOf(key)); }`; a call that the trail came out of is over.
  const isInHandler = (inner: CallLike): boolean => !held.has(inner) && handlers.some((handler) => contains(handler, inner));
  // `.catch(() => put())` has no statement of its own.
  const run = [...steps, ...handlers.filter((handler) => handler.type !== 'BlockStatement')];
  const others = run.filter((step) => !contains(step, failed)).flatMap((step) => callsWithin(step, sourceCode));
  return others.some((inner) => calledFunctions(inner, null, sourceCode).some((called) => contains(called, failed) && (contains(called, inner) || isInHandler(inner))));
}

function swallowedOn(trail: EndedTrail, handler: Node, call: S3Call, sourceCode: SourceCode): Silence | null {
  const { end, failed, exhausted } = trail;
  if (end.kind !== 'returns' || letsBe(trail, end.from) || comesAgain(end.from, sourceCode)) return null;
  const passedOver = { kind: 'passed over', at: beginningOf(handler) } as const;
  if (isCallback(handler, trail, end.from)) {
    const { calls, state, variables } = tracesOf([handler], sourceCode);
    return calls.length + state.length + variables.length === 0 ? passedOver : null;
  }
  const success = successPathOf(call, failed, end.from, sourceCode);
  if (!success || !failsInSilence(trail, success, sourceCode) || isValueSeen(trail, sourceCode)) return null;
  if (!answersAlike(trail, end.from, success, handler, sourceCode) || !succeedsInSilence(trail, success, sourceCode)) return null;
  // A worker that goes on until it is stopped comes to its work again.
  if (exhausted.some((loop) => success.turns.has(loop) && /^(?:Do)?While/.test(loop.type))) return null;
  const given = exhausted.find((loop) => !success.turns.has(loop));
  return given ? { kind: 'gave up', at: given } : passedOver;
}

/** Where a handler begins, as people see it. */
const beginningOf = (handler: Node): Node => (handler.parent && (handler.parent.type === 'CatchClause' || isFunction(handler.parent)) ? handler.parent : handler);

const givesBack = /release|unlock|relinquish/i;
const tidiesUp = /expire|evict|clean_?up|dispose/i;

/** Who gives a lock back or tidies up behind himself wants to leave alone what somebody else has taken since. */
function letsBe({ decisions, failed }: EndedTrail, from: FunctionNode | null): boolean {
  const named = (node: FunctionNode): boolean => givesBack.test(nameOf(node)) || (decisions.length > 0 && tidiesUp.test(nameOf(node)));
  for (let inner: Node = failed, outer = inner.parent; outer; inner = outer, outer = outer.parent) {
    if (outer.type === 'TryStatement' && outer.finalizer === inner) return true;
    if (isFunction(outer) && named(outer)) return true;
  }
  return from !== null && named(from);
}

function nameOf(node: FunctionNode): string {
  const { parent } = node;
  if (node.id) return node.id.name;
  if (parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier') return parent.id.name;
  return parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition' || parent.type === 'Property' ? (propertyName(parent) ?? '') : '';
}

/** What a timer runs again and again, with a read of its own each time, comes to its work again. */
function comesAgain(from: FunctionNode | null, sourceCode: SourceCode): boolean {
  if (!from) return false;
  const runners = [from, ...callersOf(from, sourceCode).map((caller) => enclosingFunction(caller))];
  const timed = runners.some((runner) => runner?.parent.type === 'CallExpression' && /^(?:setInterval|schedule|cron)$/.test(calledName(runner.parent)));
  return timed && callsRunBy(from.body, null, sourceCode).some(({ call }) => call.operation.effect === 'read' || call.operation.effect === 'check');
}

/** A function that the call itself was handed: `s3.putObject(input, (error) => …)`. What it answers goes nowhere. */
const isCallback = (handler: Node, { failed }: EndedTrail, from: FunctionNode | null): boolean =>
  from !== null && handler.parent === from && !contains(from, failed) && !isChained(from);

/** Whether a function was handed to `.catch(…)` or `.then(…, …)`. */
const isChained = ({ parent }: FunctionNode): boolean => parent.type === 'CallExpression' && /^(?:then|catch)$/.test(methodName(parent) ?? '');

/** Whether nothing that only a failure runs leaves anything behind but a line in a log. */
function failsInSilence(trail: EndedTrail, { steps }: SuccessPath, sourceCode: SourceCode): boolean {
  const { failed, handlers, end } = trail;
  const expressions = handlers.filter((handler) => handler.type !== 'BlockStatement' && !onlyLogs(handler, sourceCode));
  const ofFailure = [...trail.steps.filter((step) => !steps.has(step) && !contains(step, failed) && !expressions.includes(step)), ...expressions];
  const traces = tracesOf(ofFailure, sourceCode);
  // What a test asks of the error is no trace of it.
  const acts = traces.calls.filter((inner) => !isTestOfError(inner, ofFailure, trail, sourceCode));
  if (acts.length > 0 || traces.state.length > 0 || traces.variables.some((set) => isSeen(set, failed, new Set(), sourceCode))) return false;
  // Who runs a script reads what it prints.
  return end.kind !== 'returns' || end.from !== null || !(traces.logs || handlers.some((handler) => handler.type === 'MemberExpression'));
}

const isTestOfError = (inner: CallLike, steps: readonly Node[], trail: EndedTrail, sourceCode: SourceCode): boolean =>
  steps.some((step) => contains(step, inner) && (step.parent?.type === 'IfStatement' || step.parent?.type === 'SwitchStatement')) && mentionsError(inner, trail, sourceCode);

/** Whether a failure is answered with the very thing that a success is answered with. */
function answersAlike(trail: EndedTrail, from: FunctionNode | null, { answers }: SuccessPath, handler: Node, sourceCode: SourceCode): boolean {
  const answer = answeredBy(trail.steps, from);
  if (answer && contains(answer, trail.failed)) return isEmptyChain(answer, handler, sourceCode);
  if (answer && callsLeft(trail).some((left) => contains(answer, left))) return false;
  const isSame = (other: Node | null): boolean =>
    answer === other || (answer !== null && other !== null && !contains(other, trail.failed) && sourceCode.getText(answer) === sourceCode.getText(other));
  return answers.length > 0 && answers.every(isSame);
}

/** `return client.send(command).then(() => {}).catch(console.error)`: nothing comes of it either way. */
function isEmptyChain(answer: Node, handler: Node, sourceCode: SourceCode): boolean {
  const { returnsOf } = bindingsOf(sourceCode);
  const isEmpty = (given: Node | undefined): boolean => given !== undefined && isFunction(given) && (answersNothing(given, returnsOf(given)) || logs(given.body));
  const logs = (node: Node): boolean => node.type === 'CallExpression' && onlyLogs(node.callee, sourceCode);
  if (!(handler.parent && isEmpty(handler.parent)) && !(handler.type === 'MemberExpression' && onlyLogs(handler, sourceCode))) return false;
  for (let chain = unwrap(answer); chain.type === 'CallExpression' && chain.callee.type === 'MemberExpression'; chain = unwrap(chain.callee.object)) {
    if (methodName(chain) === 'then') return isEmpty(chain.arguments[0]);
    if (!/^(?:catch|finally)$/.test(methodName(chain) ?? '')) return false;
  }
  return false;
}
