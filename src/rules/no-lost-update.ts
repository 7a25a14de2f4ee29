import { nameObject } from '../analysis/object-name.js';
import { findingsOf } from '../analysis/verdict.js';
import { matchRead } from '../fixers/match-read.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

export const noLostUpdate = createS3Rule({
  name: 'no-lost-update',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow writing an object back without a condition on the version that was read',
      recommended: 'error',
    },
    fixable: 'code',
    schema: [],
    messages: {
      lostUpdate:
        'This writes {{object}} back from what line {{line}} read, so whatever another writer stored in between is lost. Send the ETag of that read as `IfMatch`, and on a 412 read again before you retry.',
      lostDecision:
        'Whether this writes {{object}} was decided by what line {{line}} read, so a newer version that was stored in between is lost. Send the ETag of that read as `IfMatch`, and on a 412 read again before you retry.',
      lostUpdateWithoutMatch:
        'This writes {{object}} back from what line {{line}} read, so whatever another writer stored in between is lost. {{client}} cannot send `If-Match` on a write: move this call to `@aws-sdk/client-s3` and send the ETag of that read as `IfMatch`.',
    },
  },
  create: ({ report, settings, sourceCode }) => ({
    write(call) {
      for (const { verdict, write, node } of findingsOf(call, settings, sourceCode)) {
        if (verdict.kind !== 'lost-update') continue;
        const data = { object: nameObject(write, sourceCode), line: String(verdict.read.call.node.loc.start.line) };
        if (call.client === 'v2') {
          report({ node, messageId: 'lostUpdateWithoutMatch', data: { ...data, client: 'aws-sdk v2' } });
        } else {
          report({
            node,
            messageId: verdict.by === 'body' ? 'lostUpdate' : 'lostDecision',
            data,
            fix: matchRead(write, verdict.read, node, sourceCode),
          });
        }
      }
    },
  }),
});
