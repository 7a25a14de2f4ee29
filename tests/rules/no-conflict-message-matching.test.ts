import { noConflictMessageMatching } from '../../src/rules/no-conflict-message-matching.js';
import { readMarks } from '../marked.js';
import { ruleTester } from '../rule-tester.js';

/** A script, as CommonJS is parsed. */
const script = { languageOptions: { parserOptions: { sourceType: 'script' } } } as const;

/** A test of the text (`▸`); what to ask the error for instead, and the edit if one is offered. */
const byText = (asked: `${string} = ${string}`, source: string, suggested = asked) => {
  const { code, mended, at } = readMarks(source);
  const said = (question: string) => {
    const [facet, value] = question.split(' = ');
    return { facet: `\`${facet ?? ''}\``, value: `\`${value ?? ''}\`` };
  };
  const messageId = /\.(?:name|code) = /.test(suggested) ? ('useName' as const) : ('useStatus' as const);
  return {
    code,
    errors: [
      {
        messageId: 'conflictByText',
        data: said(asked),
        ...at('▸'),
        suggestions: mended === null ? null : ([{ messageId, data: said(suggested), output: mended }] as const),
      } as const,
    ],
  };
};

/** A test of the text (`▸`) that may mean several conflicts. */
const unnamed = (facets: string, source: string) => {
  const { code, at } = readMarks(source);
  return { code, errors: [{ messageId: 'conflictByTextUnnamed', data: { facets }, ...at('▸'), suggestions: null } as const] };
};

const ofV3 = (error: string): string => `\`${error}.name\` and \`${error}.$metadata?.httpStatusCode\``;

/** A test of the text (`▸`) of an error of a client that another file lends. */
const lent = (data: { error: string; value: string }, source: string) => {
  const { code, at } = readMarks(source);
  return { code, errors: [{ messageId: 'conflictByTextLent', data, ...at('▸'), suggestions: null } as const] };
};

/** A test of the text (`▸`) of an error that `①` made of that of S3. */
const inOtherError = (source: string) => {
  const { code, at } = readMarks(source);
  return { code, errors: [{ messageId: 'conflictInOtherError', data: { line: String(at('①').line) }, ...at('▸'), suggestions: null } as const] };
};

ruleTester.run('no-conflict-message-matching', noConflictMessageMatching as never, {
  valid: [
    {
      name: 'the name is asked for, and the text only beside it, for stores that leave the code out',
      code: `
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
export async function ensure(client: S3Client, Bucket: string): Promise<void> {
  try {
    await client.send(new CreateBucketCommand({ Bucket }));
  } catch (error: any) {
    if (!(error.name === 'BucketAlreadyOwnedByYou' || error.message.includes('you already own it'))) throw error;
  }
}
`,
    },
    {
      name: 'the name of the error, which is the code that S3 sends',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function claim(client: S3Client, Bucket: string, Key: string): Promise<boolean> {
  try {
    await client.send(new PutObjectCommand({ Bucket, Key, Body: '', IfNoneMatch: '*' }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'PreconditionFailed') return false;
    throw error;
  }
}
`,
    },
    {
      name: 'name and status together, the surest way',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const save = (Bucket, Key, Body, IfMatch) =>
  s3.putObject({ Bucket, Key, Body, IfMatch }).catch((error) => {
    if (error.name === 'PreconditionFailed' || error.$metadata?.httpStatusCode === 412) return null;
    throw error;
  });
`,
    },
    {
      name: 'the code of an aws-sdk v2 error',
      code: `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.claim = (Key, done) =>
  s3.putObject({ Bucket: 'locks', Key, Body: '', IfNoneMatch: '*' }, (err) => {
    if (err && (err.code === 'PreconditionFailed' || err.statusCode === 412)) return done(null, false);
    done(err, !err);
  });
`,
      ...script,
    },
    {
      name: 'the name made a string, the status made a string: neither is the message',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function claim(client, Key) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'locks', Key, IfNoneMatch: '*' }));
  } catch (error) {
    if (String(error.name).includes('PreconditionFailed')) return false;
    if (String(error.$metadata?.httpStatusCode) === '412' || \`\${error.statusCode}\` === '409') return false;
    if (['PreconditionFailed', 'ConditionalRequestConflict'].includes(error.name)) return false;
    throw error;
  }
  return true;
}
`,
    },
    {
      name: 'a text about a missing object is no conflict',
      code: `
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function load(client: S3Client, Bucket: string, Key: string) {
  try {
    return await client.send(new GetObjectCommand({ Bucket, Key }));
  } catch (error) {
    if ((error as Error).message.includes('NoSuchKey') || /does not exist/.test(String(error))) return null;
    throw error;
  }
}
`,
    },
    {
      name: 'texts about the network and about rights',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(Key, Body) {
  try {
    await s3.putObject({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' });
  } catch (error) {
    if (/ECONNRESET|socket hang up|timeout/i.test(error.message)) return 'later';
    if (error.message === 'Access Denied') return 'never';
    throw error;
  }
  return 'done';
}
`,
    },
    {
      name: 'the message is logged and handed on, and nothing depends on it',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function store(client, logger, Key, Body) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' }));
  } catch (error) {
    logger.error('409 or 412: ' + error.message);
    throw new Error(\`PreconditionFailed for \${Key}: \${error.message}\`);
  }
}
`,
    },
    {
      name: 'the error of another call, beside a write whose errors go elsewhere',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function publish(client, index, Key, Body) {
  await client.send(new PutObjectCommand({ Bucket: 'site', Key, Body, IfNoneMatch: '*' }));
  try {
    await index.add(Key);
  } catch (error) {
    if (error.message.includes('PreconditionFailed') || error.message.includes('409')) return;
    throw error;
  }
}
`,
    },
    {
      name: 'a number that a request in the same try may have answered with',
      code: `
import axios from 'axios';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function register(client, device) {
  try {
    await axios.post('https://registry.example.com/devices', device);
    await client.send(new PutObjectCommand({ Bucket: 'devices', Key: device.id, Body: JSON.stringify(device) }));
  } catch (error) {
    if (error.message.includes('409')) return 'known already';
    throw error;
  }
  return 'registered';
}
`,
    },
    {
      name: 'the words in which HTTP libraries tell a status',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function mirror(client, feed, Key) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'mirror', Key, Body: await feed.text() }));
  } catch (error) {
    if (error.message.includes('Request failed with status code 409')) return;
    throw error;
  }
}
`,
    },
    {
      name: 'a presigned URL: nothing is sent to S3 here, and fetch is given texts by this file',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
export async function upload(client: S3Client, Key: string, body: Blob) {
  try {
    const url = await getSignedUrl(client, new PutObjectCommand({ Bucket: 'inbox', Key }));
    const response = await fetch(url, { method: 'PUT', body });
    if (!response.ok) throw new Error(\`HTTP \${response.status}\`);
  } catch (error) {
    if ((error as Error).message.includes('412')) return false;
    throw error;
  }
  return true;
}
`,
    },
    {
      name: 'the text of an error that the attempt itself throws',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function rename(client, Bucket, Key, title, seen) {
  try {
    const current = await client.send(new GetObjectCommand({ Bucket, Key }));
    if (current.ETag !== seen) throw new Error('conflict: 412, the page is newer');
    await client.send(new PutObjectCommand({ Bucket, Key, Body: title, IfMatch: current.ETag }));
  } catch (error) {
    if (error.message.includes('412')) return 'reload';
    throw error;
  }
  return 'saved';
}
`,
    },
    {
      name: 'the text of a class of the file, thrown in a function that the attempt calls',
      code: `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
class StaleError extends Error {
  constructor(key: string) {
    super('409: ' + key + ' is stale');
  }
}
function assertFresh(key: string, age: number): void {
  if (age > 60) throw new StaleError(key);
}
export async function save(client: S3Client, key: string, age: number) {
  try {
    assertFresh(key, age);
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key: key, IfNoneMatch: '*' }));
  } catch (error: any) {
    if (error.message.startsWith('409')) return false;
    throw error;
  }
  return true;
}
`,
    },
    {
      name: "an error class of the program's own is looked at, whatever its text",
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { ShardError } from './errors.js';
export async function save(store, client, shard) {
  try {
    await store.lock(shard);
    await client.send(new PutObjectCommand({ Bucket: 'shards', Key: shard.id, Body: shard.rows, IfMatch: shard.etag }));
  } catch (error) {
    if (error instanceof ShardError && error.message.includes('PreconditionFailed')) return false;
    throw error;
  }
  return true;
}
`,
    },
    {
      name: 'errors of another library are told apart first',
      code: `
import { isAxiosError } from 'axios';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function sync(Key, load) {
  try {
    await s3.putObject({ Bucket: 'sync', Key, Body: await load() });
  } catch (error) {
    if (!isAxiosError(error)) throw error;
    if (error.message.includes('412')) return;
    throw error;
  }
}
`,
    },
    {
      name: 'conflicts of other things: merges, versions, unique keys',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function push(client, repository, Key) {
  try {
    repository.merge();
    await client.send(new PutObjectCommand({ Bucket: 'packs', Key, Body: repository.pack() }));
  } catch (error) {
    if (/merge conflict/i.test(error.message) || error.message.includes('version_conflict_engine_exception')) return 'resolve';
    if (error.message === 'conflict') return 'reload';
    throw error;
  }
  return 'pushed';
}
`,
    },
    {
      name: 'what DynamoDB, Lambda and gRPC say of their conditions',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function release(client, table, Key) {
  try {
    await table.put({ id: Key });
    await client.send(new PutObjectCommand({ Bucket: 'releases', Key, IfNoneMatch: '*' }));
  } catch (error) {
    if (error.message.includes('The conditional request failed')) return;
    if (error.message.includes('PreconditionFailedException') || /FAILED_PRECONDITION/.test(error.message)) return;
    throw error;
  }
}
`,
    },
    {
      name: 'another service of AWS, whose errors have names of their own',
      code: `
import { CloudFrontClient, UpdateDistributionCommand } from '@aws-sdk/client-cloudfront';
import { S3Client } from '@aws-sdk/client-s3';
export const storage = new S3Client({});
export async function configure(client: CloudFrontClient, Id: string, DistributionConfig: any, IfMatch: string) {
  try {
    await client.send(new UpdateDistributionCommand({ Id, DistributionConfig, IfMatch }));
  } catch (error: any) {
    if (error.name === 'PreconditionFailed' || error.message.includes('412')) return false;
    throw error;
  }
  return true;
}
`,
    },
    {
      name: 'a read without a condition has no conflict to answer with: the number is of something else',
      code: `
import { GetObjectCommand } from '@aws-sdk/client-s3';
export async function load(client, Key, parse) {
  try {
    const response = await client.send(new GetObjectCommand({ Bucket: 'imports', Key }));
    return parse(await response.Body.transformToString());
  } catch (error) {
    if (error.message.includes('409')) return [];
    throw error;
  }
}
`,
    },
    {
      name: 'a key, a body and a queue message that hold such a number are no errors',
      code: `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function handle(client, message) {
  if (message.body.includes('409')) return;
  const current = await client.send(new GetObjectCommand({ Bucket: 'jobs', Key: message.key }));
  const log = await current.Body.transformToString();
  if (log.includes('PreconditionFailed') || message.key.startsWith('412')) return;
  await client.send(new PutObjectCommand({ Bucket: 'jobs', Key: message.key, Body: log + 'seen', IfMatch: current.ETag }));
}
`,
    },
    {
      name: 'a test asserts what an error says, and decides nothing',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
test('refuses to overwrite', async () => {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'test', Key: 'a', IfNoneMatch: '*' }));
  } catch (error) {
    expect(error.message).toMatch(/PreconditionFailed/);
    expect(error.message.includes('412')).toBe(true);
  }
});
`,
    },
    {
      name: 'retries decide by the name',
      code: `
import pRetry from 'p-retry';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export const store = (client, Key, Body) =>
  pRetry(() => client.send(new PutObjectCommand({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' })), {
    retries: 4,
    shouldRetry: (error) => error.name === 'ConditionalRequestConflict' || error.message.includes('socket'),
  });
`,
    },
    {
      name: 'retries of something else',
      code: `
import pRetry from 'p-retry';
import { S3Client } from '@aws-sdk/client-s3';
export const client = new S3Client({});
export const index = (search, document) =>
  pRetry(() => search.index(document), { shouldRetry: (error) => error.message.includes('409') });
`,
    },
    {
      name: 'a pattern of what must not be there says nothing of what is',
      code: `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(Key, Body) {
  try {
    await s3.putObject({ Bucket: 'reports', Key, Body });
  } catch (error) {
    if (/^(?!.*412)/.test(error.message)) throw error;
  }
}
`,
    },
    {
      name: 'a file without S3',
      code: `
export async function save(api, row) {
  try {
    await api.put(row);
  } catch (error) {
    if (error.message.includes('PreconditionFailed') || error.name === 'NoSuchKey') return false;
    throw error;
  }
  return true;
}
`,
    },
    {
      name: 'that something exists already is told by S3 of buckets alone',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function store(client, Key, Body) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'reports', Key, Body }));
  } catch (error) {
    if (error.message.includes('already exists') || error.message.includes('not empty')) return;
    throw error;
  }
}
`,
    },
    {
      name: 'numbers that only look like a status',
      code: `
import { minimum } from './limits.js';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function store(client, Key, Body) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' }));
  } catch (error) {
    if (error.message.includes('4096') || error.message.includes('E1412') || error.message.includes(minimum)) return;
    throw error;
  }
}
`,
    },
  ],
  invalid: [
    {
      name: 'the code is looked for in the message, where S3 does not write it',
      ...byText(
        "error.name = 'PreconditionFailed'",
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
export async function claim(client: S3Client, Bucket: string, Key: string): Promise<boolean> {
  try {
    await client.send(new PutObjectCommand({ Bucket, Key, Body: '', IfNoneMatch: '*' }));
    return true;
  } catch (error: any) {
    if («▸error.message.includes('PreconditionFailed')→error.name === 'PreconditionFailed'») return false;
    throw error;
  }
}
`,
      ),
    },
    {
      name: 'a negated test: the negation goes into the comparison',
      ...byText(
        "error.name = 'ConditionalRequestConflict'",
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function store(Key, Body) {
  try {
    await s3.putObject({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' });
  } catch (error) {
    if («!▸error.message?.includes('ConditionalRequestConflict')→error.name !== 'ConditionalRequestConflict'») throw error;
  }
}
`,
      ),
    },
    {
      name: 'the beginning of the sentence that S3 sends',
      ...byText(
        "err.name = 'PreconditionFailed'",
        `
const { PutObjectCommand } = require('@aws-sdk/client-s3');
exports.save = async (client, Key, Body, IfMatch) => {
  try {
    return await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body, IfMatch }));
  } catch (err) {
    if («▸err.message.startsWith('At least one of the pre-conditions')→err.name === 'PreconditionFailed'») return null;
    throw err;
  }
};
`,
      ),
      ...script,
    },
    {
      name: 'the sentence that S3 sends, which stores and translations word otherwise',
      ...byText(
        "err.name = 'PreconditionFailed'",
        `
const { PutObjectCommand } = require('@aws-sdk/client-s3');
exports.save = async (client, Key, Body, IfMatch) => {
  try {
    return await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body, IfMatch }));
  } catch (err) {
    if («▸err.message === 'At least one of the pre-conditions you specified did not hold'→err.name === 'PreconditionFailed'») return null;
    throw err;
  }
};
`,
      ),
      ...script,
    },
    {
      name: 'a status in the message of an error of v3, which has it in its metadata',
      ...byText(
        'error.$metadata?.httpStatusCode = 409',
        `
import { CopyObjectCommand } from '@aws-sdk/client-s3';
export async function promote(client, Key) {
  try {
    await client.send(new CopyObjectCommand({ Bucket: 'live', Key, CopySource: 'draft/' + Key, IfNoneMatch: '*' }));
  } catch (error) {
    if («▸String(error).includes('409')→error.$metadata?.httpStatusCode === 409») return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'TypeScript knows a plain Error by its name alone: only 412 has one name',
      ...byText(
        'error.$metadata?.httpStatusCode = 412',
        `
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
export async function save(client: S3Client, Key: string, Body: string, IfMatch: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body, IfMatch }));
  } catch (error) {
    return error instanceof Error && «▸error.message.includes('412')→error.name === 'PreconditionFailed'»;
  }
  return false;
}
`,
        "error.name = 'PreconditionFailed'",
      ),
    },
    {
      name: 'a plain Error and a 409, which has several names: nothing is offered',
      ...byText(
        'error.$metadata?.httpStatusCode = 409',
        `
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
export async function save(client: S3Client, Key: string, Body: string, IfMatch: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body, IfMatch }));
  } catch (error) {
    return ▸(error as Error).message.startsWith('409');
  }
  return false;
}
`,
      ),
    },
    {
      name: 'a regular expression on the message',
      ...byText(
        "error.name = 'PreconditionFailed'",
        `
import { Upload } from '@aws-sdk/lib-storage';
export async function archive(client, Key, Body) {
  const upload = new Upload({ client, params: { Bucket: 'archive', Key, Body, IfNoneMatch: '*' } });
  try {
    await upload.done();
  } catch (error) {
    if («▸/precondition[ -]?failed/i.test(error.message)→error.name === 'PreconditionFailed'») return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'a regular expression for either status, spelt with a group',
      ...unnamed(
        ofV3('error'),
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
const conflict = /\\b4(?:09|12)\\b/;
export async function claim(client, Key) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'locks', Key, IfNoneMatch: '*' }));
  } catch (error) {
    if (▸conflict.test(error)) return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'a common word, where only a conditional write was attempted',
      ...unnamed(
        ofV3('error'),
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function claim(client, Key) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'locks', Key, IfNoneMatch: '*' }));
  } catch (error) {
    if (▸error.message.search(/conflict/i) >= 0) return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'the index of the text is compared, and the comparison is what is replaced',
      ...byText(
        "e.name = 'PreconditionFailed'",
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export const claim = (Key) =>
  s3.putObject({ Bucket: 'locks', Key, IfNoneMatch: '*' }).catch((e) => {
    if («▸e.toString().indexOf('PreconditionFailed') === -1→e.name !== 'PreconditionFailed'») throw e;
    return null;
  });
`,
      ),
    },
    {
      name: 'a handler of the file, given by its name',
      ...byText(
        "error.name = 'PreconditionFailed'",
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
function taken(error) {
  if («▸error.message.match('PreconditionFailed')→error.name === 'PreconditionFailed'») return false;
  throw error;
}
export const claim = (client, Key) =>
  client.send(new PutObjectCommand({ Bucket: 'locks', Key, IfNoneMatch: '*' })).then(() => true, taken);
`,
      ),
    },
    {
      name: 'a predicate of the file that the handler asks',
      ...byText(
        "error.name = 'PreconditionFailed'",
        `
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const isConflict = (error: any): boolean => «▸error?.message?.includes('PreconditionFailed')→error?.name === 'PreconditionFailed'»;
export class Pages {
  constructor(private readonly client: S3Client) {}
  async save(Key: string, Body: string, IfMatch: string): Promise<boolean> {
    try {
      await this.write(Key, Body, IfMatch);
      return true;
    } catch (error) {
      if (isConflict(error)) return false;
      throw error;
    }
  }
  private async write(Key: string, Body: string, IfMatch: string): Promise<void> {
    await this.client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body, IfMatch }));
  }
}
`,
      ),
    },
    {
      name: 'the message in a constant, with a fallback for what is no Error',
      ...byText(
        "error.name = 'PreconditionFailed'",
        `
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
export async function save(client: S3Client, Key: string, Body: string, IfMatch: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body, IfMatch }));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (▸message.toLowerCase().includes('precondition failed')) return 'stale';
    throw error;
  }
  return 'saved';
}
`,
      ),
    },
    {
      name: 'the message taken out of the error, which is still known beside it',
      ...byText(
        "error.name = 'PreconditionFailed'",
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Key, Body, IfMatch) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body, IfMatch }));
  } catch (error) {
    const { message } = error;
    if («▸message.includes('PreconditionFailed')→error.name === 'PreconditionFailed'») return 'stale';
    throw error;
  }
  return 'saved';
}
`,
      ),
    },
    {
      name: 'the message taken out of the error in the catch: the error has no name here',
      ...byText(
        "error.name = 'PreconditionFailed'",
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Key, Body, IfMatch) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body, IfMatch }));
  } catch ({ message }) {
    if (▸message.endsWith('PreconditionFailed')) return 'stale';
  }
  return 'saved';
}
`,
      ),
    },
    {
      name: 'one case of a switch over the message',
      ...byText(
        "error.name = 'PreconditionFailed'",
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function save(client, Key, Body, IfMatch) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body, IfMatch }));
  } catch (error) {
    switch (error.message) {
      case 'Access Denied':
        return 'forbidden';
      case ▸'PreconditionFailed':
        return 'stale';
      default:
        throw error;
    }
  }
  return 'saved';
}
`,
      ),
    },
    {
      name: 'a list of texts, one of which is in the message',
      ...unnamed(
        ofV3('error'),
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
const conflicts = ['PreconditionFailed', 'ConditionalRequestConflict'];
export async function save(client, Key, Body, IfMatch) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body, IfMatch }));
  } catch (error) {
    if (conflicts.some((text) => ▸error.message.includes(text))) return 'stale';
    throw error;
  }
  return 'saved';
}
`,
      ),
    },
    {
      name: 'the whole error as JSON, in which its metadata is looked for',
      ...byText(
        'error.$metadata?.httpStatusCode = 412',
        `
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
export async function release(client, Key, IfMatch) {
  try {
    await client.send(new DeleteObjectCommand({ Bucket: 'locks', Key, IfMatch }));
  } catch (error) {
    if («▸JSON.stringify(error).includes('"httpStatusCode":412')→error.$metadata?.httpStatusCode === 412») return;
    throw error;
  }
}
`,
      ),
    },
    {
      name: 'the last error of a counted retry, looked at behind the loop',
      ...byText(
        'last.$metadata?.httpStatusCode = 412',
        `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function count(client, Bucket, Key) {
  let last;
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      const current = await client.send(new GetObjectCommand({ Bucket, Key }));
      const next = Number(await current.Body.transformToString()) + 1;
      return await client.send(new PutObjectCommand({ Bucket, Key, Body: String(next), IfMatch: current.ETag }));
    } catch (error) {
      last = error;
    }
  }
  if («▸\`\${last}\`.includes('412')→last.$metadata?.httpStatusCode === 412») throw new Error('busy');
  throw last;
}
`,
      ),
    },
    {
      name: 'p-retry asks by the message what to try again',
      ...byText(
        "error.name = 'ConditionalRequestConflict'",
        `
import pRetry from 'p-retry';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
export const store = (client: S3Client, Key: string, Body: string) =>
  pRetry(() => client.send(new PutObjectCommand({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' })), {
    retries: 4,
    shouldRetry: ({ error }) => «▸error.message.includes('conflicting operation against this resource')→error.name === 'ConditionalRequestConflict'»,
  });
`,
      ),
    },
    {
      name: 'options of a retry library in a constant, and a function that is tried',
      ...unnamed(
        ofV3('error'),
        `
import retry from 'async-retry';
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
const save = async () => {
  await s3.putObject({ Bucket: 'state', Key: 'index.json', Body: '{}', IfNoneMatch: '*' });
};
const options = {
  retries: 3,
  onRetry: (error) => {
    if (!▸/409|412/.test(error.message)) throw error;
  },
};
export const saveIndex = () => retry(save, options);
`,
      ),
    },
    {
      name: "a retry function of the file's own, that is handed the write",
      ...byText(
        'error.$metadata?.httpStatusCode = 409',
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
async function withRetry(operation) {
  for (let attempt = 1; attempt < 5; attempt++) {
    try {
      return await operation();
    } catch (error) {
      if («!▸error.message.includes('409')→error.$metadata?.httpStatusCode !== 409») throw error;
    }
  }
  throw new Error('busy');
}
export const store = (client, Key, Body) =>
  withRetry(() => client.send(new PutObjectCommand({ Bucket: 'reports', Key, Body, IfNoneMatch: '*' })));
`,
      ),
    },
    {
      name: 'results as values: the reason of a settled promise',
      ...byText(
        "error.name = 'PreconditionFailed'",
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function claimAll(client, keys) {
  const results = await Promise.allSettled(
    keys.map((Key) => client.send(new PutObjectCommand({ Bucket: 'locks', Key, IfNoneMatch: '*' }))),
  );
  return results.filter((result) => result.status === 'rejected' && ▸result.reason.message.includes('PreconditionFailed'));
}
`,
      ),
    },
    {
      name: 'results as values: a pair of error and answer',
      ...byText(
        "error.name = 'PreconditionFailed'",
        `
import to from 'await-to-js';
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function claim(client, Key) {
  const [failure] = await to(client.send(new PutObjectCommand({ Bucket: 'locks', Key, IfNoneMatch: '*' })));
  return !(failure && ▸failure.message.includes('PreconditionFailed'));
}
`,
      ),
    },
    {
      name: 'a callback of aws-sdk v2, whose errors have a code',
      ...byText(
        "err.code = 'PreconditionFailed'",
        `
const AWS = require('aws-sdk');
const s3 = new AWS.S3();
exports.claim = (Key, done) =>
  s3.putObject({ Bucket: 'locks', Key, Body: '', IfNoneMatch: '*' }, (err) => {
    if (err && «▸err.message.includes('PreconditionFailed')→err.code === 'PreconditionFailed'») return done(null, false);
    done(err, !err);
  });
`,
      ),
      ...script,
    },
    {
      name: 'a promise of aws-sdk v2, whose errors have a status',
      ...byText(
        'error.statusCode = 409',
        `
import AWS from 'aws-sdk';
const s3 = new AWS.S3();
export async function ensureBucket(Bucket) {
  try {
    await s3.createBucket({ Bucket }).promise();
  } catch (error) {
    if («!▸/\\b409\\b/.test(error.message)→error.statusCode !== 409») throw error;
  }
}
`,
      ),
    },
    {
      name: 'an event of a request of aws-sdk v2',
      ...byText(
        "error.code = 'BucketNotEmpty'",
        `
const S3 = require('aws-sdk/clients/s3');
const s3 = new S3();
exports.remove = (Bucket, done) => {
  const request = s3.deleteBucket({ Bucket });
  request.on('error', (error) => {
    if («▸error.message.includes('The bucket you tried to delete is not empty')→error.code === 'BucketNotEmpty'») done('full');
    else done(error);
  });
  request.send();
};
`,
      ),
      ...script,
    },
    {
      name: 'minio gives the code of S3 too',
      ...byText(
        "error.code = 'BucketAlreadyOwnedByYou'",
        `
import { Client } from 'minio';
const minio = new Client({ endPoint: 'localhost' });
export async function ensureBucket(name: string): Promise<void> {
  try {
    await minio.makeBucket(name);
  } catch (error: any) {
    if («!▸error.message.includes('you already own it')→error.code !== 'BucketAlreadyOwnedByYou'») throw error;
  }
}
`,
      ),
    },
    {
      name: 'a status in a message of minio, which has the code and no status: 412 has one code',
      ...byText(
        "error.code = 'PreconditionFailed'",
        `
import * as Minio from 'minio';
const minio = new Minio.Client({ endPoint: 'localhost' });
export async function claim(key) {
  try {
    await minio.putObject('locks', key, '', 0, { 'If-None-Match': '*' });
  } catch (error) {
    if («▸error.message.includes('412')→error.code === 'PreconditionFailed'») return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'that a bucket exists already, in words that S3 does not use',
      ...unnamed(
        ofV3('error'),
        `
import { CreateBucketCommand } from '@aws-sdk/client-s3';
export async function ensureBucket(client, Bucket) {
  try {
    await client.send(new CreateBucketCommand({ Bucket }));
  } catch (error) {
    if (▸error.message.includes('already exists')) return;
    throw error;
  }
}
`,
      ),
    },
    {
      name: 'a part of two names of buckets that are there: one is yours and one is not',
      ...unnamed(
        ofV3('error'),
        `
import { S3 } from '@aws-sdk/client-s3';
const s3 = new S3({});
export async function ensureBucket(Bucket) {
  try {
    await s3.createBucket({ Bucket });
  } catch (error) {
    if (!▸error.message.includes('BucketAlready')) throw error;
  }
}
`,
      ),
    },
    {
      name: 'a client from another file may be of either SDK: nothing is offered',
      ...lent(
        { error: 'error', value: "`'PreconditionFailed'`" },
        `
import { s3 } from './clients.js';
export async function claim(Key) {
  try {
    await s3.putObject({ Bucket: 'locks', Key, Body: '', IfNoneMatch: '*' });
  } catch (error) {
    if (▸error.message.includes('PreconditionFailed')) return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'a predicate for errors of both SDKs',
      ...lent(
        { error: 'e', value: "`'PreconditionFailed'`" },
        `
import AWS from 'aws-sdk';
import { S3 } from '@aws-sdk/client-s3';
const old = new AWS.S3();
const s3 = new S3({});
const isConflict = (e) => ▸e.message.includes('PreconditionFailed');
export const claim = (Key) => s3.putObject({ Bucket: 'locks', Key, IfNoneMatch: '*' }).catch((error) => !isConflict(error));
export const claimOld = (Key) => old.putObject({ Bucket: 'old', Key, IfNoneMatch: '*' }).promise().catch((error) => !isConflict(error));
`,
      ),
    },
    {
      name: 'the write is in another file, and the handler knows classes of the SDK',
      ...byText(
        "error.name = 'OperationAborted'",
        `
import { BucketAlreadyOwnedByYou } from '@aws-sdk/client-s3';
import { Storage } from './storage.js';
export async function ensureBucket(storage: Storage, name: string): Promise<void> {
  try {
    await storage.createVersionedBucket(name);
  } catch (error: any) {
    const isThere =
      error instanceof BucketAlreadyOwnedByYou ||
      «▸error.message.includes(
        'A conflicting conditional operation is currently in progress against this resource',
      )→error.name === 'OperationAborted'»;
    if (!isThere) throw error;
  }
}
`,
      ),
    },
    {
      name: 'a predicate without a caller, that knows names of S3',
      ...byText(
        'error.$metadata?.httpStatusCode = 412',
        `
import type { S3Client } from '@aws-sdk/client-s3';
export type Connect = () => S3Client;
export function isConflict(error: any): boolean {
  if (error.name === 'ConditionalRequestConflict') return true;
  return «▸error.message.includes('412')→error.$metadata?.httpStatusCode === 412»;
}
`,
      ),
    },
    {
      name: 'the error of S3 was put into another one, that has its text and not its name',
      ...inOtherError(`
import { PutObjectCommand } from '@aws-sdk/client-s3';
async function write(client, Key, Body, IfMatch) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'pages', Key, Body, IfMatch }));
  } catch (error) {
    ①throw new Error(\`\${Key} cannot be saved: \${error.message}\`);
  }
}
export async function save(client, Key, Body, etag) {
  try {
    await write(client, Key, Body, etag);
  } catch (error) {
    if (▸error.message.includes('PreconditionFailed')) return 'stale';
    throw error;
  }
  return 'saved';
}
`),
    },
    {
      name: 'what is thrown behind the loop never comes to its handler',
      ...byText(
        "error.name = 'PreconditionFailed'",
        `
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
export async function count(client, Bucket, Key) {
  for (let attempt = 0; attempt < 5; attempt++) {
    const current = await client.send(new GetObjectCommand({ Bucket, Key }));
    const next = Number(await current.Body.transformToString()) + 1;
    try {
      return await client.send(new PutObjectCommand({ Bucket, Key, Body: String(next), IfMatch: current.ETag }));
    } catch (error) {
      if («!▸error.message.includes('PreconditionFailed')→error.name !== 'PreconditionFailed'») throw error;
    }
  }
  throw new Error('PreconditionFailed, five times');
}
`,
      ),
    },
    {
      name: 'a comment in the test would be lost: nothing is offered',
      ...byText(
        "error.name = 'PreconditionFailed'",
        `
import { PutObjectCommand } from '@aws-sdk/client-s3';
export async function claim(client, Key) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'locks', Key, IfNoneMatch: '*' }));
  } catch (error) {
    if (▸error.message.includes(/* taken */ 'PreconditionFailed')) return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'an error of unknown type has no name before it is narrowed: nothing is offered',
      ...byText(
        "error.name = 'PreconditionFailed'",
        `
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
export async function claim(client: S3Client, Key: string) {
  try {
    await client.send(new PutObjectCommand({ Bucket: 'locks', Key, IfNoneMatch: '*' }));
  } catch (error: unknown) {
    if (▸String(error).includes('PreconditionFailed')) return false;
    throw error;
  }
  return true;
}
`,
      ),
    },
    {
      name: 'a read with a condition, whose 412 is looked for in the text',
      ...byText(
        'error.$metadata?.httpStatusCode = 412',
        `
import { GetObjectCommand } from '@aws-sdk/client-s3';
export async function readSame(client, Key, IfMatch) {
  try {
    return await client.send(new GetObjectCommand({ Bucket: 'pages', Key, IfMatch }));
  } catch (error) {
    if («▸(error.message || '').includes('412')→error.$metadata?.httpStatusCode === 412») return null;
    throw error;
  }
}
`,
      ),
    },
  ],
});
