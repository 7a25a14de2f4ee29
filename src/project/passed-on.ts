import type { TSESTree } from '@typescript-eslint/utils';

import type { SourceCode } from '../calls/syntax.js';
import type { LinkedNames } from '../facts/facts.js';

/** What a specifier gives a file; null where nothing is known of it. */
export type NamesAt = (specifier: string) => LinkedNames | null;

/** How a namespace of namespaces is still followed: two modules may each give out the other as a whole. */
const deepest = 3;

/**
 * What a module gives out of what it imports, without making anything of it: `export … from`, and imports that it exports.
 *
 * @param sourceCode the module
 * @param namesAt what its imports give it
 * @returns the names that it gives out, and the exports that they mean; `ns.putJson` where `ns` is a module as a whole
 */
export function passedOn({ ast }: SourceCode, namesAt: NamesAt): LinkedNames {
  const given: Record<string, readonly string[]> = {};
  const give = (names: LinkedNames | null, asked: string, as: string): void => {
    for (const [name, references] of Object.entries(names ?? {})) {
      if (asked === '*') {
        if (name.split('.').length < deepest) given[`${as}.${name}`] = references;
      } else if (name === asked || name.startsWith(`${asked}.`)) given[as + name.slice(asked.length)] = references;
    }
  };
  const imported = importedNames(ast);
  for (const statement of ast.body) {
    if (statement.type === 'ExportAllDeclaration') {
      const names = namesAt(statement.source.value);
      if (statement.exported) give(names, '*', nameOf(statement.exported));
      else for (const name of Object.keys(names ?? {})) if (name !== 'default') give(names, name, name);
    }
    if (statement.type !== 'ExportNamedDeclaration') continue;
    for (const { local, exported } of statement.specifiers) {
      const from = statement.source ? { specifier: statement.source.value, asked: nameOf(local) } : imported.get(nameOf(local));
      if (from) give(namesAt(from.specifier), from.asked, nameOf(exported));
    }
  }
  return given;
}

interface Imported {
  readonly specifier: string;
  readonly asked: string;
}

function importedNames({ body }: TSESTree.Program): ReadonlyMap<string, Imported> {
  return new Map(
    body.flatMap((statement) =>
      statement.type !== 'ImportDeclaration'
        ? []
        : statement.specifiers.map((one): [string, Imported] => {
            const asked = one.type === 'ImportSpecifier' ? nameOf(one.imported) : one.type === 'ImportDefaultSpecifier' ? 'default' : '*';
            return [one.local.name, { specifier: statement.source.value, asked }];
          }),
    ),
  );
}

const nameOf = (name: TSESTree.Identifier | TSESTree.StringLiteral): string => (name.type === 'Identifier' ? name.name : name.value);
