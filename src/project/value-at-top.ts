import type { TSESTree } from '@typescript-eslint/utils';

import { enclosingFunction, wrapped, type CallLike, type Node } from '../calls/syntax.js';

/**
 * Follows an expression, or a name in a type, outward to what it becomes at the top of its module: `export default new S3Storage()`,
 * `export const put = putWith(client)`, `class Avatars extends S3Storage`, fields that others can use (`protected storage = new
 * S3Storage()`, `constructor(protected storage: S3Storage)`), what a function returns, and what an interface has.
 *
 * @param value the expression
 * @param passes whether what stands in a call, as its callee or as an argument, is still in what the call gives
 * @returns the declaration, member of a class or assignment that has it; null where it stays within a function
 */
export function valueAtTop(value: Node, passes: (call: CallLike, inner: Node) => boolean): Node | null {
  let inner = wrapped(value);
  for (let outer = inner.parent; outer; inner = wrapped(outer), outer = inner.parent) {
    switch (outer.type) {
      case 'NewExpression':
      case 'CallExpression':
        if (!passes(outer, inner)) return null;
        break;
      case 'ConditionalExpression':
        if (outer.test === inner) return null;
        break;
      case 'LogicalExpression':
      case 'Property':
      case 'ObjectExpression':
      case 'TSQualifiedName':
      case 'TSTypeReference':
      case 'TSTypeAnnotation':
      case 'TSPropertySignature':
      case 'TSInterfaceBody':
      case 'TSTypeLiteral':
      case 'TSUnionType':
      case 'TSTypeParameterInstantiation':
      case 'SpreadElement':
      case 'Identifier':
      case 'AssignmentPattern':
        break;
      case 'PropertyDefinition':
        return outer.accessibility !== 'private' && outer.key.type !== 'PrivateIdentifier' ? outer : null;
      case 'TSParameterProperty':
        return outer.accessibility === 'private' ? null : outer;
      case 'VariableDeclarator':
        return isAtTop(outer.parent) ? outer : null;
      case 'ClassDeclaration':
        return outer.superClass === inner && isAtTop(outer) ? outer : null;
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
        return isAtTop(outer) ? outer : null;
      case 'ArrowFunctionExpression':
        if (outer.body !== inner) return null;
        break;
      case 'ReturnStatement': {
        const made = enclosingFunction(outer);
        if (made?.type === 'FunctionDeclaration') return isAtTop(made) ? made : null;
        if (!made) return null;
        outer = made;
        break;
      }
      case 'MethodDefinition':
        return outer.accessibility !== 'private' && outer.key.type !== 'PrivateIdentifier' ? outer : null;
      case 'AssignmentExpression':
        return outer.right === inner ? outer : null;
      case 'ExportDefaultDeclaration':
      case 'TSExportAssignment':
        return outer;
      default:
        return null;
    }
  }
  return null;
}

const isAtTop = (declaration: TSESTree.VariableDeclaration | TSESTree.ClassDeclaration | TSESTree.FunctionDeclaration | TSESTree.TSInterfaceDeclaration | TSESTree.TSTypeAliasDeclaration): boolean =>
  declaration.parent.type === 'Program' || declaration.parent.type === 'ExportNamedDeclaration' || declaration.parent.type === 'ExportDefaultDeclaration';
