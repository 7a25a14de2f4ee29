import { tmpdir } from 'node:os';

import type { ESLint } from 'eslint';

import type { FileResult, Report } from './report.js';

/**
 * What people know from ESLint: its own `stylish`, and below it what could not be read. It is coloured as ESLint
 * decides for standard output.
 *
 * @returns lines for a terminal; nothing where there is neither a finding nor a warning
 */
export async function stylish({ results, warnings }: Report): Promise<string> {
  const { ESLint } = await import('eslint');
  // Where the project stands is nothing to a formatter, and ESLint would warn of what it finds there.
  const formatter = await new ESLint({ cwd: tmpdir() }).loadFormatter('stylish');
  const found = await formatter.format(results.map(mutable));
  if (warnings.length === 0) return found;
  const lines = warnings.map(({ file, line, message }) => `  ${file}${line === null ? '' : `:${line}`}  ${message}`);
  return `${found}\nNot read in full:\n${lines.join('\n')}\n`;
}

/** ESLint sorts the list that it is given. */
const mutable = (result: FileResult): ESLint.LintResult => ({
  ...result,
  messages: [...result.messages],
  suppressedMessages: result.suppressedMessages.map((message) => ({ ...message, suppressions: [...message.suppressions] })),
  usedDeprecatedRules: [],
});
