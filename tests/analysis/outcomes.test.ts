import { describe, expect, it } from 'vitest';

import { findingsOf } from '../../src/analysis/verdict.js';
import { s3CallsOf } from '../../src/calls/s3-calls.js';
import { readSettings } from '../../src/facts/settings.js';
import { parse } from '../calls/parse.js';

/**
 * Whether a check can say "missing" at all. S3 answers a HEAD with the object or an error, so a helper that throws on every
 * error has one answer only: it decides nothing, and the write behind "missing" is never reached.
 */
const sdk = `
import { GetObjectCommand as Get, HeadObjectCommand as Head, PutObjectCommand as Put, S3, S3Client } from '@aws-sdk/client-s3';
import AWS from 'aws-sdk';
import { Client as Minio } from 'minio';
const client = new S3Client({}), s3 = new S3({}), old = new AWS.S3(), minio = new Minio({});
const head = (Key) => client.send(new Head({ Bucket: 'b', Key }));
`;

function verdictsIn(code: string): readonly string[] {
  const { settings } = readSettings(undefined);
  const sourceCode = parse(sdk + code);
  return s3CallsOf(sourceCode)
    .filter((call) => call.operation.effect === 'write')
    .flatMap((call) => findingsOf(call, settings, sourceCode).map(({ verdict }) => verdict.kind));
}

const put = "await client.send(new Put({ Bucket: 'b', Key: key, Body: body }));";
const create = (test: string, write = put): string => `export async function create(key, body) { if (${test}) ${write} }`;
const aggregatedPut = "await s3.putObject({ Bucket: 'b', Key: key, Body: body });";
const oldPut = "await old.putObject({ Bucket: 'b', Key: key, Body: body }).promise();";
const minioPut = "await minio.putObject('b', key, body);";
const throwing = "catch (error) { if (error.name === 'NotFound') throw new Error('gone'); throw error; }";

describe('a check that never says "missing" decides nothing', () => {
  it.each<[string, string]>([
    ['true, or an error', `async function there(key) { try { await head(key); return true; } ${throwing} } ${create('!(await there(key))')}`],
    ['the answer itself, or an error', `async function there(key) { try { return await head(key); } ${throwing} } ${create('!(await there(key))')}`],
    ['no catch at all', `async function there(key) { return head(key); } ${create('!(await there(key))')}`],
    ['a GET', `async function there(key) { const found = await client.send(new Get({ Bucket: 'b', Key: key })); return found; } ${create('!(await there(key))')}`],
    ['a method of the aggregated client', `async function there(key) { return !!(await s3.headObject({ Bucket: 'b', Key: key })); } ${create('!(await there(key))', aggregatedPut)}`],
    ['what the helper throws with', `function fail(error) { throw new Error('no ' + error.name); } async function there(key) { try { await head(key); return true; } catch (error) { fail(error); } } ${create('!(await there(key))')}`],
    ['both ways of the catch throw', `async function there(key) { try { await head(key); return true; } catch (error) { if (error.name === 'NotFound') { throw new Error('gone'); } else { throw error; } } } ${create('!(await there(key))')}`],
    ['a .catch that throws', `const there = (key) => head(key).then(() => true).catch((error) => { throw new Error(error.name); }); ${create('!(await there(key))')}`],
    ['a .catch that throws, and the answer before it', create('!(await head(key).catch((error) => { throw new Error(error.name); }))')],
    ['v2', `async function there(key) { try { await old.headObject({ Bucket: 'b', Key: key }).promise(); return true; } ${throwing} } ${create('!(await there(key))', oldPut)}`],
    ['v2: the answer', `async function there(key) { return old.headObject({ Bucket: 'b', Key: key }).promise(); } ${create('!(await there(key))', oldPut)}`],
    ['minio', `async function there(key) { try { await minio.statObject('b', key); return true; } ${throwing} } ${create('!(await there(key))', minioPut)}`],
    ['a part of the one answer', `async function look(key) { await head(key); return { exists: true }; } export async function create(key, body) { const { exists } = await look(key); if (!exists) ${put} }`],
    ['a comparison with false', `async function there(key) { await head(key); return true; } ${create('(await there(key)) === false')}`],
    ['an early return', `async function there(key) { await head(key); return true; } export async function create(key, body) { if (await there(key)) return; ${put} }`],
    ['what else decides', `async function there(key) { await head(key); return true; } export async function create(key, body, force) { if (!(await there(key)) || force) ${put} }`],
  ])('%s', (_, code) => {
    expect(verdictsIn(code)).toEqual(['blind']);
  });
});

describe('a check that can say "missing" decides', () => {
  it.each<[string, string]>([
    ['false where the HEAD fails', `async function there(key) { try { await head(key); return true; } catch { return false; } } ${create('!(await there(key))')}`],
    ['v2: false where the HEAD fails', `async function there(key) { try { await old.headObject({ Bucket: 'b', Key: key }).promise(); return true; } catch { return false; } } ${create('!(await there(key))', oldPut)}`],
    ['minio: false where the stat fails', `async function there(key) { try { await minio.statObject('b', key); return true; } catch { return false; } } ${create('!(await there(key))', minioPut)}`],
    ['the catch comes to its end: undefined', `async function there(key) { try { await head(key); return true; } catch (error) { console.error(error); } } ${create('!(await there(key))')}`],
    ['the catch throws what is no 404', `async function there(key) { try { await head(key); return true; } catch (error) { if (error.name !== 'NotFound') throw error; } } ${create('!(await there(key))')}`],
    ['a bare return in the catch', `async function there(key) { try { return await head(key); } catch { return; } } ${create('!(await there(key))')}`],
    ['an empty .catch', `const there = (key) => head(key).catch(() => {}); ${create('!(await there(key))')}`],
    ['a .catch by name, of another file', `import { ignore } from './errors.js'; const there = (key) => head(key).catch(ignore); ${create('!(await there(key))')}`],
    ['a variable that the attempt may leave unset', `export async function create(key, body) { let found; try { found = await head(key); } catch {} if (!found) ${put} }`],
    ['what somebody else may settle', `const there = (key) => new Promise((resolve) => { onTimeout(resolve); head(key).then(() => resolve(true)); }); ${create('!(await there(key))')}`],
    ['a sender that may swallow the error', `async function attempt(command) { try { return await client.send(command); } catch { return null; } } const there = (key) => attempt(new Head({ Bucket: 'b', Key: key })); ${create('!(await there(key))')}`],
    ['what a package makes of the helper', `import { settle } from 'settle-it'; const there = settle(async (key) => { await head(key); return true; }); ${create('!(await there(key))')}`],
    ['it throws where the object is there, and says "missing" else', `async function missing(key) { try { await head(key); } catch (error) { if (error.name === 'NotFound') return true; throw error; } throw new Error('taken'); } ${create('await missing(key)')}`],
    ['the failure itself is the way to the create', `async function there(key) { await head(key); return true; } export async function create(key, body) { try { await there(key); } catch { ${put} } }`],
  ])('%s', (_, code) => {
    expect(verdictsIn(code)).toEqual(['check-then-write']);
  });
});
