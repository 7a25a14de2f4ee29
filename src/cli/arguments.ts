import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { formatNames, type FormatName } from '../report/formats.js';
import { commandNames, configNames, defaultFactsFile, flagsOf, takesValue, type CommandName, type Flag } from './flags.js';
import { nearest } from './nearest.js';

/** What s3lint is asked to do. */
export type Command = CheckCommand | FactsCommand | ExplainCommand | { readonly kind: 'help'; readonly of: CommandName | null } | { readonly kind: 'version' };

export interface CheckCommand {
  readonly kind: 'check';
  /** As they were given; none for the current folder. */
  readonly paths: readonly string[];
  readonly fixes: 'report' | 'apply' | 'print';
  /** Which rules run: those of a config, or those that the project's own eslint.config turns on. */
  readonly rules: (typeof configNames)[number] | 'eslint.config';
  /** At least one, and one at most without a file. */
  readonly outputs: readonly Output[];
  /** Null for all files; `base` is null where the main branch is meant. */
  readonly changed: { readonly base: string | null } | null;
  readonly maxWarnings: number | null;
  readonly quiet: boolean;
  readonly facts: boolean;
  /** Facts of the packages that this one builds on. */
  readonly from: readonly string[];
  readonly cache: boolean;
  readonly stats: boolean;
  readonly explainSilence: { readonly file: string; readonly line: number } | null;
}

export interface Output {
  readonly format: FormatName;
  /** As it was given; null for standard output. */
  readonly file: string | null;
}

export interface FactsCommand {
  readonly kind: 'facts';
  readonly paths: readonly string[];
  readonly output: string;
  /** Facts of the packages that this one builds on. */
  readonly from: readonly string[];
  readonly cache: boolean;
}

export interface ExplainCommand {
  readonly kind: 'explain';
  readonly subject: string;
}

/** What was asked for cannot be meant: exit 2. */
export interface Misuse {
  readonly kind: 'misuse';
  /** What is wrong and what to write instead. */
  readonly message: string;
}

/**
 * @param argv the arguments behind the name of the program
 * @param exists whether a path is there: a word that is near to a command is taken for one only where no file has its name
 * @returns what to do, or what is wrong with the arguments; nothing is thrown
 */
export function parseArguments(argv: readonly string[], exists: (path: string) => boolean = existsSync): Command | Misuse {
  const word = firstWord(argv);
  const name = commandNames.find((known) => known === word) ?? null;
  const read = readFlags(argv, name ?? 'check');
  if (read.kind === 'misuse') return read;
  const { values, operands } = read;
  if (values.has('help')) return { kind: 'help', of: name };
  if (values.has('version')) return { kind: 'version' };
  const [subject, ...more] = name === null ? operands : operands.slice(1);
  const paths = subject === undefined ? [] : [subject, ...more];
  if (name === 'explain') return explainCommand(paths);
  if (paths.includes('')) return misuse('A path is empty, as from a variable of the shell that is not set: leave it out, or write `.` for this folder.');
  if (name === 'facts' && paths.length > 1) return misuse(`Facts are built of one folder: run \`s3lint facts\` for ${paths.slice(1).map((path) => `\`${path}\``).join(' and ')} too, with an \`-o\` of its own.`);
  if (name === 'facts') return { kind: 'facts', paths, output: values.get('output')?.[0] ?? defaultFactsFile, from: values.get('from') ?? [], cache: !values.has('no-cache') };
  if (name === null && word !== null && /^[\w-]+$/.test(word) && !exists(word)) {
    const [meant] = nearest(word, [...commandNames, 'help', 'version']);
    if (meant !== undefined) return misuse(`There is neither a command nor a path \`${word}\`: did you mean \`s3lint ${meant === 'help' || meant === 'version' ? `--${meant}` : meant}\`?`);
  }
  return checkCommand(paths, values);
}

const misuse = (message: string): Misuse => ({ kind: 'misuse', message });

/** The texts given for each flag; none for a switch. */
type Values = ReadonlyMap<string, readonly string[]>;

interface Read {
  readonly kind: 'read';
  readonly values: Values;
  readonly operands: readonly string[];
}

const optionsFor = (flags: readonly Flag[]): Record<string, { type: 'string' | 'boolean'; short?: string }> =>
  Object.fromEntries(flags.map((flag) => [flag.name, { type: takesValue(flag) ? 'string' : 'boolean', ...(flag.short === undefined ? {} : { short: flag.short }) }]));

/** The first word that is no flag and no value of one: a command stands there. Behind `--` there are only paths. */
function firstWord(argv: readonly string[]): string | null {
  const { tokens } = parseArgs({ args: [...argv], options: optionsFor(commandNames.flatMap(flagsOf)), strict: false, tokens: true });
  const found = tokens.find((token, at) => token.kind === 'option-terminator' || (token.kind === 'positional' && !isBase(token.value, tokens[at - 1])));
  return found?.kind === 'positional' ? found.value : null;
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];

/**
 * `--changed` may go without a value, so the word behind it is one only where it can name a revision. Paths go before
 * the flag, behind `--`, or begin with `./`, as no branch does: https://git-scm.com/docs/git-check-ref-format
 */
const isBase = (word: string, before: Token | undefined): boolean =>
  before?.kind === 'option' && before.name === 'changed' && before.value === undefined && !/^[./]|\/$|\\/.test(word);

function readFlags(argv: readonly string[], command: CommandName): Read | Misuse {
  const flags = flagsOf(command);
  const { tokens } = parseArgs({ args: [...argv], options: optionsFor(flags), strict: false, tokens: true });
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      if (isBase(token.value, tokens[at - 1])) values.set('changed', [token.value]);
      else operands.push(token.value);
      continue;
    }
    const flag = flags.find(({ name }) => name === token.name);
    if (!flag) return unknownFlag(argv[token.index] ?? token.rawName, command);
    const problem = problemWith(flag, token, values);
    if (problem !== null) return misuse(problem);
    // `-o=FILE` is read as `-o` with `=FILE`.
    const value = flag.short !== undefined && token.rawName === `-${flag.short}` ? token.value?.replace(/^=/, '') : token.value;
    values.set(flag.name, [...(values.get(flag.name) ?? []), ...(value === undefined ? [] : [value])]);
  }
  return { kind: 'read', values, operands };
}

function problemWith(flag: Flag, token: Extract<Token, { kind: 'option' }>, before: Values): string | null {
  const { rawName, value } = token;
  if (flag.value === null) return value === undefined ? null : `\`${rawName}\` is a switch and takes no value: leave out \`=${value}\`.`;
  if (flag.repeatable === undefined && before.has(flag.name)) return `\`${rawName}\` is given twice: give it once.`;
  if (!takesValue(flag)) return value === '' ? `\`${rawName}=\` has nothing behind it: write \`${rawName}=${flag.value.slice(1, -1)}\`, or \`${rawName}\` alone.` : null;
  const missing = value === undefined || value === '' || value === '=' || (!token.inlineValue && value.startsWith('-'));
  return missing ? `\`${rawName}\` needs a value: \`${rawName} ${flag.value}\`.` : null;
}

/** @param argument as it was written: `-fix` is read as three flags of one letter each, and means one */
function unknownFlag(argument: string, command: CommandName): Misuse {
  const [written = argument] = argument.split('=');
  const word = written.replace(/^-+/, '');
  const own = flagsOf(command);
  const elsewhere = commandNames.find((name) => name !== command && flagsOf(name).some((flag) => flag.name === word || flag.short === word));
  if (elsewhere !== undefined) return misuse(`\`${written}\` is a flag of \`s3lint ${elsewhere}\`, not of \`s3lint ${command}\`.`);
  const [meant] = nearest(word, own.map(({ name }) => name));
  const remedy = meant === undefined ? `. \`s3lint ${command} --help\` lists the flags that there are.` : `: did you mean \`--${meant}\`?`;
  return misuse(`There is no flag \`${written}\`${remedy}`);
}

function explainCommand(subjects: readonly string[]): Command | Misuse {
  const [subject, ...more] = subjects;
  if (subject === undefined) return misuse('`s3lint explain` needs an error code or a rule: `s3lint explain PreconditionFailed`, `s3lint explain no-lost-update`.');
  if (more.length > 0) return misuse(`\`s3lint explain\` explains one thing at a time: \`s3lint explain ${subject}\`.`);
  return { kind: 'explain', subject };
}

/** Flags that cannot be meant together, and why. */
const conflicts: readonly (readonly [string, string, string])[] = [
  ['fix', 'fix-dry-run', 'one writes the fixes, the other only shows them'],
  ['config', 'eslint-config', 'one chooses the rules, the other leaves that to the project'],
  ['from', 'no-facts', 'one gives facts, the other asks for none'],
  ['explain-silence', 'fix', 'explaining a place changes nothing'],
  ['explain-silence', 'fix-dry-run', 'explaining a place changes nothing'],
];

function checkCommand(paths: readonly string[], values: Values): CheckCommand | Misuse {
  const conflict = conflicts.find(([one, other]) => values.has(one) && values.has(other));
  if (conflict) return misuse(`\`--${conflict[0]}\` and \`--${conflict[1]}\` do not go together: ${conflict[2]}. Give one of the two.`);
  const one = (name: string): string | undefined => values.get(name)?.[0];

  const config = one('config') ?? 'recommended';
  const rules = configNames.find((name) => name === config);
  if (!rules) return misuse(unknownValue('config', config, configNames));

  const outputs = outputsOf(values.get('format') ?? ['stylish']);
  if ('kind' in outputs) return outputs;
  const mixed = values.has('fix-dry-run') ? outputs.find(({ format, file }) => file === null && format !== 'stylish') : undefined;
  if (mixed) return misuse(`\`--fix-dry-run\` prints a diff where \`--format ${mixed.format}\` would write too: give the format a file, as in \`--format ${mixed.format}=FILE\`.`);

  const most = one('max-warnings');
  if (most !== undefined && !(/^\d+$/.test(most) && Number.isSafeInteger(Number(most)))) return misuse(`\`--max-warnings ${most}\` is no count: give a whole number, 0 or more.`);

  const place = one('explain-silence');
  const explainSilence = place === undefined ? null : placeOf(place);
  if (place !== undefined && !explainSilence) return misuse(`\`--explain-silence ${place}\` names no line: write \`--explain-silence src/store.ts:42\`.`);

  return {
    kind: 'check',
    paths,
    fixes: values.has('fix') ? 'apply' : values.has('fix-dry-run') ? 'print' : 'report',
    rules: values.has('eslint-config') ? 'eslint.config' : rules,
    outputs,
    changed: values.has('changed') ? { base: one('changed') ?? null } : null,
    maxWarnings: most === undefined ? null : Number(most),
    quiet: values.has('quiet'),
    facts: !values.has('no-facts'),
    from: values.get('from') ?? [],
    cache: !values.has('no-cache'),
    stats: values.has('stats'),
    explainSilence,
  };
}

/** `FILE:LINE`, or `FILE:LINE:COLUMN` as editors copy it. */
function placeOf(text: string): { readonly file: string; readonly line: number } | null {
  const [, file, line] = /^(.+?):([1-9]\d*)(?::\d+)?$/.exec(text) ?? [];
  return file === undefined || line === undefined ? null : { file, line: Number(line) };
}

function outputsOf(given: readonly string[]): readonly Output[] | Misuse {
  const outputs: Output[] = [];
  for (const text of given) {
    const [name = '', ...rest] = text.split('=');
    const file = rest.length === 0 ? null : rest.join('=');
    const format = formatNames.find((known) => known === name);
    if (!format) return misuse(unknownValue('format', name, formatNames));
    if (file === '') return misuse(`\`--format ${text}\` names no file: write \`--format ${name}=FILE\`, or \`--format ${name}\` for standard output.`);
    const rival = outputs.find((output) => output.file === file);
    if (rival) {
      if (file === null) return misuse(`The formats ${rival.format} and ${format} would both go to standard output: give one of them a file, as in \`--format ${format}=FILE\`.`);
      return misuse(`The formats ${rival.format} and ${format} would both go to \`${file}\`: give each a file of its own.`);
    }
    outputs.push({ format, file });
  }
  return outputs;
}

function unknownValue(flag: string, given: string, names: readonly string[]): string {
  const [meant] = nearest(given, names);
  return `There is no ${flag} \`${given}\`${meant === undefined ? `: there are ${names.join(', ')}.` : `: did you mean \`--${flag} ${meant}\`?`}`;
}
