import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from '../../calls/bindings.js';
import { calledFunctions } from '../../calls/called-functions.js';
import { enter, framesDeep, isOpen, type Frame } from '../../calls/frames.js';
import { s3CallAt } from '../../calls/s3-calls.js';
import { contains, isFunction, literalText, methodName, walk, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import type { Repeat } from './repeats.js';
import { delayLength } from './delay-length.js';
import { alwaysLeaves } from '../guards.js';
import { isTimer, timeOf } from './pause-call.js';
import { loopAround } from './retry-bounds.js';
import type { RetryDelay } from './retry-delay.js';
import { callsRunBy } from '../run-calls.js';
import { handsOnUnseen, isUnderstood, isUnderstoodAwait, isWaitedFor, workedFromAnswer } from './waits.js';

const maximumFrames = 4;

/** A piece of code that is run between two attempts of a retry. */
export interface Piece {
  readonly code: Node;
  readonly frame: Frame | null;
  /** Only what stands before this place is run; null where all of it is. */
  readonly until: Node | null;
}

/** What was found in pieces of code. */
export interface Pauses {
  readonly delays: readonly RetryDelay[];
  /** The functions of the file that were looked into. */
  readonly entered: readonly FunctionNode[];
}

/**
 * @param piece code that is run between two attempts
 * @param repeat the retry
 * @param sourceCode the file
 * @returns what it waits for, by way of functions of the file too. A request to S3 and work on its answer are no pause;
 *   whatever else it waits for is unknown.
 */
export function pausesIn(piece: Piece, repeat: Repeat, sourceCode: SourceCode): Pauses {
  const delays: RetryDelay[] = [];
  const entered: FunctionNode[] = [];
  const { failed } = repeat.trail;

  // The functions that handle the failure of the attempt are run on trails, and are pieces by themselves.
  const handlesFailure = contains(piece.code, failed);

  const look = (code: Node, frame: Frame | null, until: Node | null): void => {
    walk(code, sourceCode, (node) => {
      if (node === failed || (until && node.range[0] >= until.range[0])) return false;
      if (node !== code && isFunction(node)) return until ? contains(node, until) || isRunHere(node, sourceCode) : !handlesFailure && isRunHere(node, sourceCode);
      switch (node.type) {
        case 'IfStatement':
          // What leaves before the attempt is not on the way to it.
          if (until && !contains(node.consequent, until) && alwaysLeaves(node.consequent)) {
            look(node.test, frame, until);
            if (node.alternate) look(node.alternate, frame, until);
            return false;
          }
          return undefined;
        case 'AwaitExpression':
          if (!isUnderstoodAwait(node, frame, sourceCode)) delays.push('unknown');
          return undefined;
        case 'ForOfStatement':
          if (node.await && !workedFromAnswer([node.right], frame, sourceCode)) delays.push('unknown');
          return undefined;
        case 'NewExpression':
          if (!isPromise(node, sourceCode)) return undefined;
          delays.push(...pausesOfPromise(node, frame, repeat, sourceCode));
          return false;
        case 'CallExpression':
          return lookAtCall(node, frame);
        default:
          return undefined;
      }
    });
  };

  const lookAtCall = (call: TSESTree.CallExpression, frame: Frame | null): boolean => {
    if (s3CallAt(call, sourceCode)) return false;
    const called = calledFunctions(call, frame, sourceCode);
    const before = delays.length;
    if (framesDeep(frame) < maximumFrames && isWaitedFor(call, sourceCode)) {
      for (const inner of called) {
        // What makes the attempt itself is no pause before it.
        if (isOpen(frame, inner) || contains(inner, failed) || contains(inner, repeat.region)) continue;
        entered.push(inner);
        look(inner.body, enter(inner, call, frame), null);
      }
    }
    if (delays.length > before) {
      if (isPolled(call, repeat)) delays.push('unknown');
      return false;
    }
    const time = timeOf(call, sourceCode);
    if (time) {
      delays.push(isPolled(call, repeat) ? 'unknown' : delayLength({ node: time, frame }, repeat, sourceCode));
      return false;
    }
    if (handsOnUnseen(call, sourceCode)) delays.push('unknown');
    if (called.length === 0 && isWaitedFor(call, sourceCode) && !isUnderstood(call, frame, sourceCode)) delays.push('unknown');
    return true;
  };

  look(piece.code, piece.frame, piece.until);
  return { delays, entered };
}

/** A pause in a loop of its own waits for something else than time. */
function isPolled(pause: Node, repeat: Repeat): boolean {
  const loop = loopAround(pause);
  return loop !== null && loop !== repeat.node && !contains(loop, repeat.region);
}

/** A function that is handed to a call is taken for run, but for one that a timer runs later. */
function isRunHere(node: FunctionNode, sourceCode: SourceCode): boolean {
  const { parent } = node;
  if (parent.type !== 'CallExpression') return false;
  return parent.callee === node || !isTimer(parent, sourceCode);
}

const isPromise = (node: TSESTree.NewExpression, sourceCode: SourceCode): boolean => node.callee.type === 'Identifier' && node.callee.name === 'Promise' && bindingsOf(sourceCode).isGlobal(node.callee);

/** `new Promise((resolve) => setTimeout(resolve, ms))`; one that something else may settle is unknown. */
function pausesOfPromise(made: TSESTree.NewExpression, frame: Frame | null, repeat: Repeat, sourceCode: SourceCode): readonly RetryDelay[] {
  const [executor] = made.arguments;
  if (!executor || !isFunction(executor) || isPolled(made, repeat)) return ['unknown'];
  const delays: RetryDelay[] = [];
  const events: (string | null)[] = [];
  walk(executor.body, sourceCode, (node) => {
    if (node.type !== 'CallExpression') return;
    const [first, time] = node.arguments;
    if (isTimer(node, sourceCode)) {
      delays.push(sourceCode.getText(node.callee) === 'setInterval' ? 'unknown' : time ? delayLength({ node: time, frame }, repeat, sourceCode) : 'none');
    } else if (/^(?:process\.nextTick|queueMicrotask)$/.test(sourceCode.getText(node.callee))) {
      delays.push('none');
    } else if (/^(?:on|once|addListener|addEventListener)$/.test(methodName(node) ?? '')) {
      const event = first ? literalText(first) : null;
      events.push(event);
      if (!/^(?:data|end|error|close|finish|readable|abort)$/.test(event ?? '')) delays.push('unknown');
    } else if (node.arguments.some((given) => given.type === 'Identifier' && executor.params[0]?.type === 'Identifier' && given.name === executor.params[0].name)) {
      // `waiters.push(resolve)`
      delays.push('unknown');
    }
  });
  if (delays.length > 0) return delays;
  return events.includes('data') || callsRunBy(executor.body, frame, sourceCode).length > 0 ? [] : ['unknown'];
}

