import { describe, expect, it } from 'vitest';

import { mayBeSameText } from '../../src/analysis/may-be-same-text.js';
import type { Hole } from '../../src/calls/text.js';

const hole = (identity: string | null): Hole => ({ identity, said: [], environment: null, part: null });
const id = hole('id');
const name = hole('name');
const unknown = hole(null);

describe('two keys may be the same', () => {
  it.each([
    ['equal texts', ['a.json'], ['a.json']],
    ['a text of which nothing is known', ['a.json'], [unknown]],
    ['a hole may be empty', ['a', id], ['a']],
    ['a hole may hold a slash', ['a/b/c.json'], ['a/', id]],
    ['one begins as the other ends', ['logs/', id], [name, '/latest.json']],
    ['the letters of one stand in the other, in order', ['a-1-b-2-c'], ['a', id, '-b-', name, 'c']],
    ['equal holes', [id, '/a'], [id, '/', name]],
    ['holes of which nothing is known are not equal', [unknown, '/a'], [unknown, '/b/a']],
  ])('%s', (_, one, other) => {
    expect(mayBeSameText(one, other)).toBe(true);
    expect(mayBeSameText(other, one)).toBe(true);
  });

  it('a key that cannot be read', () => {
    expect(mayBeSameText(null, ['a'])).toBe(true);
  });
});

describe('two keys cannot be the same', () => {
  it.each([
    ['different letters', ['a.json'], ['b.json']],
    ['one goes on', ['a'], ['a.json']],
    ['different beginnings', ['reports/', id], ['drafts/', name]],
    ['different ends', [id, '.json'], [name, '.json.sig']],
    ['a beginning that is longer than the whole', ['ab', id], ['a']],
    ['a beginning and an end that overlap in the whole', ['ab', id, 'ba'], ['aba']],
    ['letters that the whole does not have', ['a/b/c'], ['a/', id, '/x/', name, 'c']],
    ['equal holes, and different letters behind them', [id, '/a'], [id, '/b/', name]],
    ['equal holes on both ends', [id, '/a/', name], [id, '/b/', name]],
  ])('%s', (_, one, other) => {
    expect(mayBeSameText(one, other)).toBe(false);
    expect(mayBeSameText(other, one)).toBe(false);
  });
});
