import { bindingsOf } from '../calls/bindings.js';
import { calledFunctions } from '../calls/called-functions.js';
import type { S3Call } from '../calls/s3-call.js';
import { methodName, type CallLike, type SourceCode } from '../calls/syntax.js';

/**
 * Whether a command is made here and sent elsewhere, if at all: `return new GetObjectCommand(…)`, `signedUrlOf(command)`.
 *
 * @param call an S3 call
 * @param sourceCode its file
 */
export function isLeftUnsent({ client, node, sentBy }: S3Call, sourceCode: SourceCode): boolean {
  return client === 'v3' && node.type === 'NewExpression' && !sentBy.some((sender) => sends(sender, sourceCode));
}

/** Whether a call sends a command: `client.send(command)`, or a function of the file that does it with what it is given. */
function sends(sender: CallLike, sourceCode: SourceCode): boolean {
  if (methodName(sender) === 'send' || (sender.callee.type === 'Identifier' && sender.callee.name === 'send')) return true;
  const { calls, definitionsAt } = bindingsOf(sourceCode);
  const called = calledFunctions(sender, null, sourceCode);
  return calls.some((call) => {
    const [command] = call.arguments;
    const [definition] = command && methodName(call) === 'send' ? definitionsAt(command) : [];
    return definition?.kind === 'parameter' && called.includes(definition.function);
  });
}
