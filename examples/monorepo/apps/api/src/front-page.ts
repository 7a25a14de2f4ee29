import { putJson } from '@photos/storage';

/** The infrastructure writes this object too, after each deployment: what editors chose is gone then. */
export async function showAlbums(albums: readonly string[]): Promise<void> {
  await putJson('settings/front-page.json', { albums });
}
