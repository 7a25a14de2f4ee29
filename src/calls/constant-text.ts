import type { Bindings, Variable } from './bindings.js';
import { literalText, propertyName, unwrap, type Node } from './syntax.js';

/**
 * The text that a constant of the file has, read from its declaration alone: patterns are read with it (`const { [SCENE]:
 * scene } = state`), before anything is followed.
 *
 * @param outer a name, or a property of one: `SCENE`, `Keys.scene`, a member of an enum
 * @param bindings its variables, and what is written to their members
 * @returns its text; null where it has none, or might have another
 */
export function constantText(outer: Node, bindings: Pick<Bindings, 'variableOf' | 'memberWritesOf'>, depth = 0): string | null {
  const node = unwrap(outer);
  const literal = literalText(node);
  if (literal !== null || depth > 3) return literal;
  if (node.type === 'Identifier') {
    const value = valueOf(bindings.variableOf(node));
    return value?.type === 'VariableDeclarator' && value.init ? constantText(value.init, bindings, depth + 1) : null;
  }
  if (node.type !== 'MemberExpression') return null;
  const name = propertyName(node);
  const variable = node.object.type === 'Identifier' ? bindings.variableOf(node.object) : null;
  if (name === null || !variable || bindings.memberWritesOf(variable).length > 0) return null;
  const part = partOf(valueOf(variable), name);
  return part && constantText(part, bindings, depth + 1);
}

/** Where a variable gets the only value that it ever has. */
function valueOf(variable: Variable | null): Node | null {
  const [only, ...others] = variable?.defs ?? [];
  if (!variable || !only || others.length > 0 || variable.references.some((reference) => reference.isWrite() && !reference.init)) return null;
  const { node } = only;
  return node.type === 'TSEnumDeclaration' || (node.type === 'VariableDeclarator' && node.id === only.name) ? node : null;
}

/** A property of an object that is spelt out, or a member of an enum. */
function partOf(value: Node | null, name: string): Node | null {
  if (value?.type === 'TSEnumDeclaration') return value.body.members.find((member) => propertyName(member) === name)?.initializer ?? null;
  const object = value?.type === 'VariableDeclarator' && value.init ? unwrap(value.init) : null;
  if (object?.type !== 'ObjectExpression' || object.properties.some((property) => property.type === 'SpreadElement' || propertyName(property) === null)) return null;
  const property = object.properties.findLast((one) => one.type === 'Property' && propertyName(one) === name);
  return property?.type === 'Property' && property.kind === 'init' ? property.value : null;
}
