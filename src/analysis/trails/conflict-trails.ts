import { bindingsOf } from '../../calls/bindings.js';
import { calledFunctions } from '../../calls/called-functions.js';
import { originsOf } from '../../calls/origins.js';
import { getOrMake, perFile } from '../../calls/per-file.js';
import type { S3Call } from '../../calls/s3-call.js';
import type { CallLike, FunctionNode, Node, SourceCode } from '../../calls/syntax.js';
import { libraryOf } from '../conflicts/error-facet.js';
import type { Truth } from './error-test.js';
import { answer, enter, failAt, failWithCallback, leave, raise, succeedAt, withError } from './fail.js';
import { makeRunner, type Runner, type Steps } from './runner.js';
import { again, behind, conclude, run } from './statements.js';
import { trailOf, type Answer, type EndedTrail, type Entered, type Failure, type Trail } from './trail.js';

/**
 * What happens to a conflict: the code behind a call is run as if S3 had answered it with this error.
 *
 * @param call a call that can conflict
 * @param answer the error that S3 answers with: a conflict, or another one to hold against it
 * @param reach how far up the trails go: to the end of the function that catches the error, or on with its callers
 * @param sourceCode the file
 * @returns every trail that the error may take, each with its end; a test of the error that is not understood ends the
 *   trail as `lost`, so that nothing is said of it
 */
export function conflictTrailsOf(call: S3Call, answer: Answer, reach: Runner['reach'], sourceCode: SourceCode): readonly EndedTrail[] {
  const ofCall = getOrMake(knownTrails(sourceCode), call, () => new Map<string, readonly EndedTrail[]>());
  return getOrMake(ofCall, `${answer.name} ${answer.status} ${reach}`, () => startsOf(call, sourceCode).flatMap((start) => failed(start, { kind: 's3', answer, library: libraryOf(call.client) }, reach, sourceCode)));
}

const knownTrails = perFile(() => new Map<S3Call, Map<string, readonly EndedTrail[]>>());

/** Where an error comes up first. */
interface Start {
  readonly failed: CallLike;
  /** The functions of the file that were called on the way there. */
  readonly entered: readonly Entered[];
}

/** The calls that fail when S3 answers with an error: `client.send(command)`, in a function that is handed the command too. */
const startsOf = (call: S3Call, sourceCode: SourceCode): readonly Start[] =>
  call.sentBy.length > 0 ? call.sentBy.flatMap((sent) => innermost({ failed: sent, entered: [] }, call.node, sourceCode)) : call.node.type === 'CallExpression' ? [{ failed: call.node, entered: [] }] : [];

function innermost(start: Start, command: Node, sourceCode: SourceCode): readonly Start[] {
  const { failed, entered } = start;
  const index = failed.arguments.findIndex((argument) => originsOf({ node: argument, frame: null }, sourceCode).some(({ node }) => node === command));
  if (index < 0 || entered.length > 1) return [start];
  const deeper = calledFunctions(failed, null, sourceCode).flatMap((called) => {
    const parameter = called.params[index];
    const variable = parameter ? bindingsOf(sourceCode).variableOf(parameter) : null;
    return (variable?.references ?? []).flatMap(({ identifier }): readonly Start[] => {
      const { parent } = identifier;
      return parent.type === 'CallExpression' && parent.callee !== identifier ? [{ failed: parent, entered: [...entered, { function: called, call: failed }] }] : [];
    });
  });
  return deeper.length > 0 ? deeper : [start];
}

function failed({ failed, entered }: Start, failure: Failure, reach: Runner['reach'], sourceCode: SourceCode): readonly EndedTrail[] {
  const runner = makeRunner(failed, reach, sourceCode, stepsOf);
  const trail = { ...trailOf(failed, failure), entered };
  if (!failWithCallback(runner, failed, trail)) failAt(runner, failed, trail);
  return runner.ends;
}

/**
 * @param call a call
 * @param sourceCode the file
 * @returns the trails that the program takes, up to its callers, when the call does not fail
 */
export function successTrailsOf(call: S3Call, sourceCode: SourceCode): readonly EndedTrail[] {
  return getOrMake(knownSuccesses(sourceCode), call, () =>
    startsOf(call, sourceCode).flatMap(({ failed, entered }) => {
      const runner = makeRunner(failed, 'callers', sourceCode, stepsOf);
      succeedAt(runner, failed, { ...trailOf(failed, { kind: 'own', made: null }), entered });
      return runner.ends;
    }),
  );
}

const knownSuccesses = perFile(() => new Map<S3Call, readonly EndedTrail[]>());

/**
 * @param asked a function that is handed the error
 * @param error the name or pattern that it is known by there, and what is read from it to get at the error; null where it
 *   is not looked at
 * @param trail what is known when it is asked
 * @param sourceCode the file
 * @returns how it ends, and what its answers are worth as tests
 */
export function answersTo(asked: FunctionNode, error: { readonly name: Node; readonly path: readonly string[] } | null, trail: Trail, sourceCode: SourceCode): readonly { readonly ended: EndedTrail; readonly truth: Truth }[] {
  const runner = makeRunner(trail.failed, 'function', sourceCode, stepsOf);
  const known = error ? withError(runner, error.name, trail, { under: error.path }) : trail;
  const inner = { ...known, entered: [...trail.entered, { function: asked, call: null }] };
  if (asked.body.type === 'BlockStatement') runner.run(asked.body, inner);
  else runner.conclude(asked, inner);
  return runner.ends.map((ended) => ({ ended, truth: ended.end.kind !== 'returns' ? 'unsure' : ended.end.value ? runner.truth(ended.end.value, ended) : false }));
}

const stepsOf = (runner: () => Runner): Steps => ({
  run: (statement, trail) => {
    run(runner(), statement, trail);
  },
  conclude: (from, trail) => {
    conclude(runner(), from, trail);
  },
  behind: (statement, trail) => {
    behind(runner(), statement, trail);
  },
  again: (loop, trail) => {
    again(runner(), loop, trail);
  },
  raise: (at, trail) => {
    raise(runner(), at, trail);
  },
  leave: (from, trail) => {
    leave(runner(), from, trail);
  },
  answer: (from, value, trail) => {
    answer(runner(), from, value, trail);
  },
  enter: (called, given, backTo, trail) => {
    enter(runner(), called, given, backTo, trail);
  },
});
