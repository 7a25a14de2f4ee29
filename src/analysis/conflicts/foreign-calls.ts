import type { TSESTree } from '@typescript-eslint/utils';

import { answeringCall } from '../../calls/answering-call.js';
import { bindingsOf } from '../../calls/bindings.js';
import { contextsOf } from '../../calls/callers.js';
import { receiverOf } from '../../calls/clients/receivers.js';
import { entitiesOf } from '../../calls/entities.js';
import { calledFunctions } from '../../calls/called-functions.js';
import { enter, framesDeep, isOpen, type Frame } from '../../calls/frames.js';
import { originsOf } from '../../calls/origins.js';
import { s3CallAt } from '../../calls/s3-calls.js';
import { calledName, contains, isFunction, methodName, propertyName, unwrap, walk, type CallLike, type Node, type SourceCode } from '../../calls/syntax.js';
import type { SeenAttempt } from './seen-attempts.js';

/** What else an attempt does beside its S3 calls, as far as it may fail with a conflict of its own. */
export type ForeignCall =
  | 'aws' // a call of the AWS SDK v3 that is no S3 call the plugin knows
  | 'awaited' // something that is waited for
  | 'called' // something else of another file or package
  | 'throws'; // an error that the program makes itself

const maximumFrames = 4;

/**
 * @param attempt code that failed, and what looks at its error: a callback is part of the call that it is given to
 * @param sourceCode its file
 * @returns what else it runs, by way of functions of the file too
 */
export function foreignCallsIn({ attempted, handler }: SeenAttempt, sourceCode: SourceCode): ReadonlySet<ForeignCall> {
  const found = new Set<ForeignCall>();
  for (const frame of contextsOf(attempted, sourceCode)) look(attempted, handler, frame, sourceCode, found);
  return found;
}

function look(code: Node, handler: Node, frame: Frame | null, sourceCode: SourceCode, found: Set<ForeignCall>): void {
  walk(code, sourceCode, (node) => {
    if (node === handler) return false;
    if (node.type === 'ThrowStatement' && !isPlainError(node.argument, code, sourceCode)) found.add('throws');
    // Iterators and tagged templates run what is not seen: `for await (const page of pages)`, sql`…`.
    if ((node.type === 'ForOfStatement' && node.await) || node.type === 'TaggedTemplateExpression') found.add('awaited');
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
    const called = calledFunctions(node, frame, sourceCode);
    if (called.length === 0 || framesDeep(frame) >= maximumFrames) {
      const kind = kindOf(node, code, sourceCode);
      if (kind) found.add(kind);
      return undefined;
    }
    for (const inner of called) if (!isOpen(frame, inner) && !contains(inner, code)) look(inner.body, handler, enter(inner, node, frame), sourceCode, found);
    return undefined;
  });
}

function kindOf(call: CallLike, code: Node, sourceCode: SourceCode): ForeignCall | null {
  if (s3CallAt(call, sourceCode) || answeringCall(call, sourceCode)) return null;
  if (isBuiltIn(call, sourceCode)) return runsByName(call, sourceCode) ? 'awaited' : null;
  // `Promise.reject(error)`, `reject(error)`
  if (rejects(call)) return call.arguments.every((argument) => isPlainError(argument, code, sourceCode)) ? null : 'throws';
  if (isOfAws(call, sourceCode)) return 'aws';
  if (call.type === 'NewExpression') return 'called';
  if (isAwaited(call, sourceCode)) return 'awaited';
  return isTold(call) ? null : 'called';
}

/** A function that is not written in place: `keys.map(putOne)`, `promise.catch(toStorageError)`. */
const runsByName = (call: CallLike, sourceCode: SourceCode): boolean =>
  /^(?:map|flatMap|forEach|reduce|then|catch|finally)$/.test(methodName(call) ?? '') &&
  call.arguments.some((argument) => (argument.type === 'Identifier' || argument.type === 'MemberExpression') && !bindingsOf(sourceCode).isGlobal(argument));

/** `logger.info('…')`, `const client = makeClient()`: nothing is handed over that it could be held against. */
const isTold = (call: TSESTree.CallExpression): boolean => {
  const [first] = call.arguments;
  if (!first) return call.parent.type !== 'ExpressionStatement';
  const isText = first.type === 'TemplateLiteral' || (first.type === 'Literal' && typeof first.value === 'string');
  return isText && call.parent.type === 'ExpressionStatement' && call.callee.type === 'MemberExpression';
};

const rejects = (call: CallLike): boolean => /^reject$/.test(calledName(call));

/** `new Error('…')`, which has neither a code nor a status, and an error that was caught and is thrown on as it was. */
function isPlainError(thrown: Node, code: Node, sourceCode: SourceCode): boolean {
  const node = unwrap(thrown);
  const bindings = bindingsOf(sourceCode);
  if (node.type === 'NewExpression' || node.type === 'CallExpression') {
    return node.callee.type === 'Identifier' && bindings.isGlobal(node.callee) && /Error$/.test(node.callee.name);
  }
  const variable = bindings.variableOf(node);
  if (!variable || bindings.memberWritesOf(variable).some((write) => contains(code, write.node))) return false;
  return variable.references.every((reference) => !reference.isWrite()) && (variable.defs[0]?.type as string | undefined) === 'CatchClause';
}

/** Another operation of a client of the SDK v3, or something of its packages. */
function isOfAws(call: CallLike, sourceCode: SourceCode): boolean {
  const ofPackage = (node: Node): boolean => entitiesOf({ node, frame: null }, sourceCode).some(({ module }) => /^@(?:aws-sdk|smithy)\//.test(module));
  if (ofPackage(call.callee)) return true;
  if (call.type === 'NewExpression') return false;
  const callee = unwrap(call.callee);
  if (callee.type !== 'MemberExpression') return false;
  if (propertyName(callee) !== 'send') return receiverOf(callee.object, sourceCode).kind === 'v3';
  const [command] = call.arguments;
  return command !== undefined && originsOf({ node: command, frame: null }, sourceCode).every(({ node }) => node.type === 'NewExpression' && ofPackage(node.callee));
}

/** Whether something waits for what a call gives, at once or later. */
function isAwaited(call: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  let outer: Node = call;
  for (let { parent } = call as { parent: Node }; ; outer = parent, parent = parent.parent) {
    switch (parent.type) {
      case 'AwaitExpression':
      case 'ReturnStatement':
      case 'YieldExpression':
        return true;
      case 'ArrowFunctionExpression':
        return parent.body === outer;
      case 'VariableDeclarator':
        return mayBeAwaited(parent.id, sourceCode);
      case 'AssignmentExpression':
        return true;
      case 'CallExpression':
        // `all(call())`, `track(call())`
        if (parent.callee !== outer) return !isBuiltIn(parent, sourceCode) || /^(?:all(?:Settled)?|race|any|resolve)$/.test(methodName(parent) ?? '');
        break;
      case 'MemberExpression':
      case 'ChainExpression':
      case 'ArrayExpression':
      case 'ConditionalExpression':
      case 'LogicalExpression':
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
        break;
      default:
        return false;
    }
  }
}

/** Whether a name is waited for, or handed to something that may do so. */
function mayBeAwaited(id: Node, sourceCode: SourceCode): boolean {
  const variable = bindingsOf(sourceCode).variableOf(id);
  return (variable?.references ?? []).some(({ identifier }) => {
    const { parent } = identifier;
    if (parent.type === 'MemberExpression') return /^(?:then|catch|finally)$/.test(propertyName(parent) ?? '');
    return parent.type === 'AwaitExpression' || parent.type === 'ReturnStatement' || parent.type === 'ArrayExpression';
  });
}

/** Modules of Node.js that know nothing of HTTP. */
const harmlessModules = /^(?:assert|buffer|crypto|events|os|path(?:\/posix)?|perf_hooks|querystring|string_decoder|url|util|zlib|(?:fs|stream|timers)(?:\/promises)?)$/;

/** Globals of the language and of Node.js. */
const globals = /^(?:[A-Z]|set|clear|parse|is|encode|decode|structured|queue|(?:require|console|crypto|process|performance|globalThis|btoa|atob)$)/;

/** Those among them that speak to a server. */
const requests = /^(?:fetch|XMLHttpRequest|WebSocket|EventSource|eval|importScripts|caches)$/;

/** Methods of texts, lists, maps, dates, buffers and promises, and those that read the body of an answer of S3. */
const builtInMethods = new Set(
  (
    'at charAt charCodeAt concat endsWith includes indexOf join lastIndexOf match matchAll normalize padEnd padStart repeat replace replaceAll ' +
    'search slice split startsWith substring toLowerCase toUpperCase toString trim trimEnd trimStart entries every fill filter find findIndex flat ' +
    'flatMap forEach keys map pop push reduce reverse shift some sort splice unshift values has toISOString getTime toFixed toJSON valueOf subarray ' +
    'then catch finally transformToString transformToByteArray transformToWebStream'
  ).split(' '),
);

function isBuiltIn(call: CallLike, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  const callee = unwrap(call.callee);
  if (callee.type === 'Super' || callee.type === 'ImportExpression' || isFunction(callee)) return true;
  const root = callee.type === 'MemberExpression' ? unwrap(callee.object) : callee;
  if (root.type === 'Identifier' && bindings.isGlobal(root)) return globals.test(root.name) && !requests.test(root.name);
  if (entitiesOf({ node: callee, frame: null }, sourceCode).some(({ module }) => harmlessModules.test(module))) return true;
  return callee.type === 'MemberExpression' && builtInMethods.has(propertyName(callee) ?? '');
}
