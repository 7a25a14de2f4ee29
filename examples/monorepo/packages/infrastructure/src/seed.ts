import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

/** Runs after each deployment. */
await new S3Client({}).send(
  new PutObjectCommand({
    Bucket: process.env.PHOTOS_BUCKET,
    Key: 'settings/front-page.json',
    Body: JSON.stringify({ albums: [] }),
  }),
);
