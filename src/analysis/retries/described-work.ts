import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from '../../calls/bindings.js';
import { entitiesOf, type Entity } from '../../calls/entities.js';
import type { Place } from '../../calls/frames.js';
import { originsOf } from '../../calls/origins.js';
import { perFile } from '../../calls/per-file.js';
import { isFunction, methodName, propertyName, unwrap, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';

/**
 * Streams of rxjs and effects of Effect describe work that is run later, and again by a retry: functions that they were
 * made of run again, and arguments that were worked out before do not (`from(client.send(…))` sends once).
 */

export interface DescribedWork {
  /** The functions that run each time. */
  readonly functions: readonly FunctionNode[];
  /** Calls that answer with a description made elsewhere: `s3.putObject(…)` of a service of Effect. */
  readonly lent: readonly Node[];
}

const isDescribing = ({ module }: Entity): boolean => /^(?:rxjs|effect)(?:\/|$)/.test(module);

const maximumDepth = 12;

/**
 * @param works what is described
 * @param sourceCode its file
 * @returns what runs each time that it is started
 */
export function describedWork(works: readonly Place[], sourceCode: SourceCode): DescribedWork {
  const functions = new Set<FunctionNode>();
  const lent = new Set<Node>();
  const seen = new Set<Node>();

  const follow = (place: Place, depth: number): void => {
    for (const { node, frame, path } of originsOf(place, sourceCode)) {
      if (isFunction(node) && path.length === 0) functions.add(node);
      if ((node.type !== 'CallExpression' && node.type !== 'NewExpression') || path.length > 0 || depth > maximumDepth || seen.has(node)) continue;
      seen.add(node);
      const callee = unwrap(node.callee);
      const entities = entitiesOf({ node: callee, frame }, sourceCode);
      const method = node.type === 'CallExpression' && callee.type === 'MemberExpression' && methodName(node) === 'pipe' ? callee.object : null;
      if (method) follow({ node: method, frame }, depth + 1);
      if (method || entities.some(isDescribing) || isNamedEffect(callee, sourceCode)) {
        for (const argument of node.arguments) follow({ node: argument, frame }, depth + 1);
        for (const argument of node.arguments) if (argument.type === 'ObjectExpression') parts(argument);
      } else if (node.type === 'CallExpression') {
        lent.add(node);
      }
    }
  };

  /** `Effect.tryPromise({ try: () => put(), catch: toProblem })`: what makes another error of one is not the work. */
  const parts = (given: TSESTree.ObjectExpression): void => {
    for (const property of given.properties) {
      if (property.type === 'Property' && isFunction(property.value) && propertyName(property) !== 'catch') functions.add(property.value);
    }
  };

  for (const work of works) follow(work, 0);
  return { functions: [...functions], lent: [...lent] };
}

/** `Effect.fn('store')(function* () { … })`: what is called is itself a call of Effect. */
const isNamedEffect = (callee: Node, sourceCode: SourceCode): boolean =>
  callee.type === 'CallExpression' && entitiesOf({ node: callee.callee, frame: null }, sourceCode).some(({ module, path }) => /^effect(?:\/Effect)?$/.test(module) && path.at(-1) === 'fn');

/** One place in a pipe: what stands before an operator, and what behind it. */
export interface PipePlace {
  readonly call: TSESTree.CallExpression;
  readonly before: readonly Node[];
  readonly behind: readonly Node[];
}

/** The pipes that a call stands in as an operator, or starts: by itself, or by a name that stands for it. */
export const pipePlacesOf = (operator: Node, sourceCode: SourceCode): readonly PipePlace[] => pipePlaces(sourceCode).get(operator) ?? [];

const pipePlaces = perFile((sourceCode): ReadonlyMap<Node, readonly PipePlace[]> => {
  const places = new Map<Node, PipePlace[]>();
  for (const call of bindingsOf(sourceCode).calls) {
    const piped = call.type === 'CallExpression' ? pipedIn(call, sourceCode) : null;
    if (!piped || call.type !== 'CallExpression') continue;
    for (const [index, operator] of piped.entries()) {
      for (const node of operatorsAt(operator, sourceCode, 0)) {
        places.set(node, [...(places.get(node) ?? []), { call, before: piped.slice(0, index), behind: piped.slice(index + 1) }]);
      }
    }
  }
  return places;
});

/** What goes through a pipe, in order; null for what is none. */
function pipedIn(call: TSESTree.CallExpression, sourceCode: SourceCode): readonly Node[] | null {
  const callee = unwrap(call.callee);
  if (isNamedEffect(callee, sourceCode)) return call.arguments;
  if (composes(call, sourceCode)) return call.arguments;
  return methodName(call) === 'pipe' && callee.type === 'MemberExpression' ? [callee.object, ...call.arguments] : null;
}

/** `pipe(…)` and `flow(…)` of Effect, and `pipe(…)` of rxjs, which makes one operator of several. */
const composes = (call: TSESTree.CallExpression, sourceCode: SourceCode): boolean =>
  entitiesOf({ node: call.callee, frame: null }, sourceCode).some(
    ({ module, path }) => (/^effect(?:\/Function)?$/.test(module) && /^(?:pipe|flow)$/.test(path.at(-1) ?? '')) || (module === 'rxjs' && path.join('.') === 'pipe'),
  );

/** The operators that an argument of a pipe stands for. */
function operatorsAt(operator: Node, sourceCode: SourceCode, depth: number): readonly Node[] {
  if (depth > 3) return [];
  return originsOf({ node: operator, frame: null }, sourceCode).flatMap(({ node, path }) => {
    if (node.type !== 'CallExpression' || path.length > 0) return [];
    return composes(node, sourceCode) ? [node, ...node.arguments.flatMap((inner) => operatorsAt(inner, sourceCode, depth + 1))] : [node];
  });
}
