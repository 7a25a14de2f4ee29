import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

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
