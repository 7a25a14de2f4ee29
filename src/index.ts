import { createRequire } from 'node:module';

import type { ESLint, Linter, Rule } from 'eslint';

import { recommendedRules, strictRules } from './configs/configs.js';
import { rules } from './rules/index.js';

const { name, version } = createRequire(import.meta.url)('eslint-plugin-s3/package.json') as { readonly name: string; readonly version: string };

/** A flat config object: it sets neither `files` nor a parser, so it applies to whatever the project lints. */
export interface S3Config extends Linter.Config {
  readonly name: string;
  readonly plugins: { readonly s3: S3Plugin };
  readonly rules: Linter.RulesRecord;
}

export interface S3Plugin extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: 's3' };
  readonly rules: Record<string, Rule.RuleModule>;
  readonly configs: Record<'recommended' | 'strict', S3Config>;
}

// The configs hold the one plugin object: ESLint refuses two under one name.
const plugin = { meta: { name, version, namespace: 's3' }, rules, configs: {} } as unknown as S3Plugin;
plugin.configs.recommended = { name: 's3/recommended', plugins: { s3: plugin }, rules: recommendedRules(rules) };
plugin.configs.strict = { name: 's3/strict', plugins: { s3: plugin }, rules: strictRules(rules) };

export default plugin;
