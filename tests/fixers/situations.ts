import fc from 'fast-check';

import { bindingsIn, clients, formsIn, indented, layouts, statements, type Binding, type Client, type Form, type Input, type Language, type Layout, type Lines, type OperationName, type Sent, type Situation } from './parts.js';

/** What the rules with fixes and suggestions look for, in the parts of `parts.ts`. */

interface Choice {
  readonly language: Language;
  readonly client: Client;
  readonly binding: Binding;
  readonly form: Form;
  readonly readForm: Form;
  readonly layout: Layout;
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
  readonly extra: Lines;
  readonly statement: (expression: string) => string;
  readonly twice: boolean;
  /** Choose between what a situation has of its own. */
  readonly picks: readonly number[];
}

const buckets = ["'b'", 'bucket', 'this.bucket', 'settings.bucket', "'audit-logs'", '`app-${stage}`'];
const keys = ["'k'", 'key', '`users/${id}.json`', "'releases/1.json'", 'prefix + id', 'settings.keys[0]'];
const extras: readonly Lines[] = [[], [], ["ContentType: 'text/plain'"], ['Metadata: { a: 1, IfMatchless: 2 }'], ['...(flag ? { ACL: acl } : {})'], ["'StorageClass': tier"], ['Tagging: tags ?? undefined'], ['CacheControl'], ['get Expires() { return 1; }'], ['async *Tagging() {}'], ["['ACL']: acl"], ['IfMatch: undefined'], ["'IfMatch': undefined"], ["'IfNoneMatch': null"]];

const choices: fc.Arbitrary<Choice> = fc.constantFrom<Language>('typescript', 'javascript').chain((language) =>
  fc.record<Choice>({
    language: fc.constant(language),
    client: clients,
    binding: bindingsIn(language),
    form: formsIn(language),
    readForm: fc.oneof({ weight: 4, arbitrary: fc.constant<Form>('literal') }, { weight: 1, arbitrary: formsIn(language) }),
    layout: layouts,
    name: fc.constantFrom('current', 'current', 'response', 'attempt', 'object', 'päge', '$', 'ETag', 'IfMatch', 'async'),
    bucket: fc.constantFrom(...buckets),
    key: fc.constantFrom(...keys),
    extra: fc.constantFrom(...extras),
    statement: statements,
    twice: fc.integer({ min: 0, max: 5 }).map((chance) => chance === 0),
    picks: fc.array(fc.nat(9999), { minLength: 6, maxLength: 6 }),
  }),
);

interface Tools extends Choice {
  /** The next choice of one. */
  readonly pick: <T>(all: readonly [T, ...T[]]) => T;
  readonly read: string;
  readonly head: string;
  /** Statements that send a call of the same object. */
  readonly sent: (operation: OperationName, entries: Lines) => Lines;
}

const situation = (about: string, make: (tools: Tools) => { readonly body: Lines; readonly before?: Lines; readonly head?: Lines }): fc.Arbitrary<Situation> =>
  choices.map((choice) => {
    const { client, form, readForm, layout, bucket, key, statement, language, picks } = choice;
    let picked = 0;
    const pick = <T>(all: readonly [T, ...T[]]): T => all[(picks[picked++ % picks.length] ?? 0) % all.length] ?? all[0];
    const object = [`Bucket: ${bucket}`, `Key: ${key}`];
    const reads: Lines[] = [];
    const looked = (operation: OperationName, name: string): string => {
      const { before, expression } = client.send(operation, { entries: object, form: readForm, layout, name });
      reads.push(readForm === 'params' || readForm === 'shorthand' ? [] : before);
      return readForm === 'params' || readForm === 'shorthand' ? client.send(operation, { entries: object, form: 'literal', layout, name }).expression : expression;
    };
    const input = (entries: Lines): Input => ({ entries: [...object, ...entries], form, layout, name: 'input' });
    const lines = ({ before, expression, after }: Sent): Lines => [...before, statement(expression), ...after];
    const [read, head] = [looked('GetObject', 'wanted'), looked('HeadObject', 'looked')];
    const made = make({ ...choice, pick, read, head, sent: (operation, entries) => lines(client.send(operation, input(entries))) });
    return {
      about,
      language,
      head: [...client.head, ...(made.head ?? [])],
      before: made.before ?? [],
      body: [...(made.body.some((line) => line.includes('wanted')) ? (reads[0] ?? []) : []), ...(made.body.some((line) => line.includes('looked')) ? (reads[1] ?? []) : []), ...made.body],
      parameters: [client.parameter, 'bucket', 'key', 'id'].join(', '),
    };
  });

const bodies = (value: string): [string, ...string[]] => [`edit(${value})`, `JSON.stringify({ ...JSON.parse(${value}), a: 1 })`, `${value} + 'x'`, `\`\${${value}}!\``, `[${value}]\n  .map((line) => line)\n  .join()`, `await ${value}.transformToString()`];

const lostUpdate = situation('no-lost-update', ({ binding, name, pick, extra, twice, form, layout, client, bucket, key, read, sent }) => ({
  body: [
    ...binding(read, name, 'Body', (value) => {
      const body = [...extra.slice(0, 1), `Body: ${pick(bodies(value))}`];
      const again = client.send('PutObject', { entries: [`Bucket: ${bucket}`, `Key: ${key}`, `Body: ${value} + 2`], form: form === 'literal' ? form : 'as', layout, name: 'again' });
      return [...sent('PutObject', pick([body, [...body].reverse()])), ...(twice ? [`await ${again.expression};`] : [])];
    }),
  ],
}));

const checkThenWrite = situation('no-check-then-write', ({ pick, name, extra, head, read, sent }) => {
  const write = sent(pick(['PutObject', 'PutObject', 'PutObject', 'CopyObject', 'RenameObject'] as const), ["Body: 'x'", ...extra]);
  return pick<{ body: Lines }>([
    { body: ['try {', `  await ${head};`, '  return;', '} catch {}', ...write] },
    { body: ['try {', `  await ${head};`, '} catch (error) {', "  if (error.name !== 'NotFound') throw error;", ...indented(write), '}'] },
    { body: [`const ${name} = await ${head}.catch(() => null);`, `if (${name}) return;`, ...write] },
    { body: [`const ${name} = await ${head}.then(() => true, () => false);`, `if (!${name}) {`, ...indented(write), '}'] },
    { body: ['const exists = async () => {', `  try { await ${head}; return true; } catch { return false; }`, '};', 'if (!(await exists())) {', ...indented(write), '}'] },
    { body: [`const ${name} = await ${read}.catch(() => undefined);`, `if (!${name}) {`, ...indented(write), '}'] },
  ]);
});

const blind = situation('no-blind-overwrite', ({ pick, extra, name, sent }) => {
  const values = ['body', "'x'", 'JSON.stringify(list)'] as const;
  const write = sent(pick(['PutObject', 'PutObject', 'PutObject', 'CopyObject', 'RenameObject', 'CompleteMultipartUpload'] as const), [...extra, `Body: ${pick(values)}`, ...pick([[], [], ["CopySource: 'b/source'"], ['UploadId: id', 'MultipartUpload: { Parts: list }']])]);
  return { body: pick<Lines>([write, write, [`const save = async (etag) => {`, ...indented(write), '};', 'return save;'], [`const save = async (${name}, { ifMatch }) => {`, ...indented(write), '};']]) };
});

const presigned = situation('no-blind-overwrite', ({ bucket, key, layout, client, form }) => {
  const { before, expression } = client.send('PutObject', { entries: [`Bucket: ${bucket}`, `Key: ${key}`], form, layout, name: 'input' });
  const command = /^client\.send\(([^]*)\)$/.exec(expression)?.[1];
  return { head: ["import { getSignedUrl } from '@aws-sdk/s3-request-presigner';"], body: [...before, command ? `return getSignedUrl(client, ${command}, { expiresIn: 60 });` : `await ${expression};`] };
});

const cachedETag = situation('no-cached-etag', ({ binding, name, pick, extra, read, sent }) => {
  const [value, before] = pick<readonly [string, Lines]>([
    ['etags.get(key)', ['const etags = new Map();', 'export const remember = (key, etag) => etags.set(key, etag);']],
    ['lastETag', ['let lastETag;', 'export const remember = (etag) => { lastETag = etag; };']],
    ['process.env.ETAG', []],
    ["'\"abc\"'", []],
    ["localStorage.getItem('etag')", []],
  ]);
  const shorthand = pick([false, false, true]);
  return {
    before,
    body: binding(read, name, 'Body', (part) => [
      ...(shorthand ? [`const IfMatch = ${value};`] : []),
      ...sent('PutObject', pick([[`Body: edit(${part})`, shorthand ? 'IfMatch' : `IfMatch: ${value}`], [shorthand ? 'IfMatch' : `IfMatch: ${value}`, ...extra, `Body: edit(${part})`]])),
    ]),
  };
});

const checkThenDelete = situation('no-check-then-delete', ({ binding, name, pick, extra, head, read, sent }) => ({
  body: binding(pick([head, read]), name, 'Metadata', (value) => {
    const remove = sent('DeleteObject', extra);
    return pick<Lines>([
      [`if (${value}.owner !== owner) return;`, ...remove],
      [`if (${value}.expires < Date.now()) {`, ...indented(remove), '}'],
      [`const meta = ${value};`, `const expired = meta.expires < Date.now();`, 'if (!expired) throw new Error();', ...remove],
    ]);
  }),
}));

const unrelatedETag = situation('no-unrelated-etag', ({ binding, name, pick, extra, language, head, read, sent }) => ({
  body: binding(read, name, 'Body', (value) => {
    const later = pick<readonly [Lines, string]>([
      [[`const head = await ${head};`], 'head.ETag'],
      [[`const head = await ${head};`], language === 'typescript' ? 'head.ETag!' : 'head["ETag"]'],
      [[`const { ETag: later } = await ${head};`], 'later'],
      [[`const { ETag: IfMatch } = await ${head};`], ''],
      [[`const again = await ${read};`, 'const { ETag: later } = again;'], 'later'],
    ]);
    return [`const text = edit(${value});`, ...later[0], ...sent('PutObject', pick([['Body: text', later[1] ? `IfMatch: ${later[1]}` : 'IfMatch', ...extra], ['Body: text', ...extra, later[1] ? `IfMatch: ${later[1]}` : 'IfMatch']]))];
  }),
}));

const optionalPrecondition = situation('no-optional-precondition', ({ pick, extra, name, head, sent }) => {
  const before = pick<Lines>([
    [`const ${name} = await ${head}.catch(() => undefined);`, `const etag = ${name}?.ETag;`],
    ['let etag;', 'try {', `  const ${name} = await ${head};`, `  etag = ${name}.ETag;`, '} catch {}'],
    ['let etag = null;', 'try {', `  etag = (await ${head}).ETag;`, '} catch (error) {', "  if (error.name !== 'NotFound') throw error;", '}'],
  ]);
  const value = before[1]?.includes('?.') ? pick(['etag', `${name}?.ETag`, `${name} ? ${name}.ETag : undefined`]) : 'etag';
  const entry = pick([
    `IfMatch: ${value}`,
    `IfMatch: ${value}`,
    'IfMatch: etag || undefined',
    'IfMatch: etag ?? undefined',
    'IfMatch: etag ? etag : undefined',
    'IfMatch: etag === undefined ? undefined : etag',
    'IfMatch: (etag)',
    '...(etag && { IfMatch: etag })',
    '...(etag ? { IfMatch: etag } : {})',
    '...(etag ? { IfMatch: etag } : undefined)',
    '...(!etag ? {} : { IfMatch: etag })',
    '...(etag !== undefined && { IfMatch: etag, ContentLength: 1 })',
    'assigned',
  ]);
  if (entry === 'assigned') {
    // The condition is assigned to an input that has a name.
    const write = sent('PutObject', [...extra, 'Body: body']);
    const assigned = pick(['if (etag) input.IfMatch = etag;', 'if (etag) { input.IfMatch = etag; }', 'if (etag) {\n  input.IfMatch = etag;\n}', 'if (etag !== undefined)\n  input.IfMatch = etag;', 'input.IfMatch = etag;']);
    const at = write.findIndex((line) => line.startsWith('const input = {'));
    return { body: [...before, ...(at < 0 ? write : [...write.slice(0, at + 1), assigned, ...write.slice(at + 1)])] };
  }
  return { body: [...before, ...sent('PutObject', pick([['Body: body', ...extra, entry], ['Body: body', entry, ...extra]]))] };
});

const optionalParameter = situation('no-optional-precondition', ({ pick, extra, sent }) => ({
  body: ['const save = async (body, etag, { ifMatch } = {}) => {', ...indented(sent('PutObject', ['Body: body', pick(['IfMatch: etag', 'IfMatch: ifMatch', '...(etag && { IfMatch: etag })', '...(etag ? { IfMatch: etag } : {})']), ...extra])), '};', 'return save;'],
}));

const validPrecondition = situation('valid-precondition', ({ pick, extra, sent }) => {
  const wrong = pick([
    "IfNoneMatch: 'abc'",
    'IfNoneMatch: "*abc"',
    "IfNoneMatch: '\"abc\"'",
    "'IfNoneMatch': 'true'",
    "ifNoneMatch: '*'",
    "'If-None-Match': '*'",
    "'if-none-match': '*'",
    "IfNonMatch: '*'",
    'ifMatch: etag',
    'IfMatch: etag, ifNoneMatch: undefined',
    "'If-Match': etag",
    'ifMatch',
    "['ifMatch']: etag",
    'Ifmatch: etag',
    "IfMatch: '*'",
    "IfNoneMatch: '*', IfMatch: etag",
    "ifNoneMatch: '*', IfNoneMatch: 'abc'",
    "ifNoneMatch: 'abc'",
  ]);
  return { body: ['const etag = id, ifMatch = id;', ...sent(pick(['PutObject', 'PutObject', 'PutObject', 'CopyObject', 'RenameObject', 'DeleteObject', 'CompleteMultipartUpload'] as const), pick([['Body: body', wrong, ...extra], [...extra, 'Body: body', wrong]]))] };
});

const versionOnDelete = situation('require-version-id-on-delete', ({ client, binding, name, layout, form, pick, extra, key }) => {
  const entries = ["Bucket: 'audit-logs'", `Key: ${key}`];
  const earlier = pick(['GetObject', 'HeadObject', 'PutObject'] as const);
  const { expression } = client.send(earlier, { entries: earlier === 'PutObject' ? [...entries, "Body: 'x'", "IfNoneMatch: '*'"] : entries, form: 'literal', layout, name: 'earlier' });
  const removed = client.send('DeleteObject', { entries: [...entries, ...extra], form, layout, name: 'input' });
  return { body: binding(expression, name, 'ContentLength', (value) => [`report(${value});`, ...removed.before, `await ${removed.expression};`, ...removed.after]) };
});

const byTime = situation('prefer-etag-precondition', ({ binding, name, pick, extra, head, read, sent }) => ({
  body: binding(pick([head, read]), name, 'LastModified', (value) => {
    const [operation, time] = pick<readonly [OperationName, string]>([
      ['GetObject', 'IfUnmodifiedSince'],
      ['HeadObject', 'IfModifiedSince'],
      ['CopyObject', 'CopySourceIfUnmodifiedSince'],
      ['DeleteObject', 'IfMatchLastModifiedTime'],
      ['PutObject', 'IfUnmodifiedSince'],
      ['RenameObject', 'DestinationIfUnmodifiedSince'],
    ]);
    const shorthand = pick([false, false, true]);
    const entry = shorthand ? time : `${pick(['', "'"])}${time}: ${value}`.replace(/^'(\w+)/, "'$1'");
    return [...(shorthand ? [`const ${time} = ${value};`] : []), ...sent(operation, pick([[entry, ...extra], [...extra, entry]]))];
  }),
}));

const retry = situation('no-unbounded-conflict-retry', ({ pick, client, bucket, key, form, layout, name, binding, extra, read }) => {
  const tried = (value: string, etag: string): Lines => {
    const { before, expression } = client.send('PutObject', { entries: [`Bucket: ${bucket}`, `Key: ${key}`, `Body: edit(${value})`, etag, ...extra], form, layout, name: 'input' });
    return pick<Lines>([
      [...before, 'try {', `  await ${expression.replaceAll('\n', '\n  ')};`, '  return;', '} catch (error) {', "  if (error.name !== 'PreconditionFailed') throw error;", '}'],
      [...before, 'try {', `  return await ${expression.replaceAll('\n', '\n  ')};`, '} catch (error) {', "  if (error.name === 'PreconditionFailed') continue;", '  throw error;', '}'],
      [...before, 'try {', `  await ${expression.replaceAll('\n', '\n  ')};`, '  break;', '} catch {}'],
    ]);
  };
  const turn = pick<Lines>([
    ['log(attempt);', `const ${name} = await ${read};`, ...tried(`${name}.Body`, `IfMatch: ${name}.ETag`)],
    [`const ${name} = await ${read};`, ...tried(`${name}.Body`, `IfMatch: ${name}.ETag`)],
    [`const ${name} = await ${read};`, ...tried(`${name}.Body`, `IfMatch: ${name}.ETag`)],
    tried('id', "IfNoneMatch: '*'"),
    binding(read, name, 'Body', (value) => tried(value, "...(id ? {} : { Tagging: 'a=b' })")),
  ]);
  return {
    body: pick<Lines>([
      ['while (true) {', ...indented(turn), '}'],
      ['for (;;) {', ...indented(turn), '}'],
      ['for ( ; ; )', '{', ...indented(turn), '}'],
      ['do {', ...indented(turn), '} while (true);'],
      ['while (1) {', ...indented(turn), '}'],
      ['while (true) {', ...indented(turn), '}'],
      ['for (;;) {', ...indented(turn), '}'],
      ['let turns = 0;', 'for (; true; turns++) {', ...indented(turn), '}'],
      ['again: while (true) {', ...indented(turn), '}'],
      ['if (flag) while (true) {', ...indented(turn), '}'],
      ['while (true) {', ...indented(turn), '} // for ever'],
    ]),
  };
});

const conflictByText = situation('no-conflict-message-matching', ({ pick, name, extra, sent }) => {
  const write = sent('PutObject', [...extra, "Body: 'x'", "IfNoneMatch: '*'"]);
  const test = pick(["error.message.includes('PreconditionFailed')", "!error.message.includes('PreconditionFailed')", "error.message?.includes('412')", '/412/.test(error.message)', "error.message.indexOf('ConditionalRequestConflict') >= 0", "String(error).includes('409')", "id && error.message.includes('PreconditionFailed')"]);
  return {
    body: pick<Lines>([
      ['try {', ...indented(write), '} catch (error) {', `  if (${test}) return;`, '  throw error;', '}'],
      ['try {', ...indented(write), '} catch (error) {', `  const ${name === 'ETag' ? 'lost' : 'refused'} = ${test};`, `  return ${name === 'ETag' ? 'lost' : 'refused'} ? 'there' : null;`, '}'],
      ['try {', ...indented(write), '} catch (error) {', `  return ${test} ? id : null; // told`, '}'],
    ]),
  };
});

const deadCheck = situation('no-dead-conflict-check', ({ pick, extra, sent }) => {
  const write = sent('PutObject', [...extra, "Body: 'x'", "IfNoneMatch: '*'"]);
  const test = pick([
    "error.code === 'PreconditionFailed'",
    "error?.code !== 'PreconditionFailed'",
    '412 === error.statusCode',
    'error.status === 412 /* lost */',
    "error['code'] == 'ConditionalRequestConflict'",
    "['PreconditionFailed', 'ConditionalRequestConflict'].includes(error.code)",
    "error.name === 'PreConditionFailed'",
    "error.name === 'ConditionalCheckFailedException'",
    "error.Code !== 'ConditionalCheckFailedException'",
  ]);
  return {
    body: pick<Lines>([
      ['try {', ...indented(write), '} catch (error) {', `  if (${test}) return;`, '  throw error;', '}'],
      ['try {', ...indented(write), '} catch (error) {', `  return ${test} ? id : null; // told`, '}'],
    ]),
  };
});

/** Every situation; those that show their rule seldom come more often. */
export const situations: readonly [fc.WeightedArbitrary<Situation>, ...fc.WeightedArbitrary<Situation>[]] = [
  { weight: 4, arbitrary: lostUpdate },
  { weight: 2, arbitrary: checkThenWrite },
  { weight: 1, arbitrary: blind },
  { weight: 1, arbitrary: presigned },
  { weight: 3, arbitrary: cachedETag },
  { weight: 3, arbitrary: checkThenDelete },
  { weight: 3, arbitrary: unrelatedETag },
  { weight: 3, arbitrary: optionalPrecondition },
  { weight: 1, arbitrary: optionalParameter },
  { weight: 2, arbitrary: validPrecondition },
  { weight: 3, arbitrary: versionOnDelete },
  { weight: 3, arbitrary: byTime },
  { weight: 3, arbitrary: retry },
  { weight: 2, arbitrary: conflictByText },
  { weight: 3, arbitrary: deadCheck },
];
