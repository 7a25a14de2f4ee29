import { Node, SyntaxKind, type BindingElement, type ParameterDeclaration, type VariableDeclaration } from 'ts-morph';

import type { Frame } from './frame.js';
import { frameOf } from './frames.js';
import { declarationOf } from './scope.js';
import { distinct, nothing, type ObjectValue, type Value } from './value.js';
import type { World } from './world.js';

/** `name = …` after the declaration. */
export function laterValues(declaration: VariableDeclaration | BindingElement | ParameterDeclaration, frame: Frame | null, world: World): readonly Value[] {
  const list = Node.isVariableDeclaration(declaration) ? declaration.getParent() : undefined;
  if (Node.isVariableDeclarationList(list) && list.getDeclarationKind() === 'const') return [];
  return (world.sites.assignments.get(declaration.getName()) ?? []).flatMap((assignment) => {
    const left = assignment.getLeft();
    if (!Node.isIdentifier(left) || declarationOf(left) !== declaration) return [];
    return world.valuesOf(assignment.getRight(), frameOf(assignment, frame, world));
  });
}

/** `name.property = …` after `const name = { … }`: it may have run, or not yet. */
export function withLaterEntries(value: ObjectValue, declaration: VariableDeclaration | BindingElement | ParameterDeclaration, frame: Frame | null, world: World): ObjectValue {
  if (!Node.isVariableDeclaration(declaration) || declaration.getInitializer() !== value.node) return value;
  const entries = new Map(value.entries);
  for (const { left, right } of entriesSetOn(declaration)) {
    const name = Node.isPropertyAccessExpression(left) ? left.getName() : elementName(left);
    if (name === null) continue;
    const before = entries.get(name);
    entries.set(name, { node: right, value: () => distinct([...(before?.value() ?? [nothing]), ...world.valuesOf(right, frameOf(right, frame, world))]) });
  }
  return { ...value, entries };
}

const elementName = (left: Node): string | null => {
  const argument = Node.isElementAccessExpression(left) ? left.getArgumentExpression() : undefined;
  return Node.isStringLiteral(argument) ? argument.getLiteralText() : null;
};

interface SetEntry {
  readonly left: Node;
  readonly right: Node;
}

/** Owner: this module; lives as long as the declaration's file. */
const setEntries = new WeakMap<Node, readonly SetEntry[]>();

function entriesSetOn(declaration: VariableDeclaration): readonly SetEntry[] {
  const known = setEntries.get(declaration);
  if (known) return known;
  const name = declaration.getName();
  const scope = declaration.getFirstAncestor((node) => Node.isBlock(node) || Node.isSourceFile(node));
  const found = (scope?.getDescendantsOfKind(SyntaxKind.BinaryExpression) ?? []).flatMap((assignment): SetEntry[] => {
    const left = assignment.getLeft();
    if (assignment.getOperatorToken().getKind() !== SyntaxKind.EqualsToken) return [];
    if (!Node.isPropertyAccessExpression(left) && !Node.isElementAccessExpression(left)) return [];
    const target = left.getExpression();
    return Node.isIdentifier(target) && target.getText() === name && declarationOf(target) === declaration ? [{ left, right: assignment.getRight() }] : [];
  });
  setEntries.set(declaration, found);
  return found;
}
