import type { TSESTree } from '@typescript-eslint/utils';

import { operation, operationOfMethod, type Operation } from '../../s3/operations.js';
import type { S3Call } from '../s3-call.js';
import { shapeOf } from '../shapes.js';
import { isFunction, literalText, propertyName, unwrap, wrapped, type CallLike, type Node, type SourceCode } from '../syntax.js';
import { receiverOf } from './receivers.js';

/**
 * Methods that take one input object: the aggregated `S3` class of `@aws-sdk/client-s3`, `aws-sdk` v2, and clients
 * that come from another file.
 */
export function methodCall(node: CallLike, sourceCode: SourceCode): S3Call | null {
  if (node.type !== 'CallExpression') return null;
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression') return null;
  const method = propertyName(callee);
  if (method === null) return null;
  if (method === 'getSignedUrl' || method === 'getSignedUrlPromise') return signedCall(node, callee.object, sourceCode);
  const operationCalled = method === 'upload' ? operation('PutObject') : operationOfMethod(method);
  if (!operationCalled) return null;

  const [first] = node.arguments;
  if (first?.type === 'SpreadElement') return null;
  const input = first && !isFunction(first) ? first : null;
  const receiver = receiverOf(callee.object, sourceCode);
  const found = { node, operation: operationCalled, presigned: false, sentBy: [node], receivers: [callee.object] };
  switch (receiver.kind) {
    case 'v3':
      return method === 'upload' ? null : { ...found, client: 'v3', input: { kind: 'object', node: input, inherited: null } };
    case 'v2':
      return { ...found, client: 'v2', input: { kind: 'object', node: input, inherited: receiver.parameters } };
    case 'lent':
      return input && looksLikeS3(operationCalled, input, sourceCode)
        ? { ...found, client: isOfV2(node, method, sourceCode) ? 'v2' : 'lent', input: { kind: 'object', node: input, inherited: null } }
        : null;
    default:
      return null;
  }
}

/** v2's `s3.getSignedUrl('putObject', params)`: v3's function of that name takes a client and a command. */
function signedCall(node: TSESTree.CallExpression, object: Node, sourceCode: SourceCode): S3Call | null {
  const [method, input] = node.arguments;
  const name = method ? literalText(method) : null;
  const signed = name === null ? null : operationOfMethod(name);
  if (!signed || input?.type === 'SpreadElement') return null;
  const receiver = receiverOf(object, sourceCode);
  const given = input && !isFunction(input) ? input : null;
  const isSigned = receiver.kind === 'v2' || (receiver.kind === 'lent' && given !== null && looksLikeS3(signed, given, sourceCode));
  if (!isSigned) return null;
  const inherited = receiver.kind === 'v2' ? receiver.parameters : null;
  return { node, operation: signed, client: 'v2', input: { kind: 'object', node: given, inherited }, presigned: true, sentBy: [], receivers: [object] };
}

/**
 * What only aws-sdk v2 has: requests that are sent by `.promise()` or read by `.createReadStream()`, and the method
 * `upload`. A file that imports v3 as well may have a class of the project's own before it.
 */
function isOfV2(node: TSESTree.CallExpression, method: string, { text }: SourceCode): boolean {
  const { parent } = wrapped(node);
  const asked = parent?.type === 'MemberExpression' && parent.parent.type === 'CallExpression' && parent.parent.callee === parent ? propertyName(parent) : null;
  return asked === 'promise' || asked === 'createReadStream' || (method === 'upload' && !text.includes('@aws-sdk/'));
}

/**
 * A client that another file lends is known by the whole call: an S3 method *and* an input with S3's own capitalised
 * properties. `Region` in the input is Tencent's COS, which has the same method names.
 */
export function looksLikeS3(called: Operation, input: Node, sourceCode: SourceCode): boolean {
  const { properties } = shapeOf({ node: input, frame: null }, sourceCode);
  const needed = called.name === 'DeleteObjects' ? 'Delete' : /Bucket/.test(called.name) ? 'Bucket' : called.key;
  return properties.has('Bucket') && properties.has(needed) && !properties.has('Region');
}
