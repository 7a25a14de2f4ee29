import type { TSESTree } from '@typescript-eslint/utils';

import { operation, type OperationName } from '../../s3/operations.js';
import { entityOf } from '../entities.js';
import { originsOf } from '../origins.js';
import type { CallInput, S3Call } from '../s3-call.js';
import { isFunction, isNothing, propertyName, unwrap, type CallLike, type Node, type SourceCode } from '../syntax.js';
import { receiverOfCall } from './receivers.js';

/** minio's methods and what stands at each position, in the property names of `@aws-sdk/client-s3`. */
const methods: Readonly<Record<string, { name: OperationName; positions: readonly string[] }>> = {
  putObject: { name: 'PutObject', positions: ['Bucket', 'Key', 'Body'] },
  fPutObject: { name: 'PutObject', positions: ['Bucket', 'Key', 'file'] },
  copyObject: { name: 'CopyObject', positions: ['Bucket', 'Key', 'CopySource'] },
  getObject: { name: 'GetObject', positions: ['Bucket', 'Key'] },
  fGetObject: { name: 'GetObject', positions: ['Bucket', 'Key'] },
  statObject: { name: 'HeadObject', positions: ['Bucket', 'Key'] },
  removeObject: { name: 'DeleteObject', positions: ['Bucket', 'Key'] },
  removeObjects: { name: 'DeleteObjects', positions: ['Bucket', 'Entries'] },
  listObjects: { name: 'ListObjects', positions: ['Bucket', 'Prefix'] },
  listObjectsV2: { name: 'ListObjectsV2', positions: ['Bucket', 'Prefix'] },
  bucketExists: { name: 'HeadBucket', positions: ['Bucket'] },
  listBuckets: { name: 'ListBuckets', positions: [] },
  makeBucket: { name: 'CreateBucket', positions: ['Bucket'] },
  putObjectRetention: { name: 'PutObjectRetention', positions: ['Bucket', 'Key'] },
  initiateNewMultipartUpload: { name: 'CreateMultipartUpload', positions: ['Bucket', 'Key'] },
  abortMultipartUpload: { name: 'AbortMultipartUpload', positions: ['Bucket', 'Key', 'UploadId'] },
  presignedPutObject: { name: 'PutObject', positions: ['Bucket', 'Key'] },
};

/** Calls of a minio `Client`: positional, with conditions as headers among the metadata. */
export function minioCall(node: CallLike, sourceCode: SourceCode): S3Call | null {
  if (node.type !== 'CallExpression') return null;
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression') return null;
  const method = propertyName(callee);
  const known = method !== null && Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (!known || method === null) return null;
  const { kind } = receiverOfCall(node, callee, sourceCode);
  if (kind !== 'minio' && !(kind === 'lent' && looksLikeMinio(node, callee.object, known.positions, sourceCode))) return null;
  return {
    node,
    operation: operation(known.name),
    client: 'minio',
    input: positional(node, method, known.positions, sourceCode),
    presigned: method === 'presignedPutObject',
    sentBy: [node],
    receivers: [callee.object],
  };
}

/**
 * A client that another file lends is known by the whole call: a method of minio, its positional arguments, and a name
 * or import of the client that says minio.
 */
function looksLikeMinio(node: TSESTree.CallExpression, object: Node, positions: readonly string[], sourceCode: SourceCode): boolean {
  const given = node.arguments.slice(0, positions.length);
  if (positions.length < 2 || given.length < positions.length || given.some((argument) => argument.type === 'SpreadElement')) return false;
  if (given.slice(0, 2).some((argument) => argument.type === 'ObjectExpression' || isFunction(argument))) return false;
  const named = originsOf({ node: object, frame: null }, sourceCode).flatMap((origin) => [sourceCode.getText(origin.node), entityOf(origin)?.module ?? '']);
  return [sourceCode.getText(object), ...named].some((text) => text.length < 200 && /minio/i.test(text));
}

function positional(node: TSESTree.CallExpression, method: string, positions: readonly string[], sourceCode: SourceCode): CallInput {
  const given = node.arguments;
  const values: Record<string, TSESTree.Expression> = {};
  for (const [index, name] of positions.entries()) {
    const argument = given[index];
    if (argument?.type === 'SpreadElement') return { kind: 'positional', arguments: values, headers: null, open: 'spread' };
    if (argument) values[name] = argument;
  }
  if (given.some((argument) => argument.type === 'SpreadElement')) return { kind: 'positional', arguments: values, headers: null, open: 'spread' };
  // `copyObject(source: CopySourceOptions, target: CopyDestinationOptions)` names its target in an object.
  if (method === 'copyObject' && given.length === 2) return { kind: 'positional', arguments: {}, headers: null, open: 'value' };
  const at = metadataPosition(method, given as TSESTree.Expression[], sourceCode);
  if (at === 'unknown') return { kind: 'positional', arguments: values, headers: null, open: 'parameter' };
  return { kind: 'positional', arguments: values, headers: at === null ? null : ((given[at] as TSESTree.Expression | undefined) ?? null), open: null };
}

/** `putObject(bucket, key, body, size?, metadata?)`, where the size may be left out; null where none is taken. */
function metadataPosition(method: string, given: readonly TSESTree.Expression[], sourceCode: SourceCode): number | 'unknown' | null {
  if (method === 'fPutObject') return 3;
  // `removeObject(bucket, key, { versionId })`, `fGetObject(bucket, key, path, { versionId })`
  if (method === 'removeObject' || method === 'putObjectRetention') return 2;
  const options = { getObject: 2, statObject: 2, fGetObject: 3 }[method];
  // minio 7 takes a callback in their place.
  if (options !== undefined) return given[options] && isFunction(given[options]) ? null : options;
  if (method !== 'putObject') return null;
  const fourth = given[3];
  if (given.length >= 5 || !fourth) return 4;
  const origins = originsOf({ node: fourth, frame: null }, sourceCode);
  if (origins.some((origin) => origin.node.type === 'ObjectExpression' && origin.path.length === 0)) return 3;
  const isSize = origins.every(({ node, path }) => node.type === 'Literal' || isNothing(node) || /^(?:length|byteLength|size)$/.test(path.at(-1) ?? ''));
  return isSize ? 4 : 'unknown';
}
