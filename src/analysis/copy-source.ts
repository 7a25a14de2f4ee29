import { onlyValue } from '../calls/s3-call.js';
import type { SourceCode } from '../calls/syntax.js';
import { join, sameText, textOf, type Piece, type Text } from '../calls/text.js';
import { keyOf, sameBucket, type CallPlace } from './same-object.js';

/** `CopySource` is `bucket/key`, with or without a slash before it. */
export function copiesOntoItself(write: CallPlace, sourceCode: SourceCode): boolean {
  const source = onlyValue(write.call, 'CopySource', write.frame, sourceCode);
  const bucket = onlyValue(write.call, 'Bucket', write.frame, sourceCode);
  const key = keyOf(write, sourceCode);
  if (!source || !bucket || !key || !sameBucket(write, write, sourceCode)) return false;
  const target: Text = [...textOf(bucket, sourceCode), '/', ...key];
  const from = join(textOf(source, sourceCode).map(decoded));
  return [target, ['/', ...target]].some((text) => sameText(join(text), from));
}

/** `encodeURI(key)` and `encodeURIComponent(key)` name the same object: the header has to be encoded. */
const decoded = (piece: Piece): Piece =>
  typeof piece === 'string' ? piece : { ...piece, identity: piece.identity?.replace(/^global:encodeURI(?:Component)?\((.*)\)$/, '$1') ?? null };
