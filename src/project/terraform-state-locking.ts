import type { Location, ProjectFinding } from '../facts/project-finding.js';

/** Where a configuration keeps its state: the `s3` backend, as the configuration itself has it. */
export interface StateStorage {
  readonly at: Location;
  /** What people run, which writes the state. */
  readonly appliedBy: 'terraform' | 'terragrunt';
  readonly settings: BackendSettings;
  /** Files that may be given with `-backend-config`, each adding to the settings. */
  readonly additions: readonly BackendAddition[];
}

export interface BackendAddition {
  readonly at: Location;
  readonly settings: BackendSettings;
}

export interface BackendSettings {
  /** What is written: a text, true or false, null for what is not known before it runs. */
  readonly values: ReadonlyMap<string, string | boolean | null>;
  /** Whether there is nothing else. */
  readonly whole: boolean;
}

/**
 * The state of a configuration is one object, which every `apply` reads first and writes last, with no condition. A lock
 * is what keeps a second one out, and for the `s3` backend it is off unless it is asked for.
 * https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
 *
 * A backend without bucket or key is not all there: the rest is given when it is set up, and may hold the lock. Where
 * files are there for that, they are what it is judged by; where none is, nothing is said.
 * https://developer.hashicorp.com/terraform/language/backend#partial-configuration
 *
 * @param states where the configurations of a project keep their state
 * @returns a finding for each that is written without a lock for sure
 */
export function terraformStateLocking(states: readonly StateStorage[]): readonly ProjectFinding[] {
  return states.flatMap(({ at, appliedBy, settings, additions }): ProjectFinding[] => {
    const whole = additions.map((addition) => ({ at: addition.at, lock: lockOf(merged(settings, addition.settings)) }));
    const unlocked = whole.filter(({ lock }) => lock === 'none');
    // A backend that has all that it needs may be set up with none of the files: then a lock in one of them is the usual way.
    const open = lockOf(settings) === 'none' ? !whole.some(({ lock }) => lock === 'there') : unlocked.length > 0;
    if (!open) return [];
    return [
      {
        rule: 'terraform-state-locking',
        messageId: 'stateWithoutLock',
        message: `Two \`${appliedBy} apply\` at the same time both write this state, and the later one silently replaces what the earlier one recorded. ${remedy}`,
        at,
        related: unlocked.map((addition) => ({ ...addition.at, message: 'what it is set up with, which has no lock either' })),
      },
    ];
  });
}

/**
 * https://developer.hashicorp.com/terraform/language/v1.10.x/upgrade-guides#s3-native-state-locking
 * https://opentofu.org/docs/language/settings/backends/s3/
 */
const remedy = 'Set `use_lockfile = true` (Terraform and OpenTofu from 1.10; before that, `dynamodb_table`).';

/** The names of the table that is locked with; `lock_table` is the older one. */
const tables = ['dynamodb_table', 'lock_table'];

function lockOf({ values, whole }: BackendSettings): 'there' | 'none' | 'unknown' {
  const given = (name: string): boolean => values.has(name) && values.get(name) !== '';
  const lockfile = values.get('use_lockfile');
  if (lockfile === true || lockfile === 'true' || tables.some(given)) return 'there';
  // An endpoint of DynamoDB is for nothing but the table, which is then given in some other way.
  const partial = !given('bucket') || !given('key') || given('dynamodb_endpoint');
  return lockfile === null || partial || !whole ? 'unknown' : 'none';
}

const merged = (one: BackendSettings, other: BackendSettings): BackendSettings => ({ values: new Map([...one.values, ...other.values]), whole: one.whole && other.whole });
