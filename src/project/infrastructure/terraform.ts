import { posix } from 'node:path';

import type { Warning } from '../../facts/project-finding.js';
import { terraformStateLocking } from '../terraform-state-locking.js';
import type { InfrastructureReader, Reading, TextFile } from './reader.js';
import { bucketFacts } from './terraform/buckets.js';
import { hclParser, type HclParser } from './terraform/hcl.js';
import { knownModules } from './terraform/known-modules.js';
import { directoryOf, rootInstance, sourceText } from './terraform/module-instance.js';
import { moduleSource, type ModuleSource } from './terraform/module-source.js';
import { isAdditionName, stateStorages } from './terraform/state-storages.js';
import { emptyBody, type ParsedFile } from './terraform/syntax.js';

/**
 * Terraform and OpenTofu, and what Terragrunt says of where their state is kept.
 *
 * The files of a directory are one module, and any of them may hold what a bucket is made of; so the gate of the text
 * lets every configuration through, and what is parsed is decided once all of them are there.
 */
export const terraform: InfrastructureReader = {
  mayRead: (path) => (isConfiguration(path) || isJson(path) || isForBackends(path)) && !fetched.test(path),
  wants: ({ path, text }) => isConfiguration(path) || (isJson(path) ? bucket : backend).test(text),
  read,
};

const isConfiguration = (path: string): boolean => /\.(?:tf|tofu)$/.test(path);

/** The same in JSON, which is not read: what else its directory holds is then not all there is. */
const isJson = (path: string): boolean => /\.(?:tf|tofu)\.json$/.test(path);

/** Terragrunt's files may have any name. */
const isForBackends = (path: string): boolean => isAdditionName(path) || (path.endsWith('.hcl') && !path.endsWith('.terraform.lock.hcl'));

/** Copies that `init` makes of modules and providers. */
const fetched = /(?:^|\/)(?:\.terraform|\.terragrunt-cache)\//;

const backend = /\b(?:backend|remote_state|bucket|use_lockfile|dynamodb_table)\b/;
const s3Backend = /\bbackend\s+"?s3\b/;
const bucket = /\baws_s3_bucket|s3-bucket\b/;

async function read(files: readonly TextFile[]): Promise<Reading> {
  const matter = new Set([...filesOfBuckets(files), ...files.filter(({ path, text }) => !isConfiguration(path) || s3Backend.test(text))]);
  const nothing: Reading = { buckets: [], findings: [], warnings: [] };
  const [first] = matter;
  if (!first) return nothing;
  const parse = await hclParser();
  return parse ? readWith(parse, files.filter((file) => matter.has(file))) : { ...nothing, warnings: [notInstalled(first)] };
}

const notInstalled = ({ path }: TextFile): Warning => ({
  file: path,
  line: null,
  message: 'Terraform files are not read, so their buckets stay unknown and nothing is said of their state: install `@tree-sitter-grammars/tree-sitter-hcl`, an optional dependency that is missing or does not load.',
});

/**
 * A module is read when it has a bucket, or is joined to one by calls of modules, upwards or downwards: a name handed in
 * or out is a reference that can be followed. All else has nothing to tell of buckets, and parsing is what costs.
 */
function filesOfBuckets(files: readonly TextFile[]): readonly TextFile[] {
  const directories = byDirectory(files, ({ path }) => path);
  const joined = new Map<string, Set<string>>([...directories.keys()].map((directory) => [directory, new Set()]));
  for (const [directory, inside] of directories) {
    for (const [, source = ''] of inside.flatMap(({ text }) => [...text.matchAll(/\bsource\s*=\s*"(\.[^"]*)"/g)])) {
      const called = directoryOf(source, directory);
      if (called === null) continue;
      joined.get(directory)?.add(called);
      joined.get(called)?.add(directory);
    }
  }
  const reached = new Set([...directories].flatMap(([directory, inside]) => (inside.some(({ text }) => bucket.test(text)) ? [directory] : [])));
  for (const directory of reached) for (const next of joined.get(directory) ?? []) reached.add(next);
  return [...reached].flatMap((directory) => directories.get(directory) ?? []);
}

/** The configurations of each directory; the root of the project is the empty text. */
function byDirectory<T>(files: readonly T[], pathOf: (file: T) => string): ReadonlyMap<string, readonly T[]> {
  const directories = new Map<string, T[]>();
  for (const file of files) {
    const path = pathOf(file);
    if (!isConfiguration(path) && !isJson(path)) continue;
    const directory = path.includes('/') ? posix.dirname(path) : '';
    const inside = directories.get(directory);
    if (inside) inside.push(file);
    else directories.set(directory, [file]);
  }
  return directories;
}

function readWith(parse: HclParser, files: readonly TextFile[]): Reading {
  const all = files.map((file) => ({ file, parsed: isJson(file.path) ? { body: emptyBody, brokenAt: 1 } : parse(file) }));
  const directories = byDirectory(all, ({ file }) => file.path);
  const sources = new Map([...directories].map(([directory, inside]) => [directory, moduleSource(directory, inside.map(({ parsed }) => parsed))]));
  const known = new Map(knownModules.map(({ name, text }) => [name, moduleSource(name, [parse({ path: name, text })])]));
  const called = new Set([...sources.values()].flatMap(calledDirectories));
  const roots = [...sources.values()].filter(({ directory }) => !called.has(directory)).map((source) => rootInstance(source, { sources, known }));
  return {
    buckets: bucketFacts(roots),
    findings: terraformStateLocking(stateStorages(all, parse)),
    warnings: all.flatMap(({ file, parsed }) => brokenWarning(file, parsed)),
  };
}

const calledDirectories = ({ calls, directory }: ModuleSource): readonly string[] =>
  [...calls.values()].flatMap((call) => {
    const source = sourceText(call);
    return (source === null ? null : directoryOf(source, directory)) ?? [];
  });

function brokenWarning({ path }: TextFile, { brokenAt }: ParsedFile): readonly Warning[] {
  if (brokenAt === null) return [];
  if (isJson(path)) return [{ file: path, line: null, message: 'Terraform in JSON is not read: its buckets stay unknown, and so does what it may set up for those beside it.' }];
  return [{ file: path, line: brokenAt, message: 'Terraform cannot be read here: the block around this line is left out, and what its module does not say elsewhere stays unknown.' }];
}
