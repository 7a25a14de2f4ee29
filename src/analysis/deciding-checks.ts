import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from '../calls/bindings.js';
import { calledFunctions } from '../calls/called-functions.js';
import { enter, framesDeep, isOpen, type Frame, type Place } from '../calls/frames.js';
import { originsOf, type Origin } from '../calls/origins.js';
import { onlyValue } from '../calls/s3-call.js';
import { s3CallAt } from '../calls/s3-calls.js';
import { calledName, isFunction, isNothing, literalText, methodName, propertyName, unwrap, type Node, type SourceCode } from '../calls/syntax.js';
import { bucketChecks } from '../s3/operations.js';
import { derivationOf } from './derivation.js';
import { guardsOf } from './guards.js';
import { outcomesOf } from './outcomes.js';
import { readsContent } from './parsed-test.js';
import { sameBucket, sameObject, type CallPlace } from './same-object.js';

/** What decided that a write runs. */
export type Decision =
  /** That the object is not there; `certain` where it is beyond doubt that this is what the check was asked. */
  | { readonly kind: 'missing'; readonly check: CallPlace; readonly certain: boolean }
  /** What the object holds: a version, a time, a value. */
  | { readonly kind: 'content'; readonly check: CallPlace }
  /** The key was worked out from a listing: the largest number + 1. */
  | { readonly kind: 'next-key'; readonly check: CallPlace };

/**
 * @param write a write, or the creation of a bucket
 * @param sourceCode its file
 * @returns the read of the same object that decides whether it runs; null where none does, or where it runs because the
 *   object *is* there: that is no create
 */
export function decisionOn(write: CallPlace, sourceCode: SourceCode): Decision | null {
  const isSubject = (check: CallPlace): boolean => {
    const { effect, name } = check.call.operation;
    if (write.call.operation.effect === 'create-bucket') {
      return bucketChecks.has(name) && (name === 'ListBuckets' || sameBucket(write, check, sourceCode));
    }
    return /^(?:read|check|list)$/.test(effect) && !bucketChecks.has(name) && sameObject(write, check, sourceCode);
  };
  const found: Decision[] = [];
  let there = false;
  for (const node of [write.call.node, ...write.call.sentBy]) {
    for (const guard of guardsOf(node, write.frame, sourceCode)) {
      if (guard.kind === 'attempt') {
        const check = guard.calls.find(isSubject);
        if (check && guard.failed) found.push({ kind: 'missing', check, certain: guard.alone });
        continue;
      }
      for (const operand of operandsOf(guard.test, guard.outcome, sourceCode)) {
        if (neverTells(operand, sourceCode)) continue;
        const asked = [operand, ...testsBehind(operand, sourceCode)]
          .filter((test) => tellsContent(test, sourceCode) || (write.call.operation.effect === 'delete' && readsContent(test, sourceCode)))
          .flatMap((test) => derivationOf(test, 'value', sourceCode).calls)
          .filter(isSubject);
        const read = asked.find((check) => holdsVersion.test(check.call.operation.name));
        // What tags hold is no question of existence, and comes with no ETag that could be sent.
        if (!read && asked.some((check) => check.call.operation.name === 'GetObjectTagging')) return null;
        if (read && sparesWrite(operand, write, sourceCode)) continue;
        if (read) return { kind: 'content', check: read };
        if (!guard.alone) continue;
        const check = derivationOf(operand, 'decision', sourceCode).calls.find(isSubject);
        if (!check) continue;
        const sign = signOfExistence(operand, sourceCode);
        if (sign !== null && operand.outcome !== null && sign === operand.outcome) there = true;
        else found.push({ kind: 'missing', check, certain: sign !== null && operand.outcome !== null });
      }
    }
  }
  // A test that says "it is there" speaks louder than another that says nothing for sure.
  const certain = found.find((decision) => decision.kind === 'missing' && decision.certain);
  return certain ?? (there ? null : found[0]) ?? nextKey(write, sourceCode);
}

/**
 * Whether a test only spares a write that would change nothing: `if (head.Metadata.hash === hashOf(body)) return;`. Who
 * reads again after a conflict writes the same again, so a condition would guard nothing.
 */
function sparesWrite({ node, frame, outcome }: Operand, write: CallPlace, sourceCode: SourceCode): boolean {
  if (node.type !== 'BinaryExpression' || !/^[!=]==?$/.test(node.operator) || outcome !== node.operator.startsWith('!')) return false;
  const bindings = bindingsOf(sourceCode);
  const variablesOf = (place: Place): readonly unknown[] => [...derivationOf(place, 'value', sourceCode).visited].flatMap((inner) => bindings.variableOf(inner) ?? []);
  const body = onlyValue(write.call, 'Body', write.frame, sourceCode);
  const written = new Set(body ? variablesOf(body) : []);
  return [node.left, node.right].some((side) => {
    const place = { node: side, frame };
    return derivationOf(place, 'value', sourceCode).calls.length === 0 && variablesOf(place).some((variable) => written.has(variable));
  });
}

/** Reads that tell the version of an object: its body, its ETag, its time, its metadata. */
const holdsVersion = /^(?:GetObject|HeadObject|GetObjectAttributes)$/;

/** A part of a test, and what it is when the write is reached. */
interface Operand extends Place {
  readonly outcome: boolean | null;
}

/** `a && !b` is decided by `a` and by `b`; a constant by the expression that it stands for. */
function operandsOf(test: Place, outcome: boolean | null, sourceCode: SourceCode, depth = 0): readonly Operand[] {
  const node = unwrap(test.node);
  const again = (inner: Node, reached: boolean | null): readonly Operand[] => operandsOf({ node: inner, frame: test.frame }, reached, sourceCode, depth + 1);
  if (depth > 8) return [{ ...test, outcome }];
  if (node.type === 'LogicalExpression') {
    // A conjunction that is false, and a disjunction that is true, tell nothing of either side.
    const reached = (node.operator === '&&' && outcome === true) || (node.operator === '||' && outcome === false) ? outcome : null;
    return [...again(node.left, reached), ...again(node.right, reached)];
  }
  if (node.type === 'UnaryExpression' && node.operator === '!') return again(node.argument, outcome === null ? null : !outcome);
  if (node.type === 'Identifier') {
    const plain = bindingsOf(sourceCode).plainValueOf(node);
    const value = plain && unwrap(plain);
    // `force ? false : await exists()` is decided by more than the check.
    if (value?.type === 'ConditionalExpression') return [value.test, value.consequent, value.alternate].flatMap((part) => again(part, null));
    if (value?.type === 'LogicalExpression' || value?.type === 'UnaryExpression' || value?.type === 'BinaryExpression') return again(value, outcome);
  }
  return [{ node, frame: test.frame, outcome }];
}

/** The tests that a flag or a helper's answer stands for: `if (head.ETag === sum) skip = true`, `return head.ETag === sum`. */
function testsBehind({ node, frame }: Place, sourceCode: SourceCode, depth = 0): readonly Place[] {
  const bindings = bindingsOf(sourceCode);
  if (depth > 3) return [];
  // A literal is decided by the tests that it stands under; any other value is a test itself.
  const behind = (value: Node, within: Frame | null): readonly Place[] => {
    const inner = unwrap(value);
    if (inner.type === 'Literal') return testsAround(inner).flatMap((test) => operandsOf({ node: test, frame: within }, null, sourceCode));
    if (inner.type === 'CallExpression') return testsBehind({ node: inner, frame: within }, sourceCode, depth + 1);
    return operandsOf({ node: inner, frame: within }, null, sourceCode);
  };
  if (node.type === 'Identifier') {
    return bindings.definitionsAt(node).flatMap((definition) => (definition.kind === 'value' && definition.path.length === 0 ? behind(definition.value, frame) : []));
  }
  if (node.type !== 'CallExpression') return [];
  return calledFunctions(node, frame, sourceCode).flatMap((called) => {
    if (isOpen(frame, called) || framesDeep(frame) >= 3) return [];
    const inner = enter(called, node, frame);
    return bindings.returnsOf(called).flatMap((returned) => behind(returned, inner));
  });
}

/** The tests of the `if`s around a node, in its function. */
function testsAround(node: Node): readonly Node[] {
  const tests: Node[] = [];
  for (let outer = node.parent; outer && !isFunction(outer); outer = outer.parent) if (outer.type === 'IfStatement') tests.push(outer.test);
  return tests;
}

/** Whether a test asks what something holds, and not only whether it is there. */
function tellsContent({ node, frame }: Place, sourceCode: SourceCode): boolean {
  if (node.type === 'BinaryExpression') {
    if (node.operator === 'instanceof' || node.operator === 'in') return false;
    const sides = [node.left, node.right].map((side) => unwrap(side));
    if (sides.some(isMeasure)) return !sides.some((side) => /^[01]$/.test(literalText(side) ?? ''));
    // `asset.name` is compared with a version; the name of an error with a text.
    if (sides.some(isNameOrCode) && !sides.some((side) => literalText(side) !== null)) return true;
    return !sides.some((side) => isNothing(side) || isEmptiness(side) || (side.type === 'Literal' && (typeof side.value === 'boolean' || side.value === '')));
  }
  // A function of the file that looks for itself (`exists(key)`) is asked for existence; any other judges what it is given.
  return node.type === 'CallExpression' && node.arguments.length > 0 && !asksPresence.test(calledName(node)) && calledFunctions(node, frame, sourceCode).length === 0;
}

/** `Boolean(head)`, `isNil(head)`: whether there is something. */
const asksPresence = /^(?:Boolean|is(?:Nil|Null|Nullish|NullOrUndefined|Undefined|Defined|Empty|Present)|exists?)$/;

/** A size: compared with nothing it tells whether there is something, compared with another size what it is. */
const isMeasure = (node: Node): boolean => node.type === 'MemberExpression' && /^(?:ContentLength|Size|size|byteLength)$/.test(propertyName(node) ?? '');

const lastName = (node: Node): string => (node.type === 'MemberExpression' ? propertyName(node) : node.type === 'Identifier' ? node.name : null) ?? '';

/** What an error is known by. */
const isNameOrCode = (node: Node): boolean => /^(?:httpStatusCode|statusCode|code|name|Code)$/.test(lastName(node));

/** `.length`, `.size`, a status code: how one asks whether there is something. */
const isEmptiness = (node: Node): boolean =>
  /^(?:length|size|byteLength|KeyCount|ContentLength)$/.test(lastName(node)) ||
  isNameOrCode(node) ||
  literalText(node) === '404' ||
  (node.type === 'UnaryExpression' && node.operator === 'typeof');

/** What an operand is when the object is there: true, false, or null where nothing is sure. */
function signOfExistence({ node, frame }: Operand, sourceCode: SourceCode): boolean | null {
  if (node.type === 'BinaryExpression') return signOfComparison(node);
  const signs = originsOf({ node, frame }, sourceCode).map((origin) => signOfOrigin(origin, sourceCode)).filter((sign) => sign !== undefined);
  const [first] = signs;
  return first !== undefined && signs.every((sign) => sign === first) ? first : null;
}

/**
 * Whether a test never comes out as the write needs it, or always says that the object is there: a helper that throws
 * where the check fails has nothing else to say.
 */
function neverTells(operand: Operand, sourceCode: SourceCode): boolean {
  const outcomes = outcomesOf(operand, sourceCode);
  if (!outcomes) return false;
  if (operand.outcome !== null) return !outcomes.has(operand.outcome);
  const sign = signOfExistence(operand, sourceCode);
  return sign !== null && !outcomes.has(!sign);
}

function signOfComparison(node: TSESTree.BinaryExpression): boolean | null {
  const [left, right] = [node.left, node.right].map((side) => unwrap(side));
  const equal = /^===?$/.test(node.operator) ? true : /^!==?$/.test(node.operator) ? false : null;
  const text = [left, right].map((side) => (side ? literalText(side) : null)).find((literal) => literal !== null) ?? null;
  if (equal !== null && [left, right].some((side) => side && isNothing(side))) return !equal;
  if (equal !== null && text !== null && /^(?:404|NotFound|NoSuchKey|NoSuchBucket|undefined)$/.test(text)) return !equal;
  if (equal !== null && text === '200') return equal;
  if (equal !== null && text === '0' && left && isEmptiness(left)) return !equal;
  if (text === '0' && left && isEmptiness(left) && node.operator === '>') return true;
  return node.operator === 'instanceof' ? false : null;
}

/**
 * A literal tells by where it stands: `true` behind a HEAD that worked, `false` in the catch of one that failed. What a
 * flag is before the check tells nothing: undefined.
 */
function signOfOrigin(origin: Origin, sourceCode: SourceCode): boolean | null | undefined {
  const { node } = origin;
  const bindings = bindingsOf(sourceCode);
  if (isNothing(node) || node.type === 'Literal') {
    const truth = node.type === 'Literal' && Boolean(node.value);
    if (isInFailure(node)) return !truth;
    return truth || isInAttempt(node) ? truth : undefined;
  }
  const [definition] = bindings.definitionsAt(node);
  if (node.type === 'BinaryExpression') return signOfComparison(node);
  // The error of a failed check.
  if (definition?.kind === 'other' && definition.node.type === 'CatchClause') return false;
  if (definition?.kind === 'parameter') {
    const call = definition.function.parent;
    return call.type === 'CallExpression' && s3CallAt(call, sourceCode) !== null ? definition.index !== 0 : null;
  }
  if (definition?.kind === 'nothing') return undefined;
  return node.type === 'CallExpression' || node.type === 'NewExpression' || node.type === 'ObjectExpression' ? true : null;
}

function isInFailure(node: Node): boolean {
  for (let outer = node.parent, child = node; outer; child = outer, outer = outer.parent) {
    if (outer.type === 'CatchClause') return true;
    if (outer.type === 'CallExpression' && isFunction(child)) return methodName(outer) === 'catch' || (methodName(outer) === 'then' && outer.arguments[1] === child);
    if (outer.type === 'TryStatement' && child === outer.block) return false;
  }
  return false;
}

const isInAttempt = (node: Node): boolean => {
  for (let outer = node.parent, child = node; outer && !isFunction(outer); child = outer, outer = outer.parent) {
    if (outer.type === 'TryStatement' && child === outer.block) return true;
  }
  return false;
};

/** The largest listed number + 1, `Contents.length`: two writers work out the same key. */
function nextKey(write: CallPlace, sourceCode: SourceCode): Decision | null {
  if (write.call.operation.effect !== 'write') return null;
  const key = onlyValue(write.call, write.call.operation.key, write.frame, sourceCode);
  if (!key) return null;
  for (const node of derivationOf(key, 'value', sourceCode).visited) {
    if (!counts(node) || cutsText(node)) continue;
    const check = derivationOf({ node, frame: key.frame }, 'value', sourceCode).calls.find((source) => source.call.operation.effect === 'list' && sameBucket(write, source, sourceCode));
    if (check) return { kind: 'next-key', check };
  }
  return null;
}

/** `largest + 1`, `Contents.length`. */
const counts = (node: Node): boolean =>
  (node.type === 'BinaryExpression' && node.operator === '+' && [node.left, node.right].some((side) => literalText(side) === '1')) ||
  (node.type === 'MemberExpression' && propertyName(node) === 'length');

/** `key.slice(prefix.length)` measures a text: it maps one key to one other. */
function cutsText(node: Node): boolean {
  for (let child = node, outer = node.parent; outer && !/Statement$|Declaration$/.test(outer.type); child = outer, outer = outer.parent) {
    if (outer.type === 'CallExpression' && child !== outer.callee && /^(?:slice|substring|substr|replace|charAt|at|split|padStart)$/.test(methodName(outer) ?? '')) return !counts(outer);
  }
  return false;
}
