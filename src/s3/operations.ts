/**
 * The S3 operations that this plugin knows, as data.
 *
 * Names and properties are those of `@aws-sdk/client-s3`; other clients are mapped onto them by `src/calls/clients`.
 * Which operation takes which conditional header:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html
 */

/** What an operation does to the bucket, as far as two writers that meet are concerned. */
export type Effect =
  | 'write' // replaces the object under the key
  | 'delete' // removes it, or hides it under a delete marker
  | 'read' // gives its body
  | 'check' // tells whether it (or the bucket) is there, without its body
  | 'list' // gives keys
  | 'create-bucket'
  | 'configure'; // buckets, multipart steps and other calls that the rules look at for what they tell

export interface Operation {
  readonly name: OperationName;
  readonly effect: Effect;
  /** Input properties that make the write or delete fail instead of overwriting. */
  readonly preconditions: readonly string[];
  /** The input property that holds the key. */
  readonly key: string;
}

const plain = (effect: Effect) => ({ effect, preconditions: [], key: 'Key' }) as const;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
const conditionalWrite = { effect: 'write', preconditions: ['IfMatch', 'IfNoneMatch'], key: 'Key' } as const;

const table = {
  // `WriteOffsetBytes` appends at an offset of a directory-bucket object: it fails when the size is another.
  PutObject: { effect: 'write', preconditions: ['IfMatch', 'IfNoneMatch', 'WriteOffsetBytes'], key: 'Key' },
  // `CopySourceIf…` guards the source and is no precondition of the write.
  CopyObject: conditionalWrite,
  // The only step of a multipart upload that takes a condition.
  CompleteMultipartUpload: conditionalWrite,
  RenameObject: {
    effect: 'write',
    preconditions: [
      'DestinationIfMatch',
      'DestinationIfNoneMatch',
      'DestinationIfModifiedSince',
      'DestinationIfUnmodifiedSince',
    ],
    key: 'Key',
  },
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
  DeleteObject: {
    effect: 'delete',
    preconditions: ['IfMatch', 'IfMatchLastModifiedTime', 'IfMatchSize', 'VersionId'],
    key: 'Key',
  },
  // Conditions stand in each entry of `Delete.Objects`.
  DeleteObjects: { effect: 'delete', preconditions: ['ETag', 'LastModifiedTime', 'Size', 'VersionId'], key: 'Key' },
  GetObject: plain('read'),
  HeadObject: plain('check'),
  GetObjectAttributes: plain('check'),
  GetObjectTagging: plain('check'),
  GetObjectAcl: plain('check'),
  ListObjects: { effect: 'list', preconditions: [], key: 'Prefix' },
  ListObjectsV2: { effect: 'list', preconditions: [], key: 'Prefix' },
  ListObjectVersions: { effect: 'list', preconditions: [], key: 'Prefix' },
  HeadBucket: plain('check'),
  GetBucketLocation: plain('check'),
  GetBucketVersioning: plain('check'),
  ListBuckets: plain('check'),
  CreateBucket: plain('create-bucket'),
  DeleteBucket: plain('configure'),
  PutBucketVersioning: plain('configure'),
  CreateMultipartUpload: plain('configure'),
  UploadPart: plain('configure'),
  UploadPartCopy: plain('configure'),
  AbortMultipartUpload: plain('configure'),
  PutObjectRetention: plain('configure'),
} as const satisfies Record<string, Omit<Operation, 'name'>>;

export type OperationName = keyof typeof table;

/** The operation of a name. */
export const operation = (name: OperationName): Operation => ({ name, ...table[name] });

/** Every property that is a condition of some write or delete. */
export const allPreconditions: ReadonlySet<string> = new Set(Object.values(table).flatMap((entry): readonly string[] => entry.preconditions));

/** Checks of a bucket (the object operations check a key). */
export const bucketChecks: ReadonlySet<OperationName> = new Set([
  'HeadBucket',
  'GetBucketLocation',
  'GetBucketVersioning',
  'ListBuckets',
]);

const isOperation = (name: string): name is OperationName => Object.hasOwn(table, name);

/**
 * @param command a class name of `@aws-sdk/client-s3`, such as `PutObjectCommand`
 * @returns the operation it sends, or null
 */
export function operationOfCommand(command: string): Operation | null {
  if (!command.endsWith('Command')) return null;
  const name = command.slice(0, -'Command'.length);
  return isOperation(name) ? operation(name) : null;
}

/**
 * @param method a method name of the aggregated `S3` class or of `aws-sdk` v2, such as `putObject`
 * @returns the operation it sends, or null
 */
export function operationOfMethod(method: string): Operation | null {
  const name = method.charAt(0).toUpperCase() + method.slice(1);
  return isOperation(name) && method !== name ? operation(name) : null;
}

/** The method names of all operations, as the aggregated `S3` class and `aws-sdk` v2 have them. */
export const methodNames: readonly string[] = Object.keys(table).map((name) => name.charAt(0).toLowerCase() + name.slice(1));
