import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from '../../calls/bindings.js';
import { contextsOf } from '../../calls/callers.js';
import { entitiesOf } from '../../calls/entities.js';
import { calledFunctions } from '../../calls/called-functions.js';
import type { Frame } from '../../calls/frames.js';
import { originsOf } from '../../calls/origins.js';
import { isFunction, methodName, propertyName, unwrap, walk, wrapped, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import { retryLibraries, type Again } from '../../libraries/retry-libraries.js';

/** What leads from a failure of the repeated code to another attempt, before the deciders are asked. */
export type RetryAgain =
  /** Whatever it throws, but for what ends it where it is run: `new AbortError(…)` anywhere in the file, `bail(…)`. */
  | { readonly kind: 'thrown'; readonly except: readonly Node[] }
  /** Only these: calls of promise-retry's `retry(error)` and of `operation.retry(error)`, or `.catch(retry)`. What is thrown ends it. */
  | { readonly kind: 'asked'; readonly by: readonly Node[] };

/** The functions that an argument may be, as seen from wherever the call is reached. */
export function functionsAt(argument: Node, call: Node, sourceCode: SourceCode): readonly FunctionNode[] {
  const frames = framesOf(call, sourceCode);
  const given = frames.flatMap((frame) => originsOf({ node: argument, frame }, sourceCode)).flatMap(({ node, path }) => (isFunction(node) && path.length === 0 ? [node] : []));
  return withHanded([...new Set(given)], frames, sourceCode);
}

export const framesOf = (node: Node, sourceCode: SourceCode): readonly (Frame | null)[] => [...new Set([null, ...contextsOf(node, sourceCode)])];

/** `const withRetry = (run) => pRetry(() => run())`: what a wrapper was handed is run again too. */
export function withHanded(functions: readonly FunctionNode[], frames: readonly (Frame | null)[], sourceCode: SourceCode): readonly FunctionNode[] {
  const handed: FunctionNode[] = [];
  for (const { body } of functions) {
    walk(body, sourceCode, (inner) => {
      if (inner.type !== 'CallExpression' || calledFunctions(inner, null, sourceCode).length > 0) return;
      handed.push(...frames.flatMap((frame) => (frame ? calledFunctions(inner, frame, sourceCode) : [])));
    });
  }
  return [...new Set([...functions, ...handed])];
}

/**
 * @param again what the library goes on after
 * @param repeated the code that it runs
 * @param node the call that sets the retry up
 */
export function againOf(again: Again, repeated: readonly FunctionNode[], node: Node, sourceCode: SourceCode): RetryAgain {
  switch (again.kind) {
    case 'asked':
      return { kind: 'asked', by: repeated.flatMap((code) => mentionsOfParameter(code, again.argument, sourceCode)) };
    case 'asked of operation':
      return { kind: 'asked', by: methodCallsOn(node, again.method, sourceCode) };
    case 'thrown': {
      const { bail } = again;
      const bails = bail === null ? [] : repeated.flatMap((code) => [...mentionsOfParameter(code, bail, sourceCode), ...marksOf(code, sourceCode)]);
      return { kind: 'thrown', except: [...bails, ...(again.except.length > 0 ? endersOf(again.except, sourceCode) : [])] };
    }
  }
}

/** Calls of a parameter, and where it is handed on by its name: `.catch(retry)`. */
function mentionsOfParameter(code: FunctionNode, index: number, sourceCode: SourceCode): readonly Node[] {
  const parameter = code.params[index];
  const variable = parameter && bindingsOf(sourceCode).variableOf(parameter);
  return (variable?.references ?? []).map(({ identifier }) => {
    const outer = wrapped(identifier);
    return outer.parent?.type === 'CallExpression' && outer.parent.callee === outer ? outer.parent : outer;
  });
}

/** `error.bail = true` of async-retry. */
function marksOf(code: FunctionNode, sourceCode: SourceCode): readonly Node[] {
  const marks: Node[] = [];
  walk(code.body, sourceCode, (node) => {
    if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression' && propertyName(node.left) === 'bail') marks.push(node);
  });
  return marks;
}

/** `new AbortError(…)` of p-retry, wherever the file makes it. */
const endersOf = (names: readonly string[], sourceCode: SourceCode): readonly Node[] =>
  bindingsOf(sourceCode).calls.filter(
    ({ type, callee }) => type === 'NewExpression' && entitiesOf({ node: callee, frame: null }, sourceCode).some(({ module, path }) => Object.hasOwn(retryLibraries, module) && names.includes(path.at(-1) ?? '')),
  );

/** Calls of a method of what a call made: `operation.retry(error)`. */
export function methodCallsOn(made: Node, method: string, sourceCode: SourceCode): readonly TSESTree.CallExpression[] {
  return bindingsOf(sourceCode).calls.filter((call): call is TSESTree.CallExpression => {
    const callee = unwrap(call.callee);
    if (call.type !== 'CallExpression' || callee.type !== 'MemberExpression' || methodName(call) !== method) return false;
    return originsOf({ node: callee.object, frame: null }, sourceCode).some(({ node, path }) => node === made && path.length === 0);
  });
}
