import { GetObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';

const bucket = process.env.ALBUM_BUCKET;
const key = 'index.json';

/** Adds an album to the list that the start page shows. */
export async function listOnStartPage(client: S3Client, albumId: string): Promise<void> {
  while (true) {
    const current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const albumIds: string[] = JSON.parse(await current.Body!.transformToString());
    if (albumIds.includes(albumId)) return;
    try {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: JSON.stringify([albumId, ...albumIds]),
          ContentType: 'application/json',
          IfMatch: current.ETag,
        }),
      );
      return;
    } catch (error) {
      if (error instanceof S3ServiceException && error.name === 'PreconditionFailed') continue;
      throw error;
    }
  }
}
