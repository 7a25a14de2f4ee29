import { git, pathsIn } from './git.js';

/** Why a question could not be answered, and what to do. */
export interface Problem {
  readonly kind: 'problem';
  /** One sentence or two, for a user. */
  readonly message: string;
}

/** Where work usually branches off, the likeliest first. */
const usualBases = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];

/**
 * @param root the folder of the project, absolute
 * @param base a commit, branch or tag; null for the branch that work usually starts from
 * @returns the files below the root that differ from where the present work left the base, relative to the root: committed,
 *   staged, not yet staged and untracked ones, without deleted ones; or a problem that says what is missing
 */
export function changedFiles(root: string, base: string | null): ReadonlySet<string> | Problem {
  const inside = git(root, ['rev-parse', '--is-inside-work-tree']);
  if (inside.kind === 'failure') return problem(`Changed files are known by git only, and it cannot be asked in ${root}: ${inside.reason}.`);

  const commit = (base === null ? usualBases : [base]).map((name) => commitOf(root, name)).find((found) => found !== null);
  if (commit === undefined) {
    return problem(
      base === null
        ? `None of the usual bases (${usualBases.join(', ')}) is known here: name the commit or branch to compare with.`
        : `git knows no commit named '${base}': fetch it first, or name another base.`,
    );
  }
  const fork = git(root, ['merge-base', commit, 'HEAD']);
  if (fork.kind === 'failure') {
    return problem(`HEAD and '${base ?? commit}' have no commit in common here: a shallow clone has to be deepened first (fetch-depth: 0).`);
  }
  // --relative: only what lies below the root, and named from there.
  const tracked = git(root, ['diff', '--name-only', '-z', '--diff-filter=d', '--relative', '--no-ext-diff', '--ignore-submodules', fork.text.trim(), '--']);
  const untracked = git(root, ['ls-files', '-z', '--others', '--exclude-standard']);
  if (tracked.kind === 'failure') return problem(`git cannot compare with '${base ?? commit}': ${tracked.reason}.`);
  if (untracked.kind === 'failure') return problem(`git cannot list untracked files: ${untracked.reason}.`);
  return new Set([...pathsIn(tracked.text), ...pathsIn(untracked.text)]);
}

function commitOf(root: string, name: string): string | null {
  const answer = git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  return answer.kind === 'output' ? answer.text.trim() : null;
}

const problem = (message: string): Problem => ({ kind: 'problem', message });
