import { nameObject } from '../analysis/object-name.js';
import { wrongConditionsOf, type WrongCondition } from '../analysis/wrong-conditions.js';
import { inputProperty } from '../calls/s3-call.js';
import type { Edit } from '../fixers/add-condition.js';
import { renameProperty } from '../fixers/rename-property.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

type MessageIds =
  | 'notAStar'
  | 'starAsETag'
  | 'bothConditions'
  | 'ignoredCondition'
  | 'ignoredByUpload'
  | 'refusedByClient'
  | 'lostOnMultipart'
  | 'wrongName'
  | 'notSentYet';

export const validPrecondition = createS3Rule<MessageIds>({
  name: 'valid-precondition',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow preconditions that S3 refuses or the SDK drops',
      recommended: 'error',
    },
    fixable: 'code',
    schema: [],
    messages: {
      notAStar:
        'S3 answers 501 to a write with an `IfNoneMatch` other than `\'*\'`, so {{object}} is never written. Send `\'*\'` to create it, or `IfMatch` with its ETag to replace it.',
      starAsETag:
        '`IfMatch: \'*\'` on a write names no version, so it does not protect {{object}} from being overwritten. Send the ETag of the read that the body comes from.',
      bothConditions:
        'S3 answers 501 to a write with both `IfMatch` and `IfNoneMatch`, so {{object}} is never written. Send `IfMatch` where the object is there, and `IfNoneMatch: \'*\'` where it is not.',
      ignoredCondition:
        '{{operation}} takes no `{{name}}`: the SDK drops it without an error, and nothing is guarded. {{remedy}}.',
      ignoredByUpload:
        '`{{name}}` stands beside `params`, where `Upload` does not look for it, so {{object}} is written without a condition. Put it into `params`.',
      refusedByClient:
        'aws-sdk v2 throws `UnexpectedParameter` on `{{name}}` in {{operation}}, so this call never reaches S3. Use `@aws-sdk/client-s3` for it.',
      lostOnMultipart:
        'minio sends `{{name}}` with the first request of a multipart upload and not with its completion, so a stream overwrites {{object}} whatever the condition says. Pass a buffer or string that goes in one request.',
      wrongName:
        '`{{name}}` is not a condition that {{operation}} knows: it is not sent as one, and {{object}} is written without it. Call it `{{right}}`.',
      notSentYet: '`{{name}}` is not sent with {{operation}} here, so nothing guards {{object}}. Keep it for an SDK that sends it.',
    },
  },
  create: ({ report, canSend, sourceCode }) => ({
    any(call) {
      const { name: operation } = call.operation;
      const object = nameObject({ call, frame: null }, sourceCode);
      for (const name of call.operation.preconditions) {
        const needs = { call, conditions: [name] };
        const isSet = inputProperty(call, name, null, sourceCode).kind === 'known';
        if (isSet && !canSend(needs)) report({ node: call.node, messageId: 'notSentYet', data: { operation, name, object }, needs });
      }
      for (const wrong of wrongConditionsOf(call, sourceCode)) {
        const { name } = wrong;
        const told = { node: call.node, messageId: messages[wrong.problem], fix: fixOf(wrong) };
        switch (wrong.problem) {
          case 'ignored':
            report({ ...told, data: { operation, name, remedy: remedies[wrong.instead] } });
            break;
          case 'misspelt':
            report({ ...told, data: { operation, name, object, right: wrong.right } });
            break;
          case 'refused':
            report({ ...told, data: { operation, name } });
            break;
          case 'beside-params':
          case 'lost-on-multipart':
            report({ ...told, data: { name, object } });
            break;
          default:
            report({ ...told, data: { object } });
        }
      }
    },
  }),
});

const messages: Readonly<Record<WrongCondition['problem'], MessageIds>> = {
  'not-a-star': 'notAStar',
  'star-as-etag': 'starAsETag',
  both: 'bothConditions',
  ignored: 'ignoredCondition',
  'beside-params': 'ignoredByUpload',
  refused: 'refusedByClient',
  'lost-on-multipart': 'lostOnMultipart',
  misspelt: 'wrongName',
};

const remedies: Readonly<Record<Extract<WrongCondition, { problem: 'ignored' }>['instead'], string>> = {
  complete: 'Send it with CompleteMultipartUpload, the only step that takes one',
  remove: 'Remove it',
  match: 'Send `IfMatch` with the ETag of the version that you mean',
  entries: 'Put the `ETag` into each entry of `Delete.Objects`',
};

function fixOf(wrong: WrongCondition): Edit {
  if (wrong.problem === 'misspelt') return wrong.isTaken ? null : renameProperty(wrong.node, wrong.right);
  if (wrong.problem !== 'not-a-star') return null;
  const { value, node } = wrong;
  // A constant may serve others too.
  const standsHere = value.type === 'Literal' && typeof value.value === 'string' && (value.parent === node || value.parent.parent === node);
  return standsHere ? (fixer) => [fixer.replaceText(value, "'*'")] : null;
}
