import { describe, expect, it } from 'vitest';

import { findingsIn, markedLines, type Files } from '../checked-project.js';

/**
 * Functions that make one of several requests, by an argument. A caller that says which is told of that one alone; where it
 * leaves that open, any may be meant. `✗` marks a write that overwrites, `↗` a URL that does.
 */

async function expectMarked(files: Files): Promise<void> {
  const found = (await findingsIn(files)).map(({ place, rule, message }) => `${place} ${rule}${message.startsWith('This URL') ? ' of a URL' : ''}`);
  expect(found.sort()).toEqual(markedLines(files, /[✗↗]/).map(({ place, line }) => `${place} no-blind-overwrite${line.includes('↗') ? ' of a URL' : ''}`).sort());
}

const head = `import { S3Client, HeadObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
const client = new S3Client({});
`;
const put = 'new PutObjectCommand({ Bucket: bucket, Key: key })';
const get = 'new GetObjectCommand({ Bucket: bucket, Key: key })';

/** Signs by one of several commands, `options` holding the method with `GET` as its default. */
const signer = (...body: readonly string[]): string => `${head}export async function signedUrl({ method = 'GET', bucket, key }) {\n${body.join('\n')}\n}\n`;
const signers: Files = {
  'use.js': `import { signedUrl } from './sign.js';
export async function load(bucket, key, old) {
  const etag = (await fetch(await signedUrl({ bucket, key, method: 'HEAD' }), { method: 'HEAD' })).headers.get('etag');
  if (etag === old) return null;
  return fetch(await signedUrl({ bucket, key, method: 'GET' }));
}
export const download = (bucket, key) => signedUrl({ bucket, key });
export const upload = (bucket, key) => signedUrl({ bucket, key, method: 'PUT' }); // ↗
export const any = (bucket, key, method) => signedUrl({ bucket, key, method }); // ↗
export const given = (bucket, key, options) => signedUrl({ ...options, bucket, key }); // ↗
const read = { method: 'GET' };
export const shown = (bucket, key) => signedUrl({ bucket, key, method: read.method });
`,
};

/** Sends one of several commands, by the first argument. */
const sender = (...body: readonly string[]): string => `${head}export async function op(kind, key, body) {\n${body.join('\n')}\n}\n`;
const senders: Files = {
  'use.js': `import { op } from './op.js';
export const read = (name, body) => op('get', \`states/\${name}\`, body);
export const write = (name, body) => op('put', \`others/\${name}\`, body); // ✗
export const any = (kind, name, body) => op(kind, \`any/\${name}\`, body); // ✗
`,
};
const sendsPut = "client.send(new PutObjectCommand({ Bucket: 'data', Key: key, Body: body }))";
const sendsGet = "client.send(new GetObjectCommand({ Bucket: 'data', Key: key }))";

describe('a URL for one of several methods', () => {
  it.each<[string, string]>([
    [
      'from a Map, by way of a variable',
      signer(`  const commands = new Map([['HEAD', () => new HeadObjectCommand({ Bucket: bucket, Key: key })], ['GET', () => ${get}],`, `    ['PUT', () => ${put}]]); // ↗`, '  const command = commands.get(method);', '  return getSignedUrl(client, command(), {});'),
    ],
    ['from a Map at once, and a call that may find nothing', signer(`  const commands = new Map([['HEAD', () => ${get}], ['GET', () => ${get}],`, `    ['PUT', () => ${put}]]); // ↗`, '  return getSignedUrl(client, commands.get(method)?.(), {});')],
    ['from an object', signer(`  const commands = { HEAD: () => ${get}, GET: () => ${get},`, `    PUT: () => ${put} }; // ↗`, '  return getSignedUrl(client, commands[method](), {});')],
    ['from an object of methods', signer(`  const commands = { GET() { return ${get}; }, HEAD() { return ${get}; },`, `    PUT() { return ${put}; } }; // ↗`, '  return getSignedUrl(client, commands[method.toUpperCase()]?.(), {});')],
    ['from an object of commands', signer(`  const commands = { HEAD: ${get}, GET: ${get},`, `    PUT: ${put} }; // ↗`, '  return getSignedUrl(client, commands[method], {});')],
    ['from an object, or else another one', signer(`  const commands = { PUT: () => ${put} }; // ↗`, `  return getSignedUrl(client, (commands[method] ?? (() => ${get}))(), {});`)],
    ['from an object, or else an upload', signer(`  const commands = { GET: () => ${get}, HEAD: () => ${get} };`, `  const other = () => ${put}; // ↗`, '  return getSignedUrl(client, (commands[method] ?? other)(), {});')],
    ['by the cases of a switch', signer('  let command;', '  switch (method) {', "    case 'HEAD':", `    case 'GET': command = ${get}; break;`, `    case 'PUT': command = ${put}; break; // ↗`, '  }', '  return getSignedUrl(client, command, {});')],
    ['by the last case of a switch', signer('  let command;', '  switch (method) {', "    case 'HEAD':", `    case 'GET': { command = ${get}; break; }`, `    default: command = ${put}; // ↗`, '  }', '  return getSignedUrl(client, command, {});')],
    ['by an `if`', signer(`  let command = ${get};`, "  if (method === 'PUT')", `    command = ${put}; // ↗`, '  return getSignedUrl(client, command, {});')],
    ['by a choice', signer(`  return getSignedUrl(client, method !== 'PUT' ? ${get} :`, `    ${put}, {}); // ↗`)],
  ])('%s', async (_, sign) => {
    const files = { 'sign.js': sign, ...signers };
    await expectMarked(files);
  });
});

describe('a request of one of several kinds', () => {
  it.each<[string, string]>([
    ['by an `if`', sender("  if (kind === 'put') {", `    return ${sendsPut}; // ✗`, '  }', `  return ${sendsGet};`)],
    ['behind an `if` that returns', sender("  if (kind !== 'put') {", `    return ${sendsGet};`, '  }', `  return ${sendsPut}; // ✗`)],
    ['by a switch that returns', sender('  switch (kind) {', `    case 'put': return ${sendsPut}; // ✗`, `    default: return ${sendsGet};`, '  }')],
    ['behind a switch that returns', sender('  switch (kind) {', `    case 'get': return ${sendsGet};`, '  }', `  return ${sendsPut}; // ✗`)],
    [
      'by a table of the module',
      `${head}const ops = {
  get: (key) => ${sendsGet},
  put: (key, body) => ${sendsPut}, // ✗
};
export async function op(kind, key, body) { return ops[kind](key, body); }
`,
    ],
  ])('%s', async (_, op) => {
    const files = { 'op.js': op, ...senders };
    await expectMarked(files);
  });
});

describe('what an argument does not decide', () => {
  const use = "import { op } from './op.js';\nexport const read = (name, body) => op('get', `states/${name}`, body); // ✗\n";
  it.each<[string, string]>([
    ['one that is changed before it is asked', sender("  if (body) kind = 'put';", "  if (kind === 'put') {", `    return ${sendsPut}; // ✗`, '  }', `  return ${sendsGet};`)],
    ['a case that the one before it falls through to', sender('  switch (kind) {', `    case 'get': await ${sendsGet};`, `    case 'put': return ${sendsPut}; // ✗`, '  }')],
    ['a case that the one before it may fall through to', sender('  switch (kind) {', `    case 'get': if (body) break;`, `    case 'put': return ${sendsPut}; // ✗`, '  }')],
    ['another test beside it', sender("  if (kind === 'put' || body) {", `    return ${sendsPut}; // ✗`, '  }', `  return ${sendsGet};`)],
    ['an `if` that does not always return', sender("  if (kind === 'get') {", '    if (!body) return null;', '  }', `  return ${sendsPut}; // ✗`)],
    ['what is sent while a table is made', sender('  const done = {', `    get: null, put: await ${sendsPut}, // ✗`, '  };', '  return done[kind];')],
    ['a table that is changed', sender('  const ops = new Map([', `    ['put', () => ${sendsPut}], // ✗`, "  ]);", "  ops.set('get', ops.get('put'));", '  return ops.get(kind)();')],
    ['a table all of which is run', sender('  const ops = {', `    get: () => ${sendsGet}, put: () => ${sendsPut}, // ✗`, '  };', '  for (const run of Object.values(ops)) await run();', '  return ops[kind]();')],
    ['a function that is called before an early return', sender("  if (kind === 'get') return write();", '  return null;', '  async function write() {', `    return ${sendsPut}; // ✗`, '  }')],
  ])('%s', async (_, op) => {
    const files = { 'op.js': op, 'use.js': use };
    await expectMarked(files);
  });
});
