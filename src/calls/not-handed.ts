import type { Definition } from './bindings.js';
import { isLeftOut, type Frame } from './frames.js';
import { originsOf, type Origin } from './origins.js';
import { contains, isClass, methodName, type SourceCode } from './syntax.js';

/**
 * Whether the call that is followed certainly hands nothing over for a parameter, or for the object that it is a part of.
 * What runs a function on behalf of its caller may add arguments of its own: `traced(put)`, `put.bind(this, bucket)`.
 *
 * @param definition a parameter
 * @param frame the chain of calls that it is seen from
 * @param sourceCode its file
 * @returns whether its function is called by name, with fewer arguments
 */
export function isNotHanded(definition: Extract<Definition, { kind: 'parameter' }>, frame: Frame | null, sourceCode: SourceCode): boolean {
  // The rest of the arguments is an array, if an empty one.
  if (definition.function.params[definition.index]?.type === 'RestElement' || !isLeftOut({ ...definition, path: [] }, frame)) return false;
  let open = frame;
  while (open && open.function !== definition.function) open = open.caller;
  if (!open) return false;
  const called = originsOf({ node: open.call.callee, frame: open.caller }, sourceCode, [], bindsArguments);
  return called.some(({ node, path }) => path.length === 0 && (node === definition.function || (isClass(node) && contains(node, definition.function))));
}

const bindsArguments = ({ node }: Origin): boolean => node.type === 'CallExpression' && methodName(node) === 'bind' && node.arguments.length > 1;
