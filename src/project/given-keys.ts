import { freshnessOf, type Freshness } from '../analysis/unique-key.js';
import { bindingsOf } from '../calls/bindings.js';
import { contextsOf } from '../calls/callers.js';
import { isOwn, modulePathOf } from '../calls/linked-source.js';
import { functionsAt } from '../calls/called-functions.js';
import type { Frame } from '../calls/frames.js';
import type { S3Call } from '../calls/s3-call.js';
import { contains, wrapped, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';

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
  const handed = handedOn(sourceCode);
  return writes.flatMap((call) =>
    contextsOf(call.node, sourceCode).flatMap((frame): GivenKey[] => {
      const nodes = [call.node, ...callsOf(frame)];
      const outermost = nodes.at(-1) ?? call.node;
      const steps = nodes.map((node) => `${modulePathOf(node) ?? path}#${placeOf(node)}`);
      const seen = nodes.some((node) => isOwn(node, sourceCode)) ? [{ steps, freshness: freshnessOf(call, frame, sourceCode) }] : [];
      return handed.some((given) => contains(given, outermost)) ? [...seen, { steps: [...steps, `${path}#anybody`], freshness: 'shared' }] : seen;
    }),
  );
}

/** How a place in a module is named: `12:5`. */
export const placeOf = ({ loc }: Node): string => `${String(loc.start.line)}:${String(loc.start.column + 1)}`;

const callsOf = (frame: Frame | null): readonly Node[] => (frame ? [frame.call, ...callsOf(frame.caller)] : []);

/** Functions that the file gives to somebody who may call them with any key: `queue.register('save', put)`. */
function handedOn(sourceCode: SourceCode): readonly FunctionNode[] {
  const bindings = bindingsOf(sourceCode);
  return bindings.calls
    .filter((call) => isOwn(call, sourceCode))
    .flatMap((call) =>
      call.arguments
        .filter((argument) => argument.type === 'Identifier')
        // What a function of the file is made of it has a name of its own, and callers: `const put = traced(store)`.
        .filter((argument) => bindings.definitionsAt(argument)[0]?.kind === 'import' || wrapped(call).parent?.type !== 'VariableDeclarator')
        .flatMap((argument) => functionsAt(argument, sourceCode)),
    );
}
