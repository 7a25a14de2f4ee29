import { bindingsOf } from '../calls/bindings.js';
import { callersOf, isPrivate } from '../calls/callers.js';
import type { Frame } from '../calls/frames.js';
import type { FunctionNode, Node, SourceCode } from '../calls/syntax.js';
import type { CallPlace } from './same-object.js';

/** Where the ways to two S3 calls part: the two calls themselves, or those of the functions that lead to them. */
export function partingOf(earlier: CallPlace, later: CallPlace): { readonly before: Node; readonly after: Node } {
  const [toEarlier, toLater] = [stepsTo(earlier), stepsTo(later)];
  const parted = toEarlier.findIndex((step, index) => step !== toLater[index]);
  return { before: toEarlier[parted] ?? earlier.call.node, after: toLater[parted] ?? later.call.node };
}

/** The calls that lead to an S3 call, outermost first, and the call itself. */
export function stepsTo({ call, frame }: CallPlace): readonly Node[] {
  const steps: Node[] = [call.node];
  for (let open: Frame | null = frame; open; open = open.caller) steps.unshift(open.call);
  return steps;
}

/**
 * Whether a check speaks for every run of a write: it stands in the function that writes, or nobody else can call what leads
 * from the one to the other.
 */
export function isDecidedForAll(write: CallPlace, check: CallPlace, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  const [toCheck, toWrite] = [stepsTo(check), stepsTo(write)];
  const parted = toWrite.findIndex((step, index) => step !== toCheck[index]);
  const entered: FunctionNode[] = [];
  for (let open = write.frame; open; open = open.caller) if (toWrite.indexOf(open.call) >= parted) entered.push(open.function);
  return entered.every((called) => isPrivate(called, bindings) && callersOf(called, sourceCode).length === 1);
}
