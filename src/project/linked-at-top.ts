import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from '../calls/bindings.js';
import { isOwn } from '../calls/linked-source.js';
import { continuationsOf } from '../calls/links.js';
import { enclosingFunction, wrapped, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';

/**
 * Values of a module that are made of linked imports outside functions: `export default new S3Storage()`,
 * `export const put = putWith(client)`, `class Avatars extends S3Storage`, and fields that others can use:
 * `protected storage = new S3Storage()`, `constructor(protected storage: S3Storage)`. What a function returns counts too, and what
 * an interface has: `const getStorage = () => new S3Storage()`, `interface Deps { storage: S3Storage }`.
 *
 * @param sourceCode a file, linked to what it imports
 * @returns the names that are used so: what is made of them reaches S3 as they do
 */
export function linkedAtTop(sourceCode: SourceCode): readonly Node[] {
  const bindings = bindingsOf(sourceCode);
  const imported = sourceCode.ast.body.flatMap((statement) => (statement.type === 'ImportDeclaration' && isOwn(statement, sourceCode) ? statement.specifiers : []));
  return imported.flatMap((specifier) => {
    if (continuationsOf({ node: specifier, frame: null, path: [] }, sourceCode).length === 0) return [];
    const references = bindings.variableOf(specifier.local)?.references ?? [];
    return references.map(({ identifier }): Node => identifier).filter(becomesValue);
  });
}

/** Whether a name, or what is made of it by calling it, becomes the value of something at the top of the module. */
function becomesValue(name: Node): boolean {
  let inner = wrapped(name);
  for (let outer = inner.parent; outer; inner = wrapped(outer), outer = inner.parent) {
    switch (outer.type) {
      case 'NewExpression':
      case 'CallExpression':
        if (outer.callee !== inner) return false;
        break;
      case 'ConditionalExpression':
        if (outer.test === inner) return false;
        break;
      case 'LogicalExpression':
      case 'Property':
      case 'ObjectExpression':
      case 'TSTypeReference':
      case 'TSTypeAnnotation':
      case 'TSPropertySignature':
      case 'TSInterfaceBody':
      case 'TSTypeLiteral':
      case 'Identifier':
      case 'AssignmentPattern':
        break;
      case 'PropertyDefinition':
        return outer.accessibility !== 'private' && outer.key.type !== 'PrivateIdentifier';
      case 'TSParameterProperty':
        return outer.accessibility !== 'private';
      case 'VariableDeclarator':
        return isAtTop(outer.parent);
      case 'ClassDeclaration':
        return outer.superClass === inner && isAtTop(outer);
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
        return isAtTop(outer);
      case 'ArrowFunctionExpression':
        return outer.body === inner && isMadeAtTop(outer);
      case 'ReturnStatement':
        return isMadeAtTop(enclosingFunction(outer));
      case 'AssignmentExpression':
        return outer.right === inner && outer.parent.parent?.type === 'Program';
      case 'ExportDefaultDeclaration':
      case 'TSExportAssignment':
        return true;
      default:
        return false;
    }
  }
  return false;
}

/** `export const getStorage = () => new S3Storage()` gives out what it makes. */
function isMadeAtTop(made: FunctionNode | null): boolean {
  if (made?.type === 'FunctionDeclaration') return isAtTop(made);
  return made?.parent.type === 'VariableDeclarator' && isAtTop(made.parent.parent);
}

const isAtTop = (declaration: TSESTree.VariableDeclaration | TSESTree.ClassDeclaration | TSESTree.FunctionDeclaration | TSESTree.TSInterfaceDeclaration | TSESTree.TSTypeAliasDeclaration): boolean =>
  declaration.parent.type === 'Program' || declaration.parent.type === 'ExportNamedDeclaration' || declaration.parent.type === 'ExportDefaultDeclaration';
