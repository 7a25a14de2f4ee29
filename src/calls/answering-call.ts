import type { S3Call } from './s3-call.js';
import { s3CallAt } from './s3-calls.js';
import { methodName, unwrap, type Node, type SourceCode } from './syntax.js';

/**
 * @param origin the end of a trail
 * @param sourceCode its file
 * @returns the S3 call whose response it is, by way of aws-sdk v2's `.promise()` too; null where it is none
 */
export function answeringCall(origin: Node, sourceCode: SourceCode): S3Call | null {
  const callee = origin.type === 'CallExpression' && methodName(origin) === 'promise' ? unwrap(origin.callee) : null;
  return s3CallAt(callee?.type === 'MemberExpression' ? unwrap(callee.object) : origin, sourceCode);
}
