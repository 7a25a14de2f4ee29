import type { TSESLint } from '@typescript-eslint/utils';

import { bindingsOf, memberPath, unreadable, type Variable } from './bindings.js';
import { isOwn } from './linked-source.js';
import { argumentFor, type Frame, type Place } from './frames.js';
import { originsOf, type Origin } from './origins.js';
import { contains, propertyName, unwrap, walk, type Node, type SourceCode } from './syntax.js';
import type { Hole } from './text.js';

/**
 * What a value is called at a place, in the names that are known there: `row.id`, where the function that is called names
 * it `assetId`. A local of another function or module, or a field of another instance, says nothing to who reads the place.
 *
 * @param hole a piece of a text
 * @param at where it is spoken of
 * @param sourceCode the file
 * @returns how it can be said there; null where it cannot
 */
export function wordsAt(hole: Pick<Hole, 'said' | 'environment'>, at: Place, sourceCode: SourceCode): string | null {
  if (hole.environment !== null) return `process.env.${hole.environment}`;
  const known = knownAt(hole, at, sourceCode);
  return known && rendered(known, sourceCode);
}

/** Whether a value is spoken of at a place itself: a part of a parameter that goes on as a whole is not. */
export function isSpokenOfAt(hole: Pick<Hole, 'said'>, at: Place, sourceCode: SourceCode): boolean {
  const known = knownAt(hole, at, sourceCode);
  if (!known || known.path.length === 0) return known !== null;
  return bindingsOf(sourceCode).definitionsAt(unwrap(known.node)).every(({ kind }) => kind !== 'parameter');
}

/** A value as a place knows it. */
function knownAt(hole: Pick<Hole, 'said'>, at: Place, sourceCode: SourceCode): Origin | null {
  if (!isOwn(at.node, sourceCode)) return null;
  for (const name of hole.said) {
    for (let known: Origin | null = { ...name, path: [] }, steps = 0; known && steps < maximumSteps; known = stepFrom(known, sourceCode), steps++) {
      if (isSayable(known, at, sourceCode)) return known;
    }
  }
  for (const name of hole.said) {
    const [only, ...others] = originsOf(name, sourceCode);
    if (only && others.length === 0 && isName(only.node) && isSayable(only, at, sourceCode)) return only;
  }
  return null;
}

const maximumSteps = 20;

/** What a name stands for, one step further: the argument of a parameter, the value of a constant, a property of a literal. */
function stepFrom({ node: outer, frame, path }: Origin, sourceCode: SourceCode): Origin | null {
  const bindings = bindingsOf(sourceCode);
  const node = unwrap(outer);
  switch (node.type) {
    case 'MemberExpression':
      return { node: node.object, frame, path: [propertyName(node) ?? unreadable, ...path] };
    case 'Identifier': {
      const variable = bindings.variableOf(node);
      const [only, ...others] = variable ? bindings.definitionsOf(variable) : [];
      if (!variable || !only || others.length > 0 || bindings.memberWritesOf(variable).length > 0) return null;
      if (only.kind === 'value') return only.fallback === null && (isName(only.value) || unwrap(only.value).type === 'ObjectExpression') ? { node: only.value, frame, path: [...only.path, ...path] } : null;
      const given = only.kind === 'parameter' && only.fallback === null ? argumentFor(only, frame) : null;
      return given && { ...given, path: [...given.path, ...path] };
    }
    case 'ObjectExpression': {
      const [name, ...below] = path;
      const property = node.properties.findLast((one) => one.type === 'SpreadElement' || propertyName(one) === null || propertyName(one) === name);
      if (property?.type !== 'Property' || propertyName(property) !== name || property.kind !== 'init') return null;
      return { node: property.value, frame, path: below };
    }
    default:
      return null;
  }
}

/** A variable, or a member of one: another call of what made a constant would give another value. */
export const isName = (node: Node): boolean => /^(?:Identifier|ThisExpression)$/.test(memberPath(unwrap(node))?.root.type ?? '');

/** Whether an expression, and what is read from it, means at a place what it means where it stands. */
function isSayable({ node: outer, frame, path }: Origin, at: Place, sourceCode: SourceCode): boolean {
  const node = unwrap(outer);
  if (!isOwn(node, sourceCode) || path.includes(unreadable)) return false;
  if (!(path.length > 0 ? /^(?:Identifier|ThisExpression|MemberExpression)$/ : /Expression$|^(?:Identifier|Literal|TemplateLiteral)$/).test(node.type)) return false;
  let sayable = true;
  walk(node, sourceCode, (inner) => {
    if (inner.type.startsWith('TSType')) return false;
    if (inner.type === 'ThisExpression' || inner.type === 'Super') sayable &&= isSameThis({ node: inner, frame }, at, sourceCode);
    if (inner.type === 'Identifier') sayable &&= isSameName(inner.name, bindingsOf(sourceCode).variableOf(inner), at.node, node, sourceCode);
    // The type of a parameter hangs on its name.
    return sayable && inner.type !== 'Identifier';
  });
  return sayable;
}

/** Whether a name means the same variable at a place. What is bound within the expression itself goes along. */
function isSameName(name: string, variable: Variable | null, at: Node, whole: Node, sourceCode: SourceCode): boolean {
  if (!variable || variable.scope.type === 'global' || contains(whole, variable.scope.block)) return true;
  for (let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(at); scope; scope = scope.upper) {
    const found = scope.set.get(name);
    if (found) return found === variable;
  }
  // Another block of the same function.
  return contains(variable.scope.variableScope.block, at);
}

/** Whether `this` is the same instance at two places: all calls between them are on it. */
function isSameThis(one: Place, other: Place, sourceCode: SourceCode): boolean {
  const { ownerOf } = bindingsOf(sourceCode);
  if (ownerOf(one.node) !== ownerOf(other.node)) return false;
  const between = framesBetween(one.frame, other.frame) ?? framesBetween(other.frame, one.frame);
  return (
    between?.every(({ call, function: called }) => {
      const callee = unwrap(call.callee);
      return callee.type === 'MemberExpression' ? /^(?:ThisExpression|Super)$/.test(callee.object.type) : called.type === 'ArrowFunctionExpression';
    }) ?? false
  );
}

/** The calls that lead from an outer place to an inner one; null where they do not. */
function framesBetween(inner: Frame | null, outer: Frame | null): readonly Frame[] | null {
  const between: Frame[] = [];
  for (let open = inner; open !== outer; open = open.caller) {
    if (!open) return null;
    between.push(open);
  }
  return between;
}

/**
 * Code is said as it stands while it is short. What is longer is said without what its calls are given, `idOf(…).text()`,
 * and not at all where that is no name either: the beginning of an expression tells nothing.
 */
function rendered({ node: outer, path }: Origin, sourceCode: SourceCode): string | null {
  const below = path.map((name) => (/^\d+$/.test(name) ? `[${name}]` : /^[\w$#]+$/.test(name) ? `.${name}` : `['${name}']`)).join('');
  const text = textIn(outer, sourceCode) + below;
  if (text.length <= 40 && !/=>|(?<!\$)\{/.test(text)) return text;
  const skeleton = skeletonOf(outer, sourceCode);
  return skeleton !== null && skeleton.length + below.length <= 60 ? skeleton + below : null;
}

/** The text of a parameter would bring its type annotation along. */
function textIn(outer: Node, sourceCode: SourceCode): string {
  const node = unwrap(outer);
  return node.type === 'Identifier' ? node.name : sourceCode.getText(node).replace(/\s+/g, ' ');
}

/** The names of an expression and what is called by them: `this.keyOf(…)`, `dayjs(…).format(…)`; null where it is no such chain. */
function skeletonOf(outer: Node, sourceCode: SourceCode): string | null {
  const node = unwrap(outer);
  switch (node.type) {
    case 'Identifier':
    case 'ThisExpression':
    case 'Super':
      return textIn(node, sourceCode);
    case 'AwaitExpression':
      return skeletonOf(node.argument, sourceCode);
    case 'CallExpression':
    case 'NewExpression': {
      const callee = skeletonOf(node.callee, sourceCode);
      return callee === null ? null : `${node.type === 'NewExpression' ? 'new ' : ''}${callee}(${node.arguments.length > 0 ? '…' : ''})`;
    }
    case 'MemberExpression': {
      const owner = skeletonOf(node.object, sourceCode);
      const name = node.property.type === 'PrivateIdentifier' ? `#${node.property.name}` : node.computed ? null : textIn(node.property, sourceCode);
      return owner === null ? null : `${owner}${name === null ? '[…]' : `.${name}`}`;
    }
    default:
      return null;
  }
}
