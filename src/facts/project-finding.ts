/** What is found in a project as a whole, and where: in code, YAML, HCL, JSON or shell. */

/** A stretch of a file. Lines and columns count from 1; the end column is the first one after it. */
export interface Location {
  /** Relative to the root of the project, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Another place that a finding speaks of: the read that fed a write, the other writers of a key. */
export interface RelatedLocation extends Location {
  /** What is there, as a phrase: "the other writer". */
  readonly message: string;
}

/** The findings that only the analyzer makes. */
export type ProjectRule = 'multiple-writers' | 'terraform-state-locking' | 'replication-lifecycle-overlap' | 'pipeline-blind-put';

export interface ProjectFinding {
  readonly rule: ProjectRule;
  readonly messageId: string;
  readonly message: string;
  readonly at: Location;
  readonly related: readonly RelatedLocation[];
}

/** What could not be read: the rest is analysed without it. */
export interface Warning {
  /** Relative to the root of the project, with forward slashes. */
  readonly file: string;
  /** From 1; null where the whole file is meant. */
  readonly line: number | null;
  /** One sentence: what is wrong, and what follows from it. */
  readonly message: string;
}
