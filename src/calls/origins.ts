import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, called, unreadable, type Bindings, type ClassNode, type Definition, type Path } from './bindings.js';
import { calledFunctions } from './called-functions.js';
import { argumentFor, enter, framesDeep, isLeftOut, isOpen, type Frame, type Place } from './frames.js';
import { continuationsOf, ownExport } from './links.js';
import { isEffect, passedThrough, providedBy, yieldedBy } from './passed-through.js';
import { getOrMake, perFile } from './per-file.js';
import { contains, enclosingFunction, isClass, isFunction, literalText, propertyName, unwrap, type FunctionNode, type Node, type SourceCode } from './syntax.js';
import { entriesFor, lookupInMap, lookupsOf, nameAt } from './tables.js';
import { takersOf } from './takers.js';

/**
 * Where a value comes from.
 *
 * An expression is followed backwards through variables, destructuring, members, fields, casts, `await`, `.then`,
 * and functions of the file, to the places where it was made. What cannot be followed is an origin itself.
 */

/** The end of a trail: an expression that is not followed further, and the properties still to be read from it. */
export interface Origin extends Place {
  readonly path: Path;
}

const maximumFrames = 5;
const maximumSteps = 400;
/** Reads within reads: each frame of a chain of calls may ask for some. */
const maximumReads = 32;

/** Origins by expression and chain of calls. */
const knownOrigins = perFile(() => new Map<Node, Map<Frame | null, readonly Origin[]>>());

/** Whether a trail ends at a node on its way, before it is followed further. */
export type Stop = (origin: Origin) => boolean;

/**
 * @param place an expression, seen from a chain of calls
 * @param sourceCode its file
 * @param path properties to read from it
 * @param stop where a trail ends beside its natural end
 * @returns every origin it may have; at least one
 */
export function originsOf(place: Place, sourceCode: SourceCode, path: Path = [], stop?: Stop): readonly Origin[] {
  if (stop) return trace(place, path, sourceCode, stop);
  if (path.length > 0) return readOnce(place, path, sourceCode);
  const ofNode = getOrMake(knownOrigins(sourceCode), place.node, () => new Map<Frame | null, readonly Origin[]>());
  const known = ofNode.get(place.frame);
  if (known) return known;
  // Who asks again while the answer is worked out (cyclic constants, recursive functions) is told: itself.
  ofNode.set(place.frame, [{ ...place, path }]);
  const origins = trace(place, path, sourceCode);
  ofNode.set(place.frame, origins);
  return origins;
}

/** What is being read of expressions, and is not known yet. */
const openReads = perFile((): Origin[] => []);

/** What is read of an expression, `merged = { [name]: merged[name].concat(rows) }`, may be asked for again while it is worked out too. */
function readOnce(place: Place, path: Path, sourceCode: SourceCode): readonly Origin[] {
  const open = openReads(sourceCode);
  const isOpenRead = open.some(({ node, frame, path: other }) => node === place.node && frame === place.frame && other.length === path.length && other.every((name, index) => name === path[index]));
  if (isOpenRead || open.length >= maximumReads) return [{ ...place, path }];
  open.push({ ...place, path });
  try {
    return trace(place, path, sourceCode);
  } finally {
    open.pop();
  }
}

function trace(place: Place, path: Path, sourceCode: SourceCode, stop?: Stop): readonly Origin[] {
  const bindings = bindingsOf(sourceCode);
  const origins: Origin[] = [];
  const seen = new Map<Node, readonly { readonly frame: Frame | null; readonly read: string }[]>();
  let steps = 0;

  const end = (node: Node, frame: Frame | null, rest: Path): void => {
    const next = steps > maximumSteps ? [] : continuationsOf({ node, frame, path: rest }, sourceCode);
    if (next.length === 0) origins.push({ node, frame, path: rest });
    // What another module makes belongs to no call that is being followed.
    for (const { node: beyond, path: below } of next) follow(beyond, null, below);
  };

  const follow = (outer: Node, frame: Frame | null, rest: Path): void => {
    const node = unwrap(outer);
    if (++steps > maximumSteps || rest.length > 8 || stop?.({ node, frame, path: rest })) return end(node, frame, rest);
    const before = seen.get(node) ?? [];
    const read = rest.join('.');
    if (before.some((other) => other.frame === frame && other.read === read)) return;
    seen.set(node, [...before, { frame, read }]);
    if (rest.length > 0 && steps > maximumSteps / 2) return end(node, frame, rest);
    switch (node.type) {
      case 'Identifier':
        return followName(node, frame, rest);
      case 'MemberExpression':
        return follow(node.object, frame, [propertyName(node) ?? computedName(node, frame, sourceCode) ?? unreadable, ...rest]);
      case 'ConditionalExpression':
        follow(node.consequent, frame, rest);
        return follow(node.alternate, frame, rest);
      case 'LogicalExpression':
        if (node.operator !== '&&') follow(node.left, frame, rest);
        return follow(node.right, frame, rest);
      case 'AssignmentExpression':
        if (node.operator === '+=') return end(node, frame, rest);
        if (node.operator !== '=') follow(node.left, frame, rest);
        return follow(node.right, frame, rest);
      case 'SequenceExpression':
        return follow(node.expressions.at(-1) ?? node, frame, rest);
      case 'YieldExpression':
        return node.argument ? follow(node.argument, frame, rest) : end(node, frame, rest);
      case 'ObjectExpression':
        return rest.length === 0 ? end(node, frame, rest) : followProperty(node, frame, rest);
      case 'ArrayExpression': {
        const element = rest[0] === undefined ? undefined : node.elements[Number(rest[0])];
        const spread = node.elements.some((item) => item?.type === 'SpreadElement');
        return element && !spread ? follow(element, frame, rest.slice(1)) : end(node, frame, rest);
      }
      case 'ThisExpression':
      case 'Super':
      case 'ClassDeclaration':
      case 'ClassExpression':
        return rest.length === 0 ? end(node, frame, rest) : followMember(node, frame, rest);
      case 'TSEnumDeclaration': {
        const member = node.body.members.find((candidate) => propertyName(candidate) === rest[0]);
        return member?.initializer ? follow(member.initializer, frame, rest.slice(1)) : end(node, frame, rest);
      }
      case 'NewExpression':
        return rest.length === 0 ? end(node, frame, rest) : followInstance(node, frame, rest);
      case 'CallExpression':
        return followCall(node, frame, rest);
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        if (rest[0] !== called || node.generator) return end(node, frame, rest);
        for (const returned of bindings.returnsOf(node)) follow(returned, frame, rest.slice(1));
        return;
      default:
        return end(node, frame, rest);
    }
  };

  const followName = (node: TSESTree.Identifier, frame: Frame | null, rest: Path): void => {
    const variable = bindings.variableOf(node);
    const own = !variable || bindings.definitionsOf(variable).length === 0 ? ownExport(node, rest) : null;
    if (own) return follow(own.node, null, own.path);
    if (!variable) return end(node, frame, rest);
    const [first] = rest;
    let written = false;
    if (first !== undefined) {
      for (const write of bindings.memberWritesOf(variable)) {
        if (write.path.length === 1 && write.path[0] === first && write.value) {
          written = true;
          follow(write.value, frame, rest.slice(1));
        }
      }
    }
    const definitions = bindings.definitionsOf(variable);
    if (definitions.length === 0) return end(node, frame, rest);
    const name = variable.identifiers[0] ?? node;
    for (const definition of definitions) {
      if (definition.kind === 'nothing' && (definitions.length > 1 || written)) continue;
      followDefinition(definition, name, frame, rest);
    }
  };

  const followDefinition = (definition: Definition, name: Node, frame: Frame | null, rest: Path): void => {
    switch (definition.kind) {
      case 'value':
        if (definition.fallback) follow(definition.fallback, frame, rest);
        return follow(definition.value, frame, [...definition.path, ...rest]);
      case 'parameter': {
        const given = argumentFor(definition, frame) ?? argumentFor(definition, frameOfMaker(definition.function, frame, sourceCode));
        if (definition.fallback && !(given && given.path.length === 0 && isCertainlyGiven(given.node))) follow(definition.fallback, frame, rest);
        if (!given && definition.fallback && isLeftOut(definition, frame)) return;
        if (!given) return followHandedTo(definition, frame, rest);
        return follow(given.node, given.frame, [...given.path, ...rest]);
      }
      case 'declaration':
        return follow(definition.node, frame, rest);
      case 'import':
        return end(definition.node, frame, rest);
      case 'element':
      case 'nothing':
      case 'other':
        return end(name, frame, rest);
    }
  };

  /** `withStorage(async (storage) => …)`: a callback is given what the function that takes it calls it with. */
  const followHandedTo = (definition: Extract<Definition, { kind: 'parameter' }>, frame: Frame | null, rest: Path): void => {
    const takers = rest.length === 0 || framesDeep(frame) >= maximumFrames ? [] : takersOf(definition.function, frame, sourceCode);
    const given = takers.flatMap((taker) => {
      const argument = taker.call.arguments[definition.index];
      return argument && argument.type !== 'SpreadElement' ? [{ argument, inner: enter(taker.function, taker.handing, frame) }] : [];
    });
    if (given.length === 0) return end(definition.node, frame, rest);
    for (const { argument, inner } of given) follow(argument, inner, [...definition.path, ...rest]);
  };

  const followProperty = (node: TSESTree.ObjectExpression, frame: Frame | null, rest: Path): void => {
    const [name, ...below] = rest;
    for (const property of [...node.properties].reverse()) {
      if (property.type === 'SpreadElement') {
        follow(property.argument, frame, rest);
      } else if (propertyName(property) === name) {
        if (property.kind !== 'get' || !isFunction(property.value)) return follow(property.value, frame, below);
        for (const returned of bindings.returnsOf(property.value)) follow(returned, frame, below);
        return;
      }
    }
    const chosen = name === unreadable ? entriesFor(node, null, sourceCode) : null;
    if (!chosen || below.length > 0) return end(node, frame, rest);
    for (const { value } of chosen) follow(value, frame, below);
  };

  /** `commands.get(method)` of `new Map([['GET', …], ['PUT', …]])`. */
  const followLookup = (node: TSESTree.CallExpression, frame: Frame | null, rest: Path): boolean => {
    const lookup = lookupInMap(node);
    const [only, ...others] = lookup ? originsOf({ node: lookup.table, frame }, sourceCode) : [];
    if (!lookup || only?.node.type !== 'NewExpression' || only.path.length > 0 || others.length > 0) return false;
    const name = lookupsOf(only.node, sourceCode) ? nameAt(lookup.name, frame, sourceCode) : null;
    const chosen = entriesFor(only.node, name, sourceCode) ?? [];
    for (const { value } of chosen) follow(value, only.frame, rest);
    return chosen.length > 0;
  };

  const followMember = (node: TSESTree.ThisExpression | TSESTree.Super | ClassNode, frame: Frame | null, rest: Path): void => {
    const [name = unreadable, ...below] = rest;
    const found = membersAt(node, name, bindings);
    const provided = found.length === 0 && isClass(node) ? providedBy(node) : null;
    if (provided) return follow(provided.node, frame, [...provided.path, ...rest]);
    if (found.length === 0) return end(node, frame, rest);
    for (const { node: member, value } of found) {
      // Members belong to the instance and not to the call that is being followed.
      const inner = isFunction(value) ? frame : frameOfMaker(enclosingFunction(value), frame, sourceCode);
      if (member.type === 'MethodDefinition' && member.kind === 'get' && isFunction(value)) {
        for (const returned of bindings.returnsOf(value)) follow(returned, frame, below);
      } else if (value.type === 'AssignmentPattern') {
        follow(value.left, frameOfMaker(enclosingFunction(value), frame, sourceCode), below);
      } else {
        follow(value, inner, below);
      }
    }
  };

  const followInstance = (node: TSESTree.NewExpression, frame: Frame | null, rest: Path): void => {
    const made = originsOf({ node: node.callee, frame }, sourceCode)[0]?.node;
    if (made && isClass(made)) return followMember(made, frame, rest);
    return end(node, frame, rest);
  };

  const followCall = (node: TSESTree.CallExpression, frame: Frame | null, rest: Path): void => {
    const through = rest.length > 0 && isEffect(node) ? yieldedBy(node, bindings) : passedThrough(node, bindings);
    if (through.length > 0) {
      for (const passed of through) follow(passed, frame, rest);
      return;
    }
    const functions = calledFunctions(node, frame, sourceCode);
    let followed = false;
    for (const run of functions) {
      const returned = bindings.returnsOf(run);
      if (returned.length === 0 || run.generator || framesDeep(frame) >= maximumFrames || isOpen(frame, run)) continue;
      followed = true;
      const inner = enter(run, node, frame);
      for (const value of returned) follow(value, inner, rest);
    }
    if (followed || followLookup(node, frame, rest)) return;
    // `container.resolve(Storage)`, `inject(Storage)`: what is asked for by its class has the methods of the class.
    const [asked] = node.arguments;
    if (asked?.type === 'Identifier' && rest.length > 0 && originsOf({ node: asked, frame }, sourceCode).some((origin) => isClass(origin.node))) return follow(asked, frame, rest);
    end(node, frame, rest);
  };

  follow(place.node, place.frame, path);
  // Names that only lead to one another are their own end.
  return origins.length > 0 ? origins : [{ ...place, path }];
}

/** `process.env[NAME]`, `env[name]`: the one name that a constant, or what is handed in, gives a computed member. */
function computedName({ property }: TSESTree.MemberExpression, frame: Frame | null, sourceCode: SourceCode): string | null {
  const name = nameAt(property, frame, sourceCode);
  if (name !== null || (property.type !== 'Identifier' && property.type !== 'MemberExpression')) return name;
  const [only, ...others] = originsOf({ node: property, frame }, sourceCode);
  return only && others.length === 0 && only.path.length === 0 ? literalText(only.node) : null;
}

function membersAt(node: TSESTree.ThisExpression | TSESTree.Super | ClassNode, name: string, bindings: Bindings, depth = 0): readonly { node: Node; value: Node }[] {
  const owner = node.type === 'ThisExpression' || node.type === 'Super' ? bindings.ownerOf(node) : node;
  const found = node.type === 'Super' ? [] : bindings.membersOf(owner, name);
  if (found.length > 0 || owner === 'file' || owner.type === 'ObjectExpression' || depth > 3) return found;
  const { superClass } = owner;
  if (superClass?.type !== 'Identifier') return found;
  const variable = bindings.variableOf(superClass);
  const parent = variable && bindings.definitionsOf(variable)[0]?.node;
  const parents = parent?.type === 'ClassDeclaration' || !parent ? [parent] : continuationsOf({ node: parent, frame: null, path: [] }, bindings.sourceCode).map(({ node: beyond }) => beyond);
  // To who is given one, the name of a class means its heirs as well: a sibling is no parent.
  const isSibling = (beyond: ClassNode): boolean => beyond.superClass?.type === 'Identifier' && beyond.superClass.name === superClass.name;
  return parents.flatMap((beyond) => (beyond?.type === 'ClassDeclaration' && !isSibling(beyond) ? membersAt(beyond, name, bindings, depth + 1) : []));
}

/**
 * The call that made what a function was taken from: `new Storage('live')` for a method of that instance, `putTo('live')`
 * for the function that it gave back. Two instances of one class write to two buckets.
 *
 * @param maker a constructor, or a function that made another
 * @param frame the chain of calls that led into a method of the instance, or into the function that was made
 * @param sourceCode the file
 * @returns that call, entered; null where it is not one that is seen
 */
function frameOfMaker(maker: FunctionNode | null, frame: Frame | null, sourceCode: SourceCode): Frame | null {
  const owner = maker && (isConstructor(maker) ? maker.parent.parent : maker);
  for (let open = frame; owner && open; open = open.caller) {
    if (open.function === maker || !contains(owner, open.function) || contains(owner, open.call)) continue;
    const callee = unwrap(open.call.callee);
    if (owner === maker) {
      const made = open.function;
      const [only, ...others] = originsOf({ node: callee, frame: open.caller }, sourceCode).filter(({ node }) => node === made);
      return others.length === 0 ? (only?.frame ?? null) : null;
    }
    const [instance, ...others] = callee.type === 'MemberExpression' ? originsOf({ node: callee.object, frame: open.caller }, sourceCode) : [];
    return instance?.node.type === 'NewExpression' && instance.path.length === 0 && others.length === 0 ? enter(maker, instance.node, instance.frame) : null;
  }
  return null;
}

const isConstructor = (node: FunctionNode): node is TSESTree.FunctionExpression & { parent: TSESTree.MethodDefinition } => node.parent.type === 'MethodDefinition' && node.parent.kind === 'constructor';

/** A value that is there and not `undefined`: no default stands in for it. */
const isCertainlyGiven = (node: Node): boolean => node.type === 'Literal' || node.type === 'TemplateLiteral' || node.type === 'ObjectExpression' || node.type === 'ArrayExpression';
