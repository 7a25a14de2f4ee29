import { bindingsOf, type Path } from '../../calls/bindings.js';
import { propertyName, type Node, type SourceCode } from '../../calls/syntax.js';

/** The properties between an error and a name that is bound to a part of it: `catch ({ code })`, `({ code }) => …`. */
export function boundPath(name: Node, sourceCode: SourceCode): Path {
  const [definition] = bindingsOf(sourceCode).definitionsAt(name);
  if (definition?.kind === 'parameter') return definition.path;
  const path: string[] = [];
  for (let outer = name.parent; outer && outer.type !== 'CatchClause'; outer = outer.parent) {
    if (outer.type === 'Property') path.unshift(propertyName(outer) ?? '*');
    else if (outer.type !== 'ObjectPattern' && outer.type !== 'AssignmentPattern') return [];
  }
  return path;
}
