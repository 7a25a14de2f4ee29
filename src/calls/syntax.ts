import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

/** Small questions about ESTree nodes. No scopes, no S3. */

export type Node = TSESTree.Node;
export type SourceCode = Readonly<TSESLint.SourceCode>;
export type FunctionNode =
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression
  | TSESTree.ArrowFunctionExpression;
export type CallLike = TSESTree.CallExpression | TSESTree.NewExpression;

export const isFunction = (node: Node): node is FunctionNode =>
  node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';

export const isClass = (node: Node): node is TSESTree.ClassDeclaration | TSESTree.ClassExpression => node.type === 'ClassDeclaration' || node.type === 'ClassExpression';

export const isLoop = (node: Node): node is TSESTree.WhileStatement | TSESTree.DoWhileStatement | TSESTree.ForStatement | TSESTree.ForOfStatement | TSESTree.ForInStatement =>
  node.type === 'WhileStatement' ||
  node.type === 'DoWhileStatement' ||
  node.type === 'ForStatement' ||
  node.type === 'ForOfStatement' ||
  node.type === 'ForInStatement';

/** Takes off what changes a value's type or moment but not the value: casts, `!`, `await`, optional chains. */
export function unwrap(node: Node): Node {
  let inner = node;
  for (;;) {
    switch (inner.type) {
      case 'TSAsExpression':
      case 'TSTypeAssertion':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
      case 'TSInstantiationExpression':
      case 'ChainExpression':
        inner = inner.expression;
        break;
      case 'AwaitExpression':
        inner = inner.argument;
        break;
      default:
        return inner;
    }
  }
}

/** The node outside the casts, `await`s and optional chains around it. */
export function wrapped(node: Node): Node {
  let outer = node;
  while (outer.parent && unwrapsTo(outer.parent, outer)) outer = outer.parent;
  return outer;
}

function unwrapsTo(parent: Node, child: Node): boolean {
  switch (parent.type) {
    case 'TSAsExpression':
    case 'TSTypeAssertion':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'ChainExpression':
      return parent.expression === child;
    case 'AwaitExpression':
      return parent.argument === child;
    default:
      return false;
  }
}

/** A string or number that stands in the source, as text; null for anything else. */
export function literalText(node: Node): string | null {
  if (node.type === 'Literal' && (typeof node.value === 'string' || typeof node.value === 'number')) {
    return String(node.value);
  }
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? null;
  return null;
}

/** The name of a property key or member, where it can be read without running the program. */
export function propertyName(node: TSESTree.Property | TSESTree.MemberExpression | TSESTree.PropertyDefinition | TSESTree.MethodDefinition | TSESTree.TSPropertySignature | TSESTree.TSEnumMember): string | null {
  const key = node.type === 'MemberExpression' ? node.property : node.type === 'TSEnumMember' ? node.id : node.key;
  const computed = node.type === 'TSEnumMember' ? false : node.computed;
  if (!computed && key.type === 'Identifier') return key.name;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  return literalText(key);
}

/** `undefined`, `null` or `void 0`, spelt out. */
export const isNothing = (node: Node): boolean =>
  (node.type === 'Identifier' && node.name === 'undefined') ||
  (node.type === 'Literal' && node.value === null && node.raw === 'null') ||
  (node.type === 'UnaryExpression' && node.operator === 'void');

/** `null`, `undefined`, `false`, `0` or `''`, spelt out: nothing is spread out of them. */
export const isFalsyLiteral = (node: Node): boolean =>
  isNothing(node) || (node.type === 'Literal' && !node.value && !('regex' in node) && !('bigint' in node));

/** The nearest function around a node, itself left out; null at module level. */
export function enclosingFunction(node: Node): FunctionNode | null {
  for (let outer = node.parent; outer; outer = outer.parent) if (isFunction(outer)) return outer;
  return null;
}

/** Whether one node stands within another. */
export const contains = (outer: Node, inner: Node): boolean =>
  outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];

/** The names that a pattern binds: `{ get, put: store }` binds `get` and `store`. */
export function namesBound(pattern: Node | null): readonly TSESTree.Identifier[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => namesBound(property.type === 'RestElement' ? property.argument : property.value));
    case 'ArrayPattern':
      return pattern.elements.flatMap(namesBound);
    case 'AssignmentPattern':
      return namesBound(pattern.left);
    case 'RestElement':
      return namesBound(pattern.argument);
    default:
      return [];
  }
}

/** Child nodes in source order, by the parser's own list of keys. */
export function childrenOf(node: Node, sourceCode: SourceCode): Node[] {
  const children: Node[] = [];
  for (const key of sourceCode.visitorKeys[node.type] ?? []) {
    const value = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[key];
    if (Array.isArray(value)) for (const child of value) if (child) children.push(child);
    if (value && !Array.isArray(value)) children.push(value);
  }
  return children;
}

/** Calls `visit` for a node and all below it, in source order; what `visit` answers `false` to is not entered. */
export function walk(root: Node, sourceCode: SourceCode, visit: (node: Node) => unknown): void {
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (visit(node) !== false) pending.push(...childrenOf(node, sourceCode).reverse());
  }
}

/** `process.exit(…)`: nothing that stands behind it runs. */
export function endsProgram(node: Node): boolean {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
  const { object } = node.callee;
  return object.type === 'Identifier' && /^(?:process|Deno|Bun)$/.test(object.name) && /^(?:exit|abort)$/.test(propertyName(node.callee) ?? '');
}

/** The last name of what a call calls: `put` of `put(…)` and of `store.put(…)`; empty where it has none. */
export function calledName({ callee }: CallLike): string {
  const node = unwrap(callee);
  return node.type === 'Identifier' ? node.name : node.type === 'MemberExpression' ? (propertyName(node) ?? '') : '';
}

/** The method name of a call such as `client.send(…)`, or null. */
export function methodName(call: Node): string | null {
  if (call.type !== 'CallExpression') return null;
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' ? propertyName(callee) : null;
}
