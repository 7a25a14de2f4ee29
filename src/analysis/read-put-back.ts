import { inputProperty } from '../calls/s3-call.js';
import { literalText, type SourceCode } from '../calls/syntax.js';
import { derivationOf } from './derivation.js';
import { sameObject, type CallPlace } from './same-object.js';

/**
 * @param write a write
 * @param sourceCode its file
 * @returns the read of the same object that it puts back, changed or not: its body, or the metadata that a HEAD tells too
 */
export function readPutBack(write: CallPlace, sourceCode: SourceCode): CallPlace | null {
  const reads = [...bodyReads(write, sourceCode), ...metadataReads(write, sourceCode)].filter((read) => sameObject(write, read, sourceCode));
  // The oldest version that is held a part of: a newer ETag would let a change in between be lost.
  const [oldest] = reads.sort((one, other) => one.call.node.range[0] - other.call.node.range[0]);
  return oldest ?? null;
}

function bodyReads({ call, frame }: CallPlace, sourceCode: SourceCode): readonly CallPlace[] {
  const body = inputProperty(call, 'Body', frame, sourceCode);
  const values = body.kind === 'known' ? body.values : [];
  return values.flatMap((value) => derivationOf(value, 'value', sourceCode).calls.filter((source) => source.call.operation.effect === 'read'));
}

/**
 * The reads whose `Metadata` is in that of a write: S3 stores the metadata of a write as a whole, so what another writer
 * put there is lost with it. What else a HEAD tells (its `ContentType`, its size) is not what writers merge.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
 */
function metadataReads(write: CallPlace, sourceCode: SourceCode): readonly CallPlace[] {
  const metadata = inputProperty(write.call, 'Metadata', write.frame, sourceCode);
  if (metadata.kind !== 'known' || ignoresMetadata(write, sourceCode)) return [];
  const parts = metadata.values.flatMap((value) => derivationOf(value, 'value', sourceCode).parts).filter(({ path }) => path.includes('Metadata'));
  return parts.flatMap(({ of }) => derivationOf(of, 'value', sourceCode).calls).filter((source) => tellsMetadata(source, sourceCode));
}

/** A copy takes the metadata of its source along, unless it is told to replace it. */
function ignoresMetadata({ call, frame }: CallPlace, sourceCode: SourceCode): boolean {
  if (call.operation.name !== 'CopyObject') return false;
  const directive = inputProperty(call, 'MetadataDirective', frame, sourceCode);
  return directive.kind === 'absent' || (directive.kind === 'known' && directive.values.every(({ node }) => literalText(node) === 'COPY'));
}

/** Whether a call tells the metadata of the version that is stored now: who names another one brings that back. */
const tellsMetadata = ({ call, frame }: CallPlace, sourceCode: SourceCode): boolean =>
  /^(?:Get|Head)Object$/.test(call.operation.name) && inputProperty(call, 'VersionId', frame, sourceCode).kind !== 'known';
