import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from '../bindings.js';
import { methodName, wrapped, type Node, type SourceCode } from '../syntax.js';

/** What a request of aws-sdk v2 has, and the promise of a v3 client has not. */
const ofRequest: ReadonlySet<string> = new Set(['promise', 'createReadStream', 'send', 'on']);

/**
 * @param node a call of an S3 method, on a client that another file lends
 * @param method its name
 * @param sourceCode the file
 * @returns whether only aws-sdk v2 is called so: its requests are sent by `.promise()` or read by `.createReadStream()`, and
 *   it alone has the method `upload`. A file that imports v3 as well may have a class of the project's own before it
 */
export const isOfV2 = (node: TSESTree.CallExpression, method: string, sourceCode: SourceCode): boolean =>
  isUsedAsRequest(node, sourceCode) || (method === 'upload' && !sourceCode.text.includes('@aws-sdk/'));

/**
 * `upload` with S3's own input is what a class of the project may have as well: `Files.upload({ Bucket, Key, Body })`. That
 * of v2 sends nothing by itself. It takes a callback, or gives a request that is sent.
 * https://docs.aws.amazon.com/AWSJavaScriptSDK/latest/AWS/S3.html#upload-property
 *
 * @param node a call of `upload`, on an object that another file lends
 * @param sourceCode the file
 * @returns whether it can be one of aws-sdk v2
 */
export function mayBeUpload(node: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const last = node.arguments.at(-1);
  const takesCallback = node.arguments.length > 1 && last !== undefined && last.type !== 'ObjectExpression' && last.type !== 'Literal';
  return takesCallback || isUsedAsRequest(node, sourceCode);
}

/** `s3.putObject(…).promise()`, or `const request = s3.putObject(…); request.on('build', …);`. */
function isUsedAsRequest(node: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  const variable = parent?.type === 'VariableDeclarator' && parent.init === outer ? bindingsOf(sourceCode).variableOf(parent.id) : null;
  const uses: readonly Node[] = variable ? variable.references.map(({ identifier }) => identifier) : [outer];
  return uses.some((use) => {
    const member = use.parent;
    return member?.type === 'MemberExpression' && member.object === use && member.parent.type === 'CallExpression' && member.parent.callee === member && ofRequest.has(methodName(member.parent) ?? '');
  });
}
