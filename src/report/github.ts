import { relative } from 'node:path';

import { findingsOf, isError } from './findings.js';
import { relativePath } from './relative-path.js';
import type { Message, Report } from './report.js';

/**
 * Annotations on the changed files of a pull request: one workflow command for each finding and warning.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 *
 * GitHub shows the first ten of each kind in a step, so errors come first. It looks for files from the workspace, so
 * paths begin there when the root lies in it, as it does in a job that works in one package of a repository.
 *
 * @returns one line for each command
 */
export function github(report: Report): string {
  const base = workspaceAround(report.root);
  const pathOf = (path: string): string => (base === '' ? path : `${base}/${path}`);
  const found = findingsOf(report).map(({ path, message }) => ({
    kind: isError(message) ? ('error' as const) : ('warning' as const),
    command: command(isError(message) ? 'error' : 'warning', { file: pathOf(path), ...placeOf(message), title: message.ruleId ?? 's3lint' }, textOf(message)),
  }));
  const unread = report.warnings.map(({ file, line, message }) => command('warning', { file: pathOf(file), line: line ?? undefined, title: 's3lint: not read in full' }, message));
  const of = (kind: 'error' | 'warning'): string[] => found.filter((entry) => entry.kind === kind).map((entry) => entry.command);
  return [...of('error'), ...of('warning'), ...unread].map((line) => `${line}\n`).join('');
}

type Parameters = Readonly<Record<string, string | number | undefined>>;

function command(kind: 'error' | 'warning', parameters: Parameters, text: string): string {
  const given = Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escapeParameter(String(value))}`]));
  return `::${kind} ${given.join(',')}::${escapeText(text)}`;
}

/** The runner refuses columns on an annotation of several lines. */
function placeOf({ line, column, endLine, endColumn }: Message): Parameters {
  if (!line) return {};
  if (endLine !== undefined && endLine !== line) return { line, endLine };
  return { line, endLine, col: column || undefined, endColumn };
}

const textOf = ({ message, related = [] }: Message): string => [message, ...related.map((other) => `${other.file}:${other.line}: ${other.message}`)].join('\n');

const escapeText = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeParameter = (text: string): string => escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** The way from GitHub's workspace down to the root; empty where the root is the workspace, or does not lie in it. */
function workspaceAround(root: string): string {
  const workspace = process.env['GITHUB_WORKSPACE'];
  if (!workspace || relative(workspace, root).startsWith('..')) return '';
  return relativePath(workspace, root);
}
