/**
 * Libraries that run code again after it failed, as data. `tests/libraries/retry-libraries.test.ts` measures every
 * default that stands here in the installed package.
 */

/** How long is waited between two attempts, as attempts go on. */
export type DelayShape = 'none' | 'constant' | 'growing';

/** Where an exported function takes the code that it repeats, and its options. */
export type RetryFunction =
  /** Both are arguments. `swaps`: the options may stand first. */
  | { readonly kind: 'call'; readonly code: number; readonly options: number; readonly swaps?: true }
  /** It takes options, and gives a function that takes code and more options. */
  | { readonly kind: 'customized'; readonly options: number }
  /** It takes options, and gives an object whose methods take the code. */
  | { readonly kind: 'operation'; readonly options: number }
  /** It takes a filter of errors and options, and gives a policy that is told to execute code. */
  | { readonly kind: 'policy'; readonly filter: number; readonly options: number }
  /** An operator of streams: it repeats what stands before it in a pipe. */
  | { readonly kind: 'operator'; readonly options: number }
  /** An operator that is given the errors as a stream, and repeats when its answer says so. */
  | { readonly kind: 'errors'; readonly answer: number }
  /** An operator of effects; the described work is its first argument, or stands before it in a pipe. `more`: arguments behind the policy. */
  | { readonly kind: 'effect'; readonly more: number };

/** How a function that is handed the error of an attempt ends the retry. */
export type Ending =
  | 'when false'
  | 'when true'
  | 'by throwing'
  /** By throwing, or by answering with a stream that fails or is empty. */
  | 'by failing';

export interface DecidingOption {
  /** The argument that is the error. */
  readonly error: number;
  /** The property of that argument that may hold the error instead; `null` where it is always the error itself. */
  readonly heldAs: string | null;
  readonly ends: Ending;
}

export interface AttemptOptions {
  /** Options that set a number; they count the first attempt too, or only those after it. */
  readonly counts: readonly string[];
  readonly counted: 'attempts' | 'retries';
  /** Options that, when true, lift every count. */
  readonly endless: readonly string[];
  /** Options that bound the whole by time or from outside. */
  readonly bounds: readonly string[];
  /** Options under which a failure need not count. */
  readonly uncounted: readonly string[];
  /** All attempts, the first one too, where nothing is said. */
  readonly byDefault: number;
  /** One of `bounds` is set where nothing is said: `counts` alone does not lift it. */
  readonly boundByDefault: boolean;
}

export interface DelayOptions {
  /** What is waited where nothing is said. */
  readonly byDefault: DelayShape;
  readonly jitterByDefault: boolean;
  /** The first delay in milliseconds where nothing is said. */
  readonly firstByDefault: number;
  /** Options with the first delay, with what it grows by, with the longest delay, and with the jitter. */
  readonly first: string | null;
  readonly factor: string | null;
  readonly longest: string | null;
  readonly jitter: string | null;
  /** An option that chooses the shape: by a word of `shapes`, by a number, by a function or by a made object. */
  readonly shape: string | null;
  readonly shapes: Readonly<Record<string, DelayShape>>;
  /** Whether a first delay of 0 stays 0; the `retry` module makes 1 ms of it. */
  readonly staysZero: boolean;
}

/** What leads from a failure to another attempt. */
export type Again =
  /** Whatever the code throws, except for what these exports make. */
  | { readonly kind: 'thrown'; readonly except: readonly string[]; readonly bail: number | null }
  /** Only the call of a function that the code is handed as this argument. */
  | { readonly kind: 'asked'; readonly argument: number }
  /** Only the call of this method of the operation. */
  | { readonly kind: 'asked of operation'; readonly method: string };

export interface RetryLibrary {
  readonly name: string;
  /** By path of the export; `''` is the module itself. */
  readonly functions: Readonly<Record<string, RetryFunction>>;
  readonly attempts: AttemptOptions;
  readonly delay: DelayOptions;
  /** Options whose function is handed the error of a failed attempt and says whether to go on. */
  readonly deciders: Readonly<Record<string, DecidingOption>>;
  readonly again: Again;
}

const call: RetryFunction = { kind: 'call', code: 0, options: 1 };

const classicAttempts: AttemptOptions = { counts: ['retries'], counted: 'retries', endless: ['forever'], bounds: ['maxRetryTime'], uncounted: [], byDefault: 11, boundByDefault: false };
const classicDelay: DelayOptions = {
  byDefault: 'growing',
  jitterByDefault: false,
  firstByDefault: 1000,
  first: 'minTimeout',
  factor: 'factor',
  longest: 'maxTimeout',
  jitter: 'randomize',
  shape: null,
  shapes: {},
  staysZero: false,
};
const thrown: Again = { kind: 'thrown', except: [], bail: null };

/**
 * 4 to 6 stand on `retry`, hand the error itself to their hooks and know `forever`; 7 and later stand alone, hand
 * `{ error, attemptNumber, … }`, throw on `forever`, and may be told by `shouldConsumeRetry` not to count. `shouldRetry`
 * came with 6, `signal` with 5. Ten retries in all of them. An error of `onFailedAttempt` ends the retry.
 */
const pRetry: RetryLibrary = {
  name: 'p-retry',
  functions: { '': call, makeRetriable: call },
  attempts: { ...classicAttempts, bounds: ['maxRetryTime', 'signal'], uncounted: ['shouldConsumeRetry'] },
  delay: { ...classicDelay, staysZero: true },
  deciders: {
    shouldRetry: { error: 0, heldAs: 'error', ends: 'when false' },
    onFailedAttempt: { error: 0, heldAs: 'error', ends: 'by throwing' },
  },
  again: { kind: 'thrown', except: ['AbortError'], bail: null },
};

/** 1.3: `retry` with jitter. `bail(error)` ends, and so does an error with a true `bail`; `onRetry` only looks on. */
const asyncRetry: RetryLibrary = {
  name: 'async-retry',
  functions: { '': call },
  attempts: classicAttempts,
  delay: { ...classicDelay, jitterByDefault: true },
  deciders: {},
  again: { kind: 'thrown', except: [], bail: 0 },
};

/** 2.0: what is thrown ends it; only `retry(error)` goes on. The options may stand first. */
const promiseRetry: RetryLibrary = {
  name: 'promise-retry',
  functions: { '': { kind: 'call', code: 0, options: 1, swaps: true } },
  attempts: classicAttempts,
  delay: { ...classicDelay, staysZero: true },
  deciders: {},
  again: { kind: 'asked', argument: 0 },
};

/** 0.13: `operation.attempt(code)` runs it, and only `operation.retry(error)` with an error runs it again. */
const retry: RetryLibrary = {
  name: 'retry',
  functions: { operation: { kind: 'operation', options: 0 } },
  attempts: classicAttempts,
  delay: classicDelay,
  deciders: {},
  again: { kind: 'asked of operation', method: 'retry' },
};

const exponentialBackoff: RetryLibrary = {
  name: 'exponential-backoff',
  functions: { backOff: call },
  attempts: { counts: ['numOfAttempts'], counted: 'attempts', endless: [], bounds: [], uncounted: [], byDefault: 10, boundByDefault: false },
  delay: { byDefault: 'growing', jitterByDefault: false, firstByDefault: 100, first: 'startingDelay', factor: 'timeMultiple', longest: 'maxDelay', jitter: 'jitter', shape: null, shapes: {}, staysZero: true },
  deciders: { retry: { error: 0, heldAs: null, ends: 'when false' } },
  again: thrown,
};

/** 0.8: ten retries and 60 s, each of which bounds. */
const tsRetryPromise: RetryLibrary = {
  name: 'ts-retry-promise',
  functions: { retry: call, retryDecorator: call, customizeRetry: { kind: 'customized', options: 0 }, customizeDecorator: { kind: 'customized', options: 0 } },
  attempts: { counts: ['retries'], counted: 'retries', endless: [], bounds: ['timeout'], uncounted: [], byDefault: 11, boundByDefault: true },
  delay: {
    byDefault: 'constant',
    jitterByDefault: false,
    firstByDefault: 100,
    first: 'delay',
    factor: null,
    longest: null,
    jitter: null,
    shape: 'backoff',
    shapes: { FIXED: 'constant', LINEAR: 'growing', EXPONENTIAL: 'growing' },
    staysZero: true,
  },
  deciders: { retryIf: { error: 0, heldAs: null, ends: 'when false' } },
  again: { kind: 'thrown', except: ['NotRetryableError'], bail: null },
};

const unlimited = { counted: 'retries', endless: [], bounds: [], uncounted: [], byDefault: Infinity, boundByDefault: false } as const;
const without = { jitterByDefault: false, firstByDefault: 0, first: null, factor: null, longest: null, jitter: null, shapes: {}, staysZero: true } as const;

/** 3.2: `maxAttempts` is the number of retries, and Infinity where it is not given. */
const cockatiel: RetryLibrary = {
  name: 'cockatiel',
  functions: { retry: { kind: 'policy', filter: 0, options: 1 } },
  attempts: { ...unlimited, counts: ['maxAttempts'] },
  delay: { ...without, byDefault: 'none', shape: 'backoff' },
  deciders: {},
  again: thrown,
};

/** 7.8: `retry()` and `retry({ delay })` count to Infinity. An error of what `delay` answers ends it. */
const rxjs: RetryLibrary = {
  name: 'rxjs',
  functions: { retry: { kind: 'operator', options: 0 }, retryWhen: { kind: 'errors', answer: 0 } },
  attempts: { ...unlimited, counts: ['count'] },
  delay: { ...without, byDefault: 'none', shape: 'delay' },
  deciders: { delay: { error: 0, heldAs: null, ends: 'by failing' } },
  again: thrown,
};

/** Retry libraries by the name of their module. Effect is not among them: its module is for everything else too. */
export const retryLibraries: Readonly<Record<string, RetryLibrary>> = {
  'p-retry': pRetry,
  'async-retry': asyncRetry,
  'promise-retry': promiseRetry,
  retry,
  'exponential-backoff': exponentialBackoff,
  'ts-retry-promise': tsRetryPromise,
  cockatiel,
  rxjs,
  'rxjs/operators': rxjs,
};

/** Effect 3: what recurs where no schedule is given is `Schedule.forever`. https://effect.website/docs/error-management/retrying/ */
export const effect: RetryLibrary = {
  name: 'effect',
  functions: { retry: { kind: 'effect', more: 0 }, retryOrElse: { kind: 'effect', more: 1 } },
  attempts: { ...unlimited, counts: ['times'] },
  delay: { ...without, byDefault: 'none', shape: 'schedule' },
  deciders: { while: { error: 0, heldAs: null, ends: 'when false' }, until: { error: 0, heldAs: null, ends: 'when true' } },
  again: thrown,
};

interface Entity {
  readonly module: string;
  readonly path: readonly string[];
}

/** The name in one of Effect's modules: `Effect.retry` of `effect`, and `retry` of `effect/Effect`; null for other modules. */
export function effectName({ module, path }: Entity, namespace: string): string | null {
  if (module === 'effect' && path[0] === namespace) return path.slice(1).join('.');
  return module === `effect/${namespace}` ? path.join('.') : null;
}

/** The library and the function of it that an export is; null where it does not retry. */
export function retryFunctionOf(entity: Entity): { readonly library: RetryLibrary; readonly function: RetryFunction } | null {
  const own = Object.hasOwn(retryLibraries, entity.module) ? retryLibraries[entity.module] : undefined;
  const library = own ?? effect;
  const name = own ? entity.path.join('.') : effectName(entity, 'Effect');
  const found = name !== null && Object.hasOwn(library.functions, name) ? library.functions[name] : undefined;
  return found ? { library, function: found } : null;
}

/** What a schedule of Effect does by itself. https://effect.website/docs/scheduling/built-in-schedules/ */
export interface ScheduleKind {
  readonly recurs: 'forever' | 'limited';
  readonly delay: DelayShape;
}

/** Exports of Effect's `Schedule` that make a schedule, or are one. */
export const schedules: Readonly<Record<string, ScheduleKind>> = {
  forever: { recurs: 'forever', delay: 'none' },
  repeatForever: { recurs: 'forever', delay: 'none' },
  count: { recurs: 'forever', delay: 'none' },
  elapsed: { recurs: 'forever', delay: 'none' },
  exponential: { recurs: 'forever', delay: 'growing' },
  fibonacci: { recurs: 'forever', delay: 'growing' },
  linear: { recurs: 'forever', delay: 'growing' },
  spaced: { recurs: 'forever', delay: 'constant' },
  fixed: { recurs: 'forever', delay: 'constant' },
  recurs: { recurs: 'limited', delay: 'none' },
  once: { recurs: 'limited', delay: 'none' },
  stop: { recurs: 'limited', delay: 'none' },
};

/** Exports of Effect's `Schedule` that change a schedule, which is their first argument or stands before them in a pipe. */
export const scheduleOperators: Readonly<Record<string, 'same' | 'jitters' | 'ends' | 'both' | 'either' | 'then' | { readonly asks: Ending }>> = {
  as: 'same',
  asVoid: 'same',
  map: 'same',
  mapEffect: 'same',
  tapInput: 'same',
  tapOutput: 'same',
  ensuring: 'same',
  repetitions: 'same',
  jittered: 'jitters',
  jitteredWith: 'jitters',
  upTo: 'ends',
  intersect: 'both',
  zipLeft: 'both',
  zipRight: 'both',
  compose: 'both',
  union: 'either',
  either: 'either',
  andThen: 'then',
  whileInput: { asks: 'when false' },
  whileInputEffect: { asks: 'when false' },
  untilInput: { asks: 'when true' },
  untilInputEffect: { asks: 'when true' },
};

/** Names of operators that end a stream, an effect or a policy by time or from outside. */
export const timeBounds = /^(?:timeout\w*|takeUntil|race\w*|interruptWhen)$/;

/** Backoffs of cockatiel: the shape of their delays, and of an exponential one with a generator of its own. */
export const cockatielBackoffs: Readonly<Record<string, DelayShape | 'jittered'>> = { ConstantBackoff: 'constant', ExponentialBackoff: 'jittered' };
export const cockatielGenerators: Readonly<Record<string, DelayShape | 'jittered'>> = {
  noJitterGenerator: 'growing',
  fullJitterGenerator: 'jittered',
  halfJitterGenerator: 'jittered',
  decorrelatedJitterGenerator: 'jittered',
};

/** Functions of cockatiel that make a filter of errors, and methods that widen one: any of them lets an error through. */
export const cockatielFilters: Readonly<Record<string, 'all' | 'type' | 'predicate' | 'results'>> = {
  handleAll: 'all',
  handleType: 'type',
  handleWhen: 'predicate',
  orType: 'type',
  orWhen: 'predicate',
  handleResultType: 'results',
  handleWhenResult: 'results',
  orResultType: 'results',
  orWhenResult: 'results',
};

/**
 * Retry strategies of the SDK (`@smithy/util-retry` 4, `@smithy/core/retry`): `maxAttempts`, the strategies of the SDK and
 * `ConfiguredRetryStrategy` try throttling and transient failures again, and never a 409 or 412 of S3. Only a strategy
 * that decides by itself may do so: the method it is asked with, and where the error stands in what it is handed.
 */
export const sdkRetry = {
  modules: /^(?:@smithy\/(?:util-retry|middleware-retry|core\/retry)|@aws-sdk\/(?:util-retry|middleware-retry))$/,
  strategies: ['StandardRetryStrategy', 'ConfiguredRetryStrategy', 'AdaptiveRetryStrategy', 'DeprecatedStandardRetryStrategy', 'DeprecatedAdaptiveRetryStrategy'],
  /** All requests, the first one too, where nothing is said. */
  attemptsByDefault: 3,
  /** The method of a strategy that answers with a token for the next attempt, or throws. */
  method: { name: 'refreshRetryTokenForRetry', error: 1, heldAs: 'error', ends: 'by throwing' },
  /** The option of the deprecated strategies of `@smithy/middleware-retry`. */
  option: { name: 'retryDecider', error: 0, heldAs: null, ends: 'when false' },
} as const;

/** The SDK as a library: a strategy of the file's own decides, counts and waits as it likes. */
export const sdkLibrary: RetryLibrary = {
  name: '@smithy/util-retry',
  functions: {},
  attempts: { counts: ['maxAttempts'], counted: 'attempts', endless: [], bounds: [], uncounted: [], byDefault: sdkRetry.attemptsByDefault, boundByDefault: false },
  delay: { ...without, byDefault: 'growing', jitterByDefault: true, shape: null },
  deciders: {},
  again: thrown,
};

/**
 * Options under which retry libraries take a function that is handed the error of a failed attempt: p-retry, async-retry
 * (`onRetry`), exponential-backoff (`retry`), ts-retry-promise (`retryIf`) and the many that are written like them.
 */
export const errorOptions: ReadonlySet<string> = new Set([
  'shouldRetry',
  'onFailedAttempt',
  'onRetry',
  'onError',
  'retry',
  'retryIf',
  'retryOn',
  'retryWhen',
  'when',
  'isRetryable',
  'isRetriable',
  'shouldBail',
]);
