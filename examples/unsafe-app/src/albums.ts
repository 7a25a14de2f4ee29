import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const bucket = process.env.ALBUM_BUCKET;

export interface Album {
  title: string;
  photoIds: string[];
}

/** Keeps each album as one JSON object. */
export class AlbumStore {
  private readonly client: S3Client;

  constructor(client: S3Client) {
    this.client = client;
  }

  /** False when the album is there already. */
  async create(albumId: string, title: string): Promise<boolean> {
    try {
      await this.write(albumId, { title, photoIds: [] });
      return true;
    } catch (error) {
      if ((error as Error).message.includes('PreconditionFailed')) return false;
      throw error;
    }
  }

  async rename(albumId: string, title: string): Promise<void> {
    const album = await this.read(albumId);
    album.title = title;
    await this.write(albumId, album);
  }

  async addPhoto(albumId: string, photoId: string): Promise<void> {
    const album = await this.read(albumId);
    await this.write(albumId, { ...album, photoIds: [...album.photoIds, photoId] });
  }

  private async read(albumId: string): Promise<Album> {
    const response = await this.client.send(
      new GetObjectCommand({ Bucket: bucket, Key: `albums/${albumId}.json` }),
    );
    return JSON.parse(await response.Body!.transformToString());
  }

  private async write(albumId: string, album: Album): Promise<void> {
    await this.client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: `albums/${albumId}.json`,
        Body: JSON.stringify(album),
        ContentType: 'application/json',
      }),
    );
  }
}
