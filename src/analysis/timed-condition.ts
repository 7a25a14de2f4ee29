import { bindingsOf } from '../calls/bindings.js';
import { elementsOf } from '../calls/elements.js';
import type { Place } from '../calls/frames.js';
import { originsOf } from '../calls/origins.js';
import { inputShape, onlyValue, type S3Call } from '../calls/s3-call.js';
import { propertyOf, shapeOf, type Shape } from '../calls/shapes.js';
import { isNothing, methodName, unwrap, type Node, type SourceCode } from '../calls/syntax.js';
import { timedConditions, timedEntry, type TimedCondition } from '../s3/timed-conditions.js';

/** A condition by time, where no ETag stands beside it. */
export interface TimedConditionUse {
  readonly call: S3Call;
  /** The property, or the method of minio's `CopyConditions`, that sets it. */
  readonly time: string;
  /** The one that takes an ETag instead. */
  readonly etag: string;
  readonly kind:
    | 'object'
    | 'source'
    | 'directory' // for directory buckets alone
    | 'dropped'; // no parameter of this operation: the SDK sends nothing
  readonly node: Node;
  /** The time, where there is exactly one value. */
  readonly value: Place | null;
}

/**
 * @param call an S3 call
 * @param sourceCode its file
 * @returns the conditions by time of its input, or of its entries; none where an ETag may be there too
 */
export function timedConditionsOf(call: S3Call, sourceCode: SourceCode): readonly TimedConditionUse[] {
  if (call.client === 'minio') return call.operation.name === 'CopyObject' ? [...copyConditions(call, sourceCode), ...copySource(call, sourceCode)] : [];
  const found = Object.entries(timedConditions).flatMap(([time, condition]) => {
    const kind = kindOf(condition, call);
    return kind === null ? [] : inShape(call, inputShape(call, null, sourceCode), { time, etag: condition.etag, kind });
  });
  return [...found, ...inEntries(call, sourceCode)];
}

function kindOf({ operations, etag, guards, buckets }: TimedCondition, { operation, client }: S3Call): TimedConditionUse['kind'] | null {
  if (operations.includes(operation.name)) return buckets === 'directory' ? 'directory' : guards;
  // aws-sdk v2 refuses what it does not know, and has no ETag to offer on a write.
  return operation.preconditions.includes(etag) && (client === 'v3' || client === 'lib-storage') ? 'dropped' : null;
}

function inShape(call: S3Call, shape: Shape, condition: Pick<TimedConditionUse, 'time' | 'etag' | 'kind'>): TimedConditionUse[] {
  const property = shape.properties.get(condition.time);
  if (!property || property.values.every(({ node }) => isNothing(node))) return [];
  const beside = propertyOf(shape, condition.etag);
  // The ETag decides where both are sent. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
  const isAlone = beside.kind === 'absent' || (beside.kind === 'known' && beside.values.every(({ node }) => isNothing(node)));
  const [value, ...others] = property.values;
  return isAlone ? [{ call, ...condition, node: property.node, value: value && others.length === 0 ? value : null }] : [];
}

function inEntries(call: S3Call, sourceCode: SourceCode): TimedConditionUse[] {
  const deleted = call.operation.name === 'DeleteObjects' && call.client !== 'v2' ? onlyValue(call, 'Delete', null, sourceCode) : null;
  const entries = deleted && propertyOf(shapeOf(deleted, sourceCode), 'Objects');
  if (entries?.kind !== 'known') return [];
  return entries.values
    .flatMap((value) => elementsOf(value, sourceCode))
    .flatMap((entry) => (entry ? inShape(call, shapeOf(entry, sourceCode), { ...timedEntry, kind: 'directory' }) : []));
}

/** minio's `copyObject(bucket, key, source, conditions)`, where `conditions.setUnmodified(time)` was called before. */
function copyConditions(call: S3Call, sourceCode: SourceCode): TimedConditionUse[] {
  const conditions = call.node.arguments[3];
  const made = conditions ? madeAt(conditions, sourceCode) : null;
  if (!made) return [];
  const settings = bindingsOf(sourceCode).calls.filter((setting) => {
    const callee = unwrap(setting.callee);
    return callee.type === 'MemberExpression' && /^set(?:Unmodified|MatchETag)$/.test(methodName(setting) ?? '') && madeAt(callee.object, sourceCode) === made;
  });
  if (settings.some((setting) => methodName(setting) === 'setMatchETag')) return [];
  return settings.map((node) => ({ call, time: 'setUnmodified', etag: 'setMatchETag', kind: 'source', node, value: node.arguments[0] ? { node: node.arguments[0], frame: null } : null }));
}

/** minio's `copyObject(new CopySourceOptions({ MatchUnmodifiedSince }), target)`. */
function copySource(call: S3Call, sourceCode: SourceCode): TimedConditionUse[] {
  const [source] = call.node.arguments;
  const made = source ? madeAt(source, sourceCode) : null;
  const options = made?.type === 'NewExpression' ? made.arguments[0] : undefined;
  return options ? inShape(call, shapeOf({ node: options, frame: null }, sourceCode), { time: 'MatchUnmodifiedSince', etag: 'MatchETag', kind: 'source' }) : [];
}

/** The `new …` that an expression certainly stands for. */
function madeAt(node: Node, sourceCode: SourceCode): Node | null {
  const [only, ...others] = originsOf({ node, frame: null }, sourceCode);
  return only?.node.type === 'NewExpression' && only.path.length === 0 && others.length === 0 ? only.node : null;
}
