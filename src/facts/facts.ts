import type { BucketFact } from './bucket-fact.js';
import type { Location } from './project-finding.js';

/** What is known of a whole project: the border between it and the single file. Plain data, sorted, no absolute paths. */
export interface Facts {
  readonly version: typeof factsVersion;
  /** What paths are relative to, where that is not the folder that holds the file or its `.s3lint`: a path from there. */
  readonly root?: string;
  readonly buckets: readonly BucketFact[];
  /** The modules that reach S3 and are imported, by path. */
  readonly modules: Readonly<Record<string, ModuleFact>>;
  /** What imports mean: by importing file, specifier, and the name that is asked for. */
  readonly links: Readonly<Record<string, Readonly<Record<string, LinkedNames>>>>;
  /** What the packages of the project give out, by specifier: for packages that depend on them. */
  readonly packages: Readonly<Record<string, LinkedNames>>;
  /** Functions whose arguments reach S3, by module and name. */
  readonly wrappers: readonly WrapperFact[];
  /** Every write whose bucket or key is known, at least in part. */
  readonly writers: readonly WriterFact[];
}

/** The number of the format: facts of another one are built again. */
export const factsVersion = 2;

/** Names that are asked of a specifier, and the exports that they mean, as `path#name`. */
export type LinkedNames = Readonly<Record<string, readonly string[]>>;

/** What a module shows of itself. */
export interface ModuleFact {
  /** SHA-256 of its text: facts of another text are outdated. */
  readonly hash: string;
  /** The statements that reach S3 and what they stand on, by the line that each begins at. */
  readonly code: Readonly<Record<string, string>>;
  /** Writes of it, and calls that lead to one, whose every known caller brings about a fresh key, by line and column: `12:5`. */
  readonly fresh: Readonly<Record<string, FreshBy>>;
}

/** What makes a key fresh for every write: an id; or for some of them only a clock, of which two can share a millisecond. */
export type FreshBy = 'unique' | 'timestamp';

/** A function whose arguments reach S3. */
export interface WrapperFact {
  readonly module: string;
  /** `putJson`, `Storage.put`. */
  readonly name: string;
  readonly line: number;
  readonly effects: readonly WrapperEffect[];
}

export interface WrapperEffect {
  readonly operation: string;
  readonly does: 'read' | 'write' | 'delete' | 'check';
  /** As far as they are known, in the words of the function: `${key}` is an argument, and `…` what it has no name for. */
  readonly bucket: string | null;
  readonly key: string | null;
  /** Whether a condition goes with it. */
  readonly condition: 'always' | 'never' | 'caller' | 'unknown';
}

/** A write, wherever its bucket and key were put together. */
export interface WriterFact {
  readonly at: Location;
  readonly operation: string;
  readonly bucket: string | null;
  readonly key: string;
  readonly condition: 'always' | 'never' | 'caller' | 'unknown';
  /** Whether its key is fresh for every write. */
  readonly unique: boolean;
  /** The calls that lead from there to the write, where it stands in another module: `src/storage.ts:12:5`. */
  readonly through: readonly string[];
}

/** A name that a module gives out: `default`, a named export, `*` for the module as a whole, `createStore()` for what a function returns. */
export interface ExportedName {
  readonly module: string;
  readonly name: string;
}

/** The specifier under which facts tell what implements the interfaces that a module declares itself. */
export const itself = '';

/** `path#name` as its parts. */
export function exportedName(reference: string): ExportedName {
  const at = reference.lastIndexOf('#');
  return { module: reference.slice(0, at), name: reference.slice(at + 1) };
}
