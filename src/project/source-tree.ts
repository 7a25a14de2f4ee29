import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { Warning } from '../facts/project-finding.js';
import { listFiles, type FileState } from './list-files.js';

/** The files of a project, as far as git does not ignore them. */
export interface SourceTree {
  /** Absolute. */
  readonly root: string;
  /** Relative to the root, with forward slashes, sorted. */
  readonly files: readonly string[];
  /** The text of a file; null where it cannot be read, which is a warning once. */
  readonly read: (path: string) => string | null;
  /** What could not be read so far. */
  readonly warnings: () => readonly Warning[];
}

/** A tree that tells what it was made of: for those who keep what they made of it. */
export interface ListedTree extends SourceTree {
  /** When each file was written, and how long it is. */
  readonly states: ReadonlyMap<string, FileState>;
  /** The texts that were read so far; null for a file that cannot be. */
  readonly texts: () => ReadonlyMap<string, string | null>;
}

/** Files of these endings hold JavaScript or TypeScript. */
export const codeEnding = /\.[cm]?[jt]sx?$/;

const megabyte = 1 << 20;

/** More than this nobody wrote by hand: bundles, generated clients; and of other files, dumps. */
const longest = (path: string): number => (codeEnding.test(path) ? megabyte : 5 * megabyte);

/** What makes it worth a word that a file was left out. */
const s3Words = /aws-sdk|minio|Bucket|aws_s3|AWS::S3|s3api/;

/**
 * Lists a project, and reads each file once, when it is first asked for. The texts are kept as long as the tree is: those of
 * 4,000 files take some 40 MB, less than reading them a second time is worth.
 *
 * Left out: what git ignores (but not the templates in `cdk.out`), `node_modules`, minified bundles, declaration files, what
 * lies behind symbolic links and in submodules.
 *
 * @param root the folder of the project
 * @param options `paths`: only these files and folders. Imports are followed through the listed files only, so a tree for a
 *   module graph is best not narrowed
 * @returns the tree. Nothing is thrown: what cannot be listed or read is a warning
 */
export function sourceTree(root: string, options: { readonly paths?: readonly string[] } = {}): ListedTree {
  const absolute = resolve(root);
  const warnings: Warning[] = [];
  const states = listFiles(absolute, options.paths ?? [], (warning) => warnings.push(warning));
  const texts = new Map<string, string | null>();

  const skip = (file: string, message: string): null => {
    warnings.push({ file, line: null, message });
    return null;
  };
  const load = (path: string): string | null => {
    const size = states.get(path)?.size;
    if (size === undefined) return skip(path, `${path} is not one of the files of the project, so it is not read.`);
    try {
      if (size > longest(path)) {
        const tooLong = `${path} has ${(size / megabyte).toFixed(1)} MB and is not analysed, though it seems to touch S3.`;
        return s3Words.test(beginningOf(join(absolute, path), 5 * megabyte)) ? skip(path, tooLong) : null;
      }
      const text = readFileSync(join(absolute, path), 'utf8');
      if (!text.slice(0, 8192).includes('\0')) return text;
      return codeEnding.test(path) ? skip(path, `${path} is binary, or not in UTF-8, so it is not analysed.`) : null;
    } catch (error) {
      return skip(path, `${path} cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : String(error)}), so it is not analysed.`);
    }
  };

  return {
    root: absolute,
    files: [...states.keys()],
    states,
    read: (path) => {
      const known = texts.get(path);
      if (known !== undefined) return known;
      const text = load(path);
      texts.set(path, text);
      return text;
    },
    texts: () => texts,
    warnings: () => warnings,
  };
}

function beginningOf(path: string, length: number): string {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(length);
    return buffer.toString('utf8', 0, readSync(file, buffer, 0, length, 0));
  } finally {
    closeSync(file);
  }
}
