import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from '../calls/bindings.js';
import { callersOf } from '../calls/callers.js';
import { calledFunctions } from '../calls/called-functions.js';
import type { S3Call } from '../calls/s3-call.js';
import { s3CallAt, s3CallsOf } from '../calls/s3-calls.js';
import { contains, enclosingFunction, isFunction, isLoop, methodName, walk, type CallLike, type Node, type SourceCode } from '../calls/syntax.js';
import { derivationOf } from './derivation.js';
import { alwaysLeaves } from './guards.js';
import { callsRunBy } from './run-calls.js';
import { failureOf, isPart, waitingFunction } from './uncovered-parts.js';

/**
 * An upload that is aborted in any case: a probe of permissions, a test. The abort stands behind the create, and between
 * them is nothing that stores a part and fails.
 */

/** What the statements behind a create come to: the abort, something whose failure passes it by, or neither yet. */
type Outcome = 'aborted' | 'passed by' | null;

/**
 * @param create a CreateMultipartUpload
 * @param sourceCode its file
 * @returns whether what follows it, or follows a call of its function, aborts it
 */
export function abortsNext(create: S3Call, sourceCode: SourceCode): boolean {
  const { calls } = bindingsOf(sourceCode);

  const follows = (start: Node): boolean => {
    const body = waitingFunction(start)?.body ?? sourceCode.ast;
    for (let inner = start, outer: Node | undefined = inner.parent; outer && inner !== body && !isLoop(outer); inner = outer, outer = outer.parent) {
      const outcome = outer.type === 'CallExpression' ? inHandler(outer) : scan(statementsOf(outer).slice(statementsOf(outer).indexOf(inner) + 1));
      if (outcome) return outcome === 'aborted';
    }
    return false;
  };

  /** `create().then(({ UploadId }) => abort(UploadId))` */
  const inHandler = (call: CallLike): Outcome => {
    const [handler] = methodName(call) === 'then' ? call.arguments : [];
    if (!handler || !isFunction(handler)) return null;
    if (handler.body.type === 'BlockStatement') return scan(handler.body.body);
    return runsAbort(handler.body) ? 'aborted' : null;
  };

  const scan = (statements: readonly Node[]): Outcome => {
    let stored = false;
    for (const statement of statements) {
      if (isAbort(statement)) return 'aborted';
      for (const call of s3CallsOf(sourceCode)) {
        if (!contains(statement, call.node) || call.presigned) continue;
        const sends = isPart(call) || call.operation.name === 'CompleteMultipartUpload';
        // Before a part is stored, a failure leaves nothing behind.
        if ((sends || stored) && failureOf(call, statement, sourceCode) === 'thrown' && (stored || !isProbe(call, statement, sourceCode))) return 'passed by';
        stored ||= sends;
      }
      if (alwaysLeaves(statement)) return 'passed by';
    }
    return null;
  };

  const isAbort = (statement: Node): boolean => {
    switch (statement.type) {
      case 'ExpressionStatement':
      case 'VariableDeclaration':
      case 'ReturnStatement':
        return runsAbort(statement);
      case 'TryStatement':
        return scan(statement.block.body) === 'aborted';
      case 'IfStatement':
        // `if (UploadId) await abort(UploadId)`: there is one unless the create has failed.
        return derivationOf({ node: statement.test, frame: null }, 'value', sourceCode).calls.some(({ call }) => call === create) && scan(statementsIn(statement.consequent)) === 'aborted';
      default:
        return false;
    }
  };

  /** Whether a statement itself aborts, or calls a function of the file that does. */
  const runsAbort = (node: Node): boolean =>
    calls.some((call) => {
      if (!contains(node, call) || !isRunIn(node, call)) return false;
      const s3 = s3CallAt(call, sourceCode);
      if (s3) return s3.operation.name === 'AbortMultipartUpload' && !s3.presigned;
      return calledFunctions(call, null, sourceCode).some((called) => callsRunBy(called.body, null, sourceCode).some((run) => run.call.operation.name === 'AbortMultipartUpload'));
    });

  return startsOf(create.node, sourceCode).some(follows);
}

/** Whether a call is made by a statement itself, or by a callback of something that the statement waits for. */
function isRunIn(statement: Node, call: Node): boolean {
  const owner = enclosingFunction(statement);
  let outer = call.parent;
  if (enclosingFunction(call) === owner) return true;
  while (outer && outer !== statement && !(outer.type === 'AwaitExpression' && enclosingFunction(outer) === owner)) outer = outer.parent;
  return outer?.type === 'AwaitExpression';
}

/** One part that is sent to see whether it can be, with a handler that answers no: what failed is not stored. */
function isProbe(part: S3Call, statement: Node, sourceCode: SourceCode): boolean {
  let isAnswered = false;
  const owner = enclosingFunction(statement);
  if (enclosingFunction(part.node) !== owner) return false;
  for (let inner: Node = part.node, outer: Node | undefined = inner.parent; outer && outer !== owner; inner = outer, outer = outer.parent) {
    if (isLoop(outer) && contains(statement, outer)) return false;
    isAnswered ||= outer.type === 'TryStatement' && inner === outer.block && outer.handler !== null && !throws(outer.handler, sourceCode);
  }
  return isAnswered;
}

/** A call, and the in-file calls of the function that it stands in. */
function startsOf(node: Node, sourceCode: SourceCode, depth = 0): readonly Node[] {
  const owner = waitingFunction(node);
  const callers = owner && depth < 3 ? callersOf(owner, sourceCode) : [];
  return [node, ...callers.flatMap((caller) => startsOf(caller, sourceCode, depth + 1))];
}

const statementsIn = (node: Node): readonly Node[] => (node.type === 'BlockStatement' ? node.body : [node]);

const statementsOf = (node: Node): readonly Node[] => (node.type === 'BlockStatement' || node.type === 'Program' ? node.body : node.type === 'SwitchCase' ? node.consequent : []);

function throws(handler: TSESTree.CatchClause, sourceCode: SourceCode): boolean {
  let found = false;
  walk(handler.body, sourceCode, (node) => {
    found ||= node.type === 'ThrowStatement';
  });
  return found;
}
