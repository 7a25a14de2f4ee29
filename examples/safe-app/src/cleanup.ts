import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  S3Client,
  type ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import type { StoredOriginal } from './uploads.js';

const bucket = process.env.ALBUM_BUCKET;

/** Removes the original of a photo, for good. */
export async function removeOriginal(client: S3Client, original: StoredOriginal): Promise<void> {
  await client.send(
    new DeleteObjectCommand({ Bucket: bucket, Key: original.key, VersionId: original.versionId }),
  );
}

/** Removes what is stored about an album besides its photos, with all versions. */
export async function removeAlbum(client: S3Client, albumId: string): Promise<void> {
  await removeVersions(client, `albums/${albumId}.json`);
  await removeVersions(client, `captions/${albumId}.json`);
  await removeVersions(client, `counters/${albumId}/`);
}

async function removeVersions(client: S3Client, prefix: string): Promise<void> {
  let page: ListObjectVersionsCommandOutput | undefined;
  do {
    page = await client.send(
      new ListObjectVersionsCommand({
        Bucket: bucket,
        Prefix: prefix,
        KeyMarker: page?.NextKeyMarker,
        VersionIdMarker: page?.NextVersionIdMarker,
      }),
    );
    const versions = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    if (versions.length === 0) continue;
    const deleted = await client.send(
      new DeleteObjectsCommand({
        Bucket: bucket,
        Delete: { Objects: versions.map(({ Key, VersionId }) => ({ Key, VersionId })) },
      }),
    );
    // S3 answers 200 OK even when it could not remove some of them.
    if (deleted.Errors?.length) throw new Error(`${deleted.Errors.length} versions under ${prefix} are still there.`);
  } while (page.IsTruncated);
}
