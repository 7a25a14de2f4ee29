import { fileURLToPath } from 'node:url';

import { RuleTester } from '@typescript-eslint/rule-tester';

import { noBlindOverwrite } from '../src/rules/no-blind-overwrite.js';
import { noLostUpdate } from '../src/rules/no-lost-update.js';
import { ruleTester } from './rule-tester.js';

/** Types take doubt away and nothing else: each case stands here twice, without a program and with one. */
const typedTester = new RuleTester({
  languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: fileURLToPath(new URL('fixtures/typed', import.meta.url)) } },
});

const spreadOfLabels = (ending: string): string => `
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Labels } from './storage.js';
export const save = (client: S3Client, labels: Labels) =>
  client.send(new PutObjectCommand({ ...labels, Bucket: 'b', Key: 'k', Body: 'x'${ending} }));
`;

ruleTester.run('a spread whose type is not known may hold the condition', noBlindOverwrite as never, { valid: [spreadOfLabels('')], invalid: [] });

typedTester.run('a spread whose type has no condition holds none', noBlindOverwrite as never, {
  valid: [
    {
      name: 'the SDK type of the input has the condition, so it may be there',
      code: `
import { PutObjectCommand, type PutObjectCommandInput, type S3Client } from '@aws-sdk/client-s3';
export const save = (client: S3Client, input: Partial<PutObjectCommandInput>) =>
  client.send(new PutObjectCommand({ ...input, Bucket: 'b', Key: 'k', Body: 'x' }));
`,
    },
    {
      name: 'any and index signatures say nothing',
      code: `
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
export const save = (client: S3Client, one: any, other: Record<string, string>) => {
  client.send(new PutObjectCommand({ ...one, Bucket: 'b', Key: 'k', Body: 'x' }));
  client.send(new PutObjectCommand({ ...other, Bucket: 'b', Key: 'k', Body: 'x' }));
};
`,
    },
  ],
  invalid: [
    {
      code: spreadOfLabels(''),
      errors: [{ messageId: 'blindOverwrite', suggestions: [{ messageId: 'createOnly', output: spreadOfLabels(", IfNoneMatch: '*'") }] }],
    },
  ],
});

const lentClient = (ending: string): string => `
import type { Storage } from './storage.js';
export async function add(storage: Storage, line: string) {
  const current = await storage.s3.getObject({ Bucket: 'b', Key: 'k' });
  const text = await current.Body!.transformToString();
  await storage.s3.putObject({ Bucket: 'b', Key: 'k', Body: text + line${ending} });
}
`;

ruleTester.run('a client of another file may be aws-sdk v2, which cannot send IfMatch: no fix', noLostUpdate as never, {
  valid: [],
  invalid: [{ code: lentClient(''), output: null, errors: [{ messageId: 'lostUpdate' }] }],
});

typedTester.run('a client whose type is the S3 class of client-s3 can', noLostUpdate as never, {
  valid: [],
  invalid: [{ code: lentClient(''), output: lentClient(', IfMatch: current.ETag'), errors: [{ messageId: 'lostUpdate' }] }],
});
