import { onlyValue, inputProperty, type S3Call } from '../../calls/s3-call.js';
import { originsOf } from '../../calls/origins.js';
import { s3CallsOf } from '../../calls/s3-calls.js';
import { literalText, type Node, type SourceCode } from '../../calls/syntax.js';
import { conflictsOf, isTerminal, type ConflictAnswer, type S3ConflictCode } from '../../s3/conflicts.js';
import { mayFareBetter } from './between-attempts.js';
import { repeatsAfter, type Repeat } from './repeats.js';
import type { Answer } from '../trails/trail.js';
import { lettingTestOf, type LettingTest } from './letting-test.js';

/** A test that lets conflicts through to a retry which no attempt gets past. */
export interface TerminalRetry {
  readonly test: LettingTest;
  readonly call: S3Call;
  readonly repeat: Repeat;
  /** All that the test lets through, in the order of the catalogue. */
  readonly codes: readonly S3ConflictCode[];
  /** Conflicts of the same call that a retry is right for. */
  readonly passing: readonly S3ConflictCode[];
}

/** What is not a matter of conflicts, to hold against one: who tries it again in the same way singles no conflict out. */
const refused: Answer = { name: 'AccessDenied', status: 403 };

/**
 * @param sourceCode a file
 * @returns the tests of it that single out a conflict which never goes away, and have it tried again, in source order
 */
export function terminalRetriesOf(sourceCode: SourceCode): readonly TerminalRetry[] {
  const found = new Map<Node, TerminalRetry>();
  for (const call of s3CallsOf(sourceCode)) {
    const conflicts = answersOf(call, sourceCode);
    const passing = [...new Set(conflicts.filter(({ retry }) => retry === 'retry').map(({ code }) => code))];
    for (const { code, status } of conflicts) {
      if (!isTerminal(code, call.operation.name, 'create-only')) continue;
      for (const { test, repeat } of letThrough(call, { name: code, status }, sourceCode)) {
        const codes = found.get(test.node)?.codes ?? [];
        found.set(test.node, { test, call, repeat, passing, codes: [...new Set([...codes, code])] });
      }
    }
  }
  return [...found.values()].sort((one, other) => one.test.node.range[0] - other.test.node.range[0]);
}

/** The conflicts of a create, and of what needs no condition to conflict. */
function answersOf(call: S3Call, sourceCode: SourceCode): readonly ConflictAnswer[] {
  const { name, effect } = call.operation;
  if (call.presigned || effect === 'delete' || (effect === 'write' && !createsOnly(call, sourceCode))) return [];
  return conflictsOf(name, ...(effect === 'write' ? (['create-only'] as const) : [])).filter(({ status }) => status === 409 || status === 412);
}

/** Whether a write is sure to be sent with `IfNoneMatch: '*'`, and with no ETag. */
function createsOnly(call: S3Call, sourceCode: SourceCode): boolean {
  if (['IfMatch', 'DestinationIfMatch'].some((name) => inputProperty(call, name, null, sourceCode).kind === 'known')) return false;
  return ['IfNoneMatch', 'DestinationIfNoneMatch'].some((name) => {
    const property = inputProperty(call, name, null, sourceCode);
    const value = onlyValue(call, name, null, sourceCode);
    return property.kind === 'known' && property.always && value !== null && originsOf(value, sourceCode).every(({ node, path }) => path.length === 0 && literalText(node) === '*');
  });
}

/** The tests that lead from a conflict, and from it alone, to an attempt that fares no better. */
function letThrough(call: S3Call, conflict: Answer, sourceCode: SourceCode): readonly { readonly test: LettingTest; readonly repeat: Repeat }[] {
  return repeatsAfter(call, conflict, sourceCode).flatMap((repeat) => {
    const test = mayFareBetter(call, repeat, sourceCode) ? null : lettingTestOf(call, conflict, repeat, refused, sourceCode);
    return test ? [{ test, repeat }] : [];
  });
}
