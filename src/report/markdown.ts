import { counted, findingsOf, isError, type Finding } from './findings.js';
import { escapeCell, escapeHtml } from './markdown-text.js';
import { uriOf } from './relative-path.js';
import type { Report, RuleDescription } from './report.js';

/**
 * GitHub refuses a job summary over 1 MiB as a whole, and other programs of the same step write to it too.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits
 */
const mostBytes = 1024 * 1024 - 64 * 1024;

/**
 * A summary for a job or a pull request: how much was found, and a folded table for each rule that found something.
 *
 * @returns Markdown as GitHub reads it; one line where nothing was found and everything was read
 */
export function markdown(report: Report): string {
  const findings = findingsOf(report);
  const checked = counted(report.results.length, 'file');
  const tables = [...findingTables(findings, report.rules), ...warningTables(report)];
  if (tables.length === 0) return `s3lint found nothing in ${checked}.\n`;
  const errors = findings.filter(({ message }) => isError(message)).length;
  const head = `## s3lint: ${counted(errors, 'error')}, ${counted(findings.length - errors, 'warning')} in ${checked}\n`;
  return head + fitting(tables, mostBytes - Buffer.byteLength(head));
}

interface Table {
  readonly before: string;
  readonly rows: readonly string[];
  readonly after: string;
}

const folded = (title: string, count: number, about: string, rows: readonly string[]): Table => ({
  before: `\n<details>\n<summary><b>${escapeHtml(title)}</b>: ${count}</summary>\n\n${about}| Where | What |\n| :-- | :-- |\n`,
  rows,
  after: '\n</details>\n',
});

/** One for each rule: errors first, then what was found most often. */
function findingTables(findings: readonly Finding[], rules: readonly RuleDescription[]): Table[] {
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings) {
    const id = finding.message.ruleId ?? 'not checked';
    byRule.set(id, [...(byRule.get(id) ?? []), finding]);
  }
  const errorsIn = (found: readonly Finding[]): number => Number(found.some(({ message }) => isError(message)));
  const order = [...byRule].sort(([oneId, one], [otherId, other]) => errorsIn(other) - errorsIn(one) || other.length - one.length || (oneId < otherId ? -1 : 1));
  return order.map(([id, found]) => {
    const rule = rules.find((described) => described.id === id);
    const about = rule ? `${escapeCell(rule.description)}. [What it means and what to do](${rule.url})\n\n` : '';
    return folded(id, found.length, about, found.map(rowOf));
  });
}

function rowOf({ path, message }: Finding): string {
  const others = (message.related ?? []).map((other) => `<br>${linkTo(other.file, other.line)}: ${escapeCell(other.message)}`);
  return `| ${linkTo(path, message.line)} | ${escapeCell(message.message)}${others.join('')} |\n`;
}

function warningTables({ warnings }: Report): Table[] {
  if (warnings.length === 0) return [];
  return [folded('Not read in full', warnings.length, '', warnings.map(({ file, line, message }) => `| ${linkTo(file, line)} | ${escapeCell(message)} |\n`))];
}

/** A parse error may have no line. */
function linkTo(path: string, line: number | null | undefined): string {
  const shown = escapeCell(path);
  return line ? `[${shown}:${line}](${uriOf(path)}#L${line})` : `[${shown}](${uriOf(path)})`;
}

/** As many rows as fit, with a sentence about the rest. */
function fitting(tables: readonly Table[], most: number): string {
  const left = tables.reduce((count, { rows }) => count + rows.length, 0);
  const cut = (count: number): string => `\nThis summary is cut: ${count} more stand in the output of \`s3lint\`, as GitHub shows no more than 1 MiB.\n`;
  const room = most - Buffer.byteLength(cut(left));
  let text = '';
  let size = 0;
  let shown = 0;
  for (const { before, rows, after } of tables) {
    const [first = ''] = rows;
    if (size + Buffer.byteLength(before + first + after) > room) break;
    text += before;
    size += Buffer.byteLength(before + after);
    for (const row of rows) {
      size += Buffer.byteLength(row);
      if (size > room) break;
      text += row;
      shown += 1;
    }
    text += after;
    if (size > room) break;
  }
  return shown === left ? text : text + cut(left - shown);
}
