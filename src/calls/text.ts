import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, memberPath, unreadable, type Bindings, type Variable } from './bindings.js';
import { isChangedInParts } from './changed-in-parts.js';
import { chosenOf, identityOfChosen } from './chosen.js';
import { entityOf } from './entities.js';
import { environmentOf } from './environment.js';
import { argumentFor, frameOf, isLeftOut, type Frame, type Place } from './frames.js';
import { originsOf, type Origin } from './origins.js';
import { partOfPath, pathOf } from './path-pieces.js';
import { getOrMake, perFile } from './per-file.js';
import { isPureFunction } from './pure-function.js';
import { identityOf, join, type Hole, type Piece, type Text } from './pieces.js';
import { enclosingFunction, isFunction, isNothing, literalText, propertyName, unwrap, walk, type Node, type SourceCode } from './syntax.js';
import { isName } from './words.js';

/** The text of a bucket or key, as far as the source tells. */

export { join, sameText, type Hole, type Piece, type Text } from './pieces.js';

/** Numbers that stand for variables and owners in identities. Owner: this module; they live as long as what they number. */
const numbers = new WeakMap<object, number>();
let lastNumber = 0;
const numberOf = (thing: object): number => getOrMake(numbers, thing, () => ++lastNumber);

/**
 * @param place a bucket, a key or another string, seen from a chain of calls
 * @param sourceCode its file
 * @returns its pieces; adjacent known pieces are one
 */
export function textOf(place: Place, sourceCode: SourceCode): Text {
  const ofNode = getOrMake(knownTexts(sourceCode), place.node, () => new Map<Frame | null, Text>());
  return getOrMake(ofNode, place.frame, () => join(piecesOf(place, sourceCode, 0)));
}

const knownTexts = perFile(() => new Map<Node, Map<Frame | null, Text>>());

function piecesOf(place: Place, sourceCode: SourceCode, depth: number): readonly Piece[] {
  const node = unwrap(place.node);
  const bindings = bindingsOf(sourceCode);
  const inner = (other: Node): readonly Piece[] => piecesOf({ node: other, frame: place.frame }, sourceCode, depth + 1);
  const here: Place = { node, frame: place.frame };
  const further = (other: Place): Text => join(piecesOf(other, sourceCode, depth + 1));
  const hole = (identity: string | null, environment: string | null = null): readonly Piece[] => [{ identity, said: [here], environment, part: null }];
  const chosen = (): string | null => identityOfChosen(here, sourceCode, (other) => identityOf(textOf(other, sourceCode)));
  if (depth > 10) return hole(null);

  const literal = literalText(node);
  if (literal !== null) return [literal];
  if (node.type === 'TemplateLiteral') {
    return node.quasis.flatMap((quasi, index) => {
      const expression = node.expressions[index];
      return [quasi.value.cooked ?? quasi.value.raw, ...(expression ? inner(expression) : [])];
    });
  }
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    // A sum of numbers is no text: only what has a string in it is put together.
    const pieces = termsOf(node).flatMap(inner);
    return isText(node) || pieces.some((piece) => (typeof piece === 'string' ? !/^\d*$/.test(piece) : piece.part !== null)) ? pieces : hole(null);
  }
  if (node.type === 'CallExpression') {
    const joined = joinedParts(node);
    if (joined) return joined.parts.map(inner).flatMap((part, index) => (index === 0 ? part : [joined.separator, ...part]));
    const path = pathOf(node, place.frame, sourceCode, further);
    if (path) return path;
  }

  // What is handed in is what the caller calls it: a constant there is fixed for every function that gets it.
  const given = argumentOf(here, bindings);
  if (given && (!given.hasDefault || given.node.type === 'Identifier')) return saidToo(piecesOf(given, sourceCode, depth + 1), here);

  const origins = withoutHolders(originsOf(here, sourceCode));
  const environment = environmentAmong(origins, sourceCode);
  if (environment !== null && (origins.length === 1 || isDefaulted(here, environment, sourceCode))) return hole(`env:${environment}`, environment);
  const [origin] = origins;
  if (origins.length === 1 && origin && (origin.node !== node || origin.path.length > 0)) {
    const pieces = origin.path.length > 0 ? partOfPath(origin, sourceCode, further) : piecesOf(origin, sourceCode, depth + 1);
    if (!pieces) return hole(identityOfOrigin(origin, sourceCode, bindings, depth) ?? chosen() ?? versionOf(here, bindings, sourceCode));
    const isTold = pieces.every((piece) => typeof piece === 'string' || piece.identity !== null);
    const fixed = isTold ? null : (identityOfAnswer(here, sourceCode, depth) ?? chosen() ?? versionOf(here, bindings, sourceCode));
    // The parts of a constant's value are fixed with it, whatever they are.
    const known = pieces.map((piece, index): Piece => (typeof piece === 'string' ? piece : { ...piece, identity: piece.identity ?? (fixed && `${fixed}:${index}`) }));
    // What is known only as one hole is called what it is called here.
    return isHandedIn(here, bindings) ? saidToo(known, here) : saidFirst(known, here);
  }
  if (origins.length === 1 && origin) return hole(identityOfOrigin(origin, sourceCode, bindings, depth));
  return hole(identityOfAnswer(here, sourceCode, depth) ?? chosen() ?? versionOf(here, bindings, sourceCode));
}

/**
 * The origins of a value, without the object that is only spread into: `{ ...data, body }` has no other `key` than `data`
 * has. Who makes an object of several others gets what each of them may have.
 */
function withoutHolders(origins: readonly Origin[]): readonly Origin[] {
  const held = origins.filter(({ node, path }) => path.length === 0 || node.type !== 'ObjectExpression' || !holdsOneOther(node));
  return held.length > 0 ? held : origins;
}

/** Whether an object is a copy of another, with more beside it that is read by name. */
const holdsOneOther = ({ properties }: TSESTree.ObjectExpression): boolean =>
  properties.filter(({ type }) => type === 'SpreadElement').length === 1 && properties.every((property) => property.type === 'SpreadElement' || propertyName(property) !== null);

/** The environment variable that a value is read from. `options.bucket ?? process.env.BUCKET` may be anything; a fixed default is no other bucket to who sets the variable. */
function environmentAmong(origins: readonly Origin[], sourceCode: SourceCode): string | null {
  const names = new Set(origins.filter(({ node, path }) => path.length > 0 || (literalText(node) === null && !isNothing(node))).map((origin) => environmentOf(origin, sourceCode)));
  const [only = null] = names;
  return names.size === 1 ? only : null;
}

/** Whether what stands beside an environment variable is its default: a choice that asks for something else has several values. */
const isDefaulted = (place: Place, environment: string, sourceCode: SourceCode): boolean =>
  chosenOf(place, sourceCode).every(({ node, frame }) => {
    if (node.type !== 'ConditionalExpression') return true;
    const values = [node.consequent, node.alternate].map(unwrap);
    let asks = values.some(isNothing);
    walk(node.test, sourceCode, (part) => {
      asks ||= isName(part) && originsOf({ node: part, frame }, sourceCode).some((origin) => environmentOf(origin, sourceCode) === environment);
      return !asks;
    });
    return asks;
  });

/** The same where a name stands for it as a whole too. */
function saidToo(pieces: readonly Piece[], name: Place): readonly Piece[] {
  const [only, ...others] = pieces;
  return only === undefined || typeof only === 'string' || others.length > 0 ? pieces : [{ ...only, said: [...only.said, name] }];
}

/** The same where it is called that rather than anything else: what made it would make another one. */
function saidFirst(pieces: readonly Piece[], name: Place): readonly Piece[] {
  const [only, ...others] = pieces;
  return only === undefined || typeof only === 'string' || others.length > 0 ? pieces : [{ ...only, said: [name, ...only.said.filter(({ node }) => isName(node))] }];
}

/** The terms of a sum, however long it is: `a + b + c` nests to the left. */
function termsOf(sum: TSESTree.BinaryExpression): Node[] {
  const terms: Node[] = [];
  let rest: Node = sum;
  for (; rest.type === 'BinaryExpression' && rest.operator === '+'; rest = unwrap(rest.left)) terms.unshift(rest.right);
  return [rest, ...terms];
}

/** Whether a sum has a string literal or template among its terms. */
const isText = (sum: TSESTree.BinaryExpression): boolean =>
  termsOf(sum).some((part) => {
    const term = unwrap(part);
    return term.type === 'TemplateLiteral' || (term.type === 'Literal' && typeof term.value === 'string') || (term.type === 'BinaryExpression' && term.operator === '+' && isText(term));
  });

/** The argument that a parameter stands for in the call that is being followed. */
function argumentOf({ node, frame }: Place, bindings: Bindings): (Place & { hasDefault: boolean }) | null {
  const [definition, ...others] = frame ? bindings.definitionsAt(node) : [];
  if (definition?.kind !== 'parameter' || others.length > 0) return null;
  const given = argumentFor(definition, frame);
  return given?.path.length === 0 ? { node: given.node, frame: given.frame, hasDefault: definition.fallback !== null } : null;
}

/** Whether a name, or the root of a member, stands for an argument: the argument says more than the name. */
function isHandedIn({ node, frame }: Place, bindings: Bindings): boolean {
  const root = memberPath(node)?.root;
  const [definition] = frame && root ? bindings.definitionsAt(root) : [];
  return definition?.kind === 'parameter' && argumentFor(definition, frame) !== null;
}

function identityOfOrigin(origin: Origin, sourceCode: SourceCode, bindings: Bindings, depth: number): string | null {
  const { node, path } = origin;
  if (path.includes(unreadable)) return null;
  const below = path.map((name) => `.${name}`).join('');
  const entity = entityOf(origin);
  if (entity) return `import:${entity.module}#${entity.path.join('.')}`;
  switch (node.type) {
    case 'Identifier': {
      const variable = bindings.variableOf(node);
      if (!variable || bindings.isGlobal(node)) return `global:${node.name}${below}`;
      return (identityInCall(variable, origin.frame, sourceCode, depth) ?? `v${numberOf(variable)}`) + below;
    }
    case 'ThisExpression':
      return `this${ownerNumber(node, bindings)}${below}`;
    case 'CallExpression': {
      const call = identityOfCall(node, origin, sourceCode, bindings, depth);
      return call && call + below;
    }
    case 'Literal':
      return below === '' ? `literal:${node.raw}` : null;
    default:
      return null;
  }
}

const ownerNumber = (node: Node, bindings: Bindings): number | 'file' => {
  const owner = bindings.ownerOf(node);
  return owner === 'file' ? owner : numberOf(owner);
};

/**
 * The same function called with the same arguments. Who *reads* an object under `keyOf(user)` relies on the function
 * giving the same key again, so equal calls name the same object; clocks and random numbers never do.
 */
function identityOfCall(node: TSESTree.CallExpression, place: Place, sourceCode: SourceCode, bindings: Bindings, depth: number): string | null {
  const callee = unwrap(node.callee);
  const identify = (other: Node): string | null => {
    const pieces = depth < 3 ? textOf({ node: other, frame: place.frame }, sourceCode) : join(piecesOf({ node: other, frame: place.frame }, sourceCode, depth + 1));
    return identityOf(pieces);
  };
  if (callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && bindings.isGlobal(callee.object) && /^(?:Date|Math|crypto|performance)$/.test(callee.object.name)) return null;
  let name = identityOfFunction({ node: callee, frame: place.frame }, sourceCode);
  if (name === null && callee.type === 'MemberExpression') {
    const object = identify(callee.object);
    const method = propertyName(callee);
    name = object !== null && method !== null ? `${object}.${method}` : null;
  } else if (name === null && callee.type === 'Identifier') {
    name = identify(callee);
  }
  if (name === null) return null;
  const given = node.arguments.map((argument) => (argument.type === 'SpreadElement' ? null : identify(argument)));
  return given.includes(null) ? null : `${name}(${given.join(',')})`;
}

/**
 * What a function of the project answers, whichever of its `return`s it takes: one that depends on nothing but its
 * arguments says the same to equal ones. A constant that holds the answer is called what the call is.
 */
function identityOfAnswer({ node, frame }: Place, sourceCode: SourceCode, depth: number): string | null {
  const bindings = bindingsOf(sourceCode);
  const call = unwrap(bindings.plainValueOf(node) ?? node);
  if (call.type !== 'CallExpression' || call.arguments.some((argument) => isChangedInParts({ node: argument, frame }, sourceCode))) return null;
  const functions = originsOf({ node: call.callee, frame }, sourceCode);
  const isPure = functions.length > 0 && functions.every((origin) => isFunction(origin.node) && origin.path.length === 0 && isPureFunction(origin.node, sourceCode));
  const identity = isPure ? identityOfCall(call, { node: call, frame }, sourceCode, bindings, depth) : null;
  // What a function sees of the one around it belongs to one run of that.
  const around = functions.map(({ node: made }) => enclosingFunction(made)).find((outer) => outer !== null);
  const run = around && frameOf(around, frame);
  return identity && (run ? `${identity}^${String(numberOf(run))}` : identity);
}

/**
 * The function that a callee is, however it is spelled: `keys.of` of a whole module, and `of` taken out of it. A function
 * that has a `this`, or was made by another, has more to it than its code.
 */
function identityOfFunction(callee: Place, sourceCode: SourceCode): string | null {
  const [only, ...others] = originsOf(callee, sourceCode);
  if (!only || others.length > 0) return null;
  const entity = entityOf(only);
  if (entity) return `import:${entity.module}#${entity.path.join('.')}`;
  const isPlain = only.path.length === 0 && isFunction(only.node) && enclosingFunction(only.node) === null && !/\b(?:this|super)\b/.test(sourceCode.getText(only.node));
  return isPlain ? `function${String(numberOf(only.node))}` : null;
}

/** Which value of its variable a name or member stands for: how often it was written before, in source order. */
function versionOf({ node, frame }: Place, bindings: Bindings, sourceCode: SourceCode, depth = 0): string | null {
  const path = memberPath(node);
  if (!path || path.path.includes(unreadable)) return null;
  const below = path.path.map((name) => `.${name}`).join('');
  if (path.root.type === 'ThisExpression') return `this${ownerNumber(path.root, bindings)}${below}`;
  const variable = path.root.type === 'Identifier' ? bindings.variableOf(path.root) : null;
  if (!variable) return null;
  const [only, ...others] = bindings.definitionsOf(variable);
  // A part of what is handed in is a part of what the caller has.
  const given = only?.kind === 'parameter' && others.length === 0 && depth < 5 ? argumentFor(only, frame) : null;
  if (given && !given.path.includes(unreadable)) {
    const handed = versionOf(given, bindings, sourceCode, depth + 1);
    if (handed !== null) return handed + given.path.map((name) => `.${name}`).join('') + below;
  }
  // `const { bucket } = this.config`: the name stands for `this.config.bucket`.
  if (only?.kind === 'value' && others.length === 0 && only.fallback === null && depth < 5 && !only.path.includes(unreadable)) {
    const value = unwrap(only.value);
    const aliased = value.type === 'Identifier' || value.type === 'MemberExpression' ? versionOf({ node: value, frame }, bindings, sourceCode, depth + 1) : null;
    if (aliased !== null) return aliased + only.path.map((name) => `.${name}`).join('') + below;
  }
  return (identityInCall(variable, frame, sourceCode, depth) ?? `v${numberOf(variable)}@${writesBefore(variable, node)}`) + below;
}

/**
 * What a parameter is in the call that is being followed, where no argument is it as it stands. `...parts` is a list: equal
 * arguments make equal ones. Of anything else is only known that one call hands in one thing.
 */
function identityInCall(variable: Variable, frame: Frame | null, sourceCode: SourceCode, depth: number): string | null {
  const [only, ...others] = bindingsOf(sourceCode).definitionsOf(variable);
  const entered = only?.kind === 'parameter' && others.length === 0 ? frameOf(only.function, frame) : null;
  if (only?.kind !== 'parameter' || !entered || isLeftOut(only, frame)) return null;
  const { function: taker, index, path } = only;
  if (taker.params[index]?.type === 'RestElement' && path.length === 1 && depth < 5) {
    const list = argumentsOf(entered, sourceCode);
    if (list) return `[${list.slice(index).join(',')}]`;
  }
  return `v${numberOf(variable)}^${String(numberOf(entered))}`;
}

/** What the arguments of a call are; null where one of them is not told. Who asks again while they are worked out is not told. */
function argumentsOf(entered: Frame, sourceCode: SourceCode): readonly string[] | null {
  const known = knownArguments(sourceCode);
  const before = known.get(entered);
  if (before !== undefined) return before;
  known.set(entered, null);
  const given = entered.call.arguments.map((argument) => (argument.type === 'SpreadElement' ? null : identityOf(textOf({ node: argument, frame: entered.caller }, sourceCode))));
  const told = given.filter((identity) => identity !== null);
  const list = told.length === given.length ? told : null;
  known.set(entered, list);
  return list;
}

const knownArguments = perFile(() => new Map<Frame, readonly string[] | null>());

const writesBefore = (variable: Variable, node: Node): number =>
  variable.references.filter((reference) => reference.isWrite() && reference.identifier.range[0] < node.range[0]).length;

/** `[a, b].join('/')` and `a.concat(b)`. */
function joinedParts(node: TSESTree.CallExpression): { readonly parts: readonly Node[]; readonly separator: string } | null {
  const callee = unwrap(node.callee);
  const given = node.arguments;
  if (callee.type !== 'MemberExpression' || given.some((argument) => argument.type === 'SpreadElement')) return null;
  const method = propertyName(callee);
  if (method === 'concat') return { parts: [callee.object, ...given], separator: '' };
  if (method !== 'join' || callee.object.type !== 'ArrayExpression') return null;
  const [first] = given;
  const parts = callee.object.elements;
  const separator = first ? literalText(first) : ',';
  if (separator === null || parts.some((part) => !part || part.type === 'SpreadElement')) return null;
  return { parts: parts.filter((part) => part !== null), separator };
}

/**
 * @param text a text
 * @param wordsOf what a hole is called; null where it has no name
 * @returns the text as a template literal would have it: `avatars/${user.id}.png`, and `avatars/….png` where a hole has no name
 */
export function renderText(text: Text, wordsOf: (hole: Hole) => string | null): string {
  const rendered = text.map((piece) => {
    const words = typeof piece === 'string' ? null : wordsOf(piece);
    return typeof piece === 'string' ? piece : words === null ? unnamed : `\${${words}}`;
  });
  return rendered.filter((piece, index) => piece !== unnamed || rendered[index - 1] !== unnamed).join('');
}

/** What stands for a piece that has no name. */
export const unnamed = '…';
