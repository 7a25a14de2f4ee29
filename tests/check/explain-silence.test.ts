import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { explainSilence } from '../../src/check/explain-silence.js';
import { projectOf } from '../checked-project.js';

/** What is said of the line of `store.ts` that ends with the comment `// ?`. */
async function whyHere(code: string): Promise<string> {
  const root = projectOf({ 'store.ts': code });
  const line = code.split('\n').findIndex((text) => text.endsWith('// ?')) + 1;
  return (await explainSilence(join(root, 'store.ts'), line, { root, cache: false })).trimEnd();
}

const sdk = (names: string): string => `import { ${names}, S3Client } from '@aws-sdk/client-s3';\nconst s3 = new S3Client({});`;

describe('a line where nothing is reported is told by what it does', () => {
  it.each<[string, string, string]>([
    [
      'an operation that no rule looks at is one that is recognised',
      `${sdk('PutObjectTaggingCommand')}\nexport const tag = (Key, TagSet) =>\n  s3.send(new PutObjectTaggingCommand({ Bucket: 'docs', Key, Tagging: { TagSet } })); // ?`,
      'PutObjectTagging is seen here: no rule looks at this operation.',
    ],
    [
      'the same as a method',
      "import { S3 } from '@aws-sdk/client-s3';\nconst s3 = new S3({});\nexport const open = (Policy) =>\n  s3.putBucketPolicy({ Bucket: 'docs', Policy }); // ?",
      'PutBucketPolicy is seen here: no rule looks at this operation.',
    ],
    [
      'the same of aws-sdk v2',
      "import AWS from 'aws-sdk';\nconst s3 = new AWS.S3();\nexport const open = (Policy) =>\n  s3.putBucketPolicy({ Bucket: 'docs', Policy }).promise(); // ?",
      'PutBucketPolicy is seen here: no rule looks at this operation.',
    ],
    [
      'a class of another package is no operation of S3, though its name is like one',
      `${sdk('PutObjectCommand')}\nimport { PutItemCommand } from '@aws-sdk/client-dynamodb';\nexport const put = (db, Item) =>\n  db.send(new PutItemCommand({ TableName: 'docs', Item })); // ?`,
      'No S3 call is recognised on this line: it is none, or its client comes from where it cannot be followed.',
    ],
    [
      'a method of a client that asks for no bucket is none',
      "import { S3 } from '@aws-sdk/client-s3';\nconst s3 = new S3({});\nexport const use = (plugin) =>\n  s3.middlewareStack.use(plugin); // ?",
      'No S3 call is recognised on this line: it is none, or its client comes from where it cannot be followed.',
    ],
    [
      'a delete removes objects',
      `${sdk('DeleteObjectsCommand')}\nexport const clean = (Objects) =>\n  s3.send(new DeleteObjectsCommand({ Bucket: 'docs', Delete: { Objects } })); // ?`,
      'DeleteObjects is seen here: it deletes, and no rule has anything to say of it.',
    ],
    [
      'a retention leaves the object as it is',
      `${sdk('PutObjectRetentionCommand')}\nexport const keep = (Key, Retention) =>\n  s3.send(new PutObjectRetentionCommand({ Bucket: 'docs', Key, Retention })); // ?`,
      'PutObjectRetention is seen here: it neither replaces nor deletes an object, and no rule has anything to say of it.',
    ],
    [
      'a read only reads',
      `${sdk('GetObjectCommand')}\nexport const load = (Key) =>\n  s3.send(new GetObjectCommand({ Bucket: 'docs', Key })); // ?`,
      'GetObject is seen here: it only reads, and no rule has anything to say of it.',
    ],
  ])('%s', async (_name, code, said) => {
    expect(await whyHere(code)).toBe(said);
  });
});

/** A function that deletes what it is told to, told of where it is called. */
const lock = (mark: { readonly read?: string; readonly deletion?: string }): string => `${sdk('DeleteObjectCommand, GetObjectCommand')}
const remove = (Key) =>
  s3.send(new DeleteObjectCommand({ Bucket: 'locks', Key }));${mark.deletion ?? ''}
export async function sweep(Key) {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'locks', Key }));${mark.read ?? ''}
  const { expires } = JSON.parse(await Body.transformToString());
  if (expires < Date.now()) await remove(Key);
}
`;

describe('a line that a finding elsewhere in the file speaks of leads to it', () => {
  it.each<[string, string, string]>([
    ['a delete that is told where it is asked for', lock({ deletion: ' // ?' }), 'DeleteObject is seen here: s3/no-check-then-delete tells of it at line 8.'],
    ['the read that it relies on', lock({ read: ' // ?' }), 'GetObject is seen here: s3/no-check-then-delete tells of it at line 8.'],
    [
      'a write that is told where it is asked for',
      `${sdk('PutObjectCommand')}\nconst put = (input) =>\n  s3.send(new PutObjectCommand(input)); // ?\nexport const save = (id, Body) => put({ Bucket: 'docs', Key: \`docs/\${id}\`, Body });\n`,
      'PutObject of "docs/${id}" in bucket "docs" is seen here: s3/no-blind-overwrite tells of it at line 5.',
    ],
  ])('%s', async (_name, code, said) => {
    expect(await whyHere(code)).toBe(said);
  });
});
