import { describe, expect, it } from 'vitest';

import { findingsIn, type Files } from '../checked-project.js';

/**
 * What a message advises at a call of a function in another file: the function is where the condition is sent from, and the
 * SDK is the one that the function has.
 */

/** What is said in `app.ts`. */
const saidInApp = async (files: Files): Promise<readonly string[]> => (await findingsIn(files)).filter(({ path }) => /(?:^|\/)app\.ts$/.test(path)).map(({ message }) => message);

const presigner = "import { getSignedUrl } from '@aws-sdk/s3-request-presigner';";
const command = (name: string): string => `import { ${name}, S3Client } from '@aws-sdk/client-s3';\nconst client = new S3Client({});`;

describe('a URL that a function of another file signs', () => {
  it('is signed by that function, and used by somebody else', async () => {
    expect(
      await saidInApp({
        's3.ts': `${presigner}\n${command('PutObjectCommand')}\nexport const link = ({ key }: { key: string }) => getSignedUrl(client, new PutObjectCommand({ Bucket: 'docs', Key: key }));\n`,
        'app.ts': "import { link } from './s3';\nexport const upload = (name: string) => link({ key: `docs/${name}` });\n",
      }),
    ).toEqual([
      'This URL overwrites "docs/${name}" in bucket "docs" and can be used again until it expires, so an older upload can replace a newer one. Let `link` sign `IfNoneMatch: \'*\'` into it and the uploader send that header, or use a unique key.',
    ]);
  });

  it('and that completes an upload', async () => {
    expect(
      await saidInApp({
        's3.ts': `${presigner}\n${command('CompleteMultipartUploadCommand')}\nexport const done = (key: string, UploadId: string) => getSignedUrl(client, new CompleteMultipartUploadCommand({ Bucket: 'docs', Key: key, UploadId }));\n`,
        'app.ts': "import { done } from './s3';\nexport const finish = (name: string, upload: string) => done(`docs/${name}`, upload);\n",
      }),
    ).toEqual([expect.stringContaining("Let `done` sign `IfNoneMatch: '*'` into it and the uploader send that header")]);
  });

  it('by minio has no condition, whoever signs it', async () => {
    expect(
      await saidInApp({
        's3.ts': "import { Client } from 'minio';\nconst minio = new Client({ endPoint: 'localhost', accessKey: '', secretKey: '' });\nexport const link = (key: string) => minio.presignedPutObject('docs', key);\n",
        'app.ts': "import { link } from './s3';\nexport const upload = (name: string) => link(`docs/${name}`);\n",
      }),
    ).toEqual([expect.stringContaining('minio cannot sign a condition into it: use a unique key.')]);
  });
});

describe('a condition that the SDK of the function does not send', () => {
  const wrapper = `${command('PutObjectCommand')}\nexport const put = (key: string, body: string) => client.send(new PutObjectCommand({ Bucket: 'docs', Key: key, Body: body }));\n`;
  const app = (from: string): string => `import { put } from '${from}';\nexport const save = (id: string, body: string) => put(\`docs/\${id}.txt\`, body);\n`;
  const sdkOf = (folder: string, version: string): Files => ({ [`${folder}node_modules/@aws-sdk/client-s3/package.json`]: JSON.stringify({ name: '@aws-sdk/client-s3', version }) });
  const sentence = 'The installed `@aws-sdk/client-s3` 3.369.0 drops `IfNoneMatch` and `IfMatch` without an error: update it to 3.700.0 or newer first.';

  it('is told to who calls it, as it is told to the function', async () => {
    const found = await findingsIn({ ...sdkOf('', '3.369.0'), 's3.ts': wrapper, 'app.ts': app('./s3') });
    expect(found.map(({ path, messageId, message }) => [path, messageId, message.endsWith(sentence)])).toEqual([
      ['app.ts', 'blindOverwriteThroughWithOldSdk', true],
      ['s3.ts', 'blindOverwriteWithOldSdk', true],
    ]);
  });

  it('is that of the package of the function, and not that of its caller', async () => {
    const files = { 'packages/store/s3.ts': wrapper, 'packages/web/app.ts': app('../store/s3') };
    expect(await saidInApp({ ...files, ...sdkOf('packages/store/', '3.369.0'), ...sdkOf('packages/web/', '3.800.0') })).toEqual([expect.stringContaining(sentence)]);
    expect(await saidInApp({ ...files, ...sdkOf('packages/store/', '3.800.0'), ...sdkOf('packages/web/', '3.369.0') })).toEqual([expect.not.stringContaining('drops')]);
  });
});
