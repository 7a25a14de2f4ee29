import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { SourceCode } from '../calls/syntax.js';
import { lineBreakOf } from './line-break.js';

/**
 * Adds a property at the end of an object literal, in the literal's own style. Comments stay where they are.
 *
 * @param object the literal
 * @param property the source of the property, such as `IfNoneMatch: '*'`
 */
export function addProperty(
  fixer: TSESLint.RuleFixer,
  object: TSESTree.ObjectExpression | TSESTree.ObjectPattern,
  property: string,
  sourceCode: SourceCode,
): TSESLint.RuleFix[] {
  const annotation = object.type === 'ObjectPattern' ? object.typeAnnotation : undefined;
  const brace = annotation ? sourceCode.getTokenBefore(annotation) : sourceCode.getLastToken(object);
  const last = object.properties.at(-1);
  if (!brace) return [];
  if (!last) {
    const first = sourceCode.getFirstToken(object);
    return first ? [fixer.insertTextAfter(first, ` ${property} `)] : [];
  }
  const after = sourceCode.getTokenAfter(last);
  const comma = after?.value === ',' ? after : null;
  const end = comma ?? last;
  // A rest element has to stay last.
  if (last.type === 'RestElement') return [fixer.insertTextBefore(last, `${property}, `)];
  if (!startsLine(last, sourceCode) || brace.loc.start.line === last.loc.end.line) {
    return [fixer.insertTextAfter(end, comma ? ` ${property},` : `, ${property}`)];
  }
  const indent = indentOf(last, sourceCode);
  // A comment behind the last property belongs to it: the new one goes on the line after.
  const comment = sourceCode.getCommentsBefore(brace).filter(({ loc }) => loc.start.line === end.loc.end.line).at(-1);
  const line = `${lineBreakOf(sourceCode)}${indent}${property}${comma ? ',' : ''}`;
  if (!comment) return [fixer.insertTextAfter(end, comma ? line : `,${line}`)];
  return [...(comma ? [] : [fixer.insertTextAfter(last, ',')]), fixer.insertTextAfterRange(comment.range, line)];
}

const startsLine = (node: TSESTree.Node, sourceCode: SourceCode): boolean =>
  sourceCode.getTokenBefore(node)?.loc.end.line !== node.loc.start.line;

const indentOf = (node: TSESTree.Node, sourceCode: SourceCode): string => /^\s*/.exec(sourceCode.lines[node.loc.start.line - 1] ?? '')?.[0] ?? '';
