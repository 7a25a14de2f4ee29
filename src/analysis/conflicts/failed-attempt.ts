import type { TSESTree } from '@typescript-eslint/utils';

import { answeringCall } from '../../calls/answering-call.js';
import { bindingsOf } from '../../calls/bindings.js';
import { callersOf, contextsOf } from '../../calls/callers.js';
import { originsOf } from '../../calls/origins.js';
import type { S3Call } from '../../calls/s3-call.js';
import { s3CallAt } from '../../calls/s3-calls.js';
import { contains, isFunction, methodName, propertyName, unwrap, walk, wrapped, type CallLike, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import { errorOptions } from '../../libraries/retry-libraries.js';
import { callsRunBy } from '../run-calls.js';

/** Code that failed, and what looks at its error. */
export interface FailedAttempt {
  /** What was attempted; null where it is not seen. */
  readonly attempted: Node | null;
  /** The S3 calls among it. */
  readonly calls: readonly S3Call[];
  /** What is handed the error. */
  readonly handler: Node;
}

const maximumDepth = 3;

/** Names that say that a parameter is an error. */
const namedError = /^(?:e|ex|err|error|exception|reason|failure|cause)$|(?:Err|Error|Exception)$/;

/**
 * @param error the name that an error is first known by, or the call that answers with it
 * @param sourceCode its file
 * @returns every attempt of the file that it may come from, and last, where it is a parameter, its function as one of
 *   which no attempt is seen
 */
export function failedAttemptsOf(error: Node, sourceCode: SourceCode, depth = 0): readonly FailedAttempt[] {
  if (error.type === 'CallExpression') return [{ attempted: error, calls: callsOf(error, sourceCode), handler: error }];
  const clause = catchClauseOf(error);
  if (clause) return [{ attempted: clause.parent.block, calls: callsOf(clause.parent.block, sourceCode), handler: clause.body }];
  const [definition] = bindingsOf(sourceCode).definitionsAt(error);
  // `for (const result of await Promise.allSettled(…)) … result.reason`
  if (definition?.kind === 'element') return settledBy(definition.of, error, sourceCode);
  if (definition?.kind !== 'parameter') return [];
  const { function: taker, index } = definition;
  const handed = namesOf(taker, sourceCode).flatMap((name) => attemptHanding(name, taker, index, sourceCode));
  const called = depth < maximumDepth ? callersOf(taker, sourceCode).flatMap((call) => errorsGiven(call, index, sourceCode)) : [];
  return [
    ...handed,
    ...called.flatMap((given) => failedAttemptsOf(given, sourceCode, depth + 1)),
    { attempted: null, calls: [], handler: taker.body },
  ];
}

/** What `Promise.allSettled` waited for, where a list is its answer. */
function settledBy(list: Node, handler: Node, sourceCode: SourceCode): readonly FailedAttempt[] {
  return originsOf({ node: list, frame: null }, sourceCode).flatMap(({ node }) =>
    methodName(node) === 'allSettled' ? [{ attempted: node, calls: callsOf(node, sourceCode), handler }] : [],
  );
}

/** The errors that a call hands on as one of its arguments. */
function errorsGiven(call: CallLike, index: number, sourceCode: SourceCode): readonly Node[] {
  const argument = call.arguments[index];
  if (!argument || argument.type === 'SpreadElement') return [];
  return originsOf({ node: argument, frame: null }, sourceCode).flatMap(({ node, path }) => (path.length === 0 && node.type === 'Identifier' ? [node] : []));
}

function catchClauseOf(name: Node): TSESTree.CatchClause | null {
  for (let outer = name.parent; outer && !outer.type.endsWith('Statement'); outer = outer.parent) {
    if (outer.type === 'CatchClause') return outer.param && contains(outer.param, name) ? outer : null;
    if (isFunction(outer)) return null;
  }
  return null;
}

/** A function itself, and every name that stands for it as a value. */
function namesOf(taker: FunctionNode, sourceCode: SourceCode): readonly Node[] {
  const { parent } = taker;
  const id = taker.type === 'FunctionDeclaration' ? taker.id : parent.type === 'VariableDeclarator' && parent.init === taker ? parent.id : null;
  return [taker, ...mentionsOf(id, sourceCode)];
}

function mentionsOf(id: Node | null, sourceCode: SourceCode): readonly Node[] {
  const variable = id && bindingsOf(sourceCode).variableOf(id);
  return (variable?.references ?? []).flatMap((reference) => (reference.isRead() ? [reference.identifier] : []));
}

/** The attempt whose error a function is handed, by where a name of it stands. */
function attemptHanding(name: Node, taker: FunctionNode, index: number, sourceCode: SourceCode): readonly FailedAttempt[] {
  const outer = wrapped(name);
  const { parent } = outer;
  const attempt = (attempted: Node): readonly FailedAttempt[] => [{ attempted, calls: callsOf(attempted, sourceCode), handler: taker.body }];
  if (index > 0) return [];
  if (parent?.type === 'CallExpression') {
    const at = parent.arguments.findIndex((argument) => argument === outer);
    const callee = unwrap(parent.callee);
    const method = methodName(parent);
    if (at < 0) return [];
    if (callee.type === 'MemberExpression' && ((method === 'catch' && at === 0) || (method === 'then' && at === 1))) return attempt(callee.object);
    if (callee.type === 'MemberExpression' && at === 0 && /^(?:filter|find|findIndex|some|every|map|flatMap|forEach)$/.test(method ?? '')) return settledBy(callee.object, taker.body, sourceCode);
    // Callbacks come with the error first.
    if (s3CallAt(parent, sourceCode)) return attempt(parent);
    if (callee.type === 'MemberExpression' && (method === 'send' || (method === 'on' && isErrorEvent(parent)))) return attempt(callee.object);
    const [parameter] = taker.params;
    return parameter?.type === 'Identifier' && namedError.test(parameter.name) ? retried(parent, outer, sourceCode, attempt) : [];
  }
  // `{ shouldRetry: (error) => … }`, in place or by way of a name.
  if (parent?.type !== 'Property' || parent.value !== outer || parent.parent.type !== 'ObjectExpression' || !errorOptions.has(propertyName(parent) ?? '')) return [];
  const options = wrapped(parent.parent);
  const named = options.parent?.type === 'VariableDeclarator' ? mentionsOf(options.parent.id, sourceCode) : [];
  return [options, ...named].flatMap((given) => {
    const call = wrapped(given).parent;
    return call?.type === 'CallExpression' ? retried(call, wrapped(given), sourceCode, attempt) : [];
  });
}

const isErrorEvent = (call: TSESTree.CallExpression): boolean => call.arguments[0]?.type === 'Literal' && call.arguments[0].value === 'error';

/** What else a call is given to run, beside what it asks about the error: `retry(() => put(), { shouldRetry })`. */
function retried(call: TSESTree.CallExpression, asked: Node, sourceCode: SourceCode, attempt: (attempted: Node) => readonly FailedAttempt[]): readonly FailedAttempt[] {
  return call.arguments.flatMap((argument) => {
    if (argument === asked || argument.type === 'SpreadElement') return [];
    return originsOf({ node: argument, frame: null }, sourceCode).flatMap((origin) => (isFunction(origin.node) && origin.path.length === 0 ? attempt(origin.node.body) : []));
  });
}

/** The S3 calls that an attempt runs, from wherever it is reached, and those that it waits for. */
function callsOf(attempted: Node, sourceCode: SourceCode): readonly S3Call[] {
  const run = contextsOf(attempted, sourceCode).flatMap((frame) => callsRunBy(attempted, frame, sourceCode).map(({ call }) => call));
  // A request or promise that was made before: `request.on('error', …)`, `await upload`.
  const waited: Node[] = [attempted];
  walk(attempted, sourceCode, (node) => {
    if (node.type === 'AwaitExpression' && node.argument.type === 'Identifier') waited.push(node.argument);
  });
  const made = waited.flatMap((node) => originsOf({ node, frame: null }, sourceCode).flatMap((origin) => answeringCall(origin.node, sourceCode) ?? []));
  return [...new Set([...run, ...made.filter((call) => !call.presigned)])];
}
