import type { Place } from '../calls/frames.js';
import { originsOf } from '../calls/origins.js';
import { onlyValue } from '../calls/s3-call.js';
import { literalText, methodName, unwrap, type Node, type SourceCode } from '../calls/syntax.js';
import { join, sameText, textOf, type Hole, type Piece, type Text } from '../calls/text.js';
import { keyOf, sameBucket, type CallPlace } from './same-object.js';

/** Whether a copy reads the object that it writes, be it an older version of it. */
export const copiesOntoItself = (write: CallPlace, sourceCode: SourceCode): boolean =>
  sameBucket(write, write, sourceCode) && sourcesOf(write, sourceCode).some((source) => names(source, write, withoutVersion, sourceCode));

/** What `CopySource` may be: `version ? `${bucket}/${key}?versionId=${version}` : `${bucket}/${key}``. */
function sourcesOf(copy: CallPlace, sourceCode: SourceCode): readonly Place[] {
  const source = onlyValue(copy.call, 'CopySource', copy.frame, sourceCode);
  if (!source) return [];
  const origins = originsOf(source, sourceCode);
  return origins.length > 1 && origins.every(({ path }) => path.length === 0) ? origins : [source];
}

/**
 * `CopySource` is `bucket/key`, with or without a slash before it, encoded for a URL. One that names a version
 * (`?versionId=…`) is another source.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 *
 * @param copy a CopyObject
 * @param other another call
 * @param sourceCode their file
 * @returns whether the copy reads the current version of the object that the other works on
 */
export function copiesFrom(copy: CallPlace, other: CallPlace, sourceCode: SourceCode): boolean {
  const source = onlyValue(copy.call, 'CopySource', copy.frame, sourceCode);
  return source !== null && names(source, other, (text) => text, sourceCode);
}

/** Whether a source names the object of a call, once it is read in a way. */
function names(source: Place, { call, frame }: CallPlace, read: (text: Text, sourceCode: SourceCode) => Text, sourceCode: SourceCode): boolean {
  const bucket = onlyValue(call, 'Bucket', frame, sourceCode);
  const key = keyOf({ call, frame }, sourceCode);
  if (!bucket || !key) return false;
  const named: Text = [...textOf(bucket, sourceCode), '/', ...key];
  const ways = [textOf(source, sourceCode).map(decoded), decodedText(source, sourceCode)].map((text) => read(join(text), sourceCode));
  return [named, ['/', ...named]].some((text) => ways.some((from) => sameText(join(text), from)));
}

const versionMark = '?versionId=';

/** A source without the version that it names. A `?` of the key itself is encoded, so the first one ends it. */
function withoutVersion(text: Text, sourceCode: SourceCode): Text {
  const at = text.findIndex((piece) => (typeof piece === 'string' ? piece.includes(versionMark) : isVersionOrNothing(piece, sourceCode)));
  const piece = text[at];
  return piece === undefined ? text : join([...text.slice(0, at), typeof piece === 'string' ? piece.slice(0, piece.indexOf(versionMark)) : '']);
}

/** `${version ? `?versionId=${version}` : ''}` */
function isVersionOrNothing({ said }: Hole, sourceCode: SourceCode): boolean {
  const [place] = said;
  const starts = place ? originsOf(place, sourceCode).map((origin) => (origin.path.length === 0 ? textOf(origin, sourceCode)[0] : undefined)) : [];
  return starts.every((start) => start === '' || (typeof start === 'string' && start.startsWith(versionMark))) && starts.some((start) => start !== '');
}

/** The text of a source as it was before it was encoded, in parts or as a whole. */
function decodedText(place: Place, sourceCode: SourceCode, depth = 0): Text {
  const node = unwrap(place.node);
  const part = (inner: Node): Text => decodedText({ node: inner, frame: place.frame }, sourceCode, depth + 1);
  if (depth > 8) return textOf(place, sourceCode);
  if (node.type === 'TemplateLiteral') {
    return node.quasis.flatMap((quasi, index) => [quasi.value.cooked ?? quasi.value.raw, ...(node.expressions[index] ? part(node.expressions[index]) : [])]);
  }
  if (node.type === 'BinaryExpression' && node.operator === '+') return [...part(node.left), ...part(node.right)];
  const inner = encodedIn(node, sourceCode);
  if (inner) return part(inner);
  const [origin, ...others] = originsOf(place, sourceCode);
  const isMadeHere = origin && others.length === 0 && origin.path.length === 0 && origin.node !== node && (/^(?:TemplateLiteral|BinaryExpression)$/.test(origin.node.type) || encodedIn(origin.node, sourceCode) !== null);
  return isMadeHere ? decodedText(origin, sourceCode, depth + 1) : textOf(place, sourceCode);
}

/** `encodeURIComponent(key)`, the same with its slashes put back (`.replace(/%2F/g, '/')`), and `key.split('/').map(encodeURIComponent).join('/')`, which keeps the slashes. */
function encodedIn(node: Node, sourceCode: SourceCode): Node | null {
  if (node.type !== 'CallExpression') return null;
  const callee = unwrap(node.callee);
  const [first] = node.arguments;
  if (callee.type === 'Identifier') return /^encodeURI(?:Component)?$/.test(callee.name) && first && first.type !== 'SpreadElement' ? first : null;
  if (callee.type === 'MemberExpression' && /^replace(?:All)?$/.test(methodName(node) ?? '') && first && /%2F/i.test(sourceCode.getText(first))) return encodedIn(unwrap(callee.object), sourceCode);
  const slash = first ? literalText(first) : null;
  if (callee.type !== 'MemberExpression' || methodName(node) !== 'join' || slash === null) return null;
  const mapped = unwrap(callee.object);
  const parts = mapped.type === 'CallExpression' && methodName(mapped) === 'map' && mapped.callee.type === 'MemberExpression' ? unwrap(mapped.callee.object) : null;
  if (parts?.type !== 'CallExpression' || methodName(parts) !== 'split' || parts.callee.type !== 'MemberExpression') return null;
  const [by] = parts.arguments;
  return by && literalText(by) === slash ? parts.callee.object : null;
}

/** `encodeURI(key)` and `encodeURIComponent(key)` name the same object: the header has to be encoded. */
const decoded = (piece: Piece): Piece =>
  typeof piece === 'string' ? piece : { ...piece, identity: piece.identity?.replace(/^global:encodeURI(?:Component)?\((.*)\)$/, '$1') ?? null };

/** The object that a copy reads. */
export interface CopySource {
  readonly bucket: Text;
  /** With `?versionId=…`, where it is there. */
  readonly key: Text;
  readonly value: Place;
}

/**
 * @param copy a copy
 * @param sourceCode its file
 * @returns what its `CopySource` names; null where it cannot be told which part of it is the bucket
 */
export function copySourceOf(copy: CallPlace, sourceCode: SourceCode): CopySource | null {
  const value = onlyValue(copy.call, 'CopySource', copy.frame, sourceCode);
  if (!value) return null;
  const pieces = [...join(decodedText(value, sourceCode))];
  const [first] = pieces;
  if (typeof first === 'string' && first.startsWith('/')) pieces[0] = first.slice(1);
  const at = pieces.findIndex((piece) => typeof piece === 'string' && piece.includes('/'));
  const cut = pieces[at];
  if (typeof cut !== 'string') return null;
  const bucket = join([...pieces.slice(0, at), cut.slice(0, cut.indexOf('/'))]);
  return bucket[0] === '' ? null : { bucket, key: join([cut.slice(cut.indexOf('/') + 1), ...pieces.slice(at + 1)]), value };
}
