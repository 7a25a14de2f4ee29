import { bindingsOf } from './bindings.js';
import { commandCall } from './clients/commands.js';
import { methodCall } from './clients/methods.js';
import { minioCall } from './clients/minio.js';
import { uploadCall } from './clients/uploads.js';
import { touchesS3 } from './gate.js';
import { entitiesOf } from './entities.js';
import { linksOf } from './linked-source.js';
import { originsOf } from './origins.js';
import { perFile } from './per-file.js';
import type { S3Call } from './s3-call.js';
import type { CallLike, Node, SourceCode } from './syntax.js';

/**
 * The one detector.
 *
 * @param sourceCode a file
 * @returns its S3 calls in source order; none where it does not touch S3
 */
export const s3CallsOf: (sourceCode: SourceCode) => readonly S3Call[] = perFile((sourceCode) => (touchesS3(sourceCode) || linksOf(sourceCode) ? detect(sourceCode) : []));

function detect(sourceCode: SourceCode): readonly S3Call[] {
  const { calls } = bindingsOf(sourceCode);
  const signed = signedCommands(calls, sourceCode);
  return calls.flatMap((node): S3Call[] => {
    const command = commandCall(node, sourceCode);
    if (command) return [{ ...command, presigned: signed.has(node) }];
    const found = uploadCall(node, sourceCode) ?? minioCall(node, sourceCode) ?? methodCall(node, sourceCode);
    return found ? [found] : [];
  });
}

/** Commands handed to `getSignedUrl` of `@aws-sdk/s3-request-presigner`. */
function signedCommands(calls: readonly CallLike[], sourceCode: SourceCode): ReadonlySet<Node> {
  const signed = new Set<Node>();
  for (const call of calls) {
    const [, command] = call.arguments;
    if (!command || call.type === 'NewExpression') continue;
    const signs = entitiesOf({ node: call.callee, frame: null }, sourceCode).some(
      ({ module, path }) => module === '@aws-sdk/s3-request-presigner' && path[0] === 'getSignedUrl',
    );
    if (signs) for (const origin of originsOf({ node: command, frame: null }, sourceCode)) signed.add(origin.node);
  }
  return signed;
}

const callsByNode = perFile((sourceCode): ReadonlyMap<Node, S3Call> => {
  const nodesOf = (call: S3Call): readonly Node[] => [call.node, ...(call.presigned ? [] : call.sentBy)];
  return new Map(s3CallsOf(sourceCode).flatMap((call) => nodesOf(call).map((node): [Node, S3Call] => [node, call])));
});

/** The S3 call that a node is, or that it sends: `client.send(command)` is the call of its command. */
export const s3CallAt = (node: Node, sourceCode: SourceCode): S3Call | null => callsByNode(sourceCode).get(node) ?? null;
