import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

import { afterAll, expect } from 'vitest';

import { check, type Check } from '../src/check/check.js';
import type { Message } from '../src/report/report.js';

/**
 * Small projects that are checked from end to end. What is expected stands in their files: a mark on each line that is
 * reported, and no mark where nothing is to be said.
 */

/** The text of each file, by its path in the project. */
export type Files = Readonly<Record<string, string>>;

export type Rules = 'recommended' | 'strict';

export type Finding = Message & {
  /** In the project. */
  readonly path: string;
  /** `path:line` */
  readonly place: string;
  /** Without the prefix of the plugin. */
  readonly rule: string;
};

const projects = realpathSync(mkdtempSync(join(tmpdir(), 's3-checked-')));
afterAll(() => {
  rmSync(projects, { recursive: true, force: true });
});

let made = 0;

/** @returns the folder of a new project that holds these files; it goes with the last test */
export function projectOf(files: Files): string {
  const root = join(projects, String(made++));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** @returns the check of a project that holds these files, all of which could be read */
export async function checkedProject(files: Files, rules: Rules = 'recommended'): Promise<Check> {
  const checked = await check({ root: projectOf(files), rules });
  expect(checked.report.warnings).toEqual([]);
  return checked;
}

/** @returns what is reported in a project of these files, by any rule */
export async function findingsIn(files: Files, rules: Rules = 'recommended'): Promise<readonly Finding[]> {
  const { report } = await checkedProject(files, rules);
  return report.results.flatMap(({ filePath, messages }) => {
    const path = relative(report.root, filePath);
    return messages.map((message) => ({ ...message, path, place: `${path}:${String(message.line)}`, rule: String(message.ruleId).replace('s3/', '') }));
  });
}

/**
 * @param rule without the prefix of the plugin
 * @returns the places that it reports, each as often as it does; sorted
 */
export async function placesOf(rule: string, files: Files, rules: Rules = 'recommended'): Promise<readonly string[]> {
  return (await findingsIn(files, rules)).filter(({ ruleId }) => ruleId === `s3/${rule}`).map(({ place }) => place).sort();
}

/** @returns the lines of these files that have a mark, and what stands in them */
export const markedLines = (files: Files, mark = /✗/): readonly { readonly place: string; readonly line: string }[] =>
  Object.entries(files).flatMap(([path, text]) => text.split('\n').flatMap((line, index) => (mark.test(line) ? [{ place: `${path}:${String(index + 1)}`, line }] : [])));

/** @returns the places of the lines that have a mark; sorted */
export const markedPlaces = (files: Files, mark = /✗/): readonly string[] => markedLines(files, mark).map(({ place }) => place).sort();
