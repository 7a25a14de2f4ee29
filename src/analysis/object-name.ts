import type { BucketName, ObjectSetting, Settings } from '../facts/settings.js';
import { declaredVersioned, declaredWrite } from '../facts/settings.js';
import type { PartialText } from '../facts/glob.js';
import { contextsOf } from '../calls/callers.js';
import type { Place } from '../calls/frames.js';
import { onlyValue } from '../calls/s3-call.js';
import type { SourceCode } from '../calls/syntax.js';
import { renderText, sameText, type Text } from '../calls/text.js';
import { wordsAt } from '../calls/words.js';
import { bucketOf, keyOf, type CallPlace } from './same-object.js';
import { toldAt, type ToldCall } from './told-at.js';
import { freshnessOf } from './unique-key.js';

/** What a call's object is called: in the settings, and in messages. */

const partial = (text: Text | null): PartialText => text?.map((piece) => (typeof piece === 'string' ? piece : null)) ?? [null];

function bucketName(text: Text | null): BucketName {
  const [only] = text ?? [];
  const environment = text?.length === 1 && only !== undefined && typeof only !== 'string' ? only.environment : null;
  return { text: partial(text), environment };
}

/** What the settings allow to be done to the object of a call; null where they do not say. */
export const allowedWrite = (place: CallPlace, settings: Settings, sourceCode: SourceCode): ObjectSetting['write'] | null =>
  settings.objects.length === 0 ? null : declaredWrite(settings, bucketName(bucketOf(place, sourceCode)), partial(keyOf(place, sourceCode)));

/** Whether the settings say that a bucket is versioned; null where they do not say. */
export const saidVersioned = (bucket: Text | null, settings: Settings): boolean | null => (settings.buckets.length === 0 ? null : declaredVersioned(settings, bucketName(bucket)));

/**
 * A text as it can be said at a place; null where nothing of it can. A name for the whole says more than what is left of
 * pieces without names.
 */
function quote(text: Text | null, whole: Place | null, at: Place, sourceCode: SourceCode): string | null {
  if (!text) return null;
  const said = renderText(text, (hole) => wordsAt(hole, at, sourceCode));
  if (said === '' || /[\p{L}\p{N}]/u.test(said)) return `"${said}"`;
  const words = whole && wordsAt({ said: [whole], environment: null }, at, sourceCode);
  return words === null ? null : `"\${${words}}"`;
}

/**
 * `"a/b.json" in bucket "photos"`, as far as both are known; `the object` otherwise. It is said in the words of the place
 * where the file has the call.
 */
export function nameObject(place: CallPlace, sourceCode: SourceCode): string {
  const { call, frame, at } = namedAt(place, sourceCode);
  return inWords(bucketIn({ call, frame }, at, sourceCode), quote(keyOf({ call, frame }, sourceCode), onlyValue(call, call.operation.key, frame, sourceCode), at, sourceCode));
}

/** The same of a bucket and key that are no input properties, as in a `CopySource`. */
export const nameTexts = (bucket: Text, key: Text, at: Place, sourceCode: SourceCode): string => inWords(quote(bucket, null, at, sourceCode), quote(key, null, at, sourceCode));

function inWords(bucket: string | null, key: string | null): string {
  if (key === null) return bucket === null ? 'the object' : `an object in bucket ${bucket}`;
  return bucket === null ? key : `${key} in bucket ${bucket}`;
}

/** The bucket of a call, quoted, or `the bucket`. */
export function nameBucket(place: CallPlace, sourceCode: SourceCode): string {
  const { call, frame, at } = namedAt(place, sourceCode);
  const bucket = bucketIn({ call, frame }, at, sourceCode);
  return bucket === null ? 'the bucket' : `bucket ${bucket}`;
}

/**
 * Where a call is told, and as what: a call that is told by itself and serves several callers is named by what all of
 * them have in common, and by none of them.
 */
function namedAt(place: CallPlace, sourceCode: SourceCode): ToldCall {
  const told = toldAt(place, sourceCode);
  const { call, frame, at } = told;
  if (!frame || at.node !== call.node) return told;
  const isSame = (one: Text | null, other: Text | null): boolean => one !== null && other !== null && sameText(one, other);
  const others = contextsOf(call.node, sourceCode).filter((context) => context !== frame && freshnessOf(call, context, sourceCode) !== 'unique');
  return others.every((context) => isSame(keyOf({ call, frame: context }, sourceCode), keyOf(told, sourceCode))) ? told : { ...told, frame: null };
}

const bucketIn = (place: CallPlace, at: Place, sourceCode: SourceCode): string | null =>
  quote(bucketOf(place, sourceCode), onlyValue(place.call, 'Bucket', place.frame, sourceCode), at, sourceCode);
