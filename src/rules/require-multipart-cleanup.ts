import { leftParts } from '../analysis/left-parts.js';
import { missingCleanup } from '../analysis/multipart-cleanup.js';
import { nameObject } from '../analysis/object-name.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

type MessageIds = 'abandonedUpload' | 'unabortableUpload' | 'leftParts';

export const requireMultipartCleanup = createS3Rule<MessageIds>({
  name: 'require-multipart-cleanup',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'Require multipart uploads to be aborted when they fail',
      recommended: 'warn',
    },
    schema: [],
    messages: {
      abandonedUpload:
        'When this upload of {{object}} fails, the parts that S3 has got stay stored and billed, and nobody knows the upload id any more. Send AbortMultipartUpload in a `catch` around what follows.',
      unabortableUpload:
        'The id of this upload of {{object}} comes back to this file to be completed, and nothing here aborts an upload that fails, so its parts stay stored and billed. Add a way to send AbortMultipartUpload with the id.',
      leftParts:
        'With `leavePartsOnError` the parts of a failed upload of {{object}} stay stored and billed, and nothing here keeps the upload id to resume or abort it. Leave the option out, so that the upload aborts itself, or keep its `uploadId`.',
    },
  },
  create: ({ report, sourceCode }) => ({
    any(call) {
      const data = { object: nameObject({ call, frame: null }, sourceCode) };
      if (call.operation.name === 'CreateMultipartUpload') {
        const missing = missingCleanup(call, sourceCode);
        if (missing) report({ node: call.node, messageId: missing === 'abandoned' ? 'abandonedUpload' : 'unabortableUpload', data });
      } else if (call.operation.name === 'PutObject') {
        const option = leftParts(call, sourceCode);
        if (option) report({ node: option, messageId: 'leftParts', data });
      }
    },
  }),
});
