import type { PartialText } from '../../../facts/glob.js';

/**
 * What only a deployment knows. Two holes of one name hold the same text, which is how an environment variable is seen
 * to carry the name of a bucket though neither is known; a hole without a name is like no other.
 */
export interface Hole {
  readonly hole: string | null;
}

/** A text of a template, as far as the template tells it. */
export type TemplateText = readonly (string | Hole)[];

export const unknownText: TemplateText = [{ hole: null }];

/** No name is as long as this. A text that is may be one that repeats itself over and over. */
const longest = 10_000;

/** @returns the texts one after the other, neighbouring known pieces made one */
export function joinTexts(texts: readonly TemplateText[]): TemplateText {
  const joined: (string | Hole)[] = [];
  let length = 0;
  for (const piece of texts.flat()) {
    const last = joined.at(-1);
    length += typeof piece === 'string' ? piece.length : 100;
    if (length > longest) return unknownText;
    if (piece === '') continue;
    if (typeof piece === 'string' && typeof last === 'string') joined[joined.length - 1] = last + piece;
    else joined.push(piece);
  }
  return joined;
}

/** @returns the text where all of it is known, else null */
export function knownText(text: TemplateText): string | null {
  return text.every((piece) => typeof piece === 'string') ? text.join('') : null;
}

/** @returns the text without the names of its holes, as facts hold it */
export const toPartialText = (text: TemplateText): PartialText =>
  text.length === 0 ? [''] : text.map((piece) => (typeof piece === 'string' ? piece : null));

/**
 * @param text a text
 * @returns what two texts have in common exactly when they are the same in every deployment; null where a part of it
 *   can be told from nothing else
 */
export function identityOf(text: TemplateText): string | null {
  if (text.some((piece) => typeof piece !== 'string' && piece.hole === null)) return null;
  return JSON.stringify(joinTexts([text]));
}
