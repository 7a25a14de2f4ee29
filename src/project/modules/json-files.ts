import { getOrMake } from '../../calls/per-file.js';
import type { Warning } from '../../facts/project-finding.js';
import type { SourceTree } from '../source-tree.js';
import type { TypeScript } from './type-script.js';

/** An object that was read from JSON, of which nothing is sure. */
export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
export const textsIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []);

/**
 * @param tree the project
 * @param typescript its parser takes comments and trailing commas, which every `tsconfig.json` may have
 * @param warn is told of a file that is broken
 * @returns reads an object from a file, once: what could be read of it where it is broken, and null where that is no object
 */
export function jsonFiles(tree: SourceTree, typescript: TypeScript, warn: (warning: Warning) => void): (path: string, consequence: string) => Json | null {
  const read = (path: string, consequence: string): Json | null => {
    const text = tree.read(path);
    if (text === null) return null;
    const plain = parsePlain(text);
    if (plain) return plain;
    const { config, error } = typescript.parseConfigFileTextToJson(path, text.replace(/^\uFEFF/, '')) as { readonly config?: unknown; readonly error?: { readonly start?: number; readonly messageText: unknown } };
    if (error || !isJson(config)) {
      const line = error?.start === undefined ? null : text.slice(0, error.start).split('\n').length;
      warn({ file: path, line, message: `${path} is not valid JSON${line === null ? '' : ` from line ${line} on`}, so ${consequence}.` });
    }
    return isJson(config) ? config : null;
  };
  const known = new Map<string, Json | null>();
  return (path, consequence) => getOrMake(known, path, () => read(path, consequence));
}

/** Most files have neither comments nor trailing commas, and are read in a tenth of the time; null for all others. */
function parsePlain(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : null;
  } catch {
    return null;
  }
}

export type ReadJson = ReturnType<typeof jsonFiles>;
