import { bindingsOf } from '../../calls/bindings.js';
import { originsOf } from '../../calls/origins.js';
import { s3CallAt } from '../../calls/s3-calls.js';
import { isFunction, methodName, wrapped, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import { failedAttemptsOf, type FailedAttempt } from './failed-attempt.js';

const maximumDepth = 3;

/** An attempt that is seen. */
export type SeenAttempt = FailedAttempt & { readonly attempted: Node };

/**
 * @param error the name that an error is first known by
 * @param sourceCode its file
 * @returns every attempt that the error can come from; null where it may come from one that is not seen, as it may to an
 *   exported function
 */
export function seenAttemptsOf(error: Node, sourceCode: SourceCode, depth = 0): readonly SeenAttempt[] | null {
  const [definition, ...others] = bindingsOf(sourceCode).definitionsAt(error);
  if (others.length > 0) return null;
  const seen = failedAttemptsOf(error, sourceCode).filter((attempt): attempt is SeenAttempt => attempt.attempted !== null);
  if (seen.length === 0) return null;
  if (definition?.kind !== 'parameter') return seen;
  return isSeenWhole(definition.function, definition.index, sourceCode, depth) ? seen : null;
}

/** Whether everything that hands a function its errors is seen. */
function isSeenWhole(taker: FunctionNode, index: number, sourceCode: SourceCode, depth: number): boolean {
  const { parent } = taker;
  // `.catch((error) => …)`, `{ shouldRetry: (error) => … }`
  if (taker.type !== 'FunctionDeclaration' && (parent.type === 'CallExpression' || parent.type === 'Property')) return true;
  const id = taker.type === 'FunctionDeclaration' ? taker.id : parent.type === 'VariableDeclarator' && parent.init === taker ? parent.id : null;
  const declaration = taker.type === 'FunctionDeclaration' ? taker : parent.parent;
  const variable = id && bindingsOf(sourceCode).variableOf(id);
  if (!variable || depth > maximumDepth || declaration?.parent?.type.startsWith('Export')) return false;
  return variable.references.every((reference) => {
    if (reference.isWrite()) return reference.init === true;
    const outer = wrapped(reference.identifier);
    const call = outer.parent;
    if (call?.type !== 'CallExpression') return false;
    if (call.callee !== outer) return /^(?:catch|then)$/.test(methodName(call) ?? '') || s3CallAt(call, sourceCode) !== null;
    const given = call.arguments[index];
    return given !== undefined && given.type !== 'SpreadElement' && isSeenError(given, sourceCode, depth);
  });
}

const isSeenError = (given: Node, sourceCode: SourceCode, depth: number): boolean =>
  originsOf({ node: given, frame: null }, sourceCode).every(
    ({ node, path }) => path.length === 0 && node.type === 'Identifier' && !isFunction(node) && seenAttemptsOf(node, sourceCode, depth + 1) !== null,
  );
