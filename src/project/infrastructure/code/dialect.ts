import type { BucketFact } from '../../../facts/bucket-fact.js';
import type { Called, Made, Piece, Value } from './value.js';
import type { World } from './world.js';

/** A bucket as the code declares it, or refers to one that is declared elsewhere. */
export interface DeclaredBucket {
  readonly construct: Made | Called;
  readonly id: readonly Piece[];
  /** Null where none is given. */
  readonly name: readonly Piece[] | null;
  /** A bucket that this one is another word for: `Bucket.fromBucketName(this, 'Again', bucket.bucketName)`. */
  readonly standsFor: readonly Value[];
  /** The variable that the tool itself gives to the functions that a bucket is linked to. */
  readonly linkedAs: string | null;
  readonly versioning: BucketFact['versioning'];
  readonly objectLock: BucketFact['objectLock'];
  readonly replication: BucketFact['replication'];
  readonly lifecycle: BucketFact['lifecycle'];
}

/** What is said of a bucket outside its declaration. */
export interface Amendment {
  /** What may be the bucket; null where it cannot be told which bucket is meant. */
  readonly bucket: readonly Value[] | null;
  readonly amend: (bucket: DeclaredBucket) => DeclaredBucket;
}

/** How one tool speaks of buckets. */
export interface Dialect {
  readonly declaredBy: BucketFact['declaredBy'];
  /** A bucket that a `new` declares. */
  readonly declared: (made: Made, world: World) => DeclaredBucket | null;
  /** A bucket that a call refers to. */
  readonly referred: (called: Called, world: World) => DeclaredBucket | null;
  /** The functions that refer to one, by name. */
  readonly references: readonly string[];
  /** The properties of a bucket that give its name. */
  readonly nameProperties: ReadonlySet<string>;
  /** The properties that lead from a bucket to the same bucket as another layer has it. */
  readonly layers: ReadonlySet<string>;
  /** The properties of a function or site that list the buckets linked to it. */
  readonly links: readonly string[];
  readonly amendments: (world: World) => readonly Amendment[];
}
