/**
 * Test sources with marks in them, so that a case shows its places instead of counting its lines.
 *
 * `▸` stands before what is reported, `①` and `②` before other places that the message names, and `«old→new»` is what
 * a fix or suggestion makes of a piece.
 */
export type Mark = '▸' | '①' | '②';

export interface Marked {
  readonly code: string;
  /** The source after the fix or suggestion; null where none is marked. */
  readonly mended: string | null;
  /**
   * @param mark a mark of the source
   * @returns the place that it stands before
   * @throws where the source does not have it
   */
  readonly at: (mark: Mark) => { readonly line: number; readonly column: number };
}

const edits = /«([^→»]*)→([^»]*)»/g;
const marks = /[▸①②]/g;

/** @param source a test source with marks */
export function readMarks(source: string): Marked {
  const marked = source.replace(edits, '$1');
  return {
    code: marked.replace(marks, ''),
    mended: marked === source ? null : source.replace(edits, '$2').replace(marks, ''),
    at(mark) {
      const index = marked.indexOf(mark);
      if (index === -1) throw new Error(`The source has no ${mark}.`);
      const lines = marked.slice(0, index).replace(marks, '').split('\n');
      return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
    },
  };
}
