import { describe, expect, it } from 'vitest';

import { conflictTrailsOf } from '../../src/analysis/trails/conflict-trails.js';
import { s3CallsOf } from '../../src/calls/s3-calls.js';
import { parse } from '../calls/parse.js';

const head = `import { S3Client, PutObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
const client = new S3Client({});
const put = (Key, ETag) => client.send(new PutObjectCommand({ Bucket: 'b', Key, Body: '', IfMatch: ETag }));
`;

/** The ends of the trails of a 412 of the one write in a source. */
function endsOf(body: string, reach: 'function' | 'callers' = 'callers', name: 'PreconditionFailed' | 'ConditionalRequestConflict' = 'PreconditionFailed'): string[] {
  const sourceCode = parse(head + body);
  const [call] = s3CallsOf(sourceCode);
  if (!call) throw new Error('The source has no call.');
  const trails = conflictTrailsOf(call, { name, status: name === 'PreconditionFailed' ? 412 : 409 }, reach, sourceCode);
  return trails.map(({ end }) => (end.kind === 'returns' ? `returns ${end.value ? sourceCode.getText(end.value) : 'nothing'}` : end.kind)).sort();
}

const cases: readonly { readonly name: string; readonly code: string; readonly ends: readonly string[] }[] = [
  { name: 'nobody catches', code: `export async function save(key, etag) { await put(key, etag); }`, ends: ['leaves'] },
  { name: 'an empty catch', code: `export async function save(key, etag) { try { await put(key, etag); } catch {} }`, ends: ['returns nothing'] },
  { name: 'a catch that logs', code: `export async function save(key, etag) { try { await put(key, etag); return true; } catch (error) { console.error(error); } }`, ends: ['returns nothing'] },
  { name: 'another error is thrown on', code: `export async function save(key, etag) { try { await put(key, etag); } catch (error) { if (error.name === 'PreconditionFailed') return 'conflict'; throw error; } }`, ends: [`returns 'conflict'`] },
  { name: 'the conflict is thrown on', code: `export async function save(key, etag) { try { await put(key, etag); } catch (error) { if (error.name === 'NoSuchKey') return null; throw error; } }`, ends: ['leaves'] },
  { name: 'a status', code: `export async function save(key, etag) { try { await put(key, etag); } catch (error) { if (error.$metadata?.httpStatusCode === 412) return null; throw error; } }`, ends: ['returns null'] },
  { name: 'an idiom of v2 is never true', code: `export async function save(key, etag) { try { await put(key, etag); } catch (error) { if (error.code === 'PreconditionFailed') return null; throw error; } }`, ends: ['leaves'] },
  { name: 'a predicate of the file', code: `const isConflict = (error) => error instanceof S3ServiceException && ['PreconditionFailed', 'ConditionalRequestConflict'].includes(error.name);
export async function save(key, etag) { try { await put(key, etag); } catch (error) { if (!isConflict(error)) throw error; } return 1; }`, ends: ['returns 1'] },
  { name: 'a predicate with statements', code: `function isConflict(error) { if (!(error instanceof Error)) return false; const { name } = error; return name === 'PreconditionFailed'; }
export async function save(key, etag) { try { await put(key, etag); } catch (error) { if (!isConflict(error)) throw error; } return 1; }`, ends: ['returns 1'] },
  { name: 'a predicate that is handed the name', code: `const hasName = (error, name) => error instanceof Error && error.name === name;
export async function save(key, etag) { try { await put(key, etag); } catch (error) { if (hasName(error, 'NoSuchKey')) return 0; if (hasName(error, 'PreconditionFailed')) return 1; throw error; } }`, ends: ['returns 1'] },
  { name: 'a function of the file that reads the status', code: `function statusOf(error) { const meta = error.$metadata; return meta?.httpStatusCode; }
export async function save(key, etag) { try { await put(key, etag); } catch (error) { if (statusOf(error) === 412) return 1; throw error; } }`, ends: ['returns 1'] },
  { name: 'a name that is read where the error is one', code: `export async function save(key, etag) { try { await put(key, etag); } catch (error) { const name = error instanceof Error ? error.name : ''; if (name === 'PreconditionFailed') return 1; throw error; } }`, ends: ['returns 1'] },
  { name: 'a handler of one expression that hands the error on', code: `export const save = (key, etag, reject) => { put(key, etag).catch((error) => reject(error)); };`, ends: ['told'] },
  { name: 'a handler of one expression that throws another error on', code: `export async function save(key, etag) { await put(key, etag).catch((error) => (error.name === 'NoSuchKey' ? null : Promise.reject(error))); }`, ends: ['leaves'] },
  { name: 'a pattern for the error', code: `export async function save(key, etag) { try { await put(key, etag); } catch ({ name, $metadata }) { if (name === 'PreconditionFailed' || $metadata.httpStatusCode === 409) return null; } return 1; }`, ends: ['returns null'] },
  { name: 'a switch', code: `export async function save(key, etag) { try { await put(key, etag); } catch (error) { switch (error.name) { case 'NoSuchKey': return 'gone'; case 'PreconditionFailed': return 'conflict'; default: throw error; } } }`, ends: [`returns 'conflict'`] },
  { name: '.catch with a ternary', code: `export const save = (key, etag) => put(key, etag).catch((error) => (error.name === 'PreconditionFailed' ? null : Promise.reject(error)));`, ends: ['returns put(key, etag).catch((error) => (error.name === \'PreconditionFailed\' ? null : Promise.reject(error)))'] },
  { name: '.then with two functions', code: `export async function save(key, etag) { return await put(key, etag).then(() => true, () => false); }`, ends: ['returns put(key, etag).then(() => true, () => false)'] },
  { name: 'a loop', code: `export async function save(key, etag) { for (;;) { try { return await put(key, etag); } catch (error) { if (error.name !== 'PreconditionFailed') throw error; } } }`, ends: ['again'] },
  { name: 'a counted loop gives up', code: `export async function save(key, etag) { for (let i = 0; i < 3; i++) { try { return await put(key, etag); } catch (error) { if (error.name !== 'PreconditionFailed') throw error; } } throw new Error('busy'); }`, ends: ['again', 'leaves'] },
  { name: 'a flag that stays', code: `export async function save(key, etag) { let saved = false; try { await put(key, etag); saved = true; } catch {} if (!saved) throw new Error('lost'); }`, ends: ['leaves'] },
  { name: 'an error that is kept', code: `export async function save(key, etag) { let failure; try { await put(key, etag); } catch (error) { failure = error; } if (failure) throw failure; return 1; }`, ends: ['leaves'] },
  { name: 'a loop that asks a function', code: `async function tryPut(key) { try { await put(key, '*'); return true; } catch (error) { if (error.name === 'PreconditionFailed') return false; throw error; } }
async function lock(key) { while (!(await tryPut(key))) { await sleep(10); } }
void lock('a');`, ends: ['again'] },
  { name: 'a result that is tested', code: `export async function save(key, etag) { const result = await put(key, etag).catch(() => null); if (!result) throw new Error('lost'); return result; }`, ends: ['leaves'] },
  { name: 'an error as a value', code: `export async function save(key, etag) { const failure = await put(key, etag).then(() => null, (error) => error); if (failure instanceof Error) return 'failed'; return 'ok'; }`, ends: [`returns 'failed'`] },
  { name: 'a handler of the file throws', code: `function toHttp(error) { if (error.name === 'PreconditionFailed') throw new Conflict(); throw error; }
export async function save(key, etag) { try { return await put(key, etag); } catch (error) { return toHttp(error); } }`, ends: ['leaves'] },
  { name: 'own error, caught above', code: `class Conflict extends Error {}
async function guarded(key, etag) { try { return await put(key, etag); } catch (error) { if (error.name === 'PreconditionFailed') throw new Conflict(); throw error; } }
export async function save(key, etag) { try { return await guarded(key, etag); } catch (error) { if (error instanceof Conflict) return 'conflict'; throw error; } }`, ends: [`returns 'conflict'`] },
  { name: 'not awaited in a try', code: `export async function save(key, etag) { try { return put(key, etag); } catch { return null; } }`, ends: ['leaves'] },
  { name: 'floating', code: `export function save(key, etag) { put(key, etag); }`, ends: ['floats'] },
  { name: 'Promise.all', code: `export async function save(keys, etag) { try { await Promise.all(keys.map((key) => put(key, etag))); } catch { return null; } }`, ends: ['returns null'] },
  { name: 'a retry of the file that is handed a function', code: `async function retry(f) { for (let i = 0; i < 3; i++) { try { return await f(); } catch (error) { if (i === 2) throw error; } } }
export async function save(key, etag) { await retry(() => put(key, etag)); }`, ends: ['again', 'leaves', 'returns nothing'] },
  { name: 'somebody is told', code: `export async function save(key, etag, next) { try { await put(key, etag); } catch (error) { next(error); } }`, ends: ['told'] },
  { name: 'a test that is not understood', code: `export async function save(key, etag) { try { await put(key, etag); } catch (error) { if (isRetryable(error)) return 1; } }`, ends: ['lost'] },
];

describe('what happens to a conflict', () => {
  it.each(cases)('$name', ({ code, ends }) => {
    expect(endsOf(code)).toEqual([...ends].sort());
  });
});
