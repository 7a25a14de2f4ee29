import { bindingsOf } from '../calls/bindings.js';
import { calledFunctions, type Place } from '../calls/origins.js';
import { onlyValue } from '../calls/s3-call.js';
import { isNothing, literalText, propertyName, unwrap, type Node, type SourceCode } from '../calls/syntax.js';
import { bucketChecks } from '../s3/operations.js';
import { derivationOf } from './derivation.js';
import { guardsOf } from './guards.js';
import { sameBucket, sameObject, type CallPlace } from './same-object.js';

/** What decided that a write runs. */
export type Decision =
  /** Whether the object is there. */
  | { readonly kind: 'existence'; readonly check: CallPlace }
  /** What the object holds: a version, a time, a value. */
  | { readonly kind: 'content'; readonly check: CallPlace }
  /** The key was worked out from a listing: the largest number + 1. */
  | { readonly kind: 'next-key'; readonly check: CallPlace };

/**
 * @param write a write, or the creation of a bucket
 * @param sourceCode its file
 * @returns the read of the same object that decides whether it runs; null where none does
 */
export function decisionOn(write: CallPlace, sourceCode: SourceCode): Decision | null {
  const isSubject = (check: CallPlace): boolean => {
    if (write.call.operation.effect === 'create-bucket') {
      return bucketChecks.has(check.call.operation.name) && (check.call.operation.name === 'ListBuckets' || sameBucket(write, check, sourceCode));
    }
    return /^(?:read|check|list)$/.test(check.call.operation.effect) && !bucketChecks.has(check.call.operation.name) && sameObject(write, check, sourceCode);
  };
  let existence: Decision | null = null;
  for (const node of [write.call.node, ...write.call.sentBy]) {
    for (const guard of guardsOf(node, write.frame, sourceCode)) {
      if (guard.kind === 'attempt') {
        const check = guard.calls.flatMap((call) => derivationOf(call, 'decision', sourceCode).calls).find(isSubject);
        if (check) existence ??= { kind: 'existence', check };
        continue;
      }
      for (const operand of operandsOf(guard.test, sourceCode)) {
        const read = tellsContent(operand, sourceCode)
          ? derivationOf(operand, 'value', sourceCode).calls.find((check) => check.call.operation.effect === 'read' && isSubject(check))
          : undefined;
        if (read) return { kind: 'content', check: read };
        const check = derivationOf(operand, 'decision', sourceCode).calls.find(isSubject);
        if (check) existence ??= { kind: 'existence', check };
      }
    }
  }
  return existence ?? nextKey(write, sourceCode);
}

/** `a && !b` is decided by `a` and by `b`; a constant by the expression that it stands for. */
function operandsOf(test: Place, sourceCode: SourceCode, depth = 0): readonly Place[] {
  const node = unwrap(test.node);
  const again = (inner: Node): readonly Place[] => operandsOf({ node: inner, frame: test.frame }, sourceCode, depth + 1);
  if (depth > 8) return [test];
  if (node.type === 'LogicalExpression') return [...again(node.left), ...again(node.right)];
  if (node.type === 'UnaryExpression' && node.operator === '!') return again(node.argument);
  if (node.type === 'Identifier') {
    const bindings = bindingsOf(sourceCode);
    const variable = bindings.variableOf(node);
    const definitions = variable ? bindings.definitionsOf(variable) : [];
    const [only] = definitions;
    if (definitions.length === 1 && only?.kind === 'value' && only.path.length === 0) {
      const value = unwrap(only.value);
      if (value.type === 'LogicalExpression' || value.type === 'UnaryExpression' || value.type === 'BinaryExpression') return again(value);
    }
  }
  return [{ node, frame: test.frame }];
}

/** Whether a test asks what something holds, and not only whether it is there. */
function tellsContent({ node, frame }: Place, sourceCode: SourceCode): boolean {
  if (node.type === 'BinaryExpression') {
    const sides = [node.left, node.right].map((side) => unwrap(side));
    if (node.operator === 'instanceof' || node.operator === 'in') return false;
    return !sides.some((side) => isNothing(side) || isEmptiness(side) || (side.type === 'Literal' && (typeof side.value === 'boolean' || side.value === '')));
  }
  // A function of the file that looks for itself (`exists(key)`) is asked for existence; any other judges what it is given.
  return node.type === 'CallExpression' && node.arguments.length > 0 && calledFunctions(node, frame, sourceCode).length === 0;
}

/** `.length`, `.size`, a status code: how one asks whether there is something. */
const isEmptiness = (node: Node): boolean =>
  (node.type === 'MemberExpression' && /^(?:length|size|byteLength|KeyCount|ContentLength|httpStatusCode|statusCode|code|name|Code)$/.test(propertyName(node) ?? '')) ||
  literalText(node) === '404' ||
  (node.type === 'UnaryExpression' && node.operator === 'typeof');

/** The largest listed number + 1, `Contents.length`: two writers work out the same key. */
function nextKey(write: CallPlace, sourceCode: SourceCode): Decision | null {
  if (write.call.operation.effect !== 'write') return null;
  const key = onlyValue(write.call, write.call.operation.key, write.frame, sourceCode);
  if (!key) return null;
  const { calls, visited } = derivationOf(key, 'value', sourceCode);
  const check = calls.find(({ call, frame }) => call.operation.effect === 'list' && sameBucket(write, { call, frame }, sourceCode));
  const counts = [...visited].some(
    (node) =>
      (node.type === 'BinaryExpression' && node.operator === '+' && [node.left, node.right].some((side) => literalText(side) === '1')) ||
      (node.type === 'MemberExpression' && propertyName(node) === 'length'),
  );
  return check && counts ? { kind: 'next-key', check } : null;
}
