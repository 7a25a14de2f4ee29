import { Node, SyntaxKind, type SourceFile } from 'ts-morph';

import { declaredValues, identifierValues } from './names.js';
import { specifierOf } from './scope.js';
import { propertyNameOf } from './sites.js';
import type { Value } from './value.js';
import type { World } from './world.js';

/**
 * @param specifier what an import names
 * @param from the file that imports
 * @param world the files
 * @returns a file of the project, or a library; unknown for a file that was not given
 */
export function moduleOf(specifier: string, from: SourceFile, world: World): Value {
  const source = world.imported(specifier, from);
  if (source) return { kind: 'module', source };
  if (specifier.startsWith('.')) return { kind: 'unknown', key: `module ${from.getDirectoryPath()} ${specifier}` };
  return { kind: 'library', module: specifier, path: [] };
}

/**
 * @param source a file
 * @param name what is imported from it; `*` is all of it
 * @param world the files
 * @param seen files that re-export one another in a circle are asked once
 * @returns what it may be
 */
export function exportsOf(source: SourceFile, name: string, world: World, seen: readonly SourceFile[] = []): readonly Value[] {
  const unknown: readonly Value[] = [{ kind: 'unknown', key: `export ${source.getFilePath()} ${name}` }];
  if (name === '*') return [{ kind: 'module', source }];
  if (seen.includes(source)) return [];
  for (const statement of source.getStatements()) {
    if (Node.isVariableStatement(statement) && statement.isExported()) {
      for (const declaration of statement.getDeclarations()) {
        const found = Node.isIdentifier(declaration.getNameNode()) ? null : declaration.getDescendantsOfKind(SyntaxKind.BindingElement).find((element) => element.getName() === name);
        if (declaration.getName() === name || found) return declaredValues(found ?? declaration, null, world);
      }
    } else if ((Node.isFunctionDeclaration(statement) || Node.isClassDeclaration(statement)) && statement.isExported()) {
      if (name === 'default' ? statement.isDefaultExport() : statement.getName() === name && !(Node.isFunctionDeclaration(statement) && statement.isOverload())) return declaredValues(statement, null, world);
    } else if (Node.isExportAssignment(statement)) {
      if (name === 'default' || statement.isExportEquals()) return world.valuesOf(statement.getExpression(), null);
    } else if (Node.isExportDeclaration(statement)) {
      const found = reExported(statement, source, name, world, seen);
      if (found.length > 0) return found;
    }
  }
  return commonJsExport(source, name, world) ?? (seen.length > 0 ? [] : unknown);
}

function reExported(statement: Node, source: SourceFile, name: string, world: World, seen: readonly SourceFile[]): readonly Value[] {
  const declaration = statement.asKindOrThrow(SyntaxKind.ExportDeclaration);
  const specifier = specifierOf(declaration);
  const from = specifier === null ? null : moduleOf(specifier, source, world);
  if (declaration.isNamespaceExport()) {
    const whole = declaration.getNamespaceExport()?.getName();
    if (whole !== undefined) return whole === name && from ? [from] : [];
    return from?.kind === 'module' && name !== 'default' ? exportsOf(from.source, name, world, [...seen, source]) : [];
  }
  const named = declaration.getNamedExports().find((one) => (one.getAliasNode()?.getText() ?? one.getName()) === name);
  if (!named) return [];
  const local = named.getNameNode();
  if (!from) return Node.isIdentifier(local) ? identifierValues(local, null, world) : [];
  if (from.kind === 'module') return exportsOf(from.source, named.getName(), world, [...seen, source]);
  return from.kind === 'library' ? [{ ...from, path: [...from.path, named.getName()] }] : [from];
}

/** `module.exports = { name }`, `exports.name = …`. */
function commonJsExport(source: SourceFile, name: string, world: World): readonly Value[] | null {
  for (const statement of source.getStatements()) {
    const assignment = Node.isExpressionStatement(statement) ? statement.getExpression() : undefined;
    if (!Node.isBinaryExpression(assignment) || assignment.getOperatorToken().getKind() !== SyntaxKind.EqualsToken) continue;
    const left = assignment.getLeft().getText();
    if (left === `exports.${name}` || left === `module.exports.${name}`) return world.valuesOf(assignment.getRight(), null);
    if (left !== 'module.exports') continue;
    if (name === 'default') return world.valuesOf(assignment.getRight(), null);
    const right = assignment.getRight();
    const property = Node.isObjectLiteralExpression(right) ? right.getProperties().find((one) => propertyNameOf(one) === name) : undefined;
    if (Node.isPropertyAssignment(property)) return world.valuesOf(property.getInitializerOrThrow(), null);
    if (Node.isShorthandPropertyAssignment(property)) return world.valuesOf(property.getNameNode(), null);
  }
  return null;
}
