import type { S3Call } from '../calls/s3-call.js';
import { installedSdk, isOlder } from '../facts/installed-sdk.js';
import { firstVersionOf, type Sdk } from '../s3/first-versions.js';

/** A condition that a piece of advice tells to send: `IfMatch` with this write. */
export interface SdkNeed {
  readonly call: S3Call;
  /** The input property, such as `IfMatch`; `ETag` for the entries of DeleteObjects. */
  readonly condition: string;
}

/** Why advice cannot be taken yet: what fills the sentence about the SDK. */
export interface OldSdk {
  readonly sdk: Sdk;
  readonly installed: string;
  /** What it does with the condition. */
  readonly answer: string;
  readonly first: string;
}

/** The id of a message that ends with the sentence about the SDK. */
export const withOldSdk = (messageId: string): string => `${messageId}WithOldSdk`;

/** What an SDK that is too old adds to a message: who follows the advice before the update writes blindly, or not at all. */
export const oldSdkSentence = 'The installed `{{sdk}}` {{installed}} {{answer}}: update it to {{first}} or newer first.';

/**
 * @param need the condition that the advice needs
 * @param file the linted file, as ESLint names it
 * @returns what is in the way; null where the SDK of the file sends the condition, or none is known
 */
export function oldSdkFor({ call, condition }: SdkNeed, file: { readonly filename: string; readonly cwd: string }): OldSdk | null {
  const sdk = sdkOf(call);
  const first = sdk && firstVersionOf(sdk, call.operation.name, condition);
  if (sdk === null || first === null) return null;
  const installed = installedSdk(sdk, file.filename, file.cwd);
  if (installed === null || !isOlder(installed, first)) return null;
  return { sdk, installed, answer: sdk === 'aws-sdk' ? `throws \`UnexpectedParameter\` for \`${condition}\`` : `drops \`${condition}\` without an error`, first };
}

/** Other clients have versions of their own, and a client from another file may be one of them. */
function sdkOf({ client }: S3Call): Sdk | null {
  if (client === 'v2') return 'aws-sdk';
  return client === 'v3' || client === 'lib-storage' ? '@aws-sdk/client-s3' : null;
}
