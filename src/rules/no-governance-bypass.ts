import { derivationOf } from '../analysis/derivation.js';
import { nameBucket, nameObject } from '../analysis/object-name.js';
import { bindingsOf } from '../calls/bindings.js';
import type { Place } from '../calls/frames.js';
import { originsOf } from '../calls/origins.js';
import { inputProperty } from '../calls/s3-call.js';
import { unwrap, type Node, type SourceCode } from '../calls/syntax.js';
import { createS3Rule } from '../rule/create-s3-rule.js';

type MessageIds = 'deletesRetained' | 'deletesSomeRetained' | 'liftsRetention';

/** The operations that take the header. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-bypass */
const messageFor: Readonly<Record<string, MessageIds>> = {
  DeleteObject: 'deletesRetained',
  DeleteObjects: 'deletesSomeRetained',
  PutObjectRetention: 'liftsRetention',
};

export const noGovernanceBypass = createS3Rule<MessageIds>({
  name: 'no-governance-bypass',
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow bypassing the governance retention of locked objects',
      recommended: null,
    },
    schema: [],
    messages: {
      deletesRetained:
        'This deletes {{object}} even while a retention under governance protects it, and nothing in the bucket tells afterwards. Leave `{{option}}` out, so that S3 refuses what is still locked.',
      deletesSomeRetained:
        'This deletes objects in {{bucket}} even while a retention under governance protects them, and nothing in the bucket tells afterwards. Leave `{{option}}` out, so that S3 refuses what is still locked.',
      liftsRetention:
        'This can shorten or remove the retention under governance of {{object}}, and nothing in the bucket tells afterwards. Leave `{{option}}` out, so that S3 lets the retention be extended alone.',
    },
  },
  create: ({ report, sourceCode }) => {
    // One set of options may be spread into several calls.
    const told = new Set<Node>();
    return {
      any(call) {
        const messageId = Object.hasOwn(messageFor, call.operation.name) ? messageFor[call.operation.name] : undefined;
        if (!messageId) return;
        const option = call.client === 'minio' ? 'governanceBypass' : 'BypassGovernanceRetention';
        const property = inputProperty(call, option, null, sourceCode);
        if (property.kind !== 'known' || told.has(property.node) || !property.values.every((value) => isTrue(value, sourceCode))) return;
        told.add(property.node);
        const place = { call, frame: null };
        const name = messageId === 'deletesSomeRetained' ? { bucket: nameBucket(place, sourceCode) } : { object: nameObject(place, sourceCode) };
        report({ node: property.node, messageId, data: { ...name, option } });
      },
    };
  },
});

/**
 * A literal `true`, a constant that stands for it, or what a choice in the code gives: `locked ? true : undefined`. What a
 * caller decides is the caller's.
 */
const isTrue = (value: Place, sourceCode: SourceCode): boolean =>
  choosesTrue(value.node, sourceCode) || originsOf(value, sourceCode).every(({ node, path }) => path.length === 0 && isLiteralTrue(node));

function choosesTrue(node: Node, sourceCode: SourceCode): boolean {
  const value = unwrap(node);
  const choice = unwrap(bindingsOf(sourceCode).plainValueOf(value) ?? value);
  if (choice.type !== 'ConditionalExpression' || asksCommandLine(choice.test, sourceCode)) return false;
  return [choice.consequent, choice.alternate].some((branch) => isLiteralTrue(unwrap(branch)) || (branch.type === 'ConditionalExpression' && choosesTrue(branch, sourceCode)));
}

const isLiteralTrue = (node: Node): boolean => node.type === 'Literal' && node.value === true;

/** Who starts the program decides, each time: `process.argv.includes('--bypass')`. */
const asksCommandLine = (test: Node, sourceCode: SourceCode): boolean =>
  [...derivationOf({ node: test, frame: null }, 'value', sourceCode).visited].some((node) => node.type === 'MemberExpression' && sourceCode.getText(node) === 'process.argv');
