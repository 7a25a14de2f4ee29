import * as parser from '@typescript-eslint/parser';
import fc from 'fast-check';

import { situations } from './situations.js';
import { indented, type Lines, type Situation } from './parts.js';

/** Programs around the shapes that the rules know: from the parts that real code is made of, laid out in every way. */

export interface Program {
  readonly code: string;
  readonly language: 'typescript' | 'javascript';
  /** What it was made to show. */
  readonly about: string;
}

/** Where the statements of a situation stand. */
const places: readonly ((body: Lines, parameters: string) => Lines)[] = [
  (body, parameters) => [`export async function run(${parameters}) {`, ...indented(body), '}'],
  (body, parameters) => [`export const run = async (${parameters}) => {`, ...indented(body), '};'],
  (body, parameters) => ['export class Store {', `  async run(${parameters}) {`, ...indented(indented(body)), '  }', '}'],
  (body, parameters) => ['export const store = {', `  async run(${parameters}) {`, ...indented(indented(body)), '  },', '};'],
  (body, parameters) => [`module.exports = async function (${parameters}) {`, ...indented(body), '};'],
  (body, parameters) => [`export async function run(${parameters}) {`, '  const step = async () => {', ...indented(indented(body)), '  };', '  await step();', '}'],
  (body, parameters) => [`export async function run(${parameters}) {`, '  for (const item of list) {', ...indented(indented(body)), '  }', '}'],
  (body, parameters) => [`export async function run(${parameters}) {`, '  if (flag) {', '    {', ...indented(indented(indented(body))), '    }', '  }', '}'],
  (body, parameters) => [`export async function run(${parameters}) {`, '  switch (flag) {', "    case 'a':", ...indented(indented(indented(body))), '      break;', '    default:', '  }', '}'],
  (body, parameters) => [`export async function run(${parameters}) {`, '  switch (flag) {', "    case 'a': {", ...indented(indented(indented(body))), '    }', '  }', '}'],
  (body, parameters) => [`export async function run(${parameters}) {`, '  try {', ...indented(indented(body)), '  } finally {', '    done();', '  }', '}'],
  (body, parameters) => [`export async function run(${parameters}) {`, '  const runs = list.map(async (item) => {', ...indented(indented(body)), '  });', '  return runs;', '}'],
  (body, parameters) => [`export async function* run(${parameters}) {`, '  yield 1;', ...indented(body), '}'],
  (body, parameters) => [`export default async (${parameters}, { ETag: own = 1 } = {}) => {`, '  do {', ...indented(indented(body)), '  } while (flag);', '};'],
  (body, parameters) => ['export class Store {', `  static run = async (${parameters}) => {`, ...indented(indented(body)), '  };', '}'],
  (body, parameters) => [`export const run = (0, async (${parameters}) => { outer: {`, ...indented(body), '} });'],
];

const bystanders: readonly Lines[] = [
  [],
  ["const ETag = 'unrelated';", 'export { ETag };'],
  ["export const current = 'unrelated';"],
  ['export const attempt = 1;'],
  ["export const VersionId = 'unrelated', input = 1;"],
  ['export function unrelated(input) {', '  return { IfMatch: input, Body: 1 };', '}'],
  ["export const re = /IfMatch: '*'/g, text = `IfMatch ${re} { Body }`;"],
  ['export class Current { ETag = 1; #IfMatch = 2; static { this.attempt = 1; } }'],
  ['#!/usr/bin/env node'],
  ["'use strict';"],
];

const typedBystanders: readonly Lines[] = [['type ETag = string;', 'export interface VersionId { IfMatch?: ETag }'], ['enum Current { ETag, attempt }', 'export declare const unrelated: typeof Current;'], ['export abstract class Named<IfMatch> { declare ETag: IfMatch; constructor(readonly current?: number) {} }']];

/** Names that a fix adds or uses, declared where they are in its way. */
const inTheWay: readonly Lines[] = [[], [], [], ["const ETag = 'taken';"], ["const VersionId = 'taken';"], ['let attempt = 0;'], ["const current = 'taken';"], ['console.log(ETag, VersionId);'], ['log((ETag) => ETag);']];

interface Gap {
  readonly at: number;
  readonly kind: 'comment' | 'line' | 'newline' | 'spaces';
}

const gaps = fc.array(fc.record<Gap>({ at: fc.nat(9999), kind: fc.constantFrom('comment', 'comment', 'line', 'newline', 'spaces') }), { maxLength: 6 });

interface Token {
  readonly range: readonly [number, number];
  readonly value: string;
}

/** Owner: this file; each property makes the same programs again. */
const tokens = new Map<string, readonly Token[]>();

/** The tokens of a code; none where it cannot be parsed. */
function tokensOf(code: string): readonly Token[] {
  const known = tokens.get(code);
  if (known) return known;
  let found: readonly Token[] = [];
  try {
    found = parser.parse(code, { tokens: true, range: true }).tokens;
  } catch {
    // It is left as it is, and the properties pass it by.
  }
  tokens.set(code, found);
  return found;
}

/** Puts comments, line breaks and spaces between the tokens behind a place, where they change nothing. */
function loosened(code: string, start: number, given: readonly Gap[]): string {
  const here = given.length === 0 ? [] : tokensOf(code).filter(({ range }) => range[0] >= start);
  let edited = code;
  const sorted = given.map(({ at, kind }) => ({ index: at % Math.max(here.length - 1, 1), kind })).sort((one, other) => other.index - one.index);
  for (const [count, { index, kind }] of sorted.entries()) {
    const [token, next] = [here[index], here[index + 1]];
    if (!token || !next) continue;
    const at = token.range[1];
    const breaks = code.slice(at, next.range[0]).includes('\n');
    const mayBreak = breaks || /^[({[,=]$/.test(token.value) || /^[)}\].]$/.test(next.value);
    // Behind a statement that ends with its line, a line comment needs no line break of its own.
    const line = !mayBreak ? ` /* line ${count} */ ` : breaks ? ` // line ${count}` : ` // line ${count}\n`;
    const text = { comment: ` /* ${count} */${breaks ? '' : ' '}`, line, newline: mayBreak ? '\n' : ' ', spaces: breaks ? '' : '  ' }[kind];
    edited = edited.slice(0, at) + text + edited.slice(at);
  }
  return edited;
}

/** Takes the semicolons off the ends of lines, where the next line does not go on. */
const withoutSemicolons = (code: string): string => code.replace(/;$(?!\n\s*[([`/+-])/gm, '');

interface Style {
  readonly indent: '  ' | '\t' | '    ' | '';
  readonly newline: '\n' | '\r\n';
  readonly semicolons: 'kept' | 'dropped';
  readonly start: '' | '\uFEFF';
}

const styles = fc.record<Style>({
  indent: fc.constantFrom('  ', '  ', '\t', '    ', ''),
  newline: fc.constantFrom('\n', '\n', '\n', '\r\n'),
  semicolons: fc.constantFrom('kept', 'kept', 'kept', 'dropped'),
  start: fc.constantFrom('', '', '', '', '', '', '', '\uFEFF'),
});

function styled(code: string, { indent, newline, semicolons, start }: Style): string {
  const text = semicolons === 'kept' ? code : withoutSemicolons(code);
  return start + text.replace(/^(?: {2})+/gm, (given) => indent.repeat(given.length / 2)).replaceAll('\n', newline);
}

const laidOut = (situation: Situation): fc.Arbitrary<Program> =>
  fc
    .record({
      place: fc.nat(places.length - 1),
      bystander: fc.constantFrom(...bystanders, ...(situation.language === 'typescript' ? typedBystanders : [])),
      blocked: fc.constantFrom(...inTheWay),
      behind: fc.boolean(),
      parameter: fc.constantFrom('', '', '', ', ETag', ', etag', ', current', ', VersionId'),
      style: styles,
      gaps,
    })
    .map(({ place, bystander, blocked, behind, parameter, style, gaps: given }) => {
      const { head, before, body, parameters, language, about } = situation;
      const stands = places[place] ?? places[0];
      const statements = behind ? [...body, ...blocked] : [...blocked, ...body];
      const [first, ...rest] = bystander;
      const opening = [...(first?.startsWith('#!') ? [first] : []), ...head, ...(first?.startsWith('#!') ? rest : bystander)].join('\n');
      const code = [opening, ...before, ...(stands?.(statements, parameters + parameter) ?? []), ''].join('\n');
      return { code: styled(loosened(code, opening.length, given), style), language, about };
    });

/** A program, of any situation. */
export const programs: fc.Arbitrary<Program> = fc.oneof(...situations).chain(laidOut);
