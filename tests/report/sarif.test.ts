import { readFileSync } from 'node:fs';

import { Ajv } from 'ajv';
import type { Log, Region, Result } from 'sarif';
import { describe, expect, it } from 'vitest';

import type { FileResult } from '../../src/report/report.js';
import { sarif } from '../../src/report/sarif.js';
import { fileResult, flag, reportOf, root } from './reports.js';

/** The published schema is in draft 4 of JSON Schema, of which it uses one keyword that Ajv does not read: its own `id`. */
const schema = JSON.parse(readFileSync(new URL('sarif-schema-2.1.0.json', import.meta.url), 'utf8')) as Record<string, unknown>;
delete schema['$schema'];
delete schema['id'];
const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true });
const validate = ajv.compile(schema);

const code = `import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';

export async function save(key: string): Promise<void> {
  const stock = await read(key);
  await client.send(new PutObjectCommand({
    Bucket: 'stock',
    Key: key,
    Body: stock,
  }));
}
`;
const call = code.slice(code.indexOf('client.send'), code.indexOf('}));') + 3);
const read = { file: 'src/[id] store.ts', line: 4, column: 9, endLine: 4, endColumn: 32, message: 'the read' };

const found = fileResult('src/[id] store.ts', {
  source: code,
  messages: [flag(code, call, { related: [read], fix: (at, text) => ({ range: [at + text.indexOf('Body: stock') + 11, at + text.indexOf('Body: stock') + 11], text: ', IfMatch: etag' }) })],
  suppressed: [{ message: flag(code, 'read(key)'), justification: 'one writer only' }],
});

function logOf(results: readonly FileResult[], warnings: Parameters<typeof reportOf>[1] = []): Log {
  return JSON.parse(sarif(reportOf(results, warnings))) as Log;
}

const runOf = (log: Log): Log['runs'][number] => log.runs[0] ?? expect.fail('There is no run.');
const resultsOf = (results: readonly FileResult[]): Result[] => runOf(logOf(results)).results ?? [];
const firstOf = (results: readonly FileResult[]): Result => resultsOf(results)[0] ?? expect.fail('There is no result.');

describe('is valid SARIF 2.1.0', () => {
  const fatal = { ruleId: null, fatal: true as const, severity: 2 as const, message: 'Parsing error: Unexpected token', line: 3, column: 7 };
  it.each([
    { name: 'nothing found', results: [fileResult('src/store.ts', { source: code })], warnings: [] },
    { name: 'no file checked', results: [], warnings: [] },
    { name: 'a finding with a fix, a related place, and a suppressed one', results: [found], warnings: [] },
    { name: 'a finding in a file whose text is not known', results: [fileResult('infra/main.tf', { messages: [{ ...flag('a', 'a'), line: 12 }] })], warnings: [] },
    { name: 'a finding about a whole file', results: [fileResult('a.ts', { source: code, messages: [{ ruleId: 's3/no-lost-update', severity: 1, message: 'Wrong settings.', line: 0, column: 0 }] })], warnings: [] },
    { name: 'a finding without an end', results: [fileResult('a.ts', { source: code, messages: [{ ruleId: 's3/no-lost-update', severity: 1, message: 'Found.', line: 4, column: 3 }] })], warnings: [] },
    { name: 'a file that does not parse', results: [fileResult('a.ts', { source: code, messages: [fatal] })], warnings: [] },
    { name: 'a rule that is not described', results: [fileResult('a.ts', { source: code, messages: [flag(code, call, { rule: 'no-undef' })] })], warnings: [] },
    { name: 'warnings', results: [], warnings: [{ file: 'a.yml', line: 3, message: 'Not read.' }, { file: 'b.yml', line: null, message: 'Not read.' }] },
  ])('$name', ({ results, warnings }) => {
    const log = logOf(results, warnings);
    expect(validate(log) ? [] : validate.errors).toEqual([]);
    // The schema of the last errata asks for it, too: a region says where it begins.
    const regions = [...JSON.stringify(log).matchAll(/"(?:r|deletedR)egion":(\{[^{}]*(?:\{[^{}]*\}[^{}]*)?\})/g)].map(([, region]) => JSON.parse(region ?? '{}') as Region);
    for (const region of regions) expect(region.startLine).toBeGreaterThanOrEqual(1);
  });

  it('the check can fail', () => {
    const log = logOf([found]);
    expect(validate({ ...log, version: '2.0.0' })).toBe(false);
    expect(validate({ ...log, runs: [{ ...runOf(log), results: [{ ...firstOf([found]), level: 'fatal' }] }] })).toBe(false);
  });
});

describe('a finding', () => {
  const result = firstOf([found]);

  it('has its rule, and leads to what is said of it', () => {
    const { driver } = runOf(logOf([found])).tool;
    expect(driver).toMatchObject({ name: 's3lint', version: '1.2.3', informationUri: 'https://github.com/eslint-plugin-s3/eslint-plugin-s3' });
    expect(result).toMatchObject({ ruleId: 's3/no-lost-update', ruleIndex: 0, level: 'error' });
    expect(driver.rules?.[result.ruleIndex ?? -1]).toMatchObject({
      id: 's3/no-lost-update',
      name: 'NoLostUpdate',
      shortDescription: { text: 'Disallow writing an object back without a condition on the version that was read.' },
      fullDescription: { text: 'Code that reads an object and writes it back.' },
      helpUri: 'https://github.com/eslint-plugin-s3/eslint-plugin-s3/blob/main/docs/rules/no-lost-update.md',
      defaultConfiguration: { level: 'error' },
    });
  });

  it('has a place with an end, and the text there; a path is encoded as a URI', () => {
    expect(result.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'src/%5Bid%5D%20store.ts', uriBaseId: '%SRCROOT%' },
      region: { startLine: 5, startColumn: 9, endLine: 9, endColumn: 6, snippet: { text: call } },
    });
  });

  it('links to the places that it has to do with: code scanning shows those alone that are linked', () => {
    expect(result.message.text).toBe('The change of another writer is lost. Send `IfMatch`. See [the read](1).');
    expect(result.relatedLocations).toEqual([
      { id: 1, message: { text: 'the read' }, physicalLocation: { artifactLocation: { uri: 'src/%5Bid%5D%20store.ts', uriBaseId: '%SRCROOT%' }, region: { startLine: 4, startColumn: 9, endLine: 4, endColumn: 32 } } },
    ]);
  });

  it.each([
    { name: 'lines', source: code },
    { name: 'Windows line breaks', source: code.replaceAll('\n', '\r\n') },
    { name: 'a byte order mark, which ESLint does not count', source: code, mark: '\uFEFF' },
    { name: 'signs of two UTF-16 units before it', source: code.replace('Body', "'😀': 1, Body") },
  ])('has a fix that does what ESLint would do, in a text with $name', ({ source, mark = '' }) => {
    const message = flag(source, 'Body: stock', { fix: (at, text) => ({ range: [at, at + text.length], text: 'Body: stock, IfMatch: etag' }) });
    const [change] = firstOf([fileResult('src/store.ts', { source: mark + source, messages: [message] })]).fixes?.[0]?.artifactChanges ?? [];
    const { deletedRegion, insertedContent } = change?.replacements[0] ?? expect.fail('There is no replacement.');
    expect(apply(source, deletedRegion, insertedContent?.text ?? '')).toBe(source.replace('Body: stock', 'Body: stock, IfMatch: etag'));
  });

  it('goes to the end of its line, where no end is told', () => {
    const { region } = firstOf([fileResult('a.ts', { source: code, messages: [{ ruleId: 's3/no-lost-update', severity: 2, message: 'Found.', line: 4, column: 3 }] })]).locations?.[0]?.physicalLocation ?? {};
    expect(region).toEqual({ startLine: 4, startColumn: 3, endLine: 4, endColumn: 33, snippet: { text: 'const stock = await read(key);' } });
  });

  it('is marked where it is suppressed, with the reason; others say that they are not', () => {
    expect(resultsOf([found]).map(({ suppressions }) => suppressions)).toEqual([[], [{ kind: 'inSource', justification: 'one writer only' }]]);
  });

  it('has a fingerprint of its own, the same after an edit above it', () => {
    const printsOf = (source: string): unknown[] =>
      resultsOf([fileResult('a.ts', { source, messages: [flag(source, 'read(key)'), flag(source, call)] })]).map(({ partialFingerprints }) => partialFingerprints?.['s3Finding/v1']);
    expect(new Set(printsOf(code)).size).toBe(2);
    expect(printsOf(`// The stock.\n${code}`)).toEqual(printsOf(code));
  });
});

/** As a reader of SARIF does it, with lines that end with a line feed. */
function apply(source: string, { startLine = 1, startColumn = 1, endLine = 1, endColumn = 1 }: Region, text: string): string {
  const offset = (line: number, column: number): number => source.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0) + column - 1;
  return source.slice(0, offset(startLine, startColumn)) + text + source.slice(offset(endLine, endColumn));
}

describe('a rule', () => {
  const rules = runOf(logOf([])).tool.driver.rules ?? [];

  it('has its page as help, with links that work elsewhere', () => {
    expect(rules[0]?.help?.markdown).toContain('[no-stale-retry](https://github.com/eslint-plugin-s3/eslint-plugin-s3/blob/main/docs/rules/no-stale-retry.md)');
    expect(rules[0]?.help?.markdown).toContain('(https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingObjects.html)');
  });

  it('has help without a page, too', () => {
    expect(rules[1]?.help).toEqual({
      text: 'Disallow several writers of one key without a condition. https://github.com/eslint-plugin-s3/eslint-plugin-s3/blob/main/docs/rules/multiple-writers.md',
      markdown: 'Disallow several writers of one key without a condition. [What it means and what to do](https://github.com/eslint-plugin-s3/eslint-plugin-s3/blob/main/docs/rules/multiple-writers.md)',
    });
    expect(rules[1]?.defaultConfiguration).toEqual({ level: 'warning' });
  });
});

describe('what the run could not do', () => {
  it('is told beside the findings: files that were not read or do not parse', () => {
    const fatal = { ruleId: null, fatal: true as const, severity: 2 as const, message: 'Parsing error', line: 3, column: 7, endLine: 3, endColumn: 8 };
    const run = runOf(logOf([fileResult('a.ts', { source: code, messages: [fatal] })], [{ file: 'b.yml', line: 3, message: 'b.yml is not read: its buckets stay unknown.' }]));
    expect(run.results).toEqual([]);
    expect(run.invocations).toEqual([
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          expect.objectContaining({ level: 'error', message: { text: 'Parsing error' } }),
          { level: 'warning', message: { text: 'b.yml is not read: its buckets stay unknown.' }, locations: [{ physicalLocation: { artifactLocation: { uri: 'b.yml', uriBaseId: '%SRCROOT%' }, region: { startLine: 3 } } }] },
        ],
      },
    ]);
  });
});

it('names no path of this machine', () => {
  expect(sarif(reportOf([found]))).not.toContain(root);
});
