import { contextsOf } from '../../calls/callers.js';
import { calledFunctions, functionsAt } from '../../calls/called-functions.js';
import type { Frame } from '../../calls/frames.js';
import { getOrMake, perFile } from '../../calls/per-file.js';
import { contains, isFunction, walk, type CallLike, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import type { Repeat } from './repeats.js';

/** What each attempt of a retry runs again. */
export interface RunAnew {
  /** The repeated code, and the functions of the file that it runs. */
  readonly pieces: readonly Node[];
  readonly calls: readonly CallLike[];
  readonly holds: (node: Node) => boolean;
}

const maximumPieces = 60;

/**
 * @param repeat what sends a write again
 * @param sourceCode its file
 * @returns the code that runs again in each attempt: the repeated part, what it calls, and what its library asks between two attempts
 */
export const runAnewBy = (repeat: Repeat, sourceCode: SourceCode): RunAnew =>
  getOrMake(getOrMake(knownPieces(sourceCode), repeat.node, () => new Map<Node, RunAnew>()), repeat.region, () => gather(repeat, sourceCode));

const knownPieces = perFile(() => new Map<Node, Map<Node, RunAnew>>());

function gather(repeat: Repeat, sourceCode: SourceCode): RunAnew {
  const pieces = [...startOf(repeat, sourceCode)];
  const calls = new Set<CallLike>();
  const holds = (node: Node): boolean => pieces.some((piece) => contains(piece, node));
  for (let index = 0; index < pieces.length && pieces.length < maximumPieces; index++) {
    const piece = pieces[index];
    if (!piece) break;
    for (const call of callsIn(piece, sourceCode)) {
      calls.add(call);
      // A function around the retry is not run by it, though its name may be called there again.
      pieces.push(...functionsRunBy(call, sourceCode).filter((called) => !holds(called) && !contains(called, repeat.region)));
    }
  }
  return { pieces, calls: [...calls], holds };
}

function startOf(repeat: Repeat, sourceCode: SourceCode): readonly Node[] {
  switch (repeat.kind) {
    case 'loop': {
      const { node } = repeat;
      // The head of a `for` is run once; a list gives every turn another item.
      if (node.type === 'ForStatement') return [node.body, ...(node.test ? [node.test] : []), ...(node.update ? [node.update] : [])];
      return [node];
    }
    case 'recursion':
    case 'timer':
      return [repeat.region];
    case 'library':
      return [repeat.region, ...hooksOf(repeat.node, repeat.region, sourceCode)];
  }
}

/** The functions that a library is given beside the repeated one: `onFailedAttempt`, `shouldRetry`. */
function hooksOf(retry: Node, region: Node, sourceCode: SourceCode): readonly FunctionNode[] {
  const hooks: FunctionNode[] = [];
  const given = retry.type === 'CallExpression' ? retry.arguments : [];
  for (const argument of given) {
    walk(argument, sourceCode, (node) => {
      if (isFunction(node)) {
        hooks.push(node);
        return false;
      }
      const named = node.type === 'Property' ? node.value : node === argument && node.type === 'Identifier' ? node : null;
      if (named && !isFunction(named)) hooks.push(...functionsAt(named, sourceCode));
      return undefined;
    });
  }
  return hooks.filter((hook) => !contains(hook, region));
}

/** The functions of the file that a call runs, as seen from wherever it is reached, with those that it is handed. */
export function functionsRunBy(call: CallLike, sourceCode: SourceCode): readonly FunctionNode[] {
  const direct = calledFunctions(call, null, sourceCode);
  const called = direct.length > 0 ? direct : contextsOf(call, sourceCode).flatMap((frame) => (frame ? calledFunctions(call, frame, sourceCode) : []));
  return [...new Set([...called, ...call.arguments.flatMap((argument) => (argument.type === 'Identifier' ? functionsAt(argument, sourceCode) : []))])];
}

/**
 * @param node what an attempt runs
 * @param anew what each attempt runs again
 * @param sourceCode the file
 * @returns the chains of calls by which an attempt reaches it; null alone where it stands in the attempt itself
 */
export function framesWithin(node: Node, { holds }: RunAnew, sourceCode: SourceCode): readonly (Frame | null)[] {
  const within = contextsOf(node, sourceCode).filter((frame) => {
    for (let open = frame; open; open = open.caller) if (holds(open.call)) return true;
    return false;
  });
  return within.length > 0 ? within : [null];
}

function callsIn(piece: Node, sourceCode: SourceCode): readonly CallLike[] {
  const calls: CallLike[] = [];
  walk(piece, sourceCode, (node) => {
    if (node.type === 'CallExpression' || node.type === 'NewExpression') calls.push(node);
  });
  return calls;
}
