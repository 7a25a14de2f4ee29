import type { TSESTree } from '@typescript-eslint/utils';

import { operation } from '../../s3/operations.js';
import { bindingsOf } from '../bindings.js';
import { entitiesOf } from '../entities.js';
import type { S3Call } from '../s3-call.js';
import { propertyOf, shapeOf } from '../shapes.js';
import { methodName, wrapped, type CallLike, type SourceCode } from '../syntax.js';
import { handsOn } from './receivers.js';

/** Classes that upload by themselves: lib-storage's `Upload` and v2's `S3.ManagedUpload`. Their input is `params`. */
export function uploadCall(node: CallLike, sourceCode: SourceCode): S3Call | null {
  if (node.type !== 'NewExpression') return null;
  for (const { module, path } of entitiesOf({ node: node.callee, frame: null }, sourceCode)) {
    const name = path.join('.');
    const client =
      (module === '@aws-sdk/lib-storage' || handsOn({ module, path })) && name === 'Upload'
        ? 'lib-storage'
        : (module === 'aws-sdk' && name === 'S3.ManagedUpload') || (module === 'aws-sdk/clients/s3' && name === 'ManagedUpload')
          ? 'v2'
          : null;
    if (!client) continue;
    const [options] = node.arguments;
    if (!options || options.type === 'SpreadElement') return null;
    const shape = shapeOf({ node: options, frame: null }, sourceCode);
    const parameters = propertyOf(shape, 'params');
    const given = parameters.kind === 'known' ? parameters.values[0]?.node : undefined;
    const sender = propertyOf(shape, 'client');
    return {
      node,
      operation: operation('PutObject'),
      client,
      // What cannot be found in the options is not known to be anything.
      input: { kind: 'object', node: (given as TSESTree.Expression | undefined) ?? options, inherited: null },
      presigned: false,
      sentBy: startedBy(node, sourceCode),
      receivers: sender.kind === 'known' ? sender.values.map((value) => value.node) : [],
    };
  }
  return null;
}

/** `.done()` of the upload, at once or by way of a variable: it is what gives the response. */
function startedBy(node: TSESTree.NewExpression, sourceCode: SourceCode): CallLike[] {
  const outer = wrapped(node);
  const { parent } = outer;
  if (parent?.type === 'MemberExpression' && parent.parent.type === 'CallExpression') return [parent.parent];
  const variable = parent?.type === 'VariableDeclarator' ? bindingsOf(sourceCode).variableOf(parent.id) : null;
  return (variable?.references ?? []).flatMap(({ identifier }) => {
    const call = identifier.parent.parent;
    return call?.type === 'CallExpression' && /^(?:done|promise|send)$/.test(methodName(call) ?? '') ? [call] : [];
  });
}
