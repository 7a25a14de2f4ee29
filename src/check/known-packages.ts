import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

import { exportedName, type Facts } from '../facts/facts.js';
import { loadFacts } from '../facts/load-facts.js';
import { hashOf } from '../project/code-facts.js';

/** The part of facts that others build on. */
export type KnownFacts = Pick<Facts, 'modules' | 'links' | 'packages' | 'buckets'>;

/** What keeps s3lint from its work: the tool or its use failed. */
export class Obstacle extends Error {
  /** @param message what is wrong, and the remedy */
  constructor(message: string) {
    super(message);
    this.name = 'Obstacle';
  }
}

export const noFacts: KnownFacts = { modules: {}, links: {}, packages: {}, buckets: [] };

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
  const loaded = loadFacts(file, root);
  if ('problem' in loaded) throw new Obstacle(loaded.problem);
  const { facts } = loaded;
  for (const [path, { hash }] of Object.entries(facts.modules)) {
    const there = join(loaded.root, path);
    if (existsSync(there) && hashOf(readFileSync(there, 'utf8')) !== hash) {
      throw new Obstacle(`The facts at \`${file}\` are outdated: \`${path}\` has changed since. Run \`s3lint facts\` in ${relative(resolve('.'), loaded.root) || 'this folder'} to build them again.`);
    }
  }
  const here = (path: string): string => relative(root, resolve(loaded.root, path)).split(sep).join('/');
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
    buckets: facts.buckets.map((bucket) => ({ ...bucket, at: { ...bucket.at, file: here(bucket.at.file) } })),
  };
}

const merge = (one: KnownFacts, other: KnownFacts): KnownFacts => ({
  modules: { ...one.modules, ...other.modules },
  links: { ...one.links, ...other.links },
  packages: { ...one.packages, ...other.packages },
  buckets: [...one.buckets, ...other.buckets],
});

