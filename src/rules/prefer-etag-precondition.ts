import { nameObject } from '../analysis/object-name.js';
import { timedConditionsOf, type TimedConditionUse } from '../analysis/timed-condition.js';
import type { Node } from '../calls/syntax.js';
import { etagForTime } from '../fixers/etag-for-time.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

type MessageIds = 'timedCondition' | 'timedSource' | 'directoryBucketTime' | 'droppedTime' | 'useETag';

const messageFor: Readonly<Record<TimedConditionUse['kind'], MessageIds>> = {
  object: 'timedCondition',
  source: 'timedSource',
  directory: 'directoryBucketTime',
  dropped: 'droppedTime',
};

export const preferEtagPrecondition = createS3Rule<MessageIds>({
  name: 'prefer-etag-precondition',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Prefer preconditions by ETag to preconditions by time',
      recommended: null,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      timedCondition:
        '`{{time}}` tells the versions of {{object}} apart by their time, which S3 keeps to the second, so two versions of one second look the same. Send the ETag of the version that you mean as `{{etag}}`.',
      timedSource:
        '`{{time}}` tells the versions of what is copied to {{object}} apart by their time, which S3 keeps to the second, so two versions of one second look the same. Send the ETag of the version that you mean with `{{etag}}`.',
      directoryBucketTime:
        '`{{time}}` guards {{object}} in directory buckets only, and by a time that S3 keeps to the second, so two versions of one second look the same. Send the ETag of the version that you mean as `{{etag}}`.',
      droppedTime:
        '{{operation}} takes no `{{time}}`: the SDK drops it without an error, and nothing guards {{object}}. Send the ETag of the version that you mean as `{{etag}}`.',
      useETag: 'Send the ETag of the response of line {{line}} with `{{etag}}`.',
    },
  },
  create: ({ report, sourceCode }) => {
    // One input may be sent by several calls.
    const told = new Set<Node>();
    return {
      any(call) {
        for (const use of timedConditionsOf(call, sourceCode)) {
          if (told.has(use.node)) continue;
          told.add(use.node);
          const { time, etag, kind, node } = use;
          const mended = etagForTime(use, sourceCode);
          report({
            node,
            messageId: messageFor[kind],
            data: { time, etag, object: nameObject({ call, frame: null }, sourceCode), ...(kind === 'dropped' ? { operation: call.operation.name } : {}) },
            suggest: mended ? [{ messageId: 'useETag', data: { line: String(mended.line), etag }, fix: mended.edit }] : [],
            needs: { call, conditions: [etag] },
          });
        }
      },
    };
  },
});
