/**
 * Globs over buckets and keys: `*` stays within one segment of a path, `**` crosses segments. All else is literal.
 *
 * A key is often known only in part. It matches a glob when every text that it can take matches, so a hole is read as
 * "any text at all": `cache/${id}.json` matches `cache/**` but not `cache/*`, for the id may hold a slash.
 */

/** Pieces of a text: known ones, and `null` for a hole. */
export type PartialText = readonly (string | null)[];

type Token = { readonly literal: string } | { readonly any: 'segment' | 'path' };

function tokensOf(glob: string): readonly Token[] {
  return glob.split(/(\*+)/).flatMap((part): Token[] => {
    if (part.startsWith('*')) return [{ any: part.length > 1 ? 'path' : 'segment' }];
    return part.split('').map((literal) => ({ literal }));
  });
}

/**
 * @param glob a pattern
 * @param text what is known of a bucket or key
 * @param holes what may stand in the parts that are not known: the name of a bucket never holds a slash
 * @returns whether every text that it can take matches
 */
export function matchesGlob(glob: string, text: PartialText, holes: 'any text' | 'no slash' = 'any text'): boolean {
  const tokens = tokensOf(glob);
  const others = new Set(tokens.flatMap((token) => ('literal' in token ? [token.literal] : [])));
  // One character of each kind that the pattern can tell apart: its own, a slash, and any other.
  const alphabet = [...new Set([...others, '/', '\u0000'])].filter((character) => holes === 'any text' || character !== '/');

  /** The positions in the pattern that are reached without reading further. */
  const settle = (positions: Iterable<number>): number[] => {
    const settled = new Set<number>();
    for (let position of positions) {
      settled.add(position);
      for (let token = tokens[position]; token && 'any' in token; token = tokens[position]) settled.add(++position);
    }
    return [...settled].sort((a, b) => a - b);
  };
  const read = (positions: readonly number[], character: string): number[] =>
    settle(
      positions.flatMap((position) => {
        const token = tokens[position];
        if (!token) return [];
        if ('literal' in token) return token.literal === character ? [position + 1] : [];
        return token.any === 'path' || character !== '/' ? [position] : [];
      }),
    );

  const accepts = (positions: readonly number[], pieces: PartialText): boolean => {
    const [piece, ...rest] = pieces;
    if (piece === undefined) return positions.includes(tokens.length);
    if (piece !== null) return accepts(piece.split('').reduce(read, positions), rest);
    // Whatever the hole holds, the rest has to match from wherever that leads.
    const reached = new Map([[positions.join(), positions]]);
    for (const from of reached.values()) {
      for (const character of alphabet) {
        const to = read(from, character);
        if (!reached.has(to.join())) reached.set(to.join(), to);
      }
    }
    return [...reached.values()].every((from) => accepts(from, rest));
  };
  return accepts(settle([0]), text);
}
