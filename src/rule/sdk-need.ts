import type { S3Call } from '../calls/s3-call.js';
import { installedSdk, isOlder } from '../facts/installed-sdk.js';
import { firstVersionOf } from '../s3/first-versions.js';

/** A condition that a piece of advice tells to send: `IfMatch` with this write. */
export interface SdkNeed {
  readonly call: S3Call;
  /** The input property, such as `IfMatch`; `ETag` for the entries of DeleteObjects. */
  readonly condition: string;
}

/** Why advice cannot be taken yet: what fills the sentence about the SDK. */
export interface OldSdk {
  readonly installed: string;
  readonly condition: string;
  readonly first: string;
}

/** The id of a message that ends with the sentence about the SDK. */
export const withOldSdk = (messageId: string): string => `${messageId}WithOldSdk`;

/** What an SDK that is too old adds to a message: who follows the advice before the update writes blindly. */
export const oldSdkSentence = 'The installed `@aws-sdk/client-s3` {{installed}} drops `{{condition}}` without an error: update it to {{first}} or newer first.';

/**
 * @param need the condition that the advice needs
 * @param file the linted file, as ESLint names it
 * @returns what is in the way; null where the SDK of the file sends the condition, or none is known
 */
export function oldSdkFor({ call, condition }: SdkNeed, file: { readonly filename: string; readonly cwd: string }): OldSdk | null {
  // Other clients have versions of their own, and a client from another file may be one of them.
  if (call.client !== 'v3' && call.client !== 'lib-storage') return null;
  const first = firstVersionOf(call.operation.name, condition);
  const installed = first === null ? null : installedSdk(file.filename, file.cwd);
  return first !== null && installed !== null && isOlder(installed, first) ? { installed, condition, first } : null;
}
