import { argumentAt } from './frame.js';
import { argumentsOf, constructorArguments, frameOf } from './frames.js';
import { resourceSettings } from './cdk-buckets.js';
import { madeBy } from './classes.js';
import type { Amendment, DeclaredBucket, Dialect } from './dialect.js';
import { lifecycleRules, replicationRules } from './rules.js';
import { presenceOf, settingOf, statusOf, switchOf } from './settings.js';
import { piecesOf, type Called, type Library, type Made, type Piece, type Value } from './value.js';
import type { World } from './world.js';

const unseen = (): Value => ({ kind: 'unknown', key: 'unseen' });

/** The package that SST 3 gives to its programs as the global `aws`: https://sst.dev/docs/all-providers */
export const globalAws = 'aws of SST';

/** `s3.Bucket` of `@pulumi/aws`, `Bucket` of `@pulumi/aws/s3`, and the same of `@pulumi/aws-native`. */
function s3ResourceOf(value: Library | null): { readonly provider: 'classic' | 'native'; readonly path: readonly string[] } | null {
  const [, name, rest] = /^(@pulumi\/aws(?:-native)?)(\/s3)?(?:\/|$)/.exec(value?.module ?? '') ?? [null, value?.module === globalAws ? globalAws : undefined, undefined];
  if (!value || name === undefined) return null;
  const provider = name === '@pulumi/aws-native' ? 'native' : 'classic';
  if (rest !== undefined) return { provider, path: value.path };
  return value.path[0] === 's3' ? { provider, path: value.path.slice(1) } : null;
}

/**
 * A bucket of Pulumi's providers for AWS.
 *
 * @param made what a `new` gives
 * @param world the files
 * @returns the bucket; null where it is something else
 */
export function pulumiBucket(made: Made, world: World): DeclaredBucket | null {
  const resource = s3ResourceOf(made.base);
  const [type] = resource?.path ?? [];
  if (!resource || resource.path.length !== 1 || (type !== 'Bucket' && type !== 'BucketV2') || !made.node) return null;
  const given = constructorArguments(made, made.classes.length, world);
  const settings = argumentAt(given, 1, unseen);
  const names = settingOf(settings, [resource.provider === 'native' ? 'bucketName' : 'bucket'], world);
  return {
    construct: made,
    id: piecesOf(argumentAt(given, 0, unseen)),
    name: presenceOf(names) === 'left out' ? prefixName(settingOf(settings, ['bucketPrefix'], world)) : piecesOf(names),
    standsFor: [],
    linkedAs: null,
    ...(resource.provider === 'native' ? resourceSettings(settings, world) : classicSettings(settings, world)),
  };
}

/** A prefix is followed by characters of Pulumi's choice; without one, so is the id. */
function prefixName(prefix: readonly Value[]): readonly Piece[] | null {
  return presenceOf(prefix) === 'left out' ? null : [...piecesOf(prefix), { hole: 'suffix' }];
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucket/ */
function classicSettings(settings: readonly Value[], world: World): Pick<DeclaredBucket, 'versioning' | 'objectLock' | 'replication' | 'lifecycle'> {
  const lock = switchOf(settingOf(settings, ['objectLockEnabled'], world));
  const configured = statusOf(settingOf(settings, ['objectLockConfiguration', 'objectLockEnabled'], world), 'disabled');
  const objectLock = lock === 'on' || configured === 'enabled' ? 'enabled' : lock === 'off' && configured === 'disabled' ? 'disabled' : 'unknown';
  const versioned = switchOf(settingOf(settings, ['versioning', 'enabled'], world));
  return {
    objectLock,
    // Object lock needs versioning: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
    versioning: objectLock === 'enabled' || versioned === 'on' ? 'enabled' : objectLock === 'unknown' || versioned === 'unknown' ? 'unknown' : 'disabled',
    replication: replicationRules(settingOf(settings, ['replicationConfiguration', 'rules'], world), world),
    lifecycle: lifecycleRules(settingOf(settings, ['lifecycleRules'], world), world),
  };
}

/** `aws.s3.Bucket.get('again', 'name')`, `aws.s3.getBucket({ bucket: 'name' })`: https://www.pulumi.com/docs/iac/concepts/resources/get/ */
function referred(called: Called, world: World): DeclaredBucket | null {
  const resource = s3ResourceOf(called.callee.kind === 'library' ? called.callee : null);
  const path = resource?.path.join('.') ?? '';
  const given = argumentsOf(called.node, called.frame, world);
  const first = argumentAt(given, 0, unseen);
  const reference = { construct: called, linkedAs: null, versioning: 'unknown', objectLock: 'unknown', replication: [], lifecycle: [] } as const;
  if (/^Bucket(?:V2)?\.get$/.test(path)) {
    const name = argumentAt(given, 1, unseen);
    return { ...reference, id: piecesOf(first), name: piecesOf(name), standsFor: name };
  }
  if (path !== 'getBucket' && path !== 'getBucketOutput') return null;
  const name = settingOf(first, [resource?.provider === 'native' ? 'bucketName' : 'bucket'], world);
  return { ...reference, id: piecesOf(name), name: piecesOf(name), standsFor: name };
}

/** The resources that say one thing of a bucket, each with what it changes. */
const companions: ReadonlyMap<string, (settings: readonly Value[], world: World) => Amendment['amend']> = new Map([
  // https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketversioning/
  ['BucketVersioning', versioningAmendment],
  ['BucketVersioningV2', versioningAmendment],
  // https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketlifecycleconfiguration/
  ['BucketLifecycleConfiguration', lifecycleAmendment],
  ['BucketLifecycleConfigurationV2', lifecycleAmendment],
  // https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketreplicationconfig/
  ['BucketReplicationConfig', replicationAmendment],
  // https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketobjectlockconfiguration/
  ['BucketObjectLockConfiguration', () => lockAmendment],
  ['BucketObjectLockConfigurationV2', () => lockAmendment],
]);

function versioningAmendment(settings: readonly Value[], world: World): Amendment['amend'] {
  const versioning = statusOf(settingOf(settings, ['versioningConfiguration', 'status'], world), 'unknown');
  return (bucket) => ({ ...bucket, versioning });
}

function lifecycleAmendment(settings: readonly Value[], world: World): Amendment['amend'] {
  const lifecycle = lifecycleRules(settingOf(settings, ['rules'], world), world);
  return (bucket) => ({ ...bucket, lifecycle: [...bucket.lifecycle, ...lifecycle] });
}

function replicationAmendment(settings: readonly Value[], world: World): Amendment['amend'] {
  const replication = replicationRules(settingOf(settings, ['rules'], world), world);
  return (bucket) => ({ ...bucket, replication: [...bucket.replication, ...replication] });
}

/** S3 takes a lock configuration only for a bucket that keeps versions: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html */
const lockAmendment: Amendment['amend'] = (bucket) => ({ ...bucket, objectLock: 'enabled', versioning: 'enabled' });

/** What separate resources say of buckets. */
export function pulumiAmendments(world: World): readonly Amendment[] {
  const changeBy = ({ base }: Made): ReturnType<typeof companions.get> => companions.get(s3ResourceOf(base)?.path.join('.') ?? '');
  const speaking = world.sites.news.filter((node) => madeBy(node, frameOf(node, null, world), world).some(changeBy));
  return speaking.flatMap((node) =>
    world.framesAround(node).flatMap((frame) =>
      madeBy(node, frame, world).flatMap((made): Amendment[] => {
        const change = changeBy(made);
        if (!change) return [];
        const settings = argumentAt(constructorArguments(made, made.classes.length, world), 1, unseen);
        return [{ bucket: settingOf(settings, ['bucket'], world), amend: change(settings, world) }];
      }),
    ),
  );
}

export const pulumiDialect: Dialect = {
  declaredBy: 'pulumi',
  declared: pulumiBucket,
  referred,
  references: ['get', 'getBucket', 'getBucketOutput'],
  nameProperties: new Set(['id', 'bucket', 'bucketName']),
  layers: new Set(),
  links: [],
  amendments: pulumiAmendments,
};
