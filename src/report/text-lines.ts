/** A text by its lines, broken where ESLint breaks lines. Lines and columns count from 1, columns in UTF-16 units. */
export interface TextLines {
  /** The text of a line without its break; empty behind the last one. */
  readonly line: (number: number) => string;
  /** The text from a place up to another one, which is not part of it. */
  readonly between: (from: Place, to: Place) => string;
  /** Where an offset stands. */
  readonly placeAt: (offset: number) => Place;
}

export interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * @param source the text of a file. ESLint counts without a byte order mark, so it counts for nothing here
 * @returns its lines
 */
export function textLines(source: string): TextLines {
  const text = source.replace(/^\uFEFF/, '');
  const starts = [0, ...[...text.matchAll(/\r\n|[\r\n\u2028\u2029]/g)].map((found) => found.index + found[0].length)];
  const startOf = (line: number): number => starts[line - 1] ?? text.length;
  const offsetOf = ({ line, column }: Place): number => Math.min(startOf(line) + column - 1, startOf(line + 1));
  return {
    line: (number) => text.slice(startOf(number), startOf(number + 1)).replace(/[\r\n\u2028\u2029]+$/, ''),
    between: (from, to) => text.slice(offsetOf(from), offsetOf(to)),
    placeAt(given) {
      // A fix that takes the byte order mark away begins at -1.
      const offset = Math.max(0, given);
      const line = starts.findLastIndex((start) => start <= offset) + 1;
      return { line, column: offset - startOf(line) + 1 };
    },
  };
}
