import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';

const client = new S3Client({});

/** The stack keeps versions of this bucket: the photo is hidden under a delete marker, and still there. */
export async function removePhoto(photo: string): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket: process.env.PHOTOS_BUCKET, Key: `photos/${photo}` }));
}
