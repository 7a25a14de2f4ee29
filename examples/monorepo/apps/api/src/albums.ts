import { getJson, putJson } from '@photos/storage';

export interface Album {
  readonly title: string;
  readonly photos: readonly string[];
}

/** Two photos that are added at the same time: both read the album, and the second write drops the first photo. */
export async function addPhoto(albumId: string, photo: string): Promise<void> {
  const key = `albums/${albumId}.json`;
  const album = await getJson<Album>(key);
  await putJson(key, { ...album, photos: [...album.photos, photo] });
}
