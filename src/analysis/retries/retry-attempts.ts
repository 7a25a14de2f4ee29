import { unwrap, type Node, type SourceCode } from '../../calls/syntax.js';
import type { AttemptOptions } from '../../libraries/retry-libraries.js';
import { numbersOf, optionOf, unreadOptions, wordsOf, type RetryOptions } from './retry-options.js';

/** How often a retry library makes an attempt. */
export type RetryAttempts =
  /** `most`: all attempts, the first one too, so that 1 repeats nothing; null where time bounds it, or the number is not seen. */
  | { readonly kind: 'limited'; readonly most: number | null }
  /** For ever; `node` is the option that says so, or the call where the library's default says so. */
  | { readonly kind: 'endless'; readonly node: Node }
  | { readonly kind: 'unknown' };

const unknown: RetryAttempts = { kind: 'unknown' };

/**
 * @param options what the library is given
 * @param library what it makes of it
 * @param call where nothing is said, what says so
 * @param sourceCode the file
 */
export function attemptsOf(options: RetryOptions, library: AttemptOptions, call: Node, sourceCode: SourceCode): RetryAttempts {
  const bounds = library.bounds.map((name) => optionOf(options, name)).filter(({ kind }) => kind !== 'absent');
  for (const bound of bounds) {
    if (bound.kind !== 'known' || !bound.always) return unknown;
    const lifted = bound.values.every((value) => numbersOf(value, sourceCode)?.every((number) => number === Infinity) ?? false);
    if (!lifted) return { kind: 'limited', most: null };
  }
  if (library.uncounted.some((name) => optionOf(options, name).kind !== 'absent')) return unknown;
  for (const flag of library.endless.map((name) => optionOf(options, name))) {
    if (flag.kind === 'absent') continue;
    const words = wordsOf(flag, sourceCode);
    if (flag.kind !== 'known' || !words) return unknown;
    if (words.every(Boolean)) return { kind: 'endless', node: flag.node };
    if (words.some(Boolean)) return unknown;
  }
  for (const count of library.counts.map((name) => optionOf(options, name))) {
    if (count.kind === 'absent') continue;
    const numbers = count.kind === 'known' && count.always ? count.values.map((value) => numbersOf(value, sourceCode)) : [null];
    if (count.kind !== 'known' || !numbers.every((known) => known !== null)) return unknown;
    const counted = countedAttempts(numbers.flat(), library, count.node);
    // A library with a bound of its own is bounded by it until that is lifted too.
    return counted.kind === 'endless' && library.boundByDefault && bounds.length === 0 ? { kind: 'limited', most: null } : counted;
  }
  if (unreadOptions(options)) return unknown;
  return library.byDefault === Infinity ? { kind: 'endless', node: call } : { kind: 'limited', most: library.byDefault };
}

/** `retry(5)` of rxjs: the number itself is the argument. */
export function attemptsAt(count: Node, library: AttemptOptions, sourceCode: SourceCode): RetryAttempts {
  const numbers = numbersOf({ node: unwrap(count), frame: null }, sourceCode);
  return numbers ? countedAttempts(numbers, library, count) : unknown;
}

function countedAttempts(numbers: readonly number[], library: AttemptOptions, node: Node): RetryAttempts {
  if (numbers.every((number) => number === Infinity)) return { kind: 'endless', node };
  if (numbers.includes(Infinity)) return unknown;
  return { kind: 'limited', most: Math.max(...numbers) + (library.counted === 'retries' ? 1 : 0) };
}
