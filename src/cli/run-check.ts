import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { createTwoFilesPatch } from 'diff';

import { check, type Check, type CheckOptions, type Stats } from '../check/check.js';
import { explainSilence } from '../check/explain-silence.js';
import { keptCheck } from '../check/kept-check.js';
import { Obstacle } from '../check/obstacle.js';
import { counted } from '../report/findings.js';
import { formats } from '../report/formats.js';
import { relativePath } from '../report/relative-path.js';
import type { FileResult, Report } from '../report/report.js';
import type { CheckCommand } from './arguments.js';
import { progressOn } from './progress.js';
import type { Streams } from './streams.js';
import { uninterrupted } from './uninterrupted.js';
import { warningsText } from './warnings-text.js';
import { writeFile, WriteError } from './write-file.js';

/**
 * @param command what to check, and how to tell of it
 * @param streams where to write
 * @returns the exit code
 */
export async function runCheck(command: CheckCommand, streams: Streams): Promise<0 | 1 | 2> {
  const { fixes, rules, changed, explainSilence: place } = command;
  const paths = command.paths.map(placeOf);
  const options: CheckOptions = { paths, rules, facts: command.facts, from: command.from, fix: fixes !== 'report', ...(changed ? { changedSince: changed.base } : {}) };
  if (place) {
    streams.out(await explainSilence(place.file, place.line, { ...options, cache: command.cache }));
    return 0;
  }
  const progress = progressOn(streams);
  const found = await (command.cache ? keptCheck : check)({ ...options, onProgress: progress.show }).finally(progress.clear);
  if (fixes === 'print') streams.out(diffOf(found.report));
  const unwritten = fixes === 'apply' ? await writeFixes(found.report) : [];
  const report = command.quiet ? errorsOf(found.report) : found.report;
  for (const { format, file } of command.outputs) {
    const text = await (await formats[format]())(report);
    if (file === null) streams.out(text);
    else await uninterrupted(() => writeFile(file, format === 'stylish' ? stripVTControlCharacters(text) : text));
  }
  // Every format but ESLint's own tells of what could not be read.
  if (!command.outputs.some(({ format, file }) => file === null && format !== 'json')) streams.error(warningsText(report.warnings));
  if (command.stats) streams.error(statsText(found.stats));
  const [errors, warnings] = [countOf(found, ({ errorCount }) => errorCount), countOf(found, ({ warningCount }) => warningCount)];
  if (unwritten.length > 0) {
    streams.error(unwritten.map((problem) => `${problem}\n`).join(''));
    return 2;
  }
  if (errors > 0) return 1;
  if (command.maxWarnings === null || warnings <= command.maxWarnings) return 0;
  // With --quiet nothing else says why it fails.
  streams.error(`${counted(warnings, 'warning')}, where --max-warnings allows ${String(command.maxWarnings)}.\n`);
  return 1;
}

/** A path that nothing is at finds nothing: a misspelt one would pass every check. Behind a link stands what is read under its own name. */
function placeOf(path: string): string {
  if (!existsSync(path)) throw new Obstacle(`There is no \`${path}\` here: name a file or a folder of the project.`);
  const place = realpathSync(path);
  const way = relative('.', place);
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) throw new Obstacle(`\`${path}\` lies outside of this folder, which is what is read: run s3lint there, or in a folder that holds both.`);
  return place;
}

/**
 * Writes each fixed text in place of the one that it was made from.
 *
 * @returns why some could not be written; the others are
 */
async function writeFixes({ root, results }: Report): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { filePath, original, output } of results) {
    if (output === undefined) continue;
    try {
      // A fix of the text that was read would undo what an editor has stored since.
      if (readFileSync(filePath, 'utf8') !== original) problems.push(`\`${relativePath(root, filePath)}\` has changed since it was read, so it is not fixed. Run s3lint again.`);
      else await uninterrupted(() => writeFile(filePath, output));
    } catch (error) {
      problems.push(error instanceof WriteError ? error.message : `\`${relativePath(root, filePath)}\` cannot be read any more, so it is not fixed. Run s3lint again.`);
    }
  }
  return problems;
}

const countOf = ({ report }: Check, count: (result: FileResult) => number): number => report.results.reduce((total, result) => total + count(result), 0);

const errorsOf = (report: Report): Report => ({
  ...report,
  results: report.results.map((result) => ({ ...result, messages: result.messages.filter(({ severity }) => severity === 2), warningCount: 0, fixableWarningCount: 0 })),
});

/** What `--fix` would do, as a diff that `git apply` takes. */
function diffOf({ root, results }: Report): string {
  return results
    .flatMap(({ filePath, original, output }) => (output === undefined || original === undefined ? [] : [createTwoFilesPatch(`a/${relativePath(root, filePath)}`, `b/${relativePath(root, filePath)}`, original, output, '', '').replace(/^=+\n/, '')]))
    .join('');
}

const statsText = ({ files, checked, buckets, wrappers, writers, factsTook, rulesTook }: Stats): string =>
  [
    `${String(files)} files, of which ${String(checked)} touch S3; ${String(buckets)} buckets, ${String(wrappers)} wrappers, ${String(writers)} writers.`,
    `Facts took ${seconds(factsTook)}, rules ${seconds(rulesTook)}.`,
    '',
  ].join('\n');

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
