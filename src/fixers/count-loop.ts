import type { TSESTree } from '@typescript-eslint/utils';

import { walk, type Node, type SourceCode } from '../calls/syntax.js';
import type { Edit } from './add-condition.js';
import { lineBreakOf } from './line-break.js';

/**
 * Turns an endless loop into a counted one that throws when its attempts are used up.
 *
 * @param loop the loop
 * @param attempts how many turns it may take
 * @returns the edit; null where the loop's head says more than "for ever", or its counter's name is taken
 */
export function countLoop(loop: TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForStatement, attempts: string, sourceCode: SourceCode): Edit {
  const { body } = loop;
  const isEndless = loop.type === 'WhileStatement' ? loop.test.type === 'Literal' && loop.test.value === true : loop.type === 'ForStatement' && !loop.init && !loop.test && !loop.update;
  // The throw has to stand behind the loop, in the same block.
  if (!isEndless || body.type !== 'BlockStatement' || (loop.parent.type !== 'BlockStatement' && loop.parent.type !== 'Program')) return null;
  if (sourceCode.getCommentsInside(loop).some((comment) => comment.range[0] < body.range[0])) return null;
  const inTheWay: Node[] = [];
  walk(loop, sourceCode, (node) => {
    // What breaks out of the loop has succeeded and must not meet the throw behind it.
    if (node.type === 'BreakStatement' || (node.type === 'Identifier' && node.name === 'attempt')) inTheWay.push(node);
  });
  if (inTheWay.length > 0) return null;
  const indent = /^\s*/.exec(sourceCode.lines[loop.loc.start.line - 1] ?? '')?.[0] ?? '';
  return (fixer) => [
    fixer.replaceTextRange([loop.range[0], body.range[0]], `for (let attempt = 0; attempt < ${attempts}; attempt++) `),
    fixer.insertTextAfter(loop, `${lineBreakOf(sourceCode)}${indent}throw new Error('Conflicts did not end after ${attempts} attempts.');`),
  ];
}
