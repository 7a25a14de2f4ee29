import type ts from 'typescript';

import { exportsIn, type ModuleExports } from './exports.js';
import { heritageIn, typesDeclaredIn, type DeclaredHeritage } from './heritage.js';
import { importsIn, type NamedImport } from './imports.js';
import type { TypeScript } from './type-script.js';

/** What a file says of other files, as it is written: nothing is resolved. */
export interface ModuleSyntax {
  /** What it imports to use. */
  readonly imports: readonly NamedImport[];
  readonly exports: ModuleExports;
  /** Its imports by the name they have in it, those included that it only passes on. */
  readonly bindings: ReadonlyMap<string, NamedImport>;
  readonly heritage: readonly DeclaredHeritage[];
  /** The classes, interfaces and types that it declares, by their own names. */
  readonly types: ReadonlySet<string>;
}

export const noSyntax: ModuleSyntax = { imports: [], exports: { names: new Map(), stars: [], whole: null }, bindings: new Map(), heritage: [], types: new Set() };

/**
 * @param typescript the parser
 * @param path the file: its ending says what language it is in
 * @param text its text
 * @returns what it imports, exports and inherits; of a file with mistakes, what the parser makes of it
 */
export function moduleSyntax(typescript: TypeScript, path: string, text: string): ModuleSyntax {
  const source = typescript.createSourceFile(
    path,
    text,
    { languageVersion: typescript.ScriptTarget.Latest, jsDocParsingMode: typescript.JSDocParsingMode.ParseNone },
    true,
    // Flow and JSX stand in .js files too.
    /\.[cm]?js$/.test(path) ? typescript.ScriptKind.JSX : undefined,
  );
  const found = importsIn(typescript, source);
  const bindings = new Map(found.flatMap((item) => (item.local === null ? [] : [[item.local, item] as const])));
  const { exports, passedOn } = exportsIn(typescript, source, found, bindings);
  return {
    imports: found.filter((item) => !isOnlyPassedOn(typescript, source, item, passedOn)).map(({ specifier, asked, local }) => ({ specifier, asked, local })),
    exports,
    bindings: new Map([...bindings].map(([name, { specifier, asked, local }]) => [name, { specifier, asked, local }])),
    heritage: heritageIn(typescript, source, exports),
    types: typesDeclaredIn(typescript, source),
  };
}

/** Whether an import serves a re-export and nothing else. */
function isOnlyPassedOn(typescript: TypeScript, source: ts.SourceFile, item: NamedImport & { readonly node: ts.Node }, passedOn: ReadonlySet<ts.Node>): boolean {
  if (passedOn.has(item.node)) return true;
  if (item.local === null || ![...passedOn].some((node) => typescript.isIdentifier(node) && node.text === item.local)) return false;
  let used = false;
  const visit = (node: ts.Node): void => {
    if (used || contains(item.node, node)) return;
    if (typescript.isIdentifier(node) && node.text === item.local && !passedOn.has(node) && !isNameOnly(typescript, node)) used = true;
    else typescript.forEachChild(node, visit);
  };
  visit(source);
  return !used;
}

const contains = (outer: ts.Node, inner: ts.Node): boolean => outer.pos <= inner.pos && inner.end <= outer.end;

/** Whether an identifier names a member or declares something, and so reads nothing. */
function isNameOnly(typescript: TypeScript, node: ts.Identifier): boolean {
  const { parent } = node;
  if (typescript.isBindingElement(parent)) return parent.initializer !== node;
  const isNamed = typescript.isPropertyAccessExpression(parent) || typescript.isPropertyAssignment(parent) || typescript.isVariableDeclaration(parent);
  return isNamed && parent.name === node;
}
