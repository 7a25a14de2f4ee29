import type { ConflictByText } from '../analysis/conflicts/conflict-text.js';
import { guardsOf } from '../analysis/guards.js';
import { isError } from '../analysis/conflicts/s3-error-proof.js';
import { bindingsOf } from '../calls/bindings.js';
import { literalText, methodName, propertyName, unwrap, type Node, type SourceCode } from '../calls/syntax.js';
import type { Edit } from './add-condition.js';
import { isSeenAt } from './is-seen-at.js';

/** What an error is asked for instead of its text, and the answer. */
export interface Facet {
  /** `name`, `$metadata?.httpStatusCode`. */
  readonly property: string;
  /** `'PreconditionFailed'`, `412`. */
  readonly value: string;
}

/**
 * Asks an error for its name or status instead of its text: `error.message.includes('PreconditionFailed')` becomes
 * `error.name === 'PreconditionFailed'`.
 *
 * @param found the test of the text
 * @param facet what is asked instead
 * @param sourceCode the file
 * @returns the edit; null where the test is no plain yes or no, or the error cannot be named at the place of it
 */
export function conflictByName({ test, error }: ConflictByText, { property, value }: Facet, sourceCode: SourceCode): Edit {
  const holder = test.trueOn !== null && error.named === 'error' ? holderIn(test.subject, test.takes, error.error, sourceCode) : null;
  // A plain `Error`, as TypeScript sees it, has a name and nothing else of this.
  if (holder === null || (property !== 'name' && (/\bError\)/.test(holder) || isNarrowed(test.node, sourceCode)))) return null;
  // `!error.message.includes(…)`: the negation goes into the comparison.
  let replaced: Node = test.node;
  let holds = test.trueOn === 'match';
  for (let { parent } = replaced; parent?.type === 'UnaryExpression' && parent.operator === '!'; { parent } = parent) {
    replaced = parent;
    holds = !holds;
  }
  if (sourceCode.getCommentsInside(replaced).length > 0) return null;
  const comparison = `${holder}${property} ${holds ? '===' : '!=='} ${value}`;
  return (fixer) => [fixer.replaceText(replaced, bindsCloser(replaced) ? `(${comparison})` : comparison)];
}

/** Whether the way to a test is open to instances of `Error` alone. */
const isNarrowed = (test: Node, sourceCode: SourceCode): boolean =>
  guardsOf(test, null, sourceCode).some((guard) => guard.kind === 'test' && /\binstanceof Error\b/.test(sourceCode.getText(guard.test.node)));

/** Whether what stands around a comparison would take a part of it. */
const bindsCloser = ({ parent }: Node): boolean =>
  parent !== undefined && /^(?:Binary|Unary|Member|Await|TSAs|TSNonNull|TSSatisfies)Expression$/.test(parent.type);

/** `/412/.test(error)` makes a text of the error as a whole. */
const holderIn = (subject: Node, takes: 'text' | 'anything', error: Node, sourceCode: SourceCode): string | null =>
  (takes === 'anything' ? named(subject, '.', error, sourceCode) : null) ?? errorIn(subject, error, sourceCode);

/** The source of the error and the dot behind it, where the text of a subject is read from it directly. */
function errorIn(subject: Node, error: Node, sourceCode: SourceCode, depth = 0): string | null {
  const node = unwrap(subject);
  const again = (inner: Node): string | null => (depth < 5 ? errorIn(inner, error, sourceCode, depth + 1) : null);
  switch (node.type) {
    case 'MemberExpression':
      return propertyName(node)?.toLowerCase() === 'message' ? named(node.object, node.optional ? '?.' : '.', error, sourceCode) : null;
    case 'LogicalExpression':
      return node.operator !== '&&' && literalText(node.right) !== null ? again(node.left) : null;
    case 'TemplateLiteral': {
      const [only, ...others] = node.expressions;
      return only && others.length === 0 && node.quasis.every((quasi) => quasi.value.raw === '') ? wholeOr(only, again, error, sourceCode) : null;
    }
    case 'CallExpression': {
      const [first] = node.arguments;
      const callee = unwrap(node.callee);
      const method = methodName(node) ?? '';
      if (callee.type === 'Identifier' && callee.name === 'String' && first) return wholeOr(first, again, error, sourceCode);
      if (callee.type !== 'MemberExpression') return null;
      if (/^to(?:String|LowerCase|UpperCase)$|^trim$/.test(method)) return wholeOr(callee.object, again, error, sourceCode);
      return method === 'stringify' && first ? wholeOr(first, again, error, sourceCode) : null;
    }
    case 'Identifier':
      return ofConstant(node, again, error, sourceCode);
    default:
      return null;
  }
}

/** The error itself, made a text as a whole; else what its message is read from. */
const wholeOr = (node: Node, again: (inner: Node) => string | null, error: Node, sourceCode: SourceCode): string | null =>
  named(node, '.', error, sourceCode) ?? again(node);

/** A constant that holds the message: the error has to be known by its name where the constant is tested. */
function ofConstant(node: Node, again: (inner: Node) => string | null, error: Node, sourceCode: SourceCode): string | null {
  const bindings = bindingsOf(sourceCode);
  const [only, ...others] = bindings.definitionsAt(node);
  if (only?.kind !== 'value' || others.length > 0 || only.fallback !== null) return null;
  if (only.path.length > 0) return only.path.length === 1 && only.path[0] === 'message' ? named(only.value, '.', error, sourceCode, node) : null;
  const holder = again(only.value);
  return holder !== null && isSeenAt(node, error, sourceCode) ? holder : null;
}

/** An error under a name of it. */
function named(node: Node, dot: string, error: Node, sourceCode: SourceCode, at: Node = node): string | null {
  const inner = unwrap(node);
  if (inner.type !== 'Identifier' || !isError(inner, error, sourceCode) || !isSeenAt(at, inner, sourceCode)) return null;
  // What is of a type that is not known has no name before it is narrowed.
  if (node === inner && annotationOf(error, sourceCode) === 'unknown' && node.parent.type !== 'MemberExpression') return null;
  return `${node === inner ? inner.name : `(${sourceCode.getText(node)})`}${dot}`;
}

function annotationOf(error: Node, sourceCode: SourceCode): string {
  const annotation = error.type === 'Identifier' ? error.typeAnnotation?.typeAnnotation : undefined;
  return annotation ? sourceCode.getText(annotation) : '';
}
