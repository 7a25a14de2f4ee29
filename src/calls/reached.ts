import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from './bindings.js';
import { calledFunctions } from './called-functions.js';
import { constantAt } from './constant-at.js';
import type { Frame } from './frames.js';
import { getOrMake, perFile } from './per-file.js';
import { contains, isFunction, isNothing, unwrap, wrapped, type Node, type SourceCode } from './syntax.js';
import { entriesOf, lookupInMap, lookupsOf, nameAt, type Table } from './tables.js';

/**
 * Whether a chain of calls comes to a place, as far as the arguments tell that stand in it: `signedUrl(key, 'GET')` passes
 * by what its function does for `'PUT'`, be it told apart by `if`, by `switch` or by a table.
 *
 * @param node a place
 * @param frame the chain of calls that it is seen from; with none, nobody gives an argument
 * @param sourceCode its file
 * @returns false where the arguments rule it out
 */
export function isReached(node: Node, frame: Frame | null, sourceCode: SourceCode): boolean {
  if (!frame || !contains(frame.function, node)) return true;
  const ofNode = getOrMake(knownReaches(sourceCode), node, () => new Map<Frame, boolean>());
  return getOrMake(ofNode, frame, () => isReachedBy(node, frame, sourceCode));
}

const knownReaches = perFile(() => new Map<Node, Map<Frame, boolean>>());

function isReachedBy(node: Node, frame: Frame, sourceCode: SourceCode): boolean {
  if (!isReachedWithin(node, frame, sourceCode) || isNotTaken(node, frame, sourceCode)) return false;
  for (let outer = node.parent; outer && outer !== frame.function; outer = outer.parent) if (isFunction(outer) && isNotTaken(outer, frame, sourceCode)) return false;
  return isCalled(frame, sourceCode) && isReached(frame.call, frame.caller, sourceCode);
}

/** Whether a place in the function of a frame is reached once that function runs. */
function isReachedWithin(node: Node, frame: Frame, sourceCode: SourceCode): boolean {
  for (let child = node, outer = node.parent; outer && child !== frame.function; child = outer, outer = outer.parent) {
    // A declared function can be called before the place where it stands.
    if (child.type !== 'FunctionDeclaration' && isPassedBy(outer, child, frame, sourceCode)) return false;
  }
  return true;
}

/** Whether the call of a frame runs its function still, where the caller says which one is meant. */
function isCalled({ function: run, call, caller }: Frame, sourceCode: SourceCode): boolean {
  if (!caller) return true;
  if (contains(caller.function, run) && isNotTaken(run, caller, sourceCode)) return false;
  if (!tableAround(run)) return true;
  const called = calledFunctions(call, caller, sourceCode);
  return called.includes(run) || (called.length === 0 && nameAsked(call.callee, caller, sourceCode) === null);
}

/** What is taken out of a table, `table[name]` or `table.get(name)`, at once or by way of a variable. */
function lookupAt(outer: Node, sourceCode: SourceCode): { readonly table: Node; readonly name: Node } | null {
  const node = unwrap(bindingsOf(sourceCode).plainValueOf(unwrap(outer)) ?? outer);
  return node.type === 'MemberExpression' && node.computed ? { table: node.object, name: node.property } : lookupInMap(node);
}

/** The name under which something is taken out of a table; null where it is none, or not known. */
function nameAsked(node: Node, frame: Frame, sourceCode: SourceCode): string | null {
  const lookup = lookupAt(node, sourceCode);
  return lookup && nameAt(lookup.name, frame, sourceCode);
}

/** The table that something is an entry of. */
function tableAround(value: Node): Table | null {
  const { parent } = wrapped(value);
  if (parent?.type === 'Property') return parent.value === wrapped(value) && parent.parent.type === 'ObjectExpression' ? parent.parent : null;
  const map = parent?.type === 'ArrayExpression' && parent.parent.type === 'ArrayExpression' ? wrapped(parent.parent).parent : null;
  return map?.type === 'NewExpression' ? map : null;
}

/** Whether a function is not called, or a command not sent: it waits in a table or variable, and nothing that is reached takes it from there. */
function isNotTaken(value: Node, frame: Frame, sourceCode: SourceCode): boolean {
  if (!isFunction(value) && value.type !== 'NewExpression') return false;
  const table = tableAround(value);
  const entry = table && entriesOf(table, sourceCode)?.find((one) => unwrap(one.value) === value);
  const takings = entry ? lookupsOf(table, sourceCode) : mentionsOf(value, sourceCode);
  if (!takings || takings.length === 0) return false;
  return takings.every(({ node, name }) => {
    const asked = name && (typeof name === 'string' ? name : nameAt(name, frame, sourceCode));
    return (entry && asked !== null && asked !== entry.name) || !isReachedWithin(node, frame, sourceCode);
  });
}

/** Where a function or command is named that a variable holds; null where none does. */
function mentionsOf(value: Node, sourceCode: SourceCode): readonly { readonly node: Node; readonly name: null }[] | null {
  const { parent } = wrapped(value);
  const name = value.type === 'FunctionDeclaration' ? value.id : parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? parent.id : null;
  const variable = name && bindingsOf(sourceCode).variableOf(name);
  return variable ? variable.references.filter(({ init }) => !init).map(({ identifier }) => ({ node: identifier, name: null })) : null;
}

/** Whether a node is left out of what stands around it. */
function isPassedBy(outer: Node, child: Node, frame: Frame, sourceCode: SourceCode): boolean {
  switch (outer.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return child !== outer.test && truthOf(outer.test, frame, sourceCode) === (child === outer.alternate);
    case 'LogicalExpression':
      if (child !== outer.right) return false;
      if (outer.operator === '&&') return truthOf(outer.left, frame, sourceCode) === false;
      return isFound(outer.left, frame, sourceCode) || (outer.operator === '||' ? truthOf(outer.left, frame, sourceCode) === true : isThere(outer.left, frame, sourceCode));
    case 'SwitchStatement': {
      const entered = child === outer.discriminant ? null : casesEntered(outer, frame, sourceCode);
      return entered !== null && !entered.some((one) => one === child);
    }
    case 'BlockStatement':
    case 'SwitchCase': {
      const last = lastStatement(outer, frame, sourceCode);
      return last !== null && last.range[1] <= child.range[0];
    }
    default:
      return false;
  }
}

/** The first statement of a block that cannot be passed: none behind it is run. */
function lastStatement(block: TSESTree.BlockStatement | TSESTree.SwitchCase, frame: Frame, sourceCode: SourceCode): Node | null {
  const ofBlock = getOrMake(knownLasts(sourceCode), block, () => new Map<Frame, Node | null>());
  return getOrMake(ofBlock, frame, () => (block.type === 'SwitchCase' ? block.consequent : block.body).find((statement) => leaves(statement, frame, sourceCode) !== null) ?? null);
}

const knownLasts = perFile(() => new Map<Node, Map<Frame, Node | null>>());

/** Whether a lookup finds something: what stands behind `??` is not asked for then. */
function isFound(node: Node, frame: Frame, sourceCode: SourceCode): boolean {
  const [lookup, name] = [lookupAt(node, sourceCode), nameAsked(node, frame, sourceCode)];
  const table = lookup && unwrap(bindingsOf(sourceCode).plainValueOf(unwrap(lookup.table)) ?? lookup.table);
  if (name === null || !table || (table.type !== 'ObjectExpression' && table.type !== 'NewExpression') || !lookupsOf(table, sourceCode)) return false;
  return entriesOf(table, sourceCode)?.some((entry) => entry.name === name && !isNothing(unwrap(entry.value))) === true;
}

function isThere(node: Node, frame: Frame, sourceCode: SourceCode): boolean {
  const constant = constantAt({ node, frame }, sourceCode);
  return constant !== null && constant.value !== null && constant.value !== undefined;
}

/** The cases of a `switch` that are run; null where that is not known. */
function casesEntered(node: TSESTree.SwitchStatement, frame: Frame, sourceCode: SourceCode): readonly TSESTree.SwitchCase[] | null {
  const tests = node.cases.map(({ test }) => (test ? isEqual(node.discriminant, test, frame, sourceCode) : false));
  const matched = tests.findIndex((test) => test !== false);
  if (tests[matched] === null) return null;
  const first = matched >= 0 ? matched : node.cases.findIndex(({ test }) => test === null);
  if (first < 0) return [];
  const behind = node.cases.slice(first);
  const last = behind.findIndex(({ consequent }) => consequent.some((statement) => leaves(statement, frame, sourceCode) !== null));
  return last < 0 ? behind : behind.slice(0, last + 1);
}

/**
 * How a statement that cannot be passed is left: out of the loop or `switch` around it, or farther; null where it may be
 * passed.
 */
function leaves(node: Node, frame: Frame, sourceCode: SourceCode): 'break' | 'farther' | null {
  switch (node.type) {
    case 'ReturnStatement':
    case 'ThrowStatement':
    case 'ContinueStatement':
      return 'farther';
    case 'BreakStatement':
      return node.label ? null : 'break';
    case 'BlockStatement':
      return firstLeaving(node.body, frame, sourceCode);
    case 'IfStatement': {
      const truth = truthOf(node.test, frame, sourceCode);
      const [one, other] = [node.consequent, node.alternate].map((part) => part && leaves(part, frame, sourceCode));
      if (truth !== null) return (truth ? one : other) ?? null;
      return one && other ? (one === other ? one : 'break') : null;
    }
    case 'SwitchStatement': {
      const last = casesEntered(node, frame, sourceCode)?.at(-1);
      return last && firstLeaving(last.consequent, frame, sourceCode) === 'farther' ? 'farther' : null;
    }
    default:
      return null;
  }
}

const firstLeaving = (statements: readonly Node[], frame: Frame, sourceCode: SourceCode): 'break' | 'farther' | null => {
  for (const statement of statements) {
    const left = leaves(statement, frame, sourceCode);
    if (left) return left;
  }
  return null;
};

/** What a test comes out as; null where that is not known. */
function truthOf(outer: Node, frame: Frame, sourceCode: SourceCode): boolean | null {
  const node = unwrap(outer);
  const again = (part: Node): boolean | null => truthOf(part, frame, sourceCode);
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    const truth = again(node.argument);
    return truth === null ? null : !truth;
  }
  if (node.type === 'LogicalExpression' && node.operator !== '??') {
    const sides = [again(node.left), again(node.right)];
    const settled = node.operator === '||';
    return sides.includes(settled) ? settled : sides.includes(null) ? null : !settled;
  }
  if (node.type === 'BinaryExpression' && /^[!=]==?$/.test(node.operator)) {
    const equal = isEqual(node.left, node.right, frame, sourceCode);
    return equal === null ? null : equal !== node.operator.startsWith('!');
  }
  const constant = constantAt({ node, frame }, sourceCode);
  return constant && Boolean(constant.value);
}

/** Whether two values are the same; null where that is not known. `1 == '1'` and its like are left alone. */
function isEqual(one: Node, other: Node, frame: Frame, sourceCode: SourceCode): boolean | null {
  const [left, right] = [one, other].map((node) => constantAt({ node, frame }, sourceCode));
  if (!left || !right) return null;
  if (typeof left.value === typeof right.value) return left.value === right.value;
  const absent = [left, right].filter(({ value }) => value === undefined || value === null);
  return absent.length === 1 ? false : null;
}
