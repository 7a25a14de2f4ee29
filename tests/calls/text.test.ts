import { describe, expect, it } from 'vitest';

import { renderText, sameText, textOf, type Text } from '../../src/calls/text.js';
import { wordsAt } from '../../src/calls/words.js';
import { markedIn, parse } from './parse.js';

/** The texts of the marked expressions of a piece of code. */
function textsIn(code: string): readonly Text[] {
  const sourceCode = parse(code);
  return markedIn(sourceCode).map((node) => textOf({ node, frame: null }, sourceCode));
}

function onlyText(code: string): Text {
  const [text] = textsIn(code);
  if (!text) throw new Error(`Nothing is marked in ${code}`);
  return text;
}

/** The text of the marked expression, in the words of its place. */
function shown(code: string): string {
  const sourceCode = parse(code);
  const [node] = markedIn(sourceCode);
  if (!node) throw new Error(`Nothing is marked in ${code}`);
  return renderText(textOf({ node, frame: null }, sourceCode), (hole) => wordsAt(hole, { node, frame: null }, sourceCode));
}

describe('the text of a key, as far as it is known', () => {
  it.each([
    { name: 'a literal', code: `mark('photos/a.jpg');`, text: 'photos/a.jpg' },
    { name: 'a number', code: `mark(2026);`, text: '2026' },
    { name: 'an empty string', code: `mark('');`, text: '' },
    { name: 'a template without holes', code: 'mark(`photos/a.jpg`);', text: 'photos/a.jpg' },
    { name: 'a template with a hole', code: 'export const f = (id) => mark(`photos/${id}.jpg`);', text: 'photos/${id}.jpg' },
    { name: 'a template with a known part', code: "const prefix = 'photos'; mark(`${prefix}/a.jpg`);", text: 'photos/a.jpg' },
    { name: 'an escape in a template', code: 'mark(`a\\u002fb`);', text: 'a/b' },
    { name: 'a sum of strings', code: `mark('photos/' + 'a' + '.jpg');`, text: 'photos/a.jpg' },
    { name: 'a sum with a hole', code: `export const f = (id) => mark('photos/' + id + '.jpg');`, text: 'photos/${id}.jpg' },
    {
      name: 'a sum of many parts',
      code: `export const f = (a, b) => mark('v1/' + 'eu/' + 'photos/' + 'by/' + 'user/' + a + '/' + 'album/' + b + '/' + 'page' + '-' + '1' + '.json');`,
      text: 'v1/eu/photos/by/user/${a}/album/${b}/page-1.json',
    },
    { name: 'concat', code: `export const f = (id) => mark('photos/'.concat(id, '.jpg'));`, text: 'photos/${id}.jpg' },
    { name: 'join', code: `export const f = (id) => mark(['photos', id, 'a.jpg'].join('/'));`, text: 'photos/${id}/a.jpg' },
    { name: 'join without a separator', code: `mark(['a', 'b'].join());`, text: 'a,b' },
    { name: 'path.join', code: `import path from 'node:path'; export const f = (id) => mark(path.join('photos', id));`, text: 'photos/${id}' },
    { name: 'path.posix.join', code: `import path from 'path'; export const f = (id) => mark(path.posix.join('photos', id));`, text: 'photos/${id}' },
    { name: 'join of path', code: `import { join } from 'path'; export const f = (id) => mark(join('photos', id));`, text: 'photos/${id}' },
    { name: 'join of node:path under another name', code: `import { join as path } from 'node:path'; export const f = (id) => mark(path('photos', id));`, text: 'photos/${id}' },
    { name: 'join of path/posix', code: `import { join } from 'path/posix'; export const f = (id) => mark(join('photos', id));`, text: 'photos/${id}' },
    { name: 'join of node:path/posix as a whole', code: `import * as path from 'node:path/posix'; export const f = (id) => mark(path.join('photos', id));`, text: 'photos/${id}' },
    { name: 'posix.join', code: `import { posix } from 'node:path'; export const f = (id) => mark(posix.join('photos', id));`, text: 'photos/${id}' },
    { name: 'join of what is required', code: `const { join } = require('path'); exports.f = (id) => mark(join('photos', id));`, text: 'photos/${id}' },
    { name: 'join in a constant', code: `import { join } from 'path'; export const f = (id) => { const key = join('photos', id); mark(key); };`, text: 'photos/${id}' },
    { name: 'join puts one slash between its parts, and leaves out empty ones', code: `import { join } from 'path'; export const f = (id) => mark(join('photos/', '', '/by/', id));`, text: 'photos/by/${id}' },
    { name: 'join takes a known segment away for `..`', code: `import PATH from 'node:path'; mark(PATH.join('a/b', '..', 'frames', 'x.json'));`, text: 'a/frames/x.json' },
    { name: 'join does not know what `..` takes from a hole', code: `import { join } from 'path'; export const f = (id) => mark(join('photos', id, '..', 'x.json'));`, text: 'photos/…x.json' },
    { name: 'join of a folder and what `..` takes from it', code: `import path from 'path'; export const f = (key) => mark(path.join(path.parse(key).dir, '..', 'x.json'));`, text: '…x.json' },
    { name: 'normalize', code: `import path from 'path'; export const f = (id) => mark(path.normalize('a//./b/../' + id));`, text: 'a/${id}' },
    { name: 'resolve from a known start', code: `import path from 'path'; mark(path.resolve('/a', '../b'));`, text: '/b' },
    { name: 'resolve from the folder of the process', code: `import path from 'path'; mark(path.resolve('a', 'b'));`, text: "${path.resolve('a', 'b')}" },
    { name: 'the folder of a path that ends with a known name', code: 'import { dirname, join } from \'path\'; export const f = (id) => mark(join(dirname(`v1/${id}/a.json`), "b.json"));', text: 'v1/${id}/b.json' },
    { name: 'the folder of a path that does not, in the words of its place', code: `import { dirname, join } from 'path'; export const f = (key) => mark(join(dirname(key), 'b.json'));`, text: '${dirname(key)}/b.json' },
    { name: 'a part of a parsed path, in the words of its place', code: 'import path from "path"; export const f = (key) => { const { dir, name } = path.parse(key); mark(`${dir}/${name}.webp`); };', text: '${dir}/${name}.webp' },
    { name: 'the parts of a path together', code: `import path from 'path'; export const f = (key) => { const { dir, base } = path.parse(key); mark(path.join(dir, base)); };`, text: '${key}' },
    { name: 'format with another extension', code: `import path from 'path'; export const f = (key) => mark(path.format({ ...path.parse('a/b.jpg'), base: undefined, ext: '.webp' }));`, text: 'a/b.webp' },
    { name: 'basename without its extension', code: `import path from 'path'; mark(path.basename('a/b.jpg', path.extname('a/b.jpg')));`, text: 'b' },
    { name: 'basename without another ending', code: `import { basename } from 'path'; export const f = (key) => mark(basename(key, '.jpg'));`, text: "${basename(key, '.jpg')}" },
    { name: 'win32.join, which writes other slashes', code: `import { win32 } from 'path'; export const f = (id) => mark(win32.join('photos', id));`, text: "${win32.join('photos', id)}" },
    { name: 'join of another module', code: `import { join } from 'lodash'; export const f = (id) => mark(join('photos', id));`, text: "${join('photos', id)}" },
    { name: 'join of the file', code: "const join = (a, b) => `${a}-${b}`; export const f = (id) => mark(join('photos', id));", text: 'photos-${id}' },
    { name: 'join of unknown parts', code: `import { join } from 'path'; export const f = (parts) => mark(join(...parts));`, text: '${join(...parts)}' },
    { name: 'a constant', code: `const key = 'photos/a.jpg'; mark(key);`, text: 'photos/a.jpg' },
    { name: 'a constant of a constant', code: 'const prefix = "photos"; const key = `${prefix}/a.jpg`; mark(key);', text: 'photos/a.jpg' },
    { name: 'a constant object', code: `const keys = { state: 'state.json' } as const; mark(keys.state);`, text: 'state.json' },
    { name: 'a constant object in brackets', code: `const keys = { state: 'state.json' }; mark(keys['state']);`, text: 'state.json' },
    { name: 'a destructured constant', code: `const { state } = { state: 'state.json' }; mark(state);`, text: 'state.json' },
    { name: 'a readonly field', code: `class Store { private readonly key = 'state.json'; save() { mark(this.key); } }`, text: 'state.json' },
    { name: 'a static field', code: `class Store { static readonly key = 'state.json'; save() { mark(Store.key); } }`, text: 'state.json' },
    { name: 'a member of a string enum', code: `enum Key { State = 'state.json' } mark(Key.State);`, text: 'state.json' },
    { name: 'a member of an enum in a template', code: "enum Stage { Prod = 'prod' } mark(`${Stage.Prod}/state.json`);", text: 'prod/state.json' },
    { name: 'a cast, satisfies and !', code: `mark(('state.json' as string satisfies string)!);`, text: 'state.json' },
    { name: 'a function of the file', code: 'const keyOf = (id) => `photos/${id}.jpg`; mark(keyOf("a"));', text: 'photos/a.jpg' },
  ])('$name', ({ code, text }) => {
    expect(shown(code)).toBe(text);
  });

  it('a name that may be two values is a hole', () => {
    expect(onlyText(`let key = 'a'; if (other) key = 'b'; mark(key);`).every((piece) => typeof piece !== 'string')).toBe(true);
  });
});

describe('environment variables', () => {
  it.each([
    { name: 'with a dot', code: `mark(process.env.BUCKET);` },
    { name: 'in brackets', code: `mark(process.env['BUCKET']);` },
    { name: 'destructured', code: `const { BUCKET } = process.env; mark(BUCKET);` },
    { name: 'destructured under another name', code: `const { BUCKET: bucket } = process.env; mark(bucket);` },
    { name: 'with !', code: `mark(process.env.BUCKET!);` },
    { name: 'with as', code: `mark(process.env.BUCKET as string);` },
    { name: 'with a default', code: `mark(process.env.BUCKET ?? 'photos');` },
    { name: 'with a default after ||', code: `mark(process.env.BUCKET || '');` },
    { name: 'in a constant', code: `const bucket = process.env.BUCKET; mark(bucket);` },
    { name: 'in a constant object', code: `const config = { bucket: process.env.BUCKET }; mark(config.bucket);` },
    { name: 'with an optional chain', code: `mark(process.env?.BUCKET);` },
    { name: 'of an imported process', code: `import process from 'node:process'; mark(process.env.BUCKET);` },
    { name: 'of the global object', code: `mark(globalThis.process.env.BUCKET);` },
    { name: 'of Vite', code: `mark(import.meta.env.BUCKET);` },
    { name: 'of Bun', code: `mark(Bun.env.BUCKET);` },
    { name: 'of an import of Bun', code: `import { env } from 'bun'; mark(env.BUCKET);` },
    { name: 'of Deno', code: `mark(Deno.env.get('BUCKET'));` },
    { name: 'of Deno, through a helper', code: `const env = (name) => Deno.env.get(name); mark(env('BUCKET'));` },
    { name: 'by a constant', code: `const NAME = 'BUCKET'; mark(process.env[NAME]);` },
    { name: 'by a property of a constant', code: `const names = { data: 'BUCKET' }; mark(process.env[names.data]);` },
    { name: 'by a helper', code: `const requireEnv = (name) => process.env[name] ?? ''; mark(requireEnv('BUCKET'));` },
    { name: 'by a helper that insists', code: `function requireEnv(name) { const value = process.env[name]; if (!value) throw new Error(name); return value; } mark(requireEnv('BUCKET'));` },
    { name: 'by a helper of a helper', code: `const read = (name) => process.env[name]; const env = (name) => read(name); mark(env('BUCKET'));` },
    { name: 'of an imported env', code: `import { env } from 'node:process'; mark(env.BUCKET);` },
  ])('$name', ({ code }) => {
    const text = onlyText(code);
    expect(text).toMatchObject([{ environment: 'BUCKET' }]);
    expect(shown(code)).toBe('${process.env.BUCKET}');
  });

  it.each([
    { name: 'an env of something else', code: `const process = { env: given }; mark(process.env.BUCKET);` },
    { name: 'a name that is computed', code: `mark(process.env[name]);` },
    { name: 'one of two names', code: `let name = 'BUCKET'; if (preview) name = 'DRAFTS'; mark(process.env[name]);` },
    { name: 'a name with something before it', code: 'const env = (name) => process.env[`OLD_${name}`]; mark(env("BUCKET"));' },
    { name: 'a helper that reads from elsewhere', code: `const env = (name) => settings[name]; mark(env('BUCKET'));` },
    { name: 'a helper that is not seen', code: `import { env } from './env.js'; mark(env('BUCKET'));` },
    { name: 'a Deno of the file', code: `const Deno = { env: new Map() }; mark(Deno.env.get('BUCKET'));` },
  ])('not: $name', ({ code }) => {
    expect(onlyText(code)).not.toMatchObject([{ environment: 'BUCKET' }]);
  });

  it('a part of a name', () => {
    expect(shown('mark(`${process.env.STAGE}-photos`);')).toBe('${process.env.STAGE}-photos');
  });
});

describe('the same text', () => {
  it.each([
    { name: 'equal literals', code: `mark('a/b'); mark('a/b');` },
    { name: 'a literal and the constant that holds it', code: `const key = 'a/b'; mark(key); mark('a/b');` },
    { name: 'a template and a sum', code: "export const f = (id) => { mark(`a/${id}`); mark('a/' + id); };" },
    { name: 'one constant, whatever it holds', code: `const key = make(); mark(key); mark(key);` },
    { name: 'one parameter', code: `export const f = (key) => { mark(key); mark(key); };` },
    { name: 'one property of one parameter', code: `export const f = (user) => { mark(user.id); mark(user.id); };` },
    { name: 'a property and what is destructured from it', code: `export const f = (user) => { const { id } = user; mark(id); mark(user.id); };` },
    { name: 'a property, in dots and in brackets', code: `export const f = (user) => { mark(user.id); mark(user['id']); };` },
    { name: 'a field', code: `class Store { constructor(private readonly key: string) {} read() { mark(this.key); } write() { mark(this.key); } }` },
    { name: 'one environment variable, however it is read', code: `const { BUCKET } = process.env; mark(BUCKET); mark(process.env['BUCKET']!);` },
    { name: 'one import', code: `import { key } from './config.js'; mark(key); mark(key);` },
    { name: 'a member of an enum and its value', code: `enum Key { State = 'state.json' } mark(Key.State); mark('state.json');` },
    { name: 'one function of the file with one argument', code: 'const keyOf = (id) => `u/${id}`; export const f = (id) => { mark(keyOf(id)); mark(keyOf(id)); };' },
    { name: 'a path and its parts from path.parse', code: `import path from 'path'; export const f = (key) => { const { dir, base } = path.parse(key); mark(key); mark(path.join(dir, base)); };` },
    { name: 'a path and its folder and name', code: `const PATH = require('path'); export const f = (key) => { mark(key); mark(PATH.join(PATH.dirname(key), PATH.basename(key))); };` },
    { name: 'a path and its parts from `require(…).posix`', code: `const { dirname, basename } = require('path').posix; export const f = (key) => { mark(key); mark(dirname(key) + '/' + basename(key)); };` },
    { name: 'a path and its parts in a template', code: 'import path from "path"; export const f = (key) => { const { dir, base } = path.parse(key); mark(key); mark(`${dir}/${base}`); };' },
    { name: 'a path and its parts in a list', code: `import path from 'path'; export const f = (key) => { const at = path.parse(key); mark(key); mark([at.dir, at.base].join('/')); };` },
    { name: 'a path and its folder, name and extension', code: `import path from 'path'; export const f = (key) => { const { dir, name, ext } = path.parse(key); mark(key); mark(path.join(dir, name + ext)); };` },
    { name: 'a path and its name without and with its extension', code: 'import path from "path"; export const f = (key) => { const ext = path.extname(key); const name = path.basename(key, ext); mark(key); mark(`${path.dirname(key)}/${name}${ext}`); };' },
    { name: 'a path and its parts where its extension is known', code: 'import path from "path"; export const f = (id) => { const key = `v1/${id}.json`; const { dir, name } = path.parse(key); mark(key); mark(`${dir}/${name}.json`); };' },
    { name: 'a path that is formatted as it was parsed', code: `import path from 'path'; export const f = (key) => { mark(key); mark(path.format(path.parse(key))); };` },
    { name: 'a path that is formatted from its parts', code: `import path from 'path'; export const f = (key) => { const { dir, base } = path.parse(key); mark(key); mark(path.format({ dir, base })); };` },
    { name: 'a path that is formatted without its base, which its name and extension stand for', code: `import path from 'path'; export const f = (key) => { mark(key); mark(path.format({ ...path.parse(key), base: undefined })); };` },
    { name: 'a path and its parts under a prefix', code: 'import path from "path"; export const f = (key) => { const { dir, base } = path.parse(key); mark(`old/${key}`); mark(path.join("old", dir, base)); };' },
    { name: 'the folder of a path, by its name and by its parts', code: `import path from 'path'; export const f = (key) => { mark(path.join(path.dirname(key), 'a')); mark(path.parse(key).dir + '/a'); };` },
    { name: 'a path and the same put right', code: `import path from 'path'; mark('a/frames/x.json'); mark(path.join('a/b', '../frames', './x.json'));` },
    { name: 'a key of a pattern, by its name and by a constant', code: `const SCENE = 'scene'; export const f = (state) => { const { [SCENE]: { metadata } } = state; mark(metadata); mark(state.scene.metadata); };` },
    { name: 'a key of a pattern and of a member, by a constant', code: `const SCENE = 'scene'; export const f = (state) => { const { [SCENE]: { metadata } } = state; mark(metadata); mark(state[SCENE].metadata); };` },
    { name: 'a key of a pattern, by a constant of a constant object', code: `const keys = { scene: 'scene' } as const; export const f = (state) => { const { [keys.scene]: scene } = state; mark(scene); mark(state.scene); };` },
    { name: 'a key of a pattern, by a member of an enum', code: `enum Part { Scene = 'scene' } export const f = (state) => { const { [Part.Scene]: scene } = state; mark(scene); mark(state.scene); };` },
    { name: 'a key of a pattern that is assigned to', code: `const SCENE = 'scene'; export const f = (state) => { let scene; ({ [SCENE]: scene } = state); mark(state.scene); mark(scene); };` },
    { name: 'a key of the pattern of a parameter', code: `const SCENE = 'scene'; const keyOf = ({ [SCENE]: { metadata } }) => metadata; export const f = (state) => { mark(keyOf(state)); mark(state.scene.metadata); };` },
    { name: 'a cast and none', code: `export const f = (key: unknown) => { mark(key as string); mark(key); };` },
    {
      name: 'sums of many parts',
      code: `export const f = (a) => { mark('1' + '2' + '3' + '4' + '5' + '6' + '7' + '8' + '9' + '0' + a + 'b' + 'c'); mark('1234567890' + a + 'bc'); };`,
    },
  ])('$name', ({ code }) => {
    const [one = [], other = []] = textsIn(code);
    expect(sameText(one, other)).toBe(true);
    expect(sameText(other, one)).toBe(true);
  });
});

describe('not the same text', () => {
  it.each([
    { name: 'two literals', code: `mark('a'); mark('b');` },
    { name: 'two parameters', code: `export const f = (from, to) => { mark(from); mark(to); };` },
    { name: 'two properties', code: `export const f = (user) => { mark(user.id); mark(user.name); };` },
    { name: 'one property of two objects', code: `export const f = (a, b) => { mark(a.id); mark(b.id); };` },
    { name: 'a prefix', code: 'export const f = (id) => { mark(`a/${id}`); mark(`a/${id}/b`); };' },
    { name: 'another part between the same holes', code: 'export const f = (id) => { mark(`a/${id}`); mark(`b/${id}`); };' },
    { name: 'environment variables whose name somebody else says', code: `function get(name) { return process.env[name]; } mark(get('SOURCE')); mark(get('TARGET'));` },
    { name: 'two environment variables', code: `mark(process.env.SOURCE); mark(process.env.TARGET);` },
    { name: 'a variable and the one that shadows it', code: `const key = first(); mark(key); { const key = second(); mark(key); }` },
    { name: 'a variable that was given another value between', code: `let key = first(); mark(key); key = second(); mark(key);` },
    { name: 'two random values', code: `mark(Math.random()); mark(Math.random());` },
    { name: 'two times', code: `mark(Date.now()); mark(Date.now());` },
    { name: 'two ids', code: `mark(crypto.randomUUID()); mark(crypto.randomUUID());` },
    { name: 'a computed property', code: `export const f = (keys, i, j) => { mark(keys[i]); mark(keys[j]); };` },
    { name: 'one field of two classes', code: `class A { key; read() { mark(this.key); } } class B { key; read() { mark(this.key); } }` },
    { name: 'one function with two arguments', code: 'const keyOf = (id) => `u/${id}`; export const f = (a, b) => { mark(keyOf(a)); mark(keyOf(b)); };' },
    { name: 'one of two values, twice', code: `mark(a() ? 'x' : 'y'); mark(a() ? 'x' : 'y');` },
    { name: 'a sum of numbers and their digits', code: 'mark(`part-${1 + 1}`); mark(`part-11`);' },
    { name: 'a path and its folder with its name alone', code: `import path from 'path'; export const f = (key) => { const { dir, name } = path.parse(key); mark(key); mark(path.join(dir, name)); };` },
    { name: 'a path with another extension', code: 'import path from "path"; export const f = (key) => { const { dir, name } = path.parse(key); mark(key); mark(`${dir}/${name}.webp`); };' },
    { name: 'a path that is formatted with another extension', code: `import path from 'path'; export const f = (key) => { mark(key); mark(path.format({ ...path.parse(key), base: undefined, ext: '.webp' })); };` },
    { name: 'a path that is formatted from parts that may lack its folder', code: `import path from 'path'; export const f = (key, deep) => { const { dir, base } = path.parse(key); mark(key); mark(path.format({ base, ...(deep ? { dir } : {}) })); };` },
    { name: 'a path that is formatted from parts whose names are not all known', code: `import path from 'path'; export const f = (key, part) => { mark('a.json'); mark(path.format({ base: 'a.json', [part]: key })); };` },
    { name: 'a path that is formatted after its base was replaced', code: `import path from 'path'; export const f = (key, base) => { const parts = path.parse(key); parts.base = base; mark(key); mark(path.format(parts)); };` },
    { name: 'a path and its name in the folder of another', code: `import path from 'path'; export const f = (key, other) => { mark(key); mark(path.join(path.dirname(other), path.basename(key))); };` },
    { name: 'a path and the parts of what its name stood for before', code: `import path from 'path'; export const f = (key) => { const { dir, base } = path.parse(key); key = key + '.bak'; mark(key); mark(path.join(dir, base)); };` },
    { name: 'a path and its parts by functions that are not of node:path', code: `import path from './path.js'; export const f = (key) => { mark(key); mark(path.join(path.dirname(key), path.basename(key))); };` },
    { name: 'a path and its parts with the slashes of Windows', code: `import { win32 } from 'path'; export const f = (key) => { mark(key); mark(win32.join(win32.dirname(key), win32.basename(key))); };` },
    { name: 'a path and what `..` makes of it', code: `mark('a/b/../c'); mark('a/c');` },
    { name: 'two names in what `..` leaves of two holes', code: `import { join } from 'path'; export const f = (a, b) => { mark(join(a, '..', 'x')); mark(join(b, '..', 'x')); };` },
    { name: 'keys of a pattern by two constants', code: `const A = 'a'; const B = 'b'; export const f = (state) => { const { [A]: { key } } = state; const { [B]: { key: other } } = state; mark(key); mark(other); };` },
    { name: 'a key of a pattern by a name that may be two', code: `let part = 'scene'; export const use = (other) => { part = other; }; export const f = (state) => { const { [part]: scene } = state; mark(scene); mark(state.scene); };` },
    { name: 'a key of a pattern by a constant that a parameter hides', code: `const SCENE = 'scene'; export const f = (state, SCENE) => { const { [SCENE]: scene } = state; mark(scene); mark(state.scene); };` },
    { name: 'a key of a pattern by a property that is written', code: `const keys = { part: 'scene' }; export const use = (other) => { keys.part = other; }; export const f = (state) => { const { [keys.part]: scene } = state; mark(scene); mark(state.scene); };` },
    { name: 'a counter and its next value', code: `export const f = (n) => { mark('v' + n); mark('v' + (n + 1)); };` },
  ])('$name', ({ code }) => {
    const [one = [], other = []] = textsIn(code);
    expect(sameText(one, other)).toBe(false);
    expect(sameText(other, one)).toBe(false);
  });
});
