import type { OperationName } from './operations.js';

/** The AWS SDKs whose types say what they send: that of today, and v2 before it. */
export type Sdk = '@aws-sdk/client-s3' | 'aws-sdk';

type Versions = Partial<Readonly<Record<OperationName, Readonly<Record<string, string>>>>>;

/**
 * The first version of an SDK that sends a condition with an operation, as its published types and API models show.
 *
 * An older `@aws-sdk/client-s3` serialises the properties that it knows and drops the others without an error, so that the
 * write or delete is blind; an older `aws-sdk` throws `UnexpectedParameter`
 * (https://docs.aws.amazon.com/AWSJavaScriptSDK/latest/AWS/S3.html, `paramValidation`), but for what its `upload` is given. Operations that are younger than the
 * conditions, such as RenameObject, have always sent theirs.
 */
const versions: Readonly<Record<Sdk, Versions>> = {
  '@aws-sdk/client-s3': {
    PutObject: { IfNoneMatch: '3.635.0', IfMatch: '3.700.0' },
    CompleteMultipartUpload: { IfNoneMatch: '3.635.0', IfMatch: '3.700.0' },
    CopyObject: { IfNoneMatch: '3.919.0', IfMatch: '3.919.0' },
    DeleteObject: { IfMatch: '3.698.0' },
    // In each entry of `Delete.Objects`.
    DeleteObjects: { ETag: '3.698.0' },
  },
  'aws-sdk': {
    PutObject: { IfNoneMatch: '2.1679.0' },
    CompleteMultipartUpload: { IfNoneMatch: '2.1679.0' },
  },
};

/**
 * @param sdk the package that sends it
 * @param operation an operation
 * @param condition an input property of it, such as `IfMatch`
 * @returns the version that first sent it; null where every version does, or none
 */
export const firstVersionOf = (sdk: Sdk, operation: OperationName, condition: string): string | null => versions[sdk][operation]?.[condition] ?? null;
