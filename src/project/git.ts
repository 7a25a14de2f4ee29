import { spawnSync } from 'node:child_process';

/** What git printed, or why it could not. */
export type GitAnswer = { readonly kind: 'output'; readonly text: string } | { readonly kind: 'failure'; readonly reason: string };

/**
 * Asks git. It is kept from running what the analysed project may have set up: `core.fsmonitor` names a program.
 *
 * @param root the folder it is asked in, absolute
 * @param args the command and its options
 * @returns what it printed; a failure where git is not installed, root is in no work tree, or the command failed.
 *   Nothing is thrown.
 */
export function git(root: string, args: readonly string[]): GitAnswer {
  const { status, stdout, stderr, error } = spawnSync('git', ['--no-optional-locks', '-c', 'core.fsmonitor=false', ...args], {
    cwd: root,
    encoding: 'utf8',
    // Inside a hook these name the repository of the hook, which need not be the one of the root.
    env: { ...process.env, GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_PREFIX: undefined, LC_ALL: 'C' },
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error) return { kind: 'failure', reason: 'code' in error && error.code === 'ENOENT' ? 'git is not installed' : error.message };
  return status === 0 ? { kind: 'output', text: stdout } : { kind: 'failure', reason: stderr.trim().split('\n')[0]?.replace(/^fatal: /, '') ?? '' };
}

/** The paths of an answer to `-z`. */
export const pathsIn = (text: string): readonly string[] => text.split('\0').filter((path) => path !== '');
