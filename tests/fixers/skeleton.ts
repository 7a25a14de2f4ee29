import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { contains, unwrap, walk, type Node, type SourceCode } from '../../src/calls/syntax.js';

/**
 * What a program is without its preconditions: its tree, where each name stands with the kind of what it means, and
 * what was taken out. Two programs that differ in their preconditions alone have one tree.
 */
export interface Skeleton {
  readonly tree: string;
  /** The source of each condition, as it stands. */
  readonly conditions: readonly string[];
  /** The names in conditions that stand for a text of the program, and so for no response. */
  readonly texts: readonly string[];
  /** The properties that one object names twice. */
  readonly repeated: readonly string[];
}

const conditionName = /^(?:x-amz-)?(?:Destination|CopySource|Source)?if[-_]?(?:non?e?[-_]?)?(?:match(?:LastModifiedTime)?|(?:un)?modified[-_]?since)$|^VersionId$/i;

const named = (node: Node): string => (node.type === 'Identifier' ? node.name : node.type === 'Literal' ? String(node.value) : '');

/** What a literal says of a conflict, however it is spelt; null for any other. */
function conflictSaid(node: Node | null | undefined): string | null {
  if (node?.type !== 'Literal') return null;
  const said = 'regex' in node ? node.regex.pattern : String(node.value);
  if (/^(?:PreConditionFailed|ConditionalCheckFailedException)$/.test(said)) return 'PreconditionFailed';
  return /^(?:PreconditionFailed|ConditionalRequestConflict|409|412)$/.test(said) ? said : null;
}

/**
 * What a test asks of an error, by its text, its code, its name or its status: `error.message.includes('412')` and
 * `error.$metadata?.httpStatusCode === 412` ask the same. Null for every other node.
 */
function conflictAsked(node: Node): string | null {
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    const asked = conflictAsked(node.argument);
    return asked !== null && node.argument.type === 'CallExpression' ? `not ${asked}` : null;
  }
  if (node.type === 'BinaryExpression') {
    const asked = conflictAsked(node.left);
    if (asked !== null) return asked;
    const [facet, said] = conflictSaid(node.left) === null ? [node.left, conflictSaid(node.right)] : [node.right, conflictSaid(node.left)];
    if (said === null || (facet.type !== 'MemberExpression' && facet.type !== 'ChainExpression')) return null;
    return `${node.operator.startsWith('!') ? 'not ' : ''}${said}`;
  }
  const call = node.type === 'ChainExpression' ? node.expression : node;
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression' || call.callee.property.type !== 'Identifier') return null;
  const { object, property } = call.callee;
  if (property.name === 'includes' && object.type === 'ArrayExpression') return object.elements.map(conflictSaid).join(' or ');
  if (/^(?:includes|indexOf)$/.test(property.name)) return conflictSaid(call.arguments[0]);
  return property.name === 'test' ? conflictSaid(object) : null;
}

/** @param sourceCode a parsed program */
export function skeletonOf(sourceCode: SourceCode): Skeleton {
  const conditions: string[] = [];
  const repeated: string[] = [];
  const texts: string[] = [];
  const bindings = meaningsOf(sourceCode);

  const isCondition = (node: Node): boolean => {
    switch (node.type) {
      case 'Property':
        // A response that is destructured is asked for its ETag or version.
        return node.parent.type === 'ObjectPattern' ? !node.computed && /^(?:ETag|VersionId)$/.test(named(node.key)) : conditionName.test(named(node.key));
      case 'SpreadElement':
        return isConditional(unwrap(node.argument));
      case 'ExpressionStatement':
        return node.expression.type === 'AssignmentExpression' && node.expression.left.type === 'MemberExpression' && conditionName.test(named(node.expression.left.property));
      case 'BlockStatement':
        return node.body.length === 1 && node.body.every(isCondition);
      case 'ThrowStatement':
        return /^throw new Error\('Conflicts did not end/.test(sourceCode.getText(node));
      default:
        return false;
    }
  };
  const isConditional = (node: Node): boolean => {
    if (node.type === 'ConditionalExpression') return [node.consequent, node.alternate].every(isConditional) && [node.consequent, node.alternate].some(hasCondition);
    if (node.type === 'LogicalExpression') return node.operator === '&&' && hasCondition(node.right) && isConditional(node.right);
    return node.type === 'ObjectExpression' ? node.properties.every(isCondition) : node.type === 'Identifier' && node.name === 'undefined';
  };
  const hasCondition = (node: Node): boolean => node.type === 'ObjectExpression' && node.properties.some(isCondition);

  const without = (nodes: readonly Node[]): readonly Node[] =>
    nodes.filter((node) => {
      if (!isCondition(node)) return true;
      conditions.push(sourceCode.getText(node));
      walk(node, sourceCode, (inner) => {
        if (inner.type === 'Identifier' && bindings.get(inner)?.startsWith('text')) texts.push(inner.name);
      });
      return false;
    });

  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plain);
    if (value === null || typeof value !== 'object') return typeof value === 'bigint' ? `${value}n` : value;
    // A regular expression says what it is in `raw`, a template in its own `value`.
    return 'type' in value ? ofNode(value as Node) : value;
  };

  const generic = (node: Node, given: Readonly<Record<string, unknown>> = {}): unknown => {
    const entries = Object.entries({ ...node, ...given }).filter(([key]) => !/^(?:range|loc|start|end|parent|tokens|comments|shorthand|value)$/.test(key) || (key === 'value' && node.type !== 'Literal'));
    const children = entries.map(([key, value]) => [key, plain(value)] as const);
    return Object.fromEntries([...children, ['means', bindings.get(node) ?? null]]);
  };

  /** `a && { … }`, `a ? { … } : {}` and `a ? { … } : { IfNoneMatch: '*' }` spread the same beside their conditions. */
  const chosen = (node: Node): unknown => {
    const nothing = { type: 'ObjectExpression', properties: [] };
    if (node.type === 'LogicalExpression' && node.operator === '&&' && hasCondition(node.right)) return { test: ofNode(node.left), consequent: ofNode(node.right), alternate: nothing };
    if (node.type !== 'ConditionalExpression' || ![node.consequent, node.alternate].some(hasCondition)) return ofNode(node);
    const [consequent, alternate] = [node.consequent, node.alternate].map((branch) => (branch.type === 'Identifier' ? nothing : ofNode(branch)));
    return { test: ofNode(node.test), consequent, alternate };
  };

  const ofNode = (node: Node): unknown => {
    const asked = conflictAsked(node);
    if (asked !== null) return { type: 'ConflictTest', asked };
    switch (node.type) {
      case 'ObjectExpression': {
        const names = node.properties.flatMap((property) => (property.type === 'Property' ? [named(property.key)] : []));
        repeated.push(...names.filter((name, index) => name !== '' && names.indexOf(name) !== index));
        const properties = without(node.properties);
        const [only] = properties;
        // `{ ...input, IfMatch: etag }` is the input and its condition.
        return properties.length === 1 && only?.type === 'SpreadElement' ? ofNode(only.argument) : { type: 'ObjectExpression', properties: properties.map(ofNode) };
      }
      case 'ObjectPattern':
        return generic(node, { properties: without(node.properties) });
      case 'Program':
      case 'BlockStatement':
      case 'StaticBlock':
        return generic(node, { body: without(node.body) });
      case 'SwitchCase':
        return generic(node, { consequent: without(node.consequent) });
      case 'IfStatement': {
        // The other half of `if (etag) input.IfMatch = etag`.
        const covered = node.alternate && isCondition(node.consequent) && isCondition(node.alternate);
        return generic(node, { alternate: covered ? null : node.alternate });
      }
      case 'SpreadElement':
        return { type: 'SpreadElement', argument: chosen(unwrap(node.argument)) };
      case 'CallExpression': {
        // minio takes conditions in an argument of their own.
        const last = node.arguments.at(-1);
        const isHeaders = last?.type === 'ObjectExpression' && last.properties.length > 0 && last.properties.every(isCondition);
        if (isHeaders) conditions.push(sourceCode.getText(last));
        return generic(node, { arguments: isHeaders ? node.arguments.slice(0, -1) : node.arguments });
      }
      case 'WhileStatement':
      case 'ForStatement': {
        // An endless loop and a counted one turn about the same body.
        const head = sourceCode.text.slice(node.range[0], node.body.range[0]);
        const isEndless = node.type === 'WhileStatement' ? node.test.type === 'Literal' && node.test.value === true : !node.init && !node.test && !node.update;
        const isCounted = head.startsWith('for (let attempt = 0; attempt < 5; attempt++)');
        return isEndless || isCounted ? { type: 'Loop', body: ofNode(node.body) } : generic(node);
      }
      default:
        return generic(node);
    }
  };

  return { tree: JSON.stringify(ofNode(sourceCode.ast), null, 1), conditions, texts, repeated };
}

const definitionsOf = (scope: TSESLint.Scope.Scope): readonly TSESLint.Scope.Scope[] => [scope, ...scope.childScopes.flatMap(definitionsOf)];

const scopesOf = (sourceCode: SourceCode): readonly TSESLint.Scope.Scope[] => (sourceCode.scopeManager?.globalScope ? definitionsOf(sourceCode.scopeManager.globalScope) : []);

/** What each reference means: the kind of its declaration and the kind of scope that it stands in. */
function meaningsOf(sourceCode: SourceCode): ReadonlyMap<Node, string> {
  const meanings = new Map<Node, string>();
  for (const scope of scopesOf(sourceCode)) {
    for (const { identifier, resolved } of scope.references) {
      const [definition] = resolved?.defs ?? [];
      const isText = definition?.node.type === 'VariableDeclarator' && definition.node.init?.type === 'Literal' && typeof definition.node.init.value === 'string';
      meanings.set(identifier, definition && resolved ? `${isText ? 'text, ' : ''}${definition.type} of ${resolved.scope.block.type}` : 'global');
    }
  }
  return meanings;
}

/** The names that mean nothing in the file. */
export const globalsOf = (sourceCode: SourceCode): ReadonlySet<string> =>
  new Set(scopesOf(sourceCode).flatMap((scope) => scope.references.flatMap(({ identifier, resolved }) => (resolved && resolved.defs.length > 0 ? [] : [identifier.name]))));

/** The names that are declared twice, where the language forbids it and TypeScript's parser does not look. */
export function declaredTwice(sourceCode: SourceCode): readonly string[] {
  const variables = scopesOf(sourceCode).flatMap((scope) => scope.variables);
  const isLexical = ({ defs }: TSESLint.Scope.Variable): boolean => defs.some(({ node, parent }) => (parent?.type === 'VariableDeclaration' && parent.kind !== 'var') || node.type === 'ClassDeclaration');
  return variables.flatMap((variable) => {
    const { name, defs, scope } = variable;
    if (!isLexical(variable)) return [];
    // `var` is declared in every block around it.
    const vars = variables.filter((other) => other !== variable && other.name === name && other.scope === scope.variableScope).flatMap((other) => other.defs);
    const around = vars.some(({ name: at, parent }) => parent?.type === 'VariableDeclaration' && parent.kind === 'var' && contains(scope.block, at));
    return defs.length > 1 || around ? [name] : [];
  });
}

/** The names that are used before they have a value, in the function that declares them. */
export const usedTooEarly = (sourceCode: SourceCode): readonly string[] =>
  scopesOf(sourceCode).flatMap((scope) =>
    scope.references.flatMap(({ identifier, resolved, init }) => {
      const declared = resolved?.identifiers[0];
      return declared && resolved.scope.variableScope === scope.variableScope && !init && identifier.range[0] < declared.range[0] && resolved.defs[0]?.type === 'Variable' ? [resolved.name] : [];
    }),
  );

/** The comments of a program, in its order. */
export const commentsOf = (sourceCode: SourceCode): readonly string[] => sourceCode.getAllComments().map(({ type, value }: TSESTree.Comment) => `${type} ${value}`);
