import { setTimeout as pause } from 'node:timers/promises';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';

const bucket = process.env.ALBUM_BUCKET;

/** Writes a line into the guest book of an album. */
export async function signGuestBook(client: S3Client, albumId: string, line: string): Promise<void> {
  const key = `guests/${albumId}.txt`;
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const text = `${await current.Body!.transformToString()}${line}\n`;
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    try {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, IfMatch: current.ETag }));
      return;
    } catch (error) {
      if (!(error instanceof S3ServiceException) || error.name !== 'PreconditionFailed') throw error;
    }
    await pause(Math.random() * 100 * 2 ** attempt);
  }
  throw new Error(`${key} is busy.`);
}

/** Turns the theme of an album over: dark to light, light to dark. */
export async function toggleTheme(client: S3Client, albumId: string): Promise<void> {
  const key = `themes/${albumId}`;
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const theme = (await current.Body!.transformToString()) === 'dark' ? 'light' : 'dark';
  try {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: theme, IfMatch: current.ETag }));
  } catch (error) {
    console.warn('The theme could not be stored.', error);
  }
}

/** Stores the opening hours that the owner sent with the version that they had seen. */
export async function storeHours(client: S3Client, hours: string, seenETag: string): Promise<void> {
  const key = 'hours.json';
  try {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: hours, IfMatch: seenETag }));
  } catch (error) {
    if (!(error instanceof S3ServiceException) || error.name !== 'PreconditionFailed') throw error;
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: hours }));
  }
}

/** Makes the bucket that holds the backups of a region. */
export async function createBackupBucket(client: S3Client, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.send(new CreateBucketCommand({ Bucket: name }));
      return;
    } catch (error) {
      if (!(error instanceof S3ServiceException) || error.$metadata.httpStatusCode !== 409 || attempt === 5) throw error;
    }
    await pause(Math.random() * 1000 * 2 ** attempt);
  }
}

/** Reserves a name for an album. False when somebody else has it. */
export async function reserveName(client: S3Client, name: string, albumId: string): Promise<boolean> {
  try {
    await client.send(
      new PutObjectCommand({ Bucket: bucket, Key: `names/${name}`, Body: albumId, IfNoneMatch: '*' }),
    );
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'PreconditionFailed') return false;
    throw error;
  }
}
