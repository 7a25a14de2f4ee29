import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const bucket = process.env.ALBUM_BUCKET;

/** Captions by photo id. */
export type Captions = Record<string, string>;

/** Captions and the state that they were read in. The editing form hands both back. */
export interface OpenCaptions {
  captions: Captions;
  etag: string | undefined;
}

/** Reads the captions of an album for the editing form. */
export async function openCaptions(client: S3Client, albumId: string): Promise<OpenCaptions> {
  const response = await client.send(
    new GetObjectCommand({ Bucket: bucket, Key: `captions/${albumId}.json` }),
  );
  return { captions: JSON.parse(await response.Body!.transformToString()), etag: response.ETag };
}

/**
 * Stores the captions that come back from the editing form.
 *
 * @throws PreconditionFailed when somebody else saved in between: show both texts and let the person choose.
 */
export async function saveCaptions(
  client: S3Client,
  albumId: string,
  captions: Captions,
  etag: string,
): Promise<void> {
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: `captions/${albumId}.json`,
      Body: JSON.stringify(captions),
      ContentType: 'application/json',
      IfMatch: etag,
    }),
  );
}
