import { expect, it } from 'vitest';

import { s3CallsOf } from '../../src/calls/s3-calls.js';
import { parse } from './parse.js';

/** A client that comes from another file is known by the whole call, never by the name of a method alone. */
const found = (code: string): string[] => s3CallsOf(parse(code)).map(({ client, operation }) => `${client} ${operation.name}`);

const put = "putObject({ Bucket: 'b', Key: 'k', Body: body })";

it.each([
  ['a client imported from a file of the project', `import s3 from './s3.js'; s3.${put};`, 'lent PutObject'],
  ['from an aliased folder', `import { s3 } from '@/lib/s3'; s3.${put};`, 'lent PutObject'],
  ['from a folder that the project names', `import { s3 } from 'src/storage/s3'; s3.${put};`, 'lent PutObject'],
  ['made by a function of another file', `import { getClient } from './s3.js'; const { s3 } = await getClient(); s3.${put};`, 'lent PutObject'],
  ['a parameter without a type', `export const save = (s3, body) => s3.${put};`, 'lent PutObject'],
  ['a field that a base class sets', `import { Base } from './base.js'; class Store extends Base { save(body) { return this.s3.${put}; } }`, 'lent PutObject'],
  ['an input in a variable', "import s3 from './s3.js'; const input = { Bucket: 'b', Key: 'k' }; s3.putObject(input);", 'lent PutObject'],
  ['a copy', "import s3 from './s3.js'; s3.copyObject({ Bucket: 'b', Key: 'k', CopySource: 'b/j' });", 'lent CopyObject'],
  ['a delete of several', "import s3 from './s3.js'; s3.deleteObjects({ Bucket: 'b', Delete: { Objects: [] } });", 'lent DeleteObjects'],
  ['a listing has a prefix', "import s3 from './s3.js'; s3.listObjectsV2({ Bucket: 'b', Prefix: 'p' });", 'lent ListObjectsV2'],
  ['a bucket has no key', "import s3 from './s3.js'; s3.headBucket({ Bucket: 'b' });", 'lent HeadBucket'],
  ['one that only v2 sends so', `import { s3 } from './s3.js'; await s3.${put}.promise();`, 'v2 PutObject'],
  ['one that only v2 reads so', "import { s3 } from './s3.js'; s3.getObject({ Bucket: 'b', Key: 'k' }).createReadStream();", 'v2 GetObject'],
  ['a method that only v2 has', "import { s3 } from './s3.js'; s3.upload({ Bucket: 'b', Key: 'k', Body: body }, done);", 'v2 PutObject'],
  ['an upload in a file that has v3 too', "import '@aws-sdk/client-s3'; import { store } from './s3.js'; store.upload({ Bucket: 'b', Key: 'k', Body: body }, done);", 'lent PutObject'],
  ['an upload that is sent at once', "import s3 from './s3.js'; await s3.upload({ Bucket: 'b', Key: 'k', Body: body }).promise();", 'v2 PutObject'],
  ['an upload that is sent with options', "import s3 from './s3.js'; await s3.upload({ Bucket: 'b', Key: 'k', Body: body }, { partSize: 1e7 }).promise();", 'v2 PutObject'],
  ['an upload that is sent below', "import s3 from './s3.js'; const request = s3.upload({ Bucket: 'b', Key: 'k', Body: body }); request.on('httpUploadProgress', show); await request.promise();", 'v2 PutObject'],
  ['an upload that is sent with a callback', "import s3 from './s3.js'; s3.upload({ Bucket: 'b', Key: 'k', Body: body }).send((error) => done(error));", 'v2 PutObject'],
  ['a write that only v2 sends so', `import s3 from './s3.js'; const request = s3.${put}; request.send(done);`, 'v2 PutObject'],
  ['a promise that is awaited elsewhere', `import { s3 } from './s3.js'; const sent = s3.${put}; sent.then(promise);`, 'lent PutObject'],
  ['what v2 signs', "import { s3 } from './s3.js'; s3.getSignedUrl('putObject', { Bucket: 'b', Key: 'k' });", 'v2 PutObject'],
  ['what v2 signs in time', "import { s3 } from './s3.js'; await s3.getSignedUrlPromise('putObject', { Bucket: 'b', Key: 'k', Expires: 60 });", 'v2 PutObject'],
  ['a client of a package that hands the SDK on', `import { S3 } from '@acme/aws-sdk/client-s3'; new S3({}).${put};`, 'lent PutObject'],
  ['minio by its name and its positions', "import { minioClient } from './storage.js'; minioClient.putObject('b', 'k', body);", 'minio PutObject'],
  ['minio by its import', "import { client } from './minio.js'; client.putObject('b', 'k', body);", 'minio PutObject'],
])('finds %s', (_name, code, expected) => {
  expect(found(code)).toEqual([expected]);
});

it.each([
  ['the method alone: the input is not S3’s', "import store from './store.js'; store.putObject({ bucket: 'b', key: 'k' });"],
  ['a class of the project that is made of several things', "import { Gateway } from './gateway.js'; const gateway = new Gateway(storage, tenant); gateway.putObject({ Bucket: 'b', Key: 'k' });"],
  ['an input without a key', "import store from './store.js'; store.putObject({ Bucket: 'b', Body: body });"],
  ['Tencent’s COS, whose input has a region', "import cos from './cos.js'; cos.putObject({ Bucket: 'b', Region: 'r', Key: 'k' });"],
  ['an object of a package', `import store from 'object-store'; store.${put};`],
  ['an instance of a class of a package', `import { S3 } from 'fake-s3'; new S3().${put};`],
  ['a parameter whose type comes from a package', `import type { Store } from 'object-store'; export const save = (store: Store, body: string) => store.${put};`],
  ['methods that a client has not, which only sends commands', `import { S3Client } from '@acme/aws-sdk/client-s3'; await new S3Client({}).${put}.promise();`],
  ['an object made here', `const store = { putObject(input) { return input; } }; store.${put};`],
  ['a class of the file', `class Store { putObject(input) { return input; } } new Store().${put};`],
  ['positional arguments without minio', "import { client } from './storage.js'; client.putObject('b', 'k', body);"],
  ['what is signed without a key', "import { store } from './store.js'; store.getSignedUrl('putObject', { Bucket: 'b' });"],
  ['what is signed by another method', "import { store } from './store.js'; store.getSignedUrl('write', { Bucket: 'b', Key: 'k' });"],
  ['a signature of a package', "import store from 'object-store'; store.getSignedUrl('putObject', { Bucket: 'b', Key: 'k' });"],
  ['a signature for Tencent’s COS', "import cos from './cos.js'; cos.getSignedUrl('putObject', { Bucket: 'b', Region: 'r', Key: 'k' });"],
  ['an upload with other names', "import { bucket } from './bucket.js'; bucket.upload({ bucket: 'b', key: 'k', body: body }).promise();"],
  ['an upload that no request comes of: one of v2 would send nothing', "import Files from './files.js'; await Files.upload({ Bucket: 'b', Key: 'k', Body: body });"],
  ['the same with options', "import Files from './files.js'; await Files.upload({ Bucket: 'b', Key: 'k', Body: body }, { public: true });"],
  ['the same on a parameter', "export const save = (files, body) => files.upload({ Bucket: 'b', Key: 'k', Body: body });"],
  ['the same, whose result is looked at', "import Files from './files.js'; const saved = Files.upload({ Bucket: 'b', Key: 'k', Body: body }); log(saved.size); saved.then(done);"],
  ['a function of that name', `import { putObject } from './store.js'; ${put};`],
])('does not take for S3: %s', (_name, code) => {
  expect(found(code)).toEqual([]);
});
