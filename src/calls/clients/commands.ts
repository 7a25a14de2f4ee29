import type { TSESTree } from '@typescript-eslint/utils';

import { operationOfCommand } from '../../s3/operations.js';
import { bindingsOf, type Variable } from '../bindings.js';
import { entitiesOf } from '../entities.js';
import type { S3Call } from '../s3-call.js';
import { contains, methodName, unwrap, wrapped, type CallLike, type Node, type SourceCode } from '../syntax.js';
import { looksLikeS3 } from './methods.js';
import { handsOn } from './receivers.js';

/** `new PutObjectCommand(…)` of `@aws-sdk/client-s3`, under whatever name it was imported. */
export function commandCall(node: CallLike, sourceCode: SourceCode): Omit<S3Call, 'presigned'> | null {
  if (node.type !== 'NewExpression' || isExpected(node)) return null;
  for (const entity of entitiesOf({ node: node.callee, frame: null }, sourceCode)) {
    const [name, ...below] = entity.path;
    const operation = name === undefined || below.length > 0 ? null : operationOfCommand(name);
    if (!operation) continue;
    const [input] = node.arguments;
    if (input?.type === 'SpreadElement') return null;
    // A package that hands the SDK on is known by its name, the command's name and the input together.
    const isHandedOn = handsOn(entity) && input !== undefined && looksLikeS3(operation, input, sourceCode);
    if (entity.module !== '@aws-sdk/client-s3' && !isHandedOn) continue;
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
    if (isReplaced(variable, name, identifier)) return [];
    const call = wrapped(identifier).parent;
    return call?.type === 'CallExpression' && call.arguments.includes(wrapped(identifier) as TSESTree.Expression) ? [call] : [];
  });
}

/** Whether a variable has certainly got another value between one assignment and a use: `command = new Get(); …; command = new Put()`. */
function isReplaced(variable: Variable, name: Node, use: Node): boolean {
  const others = variable.references.filter((reference) => reference.isWrite() && reference.identifier !== name).map((reference) => reference.identifier);
  // A use before the assignment is one of an earlier value, where there is one.
  if (use.range[0] < name.range[0]) return others.some((other) => other.range[0] < use.range[0]);
  return others.some((other) => {
    const statement = other.parent.parent;
    return other.range[0] > name.range[0] && other.range[0] < use.range[0] && statement?.type === 'ExpressionStatement' && contains(statement.parent, use);
  });
}

/** `client` of `client.send(…)`, of `getSignedUrl(client, …)`; the function itself of `send(…)`. */
function clientIn(call: CallLike): Node[] {
  const callee = unwrap(call.callee);
  if (callee.type === 'MemberExpression') return [callee.object];
  const [first] = call.arguments;
  return first && call.arguments.length > 1 ? [callee, first] : [callee];
}
