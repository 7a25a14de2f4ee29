import { propertyName, type Node } from '../calls/syntax.js';
import type { Edit } from './add-condition.js';

/**
 * Gives a property its right name; what it holds stays as it is.
 *
 * @param node a property of a literal, or an assignment to a member
 * @param right the right name; one that is no identifier is quoted
 * @returns the edit; null where the name is not spelt out there
 */
export function renameProperty(node: Node, right: string): Edit {
  const name = /^\w+$/.test(right) ? right : `'${right}'`;
  if (node.type === 'Property' && propertyName(node) !== null) {
    const { key, computed, shorthand, method } = node;
    if (computed || method) return null;
    return (fixer) => [shorthand ? fixer.insertTextBefore(key, `${name}: `) : fixer.replaceText(key, name)];
  }
  if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression' || node.left.computed || name !== right) return null;
  const { property } = node.left;
  return (fixer) => [fixer.replaceText(property, name)];
}
