import { readdirSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { explain, nearestSubjects } from '../../src/cli/explain.js';
import { pageText } from '../../src/cli/page-text.js';
import { conflictCatalogue } from '../../src/s3/conflicts.js';

const textOf = (subject: string): string => explain(subject)?.text ?? expect.fail(`Nothing is known of ${subject}.`);
const inOneLine = (text: string): string => text.replace(/\s+/g, ' ');

describe('an error code', () => {
  it('says what it means for each request, whether to try again, what to do, and where it is documented', () => {
    const text = textOf('ConditionalRequestConflict');
    expect(text).toContain('ConditionalRequestConflict (HTTP 409, S3)');
    expect(text).toContain(`  Another request on the key, such as a delete, ended while this one ran. Nothing was
  stored.
    Answers     PutObject, CopyObject with \`IfNoneMatch: '*'\`
    Try again?  yes, after a pause
    What to do  Send the same request again after a pause, a few times at most.
    Read more   https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
`);
    expect(text).toContain('/docs/conflicts.md#conditionalrequestconflict');
  });

  it.each(conflictCatalogue)('$service $code: everything that the catalogue knows is told', ({ code, cases }) => {
    const text = inOneLine(textOf(code));
    for (const { meaning, advice, page } of cases) for (const part of [meaning, advice, page]) expect(text).toContain(part);
  });

  it('says what to test for in the SDK', () => {
    expect(inOneLine(textOf('PreconditionFailed'))).toContain("test `error instanceof S3ServiceException`, then `error.name === 'PreconditionFailed'`.");
    expect(inOneLine(textOf('BucketAlreadyExists'))).toContain('Its class in the AWS SDK v3 is `BucketAlreadyExists`.');
  });

  it('tells two services with one code apart, S3 first', () => {
    const headings = textOf('PreconditionFailed').split('\n').filter((line) => /^\S/.test(line));
    expect(headings).toEqual(['PreconditionFailed (HTTP 412, S3)', 'PreconditionFailed (HTTP 412, CloudFront)']);
  });

  it.each(['preconditionfailed', ' PreconditionFailed '])('is found however it is written: "%s"', (subject) => {
    expect(explain(subject)).toEqual(explain('PreconditionFailed'));
  });
});

describe('a status', () => {
  it.each(['409', '412'])('%s says what it means, and which codes come with it', (status) => {
    const { kind, text } = explain(status) ?? expect.fail();
    expect(kind).toBe('status');
    for (const { code, status: known } of conflictCatalogue) if (String(known) === status) expect(text).toContain(code);
    expect(text).toContain('s3lint explain ');
  });

  it('that one code alone comes with is explained as that code', () => {
    expect(textOf('501')).toBe(textOf('NotImplemented'));
  });

  it('that is no conflict is not known', () => {
    expect([explain('200'), explain('503')]).toEqual([null, null]);
  });
});

describe('a rule', () => {
  const names = readdirSync(new URL('../../docs/rules/', import.meta.url)).map((file) => file.replace(/\.md$/, ''));

  it('has what it is, where it is on, and its page', () => {
    const text = textOf('no-lost-update');
    expect(text.startsWith('s3/no-lost-update\n\n  Disallow writing an object back without a condition on the version that was read.\n  It is on in recommended and strict. `--fix` mends what it can.\n')).toBe(true);
    expect(text).toContain('\n\nWHEN NOT TO USE IT\n\n');
    expect(text).toContain('\n    Writer A → S3: GET stock/42.json\n    S3 → Writer A: 10 pieces, ETag "v1"\n');
    expect(text.endsWith('/docs/rules/no-lost-update.md\n')).toBe(true);
  });

  it.each(['s3/no-lost-update', 'No-Lost-Update'])('is found as %s', (subject) => {
    expect(explain(subject)).toEqual(explain('no-lost-update'));
  });

  it.each(names)('%s can be read on a terminal', (name) => {
    const { kind, text } = explain(name) ?? expect.fail();
    expect(kind).toBe('rule');
    // Nothing of Markdown, of diagrams and of what the page is generated with is left, outside code.
    const prose = text.split('\n\n').filter((block) => !block.split('\n').every((line) => line.startsWith('    ')));
    for (const line of prose.join('\n').split('\n')) if (!line.includes('https://')) expect(line.length).toBeLessThanOrEqual(100);
    const words = prose.join('\n').replace(/`[^`]*`/g, 'code');
    expect(words).not.toMatch(/^#|^\||`|<!--|\]\(|\*\*|💼|🔧|📝|sequenceDiagram|participant/m);
    expect(text.split('\n').length).toBeGreaterThan(40);
  });
});

describe('what is not known', () => {
  it.each([
    { subject: 'PreconditionFaild', nearest: 'PreconditionFailed' },
    { subject: 'no-lost-updates', nearest: 'no-lost-update' },
    { subject: 's3/lost-update', nearest: 'no-lost-update' },
    { subject: 'BucketAlreadyOwned', nearest: 'BucketAlreadyOwnedByYou' },
  ])('$subject: $nearest is near', ({ subject, nearest }) => {
    expect(explain(subject)).toBeNull();
    expect(nearestSubjects(subject)[0]).toBe(nearest);
  });

  it.each(['', 'constructor', '../../package', 'SlowDown', 'no'])('"%s" is not near to anything', (subject) => {
    expect(explain(subject)).toBeNull();
    expect(nearestSubjects(subject)).toEqual([]);
  });
});

describe('a page for the terminal', () => {
  it.each([
    { name: 'a table is a list: its cells hold sentences', page: '| What | Then |\n| --- | :-- |\n| `a \\| b` | it fails |\n| c | |', text: '  - `a | b`\n      Then: it fails\n  - c\n' },
    { name: 'code stays as it is', page: '```ts correct\nconst a = `# **b**`;\n\n  c();\n```', text: '    const a = `# **b**`;\n\n      c();\n' },
    { name: 'what a fix makes is said to be that', page: '```ts fixed\na();\n```', text: '  After the fix:\n\n    a();\n' },
    { name: 'links keep where they lead, except to another page', page: 'See [the guide](https://docs.aws.amazon.com/s3) and [no-a](no-a.md).', text: '  See the guide (https://docs.aws.amazon.com/s3) and no-a.\n' },
    { name: 'a list keeps its numbers, and long items are indented', page: `1. ${'word '.repeat(20)}\n2. b\n   more`, text: `  1. ${'word '.repeat(15)}word\n     word word word word\n  2. b more\n` },
    { name: 'a diagram of another kind is left out', page: 'a\n\n```mermaid\nflowchart TD\n  A --> B\n```\n\nb', text: '  a\n\n  b\n' },
    { name: 'a message that is lost', page: '```mermaid\nsequenceDiagram\n  participant D as SDK\n  S--xD: the answer\n  loop each part\n  Note over S: stored\n  end\n```', text: '    S → SDK, lost on the way: the answer\n    loop each part\n    (stored)\n' },
    { name: 'a fence that is not closed', page: 'a\n\n```ts\nb();', text: '  a\n\n    b();\n' },
  ])('$name', ({ page, text }) => {
    expect(pageText(page)).toBe(text);
  });
});
