import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Log } from 'sarif';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';

import { check } from '../src/check/check.js';

/** Every block of docs/pull-requests.md is checked for its form, and its commands run in a repository with a base and a change. */
const page = readFileSync(new URL('../docs/pull-requests.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((match) => ({ language: match[1] ?? '', text: match[2] ?? '' }));
const textOf = (language: string, mark: string): string => blocks.find((block) => block.language === language && block.text.includes(mark))?.text ?? '';
const workflowText = textOf('yaml', '# .github/workflows/s3lint.yml\n');
const gitlabText = textOf('yaml', '# .gitlab-ci.yml\n');
const hookText = textOf('shell', '# .git/hooks/pre-push\n');
const byHand = blocks.filter(({ language }) => language === 'bash').flatMap(({ text }) => text.trim().split('\n'));

interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
}

interface Job {
  readonly if?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly concurrency: { readonly group: string };
  readonly defaults: { readonly run: { readonly shell: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

function parsed(text: string): unknown {
  const document = parseDocument(text, { strict: true, uniqueKeys: true, stringKeys: true });
  expect([...document.errors, ...document.warnings]).toEqual([]);
  return document.toJS();
}

const workflow = parsed(workflowText) as Workflow;
const jobs = Object.entries(workflow.jobs);
const steps = jobs.flatMap(([, job]) => job.steps);

it('executes every block of the page', () => {
  const known = [workflowText, gitlabText, hookText, ...blocks.filter(({ language }) => language === 'bash').map(({ text }) => text)];
  expect(blocks.map(({ text }) => text).filter((text) => !known.includes(text))).toEqual([]);
  expect(known).not.toContain('');
});

describe('the workflow is one that GitHub takes', () => {
  const unknown = (value: object, known: string): readonly string[] => Object.keys(value).filter((key) => !known.split(' ').includes(key));

  it('has no key that GitHub does not know', () => {
    expect(unknown(workflow, 'name run-name on permissions env defaults concurrency jobs')).toEqual([]);
    expect(unknown(workflow.concurrency, 'group cancel-in-progress')).toEqual([]);
    expect(unknown(workflow.on, 'pull_request push merge_group schedule workflow_dispatch')).toEqual([]);
    for (const [, job] of jobs) expect(unknown(job.permissions, 'actions checks contents deployments discussions id-token issues packages pages pull-requests security-events statuses')).toEqual([]);
    for (const [, job] of jobs) expect(unknown(job, 'name needs if runs-on environment concurrency outputs env defaults timeout-minutes strategy permissions steps')).toEqual([]);
    for (const step of steps) expect(unknown(step, 'id if name uses run working-directory shell with env continue-on-error timeout-minutes')).toEqual([]);
  });

  it('runs on pull requests without the rights that pull_request_target would give to strangers', () => {
    expect(Object.keys(workflow.on)).toContain('pull_request');
    expect(workflowText).not.toContain('pull_request_target');
  });

  it('lets every step either run or use something, and everything used has a major version', () => {
    for (const step of steps) expect(Object.keys(step).filter((key) => key === 'run' || key === 'uses')).toHaveLength(1);
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/^[\w-]+(?:\/[\w-]+)+@v\d+$/);
  });

  it('gives actions only what they take', () => {
    // https://github.com/actions/checkout, https://github.com/actions/setup-node, https://github.com/github/codeql-action
    const inputs: Readonly<Record<string, string>> = { 'actions/checkout': 'fetch-depth persist-credentials', 'actions/setup-node': 'node-version', 'github/codeql-action/upload-sarif': 'sarif_file category' };
    for (const step of steps) if (step.uses !== undefined) expect(unknown(step.with ?? {}, inputs[step.uses.split('@')[0] ?? ''] ?? '')).toEqual([]);
  });

  it('may write findings where it uploads them, and nothing else anywhere', () => {
    expect(workflow.permissions).toEqual({});
    for (const [, job] of jobs) {
      const uploads = job.steps.some(({ uses }) => uses?.startsWith('github/codeql-action/upload-sarif@'));
      expect(Object.entries(job.permissions).filter(([, access]) => access !== 'read')).toEqual(uploads ? [['security-events', 'write']] : []);
      expect(job.permissions['contents']).toBe('read');
    }
  });

  it('keeps the token away from what it runs', () => {
    for (const step of steps) if (step.uses?.startsWith('actions/checkout@')) expect(step.with?.['persist-credentials']).toBe(false);
  });

  it('fetches the history where git is asked what changed', () => {
    const asking = jobs.filter(([, job]) => job.steps.some(({ run }) => run?.includes('--changed')));
    expect(asking).toHaveLength(1);
    for (const [, job] of asking) expect(job.steps[0]?.with?.['fetch-depth']).toBe(0);
  });

  it('has expressions that end and name what there is', () => {
    const conditions = [...jobs.map(([, job]) => job.if), ...steps.map((step) => step.if)].filter((condition) => condition !== undefined);
    const inside = [...workflowText.matchAll(/\$\{\{(.*?)\}\}/g)].map((match) => match[1] ?? '');
    expect(inside).toHaveLength(workflowText.split('${{').length - 1);
    expect(workflowText.split('}}')).toHaveLength(inside.length + 1);
    for (const expression of [...inside, ...conditions.filter((condition) => !condition.startsWith('${{'))]) {
      expect(expression.split('(')).toHaveLength(expression.split(')').length);
      const words = expression.replace(/'[^']*'/g, '').match(/[A-Za-z][\w.-]*/g) ?? [];
      expect(words.filter((word) => !/^(?:github\.(?:ref|event_name|event\.pull_request\.head\.repo\.fork)|cancelled|hashFiles|true)$/.test(word))).toEqual([]);
    }
    // `!` begins a tag of YAML.
    for (const condition of conditions) expect(condition).not.toMatch(/^!/);
  });

  it('hands no expression to a shell, where a name of a branch could be a command', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
    expect(workflow.defaults.run.shell).toBe('bash');
  });

  it('lets a newer run of the same ref take the place of an older one', () => {
    expect(workflow.concurrency.group).toBe('s3lint-${{ github.ref }}');
  });
});

it('is in a form that s3lint itself has nothing to say of', async () => {
  const root = folder();
  write(root, '.github/workflows/s3lint.yml', workflowText);
  write(root, '.gitlab-ci.yml', gitlabText);
  write(root, 'hooks/pre-push.sh', hookText);
  const { report } = await check({ root });
  expect(report.warnings).toEqual([]);
  expect(report.results.flatMap(({ messages }) => messages)).toEqual([]);
});

const folders: string[] = [];
afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true, force: true })));

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'pull-request-'));
  folders.push(path);
  return path;
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** A read-modify-write without a condition: `no-lost-update`, an error. */
const losing = (what: string, condition = ''): string => `import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

const client = new S3Client({});

export async function add(user: string, item: string): Promise<void> {
  const Key = \`${what}/\${user}.json\`;
  const current = await client.send(new GetObjectCommand({ Bucket: 'shop', Key }));
  const items = JSON.parse((await current.Body?.transformToString()) ?? '[]') as string[];
  await client.send(new PutObjectCommand({ Bucket: 'shop', Key, Body: JSON.stringify([...items, item])${condition} }));
}
`;

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

interface Shell {
  /** The clone, in the place of GitHub's workspace. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string>>;
  /** As the runner calls bash: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell */
  readonly run: (script: string) => Ran;
}

/** `npx` finds what `npm ci` would have installed: the s3lint of this build. */
const programs = folder();
const s3lint = fileURLToPath(new URL('../dist/cli/s3lint.js', import.meta.url));
write(programs, 'npx', `#!/bin/sh\n[ "$1" = s3lint ] || exit 127\nshift\nexec "${process.execPath}" "${s3lint}" "$@"\n`);
chmodSync(join(programs, 'npx'), 0o755);

const identity = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.com', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };

function shellIn(root: string, given: Readonly<Record<string, string>> = {}): Shell {
  const outside = folder();
  const environment = {
    ...identity,
    PATH: `${programs}:${process.env['PATH'] ?? ''}`,
    HOME: outside,
    CI: 'true',
    npm_config_offline: 'true',
    npm_config_cache: join(outside, 'npm'),
    npm_config_update_notifier: 'false',
    GITHUB_WORKSPACE: root,
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_BASE_REF: 'main',
    GITHUB_STEP_SUMMARY: join(outside, 'summary.md'),
    ...given,
  };
  writeFileSync(environment.GITHUB_STEP_SUMMARY, '');
  return {
    root,
    environment,
    run: (script) => {
      const file = join(outside, 'step.sh');
      writeFileSync(file, script);
      const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', file], { cwd: root, env: environment, encoding: 'utf8' });
      return { code: status, out: stdout, error: stderr };
    },
  };
}

/** Where the pull request goes: `main` has an old finding. */
const origin = folder();
/** Where it comes from: a branch that adds a file with a finding of its own. */
const template = folder();

beforeAll(() => {
  expect(existsSync(s3lint), 'npm run build').toBe(true);
  write(origin, 'package.json', '{ "name": "shop", "version": "1.0.0", "type": "module" }\n');
  write(origin, 'package-lock.json', '{ "name": "shop", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": { "": { "name": "shop", "version": "1.0.0" } } }\n');
  write(origin, '.gitignore', 'node_modules/\n');
  write(origin, 'src/wishes.ts', losing('wishes'));
  expect(shellIn(origin).run('git init -q -b main && git add -A && git commit -qm base').code).toBe(0);
  write(origin, 'README.md', 'Another commit, for a history.\n');
  expect(shellIn(origin).run('git add -A && git commit -qm readme').code).toBe(0);
  const { run } = shellIn(template);
  expect(run(`git clone -q "file://${origin}" . && git checkout -qb carts`).code).toBe(0);
  write(template, 'src/carts.ts', losing('carts'));
  expect(run('git add -A && git commit -qm carts').code).toBe(0);
});

function clone(given: Readonly<Record<string, string>> = {}): Shell {
  const root = folder();
  cpSync(template, root, { recursive: true });
  return shellIn(root, given);
}

/** The change without its finding. */
function mend({ root, run }: Shell): void {
  write(root, 'src/carts.ts', losing('carts', ', IfMatch: current.ETag'));
  expect(run('git commit -qam mended').code).toBe(0);
}

/** The commands of a job, as the runner goes through them: after a failure only what asks for it runs on. */
function runJob(name: string, shell: Shell): readonly Ran[] {
  const ran: Ran[] = [];
  for (const step of workflow.jobs[name]?.steps ?? []) {
    const hasFailed = ran.some(({ code }) => code !== 0);
    if (step.run === undefined || (hasFailed && step.if?.includes('!cancelled()') !== true)) continue;
    const needed = /hashFiles\('([^']+)'\)/.exec(step.if ?? '')?.[1];
    if (needed === undefined || existsSync(join(shell.root, needed))) ran.push(shell.run(step.run));
  }
  return ran;
}

const summaryOf = ({ environment }: Shell): string => readFileSync(environment['GITHUB_STEP_SUMMARY'] ?? '', 'utf8');

describe('the job that looks at changed files', () => {
  it('annotates what the pull request adds, fails on it, and leaves what was there', () => {
    const shell = clone();
    const [install, annotate, summary, ...more] = runJob('changed-files', shell);
    expect([install?.code, annotate?.code, summary?.code, more]).toEqual([0, 1, 0, []]);
    expect(annotate?.out).toMatch(/^::error file=src\/carts\.ts,line=9,endLine=9,col=\d+,endColumn=\d+,title=s3\/no-lost-update::This writes "carts\/[^\n]*\n$/);
    expect(summaryOf(shell)).toContain('## s3lint: 1 error, no warnings in 1 file\n');
    expect(summaryOf(shell)).toContain('| [src/carts.ts:9](src/carts.ts#L9) |');
    expect(summaryOf(shell)).not.toContain('wishes');
  });

  it('passes once it is mended', () => {
    const shell = clone();
    mend(shell);
    expect(runJob('changed-files', shell).map(({ code, out }) => [code, out.includes('::error')])).toEqual([[0, false], [0, false], [0, false]]);
    expect(summaryOf(shell)).toBe('s3lint found nothing in 1 file.\n');
  });

  it('ends with 2 and says why when the history was not fetched, and has no summary to add', () => {
    const root = folder();
    const shell = shellIn(root);
    expect(shell.run(`git clone -q --depth 1 "file://${origin}" . && git update-ref -d refs/remotes/origin/main`).code).toBe(0);
    const [, annotate, ...more] = runJob('changed-files', shell);
    expect(annotate).toEqual({ code: 2, out: '', error: "git knows no commit named 'origin/main': fetch it first, or name another base.\n" });
    expect(more).toEqual([]);
  });
});

describe('the job for code scanning', () => {
  const logOf = ({ root }: Shell): Log => JSON.parse(readFileSync(join(root, 's3lint.sarif'), 'utf8')) as Log;

  it('writes all findings to the file that is uploaded, and lets them pass', () => {
    const shell = clone();
    appendFileSync(shell.environment['GITHUB_STEP_SUMMARY'] ?? '', 'What another command said.\n');
    expect(runJob('code-scanning', shell).map(({ code }) => code)).toEqual([0, 0]);
    const upload = workflow.jobs['code-scanning']?.steps.find(({ uses }) => uses?.includes('upload-sarif'));
    expect(upload?.with?.['sarif_file']).toBe('s3lint.sarif');
    const { version, runs } = logOf(shell);
    expect(version).toBe('2.1.0');
    expect(runs[0]?.results?.map(({ ruleId, level, locations }) => [ruleId, level, locations?.[0]?.physicalLocation?.artifactLocation?.uri])).toEqual([
      ['s3/no-lost-update', 'error', 'src/carts.ts'],
      ['s3/no-lost-update', 'error', 'src/wishes.ts'],
    ]);
    expect(summaryOf(shell)).toMatch(/^What another command said\.\n## s3lint: 2 errors, no warnings in 2 files\n/);
  });

  it('keeps the fingerprint of an old finding when lines above it change', () => {
    const fingerprints = (shell: Shell): readonly unknown[] => {
      shell.run('npx s3lint --format sarif=s3lint.sarif');
      return logOf(shell).runs[0]?.results?.map(({ partialFingerprints }) => partialFingerprints) ?? [];
    };
    const moved = clone();
    write(moved.root, 'src/wishes.ts', `// What a user wishes for.\n${losing('wishes')}`);
    expect(fingerprints(moved)).toEqual(fingerprints(clone()));
  });

  it('fails where s3lint could not do its work: nothing may pass for "nothing found"', () => {
    const shell = clone();
    mkdirSync(join(shell.root, 's3lint.sarif'));
    const [install, checked] = runJob('code-scanning', shell);
    expect([install?.code, checked?.code]).toEqual([0, 1]);
    expect(checked?.error).toContain('`s3lint.sarif` could not be written (it is a folder)');
  });
});

describe('the job of GitLab', () => {
  interface GitlabJob {
    readonly script: readonly string[];
    readonly variables: Readonly<Record<string, unknown>>;
    readonly artifacts: { readonly when: string; readonly paths: readonly string[] };
  }
  const { s3lint: job, ...others } = parsed(gitlabText) as { readonly s3lint: GitlabJob };

  it('has no key that GitLab does not know, and fetches the history', () => {
    expect(others).toEqual({});
    expect(Object.keys(job).filter((key) => !'image rules variables script artifacts'.split(' ').includes(key))).toEqual([]);
    expect(job.variables).toEqual({ GIT_DEPTH: 0 });
  });

  it('shows what the merge request adds, fails on it, and keeps both files', () => {
    const base = shellIn(template).run('git rev-parse origin/main').out.trim();
    const shell = clone({ CI_MERGE_REQUEST_DIFF_BASE_SHA: base });
    const { code, out } = shell.run(job.script.join('\n'));
    expect(code).toBe(1);
    expect(out).toContain('s3/no-lost-update');
    expect(out).not.toContain('wishes');
    expect(job.artifacts.when).toBe('always');
    const [json, markdown] = job.artifacts.paths.map((path) => readFileSync(join(shell.root, path), 'utf8'));
    const results = JSON.parse(json ?? '') as { filePath: string; messages: { ruleId: string }[] }[];
    expect(results.map(({ filePath, messages }) => [filePath, messages.map(({ ruleId }) => ruleId)])).toEqual([[join(shell.root, 'src/carts.ts'), ['s3/no-lost-update']]]);
    expect(markdown).toContain('## s3lint: 1 error, no warnings in 1 file\n');
  });
});

describe('before a push', () => {
  it('each command does what the page says', () => {
    const shell = clone();
    const [look, preview, fix, ...more] = byHand.map((command) => ({ command, ...shell.run(command), changed: shell.run('git diff --name-only').out }));
    expect(more).toEqual([]);
    expect([look?.command, look?.code, look?.changed]).toEqual(['npx s3lint --changed', 1, '']);
    expect([preview?.command, preview?.code, preview?.changed]).toEqual(['npx s3lint --changed --fix-dry-run', 0, '']);
    expect(preview?.out).toContain('IfMatch: current.ETag');
    expect([fix?.command, fix?.code, fix?.changed]).toEqual(['npx s3lint --changed --fix', 0, 'src/carts.ts\n']);
  });

  it('what is not committed yet counts', () => {
    const shell = clone();
    mend(shell);
    write(shell.root, 'src/orders.ts', losing('orders'));
    expect(shell.run('npx s3lint --changed').out).toContain('src/orders.ts');
  });

  it('the hook stops a push with errors, and lets one without through', () => {
    const shell = clone();
    write(shell.root, '.git/hooks/pre-push', hookText);
    chmodSync(join(shell.root, '.git/hooks/pre-push'), 0o755);
    const push = 'git push -q origin HEAD:refs/heads/carts';
    expect(shell.run(push).code).not.toBe(0);
    mend(shell);
    expect(shell.run(push)).toMatchObject({ code: 0 });
  });
});

describe('what cannot be checked is no success', () => {
  it.each([
    { why: 'a path that is misspelt', command: 'npx s3lint scr', says: 'There is no `scr` here' },
    { why: 'one of several paths', command: 'npx s3lint src lib', says: 'There is no `lib` here' },
    { why: 'a path outside of what is read', command: 'npx s3lint ..', says: '`..` lies outside of this folder' },
    { why: 'a diff and JSON on one output', command: 'npx s3lint --fix-dry-run --format json', says: 'give the format a file, as in `--format json=FILE`' },
  ])('$why ends with 2', ({ command, says }) => {
    const { code, out, error } = clone().run(command);
    expect([code, out]).toEqual([2, '']);
    expect(error).toContain(says);
  });

  it('a warning too many is told, as --quiet shows none of them', () => {
    const shell = clone();
    write(shell.root, '.github/workflows/deploy.yml', 'on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - run: aws s3 sync dist s3://shop\n');
    expect(shell.run('npx s3lint .github --quiet --max-warnings 0')).toEqual({ code: 1, out: '', error: '1 warning, where --max-warnings allows 0.\n' });
  });

  it('a path may be absolute, and the folder itself', () => {
    const shell = clone();
    mend(shell);
    expect(shell.run('npx s3lint "$PWD/src/carts.ts"').code).toBe(0);
    expect(shell.run('npx s3lint .').code).toBe(1);
  });
});
