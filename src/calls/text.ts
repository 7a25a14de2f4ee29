import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, memberPath, unreadable, type Bindings, type Variable } from './bindings.js';
import { entityOf } from './entities.js';
import { environmentOf } from './environment.js';
import { argumentFor, type Frame, type Place } from './frames.js';
import { originsOf, type Origin } from './origins.js';
import { getOrMake, perFile } from './per-file.js';
import { isNothing, literalText, propertyName, unwrap, type Node, type SourceCode } from './syntax.js';
import { isName } from './words.js';

/**
 * The text of a bucket or key, as far as the source tells: pieces that are known, and holes.
 *
 * A hole that stands for the same value wherever it occurs (a constant, a parameter, a property path, an environment
 * variable) has an identity, and two texts with the same pieces and identities name the same thing.
 */

export interface Hole {
  /** Equal identities stand for equal values; null where nothing can be said. */
  readonly identity: string | null;
  /** Expressions that stand for it, the one that it is named by first: which of them can be said depends on the place. */
  readonly said: readonly Place[];
  /** The environment variable that it is read from. */
  readonly environment: string | null;
}

export type Piece = string | Hole;
export type Text = readonly Piece[];

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

/** Puts adjacent known pieces together. */
export function join(pieces: readonly Piece[]): Text {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') joined[joined.length - 1] = last + piece;
    else if (piece !== '') joined.push(piece);
  }
  return joined.length > 0 ? joined : [''];
}

function piecesOf(place: Place, sourceCode: SourceCode, depth: number): readonly Piece[] {
  const node = unwrap(place.node);
  const bindings = bindingsOf(sourceCode);
  const inner = (other: Node): readonly Piece[] => piecesOf({ node: other, frame: place.frame }, sourceCode, depth + 1);
  const here: Place = { node, frame: place.frame };
  const hole = (identity: string | null, environment: string | null = null): readonly Piece[] => [{ identity, said: [here], environment }];
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
    return isText(node) || pieces.some((piece) => typeof piece === 'string' && !/^\d*$/.test(piece)) ? pieces : hole(null);
  }
  if (node.type === 'CallExpression') {
    const joined = joinedParts(node, bindings);
    if (joined) {
      const parts = joined.parts.map(inner);
      return joined.by === 'path' ? pathOf(parts) : parts.flatMap((part, index) => (index === 0 ? part : [joined.separator, ...part]));
    }
  }

  // What is handed in is what the caller calls it: a constant there is fixed for every function that gets it.
  const given = argumentOf(here, bindings);
  if (given && (!given.hasDefault || given.node.type === 'Identifier')) return saidToo(piecesOf(given, sourceCode, depth + 1), here);

  const origins = originsOf(here, sourceCode);
  const environment = environmentAmong(origins, sourceCode);
  if (environment !== null) return hole(`env:${environment}`, environment);
  const [origin] = origins;
  if (origins.length === 1 && origin && (origin.node !== node || origin.path.length > 0)) {
    if (origin.path.length > 0) {
      const root = identityOfOrigin(origin, sourceCode, bindings, depth);
      return hole(root ?? versionOf(here, bindings));
    }
    const pieces = piecesOf(origin, sourceCode, depth + 1);
    const fixed = versionOf(here, bindings);
    // The parts of a constant's value are fixed with it, whatever they are.
    const known = pieces.map((piece, index): Piece => (typeof piece === 'string' ? piece : { ...piece, identity: piece.identity ?? (fixed && `${fixed}:${index}`) }));
    // What is known only as one hole is called what it is called here.
    return isHandedIn(here, bindings) ? saidToo(known, here) : saidFirst(known, here);
  }
  if (origins.length === 1 && origin) return hole(identityOfOrigin(origin, sourceCode, bindings, depth));
  // The same choice between the same values: `preview ? this.drafts : this.live`. What a call answers may differ.
  const choice = choiceOf(node, bindings);
  const parts = choice ? [choice.test, choice.consequent, choice.alternate].map((part) => identityOf(inner(part))) : [];
  if (parts.length > 0 && !parts.includes(null) && !parts[0]?.includes('(')) return hole(parts.join('?'));
  return hole(versionOf(here, bindings));
}

/** The environment variable that a value is read from. `options.bucket ?? process.env.BUCKET` may be anything; a fixed default is no other bucket to who sets the variable. */
function environmentAmong(origins: readonly Origin[], sourceCode: SourceCode): string | null {
  const names = new Set(origins.filter(({ node, path }) => path.length > 0 || (literalText(node) === null && !isNothing(node))).map((origin) => environmentOf(origin, sourceCode)));
  const [only = null] = names;
  return names.size === 1 ? only : null;
}

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

/** One identity for several pieces; null where one of them has none. */
function identityOf(pieces: readonly Piece[]): string | null {
  const parts = pieces.map((piece) => (typeof piece === 'string' ? JSON.stringify(piece) : piece.identity));
  return parts.includes(null) ? null : parts.join('+');
}

/** The choice that a node is, or that a constant stands for. */
function choiceOf(node: Node, bindings: Bindings): TSESTree.ConditionalExpression | null {
  const value = bindings.plainValueOf(node);
  const choice = value ? unwrap(value) : node;
  return choice.type === 'ConditionalExpression' ? choice : null;
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
      return variable && !bindings.isGlobal(node) ? `v${numberOf(variable)}${below}` : `global:${node.name}${below}`;
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
  let name: string | null = null;
  if (callee.type === 'MemberExpression') {
    if (callee.object.type === 'Identifier' && bindings.isGlobal(callee.object) && /^(?:Date|Math|crypto|performance)$/.test(callee.object.name)) return null;
    const object = identify(callee.object);
    const method = propertyName(callee);
    name = object !== null && method !== null ? `${object}.${method}` : null;
  } else if (callee.type === 'Identifier') {
    name = identify(callee);
  }
  if (name === null) return null;
  const given = node.arguments.map((argument) => (argument.type === 'SpreadElement' ? null : identify(argument)));
  return given.includes(null) ? null : `${name}(${given.join(',')})`;
}

/** Which value of its variable a name or member stands for: how often it was written before, in source order. */
function versionOf({ node, frame }: Place, bindings: Bindings, depth = 0): string | null {
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
    const handed = versionOf(given, bindings, depth + 1);
    if (handed !== null) return handed + given.path.map((name) => `.${name}`).join('') + below;
  }
  // `const { bucket } = this.config`: the name stands for `this.config.bucket`.
  if (only?.kind === 'value' && others.length === 0 && only.fallback === null && depth < 5 && !only.path.includes(unreadable)) {
    const value = unwrap(only.value);
    const aliased = value.type === 'Identifier' || value.type === 'MemberExpression' ? versionOf({ node: value, frame }, bindings, depth + 1) : null;
    if (aliased !== null) return aliased + only.path.map((name) => `.${name}`).join('') + below;
  }
  return `v${numberOf(variable)}@${writesBefore(variable, node)}${below}`;
}

const writesBefore = (variable: Variable, node: Node): number =>
  variable.references.filter((reference) => reference.isWrite() && reference.identifier.range[0] < node.range[0]).length;

/** What several parts are put together from. */
type JoinedParts = { readonly by: 'separator'; readonly parts: readonly Node[]; readonly separator: string } | { readonly by: 'path'; readonly parts: readonly Node[] };

/** `[a, b].join('/')`, `a.concat(b)`, and `join(a, b)` of `node:path`. */
function joinedParts(node: TSESTree.CallExpression, bindings: Bindings): JoinedParts | null {
  const callee = unwrap(node.callee);
  const given = node.arguments;
  if (given.some((argument) => argument.type === 'SpreadElement')) return null;
  if (callee.type === 'MemberExpression') {
    const method = propertyName(callee);
    if (method === 'concat') return { by: 'separator', parts: [callee.object, ...given], separator: '' };
    if (method === 'join' && callee.object.type === 'ArrayExpression') {
      const [first] = given;
      const parts = callee.object.elements;
      const separator = first ? literalText(first) : ',';
      if (separator === null || parts.some((part) => !part || part.type === 'SpreadElement')) return null;
      return { by: 'separator', parts: parts.filter((part) => part !== null), separator };
    }
  }
  return given.length > 0 && isPathJoin(callee, bindings) ? { by: 'path', parts: given } : null;
}

/** `path.join`, `posix.join` and `join`, by their import or `require`; `win32.join` puts other slashes into keys. */
function isPathJoin(callee: Node, bindings: Bindings): boolean {
  const called = memberPath(callee);
  const [only, ...others] = called ? bindings.definitionsAt(called.root) : [];
  if (!called || others.length > 0 || (only?.kind !== 'import' && only?.kind !== 'value')) return false;
  const given = only.kind === 'value' ? { node: only.value, path: [...only.path, ...called.path] } : { node: only.node, path: called.path };
  const entity = entityOf({ ...given, frame: null });
  return entity !== null && /^path(?:\/posix)?$/.test(entity.module) && /^(?:posix\.)?join$/.test(entity.path.join('.'));
}

/** The parts of a path, with one slash between them: `join` leaves out what is empty. */
function pathOf(parts: readonly (readonly Piece[])[]): readonly Piece[] {
  const filled = parts.map(join).filter((part) => part.some((piece) => piece !== ''));
  return join(filled.flatMap((part, index) => (index === 0 ? part : ['/', ...part]))).map((piece) => (typeof piece === 'string' ? piece.replace(/\/{2,}/g, '/') : piece));
}

/** Whether two texts name the same thing. What cannot be compared is not the same. */
export function sameText(one: Text, other: Text): boolean {
  return (
    one.length === other.length &&
    one.every((piece, index) => {
      const twin = other[index];
      if (typeof piece === 'string' || twin === undefined || typeof twin === 'string') return piece === twin;
      return piece.identity !== null && piece.identity === twin.identity;
    })
  );
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
