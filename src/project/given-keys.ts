import { freshnessOf, type Freshness } from '../analysis/unique-key.js';
import { bindingsOf } from '../calls/bindings.js';
import { contextsOf } from '../calls/callers.js';
import { isOwn, modulePathOf } from '../calls/linked-source.js';
import { functionsAt } from '../calls/called-functions.js';
import type { Frame } from '../calls/frames.js';
import { isLeftForLater } from '../calls/left-for-later.js';
import { originsOf } from '../calls/origins.js';
import type { S3Call } from '../calls/s3-call.js';
import { contains, isFunction, namesBound, wrapped, type CallLike, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';

/** A write as a chain of calls leads to it. */
export interface GivenKey {
  /** The write and the calls that lead to it, from within to without: `s3.ts#12:5`, `job.ts#4:9`. */
  readonly steps: readonly string[];
  /** Whether its key is fresh for every write, as far as the chain tells. */
  readonly freshness: Freshness;
}

/**
 * @param path a file
 * @param writes the writes that it makes or leads to
 * @param sourceCode the file, linked to what it imports
 * @returns the chains of calls in the file that lead to them; who calls the last function of a chain is told by the files
 *   that do
 */
export function givenKeysOf(path: string, writes: readonly S3Call[], sourceCode: SourceCode): readonly GivenKey[] {
  const contexts = writes.map((call) => ({ call, frames: contextsOf(call.node, sourceCode).filter((frame) => !isOnlyMade(call.node, frame, sourceCode)) }));
  const chains = contexts.flatMap(({ frames }) => frames.map(callsOf));
  const handed = handedOn(chains, sourceCode);
  return contexts.flatMap(({ call, frames }) =>
    frames.flatMap((frame): GivenKey[] => {
      const nodes = [call.node, ...callsOf(frame)];
      const outermost = nodes.at(-1) ?? call.node;
      const steps = nodes.map((node) => `${modulePathOf(node) ?? path}#${placeOf(node)}`);
      const seen = nodes.some((node) => isOwn(node, sourceCode)) ? [{ steps, freshness: freshnessOf(call, frame, sourceCode) }] : [];
      return handed.some((given) => contains(given, outermost)) ? [...seen, { steps: [...steps, `${path}#anybody`], freshness: 'shared' }] : seen;
    }),
  );
}

/**
 * `const storage = createStorage(bucket)` runs nothing yet. Where no more is done with it than to call it, each of these calls
 * is a chain of its own; who is given it back does the same, or is a chain that remains.
 */
function isOnlyMade(write: Node, frame: Frame | null, sourceCode: SourceCode): boolean {
  let isMade = false;
  for (let inner = write, open = frame; open; inner = open.call, open = open.caller) {
    isMade ||= isLeftForLater(inner, open.function, sourceCode);
    const use = isMade ? useOf(open.call, sourceCode) : 'given back';
    if (use !== 'given back') return use === 'called';
  }
  return isMade;
}

/** What is done with the answer of a call, or with what it is called. */
function useOf(made: Node, sourceCode: SourceCode): 'called' | 'given back' | 'other' {
  const { parent } = wrapped(made);
  if (parent?.type !== 'VariableDeclarator') return useAt(wrapped(made));
  if (parent.parent.parent.type === 'ExportNamedDeclaration') return 'other';
  const references = namesBound(parent.id).flatMap((name) => bindingsOf(sourceCode).variableOf(name)?.references ?? []);
  const uses = references.flatMap(({ identifier, init }) => (init === true ? [] : useAt(wrapped(identifier))));
  return uses.find((use) => use === 'other') ?? uses.find((use) => use === 'given back') ?? 'called';
}

function useAt(mention: Node): 'called' | 'given back' | 'other' {
  const { parent } = mention;
  if (parent?.type === 'CallExpression' && parent.callee === mention) return 'called';
  if (parent?.type === 'MemberExpression' && parent.object === mention) return useAt(wrapped(parent));
  return parent?.type === 'ReturnStatement' || (parent?.type === 'ArrowFunctionExpression' && parent.body === mention) ? 'given back' : 'other';
}

/** How a place in a module is named: `12:5`. */
export const placeOf = ({ loc }: Node): string => `${String(loc.start.line)}:${String(loc.start.column + 1)}`;

const callsOf = (frame: Frame | null): readonly Node[] => (frame ? [frame.call, ...callsOf(frame.caller)] : []);

/** Functions that the file gives to somebody who may call them with any key: `queue.register('save', put)`. */
function handedOn(chains: readonly (readonly Node[])[], sourceCode: SourceCode): readonly FunctionNode[] {
  const bindings = bindingsOf(sourceCode);
  return bindings.calls
    .filter((call) => isOwn(call, sourceCode))
    .flatMap((call) =>
      call.arguments
        .filter((argument) => argument.type === 'Identifier')
        // What a function of the file is made of it has a name of its own, and callers: `const put = traced(store)`.
        .filter((argument) => bindings.definitionsAt(argument)[0]?.kind === 'import' || wrapped(call).parent?.type !== 'VariableDeclarator')
        .filter((argument) => !isRunInSight(call, argument, chains, sourceCode))
        .flatMap((argument) => functionsAt(argument, sourceCode)),
    );
}

/** Whether whoever is handed a function is known, does no more with it than to call it, and each of these calls is in a chain. */
function isRunInSight(handing: CallLike, argument: Node, chains: readonly (readonly Node[])[], sourceCode: SourceCode): boolean {
  const runs = runsOf(handing, argument, sourceCode, 0);
  return runs !== null && runs.every((run) => chains.some((nodes) => nodes.includes(run) && nodes.indexOf(handing) > nodes.indexOf(run)));
}

const maximumHands = 3;

/** Where a function that a call is handed is called; null where it may be called elsewhere too. */
function runsOf(handing: CallLike, argument: Node, sourceCode: SourceCode, hands: number): readonly CallLike[] | null {
  const index = handing.arguments.findIndex((given) => given === argument);
  const takers = originsOf({ node: handing.callee, frame: null }, sourceCode).map(({ node, path }) => (isFunction(node) && path.length === 0 ? node : null));
  if (hands > maximumHands || handing.arguments.slice(0, index).some(({ type }) => type === 'SpreadElement')) return null;
  return takers.reduce<readonly CallLike[] | null>((all, taker) => {
    const runs = all && taker && runsIn(taker, index, sourceCode, hands);
    return all && runs && [...all, ...runs];
  }, []);
}

function runsIn({ params }: FunctionNode, index: number, sourceCode: SourceCode, hands: number): readonly CallLike[] | null {
  const pattern = params[index];
  const parameter = pattern?.type === 'AssignmentPattern' ? pattern.left : pattern;
  const variable = parameter?.type === 'Identifier' ? bindingsOf(sourceCode).variableOf(parameter) : null;
  if (!variable) return null;
  const runs: CallLike[] = [];
  for (const { identifier, init } of variable.references) {
    if (init) continue;
    const mention = wrapped(identifier);
    const call = mention.parent;
    if (call?.type !== 'CallExpression') return null;
    const found = call.callee === mention ? [call] : runsOf(call, mention, sourceCode, hands + 1);
    if (!found) return null;
    runs.push(...found);
  }
  return runs;
}
