import { relative, sep } from 'node:path';

/**
 * @param root absolute
 * @param file absolute
 * @returns the path of the file as it is shown: relative to the root, with forward slashes
 */
export const relativePath = (root: string, file: string): string => relative(root, file).split(sep).join('/');

/**
 * @param path relative, with forward slashes
 * @returns it as a URI: what has a meaning there, or in a link of Markdown, is encoded (`#`, `?`, `%`, spaces, brackets)
 */
export const uriOf = (path: string): string =>
  path
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/%(?:24|2B|2C|3D|40)/g, decodeURIComponent).replaceAll('(', '%28').replaceAll(')', '%29'))
    .join('/');
