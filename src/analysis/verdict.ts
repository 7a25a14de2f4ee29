import { contextsOf } from '../calls/callers.js';
import { freshByCallers, isOwn, modulePathOf } from '../calls/linked-source.js';
import { getOrMake } from '../calls/per-file.js';
import { sameText, type Text } from '../calls/text.js';
import { inputProperty, type S3Call } from '../calls/s3-call.js';
import type { Reason } from '../calls/shapes.js';
import type { Node, SourceCode } from '../calls/syntax.js';
import { isSpokenOfAt } from '../calls/words.js';
import type { Settings } from '../facts/settings.js';
import { copiesOntoItself } from './copy-source.js';
import { decisionOn, type Decision } from './deciding-checks.js';
import { derivationOf } from './derivation.js';
import { allowedWrite } from './object-name.js';
import { partingOf } from './parting.js';
import { preconditionOf } from './precondition.js';
import { readPutBack } from './read-put-back.js';
import { keyOf, type CallPlace } from './same-object.js';
import { seenAt } from './seen-at.js';
import { toldAt } from './told-at.js';
import { unconditionalFallbacksOf } from './conflicts/unconditional-fallback.js';
import { freshnessOf } from './unique-key.js';

/**
 * One write, one verdict.
 *
 * The order is the contract: a write with a condition is never blind, one with a key of its own never loses an update.
 */
export type Verdict =
  | { readonly kind: 'conditional' }
  | { readonly kind: 'declared-overwrite' }
  | { readonly kind: 'unique-key' }
  | { readonly kind: 'unknown-input'; readonly reason: Reason | 'middleware' }
  | { readonly kind: 'lost-update'; readonly read: CallPlace; readonly by: 'body' | 'decision' }
  /** What undoes the guard of another write, which S3 refused: told by a rule of its own. */
  | { readonly kind: 'conflict-fallback' }
  | { readonly kind: 'check-then-write'; readonly decision: Decision }
  | { readonly kind: 'blind'; readonly timestamped: boolean };

/** A verdict that is worth telling, and where. */
export interface Finding {
  readonly verdict: Verdict;
  readonly write: CallPlace;
  /** The write itself; where only a caller in the file knows its input, that call. */
  readonly node: Node;
}

/**
 * Whether a verdict on a write in another module is made by the file: what is read and written behind one call is told
 * where that stands, and so is a write of something that the caller neither names nor gives.
 */
function concernsFile({ verdict, write }: Finding, sourceCode: SourceCode): boolean {
  switch (verdict.kind) {
    case 'lost-update':
      return isOwn(partingOf(verdict.read, write).after, sourceCode);
    case 'check-then-write':
      return isOwn(partingOf(verdict.decision.check, write).after, sourceCode);
    case 'blind':
      return isCalledAtOnce(write, sourceCode) && isNamedBy(write, sourceCode) && isGivenBy(write, 'Body', sourceCode);
    default:
      return false;
  }
}

/** Whether the file calls a function of the very module that writes: what stands between belongs to the module between. */
function isCalledAtOnce({ call, frame }: CallPlace, sourceCode: SourceCode): boolean {
  const module = modulePathOf(call.node);
  for (let open = frame; open && modulePathOf(open.function) === module; open = open.caller) if (isOwn(open.call, sourceCode)) return true;
  return false;
}

/** Whether the file says under which key, if only in part: what the other module puts together by itself is told there. */
function isNamedBy(write: CallPlace, sourceCode: SourceCode): boolean {
  if (!isGivenBy(write, write.call.operation.key, sourceCode)) return false;
  const [seen, alone] = [keyOf(write, sourceCode), keyOf({ call: write.call, frame: null }, sourceCode)];
  if (seen === null || alone === null) return true;
  if (sameText(seen, alone)) return false;
  const written = (text: Text): string => text.filter((piece) => typeof piece === 'string').join();
  const { at } = toldAt(write, sourceCode);
  return written(seen) !== written(alone) || seen.some((piece) => typeof piece !== 'string' && piece.environment === null && isSpokenOfAt(piece, at, sourceCode));
}

/** Whether a property of the input comes from the file, at least in part. */
function isGivenBy({ call, frame }: CallPlace, name: string, sourceCode: SourceCode): boolean {
  const property = inputProperty(call, name, frame, sourceCode);
  if (property.kind !== 'known') return true;
  return property.values.some((value) => [...derivationOf(value, 'value', sourceCode).visited].some((node) => isOwn(node, sourceCode)));
}

const severity: Readonly<Record<Verdict['kind'], number>> = {
  'lost-update': 7,
  'conflict-fallback': 6,
  'check-then-write': 5,
  blind: 4,
  'unknown-input': 3,
  'unique-key': 2,
  'declared-overwrite': 1,
  conditional: 0,
};

/** What one caller makes by a clock hides no other, which brings a name that comes again. */
const severityOf = (verdict: Verdict): number => severity[verdict.kind] - (verdict.kind === 'blind' && verdict.timestamped ? 0.5 : 0);

/** Owner: this module; lives as long as the call. */
const cache = new WeakMap<S3Call, Map<Settings, readonly Finding[]>>();

/**
 * @param call a write
 * @param settings what the user declared
 * @param sourceCode the file that is looked at
 * @returns its findings: one, or one for each caller that gives it its input; of a write in another module those that
 *   only the file can know
 */
export function findingsOf(call: S3Call, settings: Settings, sourceCode: SourceCode): readonly Finding[] {
  const verdicts = verdictsOf(call, settings, sourceCode);
  return isOwn(call.node, sourceCode) ? verdicts : verdicts.filter((finding) => concernsFile(finding, sourceCode));
}

/** The same with every verdict on a write in another module. */
export function verdictsOf(call: S3Call, settings: Settings, sourceCode: SourceCode): readonly Finding[] {
  const ofCall = getOrMake(cache, call, () => new Map<Settings, readonly Finding[]>());
  return getOrMake(ofCall, settings, () => judgeAll(call, settings, sourceCode));
}

function judgeAll(call: S3Call, settings: Settings, sourceCode: SourceCode): readonly Finding[] {
  const findings = contextsOf(call.node, sourceCode).flatMap((frame): Finding[] => {
    const write = { call, frame };
    // What no call of the file leads to is judged in the file that has it.
    if (!isOwn(seenAt(write, sourceCode), sourceCode)) return [];
    return [{ write, verdict: judge(write, settings, sourceCode), node: toldAt(write, sourceCode).at.node }];
  });
  const strongest = new Map<Node, Finding>();
  for (const finding of findings) {
    const before = strongest.get(finding.node);
    if (!before || severityOf(finding.verdict) > severityOf(before.verdict)) strongest.set(finding.node, finding);
  }
  return [...strongest.values()];
}

function judge(write: CallPlace, settings: Settings, sourceCode: SourceCode): Verdict {
  const { call, frame } = write;
  const precondition = preconditionOf(call, frame, sourceCode);
  if (precondition.kind === 'set') return { kind: 'conditional' };
  if (allowedWrite(write, settings, sourceCode) === 'overwrite') return { kind: 'declared-overwrite' };
  const freshness = freshnessOf(call, frame, sourceCode);
  const given = isHandedIn(write, sourceCode) ? freshByCallers(seenAt(write, sourceCode), sourceCode) : null;
  if (freshness === 'unique' || given === 'unique') return { kind: 'unique-key' };
  if (precondition.kind === 'unknown') return { kind: 'unknown-input', reason: precondition.reason };
  const read = readPutBack(write, sourceCode);
  if (read) return { kind: 'lost-update', read, by: 'body' };
  const decision = decisionOn(write, sourceCode);
  if (decision?.kind === 'content') return { kind: 'lost-update', read: decision.check, by: 'decision' };
  if (unconditionalFallbacksOf(sourceCode).some(({ node }) => node === call.node)) return { kind: 'conflict-fallback' };
  // What is copied onto itself is there: no check decides that it is created.
  if (decision && !copiesOntoItself(write, sourceCode)) return { kind: 'check-then-write', decision };
  return { kind: 'blind', timestamped: freshness === 'timestamp' || given === 'timestamp' };
}

/** Whether the key is not all written here: callers in other files give it. */
const isHandedIn = (write: CallPlace, sourceCode: SourceCode): boolean => keyOf(write, sourceCode)?.some((piece) => typeof piece !== 'string') ?? true;
