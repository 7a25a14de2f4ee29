import { bindingsOf, memberPath, unreadable, type Path, type Variable } from '../calls/bindings.js';
import { entitiesOf } from '../calls/entities.js';
import { argumentFor, type Frame, type Place } from '../calls/frames.js';
import { inputShape, onlyValue, type S3Call } from '../calls/s3-call.js';
import { contains, enclosingFunction, methodName, unwrap, walk, type Node, type SourceCode } from '../calls/syntax.js';
import { digests, isListed } from '../libraries/id-makers.js';
import { derivationOf } from './derivation.js';

/**
 * A key that holds a hash of the very body: every writer of it writes the same bytes. Tags are no part of the body,
 * and a second writer replaces them.
 */
export function isContentAddressed(call: S3Call, key: Place, frame: Frame | null, sourceCode: SourceCode): boolean {
  if (inputShape(call, frame, sourceCode).properties.has('Tagging')) return false;
  if (isNamedByChecksum(call, key, frame, sourceCode)) return true;
  const body = onlyValue(call, 'Body', frame, sourceCode);
  if (!body) return false;
  const ofKey = derivationOf(key, 'value', sourceCode).visited;
  const hashes = [...ofKey].some((node) => {
    if (node.type !== 'CallExpression') return false;
    const callee = unwrap(node.callee);
    const isGlobalCrypto = callee.type === 'MemberExpression' && methodName(node) === 'digest' && /\bcrypto\.subtle$/.test(sourceCode.getText(callee.object));
    return isGlobalCrypto || entitiesOf({ node: callee, frame: null }, sourceCode).some((entity) => isListed(digests, entity));
  });
  if (!hashes) return false;
  const hashed = [...ofKey].flatMap((node) => heldAt({ node, frame: null }, sourceCode));
  return bodiesHeld(body, sourceCode).some((held) => {
    const changes = changesOf(held, sourceCode);
    const same = hashed.filter((earlier) => isSameHeld(earlier, held));
    const apart = same.filter(({ node }) => !changes.some((change) => contains(change.node, node)));
    return (apart.length > 0 ? apart : same).some((earlier) => {
      // What comes into the body later is no part of the hash.
      const later = changes.filter((change) => isBetween(change, earlier.node, held));
      const known = hashed.filter(({ node }) => !later.some((change) => contains(change.node, node)));
      return later.every(({ value }) => isMadeOfHashed(value, held, known, sourceCode));
    });
  });
}

/**
 * A key that is made of what the checksum is made of: S3 refuses every other body.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
function isNamedByChecksum(call: S3Call, key: Place, frame: Frame | null, sourceCode: SourceCode): boolean {
  const sums = ['ChecksumSHA256', 'ChecksumSHA1'].flatMap((name) => onlyValue(call, name, frame, sourceCode) ?? []);
  if (sums.length === 0) return false;
  const ofKey = dataOf(key, sourceCode);
  return sums.some((sum) => [...dataOf(sum, sourceCode)].some((variable) => ofKey.has(variable)));
}

/** The variables that a value is made of, imports and functions left out. */
function dataOf(place: Place, sourceCode: SourceCode): ReadonlySet<Variable> {
  const { variableOf, definitionsOf } = bindingsOf(sourceCode);
  return new Set(
    [...derivationOf(place, 'value', sourceCode).visited].flatMap((node) => {
      const variable = node.type === 'Identifier' ? variableOf(node) : null;
      return variable && definitionsOf(variable).every(({ kind }) => kind === 'parameter' || kind === 'value' || kind === 'element') ? [variable] : [];
    }),
  );
}

/** A variable, or a property path of one, as it is read at a node. */
interface Held {
  readonly node: Node;
  readonly variable: Variable;
  readonly path: Path;
}

/** What holds the body: its own name, what it is encoded from (`JSON.stringify(data)`), what the caller gave. */
function bodiesHeld(body: Place, sourceCode: SourceCode): readonly Held[] {
  const bindings = bindingsOf(sourceCode);
  const node = unwrap(body.node);
  const encoded = node.type === 'CallExpression' ? node.arguments.map((argument) => unwrap(argument)) : [];
  const names = encoded.filter(({ type }) => type === 'Identifier' || type === 'MemberExpression');
  if (names.length > 0) return names.flatMap((name) => bodiesHeld({ node: name, frame: body.frame }, sourceCode));
  const given = bindings.definitionsAt(node).flatMap((definition) => {
    const argument = definition.kind === 'parameter' ? argumentFor(definition, body.frame) : null;
    return argument?.path.length === 0 ? bodiesHeld(argument, sourceCode) : [];
  });
  return [...heldAt({ node, frame: body.frame }, sourceCode), ...given];
}

/** What a name or a property stands for: `template` of `const { template } = info` is `info.template` as well. */
function heldAt({ node, frame }: Place, sourceCode: SourceCode): readonly Held[] {
  const bindings = bindingsOf(sourceCode);
  const read = node.type === 'Identifier' || node.type === 'MemberExpression' ? memberPath(node) : null;
  const variable = read ? bindings.variableOf(read.root) : null;
  if (!read || !variable || read.path.includes(unreadable)) return [];
  const held: Held = { node, variable, path: read.path };
  const [definition, ...others] = bindings.definitionsOf(variable);
  if (others.length > 0 || definition?.kind !== 'value' || definition.path.includes(unreadable)) return [held];
  const value = unwrap(definition.value);
  const isNamed = value.type === 'MemberExpression' || (value.type === 'Identifier' && value.name !== variable.name);
  const origin = isNamed ? heldAt({ node: value, frame }, sourceCode) : [];
  return [held, ...origin.map((outer): Held => ({ ...outer, path: [...outer.path, ...definition.path, ...read.path] }))];
}

const isSameHeld = (one: Held, other: Held): boolean => one.variable === other.variable && isSamePath(one.path, other.path);

const isSamePath = (one: Path, other: Path): boolean => one.length === other.length && one.every((name, index) => name === other[index]);

/** An assignment to what is held, or to what it is a property of. */
interface Change {
  readonly node: Node;
  readonly value: Node;
}

function changesOf({ variable, path }: Held, sourceCode: SourceCode): readonly Change[] {
  const bindings = bindingsOf(sourceCode);
  return [
    ...bindings.definitionsOf(variable).flatMap((definition) => (definition.kind === 'value' ? [definition] : [])),
    ...bindings.memberWritesOf(variable).flatMap(({ node, path: written, value }) => (value && isSamePath(written, path.slice(0, written.length)) ? [{ node, value }] : [])),
  ];
}

/** Whether a change is made after a hash and before the body is used, all in one function. */
function isBetween({ node }: Change, earlier: Node, { node: use }: Held): boolean {
  if (earlier.range[1] > node.range[0] || node.range[1] > use.range[0]) return false;
  return enclosingFunction(node) === enclosingFunction(use) && enclosingFunction(node) === enclosingFunction(earlier);
}

/** `body = gzipSync(body)`: who hashed the same bytes writes the same bytes. */
function isMadeOfHashed(value: Node, held: Held, hashed: readonly Held[], sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  const nodes: Node[] = [];
  walk(value, sourceCode, (node) => nodes.push(node));
  const isKnown = (node: Node): boolean => {
    if (node.type === 'CallExpression' || node.type === 'NewExpression') return node.arguments.length > 0 || isOfData(node.callee, sourceCode);
    const variable = bindings.variableOf(node);
    const isData = bindings.definitionsAt(node).some(({ kind }) => kind === 'parameter' || kind === 'value' || kind === 'element');
    return !isData || variable === held.variable || hashed.some((other) => other.variable === variable);
  };
  return nodes.every(isKnown) && nodes.some((node) => heldAt({ node, frame: null }, sourceCode).some((read) => isSameHeld(read, held)));
}

/** `body.toString()`; a clock or a draw, `Date.now()` and `randomUUID()`, are asked for nothing and are no method of the data. */
const isOfData = (callee: Node, sourceCode: SourceCode): boolean => {
  const read = memberPath(unwrap(callee));
  return read !== null && read.path.length > 0 && !(read.root.type === 'Identifier' && bindingsOf(sourceCode).definitionsAt(read.root).every(({ kind }) => kind === 'import' || kind === 'declaration'));
};
