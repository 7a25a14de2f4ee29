import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, type Definition } from '../calls/bindings.js';
import { argumentFor, calledFunctions, enter, entityOf, framesDeep, isOpen, isOwnFile, originsOf, type Entity, type Frame, type Place } from '../calls/origins.js';
import { inputShape, onlyValue, type S3Call } from '../calls/s3-call.js';
import { enclosingFunction, isFunction, methodName, propertyName, unwrap, type Node, type SourceCode } from '../calls/syntax.js';
import { derivationOf } from './derivation.js';

/**
 * Whether a key is fresh for every write: then no two writers can meet under it.
 *
 * Freshness is resolved to the import or global that makes it, never guessed from a name.
 */
export type Freshness = 'unique' | 'timestamp' | 'shared';

/** Exports that make a new id at each call, by module; `''` is the module's default export called itself. */
const makers: Readonly<Record<string, readonly string[]>> = {
  crypto: ['randomUUID', 'randomBytes', 'randomFillSync'],
  uuid: ['v1', 'v4', 'v6', 'v7', ''],
  'uuid/v1': [''],
  'uuid/v4': [''],
  'uuid/v7': [''],
  'uuid-random': [''],
  uuidv4: ['uuid', ''],
  uuidv7: ['uuidv7'],
  '@lukeed/uuid': ['v4', 'uuid', ''],
  ulid: ['ulid', ''],
  ulidx: ['ulid'],
  nanoid: ['nanoid'],
  'nanoid/non-secure': ['nanoid'],
  'nanoid/async': ['nanoid'],
  cuid: ['', 'cuid'],
  '@paralleldrive/cuid2': ['createId', ''],
  ksuid: ['random', 'randomSync', 'KSUID.random', 'KSUID.randomSync'],
  '@owpz/ksuid': ['KSUID.random'],
  xid: ['next'],
  'xid-js': ['next'],
  shortid: ['generate', ''],
  hyperid: [''],
  tsid: ['getTsid'],
  typeid: ['typeid'],
  'typeid-js': ['typeid', 'typeidUnboxed'],
  'crypto-random-string': ['', 'cryptoRandomStringAsync'],
  'short-uuid': ['generate', 'uuid'],
  '@sapphire/snowflake': ['Snowflake.generate'],
};

/** Exports that make a maker: `customAlphabet(…)` and `init(…)` give a function that makes ids. */
const factories: Readonly<Record<string, readonly string[]>> = {
  nanoid: ['customAlphabet', 'customRandom'],
  'nanoid/non-secure': ['customAlphabet'],
  '@paralleldrive/cuid2': ['init'],
  ulid: ['monotonicFactory', 'factory'],
  hyperid: [''],
  'short-uuid': [''],
};

/** Classes whose instances are new ids. */
const classes: Readonly<Record<string, readonly string[]>> = {
  mongodb: ['ObjectId', 'ObjectID'],
  bson: ['ObjectId', 'ObjectID'],
  mongoose: ['Types.ObjectId', 'mongo.ObjectId'],
  'bson-objectid': [''],
  ulidx: ['ULID'],
};

/** Functions that digest what they are given. */
const digests: Readonly<Record<string, readonly string[]>> = {
  crypto: ['createHash', 'hash', 'subtle.digest', 'webcrypto.subtle.digest'],
  'object-hash': ['', 'sha1', 'MD5'],
  ohash: ['hash', 'sha256'],
  md5: [''],
  sha1: [''],
  'hash-wasm': ['md5', 'sha1', 'sha256', 'xxhash64', 'blake3'],
  'hash.js': ['sha256', 'sha1', 'sha512'],
  'js-sha256': ['sha256', ''],
  'crypto-js': ['MD5', 'SHA1', 'SHA256', 'SHA512'],
  '@noble/hashes/sha256': ['sha256'],
  '@noble/hashes/sha2': ['sha256', 'sha512'],
};

/** Exported names that mean the same in every package. */
const anywhere = /^(?:randomUUID|uuidv?[1-7]|nanoid|ulid|cuid2?|ksuid)$/i;

const listed = (table: Readonly<Record<string, readonly string[]>>, { module, path }: Entity): boolean =>
  Object.hasOwn(table, module) && (table[module]?.includes(path.join('.')) ?? false);

/** An exported name that ends in a kind of id, and one that says that it makes one. */
const namesId = /(?:id|uuid|guid|hash|token|slug|string|hex|random)$/i;
const namesMaker = /^(?:create|generate|gen|make|new|random|unique|build)_?\w*(?:id|uuid|guid|ulid)$|^(?:uuid|guid|ulid|nanoid|cuid|ksuid|uid)(?:v?\d)?$/i;

/** What leaves a time its milliseconds: `.slice(0, 10)` and `.getFullYear()` do not. */
const keepsMilliseconds = /^(?:toISOString|toJSON|getTime|valueOf|replace|replaceAll|toString|padStart|concat|join)$/;

const maximumDepth = 30;

/**
 * @param call a write
 * @param frame the chain of calls it is seen from
 * @param sourceCode its file
 * @returns whether its key is fresh for every write, fresh by the clock alone, or shared as far as one can see
 */
export function freshnessOf(call: S3Call, frame: Frame | null, sourceCode: SourceCode): Freshness {
  const key = onlyValue(call, call.operation.key, frame, sourceCode);
  if (!key) return 'shared';
  if (isFresh(key, 'id', call.node, sourceCode)) return 'unique';
  if (isContentAddressed(call, key, frame, sourceCode)) return 'unique';
  return isFresh(key, 'clock', call.node, sourceCode) ? 'timestamp' : 'shared';
}

function isFresh(key: Place, by: 'id' | 'clock', write: Node, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  const open = new Set<unknown>();

  const fresh = (outer: Node, frame: Frame | null, depth: number): boolean => {
    const node = unwrap(outer);
    if (depth > maximumDepth) return false;
    if (open.has(node)) return false;
    open.add(node);
    const answer = freshNode(node, frame, depth + 1);
    open.delete(node);
    return answer;
  };

  const freshNode = (node: Node, frame: Frame | null, depth: number): boolean => {
    switch (node.type) {
      case 'TemplateLiteral':
        return node.expressions.some((part) => fresh(part, frame, depth));
      case 'BinaryExpression':
        return node.operator === '+' && [node.left, node.right].some((part) => fresh(part, frame, depth));
      case 'ConditionalExpression':
        return fresh(node.consequent, frame, depth) && fresh(node.alternate, frame, depth);
      case 'LogicalExpression':
        return fresh(node.left, frame, depth) && fresh(node.right, frame, depth);
      case 'AssignmentExpression':
        return fresh(node.right, frame, depth) || (node.operator !== '=' && fresh(node.left, frame, depth));
      case 'ArrayExpression':
        return node.elements.some((part) => part !== null && fresh(part.type === 'SpreadElement' ? part.argument : part, frame, depth));
      case 'ObjectExpression':
        return node.properties.some((part) => fresh(part.type === 'SpreadElement' ? part.argument : part.value, frame, depth));
      case 'UnaryExpression':
        return node.operator === '+' && fresh(node.argument, frame, depth);
      case 'Identifier':
        return freshName(node, frame, depth);
      case 'MemberExpression':
        return freshMember(node, frame, depth);
      case 'NewExpression':
        // `new ObjectId(id)` is the id that it is given.
        return node.arguments.length === 0 && (by === 'clock' ? isGlobalName(node.callee, 'Date') : makes(node, frame, classes));
      case 'CallExpression':
        return freshCall(node, frame, depth);
      case 'TaggedTemplateExpression':
        return fresh(node.quasi, frame, depth);
      default:
        return false;
    }
  };

  const freshName = (node: TSESTree.Identifier, frame: Frame | null, depth: number): boolean => {
    const variable = bindings.variableOf(node);
    const definitions = variable ? bindings.definitionsOf(variable).filter((definition) => definition.kind !== 'nothing') : [];
    // A name that is built from itself (`key = prefix + key`) is as fresh as what it was before.
    if (open.has(variable)) return true;
    open.add(variable);
    const answer = definitions.length > 0 && definitions.every((definition) => freshDefinition(definition, frame, depth));
    open.delete(variable);
    return answer;
  };

  const freshDefinition = (definition: Definition, frame: Frame | null, depth: number): boolean => {
    if (definition.kind === 'value') {
      // Made once for the process and written from a function: the second write meets the first.
      if (!enclosingFunction(definition.node) && enclosingFunction(write)) return false;
      return freshPart(definition.value, definition.path, frame, depth);
    }
    if (definition.kind !== 'parameter') return false;
    const given = argumentFor(definition, frame);
    // `(room, id = v4())`, called without an id.
    if (!given && definition.fallback && isLeftOut(definition, frame)) return fresh(definition.fallback, frame, depth);
    return given !== null && freshPart(given.node, given.path, given.frame, depth);
  };

  const isLeftOut = (definition: Extract<Definition, { kind: 'parameter' }>, frame: Frame | null): boolean => {
    for (let open = frame; open; open = open.caller) {
      if (open.function === definition.function) return open.call.arguments.length <= definition.index && open.call.arguments.every((argument) => argument.type !== 'SpreadElement');
    }
    return false;
  };

  const freshPart = (value: Node, path: readonly string[], frame: Frame | null, depth: number): boolean => {
    if (path.length === 0) return fresh(value, frame, depth);
    return originsOf({ node: value, frame }, sourceCode, path).every((origin) => freshOrigin(origin.node, origin.path, origin.frame, depth));
  };

  const freshMember = (node: TSESTree.MemberExpression, frame: Frame | null, depth: number): boolean => {
    const origins = originsOf({ node, frame }, sourceCode);
    return origins.every((origin) => origin.node !== node && freshOrigin(origin.node, origin.path, origin.frame, depth));
  };

  /** A property of something: of a call that was given a fresh id under that name, it is the id (`create({ id: uuid() }).id`). */
  const freshOrigin = (node: Node, path: readonly string[], frame: Frame | null, depth: number): boolean => {
    if (path.length === 0) return fresh(node, frame, depth);
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false;
    // `KSUID.randomSync().string`
    if (node.type === 'CallExpression' && by === 'id' && makesId(node, frame)) return true;
    return node.arguments.some((argument) => {
      const given = unwrap(argument);
      return given.type === 'ObjectExpression' && given.properties.some((property) => property.type === 'Property' && propertyName(property) === path[0] && fresh(property.value, frame, depth));
    });
  };

  const freshCall = (node: TSESTree.CallExpression, frame: Frame | null, depth: number): boolean => {
    if (by === 'clock' ? tellsTime(node) : makesId(node, frame)) return true;
    const called = calledFunctions(node, frame, sourceCode).filter((inner) => !isOpen(frame, inner) && framesDeep(frame) < 4);
    if (called.length > 0) {
      return called.every((inner) => {
        const returned = bindings.returnsOf(inner);
        const within = enter(inner, node, frame);
        return returned.length > 0 && returned.every((value) => fresh(value, within, depth));
      });
    }
    // What a fresh id is handed to carries it on: `key.toString()`, `join(folder, id)`, `keyFor({ id })`.
    const callee = unwrap(node.callee);
    if (callee.type === 'MemberExpression' && (by === 'id' || keepsMilliseconds.test(propertyName(callee) ?? '')) && fresh(callee.object, frame, depth)) return true;
    return node.arguments.some((argument) => !isFunction(argument) && fresh(argument.type === 'SpreadElement' ? argument.argument : argument, frame, depth));
  };

  const makesId = (node: TSESTree.CallExpression, frame: Frame | null): boolean => {
    const callee = unwrap(node.callee);
    if (callee.type === 'MemberExpression' && isGlobalName(rootOf(callee), 'crypto')) return /^random(?:UUID|Bytes)$|^getRandomValues$/.test(propertyName(callee) ?? '');
    // Bun's own.
    if (callee.type === 'MemberExpression' && isGlobalName(callee.object, 'Bun')) return /^randomUUID/.test(propertyName(callee) ?? '');
    if (makes(node, frame, makers) || makes(node, frame, classes) || isNamedMaker(node, frame)) return true;
    if (originsOf({ node: callee, frame }, sourceCode).some((origin) => { const entity = entityOf(origin); return entity !== null && !isOwnFile(entity.module) && anywhere.test(entity.path.at(-1) ?? ''); })) return true;
    return originsOf({ node: callee, frame }, sourceCode).some(
      (origin) => origin.node.type === 'CallExpression' && origin.path.length === 0 && makes(origin.node, origin.frame, factories),
    );
  };

  const makes = (node: TSESTree.CallExpression | TSESTree.NewExpression, frame: Frame | null, table: typeof makers): boolean =>
    originsOf({ node: node.callee, frame }, sourceCode).some((origin) => {
      const entity = entityOf(origin);
      return entity !== null && listed(table, entity);
    });

  /**
   * A project's own maker of ids, imported from another file: `alphaid(12)`, `generateId()`. It is given nothing that
   * two writers could share but a length, and its exported name says what it makes. Who cannot look into the other
   * file stays silent.
   */
  const isNamedMaker = (node: TSESTree.CallExpression, frame: Frame | null): boolean => {
    const lengths = node.arguments.filter((argument) => argument.type === 'Literal' && typeof argument.value === 'number');
    if (lengths.length !== node.arguments.length || lengths.length > 1) return false;
    return originsOf({ node: node.callee, frame }, sourceCode).some((origin) => {
      const entity = entityOf(origin);
      const imported = origin.node.type === 'ImportDefaultSpecifier' ? origin.node.local.name : (entity?.path.at(-1) ?? '');
      return entity !== null && isOwnFile(entity.module) && (lengths.length === 1 ? namesId.test(imported) : namesMaker.test(imported));
    });
  };

  const tellsTime = (node: TSESTree.CallExpression): boolean => {
    const callee = unwrap(node.callee);
    if (callee.type !== 'MemberExpression') return false;
    const method = propertyName(callee);
    return (
      (isGlobalName(callee.object, 'Date') && method === 'now') ||
      (isGlobalName(callee.object, 'performance') && method === 'now') ||
      (callee.object.type === 'MemberExpression' && isGlobalName(callee.object.object, 'process') && propertyName(callee.object) === 'hrtime')
    );
  };

  const isGlobalName = (node: Node, name: string): boolean => {
    const inner = unwrap(node);
    return inner.type === 'Identifier' && inner.name === name && bindings.isGlobal(inner);
  };

  const rootOf = (node: TSESTree.MemberExpression): Node => {
    const object = unwrap(node.object);
    // `globalThis.crypto`, `window.crypto`, `self.crypto`
    return object.type === 'MemberExpression' && /^(?:globalThis|window|self)$/.test(sourceCode.getText(object.object)) ? object.property : object;
  };

  return fresh(key.node, key.frame, 0);
}

/**
 * A key that holds a hash of the very body: every writer of it writes the same bytes. Tags are no part of the body,
 * and a second writer replaces them.
 */
function isContentAddressed(call: S3Call, key: Place, frame: Frame | null, sourceCode: SourceCode): boolean {
  const body = onlyValue(call, 'Body', frame, sourceCode);
  if (!body || inputShape(call, frame, sourceCode).properties.has('Tagging')) return false;
  const bindings = bindingsOf(sourceCode);
  const ofKey = derivationOf(key, 'value', sourceCode).visited;
  const hashes = [...ofKey].some((node) => {
    if (node.type !== 'CallExpression') return false;
    const callee = unwrap(node.callee);
    const isGlobalCrypto = callee.type === 'MemberExpression' && methodName(node) === 'digest' && /\bcrypto\.subtle$/.test(sourceCode.getText(callee.object));
    return isGlobalCrypto || originsOf({ node: callee, frame: null }, sourceCode).some((origin) => {
      const entity = entityOf(origin);
      return entity !== null && listed(digests, entity);
    });
  });
  if (!hashes) return false;
  const hashed = new Set([...ofKey].flatMap((node) => (node.type === 'Identifier' ? (bindings.variableOf(node) ?? []) : [])));
  return bodyNames(body, sourceCode).some((name) => {
    const variable = bindings.variableOf(name);
    return variable !== null && hashed.has(variable);
  });
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
