import type { Frame } from '../calls/frames.js';
import { inputProperty, onlyValue, type S3Call } from '../calls/s3-call.js';
import type { Node, SourceCode } from '../calls/syntax.js';
import { sameText, textOf, type Text } from '../calls/text.js';
import { usesOtherStorage } from './other-storage.js';

/** An S3 call as seen from a chain of calls. */
export interface CallPlace {
  readonly call: S3Call;
  readonly frame: Frame | null;
  /** Where a finding on it is told, if neither at the call nor at what leads from the file to it. */
  readonly told?: Node;
}

/** The text of a property of a call's input; null where it is not exactly one value. */
function inputText({ call, frame }: CallPlace, property: string, sourceCode: SourceCode): Text | null {
  const value = onlyValue(call, property, frame, sourceCode);
  return value && textOf(value, sourceCode);
}

export const bucketOf = (place: CallPlace, sourceCode: SourceCode): Text | null => inputText(place, 'Bucket', sourceCode);

export const keyOf = (place: CallPlace, sourceCode: SourceCode): Text | null => inputText(place, place.call.operation.key, sourceCode);

/** Whether two calls work on one bucket. Both may leave it to their client. */
export function sameBucket(one: CallPlace, other: CallPlace, sourceCode: SourceCode): boolean {
  if (usesOtherStorage(one.call, other.call, sourceCode)) return false;
  const [first, second] = [one, other].map((place) => inputProperty(place.call, 'Bucket', place.frame, sourceCode));
  if (first?.kind === 'absent' && second?.kind === 'absent') return true;
  const [a, b] = [bucketOf(one, sourceCode), bucketOf(other, sourceCode)];
  return a !== null && b !== null && sameText(a, b);
}

/** Whether two calls work on the same object: what cannot be compared is not the same. */
export function sameObject(one: CallPlace, other: CallPlace, sourceCode: SourceCode): boolean {
  const [a, b] = [keyOf(one, sourceCode), keyOf(other, sourceCode)];
  return a !== null && b !== null && sameText(a, b) && sameBucket(one, other, sourceCode);
}
