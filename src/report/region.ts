import type { Place, TextLines } from './text-lines.js';

/** From where to where a message speaks of; the end is the first place after it. */
export interface Region {
  readonly from: Place;
  readonly to: Place;
}

interface Reported {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly endLine?: number | undefined;
  readonly endColumn?: number | undefined;
}

/**
 * @param message what ESLint says of the place: an end is not always there
 * @param lines the text, where it is known
 * @returns from where to where it goes: without an end it goes to the end of its line. Null where the whole file is meant
 */
export function regionOf({ line, column, endLine, endColumn }: Reported, lines: TextLines | null): Region | null {
  if (!line || line < 1) return null;
  const from = { line, column: Math.max(1, column ?? 1) };
  if (endLine !== undefined && endColumn !== undefined) return { from, to: { line: endLine, column: endColumn } };
  return { from, to: { line, column: Math.max(from.column, (lines?.line(line).length ?? 0) + 1) } };
}
