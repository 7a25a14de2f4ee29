import { callersOf } from '../calls/callers.js';
import { entitiesOf } from '../calls/entities.js';
import { contains, enclosingFunction, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';
import { retryFunctionOf } from '../libraries/retry-libraries.js';

/** Whether one thing happens before another in the same operation: in its function, or in one that it calls first. */
export function happensBefore(earlier: Node, later: Node, sourceCode: SourceCode, depth = 0): boolean {
  const operation = operationOf(later, sourceCode);
  if (!operation || contains(operation, earlier)) return earlier.range[0] < later.range[0];
  const helper = enclosingFunction(earlier);
  return helper !== null && depth < 3 && callersOf(helper, sourceCode).some((call) => happensBefore(call, later, sourceCode, depth + 1));
}

/** The outermost function around a place: what is started from outside. Null for a script that runs as a whole. */
function operationOf(node: Node, sourceCode: SourceCode): FunctionNode | null {
  let operation: FunctionNode | null = null;
  for (let outer = enclosingFunction(node); outer; outer = enclosingFunction(outer)) {
    operation = isRetried(outer, sourceCode) ? null : outer;
  }
  return operation;
}

/** What a retry library is given runs where it is given: `await pRetry(() => …)`. */
function isRetried(node: FunctionNode, sourceCode: SourceCode): boolean {
  const { parent } = node;
  return parent.type === 'CallExpression' && entitiesOf({ node: parent.callee, frame: null }, sourceCode).some((entity) => retryFunctionOf(entity) !== null);
}
