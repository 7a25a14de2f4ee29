/** Libraries that run a function for each item of a list, and those that limit how many run at once, as data. */

/** How many iterations may run at once. */
export type Limit =
  | { readonly kind: 'argument'; readonly index: number }
  /** Infinity where the option is not given. */
  | { readonly kind: 'option'; readonly index: number; readonly name: string }
  | { readonly kind: 'none' };

export interface Runner {
  /** Position of what is iterated. */
  readonly list: number;
  /** Position of the function that is run for each item; `tasks` where the items are the functions. */
  readonly run: number | 'tasks';
  readonly limit: Limit;
}

type Runners = Readonly<Record<string, Runner>>;

const none: Limit = { kind: 'none' };
const concurrency = (index: number): Limit => ({ kind: 'option', index, name: 'concurrency' });
const named = (names: readonly string[], runner: Runner): Runners => Object.fromEntries(names.map((name) => [name, runner]));

const asyncCollections = ['each', 'forEach', 'eachOf', 'forEachOf', 'map', 'mapValues', 'flatMap', 'concat', 'filter', 'times'];

/** caolan/async 3: every function has a `…Limit` form with the limit in second place, and a `…Series` form that waits. */
const asyncRunners: Runners = {
  ...named(asyncCollections, { list: 0, run: 1, limit: none }),
  ...named(
    asyncCollections.map((name) => `${name}Limit`),
    { list: 0, run: 2, limit: { kind: 'argument', index: 1 } },
  ),
  parallel: { list: 0, run: 'tasks', limit: none },
  parallelLimit: { list: 0, run: 'tasks', limit: { kind: 'argument', index: 1 } },
};

const bluebird: Runners = {
  map: { list: 0, run: 1, limit: concurrency(2) },
  filter: { list: 0, run: 1, limit: concurrency(2) },
};

const pMap: Runners = { '': { list: 0, run: 1, limit: concurrency(2) } };

/** Functions that run iterations at the same time, by module and by the path of the export; `''` is the module itself. */
const runners: Readonly<Record<string, Runners>> = {
  'p-map': pMap,
  'p-filter': pMap,
  'p-all': { '': { list: 0, run: 'tasks', limit: concurrency(1) } },
  'p-settle': { '': { list: 0, run: 'tasks', limit: concurrency(1) } },
  'p-times': { '': { list: 0, run: 1, limit: concurrency(2) } },
  'tiny-async-pool': { '': { list: 1, run: 2, limit: { kind: 'argument', index: 0 } } },
  radash: { parallel: { list: 1, run: 2, limit: { kind: 'argument', index: 0 } } },
  async: asyncRunners,
  'async-es': asyncRunners,
  bluebird,
};

/** Functions of a list that do what the array methods of their name do. */
const arrayFunctions: Readonly<Record<string, 'map' | 'forEach'>> = { map: 'map', flatMap: 'map', forEach: 'forEach', each: 'forEach' };
const arrayLibrary = /^(?:lodash|lodash-es|underscore)$/;

/** `async/eachLimit` and `lodash/map` are exports in files of their own. */
function exportOf({ module, path }: { readonly module: string; readonly path: readonly string[] }): { module: string; name: string } {
  const [, library, file] = /^(async|async-es|lodash|lodash-es|underscore)\/(\w+)$/.exec(module) ?? [];
  return library !== undefined && file !== undefined ? { module: library, name: [file, ...path].join('.') } : { module, name: path.join('.') };
}

/** How an export runs iterations; null where it does not, or one after the other. */
export function runnerOf(entity: { readonly module: string; readonly path: readonly string[] }): Runner | null {
  const { module, name } = exportOf(entity);
  const exports = Object.hasOwn(runners, module) ? runners[module] : undefined;
  return exports && Object.hasOwn(exports, name) ? (exports[name] ?? null) : null;
}

/** The array method that an export stands for: `_.map(list, f)`. */
export function arrayFunctionOf(entity: { readonly module: string; readonly path: readonly string[] }): 'map' | 'forEach' | null {
  const { module, name } = exportOf(entity);
  return arrayLibrary.test(module) && Object.hasOwn(arrayFunctions, name) ? (arrayFunctions[name] ?? null) : null;
}

export interface Limiter {
  /** The method that is given the function to run; null where the limiter is called itself. */
  readonly method: string | null;
  /** Where the number stands in what makes the limiter. */
  readonly limit: Limit;
}

/** What makes a limiter, by module: `pLimit(5)`, `new PQueue({ concurrency: 2 })`. */
export const limiters: Readonly<Record<string, Limiter>> = {
  'p-limit': { method: null, limit: { kind: 'argument', index: 0 } },
  'promise-limit': { method: null, limit: { kind: 'argument', index: 0 } },
  throat: { method: null, limit: { kind: 'argument', index: 0 } },
  'p-queue': { method: 'add', limit: concurrency(0) },
};

/** Modules whose lists are streams, which wait for their own iterations. */
export const streams = /^(?:rxjs|stream|readable-stream|highland|most|effect|ix|streaming-iterables|iter-tools|it-[\w-]+)(?:\/|$)/;
