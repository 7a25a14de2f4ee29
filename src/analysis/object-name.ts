import type { BucketName, ObjectSetting, Settings } from '../facts/settings.js';
import { declaredVersioned, declaredWrite } from '../facts/settings.js';
import type { PartialText } from '../facts/glob.js';
import type { SourceCode } from '../calls/syntax.js';
import { renderText, type Text } from '../calls/text.js';
import { bucketOf, keyOf, type CallPlace } from './same-object.js';

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

const quote = (text: Text | null): string | null => (text ? `"${renderText(text)}"` : null);

/** `"a/b.json" in bucket "photos"`, as far as both are known; `the object` otherwise. */
export const nameObject = (place: CallPlace, sourceCode: SourceCode): string => nameTexts(bucketOf(place, sourceCode), keyOf(place, sourceCode));

/** The same of a bucket and key that are no input properties, as in a `CopySource`. */
export function nameTexts(bucketText: Text | null, keyText: Text | null): string {
  const [bucket, key] = [quote(bucketText), quote(keyText)];
  if (key === null) return bucket === null ? 'the object' : `an object in bucket ${bucket}`;
  return bucket === null ? key : `${key} in bucket ${bucket}`;
}

/** The bucket of a call, quoted, or `the bucket`. */
export const nameBucket = (place: CallPlace, sourceCode: SourceCode): string => {
  const bucket = quote(bucketOf(place, sourceCode));
  return bucket === null ? 'the bucket' : `bucket ${bucket}`;
};
