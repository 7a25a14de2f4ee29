import { uncheckedCreation } from '../analysis/bucket-creation.js';
import { nameBucket, nameObject } from '../analysis/object-name.js';
import { lineSeen, seenAt, throughClient, wrapperOf } from '../analysis/seen-at.js';
import type { Decision } from '../analysis/deciding-checks.js';
import { isDecidedForAll } from '../analysis/parting.js';
import { findingsOf } from '../analysis/verdict.js';
import type { S3Call } from '../calls/s3-call.js';
import { addCreateOnly } from '../fixers/add-condition.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

export const noCheckThenWrite = createS3Rule({
  name: 'no-check-then-write',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow creating an object or bucket on the word of an earlier check that it is not there',
      recommended: 'error',
    },
    fixable: 'code',
    schema: [],
    messages: {
      checkThenWrite:
        'Line {{line}} looks whether {{object}} is there, and another writer can create it before this write, which then overwrites it. Send `IfNoneMatch: \'*\'`, and take a 412 for "already there".',
      checkThenWriteMinio:
        'Line {{line}} looks whether {{object}} is there, and another writer can create it before this write, which then overwrites it. Send the header `If-None-Match: \'*\'` among the metadata, with a body that goes in one request: minio drops it on a multipart upload.',
      checkThenCopyV2:
        'Line {{line}} looks whether {{object}} is there, and another writer can create it before this copy, which then overwrites it. Copy with `@aws-sdk/client-s3` and `IfNoneMatch: \'*\'`: aws-sdk v2 cannot guard the target of a copy.',
      nextKey:
        'The key of {{object}} is worked out from the listing of line {{line}}, so two writers work out the same key and one overwrites the other. Send `IfNoneMatch: \'*\'`, and on a 412 list again, or use a unique key.',
      checkThenWriteThrough:
        'Line {{line}} looks whether {{object}} is there, and another writer can create it before this write, which then overwrites it. Let `{{wrapper}}` send `IfNoneMatch: \'*\'`{{how}}, and take a 412 for "already there".',
      nextKeyThrough:
        'The key of {{object}} is worked out from the listing of line {{line}}, so two writers work out the same key and one overwrites the other. Let `{{wrapper}}` send `IfNoneMatch: \'*\'`{{how}}, and on a 412 list again, or use a unique key.',
      checkThenCreateBucket:
        'Line {{line}} looks whether {{bucket}} is there, and somebody else can create it before this call. Create it without looking, and handle `BucketAlreadyOwnedByYou`.',
    },
  },
  seesImports: true,
  create: ({ report, settings, sourceCode }) => ({
    write(call) {
      for (const { verdict, write, node } of findingsOf(call, settings, sourceCode)) {
        if (verdict.kind !== 'check-then-write') continue;
        const { decision } = verdict;
        const wrapper = wrapperOf(write, node, sourceCode);
        report({
          node,
          messageId: messageFor(call, decision, wrapper),
          // aws-sdk v2 sends `If-None-Match` with a put.
          data: { object: nameObject(write, sourceCode), line: lineSeen(decision.check, sourceCode), ...(wrapper === null ? {} : { wrapper, how: call.client === 'v2' && call.operation.name === 'PutObject' ? '' : throughClient(call.client) }) },
          related: [{ node: seenAt(decision.check, sourceCode), message: 'This looks whether it is there.' }],
          // A presigned URL with a condition needs an uploader that sends the header too; a test that is not understood
          // may mean "it is there", and then a create would always be refused, as it would be for callers that do not look.
          fix: node === call.node && !call.presigned && (decision.kind !== 'missing' || decision.certain) && isDecidedForAll(write, decision.check, sourceCode) ? addCreateOnly(call, sourceCode) : null,
          needs: { call, conditions: ['IfNoneMatch'] },
        });
      }
    },
    createBucket(call) {
      const decision = uncheckedCreation(call, sourceCode);
      if (!decision) return;
      report({
        node: call.node,
        messageId: 'checkThenCreateBucket',
        data: { bucket: nameBucket({ call, frame: null }, sourceCode), line: lineSeen(decision.check, sourceCode) },
      });
    },
  }),
});

type MessageId = 'checkThenWrite' | 'checkThenWriteMinio' | 'checkThenCopyV2' | 'checkThenWriteThrough' | 'nextKey' | 'nextKeyThrough';

function messageFor({ client, operation }: S3Call, { kind }: Decision, wrapper: string | null): MessageId {
  if (wrapper !== null) return kind === 'next-key' ? 'nextKeyThrough' : 'checkThenWriteThrough';
  if (kind === 'next-key') return 'nextKey';
  if (client === 'minio') return 'checkThenWriteMinio';
  return client === 'v2' && operation.name === 'CopyObject' ? 'checkThenCopyV2' : 'checkThenWrite';
}
