import { describe, expect, it } from 'vitest';

import { inputShape } from '../../src/calls/s3-call.js';
import { s3CallsOf } from '../../src/calls/s3-calls.js';
import { propertyOf, type Reason } from '../../src/calls/shapes.js';
import { parse } from './parse.js';

/** What is known of a property: the texts of its values, `sometimes` where it is not set on every path. */
type Answer =
  | { readonly known: readonly string[]; readonly sometimes?: true }
  | 'absent'
  | `unknown: ${Reason}`;

interface Case {
  readonly name: string;
  readonly code: string;
  readonly property?: string;
  readonly is: Answer;
}

const sdk = `
import { PutObjectCommand as Put, S3 } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import AWS from 'aws-sdk';
import { Client as Minio } from 'minio';
`;

/** The answer for the last S3 call of the code: for its `IfMatch`, if nothing else is asked. */
function answer(code: string, property = 'IfMatch'): Answer {
  const sourceCode = parse(sdk + code);
  const call = s3CallsOf(sourceCode).at(-1);
  if (!call) throw new Error(`No S3 call in ${code}`);
  const value = propertyOf(inputShape(call, null, sourceCode), property);
  if (value.kind === 'absent') return 'absent';
  if (value.kind === 'unknown') return `unknown: ${value.reason}`;
  const known = value.values.map(({ node }) => sourceCode.getText(node));
  return value.always ? { known } : { known, sometimes: true };
}

const check = ({ code, property, is }: Case): void => {
  expect(answer(code, property)).toEqual(is);
};

describe('known', () => {
  it.each<Case>([
    { name: 'a property of a literal', code: `new Put({ Bucket: 'b', Key: 'k', IfMatch: head.ETag });`, is: { known: ['head.ETag'] } },
    { name: 'a shorthand', code: `new Put({ Bucket: 'b', Key: 'k', IfMatch });`, is: { known: ['IfMatch'] } },
    { name: 'a name in quotes', code: `new Put({ 'IfMatch': etag });`, is: { known: ['etag'] } },
    { name: 'a computed name that is a literal', code: `new Put({ ['IfMatch']: etag });`, is: { known: ['etag'] } },
    { name: 'a computed name that is a constant', code: `const header = 'IfMatch'; new Put({ [header]: etag });`, is: { known: ['etag'] } },
    { name: 'the last of two: it is what the object holds', code: `new Put({ IfMatch: first, IfMatch: second });`, is: { known: ['second'] } },
    { name: 'a variable', code: `const input = { Bucket: 'b', IfMatch: etag }; new Put(input);`, is: { known: ['etag'] } },
    { name: 'a variable that stands for another', code: `const a = { IfMatch: etag }; const b = a; new Put(b);`, is: { known: ['etag'] } },
    { name: 'a spread', code: `const guard = { IfMatch: etag }; new Put({ Bucket: 'b', ...guard });`, is: { known: ['etag'] } },
    {
      name: 'nested spreads',
      code: `const a = { IfMatch: etag }; const b = { ...a, Bucket: 'b' }; new Put({ ...{ ...b }, Key: 'k' });`,
      is: { known: ['etag'] },
    },
    { name: 'what is written after a spread', code: `const a = { IfMatch: old }; new Put({ ...a, IfMatch: etag });`, is: { known: ['etag'] } },
    { name: 'what a spread overwrites', code: `const a = { IfMatch: etag }; new Put({ IfMatch: old, ...a });`, is: { known: ['etag'] } },
    { name: 'a property beside an unreadable spread', code: `export const f = (rest) => new Put({ ...rest, IfMatch: etag });`, is: { known: ['etag'] } },
    { name: 'a conditional spread', code: `new Put({ ...(etag ? { IfMatch: etag } : {}) });`, is: { known: ['etag'], sometimes: true } },
    { name: 'a spread of a && b', code: `new Put({ Bucket: 'b', ...(etag && { IfMatch: etag }) });`, is: { known: ['etag'], sometimes: true } },
    {
      name: 'a conditional spread that sets it in both branches',
      code: `new Put({ ...(a ? { IfMatch: first } : { IfMatch: second }) });`,
      is: { known: ['first', 'second'] },
    },
    { name: 'one of two inputs', code: `new Put(etag ? { Key: 'k', IfMatch: etag } : { Key: 'k' });`, is: { known: ['etag'], sometimes: true } },
    { name: 'an input with a default', code: `const given = { IfMatch: etag }; new Put(given ?? { IfMatch: other });`, is: { known: ['etag', 'other'] } },
    { name: 'Object.assign', code: `new Put(Object.assign({}, { Bucket: 'b' }, { IfMatch: etag }));`, is: { known: ['etag'] } },
    { name: 'Object.assign into a variable', code: `const input = { Key: 'k' }; Object.assign(input, { IfMatch: etag }); new Put(input);`, is: { known: ['etag'] } },
    { name: 'Object.freeze', code: `const input = Object.freeze({ IfMatch: etag }); new Put(input);`, is: { known: ['etag'] } },
    { name: 'a later assignment', code: `const input = { Key: 'k' }; input.IfMatch = etag; new Put(input);`, is: { known: ['etag'] } },
    { name: 'a later assignment in brackets', code: `const input = { Key: 'k' }; input['IfMatch'] = etag; new Put(input);`, is: { known: ['etag'] } },
    { name: 'an assignment that replaces', code: `const input = { IfMatch: old }; input.IfMatch = etag; new Put(input);`, is: { known: ['etag'] } },
    { name: 'an assignment in a branch', code: `const input = { Key: 'k' }; if (etag) input.IfMatch = etag; new Put(input);`, is: { known: ['etag'], sometimes: true } },
    {
      name: 'an assignment in the block of a branch',
      code: `const input = { Key: 'k' }; if (etag) { input.IfMatch = etag; } new Put(input);`,
      is: { known: ['etag'], sometimes: true },
    },
    {
      name: 'an assignment in a branch that may replace',
      code: `const input = { IfMatch: old }; if (fresh) { input.IfMatch = fresh; } new Put(input);`,
      is: { known: ['old', 'fresh'] },
    },
    {
      name: 'a variable that is given another object in a branch',
      code: `let input = { Key: 'k' }; if (etag) input = { Key: 'k', IfMatch: etag }; new Put(input);`,
      is: { known: ['etag'], sometimes: true },
    },
    { name: 'a builder function', code: `const build = (etag) => ({ Key: 'k', IfMatch: etag }); new Put(build(tag));`, is: { known: ['etag'] } },
    { name: 'a builder declared later', code: `new Put(build()); function build() { return { IfMatch: etag }; }`, is: { known: ['etag'] } },
    {
      name: 'a builder with two ends',
      code: `function build(tag) { if (tag) return { IfMatch: tag }; return {}; } new Put(build(etag));`,
      is: { known: ['tag'], sometimes: true },
    },
    {
      name: 'a builder method',
      code: `class Store { build() { return { IfMatch: this.etag }; } save() { return new Put({ Key: 'k', ...this.build() }); } }`,
      is: { known: ['this.etag'] },
    },
    {
      name: 'a private static builder',
      code: `class Store { static #build(tag) { return { IfMatch: tag }; } static save(etag) { return new Put(Store.#build(etag)); } }`,
      is: { known: ['tag'] },
    },
    { name: 'an async builder', code: `async function build() { return { IfMatch: await read() }; } new Put(await build());`, is: { known: ['await read()'] } },
    { name: 'satisfies, as and !', code: `const input = { IfMatch: etag } satisfies object; new Put((input as never)!);`, is: { known: ['etag'] } },
    { name: 'as const in a spread', code: `new Put({ ...({ IfMatch: etag } as const) });`, is: { known: ['etag'] } },
    { name: 'an annotated variable', code: `const input: { IfMatch?: string } = {}; input.IfMatch = etag; new Put(input);`, is: { known: ['etag'] } },
    { name: 'a member of an object', code: `const inputs = { avatar: { IfMatch: etag } }; new Put(inputs.avatar);`, is: { known: ['etag'] } },
    { name: 'a field of the class', code: `class Store { base = { IfMatch: etag }; save() { return new Put({ ...this.base }); } }`, is: { known: ['etag'] } },
    { name: 'an input that is destructured', code: `const { input } = { input: { IfMatch: etag } }; new Put(input);`, is: { known: ['etag'] } },
    { name: 'what is assigned to a parameter on every path, whatever else it holds', code: `export function f(input) { input.IfMatch = etag; return new Put(input); }`, is: { known: ['etag'] } },
  ])('$name', check);
});

describe('absent', () => {
  it.each<Case>([
    { name: 'a literal without it', code: `new Put({ Bucket: 'b', Key: key, Body: body });`, is: 'absent' },
    { name: 'a command without input', code: `new Put();`, is: 'absent' },
    { name: 'a method', code: `const s3 = new S3({}); s3.putObject({ Bucket: 'b', Key: key });`, is: 'absent' },
    { name: 'the same letters in another case: the SDK ignores them', code: `new Put({ ifMatch: etag });`, is: 'absent' },
    { name: 'a property that was deleted again', code: `const input = { IfMatch: etag }; delete input.IfMatch; new Put(input);`, is: 'absent' },
    { name: 'an assignment after the write', code: `const input = { Key: 'k' }; new Put(input); input.IfMatch = etag;`, is: 'absent' },
    { name: 'spreads of objects that were read whole', code: `const base = { Bucket: 'b' }; new Put({ ...base, ...{ Key: 'k' } });`, is: 'absent' },
    { name: 'spreads of nothing', code: `new Put({ Key: 'k', ...null, ...undefined, ...(a ? {} : false) });`, is: 'absent' },
    { name: 'Object.assign of what was read whole', code: `new Put(Object.assign({}, { Bucket: 'b' }, { Key: 'k' }));`, is: 'absent' },
    { name: 'a builder that was read whole', code: `const at = (Key) => ({ Bucket: 'b', Key }); new Put({ ...at('k'), Body: body });`, is: 'absent' },
    { name: 'a builder method', code: `class Store { at(Key) { return { Bucket: 'b', Key }; } save() { return new Put(this.at('k')); } }`, is: 'absent' },
    { name: 'an object that is only logged', code: `const input = { Key: 'k' }; console.log(input); new Put(input);`, is: 'absent' },
    { name: 'a function of the file that leaves it alone', code: `const tag = (input) => { input.Tagging = 'a=b'; }; const input = { Key: 'k' }; tag(input); new Put(input);`, is: 'absent' },
    { name: 'a computed name that is a constant', code: `const field = 'Body'; new Put({ Key: 'k', [field]: body });`, is: 'absent' },
    { name: 'another variable of that name', code: `const input = { Key: 'k' }; { const input = {}; input.IfMatch = etag; } new Put(input);`, is: 'absent' },
  ])('$name', check);
});

describe('unknown', () => {
  it.each<Case>([
    { name: 'a parameter', code: `export const save = (input) => new Put(input);`, is: 'unknown: parameter' },
    { name: 'a spread of a parameter', code: `export const save = (options) => new Put({ Key: 'k', ...options });`, is: 'unknown: parameter' },
    { name: 'a part of a parameter', code: `export const save = ({ input }) => new Put(input);`, is: 'unknown: parameter' },
    { name: 'the rest of a parameter', code: `export const save = ({ body, ...rest }) => new Put({ ...rest, Body: body });`, is: 'unknown: parameter' },
    { name: 'a parameter with a default', code: `export const save = (input = {}) => new Put(input);`, is: 'unknown: parameter' },
    { name: 'an imported object', code: `import { defaults } from './defaults.js'; new Put({ ...defaults, Key: 'k' });`, is: 'unknown: imported' },
    { name: 'an imported builder', code: `import { build } from './build.js'; new Put(build('k'));`, is: 'unknown: imported' },
    { name: 'a computed key', code: `new Put({ Key: 'k', [header]: etag });`, is: 'unknown: computed key' },
    { name: 'a computed key that is a variable', code: `let header = 'Body'; header = next(); new Put({ [header]: etag });`, is: 'unknown: computed key' },
    { name: 'an assignment under a computed key', code: `const input = { Key: 'k' }; input[header] = etag; new Put(input);`, is: 'unknown: computed key' },
    { name: 'a spread of what cannot be read', code: `new Put({ Key: 'k', ...(new Options()) });`, is: 'unknown: spread' },
    { name: 'a readable branch beside an unreadable one', code: `export const save = (extra) => new Put({ Key: 'k', ...(extra ?? {}) });`, is: 'unknown: parameter' },
    { name: 'Object.assign of a parameter', code: `export const save = (extra) => new Put(Object.assign({ Key: 'k' }, extra));`, is: 'unknown: parameter' },
    { name: 'an object that another function may have changed', code: `import { guard } from './guard.js'; const input = { Key: 'k' }; guard(input); new Put(input);`, is: 'unknown: handed on' },
    { name: 'options of an Upload that came from outside', code: `export const up = (options) => new Upload(options).done();`, is: 'unknown: parameter' },
  ])('$name', check);

  it.each([
    { name: 'a global', code: `new Put(input);` },
    { name: 'a field that nobody sets here', code: `class Store { save() { return new Put(this.input); } }` },
    { name: 'an object that is built in a loop', code: `const input = {}; for (const [name, value] of headers) input[name] = value; new Put(input);` },
    { name: 'a value of JSON', code: `new Put(JSON.parse(text));` },
    { name: 'params of an Upload that cannot be found', code: `export const up = (rest) => new Upload({ client, ...rest }).done();` },
    { name: 'Object.fromEntries', code: `new Put(Object.fromEntries(entries));` },
  ])('$name', ({ code }) => {
    expect(answer(code)).toMatch(/^unknown: /);
  });
});

describe('each client', () => {
  it.each<Case>([
    { name: 'params of an Upload', code: `new Upload({ client, params: { Key: 'k', IfMatch: etag } }).done();`, is: { known: ['etag'] } },
    { name: 'params in a variable', code: `const params = { Key: 'k', IfMatch: etag }; new Upload({ client, params }).done();`, is: { known: ['etag'] } },
    { name: 'options in a variable', code: `const options = { client, params: { Key: 'k' } }; new Upload(options).done();`, is: 'absent' },
    { name: 'params that are spread', code: `const base = { Key: 'k' }; new Upload({ client, params: { ...base, Body: body } }).done();`, property: 'Key', is: { known: ["'k'"] } },
    { name: 'a condition beside params: no header is sent', code: `new Upload({ client, params: { Key: 'k' }, IfMatch: etag }).done();`, is: 'absent' },
    {
      name: 'v2: a bucket bound in the constructor goes with every call',
      code: `const s3 = new AWS.S3({ params: { Bucket: 'photos' } }); s3.putObject({ Key: 'k', Body: body }, done);`,
      property: 'Bucket',
      is: { known: ["'photos'"] },
    },
    {
      name: 'v2: a call may name another bucket',
      code: `const s3 = new AWS.S3({ params: { Bucket: 'photos' } }); s3.putObject({ Bucket: 'videos', Key: 'k' }, done);`,
      property: 'Bucket',
      is: { known: ["'videos'"] },
    },
    { name: 'v2: a callback is no input', code: `const s3 = new AWS.S3({ params: { Bucket: 'b' } }); s3.headObject(done => done);`, is: 'absent' },
    { name: 'v2: the input of a presigned PUT', code: `new AWS.S3().getSignedUrl('putObject', { Bucket: 'b', Key: key });`, property: 'Key', is: { known: ['key'] } },
    { name: 'v2: ManagedUpload', code: `new AWS.S3.ManagedUpload({ params: { Key: 'k', IfNoneMatch: '*' } });`, property: 'IfNoneMatch', is: { known: ["'*'"] } },
    { name: 'minio: the bucket is first', code: `const s3 = new Minio({}); s3.putObject('photos', name, body);`, property: 'Bucket', is: { known: ["'photos'"] } },
    { name: 'minio: the key is second', code: `const s3 = new Minio({}); s3.putObject('photos', name, body);`, property: 'Key', is: { known: ['name'] } },
    { name: 'minio: no metadata, no condition', code: `const s3 = new Minio({}); s3.putObject('photos', name, body);`, is: 'absent' },
    { name: 'minio: a header among the metadata', code: `const s3 = new Minio({}); s3.putObject('b', 'k', body, size, { 'If-Match': etag });`, is: { known: ['etag'] } },
    { name: 'minio: a header in any case, the size left out', code: `const s3 = new Minio({}); s3.putObject('b', 'k', body, { 'if-none-match': '*' });`, property: 'IfNoneMatch', is: { known: ["'*'"] } },
    { name: 'minio: a file has no size', code: `const s3 = new Minio({}); s3.fPutObject('b', 'k', '/tmp/f', { 'If-Match': etag });`, is: { known: ['etag'] } },
    { name: 'minio: metadata from outside', code: `export const f = (s3: Minio, meta: object) => s3.putObject('b', 'k', body, 3, meta);`, is: 'unknown: parameter' },
    { name: 'minio: spread arguments', code: `const s3 = new Minio({}); s3.putObject(...given);`, is: 'unknown: spread' },
  ])('$name', check);
});
