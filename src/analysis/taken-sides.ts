import type { TSESTree } from '@typescript-eslint/utils';

import { constantAt } from '../calls/constant-at.js';
import type { Frame } from '../calls/frames.js';
import { isReached } from '../calls/reached.js';
import type { Node, SourceCode } from '../calls/syntax.js';
import { isLeftEmpty } from './left-empty.js';

/**
 * Which of its sides a choice may have for a value: `timestamp || new Date().toISOString()` is the clock alone where a call
 * leaves `timestamp` out, and what it is given where that is spelt out.
 *
 * @param choice `a || b`, `a ?? b`, `a && b` or `test ? a : b`
 * @param frame the chain of calls that it is seen from; with none, any caller may give anything
 * @param sourceCode its file
 * @returns one side of it, or both
 */
export function takenSides(choice: TSESTree.LogicalExpression | TSESTree.ConditionalExpression, frame: Frame | null, sourceCode: SourceCode): readonly Node[] {
  const sides = choice.type === 'LogicalExpression' ? [choice.left, choice.right] : [choice.consequent, choice.alternate];
  if (!frame) return sides;
  const taken = sides.filter((side) => isReached(side, frame, sourceCode) && !(side === sides[0] && choice.type === 'LogicalExpression' && isPassedOver(choice, frame, sourceCode)));
  // Which one it is has to be known for the other not to count.
  return taken.length === 1 ? taken : sides;
}

/** Whether the value of a logical expression is never that of its left side. */
function isPassedOver({ left, operator }: TSESTree.LogicalExpression, frame: Frame, sourceCode: SourceCode): boolean {
  if (operator !== '&&' && isLeftEmpty(left, frame, sourceCode)) return true;
  const constant = operator === '??' ? null : constantAt({ node: left, frame }, sourceCode);
  return constant !== null && Boolean(constant.value) === (operator === '&&');
}
