import { Node, type BindingElement, type Identifier, type ParameterDeclaration, type VariableDeclaration } from 'ts-morph';

import { exportsOf, moduleOf } from './exports.js';
import type { Frame } from './frame.js';
import { frameOf, parameterAt } from './frames.js';
import { laterValues, withLaterEntries } from './later-values.js';
import { membersOf } from './members.js';
import { placeKey } from './place.js';
import { declarationOf, type Declaration } from './scope.js';
import { distinct, nothing, type Value } from './value.js';
import type { World } from './world.js';

/** What a name may stand for where it is used. */
export function namedValues(node: Identifier, frame: Frame | null, world: World): readonly Value[] {
  const name = node.getText();
  const declaration = declarationOf(node);
  if (!declaration) {
    const module = world.globals.get(name);
    if (module !== undefined) return [{ kind: 'library', module, path: [] }];
    return [name === 'undefined' ? nothing : { kind: 'unknown', key: `global ${name}` }];
  }
  return identifierValues(node, frame, world);
}

/** What a declared name may stand for. */
export function identifierValues(node: Identifier, frame: Frame | null, world: World): readonly Value[] {
  const declaration = declarationOf(node);
  if (!declaration || 'other' in declaration) return [{ kind: 'unknown', key: placeKey({ node, frame }, world) }];
  if ('specifier' in declaration) {
    const module = moduleOf(declaration.specifier, node.getSourceFile(), world);
    if (module.kind === 'module') return exportsOf(module.source, declaration.imported, world);
    return declaration.imported === '*' ? [module] : membersOf(module, declaration.imported, world);
  }
  return declaredValues(declaration, frame, world);
}

/**
 * @param declaration what declares a name in the files
 * @param frame a frame from which the name is seen
 * @param world the files
 * @returns what the name may stand for
 */
export function declaredValues(declaration: Exclude<Declaration, { readonly specifier: string } | { readonly other: Node }>, frame: Frame | null, world: World): readonly Value[] {
  const own = frameOf(declaration, frame, world);
  if (Node.isClassDeclaration(declaration)) return [{ kind: 'class', key: String(world.id(declaration)), node: declaration }];
  if (Node.isFunctionDeclaration(declaration)) return [{ kind: 'function', key: placeKey({ node: declaration, frame: own }, world), node: declaration, frame: own }];
  if (Node.isImportEqualsDeclaration(declaration)) {
    const reference = declaration.getModuleReference();
    const specifier = Node.isExternalModuleReference(reference) ? reference.getExpression() : undefined;
    return Node.isStringLiteral(specifier) ? [moduleOf(specifier.getLiteralText(), declaration.getSourceFile(), world)] : [{ kind: 'unknown', key: placeKey({ node: declaration, frame: own }, world) }];
  }
  const values = [...heldValues(declaration, own, world), ...laterValues(declaration, own, world)];
  return distinct(values.map((value) => (value.kind === 'object' ? withLaterEntries(value, declaration, own, world) : value)));
}

/** What a declaration itself gives its name. */
function heldValues(declaration: VariableDeclaration | BindingElement | ParameterDeclaration, frame: Frame | null, world: World): readonly Value[] {
  const key = placeKey({ node: declaration, frame }, world);
  const unknown: readonly Value[] = [{ kind: 'unknown', key }];
  if (Node.isVariableDeclaration(declaration)) {
    const loop = declaration.getParent().getParent();
    if (Node.isForOfStatement(loop)) return world.valuesOf(loop.getExpression(), frame).flatMap((list) => (list.kind === 'list' && list.whole ? list.items.flatMap(({ value }) => value()) : unknown));
    const initializer = declaration.getInitializer();
    if (initializer) return world.valuesOf(initializer, frame);
    return Node.isForInStatement(loop) ? unknown : [];
  }
  if (Node.isParameterDeclaration(declaration)) {
    const given = declaration.isRestParameter() ? unknown : parameterAt(frame, indexOf(declaration), String(world.id(declaration)));
    return withDefault(given, declaration.getInitializer(), frame, world);
  }
  const pattern = declaration.getParent();
  const holder = pattern.getParent();
  const targets = Node.isVariableDeclaration(holder) || Node.isParameterDeclaration(holder) || Node.isBindingElement(holder) ? heldValues(holder, frame, world) : unknown;
  if (declaration.getDotDotDotToken()) return unknown;
  const given = targets.flatMap((target): readonly Value[] => {
    if (Node.isObjectBindingPattern(pattern)) return membersOf(target, declaration.getPropertyNameNode()?.getText() ?? declaration.getName(), world);
    const item = target.kind === 'list' ? target.items[pattern.getElements().indexOf(declaration)] : undefined;
    return item ? item.value() : unknown;
  });
  return withDefault(given, declaration.getInitializer(), frame, world);
}

const indexOf = (parameter: ParameterDeclaration): number => {
  const owner = parameter.getParentOrThrow();
  return Node.isParametered(owner) ? owner.getParameters().indexOf(parameter) : -1;
};

/** A default takes the place of what was left out; where that is not known, it may. */
function withDefault(given: readonly Value[], initializer: Node | undefined, frame: Frame | null, world: World): readonly Value[] {
  if (!initializer) return given;
  const there = given.filter(({ kind }) => kind !== 'nothing');
  const open = there.length < given.length || there.some(({ kind }) => kind === 'unknown' || kind === 'member');
  return open ? [...there, ...world.valuesOf(initializer, frame)] : there;
}
