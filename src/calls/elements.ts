import { bindingsOf, type Bindings } from './bindings.js';
import type { Place } from './frames.js';
import { handsRows } from './handed-list.js';
import { originsOf } from './origins.js';
import { isFunction, methodName, unwrap, type Node, type SourceCode } from './syntax.js';

/**
 * @param list an array, seen from a chain of calls
 * @param sourceCode its file
 * @returns what it is made of: the items of its literal, what is pushed to it, what its `map` returns; null stands for
 *   items that cannot be read, or are changed elsewhere
 */
export function elementsOf(list: Place, sourceCode: SourceCode): readonly (Place | null)[] {
  const bindings = bindingsOf(sourceCode);
  const node = unwrap(list.node);
  const variable = node.type === 'Identifier' ? bindings.variableOf(node) : null;
  const added = (variable?.references ?? []).flatMap(({ identifier }): (Place | null)[] => {
    if (identifier !== node && changesItems(identifier, bindings)) return [null];
    const call = identifier.parent.parent;
    if (call?.type !== 'CallExpression' || !/^(?:push|unshift)$/.test(methodName(call) ?? '')) return [];
    return call.arguments.map((argument) => (argument.type === 'SpreadElement' ? null : { node: argument, frame: list.frame }));
  });
  const made = originsOf(list, sourceCode).flatMap((origin): (Place | null)[] => {
    if (origin.path.length > 0) return [null];
    if (origin.node.type === 'ArrayExpression') {
      return origin.node.elements.map((element) => (element && element.type !== 'SpreadElement' ? { node: element, frame: origin.frame } : null));
    }
    const [mapper] = origin.node.type === 'CallExpression' && methodName(origin.node) === 'map' ? origin.node.arguments : [];
    if (!mapper || !isFunction(mapper)) return [null];
    return bindings.returnsOf(mapper).map((value) => ({ node: value, frame: origin.frame }));
  });
  return [...added, ...made];
}

/** Whether the items of a list are written to one by one where it is named: `for (const item of items) item.IfNoneMatch = '*'`. */
function changesItems(list: Node, bindings: Bindings): boolean {
  const { parent } = list;
  const call = parent?.type === 'MemberExpression' && parent.object === list ? parent.parent : null;
  const [callback] = call?.type === 'CallExpression' && call.callee === parent && handsRows.test(methodName(call) ?? '') ? call.arguments : [];
  const declared = parent?.type === 'ForOfStatement' && parent.right === list && parent.left.type === 'VariableDeclaration' ? parent.left.declarations[0].id : null;
  const row = declared ?? (callback && isFunction(callback) ? callback.params[0] : null);
  const variable = row?.type === 'Identifier' ? bindings.variableOf(row) : null;
  return variable !== null && bindings.memberWritesOf(variable).length > 0;
}
