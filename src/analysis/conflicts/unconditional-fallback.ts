import { callersOf } from '../../calls/callers.js';
import { enter } from '../../calls/frames.js';
import { perFile } from '../../calls/per-file.js';
import { inputShape, type S3Call } from '../../calls/s3-call.js';
import { s3CallsOf } from '../../calls/s3-calls.js';
import { contains, enclosingFunction, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import { callsBehind, type SentCall } from './calls-behind-conflict.js';
import { followsFromConflict } from './conflict-consequence.js';
import { conflictTrailsOf, successTrailsOf } from '../trails/conflict-trails.js';
import { heldOf } from '../trails/error-test.js';
import type { EndedTrail } from '../trails/trail.js';
import { dropsItsConditions } from './dropped-condition.js';
import { preconditionOf } from '../precondition.js';
import { sameObject, type CallPlace } from '../same-object.js';
import { conflictsOf } from './conflicting-call.js';

/** A write or delete that undoes the guard of another one, which ended in a conflict. */
export type UnconditionalFallback =
  /** Another call, without a condition; or the guarded one, called again without it. */
  | { readonly kind: 'sent'; readonly node: Node; readonly guarded: CallPlace; readonly again: CallPlace }
  /** The next turn of a loop, for which the condition was cleared. */
  | { readonly kind: 'next turn'; readonly node: Node; readonly guarded: CallPlace; readonly again: CallPlace };

/**
 * @param sourceCode a file
 * @returns what is sent without a condition after S3 refused the same object's guarded write or delete, in source order
 */
export const unconditionalFallbacksOf: (sourceCode: SourceCode) => readonly UnconditionalFallback[] = perFile((sourceCode) => {
  const found = new Map<Node, UnconditionalFallback>();
  for (const call of s3CallsOf(sourceCode)) {
    if (call.presigned || !isGuarded(call, sourceCode)) continue;
    for (const trail of conflictsOf(call).flatMap((conflict) => conflictTrailsOf(call, conflict, 'callers', sourceCode))) {
      for (const fallback of [...fallbacksOn(trail, call, sourceCode), ...clearedTurn(trail, call, sourceCode)]) {
        if (!found.has(fallback.node)) found.set(fallback.node, fallback);
      }
    }
  }
  return [...found.values()].sort((one, other) => one.node.range[0] - other.node.range[0]);
});

/** Whether a call that stands for writes and deletes is sent with a condition. */
function isGuarded(call: S3Call, sourceCode: SourceCode): boolean {
  if (!/^(?:write|delete)$/.test(call.operation.effect) || inputShape(call, null, sourceCode).properties.has('VersionId')) return false;
  const precondition = preconditionOf(call, null, sourceCode);
  return precondition.kind === 'set' || (precondition.kind === 'unknown' && precondition.reason === 'middleware');
}

/** Where a guarded call is seen from: its own function, and those that call it. */
interface View {
  readonly place: CallPlace;
  readonly at: Node;
}

const maximumViews = 12;

function viewsOf(call: S3Call, sourceCode: SourceCode): readonly View[] {
  const views: View[] = (call.sentBy.length > 0 ? call.sentBy : [call.node]).map((at) => ({ place: { call, frame: null }, at }));
  for (const { place, at } of views) {
    if (views.length > maximumViews || place.frame?.caller) continue;
    for (let owner = enclosingFunction(at); owner; owner = enclosingFunction(owner)) {
      for (const caller of callersOf(owner, sourceCode)) {
        const outer = enter(owner, caller, null);
        views.push({ place: { call, frame: place.frame ? enter(place.frame.function, place.frame.call, outer) : outer }, at: caller });
      }
    }
  }
  return views;
}

function fallbacksOn(trail: EndedTrail, call: S3Call, sourceCode: SourceCode): readonly UnconditionalFallback[] {
  return viewsOf(call, sourceCode).flatMap(({ place: guarded, at }) => {
    if (dropsItsConditions(guarded, sourceCode)) return [];
    const reader = enclosingFunction(at);
    return callsBehind(trail, reader, sourceCode).flatMap((sent): readonly UnconditionalFallback[] => {
      const { place: again } = sent;
      if (!undoes(again, guarded, sourceCode) || !followsFromConflict(sent, trail, at, sourceCode) || isSentAnyway(sent, call, reader, sourceCode)) return [];
      const node = placeOf(sent, guarded, sourceCode);
      // What is sent in a function of its own knows nothing of the names around the guarded call.
      return [{ kind: 'sent', node, guarded: node === again.call.node ? guarded : { ...guarded, told: node }, again: { ...again, told: node } }];
    });
  });
}

/** Whether a call does without a condition what another one was refused. */
function undoes(again: CallPlace, guarded: CallPlace, sourceCode: SourceCode): boolean {
  const { effect } = again.call.operation;
  if (effect !== 'write' && (effect !== 'delete' || guarded.call.operation.effect !== 'delete')) return false;
  const isBlind = preconditionOf(again.call, again.frame, sourceCode).kind === 'absent' || dropsItsConditions(again, sourceCode);
  return isBlind && sameObject(again, guarded, sourceCode);
}

/** What is sent after a success too is no fallback. */
const isSentAnyway = ({ at }: SentCall, call: S3Call, reader: FunctionNode | null, sourceCode: SourceCode): boolean =>
  successTrailsOf(call, sourceCode).some((trail) => callsBehind(trail, reader, sourceCode).some((sent) => sent.at === at));

/** The call of S3; where it sends a condition at other times, the call that leads to it this time. */
function placeOf({ place: { call }, at }: SentCall, guarded: CallPlace, sourceCode: SourceCode): Node {
  const owner = enclosingFunction(guarded.call.node);
  const isShared = preconditionOf(call, null, sourceCode).kind !== 'absent' || (owner !== null && contains(owner, call.node) && !contains(owner, at)) || call === guarded.call;
  return isShared && !call.sentBy.includes(at) ? at : call.node;
}

/** `etag = undefined; continue;` */
function clearedTurn(trail: EndedTrail, call: S3Call, sourceCode: SourceCode): readonly UnconditionalFallback[] {
  const { end } = trail;
  if (end.kind !== 'again' || !contains(end.loop, call.node)) return [];
  const place = { call, frame: null };
  const cleared = trail.steps.find((step) => step.type === 'ExpressionStatement' && step.expression.type === 'AssignmentExpression' && contains(end.loop, step));
  if (!cleared || dropsItsConditions(place, sourceCode)) return [];
  const isCleared = dropsItsConditions(place, sourceCode, (node) => {
    const held = node.type === 'Identifier' && staysUntilWrite(node, trail, end.loop, sourceCode) ? heldOf(node, trail, sourceCode) : null;
    return held?.kind === 'truth' ? held.truth : null;
  });
  return isCleared ? [{ kind: 'next turn', node: call.node, guarded: place, again: place }] : [];
}

/** Whether a variable keeps over the turn what the trail gave it: it is made outside of the loop, and given nothing else inside. */
function staysUntilWrite(name: Node, trail: EndedTrail, loop: Node, sourceCode: SourceCode): boolean {
  const variable = sourceCode.scopeManager ? sourceCode.getScope(name).references.find(({ identifier }) => identifier === name)?.resolved : null;
  if (!variable || variable.identifiers.some((identifier) => contains(loop, identifier))) return false;
  return variable.references.every((reference) => !reference.isWrite() || !contains(loop, reference.identifier) || trail.steps.some((step) => contains(step, reference.identifier)));
}
