import { bindingsOf, type Variable } from '../../calls/bindings.js';
import { contains, methodName, propertyName, unwrap, type CallLike, type Node, type SourceCode } from '../../calls/syntax.js';
import { functionsAt } from '../../calls/called-functions.js';
import type { EndedTrail } from '../trails/trail.js';
import { callsRunBy } from '../run-calls.js';
import type { SuccessPath } from './success-path.js';
import { isRead, isSeen, tracesOf } from './traces.js';

/** What somebody would notice of a write that worked: its absence tells of the conflict. */

/**
 * @param trail the way of a conflict
 * @param success what its last function does when there is none
 * @param sourceCode the file
 * @returns whether nobody would miss what only a success runs: `acquired = true`, `this.etag = …`, `saved.push(key)`
 */
export function succeedsInSilence(trail: EndedTrail, { steps }: SuccessPath, sourceCode: SourceCode): boolean {
  const ofFailure = new Set(trail.steps);
  const ofSuccess = new Set([...[...steps].filter((step) => !ofFailure.has(step) || contains(step, trail.failed)), ...chainedFunctions(trail, sourceCode)]);
  const traces = tracesOf([...ofSuccess].filter((step) => step.type !== 'ReturnStatement'), sourceCode);
  if (traces.state.length > 0 || traces.variables.some((set) => isSeen(set, trail.failed, ofSuccess, sourceCode))) return false;
  return !traces.calls.some((inner) => !contains(trail.failed, inner) && isMissed(inner, sourceCode));
}

const givesOn = /^(?:push|unshift|add|set|delete|emit|dispatch|resolve|send|json|status|end|write|next|complete|publish|notify|succeed|success|enqueue|broadcast|postMessage)$/i;

/** Whether somebody who waits for a call would miss it: one of a function or object that was handed in, or one that gives something on. */
function isMissed(inner: CallLike, sourceCode: SourceCode): boolean {
  if (callsRunBy(inner, null, sourceCode).length > 0) return false;
  let callee = unwrap(inner.callee);
  if (callee.type === 'Identifier' && /^(?:set|on|notify|emit|dispatch)[A-Z]/.test(callee.name)) return true;
  if (callee.type === 'MemberExpression' && givesOn.test(propertyName(callee) ?? '')) return true;
  while (callee.type === 'MemberExpression') callee = unwrap(callee.object);
  return bindingsOf(sourceCode).definitionsAt(callee).some(({ kind }) => kind === 'parameter');
}

/** The calls that a trail came out of with a value. */
export const callsLeft = ({ held }: EndedTrail): readonly CallLike[] => [...held.keys()].filter((key): key is CallLike => isCall(key));

const isCall = (key: Variable | Node): key is CallLike => 'type' in key && (key.type === 'CallExpression' || key.type === 'NewExpression');

/** What runs when the promise is kept, and is left out when it is not: `.then(() => response.end())`. */
function chainedFunctions(trail: EndedTrail, sourceCode: SourceCode): readonly Node[] {
  const chained: Node[] = [];
  const add = (call: Node): void => {
    if (call.type === 'CallExpression' && methodName(call) === 'then' && call.arguments[0]) chained.push(...functionsAt(call.arguments[0], sourceCode).map(({ body }) => body));
  };
  let outer = trail.failed.parent;
  while (outer && /^(?:Member|Call|Chain)Expression$/.test(outer.type)) {
    add(outer);
    outer = outer.parent;
  }
  for (const left of callsLeft(trail)) {
    for (let inner: Node = left; inner.type === 'CallExpression' && inner.callee.type === 'MemberExpression'; inner = unwrap(inner.callee.object)) add(inner);
  }
  return chained;
}

/**
 * @param trail the way of a conflict
 * @param sourceCode the file
 * @returns whether the value that a handled call gives is looked at: `const saved = await put().catch(() => null)`
 */
export function isValueSeen(trail: EndedTrail, sourceCode: SourceCode): boolean {
  return callsLeft(trail).some((call) => isSeenAt(call, trail.failed, sourceCode));
}

function isSeenAt(call: CallLike, failed: Node, sourceCode: SourceCode): boolean {
  let inner: Node = call;
  for (;;) {
    const outer: Node = inner.parent;
    switch (outer.type) {
      case 'AwaitExpression':
      case 'ChainExpression':
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'ArrayExpression':
      case 'MemberExpression':
        break;
      case 'CallExpression':
        if (outer.callee !== inner && !/^(?:all|race|any)$/.test(methodName(outer) ?? '')) return true;
        break;
      case 'UnaryExpression':
        return outer.operator !== 'void';
      case 'ExpressionStatement':
      case 'ReturnStatement':
      case 'ArrowFunctionExpression':
        return false;
      case 'VariableDeclarator':
        return sourceCode.getDeclaredVariables(outer).some((variable) => isRead(variable, false, failed, new Set(), sourceCode));
      default:
        return true;
    }
    inner = outer;
  }
}
