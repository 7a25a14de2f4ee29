import { exportedName, type Facts, type ModuleFact } from '../facts/facts.js';
import { textOfModule } from '../facts/module-text.js';
import { linkedSource, type LinkedModule, type Links } from './linked-source.js';
import { parseModule, type Parser } from './parse-module.js';
import { getOrMake } from './per-file.js';
import type { SourceCode } from './syntax.js';

/** A file as it was linked last, and what it was linked to. */
interface LastLinked {
  readonly modules: readonly LinkedModule[];
  /** What imports mean, and which writes are unique, as text. */
  readonly told: string;
  readonly sourceCode: SourceCode;
}

/** Files by their AST: what is worked out of one holds as long as it is linked to the same. Owner: this module. */
const lastLinked = new WeakMap<object, LastLinked>();

/**
 * @param path a file, relative to the root of the project
 * @param sourceCode the file
 * @param facts what is known of the project
 * @param parser what reads the modules
 * @returns the file with all that it imports of S3 behind it; the file itself where facts tell nothing of it
 */
export function linkedFile(path: string, sourceCode: SourceCode, facts: Pick<Facts, 'modules' | 'links'>, parser: Parser): SourceCode {
  const links = linksFrom(path, facts, { parser, visitorKeys: sourceCode.visitorKeys });
  if (!links) return sourceCode;
  const modules = [...links.modules.values()];
  const told = JSON.stringify([path, [path, ...links.modules.keys()].map((importer) => facts.links[importer]), [...links.fresh]]);
  const last = lastLinked.get(sourceCode.ast);
  if (last?.told === told && last.modules.length === modules.length && last.modules.every((module, at) => module === modules[at])) return last.sourceCode;
  const linked = linkedSource(sourceCode, path, links);
  lastLinked.set(sourceCode.ast, { modules, told, sourceCode: linked });
  return linked;
}

/** What reads modules: the host's parser, and the keys of child nodes of its trees. */
interface ModuleParser {
  readonly parser: Parser;
  readonly visitorKeys: Readonly<Record<string, readonly string[] | undefined>>;
}

/** Modules by what they show and the parser that read them. Owner: this module; they live as long as both. */
const parsedModules = new WeakMap<ModuleFact['code'], WeakMap<object, { readonly module: LinkedModule | null }>>();

/**
 * @param path a file
 * @param facts what is known of the project
 * @param by what reads the modules
 * @returns the modules that can be reached from the file, and what is known of its callers; null where there is nothing
 */
function linksFrom(path: string, facts: Pick<Facts, 'modules' | 'links'>, by: ModuleParser): Links | null {
  const modules = new Map<string, LinkedModule>();
  const pending = [path];
  for (let importer = pending.pop(); importer !== undefined; importer = pending.pop()) {
    for (const names of Object.values(facts.links[importer] ?? {})) {
      for (const reference of Object.values(names).flat()) {
        const { module } = exportedName(reference);
        const fact = facts.modules[module];
        if (module === path || !fact || modules.has(module)) continue;
        const parsed = parsedModule(module, fact, by);
        if (!parsed) continue;
        modules.set(module, parsed);
        pending.push(module);
      }
    }
  }
  const fresh = new Map(Object.entries(facts.modules[path]?.fresh ?? {}));
  if (modules.size === 0 && fresh.size === 0) return null;
  return { modules, exportsAt: (importer, specifier, asked) => (facts.links[importer]?.[specifier]?.[asked] ?? []).map(exportedName), fresh };
}

function parsedModule(path: string, fact: ModuleFact, { parser, visitorKeys }: ModuleParser): LinkedModule | null {
  const ofFact = getOrMake(parsedModules, fact.code, () => new WeakMap<object, { readonly module: LinkedModule | null }>());
  return getOrMake(ofFact, parser, () => ({ module: parseModule(path, textOfModule(fact.code), parser, visitorKeys) })).module;
}
