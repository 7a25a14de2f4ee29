import { describe, expect, it } from 'vitest';

import { fix, ruleIds } from '../lint.js';

/** Reads and writes that name one object in roundabout ways. */
const sdk = "import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';\n";

describe('the same object', () => {
  it.each([
    [
      'each method chooses the bucket by its own parameter with a default',
      `export class Pages {
  async read(url, preview = false) { const bucket = preview ? this.drafts : this.live; const { Body } = await this.client.send(new GetObjectCommand({ Bucket: bucket, Key: url })); return JSON.parse(await Body.transformToString()); }
  async #write(url, page, preview = false) { const bucket = preview ? this.drafts : this.live; await this.client.send(new PutObjectCommand({ Bucket: bucket, Key: url, Body: JSON.stringify(page) })); }
  async patch(url, change) { const page = await this.read(url); await this.#write(url, { ...page, ...change }); }
}`,
    ],
    [
      'a constant of unknown text is handed to a function that reads and one that writes',
      `const read = async (client, path) => (await client.send(new GetObjectCommand({ Bucket: 'b', Key: path }))).Body.transformToString();
const write = (client, name, text) => client.send(new PutObjectCommand({ Bucket: 'b', Key: name, Body: text }));
export async function bump(client, page, base) { const key = new URL(page, base).toString(); const text = await read(client, key); await write(client, key, text + 1); }`,
    ],
    [
      'a configuration that was changed after it was loaded is handed to the function that reads',
      `const read = async (client, config) => (await client.send(new GetObjectCommand({ Bucket: config.bucket, Key: config.key }))).Body.transformToString();
export async function bump(client, load, bucket) { const settings = await load(); if (bucket) settings.bucket = bucket; const text = await read(client, settings); await client.send(new PutObjectCommand({ Bucket: settings.bucket, Key: settings.key, Body: text + 1 })); }`,
    ],
    [
      'one variable holds the command that reads, and then the one that writes',
      `export async function bump(client) { let command; command = new GetObjectCommand({ Bucket: 'b', Key: 'k' }); const current = await client.send(command); const text = await current.Body.transformToString(); command = new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: text + 1 }); await client.send(command); }`,
    ],
    [
      'a flag stands for a comparison of versions',
      `export async function sync(client, body, sum) { let skip = false; try { const head = await client.send(new HeadObjectCommand({ Bucket: 'b', Key: 'k' })); if (head.ETag === sum) skip = true; } catch {} if (!skip) await client.send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: body })); }`,
    ],
    [
      'a helper compares versions',
      `const unchanged = async (client, key, sum) => { const head = await client.send(new HeadObjectCommand({ Bucket: 'b', Key: key })); return head.ETag === sum; };
export async function sync(client, body, sum) { if (await unchanged(client, 'k', sum)) return; await client.send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: body })); }`,
    ],
  ])('%s', (_name, code) => {
    expect(ruleIds(sdk + code)).toEqual(['no-lost-update']);
    // A create-only condition would refuse every update.
    expect(fix(sdk + code)).not.toContain("Body: body, IfNoneMatch: '*'");
  });

  it('is not the same where the choice is another', () => {
    const code = `export async function promote(client, live, drafts, url) {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: url.endsWith('/') ? drafts : live, Key: url }));
  await client.send(new PutObjectCommand({ Bucket: url.endsWith('/') ? live : drafts, Key: url, Body: await Body.transformToString() }));
}`;
    expect(ruleIds(sdk + code)).toEqual(['no-blind-overwrite']);
  });
});

it('knows the SDK where a package hands it on', () => {
  const put = "new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: body });";
  expect(ruleIds(`import { PutObjectCommand } from '@acme/aws-sdk/client-s3';\n${put}`)).toEqual(['no-blind-overwrite']);
  expect(ruleIds(`import { PutObjectCommand } from '@acme/commands';\n${put}`)).toEqual([]);
  expect(ruleIds("import { PutObjectCommand } from '@acme/aws-sdk/client-s3';\nnew PutObjectCommand({ name: 'k' });")).toEqual([]);
});
