import { conflictsByTextOf, type ConflictByText, type Dialect } from '../analysis/conflict-text.js';
import { conflictByName, type Facet } from '../fixers/conflict-by-name.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

const risk = 'This decides on a conflict by the text of the error, which differs between stores and may change, and then the conflict is taken for something else.';

export const noConflictMessageMatching = createS3Rule({
  name: 'no-conflict-message-matching',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow telling conflicts by the text of an error',
      recommended: 'error',
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      conflictByText: `${risk} Compare {{facet}} with {{value}}.`,
      conflictByTextUnnamed: `${risk} Look at {{facets}}, and name the conflicts that you mean.`,
      conflictByTextLent: `${risk} Compare \`{{error}}.name\`, or \`{{error}}.code\` where the client is one of the AWS SDK v2, with {{value}}.`,
      conflictInOtherError: `${risk} Line {{line}} puts the error of S3 into another one: hand its name on there, or the error itself as \`cause\`, and compare that.`,
      useName: 'Compare {{facet}} with {{value}}.',
      useStatus: 'Compare {{facet}} with {{value}}.',
    },
  },
  create: ({ report, sourceCode }) => ({
    file() {
      for (const found of conflictsByTextOf(sourceCode)) {
        const { rewordedAt } = found;
        const [edit] = (rewordedAt ? [] : facetsOf(found)).flatMap((facet) => {
          const fix = conflictByName(found, facet, sourceCode);
          return fix ? [{ facet, fix }] : [];
        });
        report({
          node: found.test.node,
          ...(rewordedAt ? { messageId: 'conflictInOtherError', data: { line: String(rewordedAt.loc.start.line) } } : adviceOn(found)),
          suggest: edit ? [{ messageId: /^(?:name|code)$/.test(edit.facet.property) ? 'useName' : 'useStatus', data: said(found, edit.facet), fix: edit.fix }] : [],
        });
      }
    },
  }),
});

/** What to ask the error for instead. */
function adviceOn(found: ConflictByText): { messageId: 'conflictByText' | 'conflictByTextLent' | 'conflictByTextUnnamed'; data: Record<string, string> } {
  const { means, dialect, name } = found;
  if (dialect === 'unknown' && means !== null && typeof means !== 'number') {
    return { messageId: 'conflictByTextLent', data: { error: name, value: `\`'${means.name}'\`` } };
  }
  const [first] = facetsOf(found);
  return first ? { messageId: 'conflictByText', data: said(found, first) } : { messageId: 'conflictByTextUnnamed', data: { facets: unnamed[dialect](name) } };
}

const said = (found: ConflictByText, facet: Facet): Record<string, string> => ({ facet: `\`${found.name}.${facet.property}\``, value: `\`${facet.value}\`` });

/** What tells conflicts apart, where the text does not say which one is meant or the library is not known. */
const unnamed: Readonly<Record<Dialect, (error: string) => string>> = {
  v3: (error) => `\`${error}.name\` and \`${error}.$metadata?.httpStatusCode\``,
  v2: (error) => `\`${error}.code\` and \`${error}.statusCode\``,
  code: (error) => `\`${error}.code\``,
  unknown: (error) => `\`${error}.name\`, or \`${error}.code\` of the AWS SDK v2`,
};

/** What to ask the error for, best first; nothing where more than one answer may be meant. */
function facetsOf({ means, dialect }: ConflictByText): readonly Facet[] {
  if (means === null || dialect === 'unknown') return [];
  const name = (conflict: string): Facet => ({ property: dialect === 'v3' ? 'name' : 'code', value: `'${conflict}'` });
  if (typeof means !== 'number') return [name(means.name)];
  const status = { v3: '$metadata?.httpStatusCode', v2: 'statusCode', code: null }[dialect];
  // Only one conflict answers with 412.
  return [...(status === null ? [] : [{ property: status, value: String(means) }]), ...(means === 412 ? [name('PreconditionFailed')] : [])];
}
