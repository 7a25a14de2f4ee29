import { stepsTo } from '../analysis/parting.js';
import { bucketOf, keyOf } from '../analysis/same-object.js';
import { enablesVersioning } from '../analysis/versioned-bucket.js';
import { findingsOf, type Finding } from '../analysis/verdict.js';
import { isOwn, modulePathOf } from '../calls/linked-source.js';
import type { S3Call } from '../calls/s3-call.js';
import { s3CallsOf } from '../calls/s3-calls.js';
import type { Node, SourceCode } from '../calls/syntax.js';
import type { Text } from '../calls/text.js';
import type { BucketFact } from '../facts/bucket-fact.js';
import type { WrapperFact, WriterFact } from '../facts/facts.js';
import type { Location } from '../facts/project-finding.js';
import { readSettings } from '../facts/settings.js';
import { givenKeysOf, placeOf, type GivenKey } from './given-keys.js';
import { lentClients } from './lent-clients.js';
import { linkedAtTop } from './linked-at-top.js';
import { sliceOf, type ModuleSlice } from './module-slice.js';
import { neededNames, type NeededName } from './needed-names.js';
import { conditionOf, wrappersOf } from './wrappers.js';

/** What one file tells of S3, with all that it imports in view. */
export interface ModuleReading {
  /** The exports that lead to S3. */
  readonly names: readonly string[];
  /** The exports that only lend an S3 client. */
  readonly lends: readonly string[];
  /** The methods that lead there, where only classes are exported. */
  readonly methods: readonly string[];
  readonly code: ModuleSlice['code'];
  readonly wrappers: readonly WrapperFact[];
  readonly writers: readonly WriterFact[];
  /** Those that it turns versioning on for. */
  readonly buckets: readonly BucketFact[];
  /** How it leads to writes, of its own and of other modules, and whether it gives them a key of its own. */
  readonly given: readonly GivenKey[];
  /** Names of other modules that go into its buckets, keys and inputs. */
  readonly needs: readonly NeededName[];
}

const { settings } = readSettings(undefined);

/**
 * @param path a file
 * @param sourceCode the file, linked to what it imports
 * @param wanted its names that other files put into buckets, keys and inputs
 * @returns what it tells
 */
export function readingOf(path: string, sourceCode: SourceCode, wanted: ReadonlySet<string>): ModuleReading {
  const calls = s3CallsOf(sourceCode);
  const wrappers = wrappersOf(path, sourceCode);
  const { names, lends, code, shown, methods } = sliceOf(sourceCode, [...wrappers.map(({ node }) => node), ...linkedAtTop(sourceCode)], lentClients(sourceCode), wanted);
  const writes = calls.filter(({ operation, presigned }) => operation.effect === 'write' && !presigned);
  return {
    names: [...names].sort(),
    lends: [...lends].sort(),
    methods,
    code,
    wrappers: wrappers.map(({ fact }) => fact),
    buckets: calls.flatMap((call) => bucketOfVersioning(path, call, sourceCode) ?? []),
    needs: neededNames(sourceCode, wanted.size > 0 ? shown : []),
    writers: writes.flatMap((call) => findingsOf(call, settings, sourceCode).flatMap((finding) => writerOf(path, call, finding, sourceCode) ?? [])),
    given: givenKeysOf(path, calls.filter(({ operation }) => operation.effect === 'write'), sourceCode),
  };
}

/** The bucket of a `PutBucketVersioning` with `Enabled`; null where its name is not known. */
function bucketOfVersioning(file: string, call: S3Call, sourceCode: SourceCode): BucketFact | null {
  if (call.operation.name !== 'PutBucketVersioning' || !isOwn(call.node, sourceCode) || !enablesVersioning(call, sourceCode)) return null;
  const name = bucketOf({ call, frame: null }, sourceCode);
  const environment = name?.flatMap((piece) => (typeof piece === 'string' ? [] : (piece.environment ?? []))) ?? [];
  if (!name || (environment.length === 0 && !name.every((piece) => typeof piece === 'string'))) return null;
  return {
    declaredBy: 'sdk',
    at: locationOf(file, call.node),
    id: call.operation.name,
    name: name.map((piece) => (typeof piece === 'string' ? piece : null)),
    environment: name.length === 1 ? environment : [],
    versioning: 'enabled',
    objectLock: 'unknown',
    replication: [],
    lifecycle: [],
  };
}

const locationOf = (file: string, { loc: { start, end } }: Node): Location => ({ file, line: start.line, column: start.column + 1, endLine: end.line, endColumn: end.column + 1 });

function writerOf(file: string, call: S3Call, { node, write, verdict }: Finding, sourceCode: SourceCode): WriterFact | null {
  const key = keyOf(write, sourceCode);
  if (!key || !isOwn(node, sourceCode)) return null;
  return {
    at: locationOf(file, node),
    operation: call.operation.name,
    bucket: patternOf(bucketOf(write, sourceCode) ?? [])?.replace(/^\*$/, '') || null,
    key: patternOf(key) ?? '',
    condition: conditionOf(write, sourceCode),
    unique: verdict.kind === 'unique-key',
    through: stepsTo(write).filter((passed) => passed !== node).map((passed) => `${modulePathOf(passed) ?? file}:${placeOf(passed)}`),
  };
}

/** A text whose holes are `*`, or the environment variable that they are read from: `env:BUCKET`. */
const patternOf = (text: Text): string | null =>
  text.length === 0 ? null : text.map((piece) => (typeof piece === 'string' ? piece : piece.environment === null ? '*' : `env:${piece.environment}`)).join('');
