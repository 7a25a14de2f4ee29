import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, unreadable, type Definition, type Variable } from '../../calls/bindings.js';
import { callersOf } from '../../calls/callers.js';
import { entitiesOf } from '../../calls/entities.js';
import { calledFunctions } from '../../calls/called-functions.js';
import { argumentFor, enter, framesDeep, isLeftOut, isOpen, type Frame, type Place } from '../../calls/frames.js';
import { originsOf, type Origin } from '../../calls/origins.js';
import { perFile } from '../../calls/per-file.js';
import { contains, enclosingFunction, isLoop, isNothing, literalText, unwrap, walk, type Node, type SourceCode } from '../../calls/syntax.js';
import type { Repeat } from './repeats.js';
import { asksChance, type RetryDelay } from './retry-delay.js';

const maximumDepth = 12;

/** Properties and functions whose value may well change from one attempt to the next, or hold chance. */
const mayChange = /jitter|rand|back_?off|expo|fibo|next|factor/i;

/**
 * @param place the time that is waited, an expression
 * @param repeat the retry that it is waited in
 * @param sourceCode the file
 * @returns how it goes on from one attempt to the next
 */
export function delayLength(place: Place, repeat: Repeat, sourceCode: SourceCode): RetryDelay {
  const bindings = bindingsOf(sourceCode);
  const open = new Set<Node>();

  const lengthOf = (outer: Node, frame: Frame | null, depth: number): RetryDelay => {
    const node = unwrap(outer);
    if (depth > maximumDepth || open.has(node)) return 'unknown';
    open.add(node);
    const length = lengthOfNode(node, frame, depth + 1);
    open.delete(node);
    return length;
  };

  const lengthOfNode = (node: Node, frame: Frame | null, depth: number): RetryDelay => {
    if (isNothing(node)) return 'none';
    switch (node.type) {
      case 'Literal':
        return node.value === 0 ? 'none' : 'constant';
      case 'TemplateLiteral':
        return literalText(node) === null ? 'unknown' : 'constant';
      case 'UnaryExpression':
        return lengthOf(node.argument, frame, depth);
      case 'BinaryExpression':
      case 'LogicalExpression':
        return mixed([node.left, node.right].map((side) => lengthOf(side, frame, depth)));
      case 'ConditionalExpression':
        return mixed([node.consequent, node.alternate].map((side) => lengthOf(side, frame, depth)));
      case 'UpdateExpression':
        return 'growing';
      case 'AssignmentExpression':
        return contains(repeat.node, node) || node.operator !== '=' ? 'growing' : lengthOf(node.right, frame, depth);
      case 'Identifier':
        return lengthOfName(node, frame, depth);
      case 'MemberExpression':
        return lengthOfMember(node, frame, depth);
      case 'CallExpression':
        return lengthOfCall(node, frame, depth);
      default:
        return 'unknown';
    }
  };

  const lengthOfName = (node: TSESTree.Identifier, frame: Frame | null, depth: number): RetryDelay => {
    const variable = bindings.variableOf(node);
    if (!variable) return 'unknown';
    if (isChanged(variable, repeat)) return 'growing';
    const definitions = bindings.definitionsOf(variable).filter(({ kind }) => kind !== 'nothing');
    return mixed(definitions.map((definition) => lengthOfDefinition(definition, node, frame, depth)));
  };

  const lengthOfDefinition = (definition: Definition, name: Node, frame: Frame | null, depth: number): RetryDelay => {
    switch (definition.kind) {
      case 'value':
        if (definition.path.length === 0) return lengthOf(definition.value, frame, depth);
        return lengthOfOrigins(originsOf({ node: name, frame }, sourceCode), depth);
      case 'parameter': {
        const given = argumentFor(definition, frame);
        if (given) return given.path.length === 0 ? lengthOf(given.node, given.frame, depth) : lengthOfOrigins(originsOf(given, sourceCode, given.path), depth);
        if (definition.fallback && isLeftOut(definition, frame)) return lengthOf(definition.fallback, frame, depth);
        const byDefault = definition.fallback ? lengthOf(definition.fallback, frame, depth) : 'constant';
        return mixed([byDefault, handedIn(definition, sourceCode.getText(name), repeat, sourceCode)]);
      }
      case 'element':
        // `for (const pause of [100, 300, 900])`
        return isLoop(repeat.node) && contains(repeat.node, definition.node) ? 'growing' : 'unknown';
      case 'import':
        return settled(sourceCode.getText(name));
      default:
        return 'unknown';
    }
  };

  const lengthOfMember = (node: TSESTree.MemberExpression, frame: Frame | null, depth: number): RetryDelay => {
    const { property } = node;
    if (node.computed && literalText(property) === null) {
      const index = lengthOf(property, frame, depth);
      return index === 'none' || index === 'constant' ? 'constant' : 'growing';
    }
    if (changedMembers(sourceCode).has(sourceCode.getText(node))) return 'growing';
    return lengthOfOrigins(originsOf({ node, frame }, sourceCode), depth);
  };

  const lengthOfOrigins = (origins: readonly Origin[], depth: number): RetryDelay =>
    mixed(
      origins.map(({ node, frame, path }): RetryDelay => {
        const isImport = /^Import\w+$/.test(node.type);
        if (path.length === 0) return isImport ? settled(sourceCode.getText(node)) : lengthOf(node, frame, depth);
        // Settings stay as they are: `options.retryDelay`, `this.interval`, `config.retry.delay`, `process.env.RETRY_DELAY`.
        const isSetting = isImport || node.type === 'ThisExpression' || (node.type === 'Identifier' && !isCountedParameter(node, repeat, sourceCode));
        return isSetting && !path.includes(unreadable) ? settled(path.join('.')) : 'unknown';
      }),
    );

  const lengthOfCall = (node: TSESTree.CallExpression, frame: Frame | null, depth: number): RetryDelay => {
    if (asksChance(node, sourceCode)) return 'jittered';
    const callee = sourceCode.getText(unwrap(node.callee));
    const isWorkedOut = /^(?:Math\.\w+|Number(?:\.\w+)?|parseInt|parseFloat)$/.test(callee) || entitiesOf({ node: node.callee, frame: null }, sourceCode).some(({ module }) => module === 'ms');
    if (isWorkedOut) return mixed(node.arguments.map((argument) => lengthOf(argument, frame, depth)));
    const called = calledFunctions(node, frame, sourceCode);
    if (called.length === 0) return 'unknown';
    return mixed(
      called.flatMap((inner): readonly RetryDelay[] => {
        if (framesDeep(frame) > 4 || isOpen(frame, inner)) return ['unknown'];
        if (asksChance(inner, sourceCode)) return ['jittered'];
        return bindings.returnsOf(inner).map((returned) => lengthOf(returned, enter(inner, node, frame), depth));
      }),
    );
  };

  return lengthOf(place.node, place.frame, 0);
}

/** What becomes of a delay that is put together from parts, or that may be one of several. */
export function mixed(delays: readonly RetryDelay[]): RetryDelay {
  const strongest = (['unknown', 'jittered', 'growing', 'constant', 'none'] as const).find((delay) => delays.includes(delay));
  return strongest ?? 'unknown';
}

const settled = (name: string): RetryDelay => (mayChange.test(name) ? 'unknown' : 'constant');

/** Whether a variable is written on the way from one attempt to the next, or by a function that may be run then. */
function isChanged(variable: Variable, repeat: Repeat): boolean {
  const [declared] = variable.identifiers;
  const owner = declared ? enclosingFunction(declared) : null;
  const writes = variable.references.filter((reference) => reference.isWrite() && reference.init !== true);
  return writes.some(({ identifier }) => contains(repeat.node, identifier) || contains(repeat.region, identifier) || enclosingFunction(identifier) !== owner);
}

/** A parameter of the function around the retry is the same for each attempt; one of what is repeated need not be. */
function handedIn(definition: Extract<Definition, { kind: 'parameter' }>, name: string, repeat: Repeat, sourceCode: SourceCode): RetryDelay {
  const { function: owner, index, path } = definition;
  // A delay that was drawn once is another one for each writer.
  const isDrawn = callersOf(owner, sourceCode).some((call) => call.arguments[index] && asksChance(call.arguments[index], sourceCode));
  const byCallers = isDrawn ? 'jittered' : settled([name, ...path].join('.'));
  const isRepeated = repeat.kind === 'recursion' || repeat.kind === 'timer';
  if (isRepeated && owner === repeat.repeated) {
    const given = repeat.node.arguments[index];
    const handedOn = given && bindingsOf(sourceCode).variableOf(unwrap(given)) === bindingsOf(sourceCode).variableOf(definition.node);
    return handedOn && path.length === 0 ? byCallers : 'growing';
  }
  const isMaker = owner.parent.type === 'MethodDefinition' && owner.parent.kind === 'constructor';
  return isMaker || (owner !== repeat.region && contains(owner, repeat.region)) ? byCallers : 'unknown';
}

/** Whether an object of settings is a parameter that may be another one for each attempt. */
function isCountedParameter(node: Node, repeat: Repeat, sourceCode: SourceCode): boolean {
  const [definition] = node.type === 'Identifier' ? bindingsOf(sourceCode).definitionsAt(node) : [];
  return definition?.kind === 'parameter' && /^(?:growing|unknown)$/.test(handedIn(definition, '', repeat, sourceCode));
}

/** Members that are assigned or counted somewhere else than in a constructor, by their source text. */
const changedMembers = perFile((sourceCode): ReadonlySet<string> => {
  const changed = new Set<string>();
  walk(sourceCode.ast, sourceCode, (node) => {
    const target = node.type === 'AssignmentExpression' ? node.left : node.type === 'UpdateExpression' ? node.argument : null;
    const around = target && enclosingFunction(node)?.parent;
    const isConstructor = around?.type === 'MethodDefinition' && around.kind === 'constructor';
    if (target?.type === 'MemberExpression' && !isConstructor) changed.add(sourceCode.getText(target));
  });
  return changed;
});
