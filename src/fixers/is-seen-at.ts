import type { TSESLint } from '@typescript-eslint/utils';

import { bindingsOf } from '../calls/bindings.js';
import type { Node, SourceCode } from '../calls/syntax.js';

/** Whether the name of an error means the same variable at another place. */
export function isSeenAt(at: Node, name: Node, sourceCode: SourceCode): boolean {
  const variable = bindingsOf(sourceCode).variableOf(name);
  if (!variable || name.type !== 'Identifier') return false;
  for (let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(at); scope; scope = scope.upper) {
    const found = scope.set.get(variable.name);
    if (found) return found === variable;
  }
  return false;
}
