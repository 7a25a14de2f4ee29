import { contextsOf } from '../../calls/callers.js';
import { calledFunctions } from '../../calls/called-functions.js';
import { enter, framesDeep, type Frame } from '../../calls/frames.js';
import type { S3Call } from '../../calls/s3-call.js';
import { s3CallsOf } from '../../calls/s3-calls.js';
import { contains, isFunction, methodName, walk, type CallLike, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import type { Conflict } from '../../s3/conflict-names.js';
import { successTrailsOf } from '../trails/conflict-trails.js';
import { repeatsAfter, type Repeat } from './repeats.js';
import { delayLength, mixed } from './delay-length.js';
import { isTimer } from './pause-call.js';
import { pausesIn } from './pauses.js';
import { preconditionOf } from '../precondition.js';
import { isBoundedLoop, isBoundedRecursion } from './retry-bounds.js';
import type { RetryDelay } from './retry-delay.js';
import { runAnewBy } from './run-anew.js';
import { isSameEachTime } from './same-each-time.js';
import { startsOverAnyway } from './started-over.js';
import { answersForBucket, canConflict, conflictsOf } from '../conflicts/conflicting-call.js';

/** A bounded retry that leaves the writers that met no time to pass each other. */
export interface HastyRetry {
  /** The loop, the recursive call, the timer, or the call of a library. */
  readonly node: Node;
  readonly write: S3Call;
  /** It comes back at once, or after the same pause each time. */
  readonly pause: 'none' | 'constant';
}

/**
 * @param sourceCode a file
 * @returns its bounded retries on conflicts that wait for nothing, or for the same time each time, in source order. One
 *   that waits on any of its ways for something else, or for something that is not understood, is none.
 */
export function hastyRetriesOf(sourceCode: SourceCode): readonly HastyRetry[] {
  const found = new Map<Node, { readonly write: S3Call; readonly delays: RetryDelay[] }>();
  for (const write of s3CallsOf(sourceCode)) {
    if (!canConflict(write, sourceCode)) continue;
    for (const conflict of passingConflictsOf(write)) {
      for (const repeat of repeatsAfter(write, conflict, sourceCode)) {
        if (!isRetryOf(write, repeat, sourceCode)) continue;
        const known = found.get(repeat.node);
        if (known) known.delays.push(delayOf(repeat, sourceCode));
        else found.set(repeat.node, { write, delays: [delayOf(repeat, sourceCode)] });
      }
    }
  }
  const hasty = [...found].flatMap(([node, { write, delays }]): readonly HastyRetry[] => {
    const pause = mixed(delays);
    // Who waits for a bucket to be gone waits for S3, and not for other writers: asking at even times is fine.
    return pause === 'none' || (pause === 'constant' && !answersForBucket(write)) ? [{ node, write, pause }] : [];
  });
  return hasty.sort((one, other) => one.node.range[0] - other.node.range[0]);
}

/** Conflicts that go away with time. Of buckets that is only one: the others stay until somebody changes something. */
const passingConflictsOf = (write: S3Call): readonly Conflict[] => conflictsOf(write).filter(({ name }) => !answersForBucket(write) || name === 'OperationAborted');

/** A bounded retry of this very request, on conflicts. */
const isRetryOf = (write: S3Call, repeat: Repeat, sourceCode: SourceCode): boolean =>
  isBounded(repeat, sourceCode) && !goesOnWithOtherWork(repeat, write, sourceCode) && !startsOverAnyway(repeat, write, sourceCode) && isMeant(repeat, write, sourceCode) && isSameEachTime(write, repeat, sourceCode);

function isBounded(repeat: Repeat, sourceCode: SourceCode): boolean {
  switch (repeat.kind) {
    case 'loop': {
      const { node } = repeat;
      if (node.type === 'ForInStatement') return false;
      // `for await` waits for what it goes through.
      return node.type === 'ForOfStatement' ? !node.await : isBoundedLoop(node, runAnewBy(repeat, sourceCode), sourceCode);
    }
    case 'recursion':
    case 'timer':
      return isBoundedRecursion(repeat.node, repeat.repeated, runAnewBy(repeat, sourceCode), sourceCode);
    case 'library': {
      const { attempts } = repeat.retry;
      return attempts.kind === 'limited' && attempts.most !== 1;
    }
  }
}

/** A loop that may take another turn when the write succeeded is no retry of it. */
const goesOnWithOtherWork = (repeat: Repeat, write: S3Call, sourceCode: SourceCode): boolean =>
  repeat.kind === 'loop' && successTrailsOf(write, sourceCode).some(({ end }) => end.kind === 'again' && end.loop === repeat.node);

/** The write is sure to send a condition, or the retry tells conflicts from other errors. */
function isMeant(repeat: Repeat, write: S3Call, sourceCode: SourceCode): boolean {
  if (preconditionOf(write, null, sourceCode).kind === 'set') return true;
  return !repeatsAfter(write, { name: 'AccessDenied', status: 403 }, sourceCode).some(({ node }) => node === repeat.node);
}

/** What is waited between a conflict and the next attempt. */
function delayOf(repeat: Repeat, sourceCode: SourceCode): RetryDelay {
  const delays: RetryDelay[] = ['none'];
  const entered = new Set<FunctionNode>();
  for (const code of stepsBetween(repeat)) {
    // What a function waits is found where it is called, with what it is given.
    if ([...entered].some((inner) => contains(inner, code))) continue;
    const pauses = pausesIn({ code, frame: null, until: null }, repeat, sourceCode);
    delays.push(...pauses.delays);
    for (const inner of pauses.entered) entered.add(inner);
  }
  for (const code of runBefore(repeat)) delays.push(...pausesBefore(code, null, repeat, sourceCode));
  if (repeat.kind === 'library') delays.push(repeat.retry.delay);
  if (repeat.kind === 'recursion' || repeat.kind === 'timer') delays.push(...handOvers(repeat, sourceCode));
  return mixed(delays);
}

/** What is run between the conflict and the end of the attempt. */
function stepsBetween(repeat: Repeat): readonly Node[] {
  const { steps, handlers } = repeat.trail;
  const last = repeat.kind === 'recursion' || repeat.kind === 'timer' ? steps.findIndex((step) => contains(step, repeat.node)) : steps.length - 1;
  // `.catch(() => sleep(100))`: a function without statements is no step.
  return [...steps.slice(0, last + 1), ...handlers.filter((handler) => handler.type !== 'BlockStatement')];
}

/** What is run before the write of the next attempt. */
function runBefore({ region, node }: Repeat): readonly Node[] {
  if (isFunction(region)) return [region.body];
  const heads = node.type === 'ForStatement' ? [node.update, node.test] : node.type === 'WhileStatement' || node.type === 'DoWhileStatement' ? [node.test] : [];
  return [region, ...heads.filter((head) => head !== null)];
}

const maximumFrames = 3;

function pausesBefore(code: Node, frame: Frame | null, repeat: Repeat, sourceCode: SourceCode): readonly RetryDelay[] {
  const lead = leadIn(code, frame, repeat, sourceCode);
  const { delays } = pausesIn({ code, frame, until: lead?.node ?? null }, repeat, sourceCode);
  if (!lead) return delays;
  if (lead.inner) return [...delays, ...pausesBefore(lead.inner.body, enter(lead.inner, lead.node, frame), repeat, sourceCode)];
  // `IfMatch: await currentETag(key)`
  return [...delays, ...lead.node.arguments.flatMap((argument) => (isFunction(argument) ? [] : pausesIn({ code: argument, frame, until: null }, repeat, sourceCode).delays))];
}

/** Where a piece of code makes the attempt: the write itself, or the call of a function of the file that makes it. */
interface Lead {
  readonly node: CallLike;
  readonly inner: FunctionNode | null;
}

function leadIn(code: Node, frame: Frame | null, repeat: Repeat, sourceCode: SourceCode): Lead | null {
  const { failed } = repeat.trail;
  if (contains(code, failed)) return failed.type === 'CallExpression' || failed.type === 'NewExpression' ? { node: failed, inner: null } : null;
  if (framesDeep(frame) >= maximumFrames) return null;
  const leads: Lead[] = [];
  walk(code, sourceCode, (node) => {
    if (leads.length > 0) return false;
    if (node.type !== 'CallExpression') return undefined;
    const frames = frame ? [frame] : [null, ...contextsOf(node, sourceCode)];
    const inner = frames
      .flatMap((open) => calledFunctions(node, open, sourceCode))
      .find((called) => !contains(called, repeat.region) && (contains(called, failed) || leadIn(called.body, enter(called, node, frame), repeat, sourceCode) !== null));
    if (inner) leads.push({ node, inner });
    return undefined;
  });
  return leads[0] ?? null;
}

/** How the next attempt is handed over where it is no plain call: to a timer, or behind a promise. */
function handOvers(repeat: Extract<Repeat, { kind: 'recursion' | 'timer' }>, sourceCode: SourceCode): readonly RetryDelay[] {
  const delays: RetryDelay[] = [];
  for (let node: Node = repeat.node; node !== repeat.repeated && node.parent; node = node.parent) {
    if (node.type === 'CallExpression' && isTimer(node, sourceCode)) {
      const [, time] = node.arguments;
      delays.push(time && sourceCode.getText(node.callee) === 'setTimeout' ? delayLength({ node: time, frame: null }, repeat, sourceCode) : 'none');
    }
    const parent: Node | undefined = node.parent;
    if (!isFunction(node) || parent.type !== 'CallExpression' || parent.callee === node || isTimer(parent, sourceCode)) continue;
    const isPromised = /^(?:then|catch|finally)$/.test(methodName(parent) ?? '');
    const isAtOnce = /^(?:process\.nextTick|queueMicrotask)$/.test(sourceCode.getText(parent.callee));
    if (!isPromised && !isAtOnce && !contains(parent, repeat.trail.failed)) delays.push('unknown');
  }
  return delays;
}
