import { bindingsOf, memberPath } from '../calls/bindings.js';
import { contextsOf } from '../calls/callers.js';
import type { Frame } from '../calls/frames.js';
import { getOrMake } from '../calls/per-file.js';
import { inputShape, type S3Call } from '../calls/s3-call.js';
import { isFunction, isNothing, literalText, propertyName, walk, type Node, type SourceCode } from '../calls/syntax.js';
import { pathsTo } from './paths/run-paths.js';
import type { State } from './paths/state.js';
import { nothing, type Value } from './paths/value.js';
import { preconditionOf } from './precondition.js';

/** What one path sends with a write or delete. */
export interface Arrival {
  /** The conditions that its input names, by property. */
  readonly conditions: ReadonlyMap<string, Value>;
  readonly answers: State['answers'];
  /** What is known of variables there. */
  readonly values: ReadonlyMap<string, Value>;
}

/** A condition that some path leaves unset. */
export interface UnsetCondition {
  /** As the source calls it. */
  readonly header: string;
  /** Where it is set: a property, a spread, an assignment. */
  readonly node: Node;
  /** Where its value is left unset. */
  readonly cause: Node;
  /** Whether nothing else sets it. */
  readonly isOnly: boolean;
  /** Whether only who calls the function decides that it is. */
  readonly byCaller: boolean;
}

/** Owner: this module; lives as long as the call. */
const known = new WeakMap<S3Call, readonly Arrival[] | 'unread'>();

/**
 * @param call a write or delete
 * @param sourceCode its file
 * @returns what each path that reaches it sends; null where its input, or the paths to it, cannot be read
 */
export function arrivalsOf(call: S3Call, sourceCode: SourceCode): readonly Arrival[] | null {
  const arrivals = getOrMake(known, call, () => follow(call, sourceCode) ?? 'unread');
  return arrivals === 'unread' ? null : arrivals;
}

function follow(call: S3Call, sourceCode: SourceCode): readonly Arrival[] | null {
  const input = call.input.kind === 'object' ? call.input.node : call.input.headers;
  if (!input) return null;
  const starts = contextsOf(call.node, sourceCode).map((frame) => outermostCall(frame) ?? call.node);
  const outcomes = pathsTo(call.node, input, starts, sourceCode);
  return outcomes && outcomes.flatMap(({ value, state }) => (value.kind === 'object' && !value.open ? opened(conditionsIn(call, value.properties), state.answers, state.values, sourceCode.ast) : []));
}

const outermostCall = (frame: Frame | null): Node | null => (frame ? (outermostCall(frame.caller) ?? frame.call) : null);

/** minio's headers, in the property names of `@aws-sdk/client-s3`. */
const headers: Readonly<Record<string, string>> = { 'if-match': 'IfMatch', 'if-none-match': 'IfNoneMatch' };

function conditionsIn(call: S3Call, properties: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const named = [...properties].map(([name, value]): [string, Value] => [call.input.kind === 'positional' ? (headers[name.toLowerCase()] ?? name) : name, value]);
  return new Map(named.filter(([name]) => call.operation.preconditions.includes(name)));
}

/** What is passed straight on is there or not, as the caller wants it. */
function opened(conditions: ReadonlyMap<string, Value>, answers: State['answers'], values: ReadonlyMap<string, Value>, outside: Node): readonly Arrival[] {
  let arrivals: readonly Arrival[] = [{ conditions, answers, values }];
  for (const [name, value] of conditions) {
    if (value.kind !== 'given') continue;
    arrivals = arrivals.flatMap((arrival) =>
      ['set', 'unset'].map((outcome) => ({
        ...arrival,
        conditions: outcome === 'set' ? arrival.conditions : new Map(arrival.conditions).set(name, nothing(outside, 'any')),
        answers: new Map(arrival.answers).set(`given ${value.place ?? name}`, { outcomes: [outcome], byCaller: true }),
      })),
    );
  }
  return arrivals;
}

/** What a caller leaves unset has no place in the function: the file stands for it. */
const isOutside = (cause: Node): boolean => cause.type === 'Program';

const isOpened = ({ conditions }: Arrival): boolean => [...conditions.values()].some((value) => value.kind === 'nothing' && isOutside(value.cause));

const isBlind = ({ conditions }: Arrival): boolean => [...conditions.values()].every((value) => value.kind === 'nothing');

/** Whether one caller, giving the same, may see both paths. */
function haveOneCaller(one: Arrival, other: Arrival): boolean {
  return [...one.answers].every(([question, { outcomes, byCaller }]) => {
    const others = other.answers.get(question)?.outcomes ?? ['unasked'];
    return !byCaller || others.includes('unasked') || outcomes.some((outcome) => outcome === 'unasked' || others.includes(outcome));
  });
}

/**
 * @param call a write or delete
 * @param sourceCode its file
 * @returns the condition that it names and that some path does not send; null where every path sends one, or none is
 *   named, or nothing is sure
 */
export function unsetConditionOf(call: S3Call, sourceCode: SourceCode): UnsetCondition | null {
  const named = namedCondition(call, sourceCode);
  if (!named) return null;
  const arrivals = arrivalsOf(call, sourceCode) ?? [];
  const sent = arrivals.filter((arrival) => !isBlind(arrival));
  const blind = arrivals.filter(isBlind).map((arrival) => ({ arrival, byCaller: isOpened(arrival) || (sent.length > 0 && !sent.some((other) => haveOneCaller(arrival, other))) }));
  const [worst] = blind.sort((one, other) => Number(one.byCaller) - Number(other.byCaller) || Number(isOpened(one.arrival)) - Number(isOpened(other.arrival)));
  if (!worst) return null;
  const { node } = named;
  return { header: (node.type === 'Property' ? propertyName(node) : null) ?? named.property, isOnly: named.isOnly, node: spreadAround(node), cause: causeOf(named, worst.arrival, sourceCode), byCaller: worst.byCaller };
}

interface NamedCondition {
  readonly property: string;
  readonly node: Node;
  readonly isOnly: boolean;
}

/** The condition that an input names, where it may be unset at all. */
function namedCondition(call: S3Call, sourceCode: SourceCode): NamedCondition | null {
  if (preconditionOf(call, null, sourceCode).kind !== 'set') return null;
  const { properties, open } = inputShape(call, null, sourceCode);
  if (open !== null && open !== 'typed') return null;
  const named = ['IfMatch', 'IfNoneMatch', 'DestinationIfMatch', 'DestinationIfNoneMatch'].flatMap((name) => {
    const held = call.operation.preconditions.includes(name) ? properties.get(name) : undefined;
    return held ? [{ name, held }] : [];
  });
  const [first] = named;
  const isSent = named.some(({ held }) => held.always && held.values.every(({ node }) => (literalText(node) ?? '') !== ''));
  return isSent || !first ? null : { property: first.name, node: first.held.node, isOnly: first.held.values.length === 1 };
}

/** `...(etag && { IfMatch: etag })` is one thing with what stands in it. */
function spreadAround(node: Node): Node {
  for (let outer = node.parent; outer && !isFunction(outer) && !/Statement$/.test(outer.type); outer = outer.parent) {
    if (outer.type === 'SpreadElement') return outer;
    if (/^(?:Call|New|Variable)/.test(outer.type)) break;
  }
  return node;
}

function causeOf({ property: header, node }: NamedCondition, { conditions, values }: Arrival, sourceCode: SourceCode): Node {
  const value = conditions.get(header);
  if (value?.kind === 'nothing') return isOutside(value.cause) ? parameterIn(node, sourceCode) : value.cause;
  for (let outer = node.parent, child = node; outer && !isFunction(outer); child = outer, outer = outer.parent) {
    const test = outer.type === 'IfStatement' || outer.type === 'ConditionalExpression' ? outer.test : outer.type === 'LogicalExpression' && child === outer.right ? outer.left : null;
    if (!test || child === test) continue;
    return unsetIn(test, values, sourceCode) ?? test;
  }
  return node;
}

/** The parameter that a condition is passed on from; the condition itself where it is none. */
function parameterIn(node: Node, sourceCode: SourceCode): Node {
  const value = node.type === 'Property' ? node.value : node.type === 'AssignmentExpression' ? node.right : node;
  const definition = bindingsOf(sourceCode).definitionsAt(memberPath(value)?.root ?? value)[0];
  return definition?.kind === 'parameter' ? definition.node : node;
}

/** Where the name that a test asks for was left unset. */
function unsetIn(test: Node, values: ReadonlyMap<string, Value>, sourceCode: SourceCode): Node | null {
  const causes: Node[] = [];
  walk(test, sourceCode, (inner) => {
    if (inner.type !== 'Identifier' || isNothing(inner)) return;
    for (const [place, value] of values) if (value.kind === 'nothing' && place.startsWith(`${inner.name}#`)) causes.push(value.cause);
  });
  return causes[0] ?? null;
}
