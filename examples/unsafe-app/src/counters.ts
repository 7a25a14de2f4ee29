import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const bucket = process.env.ALBUM_BUCKET;

/** Counts one more look at an album and gives back the new number. */
export async function countView(client: S3Client, albumId: string): Promise<number> {
  const key = `counters/${albumId}/views`;
  const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const views = Number(await current.Body!.transformToString()) + 1;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: String(views) }));
  return views;
}

/** Adds a person to those who like an album. */
export async function addLike(client: S3Client, albumId: string, userId: string): Promise<void> {
  const key = `counters/${albumId}/likes.json`;
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const likes = new Set<string>(JSON.parse(await Body!.transformToString()));
  likes.add(userId);
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: JSON.stringify([...likes]),
      ContentType: 'application/json',
    }),
  );
}
