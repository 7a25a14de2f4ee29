import { literal, spelling, type ShellCommand, type ShellPart, type ShellWord } from './shell-command.js';

/**
 * Whether a text is another one for every run of a pipeline. The commit counts as the run: what two runs build of one
 * commit is the same. `unknown` is what is not written where it can be read.
 */
export type Freshness = 'shared' | 'fresh' | 'unknown';

/** A stretch of a text, as it is shown to people. */
export interface Piece {
  readonly shown: string;
  readonly freshness: Freshness;
}

/** What the names in a shell text stand for. Null: not set where it can be read. */
export interface Scope {
  readonly variable: (name: string) => readonly Piece[] | null;
  /** Of `${{ … }}`, the source with its braces. */
  readonly expression: (source: string) => readonly Piece[] | null;
}

/**
 * Variables that CI services set.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 * https://docs.gitlab.com/ci/variables/predefined_variables/
 */
const freshVariables =
  /^(?:GITHUB_(?:SHA|RUN_ID|RUN_NUMBER)|CI_COMMIT_(?:SHA|SHORT_SHA|TIMESTAMP)|CI_(?:PIPELINE|JOB)_(?:I?ID|STARTED_AT|CREATED_AT)|BUILD_(?:ID|NUMBER|TAG)|CIRCLE_(?:SHA1|BUILD_NUM|WORKFLOW_ID)|CODEBUILD_(?:BUILD_ID|BUILD_NUMBER|RESOLVED_SOURCE_VERSION)|BITBUCKET_(?:COMMIT|BUILD_NUMBER)|TRAVIS_(?:COMMIT|BUILD_ID|BUILD_NUMBER|JOB_ID)|BUILDKITE_(?:COMMIT|BUILD_ID|BUILD_NUMBER|JOB_ID)|RANDOM|SRANDOM|EPOCHSECONDS|EPOCHREALTIME|\$)$/;
const tagVariables = /^(?:CI_COMMIT_TAG|CIRCLE_TAG|TRAVIS_TAG|BUILDKITE_TAG|BITBUCKET_TAG)$/;
const sharedVariables =
  /^(?:GITHUB_(?:REF|REF_NAME|HEAD_REF|BASE_REF|REPOSITORY|REPOSITORY_OWNER|WORKFLOW|JOB|WORKSPACE|EVENT_NAME)|RUNNER_(?:OS|ARCH|TEMP)|CI_COMMIT_(?:REF_NAME|REF_SLUG|BRANCH)|CI_DEFAULT_BRANCH|CI_MERGE_REQUEST_IID|CI_ENVIRONMENT_(?:NAME|SLUG)|CI_PROJECT_(?:NAME|PATH|PATH_SLUG|ID|DIR|NAMESPACE)|CI_JOB_NAME|AWS_(?:DEFAULT_)?REGION|AWS_ACCOUNT_ID|HOME|PWD|USER|OSTYPE|IFS)$/;

/** Commands whose answer is a new one for every run, every commit or every content. */
const freshCommands = /^(?:date|gdate|uuidgen|uuid|mktemp|nanoid|ulid|(?:g|sha\d*|md5|b2|x?xh\d*|ck)sum|shasum|md5|openssl)$/;
/** What hands on the text that it is given. */
const handingOn = new Set(['echo', 'printf', 'basename', 'dirname', 'tr', 'sed', 'cut', 'awk', 'head', 'tail', 'xargs', 'grep', 'cat']);

/**
 * @param pieces a text
 * @returns whether it is fresh as a whole: one fresh stretch makes it so
 */
export function freshnessOf(pieces: readonly Piece[]): Freshness {
  if (pieces.some(({ freshness }) => freshness === 'fresh')) return 'fresh';
  return pieces.some(({ freshness }) => freshness === 'unknown') ? 'unknown' : 'shared';
}

/**
 * @param pieces a text
 * @returns it as it is shown
 */
export const shownOf = (pieces: readonly Piece[]): string => pieces.map(({ shown }) => shown).join('');

/**
 * @param values what a name may stand for, one at a time
 * @param shown how it is shown
 * @returns what can be said of it whichever it is
 */
export function oneOf(values: readonly (readonly Piece[])[], shown: string): readonly Piece[] {
  const [first, ...others] = values;
  if (first && others.length === 0) return first;
  const all = [...new Set(values.map(freshnessOf))];
  return [{ shown, freshness: all.length === 1 ? (all[0] ?? 'unknown') : 'unknown' }];
}

/**
 * @param word a word of a command
 * @param scope what its names stand for
 * @returns the text that the command is given
 */
export const piecesOf = (word: ShellWord, scope: Scope): readonly Piece[] => word.parts.flatMap((part) => partPieces(part, scope));

function partPieces(part: ShellPart, scope: Scope): readonly Piece[] {
  switch (part.kind) {
    case 'text':
      return part.text === '' ? [] : [{ shown: part.text, freshness: 'shared' }];
    case 'expression':
      return scope.expression(part.source) ?? [{ shown: part.source, freshness: 'unknown' }];
    case 'variable': {
      const known = variablePieces(part.name, scope) ?? [{ shown: part.source, freshness: 'unknown' }];
      // `${SHA:0:7}` and `${NAME%.zip}` are a part of what they are taken from.
      return /^\$(?:\w+|\{\w+\})$/.test(part.source) ? known : [{ shown: part.source, freshness: freshnessOf(known) }];
    }
    case 'substitution':
      return [{ shown: part.source, freshness: substituted(part.commands, scope) }];
  }
}

function variablePieces(name: string, scope: Scope): readonly Piece[] | null {
  const known = scope.variable(name);
  if (known) return known;
  if (freshVariables.test(name) || tagVariables.test(name)) return [{ shown: `$${name}`, freshness: 'fresh' }];
  return sharedVariables.test(name) ? [{ shown: `$${name}`, freshness: 'shared' }] : null;
}

function substituted(commands: readonly ShellCommand[], scope: Scope): Freshness {
  if (commands.some(isFreshCommand)) return 'fresh';
  const given = commands.flatMap(({ words }) => words.slice(1)).map((word) => freshnessOf(piecesOf(word, scope)));
  if (given.includes('fresh')) return 'fresh';
  // A file that is read may hold anything: `cat VERSION`.
  const only = commands.length > 0 && commands.every(({ words }) => handingOn.has(literal(words[0]) ?? '') && literal(words[0]) !== 'cat');
  return only && !given.includes('unknown') ? 'shared' : 'unknown';
}

function isFreshCommand({ words }: ShellCommand): boolean {
  const name = (literal(words[0]) ?? '').replace(/^.*\//, '');
  if (name === 'git') return words.some((word) => /^(?:rev-parse|describe|log|rev-list|show|write-tree)$/.test(spelling(word))) && !words.some((word) => /^--(?:abbrev-ref|show-toplevel|git-dir)/.test(spelling(word)));
  return freshCommands.test(name);
}

/**
 * The names that a shell text sets itself, however it comes to its commands: a name that is set twice may hold either.
 *
 * @param commands the commands of the text
 * @param outer what is set before it runs
 * @returns what names stand for inside
 */
export function scopeInside(commands: readonly ShellCommand[], outer: Scope): Scope {
  const given = new Map<string, ShellWord[][]>();
  for (const { assignments } of commands) {
    for (const { name, values } of assignments) given.set(name, [...(given.get(name) ?? []), [...values]]);
  }
  const open = new Set<string>();
  const scope: Scope = {
    expression: outer.expression,
    variable: (name) => {
      const values = given.get(name);
      // `PATH=$PATH:/opt/bin` speaks of what it was before.
      if (!values || open.has(name)) return outer.variable(name);
      open.add(name);
      const known = values.flatMap((list) => (list.length === 0 ? [[{ shown: `$${name}`, freshness: 'unknown' } as const]] : list.map((word) => assigned(name, word, scope))));
      open.delete(name);
      return oneOf(known, `$${name}`);
    },
  };
  return scope;
}

/** What a command prints is shown by the name that it is given. A pattern stands for the names of files, which may hold a version. */
const assigned = (name: string, word: ShellWord, scope: Scope): readonly Piece[] => {
  const pieces = piecesOf(word, scope);
  if (word.parts.some(({ kind }) => kind === 'substitution')) return [{ shown: `$${name}`, freshness: freshnessOf(pieces) }];
  return word.parts.some((part) => part.kind === 'text' && /[*?]/.test(part.text)) ? [{ shown: shownOf(pieces), freshness: 'unknown' }] : pieces;
};

/** Where nothing is set. */
export const emptyScope: Scope = { variable: () => null, expression: () => null };
