import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const bucket = process.env.LOCK_BUCKET;

interface Lock {
  owner: string;
  expires: number;
}

/** Takes the lock of an album, or prolongs it for the one who has it. */
export async function takeLock(client: S3Client, albumId: string, owner: string): Promise<boolean> {
  const key = `locks/${albumId}.json`;
  let held: Lock | undefined;
  let etag: string | undefined;
  try {
    const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    held = JSON.parse(await current.Body!.transformToString()) as Lock;
    etag = current.ETag;
  } catch {
    // Nobody has it.
  }
  if (held && held.owner !== owner && held.expires > Date.now()) return false;
  const lock: Lock = { owner, expires: Date.now() + 60_000 };
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(lock), IfMatch: etag }));
  return true;
}

/** Clears a lock that its owner let expire. */
export async function clearExpired(client: S3Client, albumId: string): Promise<void> {
  const key = `locks/${albumId}.json`;
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const lock = JSON.parse(await current.Body!.transformToString()) as Lock;
  if (lock.expires < Date.now()) {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  }
}
