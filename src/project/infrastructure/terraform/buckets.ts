import type { BucketFact } from '../../../facts/bucket-fact.js';
import { lifecycleRules, replicationRules } from './bucket-rules.js';
import { environmentOf } from './environment.js';
import type { ModuleInstance, Resource } from './module-instance.js';
import { attributeOf, attributeText, nestedBlocks } from './repetitions.js';
import { identityOf, mayBeEqual, partialText, truthOf, type Value } from './value.js';

/**
 * @param roots the configurations of the project
 * @returns what they tell of buckets, each fact once
 */
export function bucketFacts(roots: readonly ModuleInstance[]): readonly BucketFact[] {
  const configurations = roots.map(configurationOf);
  const modules = configurations.flatMap((configuration) => configuration.modules);
  const environment = environmentOf(modules);
  const settings = configurations.flatMap((configuration) => configuration.settings);
  const facts = configurations.flatMap((configuration) =>
    configuration.buckets.map((bucket) => factOf(bucket, configuration, settings, [...(environment.get(bucket.identity) ?? [])].sort())),
  );
  // Two configurations that call one module alike tell the same twice.
  return [...new Map(facts.map((fact) => [JSON.stringify(fact), fact])).values()];
}

/** A root and all the modules that it calls. */
interface Configuration {
  readonly modules: readonly ModuleInstance[];
  readonly buckets: readonly Bucket[];
  readonly settings: readonly Setting[];
  /** Whether all of it was read: only then is missing what was not seen. */
  readonly whole: boolean;
  /** The buckets that whoever calls it from outside of the project can set up further. */
  readonly handedOut: ReadonlySet<string>;
}

interface Bucket {
  readonly resource: Resource;
  /** Equal for what is the same bucket for sure. */
  readonly identity: string;
}

/** A resource that sets up something of a bucket. */
interface Setting {
  readonly resource: Resource;
  readonly target: Value | null;
  readonly identity: string | null;
}

function configurationOf(root: ModuleInstance): Configuration {
  const modules = withChildren(root);
  const resources = modules.flatMap((module) => module.resources());
  return {
    modules,
    buckets: resources.flatMap((resource) => {
      if (resource.type !== 'aws_s3_bucket' && resource.type !== 'data.aws_s3_bucket') return [];
      return [{ resource, identity: identityOf({ kind: 'bucket', bucket: resource.declared }) ?? resource.declared.id }];
    }),
    settings: resources.flatMap((resource) => {
      if (!resource.type.startsWith('aws_s3_bucket_')) return [];
      const target = attributeOf(resource.body, 'bucket', resource.scope);
      return [{ resource, target, identity: target && identityOf(target) }];
    }),
    whole: modules.every(({ source }) => source.whole),
    handedOut: new Set(isOpen(root) ? [...root.source.outputs.values()].flatMap(({ body }) => bucketsIn(attributeOf(body, 'value', root.scope))) : []),
  };
}

const withChildren = (module: ModuleInstance): readonly ModuleInstance[] => [module, ...module.children().flatMap(withChildren)];

/**
 * Whether a module that nobody in the project calls may be called from elsewhere. One with a provider or a place for
 * its state is what people apply; without them it may be a module that is published, and its callers may well turn on
 * versioning for a bucket that it hands out.
 * https://developer.hashicorp.com/terraform/language/modules/develop/providers
 */
const isOpen = ({ source }: ModuleInstance): boolean =>
  !source.setsUpProvider && !source.settings.some(({ body }) => body.blocks.some(({ type }) => type === 'backend' || type === 'cloud'));

/** The buckets that a value names, by the identity of their declaration. */
function bucketsIn(value: Value | null): readonly string[] {
  switch (value?.kind) {
    case 'bucket':
      return [value.bucket.id];
    case 'holder':
      return value.id === null ? [] : [value.id];
    case 'unknown':
      return value.among?.map(({ id }) => id) ?? [];
    case 'text':
      return value.pieces.flatMap((piece) => (typeof piece === 'string' ? [] : bucketsIn(piece)));
    case 'json':
      return bucketsIn(value.value);
    case 'list':
      return [...value.elements, ...(value.rest ? [value.rest.value] : [])].flatMap(bucketsIn);
    case 'object':
      return [...value.entries.values(), ...(value.rest ? [value.rest.value] : [])].flatMap(bucketsIn);
    default:
      return [];
  }
}

function factOf(bucket: Bucket, configuration: Configuration, everywhere: readonly Setting[], environment: readonly string[]): BucketFact {
  const { resource } = bucket;
  const name = resource.declared.name();
  const declared = resource.type === 'aws_s3_bucket';
  const found = settingsOf(bucket, configuration, everywhere);
  const objectLock = declared ? objectLockOf(bucket, found, configuration) : 'unknown';
  const sources = (type: string): readonly Resource[] => [...(declared ? [resource] : []), ...found.sure(type)];
  return {
    declaredBy: 'terraform',
    at: resource.at,
    id: resource.address,
    name: name && partialText(name),
    environment,
    versioning: declared ? versioningOf(bucket, objectLock, found, configuration) : 'unknown',
    objectLock,
    replication: sources('aws_s3_bucket_replication_configuration').flatMap(replicationRules),
    lifecycle: sources('aws_s3_bucket_lifecycle_configuration').flatMap(lifecycleRules),
  };
}

/** What sets up a bucket, by the type of resource. */
interface Settings {
  /** Those that are there whenever the bucket is. */
  readonly sure: (type: string) => readonly Resource[];
  /** Whether there is one that may be for this bucket, or may not be there. */
  readonly unsure: (type: string) => boolean;
}

function settingsOf(bucket: Bucket, { settings }: Configuration, everywhere: readonly Setting[]): Settings {
  const isSure = (setting: Setting): boolean => setting.identity === bucket.identity && setting.resource.conditions.every((condition) => bucket.resource.conditions.includes(condition));
  return {
    sure: (type) => everywhere.flatMap((setting) => (setting.resource.type === type && isSure(setting) ? [setting.resource] : [])),
    unsure: (type) => settings.some((setting) => setting.resource.type === type && !isSure(setting) && mayTarget(setting, bucket)),
  };
}

/** Within one configuration: what another one does to its own buckets is none of this one's. */
function mayTarget({ target, identity }: Setting, { resource, identity: own }: Bucket): boolean {
  if (!target || identity === own) return true;
  if (target.kind === 'bucket') return false;
  if (target.kind === 'unknown' && target.among) return target.among.some(({ id }) => id === resource.declared.id);
  const name = resource.declared.name();
  const aimed = partialText(target);
  // A name that the provider makes up is in no text.
  return name ? mayBeEqual(aimed, partialText(name)) : aimed.includes(null);
}

/** Both at once would be refused; they are the two ways of the provider to say it, of before version 4 and since. */
function versioningOf(bucket: Bucket, objectLock: BucketFact['objectLock'], settings: Settings, configuration: Configuration): BucketFact['versioning'] {
  // Object Lock works only with versioning, which cannot be suspended then.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
  if (objectLock === 'enabled') return 'enabled';
  const type = 'aws_s3_bucket_versioning';
  const said = [...nestedVersioning(bucket.resource), ...settings.sure(type).map(statusOf)];
  const [first, ...others] = said;
  if (first) return others.every((other) => other === first) ? first : 'unknown';
  if (settings.unsure(type) || objectLock === 'unknown' || !isClosed(bucket, configuration, 'versioning')) return 'unknown';
  // Replication needs versioning on both sides: somebody turned it on, in a place that was not read.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html#replication-requirements
  const replicates = nestedBlocks(bucket.resource.body, 'replication_configuration', bucket.resource.scope).length > 0;
  const replication = 'aws_s3_bucket_replication_configuration';
  return replicates || settings.sure(replication).length > 0 || settings.unsure(replication) ? 'unknown' : 'disabled';
}

/** Whether nothing else can set up the bucket: what is not there is absent only then. */
const isClosed = ({ resource }: Bucket, { whole, handedOut }: Configuration, attribute: string): boolean =>
  whole && !handedOut.has(resource.declared.id) && !ignoresChanges(resource, attribute);

/** The provider leaves alone what was never turned on: `enabled = false` makes a bucket without versioning. */
function nestedVersioning({ body, scope }: Resource): readonly BucketFact['versioning'][] {
  return nestedBlocks(body, 'versioning', scope).map((block) => {
    const enabled = attributeOf(block.body, 'enabled', block.scope);
    const truth = enabled ? truthOf(enabled) : false;
    return !block.certain || truth === null ? 'unknown' : truth ? 'enabled' : 'disabled';
  });
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_versioning#status */
const statuses: Readonly<Record<string, BucketFact['versioning']>> = { Enabled: 'enabled', Suspended: 'suspended', Disabled: 'disabled' };

function statusOf({ body, scope }: Resource): BucketFact['versioning'] {
  const [configuration, ...others] = nestedBlocks(body, 'versioning_configuration', scope);
  const status = configuration?.certain && others.length === 0 ? attributeText(configuration.body, 'status', configuration.scope) : null;
  return statuses[status ?? ''] ?? 'unknown';
}

function objectLockOf(bucket: Bucket, settings: Settings, configuration: Configuration): BucketFact['objectLock'] {
  const { body, scope } = bucket.resource;
  const type = 'aws_s3_bucket_object_lock_configuration';
  if (settings.sure(type).length > 0) return 'enabled';
  const enabled = attributeOf(body, 'object_lock_enabled', scope);
  const nested = nestedBlocks(body, 'object_lock_configuration', scope).map((block) => (block.certain ? attributeText(block.body, 'object_lock_enabled', block.scope) : null));
  const truth = enabled ? truthOf(enabled) : false;
  if (truth === true || nested.includes('Enabled')) return 'enabled';
  if (truth === null || nested.length > 0 || settings.unsure(type)) return 'unknown';
  return isClosed(bucket, configuration, 'object_lock_configuration') ? 'disabled' : 'unknown';
}

/**
 * `lifecycle { ignore_changes = [versioning] }` says that something else sets it up.
 * https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes
 */
function ignoresChanges({ body }: Resource, attribute: string): boolean {
  return body.blocks.some((block) => {
    const ignored = block.type === 'lifecycle' ? block.body.attributes.get('ignore_changes') : undefined;
    const names = ignored?.kind === 'list' ? ignored.elements : ignored ? [ignored] : [];
    return names.some((name) => name.kind === 'name' && (name.name === attribute || name.name === 'all'));
  });
}
