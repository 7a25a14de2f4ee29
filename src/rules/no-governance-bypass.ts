import { nameBucket, nameObject } from '../analysis/object-name.js';
import { originsOf, type Place } from '../calls/origins.js';
import { inputProperty } from '../calls/s3-call.js';
import type { Node, SourceCode } from '../calls/syntax.js';
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

/** A literal `true`, or a constant that stands for it. What a caller decides is the caller's. */
const isTrue = (value: Place, sourceCode: SourceCode): boolean =>
  originsOf(value, sourceCode).every(({ node, path }) => path.length === 0 && node.type === 'Literal' && node.value === true);
