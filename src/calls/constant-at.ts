import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, unreadable, type Definition, type Path } from './bindings.js';
import { argumentFor, type Frame, type Place } from './frames.js';
import { continuationsOf } from './links.js';
import { isNotHanded } from './not-handed.js';
import { propertyName, unwrap, type Node, type SourceCode } from './syntax.js';

/** A value that stands in the source, or is sure to be left out. */
export interface Constant {
  readonly value: string | number | boolean | null | undefined;
}

const nothing: Constant = { value: undefined };
const maximumDepth = 10;

/**
 * The one value that an expression has for a chain of calls: a literal that the caller hands over, or the default of what
 * it leaves out. What has several values, or is made by a call, is not known.
 *
 * @param place an expression, seen from a chain of calls
 * @param sourceCode its file
 * @param inside the part of it that is asked for; the whole for none
 * @returns its value; null where it is not known
 */
export function constantAt(place: Place, sourceCode: SourceCode, inside: Path = []): Constant | null {
  const bindings = bindingsOf(sourceCode);

  const of = (outer: Node, frame: Frame | null, path: Path, depth: number): Constant | null => {
    const node = unwrap(outer);
    if (depth > maximumDepth || path.includes(unreadable)) return null;
    switch (node.type) {
      case 'Literal':
        return path.length === 0 && (node.value === null ? node.raw === 'null' : /^(?:string|number|boolean)$/.test(typeof node.value)) ? { value: node.value as Constant['value'] } : null;
      case 'TemplateLiteral':
        return path.length === 0 && node.expressions.length === 0 ? { value: node.quasis[0]?.value.cooked ?? '' } : null;
      case 'Identifier':
        return node.name === 'undefined' && bindings.isGlobal(node) ? (path.length === 0 ? nothing : null) : ofName(node, frame, path, depth);
      case 'MemberExpression':
        return of(node.object, frame, [propertyName(node) ?? unreadable, ...path], depth + 1);
      case 'ObjectExpression':
        return path.length > 0 ? ofProperty(node, frame, path, depth) : null;
      case 'TSEnumDeclaration': {
        const member = node.body.members.find((one) => propertyName(one) === path[0]);
        return member?.initializer ? of(member.initializer, null, path.slice(1), depth + 1) : null;
      }
      case 'CallExpression':
        return path.length === 0 ? ofSpelling(node, frame, depth) : null;
      default:
        return null;
    }
  };

  const ofName = (node: TSESTree.Identifier, frame: Frame | null, path: Path, depth: number): Constant | null => {
    const variable = bindings.variableOf(node);
    const [definition, ...others] = bindings.definitionsAt(node);
    if (!variable || !definition || others.length > 0 || bindings.memberWritesOf(variable).length > 0) return null;
    switch (definition.kind) {
      case 'value':
        return orFallback(of(definition.value, frame, [...definition.path, ...path], depth + 1), definition, frame, path, depth);
      case 'parameter': {
        const given = argumentFor(definition, frame);
        if (given) return orFallback(of(given.node, given.frame, [...given.path, ...path], depth + 1), definition, frame, path, depth);
        return isNothingHanded(definition, frame, sourceCode) ? orFallback(nothing, definition, frame, path, depth) : null;
      }
      case 'import': {
        const [only, ...more] = continuationsOf({ node: definition.node, frame: null, path }, sourceCode);
        return only && more.length === 0 ? of(only.node, null, only.path, depth + 1) : null;
      }
      case 'declaration':
        return definition.node.type === 'TSEnumDeclaration' ? of(definition.node, null, path, depth + 1) : null;
      default:
        return null;
    }
  };

  /** A default stands in for `undefined` alone. */
  const orFallback = (constant: Constant | null, { fallback }: Extract<Definition, { kind: 'value' | 'parameter' }>, frame: Frame | null, path: Path, depth: number): Constant | null =>
    !fallback || (constant && constant.value !== undefined) ? constant : constant && of(fallback, frame, path, depth + 1);

  const ofProperty = (node: TSESTree.ObjectExpression, frame: Frame | null, [name, ...below]: Path, depth: number): Constant | null => {
    const last = node.properties.findLast((property) => property.type === 'SpreadElement' || [name, null].includes(propertyName(property)));
    if (!last) return below.length === 0 ? nothing : null;
    return last.type === 'Property' && last.kind === 'init' && propertyName(last) === name ? of(last.value, frame, below, depth + 1) : null;
  };

  /** `method.toUpperCase()` of a text that is known. */
  const ofSpelling = (node: TSESTree.CallExpression, frame: Frame | null, depth: number): Constant | null => {
    const callee = unwrap(node.callee);
    const method = callee.type === 'MemberExpression' && node.arguments.length === 0 ? propertyName(callee) : null;
    if (callee.type !== 'MemberExpression' || (method !== 'toUpperCase' && method !== 'toLowerCase' && method !== 'trim')) return null;
    const text = of(callee.object, frame, [], depth + 1)?.value;
    return typeof text === 'string' ? { value: text[method]() } : null;
  };

  return of(place.node, place.frame, inside, 0);
}

/**
 * @param definition a name's, which may have a default
 * @param frame the chain of calls that it is seen from
 * @param sourceCode its file
 * @returns what the name is given before its default stands in: `undefined` for a part that an object literal lacks; null
 *   where that is not known
 */
export function givenConstant(definition: Extract<Definition, { kind: 'value' | 'parameter' }>, frame: Frame | null, sourceCode: SourceCode): Constant | null {
  if (definition.kind === 'value') return constantAt({ node: definition.value, frame }, sourceCode, definition.path);
  const given = argumentFor(definition, frame);
  if (given) return constantAt(given, sourceCode, given.path);
  return isNothingHanded(definition, frame, sourceCode) ? nothing : null;
}

const isNothingHanded = (definition: Extract<Definition, { kind: 'parameter' }>, frame: Frame | null, sourceCode: SourceCode): boolean =>
  isNotHanded(definition, frame, sourceCode) && isWholeLeftEmpty(definition);

/** Whether nothing else than an empty object stands in for an argument that is taken apart: `({ method = 'GET' } = {})`. */
function isWholeLeftEmpty({ function: { params }, index, path }: Extract<Definition, { kind: 'parameter' }>): boolean {
  const pattern = params[index];
  return path.length === 0 || pattern?.type !== 'AssignmentPattern' || (pattern.right.type === 'ObjectExpression' && pattern.right.properties.length === 0);
}
