import { contextsOf } from '../calls/callers.js';
import { isOwn } from '../calls/linked-source.js';
import { enter, type Frame, type Place } from '../calls/frames.js';
import { inputShape } from '../calls/s3-call.js';
import { contains, type Node, type SourceCode } from '../calls/syntax.js';
import type { CallPlace } from './same-object.js';
import { seenAt } from './seen-at.js';

/** An S3 call, and the place in the file where it is spoken of. */
export interface ToldCall extends CallPlace {
  readonly at: Place;
}

/**
 * @param place an S3 call, seen from a chain of calls
 * @param sourceCode the file that is looked at
 * @returns where it is told: at the call itself where it stands in the file, else at what leads to it; where its input is
 *   handed in as a whole, at the call that gives it
 */
export function toldAt(place: CallPlace, sourceCode: SourceCode): ToldCall {
  if (place.told) return { ...place, at: { node: place.told, frame: frameAround(place.told, place.frame) } };
  const { call, frame } = ledTo(place, sourceCode);
  const seen = seenAt({ call, frame }, sourceCode);
  let at: Place = { node: call.node, frame };
  const isHandedIn = inputShape(call, null, sourceCode).open === 'parameter';
  for (let open = frame; open && (isHandedIn || at.node !== seen); open = open.caller) {
    if (!isOwn(open.call, sourceCode)) continue;
    at = { node: open.call, frame: open.caller };
    if (isHandedIn && inputShape(call, upTo(open, frame), sourceCode).open === null) break;
  }
  return { call, frame, at };
}

/** The innermost call of a chain whose function a node stands in. */
function frameAround(node: Node, frame: Frame | null): Frame | null {
  for (let open = frame; open; open = open.caller) if (contains(open.function, node)) return open;
  return null;
}

/** A call in another module, as the file leads to it where it does so in one way. */
function ledTo({ call, frame }: CallPlace, sourceCode: SourceCode): CallPlace {
  if (frame || isOwn(call.node, sourceCode)) return { call, frame };
  const [only, ...others] = contextsOf(call.node, sourceCode).filter((context) => isOwn(seenAt({ call, frame: context }, sourceCode), sourceCode));
  return { call, frame: others.length === 0 ? (only ?? null) : null };
}

/** The chain of calls up to a frame, without those that lead to it. */
function upTo(last: Frame, frame: Frame | null): Frame | null {
  return frame && enter(frame.function, frame.call, frame === last ? null : upTo(last, frame.caller));
}
