import { Node, SyntaxKind, type BinaryExpression, type TemplateExpression } from 'ts-morph';

import { madeBy } from './classes.js';
import { instanceIn } from './frames.js';
import { listOf, objectOf } from './literals.js';
import { elementOf, membersOf } from './members.js';
import { namedValues } from './names.js';
import { placeKey, type Place } from './place.js';
import { resultOf } from './results.js';
import { distinct, nothing, piecesOf, type Piece, type Value } from './value.js';
import type { World } from './world.js';

/**
 * @param place an expression
 * @param world the files
 * @returns what it may be; one value that is not known where the files do not tell
 */
export function evaluate(place: Place, world: World): readonly Value[] {
  return distinct(valuesOf(place, world));
}

function valuesOf(place: Place, world: World): readonly Value[] {
  const { node, frame } = place;
  const inner = wrapped(node);
  if (inner) return world.valuesOf(inner, frame);
  if (Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node)) return [{ kind: 'text', pieces: [node.getLiteralText()] }];
  if (Node.isNumericLiteral(node)) return [{ kind: 'constant', value: node.getLiteralValue() }];
  if (Node.isTrueLiteral(node) || Node.isFalseLiteral(node)) return [{ kind: 'constant', value: node.getLiteralValue() }];
  if (Node.isNullLiteral(node) || Node.isVoidExpression(node)) return [nothing];
  if (Node.isTemplateExpression(node)) return templateValues(node, place, world);
  if (Node.isTaggedTemplateExpression(node)) return taggedValues(place, world);
  if (Node.isIdentifier(node)) return namedValues(node, frame, world);
  if (Node.isThisExpression(node)) return [instanceIn(frame) ?? unknown(place, world)];
  if (Node.isPropertyAccessExpression(node)) return world.valuesOf(node.getExpression(), frame).flatMap((target) => membersOf(target, node.getName(), world));
  if (Node.isElementAccessExpression(node)) return elementOf(node, frame, world);
  if (Node.isNewExpression(node)) return madeBy(node, frame, world);
  if (Node.isCallExpression(node)) return resultOf(node, frame, world);
  if (Node.isObjectLiteralExpression(node)) return [objectOf(node, frame, world)];
  if (Node.isArrayLiteralExpression(node)) return [listOf(node, frame, world)];
  if (Node.isArrowFunction(node) || Node.isFunctionExpression(node)) return [{ kind: 'function', key: placeKey(place, world), node, frame }];
  if (Node.isClassExpression(node)) return [{ kind: 'class', key: String(world.id(node)), node }];
  if (Node.isConditionalExpression(node)) return [node.getWhenTrue(), node.getWhenFalse()].flatMap((branch) => world.valuesOf(branch, frame));
  if (Node.isBinaryExpression(node)) return binaryValues(node, place, world);
  return [unknown(place, world)];
}

const unknown = (place: Place, world: World): Value => ({ kind: 'unknown', key: placeKey(place, world) });

/** What only dresses an expression: casts, brackets, `await`. */
function wrapped(node: Node): Node | null {
  return Node.isParenthesizedExpression(node) || Node.isAsExpression(node) || Node.isSatisfiesExpression(node) || Node.isTypeAssertion(node) || Node.isNonNullExpression(node) || Node.isAwaitExpression(node)
    ? node.getExpression()
    : null;
}

function binaryValues(node: BinaryExpression, place: Place, world: World): readonly Value[] {
  const left = (): readonly Value[] => world.valuesOf(node.getLeft(), place.frame);
  const right = (): readonly Value[] => world.valuesOf(node.getRight(), place.frame);
  switch (node.getOperatorToken().getKind()) {
    case SyntaxKind.PlusToken:
      return [{ kind: 'text', pieces: [...piecesOf(left()), ...piecesOf(right())] }];
    case SyntaxKind.QuestionQuestionToken:
      return otherwise(left(), ({ kind }) => kind === 'nothing', right);
    case SyntaxKind.BarBarToken:
      return otherwise(left(), isFalsy, right);
    case SyntaxKind.AmpersandAmpersandToken: {
      const tested = left();
      if (tested.every(isFalsy)) return tested;
      // Where the test fails, there is nothing there, whatever kind of nothing.
      return tested.every((value) => value.kind !== 'unknown' && value.kind !== 'member' && value.kind !== 'called' && !isFalsy(value)) ? right() : [...right(), nothing];
    }
    case SyntaxKind.EqualsToken:
      return right();
    default:
      return [unknown(place, world)];
  }
}

/** `left ?? right`, `left || right`. What is not known may be there or not. */
function otherwise(left: readonly Value[], isMissing: (value: Value) => boolean, right: () => readonly Value[]): readonly Value[] {
  const there = left.filter((value) => !isMissing(value));
  return there.length === left.length && there.every(({ kind }) => kind !== 'unknown' && kind !== 'member' && kind !== 'called') ? there : [...there, ...right()];
}

const isFalsy = (value: Value): boolean => value.kind === 'nothing' || (value.kind === 'constant' && !value.value) || (value.kind === 'text' && value.pieces.every((piece) => piece === ''));

function templateValues(node: TemplateExpression, { frame }: Place, world: World): readonly Value[] {
  const spans = node.getTemplateSpans();
  const [only] = spans;
  const head = node.getHead().getLiteralText();
  // `${name}` is the name itself.
  if (only && spans.length === 1 && head === '' && only.getLiteral().getLiteralText() === '') return world.valuesOf(only.getExpression(), frame);
  const pieces = spans.flatMap((span): readonly Piece[] => [...piecesOf(world.valuesOf(span.getExpression(), frame)), span.getLiteral().getLiteralText()]);
  return [{ kind: 'text', pieces: [head, ...pieces] }];
}

/** Pulumi's `interpolate` waits for the parts, and joins them like a plain template: https://www.pulumi.com/docs/iac/concepts/inputs-outputs/apply/#outputs-and-strings */
function taggedValues(place: Place, world: World): readonly Value[] {
  const node = place.node.asKindOrThrow(SyntaxKind.TaggedTemplateExpression);
  return /^(?:.*\.)?\$?interpolate$/.test(node.getTag().getText()) ? world.valuesOf(node.getTemplate(), place.frame) : [unknown(place, world)];
}
