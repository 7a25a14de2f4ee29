import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, memberPath, unreadable, type Path } from './bindings.js';
import { entityOf } from './entities.js';
import type { Place } from './frames.js';
import { originsOf, type Origin } from './origins.js';
import { literalText, unwrap, type SourceCode } from './syntax.js';

/**
 * The environment variable that a value is read from: `process.env.BUCKET`, `import.meta.env.BUCKET` of Vite and Bun,
 * `Bun.env.BUCKET`, `Deno.env.get('BUCKET')`. Which one it is may be a constant, or what the caller of a helper says.
 *
 * @param origin the end of a trail
 * @param sourceCode its file
 * @returns the name of the variable; null where it is none, or which one is not known
 */
export function environmentOf(origin: Origin, sourceCode: SourceCode): string | null {
  const { node, path } = origin;
  if (path.includes(unreadable)) return null;
  const entity = entityOf(origin);
  if (entity) return /^(?:process|bun)$/.test(entity.module) ? variableIn(entity.path) : null;
  switch (node.type) {
    case 'Identifier':
      return bindingsOf(sourceCode).isGlobal(node) ? ofGlobal([node.name, ...path]) : null;
    case 'MetaProperty':
      return variableIn(path);
    case 'CallExpression':
      return path.length === 0 ? ofCall({ ...origin, node }, sourceCode) : null;
    default:
      return null;
  }
}

/** `env.BUCKET` */
const variableIn = ([env, name, ...more]: Path): string | null => (env === 'env' && more.length === 0 ? (name ?? null) : null);

/** `process.env.BUCKET`, `globalThis.process.env.BUCKET` */
function ofGlobal([first, ...below]: Path): string | null {
  if (first === 'globalThis' || first === 'global') return ofGlobal(below);
  return first === 'process' || first === 'Bun' ? variableIn(below) : null;
}

/** `Deno.env.get('BUCKET')` */
function ofCall({ node, frame }: Place & { readonly node: TSESTree.CallExpression }, sourceCode: SourceCode): string | null {
  const [name] = node.arguments;
  const callee = memberPath(unwrap(node.callee));
  if (!name || callee?.root.type !== 'Identifier' || !bindingsOf(sourceCode).isGlobal(callee.root)) return null;
  if ([callee.root.name, ...callee.path].join('.') !== 'Deno.env.get') return null;
  const [only, ...others] = originsOf({ node: name, frame }, sourceCode);
  return only && others.length === 0 && only.path.length === 0 ? literalText(only.node) : null;
}
