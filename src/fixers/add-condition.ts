import type { TSESLint } from '@typescript-eslint/utils';

import { bindingsOf } from '../calls/bindings.js';
import { originsOf } from '../calls/origins.js';
import type { S3Call } from '../calls/s3-call.js';
import { propertyName, unwrap, type Node, type SourceCode } from '../calls/syntax.js';
import { addProperty } from './add-property.js';

/** An edit, or null where it cannot be made for sure. */
export type Edit = ((fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[]) | null;

/**
 * Puts a property into the input of a call: into its literal, or over the variable that holds it.
 *
 * @param call the call
 * @param property the source of the property
 * @returns the edit; null where the input is not an object that can be spread here
 */
export function addToInput(call: S3Call, property: string, sourceCode: SourceCode): Edit {
  if (call.input.kind !== 'object' || !call.input.node) return null;
  const { node } = call.input;
  const object = unwrap(node);
  // A condition that is there, and says nothing, is for its author to mend.
  const added: readonly string[] = property.match(/\b(?:Destination)?If(?:None)?Match\b|^VersionId\b/g) ?? [];
  if (object.type === 'ObjectExpression' && object.properties.some((given) => given.type === 'Property' && added.includes(propertyName(given) ?? ''))) return null;
  if (object.type === 'ObjectExpression') return (fixer) => addProperty(fixer, object, property, sourceCode);
  // Options of an upload whose `params` are not seen here.
  if (call.client === 'lib-storage' && call.node.arguments[0] === node) return null;
  if (object.type !== 'Identifier' && object.type !== 'MemberExpression') return null;
  // What is assigned to the input after this line would not reach a copy of it.
  const variable = object.type === 'Identifier' ? bindingsOf(sourceCode).variableOf(object) : null;
  if (variable && bindingsOf(sourceCode).memberWritesOf(variable).some((write) => write.node.range[0] > call.node.range[0])) return null;
  const spread = `{ ...${node === object || node.type === 'TSNonNullExpression' ? sourceCode.getText(node) : `(${sourceCode.getText(node)})`}, ${property} }`;
  const holder = node.parent;
  // `new Upload({ client, params })`: a shorthand has to say its name again.
  const name = holder.type === 'Property' && holder.shorthand ? `${sourceCode.getText(holder.key)}: ` : '';
  return (fixer) => [fixer.replaceText(node, name + spread)];
}

/**
 * Makes a write create-only.
 *
 * `aws-sdk` v2 takes `IfNoneMatch` on puts alone. minio sends the header with the first request of an upload and not
 * with its completion, so it guards only a body that goes in one request: a stream of unknown size is left alone.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function addCreateOnly(call: S3Call, sourceCode: SourceCode): Edit {
  if (call.operation.name === 'RenameObject') return addToInput(call, "DestinationIfNoneMatch: '*'", sourceCode);
  if (call.client === 'minio') return addHeader(call, "'If-None-Match': '*'", sourceCode);
  if ((call.client === 'v2' || call.client === 'lent') && call.operation.name === 'CopyObject') return null;
  return addToInput(call, "IfNoneMatch: '*'", sourceCode);
}

/** Makes a write conditional on an ETag; only `@aws-sdk/client-s3` and lib-storage can send it. */
export function addMatch(call: S3Call, property: string, sourceCode: SourceCode): Edit {
  if (call.client !== 'v3' && call.client !== 'lib-storage') return null;
  if (call.operation.name === 'RenameObject') return null;
  return addToInput(call, property, sourceCode);
}

function addHeader(call: S3Call, header: string, sourceCode: SourceCode): Edit {
  if (call.input.kind !== 'positional' || call.operation.name !== 'PutObject' || call.presigned) return null;
  const body = call.input.arguments['Body'];
  const given = call.node.arguments;
  const last = given.at(-1);
  if (!body || !last || !isInMemory(body, sourceCode)) return null;
  const { headers } = call.input;
  const object = headers && unwrap(headers);
  if (object) return object.type === 'ObjectExpression' ? (fixer) => addProperty(fixer, object, header, sourceCode) : null;
  if (given.length > 4) return null;
  return (fixer) => [fixer.insertTextAfter(last, `, { ${header} }`)];
}

/** A string or buffer made here: its size is known, and it goes in one request. */
function isInMemory(body: Node, sourceCode: SourceCode): boolean {
  return originsOf({ node: body, frame: null }, sourceCode).every(({ node, path }) => {
    if (path.length > 0) return false;
    if (node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string')) return true;
    return node.type === 'CallExpression' && /^(?:JSON\.stringify|Buffer\.(?:from|alloc|concat)|String)$/.test(sourceCode.getText(node.callee));
  });
}

