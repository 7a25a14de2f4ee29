import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from '../../calls/bindings.js';
import { entitiesOf } from '../../calls/entities.js';
import { originsOf } from '../../calls/origins.js';
import { perFile } from '../../calls/per-file.js';
import { isFunction, unwrap, walk, type CallLike, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import { retryFunctionOf, retryLibraries, sdkLibrary, timeBounds, type RetryFunction, type RetryLibrary } from '../../libraries/retry-libraries.js';
import { decoratedBy, executionOf } from './cockatiel-policy.js';
import { describedWork, pipePlacesOf, type DescribedWork, type PipePlace } from './described-work.js';
import { both, scheduleAt, type EffectSchedule } from './effect-schedule.js';
import { againOf, framesOf, functionsAt, methodCallsOn, withHanded, type RetryAgain } from './repeated-code.js';
import { attemptsAt, attemptsOf, type RetryAttempts } from './retry-attempts.js';
import { decidersAt, filterOf, mayCount, type RetryDecider } from './retry-decider.js';
import { asksChance, delayOf, waitsItself, type RetryDelay } from './retry-delay.js';
import { numbersOf, optionOf, readOptions, unreadOptions, type RetryOptions } from './retry-options.js';
import { ownStrategiesOf } from './sdk-retry.js';

export type { RetryAgain } from './repeated-code.js';
export type { RetryDecider } from './retry-decider.js';

/** Code that a library runs again after it failed. */
export interface RetryCall {
  readonly library: RetryLibrary;
  /** Where the retry stands with its options: `pRetry(…)`, `retry.operation(…)`, `retry(handleAll, …)`, `Effect.retry(…)`, `new S3Client(…)`. */
  readonly node: CallLike;
  /** Calls that start it: itself, `operation.attempt(…)`, `policy.execute(…)`, the pipes that it stands in. */
  readonly runs: readonly Node[];
  /** The functions of the file whose bodies are run again, those among them that a wrapper was handed. */
  readonly repeated: readonly FunctionNode[];
  /** Calls whose answer describes work that is run again, and which is not seen: `s3.putObject(…)` of a service of Effect. */
  readonly lent: readonly Node[];
  /** The S3 client whose requests are sent again; null where code is run again. */
  readonly client: TSESTree.NewExpression | null;
  readonly again: RetryAgain;
  /** All of them must let an error through. */
  readonly deciders: readonly RetryDecider[];
  /** By options, else by the library's default; a time bound or a signal limits. Unknown where a decider may count. */
  readonly attempts: RetryAttempts;
  /** By options, else by the library's default; unknown where the code waits by itself. */
  readonly delay: RetryDelay;
}

/** What is known of a retry before it is looked at who counts and who waits. */
type Draft = Omit<RetryCall, 'library' | 'node' | 'client' | 'lent'> & Partial<Pick<RetryCall, 'lent'>>;

/**
 * @param sourceCode a file
 * @returns the calls of it that have a library run code again, known by what they import
 */
export const retryCallsOf: (sourceCode: SourceCode) => readonly RetryCall[] = perFile((sourceCode) => {
  if (![...Object.keys(retryLibraries), 'effect', 'retryStrategy'].some((word) => sourceCode.text.includes(word))) return [];
  return bindingsOf(sourceCode).calls.flatMap((node): RetryCall[] => (node.type === 'NewExpression' ? clientRetries(node, sourceCode) : libraryRetries(node, sourceCode)));
});

/** `new S3Client({ retryStrategy })`, where the strategy is the file's own. */
function clientRetries(node: TSESTree.NewExpression, sourceCode: SourceCode): RetryCall[] {
  const [options] = node.arguments;
  if (!options || !entitiesOf({ node: node.callee, frame: null }, sourceCode).some(({ module, path }) => module.endsWith('client-s3') && /^S3(?:Client)?$/.test(path[0] ?? ''))) return [];
  const common = { library: sdkLibrary, node, client: node, runs: [], repeated: [], lent: [], again: { kind: 'thrown', except: [] } } as const;
  return ownStrategiesOf({ node: options, frame: null }, sourceCode).map((strategy) => ({ ...common, ...strategy }));
}

function libraryRetries(node: TSESTree.CallExpression, sourceCode: SourceCode): RetryCall[] {
  for (const { library, function: retried } of retriesAt(node.callee, sourceCode)) {
    const draft = draftOf(node, library, retried, sourceCode);
    if (draft) return [finished(node, library, draft, sourceCode)];
  }
  const customized = customizedAt(node, sourceCode);
  return customized ? [finished(node, customized.library, customized.draft, sourceCode)] : [];
}

const retriesAt = (callee: Node, sourceCode: SourceCode): readonly { library: RetryLibrary; function: RetryFunction }[] =>
  entitiesOf({ node: callee, frame: null }, sourceCode).flatMap((entity) => retryFunctionOf(entity) ?? []);

function draftOf(node: TSESTree.CallExpression, library: RetryLibrary, retried: RetryFunction, sourceCode: SourceCode): Draft | null {
  switch (retried.kind) {
    case 'call': {
      const [code, options] = swapped(node, retried, sourceCode);
      return code ? calledDraft(node, library, code, [options], sourceCode) : null;
    }
    case 'operation':
      return operationDraft(node, library, sourceCode);
    case 'policy':
      return policyDraft(node, library, retried, sourceCode);
    case 'operator':
      return operatorDraft(node, library, sourceCode);
    case 'errors':
      return errorsDraft(node, sourceCode);
    case 'effect':
      return effectDraft(node, library, retried.more, sourceCode);
    case 'customized':
      return null;
  }
}

function finished(node: CallLike, library: RetryLibrary, draft: Draft, sourceCode: SourceCode): RetryCall {
  const { again, deciders, repeated } = draft;
  const ends = again.kind === 'thrown' && again.except.length > 0 && repeated.some(({ params }) => params.length > 0);
  const counted = draft.attempts.kind === 'endless' && (ends || deciders.some((decider) => mayCount(decider, sourceCode)));
  const own = [...repeated.map(({ body }) => body), ...deciders.flatMap(functionsOf).map(({ body }) => body)].some((code) => waitsItself(code, sourceCode) || (asksChance(code, sourceCode) && draft.delay !== 'jittered'));
  return { lent: [], ...draft, library, node, client: null, attempts: counted ? { kind: 'unknown' } : draft.attempts, delay: own && draft.delay !== 'jittered' ? 'unknown' : draft.delay };
}

function functionsOf(decider: RetryDecider): readonly FunctionNode[] {
  switch (decider.kind) {
    case 'function':
      return [decider.function];
    case 'class':
      return decider.predicate ? functionsOf(decider.predicate) : [];
    case 'any':
      return decider.of.flatMap(functionsOf);
    case 'unseen':
      return [];
  }
}

/** promise-retry takes its options in first place too. */
function swapped(node: TSESTree.CallExpression, { code, options, swaps }: Extract<RetryFunction, { kind: 'call' }>, sourceCode: SourceCode): readonly [Node | undefined, Node | undefined] {
  const [first, second] = [node.arguments[code], node.arguments[options]];
  const isCode = swaps && first && second ? originsOf({ node: second, frame: null }, sourceCode).some(({ node: made }) => isFunction(made)) : false;
  return isCode ? [second, first] : [first, second];
}

function calledDraft(node: TSESTree.CallExpression, library: RetryLibrary, code: Node, given: readonly (Node | undefined)[], sourceCode: SourceCode): Draft {
  const options = readOptions(given, null, sourceCode);
  const repeated = functionsAt(code, node, sourceCode);
  return { runs: [node], repeated, again: againOf(library.again, repeated, node, sourceCode), ...configured(options, library, node, sourceCode) };
}

/** What the options say. */
function configured(options: RetryOptions, library: RetryLibrary, node: Node, sourceCode: SourceCode): Pick<Draft, 'attempts' | 'delay' | 'deciders'> {
  const known = Object.entries(library.deciders).flatMap(([name, asked]) => {
    const option = optionOf(options, name);
    return option.kind === 'known' ? option.values.filter(({ node: value }) => !isNumber(value)).flatMap((value) => decidersAt(value, asked, sourceCode)) : [];
  });
  const unread = Object.keys(library.deciders).length > 0 ? unreadOptions(options) : null;
  return {
    attempts: attemptsOf(options, library.attempts, node, sourceCode),
    delay: delayOf(options, library.delay, sourceCode),
    deciders: unread ? [...known, { kind: 'unseen', node: unread }] : known,
  };
}

const isNumber = (node: Node): boolean => node.type === 'Literal' && typeof node.value === 'number';

/** `const save = customizeRetry({ retries: 3 })`, and then `save(() => put(), { delay: 10 })`. */
function customizedAt(node: TSESTree.CallExpression, sourceCode: SourceCode): { library: RetryLibrary; draft: Draft } | null {
  const callee = unwrap(node.callee);
  if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression' && callee.type !== 'CallExpression') return null;
  const [code, more] = node.arguments;
  for (const { node: made, path } of originsOf({ node: callee, frame: null }, sourceCode)) {
    if (made.type !== 'CallExpression' || path.length > 0) continue;
    const maker = retriesAt(made.callee, sourceCode).find(({ function: retried }) => retried.kind === 'customized');
    if (maker && code) return { library: maker.library, draft: calledDraft(node, maker.library, code, [made.arguments[0], more], sourceCode) };
  }
  return null;
}

/** `const operation = retry.operation(options)`, and then `operation.attempt(code)`. */
function operationDraft(node: TSESTree.CallExpression, library: RetryLibrary, sourceCode: SourceCode): Draft {
  const runs = ['attempt', 'try', 'start'].flatMap((method) => methodCallsOn(node, method, sourceCode));
  const repeated = runs.flatMap((run) => (run.arguments[0] ? functionsAt(run.arguments[0], run, sourceCode) : []));
  const [given] = node.arguments;
  const list = given && originsOf({ node: given, frame: null }, sourceCode)[0]?.node;
  // A list holds the delays themselves.
  const settings: Pick<Draft, 'attempts' | 'delay' | 'deciders'> =
    list?.type === 'ArrayExpression' ? { attempts: { kind: 'limited', most: list.elements.length + 1 }, delay: 'unknown', deciders: [] } : configured(readOptions([given], null, sourceCode), library, node, sourceCode);
  return { runs, repeated, again: againOf(library.again, repeated, node, sourceCode), ...settings };
}

function policyDraft(node: TSESTree.CallExpression, library: RetryLibrary, { filter, options }: Extract<RetryFunction, { kind: 'policy' }>, sourceCode: SourceCode): Draft {
  const executed = bindingsOf(sourceCode).calls.flatMap((call) => executionOf(call, node, sourceCode) ?? []);
  const decorated = decoratedBy(node, sourceCode);
  const settings = configured(readOptions([node.arguments[options]], null, sourceCode), library, node, sourceCode);
  const bounded = executed.length > 0 && decorated.length === 0 && executed.every((execution) => execution.bounded);
  const given = node.arguments[filter];
  return {
    runs: executed.map(({ call }) => call),
    repeated: [...new Set([...executed.flatMap(({ call }) => (call.arguments[0] ? functionsAt(call.arguments[0], call, sourceCode) : [])), ...decorated])],
    again: { kind: 'thrown', except: [] },
    ...settings,
    attempts: bounded && settings.attempts.kind === 'endless' ? { kind: 'limited', most: null } : settings.attempts,
    deciders: given ? filterOf({ node: given, frame: null }, sourceCode) : [],
  };
}

/** What stands before an operator in its pipes, and what its pipes are bounded by. */
function pipedWork(node: Node, sourceCode: SourceCode): DescribedWork & { runs: readonly Node[]; bounded: boolean } {
  const places = pipePlacesOf(node, sourceCode);
  const frames = framesOf(node, sourceCode);
  const work = describedWork(places.flatMap(({ before }) => before).flatMap((before) => frames.map((frame) => ({ node: before, frame }))), sourceCode);
  return { ...work, functions: withHanded(work.functions, frames, sourceCode), runs: places.map(({ call }) => call), bounded: isBounded(places, sourceCode) };
}

/** A time-out behind the retry, in its pipe or in the one around it. */
const isBounded = (places: readonly PipePlace[], sourceCode: SourceCode, depth = 0): boolean =>
  places.length > 0 && depth < 4 && places.every(({ call, behind }) => behind.some((operator) => isTimeBound(operator, sourceCode)) || isBounded(pipePlacesOf(call, sourceCode), sourceCode, depth + 1));

const isTimeBound = (operator: Node, sourceCode: SourceCode): boolean => {
  const node = unwrap(operator);
  return entitiesOf({ node: node.type === 'CallExpression' ? node.callee : node, frame: null }, sourceCode).some(({ module, path }) => /^(?:rxjs|effect)(?:\/|$)/.test(module) && timeBounds.test(path.at(-1) ?? ''));
};

/** An endless retry whose pipe ends by time, or of which a time-out elsewhere in the file may end it. */
function withinTime(attempts: RetryAttempts, bounded: boolean, sourceCode: SourceCode): RetryAttempts {
  if (attempts.kind !== 'endless') return attempts;
  if (bounded) return { kind: 'limited', most: null };
  return bindingsOf(sourceCode).calls.some((call) => isTimeBound(call, sourceCode)) ? { kind: 'unknown' } : attempts;
}

const onThrown: RetryAgain = { kind: 'thrown', except: [] };

/** `retry(3)`, `retry({ count, delay })` of rxjs. */
function operatorDraft(node: TSESTree.CallExpression, library: RetryLibrary, sourceCode: SourceCode): Draft {
  const [given] = node.arguments;
  const { functions, runs, bounded } = pipedWork(node, sourceCode);
  const isCount = given !== undefined && (numbersOf({ node: given, frame: null }, sourceCode) !== null || originsOf({ node: given, frame: null }, sourceCode).some(({ node: made }) => made.type === 'BinaryExpression'));
  const settings = isCount ? { attempts: attemptsAt(given, library.attempts, sourceCode), delay: library.delay.byDefault, deciders: [] } : configured(readOptions([given], null, sourceCode), library, node, sourceCode);
  return { runs, repeated: functions, again: onThrown, ...settings, attempts: withinTime(settings.attempts, bounded, sourceCode) };
}

/** `retryWhen((errors) => errors.pipe(delay(1000), take(3)))` of rxjs. */
function errorsDraft(node: TSESTree.CallExpression, sourceCode: SourceCode): Draft | null {
  const [answer] = node.arguments;
  if (!answer) return null;
  const { functions, runs, bounded } = pipedWork(node, sourceCode);
  const operators = new Map<string, Node>();
  walk(answer, sourceCode, (inner) => {
    if (inner.type !== 'CallExpression') return;
    for (const { module, path } of entitiesOf({ node: inner.callee, frame: null }, sourceCode)) if (module.startsWith('rxjs')) operators.set(path.at(-1) ?? '', inner);
  });
  const isPlain = isFunction(answer) && [...operators.keys()].every((name) => /^(?:delay|tap|take)$/.test(name));
  const attempts: RetryAttempts = !isPlain ? { kind: 'unknown' } : operators.has('take') ? { kind: 'limited', most: null } : { kind: 'endless', node };
  const delay: RetryDelay = !isPlain ? 'unknown' : operators.has('delay') ? 'constant' : 'none';
  return { runs, repeated: functions, again: onThrown, attempts: withinTime(attempts, bounded, sourceCode), delay, deciders: isPlain ? [] : [{ kind: 'unseen', node: answer }] };
}

/** `Effect.retry(work, policy)`, and `Effect.retry(policy)` in a pipe. */
function effectDraft(node: TSESTree.CallExpression, library: RetryLibrary, more: number, sourceCode: SourceCode): Draft | null {
  const isFirst = node.arguments.length > more + 1;
  const [work, policy] = isFirst ? node.arguments : [undefined, node.arguments[0]];
  if (!policy) return null;
  const piped = pipedWork(node, sourceCode);
  const frames = framesOf(node, sourceCode);
  const own = work ? describedWork(frames.map((frame) => ({ node: work, frame })), sourceCode) : null;
  const { attempts, delay, deciders } = policyOfEffect(policy, library, node, sourceCode);
  return {
    runs: own ? [node] : piped.runs,
    repeated: own ? withHanded(own.functions, frames, sourceCode) : piped.functions,
    lent: own ? own.lent : piped.lent,
    again: onThrown,
    attempts: withinTime(attempts, piped.bounded, sourceCode),
    delay,
    deciders,
  };
}

/** A schedule, or options with a schedule among them: `{ times: 3, schedule, while: isThrottled }`. */
function policyOfEffect(policy: Node, library: RetryLibrary, node: Node, sourceCode: SourceCode): Pick<Draft, 'attempts' | 'delay' | 'deciders'> {
  const schedule = scheduleAt({ node: policy, frame: null }, sourceCode);
  if (schedule) return scheduled(schedule, policy);
  const options = readOptions([policy], null, sourceCode);
  const settings = configured(options, library, node, sourceCode);
  const given = optionOf(options, 'schedule');
  if (given.kind === 'absent') return unreadOptions(options) ? settings : { ...settings, delay: 'none' };
  const schedules = given.kind === 'known' && given.always ? given.values.map((value) => scheduleAt(value, sourceCode)) : [];
  const [only, ...others] = schedules;
  if (!only || others.length > 0) return { ...settings, attempts: settings.attempts.kind === 'limited' ? settings.attempts : { kind: 'unknown' }, delay: 'unknown' };
  const { attempts } = settings;
  const times: EffectSchedule = {
    recurs: attempts.kind === 'limited' ? 'limited' : attempts.kind === 'endless' ? 'forever' : 'unknown',
    most: attempts.kind === 'limited' && attempts.most !== null ? attempts.most - 1 : null,
    delay: 'none',
    deciders: settings.deciders,
  };
  return scheduled(both(only, times), policy);
}

function scheduled({ recurs, most, delay, deciders }: EffectSchedule, policy: Node): Pick<Draft, 'attempts' | 'delay' | 'deciders'> {
  const attempts: RetryAttempts = recurs === 'forever' ? { kind: 'endless', node: policy } : recurs === 'limited' ? { kind: 'limited', most: most === null ? null : most + 1 } : { kind: 'unknown' };
  return { attempts, delay, deciders };
}
