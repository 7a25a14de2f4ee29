import type { SourceCode } from '../calls/syntax.js';

/** What ends the lines of a file: a fix that adds a line ends it as the others are. */
export const lineBreakOf = (sourceCode: SourceCode): string => (sourceCode.text.includes('\r\n') ? '\r\n' : '\n');
