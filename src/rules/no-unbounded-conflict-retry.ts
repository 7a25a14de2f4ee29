import { nameBucket, nameObject } from '../analysis/object-name.js';
import { answersForBucket } from '../analysis/conflicts/conflicting-call.js';
import { unboundedRetriesOf } from '../analysis/retries/unbounded-retry.js';
import { countLoop } from '../fixers/count-loop.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

const attempts = '5';

export const noUnboundedConflictRetry = createS3Rule({
  name: 'no-unbounded-conflict-retry',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow retries on conflicts that nothing ends',
      recommended: 'error',
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      unboundedLoop: 'This loop sends the request for {{object}} again after every conflict, and under contention it never ends. Count the attempts, read again before each of them, and fail when they are used up.',
      unboundedRecursion: 'This call sends the request for {{object}} again after every conflict, and under contention it never ends. Hand on a count of the attempts, and fail when they are used up.',
      unboundedTimer: 'This timer sends the request for {{object}} again after every conflict, and under contention it never ends. Count the attempts, and fail when they are used up.',
      unboundedOption: 'This repeats the request for {{object}} without limit, and under contention it never ends. Give a number of attempts.',
      countLoop: 'Try {{attempts}} times, then throw.',
    },
  },
  seesImports: true,
  create: ({ report, sourceCode }) => ({
    file() {
      for (const retry of unboundedRetriesOf(sourceCode)) {
        const place = { call: retry.write, frame: null };
        const isBucket = answersForBucket(retry.write);
        const data = { object: isBucket ? nameBucket(place, sourceCode) : nameObject(place, sourceCode) };
        const edit = retry.kind === 'loop' ? countLoop(retry.node, attempts, sourceCode) : null;
        report({
          node: retry.node,
          messageId: ({ loop: 'unboundedLoop', recursion: 'unboundedRecursion', timer: 'unboundedTimer', option: 'unboundedOption' } as const)[retry.kind],
          data,
          suggest: edit ? [{ messageId: 'countLoop', data: { attempts }, fix: edit }] : [],
        });
      }
    },
  }),
});
