import { absent, derived, error, identityOf, isNull, joined, knownText, sizeLimit, literal, noEntries, textOf, truthOf, unknown, type Rest, type Value } from './value.js';

/** A function on values; null where it cannot tell. */
type Function = (values: readonly Value[]) => Value | null;

/**
 * @param name a function of Terraform's language
 * @param values its arguments
 * @param spread whether the last one is followed by `...`
 * @returns its value; an unknown one for functions that are not read
 */
export function callOf(name: string, values: readonly Value[], spread: boolean): Value {
  const given = spread ? spreadOut(values) : values;
  const read = given && Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (given?.some(isError) && !tolerant.has(name)) return error;
  return (given && read?.(given)) ?? derived(name, values);
}

/** A list with a mistake in it is one: `try([each.value.missing], [])`. */
const isError = (value: Value): boolean => value.kind === 'error' || (value.kind === 'list' && value.elements.some(isError));

/** Functions that are there to get over an error. */
const tolerant: ReadonlySet<string> = new Set(['try', 'can']);

function spreadOut(values: readonly Value[]): readonly Value[] | null {
  const last = values.at(-1);
  return last?.kind === 'list' && !last.rest ? [...values.slice(0, -1), ...last.elements] : null;
}

/** A function of one known text. */
const onText =
  (change: (text: string) => string): Function =>
  ([value]) => {
    const text = value && knownText(value);
    return text === null || text === undefined ? null : textOf(change(text));
  };

/** A function that gives what it is given. */
const same: Function = ([value]) => value ?? null;

/** https://developer.hashicorp.com/terraform/language/functions */
const functions: Readonly<Record<string, Function>> = {
  tostring: same,
  tonumber: same,
  tolist: same,
  toset: same,
  tomap: same,
  sensitive: same,
  nonsensitive: same,
  tobool: ([value]) => {
    if (!value) return null;
    const truth = truthOf(value);
    if (truth !== null) return literal(truth);
    return knownText(value) === null ? (isNull(value) ? absent : null) : error;
  },
  lower: onText((text) => text.toLowerCase()),
  upper: onText((text) => text.toUpperCase()),
  title: onText((text) => text.replace(/(^|[^\p{L}\p{N}'])\p{L}/gu, (found) => found.toUpperCase())),
  trimspace: onText((text) => text.trim()),
  format: ([pattern, ...values]) => formatted(pattern, values),
  join: ([separator, list]) => joinedBy(separator, list),
  concat: (lists) => concatenated(lists),
  flatten: ([list]) => flattened(list),
  compact: ([list]) => (list?.kind === 'list' ? { ...list, elements: list.elements.filter((element) => !isNull(element) && knownText(element) !== '') } : null),
  distinct: same,
  merge: (objects) => objects.reduce<Value | null>((merged, object) => merged && mergedWith(merged, object), noEntries),
  keys: ([object]) => (object?.kind === 'object' ? { kind: 'list', elements: [...object.entries.keys()].sort().map(textOf), rest: object.rest && { ...object.rest, value: unknown(null) } } : null),
  values: ([object]) => (object?.kind === 'object' ? { kind: 'list', elements: [...object.entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value), rest: object.rest } : null),
  length: ([collection]) => lengthOf(collection),
  element: ([list, index]) => {
    const at = index && Number(knownText(index) ?? Number.NaN);
    if (list?.kind !== 'list' || at === undefined || Number.isNaN(at)) return null;
    return list.elements[list.rest ? at : at % list.elements.length] ?? list.rest?.value ?? error;
  },
  one: ([list]) => (list?.kind === 'list' && list.elements.length + (list.rest ? 1 : 0) <= 1 ? (list.elements[0] ?? list.rest?.value ?? absent) : null),
  lookup: ([object, key, otherwise]) => {
    const name = key && knownText(key);
    if (object?.kind !== 'object' || name === null || name === undefined) return null;
    return object.entries.get(name) ?? (object.rest ? unknown(null) : (otherwise ?? error));
  },
  contains: ([list, wanted]) => {
    if (list?.kind !== 'list' || !wanted) return null;
    const text = knownText(wanted);
    const texts = list.elements.map(knownText);
    if (text !== null && texts.includes(text)) return literal(true);
    return text === null || list.rest || texts.includes(null) ? null : literal(false);
  },
  coalesce: (values) => firstOf(values, (value) => (isNull(value) || knownText(value) === '' ? 'no' : value.kind === 'unknown' ? 'unknown' : 'yes')),
  try: (values) => firstOf(values, (value) => (isError(value) ? 'no' : 'yes')),
  can: ([value]) => (value && value.kind !== 'unknown' ? literal(!isError(value)) : null),
  jsonencode: ([value]) => (value ? { kind: 'json', value } : null),
  jsondecode: ([value]) => (value?.kind === 'json' ? value.value : null),
};

/** The first value that will do, unless it is not known of one before it whether that would. */
function firstOf(values: readonly Value[], does: (value: Value) => 'yes' | 'no' | 'unknown'): Value | null {
  for (const value of values) {
    const answer = does(value);
    if (answer !== 'no') return answer === 'yes' ? value : null;
  }
  return error;
}

/** `%s`, `%d`, `%v` and `%%`; other verbs change the text in ways that are not read. */
function formatted(pattern: Value | undefined, values: readonly Value[]): Value | null {
  const text = pattern && knownText(pattern);
  if (text === null || text === undefined) return null;
  let next = 0;
  const parts = text.split(/(%[^a-zA-Z%]*[a-zA-Z%])/).map((part): string | Value => {
    if (!part.startsWith('%')) return part;
    if (part === '%%') return '%';
    const value = values[next++];
    return value && /^%[sdv]$/.test(part) ? value : unknown(null);
  });
  return joined(parts);
}

function joinedBy(separator: Value | undefined, list: Value | undefined): Value | null {
  if (!separator || list?.kind !== 'list') return null;
  // One element of which it is not known whether it is there: `join("", aws_s3_bucket.b[*].id)` is its text or none.
  if (list.rest) return list.elements.length === 0 && list.rest.value.kind === 'bucket' ? list.rest.value : null;
  return joined(list.elements.flatMap((element, index) => (index === 0 ? [element] : [separator, element])));
}

function concatenated(lists: readonly Value[]): Value | null {
  const elements: Value[] = [];
  let rest: Rest | null = null;
  for (const list of lists) {
    // After elements of which it is not known how many there are, places in the list are not known.
    const before: Rest | null = rest;
    if (list.kind !== 'list') rest = further(before, unknown(null), identityOf(list));
    else {
      if (before) rest = list.elements.reduce((all: Rest, element) => further(all, element, null), before);
      else elements.push(...list.elements);
      if (list.rest) rest = further(rest, list.rest.value, list.rest.extent);
    }
  }
  return elements.length > sizeLimit ? null : { kind: 'list', elements, rest };
}

const further = (rest: Rest | null, value: Value, extent: string | null): Rest =>
  // A name that may be missing, and an empty text in its stead: `concat(aws_s3_bucket.b[*].id, [""])[0]`.
  rest ? (isEmptyText(value) ? rest : { value: unknown(null), extent: null }) : { value, extent };

const isEmptyText = (value: Value): boolean => knownText(value) === '';

function flattened(list: Value | undefined): Value | null {
  if (list?.kind !== 'list' || list.rest) return null;
  return concatenated(list.elements.map((element) => (element.kind === 'list' ? (flattened(element) ?? element) : element.kind === 'unknown' ? element : { kind: 'list', elements: [element], rest: null })));
}

/** Later objects win; of what is not known it is not known whether it does. */
function mergedWith(one: Value, other: Value): Value | null {
  if (isNull(other)) return one;
  if (one.kind !== 'object') return null;
  if (other.kind !== 'object') {
    return { kind: 'object', entries: new Map([...one.entries.keys()].map((key) => [key, unknown(null)])), rest: { value: unknown(null), extent: null } };
  }
  const kept = other.rest ? [...one.entries.keys()].map((key): [string, Value] => [key, unknown(null)]) : [...one.entries];
  const rest = one.rest && other.rest ? { value: unknown(null), extent: null } : (one.rest ?? other.rest);
  return { kind: 'object', entries: new Map([...kept, ...other.entries]), rest };
}

function lengthOf(collection: Value | undefined): Value | null {
  if (collection?.kind === 'list') return collection.rest ? (collection.elements.length === 0 ? unknown(collection.rest.extent) : null) : literal(collection.elements.length);
  if (collection?.kind === 'object') return collection.rest ? null : literal(collection.entries.size);
  const text = collection && knownText(collection);
  return typeof text === 'string' ? literal(text.length) : null;
}
