import { describe, expect, it } from 'vitest';

import { parse, recommended, type Language } from './parse.js';

interface Case {
  readonly name: string;
  readonly code: string;
  readonly language?: Language;
  /** What the rules report, where it matters. */
  readonly reports?: readonly string[];
}

const milliseconds = 2000;

const sdk = `
import { DeleteObjectCommand as Delete, GetObjectCommand as Get, PutObjectCommand as Put, S3 } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
`;

/** Neither crashes nor hangs: the rules may take two seconds more than the parser. */
function check({ code, language, reports }: Case): void {
  const start = performance.now();
  parse(code, language);
  const parsed = performance.now();
  const messages = recommended(code, language);
  const took = performance.now() - parsed - (parsed - start);
  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  if (reports) expect(messages.map(({ ruleId }) => ruleId)).toEqual(reports);
  expect(took).toBeLessThan(milliseconds);
}

const blind = 's3/no-blind-overwrite';
const lost = 's3/no-lost-update';
const put = (input: string): string => `client.send(new Put(${input}));`;

describe('arguments', () => {
  it.each<Case>([
    { name: 'an empty file', code: '', reports: [] },
    { name: 'a file of comments', code: '// @aws-sdk/client-s3\n/* s3.putObject({ Bucket }) */', reports: [] },
    { name: 'imports alone', code: sdk, reports: [] },
    { name: 'commands without arguments', code: `${sdk} client.send(new Get()); client.send(new Delete());` },
    { name: 'a command without arguments that nobody sends', code: `${sdk} new Put();` },
    { name: 'a command without parentheses', code: `${sdk} client.send(new Put);` },
    { name: 'a command class as a value', code: `${sdk} export const commands = [Put, Get]; client.send(Put);`, reports: [] },
    { name: 'a command that is called without new', code: `${sdk} client.send(Put({ Bucket: 'b', Key: 'k' }));`, reports: [] },
    { name: 'spread arguments', code: `${sdk} client.send(new Put(...inputs)); new S3(...options).putObject(...inputs); new Upload(...uploads).done();`, reports: [] },
    { name: 'a spread in the object', code: `${sdk} ${put('{ ...inputs[0], ...(await load()), ...[], ..."text" }')}`, reports: [] },
    { name: 'arguments that are no object', code: `${sdk} ${put('null')} ${put('1')} ${put('"text"')} ${put('[]')} ${put('() => {}')} ${put('class {}')} ${put('/x/')} ${put('1n')}` },
    { name: 'an Upload without options, and without params', code: `${sdk} new Upload(); new Upload({}).done(); new Upload({ client, params: undefined });` },
    { name: 'send without arguments', code: `${sdk} client.send(); client.send(...[]); new S3().putObject(); new S3().putObject(() => {});` },
    { name: 'getSignedUrl without arguments', code: `import { getSignedUrl } from '@aws-sdk/s3-request-presigner'; getSignedUrl(); getSignedUrl(client); getSignedUrl(...all);`, reports: [] },
    { name: 'v2 without arguments', code: `const AWS = require('aws-sdk'); const s3 = new AWS.S3(); s3.upload(); s3.getSignedUrl(); s3.getSignedUrl('putObject'); new AWS.S3.ManagedUpload(); s3.getSignedUrl(name, {});`, language: 'commonjs' },
    { name: 'minio without arguments', code: `const { Client } = require('minio'); const minio = new Client(); minio.putObject(); minio.putObject('b'); minio.copyObject(); minio.fPutObject(...all);`, language: 'commonjs' },
    { name: 'require without arguments', code: `const a = require(); const b = require(name); const c = require(...names); // aws-sdk`, language: 'commonjs', reports: [] },
    { name: 'an import of a name that is worked out', code: `const sdk = await import('@aws-sdk/client-' + 's3'); client.send(new sdk.PutObjectCommand({ Bucket: 'b', Key: 'k' }));`, reports: [] },
  ])('$name', check);
});

describe('names', () => {
  it.each<Case>([
    { name: 'a class named like a command', code: `import '@aws-sdk/client-s3'; class PutObjectCommand {} client.send(new PutObjectCommand({ Bucket: 'b', Key: 'k' }));`, reports: [] },
    { name: 'a class that extends a command', code: `${sdk} class Create extends Put { constructor(input) { super({ ...input, IfNoneMatch: '*' }); } } client.send(new Create({ Bucket: 'b', Key: 'k' }));`, language: 'javascript', reports: [] },
    { name: 'a class that extends itself', code: `${sdk} class A extends A { save() { return this.putObject({ Bucket: 'b', Key: 'k' }); } } new A().putObject({ Bucket: 'b', Key: 'k' });`, language: 'javascript' },
    { name: 'two classes that extend each other', code: `${sdk} class A extends B { x() { this.s3.putObject({ Bucket: 'b', Key: 'k' }); } } class B extends A {} new A().putObject({ Bucket: 'b', Key: 'k' });`, language: 'javascript' },
    { name: 'properties of Object.prototype', code: `${sdk} ${put(`{ Bucket: 'b', Key: 'k', constructor: 1, toString, hasOwnProperty: 2, ['__proto__']: null, __proto__: base }`)} new S3().constructor(); new S3().toString({ Bucket: 'b' }); new S3().__proto__();` },
    { name: 'methods named like properties of Object.prototype', code: `const { Client } = require('minio'); const m = new Client(); m.constructor('b', 'k'); m.hasOwnProperty('b'); m.toString(); m.valueOf(1);`, language: 'commonjs', reports: [] },
    { name: 'names in other letters', code: `${sdk} const schlüssel = 'k', キー = schlüssel; client.send(new Put({ Bucket: 'b', Key: キー, Body: 'x' }));`, reports: [blind] },
    { name: 'a name that is used before its declaration', code: `${sdk} client.send(new Put(input)); const input = { Bucket: 'b', Key: key }; const key = input.Key;` },
    { name: 'a variable that is declared twice', code: `var s3 = require('@aws-sdk/client-s3'); var s3 = require('./other'); var { S3 } = s3; new S3({}).putObject({ Bucket: 'b', Key: 'k' });`, language: 'script' },
    { name: 'arguments and this of a script', code: `const { PutObjectCommand: Put } = require('@aws-sdk/client-s3'); function f() { return new Put(arguments[0]); } f(this); this.s3.putObject({ Bucket: 'b', Key: this.key });`, language: 'script' },
  ])('$name', check);
});

describe('cycles', () => {
  it.each<Case>([
    { name: 'constants that stand for each other', code: `${sdk} const a = b; var b = a; ${put('a')} ${put("{ Bucket: 'b', Key: a, Body: b }")}` },
    { name: 'a constant that stands for itself', code: `${sdk} const a = a; ${put('a')} ${put("{ Bucket: 'b', Key: a, ...a }")}` },
    { name: 'a ring of constants', code: `${sdk} var a = b, b = c, c = d, d = a; ${put("{ Bucket: a, Key: b, Body: c, ...d }")}` },
    { name: 'a spread of itself', code: `${sdk} const input = { Bucket: 'b', ...input }; ${put('input')}` },
    { name: 'an input that is spread again and again', code: `${sdk} let input = { Bucket: 'b', Key: 'k' }; input = { ...input, Body: body }; input = { ...input, Tagging: tags }; for (const x of all) input = { ...input, ...x }; ${put('input')}` },
    { name: 'objects that hold each other', code: `${sdk} const a = { b: () => b, ...b }; const b = { a, ...a }; ${put('a.b')} ${put('{ ...b.a.b.a }')}` },
    { name: 'an object that is assigned to itself', code: `${sdk} const o = { Key: 'k' }; o.self = o; Object.assign(o, o, o.self); o.Key = o.self.Key; ${put('o.self.self.self')} ${put("{ Bucket: 'b', Key: o.Key }")}` },
    { name: 'a destructuring of itself', code: `${sdk} const { a, b: { c } = a, ...rest } = { a, b: c, ...rest }; ${put("{ Bucket: a, Key: c, ...rest }")}` },
    { name: 'a destructuring that swaps', code: `${sdk} let a = 'x', b = 'y'; [a, b] = [b, a]; ({ a, b } = { a: b, b: a }); ${put("{ Bucket: a, Key: b, Body: a }")}` },
    { name: 'a default that stands for itself', code: `${sdk} function f(a = b, b = a, { c = c } = {}) { ${put("{ Bucket: a, Key: b, Body: c }")} } f(); f(f());` },
    { name: 'a function that calls itself', code: `${sdk} function build(n) { return n ? { ...build(n - 1), Key: build(n).Key } : build(0); } ${put('build(3)')}` },
    { name: 'builders that call each other', code: `${sdk} const even = (n) => ({ ...odd(n - 1), Bucket: 'b' }); const odd = (n) => ({ ...even(n - 1), Key: even(n).Key }); ${put('even(4)')} ${put('odd(3)')}` },
    { name: 'keys that functions make of each other', code: `${sdk} const a = (x) => b(x) + c(x); const b = (x) => c(x) + a(x); const c = (x) => a(x) + b(x); ${put("{ Bucket: 'b', Key: a(1), Body: b(c(a(2))) }")}` },
    { name: 'a function that returns itself', code: `${sdk} const f = () => f; ${put('f()()()()')} ${put("{ Bucket: 'b', Key: f()(), ...f }")}` },
    { name: 'a function that is given itself', code: `${sdk} const omega = (x) => x(x); ${put('omega(omega)')} ${put("{ Bucket: 'b', Key: omega(omega), Body: 'x' }")}` },
    { name: 'a fixed point', code: `${sdk} const Y = (f) => ((x) => x(x))((x) => f((y) => x(x)(y))); const keyOf = Y((again) => (n) => (n ? again(n - 1) : 'k')); ${put("{ Bucket: 'b', Key: keyOf(3), Body: 'x' }")}` },
    {
      name: 'a read-modify-write that calls itself',
      code: `${sdk}
export async function update(key, tries) {
  const current = await client.send(new Get({ Bucket: 'b', Key: key }));
  const body = (await current.Body.transformToString()) + 'x';
  ${put("{ Bucket: 'b', Key: key, Body: body }")}
  return tries > 0 ? update(key, tries - 1) : body;
}`,
      language: 'javascript',
      reports: [lost],
    },
    { name: 'mutually recursive readers and writers', code: `${sdk} async function read(k) { const r = await client.send(new Get({ Bucket: 'b', Key: k })); return r ?? write(k); } async function write(k) { const r = await read(k); await ${put("{ Bucket: 'b', Key: k, Body: r.Body }")} return read(k); }` },
    { name: 'fields that are made of each other', code: `${sdk} class A { a = this.b; b = this.c; c = { ...this.a, ...this.b }; get d() { return this.e; } get e() { return this.d; } save() { ${put('this.c')} ${put("{ Bucket: this.d, Key: this.e, ...this.a }")} } }`, language: 'javascript' },
    {
      name: 'an object that is made anew of what it held, under a name that is worked out',
      code: `${sdk} export const add = async (old, name, rows) => { let all = old; all = { [name]: all[name].concat(rows) }; ${put("{ Bucket: 'b', Key: 'k', Body: JSON.stringify(all) }")} };`,
      language: 'javascript',
      reports: [blind],
    },
    {
      name: 'two objects that are made anew of each other',
      code: `${sdk} let a = {}, b = {}; a = { [x]: b[y].z.call(a[y].z()) }; b = { [x]: a[y].z.call(b[x].z()) }; ${put("{ Bucket: 'b', Key: a[x].z.key(), Body: b[y].z() }")}`,
      language: 'javascript',
    },
    {
      name: 'functions under names that are worked out, each in one of the others',
      code: `${sdk} const f = (x) => ({ [x]: f(x)[x].g(f)[x], [x + 1]: g(x)[x].f(g) }); const g = (x) => ({ [x]: f(g)[x].f(x), ...g(f)[x].g(x) }); ${put("{ Bucket: 'b', Key: f(1)[2].g(3), Body: g(f)[x].f(g)[y].g(f) }")}`,
      language: 'javascript',
    },
    { name: 'a class that makes itself', code: `${sdk} class A { other = new A(); input = this.other.input; save() { ${put('this.other.other.input')} this.other.other.putObject({ Bucket: 'b', Key: 'k' }); } }`, language: 'javascript' },
    { name: 'types that stand for each other', code: `${sdk} type A = B; type B = A; interface I extends I { i: I; a: A } function f(a: A, i: I) { a.putObject({ Bucket: 'b', Key: 'k' }); i.i.i.a.putObject({ Bucket: 'b', Key: 'k' }); }` },
    { name: 'a variable whose type is its own', code: `${sdk} const s3: typeof s3 = make(); s3.putObject({ Bucket: 'b', Key: 'k' });` },
    { name: 'enums that are made of each other', code: `${sdk} enum A { X = B.X } enum B { X = A.X, Y = Y } ${put("{ Bucket: A.X, Key: B.Y, Body: 'x' }")}` },
  ])('$name', check);
});

describe('syntax', () => {
  it.each<Case>([
    { name: 'getters and setters', code: `${sdk} const o = { get input() { return { Bucket: 'b', Key: 'k' }; }, set input(value) { this.x = value; } }; ${put('o.input')} ${put('{ get Bucket() { return b; }, get Key() { throw 1; }, set Body(x) {} }')}`, language: 'javascript' },
    { name: 'generators', code: `${sdk} function* inputs() { const x = yield { Bucket: 'b', Key: 'k' }; yield* inputs(); return x; } for (const input of inputs()) { ${put('input')} } ${put('inputs().next().value')} ${put('[...inputs()][0]')}`, language: 'javascript' },
    { name: 'async generators and for await', code: `${sdk} async function* read() { for await (const { Key } of list()) yield client.send(new Get({ Bucket: 'b', Key })); } for await (const { Body } of read()) ${put("{ Bucket: 'b', Key: 'k', Body }")}`, language: 'javascript' },
    { name: 'class expressions', code: `${sdk} const A = class B { static s3 = new S3({}); static { B.s3.putObject({ Bucket: 'b', Key: 'k', Body: 'x' }); } }; new (class extends A { x = A.s3.putObject({ Bucket: 'b', Key: 'k' }); })();`, language: 'javascript' },
    { name: 'labels', code: `${sdk} outer: for (;;) { inner: while (true) { block: { if (a) break block; ${put("{ Bucket: 'b', Key: 'k', Body: 'x' }")} } if (b) continue outer; break outer; } }`, language: 'javascript', reports: [blind] },
    { name: 'switches that fall through', code: `${sdk} switch (a) { case 1: case b: { ${put("{ Bucket: 'b', Key: 'k', Body: 'x' }")} } default: case 3: break; }`, language: 'javascript', reports: [blind] },
    { name: 'loops without parts', code: `${sdk} for (;;); for (let i; ; ) ${put("{ Bucket: 'b', Key: i }")} do ; while (0); for (const x in y) ${put("{ Bucket: 'b', Key: x }")} for (a.b of c) ${put('a.b')} for ([a.b] of c);`, language: 'javascript' },
    { name: 'patterns with holes and defaults', code: `${sdk} const [, , a = 'x', ...[b, { c = b }]] = all; const { [a]: d, ['e']: e, 1: f, ...g } = b; ${put("{ Bucket: a, Key: c, Body: d, Tagging: e, ACL: f, ...g }")}`, language: 'javascript' },
    { name: 'arrays with holes', code: `${sdk} const [a, b] = [, 'k', ...c]; ${put("{ Bucket: a, Key: b, Body: [, ,][0] }")}`, language: 'javascript' },
    { name: 'a sequence, void and typeof', code: `${sdk} client.send((0, new Put((log(), { Bucket: 'b', Key: 'k', Body: void 0 })))); (0, client.send)(new Put({ Bucket: typeof a, Key: !b }));`, language: 'javascript' },
    { name: 'tagged templates', code: `${sdk} ${put("{ Bucket: 'b', Key: String.raw`\\u`, Body: tag`${x}\\unicode` }")}`, language: 'javascript' },
    { name: 'new.target, import.meta and private names', code: `${sdk} class A { #s3 = new S3({}); has(x) { return #s3 in x && new.target && x.#s3.putObject({ Bucket: import.meta.url, Key: import.meta.env.KEY }); } }`, language: 'javascript' },
    { name: 'optional calls and deep chains', code: `${sdk} a?.b?.[c]?.(d)?.putObject?.({ Bucket: 'b', Key: e?.f?.()?.g }); delete a?.b; (a?.b).c; ${put("a?.b?.(c)?.d")}`, language: 'javascript' },
    { name: 'assignments as values', code: `${sdk} let a, b; ${put("(a = { Bucket: 'b', Key: (b ||= 'k'), Body: (b += 'x'), ACL: a ?? (b &&= c), Tagging: b++ })")} a.Key += 'y'; a['Key']++; delete a[b];`, language: 'javascript' },
    { name: 'a script without modules', code: `'use strict'; var AWS = require('aws-sdk'); var s3 = new AWS.S3(); s3.putObject({ Bucket: 'b', Key: 'k', Body: 'x' }, function () {});`, language: 'script', reports: [blind] },
    { name: 'a script in sloppy mode', code: `var AWS = require('aws-sdk'); s3 = new AWS.S3(); function s3Put(a, a) { undeclared = s3.putObject({ Bucket: 'b', Key: a }); } label: s3Put(010);`, language: 'script' },
    { name: 'a prototype of old', code: `var AWS = require('aws-sdk'); function Store() { this.s3 = new AWS.S3(); } Store.prototype.put = function (key) { var self = this; self.s3.putObject({ Bucket: 'b', Key: key }, function () { self.put(key); }); };`, language: 'script' },
    { name: 'a hashbang and a byte-order mark', code: `\uFEFF#!/usr/bin/env node\nconst { PutObjectCommand: Put } = require('@aws-sdk/client-s3');\r\n${put("{ Bucket: 'b', Key: 'k', Body: 'x' }")}\u2028`, language: 'commonjs', reports: [blind] },
    { name: 'return at the top of a CommonJS file', code: `const { PutObjectCommand: Put } = require('@aws-sdk/client-s3'); if (!key) return; ${put("{ Bucket: 'b', Key: key, Body: 'x' }")}`, language: 'commonjs', reports: [blind] },
    { name: 'import = require and export =', code: `import sdk = require('@aws-sdk/client-s3'); import Put = sdk.PutObjectCommand; const save = () => client.send(new Put({ Bucket: 'b', Key: 'k', Body: 'x' })); export = save;` },
    { name: 'decorators', code: `${sdk} @injectable() class A { @inject('s3') private readonly s3!: S3; constructor(@inject(put({ Bucket: 'b' })) readonly b: string) {} @retry({ times: 3 }) async save(@key() k: string) { await this.s3.putObject({ Bucket: this.b, Key: k, Body: 'x' }); } }`, reports: [blind] },
    { name: 'abstract members, overloads and index signatures', code: `${sdk} abstract class A { abstract s3: S3; declare readonly b: string; [name: string]: unknown; save(k: string): void; save(k: number): void; save(k: unknown) { this.s3.putObject({ Bucket: this.b, Key: k as string }); } accessor x = 1; } declare function build(): object; ${put('build()')}` },
    { name: 'namespaces and declarations', code: `${sdk} namespace N { export const input = { Bucket: 'b', Key: 'k' }; export namespace M { export import I = N.input; } } declare module 'x' { export const y: S3; } declare global { var z: S3; } ${put('N.input')} z.putObject({ Bucket: 'b', Key: N.M.I.Key });` },
    { name: 'using, satisfies, casts of casts and type arguments', code: `${sdk} { using s3 = new S3({}); (<S3>(<unknown>s3)).putObject<never>({ Bucket: 'b', Key: 'k' } satisfies object as never); } const P = Put<string>; client.send(new P({ Bucket: 'b' }));` },
    { name: 'computed members of a class', code: `${sdk} class A { [k] = new S3({}); ['s3'] = new S3({}); static [Symbol.iterator]() { this.s3.putObject({ Bucket: 'b', Key: 'k' }); } 'quoted name'() { this['s3'].putObject({ Bucket: 'b', Key: 'k' }); } 1() {} }`, language: 'javascript' },
    { name: 'exports of exports', code: `export * from '@aws-sdk/client-s3'; export * as sdk from '@aws-sdk/client-s3'; export { PutObjectCommand as default } from '@aws-sdk/client-s3'; export { S3 as 'a name' } from '@aws-sdk/client-s3';`, language: 'javascript', reports: [] },
  ])('$name', check);
});

const times = (count: number, make: (index: number) => string, between = ''): string => Array.from({ length: count }, (_, index) => make(index)).join(between);
const nested = (count: number, open: string, inner: string, close: string): string => open.repeat(count) + inner + close.repeat(count);

describe('size', () => {
  it.each<Case>([
    {
      name: '10,000 lines in 500 functions that each lose an update',
      code:
        sdk +
        times(500, (i) => `
export async function update${i}(key) {
  const current = await client.send(new Get({ Bucket: 'b', Key: key }));
  const state = JSON.parse(await current.Body.transformToString());
${times(14, (j) => `  state.field${j} = (state.field${j} ?? 0) + 1;`, '\n')}
  await client.send(new Put({ Bucket: 'b', Key: key, Body: JSON.stringify(state) }));
}`),
      reports: times(500, () => lost, ' ').split(' '),
    },
    {
      name: '10,000 lines in one function',
      code: `${sdk}
export async function update(key) {
  const current = await client.send(new Get({ Bucket: 'b', Key: key }));
  const state = JSON.parse(await current.Body.transformToString());
${times(10_000, (i) => `  state.field${i} = (state.field${i} ?? 0) + 1;`, '\n')}
  await client.send(new Put({ Bucket: 'b', Key: key, Body: JSON.stringify(state) }));
}`,
    },
    { name: '10,000 lines that touch S3 once', code: `${sdk}${times(10_000, (i) => `export const name${i} = (a) => call${i}(a, ${i});`, '\n')}\n${put("{ Bucket: 'b', Key: 'k', Body: 'x' }")}`, reports: [blind] },
    { name: '10,000 constants, each made of the one before', code: `${sdk}const v0 = 'k';\n${times(10_000, (i) => `const v${i + 1} = v${i};`, '\n')}\n${put("{ Bucket: 'b', Key: v10000, Body: 'x' }")}`, reports: [blind] },
    { name: '10,000 lines that change one input', code: `${sdk}const input = { Bucket: 'b', Key: 'k' };\n${times(10_000, (i) => `input.field${i} = ${i};`, '\n')}\n${put('input')}`, reports: [blind] },
    { name: '10,000 lines that assign one variable', code: `${sdk}let key = 'k';\n${times(10_000, (i) => `key = key + ${i};`, '\n')}\n${put("{ Bucket: 'b', Key: key, Body: key }")}`, reports: [blind] },
    { name: 'a literal of 10,000 properties', code: `${sdk}${put(`{ Bucket: 'b', Key: 'k', Metadata: { ${times(10_000, (i) => `m${i}: 'x'`, ', ')} } }`)}`, reports: [blind] },
    { name: 'an input of 5,000 properties', code: `${sdk}${put(`{ Bucket: 'b', Key: 'k', ${times(5_000, (i) => `m${i}: 'x'`, ', ')} }`)}`, reports: [blind] },
    { name: 'a sum of 5,000 texts, in constants of 250', code: `${sdk}${times(20, (i) => `const part${i} = ${times(250, (j) => `'t${j}'`, ' + ')};\n`)}${put(`{ Bucket: 'b', Key: ${times(20, (i) => `part${i}`, ' + ')}, Body: 'x' }`)}`, language: 'javascript', reports: [blind] },
    { name: 'a template of 5,000 parts', code: `${sdk}${put(`{ Bucket: 'b', Key: \`${times(5_000, (i) => `/\${k${i}}`)}\`, Body: 'x' }`)}`, reports: [blind] },
    { name: 'a key of a million characters', code: `${sdk}${put(`{ Bucket: 'b', Key: '${'k'.repeat(1_000_000)}', Body: 'x' }`)}`, reports: [blind] },
    { name: '120 levels of calls in the key', code: `${sdk}${put(`{ Bucket: 'b', Key: ${nested(120, 'f(', 'k', ')')}, Body: 'x' }`)}`, language: 'javascript', reports: [blind] },
    { name: '120 calls of a function of the file in each other', code: `${sdk}const f = (x) => x + 'y';\n${put(`{ Bucket: 'b', Key: ${nested(120, 'f(', 'k', ')')}, Body: 'x' }`)}`, language: 'javascript', reports: [blind] },
    { name: '500 members', code: `${sdk}${put(`{ Bucket: 'b', Key: a${'.b'.repeat(500)}, Body: 'x' }`)}`, language: 'javascript', reports: [blind] },
    { name: '120 .then in a row', code: `${sdk}client.send(new Get({ Bucket: 'b', Key: 'k' }))${'.then((x) => x)'.repeat(120)}.then((x) => ${put("{ Bucket: 'b', Key: 'k', Body: x }").slice(0, -1)});`, language: 'javascript' },
    { name: 'deep objects in the body', code: `${sdk}${put(`{ Bucket: 'b', Key: 'k', Body: ${nested(120, '{ a: ', '1', ' }')} }`)}`, reports: [blind] },
    { name: 'deep spreads in the input', code: `${sdk}${put(nested(120, '{ ...', '{ Key: 1 }', ' }'))}` },
    { name: 'deep ternaries', code: `${sdk}${put(`{ Bucket: 'b', Key: ${'c ? k : '.repeat(120)} k, Body: 'x' }`)}`, language: 'javascript', reports: [blind] },
    { name: 'deep functions', code: `${sdk}${nested(120, '(() => ', put("{ Bucket: 'b', Key: 'k', Body: 'x' }").slice(0, -1), ')')}`, language: 'javascript', reports: [blind] },
    { name: 'deep conditions', code: `${sdk}${nested(120, 'if (a) {', put("{ Bucket: 'b', Key: 'k', Body: 'x' }"), '}')}`, language: 'javascript', reports: [blind] },
    { name: '300 conditions on what was read', code: `${sdk}const r = await client.send(new Get({ Bucket: 'b', Key: 'k' }));\n${times(300, (i) => `if (r.a${i}) r.b${i} = r.c${i};`, '\n')}\n${put("{ Bucket: 'b', Key: 'k', Body: r.Body }")}`, language: 'javascript', reports: [lost] },
    { name: 'a wrapper that is called 1,000 times', code: `${sdk}const save = (Key, Body) => ${put("{ Bucket: 'b', Key, Body }")}\n${times(1_000, (i) => `save('k${i}', body);`, '\n')}` },
    { name: 'wrappers that each call two more', code: `${sdk}const f0 = (input) => client.send(new Put(input));\n${times(30, (i) => `const f${i + 1} = (input) => { f${i}({ ...input, a: 1 }); return f${i}({ ...input, b: 2 }); };`, '\n')}\nf30({ Bucket: 'b', Key: 'k' });`, language: 'javascript' },
    { name: 'builders that each spread two more', code: `${sdk}const b0 = () => ({ Bucket: 'b' });\n${times(30, (i) => `const b${i + 1} = () => ({ ...b${i}(), ...b${i}() });`, '\n')}\n${put('b30()')}`, language: 'javascript' },
    { name: 'constants that each spread two more', code: `${sdk}const c0 = { Bucket: 'b' };\n${times(30, (i) => `const c${i + 1} = { ...c${i}, ...c${i} };`, '\n')}\n${put('c30')}`, language: 'javascript' },
    { name: 'a value that is made of itself, by two calls in turn', code: `${sdk}let q; export const f = (a) => { q = q.upload({ Bucket: 'b', Key: a }); q = q.copyObject({ Bucket: 'b', Key: a }); };`, language: 'javascript' },
    { name: 'texts that are each twice as long', code: `${sdk}const t0 = 'k';\n${times(30, (i) => `const t${i + 1} = t${i} + t${i};`, '\n')}\n${put("{ Bucket: 'b', Key: t30, Body: t30 }")}`, language: 'javascript', reports: [blind] },
    { name: 'functions that each call two more for the key', code: `${sdk}const k0 = (x) => x;\n${times(30, (i) => `const k${i + 1} = (x) => k${i}(x) + k${i}(x);`, '\n')}\n${put("{ Bucket: 'b', Key: k30('k'), Body: 'x' }")}`, language: 'javascript', reports: [blind] },
    { name: 'ternaries of ternaries by name', code: `${sdk}const p0 = a ? { Key: 'k' } : { Key: 'l' };\n${times(30, (i) => `const p${i + 1} = x${i} ? p${i} : { ...p${i}, b: 1 };`, '\n')}\n${put('p30')}`, language: 'javascript' },
  ])('$name', check);
});

// Parsers recurse, and how deep they get depends on the stack that is left: a file that they refuse is no concern of the
// rules, and what they take has to get through the rules as well.
describe('depth at which parsers give up', () => {
  it.each<Case & { readonly language: Language }>([
    { name: 'a sum of 5,000 texts', code: `${sdk}${put(`{ Bucket: 'b', Key: ${times(5_000, (i) => `'t${i}'`, ' + ')}, Body: 'x' }`)}`, language: 'javascript' },
    { name: 'a sum of 5,000 texts in a constant', code: `${sdk}const key = ${times(5_000, (i) => `'t${i}'`, ' + ')};\n${put("{ Bucket: 'b', Key: key, Body: key }")}`, language: 'javascript' },
    { name: 'a sum of 1,000 texts', code: `${sdk}${put(`{ Bucket: 'b', Key: ${times(1_000, (i) => `'t${i}'`, ' + ')}, Body: 'x' }`)}`, language: 'typescript' },
    { name: '1,000 levels of calls', code: `${sdk}${put(`{ Bucket: 'b', Key: 'k', Body: ${nested(1_000, 'f(', '1', ')')} }`)}`, language: 'javascript' },
    { name: '1,000 levels of calls of a function of the file', code: `${sdk}const f = (x) => x;\n${put(`{ Bucket: 'b', Key: ${nested(1_000, 'f(', '1', ')')}, Body: 'x' }`)}`, language: 'javascript' },
    { name: '1,000 levels of objects', code: `${sdk}${put(`{ Bucket: 'b', Key: 'k', Body: ${nested(1_000, '{ a: ', '1', ' }')} }`)}`, language: 'javascript' },
    { name: '500 levels of calls', code: `${sdk}${put(`{ Bucket: 'b', Key: ${nested(500, 'f(', '1', ')')}, Body: 'x' }`)}`, language: 'typescript' },
    { name: '1,000 levels of members', code: `${sdk}${put(`{ Bucket: 'b', Key: a${'.b'.repeat(1_000)}, Body: 'x' }`)}`, language: 'typescript' },
  ])('$name', ({ code, language }) => {
    const start = performance.now();
    const messages = recommended(code, language);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject(messages[0]?.fatal ? { ruleId: null } : { ruleId: blind });
    expect(performance.now() - start).toBeLessThan(milliseconds);
  });
});
