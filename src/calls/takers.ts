import type { TSESTree } from '@typescript-eslint/utils';

import { bindingsOf } from './bindings.js';
import { calledFunctions } from './called-functions.js';
import type { Frame } from './frames.js';
import type { CallLike, FunctionNode, SourceCode } from './syntax.js';

/** A function that is handed another one, and calls it. */
export interface Taker {
  readonly function: FunctionNode;
  /** The call that hands it the other. */
  readonly handing: CallLike;
  /** Where it calls what it was handed. */
  readonly call: TSESTree.CallExpression;
}

/**
 * @param handed a function that stands among the arguments of a call
 * @param frame the chain of calls that this is seen from
 * @param sourceCode the file
 * @returns where functions that are known call it: `withRetry(() => put())`, `withStorage(async (storage) => …)`
 */
export function takersOf(handed: FunctionNode, frame: Frame | null, sourceCode: SourceCode): readonly Taker[] {
  const handing = handed.parent;
  if (handing.type !== 'CallExpression' && handing.type !== 'NewExpression') return [];
  const index = handing.arguments.findIndex((argument) => argument === handed);
  if (index < 0) return [];
  return calledFunctions(handing, frame, sourceCode).flatMap((taker) => {
    const parameter = taker.params[index];
    const variable = parameter?.type === 'Identifier' ? bindingsOf(sourceCode).variableOf(parameter) : null;
    return (variable?.references ?? []).flatMap(({ identifier }): readonly Taker[] => {
      const { parent } = identifier;
      return parent.type === 'CallExpression' && parent.callee === identifier ? [{ function: taker, handing, call: parent }] : [];
    });
  });
}
