/**
 * The conflicts that an operation can answer with, and how code speaks of them.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export interface Conflict {
  readonly name: string;
  readonly status: 409 | 412;
}

/** Of a write or delete with a condition: the object is another, or another request was under way. */
export const objectConflicts: readonly Conflict[] = [
  { name: 'PreconditionFailed', status: 412 },
  { name: 'ConditionalRequestConflict', status: 409 },
];

/** Of creating and deleting buckets. */
export const bucketConflicts: readonly Conflict[] = [
  { name: 'OperationAborted', status: 409 },
  { name: 'BucketAlreadyExists', status: 409 },
  { name: 'BucketAlreadyOwnedByYou', status: 409 },
  { name: 'BucketNotEmpty', status: 409 },
];

const names = new RegExp(`\\b(?:409|412)\\b|pre-?condition|conflict|${[...objectConflicts, ...bucketConflicts].map(({ name }) => name).join('|')}`, 'i');

/** Whether the name of a function, or a piece of its source, speaks of a 409 or 412. */
export const speaksOfConflict = (text: string): boolean => names.test(text);

/** Errors that no other service of AWS has, and no other library: who tests for one of them expects S3. */
export const namesOfS3Alone: ReadonlySet<string> = new Set([
  'NoSuchKey',
  'NoSuchBucket',
  'NoSuchUpload',
  'NoSuchVersion',
  'InvalidBucketName',
  'InvalidBucketState',
  'ConditionalRequestConflict',
  ...bucketConflicts.flatMap(({ name }) => (name.startsWith('Bucket') ? [name] : [])),
]);

/** Errors of S3 that other services have under the same name; CloudFront answers `PreconditionFailed` too. */
export const namesSharedWithS3: ReadonlySet<string> = new Set(['PreconditionFailed', 'OperationAborted']);
