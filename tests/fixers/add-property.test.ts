import { Linter, type Rule } from 'eslint';
import { expect, it } from 'vitest';

import { addProperty } from '../../src/fixers/add-property.js';

/** Adds `x: 1` to the literal or pattern that is assigned to `it`. */
const rule = {
  meta: { type: 'problem', fixable: 'code', schema: [] },
  create: (context: { sourceCode: never; report: (descriptor: unknown) => void }) => ({
    VariableDeclarator(node: { id: { type: string }; init: { type: string } }) {
      const target = node.id.type === 'ObjectPattern' ? node.id : node.init;
      context.report({ node: target, message: 'here', fix: (fixer: never) => addProperty(fixer, target as never, 'x: 1', context.sourceCode) });
    },
  }),
} as unknown as Rule.RuleModule;

function added(code: string): string {
  const linter = new Linter({ configType: 'flat' });
  const config = { files: ['**/*.js'], plugins: { test: { rules: { rule } } }, rules: { 'test/rule': 'error' as const } };
  const [message] = linter.verify(code, config, 'file.js');
  if (!message?.fix) throw new Error(message?.message ?? 'no fix');
  const [start, end] = message.fix.range;
  return code.slice(0, start) + message.fix.text + code.slice(end);
}

it.each([
  ['an empty literal', 'const a = {};', 'const a = { x: 1 };'],
  ['one line', 'const a = { b };', 'const a = { b, x: 1 };'],
  ['one line with a trailing comma', 'const a = { b, };', 'const a = { b, x: 1, };'],
  ['one line, closed on the next', 'const a = { b,\n};', 'const a = { b, x: 1,\n};'],
  ['a line for each property', 'const a = {\n  b,\n  c\n};', 'const a = {\n  b,\n  c,\n  x: 1\n};'],
  ['a line for each property, with a trailing comma', 'const a = {\n\tb,\n};', 'const a = {\n\tb,\n\tx: 1,\n};'],
  ['a comment behind the last property', 'const a = {\n  b, // of b\n};', 'const a = {\n  b, // of b\n  x: 1,\n};'],
  ['a comment behind the last property, without a comma', 'const a = {\n  b // of b\n};', 'const a = {\n  b, // of b\n  x: 1\n};'],
  ['a comment on a line of its own', 'const a = {\n  b,\n  // the end\n};', 'const a = {\n  b,\n  x: 1,\n  // the end\n};'],
  ['a comment between the last property and its comma', 'const a = {\n  b /* of b */,\n};', 'const a = {\n  b /* of b */,\n  x: 1,\n};'],
  ['a comment in an empty literal', 'const a = { /* nothing */ };', 'const a = { x: 1  /* nothing */ };'],
  ['a value over several lines', 'const a = {\n  b: {\n    c,\n  },\n};', 'const a = {\n  b: {\n    c,\n  },\n  x: 1,\n};'],
  ['a spread at the end', 'const a = { ...b };', 'const a = { ...b, x: 1 };'],
  ['a pattern', 'const { b } = c;', 'const { b, x: 1 } = c;'],
  ['a pattern with a rest, which stays last', 'const { b, ...rest } = c;', 'const { b, x: 1, ...rest } = c;'],
])('%s', (_name, before, after) => {
  expect(added(before)).toBe(after);
});
