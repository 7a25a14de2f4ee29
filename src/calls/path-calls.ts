import type { TSESTree } from '@typescript-eslint/utils';

import { memberPath, type Bindings, type Path } from './bindings.js';
import { entityOf, type Entity } from './entities.js';
import { unwrap, type Node } from './syntax.js';

const methods = ['join', 'normalize', 'resolve', 'dirname', 'basename', 'extname', 'parse', 'format'] as const;

/** A function of `node:path` that makes a text, or parts of one. */
export type PathMethod = (typeof methods)[number];

/**
 * @param call a call
 * @param bindings the bindings of its file
 * @returns the function of `node:path` that it calls, by its import or `require`; null where it calls none. Those of
 *   `win32` are none: they put other slashes into keys
 */
export function pathMethodOf(call: TSESTree.CallExpression, bindings: Bindings): PathMethod | null {
  const entity = entityAt(call.callee, [], bindings);
  if (!entity || !/^path(?:\/posix)?$/.test(entity.module)) return null;
  const name = (entity.path[0] === 'posix' ? entity.path.slice(1) : entity.path).join('.');
  return methods.find((method) => method === name) ?? null;
}

/** What a name, or what is read from one, is imported as: `const { join } = path.posix` too. */
function entityAt(node: Node, below: Path, bindings: Bindings, depth = 0): Entity | null {
  const member = memberPath(unwrap(node));
  if (!member) return null;
  const path = [...member.path, ...below];
  const [only, ...others] = bindings.definitionsAt(member.root);
  if (!only) return entityOf({ node: member.root, frame: null, path });
  if (others.length > 0 || depth > 3) return null;
  if (only.kind === 'import') return entityOf({ node: only.node, frame: null, path });
  return only.kind === 'value' && only.fallback === null ? entityAt(only.value, [...only.path, ...path], bindings, depth + 1) : null;
}
