import { wrap } from './wrap.js';

const width = 88;

/**
 * A page of the documentation for the terminal: headings in capitals, code as it is, diagrams as a list of who says what
 * to whom, tables as lists. It knows what our pages are written in, which is less than Markdown.
 *
 * @param page Markdown
 * @returns plain text
 */
export function pageText(page: string): string {
  const blocks = blocksOf(page.replace(/<!--[\s\S]*?-->/g, ''));
  return `${blocks.map(textOf).filter((text) => text !== '').join('\n\n')}\n`;
}

type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'code'; readonly info: string; readonly lines: readonly string[] }
  | { readonly kind: 'table'; readonly lines: readonly string[] }
  | { readonly kind: 'list'; readonly lines: readonly string[] }
  | { readonly kind: 'paragraph'; readonly lines: readonly string[] };

function blocksOf(page: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = page.split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    /** The lines from here on for as long as they go on; `at` is left on the last one. */
    const take = (goesOn: (next: string) => boolean): string[] => {
      const taken = [line];
      for (; goesOn(lines[at + 1] ?? ''); at += 1) taken.push(lines[at + 1] ?? '');
      return taken;
    };
    const heading = /^(#+) (.*)$/.exec(line);
    const fence = /^(`{3,})(.*)$/.exec(line);
    if (heading) blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' });
    else if (fence) {
      const end = lines.findIndex((other, index) => index > at && other.trimEnd() === fence[1]);
      blocks.push({ kind: 'code', info: fence[2] ?? '', lines: lines.slice(at + 1, end < 0 ? undefined : end) });
      if (end < 0) break;
      at = end;
    } else if (line.startsWith('|')) blocks.push({ kind: 'table', lines: take((next) => next.startsWith('|')) });
    else if (isItem(line)) blocks.push({ kind: 'list', lines: take((next) => next.trim() !== '' && !/^(?:#|`{3}|\|)/.test(next)) });
    else if (line.trim() !== '') blocks.push({ kind: 'paragraph', lines: take((next) => next.trim() !== '' && !/^(?:#|`{3}|\|)/.test(next) && !isItem(next)) });
  }
  return blocks;
}

const isItem = (line: string): boolean => /^\s*(?:[-*]|\d+\.) /.test(line);

function textOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return block.level < 3 ? plain(block.text).toUpperCase() : plain(block.text);
    case 'code':
      return block.info === 'mermaid' ? diagram(block.lines) : [...labelOf(block.info), ...block.lines.map((line) => (line === '' ? '' : `    ${line}`))].join('\n');
    case 'table':
      return table(block.lines);
    case 'list':
      return items(block.lines);
    case 'paragraph':
      return indented(block.lines.join(' '), '  ', '  ');
  }
}

/** What a rule makes of the code above stands below it. */
function labelOf(info: string): readonly string[] {
  const [, role] = info.split(' ');
  if (role === 'fixed') return ['  After the fix:', ''];
  return role === 'suggested' ? ['  After the suggestion:', ''] : [];
}

function indented(text: string, first: string, others: string): string {
  return wrap(plain(text), width - others.length)
    .map((line, index) => `${index === 0 ? first : others}${line}`)
    .join('\n');
}

/** Words of a paragraph without what only Markdown needs. Code keeps its backticks: they tell it from words. */
function plain(text: string): string {
  const pieces = text.split(/(`[^`]*`)/);
  const words = pieces.map((piece, index) => (index % 2 === 1 ? piece : piece.replace(/\*\*([^*]+)\*\*/g, '$1').replace(/<br\s*\/?>/g, ' ').replace(/<a id="[^"]*"><\/a>/g, '')));
  return words.join('').replace(/\[([^\]]*)\]\(([^)\s]*)\)/g, (_, shown: string, target: string) => (/^https?:/.test(target) && target !== shown ? `${shown} (${target})` : shown));
}

function items(lines: readonly string[]): string {
  const texts: string[] = [];
  for (const line of lines) {
    if (isItem(line)) texts.push(line);
    else texts.push(`${texts.pop() ?? ''} ${line.trim()}`);
  }
  return texts
    .map((text) => {
      const [, before = '', sign = '-', words = ''] = /^(\s*)([-*]|\d+\.) (.*)$/.exec(text) ?? [];
      const first = `  ${before}${sign} `;
      return indented(words, first, ' '.repeat(first.length));
    })
    .join('\n');
}

/** Cells hold sentences, so a row is an item with its first cell on top and the others, named by their column, below. */
function table(lines: readonly string[]): string {
  const [heads = [], , ...rows] = lines.map(cellsOf);
  return rows
    .map(([first = '', ...others]) => {
      const below = others.flatMap((cell, index) => (cell === '' ? [] : [indented(heads[index + 1] ? `${heads[index + 1] ?? ''}: ${cell}` : cell, '      ', '      ')]));
      return [indented(first, '  - ', '    '), ...below].join('\n');
    })
    .join('\n');
}

const cellsOf = (line: string): readonly string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));

/** A sequence diagram reads as a list; a diagram of another kind is left to the page. */
function diagram([kind = '', ...lines]: readonly string[]): string {
  if (kind.trim() !== 'sequenceDiagram') return '';
  const names = new Map<string, string>();
  const nameOf = (short: string): string => names.get(short) ?? short;
  const said = lines.flatMap((line) => {
    const text = line.trim();
    const [, short, name] = /^(?:participant|actor) (\S+)(?: as (.*))?$/.exec(text) ?? [];
    if (short !== undefined) {
      names.set(short, name ?? short);
      return [];
    }
    const [, from, arrow, to, message] = /^(\w+)\s*(--?(?:>>|>|x|\)))\s*(\w+)\s*:\s*(.*)$/.exec(text) ?? [];
    if (from !== undefined && to !== undefined) return [`${nameOf(from)} → ${nameOf(to)}${arrow?.endsWith('x') ? ', lost on the way' : ''}: ${message ?? ''}`];
    const note = /^Note [^:]*:\s*(.*)$/.exec(text)?.[1];
    return [note === undefined ? text : `(${note})`];
  });
  return said
    .filter((text) => text !== '' && text !== 'end')
    .map((text) => `    ${text.replace(/<br\s*\/?>/g, ' ')}`)
    .join('\n');
}
