import { bucketConflicts, objectConflicts, type Conflict } from './conflict-names.js';
import type { S3ConflictCode } from './conflicts.js';
import type { OperationName } from './operations.js';

/** What a piece of text says of a conflict. */
export type Wording =
  /** S3's own words for one conflict, or for one of several. */
  | { readonly kind: 'name'; readonly conflict: Conflict | null }
  /** A number, which other services answer with too. */
  | { readonly kind: 'status'; readonly status: Conflict['status'] }
  /** A common word; `of` is the one operation that it speaks of, where it does not speak of all. */
  | { readonly kind: 'word'; readonly of: OperationName | null };

/**
 * The texts that S3 sends with its conflicts beside their names, as far as they tell one from the others. Stores that
 * speak its protocol word them otherwise.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const wordings: Partial<Readonly<Record<S3ConflictCode, RegExp>>> & Readonly<Record<string, RegExp>> = {
  // "At least one of the pre-conditions you specified did not hold"
  PreconditionFailed: /pre-?condition[ -]?failed(?!_|Exception)|pre-?conditions? you specified|one of the pre-?conditions|you specified did not hold|^\W*pre-?conditions?\W*$/i,
  // "The conditional request cannot succeed due to a conflicting operation against this resource"
  ConditionalRequestConflict: /conditional request cannot succeed|conflicting operation against/i,
  // "A conflicting conditional operation is currently in progress against this resource. Please try again."
  OperationAborted: /conflicting conditional operation|in progress against this resource/i,
  // "The requested bucket name is not available. The bucket namespace is shared by all users of the system."
  BucketAlreadyExists: /BucketAlreadyEx|BucketAlready\W*$|requested bucket name|bucket name is not available|bucket namespace is shared/i,
  // "Your previous request to create the named bucket succeeded and you already own it."
  BucketAlreadyOwnedByYou: /AlreadyOwned|BucketAlready\W*$|create the named bucket succeeded|you already own it/i,
  // "The bucket you tried to delete is not empty"
  BucketNotEmpty: /bucket you tried to delete|bucket is not empty/i,
};

/** Other services' errors, and the words in which HTTP libraries put a status into a message. */
const foreign = /(?:PreconditionFailed|AlreadyExists|Conflict)Exception|failed_?precondition|precondition_failed|AccessPointAlready|status code/i;

/** `OperationAbortedException` and its like are errors of other services. */
const isNamed = (name: string, text: string): boolean => new RegExp(`${name}(?!_|Exception)`, 'i').test(text);

/**
 * @param text a text that is looked for in the message of an error
 * @returns what it says of a conflict of S3; null where it says nothing of one
 */
export function wordingOf(text: string): Wording | null {
  if (foreign.test(text)) return null;
  const named = [...objectConflicts, ...bucketConflicts].filter(({ name }) => isNamed(name, text) || wordings[name]?.test(text));
  if (named.length > 0) return { kind: 'name', conflict: named.length === 1 ? (named[0] ?? null) : null };
  const status = /(?<![\d.])(?:409|412)(?![\d.])/.exec(text)?.[0];
  if (status !== undefined) return { kind: 'status', status: status === '412' ? 412 : 409 };
  // Much else is called a conflict: of versions, of merges, of unique keys.
  if (/^\W*(?:http )?(?:error:? )?conflict(?:s|ing)?\W*$/i.test(text)) return { kind: 'word', of: null };
  if (/\balready ?exists?\b|\balready own/i.test(text)) return { kind: 'word', of: 'CreateBucket' };
  return /\bnot ?empty\b/i.test(text) ? { kind: 'word', of: 'DeleteBucket' } : null;
}
