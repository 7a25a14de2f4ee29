import type { Linter } from 'eslint';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

import s3 from '../src/index.js';

/** Compiled with the tests: the plugin fits the types of ESLint's and of typescript-eslint's config helpers. */
export const withHelper = defineConfig([s3.configs.recommended, s3.configs.strict, { plugins: { s3 } }]);
export const plain: Linter.Config[] = [s3.configs.recommended];
export const withTypescriptEslint = tseslint.config(s3.configs.recommended, { plugins: { s3 } });
