import { nameObject } from '../analysis/object-name.js';
import { lineSeen, seenAt, throughClient, wrapperOf } from '../analysis/seen-at.js';
import { findingsOf } from '../analysis/verdict.js';
import type { S3Call } from '../calls/s3-call.js';
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
      lostUpdateV2:
        'This writes {{object}} back from what line {{line}} read, so whatever another writer stored in between is lost. Move this call to `@aws-sdk/client-s3` and send the ETag of that read as `IfMatch`: aws-sdk v2 cannot send `If-Match` on a write.',
      lostDecisionV2:
        'Whether this writes {{object}} was decided by what line {{line}} read, so a newer version that was stored in between is lost. Move this call to `@aws-sdk/client-s3` and send the ETag of that read as `IfMatch`: aws-sdk v2 cannot send `If-Match` on a write.',
      lostUpdateThrough:
        'This writes {{object}} back from what line {{line}} read, so whatever another writer stored in between is lost. Let `{{wrapper}}` take the ETag of that read and send it as `IfMatch`{{how}}, and on a 412 read again before you retry.',
      lostDecisionThrough:
        'Whether this writes {{object}} was decided by what line {{line}} read, so a newer version that was stored in between is lost. Let `{{wrapper}}` take the ETag of that read and send it as `IfMatch`{{how}}, and on a 412 read again before you retry.',
      lostUpdateMinio:
        'This writes {{object}} back from what line {{line}} read, so whatever another writer stored in between is lost. Send the ETag of a `statObject` before that read as the header `If-Match` among the metadata, with a body that goes in one request.',
    },
  },
  seesImports: true,
  create: ({ report, settings, sourceCode }) => ({
    write(call) {
      for (const { verdict, write, node } of findingsOf(call, settings, sourceCode)) {
        if (verdict.kind !== 'lost-update') continue;
        const { read, by } = verdict;
        const wrapper = wrapperOf(write, node, sourceCode);
        const data = { object: nameObject(write, sourceCode), line: lineSeen(read, sourceCode), ...(wrapper === null ? {} : { wrapper, how: throughClient(call.client) }) };
        const related = [{ node: seenAt(read, sourceCode), message: by === 'body' ? 'What it writes was read here.' : 'This read decided that it writes.' }];
        report({ node, messageId: wrapper === null ? messageFor(call, by) : by === 'body' ? 'lostUpdateThrough' : 'lostDecisionThrough', data, related, fix: matchRead(write, read, node, sourceCode), needs: { call, conditions: ['IfMatch'] } });
      }
    },
  }),
});

type MessageIds = 'lostUpdate' | 'lostDecision' | 'lostUpdateV2' | 'lostDecisionV2' | 'lostUpdateMinio';

function messageFor({ client }: S3Call, by: 'body' | 'decision'): MessageIds {
  if (client === 'minio') return 'lostUpdateMinio';
  if (client === 'v2') return by === 'body' ? 'lostUpdateV2' : 'lostDecisionV2';
  return by === 'body' ? 'lostUpdate' : 'lostDecision';
}
