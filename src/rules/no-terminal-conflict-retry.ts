import { isOfObject } from '../analysis/retries/between-attempts.js';
import { nameBucket, nameObject } from '../analysis/object-name.js';
import { terminalRetriesOf, type TerminalRetry } from '../analysis/retries/terminal-retry.js';
import { lineOf } from '../analysis/seen-at.js';
import { createS3Rule } from '../rule/create-s3-rule.js';
import type { SourceCode } from '../calls/syntax.js';
import type { S3ConflictCode } from '../s3/conflicts.js';

export const noTerminalConflictRetry = createS3Rule({
  name: 'no-terminal-conflict-retry',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow retries after a conflict that never goes away',
      recommended: 'error',
    },
    schema: [],
    messages: {
      terminalConflict: 'This has `{{conflict}}` tried again on line {{retry}}, and {{why}}, so every attempt fails alike. {{remedy}}, and try only {{passing}} again.',
      terminalConflicts: 'This has {{conflicts}} tried again on line {{retry}}, and after those every attempt fails alike. Decide on them at once, and try only {{passing}} again.',
      terminalStatus: 'This has every 409 tried again on line {{retry}}, {{conflicts}} among them, and after those every attempt fails alike. Compare the name of the error, and try only {{passing}} again.',
    },
  },
  seesImports: true,
  create: ({ report, sourceCode }) => ({
    file() {
      for (const found of terminalRetriesOf(sourceCode)) {
        const { test, repeat, codes, passing, call } = found;
        const data = { retry: lineOf(repeat.node), conflicts: listed(codes), passing: listed(passing) };
        const related = [{ node: repeat.node, message: 'This tries again.' }];
        const [code, ...more] = codes;
        const explained = code && explanations[code];
        if (test.by === 'status' && !isOfObject(call)) report({ node: test.node, messageId: 'terminalStatus', data, related });
        else if (code && explained && more.length === 0) report({ node: test.node, messageId: 'terminalConflict', data: { ...data, conflict: code, ...explained(subjectOf(found, sourceCode)) }, related });
        else report({ node: test.node, messageId: 'terminalConflicts', data, related });
      }
    },
  }),
});

const listed = (codes: readonly S3ConflictCode[]): string => codes.map((code) => `\`${code}\``).join(' and ');

function subjectOf({ call }: TerminalRetry, sourceCode: SourceCode): string {
  const place = { call, frame: null };
  return isOfObject(call) ? nameObject(place, sourceCode) : nameBucket(place, sourceCode);
}

/** Why an attempt cannot succeed, and what to do instead. */
const explanations: Partial<Readonly<Record<S3ConflictCode, (subject: string) => { why: string; remedy: string }>>> = {
  PreconditionFailed: (object) => ({ why: `${object} is there already`, remedy: 'Take that for the answer or choose another key' }),
  BucketAlreadyExists: (bucket) => ({ why: `${bucket} belongs to another account`, remedy: 'Choose another name' }),
  BucketAlreadyOwnedByYou: (bucket) => ({ why: `${bucket} is yours already`, remedy: 'Take that for success' }),
  BucketNotEmpty: (bucket) => ({ why: `nothing empties ${bucket} between the attempts`, remedy: 'Delete its objects and versions in each attempt' }),
  InvalidBucketState: (bucket) => ({ why: `the way that ${bucket} is set up rules it out`, remedy: 'Change that first' }),
};
