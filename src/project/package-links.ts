import { walk, type Node } from '../calls/syntax.js';
import type { LinkedNames } from '../facts/facts.js';
import type { DraftLinks } from './linker.js';
import type { ParsedFiles } from './parsed-files.js';
import { codeEnding, type SourceTree } from './source-tree.js';

/**
 * Links imports of packages that only their facts are known of: their texts may stand in another build, or nowhere.
 *
 * @param tree the files of this package
 * @param parsed them, parsed on demand
 * @param packages what other packages give out, by specifier
 * @param links what is known of imports; added to
 * @returns the files that import from them
 */
export function linkPackages(tree: SourceTree, parsed: ParsedFiles, packages: Readonly<Record<string, LinkedNames>>, links: DraftLinks): readonly string[] {
  const specifiers = Object.keys(packages);
  return tree.files.filter((file) => {
    const text = codeEnding.test(file) ? tree.read(file) : null;
    if (text === null || !specifiers.some((specifier) => text.includes(specifier))) return false;
    const sourceCode = parsed.at(file);
    if ('message' in sourceCode) return false;
    const asked = new Set<string>();
    walk(sourceCode.ast, sourceCode, (node) => {
      const specifier = specifierAt(node);
      if (specifier !== null && packages[specifier]) asked.add(specifier);
    });
    for (const specifier of asked) (links[file] ??= {})[specifier] = { ...packages[specifier] };
    return asked.size > 0;
  });
}

/** What an import, a `require` or a dynamic import names. */
function specifierAt(node: Node): string | null {
  if (node.type === 'ImportDeclaration') return node.source.value;
  const source = node.type === 'ImportExpression' ? node.source : node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'require' ? node.arguments[0] : null;
  return source?.type === 'Literal' && typeof source.value === 'string' ? source.value : null;
}
