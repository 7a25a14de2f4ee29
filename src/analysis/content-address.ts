import { bindingsOf, type Variable } from '../calls/bindings.js';
import { entitiesOf } from '../calls/entities.js';
import { argumentFor, type Frame, type Place } from '../calls/frames.js';
import { inputShape, onlyValue, type S3Call } from '../calls/s3-call.js';
import { methodName, unwrap, type Node, type SourceCode } from '../calls/syntax.js';
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
  const bindings = bindingsOf(sourceCode);
  const ofKey = derivationOf(key, 'value', sourceCode).visited;
  const hashes = [...ofKey].some((node) => {
    if (node.type !== 'CallExpression') return false;
    const callee = unwrap(node.callee);
    const isGlobalCrypto = callee.type === 'MemberExpression' && methodName(node) === 'digest' && /\bcrypto\.subtle$/.test(sourceCode.getText(callee.object));
    return isGlobalCrypto || entitiesOf({ node: callee, frame: null }, sourceCode).some((entity) => isListed(digests, entity));
  });
  if (!hashes) return false;
  const hashed = new Set([...ofKey].flatMap((node) => (node.type === 'Identifier' ? (bindings.variableOf(node) ?? []) : [])));
  return bodyNames(body, sourceCode).some((name) => {
    const variable = bindings.variableOf(name);
    return variable !== null && hashed.has(variable);
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

/** The variables that hold the body: its own, what it is encoded from (`JSON.stringify(data)`), what the caller gave. */
function bodyNames(body: Place, sourceCode: SourceCode): readonly Node[] {
  const bindings = bindingsOf(sourceCode);
  const node = unwrap(body.node);
  if (node.type === 'CallExpression') {
    return node.arguments.flatMap((argument) => (argument.type === 'Identifier' ? bodyNames({ node: argument, frame: body.frame }, sourceCode) : []));
  }
  if (node.type !== 'Identifier') return [];
  const variable = bindings.variableOf(node);
  const given = (variable ? bindings.definitionsOf(variable) : []).flatMap((definition) => {
    const argument = definition.kind === 'parameter' ? argumentFor(definition, body.frame) : null;
    return argument?.path.length === 0 ? bodyNames(argument, sourceCode) : [];
  });
  return [node, ...given];
}
