import { bindingsOf } from '../calls/bindings.js';
import { contextsOf } from '../calls/callers.js';
import type { S3Call } from '../calls/s3-call.js';
import { propertyOf, shapeOf } from '../calls/shapes.js';
import { enclosingFunction, propertyName, wrapped, type Node, type SourceCode } from '../calls/syntax.js';

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
  // `s3.upload(input, options, callback)` of v2 has started.
  if (call.node.type === 'CallExpression' && call.node.arguments.length > 2 && wrapped(call.node).parent?.type !== 'VariableDeclarator') return false;
  return leaves(call.node, sourceCode);
}

/** Whether an upload is asked for more than to run, or goes where it may be. */
function leaves(upload: Node, sourceCode: SourceCode, depth = 0): boolean {
  const outer = wrapped(upload);
  const { parent } = outer;
  if (depth > 5) return true;
  if (parent?.type === 'MemberExpression') return !runs.test(propertyName(parent) ?? '');
  if (parent?.type === 'ExpressionStatement') return false;
  if (parent?.type === 'ReturnStatement' || (parent?.type === 'ArrowFunctionExpression' && parent.body === outer)) {
    // A private function that makes the upload for its callers in the file: they do with it what they do.
    const frames = contextsOf(outer, sourceCode);
    return !frames.every((frame) => frame?.function === enclosingFunction(outer) && !leaves(frame.call, sourceCode, depth + 1));
  }
  const name = parent?.type === 'VariableDeclarator' ? parent.id : null;
  const variable = name && bindingsOf(sourceCode).variableOf(name);
  if (!variable) return true;
  return variable.references.some((reference) => reference.isRead() && leaves(reference.identifier, sourceCode, depth + 1));
}

/** Whether a file finds uploads again that were left, or aborts them. */
const findsUploads = (sourceCode: SourceCode): boolean => sourceCode.ast.tokens.some(({ value }) => /^(?:list(?:MultipartUploads|Parts)|abortMultipartUpload)(?:Command)?$/i.test(value));
