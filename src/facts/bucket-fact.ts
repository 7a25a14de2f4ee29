import type { PartialText } from './glob.js';
import type { Location } from './project-finding.js';

/** What infrastructure tells of one bucket. */
export interface BucketFact {
  readonly declaredBy: 'cdk' | 'cloudformation' | 'serverless' | 'terraform' | 'pulumi' | 'sst' | 'sdk';
  readonly at: Location;
  /** What its declaration is called there: a logical id, a resource address, a construct id. */
  readonly id: string;
  /** Its name: known pieces, and null for what only a deployment knows; null altogether where no name is given. */
  readonly name: PartialText | null;
  /** The environment variables that carry its name to code, sorted. */
  readonly environment: readonly string[];
  /** `unknown` where the declaration leaves it to something that is not known, and for buckets that are only referred to. */
  readonly versioning: 'enabled' | 'suspended' | 'disabled' | 'unknown';
  readonly objectLock: 'enabled' | 'disabled' | 'unknown';
  readonly replication: readonly BucketRule[];
  readonly lifecycle: readonly LifecycleRule[];
}

/** A replication or lifecycle rule that is switched on. */
export interface BucketRule {
  readonly at: Location;
  /** The keys it touches: `''` is all of them; null where it is not known. */
  readonly prefix: string | null;
}

export interface LifecycleRule extends BucketRule {
  /** What it does to current versions, old versions, and unfinished uploads. */
  readonly actions: readonly ('expiration' | 'transition' | 'noncurrent-expiration' | 'noncurrent-transition' | 'abort-upload')[];
}
