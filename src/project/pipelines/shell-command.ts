/** What a shell puts together to one word. */
export type ShellPart =
  | { readonly kind: 'text'; readonly text: string }
  /** `$NAME`, `${NAME}`, `${NAME:0:7}`; of several, `"$@"` and `${NAMES[@]}`. */
  | { readonly kind: 'variable'; readonly name: string; readonly source: string }
  /** `$(date +%s)`: its commands are listed on their own as well. */
  | { readonly kind: 'substitution'; readonly source: string; readonly commands: readonly ShellCommand[] }
  /** `${{ github.sha }}`, which GitHub writes into the text before any shell reads it. */
  | { readonly kind: 'expression'; readonly source: string };

export interface ShellWord {
  readonly parts: readonly ShellPart[];
  readonly start: number;
  readonly end: number;
}

export interface Assignment {
  readonly name: string;
  /** The values that it is given: several for `for NAME in …`, none where they are not written here (`read NAME`). */
  readonly values: readonly ShellWord[];
}

/** One command: no pipe, list or condition. */
export interface ShellCommand {
  readonly words: readonly ShellWord[];
  /** `NAME=value` before the command or in place of one, `export`, `for`. */
  readonly assignments: readonly Assignment[];
  /** The files that it writes to. */
  readonly targets: readonly ShellWord[];
}

/** The text of a word that holds nothing but text; null for any other. */
export const literal = (word: ShellWord | undefined): string | null => (word?.parts.every(({ kind }) => kind === 'text') === true ? spelling(word) : null);

/** A word as a reader recognises it, whatever its variables hold. */
export const spelling = (word: ShellWord): string => word.parts.map((part) => (part.kind === 'text' ? part.text : part.source)).join('');

const reserved = new Set(['if', 'then', 'else', 'elif', 'fi', 'do', 'done', 'while', 'until', '{', '}', '!', 'time', 'esac', 'function']);
const declaring = new Set(['export', 'local', 'readonly', 'declare', 'typeset']);
const shells = /(?:^|\/)(?:ba|da|z|k)?sh$/;

/** How deep shells may run shells: a text that nests deeper is not read further. */
const maximumDepth = 8;

/**
 * Reads the commands of a text for `sh` or `bash`, those in `$(…)`, in `bash -c '…'` and in `bash <<EOF` too. Comments,
 * quoted texts and other here-documents are what they are: no commands.
 *
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
 *
 * @param text a shell text, well formed or not
 * @returns its commands in the order of their ends, with offsets into the text; nothing is thrown
 */
export function shellCommands(text: string): readonly ShellCommand[] {
  return read(text, 0, text.length, 0);
}

/**
 * @param text what stands for one word, such as the value of an input
 * @returns it as a word, white space included
 */
export function shellWord(text: string): ShellWord {
  return { parts: partsOf(text, 0), start: 0, end: text.length };
}

function read(text: string, from: number, to: number, depth: number): readonly ShellCommand[] {
  const found: ShellCommand[] = [];
  let words: ShellWord[] = [];
  let targets: ShellWord[] = [];
  let documents: { readonly delimiter: string; readonly stripped: boolean; readonly isCode: boolean }[] = [];
  let at = from;

  const endCommand = (): void => {
    const command = commandOf(words, targets);
    if (command) {
      found.push(command);
      found.push(...innerCommands(command, text, depth));
    }
    words = [];
    targets = [];
  };

  const skipDocuments = (): void => {
    for (const { delimiter, stripped, isCode } of documents) {
      const body = at;
      let bodyEnd = to;
      while (at < to) {
        const lineEnd = text.indexOf('\n', at) < 0 ? to : Math.min(text.indexOf('\n', at), to);
        const line = text.slice(at, lineEnd);
        const start = at;
        at = Math.min(lineEnd + 1, to);
        if ((stripped ? line.replace(/^\t+/, '') : line).trimEnd() === delimiter) {
          bodyEnd = start;
          break;
        }
      }
      if (isCode && depth < maximumDepth) found.push(...read(text, body, bodyEnd, depth + 1));
    }
    documents = [];
  };

  const readWord = (): ShellWord => {
    const start = at;
    at = wordEnd(text, at, to);
    // A character that starts no word and ends none must not stop the reading.
    if (at === start) at += 1;
    const substitutions = (source: string, offset: number): readonly ShellCommand[] => {
      const inner = depth < maximumDepth ? read(text, offset, offset + source.length, depth + 1) : [];
      found.push(...inner);
      return inner;
    };
    return { parts: partsOf(text.slice(start, at), start, substitutions), start, end: at };
  };

  const skipBlanks = (): void => {
    while (at < to && (text[at] === ' ' || text[at] === '\t')) at += 1;
  };

  while (at < to) {
    const rest = text.slice(at, at + 4);
    const character = rest[0] ?? '';
    if (rest.startsWith('\\\n')) at += 2;
    else if (rest.startsWith('\\\r\n')) at += 3;
    else if (character === '\n') {
      endCommand();
      at += 1;
      if (documents.length > 0) skipDocuments();
    } else if (/\s/.test(character)) at += 1;
    else if (character === '#') at = lineEndFrom(text, at, to);
    else if (rest.startsWith('<<') && !rest.startsWith('<<<')) {
      const stripped = rest[2] === '-';
      at += stripped ? 3 : 2;
      skipBlanks();
      const delimiter = readWord();
      documents.push({ delimiter: spelling(delimiter), stripped, isCode: shells.test(literal(words[0]) ?? '') && words.length < 3 });
    } else if (/^(?:[<>]\()/.test(rest)) words.push(readWord());
    else if (/^(?:&?>>?|<<<|<)/.test(rest)) {
      // `2>` is written together: the number is no argument.
      const last = words.at(-1);
      if (last?.end === at && /^\d$/.test(literal(last) ?? '')) words.pop();
      const writes = character !== '<';
      at += /^(?:&?>>?|<<<|<)[&|]?/.exec(rest)?.[0].length ?? 1;
      skipBlanks();
      if (at >= to || /[\s;&|()]/.test(text[at] ?? '')) continue;
      const target = readWord();
      if (writes) targets.push(target);
    } else if (/[;&|()]/.test(character)) {
      endCommand();
      at += 1;
    } else words.push(readWord());
  }
  endCommand();
  return found;
}

function lineEndFrom(text: string, at: number, to: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? to : Math.min(end, to);
}

/** Words, sorted into assignments and a command. */
function commandOf(given: readonly ShellWord[], targets: readonly ShellWord[]): ShellCommand | null {
  let words = given;
  while (reserved.has(literal(words[0]) ?? '')) words = words.slice(1);
  const assignments: Assignment[] = [];
  const first = literal(words[0]);
  if (first === 'for') {
    const name = literal(words[1]);
    if (name !== null) assignments.push({ name, values: literal(words[2]) === 'in' && !words.slice(3).some(isList) ? words.slice(3) : [] });
    return { words: [], assignments, targets };
  }
  if (first === 'read') return { words, assignments: words.slice(1).map((word) => ({ name: spelling(word), values: [] })), targets };
  if (first !== null && declaring.has(first)) {
    words = words.slice(1).filter((word) => !/^-/.test(spelling(word)));
    return { words: [], assignments: words.flatMap((word) => assignmentOf(word) ?? []), targets };
  }
  for (let assignment = words[0] && assignmentOf(words[0]); assignment; assignment = words[0] && assignmentOf(words[0])) {
    assignments.push(assignment);
    words = words.slice(1);
  }
  return words.length > 0 || assignments.length > 0 || targets.length > 0 ? { words, assignments, targets } : null;
}

/** `$(ls)` and `$files` are split into words that nobody sees here. */
const isList = ({ parts }: ShellWord): boolean => parts.some(({ kind }) => kind !== 'text');

function assignmentOf(word: ShellWord): Assignment | null {
  const [first, ...rest] = word.parts;
  const match = first?.kind === 'text' ? /^([A-Za-z_]\w*)\+?=(.*)$/s.exec(first.text) : null;
  if (!match) return null;
  return { name: match[1] ?? '', values: [{ ...word, parts: [...(match[2] === '' ? [] : [{ kind: 'text', text: match[2] ?? '' } as const]), ...rest] }] };
}

/** `bash -c '…'` and `eval "…"` run what they are given. */
function innerCommands({ words }: ShellCommand, text: string, depth: number): readonly ShellCommand[] {
  const runs = words.findIndex((word, index) => (index > 0 && /^-\w*c$/.test(literal(word) ?? '') && shells.test(literal(words[index - 1]) ?? '')) || (index === 0 && literal(word) === 'eval'));
  const inner = runs < 0 ? undefined : words[runs + 1];
  if (!inner || depth >= maximumDepth || !/^(["'])[\s\S]*\1$/.test(text.slice(inner.start, inner.end))) return [];
  return read(text, inner.start + 1, inner.end - 1, depth + 1);
}

/** Where the word ends that starts here: white space and operators inside quotes and expansions belong to it. */
function wordEnd(text: string, start: number, to: number): number {
  let at = start;
  while (at < to) {
    const character = text[at] ?? '';
    if (character === '\\') at += 2;
    else if (character === "'" || character === '"' || character === '`') at = quoteEnd(text, at, to);
    else if (character === '$') at = expansionEnd(text, at, to);
    else if ((character === '<' || character === '>') && text[at + 1] === '(') at = closing(text, at + 2, to, '(', ')');
    else if (/[\s;&|()<>]/.test(character)) break;
    else at += 1;
  }
  return Math.min(at, to);
}

/** Behind the quote that starts here. */
function quoteEnd(text: string, start: number, to: number): number {
  const quote = text[start] ?? '';
  let at = start + 1;
  while (at < to) {
    const character = text[at] ?? '';
    if (character === quote) return at + 1;
    if (quote !== "'" && character === '\\') at += 2;
    else if (quote === '"' && character === '$') at = expansionEnd(text, at, to);
    else if (quote === '"' && character === '`') at = quoteEnd(text, at, to);
    else at += 1;
  }
  return to;
}

/** Behind the `$…` that starts here. */
function expansionEnd(text: string, start: number, to: number): number {
  if (text.startsWith('${{', start)) {
    const end = text.indexOf('}}', start);
    return end < 0 || end + 2 > to ? to : end + 2;
  }
  if (text[start + 1] === '{') return closing(text, start + 2, to, '{', '}');
  if (text[start + 1] === '(') return closing(text, start + 2, to, '(', ')');
  if (text[start + 1] === "'") return quoteEnd(text, start + 1, to);
  return start + (/^\$(?:[A-Za-z_]\w*|[0-9@*#?$!-])/.exec(text.slice(start, Math.min(to, start + 200)))?.[0].length ?? 1);
}

function closing(text: string, start: number, to: number, open: string, close: string): number {
  let depth = 1;
  let at = start;
  while (at < to) {
    const character = text[at] ?? '';
    if (character === '\\') at += 2;
    else if (character === "'" || character === '"' || character === '`') at = quoteEnd(text, at, to);
    else if (character === '$') at = expansionEnd(text, at, to);
    else {
      if (character === open) depth += 1;
      if (character === close) depth -= 1;
      at += 1;
      if (depth === 0) return at;
    }
  }
  return to;
}

type ReadSubstitution = (source: string, offset: number) => readonly ShellCommand[];

function partsOf(source: string, offset: number, readSubstitution: ReadSubstitution = (inner) => shellCommands(inner)): ShellPart[] {
  const parts: ShellPart[] = [];
  const add = (text: string): void => {
    const last = parts.at(-1);
    if (last?.kind === 'text') parts[parts.length - 1] = { kind: 'text', text: last.text + text };
    else parts.push({ kind: 'text', text });
  };
  const substitute = (from: number, end: number, whole: string): void => {
    parts.push({ kind: 'substitution', source: whole, commands: readSubstitution(source.slice(from, end), offset + from) });
  };
  let at = 0;
  let quoted = false;
  while (at < source.length) {
    const character = source[at] ?? '';
    if (character === '"') {
      quoted = !quoted;
      at += 1;
      // `""` is a word all the same.
      if (parts.length === 0) add('');
    } else if (character === "'" && !quoted) {
      const end = quoteEnd(source, at, source.length);
      add(source.slice(at + 1, source[end - 1] === "'" && end - 1 > at ? end - 1 : end));
      at = end;
    } else if (character === '\\') {
      if (source[at + 1] !== '\n') add(source[at + 1] ?? '');
      at += 2;
    } else if (character === '`') {
      const end = quoteEnd(source, at, source.length);
      substitute(at + 1, end - 1, source.slice(at, end));
      at = end;
    } else if (character === '$' || (/[<>]/.test(character) && source[at + 1] === '(')) {
      const end = character === '$' ? expansionEnd(source, at, source.length) : closing(source, at + 2, source.length, '(', ')');
      const whole = source.slice(at, end);
      const name = /^\$\{?[!#]?(\w+|[@*#?$!-])/.exec(whole)?.[1];
      if (whole.startsWith('${{')) parts.push({ kind: 'expression', source: whole });
      else if (whole[1] === '(' && whole[2] !== '(') substitute(at + 2, end - 1, whole);
      else if (name !== undefined) parts.push({ kind: 'variable', name, source: whole });
      // `$((n + 1))`
      else if (whole.length > 1) parts.push({ kind: 'variable', name: '', source: whole });
      else add(whole);
      at = end;
    } else {
      const end = endOfPlain(source, at);
      add(source.slice(at, end));
      at = end;
    }
  }
  return parts;
}

/** Behind the characters that mean themselves. */
function endOfPlain(source: string, start: number): number {
  let at = start + 1;
  while (at < source.length && !/["'\\`$<>]/.test(source[at] ?? '')) at += 1;
  return at;
}
