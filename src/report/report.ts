import type { Linter } from 'eslint';

import type { RelatedLocation, Warning } from '../facts/project-finding.js';

/** What a check found, as every format is given it. */
export interface Report {
  /** Absolute: paths are shown relative to it. */
  readonly root: string;
  /** One for each file that was checked, findings of the project in YAML, HCL and JSON included; sorted by path. */
  readonly results: readonly FileResult[];
  /** The rules that were on, and the findings of the project. */
  readonly rules: readonly RuleDescription[];
  readonly warnings: readonly Warning[];
  readonly tool: { readonly name: 's3lint'; readonly version: string; readonly url: string };
}

/** A result as ESLint gives it (its JSON format is this), and what it leaves out. */
export interface FileResult {
  /** Absolute. */
  readonly filePath: string;
  readonly messages: readonly Message[];
  readonly suppressedMessages: readonly (Message & { readonly suppressions: readonly { readonly kind: string; readonly justification: string }[] })[];
  readonly errorCount: number;
  readonly fatalErrorCount: number;
  readonly warningCount: number;
  readonly fixableErrorCount: number;
  readonly fixableWarningCount: number;
  readonly usedDeprecatedRules: readonly [];
  /** The text that the messages speak of. */
  readonly source?: string;
  /** The text as it was before fixes, where any were applied. */
  readonly original?: string;
  /** The text with fixes applied, where any were. */
  readonly output?: string;
}

export type Message = Linter.LintMessage & { readonly related?: readonly RelatedLocation[] };

export interface RuleDescription {
  /** As in messages: `s3/no-lost-update`, `s3/multiple-writers`. */
  readonly id: string;
  /** One sentence. */
  readonly description: string;
  /** The page that explains it. */
  readonly url: string;
  readonly severity: 'error' | 'warn';
  /** The text of its page, Markdown; null where there is none. */
  readonly help: string | null;
}
