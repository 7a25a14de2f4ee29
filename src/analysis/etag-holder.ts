import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, memberPath, type Path, type Variable } from '../calls/bindings.js';
import { contextsOf } from '../calls/callers.js';
import { entityOf } from '../calls/entities.js';
import type { Frame, Place } from '../calls/frames.js';
import { originsOf, type Origin } from '../calls/origins.js';
import { inputProperty, type S3Call } from '../calls/s3-call.js';
import { enclosingFunction, isFunction, literalText, methodName, propertyName, unwrap, wrapped, type Node, type SourceCode } from '../calls/syntax.js';
import { documentStores, memoisers, reactState, stores } from '../libraries/keepers.js';
import { derivationOf } from './derivation.js';
import { happensBefore } from './operation.js';
import { textOriginsOf } from './text-origins.js';

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
        const holder = holderOf(value, call, frame, sourceCode);
        if (holder) return { holder, value: value.node };
      }
    }
  }
  return null;
}

/** Follows an ETag back, and stops at the first place that keeps it. */
function holderOf(place: Place, write: S3Call, frame: Frame | null, sourceCode: SourceCode): Holder | null {
  const kindAt = (origin: Origin): Holder['kind'] | null => keeperAt(origin, write, sourceCode);
  for (const origin of textOriginsOf(place, sourceCode, (passed) => kindAt(passed) !== null)) {
    const kind = kindAt(origin);
    if (kind && !isKeptWithBody(origin, write, frame, sourceCode)) return { kind, name: nameOf(origin, sourceCode), node: origin.node };
  }
  return null;
}

/** `this.loaded = { entries, etag }`: where the body is made of what was kept beside the ETag, both are of one version. */
function isKeptWithBody({ node, path }: Origin, write: S3Call, frame: Frame | null, sourceCode: SourceCode): boolean {
  const [field, ...below] = node.type === 'ThisExpression' ? path : ['', ...path];
  if (field === undefined || below.length === 0 || (node.type !== 'ThisExpression' && node.type !== 'Identifier')) return false;
  const body = inputProperty(write, 'Body', frame, sourceCode);
  const made = body.kind === 'known' ? body.values.flatMap((value) => [...derivationOf(value, 'value', sourceCode).visited]) : [];
  const bindings = bindingsOf(sourceCode);
  return made.some((part) => {
    const member = part.type === 'MemberExpression' ? memberPath(part) : null;
    if (!member || member.root.type !== node.type) return false;
    return node.type === 'ThisExpression' ? member.path[0] === field && member.path.length > 1 : bindings.variableOf(member.root) === bindings.variableOf(node);
  });
}

/** What keeps a value that is read at a place on its way; null where it goes on from there. */
function keeperAt({ node, frame, path }: Origin, write: S3Call, sourceCode: SourceCode): Holder['kind'] | null {
  const bindings = bindingsOf(sourceCode);
  switch (node.type) {
    case 'Literal':
    case 'TemplateLiteral':
      return path.length === 0 && isETagText(node) ? 'literal' : null;
    case 'Identifier': {
      if (node.name === 'process' && bindings.isGlobal(node)) return path[0] === 'env' ? 'environment' : null;
      const variable = bindings.variableOf(node);
      return variable && outlives(variable, path, write, sourceCode) ? 'module' : null;
    }
    case 'ThisExpression': {
      const [name] = path;
      return name !== undefined && isKept(bindings.membersOf(bindings.ownerOf(node), name), write, sourceCode) ? 'field' : null;
    }
    case 'CallExpression':
      return keeperCalled(node, frame, write, sourceCode);
    default:
      return null;
  }
}

/** A whole ETag, and not the quotes around one. */
function isETagText(node: TSESTree.Literal | TSESTree.TemplateLiteral): boolean {
  const text = literalText(node);
  return text !== null && text !== '' && text !== '*' && !(node.type === 'Literal' && typeof node.value !== 'string') && node.parent.type !== 'BinaryExpression';
}

/** Whether a variable, or a member of what it holds, is state of the module that an earlier operation has filled. */
function outlives(variable: Variable, path: Path, write: S3Call, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  const ofClass = variable.scope.type === 'class' && enclosingFunction(variable.scope.block) === null;
  if (!ofClass && variable.scope.type !== 'module' && variable.scope.type !== 'global') return false;
  const values = bindings.definitionsOf(variable).flatMap((definition) => (definition.kind === 'value' ? [definition] : []));
  const written = bindings.memberWritesOf(variable).flatMap(({ node, value, path: to }) => (value && to.at(-1) === path.at(-1) ? [{ node, value }] : []));
  return isKept([...values, ...written], write, sourceCode);
}

/**
 * Whether what is assigned somewhere was read by an operation before this one. The ETag of one's own write is a token
 * that only its owner changes.
 */
function isKept(assignments: readonly { readonly node: Node; readonly value: Node }[], write: S3Call, sourceCode: SourceCode): boolean {
  const data = assignments.filter(({ value }) => value.type !== 'Literal' && !isFunction(unwrap(value)));
  const reads = data.filter(({ value }) => derivationOf({ node: value, frame: null }, 'value', sourceCode).calls.some(({ call }) => /^(?:read|check)$/.test(call.operation.effect)));
  return reads.length > 0 && !data.some(({ node }) => happensBefore(node, write.node, sourceCode));
}

/** What hands out, when it is called, what it kept. */
function keeperCalled(node: TSESTree.CallExpression, frame: Frame | null, write: S3Call, sourceCode: SourceCode): Holder['kind'] | null {
  const callee = unwrap(node.callee);
  const origins = originsOf({ node: callee, frame }, sourceCode);
  if (origins.some((origin) => isExportOf(origin, reactState))) return 'react';
  const isMemo = origins.some((origin) => origin.node.type === 'CallExpression' && origin.path.length === 0 && originsOf({ node: origin.node.callee, frame: origin.frame }, sourceCode).some((maker) => isExportOf(maker, memoisers)));
  if (isMemo) return 'memo';
  const isGetter = callee.type === 'MemberExpression' && /^(?:h?get|getItem|peek|fetch|send)$/i.test(methodName(node) ?? '');
  return isGetter ? keeperAsked(callee.object, frame, write, sourceCode) : null;
}

function isExportOf(origin: Origin, table: Readonly<Record<string, readonly string[]>>): boolean {
  const entity = entityOf(origin);
  return entity !== null && (table[entity.module]?.includes(entity.path.join('.')) ?? false);
}

/** `cache.get(key)`, `redis.get(key)`, `localStorage.getItem(key)` */
function keeperAsked(object: Node, frame: Frame | null, write: S3Call, sourceCode: SourceCode): Holder['kind'] | null {
  const bindings = bindingsOf(sourceCode);
  const inner = unwrap(object);
  if (inner.type === 'Identifier' && bindings.isGlobal(inner) && /^(?:local|session)Storage$/.test(inner.name)) return 'browser';
  for (const origin of originsOf({ node: inner, frame }, sourceCode)) {
    const makers = origin.node.type === 'NewExpression' || origin.node.type === 'CallExpression' ? originsOf({ node: origin.node.callee, frame: origin.frame }, sourceCode) : [origin];
    for (const maker of makers) {
      const entity = entityOf(maker);
      if (entity && (stores.has(entity.module) || documentStores.test(entity.module))) return 'store';
      const isMap = maker.node.type === 'Identifier' && bindings.isGlobal(maker.node) && /^(?:Weak)?Map$/.test(maker.node.name);
      // A map made anew for each operation keeps nothing beyond it.
      const madeInOperation = enclosingFunction(origin.node) !== null && origin.node.parent?.type !== 'PropertyDefinition' && !isFieldOf(origin.node);
      if (isMap && origin.node.type === 'NewExpression' && !madeInOperation && holdsReads(inner, write, sourceCode)) return 'map';
    }
  }
  return null;
}

/** `this.etags = new Map()` in a constructor is a field, wherever it is written. */
const isFieldOf = (node: Node): boolean => node.parent?.type === 'AssignmentExpression' && memberPath(node.parent.left)?.root.type === 'ThisExpression';

/** Whether a map is filled with what was read, and not only with the results of one's own writes. */
function holdsReads(map: Node, write: S3Call, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  const text = sourceCode.getText(map);
  const puts = bindings.calls.filter(({ callee: outer }) => {
    const callee = unwrap(outer);
    return callee.type === 'MemberExpression' && propertyName(callee) === 'set' && sourceCode.getText(callee.object) === text;
  });
  // What this operation put there is not older than it.
  if (puts.some((put) => enclosingFunction(put) === enclosingFunction(write.node) && happensBefore(put, write.node, sourceCode))) return false;
  const known = puts.flatMap((put) => put.arguments.slice(1, 2).flatMap((argument) => derivationOf({ node: argument, frame: null }, 'value', sourceCode).calls));
  return known.length === 0 || known.some(({ call }) => call.operation.effect !== 'write');
}

function nameOf({ node, path }: Origin, sourceCode: SourceCode): string {
  let outer = node;
  let rest: Path = path;
  for (let member = wrapped(outer).parent; rest.length > 0 && member?.type === 'MemberExpression' && member.object === wrapped(outer); member = wrapped(outer).parent) {
    outer = member;
    rest = rest.slice(1);
  }
  const text = [sourceCode.getText(outer).replace(/\s+/g, ' '), ...(node.type === 'CallExpression' ? [] : rest)].join('.');
  return text.length <= 50 ? text : `${text.slice(0, 47)}…`;
}
