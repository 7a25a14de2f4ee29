import type { S3Rule } from '../rule/create-s3-rule.js';
import { noBlindOverwrite } from './no-blind-overwrite.js';
import { noCachedEtag } from './no-cached-etag.js';
import { noCheckThenDelete } from './no-check-then-delete.js';
import { noCheckThenWrite } from './no-check-then-write.js';
import { noComputedEtag } from './no-computed-etag.js';
import { noConcurrentWritesToSameKey } from './no-concurrent-writes-to-same-key.js';
import { noConflictMessageMatching } from './no-conflict-message-matching.js';
import { noDeadConflictCheck } from './no-dead-conflict-check.js';
import { noGovernanceBypass } from './no-governance-bypass.js';
import { noLostUpdate } from './no-lost-update.js';
import { noOptionalPrecondition } from './no-optional-precondition.js';
import { noStaleRetry } from './no-stale-retry.js';
import { noSwallowedConflict } from './no-swallowed-conflict.js';
import { noTerminalConflictRetry } from './no-terminal-conflict-retry.js';
import { noUnboundedConflictRetry } from './no-unbounded-conflict-retry.js';
import { noUnconditionalFallback } from './no-unconditional-fallback.js';
import { noUnrelatedEtag } from './no-unrelated-etag.js';
import { preferEtagPrecondition } from './prefer-etag-precondition.js';
import { requireConflictBackoff } from './require-conflict-backoff.js';
import { requireConflictHandling } from './require-conflict-handling.js';
import { requireMultipartCleanup } from './require-multipart-cleanup.js';
import { requireVersionIdOnDelete } from './require-version-id-on-delete.js';
import { requireVersionIdOnRead } from './require-version-id-on-read.js';
import { validPrecondition } from './valid-precondition.js';

/** Every rule, by name. */
export const rules: Readonly<Record<string, S3Rule>> = Object.fromEntries(
  [
    noBlindOverwrite,
    noCachedEtag,
    noCheckThenDelete,
    noCheckThenWrite,
    noComputedEtag,
    noConcurrentWritesToSameKey,
    noConflictMessageMatching,
    noDeadConflictCheck,
    noGovernanceBypass,
    noLostUpdate,
    noOptionalPrecondition,
    noStaleRetry,
    noSwallowedConflict,
    noTerminalConflictRetry,
    noUnboundedConflictRetry,
    noUnconditionalFallback,
    noUnrelatedEtag,
    preferEtagPrecondition,
    requireConflictBackoff,
    requireConflictHandling,
    requireMultipartCleanup,
    requireVersionIdOnDelete,
    requireVersionIdOnRead,
    validPrecondition,
  ].map((rule) => [rule.name, rule]),
);
