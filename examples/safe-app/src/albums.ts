import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ObjectBusyError, backoff, isConflict, isPreconditionFailed, maxAttempts } from './conflicts.js';

const bucket = process.env.ALBUM_BUCKET;

export interface Album {
  title: string;
  photoIds: string[];
}

interface StoredAlbum {
  album: Album;
  etag: string | undefined;
}

/** Keeps each album as one JSON object. */
export class AlbumStore {
  private readonly client: S3Client;

  constructor(client: S3Client) {
    this.client = client;
  }

  /** False when the album is there already. */
  async create(albumId: string, title: string): Promise<boolean> {
    const album: Album = { title, photoIds: [] };
    try {
      await this.client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: `albums/${albumId}.json`,
          Body: JSON.stringify(album),
          ContentType: 'application/json',
          IfNoneMatch: '*',
        }),
      );
      return true;
    } catch (error) {
      if (isPreconditionFailed(error)) return false;
      throw error;
    }
  }

  async rename(albumId: string, title: string): Promise<void> {
    await this.update(albumId, (album) => ({ ...album, title }));
  }

  async addPhoto(albumId: string, photoId: string): Promise<void> {
    await this.update(albumId, (album) => ({ ...album, photoIds: [...album.photoIds, photoId] }));
  }

  private async update(albumId: string, change: (album: Album) => Album): Promise<void> {
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      const { album, etag } = await this.read(albumId);
      try {
        await this.write(albumId, change(album), etag);
        return;
      } catch (error) {
        if (!isConflict(error)) throw error;
      }
      await backoff(attempt);
    }
    throw new ObjectBusyError(`albums/${albumId}.json`);
  }

  private async read(albumId: string): Promise<StoredAlbum> {
    const response = await this.client.send(
      new GetObjectCommand({ Bucket: bucket, Key: `albums/${albumId}.json` }),
    );
    return { album: JSON.parse(await response.Body!.transformToString()), etag: response.ETag };
  }

  private async write(albumId: string, album: Album, etag: string | undefined): Promise<void> {
    await this.client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: `albums/${albumId}.json`,
        Body: JSON.stringify(album),
        ContentType: 'application/json',
        IfMatch: etag,
      }),
    );
  }
}
