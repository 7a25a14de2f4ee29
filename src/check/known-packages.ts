import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

import type { BucketFact } from '../facts/bucket-fact.js';
import { exportedName, type Facts, type WriterFact } from '../facts/facts.js';
import { loadFacts } from '../facts/load-facts.js';
import { hashOf } from '../project/hash.js';
import { Obstacle } from './obstacle.js';

/** The part of facts that others build on. */
export type KnownFacts = Pick<Facts, 'modules' | 'links' | 'packages' | 'buckets' | 'writers'>;

export const noFacts: KnownFacts = { modules: {}, links: {}, packages: {}, buckets: [], writers: [] };

/**
 * @param files facts of packages that this one builds on, from the working directory
 * @param root the folder of this one
 * @returns what they know, with paths from here
 * @throws {Obstacle} when facts are missing, broken, or of other texts than those that stand beside them
 */
export function knownPackages(files: readonly string[], root: string): KnownFacts {
  return files.map((file) => seenFrom(root, file)).reduce(merge, noFacts);
}

function seenFrom(root: string, file: string): KnownFacts {
  const loaded = loadFacts(file, '.');
  if ('problem' in loaded) throw new Obstacle(loaded.problem);
  const { facts } = loaded;
  for (const [path, { hash }] of Object.entries(facts.modules)) {
    const there = join(loaded.root, path);
    if (existsSync(there) && hashOf(readFileSync(there, 'utf8')) !== hash) {
      throw new Obstacle(`The facts at \`${file}\` are outdated: \`${path}\` has changed since. Run \`s3lint facts\` in ${relative(resolve('.'), loaded.root) || 'this folder'} to build them again.`);
    }
  }
  const here = (path: string): string => relative(root, resolve(loaded.root, path)).split(sep).join('/');
  const placed = <Fact extends Placed>(fact: Fact): Fact => ({ ...fact, at: { ...fact.at, file: here(fact.at.file) } });
  // What stands in this project itself is read anew.
  const isElsewhere = ({ at }: Placed): boolean => at.file.startsWith('../');
  const reference = (name: string): string => {
    const { module, name: own } = exportedName(name);
    return `${here(module)}#${own}`;
  };
  const each = <One, Other>(record: Readonly<Record<string, One>>, key: (key: string) => string, value: (value: One) => Other): Record<string, Other> =>
    Object.fromEntries(Object.entries(record).map(([name, one]) => [key(name), value(one)]));
  const same = (name: string): string => name;
  const names = (record: Facts['packages'][string]): Facts['packages'][string] => each(record, same, (references) => references.map(reference));
  return {
    modules: each(facts.modules, here, (module) => module),
    links: each(facts.links, here, (specifiers) => each(specifiers, same, names)),
    packages: each(facts.packages, same, names),
    buckets: facts.buckets.map((bucket): BucketFact => ({ ...placed(bucket), replication: bucket.replication.map(placed), lifecycle: bucket.lifecycle.map(placed) })).filter(isElsewhere),
    writers: facts.writers.map((writer): WriterFact => ({ ...placed(writer), through: writer.through.map(here) })).filter(isElsewhere),
  };
}

type Placed = Pick<BucketFact, 'at'>;

const merge = (one: KnownFacts, other: KnownFacts): KnownFacts => ({
  modules: { ...one.modules, ...other.modules },
  links: { ...one.links, ...other.links },
  packages: { ...one.packages, ...other.packages },
  buckets: distinct([...one.buckets, ...other.buckets]),
  writers: distinct([...one.writers, ...other.writers]),
});

/** Two packages may build on the same third, and pass on what it told them. */
const distinct = <Fact>(facts: readonly Fact[]): readonly Fact[] => [...new Map(facts.map((fact) => [JSON.stringify(fact), fact])).values()];

