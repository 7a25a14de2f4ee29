import { createRequire } from 'node:module';

import type { TSESLint } from '@typescript-eslint/utils';

import { recommendedRules, strictRules } from './configs/configs.js';
import type { S3Rule } from './rule/create-s3-rule.js';
import { rules } from './rules/index.js';

const { name, version } = createRequire(import.meta.url)('../package.json') as { readonly name: string; readonly version: string };

/** A flat config object: it sets neither `files` nor a parser, so it applies to whatever the project lints. */
export interface S3Config {
  readonly name: string;
  readonly plugins: { readonly s3: S3Plugin };
  readonly rules: Record<string, TSESLint.SharedConfig.RuleEntry>;
}

export interface S3Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: 's3' };
  readonly rules: Readonly<Record<string, S3Rule>>;
  readonly configs: { recommended: S3Config; strict: S3Config };
}

// The configs hold the one plugin object: ESLint refuses two under one name.
const plugin = { meta: { name, version, namespace: 's3' }, rules, configs: {} } as unknown as S3Plugin;
plugin.configs.recommended = { name: 's3/recommended', plugins: { s3: plugin }, rules: recommendedRules(rules) };
plugin.configs.strict = { name: 's3/strict', plugins: { s3: plugin }, rules: strictRules(rules) };

export default plugin;
