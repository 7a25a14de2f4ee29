import type { S3Rule } from '../rule/create-s3-rule.js';
import { noBlindOverwrite } from './no-blind-overwrite.js';
import { noCachedEtag } from './no-cached-etag.js';
import { noCheckThenWrite } from './no-check-then-write.js';
import { noLostUpdate } from './no-lost-update.js';
import { noUnboundedConflictRetry } from './no-unbounded-conflict-retry.js';
import { requireVersionIdOnDelete } from './require-version-id-on-delete.js';

/** Every rule, by name. */
export const rules: Readonly<Record<string, S3Rule>> = Object.fromEntries(
  [noBlindOverwrite, noCachedEtag, noCheckThenWrite, noLostUpdate, noUnboundedConflictRetry, requireVersionIdOnDelete].map((rule) => [rule.name, rule]),
);
