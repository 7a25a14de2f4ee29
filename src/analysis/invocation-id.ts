import { annotatedAs } from '../calls/annotations.js';
import { bindingsOf } from '../calls/bindings.js';
import type { Origin } from '../calls/origins.js';
import type { SourceCode } from '../calls/syntax.js';
import { idOfInvocation, isTypeOfContext, placeOfContext } from '../libraries/service-ids.js';

/**
 * Whether a property is the id that AWS Lambda draws for each invocation: `awsRequestId` of what its handler is given beside
 * the event. A retry has the id of the invocation that failed, and so replaces what is its own.
 *
 * @param origin the end of a trail: a parameter that nobody in the file gives, and what is read of it
 * @param sourceCode its file
 */
export function isInvocationId({ node, path }: Origin, sourceCode: SourceCode): boolean {
  const [definition, ...others] = bindingsOf(sourceCode).definitionsAt(node);
  if (definition?.kind !== 'parameter' || others.length > 0 || [...definition.path, ...path].join('.') !== idOfInvocation) return false;
  // What an event brings along under that name was drawn for somebody else, who may have sent many.
  return definition.index === placeOfContext || annotatedAs(definition.node, sourceCode).some(isTypeOfContext);
}
