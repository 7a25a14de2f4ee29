import { isSeq, type Node } from 'yaml';

import { freshnessOf, piecesOf, type Piece, type Scope } from './freshness.js';
import type { Overlap, PipelineStep } from './pipeline-step.js';
import { joined, type PlacedText } from './placed-text.js';
import { shellWord } from './shell-command.js';
import { entriesOf, field, itemsOf, locationOf, placed, textOf, type Entry, type YamlFile } from './yaml-file.js';

/** https://docs.gitlab.com/ci/yaml/: the names that are no jobs. */
const reserved = new Set(['after_script', 'before_script', 'cache', 'default', 'image', 'include', 'services', 'spec', 'stages', 'types', 'variables', 'workflow']);

interface Job {
  readonly file: YamlFile;
  readonly entry: Entry;
}

/** A job and what it extends, from itself outwards. */
interface Chain {
  readonly jobs: readonly Job[];
  /** Whether one of them is not among the files. */
  readonly open: boolean;
}

/**
 * Reads the pipelines of GitLab CI; the files of a project are one configuration, as `include: local` makes them.
 *
 * @param files the files
 * @returns the jobs, each as one shell text
 */
export function gitlabSteps(files: readonly YamlFile[]): readonly PipelineStep[] {
  const jobs = new Map<string, Job>();
  for (const file of files) {
    for (const entry of entriesOf(file, file.document.contents)) if (!reserved.has(entry.key)) jobs.set(entry.key, { file, entry });
  }
  return [...jobs].filter(([name]) => !name.startsWith('.')).flatMap(([name]) => stepOf(chainOf(name, jobs, []), files, jobs) ?? []);
}

/** https://docs.gitlab.com/ci/yaml/#extends: of several, the last one overrules. */
function chainOf(name: string, jobs: ReadonlyMap<string, Job>, seen: readonly string[]): Chain {
  const job = jobs.get(name);
  if (!job || seen.includes(name)) return { jobs: [], open: true };
  const chains = itemsOf(job.file, field(job.file, job.entry.value, 'extends'))
    .map((item) => chainOf(textOf(item) ?? '', jobs, [...seen, name]))
    .reverse();
  return { jobs: [job, ...chains.flatMap((chain) => chain.jobs)], open: chains.some(({ open }) => open) };
}

interface Held {
  readonly file: YamlFile;
  readonly value: Node;
}

function keyword(chain: Chain, name: string): Held | null {
  for (const { file, entry } of chain.jobs) {
    const value = field(file, entry.value, name);
    if (value) return { file, value };
  }
  return null;
}

function stepOf(chain: Chain, files: readonly YamlFile[], jobs: ReadonlyMap<string, Job>): PipelineStep | null {
  const [job] = chain.jobs;
  if (!job) return null;
  const texts = ['before_script', 'script', 'after_script'].flatMap((name) => {
    const held = keyword(chain, name) ?? sharedKeyword(files, name);
    return held ? scriptTexts(held.file, held.value, jobs, 0) : [];
  });
  if (texts.length === 0) return null;
  const scope = scopeOf(chain, files);
  return { script: joined(texts), scope, folder: '', overlap: overlapOf(chain, job, scope) };
}

/** `default: before_script:`, or `before_script:` of the whole file. */
function sharedKeyword(files: readonly YamlFile[], name: string): Held | null {
  for (const file of name === 'script' ? [] : files) {
    const root = file.document.contents;
    const value = field(file, root, 'default', name) ?? field(file, root, name);
    if (value) return { file, value };
  }
  return null;
}

/** Lines, lists of lines that an anchor brought, and `!reference [.job, script]`. */
function scriptTexts(file: YamlFile, node: Node, jobs: ReadonlyMap<string, Job>, depth: number): readonly PlacedText[] {
  // https://docs.gitlab.com/ci/yaml/yaml_optimization/#reference-tags: ten levels.
  if (depth > 10) return [];
  if (node.tag === '!reference') {
    const [name, ...path] = itemsOf(file, node).map((item) => textOf(item) ?? '');
    const job = jobs.get(name ?? '');
    const value = job ? field(job.file, job.entry.value, ...path) : null;
    return job && value ? scriptTexts(job.file, value, jobs, depth + 1) : [];
  }
  if (isSeq(node)) return itemsOf(file, node).flatMap((item) => scriptTexts(file, item, jobs, depth + 1));
  return textOf(node) === null ? [] : [placed(file, node)];
}

function scopeOf(chain: Chain, files: readonly YamlFile[]): Scope {
  const open = new Set<string>();
  const onlyTags = startsOnTags(chain);
  const holders: readonly (readonly [YamlFile, Node | null])[] = [...chain.jobs.map(({ file, entry }) => [file, field(file, entry.value, 'variables')] as const), ...files.map((file) => [file, field(file, file.document.contents, 'variables')] as const)];
  const scope: Scope = {
    expression: () => null,
    variable: (name): readonly Piece[] | null => {
      // GitLab's own stand above those of the file.
      if (onlyTags && /^CI_COMMIT_REF_(?:NAME|SLUG)$/.test(name)) return [{ shown: `$${name}`, freshness: 'fresh' }];
      if (open.has(name)) return null;
      for (const [file, variables] of holders) {
        const value = field(file, variables, name);
        const text = textOf(value) ?? textOf(field(file, value, 'value'));
        if (text === null) continue;
        open.add(name);
        const pieces = piecesOf(shellWord(text), scope);
        open.delete(name);
        return pieces;
      }
      return null;
    },
  };
  return scope;
}

/** https://docs.gitlab.com/ci/resource_groups/ */
function overlapOf(chain: Chain, job: Job, scope: Scope): Overlap | null {
  if (isManual(chain)) return null;
  const held = keyword(chain, 'resource_group');
  // What it extends may give it one.
  if (!held && chain.open) return null;
  const group = held ? (textOf(held.value) ?? '') : null;
  if (group !== null && freshnessOf(piecesOf(shellWord(group), scope)) !== 'fresh') return null;
  return { system: 'gitlab', group, keepApart: 'job', job: locationOf(job.file, job.entry.keyNode) };
}

function rulesOf(chain: Chain): readonly { readonly condition: string; readonly when: string | null }[] {
  const held = keyword(chain, 'rules');
  return held ? itemsOf(held.file, held.value).map((rule) => ({ condition: textOf(field(held.file, rule, 'if')) ?? '', when: textOf(field(held.file, rule, 'when')) })) : [];
}

/** A person starts it, one at a time; so does a schedule that runs a whole pipeline. */
function isManual(chain: Chain): boolean {
  const held = keyword(chain, 'when');
  const ownWhen = held && textOf(held.value);
  const rules = rulesOf(chain).filter(({ when }) => when !== 'never');
  if (rules.length > 0) return rules.every(({ when, condition }) => when === 'manual' || (when === null && ownWhen === 'manual') || /\$CI_PIPELINE_SOURCE\s*==\s*["'](?:schedule|web)["']/.test(condition));
  const only = onlyOf(chain);
  return ownWhen === 'manual' || (only.length > 0 && only.every((ref) => ref === 'schedules' || ref === 'web'));
}

function startsOnTags(chain: Chain): boolean {
  const rules = rulesOf(chain).filter(({ when }) => when !== 'never');
  const only = onlyOf(chain);
  return (only.length > 0 && only.every((ref) => ref === 'tags')) || (rules.length > 0 && rules.every(({ condition }) => /^\s*\$CI_COMMIT_TAG\b/.test(condition)));
}

function onlyOf(chain: Chain): readonly string[] {
  const held = keyword(chain, 'only');
  if (!held) return [];
  return itemsOf(held.file, field(held.file, held.value, 'refs') ?? held.value).flatMap((item) => textOf(item) ?? []);
}
