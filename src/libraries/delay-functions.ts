/** Functions that wait for a time, as data. */

/** Which argument is the time that is waited, by module and path of the export; `''` is the module itself. */
const delayFunctions: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'timers/promises': { setTimeout: 0, 'scheduler.wait': 0 },
  delay: { '': 0 },
  yoctodelay: { '': 0 },
  'sleep-promise': { '': 0 },
  'es-toolkit': { delay: 0 },
  'es-toolkit/promise': { delay: 0 },
  radash: { sleep: 0 },
  'modern-async': { sleep: 0, asyncSleep: 0 },
  '@std/async': { delay: 0 },
  '@std/async/delay': { delay: 0 },
  effect: { 'Effect.sleep': 0 },
  'effect/Effect': { sleep: 0 },
};

interface Entity {
  readonly module: string;
  readonly path: readonly string[];
}

/** The argument of an export that is the time it waits; null where it is not known to wait. */
export function timeArgumentOf({ module, path }: Entity): number | null {
  const exported = Object.hasOwn(delayFunctions, module) ? delayFunctions[module] : undefined;
  const name = path.join('.');
  return exported && Object.hasOwn(exported, name) ? (exported[name] ?? null) : null;
}

/** What functions are called that do nothing but wait for the time they are given: `sleep`, `delayMs`, `waitFor`. */
export const namedLikeDelay = /^_?(?:sleep|delay|wait|pause|snooze|timeout|setTimeout)_?(?:for|ms|milli(?:second)?s|sec(?:ond)?s|async|promise|sync)?$/i;

/** What is called so waits, or makes others wait, in a way that the name does not tell: `backoff`, `acquire`, `throttle`. */
export const speaksOfWaiting = /sleep|delay|wait|pause|back_?off|jitter|throttl|limit|acquire|mutex|semaphore|queue|schedul|idle|tick|once|until|poll/i;

/** Modules of Node whose work takes as long as it takes: they do not wait. */
export const workModules = /^(?:fs|fs\/promises|zlib|crypto|stream|stream\/promises|stream\/consumers|util|path|buffer)$/;
