import type { Linter } from 'eslint';

import type { S3Rule } from '../rule/create-s3-rule.js';

/** `recommended`: the rules that are right nineteen times out of twenty, with the severity of their meta. */
export const recommendedRules = (rules: Readonly<Record<string, S3Rule>>): Linter.RulesRecord =>
  entries(rules, ({ docs }) => docs?.recommended ?? null);

/** `strict`: every rule, as an error, with the options that strictness asks for. */
export const strictRules = (rules: Readonly<Record<string, S3Rule>>): Linter.RulesRecord =>
  entries(rules, ({ docs }) => (docs?.strictOptions ? ['error', docs.strictOptions] : 'error'));

function entries(
  rules: Readonly<Record<string, S3Rule>>,
  entryOf: (meta: S3Rule['meta']) => Linter.RuleEntry | null,
): Linter.RulesRecord {
  return Object.fromEntries(
    Object.entries(rules).flatMap(([name, rule]) => {
      const entry = entryOf(rule.meta);
      return entry === null ? [] : [[`s3/${name}`, entry]];
    }),
  );
}
