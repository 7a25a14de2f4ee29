import type { Path } from './bindings.js';
import type { Place } from './frames.js';
import { originsOf, type Origin } from './origins.js';
import { isRequire } from './passed-through.js';
import type { SourceCode } from './syntax.js';

/** What a name of another module is: `import { S3 as Client } from 'x'` gives `x` and `['S3']`. */
export interface Entity {
  readonly module: string;
  readonly path: Path;
}

/**
 * @param origin the end of a trail
 * @returns the module and the exported name it stands for, or null when it is none
 */
export function entityOf(origin: Origin): Entity | null {
  const { node, path } = origin;
  switch (node.type) {
    case 'ImportSpecifier': {
      const name = node.imported.type === 'Identifier' ? node.imported.name : node.imported.value;
      return node.parent.type === 'ImportDeclaration' ? entity(node.parent.source.value, [name, ...path]) : null;
    }
    // `export { createId } from '@paralleldrive/cuid2'`, in a module that is linked.
    case 'ExportSpecifier':
      return node.parent.source ? entity(node.parent.source.value, [node.local.type === 'Identifier' ? node.local.name : node.local.value, ...path]) : null;
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return entity(node.parent.source.value, path);
    case 'TSImportEqualsDeclaration':
      return node.moduleReference.type === 'TSExternalModuleReference'
        ? entity(node.moduleReference.expression.value, path)
        : null;
    case 'TSImportType':
      return entity(node.source.value, path);
    case 'ImportExpression':
      return node.source.type === 'Literal' ? entity(String(node.source.value), path) : null;
    case 'CallExpression': {
      const [source] = node.arguments;
      return isRequire(node) && source?.type === 'Literal'
        ? entity(String(source.value), path)
        : null;
    }
    default:
      return null;
  }
}

const entity = (module: string, path: Path): Entity => ({
  module: module.replace(/^node:/, ''),
  path: path[0] === 'default' ? path.slice(1) : path,
});

/** First segments that projects alias their own folders to; no package of the registry is called so. */
const alias = /^@?(?:src|app|apps|lib|libs|server|client|core|common|shared|utils?|helpers?|config|services?|modules?|api|backend|infra(?:structure)?|storage|root|main|db|middlewares?)\//;

/** Whether a module is a file of the project rather than a package: by its path, or by an alias of a folder. */
export const isOwnFile = (module: string): boolean => /^(?:[.~#/]|@\/)/.test(module) || alias.test(module);

/** Every entity that an expression may be. */
export const entitiesOf = (place: Place, sourceCode: SourceCode): readonly Entity[] =>
  originsOf(place, sourceCode).flatMap((origin) => entityOf(origin) ?? []);
