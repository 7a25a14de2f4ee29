import { elementsOf } from '../calls/elements.js';
import type { Place } from '../calls/frames.js';
import { inputProperty, onlyValue, type S3Call } from '../calls/s3-call.js';
import { propertyOf, shapeOf } from '../calls/shapes.js';
import type { SourceCode } from '../calls/syntax.js';
import { textOf } from '../calls/text.js';
import type { Settings } from '../facts/settings.js';
import { preconditionOf } from './precondition.js';
import { bucketOfCall, isVersioned } from './versioned-bucket.js';

/**
 * @param call a delete
 * @param settings what the user declared
 * @param sourceCode its file
 * @returns whether it deletes "the current version, whichever that is" from a bucket that is known to keep versions
 */
export function deletesAnyVersion(call: S3Call, settings: Settings, sourceCode: SourceCode): boolean {
  return namesNoVersion(call, sourceCode) && isVersioned(bucketOfCall({ call, frame: null }, sourceCode), settings, sourceCode);
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
