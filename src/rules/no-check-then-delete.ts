import { deletedAfter, type DeletedAfter } from '../analysis/deleted-after.js';
import { nameObject } from '../analysis/object-name.js';
import { lineSeen, seenAt, throughClient, wrapperOf } from '../analysis/seen-at.js';
import { matchRead } from '../fixers/match-read.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

type MessageIds =
  | 'checkThenDelete'
  | 'checkThenDeleteLent'
  | 'checkThenDeleteV2'
  | 'checkThenDeleteMinio'
  | 'checkThenDeleteThrough'
  | 'copyThenDeleteThrough'
  | 'downloadThenDeleteThrough'
  | 'copyThenDelete'
  | 'copyThenDeleteLent'
  | 'copyThenDeleteV2'
  | 'copyThenDeleteMinio'
  | 'downloadThenDelete'
  | 'downloadThenDeleteLent'
  | 'downloadThenDeleteV2'
  | 'downloadThenDeleteMinio';

const check =
  'Line {{line}} read {{object}} and decided this delete, so a version that another writer stored in between — a lock just renewed, a record just replaced — is deleted with it.';
const copy = 'Line {{line}} copied {{object}}, so a version that another writer stores between the copy and this delete is deleted and copied nowhere.';
const download = 'Line {{line}} stored what was read of {{object}} elsewhere, so a version that another writer stores between that read and this delete is deleted and copied nowhere.';

export const noCheckThenDelete = createS3Rule<MessageIds>({
  name: 'no-check-then-delete',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow deleting an object because of what was read from it, without saying which version',
      recommended: 'error',
    },
    fixable: 'code',
    schema: [],
    messages: {
      checkThenDelete: `${check} Send the ETag of that read as \`IfMatch\`, and take a 412 as "somebody else renewed it".`,
      checkThenDeleteLent: `${check} Name the version that was read as \`VersionId\`, or send its ETag as \`IfMatch\` with \`@aws-sdk/client-s3\`: aws-sdk v2 cannot send it on a delete.`,
      checkThenDeleteV2: `${check} Name the version that was read as \`VersionId\`, in a versioned bucket: aws-sdk v2 cannot send \`If-Match\` on a delete.`,
      checkThenDeleteMinio: `${check} Name the version that \`statObject\` answers with as \`versionId\`, in a versioned bucket: minio cannot send \`If-Match\` on a delete.`,
      checkThenDeleteThrough: `${check} Let \`{{wrapper}}\` take the ETag of that read and send it as \`IfMatch\`{{how}}, and take a 412 as "somebody else renewed it".`,
      copyThenDeleteThrough: `${copy} Take the ETag of one HEAD, and send it as \`CopySourceIfMatch\` with the copy and as \`IfMatch\` with what \`{{wrapper}}\` deletes{{how}}.`,
      downloadThenDeleteThrough: `${download} Let \`{{wrapper}}\` take the ETag of that read and send it as \`IfMatch\`{{how}}, and take a 412 as "it has changed, and has to be moved again".`,
      copyThenDelete: `${copy} Take the ETag of one HEAD, and send it as \`CopySourceIfMatch\` with the copy and as \`IfMatch\` with the delete.`,
      copyThenDeleteLent: `${copy} Name one version in the \`CopySource\` and as \`VersionId\` of the delete, or send its ETag as \`CopySourceIfMatch\` and \`IfMatch\` with \`@aws-sdk/client-s3\`: aws-sdk v2 cannot send \`IfMatch\` on a delete.`,
      copyThenDeleteV2: `${copy} Name one version in the \`CopySource\` and as \`VersionId\` of the delete, in a versioned bucket: aws-sdk v2 cannot send \`If-Match\` on a delete.`,
      copyThenDeleteMinio: `${copy} Name one version in the source of the copy and as \`versionId\` of the delete, in a versioned bucket: minio cannot send \`If-Match\` on a delete.`,
      downloadThenDelete: `${download} Send the ETag of that read as \`IfMatch\` with the delete, and take a 412 as "it has changed, and has to be moved again".`,
      downloadThenDeleteLent: `${download} Name the version that was read as \`VersionId\` of the delete, or send its ETag as \`IfMatch\` with \`@aws-sdk/client-s3\`: aws-sdk v2 cannot send it on a delete.`,
      downloadThenDeleteV2: `${download} Name the version that was read as \`VersionId\` of the delete, in a versioned bucket: aws-sdk v2 cannot send \`If-Match\` on a delete.`,
      downloadThenDeleteMinio: `${download} Name the version that \`statObject\` answers with as \`versionId\` of the read and of the delete, in a versioned bucket: minio cannot send \`If-Match\` on a delete.`,
    },
  },
  seesImports: true,
  create: ({ report, settings, sourceCode }) => ({
    delete(call) {
      for (const found of deletedAfter(call, settings, sourceCode)) {
        const { deletion, earlier, node } = found;
        const wrapper = wrapperOf(deletion, node, sourceCode);
        report({
          node,
          messageId: wrapper === null ? messageFor(found) : `${found.kind}ThenDeleteThrough`,
          data: { object: nameObject(deletion, sourceCode), line: lineSeen(earlier, sourceCode), ...(wrapper === null ? {} : { wrapper, how: throughClient(call.client) }) },
          related: [{ node: seenAt(earlier, sourceCode), message: 'The delete relies on what is done here.' }],
          fix: found.kind === 'copy' ? null : matchRead(deletion, found.kind === 'check' ? earlier : found.read, node, sourceCode),
          needs: { call, conditions: ['IfMatch'] },
        });
      }
    },
  }),
});

function messageFor({ kind, deletion }: DeletedAfter): MessageIds {
  const { client } = deletion.call;
  if (client === 'minio') return `${kind}ThenDeleteMinio`;
  if (client === 'v2') return `${kind}ThenDeleteV2`;
  return client === 'lent' ? `${kind}ThenDeleteLent` : `${kind}ThenDelete`;
}
