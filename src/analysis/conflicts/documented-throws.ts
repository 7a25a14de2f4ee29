import { callersOf } from '../../calls/callers.js';
import { enclosingFunction, isFunction, propertyName, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';

const maximumHeight = 3;

/**
 * @param node a place in a function
 * @param sourceCode the file
 * @returns whether the JSDoc of a function around it, or of one that calls it, says what it throws
 */
export function isThrownByContract(node: Node, sourceCode: SourceCode, height = 0): boolean {
  for (let owner = enclosingFunction(node); owner; owner = enclosingFunction(owner)) {
    if (saysThrows(owner, sourceCode)) return true;
    if (height < maximumHeight && callersOf(owner, sourceCode).some((call) => isThrownByContract(call, sourceCode, height + 1))) return true;
  }
  return false;
}

/** `@throws` in the JSDoc of a function, of one of its overloads, or of its class. */
function saysThrows(node: FunctionNode, sourceCode: SourceCode): boolean {
  const declaration = declarationOf(node);
  const owner = declaration.type === 'MethodDefinition' || declaration.type === 'PropertyDefinition' ? outermost(declaration.parent.parent) : null;
  return [declaration, ...overloadsOf(declaration), ...(owner ? [owner] : [])].some((documented) =>
    sourceCode.getCommentsBefore(documented).some(({ type, value }) => (type as string) === 'Block' && value.startsWith('*') && throws.test(value)),
  );
}

/** The tag, or a sentence such as "rejects with a conflict when the ETag is stale". */
const throws = /@(?:throws?|exception)\b|\b(?:throws|rejects)\b[^.]*(?:conflict|precondition|\b4(?:09|12)\b|exists|taken|stale|changed)/i;

/** What a JSDoc comment stands before. */
function declarationOf(node: FunctionNode): Node {
  if (node.type === 'FunctionDeclaration') return outermost(node);
  for (let outer: Node | undefined = node.parent; outer && !isFunction(outer); outer = outer.parent) {
    if (outer.type === 'MethodDefinition' || outer.type === 'PropertyDefinition' || outer.type === 'Property' || outer.type === 'ExpressionStatement') return outer;
    if (outer.type === 'VariableDeclaration') return outermost(outer);
    if (outer.type === 'ExportDefaultDeclaration') return outer;
  }
  return node;
}

/** The declaration with its `export`. */
const outermost = (declaration: Node): Node => (declaration.parent?.type === 'ExportNamedDeclaration' || declaration.parent?.type === 'ExportDefaultDeclaration' ? declaration.parent : declaration);

/** The signatures of TypeScript that stand before what is declared, under its name. */
function overloadsOf(declaration: Node): readonly Node[] {
  const name = nameOf(declaration);
  const { parent } = declaration;
  const siblings: readonly Node[] = parent?.type === 'Program' || parent?.type === 'BlockStatement' || parent?.type === 'ClassBody' ? parent.body : [];
  return name === null ? [] : siblings.filter((sibling) => sibling !== declaration && nameOf(sibling) === name);
}

function nameOf(node: Node): string | null {
  if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration') return node.declaration ? nameOf(node.declaration) : null;
  if (node.type === 'FunctionDeclaration' || node.type === 'TSDeclareFunction') return node.id?.name ?? null;
  return node.type === 'MethodDefinition' ? propertyName(node) : null;
}
