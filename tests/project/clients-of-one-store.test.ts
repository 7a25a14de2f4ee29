import { describe, expect, it } from 'vitest';

import { markedPlaces, placesOf, type Files } from '../checked-project.js';

/** Projects, each checked from end to end. A line with `✗` is reported, and no other. */

const twoClients = (reader: string, writer: string, mark = ''): Files => ({
  'a.js': `import { S3Client, S3, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
class Local extends S3Client { constructor() { super({ endpoint: 'http://localhost:9000' }); } }
export async function count(region, endpoint, settings, credentials) {
  const reader = ${reader};
  const writer = ${writer};
  const current = await reader.send(new GetObjectCommand({ Bucket: 'data', Key: 'count' }));
  const count = Number(await current.Body.transformToString()) + 1;
  await writer.send(new PutObjectCommand({ Bucket: 'data', Key: 'count', Body: String(count) })); ${mark}
}
`,
});
const lost = '// ✗';

describe('what one client reads and another writes', () => {
  it.each([
    { name: 'a region is no part of the name of a bucket', files: twoClients('new S3Client({})', 'new S3Client({ region })', lost) },
    { name: 'nor are two regions', files: twoClients("new S3Client({ region: 'eu-west-1' })", "new S3Client({ region: 'us-east-1', maxAttempts: 5 })", lost) },
    { name: 'nor is who asks', files: twoClients('new S3Client({ credentials })', 'new S3()', lost) },
    { name: 'one endpoint is one store', files: twoClients('new S3Client({ endpoint, forcePathStyle: true })', "new S3Client({ endpoint, region: 'auto' })", lost) },
    { name: 'an endpoint is another store than that of AWS', files: twoClients('new S3Client({})', 'new S3Client({ endpoint, forcePathStyle: true })') },
    { name: 'a partition has buckets of its own', files: twoClients("new S3Client({ region: 'eu-west-1' })", "new S3Client({ region: 'cn-north-1' })") },
    { name: 'settings that are not seen may have an endpoint', files: twoClients('new S3Client({ region })', 'new S3Client({ ...settings, region })') },
    { name: 'the same settings that are not seen, on lines of their own', files: twoClients('new S3Client({ ...settings, region })', 'new S3Client({\n    ...settings,\n    region,\n  })', lost) },
    { name: 'an endpoint more beside them is another store', files: twoClients('new S3Client({ ...settings, region })', 'new S3Client({\n    ...settings,\n    endpoint,\n  })') },
    { name: 'a class of the project may set an endpoint of its own', files: twoClients('new S3Client({})', 'new Local()') },
  ])('$name', async ({ files }) => {
    expect(await placesOf('no-lost-update', files)).toEqual(markedPlaces(files));
  });
});

const madeOf = (client: string, input: string, mark = ''): Files => ({
  'a.js': `export async function save(container, Bucket, Key, Body) {
  const aws = await container.find('aws');
  const client = ${client};
  await client.putObject(${input}).promise(); ${mark}
}
`,
});
const blind = '// ✗';

describe('a client made of an SDK that a container hands out', () => {
  it.each([
    { name: 'is one of S3 by the name of its class and by the whole call', files: madeOf('new aws.sdk.S3()', '{ Bucket, Key, Body }', blind) },
    { name: 'is none where the input is not that of S3', files: madeOf('new aws.sdk.S3()', '{ bucket: Bucket, key: Key }') },
    { name: 'is none under another name', files: madeOf('new aws.sdk.Files()', '{ Bucket, Key, Body }') },
    { name: 'is none where it takes several things', files: madeOf('new aws.sdk.S3(container, Bucket)', '{ Bucket, Key, Body }') },
  ])('$name', async ({ files }) => {
    expect(await placesOf('no-blind-overwrite', files)).toEqual(markedPlaces(files));
  });
});
