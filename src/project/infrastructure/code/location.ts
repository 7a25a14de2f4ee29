import type { Node } from 'ts-morph';

import type { Location } from '../../../facts/project-finding.js';

/**
 * @param from the first node of a stretch
 * @param to the last one; the same where it is left out
 * @returns where it stands
 */
export function locationOf(from: Node, to: Node = from): Location {
  const source = from.getSourceFile();
  const [start, end] = [source.getLineAndColumnAtPos(from.getStart()), source.getLineAndColumnAtPos(to.getEnd())];
  return { file: source.getFilePath().slice(1), line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
