import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, memberPath, unreadable, type Bindings, type Variable } from './bindings.js';
import { mutators } from './changed-in-parts.js';
import { entityOf } from './entities.js';
import { originsOf, type Origin } from './origins.js';
import { pathMethodOf } from './path-calls.js';
import { perFile } from './per-file.js';
import { contains, enclosingFunction, isClass, isFunction, methodName, namesBound, propertyName, unwrap, walk, type FunctionNode, type Node, type SourceCode } from './syntax.js';

/**
 * Whether a function of the project gives the same answer to the same arguments, however it chooses among its `return`s:
 * it draws no ids, reads no clock, counts nothing, waits for nothing, and looks at nothing that changes. What is not known
 * to be so is not.
 */
export function isPureFunction(node: FunctionNode, sourceCode: SourceCode): boolean {
  const { known, supposed } = judged(sourceCode);
  const before = known.get(node);
  if (before !== undefined) return before;
  // What calls itself is judged by the rest of it, and what two others call is judged once.
  if (supposed.has(node)) return true;
  const isFirst = supposed.size === 0;
  supposed.add(node);
  const pure = judge(node, sourceCode);
  if (!pure) known.set(node, false);
  if (isFirst) {
    // One that is not makes all impure that rest on it, the first too: where that is pure, so is all that was supposed.
    if (pure) for (const other of supposed) known.set(other, true);
    supposed.clear();
  }
  return pure;
}

const judged = perFile(() => ({ known: new Map<FunctionNode, boolean>(), supposed: new Set<FunctionNode>() }));

/** Of the language, and the same whenever they are asked. */
const constantGlobals = /^(?:undefined|NaN|Infinity|process|console|String|Number|Boolean|BigInt|Math|JSON|Object|Array|RegExp|Buffer|URL|URLSearchParams|Map|Set|Date|Error|(?:Type|Range|Syntax|Reference)Error|parse(?:Int|Float)|is(?:NaN|Finite)|(?:en|de)codeURI(?:Component)?)$/;

const pureGlobals = /^(?:String|Number|Boolean|BigInt|parse(?:Int|Float)|is(?:NaN|Finite)|(?:en|de)codeURI(?:Component)?)$/;

/** `Math.max`, `Object.keys`; what is said on the console changes no answer. */
const pureStatics =
  /^(?:console\.\w+|Math\.(?!random$)\w+|JSON\.(?:parse|stringify)|Object\.(?:keys|values|entries|fromEntries|freeze|hasOwn)|Array\.(?:from|of|isArray)|String\.\w+|Number\.\w+|Buffer\.(?:from|concat)|Date\.(?:UTC|parse))$/;

/** Methods of texts, lists, numbers and dates that change nothing, and of what is asked nothing else. */
const pureMethods =
  /^(?:to(?:Lower|Upper)Case|trim(?:Start|End)?|replace(?:All)?|split|slice|substr(?:ing)?|concat|pad(?:Start|End)|repeat|normalize|match|test|char(?:At|CodeAt)|codePointAt|localeCompare|(?:starts|ends)With|includes|(?:last)?[iI]ndexOf|at|join|map|filter|find(?:Last)?(?:Index)?|some|every|flat(?:Map)?|reduce(?:Right)?|toString|to(?:ISOString|JSON|Fixed|Sorted|Reversed)|get(?:UTC)?(?:Time|FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds)|hasOwnProperty)$/;

function judge(node: FunctionNode, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  let pure = true;
  walk(node, sourceCode, (part) => {
    if (!pure || isOfTypes(part)) return false;
    pure = isHarmless(part, node, bindings);
    return pure;
  });
  return pure;
}

const isOfTypes = ({ type }: Node): boolean => type.startsWith('TS') && !/^TS(?:As|NonNull|Satisfies|Instantiation)Expression$|^TSTypeAssertion$/.test(type);

function isHarmless(part: Node, within: FunctionNode, bindings: Bindings): boolean {
  switch (part.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return !part.async && !part.generator;
    case 'AwaitExpression':
    case 'YieldExpression':
    case 'ImportExpression':
    case 'TaggedTemplateExpression':
    case 'ClassDeclaration':
    case 'ClassExpression':
    case 'Super':
    case 'MetaProperty':
      return false;
    case 'UnaryExpression':
      return part.operator !== 'delete';
    case 'AssignmentExpression':
      return changesOwn(part.left, within, bindings);
    case 'UpdateExpression':
      return changesOwn(part.argument, within, bindings);
    case 'ForOfStatement':
    case 'ForInStatement':
      return part.left.type === 'VariableDeclaration' && !(part.type === 'ForOfStatement' && part.await);
    case 'CallExpression':
      return isPureCall(part, within, bindings);
    case 'NewExpression':
      return part.parent.type === 'ThrowStatement' || isPureCreation(part, bindings);
    case 'ThisExpression':
      return isSettledField(part, bindings);
    case 'Identifier':
      return isOnlyLabel(part) || isSettledName(part, within, bindings);
    default:
      return true;
  }
}

/** Whether an identifier only names a property or label. */
function isOnlyLabel(node: TSESTree.Identifier): boolean {
  const { parent } = node;
  if (parent.type === 'MemberExpression') return parent.property === node && !parent.computed;
  if (parent.type === 'Property') return parent.key === node && parent.value !== node && !parent.computed;
  return parent.type === 'LabeledStatement' || parent.type === 'BreakStatement' || parent.type === 'ContinueStatement';
}

/** Whether a variable belongs to one run of a function. */
const isLocal = (variable: Variable, within: FunctionNode): boolean => variable.identifiers.length > 0 && variable.identifiers.every((name) => contains(within, name));

/** Whether what is written to is a variable of the function, or a part of what it made there. */
function changesOwn(target: Node, within: FunctionNode, bindings: Bindings): boolean {
  const path = memberPath(target);
  if (path && path.path.length > 0) return isMadeHere(path.root, within, bindings);
  const names = namesBound(target);
  return names.length > 0 && names.every((name) => isVariableOf(name, within, bindings));
}

function isVariableOf(name: Node, within: FunctionNode, bindings: Bindings): boolean {
  const variable = bindings.variableOf(name);
  return variable !== null && isLocal(variable, within);
}

/** Whether a name stands for a list, object, map or set that the function itself has made. */
function isMadeHere(name: Node, within: FunctionNode, bindings: Bindings): boolean {
  const value = bindings.plainValueOf(name);
  const made = value && unwrap(value).type;
  return isVariableOf(name, within, bindings) && (made === 'ArrayExpression' || made === 'ObjectExpression' || made === 'NewExpression');
}

function isPureCall(call: TSESTree.CallExpression, within: FunctionNode, bindings: Bindings): boolean {
  const { sourceCode } = bindings;
  const callee = unwrap(call.callee);
  if (isFunction(callee)) return true;
  if (callee.type === 'Identifier' && bindings.isGlobal(callee)) return pureGlobals.test(callee.name);
  const path = memberPath(callee);
  if (callee.type === 'MemberExpression' && path?.root.type === 'Identifier' && bindings.isGlobal(path.root)) return pureStatics.test([path.root.name, ...path.path].join('.')) || (path.root.name === 'process' && isBuiltIn(call));
  const origins = originsOf({ node: callee, frame: null }, sourceCode);
  const functions = origins.flatMap((origin) => (isFunction(origin.node) && origin.path.length === 0 ? [origin.node] : []));
  if (functions.length === origins.length) return functions.every((called) => isPureFunction(called, sourceCode));
  if (functions.length > 0 || callee.type !== 'MemberExpression') return pathMethodOf(call, bindings) !== null;
  return isBuiltIn(call) || pathMethodOf(call, bindings) !== null || (mutators.test(propertyName(callee) ?? '') && isMadeHere(callee.object, within, bindings));
}

/** A method of the language: what it is given to run is looked at as a part of the function, or has a name that is. */
const isBuiltIn = (call: TSESTree.CallExpression): boolean => pureMethods.test(methodName(call) ?? '');

function isPureCreation({ callee, arguments: given }: TSESTree.NewExpression, bindings: Bindings): boolean {
  if (callee.type !== 'Identifier' || !bindings.isGlobal(callee)) return false;
  return callee.name === 'Date' ? given.length > 0 : /^(?:URL|URLSearchParams|RegExp|Map|Set|\w*Error)$/.test(callee.name);
}

/** Whether a name stands for a variable of the function, or for one around it that never changes. */
function isSettledName(node: TSESTree.Identifier, within: FunctionNode, bindings: Bindings): boolean {
  const variable = bindings.variableOf(node);
  if (!variable || variable.defs.length === 0) return constantGlobals.test(node.name);
  if (isLocal(variable, within)) return true;
  if (!isSettled(variable, bindings)) return false;
  const [definition] = bindings.definitionsOf(variable);
  if (definition?.kind === 'parameter') return true;
  const [only, ...others] = originsOf({ node, frame: null }, bindings.sourceCode);
  if (!only || others.length > 0) return false;
  // What is handed on is called by who gets it.
  if (isFunction(only.node) && only.path.length === 0) return isPureFunction(only.node, bindings.sourceCode);
  return isHandedOn(node) ? false : isConstant(only, bindings);
}

/** `rows.map(draw)` */
const isHandedOn = (node: Node): boolean => node.parent?.type === 'CallExpression' && node.parent.callee !== node && takesCallback.test(methodName(node.parent) ?? '');

const takesCallback = /^(?:map|filter|find|some|every|flatMap|reduce|from|replace)/;

/** A literal, an enum, what is handed in around the function, what another module exports, and a list or object that nobody changes. */
function isConstant(origin: Origin, bindings: Bindings): boolean {
  const { node } = origin;
  if (entityOf(origin)) return true;
  switch (node.type) {
    case 'Literal':
      // `/x/g` remembers where it was.
      return !('regex' in node && /[gy]/.test(node.regex.flags));
    case 'TemplateLiteral':
    case 'BinaryExpression':
    case 'TSEnumDeclaration':
    case 'Identifier':
      return true;
    case 'MemberExpression': {
      const { root = null, path = [] } = memberPath(node) ?? {};
      return root?.type === 'Identifier' && root.name === 'process' && path[0] === 'env';
    }
    case 'ArrayExpression':
    case 'ObjectExpression': {
      let holder: Node = node;
      while (/^(?:TS\w+Expression|CallExpression)$/.test(holder.parent?.type ?? '')) holder = holder.parent ?? holder;
      const name = holder.parent?.type === 'VariableDeclarator' ? holder.parent.id : null;
      const variable = name && bindings.variableOf(name);
      return variable ? isSettled(variable, bindings) : false;
    }
    default:
      return false;
  }
}

/** Whether a variable is given one value, and nobody changes a part of it. */
const isSettled = (variable: Variable, bindings: Bindings): boolean =>
  bindings.definitionsOf(variable).length === 1 && bindings.memberWritesOf(variable).length === 0 && !variable.references.some(({ identifier }) => isMutated(identifier));

/** `list.push(item)`, `state.list.push(item)` */
function isMutated(name: Node): boolean {
  let member = name.parent;
  while (member?.type === 'MemberExpression' && member.parent.type === 'MemberExpression') member = member.parent;
  return member?.type === 'MemberExpression' && member.parent.type === 'CallExpression' && member.parent.callee === member && mutators.test(propertyName(member) ?? '');
}

/** `this.prefix`, which only the constructor writes; a method of the class is judged where it is called. */
function isSettledField(node: TSESTree.ThisExpression, bindings: Bindings): boolean {
  const { parent } = node;
  const owner = bindings.ownerOf(node);
  const name = parent.type === 'MemberExpression' && parent.object === node ? propertyName(parent) : null;
  if (name === null || owner === 'file' || !isClass(owner)) return false;
  const members = bindings.membersOf(owner, name);
  if (members.length === 0) return false;
  const { sourceCode } = bindings;
  // A getter runs where it is read, and a method that is handed on by who gets it.
  const isCalled = parent.parent?.type === 'CallExpression' && parent.parent.callee === parent;
  if (!isCalled && members.some(({ value }) => isFunction(value) && !isPureFunction(value, sourceCode))) return false;
  return !changedFields(sourceCode, owner).has(name);
}

/** The fields that a class writes anywhere but in its constructor, or changes a part of. */
function changedFields(sourceCode: SourceCode, owner: Node): ReadonlySet<string> {
  const known = knownChanges(sourceCode);
  const before = known.get(owner);
  if (before) return before;
  const changed = new Set<string>();
  walk(owner, sourceCode, (part) => {
    const target = part.type === 'AssignmentExpression' ? part.left : part.type === 'UpdateExpression' || (part.type === 'UnaryExpression' && part.operator === 'delete') ? part.argument : null;
    const [name = unreadable, ...below] = (target && pathOfThis(target)) ?? [];
    if (name !== unreadable && (below.length > 0 || part.type !== 'AssignmentExpression' || !isInConstructor(part))) changed.add(name);
    if (part.type === 'CallExpression' && mutators.test(methodName(part) ?? '')) changed.add(pathOfThis(part.callee)?.[0] ?? unreadable);
  });
  known.set(owner, changed);
  return changed;
}

const knownChanges = perFile(() => new Map<Node, ReadonlySet<string>>());

function pathOfThis(target: Node): readonly string[] | null {
  const path = memberPath(target);
  return path?.root.type === 'ThisExpression' ? path.path : null;
}

function isInConstructor(node: Node): boolean {
  const parent = enclosingFunction(node)?.parent;
  return parent?.type === 'MethodDefinition' && parent.kind === 'constructor';
}
