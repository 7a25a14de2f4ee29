import { nameBucket, nameObject } from '../analysis/object-name.js';
import { sameObject } from '../analysis/same-object.js';
import { deletesAnyVersion } from '../analysis/versioned-delete.js';
import type { S3Call } from '../calls/s3-call.js';
import { s3CallsOf } from '../calls/s3-calls.js';
import type { SourceCode } from '../calls/syntax.js';
import { addToInput, type Edit } from '../fixers/add-condition.js';
import { boundResponse } from '../fixers/bound-response.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

interface Options {
  readonly allowDeleteMarkers: boolean;
}

type MessageIds = 'deleteMarker' | 'deleteMarkerByVersion' | 'deleteMarkersByVersion' | 'deleteMarkers' | 'addVersionId';

export const requireVersionIdOnDelete = createS3Rule<MessageIds, Options>({
  name: 'require-version-id-on-delete',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require deletes in versioned buckets to say which version they mean',
      recommended: 'error',
    },
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          allowDeleteMarkers: {
            type: 'boolean',
            description: 'Whether deletes that only hide the object under a delete marker are what is wanted.',
          },
        },
      },
    ],
    defaultOptions: [{ allowDeleteMarkers: false }],
    messages: {
      deleteMarker:
        'This hides {{object}} under a delete marker, whichever version is current by then: one that another writer just stored is hidden too, and nothing is freed. Say which version you mean with `VersionId`, or guard it with `IfMatch`.',
      deleteMarkers:
        'This hides objects in {{bucket}} under delete markers, whichever versions are current by then, and nothing is freed. Say in each entry which version you mean with `VersionId`, or guard it with `ETag`.',
      deleteMarkerByVersion:
        'This hides {{object}} under a delete marker, whichever version is current by then: one that another writer just stored is hidden too, and nothing is freed. Say which version you mean with `{{version}}`.',
      deleteMarkersByVersion:
        'This hides objects in {{bucket}} under delete markers, whichever versions are current by then, and nothing is freed. Say in each entry which version you mean with `{{version}}`.',
      addVersionId: 'Delete the version that line {{line}} answered with.',
    },
  },
  create: ({ report, settings, options, sourceCode }) => ({
    delete(call) {
      if (options.allowDeleteMarkers || !deletesAnyVersion(call, settings, sourceCode)) return;
      const place = { call, frame: null };
      // Only client-s3 can guard a delete by the ETag.
      const byVersion = call.client === 'v2' || call.client === 'minio';
      const version = call.client === 'minio' ? 'versionId' : 'VersionId';
      if (call.operation.name === 'DeleteObjects') {
        report({ node: call.node, messageId: byVersion ? 'deleteMarkersByVersion' : 'deleteMarkers', data: { bucket: nameBucket(place, sourceCode), ...(byVersion ? { version } : {}) } });
        return;
      }
      const known = versionInScope(call, sourceCode);
      report({
        node: call.node,
        messageId: byVersion ? 'deleteMarkerByVersion' : 'deleteMarker',
        data: { object: nameObject(place, sourceCode), ...(byVersion ? { version } : {}) },
        suggest: known ? [{ messageId: 'addVersionId', data: { line: String(known.line) }, fix: known.edit }] : [],
      });
    },
  }),
});

/** The version that a read or write of the same object, before the delete, answered with. */
function versionInScope(call: S3Call, sourceCode: SourceCode): { line: number; edit: NonNullable<Edit> } | null {
  if (call.client === 'minio') return null;
  for (const earlier of [...s3CallsOf(sourceCode)].reverse()) {
    const tellsVersion = /^(?:GetObject|HeadObject|PutObject|CopyObject|CompleteMultipartUpload)$/.test(earlier.operation.name);
    if (!tellsVersion || earlier.node.range[0] > call.node.range[0]) continue;
    if (!sameObject({ call, frame: null }, { call: earlier, frame: null }, sourceCode)) continue;
    const response = boundResponse(earlier, 'VersionId', call.node, sourceCode);
    if (!response || response.optional) continue;
    const { expression } = response;
    const add = addToInput(call, expression === 'VersionId' ? expression : `VersionId: ${expression}`, sourceCode);
    if (add) return { line: earlier.node.loc.start.line, edit: (fixer) => [...response.edit(fixer), ...add(fixer)] };
  }
  return null;
}
