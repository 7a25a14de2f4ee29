import { exportedName } from '../facts/facts.js';
import type { GivenKey } from './given-keys.js';

/**
 * The writes whose every caller gives a key of its own.
 *
 * A function that hands its key on is as good as its callers are: a wrapper, and a wrapper of that, down to the one who
 * makes the key. A function that nobody calls may be called by anybody.
 *
 * @param given by file, the chains of calls that lead to writes
 * @returns by file, the places where it writes, or calls what does, under a key that only its callers make fresh: `12:5`
 */
export function uniqueWritesIn(given: ReadonlyMap<string, readonly GivenKey[]>): ReadonlyMap<string, readonly string[]> {
  const fresh = new Map<string, boolean>();
  const callers = new Map<string, Set<string>>();
  for (const { steps, unique } of [...given.values()].flat()) {
    const whole = nameOf(steps);
    fresh.set(whole, unique && (fresh.get(whole) ?? true));
    for (let length = 1; length < steps.length; length++) {
      const called = nameOf(steps.slice(0, length));
      callers.set(called, (callers.get(called) ?? new Set<string>()).add(nameOf(steps.slice(0, length + 1))));
    }
  }
  const isUnique = (chain: string): boolean => fresh.get(chain) === true || (callers.has(chain) && [...(callers.get(chain) ?? [])].every(isUnique));

  return new Map(
    [...given].map(([file, chains]) => {
      const places = new Map<string, boolean>();
      for (const { steps, unique } of chains) {
        const at = steps.map(exportedName).find(({ module }) => module === file)?.name;
        if (at !== undefined && !unique) places.set(at, isUnique(nameOf(steps)) && (places.get(at) ?? true));
      }
      return [file, [...places].filter(([, always]) => always).map(([place]) => place).sort()];
    }),
  );
}

const nameOf = (steps: readonly string[]): string => steps.join(' ');
