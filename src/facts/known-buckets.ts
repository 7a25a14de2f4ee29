import type { BucketFact } from './bucket-fact.js';
import type { Facts } from './facts.js';
import type { BucketSetting } from './settings.js';

/** What infrastructure says of buckets, in the words of settings. Owner: this module; lives as long as the facts. */
const known = new WeakMap<Facts, readonly BucketSetting[]>();

/**
 * @param facts the facts of a project
 * @returns for each bucket that code can name — by its whole name, or by an environment variable — whether it keeps
 *   versions. Where two declarations disagree on a name (one stack a region, one function a stage), nothing is said.
 */
export function knownBuckets(facts: Facts): readonly BucketSetting[] {
  let settings = known.get(facts);
  if (!settings) known.set(facts, (settings = gather(facts.buckets)));
  return settings;
}

function gather(buckets: readonly BucketFact[]): readonly BucketSetting[] {
  const said = new Map<string, Set<BucketFact['versioning']>>();
  for (const bucket of buckets) {
    for (const name of namesOf(bucket)) said.set(name, (said.get(name) ?? new Set<BucketFact['versioning']>()).add(bucket.versioning));
  }
  return [...said].flatMap(([name, versionings]) => {
    const [only, ...others] = [...versionings].filter((versioning) => versioning !== 'unknown');
    return only && others.length === 0 && versionings.size === 1 ? [{ name, versioned: only === 'enabled' }] : [];
  });
}

function namesOf({ name, environment }: BucketFact): readonly string[] {
  const whole = name?.length === 1 ? name[0] : null;
  return [...(typeof whole === 'string' && whole !== '' ? [whole] : []), ...environment.map((variable) => `env:${variable}`)];
}
