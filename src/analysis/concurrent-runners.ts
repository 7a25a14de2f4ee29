import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from '../calls/bindings.js';
import { entitiesOf, isOwnFile } from '../calls/entities.js';
import type { Frame, Place } from '../calls/frames.js';
import { originsOf } from '../calls/origins.js';
import { perFile } from '../calls/per-file.js';
import { s3CallAt } from '../calls/s3-calls.js';
import { propertyOf, shapeOf } from '../calls/shapes.js';
import { isFunction, methodName, propertyName, unwrap, type CallLike, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';
import { textOf } from '../calls/text.js';
import { arrayFunctionOf, limiters, runnerOf, streams, type Limit } from '../libraries/concurrency-libraries.js';
import { retryFunctionOf } from '../libraries/retry-libraries.js';

/** What a call does with a function that it is given. */
export type Running =
  /** Runs it for each item, all at the same time. */
  | { readonly kind: 'concurrent'; readonly list: Node | null }
  /** Runs it for each item, and gives an array of what it returned: `list.map(f)`. */
  | { readonly kind: 'mapped'; readonly list: Node }
  /** Runs it for each item, and drops what it returned: `list.forEach(f)`. */
  | { readonly kind: 'dropped'; readonly list: Node }
  /** Runs it once, and gives a promise that waits for it. */
  | { readonly kind: 'waited' }
  /** Runs it once, some time later. */
  | { readonly kind: 'later' };

/**
 * @param call a call
 * @param index the position of the function among its arguments
 * @param frame the chain of calls it is seen from
 * @param sourceCode its file
 * @returns what the call does with the function; null where that is not known, or one iteration waits for the other
 */
export function runningOf(call: CallLike, index: number, frame: Frame | null, sourceCode: SourceCode): Running | null {
  const bindings = bindingsOf(sourceCode);
  const callee = unwrap(call.callee);
  if (call.type === 'NewExpression') {
    return callee.type === 'Identifier' && callee.name === 'Promise' && index === 0 ? { kind: 'waited' } : null;
  }
  const argument = (at: number): Node | null => call.arguments[at] ?? null;
  if (s3CallAt(call, sourceCode)) return { kind: 'later' };
  const entities = entitiesOf({ node: callee, frame }, sourceCode);
  for (const entity of entities) {
    const runner = runnerOf(entity);
    if (runner?.run === index) return exceedsOne(call, runner.limit, frame, sourceCode) ? { kind: 'concurrent', list: argument(runner.list) } : null;
    const list = argument(0);
    const method = arrayFunctionOf(entity);
    if (method && index === 1 && list) return { kind: method === 'map' ? 'mapped' : 'dropped', list };
    if (retryFunctionOf(entity)) return { kind: 'waited' };
    if (/^fs(?:\/promises)?$|^fs-extra$/.test(entity.module)) return { kind: 'later' };
  }
  const limited = limiterAt(callee, frame, sourceCode);
  if (limited !== 'none') return limited === 'several' && index === 0 ? { kind: 'waited' } : null;
  // Methods of a package are its own, whatever they are called: `Effect.forEach`, `source$.map`.
  if (callee.type !== 'MemberExpression' || entities.some(({ module }) => !isOwnFile(module)) || isStream({ node: callee.object, frame }, sourceCode)) return null;
  // A second argument is one of streams: `readable.map(f, { concurrency })` waits by default.
  const isOfArray = call.arguments.length === 1 || argument(1)?.type === 'ThisExpression';
  switch (propertyName(callee)) {
    case 'map':
    case 'flatMap':
      return index === 0 && isOfArray ? { kind: 'mapped', list: callee.object } : null;
    case 'forEach':
      return index === 0 && isOfArray ? { kind: 'dropped', list: callee.object } : null;
    case 'from': {
      const list = argument(0);
      const isArray = callee.object.type === 'Identifier' && callee.object.name === 'Array' && bindings.isGlobal(callee.object);
      return isArray && index === 1 && list ? { kind: 'mapped', list } : null;
    }
    case 'then':
      return startsHere(callee.object, sourceCode) ? { kind: 'waited' } : null;
    case 'catch':
    case 'finally':
      return { kind: 'waited' };
    default:
      return null;
  }
}

/** `Promise.all` and its like, of the language or of bluebird. */
export function isCombinator(call: Node, sourceCode: SourceCode): call is TSESTree.CallExpression {
  if (call.type !== 'CallExpression') return false;
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression' || !/^(?:all|allSettled|race|any)$/.test(propertyName(callee) ?? '')) return false;
  if (callee.object.type === 'Identifier' && callee.object.name === 'Promise' && bindingsOf(sourceCode).isGlobal(callee.object)) return true;
  return entitiesOf({ node: callee.object, frame: null }, sourceCode).some(({ module }) => module === 'bluebird');
}

/** Whether a call runs the functions of a list, several at a time: `pAll(tasks)`, `async.parallel(tasks)`. */
export const runsTasks = (call: Node, frame: Frame | null, sourceCode: SourceCode): call is TSESTree.CallExpression =>
  call.type === 'CallExpression' &&
  entitiesOf({ node: call.callee, frame }, sourceCode).some((entity) => {
    const runner = runnerOf(entity);
    return runner?.run === 'tasks' && exceedsOne(call, runner.limit, frame, sourceCode);
  });

/** The calls that a function of the file is handed to by its name: `list.map(save)`, `pMap(list, this.save)`. */
export const handedTo = (node: FunctionNode, sourceCode: SourceCode): readonly { call: CallLike; index: number }[] => handedFunctions(sourceCode).get(node) ?? [];

const handedFunctions = perFile((sourceCode): ReadonlyMap<FunctionNode, readonly { call: CallLike; index: number }[]> => {
  const handed = new Map<FunctionNode, { call: CallLike; index: number }[]>();
  for (const call of bindingsOf(sourceCode).calls) {
    for (const [index, argument] of call.arguments.entries()) {
      const bound = methodName(argument) === 'bind';
      if (argument.type !== 'Identifier' && argument.type !== 'MemberExpression' && !bound) continue;
      for (const origin of originsOf({ node: argument, frame: null }, sourceCode)) {
        if (isFunction(origin.node) && origin.path.length === 0) handed.set(origin.node, [...(handed.get(origin.node) ?? []), { call, index }]);
      }
    }
  }
  return handed;
});

/** Whether a list is known to be an array: a literal, or what an array method or `Object.keys` gives. */
export function isArray(list: Place, sourceCode: SourceCode): boolean {
  return originsOf(list, sourceCode).every(({ node, path }) => {
    if (path.length > 0) return false;
    if (node.type === 'ArrayExpression') return true;
    return /^(?:split|filter|slice|sort|concat|flat|keys|values|entries|map|reverse|from)$/.test(methodName(node) ?? '');
  });
}

/** Whether something that has a `forEach` gives its items one after the other. */
const isStream = (list: Place, sourceCode: SourceCode): boolean =>
  originsOf(list, sourceCode).some(
    ({ node, frame }) => (node.type === 'CallExpression' || node.type === 'NewExpression') && entitiesOf({ node: node.callee, frame }, sourceCode).some(({ module }) => streams.test(module)),
  );

/** Whether a list has one item at most, so that nothing of it can meet. */
export function hasOneItem(list: Place, sourceCode: SourceCode): boolean {
  return originsOf(list, sourceCode).every(
    ({ node, path }) => path.length === 0 && node.type === 'ArrayExpression' && node.elements.length <= 1 && node.elements.every((item) => item?.type !== 'SpreadElement'),
  );
}

/** A promise that is made in this turn; one kept in a variable or field makes a chain, where each waits for the last. */
function startsHere(promise: Node, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  let node = unwrap(promise);
  for (;;) {
    if (node.type === 'Identifier') {
      const value = bindings.plainValueOf(node);
      if (!value) return false;
      node = unwrap(value);
    } else if (node.type === 'CallExpression') {
      const callee = unwrap(node.callee);
      if (callee.type !== 'MemberExpression' || !/^(?:then|catch|finally)$/.test(propertyName(callee) ?? '')) return true;
      node = unwrap(callee.object);
    } else {
      return node.type === 'NewExpression' || node.type === 'ImportExpression';
    }
  }
}

/** How many functions a limiter runs at a time: `limit` of `const limit = pLimit(5)`, `queue.add`. */
function limiterAt(callee: Node, frame: Frame | null, sourceCode: SourceCode): 'none' | 'several' | 'unsure' {
  const method = callee.type === 'MemberExpression' ? propertyName(callee) : null;
  const object = callee.type === 'MemberExpression' ? callee.object : callee;
  for (const origin of originsOf({ node: object, frame }, sourceCode)) {
    const made = origin.node;
    if ((made.type !== 'CallExpression' && made.type !== 'NewExpression') || origin.path.length > 0) continue;
    for (const { module, path } of entitiesOf({ node: made.callee, frame: origin.frame }, sourceCode)) {
      const limiter = path.length === 0 && Object.hasOwn(limiters, module) ? limiters[module] : undefined;
      if (limiter && limiter.method === method) return exceedsOne(made, limiter.limit, origin.frame, sourceCode) ? 'several' : 'unsure';
    }
  }
  return 'none';
}

/** Whether more than one iteration is known to run at a time. */
function exceedsOne(call: CallLike, limit: Limit, frame: Frame | null, sourceCode: SourceCode): boolean {
  if (limit.kind === 'none') return true;
  const argument = call.arguments[limit.index];
  if (limit.kind === 'argument') return argument !== undefined && isSeveral({ node: argument, frame }, sourceCode);
  if (!argument) return true;
  const option = propertyOf(shapeOf({ node: argument, frame }, sourceCode), limit.name);
  if (option.kind !== 'known') return option.kind === 'absent';
  return option.values.every((value) => isSeveral(value, sourceCode));
}

function isSeveral(place: Place, sourceCode: SourceCode): boolean {
  const node = unwrap(place.node);
  if (node.type === 'Identifier' && node.name === 'Infinity') return true;
  const option = node.type === 'ObjectExpression' ? propertyOf(shapeOf(place, sourceCode), 'concurrency') : null;
  if (option) return option.kind === 'known' && option.values.every((value) => isSeveral(value, sourceCode));
  const [only, ...others] = textOf(place, sourceCode);
  return typeof only === 'string' && others.length === 0 && Number(only) > 1;
}
