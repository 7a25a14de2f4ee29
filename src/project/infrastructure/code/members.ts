import { Node, type ElementAccessExpression } from 'ts-morph';

import { fieldOf, staticOf } from './classes.js';
import { exportsOf } from './exports.js';
import { returnsOf } from './frames.js';
import type { Frame } from './frame.js';
import { placeKey } from './place.js';
import { nothing, type Value } from './value.js';
import type { World } from './world.js';

/**
 * @param target a value
 * @param name a property of it
 * @param world the files
 * @returns what the property may be
 */
export function membersOf(target: Value, name: string, world: World): readonly Value[] {
  const outside: readonly Value[] = [{ kind: 'member', of: target, name }];
  switch (target.kind) {
    case 'object': {
      const entry = target.entries.get(name);
      return entry ? entry.value() : target.whole ? [nothing] : outside;
    }
    case 'library':
      // Compiled code and interop wrap a package once more in `default`.
      return name === 'default' ? [target] : [{ ...target, path: [...target.path, name] }];
    case 'made':
      return fieldOf(target, name, world)?.flatMap((value) => got(value, name, world)) ?? outside;
    case 'class':
      return staticOf(target.node, name, world) ?? outside;
    case 'module':
      return exportsOf(target.source, name, world);
    // `props?.name`
    case 'nothing':
      return [nothing];
    default:
      return outside;
  }
}

/** A getter is run by looking at it. */
function got(value: Value, name: string, world: World): readonly Value[] {
  if (value.kind !== 'function' || !Node.isGetAccessorDeclaration(value.node) || value.node.getName() !== name) return [value];
  const run: Frame = { owner: value.node, key: `get ${value.key}`, outer: value.frame, arguments: { given: [], whole: true }, instance: null, depth: value.frame?.depth ?? 0 };
  return returnsOf(value.node).flatMap((node) => world.valuesOf(node, run));
}

/** `target['name']`, `list[0]`. */
export function elementOf(node: ElementAccessExpression, frame: Frame | null, world: World): readonly Value[] {
  const argument = node.getArgumentExpression();
  const targets = world.valuesOf(node.getExpression(), frame);
  const index = argument ? world.valuesOf(argument, frame) : [];
  const [only] = index;
  return targets.flatMap((target): readonly Value[] => {
    if (index.length === 1 && only?.kind === 'constant' && target.kind === 'list') return target.items[Number(only.value)]?.value() ?? [nothing];
    if (index.length === 1 && only?.kind === 'text' && only.pieces.every((piece) => typeof piece === 'string')) return membersOf(target, only.pieces.join(''), world);
    return [{ kind: 'unknown', key: placeKey({ node, frame }, world) }];
  });
}
