import type { Warning } from '../facts/project-finding.js';

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
