import { bindingsOf } from '../calls/bindings.js';
import { constantAt, givenConstant } from '../calls/constant-at.js';
import type { Frame } from '../calls/frames.js';
import { contains, enclosingFunction, isLoop, isNothing, unwrap, type Node, type SourceCode } from '../calls/syntax.js';

/**
 * Whether a name is certainly `undefined` or `null` where it stands, though it is assigned further down: `stamp` in
 * `if (!stamp) stamp = Date.now()`, called without one, or with an object that has none.
 *
 * @param outer an expression
 * @param frame the chain of calls that it is seen from
 * @param sourceCode its file
 */
export function isLeftEmpty(outer: Node, frame: Frame | null, sourceCode: SourceCode): boolean {
  const node = unwrap(outer);
  const constant = constantAt({ node, frame }, sourceCode);
  if (constant) return constant.value === undefined || constant.value === null;
  const definitions = node.type === 'Identifier' ? bindingsOf(sourceCode).definitionsAt(node) : [];
  const owner = enclosingFunction(node);
  if (definitions.some((definition) => definition.kind !== 'parameter' && enclosingFunction(definition.node) !== owner)) return false;
  const [first, ...others] = definitions.filter((definition) => definition.kind === 'parameter' || (definition.node.range[1] <= node.range[0] || isRunAgain(definition.node, node)));
  if (others.length > 0 || (first?.kind !== 'parameter' && first?.kind !== 'value') || first.fallback !== null) return false;
  const given = givenConstant(first, frame, sourceCode);
  return given !== null && (given.value === undefined || given.value === null);
}

/** Whether a loop comes back to a use after an assignment. */
function isRunAgain(assignment: Node, use: Node): boolean {
  for (let outer = use.parent; outer; outer = outer.parent) if (isLoop(outer) && contains(outer, assignment)) return true;
  return false;
}

/**
 * @returns how a test comes out that asks whether such a name is there; null where it asks something else, or it may be there
 */
export function outcomeOfEmpty(outer: Node, frame: Frame | null, sourceCode: SourceCode): boolean | null {
  const node = unwrap(outer);
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    const outcome = outcomeOfEmpty(node.argument, frame, sourceCode);
    return outcome === null ? null : !outcome;
  }
  // `stamp === null` is another question than whether it was left out.
  if (node.type === 'BinaryExpression' && /^[!=]==?$/.test(node.operator) && isNothing(node.right) && (node.operator.length === 2 || node.right.type !== 'Literal')) {
    return isLeftEmpty(node.left, frame, sourceCode) ? !node.operator.startsWith('!') : null;
  }
  return node.type === 'Identifier' && isLeftEmpty(node, frame, sourceCode) ? false : null;
}
