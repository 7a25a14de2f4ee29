import { bindingsOf, type Path } from '../calls/bindings.js';
import { functionsAt } from '../calls/called-functions.js';
import type { Place } from '../calls/frames.js';
import { originsOf, type Origin } from '../calls/origins.js';
import { contains, isFunction, isLoop, methodName, propertyName, unwrap, wrapped, type Node, type SourceCode } from '../calls/syntax.js';

/** An item of a list, as it is made. */
export interface MadeItem extends Origin {
  /** The callback or loop that is run for each of them; null for an item that stands alone. */
  readonly repeated: Node | null;
}

/** Methods that give back the very items, fewer of them or in another order. */
const keeping = /^(?:filter|slice|reverse|toReversed|sort|toSorted)$/;

const maximumLists = 8;

/**
 * @param list a list, seen from a chain of calls, and the properties that lead to it
 * @param read what is read of each item
 * @param sourceCode its file
 * @returns the items that it is made of: those of its literal, what is pushed to it, what the callback of its `map`
 *   returns, the values of an object or Map; null stands for items that cannot be read
 */
export function madeItemsOf(list: Origin, read: Path, sourceCode: SourceCode, lists = 0): readonly (MadeItem | null)[] {
  if (lists > maximumLists) return [null];
  const bindings = bindingsOf(sourceCode);
  const itemsOf = (place: Place, rest: Path = read): readonly (MadeItem | null)[] => madeItemsOf({ ...place, path: [] }, rest, sourceCode, lists + 1);

  const itemsAt = ({ node, frame, path }: Origin): readonly (MadeItem | null)[] => {
    if (path.length > 0) return [null];
    const item = (part: Node | null, repeated: Node | null, rest: Path = read): readonly (MadeItem | null)[] => {
      if (!part) return [null];
      return part.type === 'SpreadElement' ? itemsOf({ node: part.argument, frame }) : [{ node: part, frame, path: rest, repeated }];
    };
    const returned = (callback: Node | undefined): readonly (MadeItem | null)[] => {
      const made = !callback ? [] : isFunction(callback) ? [{ node: callback, frame }] : functionsAt(callback, sourceCode).map((named) => ({ node: named, frame: null }));
      return made.length === 0 ? [null] : made.flatMap((one) => bindings.returnsOf(one.node).map((value) => ({ node: value, frame: one.frame, path: read, repeated: one.node })));
    };
    const added = (rest: Path = read): readonly (MadeItem | null)[] => addedTo(node).flatMap(({ value, repeated }) => item(value, repeated, rest));
    if (node.type === 'ArrayExpression') return [...node.elements.flatMap((element) => item(element, null)), ...added()];
    if (node.type === 'ObjectExpression') return [...node.properties.flatMap((property) => item(property.type === 'SpreadElement' ? property : property.value, null)), ...added()];
    // `for (const [name, id] of ids)`
    if (isNewMap(node)) return added(read[0] === '1' ? read.slice(1) : read);
    if (node.type !== 'CallExpression') return [null];
    const callee = unwrap(node.callee);
    if (callee.type !== 'MemberExpression') return [null];
    const { object } = callee;
    const method = methodName(node) ?? '';
    const [first, second] = node.arguments;
    if (object.type === 'Identifier' && bindings.isGlobal(object)) {
      if (object.name === 'Array' && method === 'from') return second ? returned(second) : first ? itemsOf({ node: first, frame }) : [null];
      if (object.name === 'Object' && first && method === 'values') return itemsOf({ node: first, frame });
      if (object.name === 'Object' && first && method === 'entries') return read[0] === '1' ? itemsOf({ node: first, frame }, read.slice(1)) : [null];
      return object.name === 'Promise' && method === 'all' && first ? itemsOf({ node: first, frame }) : [null];
    }
    if (method === 'map') return returned(first);
    if (method === 'values') return itemsOf({ node: object, frame });
    if (method === 'concat') return [object, ...node.arguments].flatMap((part) => itemsOf({ node: part.type === 'SpreadElement' ? part.argument : part, frame }));
    if (method === 'entries') return read[0] === '1' ? itemsOf({ node: object, frame }, read.slice(1)) : [null];
    return keeping.test(method) ? itemsOf({ node: object, frame }) : [null];
  };

  /** What is put into an array, object or Map after it was made. */
  const addedTo = (made: Node): readonly { readonly value: Node | null; readonly repeated: Node | null }[] => {
    const declarator = wrapped(made).parent;
    const variable = declarator?.type === 'VariableDeclarator' ? bindings.variableOf(declarator.id) : null;
    if (!variable || !declarator) return [];
    const pushed = variable.references.flatMap(({ identifier }) => {
      const call = identifier.parent.parent;
      if (call?.type !== 'CallExpression' || call.callee !== identifier.parent) return [];
      const method = methodName(call) ?? '';
      const values = method === 'set' ? call.arguments.slice(1) : /^(?:push|unshift)$/.test(method) ? call.arguments : [];
      return values.map((value) => ({ value, repeated: repeatedBetween(declarator, call) }));
    });
    // Of an item that is changed later not all is known.
    const written = bindings.memberWritesOf(variable).map((write) => ({ value: write.path.length === 1 ? write.value : null, repeated: repeatedBetween(declarator, write.node) }));
    return [...pushed, ...written];
  };

  const isNewMap = (node: Node): boolean => node.type === 'NewExpression' && node.callee.type === 'Identifier' && node.callee.name === 'Map' && bindings.isGlobal(node.callee) && node.arguments.length === 0;

  return originsOf(list, sourceCode, list.path).flatMap(itemsAt);
}

/**
 * @param node an expression
 * @returns what it reads one value of, by a name that is not written there: `ids[url]`, `ids.get(url)`; null for another
 */
export function containerReadBy(node: Node): Node | null {
  if (node.type === 'MemberExpression') return propertyName(node) === null ? node.object : null;
  const callee = node.type === 'CallExpression' && node.arguments.length === 1 ? unwrap(node.callee) : null;
  return callee?.type === 'MemberExpression' && propertyName(callee) === 'get' ? callee.object : null;
}

/** The innermost loop or function around a node that the other does not stand in. */
function repeatedBetween(outside: Node, node: Node): Node | null {
  for (let outer = node.parent; outer && !contains(outer, outside); outer = outer.parent) {
    if (isLoop(outer) || isFunction(outer)) return outer;
  }
  return null;
}
