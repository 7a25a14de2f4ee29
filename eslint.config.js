import { defineConfig } from 'eslint/config';
import eslintPlugin from 'eslint-plugin-eslint-plugin';
import s3 from 'eslint-plugin-s3';
import tseslint from 'typescript-eslint';

export default defineConfig(
  // What the unsafe example shows is what the plugin finds; `npm run example` prints it.
  { ignores: ['build/', 'dist/', 'examples/unsafe-app/', 'examples/monorepo/', 'tests/fixtures/'] },
  s3.configs.strict,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // `if (++steps > n) return end(…)` and visitors that end with what they call are the style of the walkers here.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Node types are compared with plain strings: the enum would be loaded by everybody who loads the plugin.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    // The types of ts-morph are mixed together of classes, which the rule takes for assignments between them.
    files: ['src/project/infrastructure/**/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-class-instance-assignment': 'off' },
  },
  { files: ['examples/**/*.ts'], extends: [tseslint.configs.disableTypeChecked], languageOptions: { parserOptions: { projectService: false } } },
  { files: ['src/rules/*.ts', 'tests/rules/*.ts'], extends: [eslintPlugin.configs.recommended] },
);
