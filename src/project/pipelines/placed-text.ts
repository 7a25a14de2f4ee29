import type { Scalar } from 'yaml';

import type { Location } from '../../facts/project-finding.js';

/** A shell text, and where each stretch of it stands in the file that holds it. */
export interface PlacedText {
  readonly text: string;
  /**
   * @param start an offset into the text
   * @param end the offset behind the stretch
   * @returns where that stretch stands
   */
  readonly locate: (start: number, end: number) => Location;
}

/**
 * @param file the path of a file
 * @param text its whole text
 * @returns the text, placed where it is
 */
export function placedFile(file: string, text: string): PlacedText {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const position = (offset: number): { line: number; column: number } => {
    let low = 0;
    let high = lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
  };
  return {
    text,
    locate: (start, end) => {
      const from = position(start);
      const to = position(end);
      return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
    },
  };
}

/**
 * @param scalar a text in a YAML or JSON file
 * @param file that file
 * @returns the text as the shell is given it, each stretch placed where its characters are written
 */
export function placedScalar(scalar: Scalar, file: PlacedText): PlacedText {
  const text = typeof scalar.value === 'string' ? scalar.value : '';
  const [start, end] = scalar.range ?? [0, 0];
  const offsets = alignedOffsets(text, file.text, afterHeader(scalar, file.text, start), end);
  return {
    text,
    // The last character and not the one behind it: behind a line of a block stands the indentation of the next.
    locate: (from, to) => file.locate(offsets[from] ?? start, to > from ? (offsets[to - 1] ?? end - 1) + 1 : (offsets[to] ?? end)),
  };
}

/** `run: |2-  # why` is not part of the text. */
function afterHeader(scalar: Scalar, text: string, start: number): number {
  if (scalar.type !== 'BLOCK_LITERAL' && scalar.type !== 'BLOCK_FOLDED') return start;
  const lineEnd = text.indexOf('\n', start);
  return lineEnd < 0 ? start : lineEnd + 1;
}

/**
 * Whatever the style of a scalar, its visible characters stand in the file in their order: between them there are only
 * white space that indentation and folding took away, quotes and escapes.
 */
function alignedOffsets(value: string, source: string, start: number, end: number): number[] {
  const offsets: number[] = [];
  let at = start;
  for (let index = 0; index < value.length; index += 1) {
    const character = value[index] ?? '';
    if (/\s/.test(character)) {
      offsets[index] = at;
      if (source[at] === character) at += 1;
      continue;
    }
    while (at < end && source[at] !== character) at += source[at] === '\\' && /[ntr0 ]/.test(source[at + 1] ?? '') ? 2 : 1;
    offsets[index] = at;
    at += 1;
  }
  return offsets;
}

/**
 * @param texts shell texts that one shell runs, one after the other
 * @returns them as one, each stretch placed where it was
 */
export function joined(texts: readonly PlacedText[]): PlacedText {
  const starts: number[] = [];
  let length = 0;
  for (const { text } of texts) {
    starts.push(length);
    length += text.length + 1;
  }
  return {
    text: texts.map(({ text }) => text).join('\n'),
    locate: (from, to) => {
      const index = Math.max(0, starts.findLastIndex((start) => start <= from));
      const start = starts[index] ?? 0;
      const holder = texts[index];
      if (!holder) throw new RangeError('There is no text to locate a stretch in.');
      return holder.locate(from - start, Math.min(to - start, holder.text.length));
    },
  };
}
