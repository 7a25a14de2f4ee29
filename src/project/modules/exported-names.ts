import type { ModuleExports } from './exports.js';

/** A name that a module gives out: `default`, a named export, or `*` for the module itself (namespace import, CommonJS whole). */
export interface ExportedName {
  readonly module: string;
  readonly name: string;
}

export interface ExportedNames {
  /** Where a name of a module is declared (`ns.putJson` by way of a namespace); null where the module has no such name, or has it from outside the project. */
  readonly find: (module: string, name: string) => ExportedName | null;
  /** All names of a module, those of namespaces that it gives out included: `ns.putJson`. */
  readonly of: (module: string) => ReadonlyMap<string, ExportedName>;
}

/**
 * Follows re-exports to where names are declared, as ECMAScript does: a module's own names hide those of `export *`, and a
 * name that two of them disagree about is none (https://tc39.es/ecma262/#sec-resolveexport).
 *
 * @param graph `exportsOf`: what a module gives out, as it is written; `mayGive`: whether it is worth asking for a name;
 *   `resolve`: the file that a specifier means
 * @returns the names; circular re-exports end where they began
 */
export function exportedNames({ exportsOf, mayGive, resolve }: {
  readonly exportsOf: (module: string) => ModuleExports;
  readonly mayGive: (module: string, name: string) => boolean;
  readonly resolve: (importer: string, specifier: string) => string | null;
}): ExportedNames {
  const follow = (module: string, name: string, seen: Set<string>): ExportedName | null => {
    const question = `${module}\0${name}`;
    if (seen.has(question)) return null;
    seen.add(question);
    const { names, stars, whole } = exportsOf(module);
    const further = ({ specifier, asked }: { readonly specifier: string; readonly asked: string }): ExportedName | null => {
      const target = resolve(module, specifier);
      return target === null ? null : follow(target, asked, seen);
    };

    if (name === '*') return whole?.kind === 'from' ? further(whole) : { module, name };
    const given = names.get(name);
    if (given) return given.kind === 'own' ? { module, name } : further(given);
    // What `module.exports` is, is what a default import of it answers.
    if (name === 'default') return whole ? follow(module, '*', seen) : null;
    const found = stars
      .map((specifier) => resolve(module, specifier))
      .map((target) => (target !== null && mayGive(target, name) ? follow(target, name, seen) : null))
      .filter((answer) => answer !== null);
    const [first] = found;
    return first && found.every((other) => other.module === first.module && other.name === first.name) ? first : null;
  };

  /** Every name that a module may have. */
  const spelled = (module: string, seen: Set<string>): readonly string[] => {
    if (seen.has(module)) return [];
    seen.add(module);
    const { names, stars, whole } = exportsOf(module);
    const starred = stars.flatMap((specifier) => {
      const target = resolve(module, specifier);
      return target === null ? [] : spelled(target, seen).filter((name) => name !== 'default');
    });
    return [...names.keys(), ...(whole ? ['default'] : []), ...starred];
  };

  const list = (module: string, outer: readonly string[]): ReadonlyMap<string, ExportedName> => {
    const found = new Map<string, ExportedName>();
    for (const name of new Set(spelled(module, new Set()))) {
      const target = follow(module, name, new Set());
      if (!target) continue;
      found.set(name, target);
      if (target.name !== '*' || target.module === module || outer.includes(target.module)) continue;
      for (const [inner, declared] of list(target.module, [...outer, module])) found.set(`${name}.${inner}`, declared);
    }
    return found;
  };

  const find = (module: string, name: string): ExportedName | null => {
    let found: ExportedName | null = { module, name: '*' };
    for (const part of name.split('.')) found = found?.name === '*' ? follow(found.module, part, new Set()) : null;
    return found;
  };

  const known = new Map<string, ReadonlyMap<string, ExportedName>>();
  return {
    find,
    of: (module) => {
      let names = known.get(module);
      if (!names) known.set(module, (names = list(module, [])));
      return names;
    },
  };
}
