import type { S3Call } from '../calls/s3-call.js';
import { methodName } from '../calls/syntax.js';
import { installedSdk, isOlder } from '../facts/installed-sdk.js';
import { firstVersionOf, type Sdk } from '../s3/first-versions.js';

/** The conditions that a piece of advice tells to send, one or another of them: `IfMatch` with this write. */
export interface SdkNeed {
  readonly call: S3Call;
  /** The input properties, such as `IfMatch`; `ETag` for the entries of DeleteObjects. */
  readonly conditions: readonly string[];
}

/** Why advice cannot be taken yet: what fills the sentence about the SDK. */
export interface OldSdk {
  readonly sdk: Sdk;
  readonly installed: string;
  /** What it does with the conditions that it does not send. */
  readonly answer: string;
  readonly first: string;
}

/** The id of a message that ends with the sentence about the SDK. */
export const withOldSdk = (messageId: string): string => `${messageId}WithOldSdk`;

/** What an SDK that is too old adds to a message: who follows the advice before the update writes blindly, or not at all. */
export const oldSdkSentence = 'The installed `{{sdk}}` {{installed}} {{answer}}: update it to {{first}} or newer first.';

/**
 * @param need the conditions that the advice needs
 * @param file the linted file, as ESLint names it
 * @returns what is in the way; null where the SDK of the file sends all of them, or none is known
 */
export function oldSdkFor({ call, conditions }: SdkNeed, file: { readonly filename: string; readonly cwd: string }): OldSdk | null {
  const sdk = sdkOf(call);
  const installed = sdk && installedSdk(sdk, file.filename, file.cwd);
  if (sdk === null || installed === null) return null;
  const unsent = conditions.flatMap((condition) => {
    const first = firstVersionOf(sdk, call.operation.name, condition);
    return first !== null && isOlder(installed, first) ? [{ condition, first }] : [];
  });
  const [latest] = unsent.map(({ first }) => first).sort((one, other) => (isOlder(one, other) ? 1 : -1));
  const names = unsent.map(({ condition }) => `\`${condition}\``).join(' and ');
  return latest === undefined ? null : { sdk, installed, answer: refuses(sdk, call) ? `throws \`UnexpectedParameter\` for ${names}` : `drops ${names} without an error`, first: latest };
}

/**
 * v2 looks at what a request is given. What `upload` is given it keeps for the requests that it makes, and each of them takes
 * what it knows.
 */
const refuses = (sdk: Sdk, { node }: S3Call): boolean => sdk === 'aws-sdk' && methodName(node) !== 'upload' && node.type === 'CallExpression';

/** Other clients have versions of their own, and a client from another file may be one of them. */
function sdkOf({ client }: S3Call): Sdk | null {
  if (client === 'v2') return 'aws-sdk';
  return client === 'v3' || client === 'lib-storage' ? '@aws-sdk/client-s3' : null;
}
