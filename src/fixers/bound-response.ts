import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, type Variable } from '../calls/bindings.js';
import type { S3Call } from '../calls/s3-call.js';
import { s3CallsOf } from '../calls/s3-calls.js';
import { contains, enclosingFunction, isFunction, isLoop, isNothing, methodName, propertyName, wrapped, type CallLike, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';
import { addProperty } from './add-property.js';

/** The response of a call, as code elsewhere can name a property of it. */
export interface BoundResponse {
  /** `current.ETag`, or `ETag` where the response is destructured. */
  readonly expression: string;
  /** Whether it may be unset where it is used: its read failed and the catch went on. */
  readonly optional: boolean;
  /** What has to be added to a destructuring first. */
  edit(fixer: TSESLint.RuleFixer): TSESLint.RuleFix[];
}

/**
 * @param call a call whose response is wanted
 * @param property the property of the response, such as `ETag`
 * @param use where it is wanted: the node that will be edited
 * @returns how to say it there; null where the response is bound to no name that is seen there, or to one that changes,
 *   or where it may not be the response of the same turn
 */
export function boundResponse(call: S3Call, property: string, use: Node, sourceCode: SourceCode): BoundResponse | null {
  const [sender, ...others] = call.sentBy;
  if (!sender || others.length > 0 || !answersHere(call, sender)) return null;
  const received = receptionOf(sender, sourceCode);
  if (!received || isInOtherTurn(received.target, use)) return null;
  const { target, optional } = received;
  if (target.type === 'ObjectPattern') return optional ? null : destructured(target, property, use, sourceCode);
  if (target.type !== 'Identifier') return null;
  const variable = bindingsOf(sourceCode).variableOf(target);
  if (!variable || !isSeen(variable, use, sourceCode) || !isSetOnce(variable, sourceCode)) return null;
  const standing = standingOf(target, variable);
  if (standing === 'chosen') return null;
  return { expression: `${target.name}.${property}`, optional: optional || standing === 'tried', edit: () => [] };
}

/** Whether a call gives its response to who calls it: not to a callback or an event, and not to a function between. */
function answersHere(call: S3Call, sender: CallLike): boolean {
  if (call.presigned || call.client === 'minio' || sender.arguments.some((argument) => isFunction(argument))) return false;
  return sender === call.node || /^(?:send|done|promise)$/.test(methodName(sender) ?? '');
}

interface Reception {
  /** The name or pattern that takes the response. */
  readonly target: Node;
  readonly optional: boolean;
}

/** What takes the awaited response of a call: a declarator, an assignment, the parameter of `.then`, an element of `Promise.all`. */
function receptionOf(sender: Node, sourceCode: SourceCode, within = false): Reception | null {
  let optional = false;
  let inner: Node = sender;
  for (let chained = chainedCall(inner); chained; chained = chainedCall(inner)) {
    const method = methodName(chained);
    const [handler] = chained.arguments;
    if (method === 'then' && handler && isFunction(handler)) return handler.params[0] ? { target: handler.params[0], optional } : null;
    if (method === 'catch' && handler && isFunction(handler) && givesNothing(handler, sourceCode)) optional = true;
    else if (method !== 'promise') return null;
    inner = chained;
  }
  const outer = wrapped(inner);
  const { parent } = outer;
  if (parent?.type === 'ArrayExpression' && !within) return receptionOfElement(parent, outer, optional, sourceCode);
  if (!isAwaited(inner, outer)) return null;
  if (parent?.type === 'VariableDeclarator' && parent.init === outer) return { target: parent.id, optional };
  const assigned = parent?.type === 'AssignmentExpression' && parent.operator === '=' && parent.right === outer ? parent.left : null;
  // A pattern that is assigned to declares nothing: what is added to it would be a global.
  return assigned?.type === 'Identifier' ? { target: assigned, optional } : null;
}

/** `const [current] = await Promise.all([client.send(…)])` */
function receptionOfElement(list: TSESTree.ArrayExpression, element: Node, optional: boolean, sourceCode: SourceCode): Reception | null {
  const all = list.parent;
  if (all.type !== 'CallExpression' || methodName(all) !== 'all') return null;
  const together = receptionOf(all, sourceCode, true);
  const target = together?.target.type === 'ArrayPattern' ? together.target.elements[list.elements.indexOf(element as TSESTree.Expression)] : null;
  return target ? { target, optional: optional || (together?.optional ?? false) } : null;
}

function chainedCall(node: Node): TSESTree.CallExpression | null {
  const outer = node.parent?.type === 'ChainExpression' ? node.parent : node;
  const member = outer.parent;
  return member?.type === 'MemberExpression' && member.object === outer && member.parent.type === 'CallExpression' && member.parent.callee === member ? member.parent : null;
}

function isAwaited(inner: Node, outer: Node): boolean {
  for (let node = inner.parent; node; node = node.parent) {
    if (node.type === 'AwaitExpression') return true;
    if (node === outer) return false;
  }
  return false;
}

/** `.catch(() => undefined)`: a handler that answers with nothing at all. */
const givesNothing = (handler: FunctionNode, sourceCode: SourceCode): boolean => bindingsOf(sourceCode).returnsOf(handler).every(isNothing);

function destructured(pattern: TSESTree.ObjectPattern, property: string, use: Node, sourceCode: SourceCode): BoundResponse | null {
  const bindings = bindingsOf(sourceCode);
  for (const element of pattern.properties) {
    if (element.type !== 'Property' || propertyName(element) !== property) continue;
    const variable = element.value.type === 'Identifier' ? bindings.variableOf(element.value) : null;
    const name = variable && isSeen(variable, use, sourceCode) && isSetOnce(variable, sourceCode) ? variable.name : null;
    return name === null ? null : { expression: name, optional: false, edit: () => [] };
  }
  // What the rest of a pattern holds would change with it.
  if (pattern.properties.some((element) => element.type === 'RestElement')) return null;
  const first = pattern.properties.flatMap((element) => (element.type === 'Property' ? [element.value] : []))[0];
  const neighbour = first && bindings.variableOf(first.type === 'AssignmentPattern' ? first.left : first);
  if (!neighbour || !isSeen(neighbour, use, sourceCode) || isTaken(property, use, sourceCode) || isMeant(property, neighbour) || hasTwin(pattern, sourceCode)) return null;
  return { expression: property, optional: false, edit: (fixer) => addProperty(fixer, pattern, property, sourceCode) };
}

/** Whether the scope of a variable has a name that means something outside of it: a new one would take it over. */
const isMeant = (name: string, { scope }: Variable): boolean => scope.through.some(({ identifier }) => identifier.name === name);

/** Whether another read of the function is destructured too: both would be given the same new name in one pass. */
function hasTwin(pattern: Node, sourceCode: SourceCode): boolean {
  return s3CallsOf(sourceCode).some((call) =>
    call.sentBy.some((sender) => {
      const target = receptionOf(sender, sourceCode)?.target;
      return target?.type === 'ObjectPattern' && target !== pattern && enclosingFunction(target) === enclosingFunction(pattern);
    }),
  );
}

/** Whether a name means this variable at a place, and was given its value before it. */
export function isSeen(variable: Variable, use: Node, sourceCode: SourceCode): boolean {
  const declared = variable.identifiers[0];
  if (!declared || declared.range[0] > use.range[0]) return false;
  for (let outer: Node | undefined = declared.parent; outer && outer !== variable.scope.block; outer = outer.parent) {
    // One case of a switch does not run another's declarations.
    if (outer.type === 'SwitchCase' && !contains(outer, use)) return false;
  }
  for (let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(use); scope; scope = scope.upper) {
    const found = scope.set.get(variable.name);
    if (found) return found === variable;
  }
  return false;
}

function isTaken(name: string, use: Node, sourceCode: SourceCode): boolean {
  for (let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(use); scope; scope = scope.upper) if (scope.set.has(name)) return true;
  return false;
}

/** Whether a variable holds the one response, or nothing. */
function isSetOnce(variable: Variable, sourceCode: SourceCode): boolean {
  const values = bindingsOf(sourceCode)
    .definitionsOf(variable)
    .filter((definition) => definition.kind !== 'nothing' && !(definition.kind === 'value' && isNothing(definition.value)));
  return values.length === 1;
}

/** How a response comes to its variable: in any case, where a try may go on without it, or only where one chose to read. */
function standingOf(target: Node, variable: Variable): 'sure' | 'tried' | 'chosen' {
  let standing: 'sure' | 'tried' = 'sure';
  for (let outer = target.parent; outer && outer !== variable.scope.block; outer = outer.parent) {
    if (isFunction(outer)) break;
    if (/^(?:If|Switch|Conditional|Logical)/.test(outer.type) || isLoop(outer)) return 'chosen';
    if (outer.type === 'TryStatement') standing = 'tried';
  }
  return standing;
}

/** Whether a place runs at another time, or more often, than what it would use: in a loop or function of its own. */
function isInOtherTurn(target: Node, use: Node): boolean {
  const owner = target.parent && isFunction(target.parent) ? target.parent : enclosingFunction(target);
  if (owner !== enclosingFunction(use)) return true;
  for (let outer: Node | undefined = use.parent; outer && outer !== owner; outer = outer.parent) if (isLoop(outer) && !contains(outer, target)) return true;
  return false;
}
