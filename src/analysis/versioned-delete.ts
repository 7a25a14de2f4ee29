import { elementsOf } from '../calls/elements.js';
import { originsOf, type Place } from '../calls/origins.js';
import { inputProperty, onlyValue, type S3Call } from '../calls/s3-call.js';
import { s3CallsOf } from '../calls/s3-calls.js';
import { propertyOf, shapeOf } from '../calls/shapes.js';
import { literalText, type SourceCode } from '../calls/syntax.js';
import { textOf } from '../calls/text.js';
import type { Settings } from '../facts/settings.js';
import { saidVersioned } from './object-name.js';
import { preconditionOf } from './precondition.js';
import { sameBucket, type CallPlace } from './same-object.js';

/**
 * @param call a delete
 * @param settings what the user declared
 * @param sourceCode its file
 * @returns whether it deletes "the current version, whichever that is" from a bucket that is known to keep versions
 */
export function deletesAnyVersion(call: S3Call, settings: Settings, sourceCode: SourceCode): boolean {
  const place = { call, frame: null };
  if (!namesNoVersion(call, sourceCode)) return false;
  return saidVersioned(place, settings, sourceCode) ?? isVersionedHere(place, sourceCode);
}

/** `PutBucketVersioning` with `Enabled`, of the same bucket, in the same file. */
function isVersionedHere(place: CallPlace, sourceCode: SourceCode): boolean {
  return s3CallsOf(sourceCode).some((call) => {
    if (call.operation.name !== 'PutBucketVersioning' || !sameBucket(place, { call, frame: null }, sourceCode)) return false;
    const configuration = onlyValue(call, 'VersioningConfiguration', null, sourceCode);
    const status = configuration && propertyOf(shapeOf(configuration, sourceCode), 'Status');
    return status?.kind === 'known' && status.values.every((value) => tellsEnabled(value, sourceCode));
  });
}

/** `'Enabled'`, or `BucketVersioningStatus.Enabled` of the SDK. `Suspended` is not versioned. */
function tellsEnabled(value: Place, sourceCode: SourceCode): boolean {
  return originsOf(value, sourceCode).every((origin) => literalText(origin.node) === 'Enabled' || origin.path.at(-1) === 'Enabled' || (origin.node.type === 'ImportSpecifier' && origin.path.includes('Enabled')));
}

function namesNoVersion(call: S3Call, sourceCode: SourceCode): boolean {
  if (call.operation.name === 'DeleteObject') {
    return preconditionOf(call, null, sourceCode).kind === 'absent';
  }
  const deleted = onlyValue(call, 'Delete', null, sourceCode);
  const entries = call.client === 'minio' ? inputProperty(call, 'Entries', null, sourceCode) : deleted && propertyOf(shapeOf(deleted, sourceCode), 'Objects');
  if (entries?.kind !== 'known') return false;
  return entries.values.flatMap((value) => elementsOf(value, sourceCode)).some((entry) => entry !== null && entryNamesNoVersion(entry, call, sourceCode));
}

/** Whether an entry is a text: a literal, a template, a sum of texts. */
const renderable = (entry: Place, sourceCode: SourceCode): boolean => textOf(entry, sourceCode).some((piece) => typeof piece === 'string' && piece !== '');

function entryNamesNoVersion(entry: Place, call: S3Call, sourceCode: SourceCode): boolean {
  // minio takes names, or objects with `name` and `versionId`.
  if (call.client === 'minio' && renderable(entry, sourceCode)) return true;
  const shape = shapeOf(entry, sourceCode);
  return shape.open === null && (shape.properties.has('Key') || shape.properties.has('name')) && !shape.properties.has('versionId') && call.operation.preconditions.every((name) => !shape.properties.has(name));
}
