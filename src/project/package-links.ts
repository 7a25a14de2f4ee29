import { walk, type Node, type SourceCode } from '../calls/syntax.js';
import type { LinkedNames } from '../facts/facts.js';
import type { DraftLinks } from './linker.js';
import type { ModuleGraph } from './module-graph.js';
import type { ParsedFiles } from './parsed-files.js';
import { passedOn, type NamesAt } from './passed-on.js';
import { codeEnding, type SourceTree } from './source-tree.js';

export interface PackageLinks {
  /** The files that import from other packages, themselves or by way of modules that pass their names on. */
  readonly dependents: readonly string[];
  /** What the packages of the project pass on of the others, by specifier. */
  readonly packages: Readonly<Record<string, LinkedNames>>;
}

/**
 * Links imports of packages that only their facts are known of: their texts may stand in another build, or nowhere.
 *
 * Not followed: what CommonJS passes on, `module.exports = require('@acme/storage')`.
 *
 * @param project `tree`: the files of this package; `parsed`: them, parsed on demand; `graph`: how they import one another,
 *   asked only where one of them passes on what it imports
 * @param packages what other packages give out, by specifier
 * @param links what is known of imports; added to
 * @returns who imports from them, and what is passed on
 */
export function linkPackages(
  project: { readonly tree: SourceTree; readonly parsed: ParsedFiles; readonly graph: () => ModuleGraph },
  packages: Readonly<Record<string, LinkedNames>>,
  links: DraftLinks,
): PackageLinks {
  const { tree, parsed } = project;
  const specifiers = Object.keys(packages);
  const dependents = new Set<string>();
  const given = new Map<string, LinkedNames>();
  let graph: ModuleGraph | null = null;
  const queue = tree.files.filter((file) => codeEnding.test(file) && specifiers.some((specifier) => tree.read(file)?.includes(specifier)));
  for (const file of queue) {
    const sourceCode = parsed.at(file);
    if ('message' in sourceCode) continue;
    const namesAt: NamesAt = (specifier) => packages[specifier] ?? given.get(graph?.resolve(file, specifier) ?? '') ?? null;
    for (const specifier of specifiersIn(sourceCode)) {
      const names = namesAt(specifier);
      if (!names) continue;
      (links[file] ??= {})[specifier] = { ...links[file][specifier], ...names };
      dependents.add(file);
    }
    const passed = passedOn(sourceCode, namesAt);
    if (Object.keys(passed).length === Object.keys(given.get(file) ?? {}).length) continue;
    given.set(file, passed);
    graph ??= project.graph();
    queue.push(...graph.importersOf(file));
  }
  return { dependents: [...dependents], packages: Object.fromEntries([...given].flatMap(([file, names]) => (graph?.specifiersOf(file) ?? []).map((specifier) => [specifier, names]))) };
}

/** What imports, re-exports, `require` and dynamic imports name. */
function specifiersIn(sourceCode: SourceCode): ReadonlySet<string> {
  const found = new Set<string>();
  walk(sourceCode.ast, sourceCode, (node) => {
    const source = sourceAt(node);
    if (source?.type === 'Literal' && typeof source.value === 'string') found.add(source.value);
  });
  return found;
}

function sourceAt(node: Node): Node | null {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ImportExpression':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return node.source;
    case 'CallExpression':
      return node.callee.type === 'Identifier' && node.callee.name === 'require' ? (node.arguments[0] ?? null) : null;
    default:
      return null;
  }
}
