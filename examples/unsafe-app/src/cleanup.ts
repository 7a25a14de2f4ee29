import { DeleteObjectCommand, DeleteObjectsCommand, S3Client } from '@aws-sdk/client-s3';

const bucket = process.env.ALBUM_BUCKET;

/** Removes the original of a photo. */
export async function removeOriginal(client: S3Client, key: string): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}

/** Removes what is stored about an album besides its photos. */
export async function removeAlbum(client: S3Client, albumId: string): Promise<void> {
  await client.send(
    new DeleteObjectsCommand({
      Bucket: bucket,
      Delete: {
        Objects: [
          { Key: `albums/${albumId}.json` },
          { Key: `captions/${albumId}.json` },
          { Key: `counters/${albumId}/views` },
          { Key: `counters/${albumId}/likes.json` },
        ],
      },
    }),
  );
}
