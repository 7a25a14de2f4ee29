import type { Readable } from 'node:stream';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';

const bucket = process.env.ALBUM_BUCKET;

/** Stores a photo as it came from the camera. */
export async function storeOriginal(
  client: S3Client,
  albumId: string,
  fileName: string,
  photo: Readable,
): Promise<string> {
  const key = `originals/${albumId}/${fileName}`;
  const upload = new Upload({
    client,
    params: {
      Bucket: bucket,
      Key: key,
      Body: photo,
      ContentType: 'image/jpeg',
    },
  });
  await upload.done();
  return key;
}

/** Stores a small picture of a photo. It can be made again at any time. */
export async function storeThumbnail(client: S3Client, photoId: string, image: Uint8Array): Promise<void> {
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: `thumbnails/${photoId}.webp`,
      Body: image,
      ContentType: 'image/webp',
    }),
  );
}

/** Stores the portrait that a person shows next to their albums. */
export async function storePortrait(client: S3Client, userId: string, image: Uint8Array): Promise<string> {
  const key = `portraits/${userId}.webp`;
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: image,
      ContentType: 'image/webp',
    }),
  );
  return key;
}
