import { bindingsOf, memberPath, type Variable } from './bindings.js';
import { argumentFor, type Place } from './frames.js';
import { calledName, methodName, unwrap, wrapped, type SourceCode } from './syntax.js';

/** Whether a part of a value is written anywhere: who reads the same object twice may see two things in it. */
export function isChangedInParts({ node, frame }: Place, sourceCode: SourceCode, depth = 0): boolean {
  const bindings = bindingsOf(sourceCode);
  const root = memberPath(unwrap(node))?.root;
  const variable = root ? bindings.variableOf(root) : null;
  if (!variable || depth > 5) return false;
  const [only, ...others] = bindings.definitionsOf(variable);
  const given = only?.kind === 'parameter' && others.length === 0 ? argumentFor(only, frame) : null;
  const value = root ? bindings.plainValueOf(root) : null;
  const beyond = given ?? (value && /^(?:Identifier|MemberExpression)$/.test(unwrap(value).type) ? { node: value, frame } : null);
  return bindings.memberWritesOf(variable).length > 0 || (beyond !== null && isChangedInParts(beyond, sourceCode, depth + 1));
}

/** Methods of lists, maps and sets that change them. */
export const mutators = /^(?:push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set|add|delete|clear)$/;

/** Functions that only read what they are given: those of `Object`, `JSON` and their like. */
const readers = /^(?:keys|values|entries|freeze|isFrozen|hasOwn|stringify|log|isArray|has)$/;

/** Whether a table may be filled other than by assignments to its parts: by its own methods, or by a function that is given it. */
export const mayBeFilled = ({ references }: Variable): boolean =>
  references.some(({ identifier }) => {
    const outer = wrapped(identifier);
    const { parent } = outer;
    if (parent?.type === 'CallExpression' && parent.callee !== outer) return !readers.test(calledName(parent));
    const call = parent?.type === 'MemberExpression' && parent.object === outer ? wrapped(parent).parent : null;
    return call?.type === 'CallExpression' && call.callee === wrapped(parent ?? outer) && mutators.test(methodName(call) ?? '');
  });
