import { describe, expect, it } from 'vitest';

import type { BucketFact, BucketRule, LifecycleRule } from '../../src/facts/bucket-fact.js';
import type { Location } from '../../src/facts/project-finding.js';
import { replicationLifecycleOverlap } from '../../src/project/replication-lifecycle-overlap.js';

const place = (line: number): Location => ({ file: 'template.yaml', line, column: 9, endLine: line + 1, endColumn: 20 });
const copies = (prefix: string | null, line = 10): BucketRule => ({ at: place(line), prefix });
const keeps = (prefix: string | null, actions: LifecycleRule['actions'] = ['expiration'], line = 20): LifecycleRule => ({ at: place(line), prefix, actions });

const bucket = (replication: readonly BucketRule[], lifecycle: readonly LifecycleRule[], name: BucketFact['name'] = ['photos']): BucketFact => ({
  declaredBy: 'cloudformation',
  at: place(1),
  id: 'PhotosBucket',
  name,
  environment: [],
  versioning: 'enabled',
  objectLock: 'disabled',
  replication,
  lifecycle,
});

it('reports at the replication rule, and shows the lifecycle rule', () => {
  expect(replicationLifecycleOverlap([bucket([copies('')], [keeps('tmp/')])])).toEqual([
    {
      rule: 'replication-lifecycle-overlap',
      messageId: 'replicationLifecycleOverlap',
      message:
        'Lifecycle actions of the bucket `photos` are not replicated, so objects expire here and stay in the replica: this rule copies keys that a lifecycle rule expires. Give the destination bucket the same lifecycle rule, or let the two rules touch different prefixes.',
      at: place(10),
      related: [{ ...place(20), message: 'the lifecycle rule that expires keys below `tmp/`' }],
    },
  ]);
});

it('tells what a transition leads to', () => {
  const [finding] = replicationLifecycleOverlap([bucket([copies('')], [keeps('', ['transition', 'noncurrent-expiration'])])]);
  expect(finding?.message).toContain('so objects change their storage class here and not in the replica: this rule copies keys that a lifecycle rule moves.');
  expect(finding?.related.map(({ message }) => message)).toEqual(['the lifecycle rule that moves all keys']);
});

it('names a bucket by its declaration where its name is known in part only', () => {
  const [finding] = replicationLifecycleOverlap([bucket([copies('')], [keeps('')], ['photos-', null])]);
  expect(finding?.message).toContain('the bucket `PhotosBucket`');
});

it('shows every lifecycle rule that overlaps, and only those', () => {
  const findings = replicationLifecycleOverlap([bucket([copies('a/', 10), copies('b/', 12)], [keeps('a/', ['expiration'], 20), keeps('a/x/', ['transition'], 22), keeps('c/', ['expiration'], 24)])]);
  expect(findings.map(({ at, related }) => [at.line, related.map(({ line }) => line)])).toEqual([[10, [20, 22]]]);
  expect(findings[0]?.message).toContain('the same lifecycle rules');
});

describe('reports', () => {
  it.each([
    { name: 'one prefix', replication: 'photos/', lifecycle: 'photos/' },
    { name: 'a lifecycle rule for some of the copied keys', replication: 'photos/', lifecycle: 'photos/2020/' },
    { name: 'a lifecycle rule for more than the copied keys', replication: 'photos/2020/', lifecycle: 'photos/' },
    { name: 'a prefix that is no folder', replication: 'photo', lifecycle: 'photos/' },
  ])('$name', ({ replication, lifecycle }) => {
    expect(replicationLifecycleOverlap([bucket([copies(replication)], [keeps(lifecycle)])])).toHaveLength(1);
  });
});

describe('is silent', () => {
  it.each<{ readonly name: string; readonly given: BucketFact }>([
    { name: 'where the rules touch different keys', given: bucket([copies('photos/')], [keeps('tmp/')]) },
    { name: 'where the prefix of the replication is not known', given: bucket([copies(null)], [keeps('')]) },
    { name: 'where the prefix of the lifecycle is not known', given: bucket([copies('')], [keeps(null)]) },
    { name: 'where only old versions expire and move', given: bucket([copies('')], [keeps('', ['noncurrent-expiration', 'noncurrent-transition'])]) },
    { name: 'where only unfinished uploads are aborted', given: bucket([copies('')], [keeps('', ['abort-upload'])]) },
    { name: 'where nothing is copied', given: bucket([], [keeps('')]) },
    { name: 'where nothing expires', given: bucket([copies('')], []) },
  ])('$name', ({ given }) => {
    expect(replicationLifecycleOverlap([given])).toEqual([]);
  });

  it('where one bucket copies and another expires', () => {
    expect(replicationLifecycleOverlap([bucket([copies('')], []), bucket([], [keeps('')])])).toEqual([]);
  });
});
