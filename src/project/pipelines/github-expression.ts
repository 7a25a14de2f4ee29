import { freshnessOf, oneOf, type Piece } from './freshness.js';

/** What the contexts of an expression hold. Null: not written where it can be read. */
export interface ExpressionContexts {
  /** Whether a ref can only be a tag, of which each is pushed once. */
  readonly onlyTags: boolean;
  readonly env: (name: string) => readonly Piece[] | null;
  readonly input: (name: string) => readonly Piece[] | null;
  readonly output: (step: string, name: string) => readonly Piece[] | null;
  readonly need: (job: string, output: string) => readonly Piece[] | null;
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/contexts */
const fresh =
  /^github\.(?:sha|run_id|run_number|event\.(?:after|head_commit\.(?:id|timestamp)|pull_request\.(?:head\.sha|merge_commit_sha)|release\.(?:tag_name|name|id)|workflow_run\.(?:id|head_sha|run_number|head_commit\.id)))$/;
const ref = /^github\.(?:ref|ref_name|event\.ref)$/;
const shared =
  /^(?:secrets|vars|runner|matrix)[.[]|^github\.(?:head_ref|base_ref|ref_type|repository\w*|workflow|job|event_name|workspace|actor|event\.(?:action|number|issue\.number|pull_request\.(?:number|head\.ref|base\.ref)|workflow_run\.(?:head_branch|name)|repository\.[\w.]+))$/;

/**
 * @param text a value in a workflow, `${{ … }}` among it
 * @param expressionPieces what an expression stands for
 * @returns the text that the runner makes of it
 */
export function templatePieces(text: string, expressionPieces: (source: string) => readonly Piece[] | null): readonly Piece[] {
  return text.split(/(\$\{\{[\s\S]*?\}\})/).flatMap((part): readonly Piece[] => {
    if (part === '') return [];
    return part.startsWith('${{') ? (expressionPieces(part) ?? [{ shown: part, freshness: 'unknown' }]) : [{ shown: part, freshness: 'shared' }];
  });
}

/**
 * https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
 *
 * @param source an expression with its braces
 * @param contexts what its names stand for
 * @returns what it can stand for
 */
export function expressionPieces(source: string, contexts: ExpressionContexts): readonly Piece[] {
  const alternatives = alternativesOf(source.replace(/^\$\{\{|\}\}$/g, ''));
  return oneOf(
    alternatives.map((alternative) => operandPieces(alternative, source, contexts)),
    source,
  );
}

/**
 * @param expression an expression without its braces
 * @returns what it can come to: in `test && a || b` it is `a` and `b`
 */
export const alternativesOf = (expression: string): readonly string[] => split(unwrapped(expression), '||').map((alternative) => unwrapped(split(alternative, '&&').at(-1) ?? ''));

function operandPieces(operand: string, source: string, contexts: ExpressionContexts): readonly Piece[] {
  const text = /^'((?:[^']|'')*)'$/.exec(operand)?.[1];
  if (text !== undefined) return text === '' ? [] : [{ shown: text.replaceAll("''", "'"), freshness: 'shared' }];
  if (split(operand, '||').length > 1) return oneOf(alternativesOf(operand).map((alternative) => operandPieces(alternative, source, contexts)), source);
  if (/^(?:hashFiles)\s*\(/i.test(operand)) return [{ shown: source, freshness: 'fresh' }];
  if (/^(?:!|true$|false$|[\d.]+$)|[=!<>]=|[<>]|^(?:contains|startsWith|endsWith|always|success|failure)\s*\(/.test(operand)) return [{ shown: source, freshness: 'shared' }];
  if (/^[\w.[\]'"*-]+$/.test(operand)) return contextPieces(operand, source, contexts);
  const inside = operand.replace(/'(?:[^']|'')*'/g, '').match(/[A-Za-z_][\w-]*(?:\.[\w-]+)+/g) ?? [];
  return [{ shown: source, freshness: freshnessOf(inside.flatMap((path) => contextPieces(path, source, contexts))) }];
}

function contextPieces(path: string, source: string, contexts: ExpressionContexts): readonly Piece[] {
  const parts = path.split('.');
  const [context, name = ''] = parts;
  const unknown: readonly Piece[] = [{ shown: source, freshness: 'unknown' }];
  if (context === 'env') return contexts.env(name) ?? unknown;
  if (context === 'inputs') return contexts.input(name) ?? unknown;
  if (path.startsWith('github.event.inputs.')) return contexts.input(parts[3] ?? '') ?? unknown;
  if ((context === 'steps' || context === 'needs') && parts[2] === 'outputs') return contexts[context === 'steps' ? 'output' : 'need'](name, parts[3] ?? '') ?? unknown;
  if (fresh.test(path)) return [{ shown: source, freshness: 'fresh' }];
  if (ref.test(path)) return [{ shown: source, freshness: contexts.onlyTags ? 'fresh' : 'shared' }];
  return shared.test(path) ? [{ shown: source, freshness: 'shared' }] : unknown;
}

/** `(a)` is `a`. */
function unwrapped(expression: string): string {
  const text = expression.trim();
  return text.startsWith('(') && text.endsWith(')') && split(text.slice(1, -1), ')').length === 1 ? unwrapped(text.slice(1, -1)) : text;
}

/** Splits at an operator that stands in no quotes and in no parentheses. */
function split(expression: string, operator: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < expression.length; at += 1) {
    const character = expression[at];
    if (character === "'") at = Math.max(at, expression.indexOf("'", at + 1));
    else if (depth === 0 && expression.startsWith(operator, at)) {
      parts.push(expression.slice(start, at).trim());
      at += operator.length - 1;
      start = at + 1;
    } else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
  }
  return [...parts, expression.slice(start).trim()];
}
