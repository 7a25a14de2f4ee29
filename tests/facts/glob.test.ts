import { describe, expect, it } from 'vitest';

import { matchesGlob, type PartialText } from '../../src/facts/glob.js';

interface Case {
  readonly name: string;
  readonly glob: string;
  /** `null` is a part that is not known. */
  readonly text: PartialText;
}

describe('matches', () => {
  it.each<Case>([
    { name: 'itself', glob: 'state.json', text: ['state.json'] },
    { name: 'a segment', glob: 'state/*.json', text: ['state/a.json'] },
    { name: 'an empty segment', glob: 'state/*.json', text: ['state/.json'] },
    { name: 'the end of a bucket name', glob: 'audit-*', text: ['audit-2026'] },
    { name: 'the start of a bucket name', glob: '*-audit', text: ['eu-audit'] },
    { name: 'all keys below a prefix', glob: 'cache/**', text: ['cache/a/b/c.json'] },
    { name: 'a key at the prefix itself', glob: 'cache/**', text: ['cache/a.json'] },
    { name: 'whatever lies between', glob: 'users/**/avatar.png', text: ['users/eu/42/avatar.png'] },
    { name: 'two segments', glob: 'users/*/keys/*', text: ['users/42/keys/a'] },
    { name: 'every key', glob: '**', text: ['a/b/c'] },
    { name: 'an empty text', glob: '*', text: [''] },
    { name: 'a star that must look ahead', glob: 'a*bc', text: ['abbbc'] },
    { name: 'a dot is a dot', glob: 'a.b', text: ['a.b'] },
    { name: 'brackets, braces and question marks are themselves', glob: 'a[0]{b}?', text: ['a[0]{b}?'] },
    { name: 'a key that starts with a dot', glob: 'a/*', text: ['a/.hidden'] },
    { name: 'a key in two known parts', glob: 'cache/*.json', text: ['cache/', 'a.json'] },
    { name: 'a key known in part, below a prefix', glob: 'cache/**', text: ['cache/', null, '.json'] },
    { name: 'a key known in part, by its end', glob: '**.json', text: [null, '.json'] },
    { name: 'a key known in part, by both ends', glob: 'cache/**.json', text: ['cache/', null, '.json'] },
    { name: 'two unknown parts', glob: 'users/**', text: ['users/', null, '/avatars/', null] },
    { name: 'a text of which nothing is known, where every text matches', glob: '**', text: [null] },
  ])('$name', ({ glob, text }) => {
    expect(matchesGlob(glob, text)).toBe(true);
  });
});

describe('does not match', () => {
  it.each<Case>([
    { name: 'another text', glob: 'state.json', text: ['lock.json'] },
    { name: 'a text in another case: keys are case-sensitive', glob: 'State.json', text: ['state.json'] },
    { name: 'a part of a text', glob: 'state', text: ['state.json'] },
    { name: 'the end of a text', glob: 'json', text: ['state.json'] },
    { name: 'a slash in a segment', glob: 'state/*.json', text: ['state/a/b.json'] },
    { name: 'a slash at the end of a segment', glob: 'cache/*', text: ['cache/a/'] },
    { name: 'a prefix without its slash', glob: 'cache/**', text: ['cache'] },
    { name: 'a longer name with the same start', glob: 'cache/**', text: ['cached/a.json'] },
    { name: 'a dot is not any character', glob: 'a.b', text: ['axb'] },
    { name: 'a question mark is not any character', glob: 'a?', text: ['ab'] },
    { name: 'an unknown part may hold a slash', glob: 'cache/*', text: ['cache/', null, '.json'] },
    { name: 'an unknown part may be another than the one named', glob: 'cache/a.json', text: ['cache/', null, '.json'] },
    { name: 'an unknown start', glob: 'cache/**', text: [null, 'cache/a.json'] },
    { name: 'an unknown end', glob: '**.json', text: ['a.json', null] },
    { name: 'a text of which nothing is known', glob: 'cache/**', text: [null] },
    { name: 'a key of which nothing is known may hold a slash', glob: '*', text: [null] },
    { name: 'a known part that contradicts', glob: 'cache/**', text: ['state/', null] },
  ])('$name', ({ glob, text }) => {
    expect(matchesGlob(glob, text)).toBe(false);
  });
});

describe('ends', () => {
  it.each<Case>([
    { name: 'many stars', glob: `${'*a'.repeat(30)}b`, text: ['a'.repeat(2000)] },
    { name: 'many double stars', glob: `${'**a'.repeat(30)}b`, text: ['a'.repeat(2000)] },
    { name: 'many unknown parts', glob: `${'*a'.repeat(12)}b`, text: Array.from({ length: 12 }, () => null) },
    { name: 'unknown parts between known ones', glob: `${'**/a'.repeat(8)}b`, text: ['x/a', null, '/a', null, '/a', null, '/a', null, '/a', null] },
    { name: 'a long key', glob: 'a/**/b', text: ['a/'.repeat(500)] },
  ])('in time: $name', ({ glob, text }) => {
    const start = performance.now();
    expect(matchesGlob(glob, text)).toBe(false);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
