import { describe, expect, it } from 'vitest';

import { findingsIn, type Files, type Finding } from '../checked-project.js';

/**
 * A function of another file copies, and its caller says from where to where: only the two together tell that an object
 * is copied onto itself, and a create-only condition would be refused each time.
 */

/** What is reported in `app.js`. */
const reported = async (files: Files): Promise<readonly Finding[]> => (await findingsIn(files)).filter(({ path }) => path === 'app.js');

const v3 = `
import { CopyObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
const s3 = new S3Client({});
export const head = ({ path }) => s3.send(new HeadObjectCommand({ Bucket: 'docs', Key: path }));
export const metadataOf = async (path) => (await head({ path })).Metadata;
export const copy = ({ from, to, metadata }) =>
  s3.send(new CopyObjectCommand({ Bucket: 'docs', Key: to, CopySource: \`docs/\${from}\`, Metadata: metadata, MetadataDirective: 'REPLACE' }));
export const restore = ({ from, to, version }) =>
  s3.send(new CopyObjectCommand({ Bucket: 'docs', Key: to, CopySource: \`docs/\${from}?versionId=\${version}\` }));
export const put = ({ path, body, metadata }) => s3.send(new PutObjectCommand({ Bucket: 'docs', Key: path, Body: body, Metadata: metadata }));
`;
const v2 = `
import { S3 } from 'aws-sdk';
const s3 = new S3();
export const copy = ({ from, to }) => s3.copyObject({ Bucket: 'docs', Key: to, CopySource: \`docs/\${from}\`, MetadataDirective: 'REPLACE' }).promise();
`;
const minio = `
import { Client } from 'minio';
const client = new Client({});
export const copy = ({ from, to }) => client.copyObject('docs', to, \`/docs/\${from}\`, null);
`;

const app = (body: string): string => `
import * as store from './store.js';
export async function run(path, version, body) {
  ${body}
}
`;

describe('a copy through a function of another file', () => {
  it.each<[string, string, string, string]>([
    ['onto itself', v3, 'await store.copy({ from: path, to: path, metadata: { seen: version } });', 'copyOntoItselfThrough'],
    ['of an old version onto the object', v3, 'await store.restore({ from: path, to: path, version });', 'copyOntoItselfThrough'],
    ['onto itself by aws-sdk v2', v2, 'await store.copy({ from: path, to: path });', 'copyOntoItselfThrough'],
    ['onto itself by minio', minio, 'await store.copy({ from: path, to: path });', 'copyOntoItselfThrough'],
    ['to another key: that one may be created', v3, "await store.copy({ from: path, to: 'archive/' + path, metadata: { seen: version } });", 'blindOverwriteThrough'],
    ['of an old version to another key', v3, "await store.restore({ from: path, to: 'archive/' + path, version });", 'blindOverwriteThrough'],
  ])('%s', async (_name, store, body, messageId) => {
    expect((await reported({ 'app.js': app(body), 'store.js': store })).map((found) => found.messageId)).toEqual([messageId]);
  });

  it.each<[string, string, string]>([
    ['itself', v3, 'send it as `IfMatch`.'],
    ['another SDK', v2, 'send it as `IfMatch` (by `@aws-sdk/client-s3`: aws-sdk v2 cannot).'],
    ['an object for the target', minio, 'send it as `IfMatch` (as a header of a `CopyDestinationOptions`).'],
  ])('names the function and what it can send: %s', async (_name, store, advice) => {
    const [found] = await reported({ 'app.js': app('await store.copy({ from: path, to: path });'), 'store.js': store });
    expect(found?.message).toContain('Let `store.copy` take the ETag of the version that you replace and');
    expect(found?.message).toContain(advice);
    expect(found?.message).not.toContain('IfNoneMatch');
  });
});

describe('metadata that is put back through functions of another file', () => {
  it.each<[string, string, readonly string[]]>([
    ['by a copy onto itself', 'const head = await store.head({ path });\n  await store.copy({ from: path, to: path, metadata: { ...head.Metadata, seen: version } });', ['lostUpdateThrough']],
    ['beside a new body', 'const metadata = await store.metadataOf(path);\n  await store.put({ path, body, metadata: { ...metadata, seen: version } });', ['lostUpdateThrough']],
    ['metadata of another object', "const head = await store.head({ path: 'template' });\n  await store.put({ path, body, metadata: { ...head.Metadata } });", ['blindOverwriteThrough']],
    ['metadata that is only logged', 'const head = await store.head({ path });\n  console.log(head.Metadata);\n  await store.put({ path, body, metadata: { seen: version } });', ['blindOverwriteThrough']],
  ])('%s', async (_name, body, expected) => {
    expect((await reported({ 'app.js': app(body), 'store.js': v3 })).map((found) => found.messageId)).toEqual(expected);
  });
});
