import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { ExportedName, FreshBy } from '../facts/facts.js';
import type { Node, SourceCode } from './syntax.js';

/**
 * A file and what it imports, as one text to the analysis.
 *
 * Whoever asks where a value comes from, what a call runs or who calls a function need not know that files end: an
 * import leads on into the module that it names. The modules stand behind the file, each at positions of its own, so
 * that the order and the nesting of nodes can be compared as within one file.
 */

/** A module that others import, parsed once and shared by all of them. */
export interface LinkedModule {
  /** Relative to the root of the project. */
  readonly path: string;
  readonly text: string;
  /** Where its text begins: all its ranges are moved by that much. */
  readonly offset: number;
  readonly ast: TSESTree.Program;
  readonly scopes: readonly TSESLint.Scope.Scope[];
}

/** What a file is linked to. */
export interface Links {
  readonly modules: ReadonlyMap<string, LinkedModule>;
  /**
   * @param importer the path of the module that imports
   * @param specifier as it is written
   * @param asked the name of the export; `*` is the module as a whole
   * @returns what it means, more than one for an interface with several implementations
   */
  readonly exportsAt: (importer: string, specifier: string, asked: string) => readonly ExportedName[];
  /** Writes of the file itself, and calls of it that lead to one, whose every known caller brings about a fresh key, by line and column: `12:5`. */
  readonly fresh: ReadonlyMap<string, FreshBy>;
}

interface Linked {
  readonly links: Links;
  /** The path of the file that is looked at. */
  readonly path: string;
  readonly own: TSESTree.Program;
}

/** What a file is linked to, by the AST of the whole. Owner: this module; lives as long as the file's AST. */
const linked = new WeakMap<object, Linked>();

/** Which module a program is. Owner: this module; lives as long as the module's AST. */
const moduleOfProgram = new WeakMap<object, LinkedModule>();

/**
 * @param sourceCode a file
 * @param path its path, relative to the root of the project
 * @param links what it is linked to; its modules are all that can be reached from it
 * @returns the file with its modules behind it: the same nodes, tokens and comments, and a longer program
 */
export function linkedSource(sourceCode: SourceCode, path: string, links: Links): SourceCode {
  const modules = [...links.modules.values()];
  const ast = { ...sourceCode.ast, body: [...sourceCode.ast.body, ...modules.flatMap((module) => module.ast.body)] };
  for (const module of modules) moduleOfProgram.set(module.ast, module);
  linked.set(ast, { links, path, own: sourceCode.ast });
  const { scopeManager } = sourceCode;
  const scopes = [...(scopeManager?.scopes ?? []), ...modules.flatMap((module) => module.scopes)];
  const value = (it: unknown): PropertyDescriptor => ({ value: it });
  return Object.create(sourceCode, {
    ast: value(ast),
    scopeManager: value(Object.create(scopeManager, { scopes: value(scopes) })),
    // Of the modules only text is asked; tokens and comments are those of the file.
    getText: value((node?: Node, ...around: number[]): string => {
      if (!node) return sourceCode.getText();
      const module = modules.find(({ offset, text }) => node.range[0] >= offset && node.range[1] <= offset + text.length);
      return module ? module.text.slice(node.range[0] - module.offset, node.range[1] - module.offset) : sourceCode.getText(node, ...around);
    }),
    getScope: value((node: Node) => sourceCode.getScope(node)),
  }) as SourceCode;
}

/** The links of a file; null where it stands alone. */
export const linksOf = (sourceCode: SourceCode): Links | null => linked.get(sourceCode.ast)?.links ?? null;

/** Whether a node stands in the file itself, and not in a module that it imports. */
export function isOwn(node: Pick<Node, 'range'>, sourceCode: SourceCode): boolean {
  const own = linked.get(sourceCode.ast)?.own;
  return own === undefined || node.range[1] <= own.range[1];
}

/**
 * @param node a write of the file, or a call of it that leads to one
 * @param sourceCode the file
 * @returns what everybody who calls it makes its key fresh by; null where somebody gives any key, or nobody is known to call it
 */
export function freshByCallers({ loc, range }: Pick<Node, 'loc' | 'range'>, sourceCode: SourceCode): FreshBy | null {
  if (!isOwn({ range }, sourceCode)) return null;
  return linksOf(sourceCode)?.fresh.get(`${String(loc.start.line)}:${String(loc.start.column + 1)}`) ?? null;
}

/** Whether everybody who calls a write of the file, or a call of it that leads to one, gives it a key of its own. */
export const isUniqueByCallers = (node: Pick<Node, 'loc' | 'range'>, sourceCode: SourceCode): boolean => freshByCallers(node, sourceCode) === 'unique';

/** The path of the module that a node stands in; null in the file itself, or where it stands alone. */
export const modulePathOf = (node: Node): string | null => moduleOfProgram.get(programOf(node))?.path ?? null;

/** The same for a file that is linked, whose own path is known too. */
export const pathOf = (node: Node, sourceCode: SourceCode): string | null => modulePathOf(node) ?? linked.get(sourceCode.ast)?.path ?? null;

function programOf(node: Node): Node {
  let outer = node;
  while (outer.parent) outer = outer.parent;
  return outer;
}
