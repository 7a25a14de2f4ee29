/** Every command of s3lint and its flags: what is parsed and what the help says is read from here. */
export interface Flag {
  /** Without the dashes. */
  readonly name: string;
  readonly short?: string;
  /** What stands behind it, as the help shows it: `FILE`, `NAME[=FILE]`; null for a switch. `[BASE]` may be left out. */
  readonly value: string | null;
  readonly repeatable?: true;
  /** What it does, to go behind its name. */
  readonly does: string;
}

export interface CommandDescription {
  readonly operands: string;
  readonly does: string;
  readonly flags: readonly Flag[];
}

export const configNames = ['recommended', 'strict'] as const;
export const defaultFactsFile = '.s3lint/facts.json';

/** Every command takes these. */
export const commonFlags: readonly Flag[] = [
  { name: 'help', short: 'h', value: null, does: 'say what s3lint, or a command of it, can do' },
  { name: 'version', short: 'v', value: null, does: 'say which version this is' },
];

export const commands = {
  check: {
    operands: '[paths…]',
    does: 'find S3 code that can lose data, in the whole project or in some paths of it',
    flags: [
      { name: 'fix', value: null, does: 'apply the fixes' },
      { name: 'fix-dry-run', value: null, does: 'print the fixes as a diff, and write nothing' },
      { name: 'config', value: configNames.join('|'), does: 'which rules run (default: recommended)' },
      { name: 'eslint-config', value: null, does: "run the rules that the project's own eslint.config turns on" },
      { name: 'format', value: 'NAME[=FILE]', repeatable: true, does: 'how to report, and in which file: {formats} (default: stylish)' },
      { name: 'changed', value: '[BASE]', does: 'report only files changed since BASE (default: the main branch); the whole project is read all the same' },
      { name: 'max-warnings', value: 'N', does: 'fail when there are more warnings than N' },
      { name: 'quiet', value: null, does: 'report errors only' },
      { name: 'from', value: 'FILE', repeatable: true, does: 'facts of a package that this one builds on' },
      { name: 'no-facts', value: null, does: 'look at each file by itself' },
      { name: 'stats', value: null, does: 'say what was read and how long it took' },
      { name: 'explain-silence', value: 'FILE:LINE', does: 'say why nothing is reported there' },
      { name: 'no-cache', value: null, does: 'read every file anew' },
    ],
  },
  facts: {
    operands: '[paths…]',
    does: 'write down what is known of the project as a whole, for the ESLint plugin and for packages that build on this one',
    flags: [
      { name: 'output', short: 'o', value: 'FILE', does: `where to (default: ${defaultFactsFile})` },
      { name: 'from', value: 'FILE', repeatable: true, does: 'facts of a package that this one builds on' },
      { name: 'no-cache', value: null, does: 'read every file anew' },
    ],
  },
  explain: {
    operands: 'CODE|RULE',
    does: 'say what an error code, an HTTP status or a rule means, and what to do',
    flags: [],
  },
} as const satisfies Record<string, CommandDescription>;

export type CommandName = keyof typeof commands;

export const commandNames = Object.keys(commands) as readonly CommandName[];

/** @returns all flags of a command, those that every command takes among them */
export const flagsOf = (command: CommandName): readonly Flag[] => [...commands[command].flags, ...commonFlags];

export const takesValue = ({ value }: Flag): boolean => value !== null && !value.startsWith('[');
