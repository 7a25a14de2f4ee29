import { computedComparisonsOf, computedConditionsOf, type ComputedCondition } from '../analysis/computed-etag.js';
import { nameObject } from '../analysis/object-name.js';
import type { S3Call } from '../calls/s3-call.js';
import { lineOf } from '../analysis/seen-at.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

export const noComputedEtag = createS3Rule({
  name: 'no-computed-etag',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow hashes made here where S3 expects its own ETag',
      recommended: 'error',
    },
    schema: [],
    messages: {
      computedCondition:
        'The `{{header}}` of {{object}} is a hash made on line {{line}}, and S3 compares it with an ETag that is such a hash only for a single-part upload without SSE-KMS or SSE-C. Send the `ETag` that S3 answered to the read or write before.',
      computedConditionMinio:
        'The `{{header}}` of {{object}} is a hash made on line {{line}}, and S3 compares it with an ETag that is such a hash only for a single-part upload without SSE-KMS or SSE-C. Send the `etag` that `statObject` or the write before answered with.',
      computedNoneMatch:
        'The `{{header}}` of {{object}} is a hash made on line {{line}}, and S3 has no write that depends on a hash: it answers 501 to anything but `\'*\'`. Keep the hash in the metadata of the object, and compare it there before you write.',
      computedComparison:
        'This compares an ETag of S3 with a hash made on line {{line}}, and the two agree only for a single-part upload without SSE-KMS or SSE-C. Keep the hash in the metadata of the object, and compare that.',
    },
  },
  create: ({ report, sourceCode }) => ({
    file() {
      for (const { comparison, digest } of computedComparisonsOf(sourceCode)) {
        report({ node: comparison, messageId: 'computedComparison', data: { line: lineOf(digest) }, related: [{ node: digest, message: 'The hash is computed here.' }] });
      }
    },
    any(call) {
      for (const condition of computedConditionsOf(call, sourceCode)) {
        const { header, digest } = condition;
        report({
          node: call.node,
          messageId: messageFor(call, condition),
          data: { header, object: nameObject({ call, frame: null }, sourceCode), line: lineOf(digest) },
          related: [{ node: digest, message: 'The hash is computed here.' }],
          needs: { call, conditions: [header] },
        });
      }
    },
  }),
});

function messageFor({ client, operation }: S3Call, { header }: ComputedCondition): 'computedCondition' | 'computedConditionMinio' | 'computedNoneMatch' {
  if (operation.effect === 'write' && (header === 'IfNoneMatch' || header === 'DestinationIfNoneMatch')) return 'computedNoneMatch';
  return client === 'minio' ? 'computedConditionMinio' : 'computedCondition';
}
