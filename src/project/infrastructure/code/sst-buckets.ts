import { cdkDialect, constructSettings } from './cdk-buckets.js';
import { argumentAt } from './frame.js';
import { argumentsOf, constructorArguments } from './frames.js';
import type { Amendment, DeclaredBucket, Dialect } from './dialect.js';
import { globalAws, pulumiAmendments, pulumiBucket } from './pulumi-buckets.js';
import { lifecycleRules } from './rules.js';
import { presenceOf, settingOf, switchOf } from './settings.js';
import { piecesOf, soleOf, type Called, type Library, type Made, type Value } from './value.js';
import type { World } from './world.js';

/** What SST 3 gives to its programs without an import: https://sst.dev/docs/reference/global */
export const sstGlobals: ReadonlyMap<string, string> = new Map([
  ['sst', 'sst'],
  ['aws', globalAws],
  ['$transform', '$transform of SST'],
]);

const unseen = (): Value => ({ kind: 'unknown', key: 'unseen' });

const isComponent = (value: Library | null): boolean => value?.module === 'sst' && value.path.join('.') === 'aws.Bucket';

/** SST 2, and 1 under its older name. */
const isConstruct = (value: Library | null): boolean => (value?.module === 'sst/constructs' || value?.module === '@serverless-stack/resources') && value.path.join('.') === 'Bucket';

function declared(made: Made, world: World): DeclaredBucket | null {
  if (!made.node) return null;
  if (isComponent(made.base)) return component(made, world);
  if (isConstruct(made.base)) return construct(made, world);
  // The provider's own resources, as far as they need no import: the others are read where Pulumi is.
  return made.base?.module === globalAws ? pulumiBucket(made, world) : null;
}

/** https://sst.dev/docs/component/aws/bucket */
function component(made: Made, world: World): DeclaredBucket {
  const given = constructorArguments(made, made.classes.length, world);
  const id = argumentAt(given, 0, unseen);
  const settings = argumentAt(given, 1, unseen);
  const [bucket, versioning] = ['bucket', 'versioning'].map((name) => settingOf(settings, ['transform', name], world));
  const transformed = presenceOf([...(bucket ?? []), ...(versioning ?? [])]) !== 'left out';
  const plain = soleOf(bucket ?? [])?.kind === 'object';
  const lock = plain ? switchOf(settingOf(bucket ?? [], ['objectLockEnabled'], world)) : transformed ? 'unknown' : 'off';
  const versioned = switchOf(settingOf(settings, ['versioning'], world));
  const names = settingOf(bucket ?? [], ['bucket'], world);
  return {
    construct: made,
    id: piecesOf(id),
    name: presenceOf(names) === 'left out' ? null : piecesOf(names),
    standsFor: [],
    linkedAs: linkVariable('SST_RESOURCE_', id),
    objectLock: lock === 'on' ? 'enabled' : lock === 'off' ? 'disabled' : 'unknown',
    versioning: lock === 'on' ? 'enabled' : presenceOf(versioning ?? []) !== 'left out' ? 'unknown' : versioned === 'on' ? 'enabled' : lock === 'unknown' || versioned === 'unknown' ? 'unknown' : 'disabled',
    replication: [],
    lifecycle: lifecycleRules(settingOf(settings, ['lifecycle'], world), world),
  };
}

/** https://v2.sst.dev/constructs/Bucket#cdkbucket: what is given there is CDK's, props or a bucket of its own. */
function construct(made: Made, world: World): DeclaredBucket {
  const given = constructorArguments(made, made.classes.length, world);
  const id = argumentAt(given, 1, unseen);
  const settings = argumentAt(given, 2, unseen);
  const below = settingOf(settings, ['cdk', 'bucket'], world);
  const own = { construct: made, id: piecesOf(id), linkedAs: linkVariable('SST_Bucket_bucketName_', id) };
  const sole = soleOf(below);
  const bucket = sole?.kind === 'made' ? cdkDialect.declared(sole, world) : sole?.kind === 'called' ? cdkDialect.referred(sole, world) : null;
  if (bucket) return { ...bucket, ...own };
  const names = [settingOf(below, ['bucketName'], world), settingOf(settings, ['name'], world)].find((values) => presenceOf(values) !== 'left out');
  return { ...own, name: names ? piecesOf(names) : null, standsFor: [], ...constructSettings(below, world) };
}

/**
 * The variable that a linked or bound function gets: https://sst.dev/docs/reference/sdk and
 * https://v2.sst.dev/resource-binding#how-it-works. Version 2 writes an underscore for every hyphen.
 */
function linkVariable(start: 'SST_RESOURCE_' | 'SST_Bucket_bucketName_', id: readonly Value[]): string | null {
  const pieces = piecesOf(id);
  if (!pieces.every((piece) => typeof piece === 'string')) return null;
  return start + (start === 'SST_RESOURCE_' ? pieces.join('') : pieces.join('').replace(/-/g, '_'));
}

/** `sst.aws.Bucket.get('Name', 'name-of-a-bucket')`: https://sst.dev/docs/component/aws/bucket#static-get */
function referred(called: Called, world: World): DeclaredBucket | null {
  const { callee } = called;
  if (callee.kind !== 'library' || callee.module !== 'sst' || callee.path.join('.') !== 'aws.Bucket.get') return null;
  const given = argumentsOf(called.node, called.frame, world);
  const [id, name] = [argumentAt(given, 0, unseen), argumentAt(given, 1, unseen)];
  return { construct: called, id: piecesOf(id), name: piecesOf(name), standsFor: name, linkedAs: linkVariable('SST_RESOURCE_', id), versioning: 'unknown', objectLock: 'unknown', replication: [], lifecycle: [] };
}

/** `$transform(sst.aws.Bucket, …)` may change what any bucket says of itself: https://sst.dev/docs/reference/global#transform */
function transforms(world: World): readonly Amendment[] {
  return (world.sites.calls.get('$transform') ?? []).flatMap((call) =>
    world.framesAround(call).flatMap((frame): Amendment[] => {
      const [type] = argumentAt(argumentsOf(call, frame, world), 0, unseen);
      return type?.kind === 'library' && isComponent(type) ? [{ bucket: null, amend: (bucket) => ({ ...bucket, versioning: 'unknown', objectLock: 'unknown' }) }] : [];
    }),
  );
}

export const sstDialect: Dialect = {
  declaredBy: 'sst',
  declared,
  referred,
  references: ['get'],
  nameProperties: new Set(['name', 'bucketName', 'id', 'bucket']),
  layers: new Set(['nodes', 'cdk', 'bucket', 'node', 'defaultChild']),
  links: ['link', 'bind'],
  amendments: (world) => [...pulumiAmendments(world), ...transforms(world)],
};

