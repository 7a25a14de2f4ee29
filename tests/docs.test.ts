import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import plugin from '../src/index.js';
import { fix, lint, type LintOptions } from './lint.js';

/**
 * Every example of the pages in docs/rules is executed. A fenced block says what it is behind its language:
 * `incorrect` reports, `correct` does not; `fixed` is what `--fix` makes of the incorrect block before it, `suggested`
 * what its first suggestion makes of it.
 */
interface Example {
  readonly kind: 'incorrect' | 'correct' | 'fixed' | 'suggested';
  readonly code: string;
  readonly line: number;
  readonly attributes: string;
}

const pages = new URL('../docs/rules/', import.meta.url);
const names = readdirSync(pages).map((file) => file.replace(/\.md$/, ''));

function examplesOf(name: string): Example[] {
  const page = readFileSync(new URL(`${name}.md`, pages), 'utf8');
  return [...page.matchAll(/^```(?:ts|js) (incorrect|correct|fixed|suggested)([^\n]*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    kind: match[1] as Example['kind'],
    attributes: match[2] ?? '',
    code: match[3] ?? '',
    line: page.slice(0, match.index).split('\n').length,
  }));
}

function optionsOf(name: string, { attributes }: Example): LintOptions {
  const attribute = (key: string): unknown => {
    const json = new RegExp(`${key}='([^']*)'`).exec(attributes)?.[1];
    return json === undefined ? undefined : JSON.parse(json);
  };
  const options = attribute('options');
  const settings = attribute('settings') as Record<string, unknown> | undefined;
  return { rules: { [`s3/${name}`]: options === undefined ? 'error' : ['error', options] }, ...(settings ? { settings } : {}) };
}

it.each(names)('knows every kind of block on the page of %s', (name) => {
  const page = readFileSync(new URL(`${name}.md`, pages), 'utf8');
  const fences = [...page.matchAll(/^```(\w+)[ \t]*([^\n]*)$/gm)].map((match) => `${match[1] ?? ''} ${(match[2] ?? '').split(' ')[0] ?? ''}`.trim());
  const kinds = ['ts incorrect', 'ts correct', 'ts fixed', 'ts suggested', 'js', 'json', 'mermaid'];
  expect(fences.filter((fence) => !kinds.includes(fence))).toEqual([]);
  // What is correct is so because of how it uses S3, and not for want of it.
  expect(examplesOf(name).filter(({ code }) => !/from '(?:@aws-sdk\/[\w-]+|aws-sdk|minio)'/.test(code))).toEqual([]);
});

it('has a page for each rule and a rule for each page', () => {
  expect(names.sort()).toEqual(Object.keys(plugin.rules).sort());
});

describe.each(names)('%s', (name) => {
  const examples = examplesOf(name);

  it('shows what is incorrect and what is correct', () => {
    const kinds = examples.map((example) => example.kind);
    expect(kinds).toContain('incorrect');
    expect(kinds).toContain('correct');
  });

  it.each(examples.map((example, index) => ({ ...example, index })))('line $line: $kind', ({ index, kind, code }) => {
    const example = examples[index];
    const incorrect = kind === 'fixed' || kind === 'suggested' ? examples.slice(0, index).findLast((before) => before.kind === 'incorrect') : example;
    if (!incorrect) throw new Error('There is no incorrect example before this one.');
    const options = optionsOf(name, incorrect);
    switch (kind) {
      case 'correct':
        expect(lint(code, options)).toEqual([]);
        break;
      case 'incorrect':
        expect(lint(code, options).map((message) => message.ruleId)).toContain(`s3/${name}`);
        break;
      case 'fixed':
        expect(fix(incorrect.code, options)).toBe(code);
        break;
      case 'suggested': {
        const [suggestion] = lint(incorrect.code, options).flatMap((message) => message.suggestions ?? []);
        if (!suggestion) throw new Error('Nothing is suggested.');
        const [start, end] = suggestion.fix.range;
        expect(incorrect.code.slice(0, start) + suggestion.fix.text + incorrect.code.slice(end)).toBe(code);
        break;
      }
    }
  });
});
