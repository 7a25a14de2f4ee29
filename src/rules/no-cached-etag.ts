import { cachedETagOf, type Holder } from '../analysis/etag-holder.js';
import { nameObject } from '../analysis/object-name.js';
import { happensBefore } from '../analysis/operation.js';
import { sameObject } from '../analysis/same-object.js';
import type { S3Call } from '../calls/s3-call.js';
import { s3CallsOf } from '../calls/s3-calls.js';
import { boundResponse, type BoundResponse } from '../fixers/bound-response.js';
import { createS3Rule } from '../rule/create-s3-rule.js';
import type { Node, SourceCode } from '../calls/syntax.js';

const holders: Readonly<Record<Holder['kind'], string>> = {
  module: 'the state of this module',
  field: 'a field of the instance',
  map: 'a map that outlives the operation',
  store: 'a store',
  browser: "the browser's storage",
  environment: 'the environment',
  literal: 'the source code',
  memo: 'a memoised function',
  react: 'the state of a component',
};

export const noCachedEtag = createS3Rule({
  name: 'no-cached-etag',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow preconditions with an ETag that was kept from an earlier operation',
      recommended: 'error',
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      cachedETag:
        'The ETag `{{name}}` comes from {{holder}}, so it says nothing of the version of {{object}} that this operation is based on. Use the ETag of the read that this operation makes.',
      useReadETag: 'Use the ETag of the read on line {{line}}.',
    },
  },
  create: ({ report, sourceCode }) => {
    const check = (call: S3Call): void => {
      const cached = cachedETagOf(call, sourceCode);
      if (!cached) return;
      const { holder, value } = cached;
      const read = readInScope(call, value, sourceCode);
      report({
        node: call.node,
        messageId: 'cachedETag',
        data: { name: holder.name, holder: holders[holder.kind], object: nameObject({ call, frame: null }, sourceCode) },
        suggest: read
          ? [
              {
                messageId: 'useReadETag',
                data: { line: String(read.line) },
                fix: (fixer) => [...read.response.edit(fixer), fixer.replaceText(value, nameAgain(value) + read.response.expression)],
              },
            ]
          : [],
        needs: { call, conditions: ['IfMatch'] },
      });
    };
    return { write: check, delete: check };
  },
});

/** A read of the same object before the write whose response can be named there. */
function readInScope(call: S3Call, value: Node, sourceCode: SourceCode): { line: number; response: BoundResponse } | null {
  // A comment in the value would go with it.
  if (sourceCode.getCommentsInside(value).length > 0) return null;
  for (const read of s3CallsOf(sourceCode)) {
    const { effect } = read.operation;
    // The ETag of a HEAD beside a body from elsewhere would guard nothing.
    if ((effect !== 'read' && !(effect === 'check' && call.operation.effect === 'delete')) || !happensBefore(read.node, call.node, sourceCode)) continue;
    if (!sameObject({ call, frame: null }, { call: read, frame: null }, sourceCode)) continue;
    const response = boundResponse(read, 'ETag', value, sourceCode);
    if (response && !response.optional) return { line: read.node.loc.start.line, response };
  }
  return null;
}

/** `{ IfMatch }`: a shorthand has to say its name again. */
const nameAgain = (value: Node): string => (value.parent?.type === 'Property' && value.parent.shorthand && value.type === 'Identifier' ? `${value.name}: ` : '');
