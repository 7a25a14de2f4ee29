import { bindingsOf } from '../calls/bindings.js';
import { isLeftOut, type Frame, type Place } from '../calls/frames.js';
import { originsOf, type Origin } from '../calls/origins.js';
import { perFile } from '../calls/per-file.js';
import { inputShape, type S3Call } from '../calls/s3-call.js';
import type { Reason } from '../calls/shapes.js';
import { isFunction, isNothing, propertyName, unwrap, type CallLike, type Node, type SourceCode } from '../calls/syntax.js';
import { meansCondition, speaksOfCondition } from '../s3/conditional-headers.js';

/** Whether a write or delete carries a condition: known, absent or unknown. */
export type Precondition =
  | { readonly kind: 'set' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly reason: Reason | 'middleware' };

/**
 * @param call a write or delete
 * @param frame the chain of calls it is seen from
 * @param sourceCode its file
 * @returns whether a condition is sent with it; one that may be unset counts as set (another rule looks at it)
 */
export function preconditionOf(call: S3Call, frame: Frame | null, sourceCode: SourceCode): Precondition {
  const shape = inputShape(call, frame, sourceCode);
  for (const [name, property] of shape.properties) {
    const counts = call.operation.preconditions.includes(name) || meansCondition(name);
    // `IfMatch: undefined` sends no header: the SDK drops it.
    if (counts && !property.values.every((value) => isUnset(value, sourceCode))) return { kind: 'set' };
  }
  if (shape.open !== null && shape.open !== 'typed') return { kind: 'unknown', reason: shape.open };
  if (setsConditionsItself(call, sourceCode)) return { kind: 'unknown', reason: 'middleware' };
  return { kind: 'absent' };
}

/**
 * Whether a value is sure to be `undefined`: spelt out, or left out by the caller from whom the write is seen. A caller that
 * hands over `null` says that it does without a condition this once: that is told where it undoes a guard.
 */
function isUnset(value: Place, sourceCode: SourceCode): boolean {
  if (isNothing(value.node)) return true;
  return value.frame !== null && originsOf(value, sourceCode).every((origin) => (isNothing(origin.node) && origin.node.type !== 'Literal') || lacksProperty(origin) || isLeftOutParameter(origin, sourceCode));
}

/** `put(key, body, {})` of a wrapper that sends `options.ifMatch`. */
const lacksProperty = ({ node, path }: Origin): boolean =>
  node.type === 'ObjectExpression' && path.length > 0 && node.properties.every((property) => property.type === 'Property' && propertyName(property) !== null && propertyName(property) !== path[0]);

function isLeftOutParameter({ node, frame }: Origin, sourceCode: SourceCode): boolean {
  const [definition, ...others] = bindingsOf(sourceCode).definitionsAt(node);
  return definition?.kind === 'parameter' && others.length === 0 && isLeftOut({ ...definition, path: [] }, frame);
}

/**
 * Whether a client or request adds conditions by itself: middleware that sets the header
 * (`client.middlewareStack.add(… headers['If-None-Match'] …)`, v2's `request.on('build', …)`), or a client made by
 * something that is named for it.
 */
function setsConditionsItself(call: S3Call, sourceCode: SourceCode): boolean {
  const owners = new Set<Node>([call.node]);
  for (const receiver of call.receivers) {
    for (const origin of originsOf({ node: receiver, frame: null }, sourceCode)) owners.add(origin.node);
    if (speaksOfCondition(sourceCode.getText(unwrap(receiver)))) return true;
  }
  const made = [...owners].some((owner) => owner !== call.node && /^(?:New|Call)Expression$/.test(owner.type) && speaksOfCondition(sourceCode.getText(owner)));
  return made || hooksOn(owners, sourceCode).some((hook) => speaksOfCondition(textWithFunctions(hook, sourceCode)));
}

/** The calls that hook into one of these objects. */
const hooksOn = (owners: ReadonlySet<Node>, sourceCode: SourceCode): readonly CallLike[] =>
  hooksOf(sourceCode).flatMap(({ hook, hooked }) => (originsOf({ node: hooked, frame: null }, sourceCode).some((origin) => owners.has(origin.node)) ? [hook] : []));

/** Every call that may hook into a client or request. */
const hooksOf = perFile((sourceCode): readonly { readonly hook: CallLike; readonly hooked: Node }[] =>
  bindingsOf(sourceCode).calls.flatMap((hook) => {
    const callee = unwrap(hook.callee);
    if (callee.type !== 'MemberExpression' || !/^(?:add|addRelativeTo|use|on)$/.test(propertyName(callee) ?? '')) return [];
    const object = unwrap(callee.object);
    return [{ hook, hooked: object.type === 'MemberExpression' && propertyName(object) === 'middlewareStack' ? object.object : object }];
  }),
);

/** The text of a call, with that of the functions of the file that it is given. */
function textWithFunctions(call: CallLike, sourceCode: SourceCode): string {
  const given = call.arguments.flatMap((argument) => originsOf({ node: argument, frame: null }, sourceCode).map((origin) => origin.node));
  return [call, ...given.filter(isFunction)].map((node) => sourceCode.getText(node)).join('\n');
}
