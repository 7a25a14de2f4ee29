/**
 * How the retry libraries are bounded, as data. Defaults were read in the installed sources of the versions named.
 */

export interface RetryLibrary {
  /** Exported functions that retry what they are given, as paths of the module; `''` is the module itself. */
  readonly functions: readonly string[];
  /** Options that set the number of attempts. */
  readonly counts: readonly string[];
  /** Options that, when true, lift every bound. */
  readonly endless: readonly string[];
  /** Options that bound the whole by time or from outside. */
  readonly bounds: readonly string[];
  /** Whether it is endless where nothing is said. */
  readonly endlessByDefault: boolean;
  /** Whether one of `bounds` is set where nothing is said. */
  readonly boundByDefault?: true;
}

const classic = { counts: ['retries'], endless: ['forever'], bounds: ['maxRetryTime', 'signal'], endlessByDefault: false } as const;

export const retryLibraries: Readonly<Record<string, RetryLibrary>> = {
  // p-retry 6 and 7.1.1: 10 retries; `forever` until 6, `retries: Infinity` in both.
  'p-retry': { ...classic, functions: [''] },
  // async-retry 1.3.3 and promise-retry 2.0.1 stand on retry 0.13.1: 10 retries.
  'async-retry': { ...classic, functions: [''] },
  'promise-retry': { ...classic, functions: [''] },
  retry: { ...classic, functions: ['operation'] },
  // exponential-backoff 3.1.3: 10 attempts.
  'exponential-backoff': { functions: ['backOff'], counts: ['numOfAttempts'], endless: [], bounds: [], endlessByDefault: false },
  // ts-retry-promise 0.8.1: 10 retries and 60 s, each of which bounds.
  'ts-retry-promise': { functions: ['retry', ''], counts: ['retries'], endless: [], bounds: ['timeout'], endlessByDefault: false, boundByDefault: true },
  // cockatiel 3.2.1: `maxAttempts` is Infinity where it is not given.
  cockatiel: { functions: ['retry'], counts: ['maxAttempts'], endless: [], bounds: [], endlessByDefault: true },
  // rxjs 7.8.2: `retry()` and `retry({ delay })` count to Infinity.
  rxjs: { functions: ['retry'], counts: ['count'], endless: [], bounds: [], endlessByDefault: true },
  'rxjs/operators': { functions: ['retry'], counts: ['count'], endless: [], bounds: [], endlessByDefault: true },
};

/**
 * Whether the source of an Effect schedule (effect 3) starts one that recurs for ever, and nothing in it ends it.
 * https://effect.website/docs/scheduling/built-in-schedules/
 */
export const endlessSchedule = (source: string): boolean =>
  /\bSchedule\.(?:forever|exponential|spaced|fixed|fibonacci|linear|windowed)\b/.test(source) &&
  !/\b(?:recurs|recurUpTo|upTo|times|whileInput|whileOutput|untilInput|untilOutput|intersect|take|while|until|both)\b/.test(source);

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
