import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  type GetObjectCommandOutput,
} from '@aws-sdk/client-s3';

const bucket = process.env.ALBUM_BUCKET;
const key = 'settings.json';

export interface Settings {
  language: string;
  photosPerPage: number;
  publicAlbums: boolean;
}

const defaults: Settings = { language: 'en', photosPerPage: 24, publicAlbums: false };

/** Changes some settings. The first change creates the file. */
export async function updateSettings(client: S3Client, changes: Partial<Settings>): Promise<Settings> {
  let current: GetObjectCommandOutput | undefined;
  try {
    current = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  } catch (error) {
    if (!(error instanceof NoSuchKey)) throw error;
  }
  const stored: Partial<Settings> = current ? JSON.parse(await current.Body!.transformToString()) : {};
  const settings = { ...defaults, ...stored, ...changes };
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: JSON.stringify(settings, null, 2),
      ContentType: 'application/json',
    }),
  );
  return settings;
}
