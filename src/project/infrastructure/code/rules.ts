import type { BucketRule, LifecycleRule } from '../../../facts/bucket-fact.js';
import { locationOf } from './location.js';
import { membersOf } from './members.js';
import { presenceOf, settingOf, textOf, wordOf } from './settings.js';
import { soleOf, type Value } from './value.js';
import type { World } from './world.js';

/**
 * The rules of a bucket. CDK, CloudFormation's camel case, Pulumi and SST call the parts of a rule by different names,
 * of which none means one thing here and another there: one reader knows them all.
 *
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3.LifecycleRule.html
 * https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketlifecycleconfiguration/
 * https://sst.dev/docs/component/aws/bucket/
 */
const actionNames: readonly (readonly [LifecycleRule['actions'][number], readonly string[]])[] = [
  ['expiration', ['expiration', 'expirationDate', 'expirationInDays', 'expiresIn', 'expiresAt']],
  ['transition', ['transitions', 'transition']],
  ['noncurrent-expiration', ['noncurrentVersionExpiration', 'noncurrentVersionExpirationInDays']],
  ['noncurrent-transition', ['noncurrentVersionTransitions', 'noncurrentVersionTransition']],
  ['abort-upload', ['abortIncompleteMultipartUploadAfter', 'abortIncompleteMultipartUpload', 'abortIncompleteMultipartUploadDays']],
];

/** What narrows a rule to some of the keys below its prefix. */
const otherFilters: readonly string[] = ['tagFilters', 'tagFilter', 'tags', 'tag', 'objectSizeGreaterThan', 'objectSizeLessThan'];

/** The lifecycle rules that are switched on. A list of which a part cannot be read gives the rules that can. */
export const lifecycleRules = (lists: readonly Value[], world: World): readonly LifecycleRule[] =>
  bucketRules(lists, world).flatMap(({ rule, at, prefix }): LifecycleRule[] => {
    const actions = actionNames.flatMap(([action, names]) => (names.some((name) => isTaken(action, membersOf(rule, name, world), world)) ? [action] : []));
    return actions.length > 0 ? [{ at, prefix, actions }] : [];
  });

/** The replication rules that are switched on. */
export const replicationRules = (lists: readonly Value[], world: World): readonly BucketRule[] => bucketRules(lists, world).map(({ at, prefix }) => ({ at, prefix }));

/** Whether an action is given for sure: what may be `undefined` is none. */
function isTaken(action: LifecycleRule['actions'][number], values: readonly Value[], world: World): boolean {
  const [value, ...others] = values;
  if (!value || others.length > 0) return false;
  switch (value.kind) {
    case 'list':
      return value.items.length > 0;
    case 'object':
      // `expiration: { expiredObjectDeleteMarker: true }` removes markers that hide nothing any more; no object expires.
      return action !== 'expiration' || presenceOf(['days', 'date'].flatMap((name) => settingOf([value], [name], world))) !== 'left out';
    case 'called':
      // `Duration.days(30)`
      return value.callee.kind === 'library';
    default:
      return value.kind === 'constant' || value.kind === 'text';
  }
}

interface ReadRule extends BucketRule {
  readonly rule: Value;
}

function bucketRules(lists: readonly Value[], world: World): readonly ReadRule[] {
  const [list, ...others] = lists;
  if (!list || others.length > 0) return [];
  // Pulumi takes a single rule where there is only one.
  const items = list.kind === 'list' ? list.items : list.kind === 'object' ? [{ node: list.node, value: () => [list] }] : [];
  return items.flatMap((item): ReadRule[] => {
    const rule = soleOf(item.value());
    if (rule?.kind !== 'object' || !isOn(rule, world)) return [];
    return [{ rule, at: locationOf(rule.node), prefix: prefixOf(rule, world) }];
  });
}

/** `enabled` of CDK, SST and Pulumi, `status` of CloudFormation and Pulumi. Left out, a rule is on. */
function isOn(rule: Value, world: World): boolean {
  const [enabled, status] = [soleOf(membersOf(rule, 'enabled', world)), membersOf(rule, 'status', world)];
  if (enabled?.kind === 'constant') return Boolean(enabled.value);
  return enabled?.kind === 'nothing' && (presenceOf(status) === 'left out' || wordOf(status) === 'Enabled');
}

/** All keys where nothing narrows the rule; null where something does that is no prefix, or that cannot be read. */
function prefixOf(rule: Value, world: World): string | null {
  const holders = [[], ['filter'], ['filter', 'and']].map((path) => settingOf([rule], path, world));
  const narrowed = holders.some((holder) => otherFilters.some((name) => presenceOf(settingOf(holder, [name], world)) !== 'left out'));
  if (narrowed) return null;
  const prefixes = holders.map((holder) => settingOf(holder, ['prefix'], world)).filter((values) => presenceOf(values) !== 'left out');
  const [prefix, ...others] = prefixes;
  if (!prefix) return '';
  return others.length === 0 ? textOf(prefix) : null;
}
