import type { BucketFact, BucketRule, LifecycleRule } from '../facts/bucket-fact.js';
import type { ProjectFinding } from '../facts/project-finding.js';

/**
 * What a lifecycle rule does to an object it does in its own bucket only: the delete markers that an expiration adds are
 * not replicated, even where other delete markers are, and neither is a new storage class. So the two buckets drift
 * apart.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-marker-replication.html
 *
 * A rule for old versions or unfinished uploads takes no current object from anybody, and is left alone.
 *
 * @param buckets what infrastructure tells of the buckets of a project
 * @returns a finding for each replication rule whose keys a lifecycle rule of its bucket expires or moves; a rule whose
 *   keys are not known is held to touch none
 */
export function replicationLifecycleOverlap(buckets: readonly BucketFact[]): readonly ProjectFinding[] {
  return buckets.flatMap((bucket) =>
    bucket.replication.flatMap((replication): ProjectFinding[] => {
      const overlapping = bucket.lifecycle.filter((rule) => rule.actions.some(isOfCurrentVersions) && overlap(replication, rule));
      if (overlapping.length === 0) return [];
      return [
        {
          rule: 'replication-lifecycle-overlap',
          messageId: 'replicationLifecycleOverlap',
          message: `${whatGoesWrong(bucket, overlapping)} ${whatToDo(overlapping)}`,
          at: replication.at,
          related: overlapping.map((rule) => ({ ...rule.at, message: `the lifecycle rule that ${doings(actionsOf([rule]))} ${keysOf(rule)}` })),
        },
      ];
    }),
  );
}

type Action = LifecycleRule['actions'][number];

const isOfCurrentVersions = (action: Action): boolean => action === 'expiration' || action === 'transition';

const actionsOf = (rules: readonly LifecycleRule[]): readonly Action[] => [...new Set(rules.flatMap(({ actions }) => actions.filter(isOfCurrentVersions)))].sort();

/** Some key begins with both. */
function overlap(one: BucketRule, other: BucketRule): boolean {
  return one.prefix !== null && other.prefix !== null && (one.prefix.startsWith(other.prefix) || other.prefix.startsWith(one.prefix));
}

const doings = (actions: readonly Action[]): string => actions.map((action) => (action === 'expiration' ? 'expires' : 'moves')).join(' and ');

const keysOf = ({ prefix }: BucketRule): string => (prefix === '' ? 'all keys' : `keys below \`${prefix ?? ''}\``);

function whatGoesWrong(bucket: BucketFact, rules: readonly LifecycleRule[]): string {
  const known = bucket.name?.every((piece) => piece !== null) ? bucket.name.join('') : bucket.id;
  const actions = actionsOf(rules);
  const outcome = actions.includes('expiration') ? 'objects expire here and stay in the replica' : 'objects change their storage class here and not in the replica';
  return `Lifecycle actions of the bucket \`${known}\` are not replicated, so ${outcome}: this rule copies keys that a lifecycle rule ${doings(actions)}.`;
}

function whatToDo(rules: readonly LifecycleRule[]): string {
  return `Give the destination bucket the same lifecycle ${rules.length === 1 ? 'rule' : 'rules'}, or let the two rules touch different prefixes.`;
}
