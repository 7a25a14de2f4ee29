import { answeringCall } from '../calls/answering-call.js';
import { bindingsOf } from '../calls/bindings.js';
import type { Place } from '../calls/frames.js';
import type { Origin } from '../calls/origins.js';
import { s3CallAt } from '../calls/s3-calls.js';
import { isNothing, type SourceCode } from '../calls/syntax.js';
import type { CallPlace } from './same-object.js';
import { textOriginsOf } from './text-origins.js';

/** Where an ETag comes from, as far as S3 gave it. */
export interface AnsweredETag {
  /** The S3 calls whose answer it is part of. */
  readonly answers: readonly CallPlace[];
  /** Whether it is one of these in any case, or nothing. */
  readonly isWhole: boolean;
}

/**
 * @param value the value of a condition, seen from a chain of calls
 * @param sourceCode its file
 * @returns the calls that answered with it, by way of helpers, pairs, objects, quotes and other names
 */
export function answeredETag(value: Place, sourceCode: SourceCode): AnsweredETag {
  const origins = textOriginsOf(value, sourceCode).filter(({ node }) => !isNothing(node) && !(node.type === 'Literal' && node.value === ''));
  const answers = origins.flatMap((origin) => answerAt(origin, sourceCode) ?? []);
  return { answers, isWhole: answers.length === origins.length };
}

/** The call that an `ETag` was read of: its response, or what it calls back with. */
function answerAt({ node, frame, path }: Origin, sourceCode: SourceCode): CallPlace | null {
  if (!/^e_?tag$/i.test(path.at(-1) ?? '')) return null;
  const call = answeringCall(node, sourceCode);
  if (call) return { call, frame };
  const [definition] = bindingsOf(sourceCode).definitionsAt(node);
  const called = definition?.kind === 'parameter' && definition.index === 1 ? s3CallAt(definition.function.parent, sourceCode) : null;
  return called && { call: called, frame };
}
