/** Which columns of the answer to an SQL statement a database has just drawn, as far as its text tells. */

export interface Columns {
  /** Whether a column holds a value that no other answer holds. */
  readonly drawn: (column: string) => boolean;
}

/** `nextval` gives a value once (https://www.postgresql.org/docs/current/functions-sequence.html), `gen_random_uuid` a random one. */
const draw = /^(?:(?:nextval|gen_random_uuid|uuid_generate_v[14]|uuidv[47])\s*\(|default$)/i;

/** A column that its table fills in where the statement does not: the name of a number or id of the row itself. */
const namesRow = /(?:^|_)(?:\w*id|number|seq|serial)$/;

/**
 * @param text a statement, with `?` where a value is put into it
 * @returns its drawn columns; null for a statement that draws none
 */
export function columnsOf(text: string): Columns | null {
  return insertedBy(text) ?? selectedBy(text);
}

/** `SELECT nextval('seq')::int AS id, name`: a column that is drawn, by its name. */
function selectedBy(text: string): Columns | null {
  const [, list] = /^\s*select\s+(.*?)(?:\sfrom\s.*)?;?\s*$/is.exec(text) ?? [];
  const drawn = (list === undefined ? [] : listOf(list)).filter((column) => draw.test(column)).map(nameOf);
  return drawn.length > 0 ? { drawn: (column) => drawn.includes(column.toLowerCase()) } : null;
}

/**
 * `INSERT INTO t (name) VALUES ($1) RETURNING id`: what is not given is drawn. A row that was there before is not, which `ON
 * CONFLICT … DO UPDATE` answers with (https://www.postgresql.org/docs/current/sql-insert.html).
 */
function insertedBy(text: string): Columns | null {
  const [, given, between = '', returned] = /\binsert\s+into\s+[^\s(]+\s*(?:\(([^()]*)\))?(.*?)\breturning\s+([^)]*)/is.exec(text) ?? [];
  if (returned === undefined || /\bdo\s+update\b|\bon\s+duplicate\s+key\b/i.test(between)) return null;
  const values = listOf(/\bvalues\s*\((.*)\)/is.exec(between)?.[1] ?? '');
  const columns = listOf(given ?? '').filter((_, index) => !draw.test(values[index] ?? '')).map(nameOf);
  const answered = new Map(listOf(returned.replace(/;\s*$/, '')).map((column) => [nameOf(column), sourceOf(column)]));
  return {
    drawn(column) {
      const name = column.toLowerCase();
      const source = answered.get(name) ?? (answered.has('*') ? name : null);
      return source !== null && namesRow.test(source) && !columns.includes(source);
    },
  };
}

/** The items of a list, those in brackets left whole. */
const listOf = (list: string): readonly string[] => (list.match(/(?:[^,(]|\([^)]*\))+/g) ?? []).map((item) => item.trim()).filter((item) => item !== '');

/** What a column of an answer is called. */
const nameOf = (column: string): string => bare(/\bas\s+(\S+)$/i.exec(column)?.[1] ?? sourceOf(column));

/** `id` of `t.id::text AS "fileId"`, `nextval` of `nextval('seq')`. */
const sourceOf = (column: string): string => bare(column.replace(/\s+as\s+\S+$/i, '').replace(/::.*$/s, '').replace(/\(.*$/s, ''));

/** Without quotes and the table before it; names that are not quoted are the same in capitals. */
const bare = (name: string): string => (name.split('.').at(-1) ?? name).replace(/["`[\]\s]/g, '').toLowerCase();
