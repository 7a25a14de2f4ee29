import type { OperationName } from './operations.js';

/**
 * The first version of `@aws-sdk/client-s3` that sends a condition with an operation, as its published types show.
 *
 * An older one serialises the properties that it knows and drops the others without an error, so that the write or
 * delete is blind. Operations that are younger than the conditions, such as RenameObject, have always sent theirs.
 */
const versions: Partial<Readonly<Record<OperationName, Readonly<Record<string, string>>>>> = {
  PutObject: { IfNoneMatch: '3.635.0', IfMatch: '3.700.0' },
  CompleteMultipartUpload: { IfNoneMatch: '3.635.0', IfMatch: '3.700.0' },
  CopyObject: { IfNoneMatch: '3.919.0', IfMatch: '3.919.0' },
  DeleteObject: { IfMatch: '3.698.0' },
  // In each entry of `Delete.Objects`.
  DeleteObjects: { ETag: '3.698.0' },
};

/**
 * @param operation an operation
 * @param condition an input property of it, such as `IfMatch`
 * @returns the version that first sent it; null where every version does, or none
 */
export const firstVersionOf = (operation: OperationName, condition: string): string | null => versions[operation]?.[condition] ?? null;
