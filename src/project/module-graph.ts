import type { Warning } from '../facts/project-finding.js';
import { heritageOver, type Heritage } from './modules/bases.js';
import { doorsTo, type Doors } from './modules/doors.js';
import { exportedNames, type ExportedName } from './modules/exported-names.js';
import { moduleSyntax, noSyntax, type ModuleSyntax } from './modules/module-syntax.js';
import { packageSpecifiers } from './modules/package-specifiers.js';
import { resolution } from './modules/resolution.js';
import { specifiersIn, type Taking } from './modules/specifiers.js';
import { loadTypeScript } from './modules/type-script.js';
import { codeEnding, type SourceTree } from './source-tree.js';

export type { ExportedName };

/** An import, in a file, that leads to an exported name: directly or by way of re-exports. */
export interface Import {
  readonly importer: string;
  readonly specifier: string;
  /**
   * The name as asked for at that specifier: `putJson`, `default`, `*` for the module itself; `ns.putJson` where `ns` is a
   * namespace that is given out as a name (`export * as ns`).
   */
  readonly asked: string;
  /** For `*` the module that was asked, which need not be the one that declares what is used of it: see `exportsOf`. */
  readonly target: ExportedName;
}

/** Whether a file may have a use for the names by which it can import something. */
export type MayUse = (importer: string, names: readonly string[]) => boolean;

/** How the files of a project import one another. Paths are as in the tree. */
export interface ModuleGraph {
  /**
   * Every import that leads to one of some names that a module itself declares and exports, or to the module as a whole, by way
   * of barrels too. What a file only passes on is not listed; what it passes on and uses is. Sorted by importer. Only importers
   * of which `mayUse` is true are parsed.
   */
  readonly importsOf: (module: string, names: readonly string[], mayUse: MayUse) => readonly Import[];
  /** The file that a specifier means in an importer; null where it is a package from outside, or not found. */
  readonly resolve: (importer: string, specifier: string) => string | null;
  /** The names that a module gives out, its re-exports followed to where they are declared. What comes from outside is left out. */
  readonly exportsOf: (module: string) => ReadonlyMap<string, ExportedName>;
  /** One of these names, for less: only the modules on the way to it are parsed. */
  readonly exportOf: (module: string, name: string) => ExportedName | null;
  /**
   * The names by which packages of the workspace give out some names that modules declare, by specifier: `@acme/storage`,
   * `@acme/storage/sub`. This is what a dependent sees of them that has no source.
   */
  readonly packageExports: (names: readonly ExportedName[]) => ReadonlyMap<string, ReadonlyMap<string, ExportedName>>;
  /** The specifiers by which dependents import a module; none for most. */
  readonly specifiersOf: (module: string) => readonly string[];
  /** The classes, interfaces and values of a module that are built on others of the project. */
  readonly heritageOf: (module: string) => readonly Heritage[];
  /** The files that seem to import a module, whatever they ask of it. */
  readonly importersOf: (module: string) => readonly string[];
  /** Manifests and configs that are broken, as far as they were asked. */
  readonly warnings: () => readonly Warning[];
}

/**
 * Links the files of a project. All are searched for what they may import, which is cheap; only those that may matter to a
 * question are parsed, once.
 *
 * Not followed: imports in Vue, Svelte and Astro files and in JSDoc, specifiers that are computed, and names that a CommonJS
 * module gives itself in a loop.
 *
 * @param tree the project, whole: what it does not list cannot be reached
 * @returns the graph. Nothing is thrown for what the project holds
 */
export function moduleGraph(tree: SourceTree): ModuleGraph {
  const typescript = loadTypeScript();
  const warnings: Warning[] = [];
  const { resolve, packages, entryOf } = resolution(tree, typescript, (warning) => warnings.push(warning));

  const files = new Set(tree.files);
  const textOf = (module: string): string => (files.has(module) && codeEnding.test(module) ? (tree.read(module) ?? '') : '');
  const syntaxes = new Map<string, ModuleSyntax>();
  const syntaxOf = (module: string): ModuleSyntax => {
    const known = syntaxes.get(module);
    if (known) return known;
    const text = textOf(module);
    const syntax = text === '' ? noSyntax : moduleSyntax(typescript, module, text);
    syntaxes.set(module, syntax);
    return syntax;
  };
  const names = exportedNames({
    exportsOf: (module) => syntaxOf(module).exports,
    // Behind a barrel lie hundreds of files, and only a few have the name in them.
    mayGive: (module, name) => {
      const text = textOf(module);
      return syntaxes.has(module) || text.includes(name) || /\bexport\s*(?:type\s*)?\*|\bexports\b/.test(text);
    },
    resolve,
  });

  let reversed: ReadonlyMap<string, ReadonlyMap<string, Taking>> | null = null;
  /** The files that seem to import a file, and how. */
  const importersOf = (module: string): ReadonlyMap<string, Taking> => (reversed ??= importersByModule(tree, resolve)).get(module) ?? new Map<string, Taking>();
  /** Those of them whose text leaves it possible that they ask for one of the names. */
  const askersOf = (module: string, given: Iterable<string>): readonly string[] => {
    const words = wordsOf(given);
    return [...importersOf(module)].filter(([importer, taking]) => taking === 'as it likes' || syntaxes.has(importer) || words.test(textOf(importer))).map(([importer]) => importer);
  };

  const knownDoors = new Map<string, Doors>();
  const doorsOf = (module: string, names: readonly string[]): Doors => {
    const question = [module, ...names].join('\0');
    const known = knownDoors.get(question);
    if (known) return known;
    const found = doorsTo(module, names, {
      exportsOf: (other) => syntaxOf(other).exports,
      passersOn: (other, given) => askersOf(other, given).filter((importer) => passesOn.test(textOf(importer))),
      resolve,
    });
    knownDoors.set(question, found);
    return found;
  };

  const importsOf: ModuleGraph['importsOf'] = (module, asking, mayUse) => {
    const doors = doorsOf(module, asking);
    const importers = new Set([...doors].flatMap(([door, given]) => askersOf(door, given.keys()).filter((importer) => mayUse(importer, [...given.keys()]))));
    return [...importers].sort().flatMap((importer) =>
      distinct(
        syntaxOf(importer).imports.flatMap(({ specifier, asked }) => {
          const door = resolve(importer, specifier);
          const given = door === null ? undefined : doors.get(door);
          if (door === null || !given) return [];
          if (asked === '*') return [{ importer, specifier, asked, target: names.find(door, '*') ?? { module: door, name: '*' } }];
          return [...given].filter(([name]) => name === asked || name.startsWith(`${asked}.`)).map(([name, target]) => ({ importer, specifier, asked: name, target }));
        }),
      ),
    );
  };

  const specifiersOf = (module: string): readonly string[] => packageSpecifiers(module, packages.named, entryOf);
  const packageExports: ModuleGraph['packageExports'] = (asked) => {
    const found = new Map<string, Map<string, ExportedName>>();
    for (const module of new Set(asked.map((one) => one.module))) {
      for (const [door, given] of doorsOf(module, asked.filter((one) => one.module === module).map(({ name }) => name))) {
        for (const specifier of specifiersOf(door)) found.set(specifier, new Map([...(found.get(specifier) ?? []), ...given]));
      }
    }
    return new Map([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
  };

  return {
    importsOf,
    resolve,
    exportsOf: names.of,
    exportOf: names.find,
    packageExports,
    specifiersOf,
    importersOf: (module) => [...importersOf(module).keys()],
    heritageOf: heritageOver({ syntaxOf, resolve, names }),
    warnings: () => warnings,
  };
}

function importersByModule(tree: SourceTree, resolve: ModuleGraph['resolve']): ReadonlyMap<string, ReadonlyMap<string, Taking>> {
  const importers = new Map<string, Map<string, Taking>>();
  for (const importer of tree.files) {
    if (!codeEnding.test(importer)) continue;
    for (const [specifier, taking] of specifiersIn(tree.read(importer) ?? '')) {
      const module = resolve(importer, specifier);
      if (module === null) continue;
      const known = importers.get(module) ?? new Map<string, Taking>();
      importers.set(module, known);
      if (known.get(importer) !== 'as it likes') known.set(importer, taking);
    }
  }
  return importers;
}

/** What a file has to hold to give out what it imports: a list, all, a name by default, or CommonJS. What it declares is its own. */
const passesOn = /\bexport\s*(?:type\s*)?[{*=]|\bexport\s+(?:default|import)\b|\bexports\b/;

/** What a file has to hold to ask for one of these names by name. */
function wordsOf(names: Iterable<string>): RegExp {
  const heads = new Set([...names].map((name) => (name.split('.')[0] ?? '').replace(/[^\w]/g, '\\$&')));
  return heads.size === 0 ? /(?!)/ : new RegExp([...heads].join('|'));
}

function distinct(imports: readonly Import[]): readonly Import[] {
  return [...new Map(imports.map((item) => [`${item.specifier}\0${item.asked}`, item])).values()];
}
