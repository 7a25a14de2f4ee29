import type { TSESTree } from '@typescript-eslint/utils';

import type { TimedConditionUse } from '../analysis/timed-condition.js';
import { answeringCall } from '../calls/answering-call.js';
import type { Place } from '../calls/frames.js';
import { originsOf } from '../calls/origins.js';
import type { S3Call } from '../calls/s3-call.js';
import { propertyName, unwrap, type Node, type SourceCode } from '../calls/syntax.js';
import type { Edit } from './add-condition.js';
import { boundResponse } from './bound-response.js';

/** What a response calls the time of the last change, and the ETag beside it; minio has names of its own. */
const etags: Readonly<Record<string, string>> = { LastModified: 'ETag', lastModified: 'etag' };

/**
 * Puts the ETag of a response where its time was sent as a condition.
 *
 * @param use a condition by time
 * @param sourceCode its file
 * @returns the line of the call that answered with both, and the edit; null where the time is not certainly that of a
 *   response whose ETag can be named here
 */
export function etagForTime(use: TimedConditionUse, sourceCode: SourceCode): { readonly line: number; readonly edit: NonNullable<Edit> } | null {
  // The ETag of a look right before a write would guard nothing: the body may be older.
  if (!use.value || (use.kind === 'dropped' && use.call.operation.effect === 'write')) return null;
  const answer = answerOf(use.value, sourceCode);
  const { node: value } = use.value;
  const member = unwrap(value);
  if (!answer) return null;
  const line = answer.call.node.loc.start.line;
  if (member.type === 'MemberExpression' && member.object.type === 'Identifier' && propertyName(member) === answer.time && isWhole({ node: member.object, frame: use.value.frame }, sourceCode)) {
    const edit = replaced(use, value, `${member.object.name}${member.optional ? '?.' : '.'}${answer.etag}`, sourceCode);
    return edit && { line, edit };
  }
  const response = boundResponse(answer.call, answer.etag, value, sourceCode);
  const edit = response && !response.optional ? replaced(use, value, response.expression, sourceCode) : null;
  return response && edit && { line, edit: (fixer) => [...response.edit(fixer), ...edit(fixer)] };
}

/** The call whose response holds a time as its `LastModified`. */
function answerOf(value: Place, sourceCode: SourceCode): { call: S3Call; time: string; etag: string } | null {
  const [origin, ...others] = originsOf(value, sourceCode);
  const [time, ...below] = origin?.path ?? [];
  const etag = time === undefined || !Object.hasOwn(etags, time) ? undefined : etags[time];
  if (!origin || time === undefined || etag === undefined || others.length > 0 || below.length > 0) return null;
  const call = answeringCall(origin.node, sourceCode);
  return call && /^(?:read|check)$/.test(call.operation.effect) ? { call, time, etag } : null;
}

/** Whether a name stands for a response, and not for an object that was given its time alone. */
const isWhole = (place: Place, sourceCode: SourceCode): boolean =>
  originsOf(place, sourceCode).every(({ node, path }) => path.length === 0 && answeringCall(node, sourceCode) !== null);

/** Names the ETag's property, and gives it the ETag; comments stay where they are, or nothing is edited. */
function replaced({ node, etag }: TimedConditionUse, value: Node, expression: string, sourceCode: SourceCode): Edit {
  const name = nameIn(node);
  const isWhole = node.type === 'Property' && (node.shorthand || expression === etag);
  // What stands behind it under the name of the ETag would win.
  if (node.parent?.type === 'ObjectExpression' && node.parent.properties.some((given) => given.type === 'Property' && propertyName(given) === etag)) return null;
  if (!name || sourceCode.getCommentsInside(isWhole ? node : value).length > 0) return null;
  if (isWhole) {
    return (fixer) => [fixer.replaceText(node, expression === etag ? etag : `${etag}: ${expression}`)];
  }
  return (fixer) => [fixer.replaceText(name, etag), fixer.replaceText(value, expression)];
}

/** The name in `{ name: value }`, `input.name = value` or `conditions.name(value)`. */
function nameIn(node: Node): Node | null {
  if (node.type === 'Property') return node.computed ? null : node.key;
  const target: TSESTree.Node | null = node.type === 'AssignmentExpression' ? node.left : node.type === 'CallExpression' ? node.callee : null;
  return target?.type === 'MemberExpression' && !target.computed ? target.property : null;
}
