import { unreadable, type Definition, type Path } from './bindings.js';
import { getOrMake } from './per-file.js';
import { methodName, unwrap, type CallLike, type FunctionNode, type Node } from './syntax.js';

/** A call that the analysis has stepped into: its parameters stand for the arguments given here. */
export interface Frame {
  readonly function: FunctionNode;
  readonly call: CallLike;
  /** Where the call itself stands. */
  readonly caller: Frame | null;
}

/** An expression as seen from a chain of calls. */
export interface Place {
  readonly node: Node;
  readonly frame: Frame | null;
}

export const framesDeep = (frame: Frame | null): number => (frame ? 1 + framesDeep(frame.caller) : 0);

/** Whether a function is already being stepped into: recursion is not unrolled. */
export const isOpen = (frame: Frame | null, node: FunctionNode): boolean =>
  frame !== null && (frame.function === node || isOpen(frame.caller, node));

/** The call of a function that is being followed; null where it is looked at for any call. */
export const frameOf = (node: FunctionNode, frame: Frame | null): Frame | null => (frame === null || frame.function === node ? frame : frameOf(node, frame.caller));

/** Frames are made once for a call and its caller, so that they can key caches. Owner: this module; lives as the call's AST. */
const frames = new WeakMap<CallLike, Map<Frame | null, Map<FunctionNode, Frame>>>();

/** The frame of a function called from here. */
export function enter(run: FunctionNode, call: CallLike, caller: Frame | null): Frame {
  const ofCall = getOrMake(frames, call, () => new Map<Frame | null, Map<FunctionNode, Frame>>());
  const ofCaller = getOrMake(ofCall, caller, () => new Map<FunctionNode, Frame>());
  return getOrMake(ofCaller, run, () => ({ function: run, call, caller }));
}

/** What a parameter stands for: the argument of the frame's call, or the value of the promise that `.then` waits for. */
export function argumentFor(
  definition: Extract<Definition, { kind: 'parameter' }>,
  frame: Frame | null,
): (Place & { path: Path }) | null {
  for (let open = frame; open; open = open.caller) {
    if (open.function !== definition.function) continue;
    const given = open.call.arguments.slice(0, definition.index + 1);
    const argument = given[definition.index];
    if (!argument || given.some((item) => item.type === 'SpreadElement') || definition.path[0] === unreadable) return null;
    return { node: argument, frame: open.caller, path: definition.path };
  }
  const call = definition.function.parent;
  if (call.type === 'CallExpression' && definition.index === 0 && call.arguments[0] === definition.function && methodName(call) === 'then') {
    const callee = unwrap(call.callee);
    if (callee.type === 'MemberExpression') return { node: callee.object, frame, path: definition.path };
  }
  // `const f = useCallback((x) => …)` and the like are no calls of the function: nothing is known of `x`.
  return null;
}

/** Whether the call that is followed leaves a parameter to its default. */
export function isLeftOut(definition: Extract<Definition, { kind: 'parameter' }>, frame: Frame | null): boolean {
  for (let open = frame; open; open = open.caller) {
    if (open.function !== definition.function) continue;
    return definition.path.length === 0 && open.call.arguments.length <= definition.index && open.call.arguments.every((item) => item.type !== 'SpreadElement');
  }
  return false;
}
