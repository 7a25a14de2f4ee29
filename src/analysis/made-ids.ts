import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, memberPath } from '../calls/bindings.js';
import { entitiesOf, entityOf, isOwnFile } from '../calls/entities.js';
import type { Frame } from '../calls/frames.js';
import { originsOf } from '../calls/origins.js';
import { propertyName, unwrap, type CallLike, type Node, type SourceCode } from '../calls/syntax.js';
import { anywhere, classes, clocks, factories, isListed, makers, namesId, namesMaker } from '../libraries/id-makers.js';
import { isFreshDraw } from './random-draw.js';

/** What makes ids and times by itself, whatever it is given. */

/**
 * @param node a call
 * @param frame the chain of calls that it is seen from
 * @param write the write whose key it may be for
 * @param sourceCode its file
 * @returns whether its answer is a new id each time
 */
export function makesId(node: TSESTree.CallExpression, frame: Frame | null, write: Node, sourceCode: SourceCode): boolean {
  const callee = unwrap(node.callee);
  if (callee.type === 'MemberExpression') {
    const name = propertyName(callee) ?? '';
    if (isGlobalName(callee.object, 'Math', sourceCode)) return name === 'random' && isFreshDraw(node, write, sourceCode);
    if (isGlobalName(rootOf(callee, sourceCode), 'crypto', sourceCode)) return /^random(?:UUID|Bytes)$|^getRandomValues$/.test(name);
    // Bun's own.
    if (isGlobalName(callee.object, 'Bun', sourceCode)) return name.startsWith('randomUUID');
  }
  if (makes(node, frame, makers, sourceCode) || makes(node, frame, classes, sourceCode) || isNamedMaker(node, frame, sourceCode)) return true;
  if (entitiesOf({ node: callee, frame }, sourceCode).some(({ module, path }) => !isOwnFile(module) && anywhere.test(path.at(-1) ?? ''))) return true;
  return originsOf({ node: callee, frame }, sourceCode).some((origin) => origin.node.type === 'CallExpression' && origin.path.length === 0 && makes(origin.node, origin.frame, factories, sourceCode));
}

/**
 * @param node a call
 * @param frame the chain of calls that it is seen from
 * @param table exports by module
 * @param sourceCode its file
 * @returns whether one of them is called
 */
export const makes = (node: CallLike, frame: Frame | null, table: Parameters<typeof isListed>[0], sourceCode: SourceCode): boolean =>
  entitiesOf({ node: node.callee, frame }, sourceCode).some((entity) => isListed(table, entity));

/**
 * A project's own maker of ids, imported from another file: `alphaid(12)`, `generateId()`. It is given nothing that
 * two writers could share but a length, and its exported name says what it makes. Who cannot look into the other
 * file stays silent.
 */
function isNamedMaker(node: TSESTree.CallExpression, frame: Frame | null, sourceCode: SourceCode): boolean {
  const lengths = node.arguments.filter((argument) => argument.type === 'Literal' && typeof argument.value === 'number');
  if (lengths.length !== node.arguments.length || lengths.length > 1) return false;
  return originsOf({ node: node.callee, frame }, sourceCode).some((origin) => {
    const entity = entityOf(origin);
    const imported = origin.node.type === 'ImportDefaultSpecifier' ? origin.node.local.name : (entity?.path.at(-1) ?? '');
    return entity !== null && isOwnFile(entity.module) && (lengths.length === 1 ? namesId.test(imported) : namesMaker.test(imported));
  });
}

/**
 * @param node a call
 * @param sourceCode its file
 * @returns whether its answer is the time, to the millisecond or finer
 */
export function tellsTime(node: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const named = memberPath(unwrap(node.callee));
  if (named?.root.type === 'Identifier' && bindingsOf(sourceCode).isGlobal(named.root)) return /^(?:(?:Date|performance)\.now|process\.hrtime(?:\.bigint)?)$/.test([named.root.name, ...named.path].join('.'));
  return entitiesOf({ node: node.callee, frame: null }, sourceCode).some((entity) => isListed(clocks, entity));
}

/** Whether a name is a global of that name. */
export function isGlobalName(node: Node, name: string, sourceCode: SourceCode): boolean {
  const inner = unwrap(node);
  return inner.type === 'Identifier' && inner.name === name && bindingsOf(sourceCode).isGlobal(inner);
}

/** `globalThis.crypto`, `window.crypto`, `self.crypto` */
function rootOf(node: TSESTree.MemberExpression, sourceCode: SourceCode): Node {
  const object = unwrap(node.object);
  return object.type === 'MemberExpression' && /^(?:globalThis|window|self)$/.test(sourceCode.getText(object.object)) ? object.property : object;
}
