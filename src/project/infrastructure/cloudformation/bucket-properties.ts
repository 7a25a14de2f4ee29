import type { BucketFact, LifecycleRule } from '../../../facts/bucket-fact.js';
import { choicesOf, intrinsicOf, textOf, type TemplateScope } from './intrinsics.js';
import { knownText, type TemplateText } from './template-text.js';
import { valueOf, type TemplateMapping, type TemplateNode } from './template-tree.js';

/** What the properties of a bucket say of how it keeps its objects. */
export type BucketKeeping = Pick<BucketFact, 'versioning' | 'objectLock' | 'replication' | 'lifecycle'>;

/**
 * @param properties the `Properties` of an `AWS::S3::Bucket`; null where it has none
 * @param scope the template it stands in
 * @returns what they say; what a parameter or a condition decides is `unknown`, and a rule that may be off is left out.
 *   https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html
 */
export function readBucketProperties(properties: TemplateNode | null, scope: TemplateScope): BucketKeeping {
  const objectLock = objectLockOf(properties, scope);
  return {
    // Object Lock works in versioned buckets only, and versioning cannot be suspended any more once it is on.
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html
    versioning: objectLock === 'enabled' ? 'enabled' : versioningOf(properties, scope),
    objectLock,
    replication: rulesOf(properties, 'ReplicationConfiguration', scope).map((rule) => ({ at: rule.at, prefix: replicatedPrefix(rule, scope) })),
    lifecycle: rulesOf(properties, 'LifecycleConfiguration', scope).map((rule) => ({ at: rule.at, prefix: lifecyclePrefix(rule, scope), actions: actionsOf(rule) })),
  };
}

/**
 * @param properties the `Properties` of an `AWS::S3::Bucket`; null where it has none
 * @param scope the template it stands in
 * @returns the name that they give the bucket; null where they give none, and the deployment makes one up
 */
export function nameIn(properties: TemplateNode | null, scope: TemplateScope): TemplateText | null {
  const given = propertyOf(properties, 'BucketName');
  return given === null || choicesOf(given).every((choice) => choice === null) ? null : textOf(given, scope);
}

/** A property; `unread` where it may come from something that was not read. */
function propertyOf(properties: TemplateNode | null, name: string): TemplateNode | null {
  if (properties === null) return null;
  const unread: TemplateNode = { kind: 'unread', at: properties.at };
  if (!isPlainMapping(properties)) return unread;
  return valueOf(properties, name) ?? (properties.entries.has('Fn::Transform') || properties.entries.has('<<') ? unread : null);
}

const isPlainMapping = (node: TemplateNode | null): node is TemplateMapping => node?.kind === 'mapping' && intrinsicOf(node) === null;

/** The one value of all choices, else `unknown`. */
function agreed<Value extends string>(values: readonly Value[]): Value | 'unknown' {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : 'unknown';
}

function versioningOf(properties: TemplateNode | null, scope: TemplateScope): BucketFact['versioning'] {
  const statuses = choicesOf(propertyOf(properties, 'VersioningConfiguration')).flatMap((configuration): BucketFact['versioning'][] => {
    if (configuration === null) return ['disabled'];
    return choicesOf(propertyOf(configuration, 'Status')).map((status) => {
      const text = status && knownText(textOf(status, scope));
      return text === 'Enabled' ? 'enabled' : text === 'Suspended' ? 'suspended' : 'unknown';
    });
  });
  return agreed(statuses);
}

function objectLockOf(properties: TemplateNode | null, scope: TemplateScope): BucketFact['objectLock'] {
  const configured = propertyOf(properties, 'ObjectLockConfiguration');
  // Either turns it on; a bucket that has neither is the only one known to be without.
  const switches = [propertyOf(properties, 'ObjectLockEnabled'), isPlainMapping(configured) ? propertyOf(configured, 'ObjectLockEnabled') : configured];
  const states = switches.map((given) =>
    agreed(
      choicesOf(given).map((choice) => {
        const text = choice === null ? 'false' : knownText(textOf(choice, scope));
        return text === 'Enabled' || text === 'true' ? 'enabled' : text === 'false' ? 'disabled' : 'unknown';
      }),
    ),
  );
  return states.includes('enabled') ? 'enabled' : states.includes('unknown') ? 'unknown' : 'disabled';
}

/** The rules that are on in every deployment. */
function rulesOf(properties: TemplateNode | null, configuration: string, scope: TemplateScope): readonly TemplateMapping[] {
  const rules = only(propertyOf(only(propertyOf(properties, configuration)), 'Rules'));
  if (rules?.kind !== 'list') return [];
  return rules.items.map(only).filter(isPlainMapping).filter((rule) => {
    const status = only(propertyOf(rule, 'Status'));
    return status !== null && knownText(textOf(status, scope)) === 'Enabled';
  });
}

/** What stands there in every deployment. */
function only(node: TemplateNode | null): TemplateNode | null {
  const choices = choicesOf(node);
  return choices.length === 1 ? (choices[0] ?? null) : null;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-replicationrule.html */
function replicatedPrefix(rule: TemplateMapping, scope: TemplateScope): string | null {
  const filter = propertyOf(rule, 'Filter');
  if (filter === null) return prefixText(propertyOf(rule, 'Prefix'), scope);
  const both = propertyOf(filter, 'And');
  // Which objects have a tag, keys do not tell.
  if (propertyOf(filter, 'TagFilter') !== null || hasItems(propertyOf(both, 'TagFilters'))) return null;
  return prefixText(both === null ? propertyOf(filter, 'Prefix') : propertyOf(both, 'Prefix'), scope);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-rule.html */
function lifecyclePrefix(rule: TemplateMapping, scope: TemplateScope): string | null {
  // Which objects have a tag or a size, keys do not tell.
  const narrowed = hasItems(propertyOf(rule, 'TagFilters')) || ['ObjectSizeGreaterThan', 'ObjectSizeLessThan'].some((size) => propertyOf(rule, size) !== null);
  return narrowed ? null : prefixText(propertyOf(rule, 'Prefix'), scope);
}

/** A rule without a prefix is for all keys. */
function prefixText(prefix: TemplateNode | null, scope: TemplateScope): string | null {
  const choices = choicesOf(prefix).map((choice) => (choice === null ? '' : knownText(textOf(choice, scope))));
  return choices.every((choice) => choice === choices[0]) ? (choices[0] ?? null) : null;
}

const hasItems = (list: TemplateNode | null): boolean => list !== null && (list.kind !== 'list' || list.items.length > 0);

/** `ExpiredObjectDeleteMarker` is none: it removes markers that hide nothing. */
const actionsByProperty: readonly (readonly [string, LifecycleRule['actions'][number]])[] = [
  ['ExpirationInDays', 'expiration'],
  ['ExpirationDate', 'expiration'],
  ['Transition', 'transition'],
  ['Transitions', 'transition'],
  ['NoncurrentVersionExpiration', 'noncurrent-expiration'],
  ['NoncurrentVersionExpirationInDays', 'noncurrent-expiration'],
  ['NoncurrentVersionTransition', 'noncurrent-transition'],
  ['NoncurrentVersionTransitions', 'noncurrent-transition'],
  ['AbortIncompleteMultipartUpload', 'abort-upload'],
];

function actionsOf(rule: TemplateMapping): LifecycleRule['actions'] {
  const taken = actionsByProperty.filter(([property]) => {
    const value = valueOf(rule, property);
    const isList = value?.kind === 'list';
    return isList ? value.items.some((item) => !choicesOf(item).includes(null)) : !choicesOf(value).includes(null);
  });
  return [...new Set(taken.map(([, action]) => action))];
}

