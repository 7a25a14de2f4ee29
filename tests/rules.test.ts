import { existsSync, readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import plugin from '../src/index.js';
import { rules } from '../src/rules/index.js';

const at = (path: string): URL => new URL(`../${path}`, import.meta.url);
const names = Object.keys(plugin.rules);

it('exports every rule that has a file', () => {
  expect(plugin.rules).toBe(rules);
  const files = readdirSync(at('src/rules')).flatMap((file) => (file === 'index.ts' ? [] : [file.replace(/\.ts$/, '')]));
  expect(files.sort()).toEqual([...names].sort());
});

describe.each(names)('%s', (name) => {
  const rule = rules[name];
  const meta = rule?.meta;

  it('has a page, and its URL leads there', () => {
    expect(existsSync(at(`docs/rules/${name}.md`))).toBe(true);
    const { repository } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as { repository: { url: string } };
    expect(meta?.docs?.url).toBe(`${repository.url.replace(/^git\+|\.git$/g, '')}/blob/main/docs/rules/${name}.md`);
  });

  it('has a table of tests', () => {
    expect(existsSync(at(`tests/rules/${name}.test.ts`))).toBe(true);
  });

  it('tells what goes wrong and what to do, in full sentences with camelCase ids', () => {
    for (const [id, message] of Object.entries(meta?.messages ?? {})) {
      expect(id).toMatch(/^[a-z]+(?:[A-Z]+[a-z]*\d?)*$/);
      expect(message).toMatch(/\.$/);
      // A report has a sentence of what goes wrong and one of what to do; a suggestion says what it does.
      if (!/^(?:create|match|use|add|count)[A-Z]/.test(id) && id !== 'invalidSettings') expect(message.split(/\. (?=\S)/).length).toBeGreaterThanOrEqual(2);
    }
  });

  it('describes each of its options, and has a default for each switch', () => {
    const schema = (meta?.schema ?? []) as readonly { readonly properties?: Readonly<Record<string, { readonly description?: string; readonly type?: string }>> }[];
    for (const options of schema) {
      for (const option of Object.values(options.properties ?? {})) expect(option.description).toMatch(/\.$/);
      const defaults = (meta?.defaultOptions as readonly object[] | undefined)?.[0] ?? {};
      // An option without a default is one that does nothing until it is set.
      for (const [option, { type }] of Object.entries(options.properties ?? {})) if (type === 'boolean') expect(Object.keys(defaults)).toContain(option);
    }
    expect(schema.length > 0).toBe(meta?.defaultOptions !== undefined);
  });

  it('is short: what is longer holds a piece of analysis', () => {
    expect(readFileSync(at(`src/rules/${name}.ts`), 'utf8').split('\n').length).toBeLessThanOrEqual(150);
  });
});

describe('configs', () => {
  it('carry the one plugin object and name themselves', () => {
    for (const name of ['recommended', 'strict'] as const) {
      const config = plugin.configs[name];
      expect(config.name).toBe(`s3/${name}`);
      expect(config.plugins.s3).toBe(plugin);
      expect(Object.keys(config).sort()).toEqual(['name', 'plugins', 'rules']);
    }
  });

  it('hold the rules that are meant to be on', () => {
    expect(plugin.configs.recommended.rules).toEqual({
      's3/no-blind-overwrite': 'warn',
      's3/no-cached-etag': 'error',
      's3/no-check-then-delete': 'error',
      's3/no-check-then-write': 'error',
      's3/no-computed-etag': 'error',
      's3/no-concurrent-writes-to-same-key': 'error',
      's3/no-conflict-message-matching': 'error',
      's3/no-dead-conflict-check': 'error',
      's3/no-lost-update': 'error',
      's3/no-optional-precondition': 'error',
      's3/no-stale-retry': 'error',
      's3/no-swallowed-conflict': 'error',
      's3/no-terminal-conflict-retry': 'error',
      's3/no-unbounded-conflict-retry': 'error',
      's3/no-unconditional-fallback': 'error',
      's3/no-unrelated-etag': 'error',
      's3/require-multipart-cleanup': 'warn',
      's3/require-version-id-on-delete': 'error',
      's3/valid-precondition': 'error',
    });
    expect(plugin.configs.strict.rules).toEqual({
      's3/no-blind-overwrite': ['error', { reportTimestampKeys: true }],
      's3/no-cached-etag': 'error',
      's3/no-check-then-delete': 'error',
      's3/no-check-then-write': 'error',
      's3/no-computed-etag': 'error',
      's3/no-concurrent-writes-to-same-key': 'error',
      's3/no-conflict-message-matching': 'error',
      's3/no-dead-conflict-check': 'error',
      's3/no-governance-bypass': 'error',
      's3/no-lost-update': 'error',
      's3/no-optional-precondition': ['error', { checkParameters: true }],
      's3/no-stale-retry': 'error',
      's3/no-swallowed-conflict': 'error',
      's3/no-terminal-conflict-retry': 'error',
      's3/no-unbounded-conflict-retry': 'error',
      's3/no-unconditional-fallback': 'error',
      's3/no-unrelated-etag': 'error',
      's3/prefer-etag-precondition': 'error',
      's3/require-conflict-backoff': 'error',
      's3/require-conflict-handling': 'error',
      's3/require-multipart-cleanup': 'error',
      's3/require-version-id-on-delete': 'error',
      's3/require-version-id-on-read': 'error',
      's3/valid-precondition': 'error',
    });
    expect(Object.keys(plugin.configs.strict.rules)).toEqual(names.map((name) => `s3/${name}`));
  });

  it('has the name and version of the package', () => {
    const { name, version } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as { name: string; version: string };
    expect(plugin.meta).toEqual({ name, version, namespace: 's3' });
  });
});
