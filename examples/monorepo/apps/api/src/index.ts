export { addPhoto } from './albums.js';
export { showAlbums } from './front-page.js';
export { removePhoto } from './photos.js';
