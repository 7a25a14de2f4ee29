import { Node } from 'ts-morph';

import { argumentAt } from './frame.js';
import { argumentsOf, constructorArguments } from './frames.js';
import type { Amendment, DeclaredBucket, Dialect } from './dialect.js';
import { lifecycleRules, replicationRules } from './rules.js';
import { presenceOf, settingOf, statusOf, switchOf, textOf } from './settings.js';
import { piecesOf, type Called, type Library, type Made, type Piece, type Value } from './value.js';
import type { World } from './world.js';

const unseen = (): Value => ({ kind: 'unknown', key: 'unseen' });

/** `Bucket` of `aws-cdk-lib/aws-s3`, `aws_s3.Bucket` of `aws-cdk-lib`, `Bucket` of version 1. */
function s3ExportOf(value: Library | null): readonly string[] {
  if (value?.module === 'aws-cdk-lib/aws-s3' || value?.module === '@aws-cdk/aws-s3') return value.path;
  if (value?.module === 'aws-cdk-lib' && value.path[0] === 'aws_s3') return value.path.slice(1);
  return [];
}

function declared(made: Made, world: World): DeclaredBucket | null {
  const path = s3ExportOf(made.base);
  const [name] = path;
  if (path.length !== 1 || (name !== 'Bucket' && name !== 'CfnBucket') || !made.node) return null;
  const given = constructorArguments(made, made.classes.length, world);
  const settings = argumentAt(given, 2, unseen);
  const read = name === 'Bucket' ? constructSettings : resourceSettings;
  const names = settingOf(settings, ['bucketName'], world);
  return {
    construct: made,
    // A class of the project's own may take its id elsewhere; S3's own takes it second.
    id: piecesOf(argumentAt(given, 1, unseen)),
    name: presenceOf(names) === 'left out' ? null : piecesOf(names),
    standsFor: [],
    linkedAs: null,
    ...read(settings, world),
  };
}

type Settings = Pick<DeclaredBucket, 'versioning' | 'objectLock' | 'replication' | 'lifecycle'>;

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3.Bucket.html: not versioned by default, unless object lock is enabled. */
export function constructSettings(settings: readonly Value[], world: World): Settings {
  const objectLock = lockOf(switchOf(settingOf(settings, ['objectLockEnabled'], world)), presenceOf(settingOf(settings, ['objectLockDefaultRetention'], world)));
  const versioned = switchOf(settingOf(settings, ['versioned'], world));
  return {
    objectLock,
    versioning: objectLock === 'enabled' || versioned === 'on' ? 'enabled' : versioned === 'unknown' || objectLock === 'unknown' ? 'unknown' : 'disabled',
    replication: replicationRules(settingOf(settings, ['replicationRules'], world), world),
    lifecycle: lifecycleRules(settingOf(settings, ['lifecycleRules'], world), world),
  };
}

/** A default retention turns object lock on where it is not turned off. */
function lockOf(enabled: 'on' | 'off' | 'unknown', retention: 'there' | 'left out' | 'unknown'): DeclaredBucket['objectLock'] {
  if (enabled === 'on' || (enabled === 'off' && retention === 'there')) return 'enabled';
  return enabled === 'off' && retention === 'left out' ? 'disabled' : 'unknown';
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html, in camel case. */
export function resourceSettings(settings: readonly Value[], world: World): Settings {
  const lock = switchOf(settingOf(settings, ['objectLockEnabled'], world));
  const status = statusOf(settingOf(settings, ['versioningConfiguration', 'status'], world), 'disabled');
  return {
    objectLock: lock === 'on' ? 'enabled' : lock === 'off' ? 'disabled' : 'unknown',
    // Object lock needs versioning: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
    versioning: lock === 'on' ? 'enabled' : lock === 'unknown' && status === 'disabled' ? 'unknown' : status,
    replication: replicationRules(settingOf(settings, ['replicationConfiguration', 'rules'], world), world),
    lifecycle: lifecycleRules(settingOf(settings, ['lifecycleConfiguration', 'rules'], world), world),
  };
}

const references: readonly string[] = ['fromBucketName', 'fromBucketArn', 'fromBucketAttributes', 'fromCfnBucket'];

/** A bucket that another program declares: its name is known, and nothing else. */
function referred(called: Called, world: World): DeclaredBucket | null {
  const [type, method, ...rest] = s3ExportOf(called.callee.kind === 'library' ? called.callee : null);
  if (type !== 'Bucket' || method === undefined || rest.length > 0 || !references.includes(method)) return null;
  const given = argumentsOf(called.node, called.frame, world);
  const [first, id, told] = [0, 1, 2].map((index) => argumentAt(given, index, unseen));
  if (!first || !id || !told) return null;
  const nothing = { construct: called, linkedAs: null, versioning: 'unknown', objectLock: 'unknown', replication: [], lifecycle: [] } as const;
  switch (method) {
    case 'fromCfnBucket':
      return { ...nothing, id: [method], name: null, standsFor: first.map((value): Value => ({ kind: 'member', of: value, name: 'bucketName' })) };
    case 'fromBucketName':
      return { ...nothing, id: piecesOf(id), name: piecesOf(told), standsFor: told };
    case 'fromBucketArn':
      return { ...nothing, id: piecesOf(id), name: nameInArn(piecesOf(told)), standsFor: nameOfArn(told) };
    default: {
      const [name, arn] = [settingOf(told, ['bucketName'], world), settingOf(told, ['bucketArn'], world)];
      const named = presenceOf(name) !== 'left out';
      return { ...nothing, id: piecesOf(id), name: named ? piecesOf(name) : nameInArn(piecesOf(arn)), standsFor: named ? name : nameOfArn(arn) };
    }
  }
}

/** `arn:aws:s3:::name`: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-resources-for-iam-policies */
function nameInArn([first, ...rest]: readonly Piece[]): readonly Piece[] {
  const start = typeof first === 'string' ? /^arn:aws[\w-]*:s3:::/.exec(first) : null;
  return start && typeof first === 'string' ? [first.slice(start[0].length), ...rest] : [{ hole: `name in ${JSON.stringify([first, ...rest])}` }];
}

const nameOfArn = (values: readonly Value[]): readonly Value[] => values.flatMap((value): Value[] => (value.kind === 'member' && value.name === 'bucketArn' ? [{ ...value, name: 'bucketName' }] : []));

/** What is said of a bucket after it was made. */
function amendments(world: World): readonly Amendment[] {
  return [...addedRules(world), ...setProperties(world), ...overrides(world)];
}

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3.Bucket.html#addwbrlifecyclewbrrulerule */
function addedRules(world: World): readonly Amendment[] {
  return callsOf('addLifecycleRule', world).map(({ target, given }): Amendment => {
    const rules = (given[0] ?? []).flatMap((rule) => lifecycleRules([rule], world));
    return { bucket: target, amend: (bucket) => ({ ...bucket, lifecycle: [...bucket.lifecycle, ...rules] }) };
  });
}

/** `cfnBucket.versioningConfiguration = …`, through the escape hatch: https://docs.aws.amazon.com/cdk/v2/guide/cfn-layer.html#develop-customize-escape-l2 */
function setProperties(world: World): readonly Amendment[] {
  const names = ['versioningConfiguration', 'replicationConfiguration', 'lifecycleConfiguration', 'objectLockEnabled'] as const;
  return names.flatMap((name) =>
    (world.sites.assignments.get(name) ?? []).flatMap((assignment) => {
      const left = assignment.getLeft();
      if (!Node.isPropertyAccessExpression(left)) return [];
      return world.framesAround(assignment).map((frame): Amendment => {
        const values = world.valuesOf(assignment.getRight(), frame);
        const bucket = world.valuesOf(left.getExpression(), frame);
        switch (name) {
          case 'versioningConfiguration':
            return { bucket, amend: (before) => ({ ...before, versioning: before.objectLock === 'enabled' ? before.versioning : statusOf(settingOf(values, ['status'], world), 'disabled') }) };
          case 'replicationConfiguration':
            return { bucket, amend: (before) => ({ ...before, replication: replicationRules(settingOf(values, ['rules'], world), world) }) };
          case 'lifecycleConfiguration':
            return { bucket, amend: (before) => ({ ...before, lifecycle: lifecycleRules(settingOf(values, ['rules'], world), world) }) };
          default:
            return { bucket, amend: (before) => (switchOf(values) === 'on' ? { ...before, objectLock: 'enabled', versioning: 'enabled' } : { ...before, objectLock: 'unknown' }) };
        }
      });
    }),
  );
}

/** `cfnBucket.addPropertyOverride('VersioningConfiguration.Status', 'Enabled')`. */
function overrides(world: World): readonly Amendment[] {
  return callsOf('addPropertyOverride', world).flatMap(({ target, given: [path, values] }): Amendment[] => {
    const name = path && textOf(path);
    if (name === 'VersioningConfiguration.Status' && values) return [{ bucket: target, amend: (bucket) => ({ ...bucket, versioning: statusOf(values, 'unknown') }) }];
    if (name === 'VersioningConfiguration' && values) return [{ bucket: target, amend: (bucket) => ({ ...bucket, versioning: statusOf(settingOf(values, ['Status'], world), 'unknown') }) }];
    return [];
  });
}

interface MethodCall {
  readonly target: readonly Value[];
  readonly given: readonly (readonly Value[])[];
}

function callsOf(name: string, world: World): readonly MethodCall[] {
  return (world.sites.calls.get(name) ?? []).flatMap((call) => {
    const callee = call.getExpression();
    if (!Node.isPropertyAccessExpression(callee)) return [];
    return world.framesAround(call).map((frame): MethodCall => ({ target: world.valuesOf(callee.getExpression(), frame), given: argumentsOf(call, frame, world).given.map((value) => value()) }));
  });
}

export const cdkDialect: Dialect = {
  declaredBy: 'cdk',
  declared,
  referred,
  references,
  nameProperties: new Set(['bucketName', 'ref']),
  layers: new Set(['node', 'defaultChild']),
  links: [],
  amendments,
};
