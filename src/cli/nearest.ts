import { distance } from 'fastest-levenshtein';

/**
 * @param word what somebody wrote
 * @param names what there is
 * @returns what may have been meant, the nearest first and three at most: names that differ in a third of their letters
 *   or less (in two that are swapped, too), and names that hold the word or are held in it
 */
export function nearest<Name extends string>(word: string, names: readonly Name[]): readonly Name[] {
  const wanted = word.toLowerCase();
  const near = names.flatMap((name) => {
    const given = name.toLowerCase();
    const steps = distance(wanted, given);
    const length = Math.min(wanted.length, given.length);
    const most = Math.max(length < 4 ? 1 : 2, Math.floor(length / 3));
    if (steps <= most) return [{ name, steps }];
    const [shorter, longer] = wanted.length < given.length ? [wanted, given] : [given, wanted];
    return shorter.length >= 3 && longer.includes(shorter) ? [{ name, steps }] : [];
  });
  return near
    .sort((one, other) => one.steps - other.steps)
    .slice(0, 3)
    .map(({ name }) => name);
}
