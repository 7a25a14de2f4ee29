import { bindingsOf, type Definition } from '../../calls/bindings.js';
import { calledFunctions } from '../../calls/called-functions.js';
import type { Frame, Place } from '../../calls/frames.js';
import { originsOf, type Origin } from '../../calls/origins.js';
import { calledName, contains, enclosingFunction, isNothing, literalText, propertyName, walk, wrapped, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import type { Repeat } from './repeats.js';
import { isPutIntoAnew } from './filled-anew.js';
import type { RunAnew } from './run-anew.js';
import { textOriginsOf } from '../text-origins.js';

/** What a value is from one attempt of a retry to the next. */
export type AcrossAttempts =
  /** The same; `from`: the places outside of the repeated part where it comes in. */
  | { readonly kind: 'same'; readonly from: readonly Place[] }
  | { readonly kind: 'may differ' };

const mayDiffer: AcrossAttempts = { kind: 'may differ' };

/**
 * @param value a value that an attempt uses, as seen from a chain of calls
 * @param repeat what makes the attempts
 * @param anew what each attempt runs again
 * @param sourceCode the file
 * @returns whether every attempt is sure to have the same value: all that it is made of was there before the first one
 */
export function acrossAttempts(value: Place, repeat: Repeat, anew: RunAnew, sourceCode: SourceCode): AcrossAttempts {
  const passed: Origin[] = [];
  const ends = textOriginsOf(value, sourceCode, (origin) => {
    passed.push(origin);
    return (isBefore(origin, anew) && !isDeclaredOnly(origin.node, sourceCode)) || isMadeThere(origin, anew, sourceCode);
  });
  const from: Place[] = [];
  for (const end of ends.filter((one) => !isSpreadThrough(one, ends))) {
    const given = endsAt(end, repeat, anew, sourceCode);
    if (given === 'may differ') return mayDiffer;
    from.push(...given);
  }
  return passed.some((origin) => anew.holds(origin.node) && isChanged(origin.node, anew, sourceCode)) ? mayDiffer : { kind: 'same', from };
}

/** An object that has a value only by what is spread into it, which has an end of its own. */
const isSpreadThrough = ({ node, path }: Origin, ends: readonly Origin[]): boolean => ends.length > 1 && path.length > 0 && node.type === 'ObjectExpression' && node.properties.some(({ type }) => type === 'SpreadElement');

/** Whether an expression was evaluated before the attempts: around them, or in a call that stands there. */
function isBefore({ node, frame }: Origin, { pieces, holds }: RunAnew): boolean {
  if (node.type === 'ImportSpecifier' || node.type === 'ImportDefaultSpecifier' || node.type === 'ImportNamespaceSpecifier' || holds(node)) return false;
  let open: Frame | null = frame;
  for (let inner: Node = node, owner = enclosingFunction(inner); ; owner = enclosingFunction(inner)) {
    if (!owner) return true;
    const around: Node = owner;
    if (pieces.some((piece) => contains(around, piece)) || isConstructorAround(owner, pieces)) return true;
    while (open && open.function !== owner) open = open.caller;
    if (!open || holds(open.call)) return false;
    inner = open.call;
    open = open.caller;
  }
}

/** What a constructor sets was set before its methods ran. */
const isConstructorAround = ({ parent }: FunctionNode, pieces: readonly Node[]): boolean =>
  parent.type === 'MethodDefinition' && parent.kind === 'constructor' && pieces.some((piece) => contains(parent.parent, piece));

/** A call within the repeated part whose answer is not seen to be made of what is given to it. */
function isMadeThere({ node }: Origin, { holds }: RunAnew, sourceCode: SourceCode): boolean {
  if (node.type !== 'CallExpression' || !holds(node)) return false;
  return !respelling.test(calledName(node)) && calledFunctions(node, null, sourceCode).length === 0;
}

/** The same text in another spelling: `etag.replace(…)`, `String(etag)`, `quote(etag)`. */
const respelling = /^(?:String|toString|replace(?:All)?|slice|substring|toLowerCase|toUpperCase|(?:normali[sz]e|strip|trim|quote|unquote|clean|format|wrap|ensure)\w*)$/;

/** Where a value comes in from outside; none for what is no value. */
function endsAt(end: Origin, repeat: Repeat, anew: RunAnew, sourceCode: SourceCode): readonly Place[] | 'may differ' {
  const { node, frame } = end;
  const text = literalText(node);
  if (isNothing(node)) return isSetTo(node) && anew.holds(node) ? 'may differ' : [];
  if (text !== null) return [end];
  if (isBefore(end, anew) && !isDeclaredOnly(node, sourceCode)) return [{ node, frame }];
  const [definition] = node.type === 'Identifier' ? bindingsOf(sourceCode).definitionsAt(node) : [];
  if (definition?.kind === 'nothing') return [];
  return definition?.kind === 'parameter' ? handedIn(definition, end, repeat, anew, sourceCode) : 'may differ';
}

/** `etag = undefined`, and not what stands in for a value that is missing: `etag ?? undefined`. */
const isSetTo = (node: Node): boolean => !/^(?:Conditional|Logical)Expression$/.test(wrapped(node).parent?.type ?? '');

/** A name at its declaration, which says nothing of when it is given its value. */
const isDeclaredOnly = (node: Node, sourceCode: SourceCode): boolean => node.type === 'Identifier' && bindingsOf(sourceCode).definitionsAt(node)[0]?.kind !== 'parameter' && bindingsOf(sourceCode).variableOf(node)?.identifiers[0] === node;

type Parameter = Extract<Definition, { kind: 'parameter' }>;

/** A parameter of a function around the attempts stays what it is; that of a function which calls itself is what it hands on. */
function handedIn(parameter: Parameter, end: Origin, repeat: Repeat, anew: RunAnew, sourceCode: SourceCode): readonly Place[] | 'may differ' {
  if ((repeat.kind !== 'recursion' && repeat.kind !== 'timer') || parameter.function !== repeat.repeated) return 'may differ';
  const isTimer = !calledFunctions(repeat.node, null, sourceCode).includes(repeat.repeated);
  // `setTimeout(save, 100, key, etag)`
  const given = (isTimer ? repeat.node.arguments.slice(2) : repeat.node.arguments).slice(0, parameter.index + 1);
  const argument = given[parameter.index];
  if (!argument || given.some((item) => item.type === 'SpreadElement')) return 'may differ';
  const bindings = bindingsOf(sourceCode);
  const handedOn = originsOf({ node: argument, frame: null }, sourceCode, end.path);
  for (const handed of handedOn.filter((one) => !isSpreadThrough(one, handedOn))) {
    const [definition] = handed.node.type === 'Identifier' ? bindings.definitionsAt(handed.node) : [];
    const path = definition?.kind === 'parameter' ? [...definition.path, ...handed.path] : [];
    const isSame = definition?.kind === 'parameter' && definition.function === parameter.function && definition.index === parameter.index && path.join('.') === end.path.join('.');
    if (!isSame && !isBefore(handed, anew)) return 'may differ';
  }
  return [{ node: end.node, frame: end.frame }];
}

/** Whether what a value passes on its way may be another in the next attempt. */
function isChanged(node: Node, anew: RunAnew, sourceCode: SourceCode): boolean {
  switch (node.type) {
    case 'Identifier':
      // `attempt++`, `name += '-'`, `for (const job of jobs)`: what is given anew may be given another value.
      return bindingsOf(sourceCode).definitionsAt(node).some(({ kind, node: given }) => (kind === 'other' || kind === 'element' || given.type === 'AssignmentExpression') && anew.holds(given));
    case 'ConditionalExpression':
      return variesAcross(node.test, anew, sourceCode);
    case 'MemberExpression':
      return (node.computed && propertyName(node) === null && variesAcross(node.property, anew, sourceCode)) || isPutIntoAnew(node, anew, sourceCode);
    default:
      return false;
  }
}

/**
 * @param test an expression
 * @param anew what each attempt runs again
 * @param sourceCode the file
 * @returns whether it may be another in each attempt
 */
export function variesAcross(test: Node, anew: RunAnew, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  let varies = false;
  walk(test, sourceCode, (node) => {
    varies ||= node.type === 'CallExpression' || node.type === 'ThisExpression' || node.type === 'UpdateExpression';
    varies ||= node.type === 'Identifier' && bindings.definitionsAt(node).some((definition) => anew.holds(definition.node));
    return !varies;
  });
  return varies;
}
