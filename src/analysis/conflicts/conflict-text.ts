import { perFile } from '../../calls/per-file.js';
import { inputShape, type S3Call } from '../../calls/s3-call.js';
import { s3CallsOf } from '../../calls/s3-calls.js';
import { isFunction, walk, type Node, type SourceCode } from '../../calls/syntax.js';
import { namesOfS3Alone, namesSharedWithS3, type Conflict } from '../../s3/conflict-names.js';
import { wordingOf, type Wording } from '../../s3/conflict-wording.js';
import { conflictChecksOf } from './conflict-checks.js';
import { libraryOf, tells, type Library } from './error-facet.js';
import { errorsReadBy, mayReadError, type ErrorText } from './error-text.js';
import { failedAttemptsOf, type FailedAttempt } from './failed-attempt.js';
import { isOfAnotherKind, runsOtherRequests } from './other-errors.js';
import { isOwnText, rewordedIn } from './own-errors.js';
import { isError, proofOfS3, type Proof } from './s3-error-proof.js';
import { textTestsAt, type TextTest } from './text-test.js';

/** A test of an error's text that decides on a conflict of S3. */
export interface ConflictByText {
  readonly test: TextTest;
  readonly error: ErrorText;
  /** What the error is called there; `error` where it has no name. */
  readonly name: string;
  /** Null where it may be one of several. */
  readonly library: Library | null;
  /** Where the error of S3 was put into another one on the way here; null where it comes as it is. */
  readonly rewordedAt: Node | null;
  /** The one conflict that is meant, by its name or by its status alone; null where several may be. */
  readonly means: Conflict | Conflict['status'] | null;
}

/**
 * The texts of S3's errors are for people: they are reworded, and each store that speaks the protocol has its own.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 *
 * @param sourceCode a file
 * @returns its tests of an error's text for a conflict, where the error is one of S3
 */
export function conflictsByTextOf(sourceCode: SourceCode): readonly ConflictByText[] {
  if (!mayDecideByText(sourceCode)) return [];
  const found: ConflictByText[] = [];
  walk(sourceCode.ast, sourceCode, (node) => {
    for (const test of textTestsAt(node, mayReadError, sourceCode)) {
      const wordings = test.texts.map((text) => (text === null ? null : wordingOf(text)));
      if (!wordings.some((wording) => wording !== null)) continue;
      const decided = decisionOf(test, wordings, sourceCode);
      const means = meaningOf(wordings);
      if (decided && !isAskedByName(test, means, decided, sourceCode)) found.push({ test, means, name: nameAt(test.subject, decided.error, sourceCode), ...decided });
    }
  });
  return found.filter((one) => !found.some((other) => saysMore(other, one)));
}

/** `text.includes('not empty') || text.includes('BucketNotEmpty')` is one decision: it is told where the conflict is named. */
const saysMore = (one: ConflictByText, other: ConflictByText): boolean =>
  one !== other && one.means !== null && other.means === null && one.error.error === other.error.error && conditionAround(one.test.node) === conditionAround(other.test.node);

/** All that most files pay for: a text is read or made, a conflict is spoken of, and S3 is called or its errors are known. */
const mayDecideByText = perFile(
  (sourceCode) => readsText.test(sourceCode.text) && speaks.test(sourceCode.text) && (s3CallsOf(sourceCode).length > 0 || knowsErrors.test(sourceCode.text)),
);

const readsText = /message|stack|String\(|toString\(|stringify\(|inspect\(|\.test\(|\.exec\(|`\$\{|['"`] *\+|\+ *['"`]/i;

/** Regular expressions may spell a conflict in pieces. */
const speaks = /409|412|4\(|conflict|pre-?\??condition|specified did not|already.{0,3}(?:ex|own)|BucketAlready|not.{0,3}empty|OperationAborted|in progress against|bucket (?:name|you tried)|named bucket/i;

const knowsErrors = new RegExp(`instanceof|${[...namesOfS3Alone, ...namesSharedWithS3].join('|')}`);

/** `error.name === 'BucketAlreadyOwnedByYou' || error.message.includes('already own it')`: the name is asked for too. */
function isAskedByName({ node }: TextTest, means: ConflictByText['means'], { error, library }: Pick<ConflictByText, 'error' | 'library'>, sourceCode: SourceCode): boolean {
  if (means === null || typeof means === 'number') return false;
  return conflictChecksOf(sourceCode).checks.some(
    (check) =>
      check.error === error.error &&
      conditionAround(check.node) === conditionAround(node) &&
      check.means.some((meaning) => meaning.kind === 'right' && meaning.conflict.name === means.name) &&
      check.facets.some(({ property }) => library === null || tells(library, property)),
  );
}

/** The whole of the alternatives that a test is one of. */
function conditionAround(test: Node): Node {
  let outer = test;
  while (outer.parent?.type === 'LogicalExpression' || outer.parent?.type === 'UnaryExpression') outer = outer.parent;
  return outer;
}

/** Where the error of a test comes from, if that is S3. */
function decisionOf(test: TextTest, wordings: readonly (Wording | null)[], sourceCode: SourceCode): Pick<ConflictByText, 'error' | 'library' | 'rewordedAt'> | null {
  if (isAsserted(test.node, sourceCode)) return null;
  for (const error of errorsReadBy(test.subject, test.takes, sourceCode)) {
    if (isOfAnotherKind(test.node, error.error, sourceCode)) continue;
    const attempts = failedAttemptsOf(error.error, sourceCode);
    const libraries = attempts.flatMap((attempt): readonly (Library | null)[] => {
      const proof = proofOfS3(attempt.handler, error.error, sourceCode);
      const told = wordings.some((wording) => wording !== null && isAnswer(wording, test, attempt, proof !== null, sourceCode));
      if (!told || test.texts.some((text) => text !== null && wordingOf(text) && isOwnText(text, attempt, sourceCode))) return [];
      return attempt.calls.length > 0 ? attempt.calls.map((call) => libraryFor(call, proof)) : [proof === 'name' ? 'v3' : 'minio'];
    });
    const [first, ...others] = libraries;
    if (first === undefined) continue;
    const rewordedAt = attempts.flatMap(({ attempted }) => (attempted && rewordedIn(attempted, sourceCode)) ?? [])[0] ?? null;
    return { error, rewordedAt, library: others.every((library) => library === first) ? first : null };
  }
  return null;
}

/** What a subject calls the error whose text it reads: its own name, or another one that it was given. */
function nameAt(subject: Node, { error, named }: ErrorText, sourceCode: SourceCode): string {
  const names: string[] = [];
  walk(subject, sourceCode, (node) => {
    if (node.type === 'Identifier' && isError(node, error, sourceCode)) names.push(node.name);
  });
  if (named === 'other') return 'error';
  return names[0] ?? (error.type === 'Identifier' ? error.name : 'error');
}

/** What a test expects or a log shows decides nothing. */
function isAsserted(node: Node, sourceCode: SourceCode): boolean {
  for (let outer = node.parent; outer && !outer.type.endsWith('Statement') && !isFunction(outer); outer = outer.parent) {
    if (outer.type === 'CallExpression' && /^(?:expect|assert|should|console|(?:this\.)?log(?:ger)?)\b/.test(sourceCode.getText(outer.callee))) return true;
  }
  return false;
}

/** Whether an attempt can have failed with what a text says. */
function isAnswer(wording: Wording, test: TextTest, attempt: FailedAttempt, isProved: boolean, sourceCode: SourceCode): boolean {
  const { calls, attempted } = attempt;
  if (wording.kind === 'name') return isProved || calls.length > 0;
  // What a program calls by one word is its own: `error.message === 'conflict'`.
  if (wording.kind === 'word' && test.extent === 'whole') return false;
  if (wording.kind === 'word' && wording.of !== null) return calls.length > 0 && calls.every(({ operation }) => operation.name === wording.of);
  if (isProved) return true;
  return calls.some((call) => canConflict(call, sourceCode)) && attempted !== null && !runsOtherRequests(attempted, sourceCode);
}

/** What only reads answers with a conflict where it has a condition. */
function canConflict(call: S3Call, sourceCode: SourceCode): boolean {
  if (!/^(?:read|check|list)$/.test(call.operation.effect)) return true;
  return [...inputShape(call, null, sourceCode).properties.keys()].some((name) => /^If[A-Z]/.test(name));
}

/** A client of another file may be of either SDK; how its errors are asked for their name tells. */
const libraryFor = ({ client }: S3Call, proof: Proof | null): Library | null => libraryOf(client) ?? (proof === 'name' ? 'v3' : null);

/** What all the texts of a test mean; null where one of them means something else, or nothing. */
function meaningOf(wordings: readonly (Wording | null)[]): ConflictByText['means'] {
  const meanings = wordings.map((wording) => (wording?.kind === 'name' ? wording.conflict : wording?.kind === 'status' ? wording.status : null));
  const [first = null, ...others] = meanings;
  return others.every((meaning) => meaning === first) ? first : null;
}
