import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';

import { expect, it } from 'vitest';

import plugin from '../src/index.js';
import { fix, lint } from './lint.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const blocks = [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((match) => ({ language: match[1] ?? '', text: match[2] ?? '' }));
const [example, fixed] = blocks.filter(({ language }) => language === 'ts');
const output = blocks.find(({ language }) => language === 'text');

it('shows what the plugin says of its example', () => {
  const said = lint(example?.text ?? '').map(({ line, column, severity, message, ruleId }) => `${line}:${column}  ${severity === 2 ? 'error' : 'warning'}  ${ruleId ?? ''}\n  ${message}\n`);
  expect(said.length).toBe(2);
  expect(output?.text).toBe(said.join('\n'));
});

it('shows what --fix makes of it', () => {
  expect(fix(example?.text ?? '')).toContain(fixed?.text.trim());
});

it('starts with the commands that run the example and the tests', () => {
  const commands = blocks.filter(({ language }) => language === 'bash').map(({ text }) => text.trim());
  expect(commands.slice(0, 2)).toEqual(['npm ci && npm run example', 'npm ci && npm test']);
});

it('shows a config and settings that are right', () => {
  const scripts = blocks.filter(({ language }) => language === 'js').map(({ text }) => text.replace(/^import .*$/m, '').replace('export default', 'config ='));
  const configs = scripts.map((script) => runInNewContext(`${script}\nconfig`, { s3: plugin, config: null }) as { settings?: { s3: Record<string, unknown> } }[]);
  expect(configs[0]?.[0]).toBe(plugin.configs.recommended);
  const settings = configs[1]?.[1]?.settings?.s3;
  expect(Object.keys(settings ?? {})).toEqual(['buckets', 'objects']);
  expect(lint("import { PutObjectCommand } from '@aws-sdk/client-s3';\nnew PutObjectCommand({ Bucket: 'cache-eu', Key: key, Body: body });", { settings: JSON.parse(JSON.stringify(settings)) as Record<string, unknown> })).toEqual([]);
});
