import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { lint } from '../lint.js';

/**
 * Published packages that ship real S3 code, pinned as dev dependencies, are linted with the recommended rules. Their
 * findings stand in `rulings.txt`, each with a ruling by somebody who read the code: a change of the plugin shows there
 * as a difference to be read.
 */
const rulings = readFileSync(new URL('rulings.txt', import.meta.url), 'utf8').split('\n');

interface Ruling {
  readonly finding: string;
  readonly comment: string;
}

interface File {
  readonly package: string;
  readonly version: string;
  readonly path: string;
  readonly findings: Ruling[];
}

function parse(lines: readonly string[]): File[] {
  const files: File[] = [];
  for (const [index, line] of lines.entries()) {
    const header = /^((?:@[^/]+\/)?[^@]+)@(\S+) (\S+)$/.exec(line);
    if (header) files.push({ package: header[1] ?? '', version: header[2] ?? '', path: header[3] ?? '', findings: [] });
    const finding = /^ {2}(\d.*)$/.exec(line)?.[1];
    if (finding !== undefined) files.at(-1)?.findings.push({ finding, comment: lines[index + 1] ?? '' });
  }
  return files;
}

const contentOf = (path: string): string => readFileSync(new URL(`../../node_modules/${path}`, import.meta.url), 'utf8');

describe.each(parse(rulings))('$package@$version $path', (file) => {
  it('is installed in the version that was read', () => {
    expect((JSON.parse(contentOf(`${file.package}/package.json`)) as { version: string }).version).toBe(file.version);
  });

  it('has the findings that were read', () => {
    const messages = lint(contentOf(`${file.package}/${file.path}`), { filename: file.path });
    const found = messages.map(({ line, column, ruleId, message }) => `${line}:${column} ${(ruleId ?? 'fatal').replace('s3/', '')}: ${message.split('. ')[0] ?? ''}.`);
    expect(found).toEqual(file.findings.map(({ finding }) => finding));
  });

  it('has a ruling on every finding', () => {
    expect(file.findings.filter(({ comment }) => !/^ {4}# (?:right|debatable|wrong): ./.test(comment))).toEqual([]);
  });
});

it('reads six packages or more, and most findings are right', () => {
  const files = parse(rulings);
  const comments = files.flatMap(({ findings }) => findings.map(({ comment }) => comment));
  expect(new Set(files.map((file) => file.package)).size).toBeGreaterThanOrEqual(6);
  expect(comments.filter((comment) => comment.includes('# wrong:')).length / comments.length).toBeLessThanOrEqual(0.05);
});
