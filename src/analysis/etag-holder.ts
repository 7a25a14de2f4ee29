import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, memberPath, type Variable } from '../calls/bindings.js';
import { contextsOf } from '../calls/callers.js';
import { entityOf } from '../calls/entities.js';
import { argumentFor, calledFunctions, enter, framesDeep, isOpen, originsOf, type Frame, type Place } from '../calls/origins.js';
import { inputProperty, type S3Call } from '../calls/s3-call.js';
import { enclosingFunction, isFunction, literalText, methodName, propertyName, unwrap, type Node, type SourceCode } from '../calls/syntax.js';
import { documentStores, memoisers, reactState, stores } from '../libraries/keepers.js';
import { derivationOf } from './derivation.js';
import { happensBefore } from './operation.js';

/** A place that keeps an ETag longer than one read-modify-write, so that it may be of any age when it is used. */
export interface Holder {
  readonly kind: 'module' | 'field' | 'map' | 'store' | 'browser' | 'environment' | 'literal' | 'memo' | 'react';
  /** How the source names it. */
  readonly name: string;
  readonly node: Node;
}

export interface CachedETag {
  readonly holder: Holder;
  /** The value of the condition. */
  readonly value: Node;
}

const maximumSteps = 300;

/**
 * @param call a write or delete
 * @param sourceCode its file
 * @returns the holders that the ETag of its `IfMatch` was kept in
 */
export function cachedETagOf(call: S3Call, sourceCode: SourceCode): CachedETag | null {
  for (const frame of contextsOf(call.node, sourceCode)) {
    for (const name of ['IfMatch', 'DestinationIfMatch']) {
      const property = inputProperty(call, name, frame, sourceCode);
      for (const value of property.kind === 'known' ? property.values : []) {
        const holder = holderOf(value, call, sourceCode);
        if (holder) return { holder, value: value.node };
      }
    }
  }
  return null;
}

/** Follows an ETag from hand to hand, and stops at the first place that keeps it. */
function holderOf(place: Place, write: S3Call, sourceCode: SourceCode): Holder | null {
  const bindings = bindingsOf(sourceCode);
  const seen = new Map<Node, Set<Frame | null>>();
  const pending: Place[] = [place];
  const holders: Holder[] = [];

  const found = (kind: Holder['kind'], node: Node): void => {
    holders.push({ kind, name: nameOf(node, sourceCode), node });
  };
  const follow = (node: Node | null, frame: Frame | null): void => {
    if (node) pending.push({ node, frame });
  };

  const visitName = (node: TSESTree.Identifier, frame: Frame | null): void => {
    const variable = bindings.variableOf(node);
    if (!variable) return;
    if (outlives(variable, [])) return found('module', node);
    for (const definition of bindings.definitionsOf(variable)) {
      if (definition.kind === 'value') followPart(definition.value, definition.path, frame);
      if (definition.kind === 'parameter') {
        const given = argumentFor(definition, frame);
        if (given) followPart(given.node, given.path, given.frame);
      }
    }
  };

  /** Whether a variable, or a member of what it holds, is state of the module that an earlier operation has filled. */
  const outlives = (variable: Variable, path: readonly string[]): boolean => {
    const ofClass = variable.scope.type === 'class' && enclosingFunction(variable.scope.block) === null;
    if (!ofClass && variable.scope.type !== 'module' && variable.scope.type !== 'global') return false;
    const values = bindings.definitionsOf(variable).flatMap((definition) => (definition.kind === 'value' ? [definition] : []));
    const written = bindings.memberWritesOf(variable).flatMap(({ node, value, path: to }) => (value && to.at(-1) === path.at(-1) ? [{ node, value }] : []));
    return isKept([...values, ...written]);
  };

  /**
   * Whether what is assigned somewhere was read by an operation before this one. The ETag of one's own write is a token
   * that only its owner changes.
   */
  const isKept = (assignments: readonly { readonly node: Node; readonly value: Node }[]): boolean => {
    const data = assignments.filter(({ value }) => value.type !== 'Literal' && !isFunction(unwrap(value)));
    const reads = data.filter(({ value }) => derivationOf({ node: value, frame: null }, 'value', sourceCode).calls.some(({ call }) => /^(?:read|check)$/.test(call.operation.effect)));
    return reads.length > 0 && !data.some(({ node }) => happensBefore(node, write.node, sourceCode));
  };

  const followPart = (value: Node, path: readonly string[], frame: Frame | null): void => {
    if (path.length === 0) return follow(value, frame);
    const inner = unwrap(value);
    if (inner.type === 'CallExpression' && judgeCall(inner, frame)) return;
    for (const origin of originsOf({ node: value, frame }, sourceCode, path)) {
      if (origin.path.length === 0) follow(origin.node, origin.frame);
      else if (origin.node.type === 'CallExpression') judgeCall(origin.node, origin.frame);
      else if (isEnvironment(origin.node, origin.path)) found('environment', value);
    }
  };

  const isEnvironment = (node: Node, path: readonly string[]): boolean => node.type === 'Identifier' && node.name === 'process' && bindings.isGlobal(node) && path[0] === 'env';

  const visitMember = (node: TSESTree.MemberExpression, frame: Frame | null): void => {
    const path = memberPath(node);
    const [name] = path?.path ?? [];
    if (path?.root.type === 'ThisExpression' && name !== undefined) {
      if (isKept(bindings.membersOf(bindings.ownerOf(path.root), name))) found('field', node);
      return;
    }
    if (path?.root.type === 'Identifier' && isEnvironment(path.root, path.path)) return found('environment', node);
    const variable = path?.root.type === 'Identifier' ? bindings.variableOf(path.root) : null;
    if (variable && path && outlives(variable, path.path)) return found('module', node);
    for (const origin of originsOf({ node, frame }, sourceCode)) {
      if (origin.node.type === 'CallExpression') judgeCall(origin.node, origin.frame);
      else if (origin.path.length === 0 && origin.node !== node) follow(origin.node, origin.frame);
    }
  };

  /** Whether a call hands out what was kept; its name is that of the whole call. */
  const judgeCall = (node: TSESTree.CallExpression, frame: Frame | null): boolean => {
    const callee = unwrap(node.callee);
    const before = holders.length;
    const entities = originsOf({ node: callee, frame }, sourceCode).flatMap((origin) => entityOf(origin) ?? []);
    if (entities.some(({ module, path }) => reactState[module]?.includes(path.join('.')))) found('react', node);
    for (const origin of originsOf({ node: callee, frame }, sourceCode)) {
      if (origin.node.type !== 'CallExpression' || origin.path.length > 0) continue;
      const made = originsOf({ node: origin.node.callee, frame: origin.frame }, sourceCode).flatMap((maker) => entityOf(maker) ?? []);
      if (made.some(({ module, path }) => memoisers[module]?.includes(path.join('.')))) found('memo', node);
    }
    if (callee.type === 'MemberExpression' && /^(?:h?get|getItem|peek|fetch|send)$/i.test(methodName(node) ?? '')) judgeGetter(callee.object, node, frame);
    return holders.length > before;
  };

  const judgeGetter = (object: Node, node: TSESTree.CallExpression, frame: Frame | null): void => {
    const inner = unwrap(object);
    if (inner.type === 'Identifier' && bindings.isGlobal(inner) && /^(?:local|session)Storage$/.test(inner.name)) return found('browser', node);
    for (const origin of originsOf({ node: inner, frame }, sourceCode)) {
      const makers = origin.node.type === 'NewExpression' || origin.node.type === 'CallExpression' ? originsOf({ node: origin.node.callee, frame: origin.frame }, sourceCode) : [origin];
      for (const maker of makers) {
        const entity = entityOf(maker);
        if (entity && stores.has(entity.module)) return found('store', node);
        if (entity && documentStores.test(entity.module)) return found('store', node);
        const isMap = maker.node.type === 'Identifier' && bindings.isGlobal(maker.node) && /^(?:Weak)?Map$/.test(maker.node.name);
        // A map made anew for each operation keeps nothing beyond it.
        const madeInOperation = enclosingFunction(origin.node) !== null && origin.node.parent?.type !== 'PropertyDefinition' && !isFieldOf(origin.node);
        if (isMap && origin.node.type === 'NewExpression' && !madeInOperation && holdsReads(inner, sourceCode)) return found('map', node);
      }
    }
  };

  for (let steps = 0, next = pending.pop(); next && holders.length === 0 && steps < maximumSteps; steps++, next = pending.pop()) {
    const { frame } = next;
    const node = unwrap(next.node);
    const frames = seen.get(node) ?? new Set();
    if (frames.has(frame)) continue;
    seen.set(node, frames.add(frame));
    switch (node.type) {
      case 'Literal':
        if (typeof node.value === 'string' && node.value !== '' && node.value !== '*') found('literal', node);
        break;
      case 'TemplateLiteral':
        if (node.expressions.length === 0) found('literal', node);
        for (const part of node.expressions) follow(part, frame);
        break;
      case 'BinaryExpression':
        if (node.operator === '+') for (const part of [node.left, node.right]) if (literalText(part) === null) follow(part, frame);
        break;
      case 'ConditionalExpression':
        follow(node.consequent, frame);
        follow(node.alternate, frame);
        break;
      case 'LogicalExpression':
        follow(node.left, frame);
        follow(node.right, frame);
        break;
      case 'Identifier':
        visitName(node, frame);
        break;
      case 'MemberExpression':
        visitMember(node, frame);
        break;
      case 'CallExpression': {
        if (judgeCall(node, frame)) break;
        const called = calledFunctions(node, frame, sourceCode).filter((inner) => !isOpen(frame, inner) && framesDeep(frame) < 4);
        for (const inner of called) for (const value of bindings.returnsOf(inner)) follow(value, enter(inner, node, frame));
        // `etag.replace(/"/g, '')`, `normalize(etag)`
        const callee = unwrap(node.callee);
        if (called.length === 0 && callee.type === 'MemberExpression' && /^(?:replace|replaceAll|trim|toString|slice|substring)$/.test(methodName(node) ?? '')) follow(callee.object, frame);
        if (called.length === 0 && callee.type === 'Identifier' && node.arguments.length === 1 && node.arguments[0]?.type !== 'SpreadElement') follow(node.arguments[0] ?? null, frame);
        break;
      }
      default:
    }
  }
  return holders[0] ?? null;
}

/** `this.etags = new Map()` in a constructor is a field, wherever it is written. */
const isFieldOf = (node: Node): boolean => node.parent?.type === 'AssignmentExpression' && memberPath(node.parent.left)?.root.type === 'ThisExpression';

/** Whether a map is filled with what was read, and not only with the results of one's own writes. */
function holdsReads(map: Node, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  const text = sourceCode.getText(map);
  const kept = bindings.calls.flatMap((call) => {
    const callee = unwrap(call.callee);
    if (callee.type !== 'MemberExpression' || propertyName(callee) !== 'set' || sourceCode.getText(callee.object) !== text) return [];
    return call.arguments.slice(1, 2).map((argument) => derivationOf({ node: argument, frame: null }, 'value', sourceCode).calls);
  });
  const known = kept.flat();
  return known.length === 0 || known.some(({ call }) => call.operation.effect !== 'write');
}

function nameOf(node: Node, sourceCode: SourceCode): string {
  const text = sourceCode.getText(node).replace(/\s+/g, ' ');
  return text.length <= 50 ? text : `${text.slice(0, 47)}…`;
}
