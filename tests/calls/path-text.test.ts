import { posix } from 'node:path';

import { describe, expect, it } from 'vitest';

import { basenameOf, dirnameOf, formattedPath, joinedPath, partOf, resolvedPath } from '../../src/calls/path-text.js';
import { join, sameText, type Hole, type Text } from '../../src/calls/pieces.js';

const hole = (identity: string | null): Hole => ({ identity, said: [], environment: null, part: null });
const key = hole('key');
const id = hole('id');

/** A text with its holes by their identities. */
const shown = (text: Text | null): string | null => text && text.map((piece) => (typeof piece === 'string' ? piece : `<${piece.identity ?? '?'}>`)).join('');

describe('what is known whole is what node:path makes of it', () => {
  it.each([
    ['a/b', '..', 'frames', 'x.json'],
    ['a', 'b'],
    ['a/', '/b'],
    ['a', '', 'b'],
    ['/a', 'b'],
    ['//a', 'b//c'],
    ['a/b/'],
    ['a', './b', '.'],
    ['a/./b'],
    ['a', '..'],
    ['a/..', ''],
    ['a/../'],
    ['a', '../..', 'b'],
    ['..', 'a'],
    ['../..', '..'],
    ['/', '..', 'a'],
    ['/..'],
    ['.', 'x.json'],
    ['./'],
    ['...', 'a'],
    ['a..', '..b', '.c'],
    [''],
    ['', ''],
    ['/'],
  ])('join of %j %j %j %j', (...parts) => {
    const given = parts.filter((part) => typeof part === 'string');
    expect(shown(joinedPath(given.map((part) => [part])))).toBe(posix.join(...given));
  });

  it.each([['a/b/c.tar.gz'], ['c.json'], ['a/.env'], ['/c'], ['a/b/'], ['a//b'], ['a.'], ['']])('the parts of %j', (path) => {
    const { dir, base, name, ext } = posix.parse(path);
    expect(shown(partOf([path], 'dir', []))).toBe(dir);
    expect(shown(partOf([path], 'base', []))).toBe(base);
    expect(shown(partOf([path], 'name', []))).toBe(name);
    expect(shown(partOf([path], 'ext', []))).toBe(ext);
    expect(shown(dirnameOf([path], []))).toBe(posix.dirname(path));
    expect(shown(basenameOf([path], ['.gz'], []))).toBe(posix.basename(path, '.gz'));
  });

  it.each([[['/a', 'b']], [['x', '/a', '../b']], [['/a/', 'b/']], [['/a', '/c']], [['/']]])('resolve of %j, which has an absolute start', (parts) => {
    expect(shown(resolvedPath(parts.map((part) => [part])))).toBe(posix.resolve(...parts));
  });
});

describe('a path of which a part is not known', () => {
  it.each<{ name: string; parts: readonly Text[]; path: string }>([
    { name: 'what `..` takes away is known', parts: [[key], ['a'], ['..'], ['b']], path: '<key>/b' },
    { name: 'what `..` takes away is not known: it may have been one segment or several', parts: [['a'], [key], ['..'], ['b']], path: 'a/<path.above(key)>b' },
    { name: 'a hole with letters before it', parts: [['a/v-', id], ['..'], ['b']], path: 'a/<path.above("v-"+id)>b' },
    { name: 'two segments up from a hole', parts: [[key], ['..'], ['..'], ['b']], path: '<path.above(path.above(key))>b' },
    { name: 'up from a hole, and not down again', parts: [[key], ['..']], path: '<path.dir(key)>' },
    { name: 'up from a hole, as a folder', parts: [[key], ['../']], path: '<path.above(key)>' },
    { name: 'up from nothing, before a hole', parts: [['..'], [key]], path: '../<key>' },
    { name: 'a segment that only begins with dots', parts: [[key], ['..', id]], path: '<key>/..<id>' },
    { name: 'slashes around holes', parts: [['a/'], [key, '/'], ['/b']], path: 'a/<key>/b' },
    { name: 'what cannot be compared stays so', parts: [[hole(null)], ['..'], ['b']], path: '<?>b' },
  ])('$name', ({ parts, path }) => {
    expect(shown(joinedPath(parts))).toBe(path);
  });

  it('resolve starts in the folder of the process where no part is known to be absolute, and a hole may be', () => {
    expect(resolvedPath([['a'], ['b']])).toBeNull();
    expect(resolvedPath([[key], ['b']])).toBeNull();
    expect(resolvedPath([['/a'], [key]])).toBeNull();
    expect(shown(resolvedPath([['/a'], ['b-', id], ['../c/']]))).toBe('/a/<path.above("b-"+id)>c');
  });

  it.each<{ path: Text; parts: readonly string[] }>([
    { path: [key], parts: ['<path.dir(key)>', '<path.base(key)>', '<path.name(key)>', '<path.ext(key)>'] },
    { path: [key, '/'], parts: ['<path.dir(key)>', '<path.base(key)>', '<path.name(key)>', '<path.ext(key)>'] },
    { path: [key, '/a.json'], parts: ['<key>', 'a.json', 'a', '.json'] },
    { path: ['v1/', id, '/a/b'], parts: ['v1/<id>/a', 'b', 'b', ''] },
    { path: ['v1/', id, '.tar.gz'], parts: ['<path.dir("v1/"+id+".tar.gz")>', '<path.base("v1/"+id+".tar.gz")>', '<path.name("v1/"+id+".tar.gz")>', '.gz'] },
  ])('the parts of a path are in its own words as far as they go', ({ path, parts }) => {
    expect((['dir', 'base', 'name', 'ext'] as const).map((name) => shown(partOf(path, name, [])))).toEqual(parts);
  });
});

describe('the parts of a path meet again', () => {
  const parts = (path: Text): readonly Text[] => (['dir', 'base', 'name', 'ext'] as const).map((name) => partOf(path, name, []));

  it.each<{ path: Text }>([{ path: [key] }, { path: ['v1/', id] }, { path: ['v1/', id, '.json'] }, { path: [key, '/a.json'] }, { path: ['v1/a.json'] }])('in $path', ({ path }) => {
    const [dir = [], base = [], name = [], ext = []] = parts(path);
    const none: Text = [''];
    expect(joinedPath([dir, base])).toEqual(path);
    expect(join([...dir, '/', ...name, ...ext])).toEqual(path);
    expect(join(['old/', ...dir, '/', ...base, '.bak'])).toEqual(join(['old/', ...path, '.bak']));
    expect(formattedPath({ dir, base, root: none, name: none, ext: none })).toEqual(path);
    expect(formattedPath({ dir, base: none, root: none, name, ext })).toEqual(path);
  });

  it('not those of two paths, nor a part of them, nor those of what cannot be compared', () => {
    const [dir = [], base = [], name = []] = parts([key]);
    expect(sameText(joinedPath([dir, partOf([id], 'base', [])]), [key])).toBe(false);
    expect(sameText(joinedPath([dir, partOf([id], 'base', [])]), [id])).toBe(false);
    expect(sameText(joinedPath([dir, name]), [key])).toBe(false);
    expect(sameText(joinedPath([dir, name, partOf([key], 'ext', [])]), [key])).toBe(false);
    expect(sameText(joinedPath([base, dir]), [key])).toBe(false);
    expect(sameText(join([...dir, ...base]), [key])).toBe(false);
    expect(sameText(join([...dir, '/', ...name, '.json']), [key])).toBe(false);
    const [other = [], file = []] = parts([hole(null)]);
    expect(shown(joinedPath([other, file]))).toBe('<?>/<?>');
  });

  it('format puts a dot before an extension without one in some releases of Node only', () => {
    const none: Text = [''];
    const given = { dir: ['a'], base: none, root: none, name: ['b'] };
    expect(shown(formattedPath({ ...given, ext: ['.json'] }))).toBe('a/b.json');
    expect(formattedPath({ ...given, ext: ['json'] })).toBeNull();
    expect(formattedPath({ ...given, ext: [id] })).toBeNull();
    expect(shown(formattedPath({ ...given, ext: none }))).toBe('a/b');
    expect(shown(formattedPath({ dir: ['/'], root: ['/'], base: ['b'], name: none, ext: none }))).toBe('/b');
    expect(shown(formattedPath({ dir: none, root: ['/'], base: ['b'], name: none, ext: none }))).toBe('/b');
  });
});
