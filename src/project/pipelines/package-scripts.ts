import { dirname } from 'node:path/posix';

import type { TextFile } from '../infrastructure/reader.js';
import type { PlacedText } from './placed-text.js';
import { entriesOf, field, placed, textOf, type YamlFile } from './yaml-file.js';

/** The scripts of a package. */
export interface PackageScripts {
  /** The folder of the package, relative to the root of the project: '' is the root itself. */
  readonly folder: string;
  readonly scripts: ReadonlyMap<string, PlacedText>;
}

/** The packages of a project, each read when it is first asked for. */
export interface Packages {
  readonly of: (file: TextFile) => PackageScripts | null;
  /** The package of a folder; null where the folder is not known or holds none. */
  readonly in: (folder: string | null) => PackageScripts | null;
  /** The package that has a name, or stands in the folder that is named (`./web`). */
  readonly named: (name: string) => PackageScripts | null;
}

/**
 * @param files the package.json files of a project
 * @param parse reads one; null where it cannot be read
 * @returns what they say
 */
export function packagesOf(files: readonly TextFile[], parse: (file: TextFile) => YamlFile | null): Packages {
  const read = new Map<TextFile, PackageScripts | null>();
  const of = (file: TextFile): PackageScripts | null => {
    const known = read.get(file);
    if (known !== undefined) return known;
    const yaml = parse(file);
    const scripts = yaml && packageScripts(yaml);
    read.set(file, scripts);
    return scripts;
  };
  const where = (wanted: (file: TextFile) => boolean): PackageScripts | null => {
    const file = files.find(wanted);
    return file ? of(file) : null;
  };
  return {
    of,
    in: (folder) => (folder === null ? null : where(({ path }) => folderOf(path) === folder)),
    named: (name) => where(({ path, text }) => folderOf(path) === name.replace(/^\.\//, '') || nameIn(text) === name),
  };
}

const folderOf = (path: string): string => dirname(path).replace(/^\.$/, '');

/** The first one: those of dependencies come after it. */
const nameIn = (text: string): string | null => /"name"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? null;

/**
 * https://docs.npmjs.com/cli/using-npm/scripts
 *
 * @param file a package.json
 * @returns its scripts
 */
export function packageScripts(file: YamlFile): PackageScripts {
  const scripts = entriesOf(file, field(file, file.document.contents, 'scripts')).flatMap(({ key, value }) => (value && textOf(value) !== null ? [[key, placed(file, value)] as const] : []));
  return { folder: folderOf(file.path), scripts: new Map(scripts) };
}
