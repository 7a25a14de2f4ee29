import { entitiesOf } from '../../calls/entities.js';
import { calledFunctions } from '../../calls/called-functions.js';
import { originsOf } from '../../calls/origins.js';
import { calledName, isFunction, propertyName, unwrap, walk, type Node, type SourceCode } from '../../calls/syntax.js';
import { guardsOf } from '../guards.js';
import { callsRunBy } from '../run-calls.js';
import { isError } from './s3-error-proof.js';

/** What shows that an error may be, or is, none of S3. */

/** Calls that wait for what S3 answered with, for the file system, or for time to pass. */
const harmless =
  /^(?:transformTo\w+|text|json|arrayBuffer|blob|bytes|toArray|sleep|wait|pause|delay|backoff|setTimeout|log|info|debug|warn|error|trace|parse|stringify|encode|decode|serialize|deserialize|read\w*|stat|open|close|pipeline|gzip|gunzip|digest|hash\w*|modify|mutate|change|update\w*|transform|build\w*|render\w*|now|done|promise|resolve|callback|cb|fn)$/i;

/**
 * @param attempted code that failed
 * @param sourceCode its file
 * @returns whether it also waits for something that is not seen to be S3, and that may answer with a 409 or 412 of its own
 */
export function runsOtherRequests(attempted: Node, sourceCode: SourceCode): boolean {
  let found = false;
  walk(attempted, sourceCode, (node) => {
    const awaited = node.type === 'AwaitExpression' || node.type === 'ReturnStatement' ? node.argument : null;
    const call = awaited && unwrap(awaited);
    if (call?.type !== 'CallExpression' || callsRunBy(call, null, sourceCode).length > 0 || calledFunctions(call, null, sourceCode).length > 0) return;
    const callee = unwrap(call.callee);
    if (callee.type === 'Identifier' && isParameter(callee, sourceCode)) return;
    found ||= !harmless.test(calledName(call));
  });
  return found;
}

/** What a function was given to run: `await operation()`, `await change(current)`. */
const isParameter = (callee: Node, sourceCode: SourceCode): boolean =>
  originsOf({ node: callee, frame: null }, sourceCode).every(({ node, path }) => path.length === 0 && (isFunction(node) || node.type === 'Identifier'));

/** Classes that errors of S3 are instances of, beside those of the SDK's own packages. */
const common = /^(?:Error|Object|\w*ServiceException|AWSError|S3Error|S3ServiceException)$/;

/** Predicates that know the errors of other libraries. */
const predicate = /axios|prisma|octokit|github|sequelize|mongo|postgres|fetch|got|http|grpc|trpc|zod/i;

/**
 * @param test a test of an error
 * @param error the name that the error is first known by
 * @param sourceCode its file
 * @returns whether the way to it is open only to errors of another library, or of the program itself
 */
export function isOfAnotherKind(test: Node, error: Node, sourceCode: SourceCode): boolean {
  return guardsOf(test, null, sourceCode).some((guard) => {
    const asked = guard.kind === 'test' ? unwrap(guard.test.node) : null;
    const negated = asked?.type === 'UnaryExpression' && asked.operator === '!';
    if (!asked || guard.kind !== 'test' || guard.outcome !== !negated) return false;
    let found = false;
    walk(negated ? asked.argument : asked, sourceCode, (node) => {
      // One of several ways, or all but this one.
      if ((node.type === 'LogicalExpression' && node.operator !== '&&') || (node.type === 'UnaryExpression' && node.operator === '!')) return false;
      if (node.type === 'BinaryExpression' && node.operator === 'instanceof' && isError(node.left, error, sourceCode)) found ||= isOtherClass(node.right, sourceCode);
      if (node.type === 'CallExpression' && node.arguments.some((argument) => isError(argument, error, sourceCode))) found ||= predicate.test(sourceCode.getText(node.callee));
      return undefined;
    });
    return found;
  });
}

function isOtherClass(node: Node, sourceCode: SourceCode): boolean {
  const inner = unwrap(node);
  const name = inner.type === 'Identifier' ? inner.name : inner.type === 'MemberExpression' ? (propertyName(inner) ?? '') : '';
  return !common.test(name) && !entitiesOf({ node, frame: null }, sourceCode).some(({ module }) => /^(?:@aws-sdk\/|@smithy\/|aws-sdk\b|minio\b)/.test(module));
}
