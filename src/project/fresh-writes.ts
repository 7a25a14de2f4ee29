import type { Freshness } from '../analysis/unique-key.js';
import { exportedName, type FreshBy } from '../facts/facts.js';
import { byPath } from './by-path.js';
import type { GivenKey } from './given-keys.js';

/**
 * The writes whose every caller brings about a fresh key.
 *
 * A function that hands its key on is as good as its callers are: a wrapper, and a wrapper of that, down to the one who
 * makes the key. One clock among ids makes it as good as a clock. A function that nobody calls may be called by anybody.
 *
 * @param given by file, the chains of calls that lead to writes
 * @returns by file, the places where it writes, or calls what does, under a key that not every chain by itself makes
 *   unique, but that is fresh with its callers in view: `12:5`
 */
export function freshWritesIn(given: ReadonlyMap<string, readonly GivenKey[]>): ReadonlyMap<string, Readonly<Record<string, FreshBy>>> {
  const ofItself = new Map<string, Freshness>();
  const callers = new Map<string, Set<string>>();
  for (const { steps, freshness } of [...given.values()].flat()) {
    const whole = nameOf(steps);
    ofItself.set(whole, lesser(freshness, ofItself.get(whole) ?? 'unique'));
    for (let length = 1; length < steps.length; length++) {
      const called = nameOf(steps.slice(0, length));
      callers.set(called, (callers.get(called) ?? new Set<string>()).add(nameOf(steps.slice(0, length + 1))));
    }
  }
  const freshnessOf = (chain: string): Freshness => {
    const ofCallers = [...(callers.get(chain) ?? [])].map(freshnessOf);
    // `${key}-${Date.now()}` is a clock by itself, and an id where every caller brings one.
    return greater(ofItself.get(chain) ?? 'shared', ofCallers.length === 0 ? 'shared' : ofCallers.reduce(lesser));
  };

  return new Map(
    [...given].map(([file, chains]) => {
      const places = new Map<string, Freshness>();
      for (const { steps, freshness } of chains) {
        const at = steps.map(exportedName).find(({ module }) => module === file)?.name;
        if (at !== undefined && freshness !== 'unique') places.set(at, lesser(freshnessOf(nameOf(steps)), places.get(at) ?? 'unique'));
      }
      const fresh = [...places].flatMap(([place, freshness]) => (freshness === 'shared' ? [] : [[place, freshness] as const]));
      return [file, Object.fromEntries(fresh.sort(([one], [other]) => byPath(one, other)))];
    }),
  );
}

const grades: readonly Freshness[] = ['shared', 'timestamp', 'unique'];
const lesser = (one: Freshness, other: Freshness): Freshness => (grades.indexOf(one) < grades.indexOf(other) ? one : other);
const greater = (one: Freshness, other: Freshness): Freshness => (lesser(one, other) === one ? other : one);

const nameOf = (steps: readonly string[]): string => steps.join(' ');
