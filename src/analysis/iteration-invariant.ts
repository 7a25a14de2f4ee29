import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf, type Definition } from '../calls/bindings.js';
import { entitiesOf } from '../calls/entities.js';
import { calledFunctions } from '../calls/called-functions.js';
import { argumentFor, enter, framesDeep, isLeftOut, isOpen, type Frame, type Place } from '../calls/frames.js';
import { contains, enclosingFunction, isFunction, isNothing, literalText, propertyName, unwrap, walk, type FunctionNode, type Node, type SourceCode } from '../calls/syntax.js';

/** Methods of strings, numbers and arrays that give the same for the same, and global functions of that kind. */
const pureMethods = /^(?:toString|toLowerCase|toUpperCase|trim|trimStart|trimEnd|replace|replaceAll|join|concat|slice|substring|substr|split|padStart|padEnd|normalize|at|charAt|repeat|toFixed|toISOString|toJSON|valueOf|getTime)$/;
const pureGlobals = /^(?:String|Number|Boolean|encodeURIComponent|decodeURIComponent|encodeURI|JSON\.stringify|Object\.freeze|Array\.of)$/;
/** Configuration that is asked by a literal name: `config.get('bucket')`. */
const lookUp = /^(?:get|getOrThrow|require|string)$/;

const maximumDepth = 25;

/** What a value is used as: a function that gives a bucket or client is configuration, one that gives a key may make a new one. */
type Role = 'client' | 'bucket' | 'key';

/**
 * @param place a client, bucket or key
 * @param role which of them
 * @param body what is run in each iteration
 * @param frame the chain of calls from the body to the write
 * @param sourceCode their file
 * @returns whether it is surely the same in each iteration
 */
export function isInvariant(place: Place, role: Role, body: Node, frame: Frame | null, sourceCode: SourceCode): boolean {
  const bindings = bindingsOf(sourceCode);
  const written = writtenIn([body, ...functionsOf(frame, body)], sourceCode);
  const open = new Set<Node>();
  const outside = (node: Node): boolean => isOutside(node, body);

  const invariant = (outer: Node, at: Frame | null, depth: number): boolean => {
    const node = unwrap(outer);
    // What is worked out before the iterations is the same in each.
    if (outside(node)) return true;
    if (depth > maximumDepth || open.has(node)) return false;
    open.add(node);
    const answer = invariantNode(node, at, depth + 1);
    open.delete(node);
    return answer;
  };
  const all = (nodes: readonly (Node | null)[], at: Frame | null, depth: number): boolean => nodes.every((node) => node === null || invariant(node, at, depth));

  const invariantNode = (node: Node, at: Frame | null, depth: number): boolean => {
    if (literalText(node) !== null || isNothing(node)) return true;
    switch (node.type) {
      case 'Literal':
      case 'MetaProperty':
      case 'Super':
        return true;
      case 'TemplateLiteral':
        return all(node.expressions, at, depth);
      case 'BinaryExpression':
      case 'LogicalExpression':
        return all([node.left, node.right], at, depth);
      case 'ConditionalExpression':
        return all([node.test, node.consequent, node.alternate], at, depth);
      case 'ArrayExpression':
        return all(node.elements, at, depth);
      case 'ObjectExpression':
        return all(node.properties, at, depth);
      case 'Property':
        return invariant(node.value, at, depth);
      case 'SpreadElement':
        return invariant(node.argument, at, depth);
      case 'UnaryExpression':
        return invariant(node.argument, at, depth);
      case 'Identifier':
        return invariantName(node, at, depth);
      case 'ThisExpression':
        return invariantThis(node, at, depth);
      case 'MemberExpression':
        if (written.has(sourceCode.getText(node)) || (node.computed && !invariant(node.property, at, depth))) return false;
        return invariant(node.object, at, depth);
      case 'CallExpression':
        return invariantCall(node, at, depth);
      case 'NewExpression':
        // `new Date(day)` and `new URL(base)` are what they are given; so is a client.
        return (role === 'client' || (node.arguments.length > 0 && bindings.isGlobal(node.callee))) && all(node.arguments, at, depth);
      default:
        return false;
    }
  };

  const invariantName = (node: TSESTree.Identifier, at: Frame | null, depth: number): boolean => {
    const variable = bindings.variableOf(node);
    const definitions = variable ? bindings.definitionsOf(variable) : [];
    if (!variable || definitions.length === 0) return true;
    const [declared] = variable.identifiers;
    const writes = variable.references.filter((reference) => reference.isWrite() && reference.init !== true);
    if (declared && outside(declared)) {
      const owner = enclosingFunction(declared);
      return writes.every(({ identifier }) => outside(identifier) && enclosingFunction(identifier) === owner);
    }
    const [only, ...others] = definitions;
    return only !== undefined && others.length === 0 && writes.length === 0 && invariantDefinition(only, at, depth);
  };

  const invariantDefinition = (definition: Definition, at: Frame | null, depth: number): boolean => {
    switch (definition.kind) {
      case 'value':
        if (definition.fallback && !invariant(definition.fallback, at, depth)) return false;
        return invariantPart(definition.value, definition.path, at, depth);
      case 'parameter': {
        const given = argumentFor(definition, at);
        if (given) {
          return (!definition.fallback || invariant(definition.fallback, at, depth)) && invariantPart(given.node, given.path, given.frame, depth);
        }
        return definition.fallback !== null && isLeftOut(definition, at) && invariant(definition.fallback, at, depth);
      }
      case 'import':
      case 'declaration':
        return true;
      default:
        return false;
    }
  };

  /** A part of an object literal is that property of it; of anything else, the whole has to be the same. */
  const invariantPart = (value: Node, path: readonly string[], at: Frame | null, depth: number): boolean => {
    const node = unwrap(value);
    const [name, ...below] = path;
    if (name === undefined || node.type !== 'ObjectExpression' || outside(node)) return invariant(node, at, depth);
    if (node.properties.some((property) => property.type === 'SpreadElement')) return invariant(node, at, depth);
    const property = node.properties.find((candidate) => candidate.type === 'Property' && propertyName(candidate) === name);
    return property?.type === 'Property' ? invariantPart(property.value, below, at, depth) : invariant(node, at, depth);
  };

  /** `this` of a method is the object that the method is called on. */
  const invariantThis = (node: Node, at: Frame | null, depth: number): boolean => {
    let owner = enclosingFunction(node);
    while (owner?.type === 'ArrowFunctionExpression') owner = enclosingFunction(owner);
    if (!owner || contains(owner, body)) return true;
    for (let inner = at; inner; inner = inner.caller) {
      if (inner.function !== owner) continue;
      const callee = unwrap(inner.call.callee);
      return inner.call.type === 'CallExpression' && callee.type === 'MemberExpression' && invariant(callee.object, inner.caller, depth);
    }
    // A method that is handed over by name, `rows.map(this.save, this)`, keeps its object.
    return owner.parent.type === 'MethodDefinition' || owner.parent.type === 'PropertyDefinition';
  };

  const invariantCall = (node: TSESTree.CallExpression, at: Frame | null, depth: number): boolean => {
    const callee = unwrap(node.callee);
    const method = callee.type === 'MemberExpression' ? propertyName(callee) : null;
    const given = node.arguments.every((argument) => !isFunction(argument)) && all(node.arguments, at, depth);
    const called = calledFunctions(node, at, sourceCode);
    if (called.length > 0) {
      return called.every((inner) => {
        const values = bindings.returnsOf(inner);
        if (isOpen(at, inner) || framesDeep(at) > 4 || values.length === 0) return false;
        const within = enter(inner, node, at);
        return values.every((value) => invariant(value, within, depth));
      });
    }
    if (!given) return false;
    if (isGlobalRoot(callee)) return pureGlobals.test(sourceCode.getText(callee));
    if (entitiesOf({ node: callee, frame: at }, sourceCode).some(({ module }) => /^path(?:\/posix)?$/.test(module))) return true;
    if (callee.type === 'MemberExpression') {
      const asked = method !== null && lookUp.test(method) && node.arguments.length > 0 && node.arguments.every((argument) => literalText(argument) !== null);
      if (asked || pureMethods.test(method ?? '')) return invariant(callee.object, at, depth);
    }
    return role !== 'key' && (callee.type !== 'MemberExpression' || invariant(callee.object, at, depth));
  };

  const isGlobalRoot = (callee: Node): boolean => {
    const root = callee.type === 'MemberExpression' ? callee.object : callee;
    return root.type === 'Identifier' && bindings.isGlobal(root);
  };

  return invariant(place.node, place.frame, 0);
}

/** Whether a place is run once for all iterations: outside their body, and outside the functions that they call. */
export function isOutside(node: Node, body: Node): boolean {
  if (contains(body, node)) return false;
  const owner = enclosingFunction(node);
  return owner === null || contains(owner, body);
}

/** The functions that a chain of calls steps into on its way from the body of an iteration. */
export function functionsOf(frame: Frame | null, body: Node): readonly FunctionNode[] {
  const functions: FunctionNode[] = [];
  for (let open = frame; open && !contains(open.function, body); open = open.caller) functions.push(open.function);
  return functions;
}

/** What is assigned or counted in pieces of code, by its source text. */
export function writtenIn(pieces: readonly Node[], sourceCode: SourceCode): ReadonlySet<string> {
  const written = new Set<string>();
  for (const piece of pieces) {
    walk(piece, sourceCode, (node) => {
      if (node.type === 'AssignmentExpression') written.add(sourceCode.getText(node.left));
      if (node.type === 'UpdateExpression') written.add(sourceCode.getText(node.argument));
    });
  }
  return written;
}
