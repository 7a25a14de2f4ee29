import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from '../../calls/bindings.js';
import { entitiesOf } from '../../calls/entities.js';
import type { Frame } from '../../calls/frames.js';
import { originsOf, type Origin } from '../../calls/origins.js';
import { perFile } from '../../calls/per-file.js';
import { s3CallAt, s3CallsOf } from '../../calls/s3-calls.js';
import { isFunction, isNothing, methodName, propertyName, unwrap, walk, wrapped, type Node, type SourceCode } from '../../calls/syntax.js';
import { speaksOfWaiting, workModules } from '../../libraries/delay-functions.js';
import { onlyLogs } from '../trails/runner.js';

/** What is waited for between two attempts, and is no pause: requests to S3, and work. */

/** Whether the flow goes on only when a call is done: it is awaited, yielded, chained, or answered with. */
export function isWaitedFor(call: Node, sourceCode: SourceCode): boolean {
  for (let node: Node = call; ; ) {
    const { parent } = node;
    switch (parent?.type) {
      case 'AwaitExpression':
      case 'YieldExpression':
      case 'ReturnStatement':
        return true;
      case 'ArrowFunctionExpression':
        return parent.body === node;
      case 'MemberExpression':
        return parent.object === node && /^(?:then|catch|finally)$/.test(propertyName(parent) ?? '');
      case 'VariableDeclarator': {
        const variable = bindingsOf(sourceCode).variableOf(parent.id);
        return variable?.references.some(({ identifier }) => wrapped(identifier) !== identifier || identifier.parent.type === 'ReturnStatement') ?? false;
      }
      case 'ArrayExpression':
      case 'ConditionalExpression':
      case 'LogicalExpression':
      case 'SpreadElement':
      case 'ChainExpression':
      case 'TSAsExpression':
      case 'TSNonNullExpression':
        node = parent;
        break;
      case 'CallExpression':
        if (!isGlobalCall(parent, sourceCode)) return false;
        node = parent;
        break;
      default:
        return false;
    }
  }
}

/** `.then(pauseABit)`: a function that is not seen is run behind a promise. */
export function handsOnUnseen(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  if (!/^(?:then|catch|finally)$/.test(methodName(call) ?? '')) return false;
  return call.arguments.some((handed) => {
    if (isNothing(handed) || onlyLogs(handed, sourceCode)) return false;
    return !originsOf({ node: handed, frame: null }, sourceCode).some(({ node, path }) => isFunction(node) && path.length === 0);
  });
}

/** `Promise.all(…)`, `JSON.parse(…)`, `Buffer.from(…)`, `crypto.subtle.digest(…)` */
function isGlobalCall(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const text = sourceCode.getText(unwrap(call.callee));
  return /^(?:Promise|JSON|Object|Array|Buffer|String|Number|Math|Date|crypto|Uint8Array)\b/.test(text);
}

/** What is waited for is a call, which is looked at by itself, or what a call gave. */
export function isUnderstoodAwait(node: TSESTree.AwaitExpression, frame: Frame | null, sourceCode: SourceCode): boolean {
  const awaited = unwrap(node.argument);
  if (awaited.type === 'Identifier') {
    const value = bindingsOf(sourceCode).plainValueOf(awaited);
    return value !== null && /^(?:Call|New|Import|Await)Expression$/.test(unwrap(value).type);
  }
  return awaited.type !== 'MemberExpression' || workedFromAnswer([awaited], frame, sourceCode);
}

const chained = /^(?:then|catch|finally|promise)$/;
/** Methods that read a body, of S3's answers, of `Response` and of `Blob`. */
const readers = /^(?:transformTo\w+|text|json|arrayBuffer|bytes|blob)$/;
/** Methods of texts, lists and decoders, where they are not awaited themselves. */
const pureMethods =
  /^(?:decode|encode|trim\w*|split|join|slice|substring|replace\w*|to[A-Z]\w*|match\w*|test|exec|includes|startsWith|endsWith|indexOf|concat|at|filter|map|flatMap|reduce|some|every|sort|find\w*|keys|values|entries|getTime|digest)$/;

/** Calls that take as long as their work takes. */
export function isUnderstood(call: TSESTree.CallExpression, frame: Frame | null, sourceCode: SourceCode): boolean {
  const callee = unwrap(call.callee);
  if (onlyLogs(callee, sourceCode) || isGlobalCall(call, sourceCode)) return true;
  const method = methodName(call);
  if (pureMethods.test(method ?? '') && wrapped(call) === call) return true;
  if (callee.type === 'MemberExpression' && (chained.test(method ?? '') || readers.test(method ?? ''))) return true;
  // A request to another service: `dynamo.send(new GetCommand(…))`.
  if (method === 'send' && call.arguments.some((argument) => argument.type === 'NewExpression' && /Command$/.test(sourceCode.getText(argument.callee)))) return true;
  if (entitiesOf({ node: callee, frame: null }, sourceCode).some(({ module }) => workModules.test(module))) return true;
  const object = callee.type === 'MemberExpression' ? [callee.object] : [];
  if (speaksOfWaiting.test(sourceCode.getText(callee))) return false;
  return workedFromAnswer([...object, ...call.arguments], frame, sourceCode) || call.arguments.some((argument) => isClient(argument, frame, sourceCode));
}

/** Who is handed the client that requests to S3 go through sends requests: `loadState(client, key)` of another file. */
const isClient = (argument: Node, frame: Frame | null, sourceCode: SourceCode): boolean =>
  originsOf({ node: argument, frame }, sourceCode).some((origin) => clients(sourceCode).has(nameOf(origin)));

const clients = perFile((sourceCode): ReadonlySet<string> => {
  const receivers = s3CallsOf(sourceCode).flatMap((call) => call.receivers);
  return new Set(receivers.flatMap((node) => originsOf({ node, frame: null }, sourceCode)).map(nameOf));
});

/** What tells one origin from another; `this` is taken for the same in a file. */
const nameOf = ({ node, path }: Origin): string => [node.type === 'ThisExpression' ? 'this' : node.range[0], ...path].join('.');

/** Whether values come from what S3 answered: who works on them does not wait. */
export function workedFromAnswer(values: readonly Node[], frame: Frame | null, sourceCode: SourceCode): boolean {
  const seen = new Set<Node>();
  const from = (root: Node, open: Frame | null, depth: number): boolean => {
    let found = false;
    walk(root, sourceCode, (node) => {
      if (found || isFunction(node)) return false;
      if (s3CallAt(node, sourceCode)) found = true;
      if (node.type !== 'Identifier' || depth > 6 || seen.has(node)) return undefined;
      seen.add(node);
      found ||= originsOf({ node, frame: open }, sourceCode).some((origin) => origin.node !== node && from(origin.node, origin.frame, depth + 1));
      return undefined;
    });
    return found;
  };
  return values.some((value) => from(value, frame, 0));
}
