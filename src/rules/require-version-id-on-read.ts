import { unpinnedReadOf } from '../analysis/versioned-read.js';
import { lineOf } from '../analysis/seen-at.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

export const requireVersionIdOnRead = createS3Rule({
  name: 'require-version-id-on-read',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require reads of versioned objects that are also written to say which version they mean',
      recommended: null,
    },
    schema: [],
    messages: {
      unpinnedRead:
        'This reads whichever version of {{object}} is current by then, and line {{line}} writes to that bucket, so it may get another version than the one that was meant. Say which one with `VersionId`, or pin it with `IfMatch`.',
      unpinnedReadMinio:
        'This reads whichever version of {{object}} is current by then, and line {{line}} writes to that bucket, so it may get another version than the one that was meant. Say which one with `versionId` in the options of this call.',
      unpinnedSource:
        'This copies whichever version of {{object}} is current by then, and line {{line}} writes to that bucket, so it may get another version than the one that was meant. Say which one with `?versionId=` in `CopySource`, or pin it with `CopySourceIfMatch`.',
      unpinnedSourceMinio:
        'This copies whichever version of {{object}} is current by then, and line {{line}} writes to that bucket, so it may get another version than the one that was meant. Say which one with `VersionID` in `CopySourceOptions`, or pin it with `setMatchETag` of `CopyConditions`.',
    },
  },
  create: ({ report, settings, sourceCode }) => ({
    any(call) {
      const read = unpinnedReadOf(call, settings, sourceCode);
      if (!read) return;
      const messageId = read.kind === 'read' ? 'unpinnedRead' : 'unpinnedSource';
      report({
        node: call.node,
        messageId: call.client === 'minio' ? (`${messageId}Minio` as const) : messageId,
        data: { object: read.object, line: lineOf(read.write.node) },
      });
    },
  }),
});
