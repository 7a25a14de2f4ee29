import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, type Variable } from '../calls/bindings.js';
import type { S3Call } from '../calls/s3-call.js';
import { contains, isFunction, isNothing, methodName, propertyName, wrapped, type Node, type SourceCode } from '../calls/syntax.js';
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
 * @param use where it is wanted
 * @returns how to say it there; null where the response is bound to no name that is seen there, or to one that changes
 */
export function boundResponse(call: S3Call, property: string, use: Node, sourceCode: SourceCode): BoundResponse | null {
  const [sender, ...others] = call.sentBy;
  // minio and callbacks answer elsewhere.
  if (!sender || others.length > 0 || call.client === 'minio' || sender.arguments.some((argument) => isFunction(argument))) return null;
  const received = receiverOf(sender, sourceCode);
  if (!received) return null;
  const { target, optional } = received;
  if (target.type === 'ObjectPattern') return optional ? null : destructured(target, property, use, sourceCode);
  if (target.type !== 'Identifier') return null;
  const variable = bindingsOf(sourceCode).variableOf(target);
  if (!variable || !isSeen(variable, use) || !isSetOnce(variable, sourceCode)) return null;
  const assignedInTry = target.parent.type === 'AssignmentExpression' && standsUnderCondition(target.parent, variable);
  return { expression: `${target.name}.${property}`, optional: optional || assignedInTry, edit: () => [] };
}

interface Received {
  /** The name or pattern that takes the response. */
  readonly target: Node;
  readonly optional: boolean;
}

/** What takes the response of a call: a declarator, an assignment, the parameter of `.then`, an element of `Promise.all`. */
function receiverOf(sender: Node, sourceCode: SourceCode): Received | null {
  let outer = wrapped(sender);
  let optional = false;
  for (let chained = chainedCall(outer); chained; chained = chainedCall(outer)) {
    const method = methodName(chained);
    const [handler] = chained.arguments;
    if (method === 'then' && handler && isFunction(handler)) return handler.params[0] ? { target: handler.params[0], optional } : null;
    if (method === 'catch') optional = true;
    else if (method !== 'promise') return null;
    outer = wrapped(chained);
  }
  const { parent } = outer;
  if (parent?.type === 'VariableDeclarator' && parent.init === outer) return { target: parent.id, optional };
  if (parent?.type === 'AssignmentExpression' && parent.operator === '=' && parent.right === outer) return { target: parent.left, optional };
  const all = parent?.type === 'ArrayExpression' ? parent.parent : null;
  if (parent?.type !== 'ArrayExpression' || all?.type !== 'CallExpression' || methodName(all) !== 'all') return null;
  const together = receiverOf(all, sourceCode);
  const element = together?.target.type === 'ArrayPattern' ? together.target.elements[parent.elements.indexOf(outer as TSESTree.Expression)] : null;
  return element ? { target: element, optional: optional || (together?.optional ?? false) } : null;
}

function chainedCall(node: Node): TSESTree.CallExpression | null {
  const member = node.parent;
  return member?.type === 'MemberExpression' && member.object === node && member.parent.type === 'CallExpression' && member.parent.callee === member ? member.parent : null;
}

function destructured(pattern: TSESTree.ObjectPattern, property: string, use: Node, sourceCode: SourceCode): BoundResponse | null {
  for (const element of pattern.properties) {
    if (element.type !== 'Property' || propertyName(element) !== property || element.value.type !== 'Identifier') continue;
    const variable = bindingsOf(sourceCode).variableOf(element.value);
    return variable && isSeen(variable, use) ? { expression: element.value.name, optional: false, edit: () => [] } : null;
  }
  const first = pattern.properties.flatMap((element) => (element.type === 'Property' ? [element.value] : []))[0];
  const neighbour = first && bindingsOf(sourceCode).variableOf(first.type === 'AssignmentPattern' ? first.left : first);
  if (!neighbour || !isSeen(neighbour, use) || isTaken(property, use, sourceCode)) return null;
  return { expression: property, optional: false, edit: (fixer) => addProperty(fixer, pattern, property, sourceCode) };
}

const isSeen = (variable: Variable, use: Node): boolean => contains(variable.scope.block, use) && (variable.identifiers[0]?.range[0] ?? Infinity) < use.range[0];

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

/** Whether something stands between an assignment and the block of its variable that may keep it from running. */
function standsUnderCondition(assignment: Node, variable: Variable): boolean {
  for (let outer = assignment.parent; outer && outer !== variable.scope.block; outer = outer.parent) {
    if (/^(?:Try|If|Switch|For|While|DoWhile)/.test(outer.type)) return true;
  }
  return false;
}
