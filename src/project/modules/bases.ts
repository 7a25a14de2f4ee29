import type { ExportedName, ExportedNames } from './exported-names.js';
import { givenName } from './heritage.js';
import type { ModuleSyntax } from './module-syntax.js';

/** A class, interface or value, and what it is built on. */
export interface Heritage {
  /** As its module gives it out; its own name where the module keeps it to itself; `createStore()` for what a function returns. */
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'value';
  /** Those of the project. */
  readonly bases: readonly { readonly relation: 'extends' | 'implements'; readonly target: ExportedName }[];
}

export interface ClassGraph {
  /** The classes, interfaces and values of a module that are built on others of the project. */
  readonly heritageOf: (module: string) => readonly Heritage[];
  /** The classes of the project that implement or extend a class or interface, by way of others too. */
  readonly implementationsOf: (target: ExportedName) => readonly ExportedName[];
}

/**
 * @param graph `syntaxOf`: what a module says of others; `textOf`: its text; `reachedBy`: the files that seem to import it, by way
 *   of others too; `resolve`: the file that a specifier means; `names`: what modules give out
 * @returns how the classes of the project are built on one another
 */
export function classGraph({ syntaxOf, textOf, reachedBy, resolve, names }: {
  readonly syntaxOf: (module: string) => ModuleSyntax;
  readonly textOf: (module: string) => string;
  readonly reachedBy: (module: string) => readonly string[];
  readonly resolve: (importer: string, specifier: string) => string | null;
  readonly names: ExportedNames;
}): ClassGraph {
  /** What a name means in a file: something that it imports, or that it declares itself. */
  const meaningOf = (module: string, [first = '', ...members]: readonly string[]): ExportedName | null => {
    const { bindings, exports, types } = syntaxOf(module);
    const imported = bindings.get(first);
    if (!imported) return members.length === 0 && types.has(first) ? { module, name: givenName(first, exports) } : null;
    const from = resolve(module, imported.specifier);
    let found = from === null ? null : names.find(from, imported.asked);
    for (const member of members) found = found?.name === '*' ? names.find(found.module, member) : null;
    return found;
  };

  const heritageOf = (module: string): readonly Heritage[] =>
    syntaxOf(module).heritage.flatMap(({ name, kind, bases }) => {
      const found = bases.flatMap(({ relation, path }) => {
        const target = meaningOf(module, path);
        return target ? [{ relation, target }] : [];
      });
      return found.length > 0 ? [{ name, kind, bases: found }] : [];
    });

  const implementationsOf = (target: ExportedName): readonly ExportedName[] => {
    const classes: ExportedName[] = [];
    const seen = new Set<string>();
    const queue = [target];
    for (const base of queue) {
      for (const file of new Set([base.module, ...reachedBy(base.module)])) {
        if (!/\b(?:extends|implements)\b/.test(textOf(file))) continue;
        for (const { name, kind, bases } of heritageOf(file)) {
          const isHeir = bases.some((one) => one.target.module === base.module && one.target.name === base.name);
          if (!isHeir || seen.has(`${file}#${name}`)) continue;
          seen.add(`${file}#${name}`);
          queue.push({ module: file, name });
          if (kind === 'class') classes.push({ module: file, name });
        }
      }
    }
    return classes;
  };
  return { heritageOf, implementationsOf };
}
