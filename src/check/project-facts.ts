import type { BucketFact } from '../facts/bucket-fact.js';
import { factsVersion, type Facts } from '../facts/facts.js';
import type { ProjectFinding, Warning } from '../facts/project-finding.js';
import { byPath } from '../project/by-path.js';
import { byPlace, codeFacts } from '../project/code-facts.js';
import { readInfrastructure } from '../project/infrastructure/read-infrastructure.js';
import { moduleGraph, type ModuleGraph } from '../project/module-graph.js';
import { multipleWriters } from '../project/multiple-writers.js';
import type { ParsedFiles } from '../project/parsed-files.js';
import { replicationLifecycleOverlap } from '../project/replication-lifecycle-overlap.js';
import type { SourceTree } from '../project/source-tree.js';
import type { KnownFacts } from './known-packages.js';

/** All that is known of a project. */
export interface ProjectFacts {
  readonly facts: Facts;
  /** The code that touches S3, itself or by what it imports. */
  readonly files: readonly string[];
  readonly findings: readonly ProjectFinding[];
  readonly warnings: readonly Warning[];
}

/**
 * @param tree the files of a project
 * @param parsed its code, parsed on demand
 * @param known facts of packages that it depends on
 * @returns what is known of it
 */
export async function projectFacts(tree: SourceTree, parsed: () => Promise<ParsedFiles>, known: KnownFacts): Promise<ProjectFacts> {
  let graph: ModuleGraph | undefined;
  const linked = (): ModuleGraph => (graph ??= moduleGraph(tree));
  const infrastructure = await readInfrastructure(tree);
  const code = await codeFacts(tree, linked, parsed, known);
  const buckets = [...known.buckets, ...infrastructure.buckets, ...code.buckets].sort(inOrder);
  const writers = [...known.writers, ...code.writers].sort(byPlace);
  return {
    facts: { version: factsVersion, buckets, modules: code.modules, links: code.links, packages: code.packages, wrappers: code.wrappers, writers },
    files: code.files,
    findings: [...infrastructure.findings, ...replicationLifecycleOverlap(infrastructure.buckets), ...multipleWriters(code.writers, known.writers)],
    warnings: [...infrastructure.warnings, ...code.warnings, ...(graph?.warnings() ?? []), ...tree.warnings()],
  };
}

const inOrder = (one: BucketFact, other: BucketFact): number => byPath(one.at.file, other.at.file) || one.at.line - other.at.line || byPath(one.id, other.id);
