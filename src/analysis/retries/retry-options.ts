import type { Frame, Place } from '../../calls/frames.js';
import { originsOf } from '../../calls/origins.js';
import { propertyOf, shapeOf, type PropertyValue, type Shape } from '../../calls/shapes.js';
import { isNothing, unwrap, type Node, type SourceCode } from '../../calls/syntax.js';

/** The options that a retry library is given: later ones are laid over earlier ones. */
export type RetryOptions = readonly { readonly node: Node; readonly shape: Shape }[];

/** The options that stand at arguments of a call; what is left out holds nothing. */
export const readOptions = (given: readonly (Node | undefined)[], frame: Frame | null, sourceCode: SourceCode): RetryOptions =>
  given.flatMap((node) => (node ? [{ node, shape: shapeOf({ node, frame }, sourceCode) }] : []));

/** One option, by the last object that may hold it; `undefined` leaves it to the library. */
export function optionOf(options: RetryOptions, name: string): PropertyValue {
  for (const { shape } of [...options].reverse()) {
    const property = propertyOf(shape, name);
    if (property.kind === 'known' && property.values.every(({ node }) => isNothing(unwrap(node)))) continue;
    if (property.kind !== 'absent') return property;
  }
  return { kind: 'absent' };
}

/** Options that could not be read whole; null where all were. */
export const unreadOptions = (options: RetryOptions): Node | null => options.find(({ shape }) => shape.open !== null)?.node ?? null;

/** Words and constants that stand for no limit. */
const withoutLimit = /^(?:Infinity|INFINITELY|POSITIVE_INFINITY|MAX_SAFE_INTEGER|MAX_VALUE)$/;

/**
 * @param place an expression
 * @param sourceCode its file
 * @returns the numbers that it may be, Infinity where it says that there is no limit; null where one cannot be read
 */
export function numbersOf(place: Place, sourceCode: SourceCode): readonly number[] | null {
  const numbers = originsOf(place, sourceCode).map(({ node, path }) => {
    if (node.type === 'Literal' && path.length === 0) return typeof node.value === 'number' ? node.value : withoutLimit.test(String(node.value)) ? Infinity : null;
    if (node.type === 'Identifier' && (node.name === 'Infinity' || node.name === 'Number') && withoutLimit.test(path[0] ?? node.name)) return Infinity;
    return null;
  });
  return numbers.length > 0 && numbers.every((number) => number !== null) ? numbers : null;
}

/** The words, truths and numbers that an option may be; null where one is not spelt out. */
export function wordsOf(option: PropertyValue, sourceCode: SourceCode): readonly unknown[] | null {
  if (option.kind !== 'known' || !option.always) return null;
  const words = option.values.flatMap((place) => originsOf(place, sourceCode)).map(({ node, path }) => (node.type === 'Literal' && path.length === 0 ? { is: node.value } : null));
  return words.every((word) => word !== null) ? words.map(({ is }) => is) : null;
}
