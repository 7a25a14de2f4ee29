import { describe, expect, it } from 'vitest';

import { declaredVersioned, declaredWrite, readSettings, type BucketName } from '../../src/facts/settings.js';
import { recommended } from '../calls/parse.js';

const named = (name: string): BucketName => ({ text: [name], environment: null });
const fromEnvironment = (environment: string): BucketName => ({ text: [null], environment });
const unknown: BucketName = { text: [null], environment: null };

describe('what may be done to an object', () => {
  const { settings, problem } = readSettings({
    objects: [
      { bucket: 'cache-*', write: 'overwrite' },
      { bucket: 'env:STATE_BUCKET', key: 'lock.json', write: 'create-only' },
      { key: 'releases/latest.json', write: 'compare-and-swap' },
      { key: 'releases/**', write: 'create-only' },
    ],
  });

  it('nothing is wrong', () => {
    expect(problem).toBeNull();
  });

  it.each([
    { name: 'a bucket alone covers all its keys', bucket: named('cache-eu'), key: ['a/b'], write: 'overwrite' },
    { name: 'a bucket alone covers keys that are not known', bucket: named('cache-eu'), key: [null], write: 'overwrite' },
    { name: 'a key alone covers every bucket', bucket: named('downloads'), key: ['releases/1.0.tgz'], write: 'create-only' },
    { name: 'a key alone covers buckets that are not known', bucket: unknown, key: ['releases/1.0.tgz'], write: 'create-only' },
    { name: 'the first match wins', bucket: named('downloads'), key: ['releases/latest.json'], write: 'compare-and-swap' },
    { name: 'the first match wins over a later one with a key', bucket: named('cache-eu'), key: ['releases/1.0.tgz'], write: 'overwrite' },
    { name: 'a key known in part, where every text matches', bucket: named('downloads'), key: ['releases/', null, '.tgz'], write: 'create-only' },
    { name: 'the bucket that an environment variable names', bucket: fromEnvironment('STATE_BUCKET'), key: ['lock.json'], write: 'create-only' },
    { name: 'another environment variable', bucket: fromEnvironment('LOG_BUCKET'), key: ['lock.json'], write: null },
    { name: 'a bucket whose name is the name of the variable', bucket: named('STATE_BUCKET'), key: ['lock.json'], write: null },
    { name: 'both bucket and key have to match', bucket: fromEnvironment('STATE_BUCKET'), key: ['state.json'], write: null },
    { name: 'an object that no setting speaks of', bucket: named('photos'), key: ['a.jpg'], write: null },
    { name: 'a key of which nothing is known', bucket: named('photos'), key: [null], write: null },
  ])('$name', ({ bucket, key, write }) => {
    expect(declaredWrite(settings, bucket, key)).toBe(write);
  });
});

describe('whether a bucket is versioned', () => {
  const { settings, problem } = readSettings({
    buckets: [
      { name: 'audit-scratch', versioned: false },
      { name: 'audit-*', versioned: true },
      { name: 'env:UPLOADS_BUCKET', versioned: true },
      { name: 'photos' },
    ],
  });

  it('nothing is wrong', () => {
    expect(problem).toBeNull();
  });

  it.each([
    { name: 'a glob', bucket: named('audit-2026'), versioned: true },
    { name: 'the first match wins', bucket: named('audit-scratch'), versioned: false },
    { name: 'the bucket that an environment variable names', bucket: fromEnvironment('UPLOADS_BUCKET'), versioned: true },
    { name: 'another environment variable', bucket: fromEnvironment('LOG_BUCKET'), versioned: null },
    { name: 'a name known in part: a bucket never holds a slash', bucket: { text: ['audit-', null], environment: null }, versioned: true },
    { name: 'a name known in part, where other names are possible', bucket: { text: [null, '-2026'], environment: null }, versioned: null },
    { name: 'a setting that does not say', bucket: named('photos'), versioned: null },
    { name: 'a bucket that no setting speaks of', bucket: named('videos'), versioned: null },
    { name: 'a bucket of which nothing is known', bucket: unknown, versioned: null },
  ])('$name', ({ bucket, versioned }) => {
    expect(declaredVersioned(settings, bucket)).toBe(versioned);
  });
});

describe('right settings', () => {
  it.each([
    { name: 'none', given: undefined },
    { name: 'an empty object', given: {} },
    { name: 'empty lists', given: { buckets: [], objects: [] } },
    { name: 'one of the two', given: { objects: [{ write: 'overwrite' }] } },
  ])('$name', ({ given }) => {
    expect(readSettings(given).problem).toBeNull();
  });
});

const write = `
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
await client.send(new PutObjectCommand({ Bucket: 'photos', Key: 'a.jpg', Body: photo, IfNoneMatch: '*' }));
await client.send(new PutObjectCommand({ Bucket: 'photos', Key: 'b.jpg', Body: photo, IfNoneMatch: '*' }));
await client.send(new DeleteObjectCommand({ Bucket: 'photos', Key: 'c.jpg' }));
`;

/** Settings that are wrong, what the message has to name, and what it has to say is allowed. */
const wrong = [
  { name: 'no object', given: 'photos', names: 'settings.s3', allows: ['object'] },
  { name: 'null', given: null, names: 'settings.s3', allows: ['object'] },
  { name: 'a list', given: [{ write: 'overwrite' }], names: 'settings.s3', allows: ['object'] },
  { name: 'a setting that does not exist', given: { bucket: [] }, names: 'settings.s3.bucket', allows: ['buckets', 'objects'] },
  { name: 'buckets that are no list', given: { buckets: { photos: true } }, names: 'settings.s3.buckets', allows: ['array'] },
  { name: 'a bucket by its bare name', given: { buckets: ['photos'] }, names: 'settings.s3.buckets[0]', allows: ['object'] },
  { name: 'a bucket without a name', given: { buckets: [{ versioned: true }] }, names: 'settings.s3.buckets[0]', allows: ['name'] },
  { name: 'an empty name', given: { buckets: [{ name: '' }] }, names: 'settings.s3.buckets[0].name', allows: ['1'] },
  { name: 'a switch in quotes', given: { buckets: [{ name: 'a', versioned: 'yes' }] }, names: 'settings.s3.buckets[0].versioned', allows: ['boolean'] },
  { name: 'a misspelt property of a bucket', given: { buckets: [{ name: 'a', versionned: true }] }, names: 'settings.s3.buckets[0].versionned', allows: ['name', 'versioned'] },
  { name: 'an object without write', given: { objects: [{ key: 'a' }] }, names: 'settings.s3.objects[0]', allows: ['write'] },
  { name: 'a way to write that does not exist', given: { objects: [{ write: 'create-only' }, { write: 'append' }] }, names: 'settings.s3.objects[1].write', allows: ['overwrite', 'create-only', 'compare-and-swap'] },
  { name: 'a misspelt property of an object', given: { objects: [{ prefix: 'a', write: 'overwrite' }] }, names: 'settings.s3.objects[0].prefix', allows: ['bucket', 'key', 'write'] },
  { name: 'a pattern that is no text', given: { objects: [{ key: /cache/, write: 'overwrite' }] }, names: 'settings.s3.objects[0].key', allows: ['string'] },
  { name: 'a list of patterns', given: { objects: [{ key: ['a', 'b'], write: 'overwrite' }] }, names: 'settings.s3.objects[0].key', allows: ['string'] },
];

describe('wrong settings', () => {
  it.each(wrong)('are told once a file, on its first S3 call: $name', ({ given, names, allows }) => {
    const messages = recommended(write, 'typescript', given);
    expect(messages.map(({ messageId, line }) => ({ messageId, line }))).toEqual([{ messageId: 'invalidSettings', line: 3 }]);
    expect(messages[0]?.message).toContain(`\`${names}\``);
    for (const allowed of allows) expect(messages[0]?.message).toContain(allowed);
  });

  it.each(wrong)('count as none: $name', ({ given }) => {
    expect(readSettings(given).settings).toEqual({ buckets: [], objects: [], facts: null });
  });

  it('are told in each file anew', () => {
    const given = { objects: 'none' };
    expect([recommended(write, 'typescript', given), recommended(write, 'javascript', given)].map((messages) => messages.length)).toEqual([1, 1]);
  });

  it('are told beside what the rules find', () => {
    const code = `import { PutObjectCommand as Put } from '@aws-sdk/client-s3'; client.send(new Put({ Bucket: 'cache', Key: 'k', Body: body }));`;
    const given = { objects: [{ bucket: 'cache', write: 'overwrite' }, { write: 'never' }] };
    expect(recommended(code, 'typescript', given).map(({ messageId }) => messageId).sort()).toEqual(['blindOverwrite', 'invalidSettings']);
  });

  it('are not told in a file without S3', () => {
    expect(recommended(`export const write = (file) => disk.write(file);`, 'typescript', { objects: 'none' })).toEqual([]);
  });

  it('an unknown setting says in full what is allowed', () => {
    expect(readSettings({ bucket: [] }).problem).toBe('`settings.s3.bucket` is no setting: allowed are `buckets`, `objects`, `facts`.');
  });

  it('an unknown value says in full what is allowed', () => {
    expect(readSettings({ objects: [{ write: 'append' }] }).problem).toBe(
      '`settings.s3.objects[0].write` has a value that is not known: allowed are `overwrite`, `create-only`, `compare-and-swap`.',
    );
  });
});
