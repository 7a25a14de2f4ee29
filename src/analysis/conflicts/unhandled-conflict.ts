import { bindingsOf } from '../../calls/bindings.js';
import { contextsOf } from '../../calls/callers.js';
import { originsOf, type Origin } from '../../calls/origins.js';
import { inputShape, type S3Call } from '../../calls/s3-call.js';
import { isNothing, propertyName, type FunctionNode, type SourceCode } from '../../calls/syntax.js';
import { conflictTrailsOf } from '../trails/conflict-trails.js';
import type { EndedTrail } from '../trails/trail.js';
import { isThrownByContract } from './documented-throws.js';
import { preconditionOf } from '../precondition.js';
import { retryCallsOf } from '../retries/retry-call.js';
import { freshnessOf } from '../unique-key.js';
import { isCalledByUnseen } from './unseen-caller.js';
import { conflictsOf } from './conflicting-call.js';

/** Where a conflict goes that nobody handles. */
export type UnhandledConflict =
  /** Out of a function, to whoever calls it. */
  | { readonly kind: 'thrown'; readonly from: FunctionNode }
  /** Out of the module: the program ends. */
  | { readonly kind: 'uncaught' }
  /** Nobody waits for the promise. */
  | { readonly kind: 'floating' };

/**
 * @param call a write
 * @param sourceCode its file
 * @returns where its conflict goes, when it is handled nowhere in the file; null where it is handled, documented, left to
 *   somebody who is not seen, or where it cannot be followed
 */
export function unhandledConflictOf(call: S3Call, sourceCode: SourceCode): UnhandledConflict | null {
  if (call.presigned || preconditionOf(call, null, sourceCode).kind !== 'set' || isAskedForByCaller(call, sourceCode)) return null;
  if (isSentAgain(call, sourceCode)) return null;
  // A key of its own meets nobody.
  if (contextsOf(call.node, sourceCode).every((frame) => freshnessOf(call, frame, sourceCode) === 'unique')) return null;
  const trails = conflictsOf(call).flatMap((conflict) => conflictTrailsOf(call, conflict, 'callers', sourceCode));
  const [first] = trails;
  if (!first || !trails.every((trail) => goesUnhandled(trail, call, sourceCode)) || isThrownByContract(first.failed, sourceCode)) return null;
  if (trails.some(({ end }) => end.kind === 'floats')) return { kind: 'floating' };
  const from = trails.map(({ end }) => (end.kind === 'leaves' ? end.from : null)).find((left) => left !== null);
  return from ? { kind: 'thrown', from } : { kind: 'uncaught' };
}

/** Whether the client that sends it has a retry strategy of the file's own, which was asked about its errors. */
const isSentAgain = ({ receivers }: S3Call, sourceCode: SourceCode): boolean =>
  retryCallsOf(sourceCode).some(({ client }) => client !== null && receivers.some((receiver) => originsOf({ node: receiver, frame: null }, sourceCode).some(({ node }) => node === client)));

function goesUnhandled({ end, handlers }: EndedTrail, { client }: S3Call, sourceCode: SourceCode): boolean {
  if (handlers.length > 0) return false;
  // Without a callback aws-sdk v2 sends nothing.
  if (end.kind === 'floats') return client !== 'v2' && client !== 'lent';
  return end.kind === 'leaves' && (end.from === null || !isCalledByUnseen(end.from, sourceCode));
}

/** Whether every condition is an option that the caller may leave out: who asks for it handles its conflict. */
function isAskedForByCaller(call: S3Call, sourceCode: SourceCode): boolean {
  return contextsOf(call.node, sourceCode).every((frame) =>
    [...inputShape(call, frame, sourceCode).properties].every(
      ([name, { values, always }]) =>
        !call.operation.preconditions.includes(name) || values.every((value) => originsOf(value, sourceCode).every((origin) => isLeftOut(origin) || isOption(origin, always, sourceCode))),
    ),
  );
}

/** `undefined`, or what `options = {}` does not hold. */
const isLeftOut = ({ node, path }: Origin): boolean => isNothing(node) || (node.type === 'ObjectExpression' && path.length > 0);

function isOption({ node, path }: Origin, always: boolean, sourceCode: SourceCode): boolean {
  const [definition] = bindingsOf(sourceCode).definitionsAt(node);
  if (node.type !== 'Identifier' || definition?.kind !== 'parameter') return false;
  if (path.length > 0 || !always || definition.fallback || node.optional) return true;
  const parameter = definition.function.params[definition.index];
  const [property] = definition.path;
  if (parameter?.type === 'AssignmentPattern') return true;
  const type = parameter?.type === 'ObjectPattern' ? parameter.typeAnnotation?.typeAnnotation : null;
  return type?.type === 'TSTypeLiteral' && type.members.some((member) => member.type === 'TSPropertySignature' && member.optional && propertyName(member) === property);
}
