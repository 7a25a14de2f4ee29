import type { BucketRule, LifecycleRule } from '../../../facts/bucket-fact.js';
import type { Resource } from './module-instance.js';
import { attributeOf, attributeText, nestedBlocks, type NestedBlock } from './repetitions.js';
import { knownText, truthOf } from './value.js';

/**
 * @param resource the bucket (before version 4 of the provider) or its replication configuration
 * @returns its replication rules that are switched on for sure
 *
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_replication_configuration
 */
export function replicationRules(resource: Resource): readonly BucketRule[] {
  const parents = resource.type === 'aws_s3_bucket' ? nestedBlocks(resource.body, 'replication_configuration', resource.scope) : [resource];
  return parents.flatMap(({ body, scope }) =>
    ['rule', 'rules'].flatMap((type) => nestedBlocks(body, type, scope).flatMap((rule) => (isOn(rule) ? [{ at: placeOf(rule, resource), prefix: prefixOf(rule) }] : []))),
  );
}

/**
 * @param resource the bucket (before version 4 of the provider) or its lifecycle configuration
 * @returns its lifecycle rules that are switched on for sure
 *
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_lifecycle_configuration
 */
export function lifecycleRules(resource: Resource): readonly LifecycleRule[] {
  const rules = nestedBlocks(resource.body, resource.type === 'aws_s3_bucket' ? 'lifecycle_rule' : 'rule', resource.scope);
  return rules.flatMap((rule) => (isOn(rule) ? [{ at: placeOf(rule, resource), prefix: prefixOf(rule), actions: actionsOf(rule) }] : []));
}

/** A rule of a module that has no text in the project is reported where that is called. */
const placeOf = ({ block }: NestedBlock, { at }: Resource): BucketRule['at'] => (block.at.file === at.file ? block.at : at);

function isOn({ body, scope, certain }: NestedBlock): boolean {
  const enabled = attributeOf(body, 'enabled', scope);
  return certain && (enabled ? truthOf(enabled) === true : attributeText(body, 'status', scope) === 'Enabled');
}

/** Where tags or sizes choose among the keys below a prefix, it is not known which they are. */
const choosing = ['tag', 'tags', 'object_size_greater_than', 'object_size_less_than'];

function prefixOf({ body, scope }: NestedBlock): string | null {
  const filters = nestedBlocks(body, 'filter', scope);
  const inner = filters.flatMap((filter) => nestedBlocks(filter.body, 'and', filter.scope));
  const levels = [{ body, scope, certain: true }, ...filters, ...inner];
  if (levels.some(({ certain }) => !certain)) return null;
  if (levels.some((level) => choosing.some((name) => attributeOf(level.body, name, level.scope) !== null || nestedBlocks(level.body, name, level.scope).length > 0))) return null;
  const prefixes = levels.flatMap((level) => attributeOf(level.body, 'prefix', level.scope) ?? []);
  const [prefix, ...others] = prefixes.map(knownText);
  if (prefix === undefined) return '';
  return others.every((other) => other === prefix) ? prefix : null;
}

function actionsOf({ body, scope }: NestedBlock): LifecycleRule['actions'] {
  const has = (type: string): boolean => nestedBlocks(body, type, scope).some(({ certain }) => certain);
  // An expiration may do nothing but remove delete markers that hide no version any more.
  const expires = nestedBlocks(body, 'expiration', scope).some(
    (expiration) => expiration.certain && ['days', 'date'].some((name) => attributeOf(expiration.body, name, expiration.scope) !== null),
  );
  const aborts = has('abort_incomplete_multipart_upload') || attributeOf(body, 'abort_incomplete_multipart_upload_days', scope) !== null;
  const actions: Record<LifecycleRule['actions'][number], boolean> = {
    expiration: expires,
    transition: has('transition'),
    'noncurrent-expiration': has('noncurrent_version_expiration'),
    'noncurrent-transition': has('noncurrent_version_transition'),
    'abort-upload': aborts,
  };
  return (Object.keys(actions) as (keyof typeof actions)[]).filter((action) => actions[action]);
}
