import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';

import ts from 'typescript';
import { afterEach, describe, expect, it } from 'vitest';

import plugin from '../../src/index.js';
import * as catalogue from '../../src/s3/conflicts.js';
import { lint } from '../lint.js';
import { answeringServer, errorAnswer, type AnsweringServer, type Request } from './answering-server.js';

const { conflictsPage } = (await import(new URL('../../scripts/conflicts-page.mjs', import.meta.url).href)) as { conflictsPage: (page: string, from: typeof catalogue) => string };

const page = readFileSync(new URL('../../docs/conflicts.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```ts correct\n([\s\S]*?)^```$/gm)].map((match) => ({ code: match[1] ?? '', line: page.slice(0, match.index).split('\n').length }));
const require = createRequire(import.meta.url);
const sdk = require('@aws-sdk/client-s3') as typeof import('@aws-sdk/client-s3');

describe('the page', () => {
  it('is what `npm run docs` makes of the catalogue', () => {
    expect(conflictsPage(page, catalogue)).toBe(page);
  });

  it.each([
    { name: 'a status', was: '| 412 |', is: '| 409 |' },
    { name: 'a row', was: /^\| .*`BucketNotEmpty`.*\n/m, is: '' },
    { name: 'a list', was: '- Without one: ', is: '- Without one: `NoSuchKey`, ' },
  ])('is out of date when $name of it is changed', ({ was, is }) => {
    const changed = page.replace(was, is);
    expect(changed).not.toBe(page);
    expect(conflictsPage(changed, catalogue)).toBe(page);
  });

  it('cannot be made without its markers', () => {
    expect(() => conflictsPage('# Conflicts', catalogue)).toThrow('<!-- begin generated: classes -->');
  });

  it('has a row to link to for every code', () => {
    const anchors = [...page.matchAll(/<a id="([^"]+)"><\/a>/g)].map((match) => match[1]);
    expect(anchors).toEqual(catalogue.conflictCatalogue.map(catalogue.anchorOf));
  });

  it('links to headings and rows that it has', () => {
    const headings = [...page.matchAll(/^#+ (.*)$/gm)].map((match) => (match[1] ?? '').toLowerCase().replaceAll(/[^\w -]/g, '').replaceAll(' ', '-'));
    const targets = [...page.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1] ?? '');
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter((target) => !headings.includes(target))).toEqual([]);
  });

  it('stands in the README', () => {
    expect(readFileSync(new URL('../../README.md', import.meta.url), 'utf8')).toContain('](docs/conflicts.md)');
  });
});

describe('the code on the page', () => {
  it('is tested, all of it', () => {
    expect([...page.matchAll(/^```(\w+.*)$/gm)].map((match) => match[1]).filter((fence) => fence !== 'mermaid')).toEqual(blocks.map(() => 'ts correct'));
    expect(blocks.length).toBe(3);
  });

  it.each(blocks)('line $line: no rule has anything to say', ({ code }) => {
    expect(lint(code, { rules: plugin.configs.strict.rules })).toEqual([]);
  });

  it('fits the types of the SDK', () => {
    const folder = fileURLToPath(new URL('.', import.meta.url));
    const files = new Map(blocks.map(({ code }, index) => [`${folder}page-block-${index}.ts`, code]));
    const options: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, strict: true, skipLibCheck: true, noEmit: true, types: ['node'] };
    const host = ts.createCompilerHost(options);
    const withBlocks: ts.CompilerHost = {
      ...host,
      fileExists: (file) => files.has(file) || host.fileExists(file),
      readFile: (file) => files.get(file) ?? host.readFile(file),
      getSourceFile(file, version) {
        const code = files.get(file);
        return code === undefined ? host.getSourceFile(file, version) : ts.createSourceFile(file, code, version);
      },
    };
    const problems = ts.getPreEmitDiagnostics(ts.createProgram([...files.keys()], options, withBlocks));
    expect(problems.map(({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)).toEqual([]);
  });
});

/** What a block exports, with pauses that take no time, and how long they would have been. */
function run(index: number): { exported: unknown; pauses: number[] } {
  const { outputText } = ts.transpileModule(blocks[index]?.code ?? '', { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS } });
  const pauses: number[] = [];
  const pause = (milliseconds: number): Promise<void> => {
    pauses.push(milliseconds);
    return Promise.resolve();
  };
  const exports = {};
  runInNewContext(outputText, { exports, require: (name: string): unknown => (name === 'node:timers/promises' ? { setTimeout: pause } : require(name)) });
  return { exported: exports, pauses };
}

interface Stored {
  readonly body: string;
  readonly etag: string;
  readonly claim: string;
}

/** One object with an ETag, and conditions as AWS documents them: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
class OneObject {
  stored: Stored | null = null;
  writes = 0;
  /** What happens just before each PUT. */
  before: (put: number) => void = () => undefined;
  /** PUTs that S3 answers with 409. */
  conflicts: ReadonlySet<number> = new Set();
  /** Which PUTs are stored while their answer gets lost. */
  lost: ReadonlySet<number> = new Set();

  write(body: string, claim = ''): void {
    this.writes += 1;
    this.stored = { body, claim, etag: `"${this.writes}"` };
  }

  puts = 0;

  answer({ method, headers, body }: Request): ReturnType<Parameters<typeof answeringServer>[0]> {
    if (method !== 'PUT') return this.stored ? { status: 200, headers: { etag: this.stored.etag, 'x-amz-meta-claim': this.stored.claim }, body: this.stored.body } : errorAnswer(404, 'NoSuchKey');
    this.puts += 1;
    this.before(this.puts);
    if (this.conflicts.has(this.puts)) return errorAnswer(409, 'ConditionalRequestConflict');
    if (headers['if-none-match'] === '*' ? this.stored !== null : headers['if-match'] !== this.stored?.etag) return errorAnswer(412, 'PreconditionFailed');
    this.write(body, String(headers['x-amz-meta-claim'] ?? ''));
    return this.lost.has(this.puts) ? 'lost' : { status: 200, headers: { etag: this.stored?.etag ?? '' } };
  }
}

let server: AnsweringServer | null = null;

async function clientOf(object: OneObject): Promise<InstanceType<typeof sdk.S3Client>> {
  server = await answeringServer((request) => object.answer(request));
  return new sdk.S3Client(server.config);
}

afterEach(async () => {
  await server?.close();
  server = null;
});

describe('the optimistic loop on the page', () => {
  type Book = { book: (client: unknown, bucket: string, key: string, guest: string) => Promise<{ id: string }> };
  const guests = (object: OneObject): string[] => (JSON.parse(object.stored?.body ?? '[]') as { guest: string }[]).map(({ guest }) => guest);
  const withGuest = (object: OneObject, guest: string): void => object.write(JSON.stringify([...(JSON.parse(object.stored?.body ?? '[]') as object[]), { id: guest, guest }]));

  async function bookFor(object: OneObject): Promise<{ failed: string | null; pauses: number[] }> {
    object.write('[]');
    const { exported, pauses } = run(0);
    const failed = await (exported as Book).book(await clientOf(object), 'hotel', 'bookings.json', 'Ada').then(
      () => null,
      (error: unknown) => String(error),
    );
    return { failed, pauses };
  }

  it('writes once where nobody else does', async () => {
    const object = new OneObject();
    expect(await bookFor(object)).toEqual({ failed: null, pauses: [] });
    expect([guests(object), object.puts]).toEqual([['Ada'], 1]);
  });

  it('keeps the change of another writer, and pauses before it tries again', async () => {
    const object = new OneObject();
    object.before = (put) => {
      if (put === 1) withGuest(object, 'Bob');
    };
    const { failed, pauses } = await bookFor(object);
    expect([failed, pauses.length, guests(object)]).toEqual([null, 1, ['Bob', 'Ada']]);
  });

  it('tries again after a 409', async () => {
    const object = new OneObject();
    object.conflicts = new Set([1, 2]);
    const { failed, pauses } = await bookFor(object);
    expect([failed, pauses.length, guests(object)]).toEqual([null, 2, ['Ada']]);
  });

  it('books once where the answer got lost, also when somebody wrote after that', async () => {
    const object = new OneObject();
    object.lost = new Set([1]);
    object.before = (put) => {
      if (put === 2) withGuest(object, 'Bob');
    };
    const { failed } = await bookFor(object);
    expect([failed, guests(object)]).toEqual([null, ['Ada', 'Bob']]);
  });

  it('stops, and tells', async () => {
    const object = new OneObject();
    object.before = (put) => withGuest(object, `guest ${put}`);
    const { failed, pauses } = await bookFor(object);
    expect([failed, pauses.length, object.puts]).toEqual(['Error: bookings.json is being changed by many at once. Please try again.', 5, 5]);
    expect(pauses.every((milliseconds, round) => milliseconds < 200 * 2 ** round)).toBe(true);
  });
});

describe('the claim on the page', () => {
  type Claim = { claim: (client: unknown, bucket: string, key: string, owner: string) => Promise<boolean> };
  const claimFor = async (object: OneObject): Promise<boolean> => (run(1).exported as Claim).claim(await clientOf(object), 'jobs', 'nightly', 'Ada');

  it('is true for who comes first', async () => {
    expect(await claimFor(new OneObject())).toBe(true);
  });

  it('is false where the key is taken', async () => {
    const object = new OneObject();
    object.write('Bob', 'other');
    expect(await claimFor(object)).toBe(false);
    expect(object.puts).toBe(1);
  });

  it('is true where the answer got lost', async () => {
    const object = new OneObject();
    object.lost = new Set([1]);
    expect(await claimFor(object)).toBe(true);
    expect([object.puts, object.writes]).toEqual([2, 1]);
  });

  it('tries again after a 409', async () => {
    const object = new OneObject();
    object.conflicts = new Set([1]);
    expect(await claimFor(object)).toBe(true);
  });
});

describe('the bucket on the page', () => {
  type Ensure = { ensureBucket: (client: unknown, bucket: string) => Promise<void> };

  it.each([
    { code: 'BucketAlreadyOwnedByYou', told: null },
    { code: 'BucketAlreadyExists', told: 'BucketAlreadyExists' },
  ])('goes on after $code: $told', async ({ code, told }) => {
    server = await answeringServer(() => errorAnswer(409, code));
    const client = new sdk.S3Client(server.config);
    const failed = await (run(2).exported as Ensure).ensureBucket(client, 'photos').then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.name : null),
    );
    expect(failed).toBe(told);
  });
});
