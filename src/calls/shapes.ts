import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, unreadable, type Definition, type MemberWrite, type Path, type Variable } from './bindings.js';
import { elementsOf } from './elements.js';
import { calledFunctions } from './called-functions.js';
import { argumentFor, enter, framesDeep, isOpen, type Frame, type Place } from './frames.js';
import { listHandedTo } from './handed-list.js';
import { isNotHanded } from './not-handed.js';
import { contains, enclosingFunction, isFalsyLiteral, isFunction, isNothing, propertyName, unwrap, type Node, type SourceCode } from './syntax.js';
import { allPreconditions } from '../s3/operations.js';
import { typeLacks } from './types.js';

/**
 * What an object is known to hold: its properties, and whether anything of it could not be read.
 *
 * `known`, `absent`, `unknown`: a property is absent only in an object that was read whole.
 */

/** Why a part of an object could not be read; `typed` where its type at least proves that it holds no condition. */
export type Reason = 'typed' | 'parameter' | 'spread' | 'computed key' | 'imported' | 'handed on' | 'too deep' | 'value';

export interface KnownProperty {
  /** The values it may have, in source order. */
  readonly values: readonly Place[];
  /** Whether it is set on every path. */
  readonly always: boolean;
  /** The node that sets it last: a property, or an assignment. */
  readonly node: Node;
}

export interface Shape {
  readonly properties: ReadonlyMap<string, KnownProperty>;
  /** Why it may hold more than `properties`; null where it was read whole. */
  readonly open: Reason | null;
}

export type PropertyValue =
  | ({ readonly kind: 'known' } & KnownProperty)
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly reason: Reason };

/** What is known of one property of a shape. */
export function propertyOf(shape: Shape, name: string): PropertyValue {
  const known = shape.properties.get(name);
  if (known) return { kind: 'known', ...known };
  if (shape.open === 'typed' && allPreconditions.has(name)) return { kind: 'absent' };
  return shape.open === null ? { kind: 'absent' } : { kind: 'unknown', reason: shape.open };
}

const empty: Shape = { properties: new Map(), open: null };
const unread = (open: Reason): Shape => ({ properties: new Map(), open });

const maximumDepth = 12;

/**
 * @param place an expression, seen from a chain of calls
 * @param sourceCode its file
 * @returns what the object is known to hold
 */
export function shapeOf(place: Place, sourceCode: SourceCode): Shape {
  const bindings = bindingsOf(sourceCode);
  const open = new Set<Node>();

  const read = (outer: Node, frame: Frame | null, depth: number): Shape => {
    const node = unwrap(outer);
    if (depth > maximumDepth || open.has(node)) return unread('too deep');
    open.add(node);
    const shape = readNode(node, frame, depth);
    open.delete(node);
    if (shape.open === null || shape.properties.size > 0) return shape;
    return typeLacks(node, sourceCode) ? unread('typed') : shape;
  };

  const readNode = (node: Node, frame: Frame | null, depth: number): Shape => {
    if (isFalsyLiteral(node)) return empty;
    switch (node.type) {
      case 'ObjectExpression':
        return readLiteral(node, frame, depth);
      case 'Identifier':
        return readName(node, frame, depth);
      case 'ConditionalExpression':
        return either(read(node.consequent, frame, depth + 1), read(node.alternate, frame, depth + 1));
      case 'LogicalExpression': {
        const right = read(node.right, frame, depth + 1);
        // `…(etag && { IfMatch: etag })`: what is falsy spreads nothing.
        if (node.operator === '&&') return either(right, empty);
        return either(read(node.left, frame, depth + 1), right);
      }
      case 'AssignmentExpression':
        return node.operator === '=' ? read(node.right, frame, depth + 1) : unread('value');
      case 'SequenceExpression':
        return read(node.expressions.at(-1) ?? node, frame, depth + 1);
      case 'CallExpression':
        return readCall(node, frame, depth);
      case 'MemberExpression':
        return readMember(node, frame, depth);
      default:
        return unread('value');
    }
  };

  const readLiteral = (node: TSESTree.ObjectExpression, frame: Frame | null, depth: number): Shape => {
    const draft = draftOf(empty);
    for (const property of node.properties) {
      if (property.type === 'SpreadElement') {
        lay(draft, read(property.argument, frame, depth + 1));
        continue;
      }
      const name = propertyName(property) ?? constantKey(property);
      if (name === null) draft.open ??= 'computed key';
      else put(draft, name, { values: [{ node: property.value, frame }], always: true, node: property });
    }
    return draft;
  };

  const constantKey = (property: TSESTree.Property): string | null => {
    if (!property.computed || property.key.type !== 'Identifier') return null;
    const value = bindings.plainValueOf(property.key);
    return value?.type === 'Literal' && typeof value.value === 'string' ? value.value : null;
  };

  const readName = (node: TSESTree.Identifier, frame: Frame | null, depth: number): Shape => {
    const variable = bindings.variableOf(node);
    const definitions = variable ? bindings.definitionsOf(variable) : [];
    if (!variable || definitions.length === 0) return unread('value');
    const made = definitions
      .filter((definition) => definition.kind !== 'nothing')
      .map((definition): Shape => {
        switch (definition.kind) {
          case 'value': {
            if (definition.path.length > 0) return readPath(definition.value, definition.path, frame, depth, defaultOf(definition, frame, depth));
            return definition.value.type === 'AssignmentExpression' ? unread('value') : read(definition.value, frame, depth + 1);
          }
          case 'parameter':
            return readParameter(definition, frame, depth);
          case 'import':
            return unread('imported');
          case 'element':
            return readItems(definition.of, definition.path, frame, depth);
          default:
            return unread('value');
        }
      });
    const [first, ...others] = made;
    if (!first) return unread('value');
    return changed(others.reduce(either, first), variable, node, frame, depth);
  };

  /** What the caller gives; where he gives nothing, what stands in for it. Callers that are not seen may give anything. */
  const readParameter = (definition: Extract<Definition, { kind: 'parameter' }>, frame: Frame | null, depth: number): Shape => {
    const given = argumentFor(definition, frame);
    if (given) return readPath(given.node, given.path, given.frame, depth, defaultOf(definition, frame, depth));
    const list = listHandedTo(definition, frame, sourceCode);
    const items = list && readItems(list, definition.path, frame, depth);
    if (items && (items.open === null || items.properties.size > 0)) return items;
    if (!isNotHanded(definition, frame, sourceCode)) return unread('parameter');
    const pattern = definition.function.params[definition.index];
    // `({ key, extras } = {})`: what is left out is read from the default of the whole.
    if (definition.path.length > 0 && pattern?.type !== 'AssignmentPattern') return unread('parameter');
    const instead = defaultOf(definition, frame, depth);
    return pattern?.type === 'AssignmentPattern' && definition.path.length > 0 ? readPath(pattern.right, definition.path, frame, depth, instead) : instead;
  };

  /** What each item of a list holds, or a part of it: `for (const item of items)`, `items.map(({ input }) => …)`. */
  const readItems = (list: Node, path: Path, frame: Frame | null, depth: number): Shape => {
    const [first, ...others] = elementsOf({ node: list, frame }, sourceCode).map((element) => (element ? readPath(element.node, path, element.frame, depth) : unread('value')));
    return first ? others.reduce(either, first) : unread('value');
  };

  const defaultOf = ({ fallback }: Extract<Definition, { kind: 'parameter' | 'value' }>, frame: Frame | null, depth: number): Shape => (fallback ? read(fallback, frame, depth + 1) : empty);

  /** What happens to an object after it was made: assignments to its members, and calls that it is handed to. */
  const changed = (made: Shape, variable: Variable, use: Node, frame: Frame | null, depth: number): Shape => {
    const changes: { at: number; apply: (draft: Draft) => void }[] = [];
    const user = enclosingFunction(use);
    const reaches = (at: Node): boolean => at.range[0] < use.range[0] || enclosingFunction(at) !== user || inLoop(at, use);
    for (const write of bindings.memberWritesOf(variable)) {
      const [name, ...below] = write.path;
      if (below.length > 0 || name === undefined || !reaches(write.node)) continue;
      changes.push({ at: write.node.range[0], apply: (draft) => assign(draft, name, write, frame, variable) });
    }
    for (const reference of variable.references) {
      const { identifier } = reference;
      const call = identifier.parent;
      if (call.type !== 'CallExpression' || !call.arguments.includes(identifier as TSESTree.Identifier) || identifier === use || !reaches(call)) continue;
      const index = call.arguments.indexOf(identifier as TSESTree.Identifier);
      changes.push({ at: call.range[0], apply: (draft) => hand(draft, call, index, frame, depth) });
    }
    if (changes.length === 0) return made;
    const draft = draftOf(made);
    for (const change of changes.sort((a, b) => a.at - b.at)) change.apply(draft);
    return draft;
  };

  const assign = (draft: Draft, name: string, { node, value }: MemberWrite, frame: Frame | null, variable: Variable): void => {
    if (name === unreadable) {
      draft.open ??= 'computed key';
    } else if (!value) {
      draft.properties.delete(name);
    } else {
      const always = node.parent.type === 'ExpressionStatement' && unconditional(node.parent, variable);
      put(draft, name, { values: [{ node: value, frame }], always, node });
    }
  };

  const hand = (draft: Draft, call: TSESTree.CallExpression, index: number, frame: Frame | null, depth: number): void => {
    const callee = unwrap(call.callee);
    // The result of a call that only changes its argument is thrown away; whose result is used, reads it.
    const thrownAway = call.parent.type === 'ExpressionStatement' || (call.parent.type === 'AwaitExpression' && call.parent.parent.type === 'ExpressionStatement');
    if (callee.type === 'MemberExpression' && propertyName(callee) === 'assign' && bindings.isGlobal(callee.object) && index === 0) {
      for (const argument of call.arguments.slice(1)) {
        const given = argument.type === 'SpreadElement' ? unread('spread') : read(argument, frame, depth + 1);
        lay(draft, call.parent.type === 'ExpressionStatement' ? given : either(given, empty));
      }
      return;
    }
    const functions = calledFunctions(call, frame, sourceCode);
    for (const called of functions) {
      const parameter = called.params[index];
      const variable = parameter?.type === 'Identifier' ? bindings.variableOf(parameter) : null;
      if (!variable || depth > 3) continue;
      const inner = framesDeep(frame) < 3 && !isOpen(frame, called) ? enter(called, call, frame) : frame;
      for (const write of bindings.memberWritesOf(variable)) {
        const [name] = write.path;
        if (write.path.length !== 1 || name === undefined) continue;
        if (name === unreadable) draft.open ??= 'computed key';
        else if (write.value) put(draft, name, { values: [{ node: write.value, frame: inner }], always: false, node: write.node });
      }
    }
    if (functions.length > 0 || !thrownAway || callee.type === 'MemberExpression' || callee.type === 'Super') return;
    if (callee.type !== 'Identifier' || !quiet.test(callee.name)) draft.open ??= 'handed on';
  };

  const readCall = (node: TSESTree.CallExpression, frame: Frame | null, depth: number): Shape => {
    const callee = unwrap(node.callee);
    if (callee.type === 'MemberExpression' && bindings.isGlobal(callee.object)) {
      const method = propertyName(callee);
      if (method === 'assign') {
        const draft = draftOf(empty);
        for (const argument of node.arguments) lay(draft, argument.type === 'SpreadElement' ? unread('spread') : read(argument, frame, depth + 1));
        return draft;
      }
      const [first] = node.arguments;
      if ((method === 'freeze' || method === 'seal') && first) return read(first, frame, depth + 1);
    }
    if (callee.type === 'Identifier' && callee.name === 'structuredClone' && node.arguments[0]) return read(node.arguments[0], frame, depth + 1);
    const returned = calledFunctions(node, frame, sourceCode).flatMap((called) => {
      if (isOpen(frame, called) || framesDeep(frame) > 4 || called.generator) return [unread('too deep')];
      const inner = enter(called, node, frame);
      const values = bindings.returnsOf(called);
      return values.length > 0 ? values.map((value) => read(value, inner, depth + 1)) : [unread('value')];
    });
    const [first, ...others] = returned;
    return first ? others.reduce(either, first) : unread('imported');
  };

  const readMember = (node: TSESTree.MemberExpression, frame: Frame | null, depth: number): Shape => {
    const name = propertyName(node);
    if (name === null) return unread('value');
    if (node.object.type === 'ThisExpression') {
      const members = bindings.membersOf(bindings.ownerOf(node.object), name);
      const [first, ...others] = members.map(({ value }) => (isFunction(value) ? unread('value') : read(value, null, depth + 1)));
      return first ? others.reduce(either, first) : unread('value');
    }
    return readPath(node.object, [name], frame, depth);
  };

  /** A part of a value; `instead` where it is not there or `undefined`. */
  const readPath = (outer: Node, path: readonly string[], frame: Frame | null, depth: number, instead = empty): Shape => {
    const [name, ...below] = path;
    if (name === undefined) return isNothing(outer) && outer.type !== 'Literal' ? instead : read(outer, frame, depth + 1);
    if (name === unreadable) return unread('value');
    const held = propertyOf(read(outer, frame, depth + 1), name);
    if (held.kind === 'absent') return instead;
    if (held.kind === 'unknown') return unread(held.reason);
    const [first, ...others] = held.values.map((value) => readPath(value.node, below, value.frame, depth + 1, instead));
    return first ? others.reduce(either, first) : unread('value');
  };

  return read(place.node, place.frame, 0);
}

/** Names of functions that are handed an object only to show it. */
const quiet = /^(?:log|debug|info|warn|error|trace|print|assert|expect|dump|inspect|console)/i;

/** Whether a statement runs whenever its variable's own block does. */
function unconditional(statement: Node, variable: Variable): boolean {
  const definition = variable.defs[0];
  const block = statement.parent;
  if (!definition || !block) return false;
  // A parameter belongs to the body of its function.
  if (definition.type === 'Parameter') return block.parent === definition.node;
  return (block.type === 'BlockStatement' || block.type === 'Program') && contains(block, definition.node);
}

function inLoop(change: Node, use: Node): boolean {
  for (let outer = use.parent; outer; outer = outer.parent) {
    if (isFunction(outer)) return false;
    if (/^(?:For|While|DoWhile)/.test(outer.type) && contains(outer, change)) return true;
  }
  return false;
}

/** A shape that is being put together. */
interface Draft {
  readonly properties: Map<string, KnownProperty>;
  open: Reason | null;
}

const draftOf = (shape: Shape): Draft => ({ properties: new Map(shape.properties), open: shape.open });

function put({ properties }: Draft, name: string, property: KnownProperty): void {
  const before = properties.get(name);
  properties.set(
    name,
    property.always || !before ? property : { values: [...before.values, ...property.values], always: before.always, node: property.node },
  );
}

/** Lays one object over another, as a spread does. */
function lay(draft: Draft, over: Shape): void {
  if (over.open !== null && !(over.open === 'typed' && draft.open !== null)) draft.open = over.open === 'value' ? 'spread' : over.open;
  for (const [name, property] of over.properties) put(draft, name, property);
}

/** One of two objects: what only one of them has is not always set. */
function either(one: Shape, other: Shape): Shape {
  const properties = new Map<string, KnownProperty>();
  for (const name of new Set([...one.properties.keys(), ...other.properties.keys()])) {
    const [a, b] = [one.properties.get(name), other.properties.get(name)];
    const last = b ?? a;
    if (!last) continue;
    properties.set(name, {
      values: [...(a?.values ?? []), ...(b?.values ?? [])],
      always: (a?.always ?? false) && (b?.always ?? false),
      node: last.node,
    });
  }
  return { properties, open: (one.open === 'typed' ? other.open : null) ?? one.open ?? other.open };
}
