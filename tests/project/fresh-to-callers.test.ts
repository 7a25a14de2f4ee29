import { describe, expect, it } from 'vitest';

import { markedPlaces, placesOf, type Files } from '../checked-project.js';

/**
 * Keys that are fresh for each call that is known, though what makes them stands behind a choice, comes by way of a function
 * that is handed over, or is drawn by Lambda. `✗` marks a line where `no-blind-overwrite` reports, `◷` one where only `strict`
 * does, as two writers share no more than a millisecond; one without is silent in both.
 */

async function expectMarked(files: Files): Promise<void> {
  expect(await placesOf('no-blind-overwrite', files, 'recommended')).toEqual(markedPlaces(files));
  expect(await placesOf('no-blind-overwrite', files, 'strict')).toEqual(markedPlaces(files, /✗|◷/));
}

const sdk = "import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';\nconst s3 = new S3Client({});\n";
const byClock = (text: string): string => text.replaceAll('// ✗', '// ◷');

const helper = "import { PutObjectCommand } from '@aws-sdk/client-s3';\nexport const push = (client, Bucket, Key, Body) => client.send(new PutObjectCommand({ Bucket, Key, Body })); // ✗\n";

describe('a clock that stands in for what a caller leaves out', () => {
  const stamping = (parameters: string, ...body: readonly string[]): string => `import { S3Client } from '@aws-sdk/client-s3';
import { push } from './helper.js';
const s3 = new S3Client({});
export const handler = async (event) => save(event, s3);
export async function save(message, client, ${parameters}) {
${body.join('\n')}
  return push(client, 'inbound', \`a_\${at}.json\`, JSON.stringify(message)); // ✗
}
`;
  const clock = 'new Date(Date.now()).toISOString()';
  const called = (given: string): string => `import { save } from './main.js';\nexport const again = (client, message, name) => save(message, client${given});\n`;

  const choices: readonly (readonly [string, string, readonly string[]])[] = [
    ['`||`', 'stamp', [`  const at = stamp || ${clock};`]],
    ['`??`', 'stamp', [`  const at = stamp ?? ${clock};`]],
    ['a default', `at = ${clock}`, []],
    ['one of two', 'stamp', [`  const at = stamp ? stamp : ${clock};`]],
    ['one of two, the other way round', 'stamp', [`  const at = stamp === undefined ? ${clock} : stamp;`]],
    ['an option', '{ stamp } = {}', [`  const at = stamp || ${clock};`]],
    ['an assignment of the parameter itself', 'at', [`  at = at || ${clock};`]],
    ['an assignment where there is none', 'at', [`  at ||= ${clock};`]],
    ['an assignment where there is nothing', 'at', [`  at ??= ${clock};`]],
    ['a check', 'at', [`  if (!at) at = ${clock};`]],
    ['a check for nothing', 'at', [`  if (at == null) {\n    at = ${clock};\n  }`]],
    ['a check that is turned round', 'at', [`  if (at !== undefined) console.log(at); else at = ${clock};`]],
  ];

  it.each(choices)('%s: the only call that is known leaves it out', (_, parameters, body) => expectMarked({ 'helper.js': byClock(helper), 'main.js': byClock(stamping(parameters, ...body)) }));

  it.each(choices.filter(([name]) => name !== 'an option'))('%s: another call gives a name', (_, parameters, body) =>
    expectMarked({ 'helper.js': helper, 'main.js': stamping(parameters, ...body), 'again.js': called(', name') }),
  );

  it.each(choices.filter(([name]) => name !== 'an option'))('%s: another call gives a text', (_, parameters, body) =>
    expectMarked({ 'helper.js': helper, 'main.js': stamping(parameters, ...body), 'again.js': called(", 'latest'") }),
  );

  it.each<[string, Files]>([
    ['an option that another call gives', { 'helper.js': helper, 'main.js': stamping('{ stamp } = {}', `  const at = stamp || ${clock};`), 'again.js': called(', { stamp: name }') }],
    ['another call leaves it out too', { 'helper.js': byClock(helper), 'main.js': byClock(stamping('stamp', `  const at = stamp || ${clock};`)), 'again.js': called('') }],
    ['another call says that there is none', { 'helper.js': byClock(helper), 'main.js': byClock(stamping('stamp', `  const at = stamp || ${clock};`)), 'again.js': called(', undefined') }],
    ['another call gives a clock', { 'helper.js': byClock(helper), 'main.js': byClock(stamping('stamp', `  const at = stamp || ${clock};`)), 'again.js': called(', Date.now()') }],
    ['another call spreads what may hold it', { 'helper.js': helper, 'main.js': stamping('stamp', `  const at = stamp || ${clock};`), 'again.js': called(', ...name') }],
    ['the text before it is never empty', { 'helper.js': helper, 'main.js': stamping('stamp', `  const at = 'latest' || ${clock};`) }],
    ['a day stands in', { 'helper.js': helper, 'main.js': stamping('stamp', `  const at = stamp || ${clock}.slice(0, 10);`) }],
    ['it is the message that may have it', { 'helper.js': helper, 'main.js': stamping('stamp', `  const at = message.stamp || ${clock};`) }],
    ['it is assigned before', { 'helper.js': helper, 'main.js': stamping('at', `  if (message.at) at = message.at;\n  if (!at) at = ${clock};`) }],
    ['it is kept where it is left out', { 'helper.js': helper, 'main.js': stamping('at', `  if (at) at = ${clock};`) }],
    [
      'a loop finds it set by the turn before',
      {
        'helper.js': helper,
        'main.js': `import { S3Client } from '@aws-sdk/client-s3';
import { push } from './helper.js';
const s3 = new S3Client({});
export const handler = async (event) => save(event, s3);
export async function save(message, client, at) {
  for (const part of message.parts) {
    if (!at) at = ${clock};
    await push(client, 'inbound', \`a_\${at}.json\`, part); // ✗
  }
}
`,
      },
    ],
    ['nobody calls it', { 'helper.js': helper, 'main.js': stamping('stamp', `  const at = stamp || ${clock};`).replace(/^export const handler.*$/m, '') }],
  ])('%s', (_, files) => expectMarked(files));
});

describe('a function that is handed to one who calls it', () => {
  const put = 'export const put = async (c, b, k, j) => c.send(new PutObjectCommand({ Bucket: b, Key: k, Body: j })); // ✗\n';
  const handler = `${sdk}export const handler = async (event) => {
  const stamp = new Date(Date.now()).toISOString();
  await forward(put, stamp, event, s3);
};
`;
  const run = "export const forward = async (putF, stamp, msg, client) => putF(client, 'sent', `sent-${stamp}.json`, msg); // ✗\n";
  const byId = (text: string): string => `import { randomUUID } from 'node:crypto';\n${text.replace('new Date(Date.now()).toISOString()', 'randomUUID()')}`;
  const silent = (text: string): string => text.replaceAll(' // ✗', '');

  it.each<[string, Files]>([
    ['under a key that a clock makes', { 'main.js': `${handler}${byClock(silent(run) + put)}` }],
    ['under a key of its own', { 'main.js': byId(silent(`${handler}${run}${put}`)) }],
    ['through one who hands it on', { 'main.js': silent(byId(`${handler}const forward = async (f, stamp, msg, client) => send(f, stamp, msg, client);\n${run.replace('forward', 'send')}${put}`)) }],
    ['who never calls it', { 'main.js': silent(byId(`${handler}const forward = async (f, stamp) => console.log(stamp);\n${put}export const save = (body) => put(s3, 'sent', randomUUID(), body);\n`)) }],
  ])('%s: what that call gives decides', (_, files) => expectMarked(files));

  const saving = `${silent(put).trim()} // ✗\nexport const save = (body) => put(s3, 'sent', randomUUID(), body);\n`;

  it.each<[string, string]>([
    ['one who is imported from elsewhere', "import { forward } from 'elsewhere';"],
    ['one who keeps it', 'const kept = [];\nconst forward = async (f) => { kept.push(f); };\nexport const all = (key) => kept.map((f) => f(s3, "sent", key, ""));'],
    ['one who gives it away', "import { register } from 'elsewhere';\nconst forward = async (f, stamp, msg, client) => { register('put', f); return f(client, 'sent', `sent-${stamp}.json`, msg); };"],
    ['one who puts it into an object', "const held = {};\nconst forward = async (f, stamp, msg, client) => { held.put = f; return f(client, 'sent', `sent-${stamp}.json`, msg); };"],
    [
      'one too far away to be followed',
      "const forward = (f, stamp, msg) => second(f, msg);\nconst second = (f, msg) => third(f, msg);\nconst third = (f, msg) => fourth(f, msg);\nconst fourth = (f, msg) => f(s3, 'sent', msg.name, msg);",
    ],
  ])('%s may call it with any key', (_, forward) => expectMarked({ 'main.js': byId(`${handler}${forward}\n${saving}`) }));

  const importing = (key: string): Files => ({
    'put.js': `import { PutObjectCommand } from '@aws-sdk/client-s3';\n${put}`,
    'main.js': byId(`import { put } from './put.js';\n${handler}${run.replace('${stamp}', key)}`),
  });

  it('a function of another module', () => expectMarked(Object.fromEntries(Object.entries(importing('${stamp}')).map(([path, text]) => [path, silent(text)]))));

  it('a function of another module, which is called with a name', () => expectMarked(importing('${msg.name}')));

  it('a function of another module, to one who is not shown what it is handed', () =>
    expectMarked({ ...importing('${stamp}'), 'main.js': byId(`import { put } from './put.js';\nimport { forward } from './forward.js';\n${handler}`), 'forward.js': silent(run) }));

  it('one who calls it with a name that comes again', () =>
    expectMarked({ 'main.js': byId(`${handler}${silent(run).replace('${stamp}', '${msg.name}')}${put}`) }));

  it('one of two who are handed it calls it with a name', () =>
    expectMarked({
      'main.js': byId(`${handler}export const other = (event) => named(put, event);\nconst named = (f, msg) => f(s3, 'named', msg.name, msg);\n${silent(run)}${put}`),
    }));
});

describe('the id of an invocation', () => {
  const writing = (key: string): string => `s3.send(new PutObjectCommand({ Bucket: 'b', Key: ${key}, Body: '[]' }))`;
  const typed = `import type { Context } from 'aws-lambda';\n${sdk}`;

  it.each<[string, Files]>([
    ['of the context', { 'main.js': `${sdk}export const handler = async (event, context) => ${writing('`m/${event.table}-${context.awsRequestId}.json`')};` }],
    ['of the context, in CommonJS', { 'main.js': `const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');\nconst s3 = new S3Client({});\nexports.handler = async (event, context) => ${writing('context.awsRequestId')};` }],
    ['by a name of its own', { 'main.js': `${sdk}export const handler = async (event, context) => {\n  const id = context.awsRequestId;\n  await ${writing('`${id}.json`')};\n};` }],
    ['that is taken apart', { 'main.js': `${sdk}export const handler = async (event, { awsRequestId }) => ${writing('`${awsRequestId}.json`')};` }],
    ['that is taken apart and named anew', { 'main.js': `${sdk}export const handler = async (event, { awsRequestId: id }) => ${writing('`${id}.json`')};` }],
    ['that is taken apart later', { 'main.js': `${sdk}export const handler = async (event, context) => {\n  const { awsRequestId } = context;\n  await ${writing('`${awsRequestId}.json`')};\n};` }],
    ['within what wraps the handler', { 'main.js': `import middy from '@middy/core';\n${sdk}export const handler = middy(async (event, context) => ${writing('context.awsRequestId')});` }],
    ['handed to a function', { 'main.js': `${sdk}export const handler = async (event, context) => save(event.rows, event.table, context.awsRequestId);\nconst save = (rows, table, id) => ${writing('`${table}-${id}.json`')};` }],
    ['of the context that is handed to a function', { 'main.js': `${sdk}export const handler = async (event, context) => save(context);\nconst save = (given) => ${writing('`${given.awsRequestId}.json`')};` }],
    ['of what is typed as the context, in any place', { 'main.ts': `${typed}export const save = async (context: Context) => ${writing('`${context.awsRequestId}.json`')};` }],
    ['of what is typed as the context and taken apart', { 'main.ts': `${typed}export const save = async (a: string, b: string, { awsRequestId }: Context) => ${writing('`${a}/${b}/${awsRequestId}.json`')};` }],
    [
      'handed to another module',
      { 'helper.js': helper.replace(' // ✗', ''), 'main.js': "import { S3Client } from '@aws-sdk/client-s3';\nimport { push } from './helper.js';\nconst s3 = new S3Client({});\nexport const handler = async (event, context) => push(s3, 'b', `${context.awsRequestId}.json`, '');\n" },
    ],
  ])('%s', (_, files) => expectMarked(files));

  it.each<[string, Files]>([
    ['that an event brings along: many may', { 'main.js': `${sdk}export const handler = async (event, context) => ${writing('`${event.awsRequestId}.json`')}; // ✗` }],
    ['that is read of a part of the context', { 'main.js': `${sdk}export const handler = async (event, context) => ${writing('`${context.parent.awsRequestId}.json`')}; // ✗` }],
    ['of the function, which all invocations share', { 'main.js': `${sdk}export const handler = async (event, context) => ${writing('`${context.functionName}.json`')}; // ✗` }],
    ['of the log, which is that of a process', { 'main.js': `${sdk}export const handler = async (event, context) => ${writing('`${context.logStreamName}.json`')}; // ✗` }],
    ['that is written over', { 'main.js': `${sdk}export const handler = async (event, context) => {\n  context.awsRequestId = event.name;\n  await ${writing('`${context.awsRequestId}.json`')}; // ✗\n};` }],
    ['that is spelt out in the file', { 'main.js': `${sdk}const run = async (event, context) => ${writing('`${context.awsRequestId}.json`')}; // ✗\nexport const local = () => run({}, { awsRequestId: 'local' });` }],
    ['of a type of that name from elsewhere', { 'main.ts': `import type { Context } from './context';\n${sdk}export const save = async (context: Context) => ${writing('`${context.awsRequestId}.json`')}; // ✗` }],
  ])('%s is none', (_, files) => expectMarked(files));
});

describe('an id that another module of CommonJS makes', () => {
  const save = `const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');\nconst s3 = new S3Client({});\nexports.save = (id, body) => s3.send(new PutObjectCommand({ Bucket: 'b', Key: \`x/\${id}.json\`, Body: body })); // ✗\n`;
  const making = (makes: string): string => `const { randomUUID } = require('node:crypto');\n${makes}\n`;
  const using = (made: string): string => `const { save } = require('./save');\n${made}\nexports.run = async (names, body) => {\n`;
  const silent = save.replace(' // ✗', '');

  it.each<[string, Files]>([
    ['by name', { 'save.js': silent, 'ids.js': making('exports.idFor = (name) => name + randomUUID();'), 'use.js': `${using("const ids = require('./ids');")}  await save(ids.idFor('a'), body);\n};` }],
    ['taken apart', { 'save.js': silent, 'ids.js': making('module.exports = { idFor: (name) => name + randomUUID() };'), 'use.js': `${using("const { idFor } = require('./ids');")}  await save(idFor('a'), body);\n};` }],
    ['as the module itself', { 'save.js': silent, 'ids.js': making('module.exports = { made: (names) => { const ids = {}; for (const name of names) ids[name] = randomUUID(); return ids; } };'), 'use.js': `${using("const ids = require('./ids');")}  const all = ids.made(names);\n  for (const name in all) await save(all[name], body);\n};` }],
    ['or does not', { 'save.js': save, 'ids.js': making("exports.idFor = (name) => name + '.new';"), 'use.js': `${using("const ids = require('./ids');")}  await save(ids.idFor('a'), body); // ✗\n};` }],
  ])('%s', (_, files) => expectMarked(files));
});
