import type ts from 'typescript';

import type { TypeScript } from './type-script.js';

/** A name that a file asks of another one. */
export interface NamedImport {
  readonly specifier: string;
  /** `default`, a name, or `*` for the module itself. */
  readonly asked: string;
  /** What it is called in the file; null where it is not bound to a name. */
  readonly local: string | null;
}

/** An import and where it stands: the declared name, or the call that loads the module. */
export type FoundImport = NamedImport & { readonly node: ts.Node };

/**
 * @param typescript the parser
 * @param source a file, with parents
 * @returns all that it asks of other files: by `import` in each of its forms, by `require`, and in types. What is mocked is not
 *   imported
 */
export function importsIn(typescript: TypeScript, source: ts.SourceFile): readonly FoundImport[] {
  const found: FoundImport[] = source.statements.flatMap((statement) => declaredBy(typescript, statement));
  if (!/\b(?:import|require)\s*\(/.test(source.text)) return found;

  const visit = (node: ts.Node): void => {
    if (typescript.isCallExpression(node)) {
      if (isMock(typescript, node)) return;
      const specifier = loadedBy(typescript, node);
      if (specifier !== null) found.push(...askedOf(typescript, node).map((names) => ({ specifier, node, ...names })));
    } else if (typescript.isImportTypeNode(node) && typescript.isLiteralTypeNode(node.argument) && typescript.isStringLiteral(node.argument.literal)) {
      found.push({ specifier: node.argument.literal.text, asked: node.qualifier ? firstName(typescript, node.qualifier) : '*', local: null, node });
    }
    typescript.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function declaredBy(typescript: TypeScript, statement: ts.Statement): readonly FoundImport[] {
  if (typescript.isImportEqualsDeclaration(statement)) {
    const { moduleReference, name } = statement;
    if (!typescript.isExternalModuleReference(moduleReference) || !typescript.isStringLiteralLike(moduleReference.expression)) return [];
    return [{ specifier: moduleReference.expression.text, asked: '*', local: name.text, node: name }];
  }
  if (!typescript.isImportDeclaration(statement) || !statement.importClause || !typescript.isStringLiteral(statement.moduleSpecifier)) return [];
  const specifier = statement.moduleSpecifier.text;
  const { name, namedBindings } = statement.importClause;
  const found: FoundImport[] = name ? [{ specifier, asked: 'default', local: name.text, node: name }] : [];
  if (!namedBindings) return found;
  if (typescript.isNamespaceImport(namedBindings)) return [...found, { specifier, asked: '*', local: namedBindings.name.text, node: namedBindings }];
  return [...found, ...namedBindings.elements.map((node) => ({ specifier, asked: (node.propertyName ?? node.name).text, local: node.name.text, node }))];
}

/** The module that a call loads: `require('…')`, `import('…')`. */
function loadedBy(typescript: TypeScript, { expression, arguments: [argument] }: ts.CallExpression): string | null {
  const loads = expression.kind === typescript.SyntaxKind.ImportKeyword || (typescript.isIdentifier(expression) && expression.text === 'require');
  return loads && argument && typescript.isStringLiteralLike(argument) ? argument.text : null;
}

const mocks = /^(?:mock|doMock|unmock|doUnmock|dontMock|setMock|unstable_mockModule|(?:import|require)(?:Actual|Mock))$/;

/** `vi.mock(import('./x'), …)` and its like name a module to replace it; what the factory loads is for the test. */
function isMock(typescript: TypeScript, { expression }: ts.CallExpression): boolean {
  if (!typescript.isPropertyAccessExpression(expression) || !typescript.isIdentifier(expression.expression)) return false;
  return ['vi', 'vitest', 'jest'].includes(expression.expression.text) && mocks.test(expression.name.text);
}

type Names = Omit<NamedImport, 'specifier'>;

const whole: readonly Names[] = [{ asked: '*', local: null }];

/** What is taken of a module that a call loads. */
function askedOf(typescript: TypeScript, call: ts.CallExpression): readonly Names[] {
  const value = outermost(typescript, call);
  const { parent } = value;
  if (typescript.isExpressionStatement(parent)) return [];
  if (typescript.isVariableDeclaration(parent)) return boundBy(typescript, parent.name);
  if (typescript.isBinaryExpression(parent) && parent.right === value && parent.operatorToken.kind === typescript.SyntaxKind.EqualsToken && typescript.isIdentifier(parent.left)) {
    return [{ asked: '*', local: parent.left.text }];
  }
  const member = memberOf(typescript, value);
  if (!member) return whole;
  const isPromise = call.expression.kind === typescript.SyntaxKind.ImportKeyword && !isAwaited(typescript, call, value);
  if (isPromise) return member.name === 'then' ? askedByFollower(typescript, member.node) : whole;
  const holder = outermost(typescript, member.node).parent;
  const local = typescript.isVariableDeclaration(holder) && typescript.isIdentifier(holder.name) ? holder.name.text : null;
  return [{ asked: member.name, local }];
}

/** What the names of a declaration or parameter take of a module. */
function boundBy(typescript: TypeScript, name: ts.BindingName): readonly Names[] {
  if (typescript.isIdentifier(name)) return [{ asked: '*', local: name.text }];
  if (typescript.isArrayBindingPattern(name)) return whole;
  return name.elements.map((element) => {
    const local = typescript.isIdentifier(element.name) ? element.name.text : null;
    if (element.dotDotDotToken) return { asked: '*', local };
    const key = element.propertyName ?? element.name;
    return { asked: typescript.isIdentifier(key) || typescript.isStringLiteral(key) ? key.text : '*', local };
  });
}

/** `import('./x').then(({ a }) => …)`, `import('./x').then((x) => x.a)` */
function askedByFollower(typescript: TypeScript, then: ts.Node): readonly Names[] {
  const follower = typescript.isCallExpression(then.parent) ? then.parent.arguments[0] : undefined;
  if (!follower || !(typescript.isArrowFunction(follower) || typescript.isFunctionExpression(follower))) return whole;
  const [parameter] = follower.parameters;
  if (!parameter) return [];
  if (!typescript.isIdentifier(parameter.name)) return boundBy(typescript, parameter.name);
  const { text } = parameter.name;
  const asked = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (typescript.isIdentifier(node) && node.text === text) asked.add(memberOf(typescript, node)?.name ?? '*');
    typescript.forEachChild(node, visit);
  };
  visit(follower.body);
  return asked.has('*') ? [{ asked: '*', local: text }] : [...asked].map((name) => ({ asked: name, local: null }));
}

/** The member that is read of a value: `value.name`, `value['name']`. */
function memberOf(typescript: TypeScript, value: ts.Node): { readonly name: string; readonly node: ts.Node } | null {
  const { parent } = value;
  if (typescript.isPropertyAccessExpression(parent) && parent.expression === value) return { name: parent.name.text, node: parent };
  if (!typescript.isElementAccessExpression(parent) || parent.expression !== value || !typescript.isStringLiteralLike(parent.argumentExpression)) return null;
  return { name: parent.argumentExpression.text, node: parent };
}

/** An expression with the parentheses, awaits and type assertions around it. */
export function outermost(typescript: TypeScript, node: ts.Node): ts.Node {
  const { parent } = node;
  const isSame =
    typescript.isParenthesizedExpression(parent) ||
    typescript.isAwaitExpression(parent) ||
    typescript.isAsExpression(parent) ||
    typescript.isSatisfiesExpression(parent) ||
    typescript.isNonNullExpression(parent);
  return isSame ? outermost(typescript, parent) : node;
}

function isAwaited(typescript: TypeScript, inner: ts.Node, outer: ts.Node): boolean {
  return inner !== outer && (typescript.isAwaitExpression(inner.parent) || isAwaited(typescript, inner.parent, outer));
}

const firstName = (typescript: TypeScript, name: ts.EntityName): string => (typescript.isIdentifier(name) ? name.text : firstName(typescript, name.left));
