import { deadConflictChecksOf, missingClassesOf, type DeadCheck } from '../analysis/conflicts/dead-conflict-check.js';
import { onlyOperationOf } from '../analysis/conflicts/conflict-possible.js';
import { facetOf, kindOf, type Library } from '../analysis/conflicts/error-facet.js';
import { askInstead, type AskedInstead } from '../fixers/conflict-facet.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

export const noDeadConflictCheck = createS3Rule({
  name: 'no-dead-conflict-check',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow tests for a conflict that can never find one',
      recommended: 'error',
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [],
    messages: {
      deadProperty: 'Errors of {{library}} do not tell a conflict by `{{property}}`, so this test never finds one. Compare {{facet}}{{value}}.',
      deadHead: 'S3 answers {{operation}} without a body, so the error has no code in `{{property}}` and this test never finds a conflict. Compare {{facet}} with `412`.',
      deadType: '`{{property}}` is never a {{type}}, so this test never finds a conflict. Compare {{facet}}{{value}}.',
      misspeltConflict: 'S3 has no error `{{said}}`, so this test never finds a conflict. Compare with `{{meant}}`.',
      missingClass: '`@aws-sdk/client-s3` has no class `{{name}}`, so this test throws or never finds a conflict. Compare the `name` of the error with `{{conflict}}`.',
      impossibleConflict: 'S3 answers {{operation}} with {{conflict}} only where it has a precondition, and this one has none. Give it the precondition, or remove the test.',
      conflictOfOther: 'S3 answers {{other}} alone with {{conflict}}, and what failed here is {{operation}}. Remove the test, or test where {{other}} is called.',
      useName: 'Compare with `{{meant}}`.',
    },
  },
  create: ({ report, sourceCode }) => ({
    file() {
      for (const { check, conflict } of missingClassesOf(sourceCode)) {
        report({ node: check.node, messageId: 'missingClass', data: { name: check.conflict, conflict } });
      }
      for (const found of deadConflictChecksOf(sourceCode)) {
        const { check, reason } = found;
        const { node } = check;
        switch (reason.kind) {
          case 'impossible': {
            const other = typeof reason.conflict === 'string' ? onlyOperationOf(reason.conflict) : null;
            const data = { operation: reason.call.operation.name, conflict: `\`${String(reason.conflict)}\`` };
            if (other === null) report({ node, messageId: 'impossibleConflict', data });
            else report({ node, messageId: 'conflictOfOther', data: { ...data, other } });
            break;
          }
          case 'spelling': {
            const fix = askInstead(check, { property: null, value: `'${reason.meant.name}'` }, sourceCode);
            const data = { said: reason.said, meant: reason.meant.name };
            // Another service's name may be meant for another error.
            if (reason.sure) report({ node, messageId: 'misspeltConflict', data, fix });
            else report({ node, messageId: 'misspeltConflict', data, suggest: fix ? [{ messageId: 'useName', data, fix }] : [] });
            break;
          }
          case 'head': {
            const instead = { property: '$metadata?.httpStatusCode', value: '412' };
            const data = { operation: reason.call.operation.name, property: reason.property, facet: `\`${instead.property}\`` };
            report({ node, messageId: 'deadHead', data, fix: askInstead(check, instead, sourceCode) });
            break;
          }
          case 'type':
          case 'property': {
            const instead = insteadOf(found, reason.library);
            const type = kindOf(reason.property) === 'status' ? 'text' : 'number';
            const data = { library: libraries[reason.library], property: reason.property, type, ...said(instead, reason.library) };
            report({ node, messageId: reason.kind === 'type' ? 'deadType' : 'deadProperty', data, fix: instead && askInstead(check, instead, sourceCode) });
            break;
          }
        }
      }
    },
  }),
});

const libraries: Readonly<Record<Library, string>> = { v3: 'the AWS SDK v3', v2: 'the AWS SDK v2', minio: 'minio' };

/** What a test is to ask; null where the library does not tell what it asks for. */
function insteadOf({ check, reason }: DeadCheck, library: Library): AskedInstead | null {
  const statuses = check.means.filter(({ kind }) => kind === 'status').length;
  const codes = check.means.filter(({ kind }) => kind === 'right' || kind === 'wrong').length;
  if (statuses > 0 && codes > 0) return null;
  const [only, ...others] = check.means;
  const literal = check.literal?.value;
  if (statuses === 0) {
    const value = others.length === 0 && only?.kind === 'wrong' ? `'${only.conflict.name}'` : null;
    return { property: facetOf(library, 'code'), value };
  }
  const property = facetOf(library, 'status');
  // Only one conflict answers with 412.
  const isPreconditionFailed = others.length === 0 && only?.kind === 'status' && only.status === 412;
  if (property === null) return isPreconditionFailed ? { property: facetOf(library, 'code'), value: "'PreconditionFailed'" } : null;
  if (reason.kind === 'type' && kindOf(reason.property) === 'status') return { property: null, value: String(literal) };
  // A number in quotes is compared as a number.
  return { property, value: typeof literal === 'string' ? literal : null };
}

function said(instead: AskedInstead | null, library: Library): { facet: string; value: string } {
  const property = instead ? (instead.property ?? facetOf(library, 'status')) : facetOf(library, 'code');
  return { facet: `\`${property ?? 'code'}\``, value: instead?.value ? ` with \`${instead.value}\`` : '' };
}
