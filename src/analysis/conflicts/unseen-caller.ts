import { bindingsOf, memberPath } from '../../calls/bindings.js';
import { originsOf } from '../../calls/origins.js';
import { isFunction, methodName, wrapped, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';

/**
 * Whether a function is called by somebody who may handle its errors and is not seen: a framework, a router, a test
 * runner, a library that retries, an event. Functions and classes that are exported belong to the file itself: what they
 * throw is their contract.
 *
 * @param node a function that an error leaves
 * @param sourceCode its file
 */
export function isCalledByUnseen(node: FunctionNode, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  const seen = new Set<Node>();

  /** Whether every place that a name is mentioned at keeps what it stands for in the file, or exports it. */
  const mentionsGoUnseen = (id: Node | null, holdsMembers: boolean): boolean =>
    (id ? (bindings.variableOf(id)?.references ?? []) : []).some((reference) => reference.isRead() && goesUnseen(reference.identifier, holdsMembers));

  /** Whether a value is handed to somebody who is not seen; `holdsMembers` where the function is a member of it. */
  const goesUnseen = (inner: Node, holdsMembers: boolean): boolean => {
    const value = wrapped(inner);
    const { parent } = value;
    if (!parent || seen.has(value)) return false;
    seen.add(value);
    switch (parent.type) {
      case 'CallExpression':
        return parent.callee !== value && !isLeftAlone(parent);
      case 'NewExpression':
        return parent.callee !== value;
      case 'MemberExpression':
        return parent.object !== value || (!holdsMembers && goesUnseen(parent, holdsMembers));
      case 'ConditionalExpression':
      case 'LogicalExpression':
        return goesUnseen(parent, holdsMembers);
      case 'Property':
        return goesUnseen(parent.parent, true);
      case 'VariableDeclarator':
        return parent.init === value && (parent.id.type !== 'Identifier' || mentionsGoUnseen(parent.id, holdsMembers));
      case 'AssignmentExpression':
        return parent.right !== value || !isOwnMember(parent.left);
      case 'ReturnStatement':
        return !holdsMembers;
      case 'ArrowFunctionExpression':
        return parent.body !== value || !holdsMembers;
      case 'MethodDefinition':
      case 'PropertyDefinition':
        return isMemberOfFramework(parent, sourceCode);
      case 'ExportSpecifier':
      case 'ExportDefaultDeclaration':
      case 'ExpressionStatement':
        return false;
      default:
        return true;
    }
  };

  if (node.type === 'FunctionDeclaration') return mentionsGoUnseen(node.id, false);
  return goesUnseen(node, false);
}

/** `module.exports = …`, `exports.save = …`, `Store.prototype.save = …`, `this.save = …` */
function isOwnMember(target: Node): boolean {
  const member = memberPath(target);
  if (!member) return false;
  if (member.root.type === 'ThisExpression' || member.path.at(-2) === 'prototype') return true;
  return member.root.type === 'Identifier' && (member.root.name === 'exports' || (member.root.name === 'module' && member.path[0] === 'exports'));
}

/** Calls that take a function, and let the promise go that it gives back. */
const isLeftAlone = (call: Node): boolean =>
  methodName(call) === 'forEach' || (call.type === 'CallExpression' && call.callee.type === 'Identifier' && /^set(?:Timeout|Interval|Immediate)$/.test(call.callee.name));

/** A member with decorators, or of a class of another file: that is who calls it, as in `class Save extends Command`. */
function isMemberOfFramework(member: Extract<Node, { type: 'MethodDefinition' | 'PropertyDefinition' }>, sourceCode: SourceCode): boolean {
  const owner = member.parent.parent;
  if (member.override || isDecorated(member) || isDecorated(owner)) return true;
  if (!owner.superClass || member.accessibility === 'private' || member.key.type === 'PrivateIdentifier') return false;
  return !originsOf({ node: owner.superClass, frame: null }, sourceCode).every(({ node }) => node.type === 'ClassDeclaration' || node.type === 'ClassExpression' || isFunction(node));
}

/** Parsers of plain JavaScript leave the list out. */
const isDecorated = ({ decorators }: { readonly decorators?: readonly unknown[] }): boolean => decorators !== undefined && decorators.length > 0;
