import { describe, expect, it } from 'vitest';

import { s3CallsOf } from '../../src/calls/s3-calls.js';
import { parse, type Language } from './parse.js';

interface Case {
  readonly name: string;
  readonly code: string;
  readonly language?: Language;
  /** Client and operation of each call, in source order. */
  readonly calls: readonly string[];
}

const callsIn = (code: string, language?: Language): string[] =>
  s3CallsOf(parse(code, language)).map((call) => `${call.client} ${call.operation.name}${call.presigned ? ' presigned' : ''}`);

const check = ({ code, language, calls }: Case): void => {
  expect(callsIn(code, language)).toEqual(calls);
};

describe('commands of @aws-sdk/client-s3', () => {
  it.each<Case>([
    {
      name: 'a named import, sent at once',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
await client.send(new PutObjectCommand({ Bucket: 'photos', Key: 'a.jpg', Body: photo }));
`,
      calls: ['v3 PutObject'],
    },
    {
      name: 'an alias is the class that was imported, not the name in the file',
      code: `
import { PutObjectCommand as GetObjectCommand, GetObjectCommand as Read } from '@aws-sdk/client-s3';
await client.send(new Read({ Bucket: 'photos', Key: 'a.jpg' }));
await client.send(new GetObjectCommand({ Bucket: 'photos', Key: 'a.jpg', Body: photo }));
`,
      calls: ['v3 GetObject', 'v3 PutObject'],
    },
    {
      name: 'a name imported as a string',
      code: `
import { 'PutObjectCommand' as Put } from '@aws-sdk/client-s3';
await client.send(new Put({ Bucket: 'photos', Key: 'a.jpg', Body: photo }));
`,
      language: 'javascript',
      calls: ['v3 PutObject'],
    },
    {
      name: 'a namespace import',
      code: `
import * as S3 from '@aws-sdk/client-s3';
await client.send(new S3.CopyObjectCommand({ Bucket: 'photos', Key: 'b.jpg', CopySource: 'photos/a.jpg' }));
`,
      calls: ['v3 CopyObject'],
    },
    {
      name: 'a namespace read by a literal name',
      code: `
import * as S3 from '@aws-sdk/client-s3';
await client.send(new S3['DeleteObjectCommand']({ Bucket: 'photos', Key: 'a.jpg' }));
`,
      calls: ['v3 DeleteObject'],
    },
    {
      name: 'a default import, as interop with CommonJS gives it',
      code: `
import sdk from '@aws-sdk/client-s3';
const { PutObjectCommand } = sdk;
await client.send(new PutObjectCommand({ Bucket: 'photos', Key: 'a.jpg', Body: photo }));
await client.send(new sdk.HeadObjectCommand({ Bucket: 'photos', Key: 'a.jpg' }));
`,
      calls: ['v3 PutObject', 'v3 HeadObject'],
    },
    {
      name: 'require of the whole package',
      code: `
const sdk = require('@aws-sdk/client-s3');
exports.store = (photo) => client.send(new sdk.PutObjectCommand({ Bucket: 'photos', Key: 'a.jpg', Body: photo }));
`,
      language: 'commonjs',
      calls: ['v3 PutObject'],
    },
    {
      name: 'require, destructured and renamed',
      code: `
const { PutObjectCommand, GetObjectCommand: Get } = require('@aws-sdk/client-s3');
exports.copy = async () => {
  const { Body } = await client.send(new Get({ Bucket: 'photos', Key: 'a.jpg' }));
  await client.send(new PutObjectCommand({ Bucket: 'photos', Key: 'b.jpg', Body }));
};
`,
      language: 'commonjs',
      calls: ['v3 GetObject', 'v3 PutObject'],
    },
    {
      name: 'one member of a require',
      code: `
const Put = require('@aws-sdk/client-s3').PutObjectCommand;
client.send(new Put({ Bucket: 'photos', Key: 'a.jpg', Body: photo }));
`,
      language: 'script',
      calls: ['v3 PutObject'],
    },
    {
      name: 'import = require of TypeScript',
      code: `
import sdk = require('@aws-sdk/client-s3');
client.send(new sdk.PutObjectCommand({ Bucket: 'photos', Key: 'a.jpg', Body: photo }));
`,
      calls: ['v3 PutObject'],
    },
    {
      name: 'a dynamic import, destructured in place',
      code: `
export async function store(photo: Buffer) {
  const { PutObjectCommand } = await import('@aws-sdk/client-s3');
  await client.send(new PutObjectCommand({ Bucket: 'photos', Key: 'a.jpg', Body: photo }));
}
`,
      calls: ['v3 PutObject'],
    },
    {
      name: 'a dynamic import that a method hands out with the client',
      code: `
export class Photos {
  private async getS3() {
    const sdk = await import('@aws-sdk/client-s3');
    return { sdk, client: new sdk.S3Client({}) };
  }
  async store(photo: Buffer) {
    const { sdk, client } = await this.getS3();
    await client.send(new sdk.PutObjectCommand({ Bucket: 'photos', Key: 'a.jpg', Body: photo }));
  }
}
`,
      calls: ['v3 PutObject'],
    },
    {
      name: 'a dynamic import awaited with .then',
      code: `
import('@aws-sdk/client-s3').then(({ PutObjectCommand }) => client.send(new PutObjectCommand({ Bucket: 'photos', Key: 'a.jpg', Body: photo })));
`,
      calls: ['v3 PutObject'],
    },
    {
      name: 'a class held in a constant',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
const Write = PutObjectCommand;
await client.send(new Write({ Bucket: 'photos', Key: 'a.jpg', Body: photo }));
`,
      calls: ['v3 PutObject'],
    },
    {
      name: 'one of two commands',
      code: `
import { CopyObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
await client.send(source ? new CopyObjectCommand({ Bucket: 'photos', Key: 'a.jpg', CopySource: source }) : new PutObjectCommand({ Bucket: 'photos', Key: 'a.jpg', Body: photo }));
`,
      calls: ['v3 CopyObject', 'v3 PutObject'],
    },
    {
      name: 'a command that is put in a variable first',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
const command = new PutObjectCommand({ Bucket: 'photos', Key: 'a.jpg', Body: photo });
await client.send(command);
`,
      calls: ['v3 PutObject'],
    },
    {
      name: 'a command with a callback for its answer',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
client.send(new PutObjectCommand({ Bucket: 'photos', Key: 'a.jpg', Body: photo }), (error, data) => done(error, data));
`,
      calls: ['v3 PutObject'],
    },
    {
      name: 'commands handed to getSignedUrl are sent by whoever has the URL',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
const upload = new PutObjectCommand({ Bucket: 'photos', Key: 'a.jpg' });
await getSignedUrl(client, upload, { expiresIn: 300 });
await getSignedUrl(client, new GetObjectCommand({ Bucket: 'photos', Key: 'a.jpg' }));
`,
      calls: ['v3 PutObject presigned', 'v3 GetObject presigned'],
    },
    {
      name: 'a presigner under another name, and a namesake that signs nothing',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl as sign } from '@aws-sdk/s3-request-presigner';
import { getSignedUrl } from './audit.js';
await sign(client, new PutObjectCommand({ Bucket: 'photos', Key: 'a.jpg' }));
await getSignedUrl(client, new PutObjectCommand({ Bucket: 'photos', Key: 'b.jpg' }));
`,
      calls: ['v3 PutObject presigned', 'v3 PutObject'],
    },
    {
      name: 'the steps of a multipart upload',
      code: `
import { AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, UploadPartCommand } from '@aws-sdk/client-s3';
const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: 'photos', Key: 'a.tif' }));
await client.send(new UploadPartCommand({ Bucket: 'photos', Key: 'a.tif', UploadId, PartNumber: 1, Body: part }));
await client.send(new CompleteMultipartUploadCommand({ Bucket: 'photos', Key: 'a.tif', UploadId, MultipartUpload: { Parts: parts } }));
await client.send(new AbortMultipartUploadCommand({ Bucket: 'photos', Key: 'a.tif', UploadId }));
`,
      calls: ['v3 CreateMultipartUpload', 'v3 UploadPart', 'v3 CompleteMultipartUpload', 'v3 AbortMultipartUpload'],
    },
    {
      name: 'a rename in a directory bucket is a write',
      code: `
import { RenameObjectCommand } from '@aws-sdk/client-s3';
await client.send(new RenameObjectCommand({ Bucket: 'photos--use1-az4--x-s3', Key: 'b.jpg', RenameSource: 'a.jpg' }));
`,
      calls: ['v3 RenameObject'],
    },
  ])('$name', check);
});

describe('the aggregated S3 class', () => {
  it.each<Case>([
    {
      name: 'a local',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
await s3.putObject({ Bucket: 'photos', Key: 'a.jpg', Body: photo });
`,
      calls: ['v3 PutObject'],
    },
    {
      name: 'one that is used where it is made',
      code: `
import { S3 } from '@aws-sdk/client-s3';
await new S3({}).deleteObject({ Bucket: 'photos', Key: 'a.jpg' });
`,
      calls: ['v3 DeleteObject'],
    },
    {
      name: 'one that require gives',
      code: `
const { S3 } = require('@aws-sdk/client-s3');
const s3 = new S3({});
exports.remove = (key) => s3.deleteObject({ Bucket: 'photos', Key: key });
`,
      language: 'commonjs',
      calls: ['v3 DeleteObject'],
    },
    {
      name: 'a class field, private or not',
      code: `
import { S3 } from '@aws-sdk/client-s3';
class Photos {
  s3 = new S3({});
  #other = new S3({ region: 'eu-central-1' });
  async store(photo: Buffer) {
    await this.s3.putObject({ Bucket: 'photos', Key: 'a.jpg', Body: photo });
    await this.#other.putObject({ Bucket: 'photos-eu', Key: 'a.jpg', Body: photo });
  }
}
`,
      calls: ['v3 PutObject', 'v3 PutObject'],
    },
    {
      name: 'a field that the constructor sets',
      code: `
import { S3 } from '@aws-sdk/client-s3';
class Photos {
  constructor(region) {
    this.s3 = new S3({ region });
  }
  store(photo) {
    return this.s3.putObject({ Bucket: 'photos', Key: 'a.jpg', Body: photo });
  }
}
`,
      language: 'javascript',
      calls: ['v3 PutObject'],
    },
    {
      name: 'a parameter property with an annotation',
      code: `
import { S3 } from '@aws-sdk/client-s3';
class Photos {
  constructor(private readonly s3: S3) {}
  async look() {
    await this.s3.headObject({ Bucket: 'photos', Key: 'a.jpg' });
  }
}
`,
      calls: ['v3 HeadObject'],
    },
    {
      name: 'a field with an annotation and no value',
      code: `
import type { S3 } from '@aws-sdk/client-s3';
class Photos {
  private s3!: S3;
  async look(key: string) {
    await this.s3.headObject({ Bucket: 'photos', Key: key });
  }
}
`,
      calls: ['v3 HeadObject'],
    },
    {
      name: 'a parameter annotated by import type: the annotation is erased, the client is not',
      code: `
import type { S3 } from '@aws-sdk/client-s3';
export const remove = (s3: S3, key: string) => s3.deleteObject({ Bucket: 'photos', Key: key });
`,
      calls: ['v3 DeleteObject'],
    },
    {
      name: 'a parameter annotated by an inline import',
      code: `
export async function remove(s3: import('@aws-sdk/client-s3').S3, key: string) {
  await s3.deleteObject({ Bucket: 'photos', Key: key });
}
`,
      calls: ['v3 DeleteObject'],
    },
    {
      name: 'an optional parameter, by a namespace',
      code: `
import type * as sdk from '@aws-sdk/client-s3';
export async function remove(key: string, s3?: sdk.S3) {
  await s3?.deleteObject({ Bucket: 'photos', Key: key });
}
`,
      calls: ['v3 DeleteObject'],
    },
    {
      name: 'a member of an interface of the file',
      code: `
import type { S3 } from '@aws-sdk/client-s3';
interface Context {
  readonly storage: { readonly s3: S3 };
}
export const remove = ({ storage }: Context, key: string) => storage.s3.deleteObject({ Bucket: 'photos', Key: key });
export const look = (context: Context, key: string) => context.storage.s3.headObject({ Bucket: 'photos', Key: key });
`,
      calls: ['v3 DeleteObject', 'v3 HeadObject'],
    },
    {
      name: 'promises, callbacks, optional chains and casts are one call',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
s3.putObject({ Bucket: 'photos', Key: 'a.jpg', Body: photo }).then(done, failed);
s3.headObject({ Bucket: 'photos', Key: 'a.jpg' }, (error, head) => done(error, head));
s3?.getObject?.({ Bucket: 'photos', Key: 'a.jpg' });
(s3 as S3).copyObject({ Bucket: 'photos', Key: 'b.jpg', CopySource: 'photos/a.jpg' });
s3!['deleteObject']({ Bucket: 'photos', Key: 'a.jpg' });
`,
      calls: ['v3 PutObject', 'v3 HeadObject', 'v3 GetObject', 'v3 CopyObject', 'v3 DeleteObject'],
    },
    {
      name: 'what an untyped value is cast to',
      code: `
import type { S3 } from '@aws-sdk/client-s3';
await (container.resolve('s3') as S3).putObject({ Bucket: 'photos', Key: 'a.jpg', Body: photo });
`,
      calls: ['v3 PutObject'],
    },
    {
      name: 'a client that a function of the file makes on first use',
      code: `
import { S3 } from '@aws-sdk/client-s3';
let s3: S3 | undefined;
const getS3 = () => (s3 ??= new S3({}));
await getS3().putObject({ Bucket: 'photos', Key: 'a.jpg', Body: photo });
`,
      calls: ['v3 PutObject'],
    },
    {
      name: 'a class that extends it',
      code: `
import { S3 } from '@aws-sdk/client-s3';
class Photos extends S3 {
  store(photo: Buffer) {
    return this.putObject({ Bucket: 'photos', Key: 'a.jpg', Body: photo });
  }
}
await new Photos({}).headObject({ Bucket: 'photos', Key: 'a.jpg' });
`,
      calls: ['v3 PutObject', 'v3 HeadObject'],
    },
  ])('$name', check);
});

describe('Upload of @aws-sdk/lib-storage', () => {
  it.each<Case>([
    {
      name: 'options and params in place',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
await new Upload({ client, params: { Bucket: 'videos', Key: 'a.mp4', Body: stream } }).done();
`,
      calls: ['lib-storage PutObject'],
    },
    {
      name: 'params in a variable, the upload too',
      code: `
import { Upload } from '@aws-sdk/lib-storage';
const params = { Bucket: 'videos', Key: 'a.mp4', Body: stream };
const upload = new Upload({ client, params });
upload.on('httpUploadProgress', show);
await upload.done();
`,
      calls: ['lib-storage PutObject'],
    },
    {
      name: 'options in a variable, params spread into them',
      code: `
const { Upload } = require('@aws-sdk/lib-storage');
const options = { client, params: { ...target, Body: stream } };
exports.done = new Upload(options).done();
`,
      language: 'commonjs',
      calls: ['lib-storage PutObject'],
    },
    {
      name: 'an alias',
      code: `
import { Upload as ParallelUpload } from '@aws-sdk/lib-storage';
await new ParallelUpload({ client, params: { Bucket: 'videos', Key: 'a.mp4', Body: stream } }).done();
`,
      calls: ['lib-storage PutObject'],
    },
  ])('$name', check);
});

describe('aws-sdk v2', () => {
  it.each<Case>([
    {
      name: 'new AWS.S3() of the default export',
      code: `
import AWS from 'aws-sdk';
const s3 = new AWS.S3();
await s3.putObject({ Bucket: 'photos', Key: 'a.jpg', Body: photo }).promise();
`,
      calls: ['v2 PutObject'],
    },
    {
      name: 'a namespace import, and a named one',
      code: `
import * as AWS from 'aws-sdk';
import { S3 } from 'aws-sdk';
await new AWS.S3().headObject({ Bucket: 'photos', Key: 'a.jpg' }).promise();
await new S3().deleteObject({ Bucket: 'photos', Key: 'a.jpg' }).promise();
`,
      calls: ['v2 HeadObject', 'v2 DeleteObject'],
    },
    {
      name: 'the client alone, by require, with a callback',
      code: `
const S3 = require('aws-sdk/clients/s3');
const s3 = new S3({ apiVersion: '2006-03-01' });
s3.putObject({ Bucket: 'photos', Key: 'a.jpg', Body: photo }, function (error, data) {
  if (error) throw error;
});
`,
      language: 'script',
      calls: ['v2 PutObject'],
    },
    {
      name: 'the client alone, by default import',
      code: `
import S3 from 'aws-sdk/clients/s3';
const s3 = new S3();
await s3.copyObject({ Bucket: 'photos', Key: 'b.jpg', CopySource: 'photos/a.jpg' }).promise();
`,
      calls: ['v2 CopyObject'],
    },
    {
      name: 'a field that the constructor sets',
      code: `
const AWS = require('aws-sdk');
class Photos {
  constructor() {
    this.s3 = new AWS.S3();
  }
  store(photo) {
    return this.s3.putObject({ Bucket: 'photos', Key: 'a.jpg', Body: photo }).promise();
  }
}
`,
      language: 'commonjs',
      calls: ['v2 PutObject'],
    },
    {
      name: 'an annotated field',
      code: `
import type AWS from 'aws-sdk';
class Photos {
  constructor(private readonly s3: AWS.S3) {}
  store = (photo: Buffer) => this.s3.putObject({ Bucket: 'photos', Key: 'a.jpg', Body: photo }).promise();
}
`,
      calls: ['v2 PutObject'],
    },
    {
      name: 'upload and ManagedUpload put the object, in parts where it is large',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
s3.upload({ Bucket: 'videos', Key: 'a.mp4', Body: stream }, { partSize: 1e7 }, done);
new AWS.S3.ManagedUpload({ params: { Bucket: 'videos', Key: 'b.mp4', Body: stream } }).promise();
`,
      language: 'commonjs',
      calls: ['v2 PutObject', 'v2 PutObject'],
    },
    {
      name: 'a presigned PUT, in both forms, and a presigned GET',
      code: `
import AWS from 'aws-sdk';
const s3 = new AWS.S3({ signatureVersion: 'v4' });
s3.getSignedUrl('putObject', { Bucket: 'photos', Key: 'a.jpg', Expires: 60 });
await s3.getSignedUrlPromise('putObject', { Bucket: 'photos', Key: 'a.jpg' });
s3.getSignedUrl('getObject', { Bucket: 'photos', Key: 'a.jpg' });
`,
      calls: ['v2 PutObject presigned', 'v2 PutObject presigned', 'v2 GetObject presigned'],
    },
  ])('$name', check);
});

describe('minio', () => {
  it.each<Case>([
    {
      name: 'a positional client',
      code: `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
await minio.statObject('photos', 'a.jpg');
await minio.putObject('photos', 'a.jpg', photo);
await minio.fPutObject('photos', 'b.jpg', '/tmp/b.jpg');
await minio.removeObject('photos', 'a.jpg');
`,
      calls: ['minio HeadObject', 'minio PutObject', 'minio PutObject', 'minio DeleteObject'],
    },
    {
      name: 'a namespace, by require',
      code: `
const Minio = require('minio');
const client = new Minio.Client({ endPoint: 'localhost' });
client.getObject('photos', 'a.jpg', done);
client.makeBucket('photos');
`,
      language: 'commonjs',
      calls: ['minio GetObject', 'minio CreateBucket'],
    },
    {
      name: 'an annotated field, and a presigned PUT',
      code: `
import type { Client } from 'minio';
class Photos {
  constructor(private readonly minio: Client) {}
  url = () => this.minio.presignedPutObject('photos', 'a.jpg', 300);
}
`,
      calls: ['minio PutObject presigned'],
    },
  ])('$name', check);
});

describe('no S3 call', () => {
  it.each<Case>([
    {
      name: 'a command of the same name from another package',
      code: `
import { S3Client } from '@aws-sdk/client-s3';
import { PutObjectCommand } from 'a-storage-of-its-own';
await new S3Client({}).send(new PutObjectCommand({ Bucket: 'photos', Key: 'a.jpg', Body: photo }));
`,
      calls: [],
    },
    {
      name: 'a command of another AWS service',
      code: `
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
await client.send(new PutItemCommand({ TableName: 'photos', Item: item }));
`,
      calls: [],
    },
    {
      name: 'a client with the same methods from another package',
      code: `
import COS from 'cos-nodejs-sdk-v5';
import { PutObjectCommand } from '@aws-sdk/client-s3';
const cos = new COS({ SecretId: id, SecretKey: key });
cos.putObject({ Bucket: 'photos', Region: 'ap-guangzhou', Key: 'a.jpg', Body: photo }, done);
cos.headObject({ Bucket: 'photos', Key: 'a.jpg' }, done);
`,
      calls: [],
    },
    {
      name: 'a parameter that shadows the import',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const make = (PutObjectCommand: new (input: object) => object) => new PutObjectCommand({ Bucket: 'photos', Key: 'a.jpg' });
`,
      calls: [],
    },
    {
      name: 'a class in an inner scope that shadows the import',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
function test() {
  class PutObjectCommand {}
  return new PutObjectCommand({ Bucket: 'photos', Key: 'a.jpg' });
}
`,
      language: 'javascript',
      calls: [],
    },
    {
      name: 'a client variable that is shadowed by something else',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export function describe() {
  const s3 = new Map();
  s3.putObject({ Bucket: 'photos', Key: 'a.jpg' });
}
`,
      language: 'javascript',
      calls: [],
    },
    {
      name: 'a require of the file itself',
      code: `
const require = (name) => registry.get(name);
const { PutObjectCommand } = require('@aws-sdk/client-s3');
send(new PutObjectCommand({ Bucket: 'photos', Key: 'a.jpg' }));
`,
      language: 'javascript',
      calls: [],
    },
    {
      name: 'a mock that names the command and sends none',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
const s3Mock = mockClient(S3Client);
s3Mock.on(PutObjectCommand, { Bucket: 'photos' }).resolves({ ETag: '"1"' });
expect(s3Mock.commandCalls(PutObjectCommand)).toHaveLength(1);
expect(s3Mock).toHaveReceivedCommandWith(PutObjectCommand, { Bucket: 'photos', Key: 'a.jpg' });
`,
      calls: [],
    },
    {
      name: 'a command that an assertion expects',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
expect(send).toHaveBeenCalledWith(new PutObjectCommand({ Bucket: 'photos', Key: 'a.jpg' }));
`,
      calls: [],
    },
    {
      name: 'types',
      code: `
import type { PutObjectCommand, PutObjectCommandInput, S3 } from '@aws-sdk/client-s3';
export type Put = InstanceType<typeof PutObjectCommand>;
export interface Store { putObject(input: PutObjectCommandInput): ReturnType<S3['putObject']> }
`,
      calls: [],
    },
    {
      name: 'a test for a command',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const isWrite = (command: object) => command instanceof PutObjectCommand;
`,
      calls: [],
    },
    {
      name: 'an S3 server that implements these names, and calls its own',
      code: `
import { S3Client } from '@aws-sdk/client-s3';
class Server {
  async putObject({ Bucket, Key, Body }) {
    this.buckets.get(Bucket).set(Key, Body);
  }
  async copyObject({ Bucket, Key, CopySource }) {
    await this.putObject({ Bucket, Key, Body: await this.read(CopySource) });
  }
}
const server = new Server();
await server.putObject({ Bucket: 'photos', Key: 'a.jpg', Body: photo });
`,
      language: 'javascript',
      calls: [],
    },
    {
      name: 'an object literal with the methods of a client',
      code: `
import { GetObjectCommand } from '@aws-sdk/client-s3';
const fake = { putObject: (input) => stored.push(input), send: (command) => command };
fake.putObject({ Bucket: 'photos', Key: 'a.jpg', Body: photo });
`,
      language: 'javascript',
      calls: [],
    },
    {
      name: 'an Upload of another package',
      code: `
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from 'tus-js-client';
new Upload(file, { endpoint: '/files', params: { Bucket: 'videos', Key: 'a.mp4' } }).start();
`,
      calls: [],
    },
    {
      name: 'a Client of another package with the methods of minio',
      code: `
import { Client } from 'ssh2-sftp-client';
import 'minio';
await new Client().putObject('photos', 'a.jpg', photo);
`,
      calls: [],
    },
    {
      name: 'another service of aws-sdk v2',
      code: `
const AWS = require('aws-sdk');
new AWS.Glacier().upload({ Bucket: 'photos', Key: 'a.jpg', Body: photo });
`,
      language: 'commonjs',
      calls: [],
    },
    {
      name: 'the words in a text and in a comment',
      code: `
// await client.send(new PutObjectCommand({ Bucket, Key })) of '@aws-sdk/client-s3'
export const help = "import { S3 } from '@aws-sdk/client-s3'; s3.putObject({ Bucket: 'photos', Key: 'a.jpg' })";
`,
      calls: [],
    },
  ])('$name', check);
});

describe('what a call is sent by', () => {
  const sendersIn = (code: string): string[][] => {
    const sourceCode = parse(code);
    return s3CallsOf(sourceCode).map((call) => call.sentBy.map((sender) => sourceCode.getText(sender)));
  };

  it('a command is sent by the call that it is handed to', () => {
    expect(sendersIn(`import { HeadObjectCommand as Head } from '@aws-sdk/client-s3'; client.send(new Head(input));`)).toEqual([['client.send(new Head(input))']]);
  });

  it('a command in a variable is sent by every call that takes the variable', () => {
    expect(sendersIn(`import { HeadObjectCommand as Head } from '@aws-sdk/client-s3'; const head = new Head(input); first.send(head); second.send(head);`)).toEqual([
      ['first.send(head)', 'second.send(head)'],
    ]);
  });

  it('a command that nobody sends has no sender', () => {
    expect(sendersIn(`import { HeadObjectCommand as Head } from '@aws-sdk/client-s3'; export const head = new Head(input);`)).toEqual([[]]);
  });

  it('an upload starts with done()', () => {
    expect(sendersIn(`import { Upload } from '@aws-sdk/lib-storage'; const upload = new Upload({ client, params }); await upload.done();`)).toEqual([['upload.done()']]);
  });
});
