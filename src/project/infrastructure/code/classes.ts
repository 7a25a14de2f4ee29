import { Node, SyntaxKind, type CallExpression, type ConstructorDeclaration, type NewExpression } from 'ts-morph';

import { argumentAt, type Frame } from './frame.js';
import { classFrame, constructorArguments, constructorFrame, ownerOf, sameInstance, someFrame } from './frames.js';
import { propertyNameOf } from './sites.js';
import type { ClassNode, Library, Made, Value } from './value.js';
import type { World } from './world.js';

export const isClass = (node: Node): node is ClassNode => Node.isClassDeclaration(node) || Node.isClassExpression(node);

/** The constructor that has a body. */
export const constructorOf = (node: ClassNode): ConstructorDeclaration | null => node.getConstructors().find((one) => one.getBody()) ?? null;

export const superCallOf = (node: ClassNode): CallExpression | null =>
  constructorOf(node)
    ?.getDescendantsOfKind(SyntaxKind.CallExpression)
    .find((call) => call.getExpression().getKind() === SyntaxKind.SuperKeyword) ?? null;

interface Ancestry {
  readonly classes: readonly ClassNode[];
  readonly base: Library | null;
}

/** A class, the classes that it extends, and the class of a library below them. */
function ancestryOf(node: ClassNode, world: World, seen: readonly ClassNode[] = []): Ancestry {
  const parent = node.getExtends()?.getExpression();
  const classes = [...seen, node];
  const [value, ...others] = parent ? world.valuesOf(parent, someOwner(parent, world)) : [];
  if (value?.kind === 'library' && others.length === 0) return { classes, base: value };
  if (value?.kind === 'class' && others.length === 0 && !classes.includes(value.node)) return ancestryOf(value.node, world, classes);
  return { classes, base: null };
}

function someOwner(node: Node, world: World): Frame | null {
  const owner = ownerOf(node);
  return owner && someFrame(owner, world);
}

/** What `new X(…)` gives. */
export function madeBy(node: NewExpression, frame: Frame | null, world: World): readonly Made[] {
  const key = `new ${world.id(node)}@${frame?.key ?? ''}`;
  return world.valuesOf(node.getExpression(), frame).map((made): Made => {
    const ancestry = made.kind === 'class' ? ancestryOf(made.node, world) : { classes: [], base: made.kind === 'library' ? made : null };
    return { kind: 'made', key, node, frame, ...ancestry };
  });
}

/** The `new` expressions that make an instance of a class, or of one that extends it. */
function newsOf(node: ClassNode, world: World): readonly NewExpression[] {
  if (world.instances.size === 0) {
    // Not empty any more, even where no class of the files is made.
    world.instances.set(node, []);
    for (const made of world.sites.news) {
      const frame = someOwner(made, world);
      for (const { classes } of madeBy(made, frame, world)) for (const one of classes) world.instances.set(one, [...(world.instances.get(one) ?? []), made]);
    }
  }
  return world.instances.get(node) ?? [];
}

/** All instances of a class that the files make. */
export const instancesOf = (node: ClassNode, world: World): readonly Made[] =>
  newsOf(node, world).flatMap((made) => world.framesAround(made).flatMap((frame) => madeBy(made, frame, world).filter(({ classes }) => classes.includes(node))));

/**
 * @param instance a construct
 * @param name a property of it
 * @param world the files
 * @returns what its classes set it to; null where none of them does
 */
export function fieldOf(instance: Made, name: string, world: World): readonly Value[] | null {
  for (const node of instance.classes) {
    const values = ownFieldOf(instance, node, name, world);
    if (values) return values;
  }
  return null;
}

function ownFieldOf(instance: Made, node: ClassNode, name: string, world: World): readonly Value[] | null {
  const values: Value[] = [];
  for (const member of node.getInstanceMembers()) {
    if (Node.isSetAccessorDeclaration(member) || member.getName() !== name) continue;
    if (Node.isParameterDeclaration(member)) {
      const index = constructorOf(node)?.getParameters().indexOf(member) ?? -1;
      values.push(...argumentAt(constructorArguments(instance, instance.classes.indexOf(node), world), index, () => ({ kind: 'unknown', key: `${instance.key}.${name}` })));
    } else if (Node.isMethodDeclaration(member) || Node.isGetAccessorDeclaration(member)) {
      const frame = classFrame(instance, node, world);
      const method: Value = { kind: 'function', key: `${world.id(member)}@${frame.key}`, node: member, frame };
      return [method];
    } else {
      const initializer = member.getInitializer();
      if (initializer) values.push(...world.valuesOf(initializer, classFrame(instance, node, world)));
    }
  }
  values.push(...assignedTo(instance, node, name, world));
  return values.length > 0 ? values : null;
}

/** `this.name = …` in a class. */
function assignedTo(instance: Made, node: ClassNode, name: string, world: World): readonly Value[] {
  return (world.sites.assignments.get(name) ?? []).flatMap((assignment) => {
    const left = assignment.getLeft();
    const target = Node.isPropertyAccessExpression(left) || Node.isElementAccessExpression(left) ? left.getExpression() : null;
    if (!target || !Node.isThisExpression(target) || assignment.getFirstAncestor(isClass) !== node) return [];
    const frames = ownerOf(assignment) === constructorOf(node) ? [constructorFrame(instance, node, world)] : world.framesAround(assignment).filter((frame) => sameInstance(frame, instance));
    return frames.flatMap((frame) => world.valuesOf(assignment.getRight(), frame));
  });
}

/** What a static property of a class holds; null where the class declares none of that name. */
export function staticOf(node: ClassNode, name: string, world: World): readonly Value[] | null {
  for (const member of node.getStaticMembers()) {
    if (propertyNameOf(member) !== name) continue;
    if (Node.isMethodDeclaration(member)) return [{ kind: 'function', key: String(world.id(member)), node: member, frame: null }];
    const initializer = Node.isPropertyDeclaration(member) ? member.getInitializer() : undefined;
    return initializer ? world.valuesOf(initializer, null) : null;
  }
  const parent = node.getExtends()?.getExpression();
  return parent ? world.valuesOf(parent, someOwner(parent, world)).map((value) => (value.kind === 'library' ? { ...value, path: [...value.path, name] } : { kind: 'member', of: value, name })) : null;
}
