import type { TSESTree } from '@typescript-eslint/utils';

import { answeringCall } from '../../calls/answering-call.js';
import { bindingsOf } from '../../calls/bindings.js';
import { calledFunctions } from '../../calls/called-functions.js';
import type { Frame } from '../../calls/frames.js';
import { originsOf, type Origin } from '../../calls/origins.js';
import { propertyOf, shapeOf } from '../../calls/shapes.js';
import { childrenOf, contains, enclosingFunction, isFunction, unwrap, type Node, type SourceCode } from '../../calls/syntax.js';
import { speaksOfConflict } from '../../s3/conflict-names.js';
import type { SentCall } from './calls-behind-conflict.js';
import { isError } from '../trails/error-test.js';
import type { EndedTrail } from '../trails/trail.js';
import { truthOfGiven } from './dropped-condition.js';
import { guardsOf, type Guard } from '../guards.js';
import { callsRunBy } from '../run-calls.js';
import { truthOnTrail } from './truth-on-trail.js';

/**
 * Whether a call behind a conflict is its consequence alone: nobody else was asked in between. A parameter, an option of
 * the class, the answer of a person or of code that is not seen may have allowed it, and then nothing is said.
 *
 * @param sent a call that the trail sends
 * @param trail the way of the conflict
 * @param failedAt the guarded call, or the call that led to it, in the function that the trail is read in
 * @param sourceCode the file
 */
export function followsFromConflict(sent: SentCall, trail: EndedTrail, failedAt: Node, sourceCode: SourceCode): boolean {
  const { place } = sent;
  const sends = place.call.sentBy.length > 0 ? place.call.sentBy : [place.call.node];
  return sends.every((node) =>
    guardsOf(node, place.frame, sourceCode).every((guard) => guard.kind === 'attempt' || standsBefore(guard.test.node, failedAt) || leadsThere(guard, sent, trail, sourceCode)),
  );
}

/** A test that was passed before the guarded call was sent; both calls stand under it. */
function standsBefore(test: Node, failedAt: Node): boolean {
  if (contains(test, failedAt) || test.range[0] > failedAt.range[0]) return false;
  const owner = enclosingFunction(test);
  return !owner || contains(owner, failedAt);
}

/** Whether a test is passed because of the conflict, what S3 holds, what the calls were given, or how often it was tried. */
function leadsThere({ test, outcome }: Extract<Guard, { kind: 'test' }>, sent: SentCall, trail: EndedTrail, sourceCode: SourceCode): boolean {
  const given = test.frame ? truthOfGiven(test.node, test.frame, sourceCode) : null;
  if (given !== null) return outcome === null || given === outcome;
  // The trail went by the statements itself; the branches of an expression are looked at here.
  const decided = truthOnTrail(test.node, trail, sourceCode);
  if (typeof decided === 'boolean') return outcome === null || decided === outcome || test.node.parent?.type === 'IfStatement';
  return asksOnlyOf(test.node, test.frame, speaksOfConflict(sourceCode.getText(test.node)), sent, trail, sourceCode);
}

const maximumDepth = 8;

/**
 * Whether an expression is made of the error, of what became of it, of what S3 answered, of counts and of the clock.
 *
 * @param named whether words of the file may tell which error it was: `outcome === 'conflict'` does, `outcome === 'failed'` may mean another
 */
function asksOnlyOf(outer: Node, frame: Frame | null, named: boolean, sent: SentCall, trail: EndedTrail, sourceCode: SourceCode, depth = 0): boolean {
  const node = unwrap(outer);
  if (depth > maximumDepth) return false;
  const bindings = bindingsOf(sourceCode);
  const again = (inner: Node, at = frame): boolean => asksOnlyOf(inner, at, named, sent, trail, sourceCode, depth + 1);
  const all = (inner: readonly Node[]): boolean => inner.every((item) => again(item));
  switch (node.type) {
    case 'BinaryExpression':
      return isCount(node.left, sourceCode) || isCount(node.right, sourceCode) || all([node.left, node.right]);
    case 'CallExpression': {
      if (answeringCall(node, sourceCode)) return true;
      const called = calledFunctions(node, frame, sourceCode);
      // What a reader is given names the object.
      if (called.length > 0) return readsS3(node, frame, sourceCode) || (all(node.arguments) && called.every((inner) => bindings.returnsOf(inner).every((value) => again(value, frame))));
      const callee = unwrap(node.callee);
      if (callee.type === 'MemberExpression') return again(callee.object) && all(node.arguments);
      // `isStale(lock)` of another file: what answers at once asks nobody, unless its name says that it decides.
      return node.parent.type !== 'AwaitExpression' && !decides.test(sourceCode.getText(callee)) && node.arguments.length > 0 && all(node.arguments);
    }
    case 'Identifier':
      if (isError(node, trail, sourceCode) || isCount(node, sourceCode) || isOwnFlag(node, sent, sourceCode)) return true;
      if (bindings.isGlobal(node)) return neutral.test(node.name);
      return originsOf({ node, frame }, sourceCode).every((origin) => isOfConflict(origin, node));
    case 'MemberExpression': {
      // `error.name`, `current.ETag`, `outcome.kind`
      const origins = originsOf({ node, frame }, sourceCode);
      return origins.every((origin) => isOfConflict(origin, node));
    }
    case 'ThisExpression':
      return false;
    default:
      return !isFunction(node) && all(childrenOf(node, sourceCode));
  }

  function isOfConflict(origin: Origin, from: Node): boolean {
    const made = unwrap(origin.node);
    if (made.type === 'Literal' || made.type === 'TemplateLiteral') return named || (made.type === 'Literal' && (made.value === null || typeof made.value === 'boolean'));
    if (isError(made, trail, sourceCode)) return true;
    if (isCaught(made, sourceCode)) return named;
    // A parameter, an import, a loop's element: somebody else's.
    if (made === from || made.type === 'Identifier') return made.type === 'Identifier' && bindings.isGlobal(made) && neutral.test(made.name);
    if (made.type.startsWith('Import')) return false;
    if (made.type === 'MemberExpression') return again(made.object, origin.frame);
    return again(made, origin.frame);
  }
}

/**
 * A flag of the write that the function sets when it calls itself: `if (isConflict(error) && !force) return save(key, body, { force: true })`.
 * It asks whether that was done already. Who called without it did not allow it.
 */
function isOwnFlag(name: TSESTree.Identifier, { place, at }: SentCall, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  const [definition, ...others] = bindings.definitionsAt(name);
  if (definition?.kind !== 'parameter' || others.length > 0 || definition.path.length > 1) return false;
  if (!contains(definition.function, at) || !calledFunctions(at, null, sourceCode).includes(definition.function)) return false;
  const references = bindings.variableOf(name)?.references ?? [];
  if (!references.some(({ identifier }) => contains(place.call.node, identifier))) return false;
  const given = at.arguments[definition.index];
  if (!given || at.arguments.some(({ type }) => type === 'SpreadElement')) return false;
  const [property] = definition.path;
  if (property === undefined) return isTrue(given);
  const held = propertyOf(shapeOf({ node: given, frame: null }, sourceCode), property);
  return held.kind === 'known' && held.values.every(({ node }) => isTrue(node));
}

const isTrue = (node: Node): boolean => node.type === 'Literal' && node.value === true;

/** Globals that ask nobody: not `process.env`, not `window.confirm`. */
const neutral = /^(?:undefined|NaN|Infinity|Date|Math|Number|String|Boolean|JSON|Object|Array|Error|Buffer|TextDecoder|performance|parseInt|parseFloat|isNaN)$/;

const decides = /confirm|prompt|ask|force|overwr|replace|allow|may|should|can|want|choose|prefer|option|enabled|flag/i;

const readsS3 = (node: Node, frame: Frame | null, sourceCode: SourceCode): boolean => callsRunBy(node, frame, sourceCode).some(({ call }) => /^(?:read|check|list)$/.test(call.operation.effect));

/** The name of a caught error. */
const isCaught = (node: Node, sourceCode: SourceCode): boolean => bindingsOf(sourceCode).variableOf(node)?.defs.some((definition) => (definition.node as Node).type === 'CatchClause') ?? false;

/** A variable that is counted up or down, here or by a function that calls itself (`save(key, attempt + 1)`), or the clock. */
function isCount(outer: Node, sourceCode: SourceCode): boolean {
  const node = outer.type === 'UpdateExpression' ? outer.argument : unwrap(outer);
  if (/^(?:Date|performance)\.now\(\)/.test(sourceCode.getText(node))) return true;
  if (node.type !== 'Identifier') return false;
  return (bindingsOf(sourceCode).variableOf(node)?.references ?? []).some(({ identifier }) => {
    const { parent } = identifier;
    if (parent.type === 'UpdateExpression') return true;
    if (parent.type === 'AssignmentExpression') return parent.left === identifier && /^[-+]=$/.test(parent.operator);
    return parent.type === 'BinaryExpression' && /^[-+]$/.test(parent.operator) && (parent.parent.type === 'CallExpression' || parent.parent.type === 'Property');
  });
}
