import type { ProjectRule } from '../facts/project-finding.js';

/** The findings that only a look at the whole project makes, as rules. */
export const projectRules: Readonly<Record<ProjectRule, { readonly severity: 'error' | 'warn'; readonly description: string }>> = {
  'multiple-writers': { severity: 'warn', description: 'Disallow unconditional writes of one object from several places' },
  'terraform-state-locking': { severity: 'error', description: 'Require a lock on Terraform state in S3' },
  'replication-lifecycle-overlap': { severity: 'warn', description: 'Disallow lifecycle rules on what a bucket replicates' },
  'pipeline-blind-put': { severity: 'warn', description: 'Disallow pipelines that overwrite objects without a condition or a concurrency group' },
};
