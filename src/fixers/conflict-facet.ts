import type { TSESTree } from '@typescript-eslint/utils';

import type { ConflictCheck } from '../analysis/conflicts/conflict-checks.js';
import { guardsOf } from '../analysis/guards.js';
import { isError } from '../analysis/conflicts/s3-error-proof.js';
import { bindingsOf } from '../calls/bindings.js';
import { contains, unwrap, type Node, type SourceCode } from '../calls/syntax.js';
import type { Edit } from './add-condition.js';
import { isSeenAt } from './is-seen-at.js';

/** What a test is to ask instead: a property of the error, and what it is compared with; null where that stays. */
export interface AskedInstead {
  readonly property: string | null;
  readonly value: string | null;
}

/**
 * Asks an error for a property that it has, and compares it with what S3 answers: `error.code === 'PreconditionFailed'`
 * becomes `error.name === 'PreconditionFailed'`.
 *
 * @param check the test
 * @param instead what it is to ask
 * @param sourceCode the file
 * @returns the edit; null where the error cannot be named at the place of it, where its type may not have the property,
 *   or where another test keeps the way to this one closed
 */
export function askInstead(check: ConflictCheck, { property, value }: AskedInstead, sourceCode: SourceCode): Edit {
  const asked = property === null ? null : replacementOf(check, property, sourceCode);
  if ((property !== null && !asked) || (value !== null && !check.literal)) return null;
  const compared = value !== null && check.literal ? { range: check.literal.range, text: requoted(value, check.literal) } : null;
  const edits: readonly Replacement[] = [asked, compared].filter((edit) => edit !== null);
  const comments = sourceCode.getAllComments();
  if (edits.some(({ range }) => comments.some((comment) => comment.range[0] >= range[0] && comment.range[1] <= range[1]))) return null;
  return (fixer) => edits.map(({ range, text }) => fixer.replaceTextRange(range, text));
}

/** A text in the quotes that stood there before. */
function requoted(value: string, literal: TSESTree.Literal): string {
  return value.startsWith("'") && literal.raw.startsWith('"') ? `"${value.slice(1, -1)}"` : value;
}

/** A piece of the source, and what stands there instead. */
interface Replacement {
  readonly range: TSESTree.Range;
  readonly text: string;
}

function replacementOf(check: ConflictCheck, property: string, sourceCode: SourceCode): Replacement | null {
  const [facet, ...others] = check.facets;
  if (!facet || others.length > 0 || isKeptClosed(check, facet.property, sourceCode)) return null;
  const node = unwrap(check.subject);
  if (node.type === 'Identifier') return ofConstant(node, check, property, sourceCode);
  const first = firstMember(node, check.error, sourceCode);
  if (!first || !hasProperty(first.object, check.error, property, sourceCode)) return null;
  // `error['code']`: the bracket goes, and the dot of `?.` stays.
  const start = first.computed ? sourceCode.getTokenBefore(first.property) : sourceCode.getFirstToken(first.property);
  return start && { range: [start.range[0], node.range[1]], text: `${first.computed && !first.optional ? '.' : ''}${property}` };
}

/** The member that is read from the error itself: `error.$metadata` of `error.$metadata?.httpStatusCode`. */
function firstMember(node: Node, error: Node, sourceCode: SourceCode): TSESTree.MemberExpression | null {
  const inner = unwrap(node);
  if (inner.type !== 'MemberExpression') return null;
  const object = unwrap(inner.object);
  if (object.type === 'Identifier') return isError(object, error, sourceCode) ? inner : null;
  // Casts between two members may belong to the type of the first.
  return inner.object.type === 'MemberExpression' || inner.object.type === 'TSNonNullExpression' ? firstMember(object, error, sourceCode) : null;
}

/** `const code = error.code`, `const { code } = error`: the error is asked where the constant is compared. */
function ofConstant(name: TSESTree.Identifier, { error, subject }: ConflictCheck, property: string, sourceCode: SourceCode): Replacement | null {
  const [only, ...others] = bindingsOf(sourceCode).definitionsAt(name);
  if (only?.kind !== 'value' || others.length > 0 || only.fallback !== null) return null;
  const member = only.path.length === 0 ? firstMember(only.value, error, sourceCode) : null;
  const holder = member ? member.object : only.path.length > 0 ? only.value : null;
  const inner = holder && unwrap(holder);
  if (!holder || inner?.type !== 'Identifier' || !isError(inner, error, sourceCode) || !isSeenAt(name, inner, sourceCode)) return null;
  if (!hasProperty(holder, error, property, sourceCode)) return null;
  const text = holder === inner ? inner.name : `(${sourceCode.getText(holder)})`;
  return { range: subject.range, text: `${text}${member?.optional ? '?.' : '.'}${property}` };
}


/** Types by their names that have a property, whatever else they are. */
const typesWith: Readonly<Record<string, RegExp>> = {
  name: /^(?:any|(?:\w+\.)?\w*(?:Error|Exception))$/,
  code: /^(?:any|(?:\w+\.)?AWSError)$/,
  statusCode: /^(?:any|(?:\w+\.)?AWSError)$/,
  $metadata: /^(?:any|\w*ServiceException|SdkError)$/,
};

/** Whether what is written of the type of an error lets it have a property. */
function hasProperty(holder: Node, error: Node, property: string, sourceCode: SourceCode): boolean {
  const declared = error.type === 'Identifier' ? error.typeAnnotation : undefined;
  // The outermost cast is the last word: `as unknown as { code: string }`.
  const written = typesOf(holder)[0] ?? declared?.typeAnnotation;
  if (!written) return true;
  const [name = ''] = property.split('?');
  const text = sourceCode.getText(written);
  return new RegExp(`[{;,\\s]${name.replace('$', '\\$')}\\??:`).test(text) || text.split('&').some((part) => typesWith[name]?.test(part.trim()));
}

/** The types that an expression is cast to, outermost first. */
function typesOf(node: Node): readonly TSESTree.TypeNode[] {
  if (node.type === 'TSAsExpression' || node.type === 'TSTypeAssertion') return [node.typeAnnotation, ...typesOf(node.expression)];
  if (node.type === 'TSNonNullExpression' || node.type === 'TSSatisfiesExpression' || node.type === 'ChainExpression') return typesOf(node.expression);
  return [];
}

/** Whether the way to a test leads by another that asks for the same property: `'code' in error && error.code === …`. */
const isKeptClosed = ({ node }: ConflictCheck, property: string, sourceCode: SourceCode): boolean => {
  const names = property.split('.').map((name) => name.replace('$', '\\$'));
  const word = new RegExp(`(?:\\.|['"\`])(?:${names.join('|')})(?!\\w)`);
  return guardsOf(node, null, sourceCode).some((guard) => {
    if (guard.kind !== 'test' || guard.outcome === false) return false;
    const asked = guard.test.node;
    return !contains(asked, node) && !isDiscriminantOf(asked, node) && word.test(sourceCode.getText(asked));
  });
};

/** `switch (error.code) { case … }` */
const isDiscriminantOf = (asked: Node, node: Node): boolean =>
  asked.parent?.type === 'SwitchStatement' && asked.parent.discriminant === asked && node.parent?.parent === asked.parent;
