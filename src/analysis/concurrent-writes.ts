import { contextsOf } from '../calls/callers.js';
import { bindingsOf } from '../calls/bindings.js';
import type { Frame } from '../calls/frames.js';
import { perFile } from '../calls/per-file.js';
import { inputProperty, type S3Call } from '../calls/s3-call.js';
import { contains, isFunction, unwrap, walk, type Node, type SourceCode } from '../calls/syntax.js';
import { isCombinator, runsTasks } from './concurrent-runners.js';
import { picksItems } from './iteration-choice.js';
import { functionsOf, isInvariant } from './iteration-invariant.js';
import { overlappingIterations, type Iteration } from './overlapping-iterations.js';
import { preconditionOf } from './precondition.js';
import { callsRunBy } from './run-calls.js';
import { sameObject, type CallPlace } from './same-object.js';
import { freshnessOf } from './unique-key.js';

/** Writes of one object that are under way at the same time: S3 keeps the one that it finishes last. */
export type ConcurrentWrite =
  | { readonly kind: 'iterations'; readonly write: CallPlace; readonly iteration: Iteration }
  /** Two writes in one `Promise.all([…])`; `node` is the later one. */
  | { readonly kind: 'pair'; readonly write: CallPlace; readonly node: Node; readonly other: Node };

/**
 * @param call a write
 * @param sourceCode its file
 * @returns what it meets; null where it meets nothing, or where that is not sure
 */
export function concurrentWriteOf(call: S3Call, sourceCode: SourceCode): ConcurrentWrite | null {
  if (call.presigned) return null;
  for (const sender of call.sentBy) {
    for (const frame of contextsOf(sender, sourceCode)) {
      const write = { call, frame };
      if (!isShared(write, sourceCode)) continue;
      const iteration = overlappingIterations(sender, call, frame, sourceCode).find(
        ({ body }) =>
          isSameObject(write, body, sourceCode) && !isLocked(sender, frame, body, sourceCode) && !picksItems(sender, frame, body, sourceCode),
      );
      if (iteration) return { kind: 'iterations', write, iteration };
    }
  }
  return pairsOf(sourceCode).get(call) ?? null;
}

/** Whether it replaces whatever is there, under a name that other writers can have too. */
const isShared = (write: CallPlace, sourceCode: SourceCode): boolean =>
  preconditionOf(write.call, write.frame, sourceCode).kind === 'absent' &&
  sameObject(write, write, sourceCode) &&
  freshnessOf(write.call, write.frame, sourceCode) === 'shared';

/** Whether client, bucket and key are the same in each iteration: a client for each region stores in other buckets. */
function isSameObject({ call, frame }: CallPlace, body: Node, sourceCode: SourceCode): boolean {
  if (!call.receivers.every((receiver) => isInvariant({ node: receiver, frame }, 'client', body, frame, sourceCode))) return false;
  return (['bucket', 'key'] as const).every((role) => {
    const property = inputProperty(call, role === 'bucket' ? 'Bucket' : call.operation.key, frame, sourceCode);
    return property.kind === 'absent' || (property.kind === 'known' && property.values.every((value) => isInvariant(value, role, body, frame, sourceCode)));
  });
}

/** Whether the iterations wait for one another by a lock: `await mutex.acquire()`, `await lock(key)`. */
function isLocked(sender: Node, frame: Frame | null, body: Node, sourceCode: SourceCode): boolean {
  return [body, ...functionsOf(frame, body)].some((piece) => {
    let locked = false;
    walk(piece, sourceCode, (node) => {
      if (node.type !== 'AwaitExpression' || contains(node, sender)) return;
      const awaited = unwrap(node);
      const called = awaited.type === 'CallExpression' ? unwrap(awaited.callee) : null;
      locked ||= called !== null && /(?:acquire|(?<!b|c|un)lock|runExclusive|semaphore)\w*$/i.test(sourceCode.getText(called));
    });
    return locked;
  });
}

/** The pairs of a file, by their later write. */
const pairsOf = perFile((sourceCode): ReadonlyMap<S3Call, ConcurrentWrite> => {
  const pairs = new Map<S3Call, ConcurrentWrite>();
  for (const call of bindingsOf(sourceCode).calls) {
    const [list] = call.arguments;
    if (list?.type !== 'ArrayExpression' || !(isCombinator(call, sourceCode) || runsTasks(call, null, sourceCode))) continue;
    const started = list.elements.flatMap((element) => (element ? [writesStartedBy(element, sourceCode)] : []));
    for (const [index, later] of started.entries()) {
      for (const write of later) {
        const other = started.slice(0, index).flat().find((earlier) => sameObject(earlier, write, sourceCode));
        if (!other || pairs.has(write.call)) continue;
        const [at, otherAt] = other.call === write.call ? [outermost(write), outermost(other)] : [write.call.node, other.call.node];
        pairs.set(write.call, { kind: 'pair', write: { ...write, told: at }, node: at, other: otherAt });
      }
    }
  }
  return pairs;
});

/** The writes that an element of the list surely starts, each of an object that the element alone does not decide. */
function writesStartedBy(element: Node, sourceCode: SourceCode): readonly CallPlace[] {
  // What is awaited before the list is put together is finished by then.
  const kept = element.type === 'Identifier' ? bindingsOf(sourceCode).plainValueOf(element) : null;
  const started = kept ?? element;
  if (started.type === 'AwaitExpression' || started.type === 'SpreadElement') return [];
  if (started.type === 'ConditionalExpression' || started.type === 'LogicalExpression') return [];
  const run = isFunction(started) ? started.body : started;
  return callsRunBy(run, null, sourceCode).filter(
    (place) =>
      place.call.operation.effect === 'write' &&
      isShared(place, sourceCode) &&
      isSameObject(place, run, sourceCode) &&
      !isLocked(place.call.node, place.frame, run, sourceCode) &&
      !isChosen(place, run),
  );
}

/** Whether a write runs only in one case of several: two such writes may exclude each other. */
function isChosen({ call, frame }: CallPlace, run: Node): boolean {
  let open = frame;
  for (let node: Node = call.node; node !== run; ) {
    const parent: Node | undefined = node.parent;
    if (!parent) return true;
    if (/^(?:If|Switch|Try)Statement$|^(?:Conditional|Logical)Expression$|^(?:SwitchCase|CatchClause)$/.test(parent.type)) return true;
    if (parent.type === 'BlockStatement' && parent.body.some((earlier) => earlier.type === 'IfStatement' && earlier.range[0] < node.range[0])) return true;
    if (open && parent === open.function) {
      node = open.call;
      open = open.caller;
    } else {
      node = parent;
    }
  }
  return false;
}

/** The call in the list that a write is started by. */
function outermost({ call, frame }: CallPlace): Node {
  let node: Node = call.node;
  for (let open = frame; open; open = open.caller) node = open.call;
  return node;
}

