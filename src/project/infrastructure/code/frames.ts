import { Node, SyntaxKind, type CallExpression, type NewExpression } from 'ts-morph';

import { constructorOf, isClass, superCallOf } from './classes.js';
import { argumentAt, unseenArguments, type Arguments, type Frame } from './frame.js';
import { keyOf, type ClassNode, type Entry, type FunctionNode, type FunctionValue, type Lazy, type Made, type Value } from './value.js';
import type { World } from './world.js';

/** How many runs of one function are told apart: more than that stay one, of which nothing is known. */
export const maximumFrames = 24;

/** How many calls deep a run is told apart. */
const maximumDepth = 8;

export const isFunction = (node: Node): node is FunctionNode =>
  Node.isFunctionDeclaration(node) || Node.isFunctionExpression(node) || Node.isArrowFunction(node) || Node.isMethodDeclaration(node) || Node.isGetAccessorDeclaration(node);

/**
 * @param node a place in the code
 * @returns the function or constructor that it is run by, or the class whose field it sets; null for the file itself
 */
export function ownerOf(node: Node): Node | null {
  for (let parent = node.getParent(); parent; parent = parent.getParent()) {
    if (isFunction(parent) || Node.isConstructorDeclaration(parent) || Node.isSetAccessorDeclaration(parent)) return parent;
    if (Node.isPropertyDeclaration(parent) && !parent.isStatic()) return parent.getParent();
  }
  return null;
}

/** The owner around an owner: a method stands in its class, for the sake of `this`. */
export function ownerAround(owner: Node): Node | null {
  const parent = owner.getParent();
  if (parent && isClass(parent) && !isClass(owner) && !(Node.isStaticable(owner) && owner.isStatic())) return parent;
  return ownerOf(owner);
}

/** A run, or an instance, of which nothing is known. */
export function someFrame(owner: Node, world: World): Frame {
  const around = ownerAround(owner);
  return isClass(owner) ? classFrame(someInstance(owner, world), owner, world) : frameIn(owner, around ? someFrame(around, world) : null, world);
}

/** A run of a function in a known frame, called from who knows where. */
export function frameIn(owner: Node, outer: Frame | null, world: World): Frame {
  return { owner, key: `${world.id(owner)}(${outer?.key ?? ''})`, outer, arguments: unseenArguments, instance: null, depth: outer?.depth ?? 0 };
}

export const someInstance = (node: ClassNode, world: World): Made => ({ kind: 'made', key: `some ${world.id(node)}`, node: null, frame: null, classes: [node], base: null });

/**
 * @param node what is run
 * @param frame a frame of a place inside its owner, or of the owner itself
 * @param world the files
 * @returns the frame of the function that the node stands in
 */
export function frameOf(node: Node, frame: Frame | null, world: World): Frame | null {
  const owner = ownerOf(node);
  if (!owner) return null;
  for (let outer = frame; outer; outer = outer.outer) if (outer.owner === owner) return outer;
  return someFrame(owner, world);
}

/** What `this` is. */
export function instanceIn(frame: Frame | null): Made | null {
  for (let outer = frame; outer; outer = outer.outer) if (outer.instance) return outer.instance;
  return null;
}

export function argumentsOf(call: CallExpression | NewExpression, frame: Frame | null, world: World): Arguments {
  const given: Lazy[] = [];
  for (const argument of call.getArguments()) {
    if (Node.isSpreadElement(argument)) return { given, whole: false };
    given.push(() => world.valuesOf(argument, frame));
  }
  return { given, whole: true };
}

/** The run of a function that a call starts. */
export function calledFrame(called: FunctionValue, call: CallExpression, caller: Frame | null, world: World): Frame {
  return runFrame(called, `${world.id(call)}@${caller?.key ?? ''}`, argumentsOf(call, caller, world), caller, world);
}

/** The runs that `list.map(one => …)` starts: one for each item that is known. */
export const itemFrames = (called: FunctionValue, items: readonly Entry[], call: CallExpression, caller: Frame | null, world: World): readonly Frame[] =>
  items.slice(0, maximumFrames).map((item, index) => runFrame(called, `${world.id(call)}[${index}]@${caller?.key ?? ''}`, { given: [item.value], whole: false }, caller, world));

/** The run that `output.apply(one => …)` starts. */
export const appliedFrame = (called: FunctionValue, value: Lazy, call: CallExpression, caller: Frame | null, world: World): Frame =>
  runFrame(called, `${world.id(call)}@${caller?.key ?? ''}`, { given: [value], whole: true }, caller, world);

function runFrame(called: FunctionValue, key: string, values: Arguments, caller: Frame | null, world: World): Frame {
  const depth = 1 + Math.max(caller?.depth ?? 0, called.frame?.depth ?? 0);
  if (depth > maximumDepth) return frameIn(called.node, called.frame, world);
  return { owner: called.node, key: `${world.id(called.node)}<${key}>(${called.frame?.key ?? ''})`, outer: called.frame, arguments: values, instance: null, depth };
}

/** An instance, as one of its classes sees it. */
export function classFrame(instance: Made, node: ClassNode, world: World): Frame {
  const around = ownerOf(node);
  const outer = around ? someFrame(around, world) : null;
  return { owner: node, key: `${world.id(node)}:${instance.key}`, outer, arguments: unseenArguments, instance, depth: 1 + (instance.frame?.depth ?? 0) };
}

/** The run of the constructor of one of an instance's classes; null where the class has none of its own. */
export function constructorFrame(instance: Made, node: ClassNode, world: World): Frame | null {
  const body = constructorOf(node);
  if (!body) return null;
  const outer = classFrame(instance, node, world);
  return { owner: body, key: `${world.id(body)}(${outer.key})`, outer, arguments: constructorArguments(instance, instance.classes.indexOf(node), world), instance: null, depth: outer.depth };
}

/**
 * @param instance a construct
 * @param index which of its classes, the most derived first; one past the last is the class of the library below them
 * @param world the files
 * @returns what the constructor of that class is handed: by `new`, or by `super` in the class above it
 */
export function constructorArguments(instance: Made, index: number, world: World): Arguments {
  if (!instance.node) return unseenArguments;
  const derived = instance.classes[index - 1];
  if (!derived) return argumentsOf(instance.node, instance.frame, world);
  const frame = constructorFrame(instance, derived, world);
  if (!frame) return constructorArguments(instance, index - 1, world);
  const call = superCallOf(derived);
  return call ? argumentsOf(call, frame, world) : unseenArguments;
}

/** The expressions that a function may return. */
export function returnsOf(node: FunctionNode): readonly Node[] {
  const body = node.getBody();
  if (!body) return [];
  if (!Node.isBlock(body)) return [body];
  return body.getDescendantsOfKind(SyntaxKind.ReturnStatement).flatMap((statement) => (ownerOf(statement) === node ? (statement.getExpression() ?? []) : []));
}

/** What a parameter of a run is handed. */
export function parameterAt(frame: Frame | null, index: number, key: string): readonly Value[] {
  const unknown: Value = { kind: 'unknown', key: `parameter ${key}@${frame?.key ?? ''}` };
  return frame ? argumentAt(frame.arguments, index, () => unknown) : [unknown];
}

export const sameInstance = (frame: Frame | null, instance: Made): boolean => {
  const own = instanceIn(frame);
  return own !== null && keyOf(own) === keyOf(instance);
};
