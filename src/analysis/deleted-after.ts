import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from '../calls/bindings.js';
import { contextsOf } from '../calls/callers.js';
import type { Place } from '../calls/frames.js';
import { onlyValue, type S3Call } from '../calls/s3-call.js';
import { s3CallsOf } from '../calls/s3-calls.js';
import { contains, enclosingFunction, isFunction, methodName, type Node, type SourceCode } from '../calls/syntax.js';
import type { Settings } from '../facts/settings.js';
import { bodyCarriedBy } from './carried-body.js';
import { isDigestText } from './computed-etag.js';
import { copiesFrom } from './copy-source.js';
import { decisionOn } from './deciding-checks.js';
import { derivationOf } from './derivation.js';
import { alwaysLeaves, guardsOf } from './guards.js';
import { allowedWrite } from './object-name.js';
import { happensBefore } from './operation.js';
import { partingOf } from './parting.js';
import { preconditionOf } from './precondition.js';
import { sameObject, type CallPlace } from './same-object.js';
import { freshnessOf } from './unique-key.js';

/**
 * Deletes that rely on an earlier look at the object, and delete whatever is there by then.
 *
 * A DeleteObject without `IfMatch` or `VersionId` removes the current version, whichever it is.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
 */
export type DeletedAfter =
  /** What a read of the object said decided that it is deleted. */
  | { readonly kind: 'check'; readonly deletion: CallPlace; readonly earlier: CallPlace; readonly node: Node }
  /** The object was copied elsewhere before, in one piece or in parts. */
  | { readonly kind: 'copy'; readonly deletion: CallPlace; readonly earlier: CallPlace; readonly node: Node }
  /** Its body was read, and stored elsewhere by what came `earlier`. */
  | { readonly kind: 'download'; readonly deletion: CallPlace; readonly read: CallPlace; readonly earlier: CallPlace; readonly node: Node };

/**
 * @param call a delete
 * @param settings what the user declared
 * @param sourceCode its file
 * @returns the looks that it relies on: one, or one for each caller that gives it its input
 */
export function deletedAfter(call: S3Call, settings: Settings, sourceCode: SourceCode): readonly DeletedAfter[] {
  // A bulk delete has its conditions in each entry, and its keys from a listing.
  if (call.operation.name !== 'DeleteObject' || call.presigned) return [];
  const found = new Map<Node, DeletedAfter>();
  for (const frame of contextsOf(call.node, sourceCode)) {
    const deletion = { call, frame };
    if (preconditionOf(call, frame, sourceCode).kind !== 'absent' || allowedWrite(deletion, settings, sourceCode) === 'overwrite') continue;
    // What only this operation knows the name of, nobody else replaces.
    if (freshnessOf(call, frame, sourceCode) === 'unique' || isNamedByContent(deletion, sourceCode)) continue;
    const decision = decisionOn(deletion, sourceCode);
    const checked = decision?.kind === 'content' ? { kind: 'check' as const, earlier: decision.check } : null;
    // What was read and stored elsewhere is moved, whatever else was asked of it on the way.
    const relied = (checked ? null : copyBefore(deletion, sourceCode)) ?? downloadBefore(deletion, sourceCode) ?? checked;
    if (!relied) continue;
    // Where a function of the file deletes what it is told to, whoever told it relied on the look.
    const node = partingOf(relied.earlier, deletion).after;
    found.set(node, { ...relied, deletion: { ...deletion, told: node }, node });
  }
  return [...found.values()];
}

/** A key that is held against a hash of the content names it: whatever is stored there by then is the same. */
function isNamedByContent(deletion: CallPlace, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  const key = onlyValue(deletion.call, 'Key', deletion.frame, sourceCode);
  const variablesIn = (place: Place): readonly unknown[] => [...derivationOf(place, 'value', sourceCode).visited].flatMap((node) => bindings.variableOf(node) ?? []);
  const ofKey = new Set(key ? variablesIn(key) : []);
  return guardsOf(deletion.call.node, deletion.frame, sourceCode).some((guard) => {
    if (guard.kind !== 'test' || guard.test.node.type !== 'BinaryExpression' || !/^[!=]==?$/.test(guard.test.node.operator)) return false;
    const { left, right } = guard.test.node;
    const [one, other] = [left, right].map((node) => ({ node, frame: guard.test.frame }));
    const isHash = (hash: Place, name: Place): boolean => isDigestText(hash, sourceCode) && variablesIn(name).some((variable) => ofKey.has(variable));
    return one !== undefined && other !== undefined && (isHash(one, other) || isHash(other, one));
  });
}

/** The copy of the object that comes before its deletion: a move in two steps. */
function copyBefore(deletion: CallPlace, sourceCode: SourceCode): { readonly kind: 'copy'; readonly earlier: CallPlace } | null {
  const copies = s3CallsOf(sourceCode).filter(({ operation }) => operation.name === 'CopyObject' || operation.name === 'UploadPartCopy');
  const copy = placesOf(copies, sourceCode).find((place) => copiesFrom(place, deletion, sourceCode) && leadsTo(place, deletion, sourceCode));
  return copy && !isOwnBefore(copy, deletion, sourceCode) ? { kind: 'copy', earlier: copy } : null;
}

/** The write that stores what was read of the object under another name before its deletion: a move by way of the program. */
function downloadBefore(deletion: CallPlace, sourceCode: SourceCode): { readonly kind: 'download'; readonly read: CallPlace; readonly earlier: CallPlace } | null {
  for (const write of placesOf(writesOf(sourceCode), sourceCode)) {
    if (!leadsTo(write, deletion, sourceCode) || sameObject(write, deletion, sourceCode)) continue;
    const read = bodyCarriedBy(write, sourceCode);
    if (read && sameObject(read, deletion, sourceCode) && leadsTo(read, write, sourceCode) && !isOwnBefore(read, deletion, sourceCode)) return { kind: 'download', read, earlier: write };
  }
  return null;
}

/** Whether this very operation put there what it then copies to its place: that is nobody else's. */
const isOwnBefore = (earlier: CallPlace, deletion: CallPlace, sourceCode: SourceCode): boolean =>
  placesOf(writesOf(sourceCode), sourceCode).some((write) => write.call !== earlier.call && sameObject(write, deletion, sourceCode) && leadsTo(write, earlier, sourceCode));

const writesOf = (sourceCode: SourceCode): readonly S3Call[] => s3CallsOf(sourceCode).filter(({ operation, presigned }) => operation.effect === 'write' && !presigned);

const placesOf = (calls: readonly S3Call[], sourceCode: SourceCode): readonly CallPlace[] =>
  calls.flatMap((call) => contextsOf(call.node, sourceCode).map((frame) => ({ call, frame })));

/** Whether one call comes before another in the same operation, and not only instead of it. */
function leadsTo(earlier: CallPlace, later: CallPlace, sourceCode: SourceCode): boolean {
  const { before, after } = partingOf(earlier, later);
  const isArgument = contains(after, before) && enclosingFunction(after) === enclosingFunction(before);
  return isArgument || (happensBefore(before, after, sourceCode) && goesOnTo(before, after));
}

/** Whether what stands after a place is still reached from there: it is no other branch, and nothing leaves between. */
function goesOnTo(before: Node, after: Node): boolean {
  for (let inner = before, outer = before.parent; outer && !contains(inner, after); inner = outer, outer = outer.parent) {
    if (contains(outer, after)) return !isOtherBranch(outer, inner, after);
    // A callback has run where the call that it is given to was waited for.
    if (isFunction(outer)) return isWaitedFor(outer) || outer.parent.type !== 'CallExpression' || isFollowedBy(outer.parent, after);
    // What a callback returns goes to what called it.
    if (alwaysLeaves(outer) && !(outer.parent && isFunction(outer.parent) && outer.parent.parent.type === 'CallExpression')) return false;
  }
  return true;
}

/** Whether two parts of a statement exclude one another: the branches of a test, the attempt and what follows its failure. */
function isOtherBranch(statement: Node, before: Node, after: Node): boolean {
  switch (statement.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return before !== statement.test;
    case 'SwitchStatement':
      return before !== statement.discriminant;
    case 'TryStatement':
      return statement.handler !== null && contains(statement.handler, after);
    default:
      return false;
  }
}

/** `get().then(store).then(remove)`: what `.then` is given runs when all before it has succeeded. */
function isFollowedBy(call: TSESTree.CallExpression, after: Node): boolean {
  for (let chained = call; methodName(chained) === 'then'; ) {
    const member = chained.parent;
    const next = member.type === 'MemberExpression' && member.object === chained && member.parent.type === 'CallExpression' ? member.parent : null;
    const [handler] = next && methodName(next) === 'then' ? next.arguments : [];
    if (!next || !handler) return false;
    if (contains(handler, after)) return true;
    chained = next;
  }
  return false;
}

function isWaitedFor(callback: Node): boolean {
  for (let outer = callback.parent; outer && !isFunction(outer); outer = outer.parent) {
    if (outer.type === 'AwaitExpression') return true;
  }
  return false;
}
