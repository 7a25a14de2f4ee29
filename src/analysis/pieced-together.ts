import { bindingsOf, type Definition, type Variable } from '../calls/bindings.js';
import { getOrMake, perFile } from '../calls/per-file.js';
import { childrenOf, contains, enclosingFunction, isFunction, isLoop, methodName, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';

/**
 * What is put together in steps, `parts.push(id)` or `key += id`: everything that is added on the way to a use is a part of
 * what is used there.
 */

/** How a way through the code leaves a variable: with something fresh in it, with a new value that is not, or as it was. */
type Way = 'fresh' | 'stale' | 'kept';

/** How all the ways through a piece of code leave it; none for code that always leaves the function. */
type Ways = ReadonlySet<Way>;

const kept: Ways = new Set(['kept']);
const left: Ways = new Set();

/** What is known of the values that are put together. */
export interface Pieces {
  /** Whether a value that is added has a fresh part. */
  readonly isFresh: (part: Node) => boolean;
  /** Whether a variable is fresh after one of its definitions, and is left as it was by it where it is being asked for already. */
  readonly isDefinedFresh: (definition: Definition) => boolean | 'asked';
  /** How a test comes out; null where that is not known. */
  readonly outcomeOf: (test: Node) => boolean | null;
  /** Whether a name is certainly `undefined` or `null`. */
  readonly isEmpty: (name: Node) => boolean;
}

/** What happens to a variable at a node. */
type Step = { readonly kind: 'added'; readonly parts: readonly Node[] } | { readonly kind: 'defined'; readonly definition: Definition };

/**
 * @param use a name that stands for a text or an array
 * @param variable its variable
 * @param pieces what is known of the parts
 * @param sourceCode its file
 * @returns whether it holds something fresh on every way to the use; null where nothing is put together, or the order in which it
 *   is done is not known
 */
export function isPiecedTogetherFresh(use: Node, variable: Variable, pieces: Pieces, sourceCode: SourceCode): boolean | null {
  const steps = getOrMake(knownSteps(sourceCode), variable, () => stepsOf(variable, sourceCode));
  return steps && waysTo(use, variable, steps, pieces, sourceCode);
}

const knownSteps = perFile(() => new Map<Variable, ReadonlyMap<Node, Step> | null>());

/** Each step is asked for all that come before it: more of them are a table or a generated file, and no key. */
const maximumSteps = 10;

/** Methods that put what they are given into an array. */
const adds = /^(?:push|unshift|splice|fill)$/;

/** Methods that run what they are given for each item, and before they return. */
const runsForEach = /^(?:forEach|map|each|from|reduce|times)$/;

function stepsOf(variable: Variable, sourceCode: SourceCode): ReadonlyMap<Node, Step> | null {
  const bindings = bindingsOf(sourceCode);
  const steps = new Map<Node, Step>();
  for (const definition of bindings.definitionsOf(variable)) steps.set(definition.node, { kind: 'defined', definition });
  const definitions = steps.size;
  for (const { identifier } of variable.references) {
    const call = identifier.parent.type === 'MemberExpression' ? identifier.parent.parent : undefined;
    if (call?.type !== 'CallExpression' || call.callee !== identifier.parent || !adds.test(methodName(call) ?? '')) continue;
    steps.set(call, { kind: 'added', parts: methodName(call) === 'splice' ? call.arguments.slice(2) : call.arguments });
  }
  for (const { node, path, value } of bindings.memberWritesOf(variable)) {
    // `parts[1] = id`, `parts[parts.length] = id`
    if (path.length === 1 && /^(?:\d+|\*)$/.test(path[0] ?? '') && value) steps.set(node, { kind: 'added', parts: [value] });
  }
  if (steps.size < 2 || steps.size > maximumSteps || definitions === 0) return null;
  const owner = ownerOf(variable);
  return [...steps.keys()].every((node) => isRunInPlace(node, owner)) ? steps : null;
}

/** The function that a variable belongs to; null at module level. */
const ownerOf = ({ scope }: Variable): FunctionNode | null => (isFunction(scope.block) ? scope.block : enclosingFunction(scope.block));

/** Whether a step is taken where it is written: by the function of the variable itself, or for each item of a list. */
function isRunInPlace(step: Node, owner: FunctionNode | null): boolean {
  for (let inner = enclosingFunction(step); inner && inner !== owner; inner = enclosingFunction(inner)) if (!isRunByItsCall(inner)) return false;
  return true;
}

const isRunByItsCall = ({ parent }: FunctionNode): boolean => parent.type === 'CallExpression' && runsForEach.test(methodName(parent) ?? '');

function waysTo(use: Node, variable: Variable, steps: ReadonlyMap<Node, Step>, pieces: Pieces, sourceCode: SourceCode): boolean | null {
  const ends = [...steps.keys()];

  const waysThrough = (node: Node): Ways => {
    if (isFunction(node) && !isRunByItsCall(node)) return kept;
    if (leaves(node) || (node.type === 'BlockStatement' && node.body.some(leaves) && !isFunction(node.parent))) return left;
    if (!ends.some((end) => contains(node, end))) return kept;
    switch (node.type) {
      case 'IfStatement':
      case 'ConditionalExpression': {
        const outcome = pieces.outcomeOf(node.test);
        const branches = [...(outcome === false ? [] : [node.consequent]), ...(outcome === true ? [] : [node.alternate])];
        return inTurn([waysThrough(node.test), either(branches.map((branch) => (branch ? waysThrough(branch) : kept)))]);
      }
      case 'LogicalExpression': {
        const outcome = node.operator === '??' ? null : pieces.outcomeOf(node.left);
        const isRun = outcome === null ? null : outcome === (node.operator === '&&');
        return inTurn([waysThrough(node.left), either([...(isRun === false ? [] : [waysThrough(node.right)]), ...(isRun === true ? [] : [kept])])]);
      }
      case 'SwitchStatement': {
        const hasDefault = node.cases.some(({ test }) => test === null);
        // A case without a `break` goes on into the next one.
        const cases = node.cases.map((_, first) => {
          const statements = node.cases.slice(first).flatMap(({ consequent }) => consequent.flatMap((statement) => (statement.type === 'BlockStatement' ? statement.body : [statement])));
          const end = statements.findIndex(({ type }) => type === 'BreakStatement');
          return inTurn(statements.slice(0, end < 0 ? undefined : end).map(waysThrough));
        });
        return either([...cases, ...(hasDefault ? [] : [kept])]);
      }
      case 'TryStatement': {
        const block = waysThrough(node.block);
        const failed = node.handler ? inTurn([either([block, kept]), waysThrough(node.handler.body)]) : left;
        return inTurn([either([block, failed]), node.finalizer ? waysThrough(node.finalizer) : kept]);
      }
      default: {
        // A list that is gone through is taken to have items.
        const ways = inTurn(childrenOf(node, sourceCode).map(waysThrough));
        const step = steps.get(node);
        return step ? inTurn([ways, waysOf(step)]) : ways;
      }
    }
  };

  const waysOf = (step: Step): Ways => {
    if (step.kind === 'added') return new Set([step.parts.some((part) => pieces.isFresh(part.type === 'SpreadElement' ? part.argument : part)) ? 'fresh' : 'kept']);
    const { definition } = step;
    if (definition.kind === 'nothing') return kept;
    const assignment = definition.node.type === 'AssignmentExpression' ? definition.node : null;
    const operator = assignment?.operator ?? '=';
    const answer = assignment && operator !== '=' ? pieces.isFresh(assignment.right) : pieces.isDefinedFresh(definition);
    if (operator === '||=' || operator === '??=' || operator === '&&=') {
      const isSet = assignment !== null && operator !== '&&=' && pieces.isEmpty(assignment.left);
      return new Set([answer === true ? 'fresh' : 'stale', ...(isSet ? [] : (['kept'] as const))]);
    }
    if (answer === true) return new Set(['fresh']);
    return new Set([answer === 'asked' || operator !== '=' ? 'kept' : 'stale']);
  };

  const owner = ownerOf(variable);
  // What is run later may see what is written further down.
  if (enclosingFunction(use) !== owner && ends.some((end) => end.range[0] > use.range[1])) return null;
  let found: Ways = kept;
  for (let child: Node = use, outer: Node | undefined = use.parent; outer; child = outer, outer = outer.parent) {
    const order = inOrder(outer);
    const before = order.slice(0, Math.max(order.indexOf(child), 0));
    for (const part of before.reverse()) if (part) found = inTurn([waysThrough(part), found]);
    // How far an attempt came before it failed is not known.
    if (outer.type === 'TryStatement' && child !== outer.block) found = inTurn([either([waysThrough(outer.block), kept]), found]);
    const given = outer.type === 'ForOfStatement' ? steps.get(outer) : undefined;
    if (given) found = inTurn([waysOf(given), found]);
    // What the turn before this one left.
    if (isLoop(outer) && found.has('kept') && !contains(outer, variable.scope.block) && waysThrough(outer).has('stale')) return false;
    if (!found.has('kept')) break;
    if (outer === owner) break;
  }
  if (found.has('stale')) return false;
  if (!found.has('kept')) return found.size > 0 ? true : null;
  // A parameter, or what is bound by no statement of a block: it is what all is added to.
  const bound = [...steps.values()].flatMap((step) => (step.kind === 'defined' && contains(step.definition.node, variable.identifiers[0] ?? use) ? [step.definition] : []));
  if (bound.some(({ kind }) => kind === 'nothing')) return found.has('fresh');
  return bound.length > 0 && bound.every((definition) => pieces.isDefinedFresh(definition) === true);
}

/** The parts of a statement or expression that are run one after the other. */
function inOrder(node: Node): readonly (Node | null)[] {
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return [node.test, node.consequent];
    case 'WhileStatement':
      return [node.test, node.body];
    case 'ForStatement':
      return [node.init, node.test, node.body];
    case 'ForOfStatement':
      return [node.right, node.left, node.body];
    case 'LogicalExpression':
      return [node.left, node.right];
    case 'BlockStatement':
    case 'Program':
      return node.body;
    case 'SwitchCase':
      return node.consequent;
    case 'SequenceExpression':
      return node.expressions;
    default:
      return [];
  }
}

const leaves = ({ type }: Node): boolean => type === 'ReturnStatement' || type === 'ThrowStatement' || type === 'ContinueStatement';

const either = (parts: readonly Ways[]): Ways => new Set(parts.flatMap((ways) => [...ways]));

/** One piece of code after the other: what the second one keeps is as the first one left it. */
function inTurn(parts: readonly Ways[]): Ways {
  let ways = kept;
  for (const next of parts) {
    if (ways.size === 0) return left;
    ways = new Set([...next].flatMap((way) => (way === 'kept' ? [...ways] : [way])));
  }
  return ways;
}
