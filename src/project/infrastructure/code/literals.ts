import { Node, type ArrayLiteralExpression, type ObjectLiteralExpression } from 'ts-morph';

import type { Frame } from './frame.js';
import { membersOf } from './members.js';
import { placeKey } from './place.js';
import { propertyNameOf } from './sites.js';
import { distinct, nothing, type Entry, type Lazy, type ListValue, type ObjectValue, type Value } from './value.js';
import type { World } from './world.js';

/** `{ … }`: later properties and spreads replace earlier ones. */
export function objectOf(node: ObjectLiteralExpression, frame: Frame | null, world: World): ObjectValue {
  let entries = new Map<string, Entry>();
  let whole = true;
  for (const property of node.getProperties()) {
    if (Node.isSpreadAssignment(property)) {
      const spread = world.valuesOf(property.getExpression(), frame);
      entries = withSpread(entries, spread, property, world);
      whole &&= spread.every(isWhole);
      continue;
    }
    const name = propertyNameOf(property);
    if (name === null) whole = false;
    else if (Node.isPropertyAssignment(property)) {
      const initializer = property.getInitializerOrThrow();
      entries.set(name, { node: property, value: () => world.valuesOf(initializer, frame) });
    } else if (Node.isShorthandPropertyAssignment(property)) {
      entries.set(name, { node: property, value: () => world.valuesOf(property.getNameNode(), frame) });
    } else {
      const value: Value = Node.isMethodDeclaration(property)
        ? { kind: 'function', key: placeKey({ node: property, frame }, world), node: property, frame }
        : { kind: 'unknown', key: placeKey({ node: property, frame }, world) };
      entries.set(name, { node: property, value: () => [value] });
    }
  }
  return { kind: 'object', key: placeKey({ node, frame }, world), node, entries, whole };
}

/** Whether all that a value adds to an object, when it is spread there, is known. */
const isWhole = (value: Value): boolean => (value.kind === 'object' ? value.whole : value.kind === 'nothing' || value.kind === 'constant');

/** What is spread over them replaces entries; where it is not known, it may. */
function withSpread(entries: ReadonlyMap<string, Entry>, spread: readonly Value[], node: Node, world: World): Map<string, Entry> {
  const names = new Set([...entries.keys(), ...spread.flatMap((value) => (value.kind === 'object' ? [...value.entries.keys()] : []))]);
  return new Map(
    [...names].map((name): [string, Entry] => {
      const before = entries.get(name);
      const at = spread.flatMap((value) => (value.kind === 'object' ? (value.entries.get(name)?.node ?? []) : []))[0];
      // A dozen of spreads that may be there or not are thousands of ways to what stands before them: it is asked for once.
      const value = once(() => {
        const left = once(() => before?.value() ?? [nothing]);
        return distinct(
          spread.flatMap((one): readonly Value[] => {
            const own = one.kind === 'object' ? one.entries.get(name)?.value() : undefined;
            if (own) return own;
            return isWhole(one) ? left() : [...left(), ...membersOf(one, name, world)];
          }),
        );
      });
      return [name, { node: at ?? before?.node ?? node, value }];
    }),
  );
}

function once(value: Lazy): Lazy {
  let known: readonly Value[] | null = null;
  return () => (known ??= value());
}

/** `[ … ]`. */
export function listOf(node: ArrayLiteralExpression, frame: Frame | null, world: World): ListValue {
  const items: Entry[] = [];
  let whole = true;
  for (const element of node.getElements()) {
    if (!Node.isSpreadElement(element)) {
      items.push({ node: element, value: () => world.valuesOf(element, frame) });
      continue;
    }
    const [spread, ...others] = world.valuesOf(element.getExpression(), frame);
    if (spread?.kind === 'list' && others.length === 0) {
      items.push(...spread.items);
      whole &&= spread.whole;
    } else whole = false;
  }
  return { kind: 'list', key: placeKey({ node, frame }, world), items, whole };
}
