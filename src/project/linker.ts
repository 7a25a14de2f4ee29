import { callsClient } from '../calls/gate.js';
import { getOrMake } from '../calls/per-file.js';
import { exportedName, itself, type LinkedNames } from '../facts/facts.js';
import { byPath } from './by-path.js';
import type { ExportedName, MayUse, ModuleGraph } from './module-graph.js';
import type { NeededName } from './needed-names.js';

/** What imports mean, as it is being found out: by importer, specifier and the name that is asked for. */
export type DraftLinks = Record<string, Record<string, Record<string, readonly string[]>>>;

export interface Linker {
  /** Notes who imports the names that a module shows; of its classes, who calls one of the methods. */
  readonly show: (module: string, names: readonly string[], methods: readonly string[]) => void;
  /** Notes who imports the names of a module that lend an S3 client, and uses it or hands it on. */
  readonly lend: (module: string, names: readonly string[]) => void;
  /** Notes what a file needs of others, and adds that to what is wanted of them. */
  readonly need: (file: string, needs: readonly NeededName[], wanted: Map<string, Set<string>>) => void;
  /** The files that have more to read now: importers that learnt something, and modules of which more is wanted. */
  readonly changed: () => readonly string[];
  /** What the packages of the project give out of all that was shown. */
  readonly packages: () => Readonly<Record<string, LinkedNames>>;
}

/**
 * @param links what is known of imports; added to
 * @param graph how the files of the project import one another
 * @param textOf the text of a file
 * @returns what adds to it
 */
export function linkerOf(links: DraftLinks, graph: ModuleGraph, textOf: (file: string) => string): Linker {
  let changed = new Set<string>();
  /** What each exported name means to those who import it. */
  const meanings = new Map<string, ExportedName[]>();
  const mean = ({ module, name }: ExportedName, meant: ExportedName): void => {
    const before = meanings.get(`${module}#${name}`) ?? [];
    if (!before.some((other) => other.module === meant.module && other.name === meant.name)) meanings.set(`${module}#${name}`, [...before, meant]);
  };

  /** Who needs names of a module: they learn what it needs in turn. */
  const needers = new Map<string, Set<string>>();
  const learn = (file: string): void => {
    if (changed.has(file)) return;
    changed.add(file);
    for (const needer of needers.get(file) ?? []) learn(needer);
  };

  const note = (importer: string, specifier: string, asked: string, meant: readonly ExportedName[]): void => {
    const names = ((links[importer] ??= {})[specifier] ??= {});
    const before = names[asked] ?? [];
    const after = [...new Set([...before, ...meant.map(referenceTo)])].sort(byPath);
    if (after.length === before.length) return;
    names[asked] = after;
    learn(importer);
  };

  const showNames = (module: string, names: readonly string[], mayCall: MayUse): void => {
    for (const name of names) mean({ module, name }, { module, name });
    for (const { importer, specifier, asked, target } of graph.importsOf(module, names, mayCall)) {
      if (names.includes(target.name)) note(importer, specifier, asked, [target]);
      if (target.name !== '*') continue;
      // A module as a whole, or a barrel before it: its names are asked of it one by one.
      for (const [name, meant] of graph.exportsOf(target.module)) if (meant.module === module && names.includes(meant.name)) note(importer, specifier, name, [meant]);
    }
  };

  /** Who is given an interface is given one of its implementations. */
  const showImplementations = (module: string, names: readonly string[], mayCall: MayUse): void => {
    for (const { name, bases } of graph.heritageOf(module)) {
      if (!names.includes(name.replace(/\(\)$/, ''))) continue;
      for (const base of bases) {
        mean(base, { module, name });
        // Others may know the interface by what has one: `interface Deps { store: Store }`.
        if (base.module !== module) note(base.module, itself, base.name, [{ module, name }]);
        for (const { importer, specifier, asked, target } of graph.importsOf(base.module, [base.name], (other, given) => mayCall(other, given) && annotatedWith(given).test(textOf(other)))) {
          if (target.name === base.name) note(importer, specifier, asked, [{ module, name }]);
        }
      }
    }
  };

  return {
    show(module, names, methods) {
      const uses = usersOf(methods);
      const mayCall: MayUse = (importer, given) => importer !== module && (methods.length === 0 || uses(given).test(textOf(importer)));
      showNames(module, names, mayCall);
      showImplementations(module, names, mayCall);
    },
    lend(module, names) {
      if (names.length === 0) return;
      const given = names.filter((name) => /^\w+$/.test(name) && name !== 'default');
      const handsOn = new RegExp(`^(?:export|module\\.exports|const|let|var)\\b.*\\b(?:${given.join('|')})\\b`, 'm');
      const mayCall: MayUse = (importer) => importer !== module && (callsClient(textOf(importer)) || (given.length > 0 && handsOn.test(textOf(importer))));
      showNames(module, names, mayCall);
    },
    need(file, needs, wanted) {
      for (const { specifier, name, member } of needs) {
        const resolved = graph.resolve(file, specifier);
        if (resolved === null || resolved === file) continue;
        // A name that a barrel hands on from outside stands in the barrel itself.
        const meant = graph.exportOf(resolved, name) ?? { module: resolved, name };
        note(file, specifier, name, [meant]);
        needers.set(meant.module, (needers.get(meant.module) ?? new Set<string>()).add(file));
        const names = wanted.get(meant.module) ?? new Set<string>();
        const before = names.size;
        wanted.set(meant.module, names.add(meant.name).add(member === null ? meant.name : `${meant.name}.${member}`));
        if (names.size > before) learn(meant.module);
      }
    },
    changed() {
      const files = [...changed].sort(byPath);
      changed = new Set();
      return files;
    },
    packages() {
      const given = graph.packageExports([...meanings.keys()].map(exportedName));
      return sorted([...given].map(([specifier, names]) => [specifier, sorted([...names].map(([name, target]) => [name, (meanings.get(referenceTo(target)) ?? []).map(referenceTo).sort(byPath)]))]));
    },
  };
}

/**
 * What shows that a file has a use for classes that it imports: it calls one of the methods, makes one, builds on it, or has it
 * in a field or type that others see. Who only names the type of a class hands none on.
 *
 * @param methods those that lead to S3
 * @returns what to look for, by the names of the classes
 */
const usersOf = (methods: readonly string[]): ByNames =>
  byNames((local) => {
    const calls = `\\.\\s*(?:${methods.map(escaped).join('|')})\\b`;
    return `${calls}|\\b${local} as\\b|\\b(?:new|extends)\\s+(?:[\\w$]+\\.)*${local}\\b|\\b(?:protected|public)\\b[^;{}\\n]*\\b${local}\\b|\\b(?:interface|type)\\s+\\w[^;]*:\\s*${local}\\b`;
  });

/**
 * What shows that a file may be given something of a type that it imports: the type stands in an annotation. Who builds a class
 * on it, or a function or object of its own, is one of those that are given.
 */
const annotatedWith: ByNames = byNames((local) => {
  const own = '(?!(?:<[^=\\n]*>)?\\s*=\\s*(?:async\\b|\\(|function\\b|\\{|[\\w$]+\\s*=>))';
  return `\\b${local} as\\b|(?:[:<|&=([]|\\b(?:as|is|satisfies|readonly)\\b|<[^<>]*,)\\s*(?:[\\w$]+\\.)*${local}\\b${own}`;
});

/** What to look for in a text that knows something by one of these names. */
type ByNames = (names: readonly string[]) => RegExp;

/** A default may be called anything. */
function byNames(pattern: (local: string) => string): ByNames {
  const known = new Map<string, RegExp>();
  return (names) => getOrMake(known, names.join('|'), () => new RegExp(pattern(names.includes('default') ? '[A-Z]\\w*' : `(?:${names.map((name) => escaped(name.split('.').at(-1) ?? name)).join('|')})`)));
}

const escaped = (name: string): string => name.replace(/[^\w#]/g, '\\$&');

const referenceTo = ({ module, name }: ExportedName): string => `${module}#${name}`;

/** Without what is empty, in order. */
const sorted = <Value extends object>(entries: readonly (readonly [string, Value])[]): Record<string, Value> =>
  Object.fromEntries(entries.filter(([, value]) => (Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0)).sort(([one], [other]) => byPath(one, other)));
