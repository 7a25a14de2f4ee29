import type ts from 'typescript';

import { isPlainAlias, type ModuleExports } from './exports.js';
import type { TypeScript } from './type-script.js';

/** A class, interface or value and what it is built on, as it is written. */
export interface DeclaredHeritage {
  /**
   * As its module gives it out; its own name where the module keeps it to itself; `createStore()` for what a function
   * returns.
   */
  readonly name: string;
  /** Each base by its names: `Storage`, `storage.Storage`. */
  readonly bases: readonly (readonly string[])[];
}

/**
 * @param typescript the parser
 * @param source a file, with parents
 * @param exports what it gives out
 * @returns its classes and interfaces that are built on others by name, and the values and functions at its top that are
 *   declared to be of such a type: `const store: Store = { … }`, `function createStore(): Store`
 */
export function heritageIn(typescript: TypeScript, source: ts.SourceFile, exports: ModuleExports): readonly DeclaredHeritage[] {
  const found: DeclaredHeritage[] = source.statements.flatMap((statement) => declaredAs(typescript, statement, exports));
  if (!/\b(?:extends|implements)\b/.test(source.text)) return found;

  const pathOf = (node: ts.Expression): readonly string[] | null => {
    if (typescript.isIdentifier(node)) return [node.text];
    if (!typescript.isPropertyAccessExpression(node)) return null;
    const outer = pathOf(node.expression);
    return outer && [...outer, node.name.text];
  };
  const basesOf = (clauses: ts.NodeArray<ts.HeritageClause> | undefined): DeclaredHeritage['bases'] =>
    (clauses ?? []).flatMap(({ types }) => types.map(({ expression }) => pathOf(expression)).filter((path) => path !== null));
  const add = (name: string | null, clauses: ts.NodeArray<ts.HeritageClause> | undefined): void => {
    const bases = basesOf(clauses);
    if (name !== null && bases.length > 0) found.push({ name, bases });
  };
  const visit = (node: ts.Node): void => {
    if (typescript.isClassDeclaration(node)) add(node.name ? givenName(node.name.text, exports) : 'default', node.heritageClauses);
    else if (typescript.isInterfaceDeclaration(node)) add(givenName(node.name.text, exports), node.heritageClauses);
    else if (typescript.isClassExpression(node)) add(nameOfExpression(typescript, node, exports), node.heritageClauses);
    typescript.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The values of a statement, and what its functions return, by their annotations. */
function declaredAs(typescript: TypeScript, statement: ts.Statement, exports: ModuleExports): readonly DeclaredHeritage[] {
  const heir = (local: string, type: ts.TypeNode | undefined, suffix: '' | '()'): readonly DeclaredHeritage[] => {
    const path = type ? typePath(typescript, type) : null;
    return path ? [{ name: `${givenName(local, exports)}${suffix}`, bases: [path] }] : [];
  };
  const made = (local: string, maker: Maker): readonly DeclaredHeritage[] => (givesBackOnly(typescript, maker) ? [] : heir(local, maker.type, '()'));
  if (typescript.isFunctionDeclaration(statement)) return made(statement.name?.text ?? 'default', statement);
  if (!typescript.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name, type, initializer }) => {
    if (!typescript.isIdentifier(name) || !initializer) return [];
    if (typescript.isArrowFunction(initializer) || typescript.isFunctionExpression(initializer)) return made(name.text, initializer);
    return heir(name.text, typescript.isSatisfiesExpression(initializer) ? initializer.type : type, '');
  });
}

type Maker = ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression;

/** Whether a function answers with nothing but its parameters: what its callers get is what they had. */
function givesBackOnly(typescript: TypeScript, { parameters, body }: Maker): boolean {
  if (!body) return true;
  const given = new Set(parameters.map(({ name }) => (typescript.isIdentifier(name) ? name.text : null)));
  const isGiven = (answer: ts.Expression): boolean => typescript.isIdentifier(answer) && given.has(answer.text);
  if (!typescript.isBlock(body)) return isGiven(body);
  const onlyGiven = (node: ts.Node): boolean => {
    if (typescript.isReturnStatement(node)) return !node.expression || isGiven(node.expression);
    return typescript.isFunctionLike(node) || typescript.forEachChild(node, (child) => (onlyGiven(child) ? undefined : 'other')) === undefined;
  };
  return onlyGiven(body);
}

/** `Store`, `storage.Store`, `Promise<Store>`. */
function typePath(typescript: TypeScript, type: ts.TypeNode): readonly string[] | null {
  if (!typescript.isTypeReferenceNode(type)) return null;
  const { typeName, typeArguments } = type;
  if (typescript.isIdentifier(typeName) && typeName.text === 'Promise') return typeArguments?.[0] ? typePath(typescript, typeArguments[0]) : null;
  const names = (name: ts.EntityName): readonly string[] => (typescript.isIdentifier(name) ? [name.text] : [...names(name.left), name.right.text]);
  return names(typeName);
}

/** What a class of the file may be built on: its classes, interfaces and named types. */
export function typesDeclaredIn(typescript: TypeScript, source: ts.SourceFile): ReadonlySet<string> {
  const isClass = ({ initializer }: ts.VariableDeclaration): boolean => initializer !== undefined && typescript.isClassExpression(initializer);
  return new Set(
    source.statements.flatMap((statement): readonly string[] => {
      if (typescript.isVariableStatement(statement)) return statement.declarationList.declarations.filter(isClass).flatMap(({ name }) => (typescript.isIdentifier(name) ? [name.text] : []));
      const declares = typescript.isClassDeclaration(statement) || typescript.isInterfaceDeclaration(statement) || (typescript.isTypeAliasDeclaration(statement) && !isPlainAlias(typescript, statement));
      return declares && statement.name ? [statement.name.text] : [];
    }),
  );
}

/** The name that others know a thing of the file by: its own, if that is given out, before another. */
export function givenName(local: string, { names, whole }: ModuleExports): string {
  const isIt = (given: ModuleExports['whole'] | undefined): boolean => given?.kind === 'own' && given.local === local;
  if (isIt(names.get(local))) return local;
  return [...names].find(([, given]) => isIt(given))?.[0] ?? (isIt(whole) ? '*' : local);
}

/** `const Storage = class extends …`, `exports.Storage = class extends …`, `module.exports = class extends …` */
function nameOfExpression(typescript: TypeScript, node: ts.ClassExpression, exports: ModuleExports): string | null {
  const { parent } = node;
  if (typescript.isVariableDeclaration(parent) && typescript.isIdentifier(parent.name)) return givenName(parent.name.text, exports);
  if (typescript.isExportAssignment(parent)) return parent.isExportEquals ? '*' : 'default';
  if (typescript.isBinaryExpression(parent) && typescript.isPropertyAccessExpression(parent.left)) {
    const { expression, name } = parent.left;
    return typescript.isIdentifier(expression) && expression.text === 'module' && name.text === 'exports' ? '*' : exports.names.has(name.text) ? name.text : null;
  }
  return null;
}
