import { bindingsOf } from '../calls/bindings.js';
import type { Frame } from '../calls/origins.js';
import { inputShape, type S3Call } from '../calls/s3-call.js';
import type { Reason } from '../calls/shapes.js';
import { isNothing, methodName, unwrap, type Node, type SourceCode } from '../calls/syntax.js';
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
    if (counts && !property.values.every((value) => isNothing(value.node))) return { kind: 'set' };
  }
  if (shape.open !== null) return { kind: 'unknown', reason: shape.open };
  if (call.receivers.some((receiver) => setsConditions(receiver, sourceCode))) return { kind: 'unknown', reason: 'middleware' };
  return { kind: 'absent' };
}

/**
 * Whether a client adds conditions by itself: middleware that sets the header
 * (`client.middlewareStack.add(… headers['If-None-Match'] …)`), or a client made by something that is named for it.
 */
function setsConditions(receiver: Node, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  const client = unwrap(receiver);
  const variable = client.type === 'Identifier' ? bindings.variableOf(client) : null;
  if (!variable) return speaksOfCondition(sourceCode.getText(client));
  const made = bindings.definitionsOf(variable).map((definition) => definition.node);
  const hooked = variable.references.flatMap(({ identifier }) => {
    const member = identifier.parent;
    const call = member.parent?.parent;
    return member.type === 'MemberExpression' && call?.type === 'CallExpression' && /^(?:add|addRelativeTo|use)$/.test(methodName(call) ?? '') ? [call] : [];
  });
  return [...made.filter((node) => node.type === 'VariableDeclarator' || node.type === 'AssignmentExpression'), ...hooked].some((node) =>
    speaksOfCondition(sourceCode.getText(node)),
  );
}
