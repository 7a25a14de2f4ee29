import { relative, resolve, sep } from 'node:path';

import { deletedAfter } from '../analysis/deleted-after.js';
import { nameObject } from '../analysis/object-name.js';
import { seenAt } from '../analysis/seen-at.js';
import { verdictsOf, type Verdict } from '../analysis/verdict.js';
import { contextsOf } from '../calls/callers.js';
import { linkedFile } from '../calls/linked-modules.js';
import { isOwn } from '../calls/linked-source.js';
import { otherOperationsOf } from '../calls/other-operations.js';
import { s3CallsOf } from '../calls/s3-calls.js';
import type { Reason } from '../calls/shapes.js';
import type { Node } from '../calls/syntax.js';
import { readSettings } from '../facts/settings.js';
import { isTest } from '../project/code-facts.js';
import { codeEnding, sourceTree } from '../project/source-tree.js';
import type { Message } from '../report/report.js';
import type { Effect } from '../s3/operations.js';
import { checkTree, type CheckOptions } from './check.js';
import { answersOfOneRun, keptAnswers } from './kept-answers.js';
import { Obstacle } from './obstacle.js';
import { readProject } from './read-project.js';

/**
 * @param file a file of the project, from the working directory
 * @param line a line of it, from 1
 * @param options as for `check`; whether what is known of the last run counts (`cache`)
 * @returns what is reported there, or why nothing is: a sentence or more
 * @throws {Obstacle} when there is no such file
 */
export async function explainSilence(file: string, line: number, { cache, ...options }: CheckOptions & { readonly cache: boolean }): Promise<string> {
  const root = resolve(options.root ?? '.');
  const path = relative(root, resolve(file)).split(sep).join('/');
  const tree = sourceTree(root);
  const kept = cache ? keptAnswers(tree) : answersOfOneRun();
  const { parsed, project } = await readProject(tree, options.from ?? [], kept, () => undefined);
  if (!tree.files.includes(path)) throw new Obstacle(`\`${file}\` is not among the files that are read: name a file of the project that git does not ignore.`);
  const raw = codeEnding.test(path) ? (await parsed()).at(path) : null;
  if (raw && 'message' in raw) return `${raw.message}\n`;
  const { report } = await checkTree(tree, { ...options, paths: [file] }, kept);
  const isHere = (message: Message): boolean => message.line <= line && line <= (message.endLine ?? message.line);
  const reported = report.results.flatMap(({ messages }) => messages.filter(isHere));
  if (reported.length > 0) return reported.map(({ ruleId, message }) => `${String(ruleId)} is reported here: ${message}\n`).join('');
  const silenced = report.results.flatMap(({ suppressedMessages }) => suppressedMessages.filter(isHere));
  if (silenced.length > 0) return silenced.map(({ ruleId, message, suppressions: [suppression] }) => `A comment silences ${String(ruleId)} here${suppression?.justification ? ` (${suppression.justification})` : ''}: ${message}\n`).join('');
  if (!raw) return report.warnings.find((warning) => warning.file === path)?.message.concat('\n') ?? 'Nothing is found here, in what is no code.\n';
  if (isTest(path)) return 'Tests are not checked: they write where nobody else does.\n';
  const sourceCode = linkedFile(path, raw, project.facts, (await parsed()).parser);
  const { settings } = readSettings(undefined);
  const sentences = new Set<string>();
  const isOnLine = ({ loc, range }: Pick<Node, 'loc' | 'range'>): boolean => isOwn({ range }, sourceCode) && loc.start.line <= line && line <= loc.end.line;
  const found = report.results.flatMap(({ messages }) => messages);
  const startsAt = ({ line: at, column }: Pick<Message, 'line' | 'column'>, node: Node): boolean => isOwn(node, sourceCode) && at === node.loc.start.line && column === node.loc.start.column + 1;
  /** Which finding of a rule tells of a call, where it stands at a node. */
  const tellerAt = (node: Node, rule: string | null): readonly string[] => found.filter((message) => message.ruleId === `s3/${String(rule)}` && startsAt(message, node)).map(toldBy);
  /** Which findings rely on what is done at a node. */
  const tellersOf = (node: Node): readonly string[] => found.filter(({ related = [] }) => related.some((place) => place.file === path && startsAt(place, node))).map(toldBy);
  for (const call of s3CallsOf(sourceCode)) {
    const { name, effect } = call.operation;
    const places = contextsOf(call.node, sourceCode).map((frame) => ({ call, frame })).filter((place) => isOnLine(seenAt(place, sourceCode)));
    if (places.length === 0) continue;
    if (effect === 'write') {
      for (const { verdict, write, node } of verdictsOf(call, settings, sourceCode)) {
        if (places.some(({ frame }) => frame === write.frame)) sentences.add(`${name} of ${nameObject(write, sourceCode)} is seen here: ${tellerAt(node, ruleOf(verdict))[0] ?? reasonOf(verdict)}`);
      }
      continue;
    }
    const reliant = places.flatMap((place) => tellersOf(seenAt(place, sourceCode)));
    const tellers = effect === 'delete' ? [...deletedAfter(call, settings, sourceCode).flatMap(({ node }) => tellerAt(node, 'no-check-then-delete')), ...reliant] : reliant;
    for (const sentence of tellers.length > 0 ? tellers : [`it ${does[effect]}, and no rule has anything to say of it.`]) sentences.add(`${name} is seen here: ${sentence}`);
  }
  for (const { name } of otherOperationsOf(sourceCode).filter(({ node }) => isOnLine(node))) sentences.add(`${name} is seen here: no rule looks at this operation.`);
  if (sentences.size === 0) return 'No S3 call is recognised on this line: it is none, or its client comes from where it cannot be followed.\n';
  return `${[...sentences].join('\n')}\n`;
}

const toldBy = ({ ruleId, line }: Message): string => `${String(ruleId)} tells of it at line ${String(line)}.`;

/** What a call does that is no write. */
const does: Readonly<Record<Exclude<Effect, 'write'>, string>> = {
  delete: 'deletes',
  read: 'only reads',
  check: 'only reads',
  list: 'only reads',
  'create-bucket': 'creates a bucket',
  configure: 'neither replaces nor deletes an object',
};

/** The rule that tells of a verdict. */
function ruleOf({ kind }: Verdict): string | null {
  switch (kind) {
    case 'lost-update':
      return 'no-lost-update';
    case 'check-then-write':
      return 'no-check-then-write';
    case 'blind':
      return 'no-blind-overwrite';
    default:
      return null;
  }
}

function reasonOf(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'conditional':
      return 'it carries a condition.';
    case 'declared-overwrite':
      return 'the settings allow it to overwrite.';
    case 'unique-key':
      return 'its key is fresh for every write, so there is nothing to overwrite.';
    case 'unknown-input':
      return `whether it carries a condition is not known (${unknown[verdict.reason]}).`;
    case 'conflict-fallback':
      return 'it undoes the guard of another write, and is told there.';
    case 'blind':
      return verdict.timestamped ? 'a clock makes its key, which only `strict` reports: two writers can share a millisecond.' : 'it is told where the write stands, or at the call that leads to it.';
    default:
      return 'it is told where the write stands, or at the call that leads to it.';
  }
}

const unknown: Readonly<Record<Reason | 'middleware', string>> = {
  typed: 'only its type is known',
  parameter: 'a parameter gives it',
  spread: 'something is spread into it that cannot be read',
  'computed key': 'it has a computed key',
  imported: 'it is imported from where it cannot be followed',
  'handed on': 'it is handed to a function that may change it',
  'too deep': 'it is put together too deep to follow',
  value: 'its value cannot be read',
  middleware: 'the client may set conditions by itself',
};
