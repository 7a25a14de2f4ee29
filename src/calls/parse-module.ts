import { createRequire } from 'node:module';

import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { LinkedModule } from './linked-source.js';
import type { Node } from './syntax.js';

/** A parser as a host has it: `@typescript-eslint/parser`, `espree`, or another that makes ESTree. */
export interface Parser {
  readonly parseForESLint?: (text: string, options: object) => { readonly ast: unknown; readonly scopeManager?: unknown; readonly visitorKeys?: unknown };
  readonly parse?: (text: string, options: object) => unknown;
}

/** Where the next module begins. Owner: this module. No file is so long that it would come to the first of them. */
let nextOffset = 1 << 30;

/**
 * @param path the module's path, relative to the root of the project
 * @param text its text
 * @param parser the host's own, so that both sides of an import are the same kind of tree
 * @param visitorKeys the keys of child nodes, by type
 * @returns the module with parents set and all ranges moved behind those of every other; null where it does not parse
 */
export function parseModule(path: string, text: string, parser: Parser, visitorKeys: Readonly<Record<string, readonly string[] | undefined>>): LinkedModule | null {
  const parsed = parse(path, text, parser);
  if (!parsed) return null;
  const offset = nextOffset;
  nextOffset += text.length + 1;
  adopt(parsed.ast, offset, visitorKeys);
  return { path, text, offset, ast: parsed.ast, scopes: parsed.scopeManager.scopes };
}

function parse(path: string, text: string, parser: Parser): { readonly ast: TSESTree.Program; readonly scopeManager: Pick<TSESLint.Scope.ScopeManager, 'scopes'> } | null {
  const options = { ecmaVersion: 'latest', sourceType: 'module', range: true, loc: true, ecmaFeatures: { jsx: !/\.[mc]?ts$/.test(path) }, filePath: path };
  try {
    const given = parser.parseForESLint?.(text, options) ?? { ast: parser.parse?.(text, options) };
    const ast = given.ast as TSESTree.Program;
    return { ast, scopeManager: ('scopeManager' in given && given.scopeManager ? given.scopeManager : scopesOf(ast)) as Pick<TSESLint.Scope.ScopeManager, 'scopes'> };
  } catch {
    // TypeScript under a parser of JavaScript: what the module does stays unknown.
    return null;
  }
}

/** For parsers that leave the scopes to their host; loaded when there is one. */
function scopesOf(ast: TSESTree.Program): unknown {
  const { analyze } = createRequire(import.meta.url)('@typescript-eslint/scope-manager') as typeof import('@typescript-eslint/scope-manager');
  return analyze(ast, { sourceType: 'module' });
}

/** Sets the parents of a tree, as a host does before its rules run, and moves its ranges. */
export function adopt(program: TSESTree.Program, offset: number, visitorKeys: Readonly<Record<string, readonly string[] | undefined>>): void {
  const pending: Node[] = [program];
  for (let node = pending.pop(); node; node = pending.pop()) {
    node.range = [node.range[0] + offset, node.range[1] + offset];
    for (const key of visitorKeys[node.type] ?? []) {
      const value = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[key];
      for (const child of Array.isArray(value) ? value : [value]) {
        if (!child) continue;
        (child as { parent?: Node }).parent = node;
        pending.push(child);
      }
    }
  }
}
