import type { ExportedName } from './exported-names.js';
import type { ModuleExports } from './exports.js';

/** Modules through which others reach a module, itself first: what each gives out of what that one declares. */
export type Doors = ReadonlyMap<string, ReadonlyMap<string, ExportedName>>;

/** How a namespace of namespaces is still followed: `a.b.c`. */
const deepest = 3;

/**
 * Follows re-exports against their direction, so that only the modules on the way are parsed and not all that a barrel lists.
 *
 * @param module where names are declared
 * @param names those of them that are asked for
 * @param graph `exportsOf`: what a module gives out, as it is written; `passersOn`: the modules that may give out names of a
 *   module; `resolve`: the file that a specifier means
 * @returns the doors, each with the names that it gives out for those of the module
 */
export function doorsTo(
  module: string,
  names: readonly string[],
  graph: {
    readonly exportsOf: (module: string) => ModuleExports;
    readonly passersOn: (module: string, names: Iterable<string>) => readonly string[];
    readonly resolve: (importer: string, specifier: string) => string | null;
  },
): Doors {
  const doors = new Map([[module, declaredBy(module, names, graph.exportsOf(module))]]);
  const queue = [module];
  for (const door of queue) {
    const given = doors.get(door) ?? new Map<string, ExportedName>();
    for (const next of graph.passersOn(door, given.keys())) {
      if (next === module) continue;
      const known = doors.get(next) ?? new Map<string, ExportedName>();
      const before = known.size;
      for (const [name, target] of passedOn(door, given, graph.exportsOf(next), (specifier) => graph.resolve(next, specifier))) {
        if (!known.has(name)) known.set(name, target);
      }
      if (known.size === before) continue;
      doors.set(next, known);
      queue.push(next);
    }
  }
  return doors;
}

function declaredBy(module: string, asked: readonly string[], { names, whole }: ModuleExports): Map<string, ExportedName> {
  const own = new Map([...names].flatMap(([name, { kind }]) => (kind === 'own' && asked.includes(name) ? [[name, { module, name }] as const] : [])));
  // What `module.exports` is, is what a default import of it answers.
  if (whole?.kind === 'own' && !names.has('default')) own.set('default', { module, name: '*' });
  return own;
}

/** What a module gives out of what a door gives it. */
function passedOn(door: string, given: ReadonlyMap<string, ExportedName>, { names, stars, whole }: ModuleExports, resolve: (specifier: string) => string | null): readonly (readonly [string, ExportedName])[] {
  const found: (readonly [string, ExportedName])[] = [];
  const namespace = (name: string): void => {
    found.push([name, { module: door, name: '*' }]);
    for (const [inner, target] of given) if (inner.split('.').length < deepest) found.push([`${name}.${inner}`, target]);
  };
  for (const [name, source] of names) {
    if (source.kind === 'own' || resolve(source.specifier) !== door) continue;
    if (source.asked === '*') namespace(name);
    else {
      for (const [inner, target] of given) {
        if (inner === source.asked || inner.startsWith(`${source.asked}.`)) found.push([name + inner.slice(source.asked.length), target]);
      }
    }
  }
  if (stars.some((specifier) => resolve(specifier) === door)) {
    for (const [name, target] of given) {
      const [head = ''] = name.split('.');
      if (head !== 'default' && !names.has(head)) found.push([name, target]);
    }
  }
  if (whole?.kind === 'from' && whole.asked === '*' && resolve(whole.specifier) === door && !names.has('default')) found.push(['default', { module: door, name: '*' }]);
  return found;
}
