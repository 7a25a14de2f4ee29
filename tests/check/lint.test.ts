import { join } from 'node:path';

import { expect, it } from 'vitest';

import { lint } from '../../src/check/lint.js';
import type { ProjectFinding } from '../../src/facts/project-finding.js';
import { parsedFiles } from '../../src/project/parsed-files.js';
import { sourceTree } from '../../src/project/source-tree.js';
import { blind, losing, temporaryProject } from '../cli/temporary-project.js';

const finding = (file: string, line: number, message = 'Two places write this.'): ProjectFinding => ({
  rule: 'multiple-writers',
  messageId: 'several',
  message,
  at: { file, line, column: 1, endLine: line, endColumn: 2 },
  related: [],
});

async function linted(files: Readonly<Record<string, string>>, findings: readonly ProjectFinding[], fix = false) {
  const root = temporaryProject(files);
  const tree = sourceTree(root);
  const { results, warnings } = lint(tree.files, tree, await parsedFiles(tree), null, findings, { config: 'recommended', fix, onProgress: () => undefined });
  return { root, results, warnings };
}

it.each([false, true])('a rule that fails on one file loses that file and no other (fix: %s)', async (fix) => {
  /** There is no such finding: it makes its rule fail. */
  const broken = finding('src/carts.ts', 1, null as unknown as string);
  const { root, results, warnings } = await linted({ 'src/carts.ts': losing('carts'), 'src/notes.ts': blind('notes') }, [broken], fix);
  expect(results.map(({ filePath, warningCount }) => [filePath, warningCount])).toEqual([[join(root, 'src/notes.ts'), 1]]);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatchObject({ file: 'src/carts.ts', line: 1 });
  expect(warnings[0]?.message).toMatch(/^The rule s3\/multiple-writers failed here, which is a mistake in it \(.+\), so no S3 call in this file is checked\.$/);
});

it('findings of the project are told in their file, and silenced there by comment like any other', async () => {
  const text = "import '@aws-sdk/client-s3';\n// eslint-disable-next-line s3/multiple-writers -- they agree on keys\nwrite();\nwrite();\n";
  const { results } = await linted({ 'src/a.ts': text }, [finding('src/a.ts', 3), finding('src/a.ts', 4), finding('src/b.ts', 3)]);
  expect(results[0]?.messages.map(({ line, ruleId, severity }) => [line, ruleId, severity])).toEqual([[4, 's3/multiple-writers', 1]]);
  expect(results[0]?.suppressedMessages.map(({ line, suppressions }) => [line, suppressions[0]?.justification])).toEqual([[3, 'they agree on keys']]);
});

it('a message may hold what ESLint takes for a placeholder', async () => {
  const { results } = await linted({ 'src/a.ts': "import '@aws-sdk/client-s3';\n" }, [finding('src/a.ts', 1, 'This writes "{{ name }}.json".')]);
  expect(results[0]?.messages[0]?.message).toContain('name }}.json');
});

it('a file that does not parse has no result: its warning is told where facts are gathered', async () => {
  const { results, warnings } = await linted({ 'src/a.ts': "import '@aws-sdk/client-s3';\nlet (\n" }, []);
  expect([results, warnings]).toEqual([[], []]);
});
