import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from '../../calls/bindings.js';
import { entitiesOf } from '../../calls/entities.js';
import { originsOf } from '../../calls/origins.js';
import { isFunction, methodName, unwrap, type CallLike, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';

/** What the policies of cockatiel are made of, and what they run. https://github.com/connor4312/cockatiel#readme */

/** `policy.execute(code)`; a time-out around the retry bounds it, and so does a signal. A time-out within it bounds one attempt. */
export function executionOf(call: CallLike, policy: Node, sourceCode: SourceCode): { call: TSESTree.CallExpression; bounded: boolean } | null {
  const callee = unwrap(call.callee);
  if (call.type !== 'CallExpression' || callee.type !== 'MemberExpression' || methodName(call) !== 'execute') return null;
  const parts = policiesAt(callee.object, sourceCode, 0);
  const at = parts.indexOf(policy);
  if (at < 0) return null;
  const timed = parts.slice(0, at).some((part) => part.type === 'CallExpression' && cockatielName(part.callee, sourceCode) === 'timeout');
  return { call, bounded: timed || call.arguments.length > 1 };
}

const cockatielName = (callee: Node, sourceCode: SourceCode): string | null =>
  entitiesOf({ node: callee, frame: null }, sourceCode).find(({ module }) => module === 'cockatiel')?.path[0] ?? null;

/** The policies that one is wrapped of, the outermost first. */
function policiesAt(policy: Node, sourceCode: SourceCode, depth: number): readonly Node[] {
  return originsOf({ node: policy, frame: null }, sourceCode).flatMap(({ node, path }): readonly Node[] => {
    if (node.type !== 'CallExpression' || path.length > 0 || depth > 4) return [];
    if (cockatielName(node.callee, sourceCode) === 'wrap') return node.arguments.flatMap((part) => policiesAt(part, sourceCode, depth + 1));
    const callee = unwrap(node.callee);
    return methodName(node) === 'dangerouslyUnref' && callee.type === 'MemberExpression' ? policiesAt(callee.object, sourceCode, depth + 1) : [node];
  });
}

/** Methods under `@usePolicy(policy)`. */
export const decoratedBy = (policy: Node, sourceCode: SourceCode): readonly FunctionNode[] =>
  bindingsOf(sourceCode).calls.flatMap((call) => {
    const [given] = call.arguments;
    if (call.parent.type !== 'Decorator' || !given || cockatielName(call.callee, sourceCode) !== 'usePolicy' || !policiesAt(given, sourceCode, 0).includes(policy)) return [];
    const { parent } = call.parent;
    return parent.type === 'MethodDefinition' && isFunction(parent.value) ? [parent.value] : [];
  });
