import { formatNames } from '../report/formats.js';
import { commandNames, commands, commonFlags, type CommandName, type Flag } from './flags.js';
import { wrap } from './wrap.js';

const column = 34;
const width = 100;

/**
 * @param of one command, or null for all of them
 * @returns what `--help` prints
 */
export function help(of: CommandName | null): string {
  const shown = of === null ? commandNames : [of];
  return [
    'Finds S3 code that can lose data when two writers meet.\n\n',
    ...shown.map((name) => row(`s3lint ${name === 'check' ? (of === null ? '' : '[check] ') : `${name} `}${commands[name].operands}`, commands[name].does)),
    ...shown.flatMap((name) => (commands[name].flags.length === 0 ? [] : [`\nFlags of ${name}:\n`, ...commands[name].flags.map(rowOf)])),
    '\nFlags of every command:\n',
    ...commonFlags.map(rowOf),
    '\nExit code: 0 when there is nothing to fail on, 1 when something was found, 2 when s3lint or its use failed.\n',
  ].join('');
}

const rowOf = ({ name, short, value, does, repeatable }: Flag): string =>
  row(
    `${short === undefined ? '' : `-${short}, `}--${name}${value === null ? '' : ` ${value}`}`,
    `${does.replace('{formats}', formatNames.join(', '))}${repeatable === true ? '; may be given more than once' : ''}`,
  );

function row(left: string, right: string): string {
  const lines = wrap(right, width - column);
  return `  ${left.padEnd(column - 2)}${lines.join(`\n${' '.repeat(column)}`)}\n`;
}
