import type { Linter } from 'eslint';
import { defineConfig } from 'eslint/config';

import s3 from '../src/index.js';

/** Compiled with the tests: the plugin fits the types of ESLint's configuration. */
export const withHelper = defineConfig([s3.configs.recommended, s3.configs.strict, { plugins: { s3 } }]);
export const plain: Linter.Config[] = [s3.configs.recommended];
