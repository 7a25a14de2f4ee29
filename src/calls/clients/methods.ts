import type { TSESTree } from '@typescript-eslint/utils';

import { operation, operationOfMethod, type Operation } from '../../s3/operations.js';
import type { S3Call } from '../s3-call.js';
import { shapeOf } from '../shapes.js';
import { isFunction, literalText, propertyName, unwrap, type CallLike, type Node, type SourceCode } from '../syntax.js';
import { receiverOfCall } from './receivers.js';
import { isOfV2, mayBeUpload } from './requests.js';

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
  if (method === 'getSignedUrl' || method === 'getSignedUrlPromise') return signedCall(node, callee, sourceCode);
  const operationCalled = method === 'upload' ? operation('PutObject') : operationOfMethod(method);
  if (!operationCalled) return null;

  const [first] = node.arguments;
  if (first?.type === 'SpreadElement') return null;
  const input = first && !isFunction(first) ? first : null;
  const receiver = receiverOfCall(node, callee, sourceCode);
  const found = { node, operation: operationCalled, presigned: false, sentBy: [node], receivers: [callee.object] };
  switch (receiver.kind) {
    case 'v3':
      return method === 'upload' ? null : { ...found, client: 'v3', input: { kind: 'object', node: input, inherited: null } };
    case 'v2':
      return { ...found, client: 'v2', input: { kind: 'object', node: input, inherited: receiver.parameters } };
    case 'lent':
      return input && looksLikeS3(operationCalled, input, sourceCode) && (method !== 'upload' || mayBeUpload(node, sourceCode))
        ? { ...found, client: isOfV2(node, method, sourceCode) ? 'v2' : 'lent', input: { kind: 'object', node: input, inherited: null } }
        : null;
    default:
      return null;
  }
}

/** v2's `s3.getSignedUrl('putObject', params)`: v3's function of that name takes a client and a command. */
function signedCall(node: TSESTree.CallExpression, callee: TSESTree.MemberExpression, sourceCode: SourceCode): S3Call | null {
  const [method, input] = node.arguments;
  const name = method ? literalText(method) : null;
  const signed = name === null ? null : operationOfMethod(name);
  if (!signed || input?.type === 'SpreadElement') return null;
  const receiver = receiverOfCall(node, callee, sourceCode);
  const given = input && !isFunction(input) ? input : null;
  const isSigned = receiver.kind === 'v2' || (receiver.kind === 'lent' && given !== null && looksLikeS3(signed, given, sourceCode));
  if (!isSigned) return null;
  const inherited = receiver.kind === 'v2' ? receiver.parameters : null;
  return { node, operation: signed, client: 'v2', input: { kind: 'object', node: given, inherited }, presigned: true, sentBy: [], receivers: [callee.object] };
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
