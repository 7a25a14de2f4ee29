import type { Warning } from '../facts/project-finding.js';

/** What could not be read, a line each. */
export const warningsText = (warnings: readonly Warning[]): string => warnings.map(({ file, line, message }) => `${file}${line === null ? '' : `:${String(line)}`}: ${message}\n`).join('');
