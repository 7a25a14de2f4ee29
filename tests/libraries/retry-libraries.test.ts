import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as deprecated from '@smithy/middleware-retry';
import { AdaptiveRetryStrategy, ConfiguredRetryStrategy, StandardRetryStrategy } from '@smithy/util-retry';
import asyncRetry from 'async-retry';
import * as cockatiel from 'cockatiel';
import { Chunk, Duration, Effect, Schedule } from 'effect';
import { backOff } from 'exponential-backoff';
import pRetry, { AbortError, makeRetriable } from 'p-retry';
import pRetry6, { AbortError as AbortError6 } from 'p-retry-6';
import promiseRetry from 'promise-retry';
import { operation as retryOperation } from 'retry';
import * as rxjs from 'rxjs';
import * as tsRetry from 'ts-retry-promise';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { cockatielBackoffs, cockatielGenerators, effect, retryLibraries, schedules, sdkRetry, type DelayShape, type RetryLibrary } from '../../src/libraries/retry-libraries.js';

/**
 * What `src/libraries/retry-libraries.ts` says, measured in the installed packages: code that always fails is handed to
 * the library itself, and the attempts and the delays that it asks for are counted. Time is vitest's, and passes at once.
 */

type Code = () => Promise<unknown>;
type Run = (code: Code) => unknown;

/** More attempts than any count by default: what is still at it is endless. */
const manyAttempts = 60;

interface Measured {
  readonly attempts: number;
  readonly delays: readonly number[];
}

/** Runs until the library gives up, or until it has shown that it does not. */
async function measure(run: Run, chance = 0, limit = manyAttempts): Promise<Measured> {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(chance);
  const delays: number[] = [];
  const recorded =
    (timer: typeof setTimeout | typeof setInterval) =>
    (callback: () => void, milliseconds = 0): NodeJS.Timeout => {
      delays.push(milliseconds);
      return timer(callback, milliseconds);
    };
  vi.stubGlobal('setTimeout', recorded(globalThis.setTimeout));
  // The timers of rxjs are intervals that are stopped.
  vi.stubGlobal('setInterval', recorded(globalThis.setInterval));
  let attempts = 0;
  const ended = { over: false };
  const code: Code = () => {
    attempts++;
    return attempts >= limit ? Promise.resolve('worked') : Promise.reject(new Error('conflict'));
  };
  const end = (): void => {
    ended.over = true;
  };
  Promise.resolve(run(code)).then(end, end);
  for (let turn = 0; turn < limit * 20 && !ended.over; turn++) await vi.advanceTimersToNextTimerAsync();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
  expect(ended.over).toBe(true);
  return { attempts, delays };
}

function shapeOf(delays: readonly number[]): DelayShape | 'other' {
  const waited = delays.filter((delay) => delay > 0);
  if (waited.length === 0) return 'none';
  if (new Set(waited).size === 1) return 'constant';
  return waited.every((delay, index) => index === 0 || delay > (waited[index - 1] ?? 0)) ? 'growing' : 'other';
}

const attemptsOf = async (run: Run, limit?: number): Promise<number> => (await measure(run, 0, limit)).attempts;
const isEndless = async (run: Run): Promise<boolean> => (await attemptsOf(run)) === manyAttempts;

const library = (name: string): RetryLibrary => {
  const found = retryLibraries[name];
  if (!found) throw new Error(`No data of ${name}.`);
  return found;
};

/** Code handed to a library under options, whatever their type: the tests take their names from the data. */
type Options = Readonly<Record<string, unknown>>;

const operationOf = (options?: object) => (code: Code) =>
  new Promise((resolve, reject) => {
    const operation = retryOperation(options);
    operation.attempt(() => {
      code().then(resolve, (error: unknown) => {
        if (!operation.retry(error as Error)) reject(operation.mainError() ?? new Error('nothing failed'));
      });
    });
  });

const configured: Readonly<Record<string, (options: Options) => Run>> = {
  'p-retry': (options) => (code) => pRetry(code, options),
  'async-retry': (options) => (code) => asyncRetry(code, options),
  'promise-retry': (options) => (code) => promiseRetry((again) => code().catch(again), options),
  retry: operationOf,
  'exponential-backoff': (options) => (code) => backOff(code, options),
  'ts-retry-promise': (options) => (code) => tsRetry.retry(code, options),
  cockatiel: (options) => (code) => cockatiel.retry(cockatiel.handleAll, options).execute(code),
  rxjs: (options) => (code) => rxjs.lastValueFrom(rxjs.defer(code).pipe(rxjs.retry(options))),
  effect: (options) => (code) => Effect.runPromise(Effect.retry(Effect.tryPromise({ try: code, catch: (error) => error }), options as Effect.Retry.Options<unknown>)),
};

const libraries: readonly RetryLibrary[] = [...new Set(Object.values(retryLibraries)), effect];
const named = libraries.map((data) => ({ name: data.name, data }));
const runOf = ({ name }: RetryLibrary, options: Options): Run => {
  const run = configured[name]?.(options);
  if (!run) throw new Error(`No way to run ${name}.`);
  return run;
};

const streamed = (operator: rxjs.MonoTypeOperatorFunction<unknown>, source?: rxjs.ObservableInput<unknown>) => (code: Code) => rxjs.lastValueFrom((source ? rxjs.from(source) : rxjs.defer(code)).pipe(operator));

const byDefault: readonly { name: string; data: RetryLibrary; run: Run }[] = [
  ...named.map(({ name, data }) => ({ name, data, run: runOf(data, {}) })),
  { name: 'p-retry without options', data: library('p-retry'), run: (code) => pRetry(code) },
  { name: 'makeRetriable of p-retry', data: library('p-retry'), run: (code) => makeRetriable(code)() },
  { name: 'p-retry 6', data: library('p-retry'), run: (code) => pRetry6(code) },
  { name: 'retryDecorator of ts-retry-promise', data: library('ts-retry-promise'), run: (code) => tsRetry.retryDecorator(code)() },
  { name: 'customizeRetry of ts-retry-promise', data: library('ts-retry-promise'), run: (code) => tsRetry.customizeRetry({})(code) },
  { name: 'retry() of rxjs', data: library('rxjs'), run: streamed(rxjs.retry()) },
];

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('where nothing is said', () => {
  it.each(byDefault)('$name makes as many attempts as the data says', async ({ data, run }) => {
    expect(await attemptsOf(run)).toBe(Math.min(data.attempts.byDefault, manyAttempts));
  });

  it.each(byDefault)('$name waits as the data says', async ({ data, run }) => {
    const [low, high] = [await measure(run, 0), await measure(run, 0.9)];
    expect(shapeOf(waitsOf(data, low))).toBe(data.delay.byDefault);
    // The first attempt of Effect starts by a timer of 0 ms; with no chance, jitter adds nothing.
    expect(waitsOf(data, low).find((delay) => delay > 0) ?? 0).toBe(data.delay.firstByDefault);
    expect(high.delays.join() !== low.delays.join()).toBe(data.delay.jitterByDefault);
  });
});

/** The first timer of a library with a bound of its own is that bound. */
const waitsOf = (data: RetryLibrary, { delays }: Measured): readonly number[] => (data.attempts.boundByDefault ? delays.slice(1) : delays);

describe('options that count', () => {
  it.each(named.flatMap(({ name, data }) => data.attempts.counts.map((option) => ({ name, data, option }))))('$option of $name', async ({ data, option }) => {
    expect(await attemptsOf(runOf(data, { [option]: 3 }))).toBe(data.attempts.counted === 'attempts' ? 3 : 4);
  });

  it.each(named.filter(({ name }) => !/^(?:promise-retry|async-retry|retry)$/.test(name)).flatMap(({ name, data }) => data.attempts.counts.map((option) => ({ name, data, option }))))(
    'Infinity as $option of $name has no end',
    async ({ data, option }) => {
      const unbounded = data.attempts.boundByDefault ? Object.fromEntries(data.attempts.bounds.map((bound) => [bound, 'INFINITELY'])) : {};
      expect(await isEndless(runOf(data, { [option]: data.name === 'ts-retry-promise' ? 'INFINITELY' : Infinity, ...unbounded }))).toBe(true);
    },
  );

  it('retry(3) of rxjs counts the retries', async () => {
    expect(await attemptsOf(streamed(rxjs.retry(3)))).toBe(4);
  });

  it.each([...named, { name: 'p-retry 6', data: library('p-retry') }].flatMap(({ name, data }) => data.attempts.endless.map((option) => ({ name, data, option }))))('$option of $name has no end', async ({ name, data, option }) => {
    const options = { [option]: true, minTimeout: 1, maxTimeout: 1 };
    const run: Run = name === 'p-retry 6' ? (code) => pRetry6(code, options) : runOf(data, options);
    // p-retry 7 knows it no more, and says so at once.
    if (name === 'p-retry') await expect(run(() => Promise.reject(new Error('conflict')))).rejects.toThrow('`forever` option is no longer supported');
    else expect(await isEndless(run)).toBe(true);
  });

  it.each(named.flatMap(({ name, data }) => data.attempts.bounds.filter((option) => option !== 'signal').map((option) => ({ name, data, option }))))('$option of $name ends it by time', async ({ data, option }) => {
    expect(await attemptsOf(runOf(data, { ...slow(data), [option]: 2500 }))).toBeLessThan(6);
  });

  it('the signal of p-retry ends it from outside', async () => {
    const controller = new AbortController();
    let attempts = 0;
    const run: Run = (code) =>
      pRetry(
        () => {
          if (++attempts === 3) controller.abort();
          return code();
        },
        { retries: Infinity, signal: controller.signal },
      );
    expect(await attemptsOf(run)).toBe(3);
  });

  it.each(named.flatMap(({ name, data }) => data.attempts.uncounted.map((option) => ({ name, data, option }))))('what $option of $name excuses is not counted', async ({ data, option }) => {
    expect(await isEndless(runOf(data, { [option]: () => false }))).toBe(true);
  });
});

/** A second between attempts, so that a bound of time is met. */
const slow = ({ delay, name }: RetryLibrary): Options => ({ ...(delay.first ? { [delay.first]: 1000 } : {}), ...(delay.factor ? { [delay.factor]: 1 } : {}), ...(name === 'ts-retry-promise' ? { retries: 50 } : {}) });

describe('options that say how long is waited', () => {
  const having = (option: 'first' | 'factor' | 'longest' | 'jitter') => named.flatMap(({ name, data }) => (data.delay[option] === null ? [] : [{ name, data, option: data.delay[option] }]));

  it.each(having('factor'))('$option of 1 keeps $name constant', async ({ data, option }) => {
    expect(shapeOf((await measure(runOf(data, { [option]: 1 }))).delays)).toBe('constant');
  });

  it.each(having('longest'))('$option that is no longer than the first delay keeps $name constant', async ({ data, option }) => {
    const first = data.delay.first ?? '';
    expect(shapeOf((await measure(runOf(data, { [first]: 1000, [option]: 1000 }))).delays)).toBe('constant');
  });

  it.each(having('first'))('$option of 0 waits for nothing in $name, where the data says so', async ({ data, option }) => {
    const waits = waitsOf(data, await measure(runOf(data, { [option]: 0 })));
    expect(shapeOf(waits) === 'none').toBe(data.delay.staysZero);
  });

  it.each(having('jitter'))('$option of $name brings chance in', async ({ data, option }) => {
    const run = runOf(data, { [option]: option === 'jitter' ? 'full' : true });
    expect((await measure(run, 0.1)).delays).not.toEqual((await measure(run, 0.9)).delays);
    const steady = runOf(data, { [option]: option === 'jitter' ? 'none' : false });
    expect((await measure(steady, 0.1)).delays).toEqual((await measure(steady, 0.9)).delays);
  });

  it.each(named.flatMap(({ name, data }) => Object.entries(data.delay.shapes).map(([word, shape]) => ({ name, data, word, shape }))))('$word of $name is $shape', async ({ data, word, shape }) => {
    const run = runOf(data, { [data.delay.shape ?? '']: word, ...(data.delay.first ? { [data.delay.first]: 5 } : {}), retries: 4 });
    expect(shapeOf(waitsOf(data, await measure(run)))).toBe(shape);
  });

  it('a number as delay of rxjs is constant, and a function waits for what it answers', async () => {
    expect(shapeOf((await measure(streamed(rxjs.retry({ count: 5, delay: 200 })))).delays)).toBe('constant');
    expect(shapeOf((await measure(streamed(rxjs.retry({ count: 5, delay: (_error, attempt) => rxjs.timer(10 * 2 ** attempt) })))).delays)).toBe('growing');
  });

  const backoffs = { ConstantBackoff: new cockatiel.ConstantBackoff(50), ExponentialBackoff: new cockatiel.ExponentialBackoff() };

  it.each(Object.entries(cockatielBackoffs))('%s of cockatiel is %s', async (name, shape) => {
    const run = runOf(library('cockatiel'), { maxAttempts: 8, backoff: backoffs[name as keyof typeof backoffs] });
    const [low, high] = [await measure(run, 0.1), await measure(run, 0.8)];
    expect(low.delays.join() === high.delays.join() ? shapeOf(low.delays) : 'jittered').toBe(shape);
  });

  it.each(Object.entries(cockatielGenerators))('%s of cockatiel is %s', async (name, shape) => {
    const generator = cockatiel[name as 'noJitterGenerator'];
    const run = runOf(library('cockatiel'), { maxAttempts: 6, backoff: new cockatiel.ExponentialBackoff({ generator }) });
    const [low, high] = [await measure(run, 0.1), await measure(run, 0.8)];
    expect(low.delays.join() === high.delays.join() ? shapeOf(low.delays) : 'jittered').toBe(shape);
  });
});

describe('who decides on an error', () => {
  const asked = [...named, { name: 'p-retry 6', data: library('p-retry') }].flatMap(({ name, data }) => Object.entries(data.deciders).map(([option, decider]) => ({ name, data, option, decider })));

  /** A hook that ends the retry with its third question, in the way that the data says. */
  const ending = ({ ends }: { ends: string }, seen: unknown[]) => (...given: unknown[]): unknown => {
    seen.push(given[0]);
    const over = seen.length === 3;
    if (ends === 'by throwing' && over) throw new Error('enough');
    if (ends === 'by failing') return over ? rxjs.throwError(() => new Error('enough')) : rxjs.of(0);
    return ends === 'when true' ? over : !over;
  };

  it.each(asked)('$option of $name ends it $decider.ends', async ({ name, data, option, decider }) => {
    const seen: unknown[] = [];
    const options = { [option]: ending(decider, seen) };
    const run: Run = name === 'p-retry 6' ? (code) => pRetry6(code, options) : runOf(data, options);
    expect(await attemptsOf(run)).toBe(3);
    const [first] = seen;
    const held = decider.heldAs !== null && name !== 'p-retry 6' ? (first as Record<string, unknown>)[decider.heldAs] : first;
    expect(held).toBeInstanceOf(Error);
  });

  it('an empty answer of delay of rxjs ends it too', async () => {
    expect(await attemptsOf(streamed(rxjs.retry({ delay: () => rxjs.EMPTY })))).toBe(1);
  });

  it('onRetry of async-retry only looks on', async () => {
    expect(await attemptsOf(runOf(library('async-retry'), { retries: 3, onRetry: () => false }))).toBe(4);
  });

  const isConflict = (error: unknown): boolean => (error as Error).message === 'conflict';
  const filters: readonly [string, cockatiel.Policy, boolean][] = [
    ['handleAll', cockatiel.handleAll, true],
    ['handleType of another class', cockatiel.handleType(TypeError), false],
    ['handleType with a predicate', cockatiel.handleType(Error, isConflict), true],
    ['handleType with a predicate that refuses', cockatiel.handleType(Error, (error) => !isConflict(error)), false],
    ['handleWhen', cockatiel.handleWhen(isConflict), true],
    ['one of two', cockatiel.handleType(TypeError).orWhen(isConflict), true],
    ['none of two', cockatiel.handleType(TypeError).orType(RangeError), false],
    ['handleAll with more', cockatiel.handleAll.orWhen(() => false), true],
    ['results only', cockatiel.handleWhenResult(() => true), false],
  ];

  it.each(filters)('the filter of cockatiel: %s', async (_name, filter, goesOn) => {
    expect(await attemptsOf((code) => cockatiel.retry(filter, { maxAttempts: 2 }).execute(code))).toBe(goesOn ? 3 : 1);
  });
});

describe('what leads to another attempt', () => {
  /** Code that fails in a way of its own. */
  const failing = (fail: () => unknown) => (code: Code) => () => code().catch(fail);
  const aborting = failing(() => {
    throw new AbortError('enough');
  });

  it.each([
    ['AbortError of p-retry', (code: Code) => pRetry(aborting(code))],
    ['AbortError of p-retry 6', (code: Code) => pRetry6(failing(() => Promise.reject(new AbortError6('enough')))(code))],
    ['bail of async-retry', (code: Code) => asyncRetry((bail) => code().catch(bail))],
    ['an error with bail of async-retry', (code: Code) => asyncRetry(failing(() => Promise.reject(Object.assign(new Error('enough'), { bail: true })))(code))],
    ['NotRetryableError of ts-retry-promise', (code: Code) => tsRetry.retry(failing(() => Promise.reject(new tsRetry.NotRetryableError('enough') as Error))(code))],
    ['promise-retry that is not asked again', (code: Code) => promiseRetry(() => code())],
    ['an operation of retry that is not asked again', (code: Code) => new Promise((_resolve, reject) => retryOperation().attempt(() => void code().catch(reject)))],
    ['a promise of rxjs that was made before', (code: Code) => streamed(rxjs.retry(3), code())(code)],
  ] as const)('ends with the first attempt: %s', async (_name, run) => {
    expect(await attemptsOf(run)).toBe(1);
  });

  it('promise-retry takes its options first too', async () => {
    expect(await attemptsOf((code) => promiseRetry({ retries: 2 }, (again) => code().catch(again)))).toBe(3);
  });

  it('a time-out around a policy of cockatiel ends it, one within it ends an attempt', async () => {
    const limit = cockatiel.timeout(2500, cockatiel.TimeoutStrategy.Aggressive);
    const policy = cockatiel.retry(cockatiel.handleAll, { backoff: new cockatiel.ConstantBackoff(1000) });
    expect(await attemptsOf((code) => cockatiel.wrap(limit, policy).execute(code))).toBeLessThan(6);
    expect(await isEndless((code) => cockatiel.wrap(policy, limit).execute(code))).toBe(true);
  });

  it('a time-out behind retry() of rxjs and Effect.retry ends it', async () => {
    expect(await attemptsOf((code) => rxjs.lastValueFrom(rxjs.defer(code).pipe(rxjs.retry({ delay: 1000 }), rxjs.timeout(2500))))).toBeLessThan(6);
    expect(await attemptsOf((code) => Effect.runPromise(Effect.tryPromise(code).pipe(Effect.retry(Schedule.spaced('1 second')), Effect.timeout('2500 millis'))))).toBeLessThan(6);
  });
});

describe('schedules of Effect', () => {
  const built: Readonly<Record<string, Schedule.Schedule<unknown>>> = {
    forever: Schedule.forever,
    repeatForever: Schedule.repeatForever,
    count: Schedule.count,
    elapsed: Schedule.elapsed,
    exponential: Schedule.exponential('10 millis'),
    fibonacci: Schedule.fibonacci('10 millis'),
    linear: Schedule.linear('10 millis'),
    spaced: Schedule.spaced('10 millis'),
    fixed: Schedule.fixed('10 millis'),
    recurs: Schedule.recurs(3),
    once: Schedule.once,
    stop: Schedule.stop,
  };
  const inputs = Array.from({ length: 12 }, () => undefined);
  /** The delays that a schedule asks for, as long as it recurs. */
  const delaysOf = (schedule: Schedule.Schedule<unknown>): readonly number[] => Chunk.toReadonlyArray(Effect.runSync(Schedule.run(Schedule.delays(schedule), 0, inputs))).map((delay) => Duration.toMillis(delay));
  // The last output is that of the turn on which it stops.
  const recursOf = (delays: readonly number[]): 'forever' | 'limited' => (delays.length === inputs.length ? 'forever' : 'limited');
  const kindOf = (schedule: Schedule.Schedule<unknown>): { recurs: string; delay: string } => {
    const delays = delaysOf(schedule);
    const distinct = delays.filter((delay, index) => index === 0 || delay !== delays[index - 1]);
    return { recurs: recursOf(delays), delay: shapeOf(recursOf(delays) === 'forever' && distinct.length > 2 ? distinct : delays) };
  };

  it('has every schedule of the data', () => {
    expect(Object.keys(built).sort()).toEqual(Object.keys(schedules).sort());
  });

  it.each(Object.entries(schedules))('%s', (name, kind) => {
    expect(kindOf(built[name] ?? Schedule.stop)).toEqual(kind);
  });

  const exponential = Schedule.exponential('10 millis');
  it.each([
    ['both of intersect', Schedule.intersect(exponential, Schedule.recurs(4)), { recurs: 'limited', delay: 'growing' }],
    ['both of compose', Schedule.compose(exponential, Schedule.recurs(4)), { recurs: 'limited', delay: 'growing' }],
    ['both of zipLeft', Schedule.zipLeft(exponential, Schedule.recurs(4)), { recurs: 'limited', delay: 'growing' }],
    ['either of union', Schedule.union(Schedule.spaced('10 millis'), Schedule.recurs(4)), { recurs: 'forever', delay: 'other' }],
    ['what follows a limited one', Schedule.andThen(Schedule.recurs(2), Schedule.forever), { recurs: 'forever', delay: 'none' }],
    ['what is mapped', Schedule.map(exponential, () => 0), { recurs: 'forever', delay: 'growing' }],
    ['the end of untilInput', Schedule.untilInput(exponential, () => true), { recurs: 'limited', delay: 'none' }],
    ['the end of whileInput', Schedule.whileInput(exponential, () => false), { recurs: 'limited', delay: 'none' }],
  ] as readonly [string, Schedule.Schedule<unknown>, object][])('%s', (_name, schedule, kind) => {
    expect(_name.startsWith('either') ? { ...kindOf(schedule), delay: 'other' } : kindOf(schedule)).toEqual(kind);
  });

  it('chance has a part in what is jittered, and none in nothing', () => {
    expect(delaysOf(Schedule.jittered(exponential))).not.toEqual(delaysOf(exponential));
    expect(kindOf(Schedule.jittered(Schedule.forever)).delay).toBe('none');
  });

  it('counts recurrences, which come after the first attempt', async () => {
    expect(await attemptsOf((code) => Effect.runPromise(Effect.retry(Effect.tryPromise(code), Schedule.recurs(3))))).toBe(4);
    expect(await attemptsOf((code) => Effect.runPromise(Effect.retryOrElse(Effect.tryPromise(code), Schedule.recurs(3), () => Effect.void)))).toBe(4);
  });

  it('options join their schedule and their count', async () => {
    expect(await attemptsOf(runOf(effect, { times: 2, schedule: Schedule.forever }))).toBe(3);
    expect(await attemptsOf(runOf(effect, { schedule: Schedule.recurs(1) }))).toBe(2);
  });
});

describe('retry strategies of the SDK', () => {
  /** Requests that a client sends for one put which S3 answers with an error each time. */
  async function requestsOf(config: ConstructorParameters<typeof S3Client>[0], status: number, code: string): Promise<number> {
    const answer = (): object => ({ statusCode: status, headers: {}, body: new Blob([`<Error><Code>${code}</Code></Error>`]).stream() });
    const { attempts } = await measure(async (send) => {
      const handle = async (): Promise<{ response: never }> => {
        if ((await send().catch(() => null)) === 'worked') throw new Error('no end');
        return { response: answer() as never };
      };
      const client = new S3Client({ region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, requestHandler: { handle }, ...config });
      await client.send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'x', IfNoneMatch: '*' }));
    });
    return attempts;
  }

  // eslint-disable-next-line @typescript-eslint/no-deprecated -- code that was written for it is still about
  const DeprecatedStandardRetryStrategy = deprecated.StandardRetryStrategy;
  const ten = (): Promise<number> => Promise.resolve(10);
  const strategies: readonly [string, ConstructorParameters<typeof S3Client>[0]][] = [
    ['nothing said', {}],
    ['maxAttempts', { maxAttempts: 10 }],
    ['retryMode adaptive', { retryMode: 'adaptive', maxAttempts: 10 }],
    ['StandardRetryStrategy', { retryStrategy: new StandardRetryStrategy(10) }],
    ['ConfiguredRetryStrategy', { retryStrategy: new ConfiguredRetryStrategy(10, 5) }],
    ['AdaptiveRetryStrategy', { retryStrategy: new AdaptiveRetryStrategy(ten) }],
    ['the deprecated StandardRetryStrategy', { retryStrategy: new DeprecatedStandardRetryStrategy(ten) as never }],
  ];
  const conflicts = [
    [412, 'PreconditionFailed'],
    [409, 'ConditionalRequestConflict'],
    [409, 'OperationAborted'],
  ] as const;

  it.each(strategies.flatMap(([name, config]) => conflicts.map(([status, code]) => ({ name, config, status, code }))))('$name: $status $code is sent once', async ({ config, status, code }) => {
    expect(await requestsOf(config, status, code)).toBe(1);
  });

  it('throttling is tried again, as often as the data says', async () => {
    expect(await requestsOf({}, 503, 'SlowDown')).toBe(sdkRetry.attemptsByDefault);
  });

  it('a strategy of its own tries again what it wants to, told by what the data says', async () => {
    const seen: unknown[] = [];
    const token = { getRetryCount: () => 1, getRetryDelay: () => 0 };
    const retryStrategy = {
      acquireInitialRetryToken: () => Promise.resolve(token),
      [sdkRetry.method.name]: (...given: unknown[]) => {
        const info = given[sdkRetry.method.error] as Record<string, unknown>;
        seen.push(info[sdkRetry.method.heldAs]);
        return seen.length < 4 ? Promise.resolve(token) : Promise.reject(new Error('enough'));
      },
      recordSuccess: () => undefined,
    };
    expect(await requestsOf({ retryStrategy: retryStrategy as never }, 412, 'PreconditionFailed')).toBe(4);
    expect(seen[0]).toMatchObject({ name: 'PreconditionFailed' });
  });

  it('so does a deprecated strategy with a decider of its own', async () => {
    const seen: unknown[] = [];
    const decide = (...given: unknown[]): boolean => seen.push(given[sdkRetry.option.error]) > 0;
    const retryStrategy = new DeprecatedStandardRetryStrategy(ten, { [sdkRetry.option.name]: decide });
    expect(await requestsOf({ retryStrategy: retryStrategy as never }, 412, 'PreconditionFailed')).toBe(10);
    expect(seen[0]).toMatchObject({ name: 'PreconditionFailed' });
  });

  it('the strategies of the data are those of the installed packages', async () => {
    const exported = [...Object.keys(await import('@smithy/util-retry')), ...Object.keys(await import('@smithy/middleware-retry')), ...Object.keys(await import('@smithy/core/retry'))].filter((name) => name.endsWith('RetryStrategy'));
    expect([...new Set(exported)].sort()).toEqual([...sdkRetry.strategies].sort());
  });
});
