import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, memberPath, type Bindings } from '../../calls/bindings.js';
import { entityOf } from '../../calls/entities.js';
import { calledFunctions } from '../../calls/called-functions.js';
import { originsOf } from '../../calls/origins.js';
import { calledName, isNothing, literalText, methodName, unwrap, walk, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import { isFacet, kindOf, tells } from '../conflicts/error-facet.js';
import type { Answer, Held, Trail } from './trail.js';

/** What a test is on a trail: `either` where the error does not decide it, `unsure` where it does and is not understood. */
export type Truth = boolean | 'either' | 'unsure';

/** What functions of the file answer when they are handed the error. */
export interface Asks {
  readonly truth: (asked: FunctionNode, call: TSESTree.CallExpression, trail: Trail) => Truth;
  readonly value: (asked: FunctionNode, call: TSESTree.CallExpression, trail: Trail) => string | null;
}

const maximumDepth = 8;

/** The value of what was read from an error that has no such property. */
const missing = 'undefined';

/**
 * @param outer a test
 * @param trail the trail on which it is asked
 * @param asks what runs the predicates of the file
 * @param sourceCode the file
 * @returns what the test is when the error is the one of the trail
 */
export function truthOf(outer: Node, trail: Trail, asks: Asks, sourceCode: SourceCode, depth = 0): Truth {
  const held = trail.held.get(outer) ?? trail.held.get(unwrap(outer));
  const test = unwrap(outer);
  if (held) return truthOfHeld(held);
  if (depth > maximumDepth) return 'unsure';
  const again = (node: Node): Truth => truthOf(node, trail, asks, sourceCode, depth + 1);
  switch (test.type) {
    case 'UnaryExpression':
      return test.operator === '!' ? not(again(test.argument)) : unknown(test, trail, sourceCode);
    case 'LogicalExpression':
      return logical(test, again);
    case 'ConditionalExpression': {
      const truth = again(test.test);
      if (typeof truth === 'boolean') return again(truth ? test.consequent : test.alternate);
      const [one, other] = [again(test.consequent), again(test.alternate)];
      return one === other ? one : truth;
    }
    case 'BinaryExpression':
      return compared(test, trail, asks, sourceCode);
    case 'CallExpression':
      return asked(test, trail, asks, sourceCode, again);
    case 'Identifier':
      return named(test, trail, sourceCode, again);
    case 'MemberExpression': {
      const value = valueOf(test, trail, asks, sourceCode);
      return value === null ? unknown(test, trail, sourceCode) : value !== missing;
    }
    case 'Literal':
      return Boolean(test.value);
    case 'ObjectExpression':
    case 'ArrayExpression':
    case 'ArrowFunctionExpression':
    case 'NewExpression':
      return true;
    default:
      return unknown(test, trail, sourceCode);
  }
}

function truthOfHeld(held: Held): Truth {
  switch (held.kind) {
    case 'truth':
      return held.truth;
    case 'passed':
      return 'either';
    case 'text':
      return held.text !== '';
    default:
      return true;
  }
}

const not = (truth: Truth): Truth => (typeof truth === 'boolean' ? !truth : truth);

function logical(test: TSESTree.LogicalExpression, again: (node: Node) => Truth): Truth {
  const [left, right] = [again(test.left), again(test.right)];
  if (test.operator === '??') return left === 'either' ? right : left;
  const decisive = test.operator === '||';
  if (left === decisive || right === decisive) return decisive;
  if (left === 'unsure' || right === 'unsure') return 'unsure';
  return left === 'either' || right === 'either' ? 'either' : !decisive;
}

function named(test: TSESTree.Identifier, trail: Trail, sourceCode: SourceCode, again: (node: Node) => Truth): Truth {
  if (isNothing(test)) return false;
  const bindings = bindingsOf(sourceCode);
  const variable = bindings.variableOf(test);
  const held = variable && trail.held.get(variable);
  if (held) return truthOfHeld(held);
  if (isError(test, trail, sourceCode)) return true;
  const value = bindings.plainValueOf(test) ?? valueBefore(test, trail, bindings);
  return value ? again(value) : unknown(test, trail, sourceCode);
}

/** What a variable was first given, where every other value stands behind the call that failed: `saved = true`. */
function valueBefore(name: Node, { failed }: Trail, bindings: Bindings): Node | null {
  const [first, ...others] = bindings.definitionsAt(name);
  if (first?.kind !== 'value' || first.path.length > 0 || first.node.type !== 'VariableDeclarator') return null;
  return others.length > 0 && others.every(({ node }) => node.range[0] > failed.range[1]) && first.value.type === 'Literal' ? first.value : null;
}

/** Whether an expression is the error of the trail, under whatever name. */
export function isError(node: Node, trail: Trail, sourceCode: SourceCode, depth = 0): boolean {
  const inner = unwrap(node);
  if (trail.held.get(inner)?.kind === 'error') return true;
  if (depth > maximumDepth) return false;
  // `context.error`
  const member = inner.type === 'MemberExpression' ? memberPath(inner) : null;
  if (member) return samePath(member.path, holderAt(member.root, trail, sourceCode));
  if (inner.type !== 'Identifier') return false;
  const bindings = bindingsOf(sourceCode);
  const variable = bindings.variableOf(inner);
  const held = variable && trail.held.get(variable);
  if (held) return held.kind === 'error';
  // `const failure = error as S3ServiceException`, `const { error } = context`
  const [only, ...others] = bindings.definitionsAt(inner);
  if (only?.kind !== 'value' || others.length > 0 || only.fallback) return false;
  return only.path.length === 0 ? isError(only.value, trail, sourceCode, depth + 1) : samePath(only.path, holderAt(only.value, trail, sourceCode));
}

/** Where an object has the error; null where it is no such object. */
function holderAt(node: Node, trail: Trail, sourceCode: SourceCode): readonly string[] | null {
  const variable = bindingsOf(sourceCode).variableOf(unwrap(node));
  const held = variable && trail.held.get(variable);
  return held?.kind === 'holder' ? held.path : null;
}

const samePath = (one: readonly string[], other: readonly string[] | null): boolean => other !== null && one.join('.') === other.join('.');

/** Whether an expression reads the error. */
export function mentionsError(node: Node, trail: Trail, sourceCode: SourceCode): boolean {
  let found = false;
  walk(node, sourceCode, (inner) => {
    if (inner.type === 'Identifier') found ||= isError(inner, trail, sourceCode) || facetAt(inner, trail, sourceCode) !== null;
    return !found;
  });
  return found;
}

const unknown = (node: Node, trail: Trail, sourceCode: SourceCode): Truth => (mentionsError(node, trail, sourceCode) ? 'unsure' : 'either');

/** The properties of the error that a name was given: `catch ({ name })`, `const { $metadata } = error`. */
function facetAt(node: Node, trail: Trail, sourceCode: SourceCode): readonly string[] | null {
  const bindings = bindingsOf(sourceCode);
  const variable = bindings.variableOf(node);
  const held = variable && trail.held.get(variable);
  if (held) return held.kind === 'facet' ? held.path : null;
  const [only, ...others] = bindings.definitionsAt(node);
  if (only?.kind !== 'value' || others.length > 0 || only.path.length === 0) return null;
  return isError(only.value, trail, sourceCode) ? only.path : null;
}

/**
 * @param node an expression
 * @param trail the trail on which it is read
 * @returns the name or status of the conflict, where the expression reads it from the error; null where it does not, or
 *   where it is not known what it reads
 */
export function valueOf(node: Node, trail: Trail, asks: Asks, sourceCode: SourceCode, depth = 0): string | null {
  const inner = unwrap(node);
  if (depth > maximumDepth) return null;
  // `error.name ?? error.code`
  if (inner.type === 'LogicalExpression') {
    const left = valueOf(inner.left, trail, asks, sourceCode, depth + 1);
    return left === null || left === missing ? valueOf(inner.right, trail, asks, sourceCode, depth + 1) : left;
  }
  // `error instanceof Error ? error.name : ''`
  if (inner.type === 'ConditionalExpression') {
    const truth = truthOf(inner.test, trail, asks, sourceCode, depth + 1);
    if (typeof truth !== 'boolean') return null;
    const chosen = truth ? inner.consequent : inner.alternate;
    return valueOf(chosen, trail, asks, sourceCode, depth + 1) ?? literalText(unwrap(chosen));
  }
  // `String(error.name)`, `Number(error.$metadata.httpStatusCode)`
  if (inner.type === 'CallExpression' && inner.callee.type === 'Identifier' && /^(?:String|Number)$/.test(inner.callee.name) && inner.arguments[0]) {
    return valueOf(inner.arguments[0], trail, asks, sourceCode, depth + 1);
  }
  if (inner.type === 'CallExpression' && inner.arguments.some((argument) => isError(argument, trail, sourceCode))) {
    const [called] = calledFunctions(inner, null, sourceCode);
    return called ? asks.value(called, inner, trail) : null;
  }
  if (inner.type === 'MemberExpression') {
    const member = memberPath(inner);
    if (!member) return null;
    if (isError(member.root, trail, sourceCode)) return read(member.path, trail);
    const holder = holderAt(member.root, trail, sourceCode);
    if (holder) return samePath(member.path.slice(0, holder.length), holder) ? read(member.path.slice(holder.length), trail) : null;
    const facet = member.root.type === 'Identifier' ? facetAt(member.root, trail, sourceCode) : null;
    if (facet) return read([...facet, ...member.path], trail);
    // `const meta = error.$metadata; meta.httpStatusCode`
    const value = member.root.type === 'Identifier' ? bindingsOf(sourceCode).plainValueOf(member.root) : null;
    const below = value && memberPath(unwrap(value));
    return below && isError(below.root, trail, sourceCode) ? read([...below.path, ...member.path], trail) : null;
  }
  if (inner.type !== 'Identifier') return null;
  const facet = facetAt(inner, trail, sourceCode);
  if (facet) return read(facet, trail);
  const value = bindingsOf(sourceCode).plainValueOf(inner);
  return value ? valueOf(value, trail, asks, sourceCode, depth + 1) : null;
}

/** What an error of S3 has under a path. */
function read(path: readonly string[], { failure }: Trail): string | null {
  if (failure.kind === 'own') return null;
  const { answer, library } = failure;
  const property = path.join('.');
  if (!isFacet(property)) return null;
  if (library !== null && !tells(library, property)) return missing;
  return kindOf(property) === 'code' ? answer.name : String(answer.status);
}

function compared(node: TSESTree.BinaryExpression, trail: Trail, asks: Asks, sourceCode: SourceCode): Truth {
  if (node.operator === 'instanceof') return isError(node.left, trail, sourceCode) ? instanceOf(node.right, trail, sourceCode) : 'either';
  if (node.operator === 'in') return isError(node.right, trail, sourceCode) ? inError(node, trail) : 'either';
  const [left, right] = [unwrap(node.left), unwrap(node.right)];
  const negated = node.operator.startsWith('!');
  // `failure !== null`, `typeof error === 'object'`
  const nothing = [left, right].find(isNothing);
  if (nothing && /^[!=]==?$/.test(node.operator)) {
    const other = nothing === left ? right : left;
    const held = heldOf(other, trail, sourceCode);
    if (held?.kind === 'passed') return 'either';
    const isThere = held ? held.kind !== 'truth' || held.truth : valueOf(other, trail, asks, sourceCode);
    if (isThere === null) return unknown(node, trail, sourceCode);
    return (isThere === true || (typeof isThere === 'string' && isThere !== missing)) === negated;
  }
  if (left.type === 'UnaryExpression' && left.operator === 'typeof') return unwrap(left.argument).type === 'Identifier' && isError(left.argument, trail, sourceCode) ? (literalText(right) === 'object') !== negated : unknown(node, trail, sourceCode);
  const actual = valueOf(left, trail, asks, sourceCode) ?? valueOf(right, trail, asks, sourceCode);
  const literal = constantText(left, trail, sourceCode) ?? constantText(right, trail, sourceCode);
  if (actual === null || literal === null) return booleanCompared(node, trail, sourceCode) ?? unknown(node, trail, sourceCode);
  switch (node.operator) {
    case '==':
    case '===':
      return actual === literal;
    case '!=':
    case '!==':
      return actual !== literal;
    case '>=':
      return Number(actual) >= Number(literal);
    case '>':
      return Number(actual) > Number(literal);
    case '<':
      return Number(actual) < Number(literal);
    case '<=':
      return Number(actual) <= Number(literal);
    default:
      return 'unsure';
  }
}

/** `saved === false`, where the trail knows what `saved` is. */
function booleanCompared(node: TSESTree.BinaryExpression, trail: Trail, sourceCode: SourceCode): boolean | null {
  if (!/^[!=]==?$/.test(node.operator)) return null;
  for (const [asked, literal] of [[node.left, node.right], [node.right, node.left]] as const) {
    const constant = unwrap(literal);
    const held = heldOf(asked, trail, sourceCode);
    if (constant.type === 'Literal' && typeof constant.value === 'boolean' && held?.kind === 'truth') return (held.truth === constant.value) === node.operator.startsWith('=');
  }
  return null;
}

/** What a name or a call that was left stands for on the trail. */
export function heldOf(node: Node, trail: Trail, sourceCode: SourceCode): Held | null {
  const inner = unwrap(node);
  const variable = inner.type === 'Identifier' ? bindingsOf(sourceCode).variableOf(inner) : null;
  return trail.held.get(inner) ?? (variable && trail.held.get(variable)) ?? (isError(inner, trail, sourceCode) ? { kind: 'error' } : null);
}

/** A text or number that stands in the source, or in a constant, an enum or an object of constants. */
function constantText(node: Node, trail: Trail, sourceCode: SourceCode): string | null {
  const held = heldOf(node, trail, sourceCode);
  const text = held?.kind === 'text' ? held.text : literalText(node);
  if (text !== null || (node.type !== 'Identifier' && node.type !== 'MemberExpression')) return text;
  const [only, ...others] = originsOf({ node, frame: null }, sourceCode);
  return only && others.length === 0 && only.path.length === 0 ? literalText(unwrap(only.node)) : null;
}

/** `'name' in error`, `'$metadata' in error` */
function inError(node: TSESTree.BinaryExpression, { failure }: Trail): Truth {
  const name = literalText(unwrap(node.left));
  if (failure.kind === 'own' || name === null) return 'unsure';
  if (name.startsWith('$')) return failure.library === null || failure.library === 'v3';
  return failure.library === null || !isFacet(name) || tells(failure.library, name);
}

/** Whether the error is an instance of a class. */
export function instanceOf(classNode: Node, { failure }: Trail, sourceCode: SourceCode): Truth {
  const classes = originsOf({ node: classNode, frame: null }, sourceCode).map((origin) => {
    const entity = entityOf(origin);
    const node = unwrap(origin.node);
    return { node, module: entity?.module ?? null, name: entity?.path.at(-1) ?? (node.type === 'Identifier' ? node.name : node.type === 'ClassDeclaration' ? (node.id?.name ?? null) : null) };
  });
  const [asked] = classes;
  if (!asked || asked.name === null) return 'unsure';
  if (asked.name === 'Error') return true;
  if (failure.kind === 'own') return failure.made && sourceCode.getText(failure.made.callee) === sourceCode.getText(unwrap(classNode)) ? true : 'unsure';
  // Conflicts of objects have no class of their own in client-s3: they are plain service exceptions.
  if (/^(?:S3ServiceException|ServiceException|SmithyServiceException|AWSError|S3Error)$/.test(asked.name)) return true;
  if (asked.module?.startsWith('@aws-sdk/')) return asked.name === failure.answer.name;
  // A class of the file: S3's error is none of them.
  return asked.node.type === 'ClassDeclaration' || asked.node.type === 'ClassExpression' ? false : 'unsure';
}

function asked(call: TSESTree.CallExpression, trail: Trail, asks: Asks, sourceCode: SourceCode, again: (node: Node) => Truth): Truth {
  const callee = unwrap(call.callee);
  const [first] = call.arguments;
  if (callee.type === 'Identifier' && callee.name === 'Boolean' && first) return again(first);
  // `['PreconditionFailed', …].includes(error.name)`
  if (callee.type === 'MemberExpression' && /^(?:includes|has)$/.test(methodName(call) ?? '') && first) {
    const actual = valueOf(first, trail, asks, sourceCode);
    const list = originsOf({ node: callee.object, frame: null }, sourceCode)[0]?.node;
    const items = list?.type === 'NewExpression' ? list.arguments[0] : list;
    if (actual !== null && items?.type === 'ArrayExpression') return items.elements.some((item) => item !== null && constantText(unwrap(item), trail, sourceCode) === actual);
  }
  const at = call.arguments.findIndex((argument) => isError(argument, trail, sourceCode));
  if (at < 0) return unknown(call, trail, sourceCode);
  const [predicate] = calledFunctions(call, null, sourceCode);
  if (predicate) return asks.truth(predicate, call, trail);
  // `axios.isAxiosError(error)`, `Array.isArray(error)`
  return trail.failure.kind === 's3' ? byName(calledName(call), trail.failure.answer) : 'unsure';
}

/** A predicate of another file is taken at its name: `isPreconditionFailed(error)`. */
function byName(name: string, { name: conflict, status }: Answer): Truth {
  if (/pre-?condition|412/i.test(name)) return status === 412;
  if (/conditional_?request|409/i.test(name)) return status === 409;
  if (/already_?owned/i.test(name)) return conflict === 'BucketAlreadyOwnedByYou';
  if (/conflict/i.test(name)) return conflict === 'PreconditionFailed' || conflict === 'ConditionalRequestConflict';
  if (/^is_?(?:aws|s3|sdk)?_?(?:service)?_?(?:error|exception)(?:like)?$/i.test(name)) return true;
  return /not_?found|no_?such|404|missing_?key|axios|abort|timeout|throttl/i.test(name) ? false : 'unsure';
}
