/**
 * @param text plain text, in which what stands between backticks is code
 * @returns it as one cell of a table in GitHub's Markdown, which shows it as it is: code stays code, everything else
 *   that Markdown or HTML would take for its own is escaped
 */
export function escapeCell(text: string): string {
  const line = text.replace(/\s*[\r\n]+\s*/g, ' ');
  // Every second piece is code, unless its backtick has no other.
  const pieces = line.split(/(`[^`]+`)/);
  return pieces.map((piece, index) => (index % 2 === 1 ? piece.replaceAll('|', '\\|') : escapeHtml(piece).replace(/[\\`*_[\]|~]/g, '\\$&'))).join('');
}

export const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
