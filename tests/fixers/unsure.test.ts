import { describe, expect, it } from 'vitest';

import plugin from '../../src/index.js';
import { fix, lint } from '../lint.js';

/** Where an edit would not be sure, the write is reported and nothing is offered. */
const sdk = "import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';\n";
const get = "new GetObjectCommand({ Bucket: 'b', Key: 'k' })";
const put = (body: string): string => `await client.send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: ${body} }));`;

const offered = (code: string): (string | null)[] =>
  lint(sdk + code).filter(({ ruleId }) => ruleId === 's3/no-lost-update' || ruleId === 's3/no-check-then-write').map((message) => message.fix?.text ?? message.suggestions?.[0]?.fix.text ?? null);

describe('a lost update that is reported without a fix', () => {
  it.each([
    ['the name holds a promise', `export const f = async (client) => { const pending = client.send(${get}); const current = await pending; ${put('current.Body + 1')} };`],
    ['the name holds what a helper made of the response', `export const f = async (client, readText) => { const text = await readText(client.send(${get})); ${put('text + 1')} };`],
    ['the name is another one in the loop', `export const f = async (client, list) => { const current = await client.send(${get}); const text = current.Body; for (const current of list) { ${put('text + current')} } };`],
    ['the write stands in a loop behind the read: the second turn meets the first', `export const f = async (client, list) => { const current = await client.send(${get}); for (const item of list) { ${put('current.Body + item')} } };`],
    ['the write runs in a function of its own, at another time', `export const f = async (client) => { const current = await client.send(${get}); setInterval(async () => { ${put('current.Body + 1')} }, 1000); };`],
    ['one case of a switch does not run the other', `export const f = async (client, step) => { let text = ''; switch (step) { case 'a': const current = await client.send(${get}); text = current.Body; case 'b': ${put('text + 1')} } };`],
    ['the response is assigned to a pattern, which declares nothing', `export const f = async (client) => { let Body; ({ Body } = await client.send(${get})); ${put('Body + 1')} };`],
    ['the rest of the pattern would lose its ETag', `export const f = async (client) => { const { Body, ...rest } = await client.send(${get}); ${put('Body + rest.ContentType')} };`],
    ['a failed read answers with an object of its own', `export const f = async (client) => { const current = await client.send(${get}).catch(() => ({ Body: '' })); ${put('current.Body + 1')} };`],
    ['it was read by choice: not to have read is not to have failed', `export const f = async (client, merge) => { let current; if (merge) current = await client.send(${get}); ${put("(current?.Body ?? '') + 1")} };`],
    ['an old version was read', `export const f = async (client, VersionId) => { const old = await client.send(new GetObjectCommand({ Bucket: 'b', Key: 'k', VersionId })); ${put('old.Body')} };`],
    ['the object was deleted in between', `export const f = async (client) => { const current = await client.send(${get}); await client.send(new DeleteObjectCommand({ Bucket: 'b', Key: 'k' })); ${put('current.Body + 1')} };`],
    ['the name that a pattern would be given means something else before it', `export const f = async (client) => { console.log(ETag); const { Body } = await client.send(${get}); ${put('Body + 1')} };`],
    ['the condition is there in quotes, and says nothing', `export const f = async (client) => { const current = await client.send(${get}); await client.send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: current.Body + 1, 'IfMatch': undefined })); };`],
    ['the condition is there, and says nothing', `export const f = async (client) => { const current = await client.send(${get}); await client.send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: current.Body + 1, IfMatch: undefined })); };`],
    ['the input is changed after the command was made', `export const f = async (client) => { const current = await client.send(${get}); const input = { Bucket: 'b', Key: 'k', Body: current.Body + 1 }; const command = new PutObjectCommand(input); input.Body = current.Body + 2; await client.send(command); };`],
  ])('%s', (_name, code) => {
    expect(offered(code)).toEqual([null]);
  });
});

describe('a check that is reported without a fix: the write may be an update too', () => {
  const head = "await client.send(new HeadObjectCommand({ Bucket: 'b', Key: 'k' }))";
  it.each([
    ['unless it may overwrite', `export const f = async (client, overwrite) => { try { ${head}; if (!overwrite) return; } catch {} ${put("'x'")} };`],
    ['a flag stands in for the check', `const exists = async (client) => { try { ${head}; return true; } catch { return false; } }; export const f = async (client, force) => { const there = force ? false : await exists(client); if (there) return; ${put("'x'")} };`],
    ['a flag beside the check', `const exists = async (client) => { try { ${head}; return true; } catch { return false; } }; export const f = async (client, force) => { if (!force && (await exists(client))) return; ${put("'x'")} };`],
  ])('%s', (_name, code) => {
    expect(offered(code)).toEqual([null]);
  });
});

describe('a condition that is left as it is', () => {
  const offers = (code: string, rule: string): (string | undefined)[] => lint(sdk + code, { rules: { [rule]: plugin.configs.strict.rules[rule] ?? 'error' } }).map((message) => message.fix?.text ?? message.suggestions?.[0]?.fix.text);
  const head = "await client.send(new HeadObjectCommand({ Bucket: 'b', Key: 'k' }))";
  const write = (condition: string): string => `await client.send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: text, ${condition} }));`;
  it.each([
    ['a comment in the ETag of another read would be lost', 's3/no-unrelated-etag', `export const f = async (client) => { const current = await client.send(${get}); const text = current.Body + 1; const head = ${head}; ${write('IfMatch: head /* the last */.ETag')} };`],
    ['a comment in a cached ETag would be lost', 's3/no-cached-etag', `const etags = new Map(); export const f = async (client) => { const current = await client.send(${get}); const text = current.Body + 1; ${write("IfMatch: etags.get(/* kept */ 'k')")} };`],
    ['a comment in the time of a response would be lost', 's3/prefer-etag-precondition', `export const f = async (client) => { const head = ${head}; await client.send(new GetObjectCommand({ Bucket: 'b', Key: 'k', IfUnmodifiedSince: head /* seen */.LastModified })); };`],
    ['an ETag that is unset behind it would win', 's3/prefer-etag-precondition', `export const f = async (client) => { const head = ${head}; await client.send(new GetObjectCommand({ Bucket: 'b', Key: 'k', IfUnmodifiedSince: head.LastModified, IfMatch: undefined })); };`],
    ['`null` passes a test for `undefined`, so the other branch is never sent', 's3/no-optional-precondition', `export const f = async (client, text) => { let etag = null; try { etag = (${head}).ETag; } catch {} ${write('...(etag !== undefined && { IfMatch: etag })')} };`],
    ['`undefined` passes a test for `null`', 's3/no-optional-precondition', `export const f = async (client, text) => { let etag; try { etag = (${head}).ETag; } catch {} ${write('IfMatch: etag === null ? undefined : etag')} };`],
    ['of three choices the first sends nothing', 's3/no-optional-precondition', `export const f = async (client, text, force) => { const found = ${head}.catch(() => undefined); ${write('...(force ? {} : found ? { IfMatch: found.ETag } : {})')} };`],
    ['what the catch leaves in place is another object', 's3/no-optional-precondition', `export const f = async (client, text) => { let condition = {}; try { condition = { IfMatch: (${head}).ETag }; } catch {} ${write('...condition')} };`],
    ['the other branch would stand in the bracket', 's3/no-optional-precondition', `export const f = async (client, text) => { let etag; try { etag = (${head}).ETag; } catch {} ${write('...(etag && ({ IfMatch: etag }))')} };`],
    ['a variable of the environment may change between two looks', 's3/no-optional-precondition', `export const f = async (client, text) => { ${write('IfMatch: process.env.ETAG')} };`],
  ])('%s', (_name, rule, code) => {
    expect(offers(code, rule)).toEqual([undefined]);
  });
});

it('ends added lines as the file does', () => {
  const code = `${sdk}export const f = async (client) => {\n  const current = await client.send(${get});\n  ${put('current.Body + 1').replace(/([{,]) /g, '$1\n').replace(' })', ',\n})')}\n};`;
  const mended = fix(code.replaceAll('\n', '\r\n'));
  expect(mended).toContain('IfMatch: current.ETag,\r\n');
  expect(mended).not.toMatch(/[^\r]\n/);
});

it('follows two writes of one read: the first is mended, the second needs a read of its own', () => {
  const code = `${sdk}export const f = async (client) => { const current = await client.send(${get}); ${put('current.Body + 1')} ${put('current.Body + 2')} };`;
  expect(fix(code).match(/IfMatch/g)?.length).toBe(1);
});

it('takes the oldest of two reads', () => {
  const code = `${sdk}export const f = async (client) => { const first = await client.send(${get}); const second = await client.send(${get}); ${put('second.Body + first.Body')} };`;
  expect(fix(code)).toContain('IfMatch: first.ETag');
});

it('does not compare objects of differently made clients', () => {
  const code = `import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({ endpoint: 'https://a.example' });
const target = new S3Client({ endpoint: 'https://b.example' });
const current = await client.send(${get});
await target.send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: current.Body }));`;
  expect(lint(code).map(({ ruleId }) => ruleId)).toEqual(['s3/no-blind-overwrite']);
});
