import type { TSESTree } from '@typescript-eslint/utils';

import { operationOfCommand } from '../../s3/operations.js';
import { bindingsOf } from '../bindings.js';
import { entitiesOf } from '../origins.js';
import type { S3Call } from '../s3-call.js';
import { methodName, unwrap, wrapped, type CallLike, type Node, type SourceCode } from '../syntax.js';

/** `new PutObjectCommand(…)` of `@aws-sdk/client-s3`, under whatever name it was imported. */
export function commandCall(node: CallLike, sourceCode: SourceCode): Omit<S3Call, 'presigned'> | null {
  if (node.type !== 'NewExpression' || isExpected(node)) return null;
  for (const { module, path } of entitiesOf({ node: node.callee, frame: null }, sourceCode)) {
    const [name, ...below] = path;
    if (module !== '@aws-sdk/client-s3' || name === undefined || below.length > 0) continue;
    const operation = operationOfCommand(name);
    if (!operation) continue;
    const [input] = node.arguments;
    if (input?.type === 'SpreadElement') return null;
    const sentBy = sendersOf(node, sourceCode);
    return { node, operation, client: 'v3', input: { kind: 'object', node: input ?? null, inherited: null }, sentBy, receivers: sentBy.flatMap(clientIn) };
  }
  return null;
}

/** A command inside an assertion (`expect(s3).toHaveReceived(new PutObjectCommand(…))`) is never sent. */
function isExpected(node: Node): boolean {
  for (let outer = node.parent; outer; outer = outer.parent) {
    if (outer.type === 'CallExpression' && /^(?:to[A-Z]|calledWith)/.test(methodName(outer) ?? '')) return true;
    if (outer.type.endsWith('Statement') || outer.type === 'VariableDeclaration') return false;
  }
  return false;
}

/** The calls that a value is handed to: at once, or by way of a variable. */
function sendersOf(node: Node, sourceCode: SourceCode): CallLike[] {
  const outer = wrapped(node);
  const { parent } = outer;
  if (!parent) return [];
  if ((parent.type === 'CallExpression' || parent.type === 'NewExpression') && parent.callee !== outer) return [parent];
  if (parent.type === 'ConditionalExpression' || parent.type === 'LogicalExpression') return sendersOf(parent, sourceCode);
  const name = parent.type === 'VariableDeclarator' && parent.init === outer ? parent.id : parent.type === 'AssignmentExpression' ? parent.left : null;
  const variable = name && bindingsOf(sourceCode).variableOf(name);
  if (!variable) return [];
  return variable.references.flatMap(({ identifier }) => {
    const call = wrapped(identifier).parent;
    return call?.type === 'CallExpression' && call.arguments.includes(wrapped(identifier) as TSESTree.Expression) ? [call] : [];
  });
}

/** `client` of `client.send(…)`, of `getSignedUrl(client, …)`; the function itself of `send(…)`. */
function clientIn(call: CallLike): Node[] {
  const callee = unwrap(call.callee);
  if (callee.type === 'MemberExpression') return [callee.object];
  const [first] = call.arguments;
  return first && call.arguments.length > 1 ? [callee, first] : [callee];
}
