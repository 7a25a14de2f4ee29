import { relativePath } from './relative-path.js';
import type { Message, Report } from './report.js';

/** A message with the file that it is about. */
export interface Finding {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly message: Message;
}

/** @returns every message that is not suppressed, in the order of the report */
export const findingsOf = ({ root, results }: Report): readonly Finding[] =>
  results.flatMap(({ filePath, messages }) => messages.map((message) => ({ path: relativePath(root, filePath), message })));

export const isError = ({ severity, fatal }: Message): boolean => fatal === true || severity === 2;

/** @returns "1 error", "3 errors", "no errors" */
export const counted = (count: number, what: string): string => `${count === 0 ? 'no' : count} ${what}${count === 1 ? '' : 's'}`;
