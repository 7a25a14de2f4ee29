/** What a compiled or bare ending may mean in source (https://www.typescriptlang.org/docs/handbook/modules/theory.html#module-resolution). */
const sourcesOf: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.js', '.jsx'],
  '.jsx': ['.tsx', '.jsx'],
  '.mjs': ['.mts', '.mjs'],
  '.cjs': ['.cts', '.cjs'],
};

const endings = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** The file that a path without or with an ending means; null where there is none. */
export type Probe = (path: string) => string | null;

/**
 * @param files the files of the project
 * @param mainOf what the `package.json` of a folder says stands for it
 * @returns looks up a path, from the root and normalized: as a file, with an ending, as a folder
 */
export function probe(files: ReadonlySet<string>, mainOf: (folder: string) => readonly string[]): Probe {
  const withEnding = (path: string): string | null => {
    const ending = endings.find((candidate) => files.has(path + candidate));
    return ending === undefined ? null : path + ending;
  };
  const asFile = (path: string): string | null => {
    const compiled = /\.[cm]?jsx?$/.exec(path)?.[0];
    const stem = compiled === undefined ? path : path.slice(0, -compiled.length);
    const source = sourcesOf[compiled ?? '']?.find((ending) => files.has(stem + ending));
    if (source !== undefined) return stem + source;
    return files.has(path) ? path : withEnding(path);
  };
  const inFolder = (folder: string): string => (folder === '.' || folder === '' ? '' : `${folder}/`);
  return (path) => {
    if (path === '..' || path.startsWith('../')) return null;
    const file = path === '.' ? null : asFile(path);
    if (file !== null) return file;
    if (files.has(`${inFolder(path)}package.json`)) {
      for (const main of mainOf(path)) {
        const found = asFile(main) ?? withEnding(`${inFolder(main)}index`);
        if (found !== null) return found;
      }
    }
    return withEnding(`${inFolder(path)}index`);
  };
}
