import { join, resolve } from 'node:path';

import type { RelatedLocation, Warning } from '../../src/facts/project-finding.js';
import type { FileResult, Message, Report, RuleDescription } from '../../src/report/report.js';
import { textLines } from '../../src/report/text-lines.js';

export const root = resolve('/projects/shop');

interface Flagged {
  readonly rule?: string | null;
  readonly severity?: 1 | 2;
  readonly message?: string;
  /** Which of the places that read like this, from 0. */
  readonly which?: number;
  readonly related?: readonly RelatedLocation[];
  readonly fix?: (at: number, text: string) => { readonly range: [number, number]; readonly text: string };
}

/** A message about a stretch of a text, as ESLint would place it. */
export function flag(file: string, text: string, { rule = 's3/no-lost-update', severity = 2, message = 'The change of another writer is lost. Send `IfMatch`.', which = 0, related, fix }: Flagged = {}): Message {
  const source = file.replace(/^\uFEFF/, '');
  let at = source.indexOf(text);
  for (let passed = 0; passed < which; passed += 1) at = source.indexOf(text, at + 1);
  if (at < 0) throw new Error(`${text} is not in the text.`);
  const lines = textLines(source);
  const from = lines.placeAt(at);
  const to = lines.placeAt(at + text.length);
  return { ruleId: rule, messageId: 'found', severity, message, line: from.line, column: from.column, endLine: to.line, endColumn: to.column, ...(related ? { related } : {}), ...(fix ? { fix: fix(at, text) } : {}) };
}

interface Told {
  readonly source?: string;
  readonly messages?: readonly Message[];
  readonly suppressed?: readonly { readonly message: Message; readonly justification: string }[];
}

export function fileResult(path: string, { source, messages = [], suppressed = [] }: Told = {}): FileResult {
  const count = (severity: number, fixable: boolean): number => messages.filter((message) => message.severity === severity && (!fixable || message.fix !== undefined)).length;
  return {
    filePath: join(root, path),
    messages,
    suppressedMessages: suppressed.map(({ message, justification }) => ({ ...message, suppressions: [{ kind: 'directive', justification }] })),
    errorCount: count(2, false),
    fatalErrorCount: messages.filter(({ fatal }) => fatal).length,
    warningCount: count(1, false),
    fixableErrorCount: count(2, true),
    fixableWarningCount: count(1, true),
    usedDeprecatedRules: [],
    ...(source === undefined ? {} : { source }),
  };
}

const page = `# s3/no-lost-update

<!-- end auto-generated rule header -->

## What it finds

Code that reads an [object](https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingObjects.html) and writes it back.

See [no-stale-retry](no-stale-retry.md).
`;

const site = 'https://github.com/eslint-plugin-s3/eslint-plugin-s3';

export const rules: readonly RuleDescription[] = [
  { id: 's3/no-lost-update', description: 'Disallow writing an object back without a condition on the version that was read', url: `${site}/blob/main/docs/rules/no-lost-update.md`, severity: 'error', help: page },
  { id: 's3/multiple-writers', description: 'Disallow several writers of one key without a condition', url: `${site}/blob/main/docs/rules/multiple-writers.md`, severity: 'warn', help: null },
];

export const reportOf = (results: readonly FileResult[], warnings: readonly Warning[] = []): Report => ({ root, results, rules, warnings, tool: { name: 's3lint', version: '1.2.3', url: site } });
