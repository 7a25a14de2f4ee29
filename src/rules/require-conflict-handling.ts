import { nameObject } from '../analysis/object-name.js';
import { unhandledConflictOf, type UnhandledConflict } from '../analysis/conflicts/unhandled-conflict.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

export const requireConflictHandling = createS3Rule({
  name: 'require-conflict-handling',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require that the conflict of a conditional write is handled, or documented',
      recommended: null,
    },
    schema: [],
    messages: {
      thrown:
        'Nothing in this file handles the conflict of this conditional write to {{object}}, so whoever loses the race gets a bare 409 or 412 of S3. Catch it and read again or tell the caller, or say in the JSDoc that the function `@throws` it.',
      uncaught: 'Nothing handles the conflict of this conditional write to {{object}}, so the program ends with a bare 409 or 412 of S3 when it loses the race. Catch it, and read again or say what happened.',
      floating: 'Nothing waits for this conditional write to {{object}} or catches its error, so its conflict ends as an unhandled rejection. Await it, and handle the 409 and 412.',
    },
  },
  create: ({ report, sourceCode }) => ({
    write(call) {
      const unhandled: UnhandledConflict | null = unhandledConflictOf(call, sourceCode);
      if (unhandled) report({ node: call.node, messageId: unhandled.kind, data: { object: nameObject({ call, frame: null }, sourceCode) } });
    },
  }),
});
