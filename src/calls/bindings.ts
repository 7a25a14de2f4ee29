import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { constantText } from './constant-text.js';
import { getOrMake, perFile } from './per-file.js';
import { enclosingFunction, isFunction, propertyName, walk, type CallLike, type FunctionNode, type Node, type SourceCode } from './syntax.js';

/** Names, variables and members of one file: who is bound to what. Built once a file, in one walk. */

export type Variable = TSESLint.Scope.Variable;
export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;
type Owner = ClassNode | TSESTree.ObjectExpression | 'file';

/** Properties that lie between a value and a name bound to a part of it: `{ a: [x] } = v` gives `['a', '0']`. */
export type Path = readonly string[];

/** A step of a path that is not read: the rest of a pattern, or a computed key. */
export const unreadable = '*';

/** A step of a path that calls: `['()', 'put']` is `put` of what a function returns. */
export const called = '()';

/** One way in which a variable gets its value. */
export type Definition =
  | { readonly kind: 'value'; readonly node: Node; readonly value: TSESTree.Expression; readonly path: Path; readonly fallback: TSESTree.Expression | null }
  | { readonly kind: 'element'; readonly node: Node; readonly of: TSESTree.Expression; readonly path: Path }
  | { readonly kind: 'parameter'; readonly node: TSESTree.Identifier; readonly function: FunctionNode; readonly index: number; readonly path: Path; readonly fallback: TSESTree.Expression | null }
  | { readonly kind: 'import'; readonly node: Node }
  | { readonly kind: 'declaration'; readonly node: Node }
  | { readonly kind: 'nothing'; readonly node: Node }
  | { readonly kind: 'other'; readonly node: Node };

export interface FieldValue {
  readonly node: TSESTree.Node;
  readonly value: TSESTree.Node;
}

export interface Bindings {
  readonly sourceCode: SourceCode;
  readonly calls: readonly CallLike[];
  readonly variableOf: (identifier: Node) => Variable | null;
  readonly isGlobal: (identifier: Node) => boolean;
  readonly definitionsOf: (variable: Variable) => readonly Definition[];
  /** The definitions of what a name stands for; none for what is no name of the file. */
  readonly definitionsAt: (identifier: Node) => readonly Definition[];
  /** The one value that a name is given, whole; null where it has several, or a part of one. */
  readonly plainValueOf: (identifier: Node) => TSESTree.Expression | null;
  /** The class or object whose members `this` reaches at a node. */
  readonly ownerOf: (node: Node) => Owner;
  /** What is assigned to a member of `this`: fields, methods, parameter properties, assignments. */
  readonly membersOf: (owner: Owner, name: string) => readonly FieldValue[];
  readonly returnsOf: (node: FunctionNode) => readonly TSESTree.Expression[];
  /** Assignments to a member of a variable (`params.IfMatch = etag`), and `delete` of one. */
  readonly memberWritesOf: (variable: Variable) => readonly MemberWrite[];
}

export interface MemberWrite {
  readonly node: TSESTree.AssignmentExpression | TSESTree.UnaryExpression | TSESTree.UpdateExpression;
  /** Path from the variable to the member that is written. */
  readonly path: Path;
  readonly value: TSESTree.Expression | null;
}

/** The bindings of a file. */
export const bindingsOf: (sourceCode: SourceCode) => Bindings = perFile(build);

function build(sourceCode: SourceCode): Bindings {
  const variables = new Map<Node, Variable>();
  for (const scope of sourceCode.scopeManager?.scopes ?? []) {
    for (const reference of scope.references) {
      if (reference.resolved) variables.set(reference.identifier, reference.resolved);
    }
    for (const variable of scope.variables) for (const identifier of variable.identifiers) variables.set(identifier, variable);
  }

  const calls: CallLike[] = [];
  const returns = new Map<FunctionNode, TSESTree.Expression[]>();
  const members = new Map<Owner, Map<string, FieldValue[]>>();
  const memberWrites = new Map<Variable, MemberWrite[]>();

  const addMember = (owner: Owner, name: string | null, node: Node, value: Node): void => {
    if (name === null) return;
    getOrMake(getOrMake(members, owner, () => new Map<string, FieldValue[]>()), name, (): FieldValue[] => []).push({ node, value });
  };
  const addMemberWrite = (target: Node, node: MemberWrite['node'], value: TSESTree.Expression | null): void => {
    const path = memberPath(target);
    if (!path || path.path.length === 0) return;
    if (path.root.type === 'ThisExpression' && path.path.length === 1 && value) {
      addMember(ownerOf(path.root), path.path[0] ?? null, node, value);
    }
    const variable = path.root.type === 'Identifier' ? variables.get(path.root) : undefined;
    if (variable) getOrMake(memberWrites, variable, (): MemberWrite[] => []).push({ node, path: path.path, value });
  };

  walk(sourceCode.ast, sourceCode, (node) => {
    switch (node.type) {
      case 'CallExpression':
      case 'NewExpression':
        calls.push(node);
        break;
      case 'ReturnStatement': {
        const owner = enclosingFunction(node);
        if (owner && node.argument) getOrMake(returns, owner, (): TSESTree.Expression[] => []).push(node.argument);
        break;
      }
      case 'ArrowFunctionExpression':
        if (node.body.type !== 'BlockStatement') returns.set(node, [node.body]);
        break;
      case 'PropertyDefinition':
      case 'MethodDefinition':
        if (node.value) addMember(node.parent.parent, propertyName(node), node, node.value);
        break;
      case 'TSParameterProperty':
        addMember(ownerOf(node), parameterName(node), node, node.parameter);
        break;
      case 'Property':
        if (node.parent.type === 'ObjectExpression' && isFunction(node.value)) {
          addMember(node.parent, propertyName(node), node, node.value);
        }
        break;
      case 'AssignmentExpression':
        addMemberWrite(node.left, node, node.right);
        break;
      case 'UnaryExpression':
        if (node.operator === 'delete') addMemberWrite(node.argument, node, null);
        break;
      case 'UpdateExpression':
        addMemberWrite(node.argument, node, null);
        break;
      default:
    }
    return undefined;
  });

  const variableOf = (identifier: Node): Variable | null => variables.get(identifier) ?? null;
  const memberWritesOf = (variable: Variable): readonly MemberWrite[] => memberWrites.get(variable) ?? [];
  const textOfKey: TextOfKey = (key) => constantText(key, { variableOf, memberWritesOf });
  const definitions = new Map<Variable, readonly Definition[]>();
  const definitionsOf = (variable: Variable): readonly Definition[] => getOrMake(definitions, variable, () => define(variable, textOfKey));
  const definitionsAt = (identifier: Node): readonly Definition[] => {
    const variable = variables.get(identifier);
    return variable ? definitionsOf(variable) : [];
  };
  return {
    sourceCode,
    calls,
    variableOf,
    isGlobal(identifier) {
      if (identifier.type !== 'Identifier') return false;
      const variable = variables.get(identifier);
      return !variable || variable.defs.length === 0;
    },
    definitionsOf,
    definitionsAt,
    plainValueOf(identifier) {
      const [only, ...others] = definitionsAt(identifier);
      return only?.kind === 'value' && others.length === 0 && only.path.length === 0 && only.fallback === null ? only.value : null;
    },
    ownerOf,
    membersOf: (owner, name) => members.get(owner)?.get(name) ?? [],
    returnsOf: (node) => returns.get(node) ?? [],
    memberWritesOf,
  };
}

function parameterName(node: TSESTree.TSParameterProperty): string | null {
  const target = node.parameter.type === 'AssignmentPattern' ? node.parameter.left : node.parameter;
  return target.name;
}

/** The class or object literal whose `this` a node sees; constructor functions and prototypes share the file. */
function ownerOf(node: Node): Owner {
  for (let outer: Node | undefined = node; outer; outer = outer.parent) {
    if (outer.type === 'ClassBody') return outer.parent;
    const method = outer.type === 'FunctionExpression' ? outer.parent : null;
    if (method?.type === 'Property' && method.parent.type === 'ObjectExpression') return method.parent;
    if (isFunction(outer) && outer.type !== 'ArrowFunctionExpression' && method?.type !== 'MethodDefinition' && !isGivenThis(outer)) return 'file';
  }
  return 'file';
}

/** `f.bind(this)`, `rows.map(f, this)`, and what compilers make of async methods: `__awaiter(this, …, function* () {…})`. */
function isGivenThis(node: FunctionNode): boolean {
  const call = node.parent.type === 'MemberExpression' ? node.parent.parent : node.parent;
  return call.type === 'CallExpression' && call.arguments.some((argument) => argument.type === 'ThisExpression');
}

/** `a.b.c` as its root and the names after it; a computed name that cannot be read becomes `*`. */
export function memberPath(node: Node): { root: Node; path: string[] } | null {
  const path: string[] = [];
  let inner: Node = node;
  for (;;) {
    if (inner.type === 'MemberExpression') {
      path.unshift(propertyName(inner) ?? unreadable);
      inner = inner.object;
    } else if (inner.type === 'TSNonNullExpression' || inner.type === 'TSAsExpression' || inner.type === 'ChainExpression') {
      inner = inner.expression;
    } else {
      return { root: inner, path };
    }
  }
}

/** The text of the computed key of a pattern, `{ [SCENE]: scene }`; null where it is not constant. */
type TextOfKey = (key: Node) => string | null;

function define(variable: Variable, textOfKey: TextOfKey): readonly Definition[] {
  const found: Definition[] = [];
  for (const definition of variable.defs) {
    const { node, name } = definition;
    if (node.type === 'ImportSpecifier' || node.type === 'ImportDefaultSpecifier' || node.type === 'ImportNamespaceSpecifier' || node.type === 'TSImportEqualsDeclaration') {
      found.push({ kind: 'import', node });
    } else if (node.type === 'VariableDeclarator') {
      found.push(...declared(node, name, textOfKey));
    } else if (isFunction(node)) {
      if (node.type !== 'ArrowFunctionExpression' && node.id === name) found.push({ kind: 'declaration', node });
      else found.push(...(name.type === 'Identifier' ? parameters(node, name, textOfKey) : []));
    } else if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression' || node.type === 'TSEnumDeclaration') {
      found.push({ kind: 'declaration', node });
    } else {
      found.push({ kind: 'other', node });
    }
  }
  for (const reference of variable.references) {
    if (reference.isWrite() && !reference.init) found.push(...written(reference, textOfKey));
  }
  return found;
}

function declared(node: TSESTree.VariableDeclarator, name: Node, textOfKey: TextOfKey): Definition[] {
  const step = pathTo(node.id, name, textOfKey);
  if (!step) return [{ kind: 'other', node }];
  const { parent } = node.parent;
  if ((parent.type === 'ForOfStatement' || parent.type === 'ForInStatement') && parent.left === node.parent) {
    return [parent.type === 'ForOfStatement' ? { kind: 'element', node, of: parent.right, path: step.path } : { kind: 'other', node }];
  }
  if (!node.init) return [{ kind: 'nothing', node }];
  return [{ kind: 'value', node, value: node.init, ...step }];
}

function parameters(node: FunctionNode, name: TSESTree.Identifier, textOfKey: TextOfKey): Definition[] {
  for (const [index, parameter] of node.params.entries()) {
    const pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
    const rest = pattern.type === 'RestElement';
    const step = pathTo(rest ? pattern.argument : pattern, name, textOfKey);
    if (step) {
      return [{ kind: 'parameter', node: name, function: node, index, path: rest ? [unreadable, ...step.path] : step.path, fallback: step.fallback }];
    }
  }
  return [{ kind: 'other', node }];
}

function written(reference: TSESLint.Scope.Reference, textOfKey: TextOfKey): Definition[] {
  const { identifier, writeExpr } = reference;
  let assignment: Node | undefined = identifier.parent;
  while (assignment && assignment.type !== 'AssignmentExpression' && assignment.type !== 'UpdateExpression' && assignment.type !== 'ForOfStatement' && assignment.type !== 'ForInStatement') {
    assignment = assignment.parent;
  }
  if (assignment?.type === 'AssignmentExpression') {
    // `a += b` and `a ??= b` keep what was there: the whole assignment is the value.
    if (assignment.operator !== '=') return [{ kind: 'value', node: assignment, value: assignment, path: [], fallback: null }];
    const step = pathTo(assignment.left, identifier, textOfKey);
    if (step) return [{ kind: 'value', node: assignment, value: assignment.right, ...step }];
  }
  if (assignment?.type === 'ForOfStatement') return [{ kind: 'element', node: assignment, of: assignment.right, path: [] }];
  return [{ kind: 'other', node: writeExpr ?? identifier }];
}

/** The properties between a pattern and a name in it, and the default that stands for it. */
function pathTo(pattern: Node, name: Node, textOfKey: TextOfKey): { path: string[]; fallback: TSESTree.Expression | null } | null {
  if (pattern === name) return { path: [], fallback: null };
  switch (pattern.type) {
    case 'AssignmentPattern': {
      const inner = pathTo(pattern.left, name, textOfKey);
      // The default of a pattern, `({ force } = {})`, is one of the whole.
      return inner && { path: inner.path, fallback: inner.fallback ?? (pattern.left === name ? pattern.right : null) };
    }
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        const inner = pathTo(property.type === 'RestElement' ? property.argument : property.value, name, textOfKey);
        if (!inner) continue;
        // The rest of a pattern is the value itself, less what was named before it.
        if (property.type === 'RestElement') return inner;
        return { path: [propertyName(property) ?? textOfKey(property.key) ?? unreadable, ...inner.path], fallback: inner.fallback };
      }
      return null;
    case 'ArrayPattern':
      for (const [index, element] of pattern.elements.entries()) {
        if (!element) continue;
        const rest = element.type === 'RestElement';
        const inner = pathTo(rest ? element.argument : element, name, textOfKey);
        if (inner) return { path: [rest ? unreadable : String(index), ...inner.path], fallback: inner.fallback };
      }
      return null;
    default:
      return null;
  }
}
