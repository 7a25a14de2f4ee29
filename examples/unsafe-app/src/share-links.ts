import { HeadObjectCommand, NotFound, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const bucket = process.env.ALBUM_BUCKET;

/** Gives an album a short public name, such as "summer-2026". False when the name is taken. */
export async function claimShareLink(client: S3Client, name: string, albumId: string): Promise<boolean> {
  const key = `links/${name}.json`;
  if (await isTaken(client, key)) return false;
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: JSON.stringify({ albumId }),
      ContentType: 'application/json',
    }),
  );
  return true;
}

async function isTaken(client: S3Client, key: string): Promise<boolean> {
  try {
    await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}
