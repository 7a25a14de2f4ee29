import type { Report } from './report.js';

/**
 * ESLint's own result format, so that what reads ESLint's output reads this too; what a finding has to do with other
 * places stands beside, in `related`.
 * https://eslint.org/docs/latest/use/formatters/#json
 *
 * @returns one line
 */
export const json = ({ results }: Report): string => `${JSON.stringify(results)}\n`;
