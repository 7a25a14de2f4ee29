import { describe, expect, it } from 'vitest';

import { findingsOf } from '../../src/analysis/verdict.js';
import { s3CallsOf } from '../../src/calls/s3-calls.js';
import { readSettings } from '../../src/facts/settings.js';
import { parse } from '../calls/parse.js';

const sdk = `
import { randomUUID } from 'node:crypto';
import { CompleteMultipartUploadCommand as Complete, CopyObjectCommand as Copy, GetObjectCommand as Get, HeadObjectCommand as Head, ListObjectsV2Command as List, PutObjectCommand as Put, RenameObjectCommand as Rename, S3 } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import AWS from 'aws-sdk';
import { Client as Minio } from 'minio';
`;

const overwrite = { objects: [{ key: 'cache/**', write: 'overwrite' }] };

interface Case {
  readonly name: string;
  readonly code: string;
  readonly settings?: object;
  /** Of each write, in source order. */
  readonly verdicts: readonly string[];
}

function verdictsIn(code: string, given?: object): string[] {
  const { settings, problem } = readSettings(given);
  if (problem !== null) throw new Error(problem);
  const sourceCode = parse(sdk + code);
  return s3CallsOf(sourceCode)
    .filter((call) => call.operation.effect === 'write')
    .flatMap((call) => findingsOf(call, settings, sourceCode).map(({ verdict }) => verdict.kind));
}

const check = ({ code, settings, verdicts }: Case): void => {
  expect(verdictsIn(code, settings)).toEqual(verdicts);
};

describe('conditional', () => {
  it.each<Case>([
    { name: 'a create', code: `client.send(new Put({ Bucket: 'b', Key: 'k', Body: body, IfNoneMatch: '*' }));`, verdicts: ['conditional'] },
    { name: 'an update of a known version', code: `client.send(new Put({ Bucket: 'b', Key: 'k', Body: body, IfMatch: etag }));`, verdicts: ['conditional'] },
    {
      name: 'the same write without its condition, after S3 refused it',
      code: `export async function save(client, Key, etag) {
  try { await client.send(new Put({ Bucket: 'b', Key, Body: body, IfMatch: etag })); } catch { await client.send(new Put({ Bucket: 'b', Key, Body: body })); }
}`,
      verdicts: ['conditional', 'conflict-fallback'],
    },
    { name: 'an append at an offset', code: `client.send(new Put({ Bucket: 'b', Key: 'k', Body: body, WriteOffsetBytes: size }));`, verdicts: ['conditional'] },
    { name: 'a rename that guards its destination', code: `client.send(new Rename({ Bucket: 'b', Key: 'k', RenameSource: 'a', DestinationIfNoneMatch: '*' }));`, verdicts: ['conditional'] },
    { name: 'a completed upload', code: `client.send(new Complete({ Bucket: 'b', Key: 'k', UploadId: id, IfNoneMatch: '*' }));`, verdicts: ['conditional'] },
    { name: 'an Upload: its condition goes with the last step', code: `new Upload({ client, params: { Bucket: 'b', Key: 'k', Body: body, IfMatch: etag } }).done();`, verdicts: ['conditional'] },
    { name: 'a copy that guards its target', code: `client.send(new Copy({ Bucket: 'b', Key: 'k', CopySource: 'b/a', IfNoneMatch: '*' }));`, verdicts: ['conditional'] },
    { name: 'v2: a create', code: `new AWS.S3().putObject({ Bucket: 'b', Key: 'k', Body: body, IfNoneMatch: '*' }).promise();`, verdicts: ['conditional'] },
    { name: 'minio: a header among the metadata', code: `new Minio({}).putObject('b', 'k', body, size, { 'If-None-Match': '*' });`, verdicts: ['conditional'] },
    { name: 'a condition that may be unset: another rule looks at it', code: `client.send(new Put({ Bucket: 'b', Key: 'k', IfMatch: head?.ETag }));`, verdicts: ['conditional'] },
    { name: 'a condition under a conditional spread', code: `client.send(new Put({ Bucket: 'b', Key: 'k', ...(etag && { IfMatch: etag }) }));`, verdicts: ['conditional'] },
    { name: 'a misspelt condition shows intent', code: `client.send(new Put({ Bucket: 'b', Key: 'k', ifNoneMatch: '*' }));`, verdicts: ['conditional'] },
    { name: 'a condition beside an unreadable spread', code: `export const f = (rest) => client.send(new Put({ Bucket: 'b', Key: 'k', ...rest, IfMatch: etag }));`, verdicts: ['conditional'] },
    { name: 'a presigned create', code: `getSignedUrl(client, new Put({ Bucket: 'b', Key: 'k', IfNoneMatch: '*' }));`, verdicts: ['conditional'] },
  ])('$name', check);
});

describe('no condition of the write', () => {
  it.each<Case>([
    { name: 'a copy that guards only its source', code: `client.send(new Copy({ Bucket: 'b', Key: 'k', CopySource: 'b/a', CopySourceIfMatch: etag }));`, verdicts: ['blind'] },
    { name: 'a rename that guards only its source', code: `client.send(new Rename({ Bucket: 'b', Key: 'k', RenameSource: 'a', SourceIfMatch: etag }));`, verdicts: ['blind'] },
    { name: 'a condition that is undefined: the SDK drops it', code: `client.send(new Put({ Bucket: 'b', Key: 'k', IfMatch: undefined }));`, verdicts: ['blind'] },
    { name: 'a checksum says what is written, not over what', code: `client.send(new Put({ Bucket: 'b', Key: 'k', Body: body, ContentMD5: md5 }));`, verdicts: ['blind'] },
  ])('$name', check);
});

describe('blind', () => {
  it.each<Case>([
    { name: 'a command', code: `client.send(new Put({ Bucket: 'b', Key: 'k', Body: body }));`, verdicts: ['blind'] },
    { name: 'a method', code: `new S3({}).putObject({ Bucket: 'b', Key: 'k', Body: body });`, verdicts: ['blind'] },
    { name: 'an Upload', code: `new Upload({ client, params: { Bucket: 'b', Key: 'k', Body: body } }).done();`, verdicts: ['blind'] },
    { name: 'v2', code: `new AWS.S3().upload({ Bucket: 'b', Key: 'k', Body: body }, done);`, verdicts: ['blind'] },
    { name: 'minio', code: `new Minio({}).putObject('b', 'k', body);`, verdicts: ['blind'] },
    { name: 'a presigned PUT', code: `getSignedUrl(client, new Put({ Bucket: 'b', Key: 'k' }));`, verdicts: ['blind'] },
    { name: 'a read of another object', code: `const { Body } = await client.send(new Get({ Bucket: 'b', Key: 'template' })); await client.send(new Put({ Bucket: 'b', Key: 'k', Body }));`, verdicts: ['blind'] },
    { name: 'two writes, each with its own verdict', code: `client.send(new Put({ Bucket: 'b', Key: 'a', Body: body })); client.send(new Put({ Bucket: 'b', Key: 'k', Body: body, IfNoneMatch: '*' }));`, verdicts: ['blind', 'conditional'] },
    {
      name: 'a key that only a clock makes unique',
      code: 'export const log = (line) => client.send(new Put({ Bucket: "b", Key: `log-${Date.now()}`, Body: line }));',
      verdicts: ['blind'],
    },
  ])('$name', check);
});

describe('unknown input', () => {
  it.each<Case>([
    { name: 'a parameter', code: `export const save = (input) => client.send(new Put(input));`, verdicts: ['unknown-input'] },
    { name: 'a spread of a parameter', code: `export const save = (options) => client.send(new Put({ Bucket: 'b', Key: 'k', ...options }));`, verdicts: ['unknown-input'] },
    { name: 'an imported object', code: `import { defaults } from './defaults.js'; client.send(new Put({ ...defaults, Key: 'k' }));`, verdicts: ['unknown-input'] },
    { name: 'a computed key', code: `client.send(new Put({ Bucket: 'b', Key: 'k', [header]: etag }));`, verdicts: ['unknown-input'] },
    {
      name: 'a client whose middleware sets the condition',
      code: `
const guarded = new S3({});
guarded.middlewareStack.add((next) => (args) => { args.request.headers['If-Match'] = etag; return next(args); }, { step: 'build' });
guarded.putObject({ Bucket: 'b', Key: 'k', Body: body });
`,
      verdicts: ['unknown-input'],
    },
  ])('$name', check);
});

describe('the weakest reading decides where several hold', () => {
  it.each<Case>([
    {
      name: 'conditional before declared overwrite: the condition is sent',
      code: `client.send(new Put({ Bucket: 'b', Key: 'cache/a', Body: body, IfNoneMatch: '*' }));`,
      settings: overwrite,
      verdicts: ['conditional'],
    },
    {
      name: 'declared overwrite before a unique key',
      code: 'export const f = (body) => client.send(new Put({ Bucket: "b", Key: `cache/${randomUUID()}`, Body: body }));',
      settings: overwrite,
      verdicts: ['declared-overwrite'],
    },
    {
      name: 'declared overwrite before an unknown input',
      code: `export const f = (options) => client.send(new Put({ ...options, Bucket: 'b', Key: 'cache/a' }));`,
      settings: overwrite,
      verdicts: ['declared-overwrite'],
    },
    {
      name: 'declared overwrite before a lost update',
      code: `const { Body } = await client.send(new Get({ Bucket: 'b', Key: 'cache/a' })); await client.send(new Put({ Bucket: 'b', Key: 'cache/a', Body: await add(Body) }));`,
      settings: overwrite,
      verdicts: ['declared-overwrite'],
    },
    {
      name: 'declared create-only does not silence: it says how to mend',
      code: `client.send(new Put({ Bucket: 'b', Key: 'cache/a', Body: body }));`,
      settings: { objects: [{ key: 'cache/**', write: 'create-only' }] },
      verdicts: ['blind'],
    },
    {
      name: 'declared compare-and-swap does not silence a lost update',
      code: `const { Body } = await client.send(new Get({ Bucket: 'b', Key: 'cache/a' })); await client.send(new Put({ Bucket: 'b', Key: 'cache/a', Body: await add(Body) }));`,
      settings: { objects: [{ key: 'cache/**', write: 'compare-and-swap' }] },
      verdicts: ['lost-update'],
    },
    {
      name: 'a declaration of other objects says nothing of this one',
      code: `client.send(new Put({ Bucket: 'b', Key: 'state', Body: body }));`,
      settings: overwrite,
      verdicts: ['blind'],
    },
    {
      name: 'a unique key before an unknown input',
      code: 'export const f = (options) => client.send(new Put({ ...options, Bucket: "b", Key: `uploads/${randomUUID()}` }));',
      verdicts: ['unique-key'],
    },
    {
      name: 'a unique key before a check: nobody else can have created it',
      code: `
export async function store(body) {
  const Key = randomUUID();
  if (await client.send(new Head({ Bucket: 'b', Key })).catch(() => null)) return;
  await client.send(new Put({ Bucket: 'b', Key, Body: body }));
}
`,
      verdicts: ['unique-key'],
    },
    {
      name: 'an unknown input before a lost update: the condition may be among the options',
      code: `
export async function update(key, options) {
  const { Body } = await client.send(new Get({ Bucket: 'b', Key: key }));
  await client.send(new Put({ Bucket: 'b', Key: key, Body: await add(Body), ...options }));
}
`,
      verdicts: ['unknown-input'],
    },
    {
      name: 'a lost update before a check: the read did both',
      code: `
export async function update(key) {
  const current = await client.send(new Get({ Bucket: 'b', Key: key }));
  if (!current.Body) return;
  await client.send(new Put({ Bucket: 'b', Key: key, Body: (await current.Body.transformToString()) + 'x' }));
}
`,
      verdicts: ['lost-update'],
    },
    {
      name: 'a lost update before a HEAD that decides',
      code: `
export async function update(key) {
  const head = await client.send(new Head({ Bucket: 'b', Key: key }));
  if (head.ContentLength > 1000) return;
  const current = await client.send(new Get({ Bucket: 'b', Key: key }));
  await client.send(new Put({ Bucket: 'b', Key: key, Body: (await current.Body.transformToString()) + 'x' }));
}
`,
      verdicts: ['lost-update'],
    },
    {
      name: 'a decision on what was read counts as a lost update',
      code: `
export async function replace(key, next) {
  const current = await client.send(new Get({ Bucket: 'b', Key: key }));
  const { version } = JSON.parse(await current.Body.transformToString());
  if (next.version > version) await client.send(new Put({ Bucket: 'b', Key: key, Body: JSON.stringify(next) }));
}
`,
      verdicts: ['lost-update'],
    },
    {
      name: 'a check of existence before a blind write',
      code: `
export async function create(key, body) {
  try {
    await client.send(new Head({ Bucket: 'b', Key: key }));
  } catch {
    await client.send(new Put({ Bucket: 'b', Key: key, Body: body }));
  }
}
`,
      verdicts: ['check-then-write'],
    },
    {
      name: 'a key that was worked out from a listing',
      code: `
export async function append(body) {
  const { Contents } = await client.send(new List({ Bucket: 'b', Prefix: 'log/' }));
  await client.send(new Put({ Bucket: 'b', Key: \`log/\${Contents.length}\`, Body: body }));
}
`,
      verdicts: ['check-then-write'],
    },
  ])('$name', check);
});

describe('one write, one verdict', () => {
  it('a write is judged once, whoever asks', () => {
    const sourceCode = parse(`${sdk} client.send(new Put({ Bucket: 'b', Key: 'k', Body: body }));`);
    const { settings } = readSettings(undefined);
    const [write] = s3CallsOf(sourceCode);
    if (!write) throw new Error('No write');
    expect(findingsOf(write, settings, sourceCode)).toBe(findingsOf(write, settings, sourceCode));
  });

  it('a finding stands at the write itself', () => {
    const sourceCode = parse(`${sdk} export const save = (Body) => client.send(new Put({ Bucket: 'b', Key: 'k', Body }));`);
    const [write] = s3CallsOf(sourceCode);
    if (!write) throw new Error('No write');
    expect(findingsOf(write, readSettings(undefined).settings, sourceCode).map(({ node }) => sourceCode.getText(node))).toEqual([`new Put({ Bucket: 'b', Key: 'k', Body })`]);
  });

  it('a wrapper that is private to the file is judged at each of its calls', () => {
    expect(
      verdictsIn(`
const put = (input) => client.send(new Put(input));
export const replace = (body) => put({ Bucket: 'b', Key: 'k', Body: body });
export const create = (body) => put({ Bucket: 'b', Key: 'k', Body: body, IfNoneMatch: '*' });
`),
    ).toEqual(['blind', 'conditional']);
  });
});
