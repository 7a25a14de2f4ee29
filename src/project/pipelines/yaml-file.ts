import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';

import type { Location, Warning } from '../../facts/project-finding.js';
import type { TextFile } from '../infrastructure/reader.js';
import { placedFile, placedScalar, type PlacedText } from './placed-text.js';

/** A YAML or JSON file that was read whole. */
export interface YamlFile {
  readonly path: string;
  readonly placed: PlacedText;
  readonly document: Document.Parsed;
}

/** A map's entry: its key and what stands there, aliases followed. */
export interface Entry {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node | null;
}

/**
 * @param file a file
 * @param consequence what follows when it cannot be read: "its uploads are not checked"
 * @returns the file, or the warning that says why not
 */
export function readYaml(file: TextFile, consequence: string): YamlFile | Warning {
  const document = parseDocument(file.text, { logLevel: 'silent', uniqueKeys: false });
  const [error] = document.errors;
  if (error) {
    const reason = error.message.split(/ at line \d/)[0] ?? error.message;
    return { file: file.path, line: error.linePos?.[0].line ?? null, message: `This is no valid YAML (${reason}), so ${consequence}.` };
  }
  return { path: file.path, placed: placedFile(file.path, file.text), document };
}

/**
 * @param file a file
 * @param node a node of it, or nothing
 * @returns what an alias stands for, and every other node itself
 */
export function followed(file: YamlFile, node: unknown): Node | null {
  if (isAlias(node)) return followed(file, node.resolve(file.document));
  return isMap(node) || isSeq(node) || isScalar(node) ? node : null;
}

/**
 * @param file a file
 * @param node a map of it
 * @returns its entries, those that `<<` merges in behind its own, which come first; none where it is no map
 */
export function entriesOf(file: YamlFile, node: Node | null): readonly Entry[] {
  const map = followed(file, node);
  if (!isMap(map)) return [];
  const own: Entry[] = [];
  const merged: Entry[] = [];
  for (const pair of (map as YAMLMap<Node, Node | null>).items) {
    const key = keyOf(pair);
    const value = followed(file, pair.value);
    if (key !== '<<') own.push({ key, keyNode: pair.key, value });
    else if (isSeq(value)) merged.push(...value.items.flatMap((item) => entriesOf(file, followed(file, item))));
    else merged.push(...entriesOf(file, value));
  }
  return [...own, ...merged];
}

const keyOf = (pair: Pair<Node, Node | null>): string => (isScalar(pair.key) ? String(pair.key.value) : '');

/**
 * @param file a file
 * @param node a map of it
 * @param path the names of entries, each inside of the one before
 * @returns what stands there; null where nothing does
 */
export function field(file: YamlFile, node: Node | null, ...path: readonly string[]): Node | null {
  let at = node;
  for (const name of path) at = entriesOf(file, at).find(({ key }) => key === name)?.value ?? null;
  return at;
}

/**
 * @param file a file
 * @param node a list of it
 * @returns its items; what is no list is a list of one, and nothing one of none
 */
export function itemsOf(file: YamlFile, node: Node | null): readonly Node[] {
  const list = followed(file, node);
  if (isSeq(list)) return list.items.flatMap((item) => followed(file, item) ?? []);
  return list && !(isScalar(list) && list.value === null) ? [list] : [];
}

/**
 * @param node a node
 * @returns its text, that of a number or a boolean too; null where it is no scalar, or an empty one
 */
export const textOf = (node: Node | null): string | null => (isScalar(node) && (typeof node.value === 'string' || typeof node.value === 'number' || typeof node.value === 'boolean') ? String(node.value) : null);

/**
 * @param file a file
 * @param node a scalar of it
 * @returns its text, placed
 */
export const placed = (file: YamlFile, node: Node): PlacedText => placedScalar(node as Scalar, file.placed);

/**
 * @param file a file
 * @param node a node of it
 * @returns where it stands
 */
export function locationOf(file: YamlFile, node: Node): Location {
  const [start, end] = node.range ?? [0, 0];
  return file.placed.locate(start, end);
}
