import { bindingsOf } from '../calls/bindings.js';
import type { S3Call } from '../calls/s3-call.js';
import { propertyOf, shapeOf } from '../calls/shapes.js';
import { propertyName, wrapped, type Node, type SourceCode } from '../calls/syntax.js';

/**
 * The `leavePartsOnError: true` of an upload whose id nobody keeps: its parts stay, and nobody can resume or abort it.
 * https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/Package/-aws-sdk-lib-storage/
 *
 * @param call an upload by `Upload` of lib-storage, or by v2's `upload` and `ManagedUpload`
 * @param sourceCode its file
 * @returns the property; null where it is not set, or where the id is kept
 */
export function leftParts(call: S3Call, sourceCode: SourceCode): Node | null {
  const options = call.node.arguments[call.node.type === 'NewExpression' ? 0 : 1];
  if (!options || options.type === 'SpreadElement' || (call.client !== 'lib-storage' && call.client !== 'v2')) return null;
  const option = propertyOf(shapeOf({ node: options, frame: null }, sourceCode), 'leavePartsOnError');
  if (option.kind !== 'known' || !option.always) return null;
  const isTrue = option.values.every(({ node }) => node.type === 'Literal' && node.value === true);
  return isTrue && !keepsId(call, sourceCode) ? option.node : null;
}

/** Methods of an upload that tell nothing of its id. */
const runs = /^(?:done|promise|send|on|once|off|abort)$/;

/** Whether the id of an upload is read, or the upload goes where it may be read; or the file resumes or aborts uploads. */
function keepsId(call: S3Call, sourceCode: SourceCode): boolean {
  if (findsUploads(sourceCode)) return true;
  const outer = wrapped(call.node);
  const { parent } = outer;
  if (parent?.type === 'MemberExpression') return !runs.test(propertyName(parent) ?? '');
  if (parent?.type === 'ExpressionStatement') return false;
  // `s3.upload(input, options, callback)` of v2 has started.
  if (call.node.type === 'CallExpression' && call.node.arguments.length > 2 && parent?.type !== 'VariableDeclarator') return false;
  const name = parent?.type === 'VariableDeclarator' ? parent.id : null;
  const variable = name && bindingsOf(sourceCode).variableOf(name);
  if (!variable) return true;
  return variable.references.some((reference) => {
    const use = wrapped(reference.identifier).parent;
    return reference.isRead() && !(use?.type === 'MemberExpression' && runs.test(propertyName(use) ?? ''));
  });
}

/** Whether a file finds uploads again that were left, or aborts them. */
const findsUploads = (sourceCode: SourceCode): boolean => sourceCode.ast.tokens.some(({ value }) => /^(?:list(?:MultipartUploads|Parts)|abortMultipartUpload)(?:Command)?$/i.test(value));
