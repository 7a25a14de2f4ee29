import { foreignBucketTakenIn } from '../analysis/conflicts/foreign-bucket.js';
import { nameBucket, nameObject } from '../analysis/object-name.js';
import { swallowedConflictsOf } from '../analysis/conflicts/swallowed-conflict.js';
import { lineOf } from '../analysis/seen-at.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

export const noSwallowedConflict = createS3Rule({
  name: 'no-swallowed-conflict',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow conflicts that nobody learns of',
      recommended: 'error',
    },
    schema: [],
    messages: {
      swallowedConflict:
        'S3 refuses this write when {{object}} has changed, and line {{line}} lets that pass: the data is lost, and the caller takes it for stored. Throw the conflict on, return something that tells it, or read again and retry.',
      gaveUpInSilence:
        'When every attempt to write {{object}} meets a conflict, the loop of line {{line}} ends as if it were stored, and the data is lost. Throw an error behind the loop, or return something that tells it.',
      foreignBucket:
        '`BucketAlreadyExists` says that {{bucket}} belongs to somebody else, and this takes it for success: what follows fails, or goes to a bucket of strangers. Let only `BucketAlreadyOwnedByYou` pass.',
    },
  },
  seesImports: true,
  create: ({ report, sourceCode }) => ({
    write(call) {
      for (const { kind, at, seen } of swallowedConflictsOf(call, sourceCode)) {
        report({
          node: seen.node,
          messageId: kind === 'gave up' ? 'gaveUpInSilence' : 'swallowedConflict',
          data: { object: nameObject(seen.place, sourceCode), line: lineOf(at) },
        });
      }
    },
    createBucket(call) {
      const test = foreignBucketTakenIn(call, sourceCode);
      if (test) report({ node: test, messageId: 'foreignBucket', data: { bucket: nameBucket({ call, frame: null }, sourceCode) } });
    },
  }),
});
