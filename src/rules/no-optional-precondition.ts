import { nameObject } from '../analysis/object-name.js';
import { unsetConditionOf } from '../analysis/sent-conditions.js';
import type { S3Call } from '../calls/s3-call.js';
import { coverBoth } from '../fixers/cover-both.js';
import { lineOf } from '../analysis/seen-at.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

interface Options {
  readonly checkParameters: boolean;
}

type MessageIds = 'optionalPrecondition' | 'optionalPreconditionOnDelete' | 'addOtherBranch';

export const noOptionalPrecondition = createS3Rule<MessageIds, Options>({
  name: 'no-optional-precondition',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow preconditions whose value may be unset, so that the write is blind',
      recommended: 'error',
      strictOptions: { checkParameters: true },
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          checkParameters: {
            type: 'boolean',
            description: 'Whether to report conditions that a caller may leave unset: a parameter or option that is passed straight on.',
          },
        },
      },
    ],
    defaultOptions: [{ checkParameters: false }],
    messages: {
      optionalPrecondition:
        '`{{header}}` may be unset here (line {{line}}), and the SDK then drops it without an error, so this write overwrites whatever another writer stored at {{object}}. Give every path a condition: the ETag where the object is there, `IfNoneMatch: \'*\'` where it is not.',
      optionalPreconditionOnDelete:
        '`{{header}}` may be unset here (line {{line}}), and the SDK then drops it without an error, so this deletes whatever another writer stored at {{object}}. Delete only where the ETag is there.',
      addOtherBranch: 'Send `IfNoneMatch: \'*\'` where there is no ETag.',
    },
  },
  create: ({ report, canSend, options, sourceCode }) => {
    const check = (call: S3Call): void => {
      const unset = unsetConditionOf(call, sourceCode);
      if (!unset || (unset.byCaller && !options.checkParameters)) return;
      const { header, cause, isOnly } = unset;
      const fix = isOnly && header.endsWith('IfMatch') ? coverBoth(call, unset, sourceCode) : null;
      report({
        node: call.node,
        messageId: call.operation.effect === 'delete' ? 'optionalPreconditionOnDelete' : 'optionalPrecondition',
        data: { header, line: lineOf(cause), object: nameObject({ call, frame: null }, sourceCode) },
        related: [{ node: cause, message: 'It may be left unset here.' }],
        suggest: fix && canSend({ call, conditions: [header.replace('IfMatch', 'IfNoneMatch')] }) ? [{ messageId: 'addOtherBranch', fix }] : [],
      });
    };
    return { write: check, delete: check };
  },
});
