import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { check } from '../src/check/check.js';
import { describedRules } from '../src/check/described-rules.js';
import { explainSilence } from '../src/check/explain-silence.js';
import { projectRules } from '../src/check/project-rules.js';
import { explain, nearestSubjects } from '../src/cli/explain.js';
import { commandNames, commands, commonFlags, type Flag } from '../src/cli/flags.js';
import { formatNames } from '../src/report/formats.js';
import { sarif } from '../src/report/sarif.js';
import { projectOf } from './checked-project.js';

/**
 * Every example of the pages in docs/findings is a small project that is checked. A fenced block says what it is behind
 * its language: `incorrect` reports, `correct` does not, `beside` is another file of the project before it. The name of
 * a file stands in its first line.
 */
interface Example {
  readonly kind: 'incorrect' | 'correct';
  readonly line: number;
  readonly files: ReadonlyMap<string, string>;
}

const pages = new URL('../docs/findings/', import.meta.url);
const names = Object.keys(projectRules) as (keyof typeof projectRules)[];
const pageOf = (name: string): string => readFileSync(new URL(`${name}.md`, pages), 'utf8');

function examplesOf(name: string): readonly Example[] {
  const page = pageOf(name);
  const examples: (Example & { readonly files: Map<string, string> })[] = [];
  for (const match of page.matchAll(/^```(?:ts|hcl|yaml|shell) (incorrect|correct|beside)\n(?:\/\/|#) (\S+)\n([\s\S]*?)^```$/gm)) {
    const [, kind, file = '', text = ''] = match;
    if (kind === 'beside') examples.at(-1)?.files.set(file, text);
    else examples.push({ kind: kind as Example['kind'], line: page.slice(0, match.index).split('\n').length, files: new Map([[file, text]]) });
  }
  return examples;
}

it('has a page for each finding of the project and a finding for each page', () => {
  expect(readdirSync(pages).sort()).toEqual(names.map((name) => `${name}.md`).sort());
});

describe.each(names)('%s', (name) => {
  const examples = examplesOf(name);

  it('executes every block of its page that is no diagram', () => {
    const blocks = [...pageOf(name).matchAll(/^```(\w.*)$/gm)].map((match) => match[1] ?? '').filter((kind) => kind !== 'mermaid');
    expect(examples.reduce((count, { files }) => count + files.size, 0)).toBe(blocks.length);
    const kinds = examples.map(({ kind }) => kind);
    expect(kinds).toContain('incorrect');
    expect(kinds).toContain('correct');
  });

  it.each(examples.map((example) => ({ ...example, shown: [...example.files.keys()].join(', ') })))('line $line: $kind, $shown', async (example) => {
    const { report, facts } = await check({ root: projectOf(Object.fromEntries(example.files)) });
    expect(report.warnings).toEqual([]);
    // What is correct is so for how it is written, and not because nobody has read it.
    if (name === 'multiple-writers') expect(facts.writers).not.toEqual([]);
    if (name === 'replication-lifecycle-overlap') expect(facts.buckets).toHaveLength(1);
    const reported = report.results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId));
    if (example.kind === 'incorrect') expect(reported.filter((id) => id === `s3/${name}`)).toHaveLength(1);
    else expect(reported).not.toContain(`s3/${name}`);
  });

  it('says how severe it is, why it matters with a diagram and pages to read, and when not to use it', () => {
    const page = pageOf(name);
    expect(page.split('\n')[0]).toBe(`# s3/${name}`);
    expect(page).toContain(projectRules[name].severity === 'error' ? '❌ An error of [s3lint]' : '⚠️ A warning of [s3lint]');
    expect([...page.matchAll(/^## (.*)$/gm)].map((match) => match[1])).toEqual(['What it finds', 'Why it matters', 'Examples', 'When not to use it']);
    const why = page.split('## Why it matters')[1]?.split('## Examples')[0] ?? '';
    expect(why).toContain('```mermaid\nsequenceDiagram\n');
    expect(why).toMatch(/\]\(https:\/\/docs\.aws\.amazon\.com\//);
  });

  it('can be read on a terminal', () => {
    const { kind, text } = explain(`s3/${name}`) ?? expect.fail();
    expect(kind).toBe('rule');
    expect(text.startsWith(`s3/${name}\n\n  ${projectRules[name].description}.\n`)).toBe(true);
    expect(text).toContain('\nWHEN NOT TO USE IT\n');
    expect(text).not.toMatch(/```|sequenceDiagram|\]\(/);
    expect(text.endsWith(`/blob/main/docs/findings/${name}.md\n`)).toBe(true);
  });

  it('is what a report leads to', () => {
    const rule = describedRules('recommended').find(({ id }) => id === `s3/${name}`) ?? expect.fail();
    expect(rule.url.endsWith(`/blob/main/docs/findings/${name}.md`)).toBe(true);
    expect(rule.help).toBe(pageOf(name));
    // Code scanning shows the first paragraph of a page, and links that lead out of it.
    const log = JSON.parse(sarif({ root: '/', results: [], rules: [rule], warnings: [], tool: { name: 's3lint', version: '0', url: '' } })) as { runs: [{ tool: { driver: { rules: [{ fullDescription: { text: string }; help: { markdown: string } }] } } }] };
    const [{ fullDescription, help }] = log.runs[0].tool.driver.rules;
    expect(pageOf(name)).toContain(`## What it finds\n\n${fullDescription.text}\n`);
    expect(help.markdown).toContain('/blob/main/docs/s3lint.md)');
  });
});

it('a rule of the plugin leads to its own page still', () => {
  expect(describedRules('strict').find(({ id }) => id === 's3/no-lost-update')?.url).toMatch(/\/docs\/rules\/no-lost-update\.md$/);
  expect(explain('no-lost-update')?.text).toMatch(/\/docs\/rules\/no-lost-update\.md\n$/);
});

it('the name of a finding that is misspelt is found', () => {
  expect(nearestSubjects('s3/multiple-writer')).toContain('multiple-writers');
});

describe('the manual of s3lint', () => {
  const manual = readFileSync(new URL('../docs/s3lint.md', import.meta.url), 'utf8');
  const section = (title: string): string => manual.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? expect.fail(`There is no section "${title}".`);
  const cellsOf = (text: string): readonly string[] => [...text.matchAll(/^\| (.*?) \|/gm)].map((match) => match[1] ?? '').filter((cell) => cell.startsWith('`'));
  const rowOf = ({ name, short, value }: Flag): string => {
    const behind = value === null ? '' : ` ${value.replaceAll('|', '\\|')}`;
    return [...(short === undefined ? [] : [`\`-${short}${behind}\``]), `\`--${name}${behind}\``].join(', ');
  };

  it.each(commandNames.filter((name) => commands[name].flags.length > 0))('has every flag of %s, and none that there is not', (name) => {
    const shown = section(name === 'check' ? 'Check' : 'Facts').split('\n### ')[0] ?? '';
    expect([...cellsOf(shown)].sort()).toEqual([...commands[name].flags, ...(name === 'check' ? commonFlags : [])].map(rowOf).sort());
  });

  it('has every format', () => {
    expect(cellsOf(section('Check').split('\n### Formats\n')[1]?.split('\n### ')[0] ?? '')).toEqual(formatNames.map((name) => `\`${name}\``));
  });

  it('has every finding of the project, as severe as it is', () => {
    const rows = [...section('What it adds to the plugin').matchAll(/^\| \[([\w-]+)\]\(findings\/\1\.md\) \| (\w+) \|/gm)].map((match) => [match[1], match[2]]);
    expect(rows).toEqual(names.map((name) => [name, projectRules[name].severity === 'error' ? 'error' : 'warning']));
  });

  it('shows what --explain-silence says', async () => {
    const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(manual) ?? [];
    const root = projectOf({ 'src/store.ts': code });
    const asked = [...manual.matchAll(/^npx s3lint --explain-silence src\/store\.ts:(\d+)$/gm)].map((match) => Number(match[1]));
    const said = await Promise.all(asked.map((line) => explainSilence(join(root, 'src/store.ts'), line, { root, cache: false })));
    expect(asked).toHaveLength(2);
    expect(manual).toContain(`\`\`\`text\n${said.join('')}\`\`\`\n`);
  });

  it('shows subjects that can be explained', () => {
    const subjects = [...manual.matchAll(/^npx s3lint explain (\S+)$/gm)].map((match) => match[1] ?? '');
    expect(subjects).toHaveLength(3);
    for (const subject of subjects) expect(explain(subject)).not.toBeNull();
  });
});

it('no page leads to a page that is not there', () => {
  const root = new URL('../', import.meta.url);
  const from = ['README.md', 'docs/s3lint.md', 'docs/pull-requests.md', ...names.map((name) => `docs/findings/${name}.md`)];
  const links = from.flatMap((file) => [...readFileSync(new URL(file, root), 'utf8').matchAll(/\]\((?!https?:)([^)\s]*)\)/g)].map((match) => ({ file, target: new URL(match[1] ?? '', new URL(file, root)) })));
  expect(links.length).toBeGreaterThan(20);
  const anchorsOf = (page: string): readonly string[] => [...page.matchAll(/^#+ (.*)$/gm)].map((match) => (match[1] ?? '').toLowerCase().replace(/[^\w\s-]/g, '').replace(/\s/g, '-'));
  const broken = links.filter(({ target }) => {
    const path = new URL(target.pathname, root);
    if (!existsSync(path)) return true;
    return target.hash !== '' && path.pathname.endsWith('.md') && !anchorsOf(readFileSync(path, 'utf8')).includes(target.hash.slice(1));
  });
  expect(broken.map(({ file, target }) => `${file}: ${target.href}`)).toEqual([]);
});
