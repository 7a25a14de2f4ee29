import { bindingsOf } from '../../calls/bindings.js';
import type { Frame } from '../../calls/frames.js';
import { originsOf } from '../../calls/origins.js';
import { inputShape } from '../../calls/s3-call.js';
import { propertyOf, shapeOf, type PropertyValue } from '../../calls/shapes.js';
import { isFunction, isNothing, literalText, propertyName, unwrap, type Node, type SourceCode } from '../../calls/syntax.js';
import { meansCondition } from '../../s3/conditional-headers.js';
import type { CallPlace } from '../same-object.js';

/** What is known of a name besides what the source says of it, as on a trail; null where nothing is. */
export type KnownTruth = (node: Node) => boolean | null;

const nothingKnown: KnownTruth = () => null;

const maximumDepth = 6;

/**
 * @param place a write or delete that names conditions, seen from a chain of calls
 * @param sourceCode its file
 * @param known what is known there besides
 * @returns whether none of them is sent: its value was not given, or an option that was given leaves it out
 */
export function dropsItsConditions({ call, frame }: CallPlace, sourceCode: SourceCode, known: KnownTruth = nothingKnown): boolean {
  const shape = inputShape(call, frame, sourceCode);
  const conditions = [...shape.properties].filter(([name]) => call.operation.preconditions.includes(name) || meansCondition(name));
  if (conditions.length === 0 || (shape.open !== null && shape.open !== 'typed')) return false;
  return conditions.every(([, { values }]) => values.every((value) => isLeftOut(value.node, value.frame) || isNotThere(value.node, value.frame, 0)));

  /** Whether the branch that a value stands in is not taken: `...(force ? {} : { IfMatch: etag })`. */
  function isLeftOut(node: Node, at: Frame | null): boolean {
    for (let child = node, outer = node.parent; outer && !isFunction(outer) && outer.type !== 'BlockStatement'; child = outer, outer = outer.parent) {
      if (outer.type === 'ConditionalExpression' || outer.type === 'IfStatement') {
        const truth = child === outer.test ? null : truthAt(outer.test, at, 0);
        if (truth !== null && truth !== (child === outer.consequent)) return true;
      } else if (outer.type === 'LogicalExpression' && child === outer.right) {
        const truth = truthAt(outer.left, at, 0);
        if (truth !== null && truth !== (outer.operator === '&&')) return true;
      }
    }
    return false;
  }

  /** Whether a value is known to be nothing. */
  function isNotThere(outer: Node, at: Frame | null, depth: number): boolean {
    const node = unwrap(outer);
    if (isNothing(node) || literalText(node) === '') return true;
    if (depth > maximumDepth) return false;
    if (known(node) === false) return true;
    if (node.type === 'ConditionalExpression') {
      const truth = truthAt(node.test, at, depth + 1);
      return [truth === false ? null : node.consequent, truth === true ? null : node.alternate].every((branch) => !branch || isNotThere(branch, at, depth + 1));
    }
    if (node.type === 'LogicalExpression') {
      const [left, right] = [isNotThere(node.left, at, depth + 1), isNotThere(node.right, at, depth + 1)];
      return node.operator === '&&' ? left || right : left && right;
    }
    if (node.type === 'MemberExpression') {
      const name = propertyName(node);
      if (leavesOutWhole(node.object, at)) return true;
      return name !== null && at !== null && holdsNothing(propertyOf(shapeOf({ node: node.object, frame: at }, sourceCode), name), depth);
    }
    return node.type === 'Identifier' && isNotGiven(node, at, depth);
  }

  /** Whether a parameter was left out, or given nothing. */
  function isNotGiven(name: Node, frame: Frame | null, depth: number): boolean {
    const [definition, ...others] = bindingsOf(sourceCode).definitionsAt(name);
    if (!definition || others.length > 0) return false;
    if (definition.kind === 'value') {
      if (definition.fallback && !isNotThere(definition.fallback, frame, depth + 1)) return false;
      const [property, ...below] = definition.path;
      if (property === undefined) return frame !== null && isNotThere(definition.value, frame, depth + 1);
      return frame !== null && below.length === 0 && holdsNothing(propertyOf(shapeOf({ node: definition.value, frame }, sourceCode), property), depth);
    }
    if (definition.kind !== 'parameter') return false;
    let open = frame;
    while (open && open.function !== definition.function) open = open.caller;
    if (!open || open.call.arguments.some(({ type }) => type === 'SpreadElement')) return false;
    const given = open.call.arguments[definition.index];
    const [property, ...below] = definition.path;
    if (below.length > 0) return false;
    if (property === undefined) {
      if (definition.fallback && !isNotThere(definition.fallback, frame, depth + 1)) return false;
      return !given || isNotThere(given, open.caller, depth + 1);
    }
    const parameter = definition.function.params[definition.index];
    // `({ etag } = {})`: the default of the whole stands for what is left out.
    if (!given) return parameter?.type === 'AssignmentPattern' && parameter.right.type === 'ObjectExpression' && parameter.right.properties.length === 0;
    return holdsNothing(propertyOf(shapeOf({ node: given, frame: open.caller }, sourceCode), property), depth);
  }

  /** `options = {}`, and no options were given. */
  function leavesOutWhole(outer: Node, frame: Frame | null): boolean {
    const [definition, ...others] = bindingsOf(sourceCode).definitionsAt(unwrap(outer));
    if (definition?.kind !== 'parameter' || others.length > 0 || definition.path.length > 0) return false;
    let open = frame;
    while (open && open.function !== definition.function) open = open.caller;
    if (!open || open.call.arguments.length > definition.index || open.call.arguments.some(({ type }) => type === 'SpreadElement')) return false;
    return !definition.fallback || (definition.fallback.type === 'ObjectExpression' && definition.fallback.properties.length === 0);
  }

  function holdsNothing(property: PropertyValue, depth: number): boolean {
    return property.kind === 'absent' || (property.kind === 'known' && property.values.every((value) => isNotThere(value.node, value.frame, depth + 1)));
  }

  /** What a test is, by what was given; null where that does not tell. */
  function truthAt(outer: Node, at: Frame | null, depth: number): boolean | null {
    return truthOfGiven(outer, at, sourceCode, known, (node, frame) => isNotThere(node, frame, depth + 1));
  }
}

/**
 * @param outer a test
 * @param frame the chain of calls it is seen from
 * @param sourceCode its file
 * @param known what is known there besides
 * @param isNotThere what tells of a value that it was not given
 * @returns what it is, by the literals that the calls were given; null where they do not tell
 */
export function truthOfGiven(outer: Node, frame: Frame | null, sourceCode: SourceCode, known: KnownTruth = nothingKnown, isNotThere: (node: Node, frame: Frame | null) => boolean = isNothing): boolean | null {
  const test = unwrap(outer);
  const again = (node: Node): boolean | null => truthOfGiven(node, frame, sourceCode, known, isNotThere);
  const told = known(test);
  if (told !== null) return told;
  switch (test.type) {
    case 'Literal':
      return Boolean(test.value);
    case 'UnaryExpression': {
      const truth = test.operator === '!' ? again(test.argument) : null;
      return truth === null ? null : !truth;
    }
    case 'LogicalExpression': {
      const [left, right] = [again(test.left), again(test.right)];
      if (test.operator === '??') return null;
      const decisive = test.operator === '||';
      return left === decisive || right === decisive ? decisive : left === null || right === null ? null : !decisive;
    }
    case 'BinaryExpression': {
      const asked = isNothing(test.right) ? test.left : isNothing(test.left) ? test.right : null;
      if (!asked || !/^[!=]==?$/.test(test.operator)) return null;
      return isNotThere(asked, frame) ? test.operator.startsWith('=') : null;
    }
    case 'Identifier':
    case 'MemberExpression': {
      if (isNotThere(test, frame)) return false;
      if (!frame) return null;
      const truths = new Set(originsOf({ node: test, frame }, sourceCode).map(({ node, path }) => (path.length === 0 && node.type === 'Literal' ? Boolean(node.value) : null)));
      const [only = null] = truths;
      return truths.size === 1 ? only : null;
    }
    default:
      return null;
  }
}
