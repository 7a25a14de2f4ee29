import { bindingsOf, type ClassNode } from '../../calls/bindings.js';
import { entitiesOf } from '../../calls/entities.js';
import type { Place } from '../../calls/frames.js';
import { originsOf } from '../../calls/origins.js';
import { propertyOf, shapeOf } from '../../calls/shapes.js';
import { isFunction, methodName, propertyName, walk, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import { sdkRetry } from '../../libraries/retry-libraries.js';
import type { RetryAttempts } from './retry-attempts.js';
import { decidersAt, type RetryDecider } from './retry-decider.js';
import type { RetryDelay } from './retry-delay.js';

/** A retry strategy that decides by itself what to try again, and may so send a request again that a 409 or 412 answered. */
export interface OwnStrategy {
  readonly deciders: readonly RetryDecider[];
  readonly attempts: RetryAttempts;
  readonly delay: RetryDelay;
}

/**
 * @param options what an S3 client is made with
 * @param sourceCode the file
 * @returns the strategies of this file that it is given; those of the SDK never try a 409 or 412 again
 */
export function ownStrategiesOf(options: Place, sourceCode: SourceCode): readonly OwnStrategy[] {
  const strategy = propertyOf(shapeOf(options, sourceCode), 'retryStrategy');
  if (strategy.kind !== 'known') return [];
  return strategy.values.flatMap((value) => originsOf(value, sourceCode)).flatMap(({ node, path }) => (path.length === 0 ? (strategyOf(node, sourceCode) ?? []) : []));
}

function strategyOf(node: Node, sourceCode: SourceCode): OwnStrategy | null {
  if (node.type === 'ObjectExpression') return decided(methodsOf(node, sourceCode), sourceCode);
  if (node.type !== 'NewExpression') return null;
  const made = originsOf({ node: node.callee, frame: null }, sourceCode)[0]?.node;
  if (made?.type === 'ClassDeclaration' || made?.type === 'ClassExpression') return decided(methodsOf(made, sourceCode), sourceCode);
  const isSdk = entitiesOf({ node: node.callee, frame: null }, sourceCode).some(({ module, path }) => sdkRetry.modules.test(module) && sdkRetry.strategies.some((name) => name === path[0]));
  const [, options] = node.arguments;
  const decider = isSdk && options ? propertyOf(shapeOf({ node: options, frame: null }, sourceCode), sdkRetry.option.name) : null;
  if (decider?.kind !== 'known') return null;
  // The quota of the strategy bounds it even where the number of attempts does not.
  return { deciders: decider.values.flatMap((value) => decidersAt(value, sdkRetry.option, sourceCode)), attempts: { kind: 'limited', most: null }, delay: 'jittered' };
}

const methodsOf = (owner: ClassNode | Parameters<ReturnType<typeof bindingsOf>['ownerOf']>[0], sourceCode: SourceCode): readonly FunctionNode[] => {
  const members = owner.type === 'ClassDeclaration' || owner.type === 'ClassExpression' ? owner.body.body : owner.type === 'ObjectExpression' ? owner.properties : [];
  return members.flatMap((member) => {
    if (member.type !== 'MethodDefinition' && member.type !== 'PropertyDefinition' && member.type !== 'Property') return [];
    if (propertyName(member) !== sdkRetry.method.name || !member.value) return [];
    return originsOf({ node: member.value, frame: null }, sourceCode).flatMap(({ node }) => (isFunction(node) ? [node] : []));
  });
};

function decided(methods: readonly FunctionNode[], sourceCode: SourceCode): OwnStrategy | null {
  const [method] = methods;
  if (!method) return null;
  return {
    deciders: methods.flatMap((node) => decidersAt({ node, frame: null }, sdkRetry.method, sourceCode)),
    attempts: neverRefuses(method, sourceCode) ? { kind: 'endless', node: method.parent } : { kind: 'unknown' },
    delay: 'unknown',
  };
}

/** A token for the next attempt whatever happened: it throws nothing, and asks no other strategy. */
function neverRefuses(method: FunctionNode, sourceCode: SourceCode): boolean {
  let refuses = bindingsOf(sourceCode).returnsOf(method).length === 0;
  walk(method.body, sourceCode, (node) => {
    refuses ||= node.type === 'ThrowStatement' || methodName(node) === sdkRetry.method.name || (node.type === 'CallExpression' && /reject|throw|assert|abort/i.test(sourceCode.getText(node.callee)));
  });
  return !refuses;
}
