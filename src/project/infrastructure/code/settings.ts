import type { BucketFact } from '../../../facts/bucket-fact.js';
import { membersOf } from './members.js';
import { soleOf, type Value } from './value.js';
import type { World } from './world.js';

/** What a property is for all values that its object may have. */
export const settingOf = (values: readonly Value[], path: readonly string[], world: World): readonly Value[] => path.reduce((found, name) => found.flatMap((value) => membersOf(value, name, world)), values);

/** Whether a switch is on: left out is off. */
export function switchOf(values: readonly Value[]): 'on' | 'off' | 'unknown' {
  const sole = soleOf(values);
  if (sole?.kind === 'nothing') return 'off';
  return sole?.kind === 'constant' ? (sole.value ? 'on' : 'off') : 'unknown';
}

/** Whether something is given at all. What a function of a library makes is something. */
export function presenceOf(values: readonly Value[]): 'there' | 'left out' | 'unknown' {
  if (values.every(({ kind }) => kind === 'nothing')) return 'left out';
  return values.every(isGiven) ? 'there' : 'unknown';
}

const isGiven = (value: Value): boolean => (value.kind === 'called' ? value.callee.kind === 'library' : value.kind !== 'nothing' && value.kind !== 'unknown' && value.kind !== 'member');

/** The text of a property, where it is exactly one and has no holes. */
export function textOf(values: readonly Value[]): string | null {
  const sole = soleOf(values);
  return sole?.kind === 'text' && sole.pieces.every((piece) => typeof piece === 'string') ? sole.pieces.join('') : null;
}

/** A word that a library may also give as a constant: `'Enabled'`, `BucketVersioningConfigurationStatus.Enabled`. */
export function wordOf(values: readonly Value[]): string | null {
  const sole = soleOf(values);
  return sole?.kind === 'library' ? (sole.path.at(-1) ?? null) : textOf(values);
}

/**
 * The words of S3 itself: https://docs.aws.amazon.com/AmazonS3/latest/API/API_VersioningConfiguration.html
 *
 * @param values what a `status` may be
 * @param absent what it means where it was left out
 */
export function statusOf(values: readonly Value[], absent: BucketFact['versioning']): BucketFact['versioning'] {
  if (presenceOf(values) === 'left out') return absent;
  const status = wordOf(values);
  return status === 'Enabled' ? 'enabled' : status === 'Suspended' ? 'suspended' : status === 'Disabled' ? 'disabled' : 'unknown';
}
