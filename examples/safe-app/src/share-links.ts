import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  ObjectBusyError,
  backoff,
  isConditionalRequestConflict,
  isPreconditionFailed,
  maxAttempts,
} from './conflicts.js';

const bucket = process.env.ALBUM_BUCKET;

/** Gives an album a short public name, such as "summer-2026". False when the name is taken. */
export async function claimShareLink(client: S3Client, name: string, albumId: string): Promise<boolean> {
  const key = `links/${name}.json`;
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    try {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: JSON.stringify({ albumId }),
          ContentType: 'application/json',
          IfNoneMatch: '*',
        }),
      );
      return true;
    } catch (error) {
      // The link may be our own: the SDK sends a write again when the first answer got lost.
      if (isPreconditionFailed(error)) return (await albumOf(client, key)) === albumId;
      if (!isConditionalRequestConflict(error)) throw error;
    }
    await backoff(attempt);
  }
  throw new ObjectBusyError(key);
}

async function albumOf(client: S3Client, key: string): Promise<string> {
  const response = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const link = JSON.parse(await response.Body!.transformToString()) as { albumId: string };
  return link.albumId;
}
