import { join, normalize } from 'node:path/posix';

import type { Node } from 'yaml';

import { scopeInside, piecesOf, freshnessOf, shownOf, type Piece, type Scope } from './freshness.js';
import { expressionPieces, templatePieces, type ExpressionContexts } from './github-expression.js';
import { isGroupOfEachRun, noTriggers, triggersOf, triggersUnder, type Triggers } from './github-triggers.js';
import type { Overlap, PipelineStep } from './pipeline-step.js';
import type { PlacedText } from './placed-text.js';
import { literal, shellCommands, spelling } from './shell-command.js';
import { commandOfAction } from './upload-actions.js';
import { entriesOf, field, itemsOf, locationOf, placed, textOf, type YamlFile } from './yaml-file.js';

type Lookup = (name: string) => readonly Piece[] | null;

/** What a workflow is started with. */
interface Start {
  readonly triggers: Triggers;
  /** The concurrency groups that its callers hold, and whether one of them keeps runs apart. */
  readonly groups: readonly Group[];
  /** Whether a caller starts it after other jobs. */
  readonly isLate: boolean;
  readonly input: Lookup;
}

interface Group {
  readonly name: string;
  readonly keepsApart: boolean;
}

/** Where a list of steps stands. */
interface Surroundings {
  readonly env: Lookup;
  readonly input: Lookup;
  readonly need: (job: string, output: string) => readonly Piece[] | null;
  readonly overlap: Overlap | null;
  readonly triggers: Triggers;
  readonly folder: string | null;
}

interface ReadJob {
  readonly steps: readonly PipelineStep[];
  readonly output: Lookup;
}

/** GitHub's own limit for workflows that call workflows is ten; a loop must end. */
const maximumDepth = 10;

const none: Lookup = () => null;

/**
 * Reads the workflows of GitHub Actions, as far as they call one another, and the composite actions of the project.
 *
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
 *
 * @param files workflows and actions
 * @returns the steps of all of them; a step that several workflows come to is there once for each
 */
export function githubSteps(files: readonly YamlFile[]): readonly PipelineStep[] {
  const visited = new Set<YamlFile>();
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reader = { visited, fileOf: (path: string) => byPath.get(path) ?? null };
  const workflows = files.filter(({ path }) => isWorkflow(path));
  const started = workflows.flatMap((file) => {
    const triggers = triggersOf(file);
    return triggers ? workflowSteps(file, { triggers, groups: [], isLate: false, input: dispatchInputs(file) }, reader, 0) : [];
  });
  // What nobody calls here is called from elsewhere, in whatever group: it is read for what is wrong in any.
  const others = files.filter((file) => !visited.has(file));
  const alone: Start = { triggers: noTriggers, groups: [], isLate: false, input: none };
  return [...started, ...others.flatMap((file) => (isWorkflow(file.path) ? workflowSteps(file, alone, reader, 0) : actionSteps(file, null, { ...outside, folder: '' }, reader, 0)))];
}

const outside: Surroundings = { env: none, input: none, need: none, overlap: null, triggers: noTriggers, folder: '' };

/**
 * @param path a path
 * @returns whether GitHub takes it for a workflow
 */
export const isWorkflow = (path: string): boolean => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path);

interface Reader {
  readonly visited: Set<YamlFile>;
  readonly fileOf: (path: string) => YamlFile | null;
}

function workflowSteps(file: YamlFile, start: Start, reader: Reader, depth: number): readonly PipelineStep[] {
  reader.visited.add(file);
  const root = file.document.contents;
  const jobs = new Map(entriesOf(file, field(file, root, 'jobs')).map((entry) => [entry.key, entry]));
  const read = new Map<string, ReadJob>();
  const open = new Set<string>();

  const jobOf = (name: string): ReadJob | null => {
    const known = read.get(name);
    const entry = jobs.get(name);
    if (known || !entry || open.has(name)) return known ?? null;
    open.add(name);
    const job = readJob(entry.value, locationOf(file, entry.keyNode));
    open.delete(name);
    read.set(name, job);
    return job;
  };

  const readJob = (job: Node | null, at: ReturnType<typeof locationOf>): ReadJob => {
    const triggers = triggersUnder(start.triggers, textOf(field(file, job, 'if')));
    const need = (name: string, output: string): readonly Piece[] | null => jobOf(name)?.output(output) ?? null;
    const context = (env: Lookup): ExpressionContexts => contextsOf({ env, input: start.input, need, triggers }, none);
    const workflowEnv = envOf(file, field(file, root, 'env'), none, context);
    const env = envOf(file, field(file, job, 'env'), workflowEnv, context);
    const groups = [...start.groups, ...[root, job].flatMap((holder) => groupOf(file, holder, triggers, context(none)))];
    const isLate = start.isLate || field(file, job, 'needs') !== null;
    const uses = textOf(field(file, job, 'uses'));
    const called = uses?.startsWith('./') === true && depth < maximumDepth ? reader.fileOf(normalize(uses)) : null;
    if (called) return { steps: workflowSteps(called, { triggers, groups, isLate, input: calledInputs(called, file, field(file, job, 'with'), context(env)) }, reader, depth + 1), output: none };
    const surroundings: Surroundings = {
      env,
      input: start.input,
      need,
      overlap: overlapOf(triggers, { groups, isLate }, at),
      triggers,
      folder: folderOf(field(file, job, 'defaults', 'run', 'working-directory') ?? field(file, root, 'defaults', 'run', 'working-directory'), '', context(env)),
    };
    const { steps, contexts } = stepsOf(file, field(file, job, 'steps'), surroundings, reader, depth);
    return { steps, output: (name) => valueOf(field(file, job, 'outputs', name), contexts) };
  };

  return [...jobs.keys()].flatMap((name) => jobOf(name)?.steps ?? []);
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#concurrency */
function groupOf(file: YamlFile, holder: Node | null, triggers: Triggers, contexts: ExpressionContexts): readonly Group[] {
  const concurrency = field(file, holder, 'concurrency');
  if (!concurrency) return [];
  const name = textOf(concurrency) ?? textOf(field(file, concurrency, 'group')) ?? '';
  return [{ name, keepsApart: !isGroupOfEachRun(name, triggers, contexts) }];
}

function overlapOf(triggers: Triggers, { groups, isLate }: Pick<Start, 'groups' | 'isLate'>, job: ReturnType<typeof locationOf>): Overlap | null {
  return triggers.overlap && !groups.some(({ keepsApart }) => keepsApart) ? { system: 'github', group: groups.at(-1)?.name ?? null, keepApart: isLate ? 'workflow' : 'job', job } : null;
}

/** The steps of a job or of a composite action, in their order: each can set variables and outputs for those behind it. */
function stepsOf(file: YamlFile, list: Node | null, around: Surroundings, reader: Reader, depth: number): { readonly steps: readonly PipelineStep[]; readonly contexts: ExpressionContexts } {
  const steps: PipelineStep[] = [];
  const variables = new Map<string, readonly Piece[]>();
  const outputs = new Map<string, readonly Piece[]>();
  const output = (step: string, name: string): readonly Piece[] | null => outputs.get(`${step}.${name}`) ?? null;
  const jobEnv: Lookup = (name) => variables.get(name) ?? around.env(name);
  for (const step of itemsOf(file, list)) {
    const triggers = triggersUnder(around.triggers, textOf(field(file, step, 'if')));
    const overlap = triggers.overlap ? around.overlap : null;
    const context = (env: Lookup): ExpressionContexts => contextsOf({ ...around, env, triggers }, output);
    const env = envOf(file, field(file, step, 'env'), jobEnv, context);
    const contexts = context(env);
    const scope = scopeOf(env, contexts);
    const run = field(file, step, 'run');
    const uses = field(file, step, 'uses');
    if (run && textOf(run) !== null && !/^(?:python|node|perl|deno|ruby)/.test(textOf(field(file, step, 'shell')) ?? '')) {
      const script = withoutBackticks(placed(file, run));
      steps.push({ script, scope, folder: folderOf(field(file, step, 'working-directory'), around.folder, contexts), overlap });
      const written = writtenBy(script.text, scope);
      for (const [name, value] of written.env) variables.set(name, value);
      const id = textOf(field(file, step, 'id'));
      for (const [name, value] of written.output) outputs.set(`${id ?? ''}.${name}`, value);
    } else if (uses && textOf(uses) !== null) {
      steps.push(...usedSteps(file, uses, field(file, step, 'with'), { ...around, env, triggers, overlap }, { contexts, scope, reader, depth }));
    }
  }
  return { steps, contexts: contextsOf({ ...around, env: jobEnv }, output) };
}

interface Use {
  readonly contexts: ExpressionContexts;
  readonly scope: Scope;
  readonly reader: Reader;
  readonly depth: number;
}

function usedSteps(file: YamlFile, uses: Node, given: Node | null, around: Surroundings, { contexts, scope, reader, depth }: Use): readonly PipelineStep[] {
  const name = textOf(uses) ?? '';
  if (name.startsWith('./')) {
    const action = reader.fileOf(join(name, 'action.yml')) ?? reader.fileOf(join(name, 'action.yaml'));
    if (!action || depth >= maximumDepth) return [];
    return actionSteps(action, calledInputs(action, file, given, contexts), { ...around, folder: '' }, reader, depth + 1);
  }
  const at = locationOf(file, uses);
  const command = commandOfAction(name, {
    input: (input) => textOf(field(file, given, input)) ?? '',
    variable: (variable) => shownOf(around.env(variable) ?? []),
  });
  return command === null ? [] : [{ script: { text: command, locate: () => at }, scope, folder: around.folder, overlap: around.overlap }];
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#runs-for-composite-actions */
function actionSteps(action: YamlFile, input: Lookup | null, around: Surroundings, reader: Reader, depth: number): readonly PipelineStep[] {
  reader.visited.add(action);
  return stepsOf(action, field(action, action.document.contents, 'runs', 'steps'), { ...around, input: input ?? none, need: none }, reader, depth).steps;
}

function contextsOf({ env, input, need, triggers }: Pick<Surroundings, 'env' | 'input' | 'need' | 'triggers'>, output: (step: string, name: string) => readonly Piece[] | null): ExpressionContexts {
  return { onlyTags: triggers.onlyTags, env, input, output, need };
}

/** A variable's value may speak of others, at worst of itself. */
function envOf(file: YamlFile, env: Node | null, outer: Lookup, contexts: (env: Lookup) => ExpressionContexts): Lookup {
  const entries = entriesOf(file, env);
  if (entries.length === 0) return outer;
  return (name) => {
    const entry = entries.find(({ key }) => key === name);
    return entry ? (valueOf(entry.value, contexts(outer)) ?? []) : outer(name);
  };
}

const valueOf = (value: Node | null, contexts: ExpressionContexts): readonly Piece[] | null => {
  const text = textOf(value);
  return text === null ? null : templatePieces(text, (source) => expressionPieces(source, contexts));
};

function scopeOf(env: Lookup, contexts: ExpressionContexts): Scope {
  return {
    // `$GITHUB_REF_NAME` of a workflow that only tags start.
    variable: (name) => env(name) ?? (contexts.onlyTags && /^GITHUB_REF(?:_NAME)?$/.test(name) ? [{ shown: `$${name}`, freshness: 'fresh' }] : null),
    expression: (source) => expressionPieces(source, contexts),
  };
}

/** What `gh workflow run` is given: of a fixed list a run can only take one that others take too. */
function dispatchInputs(file: YamlFile): Lookup {
  const inputs = field(file, file.document.contents, 'on', 'workflow_dispatch', 'inputs');
  return (name) => (/^(?:choice|environment|boolean)$/.test(textOf(field(file, inputs, name, 'type')) ?? '') ? [{ shown: `\${{ inputs.${name} }}`, freshness: 'shared' }] : null);
}

/** What a caller gives, and else the default. */
function calledInputs(called: YamlFile, caller: YamlFile, given: Node | null, contexts: ExpressionContexts): Lookup {
  const root = called.document.contents;
  const declared = field(called, root, 'on', 'workflow_call', 'inputs') ?? field(called, root, 'inputs');
  return (name) => valueOf(field(caller, given, name), contexts) ?? valueOf(field(called, declared, name, 'default'), contexts);
}

function folderOf(node: Node | null, fallback: string | null, contexts: ExpressionContexts): string | null {
  const pieces = node && valueOf(node, contexts);
  if (!pieces) return fallback;
  const path = shownOf(pieces).replace(/^\$\{\{\s*github\.workspace\s*\}\}\/?/, '');
  return path.includes('$') ? null : normalize(path === '' ? '.' : path).replace(/\/$/, '').replace(/^\.$/, '');
}

/** PowerShell goes on behind a backtick at the end of a line. */
const withoutBackticks = (script: PlacedText): PlacedText => ({ ...script, text: script.text.replace(/`(?=\r?\n)/g, '\\') });

interface Written {
  readonly env: ReadonlyMap<string, readonly Piece[]>;
  readonly output: ReadonlyMap<string, readonly Piece[]>;
}

/** `echo "NAME=value" >> "$GITHUB_ENV"` and `"$GITHUB_OUTPUT"`. */
function writtenBy(script: string, outer: Scope): Written {
  const env = new Map<string, readonly Piece[]>();
  const output = new Map<string, readonly Piece[]>();
  if (!/GITHUB_(?:ENV|OUTPUT)/.test(script)) return { env, output };
  const commands = shellCommands(script);
  const scope = scopeInside(commands, outer);
  for (const { words, targets } of commands) {
    const target = targets.map(spelling).join(' ');
    const into = target.includes('GITHUB_ENV') ? env : target.includes('GITHUB_OUTPUT') ? output : null;
    const said = words.find((word, index) => index > 0 && !/^-/.test(spelling(word)));
    const first = said?.parts[0];
    const name = first?.kind === 'text' && literal(words[0]) === 'echo' ? /^(\w[\w-]*)=/.exec(first.text) : null;
    if (!into || !said || !name) continue;
    const value = piecesOf({ ...said, parts: [{ kind: 'text', text: (first?.kind === 'text' ? first.text : '').slice(name[0].length) }, ...said.parts.slice(1)] }, scope);
    const before = into.get(name[1] ?? '');
    // Set by one branch or the other.
    into.set(name[1] ?? '', before && freshnessOf(before) !== freshnessOf(value) ? [{ shown: `$${name[1] ?? ''}`, freshness: 'unknown' }] : value);
  }
  return { env, output };
}
