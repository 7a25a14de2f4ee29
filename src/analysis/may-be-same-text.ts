import { join, type Piece, type Text } from '../calls/text.js';

/**
 * Whether two texts may name the same thing: false only where what is known of them leaves no text that both can be.
 *
 * `reports/${id}.json` and `drafts/${name}` begin differently, `${id}.json` and `${name}.sig` end differently. What both
 * begin or end with (`${this.prefix}`) is taken for equal in both.
 *
 * @param one a text, null where nothing is known of it
 * @param other another
 */
export function mayBeSameText(one: Text | null, other: Text | null): boolean {
  if (!one || !other) return true;
  const [a, b] = [piecesOf(one), piecesOf(other)];
  return cutEqual(a, b, 'start') && cutEqual(a, b, 'end') && mayHold(a, b) && mayHold(b, a);
}

const piecesOf = (text: Text): Piece[] => join(text).filter((piece) => piece !== '');

/** Takes off what two texts both begin, or end, with; false where they begin, or end, with different letters. */
function cutEqual(a: Piece[], b: Piece[], end: 'start' | 'end'): boolean {
  const take = (pieces: Piece[]): Piece | undefined => (end === 'start' ? pieces.shift() : pieces.pop());
  const giveBack = (pieces: Piece[], piece: Piece): void => {
    if (piece === '') return;
    if (end === 'start') pieces.unshift(piece);
    else pieces.push(piece);
  };
  for (;;) {
    const [one, other] = [take(a), take(b)];
    if (one === undefined || other === undefined) {
      giveBack(a, one ?? '');
      giveBack(b, other ?? '');
      return true;
    }
    if (typeof one === 'string' && typeof other === 'string') {
      const length = Math.min(one.length, other.length);
      const [first, second] = end === 'start' ? [one.slice(0, length), other.slice(0, length)] : [one.slice(one.length - length), other.slice(other.length - length)];
      if (first !== second) return false;
      giveBack(a, end === 'start' ? one.slice(length) : one.slice(0, one.length - length));
      giveBack(b, end === 'start' ? other.slice(length) : other.slice(0, other.length - length));
    } else if (typeof one === 'string' || typeof other === 'string' || one.identity === null || one.identity !== other.identity) {
      giveBack(a, one);
      giveBack(b, other);
      return true;
    }
  }
}

/** Whether a text that is known whole has all that is known of another, in its order. */
function mayHold(whole: Text, parts: Text): boolean {
  let text = '';
  for (const piece of whole) {
    if (typeof piece !== 'string') return true;
    text += piece;
  }
  let at = 0;
  for (const part of parts) {
    if (typeof part !== 'string') continue;
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  // Where neither has a hole, the whole must be the part.
  return parts.some((piece) => typeof piece !== 'string') || at === text.length;
}
