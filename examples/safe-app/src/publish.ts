import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';

const bucket = process.env.SITE_BUCKET;

/** Publishes the page of an album, if it has changed. The hash of the page is kept in its metadata. */
export async function publishPage(client: S3Client, albumId: string, html: string): Promise<void> {
  const key = `site/${albumId}.html`;
  const hash = createHash('sha256').update(html).digest('hex');
  const published = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  if (published.Metadata?.hash === hash) return;
  await client.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body: html, Metadata: { hash }, IfMatch: published.ETag }),
  );
}

/** Adds an album to the list of what is published. */
export async function listPublished(client: S3Client, albumId: string): Promise<void> {
  const key = 'site/published.txt';
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const text = await current.Body!.transformToString();
  await client.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body: `${text}${albumId}\n`, IfMatch: current.ETag }),
  );
}

/** Creates the feed of the site, once. */
export async function createFeed(client: S3Client, feed: string): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'site/feed.xml', Body: feed, IfNoneMatch: '*' }));
}

/** Notes for each album when it was published, in an object of its own. */
export async function noteTimes(client: S3Client, albumIds: readonly string[], run: string): Promise<void> {
  await Promise.all(
    albumIds.map(async (albumId) => {
      const Key = `site/published/${albumId}/${run}.txt`;
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key, Body: new Date().toISOString(), IfNoneMatch: '*' }),
      );
    }),
  );
}

/** Uploads the archive of an album in parts, and leaves none behind when it fails. */
export async function uploadArchive(client: S3Client, albumId: string, parts: readonly Uint8Array[]): Promise<void> {
  const object = { Bucket: bucket, Key: `archives/${albumId}.zip` };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(object));
  try {
    const done: { ETag: string | undefined; PartNumber: number }[] = [];
    for (const [index, Body] of parts.entries()) {
      const PartNumber = index + 1;
      const { ETag } = await client.send(new UploadPartCommand({ ...object, UploadId, PartNumber, Body }));
      done.push({ ETag, PartNumber });
    }
    await client.send(
      new CompleteMultipartUploadCommand({ ...object, UploadId, MultipartUpload: { Parts: done }, IfNoneMatch: '*' }),
    );
  } catch (error) {
    await client.send(new AbortMultipartUploadCommand({ ...object, UploadId }));
    throw error;
  }
}
