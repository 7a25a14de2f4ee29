import type { TSESTree } from '@typescript-eslint/utils';

import { answeringCall } from '../calls/answering-call.js';
import { bindingsOf, unreadable, type Path } from '../calls/bindings.js';
import { calledFunctions } from '../calls/called-functions.js';
import { argumentFor, enter, framesDeep, isOpen, type Frame, type Place } from '../calls/frames.js';
import { originsOf } from '../calls/origins.js';
import { endsProgram, isFunction, isNothing, methodName, propertyName, unwrap, walk, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';

/** What a test can come out as; empty where it never comes to an end but throws. */
export type Outcomes = ReadonlySet<boolean>;

const yes: Outcomes = new Set([true]);
const no: Outcomes = new Set([false]);
const never: Outcomes = new Set();

const maximumDepth = 12;
const maximumFrames = 4;

/**
 * What a test can come out as, where all that it may be can be read. A check that throws where S3 does not have the object
 * or bucket never says "missing", and so keeps no way to a create open.
 *
 * @param test an expression, seen from a chain of calls
 * @param sourceCode its file
 * @returns its outcomes; null where they are not known, which is not the same as both
 */
export function outcomesOf(test: Place, sourceCode: SourceCode): Outcomes | null {
  const bindings = bindingsOf(sourceCode);

  const of = (outer: Node, path: Path, frame: Frame | null, depth: number): Outcomes | null => {
    const node = unwrap(outer);
    if (depth > maximumDepth || path.includes(unreadable)) return null;
    if (isNothing(node)) return path.length === 0 ? no : null;
    switch (node.type) {
      case 'Literal':
        return path.length > 0 ? null : node.value ? yes : no;
      case 'ObjectExpression':
        return path.length > 0 ? ofProperty(node, path, frame, depth) : yes;
      case 'NewExpression':
        // What a promise is settled with is said by whoever settles it.
        return path.length > 0 || (node.callee.type === 'Identifier' && node.callee.name === 'Promise') ? null : yes;
      case 'UnaryExpression':
        return node.operator === '!' ? mapped(of(node.argument, [], frame, depth + 1), (outcome) => !outcome) : null;
      case 'BinaryExpression':
        return ofComparison(node, frame, depth);
      case 'ConditionalExpression':
        return either([node.consequent, node.alternate].map((part) => of(part, path, frame, depth + 1)));
      case 'MemberExpression':
        return of(node.object, [propertyName(node) ?? unreadable, ...path], frame, depth + 1);
      case 'Identifier':
        return ofName(node, path, frame, depth);
      case 'CallExpression':
        return ofCall(node, path, frame, depth);
      default:
        return null;
    }
  };

  const ofProperty = (node: TSESTree.ObjectExpression, [name, ...below]: Path, frame: Frame | null, depth: number): Outcomes | null => {
    const last = node.properties.findLast((property) => property.type === 'SpreadElement' || [name, null].includes(propertyName(property)));
    if (!last) return below.length === 0 ? no : null;
    return last.type === 'Property' && last.kind === 'init' && propertyName(last) === name ? of(last.value, below, frame, depth + 1) : null;
  };

  /** `(await exists(key)) === false`, `head == null`: never so of what always says the other. */
  const ofComparison = ({ left, operator, right }: TSESTree.BinaryExpression, frame: Frame | null, depth: number): Outcomes | null => {
    const [value, constant] = isFlag(left) ? [right, left] : [left, right];
    if (!/^[!=]==?$/.test(operator) || !isFlag(constant)) return null;
    const outcomes = of(value, [], frame, depth + 1);
    const isTrue = constant.type === 'Literal' && constant.value === true;
    return outcomes && !outcomes.has(isTrue) ? mapped(outcomes, () => operator.startsWith('!')) : null;
  };

  const ofName = (node: TSESTree.Identifier, path: Path, frame: Frame | null, depth: number): Outcomes | null => {
    const [definition, ...others] = bindings.definitionsAt(node);
    const variable = bindings.variableOf(node);
    if (!definition || !variable || others.length > 0 || (definition.kind !== 'value' && definition.kind !== 'parameter') || definition.fallback) return null;
    const given = definition.kind === 'parameter' ? argumentFor(definition, frame) : { node: definition.value, frame, path: definition.path };
    // What is held in a variable may be changed part by part; a fresh answer that nobody writes to stays what it was.
    const isChanged = path.length > 0 && (bindings.memberWritesOf(variable).length > 0 || unwrap(given?.node ?? node).type !== 'CallExpression');
    return given && !isChanged ? of(given.node, [...given.path, ...path], given.frame, depth + 1) : null;
  };

  const ofCall = (node: TSESTree.CallExpression, path: Path, frame: Frame | null, depth: number): Outcomes | null => {
    if (isAnswer(node, sourceCode)) return path.length > 0 ? null : yes;
    const callee = unwrap(node.callee);
    const [first, second] = node.arguments;
    if (callee.type === 'MemberExpression') {
      switch (propertyName(callee)) {
        case 'then':
          return first ? either([first, ...(second ? [second] : [])].map((handler) => ofHandler(handler, path, frame, depth))) : null;
        case 'catch':
          return first ? either([of(callee.object, path, frame, depth + 1), ofHandler(first, path, frame, depth)]) : null;
        case 'finally':
          return of(callee.object, path, frame, depth + 1);
        default:
      }
    }
    if (callee.type === 'Identifier' && callee.name === 'Boolean' && bindings.isGlobal(callee) && first) return of(first, [], frame, depth + 1);
    return ofFunctions(functionsNamed(callee, frame), (called) => {
      if (isOpen(frame, called) || framesDeep(frame) >= maximumFrames) return null;
      return ofFunction(called, path, enter(called, node, frame), depth + 1);
    });
  };

  /** What handles an answer or an error runs where it is written; that which is only named is given what nobody sees. */
  const ofHandler = (handler: Node, path: Path, frame: Frame | null, depth: number): Outcomes | null =>
    isFunction(handler) ? ofFunction(handler, path, frame, depth + 1) : ofFunctions(functionsNamed(handler, frame), (called) => ofFunction(called, path, null, depth + 1));

  /** All functions that a name stands for; null where it may be something else, such as one that a package made of it. */
  const functionsNamed = (node: Node, frame: Frame | null): readonly FunctionNode[] | null => {
    const origins = originsOf({ node, frame }, sourceCode);
    const functions = origins.flatMap((origin) => (isFunction(origin.node) && origin.path.length === 0 ? [origin.node] : []));
    return functions.length === origins.length ? functions : null;
  };

  const ofFunctions = (functions: readonly FunctionNode[] | null, ofOne: (called: FunctionNode) => Outcomes | null): Outcomes | null => (functions ? either(functions.map(ofOne)) : null);

  const ofFunction = (node: FunctionNode, path: Path, frame: Frame | null, depth: number): Outcomes | null => {
    if (node.generator || depth > maximumDepth) return null;
    if (node.body.type !== 'BlockStatement') return of(node.body, path, frame, depth + 1);
    const nothing = path.length === 0 ? no : null;
    const ends = returnsIn(node.body, sourceCode).map(({ argument }) => (argument ? of(argument, path, frame, depth + 1) : nothing));
    return either(leaves(node.body, frame, depth + 1) ? ends : [...ends, nothing]);
  };

  /** Whether what stands behind a statement is never reached. */
  const leaves = (node: Node, frame: Frame | null, depth: number): boolean => {
    switch (node.type) {
      case 'ReturnStatement':
      case 'ThrowStatement':
        return true;
      case 'BlockStatement':
        return node.body.some((statement) => leaves(statement, frame, depth));
      case 'IfStatement':
        return node.alternate !== null && leaves(node.consequent, frame, depth) && leaves(node.alternate, frame, depth);
      case 'TryStatement':
        if (node.finalizer && leaves(node.finalizer, frame, depth)) return true;
        return leaves(node.block, frame, depth) && (!node.handler || leaves(node.handler.body, frame, depth));
      case 'ExpressionStatement': {
        const call = unwrap(node.expression);
        // `fail(error)`, which always throws; one that is not awaited throws elsewhere.
        return endsProgram(call) || (call.type === 'CallExpression' && (call !== node.expression || !isAsync(call, frame)) && of(call, [], frame, depth + 1)?.size === 0);
      }
      default:
        return false;
    }
  };

  const isAsync = (call: TSESTree.CallExpression, frame: Frame | null): boolean => functionsNamed(unwrap(call.callee), frame)?.some((called) => called.async) ?? true;

  return of(test.node, [], test.frame, 0);
}

const either = (parts: readonly (Outcomes | null)[]): Outcomes | null =>
  parts.reduce<Outcomes | null>((all, part) => (all && part ? new Set([...all, ...part]) : null), never);

const mapped = (outcomes: Outcomes | null, change: (outcome: boolean) => boolean): Outcomes | null => outcomes && new Set([...outcomes].map(change));

/** `true`, `false`, `null` or `undefined`, spelt out. */
const isFlag = (node: Node): boolean => isNothing(node) || (node.type === 'Literal' && typeof node.value === 'boolean');

/**
 * Whether a call answers with an object or throws, as every request of the SDKs does. minio's `bucketExists` answers with a
 * boolean; what another file lends, or what sends a command for its caller, may take a failure for an empty answer.
 */
function isAnswer(node: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  const call = answeringCall(node, sourceCode);
  if (!call || call.presigned || call.client === 'lent' || methodName(node) === 'bucketExists') return false;
  return call.node.type === 'CallExpression' || (methodName(node) === 'send' && calledFunctions(node, null, sourceCode).length === 0);
}

/** The `return`s of a function, less those of functions within it. */
function returnsIn(body: Node, sourceCode: SourceCode): readonly TSESTree.ReturnStatement[] {
  const returns: TSESTree.ReturnStatement[] = [];
  walk(body, sourceCode, (node) => {
    if (node.type === 'ReturnStatement') returns.push(node);
    return !isFunction(node);
  });
  return returns;
}
