import { createRequire } from 'node:module';

import type typescript from 'typescript';

/** TypeScript's own parser, which the parser of the rules stands on: who has parsed one file has loaded it already. */
export type TypeScript = typeof typescript;

/** Loads it, the first time that it is needed. It is required and not imported: nobody need search 9 MB for its exports. */
export const loadTypeScript = (): TypeScript => createRequire(import.meta.url)('typescript') as TypeScript;
