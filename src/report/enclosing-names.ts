import type { Place, TextLines } from './text-lines.js';

const modifiers = String.raw`(?:(?:export|default|declare|abstract|public|private|protected|static|readonly|override|async|get|set)\s+|\*\s*)*`;

/** What a line may name, in code, YAML, JSON and HCL. Each has the name in its first or second group. */
const declarations: readonly RegExp[] = [
  new RegExp(String.raw`^${modifiers}(?:function\b\s*\*?|class|interface|namespace|const|let|var)\s*(#?[\w$]+)`),
  // `"Deploy": {`, `run: |`, `- name: Deploy`, `save = async () => {`
  /^(?:-\s+)?["']?([\w$.-]+)["']?\s*(?::|=(?![=>]))/,
  // A method, on one line or with its parameters below.
  new RegExp(String.raw`^${modifiers}(?!(?:if|for|while|switch|catch|with|return|await|function)\b)(#?[\w$]+)(?:<[^>]*>)?\((?:.*\)[^()]*\{)?$`),
  // `resource "aws_s3_bucket" "photos" {`
  /^([\w-]+(?:\s+"[^"]*")*)\s*\{$/,
];

const statements = /^(?:if|else|for|while|do|switch|try|catch|finally|return|case|default)\b/;

const nameIn = (line: string): string | undefined => {
  const text = line.trim().replace(/^\}\s*/, '');
  if (statements.test(text) && !/^default\s+(?:class|function|async)/.test(text)) return undefined;
  return declarations.map((declaration) => declaration.exec(text)?.[1]).find((name) => name !== undefined);
};

const indentOf = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0;

/**
 * In which function, method, job or resource a place is. It is read from how lines are indented, so that it works for
 * every language that findings are in; statements around the place (`try`, `if`, a loop) do not count.
 *
 * @returns the names, from the outermost to the innermost; none in a text that is not indented
 */
export function enclosingNames(lines: TextLines, { line, column }: Place): readonly string[] {
  const own = lines.line(line);
  const names = [nameIn(own.slice(0, column - 1))];
  let limit = indentOf(own);
  for (let above = line - 1; above >= 1 && limit > 0; above -= 1) {
    const text = lines.line(above);
    const indent = indentOf(text);
    if (text.trim() === '' || indent >= limit) continue;
    // `): Promise<void> {` and `} else {` end what began further up at the same depth: its beginning has the name.
    const continues = /^\s*[)\]}]/.test(text);
    limit = continues ? indent + 1 : indent;
    if (!continues) names.push(nameIn(text));
    if (limit === 0) break;
  }
  return names.filter((name) => name !== undefined).reverse();
}
