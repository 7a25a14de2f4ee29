import { hastyRetriesOf } from '../analysis/retries/hasty-retry.js';
import { nameBucket, nameObject } from '../analysis/object-name.js';
import { answersForBucket } from '../analysis/conflicts/conflicting-call.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

export const requireConflictBackoff = createS3Rule({
  name: 'require-conflict-backoff',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require retries on conflicts to wait, with some chance in it',
      recommended: null,
    },
    schema: [],
    messages: {
      retriesAtOnce: 'This sends the request for {{object}} again at once, and writers that met there meet again. Wait before each further attempt, longer each time and with some chance in it.',
      retriesInStep: 'This sends the request for {{object}} again after the same pause each time, and writers that met there come back in step. Put some chance into the pause, and let it grow.',
    },
  },
  seesImports: true,
  create: ({ report, sourceCode }) => ({
    file() {
      for (const { node, write, pause } of hastyRetriesOf(sourceCode)) {
        const place = { call: write, frame: null };
        const object = answersForBucket(write) ? nameBucket(place, sourceCode) : nameObject(place, sourceCode);
        report({ node, messageId: pause === 'none' ? 'retriesAtOnce' : 'retriesInStep', data: { object } });
      }
    },
  }),
});
