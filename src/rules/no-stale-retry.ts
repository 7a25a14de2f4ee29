import { nameObject } from '../analysis/object-name.js';
import { staleRetryOf } from '../analysis/retries/stale-retry.js';
import type { S3Call } from '../calls/s3-call.js';
import { lineOf } from '../analysis/seen-at.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

const old = 'with the ETag of line {{etag}}, which is old by then, so S3 refuses it each time';

export const noStaleRetry = createS3Rule({
  name: 'no-stale-retry',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow retries that send the ETag again which a conflict has just shown to be old',
      recommended: 'error',
    },
    schema: [],
    messages: {
      staleRetry: `After a {{status}} the retry on line {{retry}} sends {{object}} again ${old}. Read the object again in each attempt, make the change on what is there now, and send its ETag.`,
      staleDelete: `After a {{status}} the retry on line {{retry}} deletes {{object}} again ${old}. Read the object again in each attempt, and decide anew whether it is to go.`,
    },
  },
  seesImports: true,
  create: ({ report, sourceCode }) => {
    const check = (call: S3Call): void => {
      const stale = staleRetryOf(call, sourceCode);
      if (!stale) return;
      const { seen, repeat, from, status } = stale;
      report({
        node: seen.node,
        messageId: call.operation.effect === 'delete' ? 'staleDelete' : 'staleRetry',
        data: {
          object: nameObject(seen.place, sourceCode),
          retry: lineOf(repeat.node),
          etag: lineOf(from),
          status: String(status),
        },
      });
    };
    return { write: check, delete: check };
  },
});
