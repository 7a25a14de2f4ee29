import type { Fix, Invocation, Location, Log, Notification, PhysicalLocation, ReportingDescriptor, Result } from 'sarif';

import type { RelatedLocation, Warning } from '../facts/project-finding.js';
import { isError } from './findings.js';
import { fingerprintsOf } from './fingerprint.js';
import { regionOf, type Region } from './region.js';
import { relativePath, uriOf } from './relative-path.js';
import type { FileResult, Message, Report, RuleDescription } from './report.js';
import { textLines, type TextLines } from './text-lines.js';

/**
 * SARIF 2.1.0, as code scanning reads it.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 *
 * @returns JSON of one run: findings with fingerprints that survive edits elsewhere, suppressed findings marked as such,
 *   fixes, and as notifications of the tool what could not be read or checked
 */
export function sarif(report: Report): string {
  const files = report.results.map((result) => fileOf(report.root, result));
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: report.tool.name, version: report.tool.version, informationUri: report.tool.url, rules: report.rules.map(descriptorOf) } },
        columnKind: 'utf16CodeUnits',
        invocations: [invocationOf(files, report.warnings)],
        results: files.flatMap((file) => resultsOf(file, report.rules)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

interface ReportedFile {
  readonly path: string;
  readonly result: FileResult;
  readonly lines: TextLines | null;
}

/** Most files have nothing to be told of them, and their lines need not be looked for. */
const fileOf = (root: string, result: FileResult): ReportedFile => ({
  path: relativePath(root, result.filePath),
  result,
  lines: result.source === undefined || result.messages.length + result.suppressedMessages.length === 0 ? null : textLines(result.source),
});

function descriptorOf({ id, description, url, severity, help }: RuleDescription): ReportingDescriptor {
  const sentence = `${description}.`;
  const text = `${sentence} ${url}`;
  return {
    id,
    name: pascal(id),
    shortDescription: { text: sentence },
    fullDescription: { text: (help === null ? null : firstParagraph(help)) ?? sentence },
    help: { text, markdown: help === null ? `${sentence} [What it means and what to do](${url})` : withAbsoluteLinks(help, url) },
    helpUri: url,
    defaultConfiguration: { level: severity === 'error' ? 'error' : 'warning' },
    properties: { tags: ['amazon-s3', 'concurrency', 'correctness'] },
  };
}

/** `s3/no-lost-update` is `NoLostUpdate`. */
const pascal = (id: string): string => id.replace(/^.*\//, '').replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** What the page says under its first heading, as long as code scanning shows it. */
function firstParagraph(page: string): string | null {
  const found = /^## .*\n+([^\n#|`<-][^\n]*)$/m.exec(page)?.[1]?.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return found === undefined || found.length > 1000 ? null : found;
}

/** Links of a page lead to its neighbours, which the reader of a report does not have. */
const withAbsoluteLinks = (page: string, url: string): string => page.replace(/\]\(([^)\s]+)\)/g, (whole, target: string) => (URL.canParse(target) ? whole : `](${new URL(target, url).href})`));

function resultsOf(file: ReportedFile, rules: readonly RuleDescription[]): Result[] {
  const fingerprints = fingerprintsOf(file.result, file.path, file.lines);
  const resultOf = (message: Message, suppressions: Result['suppressions'] & object): Result[] => {
    if (message.ruleId === null) return [];
    const ruleIndex = rules.findIndex(({ id }) => id === message.ruleId);
    const related = message.related ?? [];
    const fix = fixOf(message, file);
    return [
      {
        ruleId: message.ruleId,
        ...(ruleIndex >= 0 ? { ruleIndex } : {}),
        level: isError(message) ? 'error' : 'warning',
        message: { text: withLinks(message.message, related) },
        locations: [locationOf(file, message)],
        ...(related.length > 0 ? { relatedLocations: related.map(relatedOf) } : {}),
        partialFingerprints: { 's3Finding/v1': fingerprints.get(message) ?? '' },
        // Where one finding has suppressions, those without any have to say so.
        suppressions,
        ...(fix ? { fixes: [fix] } : {}),
      },
    ];
  };
  return [
    ...file.result.messages.flatMap((message) => resultOf(message, [])),
    ...file.result.suppressedMessages.flatMap((message) => resultOf(message, message.suppressions.map(({ justification }) => ({ kind: 'inSource', ...(justification === '' ? {} : { justification }) })))),
  ];
}

/** Code scanning shows a related location where the message links to it by its id. */
const withLinks = (text: string, related: readonly RelatedLocation[]): string =>
  related.length === 0 ? text : `${text} See ${related.map(({ message }, index) => `[${message.replace(/[\\[\]]/g, '\\$&')}](${index + 1})`).join(', ')}.`;

const artifact = (path: string): PhysicalLocation => ({ artifactLocation: { uri: uriOf(path), uriBaseId: '%SRCROOT%' } });

const regionFields = ({ from, to }: Region): { startLine: number; startColumn: number; endLine: number; endColumn: number } => ({
  startLine: from.line,
  startColumn: from.column,
  endLine: to.line,
  endColumn: to.column,
});

function locationOf({ path, lines }: ReportedFile, message: Message): Location {
  const region = regionOf(message, lines);
  if (!region) return { physicalLocation: artifact(path) };
  const snippet = lines ? { snippet: { text: lines.between(region.from, region.to) } } : {};
  return { physicalLocation: { ...artifact(path), region: { ...regionFields(region), ...snippet } } };
}

function relatedOf({ file, line, column, endLine, endColumn, message }: RelatedLocation, index: number): Location {
  const region = regionFields({ from: { line, column }, to: { line: endLine, column: endColumn } });
  return { id: index + 1, message: { text: message }, physicalLocation: { ...artifact(file), region } };
}

/** What `--fix` would do. Suggestions are for people to choose from, and stay in the editor. */
function fixOf({ fix }: Message, { path, lines }: ReportedFile): Fix | null {
  if (!fix || !lines) return null;
  const deletedRegion = regionFields({ from: lines.placeAt(fix.range[0]), to: lines.placeAt(fix.range[1]) });
  const { artifactLocation = {} } = artifact(path);
  return { artifactChanges: [{ artifactLocation, replacements: [{ deletedRegion, insertedContent: { text: fix.text } }] }] };
}

/** A message without a rule is about the run: a file that does not parse, a directive that suppresses nothing. */
function invocationOf(files: readonly ReportedFile[], warnings: readonly Warning[]): Invocation {
  const unruled = files.flatMap((file) => file.result.messages.filter(({ ruleId }) => ruleId === null).map((message) => notification(message.message, isError(message) ? 'error' : 'warning', locationOf(file, message))));
  const unread = warnings.map(({ file, line, message }) => notification(message, 'warning', { physicalLocation: { ...artifact(file), ...(line === null ? {} : { region: { startLine: line } }) } }));
  return { executionSuccessful: true, toolExecutionNotifications: [...unruled, ...unread] };
}

const notification = (text: string, level: 'error' | 'warning', location: Location): Notification => ({ level, message: { text }, locations: [location] });
