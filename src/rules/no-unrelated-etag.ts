import { nameObject } from '../analysis/object-name.js';
import { unrelatedETagOf } from '../analysis/unrelated-etag.js';
import { matchBodyRead } from '../fixers/match-body-read.js';
import { lineOf } from '../analysis/seen-at.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

type MessageIds = 'unrelatedETag' | 'headThenPut';

export const noUnrelatedEtag = createS3Rule<MessageIds>({
  name: 'no-unrelated-etag',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow preconditions with the ETag of another read than the one that the body comes from',
      recommended: 'error',
    },
    fixable: 'code',
    schema: [],
    messages: {
      unrelatedETag:
        'The body comes from what line {{bodyLine}} read, and the ETag from the later read on line {{etagLine}}, so a version of {{object}} that was stored between the two is overwritten. Use the ETag of line {{bodyLine}}.',
      headThenPut:
        'The ETag is read on line {{etagLine}}, right before the write, and the body was made before that, so the change that it overwrites at {{object}} may already have been there. Take the ETag along with the data that the body was made from, and hand both in.',
    },
  },
  create: ({ report, sourceCode }) => ({
    write(call) {
      const found = unrelatedETagOf(call, sourceCode);
      if (!found) return;
      const data = { etagLine: lineOf(found.read.call.node), object: nameObject(found.write, sourceCode) };
      const etagRead = { node: found.read.call.node, message: 'The ETag was read here.' };
      const told = { node: call.node, needs: { call, conditions: ['IfMatch'] }, related: [etagRead] };
      if (found.kind === 'outside-body') return report({ ...told, messageId: 'headThenPut', data });
      const bodyLine = lineOf(found.body.call.node);
      const related = [etagRead, { node: found.body.call.node, message: 'The body was read here.' }];
      report({ ...told, related, messageId: 'unrelatedETag', data: { ...data, bodyLine }, fix: matchBodyRead(found.body, found.value, sourceCode) });
    },
  }),
});
