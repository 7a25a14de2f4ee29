import { Linter, type Rule } from 'eslint';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import plugin from '../../src/index.js';
import { walk, type Node, type SourceCode } from '../../src/calls/syntax.js';
import { configFor } from '../lint.js';
import { programs, type Program } from './programs.js';
import { commentsOf, declaredTwice, globalsOf, skeletonOf, usedTooEarly } from './skeleton.js';

/**
 * What holds of every fix and suggestion, whatever the program. The seed is fixed, so that a run says the same as the
 * last; change it to look elsewhere. What is linted once is remembered: every property looks at the same programs.
 */
const runs = { seed: 20261121, numRuns: 1000 };

const settings = { buckets: [{ name: 'audit-*', versioned: true }], objects: [{ key: 'releases/**', write: 'create-only' }] };

type Mode = 'strict' | 'create-only';

const rulesOf: Readonly<Record<Mode, Linter.RulesRecord>> = {
  strict: plugin.configs.strict.rules,
  'create-only': { ...plugin.configs.strict.rules, 's3/no-blind-overwrite': ['error', { fix: 'create-only' }] },
};

interface Examined {
  readonly messages: readonly Linter.LintMessage[];
  /** Null where the code cannot be parsed. */
  readonly sourceCode: SourceCode | null;
  /** Why it is no program. */
  readonly broken: string | null;
}

const linter = new Linter({ configType: 'flat' });
const nameOf = ({ language }: Pick<Program, 'language'>): string => (language === 'javascript' ? 'file.js' : 'file.ts');

const configs = Object.fromEntries(
  (['strict', 'create-only'] as const).flatMap((mode) => (['typescript', 'javascript'] as const).map((language) => [`${mode} ${language}`, configFor({ rules: rulesOf[mode], settings, javascript: language === 'javascript' })])),
);
const configOf = (language: Program['language'], mode: Mode): Linter.Config[] => configs[`${mode} ${language}`] ?? [];

/** Owner: this file; one entry for each program and what its edits make of it. */
const examined = new Map<string, Examined>();

function examine(code: string, language: Program['language'], mode: Mode): Examined {
  const name = `${mode} ${language} ${code}`;
  const known = examined.get(name);
  if (known) return known;
  const captured: SourceCode[] = [];
  const capture: Rule.RuleModule = { create: ({ sourceCode }) => (captured.push(sourceCode as unknown as SourceCode), {}) };
  const messages = linter.verify(code, [...configOf(language, mode), { plugins: { test: { rules: { capture } } }, rules: { 'test/capture': 'error' } }], { filename: nameOf({ language }) });
  const [sourceCode = null] = captured;
  const fatal = messages.find((message) => message.fatal)?.message;
  const twice = sourceCode ? declaredTwice(sourceCode) : [];
  const found = { messages, sourceCode, broken: fatal ?? (twice.length > 0 ? `${twice.join(', ')} is declared twice` : null) };
  examined.set(name, found);
  return found;
}

/** One fix or suggestion, applied alone. */
interface Mended {
  readonly message: Linter.LintMessage;
  readonly kind: string;
  readonly range: readonly [number, number];
  readonly code: string;
}

function mendingsOf(program: Program, messages: readonly Linter.LintMessage[]): readonly Mended[] {
  // ESLint keeps a byte-order mark out of the ranges.
  const code = program.code.replace(/^\uFEFF/, '');
  const start = program.code.slice(0, -code.length);
  return messages.flatMap((message) => {
    const offered = [...(message.fix ? [{ fix: message.fix, kind: 'fix' }] : []), ...(message.suggestions ?? []).map(({ fix, messageId }) => ({ fix, kind: messageId ?? 'suggestion' }))];
    return offered.map(({ fix: { range, text }, kind }) => ({ message, kind: `${message.ruleId ?? ''} ${kind}`, range, code: start + code.slice(0, range[0]) + text + code.slice(range[1]) }));
  });
}

/** Where a report stands, in words that an edit does not change: the how-manieth call of its name, or loop. */
function placeOf({ line, column, endLine, endColumn }: Linter.LintMessage, sourceCode: SourceCode): string | null {
  const counts = new Map<string, number>();
  const found: string[] = [];
  walk(sourceCode.ast, sourceCode, (node) => {
    const name = nameIn(node, sourceCode);
    if (name === null) return;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    const { start, end } = node.loc;
    if (start.line === line && start.column + 1 === column && end.line === endLine && end.column + 1 === endColumn) found.push(`${name} ${count}`);
  });
  return found[0] ?? null;
}

function nameIn(node: Node, sourceCode: SourceCode): string | null {
  if (node.type === 'CallExpression' || node.type === 'NewExpression') return sourceCode.getText(node.callee);
  return /^(?:While|DoWhile|For)Statement$/.test(node.type) ? 'loop' : null;
}

/** Reports of a rule at a place; everywhere where the place has no name. */
const reportsAt = (place: string | null, { ruleId }: Linter.LintMessage, { messages, sourceCode }: Examined): readonly Linter.LintMessage[] =>
  messages.filter((message) => message.ruleId === ruleId && (place === null || (sourceCode && placeOf(message, sourceCode) === place)));

const programsInModes = fc.tuple(programs, fc.constantFrom<Mode>('strict', 'create-only'));

/** Checks a property of each program that is one. */
function forEvery(check: (program: Program, first: Examined & { readonly sourceCode: SourceCode }, mode: Mode) => void): void {
  fc.assert(
    fc.property(programsInModes, ([program, mode]) => {
      const first = examine(program.code, program.language, mode);
      if (first.broken !== null || !first.sourceCode) return;
      check(program, { ...first, sourceCode: first.sourceCode }, mode);
    }),
    runs,
  );
}

/** Checks a property of each fix and suggestion. */
function forEveryMending(check: (mended: Mended, first: Examined & { readonly sourceCode: SourceCode }, then: Examined & { readonly sourceCode: SourceCode }, program: Program) => void): void {
  forEvery((program, first, mode) => {
    for (const mended of mendingsOf(program, first.messages)) {
      const then = examine(mended.code, program.language, mode);
      try {
        if (!then.sourceCode) throw new Error(then.broken ?? 'There is no program.');
        check(mended, first, { ...then, sourceCode: then.sourceCode }, program);
      } catch (error) {
        throw new Error(`${mended.kind}: ${String(error)}\n--- before\n${program.code}\n--- after\n${mended.code}`, { cause: error });
      }
    }
  });
}

const indentOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';

const fixed = (code: string, language: Program['language'], mode: Mode): Linter.FixReport => linter.verifyAndFix(code, configOf(language, mode), { filename: nameOf({ language }) });

it('no rule crashes', () => {
  forEvery((program, { messages }) => {
    expect(messages.filter(({ fatal, ruleId }) => fatal === true || ruleId === null)).toEqual([]);
    expect(program.code).not.toBe('');
  });
});

describe('a fix or suggestion, applied alone', () => {
  it('gives a program that can be parsed, and declares nothing twice', () => {
    forEveryMending((_mended, _first, then) => {
      expect(then.broken).toBe(null);
    });
  });

  it('silences its rule at its place, and is not offered there again', () => {
    forEveryMending(({ message, range }, first, then) => {
      const place = placeOf(message, first.sourceCode);
      const [before, after] = [first, then].map((one) => reportsAt(place, message, one));
      // An input may have several conditions by time, and a call several wrong ones: a right name may have a wrong value.
      if (place === null) expect(after?.length).toBeLessThan(before?.length ?? 0);
      else if (message.ruleId === 's3/valid-precondition') expect(after?.filter(({ messageId, fix }) => messageId === message.messageId && fix?.range[0] === range[0])).toEqual([]);
      else expect(after).toEqual([]);
    });
  });

  it('uses names that mean something there, and have their value', () => {
    forEveryMending((_mended, first, then) => {
      const known = globalsOf(first.sourceCode);
      expect([...globalsOf(then.sourceCode)].filter((name) => !known.has(name) && name !== 'Error' && name !== 'undefined')).toEqual([]);
      expect(usedTooEarly(then.sourceCode).length).toBeLessThanOrEqual(usedTooEarly(first.sourceCode).length);
    });
  });

  it('takes its ETag or version from a response', () => {
    forEveryMending((_mended, first, then) => {
      const [before, after] = [skeletonOf(first.sourceCode), skeletonOf(then.sourceCode)];
      expect(after.texts.filter((name) => !before.texts.includes(name))).toEqual([]);
    });
  });

  it('throws behind a loop only when its attempts are used up', () => {
    forEveryMending(({ kind }, _first, then) => {
      if (!kind.endsWith('countLoop')) return;
      walk(then.sourceCode.ast, then.sourceCode, (node) => {
        if (node.type === 'ForStatement' && /^for \(let attempt/.test(then.sourceCode.getText(node))) expect(then.sourceCode.getText(node.body)).not.toMatch(/\bbreak\b/);
      });
    });
  });

  it('changes nothing but the precondition', () => {
    forEveryMending((_mended, first, then) => {
      const [before, after] = [skeletonOf(first.sourceCode), skeletonOf(then.sourceCode)];
      expect(after.tree).toBe(before.tree);
      expect(after.repeated.filter((name) => !before.repeated.includes(name))).toEqual([]);
      // One condition, and what it names of a response.
      expect(before.conditions.filter((condition) => !after.conditions.includes(condition)).length).toBeLessThanOrEqual(1);
      expect(after.conditions.filter((condition) => !before.conditions.includes(condition)).length).toBeLessThanOrEqual(2);
    });
  });

  it('keeps every comment', () => {
    forEveryMending((_mended, first, then) => {
      expect(commentsOf(then.sourceCode)).toEqual(commentsOf(first.sourceCode));
    });
  });

  it('lays nothing out anew', () => {
    forEveryMending(({ range, code }, _first, _then, program) => {
      const [before, after] = [program.code, code].map((text) => text.split(/(?<=\n)/));
      const touched = program.code.replace(/^\uFEFF/, '').slice(range[0], range[1]).split('\n').length;
      const gone = (before ?? []).filter((line) => !after?.includes(line));
      const come = (after ?? []).filter((line) => !before?.includes(line));
      expect(gone.length).toBeLessThanOrEqual(Math.min(touched, 4));
      expect(come.length).toBeLessThanOrEqual(gone.length + 3);
      // Line ends and indentation are those of the file.
      if (!/(?<!\r)\n/.test(program.code)) expect(code).not.toMatch(/(?<!\r)\n/);
      if (!/[ \t]\r?$/m.test(program.code)) for (const line of come) expect(line.replace(/\r?\n$/, '')).not.toMatch(/[ \t]$/);
      const indents = new Set((before ?? []).map(indentOf));
      for (const line of come) expect(indents).toContain(indentOf(line));
    });
  });
});

describe('fixes together', () => {
  it('end, and leave nothing to fix', () => {
    forEvery((program, { messages }, mode) => {
      if (!messages.some(({ fix }) => fix)) return;
      // ESLint makes ten passes at most.
      const once = fixed(program.code, program.language, mode);
      const twice = fixed(once.output, program.language, mode);
      const broken = examine(once.output, program.language, mode).broken;
      expect({ broken, fixed: twice.fixed, output: twice.output }).toEqual({ broken: null, fixed: false, output: once.output });
    });
  });
});

it('meets every fix and suggestion, so that the properties say something', () => {
  const counts = new Map<string, number>();
  let parsed = 0;
  fc.assert(
    fc.property(programsInModes, ([program, mode]) => {
      const { messages, broken } = examine(program.code, program.language, mode);
      if (broken !== null) return;
      parsed++;
      for (const { kind } of mendingsOf(program, messages)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }),
    runs,
  );
  const offers = Object.entries(plugin.rules).flatMap(([name, { meta }]) => (meta?.fixable || meta?.hasSuggestions ? [`s3/${name}`] : []));
  const met = [...counts].flatMap(([kind, count]) => (count >= 10 ? [kind.split(' ')[0]] : []));
  expect(offers.filter((rule) => !met.includes(rule))).toEqual([]);
  expect([...counts.keys()].sort()).toEqual([
    's3/no-blind-overwrite createOnly',
    's3/no-blind-overwrite fix',
    's3/no-blind-overwrite matchETag',
    's3/no-cached-etag useReadETag',
    's3/no-check-then-delete fix',
    's3/no-check-then-write fix',
    's3/no-conflict-message-matching useName',
    's3/no-conflict-message-matching useStatus',
    's3/no-dead-conflict-check fix',
    's3/no-dead-conflict-check useName',
    's3/no-lost-update fix',
    's3/no-optional-precondition addOtherBranch',
    's3/no-unbounded-conflict-retry countLoop',
    's3/no-unrelated-etag fix',
    's3/prefer-etag-precondition useETag',
    's3/require-version-id-on-delete addVersionId',
    's3/valid-precondition fix',
  ]);
  expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(10);
  expect(parsed / runs.numRuns).toBeGreaterThan(0.9);
});
