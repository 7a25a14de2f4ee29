import { relative, sep } from 'node:path';

import type { TSESLint } from '@typescript-eslint/utils';

import { touchesS3 } from '../calls/gate.js';
import { linkedFile } from '../calls/linked-modules.js';
import type { Parser } from '../calls/parse-module.js';
import { getOrMake } from '../calls/per-file.js';
import type { SourceCode } from '../calls/syntax.js';
import { knownBuckets } from '../facts/known-buckets.js';
import { loadFacts } from '../facts/load-facts.js';
import { readSettings, type Settings } from '../facts/settings.js';

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** A file, and what settings and facts tell of it. */
export interface KnownFile {
  /** The file with the modules that it imports behind it, where facts tell of them. */
  readonly sourceCode: SourceCode;
  readonly settings: Settings;
  /** The folder that the paths of its modules start from. */
  readonly root: string;
  /** What is wrong with the settings or the facts; null where nothing is. */
  readonly problem: string | null;
}

/** Files by their AST and the settings that they are linted with. Owner: this module; they live as long as the AST. */
const files = new WeakMap<object, Map<unknown, KnownFile>>();

const given = (context: Context): unknown => (context.settings as Readonly<Record<string, unknown>>)['s3'];

/** The file that a rule runs on. */
export function knownFile(context: Context): KnownFile {
  const ofFile = getOrMake(files, context.sourceCode.ast, () => new Map<unknown, KnownFile>());
  return getOrMake(ofFile, given(context), () => know(context));
}

/** The gate of a file: whether it touches S3, itself or by way of what it imports. */
export const concernsS3 = (context: Context): boolean => touchesS3(context.sourceCode) || linksTo(context) !== null;

function know(context: Context): KnownFile {
  const { sourceCode } = context;
  const read = readSettings(given(context));
  const { facts: file } = read.settings;
  if (file === null) return { sourceCode, settings: read.settings, root: context.cwd, problem: read.problem };
  const loaded = loadFacts(file, context.cwd);
  if ('problem' in loaded) return { sourceCode, settings: read.settings, root: context.cwd, problem: loaded.problem };
  const path = linksTo(context);
  const parser = (context.languageOptions as { readonly parser?: Parser } | undefined)?.parser;
  // What the user says goes before what infrastructure says.
  const settings = { ...read.settings, buckets: [...read.settings.buckets, ...knownBuckets(loaded.facts)] };
  return { sourceCode: path !== null && parser ? linkedFile(path, sourceCode, loaded.facts, parser) : sourceCode, settings, root: loaded.root, problem: read.problem };
}

/** The path of a file that facts link to others, relative to the root of the project; null where they do not. */
function linksTo(context: Context): string | null {
  const { settings } = readSettings(given(context));
  const loaded = settings.facts === null ? null : loadFacts(settings.facts, context.cwd);
  if (!loaded || 'problem' in loaded) return null;
  const path = relative(loaded.root, context.filename).split(sep).join('/');
  return loaded.facts.links[path] ?? loaded.facts.modules[path] ? path : null;
}
