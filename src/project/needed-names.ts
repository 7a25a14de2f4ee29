import { derivationOf } from '../analysis/derivation.js';
import { seenAt } from '../analysis/seen-at.js';
import { annotatedOrigins } from '../calls/annotations.js';
import { bindingsOf, memberPath } from '../calls/bindings.js';
import { contextsOf } from '../calls/callers.js';
import { isOwn } from '../calls/linked-source.js';
import { askedAt } from '../calls/links.js';
import type { Place } from '../calls/frames.js';
import { originsOf, type Origin } from '../calls/origins.js';
import { inputShape } from '../calls/s3-call.js';
import { s3CallsOf } from '../calls/s3-calls.js';
import { unwrap, walk, type Node, type SourceCode } from '../calls/syntax.js';

/** A name of another module, as a file asks for it. */
export interface NeededName {
  readonly specifier: string;
  readonly name: string;
  /** What is called on it: a method of a class. */
  readonly member: string | null;
}

/**
 * What else has to be seen to know what a file does: constants, builders of keys and inputs, makers of ids, clients.
 *
 * @param sourceCode a file, linked to what it imports
 * @param shown what others need of the file itself: all that it stands on is needed too
 * @returns the names that go into the input of its S3 calls, and those that they are called on
 */
export function neededNames(sourceCode: SourceCode, shown: readonly Node[]): readonly NeededName[] {
  const bindings = bindingsOf(sourceCode);
  const needed = new Map<string, NeededName>();
  const note = (one: NeededName): void => {
    needed.set([one.specifier, one.name, one.member].join('\n'), one);
  };
  const need = (node: Node): void => {
    const inner = unwrap(node);
    // `process.env[NAME]`
    if (inner.type === 'MemberExpression' && inner.computed) need(inner.property);
    const path = memberPath(inner.type === 'CallExpression' || inner.type === 'NewExpression' ? inner.callee : inner);
    const [definition] = path ? bindings.definitionsAt(path.root) : [];
    if (!path || !definition || !isOwn(definition.node, sourceCode)) return;
    if (definition.kind === 'import') {
      const asked = isOfType(definition.node) ? null : askedAt({ node: definition.node, frame: null, path: path.path });
      const [name, member = null] = asked?.names ?? [];
      if (asked && name !== undefined) note({ specifier: asked.specifier, name, member });
    } else if (definition.kind === 'value') {
      // `const { keyOf } = require('./keys')`
      for (const name of namesRequired({ node: unwrap(definition.value), frame: null, path: [...definition.path, ...path.path] })) note(name);
    }
  };
  const needAll = (place: Place): void => {
    for (const node of derivationOf(place, 'value', sourceCode).visited) need(node);
  };
  for (const call of s3CallsOf(sourceCode)) {
    // Which library a method is one of, or whether the project declares it, what it is called on alone tells.
    if (call.node.type === 'CallExpression' && isOwn(call.node, sourceCode)) {
      for (const node of call.receivers) needAll({ node, frame: null });
      for (const name of methodAsked(call.node.callee, sourceCode)) note(name);
    }
    for (const frame of contextsOf(call.node, sourceCode)) {
      if (!isOwn(seenAt({ call, frame }, sourceCode), sourceCode)) continue;
      const { properties, open } = inputShape(call, frame, sourceCode);
      for (const [name, { values }] of properties) if (name !== 'Body') for (const value of values) needAll(value);
      if (open !== null && call.input.kind === 'object' && call.input.node) needAll({ node: call.input.node, frame });
    }
  }
  for (const part of shown) {
    walk(part, sourceCode, (node) => {
      if (/^(?:Call|New)Expression$|^Identifier$/.test(node.type) && !/^TS(?:TypeReference|QualifiedName|TypeQuery)$/.test(node.parent?.type ?? '')) need(node);
    });
  }
  return [...needed.values()];
}

/** Where a method that is called is asked of another module, however it comes: `require('./files').upload(…)`, `constructor(private files: Files)`. */
function methodAsked(callee: Node, sourceCode: SourceCode): readonly NeededName[] {
  const origins = originsOf({ node: callee, frame: null }, sourceCode).flatMap((origin) => [origin, ...annotatedOrigins(origin.node, origin.path, sourceCode)]);
  return origins.flatMap((origin) => (isOwn(origin.node, sourceCode) ? namesRequired(origin) : []));
}

function namesRequired(origin: Origin): readonly NeededName[] {
  const asked = askedAt(origin);
  const [name, member = null] = asked?.names ?? [];
  if (!asked || name === undefined) return [];
  const { specifier } = asked;
  // It is an export itself, or a method of what CommonJS exports as a whole.
  return member === null ? [{ specifier, name, member }, { specifier, name: '*', member: name }] : [{ specifier, name, member }];
}

/** `import type { Key } from './keys'` */
const isOfType = (specifier: Node): boolean =>
  (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type') || (specifier.parent?.type === 'ImportDeclaration' && specifier.parent.importKind === 'type');
