import type * as tsMorph from 'ts-morph';

/** The TypeScript that ts-morph carries: the same version for every project. It takes a quarter of a second to load. */
export type TypeScript = typeof tsMorph.ts;

/** Loads it, the first time that it is needed. */
export const loadTypeScript = async (): Promise<TypeScript> => (await import('ts-morph')).ts;
