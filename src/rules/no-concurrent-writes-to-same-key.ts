import { concurrentWriteOf } from '../analysis/concurrent-writes.js';
import { allowedWrite, nameObject } from '../analysis/object-name.js';
import { lineOf } from '../analysis/seen-at.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

type MessageIds = 'concurrentWrites' | 'concurrentPair';

export const noConcurrentWritesToSameKey = createS3Rule<MessageIds>({
  name: 'no-concurrent-writes-to-same-key',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow writing one object from iterations that run at the same time',
      recommended: 'error',
    },
    schema: [],
    messages: {
      concurrentWrites:
        'The iterations of line {{line}} run at the same time and all write {{object}}, so one of them wins by chance and what the others stored is lost. Give each iteration a key of its own, or collect the results and write once.',
      concurrentPair:
        'This write and that of line {{line}} run at the same time and both store {{object}}, so one of them wins by chance and the other is lost. Put what both have to say into one write, or wait for the first before the second.',
    },
  },
  create: ({ report, settings, sourceCode }) => ({
    write(call) {
      const found = concurrentWriteOf(call, sourceCode);
      // Who declares that an object may be overwritten does not mind which write comes last.
      if (!found || allowedWrite(found.write, settings, sourceCode) === 'overwrite') return;
      const object = nameObject(found.write, sourceCode);
      if (found.kind === 'iterations') {
        report({ node: call.node, messageId: 'concurrentWrites', data: { object, line: lineOf(found.iteration.node) }, related: [{ node: found.iteration.node, message: 'This runs it several times at once.' }] });
      } else {
        report({ node: found.node, messageId: 'concurrentPair', data: { object, line: lineOf(found.other) }, related: [{ node: found.other, message: 'This is the other write.' }] });
      }
    },
  }),
});
