import type { Place } from '../calls/frames.js';
import { originsOf } from '../calls/origins.js';
import { onlyValue, type S3Call } from '../calls/s3-call.js';
import { s3CallsOf } from '../calls/s3-calls.js';
import { propertyOf, shapeOf } from '../calls/shapes.js';
import { literalText, type SourceCode } from '../calls/syntax.js';
import { sameText, type Text } from '../calls/text.js';
import type { Settings } from '../facts/settings.js';
import { saidVersioned } from './object-name.js';
import { bucketOf, sameBucket, type CallPlace } from './same-object.js';

/** A bucket that the file speaks of. */
export interface Bucket {
  readonly name: Text | null;
  /** Whether a call works on it for sure. */
  readonly isOf: (place: CallPlace) => boolean;
}

/** The bucket of a call; it may be left to the client. */
export const bucketOfCall = (place: CallPlace, sourceCode: SourceCode): Bucket => ({
  name: bucketOf(place, sourceCode),
  isOf: (other) => sameBucket(place, other, sourceCode),
});

/** A bucket by its name alone, as a `CopySource` has it. */
export const bucketNamed = (name: Text, sourceCode: SourceCode): Bucket => ({
  name,
  isOf(other) {
    const text = bucketOf(other, sourceCode);
    return text !== null && sameText(name, text);
  },
});

/**
 * @param bucket a bucket
 * @param settings what the user declared
 * @param sourceCode the file
 * @returns whether it is known to keep versions: by the settings, or because the file itself turns versioning on
 */
export const isVersioned = (bucket: Bucket, settings: Settings, sourceCode: SourceCode): boolean => saidVersioned(bucket.name, settings) ?? isVersionedHere(bucket, sourceCode);

/** `PutBucketVersioning` with `Enabled`, of the same bucket, in the same file. */
function isVersionedHere(bucket: Bucket, sourceCode: SourceCode): boolean {
  return s3CallsOf(sourceCode).some((call) => call.operation.name === 'PutBucketVersioning' && bucket.isOf({ call, frame: null }) && enablesVersioning(call, sourceCode));
}

/** Whether a `PutBucketVersioning` turns versioning on. */
export function enablesVersioning(call: S3Call, sourceCode: SourceCode): boolean {
  const configuration = onlyValue(call, 'VersioningConfiguration', null, sourceCode);
  const status = configuration && propertyOf(shapeOf(configuration, sourceCode), 'Status');
  return status?.kind === 'known' && status.values.every((value) => tellsEnabled(value, sourceCode));
}

/** `'Enabled'`, or `BucketVersioningStatus.Enabled` of the SDK. `Suspended` is not versioned. */
function tellsEnabled(value: Place, sourceCode: SourceCode): boolean {
  return originsOf(value, sourceCode).every((origin) => literalText(origin.node) === 'Enabled' || origin.path.at(-1) === 'Enabled' || (origin.node.type === 'ImportSpecifier' && origin.path.includes('Enabled')));
}
