import type { Node } from 'yaml';

import { alternativesOf, expressionPieces, type ExpressionContexts } from './github-expression.js';
import { freshnessOf } from './freshness.js';
import { entriesOf, field, itemsOf, textOf, type YamlFile } from './yaml-file.js';

/** What starts the runs of a workflow, or of one of its jobs. */
export interface Triggers {
  /** Whether one run can be started while another is at work, without a person who does it on purpose. */
  readonly overlap: boolean;
  /** Whether its ref can only be a tag. */
  readonly onlyTags: boolean;
  readonly onlyPullRequests: boolean;
}

/** Of a workflow that only others call, and none that is known. */
export const noTriggers: Triggers = { overlap: false, onlyTags: false, onlyPullRequests: false };

/** A person starts these one at a time; a called workflow is started by its caller. */
const startedOnPurpose = new Set(['workflow_dispatch', 'workflow_call']);

/**
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 *
 * @param file a workflow
 * @returns what starts it; null where only other workflows do
 */
export function triggersOf(file: YamlFile): Triggers | null {
  const on = field(file, file.document.contents, 'on');
  const entries = entriesOf(file, on);
  const events = entries.length > 0 ? entries.map(({ key, value }) => ({ name: key, value })) : itemsOf(file, on).map((item) => ({ name: textOf(item) ?? '', value: null }));
  if (events.length > 0 && events.every(({ name }) => name === 'workflow_call')) return null;
  const overlapping = events.filter(({ name, value }) => !startedOnPurpose.has(name) && !(name === 'schedule' && isRare(file, value)));
  return {
    overlap: overlapping.length > 0,
    onlyTags: overlapping.length > 0 && overlapping.every(({ name, value }) => name === 'release' || (name === 'push' && isOfTags(file, value))),
    onlyPullRequests: overlapping.every(({ name }) => name.startsWith('pull_request')),
  };
}

function isOfTags(file: YamlFile, value: Node | null): boolean {
  const filters = entriesOf(file, value).map(({ key }) => key);
  return filters.some((filter) => filter.startsWith('tags')) && !filters.some((filter) => filter.startsWith('branches'));
}

/** A run ends after six hours at the latest: a daily one meets none of its own. That an hourly one does is too far-fetched. */
function isRare(file: YamlFile, value: Node | null): boolean {
  return itemsOf(file, value).every((item) => /^\s*\d+\s/.test(textOf(field(file, item, 'cron')) ?? ''));
}

/**
 * @param triggers what starts a workflow
 * @param condition the `if` of one of its jobs or steps; null where there is none
 * @returns what starts that job or step
 */
export function triggersUnder(triggers: Triggers, condition: string | null): Triggers {
  if (condition === null || condition.includes('||')) return triggers;
  if (/github\.event_name\s*==\s*'(?:workflow_dispatch|schedule)'|^\s*(?:\$\{\{)?\s*false\b/.test(condition)) return { ...triggers, overlap: false };
  if (/startsWith\(\s*github\.ref\s*,\s*'refs\/tags|github\.ref_type\s*==\s*'tag'|github\.event_name\s*==\s*'release'/.test(condition)) return { ...triggers, onlyTags: true };
  return /github\.event_name\s*==\s*'pull_request|^[^!]*github\.event\.pull_request\b/.test(condition) ? { ...triggers, onlyPullRequests: true } : triggers;
}

/** What a pull request has and a push has not. */
const ofPullRequests = /^github\.(?:head_ref|event\.number|event\.pull_request\.[\w.]+)$/;

/**
 * https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
 *
 * @param group the name of a concurrency group
 * @param triggers what starts the runs in it
 * @param contexts what the names in it stand for
 * @returns whether every run has a group of its own, so that it keeps no two of them apart
 */
export function isGroupOfEachRun(group: string, triggers: Triggers, contexts: ExpressionContexts): boolean {
  return (group.match(/\$\{\{[\s\S]*?\}\}/g) ?? []).some((source) => {
    const alternatives = alternativesOf(source.slice(3, -2));
    // `github.head_ref || github.run_id`: on a push there is no head_ref.
    const others = triggers.onlyPullRequests ? alternatives : alternatives.filter((alternative) => !ofPullRequests.test(alternative));
    const [first] = source.includes('&&') ? [] : others;
    return first !== undefined && freshnessOf(expressionPieces(`\${{ ${first} }}`, contexts)) === 'fresh';
  });
}
