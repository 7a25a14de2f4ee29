import type { ExportedName, ExportedNames } from './exported-names.js';
import { givenName } from './heritage.js';
import type { ModuleSyntax } from './module-syntax.js';

/** A class, interface or value, and what it is built on. */
export interface Heritage {
  /** As its module gives it out; its own name where the module keeps it to itself; `createStore()` for what a function returns. */
  readonly name: string;
  /** Those of the project. */
  readonly bases: readonly ExportedName[];
}

/**
 * @param graph `syntaxOf`: what a module says of others; `resolve`: the file that a specifier means; `names`: what modules give out
 * @returns what tells the classes, interfaces and values of a module that are built on others of the project
 */
export function heritageOver({ syntaxOf, resolve, names }: {
  readonly syntaxOf: (module: string) => ModuleSyntax;
  readonly resolve: (importer: string, specifier: string) => string | null;
  readonly names: ExportedNames;
}): (module: string) => readonly Heritage[] {
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

  return (module) =>
    syntaxOf(module)
      .heritage.map(({ name, bases }) => ({ name, bases: bases.map((path) => meaningOf(module, path)).filter((base) => base !== null) }))
      .filter(({ bases }) => bases.length > 0);
}
