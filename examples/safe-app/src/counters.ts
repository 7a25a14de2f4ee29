import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ObjectBusyError, backoff, isConflict, maxAttempts } from './conflicts.js';

const bucket = process.env.ALBUM_BUCKET;

/** Counts one more look at an album and gives back the new number. */
export async function countView(client: S3Client, albumId: string): Promise<number> {
  const key = `counters/${albumId}/views`;
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const views = Number(await current.Body!.transformToString()) + 1;
    try {
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: String(views), IfMatch: current.ETag }),
      );
      return views;
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
    await backoff(attempt);
  }
  throw new ObjectBusyError(key);
}

/** Adds a person to those who like an album. */
export async function addLike(client: S3Client, albumId: string, userId: string): Promise<void> {
  const key = `counters/${albumId}/likes.json`;
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const likes = new Set<string>(JSON.parse(await Body!.transformToString()));
    if (likes.has(userId)) return;
    likes.add(userId);
    try {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: JSON.stringify([...likes]),
          ContentType: 'application/json',
          IfMatch: ETag,
        }),
      );
      return;
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
    await backoff(attempt);
  }
  throw new ObjectBusyError(key);
}
