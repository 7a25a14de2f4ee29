import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from './bindings.js';
import type { Frame, Place } from './frames.js';
import { originsOf, type Origin } from './origins.js';
import { pathMethodOf } from './path-calls.js';
import { basenameOf, dirnameOf, formattedPath, joinedPath, partOf, resolvedPath, rootOf } from './path-text.js';
import type { Text } from './pieces.js';
import { isNothing, propertyName, type SourceCode } from './syntax.js';

/** What is said at a place, as far as it is known. */
type TextAt = (place: Place) => Text;

/** What a function of `node:path` gives; null where the call is none of them, or they do not tell. */
export function pathOf(node: TSESTree.CallExpression, frame: Frame | null, sourceCode: SourceCode, textAt: TextAt): Text | null {
  const method = pathMethodOf(node, bindingsOf(sourceCode));
  if (!method || method === 'parse' || node.arguments.some((argument) => argument.type === 'SpreadElement')) return null;
  const [argument] = node.arguments;
  if (!argument) return null;
  if (method === 'format') return formatted({ node: argument, frame }, sourceCode, textAt);
  const parts = node.arguments.map((part) => textAt({ node: part, frame }));
  const [path = [''], ending] = parts;
  const said = [{ node, frame }];
  switch (method) {
    case 'join':
      return joinedPath(parts);
    case 'normalize':
      return joinedPath([path]);
    case 'resolve':
      return resolvedPath(parts);
    case 'dirname':
      return dirnameOf(path, said);
    case 'basename':
      return basenameOf(path, ending, said);
    case 'extname':
      return partOf(path, 'ext', said);
  }
}

/** A property of what `path.parse(key)` gives; null where the origin is none. */
export function partOfPath({ node, frame, path }: Origin, sourceCode: SourceCode, textAt: TextAt): Text | null {
  const [name, ...below] = path;
  if (node.type !== 'CallExpression' || below.length > 0 || pathMethodOf(node, bindingsOf(sourceCode)) !== 'parse') return null;
  const [argument] = node.arguments;
  if (!argument || argument.type === 'SpreadElement') return null;
  const whole = (): Text => textAt({ node: argument, frame });
  switch (name) {
    case 'root':
      return rootOf(whole());
    case 'dir':
    case 'base':
    case 'name':
    case 'ext':
      return partOf(whole(), name, []);
    default:
      return null;
  }
}

/** `path.format(parts)`; null where one of the parts may be several, or is not read. */
function formatted(parts: Place, sourceCode: SourceCode, textAt: TextAt): Text | null {
  const [dir, root, base, name, ext] = ['dir', 'root', 'base', 'name', 'ext'].map((part) => formatPart(parts, part, sourceCode, textAt));
  return dir && root && base && name && ext ? formattedPath({ dir, root, base, name, ext }) : null;
}

/** `{ ...path.parse(key), base: undefined, ext: '.webp' }`: what is not there is left out, and so is what is empty. */
function formatPart(parts: Place, name: string, sourceCode: SourceCode, textAt: TextAt): Text | null {
  const ends = originsOf(parts, sourceCode, [name]);
  const values = ends.filter(({ node }) => node.type !== 'ObjectExpression');
  const [value, ...others] = values;
  for (const { node } of ends) {
    if (node.type !== 'ObjectExpression') continue;
    const isRead = node.properties.every((property) => property.type === 'SpreadElement' || propertyName(property) !== null);
    const isSpread = node.properties.some((property) => property.type === 'SpreadElement');
    if (!isRead || isSpread !== (value !== undefined)) return null;
  }
  if (!value) return [''];
  if (others.length > 0) return null;
  if (value.path.length > 0) return partOfPath(value, sourceCode, textAt);
  return isNothing(value.node) ? [''] : textAt(value);
}
