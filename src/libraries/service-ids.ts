/**
 * How AWS names what its services give out, as data.
 *
 * The service models that ship with `aws-sdk` (`apis/*.json`) list every operation with its input and output: what an operation
 * makes is named after it (`RunTask` answers with `taskArn`, `IndexFaces` with `FaceId`, `CreateJob` with `Job.Id`), and ids
 * of other things stand beside it (`clusterArn`, `ImageId`).
 */

/** Operations that make or begin something; those that get, list, describe, update or put speak of what is there. */
export const makesThings = /^(?:Create|Start|Run|Submit|Send|Publish|Index|Generate|Allocate|Import)(?=[A-Z]|$)/;

/** What is begun under a name that the operation does not have: `JobId` of `StartDocumentTextDetection`, `MessageId` of `Publish`. */
export const namesStarted = /^(?:job|task|message|execution|query|command|invocation)$/;

/**
 * Properties of a request by which the service knows it again and answers with what it gave before: tokens of idempotency
 * (https://docs.aws.amazon.com/ec2/latest/devguide/ec2-instance-idempotency.html), and the name of which an ARN is made, where
 * `CreateTopic` and `StartExecution` answer with the one that is there
 * (https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html,
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html). Jobs may share a name.
 */
export const readsSameAgain = (property: string, id: { readonly of: string; readonly isArn: boolean }): boolean =>
  /(?:Token|CallerReference|DeduplicationId)$|^token$/.test(property) || (id.isArn && !id.of.endsWith('job') && /(?:^n|N)ame$/.test(property));

/**
 * What AWS Lambda hands to a handler as its second argument has the id of the invocation, which is kept when the same event is
 * tried again ("Using the Lambda context object to retrieve Node.js function information",
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html; "Understanding retry behavior in Lambda",
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-retries.html).
 */
export const idOfInvocation = 'awsRequestId';
export const placeOfContext = 1;
export const isTypeOfContext = ({ module, path }: { readonly module: string; readonly path: readonly string[] }): boolean =>
  (module === 'aws-lambda' || module === 'aws-lambda/handler') && path[0] === 'Context';
