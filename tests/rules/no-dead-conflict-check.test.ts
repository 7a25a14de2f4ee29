import { noDeadConflictCheck } from '../../src/rules/no-dead-conflict-check.js';
import { readMarks } from '../marked.js';
import { ruleTester } from '../rule-tester.js';

/** A script, as CommonJS is parsed. */
const script = { languageOptions: { parserOptions: { sourceType: 'script' } } } as const;

const libraries = { v3: 'the AWS SDK v3', v2: 'the AWS SDK v2', minio: 'minio' } as const;

/** A test (`▸`) of a property that errors of a library do not have; what to compare instead, and the fix if one is marked. */
const deadProperty = (library: keyof typeof libraries, property: string, instead: string, source: string) => {
  const { code, mended, at } = readMarks(source);
  const [facet = '', value] = instead.split(' = ');
  const data = { library: libraries[library], property, type: /tatus/.test(property) ? 'text' : 'number', facet: `\`${facet}\``, value: value === undefined ? '' : ` with \`${value}\`` };
  return { code, output: mended, errors: [{ messageId: 'deadProperty', data, ...at('▸'), suggestions: null } as const] };
};

/** A comparison (`▸`) of a code with a number, or of a status with a text. */
const deadType = (property: string, type: 'text' | 'number', instead: string, source: string) => {
  const { code, mended, at } = readMarks(source);
  const [facet = '', value] = instead.split(' = ');
  const data = { library: libraries.v3, property, type, facet: `\`${facet}\``, value: value === undefined ? '' : ` with \`${value}\`` };
  return { code, output: mended, errors: [{ messageId: 'deadType', data, ...at('▸'), suggestions: null } as const] };
};

/** A test (`▸`) for the code of an answer without a body. */
const deadHead = (data: { operation: string; property: string }, source: string) => {
  const { code, mended, at } = readMarks(source);
  return { code, output: mended, errors: [{ messageId: 'deadHead', data: { ...data, facet: '`$metadata?.httpStatusCode`' }, ...at('▸'), suggestions: null } as const] };
};

/** A test (`▸`) for a code that S3 does not send, and the fix. */
const misspelt = (said: string, meant: string, source: string) => {
  const { code, mended, at } = readMarks(source);
  return { code, output: mended, errors: [{ messageId: 'misspeltConflict', data: { said, meant }, ...at('▸'), suggestions: null } as const] };
};

/** A test (`▸`) for a code of another service, or one that is much like one of S3; the edit is suggested. */
const perhapsMisspelt = (said: string, meant: string, source: string) => {
  const { code, mended, at } = readMarks(source);
  const data = { said, meant };
  return { code, errors: [{ messageId: 'misspeltConflict', data, ...at('▸'), suggestions: mended === null ? null : ([{ messageId: 'useName', data, output: mended }] as const) } as const] };
};

/** A test (`▸`) for a conflict that the operation is not answered with. */
const impossible = (data: { operation: string; conflict: string; other?: string }, source: string) => {
  const { code, at } = readMarks(source);
  const messageId = data.other === undefined ? ('impossibleConflict' as const) : ('conflictOfOther' as const);
  return { code, output: null, errors: [{ messageId, data, ...at('▸'), suggestions: null } as const] };
};

/** A test (`▸`) for a class that the SDK does not have. */
const missingClass = (data: { name: string; conflict: string }, source: string) => {
  const { code, at } = readMarks(source);
  return { code, output: null, errors: [{ messageId: 'missingClass', data, ...at('▸'), suggestions: null } as const] };
};

ruleTester.run('no-dead-conflict-check', noDeadConflictCheck as never, {
  valid: [
    {
      name: 'the name of an error of the SDK v3, beside the status',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function claim(client: S3Client, Bucket: string, Key: string): Promise<boolean> {
  try {
    await client.send(new PutObjectCommand({ Bucket, Key, Body: '', IfNoneMatch: '*' }));
    return true;
  } catch (error: any) {
    if (error.name === 'PreconditionFailed' || error.$metadata?.httpStatusCode === 412) return false;
    throw error;
  }
}
`,
    },
    {
      name: 'Code is what S3 sends, and the SDK v3 keeps it',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const archive = (s3, Bucket, Key, Body) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, IfNoneMatch: '*' })).catch((failure) => {
    if (failure.Code === 'PreconditionFailed' && failure.Condition === 'If-None-Match') return null;
    throw failure;
  });
`,
    },
    {
      name: 'the status of the response that the SDK v3 keeps out of logs',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function swap(Bucket, Key, Body, IfMatch) {
  try {
    return await s3.putObject({ Bucket, Key, Body, IfMatch });
  } catch (error) {
    if (error.$response?.statusCode === 412) return null;
    throw error;
  }
}
`,
    },
    {
      name: 'code, name and statusCode of the SDK v2: its name is a copy of its code',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.claim = (Key, done) =>
  s3.putObject({ Bucket: 'locks', Key, Body: '', IfNoneMatch: '*' }, (err) => {
    if (err && err.code === 'PreconditionFailed') return done(null, false);
    if (err && err.name === 'ConditionalRequestConflict') return done(null, 'again');
    if (err && err.statusCode === 412) return done(null, 'never');
    done(err, !err);
  });
`,
      ...script,
    },
    {
      name: 'the status in place of the code, which the SDK v2 gives to an answer without a body',
      code: `
import S3 from 'aws-sdk/clients/s3';
const s3 = new S3();
export async function isSame(Key: string, IfMatch: string) {
  try {
    await s3.headObject({ Bucket: 'pages', Key, IfMatch }).promise();
    return true;
  } catch (error: any) {
    if (error.code === 412) return false;
    throw error;
  }
}
`,
    },
    {
      name: 'the code of a minio error',
      code: `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export async function ensure(name: string) {
  try {
    await minio.makeBucket(name);
  } catch (error: any) {
    if (error.code !== 'BucketAlreadyOwnedByYou') throw error;
  }
}
`,
    },
    {
      name: 'an error of either SDK: name or else code',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function claim(client, Key) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'locks', Key, IfNoneMatch: '*' }));
  } catch (error) {
    const reason = error.name ?? error.code;
    if (reason === 'PreconditionFailed') return false;
    const status = error.statusCode || error.$metadata?.httpStatusCode;
    if (status === 412) return false;
    throw error;
  }
  return true;
}
`,
    },
    {
      name: 'an error of either SDK: each by its own property',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function claim(client, Key) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'locks', Key, IfNoneMatch: '*' }));
  } catch (error) {
    if (error.code === 'PreconditionFailed' || error.statusCode === 412 || error.name === 'PreconditionFailed') return false;
    throw error;
  }
  return true;
}
`,
    },
    {
      name: 'the negated form of both: neither of the two',
      code: `
import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
export async function createOnce(client: S3Client, Key: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'marks', Key, IfNoneMatch: '*' }));
  } catch (error: any) {
    if (error.code !== 'PreconditionFailed' && error.$metadata?.httpStatusCode !== 412) throw error;
  }
}
`,
    },
    {
      name: 'a list of the codes under which stores tell one conflict',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function put(client, Bucket, Key, Body, IfMatch) {
  try {
    await client.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch }));
  } catch (err) {
    if (['PreconditionFailed', '412'].includes(err.name) || err.code === 'PreconditionFailed') return 'changed';
    throw err;
  }
}
`,
    },
    {
      name: 'a set in which one spelling is right',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const lost = new Set(['PreconditionFailed', 'PreconditionFailedException', 'ConditionalCheckFailedException']);
export async function acquire(client: S3Client, Key: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'locks', Key, IfNoneMatch: '*' }));
    return true;
  } catch (error: any) {
    if (lost.has(error.name)) return false;
    throw error;
  }
}
`,
    },
    {
      name: 'codes collected from every property first',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function store(client: S3Client, Key: string, Body: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'evidence', Key, Body, IfNoneMatch: '*' }));
    return 'created';
  } catch (error: any) {
    const codes = [error.name, error.Code, error.code].filter(Boolean);
    if (codes.some((code) => ['PreconditionFailed', 'ConditionalRequestConflict'].includes(code))) return 'existing';
    throw error;
  }
}
`,
    },
    {
      name: 'an error that a function of another file has made one form of',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { normalize } from './errors.js';
export async function store(client: S3Client, Key: string, Body: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'evidence', Key, Body, IfNoneMatch: '*' }));
  } catch (error) {
    const failure = normalize(error);
    if (failure.code === 'PreconditionFailed' || failure.statusCode === 409) return false;
    throw failure;
  }
  return true;
}
`,
    },
    {
      name: 'an exported predicate: who calls it is not seen',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export const isTaken = (error: any): boolean => error.code === 'PreconditionFailed' || error.statusCode === 412;
export async function claim(client: S3Client, Key: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'names', Key, IfNoneMatch: '*' }));
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}
`,
    },
    {
      name: 'a client that another file lends may be of the SDK v2',
      code: `
import { s3 } from './clients.js';
export async function claim(Key) {
  try {
    await s3.putObject({ Bucket: 'locks', Key, Body: '', IfNoneMatch: '*' });
    return true;
  } catch (error) {
    if (error.code === 'PreconditionFailed' || error.statusCode === 412) return false;
    throw error;
  }
}
`,
    },
    {
      name: 'errors of both SDKs in one handler',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import AWS from 'aws-sdk';
const old = new AWS.S3();
const client = new S3Client({});
export async function copyOver(Key: string, Body: string) {
  try {
    await old.putObject({ Bucket: 'old', Key, Body, IfNoneMatch: '*' }).promise();
    await client.send(new PutObjectCommand({ Bucket: 'new', Key, Body, IfNoneMatch: '*' }));
  } catch (error: any) {
    if (error.code === 'PreconditionFailed') return false;
    throw error;
  }
  return true;
}
`,
    },
    {
      name: 'the status of another request in the same try',
      code: `
import axios from 'axios';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function register(client: S3Client, device: { id: string }) {
  try {
    await axios.post('https://registry.example.com/devices', device);
    await client.send(new PutObjectCommand({ Bucket: 'devices', Key: device.id, Body: '', IfNoneMatch: '*' }));
  } catch (error: any) {
    if (error.status === 409 || error.statusCode === 412) return 'known already';
    throw error;
  }
  return 'registered';
}
`,
    },
    {
      name: 'a request of another service that runs beside the write',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { index } from './search.js';
export async function publish(client: S3Client, Key: string, Body: string) {
  try {
    const indexed = index.add(Key);
    await client.send(new PutObjectCommand({ Bucket: 'site', Key, Body, IfNoneMatch: '*' }));
    await indexed;
  } catch (error: any) {
    if (error.statusCode === 409) return 'again';
    throw error;
  }
  return 'done';
}
`,
    },
    {
      name: 'all of several requests are waited for at once',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { azure } from './mirror.js';
export async function publish(client: S3Client, Key: string, Body: string) {
  try {
    await Promise.all([azure.upload(Key, Body), client.send(new PutObjectCommand({ Bucket: 'site', Key, Body }))]);
  } catch (error: any) {
    if (error.statusCode === 412) return 'newer';
    throw error;
  }
  return 'done';
}
`,
    },
    {
      name: 'a presigned URL: nothing is sent to S3 here, and fetch has its own errors',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { send } from './http.js';
export async function upload(client: S3Client, Key: string, body: Blob) {
  try {
    await send(await getSignedUrl(client, new PutObjectCommand({ Bucket: 'inbox', Key, IfNoneMatch: '*' })), body);
  } catch (error: any) {
    if (error.status === 412) return false;
    throw error;
  }
  return true;
}
`,
    },
    {
      name: 'a code that the attempt gives to an error of its own',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function rename(client, Bucket, Key, title, seen) {
  try {
    const current = await client.send(new GetObjectCommand({ Bucket, Key }));
    if (current.ETag !== seen) throw Object.assign(new Error('stale'), { code: 'PreconditionFailed', statusCode: 412 });
    await client.send(new PutObjectCommand({ Bucket, Key, Body: title, IfMatch: current.ETag }));
  } catch (error) {
    if (error.code === 'PreconditionFailed' || error.statusCode === 412) return 'reload';
    throw error;
  }
  return 'saved';
}
`,
    },
    {
      name: 'a class of another file, thrown in a function that the attempt calls',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { HttpError } from './http-error.js';
function assertFresh(age: number): void {
  if (age > 60) throw new HttpError(412, 'stale');
}
export async function save(client: S3Client, Key: string, age: number) {
  try {
    assertFresh(age);
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body: '' }));
  } catch (error: any) {
    if (error.statusCode === 412) return 'reload';
    throw error;
  }
  return 'saved';
}
`,
    },
    {
      name: 'an error that is thrown on with a code of its own',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
const send = async (client, command) => {
  try {
    return await client.send(command);
  } catch (error) {
    error.code = error.name;
    throw error;
  }
};
export async function claim(client, Key) {
  try {
    await send(client, new PutObjectCommand({ Bucket: 'locks', Key, IfNoneMatch: '*' }));
    return true;
  } catch (error) {
    if (error.code === 'PreconditionFailed') return false;
    throw error;
  }
}
`,
    },
    {
      name: 'a mock that rejects with what the test asks for',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
const s3 = mockClient(S3Client);
test('a taken name', async () => {
  s3.on(PutObjectCommand).rejects({ code: 'PreconditionFailed' });
  try {
    await new S3Client({}).send(new PutObjectCommand({ Bucket: 'names', Key: 'a', IfNoneMatch: '*' }));
  } catch (error: any) {
    if (error.code !== 'PreconditionFailed') throw error;
  }
});
`,
    },
    {
      name: 'codes of the system, which do stand in code',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
const transient = ['ECONNRESET', 'ETIMEDOUT', 'ConditionalRequestConflict'];
export async function put(client, input) {
  try {
    return await client.send(new PutObjectCommand(input));
  } catch (error) {
    if (error.code === 'ECONNRESET' || transient.includes(error.code)) return null;
    throw error;
  }
}
`,
    },
    {
      name: 'a write whose input comes from the caller may have a condition',
      code: `
import { PutObjectCommand, S3Client, type PutObjectCommandInput } from '@aws-sdk/client-s3';
export async function put(client: S3Client, input: PutObjectCommandInput) {
  try {
    await client.send(new PutObjectCommand(input));
    return true;
  } catch (error: any) {
    if (error.name === 'PreconditionFailed') return false;
    throw error;
  }
}
`,
    },
    {
      name: 'a condition that is set for some callers',
      code: `
import { PutObjectCommand, type PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
export async function put(client: S3Client, Key: string, Body: string, ifNotExists: boolean) {
  try {
    const options: PutObjectCommandInput = { Bucket: 'archive', Key, Body };
    if (ifNotExists) options.IfNoneMatch = '*';
    return await client.send(new PutObjectCommand(options));
  } catch (error: any) {
    if (ifNotExists && error.Code === 'PreconditionFailed') return null;
    throw error;
  }
}
`,
    },
    {
      name: 'a copy whose source is guarded: S3 answers 412 when the source is another',
      code: `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
export async function mirror(client, source, target, etag) {
  try {
    await client.send(new CopyObjectCommand({ ...target, CopySource: source, CopySourceIfNoneMatch: etag }));
    return 'copied';
  } catch (error) {
    if (!(error.Code && error.Code === 'PreconditionFailed')) throw error;
  }
  return 'same';
}
`,
    },
    {
      name: 'a copy of a part whose source is guarded',
      code: `
import { UploadPartCopyCommand, S3Client } from '@aws-sdk/client-s3';
export async function copyPart(client: S3Client, UploadId: string, CopySource: string, etag: string) {
  try {
    return await client.send(new UploadPartCopyCommand({ Bucket: 'b', Key: 'k', UploadId, PartNumber: 1, CopySource, CopySourceIfMatch: etag }));
  } catch (error: any) {
    if (error.name === 'PreconditionFailed') return null;
    throw error;
  }
}
`,
    },
    {
      name: 'a read with a condition',
      code: `
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function readOn(client: S3Client, Key: string, etag: string) {
  try {
    return await client.send(new GetObjectCommand({ Bucket: 'films', Key, IfMatch: etag }));
  } catch (error: any) {
    if (error.name === 'PreconditionFailed' || error.$metadata?.httpStatusCode === 304) return null;
    throw error;
  }
}
`,
    },
    {
      name: 'the status of a HEAD with a condition',
      code: `
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function isSame(client: S3Client, Key: string, etag: string) {
  try {
    await client.send(new HeadObjectCommand({ Bucket: 'films', Key, IfMatch: etag }));
    return true;
  } catch (error: any) {
    if (error.$metadata?.httpStatusCode === 412) return false;
    throw error;
  }
}
`,
    },
    {
      name: 'the name after a HEAD and a write: the write has one',
      code: `
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function touch(client: S3Client, Key: string) {
  try {
    const head = await client.send(new HeadObjectCommand({ Bucket: 'films', Key }));
    await client.send(new PutObjectCommand({ Bucket: 'films', Key, Body: '', IfMatch: head.ETag }));
  } catch (error: any) {
    if (error.name === 'PreconditionFailed') return false;
    throw error;
  }
  return true;
}
`,
    },
    {
      name: 'a 409 of a write without a condition: stores answer so to two writers at a time',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function put(client: S3Client, Key: string, Body: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'logs', Key, Body }));
  } catch (error: any) {
    if (error.$metadata?.httpStatusCode === 409 || error.name === 'OperationAborted') return 'again';
    throw error;
  }
  return 'done';
}
`,
    },
    {
      name: 'one handler for several writes, of which one has a condition',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function publish(client: S3Client, Key: string, Body: string, etag: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'site', Key: Key + '.html', Body }));
    await client.send(new PutObjectCommand({ Bucket: 'site', Key: 'index.json', Body, IfMatch: etag }));
  } catch (error: any) {
    if (error.name === 'PreconditionFailed') return 'again';
    throw error;
  }
  return 'done';
}
`,
    },
    {
      name: 'a client that adds the header to every write',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
client.middlewareStack.add((next) => (args: any) => {
  args.request.headers['If-None-Match'] = '*';
  return next(args);
}, { step: 'build' });
export async function create(Key: string, Body: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body }));
    return true;
  } catch (error: any) {
    if (error.name === 'PreconditionFailed') return false;
    throw error;
  }
}
`,
    },
    {
      name: 'a conditional delete, an append and a rename',
      code: `
import { DeleteObjectCommand, PutObjectCommand, RenameObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function drop(client: S3Client, Key: string, etag: string, step: number) {
  try {
    if (step === 0) await client.send(new DeleteObjectCommand({ Bucket: 'b', Key, IfMatch: etag }));
    if (step === 1) await client.send(new PutObjectCommand({ Bucket: 'b', Key, Body: '', WriteOffsetBytes: 4 }));
    if (step === 2) await client.send(new RenameObjectCommand({ Bucket: 'b', Key, RenameSource: 'x', SourceIfMatch: etag }));
  } catch (error: any) {
    if (error.name === 'PreconditionFailed' || error.name === 'ConditionalRequestConflict') return false;
    throw error;
  }
  return true;
}
`,
    },
    {
      name: 'a bucket that is created when it is missing: both calls stand in the try',
      code: `
import { CreateBucketCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
export async function ensure(client: S3Client, Bucket: string) {
  try {
    const found = await client.send(new HeadBucketCommand({ Bucket })).then(() => true, () => false);
    if (!found) await client.send(new CreateBucketCommand({ Bucket }));
  } catch (error: any) {
    if (error.name !== 'BucketAlreadyOwnedByYou' && error.name !== 'BucketAlreadyExists') throw error;
  }
}
`,
    },
    {
      name: 'classes that the SDK has',
      code: `
import { BucketAlreadyExists, BucketAlreadyOwnedByYou, CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
export async function ensure(client: S3Client, Bucket: string) {
  try {
    await client.send(new CreateBucketCommand({ Bucket }));
  } catch (error: any) {
    if (error instanceof BucketAlreadyOwnedByYou || error instanceof BucketAlreadyExists || error.code === 'BucketAlreadyOwnedByYou') return;
    throw error;
  }
}
`,
    },
    {
      name: 'classes of another package and of the program',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PreconditionFailedException } from '@aws-sdk/client-lambda';
import { PreconditionFailed } from './errors.js';
export async function put(client: S3Client, Key: string, deploy: () => Promise<void>) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'code', Key, Body: '' }));
    await deploy();
  } catch (error) {
    if (error instanceof PreconditionFailedException || error instanceof PreconditionFailed) return false;
    throw error;
  }
  return true;
}
`,
    },
    {
      name: 'a name of DynamoDB, whose table is written in the same try',
      code: `
import { PutItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const table = new DynamoDBClient({});
export async function put(client: S3Client, Key: string) {
  try {
    await table.send(new PutItemCommand({ TableName: 'pages', Item: { id: { S: Key } }, ConditionExpression: 'attribute_not_exists(id)' }));
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body: '', IfNoneMatch: '*' }));
  } catch (error: any) {
    if (error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
  return true;
}
`,
    },
    {
      name: 'the error of an axios request, known as one',
      code: `
import { isAxiosError } from 'axios';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function put(client: S3Client, Key: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body: '', IfNoneMatch: '*' }));
  } catch (error: any) {
    if (isAxiosError(error) && error.status === 412) return false;
    throw error;
  }
  return true;
}
`,
    },
    {
      name: 'a predicate of another file decides on the same conflict',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { isPreconditionFailed } from './s3-errors.js';
export async function put(client: S3Client, Key: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body: '', IfNoneMatch: '*' }));
  } catch (error: any) {
    if (isPreconditionFailed(error) || error.code === 'PreconditionFailed') return false;
    throw error;
  }
  return true;
}
`,
    },
    {
      name: 'the text of the error decides too: another rule speaks of it',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function put(client, Key) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body: '', IfNoneMatch: '*' }));
  } catch (error) {
    if (error.code === 'PreconditionFailed' || String(error).includes('PreconditionFailed')) return false;
    throw error;
  }
  return true;
}
`,
    },
    {
      name: 'an operation that a caller hands in',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function guarded<T>(operation: () => Promise<T>): Promise<T | null> {
  try {
    return await operation();
  } catch (error: any) {
    if (error.code === 'PreconditionFailed') return null;
    throw error;
  }
}
export const claim = (client: S3Client, Key: string) => guarded(() => client.send(new PutObjectCommand({ Bucket: 'b', Key, IfNoneMatch: '*' })));
`,
    },
    {
      name: 'a client of another file that is only called minio',
      code: `
import { minioClient } from './storage.js';
export async function ensure(name, region) {
  try {
    await minioClient.makeBucket(name, region);
  } catch (error) {
    if (error.statusCode === 409 || error.name === 'BucketAlreadyOwnedByYou') return;
    throw error;
  }
}
`,
    },
    {
      name: 'what S3 answered in a response of fetch',
      code: `
import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
export async function put(client: S3Client, url: string, Key: string) {
  await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body: '' }));
  const response = await fetch(url, { method: 'PUT' });
  if (response.status === 412) return false;
  return response.ok;
}
`,
    },
    {
      name: 'the pages of a paginator may fail with anything',
      code: `
import { paginateListObjectsV2, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function mark(client: S3Client) {
  try {
    for await (const page of paginateListObjectsV2({ client }, { Bucket: 'pages' })) {
      await client.send(new PutObjectCommand({ Bucket: 'marks', Key: String(page.KeyCount), Body: '' }));
    }
  } catch (error: any) {
    if (error.name === 'PreconditionFailed') return;
    throw error;
  }
}
`,
    },
    {
      name: 'a function of another file that makes another error of it on the way',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { toStorageError } from './errors.js';
export async function claim(client: S3Client, Key: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'locks', Key, IfNoneMatch: '*' })).catch(toStorageError);
    return true;
  } catch (error: any) {
    if (error.code === 'PreconditionFailed') return false;
    throw error;
  }
}
`,
    },
    {
      name: 'a function of the file, run for each key by its name, that has the condition',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const client = new S3Client({});
const putOne = (Key: string) => client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body: '', IfNoneMatch: '*' }));
export async function putAll(keys: string[]) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key: 'index', Body: keys.join() }));
    await Promise.all(keys.map(putOne));
  } catch (error: any) {
    if (error.name === 'PreconditionFailed') return 'known';
    throw error;
  }
  return 'done';
}
`,
    },
    {
      name: 'a check of another file that may stand for the condition',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { assertMatch } from './etags.js';
export async function replace(client: S3Client, Key: string, Body: string, etag: string) {
  try {
    const current = await client.send(new GetObjectCommand({ Bucket: 'pages', Key }));
    assertMatch(current.ETag, etag);
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body }));
  } catch (error: any) {
    if (error.name === 'PreconditionFailed') return 'reload';
    throw error;
  }
  return 'saved';
}
`,
    },
    {
      name: 'a class of the file that is called much like the code of S3',
      code: `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
class PreconditionFailedError extends Error {
  override name = 'PreconditionFailedError';
}
const check = (found: string | undefined, wanted: string): void => {
  if (found !== wanted) throw new PreconditionFailedError('stale');
};
export async function replace(client: S3Client, Key: string, Body: string, etag: string) {
  try {
    const current = await client.send(new GetObjectCommand({ Bucket: 'pages', Key }));
    check(current.ETag, etag);
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body, IfMatch: etag }));
  } catch (error) {
    if ((error as Error).name === 'PreconditionFailedError') return 'reload';
    throw error;
  }
  return 'saved';
}
`,
    },
    {
      name: 'the one property or the other, in an annotated form of the error',
      code: `
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
export async function ensure(client: S3Client, Bucket: string) {
  try {
    await client.send(new CreateBucketCommand({ Bucket }));
  } catch (error) {
    const failure = error as { name?: string; code?: string; Code?: string };
    const code = failure?.Code || failure?.name || String(error);
    if (code === 'BucketAlreadyOwnedByYou' || failure.code === 'BucketAlreadyOwnedByYou') return;
    throw error;
  }
}
`,
    },
    {
      name: 'a write whose input another function of the file makes, with the condition',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const inputFor = (Key: string) => ({ Bucket: 'notes', Key, Body: '', ...guard });
const guard = { IfNoneMatch: '*' };
export class Notes {
  constructor(private readonly client: S3Client) {}
  private write(Key: string) {
    return this.client.send(new PutObjectCommand(inputFor(Key)));
  }
  async create(Key: string) {
    try {
      await this.write(Key);
      return true;
    } catch (error: any) {
      if (error.name === 'PreconditionFailed') return false;
      throw error;
    }
  }
}
`,
    },
    {
      name: 'what a library hands an error in: another object than the error',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import pRetry from 'p-retry';
export const create = (client, Key) =>
  pRetry(() => client.send(new PutObjectCommand({ Bucket: 'names', Key, IfNoneMatch: '*' })), {
    shouldRetry: ({ error }) => error.code === 'ConditionalRequestConflict',
  });
`,
    },
    {
      name: 'codes that belong to something else',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function put(client, Key, row) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'names', Key, IfNoneMatch: '*' }));
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'NetworkingError' || row.code === 'PreconditionFailed') return false;
    throw error;
  }
  return true;
}
`,
    },
  ],

  invalid: [
    {
      name: 'a lock file that is put there whatever stands in its place',
      ...impossible(
        { operation: 'PutObject', conflict: '`PreconditionFailed`' },
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { NotAcquired } from './errors.js';
export class Lock {
  constructor(private readonly client: S3Client) {}
  async prepare({ Bucket, Key }: { Bucket: string; Key: string }) {
    try {
      await this.client.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify({ locked: false }) }));
    } catch (error) {
      if (error instanceof Error && 'name' in error && ▸error.name === 'PreconditionFailed') throw new NotAcquired();
      throw error;
    }
  }
}
`,
      ),
    },
    {
      name: 'a method of the class, behind a logger',
      ...deadProperty(
        'v3',
        'code',
        'name',
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export class Notes {
  constructor(private readonly client: S3Client, private readonly logger: Console) {}
  private write(Key: string) {
    return this.client.send(new PutObjectCommand({ Bucket: 'notes', Key, Body: '', IfNoneMatch: '*' }));
  }
  async create(Key: string) {
    try {
      this.logger.info(Key);
      await this.write(Key);
      return true;
    } catch (error: any) {
      if (▸error.«code→name» === 'PreconditionFailed') return false;
      throw error;
    }
  }
}
`,
      ),
    },
    {
      name: 'an error that a loop keeps and asks when it is over',
      ...deadProperty(
        'v3',
        'code',
        'name',
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function put(client: S3Client, Key: string, IfMatch: string) {
  let last: any;
  for (let turn = 0; turn < 3; turn++) {
    try {
      return await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body: '', IfMatch }));
    } catch (error) {
      last = error;
    }
  }
  if (▸last.«code→name» === 'PreconditionFailed') return null;
  throw last;
}
`,
      ),
    },
    {
      name: 'a class of DynamoDB, imported from the client of S3',
      ...missingClass(
        { name: 'ConditionalCheckFailedException', conflict: 'PreconditionFailed' },
        `
import { ConditionalCheckFailedException, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function append(client: S3Client, Key: string, Body: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'audit', Key, Body, IfNoneMatch: '*' }));
  } catch (error) {
    if (!(▸error instanceof ConditionalCheckFailedException)) throw error;
  }
}
`,
      ),
    },
    {
      name: 'code of an error of the SDK v3',
      ...deadProperty(
        'v3',
        'code',
        'name',
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function claim(client: S3Client, Bucket: string, Key: string): Promise<boolean> {
  try {
    await client.send(new PutObjectCommand({ Bucket, Key, Body: '', IfNoneMatch: '*' }));
    return true;
  } catch (error: any) {
    if (▸error.«code→name» === 'PreconditionFailed') return false;
    throw error;
  }
}
`,
      ),
    },
    {
      name: 'statusCode of an error of the SDK v3',
      ...deadProperty(
        'v3',
        'statusCode',
        '$metadata?.httpStatusCode',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const save = (Bucket, Key, Body, IfMatch) =>
  s3.putObject({ Bucket, Key, Body, IfMatch }).catch((err) => {
    if (▸err.«statusCode→$metadata?.httpStatusCode» === 412) return null;
    throw err;
  });
`,
      ),
    },
    {
      name: 'a 409 in statusCode, where a bucket is created',
      ...deadProperty(
        'v3',
        'statusCode',
        '$metadata?.httpStatusCode',
        `
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
export async function ensure(client: S3Client, Bucket: string) {
  try {
    await client.send(new CreateBucketCommand({ Bucket }));
  } catch (e: any) {
    if (▸e?.«statusCode→$metadata?.httpStatusCode» !== 409) throw e;
  }
}
`,
      ),
    },
    {
      name: 'the casts and signs around the error stay',
      ...deadProperty(
        'v3',
        'code',
        'name',
        `
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
export async function upload(client: S3Client, Key: string, Body: Buffer) {
  try {
    await new Upload({ client, params: { Bucket: 'films', Key, Body, IfNoneMatch: '*' } }).done();
  } catch (error) {
    // Somebody else was faster.
    if (▸(error as any)/* v2 */.«code→name» === "PreconditionFailed") return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'a name in brackets',
      ...deadProperty(
        'v3',
        'code',
        'name',
        `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export async function release(client, Key, etag) {
  try {
    await client.send(new DeleteObjectCommand({ Bucket: 'locks', Key, IfMatch: etag }));
  } catch (error) {
    if (▸error«['code']→.name» === 'PreconditionFailed') return;
    throw error;
  }
}
`,
      ),
    },
    {
      name: 'a type that has the property',
      ...deadProperty(
        'v3',
        'statusCode',
        '$metadata?.httpStatusCode',
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function put(client: S3Client, Key: string, etag: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body: '', IfMatch: etag }));
  } catch (error) {
    const failure = error as { statusCode?: number; $metadata?: { httpStatusCode?: number } };
    if (▸failure.«statusCode→$metadata?.httpStatusCode» === 412) return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'a type that does not have the property: no fix',
      ...deadProperty(
        'v3',
        'code',
        'name',
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function put(client: S3Client, Key: string, etag: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body: '', IfMatch: etag }));
  } catch (error) {
    if (▸(error as { code?: string }).code === 'PreconditionFailed') return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'the type of an error of the SDK v2 has a name, and no $metadata',
      code: `
import type { AWSError } from 'aws-sdk';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function put(client: S3Client, Key: string, etag: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body: '', IfMatch: etag }));
  } catch (error) {
    if ((error as AWSError).code === 'PreconditionFailed') return false;
    if ((error as AWSError).statusCode === 409) return 'again';
    throw error;
  }
  return true;
}
`,
      output: `
import type { AWSError } from 'aws-sdk';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function put(client: S3Client, Key: string, etag: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body: '', IfMatch: etag }));
  } catch (error) {
    if ((error as AWSError).name === 'PreconditionFailed') return false;
    if ((error as AWSError).statusCode === 409) return 'again';
    throw error;
  }
  return true;
}
`,
      errors: [{ messageId: 'deadProperty', line: 8 }, { messageId: 'deadProperty', line: 9 }],
    },
    {
      name: 'both idioms of the SDK v2 beside each other',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function claim(client: S3Client, Key: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'names', Key, IfNoneMatch: '*' }));
  } catch (error: any) {
    if (error.code === 'PreconditionFailed' || error.statusCode === 412) return false;
    throw error;
  }
  return true;
}
`,
      output: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function claim(client: S3Client, Key: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'names', Key, IfNoneMatch: '*' }));
  } catch (error: any) {
    if (error.name === 'PreconditionFailed' || error.$metadata?.httpStatusCode === 412) return false;
    throw error;
  }
  return true;
}
`,
      errors: [{ messageId: 'deadProperty', line: 7, column: 9 }, { messageId: 'deadProperty', line: 7, column: 48 }],
    },
    {
      name: 'a dead part that spoils a live one',
      ...deadProperty(
        'v3',
        'statusCode',
        '$metadata?.httpStatusCode',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function claim(client, Key) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'names', Key, IfNoneMatch: '*' }));
  } catch (error) {
    if (error.name === 'PreconditionFailed' && ▸error.«statusCode→$metadata?.httpStatusCode» === 412) return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'a constant that holds the code',
      ...deadProperty(
        'v3',
        'code',
        'name',
        `
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
export async function ensure(client: S3Client, Bucket: string) {
  try {
    await client.send(new CreateBucketCommand({ Bucket }));
  } catch (error: any) {
    const { code } = error;
    if (▸«code→error.name» !== 'BucketAlreadyOwnedByYou') throw error;
  }
}
`,
      ),
    },
    {
      name: 'a constant of a cast error',
      ...deadProperty(
        'v3',
        'code',
        'name',
        `
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
export async function ensure(client: S3Client, Bucket: string) {
  try {
    await client.send(new CreateBucketCommand({ Bucket }));
  } catch (error) {
    const code = (error as any)?.code;
    if (▸«code→(error as any)?.name» === 'BucketAlreadyOwnedByYou') return;
    throw error;
  }
}
`,
      ),
    },
    {
      name: 'an error taken apart in the catch: it has no name to ask',
      ...deadProperty(
        'v3',
        'statusCode',
        '$metadata?.httpStatusCode',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function claim(client, Key) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'names', Key, IfNoneMatch: '*' }));
  } catch ({ statusCode, message }) {
    if (▸statusCode === 412) return false;
    throw new Error(message);
  }
  return true;
}
`,
      ),
    },
    {
      name: 'a test for the object around the property keeps the way closed: no fix',
      ...deadProperty(
        'v2',
        '$metadata.httpStatusCode',
        'statusCode',
        `
const S3 = require('aws-sdk/clients/s3');
const s3 = new S3();
exports.claim = async (Key) => {
  try {
    await s3.putObject({ Bucket: 'names', Key, IfNoneMatch: '*' }).promise();
  } catch (error) {
    if (error.$metadata && ▸error.$metadata.httpStatusCode === 412) return false;
    throw error;
  }
  return true;
};
`,
      ),
    },
    {
      name: 'a test of the property before it keeps the way closed: no fix',
      ...deadProperty(
        'v3',
        'code',
        'name',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function claim(client, Key) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'names', Key, IfNoneMatch: '*' }));
  } catch (error) {
    if ('code' in error && ▸error.code === 'PreconditionFailed') return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'the cases of a switch over the code',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function save(client: S3Client, Key: string, etag: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body: '', IfMatch: etag }));
  } catch (error: any) {
    switch (error.code) {
      case 'PreconditionFailed':
        return 'changed';
      case 'ConditionalRequestConflict':
        return 'again';
      default:
        throw error;
    }
  }
}
`,
      output: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function save(client: S3Client, Key: string, etag: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body: '', IfMatch: etag }));
  } catch (error: any) {
    switch (error.name) {
      case 'PreconditionFailed':
        return 'changed';
      case 'ConditionalRequestConflict':
        return 'again';
      default:
        throw error;
    }
  }
}
`,
      errors: [{ messageId: 'deadProperty', line: 8, column: 12 }, { messageId: 'deadProperty', line: 10, column: 12 }],
    },
    {
      name: 'a list of codes of S3',
      ...deadProperty(
        'v3',
        'code',
        'name',
        `
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
const mine = ['BucketAlreadyOwnedByYou', 'BucketAlreadyExists'];
export async function ensure(client: S3Client, Bucket: string) {
  try {
    await client.send(new CreateBucketCommand({ Bucket }));
  } catch (error: any) {
    if (!▸mine.includes(error.«code→name»)) throw error;
  }
}
`,
      ),
    },
    {
      name: 'a set of statuses',
      ...deadProperty(
        'v3',
        'statusCode',
        '$metadata?.httpStatusCode',
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const conflicts = new Set([409, 412]);
export async function put(client: S3Client, Key: string, etag: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body: '', IfMatch: etag }));
  } catch (error: any) {
    if (▸conflicts.has(error.«statusCode→$metadata?.httpStatusCode»)) return null;
    throw error;
  }
}
`,
      ),
    },
    {
      name: 'an object of codes',
      ...deadProperty(
        'v3',
        'code',
        'name',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
const lost = { PreconditionFailed: true, ConditionalRequestConflict: true };
export async function put(client, Key, etag) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body: '', IfMatch: etag }));
  } catch (error) {
    if (▸error.«code→name» in lost) return null;
    throw error;
  }
}
`,
      ),
    },
    {
      name: 'a private predicate that the file calls with errors of S3 alone',
      ...deadProperty(
        'v3',
        'code',
        'name',
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
function isTaken(error: any): boolean {
  return ▸error?.«code→name» === 'PreconditionFailed';
}
export async function claim(client: S3Client, Key: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'names', Key, IfNoneMatch: '*' }));
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}
`,
      ),
    },
    {
      name: 'a retry that asks for a code of the SDK v2',
      ...deadProperty(
        'v3',
        'code',
        'name',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import pRetry from 'p-retry';
export const create = (client, Key) =>
  pRetry(() => client.send(new PutObjectCommand({ Bucket: 'names', Key, IfNoneMatch: '*' })), {
    retries: 3,
    shouldRetry: (error) => ▸error.«code→name» === 'ConditionalRequestConflict',
  });
`,
      ),
    },
    {
      name: 'a number in quotes',
      ...deadProperty(
        'v3',
        'statusCode',
        '$metadata?.httpStatusCode = 412',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function claim(client, Key) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'names', Key, IfNoneMatch: '*' }));
  } catch (error) {
    if (▸error.«statusCode→$metadata?.httpStatusCode» === «'412'→412») return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'the status in code, as a library of another store has it',
      ...deadProperty(
        'v3',
        'code',
        '$metadata?.httpStatusCode',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function claim(client, Key) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'names', Key, IfNoneMatch: '*' }));
  } catch (error) {
    if (▸error.«code→$metadata?.httpStatusCode» === 412) return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'other services of the SDK v3 have no code either',
      ...deadProperty(
        'v3',
        'code',
        'name',
        `
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
export async function ensure(client: S3Client, Bucket: string, Policy: string) {
  try {
    await client.send(new CreateBucketCommand({ Bucket }));
    await client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  } catch (error: any) {
    if (▸error.«code→name» === 'BucketAlreadyOwnedByYou') return;
    throw error;
  }
}
`,
      ),
    },
    {
      name: '$metadata of an error of the SDK v2',
      ...deadProperty(
        'v2',
        '$metadata.httpStatusCode',
        'statusCode',
        `
import AWS from 'aws-sdk';
const s3 = new AWS.S3();
export async function claim(Key: string) {
  try {
    await s3.putObject({ Bucket: 'names', Key, Body: '', IfNoneMatch: '*' }).promise();
    return true;
  } catch (error: any) {
    if (▸error.«$metadata?.httpStatusCode→statusCode» === 412) return false;
    throw error;
  }
}
`,
      ),
    },
    {
      name: 'Code of an error of the SDK v2',
      ...deadProperty(
        'v2',
        'Code',
        'code',
        `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.ensure = (Bucket, done) =>
  s3.createBucket({ Bucket }, (err) => {
    if (err && ▸err.«Code→code» === 'BucketAlreadyOwnedByYou') return done(null);
    done(err);
  });
`,
      ),
      ...script,
    },
    {
      name: 'the name of a minio error is that of its class',
      ...deadProperty(
        'minio',
        'name',
        'code',
        `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export async function ensure(name: string) {
  try {
    await minio.makeBucket(name);
  } catch (error: any) {
    if (▸error.«name→code» === 'BucketAlreadyOwnedByYou') return;
    throw error;
  }
}
`,
      ),
    },
    {
      name: 'a minio error has no status',
      ...deadProperty(
        'minio',
        'statusCode',
        "code = 'PreconditionFailed'",
        `
import * as Minio from 'minio';
const minio = new Minio.Client({ endPoint: 'localhost' });
export async function create(name, body) {
  try {
    await minio.putObject('notes', name, body, body.length, { 'If-None-Match': '*' });
  } catch (error) {
    if (▸error.«statusCode→code» === «412→'PreconditionFailed'») return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'a minio error has no status, and a 409 may be several conflicts: no fix',
      ...deadProperty(
        'minio',
        'statusCode',
        'code',
        `
import * as Minio from 'minio';
const minio = new Minio.Client({ endPoint: 'localhost' });
export async function ensure(name) {
  try {
    await minio.makeBucket(name);
  } catch (error) {
    if (▸error.statusCode !== 409) throw error;
  }
}
`,
      ),
    },
    {
      name: 'a name that ends as those of other services do',
      ...misspelt(
        'PreconditionFailedException',
        'PreconditionFailed',
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function claim(client: S3Client, Key: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'names', Key, IfNoneMatch: '*' }));
  } catch (error: any) {
    if (▸error.name === «'PreconditionFailedException'→'PreconditionFailed'») return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'a capital letter too many, in double quotes',
      ...misspelt(
        'PreConditionFailed',
        'PreconditionFailed',
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function claim(Key) {
  try {
    await s3.putObject({ Bucket: 'names', Key, IfNoneMatch: '*' });
  } catch (error) {
    if (▸error.name !== «"PreConditionFailed"→"PreconditionFailed"») throw error;
  }
}
`,
      ),
    },
    {
      name: 'a conflict of conditional requests in the spelling of an exception',
      ...misspelt(
        'ConditionalRequestConflictException',
        'ConditionalRequestConflict',
        `
import AWS from 'aws-sdk';
const s3 = new AWS.S3();
export async function claim(Key) {
  try {
    await s3.putObject({ Bucket: 'names', Key, IfNoneMatch: '*' }).promise();
  } catch (error) {
    if (▸error.code === «'ConditionalRequestConflictException'→'ConditionalRequestConflict'») return 'again';
    throw error;
  }
}
`,
      ),
    },
    {
      name: 'a letter that is missing is suggested',
      ...perhapsMisspelt(
        'BucketAlreadyOwnedByU',
        'BucketAlreadyOwnedByYou',
        `
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
export async function ensure(client: S3Client, Bucket: string) {
  try {
    await client.send(new CreateBucketCommand({ Bucket }));
  } catch (error: any) {
    if (▸error.name !== «'BucketAlreadyOwnedByU'→'BucketAlreadyOwnedByYou'») throw error;
  }
}
`,
      ),
    },
    {
      name: 'the name that DynamoDB has for a failed condition',
      ...perhapsMisspelt(
        'ConditionalCheckFailedException',
        'PreconditionFailed',
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function claim(client: S3Client, Key: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'locks', Key, IfNoneMatch: '*' }));
  } catch (error: any) {
    if (▸error.name === «'ConditionalCheckFailedException'→'PreconditionFailed'») return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'a constant of the file that is misspelt: no fix',
      ...misspelt(
        'PRECONDITION_FAILED',
        'PreconditionFailed',
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const LOST = 'PRECONDITION_FAILED';
export async function claim(client: S3Client, Key: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'locks', Key, IfNoneMatch: '*' }));
  } catch (error: any) {
    if (▸error.name === LOST) return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'a wrong name in a wrong property: both are mended at once',
      ...deadProperty(
        'v3',
        'code',
        "name = 'PreconditionFailed'",
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function claim(client: S3Client, Key: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'locks', Key, IfNoneMatch: '*' }));
  } catch (error: any) {
    if (▸error.«code→name» === «'PreconditionFailedError'→'PreconditionFailed'») return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'the name of a failed HEAD, which has no body to tell it',
      ...deadHead(
        { operation: 'HeadObject', property: 'name' },
        `
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function isSame(client: S3Client, Key: string, etag: string) {
  try {
    await client.send(new HeadObjectCommand({ Bucket: 'films', Key, IfMatch: etag }));
    return true;
  } catch (error: any) {
    if (▸error.«name→$metadata?.httpStatusCode» === «'PreconditionFailed'→412») return false;
    throw error;
  }
}
`,
      ),
    },
    {
      name: 'a name that is compared with a number',
      ...deadType(
        'name',
        'number',
        '$metadata?.httpStatusCode',
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function claim(client: S3Client, Key: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'locks', Key, IfNoneMatch: '*' }));
  } catch (error: any) {
    if (▸error.«name→$metadata?.httpStatusCode» === 412) return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'a status that is compared with a text',
      ...deadType(
        '$metadata.httpStatusCode',
        'text',
        '$metadata?.httpStatusCode = 412',
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function claim(client: S3Client, Key: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'locks', Key, IfNoneMatch: '*' }));
  } catch (error: any) {
    if (▸error.$metadata?.httpStatusCode === «'412'→412») return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'a 412 of a write without a condition',
      ...impossible(
        { operation: 'PutObject', conflict: '`PreconditionFailed`' },
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function claim(client: S3Client, Key: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'locks', Key, Body: '' }));
    return true;
  } catch (error: any) {
    if (▸error.name === 'PreconditionFailed') return false;
    throw error;
  }
}
`,
      ),
    },
    {
      name: 'a 412 of a write without a condition, asked for twice and told once',
      ...impossible(
        { operation: 'CopyObject', conflict: '`PreconditionFailed`' },
        `
import { CopyObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function publish(client: S3Client, page: string) {
  try {
    await client.send(new CopyObjectCommand({ Bucket: 'live', Key: page, CopySource: 'drafts/' + page }));
  } catch (error: any) {
    if (▸error.name === 'PreconditionFailed' || error.$metadata?.httpStatusCode === 412) return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'a condition of DynamoDB, which a put of S3 does not have',
      ...impossible(
        { operation: 'PutObject', conflict: '`PreconditionFailed`' },
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function acquire(key, value) {
  try {
    await s3.putObject({ Bucket: 'locks', Key: key, Body: value, Metadata: { ttl: '30' } });
    return true;
  } catch (err) {
    if (▸err.code === 'PreconditionFailed') return false;
    throw err;
  }
}
`,
      ),
    },
    {
      name: 'a conflict of conditions where an upload has none',
      ...impossible(
        { operation: 'PutObject', conflict: '`ConditionalRequestConflict`' },
        `
import { Upload } from '@aws-sdk/lib-storage';
export async function upload(client, Key, Body) {
  try {
    await new Upload({ client, params: { Bucket: 'films', Key, Body } }).done();
  } catch (error) {
    if (▸error.name === 'ConditionalRequestConflict') return 'again';
    throw error;
  }
  return 'done';
}
`,
      ),
    },
    {
      name: 'a status of a callback of the SDK v2 whose write has no condition',
      ...impossible(
        { operation: 'PutObject', conflict: '`412`' },
        `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.put = (Key, Body, done) =>
  s3.upload({ Bucket: 'pages', Key, Body }, (err) => {
    if (err && ▸err.statusCode === 412) return done(null, false);
    done(err, true);
  });
`,
      ),
      ...script,
    },
    {
      name: 'a delete without a condition',
      ...impossible(
        { operation: 'DeleteObject', conflict: '`412`' },
        `
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function release(client: S3Client, Key: string) {
  try {
    await client.send(new DeleteObjectCommand({ Bucket: 'locks', Key }));
  } catch (error: any) {
    if (▸error.$metadata?.httpStatusCode !== 412) throw error;
  }
}
`,
      ),
    },
    {
      name: 'a read without a condition',
      ...impossible(
        { operation: 'GetObject', conflict: '`PreconditionFailed`' },
        `
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function read(client: S3Client, Key: string) {
  try {
    return await client.send(new GetObjectCommand({ Bucket: 'films', Key }));
  } catch (error: any) {
    if (▸error.name === 'PreconditionFailed') return null;
    throw error;
  }
}
`,
      ),
    },
    {
      name: 'a conflict of creating a bucket, where an object is put',
      ...impossible(
        { operation: 'PutObject', conflict: '`BucketAlreadyOwnedByYou`', other: 'CreateBucket' },
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function put(client: S3Client, Key: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'films', Key, Body: '' }));
  } catch (error: any) {
    if (▸error.name === 'BucketAlreadyOwnedByYou') return;
    throw error;
  }
}
`,
      ),
    },
    {
      name: 'a conflict of deleting a bucket, where one is created',
      ...impossible(
        { operation: 'CreateBucket', conflict: '`BucketNotEmpty`', other: 'DeleteBucket' },
        `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export const ensure = (name: string) =>
  minio.makeBucket(name).catch((error: any) => {
    if (▸error.code === 'BucketNotEmpty') return;
    throw error;
  });
`,
      ),
    },
    {
      name: 'a class that the SDK does not have',
      ...missingClass(
        { name: 'PreconditionFailed', conflict: 'PreconditionFailed' },
        `
import { PreconditionFailed, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function claim(client: S3Client, Key: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'locks', Key, Body: '', IfNoneMatch: '*' }));
  } catch (error) {
    if (▸error instanceof PreconditionFailed) return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'a class that the SDK does not have, by way of the whole package',
      ...missingClass(
        { name: 'ConditionalRequestConflictException', conflict: 'ConditionalRequestConflict' },
        `
const aws = require('@aws-sdk/client-s3');
module.exports = (error) => ▸error instanceof aws.ConditionalRequestConflictException;
`,
      ),
      ...script,
    },
  ],
});
