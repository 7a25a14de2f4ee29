import { bindingsOf } from '../../calls/bindings.js';
import { entityOf } from '../../calls/entities.js';
import type { Frame, Place } from '../../calls/frames.js';
import { originsOf, type Origin } from '../../calls/origins.js';
import { propertyName, unwrap, type Node, type SourceCode } from '../../calls/syntax.js';
import { boundPath } from './bound-path.js';

/** An error whose text is looked at. */
export interface ErrorText {
  /** The name that the error is first known by: that of a catch clause or parameter; or the call that answered with it. */
  readonly error: Node;
  /** Whether that is the error itself, and not its message or something that holds the error. */
  readonly named: 'error' | 'other';
}

/** What is wanted of a value: that it is a text already, or that it is made one. */
export type Wanted = 'text' | 'anything';

const messages = new Set(['message', 'Message', 'errorMessage', 'stack']);

/** Where an error stands in what holds one: the context of p-retry, the wrapper of another library, a pair. */
const holders = new Set(['error', 'err', 'cause', 'reason', 'originalError', 'innerError', '0']);

/** Calls that give the same text in another form. */
const sameText = /^(?:toLowerCase|toUpperCase|toLocaleLowerCase|toLocaleUpperCase|trim|trimStart|trimEnd|normalize|valueOf|slice|substring|substr|replace|replaceAll)$/;

const maximumDepth = 6;

/**
 * @param subject an expression that a text is looked for in
 * @param wanted whether it is taken as it is, or made a text
 * @param sourceCode its file
 * @returns the errors whose text it may be; none where it is something else
 */
export const errorsReadBy = (subject: Node, wanted: Wanted, sourceCode: SourceCode): readonly ErrorText[] => read({ node: subject, frame: null }, wanted, sourceCode, 0);

function read(place: Place, wanted: Wanted, sourceCode: SourceCode, depth: number): readonly ErrorText[] {
  if (depth > maximumDepth) return [];
  return originsOf(place, sourceCode).flatMap((origin): readonly ErrorText[] => {
    const again = (node: Node, what: Wanted): readonly ErrorText[] => read({ node, frame: origin.frame }, what, sourceCode, depth + 1);
    const { node } = origin;
    if (node.type === 'TemplateLiteral') return node.expressions.flatMap((part) => again(part, 'anything'));
    if (node.type === 'BinaryExpression' && node.operator === '+') return [...again(node.left, 'anything'), ...again(node.right, 'anything')];
    if (node.type === 'CallExpression' && origin.path.length === 0) {
      const callee = unwrap(node.callee);
      const method = callee.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
      if (callee.type === 'MemberExpression' && sameText.test(method)) return again(callee.object, wanted);
      if (callee.type === 'MemberExpression' && method === 'toString') return again(callee.object, 'anything');
      const [first] = node.arguments;
      return first && makesText(callee, origin.frame, sourceCode) ? again(first, 'anything') : [];
    }
    return errorAt(origin, wanted, sourceCode);
  });
}

/** Whether an expression may read the text of an error, as far as it can be told without following it. */
export function mayReadError(subject: Node): boolean {
  const node = unwrap(subject);
  if (node.type === 'MemberExpression') return messages.has(propertyName(node) ?? '');
  return /^(?:Identifier|CallExpression|LogicalExpression|ConditionalExpression|TemplateLiteral|BinaryExpression)$/.test(node.type);
}

/** The error at the end of a trail, where its message is read, or where it is made a text as a whole. */
function errorAt(origin: Origin, wanted: Wanted, sourceCode: SourceCode): readonly ErrorText[] {
  const { node } = origin;
  if (node.type !== 'Identifier' && node.type !== 'CallExpression') return [];
  const bound = boundPath(node, sourceCode);
  const path = [...bound, ...origin.path];
  const isMessage = messages.has(path.at(-1) ?? '');
  const way = isMessage ? path.slice(0, -1) : path;
  if ((!isMessage && wanted === 'text') || !way.every((name) => holders.has(name))) return [];
  // A call is no error, but a pair or an object that it answers with may hold one.
  if (node.type === 'CallExpression' && way.length === 0) return [];
  return [{ error: node, named: node.type === 'Identifier' && way.length === bound.length ? 'error' : 'other' }];
}

/** `String`, `JSON.stringify`, `inspect`, and the helpers of other files that are named for the message: `getErrorMessage`. */
function makesText(callee: Node, frame: Frame | null, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  if (callee.type === 'Identifier' && bindings.isGlobal(callee)) return callee.name === 'String';
  if (callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && bindings.isGlobal(callee.object)) {
    return callee.object.name === 'JSON' && propertyName(callee) === 'stringify';
  }
  return originsOf({ node: callee, frame }, sourceCode).some((origin) => {
    const entity = entityOf(origin);
    const name = entity?.path.at(-1) ?? (origin.node.type === 'ImportDefaultSpecifier' ? origin.node.local.name : '');
    return entity !== null && (entity.module === 'util' ? /^(?:inspect|format)$/.test(name) : /message/i.test(name));
  });
}
