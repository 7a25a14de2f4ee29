import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, called, type Bindings, type Path } from './bindings.js';
import { entityOf, type Entity } from './entities.js';
import { implementationsOf } from './links.js';
import { calledFunctions } from './called-functions.js';
import { originsOf, type Origin } from './origins.js';
import { propertyName, type Node, type SourceCode } from './syntax.js';

/**
 * What the written type annotations of a file say of an expression: `s3: S3`, `{ client }: { client: S3 }`,
 * `constructor(private readonly s3: AWS.S3)`, `x as S3`. Syntax and scope only: no type checker is asked.
 */

interface Annotated {
  readonly type: TSESTree.TypeNode;
  /** Members still to be read from the type. */
  readonly path: Path;
}

const maximumDepth = 8;

/**
 * @param node an expression
 * @param sourceCode its file
 * @returns the names of other modules that its annotation stands for; none where it has no annotation
 */
export const annotatedAs = (node: Node, sourceCode: SourceCode): readonly Entity[] => annotatedOrigins(node, [], sourceCode).flatMap((origin) => entityOf(origin) ?? []);

/**
 * @param node an expression
 * @param path what is read from it
 * @param sourceCode its file
 * @returns what the names in its annotation stand for, and what is still to be read from that: `deps: { storage: Storage }`
 *   has the method `put` of the class at `storage.put`
 */
export function annotatedOrigins(node: Node, path: Path, sourceCode: SourceCode): readonly Origin[] {
  const [field, ...below] = path;
  // `@Inject() private storage: Storage;` has no value that could be followed.
  const ofThis = field === undefined ? null : fieldOf(node, field, bindingsOf(sourceCode));
  const annotated = ofThis ?? annotationOf(node, sourceCode, 0);
  return annotated ? namesIn(annotated.type, [...annotated.path, ...(ofThis ? below : path)], sourceCode, 0) : [];
}

function fieldOf(node: Node, name: string, bindings: Bindings): Annotated | null {
  if (node.type === 'ThisExpression') return ofField(bindings.ownerOf(node), name, bindings);
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression' ? ofField(node, name, bindings) : null;
}

function annotationOf(node: Node, sourceCode: SourceCode, depth: number): Annotated | null {
  if (depth > maximumDepth) return null;
  const bindings = bindingsOf(sourceCode);
  const again = (inner: Node): Annotated | null => annotationOf(inner, sourceCode, depth + 1);
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSTypeAssertion':
      return { type: node.typeAnnotation, path: [] };
    case 'AwaitExpression':
      return again(node.argument);
    case 'ChainExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
      return again(node.expression);
    case 'Identifier':
      return ofName(node, bindings, again);
    case 'MemberExpression': {
      const name = propertyName(node);
      if (name === null) return null;
      if (node.object.type === 'ThisExpression') return ofField(bindings.ownerOf(node.object), name, bindings);
      const object = again(node.object);
      return object && { type: object.type, path: [...object.path, name] };
    }
    case 'CallExpression': {
      const [run] = calledFunctions(node, null, sourceCode);
      return run?.returnType ? { type: run.returnType.typeAnnotation, path: [] } : null;
    }
    default:
      return null;
  }
}

function ofName(node: TSESTree.Identifier, bindings: Bindings, again: (node: Node) => Annotated | null): Annotated | null {
  const variable = bindings.variableOf(node);
  if (!variable) return null;
  for (const definition of bindings.definitionsOf(variable)) {
    if (definition.kind === 'parameter') {
      const parameter = definition.function.params[definition.index];
      const pattern = parameter?.type === 'TSParameterProperty' ? parameter.parameter : parameter;
      const target = pattern?.type === 'AssignmentPattern' ? pattern.left : pattern;
      if (target?.typeAnnotation) {
        return { type: target.typeAnnotation.typeAnnotation, path: definition.path };
      }
    }
    if (definition.kind === 'value' || definition.kind === 'nothing') {
      const declarator = definition.node;
      if (declarator.type === 'VariableDeclarator' && declarator.id.typeAnnotation) {
        return { type: declarator.id.typeAnnotation.typeAnnotation, path: definition.kind === 'value' ? definition.path : [] };
      }
    }
    if (definition.kind === 'value') {
      const value = again(definition.value);
      if (value) return { type: value.type, path: [...value.path, ...definition.path] };
    }
  }
  return null;
}

function ofField(owner: ReturnType<Bindings['ownerOf']>, name: string, bindings: Bindings): Annotated | null {
  if (owner === 'file' || owner.type === 'ObjectExpression') return null;
  for (const member of owner.body.body) {
    if (member.type === 'PropertyDefinition' && propertyName(member) === name && member.typeAnnotation) {
      return { type: member.typeAnnotation.typeAnnotation, path: [] };
    }
  }
  for (const { value } of bindings.membersOf(owner, name)) {
    const target = value.type === 'AssignmentPattern' ? value.left : value;
    if (target.type === 'Identifier' && target.typeAnnotation) return { type: target.typeAnnotation.typeAnnotation, path: [] };
  }
  return null;
}

/** Generic types that hold what they are given, as far as a client is concerned. */
const holders = new Set(['Promise', 'Awaited', 'NonNullable', 'Partial', 'Readonly', 'Required', 'InstanceType', 'Pick', 'Omit']);

function namesIn(type: TSESTree.TypeNode, path: Path, sourceCode: SourceCode, depth: number): readonly Origin[] {
  if (depth > maximumDepth) return [];
  const again = (inner: TSESTree.TypeNode, rest: Path = path): readonly Origin[] => namesIn(inner, rest, sourceCode, depth + 1);
  switch (type.type) {
    case 'TSUnionType':
    case 'TSIntersectionType':
      return type.types.flatMap((part) => again(part));
    case 'TSTypeOperator':
      return type.typeAnnotation ? again(type.typeAnnotation) : [];
    case 'TSTypeLiteral':
      return ofMembers(type.members, path, again);
    case 'TSImportType':
      return [{ node: type, frame: null, path: [...namesOf(type.qualifier), ...path] }];
    case 'TSTypeQuery':
      return type.exprName.type === 'TSImportType' ? [] : named(type.exprName, path, sourceCode, again);
    case 'TSTypeReference': {
      const { typeName, typeArguments } = type;
      const [held] = typeArguments?.params ?? [];
      if (typeName.type === 'Identifier' && held && holders.has(typeName.name)) return again(held);
      if (typeName.type === 'Identifier' && held && typeName.name === 'ReturnType') return again(held, [called, ...path]);
      return named(typeName, path, sourceCode, again);
    }
    default:
      return [];
  }
}

function named(
  name: TSESTree.EntityName,
  path: Path,
  sourceCode: SourceCode,
  again: (type: TSESTree.TypeNode, path?: Path) => readonly Origin[],
): readonly Origin[] {
  const names = namesOf(name);
  let root: Node = name;
  while (root.type === 'TSQualifiedName') root = root.left;
  const variable = bindingsOf(sourceCode).variableOf(root);
  const declaration = variable?.defs[0]?.node;
  if (declaration && isTypeDeclaration(declaration)) return ofDeclaration(declaration, path, sourceCode, again);
  return originsOf({ node: root, frame: null }, sourceCode).flatMap((origin): readonly Origin[] => {
    const rest = [...origin.path, ...names.slice(1), ...path];
    if (isTypeDeclaration(origin.node)) return ofDeclaration(origin.node, rest, sourceCode, again);
    if (rest[0] === called) return originsOf({ node: origin.node, frame: null }, sourceCode, rest);
    return [{ ...origin, path: rest }, ...(origin.node.type === 'ClassDeclaration' ? implementedBy(origin.node, rest, sourceCode) : [])];
  });
}

type TypeDeclaration = TSESTree.TSTypeAliasDeclaration | TSESTree.TSInterfaceDeclaration | TSESTree.TSTypeParameter;

const isTypeDeclaration = (node: Node): node is TypeDeclaration => node.type === 'TSTypeAliasDeclaration' || node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeParameter';

function ofDeclaration(declaration: TypeDeclaration, path: Path, sourceCode: SourceCode, again: (type: TSESTree.TypeNode, path?: Path) => readonly Origin[]): readonly Origin[] {
  if (declaration.type === 'TSInterfaceDeclaration') return [...ofMembers(declaration.body.body, path, again), ...implementedBy(declaration, path, sourceCode)];
  const type = declaration.type === 'TSTypeAliasDeclaration' ? declaration.typeAnnotation : declaration.constraint;
  return type ? again(type, path) : [];
}

/** What is read from an interface or a class to build on is read from what implements it. */
const implementedBy = (declaration: TSESTree.TSInterfaceDeclaration | TSESTree.ClassDeclaration, path: Path, sourceCode: SourceCode): readonly Origin[] =>
  implementationsOf(declaration, path, sourceCode).flatMap(({ node, path: rest }) => (rest[0] === called ? originsOf({ node, frame: null }, sourceCode, rest) : [{ node, frame: null, path: rest }]));

function ofMembers(
  members: readonly TSESTree.TypeElement[],
  path: Path,
  again: (type: TSESTree.TypeNode, path?: Path) => readonly Origin[],
): readonly Origin[] {
  const [name, ...below] = path;
  for (const member of members) {
    if (member.type === 'TSPropertySignature' && propertyName(member) === name && member.typeAnnotation) {
      return again(member.typeAnnotation.typeAnnotation, below);
    }
  }
  return [];
}

function namesOf(name: TSESTree.EntityName | null): string[] {
  if (!name) return [];
  if (name.type === 'TSQualifiedName') return [...namesOf(name.left), name.right.name];
  return name.type === 'Identifier' ? [name.name] : [];
}
