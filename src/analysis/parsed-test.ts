import { bindingsOf } from '../calls/bindings.js';
import type { Place } from '../calls/frames.js';
import { originsOf } from '../calls/origins.js';
import { s3CallAt } from '../calls/s3-calls.js';
import { isNothing, methodName, unwrap, type Node, type SourceCode } from '../calls/syntax.js';

/** Properties by which code asks whether there is a response or a body at all. */
const ofPresence = /^(?:Body|ETag|VersionId|LastModified|ContentLength|ContentType|DeleteMarker|\$metadata|Metadata|metaData|etag|lastModified|byteLength|ok|exists|found|success|statusCode|error|err|data|body|value|result|response|headers|\d+|\*)$/;

/**
 * Whether a test asks what an object holds: `if (lock.released)`, where `lock` was parsed from the body, or
 * `if (head.Metadata.released)`. That of a response, or of one of its own properties, asks whether it is there.
 *
 * @param test a bare test, or a comparison
 * @param sourceCode its file
 * @returns whether it, or one side of it, is a member of what the body or the metadata says
 */
export function readsContent({ node: test, frame }: Place, sourceCode: SourceCode): boolean {
  const node = unwrap(test);
  if (node.type === 'BinaryExpression') return node.operator !== 'in' && node.operator !== 'instanceof' && [node.left, node.right].some((side) => isContent({ node: side, frame }, sourceCode));
  return isContent({ node, frame }, sourceCode);
}

function isContent(place: Place, sourceCode: SourceCode): boolean {
  const node = unwrap(place.node);
  if (node.type !== 'MemberExpression' && node.type !== 'Identifier') return false;
  // `return null` of a reader says that there is nothing to be read of.
  const origins = originsOf(place, sourceCode).filter((origin) => !isNothing(origin.node));
  return origins.length > 0 && origins.every(({ node: origin, path }) => {
    // How many holders a lock has is content; how long a text is says whether there is one.
    const named = /^(?:length|size)$/.test(path.at(-1) ?? '') ? path.slice(0, -1) : path;
    const name = named.at(-1);
    if (name === undefined || ofPresence.test(name)) return false;
    if (isResponse(origin, sourceCode)) return named.length > 1 && /^(?:Metadata|metaData)$/.test(named[0] ?? '');
    return origin.type === 'CallExpression';
  });
}

/** Whether an expression is what S3 answers: the call, its promise, or what a callback is given. */
function isResponse(node: Node, sourceCode: SourceCode): boolean {
  if (s3CallAt(node, sourceCode)) return true;
  if (node.type === 'CallExpression' && methodName(node) === 'promise' && node.callee.type === 'MemberExpression') return s3CallAt(unwrap(node.callee.object), sourceCode) !== null;
  const [definition] = bindingsOf(sourceCode).definitionsAt(node);
  const call = definition?.kind === 'parameter' ? definition.function.parent : null;
  return call?.type === 'CallExpression' && s3CallAt(call, sourceCode) !== null;
}
