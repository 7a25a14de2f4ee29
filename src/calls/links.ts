import type { TSESTree } from '@typescript-eslint/utils';

import { itself } from '../facts/facts.js';
import { annotatedOrigins } from './annotations.js';
import { called, memberPath, type Path } from './bindings.js';
import { linksOf, pathOf, type LinkedModule } from './linked-source.js';
import type { Origin } from './origins.js';
import { isRequire } from './passed-through.js';
import { getOrMake } from './per-file.js';
import { isClass, isFunction, namesBound, propertyName, unwrap, type Node, type SourceCode } from './syntax.js';

/** Where an import leads on. */
export interface Continuation {
  readonly node: Node;
  /** What is still to be read from it. */
  readonly path: Path;
}

/**
 * @param origin the end of a trail in one file
 * @param sourceCode the file
 * @returns where the trail goes on: in the modules that the file is linked to, or at what an annotation of its own names;
 *   none where the end says nothing
 */
export function continuationsOf(origin: Origin, sourceCode: SourceCode): readonly Continuation[] {
  const asked = askedAt(origin);
  if (asked) return exported(asked.specifier, asked.names, origin.node, sourceCode);
  // What is called on a thing that is only known by its annotation: `constructor(private storage: Storage)`.
  if (origin.path.length === 0 || origin.node.type === 'ImportSpecifier') return [];
  return annotatedOrigins(origin.node, origin.path, sourceCode)
    .flatMap((named): readonly Continuation[] => (named.node.type === 'TSImportType' ? continuationsOf(named, sourceCode) : [named]))
    .filter(({ node, path }) => isFunction(node) === (path.length === 0) && (isFunction(node) || isClass(node) || node.type === 'ObjectExpression' || node.type === 'NewExpression'));
}

/**
 * @param declaration an interface or class
 * @param path what is read from it
 * @param sourceCode the file that is looked at
 * @returns what implements it elsewhere in the project
 */
export const implementationsOf = (declaration: TSESTree.TSInterfaceDeclaration | TSESTree.ClassDeclaration, path: Path, sourceCode: SourceCode): readonly Continuation[] =>
  declaration.id ? exported(itself, [declaration.id.name, ...path], declaration, sourceCode) : [];

function exported(specifier: string, names: Path, at: Node, sourceCode: SourceCode): readonly Continuation[] {
  const links = linksOf(sourceCode);
  const importer = pathOf(at, sourceCode);
  if (!links || importer === null) return [];
  const found = [1, 2, 0].flatMap((length) => {
    // `export * as json from './json'` gives out `json.put`; what is asked of a module as a whole is read from it.
    const asked = length === 0 ? '*' : names.slice(0, length).join('.');
    return names.length < length ? [] : links.exportsAt(importer, specifier, asked).map((target) => ({ target, length, path: names.slice(length) }));
  });
  return found.filter(({ length }) => length === found[0]?.length).flatMap(({ target, path }) => {
    const module = links.modules.get(target.module);
    const place = module && exportOf(module, target.name);
    return place ? [{ node: place.node, path: [...place.path, ...path] }] : [];
  });
}

/** The module that an import, `require` or dynamic import names, and what is asked of it. */
export function askedAt({ node, path }: Origin): { readonly specifier: string; readonly names: Path } | null {
  switch (node.type) {
    case 'ImportSpecifier': {
      const name = node.imported.type === 'Identifier' ? node.imported.name : node.imported.value;
      return node.parent.type === 'ImportDeclaration' ? { specifier: node.parent.source.value, names: [name, ...path] } : null;
    }
    case 'ExportSpecifier':
      return node.parent.source
        ? { specifier: node.parent.source.value, names: [node.local.type === 'Identifier' ? node.local.name : node.local.value, ...path] }
        : null;
    case 'ImportDefaultSpecifier':
      return { specifier: node.parent.source.value, names: ['default', ...path] };
    case 'ImportNamespaceSpecifier':
      return { specifier: node.parent.source.value, names: path };
    case 'TSImportType':
      return { specifier: node.source.value, names: path };
    case 'TSImportEqualsDeclaration':
      return node.moduleReference.type === 'TSExternalModuleReference' ? { specifier: node.moduleReference.expression.value, names: path } : null;
    case 'ImportExpression':
      return node.source.type === 'Literal' ? { specifier: String(node.source.value), names: path } : null;
    case 'CallExpression': {
      const [source] = node.arguments;
      return isRequire(node) && source?.type === 'Literal' ? { specifier: String(source.value), names: path } : null;
    }
    default:
      return null;
  }
}

/**
 * @param module a module
 * @param name one of its exports; `*` is what CommonJS exports as a whole, `createStore()` what a function returns
 * @returns where it is made, and what to read from there; null where the module does not say
 */
export const exportOf = (module: LinkedModule, name: string): Continuation | null =>
  getOrMake(getOrMake(knownExports, module, () => new Map<string, { readonly found: Continuation | null }>()), name, () => ({ found: findExport(module, name) })).found;

/** What was found of a module's exports, as often as it is asked for. Owner: this module; it lives as long as the module. */
const knownExports = new WeakMap<LinkedModule, Map<string, { readonly found: Continuation | null }>>();

function findExport(module: LinkedModule, name: string): Continuation | null {
  if (name.endsWith(called)) {
    const made = exportOf(module, name.slice(0, -called.length));
    return made && { node: made.node, path: [...made.path, called] };
  }
  for (const statement of module.ast.body) {
    const found = fromStatement(statement, name);
    if (found) return found;
  }
  return null;
}

/**
 * @param node `module` or `exports` of CommonJS
 * @param path what is read from it, in its own file
 * @returns what the module gives out under that name: `module.exports.put(…)` calls the function of the file
 */
export function ownExport(node: TSESTree.Identifier, path: Path): Continuation | null {
  const [name, ...below] = node.name === 'exports' ? path : node.name === 'module' && path[0] === 'exports' ? path.slice(1) : [];
  let program: Node = node;
  while (program.parent) program = program.parent;
  if (name === undefined) return null;
  for (const statement of program.body) {
    const found = statement.type === 'ExpressionStatement' ? fromStatement(statement, name) : null;
    if (found) return { node: found.node, path: [...found.path, ...below] };
  }
  return null;
}

function fromStatement(statement: TSESTree.ProgramStatement, name: string): Continuation | null {
  switch (statement.type) {
    case 'ExportNamedDeclaration': {
      for (const specifier of statement.specifiers) {
        const given = specifier.exported.type === 'Identifier' ? specifier.exported.name : specifier.exported.value;
        if (given === name) return { node: statement.source ? specifier : specifier.local, path: [] };
      }
      const { declaration } = statement;
      if (declaration?.type === 'VariableDeclaration') {
        const bound = declaration.declarations.flatMap(({ id }) => namesBound(id)).find((id) => id.name === name);
        return bound ? { node: bound, path: [] } : null;
      }
      return declaration && 'id' in declaration && declaration.id?.type === 'Identifier' && declaration.id.name === name ? { node: declaration, path: [] } : null;
    }
    case 'ExportDefaultDeclaration':
      return name === 'default' ? { node: statement.declaration, path: [] } : null;
    case 'TSExportAssignment':
      return fromWhole(statement.expression, name);
    case 'ExpressionStatement':
      return statement.expression.type === 'AssignmentExpression' ? fromAssignment(statement.expression, name) : null;
    default:
      return null;
  }
}

/** `module.exports = …`, `module.exports.put = …`, `exports.put = …`, alone or one behind the other. */
function fromAssignment({ left, right }: TSESTree.AssignmentExpression, name: string): Continuation | null {
  const target = memberPath(left);
  const root = target?.root.type === 'Identifier' ? target.root.name : null;
  const names = root === 'module' && target?.path[0] === 'exports' ? target.path.slice(1) : root === 'exports' ? target?.path : undefined;
  if (!names || names.length > 1) return null;
  const [first] = names;
  if (first === undefined) return fromWhole(right, name);
  if (first === name) return { node: right, path: [] };
  return right.type === 'AssignmentExpression' ? fromAssignment(right, name) : null;
}

/** What is exported as a whole, or a part of it. */
function fromWhole(expression: TSESTree.Expression, name: string): Continuation | null {
  if (name === '*' || name === 'default') return { node: expression, path: [] };
  const whole = unwrap(expression);
  const has = whole.type !== 'ObjectExpression' || whole.properties.some((property) => property.type === 'SpreadElement' || propertyName(property) === name);
  return has ? { node: expression, path: [name] } : null;
}
