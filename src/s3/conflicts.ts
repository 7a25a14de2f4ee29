import { operation, type OperationName } from './operations.js';

/**
 * Every conflict that S3 answers with, and those of other services that are met beside it: what it means, and whether
 * trying again can help. `docs/conflicts.md` is made from this.
 *
 * What S3 answers was read in the code list of its error page, in the user guide on conditional writes and deletes, and
 * in the types of `@aws-sdk/client-s3`; `tests/s3/conflicts.test.ts` holds it against the installed types.
 */
export type Service = 'S3' | 'CloudFront' | 'IAM' | 'Route 53' | 'Lambda' | 'EC2' | 'Systems Manager' | 'Azure Resource Manager' | 'Google Cloud';

export type RetryClass =
  | 'retry' // the same request, after a pause
  | 're-read then retry' // the same request can only fail again: its ETag is old
  | 'restart upload' // the upload id is gone: CreateMultipartUpload, and every part again
  | 'terminal'; // something else has to change first

/** What a request asks for that makes S3 answer with a conflict. */
export type ConditionKind =
  | 'create-only' // `IfNoneMatch: '*'`, and its form on the destination of a rename
  | 'match' // `IfMatch` and its like: the object is still the one that was read
  | 'source' // a condition on the source of a copy or rename
  | 'offset' // `WriteOffsetBytes`
  | 'token' // a client token
  | 'invalid' // a condition that S3 does not implement
  | 'none'; // no condition is needed

export interface ConflictCase {
  readonly operations: readonly string[];
  readonly when: readonly ConditionKind[];
  readonly meaning: string;
  readonly retry: RetryClass;
  readonly advice: string;
  /** Where it is documented. */
  readonly page: string;
}

export interface ConflictCode {
  readonly service: Service;
  /** As it stands in the answer. */
  readonly code: string;
  /** Null where no page and no SDK tells it. */
  readonly status: number | null;
  /** Its class in the AWS SDK v3, which is its `name` there; null where it is a plain service exception named by its code. */
  readonly sdkClass: string | null;
  readonly cases: readonly ConflictCase[];
}

/** Operations of S3 that conflict and that no rule looks at. */
type OtherOperation =
  | 'CreateAccessPoint'
  | 'CreateMultiRegionAccessPoint'
  | 'DeleteMultiRegionAccessPoint'
  | 'ListParts'
  | 'PutBucketPolicy'
  | 'PutMultiRegionAccessPointPolicy'
  | 'PutObjectLockConfiguration'
  | 'RestoreObject';

interface S3Case extends ConflictCase {
  readonly operations: readonly (OperationName | OtherOperation)[];
}

interface S3Code extends Omit<ConflictCode, 'service' | 'code'> {
  /** `shared`: other services or libraries have an error of this name too. */
  readonly namespace: 'own' | 'shared';
  readonly cases: readonly S3Case[];
}

const guide = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide';
const api = 'https://docs.aws.amazon.com/AmazonS3/latest/API';
const errorCodes = `${api}/ErrorResponses.html#ErrorCodeList`;
const conditionalWrites = `${guide}/conditional-writes.html`;
const conditionalDeletes = `${guide}/conditional-deletes.html`;
const conditionalRequests = `${guide}/conditional-requests.html`;

const s3 = {
  PreconditionFailed: {
    status: 412,
    sdkClass: null,
    namespace: 'shared',
    cases: [
      {
        operations: ['PutObject', 'CopyObject', 'CompleteMultipartUpload', 'RenameObject'],
        when: ['match'],
        meaning: 'The object is not the one that was read any more.',
        retry: 're-read then retry',
        advice: 'Read it again, make the change again on what is there now, and send the new ETag. Abort a multipart upload that is not completed.',
        page: conditionalWrites,
      },
      {
        operations: ['PutObject', 'CopyObject', 'CompleteMultipartUpload', 'RenameObject'],
        when: ['create-only'],
        meaning: 'An object is there already: somebody else created it.',
        retry: 'terminal',
        advice: 'Take it for "already there", or choose another key. The same create fails for as long as the object exists.',
        page: conditionalWrites,
      },
      {
        operations: ['DeleteObject', 'DeleteObjects'],
        when: ['match'],
        meaning: 'The object that was to be deleted has been replaced.',
        retry: 're-read then retry',
        advice: 'Read it again and decide anew whether it is to go. `DeleteObjects` answers 200 and has this in `Errors`: look there.',
        page: conditionalDeletes,
      },
      {
        operations: ['CopyObject', 'UploadPartCopy', 'RenameObject'],
        when: ['source'],
        meaning: 'The source is not the one that was read; nothing is said of the target.',
        retry: 're-read then retry',
        advice: 'Read the source again, and copy what it is now.',
        page: conditionalRequests,
      },
      {
        operations: ['GetObject', 'HeadObject'],
        when: ['match'],
        meaning: 'The object has changed since its ETag was taken, for instance between two ranges of a download.',
        retry: 're-read then retry',
        advice: 'Start the read again from the beginning. A HEAD has no body, so the error has no code: test its status.',
        page: conditionalRequests,
      },
      {
        operations: ['AbortMultipartUpload'],
        when: ['match'],
        meaning: 'The upload was not started at the given time (directory buckets).',
        retry: 'terminal',
        advice: 'Leave it: it is another upload than the one that you mean.',
        page: `${api}/API_AbortMultipartUpload.html`,
      },
    ],
  },
  ConditionalRequestConflict: {
    status: 409,
    sdkClass: null,
    namespace: 'own',
    cases: [
      {
        operations: ['PutObject', 'CopyObject'],
        when: ['create-only'],
        meaning: 'Another request on the key, such as a delete, ended while this one ran. Nothing was stored.',
        retry: 'retry',
        advice: 'Send the same request again after a pause, a few times at most.',
        page: conditionalWrites,
      },
      {
        operations: ['PutObject', 'CopyObject'],
        when: ['match'],
        meaning: 'Another request on the key ended while this one ran. Nothing was stored, and the ETag is likely to be old.',
        retry: 're-read then retry',
        advice: 'Read again, make the change again, and send the new ETag.',
        page: conditionalWrites,
      },
      {
        operations: ['CompleteMultipartUpload'],
        when: ['create-only', 'match'],
        meaning: 'Another request on the key ended while the upload was being completed. The upload is lost.',
        retry: 'restart upload',
        advice: 'Begin with `CreateMultipartUpload` and send every part again; with `IfMatch`, read the ETag again first.',
        page: errorCodes,
      },
      {
        operations: ['DeleteObject'],
        when: ['match'],
        meaning: 'Another write or delete of the key ended while this one ran.',
        retry: 're-read then retry',
        advice: 'Read it again and decide anew whether it is to go.',
        page: conditionalDeletes,
      },
    ],
  },
  NoSuchKey: {
    status: 404,
    sdkClass: 'NoSuchKey',
    namespace: 'own',
    cases: [
      {
        operations: ['PutObject', 'CopyObject'],
        when: ['match'],
        meaning: 'The object that was to be replaced is gone, or hidden by a delete marker.',
        retry: 're-read then retry',
        advice: "Decide whether a deleted object is to come back: create it with `IfNoneMatch: '*'`, or give up.",
        page: conditionalWrites,
      },
      {
        operations: ['CompleteMultipartUpload'],
        when: ['match'],
        meaning: 'The object that was to be replaced is gone, or hidden by a delete marker.',
        retry: 'restart upload',
        advice: "Decide whether a deleted object is to come back: upload it anew with `IfNoneMatch: '*'`, or give up.",
        page: conditionalWrites,
      },
      {
        operations: ['DeleteObject'],
        when: ['match'],
        meaning: 'The object is gone already.',
        retry: 'terminal',
        advice: 'Nothing is left to do.',
        page: conditionalDeletes,
      },
    ],
  },
  NotImplemented: {
    status: 501,
    sdkClass: null,
    namespace: 'shared',
    cases: [
      {
        operations: ['PutObject', 'CopyObject', 'CompleteMultipartUpload'],
        when: ['invalid'],
        meaning: "A write has an `IfNoneMatch` other than `'*'`, or a combination of conditions that S3 does not know.",
        retry: 'terminal',
        advice: "Mend the code: `IfNoneMatch: '*'` creates, `IfMatch` with an ETag replaces.",
        page: errorCodes,
      },
    ],
  },
  NoSuchUpload: {
    status: 404,
    sdkClass: 'NoSuchUpload',
    namespace: 'own',
    cases: [
      {
        operations: ['UploadPart', 'UploadPartCopy', 'CompleteMultipartUpload', 'AbortMultipartUpload', 'ListParts'],
        when: ['none'],
        meaning: 'The upload was aborted, is completed already, or was lost to a conflict.',
        retry: 'restart upload',
        advice: 'After a `CompleteMultipartUpload` whose answer got lost, look with `HeadObject` first: it may have worked. Else begin the upload anew.',
        page: errorCodes,
      },
    ],
  },
  InvalidWriteOffset: {
    status: 400,
    sdkClass: 'InvalidWriteOffset',
    namespace: 'own',
    cases: [
      {
        operations: ['PutObject'],
        when: ['offset'],
        meaning: 'The object does not end at the offset: another append came first (directory buckets).',
        retry: 're-read then retry',
        advice: 'Ask `HeadObject` for its size, see whether your own bytes are in it already, and append there.',
        page: `${api}/API_PutObject.html`,
      },
    ],
  },
  OperationAborted: {
    status: 409,
    sdkClass: null,
    namespace: 'shared',
    cases: [
      {
        operations: ['CreateBucket', 'DeleteBucket', 'PutBucketVersioning', 'PutBucketPolicy'],
        when: ['none'],
        meaning: 'Another change of the bucket is under way, or a bucket of that name was deleted a moment ago.',
        retry: 'retry',
        advice: 'Send it again after a pause, one change of a bucket at a time. The name of a deleted bucket may take an hour to come free, so put an end to it.',
        page: errorCodes,
      },
    ],
  },
  BucketAlreadyExists: {
    status: 409,
    sdkClass: 'BucketAlreadyExists',
    namespace: 'own',
    cases: [
      {
        operations: ['CreateBucket'],
        when: ['none'],
        meaning: 'The name belongs to a bucket of another account.',
        retry: 'terminal',
        advice: 'Choose another name. Do not go on as if the bucket were yours.',
        page: errorCodes,
      },
    ],
  },
  BucketAlreadyOwnedByYou: {
    status: 409,
    sdkClass: 'BucketAlreadyOwnedByYou',
    namespace: 'own',
    cases: [
      {
        operations: ['CreateBucket'],
        when: ['none'],
        meaning: 'The bucket is there, and it is yours. In us-east-1 S3 answers 200 instead, and resets its ACLs.',
        retry: 'terminal',
        advice: 'Take it for success.',
        page: errorCodes,
      },
    ],
  },
  BucketNotEmpty: {
    status: 409,
    sdkClass: null,
    namespace: 'own',
    cases: [
      {
        operations: ['DeleteBucket'],
        when: ['none'],
        meaning: 'The bucket holds objects, versions or delete markers.',
        retry: 'terminal',
        advice: 'Empty it first, old versions too, and stop those who write to it.',
        page: errorCodes,
      },
    ],
  },
  InvalidBucketState: {
    status: 409,
    sdkClass: null,
    namespace: 'own',
    cases: [
      {
        operations: ['PutBucketVersioning', 'PutObjectLockConfiguration'],
        when: ['none'],
        meaning: 'The bucket is set up in a way that rules it out: versioning cannot be suspended under Object Lock, for instance.',
        retry: 'terminal',
        advice: 'Change what stands in its way, or leave it as it is.',
        page: errorCodes,
      },
    ],
  },
  RestoreAlreadyInProgress: {
    status: 409,
    sdkClass: null,
    namespace: 'own',
    cases: [
      {
        operations: ['RestoreObject'],
        when: ['none'],
        meaning: 'The object is being restored already.',
        retry: 'terminal',
        advice: 'Wait for that restore: `HeadObject` tells in `Restore` when it is done.',
        page: `${api}/API_RestoreObject.html`,
      },
    ],
  },
  AccessPointAlreadyOwnedByYou: {
    status: 409,
    sdkClass: null,
    namespace: 'own',
    cases: [
      {
        operations: ['CreateAccessPoint'],
        when: ['none'],
        meaning: 'Your account has an access point of that name.',
        retry: 'terminal',
        advice: 'Use it, or choose another name.',
        page: errorCodes,
      },
    ],
  },
  ClientTokenConflict: {
    status: 409,
    sdkClass: null,
    namespace: 'shared',
    cases: [
      {
        operations: ['CreateMultiRegionAccessPoint', 'DeleteMultiRegionAccessPoint', 'PutMultiRegionAccessPointPolicy'],
        when: ['token'],
        meaning: 'The client token was used for another request.',
        retry: 'terminal',
        advice: 'Make a new token for each new request; keep it only for retries of the same one.',
        page: errorCodes,
      },
    ],
  },
  IdempotencyParameterMismatch: {
    status: 400,
    sdkClass: 'IdempotencyParameterMismatch',
    namespace: 'shared',
    cases: [
      {
        operations: ['RenameObject'],
        when: ['token'],
        meaning: 'The client token was used for a rename with other parameters.',
        retry: 'terminal',
        advice: 'Make a new token for each new rename; keep it only for retries of the same one.',
        page: `${api}/API_RenameObject.html`,
      },
    ],
  },
} as const satisfies Readonly<Record<string, S3Code>>;

export type S3ConflictCode = keyof typeof s3;

const cloudFront = 'https://docs.aws.amazon.com/cloudfront/latest/APIReference';
const exceptions = 'https://docs.aws.amazon.com/botocore/latest/reference/services';
const azureErrors = 'https://learn.microsoft.com/en-us/azure/azure-resource-manager/troubleshooting/common-deployment-errors';

/** Statuses are those of the schemas in the AWS SDK v3 clients. */
const beyondS3: readonly ConflictCode[] = [
  {
    service: 'CloudFront',
    code: 'PreconditionFailed',
    status: 412,
    sdkClass: 'PreconditionFailed',
    cases: [
      {
        operations: ['UpdateDistribution', 'DeleteDistribution', 'other Update and Delete operations'],
        when: ['match'],
        meaning: 'The configuration was changed since its ETag was taken.',
        retry: 're-read then retry',
        advice: 'Get the configuration again, make the change again, and send the new ETag.',
        page: `${cloudFront}/API_DeleteDistribution.html`,
      },
    ],
  },
  {
    service: 'CloudFront',
    code: 'InvalidIfMatchVersion',
    status: 400,
    sdkClass: 'InvalidIfMatchVersion',
    cases: [
      {
        operations: ['UpdateDistribution', 'DeleteDistribution', 'other Update and Delete operations'],
        when: ['match'],
        meaning: '`IfMatch` is missing, or it is no ETag of this distribution.',
        retry: 'terminal',
        advice: 'Mend the code: send the `ETag` that `GetDistributionConfig` gave.',
        page: `${cloudFront}/API_DeleteDistribution.html`,
      },
    ],
  },
  {
    service: 'CloudFront',
    code: 'CNAMEAlreadyExists',
    status: 409,
    sdkClass: 'CNAMEAlreadyExists',
    cases: [
      {
        operations: ['CreateDistribution', 'UpdateDistribution', 'CopyDistribution'],
        when: ['none'],
        meaning: 'The alternate domain name is on another distribution.',
        retry: 'terminal',
        advice: 'Take it off there first, or use another name.',
        page: `${exceptions}/cloudfront/client/exceptions/CNAMEAlreadyExists.html`,
      },
    ],
  },
  {
    service: 'CloudFront',
    code: 'DistributionAlreadyExists',
    status: 409,
    sdkClass: 'DistributionAlreadyExists',
    cases: [
      {
        operations: ['CreateDistribution'],
        when: ['token'],
        meaning: 'The `CallerReference` was used for another distribution.',
        retry: 'terminal',
        advice: 'Look the existing one up: an earlier attempt of yours may have made it. Else use a new reference.',
        page: `${cloudFront}/API_CreateDistribution.html`,
      },
    ],
  },
  {
    service: 'CloudFront',
    code: 'DistributionNotDisabled',
    status: 409,
    sdkClass: 'DistributionNotDisabled',
    cases: [
      {
        operations: ['DeleteDistribution'],
        when: ['none'],
        meaning: 'The distribution is still enabled.',
        retry: 'terminal',
        advice: 'Disable it, wait until that is deployed, then delete it.',
        page: `${exceptions}/cloudfront/client/exceptions/DistributionNotDisabled.html`,
      },
    ],
  },
  {
    service: 'CloudFront',
    code: 'EntityAlreadyExists',
    status: 409,
    sdkClass: 'EntityAlreadyExists',
    cases: [
      {
        operations: ['CreateKeyValueStore', 'other Create operations'],
        when: ['none'],
        meaning: 'The name is taken.',
        retry: 'terminal',
        advice: 'Use what is there, or choose another name.',
        page: `${exceptions}/cloudfront/client/exceptions/EntityAlreadyExists.html`,
      },
    ],
  },
  {
    service: 'IAM',
    code: 'ConcurrentModification',
    status: 409,
    sdkClass: 'ConcurrentModificationException',
    cases: [
      {
        operations: ['Create, Update, Put, Attach and Delete operations'],
        when: ['none'],
        meaning: 'Several requests changed the entity at the same time.',
        retry: 'retry',
        advice: 'Wait for some minutes, then send it again.',
        page: `${exceptions}/iam/client/exceptions/ConcurrentModificationException.html`,
      },
    ],
  },
  {
    service: 'IAM',
    code: 'DeleteConflict',
    status: 409,
    sdkClass: 'DeleteConflictException',
    cases: [
      {
        operations: ['Delete operations'],
        when: ['none'],
        meaning: 'Policies, keys or other entities are still attached.',
        retry: 'terminal',
        advice: 'Detach them first; the message names them.',
        page: `${exceptions}/iam/client/exceptions/DeleteConflictException.html`,
      },
    ],
  },
  {
    service: 'IAM',
    code: 'EntityAlreadyExists',
    status: 409,
    sdkClass: 'EntityAlreadyExistsException',
    cases: [
      {
        operations: ['Create operations'],
        when: ['none'],
        meaning: 'The name is taken.',
        retry: 'terminal',
        advice: 'Use what is there, or choose another name.',
        page: `${exceptions}/iam/client/exceptions/EntityAlreadyExistsException.html`,
      },
    ],
  },
  {
    service: 'Route 53',
    code: 'ConcurrentModification',
    status: 400,
    sdkClass: 'ConcurrentModification',
    cases: [
      {
        operations: ['CreateTrafficPolicyVersion', 'ChangeCidrCollection', 'CreateVPCAssociationAuthorization', 'others'],
        when: ['none'],
        meaning: 'Another user changed the same thing at the same time. The status is 400: test the name.',
        retry: 'retry',
        advice: 'Send it again after a pause.',
        page: `${exceptions}/route53/client/exceptions/ConcurrentModification.html`,
      },
    ],
  },
  {
    service: 'Lambda',
    code: 'ResourceConflictException',
    status: 409,
    sdkClass: 'ResourceConflictException',
    cases: [
      {
        operations: ['UpdateFunctionCode', 'UpdateFunctionConfiguration', 'PublishVersion', 'others'],
        when: ['none'],
        meaning: 'Another operation on the function is under way.',
        retry: 'retry',
        advice: 'Wait for it (`waitUntilFunctionUpdatedV2`), then send it again.',
        page: `${exceptions}/lambda/client/exceptions/ResourceConflictException.html`,
      },
      {
        operations: ['CreateFunction', 'CreateAlias', 'CreateFunctionUrlConfig', 'AddPermission'],
        when: ['none'],
        meaning: 'It exists already. One code has two meanings here: the operation tells which.',
        retry: 'terminal',
        advice: 'Update what is there, or choose another name.',
        page: `${exceptions}/lambda/client/exceptions/ResourceConflictException.html`,
      },
    ],
  },
  {
    service: 'Lambda',
    code: 'PreconditionFailedException',
    status: 412,
    sdkClass: 'PreconditionFailedException',
    cases: [
      {
        operations: ['UpdateFunctionCode', 'UpdateFunctionConfiguration', 'PublishVersion', 'UpdateAlias', 'AddPermission', 'RemovePermission'],
        when: ['match'],
        meaning: 'The `RevisionId` is not the latest.',
        retry: 're-read then retry',
        advice: 'Get the function, alias or policy again, and send its new `RevisionId`.',
        page: `${exceptions}/lambda/client/exceptions/PreconditionFailedException.html`,
      },
    ],
  },
  {
    service: 'EC2',
    code: 'IdempotentParameterMismatch',
    status: null,
    sdkClass: null,
    cases: [
      {
        operations: ['RunInstances', 'other operations with a client token'],
        when: ['token'],
        meaning: 'The client token was used for a request with other parameters.',
        retry: 'terminal',
        advice: 'Make a new token for each new request; keep it only for retries of the same one.',
        page: 'https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html',
      },
    ],
  },
  {
    service: 'Systems Manager',
    code: 'IdempotentParameterMismatch',
    status: 400,
    sdkClass: 'IdempotentParameterMismatch',
    cases: [
      {
        operations: ['StartAutomationExecution', 'CreateMaintenanceWindow', 'CreatePatchBaseline', 'others'],
        when: ['token'],
        meaning: 'The client token was used for a request with other parameters.',
        retry: 'terminal',
        advice: 'Make a new token for each new request; keep it only for retries of the same one.',
        page: `${exceptions}/ssm/client/exceptions/IdempotentParameterMismatch.html`,
      },
    ],
  },
  {
    service: 'Azure Resource Manager',
    code: 'Conflict',
    status: 409,
    sdkClass: null,
    cases: [
      {
        operations: ['deployments'],
        when: ['none'],
        meaning: 'The resource is in a state that does not allow the operation.',
        retry: 'terminal',
        advice: 'Bring it into the right state first. If the message says that another operation is under way, wait for that one and deploy again.',
        page: azureErrors,
      },
    ],
  },
  {
    service: 'Azure Resource Manager',
    code: 'InvalidResourceLocation',
    status: null,
    sdkClass: null,
    cases: [
      {
        operations: ['deployments of storage accounts'],
        when: ['none'],
        meaning: 'Your subscription has an account of that name in another location.',
        retry: 'terminal',
        advice: 'Choose a unique name, or deploy to the location that it is in.',
        page: azureErrors,
      },
    ],
  },
  {
    service: 'Google Cloud',
    code: 'ABORTED',
    status: 409,
    sdkClass: null,
    cases: [
      {
        operations: ['every API; 10 in gRPC'],
        when: ['match'],
        meaning: 'A transaction or a check of its sequence lost against another one.',
        retry: 're-read then retry',
        advice: 'Begin the whole read, change and write again, and not the last call alone.',
        page: 'https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto',
      },
    ],
  },
];

const s3Codes = Object.keys(s3) as S3ConflictCode[];

/** All of them, S3 first. */
export const conflictCatalogue: readonly ConflictCode[] = [...s3Codes.map((code) => ({ service: 'S3' as const, code, ...s3[code] })), ...beyondS3];

/** Codes of S3 that nobody else has: who tests for one of them expects S3. */
export const conflictsOfS3Alone: readonly S3ConflictCode[] = s3Codes.filter((code) => s3[code].namespace === 'own');

/** @returns the HTTP status that a code of S3 comes with */
export const statusOf = <Code extends S3ConflictCode>(code: Code): (typeof s3)[Code]['status'] => s3[code].status;

/** A conflict that one operation answers with. */
export interface ConflictAnswer extends ConflictCase {
  readonly code: S3ConflictCode;
  readonly status: number;
}

/**
 * What AWS documents for an operation. Stores that speak its protocol answer more: some have `OperationAborted` for two
 * writes of one object that carry no condition at all.
 *
 * @param operation the operation that is sent
 * @param conditions what it asks for; `none` alone for a request without conditions, `unknown` where the code does not tell
 * @returns the conflicts that it can answer with; one code twice where it means two things
 */
export function conflictsOf(operation: OperationName, ...conditions: readonly (ConditionKind | 'unknown')[]): readonly ConflictAnswer[] {
  const asked = new Set<ConditionKind | 'unknown'>(['none', ...conditions]);
  return s3Codes.flatMap((code) => {
    const { status, cases } = s3[code] as S3Code & { readonly status: number };
    return cases.filter(({ operations, when }) => operations.includes(operation) && (asked.has('unknown') || when.some((kind) => asked.has(kind)))).map((found) => ({ ...found, code, status }));
  });
}

/**
 * @param name the name or code of an error
 * @returns whether the operation can answer with it, and no retry of the same request, not even with a fresh ETag, can succeed
 */
export function isTerminal(name: string, operation: OperationName, ...conditions: readonly (ConditionKind | 'unknown')[]): boolean {
  const answers = conflictsOf(operation, ...conditions).filter(({ code }) => code === name);
  return answers.length > 0 && answers.every(({ retry }) => retry === 'terminal');
}

/** Codes of S3 that are terminal wherever they come from. */
export const terminalConflicts: readonly S3ConflictCode[] = s3Codes.filter((code) => s3[code].cases.every(({ retry }) => retry === 'terminal'));

/**
 * @param name the name of an operation
 * @param property an input property of it; of an entry in `Delete.Objects` for DeleteObjects
 * @returns what it asks for, where S3 may answer it with a conflict; null for every other property
 */
export function conditionKindOf(name: OperationName, property: string): ConditionKind | null {
  const { effect, preconditions } = operation(name);
  if (property === 'VersionId') return null;
  if (property === 'WriteOffsetBytes') return preconditions.includes(property) ? 'offset' : null;
  if (preconditions.includes(property)) return property.endsWith('IfNoneMatch') ? 'create-only' : 'match';
  if (/^CopySourceIf/.test(property)) return name === 'CopyObject' || name === 'UploadPartCopy' ? 'source' : null;
  if (name === 'RenameObject') return /^SourceIf/.test(property) ? 'source' : property === 'ClientToken' ? 'token' : null;
  if (name === 'AbortMultipartUpload') return property === 'IfMatchInitiatedTime' ? 'match' : null;
  // The other two conditions of a read answer 304, which is no conflict.
  return (effect === 'read' || name === 'HeadObject') && /^If(?:Match|UnmodifiedSince)$/.test(property) ? 'match' : null;
}

/**
 * @param name what an error is called: its code, or its class in the AWS SDK v3
 * @returns what it may be, S3 first
 */
export const conflictsNamed = (name: string): readonly ConflictCode[] => conflictCatalogue.filter(({ code, sdkClass }) => code === name || sdkClass === name);

/** @returns the anchor of a code in `docs/conflicts.md`: `preconditionfailed`, `cloudfront-preconditionfailed` */
export const anchorOf = ({ service, code }: ConflictCode): string => `${service === 'S3' ? '' : `${service.replaceAll(' ', '-')}-`}${code}`.toLowerCase();
