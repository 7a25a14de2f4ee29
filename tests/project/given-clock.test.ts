import { describe, expect, it } from 'vitest';

import { buildFacts } from '../../src/check/read-project.js';
import { markedPlaces, placesOf, projectOf, type Files } from '../checked-project.js';

/**
 * Which clock makes the key that a wrapper writes under. What is expected stands in the projects: `✗` marks a line where
 * `no-blind-overwrite` reports, `◷` one where only `strict` does, as two writers share no more than a millisecond; one
 * without is silent in both.
 */

const byClock = (text: string): string => text.replaceAll('// ✗', '// ◷');
const silent = (text: string): string => text.replaceAll(' // ✗', '');

const s3 = `import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
const client = new S3Client({});
export const put = (Body, Key) => client.send(new PutObjectCommand({ Bucket: 'exports', Key, Body })); // ✗
`;
const service = `import { put } from './s3';
export const pass = async (body, key) => {
  await put(body, key); // ✗
};
`;
const caller = (key: string, before = ''): string => `import { randomUUID } from 'node:crypto';
import { pass } from './service';
${before}export const run = (req) => pass(req.body, ${key});
`;
const time = '`exports/e_${new Date().toISOString()}.zip`';
const id = '`exports/e_${randomUUID()}.zip`';
const name = '`exports/${req.name}.zip`';
const day = '`exports/e_${new Date().toISOString().slice(0, 10)}.zip`';
const stamping = (...marks: readonly [string, string]): string => `import { put } from './s3';
export const pass = async (body, key) => {
  await put(body, \`\${key}-\${Date.now()}\`);${marks[0]}
};
export const other = (body) => put(body, \`other-\${Date.now()}\`);${marks[1]}
`;
const method = (parameters: string, key: string): string => `import { put } from './s3';
export class Exports {
  async add(${parameters}) {
    await put(body, ${key}); // ◷
  }
}
`;
const methodCaller = (given: string): string => `import { Exports } from './service';\nexport const run = (req) => new Exports().add(${given});\n`;
const local = `import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
const client = new S3Client({});
const put = (Body, Key) => client.send(new PutObjectCommand({ Bucket: 'exports', Key, Body })); // ✗
`;
const addByClock = 'export const add = (body) => put(body, `e_${Date.now()}`);\n';
const addByName = 'export const save = (body, name) => put(body, name);\n';
const signing = `import { PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
export const uploadUrl = (client, key) => getSignedUrl(client, new PutObjectCommand({ Bucket: 'uploads', Key: key })); // ✗
`;

describe('a key that a wrapper is given is told apart by the clock where its callers have no more than that', () => {
  it.each<{ readonly situation: string; readonly files: Files }>([
    { situation: 'the only caller gives a time: two of them meet in one millisecond at most', files: { 's3.ts': byClock(s3), 'service.ts': byClock(service), 'main.ts': caller(time) } },
    { situation: 'it gives an id: nobody meets', files: { 's3.ts': silent(s3), 'service.ts': silent(service), 'main.ts': caller(id) } },
    { situation: 'one caller gives a time and one an id: what is not told apart by ids is by the clock', files: { 's3.ts': byClock(s3), 'service.ts': byClock(service), 'main.ts': caller(time), 'other.ts': caller(id) } },
    { situation: 'one caller gives a time and one a name: the name comes again', files: { 's3.ts': s3, 'service.ts': service, 'main.ts': caller(time), 'other.ts': caller(name) } },
    { situation: 'the time is a day: all writers of that day meet', files: { 's3.ts': s3, 'service.ts': service, 'main.ts': caller(day) } },
    { situation: 'the time is that of the start of the process: its writes meet', files: { 's3.ts': s3, 'service.ts': service, 'main.ts': caller('started', 'const started = new Date().toISOString();\n') } },
    { situation: 'nobody calls: anybody may, with any key', files: { 's3.ts': s3, 'service.ts': service } },
    {
      situation: 'it is given away too, to somebody who calls it with any key',
      files: { 's3.ts': s3, 'service.ts': service, 'main.ts': caller(time), 'queue.ts': "import { register } from 'some-queue';\nimport { pass } from './service';\nregister('export', pass);\n" },
    },
    { situation: 'a function of the caller makes the time', files: { 's3.ts': byClock(s3), 'service.ts': byClock(service), 'main.ts': caller('stamp()', `const stamp = () => ${time};\n`) } },
    { situation: 'the wrapper is called directly', files: { 's3.ts': byClock(s3), 'main.ts': `import { put } from './s3';\nexport const run = (body) => put(body, ${time}); // ◷\n` } },
    { situation: 'a method passes on what it is given', files: { 's3.ts': byClock(s3), 'service.ts': method('body, key', 'key'), 'main.ts': methodCaller(`req.body, ${time}`) } },
    { situation: 'the key is one of several options', files: { 's3.ts': byClock(s3), 'service.ts': method('{ body, key }', 'key'), 'main.ts': methodCaller(`{ body: req.body, key: ${time} }`) } },
    { situation: 'what passes on adds a time to an id: the id tells it apart', files: { 's3.ts': byClock(s3), 'service.ts': stamping('', ' // ◷'), 'main.ts': caller(id) } },
    { situation: 'what passes on adds a time to a name: the time tells it apart', files: { 's3.ts': byClock(s3), 'service.ts': stamping(' // ◷', ' // ◷'), 'main.ts': caller(name) } },
    { situation: 'a caller in the file gives a time, one in another file an id', files: { 's3.ts': `${byClock(s3)}${addByClock}`, 'service.ts': silent(service), 'main.ts': caller(id) } },
    { situation: 'a caller in the file gives a time, one in another file a name', files: { 's3.ts': `${s3}${addByClock}`, 'service.ts': service, 'main.ts': caller(name) } },
    { situation: 'of two callers in the file the first gives a time, the second a name', files: { 's3.ts': `${local}${addByClock}${addByName}` } },
    { situation: 'of two callers in the file the first gives a name, the second a time', files: { 's3.ts': `${local}${addByName}${addByClock}` } },
    { situation: 'both callers in the file give a time', files: { 's3.ts': `${byClock(local)}${addByClock}${addByClock.replace('add', 'addToo')}` } },
    { situation: 'a URL is signed for a time', files: { 's3.ts': byClock(signing), 'main.ts': "import { uploadUrl } from './s3';\nexport const start = (client) => uploadUrl(client, String(Date.now())); // ◷\n" } },
  ])('$situation', async ({ files }) => {
    expect(await placesOf('no-blind-overwrite', files, 'recommended')).toEqual(markedPlaces(files));
    expect(await placesOf('no-blind-overwrite', files, 'strict')).toEqual(markedPlaces(files, /✗|◷/));
  });
});

describe('the facts of a project', () => {
  it.each([
    { gives: 'a time', key: time, fresh: 'timestamp' },
    { gives: 'an id', key: id, fresh: 'unique' },
    { gives: 'a name', key: name, fresh: undefined },
  ])('tell an editor of a wrapper that its callers give it $gives', async ({ key, fresh }) => {
    const { facts } = await buildFacts({ root: projectOf({ 's3.ts': s3, 'service.ts': service, 'main.ts': caller(key) }) });
    expect(Object.values(facts.modules['s3.ts']?.fresh ?? {})).toEqual(fresh === undefined ? [] : [fresh]);
    expect(facts.modules['service.ts']?.fresh).toEqual(fresh === undefined ? {} : { '3:9': fresh });
  });
});
