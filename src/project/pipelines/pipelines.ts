import { dirname, join, normalize } from 'node:path/posix';

import type { Location, Warning } from '../../facts/project-finding.js';
import type { InfrastructureReader, Reading, TextFile } from '../infrastructure/reader.js';
import { awsWrite, versionedBy, type AwsWrite } from './aws-command.js';
import { emptyScope, freshnessOf, piecesOf, scopeInside, shownOf, type Piece, type Scope } from './freshness.js';
import { githubSteps, isWorkflow } from './github-workflow.js';
import { gitlabSteps } from './gitlab-pipeline.js';
import { filesLeadingToS3, mentionsS3 } from './leading-to-s3.js';
import { packagesOf, type Packages } from './package-scripts.js';
import { unconditionalPuts, uploadsWithoutConcurrency, type PlacedRequest, type PlacedUpload } from './pipeline-findings.js';
import type { Overlap, PipelineStep } from './pipeline-step.js';
import { placedFile } from './placed-text.js';
import { literal, shellCommands, type ShellCommand } from './shell-command.js';
import { calledScript, isShellScript, mayBeShellScript, type CalledScript } from './shell-script.js';
import { readYaml, type YamlFile } from './yaml-file.js';

const isAction = (path: string): boolean => /(?:^|\/)action\.ya?ml$/.test(path);
const isGitlab = (path: string): boolean => /\.gitlab-ci\.ya?ml$|^\.gitlab\/.*\.ya?ml$/.test(path);
const isPackage = (path: string): boolean => /(?:^|\/)package\.json$/.test(path);
const inDependency = /(?:^|\/)node_modules\//;

/** What calls another file, as far as one can see without reading it. */
const callsScripts = ({ text }: { readonly text: string }): boolean => /\.(?:ba)?sh\b|\b(?:npm|pnpm|yarn|bun)\b|(?:^|[\s"'/])(?:scripts?|bin|ci|tools|hack)\/|uses:\s*['"]?\.\//.test(text);

/** What pipelines write to S3 with the AWS CLI: `pipeline-blind-put`. They declare no buckets. */
export const pipelines: InfrastructureReader = {
  mayRead: (path) => !inDependency.test(path) && (isWorkflow(path) || isAction(path) || isGitlab(path) || isPackage(path) || mayBeShellScript(path)),
  // A workflow and a script may come to S3 by way of a script that they call.
  wants: (file) => {
    const { path, text } = file;
    if (isWorkflow(path) || isGitlab(path)) return true;
    if (isPackage(path)) return text.includes('"scripts"');
    if (isAction(path)) return /using:\s*['"]?composite/.test(text);
    return isShellScript(path, text) && (mentionsS3(file) || callsScripts(file));
  },
  read: readPipelines,
};

/** A test fills the buckets that it made for itself. */
const inTests = /(?:^|\/)(?:tests?|__tests__|e2e|specs?|fixtures?)\//;

/** How many scripts may call one another before the reading stops. */
const maximumDepth = 8;

interface Walk {
  readonly packages: Packages;
  readonly scripts: ReadonlyMap<string, TextFile>;
  /** The files and package scripts that something calls. */
  readonly visited: Set<string>;
  readonly requests: PlacedRequest[];
  readonly uploads: PlacedUpload[];
  /** A composite action is come to from many steps, and its texts are the same each time. */
  readonly commands: Map<string, readonly ShellCommand[]>;
}

interface Shell {
  readonly step: PipelineStep;
  /** The folder of the script file; null outside of one. */
  readonly own: string | null;
  /** The command of the pipeline that leads here; null where this is in the pipeline itself. */
  readonly caller: Location | null;
  readonly depth: number;
}

function readPipelines(files: readonly TextFile[]): Reading {
  const warnings: Warning[] = [];
  const parse = (file: TextFile, consequence: string): YamlFile | null => {
    const read = readYaml(file, consequence);
    if ('document' in read) return read;
    warnings.push(read);
    return null;
  };
  const leading = filesLeadingToS3(files);
  if (leading.size === 0) return { buckets: [], findings: [], warnings };
  const parsed = (wanted: readonly TextFile[]): readonly YamlFile[] => wanted.flatMap((file) => parse(file, 'its writes to S3 are not checked') ?? []);
  const github = [...leading].filter(({ path }) => isWorkflow(path) || isAction(path));
  // These are one configuration: a job may have its script from one file and its group from another.
  const gitlab = files.filter(({ path }) => isGitlab(path));
  const steps = [...githubSteps(parsed(github)), ...gitlabSteps(gitlab.some((file) => leading.has(file)) ? parsed(gitlab) : [])];
  const scripts = [...leading].filter(({ path, text }) => mayBeShellScript(path) && isShellScript(path, text));
  const manifests = [...leading].filter(({ path }) => isPackage(path));
  const walk: Walk = {
    packages: packagesOf(manifests, (file) => parse(file, 'its scripts are not checked')),
    scripts: new Map(scripts.map((file) => [file.path, file])),
    visited: new Set(),
    requests: [],
    uploads: [],
    commands: new Map(),
  };
  for (const step of steps) walkShell({ step, own: null, caller: null, depth: 0 }, walk);
  // What no pipeline calls a person runs: only what is wrong for one writer among many is reported.
  for (const file of manifests.filter(mentionsS3)) {
    const holder = walk.packages.of(file);
    for (const [name, script] of holder?.scripts ?? []) {
      if (holder && !walk.visited.has(packageKey(holder.folder, name))) walkShell({ step: { script, scope: emptyScope, folder: holder.folder, overlap: null }, own: null, caller: null, depth: 0 }, walk);
    }
  }
  for (const file of scripts.filter(mentionsS3)) if (!walk.visited.has(file.path)) walkShell(shellOf(file, emptyScope, { folder: '', overlap: null, caller: null, depth: 0 }), walk);
  return { buckets: [], findings: [...unconditionalPuts(walk.requests), ...uploadsWithoutConcurrency(walk.uploads)], warnings };
}

const packageKey = (folder: string, script: string): string => `${folder}/package.json#${script}`;

function shellOf(file: TextFile, scope: Scope, { folder, overlap, caller, depth }: { readonly folder: string | null; readonly overlap: Overlap | null } & Pick<Shell, 'caller' | 'depth'>): Shell {
  const own = dirname(file.path);
  return { step: { script: placedFile(file.path, file.text), scope, folder, overlap }, own: own === '.' ? '' : own, caller, depth };
}

function walkShell(shell: Shell, walk: Walk): void {
  const { script, scope: outer, overlap } = shell.step;
  if (!/\baws/.test(script.text) && !callsScripts(script)) return;
  const commands = walk.commands.get(script.text) ?? shellCommands(script.text);
  walk.commands.set(script.text, commands);
  const scope = scopeInside(commands, outer);
  const isVersioned = versionedBy(commands, scope);
  // An overwrite takes nothing away there. That an older run may end last is another matter, and said of uploads all the same.
  const keepsOld = (write: AwsWrite): boolean => write.kind === 'request' && isVersioned(write.bucket);
  let { folder } = shell.step;
  for (const command of commands) {
    if (literal(command.words[0]) === 'cd' || literal(command.words[0]) === 'pushd') folder = folderAfter(command, folder);
    const write = awsWrite(command, scope);
    if (write && !keepsOld(write) && !keepsVersion(write, script.text)) addWrite(write, shell, walk);
    else if (shell.depth < maximumDepth) {
      const called = calledScript(command, { folder, own: shell.own });
      if (called) walkCalled(called, { scope, folder, overlap, caller: shell.caller ?? stretchOf(command, shell), depth: shell.depth + 1 }, walk);
    }
  }
}

/**
 * `--query VersionId`, `| jq .VersionId`: who keeps the version that a request made goes on with that one, whatever is stored
 * under the key meanwhile, and the bucket keeps them all.
 */
const keepsVersion = ({ kind, start, end }: AwsWrite, text: string): boolean =>
  kind === 'request' && (/--query[\s=]+\S*VersionId/.test(text.slice(start, end)) || /^\s*\|\s*jq\b[^\n;|]*VersionId/.test(text.slice(end)));

function folderAfter({ words }: ShellCommand, folder: string | null): string | null {
  const to = literal(words[1]);
  if (to === null || folder === null || /^[/~-]/.test(to)) return null;
  const path = normalize(join(folder, to)).replace(/\/$/, '');
  return path.startsWith('..') ? null : path.replace(/^\.$/, '');
}

const stretchOf = ({ words }: ShellCommand, { step }: Shell): Location => step.script.locate(words[0]?.start ?? 0, words.at(-1)?.end ?? 0);

type From = Pick<Shell, 'depth'> & { readonly scope: Scope; readonly folder: string | null; readonly overlap: Overlap | null; readonly caller: Location };

function walkCalled(called: CalledScript, from: From, walk: Walk): void {
  if (called.kind === 'file') {
    const file = walk.scripts.get(called.path);
    if (!file) return;
    walk.visited.add(file.path);
    walkShell(shellOf(file, withArguments(called, from.scope), from), walk);
    return;
  }
  const holder = called.package === null ? walk.packages.in(called.folder) : walk.packages.named(called.package);
  const script = holder?.scripts.get(called.script);
  if (!holder || !script) return;
  for (const name of [`pre${called.script}`, called.script, `post${called.script}`]) {
    const text = holder.scripts.get(name);
    if (!text) continue;
    walk.visited.add(packageKey(holder.folder, name));
    walkShell({ step: { script: text, scope: from.scope, folder: holder.folder, overlap: from.overlap }, own: null, caller: from.caller, depth: from.depth }, walk);
  }
}

/** `$1` in a script is what its caller gives it. */
function withArguments({ given }: CalledScript & { readonly kind: 'file' }, scope: Scope): Scope {
  return {
    expression: scope.expression,
    variable: (name): readonly Piece[] | null => {
      const word = /^[1-9]$/.test(name) ? given[Number(name) - 1] : undefined;
      if (word) return piecesOf(word, scope);
      return /^\d$/.test(name) ? null : scope.variable(name);
    },
  };
}

function addWrite(write: AwsWrite, shell: Shell, walk: Walk): void {
  const at = shell.step.script.locate(write.start, write.end);
  const key = freshnessOf(write.key);
  if (key === 'fresh' || freshnessOf(write.bucket) === 'fresh') return;
  if (write.kind === 'request') {
    if (write.condition === 'absent' && !inTests.test(at.file)) walk.requests.push({ write, at });
    return;
  }
  const { overlap } = shell.step;
  if (!overlap || key === 'unknown' || shownOf(write.bucket) === '') return;
  walk.uploads.push({ write, at, overlap, caller: shell.caller });
}
