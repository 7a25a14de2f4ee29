import { readFileSync } from 'node:fs';

import { projectRules } from '../check/project-rules.js';
import { documentation } from '../check/tool.js';
import type { ProjectRule } from '../facts/project-finding.js';
import plugin from '../index.js';
import { anchorOf, conflictCatalogue, conflictsNamed, type ConditionKind, type ConflictCode, type RetryClass } from '../s3/conflicts.js';
import { nearest } from './nearest.js';
import { pageText } from './page-text.js';
import { wrap } from './wrap.js';

/** What `s3lint explain` prints. */
export interface Explanation {
  readonly kind: 'code' | 'status' | 'rule';
  readonly text: string;
}

/**
 * @param subject the code of an error (`PreconditionFailed`), what the SDK calls it, an HTTP status (`412`), or a rule
 *   with or without `s3/`; case does not matter
 * @returns what it means and what to do; null where nothing is known of it
 */
export function explain(subject: string): Explanation | null {
  const wanted = subject.trim();
  const rule = ruleNames.find((name) => name === bareRule(wanted));
  if (rule !== undefined) return { kind: 'rule', text: ruleText(rule) };
  const finding = projectRuleNames.find((name) => name === bareRule(wanted));
  if (finding !== undefined) return { kind: 'rule', text: findingText(finding) };
  if (/^\d{3}$/.test(wanted)) {
    const codes = conflictCatalogue.filter(({ status }) => String(status) === wanted);
    return codes.length === 0 ? null : { kind: 'status', text: statusText(wanted, codes) };
  }
  const name = errorNames.find((known) => known.toLowerCase() === wanted.toLowerCase());
  return name === undefined ? null : { kind: 'code', text: conflictsNamed(name).map(codeText).join('\n') };
}

/** @returns what may have been meant by a subject that nothing is known of, the nearest first; none where nothing is near */
export const nearestSubjects = (subject: string): readonly string[] => nearest(bareRule(subject.trim()), [...errorNames, ...ruleNames, ...projectRuleNames]);

const errorNames = [...new Set(conflictCatalogue.flatMap(({ code, sdkClass }) => [code, ...(sdkClass === null ? [] : [sdkClass])]))];

const bareRule = (name: string): string => name.replace(/^s3\//i, '').toLowerCase();

const site = 'https://github.com/eslint-plugin-s3/eslint-plugin-s3/blob/main/docs';

const ruleNames = Object.keys(plugin.rules);
const projectRuleNames = Object.keys(projectRules) as readonly ProjectRule[];

/** The rules of the plugin have their pages in one folder, the findings of the whole project theirs in another. */
type Folder = 'rules' | 'findings';

function ruleText(name: string): string {
  const id = `s3/${name}`;
  const meta = plugin.rules[name]?.meta;
  const description = meta?.docs?.description;
  const facts = meta ? [standsIn(id), ...(meta.fixable ? ['`--fix` mends what it can.'] : []), ...(meta.hasSuggestions === true ? ['It has suggestions in the editor.'] : [])] : [];
  return pageWith([id, ...(description === undefined ? [] : ['', `  ${description}.`]), ...(facts.length === 0 ? [] : [`  ${facts.join(' ')}`])], 'rules', name);
}

const findingText = (name: ProjectRule): string => pageWith([`s3/${name}`, '', `  ${projectRules[name].description}.`], 'findings', name);

function pageWith(head: readonly string[], folder: Folder, name: string): string {
  const page = readFileSync(new URL(`${folder}/${name}.md`, documentation), 'utf8');
  // What the generated top of the page says in signs is said in words here.
  const body = page.replace(/^[\s\S]*<!-- end auto-generated rule header -->/, '').replace(/^\s*# .*\n/, '');
  return `${head.join('\n')}\n\n${pageText(body)}\n${site}/${folder}/${name}.md\n`;
}

function standsIn(id: string): string {
  const configs = Object.entries(plugin.configs).flatMap(([config, { rules }]) => (id in rules ? [config] : []));
  return configs.length === 0 ? 'It is in no config.' : `It is on in ${configs.join(' and ')}.`;
}

const asked: Readonly<Record<ConditionKind, string>> = {
  'create-only': "`IfNoneMatch: '*'`",
  match: '`IfMatch` or its like',
  source: 'a condition on the source',
  offset: '`WriteOffsetBytes`',
  token: 'a client token',
  invalid: 'a condition that S3 does not implement',
  none: '',
};

const again: Readonly<Record<RetryClass, string>> = {
  retry: 'yes, after a pause',
  're-read then retry': 'yes, after a new read',
  'restart upload': 'yes, as a new upload',
  terminal: 'no',
};

function codeText(entry: ConflictCode): string {
  const { service, code, cases } = entry;
  return [`${code} (${statusOf(entry)}${service})`, '', ...(service === 'S3' ? [...nameInSdk(entry), ''] : []), ...cases.flatMap((found) => [...caseLines(found), '']), `  ${site}/conflicts.md#${anchorOf(entry)}`, ''].join('\n');
}

const statusOf = ({ status }: ConflictCode): string => (status === null ? '' : `HTTP ${status}, `);

/** What to test for. A conflict without a class of its own is an `S3ServiceException` that bears its code as its name. */
const nameInSdk = ({ code, sdkClass }: ConflictCode): readonly string[] =>
  paragraph(
    sdkClass === null
      ? `The AWS SDK v3 has no class for it: test \`error instanceof S3ServiceException\`, then \`error.name === '${code}'\`.`
      : `Its class in the AWS SDK v3 is \`${sdkClass}\`.`,
  );

const paragraph = (text: string): readonly string[] => wrap(text, 86).map((line) => `  ${line}`);

function caseLines({ operations, when, meaning, retry, advice, page }: ConflictCode['cases'][number]): readonly string[] {
  const conditions = when.flatMap((kind) => (asked[kind] === '' ? [] : [asked[kind]])).join(', or with ');
  return [
    ...paragraph(meaning),
    ...entryLines('Answers', `${operations.join(', ')}${conditions === '' ? '' : ` with ${conditions}`}`),
    ...entryLines('Try again?', again[retry]),
    ...entryLines('What to do', advice),
    ...entryLines('Read more', page),
  ];
}

const entryLines = (name: string, text: string): readonly string[] => wrap(text, 72).map((line, index) => `    ${(index === 0 ? name : '').padEnd(12)}${line}`);

/** A status is what several codes come with, so it is told in short which ones. */
function statusText(status: string, codes: readonly ConflictCode[]): string {
  const [first] = codes;
  if (codes.length === 1 && first) return codeText(first);
  const lines = codes.flatMap(({ service, code, cases }) => {
    const meanings = [...new Set(cases.map(({ meaning }) => meaning))];
    return ['', `  ${code}${service === 'S3' ? '' : ` (${service})`}`, ...meanings.flatMap((meaning) => wrap(meaning, 84).map((line) => `    ${line}`))];
  });
  return [`HTTP ${status}`, ...(told[status] === undefined ? [] : ['', ...paragraph(told[status])]), ...lines, '', `  More about one of them, and what to do: \`s3lint explain ${first?.code ?? 'CODE'}\`.`, `  ${site}/conflicts.md`, ''].join('\n');
}

/**
 * What the two statuses of a conflict say, before any code is known.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
const told: Readonly<Record<string, string>> = {
  412: 'A condition does not hold: the object is another one, or it exists. This request stored nothing, and would fail again. After a retry of the SDK (`error.$metadata.attempts` over 1) it may be the answer to your own write.',
  409: 'Another request was under way, or a bucket is in a state that rules this one out. It depends on the code whether trying again can help, so test the code and not the status alone.',
};
