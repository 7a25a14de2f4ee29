import type { TSESTree } from '@typescript-eslint/utils';

import { contains, isFunction, isLoop, literalText, methodName, propertyName, unwrap, walk, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';

/** One of so many meets no other. */
const many = 1e9;

/**
 * What `Math.random` draws, which is fresh only as far as enough of it is kept.
 *
 * @param draw a call of `Math.random`
 * @param use what the text that holds it is for
 * @param sourceCode its file
 * @returns whether that text is another one for each use: it is drawn for each character (`id += letters[…]` in a loop), kept
 *   whole (`Math.random().toString(36)`), or one of a milliard. One of a hundred is not
 */
export function isFreshDraw(draw: TSESTree.CallExpression, use: Node, sourceCode: SourceCode): boolean {
  let isRounded = false;
  let among = 1;
  let isTold = false;
  for (let node: Node = draw, outer: Node | undefined = draw.parent; outer; node = outer, outer = outer.parent) {
    if (isLoop(outer) && !contains(outer, use) && !waits(outer, sourceCode)) return true;
    if (isFunction(outer)) return isRunForEach(outer) || !isRounded || among >= many;
    // What stands around the text itself makes nothing smaller of it.
    isTold ||= outer.type === 'TemplateLiteral' || /Statement$|Declarat/.test(outer.type);
    if (isTold) continue;
    if (outer.type === 'BinaryExpression' && outer.operator === '*') among *= numberIn(outer.left === node ? outer.right : outer.left);
    isRounded ||= roundsOff(outer);
  }
  return !isRounded || among >= many;
}

/** `Math.floor(…)`, `… | 0`, `… >>> 0`, `~~…` */
const roundsOff = (node: Node): boolean =>
  (node.type === 'BinaryExpression' && /^(?:[|&^]|>>>?)$/.test(node.operator)) ||
  (node.type === 'UnaryExpression' && node.operator === '~') ||
  (node.type === 'CallExpression' && /^(?:floor|round|ceil|trunc|toFixed)$/.test(methodName(node) ?? ''));

/** `Array.from({ length: 8 }, () => …)`, `'xxxx'.replace(/x/g, () => …)`, `[...Array(8)].map(() => …)`: one draw for each character. */
export const isRunForEach = ({ parent: call }: FunctionNode): boolean => call.type === 'CallExpression' && /^(?:from|map|replace|replaceAll)$/.test(methodName(call) ?? '');

/** A loop that waits does more than to put a text together. */
function waits(loop: Node, sourceCode: SourceCode): boolean {
  let found = false;
  walk(loop, sourceCode, (node) => {
    found ||= node.type === 'AwaitExpression';
    return !found && !isFunction(node);
  });
  return found;
}

/** A factor, as far as it is written: `1e9`, `2 ** 32`, `Number.MAX_SAFE_INTEGER`. A length or a name is taken for small. */
function numberIn(factor: Node): number {
  const node = unwrap(factor);
  if (node.type === 'BinaryExpression' && node.operator === '**') return Number(literalText(node.left)) ** Number(literalText(node.right)) || 1;
  if (node.type === 'MemberExpression') return /^MAX_(?:SAFE_INTEGER|VALUE)$/.test(propertyName(node) ?? '') ? Number.MAX_SAFE_INTEGER : 1;
  return Number(literalText(node)) || 1;
}
