import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from '../calls/bindings.js';
import { calledFunctions, entityOf, originsOf } from '../calls/origins.js';
import { contains, isFunction, isLoop, isNothing, literalText, propertyName, unwrap, walk, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';
import { speaksOfConflict, type Conflict } from '../s3/conflict-names.js';

/**
 * The way that a conflict takes through a handler: its statements are run as if the error were this conflict. A test of
 * the error that is not understood ends the way, so that nothing is said of it.
 */
export interface ConflictPath {
  /** The handler is passed: the program goes on behind it. */
  readonly passes: boolean;
  /** It goes on with the next turn of a loop. */
  readonly continues: boolean;
  /** What it may return. */
  readonly returns: readonly (Node | null)[];
  /** What it may throw. */
  readonly throws: readonly Node[];
  /** Every node that is run on the way. */
  readonly reached: readonly Node[];
}

type Truth = boolean | 'either' | 'unsure';

/**
 * @param body the body of a catch clause, or of a function that is handed the error
 * @param error the name that holds the error; null where it is not looked at
 * @param conflict the error that it is
 */
export function conflictPath(body: Node, error: Node | null, conflict: Conflict, sourceCode: SourceCode, depth = 0): ConflictPath {
  const path = { passes: false, continues: false, returns: [] as (Node | null)[], throws: [] as Node[], reached: [] as Node[] };

  /** Runs a statement; answers whether what follows it is run. */
  const run = (statement: Node): boolean => {
    switch (statement.type) {
      case 'BlockStatement':
        return statement.body.every((inner) => run(inner));
      case 'IfStatement': {
        path.reached.push(statement.test);
        const truth = truthOf(statement.test, error, conflict, sourceCode, depth);
        if (truth === 'unsure') return false;
        const consequent = truth !== false && run(statement.consequent);
        const alternate = truth !== true && (statement.alternate ? run(statement.alternate) : true);
        return consequent || alternate;
      }
      case 'SwitchStatement':
        // One case or another: each may be it, and none tells.
        return speaksOfConflict(sourceCode.getText(statement)) ? statement.cases.some((branch) => branch.consequent.every((inner) => run(inner))) : false;
      case 'ReturnStatement':
        path.returns.push(statement.argument);
        if (statement.argument) path.reached.push(statement.argument);
        return false;
      case 'ThrowStatement':
        path.throws.push(statement.argument);
        path.reached.push(statement.argument);
        return false;
      case 'ContinueStatement':
        path.continues = true;
        return false;
      case 'BreakStatement':
        return false;
      case 'TryStatement':
        return run(statement.block) && (statement.finalizer ? run(statement.finalizer) : true);
      default:
        if (isLoop(statement)) path.reached.push(statement.body);
        else path.reached.push(statement);
        return true;
    }
  };

  if (isFunction(body) || body.type !== 'BlockStatement') {
    path.returns.push(body);
    path.reached.push(body);
  } else {
    path.passes = run(body);
  }
  return path;
}

/** Whether a node is run on a path. */
export const reaches = (path: ConflictPath, node: Node): boolean => path.reached.some((reached) => contains(reached, node));

/** What a test is when the error is this conflict. */
export function truthOf(outer: Node, error: Node | null, conflict: Conflict, sourceCode: SourceCode, depth: number): Truth {
  const bindings = bindingsOf(sourceCode);
  const test = unwrap(outer);
  const again = (node: Node): Truth => truthOf(node, error, conflict, sourceCode, depth + 1);
  if (depth > 8) return 'unsure';
  switch (test.type) {
    case 'UnaryExpression':
      return test.operator === '!' ? not(again(test.argument)) : unknown(test);
    case 'LogicalExpression': {
      const [left, right] = [again(test.left), again(test.right)];
      const decisive = test.operator === '&&' ? false : true;
      if (test.operator === '??') return left === 'either' ? right : left;
      if (left === decisive || right === decisive) return decisive;
      if (left === 'unsure' || right === 'unsure') return 'unsure';
      return left === 'either' || right === 'either' ? 'either' : !decisive;
    }
    case 'BinaryExpression':
      return compared(test);
    case 'CallExpression':
      return asked(test);
    case 'Identifier': {
      const variable = bindings.variableOf(test);
      const [only, ...others] = variable ? bindings.definitionsOf(variable) : [];
      if (isError(test)) return true;
      return only?.kind === 'value' && others.length === 0 && only.path.length === 0 ? again(only.value) : unknown(test);
    }
    case 'Literal':
      return Boolean(test.value);
    default:
      return unknown(test);
  }

  function isError(node: Node): boolean {
    const inner = unwrap(node);
    if (!error || inner.type !== 'Identifier') return false;
    const variable = bindings.variableOf(inner);
    if (variable !== null && variable === bindings.variableOf(error)) return true;
    // `const failure = error as S3ServiceException`
    const [only] = variable ? bindings.definitionsOf(variable) : [];
    return only?.kind === 'value' && only.path.length === 0 && unwrap(only.value) !== inner && isError(only.value);
  }

  /** What is not about the error can be either; what is about it and not understood makes the way unsure. */
  function unknown(node: Node): Truth {
    const mentions: Node[] = [];
    walk(node, sourceCode, (inner) => {
      if (inner.type === 'Identifier' && isError(inner)) mentions.push(inner);
    });
    return mentions.length > 0 ? 'unsure' : 'either';
  }

  /** The property of the error that a node reads: its name, or its status. */
  function facet(node: Node): 'name' | 'status' | null {
    const inner = unwrap(node);
    if (inner.type === 'LogicalExpression') return facet(inner.left) ?? facet(inner.right);
    const name = inner.type === 'MemberExpression' ? propertyName(inner) : inner.type === 'Identifier' ? (valueOf(inner) ?? inner.name) : null;
    if (inner.type === 'Identifier') {
      const value = bindings.variableOf(inner) && constantValue(inner);
      if (value && value !== inner) return facet(value);
    }
    if (name === null || (inner.type === 'Identifier' && !comesFromError(inner))) return null;
    if (/^(?:name|Code|code|__type)$/.test(name)) return 'name';
    return /^(?:httpStatusCode|statusCode|status)$/.test(name) ? 'status' : null;
  }

  /** The last property that a destructured name was read from. */
  function valueOf(node: TSESTree.Identifier): string | null {
    const variable = bindings.variableOf(node);
    const [only] = variable ? bindings.definitionsOf(variable) : [];
    return only?.kind === 'value' || only?.kind === 'parameter' ? (only.path.at(-1) ?? null) : null;
  }

  function constantValue(node: TSESTree.Identifier): Node | null {
    const variable = bindings.variableOf(node);
    const [only, ...others] = variable ? bindings.definitionsOf(variable) : [];
    return only?.kind === 'value' && others.length === 0 && only.path.length === 0 ? unwrap(only.value) : null;
  }

  function comesFromError(node: TSESTree.Identifier): boolean {
    const variable = bindings.variableOf(node);
    const [only] = variable ? bindings.definitionsOf(variable) : [];
    return only?.kind === 'value' && unknown(only.value) === 'unsure';
  }

  function compared(node: TSESTree.BinaryExpression): Truth {
    if (node.operator === 'instanceof') return isError(node.left) ? instanceOf(node.right) : 'either';
    if (node.operator === 'in') return isError(node.right) ? true : 'either';
    const [left, right] = [unwrap(node.left), unwrap(node.right)];
    const read = facet(left) ?? facet(right);
    const literal = literalText(left) ?? literalText(right);
    if (read === null || literal === null) return [left, right].some(isNothing) && unknown(node) === 'unsure' ? not(node.operator.startsWith('=')) : unknown(node);
    const actual = read === 'name' ? conflict.name : String(conflict.status);
    switch (node.operator) {
      case '==':
      case '===':
        return actual === literal;
      case '!=':
      case '!==':
        return actual !== literal;
      case '>=':
        return Number(actual) >= Number(literal);
      case '>':
        return Number(actual) > Number(literal);
      case '<':
        return Number(actual) < Number(literal);
      case '<=':
        return Number(actual) <= Number(literal);
      default:
        return 'unsure';
    }
  }

  function instanceOf(classNode: Node): Truth {
    for (const origin of originsOf({ node: classNode, frame: null }, sourceCode)) {
      const name = entityOf(origin)?.path.at(-1) ?? (origin.node.type === 'Identifier' ? origin.node.name : null);
      if (name === null) return 'unsure';
      if (/^(?:Error|S3ServiceException|ServiceException|SmithyServiceException|AWSError|S3Error)$/.test(name)) return true;
      if (entityOf(origin)?.module.startsWith('@aws-sdk/') ?? false) return name === conflict.name;
    }
    return 'unsure';
  }

  function asked(call: TSESTree.CallExpression): Truth {
    const callee = unwrap(call.callee);
    const [first] = call.arguments;
    // `['PreconditionFailed', …].includes(error.name)`
    if (callee.type === 'MemberExpression' && /^(?:includes|has)$/.test(propertyName(callee) ?? '') && first) {
      const read = facet(first);
      const list = originsOf({ node: callee.object, frame: null }, sourceCode)[0]?.node;
      const items = list?.type === 'ArrayExpression' ? list : list?.type === 'NewExpression' && list.arguments[0]?.type === 'ArrayExpression' ? list.arguments[0] : null;
      if (read !== null && items) return items.elements.some((item) => item !== null && literalText(item) === (read === 'name' ? conflict.name : String(conflict.status)));
    }
    if (!call.arguments.some((argument) => isError(argument))) return unknown(call);
    const truths = calledFunctions(call, null, sourceCode).map((called) => predicate(called, call));
    const [truth] = truths;
    if (truth !== undefined) return truth;
    // A predicate of another file is taken at its name: `isPreconditionFailed(error)`.
    const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
    return speaksOfConflict(name) ? true : 'unsure';
  }

  /** A predicate of the file: its returns are run with its own name for the error. */
  function predicate(called: FunctionNode, call: TSESTree.CallExpression): Truth {
    const at = call.arguments.findIndex((argument) => isError(argument));
    const parameter = called.params[at];
    if (!parameter) return 'unsure';
    const { returns } = conflictPath(called.body, parameter, conflict, sourceCode, depth + 1);
    const truths = returns.map((value) => (value ? truthOf(value, parameter, conflict, sourceCode, depth + 1) : false));
    if (truths.length === 0) return 'unsure';
    if (truths.includes(true)) return true;
    return truths.every((truth) => truth === false) ? false : 'unsure';
  }
}

const not = (truth: Truth): Truth => (typeof truth === 'boolean' ? !truth : truth);
