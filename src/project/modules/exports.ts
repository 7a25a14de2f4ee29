import type ts from 'typescript';

import type { FoundImport } from './imports.js';
import type { TypeScript } from './type-script.js';

/** Where a name that a file gives out comes from. */
export type Given =
  | { readonly kind: 'own'; /** What it is called in the file; null where it has no name there. */ readonly local: string | null }
  | { readonly kind: 'from'; readonly specifier: string; readonly asked: string };

/** What a file gives out, as it is written. */
export interface ModuleExports {
  readonly names: ReadonlyMap<string, Given>;
  /** Specifiers of the modules whose names it gives out as well. */
  readonly stars: readonly string[];
  /** What `require` of a CommonJS module answers; null for an ES module. */
  readonly whole: Given | null;
}

interface Reading {
  readonly typescript: TypeScript;
  readonly source: ts.SourceFile;
  readonly imports: readonly FoundImport[];
  readonly bindings: ReadonlyMap<string, FoundImport>;
  /** Uses of imports that only hand them on. */
  readonly passedOn: Set<ts.Node>;
  readonly names: Map<string, Given>;
  readonly stars: Set<string>;
  whole: Given | null;
}

/**
 * @param typescript the parser
 * @param source a file, with parents
 * @param imports what it imports
 * @param bindings its imports by their name in the file
 * @returns what it gives out, and the nodes that do nothing with an import but hand it on
 */
export function exportsIn(
  typescript: TypeScript,
  source: ts.SourceFile,
  imports: readonly FoundImport[],
  bindings: ReadonlyMap<string, FoundImport>,
): { readonly exports: ModuleExports; readonly passedOn: ReadonlySet<ts.Node> } {
  const reading: Reading = { typescript, source, imports, bindings, passedOn: new Set(), names: new Map(), stars: new Set(), whole: null };
  for (const statement of source.statements) readStatement(statement, reading);
  if (/\bexports\b/.test(source.text)) readCommonJs(reading);
  return { exports: { names: reading.names, stars: [...reading.stars], whole: reading.whole }, passedOn: reading.passedOn };
}

function readStatement(statement: ts.Statement, reading: Reading): void {
  const { typescript, names, stars } = reading;
  if (typescript.isExportDeclaration(statement)) {
    const specifier = statement.moduleSpecifier && typescript.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : null;
    const clause = statement.exportClause;
    if (!clause) {
      if (specifier !== null) stars.add(specifier);
    } else if (typescript.isNamespaceExport(clause)) {
      if (specifier !== null) names.set(clause.name.text, { kind: 'from', specifier, asked: '*' });
    } else {
      for (const { name, propertyName } of clause.elements) {
        const asked = propertyName ?? name;
        names.set(name.text, specifier !== null ? { kind: 'from', specifier, asked: asked.text } : typescript.isIdentifier(asked) ? named(asked, reading) : own(null));
      }
    }
  } else if (typescript.isExportAssignment(statement)) {
    if (statement.isExportEquals) readWhole(statement.expression, reading);
    else names.set('default', givenBy(statement.expression, reading));
  } else if (typescript.canHaveModifiers(statement) && !isPlainAlias(typescript, statement)) {
    const modifiers = typescript.getModifiers(statement)?.map(({ kind }) => kind) ?? [];
    if (!modifiers.includes(typescript.SyntaxKind.ExportKeyword)) return;
    const isDefault = modifiers.includes(typescript.SyntaxKind.DefaultKeyword);
    for (const name of declaredBy(typescript, statement)) {
      const imported = typescript.isImportEqualsDeclaration(statement) ? reading.bindings.get(name) : undefined;
      if (imported) reading.passedOn.add(imported.node);
      names.set(isDefault ? 'default' : name, imported ? from(imported) : own(name));
    }
    if (isDefault && !names.has('default')) names.set('default', own(null));
  }
}

/** Whether a statement gives a name to `any`, `string` or the like, by which nothing is known of what has it. */
export const isPlainAlias = (typescript: TypeScript, statement: ts.Statement): boolean =>
  typescript.isTypeAliasDeclaration(statement) && statement.type.kind >= typescript.SyntaxKind.FirstKeyword && statement.type.kind <= typescript.SyntaxKind.LastKeyword;

/** The names that a declaration makes. */
function declaredBy(typescript: TypeScript, statement: ts.Statement): readonly string[] {
  if (typescript.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap(({ name }) => boundNames(typescript, name));
  const { name } = statement as ts.DeclarationStatement;
  return name && typescript.isIdentifier(name) ? [name.text] : [];
}

function boundNames(typescript: TypeScript, name: ts.BindingName): readonly string[] {
  if (typescript.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (typescript.isOmittedExpression(element) ? [] : boundNames(typescript, element.name)));
}

const own = (local: string | null): Given => ({ kind: 'own', local });
const from = ({ specifier, asked }: { readonly specifier: string; readonly asked: string }): Given => ({ kind: 'from', specifier, asked });

function named(name: ts.Identifier, { bindings, passedOn }: Reading): Given {
  const imported = bindings.get(name.text);
  if (!imported) return own(name.text);
  passedOn.add(name);
  return from(imported);
}

/** What an expression that is given out stands for: an import, as a whole or one name of it, or something of the file's own. */
function givenBy(expression: ts.Expression, reading: Reading): Given {
  const { typescript, imports, bindings, passedOn } = reading;
  const value = innermost(typescript, expression);
  if (typescript.isIdentifier(value)) return named(value, reading);
  const loaded = imports.find(({ node }) => node === value || (typescript.isPropertyAccessExpression(value) && node === value.expression));
  if (loaded) {
    passedOn.add(loaded.node);
    return from(loaded);
  }
  if (typescript.isPropertyAccessExpression(value) && typescript.isIdentifier(value.expression)) {
    const imported = bindings.get(value.expression.text);
    if (imported?.asked === '*') {
      passedOn.add(value.expression);
      return { kind: 'from', specifier: imported.specifier, asked: value.name.text };
    }
  }
  return own(null);
}

/** The value of an expression without what only wraps it: parentheses, type assertions, further assignments. */
function innermost(typescript: TypeScript, expression: ts.Expression): ts.Expression {
  const isWrapped =
    typescript.isParenthesizedExpression(expression) || typescript.isAsExpression(expression) || typescript.isSatisfiesExpression(expression) || typescript.isNonNullExpression(expression);
  if (isWrapped) return innermost(typescript, expression.expression);
  return isAssignment(typescript, expression) ? innermost(typescript, expression.right) : expression;
}

const isAssignment = (typescript: TypeScript, node: ts.Node): node is ts.BinaryExpression =>
  typescript.isBinaryExpression(node) && node.operatorToken.kind === typescript.SyntaxKind.EqualsToken;

/** `module.exports = …`, `export = …` */
function readWhole(expression: ts.Expression, reading: Reading): void {
  const { typescript } = reading;
  const value = innermost(typescript, expression);
  const object = typescript.isIdentifier(value) ? initializerOf(value.text, reading) : value;
  if (object && typescript.isObjectLiteralExpression(object)) {
    reading.whole = own(value === object ? null : (value as ts.Identifier).text);
    readProperties(object, reading);
    return;
  }
  reading.whole = givenBy(value, reading);
  readSpread(reading.whole, reading);
}

/** All names of a module that was imported as a whole. */
function readSpread(given: Given, { stars }: Reading): void {
  if (given.kind === 'from' && given.asked === '*') stars.add(given.specifier);
}

function readProperties(object: ts.ObjectLiteralExpression, reading: Reading): void {
  const { typescript, names } = reading;
  for (const property of object.properties) {
    if (typescript.isSpreadAssignment(property)) {
      const value = innermost(typescript, property.expression);
      if (typescript.isObjectLiteralExpression(value)) readProperties(value, reading);
      else readSpread(givenBy(value, reading), reading);
      continue;
    }
    if (typescript.isComputedPropertyName(property.name)) continue;
    const name = property.name.text;
    if (typescript.isShorthandPropertyAssignment(property)) names.set(name, named(property.name, reading));
    else names.set(name, typescript.isPropertyAssignment(property) ? givenBy(property.initializer, reading) : own(null));
  }
}

function initializerOf(name: string, { typescript, source }: Reading): ts.Expression | null {
  for (const statement of source.statements) {
    if (!typescript.isVariableStatement(statement)) continue;
    const declaration = statement.declarationList.declarations.find((candidate) => typescript.isIdentifier(candidate.name) && candidate.name.text === name);
    if (declaration?.initializer) return innermost(typescript, declaration.initializer);
  }
  return null;
}

/** Functions with which compilers copy the exports of another module. */
const copiers = /^(?:__exportStar|_export_star|__reExport)$/;

/** `module.exports = …`, `exports.a = …`, and what TypeScript and esbuild make of `export` when they compile to CommonJS. */
function readCommonJs(reading: Reading): void {
  const { typescript, source, names } = reading;
  /** Other names of `module.exports`: `const api = module.exports = {}`, `module.exports = api`. */
  const aliases = new Set<string>();
  const isWhole = (node: ts.Node): boolean =>
    typescript.isIdentifier(node)
      ? node.text === 'exports' || aliases.has(node.text)
      : typescript.isPropertyAccessExpression(node) && typescript.isIdentifier(node.expression) && node.expression.text === 'module' && node.name.text === 'exports';
  const give = (name: string, given: Given): void => {
    reading.whole ??= own(null);
    if (name !== '__esModule') names.set(name, given);
  };

  const collectAliases = (node: ts.Node): void => {
    if (isAssignment(typescript, node) && typescript.isPropertyAccessExpression(node.left) && isWhole(node.left)) {
      const value = innermost(typescript, node.right);
      if (typescript.isIdentifier(value) && !reading.bindings.has(value.text)) aliases.add(value.text);
      const holder = outermostAssignment(typescript, node).parent;
      if (typescript.isVariableDeclaration(holder) && typescript.isIdentifier(holder.name)) aliases.add(holder.name.text);
    }
    typescript.forEachChild(node, collectAliases);
  };

  const assign = (node: ts.BinaryExpression): void => {
    const { left } = node;
    if (typescript.isPropertyAccessExpression(left) && isWhole(left)) {
      readWhole(node.right, reading);
    } else if (typescript.isPropertyAccessExpression(left) && isWhole(left.expression)) {
      give(left.name.text, givenBy(node.right, reading));
    } else if (typescript.isElementAccessExpression(left) && isWhole(left.expression) && typescript.isStringLiteralLike(left.argumentExpression)) {
      give(left.argumentExpression.text, givenBy(node.right, reading));
    }
  };

  const call = ({ expression, arguments: [target, ...others] }: ts.CallExpression): void => {
    const callee = typescript.isPropertyAccessExpression(expression) ? expression.name.text : typescript.isIdentifier(expression) ? expression.text : '';
    const [first, second] = others;
    if (target && callee === 'assign' && isWhole(target)) {
      reading.whole ??= own(null);
      for (const other of others) {
        const value = innermost(typescript, other);
        if (typescript.isObjectLiteralExpression(value)) readProperties(value, reading);
        else readSpread(givenBy(value, reading), reading);
      }
    } else if (target && copiers.test(callee) && others.some(isWhole)) {
      reading.whole ??= own(null);
      readSpread(givenBy(target, reading), reading);
    } else if (target && callee === 'defineProperty' && isWhole(target) && first && second && typescript.isStringLiteralLike(first)) {
      const answer = answerOf(typescript, second);
      give(first.text, answer ? givenBy(answer, reading) : own(null));
    }
  };

  const visit = (node: ts.Node): void => {
    if (isAssignment(typescript, node)) assign(node);
    else if (typescript.isCallExpression(node)) call(node);
    typescript.forEachChild(node, visit);
  };
  collectAliases(source);
  visit(source);
}

const outermostAssignment = (typescript: TypeScript, node: ts.Node): ts.Node =>
  isAssignment(typescript, node.parent) || typescript.isParenthesizedExpression(node.parent) ? outermostAssignment(typescript, node.parent) : node;

/** What the getter of a property description returns. */
function answerOf(typescript: TypeScript, description: ts.Expression): ts.Expression | null {
  let answer: ts.Expression | null = null;
  const visit = (node: ts.Node): void => {
    if (typescript.isReturnStatement(node) && node.expression) answer = node.expression;
    else if (typescript.isArrowFunction(node) && !typescript.isBlock(node.body)) answer = node.body;
    else typescript.forEachChild(node, visit);
  };
  visit(description);
  return answer;
}
