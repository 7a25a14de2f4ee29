import { Node, SyntaxKind, type BinaryExpression, type CallExpression, type NewExpression, type PropertyAssignment, type ShorthandPropertyAssignment, type SourceFile } from 'ts-morph';

/** Where something is made, called or set, by the name that it goes by. */
export interface Sites {
  readonly news: readonly NewExpression[];
  readonly calls: ReadonlyMap<string, readonly CallExpression[]>;
  /** `x = …`, `a.x = …`, `a['x'] = …`: by `x`. */
  readonly assignments: ReadonlyMap<string, readonly BinaryExpression[]>;
  /** Properties of object literals. */
  readonly properties: ReadonlyMap<string, readonly (PropertyAssignment | ShorthandPropertyAssignment)[]>;
}

/**
 * @param sources the files
 * @returns an index of them, made in one walk
 */
export function sitesOf(sources: readonly SourceFile[]): Sites {
  const calls = new Map<string, CallExpression[]>();
  const assignments = new Map<string, BinaryExpression[]>();
  const properties = new Map<string, (PropertyAssignment | ShorthandPropertyAssignment)[]>();
  const news: NewExpression[] = [];
  for (const source of sources) {
    const aliases = aliasesOf(source);
    news.push(...source.getDescendantsOfKind(SyntaxKind.NewExpression));
    for (const call of source.getDescendantsOfKind(SyntaxKind.CallExpression)) {
      const name = lastNameOf(call.getExpression());
      if (name !== null) add(calls, aliases.get(name) ?? name, call);
    }
    for (const assignment of source.getDescendantsOfKind(SyntaxKind.BinaryExpression)) {
      if (assignment.getOperatorToken().getKind() !== SyntaxKind.EqualsToken) continue;
      const name = lastNameOf(assignment.getLeft());
      if (name !== null) add(assignments, name, assignment);
    }
    for (const kind of [SyntaxKind.PropertyAssignment, SyntaxKind.ShorthandPropertyAssignment] as const) {
      for (const property of source.getDescendantsOfKind(kind)) {
        const name = propertyNameOf(property);
        if (name !== null) add(properties, name, property);
      }
    }
  }
  return { news, calls, assignments, properties };
}

function add<T>(index: Map<string, T[]>, name: string, site: T): void {
  const known = index.get(name);
  if (known) known.push(site);
  else index.set(name, [site]);
}

/** What the file imports under a name of its own: a call by that name is a call of the exported one. */
function aliasesOf(source: SourceFile): ReadonlyMap<string, string> {
  return new Map(
    source.getImportDeclarations().flatMap((declaration) =>
      declaration.getNamedImports().flatMap((specifier): [string, string][] => {
        const alias = specifier.getAliasNode();
        return alias ? [[alias.getText(), specifier.getName()]] : [];
      }),
    ),
  );
}

/** `c` of `c`, `a.c`, `a['c']`. */
export function lastNameOf(node: Node): string | null {
  if (Node.isIdentifier(node)) return node.getText();
  if (Node.isPropertyAccessExpression(node)) return node.getName();
  if (Node.isElementAccessExpression(node)) {
    const argument = node.getArgumentExpression();
    return Node.isStringLiteral(argument) ? argument.getLiteralText() : null;
  }
  return null;
}

/** The name of a property, as far as it is written out. */
export function propertyNameOf(property: Node): string | null {
  if (!Node.hasName(property)) return null;
  const name = property.getNameNode();
  if (Node.isStringLiteral(name) || Node.isNoSubstitutionTemplateLiteral(name)) return name.getLiteralText();
  if (Node.isComputedPropertyName(name)) {
    const expression = name.getExpression();
    return Node.isStringLiteral(expression) ? expression.getLiteralText() : null;
  }
  return Node.isIdentifier(name) || Node.isNumericLiteral(name) ? name.getText() : null;
}
