import { bindingsOf, memberPath } from '../calls/bindings.js';
import { argumentFor, type Frame } from '../calls/frames.js';
import { contains, isFalsyLiteral, isFunction, propertyName, unwrap, walk, type Node, type SourceCode } from '../calls/syntax.js';
import { guardsOf } from './guards.js';
import { functionsOf, isOutside, writtenIn } from './iteration-invariant.js';

/** Methods that ask whether an item is one of several. */
const asksForItem = /^(?:has|get|includes|find|some|startsWith|endsWith|test|match|delete|add|indexOf)$/;

/**
 * Whether tests in the iterations may let only one of them write: `if (index === 0)`, `if (file.isMain)`,
 * `if (!written)`. That a value is there at all (`if (!user) return`) picks none.
 *
 * @param sender the call that sends a write
 * @param frame the chain of calls it is seen from
 * @param body what is run in each iteration
 * @param sourceCode their file
 */
export function picksItems(sender: Node, frame: Frame | null, body: Node, sourceCode: SourceCode): boolean {
  const written = writtenIn([body, ...functionsOf(frame, body)], sourceCode);
  return guardsOf(sender, frame, sourceCode).some(
    (guard) => guard.kind === 'test' && !isOutside(guard.test.node, body) && mayPick(guard.test.node, guard.test.frame, body, written, sourceCode),
  );
}

function mayPick(test: Node, frame: Frame | null, body: Node, written: ReadonlySet<string>, sourceCode: SourceCode): boolean {
  if (test.parent?.type === 'SwitchStatement') return true;
  const picking: Node[] = [];
  const picks = (node: Node): boolean => {
    switch (node.type) {
      case 'BinaryExpression':
        return !/^[-+*/%&|^]/.test(node.operator) && ![node.left, node.right].some((side) => isFalsyLiteral(side) && !isNumber(side)) && !comparesLength(node.left);
      case 'AssignmentExpression':
      case 'UpdateExpression':
        return true;
      case 'CallExpression': {
        const callee = unwrap(node.callee);
        return callee.type === 'MemberExpression' && asksForItem.test(propertyName(callee) ?? '');
      }
      case 'MemberExpression':
        return written.has(sourceCode.getText(node)) || isOfItem(memberPath(node)?.root ?? node, frame, body, 'property', sourceCode);
      case 'Identifier':
        return written.has(node.name) || (node.parent.type !== 'MemberExpression' && isOfItem(node, frame, body, 'whole', sourceCode));
      default:
        return false;
    }
  };
  walk(test, sourceCode, (node) => {
    if (isFunction(node)) return false;
    if (picks(node)) picking.push(node);
    return undefined;
  });
  return picking.length > 0;
}

const isNumber = (node: Node): boolean => node.type === 'Literal' && typeof node.value === 'number';

/** `rows.length === 0`: whether there is anything to do. */
function comparesLength(side: Node): boolean {
  const node = unwrap(side);
  return node.type === 'MemberExpression' && /^(?:length|size|byteLength|status|statusCode)$/.test(propertyName(node) ?? '');
}

/** Whether a name is (a part of) the item of the iteration: asked as a whole, only parts of the item count. */
function isOfItem(name: Node, frame: Frame | null, body: Node, asked: 'whole' | 'property', sourceCode: SourceCode, depth = 0): boolean {
  const bindings = bindingsOf(sourceCode);
  return bindings.definitionsAt(name).some((definition) => {
    if (definition.kind === 'element') return contains(body, definition.node) && (asked === 'property' || definition.path.length > 0);
    if (definition.kind === 'value') {
      // `const { isMain } = file`
      const value = unwrap(definition.value);
      const part = definition.path.length > 0 || value.type === 'MemberExpression' ? 'property' : asked;
      const root = memberPath(value)?.root;
      return depth < 5 && root?.type === 'Identifier' && contains(body, definition.node) && isOfItem(root, frame, body, part, sourceCode, depth + 1);
    }
    if (definition.kind !== 'parameter') return false;
    if (definition.function === body) return asked === 'property' || definition.path.length > 0 || definition.index > 0;
    const given = argumentFor(definition, frame);
    const root = given && memberPath(unwrap(given.node))?.root;
    if (!given || root?.type !== 'Identifier' || depth > 5) return false;
    const part = definition.path.length > 0 || unwrap(given.node).type === 'MemberExpression' ? 'property' : asked;
    return isOfItem(root, given.frame, body, part, sourceCode, depth + 1);
  });
}
