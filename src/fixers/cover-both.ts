import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from '../calls/bindings.js';
import { inputShape, type S3Call } from '../calls/s3-call.js';
import { contains, isNothing, unwrap, type Node, type SourceCode } from '../calls/syntax.js';
import type { Edit } from './add-condition.js';

/**
 * Gives the path that sends no `IfMatch` an `IfNoneMatch: '*'`, so that a create is guarded as the update is.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 *
 * @param call a write
 * @param unset where its `IfMatch` is set, a property, a spread, or an assignment; and what leaves its value unset
 * @returns the edit; null where the form is another, or the input names `IfNoneMatch` already
 */
export function coverBoth(call: S3Call, { node, cause }: { readonly node: Node; readonly cause: Node }, sourceCode: SourceCode): Edit {
  const names = call.operation.name === 'RenameObject' ? (['DestinationIfMatch', 'DestinationIfNoneMatch'] as const) : (['IfMatch', 'IfNoneMatch'] as const);
  if ((call.client !== 'v3' && call.client !== 'lib-storage') || call.operation.effect !== 'write' || inputShape(call, null, sourceCode).properties.has(names[1])) return null;
  if (sourceCode.getCommentsInside(node).length > 0) return null;
  const test = testOf(node);
  if (test && letsThrough(test, cause)) return null;
  const create = `{ ${names[1]}: '*' }`;
  switch (node.type) {
    case 'Property': {
      const spread = node.computed || !isAlwaysSent(node.parent) ? null : chosen(node.value, names[0], create, sourceCode);
      return spread === null ? null : (fixer) => [fixer.replaceText(node, `...(${spread})`)];
    }
    case 'SpreadElement':
      return coverSpread(unwrap(node.argument), create, sourceCode);
    case 'AssignmentExpression':
      return coverAssignment(node, names[1], sourceCode);
    default:
      return null;
  }
}

/** Whether an object is the one input, and not one of several, or what a function makes of it. */
const isAlwaysSent = ({ type, parent }: TSESTree.Property['parent']): boolean =>
  type === 'ObjectExpression' && !/^(?:Conditional|Logical|Assignment|ArrowFunction)Expression$|^ReturnStatement$|^SpreadElement$/.test(parent.type);

/** `etag` as `etag ? { IfMatch: etag } : { IfNoneMatch: '*' }`. */
function chosen(outer: Node, match: string, create: string, sourceCode: SourceCode): string | null {
  const value = unwrap(outer);
  const text = (node: Node): string => sourceCode.getText(node);
  if (value.type === 'ConditionalExpression') {
    if (isNothing(value.alternate) && !mayBeUnset(value.consequent)) return `${text(value.test)} ? { ${match}: ${text(value.consequent)} } : ${create}`;
    if (isNothing(value.consequent) && !mayBeUnset(value.alternate)) return `${text(value.test)} ? ${create} : { ${match}: ${text(value.alternate)} }`;
    return null;
  }
  if (value.type === 'LogicalExpression' && value.operator !== '&&') return isNothing(value.right) ? chosen(value.left, match, create, sourceCode) : null;
  return isPlain(value, sourceCode) ? `${text(value)} ? { ${match}: ${text(value).replaceAll('?.', '.')} } : ${create}` : null;
}

/** A name of the file, or members of one: it can be said twice. What is global may change between the two. */
function isPlain(outer: Node, sourceCode: SourceCode): boolean {
  const node = unwrap(outer);
  if (node.type === 'Identifier') return !isNothing(node) && !bindingsOf(sourceCode).isGlobal(node);
  return node.type === 'MemberExpression' && !node.computed && (node.object.type === 'ThisExpression' || isPlain(node.object, sourceCode));
}

/** The test that chooses whether a condition is sent. */
function testOf(node: Node): Node | null {
  const value = unwrap(node.type === 'Property' ? node.value : node.type === 'SpreadElement' ? node.argument : node);
  if (value.type === 'ConditionalExpression') return value.test;
  if (value.type === 'LogicalExpression') return value.left;
  const choice = node.parent?.parent?.type === 'IfStatement' ? node.parent.parent : node.parent?.parent?.parent;
  return node.type === 'AssignmentExpression' && choice?.type === 'IfStatement' ? choice.test : null;
}

/** `etag !== undefined` is true of `null`, and the other way round: then the covered form would still send nothing. */
function letsThrough(test: Node, cause: Node): boolean {
  if (test.type !== 'BinaryExpression' || !/^[!=]==$/.test(test.operator)) return false;
  const other = [test.left, test.right].find(isNothing);
  // Where only the test itself says that it may be unset, it may be either.
  return other !== undefined && (contains(test, cause) || (other.type === 'Literal') !== (cause.type === 'Literal'));
}

const mayBeUnset = (node: Node): boolean => node.type === 'ChainExpression' || node.type === 'LogicalExpression' || node.type === 'ConditionalExpression';

/** `...(etag && { IfMatch: etag })`, `...(etag ? { IfMatch: etag } : {})` */
function coverSpread(argument: Node, create: string, sourceCode: SourceCode): Edit {
  if (argument.type === 'LogicalExpression' && argument.operator === '&&' && argument.right.type === 'ObjectExpression') {
    const { right } = argument;
    const and = sourceCode.getTokenBefore(right);
    // `a && b ? … : …` reads as it did; behind a bracket the other branch would stand in it.
    return and?.value === '&&' ? (fixer) => [fixer.replaceText(and, '?'), fixer.insertTextAfter(right, ` : ${create}`)] : null;
  }
  if (argument.type !== 'ConditionalExpression') return null;
  const branches = [argument.consequent, argument.alternate];
  const empty = branches.find((branch) => isNothing(branch) || (branch.type === 'ObjectExpression' && branch.properties.length === 0));
  // Of several choices, another may be the one that sends nothing.
  return empty && branches.every((branch) => branch === empty || branch.type === 'ObjectExpression') ? (fixer) => [fixer.replaceText(empty, create)] : null;
}

/** `if (etag) input.IfMatch = etag;` gets its other branch. */
function coverAssignment(node: TSESTree.AssignmentExpression, none: string, sourceCode: SourceCode): Edit {
  const statement = node.parent;
  const block = statement.parent;
  if (statement.type !== 'ExpressionStatement' || node.left.type !== 'MemberExpression' || !block) return null;
  const branch = block.type === 'IfStatement' ? statement : block;
  const choice = branch.parent;
  if (choice?.type !== 'IfStatement' || choice.consequent !== branch || choice.alternate) return null;
  if (branch.type === 'BlockStatement' && branch.body.length !== 1) return null;
  const other = `${sourceCode.getText(node.left.object)}.${none} = '*';`;
  if (branch.type !== 'BlockStatement') {
    // A statement that ends with its line has to be ended first.
    const isEnded = sourceCode.getLastToken(choice)?.value === ';';
    return (fixer) => [fixer.insertTextAfter(choice, `${isEnded ? '' : ';'} else ${other}`)];
  }
  const [open, close] = [sourceCode.getFirstToken(branch), sourceCode.getLastToken(branch)];
  if (!open || !close) return null;
  const before = sourceCode.text.slice(open.range[1], statement.range[0]);
  const after = sourceCode.text.slice(statement.range[1], close.range[0]);
  // The other branch is laid out as this one.
  return before.trim() === '' && after.trim() === '' ? (fixer) => [fixer.insertTextAfter(choice, ` else {${before}${other}${after}}`)] : null;
}
