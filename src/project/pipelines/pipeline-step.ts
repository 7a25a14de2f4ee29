import type { Location } from '../../facts/project-finding.js';
import type { Scope } from './freshness.js';
import type { PlacedText } from './placed-text.js';

/** Why two runs of one job can be at work at the same time. */
export interface Overlap {
  readonly system: 'github' | 'gitlab';
  /** The group that it is in and that does not help, for every run has one of its own; null where it is in none. */
  readonly group: string | null;
  /** What a group has to keep apart: the whole workflow where other jobs come before this one, or else a slow run comes to it after a newer one. */
  readonly keepApart: 'job' | 'workflow';
  /** The job: what is said of it is said once. */
  readonly job: Location;
}

/** A shell text that a pipeline runs. */
export interface PipelineStep {
  readonly script: PlacedText;
  /** What is set before it runs. */
  readonly scope: Scope;
  /** The folder that it runs in, relative to the root of the project; null where it is not known. */
  readonly folder: string | null;
  /** Null: two runs are kept apart, or nothing is known of it. */
  readonly overlap: Overlap | null;
}
