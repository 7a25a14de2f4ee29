/** The order of paths, the same on every machine. */
export const byPath = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
