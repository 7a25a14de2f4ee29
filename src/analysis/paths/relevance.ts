import { bindingsOf, memberPath, type Variable } from '../../calls/bindings.js';
import { callersOf } from '../../calls/callers.js';
import { calledFunctions } from '../../calls/called-functions.js';
import { getOrMake } from '../../calls/per-file.js';
import { contains, enclosingFunction, endsProgram, isFalsyLiteral, isFunction, methodName, propertyName, unwrap, walk, type CallLike, type FunctionNode, type Node, type SourceCode } from '../../calls/syntax.js';
import { alwaysLeaves } from '../guards.js';
import { meansCondition } from '../../s3/conditional-headers.js';
import { allPreconditions } from '../../s3/operations.js';

/** What has a say in what an expression holds when it is reached; everything else is passed over. */
export interface Relevance {
  readonly variables: ReadonlySet<Variable>;
  /** Whether running a piece of code could make a difference. */
  matters(node: Node): boolean;
}

/** A property of an S3 input that is no condition, such as `Body`: S3 capitalises them all. */
export const isOtherInput = (name: string): boolean => /^[A-Z]/.test(name) && name !== 'ETag' && !allPreconditions.has(name) && !meansCondition(name) && !/^(?:Delete|Objects)$/.test(name);

/** The variables that a piece of code names. */
export function variablesIn(root: Node, sourceCode: SourceCode): readonly Variable[] {
  const found: Variable[] = [];
  walk(root, sourceCode, (node) => {
    const variable = node.type === 'Identifier' ? bindingsOf(sourceCode).variableOf(node) : null;
    if (variable) found.push(variable);
  });
  return found;
}

/** Whether what is spread may hold a condition: `...(type && { ContentType: type })` does not. */
export function mayHoldCondition(outer: Node): boolean {
  const node = unwrap(outer);
  switch (node.type) {
    case 'LogicalExpression':
      return mayHoldCondition(node.right) || (node.operator !== '&&' && mayHoldCondition(node.left));
    case 'ConditionalExpression':
      return mayHoldCondition(node.consequent) || mayHoldCondition(node.alternate);
    case 'ObjectExpression':
      return node.properties.some((property) => (property.type === 'SpreadElement' ? mayHoldCondition(property.argument) : !isOtherInput(propertyName(property) ?? '')));
    default:
      return !isFalsyLiteral(node);
  }
}

/** `assert(etag)`, `invariant(etag, …)`, `assert.ok(etag)`: what comes after knows that it is there. */
export const asserts = /^(?:assert|assert\.ok|invariant|ok|ensure|assertDefined|assertExists|assertIsDefined)$/;

/** Names of functions that only tell of an error. */
export const tells = /log|debug|info|warn|trace|print|report|capture|record|metric|console|emit|notify|span/i;

/** Names of functions that a catch goes on behind. */
const passes = /sleep|delay|wait|timeout|back_?off|retry|reset|clear|clean|close|release|set|push|add|increment|update|mark|skip|continue/i;

/** `rethrow(error)`, `this.handle(error)`: what is handed a caught error, and is not seen, may always throw. */
export function mayNeverReturn(node: CallLike, sourceCode: SourceCode): boolean {
  const outer = node.parent.type === 'AwaitExpression' ? node.parent.parent : node.parent;
  if (tells.test(sourceCode.getText(node.callee)) || calledFunctions(node, null, sourceCode).length > 0) return false;
  // `.catch((error) => rethrow(error))`
  if (outer.type === 'ArrowFunctionExpression') return outer.body === node && methodName(outer.parent) === 'catch' && node.arguments.length > 0;
  if (outer.type !== 'ExpressionStatement') return false;
  const { definitionsAt } = bindingsOf(sourceCode);
  const isCaught = node.arguments.some((argument) => definitionsAt(argument).some((definition) => definition.kind === 'other' && definition.node.type === 'CatchClause'));
  // `catch { notFound(); }`
  const isLast = node.parent === outer && !passes.test(sourceCode.getText(node.callee)) && outer.parent.type === 'BlockStatement' && outer.parent.parent.type === 'CatchClause' && outer.parent.body.at(-1) === outer;
  return isCaught || isLast;
}

/**
 * @param target the call that is to be reached
 * @param input the expression that is asked for there
 */
export function relevanceOf(target: Node, input: Node, sourceCode: SourceCode): Relevance {
  const variables = relevantTo(target, input, sourceCode);
  const answers = new Map<Node, boolean>();

  const ask = (node: Node, isOne: (inner: Node) => boolean): boolean => {
    const known = answers.get(node);
    if (known !== undefined) return known;
    // Who asks again while the answer is worked out calls itself: that adds nothing.
    answers.set(node, false);
    let does = false;
    walk(node, sourceCode, (inner) => {
      does ||= inner === target || isOne(inner);
      // A function inside runs when it is called.
      if (does || (inner !== node && isFunction(inner))) return false;
      return undefined;
    });
    answers.set(node, does);
    return does;
  };

  const matters = (node: Node): boolean =>
    isFunction(node) ? affects(node) : ask(node, (inner) => /^(?:Return|Throw|Break|Continue)Statement$/.test(inner.type) || makesADifference(inner));

  /** Whether running a function makes a difference outside of it; how it ends is its own affair. */
  const affects = (node: FunctionNode): boolean => ask(node, (inner) => makesADifference(inner, node));

  /** Whether something names what counts. */
  const namesRelevant = (node: Node, within?: FunctionNode): boolean => {
    const names: Node[] = [];
    walk(node, sourceCode, (inner) => {
      if (inner.type === 'Identifier') names.push(inner);
    });
    const root = memberPath(node)?.root;
    const { variableOf } = bindingsOf(sourceCode);
    return root?.type === 'ThisExpression' || names.some((name) => {
      const variable = variableOf(name);
      // What a function keeps to itself is gone with it.
      return variable !== null && variables.has(variable) && !(within && contains(within, variable.scope.block));
    });
  };

  const makesADifference = (node: Node, within?: FunctionNode): boolean => {
    switch (node.type) {
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return affects(node);
      case 'AssignmentExpression':
        return namesRelevant(node.left, within) && !(node.left.type === 'MemberExpression' && isOtherInput(propertyName(node.left) ?? ''));
      case 'VariableDeclarator':
        return namesRelevant(node.id, within);
      case 'UpdateExpression':
        return namesRelevant(node.argument, within);
      case 'UnaryExpression':
        return node.operator === 'delete' && namesRelevant(node.argument, within);
      case 'CallExpression':
        if (endsProgram(node) || asserts.test(sourceCode.getText(node.callee))) return true;
        if (sourceCode.getText(node.callee) === 'Object.assign' && node.arguments[0] && namesRelevant(node.arguments[0], within)) return true;
        if (mayNeverReturn(node, sourceCode)) return true;
        if (node.parent.type === 'ExpressionStatement' && node.arguments.some((argument) => namesRelevant(argument, within)) && !tells.test(sourceCode.getText(node.callee))) return true;
        // `requireETag(etag)` throws on what counts; what else a helper throws on is any failure.
        return calledFunctions(node, null, sourceCode).some((called) => affects(called) || neverReturns(called) || (throws(called) && node.arguments.some((argument) => namesRelevant(argument, within))));
      default:
        return false;
    }
  };

  const holds = (called: FunctionNode, type: `${Node['type']}`): boolean => {
    let does = false;
    walk(called.body, sourceCode, (inner) => {
      does ||= inner.type === type;
      return does || isFunction(inner) ? false : undefined;
    });
    return does;
  };
  const throwers = new Map<FunctionNode, boolean>();
  const throws = (called: FunctionNode): boolean => getOrMake(throwers, called, () => holds(called, 'ThrowStatement'));
  const enders = new Map<FunctionNode, boolean>();
  /** `fail(error): never` */
  const neverReturns = (called: FunctionNode): boolean => getOrMake(enders, called, () => throws(called) && alwaysLeaves(called.body) && !holds(called, 'ReturnStatement'));

  return { variables, matters };
}

/**
 * The variables that an expression gets its value from: those that it names, those that these are made of, and the flags
 * of the tests that decide whether a place is reached. What else a test asks is a question that need not be answered.
 */
function relevantTo(target: Node, input: Node, sourceCode: SourceCode): ReadonlySet<Variable> {
  const bindings = bindingsOf(sourceCode);
  const found = new Set<Variable>();
  const visited = new Map<Node | Variable, Set<string | null>>();
  const asked = new Set<Variable>();
  /** What is still to be visited, and the one property of it that counts. */
  const pending: { readonly node: Node; readonly part: string | null }[] = [];
  const push = (node: Node | null | undefined, part: string | null): void => {
    if (node) pending.push({ node, part });
  };
  const isNew = (node: Node | Variable, part: string | null): boolean => {
    const parts = getOrMake(visited, node, () => new Set<string | null>());
    return !parts.has(part) && Boolean(parts.add(part));
  };

  const visit = (root: Node, part: string | null): void => {
    walk(root, sourceCode, (node) => {
      const wanted = unwrap(root) === node ? part : null;
      if (!isNew(node, wanted) || (node.type.startsWith('TS') && !/^TS(?:As|NonNull|Satisfies|TypeAssertion)/.test(node.type))) return false;
      switch (node.type) {
        case 'SpreadElement':
          return mayHoldCondition(node.argument);
        case 'Property':
          return node.parent.type !== 'ObjectExpression' || !isOtherInput(propertyName(node) ?? '');
        case 'Identifier':
          return follow(node, wanted);
        case 'MemberExpression':
          push(node.object, propertyName(node));
          return node.computed;
        case 'ObjectExpression':
          if (wanted === null) return true;
          for (const property of node.properties) {
            if (property.type === 'SpreadElement') push(property.argument, wanted);
            else if (propertyName(property) === wanted || propertyName(property) === null) push(property.value, null);
          }
          return false;
        case 'ArrowFunctionExpression':
        case 'FunctionExpression':
        case 'FunctionDeclaration':
          for (const returned of bindings.returnsOf(node)) push(returned, wanted);
          exits(node);
          return false;
        case 'CallExpression':
        case 'NewExpression':
          visitCall(node, wanted);
          return false;
        default:
          return true;
      }
    });
  };

  /** What a call answers is made of what the function returns; of what it is given only where that can be seen. */
  const visitCall = (node: CallLike, part: string | null): void => {
    const callee = unwrap(node.callee);
    const called = calledFunctions(node, null, sourceCode);
    for (const runs of [...called, ...node.arguments.filter((argument) => isFunction(argument))]) push(runs, part);
    if (called.length > 0 || callee.type !== 'MemberExpression') return;
    push(callee.object, null);
    if (bindings.isGlobal(callee.object)) for (const argument of node.arguments) push(argument, null);
  };

  const follow = (name: Node, part: string | null): void => {
    const variable = bindings.variableOf(name);
    if (!variable || bindings.isGlobal(name) || !isNew(variable, part)) return;
    found.add(variable);
    for (const definition of bindings.definitionsOf(variable)) {
      if (definition.kind === 'value') {
        push(definition.value, definition.path[0] ?? part);
        push(definition.fallback, null);
      }
      if (definition.kind === 'parameter') {
        for (const call of callersOf(definition.function, sourceCode)) {
          push(call.arguments[definition.index], definition.path[0] ?? part);
          around(call);
        }
      }
      around(definition.node);
    }
    for (const write of bindings.memberWritesOf(variable)) {
      if (isOtherInput(write.path.at(-1) ?? '')) continue;
      push(write.value, null);
      around(write.node);
    }
  };

  /** The tests that a node stands under, and those that end the way to it. */
  const around = (node: Node): void => {
    for (let outer = node.parent; outer; outer = outer.parent) {
      if (outer.type === 'IfStatement' || outer.type === 'ConditionalExpression') askedBy(outer.test);
      if (outer.type === 'LogicalExpression') askedBy(outer.left);
      if (outer.type === 'SwitchStatement') askedBy(outer.discriminant);
      if (isFunction(outer)) return exits(outer);
    }
  };

  const left = new Set<Node>();
  const exits = (owner: FunctionNode): void => {
    if (left.has(owner)) return;
    left.add(owner);
    walk(owner.body, sourceCode, (node) => {
      if (isFunction(node)) return false;
      if (/^(?:Return|Throw|Break|Continue)Statement$/.test(node.type)) {
        for (let outer = node.parent; outer && outer !== owner; outer = outer.parent) if (outer.type === 'IfStatement') askedBy(outer.test);
      }
      return undefined;
    });
  };

  const askedBy = (test: Node): void => {
    walk(test, sourceCode, (node) => {
      const variable = node.type === 'Identifier' ? bindings.variableOf(node) : null;
      if (variable) asked.add(variable);
    });
  };

  /** A flag that is set here and there, and a constant that is made of what counts, go along with it. */
  const goesAlong = (variable: Variable): boolean => {
    const definitions = bindings.definitionsOf(variable);
    if (definitions.length > 1) return definitions.some(({ node }) => enclosingFunction(node) !== null);
    return definitions.some((definition) => definition.kind === 'value' && variablesIn(definition.value, sourceCode).some((name) => found.has(name)));
  };

  push(input, null);
  around(target);
  for (let changed = true; changed; ) {
    for (let next = pending.pop(); next; next = pending.pop()) visit(next.node, next.part);
    const along = [...asked].filter((variable) => !found.has(variable) && goesAlong(variable));
    for (const variable of along) {
      const [identifier] = variable.identifiers;
      if (identifier) follow(identifier, null);
    }
    changed = along.length > 0;
  }
  return found;
}
