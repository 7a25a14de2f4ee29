import { unreadable } from '../calls/bindings.js';
import type { Frame } from '../calls/frames.js';
import { originsOf, type Origin } from '../calls/origins.js';
import { isFunction, literalText, propertyName, unwrap, type Node, type SourceCode } from '../calls/syntax.js';
import { columnsOf, type Columns } from '../libraries/drawn-columns.js';

/**
 * Whether a property of a row is an id that a database has just drawn: `rows[0].id` of `SELECT nextval('seq') AS id`, or of
 * `INSERT … RETURNING id`.
 *
 * @param origin the end of a trail: the answer to a query, and what is read of it
 * @param sourceCode its file
 */
export function isDrawnRowId({ node, frame, path }: Origin, sourceCode: SourceCode): boolean {
  const column = path.at(-1);
  if (column === undefined || column === unreadable || /^\d+$/.test(column)) return false;
  const queries = queriesIn(node, frame, sourceCode);
  return queries.length > 0 && queries.every(({ drawn }) => drawn(column));
}

const maximumLinks = 4;

/** The queries that a call is given, by itself or by what it is called on: `pool.query(text)`, `db.prepare(text).get()`, `` sql`…` ``. */
function queriesIn(node: Node, frame: Frame | null, sourceCode: SourceCode): readonly Columns[] {
  let link: Node = node;
  for (let links = 0; links < maximumLinks; links++) {
    if (link.type === 'TaggedTemplateExpression') return queryOf(link.quasi);
    if (link.type !== 'CallExpression') return [];
    const [first] = link.arguments;
    const given = first && !isFunction(first) ? queryGiven(first, frame, sourceCode) : [];
    if (given.length > 0) return given;
    const callee = unwrap(link.callee);
    if (callee.type !== 'MemberExpression') return [];
    link = unwrap(callee.object);
  }
  return [];
}

function queryGiven(argument: Node, frame: Frame | null, sourceCode: SourceCode): readonly Columns[] {
  const texts = originsOf({ node: argument, frame }, sourceCode).map((origin) => (origin.path.length === 0 ? queryAt(origin, sourceCode) : []));
  return texts.every((found) => found.length > 0) ? texts.flat() : [];
}

/** A text, a tagged one, or `{ text, values }`. */
function queryAt({ node, frame }: Origin, sourceCode: SourceCode): readonly Columns[] {
  if (node.type === 'TaggedTemplateExpression') return queryOf(node.quasi);
  if (node.type !== 'ObjectExpression') return queryOf(node);
  const text = node.properties.find((property) => property.type === 'Property' && /^(?:text|sql)$/.test(propertyName(property) ?? ''));
  return text?.type === 'Property' ? queryGiven(text.value, frame, sourceCode) : [];
}

function queryOf(node: Node): readonly Columns[] {
  const text = node.type === 'TemplateLiteral' ? node.quasis.map(({ value }) => value.cooked).join('?') : node.type === 'Literal' ? literalText(node) : null;
  const columns = text === null ? null : columnsOf(text);
  return columns ? [columns] : [];
}
