import { answeringCall } from '../calls/answering-call.js';
import { contextsOf } from '../calls/callers.js';
import { originsOf, type Place } from '../calls/origins.js';
import { inputProperty, inputShape, type S3Call } from '../calls/s3-call.js';
import { s3CallsOf } from '../calls/s3-calls.js';
import { propertyOf, type Shape } from '../calls/shapes.js';
import { isNothing, propertyName, walk, type SourceCode } from '../calls/syntax.js';
import type { Settings } from '../facts/settings.js';
import { copiesOntoItself, copySourceOf } from './copy-source.js';
import { derivationOf } from './derivation.js';
import { nameObject, nameTexts } from './object-name.js';
import { preconditionOf } from './precondition.js';
import { bucketNamed, bucketOfCall, isVersioned, type Bucket } from './versioned-bucket.js';

/** A read, or the source of a copy, of "the current version, whichever that is". */
export interface UnpinnedRead {
  readonly kind: 'read' | 'source';
  /** How messages name the object that is read. */
  readonly object: string;
  /** What the file writes to the same bucket. */
  readonly write: S3Call;
}

/**
 * @param call an S3 call
 * @param settings what the user declared
 * @param sourceCode its file
 * @returns the read, where it names no version, and its bucket keeps versions and is written by this file too
 */
export function unpinnedReadOf(call: S3Call, settings: Settings, sourceCode: SourceCode): UnpinnedRead | null {
  const place = { call, frame: null };
  if (call.operation.name === 'GetObject') {
    const write = namesNoVersion(call, sourceCode) ? writeTo(bucketOfCall(place, sourceCode), call, settings, sourceCode) : null;
    return write && !pinsOthers(call, sourceCode) ? { kind: 'read', object: nameObject(place, sourceCode), write } : null;
  }
  const source = call.operation.name === 'CopyObject' && leavesSourceOpen(call, sourceCode) ? copySourceOf(place, sourceCode) : null;
  if (!source || speaksOfVersion(source.value, sourceCode)) return null;
  const ontoItself = copiesOntoItself(place, sourceCode);
  // The target's ETag is that of the source.
  if (ontoItself && preconditionOf(call, null, sourceCode).kind !== 'absent') return null;
  const write = writeTo(bucketNamed(source.bucket, sourceCode), ontoItself ? null : call, settings, sourceCode);
  return write && { kind: 'source', object: nameTexts(source.bucket, source.key), write };
}

/** The first write of the file to a bucket that keeps versions, but for the call that is looked at itself. */
function writeTo(bucket: Bucket, itself: S3Call | null, settings: Settings, sourceCode: SourceCode): S3Call | null {
  const write = s3CallsOf(sourceCode).find((other) => other !== itself && other.operation.effect === 'write' && bucket.isOf({ call: other, frame: null }));
  return write && isVersioned(bucket, settings, sourceCode) ? write : null;
}

/** A read that asks for what has changed since wants the current version; a signed one is made by somebody else. */
function namesNoVersion(call: S3Call, sourceCode: SourceCode): boolean {
  if (call.presigned || call.sentBy.some(({ callee }) => /sign/i.test(sourceCode.getText(callee)))) return false;
  const shape = inputShape(call, null, sourceCode);
  return ['VersionId', 'IfMatch', 'IfNoneMatch'].every((name) => isAbsent(shape, name)) && ['IfUnmodifiedSince', 'IfModifiedSince'].every((name) => !shape.properties.has(name));
}

function leavesSourceOpen(call: S3Call, sourceCode: SourceCode): boolean {
  // minio's conditions of a copy are set on an object of their own.
  if (call.client === 'minio' && call.node.arguments.length > 3) return false;
  const shape = inputShape(call, null, sourceCode);
  return isAbsent(shape, 'CopySourceIfMatch') && ['CopySourceIfNoneMatch', 'CopySourceIfUnmodifiedSince', 'CopySourceIfModifiedSince'].every((name) => !shape.properties.has(name));
}

function isAbsent(shape: Shape, name: string): boolean {
  const property = propertyOf(shape, name);
  return property.kind === 'absent' || (property.kind === 'known' && property.values.every(({ node }) => isNothing(node)));
}

/** Whether a `CopySource` may hold a version: by the text of it, or by the name of what is put in. */
function speaksOfVersion(source: Place, sourceCode: SourceCode): boolean {
  const { visited } = derivationOf(source, 'value', sourceCode);
  return [...visited].some((node) => /^(?:Identifier|Literal|TemplateElement|MemberExpression)$/.test(node.type) && /version/i.test(sourceCode.getText(node)));
}

/** Properties that say which version a call means. */
const pins = ['IfMatch', 'DestinationIfMatch', 'CopySourceIfMatch', 'SourceIfMatch', 'VersionId'];

/**
 * Whether a read stands at the beginning of something that holds to its version: its ETag guards a write (a compare and
 * swap), pins the reads that follow, or leaves the file for a write that is handed an ETag; or its version is taken down.
 */
function pinsOthers(read: S3Call, sourceCode: SourceCode): boolean {
  const places = s3CallsOf(sourceCode)
    .filter((other) => other !== read)
    .flatMap((call) => contextsOf(call.node, sourceCode).map((frame) => ({ call, frame })));
  let handedIn = false;
  for (const { call, frame } of places) {
    for (const name of pins) {
      const property = inputProperty(call, name, frame, sourceCode);
      for (const value of property.kind === 'known' ? property.values : []) {
        const { calls } = derivationOf(value, 'value', sourceCode);
        if (calls.some((made) => made.call === read)) return true;
        handedIn ||= calls.length === 0 && call.operation.effect === 'write';
      }
    }
  }
  const taken = takenFrom(read, sourceCode);
  return taken.has('VersionId') || (handedIn && taken.has('ETag'));
}

/** The properties of a response that say which version it is, as far as the file names them. */
function takenFrom(read: S3Call, sourceCode: SourceCode): ReadonlySet<string> {
  const taken = new Set<string>();
  walk(sourceCode.ast, sourceCode, (node) => {
    const name = node.type === 'MemberExpression' || (node.type === 'Property' && node.parent.type === 'ObjectPattern') ? propertyName(node) : null;
    if (name !== 'ETag' && name !== 'VersionId') return;
    const value = node.type === 'Property' ? (node.value.type === 'AssignmentPattern' ? node.value.left : node.value) : node;
    const isOfRead = originsOf({ node: value, frame: null }, sourceCode).some(({ node: origin, path }) => path[0] === name && answeringCall(origin, sourceCode) === read);
    if (isOfRead) taken.add(name);
  });
  return taken;
}
