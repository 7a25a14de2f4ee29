import { conflictsByTextOf, type ConflictByText } from '../analysis/conflicts/conflict-text.js';
import { facetOf } from '../analysis/conflicts/error-facet.js';
import { conflictByName, type Facet } from '../fixers/conflict-by-name.js';
import { lineOf } from '../analysis/seen-at.js';
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
          ...(rewordedAt ? { messageId: 'conflictInOtherError', data: { line: lineOf(rewordedAt) } } : adviceOn(found)),
          suggest: edit ? [{ messageId: /^(?:name|code)$/.test(edit.facet.property) ? 'useName' : 'useStatus', data: said(found, edit.facet), fix: edit.fix }] : [],
        });
      }
    },
  }),
});

/** What to ask the error for instead. */
function adviceOn(found: ConflictByText): { messageId: 'conflictByText' | 'conflictByTextLent' | 'conflictByTextUnnamed'; data: Record<string, string> } {
  const { means, library, name } = found;
  if (library === null && means !== null && typeof means !== 'number') {
    return { messageId: 'conflictByTextLent', data: { error: name, value: `\`'${means.name}'\`` } };
  }
  const [first] = facetsOf(found);
  return first ? { messageId: 'conflictByText', data: said(found, first) } : { messageId: 'conflictByTextUnnamed', data: { facets: unnamed(found) } };
}

const said = (found: ConflictByText, facet: Facet): Record<string, string> => ({ facet: `\`${found.name}.${facet.property}\``, value: `\`${facet.value}\`` });

/** What tells conflicts apart, where the text does not say which one is meant or the library is not known. */
function unnamed({ library, name }: ConflictByText): string {
  if (library === null) return `\`${name}.name\`, or \`${name}.code\` of the AWS SDK v2`;
  const facets = [facetOf(library, 'code'), facetOf(library, 'status')];
  return facets.flatMap((facet) => (facet === null ? [] : [`\`${name}.${facet}\``])).join(' and ');
}

/** What to ask the error for, best first; nothing where more than one answer may be meant. */
function facetsOf({ means, library }: ConflictByText): readonly Facet[] {
  if (means === null || library === null) return [];
  const [code, status] = [facetOf(library, 'code'), facetOf(library, 'status')];
  const name = (conflict: string): readonly Facet[] => (code === null ? [] : [{ property: code, value: `'${conflict}'` }]);
  if (typeof means !== 'number') return name(means.name);
  // Only one conflict answers with 412.
  return [...(status === null ? [] : [{ property: status, value: String(means) }]), ...(means === 412 ? name('PreconditionFailed') : [])];
}
