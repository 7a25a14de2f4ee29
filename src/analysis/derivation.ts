import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, type Definition, type Variable } from '../calls/bindings.js';
import { calledFunctions } from '../calls/called-functions.js';
import { argumentFor, enter, framesDeep, isOpen, type Frame, type Place } from '../calls/frames.js';
import { originsOf } from '../calls/origins.js';
import { getOrMake, perFile } from '../calls/per-file.js';
import { s3CallAt } from '../calls/s3-calls.js';
import { calledName, childrenOf, contains, isFunction, methodName, propertyName, unwrap, type CallLike, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';
import { stepsTo } from './parting.js';
import { definitionsReaching, maximumDefinitions } from './reaching-definitions.js';
import { callsRunBy } from './run-calls.js';
import type { CallPlace } from './same-object.js';

/**
 * What a value derives from: followed backwards through everything that a program can do to data, to the S3 calls
 * that gave it.
 *
 * `value` follows data alone. `decision` asks what may have decided a value: a boolean that a helper returns after a
 * HEAD holds nothing of the answer and is decided by it all the same.
 */
export type Interest = 'value' | 'decision';

export interface Derivation {
  /** The S3 calls whose answers it derives from. */
  readonly calls: readonly CallPlace[];
  /** Every expression on the way. */
  readonly visited: ReadonlySet<Node>;
  /** What it takes of what it derives from by name: `head.Metadata`, `const { Metadata } = head`. */
  readonly parts: readonly Part[];
}

/** A property of a value on the way, from the outermost name in. */
export interface Part {
  readonly of: Place;
  readonly path: readonly string[];
}

const maximumSteps = 1500;
const maximumFrames = 4;

/** Methods that put their arguments into what they are called on. */
const mutators = new Set(['push', 'unshift', 'splice', 'set', 'add', 'append', 'write', 'update', 'fill', 'insert', 'merge']);

/**
 * @param place an expression, seen from a chain of calls
 * @param interest whether only data is followed, or decisions too
 * @param sourceCode its file
 * @returns what it derives from
 */
export function derivationOf(place: Place, interest: Interest, sourceCode: SourceCode): Derivation {
  const known = knownDerivations(sourceCode)[interest];
  const ofNode = getOrMake(known, place.node, () => new Map<Frame | null, Derivation>());
  return getOrMake(ofNode, place.frame, () => derive(place, interest, sourceCode));
}

const knownDerivations = perFile(() => ({ value: new Map<Node, Map<Frame | null, Derivation>>(), decision: new Map<Node, Map<Frame | null, Derivation>>() }));

function derive(place: Place, interest: Interest, sourceCode: SourceCode): Derivation {
  const bindings = bindingsOf(sourceCode);
  const calls: CallPlace[] = [];
  const visited = new Set<Node>();
  const parts: Part[] = [];
  const seen = new Map<Node | Variable | Definition, Set<Frame | null>>();
  const pending: Place[] = [place];
  let steps = 0;

  const follow = (node: Node | null | undefined, frame: Frame | null): void => {
    if (node) pending.push({ node, frame });
  };
  const followAll = (nodes: readonly (Node | null)[], frame: Frame | null): void => {
    for (const node of nodes) follow(node, frame);
  };
  const isNew = (node: Node | Variable | Definition, frame: Frame | null): boolean => {
    const frames = getOrMake(seen, node, () => new Set<Frame | null>());
    if (frames.has(frame)) return false;
    frames.add(frame);
    return true;
  };

  const visitCall = (node: CallLike, frame: Frame | null): void => {
    const s3 = s3CallAt(node, sourceCode);
    if (s3) {
      if (!s3.presigned) calls.push({ call: s3, frame });
      return;
    }
    const callee = unwrap(node.callee);
    const method = methodName(node);
    const handlers = node.arguments.filter((argument) => isFunction(argument));
    if (callee.type === 'MemberExpression' && (method === 'then' || method === 'catch') && handlers.length > 0) {
      for (const handler of handlers) followAll(bindings.returnsOf(handler), frame);
      if (method === 'catch' || interest === 'decision') follow(callee.object, frame);
      return;
    }
    if (node.type === 'NewExpression' && callee.type === 'Identifier' && callee.name === 'Promise' && handlers[0]) {
      return settledWith(handlers[0], frame);
    }
    const functions = calledFunctions(node, frame, sourceCode).filter((called) => !isOpen(frame, called) && framesDeep(frame) < maximumFrames);
    for (const called of functions) {
      const inner = enter(called, node, frame);
      followAll(bindings.returnsOf(called), inner);
      if (interest === 'decision') calls.push(...callsRunBy(called.body, inner, sourceCode));
    }
    if (functions.length > 0 && node.type === 'CallExpression') return;
    if (callee.type === 'MemberExpression') follow(callee.object, frame);
    for (const argument of node.arguments) {
      if (isFunction(argument)) followAll(bindings.returnsOf(argument), frame);
      else follow(argument.type === 'SpreadElement' ? argument.argument : argument, frame);
    }
  };

  /** What `new Promise((resolve) => … resolve(x))` is settled with. */
  const settledWith = (executor: FunctionNode, frame: Frame | null): void => {
    const [resolve] = executor.params;
    const variable = resolve ? bindings.variableOf(resolve) : null;
    for (const { identifier } of variable?.references ?? []) {
      const call = identifier.parent;
      if (call.type === 'CallExpression') {
        for (const argument of call.arguments) follow(argument.type === 'SpreadElement' ? argument.argument : argument, frame);
        if (call.callee !== identifier) follow(call, frame);
      }
    }
  };

  const visitName = (node: TSESTree.Identifier, frame: Frame | null): void => {
    const variable = bindings.variableOf(node);
    if (!variable) return;
    const isFirstUse = isNew(variable, frame);
    const definitions = bindings.definitionsOf(variable);
    const follows = interest === 'value' && definitions.length <= maximumDefinitions;
    if (!follows && !isFirstUse) return;
    for (const definition of follows ? definitionsReaching(node, definitions) : definitions) if (isNew(definition, frame)) visitDefinition(definition, variable, frame);
    if (!isFirstUse) return;
    for (const write of bindings.memberWritesOf(variable)) {
      follow(write.value, frame);
      if (interest === 'decision') decidedBy(write.node, variable, frame);
    }
    for (const argument of getOrMake(mutations(sourceCode), variable, () => mutationsOf(variable))) follow(argument, frame);
  };

  const visitDefinition = (definition: Definition, variable: Variable, frame: Frame | null): void => {
    switch (definition.kind) {
      case 'value':
        follow(definition.fallback, frame);
        visitPart(definition.value, definition.path, frame);
        if (interest === 'decision') {
          // What decides the whole decides its parts: `const { exists } = await look(bucket)`.
          follow(definition.value, frame);
          decidedBy(definition.node, variable, frame);
        }
        return;
      case 'element':
        return follow(definition.of, frame);
      case 'parameter': {
        follow(definition.fallback, frame);
        const given = argumentFor(definition, frame);
        if (given) return visitPart(given.node, given.path, given.frame);
        const call = definition.function.parent;
        // A callback is given what the call works on: `rows.map((row) => …)`, `s3.getObject(input, (error, data) => …)`.
        if (call.type === 'CallExpression' && call.arguments.includes(definition.function as TSESTree.Expression)) {
          if (s3CallAt(call, sourceCode)) {
            // The first parameter of its callback is the error: it decides, and holds nothing of the object.
            return definition.index === 0 && interest === 'value' ? undefined : follow(call, frame);
          }
          const callee = unwrap(call.callee);
          if (callee.type === 'MemberExpression') follow(callee.object, frame);
          for (const argument of call.arguments) if (!isFunction(argument)) follow(argument, frame);
        }
        return;
      }
      case 'other':
        if (interest === 'decision' && definition.node.type === 'CatchClause') {
          calls.push(...callsRunBy(definition.node.parent.block, frame, sourceCode));
        }
        return;
      default:
    }
  };

  /** A part of a value: where the value is an object that can be read, only that part of it. */
  const visitPart = (value: Node, path: readonly string[], frame: Frame | null): void => {
    if (path.length === 0) return follow(value, frame);
    for (const origin of originsOf({ node: value, frame }, sourceCode, path)) {
      if (origin.path.length > 0) parts.push({ of: { node: origin.node, frame: origin.frame }, path: origin.path });
      follow(origin.node, origin.frame);
    }
  };

  /**
   * The tests and attempts that an assignment stands under, where the variable outlives them: who sees a constant of a
   * `try` knows nothing of how the `try` ends.
   */
  const decidedBy = (node: Node, variable: Variable, frame: Frame | null): void => {
    for (let outer: Node | undefined = node; outer && outer !== variable.scope.block; outer = outer.parent) {
      if (outer.type === 'TryStatement') calls.push(...attemptedBefore(node, outer, frame));
      if (outer.type === 'IfStatement') follow(outer.test, frame);
      if (!isFunction(outer)) continue;
      // `head().catch(() => { missing = true })`: a callback is run by the call that it is handed to.
      const call: Node = outer.parent;
      if (call.type !== 'CallExpression' || call.callee === outer) return;
      follow(call, frame);
      follow(call.callee.type === 'MemberExpression' ? call.callee.object : null, frame);
    }
  };

  /** The calls of a `try` that had to work for a place in it to be reached; all of them, for a place outside of the block. */
  const attemptedBefore = (node: Node, { block }: TSESTree.TryStatement, frame: Frame | null): readonly CallPlace[] =>
    callsRunBy(block, frame, sourceCode).filter((place) => !contains(block, node) || stepsTo(place).some((step) => contains(block, step) && step.range[0] < node.range[1]));

  for (let next = pending.pop(); next && steps < maximumSteps; next = pending.pop()) {
    const { frame } = next;
    const node = unwrap(next.node);
    if (!isNew(node, frame)) continue;
    steps++;
    visited.add(node);
    switch (node.type) {
      case 'Identifier':
        visitName(node, frame);
        break;
      case 'CallExpression':
      case 'NewExpression':
        visitCall(node, frame);
        break;
      case 'MemberExpression':
        if (node.object.type === 'ThisExpression') {
          for (const { value } of bindings.membersOf(bindings.ownerOf(node.object), propertyName(node) ?? '')) {
            if (!isFunction(value)) follow(value.type === 'AssignmentPattern' ? value.left : value, frame);
          }
        } else {
          const name = propertyName(node);
          if (name !== null) parts.push({ of: { node: node.object, frame }, path: [name] });
          follow(node.object, frame);
        }
        break;
      case 'ConditionalExpression':
        followAll([node.consequent, node.alternate, interest === 'decision' ? node.test : null], frame);
        break;
      case 'AssignmentExpression':
        followAll([node.right, node.operator === '=' ? null : node.left], frame);
        break;
      case 'Property':
        if (interest === 'decision' || !isHeaderOfRequest(node)) follow(node.value, frame);
        break;
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
      case 'FunctionDeclaration':
        followAll(bindings.returnsOf(node), frame);
        break;
      case 'ClassDeclaration':
      case 'ClassExpression':
      case 'Literal':
        break;
      default:
        followAll(childrenOf(node, sourceCode), frame);
    }
  }
  return { calls, visited, parts };
}

/** `fetch(url, { headers })`: what a request says in its headers is no part of what the other server answers. */
const isHeaderOfRequest = (node: TSESTree.Property): boolean => {
  const call = node.parent.parent;
  if (propertyName(node) !== 'headers' || call.type !== 'CallExpression') return false;
  return /fetch|axios|^(?:got|ky|request|get|post|put|patch|head)$/i.test(calledName(call));
};

const mutations = perFile(() => new Map<Variable, readonly Node[]>());

/** What is put into the value of a variable: `rows.push(row)`, `state.list.add(item)`, `Object.assign(state, change)`. */
function mutationsOf(variable: Variable): readonly Node[] {
  return variable.references.flatMap(({ identifier }) => {
    let member: Node = identifier.parent;
    while (member.type === 'MemberExpression' && member.parent.type === 'MemberExpression') member = member.parent;
    const call = member.type === 'MemberExpression' ? member.parent : member;
    if (call.type !== 'CallExpression') return [];
    if (call.callee === member && member.type === 'MemberExpression') return mutators.has(propertyName(member) ?? '') ? call.arguments : [];
    return methodName(call) === 'assign' && call.arguments[0] === identifier ? call.arguments.slice(1) : [];
  });
}
