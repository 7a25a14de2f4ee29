import { valueOf, type Scope } from './evaluate.js';
import type { Expression } from './syntax.js';
import { absent, isNull, knownText, type Value } from './value.js';

/**
 * Fills in what the type of a variable says of attributes that a caller leaves out.
 *
 * @param value what the caller gives
 * @param type the type that the variable declares
 * @param scope for the defaults, which can name nothing
 * @returns the value as the module sees it
 *
 * https://developer.hashicorp.com/terraform/language/expressions/type-constraints#optional-object-type-attributes
 */
export function withDefaults(value: Value, type: Expression, scope: Scope): Value {
  if (type.kind !== 'call') return value;
  const [inner] = type.arguments;
  if (!inner) return value;
  if (type.name === 'optional') return withDefaults(value, inner, scope);
  if (type.name === 'object') return withAttributes(value, inner, scope);
  const each = (element: Value): Value => withDefaults(element, inner, scope);
  if (value.kind === 'list') return { ...value, elements: value.elements.map(each), rest: value.rest && { ...value.rest, value: each(value.rest.value) } };
  if (value.kind === 'object' && type.name === 'map') {
    return { ...value, entries: new Map([...value.entries].map(([key, element]) => [key, each(element)])), rest: value.rest && { ...value.rest, value: each(value.rest.value) } };
  }
  return value;
}

function withAttributes(value: Value, attributes: Expression, scope: Scope): Value {
  if (value.kind !== 'object' || attributes.kind !== 'object') return value;
  const entries = new Map(value.entries);
  for (const { key, value: type } of attributes.entries) {
    const name = knownText(valueOf(key, scope));
    if (name === null) continue;
    const given = entries.get(name);
    const optional = type.kind === 'call' && type.name === 'optional' ? type : null;
    if (given && !(optional && isNull(given))) entries.set(name, withDefaults(given, type, scope));
    else if (optional && (given ?? !value.rest)) {
      const [inner, otherwise] = optional.arguments;
      const standard = otherwise ? valueOf(otherwise, scope) : absent;
      entries.set(name, inner ? withDefaults(standard, inner, scope) : standard);
    }
  }
  return { ...value, entries };
}
