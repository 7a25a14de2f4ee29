import { join } from 'node:path/posix';

import { codeEnding } from '../source-tree.js';
import { isJson } from './json-files.js';
import type { Package } from './workspaces.js';

/**
 * What other packages may write to import a file. A package without `exports` lets them reach every file of it; of such a one
 * only its main module is listed.
 *
 * @param file a file of the project
 * @param packages those that have a name
 * @param entryOf the file that a subpath of a package means: `.`, `./sub`
 * @returns the specifiers that mean it, subpath patterns written out; none for most files
 */
export const packageSpecifiers = (file: string, packages: readonly Package[], entryOf: (owner: Package, subpath: string) => string | null): readonly string[] =>
  packages
    .filter(({ folder }) => folder === '.' || file.startsWith(`${folder}/`))
    .flatMap((owner) => {
      const { folder, name, manifest } = owner;
      const keys = isJson(manifest.exports) ? Object.keys(manifest.exports).filter((key) => key.startsWith('.')) : [];
      const path = folder === '.' ? file : file.slice(folder.length + 1);
      return (keys.length > 0 ? keys : ['.']).flatMap((key) => {
        const subpaths = key.includes('*') ? tails(path).map((tail) => key.replace('*', () => tail)) : [key];
        const subpath = subpaths.find((candidate) => entryOf(owner, candidate) === file);
        return subpath === undefined ? [] : join(name ?? '', subpath).replace(/\/$/, '');
      });
    });

/** What a `*` may stand for in a specifier of a file, the shortest first: `b`, `a/b`, `src/a/b`, each with the ending too. */
function tails(path: string): readonly string[] {
  const stem = path.replace(codeEnding, '').replace(/\/index$/, '');
  const segments = (whole: string): readonly string[] => whole.split('/').map((_, index, all) => all.slice(all.length - 1 - index).join('/'));
  return [...segments(stem), ...segments(path)];
}
