import { conflictsOf, conflictsOfS3Alone, statusOf, type ConflictAnswer } from './conflicts.js';
import type { OperationName } from './operations.js';

/**
 * The conflicts that an operation can answer with, and how code speaks of them.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export interface Conflict {
  readonly name: string;
  readonly status: 409 | 412;
}

const conflictsAmong = (answers: readonly ConflictAnswer[]): readonly Conflict[] =>
  [...new Set(answers.map(({ code }) => code))].flatMap((name) => {
    const status = statusOf(name);
    return status === 409 || status === 412 ? [{ name, status }] : [];
  });

/** The conflicts that a request can be answered with, whatever its condition is. */
export const conflictsOfOperation = (name: OperationName): readonly Conflict[] => conflictsAmong(conflictsOf(name, 'unknown'));

/** Of a write or delete with a condition: the object is another, or another request was under way. */
export const objectConflicts: readonly Conflict[] = conflictsAmong(conflictsOf('PutObject', 'match', 'create-only'));

/** Of creating and deleting buckets. */
export const bucketConflicts: readonly Conflict[] = conflictsAmong([...conflictsOf('CreateBucket'), ...conflictsOf('DeleteBucket')]);

const names = new RegExp(`\\b(?:409|412)\\b|pre-?condition|conflict|${[...objectConflicts, ...bucketConflicts].map(({ name }) => name).join('|')}`, 'i');

/** Whether the name of a function, or a piece of its source, speaks of a 409 or 412. */
export const speaksOfConflict = (text: string): boolean => names.test(text);

/** Errors that no other service of AWS has, and no other library: who tests for one of them expects S3. */
export const namesOfS3Alone: ReadonlySet<string> = new Set([...conflictsOfS3Alone, 'NoSuchBucket', 'NoSuchVersion', 'InvalidBucketName']);

/** Conflicts that other services have under the same name; CloudFront answers `PreconditionFailed` too. */
export const namesSharedWithS3: ReadonlySet<string> = new Set([...objectConflicts, ...bucketConflicts].flatMap(({ name }) => (namesOfS3Alone.has(name) ? [] : [name])));
