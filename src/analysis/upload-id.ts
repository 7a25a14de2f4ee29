import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, unreadable, type Variable } from '../calls/bindings.js';
import { callersOf } from '../calls/callers.js';
import { entitiesOf } from '../calls/entities.js';
import { calledFunctions, functionsAt } from '../calls/called-functions.js';
import { originsOf } from '../calls/origins.js';
import type { S3Call } from '../calls/s3-call.js';
import { s3CallAt } from '../calls/s3-calls.js';
import { contains, enclosingFunction, methodName, propertyName, unwrap, type CallLike, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';
import { runningOf } from './concurrent-runners.js';

/**
 * What flows forward from the answer of a CreateMultipartUpload: the answer itself, the id in it, or a function that
 * closes over the id.
 */
type Carried = 'answer' | 'id' | 'closure';

/** Where what is carried has come to. */
interface Step {
  readonly node: Node;
  readonly carried: Carried;
}

/** Methods that put their argument into what they are called on. */
const collects = /^(?:push|unshift|add|set|append|enqueue|splice)$/;
/** Methods of a list whose callback is given its items. */
const visits = /^(?:then|map|flatMap|forEach|filter|find|reduce)$/;
/** Multipart methods of clients; their answers hold nothing that keeps the upload. */
const multipartMethod = /^(?:uploadPart|uploadPartCopy|listParts|listMultipartUploads|completeMultipartUpload|abortMultipartUpload|send)$/;
/** Who only shows what it is given. */
const shows = /(?:^|\.)(?:console|\w*log(?:ger)?|debug|trace|winston|pino|assert|expect|span|metrics)\b|^(?:log|debug|info|warn|error|print|trace|assert|expect|invariant)\w*$/i;
const failure = /(?:Error|Exception|Failure)$/;

const maximumSteps = 300;

/**
 * Whether the upload id outlives the function that creates the upload: returned, kept in a field or in something handed
 * in, or passed to a function of another file. Who holds it can abort the upload later.
 *
 * @param call a CreateMultipartUpload
 * @param sourceCode its file
 */
export function idLeaves(call: S3Call, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  const creator = enclosingFunction(call.node);
  const seen = new Set<Variable>();
  const seenNodes = new Set<Node>();
  const left = new Set<FunctionNode>();
  // minio answers with the id itself.
  const carried = call.client === 'minio' ? 'id' : 'answer';
  const pending: Step[] = call.sentBy.map((node) => ({ node, carried }));
  let leaves = false;

  const bind = (pattern: Node, what: Carried): void => {
    switch (pattern.type) {
      case 'Identifier':
        return follow(pattern, what);
      case 'AssignmentPattern':
        return bind(pattern.left, what);
      case 'RestElement':
        return bind(pattern.argument, what);
      case 'ArrayPattern':
        for (const element of pattern.elements) if (element) bind(element, what);
        return;
      case 'ObjectPattern':
        for (const property of pattern.properties) {
          const name = property.type === 'Property' ? propertyName(property) : unreadable;
          if (what !== 'answer' || mayHoldId(name)) bind(property.type === 'Property' ? property.value : property.argument, what === 'answer' && property.type === 'Property' ? 'id' : what);
        }
        return;
      default:
    }
  };

  const follow = (name: Node, what: Carried): void => {
    const variable = bindings.variableOf(name);
    if (!variable || seen.has(variable)) return;
    seen.add(variable);
    if (variable.defs.some((definition) => definition.type === 'Variable' && definition.parent.parent.type === 'ExportNamedDeclaration')) leaves = true;
    for (const reference of variable.references) {
      if (!reference.isRead()) continue;
      pending.push({ node: reference.identifier, carried: what });
      // A function that uses the id holds it as long as it lives.
      const holder = enclosingFunction(reference.identifier);
      const declared = variable.identifiers[0];
      for (let inner: FunctionNode | null = holder; inner && declared && !contains(inner, declared); inner = enclosingFunction(inner)) escape(inner);
    }
  };

  /** Where a function goes that closes over the id. */
  const escape = (holder: FunctionNode): void => {
    if (holder.type === 'FunctionDeclaration' && holder.id) return follow(holder.id, 'closure');
    pending.push({ node: holder, carried: 'closure' });
  };

  const run = ({ node, carried: what }: Step): void => {
    const { parent } = node;
    if (!parent) return;
    const go = (next: Node, as: Carried = what): void => void pending.push({ node: next, carried: as });
    switch (parent.type) {
      case 'AwaitExpression':
      case 'ChainExpression':
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
      case 'TSTypeAssertion':
      case 'SpreadElement':
      case 'ArrayExpression':
      case 'ObjectExpression':
      case 'TemplateLiteral':
      case 'LogicalExpression':
      case 'SequenceExpression':
        return go(parent);
      case 'ConditionalExpression':
        return parent.test === node ? undefined : go(parent);
      case 'BinaryExpression':
        return parent.operator === '+' ? go(parent) : undefined;
      case 'Property':
        return parent.value === node && parent.parent.type === 'ObjectExpression' ? go(parent.parent) : undefined;
      case 'MemberExpression':
        return parent.object === node ? runMember(parent, what) : undefined;
      case 'VariableDeclarator':
        return parent.init === node ? bind(parent.id, what) : undefined;
      case 'AssignmentExpression':
        return parent.right === node ? assign(parent, what) : undefined;
      case 'ForOfStatement':
        return parent.right === node && parent.left.type === 'VariableDeclaration' ? bind(parent.left.declarations[0].id, what) : undefined;
      case 'YieldExpression':
      case 'ExportSpecifier':
      case 'PropertyDefinition':
        leaves = true;
        return;
      case 'ReturnStatement': {
        const owner = enclosingFunction(parent);
        return owner ? returned(owner, what) : undefined;
      }
      case 'ArrowFunctionExpression':
        return parent.body === node ? returned(parent, what) : undefined;
      case 'CallExpression':
      case 'NewExpression':
        return parent.callee === node ? undefined : hand(parent, node, what);
      default:
    }
  };

  const runMember = (member: TSESTree.MemberExpression, what: Carried): void => {
    const { parent } = member;
    const method = propertyName(member);
    if (parent.type === 'CallExpression' && parent.callee === member) {
      // `.then(f)` gives f the answer; `.promise()`, `id.toString()`, `list.map(f)` hand it on.
      if (method !== null && visits.test(method)) {
        const [handler] = parent.arguments;
        const functions = handler ? functionsAt(handler, sourceCode) : [];
        for (const called of functions) for (const parameter of called.params.slice(0, method === 'reduce' ? 2 : 1)) bind(parameter, what);
        if (method === 'then' && handler && functions.length === 0) leaves = true;
        return;
      }
      if (method !== null && collects.test(method)) return;
      pending.push({ node: parent, carried: what });
    } else if (what !== 'answer') {
      pending.push({ node: member, carried: what });
    } else if (mayHoldId(method)) {
      pending.push({ node: member, carried: 'id' });
    }
  };

  const assign = (node: TSESTree.AssignmentExpression, what: Carried): void => {
    const target = unwrap(node.left);
    pending.push({ node, carried: what });
    if (target.type === 'ObjectPattern' || target.type === 'ArrayPattern') return bind(target, what);
    let root: Node = target;
    while (root.type === 'MemberExpression') root = unwrap(root.object);
    keep(root, target.type === 'Identifier' ? what : what === 'answer' ? 'id' : what);
  };

  /** Something holds the id from now on: a local of the function is followed, all else outlives it. */
  const keep = (root: Node, what: Carried): void => {
    const variable = root.type === 'Identifier' ? bindings.variableOf(root) : null;
    const definition = variable?.defs[0];
    const local = definition?.type === 'Variable' && creator !== null && contains(outermost(creator), definition.name);
    if (!local) leaves = true;
    else follow(root, what);
  };

  const returned = (owner: FunctionNode, what: Carried): void => {
    if (left.has(owner)) return;
    left.add(owner);
    const { parent } = owner;
    if (parent.type === 'CallExpression' || parent.type === 'NewExpression') {
      // A callback: what it returns is what the call gives, be it `.then` or a wrapper that retries.
      pending.push({ node: parent, carried: what });
      return;
    }
    const creates = owner === creator || (creator !== null && contains(owner, creator));
    const callers = creates && enclosingFunction(owner) === null ? [] : callersOf(owner, sourceCode);
    if (callers.length === 0) leaves = true;
    for (const caller of callers) if (creator && contains(outermost(creator), caller)) pending.push({ node: caller, carried: what });
  };

  const hand = (receiver: CallLike, given: Node, what: Carried): void => {
    const callee = unwrap(receiver.callee);
    const index = receiver.arguments.indexOf(given as TSESTree.CallExpressionArgument);
    const s3 = s3CallAt(receiver, sourceCode);
    if (s3) {
      // An id that is stored in an object of its own is kept.
      if (s3.operation.effect === 'write' && s3.operation.name !== 'CompleteMultipartUpload') leaves = true;
      // A URL that is signed for the upload carries its id.
      if (s3.presigned && s3.node !== receiver) pending.push({ node: receiver, carried: what });
      if (s3.presigned && s3.node === receiver) pending.push(...signers(receiver).map((node) => ({ node, carried: what })));
      return;
    }
    if (isS3(receiver, callee)) return;
    const name = sourceCode.getText(callee);
    if (what === 'closure') {
      // A callback that is run for a promise or a list is done with it; what else takes a function may hold it.
      const isDone = visits.test(methodName(receiver) ?? '') || runningOf(receiver, index, null, sourceCode) !== null;
      if (!isDone) pending.push({ node: receiver, carried: what });
      return;
    }
    if (shows.test(name) || (receiver.type === 'NewExpression' && failure.test(name))) return;
    const functions = calledFunctions(receiver, null, sourceCode);
    if (functions.length > 0) {
      if (receiver.type === 'NewExpression') {
        leaves = true;
        return;
      }
      for (const called of functions) {
        const parameter = called.params[index];
        if (parameter) bind(parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter, what);
      }
      return;
    }
    const method = callee.type === 'MemberExpression' ? propertyName(callee) : null;
    if (callee.type === 'MemberExpression' && method !== null && collects.test(method)) {
      let root: Node = callee.object;
      while (root.type === 'MemberExpression') root = unwrap(root.object);
      return keep(root, what);
    }
    // Functions of the language give back what they are given, in another form.
    const object = callee.type === 'MemberExpression' ? callee.object : callee;
    if (object.type === 'Identifier' && bindings.isGlobal(object) && /^(?:String|JSON|Object|Array|Promise|Number|Boolean|Buffer|encodeURIComponent|structuredClone|Map|Set)$/.test(object.name)) {
      pending.push({ node: receiver, carried: what });
      return;
    }
    leaves = true;
  };

  /** Requests of multipart uploads that are no calls of their own here: `new ListPartsCommand(…)`, `s3.listParts(…)`. */
  const isS3 = (receiver: CallLike, callee: Node): boolean => {
    if (entitiesOf({ node: callee, frame: null }, sourceCode).some(({ module }) => module === '@aws-sdk/client-s3')) return true;
    return callee.type === 'MemberExpression' && multipartMethod.test(propertyName(callee) ?? '') && receiver.type === 'CallExpression';
  };

  const signers = (command: Node): readonly Node[] =>
    bindings.calls.filter((signer) => {
      const [, signed] = signer.arguments;
      return signed !== undefined && signer.type === 'CallExpression' && s3CallAt(signer, sourceCode) === null && originsOf({ node: signed, frame: null }, sourceCode).some((origin) => origin.node === command);
    });

  for (const sender of call.sentBy) {
    // `createMultipartUpload(input, (error, answer) => …)`
    const last = sender.arguments.length > 1 ? sender.arguments.at(-1) : undefined;
    if (!last || sender === call.node && call.client === 'minio') continue;
    const functions = functionsAt(last, sourceCode);
    for (const callback of functions) if (callback.params[1]) bind(callback.params[1], carried);
    if (functions.length === 0 && last.type === 'Identifier') leaves = true;
  }
  for (let step = pending.pop(), steps = 0; step && steps < maximumSteps; step = pending.pop(), steps++) {
    if (leaves) return true;
    if (seenNodes.has(step.node)) continue;
    seenNodes.add(step.node);
    run(step);
  }
  return leaves;
}

/** Members of the answer that hold the id; what cannot be read may. */
const mayHoldId = (name: string | null): boolean => name === null || name === unreadable || /uploadId/i.test(name);

/** The whole operation that a function is a part of. */
export function outermost(node: FunctionNode): FunctionNode {
  let outer = node;
  for (let next = enclosingFunction(outer); next; next = enclosingFunction(outer)) outer = next;
  return outer;
}

/** Whether a v2 request is sent: with a callback, or by asking for its promise. */
export function isSent(call: S3Call): boolean {
  if (call.sentBy.length === 0) return false;
  if (call.client !== 'v2') return true;
  const { parent } = call.node;
  const asked = parent.type === 'MemberExpression' && parent.object === call.node && parent.parent.type === 'CallExpression' && /^(?:promise|send|on)$/.test(methodName(parent.parent) ?? '');
  return asked || call.node.arguments.length > 1;
}
