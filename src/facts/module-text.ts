import type { ModuleFact } from './facts.js';

/**
 * @param code what a module shows of itself
 * @returns its text, each piece on the lines that it has in its file
 */
export function textOfModule(code: ModuleFact['code']): string {
  let text = '';
  let line = 1;
  for (const [at, piece] of Object.entries(code).sort(([one], [other]) => Number(one) - Number(other))) {
    text += '\n'.repeat(Math.max(0, Number(at) - line)) + piece;
    line = Math.max(line, Number(at)) + piece.split('\n').length - 1;
  }
  return text;
}
