import fc from 'fast-check';

/** The parts that programs are made of: clients, inputs, and the ways to name a response. */

export type Lines = readonly string[];
export type Language = 'typescript' | 'javascript';

/** Statements that show something, and what they need around them. */
export interface Situation {
  readonly about: string;
  readonly language: Language;
  /** Imports and clients. */
  readonly head: Lines;
  /** What stands before the function. */
  readonly before: Lines;
  readonly body: Lines;
  readonly parameters: string;
}

export const indented = (lines: Lines): string[] => lines.flatMap((line) => line.split('\n')).map((line) => (line === '' ? line : `  ${line}`));

export type ClientName = 'command' | 'field' | 'namespace' | 'required' | 'aggregated' | 'upload' | 'v2' | 'minio' | 'lent';
export type OperationName = 'GetObject' | 'HeadObject' | 'PutObject' | 'CopyObject' | 'RenameObject' | 'DeleteObject' | 'CompleteMultipartUpload';

/** What a call is given. */
export interface Input {
  readonly entries: Lines;
  readonly form: Form;
  readonly layout: Layout;
  readonly name: string;
}

/** A call, the statements that have to stand before it, and those that may stand after it. */
export interface Sent {
  readonly before: Lines;
  readonly expression: string;
  readonly after: Lines;
}

export interface Client {
  readonly name: ClientName;
  readonly head: Lines;
  readonly parameter: string;
  readonly send: (operation: OperationName, input: Input) => Sent;
}

const commands: readonly OperationName[] = ['GetObject', 'HeadObject', 'PutObject', 'CopyObject', 'RenameObject', 'DeleteObject', 'CompleteMultipartUpload'];
const imported = `{ ${commands.map((name) => `${name}Command`).join(', ')} }`;
const method = (operation: OperationName): string => (operation[0] ?? '').toLowerCase() + operation.slice(1);

const sdk = (expression: (operation: OperationName, input: string) => string) => (operation: OperationName, input: Input): Sent => {
  const { before, text, after } = rendered(input);
  return { before, expression: expression(operation, text), after };
};

/** minio takes bucket, key and body by position. */
function positional(operation: OperationName, { entries }: Input): Sent {
  const given = (name: string): string | undefined => entries.map((entry) => (entry === name ? entry : new RegExp(`^'?${name}'?:\\s*([^]*)$`).exec(entry)?.[1])).find((value) => value !== undefined);
  const called = { HeadObject: 'statObject', DeleteObject: 'removeObject', RenameObject: 'putObject', CompleteMultipartUpload: 'putObject' }[operation as string] ?? method(operation);
  const headers = entries.filter((entry) => /^'?(?:If|if)-?/.test(entry));
  const values = [given('Bucket') ?? "'b'", given('Key') ?? "'k'", ...(called === 'putObject' ? [given('Body') ?? "'x'"] : []), ...(called === 'copyObject' ? ["'/b/source'"] : [])];
  return { before: [], expression: `client.${called}(${[...values, ...(called === 'putObject' && headers.length > 0 ? [`{ ${headers.join(', ')} }`] : [])].join(', ')})`, after: [] };
}

const clientsByName: Readonly<Record<ClientName, Omit<Client, 'name'>>> = {
  command: { head: [`import ${imported} from '@aws-sdk/client-s3';`], parameter: 'client', send: sdk((operation, input) => `client.send(new ${operation}Command(${input}))`) },
  field: { head: [`import ${imported} from '@aws-sdk/client-s3';`], parameter: 'unused', send: sdk((operation, input) => `this.client.send(new ${operation}Command(${input}))`) },
  namespace: { head: ["import * as sdk from '@aws-sdk/client-s3';"], parameter: 'client', send: sdk((operation, input) => `client?.send(new sdk.${operation}Command(${input},),)`) },
  required: { head: [`const ${imported} = require('@aws-sdk/client-s3');`], parameter: 'client', send: sdk((operation, input) => `client['send'](new ${operation}Command(${input}))`) },
  aggregated: { head: ["import { S3 } from '@aws-sdk/client-s3';", 'const s3 = new S3({});'], parameter: 'unused', send: sdk((operation, input) => `s3.${method(operation)}(${input})`) },
  upload: {
    head: [`import ${imported} from '@aws-sdk/client-s3';`, "import { Upload } from '@aws-sdk/lib-storage';"],
    parameter: 'client',
    send: sdk((operation, input) => (operation === 'PutObject' ? `new Upload({ client, ${input === 'params' ? 'params' : `params: ${input}`} }).done()` : `client.send(new ${operation}Command(${input}))`)),
  },
  v2: { head: ["const AWS = require('aws-sdk');", 'const s3 = new AWS.S3();'], parameter: 'unused', send: sdk((operation, input) => `s3.${method(operation)}(${input}).promise()`) },
  minio: { head: ["import { Client } from 'minio';", 'const client = new Client({});'], parameter: 'unused', send: positional },
  lent: { head: ["import { s3 } from './clients.js';"], parameter: 'unused', send: sdk((operation, input) => `s3.${method(operation)}(${input})`) },
};

/** A client; those that can send every condition come more often. */
export const clients: fc.Arbitrary<Client> = fc
  .constantFrom<ClientName>('command', 'command', 'command', 'command', 'command', 'field', 'aggregated', 'aggregated', 'aggregated', 'upload', 'upload', 'namespace', 'required', 'v2', 'minio', 'lent')
  .map((name) => ({ name, ...clientsByName[name] }));

/** How a literal is laid out. */
export type Layout = 'line' | 'tight' | 'line-comma' | 'lines' | 'lines-comma' | 'hanging' | 'packed' | 'closed-below' | 'comma-first';

export const layouts = fc.constantFrom<Layout>('line', 'line', 'lines-comma', 'lines-comma', 'lines', 'tight', 'line-comma', 'hanging', 'packed', 'closed-below', 'comma-first');

/** An object literal. */
export function literal(entries: Lines, layout: Layout): string {
  const lines = entries.map((entry) => entry.replaceAll('\n', '\n  '));
  if (entries.length === 0) return layout === 'lines' ? '{\n}' : '{}';
  switch (layout) {
    case 'line':
      return `{ ${entries.join(', ')} }`;
    case 'tight':
      return `{${entries.join(',')}}`;
    case 'line-comma':
      return `{ ${entries.join(', ')}, }`;
    case 'lines':
      return `{\n  ${lines.join(',\n  ')}\n}`;
    case 'lines-comma':
      return `{\n  ${lines.join(',\n  ')},\n}`;
    case 'hanging':
      return `{ ${lines.join(',\n  ')} }`;
    case 'packed':
      return `{\n  ${lines.join(', ')}\n}`;
    case 'closed-below':
      return `{ ${entries.join(', ')}\n}`;
    case 'comma-first':
      return `{\n    ${lines.join('\n  , ')}\n}`;
  }
}

/** How an input gets to its call. */
export type Form =
  | 'literal'
  | 'variable'
  | 'params' // a variable with the name that Upload's options have for it
  | 'assigned' // its last property is assigned
  | 'assigned-behind' // changed after the call
  | 'spread'
  | 'spread-last'
  | 'member'
  | 'parenthesised'
  | 'sequence'
  | 'chosen'
  | 'built'
  | 'merged'
  | 'quoted'
  | 'shorthand'
  | 'as'
  | 'satisfies'
  | 'non-null'
  | 'as-variable'
  | 'asserted'
  | 'twice-as';

const forms: readonly Form[] = ['literal', 'variable', 'params', 'assigned', 'assigned-behind', 'spread', 'spread-last', 'member', 'parenthesised', 'sequence', 'chosen', 'built', 'merged', 'quoted', 'shorthand'];
const typedForms: readonly Form[] = ['as', 'satisfies', 'non-null', 'as-variable', 'asserted', 'twice-as'];
const literals: readonly Form[] = forms.map(() => 'literal');

export const formsIn = (language: Language): fc.Arbitrary<Form> => fc.constantFrom(...literals, ...forms, ...(language === 'typescript' ? typedForms : []));

interface Rendered {
  readonly before: Lines;
  readonly text: string;
  readonly after: Lines;
}

const named = /^(\w+): ([^]+)$/;

function rendered({ entries, form, layout, name }: Input): Rendered {
  const whole = literal(entries, layout);
  const here = (text: string, before: Lines = [], after: Lines = []): Rendered => ({ before, text, after });
  switch (form) {
    case 'literal':
      return here(whole);
    case 'variable':
      return here(name, [`const ${name} = ${whole};`]);
    case 'params':
      return here('params', [`const params = ${whole};`]);
    case 'assigned': {
      const last = named.exec(entries.at(-1) ?? '');
      return last ? here(name, [`const ${name} = ${literal(entries.slice(0, -1), layout)};`, `${name}.${last[1] ?? ''} = ${last[2] ?? ''};`]) : here(whole);
    }
    case 'assigned-behind':
      return here(name, [`const ${name} = ${whole};`], [`${name}.Tagging = 'a=b';`]);
    case 'spread':
      return here(literal([`...${name}`, ...entries.slice(2)], layout), [`const ${name} = ${literal(entries.slice(0, 2), layout)};`]);
    case 'spread-last':
      return here(literal([...entries.slice(2), `...${name}`], layout), [`const ${name} = ${literal(entries.slice(0, 2), layout)};`]);
    case 'member':
      return here(`${name}.it`, [`const ${name} = { it: ${whole} };`]);
    case 'parenthesised':
      return here(`(${whole})`);
    case 'sequence':
      return here(`(0, ${whole})`);
    case 'chosen':
      return here(`flag ? ${whole} : ${literal([...entries, "Tagging: 'a=b'"], layout)}`);
    case 'built':
      return here(`${name}()`, [`const ${name} = () => (${whole});`]);
    case 'merged':
      return here(`Object.assign({}, ${whole})`);
    case 'quoted':
      return here(literal(entries.map((entry) => entry.replace(named, "'$1': $2")), layout));
    case 'shorthand': {
      const [bucket, key, ...rest] = entries.map((entry) => named.exec(entry));
      if (bucket?.[1] !== 'Bucket' || key?.[1] !== 'Key') return here(whole);
      return here(literal(['Bucket', 'Key', ...rest.flatMap((match, index) => match?.[0] ?? entries[index + 2] ?? [])], layout), [`const Bucket = ${bucket[2] ?? ''}, Key = ${key[2] ?? ''};`]);
    }
    case 'as':
      return here(`${whole} as any`);
    case 'satisfies':
      return here(`${whole} satisfies object`);
    case 'non-null':
      return here(`${name}!`, [`const ${name}: any = ${whole};`]);
    case 'asserted':
      return here(`<any>${whole}`);
    case 'twice-as':
      return here(`(${name} satisfies object)! as any`, [`const ${name} = ${whole};`]);
    case 'as-variable':
      return here(`${name} as any`, [`const ${name} = ${whole};`]);
  }
}

/** How a response gets its name, and what is done with a part of it. */
export type Binding = (read: string, name: string, part: string, use: (value: string) => Lines) => Lines;

const pattern = (inside: (part: string) => string, value: (part: string) => string = (part) => part): Binding => (read, _name, part, use) => [`const ${inside(part)} = await ${read};`, ...use(value(part))];
const whole = (before: (read: string, name: string) => Lines, dot = '.'): Binding => (read, name, part, use) => [...before(read, name), ...use(`${name}${dot}${part}`)];

/** Bindings after which the response is there. */
const sure: readonly Binding[] = [
  whole((read, name) => [`const ${name} = await ${read};`]),
  whole((read, name) => [`let ${name};`, `${name} = await ${read};`]),
  whole((read, name) => [`let ${name} = null;`, `${name} = await ${read};`]),
  whole((read, name) => [`var ${name} = (await ${read});`]),
  whole((read, name) => [`const first = 1, ${name} = await ${read}, last = 2;`]),
  whole((read, name) => [`const [${name}, other] = await Promise.all([${read}, 1]);`]),
  whole((read, name) => [`const load = async () => ${read};`, `const ${name} = await load();`]),
  whole((read, name) => [`const pending = ${read};`, `const ${name} = await pending;`]),
  whole((read, name) => [`let ${name};`, 'try {', `  ${name} = await ${read};`, '} catch (error) {', '  throw new Error(error);', '}']),
  pattern((part) => `{ ${part} }`),
  pattern((part) => `{${part}}`),
  pattern((part) => `{ ${part}, }`),
  pattern((part) => `{ ${part}: part }`, () => 'part'),
  pattern((part) => `{ ['${part}']: part }`, () => 'part'),
  pattern((part) => `{ ${part} = '' }`),
  pattern((part) => `{ ${part}: part = '' }`, () => 'part'),
  pattern((part) => `{ ${part}, ...others }`),
  pattern((part) => `{ ${part}, ETag }`),
  pattern((part) => `{ ETag: tag, ${part} }`),
  pattern((part) => `{ ${part}: { inner } }`, () => 'inner'),
  pattern((part) => `{\n  ContentType,\n  ${part},\n}`),
  pattern((part) => `{\n  ${part}\n}`),
  pattern((part) => `[{ ${part} }]`),
  (read, _name, part, use) => [`const { ${part} } = (await ${read}) ?? {};`, ...use(part)],
  (read, _name, part, use) => [`const { ${part} } = await ${read}.catch(() => ({}));`, ...use(part)],
  (read, _name, part, use) => [`const { ${part} } = await ${read}, { ETag: other } = await ${read};`, ...use(part)],
  (read, _name, part, use) => [`const keep = async ({ ${part} }) => {`, ...indented(use(part)), '};', `await keep(await ${read});`],
  (read, name, part, use) => [`const keep = async (${name}, again = ${name}) => {`, ...indented(use(`again.${part}`)), '};', `await keep(await ${read});`],
  (read, name, part, use) => [`const ${name} = await ${read};`, `const { ${part}: part } = ${name};`, ...use('part')],
  (read, _name, part, use) => [`let ${part};`, `({ ${part} } = await ${read});`, ...use(part)],
  (read, name, part, use) => [`await ${read}.then(async (${name}) => {`, ...indented(use(`${name}.${part}`)), '});'],
  (read, _name, part, use) => [`await ${read}.then(async ({ ${part} }) => {`, ...indented(use(part)), '});'],
  (read, name, part, use) => [`await ${read}.then(async function (${name}) {`, ...indented(use(`${name}.${part}`)), '});'],
  (read, name, part, use) => ['const load = async () => {', `  const ${name} = await ${read};`, `  return ${name}.${part};`, '};', 'const loaded = await load();', ...use('loaded')],
  (read, name, part, use) => [`for (const ${name} of [await ${read}]) {`, ...indented(use(`${name}.${part}`)), '}'],
  (read, _name, part, use) => use(`(await ${read}).${part}`),
  (read, name, part, use) => ['{', `  const ${name} = await ${read};`, ...indented(use(`${name}.${part}`)), '}'],
  // A callback of the client.
  (read, name, part, use) => [`${read.replace(/\.promise\(\)$/, '').slice(0, -1)}, async (error, ${name}) => {`, ...indented(use(`${name}.${part}`)), '});'],
  (read, name, part, use) => ['if (flag) {', `  const ${name} = await ${read};`, ...indented(use(`${name}.${part}`)), '}'],
];

/** The bindings that a fix finds its response in most often. */
const plain = [...sure.slice(0, 6), ...sure.slice(9, 13), pattern((part) => `{ ${part}, ETag }`), pattern((part) => `{ ETag, ${part} }`)];

/** Bindings after which it may not be. */
const unsure: readonly Binding[] = [
  whole((read, name) => [`let ${name};`, 'try {', `  ${name} = await ${read};`, '} catch (error) {', "  if (error.name !== 'NoSuchKey') throw error;", '}'], '?.'),
  whole((read, name) => [`let ${name} = undefined;`, `try { ${name} = await ${read}; } catch {}`], '?.'),
  whole((read, name) => [`const ${name} = await ${read}.catch(() => undefined);`], '?.'),
  whole((read, name) => [`const ${name} = await ${read}.catch(() => null);`], '?.'),
  whole((read, name) => [`const ${name} = await ${read}.catch(() => {});`], '?.'),
  whole((read, name) => [`const ${name} = await ${read}.catch(() => ({}));`]),
  whole((read, name) => [`let ${name};`, 'if (flag) {', `  ${name} = await ${read};`, '}'], '?.'),
];

const typed: readonly Binding[] = [
  whole((read, name) => [`const ${name} = (await ${read}) as any;`]),
  whole((read, name) => [`const ${name} = (await ${read})!;`]),
  whole((read, name) => [`const ${name}: any = await ${read};`]),
  (read, _name, part, use) => [`const { ${part} }: { ${part}?: any } = await ${read};`, ...use(part)],
  (read, _name, part, use) => [`const { ${part} }: any = await ${read};`, ...use(`${part}!`)],
];

export const bindingsIn = (language: Language): fc.Arbitrary<Binding> => fc.constantFrom(...plain, ...plain, ...plain, ...sure, ...unsure, ...(language === 'typescript' ? typed : []));

/** A block with names of its own, which are no response. */
const shadowed = (expression: string): string => `{\n  const ETag = 'mine', VersionId = 'mine';\n  await ${expression.replaceAll('\n', '\n  ')};\n}`;

/** What stands around a call that is sent. */
export const statements = fc.constantFrom<(expression: string) => string>(
  shadowed,
  shadowed,
  shadowed,
  (expression) => `await ${expression};`,
  (expression) => `await ${expression};`,
  (expression) => `const stored = await ${expression};`,
  (expression) => `return ${expression};`,
  (expression) => `await Promise.all([${expression}]);`,
  (expression) => `if (flag) await ${expression};`,
  (expression) => `const save = () => ${expression};\nawait save();`,
  (expression) => `const answer = flag ? await ${expression} : null;`,
  (expression) => `try {\n  await ${expression.replaceAll('\n', '\n  ')};\n} catch (error) {\n  throw new Error('failed', { cause: error });\n}`,
  (expression) => `for (const part of [0, 1]) await ${expression};`,
  (expression) => `${expression}.then(() => done(), fail);`,
);
