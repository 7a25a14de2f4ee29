import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, unreadable, type Path, type Variable } from '../calls/bindings.js';
import type { Frame, Place } from '../calls/frames.js';
import { listHandedTo } from '../calls/handed-list.js';
import { originsOf, type Origin, type Stop } from '../calls/origins.js';
import { getOrMake } from '../calls/per-file.js';
import { isFunction, methodName, propertyName, unwrap, wrapped, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';

/**
 * Where the letters of a text come from.
 *
 * Followed through what keeps them: other spellings of the text (quotes, case, encoding), and lists and maps that it
 * was put into and taken out of. What it was looked up by, and what a hash was made of, is no part of it.
 */

const maximumSteps = 300;

/** Methods that give back the same text, bytes or rows, in another form or fewer of them. */
const keeping = /^(?:replace|replaceAll|trim|trimStart|trimEnd|toString|toLowerCase|toUpperCase|slice|substring|substr|split|join|padStart|padEnd|valueOf|concat|filter|reverse|sort|toSorted|flat|values|toHex|toBase64)$/;

/** Methods that take one thing out of many. */
const taking = /^(?:get|find|findLast|at|pop|shift)$/;

/** Methods that put their last argument into what they are called on. */
const putting = /^(?:set|push|unshift|add)$/;

/** Globals that spell what they are given in another way. */
const spelling = /^(?:String|Buffer|Uint8Array|DataView|Array|btoa|atob|encodeURI|encodeURIComponent|decodeURI|decodeURIComponent)$/;

/** Names of functions elsewhere that spell a text in another way: `normalizeETag(etag)`, `stripQuotes(etag)`, `toHex(bytes)`. */
const respelling = /^(?:normali[sz]e|strip|trim|quote|unquote|clean|format|wrap|remove|with(?:out)?|ensure|add|lower|upper|to(?:Hex|Base64|String|ETag)|hex|encode|decode|bufferToHex|arrayBufferToHex|bytesToHex)/i;

/**
 * @param place a text, seen from a chain of calls
 * @param sourceCode its file
 * @param stop where a trail ends beside its natural end
 * @returns where it may come from: expressions that are not followed further, and the properties still to be read of them
 */
export function textOriginsOf(place: Place, sourceCode: SourceCode, stop?: Stop): readonly Origin[] {
  const found: Origin[] = [];
  const seen = new Map<Node, Map<Frame | null, Set<string>>>();
  const pending: Origin[] = [{ ...place, path: [] }];
  for (let steps = 0, next = pending.pop(); next && steps < maximumSteps; steps++, next = pending.pop()) {
    for (const origin of originsOf(next, sourceCode, next.path, stop)) {
      const paths = getOrMake(getOrMake(seen, origin.node, () => new Map<Frame | null, Set<string>>()), origin.frame, () => new Set<string>());
      const path = origin.path.join('.');
      if (paths.has(path) || origin.path.length > 6) continue;
      paths.add(path);
      const before = stop?.(origin) ? [] : behind(origin, sourceCode);
      if (before.length > 0) pending.push(...before);
      else found.push(declaredAt(origin, sourceCode));
    }
  }
  return found;
}

/** What an origin is made of; nothing where it is not followed further. */
function behind(origin: Origin, sourceCode: SourceCode): readonly Origin[] {
  const { node, frame, path } = origin;
  const as = (inner: Node | undefined, rest: Path = path): readonly Origin[] => (inner ? [{ node: inner.type === 'SpreadElement' ? inner.argument : inner, frame, path: rest }] : []);
  switch (node.type) {
    case 'TemplateLiteral':
      return node.expressions.flatMap((part) => as(part));
    case 'BinaryExpression':
      return node.operator === '+' ? [...as(node.left), ...as(node.right)] : [];
    case 'AssignmentExpression':
      return as(node.right);
    case 'ArrayExpression':
      return [...node.elements.flatMap((part) => as(part ?? undefined, part?.type === 'SpreadElement' ? path : path.slice(1))), ...putInto(origin, sourceCode)];
    case 'ObjectExpression':
      return path.length > 0 ? [...heldBy(node, origin), ...putInto(origin, sourceCode)] : [];
    case 'NewExpression':
      return behindNew(node, origin, sourceCode);
    case 'CallExpression':
      return behindCall(node, origin, sourceCode);
    case 'Identifier':
      return behindName(node, origin, sourceCode);
    default:
      return [];
  }
}

/** What an object literal may hold under a name that is not sure. */
const heldBy = (node: TSESTree.ObjectExpression, { frame, path }: Origin): readonly Origin[] =>
  node.properties.flatMap((property): Origin[] => {
    if (property.type === 'SpreadElement') return [{ node: property.argument, frame, path }];
    return path[0] === unreadable || propertyName(property) === null ? [{ node: property.value, frame, path: path.slice(1) }] : [];
  });

function behindNew(node: TSESTree.NewExpression, origin: Origin, sourceCode: SourceCode): readonly Origin[] {
  const { frame, path } = origin;
  const { callee } = node;
  const [first] = node.arguments;
  if (callee.type !== 'Identifier' || !bindingsOf(sourceCode).isGlobal(callee)) return [];
  if (callee.name === 'Promise' && first && isFunction(first)) return resolvedBy(first, sourceCode).map((value) => ({ node: value, frame, path }));
  if (spelling.test(callee.name)) return first ? [{ node: first, frame, path: [] }] : [];
  if (!/^(?:Map|Set|WeakMap)$/.test(callee.name) || path.length === 0) return [];
  // `new Map(rows.map((row) => [row.Key, row.ETag]))`
  const entry = callee.name === 'Set' ? path : [unreadable, '1', ...path.slice(1)];
  return [...(first ? [{ node: first, frame, path: entry }] : []), ...putInto(origin, sourceCode)];
}

/** What `new Promise((resolve) => … resolve(x))` is resolved with. */
function resolvedBy(executor: FunctionNode, sourceCode: SourceCode): readonly Node[] {
  const bindings = bindingsOf(sourceCode);
  const [resolve] = executor.params;
  const variable = resolve ? bindings.variableOf(resolve) : null;
  return (variable?.references ?? []).flatMap(({ identifier }) => {
    const { parent } = identifier;
    return parent.type === 'CallExpression' && parent.callee === identifier ? parent.arguments.slice(0, 1) : [];
  });
}

function behindCall(node: TSESTree.CallExpression, { frame, path }: Origin, sourceCode: SourceCode): readonly Origin[] {
  const bindings = bindingsOf(sourceCode);
  const callee = unwrap(node.callee);
  const [first, second] = node.arguments;
  const given = (inner: Node | undefined, rest: Path): readonly Origin[] => (inner ? [{ node: inner, frame, path: rest }] : []);
  const returned = (handler: FunctionNode, rest: Path): readonly Origin[] => bindings.returnsOf(handler).flatMap((value) => given(value, rest));
  if (callee.type === 'Identifier') {
    if (bindings.isGlobal(callee) && spelling.test(callee.name)) return given(first, []);
    return node.arguments.length === 1 && path.length === 0 && respelling.test(callee.name) ? given(first, []) : [];
  }
  const method = methodName(node);
  if (callee.type !== 'MemberExpression' || method === null) return [];
  if (callee.object.type === 'Identifier' && bindings.isGlobal(callee.object)) {
    const { name } = callee.object;
    // `Buffer.from(bytes)`, `Array.from(bytes)`, `JSON.parse(etag)` takes the quotes off.
    if (/^(?:Buffer|Array|Uint8Array)$/.test(name)) return given(first, name === 'Array' ? path : []);
    if (name === 'JSON') return path.length === 0 ? given(first, []) : [];
    if (name === 'Object' && path.length > 0) {
      if (method === 'fromEntries') return given(first, [unreadable, '1', ...path.slice(1)]);
      if (method === 'entries') return path[1] === '1' ? given(first, [unreadable, ...path.slice(2)]) : [];
      if (method === 'values') return given(first, path);
    }
    return [];
  }
  if (first && isFunction(first)) {
    if (method === 'map' || method === 'flatMap') return path.length === 0 ? given(callee.object, []) : returned(first, path.slice(1));
    if (/^reduce(?:Right)?$/.test(method)) return [...returned(first, path), ...given(second, path)];
  }
  if (keeping.test(method)) return given(callee.object, path);
  if (taking.test(method)) return given(callee.object, [unreadable, ...path]);
  return node.arguments.length === 1 && path.length === 0 && respelling.test(method) ? given(first, []) : [];
}

/** A name that one row of many is handed to: `for (const row of rows)`, `rows.some((row) => …)`. */
function behindName(node: TSESTree.Identifier, { frame, path }: Origin, sourceCode: SourceCode): readonly Origin[] {
  const [definition] = bindingsOf(sourceCode).definitionsAt(node);
  if (definition?.kind === 'element') return [{ node: definition.of, frame, path: [unreadable, ...definition.path, ...path] }];
  const rows = definition?.kind === 'parameter' ? listHandedTo(definition, frame, sourceCode) : null;
  return definition?.kind === 'parameter' && rows ? [{ node: rows, frame, path: [unreadable, ...definition.path, ...path] }] : [];
}

/** The name of a parameter that is taken apart where it is declared: `({ ETag }) => …` reads `ETag` of it. */
function declaredAt(origin: Origin, sourceCode: SourceCode): Origin {
  const [definition] = origin.node.type === 'Identifier' ? bindingsOf(sourceCode).definitionsAt(origin.node) : [];
  return definition?.kind === 'parameter' ? { ...origin, path: [...definition.path, ...origin.path] } : origin;
}

/** What is put into a list, map or object after it was made. */
function putInto({ node, frame, path }: Origin, sourceCode: SourceCode): readonly Origin[] {
  const bindings = bindingsOf(sourceCode);
  const declarator = wrapped(node).parent;
  const variable = declarator?.type === 'VariableDeclarator' ? bindings.variableOf(declarator.id) : null;
  if (!variable || path.length === 0) return [];
  const written = (to: Variable, rest: Path): readonly Origin[] =>
    bindings.memberWritesOf(to).flatMap((write) => (write.value && leadsTo(write.path, rest) ? [{ node: write.value, frame, path: rest.slice(write.path.length) }] : []));
  const put = variable.references.flatMap(({ identifier }): Origin[] => {
    const member = identifier.parent;
    if (member.type !== 'MemberExpression' || member.object !== identifier) return [];
    const call = member.parent;
    const value = call.type === 'CallExpression' && call.callee === member && putting.test(propertyName(member) ?? '') ? call.arguments.at(-1) : undefined;
    if (!value) return [];
    return value.type === 'SpreadElement' ? [{ node: value.argument, frame, path }] : [{ node: value, frame, path: path.slice(1) }];
  });
  const parts = variable.references.flatMap(({ identifier }) => partNamedAt(identifier, sourceCode) ?? []);
  return [...written(variable, path), ...put, ...parts.flatMap((part) => written(part, path.slice(1)))];
}

/** The variable that one part of many is kept in for a while: `const folder = folders.get(path) || {}`. */
function partNamedAt(container: Node, sourceCode: SourceCode): Variable | null {
  const member = container.parent;
  if (member?.type !== 'MemberExpression' || member.object !== container) return null;
  const call = member.parent.type === 'CallExpression' && member.parent.callee === member ? member.parent : null;
  if (call ? propertyName(member) !== 'get' : !member.computed) return null;
  const part = wrapped(call ?? member);
  const either = part.parent?.type === 'LogicalExpression' && part.parent.left === part ? wrapped(part.parent) : part;
  return either.parent?.type === 'VariableDeclarator' && either.parent.init === either ? bindingsOf(sourceCode).variableOf(either.parent.id) : null;
}

/** Whether what is written under one path is read under another that may begin with it. */
const leadsTo = (written: Path, read: Path): boolean =>
  written.length <= read.length && written.every((name, index) => name === read[index] || name === unreadable || read[index] === unreadable);
