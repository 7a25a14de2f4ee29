import { answeringCall } from '../calls/answering-call.js';
import { bindingsOf } from '../calls/bindings.js';
import { contextsOf } from '../calls/callers.js';
import { argumentFor, type Frame, type Place } from '../calls/frames.js';
import { originsOf } from '../calls/origins.js';
import { inputProperty, inputShape, type S3Call } from '../calls/s3-call.js';
import { contains, enclosingFunction, isFunction, methodName, propertyName, walk, wrapped, type Node, type SourceCode } from '../calls/syntax.js';
import { meansCondition } from '../s3/conditional-headers.js';
import { answeredETag } from './answered-etag.js';
import { decisionOn } from './deciding-checks.js';
import { derivationOf } from './derivation.js';
import { happensBefore } from './operation.js';
import { sameObject, type CallPlace } from './same-object.js';

/** An ETag that says nothing of the version that the body was made from. */
export type UnrelatedETag = {
  readonly write: CallPlace;
  /** The value of the condition. */
  readonly value: Node;
  /** The read that gave the ETag. */
  readonly read: CallPlace;
} & (
  | { readonly kind: 'later-read'; readonly body: CallPlace } // the body comes from an older read
  | { readonly kind: 'outside-body' } // the body was made before the read
);

/**
 * @param call a write
 * @param sourceCode its file
 * @returns its ETag, where another version may lie between the body and it. An ETag that is older than the body can only
 *   fail more often.
 */
export function unrelatedETagOf(call: S3Call, sourceCode: SourceCode): UnrelatedETag | null {
  for (const frame of contextsOf(call.node, sourceCode)) {
    for (const name of ['IfMatch', 'DestinationIfMatch']) {
      const property = inputProperty(call, name, frame, sourceCode);
      for (const value of property.kind === 'known' ? property.values : []) {
        const found = judge({ call, frame }, value, sourceCode);
        if (found) return found;
      }
    }
  }
  return null;
}

function judge(write: CallPlace, value: Place, sourceCode: SourceCode): UnrelatedETag | null {
  const { answers, isWhole } = answeredETag(value, sourceCode);
  const body = inputProperty(write.call, 'Body', write.frame, sourceCode);
  if (!isWhole || answers.length === 0 || body.kind !== 'known') return null;
  if (!answers.every((answer) => /^(?:read|check)$/.test(answer.call.operation.effect) && sameObject(write, answer, sourceCode))) return null;
  // What is asked for under a condition is the version that the condition names.
  const read = answers.find((answer) => !isPinned(answer, sourceCode) && isReadFor(write, answer, sourceCode));
  if (!read) return null;
  const sources = body.values.flatMap((part) => derivationOf(part, 'value', sourceCode).calls);
  const reads = sources.filter((source) => source.call.operation.effect === 'read' && sameObject(write, source, sourceCode));
  if (reads.length > 0) {
    const older = answers.some((answer) => reads.some((source) => source.call === answer.call)) ? undefined : reads.find((source) => comesBefore(source, read, sourceCode));
    return older ? { kind: 'later-read', write, value: value.node, read, body: older } : null;
  }
  if (sources.length > 0 || !body.values.some((part) => isFromOutside(part, read, write, sourceCode)) || tellsMore(read, sourceCode)) return null;
  return isLookedAt(write, read, sourceCode) ? null : { kind: 'outside-body', write, value: value.node, read };
}

/** Whether a read is made for a write: before it in the same operation, or for its very input. */
function isReadFor(write: CallPlace, read: CallPlace, sourceCode: SourceCode): boolean {
  const [earlier, later] = [read, write].map(({ call, frame }) => outermost(frame) ?? call.node);
  if (!earlier || !later) return false;
  if (contains(later, earlier)) return true;
  const operation = enclosingFunction(earlier);
  // Two functions of one closure are two operations.
  return (operation === null || contains(operation, later)) && happensBefore(earlier, later, sourceCode);
}

const isPinned = ({ call, frame }: CallPlace, sourceCode: SourceCode): boolean =>
  ['IfMatch', 'VersionId', 'IfNoneMatch'].some((name) => inputProperty(call, name, frame, sourceCode).kind !== 'absent');

/** Whether one read answers before another is sent; those that are sent together come in any order. */
function comesBefore(one: CallPlace, other: CallPlace, sourceCode: SourceCode): boolean {
  const [earlier, later] = [one, other].map(({ call, frame }) => outermost(frame) ?? call.node);
  return earlier !== undefined && later !== undefined && happensBefore(earlier, later, sourceCode) && !areSentTogether(earlier, later);
}

const outermost = (frame: Frame | null): Node | null => (frame ? (outermost(frame.caller) ?? frame.call) : null);

function areSentTogether(one: Node, other: Node): boolean {
  for (let outer = one.parent; outer; outer = outer.parent) {
    if (outer.type === 'CallExpression' && /^(?:all|allSettled)$/.test(methodName(outer) ?? '') && contains(outer, other)) return true;
  }
  return false;
}

/** Whether a value holds what a caller handed in before a read. */
function isFromOutside(part: Place, read: CallPlace, write: CallPlace, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  return [...derivationOf(part, 'value', sourceCode).visited].some(
    (node) =>
      !isAskedWith(node, read.call.node, write) &&
      bindings.definitionsAt(node).some((definition) => definition.kind === 'parameter' && argumentFor(definition, part.frame) === null && !isOfCallback(definition.function)),
  );
}

/** `await load(id)` behind a read: what it answers with was made after that. */
function isAskedWith(node: Node, read: Node, write: CallPlace): boolean {
  for (let inner = node, outer = node.parent; outer && !isFunction(outer); inner = outer, outer = outer.parent) {
    if (contains(outer, write.call.node) || leadsTo(write.frame, outer)) return false;
    if (outer.type === 'CallExpression' && outer.callee !== inner && wrapped(outer) !== outer && outer.range[0] > read.range[0]) return true;
  }
  return false;
}

/** Whether a call is one of those that lead to a place. */
const leadsTo = (frame: Frame | null, call: Node): boolean => frame !== null && (frame.call === call || leadsTo(frame.caller, call));

/** Whether more than the ETag of an answer is used: then the body may be made of it in a way that is not seen. */
function tellsMore({ call }: CallPlace, sourceCode: SourceCode): boolean {
  const isAnswer = (node: Node): boolean => originsOf({ node, frame: null }, sourceCode).some((origin) => origin.path.length === 0 && answeringCall(origin.node, sourceCode) === call);
  let more = false;
  walk(sourceCode.ast, sourceCode, (node) => {
    if (more) return false;
    if (node.type === 'MemberExpression' && saysMore(propertyName(node))) more = isAnswer(node.object);
    else if (node.type === 'VariableDeclarator' && node.id.type === 'ObjectPattern' && node.init) more = node.id.properties.some((property) => property.type === 'RestElement' || saysMore(propertyName(property))) && isAnswer(node.init);
    else if (node.type === 'CallExpression') more = node.arguments.some((argument) => argument.type === 'Identifier' && isAnswer(argument)) && !/log|console|debug/i.test(sourceCode.getText(node.callee));
    return undefined;
  });
  return more;
}

/** Properties of an answer that tell what is stored. */
const saysMore = (name: string | null): boolean => name === null || /^(?:Body|Metadata|LastModified|ContentLength|ContentType|Checksum\w*|ObjectSize|metaData|lastModified|size|Expires\w*)$/.test(name);

/** `rows.map((row) => …)`: what a function inside is called with is made here. */
const isOfCallback = (node: Node): boolean => node.parent?.type === 'CallExpression' && node.parent.callee !== node;

/** Whether what a read said decides on the write, or goes into it: then the write is made for that version. */
function isLookedAt(write: CallPlace, read: CallPlace, sourceCode: SourceCode): boolean {
  const decision = decisionOn(write, sourceCode);
  if (decision?.kind === 'content' && decision.check.call === read.call) return true;
  return [...inputShape(write.call, write.frame, sourceCode).properties].some(
    ([name, { values }]) =>
      !meansCondition(name) && !/IfMatch$|IfNoneMatch$/.test(name) && name !== 'Bucket' && name !== 'Key' && values.some((value) => derivationOf(value, 'value', sourceCode).calls.some(({ call }) => call === read.call)),
  );
}
