import { bindingsOf, memberPath, type Bindings } from './bindings.js';
import { calledFunctions } from './called-functions.js';
import { enter, isOpen, type Frame } from './frames.js';
import { getOrMake, perFile } from './per-file.js';
import { isReached } from './reached.js';
import { contains, enclosingFunction, wrapped, type CallLike, type FunctionNode, type Node, type SourceCode } from './syntax.js';

/** Who calls the functions of a file, and from which chains of calls a place can be seen. */

/** The calls of a function in its own file; recursive ones left out. */
export const callersOf = (node: FunctionNode, sourceCode: SourceCode): readonly CallLike[] => callersByFunction(sourceCode).get(node) ?? [];

const callersByFunction = perFile((sourceCode): ReadonlyMap<FunctionNode, readonly CallLike[]> => {
  const callers = new Map<FunctionNode, CallLike[]>();
  for (const call of bindingsOf(sourceCode).calls) {
    for (const called of new Set(calledFunctions(call, null, sourceCode))) {
      if (!contains(called, call)) callers.set(called, [...(callers.get(called) ?? []), call]);
    }
  }
  return callers;
});

const maximumContexts = 24;
const maximumDepth = 3;

/**
 * @param node a place in a file
 * @param sourceCode the file
 * @returns the chains of calls that reach it; null among them where it can be reached from outside the file
 */
export const contextsOf = (node: Node, sourceCode: SourceCode): readonly (Frame | null)[] =>
  getOrMake(contextsByNode(sourceCode), node, () => {
    const owner = enclosingFunction(node);
    const contexts = owner ? getOrMake(contextsByFunction(sourceCode), owner, () => contextsWithin(owner, sourceCode, forwardedTo(sourceCode), 0)) : [null];
    return contexts.filter((frame) => isReached(node, frame, sourceCode));
  });

const contextsByNode = perFile(() => new Map<Node, readonly (Frame | null)[]>());
const contextsByFunction = perFile(() => new Map<FunctionNode, readonly (Frame | null)[]>());

function contextsWithin(owner: FunctionNode, sourceCode: SourceCode, forwarded: Forwarded, depth: number): readonly (Frame | null)[] {
  const around = (node: Node, at: number): readonly (Frame | null)[] => {
    const outer = enclosingFunction(node);
    return outer ? contextsWithin(outer, sourceCode, forwarded, at) : [null];
  };
  const callers = depth < maximumDepth ? callersOf(owner, sourceCode) : [];
  const own = callers.length > 0 && isPrivate(owner, bindingsOf(sourceCode)) ? [] : around(owner, depth);
  const called = callers.flatMap((call) => around(call, depth + 1).map((caller) => enter(owner, call, caller)));
  const handed = depth < maximumDepth ? (forwarded.get(owner) ?? []) : [];
  return [...new Set([...own, ...called, ...handed])].slice(0, maximumContexts);
}

/** The chains of calls by which functions are run that somebody was handed. */
type Forwarded = ReadonlyMap<FunctionNode, readonly Frame[]>;

/**
 * What a parameter stands for is known to those who call its function: `retry(upload, client, input)` lets `run(client, input)`
 * in it run `upload`, and `store(s3, key)` lets `s3.put(key)` run the method of what it was given.
 */
const forwardedTo = perFile((sourceCode): Forwarded => {
  const bindings = bindingsOf(sourceCode);
  const forwarded = new Map<FunctionNode, Frame[]>();
  for (const call of bindings.calls) {
    const root = memberPath(call.callee)?.root;
    const [definition] = root ? bindings.definitionsAt(root) : [];
    const outer = enclosingFunction(call);
    if (!outer || definition?.kind !== 'parameter' || calledFunctions(call, null, sourceCode).length > 0) continue;
    for (const frame of contextsWithin(outer, sourceCode, new Map(), 0)) {
      if (!frame || !isOpen(frame, definition.function)) continue;
      for (const run of calledFunctions(call, frame, sourceCode)) {
        if (!isOpen(frame, run) && !contains(run, call) && !standsIn(frame, run)) getOrMake(forwarded, run, (): Frame[] => []).push(enter(run, call, frame));
      }
    }
  }
  return forwarded;
});

/** Whether a function is written where it is handed over: it is looked at there, among the names of that place. */
const standsIn = (frame: Frame | null, run: FunctionNode): boolean => frame !== null && (contains(frame.call, run) || standsIn(frame.caller, run));

/** Whether nothing outside the file can call a function: its every mention is a call. */
export function isPrivate(node: FunctionNode, bindings: Bindings): boolean {
  const { parent } = node;
  if (parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition') {
    return parent.key.type === 'PrivateIdentifier' || parent.accessibility === 'private';
  }
  const name = node.type === 'FunctionDeclaration' ? node.id : parent.type === 'VariableDeclarator' && parent.init === node ? parent.id : null;
  const declaration = node.type === 'FunctionDeclaration' ? node : parent.parent;
  if (!name || declaration?.parent?.type.startsWith('Export')) return false;
  const variable = bindings.variableOf(name);
  return (variable?.references ?? []).every((reference) => {
    if (reference.isWrite()) return reference.init === true;
    const { identifier } = reference;
    const call = wrapped(identifier).parent;
    return call?.type === 'CallExpression' && call.callee === wrapped(identifier);
  });
}
