import { createRequire } from 'node:module';

import type { ErrorObject, ValidateFunction } from 'ajv';

import { matchesGlob, type PartialText } from './glob.js';

/** What the user tells in `settings.s3` that code cannot tell. */
export interface Settings {
  readonly buckets: readonly BucketSetting[];
  readonly objects: readonly ObjectSetting[];
  /** The path of the facts that `s3lint facts` built, from the working directory; null where there are none. */
  readonly facts: string | null;
}

export interface BucketSetting {
  /** A glob of names, or `env:NAME` for the bucket that an environment variable names. */
  readonly name: string;
  readonly versioned?: boolean;
}

/** What may be done to which objects. */
export interface ObjectSetting {
  readonly bucket?: string;
  readonly key?: string;
  readonly write: 'overwrite' | 'create-only' | 'compare-and-swap';
}

/** The JSON schema of `settings.s3`. */
export const settingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    buckets: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name'],
        properties: { name: { type: 'string', minLength: 1 }, versioned: { type: 'boolean' } },
      },
    },
    objects: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['write'],
        properties: {
          bucket: { type: 'string', minLength: 1 },
          key: { type: 'string', minLength: 1 },
          write: { enum: ['overwrite', 'create-only', 'compare-and-swap'] },
        },
      },
    },
    facts: { type: 'string', minLength: 1 },
  },
} as const;

const none: Settings = { buckets: [], objects: [], facts: null };

export interface ReadSettings {
  readonly settings: Settings;
  /** What is wrong with them, in one sentence that names the setting and what is allowed; null where nothing is. */
  readonly problem: string | null;
}

/** Owner: this module; lives as long as the host's settings object. */
const cache = new WeakMap<object, ReadSettings>();

/**
 * @param given the value of `settings.s3`, whatever it is
 * @returns the settings, and what is wrong with them; wrong settings count as none, and nothing is thrown
 */
export function readSettings(given: unknown): ReadSettings {
  if (given === undefined) return { settings: none, problem: null };
  if (typeof given !== 'object' || given === null) {
    return { settings: none, problem: sentence('', 'must be an object', Object.keys(settingsSchema.properties)) };
  }
  let read = cache.get(given);
  if (!read) cache.set(given, (read = validate(given)));
  return read;
}

/** Owner: this module; made once for the process, when the first settings are read. */
let validator: ValidateFunction<Partial<Settings>> | undefined;

function validate(given: object): ReadSettings {
  const check = (validator ??= loadValidator());
  if (check(given)) return { settings: { buckets: given.buckets ?? [], objects: given.objects ?? [], facts: given.facts ?? null }, problem: null };
  return { settings: none, problem: check.errors?.[0] ? describe(check.errors[0]) : sentence('', 'is not valid', []) };
}

/** ajv is loaded when there are settings to read, so that who has none does not wait for it. */
function loadValidator(): ValidateFunction<Partial<Settings>> {
  const { Ajv } = createRequire(import.meta.url)('ajv') as typeof import('ajv');
  return new Ajv().compile<Partial<Settings>>(settingsSchema);
}

function describe(error: ErrorObject): string {
  const at = error.instancePath;
  const parameters = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'additionalProperties': {
      const allowed = at === '' ? settingsSchema.properties : settingsSchema.properties[at.startsWith('/buckets') ? 'buckets' : 'objects'].items.properties;
      return sentence(`${at}/${String(parameters['additionalProperty'])}`, 'is no setting', Object.keys(allowed));
    }
    case 'enum':
      return sentence(at, 'has a value that is not known', parameters['allowedValues'] as string[]);
    case 'required':
      return sentence(at, `needs \`${String(parameters['missingProperty'])}\``, []);
    case 'type':
      return sentence(at, `must be of type ${String(parameters['type'])}`, []);
    default:
      return sentence(at, error.message ?? 'is not valid', []);
  }
}

/** `/objects/0/write` reads as `settings.s3.objects[0].write`. */
function sentence(pointer: string, problem: string, allowed: readonly string[]): string {
  const name = `settings.s3${pointer.replace(/\/(\d+)/g, '[$1]').replace(/\//g, '.')}`;
  return `\`${name}\` ${problem}${allowed.length > 0 ? `: allowed are ${allowed.map((item) => `\`${item}\``).join(', ')}` : ''}.`;
}

/** What is known of a bucket: its text, and the environment variable that names it. */
export interface BucketName {
  readonly text: PartialText;
  readonly environment: string | null;
}

const namesBucket = (name: string, bucket: BucketName): boolean =>
  name.startsWith('env:') ? name.slice('env:'.length) === bucket.environment : matchesGlob(name, bucket.text, 'no slash');

/** Whether the settings say of a bucket that it is versioned; null where they say nothing. */
export function declaredVersioned(settings: Settings, bucket: BucketName): boolean | null {
  const found = settings.buckets.find((setting) => setting.versioned !== undefined && namesBucket(setting.name, bucket));
  return found?.versioned ?? null;
}

/** What may be done to an object; null where the settings do not say. The first match wins. */
export function declaredWrite(settings: Settings, bucket: BucketName, key: PartialText): ObjectSetting['write'] | null {
  const found = settings.objects.find(
    (setting) => (setting.bucket === undefined || namesBucket(setting.bucket, bucket)) && (setting.key === undefined || matchesGlob(setting.key, key)),
  );
  return found?.write ?? null;
}
