import { bindingsOf } from './bindings.js';
import { enclosingFunction, unwrap, wrapped, type FunctionNode, type Node, type SourceCode } from './syntax.js';

/**
 * `const saver = (key) => async (body) => put(key, body)`: who calls `saver` says what is written, and writes nothing yet.
 *
 * @param node a place
 * @param outer a function around it
 * @param sourceCode their file
 * @returns whether the place is in a function that `outer` only makes: it gives it back, keeps it, or builds an object with it
 */
export function isLeftForLater(node: Node, outer: FunctionNode, sourceCode: SourceCode): boolean {
  for (let inner = enclosingFunction(node); inner && inner !== outer; inner = enclosingFunction(inner)) {
    if (inner.type === 'FunctionDeclaration' ? isNameGivenAway(inner.id, sourceCode, []) : isGivenAway(inner, sourceCode, [])) return true;
  }
  return false;
}

/** Whether every mention of a name gives away what it stands for. */
function isNameGivenAway(name: Node | null, sourceCode: SourceCode, names: readonly Node[]): boolean {
  const variable = name && bindingsOf(sourceCode).variableOf(name);
  if (!name || !variable || names.includes(name)) return false;
  return variable.references.every(({ identifier, init }) => init === true || isGivenAway(identifier, sourceCode, [...names, name]));
}

/** Whether what stands at a place is not called from there. What a call is handed may be run by it. */
function isGivenAway(mention: Node, sourceCode: SourceCode, names: readonly Node[]): boolean {
  const at = wrapped(mention);
  const { parent } = at;
  switch (parent?.type) {
    case 'ReturnStatement':
    case 'AssignmentExpression':
    case 'PropertyDefinition':
    case 'MethodDefinition':
      return true;
    case 'ArrowFunctionExpression':
      return parent.body === at;
    case 'NewExpression': {
      const callee = unwrap(parent.callee);
      return parent.callee !== at && !(callee.type === 'Identifier' && callee.name === 'Promise');
    }
    case 'Property':
    case 'ObjectExpression':
    case 'ArrayExpression':
      return isGivenAway(parent, sourceCode, names);
    case 'VariableDeclarator':
      return isNameGivenAway(parent.id, sourceCode, names);
    default:
      return false;
  }
}
