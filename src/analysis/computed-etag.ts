import type { TSESTree } from '@typescript-eslint/utils';

import { contextsOf } from '../calls/callers.js';
import { entitiesOf, entityOf, isOwnFile } from '../calls/entities.js';
import type { Place } from '../calls/frames.js';
import { originsOf, type Origin } from '../calls/origins.js';
import { perFile } from '../calls/per-file.js';
import { inputProperty, type S3Call } from '../calls/s3-call.js';
import { s3CallsOf } from '../calls/s3-calls.js';
import { isNothing, literalText, methodName, propertyName, unwrap, walk, type Node, type SourceCode } from '../calls/syntax.js';
import { digests, hashers, isListed, namesDigest } from '../libraries/id-makers.js';
import { eTagConditions } from '../s3/conditional-headers.js';
import { derivationOf } from './derivation.js';
import { textOriginsOf } from './text-origins.js';

/**
 * Hashes that stand in for an ETag of S3.
 *
 * The ETag is the MD5 of the body only for an object that was put in one request and is not encrypted with SSE-KMS or
 * SSE-C. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
 */

/** A condition whose ETag was computed here. */
export interface ComputedCondition {
  readonly header: string;
  /** The value of the condition. */
  readonly value: Node;
  /** What makes the hash. */
  readonly digest: Node;
}

/** A comparison of an ETag with a hash. */
export interface ComputedComparison {
  readonly comparison: TSESTree.BinaryExpression;
  readonly digest: Node;
}

/**
 * @param call an S3 call
 * @param sourceCode its file
 * @returns its conditions whose value is a hash that was made in this file
 */
export function computedConditionsOf(call: S3Call, sourceCode: SourceCode): readonly ComputedCondition[] {
  const found = new Map<Node, ComputedCondition>();
  if (!speaksOfDigest(sourceCode)) return [];
  for (const frame of contextsOf(call.node, sourceCode)) {
    for (const header of eTagConditions) {
      if (!reachesS3(call, header)) continue;
      const property = inputProperty(call, header, frame, sourceCode);
      for (const value of property.kind === 'known' ? property.values : []) {
        const digest = textOriginsOf(value, sourceCode).find((origin) => isDigest(origin, sourceCode));
        if (digest) found.set(value.node, { header, value: value.node, digest: digest.node });
      }
    }
  }
  return [...found.values()];
}

/** aws-sdk v2 throws on the `IfMatch` of a write or delete before anything is sent. */
const reachesS3 = ({ client, operation }: S3Call, header: string): boolean =>
  client !== 'v2' || header !== 'IfMatch' || (operation.effect !== 'write' && operation.effect !== 'delete');

/**
 * @param sourceCode a file that has S3 calls
 * @returns its comparisons of an ETag of S3 with a hash that was made in this file
 */
export function computedComparisonsOf(sourceCode: SourceCode): readonly ComputedComparison[] {
  if (s3CallsOf(sourceCode).length === 0 || !/etag/i.test(sourceCode.text) || !speaksOfDigest(sourceCode)) return [];
  const found: ComputedComparison[] = [];
  walk(sourceCode.ast, sourceCode, (node) => {
    if (node.type !== 'BinaryExpression' || !/^[!=]==?$/.test(node.operator)) return;
    const { left, right } = node;
    if ([left, right].some((side) => isConstant(unwrap(side)))) return;
    for (const frame of contextsOf(node, sourceCode)) {
      const [one, other] = [left, right].map((side) => natureOf({ node: side, frame }, sourceCode));
      const digest = one?.isETag ? other : other?.isETag ? one : null;
      // What may be either is no comparison of the one with the other.
      if (!digest?.digest || digest.isETag || (digest === one ? other : one)?.digest) continue;
      found.push({ comparison: node, digest: digest.digest });
      return;
    }
  });
  return found;
}

/** Whether a file can make a hash at all: the one test that most files pay for. */
const speaksOfDigest = perFile(({ text }) => namesDigest.test(text) || /['"]etag['"]/.test(text));

const isConstant = (node: Node): boolean => isNothing(node) || literalText(node) !== null || node.type === 'Literal' || node.type === 'UnaryExpression';

/** What a text may be: an ETag of S3, a hash made here, both or neither. */
function natureOf(place: Place, sourceCode: SourceCode): { readonly isETag: boolean; readonly digest: Node | null } {
  const origins = textOriginsOf(place, sourceCode);
  return {
    isETag: origins.some((origin) => isETag(origin, sourceCode)),
    digest: origins.find((origin) => isDigest(origin, sourceCode))?.node ?? null,
  };
}

/** `ETag` is how S3 spells it; in small letters it is one where it comes from a call of S3. That of a server's own headers is another. */
function isETag({ node, frame, path }: Origin, sourceCode: SourceCode): boolean {
  const name = path.at(-1);
  const owners = [...path.slice(0, -1), node.type === 'Identifier' ? node.name : ''];
  if (owners.some((owner) => /headers?$/i.test(owner))) return false;
  return name === 'ETag' || ((name === 'etag' || name === 'eTag') && derivationOf({ node, frame }, 'value', sourceCode).calls.length > 0);
}

/** Whether a text may be a hash that is made in this file. */
export const isDigestText = (place: Place, sourceCode: SourceCode): boolean => textOriginsOf(place, sourceCode).some((origin) => isDigest(origin, sourceCode));

/** Whether an expression is a hash that is made in this file, or by a function of the project that is named for it. */
function isDigest({ node, frame, path }: Origin, sourceCode: SourceCode): boolean {
  if (node.type !== 'CallExpression' || path.length > 0) return false;
  const callee = unwrap(node.callee);
  if (isListedAt({ node: callee, frame }, digests, sourceCode) || isNamedDigest({ node: callee, frame }, sourceCode)) return true;
  if (callee.type === 'MemberExpression' && /^(?:digest|read|end|hex|appendStr)$/.test(propertyName(callee) ?? '')) {
    // `crypto.subtle.digest('SHA-256', body)` of the platform.
    if (/\bcrypto\.subtle$/.test(sourceCode.getText(callee.object))) return true;
    if (isHasher({ node: callee.object, frame }, sourceCode)) return true;
  }
  // `await streamToString(file.pipe(createHash('md5').setEncoding('hex')))`
  return node.arguments.some((argument) => argument.type !== 'SpreadElement' && isHasher({ node: argument, frame }, sourceCode));
}

/** Whether an expression is an object that digests what it is given: `createHash('md5').update(body)`, `file.pipe(hash)`. */
function isHasher(place: Place, sourceCode: SourceCode, depth = 0): boolean {
  return originsOf(place, sourceCode).some(({ node, frame, path }) => {
    if (path.length > 0 || depth > 6 || (node.type !== 'CallExpression' && node.type !== 'NewExpression')) return false;
    const callee = unwrap(node.callee);
    if (isListedAt({ node: callee, frame }, hashers, sourceCode)) return true;
    const [first] = node.arguments;
    const method = methodName(node);
    if (method === 'pipe') return first !== undefined && isHasher({ node: first, frame }, sourceCode, depth + 1);
    return callee.type === 'MemberExpression' && /^(?:update|append|appendStr|setEncoding|copy|init)$/.test(method ?? '') && isHasher({ node: callee.object, frame }, sourceCode, depth + 1);
  });
}

const isListedAt = (callee: Place, table: Parameters<typeof isListed>[0], sourceCode: SourceCode): boolean =>
  entitiesOf(callee, sourceCode).some((entity) => isListed(table, entity));

/** `md5OfFile(path)`, imported from another file of the project: its exported name says that it makes a hash. */
function isNamedDigest(callee: Place, sourceCode: SourceCode): boolean {
  return originsOf(callee, sourceCode).some((origin) => {
    const entity = entityOf(origin);
    if (!entity || !isOwnFile(entity.module)) return false;
    const imported = origin.node.type === 'ImportDefaultSpecifier' ? origin.node.local.name : entity.module.replace(/^.*\//, '');
    return namesDigest.test(entity.path.at(-1) ?? imported);
  });
}
