import { isAlias, isMap, isScalar, isSeq, type Alias, type Node, type Pair } from 'yaml';

import type { Location, Warning } from '../../../facts/project-finding.js';
import type { TextFile } from '../reader.js';
import { readYaml, type ReadYaml } from './read-yaml.js';
import type { TemplateText } from './template-text.js';

/** A value of a template. Short tags are written out: `!Ref X` is the mapping `{ Ref: X }`, so YAML and JSON are one. */
export type TemplateNode = TemplateScalar | TemplateList | TemplateMapping | UnreadNode;

export interface TemplateScalar {
  readonly kind: 'scalar';
  readonly text: TemplateText;
  readonly at: Location;
}

export interface TemplateList {
  readonly kind: 'list';
  readonly items: readonly TemplateNode[];
  readonly at: Location;
}

export interface TemplateMapping {
  readonly kind: 'mapping';
  readonly entries: ReadonlyMap<string, TemplateEntry>;
  readonly at: Location;
}

/** Nothing (`null`), or something that stands in a place that was not read. */
export interface UnreadNode {
  readonly kind: 'unread';
  readonly at: Location;
}

export interface TemplateEntry {
  /** Where the key stands. */
  readonly at: Location;
  readonly value: TemplateNode;
}

export type ParsedTemplate = { readonly root: TemplateMapping } | { readonly warning: Warning };

/** The value of a key; null where the mapping does not have it, and where the node is no mapping. */
export function valueOf(node: TemplateNode | null | undefined, ...path: readonly string[]): TemplateNode | null {
  let value = node ?? null;
  for (const key of path) value = (value?.kind === 'mapping' && value.entries.get(key)?.value) || null;
  return value;
}

/**
 * @param file YAML or JSON (which YAML contains)
 * @returns its tree, or one warning where it has none: half a template would tell half a truth
 */
export function parseTemplate(file: TextFile): ParsedTemplate {
  const broken = (line: number | null, problem: string): ParsedTemplate => ({
    warning: { file: file.path, line, message: `The template ${problem}, so \`${file.path}\` is not read: its buckets stay unknown.` },
  });
  try {
    const yaml = readYaml(file.text);
    const [error] = yaml.document.errors;
    if (error?.code === 'RESOURCE_EXHAUSTION') return broken(yaml.placeOf(error.pos[0]).line, tooDeep);
    if (error) return broken(yaml.placeOf(error.pos[0]).line, `is broken (${error.code.toLowerCase().replaceAll('_', ' ')})`);
    const root = yaml.document.contents && treeOf(yaml.document.contents, yaml, file.path);
    return root?.kind === 'mapping' ? { root } : broken(1, 'is no mapping');
  } catch (error) {
    if (error instanceof RangeError) return broken(null, tooDeep);
    throw error;
  }
}

/** Thousands of brackets within one another are more than what is recursive can take. */
const tooDeep = 'is nested too deeply';

function treeOf(contents: Node, { document, text, placeOf }: ReadYaml, file: string): TemplateNode {
  /** Anchored nodes are read once and shared; null while they are being read, for an alias may lie within its own anchor. */
  const read = new Map<Node, TemplateNode | null>();

  const locate = (node: Node): Location => {
    const [start, valueEnd] = node.range ?? [0, 0];
    // The range of a block goes on to the next token; what follows its last character is not part of it.
    const end = start + text.slice(start, valueEnd).trimEnd().length;
    const [from, to] = [placeOf(start), placeOf(end)];
    return { file, line: from.line, column: from.col, endLine: to.line, endColumn: to.col };
  };

  const convert = (node: unknown, parent: Node): TemplateNode => {
    if (isAlias(node)) return convertAlias(node);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return { kind: 'unread', at: locate(parent) };
    const known = read.get(node);
    if (known !== undefined) return known ?? { kind: 'unread', at: locate(node) };
    read.set(node, null);
    const converted = tagged(node, convertValue(node));
    read.set(node, converted);
    return converted;
  };

  const convertAlias = (alias: Alias): TemplateNode => {
    const target = alias.resolve(document);
    return target ? convert(target, alias) : { kind: 'unread', at: locate(alias) };
  };

  const convertValue = (node: Node): TemplateNode => {
    const at = locate(node);
    if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => convert(item, node)), at };
    if (isMap(node)) return { kind: 'mapping', entries: entriesOf(node.items), at };
    if (!isScalar(node) || node.value === null) return { kind: 'unread', at };
    // As it is written: `010` is a prefix of three characters.
    return { kind: 'scalar', text: [typeof node.value === 'string' ? node.value : (node.source ?? JSON.stringify(node.value))], at };
  };

  const entriesOf = (pairs: readonly Pair[]): Map<string, TemplateEntry> => {
    const own = new Map<string, TemplateEntry>();
    const merged = new Map<string, TemplateEntry>();
    for (const pair of pairs) {
      if (!isScalar(pair.key)) continue;
      const key = typeof pair.key.value === 'string' ? pair.key.value : (pair.key.source ?? '');
      const entry = { at: locate(pair.key), value: convert(pair.value, pair.key) };
      const sources = key !== '<<' ? [] : entry.value.kind === 'list' ? entry.value.items : [entry.value];
      if (sources.length > 0 && sources.every((source) => source.kind === 'mapping')) {
        for (const source of sources) for (const [name, from] of source.entries) if (!merged.has(name)) merged.set(name, from);
      } else own.set(key, entry);
    }
    return new Map([...merged, ...own]);
  };

  return convert(contents, contents);
}

/** `!GetAtt Bucket.Arn` stands for `{ Fn::GetAtt: Bucket.Arn }`. */
function tagged(node: Node, value: TemplateNode): TemplateNode {
  const tag = 'tag' in node && typeof node.tag === 'string' ? node.tag : '';
  if (!/^![A-Za-z]/.test(tag)) return value;
  const name = tag.slice(1);
  const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
  return { kind: 'mapping', entries: new Map([[key, { at: value.at, value }]]), at: value.at };
}
