import { allowedWrite, nameObject } from '../analysis/object-name.js';
import type { CallPlace } from '../analysis/same-object.js';
import { throughClient, wrapperOf } from '../analysis/seen-at.js';
import { selfCopyOf } from '../analysis/self-copy.js';
import { findingsOf } from '../analysis/verdict.js';
import { inputShape, type S3Call } from '../calls/s3-call.js';
import type { SourceCode } from '../calls/syntax.js';
import { addCreateOnly } from '../fixers/add-condition.js';
import { matchNamedETag } from '../fixers/match-named-etag.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

type MessageIds = 'blindOverwrite' | 'blindOverwriteThrough' | 'blindOverwriteV2' | 'blindCopyV2' | 'unguardedTargetV2' | 'copyOntoItselfV2' | 'blindOverwriteMinio' | 'blindReplace' | 'unguardedTarget' | 'copyOntoItself' | 'copyOntoItselfThrough' | 'copyOntoItselfMinio' | 'presignedOverwrite' | 'presignedOverwriteThrough' | 'presignedCompletion' | 'presignedCompletionThrough' | 'presignedWithoutCondition' | 'createOnly' | 'matchETag';

interface Options {
  readonly fix?: 'create-only';
  readonly reportTimestampKeys: boolean;
}

export const noBlindOverwrite = createS3Rule<MessageIds, Options>({
  name: 'no-blind-overwrite',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow writes that overwrite whatever is stored under the key',
      recommended: 'warn',
      strictOptions: { reportTimestampKeys: true },
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          fix: {
            type: 'string',
            enum: ['create-only'],
            description: "What `--fix` may do: `create-only` adds `IfNoneMatch: '*'` to every blind write. Left out, it is only suggested.",
          },
          reportTimestampKeys: {
            type: 'boolean',
            description: 'Whether a key that only a clock makes unique (`log-${Date.now()}`) is reported: two writers can share a millisecond.',
          },
        },
      },
    ],
    defaultOptions: [{ reportTimestampKeys: false }],
    messages: {
      blindOverwrite:
        'This overwrites {{object}} with no condition, so what another writer stored there is lost. Send `IfNoneMatch: \'*\'` to create it, or `IfMatch` with the ETag of the version that you replace.',
      blindOverwriteV2:
        "This overwrites {{object}} with no condition, so what another writer stored there is lost. Send `IfNoneMatch: '*'` to create it; to replace a version use `@aws-sdk/client-s3`, for aws-sdk v2 cannot send `If-Match` on a write.",
      blindCopyV2:
        'This copies over {{object}} with no condition, so what another writer stored there is lost. Copy with `@aws-sdk/client-s3`, which sends `IfNoneMatch` or `IfMatch` for the target: aws-sdk v2 cannot.',
      unguardedTargetV2:
        'The condition guards the source of this copy and not {{object}}, so what another writer stored there is lost. Copy with `@aws-sdk/client-s3`, which sends `IfNoneMatch` or `IfMatch` for the target: aws-sdk v2 cannot.',
      copyOntoItselfV2:
        'This copies {{object}} onto itself with no condition on the target, so a version that another writer stored meanwhile is replaced. Copy with `@aws-sdk/client-s3` and send the ETag of the version that you replace as `IfMatch`: aws-sdk v2 cannot.',
      blindOverwriteMinio:
        "This overwrites {{object}} with no condition, so what another writer stored there is lost. Send the header `If-None-Match: '*'` or `If-Match` among the metadata, with a body that goes in one request: minio drops it on a multipart upload.",
      blindOverwriteThrough:
        'This overwrites {{object}} with no condition, so what another writer stored there is lost. Let `{{wrapper}}` send `IfNoneMatch: \'*\'` to create it, or `IfMatch` with the ETag of the version that you replace{{how}}.',
      blindReplace:
        'This replaces {{object}} with no condition, and your settings allow that for a known version only. Send the ETag of the version that you replace as `IfMatch`.',
      unguardedTarget:
        'The condition guards the source of this copy and not {{object}}, so what another writer stored there is lost. Send `IfNoneMatch: \'*\'` or `IfMatch` for the target.',
      presignedWithoutCondition:
        'This URL overwrites {{object}} and can be used again until it expires, so an older upload can replace a newer one. minio cannot sign a condition into it: use a unique key.',
      copyOntoItself:
        'This copies {{object}} onto itself with no condition on the target, so a version that another writer stored meanwhile is replaced. Send the ETag of the version that you replace as `IfMatch`.',
      copyOntoItselfThrough:
        'This copies {{object}} onto itself with no condition on the target, so a version that another writer stored meanwhile is replaced. Let `{{wrapper}}` take the ETag of the version that you replace and send it as `IfMatch`{{how}}.',
      copyOntoItselfMinio:
        'This copies {{object}} onto itself with no condition on the target, so a version that another writer stored meanwhile is replaced. Send the ETag of the version that you replace as the header `If-Match` of a `CopyDestinationOptions`.',
      presignedOverwrite:
        'This URL overwrites {{object}} and can be used again until it expires, so an older upload can replace a newer one. Sign `IfNoneMatch: \'*\'` into it and let the uploader send that header, or use a unique key.',
      presignedOverwriteThrough: 'This URL overwrites {{object}} and can be used again until it expires, so an older upload can replace a newer one. Let `{{wrapper}}` sign `IfNoneMatch: \'*\'` into it and the uploader send that header, or use a unique key.',
      presignedCompletion:
        "This URL completes an upload over {{object}} with no condition, so what another writer stored there meanwhile is lost. Sign `IfNoneMatch: '*'` into it and let the uploader send that header, or use a unique key.",
      presignedCompletionThrough: "This URL completes an upload over {{object}} with no condition, so what another writer stored there meanwhile is lost. Let `{{wrapper}}` sign `IfNoneMatch: '*'` into it and the uploader send that header, or use a unique key.",
      createOnly: "Create only: add `IfNoneMatch: '*'`.",
      matchETag: 'Replace the version of `{{etag}}` only: add `IfMatch`.',
    },
  },
  seesImports: true,
  create: ({ report, canSend, settings, options, sourceCode }) => ({
    write(call) {
      for (const { verdict, write, node } of findingsOf(call, settings, sourceCode)) {
        if (verdict.kind !== 'blind' || (verdict.timestamped && !options.reportTimestampKeys)) continue;
        const here = node === call.node;
        const allowed = allowedWrite(write, settings, sourceCode);
        const wrapper = wrapperOf(write, node, sourceCode);
        const onto = selfCopyOf(write, node, sourceCode);
        const messageId = messageFor(call, { allowed, wrapper, kind: onto ? 'onto itself' : guardsSource(write, sourceCode) ? 'source guarded' : 'other' });
        // What is copied onto itself is there: it cannot be created.
        const replaces = onto !== null || allowed === 'compare-and-swap';
        const createOnly = here && !replaces ? addCreateOnly(call, sourceCode) : null;
        const match = here && canSend({ call, conditions: ['IfMatch'] }) ? matchNamedETag(call, sourceCode) : null;
        const fixes = options.fix === 'create-only' || allowed === 'create-only';
        report({
          node,
          messageId,
          data: { object: nameObject(onto ?? write, sourceCode), ...(messageId.endsWith('Through') ? { wrapper, how: onto ? throughCopyOf(call) : throughClient(call.client) } : {}) },
          fix: fixes && !call.presigned ? createOnly : null,
          suggest: [
            ...(createOnly && (!fixes || call.presigned) ? [{ messageId: 'createOnly', fix: createOnly } as const] : []),
            ...(match ? [{ messageId: 'matchETag', data: { etag: match.name }, fix: match.edit } as const] : []),
          ],
          needs: { call, conditions: replaces ? ['IfMatch'] : fixes || call.presigned ? ['IfNoneMatch'] : ['IfNoneMatch', 'IfMatch'] },
        });
      }
    },
  }),
});

interface Judged {
  readonly allowed: ReturnType<typeof allowedWrite>;
  /** What leads to the write in another module. */
  readonly wrapper: string | null;
  readonly kind: 'onto itself' | 'source guarded' | 'other';
}

function messageFor({ client, operation, presigned }: S3Call, { allowed, wrapper, kind }: Judged): MessageIds {
  if (presigned) {
    if (client === 'minio') return 'presignedWithoutCondition';
    // An upload is completed once: its URL cannot bring an older one back.
    const signed = operation.name === 'CompleteMultipartUpload' ? 'presignedCompletion' : 'presignedOverwrite';
    return wrapper === null ? signed : `${signed}Through`;
  }
  if (allowed === 'compare-and-swap') return 'blindReplace';
  if (wrapper !== null) return kind === 'onto itself' ? 'copyOntoItselfThrough' : 'blindOverwriteThrough';
  const copies = operation.name === 'CopyObject';
  switch (client) {
    case 'v2':
      return kind === 'onto itself' ? 'copyOntoItselfV2' : kind === 'source guarded' ? 'unguardedTargetV2' : copies ? 'blindCopyV2' : 'blindOverwriteV2';
    case 'minio':
      return kind === 'onto itself' ? 'copyOntoItselfMinio' : 'blindOverwriteMinio';
    default:
      return kind === 'onto itself' ? 'copyOntoItself' : kind === 'source guarded' ? 'unguardedTarget' : 'blindOverwrite';
  }
}

const guardsSource = ({ call, frame }: CallPlace, sourceCode: SourceCode): boolean =>
  call.operation.name === 'CopyObject' && [...inputShape(call, frame, sourceCode).properties.keys()].some((name) => name.startsWith('CopySourceIf'));

/** minio takes the headers of the target of a copy in an object of its own. */
const throughCopyOf = ({ client }: S3Call): string => (client === 'minio' ? ' (as a header of a `CopyDestinationOptions`)' : throughClient(client));
