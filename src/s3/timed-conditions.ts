import type { OperationName } from './operations.js';

/**
 * Conditions by the time of the last change, and the ETag that serves instead.
 *
 * They travel as HTTP dates, which have a grain of one second:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html
 */
export interface TimedCondition {
  /** The operations that send it; the SDK drops it from all others. */
  readonly operations: readonly OperationName[];
  /** The input property that takes an ETag for the same purpose. */
  readonly etag: string;
  readonly guards: 'object' | 'source';
  /** `directory`: other buckets do not take it. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
  readonly buckets: 'all' | 'directory';
}

/** By input property. */
export const timedConditions: Readonly<Record<string, TimedCondition>> = {
  IfUnmodifiedSince: { operations: ['GetObject', 'HeadObject'], etag: 'IfMatch', guards: 'object', buckets: 'all' },
  IfMatchLastModifiedTime: { operations: ['DeleteObject'], etag: 'IfMatch', guards: 'object', buckets: 'directory' },
  CopySourceIfUnmodifiedSince: { operations: ['CopyObject', 'UploadPartCopy'], etag: 'CopySourceIfMatch', guards: 'source', buckets: 'all' },
  DestinationIfUnmodifiedSince: { operations: ['RenameObject'], etag: 'DestinationIfMatch', guards: 'object', buckets: 'all' },
  SourceIfUnmodifiedSince: { operations: ['RenameObject'], etag: 'SourceIfMatch', guards: 'source', buckets: 'all' },
};

/** In each entry of `Delete.Objects`. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ObjectIdentifier.html */
export const timedEntry = { time: 'LastModifiedTime', etag: 'ETag' } as const;
