import type { TSESTree } from '@typescript-eslint/utils';

import { answeringCall } from '../calls/answering-call.js';
import { bindingsOf } from '../calls/bindings.js';
import { calledFunctions } from '../calls/called-functions.js';
import type { Place } from '../calls/frames.js';
import { originsOf, type Origin } from '../calls/origins.js';
import { inputShape, onlyValue, type S3Call } from '../calls/s3-call.js';
import { calledName, isNothing, methodName, unwrap, type Node, type SourceCode } from '../calls/syntax.js';
import type { CallPlace } from './same-object.js';

/**
 * A copy by way of the program: the body of a GetObject that a write stores under another key. It may be read into
 * memory, decoded, parsed and given another property on the way; a body that is worked out from it is no copy.
 */

/** Functions that read a stream, or change the form of what they are given: `transformToString`, `streamToBuffer`, `Buffer.from`. */
const respells =
  /^(?:transformTo\w+|\w*stream(?:To|2)\w*|(?:body|blob|bytes|buffer)(?:To|2)\w+|(?:read|collect|consume|drain|get)(?:All|Full)?(?:Stream|Body|Buffer|Bytes|Text|String|Chunks)?|to(?:String|Buffer|Bytes|Text|Array|ByteArray)|arrayBuffer|buffer|bytes|blob|text|json|concat|from|fromWeb)$/i;

const maximumDepth = 12;

/**
 * @param write a write
 * @param sourceCode its file
 * @returns the GetObject whose whole body it stores; null where there is none, or more than one
 */
export function bodyCarriedBy(write: CallPlace, sourceCode: SourceCode): CallPlace | null {
  const body = onlyValue(write.call, 'Body', write.frame, sourceCode);
  return body && carried(body, [], sourceCode, 0);
}

function carried(place: Place, path: readonly string[], sourceCode: SourceCode, depth: number, entered?: Node): CallPlace | null {
  if (depth > maximumDepth) return null;
  const isEnd = ({ node }: Origin): boolean => node !== entered && node.type === 'CallExpression' && respells.test(calledName(node));
  // What stands in for a body that is not there: `text ?? ''`.
  const origins = originsOf(place, sourceCode, path, isEnd).filter(({ node }) => !isNothing(node) && node.type !== 'Literal');
  const reads = origins.map((origin) => readBehind(origin, sourceCode, depth + 1));
  const [read] = reads;
  return read && reads.every((other) => other?.call === read.call) ? read : null;
}

/** The read whose whole body an origin is. */
function readBehind(origin: Origin, sourceCode: SourceCode, depth: number): CallPlace | null {
  const { node, frame, path } = origin;
  const whole = (inner: Node, rest: readonly string[] = []): CallPlace | null => carried({ node: inner, frame }, rest, sourceCode, depth);
  switch (node.type) {
    case 'CallExpression': {
      const read = answeringCall(node, sourceCode);
      if (read) return isBodyOf(read, origin, sourceCode) ? { call: read, frame } : null;
      if (path.length > 0) return calledFunctions(node, frame, sourceCode).length > 0 && respells.test(calledName(node)) ? carried({ node, frame }, path, sourceCode, depth, node) : null;
      return carriedByCall(node, origin, sourceCode, depth);
    }
    case 'NewExpression': {
      const [first] = node.arguments;
      return first && path.length === 0 && /^(?:Response|Uint8Array)$/.test(sourceCode.getText(node.callee)) ? whole(first) : null;
    }
    case 'ObjectExpression':
      // A record that is marked on the way: `{ ...record, archivedAt }`.
      return node.properties.map((property) => (property.type === 'SpreadElement' ? whole(property.argument) : null)).find((read) => read !== null) ?? null;
    case 'Identifier':
      return readGivenTo(origin, sourceCode, depth);
    default:
      return null;
  }
}

/** `Body.transformToString()`, `JSON.parse(text)`, `Buffer.from(bytes)`, `streamToBuffer(Body)`, `load(key)`. */
function carriedByCall(node: TSESTree.CallExpression, { frame }: Origin, sourceCode: SourceCode, depth: number): CallPlace | null {
  const callee = unwrap(node.callee);
  const [first] = node.arguments;
  const isJson = callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'JSON';
  if (!isJson && !respells.test(calledName(node))) return null;
  const given = first && first.type !== 'SpreadElement' ? carried({ node: first, frame }, [], sourceCode, depth) : null;
  if (given || isJson) return given;
  if (calledFunctions(node, frame, sourceCode).length > 0) return carried({ node, frame }, [], sourceCode, depth, node);
  return callee.type === 'MemberExpression' ? carried({ node: callee.object, frame }, [], sourceCode, depth) : null;
}

/** What a callback is given: `getObject(input, (error, data) => …)`, `.then(({ Body }) => …)`, `for await (const chunk of Body)`. */
function readGivenTo({ node, frame, path }: Origin, sourceCode: SourceCode, depth: number): CallPlace | null {
  const [definition] = bindingsOf(sourceCode).definitionsAt(node);
  if (definition?.kind !== 'parameter') return null;
  const rest = [...definition.path, ...path];
  const call = definition.function.parent;
  if (call.type !== 'CallExpression') return null;
  if (methodName(call) === 'then' && call.callee.type === 'MemberExpression' && call.arguments[0] === definition.function && definition.index === 0) {
    return carried({ node: call.callee.object, frame }, rest, sourceCode, depth);
  }
  const read = answeringCall(call, sourceCode);
  return read && definition.index === 1 && isBodyOf(read, { node: call, frame, path: rest }, sourceCode) ? { call: read, frame } : null;
}

/** Whether a property of an answer is the whole body of the object as it is now. minio answers with the stream itself. */
function isBodyOf(read: S3Call, { frame, path }: Origin, sourceCode: SourceCode): boolean {
  if (read.operation.name !== 'GetObject' || path.join('.') !== (read.client === 'minio' ? '' : 'Body')) return false;
  const { properties } = inputShape(read, frame, sourceCode);
  return !['VersionId', 'Range', 'PartNumber'].some((name) => properties.has(name));
}
