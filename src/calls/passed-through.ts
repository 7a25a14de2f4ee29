import type { TSESTree } from '@typescript-eslint/utils';

import { called, type Bindings, type ClassNode, type Path } from './bindings.js';
import { calledName, isFunction, propertyName, unwrap, type Node } from './syntax.js';

/** Calls whose value is (a view of) one of their own operands. */
export function passedThrough(node: TSESTree.CallExpression, bindings: Bindings): readonly Node[] {
  const callee = unwrap(node.callee);
  const [first] = node.arguments;
  if (callee.type === 'MemberExpression') {
    const method = propertyName(callee);
    const handlers = node.arguments.filter((argument) => isFunction(argument));
    switch (method) {
      case 'then':
        return handlers.length > 0 ? handlers.flatMap((handler) => bindings.returnsOf(handler)) : [callee.object];
      case 'catch':
        return [callee.object, ...handlers.flatMap((handler) => bindings.returnsOf(handler))];
      case 'finally':
      case 'bind':
        return [callee.object];
      case 'freeze':
      case 'seal':
        return first && bindings.isGlobal(callee.object) ? [first] : [];
      case 'assign':
        return bindings.isGlobal(callee.object) ? node.arguments.filter((item) => item.type !== 'SpreadElement').reverse() : [];
      case 'all':
        return first?.type === 'ArrayExpression' && bindings.isGlobal(callee.object) ? [first] : [];
      default:
    }
  }
  if (callee.type === 'Identifier' && callee.name === '__awaiter') {
    return node.arguments.filter((argument) => isFunction(argument)).flatMap((body) => bindings.returnsOf(body));
  }
  // Compilers wrap what they require: `__importStar(require('minio'))`, `_interopRequireDefault(require('aws-sdk'))`.
  if (first?.type === 'CallExpression' && isRequire(first)) return [first];
  // `AWSXRay.captureAWS(AWS)`, `captureAWSClient(new S3())` and `captureAWSv3Client(…)` give back what they trace.
  if (calledName(node).startsWith('captureAWS') && first) return [first];
  return [];
}

/** `Effect.gen(…)`, `Effect.gen(…).pipe(…)`. */
export function isEffect(node: Node): boolean {
  if (node.type === 'CallExpression') return isEffect(unwrap(node.callee));
  return node.type === 'MemberExpression' && ((node.object.type === 'Identifier' && node.object.name === 'Effect') || isEffect(unwrap(node.object)));
}

/** What is read from an effect is read from what it yields. */
export function yieldedBy({ callee, arguments: given }: TSESTree.CallExpression, bindings: Bindings): readonly Node[] {
  if (callee.type !== 'MemberExpression') return [];
  if (propertyName(callee) === 'pipe') return [callee.object];
  return propertyName(callee) === 'gen' ? given.filter((argument) => isFunction(argument)).flatMap((body) => bindings.returnsOf(body)) : [];
}

/**
 * What a service of Effect is, for those who ask for its class: `class Storage extends Effect.Service<Storage>()('Storage', { effect })`.
 * https://effect.website/docs/requirements-management/layers/#simplifying-service-definitions-with-effectservice
 */
export function providedBy({ superClass }: ClassNode): { readonly node: Node; readonly path: Path } | null {
  if (superClass?.type !== 'CallExpression' || !isEffect(superClass)) return null;
  for (const argument of superClass.arguments) {
    for (const property of argument.type === 'ObjectExpression' ? argument.properties : []) {
      const name = property.type === 'Property' ? propertyName(property) : null;
      if (property.type !== 'Property' || name === null || !/^(?:effect|scoped|succeed|sync)$/.test(name)) continue;
      return { node: property.value, path: name === 'sync' ? [called] : [] };
    }
  }
  return null;
}

/** `require(…)` of CommonJS. */
export const isRequire = (node: TSESTree.CallExpression): boolean => node.callee.type === 'Identifier' && node.callee.name === 'require';
