import { noBlindOverwrite } from '../../src/rules/no-blind-overwrite.js';
import { ruleTester } from '../rule-tester.js';

ruleTester.run('no-blind-overwrite', noBlindOverwrite as never, {
  valid: [],
  invalid: [
    {
      name: 'a put with no condition',
      code: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
await client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: body }));
`,
      errors: [
        {
          messageId: 'blindOverwrite',
          data: { object: '"${key}" in bucket "photos"' },
          suggestions: [
            {
              messageId: 'createOnly',
              output: `
import { PutObjectCommand } from '@aws-sdk/client-s3';
await client.send(new PutObjectCommand({ Bucket: 'photos', Key: key, Body: body, IfNoneMatch: '*' }));
`,
            },
          ],
        },
      ],
    },
  ],
});
