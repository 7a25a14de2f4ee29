import { perFile } from '../../calls/per-file.js';
import { contains, isFunction, literalText, methodName, propertyName, walk, type Node, type SourceCode } from '../../calls/syntax.js';

/** A property of an error that the file sets itself. */
interface OwnFacet {
  readonly node: Node;
  readonly property: string;
  /** Null where it cannot be read. */
  readonly text: string | null;
}

/**
 * @param property the property that is asked
 * @param text what it is compared with
 * @param handlers what the error is handed to: what these make comes later
 * @param sourceCode the file
 * @returns whether the file itself makes errors that have it: `error.code = 'PreconditionFailed'`,
 *   `Object.assign(new Error(), { statusCode: 412 })`, a mock that rejects with it
 */
export function isOwnFacet(property: string, text: string | null, handlers: readonly Node[], sourceCode: SourceCode): boolean {
  const name = property.split('.').at(-1);
  return ownFacetsOf(sourceCode).some(
    (own) => own.property === name && (own.text === null || text === null || own.text === text) && !handlers.some((handler) => contains(handler, own.node)),
  );
}

const ownFacetsOf = perFile((sourceCode): readonly OwnFacet[] => {
  const found: OwnFacet[] = [];
  walk(sourceCode.ast, sourceCode, (node) => {
    if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression') {
      const text = literalText(node.right);
      // What a constructor sets to what it is given is set where it is called.
      if (text !== null || node.left.object.type !== 'ThisExpression') found.push({ node, property: propertyName(node.left) ?? '', text });
    }
    if ((node.type === 'PropertyDefinition' && node.value) || (node.type === 'Property' && node.parent.type === 'ObjectExpression' && !isAnswer(node.parent))) {
      const text = node.value && literalText(node.value);
      if (text !== null) found.push({ node, property: propertyName(node) ?? '', text });
    }
    if (node.type === 'CallExpression' && methodName(node) === 'defineProperty') {
      found.push({ node, property: (node.arguments[1] && literalText(node.arguments[1])) ?? '', text: null });
    }
  });
  return found;
});

/** What a function answers with is thrown by nobody: `return { statusCode: 412 }`. */
function isAnswer(object: Node): boolean {
  for (let outer = object.parent, child = object; outer; child = outer, outer = outer.parent) {
    if (outer.type === 'ReturnStatement') return true;
    if (isFunction(outer)) return outer.type === 'ArrowFunctionExpression' && outer.body === child;
    if (outer.type.endsWith('Statement') || outer.type === 'CallExpression' || outer.type === 'NewExpression') return false;
  }
  return false;
}
