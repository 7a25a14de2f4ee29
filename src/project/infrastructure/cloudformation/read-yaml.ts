import { LineCounter, parseDocument, visit, type Document } from 'yaml';

/** A document of YAML, and where its nodes stand in the file. */
export interface ReadYaml {
  readonly document: Document.Parsed;
  /** The text that the document's ranges count in. */
  readonly text: string;
  /** The line and column in the file of an offset in that text, both from 1. */
  readonly placeOf: (offset: number) => { readonly line: number; readonly col: number };
}

/** Lines that may be moved in: each is one more time that the file is parsed. */
const maximumMoved = 50;

/**
 * Reads YAML as the parsers of AWS do. They ask for no indent in brackets (`AllowedValues: [a, b,` and `c]` below the key),
 * where the library takes the list to have ended; so such lines are moved in before they are read. A bracket that is
 * never closed is a mistake for both.
 *
 * @param source the text of a file
 * @returns its document, with what is wrong in it among its errors
 */
export function readYaml(source: string): ReadYaml {
  const moved = new Map<number, number>();
  for (let text = source; ; ) {
    const lines = new LineCounter();
    // The last of two equal keys counts, as it does for the parsers of AWS.
    const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: 'silent' });
    const [error] = document.errors;
    const bracket = error?.code === 'BAD_INDENT' ? bracketCutOffAt(error.pos[0], document) : null;
    const { line, col } = lines.linePos(error?.pos[0] ?? 0);
    if (bracket === null || moved.has(line) || moved.size >= maximumMoved) return { document, text, placeOf: (offset) => placeIn(lines, offset, moved) };
    const start = (error?.pos[0] ?? 0) - (col - 1);
    const by = lines.linePos(bracket).col;
    moved.set(line, by);
    text = text.slice(0, start) + ' '.repeat(by) + text.slice(start);
  }
}

/** Where the list or mapping in brackets begins that is taken to end before an offset. */
function bracketCutOffAt(offset: number, document: Document.Parsed): number | null {
  let found: number | null = null;
  visit(document, {
    Collection: (_, { flow, range }) => {
      if (flow && range?.[1] === offset) found = range[0];
      return found === null ? undefined : visit.BREAK;
    },
  });
  return found;
}

function placeIn(lines: LineCounter, offset: number, moved: ReadonlyMap<number, number>): { line: number; col: number } {
  const { line, col } = lines.linePos(offset);
  return { line, col: Math.max(1, col - (moved.get(line) ?? 0)) };
}
