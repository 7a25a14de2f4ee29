import { posix } from 'node:path';

import type { Location } from '../../../facts/project-finding.js';
import { valueOf, type Scope } from './evaluate.js';
import { knownModule } from './known-modules.js';
import type { ModuleSource } from './module-source.js';
import { attributeOf, repetitionsOf, type Repetition, type Repetitions } from './repetitions.js';
import type { Block, Body } from './syntax.js';
import { absent, isNull, joined, truthOf, unknown, type DeclaredName, type Value } from './value.js';
import { withDefaults } from './variable-types.js';

/**
 * A module as one caller has it, with the values that the caller hands in; or the root of a configuration, whose
 * variables are set from outside (the command line, `.tfvars`, the environment) and stay unknown, default or not.
 * https://developer.hashicorp.com/terraform/language/values/variables
 */
export interface ModuleInstance {
  readonly source: ModuleSource;
  readonly scope: Scope;
  /** Worked out when asked for: two modules may take values from one another, as long as no value needs itself. */
  readonly resources: () => readonly Resource[];
  /** The modules that it calls and that are read. */
  readonly children: () => readonly ModuleInstance[];
  /** Calls of modules that are not in the project. */
  readonly unread: () => readonly Resource[];
}

/** A resource or data source, or the call of a module that is not read. */
export interface Resource {
  /** `aws_s3_bucket`, `data.aws_s3_bucket`, or `module`. */
  readonly type: string;
  /** Its address in the configuration. */
  readonly address: string;
  readonly body: Body;
  readonly scope: Scope;
  /** What decides whether it is there: what has the same conditions is there together with it. */
  readonly conditions: readonly string[];
  readonly at: Location;
  /** What other resources call it by, where it is a bucket. */
  readonly declared: DeclaredName;
}

/** Where a module stands, seen from its caller. */
interface Place {
  readonly root: string;
  /** `module.storage.`; empty for the root. */
  readonly prefix: string;
  readonly conditions: readonly string[];
  /** The directories that it is called through: a module cannot call itself. */
  readonly through: readonly string[];
  /** What the caller gives for a variable: null where it leaves the default; undefined where nobody knows. */
  readonly given: (name: string) => Value | null | undefined;
  /** Where its resources are reported, for a module that has no text in the project. */
  readonly at: Location | null;
}

/** Everything that a module's caller may look up. */
export interface Library {
  readonly sources: ReadonlyMap<string, ModuleSource>;
  readonly known: ReadonlyMap<string, ModuleSource>;
}

/**
 * @param source the module of a directory that no other one calls
 * @param library the modules that may be called
 * @returns the configuration that has it as its root
 */
export const rootInstance = (source: ModuleSource, library: Library): ModuleInstance =>
  instanceOf(source, library, { root: source.directory, prefix: '', conditions: [], through: [], given: () => undefined, at: null });

function instanceOf(source: ModuleSource, library: Library, place: Place): ModuleInstance {
  const id = `${place.root}:${place.prefix}`;
  const once = rememberedValues();
  const scope: Scope = { valueOf: (name) => once(name, () => named(name)) };

  const holder = (name: string, member: (key: string) => Value): Value => ({ kind: 'holder', id: `${id}${name}`, member: (key) => once(`${name}.${key}`, () => member(key)) });
  const named = (name: string): Value => {
    if (name === 'var') return holder(name, variable);
    if (name === 'local') return holder(name, local);
    if (name === 'module') return holder(name, (call) => referenceTo(calls.get(call), `${id}module.${call}`));
    if (name === 'data') return holder(name, (type) => holder(`data.${type}`, (key) => referenceTo(data.get(`${type}.${key}`), `${id}data.${type}.${key}`)));
    if (name === 'terraform') return unknown(`${place.root}:terraform`);
    if (name === 'each' || name === 'count' || name === 'self') return unknown(null);
    return holder(name, (key) => referenceTo(resources.get(`${name}.${key}`), `${id}${name}.${key}`));
  };

  function variable(name: string): Value {
    const declared = source.variables.get(name);
    const given = place.given(name);
    if (given === undefined || !declared) return unknown(`${id}var.${name}`);
    const nullable = attributeOf(declared.body, 'nullable', scope);
    const standard = declared.body.attributes.get('default');
    const left = given === null || (isNull(given) && nullable !== null && truthOf(nullable) === false);
    const value = !left ? given : standard ? valueOf(standard, scope) : unknown(`${id}var.${name}`);
    const type = declared.body.attributes.get('type');
    return type ? withDefaults(value, type, scope) : value;
  }

  function local(name: string): Value {
    const expression = source.locals.get(name);
    return expression ? valueOf(expression, scope) : unknown(`${id}local.${name}`);
  }

  const referenceTo = (target: Repeated | undefined, otherwise: string): Value => (target ? target.repetitions().collect(target.value) : unknown(otherwise));
  const repeated = (block: Block, address: string, value: (repetition: Repetition) => Value): Repeated => ({
    block,
    address,
    repetitions: madeOnce(() => repetitionsOf(block, scope, address)),
    value,
  });

  const made = new Map<string, Resource>();
  function resourceOf(type: string, { block, address }: Repeated, { suffix, scope: inner, condition }: Repetition): Resource {
    const full = `${address}${suffix}`;
    const declared: DeclaredName = {
      id: `${place.root}:${full}`,
      name() {
        const name = once(`name of ${full}`, () => nameOf(block.body, inner, `${place.root}:${full}`) ?? absent);
        return isNull(name) ? null : name;
      },
    };
    const conditions = condition === null ? place.conditions : [...place.conditions, condition];
    const resource = made.get(full) ?? { type, address: full, body: block.body, scope: inner, conditions, at: place.at ?? block.at, declared };
    made.set(full, resource);
    return resource;
  }
  const resourcesOf = (blocks: ReadonlyMap<string, Block>, mode: '' | 'data.'): ReadonlyMap<string, Repeated> =>
    new Map(
      [...blocks].map(([key, block]) => {
        const target = repeated(block, `${place.prefix}${mode}${key}`, (repetition) => attributesOf(resourceOf(`${mode}${block.labels[0] ?? ''}`, target, repetition)));
        return [key, target];
      }),
    );
  const resources = resourcesOf(source.resources, '');
  const data = resourcesOf(source.data, 'data.');

  const calls: ReadonlyMap<string, Repeated> = new Map(
    [...source.calls].map(([name, block]) => {
      const address = `${place.prefix}module.${name}`;
      return [name, repeated(block, address, (repetition) => outputsOf(block, address, repetition))];
    }),
  );
  const modules = new Map<string, ModuleInstance | null>();
  function moduleOf(block: Block, address: string, repetition: Repetition): ModuleInstance | null {
    const full = `${address}${repetition.suffix}`;
    const known = modules.get(full);
    if (known !== undefined) return known;
    const called = calledModule(block, source.directory, library);
    const through = [...place.through, source.directory];
    const instance =
      !called || through.includes(called.source.directory)
        ? null
        : instanceOf(called.source, library, {
            root: place.root,
            prefix: `${full}.`,
            conditions: repetition.condition === null ? place.conditions : [...place.conditions, repetition.condition],
            through,
            given(name) {
              const argument = block.body.attributes.get(name);
              return argument ? valueOf(argument, repetition.scope) : null;
            },
            at: place.at ?? (called.local ? null : block.at),
          });
    modules.set(full, instance);
    return instance;
  }
  const outputsOf = (block: Block, address: string, repetition: Repetition): Value => {
    const called = moduleOf(block, address, repetition);
    const of = `${place.root}:${address}${repetition.suffix}`;
    return {
      kind: 'holder',
      id: of,
      member(name) {
        const output = called?.source.outputs.get(name);
        const value = output?.body.attributes.get('value');
        return called && value ? once(`${of}.${name}`, () => valueOf(value, called.scope)) : unknown(`${of}.${name}`);
      },
    };
  };

  const everyCall = madeOnce(() => [...calls.values()].flatMap((call) => call.repetitions().all.map((repetition) => ({ call, repetition, called: moduleOf(call.block, call.address, repetition) }))));
  const everyOne = (targets: ReadonlyMap<string, Repeated>, mode: '' | 'data.'): Resource[] =>
    [...targets.values()].flatMap((target) => target.repetitions().all.map((repetition) => resourceOf(`${mode}${target.block.labels[0] ?? ''}`, target, repetition)));
  return {
    source,
    scope,
    resources: madeOnce(() => [...everyOne(resources, ''), ...everyOne(data, 'data.')]),
    children: madeOnce(() => everyCall().flatMap(({ called }) => called ?? [])),
    unread: madeOnce(() => everyCall().flatMap(({ call, repetition, called }) => (called ? [] : [resourceOf('module', call, repetition)]))),
  };
}

interface Repeated {
  readonly block: Block;
  readonly address: string;
  readonly repetitions: () => Repetitions;
  /** What a reference to one of them gives. */
  readonly value: (repetition: Repetition) => Value;
}

/** The module that a call names, and whether its text is in the project; null where it is neither that nor known. */
function calledModule(block: Block, from: string, { sources, known }: Library): { readonly source: ModuleSource; readonly local: boolean } | null {
  const text = sourceText(block);
  if (text === null) return null;
  const local = directoryOf(text, from);
  const source = local === null ? known.get(knownModule(text) ?? '') : sources.get(local);
  return source ? { source, local: local !== null } : null;
}

/** @returns what a call gives as its source: a literal, for modules are fetched before anything is evaluated */
export function sourceText(call: Block): string | null {
  const source = call.body.attributes.get('source');
  const [only] = source?.kind === 'template' ? source.parts : [];
  return source?.kind === 'template' && source.parts.length === 1 && typeof only === 'string' ? only : null;
}

/**
 * @param source what a call gives as its source
 * @param from the directory of the caller
 * @returns the directory that it means; null where it is none of the project's
 *
 * https://developer.hashicorp.com/terraform/language/modules/sources#local-paths
 */
export function directoryOf(source: string, from: string): string | null {
  if (!/^\.\.?(?:\/|$)/.test(source)) return null;
  const directory = posix.join(from, source.replace('//', '/')).replace(/\/$/, '');
  return directory === '.' ? '' : directory;
}

/** The name that a bucket's declaration gives; null where the provider makes one up. */
function nameOf(body: Body, scope: Scope, id: string): Value | null {
  const name = attributeOf(body, 'bucket', scope);
  if (name) return name;
  const prefix = attributeOf(body, 'bucket_prefix', scope);
  return prefix && joined([prefix, unknown(`${id}.bucket`)]);
}

const bucketTypes: ReadonlySet<string> = new Set(['aws_s3_bucket', 'data.aws_s3_bucket']);

/** What other expressions can ask of a resource. */
function attributesOf(resource: Resource): Value {
  const { type, body, scope, declared } = resource;
  return {
    kind: 'holder',
    id: declared.id,
    member(key) {
      if (key !== 'id' && key !== 'bucket') return unknown(`${declared.id}.${key}`);
      if (bucketTypes.has(type)) return { kind: 'bucket', bucket: declared };
      // What is set up for a bucket has the bucket's name for its own.
      // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_versioning#attribute-reference
      const bucket = type.startsWith('aws_s3_bucket_') ? attributeOf(body, 'bucket', scope) : null;
      return bucket ?? unknown(`${declared.id}.${key}`);
    },
  };
}

/** Values by name, each worked out once; one that needs itself is unknown. */
function rememberedValues(): (key: string, make: () => Value) => Value {
  const values = new Map<string, Value>();
  return (key, make) => {
    const known = values.get(key);
    if (known) return known;
    values.set(key, unknown(null));
    const value = make();
    values.set(key, value);
    return value;
  };
}

function madeOnce<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
