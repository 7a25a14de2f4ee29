import type { Definition } from '../calls/bindings.js';
import { contains, enclosingFunction, type Node } from '../calls/syntax.js';

/** Where a variable is assigned more often, it is not asked which assignment a use sees. */
export const maximumDefinitions = 24;

/** The definitions that a name may still have at a use: an assignment that is always run before it makes the earlier ones void. */
export function definitionsReaching(use: Node, definitions: readonly Definition[]): readonly Definition[] {
  if (definitions.length < 2 || definitions.length > maximumDefinitions) return definitions;
  const owner = enclosingFunction(use);
  const [last] = definitions.filter(({ node }) => isAlwaysRunBefore(node, use) && enclosingFunction(node) === owner).sort((one, other) => other.node.range[0] - one.node.range[0]);
  return last ? definitions.filter(({ node }) => node.range[0] >= last.node.range[0] || enclosingFunction(node) !== owner) : definitions;
}

/** `data = await compute();` in a block that the use stands in too. */
function isAlwaysRunBefore(assignment: Node, use: Node): boolean {
  const statement = assignment.type === 'AssignmentExpression' && assignment.operator === '=' && assignment.left.type === 'Identifier' ? assignment.parent : null;
  if (statement?.type !== 'ExpressionStatement' || statement.range[1] > use.range[0]) return false;
  return /^(?:BlockStatement|Program|SwitchCase)$/.test(statement.parent.type) && contains(statement.parent, use);
}
