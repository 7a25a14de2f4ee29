import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, type Path } from '../../calls/bindings.js';
import { entitiesOf, entityOf } from '../../calls/entities.js';
import type { Place } from '../../calls/frames.js';
import { originsOf, type Origin } from '../../calls/origins.js';
import { isFunction, methodName, propertyName, unwrap, walk, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import { cockatielFilters, type DecidingOption, type Ending } from '../../libraries/retry-libraries.js';

/** What is asked after a failure whether there is another attempt. All deciders of a retry must let an error through. */
export type RetryDecider =
  | {
      readonly kind: 'function';
      readonly function: FunctionNode;
      /** The name or pattern that the error is known by, and what is read from it to get at the error; null where it is not looked at. */
      readonly error: { readonly name: Node; readonly path: Path } | null;
      readonly ends: Ending;
    }
  /** Instances of a class go on, where its predicate lets them. */
  | { readonly kind: 'class'; readonly class: Node; readonly predicate: RetryDecider | null }
  /** One of several is enough; none of none. */
  | { readonly kind: 'any'; readonly of: readonly RetryDecider[] }
  /** It stands in another file, or among options that could not be read: nothing is known of what it says. */
  | { readonly kind: 'unseen'; readonly node: Node };

/**
 * @param place what the library is handed to ask
 * @param asked where it is given the error, and how it ends the retry
 * @param sourceCode the file
 */
export function decidersAt(place: Place, asked: DecidingOption, sourceCode: SourceCode): readonly RetryDecider[] {
  return originsOf(place, sourceCode).map(({ node, path }): RetryDecider =>
    isFunction(node) && path.length === 0
      ? { kind: 'function', function: node, error: errorOf(node, asked, sourceCode), ends: asked.ends }
      : { kind: 'unseen', node: unwrap(place.node) },
  );
}

/** Where a function has the error: p-retry handed the error itself until 6, and `{ error, … }` from 7 on. */
function errorOf(decider: FunctionNode, { error, heldAs }: DecidingOption, sourceCode: SourceCode): { name: Node; path: Path } | null {
  const parameter = decider.params[error];
  const name = parameter?.type === 'AssignmentPattern' ? parameter.left : parameter;
  if (!name) return null;
  if (heldAs === null) return { name, path: [] };
  if (name.type === 'ObjectPattern') {
    const held = name.properties.find((property): property is TSESTree.Property => property.type === 'Property' && propertyName(property) === heldAs);
    if (held) return { name: held.value.type === 'AssignmentPattern' ? held.value.left : held.value, path: [] };
    const ofAttempt = name.properties.every((property) => property.type === 'Property' && namesAttempt.test(propertyName(property) ?? ''));
    return ofAttempt ? null : { name, path: [] };
  }
  return { name, path: readsProperty(decider, name, heldAs, sourceCode) ? [heldAs] : [] };
}

function readsProperty(decider: FunctionNode, name: Node, property: string, sourceCode: SourceCode): boolean {
  if (name.type !== 'Identifier') return false;
  let reads = false;
  walk(decider.body, sourceCode, (node) => {
    const object = node.type === 'MemberExpression' ? unwrap(node.object) : null;
    if (node.type === 'MemberExpression' && object?.type === 'Identifier' && object.name === name.name) reads ||= propertyName(node) === property;
    // `const { error } = context`
    if (node.type === 'VariableDeclarator' && node.id.type === 'ObjectPattern' && node.init?.type === 'Identifier' && node.init.name === name.name) {
      reads ||= node.id.properties.some((held) => held.type === 'Property' && propertyName(held) === property);
    }
  });
  return reads;
}

const namesAttempt = /attempt|retr|tries|count|left|consumed|delay|elapsed/i;

/** Names that say that code counts attempts or looks at a clock. */
const namesCount = /attempt|retries|retryCount|tries|count|budget|left|elapsed|deadline|startedAt|^Date$|^performance$|aborted/i;

/** Whether a decider may end the retry by a count or a clock of its own. */
export function mayCount(decider: RetryDecider, sourceCode: SourceCode): boolean {
  switch (decider.kind) {
    case 'unseen':
      return true;
    case 'any':
      return decider.of.some((one) => mayCount(one, sourceCode));
    case 'class':
      return decider.predicate !== null && mayCount(decider.predicate, sourceCode);
    case 'function': {
      // A hook that throws nothing only looks on: `(error) => log(error.attemptNumber)`.
      if (decider.ends === 'by throwing' && !mayThrow(decider.function, sourceCode)) return false;
      // So does one that always answers with a pause: `(error, n) => timer(100 * 2 ** n)`.
      if (decider.ends === 'by failing' && onlyPauses(decider.function, sourceCode)) return false;
      let counts = decider.function.params.length > 1;
      walk(decider.function, sourceCode, (node) => {
        counts ||= node.type === 'UpdateExpression' || (node.type === 'Identifier' && namesCount.test(node.name));
      });
      return counts;
    }
  }
}

function mayThrow(hook: FunctionNode, sourceCode: SourceCode): boolean {
  let throws = false;
  walk(hook, sourceCode, (node) => {
    throws ||= node.type === 'ThrowStatement' || (node.type === 'CallExpression' && /throw|assert|abort|fail|reject|check|ensure|exit/i.test(sourceCode.getText(node.callee)));
  });
  return throws;
}

/** Whether all that a function answers is `timer(…)` of rxjs. */
function onlyPauses(made: FunctionNode, sourceCode: SourceCode): boolean {
  const answers = bindingsOf(sourceCode).returnsOf(made).map((answer) => unwrap(answer));
  const isTimer = (answer: Node): boolean => answer.type === 'CallExpression' && entitiesOf({ node: answer.callee, frame: null }, sourceCode).some(({ module, path }) => module === 'rxjs' && path[0] === 'timer');
  return answers.length > 0 && answers.every(isTimer) && !mayThrow(made, sourceCode);
}

const predicate: DecidingOption = { error: 0, heldAs: null, ends: 'when false' };

/**
 * The filter of a policy of cockatiel: `handleType(S3ServiceException, isConflict).orWhen(isThrottled)`.
 *
 * @returns what of it decides on errors; empty where every error goes on
 */
export function filterOf(filter: Place, sourceCode: SourceCode): readonly RetryDecider[] {
  const parts = originsOf(filter, sourceCode).flatMap((origin) => filterParts(origin, sourceCode) ?? [{ kind: 'unseen' as const, node: unwrap(filter.node) }]);
  return parts.includes('all') ? [] : [{ kind: 'any', of: parts.filter((part) => part !== 'all') }];
}

/** The alternatives of a filter; null where it is not one that is seen. */
function filterParts(origin: Origin, sourceCode: SourceCode): readonly (RetryDecider | 'all')[] | null {
  const { node, path } = origin;
  const constant = entityOf(origin);
  if (constant) return constant.module === 'cockatiel' && constant.path[0] === 'handleAll' ? ['all'] : null;
  if (node.type !== 'CallExpression' || path.length > 0) return null;
  const [made] = entitiesOf({ node: node.callee, frame: null }, sourceCode);
  const name = made ? (made.module === 'cockatiel' ? made.path[0] : undefined) : methodName(node);
  const kind = name && Object.hasOwn(cockatielFilters, name) ? cockatielFilters[name] : undefined;
  if (kind === undefined) return null;
  const own = partsOf(kind, node.arguments, sourceCode);
  const callee = unwrap(node.callee);
  if (made || callee.type !== 'MemberExpression') return own;
  const widened = originsOf({ node: callee.object, frame: null }, sourceCode).map((before) => filterParts(before, sourceCode));
  return widened.every((parts) => parts !== null) ? [...widened.flat(), ...own] : null;
}

function partsOf(kind: 'all' | 'type' | 'predicate' | 'results', given: readonly Node[], sourceCode: SourceCode): readonly (RetryDecider | 'all')[] {
  const [first, second] = given;
  const ask = (node: Node): readonly RetryDecider[] => decidersAt({ node, frame: null }, predicate, sourceCode);
  switch (kind) {
    case 'all':
      return ['all'];
    case 'results':
      return [];
    case 'predicate':
      return first ? ask(first) : [];
    case 'type':
      return first ? [{ kind: 'class', class: unwrap(first), predicate: (second && ask(second)[0]) ?? null }] : [];
  }
}
