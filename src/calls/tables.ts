import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from './bindings.js';
import { constantAt } from './constant-at.js';
import type { Frame } from './frames.js';
import { isFunction, methodName, propertyName, unwrap, wrapped, type Node, type SourceCode } from './syntax.js';

/** What is looked up by name: `{ GET: …, PUT: … }`, `new Map([['GET', …], ['PUT', …]])`. */
export type Table = TSESTree.ObjectExpression | TSESTree.NewExpression;

/** One thing in a table. */
export interface Entry {
  readonly name: string;
  readonly value: Node;
}

/**
 * @param node an expression
 * @param sourceCode its file
 * @returns what it holds by name, the last of each; null where it is no table, or may hold more than is spelt out
 */
export function entriesOf(node: Node, sourceCode: SourceCode): readonly Entry[] | null {
  const spelt = node.type === 'ObjectExpression' ? node.properties.map(entryOfProperty) : node.type === 'NewExpression' ? pairsOf(node, sourceCode)?.map(entryOfPair) : null;
  const entries = spelt?.every((entry) => entry !== null) ? spelt : null;
  return entries && [...new Map(entries.map((entry) => [entry.name, entry])).values()];
}

function entryOfProperty(property: TSESTree.ObjectLiteralElement): Entry | null {
  const name = property.type === 'Property' && property.kind === 'init' ? propertyName(property) : null;
  return property.type === 'Property' && name !== null ? { name, value: property.value } : null;
}

function pairsOf(node: TSESTree.NewExpression, sourceCode: SourceCode): readonly (TSESTree.Expression | TSESTree.SpreadElement | null)[] | null {
  const [list] = node.arguments;
  const isMap = node.callee.type === 'Identifier' && node.callee.name === 'Map' && bindingsOf(sourceCode).isGlobal(node.callee);
  const pairs = isMap && list ? unwrap(list) : null;
  return pairs?.type === 'ArrayExpression' ? pairs.elements : null;
}

function entryOfPair(pair: TSESTree.Expression | TSESTree.SpreadElement | null): Entry | null {
  const row = pair && unwrap(pair);
  const [name, value] = row?.type === 'ArrayExpression' ? row.elements : [];
  return name?.type === 'Literal' && typeof name.value === 'string' && value ? { name: name.value, value } : null;
}

/** Whether a table holds functions and new things alone: any of them may be meant where the name is not known. */
const isDispatch = (entries: readonly Entry[]): boolean => entries.length > 0 && entries.every(({ value }) => isFunction(unwrap(value)) || unwrap(value).type === 'NewExpression');

/**
 * @param table a table
 * @param name what is asked of it; null where that is not known
 * @param sourceCode its file
 * @returns what may be found: the entry of that name, all of a dispatch where the name is not known; null where nothing can be said
 */
export function entriesFor(table: Node, name: string | null, sourceCode: SourceCode): readonly Entry[] | null {
  const entries = entriesOf(table, sourceCode);
  if (name === null) return entries && isDispatch(entries) ? entries : null;
  return entries?.filter((entry) => entry.name === name) ?? null;
}

/** What `table.get(name)` asks, and of which table; null where a call is not of this kind. */
export function lookupInMap(call: Node): { readonly table: Node; readonly name: Node } | null {
  const callee = call.type === 'CallExpression' ? unwrap(call.callee) : null;
  const [name, ...others] = call.type === 'CallExpression' ? call.arguments : [];
  return callee?.type === 'MemberExpression' && propertyName(callee) === 'get' && name && name.type !== 'SpreadElement' && others.length === 0 ? { table: callee.object, name } : null;
}

/** The name of a lookup for a chain of calls. */
export function nameAt(name: Node, frame: Frame | null, sourceCode: SourceCode): string | null {
  const value = constantAt({ node: name, frame }, sourceCode)?.value;
  return value === undefined || value === null ? null : String(value);
}

/** A place where something is taken out of a table. */
export interface Lookup {
  readonly node: Node;
  /** As it is spelt out, or the expression that says it. */
  readonly name: string | Node;
}

/**
 * @param table a table
 * @param sourceCode its file
 * @returns every place where something is taken out of it; null where it may be changed, or used in another way
 */
export function lookupsOf(table: Table, sourceCode: SourceCode): readonly Lookup[] | null {
  const { parent } = wrapped(table);
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') {
    const lookup = lookupOf(table, table);
    return lookup && lookup !== 'asks' ? [lookup] : null;
  }
  const variable = bindingsOf(sourceCode).variableOf(parent.id);
  // What a module gives out is looked up by others too.
  if (!variable || parent.parent.parent.type.startsWith('Export')) return null;
  const lookups: Lookup[] = [];
  for (const { identifier, init } of variable.references) {
    if (init) continue;
    const lookup = lookupOf(identifier, table);
    if (!lookup) return null;
    if (lookup !== 'asks') lookups.push(lookup);
  }
  return lookups;
}

/** What is taken out of a table where it is used; null where it is not only read. */
function lookupOf(use: Node, table: Table): Lookup | 'asks' | null {
  const outer = wrapped(use);
  const member = outer.parent;
  if (member?.type === 'BinaryExpression') return member.operator === 'in' && member.right === outer ? 'asks' : null;
  if (member?.type !== 'MemberExpression' || member.object !== outer || isWritten(member)) return null;
  // Of an object, `get` is a name like any other.
  if (table.type === 'ObjectExpression') return { node: member, name: propertyName(member) ?? member.property };
  const call = wrapped(member).parent;
  if (call?.type !== 'CallExpression' || call.callee !== wrapped(member)) return null;
  const lookup = lookupInMap(call);
  if (!lookup) return methodName(call) === 'has' ? 'asks' : null;
  return { node: call, name: lookup.name };
}

const isWritten = (member: Node): boolean =>
  (member.parent?.type === 'AssignmentExpression' && member.parent.left === member) || member.parent?.type === 'UpdateExpression' || (member.parent?.type === 'UnaryExpression' && member.parent.operator === 'delete');
