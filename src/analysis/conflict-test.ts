import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from '../calls/bindings.js';
import { entityOf } from '../calls/entities.js';
import { calledFunctions, originsOf } from '../calls/origins.js';
import { isNothing, literalText, propertyName, unwrap, walk, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';
import { speaksOfConflict, type Conflict } from '../s3/conflict-names.js';
import { conflictPath } from './conflict-path.js';

/** What a test is: `either` where it is not about the error, `unsure` where it is and is not understood. */
export type Truth = boolean | 'either' | 'unsure';

const maximumDepth = 8;

/**
 * @param outer a test in a handler
 * @param error the name that holds the error; null where it is not looked at
 * @param conflict the error that it is
 * @param sourceCode the file
 * @param depth how many tests, names and predicates were entered on the way here
 * @returns what the test is when the error is this conflict
 */
export function truthOf(outer: Node, error: Node | null, conflict: Conflict, sourceCode: SourceCode, depth: number): Truth {
  const test = unwrap(outer);
  const again = (node: Node): Truth => truthOf(node, error, conflict, sourceCode, depth + 1);
  const read = readerOf(error, conflict, sourceCode);
  if (depth > maximumDepth) return 'unsure';
  switch (test.type) {
    case 'UnaryExpression':
      return test.operator === '!' ? not(again(test.argument)) : read.unknown(test);
    case 'LogicalExpression': {
      const [left, right] = [again(test.left), again(test.right)];
      const decisive = test.operator === '||';
      if (test.operator === '??') return left === 'either' ? right : left;
      if (left === decisive || right === decisive) return decisive;
      if (left === 'unsure' || right === 'unsure') return 'unsure';
      return left === 'either' || right === 'either' ? 'either' : !decisive;
    }
    case 'BinaryExpression':
      return compared(test, read);
    case 'CallExpression':
      return asked(test, read, conflict, sourceCode, depth);
    case 'Identifier': {
      if (read.isError(test)) return true;
      const value = bindingsOf(sourceCode).plainValueOf(test);
      return value ? again(value) : read.unknown(test);
    }
    case 'Literal':
      return Boolean(test.value);
    default:
      return read.unknown(test);
  }
}

const not = (truth: Truth): Truth => (typeof truth === 'boolean' ? !truth : truth);

/** What can be read from the error. */
interface Reader {
  isError(node: Node, depth?: number): boolean;
  /** What a test that is not understood says. */
  unknown(node: Node): Truth;
  /** The name or status of the conflict, where a node reads it. */
  valueOf(node: Node, depth?: number): string | null;
  /** Whether the error is an instance of a class. */
  instanceOf(classNode: Node): Truth;
}

function readerOf(error: Node | null, conflict: Conflict, sourceCode: SourceCode): Reader {
  const bindings = bindingsOf(sourceCode);
  const reader: Reader = {
    isError(node, depth = 0) {
      const inner = unwrap(node);
      if (!error || inner.type !== 'Identifier' || depth > maximumDepth) return false;
      const variable = bindings.variableOf(inner);
      if (variable !== null && variable === bindings.variableOf(error)) return true;
      // `const failure = error as S3ServiceException`
      const value = bindings.plainValueOf(inner);
      return value !== null && reader.isError(value, depth + 1);
    },
    unknown(node) {
      const mentions: Node[] = [];
      walk(node, sourceCode, (inner) => {
        if (inner.type === 'Identifier' && reader.isError(inner)) mentions.push(inner);
      });
      return mentions.length > 0 ? 'unsure' : 'either';
    },
    valueOf(node, depth = 0) {
      const inner = unwrap(node);
      if (depth > maximumDepth) return null;
      // `error.name ?? error.code`
      if (inner.type === 'LogicalExpression') return reader.valueOf(inner.left, depth + 1) ?? reader.valueOf(inner.right, depth + 1);
      if (inner.type === 'MemberExpression') return facet(propertyName(inner));
      if (inner.type !== 'Identifier') return null;
      const [only] = bindings.definitionsAt(inner);
      if (only?.kind !== 'value') return null;
      // `const { name } = error`, `const status = error.$metadata?.httpStatusCode`
      if (only.path.length > 0) return reader.unknown(only.value) === 'unsure' ? facet(only.path.at(-1) ?? null) : null;
      return reader.valueOf(only.value, depth + 1);
    },
    instanceOf(classNode) {
      for (const origin of originsOf({ node: classNode, frame: null }, sourceCode)) {
        const entity = entityOf(origin);
        const name = entity?.path.at(-1) ?? (origin.node.type === 'Identifier' ? origin.node.name : null);
        if (name === null) return 'unsure';
        // Conflicts of objects have no class of their own in client-s3: they are plain service exceptions.
        if (/^(?:Error|S3ServiceException|ServiceException|SmithyServiceException|AWSError|S3Error)$/.test(name)) return true;
        if (entity?.module.startsWith('@aws-sdk/')) return name === conflict.name;
      }
      return 'unsure';
    },
  };
  const facet = (name: string | null): string | null => {
    if (name === null) return null;
    if (/^(?:name|Code|code|__type)$/.test(name)) return conflict.name;
    return /^(?:httpStatusCode|statusCode|status)$/.test(name) ? String(conflict.status) : null;
  };
  return reader;
}

function compared(node: TSESTree.BinaryExpression, read: Reader): Truth {
  if (node.operator === 'instanceof') return read.isError(node.left) ? read.instanceOf(node.right) : 'either';
  if (node.operator === 'in') return read.isError(node.right) ? true : 'either';
  const [left, right] = [unwrap(node.left), unwrap(node.right)];
  const actual = read.valueOf(left) ?? read.valueOf(right);
  const literal = literalText(left) ?? literalText(right);
  if (actual === null || literal === null) {
    return [left, right].some(isNothing) && read.unknown(node) === 'unsure' ? not(node.operator.startsWith('=')) : read.unknown(node);
  }
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

function asked(call: TSESTree.CallExpression, read: Reader, conflict: Conflict, sourceCode: SourceCode, depth: number): Truth {
  const callee = unwrap(call.callee);
  const [first] = call.arguments;
  // `['PreconditionFailed', …].includes(error.name)`
  if (callee.type === 'MemberExpression' && /^(?:includes|has)$/.test(propertyName(callee) ?? '') && first) {
    const actual = read.valueOf(first);
    const list = originsOf({ node: callee.object, frame: null }, sourceCode)[0]?.node;
    const items = list?.type === 'NewExpression' ? list.arguments[0] : list;
    if (actual !== null && items?.type === 'ArrayExpression') return items.elements.some((item) => item !== null && literalText(item) === actual);
  }
  const at = call.arguments.findIndex((argument) => read.isError(argument));
  if (at < 0) return read.unknown(call);
  const [predicate] = calledFunctions(call, null, sourceCode);
  if (predicate) return answerOf(predicate, at, conflict, sourceCode, depth);
  // A predicate of another file is taken at its name: `isPreconditionFailed(error)`.
  const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? (propertyName(callee) ?? '') : '';
  return speaksOfConflict(name) ? true : 'unsure';
}

/** A predicate of the file: its returns are judged by its own name for the error. */
function answerOf(predicate: FunctionNode, at: number, conflict: Conflict, sourceCode: SourceCode, depth: number): Truth {
  const parameter = predicate.params[at];
  if (!parameter) return 'unsure';
  const { returns } = conflictPath(predicate.body, parameter, conflict, sourceCode, depth + 1);
  const truths = returns.map((value) => (value ? truthOf(value, parameter, conflict, sourceCode, depth + 1) : false));
  if (truths.includes(true)) return true;
  return truths.length > 0 && truths.every((truth) => truth === false) ? false : 'unsure';
}
