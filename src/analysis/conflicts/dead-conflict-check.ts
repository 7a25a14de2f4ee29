import { perFile } from '../../calls/per-file.js';
import type { S3Call } from '../../calls/s3-call.js';
import { s3CallsOf } from '../../calls/s3-calls.js';
import { contains, enclosingFunction, isFunction, type Node, type SourceCode } from '../../calls/syntax.js';
import type { Conflict } from '../../s3/conflict-names.js';
import { spellingOf } from '../../s3/conflict-spelling.js';
import { conflictChecksOf, type Checks, type ConflictCheck, type ClassCheck, type Meaning } from './conflict-checks.js';
import { canAnswerWith } from './conflict-possible.js';
import { kindOf, libraryOf, tells, type FacetName, type Library } from './error-facet.js';
import { foreignCallsIn, type ForeignCall } from './foreign-calls.js';
import { isOfAnotherKind } from './other-errors.js';
import { isOwnFacet } from './own-facets.js';
import { seenAttemptsOf, type SeenAttempt } from './seen-attempts.js';

/** Why a test never finds a conflict. */
export type DeadReason =
  /** Errors of the library do not have the property, or it does not say which error it is. */
  | { readonly kind: 'property'; readonly property: FacetName; readonly library: Library }
  /** An answer without a body has no code. */
  | { readonly kind: 'head'; readonly property: FacetName; readonly call: S3Call }
  /** A code is compared with a number, or a status with a text. */
  | { readonly kind: 'type'; readonly property: FacetName; readonly library: Library }
  | { readonly kind: 'spelling'; readonly said: string; readonly meant: Conflict; readonly sure: boolean }
  /** No call of the attempt is answered with it. */
  | { readonly kind: 'impossible'; readonly call: S3Call; readonly conflict: Conflict['name'] | Conflict['status'] };

export interface DeadCheck {
  readonly check: ConflictCheck;
  readonly reason: DeadReason;
}

export interface DeadClassCheck {
  readonly check: ClassCheck;
  /** The conflict that has no class. */
  readonly conflict: string;
}

/** What stands between an error and the S3 calls that it comes from. */
interface Source {
  readonly attempts: readonly SeenAttempt[];
  readonly calls: readonly S3Call[];
  readonly library: Library;
  readonly foreign: ReadonlySet<ForeignCall>;
}

const speaks = /409|412|condition|conflict|BucketAlready|AlreadyOwned|not_?Empty|OperationAborted/i;

/**
 * @param sourceCode a file
 * @returns its tests for a conflict that can never find one
 */
export function deadConflictChecksOf(sourceCode: SourceCode): readonly DeadCheck[] {
  if (!speaks.test(sourceCode.text) || s3CallsOf(sourceCode).length === 0) return [];
  const all = conflictChecksOf(sourceCode);
  const dead = all.checks.flatMap((check): DeadCheck[] => {
    const source = sourceOf(check.error, sourceCode);
    const reason = source && !isOfAnotherKind(check.node, check.error, sourceCode) ? reasonOf(check, source, sourceCode) : null;
    return source && reason && !isMadeHere(check, source, sourceCode) ? [{ check, reason }] : [];
  });
  return dead.filter(({ check, reason }, index) => {
    // A conflict that cannot come is told once, however it is asked for.
    const told = dead.slice(0, index).some((before) => before.reason.kind === 'impossible' && before.check.error === check.error && meet(before.check, check));
    return !(reason.kind === 'impossible' && told) && !isDecided(check, all, dead, sourceCode);
  });
}

/**
 * Conflicts of objects have no class of their own in the SDK: an import of one is `undefined`, and `instanceof` throws.
 *
 * @param sourceCode a file
 * @returns its tests for a class that `@aws-sdk/client-s3` does not have
 */
export function missingClassesOf(sourceCode: SourceCode): readonly DeadClassCheck[] {
  if (!speaks.test(sourceCode.text) || !sourceCode.text.includes('@aws-sdk/client-s3')) return [];
  return conflictChecksOf(sourceCode).classes.flatMap((check) => {
    const conflict = check.isOfS3 && !classes.has(check.conflict) ? spellingOf(check.conflict)?.conflict.name : undefined;
    return conflict === undefined ? [] : [{ check, conflict }];
  });
}

/** The conflicts that have one. */
const classes = new Set(['BucketAlreadyExists', 'BucketAlreadyOwnedByYou']);

const sources = perFile(() => new Map<Node, Source | null>());

/** Where an error comes from, if every call that it can come from is known. */
function sourceOf(error: Node, sourceCode: SourceCode): Source | null {
  const known = sources(sourceCode);
  const source = known.get(error);
  if (source !== undefined) return source;
  const found = findSource(error, sourceCode);
  known.set(error, found);
  return found;
}

function findSource(error: Node, sourceCode: SourceCode): Source | null {
  const attempts = seenAttemptsOf(error, sourceCode);
  if (!attempts || attempts.some(({ calls }) => calls.length === 0)) return null;
  const calls = attempts.flatMap((attempt) => attempt.calls);
  const [library, ...others] = new Set(calls.map((call) => knownLibraryOf(call, sourceCode)));
  if (!library || others.length > 0) return null;
  return { attempts, calls, library, foreign: new Set(attempts.flatMap((attempt) => [...foreignCallsIn(attempt, sourceCode)])) };
}

/** A client of another file may be of either SDK, and may be a wrapper. */
const knownLibraryOf = ({ client }: S3Call, sourceCode: SourceCode): Library | null =>
  // Some clients are taken for minio's by their name.
  client === 'minio' && !/['"]minio['"]/.test(sourceCode.text) ? null : libraryOf(client);

function reasonOf(check: ConflictCheck, source: Source, sourceCode: SourceCode): DeadReason | null {
  const impossible = impossibleOf(check, source, sourceCode);
  if (impossible) return impossible;
  const reasons = check.facets.map(({ property }) => reasonOfFacet(check, property, source, sourceCode));
  // `error.name ?? error.code`: one that is alive is enough.
  return reasons.includes(null) ? null : (reasons[0] ?? null);
}

function impossibleOf(check: ConflictCheck, { calls, foreign, library }: Source, sourceCode: SourceCode): DeadReason | null {
  const [first, ...others] = check.means.flatMap(conflictIn);
  const [call] = calls;
  if (first === undefined || call === undefined || foreign.size > 0) return null;
  // With `['NoSuchKey', 'PreconditionFailed']` something else may be found.
  const isAlone = check.means.every((meaning) => conflictIn(meaning).length > 0 || check.facets.every(({ property }) => !tells(library, property)));
  if (!isAlone || [first, ...others].some((conflict) => calls.some((each) => canAnswerWith(each, conflict, sourceCode)))) return null;
  return { kind: 'impossible', call, conflict: first };
}

const conflictIn = (meaning: Meaning): readonly (Conflict['name'] | Conflict['status'])[] => {
  if (meaning.kind === 'right') return [meaning.conflict.name];
  return meaning.kind === 'status' ? [meaning.status] : [];
};

function reasonOfFacet(check: ConflictCheck, property: FacetName, source: Source, sourceCode: SourceCode): DeadReason | null {
  const { library, foreign } = source;
  const { means } = check;
  // Who throws errors of its own may give them any code.
  if (foreign.has('throws') || foreign.has('awaited')) return null;
  if (!tells(library, property)) {
    // What fails on the network has a code of the system's, and what is not S3's may have any status.
    if (means.some(({ kind }) => kind === 'foreign') || (foreign.has('aws') && library !== 'v3')) return null;
    return foreign.has('called') && kindOf(property) === 'status' ? null : { kind: 'property', property, library };
  }
  if (foreign.has('aws')) return null;
  const [only, ...others] = means;
  if (only?.kind === 'wrong' && [only, ...others].every(({ kind }) => kind === 'wrong') && kindOf(property) === 'code') {
    const isOwn = sourceCode.ast.tokens.some((token) => token.type === 'Identifier' && token.value === only.said);
    return isOwn ? null : { kind: 'spelling', said: only.said, meant: only.conflict, sure: only.sure };
  }
  if (!only || others.length > 0) return null;
  if (isOfAnotherType(check, property, library)) return { kind: 'type', property, library };
  const [head] = source.calls;
  if (library !== 'v3' || kindOf(property) !== 'code' || only.kind !== 'right' || only.conflict.status !== 412 || !head) return null;
  return source.calls.every(({ operation }) => operation.name === 'HeadObject') ? { kind: 'head', property, call: head } : null;
}

/** A code is never a number in the SDK v3, and a status never a text. v2 makes the status of an empty answer its code. */
function isOfAnotherType({ literal, strict }: ConflictCheck, property: FacetName, library: Library): boolean {
  if (!literal || !strict) return false;
  return kindOf(property) === 'status' ? typeof literal.value === 'string' : typeof literal.value === 'number' && library !== 'v2';
}

/** Whether the file makes errors that the test finds. */
function isMadeHere({ facets, literal }: ConflictCheck, { attempts }: Source, sourceCode: SourceCode): boolean {
  const handlers = attempts.map(({ handler }) => handler);
  return facets.some(({ property }) => isOwnFacet(property, literal === null ? null : String(literal.value), handlers, sourceCode));
}

/** Whether another test of the same error decides on the same conflict, so that this one does no harm. */
function isDecided(check: ConflictCheck, { checks, classes, others }: Checks, dead: readonly DeadCheck[], sourceCode: SourceCode): boolean {
  const counts = (other: Node, error: Node): boolean => error === check.error && isBeside(check.node, other) && !isSpoilt(check, other);
  return (
    checks.some((other) => other !== check && !dead.some((found) => found.check === other) && meet(check, other) && counts(other.node, other.error)) ||
    [...classes, ...others].some((other) => counts(other.node, other.error) && (other.conflict === null || namesIn(check).includes(other.conflict))) ||
    /\b(?:expect|assert|should)\b/.test(sourceCode.getText(statementOf(check.node)).slice(0, 40))
  );
}

/** Whether another test stands in the same function, and not in a branch that the first one opens. */
function isBeside(test: Node, other: Node): boolean {
  if (contains(test, other) || contains(other, test) || enclosingFunction(test) !== enclosingFunction(other)) return false;
  for (let outer = other.parent, child = other; outer; child = outer, outer = outer.parent) {
    if (outer.type === 'IfStatement' && child === outer.consequent && contains(outer.test, test)) return false;
  }
  return true;
}

/** `error.name === 'PreconditionFailed' && error.statusCode === 412` is never true: here the dead part does harm. */
function isSpoilt({ node, trueOn }: ConflictCheck, other: Node): boolean {
  for (let outer = node.parent; outer && !outer.type.endsWith('Statement') && !isFunction(outer); outer = outer.parent) {
    if (outer.type !== 'LogicalExpression' || !contains(outer, other)) continue;
    return (outer.operator === '&&' && trueOn === 'match') || (outer.operator === '||' && trueOn === 'mismatch');
  }
  return false;
}

/** Whether two tests are for the same conflict. */
const meet = (one: ConflictCheck, other: ConflictCheck): boolean => {
  const [names, others] = [namesIn(one), namesIn(other)];
  if (names.length > 0 && others.length > 0) return names.some((name) => others.includes(name));
  return statusesIn(one).some((status) => statusesIn(other).includes(status));
};

const namesIn = ({ means }: ConflictCheck): readonly string[] => means.flatMap((meaning) => ('conflict' in meaning ? [meaning.conflict.name] : []));

const statusesIn = ({ means }: ConflictCheck): readonly number[] =>
  means.flatMap((meaning) => ('conflict' in meaning ? [meaning.conflict.status] : meaning.kind === 'status' ? [meaning.status] : []));

function statementOf(node: Node): Node {
  let outer = node;
  while (outer.parent && !outer.type.endsWith('Statement') && outer.type !== 'VariableDeclaration') outer = outer.parent;
  return outer;
}
