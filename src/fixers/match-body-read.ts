import type { CallPlace } from '../analysis/same-object.js';
import type { Node, SourceCode } from '../calls/syntax.js';
import type { Edit } from './add-condition.js';
import { boundResponse } from './bound-response.js';

/**
 * Replaces the ETag of a condition by that of another read.
 *
 * @param read the read whose ETag is meant
 * @param value the value of the condition
 * @returns the edit; null where its response is not at hand there, the value does not stand in the input itself, or a
 *   comment in it would go with it
 */
export function matchBodyRead(read: CallPlace, value: Node, sourceCode: SourceCode): Edit {
  const { parent } = value;
  const isProperty = parent?.type === 'Property' && parent.value === value;
  const isAssigned = parent?.type === 'AssignmentExpression' && parent.right === value;
  const isOurs = !read.frame && (isProperty || isAssigned) && sourceCode.getCommentsInside(value).length === 0;
  const response = isOurs ? boundResponse(read.call, 'ETag', value, sourceCode) : null;
  if (!response || response.optional) return null;
  // A shorthand has to say its name again.
  const name = isProperty && parent.shorthand ? `${sourceCode.getText(parent.key)}: ` : '';
  return (fixer) => [...response.edit(fixer), fixer.replaceText(value, name + response.expression)];
}
