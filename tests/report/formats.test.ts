import { stripVTControlCharacters } from 'node:util';

import { ESLint } from 'eslint';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { formatNames, formats } from '../../src/report/formats.js';
import { github } from '../../src/report/github.js';
import { json } from '../../src/report/json.js';
import { markdown } from '../../src/report/markdown.js';
import type { FileResult } from '../../src/report/report.js';
import { stylish } from '../../src/report/stylish.js';
import { fileResult, flag, reportOf, root } from './reports.js';

const code = `export async function save(key: string): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: 'stock', Key: key }));
  await client.send(
    new PutObjectCommand({ Bucket: 'stock', Key: key }),
  );
}
`;
const put = `new PutObjectCommand({ Bucket: 'stock', Key: key })`;
const other = { file: 'src/import.ts', line: 12, column: 3, endLine: 12, endColumn: 9, message: 'the other writer' };
const twice = fileResult('src/store.ts', {
  source: code,
  messages: [flag(code, put, { rule: 's3/multiple-writers', severity: 1, message: 'Two write `stock/*.json`.', related: [other] }), flag(code, `client.send(\n    ${put},\n  )`)],
});
const clean = fileResult('src/clean.ts', { source: '' });
const broken = { file: 'infra/template.yml', line: 3, message: 'A tag is not closed, so this file is not read: its buckets stay unknown.' };

describe('every format', () => {
  it.each(formatNames)('%s: takes a report without findings and one with, and ends its last line', async (name) => {
    const format = await formats[name]();
    for (const report of [reportOf([]), reportOf([clean]), reportOf([clean, twice], [broken])]) expect(await format(report)).toMatch(/^$|\n$/);
    expect((await format(reportOf([twice], [broken]))).length).toBeGreaterThan(0);
  });
});

describe('stylish', () => {
  it('is what ESLint prints for the same results', async () => {
    const eslint = await new ESLint().loadFormatter('stylish');
    const results = [twice, clean].map((result) => ({ ...result, messages: [...result.messages], suppressedMessages: [], usedDeprecatedRules: [] }));
    const text = await stylish(reportOf([twice, clean]));
    expect(text).toBe(await eslint.format(results));
    expect(stripVTControlCharacters(text)).toContain('2 problems (1 error, 1 warning)');
  });

  it('leaves the order of the report as it is', async () => {
    const results = [twice, clean];
    await stylish(reportOf(results));
    expect(results).toEqual([twice, clean]);
  });

  it('says below it what was not read', async () => {
    expect(stripVTControlCharacters(await stylish(reportOf([clean], [broken, { ...broken, line: null }])))).toBe(
      `\nNot read in full:\n  infra/template.yml:3  ${broken.message}\n  infra/template.yml  ${broken.message}\n`,
    );
  });

  it('says nothing where there is nothing to say', async () => {
    expect(await stylish(reportOf([clean]))).toBe('');
  });
});

describe('json', () => {
  it("is ESLint's own, and keeps what a finding has to do with", () => {
    const [first, second] = JSON.parse(json(reportOf([twice, clean]))) as FileResult[];
    expect(first).toEqual(twice);
    expect(first?.messages[0]?.related).toEqual([other]);
    expect(second).toEqual(clean);
  });
});

describe('github', () => {
  const commandsOf = (...given: Parameters<typeof reportOf>): string[] => github(reportOf(...given)).split('\n').slice(0, -1);

  beforeEach(() => {
    vi.stubEnv('GITHUB_WORKSPACE', '');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('annotates each finding, errors first: GitHub shows ten of a kind', () => {
    expect(commandsOf([twice])).toEqual([
      // Columns are refused on several lines.
      '::error file=src/store.ts,line=3,endLine=5,title=s3/no-lost-update::The change of another writer is lost. Send `IfMatch`.',
      '::warning file=src/store.ts,line=2,endLine=2,col=21,endColumn=72,title=s3/multiple-writers::Two write `stock/*.json`.%0Asrc/import.ts:12: the other writer',
    ]);
  });

  it('annotates what was not read', () => {
    expect(commandsOf([clean], [broken])).toEqual([`::warning file=infra/template.yml,line=3,title=s3lint%3A not read in full::${broken.message}`]);
    expect(commandsOf([clean], [{ ...broken, line: null }])[0]).toContain('file=infra/template.yml,title=');
  });

  it('escapes what a command would take for its own', () => {
    const message = flag(code, put, { message: '100 % of a,b::c\r\nare lost.' });
    expect(commandsOf([fileResult('src/a,b:c%.ts', { source: code, messages: [message] })])).toEqual([
      '::error file=src/a%2Cb%3Ac%25.ts,line=2,endLine=2,col=21,endColumn=72,title=s3/no-lost-update::100 %25 of a,b::c%0D%0Aare lost.',
    ]);
  });

  it('annotates a file that does not parse', () => {
    expect(commandsOf([fileResult('a.ts', { source: '', messages: [{ ruleId: null, fatal: true, severity: 2, message: 'Parsing error', line: 0, column: 0 }] })])).toEqual(['::error file=a.ts,title=s3lint::Parsing error']);
  });

  it('leaves out what is suppressed', () => {
    expect(commandsOf([fileResult('a.ts', { source: code, suppressed: [{ message: flag(code, put), justification: '' }] })])).toEqual([]);
  });

  it.each([
    { name: 'a package of the repository', workspace: `${root}/..`, file: 'shop/infra/template.yml' },
    { name: 'the repository', workspace: root, file: 'infra/template.yml' },
    { name: 'a folder outside of it', workspace: `${root}/../blog`, file: 'infra/template.yml' },
  ])('begins paths at the workspace of GitHub when the root is $name', ({ workspace, file }) => {
    vi.stubEnv('GITHUB_WORKSPACE', workspace);
    expect(commandsOf([], [broken])[0]).toContain(`file=${file},`);
  });
});

describe('markdown', () => {
  it('is one line where nothing was found', () => {
    expect(markdown(reportOf([clean]))).toBe('s3lint found nothing in 1 file.\n');
    expect(markdown(reportOf([]))).toBe('s3lint found nothing in no files.\n');
  });

  it('has the counts, and a folded table for each rule, errors first', () => {
    expect(markdown(reportOf([clean, twice], [broken]))).toBe(`## s3lint: 1 error, 1 warning in 2 files

<details>
<summary><b>s3/no-lost-update</b>: 1</summary>

Disallow writing an object back without a condition on the version that was read. [What it means and what to do](https://github.com/eslint-plugin-s3/eslint-plugin-s3/blob/main/docs/rules/no-lost-update.md)

| Where | What |
| :-- | :-- |
| [src/store.ts:3](src/store.ts#L3) | The change of another writer is lost. Send \`IfMatch\`. |

</details>

<details>
<summary><b>s3/multiple-writers</b>: 1</summary>

Disallow several writers of one key without a condition. [What it means and what to do](https://github.com/eslint-plugin-s3/eslint-plugin-s3/blob/main/docs/rules/multiple-writers.md)

| Where | What |
| :-- | :-- |
| [src/store.ts:2](src/store.ts#L2) | Two write \`stock/*.json\`.<br>[src/import.ts:12](src/import.ts#L12): the other writer |

</details>

<details>
<summary><b>Not read in full</b>: 1</summary>

| Where | What |
| :-- | :-- |
| [infra/template.yml:3](infra/template.yml#L3) | A tag is not closed, so this file is not read: its buckets stay unknown. |

</details>
`);
  });

  it.each([
    { name: 'a bar would end the cell, in code too', message: 'a|b `c|d`', shown: 'a\\|b `c\\|d`' },
    { name: 'HTML would be shown as HTML', message: '<img src=x> & `<b>`', shown: '&lt;img src=x&gt; &amp; `<b>`' },
    { name: 'signs of Markdown', message: '[x](y) *a* _b_ ~c~ \\ ', shown: '\\[x\\](y) \\*a\\* \\_b\\_ \\~c\\~ \\\\ ' },
    { name: 'a backtick without another', message: 'a ` <b> `c`', shown: 'a ` <b> `c\\`' },
    { name: 'line breaks would end the row', message: 'a\r\n  b', shown: 'a b' },
  ])('escapes: $name', ({ message, shown }) => {
    expect(markdown(reportOf([fileResult('a.ts', { source: code, messages: [flag(code, put, { message })] })]))).toContain(`| [a.ts:2](a.ts#L2) | ${shown} |\n`);
  });

  it('links to odd paths', () => {
    expect(markdown(reportOf([fileResult('@app/(shop/[id]/a b#c+d.ts', { source: code, messages: [flag(code, put)] })]))).toContain('[@app/(shop/\\[id\\]/a b#c+d.ts:2](@app/%28shop/%5Bid%5D/a%20b%23c+d.ts#L2)');
  });

  it('stays below the MiB that GitHub takes, and says what it left out', () => {
    const messages = Array.from({ length: 12_000 }, (_, index) => flag(code, put, { message: `${'ä'.repeat(100)} ${index}`, rule: index % 2 === 0 ? 's3/no-lost-update' : 's3/multiple-writers' }));
    const text = markdown(reportOf([fileResult('a.ts', { source: code, messages })], [broken]));
    const size = Buffer.byteLength(text);
    expect(size).toBeLessThan(1024 * 1024);
    expect(size).toBeGreaterThan(900_000);
    const rows = text.split('\n').filter((line) => line.startsWith('| [')).length;
    expect(text).toContain(`This summary is cut: ${12_001 - rows} more stand in the output of \`s3lint\``);
    // What was opened is closed.
    expect(text.split('<details>').length).toBe(text.split('</details>').length);
  });
});
