import { describe, expect, it } from 'vitest';

import type { Language } from '../calls/parse.js';
import { parse } from '../calls/parse.js';
import { retryCallsOf, type RetryCall, type RetryDecider } from '../../src/analysis/retries/retry-call.js';
import type { Node, SourceCode } from '../../src/calls/syntax.js';

/** What the tests compare, in a word each; what a case leaves out is not looked at. */
interface Told {
  readonly library?: string;
  /** The first line of each function that is run again. */
  readonly repeated?: readonly string[];
  readonly lent?: readonly string[];
  readonly attempts?: string;
  readonly delay?: RetryCall['delay'];
  readonly again?: string;
  readonly deciders?: readonly string[];
  readonly client?: boolean;
}

const told = (retry: RetryCall, sourceCode: SourceCode): Required<Told> => {
  const text = (node: Node): string => sourceCode.getText(node).split('\n')[0] ?? '';
  const decider = (asked: RetryDecider): string => {
    switch (asked.kind) {
      case 'function':
        return `${asked.error ? [text(asked.error.name), ...asked.error.path].join(' → ') : 'nothing'} ${asked.ends}`;
      case 'class':
        return `${text(asked.class)}${asked.predicate ? ` if ${decider(asked.predicate)}` : ''}`;
      case 'any':
        return `any of ${asked.of.map(decider).join(', ')}`;
      case 'unseen':
        return `unseen ${text(asked.node)}`;
    }
  };
  const { attempts, again } = retry;
  return {
    library: retry.library.name,
    repeated: retry.repeated.map(text),
    lent: retry.lent.map(text),
    attempts: attempts.kind === 'limited' ? `at most ${String(attempts.most ?? '?')}` : attempts.kind === 'endless' ? `endless by ${text(attempts.node)}` : 'unknown',
    delay: retry.delay,
    again: again.kind === 'thrown' ? ['thrown', ...again.except.map((except) => `not ${text(except)}`)].join(' ') : `asked by ${again.by.map(text).join(', ')}`,
    deciders: retry.deciders.map(decider),
    client: retry.client !== null,
  };
};

type Case = readonly [name: string, code: string, expected: readonly Told[], language?: Language];

const check = ([, code, expected, language = 'typescript']: Case): void => {
  const sourceCode = parse(code, language);
  const found = retryCallsOf(sourceCode).map((retry) => told(retry, sourceCode));
  expect(found).toEqual(expected.map((one) => expect.objectContaining(one) as Told));
};

const table = (cases: readonly Case[]): void => {
  it.each(cases.map((one) => ({ name: one[0], one })))('$name', ({ one }) => {
    check(one);
  });
};

describe('p-retry', () => {
  const pRetry = "import pRetry, { AbortError, makeRetriable } from 'p-retry';\n";
  table([
    ['ten retries, growing delays, where nothing is said', `${pRetry}await pRetry(() => put());`, [{ library: 'p-retry', repeated: ['() => put()'], attempts: 'at most 11', delay: 'growing', again: 'thrown', deciders: [], client: false }]],
    ['a count', `${pRetry}await pRetry(() => put(), { retries: 3 });`, [{ attempts: 'at most 4' }]],
    ['a count in a constant', `${pRetry}const RETRIES = 3; const options = { retries: RETRIES }; await pRetry(put, options); async function put() {}`, [{ attempts: 'at most 4', repeated: ['async function put() {}'] }]],
    ['no retry at all', `${pRetry}await pRetry(() => put(), { retries: 0 });`, [{ attempts: 'at most 1' }]],
    ['Infinity', `${pRetry}await pRetry(() => put(), { retries: Infinity });`, [{ attempts: 'endless by retries: Infinity' }]],
    ['for ever, as up to 6', `${pRetry}await pRetry(() => put(), { forever: true });`, [{ attempts: 'endless by forever: true' }]],
    ['not for ever', `${pRetry}await pRetry(() => put(), { forever: false });`, [{ attempts: 'at most 11' }]],
    ['for ever within a time', `${pRetry}await pRetry(() => put(), { forever: true, maxRetryTime: 60_000 });`, [{ attempts: 'at most ?' }]],
    ['a time that is no bound', `${pRetry}await pRetry(() => put(), { retries: Infinity, maxRetryTime: Infinity });`, [{ attempts: 'endless by retries: Infinity' }]],
    ['until a signal', `${pRetry}await pRetry(() => put(), { retries: Infinity, signal });`, [{ attempts: 'at most ?' }]],
    ['a signal that may not be there', `${pRetry}await pRetry(() => put(), { retries: Infinity, ...(signal && { signal }) });`, [{ attempts: 'unknown' }]],
    ['a number from outside', `${pRetry}export const store = (retries) => pRetry(() => put(), { retries });`, [{ attempts: 'unknown' }]],
    ['options from outside', `${pRetry}export const store = (options) => pRetry(() => put(), options);`, [{ attempts: 'unknown', delay: 'unknown', deciders: ['unseen options'] }]],
    ['options spread over a count', `${pRetry}export const store = (options) => pRetry(() => put(), { ...options, retries: 3 });`, [{ attempts: 'unknown', deciders: ['unseen { ...options, retries: 3 }'] }]],
    ['failures that do not count', `${pRetry}await pRetry(() => put(), { shouldConsumeRetry: () => false });`, [{ attempts: 'unknown' }]],
    ['randomize', `${pRetry}await pRetry(() => put(), { randomize: true });`, [{ delay: 'jittered' }]],
    ['a factor of 1', `${pRetry}await pRetry(() => put(), { factor: 1 });`, [{ delay: 'constant' }]],
    ['a ceiling at the first delay', `${pRetry}await pRetry(() => put(), { minTimeout: 500, maxTimeout: 500 });`, [{ delay: 'constant' }]],
    ['a first delay of nothing', `${pRetry}await pRetry(() => put(), { minTimeout: 0 });`, [{ delay: 'none' }]],
    ['code that waits by itself', `${pRetry}await pRetry(async () => { await put().catch(async (error) => { await sleep(50); throw error; }); }, { minTimeout: 0 });`, [{ delay: 'unknown' }]],
    ['a hook that waits', `${pRetry}await pRetry(() => put(), { minTimeout: 0, onFailedAttempt: async () => { await delay(Math.random() * 100); } });`, [{ delay: 'unknown', deciders: ['nothing by throwing'] }]],
    ['shouldRetry of 6', `${pRetry}await pRetry(() => put(), { shouldRetry: (error) => error.name === 'SlowDown' });`, [{ deciders: ['error when false'] }]],
    ['shouldRetry of 7', `${pRetry}await pRetry(() => put(), { shouldRetry: (context) => context.error.name === 'SlowDown' });`, [{ deciders: ['context → error when false'] }]],
    ['shouldRetry of 7, taken apart', `${pRetry}await pRetry(() => put(), { shouldRetry: ({ error }) => error.name === 'SlowDown' });`, [{ deciders: ['error when false'] }]],
    ['shouldRetry of 7, taken apart under another name', `${pRetry}await pRetry(() => put(), { shouldRetry: ({ error: failure }) => failure.name === 'SlowDown' });`, [{ deciders: ['failure when false'] }]],
    ['shouldRetry of 7, taken apart within', `${pRetry}await pRetry(() => put(), { shouldRetry(context) { const { error } = context; return error.name === 'SlowDown'; } });`, [{ deciders: ['context → error when false'] }]],
    ['shouldRetry that looks at the number alone', `${pRetry}await pRetry(() => put(), { forever: true, shouldRetry: ({ attemptNumber }) => attemptNumber < 5 });`, [{ deciders: ['nothing when false'], attempts: 'unknown' }]],
    ['shouldRetry that takes the error of 6 apart', `${pRetry}await pRetry(() => put(), { shouldRetry: ({ name }) => name === 'SlowDown' });`, [{ deciders: ['{ name } when false'] }]],
    ['a decider by its name', `${pRetry}const isThrottled = (error) => error.name === 'SlowDown';\nawait pRetry(() => put(), { shouldRetry: isThrottled });`, [{ deciders: ['error when false'] }]],
    ['a decider of another file', `${pRetry}import { isThrottled } from './errors.js';\nawait pRetry(() => put(), { forever: true, shouldRetry: isThrottled });`, [{ deciders: ['unseen isThrottled'], attempts: 'unknown' }]],
    ['a hook that ends it', `${pRetry}await pRetry(() => put(), { onFailedAttempt: (error) => { if (error.name !== 'SlowDown') throw error; } });`, [{ deciders: ['error by throwing'] }]],
    ['a hook that counts', `${pRetry}await pRetry(() => put(), { retries: Infinity, onFailedAttempt: (error) => { if (error.attemptNumber > 5) throw error; } });`, [{ attempts: 'unknown' }]],
    ['a hook that only logs the number of the attempt', `${pRetry}await pRetry(() => put(), { forever: true, onFailedAttempt: (error) => { logger.warn(error.attemptNumber, error.retriesLeft); } });`, [{ attempts: 'endless by forever: true' }]],
    ['a ceiling at the first delay that the library has by itself', `${pRetry}await pRetry(() => put(), { retries: 9, maxTimeout: 1000 });`, [{ delay: 'constant' }]],
    ['a ceiling above the first delay', `${pRetry}await pRetry(() => put(), { retries: 9, maxTimeout: 5000 });`, [{ delay: 'growing' }]],
    ['an AbortError', `${pRetry}await pRetry(async () => { try { await put(); } catch (error) { if (isOver(error)) throw new AbortError(error); throw error; } });`, [{ again: 'thrown not new AbortError(error)' }]],
    ['an AbortError of the default export, as in 4', "const pRetry = require('p-retry');\npRetry(() => put().catch(() => { throw new pRetry.AbortError('over'); }));", [{ again: "thrown not new pRetry.AbortError('over')" }], 'commonjs'],
    ['an AbortError after some attempts', `${pRetry}await pRetry(async (attempt) => { if (attempt > 5) throw new AbortError('over'); await put(); }, { retries: Infinity });`, [{ attempts: 'unknown' }]],
    ['an AbortError of somebody else', `${pRetry}class OwnAbortError extends Error {}\nawait pRetry(() => { throw new OwnAbortError(); });`, [{ again: 'thrown' }]],
    ['makeRetriable', `${pRetry}export const save = makeRetriable(() => put(), { retries: 2 });`, [{ repeated: ['() => put()'], attempts: 'at most 3' }]],
    ['a method of the class', `${pRetry}export class Store { save(key) { return pRetry(() => this.put(key)); } async put(key) {} bound() { return pRetry(this.put.bind(this)); } }`, [{ repeated: ['() => this.put(key)'] }, { repeated: ['(key) {}'] }]],
    ['a wrapper that is handed the code', `${pRetry}const withRetry = (run) => pRetry(run, { retries: 2 });\nawait withRetry(() => put('a'));\nawait withRetry(() => put('b'));`, [{ repeated: ["() => put('a')", "() => put('b')"] }]],
    ['a wrapper that calls what it is handed', `${pRetry}async function withRetry(run) { return pRetry(() => run(), { retries: 2 }); }\nawait withRetry(() => put());`, [{ repeated: ['() => run()', '() => put()'] }]],
    ['an import as a namespace', "import * as retrying from 'p-retry';\nretrying.default(() => put());", [{ library: 'p-retry' }]],
    ['a dynamic import', "const { default: pRetry } = await import('p-retry');\nawait pRetry(() => put());", [{ library: 'p-retry' }], 'javascript'],
    ['only the name of it', 'const pRetry = (run) => run();\nawait pRetry(() => put(), { forever: true });', []],
    ['a module of the project of that name', "import pRetry from './p-retry.js';\nawait pRetry(() => put(), { forever: true });", []],
    ['code that is not seen', `${pRetry}import { put } from './store.js';\nawait pRetry(put);`, [{ repeated: [] }]],
  ]);
});

describe('async-retry, promise-retry and retry', () => {
  const asyncRetry = "import retry from 'async-retry';\n";
  const promiseRetry = "import promiseRetry from 'promise-retry';\n";
  const classic = "const retry = require('retry');\n";
  table([
    ['async-retry jitters by itself', `${asyncRetry}await retry(() => put());`, [{ library: 'async-retry', attempts: 'at most 11', delay: 'jittered', repeated: ['() => put()'] }]],
    ['async-retry without chance', `${asyncRetry}await retry(() => put(), { randomize: false, retries: 5 });`, [{ delay: 'growing', attempts: 'at most 6' }]],
    ['bail ends it', `${asyncRetry}await retry(async (bail, attempt) => { try { await put(); } catch (error) { if (error.name === 'PreconditionFailed') { bail(error); return; } throw error; } });`, [{ again: 'thrown not bail(error)' }]],
    ['bail that is handed on', `${asyncRetry}await retry((bail) => put().catch(bail));`, [{ again: 'thrown not bail' }]],
    ['an error that is marked', `${asyncRetry}await retry(async () => { try { await put(); } catch (error) { error.bail = true; throw error; } });`, [{ again: 'thrown not error.bail = true' }]],
    ['onRetry decides nothing', `${asyncRetry}await retry(() => put(), { onRetry: (error) => log(error) });`, [{ deciders: [] }]],
    ['bail by a count of its own', `${asyncRetry}await retry((bail, attempt) => { if (attempt > 9) return bail(new Error('over')); return put(); }, { forever: true });`, [{ attempts: 'unknown' }]],
    ['async-retry in CommonJS', "const retry = require('async-retry');\nexports.save = () => retry(() => put(), { forever: true });", [{ attempts: 'endless by forever: true' }], 'commonjs'],
    ['promise-retry is asked by its first argument', `${promiseRetry}await promiseRetry((retry, number) => put().catch(retry));`, [{ library: 'promise-retry', again: 'asked by retry', attempts: 'at most 11', delay: 'growing' }]],
    ['promise-retry is asked for some errors', `${promiseRetry}await promiseRetry((again) => put().catch((error) => { if (error.name === 'SlowDown') again(error); throw error; }), { retries: 2 });`, [{ again: 'asked by again(error)', attempts: 'at most 3' }]],
    ['promise-retry that nobody asks', `${promiseRetry}await promiseRetry(() => put());`, [{ again: 'asked by ' }]],
    ['promise-retry with its options first', `${promiseRetry}await promiseRetry({ retries: 4, minTimeout: 0 }, (retry) => put().catch(retry));`, [{ repeated: ['(retry) => put().catch(retry)'], attempts: 'at most 5', delay: 'none' }]],
    [
      'an operation of retry',
      `${classic}const operation = retry.operation({ retries: 5, randomize: true });\noperation.attempt((current) => { put((error) => { if (operation.retry(error)) return; done(operation.mainError()); }); });`,
      [{ library: 'retry', repeated: ['(current) => { put((error) => { if (operation.retry(error)) return; done(operation.mainError()); }); }'], again: 'asked by operation.retry(error)', attempts: 'at most 6', delay: 'jittered' }],
      'commonjs',
    ],
    ['an operation in a field', "import { operation } from 'retry';\nexport class Store { constructor() { this.op = operation({ forever: true }); } save() { this.op.attempt(() => put()); } }", [{ repeated: ['() => put()'], attempts: 'endless by forever: true', again: 'asked by ' }]],
    [
      'a method of the class that is handed the code',
      "import retry from 'retry';\nexport class Store { #patiently(run) { const operation = retry.operation({ retries: 3 }); return new Promise((resolve, reject) => { operation.attempt(async () => { try { resolve(await run()); } catch (error) { if (!operation.retry(error)) reject(operation.mainError()); } }); }); }\nsave(key) { return this.#patiently(() => put(key)); } }",
      [{ repeated: ['async () => { try { resolve(await run()); } catch (error) { if (!operation.retry(error)) reject(operation.mainError()); } }', '() => put(key)'], attempts: 'at most 4' }],
    ],
    ['a count of the environment', "import { operation } from 'retry';\noperation({ retries: process.env.RETRIES || 5 }).attempt(() => put());", [{ attempts: 'unknown', repeated: ['() => put()'] }]],
    ['an operation within a time', `${classic}const operation = retry.operation({ forever: true, maxRetryTime: 1000 }); operation.attempt(put); function put() {}`, [{ attempts: 'at most ?' }], 'commonjs'],
    ['a list of delays', `${classic}const operation = retry.operation([100, 200, 300]); operation.attempt(() => put());`, [{ attempts: 'at most 4', delay: 'unknown' }], 'commonjs'],
    ['a first delay of 0 is 1 ms, and grows', `${classic}const operation = retry.operation({ minTimeout: 0 }); operation.attempt(() => put());`, [{ delay: 'growing' }], 'commonjs'],
  ]);
});

describe('exponential-backoff and ts-retry-promise', () => {
  const backOff = "import { backOff } from 'exponential-backoff';\n";
  const tsRetry = "import { customizeRetry, NotRetryableError, retry, retryDecorator } from 'ts-retry-promise';\n";
  table([
    ['ten attempts, growing delays', `${backOff}await backOff(() => put());`, [{ library: 'exponential-backoff', attempts: 'at most 10', delay: 'growing', repeated: ['() => put()'] }]],
    ['full jitter and a count', `${backOff}await backOff(() => put(), { jitter: 'full', numOfAttempts: 4 });`, [{ attempts: 'at most 4', delay: 'jittered' }]],
    ['no jitter, said', `${backOff}await backOff(() => put(), { jitter: 'none', timeMultiple: 1 });`, [{ delay: 'constant' }]],
    ['jitter that is handed in', `${backOff}export const save = (jitter) => backOff(() => put(), { jitter });`, [{ delay: 'unknown' }]],
    ['retry answers with false', `${backOff}await backOff(() => put(), { retry: (error) => error.name === 'SlowDown' });`, [{ deciders: ['error when false'] }]],
    ['retry counts', `${backOff}await backOff(() => put(), { numOfAttempts: Infinity, retry: (error, attempt) => attempt < 9 });`, [{ attempts: 'unknown' }]],
    ['no limit', `${backOff}await backOff(() => put(), { numOfAttempts: Number.POSITIVE_INFINITY });`, [{ attempts: 'endless by numOfAttempts: Number.POSITIVE_INFINITY' }]],
    ['ts-retry-promise: ten retries, always 100 ms', `${tsRetry}await retry(() => put());`, [{ library: 'ts-retry-promise', attempts: 'at most 11', delay: 'constant' }]],
    ['infinitely, within its minute', `${tsRetry}await retry(() => put(), { retries: 'INFINITELY' });`, [{ attempts: 'at most ?' }]],
    ['infinitely, without a time', `${tsRetry}await retry(() => put(), { retries: 'INFINITELY', timeout: 'INFINITELY' });`, [{ attempts: "endless by retries: 'INFINITELY'" }]],
    ['a growing backoff', `${tsRetry}await retry(() => put(), { backoff: 'EXPONENTIAL', delay: 20 });`, [{ delay: 'growing' }]],
    ['a backoff by chance', `${tsRetry}await retry(() => put(), { backoff: (attempt, delay) => attempt * delay * Math.random() });`, [{ delay: 'jittered' }]],
    ['a backoff of its own', `${tsRetry}await retry(() => put(), { backoff: (attempt, delay) => attempt * delay });`, [{ delay: 'growing' }]],
    ['no delay', `${tsRetry}await retry(() => put(), { delay: 0 });`, [{ delay: 'none' }]],
    ['retryIf', `${tsRetry}await retry(() => put(), { retryIf: (error) => error.name === 'SlowDown' });`, [{ deciders: ['error when false'] }]],
    ['an error that is not to be retried', `${tsRetry}await retry(async () => { if (await isDone()) throw new NotRetryableError('done'); await put(); });`, [{ again: "thrown not new NotRetryableError('done')" }]],
    ['a decorator', `${tsRetry}export const save = retryDecorator(put, { retries: 2 });\nasync function put(key) {}`, [{ repeated: ['async function put(key) {}'], attempts: 'at most 3' }]],
    ['a retry that was made to measure', `${tsRetry}const save = customizeRetry({ retries: 2, backoff: 'LINEAR' });\nawait save(() => put());\nawait save(() => put(), { retries: 5 });`, [{ attempts: 'at most 3', delay: 'growing', repeated: ['() => put()'] }, { attempts: 'at most 6' }]],
  ]);
});

describe('cockatiel', () => {
  const cockatiel = "import { circuitBreaker, ConstantBackoff, DelegateBackoff, ExponentialBackoff, handleAll, handleType, handleWhen, noJitterGenerator, retry, timeout, usePolicy, wrap } from 'cockatiel';\n";
  table([
    ['retries for ever at once, where nothing is said', `${cockatiel}const policy = retry(handleAll, {});\nexport const save = () => policy.execute(() => put());`, [{ library: 'cockatiel', repeated: ['() => put()'], attempts: 'endless by retry(handleAll, {})', delay: 'none', deciders: [] }]],
    ['a count and a backoff', `${cockatiel}const policy = retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() });\nexport const save = () => policy.execute(() => put());`, [{ attempts: 'at most 4', delay: 'jittered' }]],
    ['a backoff without chance', `${cockatiel}const policy = retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff({ generator: noJitterGenerator }) });\npolicy.execute(() => put());`, [{ delay: 'growing' }]],
    ['a constant backoff', `${cockatiel}const policy = retry(handleAll, { maxAttempts: 3, backoff: new ConstantBackoff(50) });\npolicy.execute(() => put());`, [{ delay: 'constant' }]],
    ['a backoff by a function', `${cockatiel}retry(handleAll, { maxAttempts: 3, backoff: new DelegateBackoff(() => 100 + Math.random() * 50) }).execute(() => put());`, [{ delay: 'jittered' }]],
    ['executed where it is made', `${cockatiel}retry(handleAll, { maxAttempts: 3 }).execute(() => put());`, [{ repeated: ['() => put()'] }]],
    ['executed twice', `${cockatiel}const policy = retry(handleAll, { maxAttempts: 3 });\npolicy.execute(() => put('a'));\npolicy.execute(() => put('b'));`, [{ repeated: ["() => put('a')", "() => put('b')"] }]],
    ['a policy in a field', `${cockatiel}export class Store { policy = retry(handleAll, { maxAttempts: 3 }); save() { return this.policy.execute(() => put()); } }`, [{ repeated: ['() => put()'] }]],
    ['wrapped with a breaker', `${cockatiel}const retried = retry(handleAll, {});\nconst policy = wrap(retried, circuitBreaker(handleAll, {}));\npolicy.execute(() => put());`, [{ repeated: ['() => put()'], attempts: 'endless by retry(handleAll, {})' }]],
    ['a time-out around it', `${cockatiel}const policy = wrap(timeout(30_000, 'aggressive'), retry(handleAll, {}));\npolicy.execute(() => put());`, [{ attempts: 'at most ?' }]],
    ['a time-out of each attempt', `${cockatiel}const policy = wrap(retry(handleAll, {}), timeout(30_000, 'aggressive'));\npolicy.execute(() => put());`, [{ attempts: 'endless by retry(handleAll, {})' }]],
    ['a signal', `${cockatiel}const policy = retry(handleAll, {});\nexport const save = (signal) => policy.execute(() => put(), signal);`, [{ attempts: 'at most ?' }]],
    ['without the process', `${cockatiel}const policy = retry(handleAll, { maxAttempts: 1 }).dangerouslyUnref();\npolicy.execute(() => put());`, [{ repeated: ['() => put()'] }]],
    ['a decorated method', `${cockatiel}const policy = retry(handleAll, { maxAttempts: 1 });\nexport class Store { @usePolicy(policy) async save(key) { await put(key); } }`, [{ repeated: ['(key) { await put(key); }'] }]],
    ['errors of a class', `${cockatiel}const policy = retry(handleType(S3ServiceException), { maxAttempts: 1 });\npolicy.execute(() => put());`, [{ deciders: ['any of S3ServiceException'] }]],
    ['errors of a class, and then some', `${cockatiel}const policy = retry(handleType(S3ServiceException, (error) => error.name === 'SlowDown').orWhen((failure) => failure.code === 'ECONNRESET'), { maxAttempts: 1 });\npolicy.execute(() => put());`, [{ deciders: ['any of S3ServiceException if error when false, failure when false'] }]],
    ['errors by a predicate of the file', `${cockatiel}const isThrottled = (error) => error.name === 'SlowDown';\nconst throttled = handleWhen(isThrottled);\nretry(throttled, { maxAttempts: 1 }).execute(() => put());`, [{ deciders: ['any of error when false'] }]],
    ['errors by a filter of another file', `${cockatiel}import { throttled } from './errors.js';\nretry(throttled, {}).execute(() => put());`, [{ deciders: ['any of unseen throttled'], attempts: 'unknown' }]],
    ['retry() of another library', "import { retry } from './retry.js';\nretry(handleAll, {}).execute(() => put());", []],
  ]);
});

describe('rxjs', () => {
  const rxjs = "import { concatMap, defer, from, mergeMap, Observable, pipe, retry, retryWhen, delay, take, takeUntil, throwError, timeout, timer } from 'rxjs';\n";
  table([
    ['for ever at once', `${rxjs}defer(() => put()).pipe(retry());`, [{ library: 'rxjs', repeated: ['() => put()'], attempts: 'endless by retry()', delay: 'none', deciders: [] }]],
    ['from rxjs/operators', "import { defer } from 'rxjs';\nimport { retry } from 'rxjs/operators';\ndefer(() => put()).pipe(retry(3));", [{ attempts: 'at most 4', delay: 'none' }]],
    ['a count and a delay', `${rxjs}defer(() => put()).pipe(retry({ count: 3, delay: 500 }));`, [{ attempts: 'at most 4', delay: 'constant', deciders: [] }]],
    ['a delay without a count', `${rxjs}defer(() => put()).pipe(retry({ delay: 500 }));`, [{ attempts: 'endless by retry({ delay: 500 })' }]],
    ['Infinity', `${rxjs}defer(() => put()).pipe(retry(Infinity));`, [{ attempts: 'endless by Infinity' }]],
    ['a count from outside', `${rxjs}export const save = (count) => defer(() => put()).pipe(retry(count));`, [{ attempts: 'unknown' }]],
    ['a growing delay', `${rxjs}defer(() => put()).pipe(retry({ count: 3, delay: (error, attempt) => timer(100 * 2 ** attempt) }));`, [{ delay: 'growing', deciders: ['error by failing'] }]],
    ['a delay by chance', `${rxjs}defer(() => put()).pipe(retry({ count: 3, delay: () => timer(100 + Math.random() * 100) }));`, [{ delay: 'jittered' }]],
    ['a delay that ends it on some errors', `${rxjs}defer(() => put()).pipe(retry({ delay: (error) => (error.name === 'SlowDown' ? timer(100) : throwError(() => error)) }));`, [{ deciders: ['error by failing'] }]],
    ['a promise that was made before is not made again', `${rxjs}from(put()).pipe(retry(3));`, [{ repeated: [] }]],
    ['a promise for each item is made again with the stream', `${rxjs}from(keys).pipe(mergeMap((key) => put(key)), retry(3));`, [{ repeated: ['(key) => put(key)'] }]],
    ['what stands behind the retry is not run again', `${rxjs}defer(() => get()).pipe(retry(3), concatMap((body) => put(body)));`, [{ repeated: ['() => get()'] }]],
    ['an Observable', `${rxjs}new Observable((subscriber) => { put().then(() => subscriber.complete(), (error) => subscriber.error(error)); }).pipe(retry(2));`, [{ attempts: 'at most 3', repeated: ['(subscriber) => { put().then(() => subscriber.complete(), (error) => subscriber.error(error)); }'] }]],
    ['a stream by its name', `${rxjs}const saved$ = defer(() => put());\nsaved$.pipe(retry(2));`, [{ repeated: ['() => put()'] }]],
    ['a stream of a function of the file', `${rxjs}const save = (key) => defer(() => put(key));\nsave('a').pipe(retry(2));`, [{ repeated: ['() => put(key)'] }]],
    ['an operator of its own', `${rxjs}const patiently = pipe(retry({ count: 3, delay: 100 }));\ndefer(() => put()).pipe(patiently);`, [{ repeated: ['() => put()'] }]],
    ['an operator in a constant', `${rxjs}const patiently = retry({ count: 3, delay: 100 });\ndefer(() => put()).pipe(patiently);`, [{ repeated: ['() => put()'] }]],
    ['a time-out behind it', `${rxjs}defer(() => put()).pipe(retry({ delay: 500 }), timeout(30_000));`, [{ attempts: 'at most ?' }]],
    ['a stop from outside', `${rxjs}defer(() => put()).pipe(retry({ delay: 500 }), takeUntil(stop$));`, [{ attempts: 'at most ?' }]],
    ['a time-out of each attempt', `${rxjs}defer(() => put()).pipe(timeout(1000), retry({ delay: 500 }));`, [{ attempts: 'unknown' }]],
    ['retryWhen that takes some', `${rxjs}defer(() => put()).pipe(retryWhen((errors) => errors.pipe(delay(1000), take(3))));`, [{ attempts: 'at most ?', delay: 'constant', deciders: [] }]],
    ['retryWhen without end', `${rxjs}defer(() => put()).pipe(retryWhen((errors) => errors.pipe(delay(1000))));`, [{ attempts: 'endless by retryWhen((errors) => errors.pipe(delay(1000)))' }]],
    ['retryWhen that decides', `${rxjs}defer(() => put()).pipe(retryWhen((errors) => errors.pipe(mergeMap((error, n) => (n > 3 ? throwError(() => error) : timer(n * 100))))));`, [{ attempts: 'unknown', delay: 'unknown' }]],
    ['retry() of a class', 'class Job { retry() {} }\nnew Job().retry();', []],
  ]);
});

describe('Effect', () => {
  const effect = "import { Duration, Effect, flow, pipe, Schedule } from 'effect';\n";
  const task = 'Effect.tryPromise(() => put())';
  const under = (policy: string): string => `${effect}export const save = ${task}.pipe(Effect.retry(${policy}));`;
  table([
    ['options without any', under('{}'), [{ library: 'effect', repeated: ['() => put()'], attempts: 'endless by Effect.retry({})', delay: 'none', deciders: [] }]],
    ['a number of times', under('{ times: 3 }'), [{ attempts: 'at most 4', delay: 'none' }]],
    ['a schedule without end', under("Schedule.exponential('100 millis')"), [{ attempts: "endless by Schedule.exponential('100 millis')", delay: 'growing' }]],
    ['a schedule and a number of times', under("{ times: 3, schedule: Schedule.spaced('1 second') }"), [{ attempts: 'at most 4', delay: 'constant' }]],
    ['options with a schedule without end', under("{ schedule: Schedule.spaced('1 second') }"), [{ attempts: "endless by { schedule: Schedule.spaced('1 second') }" }]],
    ['recurs', under('Schedule.recurs(5)'), [{ attempts: 'at most 6', delay: 'none' }]],
    ['once', under('Schedule.once'), [{ attempts: 'at most 2' }]],
    ['an intersection', under("Schedule.intersect(Schedule.exponential('100 millis'), Schedule.recurs(5))"), [{ attempts: 'at most 6', delay: 'growing' }]],
    ['an intersection in a pipe, jittered', under("Schedule.exponential('100 millis').pipe(Schedule.jittered, Schedule.intersect(Schedule.recurs(5)))"), [{ attempts: 'at most 6', delay: 'jittered' }]],
    ['a composition', under("Schedule.exponential('100 millis').pipe(Schedule.compose(Schedule.recurs(5)))"), [{ attempts: 'at most 6', delay: 'growing' }]],
    ['a pipe as a function', under("pipe(Schedule.fixed('1 second'), Schedule.upTo('1 minute'))"), [{ attempts: 'at most ?', delay: 'constant' }]],
    ['a union goes on while one does', under("Schedule.union(Schedule.exponential('100 millis'), Schedule.recurs(5))"), [{ attempts: "endless by Schedule.union(Schedule.exponential('100 millis'), Schedule.recurs(5))", delay: 'unknown' }]],
    ['one schedule after another', under("Schedule.andThen(Schedule.recurs(2), Schedule.spaced('1 second'))"), [{ attempts: "endless by Schedule.andThen(Schedule.recurs(2), Schedule.spaced('1 second'))" }]],
    ['a schedule that ends by its output', under("Schedule.exponential('100 millis').pipe(Schedule.whileOutput(Duration.lessThan('30 seconds')))"), [{ attempts: 'unknown' }]],
    ['a schedule in a constant', `${effect}const policy = Schedule.exponential('100 millis').pipe(Schedule.jittered);\nexport const save = ${task}.pipe(Effect.retry(policy));`, [{ attempts: 'endless by policy', delay: 'jittered' }]],
    ['a schedule of another file', `${effect}import { policy } from './policies.js';\nexport const save = ${task}.pipe(Effect.retry(policy));`, [{ attempts: 'unknown', delay: 'unknown' }]],
    ['while', under("{ times: 3, while: (error) => error.name === 'SlowDown' }"), [{ deciders: ['error when false'] }]],
    ['until', under("{ until: (error) => error.name === 'PreconditionFailed' }"), [{ deciders: ['error when true'] }]],
    ['whileInput of a schedule', under("Schedule.exponential('100 millis').pipe(Schedule.whileInput((error) => error.name === 'SlowDown'))"), [{ deciders: ['error when false'], delay: 'growing' }]],
    ['recurWhile', under("Schedule.recurWhile((error) => error.name === 'SlowDown')"), [{ deciders: ['error when false'], delay: 'none' }]],
    ['data first', `${effect}export const save = Effect.retry(${task}, { times: 2 });`, [{ repeated: ['() => put()'], attempts: 'at most 3' }]],
    ['a pipe as a function around it', `${effect}export const save = pipe(${task}, Effect.retry({ times: 2 }));`, [{ repeated: ['() => put()'] }]],
    ['retryOrElse', `${effect}export const save = ${task}.pipe(Effect.retryOrElse(Schedule.recurs(2), () => Effect.void));`, [{ repeated: ['() => put()'], attempts: 'at most 3' }]],
    ['the module of Effect alone', "import * as Effect from 'effect/Effect';\nimport * as Schedule from 'effect/Schedule';\nexport const save = Effect.promise(() => put()).pipe(Effect.retry(Schedule.spaced(100)));", [{ repeated: ['() => put()'], delay: 'constant' }]],
    ['what makes another error of one is not the work', `${effect}export const save = Effect.tryPromise({ try: () => put(), catch: (cause) => new SaveError({ cause }) }).pipe(Effect.retry({ times: 2 }));`, [{ repeated: ['() => put()'] }]],
    ['a generator', `${effect}export const save = Effect.gen(function* () { yield* Effect.tryPromise(() => put()); }).pipe(Effect.retry({ times: 2 }));`, [{ repeated: ['function* () { yield* Effect.tryPromise(() => put()); }'] }]],
    ['a named effect with a retry', `${effect}export const save = Effect.fn('save')(function* (key) { yield* put(key); }, Effect.retry({ times: 2 }));`, [{ repeated: ['function* (key) { yield* put(key); }'] }]],
    ['an effect of a function of the file', `${effect}const store = (key) => Effect.tryPromise(() => put(key));\nexport const save = (key) => store(key).pipe(Effect.retry({ times: 2 }));`, [{ repeated: ['() => put(key)'] }]],
    ['a wrapper that is handed the effect', `${effect}const patiently = (work) => work.pipe(Effect.retry({ times: 2 }));\nexport const save = patiently(${task});`, [{ repeated: ['() => put()'] }]],
    ['an effect of a service', `${effect}export const save = (s3) => s3.putObject({ Bucket: 'b', Key: 'k' }).pipe(Effect.retry({ times: 2 }));`, [{ repeated: [], lent: ["s3.putObject({ Bucket: 'b', Key: 'k' })"] }]],
    ['a time-out behind it', `${effect}export const save = ${task}.pipe(Effect.retry(Schedule.spaced('1 second')), Effect.timeout('1 minute'));`, [{ attempts: 'at most ?' }]],
    ['a time-out somewhere else', `${effect}const work = ${task}.pipe(Effect.retry(Schedule.spaced('1 second')));\nexport const save = run(work);\nexport const run = (it) => it.pipe(Effect.timeout('1 minute'));`, [{ attempts: 'unknown' }]],
    ['a time-out and what it answers behind it', `${effect}export const save = pipe(${task}, Effect.retry(Schedule.spaced('50 millis')), Effect.interruptible, Effect.timeoutOption('10 seconds'));`, [{ attempts: 'at most ?' }]],
    ['a pipe within a pipe', under("pipe(Schedule.exponential('1 second', 2), Schedule.intersect(Schedule.recurs(3)))"), [{ attempts: 'at most 4', delay: 'growing' }]],
    ['all three options', under("{ while: (e) => e._tag === 'Forbidden', schedule: Schedule.exponential('500 millis'), times: 8 }"), [{ attempts: 'at most 9', delay: 'growing', deciders: ['e when false'] }]],
    ['Effect.repeat repeats what worked', `${effect}export const save = ${task}.pipe(Effect.repeat(Schedule.spaced('1 second')));`, []],
  ]);
});

describe('retry strategies of the SDK', () => {
  const sdk = "import { S3, S3Client } from '@aws-sdk/client-s3';\nimport { ConfiguredRetryStrategy, StandardRetryStrategy } from '@smithy/util-retry';\n";
  table([
    ['maxAttempts alone never sends a conflict again', `${sdk}new S3Client({ maxAttempts: 10 });`, []],
    ['nor does ConfiguredRetryStrategy', `${sdk}new S3Client({ retryStrategy: new ConfiguredRetryStrategy(10, (attempt) => 100 * attempt) });`, []],
    ['nor does StandardRetryStrategy', `${sdk}new S3Client({ retryStrategy: new StandardRetryStrategy(10) });`, []],
    ['nor does a class that only counts on it', `${sdk}class Patient extends ConfiguredRetryStrategy { constructor() { super(10, 100); } }\nnew S3Client({ retryStrategy: new Patient() });`, []],
    ['a strategy of another file is not seen', `${sdk}import { strategy } from './strategy.js';\nnew S3Client({ retryStrategy: strategy });`, []],
    [
      'an object that decides',
      `${sdk}const strategy = { async acquireInitialRetryToken() { return token; }, async refreshRetryTokenForRetry(token, info) { if (info.error.name !== 'ConditionalRequestConflict') throw info.error; return token; }, recordSuccess() {} };\nnew S3({ retryStrategy: strategy });`,
      [{ client: true, repeated: [], deciders: ['info → error by throwing'], attempts: 'unknown', delay: 'unknown' }],
    ],
    [
      'a class that decides',
      `${sdk}class Strategy extends StandardRetryStrategy { async refreshRetryTokenForRetry(token, { error }) { if (error.name === 'ConditionalRequestConflict') return token; return super.refreshRetryTokenForRetry(token, { error }); } }\nnew S3Client({ retryStrategy: new Strategy(5) });`,
      [{ client: true, deciders: ['error by throwing'], attempts: 'unknown' }],
    ],
    ['a strategy that never refuses', `${sdk}new S3Client({ retryStrategy: { acquireInitialRetryToken, recordSuccess, refreshRetryTokenForRetry: async (token) => token } });`, [{ client: true, attempts: 'endless by refreshRetryTokenForRetry: async (token) => token' }]],
    ['the deprecated strategy with a decider', "import { S3Client } from '@aws-sdk/client-s3';\nimport { StandardRetryStrategy } from '@aws-sdk/middleware-retry';\nnew S3Client({ retryStrategy: new StandardRetryStrategy(async () => 5, { retryDecider: (error) => error.name !== 'AccessDenied' }) });", [{ client: true, deciders: ['error when false'], attempts: 'at most ?', delay: 'jittered' }]],
    ['a client of another service', "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';\nnew DynamoDBClient({ retryStrategy: { refreshRetryTokenForRetry: async (token) => token } });", []],
  ]);
});
