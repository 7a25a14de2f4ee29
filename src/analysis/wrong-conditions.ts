import { elementsOf } from '../calls/elements.js';
import type { Place } from '../calls/frames.js';
import { originsOf } from '../calls/origins.js';
import { inputProperty, inputShape, onlyValue, type S3Call } from '../calls/s3-call.js';
import { propertyOf, shapeOf, type KnownProperty, type Shape } from '../calls/shapes.js';
import { isNothing, literalText, propertyName, type Node, type SourceCode } from '../calls/syntax.js';
import { meansCondition } from '../s3/conditional-headers.js';
import { isGiven, type Value } from './paths/value.js';
import { arrivalsOf, type Arrival } from './sent-conditions.js';
import { textOriginsOf } from './text-origins.js';

/** A condition that S3 refuses, or that the client does not send as one. */
export type WrongCondition = { readonly name: string; readonly node: Node } & (
  | { readonly problem: 'not-a-star'; readonly value: Node }
  | { readonly problem: 'star-as-etag' | 'both' | 'beside-params' | 'refused' | 'lost-on-multipart' }
  | { readonly problem: 'ignored'; readonly instead: 'complete' | 'remove' | 'match' | 'entries' }
  | { readonly problem: 'misspelt'; readonly right: string; readonly isTaken: boolean }
);

/**
 * @param call any S3 call
 * @param sourceCode its file
 * @returns what is wrong with the conditions that it is given; a condition on a read is right, whatever it is
 */
export function wrongConditionsOf(call: S3Call, sourceCode: SourceCode): readonly WrongCondition[] {
  if (/^(?:read|check|list)$/.test(call.operation.effect)) return [];
  const shape = inputShape(call, null, sourceCode);
  const named = [...shape.properties].filter(([name]) => meansCondition(name));
  const misplaced = named.flatMap(([name, property]) => nameProblem(call, name, property, shape) ?? []);
  if (call.operation.name === 'DeleteObjects') return [...misplaced, ...inEntries(call, sourceCode)];
  if (call.operation.effect !== 'write') return misplaced;
  const wrong = [...misplaced, ...besideParams(call, sourceCode), ...valueProblems(call, shape, sourceCode), ...lostOnMultipart(call, shape, sourceCode)];
  return wrong.length > 0 ? wrong : bothAtOnce(call, shape, sourceCode);
}

/** The name that an operation knows a condition by. */
function rightName(call: S3Call, name: string): string {
  const plain = /none?-?match/i.test(name) ? 'IfNoneMatch' : 'IfMatch';
  return call.operation.name === 'RenameObject' ? `Destination${plain}` : plain;
}

function nameProblem(call: S3Call, name: string, { node }: KnownProperty, shape: Shape): WrongCondition | null {
  const { operation, client } = call;
  const right = rightName(call, name);
  if (client === 'minio') return headerProblem(call, name, node);
  if (!operation.preconditions.includes(right)) {
    const instead = /^(?:CreateMultipartUpload|UploadPart)$/.test(operation.name) ? 'complete' : operation.name === 'DeleteObject' ? 'match' : operation.name === 'DeleteObjects' ? 'entries' : 'remove';
    return { problem: 'ignored', name, node, instead };
  }
  if (client === 'v2' && !(right === 'IfNoneMatch' && takesNoneMatchInV2.has(operation.name))) return { problem: 'refused', name, node };
  return name === right ? null : { problem: 'misspelt', name, node, right, isTaken: shape.properties.has(right) };
}

/** aws-sdk v2 has no other condition on a write, and throws on what it does not know. */
const takesNoneMatchInV2: ReadonlySet<string> = new Set(['PutObject', 'CompleteMultipartUpload']);

/** minio takes headers in any case, and makes metadata of everything else. */
function headerProblem(call: S3Call, name: string, node: Node): WrongCondition | null {
  const written = node.type === 'Property' ? (propertyName(node) ?? name) : name;
  if (call.operation.name !== 'PutObject' || /^if-(?:none-)?match$/i.test(written)) return null;
  return { problem: 'misspelt', name: written, node, right: rightName(call, name) === 'IfMatch' ? 'If-Match' : 'If-None-Match', isTaken: false };
}

/** Conditions in the entries of `Delete.Objects`, where S3 looks for `ETag`. */
function inEntries(call: S3Call, sourceCode: SourceCode): readonly WrongCondition[] {
  const deleted = onlyValue(call, 'Delete', null, sourceCode);
  const entries = deleted && propertyOf(shapeOf(deleted, sourceCode), 'Objects');
  if (entries?.kind !== 'known') return [];
  return entries.values
    .flatMap((value) => elementsOf(value, sourceCode))
    .flatMap((entry) => (entry ? [...shapeOf(entry, sourceCode).properties] : []))
    .flatMap(([name, { node }]): WrongCondition[] => (meansCondition(name) ? [{ problem: 'ignored', name, node, instead: 'entries' }] : []));
}

/** `new Upload({ client, params, IfNoneMatch: '*' })` */
function besideParams(call: S3Call, sourceCode: SourceCode): readonly WrongCondition[] {
  const [options] = call.node.arguments;
  if (call.client !== 'lib-storage' || call.input.kind !== 'object' || !options || options.type === 'SpreadElement' || options === call.input.node) return [];
  return [...shapeOf({ node: options, frame: null }, sourceCode).properties].flatMap(([name, { node }]) => (meansCondition(name) ? [{ problem: 'beside-params', name, node }] : []));
}

function valueProblems(call: S3Call, { properties }: Shape, sourceCode: SourceCode): readonly WrongCondition[] {
  const wrong: WrongCondition[] = [];
  for (const name of ['IfNoneMatch', 'IfMatch', 'DestinationIfNoneMatch', 'DestinationIfMatch']) {
    const property = call.operation.preconditions.includes(name) ? properties.get(name) : undefined;
    if (!property) continue;
    const { node } = property;
    const value = property.values.find((held) => (name.endsWith('NoneMatch') ? isNoStar(held, sourceCode) : literalOf(held, sourceCode) === '*'));
    if (value && name.endsWith('NoneMatch') && !speaksOfR2(sourceCode)) wrong.push({ problem: 'not-a-star', name, node, value: value.node });
    if (value && !name.endsWith('NoneMatch')) wrong.push({ problem: 'star-as-etag', name, node });
  }
  return wrong;
}

/** The text of a value that is one literal, by way of constants too. */
function literalOf(value: Place, sourceCode: SourceCode): string | null {
  const [only, ...others] = originsOf(value, sourceCode);
  return only && others.length === 0 && only.path.length === 0 ? literalText(only.node) : null;
}

/** A text other than `'*'`, or an ETag. Nothing, and what is not known, may be right. */
function isNoStar(value: Place, sourceCode: SourceCode): boolean {
  const text = literalOf(value, sourceCode);
  if (text !== null) return text !== '' && text !== '*';
  return namesETag(value, sourceCode) || originsOf(value, sourceCode).some(({ node }) => node.type === 'Literal' && node.value === true);
}

/** Whether a value is an `ETag`, by way of what only spells it in another way. */
const namesETag = (value: Place, sourceCode: SourceCode): boolean =>
  textOriginsOf(value, sourceCode).some(({ node, path }) => /^_?e_?tag$/i.test(path.at(-1) ?? (node.type === 'Identifier' ? node.name : '')));

/**
 * Cloudflare R2 takes ETags in `If-None-Match` of a write.
 * https://developers.cloudflare.com/r2/api/s3/extensions/
 */
const speaksOfR2 = (sourceCode: SourceCode): boolean => sourceCode.text.includes('r2.cloudflarestorage.com');

/** A stream of unknown size goes out as a multipart upload, whose completion carries no header. */
function lostOnMultipart(call: S3Call, { properties }: Shape, sourceCode: SourceCode): readonly WrongCondition[] {
  if (call.client !== 'minio' || call.operation.name !== 'PutObject' || call.input.kind !== 'positional') return [];
  const body = call.input.arguments['Body'];
  const size = call.node.arguments[3];
  const hasSize = size !== undefined && size !== call.input.headers && !isNothing(size);
  if (!body || hasSize || !originsOf({ node: body, frame: null }, sourceCode).some(({ node, path }) => path.length === 0 && makesStream(node, sourceCode))) return [];
  return ['IfMatch', 'IfNoneMatch'].flatMap((name): WrongCondition[] => {
    const property = properties.get(name);
    const written = property?.node.type === 'Property' ? propertyName(property.node) : null;
    return property && written && /^if-(?:none-)?match$/i.test(written) ? [{ problem: 'lost-on-multipart', name: written, node: property.node }] : [];
  });
}

const makesStream = (node: Node, sourceCode: SourceCode): boolean => node.type === 'CallExpression' && /(?:^|\.)createReadStream$|^Readable\.from$/.test(sourceCode.getText(node.callee));

const isPassedOn = (value: Value | undefined): boolean => value !== undefined && isGiven(value);

/** Both conditions on one path. */
function bothAtOnce(call: S3Call, { properties }: Shape, sourceCode: SourceCode): readonly WrongCondition[] {
  const [match, none] = call.operation.name === 'RenameObject' ? (['DestinationIfMatch', 'DestinationIfNoneMatch'] as const) : (['IfMatch', 'IfNoneMatch'] as const);
  if (inputProperty(call, match, null, sourceCode).kind !== 'known' || inputProperty(call, none, null, sourceCode).kind !== 'known') return [];
  const arrivals = arrivalsOf(call, sourceCode) ?? [];
  const isSent = (name: string, arrival: Arrival): boolean => (arrival.conditions.get(name)?.kind ?? 'nothing') !== 'nothing';
  const isBoth = arrivals.some((arrival) => isSent(match, arrival) && isSent(none, arrival));
  // One is sent in any case: the other is one too many. Where each has its own cases, who calls keeps them apart.
  const isCertain = [match, none].some((name) => arrivals.every((arrival) => isSent(name, arrival) && !isPassedOn(arrival.conditions.get(name))));
  const nodes = [match, none].flatMap((name) => properties.get(name)?.node ?? []);
  const later = nodes.sort((one, other) => one.range[0] - other.range[0]).at(-1);
  return later && isBoth && isCertain ? [{ problem: 'both', name: later.type === 'Property' ? (propertyName(later) ?? none) : none, node: later }] : [];
}
