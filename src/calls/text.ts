import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, memberPath, unreadable, type Bindings, type Variable } from './bindings.js';
import { entityOf } from './entities.js';
import { argumentFor, originsOf, type Frame, type Origin, type Place } from './origins.js';
import { getOrMake, perFile } from './per-file.js';
import { literalText, propertyName, unwrap, type Node, type SourceCode } from './syntax.js';

/**
 * The text of a bucket or key, as far as the source tells: pieces that are known, and holes.
 *
 * A hole that stands for the same value wherever it occurs (a constant, a parameter, a property path, an environment
 * variable) has an identity, and two texts with the same pieces and identities name the same thing.
 */

export interface Hole {
  /** Equal identities stand for equal values; null where nothing can be said. */
  readonly identity: string | null;
  /** How the source names it. */
  readonly label: string;
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
  const hole = (identity: string | null, environment: string | null = null): readonly Piece[] => [
    { identity, label: environment === null ? labelOf(node, sourceCode) : `process.env.${environment}`, environment },
  ];
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
    if (joined) return joined.parts.flatMap((part, index) => (index === 0 ? inner(part) : [joined.separator, ...inner(part)]));
  }

  // What is handed in is what the caller calls it: a constant there is fixed for every function that gets it.
  const given = argumentOf({ node, frame: place.frame }, bindings);
  if (given && (!given.hasDefault || given.node.type === 'Identifier')) return piecesOf(given, sourceCode, depth + 1);

  const origins = originsOf({ node, frame: place.frame }, sourceCode);
  const environment = origins.map((origin) => environmentOf(origin, bindings)).find((name) => name !== null) ?? null;
  if (environment !== null) return hole(`env:${environment}`, environment);
  const [origin] = origins;
  if (origins.length === 1 && origin && (origin.node !== node || origin.path.length > 0)) {
    if (origin.path.length > 0) {
      const root = identityOfOrigin(origin, sourceCode, bindings, depth);
      return hole(root ?? versionOf({ node, frame: place.frame }, bindings));
    }
    const pieces = piecesOf(origin, sourceCode, depth + 1);
    const fixed = versionOf({ node, frame: place.frame }, bindings);
    // The parts of a constant's value are fixed with it, whatever they are.
    return pieces.map((piece, index): Piece => {
      if (typeof piece === 'string') return piece;
      // What is known only as one hole is called what it is called here.
      const label = pieces.length === 1 && piece.environment === null && !isHandedIn({ node, frame: place.frame }, bindings) ? labelOf(node, sourceCode) : piece.label;
      return { ...piece, label, identity: piece.identity ?? (fixed && `${fixed}:${index}`) };
    });
  }
  if (origins.length === 1 && origin) return hole(identityOfOrigin(origin, sourceCode, bindings, depth));
  // The same choice between the same values: `preview ? this.drafts : this.live`. What a call answers may differ.
  const choice = choiceOf(node, bindings);
  const parts = choice ? [choice.test, choice.consequent, choice.alternate].map((part) => identityOf(inner(part))) : [];
  if (parts.length > 0 && !parts.includes(null) && !parts[0]?.includes('(')) return hole(parts.join('?'));
  return hole(versionOf({ node, frame: place.frame }, bindings));
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

function environmentOf(origin: Origin, bindings: Bindings): string | null {
  const [first, second] = origin.path;
  const { node } = origin;
  // `process.env[name]`: which one it is, who calls says.
  if (origin.path.includes(unreadable)) return null;
  if (node.type === 'Identifier' && node.name === 'process' && bindings.isGlobal(node) && first === 'env' && origin.path.length === 2) {
    return second ?? null;
  }
  const entity = entityOf(origin);
  if (entity?.module === 'process' && entity.path.length === 2 && entity.path[0] === 'env') return entity.path[1] ?? null;
  // `import.meta.env.X` of Vite and Bun.
  if (node.type === 'MetaProperty' && first === 'env' && origin.path.length === 2) return second ?? null;
  return null;
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

/** `[a, b].join('/')`, `path.join(a, b)`, `a.concat(b)`. */
function joinedParts(node: TSESTree.CallExpression, bindings: Bindings): { parts: readonly Node[]; separator: string } | null {
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression') return null;
  const method = propertyName(callee);
  const given = node.arguments;
  if (given.some((argument) => argument.type === 'SpreadElement')) return null;
  if (method === 'concat') return { parts: [callee.object, ...given], separator: '' };
  if (method !== 'join') return null;
  const [first] = given;
  if (callee.object.type === 'ArrayExpression') {
    const parts = callee.object.elements;
    const separator = first ? literalText(first) : ',';
    if (separator === null || parts.some((part) => !part || part.type === 'SpreadElement')) return null;
    return { parts: parts.filter((part) => part !== null), separator };
  }
  const root = memberPath(callee.object)?.root;
  const variable = root?.type === 'Identifier' ? bindings.variableOf(root) : null;
  const from = variable?.defs[0]?.parent;
  return from?.type === 'ImportDeclaration' && /^(?:node:)?path(?:\/posix)?$/.test(from.source.value) ? { parts: given, separator: '/' } : null;
}

function labelOf(node: Node, sourceCode: SourceCode): string {
  // The text of a parameter would bring its type annotation along.
  if (node.type === 'Identifier') return node.name;
  const text = sourceCode.getText(node).replace(/\s+/g, ' ');
  return text.length <= 40 ? text : `${text.slice(0, 37)}…`;
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

/** The text as a template literal would have it: `avatars/${user.id}.png`. */
export const renderText = (text: Text): string =>
  text.map((piece) => (typeof piece === 'string' ? piece : `\${${piece.label}}`)).join('');
