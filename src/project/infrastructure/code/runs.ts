import { Node } from 'ts-morph';

import { instancesOf, isClass } from './classes.js';
import type { Frame } from './frame.js';
import { appliedFrame, calledFrame, classFrame, constructorFrame, frameIn, isFunction, itemFrames, maximumFrames, ownerAround, someFrame } from './frames.js';
import { propertyNameOf } from './sites.js';
import type { FunctionNode, FunctionValue } from './value.js';
import type { World } from './world.js';

/**
 * @param owner a function, a constructor or a class
 * @param world the files
 * @returns its runs, as far as the files show who calls it or makes it; one of which nothing is known where they show none
 */
export function framesOf(owner: Node, world: World): readonly Frame[] {
  const known = world.frames.get(owner);
  if (known) return known;
  const some = someFrame(owner, world);
  // What calls itself is not unrolled.
  world.frames.set(owner, [some]);
  const found = new Map(findFrames(owner, world).map((frame) => [frame.key, frame]));
  const frames = found.size === 0 || found.size > maximumFrames ? [some] : [...found.values()];
  world.frames.set(owner, frames);
  return frames;
}

function findFrames(owner: Node, world: World): readonly Frame[] {
  if (isClass(owner)) return instancesOf(owner, world).map((instance) => classFrame(instance, owner, world));
  if (Node.isConstructorDeclaration(owner)) return instancesOf(owner.getParent(), world).flatMap((instance) => constructorFrame(instance, owner.getParent(), world) ?? []);
  if (!isFunction(owner)) return [];
  const called = Node.isGetAccessorDeclaration(owner) ? [] : namedCalls(owner, world);
  if (called.length > 0) return called;
  const around = ownerAround(owner);
  const outers = around ? framesOf(around, world) : [null];
  return outers.flatMap((outer) => callbackFrames(owner, outer, world) ?? [frameIn(owner, outer, world)]);
}

/** The runs that the calls by the function's own name start. */
function namedCalls(owner: FunctionNode, world: World): readonly Frame[] {
  const name = nameOf(owner);
  if (name === null) return [];
  return (world.sites.calls.get(name) ?? []).flatMap((call) =>
    world.framesAround(call).flatMap((frame) =>
      world.valuesOf(call.getExpression(), frame).flatMap((value) => (value.kind === 'function' && value.node === owner ? [calledFrame(value, call, frame, world)] : [])),
    ),
  );
}

function nameOf(owner: FunctionNode): string | null {
  if (Node.isMethodDeclaration(owner)) return propertyNameOf(owner);
  if (Node.isFunctionDeclaration(owner)) return owner.getName() ?? null;
  const parent = owner.getParent();
  if (Node.isVariableDeclaration(parent)) return parent.getName();
  return Node.isPropertyAssignment(parent) || Node.isPropertyDeclaration(parent) ? propertyNameOf(parent) : null;
}

const itemMethods: ReadonlySet<string> = new Set(['map', 'forEach', 'flatMap', 'filter', 'some', 'every', 'find']);

/** The runs of a function that is written as an argument: `list.forEach((item) => …)`. Null where its caller is not known. */
function callbackFrames(owner: FunctionNode, outer: Frame | null, world: World): readonly Frame[] | null {
  const call = owner.getParent();
  if (!Node.isCallExpression(call) || Node.isMethodDeclaration(owner) || Node.isGetAccessorDeclaration(owner)) return null;
  const callee = call.getExpression();
  if (!Node.isPropertyAccessExpression(callee) || call.getArguments()[0] !== owner) return null;
  const called: FunctionValue = { kind: 'function', key: `${world.id(owner)}@${outer?.key ?? ''}`, node: owner, frame: outer };
  if (callee.getName() === 'apply') return [appliedFrame(called, () => world.valuesOf(callee.getExpression(), outer), call, outer, world)];
  if (!itemMethods.has(callee.getName())) return null;
  const lists = world.valuesOf(callee.getExpression(), outer);
  return lists.every((list) => list.kind === 'list' && list.whole) ? lists.flatMap((list) => (list.kind === 'list' ? itemFrames(called, list.items, call, outer, world) : [])) : null;
}
