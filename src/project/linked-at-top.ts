import { bindingsOf, type Bindings } from '../calls/bindings.js';
import { isOwn } from '../calls/linked-source.js';
import { continuationsOf, implementationsOf } from '../calls/links.js';
import { originsOf } from '../calls/origins.js';
import { isFunction, type Node, type SourceCode } from '../calls/syntax.js';
import { isInType, lendsClient, namesClient } from './lent-clients.js';
import { valueAtTop } from './value-at-top.js';

/**
 * Values of a module that are made of linked imports outside functions, other than clients (see `lentClients`):
 * `export default new S3Storage()`, `export const put = putWith(client)`, `class Avatars extends S3Storage`, and fields that others can use:
 * `protected storage = new S3Storage()`, `constructor(protected storage: S3Storage)`. What a function returns counts too, and what
 * an interface has: `const getStorage = () => new S3Storage()`, `interface Deps { storage: S3Storage }`.
 *
 * @param sourceCode a file, linked to what it imports
 * @returns the names that are used so: what is made of them reaches S3 as they do
 */
export function linkedAtTop(sourceCode: SourceCode): readonly Node[] {
  const bindings = bindingsOf(sourceCode);
  const imported = sourceCode.ast.body.flatMap((statement) => (statement.type === 'ImportDeclaration' && isOwn(statement, sourceCode) ? statement.specifiers : []));
  const names = [
    ...imported.flatMap((specifier) => (continuationsOf({ node: specifier, frame: null, path: [] }, sourceCode).length > 0 ? [specifier.local] : [])),
    ...sourceCode.ast.body.flatMap((statement) => implementedIn(statement, sourceCode)),
  ];
  const references = names.flatMap((name) => (bindings.variableOf(name)?.references ?? []).map(({ identifier }): Node => identifier));
  return references.filter((reference) => becomesValue(reference, bindings) && !isOnlyClient(reference, sourceCode));
}

/** The name of an interface or class that the module declares and others implement. */
function implementedIn(statement: Node, sourceCode: SourceCode): readonly Node[] {
  const declared = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration' ? statement.declaration : statement;
  if (declared?.type !== 'TSInterfaceDeclaration' && declared?.type !== 'ClassDeclaration') return [];
  return declared.id && isOwn(statement, sourceCode) && implementationsOf(declared, [], sourceCode).length > 0 ? [declared.id] : [];
}

/** Whether a name, or what is made of it by calling it, becomes the value of something at the top of the module. */
function becomesValue(name: Node, bindings: Bindings): boolean {
  const made = valueAtTop(name, ({ callee }, inner) => callee === inner);
  if (made?.type !== 'AssignmentExpression') return made !== null;
  // `let only; export const getStorage = () => (only ??= new Storage());`
  return made.parent.parent?.type === 'Program' || bindings.variableOf(made.left)?.scope.type === 'module';
}

/** A client that is made elsewhere, or what gives one: what is made of it lends a client again, and sends nothing. */
function isOnlyClient(name: Node, sourceCode: SourceCode): boolean {
  if (isInType(name)) return namesClient(name, sourceCode);
  const { parent } = name;
  const made = (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') && parent.callee === name ? parent : name;
  const doesMore = originsOf({ node: made, frame: null }, sourceCode).some(({ node }) => node.type === 'ObjectExpression' && node.properties.some((property) => property.type === 'Property' && isFunction(property.value)));
  return !doesMore && lendsClient({ node: made, frame: null }, sourceCode);
}
