import { describe, expect, it } from 'vitest';

import { parseArguments, type CheckCommand, type Command } from '../../src/cli/arguments.js';
import { commandNames, commands, flagsOf } from '../../src/cli/flags.js';
import { help } from '../../src/cli/help.js';

/** A line of the shell without quotes, in a folder where nothing is. */
const parse = (line: string, exists: (path: string) => boolean = () => false): ReturnType<typeof parseArguments> => parseArguments(line.split(' ').filter((word) => word !== ''), exists);

const check: CheckCommand = {
  kind: 'check',
  paths: [],
  fixes: 'report',
  rules: 'recommended',
  outputs: [{ format: 'stylish', file: null }],
  changed: null,
  maxWarnings: null,
  quiet: false,
  facts: true,
  from: [],
  cache: true,
  stats: false,
  explainSilence: null,
};

describe('check', () => {
  const situations: readonly { readonly line: string; readonly asks: Partial<CheckCommand> }[] = [
    { line: '', asks: {} },
    { line: 'check', asks: {} },
    { line: 'src packages/api', asks: { paths: ['src', 'packages/api'] } },
    { line: 'check src', asks: { paths: ['src'] } },
    // A path that has the name of a command: behind the command, behind `--`, or with its folder.
    { line: 'check facts', asks: { paths: ['facts'] } },
    { line: '-- facts', asks: { paths: ['facts'] } },
    { line: './facts', asks: { paths: ['./facts'] } },
    { line: 'src facts', asks: { paths: ['src', 'facts'] } },
    { line: '-- --fix', asks: { paths: ['--fix'] } },
    { line: '--fix src', asks: { fixes: 'apply', paths: ['src'] } },
    { line: 'src --fix-dry-run', asks: { fixes: 'print', paths: ['src'] } },
    { line: '--config strict', asks: { rules: 'strict' } },
    { line: '--config=recommended', asks: { rules: 'recommended' } },
    { line: '--eslint-config', asks: { rules: 'eslint.config' } },
    { line: '--format json', asks: { outputs: [{ format: 'json', file: null }] } },
    { line: '--format=sarif=reports/out.sarif', asks: { outputs: [{ format: 'sarif', file: 'reports/out.sarif' }] } },
    { line: '--format markdown=a=b.md', asks: { outputs: [{ format: 'markdown', file: 'a=b.md' }] } },
    {
      line: '--format github --format sarif=out.sarif --format json=out.json',
      asks: { outputs: [{ format: 'github', file: null }, { format: 'sarif', file: 'out.sarif' }, { format: 'json', file: 'out.json' }] },
    },
    // The value of --changed may be left out.
    { line: '--changed', asks: { changed: { base: null } } },
    { line: '--changed --quiet', asks: { changed: { base: null }, quiet: true } },
    { line: '--changed=origin/main', asks: { changed: { base: 'origin/main' } } },
    { line: '--changed HEAD~2 src', asks: { changed: { base: 'HEAD~2' }, paths: ['src'] } },
    { line: 'src --changed', asks: { changed: { base: null }, paths: ['src'] } },
    { line: '--changed -- src', asks: { changed: { base: null }, paths: ['src'] } },
    { line: '--changed ./src', asks: { changed: { base: null }, paths: ['./src'] } },
    { line: '--changed src/', asks: { changed: { base: null }, paths: ['src/'] } },
    { line: '--changed main check src', asks: { changed: { base: 'main' }, paths: ['src'] } },
    // A branch may have the name of a command.
    { line: '--changed facts', asks: { changed: { base: 'facts' } } },
    { line: '--max-warnings 0', asks: { maxWarnings: 0 } },
    { line: '--max-warnings=12', asks: { maxWarnings: 12 } },
    { line: '--quiet --no-facts --stats --no-cache', asks: { quiet: true, facts: false, stats: true, cache: false } },
    { line: '--from ../storage/.s3lint/facts.json --from=../queue/.s3lint/facts.json', asks: { from: ['../storage/.s3lint/facts.json', '../queue/.s3lint/facts.json'] } },
    { line: '--quiet --quiet', asks: { quiet: true } },
    { line: '--explain-silence src/store.ts:42', asks: { explainSilence: { file: 'src/store.ts', line: 42 } } },
    // As an editor copies it, and with the letter of a disk.
    { line: '--explain-silence src/store.ts:42:7', asks: { explainSilence: { file: 'src/store.ts', line: 42 } } },
    { line: '--explain-silence C:\\shop\\store.ts:42', asks: { explainSilence: { file: 'C:\\shop\\store.ts', line: 42 } } },
  ];

  it.each(situations)('s3lint $line', ({ line, asks }) => {
    expect(parse(line)).toEqual({ ...check, ...asks });
  });

  it('takes a path for a path, however near to a command its name is', () => {
    expect(parse('fact', (path) => path === 'fact')).toEqual({ ...check, paths: ['fact'] });
    expect(parse('factory/src')).toEqual({ ...check, paths: ['factory/src'] });
  });
});

describe('the other commands', () => {
  it.each<{ readonly line: string; readonly asks: Command }>([
    { line: 'facts', asks: { kind: 'facts', paths: [], output: '.s3lint/facts.json', from: [], cache: true } },
    { line: 'facts src -o dist/facts.json', asks: { kind: 'facts', paths: ['src'], output: 'dist/facts.json', from: [], cache: true } },
    { line: 'facts -o=dist/facts.json', asks: { kind: 'facts', paths: [], output: 'dist/facts.json', from: [], cache: true } },
    { line: 'facts --output dist/facts.json', asks: { kind: 'facts', paths: [], output: 'dist/facts.json', from: [], cache: true } },
    { line: '-o x.json facts', asks: { kind: 'facts', paths: [], output: 'x.json', from: [], cache: true } },
    { line: 'facts --from a.json --from b.json', asks: { kind: 'facts', paths: [], output: '.s3lint/facts.json', from: ['a.json', 'b.json'], cache: true } },
    { line: 'explain 412', asks: { kind: 'explain', subject: '412' } },
    { line: 'explain s3/no-lost-update', asks: { kind: 'explain', subject: 's3/no-lost-update' } },
    { line: 'explain facts', asks: { kind: 'explain', subject: 'facts' } },
    { line: '--help', asks: { kind: 'help', of: null } },
    { line: '-h src', asks: { kind: 'help', of: null } },
    { line: 'facts --help', asks: { kind: 'help', of: 'facts' } },
    { line: '--help explain', asks: { kind: 'help', of: 'explain' } },
    { line: '--version', asks: { kind: 'version' } },
    { line: '-v', asks: { kind: 'version' } },
  ])('s3lint $line', ({ line, asks }) => {
    expect(parse(line)).toEqual(asks);
  });
});

describe('misuse is told in a sentence, with what to write instead', () => {
  it.each([
    { line: '--fixx', told: 'There is no flag `--fixx`: did you mean `--fix`?' },
    { line: '--fixx=yes', told: 'There is no flag `--fixx`: did you mean `--fix`?' },
    { line: '-fix', told: 'There is no flag `-fix`: did you mean `--fix`?' },
    { line: '--dry-run', told: 'There is no flag `--dry-run`: did you mean `--fix-dry-run`?' },
    { line: '--max-warning 3', told: 'There is no flag `--max-warning`: did you mean `--max-warnings`?' },
    { line: '--Quiet', told: 'There is no flag `--Quiet`: did you mean `--quiet`?' },
    { line: '--frobnicate', told: 'There is no flag `--frobnicate`. `s3lint check --help` lists the flags that there are.' },
    { line: 'facts --form a.json', told: 'There is no flag `--form`: did you mean `--from`?' },
    { line: 'facts --fix', told: '`--fix` is a flag of `s3lint check`, not of `s3lint facts`.' },
    { line: '-o out.json', told: '`-o` is a flag of `s3lint facts`, not of `s3lint check`.' },
    { line: 'fact src', told: 'There is neither a command nor a path `fact`: did you mean `s3lint facts`?' },
    { line: 'explian 412', told: 'There is neither a command nor a path `explian`: did you mean `s3lint explain`?' },
    { line: 'help', told: 'There is neither a command nor a path `help`: did you mean `s3lint --help`?' },
    { line: '--fix --fix-dry-run', told: '`--fix` and `--fix-dry-run` do not go together: one writes the fixes, the other only shows them. Give one of the two.' },
    { line: '--eslint-config --config strict', told: '`--config` and `--eslint-config` do not go together: one chooses the rules, the other leaves that to the project. Give one of the two.' },
    { line: '--from a.json --no-facts', told: '`--from` and `--no-facts` do not go together: one gives facts, the other asks for none. Give one of the two.' },
    { line: '--explain-silence a.ts:1 --fix', told: '`--explain-silence` and `--fix` do not go together: explaining a place changes nothing. Give one of the two.' },
    { line: '--config strikt', told: 'There is no config `strikt`: did you mean `--config strict`?' },
    { line: '--config all', told: 'There is no config `all`: there are recommended, strict.' },
    { line: '--config strict --config recommended', told: '`--config` is given twice: give it once.' },
    { line: '--config', told: '`--config` needs a value: `--config recommended|strict`.' },
    { line: '--format --quiet', told: '`--format` needs a value: `--format NAME[=FILE]`.' },
    { line: '--format=', told: '`--format` needs a value: `--format NAME[=FILE]`.' },
    { line: '--format serif=out.sarif', told: 'There is no format `serif`: did you mean `--format sarif`?' },
    { line: '--format JSON', told: 'There is no format `JSON`: did you mean `--format json`?' },
    { line: '--format checkstyle', told: 'There is no format `checkstyle`: there are stylish, json, sarif, github, markdown.' },
    { line: '--format sarif=', told: '`--format sarif=` names no file: write `--format sarif=FILE`, or `--format sarif` for standard output.' },
    { line: '--format json --format stylish', told: 'The formats json and stylish would both go to standard output: give one of them a file, as in `--format stylish=FILE`.' },
    { line: '--format json=a --format sarif=a', told: 'The formats json and sarif would both go to `a`: give each a file of its own.' },
    { line: '--fix=true', told: '`--fix` is a switch and takes no value: leave out `=true`.' },
    { line: '--changed=', told: '`--changed=` has nothing behind it: write `--changed=BASE`, or `--changed` alone.' },
    { line: '--changed main --changed dev', told: '`--changed` is given twice: give it once.' },
    { line: '--max-warnings -1', told: '`--max-warnings` needs a value: `--max-warnings N`.' },
    { line: '--max-warnings=-1', told: '`--max-warnings -1` is no count: give a whole number, 0 or more.' },
    { line: '--max-warnings many', told: '`--max-warnings many` is no count: give a whole number, 0 or more.' },
    { line: '--explain-silence src/store.ts', told: '`--explain-silence src/store.ts` names no line: write `--explain-silence src/store.ts:42`.' },
    { line: '--explain-silence src/store.ts:0', told: '`--explain-silence src/store.ts:0` names no line: write `--explain-silence src/store.ts:42`.' },
    { line: 'facts -o', told: '`-o` needs a value: `-o FILE`.' },
    { line: 'facts -o a -o b', told: '`-o` is given twice: give it once.' },
    { line: 'explain', told: '`s3lint explain` needs an error code or a rule: `s3lint explain PreconditionFailed`, `s3lint explain no-lost-update`.' },
    { line: 'explain 409 412', told: '`s3lint explain` explains one thing at a time: `s3lint explain 409`.' },
  ])('s3lint $line', ({ line, told }) => {
    expect(parse(line)).toEqual({ kind: 'misuse', message: told });
  });
});

it('takes an empty path for a mistake, and not for the current folder', () => {
  expect(parseArguments(['src', ''])).toEqual({ kind: 'misuse', message: 'A path is empty, as from a variable of the shell that is not set: leave it out, or write `.` for this folder.' });
});

describe('help', () => {
  it.each(commandNames)('names what %s takes, and every flag of it that is parsed', (name) => {
    const text = help(name);
    expect(text).toContain(`${commands[name].operands} `);
    for (const flag of flagsOf(name)) expect(text).toContain(`--${flag.name}${flag.value === null ? '' : ` ${flag.value}`} `);
  });

  it('names every command, and fits in a terminal', () => {
    for (const name of commandNames) expect(help(null)).toContain(commands[name].does.slice(0, 20));
    for (const line of help(null).split('\n')) expect(line.length).toBeLessThanOrEqual(110);
    expect(help(null)).not.toMatch(/[{}]/);
  });

  it('is understood by who follows it: every flag that it names is parsed', () => {
    const values: Readonly<Record<string, string>> = { 'NAME[=FILE]': 'json', 'recommended|strict': 'strict', N: '3', 'FILE:LINE': 'a.ts:3', FILE: 'a.json' };
    for (const name of commandNames) {
      for (const flag of flagsOf(name)) {
        const value = flag.value === null || flag.value === '[BASE]' ? '' : (values[flag.value] ?? expect.fail(`No value for ${flag.value}.`));
        expect(parse(`${name} ${name === 'explain' ? '412' : ''} --${flag.name} ${value}`).kind).not.toBe('misuse');
      }
    }
  });
});
