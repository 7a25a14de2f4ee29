import type { S3Call } from '../../calls/s3-call.js';
import type { Node } from '../../calls/syntax.js';

/** What a value is on one path through a program, as far as it decides whether a header is sent. */
export type Value =
  /** Unset: the SDK sends no header for it. `any` where the test that told does not say which. */
  | { readonly kind: 'nothing'; readonly as: 'undefined' | 'null' | 'empty' | 'false' | 'any'; readonly cause: Node; readonly isGiven?: true }
  | { readonly kind: 'set' }
  | { readonly kind: 'text'; readonly text: string }
  /** From outside: a parameter, an option, a field. Whoever calls decides what it is. */
  | { readonly kind: 'given'; readonly place: string | null }
  | { readonly kind: 'unknown'; readonly place: string | null }
  /** Given or unknown, and found to be there by a test. */
  | { readonly kind: 'present'; readonly from: 'given' | 'unknown' }
  /** The answer of an S3 call that did not fail. */
  | { readonly kind: 'response'; readonly call: S3Call }
  | { readonly kind: 'object'; readonly properties: ReadonlyMap<string, Value>; readonly open: boolean }
  | { readonly kind: 'list'; readonly items: readonly Value[] };

export const unknown: Value = { kind: 'unknown', place: null };
export const given: Value = { kind: 'given', place: null };
export const set: Value = { kind: 'set' };
export const nothing = (cause: Node, as: Extract<Value, { kind: 'nothing' }>['as'] = 'undefined'): Value => ({ kind: 'nothing', as, cause });

export const isGiven = (value: Value): boolean => value.kind === 'given' || (value.kind === 'present' && value.from === 'given') || (value.kind === 'nothing' && value.isGiven === true);

/** Whether a value counts as true; null where it may be either. */
export function truthOf(value: Value): boolean | null {
  switch (value.kind) {
    case 'nothing':
      return false;
    case 'given':
    case 'unknown':
      return null;
    default:
      return true;
  }
}

/** A text that is equal for values that nothing can tell apart. */
export function identityOf(value: Value): string {
  switch (value.kind) {
    case 'nothing':
      return `nothing ${value.as} ${value.cause.range[0]} ${String(value.isGiven)}`;
    case 'text':
      return `text ${JSON.stringify(value.text)}`;
    case 'response':
      return `response ${value.call.node.range[0]}`;
    case 'object':
      return `object ${String(value.open)} {${[...value.properties].map(([name, held]) => `${name}: ${identityOf(held)}`).join(', ')}}`;
    case 'list':
      return `[${value.items.map(identityOf).join(', ')}]`;
    case 'given':
    case 'unknown':
      return `${value.kind} ${value.place ?? ''}`;
    case 'present':
      return `present ${value.from}`;
    default:
      return value.kind;
  }
}

/**
 * A member of a value.
 *
 * S3 answers each successful read and write of an object with its ETag, though the SDK's types call it optional.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 *
 * @param node where it is read
 */
export function memberOf(value: Value, name: string | null, node: Node): Value {
  switch (value.kind) {
    case 'given':
      return given;
    case 'present':
      return value.from === 'given' ? given : unknown;
    case 'response':
      if (name === 'ETag' || name === 'etag') return set;
      return name === 'CopyObjectResult' || name === 'CopyPartResult' ? value : unknown;
    case 'object': {
      const held = name === null ? undefined : value.properties.get(name);
      return held ?? (value.open || name === null ? unknown : nothing(node));
    }
    case 'list':
      return value.items[Number(name)] ?? unknown;
    default:
      return unknown;
  }
}
