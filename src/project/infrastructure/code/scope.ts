import { Node, SyntaxKind, type BindingElement, type ClassDeclaration, type ExportDeclaration, type FunctionDeclaration, type Identifier, type ImportDeclaration, type ImportEqualsDeclaration, type ParameterDeclaration, type SourceFile, type VariableDeclaration } from 'ts-morph';

/** What declares a name. */
export type Declaration = VariableDeclaration | BindingElement | ParameterDeclaration | FunctionDeclaration | ClassDeclaration | ImportEqualsDeclaration | ImportedName | OtherDeclaration;

/** A name that an `import` brings in; `*` is the whole module. */
export interface ImportedName {
  readonly imported: string;
  readonly specifier: string;
}

/** Something that is declared here and holds no value that is read: an enum, a caught error. It still hides an outer name. */
export interface OtherDeclaration {
  readonly other: Node;
}

/** Owner: this module; lives as long as the scope's file. */
const scopes = new WeakMap<Node, ReadonlyMap<string, Declaration>>();

/**
 * The type checker would know, and costs more than all the rest together: names are looked up scope by scope.
 *
 * @param identifier a name that is used
 * @returns what declares it; null where the file does not
 */
export function declarationOf(identifier: Identifier): Declaration | null {
  const name = identifier.getText();
  for (let node: Node | undefined = identifier; node; node = node.getParent()) {
    const found = declaredIn(node)?.get(name);
    if (found) return found;
  }
  return null;
}

function declaredIn(scope: Node): ReadonlyMap<string, Declaration> | null {
  const known = scopes.get(scope);
  if (known) return known;
  const declared = new Map<string, Declaration>();
  if (Node.isSourceFile(scope)) addImports(scope, declared);
  if (Node.isSourceFile(scope) || Node.isBlock(scope) || Node.isModuleBlock(scope) || Node.isCaseClause(scope) || Node.isDefaultClause(scope)) {
    for (const statement of scope.getStatements()) addStatement(statement, declared);
  } else if (Node.isParametered(scope)) {
    for (const parameter of scope.getParameters()) addName(parameter, declared);
  } else if (Node.isForOfStatement(scope) || Node.isForInStatement(scope) || Node.isForStatement(scope)) {
    const initializer = scope.getInitializer();
    if (Node.isVariableDeclarationList(initializer)) for (const declaration of initializer.getDeclarations()) addName(declaration, declared);
  } else if (Node.isCatchClause(scope)) {
    const variable = scope.getVariableDeclaration();
    if (variable) declared.set(variable.getName(), { other: variable });
  } else {
    return null;
  }
  scopes.set(scope, declared);
  return declared;
}

function addStatement(statement: Node, declared: Map<string, Declaration>): void {
  if (Node.isVariableStatement(statement)) {
    for (const declaration of statement.getDeclarations()) addName(declaration, declared);
  } else if (Node.isFunctionDeclaration(statement) || Node.isClassDeclaration(statement)) {
    const name = statement.getName();
    // An overload has no body: the last one, which has, stands.
    if (name !== undefined && !(Node.isFunctionDeclaration(statement) && declared.has(name) && !statement.hasBody())) declared.set(name, statement);
  } else if (Node.isEnumDeclaration(statement)) {
    declared.set(statement.getName(), { other: statement });
  }
}

function addName(declaration: VariableDeclaration | ParameterDeclaration | BindingElement, declared: Map<string, Declaration>): void {
  const name = declaration.getNameNode();
  if (Node.isIdentifier(name)) declared.set(name.getText(), declaration);
  else for (const element of name.getElements()) if (Node.isBindingElement(element)) addName(element, declared);
}

function addImports(source: SourceFile, declared: Map<string, Declaration>): void {
  for (const declaration of source.getImportDeclarations()) {
    const specifier = specifierOf(declaration);
    if (specifier === null) continue;
    const whole = declaration.getNamespaceImport();
    if (whole) declared.set(whole.getText(), { imported: '*', specifier });
    const byDefault = declaration.getDefaultImport();
    if (byDefault) declared.set(byDefault.getText(), { imported: 'default', specifier });
    for (const named of declaration.getNamedImports()) declared.set(named.getAliasNode()?.getText() ?? named.getName(), { imported: named.getName(), specifier });
  }
  for (const statement of source.getStatements()) if (Node.isImportEqualsDeclaration(statement)) declared.set(statement.getName(), statement);
}

/**
 * What an import or export names. `from name` without quotes parses, and ts-morph's own getter throws at it.
 */
export const specifierOf = (declaration: ImportDeclaration | ExportDeclaration): string | null => declaration.getFirstChildByKind(SyntaxKind.StringLiteral)?.getLiteralText() ?? null;
