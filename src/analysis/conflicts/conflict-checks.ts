import type { TSESTree } from '@typescript-eslint/utils';

import { elementsOf } from '../../calls/elements.js';
import { entitiesOf } from '../../calls/entities.js';
import { originsOf } from '../../calls/origins.js';
import { perFile } from '../../calls/per-file.js';
import { isNothing, literalText, methodName, propertyName, unwrap, walk, wrapped, type Node, type SourceCode } from '../../calls/syntax.js';
import { speaksOfConflict, type Conflict } from '../../s3/conflict-names.js';
import { spellingOf, type Spelling } from '../../s3/conflict-spelling.js';
import { errorsReadBy, mayReadError } from './error-text.js';
import { facetsReadBy, mayReadFacet, type ErrorFacet } from './error-facet.js';
import { textTestsAt, type TextTest } from './text-test.js';

/** What a text or number that an error is compared with means. */
export type Meaning =
  | Spelling
  | { readonly kind: 'status'; readonly status: Conflict['status'] }
  /** Another error of S3, or another status. */
  | { readonly kind: 'other' }
  /** Of the system or of the program: `ECONNRESET`. */
  | { readonly kind: 'foreign' };

/** A test of an error for conflicts, by its code or its status. */
export interface ConflictCheck {
  /** The comparison, the call, or the value of a `case`. */
  readonly node: Node;
  /** What is compared. */
  readonly subject: Node;
  /** The name that the error is first known by. */
  readonly error: Node;
  /** Every facet that the subject may be. */
  readonly facets: readonly ErrorFacet[];
  /** What it is compared with, as it stands in the source; null where that is not in the test itself. */
  readonly literal: TSESTree.Literal | null;
  readonly extent: TextTest['extent'];
  readonly means: readonly Meaning[];
  /** Whether the subject and its value are compared without a change of type. */
  readonly strict: boolean;
  readonly trueOn: TextTest['trueOn'];
}

/** Another way in which an error is asked for a conflict: its class, its text, or a predicate. */
export interface OtherCheck {
  readonly node: Node;
  /** The name that the error is first known by. */
  readonly error: Node;
  /** What it speaks of; null where that is not known. */
  readonly conflict: string | null;
}

/** A class of errors that an error is asked for. */
export interface ClassCheck extends OtherCheck {
  readonly conflict: string;
  /** Whether it is imported from `@aws-sdk/client-s3`. */
  readonly isOfS3: boolean;
}

export interface Checks {
  readonly checks: readonly ConflictCheck[];
  readonly classes: readonly ClassCheck[];
  readonly others: readonly OtherCheck[];
}

/** Every test of an error for conflicts in a file. */
export const conflictChecksOf: (sourceCode: SourceCode) => Checks = perFile((sourceCode) => {
  const checks: ConflictCheck[] = [];
  const classes: ClassCheck[] = [];
  const others: OtherCheck[] = [];
  walk(sourceCode.ast, sourceCode, (node) => {
    const tests = [...textTestsAt(node, (subject) => mayReadFacet(subject) || mayReadError(subject), sourceCode), ...membershipAt(node, sourceCode)];
    for (const test of tests) {
      const check = checkOf(test, sourceCode);
      if (check) checks.push(check);
      else if (test.texts.some((text) => text === null || speaksOfConflict(text))) {
        for (const { error } of errorsReadBy(test.subject, test.takes, sourceCode)) others.push({ node: test.node, error, conflict: null });
      }
    }
    if (node.type === 'BinaryExpression' && node.operator === 'instanceof') classes.push(...classCheck(node, sourceCode));
    if (node.type === 'CallExpression' && speaksOfConflict(sourceCode.getText(node.callee))) others.push(...predicate(node, sourceCode));
    return undefined;
  });
  return { checks, classes, others };
});

/** `codes.has(error.code)`, `error.code in codes`. */
function membershipAt(node: Node, sourceCode: SourceCode): readonly TextTest[] {
  const test = (held: Node, subject: Node, texts: readonly (string | null)[]): readonly TextTest[] => [
    { node: held, subject, takes: 'text', extent: 'whole', texts, trueOn: 'match' },
  ];
  if (node.type === 'BinaryExpression' && node.operator === 'in' && mayReadFacet(node.left)) {
    const [origin, ...others] = originsOf({ node: node.right, frame: null }, sourceCode);
    if (origin?.node.type !== 'ObjectExpression' || others.length > 0) return [];
    return test(node, node.left, origin.node.properties.map((property) => (property.type === 'Property' ? propertyName(property) : null)));
  }
  const [first] = node.type === 'CallExpression' ? node.arguments : [];
  const callee = node.type === 'CallExpression' ? unwrap(node.callee) : null;
  if (!first || methodName(node) !== 'has' || callee?.type !== 'MemberExpression' || !mayReadFacet(first)) return [];
  const [origin, ...others] = originsOf({ node: callee.object, frame: null }, sourceCode);
  const [list] = origin?.node.type === 'NewExpression' && others.length === 0 ? origin.node.arguments : [];
  if (!list) return [];
  const items = elementsOf({ node: list, frame: null }, sourceCode).map((item) => item && unwrap(item.node));
  return test(wrapped(node), first, items.map((item) => item && literalText(item)));
}

function checkOf(test: TextTest, sourceCode: SourceCode): ConflictCheck | null {
  const { node, subject, extent, trueOn } = test;
  const texts = test.texts.filter((text) => text !== null);
  if (texts.length < test.texts.length || !texts.some(speaksOf) || !mayReadFacet(subject)) return null;
  const facets = facetsReadBy(subject, sourceCode);
  const means = texts.map((text) => meaningOf(text, extent));
  const [facet] = facets;
  if (!facet || means.every(({ kind }) => kind === 'other' || kind === 'foreign')) return null;
  const value = node.type === 'BinaryExpression' ? unwrap(node.left === subject ? node.right : node.left) : node;
  const isCase = node.parent?.type === 'SwitchCase';
  const strict = isCase || (node.type === 'BinaryExpression' && node.operator.length === 3);
  return { node, subject, error: facet.error, facets, literal: value.type === 'Literal' && texts.length === 1 ? value : null, extent, means, strict, trueOn };
}

const speaksOf = (text: string): boolean => speaksOfConflict(text) || spellingOf(text) !== null;

function meaningOf(text: string, extent: TextTest['extent']): Meaning {
  if (text === '409' || text === '412') return { kind: 'status', status: text === '412' ? 412 : 409 };
  const spelling = extent === 'whole' ? spellingOf(text) : partOf(text);
  if (spelling) return spelling;
  return /^(?:[1-5]\d\d|[A-Z][a-z]+(?:[A-Z][a-z]+)+)$/.test(text) ? { kind: 'other' } : { kind: 'foreign' };
}

/** `error.code.includes('Precondition')` */
function partOf(text: string): Spelling | null {
  const whole = spellingOf(text);
  if (whole?.kind === 'right') return whole;
  return /^\W*pre-?condition(?:failed)?\W*$/i.test(text) ? { kind: 'right', conflict: { name: 'PreconditionFailed', status: 412 } } : null;
}

function classCheck(node: TSESTree.BinaryExpression, sourceCode: SourceCode): readonly ClassCheck[] {
  const [error, ...others] = originsOf({ node: node.left, frame: null }, sourceCode);
  if (error?.node.type !== 'Identifier' || error.path.length > 0 || others.length > 0) return [];
  const inner = unwrap(node.right);
  const [entity, ...otherEntities] = entitiesOf({ node: node.right, frame: null }, sourceCode);
  const name = entity?.path.at(-1) ?? (inner.type === 'Identifier' ? inner.name : inner.type === 'MemberExpression' ? propertyName(inner) : null);
  if (name === null || !speaksOf(name)) return [];
  const isOfS3 = entity?.module === '@aws-sdk/client-s3' && entity.path.length === 1 && otherEntities.length === 0;
  return [{ node, error: error.node, conflict: name, isOfS3 }];
}

/** `isPreconditionFailed(error)` */
const predicate = (call: TSESTree.CallExpression, sourceCode: SourceCode): readonly OtherCheck[] =>
  call.arguments.flatMap((argument) => {
    if (argument.type === 'SpreadElement' || isNothing(argument)) return [];
    const names = originsOf({ node: argument, frame: null }, sourceCode).filter(({ node, path }) => node.type === 'Identifier' && path.length === 0);
    return names.map(({ node }) => ({ node: call, error: node, conflict: null }));
  });
