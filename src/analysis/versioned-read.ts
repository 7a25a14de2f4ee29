import { answeringCall } from '../calls/answering-call.js';
import { contextsOf } from '../calls/callers.js';
import type { Place } from '../calls/frames.js';
import { originsOf } from '../calls/origins.js';
import { inputProperty, inputShape, type S3Call } from '../calls/s3-call.js';
import { s3CallsOf } from '../calls/s3-calls.js';
import { propertyOf, type Shape } from '../calls/shapes.js';
import { isNothing, propertyName, walk, type SourceCode } from '../calls/syntax.js';
import { sameText, type Text } from '../calls/text.js';
import type { Settings } from '../facts/settings.js';
import { copiesOntoItself, copySourceOf } from './copy-source.js';
import { derivationOf } from './derivation.js';
import { mayBeSameText } from './may-be-same-text.js';
import { nameObject, nameTexts } from './object-name.js';
import { preconditionOf } from './precondition.js';
import { keyOf } from './same-object.js';
import { freshnessOf, holdsFreshId } from './unique-key.js';
import { isLeftUnsent } from './unsent-command.js';
import { bucketNamed, bucketOfCall, isVersioned, type Bucket } from './versioned-bucket.js';

/** A read, or the source of a copy, of "the current version, whichever that is". */
export interface UnpinnedRead {
  readonly kind: 'read' | 'source';
  /** How messages name the object that is read. */
  readonly object: string;
  /** What the file writes to the same bucket, under the same key for all that is known. */
  readonly write: S3Call;
}

/**
 * @param call an S3 call
 * @param settings what the user declared
 * @param sourceCode its file
 * @returns the read, where it names no version, and its bucket keeps versions and this file may write the object too
 */
export function unpinnedReadOf(call: S3Call, settings: Settings, sourceCode: SourceCode): UnpinnedRead | null {
  const place = { call, frame: null };
  if (isLeftUnsent(call, sourceCode)) return null;
  if (call.operation.name === 'GetObject') {
    const write = namesNoVersion(call, sourceCode) ? writeOf(bucketOfCall(place, sourceCode), call, settings, sourceCode) : null;
    return write && !pinsOthers(call, sourceCode) ? { kind: 'read', object: nameObject(place, sourceCode), write } : null;
  }
  const source = call.operation.name === 'CopyObject' && leavesSourceOpen(call, sourceCode) ? copySourceOf(place, sourceCode) : null;
  if (!source || speaksOfVersion(source.value, sourceCode)) return null;
  // The target's ETag is that of the source.
  if (copiesOntoItself(place, sourceCode) && preconditionOf(call, null, sourceCode).kind !== 'absent') return null;
  const write = writeOf(bucketNamed(source.bucket, sourceCode), call, settings, sourceCode);
  return write && { kind: 'source', object: nameTexts(source.bucket, source.key, { node: call.node, frame: null }, sourceCode), write };
}

/**
 * What a file writes to a bucket that keeps versions and may be another version of what is read: of the very same key
 * where there is such a write. One under a key of its own makes no new version of anything.
 */
function writeOf(bucket: Bucket, read: S3Call, settings: Settings, sourceCode: SourceCode): S3Call | null {
  if (!isVersioned(bucket, settings, sourceCode)) return null;
  const keys = keysRead(read, sourceCode);
  // A copy replaces the object that it reads only where it is a copy onto itself.
  const writes = s3CallsOf(sourceCode).filter(
    (other) => other.operation.effect === 'write' && (other !== read || copiesOntoItself({ call: read, frame: null }, sourceCode)) && bucket.isOf({ call: other, frame: null }),
  );
  const written = writes.flatMap((write) => keysWritten(write, sourceCode).map((key) => ({ write, key })));
  const same = written.find(({ key }) => keys.some((text) => key && text && sameText(key, text)));
  return (same ?? written.find(({ key }) => keys.some((text) => mayBeSameText(key, text))))?.write ?? null;
}

/** The keys that a read may mean, as its callers in the file tell; null for one that is not known. Keys made for it alone are left out. */
function keysRead(call: S3Call, sourceCode: SourceCode): readonly (Text | null)[] {
  return contextsOf(call.node, sourceCode).flatMap((frame): readonly (Text | null)[] => {
    const place = { call, frame };
    if (call.operation.name === 'GetObject') return freshnessOf(call, frame, sourceCode) === 'unique' ? [] : [keyOf(place, sourceCode)];
    const source = copySourceOf(place, sourceCode);
    return source && holdsFreshId(source.value, call.node, sourceCode) ? [] : [source && source.key];
  });
}

const keysWritten = (call: S3Call, sourceCode: SourceCode): readonly (Text | null)[] =>
  contextsOf(call.node, sourceCode).flatMap((frame) => (freshnessOf(call, frame, sourceCode) === 'unique' ? [] : [keyOf({ call, frame }, sourceCode)]));

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
