import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const bucket = process.env.ALBUM_BUCKET;

/** Captions by photo id. */
export type Captions = Record<string, string>;

const etags = new Map<string, string | undefined>();

/** Reads the captions of an album for the editing form. */
export async function openCaptions(client: S3Client, albumId: string): Promise<Captions> {
  const response = await client.send(
    new GetObjectCommand({ Bucket: bucket, Key: `captions/${albumId}.json` }),
  );
  etags.set(albumId, response.ETag);
  return JSON.parse(await response.Body!.transformToString());
}

/** Stores the captions that come back from the editing form. */
export async function saveCaptions(client: S3Client, albumId: string, captions: Captions): Promise<void> {
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: `captions/${albumId}.json`,
      Body: JSON.stringify(captions),
      ContentType: 'application/json',
      IfMatch: etags.get(albumId),
    }),
  );
}
