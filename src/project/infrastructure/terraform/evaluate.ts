import { callOf } from './functions.js';
import type { Expression, ForExpression } from './syntax.js';
import { absent, derived, error, identityOf, isNull, joined, knownText, literal, textOf, truthOf, unknown, type DeclaredName, type Rest, type Value } from './value.js';

/** What the names of a place stand for: `var`, `local`, `each`, the resources of its module. */
export interface Scope {
  readonly valueOf: (name: string) => Value;
}

/** @returns a scope with further names: those of a `for`, a `dynamic` block, `each` and `count` */
export const scopeWith = (scope: Scope, names: ReadonlyMap<string, Value>): Scope => ({ valueOf: (name) => names.get(name) ?? scope.valueOf(name) });

/**
 * @param expression an expression
 * @param scope what its names stand for
 * @returns what is known of its value. Nothing is thrown: what Terraform would refuse is an `error` value.
 */
export function valueOf(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'literal':
      return literal(expression.value);
    case 'template':
      return joined(expression.parts.map((part) => (typeof part === 'string' ? part : valueOf(part, scope))));
    case 'list':
      return { kind: 'list', elements: expression.elements.map((element) => valueOf(element, scope)), rest: null };
    case 'object':
      return objectOf(expression.entries.map(({ key, value }) => [valueOf(key, scope), valueOf(value, scope)]));
    case 'name':
      return scope.valueOf(expression.name);
    case 'member':
      return memberOf(valueOf(expression.of, scope), valueOf(expression.key, scope));
    case 'splat':
      return splatOf(valueOf(expression.of, scope), expression.path.map((key) => valueOf(key, scope)));
    case 'call':
      return callOf(expression.name, expression.arguments.map((argument) => valueOf(argument, scope)), expression.spread);
    case 'conditional':
      return conditionalOf(valueOf(expression.test, scope), () => valueOf(expression.then, scope), () => valueOf(expression.otherwise, scope));
    case 'operation':
      return operationOf(expression.operator, expression.operands.map((operand) => valueOf(operand, scope)));
    case 'for':
      return forOf(expression, scope);
    case 'unread':
      return unknown(null);
  }
}

/** @returns `value[key]`, which is `value.key` too */
export function memberOf(value: Value, key: Value): Value {
  const name = knownText(key);
  switch (value.kind) {
    case 'holder':
      return name === null ? derived('member', [value, key]) : value.member(name);
    case 'object': {
      if (name === null) return oneOf([...value.entries.values()], value.rest, derived('member', [value, key]).id);
      const member = value.entries.get(name);
      return member ?? value.rest?.value ?? error;
    }
    case 'list': {
      const index = name === null ? null : Number(name);
      if (index === null) return oneOf(value.elements, value.rest, derived('member', [value, key]).id);
      return value.elements[index] ?? value.rest?.value ?? error;
    }
    case 'unknown':
      return derived('member', [value, key]);
    default:
      return error;
  }
}

/** One of several values, of which it is not known which. */
function oneOf(values: readonly Value[], rest: Rest | null, id: string | null): Value {
  const candidates = rest ? [...values, rest.value] : values;
  const [first, ...others] = candidates;
  if (!first) return error;
  // The only one there can be, as for a resource that is counted by something unknown.
  if (others.length === 0) return first;
  if (candidates.every(({ kind }) => kind === 'holder')) {
    return { kind: 'holder', id, member: (key) => oneOf(candidates.map((candidate) => memberOf(candidate, textOf(key))), null, id === null ? null : `${id}.${key}`) };
  }
  return { kind: 'unknown', id, among: bucketsAmong(candidates) };
}

/** The buckets, where the values are nothing but names of buckets, or no value at all. */
function bucketsAmong(values: readonly Value[]): readonly DeclaredName[] | null {
  const buckets = values.flatMap((value) => (value.kind === 'bucket' ? [value.bucket] : []));
  return values.every((value) => value.kind === 'bucket' || isNull(value)) ? buckets : null;
}

function splatOf(value: Value, path: readonly Value[]): Value {
  const from = (element: Value): Value => path.reduce(memberOf, element);
  // A splat of what is no list makes a list of it; of null, an empty one.
  // https://developer.hashicorp.com/terraform/language/expressions/splat
  if (isNull(value)) return { kind: 'list', elements: [], rest: null };
  if (value.kind === 'unknown') return derived('splat', [value, ...path]);
  if (value.kind === 'error') return error;
  if (value.kind !== 'list') return { kind: 'list', elements: [from(value)], rest: null };
  return { kind: 'list', elements: value.elements.map(from), rest: value.rest && { ...value.rest, value: from(value.rest.value) } };
}

function conditionalOf(test: Value, then: () => Value, otherwise: () => Value): Value {
  if (test.kind === 'error') return error;
  const truth = truthOf(test);
  if (truth !== null) return truth ? then() : otherwise();
  const [one, other] = [then(), otherwise()];
  if (isSame(one, other)) return one;
  const { id } = derived('if', [test, one, other]);
  if (one.kind === 'object' && other.kind === 'object') return eitherObject(one, other, test);
  if (one.kind === 'json' && other.kind === 'json') return { kind: 'json', value: conditionalOf(test, () => one.value, () => other.value) };
  if (one.kind === 'list' && other.kind === 'list') return eitherList(one.elements, other.elements, id);
  return { kind: 'unknown', id, among: bucketsAmong([one, other]) };
}

function isSame(one: Value, other: Value): boolean {
  const identity = identityOf(one);
  return one === other || (identity !== null && identity === identityOf(other));
}

/** The keys that one of two objects can have are known, even where it is not known which of the two it is. */
function eitherObject(one: Extract<Value, { readonly kind: 'object' }>, other: Extract<Value, { readonly kind: 'object' }>, test: Value): Value {
  const keys = new Set([...one.entries.keys(), ...other.entries.keys()]);
  const of = (object: typeof one, key: string): Value => object.entries.get(key) ?? object.rest?.value ?? absent;
  const rest = one.rest ?? other.rest;
  return {
    kind: 'object',
    entries: new Map([...keys].map((key) => [key, conditionalOf(test, () => of(one, key), () => of(other, key))])),
    rest: rest && { value: unknown(null), extent: null },
  };
}

/** What two lists begin with alike is there, whichever of them it is. */
function eitherList(one: readonly Value[], other: readonly Value[], id: string | null): Value {
  const different = one.findIndex((element, index) => {
    const beside = other[index];
    return !beside || !isSame(element, beside);
  });
  const alike = different < 0 ? one : one.slice(0, different);
  // `var.enabled ? [aws_s3_bucket.uploads.id] : []`: the element is that one, if it is there.
  const [only] = [...one.slice(alike.length), ...other.slice(alike.length)];
  const further = one.length + other.length === alike.length * 2 + 1 ? only : undefined;
  return { kind: 'list', elements: alike, rest: { value: further ?? unknown(null), extent: id } };
}

function objectOf(entries: readonly (readonly [Value, Value])[]): Value {
  const known = new Map<string, Value>();
  let rest: Rest | null = null;
  for (const [key, value] of entries) {
    const name = knownText(key);
    if (name === null) rest = { value: unknown(null), extent: null };
    else known.set(name, value);
  }
  return { kind: 'object', entries: known, rest };
}

function operationOf(operator: string, operands: readonly Value[]): Value {
  const [one, other] = operands;
  if (!one) return error;
  if (operands.some(({ kind }) => kind === 'error')) return error;
  const truths = operands.map(truthOf);
  const result = derived(operator, operands);
  switch (operator) {
    case '!':
      return truths[0] === null || truths[0] === undefined ? result : literal(!truths[0]);
    case '&&':
      return truths.includes(false) ? literal(false) : truths.includes(null) ? result : literal(true);
    case '||':
      return truths.includes(true) ? literal(true) : truths.includes(null) ? result : literal(false);
    case '==':
    case '!=': {
      const same = other && equality(one, other);
      return same === null || same === undefined ? result : literal(same === (operator === '=='));
    }
    default: {
      const [a, b] = operands.map((operand) => Number(knownText(operand) ?? Number.NaN));
      return a === undefined || b === undefined ? result : arithmetic(operator, a, b, result);
    }
  }
}

function arithmetic(operator: string, a: number, b: number, otherwise: Value): Value {
  if (Number.isNaN(a) || Number.isNaN(b)) return otherwise;
  const results: Readonly<Record<string, number | boolean>> = { '+': a + b, '-': a - b, '*': a * b, '>': a > b, '>=': a >= b, '<': a < b, '<=': a <= b };
  const result = results[operator];
  return result === undefined ? otherwise : literal(result);
}

function equality(one: Value, other: Value): boolean | null {
  const [a, b] = [knownText(one), knownText(other)];
  if (a !== null && b !== null) return a === b;
  if (isNull(one) && isNull(other)) return true;
  // A bucket's name, a list, an object or a known text are something; what is not known may be null.
  const something = (value: Value): boolean => value.kind !== 'unknown' && value.kind !== 'holder' && !isNull(value);
  if ((isNull(one) && something(other)) || (isNull(other) && something(one))) return false;
  const same = identityOf(one);
  return same !== null && same === identityOf(other) ? true : null;
}

function forOf(expression: ForExpression, scope: Scope): Value {
  const collection = valueOf(expression.collection, scope);
  const elements = elementsOf(collection);
  if (!elements) return derived('for', [unknown(null)]);
  const made: [key: Value, value: Value][] = [];
  // Which elements there are is known only with every one of them and every answer of the condition.
  let whole = elements.every(({ certain }) => certain);
  const unconditional = expression.condition === null;
  let rest: Value | null = null;
  for (const { key, value, certain } of elements) {
    const names = new Map([[expression.valueName, value]]);
    if (expression.keyName !== null) names.set(expression.keyName, key);
    const inner = scopeWith(scope, names);
    const kept = expression.condition ? truthOf(valueOf(expression.condition, inner)) : true;
    if (kept === false) continue;
    const result = valueOf(expression.value, inner);
    if (kept === null || !certain) [whole, rest] = [false, rest ? unknown(null) : result];
    else made.push([expression.key ? valueOf(expression.key, inner) : key, result]);
  }
  const extent = unconditional && 'rest' in collection ? (collection.rest?.extent ?? null) : null;
  const further = whole ? null : { value: rest ?? unknown(null), extent };
  if (!expression.key) return { kind: 'list', elements: made.map(([, value]) => value), rest: further };
  const object = objectOf(expression.grouped ? made.map(([key]) => [key, unknown(null)]) : made);
  return object.kind === 'object' && further ? { ...object, rest: object.rest ?? further } : object;
}

/** An element of a collection; not certain where it stands for any number of them. */
export interface Element {
  readonly key: Value;
  readonly value: Value;
  readonly certain: boolean;
}

/** @returns the elements of a list or object; null where the value is not known to be one */
export function elementsOf(value: Value): readonly Element[] | null {
  const further = (rest: Rest | null): Element[] => (rest ? [{ key: unknown(null), value: rest.value, certain: false }] : []);
  if (value.kind === 'list') return [...value.elements.map((element, index) => ({ key: literal(index), value: element, certain: true })), ...further(value.rest)];
  if (value.kind === 'object') return [...[...value.entries].map(([key, element]) => ({ key: textOf(key), value: element, certain: true })), ...further(value.rest)];
  return null;
}
