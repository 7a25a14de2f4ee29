import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from '../calls/bindings.js';
import { entitiesOf, entityOf } from '../calls/entities.js';
import { originsOf } from '../calls/origins.js';
import type { S3Call } from '../calls/s3-call.js';
import { propertyOf, shapeOf } from '../calls/shapes.js';
import { enclosingFunction, isFunction, unwrap, walk, type Node, type SourceCode } from '../calls/syntax.js';
import { objectConflicts } from '../s3/conflict-names.js';
import { endlessSchedule, retryLibraries, type RetryLibrary } from '../libraries/retry-libraries.js';
import { conflictPath } from './conflict-path.js';
import { truthOf } from './conflict-test.js';
import { writeWithin } from './write-within.js';

/**
 * A retry library that was told, or left, to go on for ever with a write that can conflict.
 *
 * @param node a call
 * @returns the option that says so, or the call where the library's default says so; null where something ends it
 */
export function endlessOption(node: TSESTree.CallExpression, sourceCode: SourceCode): { kind: 'option'; node: Node; write: S3Call } | null {
  for (const { module, path } of entitiesOf({ node: node.callee, frame: null }, sourceCode)) {
    const name = path.join('.');
    const library = Object.hasOwn(retryLibraries, module) ? retryLibraries[module] : undefined;
    const isEffect = module === 'effect' ? name === 'Effect.retry' : module === 'effect/Effect' && name === 'retry';
    if (!isEffect && !library?.functions.includes(name)) continue;
    const endless = isEffect ? scheduleWithoutEnd(node, sourceCode) : library ? endlessIn(node, library, sourceCode) : null;
    const scope = isEffect || /^(?:cockatiel|rxjs|retry)/.test(module) ? (enclosingFunction(node) ?? sourceCode.ast) : node;
    const write = endless && writeWithin(scope, sourceCode);
    if (endless && write && !endsOnConflict(node, sourceCode) && !isTimed(node, module, sourceCode)) return { kind: 'option', node: endless, write };
  }
  return null;
}

/** `Effect.retry(Schedule.exponential('1 second'))`: a schedule that nothing in its own source ends. */
const scheduleWithoutEnd = (node: TSESTree.CallExpression, sourceCode: SourceCode): Node | null =>
  node.arguments.find((argument) => endlessSchedule(sourceCode.getText(argument))) ?? null;

const isEndlessCount = (count: Node, sourceCode: SourceCode): boolean =>
  /^(?:Infinity|Number\.POSITIVE_INFINITY|Number\.MAX_SAFE_INTEGER|['"]INFINITELY['"])$/.test(sourceCode.getText(unwrap(count)));

function endlessIn(node: TSESTree.CallExpression, library: RetryLibrary, sourceCode: SourceCode): Node | null {
  const given = node.arguments.filter((argument) => !isFunction(argument));
  const shapes = given.map((argument) => shapeOf({ node: argument, frame: null }, sourceCode));
  const valueOf = (name: string): Node | null => {
    for (const shape of shapes) {
      const property = propertyOf(shape, name);
      if (property.kind === 'known') return property.values[0]?.node ?? null;
    }
    return null;
  };
  const boundBy = library.bounds.map(valueOf).filter((bound) => bound !== null);
  if (boundBy.some((bound) => !isEndlessCount(bound, sourceCode))) return null;
  for (const name of library.endless) {
    const flag = valueOf(name);
    if (flag?.type === 'Literal' && flag.value === true) return flag.parent;
  }
  for (const name of library.counts) {
    const count = valueOf(name);
    if (!count) continue;
    if (!isEndlessCount(count, sourceCode)) return null;
    // A library with a bound of its own is bounded by it until that is lifted too.
    return library.boundByDefault && boundBy.length === 0 ? null : (count.parent ?? count);
  }
  const counted = given.some((argument) => unwrap(argument).type === 'Literal');
  // Options that cannot be read may hold the count.
  const read = shapes.every((shape) => shape.open === null || shape.open === 'imported' || shape.open === 'value' || shape.properties.size > 0);
  return library.endlessByDefault && !counted && read ? node : null;
}

/** Whether what is retried, or the options, end it on a conflict: `throw new AbortError(…)`, `bail(…)`, `shouldRetry`. */
function endsOnConflict(node: TSESTree.CallExpression, sourceCode: SourceCode): boolean {
  let ends = false;
  walk(node, sourceCode, (inner) => {
    if (inner.type === 'CatchClause') {
      ends ||= objectConflicts.some((conflict) => {
        const path = conflictPath(inner.body, inner.param, conflict, sourceCode);
        return [...path.throws, ...path.reached].some((thrown) => /\bnew \w*Abort\w*\(|\bbail\(/.test(sourceCode.getText(thrown)));
      });
    }
    if (inner.type === 'Property' && inner.key.type === 'Identifier' && /^(?:shouldRetry|retryIf|retryOn|retry)$/.test(inner.key.name)) ends ||= refuses(inner.value, sourceCode);
  });
  return ends;
}

/** Whether a predicate of errors is not known to let a conflict through. */
function refuses(predicate: Node, sourceCode: SourceCode): boolean {
  const made = originsOf({ node: predicate, frame: null }, sourceCode)[0]?.node;
  if (!made || !isFunction(made)) return true;
  const [error] = made.params;
  if (!error) return false;
  const values = bindingsOf(sourceCode).returnsOf(made);
  return !objectConflicts.some((conflict) => values.some((value) => truthOf(value, error, conflict, sourceCode, 0) === true));
}

/** Whether a time-out stands beside it: `wrap(timeout(…), policy)` of cockatiel, `pipe(retry(…), timeout(…))` of rxjs. */
function isTimed(node: TSESTree.CallExpression, module: string, sourceCode: SourceCode): boolean {
  if (!/^(?:cockatiel|rxjs)/.test(module)) return false;
  return bindingsOf(sourceCode).calls.some((call) =>
    originsOf({ node: call.callee, frame: null }, sourceCode).some((origin) => {
      const entity = entityOf(origin);
      return entity !== null && entity.module.split('/')[0] === module.split('/')[0] && /^(?:timeout|timeoutWith|take|takeUntil|takeWhile)$/.test(entity.path.at(-1) ?? '') && call !== node;
    }),
  );
}
