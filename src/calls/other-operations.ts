import { bindingsOf } from './bindings.js';
import { entitiesOf } from './entities.js';
import { s3CallAt } from './s3-calls.js';
import { shapeOf } from './shapes.js';
import { propertyName, unwrap, type CallLike, type Node, type SourceCode } from './syntax.js';
import { receiverOfCall } from './clients/receivers.js';

/** A call of S3 that no rule looks at. */
export interface OtherOperation {
  readonly node: Node;
  /** Such as `PutObjectTagging`. */
  readonly name: string;
}

/**
 * Calls of S3 whose operation is not among those that the rules are handed: `new PutObjectTaggingCommand(…)`,
 * `s3.putBucketPolicy(…)`. Nothing is made of them: who asks is told that they were seen.
 */
export const otherOperationsOf = (sourceCode: SourceCode): readonly OtherOperation[] =>
  bindingsOf(sourceCode).calls.flatMap((node) => {
    const name = s3CallAt(node, sourceCode) ? null : operationSent(node, sourceCode);
    return name === null ? [] : [{ node, name }];
  });

function operationSent(node: CallLike, sourceCode: SourceCode): string | null {
  if (node.type === 'NewExpression') {
    const named = entitiesOf({ node: node.callee, frame: null }, sourceCode).find(({ module, path }) => module === '@aws-sdk/client-s3' && path.length === 1);
    return /^([A-Z]\w*)Command$/.exec(named?.path[0] ?? '')?.[1] ?? null;
  }
  const callee = unwrap(node.callee);
  const method = callee.type === 'MemberExpression' ? propertyName(callee) : null;
  const [input] = node.arguments;
  if (callee.type !== 'MemberExpression' || method === null || !input || input.type === 'SpreadElement') return null;
  const { kind } = receiverOfCall(node, callee, sourceCode);
  // Other methods of a client, such as `send`, take no bucket.
  if ((kind !== 'v3' && kind !== 'v2') || !shapeOf({ node: input, frame: null }, sourceCode).properties.has('Bucket')) return null;
  return method.charAt(0).toUpperCase() + method.slice(1);
}
