import type { BucketFact } from '../../../facts/bucket-fact.js';
import type { Reading, TextFile } from '../reader.js';
import type { DeclaredBucket, Dialect } from './dialect.js';
import { environmentEntries, linkedValues } from './environment.js';
import { frameOf } from './frames.js';
import { locationOf } from './location.js';
import { madeBy } from './classes.js';
import { withProgram } from './program.js';
import { keyOf, partialText, type Value } from './value.js';
import type { World } from './world.js';

/**
 * Reads the buckets that a program of infrastructure declares.
 *
 * @param files its files
 * @param dialect the tool that it is written for
 * @param globals names that the tool gives without an import, each with the package that it stands for
 * @returns the buckets, each once for every name that it is given, and a warning for every file with a syntax error
 */
export function readBuckets(files: readonly TextFile[], dialect: Dialect, globals: ReadonlyMap<string, string> = new Map()): Reading {
  const { found, warnings } = withProgram(files, globals, (world) => bucketsOf(dialect, world));
  return { buckets: found, findings: [], warnings };
}

function bucketsOf(dialect: Dialect, world: World): readonly BucketFact[] {
  const buckets = declaredBuckets(dialect, world);
  if (buckets.size === 0) return [];
  amend(buckets, dialect, world);
  const environment = environmentOf(buckets, dialect, world);
  return merged([...buckets].map(([key, bucket]) => factOf(bucket, environment.get(key) ?? new Set(), dialect)));
}

/** By the key of their construct. */
type Buckets = Map<string, DeclaredBucket>;

function declaredBuckets(dialect: Dialect, world: World): Buckets {
  const buckets: Buckets = new Map();
  for (const node of world.sites.news) {
    // What a `new` makes is nearly always the same in every run, and who runs it is asked only of a bucket.
    if (!madeBy(node, frameOf(node, null, world), world).some((made) => dialect.declared(made, world))) continue;
    for (const frame of world.framesAround(node)) {
      for (const made of madeBy(node, frame, world)) {
        const bucket = dialect.declared(made, world);
        if (bucket) buckets.set(made.key, bucket);
      }
    }
  }
  for (const node of dialect.references.flatMap((name) => world.sites.calls.get(name) ?? [])) {
    if (!world.valuesOf(node, frameOf(node, null, world)).some((called) => called.kind === 'called' && dialect.referred(called, world))) continue;
    for (const frame of world.framesAround(node)) {
      for (const called of world.valuesOf(node, frame)) {
        const bucket = called.kind === 'called' ? dialect.referred(called, world) : null;
        if (bucket) buckets.set(keyOf(called), bucket);
      }
    }
  }
  return buckets;
}

/** The buckets that a value is, whatever layer it is seen through. */
function bucketsIn(value: Value, buckets: Buckets, dialect: Dialect): readonly string[] {
  if (value.kind === 'member') return dialect.layers.has(value.name) ? bucketsIn(value.of, buckets, dialect) : [];
  const key = keyOf(value);
  return buckets.has(key) ? [key] : [];
}

/** The buckets whose name a value is. */
function namedBuckets(value: Value, buckets: Buckets, dialect: Dialect, byName: ReadonlyMap<string, readonly string[]>): readonly string[] {
  if (value.kind === 'text') return byName.get(keyOf(value)) ?? [];
  if (value.kind === 'member' && dialect.nameProperties.has(value.name)) {
    const found = bucketsIn(value.of, buckets, dialect);
    if (found.length > 0) return found.flatMap((key) => [key, ...(buckets.get(key)?.standsFor ?? []).flatMap((other) => namedBuckets(other, buckets, dialect, byName))]);
  }
  return byName.get(keyOf(value)) ?? [];
}

function amend(buckets: Buckets, dialect: Dialect, world: World): void {
  for (const { bucket, amend: change } of dialect.amendments(world)) {
    const byName = bucketsByName(buckets);
    const meant = bucket?.flatMap((value) => [...bucketsIn(value, buckets, dialect), ...namedBuckets(value, buckets, dialect, byName)]);
    // Which bucket it speaks of is not known: it may be any.
    for (const key of meant && meant.length > 0 ? new Set(meant) : buckets.keys()) {
      const before = buckets.get(key);
      if (!before) continue;
      const after = change(before);
      buckets.set(key, meant && meant.length > 0 ? after : { ...before, versioning: after.versioning === before.versioning ? before.versioning : 'unknown' });
    }
  }
}

/** Buckets by the name that they are given: the same expression may be handed to a function. */
function bucketsByName(buckets: Buckets): ReadonlyMap<string, readonly string[]> {
  const named = new Map<string, string[]>();
  for (const [key, { name }] of buckets) {
    if (!name) continue;
    const [only] = name;
    // A name that is one hole is known by what fills it.
    const text = name.length === 1 && typeof only === 'object' ? only.hole : keyOf({ kind: 'text', pieces: name });
    named.set(text, [...(named.get(text) ?? []), key]);
  }
  return named;
}

/** The environment variables that carry the name of each bucket. */
function environmentOf(buckets: Buckets, dialect: Dialect, world: World): ReadonlyMap<string, ReadonlySet<string>> {
  const byName = bucketsByName(buckets);
  const environment = new Map<string, Set<string>>();
  const carry = (key: string, variable: string): void => {
    environment.set(key, (environment.get(key) ?? new Set()).add(variable));
  };
  for (const { variable, values } of environmentEntries(world)) for (const value of values) for (const key of namedBuckets(value, buckets, dialect, byName)) carry(key, variable);
  for (const value of linkedValues(dialect.links, world)) {
    for (const key of bucketsIn(value, buckets, dialect)) {
      const variable = buckets.get(key)?.linkedAs;
      if (variable != null) carry(key, variable);
    }
  }
  return environment;
}

function factOf(bucket: DeclaredBucket, environment: ReadonlySet<string>, { declaredBy }: Dialect): BucketFact {
  const { node } = bucket.construct;
  if (!node) throw new Error('A bucket is declared by an expression.');
  return {
    declaredBy,
    at: locationOf(node, node.getExpression()),
    id: bucket.id.map((piece) => (typeof piece === 'string' ? piece : '*')).join(''),
    name: bucket.name && partialText(bucket.name),
    environment: [...environment].sort(),
    versioning: bucket.versioning,
    objectLock: bucket.objectLock,
    replication: bucket.replication,
    lifecycle: bucket.lifecycle,
  };
}

/** A construct that is made twice declares two buckets; where nothing that is known tells them apart, they are one fact. */
function merged(facts: readonly BucketFact[]): readonly BucketFact[] {
  const byKey = new Map<string, BucketFact>();
  for (const fact of facts) {
    const key = JSON.stringify({ ...fact, environment: [] });
    const same = byKey.get(key);
    byKey.set(key, same ? { ...same, environment: [...new Set([...same.environment, ...fact.environment])].sort() } : fact);
  }
  return [...byKey.values()];
}

