import { createHash } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';

const bucket = process.env.SITE_BUCKET;

/** Publishes the page of an album, if it has changed. */
export async function publishPage(client: S3Client, albumId: string, html: string): Promise<void> {
  const key = `site/${albumId}.html`;
  const published = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  if (published.ETag === `"${createHash('md5').update(html).digest('hex')}"`) return;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: html, IfMatch: published.ETag }));
}

/** Adds an album to the list of what is published. */
export async function listPublished(client: S3Client, albumId: string): Promise<void> {
  const key = 'site/published.txt';
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const text = await current.Body!.transformToString();
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: `${text}${albumId}\n`, IfMatch: head.ETag }));
}

/** Creates the feed of the site, once. */
export async function createFeed(client: S3Client, feed: string): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'site/feed.xml', Body: feed, IfNoneMatch: 'any' }));
}

/** Notes for each album when it was published. */
export async function noteTimes(client: S3Client, albumIds: readonly string[]): Promise<void> {
  await Promise.all(
    albumIds.map(async (albumId) => {
      const note = `${albumId} ${new Date().toISOString()}\n`;
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'site/last-published.txt', Body: note }));
    }),
  );
}

/** Uploads the archive of an album in parts. */
export async function uploadArchive(client: S3Client, albumId: string, parts: readonly Uint8Array[]): Promise<void> {
  const object = { Bucket: bucket, Key: `archives/${albumId}.zip` };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(object));
  const done: { ETag: string | undefined; PartNumber: number }[] = [];
  for (const [index, Body] of parts.entries()) {
    const PartNumber = index + 1;
    const { ETag } = await client.send(new UploadPartCommand({ ...object, UploadId, PartNumber, Body }));
    done.push({ ETag, PartNumber });
  }
  await client.send(
    new CompleteMultipartUploadCommand({ ...object, UploadId, MultipartUpload: { Parts: done }, IfNoneMatch: '*' }),
  );
}
