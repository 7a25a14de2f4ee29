import { bindingsOf } from '../../calls/bindings.js';
import { entitiesOf } from '../../calls/entities.js';
import { originsOf } from '../../calls/origins.js';
import { literalText, methodName, unwrap, walk, type Node, type SourceCode } from '../../calls/syntax.js';
import { namesOfS3Alone, namesSharedWithS3 } from '../../s3/conflict-names.js';

/** How the code around an error asks for its name, where it asks for one that S3 gives. */
export type Proof = 'name' | 'code';

/**
 * @param handler what is handed an error
 * @param error the name that the error is first known by
 * @param sourceCode its file
 * @returns how the handler itself shows that the error is one of S3: it tests for a class of `@aws-sdk/client-s3`, or for
 *   a name that S3 alone has; null where it does not show it
 */
export function proofOfS3(handler: Node, error: Node, sourceCode: SourceCode): Proof | null {
  const found: Proof[] = [];
  const facetOf = (node: Node): Proof | null => {
    for (const origin of originsOf({ node, frame: null }, sourceCode)) {
      const name = origin.node === error && origin.path.length === 1 ? origin.path[0] : null;
      if (name === 'name' || name === 'Code') return 'name';
      if (name === 'code') return 'code';
    }
    return null;
  };
  const look = (asked: Node, ...texts: readonly Node[]): void => {
    const facet = texts.some((text) => isNameOfS3(literalText(unwrap(text)), sourceCode)) ? facetOf(asked) : null;
    if (facet) found.push(facet);
  };
  walk(handler, sourceCode, (node) => {
    if (found.length > 0) return false;
    if (node.type === 'BinaryExpression' && node.operator === 'instanceof') {
      if (isError(node.left, error, sourceCode) && isClassOfS3(node.right, sourceCode)) found.push('name');
    } else if (node.type === 'BinaryExpression' && /^[!=]==?$/.test(node.operator)) {
      look(node.left, node.right);
      look(node.right, node.left);
    } else if (node.type === 'SwitchStatement') {
      look(node.discriminant, ...node.cases.flatMap(({ test }) => test ?? []));
    } else if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && node.arguments[0] && /^(?:includes|startsWith|indexOf)$/.test(methodName(node) ?? '')) {
      // `['NoSuchKey', 'NotFound'].includes(error.name)`, `error.name.includes('NoSuchKey')`
      const list = originsOf({ node: node.callee.object, frame: null }, sourceCode)[0]?.node;
      if (list?.type === 'ArrayExpression') look(node.arguments[0], ...list.elements.flatMap((element) => element ?? []));
      else look(node.callee.object, node.arguments[0]);
    }
    return undefined;
  });
  return found[0] ?? null;
}

/** Whether an expression is the error, under whatever name. */
export const isError = (node: Node, error: Node, sourceCode: SourceCode): boolean =>
  originsOf({ node, frame: null }, sourceCode).some((origin) => origin.path.length === 0 && isSame(origin.node, error, sourceCode));

const isSame = (one: Node, other: Node, sourceCode: SourceCode): boolean => {
  const { variableOf } = bindingsOf(sourceCode);
  return one === other || (variableOf(one) !== null && variableOf(one) === variableOf(other));
};

const isClassOfS3 = (node: Node, sourceCode: SourceCode): boolean => entitiesOf({ node, frame: null }, sourceCode).some(({ module }) => module === '@aws-sdk/client-s3');

function isNameOfS3(name: string | null, sourceCode: SourceCode): boolean {
  if (name === null) return false;
  return namesOfS3Alone.has(name) || (namesSharedWithS3.has(name) && !/@aws-sdk\/client-(?!s3\b)/.test(sourceCode.text));
}
