import { bindingsOf } from '../calls/bindings.js';
import type { Frame } from '../calls/frames.js';
import type { S3Call } from '../calls/s3-call.js';
import { contains, enclosingFunction, isFunction, isLoop, methodName, propertyName, unwrap, walk, type CallLike, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';
import { handedTo, hasOneItem, isArray, isCombinator, runningOf, runsTasks } from './concurrent-runners.js';

/** Iterations that run at the same time: the next one starts before the last has finished. */
export interface Iteration {
  /** The loop, or the call that runs a function for each item. */
  readonly node: Node;
  /** What is run in each iteration: the loop, or the function. */
  readonly body: Node;
}

/** Where a way outward from a write has come to, and who waits for the write up to there. */
interface Step {
  readonly node: Node;
  readonly frame: Frame | null;
  readonly flow:
    | 'promise' // the node is a promise of the write
    | 'waited' // the write is finished when the node is
    | 'loose' // nobody waits for it
    | 'stored'; // its promise is kept in a variable
  /** Where the variable that keeps its promise is awaited or returned. */
  readonly waits: readonly Node[];
  /** What is left right after the write: nothing around it runs a second time. */
  readonly leaves: 'nothing' | 'loop' | 'function';
}

const maximumSteps = 400;

/**
 * @param sender the call that sends a write
 * @param call the write
 * @param frame the chain of calls it is seen from
 * @param sourceCode its file
 * @returns the iterations around it that overlap, the innermost first
 */
export function overlappingIterations(sender: CallLike, call: S3Call, frame: Frame | null, sourceCode: SourceCode): readonly Iteration[] {
  const found: Iteration[] = [];
  const last = sender.arguments.length > 1 ? sender.arguments.at(-1) : undefined;
  const hasCallback = last !== undefined && (isFunction(last) || (call.client === 'v2' && last.type !== 'ObjectExpression'));
  // aws-sdk v2 sends a request when it is given a callback, or is asked for a promise.
  if (call.client === 'v2' && !hasCallback && sender === call.node && !/^(?:promise|send)$/.test(memberOf(sender) ?? '')) return found;
  const pending: Step[] = [{ node: sender, frame, flow: hasCallback ? 'loose' : 'promise', waits: [], leaves: 'nothing' }];
  let steps = 0;
  for (let step = pending.pop(); step && steps < maximumSteps; step = pending.pop(), steps++) pending.push(...climb(step, found, sourceCode));
  return found;
}

const memberOf = (node: Node): string | null => (node.parent?.type === 'MemberExpression' && node.parent.object === node ? propertyName(node.parent) : null);

/** One step outward; none where the way is not understood. */
function climb(step: Step, found: Iteration[], sourceCode: SourceCode): readonly Step[] {
  const { node } = step;
  if (isFunction(node)) return leaveFunction(step, node, found, sourceCode);
  const { parent } = node;
  if (!parent) return [];
  if (step.flow === 'promise') return climbPromise(step, parent, sourceCode);
  if (parent.type === 'ReturnStatement') return leaveByReturn(step, parent);
  if (parent.type === 'BlockStatement') return [{ ...step, node: parent, leaves: leavesAfter(parent.body, node) ?? step.leaves }];
  if (isLoop(parent)) return [leaveLoop(step, parent, found, sourceCode)];
  return [{ ...step, node: parent }];
}

/** A step through an expression whose value is the promise of the write. */
function climbPromise(step: Step, parent: Node, sourceCode: SourceCode): readonly Step[] {
  const { node } = step;
  const to = (next: Node, flow: Step['flow'] = 'promise'): readonly Step[] => [{ ...step, node: next, flow }];
  switch (parent.type) {
    case 'AwaitExpression':
      return to(parent, 'waited');
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'ChainExpression':
    case 'ArrayExpression':
    case 'SpreadElement':
    case 'Property':
    case 'ObjectExpression':
    case 'ArrowFunctionExpression':
      return to(parent);
    case 'ConditionalExpression':
    case 'LogicalExpression':
      return to(parent);
    case 'SequenceExpression':
      return to(parent, parent.expressions.at(-1) === node ? 'promise' : 'loose');
    case 'UnaryExpression':
    case 'ExpressionStatement':
      return to(parent, 'loose');
    case 'MemberExpression': {
      const call = parent.parent;
      if (parent.object !== node || call.type !== 'CallExpression' || call.callee !== parent) return [];
      const method = propertyName(parent) ?? '';
      if (method === 'send') return to(call, 'loose');
      return /^(?:then|catch|finally|promise)$/.test(method) ? to(call) : [];
    }
    case 'CallExpression':
    case 'NewExpression': {
      if (parent.callee === node) return [];
      const callee = unwrap(parent.callee);
      const kept = callee.type === 'MemberExpression' && /^(?:push|unshift|add)$/.test(propertyName(callee) ?? '') ? callee.object : null;
      // `pending.push(put())`: who awaits the list waits for the write.
      return kept?.type === 'Identifier' ? keep(step, kept, parent, sourceCode) : to(parent);
    }
    case 'VariableDeclarator':
      return keep(step, parent.id, parent, sourceCode);
    case 'AssignmentExpression':
      // `pending[index] = put()` is a list. A promise that is kept in a field may be awaited anywhere.
      if (parent.left.type === 'MemberExpression' && parent.left.computed && parent.left.object.type === 'Identifier') return keep(step, parent.left.object, parent, sourceCode);
      return parent.left.type === 'Identifier' ? keep(step, parent.left, parent, sourceCode) : [];
    case 'ReturnStatement':
      return leaveByReturn(step, parent);
    default:
      return [];
  }
}

/** The promise goes on in a variable: what awaits or returns the variable waits for it. */
function keep(step: Step, name: Node, at: Node, sourceCode: SourceCode): readonly Step[] {
  const variable = bindingsOf(sourceCode).variableOf(name);
  if (!variable) return [];
  const waits = variable.references.filter((reference) => reference.isRead()).flatMap(({ identifier }) => waitOn(identifier) ?? []);
  return [{ ...step, node: at, flow: 'stored', waits }];
}

/** The `await` or `return` that a value goes into, by way of calls, lists and chains; null where it goes elsewhere. */
function waitOn(node: Node): Node | null {
  for (let outer = node.parent, inner = node; outer; inner = outer, outer = outer.parent) {
    switch (outer.type) {
      case 'AwaitExpression':
      case 'ReturnStatement':
      case 'YieldExpression':
        return outer;
      case 'ArrowFunctionExpression':
        return outer.body === inner ? outer : null;
      case 'ForOfStatement':
        return outer.await && outer.right === inner ? outer.right : null;
      case 'CallExpression':
      case 'NewExpression':
        if (outer.callee === inner && /^(?:push|unshift|add)$/.test(methodName(outer) ?? '')) return null;
        break;
      case 'MemberExpression':
      case 'ArrayExpression':
      case 'SpreadElement':
      case 'ChainExpression':
      case 'TSAsExpression':
      case 'TSNonNullExpression':
        break;
      default:
        return null;
    }
  }
  return null;
}

/** A `return` leaves every loop of its function. */
function leaveByReturn(step: Step, statement: Node): readonly Step[] {
  const owner = enclosingFunction(statement);
  return owner ? [{ ...step, node: owner, leaves: 'nothing' }] : [];
}

/** What a later statement of the block leaves in any case; null where none does. */
function leavesAfter(block: readonly Node[], statement: Node): 'loop' | 'function' | null {
  for (const later of block.slice(block.indexOf(statement) + 1)) {
    // A label may stand around any number of loops.
    if (later.type === 'BreakStatement') return later.label ? 'function' : 'loop';
    if (later.type === 'ContinueStatement' && later.label) return 'loop';
    if (later.type === 'ReturnStatement' || later.type === 'ThrowStatement') return 'function';
  }
  return null;
}

function leaveLoop(step: Step, loop: Extract<Node, { body: Node }>, found: Iteration[], sourceCode: SourceCode): Step {
  const { node, flow, leaves } = step;
  const next: Step = { ...step, node: loop };
  const once = (loop.type === 'ForStatement' && loop.init === node) || ((loop.type === 'ForOfStatement' || loop.type === 'ForInStatement') && loop.body !== node);
  if (once || flow === 'waited') return next;
  if (leaves !== 'nothing') return { ...next, leaves: leaves === 'loop' ? 'nothing' : leaves };
  if (flow === 'stored' && step.waits.some((wait) => contains(loop, wait))) return { ...next, flow: 'waited' };
  if (loop.type === 'ForOfStatement' && hasOneItem({ node: loop.right, frame: step.frame }, sourceCode)) return next;
  if (!sleeps(loop, sourceCode)) found.push({ node: loop, body: loop });
  return next;
}

/** Whether each turn of a loop waits for a clock: by then the write of the last turn is likely done. */
function sleeps(loop: Node, sourceCode: SourceCode): boolean {
  let asleep = false;
  walk(loop, sourceCode, (inner) => {
    if (isFunction(inner)) return false;
    asleep ||= inner.type === 'AwaitExpression' && /sleep|delay|wait|timeout|timer|interval|pause|tick/i.test(sourceCode.getText(inner.argument).slice(0, 80));
    return undefined;
  });
  return asleep;
}

/** The way goes on where the function is run. */
function leaveFunction(step: Step, left: FunctionNode, found: Iteration[], sourceCode: SourceCode): readonly Step[] {
  if (left.generator) return [];
  const settles = step.flow === 'promise' || step.flow === 'waited' || step.waits.some((wait) => contains(left, wait));
  const base: Step = { ...step, flow: settles ? 'promise' : 'loose', waits: [], leaves: 'nothing' };
  const { frame } = step;
  if (frame?.function === left) return [{ ...base, node: frame.call, frame: frame.caller }];
  const { parent } = left;
  if (parent.type === 'CallExpression' || parent.type === 'NewExpression') {
    if (parent.callee === left) return [{ ...base, node: parent }];
    return handOver(base, left, parent, parent.arguments.indexOf(left as never), found, sourceCode);
  }
  const task = taskOf(base, left, found, sourceCode);
  return [...task, ...handedTo(left, sourceCode).flatMap(({ call, index }) => handOver({ ...base, frame: null }, left, call, index, found, sourceCode))];
}

/** The way goes on at a call that is given the function. */
function handOver(step: Step, given: FunctionNode, call: CallLike, index: number, found: Iteration[], sourceCode: SourceCode): readonly Step[] {
  const running = runningOf(call, index, step.frame, sourceCode);
  if (!running) return [];
  const meets = (list: Node | null): boolean => list === null || !hasOneItem({ node: list, frame: step.frame }, sourceCode);
  switch (running.kind) {
    case 'waited':
      return [{ ...step, node: call, flow: 'promise' }];
    case 'later':
      return [{ ...step, node: call, flow: 'loose' }];
    case 'concurrent':
      if (meets(running.list)) found.push({ node: call, body: given });
      return [{ ...step, node: call, flow: 'promise' }];
    case 'dropped': {
      // `await readable.forEach(f)` waits where it is a stream's, and not where it is an array's.
      const used = call.parent.type !== 'ExpressionStatement' && call.parent.type !== 'ArrowFunctionExpression';
      if (used && !isArray({ node: running.list, frame: step.frame }, sourceCode)) return [];
      if (meets(running.list)) found.push({ node: call, body: given });
      return [{ ...step, node: call, flow: 'loose' }];
    }
    case 'mapped': {
      const end = endOfArray(call, step.frame, sourceCode);
      if (!end) return [];
      if (meets(running.list)) found.push({ node: call, body: given });
      return [{ ...step, ...end }];
    }
  }
}

/** `list.map((item) => () => put(item))`, whose functions a library runs several at a time. */
function taskOf(step: Step, task: FunctionNode, found: Iteration[], sourceCode: SourceCode): readonly Step[] {
  const maker = enclosingFunction(task);
  const returned = maker !== null && bindingsOf(sourceCode).returnsOf(maker).includes(task as never);
  const call = maker?.parent;
  if (!returned || call?.type !== 'CallExpression') return [];
  const running = runningOf(call, call.arguments.indexOf(maker as never), step.frame, sourceCode);
  const end = running?.kind === 'mapped' ? endOfArray(call, step.frame, sourceCode) : null;
  if (!end || !runsTasks(end.node, end.frame, sourceCode)) return [];
  found.push({ node: call, body: maker });
  return [{ ...step, ...end }];
}

/** Where an array of promises ends: at `Promise.all` and its like, or nowhere (`loose`); null where it is not known. */
function endOfArray(array: Node, frame: Frame | null, sourceCode: SourceCode, depth = 0): Pick<Step, 'node' | 'frame' | 'flow'> | null {
  for (let node = array, outer = node.parent; outer; node = outer, outer = outer.parent) {
    switch (outer.type) {
      case 'ArrayExpression':
      case 'SpreadElement':
      case 'ChainExpression':
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
        break;
      case 'MemberExpression': {
        const call = outer.parent;
        if (outer.object !== node || !/^(?:flat|filter|concat|slice|values|reverse)$/.test(methodName(call) ?? '')) return null;
        outer = call;
        break;
      }
      case 'CallExpression': {
        const call: Node = outer;
        if (isCombinator(call, sourceCode) || runsTasks(call, frame, sourceCode)) return { node: call, frame, flow: 'promise' };
        const callee = unwrap(outer.callee);
        const target = callee.type === 'MemberExpression' && /^(?:push|concat)$/.test(propertyName(callee) ?? '') ? callee.object : null;
        return target ? endOfName(target, outer, frame, sourceCode, depth) : null;
      }
      case 'VariableDeclarator':
        return endOfName(outer.id, outer, frame, sourceCode, depth);
      case 'AssignmentExpression':
        return endOfName(outer.left, outer, frame, sourceCode, depth);
      case 'ReturnStatement':
      case 'ArrowFunctionExpression': {
        const owner = outer.type === 'ReturnStatement' ? enclosingFunction(outer) : outer;
        if (!frame || frame.function !== owner) return null;
        return endOfArray(frame.call, frame.caller, sourceCode, depth);
      }
      case 'AwaitExpression':
        // `await` of an array waits for none of its promises; what else has a `map` may be a promise itself.
        if (isArrayCall(array, frame, sourceCode)) return { node: outer, frame, flow: 'loose' };
        return null;
      case 'UnaryExpression':
      case 'ExpressionStatement':
        return { node: outer, frame, flow: 'loose' };
      default:
        return null;
    }
  }
  return null;
}

function isArrayCall(call: Node, frame: Frame | null, sourceCode: SourceCode): boolean {
  if (call.type !== 'CallExpression') return false;
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && isArray({ node: callee.object, frame }, sourceCode);
}

/** Where the array in a variable ends. */
function endOfName(name: Node, at: Node, frame: Frame | null, sourceCode: SourceCode, depth: number): Pick<Step, 'node' | 'frame' | 'flow'> | null {
  const variable = bindingsOf(sourceCode).variableOf(name);
  if (!variable || depth > 4) return null;
  for (const reference of variable.references) {
    const { identifier } = reference;
    if (!reference.isRead() || identifier === name || contains(at, identifier)) continue;
    const end = endOfArray(identifier, frame, sourceCode, depth + 1);
    if (end && end.flow !== 'loose') return end;
  }
  return null;
}
