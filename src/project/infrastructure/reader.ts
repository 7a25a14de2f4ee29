import type { BucketFact } from '../../facts/bucket-fact.js';
import type { ProjectFinding, Warning } from '../../facts/project-finding.js';

/** A text of the project. */
export interface TextFile {
  /** Relative to the root of the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** What a reader made of the files that it was given. */
export interface Reading {
  readonly buckets: readonly BucketFact[];
  readonly findings: readonly ProjectFinding[];
  readonly warnings: readonly Warning[];
}

/** One way to declare buckets. */
export interface InfrastructureReader {
  /**
   * The gate: cheap, asked of every file of the project before its text is read.
   *
   * @param path relative to the root, with forward slashes
   * @returns whether the name alone leaves it possible that this reader wants the file
   */
  readonly mayRead: (path: string) => boolean;
  /** The second gate: one test of the text. */
  readonly wants: (file: TextFile) => boolean;
  /**
   * @param files all files of the project that it wants
   * @returns what they declare; a file that cannot be read is a warning, and nothing is thrown for it
   */
  readonly read: (files: readonly TextFile[]) => Reading | Promise<Reading>;
}
