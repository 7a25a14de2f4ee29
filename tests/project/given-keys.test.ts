import { describe, expect, it } from 'vitest';

import { markedPlaces, placesOf, type Files } from '../checked-project.js';

/**
 * Who makes the key that a wrapper writes under. What is expected stands in the projects: `✗` marks a line where
 * `no-blind-overwrite` reports; one without is silent.
 */

const silent = (text: string): string => text.replaceAll(' // ✗', '');

const s3 = `import { PutObjectCommand } from '@aws-sdk/client-s3';
export const putObject = (client, bucket, key, body) => client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body })); // ✗
`;
const signing = `import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
export const uploadUrl = (client, key) => getSignedUrl(client, new PutObjectCommand({ Bucket: 'uploads', Key: key })); // ✗
`;
const job = `import { putObject } from './s3';
export async function job(client, id, outputKey) {
  await putObject(client, 'answers', outputKey, 'answer of ' + id); // ✗
}
`;
const uuid = "import { randomUUID } from 'node:crypto';\n";
const answersAnew = `${uuid}import { job } from './job';
export async function answer(client) {
  const id = randomUUID();
  await job(client, id, \`answers/\${id}.txt\`);
}
`;
const answersAgain = "import { job } from './job';\nexport const again = (client, name) => job(client, name, `answers/${name}.txt`);\n";
const keys = 'export const keysOf = (id) => ({ promptKey: `prompts/${id}.txt`, outputKey: `answers/${id}.txt`, indexKey: `index.txt` });\n';
const answersBy = (key: string): string => `${uuid}import { job } from './job';
import { keysOf } from './keys';
import { putObject } from './s3';
export async function answer(client, question) {
  const id = randomUUID();
  const { promptKey, ${key} } = keysOf(id);
  await putObject(client, 'prompts', promptKey, question);
  await job(client, id, ${key});
}
`;
const single = (caller: string): string => `import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
${uuid}const client = new S3Client({});
export async function store(key, body) {
  await client.send(new PutObjectCommand({ Bucket: 'uploads', Key: key, Body: body })); // ✗
}
${caller}`;

describe('a key that a wrapper is given is as fresh as its callers make it', () => {
  it.each<{ readonly situation: string; readonly files: Files }>([
    { situation: 'the caller of a wrapper of the wrapper makes the id', files: { 's3.ts': silent(s3), 'job.ts': silent(job), 'main.ts': answersAnew } },
    { situation: 'what that caller imports makes the key', files: { 's3.ts': silent(s3), 'job.ts': silent(job), 'key.ts': `${uuid}export const keyOf = (name) => \`\${randomUUID()}/\${name}\`;\n`, 'main.ts': "import { job } from './job';\nimport { keyOf } from './key';\nexport const answer = (client, id) => job(client, id, keyOf('answer'));\n" } },
    ...['export const keyOf = new Keys().next;'].map((given) => ({ situation: `an instance makes the key: ${given}`, files: { 's3.ts': silent(s3), 'key.ts': `${uuid}class Keys {\n  next = (name) => \`\${randomUUID()}/\${name}\`;\n}\n${given}\n`, 'main.ts': "import { keyOf } from './key';\nimport { putObject } from './s3';\nexport const answer = (client, body) => putObject(client, 'answers', keyOf('answer'), body);\n" } })),
    { situation: 'what that caller imports makes it of a name alone', files: { 's3.ts': s3, 'job.ts': job, 'key.ts': 'export const keyOf = (name) => `answers/${name}`;\n', 'main.ts': "import { job } from './job';\nimport { keyOf } from './key';\nexport const answer = (client, id) => job(client, id, keyOf('answer'));\n" } },
    { situation: 'one of its callers writes under a name that comes again', files: { 's3.ts': s3, 'job.ts': job, 'main.ts': answersAnew, 'again.ts': answersAgain } },
    { situation: 'nobody calls the outer wrapper: anybody may', files: { 's3.ts': s3, 'job.ts': job } },
    { situation: 'the outer wrapper is given to somebody who calls it with any key', files: { 's3.ts': s3, 'job.ts': job, 'main.ts': answersAnew, 'queue.ts': "import { register } from 'some-queue';\nimport { job } from './job';\nregister('answer', job);\n" } },
    {
      situation: 'the outer wrapper has a second way to the write, under one name for all',
      files: {
        's3.ts': s3,
        'job.ts': `${silent(job)}export async function index(client, body) {\n  await putObject(client, 'answers', 'index.txt', body); // ✗\n}\n`,
        'main.ts': answersAnew,
      },
    },
    {
      situation: 'the outer wrapper keeps nothing of the id but a part that all ids share',
      files: { 's3.ts': s3, 'job.ts': "import { putObject } from './s3';\nexport const job = (client, id, outputKey) => putObject(client, 'answers', 'latest.txt', id + outputKey); // ✗\n", 'main.ts': answersAnew },
    },
    { situation: 'a builder of several keys puts the id into this one', files: { 's3.ts': silent(s3), 'job.ts': silent(job), 'keys.ts': keys, 'main.ts': answersBy('outputKey') } },
    { situation: 'the same builder leaves the id out of that one', files: { 's3.ts': s3, 'job.ts': job, 'keys.ts': keys, 'main.ts': answersBy('indexKey') } },
    { situation: 'a helper of the file stands between', files: { 's3.ts': silent(s3), 'job.ts': `${silent(job).replace('export async function job', 'async function keep')}export const job = (client, id, key) => keep(client, id, key);\n`, 'main.ts': answersAnew } },
    { situation: 'a URL is signed for one upload', files: { 's3.ts': silent(signing), 'main.ts': `${uuid}import { uploadUrl } from './s3';\nexport const start = (client) => uploadUrl(client, randomUUID());\n` } },
    { situation: 'a URL is signed for whatever the user names', files: { 's3.ts': signing, 'main.ts': "import { uploadUrl } from './s3';\nexport const start = (client, name) => uploadUrl(client, name); // ✗\n" } },
    { situation: 'an exported function whose only caller is in its file', files: { 's3.ts': silent(single('export const add = (body) => store(`notes/${randomUUID()}`, body);\n')) } },
    { situation: 'another caller in the file brings a name that comes again', files: { 's3.ts': single('export const add = (body) => store(`notes/${randomUUID()}`, body);\nexport const save = (name, body) => store(`notes/${name}`, body);\n') } },
    { situation: 'a caller in another file does', files: { 's3.ts': single('export const add = (body) => store(`notes/${randomUUID()}`, body);\n'), 'main.ts': "import { store } from './s3';\nexport const save = (name, body) => store(name, body); // ✗\n" } },
    { situation: 'the file gives the function to somebody else too', files: { 's3.ts': single("import { register } from 'some-queue';\nexport const add = (body) => store(`notes/${randomUUID()}`, body);\nregister('save', store);\n") } },
    { situation: 'the id is made once for the process', files: { 's3.ts': single('const session = randomUUID();\nexport const add = (body) => store(session, body);\n') } },
  ])('$situation', async ({ files }) => {
    expect(await placesOf('no-blind-overwrite', files)).toEqual(markedPlaces(files));
  });
});

describe('what a factory makes writes where it is called, and not where it is made', () => {
  const storage = `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
export const createStorage = (bucket) => ({
  put: async (key, body) => client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body })), // ✗
});
export const writer = (bucket) => async (key, body) => client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body })); // ✗
`;
  const using = (...lines: readonly string[]): string => `${uuid}import { createStorage, writer } from './storage';\n${lines.join('\n')}\n`;
  /** The closure that is given back alone is not asked about where only the other is used. */
  const closure = storage.replace(/^export const createStorage[^]*?^\}\);\n/m, '');
  const object = storage.replace(/^export const writer.*\n/m, '');

  it.each<{ readonly situation: string; readonly files: Files }>([
    { situation: 'its only call brings an id', files: { 'storage.ts': silent(object), 'main.ts': using("export const add = (body) => { const storage = createStorage('uploads'); return storage.put(randomUUID(), body); };") } },
    { situation: 'taken apart', files: { 'storage.ts': silent(object), 'main.ts': using("export const add = (body) => { const { put } = createStorage('uploads'); return put(randomUUID(), body); };") } },
    { situation: 'a closure', files: { 'storage.ts': silent(closure), 'main.ts': using("export const add = (body) => { const write = writer('uploads'); return write(randomUUID(), body); };") } },
    { situation: 'a closure that is called at once', files: { 'storage.ts': silent(closure), 'main.ts': using("export const add = (body) => writer('uploads')(randomUUID(), body);") } },
    { situation: 'another call brings a name that comes again', files: { 'storage.ts': object, 'main.ts': using("const storage = createStorage('uploads');", 'export const add = (body) => storage.put(randomUUID(), body);', 'export const save = (name, body) => storage.put(name, body); // ✗') } },
    { situation: 'it is given to somebody else too', files: { 'storage.ts': object, 'main.ts': using("import { register } from 'some-queue';", "const storage = createStorage('uploads');", 'register(storage);', 'export const add = (body) => storage.put(randomUUID(), body);') } },
    { situation: 'it is given out', files: { 'storage.ts': object, 'main.ts': using("export const storage = createStorage('uploads');", 'export const add = (body) => storage.put(randomUUID(), body);') } },
    { situation: 'it is given back', files: { 'storage.ts': silent(object), 'main.ts': using("const make = () => createStorage('uploads');", 'export const add = (body) => make().put(randomUUID(), body);') } },
    { situation: 'one of its methods is given back to another file', files: { 'storage.ts': silent(object), 'put.ts': "import { createStorage } from './storage';\nexport const putter = (bucket) => {\n  const storage = createStorage(bucket);\n  return storage.put;\n};\n", 'main.ts': `${uuid}import { putter } from './put';\nexport const add = async (body) => { const put = putter('uploads'); await put(randomUUID(), body); };\n` } },
    { situation: 'that file gives it to somebody else too', files: { 'storage.ts': object, 'put.ts': "import { createStorage } from './storage';\nexport const putter = (bucket) => {\n  const storage = createStorage(bucket);\n  return storage.put;\n};\n", 'main.ts': `${uuid}import { register } from 'some-queue';\nimport { putter } from './put';\nexport const add = async (body) => { const put = putter('uploads'); await put(randomUUID(), body); register(put); };\n` } },
  ])('$situation', async ({ files }) => {
    expect(await placesOf('no-blind-overwrite', files)).toEqual(markedPlaces(files));
  });
});
