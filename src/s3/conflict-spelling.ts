import { bucketConflicts, objectConflicts, type Conflict } from './conflict-names.js';

/** What a name that is compared with the code of an error means. */
export type Spelling =
  | { readonly kind: 'right'; readonly conflict: Conflict }
  /** No error of S3 is called so; `sure` where it differs from one in case, signs or an ending alone. */
  | { readonly kind: 'wrong'; readonly said: string; readonly conflict: Conflict; readonly sure: boolean };

const conflicts = [...objectConflicts, ...bucketConflicts];

/** What is aborted by the program itself is called much like `OperationAborted`. */
const misspelt = conflicts.filter(({ name }) => name !== 'OperationAborted');

/** Names that other services give to the same thing. DynamoDB: "The conditional request failed". */
const foreign: Readonly<Record<string, string>> = {
  ConditionalCheckFailed: 'PreconditionFailed',
  ConditionalCheckFailedException: 'PreconditionFailed',
};

/**
 * Codes are compared letter by letter: S3 sends `PreconditionFailed`, without the `Exception` that the codes of other
 * services end with.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 *
 * @param name a name
 * @returns the conflict of S3 that it means; null where it means none, or something else
 */
export function spellingOf(name: string): Spelling | null {
  const right = conflicts.find((conflict) => conflict.name === name);
  if (right) return { kind: 'right', conflict: right };
  const bare = bareOf(name);
  const same = misspelt.find((conflict) => bareOf(conflict.name) === bare);
  if (same) return { kind: 'wrong', said: name, conflict: same, sure: true };
  const meant = misspelt.find((conflict) => conflict.name === foreign[name]) ?? misspelt.find((conflict) => isNear(bareOf(conflict.name), bare));
  return meant ? { kind: 'wrong', said: name, conflict: meant, sure: false } : null;
}

/** A name without its case, its signs and what it ends with beside the code. */
const bareOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z\d]/g, '')
    .replace(/(?:exception|error|fault)$/, '');

/** Whether two long names differ in two letters at most. */
function isNear(one: string, other: string): boolean {
  if (other.length < 10 || Math.abs(one.length - other.length) > 2) return false;
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 0; row < one.length; row += 1) {
    const line = [row + 1];
    for (let column = 0; column < other.length; column += 1) {
      const changed = (above[column] ?? 0) + (one[row] === other[column] ? 0 : 1);
      line.push(Math.min(changed, (above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1));
    }
    above = line;
  }
  return (above.at(-1) ?? 0) <= 2;
}
