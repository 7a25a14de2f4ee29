import { join, normalize } from 'node:path/posix';

import { literal, spelling, type ShellCommand, type ShellWord } from './shell-command.js';

/** What a command hands over to. */
export type CalledScript =
  | { readonly kind: 'file'; readonly path: string; readonly given: readonly ShellWord[] }
  | { readonly kind: 'package'; readonly script: string; readonly folder: string | null; readonly package: string | null };

/** Where a command runs. */
export interface Place {
  /** Relative to the root of the project; null where it is not known. */
  readonly folder: string | null;
  /** The folder of the script that holds it: `"$(dirname "$0")/upload.sh"`; null where it is in no script. */
  readonly own: string | null;
}

const shells = /^(?:source|\.|(?:\/\S*\/)?(?:ba|da|z|k)?sh)$/;
const managers = /^(?:npm|yarn|pnpm|bun)$/;
const builtIn = /^(?:add|install|ci|i|up|upgrade|remove|publish|pack|version|config|cache|set|why|info|init|link|workspaces|dlx|exec|create|audit|login|test|node)$/;

/**
 * @param path a path
 * @returns whether its name says that it is a shell script, or leaves it possible where scripts are kept
 */
export const mayBeShellScript = (path: string): boolean => /\.(?:sh|bash)$/.test(path) || /(?:^|\/)(?:scripts?|bin|ci|tools|hack)\/(?:[^/]+\/)*[^/.]+$/.test(path);

/**
 * @param path the path of a file
 * @param text its text
 * @returns whether it is for `sh` or `bash`
 */
export const isShellScript = (path: string, text: string): boolean => /\.(?:sh|bash)$/.test(path) || /^#!.*\b(?:ba|da|z|k)?sh\b/.test(text);

/**
 * @param command a command
 * @param place where it runs
 * @returns the script of the project that it runs, as far as its name is known; null where it runs none
 */
export function calledScript({ words }: ShellCommand, place: Place): CalledScript | null {
  const first = literal(words[0]);
  if (first !== null && managers.test(first)) return packageScript(first, words.slice(1), place.folder);
  const at = first !== null && shells.test(first) ? words.findIndex((word, index) => index > 0 && !/^[-+]/.test(spelling(word))) : 0;
  const word = words[at];
  const path = word && pathOf(word, place);
  // A bare name is looked for on the PATH, unless a shell is told to read it.
  return word && path != null && (at > 0 || spelling(word).includes('/')) ? { kind: 'file', path, given: words.slice(at + 1) } : null;
}

function pathOf(word: ShellWord, place: Place): string | null {
  const [first, ...rest] = word.parts.filter((part) => part.kind !== 'text' || part.text !== '');
  const tail = rest.map((part) => (part.kind === 'text' ? part.text : '$')).join('');
  if (!first || tail.includes('$')) return null;
  if (first.kind === 'text') return first.text.startsWith('/') || place.folder === null ? null : inside(join(place.folder, first.text + tail));
  if (/github\.workspace|GITHUB_WORKSPACE|CI_PROJECT_DIR/.test(first.source)) return inside(join('.', tail));
  // `$(dirname "$0")`, `${BASH_SOURCE%/*}`, and by custom `$SCRIPT_DIR`.
  if (place.own !== null && (/dirname|BASH_SOURCE/.test(first.source) || (first.kind === 'variable' && /^(?:SCRIPT_?DIR|DIR|HERE|script_?dir)$/.test(first.name)))) return inside(join(place.own, tail));
  return null;
}

const inside = (path: string): string | null => (normalize(path).startsWith('..') ? null : normalize(path));

/** `npm run deploy`, `yarn --cwd web deploy`, `pnpm --filter web run deploy`. */
function packageScript(manager: string, given: readonly ShellWord[], folder: string | null): CalledScript | null {
  let at: string | null = folder;
  let packageName: string | null = null;
  const words: string[] = [];
  for (let index = 0; index < given.length; index += 1) {
    const word = given[index];
    const text = word ? spelling(word) : '';
    const [, option, joinedValue] = /^(--prefix|--cwd|--dir|-C|--filter|-F|--workspace|-w)(?:=(.*))?$/.exec(text) ?? [];
    if (option !== undefined && !(option === '-w' && manager !== 'npm')) {
      const next = given[index + 1];
      const value = joinedValue ?? (next ? spelling(next) : '');
      if (joinedValue === undefined) index += 1;
      if (/^(?:--filter|-F|--workspace|-w)$/.test(option)) packageName = value;
      else at = at === null || value.includes('$') ? null : inside(join(at, value));
    } else if (!text.startsWith('-')) words.push(text);
  }
  if (words[0] === 'workspace' && manager === 'yarn') {
    packageName = words[1] ?? null;
    words.splice(0, 2);
  }
  const isRun = words[0] === 'run' || words[0] === 'run-script';
  const script = isRun ? words[1] : manager === 'npm' ? undefined : words[0];
  return script === undefined || (!isRun && builtIn.test(script)) ? null : { kind: 'package', script, folder: at === '.' ? '' : at, package: packageName };
}
