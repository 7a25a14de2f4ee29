import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';

import plugin from '../src/index.js';

export interface LintOptions {
  readonly rules?: Linter.RulesRecord;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly filename?: string;
  /** Parse with ESLint's own parser instead of TypeScript's. */
  readonly javascript?: boolean;
}

/** A flat config that turns on this plugin's rules. */
export function configFor({ rules, settings, javascript }: LintOptions = {}): Linter.Config[] {
  return [
    {
      files: ['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'],
      languageOptions: { ecmaVersion: 'latest', sourceType: 'module', ...(javascript ? {} : { parser }) },
      linterOptions: { reportUnusedDisableDirectives: 'off' },
      plugins: { s3: plugin },
      rules: rules ?? (plugin.configs.recommended.rules),
      ...(settings ? { settings: { s3: settings } } : {}),
    },
  ];
}

/** Lints a piece of code with the recommended rules, or with those given. */
export function lint(code: string, options: LintOptions = {}): Linter.LintMessage[] {
  return new Linter({ configType: 'flat' }).verify(code, configFor(options), { filename: options.filename ?? 'file.ts' });
}

/** What `--fix` makes of a piece of code. */
export function fix(code: string, options: LintOptions = {}): string {
  return new Linter({ configType: 'flat' }).verifyAndFix(code, configFor(options), { filename: options.filename ?? 'file.ts' }).output;
}

/** The ids of the rules that report, without the plugin's prefix, in source order. */
export const ruleIds = (code: string, options: LintOptions = {}): string[] =>
  lint(code, options).map((message) => message.ruleId?.replace('s3/', '') ?? `fatal: ${message.message}`);
