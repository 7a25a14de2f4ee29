/**
 * How code speaks of a conflict, in whatever SDK.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const conflict = /\b(?:409|412)\b|PreconditionFailed|ConditionalRequestConflict|OperationAborted|precondition|conflict/i;

/** Whether a piece of source text speaks of a 409 or 412. */
export const speaksOfConflict = (text: string): boolean => conflict.test(text);
