import { calledFunctions } from '../calls/called-functions.js';
import { enter, framesDeep, isOpen, type Frame } from '../calls/frames.js';
import { getOrMake, perFile } from '../calls/per-file.js';
import { s3CallAt } from '../calls/s3-calls.js';
import { walk, type CallLike, type Node, type SourceCode } from '../calls/syntax.js';
import type { CallPlace } from './same-object.js';

const maximumFrames = 4;

const knownRuns = perFile(() => new Map<Node, Map<Frame | null, readonly CallPlace[]>>());
const knownCalls = perFile(() => new Map<Node, readonly CallLike[]>());

/**
 * @param node a piece of code
 * @param frame the chain of calls it is seen from
 * @param sourceCode its file
 * @returns the S3 calls that it runs, by way of functions of the file too; what it only signs is not run
 */
export function callsRunBy(node: Node, frame: Frame | null, sourceCode: SourceCode): readonly CallPlace[] {
  const ofNode = getOrMake(knownRuns(sourceCode), node, () => new Map<Frame | null, readonly CallPlace[]>());
  return getOrMake(ofNode, frame, () =>
    callsIn(node, sourceCode).flatMap((call): readonly CallPlace[] => {
      const s3 = s3CallAt(call, sourceCode);
      if (s3) return s3.presigned ? [] : [{ call: s3, frame }];
      if (framesDeep(frame) >= maximumFrames) return [];
      return calledFunctions(call, frame, sourceCode).flatMap((called) => (isOpen(frame, called) ? [] : callsRunBy(called.body, enter(called, call, frame), sourceCode)));
    }),
  );
}

const callsIn = (node: Node, sourceCode: SourceCode): readonly CallLike[] =>
  getOrMake(knownCalls(sourceCode), node, () => {
    const calls: CallLike[] = [];
    walk(node, sourceCode, (inner) => {
      if (inner.type === 'CallExpression' || inner.type === 'NewExpression') calls.push(inner);
    });
    return calls;
  });
