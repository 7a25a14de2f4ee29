import { unreadable } from './bindings.js';
import type { Frame } from './frames.js';
import { originsOf, type Origin } from './origins.js';
import { calledName, contains, isClass, isFunction, unwrap, type CallLike, type FunctionNode, type Node, type SourceCode } from './syntax.js';

/** The functions of this file that a call may run. */
export function calledFunctions(call: CallLike, frame: Frame | null, sourceCode: SourceCode): readonly FunctionNode[] {
  const callee = unwrap(call.callee);
  if (isFunction(callee)) return [callee];
  if (!/^(?:Identifier|(?:Member|Call|Logical|Conditional)Expression)$/.test(callee.type)) return [];
  return originsOf({ node: callee, frame }, sourceCode).flatMap((origin): readonly FunctionNode[] => {
    const made = origin.node;
    if (origin.path.length > 0) return chosenFunctions(origin, sourceCode);
    if (isFunction(made)) return [made, ...passedOnBy(made, origin.frame, sourceCode)];
    if (made.type === 'CallExpression') return functionsGiven(made, origin.frame, sourceCode);
    return call.type === 'NewExpression' && isClass(made) ? made.body.body.flatMap((member) => (member.type === 'MethodDefinition' && member.kind === 'constructor' && isFunction(member.value) ? [member.value] : [])) : [];
  });
}

/** What `drivers[name].put` may be: which of them is chosen is not known, but all are. */
function chosenFunctions({ node, frame, path: [name, ...below] }: Origin, sourceCode: SourceCode): readonly FunctionNode[] {
  if (name !== unreadable || below.length === 0 || node.type !== 'ObjectExpression') return [];
  return node.properties.flatMap((property) =>
    property.type === 'Property' ? originsOf({ node: property.value, frame }, sourceCode, below).flatMap((origin) => (isFunction(origin.node) && origin.path.length === 0 ? [origin.node] : [])) : [],
  );
}

/** What takes any arguments, in a function that was given another one, hands them on: `(fn) => (...rest) => fn(...rest)`. */
function passedOnBy(made: FunctionNode, frame: Frame | null, sourceCode: SourceCode): readonly FunctionNode[] {
  const [parameter, ...others] = made.params;
  return parameter?.type === 'RestElement' && others.length === 0 && frame && contains(frame.function, made) ? functionsGiven(frame.call, frame.caller, sourceCode) : [];
}

/** What changes the arguments of the function that it is given, or makes one of several. */
const reshaping = /^(?:partial|partialRight|curry|curryRight|apply|compose|pipe|flow|flowRight|flip|unary|ary|overArgs|spread|promisify|callbackify)$/;

/** The one function that is given to a call whose value is called in turn: `cache(fn)`, `traced('put', fn)`, `log.wrap(fn)` run it with the same arguments. */
function functionsGiven(call: CallLike, frame: Frame | null, sourceCode: SourceCode): readonly FunctionNode[] {
  const name = calledName(call);
  if (name === '' || reshaping.test(name)) return [];
  const given = call.arguments.map((argument) =>
    isFunction(argument)
      ? [argument]
      : argument.type === 'Identifier' || argument.type === 'MemberExpression'
        ? originsOf({ node: argument, frame }, sourceCode).flatMap((origin) => (isFunction(origin.node) && origin.path.length === 0 ? [origin.node] : []))
        : [],
  );
  const [only, ...others] = given.filter((functions) => functions.length > 0);
  return only && others.length === 0 ? only : [];
}

/** The functions of the file that an expression stands for: itself, or those that it names. */
export const functionsAt = (node: Node, sourceCode: SourceCode): readonly FunctionNode[] =>
  isFunction(node) ? [node] : originsOf({ node, frame: null }, sourceCode).flatMap((origin) => (isFunction(origin.node) && origin.path.length === 0 ? [origin.node] : []));
