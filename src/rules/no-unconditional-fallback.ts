import { nameObject } from '../analysis/object-name.js';
import { unconditionalFallbacksOf, type UnconditionalFallback } from '../analysis/conflicts/unconditional-fallback.js';
import { findingsOf } from '../analysis/verdict.js';
import { lineOf } from '../analysis/seen-at.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

export const noUnconditionalFallback = createS3Rule({
  name: 'no-unconditional-fallback',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow writing an object without a condition after a conflict',
      recommended: 'error',
    },
    schema: [],
    messages: {
      overwrites:
        'This writes {{object}} without a condition after the guarded write of line {{line}} was refused, so what the other writer stored is lost after all. Read it again, apply the change to that, and send its ETag as `IfMatch`, or hand the conflict on.',
      deletes:
        'This deletes {{object}} without a condition after the guarded delete of line {{line}} was refused, so what another writer stored there is lost after all. Read it again and decide anew, with its ETag as `IfMatch`, or leave it.',
      clearsCondition:
        'After a conflict the next turn sends this write of {{object}} without its condition, so what the other writer stored is lost after all. Read it again in each turn and send that ETag as `IfMatch`, or hand the conflict on.',
    },
  },
  create: ({ report, settings, sourceCode }) => ({
    file() {
      for (const fallback of unconditionalFallbacksOf(sourceCode)) {
        const { again, guarded, node } = fallback;
        // One write, one verdict: what is written back from a read, unique or declared is told by its own rule, or fine.
        if (findingsOf(again.call, settings, sourceCode).some(({ verdict }) => /^(?:lost-update|declared-overwrite|unique-key)$/.test(verdict.kind))) continue;
        report({ node, messageId: messageFor(fallback), data: { object: nameObject(guarded, sourceCode), line: lineOf(guarded.call.node) }, related: [{ node: guarded.call.node, message: 'This is the write that was guarded.' }] });
      }
    },
  }),
});

function messageFor({ kind, again }: UnconditionalFallback): 'overwrites' | 'deletes' | 'clearsCondition' {
  if (kind === 'next turn') return 'clearsCondition';
  return again.call.operation.effect === 'delete' ? 'deletes' : 'overwrites';
}
